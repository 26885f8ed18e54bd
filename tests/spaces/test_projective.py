"""Projective spaces: levels by integration, closed counts, heat traces, kernels, and quotients by other routes."""

from __future__ import annotations

import math
import pickle
from fractions import Fraction

import numpy as np
import pytest
from characters import complex_traces, quaternionic_traces, realified
from hypothesis import given, settings
from hypothesis import strategies as st
from routes import spanned
from scipy.special import roots_jacobi

import weylspec as ws
from weylspec.errors import CostError, GroupActionError, WeylspecError
from weylspec.expressions import read_space
from weylspec.groups.unitary import SU, ComplexConjugation, Sp, U
from weylspec.invariants.nullspace import invariant_dimension
from weylspec.invariants.orbit_spaces.geometry import weyl_constant
from weylspec.spaces.cayley import CayleyPlane

RP, CP, HP = ws.RealProjectiveSpace, ws.ComplexProjectiveSpace, ws.QuaternionicProjectiveSpace
SPACES = [RP(1), RP(2), RP(3), RP(4), CP(1), CP(2), CP(3), CP(4), HP(1), HP(2), HP(3), CayleyPlane()]
every = pytest.mark.parametrize("space", SPACES, ids=repr)


def rising(a, count):
    return math.prod(range(a, a + count))


def multiplicity(space, k):
    """The multiplicities of theory 2.1, before any sum."""
    if space.field == 8:  # (2k + 11)(k + 10)!(k + 7)!3!/(7! 11! k!(k + 3)!), Weyl's formula for kω₄ of F₄
        return (2 * k + 11) * rising(k + 1, 10) * rising(k + 4, 4) * 6 // (math.factorial(7) * math.factorial(11))
    n = space.n
    if space.field == 1:
        return math.comb(n + 2 * k, n) - (math.comb(n + 2 * k - 2, n) if k else 0)
    if space.field == 2:
        return (2 * k + n) * math.comb(k + n - 1, k) ** 2 // n
    above = (2 * k + 2 * n + 1) * rising(k + 1, 2 * n) * rising(k + 2, 2 * n - 2)
    return above // (math.factorial(2 * n + 1) * math.factorial(2 * n - 1))


@every
@settings(max_examples=20)
@given(k=st.one_of(st.integers(0, 20), st.integers(0, 10**30)))
def test_the_closed_count_jumps_by_the_multiplicity_at_each_level(space, k):
    lam = 2 * k * (2 * k + space.sphere.n - 1)
    assert space.count(lam) - space.count(lam - Fraction(1, 2)) == multiplicity(space, k)


@every
def test_multiplicities_are_inverse_norms_of_zonal_functions(space):
    """1/∫ zonal² over the density sin^{an−1} cos^{a−1} of the distance, by Gauss–Jacobi."""
    top = 12
    nodes, weights = roots_jacobi(2 * top + 2, space.dim / 2 - 1, space.field / 2 - 1)
    y = (1 - nodes) / 2
    lam = 2 * top * (2 * top + space.sphere.n - 1)
    listed = space.spectrum(cutoff=lam)
    zonal = space._zonal(y, top) / np.asarray(listed.multiplicities, float)[:, None]
    gram = (zonal * weights) @ zonal.T / weights.sum()
    np.testing.assert_allclose(1 / np.diag(gram), np.asarray(listed.multiplicities, float), rtol=1e-9)
    assert np.abs(gram - np.diag(np.diag(gram))).max() < 1e-12


@every
def test_heat_trace_begins_with_volume_and_curvature(space):
    """Z(t)(4πt)^{d/2}/vol = 1 + t·Scal/6 + O(t²): halving t quarters what is left."""
    rest = []
    for t in (4e-3, 2e-3):
        z = space.spectrum(cutoff=90 / t).heat_trace(t, rtol=1e-12)
        rest.append(z * (4 * math.pi * t) ** (space.dim / 2) / space.volume - 1 - t * space.scalar_curvature / 6)
    if space.dim == 1 or (space.dim, space.field) == (3, 1):
        assert abs(rest[0]) < 1e-10 or 3.9 < rest[0] / rest[1] < 4.1
    else:
        assert 3 < rest[0] / rest[1] < 5


@every
def test_the_margin_bounds_the_count(space):
    constant, rho = weyl_constant(space.dim) * space.volume, space.counting_margin
    for k in (0, 1, 2, 5, 30, 1000):
        lam = 2 * k * (2 * k + space.sphere.n - 1)
        assert space.count(lam) <= constant * (math.sqrt(lam) + rho) ** space.dim * (1 + 1e-12)


@every
def test_scaling_and_typing(space):
    larger = space.scaled("3/2").scaled(2)
    assert larger.volume == pytest.approx(space.volume * 3**space.dim, rel=1e-12)
    assert larger.scalar_curvature == pytest.approx(space.scalar_curvature / 9, rel=1e-14)
    assert larger.count(Fraction(10**20, 9)) == space.count(10**20)
    assert larger.counting_margin == pytest.approx(space.counting_margin / 3)
    for written in (space, larger, space.scaled(0.1)):
        again = read_space(repr(written))
        assert repr(again) == repr(written) == repr(pickle.loads(pickle.dumps(written)))
        assert again.count(1000) == written.count(1000)


@every
def test_lists_and_counts_agree(space):
    listed = space.spectrum(cutoff=3000)
    assert listed.total == space.count(3000)
    assert listed.count(1000) == space.count(1000)
    assert listed.multiplicities.tolist() == [multiplicity(space, k) for k in range(len(listed))]


def test_classical_coincidences():
    for space, sphere in [(CP(1), ws.Sphere(2, "1/2")), (HP(1), ws.Sphere(4, "1/2")), (RP(1), ws.Sphere(1, "1/2"))]:
        assert space.volume == pytest.approx(sphere.volume, rel=1e-13)
        assert space.scalar_curvature == sphere.scalar_curvature
        a, b = space.spectrum(cutoff=1000), sphere.spectrum(cutoff=1000)
        assert a.eigenvalues.tolist() == b.eigenvalues.tolist()
        assert a.multiplicities.tolist() == b.multiplicities.tolist()


@pytest.mark.parametrize(("make", "message"), [
    (lambda: CP(0), "n must be at least 1"), (lambda: HP(1, 0), "radius must be positive"),
    (lambda: RP(2.0), "integer"), (lambda: CayleyPlane("x"), "radius = 'x'"),
])
def test_bad_spaces_are_refused(make, message):
    with pytest.raises(WeylspecError, match=message):
        make()


def test_limits():
    with pytest.raises(CostError, match=r"use count\(lam\)"):
        CP(2).spectrum(cutoff=10**20)
    assert CP(2).count(-1) == 0
    assert CP(2).count(10**400) > 10**700


# -- points and kernels --------------------------------------------------------------------------------------


def scalar(space, rng):
    """A random scalar of length 1 as a matrix, multiplying from the right."""
    q = rng.standard_normal(space.field)
    q /= np.linalg.norm(q)
    return sum(c * u for c, u in zip(q, space._scalars(), strict=True))


@pytest.mark.parametrize("space", [RP(2), CP(1), CP(3), HP(1), HP(2, "1/3")], ids=repr)
def test_kernels_see_lines_only_and_the_first_is_that_of_projectors(space, rng):
    x, y = space.sample(4, rng), space.sample(3, rng)
    cutoff = space.spectrum(num=2).complete_below
    kernel = space.eigenspace_kernel(x, y, cutoff)
    np.testing.assert_allclose(space.eigenspace_kernel(x @ scalar(space, rng).T, y, cutoff), kernel, atol=1e-10)
    # E_1 is the traceless Hermitian matrices: K_1 ∝ |⟨x, y⟩|² − 1/(n + 1), equal to the multiplicity at x = y
    n, r = space.n, float(space.sphere.radius)
    squares = sum((x @ (y @ u.T).T) ** 2 for u in space._scalars()) / r**4
    np.testing.assert_allclose(kernel[1], multiplicity(space, 1) * ((n + 1) * squares - 1) / n, atol=1e-10)


@pytest.mark.parametrize(("space", "quotient"), [
    (CP(2), ws.Sphere(5) / ws.SO(2).copies(3)), (HP(1), ws.Sphere(7) / Sp(1).copies(2)),
    (RP(3), ws.Sphere(3) / ws.SignFlips(1).copies(4)),
], ids=repr)
def test_kernels_are_averages_over_scalars(space, quotient, rng):
    x, y = space.sample(3, rng), space.sample(3, rng)
    cutoff = space.spectrum(num=60).complete_below
    # quaternions act from the left there: conjugation, (z_1, z_2) ↦ (z̄_1, −z_2), takes one to the other
    turned = [v * np.tile([1.0, -1, -1, -1], len(v[0]) // 4) if space.field == 4 else v for v in (x, y)]
    np.testing.assert_allclose(
        quotient.eigenspace_kernel(*turned, cutoff), space.eigenspace_kernel(x, y, cutoff), atol=1e-9)
    assert quotient.volume == pytest.approx(space.volume, rel=1e-13)


@pytest.mark.parametrize("space", [RP(1), RP(2), RP(3, "1/2"), CP(1), CP(2, 3), CP(3)], ids=repr)
def test_explicit_functions_satisfy_the_addition_theorem(space, rng):
    """Σ φ(x)φ(y) = K_k(x, y) for as many functions as E_k has dimensions, which makes them orthonormal."""
    listed = space.spectrum(num=120)
    x, y = space.sample(4, rng), space.sample(3, rng)
    x[0] = np.eye(space.ambient_dim)[-1] * float(space.sphere.radius)  # a pole of the coordinates
    left, right = (space.eigenfunctions(points, listed.complete_below) for points in (x, y))
    assert left.shape == (4, listed.total)
    kernel = space.eigenspace_kernel(x, y, listed.complete_below)
    for level, (end, m) in enumerate(zip(listed.cumulative, listed.multiplicities, strict=True)):
        found = left[:, end - m: end] @ right[:, end - m: end].T
        # an error of the recurrence grows at most like the square of the degree 2k, as in test_zonal
        np.testing.assert_allclose(found, kernel[level], rtol=0, atol=np.finfo(float).eps * m * (4 * level + 4) ** 2)
    assert space.eigenfunctions(x, -1).shape == (4, 0)
    np.testing.assert_allclose(left, space.eigenfunctions(x @ scalar(space, rng).T, listed.complete_below), atol=1e-9)


def test_points():
    with pytest.raises(WeylspecError, match="row 1 has length 2"):
        CP(1).check_points([[1.0, 0, 0, 0], [2.0, 0, 0, 0]])
    with pytest.raises(WeylspecError, match="rows of length 8"):
        HP(1).check_points([[1.0, 0, 0, 0]])


# -- quotients -----------------------------------------------------------------------------------------------

W3 = np.exp(2j * np.pi / 3)
QUATERNIONS = ws.MatrixGroup([realified([[1j, 0], [0, -1j]]), realified([[0, 1], [-1, 0]])])
HEISENBERG = ws.MatrixGroup([realified(np.diag([1, W3, W3**2])), realified(np.eye(3)[[1, 2, 0]])])


def levels(quotient, top):
    """Multiplicities of the levels 0 … top of the space above, zeros included."""
    every = quotient.manifold.spectrum(cutoff=2 * top * (2 * top + quotient.manifold.sphere.n - 1))
    listed = quotient.spectrum(cutoff=every.complete_below)
    found = dict(zip(listed.names(), listed.multiplicities.tolist(), strict=True))
    return [found.get(name, 0) for name in every.names()]


@pytest.mark.parametrize(("space", "group", "traces"), [
    (CP(2), HEISENBERG, complex_traces), (CP(1), QUATERNIONS, complex_traces),
    (CP(3), ws.SymmetricGroup(4).blocks(2) * ComplexConjugation(4), complex_traces),
    (CP(2), ws.PointGroup("C4"), complex_traces), (HP(2), ws.SymmetricGroup(3).blocks(4), quaternionic_traces),
    (HP(1), QUATERNIONS, quaternionic_traces),
], ids=lambda x: getattr(x, "__name__", repr(x)))
def test_levels_are_means_of_characters(space, group, traces):
    elements = spanned(group.linear(space.ambient_dim).generators)
    means = np.mean([traces(g, 6) for g in elements], axis=0)
    assert levels(space / group, 6) == means.round().astype(int).tolist()


@pytest.mark.parametrize(("space", "group"), [
    (RP(2), ws.PointGroup("D3")), (RP(3), ws.SO(2).copies(2)), (CP(2), ws.SO(3).blocks(2)),
    (CP(2), ws.SymmetricGroup(3).blocks(2)), (CP(2), U(1) + U(2)), (HP(1), Sp(1) + Sp(1)),
], ids=repr)
def test_levels_are_null_spaces(space, group):
    quotient = space / group
    assert levels(quotient, 2) == [invariant_dimension(quotient.action_on_manifold, 2 * k) for k in range(3)]


def test_lie_groups_with_known_invariants():
    # spherical representations of SU(3)/SO(3) have even labels: E_k of CP² is (k, k)
    assert levels(CP(2) / ws.SO(3).blocks(2), 7) == [1, 0, 1, 0, 1, 0, 1, 0]
    assert (CP(2) / ws.SO(3).blocks(2)).count(10**30) == (math.isqrt(10**30 // 4 + 1) - 1) // 2 + 1
    # torus: zero weights of (k, k); U(1) × U(n) and Sp(1) × Sp(n): functions of one distance
    assert levels(CP(2) / (U(1) + U(1) + U(1)), 5) == [1, 2, 3, 4, 5, 6]
    assert levels(CP(3) / (U(1) + U(3)), 5) == levels(HP(2) / (Sp(1) + Sp(2)), 5) == [1] * 6
    assert levels(CP(2) / SU(3), 4) == levels(HP(1) / Sp(2), 4) == [1, 0, 0, 0, 0]


@pytest.mark.parametrize("group", [ws.PointGroup("D3"), ws.SymmetricGroup(3), ws.PointGroup("Ih"), ws.SO(2)], ids=repr)
def test_real_lines_are_points_up_to_sign(group):
    lines, sphere = RP(2) / group, ws.Sphere(2) / (group * ws.SignFlips(1).copies(3))
    assert lines.volume == pytest.approx(sphere.volume, rel=1e-13)
    assert lines.boundary_volume == pytest.approx(sphere.boundary_volume, rel=1e-13)
    assert [(t.dim, pytest.approx(t.coefficient)) for t in lines.terms] == [
        (t.dim, t.coefficient) for t in sphere.terms]
    assert lines.count(500) == sphere.count(500)
    assert lines.count(10**30) == sphere.count(10**30)


BINARY = {  # generators of the binary polyhedral groups, as unit quaternions (1, i, j, k) [2.6]
    "T": [[0.5, 0.5, 0.5, 0.5], [0, 1, 0, 0]],
    "O": [[0.5, 0.5, 0.5, 0.5], [0.5**0.5, 0.5**0.5, 0, 0]],
    "D2": [[0, 1, 0, 0], [0, 0, 1, 0]],
}


def special_unitary(q):
    a, b = complex(q[0], q[1]), complex(q[2], q[3])
    return realified([[a, b], [-np.conj(b), np.conj(a)]])


@pytest.mark.parametrize(("group", "image"), [
    (ws.PointGroup("C5"), "C5"), (ComplexConjugation(2), "Cs"), (ws.SignFlips(2).blocks(2), "C2"),
    (ws.MatrixGroup([realified([[0, 1], [-1, 0]]) @ np.diag([1.0, -1, 1, -1])]), "Ci"),
    (ws.SignFlips(2).blocks(2) * ComplexConjugation(2), "C2v"),
    *((ws.MatrixGroup([special_unitary(q) for q in qs]), name) for name, qs in BINARY.items()),
], ids=repr)
def test_the_projective_line_is_the_sphere_of_radius_one_half(group, image):
    lines, sphere = CP(1) / group, ws.Sphere(2, "1/2") / ws.PointGroup(image)
    assert lines.effective_order == sphere.effective_order
    assert lines.is_free == sphere.is_free
    assert lines.volume == pytest.approx(sphere.volume, rel=1e-13)
    assert lines.boundary_volume == pytest.approx(sphere.boundary_volume, rel=1e-13)
    assert [t.dim for t in lines.terms] == [t.dim for t in sphere.terms]
    for mine, other in zip(lines.terms, sphere.terms, strict=True):
        assert mine.coefficient == pytest.approx(other.coefficient, rel=1e-12)
    mine, other = lines.spectrum(cutoff=3000), sphere.spectrum(cutoff=3000)
    assert mine.eigenvalues.tolist() == other.eigenvalues.tolist()
    assert mine.multiplicities.tolist() == other.multiplicities.tolist()
    assert lines.count(10**30) == sphere.count(10**30)


def test_the_quaternionic_line_is_the_four_sphere():
    """Swapping two quaternions: (t, q) ↦ (−t, q̄) of S⁴ ⊂ R ⊕ H."""
    lines = HP(1) / ws.SymmetricGroup(2).blocks(4)
    sphere = ws.Sphere(4, "1/2") / ws.MatrixGroup([np.diag([-1.0, 1, -1, -1, -1])])
    assert [(t.dim, pytest.approx(t.coefficient, rel=1e-12)) for t in lines.terms] == [
        (t.dim, t.coefficient) for t in sphere.terms]
    assert lines.count(10**30) == sphere.count(10**30)
    assert levels(lines, 3) == [1, 1, 10, 10]  # even in four coordinates


def test_what_is_known_of_continuous_quotients():
    assert (CP(2) / SU(3)).dim == (HP(2) / Sp(3)).dim == 0
    interval = CP(2) / (U(1) + U(2))  # distance from a point, 0 … π/2: orbits collapse to a point and to CP¹
    assert interval.volume == pytest.approx(math.pi / 2, rel=1e-13)
    assert sorted(wall.weight for wall in interval.walls) == [-0.5, 0.0]
    assert (HP(1) / (Sp(1) + Sp(1))).volume == pytest.approx(math.pi / 2, rel=1e-13)
    octant = CP(2) / (U(1) + U(1) + U(1))  # the moment triangle, with the metric of an octant of S²
    assert octant.volume == pytest.approx(math.pi / 2, rel=1e-13)
    assert octant.boundary_volume == pytest.approx(3 * math.pi / 2, rel=1e-13)
    real = CP(2) / ws.SO(3).blocks(2)  # from RP² to the conic z·z = 0 at distance π/4, circles collapse at both ends
    assert real.volume == pytest.approx(math.pi / 4, rel=1e-12)
    assert [(wall.volume, wall.weight) for wall in real.walls] == [(2.0, 0.0)]


@pytest.mark.parametrize(("space", "group"), [
    (RP(2), ws.SymmetricGroup(3)), (CP(2), ws.SymmetricGroup(3).blocks(2) * ComplexConjugation(3)),
    (CP(1), ws.SO(2)), (HP(1), QUATERNIONS.copies(2)), (CP(2), SU(2)), (RP(3), ws.SO(3)), (HP(1), Sp(1)),
], ids=repr)
def test_averaged_kernels_are_invariant(space, group, rng):
    quotient = space / group
    x, y = space.sample(3, rng), space.sample(2, rng)
    cutoff = 2 * 2 * (2 * 2 + space.sphere.n - 1)
    kernel = quotient.eigenspace_kernel(x, y, cutoff)
    g = quotient.action_on_manifold.sample(1, rng)[0]
    np.testing.assert_allclose(quotient.eigenspace_kernel(x @ g.T, y, cutoff), kernel, atol=1e-9)
    # projectors: the mean over random points is the multiplicity, within five standard errors
    diagonal = np.array([quotient.eigenspace_kernel(p[None], p[None], cutoff)[:, 0, 0] for p in space.sample(60, rng)])
    expected = quotient.spectrum(cutoff=cutoff).multiplicities
    spread = diagonal.std(axis=0) / math.sqrt(60)
    assert (np.abs(diagonal.mean(axis=0) - expected) <= 5 * spread + 1e-9).all()


def test_refusals_of_groups():
    with pytest.raises(GroupActionError, match="neither commutes nor anticommutes with i"):
        CP(2) / ws.SymmetricGroup(6)
    with pytest.raises(GroupActionError, match="quaternions"):
        HP(1) / ComplexConjugation(4)
    with pytest.raises(GroupActionError, match="moves 8 coordinates, the space has 6"):
        CP(2) / ws.SymmetricGroup(4).blocks(2)
    with pytest.raises(GroupActionError, match="knows no action"):
        CayleyPlane() / ws.SymmetricGroup(3)


@pytest.mark.parametrize("label", [
    "RealProjectiveSpace(2)", "ComplexProjectiveSpace(2)", "QuaternionicProjectiveSpace(1)", "CayleyPlane()",
    "ComplexProjectiveSpace(2) / SymmetricGroup(3).blocks(2)",
])
def test_no_points_and_no_levels_have_empty_kernels(label):
    space, rng = read_space(label), np.random.default_rng(5)
    for n, m, cutoff in ((0, 1, 24), (2, 0, 24), (0, 0, 24), (2, 1, 0), (2, 1, -1)):
        kernel = space.eigenspace_kernel(space.sample(n, rng), space.sample(m, rng), cutoff)
        assert kernel.shape == (len(space.levels(cutoff)), n, m)
    assert space.levels(-1).total == 0


@pytest.mark.parametrize(("space", "n"), [
    (ws.QuaternionicProjectiveSpace(2) / (ws.Sp(2) + ws.Sp(1)), 2),
    (ws.QuaternionicProjectiveSpace(2) / ws.Sp(2), 2),
])
def test_functions_of_the_distance_from_a_point_of_hpn(space, n):
    """Theory 5: 4j(j + 2n + 1), once each, on an interval of length π/2 that ends in a point and in HP^{n−1}."""
    listed = space.spectrum(cutoff=400)
    expected = [4 * j * (j + 2 * n + 1) for j in range(9) if 4 * j * (j + 2 * n + 1) <= 400]
    assert listed.eigenvalues.tolist() == expected
    assert listed.multiplicities.tolist() == [1] * len(expected)
    assert (space.dim, space.volume) == (1, pytest.approx(math.pi / 2, rel=1e-12))
    assert sorted(wall.weight for wall in space.walls) == [(1 - (4 * n - 1)) / 4, (1 - 3) / 4]
