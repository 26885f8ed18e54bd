"""Compact Lie groups as spaces: spectra and volumes by second routes, points, kernels, explicit functions."""

import math
from fractions import Fraction

import numpy as np
import pytest
from facts.lie_groups import E8

from weylspec.errors import CostError, UnknownGeometryError, WeylspecError
from weylspec.expressions import read_space
from weylspec.invariants.orbit_spaces.geometry import sphere_volume
from weylspec.spaces.lie_group import (
    CompactSymplectic,
    ExceptionalLieGroup,
    SpecialOrthogonal,
    SpecialUnitary,
    SpinGroup,
    Unitary,
)
from weylspec.spaces.sphere import Sphere
from weylspec.spaces.torus import Torus

WITH_POINTS = [
    SpecialUnitary(2), SpecialUnitary(3), SpecialUnitary(4), Unitary(1), Unitary(2), Unitary(3), SpecialOrthogonal(2),
    SpecialOrthogonal(3), SpecialOrthogonal(4), SpecialOrthogonal(5), SpecialOrthogonal(6), SpecialOrthogonal(7),
    CompactSymplectic(1), CompactSymplectic(2), CompactSymplectic(3),
]
ALL = [*WITH_POINTS, SpinGroup(3), SpinGroup(8), *map(ExceptionalLieGroup, ("G2", "F4", "E6", "E7", "E8"))]


# -- spectra -------------------------------------------------------------------------------------


def same_levels(first, second, cutoff):
    a, b = first.spectrum(cutoff=cutoff), second.spectrum(cutoff=cutoff)
    np.testing.assert_allclose(a.eigenvalues, b.eigenvalues, rtol=1e-15, atol=0)
    assert a.multiplicities.tolist() == b.multiplicities.tolist()
    assert first.volume == pytest.approx(second.volume, rel=1e-13)
    assert first.scalar_curvature == pytest.approx(second.scalar_curvature, rel=1e-14)


@pytest.mark.parametrize(("first", "second"), [
    (SpecialUnitary(2), Sphere(3)),
    (CompactSymplectic(1, "3/2"), Sphere(3, "3/2")),
    (SpinGroup(3), Sphere(3, 2)),
    (SpecialOrthogonal(2), Sphere(1)),
    (Unitary(1, 3), Sphere(1, 3)),
    (SpinGroup(4), Sphere(3) ** 2),
    (SpinGroup(5), CompactSymplectic(2, math.sqrt(2))),
    (SpinGroup(6), SpecialUnitary(4, math.sqrt(2))),
])
def test_groups_that_are_known_spaces(first, second):
    """Spin(4) = SU(2)² at radius √2·√½ … = S³ × S³; the low isomorphisms scale Sp(2) and SU(4) by √2."""
    if repr(first) == "SpinGroup(4)":
        first = first.scaled(math.sqrt(0.5))
    same_levels(first, second, 40)


@pytest.mark.parametrize("lam", [0, 1, "7/2", 100, 10**6, 10**30])
def test_counts_of_su2_and_so3_are_those_of_the_sphere_and_of_odd_squares(lam):
    assert SpecialUnitary(2).count(lam) == Sphere(3).count(lam)
    top = (math.isqrt(1 + 4 * math.floor(Fraction(lam))) - 1) // 2
    assert SpecialOrthogonal(3).count(lam) == (top + 1) * (2 * top + 1) * (2 * top + 3) // 3


def test_unitary_levels_are_a_sum_over_both_parts():
    """U(2) = (S¹ × SU(2))/±1: charge z and label k of equal parity, λ = z²/2 + k(k + 2)/2."""
    listed = Unitary(2).spectrum(cutoff=30)
    found = {}
    for z in range(-8, 9):
        for k in range(8):
            if (z - k) % 2 == 0 and z * z + k * (k + 2) <= 60:
                lam = (z * z + k * (k + 2)) / 2
                found[lam] = found.get(lam, 0) + (k + 1) ** 2
    assert dict(zip(listed.eigenvalues.tolist(), listed.multiplicities.tolist(), strict=True)) == found


def test_e8():
    space = ExceptionalLieGroup("E8")
    listed = space.spectrum(cutoff=124)
    assert tuple(zip(listed.eigenvalues.tolist(), listed.multiplicities.tolist(), strict=True)) == E8.levels
    assert space.volume == pytest.approx(E8.volume, rel=1e-12)
    assert (space.dim, space.scalar_curvature) == (E8.dim, E8.curvature)
    assert space.count(124) == sum(m for _, m in E8.levels)
    assert space.spectrum(num=60).total == 61505


@pytest.mark.parametrize(("name", "exponents", "covolume", "coroots"), [
    ("E6", (1, 4, 5, 7, 8, 11), math.sqrt(3), 2.0**36), ("E7", (1, 5, 7, 9, 11, 13, 17), math.sqrt(2), 2.0**63)])
def test_macdonalds_volumes(name, exponents, covolume, coroots):
    """Macdonald (1980): covol(coroot lattice)·Π vol S^{2m+1}·Π |coroot| over all roots."""
    expected = covolume * math.prod(sphere_volume(2 * m + 1) for m in exponents) * coroots
    assert ExceptionalLieGroup(name).volume == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("n", range(2, 12))
def test_volumes_are_products_of_spheres(n):
    assert SpecialOrthogonal(n).volume == pytest.approx(math.prod(map(sphere_volume, range(1, n))), rel=1e-12)
    # U(n)/U(n − 1) is S^{2n−1} with 2(n − 1) directions stretched by √2; Sp(n) has 4(n − 1) of them.
    assert Unitary(n).volume == pytest.approx(
        math.prod(2.0 ** (k - 1) * sphere_volume(2 * k - 1) for k in range(1, n + 1)), rel=1e-12)
    assert CompactSymplectic(n).volume == pytest.approx(
        math.prod(4.0 ** (k - 1) * sphere_volume(4 * k - 1) for k in range(1, n + 1)), rel=1e-12)
    if n > 2:
        assert SpinGroup(n).volume == pytest.approx(2 * SpecialOrthogonal(n).volume, rel=1e-12)
    # det: U(n) → U(1) has the fibres SU(n) and the gradient √n.
    su = SpecialUnitary(n, math.sqrt(2)).volume
    assert Unitary(n).volume == pytest.approx(su * 2 * math.pi / math.sqrt(n), rel=1e-12)


def test_volumes_of_large_groups_are_finite_or_refused():
    assert SpecialOrthogonal(40).volume == pytest.approx(
        math.prod(map(sphere_volume, range(1, 40))), rel=1e-11)
    assert math.isfinite(SpecialUnitary(30).volume)
    with pytest.raises(UnknownGeometryError, match="beyond the range"):
        _ = SpecialUnitary(20, 1e99).volume
    with pytest.raises(CostError, match="rank 100"):
        SpecialOrthogonal(200)


@pytest.mark.parametrize("space", ALL, ids=repr)
def test_scaling_and_text(space):
    larger = space.scaled("3/2")
    assert larger.scalar_curvature == pytest.approx(space.scalar_curvature / 2.25, rel=1e-14)
    for shown in (space, larger, space.scaled(1.25)):
        assert repr(read_space(repr(shown))) == repr(shown)
    assert space.is_homogeneous


def test_huge_counts_are_exact_or_refused_with_their_cost():
    small, large = SpecialUnitary(3).count(10**6), SpecialUnitary(3).count(10**10)
    assert 0.999 < large / small / 10.0**16 < 1.001  # N ∝ λ⁴
    with pytest.raises(CostError, match="operations by lines of weights"):
        SpecialUnitary(3).count(10**30)
    with pytest.raises(CostError, match="operations"):
        ExceptionalLieGroup("E8").count(10**8)


@pytest.mark.parametrize(("call", "message"), [
    (lambda: SpecialUnitary(1), "n must be at least 2"),
    (lambda: SpecialOrthogonal(1), "n must be at least 2"),
    (lambda: SpinGroup(2), "n must be at least 3"),
    (lambda: Unitary(2.0), "n must be an integer"),
    (lambda: ExceptionalLieGroup("E5"), "exceptional groups are"),
    (lambda: ExceptionalLieGroup(8), "exceptional groups are"),
    (lambda: SpecialUnitary(2, 0), "scale must be positive"),
    (lambda: SpecialUnitary(2, 1e200), "scale must lie between"),
    (lambda: SpecialUnitary(2).check_points([[1.0] * 8]), "row 0 is not a matrix of SpecialUnitary"),
    (lambda: SpecialOrthogonal(2).check_points([[0, 1, 1, 0]]), "row 0 is not a matrix"),
])
def test_what_is_refused(call, message):
    with pytest.raises(WeylspecError, match=message):
        call()


@pytest.mark.parametrize("space", [SpinGroup(5), ExceptionalLieGroup("G2")], ids=repr)
def test_groups_without_matrices_say_so(space, rng):
    for call in (lambda: space.sample(1, rng), lambda: space.eigenspace_kernel([[1.0]], [[1.0]], 5),
                 lambda: space.eigenfunctions([[1.0]], 5), lambda: space.ambient_dim):
        with pytest.raises(UnknownGeometryError, match=r"not kept as a group|explicit eigenfunctions"):
            call()


# -- points --------------------------------------------------------------------------------------


@pytest.mark.parametrize("space", WITH_POINTS, ids=repr)
def test_points_are_matrices_of_the_group(space, rng):
    x = space.sample(5, rng)
    assert x.shape == (5, space.ambient_dim)
    np.testing.assert_allclose(space.check_points(x), x)
    model = space.model
    g = model.matrices(x)
    np.testing.assert_allclose(model.rows(g), x, rtol=0, atol=1e-15)
    np.testing.assert_allclose(model.rows(g @ g[::-1]), space.check_points(model.rows(g @ g[::-1])))
    if model.field == "H":  # closed under quaternionic conjugation: Ω ḡ Ω⁻¹ = g
        omega = np.kron(np.eye(model.n), [[0, -1], [1, 0]])
        np.testing.assert_allclose(omega @ g.conj() @ omega.T, g, rtol=0, atol=1e-12)


@pytest.mark.parametrize("space", [SpecialOrthogonal(3), SpecialOrthogonal(4), SpecialUnitary(2), Unitary(2),
                                   CompactSymplectic(2)], ids=repr)
def test_samples_are_haar(space, rng):
    """E |tr g|² = 1 for irreducible complex or real representations (over R of SO(n): E (tr g)² = 1)."""
    g = space.model.matrices(space.sample(20000, rng))
    trace = np.trace(g, axis1=1, axis2=2)
    fourth = np.mean(np.abs(trace) ** 4)
    assert np.mean(np.abs(trace) ** 2) == pytest.approx(1, abs=5 * math.sqrt(fourth / 20000))
    assert abs(np.mean(trace)) < 5 / math.sqrt(20000)


# -- kernels -------------------------------------------------------------------------------------


@pytest.mark.parametrize("space", WITH_POINTS, ids=repr)
def test_kernels_have_their_multiplicity_on_the_diagonal_and_are_bi_invariant(space, rng):
    cutoff = 26 if space.dim < 12 else 21
    listed = space.spectrum(cutoff=cutoff)
    x, y = space.sample(3, rng), space.sample(2, rng)
    kernel = space.eigenspace_kernel(x, y, cutoff)
    assert kernel.shape == (len(listed), 3, 2)
    sizes = np.asarray(listed.multiplicities, dtype=float)
    at_one = np.einsum("lii->li", space.eigenspace_kernel(x, x, cutoff))
    np.testing.assert_allclose(at_one / sizes[:, None], 1, rtol=0, atol=1e-9)
    model = space.model
    g, h = model.matrices(space.sample(2, rng))
    turned = [model.rows(g @ model.matrices(points) @ h) for points in (x, y)]
    moved = space.eigenspace_kernel(*turned, cutoff)
    np.testing.assert_allclose(moved / sizes[:, None, None], kernel / sizes[:, None, None], rtol=0, atol=1e-9)


def test_kernels_of_the_three_sphere_are_those_of_sphere(rng):
    """SU(2) and Sp(1) as unit vectors (the first column) of R⁴."""
    for space in (SpecialUnitary(2), CompactSymplectic(1)):
        x, y = space.sample(4, rng), space.sample(3, rng)
        columns = [p.reshape(-1, 2, 2, 2)[:, :, 0].reshape(-1, 4) if space.model.field == "C" else p for p in (x, y)]
        np.testing.assert_allclose(space.eigenspace_kernel(x, y, 400), Sphere(3).eigenspace_kernel(*columns, 400),
                                   rtol=0, atol=1e-9)


def test_kernels_of_the_circle(rng):
    space = SpecialOrthogonal(2)
    x, y = space.sample(2, rng), space.sample(3, rng)
    turns = [np.arctan2(p[:, 2], p[:, 0]) for p in (x, y)]
    difference = turns[0][:, None] - turns[1]
    expected = np.array([np.ones_like(difference)] + [2 * np.cos(k * difference) for k in range(1, 6)])
    np.testing.assert_allclose(space.eigenspace_kernel(x, y, 25), expected, rtol=0, atol=1e-12)
    assert space.count(25) == Torus(1).count(25)


@pytest.mark.parametrize("space", [SpecialUnitary(2), SpecialOrthogonal(3)], ids=repr)
def test_kernels_are_stable_to_degree_ten_thousand(space):
    """Against sin((k + 1)θ)/sin θ in exact angles, also where the quotient is nearly 0/0.

    Each of the k steps of the recursion rounds numbers of size ≤ k once, and the eigenvalues carry
    8 eps, which degree k turns into 8k·eps each: the error is at most about 10k²·eps of the size k.
    """
    angles = np.array([1e-7, 1e-4, 0.01, 0.7, 2.0, math.pi - 1e-5])
    if space.model.field == "C":
        zero = np.zeros_like(angles)
        c, s = np.cos(angles), np.sin(angles)
        rows = np.stack([c, s, zero, zero, zero, zero, c, -s], axis=1)
        degrees, half = np.arange(10**4 + 1), angles
        cutoff = 10**4 * (10**4 + 2)
    else:
        rows = np.array([[math.cos(a), -math.sin(a), 0, math.sin(a), math.cos(a), 0, 0, 0, 1] for a in angles])
        degrees, half = 2 * np.arange(5001), angles / 2
        cutoff = 5000 * 5001
    one = np.eye(2 if space.model.field == "C" else 3)
    identity = np.kron(one.reshape(1, -1), [1, 0]) if space.model.field == "C" else one.reshape(1, -1)
    kernel = space.eigenspace_kernel(identity, rows, cutoff)[:, 0]
    size = degrees[:, None] + 1.0
    expected = np.sin(size * half) / np.sin(half) * size
    np.testing.assert_allclose(kernel / size**2, expected / size**2, rtol=0, atol=1e-7)


def test_products_of_characters(rng):
    """χ_1² = χ_0 + χ_1 + χ_2 on SO(3); 3 ⊗ 3̄ = 1 + 8 and 3 ⊗ 3 = 6 + 3̄ on SU(3), through kernels of levels."""
    one = np.eye(3).reshape(1, -1)
    x = SpecialOrthogonal(3).sample(4, rng)
    kernel = SpecialOrthogonal(3).eigenspace_kernel(one, x, 6)[:, 0]
    np.testing.assert_allclose((kernel[1] / 3) ** 2, kernel[0] + kernel[1] / 3 + kernel[2] / 5, rtol=0, atol=1e-12)
    space = SpecialUnitary(3)
    x = space.sample(4, rng)
    trace = np.trace(space.model.matrices(x), axis1=1, axis2=2)
    kernel = space.eigenspace_kernel(np.kron(one, [1, 0]), x, "40/3")[:, 0]
    np.testing.assert_allclose(kernel[1], 6 * trace.real, rtol=0, atol=1e-12)
    np.testing.assert_allclose(kernel[2], 8 * (np.abs(trace) ** 2 - 1), rtol=0, atol=1e-11)
    np.testing.assert_allclose(kernel[3], 12 * (trace**2 - trace.conj()).real, rtol=0, atol=1e-11)


@pytest.mark.parametrize(("space", "cutoff"), [(SpecialOrthogonal(5), 10), (CompactSymplectic(2), 12)], ids=repr)
def test_squares_of_defining_characters(space, cutoff, rng):
    """V ⊗ V = 1 + Sym²' + Λ²: SO(5): 1 + 14 + 10; Sp(2): 1 + 5 + 10 from traces of g and g²."""
    x = space.sample(4, rng)
    g = space.model.matrices(x)
    first = np.trace(g, axis1=1, axis2=2).real
    second = np.trace(g @ g, axis1=1, axis2=2).real
    symmetric, exterior = (first**2 + second) / 2, (first**2 - second) / 2
    one = space.model.rows(np.eye(g.shape[1])[None].astype(complex))
    kernel = dict(zip(space.spectrum(cutoff=cutoff).eigenvalues.tolist(), space.eigenspace_kernel(one, x, cutoff)[:, 0],
                      strict=True))
    if space.model.field == "R":
        expected = {4.0: 5 * first, 6.0: 10 * exterior, 10.0: 14 * (symmetric - 1)}
    else:
        expected = {5.0: 4 * first, 8.0: 5 * (exterior - 1), 12.0: 10 * symmetric}
    for lam, values in expected.items():
        np.testing.assert_allclose(kernel[lam], values, rtol=0, atol=1e-11)


# -- explicit eigenfunctions -----------------------------------------------------------------------


@pytest.mark.parametrize("space", [SpecialUnitary(2), CompactSymplectic(1), SpecialOrthogonal(3)], ids=repr)
def test_eigenfunctions_satisfy_the_addition_theorem(space, rng):
    cutoff = 120
    listed = space.spectrum(cutoff=cutoff)
    x, y = space.sample(4, rng), space.sample(3, rng)
    first, second = space.eigenfunctions(x, cutoff), space.eigenfunctions(y, cutoff)
    assert first.shape == (4, listed.total)
    kernel = space.eigenspace_kernel(x, y, cutoff)
    start = 0
    for level, m in enumerate(listed.multiplicities.tolist()):
        part = slice(start, start + m)
        np.testing.assert_allclose(first[:, part] @ second[:, part].T, kernel[level], rtol=0, atol=1e-11 * m)
        start += m


def euler_nodes(degree):
    """Haar nodes of SU(2), exact to a degree: (cos β e^{iα}, sin β e^{iγ}), Gauss in cos 2β, equidistant angles."""
    nodes, weights = np.polynomial.legendre.leggauss(degree + 1)
    count = 2 * degree + 1
    angles = 2 * np.pi * np.arange(count) / count
    c, a, b = np.meshgrid(nodes, angles, angles, indexing="ij")
    w = np.repeat(weights / 2, count**2) / count**2
    alpha = (np.sqrt((1 + c) / 2) * np.exp(1j * a)).ravel()
    beta = (np.sqrt((1 - c) / 2) * np.exp(1j * b)).ravel()
    matrices = np.array([[alpha, -beta.conj()], [beta, alpha.conj()]]).transpose(2, 0, 1)
    return np.ascontiguousarray(matrices).reshape(len(w), 4).view(float), w


def test_eigenfunctions_of_su2_are_orthonormal_by_exact_quadrature():
    x, w = euler_nodes(4)
    values = SpecialUnitary(2).eigenfunctions(x, 24)
    np.testing.assert_allclose(values.T @ (w[:, None] * values), np.eye(55), rtol=0, atol=1e-12)


def test_eigenfunctions_of_so3_are_even_ones_of_su2(rng):
    """The two-to-one map SU(2) → SO(3): the sums of squares over left translates agree with the kernel."""
    space = SpecialOrthogonal(3)
    near_half_turns = np.array([np.diag([1, -1, -1]), np.diag([-1, -1, 1]), np.diag([-1, 1, -1]), np.eye(3)])
    x = near_half_turns.reshape(4, 9).astype(float)
    values = space.eigenfunctions(x, 20)
    assert values.shape == (4, 165)
    np.testing.assert_allclose(values[:, 1:10] @ values[:, 1:10].T,
                               3 * np.einsum("aij,bij->ab", near_half_turns, near_half_turns), rtol=0, atol=1e-12)


def test_other_groups_offer_kernels_instead_of_eigenfunctions(rng):
    with pytest.raises(UnknownGeometryError, match="eigenspace_kernel gives"):
        SpecialUnitary(3).eigenfunctions(SpecialUnitary(3).sample(1, rng), 5)
    with pytest.raises(CostError, match="lower the cutoff"):
        SpecialUnitary(2).eigenfunctions(SpecialUnitary(2).sample(2, rng), 10**6)
