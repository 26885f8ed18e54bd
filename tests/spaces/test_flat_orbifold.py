"""Flat orbifolds: against domains with the same quotient, cone points and corners, lattices, refusals."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weylspec.errors import GroupActionError, WeylspecError
from weylspec.expressions import read_space
from weylspec.groups.wallpaper import WALLPAPERS, WallpaperGroup
from weylspec.spaces.flat_orbifold import FlatOrbifold
from weylspec.spaces.torus import FlatTorus, Torus

ROOT3 = math.sqrt(3)

# Left: the orbifold; right: the same space as a domain or flat manifold, whose spectrum takes another route.
SAME = {
    "FlatOrbifold('p1', sides=[1, 2])": "FlatTorus([[1, 0], [0, 2]])",
    "FlatOrbifold('pm', sides=[1, 2])": "Interval(1/2) * Circle(2)",
    "FlatOrbifold('pg', sides=[1, 2])": "FlatManifold('Klein', sides=[2, 1])",
    "FlatOrbifold('pmm', sides=[1, 3])": "Box([1/2, 3/2])",
    "FlatOrbifold('p4m')": "RightIsoscelesTriangle(1/2)",
    "FlatOrbifold('p3m1')": "EquilateralTriangle(3 ** -0.5)",
    "FlatOrbifold('p31m')": "EquilateralTriangle(1) / CyclicGroup(3)",
    "FlatOrbifold('p6m')": "HemiEquilateralTriangle(3 ** -0.5)",
}


@pytest.mark.parametrize("label", SAME)
def test_the_same_space_otherwise(label):
    orbifold, other = read_space(label), read_space(SAME[label])
    near, far = orbifold.spectrum(num=60), other.spectrum(num=60)
    np.testing.assert_allclose(near.repeated(60), far.repeated(60), rtol=1e-12)
    assert orbifold.volume == pytest.approx(other.volume, rel=1e-12)
    assert orbifold.boundary_volume == pytest.approx(other.boundary_volume, rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("kind", WALLPAPERS, ids=lambda kind: kind.name)
def test_constant_of_the_heat_trace_is_read_off_the_signature(kind):
    """(m² − 1)/12m for a cone point, half of it for a corner [theory 4]."""
    cones, _, corners = kind.signature.partition("*")
    value = sum((m * m - 1) / (12 * m) for m in map(int, re.findall(r"\d", cones)))
    value += sum((m * m - 1) / (24 * m) for m in map(int, re.findall(r"\d", corners)))
    space = FlatOrbifold(kind.name)
    assert math.fsum(t.coefficient for t in space.terms if t.dim == 0) == pytest.approx(value, abs=1e-12)
    assert (space.boundary_volume > 0) == ("*" in kind.signature)


@given(st.sampled_from([k for k in WALLPAPERS if k.lattice in ("oblique", "rectangular", "rhombic")]),
       st.fractions(1, 3, max_denominator=6), st.fractions(1, 3, max_denominator=6))
@settings(max_examples=20, deadline=None)
def test_weyl_by_heat_on_lattices_with_two_sides(kind, a, b):
    """Z(t) is its smooth terms up to e^{−c/t}: spectrum against volume, walls and constant, any sides."""
    space = FlatOrbifold(kind.name, sides=[a, b])
    shortest = 0.5  # of the closed geodesics of the orbifold, at least
    t = shortest**2 / 4 / 30
    trace = space.spectrum(cutoff=35 / t).heat_trace(t, rtol=1e-9)
    constant = math.fsum(term.coefficient for term in space.terms if term.dim == 0)
    smooth = space.volume / (4 * math.pi * t) + space.boundary_volume / (4 * math.sqrt(4 * math.pi * t)) + constant
    assert trace == pytest.approx(smooth, rel=1e-9)


def test_a_lattice_without_the_symmetry_is_refused_with_the_one_that_has_it():
    with pytest.raises(GroupActionError, match=r"60°, such as that of FlatOrbifold\('p6m'\)"):
        Torus(2) / WallpaperGroup("p6m")
    with pytest.raises(GroupActionError, match="equal length"):
        FlatTorus([[1, 0], [0, 2]]) / WallpaperGroup("cmm")
    assert (FlatTorus([[1, 0], ["1/3", 2]]) / WallpaperGroup("p2")).effective_order == 2


@pytest.mark.parametrize("sides", [[1, 2], "11", 3, [0], [-1]])
def test_wrong_sides_are_refused(sides):
    with pytest.raises(WeylspecError, match="side"):
        FlatOrbifold("p4", sides=sides)
