"""Power series modulo primes against exact rational series, and long transforms against the double loop."""

import numpy as np
import pytest
from power_series import Series, bosons, theta

from weylspec.errors import WeylspecError
from weylspec.exact import power_series as ps
from weylspec.exact.modular import primes_one_modulo

P = next(primes_one_modulo(1 << 14))
TOP = 30


def residues(series):
    return [x.numerator * pow(x.denominator, -1, P) % P for x in series.a]


def drawn(length, seed):
    return np.random.default_rng(seed).integers(P, size=length)


def exact(array):
    return Series([int(x) for x in array])


def test_products_quotients_and_binomials():
    a, b = drawn(TOP + 1, 1), drawn(TOP + 1, 2)
    a[0] = 1
    t = Series.variable(TOP)
    assert ps.product(a, b, P).tolist() == residues(exact(a) * exact(b))
    assert ps.over_binomials(b, (1, 3, 40), P).tolist() == residues(exact(b) / ((1 - t) * (1 - t * t * t)))
    assert ps.times_binomial(b, 4, P).tolist() == residues(exact(b) * (1 - t**4))


@pytest.mark.parametrize("length", [2001, 2500, 4096, 4097])
def test_long_products_go_through_values(length):
    a, b = drawn(length, 3), drawn(length, 4)
    assert ps.transform_order(length) > 1
    short = np.zeros(length, dtype=object)
    for i in (0, 1, 777, length - 1):  # a sparse factor, by hand
        short[i:] += int(a[i]) * b[: length - i].astype(object)
    sparse = np.zeros(length, dtype=np.int64)
    sparse[[0, 1, 777, length - 1]] = a[[0, 1, 777, length - 1]]
    assert ps.product(sparse, b, P).tolist() == [int(x) % P for x in short]


@pytest.mark.parametrize("m", [1, 2, 5])
def test_multisets_are_bosons(m):
    squares = np.array([0, 1, 4, 9, 16, 25])
    found = ps.multisets(squares, np.array([1, 2, 2, 2, 2, 2]), m, TOP, P)
    assert found.tolist() == residues(bosons(theta, Series.variable(TOP), m))


def test_both_ways_to_multisets_agree(monkeypatch):
    top = 2600
    exponents = np.arange(51) ** 2
    values = np.where(exponents, 2, 1)
    loop = ps.multisets(exponents, values, 4, top, P)
    monkeypatch.setattr("weylspec.exact.power_series.multisets_cost", lambda *args: float("inf"))
    assert np.array_equal(ps.multisets(exponents, values, 4, top, P), loop)


def test_determinants():
    n = 3
    rows = np.stack([[drawn(TOP + 1, 10 + 3 * i + j) for j in range(n)] for i in range(n)])
    m = [[exact(rows[i, j]) for j in range(n)] for i in range(n)]
    expansion = sum(
        (sign * m[0][a] * m[1][b] * m[2][c] for a, b, c, sign in
         ((0, 1, 2, 1), (1, 2, 0, 1), (2, 0, 1, 1), (0, 2, 1, -1), (1, 0, 2, -1), (2, 1, 0, -1))),
        Series([0] * (TOP + 1)))
    assert ps.determinant(rows, P).tolist() == residues(expansion)
    assert ps.determinant(rows - P, P).tolist() == residues(expansion)
    swapped = rows[[1, 0, 2]]
    swapped[0, 0] = 0  # elimination has to exchange rows
    m[1][0] = Series([0] * (TOP + 1))
    by_hand = -(m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) + m[2][0] * (m[0][1] * m[1][2] - m[0][2] * m[1][1]))
    assert ps.determinant(swapped, P).tolist() == residues(by_hand)


def test_refusals():
    with pytest.raises(WeylspecError, match="larger prime"):
        ps.multisets(np.array([0]), np.array([1]), 7, 3, 7)
