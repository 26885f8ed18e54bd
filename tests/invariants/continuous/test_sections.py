"""Polar actions: the table of theory 3.2, walls of theory 4, components that move the section."""

from __future__ import annotations

import math

import numpy as np
import pytest

from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.orthogonal import SO, O
from weylspec.groups.permutation import SignFlips, SymmetricGroup
from weylspec.invariants.continuous.sections import polar_orbits
from weylspec.invariants.orbit_spaces.geometry import sphere_volume
from weylspec.spaces.sphere import Sphere


@pytest.mark.parametrize(("n", "k"), [(2, 2), (3, 2), (3, 3), (4, 3), (6, 2), (6, 5)])
def test_hemispheres(n, k):
    # Sⁿ/SO(k) = half of S^{n+1−k}, wall S^{n−k} where the orbits S^{k−1} collapse
    for group in (SO(k), O(k)):
        geometry = (Sphere(n) / group).geometry
        assert geometry.dim == n + 1 - k
        assert math.isclose(geometry.volume, sphere_volume(n + 1 - k) / 2, rel_tol=1e-12)
        (wall,) = geometry.walls
        assert math.isclose(wall.volume, sphere_volume(n - k), rel_tol=1e-12)
        assert wall.weight == (2 - k) / 4


def test_two_blocks():
    # S^{p+q+1}/SO(p+1)×SO(q+1): a quarter circle, an end of each kind
    geometry = (Sphere(6) / (SO(3) + SO(4))).geometry
    assert (geometry.dim, [w.weight for w in geometry.walls]) == (1, [-0.25, -0.5])
    assert math.isclose(geometry.volume, math.pi / 2, rel_tol=1e-12)
    assert [w.volume for w in geometry.walls] == [1.0, 1.0]


def test_a_transitive_group():
    point = (Sphere(3) / SO(4)).geometry
    assert (point.dim, point.volume, point.walls, point.orbits_alike) == (0, 1.0, (), True)
    assert (Sphere(3) / SO(4)).count(10**6) == 1


def test_components_on_the_rest():
    # a mirror of the section beside the collapsing wall: S⁴/(SO(2) and y_1 → −y_1) is a quarter of S³
    group = SO(2) * MatrixGroup([np.diag([1.0, 1, -1, 1, 1])])
    geometry = (Sphere(4) / group).geometry
    assert math.isclose(geometry.volume, sphere_volume(3) / 4, rel_tol=1e-12)
    assert [(round(w.volume / math.pi, 12), w.weight) for w in geometry.walls] == [(2, 0), (2, 0.25)]
    # S_3 beside SO(3): six chambers
    chambers = (Sphere(5) / (SO(3) + SymmetricGroup(3))).geometry
    assert math.isclose(chambers.volume, sphere_volume(3) / 12, rel_tol=1e-12)


def test_components_that_do_nothing():
    # −1 on the block is a rotation or a reflection of it: |x| stays
    for k in (2, 3):
        inside = MatrixGroup([np.diag([-1.0] * k + [1.0, 1.0])])
        assert polar_orbits((SO(k) * inside).natural(), 1.0).volume == (Sphere(k + 1) / SO(k)).volume
    everything = polar_orbits((SO(2) * MatrixGroup([-np.eye(4)])).natural(), 1.0)
    assert math.isclose(everything.volume, sphere_volume(2) / 4, rel_tol=1e-12)  # y → −y without a mirror
    assert [w.weight for w in everything.walls] == [0.0]


def test_radius():
    geometry = polar_orbits((SO(3) + SignFlips(2)).natural(), 3.0)
    unit = polar_orbits((SO(3) + SignFlips(2)).natural(), 1.0)
    assert math.isclose(geometry.volume, 9 * unit.volume)
    for a, b in zip(geometry.walls, unit.walls, strict=True):
        assert math.isclose(a.volume, 3 * b.volume)
