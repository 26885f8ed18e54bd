"""Jacobi polynomials of several variables against one variable, against zonal polynomials, and as eigenfunctions."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import pytest
from scipy.special import eval_jacobi

from weylspec.errors import CostError
from weylspec.exact.jacobi import jacobi_polynomials, orderings

HALF = Fraction(1, 2)


def value(expansion, y):
    """At a rational point, by Chebyshev's recurrence in rationals."""
    tables = []
    for v in y:
        row = [Fraction(1), 2 * v - 1]
        while len(row) < 12:
            row.append(2 * (2 * v - 1) * row[-1] - row[-2])
        tables.append(row)
    total = Fraction(0)
    for kappa, c in expansion.items():
        for order in set(itertools.permutations(kappa)):
            total += c * math.prod(table[k] for table, k in zip(tables, order, strict=True))
    return total


@pytest.mark.parametrize(("a", "b"), [(HALF, HALF), (Fraction(1), Fraction(3)), (Fraction(2), Fraction(7, 2))])
def test_one_variable(a, b):
    """P_k^{(b−1, a−1)}(2y − 1) over its value at 1."""
    found = jacobi_polynomials(1, 2, a, b, 7)
    for k in range(8):
        for y in (Fraction(1, 7), Fraction(5, 8)):
            expected = eval_jacobi(k, float(b) - 1, float(a) - 1, float(2 * y - 1))
            expected /= eval_jacobi(k, float(b) - 1, float(a) - 1, 1.0)
            assert float(value(found[k,], (y,))) == pytest.approx(expected, rel=1e-12, abs=1e-13)


@pytest.mark.parametrize(("a", "b"), [(Fraction(1), Fraction(1)), (Fraction(1), Fraction(3))])
def test_two_complex_variables_are_determinants(a, b):
    """d = 2: det P_{ν_i + 2 − i}(y_j) over the difference of the variables (Berezin and Karpelevich 1958)."""
    found = jacobi_polynomials(2, 2, a, b, 5)
    one = jacobi_polynomials(1, 2, a, b, 7)
    points = [(Fraction(1, 7), Fraction(5, 8)), (Fraction(2, 3), Fraction(1, 5)), (Fraction(9, 10), Fraction(3, 7))]
    for nu in found:
        def determinant(y, nu=nu):
            high, low = one[nu[0] + 1,], one[nu[1],]
            return (value(high, y[:1]) * value(low, y[1:]) - value(high, y[1:]) * value(low, y[:1])) / (y[0] - y[1])

        ratios = {value(found[nu], y) / determinant(y) for y in points}
        assert len(ratios) == 1


@pytest.mark.parametrize(("r", "d"), [(2, 1), (2, 2), (2, 4), (3, 1), (3, 4)])
def test_they_are_one_at_one_and_their_coefficients_are_small(r, d):
    for expansion in jacobi_polynomials(r, d, Fraction(d, 2), Fraction(3, 2), 4).values():
        assert value(expansion, (Fraction(1),) * r) == 1
        assert max(abs(c) for c in expansion.values()) <= 2**r


@pytest.mark.parametrize(("r", "d"), [(2, 1), (2, 4), (3, 2)])
def test_the_first_is_linear_with_mean_zero_for_selberg(r, d):
    """Mean of Σ y_i under the weight: r·(a + d(r−1)/2)/(a + b + d(r−1)) (Aomoto 1987)."""
    a, b = Fraction(3, 2), Fraction(5, 2)
    first = jacobi_polynomials(r, d, a, b, 1)[(1,) + (0,) * (r - 1)]
    mean = r * (a + Fraction(d * (r - 1), 2)) / (a + b + d * (r - 1))
    y = [Fraction(k + 1, 7) for k in range(r)]
    assert value(first, y) == (sum(y) - mean) / (r - mean)


def test_many_polynomials_are_refused_at_once():
    with pytest.raises(CostError, match="smaller cutoff"):
        jacobi_polynomials(3, 1, HALF, HALF, 1000)


def test_orderings():
    assert all(orderings(nu) == len(set(itertools.permutations(nu))) for nu in [(1,), (2, 2), (3, 1, 1), (4, 2, 0)])
