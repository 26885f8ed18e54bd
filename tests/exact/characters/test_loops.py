"""The compiled loops of characters, called directly at small sizes: CI runs this file without compilation too."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from weylspec.exact.characters import _loops
from weylspec.exact.characters._codes import LINEAR, ORTHOGONAL, SYMPLECTIC

P = 10007


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 5])
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
        block = np.full((size + 1, size + 1), 7)
        block[:size, :size] = entries
        assert int(_loops.determinant(block, size, P)) == expected % P


@pytest.mark.parametrize("first", [1, 5])
def test_complete_functions_of_a_cycle_and_a_sign(first):
    out = np.zeros(7, dtype=np.int64)
    _loops.complete_functions(np.array([3, 1]), np.array([1, P - 1]), first, P, out)
    expected = [first * sum((-1) ** (k - 3 * j) for j in range(k // 3 + 1)) % P for k in range(7)]
    assert out.tolist() == expected


@pytest.mark.parametrize("p", [2, 3, 7, P, 2**31 - 1])
def test_quotients_by_blocks(p):
    """One block at a time over Python ints, for values and terms at both ends of what residues can be."""
    rng = np.random.default_rng(p)
    terms = np.concatenate([[p - 1, 0, p - 1, 1], rng.integers(0, p, 9)])
    for value in {0, 1, 2 % p, p // 2, p - 2, p - 1, *rng.integers(0, p, 5).tolist()}:
        for length in (1, 2, 5, 20):
            out = terms.copy()
            _loops.over_blocks(np.array([length]), np.array([value]), p, out)
            expected = terms.tolist()
            for k in range(length, len(expected)):
                expected[k] = (expected[k] + value * expected[k - length]) % p
            assert out.tolist() == expected


def dimension(kind, n, upper, lower=()):
    """A character at the identity, from h_k of n ones, C(n + k − 1, k)."""
    h = np.array([math.comb(n + k - 1, k) for k in range(8)])
    work = np.zeros((6, 6), dtype=np.int64)
    return int(_loops.character(kind, h, h, np.array(upper, dtype=np.int64), np.array(lower, dtype=np.int64), P, work))


def test_characters_at_the_identity_are_dimensions():
    assert [dimension(ORTHOGONAL, 3, [k]) for k in range(4)] == [1, 3, 5, 7]
    assert [dimension(ORTHOGONAL, n, [1, 1]) for n in (4, 5)] == [6, 10]      # Λ²; both halves of it for SO(4)
    assert [dimension(SYMPLECTIC, 4, mu) for mu in ([0, 0], [1, 0], [2, 0], [1, 1])] == [1, 4, 10, 5]
    assert [dimension(LINEAR, 3, mu) for mu in ([2, 1, 0], [1, 1, 1], [3])] == [8, 1, 10]
    assert dimension(LINEAR, 3, [1, 0], [1, 0, 0]) == 8                         # the adjoint
    assert dimension(LINEAR, 3, [0, 0], [2, 1]) == 8


def test_points_of_a_torus():
    """(2, 5)·ζ^{weights·index} on a grid of 4 points, ζ² = −1, in F_13; a root of phase 1 at its zero and off it."""
    powers, out = np.array([1, 8, 12, 5]), np.zeros(2, dtype=np.int64)
    _loops.at_point(np.array([2, 5]), np.array([[1, -1], [2, 3]]), np.array([1, 2]), powers, 13, out)
    assert out.tolist() == [2 * 5 % 13, 5]                                       # exponents −1 and 8
    one, root = np.array([1]), np.array([[1, 1]])
    assert _loops.weyl_density(one, root, np.array([1, 3]), powers, 13) == 0
    assert _loops.weyl_density(one, root, np.array([1, 1]), powers, 13) == 2
    assert _loops.pair_differences(np.array([5, 2, 1, 4]), 13) == -9 % 13
    index = np.zeros(2, dtype=np.int64)
    visited = [tuple(index)]
    while _loops.next_point(index, 3):
        visited.append(tuple(index))
    assert sorted(visited) == list(itertools.product(range(3), repeat=2))


def average(kind, phases, weights, roots, upper, lower=None, *, difference=False, p=97, grid=16):
    """Averages over a torus of elements with single eigenvalues."""
    weights, upper = np.array(weights), np.array(upper)
    lower = np.zeros((len(upper), 0), dtype=np.int64) if lower is None else np.array(lower)
    phases = np.array(phases, dtype=np.int64)
    if lower.shape[1]:
        phases = np.append(phases, [pow(int(z), -1, p) for z in phases])
        weights = np.vstack([weights, -weights])
    ones, h = np.ones(len(phases), dtype=np.int64), np.zeros(8, dtype=np.int64)
    size, out = upper.shape[1] + lower.shape[1], np.zeros(len(upper), dtype=np.int64)
    roots = np.array(roots, dtype=np.int64).reshape(len(roots), weights.shape[1])
    density = _loops.torus_average(
        kind, difference, ones, phases, weights, roots, np.ones(len(roots), dtype=np.int64),
        np.array([pow(5, (p - 1) // grid * i, p) for i in range(grid)]), upper, lower, p, h, h.copy(),
        np.zeros((size, size), dtype=np.int64), out)
    return (out * pow(int(density), -1, p) % p).tolist()


def test_averages_over_a_circle_count_invariants():
    """SO(2) on R² fixes [0] only, the differences of its mirror images average to 0; SU(2) in V⊗V* − 1 nothing."""
    circle, degrees = [[1], [-1]], [[0], [1], [2], [3]]
    assert average(ORTHOGONAL, [1, 1], circle, [], degrees) == [1, 0, 0, 0]
    assert average(SYMPLECTIC, [1, 1], circle, [], degrees, difference=True) == [0] * 4
    assert average(SYMPLECTIC, [1, 1], circle, [], degrees) == [1, 0, 1, 0]      # weights 0 of Sym^k
    assert average(SYMPLECTIC, [1, 1], circle, [[2], [-2]], degrees) == [1, 0, 0, 0]
    assert average(LINEAR, [1, 1], circle, [], [[1]], [[1]]) == [1]              # V⊗V* − 1: 1 + z² + z⁻²
    assert average(LINEAR, [1, 1], circle, [[2], [-2]], [[1]], [[1]]) == [0]


def test_differences_of_mirror_images_at_one_element():
    """SO(2) at a quarter turn z, z² = −1: z^k − z^{−k} = (z − z⁻¹)·U_{k−1}."""
    p, quarter, grid = 97, 22, 1
    found = average(SYMPLECTIC, [quarter, pow(quarter, -1, p)], np.zeros((2, 0), int), [], [[0], [1], [2]],
                    difference=True, p=p, grid=grid)
    assert found == [(pow(quarter, k, p) - pow(quarter, -k, p)) % p for k in (1, 2, 3)]


def test_negative_weights_are_characters_of_the_inverse():
    """U(1) at a cube root of unity: χ_k = z^k."""
    found = average(LINEAR, [2], np.zeros((1, 0), int), [], [[0], [1], [0], [0]], [[0], [0], [1], [2]], p=7, grid=1)
    assert found == [1, 2, 4, 2]


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
