"""Figures of spaces: what is drawn, not how it looks."""

import numpy as np
import pytest
from scipy.special import jv

import weylspec as ws
from weylspec.report.curves import risk_curves
from weylspec.report.pictures import (
    _eigenfunction,
    _tabulated_in_plane,
    _tabulated_on_sphere,
    curves_figure,
    staircase_figure,
    surface_figure,
)

ON_SURFACES = [ws.Sphere(2) / ws.PointGroup("D3h"), ws.Sphere(2, 3) / ws.SO(2), ws.Torus(2) / ws.SignFlips(1),
               ws.Torus(2) / ws.Translations([[1, 2]]), ws.Torus(2)]


IN_THE_PLANE = [ws.Box([1, 2]), ws.Disk(1, "dirichlet") / ws.O(2), ws.Annulus("1/2", 1) / ws.SignFlips(2),
                ws.EquilateralTriangle(1, "dirichlet") / ws.SymmetricGroup(3), ws.Sector("1/3")]


@pytest.mark.parametrize("space", ON_SURFACES + IN_THE_PLANE, ids=repr)
def test_surface_figures_exist_on_spheres_tori_and_in_the_plane(space):
    assert surface_figure(space) is not None


@pytest.mark.parametrize("space", [ws.Sphere(3), ws.Torus(1) * ws.Sphere(1), ws.Sphere(2) / ws.SO(3), ws.Ball(3),
                                   ws.Interval(1), ws.Interval(1) * ws.Interval(1)], ids=repr)
def test_and_nowhere_else(space):
    assert surface_figure(space) is None


def test_the_function_drawn_is_an_invariant_eigenfunction(rng):
    space = ws.Sphere(2) / ws.PointGroup("Oh")
    z = np.array([0.48, 0.6, 0.64])
    level, function = _eigenfunction(space, z)
    assert level == 42.0  # degree 6
    x = space.sample(40, rng)
    for g in space.action_on_manifold.elements()[::7]:
        assert np.allclose(function(x @ g.T), function(x), atol=1e-12)
    # In the eigenspace: the mean over a circle of angular radius r around x is P_6(cos r) times the value at x.
    r, angles = 0.3, 2 * np.pi * np.arange(16) / 16
    u = np.cross(x[0], [1.0, 0.0, 0.0])
    u /= np.linalg.norm(u)
    ring = np.cos(r) * x[0] + np.sin(r) * (np.outer(np.cos(angles), u) + np.outer(np.sin(angles), np.cross(x[0], u)))
    t = np.cos(r)
    p6 = (231 * t**6 - 315 * t**4 + 105 * t**2 - 5) / 16
    assert np.isclose(function(ring).mean(), p6 * function(x[:1])[0], atol=1e-12)
    # Splines between the nodes: h⁴·max|f⁗|/384 with h = π/90 and f⁗ ≤ 6⁴·max|f|, twice for two variables.
    assert np.abs(_tabulated_on_sphere(function)(x) - function(x)).max() < 1e-4 * np.abs(function(x)).max()


def test_the_function_drawn_in_a_triangle_is_an_invariant_eigenfunction(rng):
    space = ws.EquilateralTriangle(1, "dirichlet") / ws.SymmetricGroup(3)
    level, function = _eigenfunction(space, np.array([0.4, 0.2]))
    x, centre = space.sample(300, rng), space.total.corners.mean(axis=0)
    half, root = 0.5, 0.75**0.5
    for g in ([[-half, -root], [root, -half]], [[-1, 0], [0, 1]]):  # a third of a turn, and a mirror
        np.testing.assert_allclose(function(centre + (x - centre) @ np.transpose(g)), function(x), atol=1e-11)
    inner = x[space.total.margin(x) > 0.02][:20]
    r, angles = 0.02, 2 * np.pi * np.arange(12) / 12
    rings = inner[:, None] + r * np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    # a mean over a circle is J_0(r√λ) times the value in the middle; on the boundary the function is 0
    values = function(rings.reshape(-1, 2)).reshape(20, 12)
    np.testing.assert_allclose(values.mean(axis=1), jv(0, r * level**0.5) * function(inner), atol=1e-12)
    corners = space.total.corners
    np.testing.assert_allclose(function((corners + np.roll(corners, 1, axis=0)) / 2), 0, atol=1e-12)
    # between nodes 1/180 apart: h²·λ/4 of the largest value, each second derivative at most λ of it
    largest = np.abs(function(x)).max()
    table = _tabulated_in_plane(function, space.total)
    assert 0 < np.abs(table(x) - function(x)).max() < level / 180**2 / 4 * largest
    assert np.isfinite(table(corners)).all()


def test_staircases_and_curves_have_both_sides():
    space = ws.Sphere(2) / ws.PointGroup("Oh")
    left, right = staircase_figure(space).axes
    assert len(right.get_legend_handles_labels()[1]) == 4
    assert [line.get_label() for line in left.get_lines()] == ["N(λ)", "leading term", "all terms"]
    risks = [risk_curves(each, s=2.0, n=[10.0, 100.0], noise=1.0, name=name)
             for each, name in ((space.total, "without"), (space, "with"))]
    (ax,) = curves_figure(risks).axes
    assert "predicted, with" in ax.get_legend_handles_labels()[1]
