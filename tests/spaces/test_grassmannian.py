"""Grassmannians: isomorphisms, heat traces, kernels as eigenfunctions, quotients by second routes."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from scipy.linalg import expm

import weylspec as ws
from weylspec.errors import CostError, UnknownGeometryError, WeylspecError
from weylspec.expressions import read_space

ALL = [
    ws.Grassmannian(1, 3), ws.Grassmannian(2, 4), ws.Grassmannian(2, 5), ws.Grassmannian(3, 5),
    ws.Grassmannian(1, 3, "C"), ws.Grassmannian(2, 4, "C"), ws.Grassmannian(1, 3, "H"), ws.Grassmannian(2, 4, "H"),
    ws.OrientedGrassmannian(1, 3), ws.OrientedGrassmannian(2, 4), ws.OrientedGrassmannian(2, 5),
    ws.OrientedGrassmannian(3, 5), ws.OrientedGrassmannian(3, 6),
]
every = pytest.mark.parametrize("space", ALL, ids=repr)


def rows(spectrum):
    return list(zip(spectrum.eigenvalues.tolist(), spectrum.multiplicities.tolist(), strict=True))


# -- levels -----------------------------------------------------------------------------------------


def test_lines_are_projective_spaces_and_spheres():
    """RPⁿ by the antipodal map of the sphere; S^n twice; CPⁿ = S^{2n+1}/U(1); HP¹ and CP¹ are spheres of radius ½."""
    for n in (2, 3, 4):
        lines = ws.Grassmannian(1, n + 1)
        antipodal = ws.Sphere(n) / ws.SignFlips(1).copies(n + 1)
        assert rows(lines.spectrum(cutoff=200)) == rows(antipodal.spectrum(cutoff=200))
        assert lines.volume == pytest.approx(antipodal.volume, rel=1e-13)
        for k in (1, n):
            assert rows(ws.OrientedGrassmannian(k, n + 1).spectrum(cutoff=100)) == rows(
                ws.Sphere(n).spectrum(cutoff=100))
    hopf = ws.Sphere(7) / ws.SO(2).copies(4)
    assert rows(ws.Grassmannian(1, 4, "C").spectrum(cutoff=300)) == rows(hopf.spectrum(cutoff=300))
    assert rows(ws.Grassmannian(1, 2, "H").spectrum(cutoff=300)) == rows(ws.Sphere(4, "1/2").spectrum(cutoff=300))
    assert rows(ws.Grassmannian(1, 2, "C").spectrum(cutoff=300)) == rows(ws.Sphere(2, "1/2").spectrum(cutoff=300))
    assert rows(ws.Grassmannian(1, 2).spectrum(cutoff=300)) == rows(ws.Sphere(1, "1/2").spectrum(cutoff=300))


@pytest.mark.parametrize("field", ["R", "C", "H"])
def test_planes_and_their_complements(field):
    for k, n in [(1, 3), (2, 5), (2, 6)]:
        a, b = ws.Grassmannian(k, n, field), ws.Grassmannian(n - k, n, field)
        cutoff = a.spectrum(num=200).complete_below
        assert rows(a.spectrum(cutoff=cutoff)) == rows(b.spectrum(cutoff=cutoff))
        assert (a.dim, a.scalar_curvature) == (b.dim, b.scalar_curvature)


def test_oriented_planes_of_four_space_are_two_spheres():
    product = ws.Sphere(2).scaled(math.sqrt(0.5)) ** 2
    planes = ws.OrientedGrassmannian(2, 4)
    near = product.spectrum(cutoff=200.001)
    assert planes.spectrum(cutoff=200).multiplicities.tolist() == near.multiplicities.tolist()
    np.testing.assert_allclose(planes.spectrum(cutoff=200).eigenvalues, near.eigenvalues, rtol=1e-14)
    assert planes.volume == pytest.approx(product.volume, rel=1e-13)


def test_planes_of_six_space_are_complex_planes_of_four_space():
    """SU(4) = Spin(6): Gr₂(C⁴) = Gr̃₂(R⁶) up to the scale √2 of lengths; Gr̃₂(R⁵) = Sp(2)/U(2)."""
    a, b = ws.Grassmannian(2, 4, "C").scaled(math.sqrt(2)), ws.OrientedGrassmannian(2, 6)
    near, far = a.spectrum(cutoff=100.001), b.spectrum(cutoff=100)
    assert near.multiplicities.tolist() == far.multiplicities.tolist()
    np.testing.assert_allclose(near.eigenvalues, far.eigenvalues, rtol=1e-14)
    assert a.volume == pytest.approx(b.volume, rel=1e-13)


@every
def test_heat_trace_has_the_volume_and_the_curvature(space):
    """Z(t)(4πt)^{d/2}/vol = 1 + x + c₂x² + …, x = t·Scal/6: two extrapolated slopes leave terms c₃x² with c₃ < 1."""
    x = 0.04
    values = []
    for part in (x, x / 2):
        t = 6 * part / space.scalar_curvature if space.scalar_curvature else part
        trace = space.spectrum(cutoff=50 / t).heat_trace(t, rtol=1e-9)
        values.append((trace * (4 * math.pi * t) ** (space.dim / 2) / space.volume - 1) / part)
    assert 2 * values[1] - values[0] == pytest.approx(1, abs=x**2)


@every
def test_counts_without_a_list(space):
    listed = space.spectrum(num=3000)
    for i in range(0, len(listed), max(1, len(listed) // 10)):
        assert space.count(float(listed.eigenvalues[i])) == listed.cumulative[i]


def test_counts_past_any_list():
    """One principal angle: a polynomial; RP³: N = Σ (2k+1)² over 2k(2k+2) ≤ λ."""
    k = math.isqrt(10**30 + 1) - 1
    k -= k % 2
    m = k // 2
    assert ws.Grassmannian(1, 4).count(10**30) == (m + 1) * (2 * m + 1) * (2 * m + 3) // 3
    assert ws.OrientedGrassmannian(1, 3).count(10**400) == 10**400
    assert ws.Grassmannian(2, 5).count(10**7) == sum(
        ws.Grassmannian(2, 5).spectrum(cutoff=10**7).multiplicities.tolist())


def test_scales_and_expressions():
    space = ws.Grassmannian(2, 4, "C", "3/2")
    assert repr(space) == "Grassmannian(2, 4, 'C', scale='3/2')"
    assert repr(ws.OrientedGrassmannian(2, 5).scaled(0.5)) == "OrientedGrassmannian(2, 5, scale=0.5)"
    assert repr(read_space(repr(space))) == repr(space)
    assert space.spectrum(num=2).units == (Fraction(16, 9),)


@pytest.mark.parametrize(("arguments", "message"), [
    ((0, 3), "k must be at least 1"), ((3, 3), "take k < n"), ((1, 3, "Q"), "field must be 'R', 'C' or 'H', got 'Q'"),
    ((1, 3, "R", 0), "scale must be positive"), ((1.5, 3), "integer"), ((1, 3, "R", 1e-200), "between 1e-100"),
])
def test_bad_grassmannians_are_refused(arguments, message):
    with pytest.raises(WeylspecError, match=message):
        ws.Grassmannian(*arguments)
    if len(arguments) == 2:
        with pytest.raises(WeylspecError, match=message):
            ws.OrientedGrassmannian(*arguments)


# -- points and kernels -----------------------------------------------------------------------------


@every
def test_points(space, rng):
    x = space.sample(4, rng)
    space.check_points(x)
    assert x.shape == (4, space.ambient_dim)
    with pytest.raises(WeylspecError, match=r"row 2 holds \d vectors that are not orthonormal"):
        space.check_points(np.concatenate([x[:2], 1.1 * x[2:3]]))
    with pytest.raises(WeylspecError, match="rows of length"):
        space.check_points(x[:, :-1])


def quaternion_units():
    """Left multiplication by 1, i, j, k on (z, w), q = z + jw, as real (4, 4) matrices."""
    def real(c):
        return np.block([[np.array([[v.real, -v.imag], [v.imag, v.real]]) for v in row] for row in c])

    i, j = np.diag([1j, -1j]), np.array([[0, -1], [1, 0]], dtype=complex)
    return [real(u) for u in (np.eye(2, dtype=complex), i, j, i @ j)]


def directions(space):
    """Generators of geodesics through the plane of the first k coordinates, orthonormal for ½tr, as real matrices."""
    units = {1: [np.eye(1)], 2: [np.eye(2), np.array([[0.0, -1.0], [1.0, 0.0]])], 4: quaternion_units()}[
        space.ambient_dim // (space.k * space.n)]
    size = len(units[0])
    for i, j in itertools.product(range(space.k), range(space.k, space.n)):
        for unit in units:
            a = np.zeros((space.n * size, space.n * size))
            a[i * size: (i + 1) * size, j * size: (j + 1) * size] = -unit.T
            a[j * size: (j + 1) * size, i * size: (i + 1) * size] = unit
            yield a


@every
def test_kernels_are_eigenfunctions(space, rng):
    """−Σ d²/dt² K(exp(tA)x, y) = λK: trigonometric polynomials in t, differentiated through their Fourier sums."""
    size = space.ambient_dim // (space.k * space.n)
    x = np.kron(np.eye(space.k, space.n), np.eye(1, size)).reshape(1, -1)
    y = space.sample(3, rng)
    listed = space.spectrum(num=60)
    listed = space.spectrum(cutoff=float(listed.eigenvalues[min(len(listed) - 1, 5)]))
    points = 4 * (1 + math.isqrt(int(listed.complete_below)))  # frequencies are at most Σ 2ν_i ≤ √λ·√r
    frequencies = np.fft.fftfreq(points, 1 / points)
    laplacian = 0
    vectors = x.reshape(space.k, -1)
    for a in directions(space):
        step = expm(2 * math.pi / points * a)
        path = [vectors]
        while len(path) < points:
            path.append(path[-1] @ step.T)
        kernel = space.eigenspace_kernel(np.array(path).reshape(points, -1), y, listed.complete_below)
        coefficients = np.fft.fft(kernel, axis=1) / points
        laplacian = laplacian + np.einsum("lpm,p->lm", coefficients, frequencies**2).real
    kernel = space.eigenspace_kernel(x, y, listed.complete_below)[:, 0]
    rounding = 1e-11 * listed.eigenvalues.max() * np.abs(kernel).max()
    np.testing.assert_allclose(laplacian, listed.eigenvalues[:, None] * kernel, rtol=0, atol=max(rounding, 1e-9))


def test_first_kernels_in_closed_form(rng):
    """Plücker: [1^k] has the kernel C(n, k)·det(XYᵀ); [2]: dim·(|XYᵀ|² − k²/n)/(k − k²/n)."""
    space = ws.OrientedGrassmannian(2, 5)
    x, y = space.sample(4, rng), space.sample(3, rng)
    overlap = np.einsum("aik,bjk->abij", x.reshape(4, 2, 5), y.reshape(3, 2, 5))
    kernels = space.eigenspace_kernel(x, y, 10)
    np.testing.assert_allclose(kernels[1], 10 * np.linalg.det(overlap), atol=1e-12)
    squares = (overlap**2).sum(axis=(2, 3))
    np.testing.assert_allclose(kernels[2], 14 * (squares - 4 / 5) / (2 - 4 / 5), atol=1e-12)


def test_a_kernel_does_not_see_the_basis(rng):
    for space in (ws.Grassmannian(2, 5), ws.Grassmannian(2, 4, "C"), ws.Grassmannian(2, 3, "H")):
        x, y = space.sample(3, rng), space.sample(3, rng)
        turn = ws.SO(2).sample(1, rng)[0]
        turned = np.einsum("ij,ajk->aik", turn, x.reshape(3, 2, -1)).reshape(3, -1)
        cutoff = space.spectrum(num=60).complete_below
        np.testing.assert_allclose(space.eigenspace_kernel(turned, y, cutoff), space.eigenspace_kernel(x, y, cutoff),
                                   atol=1e-9)


# -- quotients ------------------------------------------------------------------------------------------


GROUPS = [ws.SymmetricGroup(4), ws.SignFlips(2), ws.CyclicGroup(4), ws.MatrixGroup([[[0, -1], [1, 0]]]).copies(2)]


@pytest.mark.parametrize("group", GROUPS, ids=repr)
@pytest.mark.parametrize("space", [ws.Grassmannian(2, 4), ws.OrientedGrassmannian(2, 4), ws.Grassmannian(1, 4),
                                   ws.OrientedGrassmannian(3, 4)], ids=repr)
def test_invariants_are_traces_of_kernels(space, group, rng):
    """tr(g | E_λ) = tr(K⁺K_g) over more points than dimensions: no character enters."""
    listed = space.spectrum(cutoff=13)
    elements = group.linear(4).elements()
    x = space.sample(80, rng)
    frames = x.reshape(80, space.k, 4)
    found = np.zeros(len(listed))
    kernels = space.eigenspace_kernel(x, x, 13)
    inverses = [np.linalg.pinv(kernel, rcond=1e-9, hermitian=True) for kernel in kernels]
    for g in elements:
        moved = space.eigenspace_kernel((frames @ g.T).reshape(80, -1), x, 13)
        found += [np.trace(inverse @ turned) for inverse, turned in zip(inverses, moved, strict=True)]
    expected = {lam: round(m) for lam, m in zip(listed.eigenvalues, found / len(elements), strict=True) if m > 0.5}
    np.testing.assert_allclose(found / len(elements), np.round(found / len(elements)), atol=1e-6)
    assert dict(rows((space / group).spectrum(cutoff=13))) == expected


def test_quotients_of_lines_are_quotients_of_spheres():
    for group in (ws.SymmetricGroup(4), ws.Hyperoctahedral(4), ws.SO(2), ws.SO(3), ws.O(2).copies(2),
                  ws.SO(2) + ws.SO(2)):
        lines = ws.Grassmannian(1, 4) / group
        doubled = ws.Sphere(3) / (group * ws.SignFlips(1).copies(4))
        assert rows(lines.spectrum(cutoff=300)) == rows(doubled.spectrum(cutoff=300))
        oriented = ws.OrientedGrassmannian(1, 4) / group
        assert rows(oriented.spectrum(cutoff=100)) == rows((ws.Sphere(3) / group).spectrum(cutoff=100))
    lines, doubled = (ws.Grassmannian(1, 4) / ws.SymmetricGroup(4), ws.Sphere(3) / (
        ws.SymmetricGroup(4) * ws.SignFlips(1).copies(4)))
    for mine, theirs in zip(lines.terms, doubled.terms, strict=True):
        assert (mine.dim, mine.coefficient) == (theirs.dim, pytest.approx(theirs.coefficient, rel=1e-12))


def test_rotations_of_planes_of_four_space():
    """U(1) ⊂ SU(2) turns one of the two spheres: (arc) × S²; SO(3) turns both together: (S²)²/SO(3), N = 2, 4, 7."""
    planes = ws.OrientedGrassmannian(2, 4)
    arc = (planes / ws.SO(2).copies(2)).spectrum(cutoff=100)
    expected: dict[float, int] = {}
    for a, b in itertools.product(range(8), repeat=2):
        lam = 2.0 * (a * (a + 1) + b * (b + 1))
        if lam <= 100:
            expected[lam] = expected.get(lam, 0) + 2 * b + 1
    assert rows(arc) == sorted(expected.items())
    diagonal = planes / ws.SO(3)
    assert [diagonal.spectrum(cutoff=2 * lam).count(2 * lam) for lam in (5, 25, 100)] == [2, 4, 7]
    assert (planes / ws.SO(4)).spectrum(cutoff=100).multiplicities.tolist() == [1]
    assert [((planes / group).dim, (planes / group).volume) for group in (ws.SO(4), ws.O(4))] == [(0, 1.0)] * 2
    with pytest.raises(UnknownGeometryError, match="SO\\(3\\)"):
        diagonal.volume  # noqa: B018


@pytest.mark.parametrize("space", [ws.Grassmannian(2, 4), ws.OrientedGrassmannian(2, 4), ws.Grassmannian(2, 5),
                                   ws.OrientedGrassmannian(2, 5)], ids=repr)
@pytest.mark.parametrize("group", [ws.SymmetricGroup(3), ws.SignFlips(2), ws.CyclicGroup(4)], ids=repr)
def test_fixed_planes_give_the_heat_trace_of_a_quotient(space, group):
    """Z_{M/G}(t) − Z_M(t)/|G| is the sum over the fixed sets, each with a factor 1 + O(t)."""
    quotient = space / group
    errors = []
    for t in (0.02, 0.01):
        trace = quotient.spectrum(cutoff=40 / t).heat_trace(t, rtol=1e-9)
        terms = [term.coefficient * (4 * math.pi * t) ** (-term.dim / 2) for term in quotient.terms
                 if "curvature" not in term.source]
        leading = space.spectrum(cutoff=40 / t).heat_trace(t, rtol=1e-9) / quotient.effective_order
        errors.append((trace - leading) / sum(terms[1:]) - 1)
    # the first correction of a fixed set is t times curvatures of it and of its normal bundle, below 4·Scal
    assert abs(errors[1]) < 0.01 * 4 * space.scalar_curvature
    assert abs(2 * errors[1] - errors[0]) < abs(errors[0]) / 2


@pytest.mark.parametrize("label", [
    "Grassmannian(2, 4)", "Grassmannian(2, 4, 'C')", "Grassmannian(2, 4, 'H')", "OrientedGrassmannian(2, 5)",
    "Stiefel(2, 4)", "Stiefel(3, 4)", "FlagManifold(3)", "Grassmannian(2, 4) / SymmetricGroup(4)",
    "Grassmannian(2, 4, 'C') / SymmetricGroup(4).blocks(2)", "FlagManifold(3) / SymmetricGroup(3).blocks(2)",
])
def test_no_points_and_no_levels_have_empty_kernels(label):
    space, rng = read_space(label), np.random.default_rng(5)
    for n, m, cutoff in ((0, 1, 24), (2, 0, 24), (0, 0, 24), (2, 1, 0), (2, 1, -1)):
        kernel = space.eigenspace_kernel(space.sample(n, rng), space.sample(m, rng), cutoff)
        assert kernel.shape == (len(space.levels(cutoff)), n, m)
    assert space.levels(-1).total == 0


def test_averages_over_a_torus_of_rank_two_have_their_cost():
    # degrees grow as √λ, so grids in two angles as λ, times the number of characters
    quotient = ws.Grassmannian(2, 4) / ws.SO(4)
    assert quotient.listing_cost(10**4) > 100 * (ws.Grassmannian(2, 4) / ws.SO(3)).listing_cost(10**4)
    with pytest.raises(CostError, match="operations by list of levels"):
        quotient.count(10**6)
