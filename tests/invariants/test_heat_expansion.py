"""Expansions of heat traces in closed form, against the literature, against lists of levels, and one another."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

import weylspec as ws
from weylspec.errors import UnknownGeometryError
from weylspec.exact.rational_series import RationalSeries
from weylspec.invariants.heat_expansion import parabola_expansion

PI = math.pi


def test_the_two_sphere_to_high_order():
    """a_k of S² in Z = (1/t) Σ a_k t^k (Mulholland 1928): 1, 1/3, 1/15, 4/315, 1/315, 4/3465."""
    found = ws.Sphere(2).heat_expansion().coefficients
    np.testing.assert_allclose(found[:12:2], [1, 1 / 3, 1 / 15, 4 / 315, 1 / 315, 4 / 3465], rtol=1e-14)
    assert not found[1:13:2].any()


@pytest.mark.parametrize("radius", [1, "1/3", 2.5])
def test_the_three_sphere_is_an_exponential(radius):
    """Z = r³ √π/(4 t^{3/2}) e^{t/r²} but for what is exponentially small: Poisson's summation of Σ k² e^{−k²t}."""
    r = float(Fraction(radius)) if isinstance(radius, str) else float(radius)
    found = ws.Sphere(3, radius).heat_expansion()
    expected = [r**3 * math.sqrt(PI) / 4 / r ** (2 * k) / math.factorial(k) for k in range(20)]
    np.testing.assert_allclose(found.coefficients[:40:2], expected, rtol=1e-13)
    assert not found.coefficients[1::2].any()


SPACES = {
    "S1": lambda: ws.Sphere(1),
    "S4": lambda: ws.Sphere(4, 2),
    "S5": lambda: ws.Sphere(5),
    "RP1": lambda: ws.RealProjectiveSpace(1),
    "RP3": lambda: ws.RealProjectiveSpace(3),
    "CP2": lambda: ws.ComplexProjectiveSpace(2),
    "HP2": lambda: ws.QuaternionicProjectiveSpace(2),
    "CaP2": lambda: ws.CayleyPlane(),
    "S2/Oh": lambda: ws.Sphere(2) / ws.PointGroup("Oh"),
    "S2/I": lambda: ws.Sphere(2) / ws.PointGroup("I"),
    "S4/S5": lambda: ws.Sphere(4) / ws.SymmetricGroup(5),
    "S2/SO2": lambda: ws.Sphere(2) / ws.SO(2),
    "S8/SO3x3": lambda: ws.Sphere(8) / ws.SO(3).copies(3),
    "L(5,2)": lambda: ws.Sphere(3) / ws.LensGroup(5, 1, 2),
    "orbifold": lambda: ws.Sphere(3) / ws.LensGroup(4, 2, 1),
    "T2": lambda: ws.Torus(2),
    "hexagonal": lambda: ws.FlatTorus([[1, 0], [0.5, 3**0.5 / 2]]),
    "T3/S3": lambda: ws.Torus(3) / ws.SymmetricGroup(3),
    "T3/T1": lambda: ws.Torus(3) / ws.Translations([[1, 1, 1]]),
    "Klein": lambda: ws.FlatManifold("Klein bottle"),
    "G6": lambda: ws.FlatManifold("Hantzsche-Wendt"),
    "p4g": lambda: ws.FlatOrbifold("p4g"),
    "p6m": lambda: ws.FlatOrbifold("p6m"),
    "box": lambda: ws.Box([1, 2], ["dirichlet", ("neumann", "dirichlet")]),
    "S2 x T1": lambda: ws.Sphere(2) * ws.Torus(1),
    "S2/C3v x I": lambda: (ws.Sphere(2) / ws.PointGroup("C3v")) * ws.Interval(2, "dirichlet"),
}


@pytest.mark.parametrize("name", SPACES)
def test_expansions_against_lists(name):
    """At the largest time and at half of it, within the error that the expansion states."""
    space = SPACES[name]()
    expansion = space.heat_expansion()
    time = expansion.largest_time(1e-14)
    S = space.spectrum(cutoff=70 / (time / 2))  # e^{−70} of what is cut off
    for t in (time, time / 2):
        trace = S.heat_trace(t, 1e-13)
        # the list's sum is rounded: 1e-14 for a few thousand terms; and the volume may be integrated
        assert abs(expansion(t) - trace) <= expansion.error(t) + (1e-14 + space.volume_error) * trace


@pytest.mark.parametrize("name", SPACES)
def test_expansions_against_geometry(name):
    """Leading term: the volume; the next: the walls; on closed manifolds a_1 = vol·Scal/6."""
    space = SPACES[name]()
    scaled = (4 * PI) ** (space.dim / 2) * space.heat_expansion().coefficients
    assert scaled[0] == pytest.approx(space.volume, rel=max(1e-12, 2 * space.volume_error))
    walls = math.sqrt(4 * PI) * sum(wall.weight * wall.volume for wall in space.walls)
    assert scaled[1] == pytest.approx(walls, rel=1e-12 + 2 * space.volume_error, abs=1e-12)
    if not space.walls and space.effective_order == 1:
        assert scaled[2] == pytest.approx(space.volume * space.scalar_curvature / 6, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(("group", "constant"), [
    ("C5", 0.86667), ("O", 0.67361), ("I", 0.75278),
])
def test_constants_of_cone_points(group, constant):
    """The smooth part 1/(3|G|) and (m² − 1)/(12m) for every cone point."""
    found = (ws.Sphere(2) / ws.PointGroup(group)).heat_expansion().coefficients[2]
    assert found == pytest.approx(constant, abs=5e-6)


def test_flat_surfaces_have_only_constants():
    """Theory's cone points and corners: pillow 1/2, T²/Z_4 3/4, p4m 3/8, hexagonal Z_3 2/3, Z_6 5/6, Möbius 0."""
    for name, constant in (("p2", 1 / 2), ("p4", 3 / 4), ("p4m", 3 / 8), ("p3", 2 / 3), ("p6", 5 / 6), ("cm", 0)):
        found = ws.FlatOrbifold(name).heat_expansion().coefficients
        assert found[2] == pytest.approx(constant, abs=1e-12)
        assert not found[3:].any()


def test_the_same_space_twice():
    """RP³ and L(2; 1), S² and CP¹, a segment and a circle modulo a reflection: two ways to every coefficient."""
    pairs = [
        (ws.RealProjectiveSpace(3), ws.Sphere(3) / ws.LensGroup(2, 1, 1)),
        (ws.ComplexProjectiveSpace(1), ws.Sphere(2, "1/2")),
        (ws.Interval(math.pi), ws.Torus(1) / ws.SignFlips(1)),
        (ws.Sphere(1), ws.Torus(1)),
        (ws.Box([1, 3]), ws.Interval(1) * ws.Interval(3)),
    ]
    for first, second in pairs:
        a, b = first.heat_expansion(), second.heat_expansion()
        assert a.dim == b.dim
        size = min(len(a.coefficients), len(b.coefficients), 10)
        np.testing.assert_allclose(a.coefficients[:size], b.coefficients[:size], rtol=1e-12, atol=1e-13)
        assert not a.coefficients[size:12].any() or size == 10


def test_a_parabola_by_euler_and_maclaurin():
    """Σ_{k ≥ 0} e^{−t((k + a)² − a²)} = e^{a²t}(√(π/4t) + ½ − a + …): −ζ_H(0, a) = a − ½, and −t·ζ_H(−2, a)."""
    a = Fraction(1, 3)
    found = parabola_expansion(RationalSeries((1,), ((1, 1),), ""), a, 2.0, "")
    assert found.dim == 1
    bernoulli = float(a**3 - a**2 * Fraction(3, 2) + a / 2)  # B_3(a) = −3 ζ_H(−2, a)
    constant = 0.5 - float(a)
    expected = [math.sqrt(PI / 8), constant, math.sqrt(PI / 8) * 2 / 9, 2 * (constant / 9 + bernoulli / 3)]
    np.testing.assert_allclose(found.coefficients[:4], expected, rtol=1e-14)


@pytest.mark.parametrize("make", [
    lambda: ws.Disk(1), lambda: ws.HeisenbergNilmanifold(1), lambda: ws.Grassmannian(2, 4),
    lambda: ws.Grassmannian(2, 4) * ws.Sphere(2), lambda: ws.RealProjectiveSpace(2) / ws.CyclicGroup(3),
])
def test_spaces_without_a_closed_form_say_so(make):
    with pytest.raises(UnknownGeometryError, match="closed form"):
        make().heat_expansion()
