"""Volumes by integration over towers of slices, against singular values, closed forms and plain sampling."""

import math

import numpy as np
import pytest

from weylspec.groups.orthogonal import SO
from weylspec.invariants.continuous.singular_values import special_orthogonal_volume
from weylspec.invariants.continuous.slices import build_tower, connected_volume
from weylspec.invariants.continuous.subspaces import invariant_parts
from weylspec.invariants.orbit_spaces.orbit_integrals import killing_fields, mean_inverse_volume, orthonormal_algebra
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
    mean = mean_inverse_volume(
        lambda z: killing_fields(fields, z / np.linalg.norm(z, axis=1, keepdims=True)), 9, 3)
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
