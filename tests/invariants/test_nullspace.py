"""Null spaces over generators: the symmetric powers are representations, and the gap decides."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.linalg import expm

from weylspec.errors import CertificationError, CostError
from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.orthogonal import SO, O, haar_orthogonal
from weylspec.groups.permutation import SymmetricGroup
from weylspec.invariants.nullspace import (
    _nullity,
    invariant_dimension,
    invariant_polynomials,
    symmetric_derivation,
    symmetric_power,
)


@pytest.mark.parametrize(("n", "degree"), [(2, 1), (2, 5), (3, 3), (4, 2)])
def test_symmetric_power_is_an_orthogonal_representation(n, degree, rng):
    g, h = haar_orthogonal(n, 2, rng)
    a, b = symmetric_power(g, degree), symmetric_power(h, degree)
    size = math.comb(n + degree - 1, degree)
    assert a.shape == (size, size)
    assert np.abs(a.T @ a - np.eye(size)).max() < 1e-12
    # p ↦ p∘g is an anti-homomorphism: p∘(gh) = (p∘g)∘h
    assert np.abs(symmetric_power(g @ h, degree) - b @ a).max() < 1e-12


def test_columns_are_composed_monomials(rng):
    g, x = haar_orthogonal(2, 1, rng)[0], rng.standard_normal(2)
    monomials = np.array([x[0] ** 2, math.sqrt(2) * x[0] * x[1], x[1] ** 2])
    y = g @ x
    composed = np.array([y[0] ** 2, math.sqrt(2) * y[0] * y[1], y[1] ** 2])
    assert np.allclose(monomials @ symmetric_power(g, 2), composed)


@pytest.mark.parametrize(("n", "degree"), [(2, 4), (3, 3)])
def test_derivation_is_the_derivative(n, degree, rng):
    x = rng.standard_normal((n, n))
    x -= x.T
    assert np.abs(expm(0.3 * symmetric_derivation(x, degree)) - symmetric_power(expm(0.3 * x), degree)).max() < 1e-12


def test_known_dimensions():
    # invariants of O(3) on two vectors: |x|², x·y, |y|², free; SO(3) on three has the determinant too
    assert [invariant_polynomials(O(3).copies(2).natural(), k) for k in range(5)] == [1, 0, 3, 0, 6]
    assert [invariant_polynomials(SO(3).copies(3).natural(), k) for k in range(4)] == [1, 0, 6, 1]
    assert [invariant_dimension(SO(2).natural(), k) for k in range(4)] == [1, 0, 0, 0]
    assert invariant_dimension(SymmetricGroup(1).copies(3).natural(), 4) == 9  # no generator: all harmonics on S²


def test_limits():
    with pytest.raises(CostError, match="degree 9 in 8 variables has 11440 monomials, above 3000"):
        invariant_polynomials(SymmetricGroup(8).natural(), 9)
    with pytest.raises(CertificationError, match="no clear gap between zero and non-zero"):
        _nullity(np.diag([1e-12, 1e-7, 1.0]))


@pytest.mark.parametrize(("angle", "expected"), [(1e-3, 1), (1e-6, None), (1e-9, 3)])
def test_a_generator_that_is_nearly_the_identity(angle, expected):
    # B² ~ angle²: well above rounding, undecided, and below what float matrices can tell from the identity
    c, s = math.cos(angle), math.sin(angle)
    tilted = replace(MatrixGroup([-np.eye(2)]).natural(), generators=(np.array([[c, -s], [s, c]]),))
    if expected is None:
        with pytest.raises(CertificationError, match="no clear gap"):
            invariant_polynomials(tilted, 2)
    else:
        assert invariant_polynomials(tilted, 2) == expected
