"""Volumes by integration over towers of slices, against singular values, closed forms and plain sampling."""

import math

import numpy as np
import pytest

import weylspec as ws
from weylspec.groups.orthogonal import SO
from weylspec.invariants.continuous.polar import Chamber, find_section
from weylspec.invariants.continuous.singular_values import special_orthogonal_volume
from weylspec.invariants.continuous.slices import build_tower, connected_volume
from weylspec.invariants.continuous.subspaces import invariant_parts
from weylspec.invariants.orbit_spaces.orbit_integrals import (
    killing_fields,
    normal_mean,
    orbit_densities,
    orthonormal_algebra,
)
from weylspec.spaces.sphere import Sphere


def trace_volume(k: int, m: int) -> float:
    """Volume of SO(k) on m copies in the metric tr(XᵀY), which is 2m times −½tr."""
    return special_orthogonal_volume(k) * (2 * m) ** (k * (k - 1) / 4)


def algebra(k: int, m: int) -> np.ndarray:
    return np.array(SO(k).copies(m).natural().algebra)


@pytest.mark.parametrize(("k", "m"), [(3, 2), (3, 3), (4, 3), (2, 3)])
def test_integration_agrees_with_singular_values(k, m):
    isotropy = trace_volume(k - m, m) if k > m else 1.0
    found = connected_volume(algebra(k, m), (np.eye(k * m),), (1.0,), trace_volume(k, m), isotropy)
    exact = (Sphere(k * m - 1) / SO(k).copies(m)).volume
    assert found.error < 2e-3
    assert abs(found.value / exact - 1) < found.error


@pytest.mark.parametrize(("m", "exact", "tolerance"), [(2, math.pi / math.sqrt(2), 1e-9), (3, 10.883, 1e-3),
                                                       (4, 82.414, 2e-3)])
def test_products_of_spheres(m, exact, tolerance):
    # m = 2: 1/vol(Gx) has infinite variance on (S²)²; the reduced integrand is constant
    rows = np.eye(3 * m).reshape(m, 3, 3 * m)
    found = connected_volume(algebra(3, m), tuple(rows), (1.0,) * m, trace_volume(3, m))
    assert abs(found.value / exact - 1) < tolerance + found.error


def test_volume_scales_and_does_not_see_coordinates():
    rows = np.eye(6).reshape(2, 3, 6)
    turn = np.linalg.qr(np.random.default_rng(3).standard_normal((6, 6)))[0]
    turned = turn @ algebra(3, 2) @ turn.T
    found = connected_volume(turned, tuple(r @ turn.T for r in rows), (2.0, 2.0), trace_volume(3, 2))
    assert abs(found.value / (2 * math.pi / math.sqrt(2)) - 1) < 1e-9


def test_plain_integration_agrees_where_its_variance_is_finite():
    fields = orthonormal_algebra(algebra(3, 3))
    mean = normal_mean(
        lambda z: 1 / orbit_densities(killing_fields(fields, z / np.linalg.norm(z, axis=1, keepdims=True)), 3), 9)
    exact = math.pi**3 / 32 / (Sphere(8).volume / trace_volume(3, 3))
    assert abs(mean.value / exact - 1) < max(mean.error, 2e-3)


def test_copies_are_split_and_reduced_to_triangular_matrices():
    parts = invariant_parts(algebra(3, 3), np.eye(9))
    assert [len(p) for p in parts] == [3, 3, 3]
    for part in parts:
        assert np.abs(killing_fields(algebra(3, 3), part) @ (np.eye(9) - part.T @ part)).max() < 1e-8
    tower = build_tower(orthonormal_algebra(algebra(3, 3)), (np.eye(9),))
    assert sum(s.rank for s in tower.slices[0]) == 6  # upper triangular matrices
    assert len(tower.isotropy) == 0


@pytest.mark.parametrize("group", [SO(4).symmetric_traceless(), ws.SU(3).adjoint(), ws.SU(4).adjoint()], ids=repr)
def test_chambers_have_the_moments_of_normal_variables(group, rng):
    # E|x|² = r and E|x|⁴ = r(r + 2), for a function with any symmetry
    algebra = orthonormal_algebra(np.array(group.natural().algebra))
    size = algebra.shape[-1]
    moved = np.linalg.svd(algebra.reshape(-1, size))[2][:np.linalg.matrix_rank(algebra.reshape(-1, size), tol=1e-8)]
    section = find_section(algebra, moved)
    points, ratio = Chamber.of(section).draw(rng.standard_normal((200_000, section.rank)))
    assert (points @ section.simple.T > -1e-12).all()
    squares = (points**2).sum(axis=1)
    r = section.rank
    for power, exact in ((0, 1.0), (1, r), (2, r * (r + 2))):
        values = ratio * squares**power
        assert abs(values.mean() - exact) < 5 * values.std() / len(values) ** 0.5


def test_poles_with_infinite_variance_are_in_the_error():
    # |x|^{−k} near the origin of R^c has infinite variance iff 2k ≥ c; E|x|^{−k} over N(0, 1)^c is elementary
    errors = []
    for k, c in ((1, 4), (1, 2), (2, 3)):
        exact = 2 ** (-k / 2) * math.gamma((c - k) / 2) / math.gamma(c / 2)
        found = normal_mean(lambda z, k=k: np.linalg.norm(z, axis=1) ** -k, c, 1.0)
        assert abs(found.value / exact - 1) < found.error
        errors.append(found.error)
    assert errors[0] < errors[1] < errors[2]
    assert errors[2] > 0.1


def test_plain_integration_with_infinite_variance():
    # (S²)²/SO(3): circles collapse in codimension 2, so that 2k = c; the volume is π/√2
    fields = orthonormal_algebra(algebra(3, 2))

    def turned(z):
        x = z.reshape(-1, 2, 3)
        return killing_fields(fields, (x / np.linalg.norm(x, axis=2, keepdims=True)).reshape(-1, 6))

    mean = normal_mean(lambda z: 1 / orbit_densities(turned(z), 3), 6, 2e-2)
    exact = math.pi / math.sqrt(2) / (16 * math.pi**2 / trace_volume(3, 2))
    assert abs(mean.value / exact - 1) < mean.error
