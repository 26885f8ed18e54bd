"""Weyl's law: terms against theory's constants and window means of exact spectra."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import quad

import weylspec as ws
from weylspec.counting.means import window_mean
from weylspec.invariants.orbit_spaces.geometry import weyl_constant

PI = math.pi
HEXAGONAL = [[1, 0], [0.5, 3**0.5 / 2]]
WIDE = [[2 * PI, 0], [PI, 3**0.5 * PI]]  # so that the window holds as many levels as on Torus(2)


def coefficients(space):
    """Sums of the heat coefficients by dimension."""
    sums: dict[int, float] = {}
    for term in ws.weyl_law(space).terms:
        sums[term.dim] = sums.get(term.dim, 0.0) + term.coefficient
    return sums


@pytest.mark.parametrize(("make", "constant"), [
    (lambda: ws.Torus(2) / ws.SignFlips(1).copies(2), 1 / 2),
    (lambda: ws.Torus(2) / ws.AffineGroup([([[0, -1], [1, 0]], [0, 0])]), 3 / 4),
    (lambda: ws.Torus(2) / ws.Hyperoctahedral(2), 3 / 8),
    (lambda: ws.FlatTorus(HEXAGONAL) / ws.AffineGroup([([[-1, -1], [1, 0]], [0, 0])]), 2 / 3),
    (lambda: ws.FlatTorus(HEXAGONAL) / ws.AffineGroup([([[0, -1], [1, 1]], [0, 0])]), 5 / 6),
    (lambda: ws.Torus(2) / ws.SymmetricGroup(2), 0.0),
    (lambda: ws.Torus(2) / ws.AffineGroup([([[1, 0], [0, -1]], ["1/2", 0])]), 0.0),
    (lambda: ws.Torus(2) / ws.SignFlips(2), 1 / 4),
])
def test_constants_of_flat_surfaces(make, constant):
    space = make()
    assert coefficients(space).get(0, 0.0) == pytest.approx(constant, abs=1e-13)
    # On a flat surface the law is the whole heat trace, up to exponentially small terms.
    t = 0.004 * space.volume
    found = ws.weyl_law(space)
    smooth = sum((4 * PI * t) ** (-term.dim / 2) * term.coefficient for term in found.terms)
    assert space.spectrum(cutoff=60 / t).heat_trace(t) == pytest.approx(smooth, abs=1e-9 * smooth)


@pytest.mark.parametrize(("name", "constant"), [
    ("C5", 0.8), ("C5v", 0.4), ("D5", 0.65), ("O", 95 / 144), ("I", 269 / 360), ("Oh", 95 / 288), ("Ci", 0.0),
    ("Cs", 0.0), ("S4", 1 / 8), ("D2h", 3 / 16),
])
def test_cone_points_and_corners_of_the_sphere(name, constant):
    # Σ (m² − 1)/12m over cone points, (m² − 1)/24m over corners: O has m = 2, 3, 4, I has 2, 3, 5; S₄ exchanges
    # the poles, which become one cone point of order 2. The curvature adds χ(S²)/6 = 1/3, divided by |G|.
    space = ws.Sphere(2) / ws.PointGroup(name)
    assert coefficients(space)[0] == pytest.approx(constant + 1 / (3 * space.effective_order), abs=1e-13)


def window_ratio(space, centre, numerator, power):
    """Mean over [0.8, 1.2]·centre of (N − first term)·λ^{−power}/numerator, the staircase taken exactly."""
    low, high = 0.8 * centre, 1.2 * centre
    S = space.spectrum(cutoff=high)
    start = np.maximum(S.eigenvalues, low)

    def moment(a, p):
        return (high ** (p + 1) - a ** (p + 1)) / (p + 1) if p != -1 else np.log(high / a)

    staircase = S.multiplicities.astype(float) @ moment(start, -power)
    first = ws.weyl_law(space).terms[0]
    weyl = weyl_constant(first.dim) * first.coefficient * moment(low, first.dim / 2 - power)
    return (staircase - weyl) / (high - low) / numerator


@pytest.mark.parametrize(("make", "expected"), [
    (lambda: ws.Sphere(3) / ws.SymmetricGroup(4), (1.0249, 1.0025)),
    (lambda: ws.Sphere(4) / ws.SymmetricGroup(5), (1.0664, 1.0065)),
    (lambda: ws.Sphere(2) / ws.PointGroup("Oh"), (1.0188, 1.0023)),
    (lambda: ws.Sphere(6) / ws.SymmetricGroup(7), (1.2688, 1.0242)),
])
def test_mirrors_in_window_means(make, expected):
    space = make()
    (wall,) = space.walls
    assert wall.weight == 0.25
    second = weyl_constant(space.dim - 1) * wall.weight * wall.volume
    for centre, value in zip((1e4, 1e6), expected, strict=True):
        assert window_ratio(space, centre, second, (space.dim - 1) / 2) == pytest.approx(value, abs=5e-5)


@pytest.mark.parametrize(("make", "weight", "expected"), [
    (lambda: ws.Sphere(2) / ws.PointGroup("Cs"), 0.25, (0.2505, 0.2498, 0.2503)),
    (lambda: ws.Sphere(3) / ws.SO(2), 0.0, (0.0023, 0.0012, 0.0004)),
    (lambda: ws.Sphere(3) / ws.SO(3), -0.25, (-0.2473, -0.2487, -0.2496)),
    (lambda: ws.Sphere(4) / ws.SO(4), -0.5, (-0.4945, -0.4987, -0.4992)),
])
def test_walls_where_orbits_collapse_by_a_sphere(make, weight, expected):
    space = make()
    assert {wall.weight for wall in space.walls} == {weight}
    area = weyl_constant(space.dim - 1) * space.boundary_volume
    for centre, value in zip((1e4, 1e5, 1e6), expected, strict=True):
        ratio = window_ratio(space, centre, area, (space.dim - 1) / 2)
        assert ratio == pytest.approx(value, abs=3e-4)  # theory sampled its means; these are exact
        assert abs(ratio - weight) < 0.6 / math.sqrt(centre)


def test_boundaries_in_closed_form():
    def spheres(n):
        return 2 * PI ** ((n + 1) / 2) / math.gamma((n + 1) / 2)

    for n in (3, 4, 7):
        space = ws.Sphere(n - 1) / ws.SymmetricGroup(n)
        assert space.boundary_volume == pytest.approx(n * (n - 1) * spheres(n - 2) / math.factorial(n), rel=1e-13)
    seven = ws.Torus(7) / ws.SymmetricGroup(7)
    # 21 diagonals of volume √2·(2π)⁶, each on both sides.
    assert seven.boundary_volume == pytest.approx(2 * 21 * math.sqrt(2) * (2 * PI) ** 6 / 5040, rel=1e-13)


def test_the_law_of_a_string_is_within_half_of_the_count():
    space = ws.Torus(1) / ws.SignFlips(1)
    law = ws.weyl_law(space)
    lam = np.linspace(0.01, 500, 997)
    exact = np.array([math.isqrt(int(x)) + 1 for x in lam])
    assert np.abs(law.count(lam) - exact).max() <= 0.5 + 1e-9
    assert law.count(100.0) == pytest.approx(10.5)
    assert (law.dim, law.volume) == (1, pytest.approx(PI))


def test_leading_and_lower_add_up():
    law = ws.weyl_law(ws.Sphere(4) / ws.SO(3))
    lam = np.array([1.0, 10.0, 1e4])
    np.testing.assert_allclose(law.count(lam), law.leading(lam) + law.lower(lam), rtol=1e-15)
    # A half sphere with a Dirichlet condition, χ/6 = 1/6, and λ moved by s(s + d − 1) = 2: (λ + 2)/2.
    np.testing.assert_allclose(law.count(lam), lam / 2 - np.sqrt(lam) / 2 + 1 + 1 / 6, rtol=1e-12)
    assert isinstance(law.count(2.0), float)
    assert law.lower_size(4.0) == pytest.approx(1 + 1 + 1 / 6)
    bare = ws.weyl_law(ws.Torus(2))
    assert bare.lower(5.0) == 0
    assert bare.lower(lam).tolist() == [0, 0, 0]


@pytest.mark.parametrize("make", [lambda: ws.Sphere(6) / ws.SymmetricGroup(7), lambda: ws.Torus(2) / ws.SignFlips(2)])
def test_window_means_by_quadrature(make):
    law = ws.weyl_law(make())
    first, lower = law.window_means(80.0, 120.0)
    assert first == pytest.approx(quad(law.leading, 80, 120)[0] / 40, rel=1e-12)
    assert lower == pytest.approx(quad(law.lower, 80, 120)[0] / 40, rel=1e-12)


def test_a_wrong_law_differs_in_its_first_term_only():
    law = ws.weyl_law(ws.Sphere(4) / ws.SO(3))
    wrong = law.with_volume(1.05)
    assert wrong.leading(7.0) == pytest.approx(1.05 * law.leading(7.0))
    assert wrong.lower(7.0) == law.lower(7.0)


def test_a_law_of_unknown_walls_is_refused(monkeypatch):
    space = ws.Sphere(4) / ws.SO(3)
    unknown = replace(space.geometry, walls_complete=False)
    monkeypatch.setattr(type(space), "geometry", property(lambda _: unknown))
    with pytest.raises(ws.UnknownGeometryError, match="hand in a law"):
        ws.weyl_law(space)


def test_a_law_shows_its_terms():
    law = ws.weyl_law(ws.Sphere(3) / ws.SymmetricGroup(4))
    assert all(term.source in law.table() for term in law.terms)
    assert "λ^(3/2)" in law.table()
    assert sum(term["constant"] for term in law.as_dict()["terms"]) == pytest.approx(law.count(1.0), rel=1e-14)
    assert "Sphere(3) / SymmetricGroup(4)" in law._repr_html_()
    assert set(law.functions()) == {"leading term", "all terms"}
    assert set(ws.weyl_law(ws.Torus(2)).functions()) == {"leading term"}
    assert law.plot(100.0) is not None


@pytest.mark.parametrize(("make", "coefficient"), [
    (lambda: ws.Sphere(5) / ws.SO(4), -PI),
    (lambda: ws.Sphere(5) / (ws.SO(3) + ws.SO(2)), -PI / 4),
    (lambda: ws.Sphere(4) / (ws.SO(2) + ws.SO(2)), 0.0),
    (lambda: ws.Sphere(3) / (ws.PointGroup("Ih") + ws.SignFlips(1)), 0.41888),
])
def test_second_terms_of_mixed_groups_in_window_means(make, coefficient):
    """Theory 11 (4): means over [0.8, 1.2]·10⁶ within 0.01 of Σ weight·volume, in units of c_{d−1}λ^{(d−1)/2}."""
    space = make()
    assert math.fsum(w.weight * w.volume for w in space.walls) == pytest.approx(coefficient, abs=1e-5)
    unit = weyl_constant(space.dim - 1)
    assert window_ratio(space, 1e6, unit, (space.dim - 1) / 2) == pytest.approx(coefficient, abs=0.01)


@pytest.mark.parametrize(("make", "constant"), [
    (lambda: ws.Torus(2) / ws.WallpaperGroup("pmm"), 1 / 4),
    (lambda: ws.FlatTorus(WIDE) / ws.WallpaperGroup("p31m"), 1 / 3),
    (lambda: ws.Torus(2) / ws.WallpaperGroup("p4g"), 3 / 8),
    (lambda: ws.FlatTorus(WIDE) / ws.WallpaperGroup("p6m"), 5 / 12),
])
def test_constants_of_flat_surfaces_in_window_means(make, constant):
    """What is left of the mean of N over [0.8, 1.2]·10⁶ after the area and the mirrors."""
    space = make()
    law = ws.weyl_law(space)
    smooth = ws.WeylLaw(tuple(t for t in law.terms if t.dim), law.space)
    mean = window_mean(space.spectrum(cutoff=1.2e6), 0.8e6, 1.2e6)
    assert mean - sum(smooth.window_means(0.8e6, 1.2e6)) == pytest.approx(constant, abs=0.01)
