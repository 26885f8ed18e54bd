"""The compiled sums over ⌊top/x⌋, called directly at small sizes: CI runs this file without compilation too."""

import numpy as np
import pytest

from weylspec.exact.lattices.series import _loops

P = 67108859  # the largest prime below 2²⁶


def test_residues_are_congruent_and_in_range():
    values = np.array([0, 1, P - 1, P, P + 1, 2**52 - 1, 2**62 - 1, 12345678901234567], dtype=np.int64)
    out = np.zeros(len(values))
    _loops.residues(values, len(values), float(P), out)
    assert all((int(x) - int(v)) % P == 0 and -2 <= x <= P + 2 for x, v in zip(out, values, strict=True))


def test_products_at_the_ends_of_the_range():
    ends = np.array([-2.0, -1.0, 0.0, 1.0, 2.0, P / 2 - 0.5, P - 2.0, P - 1.0, float(P), P + 1.0, P + 2.0])
    for shift in range(len(ends)):
        values, others = ends.copy(), np.roll(ends, shift)
        _loops.times(values, others, len(values), float(P))
        assert all((int(v) - int(a) * int(b)) % P == 0 and -2 <= v <= P + 2
                   for v, a, b in zip(values, ends, others, strict=True))


@pytest.mark.parametrize("top", [1, 10, 9999, 2**53 - 1, 2**53, 2**53 + 12345, 2**62 - 1])
@pytest.mark.parametrize("power", [0, 1, 3])
def test_a_side_of_the_hyperbola(top, power):
    signs = np.array([0, 1, -1], dtype=np.int64)
    tables = np.array([[[3, 5, 7], [11, 13, 17]]], dtype=np.float64)  # F by parity
    out = np.zeros(1, dtype=np.int64)
    last = min(top, 300)
    _loops.hyperbola_side(top, last, signs, power, tables, np.array([float(P)]), out)
    expected = 0
    for x in range(1, last + 1):
        q, r = divmod(top // x, 2)
        expected += int(signs[x % 3]) * x**power * sum(int(c) * q**j for j, c in enumerate(tables[0, r]))
    assert int(out[0]) == expected % P


def test_blocks_join():
    last = 2 * _loops.BLOCK + 17
    out = np.zeros(1, dtype=np.int64)
    identity = np.array([[[0.0, 1.0]]])
    _loops.hyperbola_side(10**9, last, np.ones(1, dtype=np.int64), 1, identity, np.array([float(P)]), out)
    assert int(out[0]) == sum(x * (10**9 // x) for x in range(1, last + 1)) % P
