import math
from dataclasses import dataclass, replace

import numpy as np
import pytest

from weylspec.errors import CertificationError, WeylspecError
from weylspec.groups.affine import Translations
from weylspec.groups.orthogonal import SO
from weylspec.groups.permutation import CyclicGroup, Hyperoctahedral
from weylspec.groups.point import PointGroup
from weylspec.learning.basis import InvariantBasis, coordinates, matching_levels
from weylspec.spaces.sphere import Sphere
from weylspec.spaces.torus import Torus

S2, T2 = Sphere(2), Torus(2)
P4M = Hyperoctahedral(2)
ON_SPHERE = [(S2, 42), (S2 / SO(2), 110), (S2 / PointGroup("Oh"), 110)]
ON_TORUS = [(T2, 25), (T2 / P4M, 50), (T2 / Translations([[1, 1]]), 50)]


def sphere_quadrature(degree):
    """Gauss–Legendre in z, equidistant in the angle: exact for polynomials up to the degree."""
    z, share = np.polynomial.legendre.leggauss(degree // 2 + 1)
    angle = 2 * math.pi * np.arange(degree + 1) / (degree + 1)
    z, angle = (v.ravel() for v in np.meshgrid(z, angle, indexing="ij"))
    r = np.sqrt(1 - z**2)
    return np.column_stack([r * np.cos(angle), r * np.sin(angle), z]), np.repeat(share / 2, degree + 1) / (degree + 1)


def torus_quadrature(degree):
    angle = 2 * math.pi * np.arange(degree + 1) / (degree + 1)
    return np.array([(a, b) for a in angle for b in angle]), np.full((degree + 1) ** 2, 1 / (degree + 1) ** 2)


# Rounding: the entries are sums of at most 110 terms of size ≤ 21, the smallest kept eigenvalue of a
# kernel matrix is at least 1e-8 of the rounding of the matrix; the basis reports that share itself.
def allowed(basis):
    return 1e-12 + 100 * basis.error


@pytest.mark.parametrize(("space", "cutoff"), ON_SPHERE, ids=repr)
@pytest.mark.parametrize("through_total", [False, True])
def test_orthonormal_on_the_sphere_by_exact_quadrature(space, cutoff, through_total):
    basis = InvariantBasis(space, cutoff, source=S2 if through_total else None)
    points, weights = sphere_quadrature(2 * S2.degree(cutoff))
    values = basis.evaluate(points)
    assert values.shape == (len(points), space.spectrum(cutoff=cutoff).total)
    assert allowed(basis) < 1e-9
    np.testing.assert_allclose(values.T @ (weights[:, None] * values), np.eye(len(basis)), atol=allowed(basis))


@pytest.mark.parametrize(("space", "cutoff"), ON_TORUS, ids=repr)
@pytest.mark.parametrize("through_total", [False, True])
def test_orthonormal_on_the_torus_by_exact_quadrature(space, cutoff, through_total):
    basis = InvariantBasis(space, cutoff, source=T2 if through_total else None)
    points, weights = torus_quadrature(2 * math.isqrt(cutoff))
    values = basis.evaluate(points)
    assert values.shape == (len(points), space.spectrum(cutoff=cutoff).total)
    np.testing.assert_allclose(values.T @ (weights[:, None] * values), np.eye(len(basis)), atol=allowed(basis))


@pytest.mark.parametrize(("space", "cutoff"), ON_SPHERE + ON_TORUS, ids=repr)
def test_addition_theorem(space, cutoff):
    basis = InvariantBasis(space, cutoff, seed=3)
    rng = np.random.default_rng(8)
    x, y = space.sample(7, rng), space.sample(5, rng)
    kernels = space.eigenspace_kernel(x, y, cutoff)
    first, second = basis.evaluate(x), basis.evaluate(y)
    for level, kernel in enumerate(kernels):
        mine = basis.levels == level
        np.testing.assert_allclose(first[:, mine] @ second[:, mine].T, kernel, atol=20 * allowed(basis))


def test_axial_functions_are_legendre_polynomials():
    """S²/SO(2): √(2l+1) P_l(z) up to sign."""
    basis = InvariantBasis(S2 / SO(2), 30)
    points = S2.sample(50, np.random.default_rng(1))
    expected = [math.sqrt(2 * k + 1) * np.polynomial.legendre.Legendre.basis(k)(points[:, 2]) for k in range(6)]
    np.testing.assert_allclose(np.abs(basis.evaluate(points).T), np.abs(expected), atol=1e-10)


def test_seed_changes_the_functions_but_not_the_span():
    a, b = InvariantBasis(T2, 10), InvariantBasis(T2, 10, seed=1)
    x = T2.sample(3, np.random.default_rng(0))
    assert np.abs(a.evaluate(x) - b.evaluate(x)).max() > 0.1
    for level, matrix in enumerate(coordinates(a, b)):
        assert matrix.shape == (int(a.spectrum.multiplicities[level]),) * 2


def test_chunks_do_not_change_values(monkeypatch):
    basis = InvariantBasis(S2, 30)
    x = S2.sample(40, np.random.default_rng(0))
    whole = basis.evaluate(x)
    monkeypatch.setattr("weylspec.learning.basis._CHUNK", 6 * len(basis._anchored.anchors) * 7)
    np.testing.assert_allclose(basis.evaluate(x), whole, atol=1e-12)


def test_coordinates_of_a_subgroup_chain_compose():
    """M/G into M/H into M is M/G into M."""
    big, small = InvariantBasis(T2 / P4M, 20), InvariantBasis(T2 / CyclicGroup(2), 20)
    full = InvariantBasis(T2, 20)
    direct = coordinates(big, full)
    rows = matching_levels(big.spectrum, small.spectrum)
    upper, lower = coordinates(big, small), coordinates(small, full)
    for level, row in enumerate(rows):
        np.testing.assert_allclose(upper[level] @ lower[row], direct[level], atol=1e-9)


def test_coordinates_refuse_a_group_that_is_not_contained():
    with pytest.raises(WeylspecError, match="part of the first"):
        coordinates(InvariantBasis(T2 / CyclicGroup(2), 1), InvariantBasis(T2 / Translations([[0, 1]]), 1))


def test_points_off_the_manifold_are_refused():
    with pytest.raises(ValueError, match="not on Sphere"):
        InvariantBasis(S2 / SO(2), 6).evaluate([[0.0, 0.0, 2.0]])


@dataclass(frozen=True, eq=False)
class Miscounted(Sphere):
    """A sphere whose list claims one function more, or fewer, at the last level."""

    surplus: int = 0

    def __init__(self, surplus):
        super().__init__(2)
        object.__setattr__(self, "surplus", surplus)

    def levels(self, cutoff):
        listed = super().levels(cutoff)
        changed = listed.multiplicities.copy()
        changed[-1] += self.surplus
        return replace(listed, multiplicities=changed)


@pytest.mark.parametrize("surplus", [-1, 1])
def test_a_wrong_multiplicity_is_not_certified(surplus):
    with pytest.raises(CertificationError, match="should have rank"):
        InvariantBasis(Miscounted(surplus), 6).evaluate([[0.0, 0.0, 1.0]])
    assert InvariantBasis(Miscounted(0), 6).evaluate([[0.0, 0.0, 1.0]]).shape == (1, 9)
