"""The compiled loops of characters, called directly at small sizes: CI runs this file without compilation too."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from weylspec.exact.characters import _loops

P = 10007


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_determinants_by_the_sum_over_permutations(size):
    rng = np.random.default_rng(size)
    for entries in (rng.integers(0, P, (size, size)), rng.integers(0, 2, (size, size)), np.zeros((size, size), int)):
        expected = 0
        for order in itertools.permutations(range(size)):
            sign = (-1) ** sum(order[i] > order[j] for i in range(size) for j in range(i + 1, size))
            product = 1
            for i, j in enumerate(order):
                product = product * int(entries[i, j]) % P
            expected += sign * product
        assert int(_loops.determinant(entries.astype(np.int64).copy(), P)) == expected % P


def test_complete_functions_of_a_cycle_and_a_sign():
    out = np.zeros(7, dtype=np.int64)
    _loops.complete_functions(np.array([3, 1]), np.array([1, P - 1]), P, out)
    expected = [sum((-1) ** (k - 3 * j) for j in range(k // 3 + 1)) % P for k in range(7)]
    assert out.tolist() == expected


@pytest.mark.parametrize(("kind", "expected"), [(0, [1, 3, 5]), (1, [1, 3, 6]), (2, [1, 3, 6])])
def test_characters_at_the_identity_of_three_dimensions(kind, expected):
    """[k] of O(3), and symmetric powers for the other two kinds."""
    h = np.array([1, 3, 6, 10], dtype=np.int64)
    out = np.zeros(3, dtype=np.int64)
    none = np.zeros((3, 0), dtype=np.int64)
    _loops.characters(kind, h, h, np.array([[0], [1], [2]]), none, P, out)
    assert out.tolist() == expected


def test_the_average_over_a_circle_counts_invariants():
    """SO(2) on R² fixes nothing in [1] and [2], everything in [0]; SO(3) with its density likewise."""
    lengths, weights = np.array([1, 1]), np.array([[1], [-1]])
    p = 97
    zeta = next(z for z in range(2, p) if pow(z, 8, p) == 1 and pow(z, 4, p) != 1)
    powers = np.array([pow(zeta, i, p) for i in range(8)])
    upper, lower = np.array([[0], [1], [2]]), np.zeros((3, 0), dtype=np.int64)
    out, h = np.zeros(3, dtype=np.int64), np.zeros(3, dtype=np.int64)
    none = np.zeros((0, 1), dtype=np.int64)
    density = _loops.torus_average(0, lengths, np.array([1, 1]), weights, none, np.zeros(0, dtype=np.int64), powers,
                                   upper, lower, p, h, h.copy(), out)
    assert density == 8
    assert (out * pow(8, -1, p) % p).tolist() == [1, 0, 0]
    adjoint, mixed = np.array([[1]]), np.array([[1]])
    out = np.zeros(1, dtype=np.int64)
    density = _loops.torus_average(2, lengths, np.array([1, 1, 1, 1]), weights, none, np.zeros(0, dtype=np.int64),
                                   powers, adjoint, mixed, p, h, h.copy(), out)
    assert out[0] * pow(int(density), -1, p) % p == 1  # V⊗V* − 1 under diag(z, 1/z): 2 + z² + z⁻² − 1


@pytest.mark.parametrize("top", [-1, 0, 5, 40, 400])
@pytest.mark.parametrize("doubled", [False, True])
def test_sums_over_weights_by_brute_force(top, doubled):
    """Σ (x + 2y + 1)(3x − y + 2) over x ≥ y ≥ 0 with x(x + 1) + y(y + 3) ≤ top."""
    forms, offsets = np.array([[1, 2], [3, -1]]), np.array([1, 2])
    out = np.zeros(2, dtype=np.int64)
    inverses = np.array([0, *(pow(j, -1, P) for j in range(1, 4))])
    _loops.sum_over_weights(1, np.array([1, 3]), top, forms, offsets, doubled, P, inverses,
                            np.zeros(3, dtype=np.int64), out)
    terms = [(x + 2 * y + 1) * (3 * x - y + 2) * (2 if doubled and y else 1)
             for x in range(21) for y in range(x + 1) if x * (x + 1) + y * (y + 3) <= top]
    assert out.tolist() == [sum(terms) % P, len(terms)]
