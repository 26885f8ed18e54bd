"""The compiled loops on sums of squares, called directly at small sizes: CI runs this file without compilation too."""

import itertools
import math

import numpy as np
import pytest

from weylspec.exact.squares import _loops

P = 10007


def counted(choose, m, weight, top):
    """How many choices of m positive integers have each weighted sum of squares."""
    found = np.zeros(top + 1, dtype=np.int64)
    for chosen in choose(range(1, math.isqrt(top) + 1), m):
        total = weight * sum(k * k for k in chosen)
        if total <= top:
            found[total] += 1
    return found


@pytest.mark.parametrize("p", [0, P])
@pytest.mark.parametrize("weight", [1, 2])
def test_rows_hold_positive_parts(weight, p):
    top = 20
    rows = np.zeros((4, top + 1), dtype=np.int64)
    rows[0, 0] = 1
    other = rows.copy()
    _loops.add_parts(rows, weight, p, True)
    _loops.add_distinct(other, weight, p)
    for m in range(4):
        assert rows[m].tolist() == counted(itertools.combinations_with_replacement, m, weight, top).tolist()
        assert other[m].tolist() == counted(itertools.combinations, m, weight, top).tolist()
    twice = rows.copy()
    _loops.add_parts(twice, weight, p, False)
    for m in range(4):
        whole = sum(np.convolve(rows[i], rows[m - i])[: top + 1] for i in range(m + 1))
        assert twice[m].tolist() == whole.tolist()


def test_residues_stay_below_the_prime():
    rows = np.full((3, 30), P - 1, dtype=np.int64)
    exact = rows.astype(object)
    _loops.add_parts(rows, 1, P, False)
    for k in range(5, 0, -1):
        for j in (1, 2):
            for s in range(k * k, 30):
                exact[j, s] += exact[j - 1, s - k * k]
    assert (rows == exact % P).all()
    assert rows.max() < P


@pytest.mark.parametrize("m", [2, 3, 4])
@pytest.mark.parametrize("signed", [True, False])
def test_points_of_the_wedge(m, signed):
    for top in (0, 1, 4, 14):
        found = itertools.combinations_with_replacement(range(-3 if signed else 0, 4), m)
        assert int(_loops.points_in_wedge(m, signed, top)) == sum(sum(k * k for k in c) <= top for c in found)
