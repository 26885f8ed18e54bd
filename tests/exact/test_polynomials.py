import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weylspec.errors import WeylspecError
from weylspec.exact.polynomials import (
    binomial_series,
    cyclotomic,
    cyclotomic_exponents,
    cyclotomic_product,
    multiply,
    times_binomials,
    totient,
)

coefficients = st.lists(st.integers(-(10**30), 10**30), max_size=40)


def plain_product(a, b):
    result = [0] * max(len(a) + len(b) - 1, 0)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            result[i + j] += x * y
    return result if a and b else []


@given(coefficients, coefficients)
def test_multiply(a, b):
    assert multiply(a, b) == plain_product(a, b)


def test_multiply_at_the_edge_of_the_packing():
    for x in (2**64, 2**63 - 1, 255, 1):
        a, b = [-x] * 30, [x] * 25
        assert multiply(a, b) == plain_product(a, b)
    assert multiply([0] * 30, [1] * 30) == [0] * 59


@pytest.mark.parametrize("n", [1, 2, 3, 4, 12, 30, 105, 210])
def test_product_over_divisors(n):
    product = [1]
    for d in range(1, n + 1):
        if n % d == 0:
            assert len(cyclotomic(d)) == totient(d) + 1
            product = multiply(product, cyclotomic(d))
    assert product == [1] + [0] * (n - 1) + [-1]


def test_known_cyclotomics():
    assert cyclotomic(5) == [1, 1, 1, 1, 1]
    assert cyclotomic(8) == [1, 0, 0, 0, 1]
    assert cyclotomic(12) == [1, 0, -1, 0, 1]
    # Φ_105 is the first with a coefficient −2 (at t^7 and t^41).
    assert [i for i, c in enumerate(cyclotomic(105)) if c == -2] == [7, 41]


@given(st.lists(st.integers(1, 12), max_size=5))
def test_exponents_of_binomials(sizes):
    product = [1]
    for n in sizes:
        product = multiply(product, [1] + [0] * (n - 1) + [-1])
    assert cyclotomic_product(cyclotomic_exponents(sizes)) == product


@given(st.lists(st.integers(-50, 50), max_size=9), st.dictionaries(st.integers(1, 6), st.integers(-3, 3)))
def test_binomials_undo_themselves(a, powers):
    there = times_binomials(a, powers, 9)
    assert times_binomials(there, {e: -p for e, p in powers.items()}, 9) == a + [0] * (9 - len(a))


@pytest.mark.parametrize("factors", [1, 4, 7, 12, 25])
def test_series_past_the_range_of_int64(factors):
    # (1 − t)^{−n} has the coefficients C(n + k − 1, k); the last are far above 2⁶³
    series = binomial_series([1], {1: -factors}, 1001)
    assert series.tolist() == [math.comb(factors + k - 1, k) for k in range(1001)]
    assert all(type(a) is int for a in series.tolist())
    assert binomial_series([2**70, 1], {1: 1, 3: -1}, 5).tolist() == [2**70, 1 - 2**70, -1, 2**70, 1 - 2**70]
    assert binomial_series([2**61], {1: 3}, 4).tolist() == [2**61, -3 * 2**61, 3 * 2**61, -(2**61)]


def test_errors():
    with pytest.raises(WeylspecError, match="0"):
        times_binomials([1], {0: 1}, 3)
    with pytest.raises(WeylspecError, match="-2"):
        cyclotomic_exponents([3, -2])
