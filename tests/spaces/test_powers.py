"""Groups on the factors of powers: explicit bases, floats and brute force against the averages modulo primes."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest

import weylspec as ws
from weylspec.errors import CostError, GroupActionError
from weylspec.invariants.orbit_spaces.diagonal_spheres import point_volume

S2 = ws.Sphere(2)


def table(S):
    return dict(zip(S.eigenvalues.tolist(), [int(m) for m in S.multiplicities], strict=True))


def partitions(m, largest=None):
    if m == 0:
        yield ()
    for part in range(min(m, largest or m), 0, -1):
        for rest in partitions(m - part, part):
            yield (part, *rest)


def centraliser(kind):
    return math.prod(k**c * math.factorial(c) for k, c in Counter(kind).items())


# -- second routes ---------------------------------------------------------------------------


def triangle(a, b, c):
    return abs(a - b) <= c <= a + b


def clebsch_gordan(m, cutoff, *, reverses, permutes):
    """Invariants of m ≤ 3 harmonics, from 1 ⊂ a ⊗ b ⊗ c: unique, with the sign (−1)^{a+b+c} under odd permutations."""
    found = Counter()
    for degrees in itertools.combinations_with_replacement(range(math.isqrt(cutoff) + 1), m):
        lam, odd = sum(j * (j + 1) for j in degrees), sum(degrees) % 2
        if lam > cutoff or not (triangle(*degrees) if m == 3 else degrees[0] == degrees[1]) or (reverses and odd):
            continue
        arrangements = len(set(itertools.permutations(degrees)))
        fixed = len(set(degrees)) < m
        found[lam] += (0 if fixed and odd else 1) if permutes else arrangements
    return {float(lam): n for lam, n in sorted(found.items()) if n}


def float_average(m, cutoff, *, permutes, reverses):
    """∫ over rotations of products of characters over cycles, by the trapezoid rule in floats."""
    top = math.isqrt(cutoff)
    angles = 2 * math.pi * (np.arange(8 * m * (top + 1)) + 0.5) / (8 * m * (top + 1))
    weights = (1 - np.cos(angles)) / len(angles)
    kinds = [(k, 1 / centraliser(k)) for k in partitions(m)] if permutes else [((1,) * m, 1.0)]
    total = np.zeros(cutoff + 1)
    for sign in (1, -1) if reverses else (1,):
        for kind, share in kinds:
            series = np.zeros((cutoff + 1, len(angles)))
            series[0] = 1.0
            for r in kind:
                product = np.zeros_like(series)
                for j in range(top + 1):
                    shift = r * j * (j + 1)
                    if shift <= cutoff:
                        chi = sign ** (r * j) * np.sin((2 * j + 1) * r * angles / 2) / np.sin(r * angles / 2)
                        product[shift:] += chi * series[: cutoff + 1 - shift]
                series = product
            total += share * series @ weights
    total /= 2 if reverses else 1
    assert np.abs(total - np.rint(total)).max() < 1e-6 * max(1.0, total.max())
    return {float(lam): int(n) for lam, n in enumerate(np.rint(total)) if n}


def points_modulo(m, *, reverses=False, permutes=False):
    group = (ws.O if reverses else ws.SO)(3).copies(m)
    return S2**m / (group * ws.SymmetricGroup(m) if permutes else group)


@pytest.mark.parametrize("reverses", [False, True])
@pytest.mark.parametrize("permutes", [False, True])
@pytest.mark.parametrize("m", [2, 3])
def test_rotations_of_points_count_clebsch_gordan_coefficients(m, permutes, reverses):
    space = points_modulo(m, reverses=reverses, permutes=permutes)
    expected = clebsch_gordan(m, 120, reverses=reverses, permutes=permutes)
    assert table(space.spectrum(cutoff=120)) == expected


@pytest.mark.parametrize("reverses", [False, True])
@pytest.mark.parametrize("permutes", [False, True])
def test_four_points_against_characters_in_floats(permutes, reverses):
    space = points_modulo(4, reverses=reverses, permutes=permutes)
    assert table(space.spectrum(cutoff=100)) == float_average(4, 100, permutes=permutes, reverses=reverses)


def test_the_general_average_gives_one_invariant_of_two_points_for_each_degree():
    """Two points have a formula of their own; the third of three points at rest, j = 0, leaves the general one."""
    two = (S2**2 / ws.SO(3).copies(2)).spectrum(cutoff=90)
    assert table(two) == {2.0 * j * (j + 1): 1 for j in range(7)}
    action = (S2**2 / ws.SO(3).copies(2)).action_on_manifold
    sphere = ws.Sphere(3)  # SO(3) turns three of four coordinates: no formula for two points
    general = sphere**2 / ws.SO(3).copies(2)
    expected = Counter()
    for a, b in itertools.product(range(8), repeat=2):  # degree k on S³ has one copy of every j ≤ k
        expected[float(a * (a + 2) + b * (b + 2))] += min(a, b) + 1
    assert action.is_pair
    assert not general.action_on_manifold.is_pair
    assert table(general.spectrum(cutoff=40)) == {lam: n for lam, n in sorted(expected.items()) if lam <= 40}


@pytest.mark.parametrize("m", [2, 3, 4, 5])
def test_symmetric_powers_are_bosons(m):
    """[u^m] Π_i (1 − u q^{λ_i})^{−mult_i}, the levels of one particle filled one by one."""
    cutoff = 40
    filled = Counter({(0, 0): 1})
    for j in range(math.isqrt(cutoff) + 1):
        lam, size = j * (j + 1), 2 * j + 1
        fresh = Counter()
        for (used, energy), n in filled.items():
            for k in range(m - used + 1):
                if energy + k * lam <= cutoff:
                    fresh[used + k, energy + k * lam] += n * math.comb(size + k - 1, k)
        filled = fresh
    expected = {float(energy): n for (used, energy), n in sorted(filled.items()) if used == m}
    assert table((S2**m / ws.SymmetricGroup(m)).spectrum(cutoff=cutoff)) == expected


@pytest.mark.parametrize(
    "group", [ws.CyclicGroup(4), ws.DihedralGroup(4), ws.AlternatingGroup(4), ws.SymmetricGroup(3),
              ws.MatrixGroup([np.eye(4)[[1, 0, 3, 2]]]), ws.SymmetricGroup(2) + ws.SymmetricGroup(2)], ids=repr)
def test_permutation_groups_by_orbits_of_multi_indices(group):
    """e_k ⊗ e_l ⊗ … are permuted: invariants are orbits of multi-indices over an explicit basis."""
    basis = [(j * (j + 1), j, i) for j in range(3) for i in range(2 * j + 1)]
    images = [tuple(g.argmax(axis=0)) for g in group.natural().extended(4).elements()]
    orbits = Counter()
    seen = set()
    for index in itertools.product(basis, repeat=4):
        lam = sum(b[0] for b in index)
        if lam > 8 or index in seen:
            continue
        seen |= {tuple(index[i] for i in image) for image in images}
        orbits[float(lam)] += 1
    assert table((S2**4 / group).spectrum(cutoff=8)) == dict(sorted(orbits.items()))


@pytest.mark.parametrize("m", [2, 3])
def test_powers_of_circles_are_tori_modulo_the_same_group(m):
    for group in (ws.SymmetricGroup(m), ws.CyclicGroup(m), ws.Wreath(ws.SignFlips(1), m)):
        mine, torus = ws.Torus(1) ** m / group, ws.Torus(m) / group
        assert table(mine.spectrum(cutoff=60)) == table(torus.spectrum(cutoff=60))
        assert mine.volume == pytest.approx(torus.volume, rel=1e-13)
        assert mine.boundary_volume == pytest.approx(torus.boundary_volume, rel=1e-13)
        assert mine.effective_order == torus.effective_order
        for p in range(m + 1):
            here, there = (sum(t.coefficient for t in space.terms if t.dim == p) for space in (mine, torus))
            assert here == pytest.approx(there, rel=1e-12, abs=1e-12)


def test_wreath_products_are_symmetric_powers_of_quotients():
    octant = S2 / ws.SignFlips(3)
    wreath, power = S2**3 / ws.Wreath(ws.SignFlips(3), 3), octant**3 / ws.SymmetricGroup(3)
    assert table(wreath.spectrum(cutoff=60)) == table(power.spectrum(cutoff=60))
    assert (wreath.volume, wreath.effective_order) == (pytest.approx(power.volume), 8**3 * 6)
    assert [w.weight for w in wreath.walls] == [0.25]
    many = S2**60 / ws.Wreath(ws.PointGroup("Ci"), 60)
    single = dict(zip((0, 6, 20), (1, 5, 9), strict=True))
    assert table(many.spectrum(cutoff=20)) == {
        0.0: 1, 6.0: single[6], 12.0: math.comb(6, 2), 18.0: math.comb(7, 3), 20.0: single[20]}


def test_a_diagonal_finite_group_by_brute_force():
    """PointGroup D3 on two points, with the exchange: traces of the kernels of M^2 themselves."""
    group = ws.PointGroup("D3")
    space = S2**2 / (group.copies(2) * ws.SymmetricGroup(2))
    elements = group.natural().elements()
    corners = np.array(list(itertools.product((-1, 1), repeat=3))) / math.sqrt(3)
    points = np.concatenate([corners, np.eye(3), -np.eye(3)])
    weights = np.array([3 / 40] * 8 + [1 / 15] * 6)  # Lebedev's rule of 14 points, exact to degree 5
    expected = Counter()
    kernel = {j: (lambda c, j=j: (2 * j + 1) * np.polynomial.legendre.legval(c, np.eye(3)[j])) for j in range(3)}
    traces = {j: [float(weights @ kernel[j]((points @ g.T * points).sum(axis=1))) for g in elements] for j in range(3)}
    squares = {j: [float(weights @ kernel[j]((points @ (g @ g).T * points).sum(axis=1))) for g in elements]
               for j in range(3)}
    for a, b in itertools.product(range(3), repeat=2):
        lam = float(a * (a + 1) + b * (b + 1))
        swapped = np.mean(squares[a]) if a == b else 0.0
        expected[lam] += (np.mean(np.multiply(traces[a], traces[b])) + swapped) / 2
    listed = table(space.spectrum(cutoff=8))
    assert {lam: n for lam, n in listed.items() if lam <= 8} == {
        lam: round(n) for lam, n in sorted(expected.items()) if round(n) and lam <= 8}


def test_levels_without_keys_are_multisets():
    """Bessel zeros: a level of the power is a multiset of levels, and permutations have the orbits of its functions."""
    disk = ws.Disk(1, "dirichlet")
    own = disk.spectrum(cutoff=60)
    basis = [(name, i) for name, m in zip(own.labels, own.multiplicities.tolist(), strict=True) for i in range(m)]
    value = dict(zip(own.labels, own.eigenvalues.tolist(), strict=True))
    place = {name: i for i, name in enumerate(own.labels)}
    for group in (ws.SymmetricGroup(3), ws.CyclicGroup(3), ws.SymmetricGroup(2)):
        images = [tuple(g.argmax(axis=0)) for g in group.natural().extended(3).elements()]
        orbits, everything, seen = Counter(), Counter(), set()
        for index in itertools.product(basis, repeat=3):
            names = tuple(sorted((name for name, _ in index), key=place.get))
            if sum(value[name] for name in names) > 45:
                continue
            everything[names] += 1
            orbits[names] += index not in seen
            seen |= {tuple(index[i] for i in image) for image in images}
        listed, whole = (disk**3 / group).spectrum(cutoff=45), (disk**3).spectrum(cutoff=45)
        assert dict(zip(listed.labels, listed.multiplicities.tolist(), strict=True)) == orbits
        assert dict(zip(whole.labels, whole.multiplicities.tolist(), strict=True)) == everything


def test_kernels_of_powers_without_keys_are_those_of_their_eigenfunctions(rng):
    square = ws.Disk() ** 2
    x = square.sample(3, rng)
    cutoff = square.spectrum(num=8).complete_below
    functions, listed = square.eigenfunctions(x, cutoff), square.spectrum(cutoff=cutoff)
    kernel = square.eigenspace_kernel(x, x, cutoff)
    np.testing.assert_allclose(kernel.sum(axis=0), functions @ functions.T, rtol=0, atol=1e-9)
    assert kernel.shape == (len(listed), 3, 3)


# -- geometry --------------------------------------------------------------------------------


def test_the_volume_of_three_points_by_a_product_rule():
    """(1/8π²)∫ det(Σ(1 − x_i x_iᵀ))^{−1/2} over the third point and the distance of the first two."""
    c, w = np.polynomial.legendre.leggauss(60)
    phi = 2 * math.pi * (np.arange(120) + 0.5) / 120
    a, z, p = np.meshgrid(c, c, phi, indexing="ij")
    s, r = np.sqrt(1 - a**2), np.sqrt(1 - z**2)
    b = a * z + s * r * np.cos(p)  # x_1 = (0, 0, 1), x_2 = (s, 0, a), x_3 = (r cos φ, r sin φ, z)
    second = 3 - a**2 - b**2 - z**2
    density = 3 * second - (1 + 2 * a * b * z - a**2 - b**2 - z**2)
    value = float(np.einsum("i,j,ijk->", w, w, 1 / np.sqrt(density))) * 2 * math.pi / 120
    found, error = point_volume((1.0,) * 3, 3)
    assert abs(found / value - 1) < error + 1e-4
    assert value == pytest.approx(10.883, abs=3e-3)


def test_volumes_do_not_depend_on_dimensions_that_the_points_do_not_fill():
    for m in (2, 3):
        spaces = [ws.Sphere(n) ** m / ws.O(n + 1).copies(m) for n in (m - 1 if m > 2 else 2, m, m + 1)]
        assert {s.dim for s in spaces} == {m * (m - 1) // 2}
        assert len({round(s.volume, 9) for s in spaces}) == 1
    assert (ws.Sphere(3) ** 3 / ws.SO(4).copies(3)).volume == (S2**3 / ws.O(3).copies(3)).volume


@pytest.mark.parametrize("radius", [Fraction(1, 2), 3])
def test_lengths_scale(radius):
    small, unit = ws.Sphere(2, radius) ** 3 / ws.O(3).copies(3), points_modulo(3, reverses=True)
    r = float(radius)
    assert small.volume == pytest.approx(unit.volume * r**3)
    assert small.boundary_volume == pytest.approx(unit.boundary_volume * r**2)
    assert small.spectrum(num=20).multiplicities.tolist() == unit.spectrum(num=20).multiplicities.tolist()


def test_the_exchange_of_two_points_is_a_rotation():
    for reverses, permutes in itertools.product((False, True), repeat=2):
        space = points_modulo(2, reverses=reverses, permutes=permutes)
        assert (space.dim, space.volume, space.boundary_volume) == (1, math.pi / math.sqrt(2), 2.0)


@pytest.mark.parametrize(("permutes", "reverses"), [(True, False), (False, True), (True, True)])
def test_weyls_law_of_three_points_has_its_mirrors_and_its_figures(permutes, reverses):
    """Λ·(r − 1) is the curvature term of (S²)³/SO(3), whatever is divided out; without the figures it is off by 6.8.

    The mirrors leave a term of the next order, the curvature term of the mirror itself.
    """
    def remainder(space):
        windows = ws.verify_weyl(space, 3000).windows
        return float(np.mean((windows[:, 4] - 1) * windows[:, 0]))

    divided = points_modulo(3, permutes=permutes, reverses=reverses)
    assert remainder(divided) == pytest.approx(remainder(points_modulo(3)), abs=1.5 if reverses else 0.1)


def test_finite_diagonal_groups_have_the_fixed_sets_of_their_cycles():
    """Torus(1) ** 3 as circles of a torus: a half-turn of all, and the exchange of the first two."""
    turn = ws.Translations(steps=[["1/2"]])
    flips = ws.Torus(1) ** 3 / (ws.SignFlips(1).copies(3) * ws.SymmetricGroup(3))
    joined = ws.Torus(3) / (ws.SignFlips(1).copies(3) * ws.SymmetricGroup(3))
    assert table(flips.spectrum(cutoff=50)) == table(joined.spectrum(cutoff=50))
    assert flips.boundary_volume == pytest.approx(joined.boundary_volume)
    assert (ws.Torus(1) ** 3 / turn.copies(3)).is_free
    antipodal = S2**3 / ws.PointGroup("Ci").copies(3)
    assert (antipodal.effective_order, antipodal.is_free, antipodal.volume) == (
        2, True, pytest.approx((4 * math.pi) ** 3 / 2))
    assert ws.verify_weyl(S2**2 / (ws.PointGroup("D3").copies(2) * ws.SymmetricGroup(2))).passed


def test_quotients_of_quotients():
    shift, turn = ws.Translations([[1, 0], [0, 1]]), ws.AffineGroup([([[0, -1], [1, 0]], [0, 0])])
    clouds = ws.Torus(2) ** 2 / shift.copies(2) / turn.copies(2) / ws.SymmetricGroup(2)
    assert [clouds.count(lam) for lam in (5, 25, 100)] == [3, 10, 41]
    assert clouds.volume == pytest.approx((2 * math.pi) ** 2 / 8)
    points = S2**4 / ws.SO(3).copies(4) / ws.SymmetricGroup(4)
    assert table(points.spectrum(cutoff=40)) == table(points_modulo(4, permutes=True).spectrum(cutoff=40))
    normal = S2**3 / ws.AlternatingGroup(3) / ws.SymmetricGroup(3)
    assert table(normal.spectrum(cutoff=20)) == table((S2**3 / ws.SymmetricGroup(3)).spectrum(cutoff=20))


def test_the_largest_codimension_is_that_of_points_that_are_one():
    assert points_modulo(3).codim_max == 4
    assert (S2**2 / ws.SO(2).copies(2)).codim_max == 4  # the pole twice stays
    assert (ws.Sphere(3) ** 2 / ws.SU(2).copies(2)).codim_max == 3
    assert (S2**2 / ws.SymmetricGroup(2)).codim_max == 4


# -- points and refusals -----------------------------------------------------------------------


@pytest.mark.parametrize("group", [ws.SO(3).copies(3) * ws.CyclicGroup(3), ws.Wreath(ws.PointGroup("D2"), 3)], ids=repr)
def test_kernels_are_invariant(group, rng):
    space = S2**3 / group
    x, y = space.sample(2, rng), space.sample(2, rng)
    cutoff = space.spectrum(num=2).complete_below
    kernel = space.eigenspace_kernel(x, y, cutoff)
    h = (ws.SO(3) if "SO" in repr(group) else ws.PointGroup("D2")).sample(1, rng)[0]
    parts = [x[:, 3 * i: 3 * i + 3] for i in (1, 2, 0)]
    moved = [p @ h.T for p in parts] if "SO" in repr(group) else [parts[0] @ h.T, *parts[1:]]
    np.testing.assert_allclose(space.eigenspace_kernel(np.hstack(moved), y, cutoff), kernel, rtol=0, atol=1e-9)
    assert kernel.shape == (len(space.spectrum(cutoff=cutoff)), 2, 2)


def test_mean_of_the_kernel_on_the_diagonal_is_the_multiplicity():
    """Gauss–Legendre in the angle between two points: K(x, x) depends on it alone."""
    space = points_modulo(2)
    c, w = np.polynomial.legendre.leggauss(12)
    x = np.column_stack([np.tile([0.0, 0, 1], (12, 1)), np.sqrt(1 - c**2), np.zeros(12), c])
    kernel = space.eigenspace_kernel(x, x, 12)
    np.testing.assert_allclose(np.einsum("lii->li", kernel) @ w / 2, [1.0, 1.0, 1.0], rtol=0, atol=1e-10)


REFUSED = {
    "Sphere(2) ** 2 / SO(3)": r"SO\(3\)\.copies\(2\) moves all of them alike",
    "Sphere(2) ** 2 / SignFlips(2)": r"Wreath\(SignFlips\(2\), 2\)",
    "Torus(2) ** 2 / Translations([[1, 0]])": r"\.copies\(2\)",
    "Sphere(2) ** 3 / SO(3).copies(2)": r"SO\(3\)\.copies\(3\)",
    "Sphere(2) ** 2 / SymmetricGroup(3)": "permutes 3 factors, the power has 2",
    "Sphere(2) ** 2 / SymmetricGroup(1).blocks(2)": "permutation groups permute them",
    "(Sphere(2) * Sphere(3)) / SymmetricGroup(2)": r"divide a factor, as in \(M1 / G\) \* M2",
    "(Sphere(2) * Sphere(2)) / SymmetricGroup(2)": r"as a power M \*\* m",
    "ComplexProjectiveSpace(2) ** 2 / SU(3).copies(2)": "divide each factor",
    "Sphere(2) ** 2 / (Wreath(SO(2), 2) * SymmetricGroup(2))": "divide the base first",
    "Sphere(2) ** 2 / Wreath(SO(2), 3)": "acts on 3 factors, the power has 2",
}


@pytest.mark.parametrize(("text", "message"), REFUSED.items())
def test_what_does_not_act_is_refused_with_a_remedy(text, message):
    from weylspec.expressions import read_space

    with pytest.raises(GroupActionError, match=message):
        read_space(text)


def test_mirrors_are_measured_and_what_would_take_too_long_is_refused():
    reflected = S2**2 / ws.O(2).copies(2)
    assert reflected.volume == pytest.approx((S2**2 / ws.SO(2).copies(2)).volume / 2)
    assert ws.verify_weyl(reflected).passed
    with pytest.raises(CostError):
        (S2**9 / ws.SymmetricGroup(9)).eigenspace_kernel(np.zeros((0, 27)), np.zeros((0, 27)), 2)


def test_the_heat_trace_of_three_points_in_any_order_is_a_cycle_index():
    """h₃ = (p₁³ + 3p₁p₂ + 2p₃)/6 with p_r = Z(rt); 1509.29194266 at t = 0.05 by theory 3.4."""
    def one(t):
        return math.fsum((2 * j + 1) * math.exp(-t * j * (j + 1)) for j in range(60))

    found = (S2**3 / ws.SymmetricGroup(3)).spectrum(cutoff=800).heat_trace(0.05, rtol=1e-9)
    assert found == pytest.approx((one(0.05) ** 3 + 3 * one(0.05) * one(0.1) + 2 * one(0.15)) / 6, rel=1e-11)
    assert found == pytest.approx(1509.29194266, abs=5e-9)
