"""The compiled loops on power series, called directly at small sizes: CI runs this file without compilation too."""

import numpy as np
import pytest

from weylspec.exact import _loops

P = 12289  # 3·2¹² + 1


def tables(order, zeta):
    found = np.ones(order, dtype=np.int64)
    half = 1
    while half < order:
        step = pow(zeta, order // (2 * half), P)
        found[half: 2 * half] = [pow(step, i, P) for i in range(half)]
        half *= 2
    return found


def ints(*values):
    return np.array(values, dtype=np.int64)


def test_products_of_residues():
    over = 1.0 / P
    for a in (0, 1, 2, 777, P - 2, P - 1):
        for b in (0, 1, 5, P // 2, P - 1):
            assert _loops.times_mod(a, b, over, P) == a * b % P
    large = 2**31 - 1
    for a, b in ((large - 1, large - 1), (large - 1, 2), (2**30, 2**30 + 1), (123456789, 987654321)):
        assert _loops.times_mod(a, b, 1.0 / large, large) == a * b % large


@pytest.mark.parametrize("order", [2, 8, 16])
def test_transform_gives_values_and_comes_back(order):
    zeta = pow(11, (P - 1) // order, P)  # 11 generates F_P^*
    polynomial = np.arange(3, 3 + order, dtype=np.int64) * 17 % P
    values = polynomial.copy()
    _loops.transform(values, tables(order, zeta), P)
    wanted = [sum(int(c) * pow(zeta, i * j, P) for j, c in enumerate(polynomial)) % P for i in range(order)]
    assert sorted(values.tolist()) == sorted(wanted)
    assert values[0] == wanted[0]
    _loops.transform_back(values, tables(order, pow(zeta, -1, P)), P)
    assert (values * pow(order, -1, P) % P).tolist() == polynomial.tolist()


def test_sums_of_products():
    out = ints(5, P - 1, 0)
    _loops.add_pointwise(ints(2, 3, P - 1), ints(7, P - 2, P - 1), P, out)
    assert out.tolist() == [19, (P - 1 - 6) % P, 1]
    out = ints(1, 1, 1)
    _loops.add_product(ints(1, 2, 0), ints(3, P - 1, 4), P, out)
    assert out.tolist() == [4, 6, 3]  # 1 + 3, 1 − 1 + 6, 1 + 4 − 2


def test_multisets():
    h = np.zeros((3, 5), dtype=np.int64)
    h[0, 0] = 1
    _loops.multiset_powers(ints(0, 1, 4), ints(1, 2, 2), ints(0, 1, pow(2, -1, P)), P, h)
    # 0, ±1, ±2 with weights 0, 1, 4: one of them, and two in any order
    assert h[1:].tolist() == [[1, 2, 0, 0, 2], [1, 2, 3, 0, 2]]


def test_determinants():
    matrices = np.array([[[1, 2], [3, 4]], [[0, 2], [3, 4]], [[2, 4], [1, 2]], [[0, 0], [0, 5]]], dtype=np.int64)
    out = np.zeros(4, dtype=np.int64)
    _loops.determinants(matrices, P, out)
    assert out.tolist() == [P - 2, P - 6, 0, 0]
