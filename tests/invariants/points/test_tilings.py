"""Pictures of cells: images against distances of orbits, mirrors and centres against the tables of the literature."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest

from weylspec.errors import UnknownGeometryError
from weylspec.groups.orthogonal import SO
from weylspec.groups.point import PointGroup
from weylspec.groups.wallpaper import WALLPAPERS
from weylspec.invariants.points.tilings import sphere_tiling, torus_tiling
from weylspec.spaces.flat_orbifold import FlatOrbifold
from weylspec.spaces.sphere import Sphere

# Mirrors, and axes by their order, of one group of each of the 14 families (any table of point groups).
POINT_GROUPS = {
    "C5": (0, {5: 1}), "C5v": (5, {5: 1}), "C5h": (1, {5: 1}), "S10": (0, {5: 1}), "D5": (0, {5: 1, 2: 5}),
    "D5h": (6, {5: 1, 2: 5}), "D5d": (5, {5: 1, 2: 5}), "T": (0, {3: 4, 2: 3}), "Td": (6, {3: 4, 2: 3}),
    "Th": (3, {3: 4, 2: 3}), "O": (0, {4: 3, 3: 4, 2: 6}), "Oh": (9, {4: 3, 3: 4, 2: 6}),
    "I": (0, {5: 6, 3: 10, 2: 15}), "Ih": (15, {5: 6, 3: 10, 2: 15}), "C1": (0, {}), "Cs": (1, {}),
}


@pytest.mark.parametrize("name", POINT_GROUPS)
def test_mirrors_and_axes_of_point_groups(name, rng):
    space = Sphere(2) / PointGroup(name)
    picture = sphere_tiling(space.action_on_manifold)
    mirrors, axes = POINT_GROUPS[name]
    assert len(picture.mirrors) == mirrors
    assert Counter(picture.orders.tolist()) == {order: 2 * count for order, count in axes.items()}
    x = space.sample(50, rng)
    nearest = 2 * np.arcsin(np.linalg.norm(x[:, None] - picture.images, axis=2).min(axis=1) / 2)
    np.testing.assert_allclose(space.distance(x, picture.images[:1])[:, 0], nearest, atol=1e-12)
    reverses = any(np.linalg.det(g) < 0 for g in space.action_on_manifold.generators)
    assert picture.flips.sum() == (len(picture.flips) // 2 if reverses else 0)
    # the flag stays in its own cell
    own = np.linalg.norm(picture.motifs[0][:, None] - picture.images, axis=2).argmin(axis=1)
    assert (own == 0).all()


@pytest.mark.parametrize("kind", WALLPAPERS, ids=lambda kind: kind.name)
def test_cone_points_and_corners_of_wallpaper_groups_are_those_of_their_signature(kind, rng):
    space = FlatOrbifold(kind.name)
    basis = space.manifold.basis
    picture = torus_tiling(space.action_on_manifold, basis, 1)
    cones, star, corners = kind.signature.partition("*")
    expected = (sorted(map(int, re.findall(r"\d", cones))), sorted(map(int, re.findall(r"\d", corners))))
    found = ([], [])
    seen = np.zeros((0, 2))
    for point, order in zip(picture.centres, picture.orders.tolist(), strict=True):
        if len(seen) and space.distance(point[None], seen).min() < 1e-7:
            continue
        seen = np.vstack([seen, point])
        starts, along = picture.mirrors[:, 0], np.diff(picture.mirrors, axis=1)[:, 0]
        away = np.abs((along[:, ::-1] * [1, -1] * (point - starts)).sum(axis=1)) / np.linalg.norm(along, axis=1)
        found[int(away.min(initial=1.0) < 1e-7)].append(order)
    assert (sorted(found[0]), sorted(found[1])) == expected
    assert bool(star) == (len(picture.mirrors) > 0)
    x = rng.random((50, 2)) @ basis
    nearest = np.linalg.norm(x[:, None] - picture.images, axis=2).min(axis=1)
    np.testing.assert_allclose(space.distance(x, picture.images[:1])[:, 0], nearest, atol=1e-12)


def test_glides_are_axes_without_a_mirror():
    def counts(name):
        picture = torus_tiling(FlatOrbifold(name).action_on_manifold, np.eye(2), 1)
        return len(picture.mirrors), len(picture.glides)

    assert counts("pg") == (0, 3)  # x = 0, 1/2, 1
    assert counts("pm") == (3, 0)
    assert counts("pgg") == (0, 4)  # x = 1/4, 3/4 and y = 1/4, 3/4


def test_a_flag_in_a_mirror_image_is_reversed():
    picture = torus_tiling(FlatOrbifold("p4g").action_on_manifold, np.eye(2), 2)
    x, y = picture.motifs[..., 0], picture.motifs[..., 1]
    areas = (x[:, :-1] * y[:, 1:] - x[:, 1:] * y[:, :-1]).sum(axis=1) + x[:, -1] * y[:, 0] - x[:, 0] * y[:, -1]
    assert ((areas > 0) == (picture.flips != picture.flips[0]) ^ (areas[0] > 0)).all()
    np.testing.assert_allclose(np.abs(areas), abs(areas[0]), rtol=1e-12)


def test_infinite_and_very_large_groups_are_not_drawn():
    with pytest.raises(UnknownGeometryError, match="infinitely many"):
        sphere_tiling(SO(3).natural())
    with pytest.raises(UnknownGeometryError, match="600 elements"):
        sphere_tiling(PointGroup("C600").natural())
    with pytest.raises(UnknownGeometryError, match=r"pictures of fundamental domains; Sphere\(2\)"):
        (Sphere(3) / SO(2)).plot()
