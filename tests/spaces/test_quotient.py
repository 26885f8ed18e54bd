"""Quotients M/G: invariant levels, invariant kernels, counts past any list."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

import weylspec as ws
from weylspec.errors import CostError, GroupActionError, WeylspecError

GLIDE = [([[1, 0], [0, -1]], ["1/2", 0])]
TURN = [([[0, -1], [1, 0]], [0, 0])]


def sphere_nodes(degree):
    """Nodes and weights on S², exact for polynomials of the degree."""
    z, w = np.polynomial.legendre.leggauss(degree // 2 + 1)
    phi = 2 * np.pi * (np.arange(degree + 1) + 0.123) / (degree + 1)
    s = np.sqrt(1 - z**2)
    x = np.stack([np.outer(s, np.cos(phi)), np.outer(s, np.sin(phi)), np.outer(z, np.ones_like(phi))], axis=-1)
    return x.reshape(-1, 3), np.outer(w / 2, np.full(len(phi), 1 / len(phi))).ravel()


def torus_nodes(torus, degree):
    n = degree + 1
    grid = np.stack(np.meshgrid(np.arange(n), np.arange(n)), axis=-1).reshape(-1, 2) / n
    return grid @ torus.basis, np.full(n * n, 1 / n**2)


SPHERES = {
    "S2/D3": lambda: ws.Sphere(2) / ws.PointGroup("D3"),
    "S2/Oh": lambda: ws.Sphere(2) / ws.PointGroup("Oh"),
    "S2/S4": lambda: ws.Sphere(2) / ws.PointGroup("S4"),
    "S2/SO2": lambda: ws.Sphere(2) / ws.SO(2),
    "S2/O2": lambda: ws.Sphere(2) / ws.O(2),
    "S2/SO2*flip": lambda: ws.Sphere(2) / (ws.SO(2) + ws.SignFlips(1)),
    "S2/SO3": lambda: ws.Sphere(2) / ws.SO(3),
}
TORI = {
    "T2/S2": lambda: ws.Torus(2) / ws.SymmetricGroup(2),
    "T2/p4m": lambda: ws.Torus(2) / ws.Hyperoctahedral(2),
    "Klein": lambda: ws.Torus(2) / ws.AffineGroup(GLIDE),
    "T2/Z4": lambda: ws.Torus(2) / ws.AffineGroup(TURN),
    "hex/Z6": lambda: ws.FlatTorus([[1, 0], [0.5, 3**0.5 / 2]]) / ws.AffineGroup([([[0, -1], [1, 1]], [0, 0])]),
    "T2/line": lambda: ws.Torus(2) / ws.Translations([[1, 2]]),
    "T2/5": lambda: ws.Torus(2) / ws.Translations(steps=[["1/5", "2/5"]]),
    "sides": lambda: ws.FlatTorus([[1, 0], [0, 2**0.25]]) / ws.SignFlips(2),
}


def elements(space, rng):
    """A few maps of M given by the group, as functions of points."""
    if space.manifold.ambient_dim == 3:
        return [lambda x, g=g: x @ g.T for g in space.manifold.action(space.group).sample(3, rng)]
    basis = space.manifold.basis
    maps = []
    for matrix, shift in space.action_on_manifold.components()[:4]:
        along = space.action_on_manifold.directions @ rng.random(space.action_on_manifold.dim)
        move = np.array([float(b) for b in shift]) + along
        maps.append(lambda x, a=matrix, b=move: (x @ np.linalg.inv(basis) @ a.T + b) @ basis)
    return maps


@pytest.mark.parametrize("name", [*SPHERES, *TORI])
def test_invariant_kernels_by_exact_quadrature(name, rng):
    space = (SPHERES | TORI)[name]()
    if name in SPHERES:
        cutoff = 9 * 10 if name in ("S2/Oh", "S2/D3") else 6 * 7
        nodes, w = sphere_nodes(2 * 9)
    else:
        cutoff = space.manifold.spectrum(num=25).complete_below
        nodes, w = torus_nodes(space.manifold, 17)
    S = space.spectrum(cutoff=cutoff)
    K = space.eigenspace_kernel(nodes, nodes, cutoff)
    assert K.shape[0] == len(S)
    # The trace ∫K(x, x) is the dimension, K is a projector: K·w·K = K, and different levels are orthogonal.
    np.testing.assert_allclose(np.einsum("kii,i->k", K, w), S.multiplicities, atol=1e-9)
    x = space.sample(6, rng)
    left = space.eigenspace_kernel(x, nodes, cutoff)
    products = np.einsum("kiq,q,ljq->klij", left, w, left)
    small = space.eigenspace_kernel(x, x, cutoff)
    np.testing.assert_allclose(products, np.einsum("kl,kij->klij", np.eye(len(S)), small), atol=1e-9)
    assert min(np.linalg.eigvalsh((k + k.T) / 2).min() for k in small) > -1e-9
    for move in elements(space, rng):
        np.testing.assert_allclose(space.eigenspace_kernel(move(x), x, cutoff), small, atol=1e-9)
        np.testing.assert_allclose(space.eigenspace_kernel(x, move(x), cutoff), small, atol=1e-9)


def test_levels_without_invariants_are_not_listed():
    S = (ws.Sphere(2) / ws.PointGroup("Ih")).spectrum(cutoff=200)
    assert S.eigenvalues.tolist() == [k * (k + 1) for k in (0, 6, 10, 12)]
    assert S.multiplicities.tolist() == [1, 1, 1, 1]
    assert S.count(41) == 1
    assert S.count(42) == 2


@pytest.mark.parametrize("make", [
    lambda: ws.Sphere(6) / ws.SymmetricGroup(7), lambda: ws.Sphere(2) / ws.PointGroup("Oh"),
    lambda: ws.Sphere(8) / ws.SO(3).copies(3), lambda: ws.Sphere(3, "1/2") / ws.SO(2),
    lambda: ws.Sphere(3, 2**0.5) / ws.CyclicGroup(4),
])
def test_every_counter_gives_the_same_numbers(make):
    space = make()
    S = space.spectrum(num=300)
    names = [counter.name for counter in space.counters()]
    assert len(names) == len(set(names)) == 2
    lams = np.concatenate([S.eigenvalues, [0.3, 7.77]])
    for lam in lams:
        assert len({counter.count(float(lam)) for counter in space.counters()}) == 1
    assert [space.count(lam) for lam in S.eigenvalues] == S.cumulative.tolist()


def test_count_at_ten_to_the_30_for_seven_exchangeable_coordinates():
    # S⁶/S₇ has the series 1/((1−t)(1−t³)…(1−t⁷)); the sums of its coefficients are those of
    # 1/((1−t)²(1−t³)…(1−t⁷)), a polynomial of degree 6 in K on each class modulo 420 = lcm(3, …, 7).
    period, degree = 420, 6
    top = 10**15 - 3  # k(k + 5) ≤ 10³⁰
    assert top * (top + 5) <= 10**30 < (top + 1) * (top + 6)
    series = [1] + [0] * (period * (degree + 2))
    for d in (1, 1, 3, 4, 5, 6, 7):
        for k in range(d, len(series)):
            series[k] += series[k - d]
    points = [top % period + period * j for j in range(degree + 1)]
    value = Fraction(0)
    for i, x in enumerate(points):
        basis = Fraction(1)
        for j, y in enumerate(points):
            if i != j:
                basis *= Fraction(top - y, x - y)
        value += series[x] * basis
    space = ws.Sphere(6) / ws.SymmetricGroup(7)
    assert space.count(10**30) == value
    assert (space.scaled("1/3")).count(9 * 10**30) == value


def test_count_at_ten_to_the_30_for_three_atoms():
    # S⁸/SO(3) on three vectors: (1 + t³)/(1 − t²)⁵, summed: two binomials.
    top = 10**15 - 4
    assert top * (top + 7) <= 10**30 < (top + 1) * (top + 8)
    expected = math.comb(top // 2 + 5, 5) + math.comb((top - 3) // 2 + 5, 5)
    assert (ws.Sphere(8) / ws.SO(3).copies(3)).count(10**30) == expected


def test_counts_beyond_any_float():
    space = ws.Sphere(2) / ws.PointGroup("Ci")
    k = 10**200
    assert space.count(k * (k + 1)) == (k + 1) * (k + 2) // 2  # Σ_{even j ≤ k} (2j + 1), k even
    assert (ws.Sphere(2) / ws.SO(3)).count(10**400) == 1


@pytest.mark.parametrize("num", [1, 2, 17, 400])
@pytest.mark.parametrize("name", ["S2/Oh", "T2/p4m", "hex/Z6", "S2/SO2"])
def test_num_gives_the_shortest_list_of_whole_levels(name, num):
    S = (SPHERES | TORI)[name]().spectrum(num=num)
    assert S.total >= num > S.total - S.multiplicities[-1]


def test_a_point_has_one_eigenvalue():
    for space in (ws.Sphere(2) / ws.SO(3), ws.Torus(2) / ws.Translations([[1, 0], [0, 1]])):
        assert (space.dim, space.volume) == (0, 1)
        assert space.spectrum(cutoff=100).multiplicities.tolist() == [1]
        assert space.count(10**6) == 1
        with pytest.raises(WeylspecError, match="is a point"):
            space.spectrum(num=2)


def test_dividing_twice_is_dividing_by_both():
    twice = ws.Sphere(2) / ws.SO(2) / ws.SignFlips(1).copies(3)
    once = ws.Sphere(2) / (ws.SO(2) * ws.SignFlips(1).copies(3))
    # Zonal functions of even degree: an interval of half the length.
    for space in (twice, once):
        assert space.spectrum(cutoff=42).eigenvalues.tolist() == [0, 6, 20, 42]
        assert space.volume == pytest.approx(math.pi / 2, rel=1e-12)


def test_groups_that_do_not_commute_are_refused():
    with pytest.raises(GroupActionError, match="commute"):
        ws.Sphere(2) / (ws.SymmetricGroup(3) * ws.SignFlips(1))
    with pytest.raises(GroupActionError, match="commute"):
        ws.Torus(2) / (ws.SymmetricGroup(2) * ws.AffineGroup(GLIDE))


def test_a_quotient_answers_for_its_manifold(rng):
    space = ws.Sphere(2, 2) / ws.PointGroup("Oh")
    assert repr(space) == "Sphere(2, '2') / PointGroup('Oh')"
    assert (space.dim, space.ambient_dim, space.effective_order, space.is_free) == (2, 3, 48, False)
    assert space.scalar_curvature == 0.5
    assert space.total is space.manifold
    assert space.volume == pytest.approx(16 * math.pi / 48, rel=1e-13)
    assert space.check_points(space.sample(3, rng)).shape == (3, 3)
    half = space.scaled("1/2")
    assert half.volume == pytest.approx(4 * math.pi / 48, rel=1e-13)
    np.testing.assert_allclose(half.spectrum(num=9).eigenvalues, 4 * space.spectrum(num=9).eigenvalues, rtol=1e-15)


def test_the_kernel_of_an_action_does_not_count():
    twice = ws.Torus(1) / ws.Translations(steps=[["1/2"], ["1/4"]])
    assert (twice.effective_order, twice.volume) == (4, pytest.approx(math.pi / 2))
    signs = ws.Sphere(2) / (ws.PointGroup("Ci") * ws.SignFlips(1).copies(3))
    assert (signs.group.order, signs.effective_order) == (4, 2)
    assert signs.volume == pytest.approx(2 * math.pi)
    assert signs.spectrum(cutoff=20).multiplicities.tolist() == [1, 5, 9]


def test_listing_many_identical_particles_is_not_refused_by_the_size_of_the_torus():
    space = ws.Torus(20) / ws.SymmetricGroup(20)
    assert space.listing_cost(50) < 1e6


def test_local_counts_need_no_known_orbits():
    quotient = ws.ComplexProjectiveSpace(2) / ws.SO(3).blocks(2)
    points = quotient.sample(3, np.random.default_rng(11))
    kernels = [quotient.eigenspace_kernel(p[None], p[None], 60).sum() for p in points]
    np.testing.assert_allclose(quotient.local_count(points, 60), kernels, rtol=1e-12)


@pytest.mark.parametrize(("space", "first"), [
    (ws.Grassmannian(10, 60), 1829), (ws.Sphere(300), 301), (ws.Torus(300), 600)], ids=repr)
def test_num_in_dimensions_where_weyls_constant_is_no_float(space, first):
    """The law of large λ is far from the first levels: traceless symmetric matrices, linear functions, waves."""
    assert space.spectrum(num=2).multiplicities.tolist() == [1, first]


def test_cutoffs_beyond_any_float_are_refused():
    for space in (ws.Sphere(2), ws.Torus(2)):
        with pytest.raises(CostError, match="use count"):
            space.spectrum(cutoff=10**400)
    with pytest.raises(CostError, match="ask for a smaller"):
        ws.Torus(2).count(10**400)


@pytest.mark.parametrize("quotient", [
    ws.Sphere(3) / ws.SymmetricGroup(4), ws.Torus(2) / ws.Hyperoctahedral(2), ws.Sphere(8) / ws.SO(3).copies(3),
], ids=repr)
def test_lists_that_are_cut_from_a_longer_one_are_those_made_anew(quotient):
    fresh = {cutoff: (quotient.manifold / quotient.group).levels(cutoff) for cutoff in (0, 7, "7.5", 24, 60)}
    quotient.levels(60)
    for cutoff, listed in fresh.items():
        kept = quotient.levels(cutoff)
        assert kept.eigenvalues.tolist() == listed.eigenvalues.tolist()
        assert kept.multiplicities.tolist() == listed.multiplicities.tolist()
        assert (kept.complete_below, kept.provenance) == (listed.complete_below, listed.provenance)
