"""Series in the levels: products, averages over permutations, merged grids."""

from __future__ import annotations

import itertools
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest

from weylspec.errors import CostError, UnknownGeometryError
from weylspec.invariants.averages.powers import (
    class_average,
    level_sums,
    merged_points,
    point_average,
    symmetric_average,
)

P = 1_000_003


def sums_of(keys, units, m, cutoff):
    """All sums of m keys up to a cutoff, with the values of the keys."""
    found = {tuple(int(x) for x in np.sum(c, axis=0)) for c in itertools.combinations_with_replacement(keys, m)}
    value = {key: float(np.dot(key, units)) for key in found}
    kept = sorted((key for key in found if value[key] <= cutoff), key=value.get)
    return level_sums(np.array(keys), np.array(keys) @ np.array(units), np.array(kept), cutoff), kept


@pytest.mark.parametrize(
    ("keys", "units"), [([(0,), (2,), (6,), (12,)], (1.0,)), ([(0, 0), (1, 0), (-1, 2), (0, 3)], (1.0, 2**0.5))])
def test_averages_over_permutations_are_sums_over_bases(keys, units):
    mult, m, cutoff = [1, 3, 5, 7], 3, 14.0
    sums, kept = sums_of(keys, units, m, cutoff)
    basis = [(key, i) for key, size in zip(keys, mult, strict=True) for i in range(size)]
    orbits, cyclic = Counter(), Counter()
    for index in itertools.product(range(len(basis)), repeat=m):
        key = tuple(int(x) for x in np.sum([basis[i][0] for i in index], axis=0))
        orbits[key] += index == tuple(sorted(index))
        cyclic[key] += index == min(index[i:] + index[:i] for i in range(m))
    traces = [np.array(mult)] * m
    assert symmetric_average(sums, m, traces, P).tolist() == [orbits[key] for key in kept]
    types = [(Fraction(1, 3), (1, 1, 1)), (Fraction(2, 3), (3,))]
    assert class_average(sums, types, traces, P).tolist() == [cyclic[key] for key in kept]


def test_levels_without_a_zero():
    """A Dirichlet interval: keys 1, 4, 9; sums of fewer than m of them are no levels of the power."""
    sums, kept = sums_of([(1,), (4,), (9,)], (1.0,), 2, 13.0)
    assert dict(zip(kept, symmetric_average(sums, 2, [np.ones(3, dtype=np.int64)] * 2, P).tolist(), strict=True)) == {
        (2,): 1, (5,): 1, (8,): 1, (10,): 1, (13,): 1}
    with pytest.raises(UnknownGeometryError, match="without a level 0"):
        sums_of([(1, 0), (1, 1)], (1.0, 2**0.5), 2, 9.0)


def test_series_that_would_be_too_long_are_refused():
    with pytest.raises(CostError, match="smaller cutoff"):
        sums_of([(0,), (1,), (10**9,)], (1.0,), 2, 1e10)


def test_points_with_equal_traces_weigh_together():
    points = merged_points(np.array([2, 0, 3, 2]), [np.array([[1, 4], [9, 9], [5, 5], [1, 4]])], P)
    assert point_average(points, lambda t: t[0], P).tolist() == [
        (4 * 1 + 3 * 5) * pow(7, -1, P) % P, (4 * 4 + 3 * 5) * pow(7, -1, P) % P]
