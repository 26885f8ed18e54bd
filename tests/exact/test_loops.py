"""The compiled integer loops, called directly at small sizes: CI runs this file without compilation too."""

import itertools
import math

import numpy as np
import pytest

from weylspec.exact import _loops

P = 10007


def test_inverse_is_the_inverse():
    assert all(a * int(_loops.inverse(a, P)) % P == 1 for a in range(1, 200))


@pytest.mark.parametrize("recurrence", [(1, 1), (3, 0, 5), (0, 0, 0, 1), (2,)])
def test_shortest_recurrence_reproduces_the_sequence(recurrence):
    order = len(recurrence)
    terms = [1] * order
    while len(terms) < 6 * order:
        terms.append(sum(c * x for c, x in zip(recurrence, reversed(terms[-order:]), strict=True)) % P)
    sequence = np.array(terms, dtype=np.int64)
    c, b, scratch = (np.zeros(len(terms) + 1, dtype=np.int64) for _ in range(3))
    found = int(_loops.shortest_recurrence(sequence, P, c, b, scratch))
    assert found <= order
    for n in range(found, len(terms)):
        assert sum(int(c[j]) * terms[n - j] for j in range(found + 1)) % P == 0


def test_division_of_polynomials_and_its_refusal():
    a, b = np.array([1, 3, 5, 2], dtype=np.int64), np.array([1, 7], dtype=np.int64)
    product = np.convolve(a, b) % P
    quotient, rest = np.zeros(4, dtype=np.int64), product.copy()
    assert _loops.divide(product, b, P, quotient, rest)
    np.testing.assert_array_equal(quotient, a)
    product[-1] += 1
    assert not _loops.divide(product, b, P, quotient, product.copy())


@pytest.mark.parametrize("filled", [1, 40])
def test_times_theta_is_a_convolution(filled):
    dense = np.zeros(40, dtype=np.int64)
    dense[:filled] = np.arange(1, filled + 1)
    exponents, weights = np.array([0, 1, 4, 9, 16, 25, 36]), np.array([1, 2, 2, 2, 2, 2, 2])
    theta = np.zeros(40, dtype=np.int64)
    theta[exponents] = weights
    expected = np.convolve(dense, theta)[:40]
    out = np.zeros(40, dtype=np.int64)
    _loops.times_theta(dense, exponents, weights, 0, out)
    np.testing.assert_array_equal(out, expected)
    _loops.times_theta(dense, exponents, weights, P * P, out)
    np.testing.assert_array_equal(out % P, expected % P)


def test_integer_square_roots():
    for n in [*range(200), 10**12, 10**12 - 1, 2**60, 2**60 - 1, (2**30 - 1) ** 2 - 1]:
        assert int(_loops.floor_sqrt(n)) == math.isqrt(n)


def test_points_in_an_ellipsoid_against_brute_force():
    gram = np.array([[2.0, 1.0], [1.0, 3.0]])
    upper = np.array([[2.0, 0.5], [0.0, 2.5]])  # 2(x + y/2)² + 5/2 y²
    box = itertools.product(range(-5, 6), repeat=2)
    expected = sorted(z for z in box if np.array(z) @ gram @ np.array(z) <= 20 + 1e-9)
    found = int(_loops.points_in_ellipsoid(upper, 20 + 1e-9, 1000, np.zeros((0, 2), dtype=np.int64)))
    assert found == len(expected)
    out = np.zeros((found, 2), dtype=np.int64)
    _loops.points_in_ellipsoid(upper, 20 + 1e-9, 1000, out)
    assert sorted(map(tuple, out.tolist())) == expected


def test_division_by_binomials_in_integers():
    # partitions into parts 1, 2 and 5 (coins)
    series = np.array([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], dtype=np.int64)
    _loops.divide_by_binomials(series, np.array([1, 2, 5, 40]))
    assert series.tolist() == [1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 10]
