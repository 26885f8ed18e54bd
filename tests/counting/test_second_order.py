"""The terms of Weyl's law after its walls: curvature, shifts, constants; and the order of what is left out.

The second route to every term is the heat trace of the exact spectrum: less the law it is of the order that
`remainder_dim` states, no larger and no smaller.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

import weylspec as ws
from weylspec.counting.means import window_mean

PI = math.pi


def residual(space, t):
    """Heat trace of the exact spectrum less the terms of the law; levels beyond 50/t are below e^{−50}."""
    smooth = math.fsum((4 * PI * t) ** (-term.dim / 2) * term.coefficient for term in ws.weyl_law(space).terms)
    return space.spectrum(cutoff=50 / t).heat_trace(t) - smooth


CONJUGATE = ws.Conjugation()
LEFT_OUT = {
    # closed spaces: Scal², two orders of t after the volume
    "S2": (lambda: ws.Sphere(2), -2), "S3": (lambda: ws.Sphere(3), -1), "S4": (lambda: ws.Sphere(4), 0),
    "S5": (lambda: ws.Sphere(5), 1), "S3 of radius 1/2": (lambda: ws.Sphere(3, "1/2"), -1),
    "RP3": (lambda: ws.RealProjectiveSpace(3), -1), "CP2": (lambda: ws.ComplexProjectiveSpace(2), 0),
    "HP2": (lambda: ws.QuaternionicProjectiveSpace(2), 4), "Gr2R4": (lambda: ws.Grassmannian(2, 4), 0),
    "V2R4": (lambda: ws.Stiefel(2, 4), 1), "flags": (lambda: ws.FlagManifold(3), 2),
    "SU3": (lambda: ws.SpecialUnitary(3), 4), "Berger": (lambda: ws.BergerSphere(2), -1),
    "Heisenberg": (lambda: ws.HeisenbergNilmanifold(1), -1),
    # finite groups: mirrors with their curvature; of a surface these go on with √t
    "C5": (lambda: ws.Sphere(2) / ws.PointGroup("C5"), -2), "Oh": (lambda: ws.Sphere(2) / ws.PointGroup("Oh"), -1),
    "S3/S4": (lambda: ws.Sphere(3) / ws.SymmetricGroup(4), -1),
    "S4/S5": (lambda: ws.Sphere(4) / ws.SymmetricGroup(5), 0),
    "S5/mirror": (lambda: ws.Sphere(5) / ws.SignFlips(1), 1),
    "sign of S4": (lambda: ws.Isotypic(ws.Sphere(3) / ws.SymmetricGroup(4), "det"), -1),
    # products and powers: the first order that a factor leaves out, times the volumes of the others
    "S2xS1": (lambda: ws.Sphere(2) * ws.Torus(1), -1), "S2xS2": (lambda: ws.Sphere(2) * ws.Sphere(2), 0),
    "pairs of S3": (lambda: ws.Sphere(3) ** 2 / ws.SymmetricGroup(2), 2),
    # curved boundaries
    "disk": (lambda: ws.Disk(), -1), "ball": (lambda: ws.Ball(3), 0), "annulus": (lambda: ws.Annulus("1/2", 1), -1),
    "sector": (lambda: ws.Sector("1/3", 1, "dirichlet"), -1),
    # groups of positive dimension: Hopf's fibrations, walls with k = 2, and what is not carried
    "Hopf": (lambda: ws.Sphere(5) / ws.SO(2).copies(3), 0),
    "S2 by Hopf": (lambda: ws.Sphere(3) / ws.SO(2).copies(2), -2),
    "quaternions": (lambda: ws.Sphere(11) / ws.SU(2).copies(3), 4),
    "S3/SO3": (lambda: ws.Sphere(3) / ws.SO(3), -1), "S4/SO3": (lambda: ws.Sphere(4) / ws.SO(3), -1),
    "S5/SO3": (lambda: ws.Sphere(5) / ws.SO(3), -1), "S6/SO3": (lambda: ws.Sphere(6) / ws.SO(3), 0),
    "S6/SO3xSO3": (lambda: ws.Sphere(6, 2) / (ws.SO(3) + ws.SO(3)), -1),
    "SU3 classes": (lambda: ws.SpecialUnitary(3) / CONJUGATE, -1),
    "Sp2 classes": (lambda: ws.CompactSymplectic(2) / CONJUGATE, -1),
    "SO4 classes": (lambda: ws.SpecialOrthogonal(4) / CONJUGATE, -1),
    "SO5 classes": (lambda: ws.SpecialOrthogonal(5) / CONJUGATE, 0),
    "S3/SO2": (lambda: ws.Sphere(3) / ws.SO(2), 0), "S5/SO4": (lambda: ws.Sphere(5) / ws.SO(4), 0),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_the_heat_trace_less_the_law_is_of_the_order_stated(name):
    make, dim = LEFT_OUT[name]
    space = make()
    law = ws.weyl_law(space)
    assert (law.remainder_dim, law.remainder_power) == (dim, dim / 2)
    # Times at which t·curvature is small and e^{−ℓ²/4t} negligible; the next order is √t or t smaller, which the
    # slope sees by about a tenth.
    t = min(0.04 / max(1.0, law.curvature), 0.004 * space.volume ** (2 / space.dim))
    first, second = residual(space, t), residual(space, t / 4)
    assert math.log(first / second) / math.log(4) == pytest.approx(-dim / 2, abs=0.2)


@pytest.mark.parametrize("make", [
    lambda: ws.Torus(2), lambda: ws.Torus(3) / ws.SymmetricGroup(3), lambda: ws.EquilateralTriangle(3, bc="dirichlet"),
    lambda: ws.Box((1, 2), bc=("neumann", "dirichlet")), lambda: ws.Torus(1) ** 3 / ws.SymmetricGroup(3),
    lambda: ws.FlatManifold("G6"), lambda: ws.Interval(1) * ws.Torus(2),
])
def test_flat_spaces_leave_nothing_out(make):
    space = make()
    assert ws.weyl_law(space).remainder_dim == -math.inf
    assert ws.weyl_law(space).remainder_size(1.0) == 0
    t = 0.004 * space.volume ** (2 / space.dim)
    assert abs(residual(space, t)) < 1e-9 * space.spectrum(cutoff=50 / t).heat_trace(t)


@pytest.mark.parametrize(("name", "smooth", "low", "high"), [
    ("C5", 0.86667, 0.0024, 0.0025), ("D5", 0.68333, 0.0012, 0.0025), ("O", 0.67361, 0.0012, 0.0025),
    ("I", 0.75278, 0.0012, 0.0025),
])
def test_constants_of_rotation_groups_and_their_residual(name, smooth, low, high):
    """Theory 4: the constants with the smooth part 1/(3|G|); at t = 0.0025 the trace is above by .0012 to .0025."""
    space = ws.Sphere(2) / ws.PointGroup(name)
    constant = math.fsum(term.coefficient for term in ws.weyl_law(space).terms if term.dim == 0)
    assert constant == pytest.approx(smooth, abs=5e-6)
    assert low < residual(space, 0.0025) < high + 5e-5


@pytest.mark.parametrize(("name", "smooth", "left"), [("C5v", 0.43333, 0.0068), ("D2h", 0.22917, 0.0044)])
def test_the_factor_of_mirrors_on_the_sphere(name, smooth, left):
    """Without the factor e^{t/4} of the mirrors √t is left, 0.0068 for C5v at t = 0.0025; with it O(t)."""
    space, t = ws.Sphere(2) / ws.PointGroup(name), 0.0025
    terms = ws.weyl_law(space).terms
    assert math.fsum(term.coefficient for term in terms if term.dim == 0) == pytest.approx(smooth, abs=5e-6)
    assert residual(space, t) == pytest.approx(left, abs=5e-5)
    # π·vol ∂/(4·…): the factor e^{t/4} adds t/4 to the mirrors' term.
    mirrors = math.fsum(term.coefficient for term in terms if term.dim == 1) * (4 * PI * t) ** -0.5
    assert abs(residual(space, t) - mirrors * math.expm1(t / 4)) < 0.0013


@pytest.mark.parametrize(("make", "about"), [
    (lambda: ws.SpecialUnitary(3) / CONJUGATE, 4450), (lambda: ws.CompactSymplectic(2) / CONJUGATE, 3844),
])
def test_class_functions_in_window_means(make, about):
    """Theory 4: volume and walls are within 2.5 of the mean at λ ≈ 10⁴; with the shift and the corners within 0.05."""
    space = make()
    law = ws.weyl_law(space)
    mean = window_mean(space.spectrum(cutoff=1.2e4), 0.8e4, 1.2e4)
    assert mean == pytest.approx(about, abs=0.5)
    two = ws.WeylLaw(tuple(term for term in law.terms if term.dim), law.space)
    assert abs(mean - sum(two.window_means(0.8e4, 1.2e4))) < 2.5
    assert abs(mean - sum(law.window_means(0.8e4, 1.2e4))) < 0.05


def test_a_pillow_counts_half_of_the_torus_and_one():
    pillow, torus = ws.Torus(2) / ws.SignFlips(1).copies(2), ws.Torus(2)
    for lam in (0, 1, 7, 50, 10**4, 10**6 + 1):
        assert 2 * pillow.count(lam) == torus.count(lam) + 1


@pytest.mark.parametrize(("make", "sources"), [
    (lambda: ws.Sphere(2) / ws.PointGroup("I"),
     ["1 cone point of order 2", "1 cone point of order 3", "1 cone point of order 5", "scalar curvature"]),
    (lambda: ws.Sphere(2) / ws.PointGroup("Oh"), ["1 corner π/2", "1 corner π/3", "1 corner π/4", "mirrors of"]),
    (lambda: ws.Sphere(2) / ws.PointGroup("D3d"), ["2 corners π/2", "counts as two", "1 corner π/3"]),  # 2*3
    (lambda: ws.Torus(2) / ws.WallpaperGroup("p4"), ["2 cone points of order 4", "1 cone point of order 2"]),  # 442
    (lambda: ws.Torus(2) / ws.WallpaperGroup("cmm"), ["4 corners π/2"]),  # 2*22
    (lambda: ws.EquilateralTriangle(1), ["3 corners π/3"]),
    (lambda: ws.TriangleMesh.icosphere(1), ["Euler characteristic 2 of"]),
    (lambda: ws.Sphere(3) / ws.SO(2), ["collapse by a 1-sphere: no term"]),
    (lambda: ws.Sphere(4) / ws.SO(3), ["shift of λ: the volumes of orbits"]),
    (lambda: ws.SpecialUnitary(3) / CONJUGATE, ["shift of λ by |ρ|²", "3 corners π/3"]),
])
def test_the_table_names_its_sources(make, sources):
    table = ws.weyl_law(make()).table()
    for source in sources:
        assert source in table


def test_a_mesh_of_a_torus_has_no_constant():
    n = 12
    u, v = (2 * PI * x.reshape(-1) / n for x in np.meshgrid(np.arange(n), np.arange(n), indexing="ij"))
    points = np.stack([(2 + np.cos(v)) * np.cos(u), (2 + np.cos(v)) * np.sin(u), np.sin(v)], axis=1)
    index = np.arange(n * n).reshape(n, n)
    across, up = np.roll(index, -1, axis=0), np.roll(index, -1, axis=1)
    both = np.roll(across, -1, axis=1)
    faces = np.concatenate([np.stack([index, across, both], -1), np.stack([index, both, up], -1)]).reshape(-1, 3)
    mesh = ws.TriangleMesh(points, faces)
    assert [term.dim for term in ws.weyl_law(mesh).terms] == [2]
    assert ws.weyl_law(mesh).remainder_dim == -2


def test_the_estimate_of_what_is_left_out():
    # N ∝ (λ + |ρ|²)⁴ on SU(3), |ρ|² = 4: the square of the shift has the share C(4, 2)·4²/λ².
    law = ws.weyl_law(ws.SpecialUnitary(3))
    lam = 1e4
    exact = math.comb(4, 2) * 4.0**2 / lam**2
    assert exact < law.remainder_size(lam) < 2 * exact
    # Where walls of the orbit space leave the order of Scal open it is the share (D/12)·Scal/λ of that.
    assert ws.weyl_law(ws.Sphere(3) / ws.SO(2)).remainder_size(lam) == pytest.approx(3 / 12 * 6 / lam)
