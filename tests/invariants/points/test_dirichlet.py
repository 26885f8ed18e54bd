"""Dirichlet domains tile the surface, and orbits are orbits."""

import numpy as np
import pytest

import weylspec as ws
from weylspec.invariants.points.dirichlet import (
    sphere_centre,
    sphere_margin,
    sphere_orbit,
    torus_centre,
    torus_margin,
    torus_orbit,
    torus_square,
)

TWO_PI = 2 * np.pi * np.eye(2)
HEXAGONAL = [[1, 0], [0.5, 3**0.5 / 2]]


@pytest.mark.parametrize(("name", "order"), [("Cs", 2), ("Ci", 2), ("C5v", 10), ("T", 12), ("Oh", 48), ("I", 60)])
def test_domain_of_a_point_group_has_its_share_of_the_sphere(name, order, rng):
    action = (ws.Sphere(2) / ws.PointGroup(name)).action_on_manifold
    orbit = sphere_orbit(action, sphere_centre(action))
    assert len(orbit) == order
    x = ws.Sphere(2).sample(40_000, rng)
    inside = sphere_margin(orbit)(x) > 0
    share = 1 / order
    # Five standard deviations of a binomial share.
    assert abs(inside.mean() - share) < 5 * np.sqrt(share * (1 - share) / len(x))


def test_every_orbit_meets_a_domain_once(rng):
    action = (ws.Sphere(2) / ws.PointGroup("Oh")).action_on_manifold
    margin = sphere_margin(sphere_orbit(action, sphere_centre(action)))
    for x in ws.Sphere(2).sample(50, rng):
        assert (margin(action.elements() @ x) > 0).sum() == 1


@pytest.mark.parametrize(
    ("space", "order"),
    [
        (ws.Torus(2) / ws.SignFlips(1), 2),
        (ws.Torus(2) / ws.Hyperoctahedral(2), 8),
        (ws.Torus(2) / ws.Translations(steps=[["1/10", 0]]), 10),
        (ws.FlatTorus(HEXAGONAL) / ws.AffineGroup([([[0, -1], [1, 1]], [0, 0])]), 6),
    ],
    ids=repr,
)
def test_domain_on_a_torus_has_its_share(space, order, rng):
    action, basis = space.action_on_manifold, space.total.basis
    orbit = torus_orbit(action, basis, torus_centre(action, basis))
    assert len(orbit) == order
    inside = torus_margin(orbit, basis)(space.total.sample(40_000, rng)) > 0
    share = 1 / order
    assert abs(inside.mean() - share) < 5 * np.sqrt(share * (1 - share) / 40_000)


def test_distance_on_a_torus_is_the_least_over_many_representatives(rng):
    basis = np.array(HEXAGONAL, dtype=float)
    d = rng.standard_normal((200, 2))
    shifts = np.stack(np.meshgrid(*[np.arange(-8, 9)] * 2), -1).reshape(-1, 2) @ basis
    direct = ((d[:, None] + shifts) ** 2).sum(axis=2).min(axis=1)
    assert np.allclose(torus_square(d, basis), direct, rtol=1e-12, atol=1e-14)


def test_orbits_of_continuous_groups():
    circle = sphere_orbit((ws.Sphere(2) / ws.SO(2)).action_on_manifold, np.array([0.6, 0.0, 0.8]), 12)
    assert circle.shape == (12, 3)
    assert np.allclose(circle[:, 2], 0.8)
    line = torus_orbit((ws.Torus(2) / ws.Translations([[1, 2]])).action_on_manifold, TWO_PI, np.array([1.0, 1.0]))
    # 2x − y is constant along (1, 2), modulo the period.
    assert np.allclose(np.exp(1j * (2 * line[:, 0] - line[:, 1])), np.exp(1j))
