"""Isometries x ↦ p·x·q of S³ against 2 × 2 matrices and sums over weights, one by one."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from su2 import as_matrices, as_points

from weylspec.errors import GroupActionError
from weylspec.exact.modular import primes_one_modulo, root_of_unity, unit_powers
from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.orthogonal import SO
from weylspec.invariants.lie_groups.quaternions import (
    LEFT,
    RIGHT,
    Parts,
    QuaternionCoset,
    imaginary_parts,
    quaternion_coset,
    quaternion_product,
    two_factors,
)

NONE = np.zeros((0, 0), dtype=np.int64)


def units(rng, n):
    x = rng.standard_normal((n, 4))
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def test_products_are_those_of_matrices(rng):
    x, y = units(rng, 20), units(rng, 20)
    np.testing.assert_allclose(quaternion_product(x, y), as_points(as_matrices(x) @ as_matrices(y)), atol=1e-15)


def test_units_multiply_as_hamilton_carved_them():
    for side, sign in ((LEFT, 1), (RIGHT, -1)):
        _, i, j, k = side
        for unit in (i, j, k):
            np.testing.assert_allclose(unit @ unit, -np.eye(4), atol=0)
        np.testing.assert_allclose(i @ j, sign * k, atol=0)


def test_factors_of_a_rotation(rng):
    """g = x ↦ p·x·q; components over 1, i, j, k, of which the last has the coordinate −1."""
    flip = np.array([1, 1, 1, -1])
    for p, q in zip(units(rng, 10), units(rng, 10), strict=True):
        g = np.array([quaternion_product(quaternion_product(p, e), q) for e in np.eye(4)]).T
        found = two_factors(g)
        assert found is not None
        sign = np.sign(found[0] @ (p * flip))
        np.testing.assert_allclose(sign * found[0], p * flip, atol=1e-12)
        np.testing.assert_allclose(sign * found[1], q * flip, atol=1e-12)
    assert two_factors(np.diag([-1.0, 1, 1, 1])) is None
    assert two_factors(2 * np.eye(4)) is None


def test_skew_matrices_split(rng):
    a, b = rng.standard_normal(3), rng.standard_normal(3)
    left, right = imaginary_parts(np.einsum("a,aij->ij", a, LEFT[1:]) + np.einsum("a,aij->ij", b, RIGHT[1:]))
    np.testing.assert_allclose(left, a, atol=1e-14)
    np.testing.assert_allclose(right, b, atol=1e-14)


def parts(top):
    """Every (k, m ≥ 0) of a symmetric top."""
    rows = [(k, m) for k in range(top + 1) for m in range(k % 2, k + 1, 2)]
    k, m = np.array(rows).T
    zeros = np.zeros(len(rows))
    return Parts(k, m, np.where(m, 2, 1), np.where(m, 0, 1 - k % 4), k[:, None], zeros, zeros)


@given(st.integers(1, 12), st.integers(0, 11), st.integers(0, 11), st.booleans())
def test_traces_of_elements_are_sums_over_weights(order, left, right, flipped):
    """χ_k(p)·tr(q) modulo p, each root of unity a power of one."""
    order *= 4
    coset = QuaternionCoset(Fraction(1), Fraction(left, order), Fraction(right, order), (), (), flipped, NONE, ())
    p = next(primes_one_modulo(order))
    zeta = root_of_unity(p, order)
    rows = parts(7)
    found = coset.traces(rows, unit_powers(order, p), p)
    for k, m, trace in zip(rows.degree.tolist(), rows.weight.tolist(), found.tolist(), strict=True):
        first = sum(pow(zeta, n * left % order, p) for n in range(-k, k + 1, 2))
        if flipped:
            second = (-1) ** (k // 2) if m == 0 else 0
        else:
            second = sum(pow(zeta, n * right % order, p) for n in {m, -m})
        assert trace == first * second % p


@pytest.mark.parametrize(("u", "w"), [(1, 1), (2, 0), (0, 2), (3, 1), (-1, 3)])
def test_traces_of_circles_are_numbers_of_weights(u, w):
    """Pairs (n, m) with n·u + m·w = 0, twice the weights being u and w."""
    zero = Fraction(0)
    coset = QuaternionCoset(Fraction(1), zero, zero, (u,), (w,), False, np.zeros((0, 1), dtype=np.int64), ())
    p = next(primes_one_modulo(1))
    rows = parts(9)
    found = coset.traces(rows, unit_powers(1, p), p).tolist()
    for k, m, trace in zip(rows.degree.tolist(), rows.weight.tolist(), found, strict=True):
        assert trace == sum(n * u + j * w == 0 for n in range(-k, k + 1, 2) for j in {m, -m})


def test_weyls_measure_leaves_the_constants():
    """SU(2) from the left, maximal torus e(θ) with the roots ±2: dim V_k^{SU(2)} = 0 for k > 0."""
    roots = np.array([[2], [-2]])
    coset = QuaternionCoset(Fraction(1), Fraction(0), Fraction(0), (2,), (0,), False, roots, (Fraction(0),) * 2)
    p = next(primes_one_modulo(1))
    rows = parts(8)
    assert coset.traces(rows, unit_powers(1, p), p).tolist() == [1] + [0] * (len(rows) - 1)


def test_angles_are_exact():
    """Left by a fifth, right by a tenth of a turn: eigenvalues e(±3/10), e(±1/10)."""
    def turned(matrices, angle):
        return math.cos(2 * math.pi * angle) * matrices[0] + math.sin(2 * math.pi * angle) * matrices[1]

    g = turned(LEFT[[0, 2]], 1 / 5) @ turned(RIGHT, 1 / 10)
    cosets = [quaternion_coset(c, np.eye(4)) for c in MatrixGroup([g]).natural().cosets()]
    assert len(cosets) == 10
    both = {frozenset([(c.left, c.right), (-c.left % 1, -c.right % 1), ((c.left + Fraction(1, 2)) % 1,
            (c.right + Fraction(1, 2)) % 1)]) for c in cosets}
    angles = (Fraction(1, 5), Fraction(1, 10))
    assert any(angles in orbit or ((-angles[0]) % 1, angles[1]) in orbit for orbit in both)


def test_other_right_factors_are_refused():
    g = LEFT[0] @ (RIGHT[0] + RIGHT[1] + RIGHT[2] + RIGHT[3]) / 2  # a sixth of a turn about i + j + k
    coset = max(MatrixGroup([g]).natural().cosets(), key=lambda c: max(phase.denominator for phase in c.phases))
    with pytest.raises(GroupActionError, match="otherwise than by"):
        quaternion_coset(coset, np.eye(4))
    with pytest.raises(GroupActionError, match="otherwise than by"):
        quaternion_coset(next(iter(SO(4).natural().cosets())), np.eye(4)[[0, 2, 1, 3]])
