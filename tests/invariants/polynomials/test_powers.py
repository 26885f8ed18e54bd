"""Symmetric powers are representations, unitary ones, and derivations are their derivatives."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.linalg import expm

from weylspec.groups.orthogonal import haar_orthogonal
from weylspec.invariants.polynomials.powers import composed, power_error, symmetric_derivation, symmetric_power


@pytest.mark.parametrize(("n", "degree"), [(2, 1), (2, 5), (3, 3), (4, 2)])
def test_symmetric_power_is_an_orthogonal_representation(n, degree, rng):
    g, h = haar_orthogonal(n, 2, rng)
    a, b = symmetric_power(g, degree), symmetric_power(h, degree)
    size = math.comb(n + degree - 1, degree)
    assert a.shape == (size, size)
    assert np.abs(a.T @ a - np.eye(size)).max() < power_error(n, degree)
    # p ↦ p∘g is an anti-homomorphism: p∘(gh) = (p∘g)∘h
    assert np.abs(symmetric_power(g @ h, degree) - b @ a).max() < 3 * power_error(n, degree)


def test_columns_are_composed_monomials(rng):
    g, x = haar_orthogonal(2, 1, rng)[0], rng.standard_normal(2)
    monomials = np.array([x[0] ** 2, math.sqrt(2) * x[0] * x[1], x[1] ** 2])
    y = g @ x
    values = np.array([y[0] ** 2, math.sqrt(2) * y[0] * y[1], y[1] ** 2])
    assert np.allclose(monomials @ symmetric_power(g, 2), values)
    assert np.allclose(composed(g, 2, np.array([2, 0])), symmetric_power(g, 2).T[[2, 0]])


def test_unitary_powers(rng):
    u = np.linalg.qr(rng.standard_normal((3, 3)) + 1j * rng.standard_normal((3, 3)))[0]
    power = symmetric_power(u, 4)
    assert np.abs(power.conj().T @ power - np.eye(15)).max() < power_error(3, 4)
    assert np.iscomplexobj(power)


@pytest.mark.parametrize(("n", "degree"), [(2, 4), (3, 3)])
def test_derivation_is_the_derivative(n, degree, rng):
    x = rng.standard_normal((n, n))
    x -= x.T
    turned = expm(0.3 * symmetric_derivation(x, degree).toarray())
    assert np.abs(turned - symmetric_power(expm(0.3 * x), degree)).max() < 1e-12


@pytest.mark.parametrize("degree", [0, 1])
def test_lowest_degrees(degree):
    g = np.array([[0.6, -0.8], [0.8, 0.6]])
    # x ↦ 0.6x − 0.8y: the columns are the rows of g
    assert symmetric_power(g, degree).tolist() == ([[1.0]] if degree == 0 else g.T.tolist())
