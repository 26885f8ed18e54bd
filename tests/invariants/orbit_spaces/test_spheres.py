"""Finite groups on spheres: fixed subspheres, cone and corner constants, mirrors against windows."""

from __future__ import annotations

import math

import numpy as np
import pytest
from routes import spanned

from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.permutation import AlternatingGroup, CyclicGroup, Hyperoctahedral, SignFlips, SymmetricGroup
from weylspec.groups.point import PointGroup
from weylspec.invariants.orbit_spaces.geometry import sphere_volume
from weylspec.invariants.orbit_spaces.spheres import fixed_subspheres, normal_determinant, sphere_orbits
from weylspec.spaces.sphere import Sphere


@pytest.mark.parametrize("group", [SymmetricGroup(4), Hyperoctahedral(3), PointGroup("Ih"), PointGroup("D4d"),
                                   CyclicGroup(6), SignFlips(2).blocks(2), AlternatingGroup(4) + SignFlips(1)],
                         ids=repr)
def test_fixed_sets_element_by_element(group):
    expected: dict[int, float] = {}
    elements = spanned(group.generators)
    for g in elements:
        values = np.linalg.eigvals(g)
        moved = values[np.abs(values - 1) > 1e-9]
        f = len(g) - len(moved)
        if f:
            term = sphere_volume(f - 1) / abs(np.prod(1 - moved)) / len(elements)
            expected[f - 1] = expected.get(f - 1, 0.0) + term
    found: dict[int, float] = {}
    for item in fixed_subspheres(group.natural(), 1.0):
        found[item.dim] = found.get(item.dim, 0.0) + float(item.share) * item.volume / item.normal
    assert found.keys() == expected.keys()
    assert all(math.isclose(found[d], expected[d], rel_tol=1e-12) for d in found)


def test_normal_determinants():
    for coset in (Hyperoctahedral(4) + PointGroup("C5")).natural().cosets():
        values = np.linalg.eigvals(coset.element())
        moved = values[np.abs(values - 1) > 1e-9]
        assert math.isclose(normal_determinant(coset), abs(np.prod(1 - moved)), rel_tol=1e-9)


# theory 4: cone points (m² − 1)/12m and mirror corners (m² − 1)/24m on S², beside the smooth part 1/3|G|
CONSTANTS = [("C5", 0.8), ("C5v", 0.4), ("D5", 0.65), ("O", 0.65972222), ("I", 0.74722222), ("Oh", 0.32986111),
             ("D2h", 0.1875)]


@pytest.mark.parametrize(("name", "value"), CONSTANTS)
def test_constants_of_two_dimensional_orbifolds(name, value):
    space = Sphere(2) / PointGroup(name)
    smooth, *terms = space.geometry.lower
    assert math.isclose(smooth.coefficient, 1 / (3 * space.effective_order), rel_tol=1e-12)
    assert math.isclose(sum(t.coefficient for t in terms if t.dim == 0), value, abs_tol=1e-8)
    assert {t.dim for t in terms} == {0}


@pytest.mark.parametrize("name", ["C5", "D5", "T", "O", "I", "D3h", "Ih", "C4v"])
def test_heat_trace_of_the_round_quotient(name):
    # on S², Tr(g e^{−tΔ}) e^{−t/4} for a reflection is exact up to e^{−π²/4t}: what is left is a(1 + O(t)), which one
    # step of Richardson takes to O(t²)
    space = Sphere(2) / PointGroup(name)
    spectrum = space.spectrum(cutoff=9000)

    def constant(t):
        trace = float(spectrum.multiplicities @ np.exp(-t * spectrum.eigenvalues))
        walls = sum(w.weight * w.volume for w in space.walls) * math.exp(t / 4)
        return trace - (4 * math.pi * t) ** -1 * space.volume - (4 * math.pi * t) ** -0.5 * walls

    t = 0.01
    expected = sum(term.coefficient for term in space.geometry.lower)
    assert math.isclose(2 * constant(t / 2) - constant(t), expected, abs_tol=3e-4)


def test_boundary_volumes():
    # theory 4: S_N on S^{N−1}: N(N − 1) vol(S^{N−2})/N!
    for n in (3, 4, 5, 7):
        space = Sphere(n - 1) / SymmetricGroup(n)
        boundary = n * (n - 1) * sphere_volume(n - 2) / math.factorial(n)
        assert math.isclose(space.boundary_volume, boundary, rel_tol=1e-12)
        assert math.isclose(space.volume, sphere_volume(n - 1) / math.factorial(n), rel_tol=1e-12)
        assert [w.weight for w in space.walls] == [0.25]
    string = Sphere(1) / SymmetricGroup(2)
    assert (string.boundary_volume, string.effective_order) == (2.0, 2)  # a half circle with two free ends


def test_radius_scales():
    one, three = Sphere(3) / SymmetricGroup(4), Sphere(3, 3) / SymmetricGroup(4)
    assert math.isclose(three.volume, 27 * one.volume, rel_tol=1e-12)
    assert math.isclose(three.boundary_volume, 9 * one.boundary_volume, rel_tol=1e-12)
    for a, b in zip(one.geometry.lower, three.geometry.lower, strict=True):
        assert math.isclose(b.coefficient, 3**a.dim * a.coefficient, rel_tol=1e-12)


def test_kernels_and_freeness():
    minus = MatrixGroup([-np.eye(3)])
    antipodal = sphere_orbits(minus.natural(), 1.0)
    assert (antipodal.is_free, antipodal.effective_order, antipodal.walls) == (True, 2, ())
    assert [term.source for term in antipodal.lower] == [f"scalar curvature of M / {minus!r}"]
    twice = Sphere(2) / (PointGroup("Ih") * minus)
    assert (twice.effective_order, twice.group.order) == (120, 240)
    assert math.isclose(twice.volume, 4 * math.pi / 120, rel_tol=1e-12)
    assert not (Sphere(2) / PointGroup("C5")).is_free
    assert (Sphere(3) / PointGroup("C5").blocks(1)).is_free is False
    # C_5 turning two planes at once is free (a lens space)
    lens = Sphere(3) / MatrixGroup([np.kron(np.eye(2), [[math.cos(0.4 * math.pi), -math.sin(0.4 * math.pi)],
                                                        [math.sin(0.4 * math.pi), math.cos(0.4 * math.pi)]])])
    assert lens.is_free
    assert lens.effective_order == 5
