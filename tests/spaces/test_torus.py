"""Flat tori: levels by brute force, heat traces by Poisson summation, characters, isometries."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import weylspec as ws
from weylspec.errors import CostError, GroupActionError, WeylspecError

HEXAGONAL = [[1, 0], [0.5, 3**0.5 / 2]]
FOUR_PI_SQUARED = 4 * math.pi**2


def rows_of(S, unit=1.0):
    return [(lam / unit, int(m)) for lam, m in zip(S.eigenvalues, S.multiplicities, strict=True)]


@pytest.mark.parametrize(("n", "table"), [
    (1, [(0, 1), (1, 2), (4, 2), (9, 2)]),
    (2, [(0, 1), (1, 4), (2, 4), (4, 4), (5, 8), (8, 4), (9, 4), (10, 8)]),
    (3, [(0, 1), (1, 6), (2, 12), (3, 8), (4, 6), (5, 24), (6, 24), (8, 12)]),
])
def test_levels_of_the_table(n, table):
    assert rows_of(ws.Torus(n).spectrum(cutoff=table[-1][0])) == table
    unit = ws.FlatTorus(np.eye(n, dtype=int).tolist()).spectrum(cutoff=FOUR_PI_SQUARED * table[-1][0] * (1 + 1e-14))
    assert [(round(x, 9), m) for x, m in rows_of(unit, FOUR_PI_SQUARED)] == table


@pytest.mark.parametrize(("n", "top"), [(1, 400), (2, 60), (3, 30), (4, 12), (5, 6)])
def test_levels_by_enumerating_the_lattice(n, top):
    r = math.isqrt(top)
    counts = Counter(sum(k * k for k in point) for point in itertools.product(range(-r, r + 1), repeat=n))
    expected = sorted((lam, m) for lam, m in counts.items() if lam <= top)
    assert rows_of(ws.Torus(n).spectrum(cutoff=top)) == expected
    for lam in (0, 1, 2.5, top):
        assert ws.Torus(n).count(lam) == sum(m for x, m in expected if x <= lam)


def test_the_circle_problem():
    # Points in a circle of radius 10^k: A057655 of the OEIS at 10^{2k}.
    for k, known in enumerate((5, 317, 31417, 3141549, 314159053, 31415925457, 3141592649625)):
        assert ws.Torus(2).count(10 ** (2 * k)) == known
    assert ws.Torus(1).count(10**30) == 2 * 10**15 + 1


def test_hexagonal_levels_to_norm_2000():
    S = ws.FlatTorus(HEXAGONAL).spectrum(cutoff=2000 * 16 * math.pi**2 / 3)
    chi = (0, 1, -1)
    expected = {n: 6 * sum(chi[d % 3] for d in range(1, n + 1) if n % d == 0) for n in range(1, 2001)}
    found = dict(zip(S.keys[:, 0].tolist(), S.multiplicities.tolist(), strict=True))
    assert found.pop(0) == 1
    assert found == {n: m for n, m in expected.items() if m}
    np.testing.assert_allclose(S.eigenvalues, S.keys[:, 0] * 16 * math.pi**2 / 3, rtol=1e-15)


@pytest.mark.parametrize("basis", [
    [[1, 0], [100.5, 3**0.5 / 2]], [[0, 1], [-(3**0.5) / 2, 0.5]], [[2.0, 0.0], [1.0, 3**0.5]],
    [[math.cos(0.3), math.sin(0.3)], [math.cos(0.3 + math.pi / 3), math.sin(0.3 + math.pi / 3)]],
])
def test_a_hexagonal_torus_merges_however_its_basis_is_typed(basis):
    torus = ws.FlatTorus(basis)
    straight = ws.FlatTorus(HEXAGONAL).spectrum(num=500).multiplicities.tolist()
    S = torus.spectrum(num=500)
    assert S.multiplicities.tolist() == straight
    assert [torus.count(lam) for lam in S.eigenvalues] == S.cumulative.tolist()


entries = st.fractions(-3, 3, max_denominator=4)


@given(st.lists(st.lists(entries, min_size=2, max_size=2), min_size=2, max_size=2), st.integers(1, 40))
@settings(max_examples=40)
def test_rational_bases_against_fractions(rows, size):
    (a, b), (c, d) = rows
    det = a * d - b * c
    assume(abs(det) > Fraction(1, 4))
    dual = [[d / det, -c / det], [-b / det, a / det]]  # rows: the dual basis
    cutoff = Fraction(size) / abs(det)

    def norm(j, k):
        return (j * dual[0][0] + k * dual[1][0]) ** 2 + (j * dual[0][1] + k * dual[1][1]) ** 2

    # |κ|² ≤ cutoff bounds κ·(basis vector) by √cutoff·|vector|.
    bounds = [math.isqrt(int(cutoff * (x * x + y * y))) + 1 for x, y in rows]
    levels = Counter(norm(j, k) for j in range(-bounds[0], bounds[0] + 1) for k in range(-bounds[1], bounds[1] + 1))
    expected = [m for lam, m in sorted(levels.items()) if lam <= cutoff]
    torus = ws.FlatTorus(rows)
    lam = FOUR_PI_SQUARED * float(cutoff) * (1 + 1e-12)
    assert torus.spectrum(cutoff=lam).multiplicities.tolist() == expected
    assert torus.count(lam) == sum(expected)


@given(st.lists(st.floats(0.3, 3), min_size=4, max_size=4), st.floats(0.02, 0.2))
@settings(max_examples=25)
def test_any_basis_has_the_heat_trace_of_poisson_summation(numbers, t):
    basis = np.array([[numbers[0], 0], [numbers[1] - 1.5, numbers[2]]])
    torus = ws.FlatTorus(basis.tolist())
    S = torus.spectrum(cutoff=50 / t)
    # |image|² ≤ 4t·30 keeps |k| ≤ 17 and |j| ≤ (1.5·17 + 5)/0.3
    j, k = np.meshgrid(np.arange(-110, 111), np.arange(-20, 21))
    images = j[..., None] * basis[0] + k[..., None] * basis[1]
    expected = torus.volume / (4 * math.pi * t) * np.exp(-(images**2).sum(axis=-1) / (4 * t)).sum()
    assert S.heat_trace(t) == pytest.approx(expected, rel=1e-11)
    assert torus.volume == pytest.approx(numbers[0] * numbers[2], rel=1e-14)


@pytest.mark.parametrize("skew", [[[1, 0], [0, 1]], [[1, 0], [5, 1]], [[3, 2], [4, 3]]])
@pytest.mark.parametrize("angle", [0, 0.7])
def test_incommensurable_sides(skew, angle):
    sides = np.diag([1, 2**0.25])
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    torus = ws.FlatTorus((np.array(skew) @ sides @ turn).tolist())
    S = torus.spectrum(cutoff=4000)
    # λ = 4π²(j² + k²/√2), all different: multiplicity 1, 2 or 4.
    expected = sorted(
        (FOUR_PI_SQUARED * (j * j + k * k / math.sqrt(2)), (1 + (j > 0)) * (1 + (k > 0)))
        for j in range(20) for k in range(20) if FOUR_PI_SQUARED * (j * j + k * k / math.sqrt(2)) <= 4000
    )
    assert S.multiplicities.tolist() == [m for _, m in expected]
    np.testing.assert_allclose(S.eigenvalues, [lam for lam, _ in expected], rtol=1e-13)
    assert [torus.count(lam) for lam in S.eigenvalues] == S.cumulative.tolist()


def test_mirrors_of_a_skew_incommensurable_torus():
    sides, skew = np.diag([1, 2**0.25]), np.array([[3, 2], [4, 3]])
    torus = ws.FlatTorus((skew @ sides).tolist())
    # Lattice coordinates are rows u with point u·B, so that a map D of the straight torus is S^{-T} D Sᵀ.
    inverse = np.round(np.linalg.inv(skew)).astype(int)
    flips = [inverse.T @ np.diag(d) @ skew.T for d in ([-1, 1], [1, -1])]
    quotient = torus / ws.AffineGroup([(flip.tolist(), [0, 0]) for flip in flips])
    straight = ws.FlatTorus(sides.tolist()) / ws.SignFlips(2)
    assert quotient.effective_order == straight.effective_order == 4
    assert quotient.spectrum(cutoff=3000).multiplicities.tolist() == [1] * straight.count(3000)
    assert quotient.volume == pytest.approx(straight.volume, rel=1e-13)
    assert quotient.boundary_volume == pytest.approx(straight.boundary_volume, rel=1e-12)


@given(st.integers(1, 4), st.integers(1, 1500), st.sampled_from([None, 1, 0.1, "1/7"]))
@settings(max_examples=40)
def test_num_gives_the_shortest_list_of_whole_levels(n, num, scale):
    torus = ws.Torus(n) if scale is None else ws.Torus(n).scaled(scale)
    S = torus.spectrum(num=num)
    assert S.total >= num > S.total - S.multiplicities[-1]
    assert [torus.count(lam) for lam in S.eigenvalues[-5:]] == S.cumulative[-5:].tolist()


def test_sparse_lists_do_not_fill_an_array():
    assert ws.Torus(1).spectrum(cutoff=10**10).total == 2 * 10**5 + 1
    assert (ws.Torus(1) / ws.SignFlips(1)).count(10**10) == 10**5 + 1
    # Sides 1 and 1.0001: the common unit is 10⁻⁸, the list is short.
    fine = ws.FlatTorus([[1, 0], [0, "1.0001"]])
    lam = FOUR_PI_SQUARED * 30
    assert fine.spectrum(cutoff=lam).total == fine.count(lam) == sum(
        1 for j in range(-6, 7) for k in range(-6, 7) if j * j + k * k / Fraction("1.0001") ** 2 <= 30)


def test_exact_sides_merge_whatever_their_digits():
    # Sides 101 and 103: their squares have no ratio of small denominator, yet (101, 0) and (0, 103) have |κ| = 1.
    S = ws.FlatTorus([[101, 0], [0, 103]]).spectrum(cutoff=FOUR_PI_SQUARED)
    assert S.multiplicities[-1] == 4
    assert len(S.units) == 1


def test_what_cannot_be_listed_or_counted_is_refused():
    with pytest.raises(CostError):
        ws.Torus(2).spectrum(cutoff=10**10)
    with pytest.raises(CostError, match="operations by"):
        ws.Torus(9).count(10**20)
    with pytest.raises(CostError, match="lattice points"):
        ws.FlatTorus(HEXAGONAL).spectrum(cutoff=10**12)
    with pytest.raises(CostError, match="fewer digits"):
        ws.FlatTorus([["1.00000001", 0], [0, 1]]).spectrum(cutoff=10**6)


@pytest.mark.parametrize(("basis", "message"), [
    ([[1, 0], [2, 0]], "singular"), ([[1, 1], [1, 1 + 1e-12]], "singular"), ([[0]], "singular"), ([], "rows of length"),
    ([[1, 0], [2]], r"lengths \[2, 1\]"), ([[1, "x"], [0, 1]], "basis entry = 'x'"),
    ([[1, math.inf], [0, 1]], "finite"),
])
def test_bad_bases_are_refused(basis, message):
    with pytest.raises(WeylspecError, match=message):
        ws.FlatTorus(basis)


def test_scaling():
    torus = ws.Torus(2).scaled("1/2")
    assert torus.volume == pytest.approx(math.pi**2, rel=1e-15)
    assert torus.spectrum(cutoff=8).eigenvalues.tolist() == [0, 4, 8]
    assert torus.spectrum(cutoff=8).units == (Fraction(4),)
    assert repr(torus) == "Torus(2).scaled('1/2')"


# -- points and kernels --------------------------------------------------------------------------------------


@pytest.mark.parametrize("basis", [np.eye(2).tolist(), HEXAGONAL, [[1, 0], [0.3, 1.7]]])
def test_kernels_reproduce_their_eigenspaces(basis, rng):
    torus = ws.FlatTorus(basis)
    S = torus.spectrum(num=20)
    cutoff = S.complete_below
    # A grid of 24² points in lattice coordinates integrates products of characters with |k_i| ≤ 11 exactly.
    grid = np.stack(np.meshgrid(np.arange(24), np.arange(24)), axis=-1).reshape(-1, 2) / 24 @ torus.basis
    x, y = torus.sample(4, rng), torus.sample(3, rng)
    kernel = torus.eigenspace_kernel(x, y, cutoff)
    products = np.einsum("kiq,lqj->klij", torus.eigenspace_kernel(x, grid, cutoff),
                         torus.eigenspace_kernel(grid, y, cutoff)) / len(grid)
    expected = np.einsum("kl,kij->klij", np.eye(len(S)), kernel)
    np.testing.assert_allclose(products, expected, atol=1e-12)
    diagonal = np.einsum("kii->ki", torus.eigenspace_kernel(x, x, cutoff))
    np.testing.assert_allclose(diagonal, np.tile(S.multiplicities[:, None], 4), rtol=1e-12)
    moved = x + np.array([[1, 0], [0, 1], [-2, 3], [5, 5]]) @ torus.basis
    np.testing.assert_allclose(torus.eigenspace_kernel(moved, y, cutoff), kernel, atol=1e-11)


def test_characters_of_the_torus_in_closed_form(rng):
    x, y = rng.random((3, 2)) * 6, rng.random((4, 2)) * 6
    first = ws.Torus(2).eigenspace_kernel(x, y, 1)[1]
    np.testing.assert_allclose(first, 2 * np.cos(x[:, None, :] - y[None, :, :]).sum(axis=-1), atol=1e-13)


def test_sampling_fills_the_cell_evenly(rng):
    torus, n = ws.FlatTorus(HEXAGONAL), 20_000
    x = torus.sample(n, rng)
    u = x @ np.linalg.inv(torus.basis)
    assert u.min() >= -1e-12
    assert u.max() <= 1 + 1e-12
    for k in ([1, 0], [0, 1], [1, 1], [2, -1]):  # E e(k·u) = 0, variance 1/n: five deviations
        assert abs(np.exp(2j * np.pi * u @ k).mean()) < 5 / math.sqrt(n)


@pytest.mark.parametrize("points", [[[1.0]], [[1.0, 2.0, 3.0]], [[np.inf, 0.0]]])
def test_bad_points_are_refused(points):
    with pytest.raises(WeylspecError, match=r"rows of length 2|finite"):
        ws.Torus(2).check_points(points)


# -- groups that do not act -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("space", "group", "message"), [
    (lambda: ws.Torus(2), lambda: ws.PointGroup("C3"), "moves 3 coordinates, the space has 2.*smaller group"),
    (lambda: ws.Torus(3), lambda: ws.PointGroup("C3"), r"does not preserve the lattice.*-0.5.*AffineGroup\(\[\(A, b\)"),
    (lambda: ws.Torus(3), lambda: ws.SO(3), "continuous group of rotations.*Translations"),
    (lambda: ws.Torus(2), lambda: ws.AffineGroup([([[0, -1], [1, 1]], [0, 0])]),
     r"does not act on Torus\(2\) by isometries.*choose a lattice"),
    (lambda: ws.FlatTorus([[1, 0], [0.5, 0.866]]), lambda: ws.AffineGroup([([[0, -1], [1, 1]], [0, 0])]),
     r"by isometries.*4\.4e-05"),
    (lambda: ws.FlatTorus([[1, 0], [0.5, 0.8660254038]]), lambda: ws.AffineGroup([([[0, -1], [1, 1]], [0, 0])]),
     "only within 3e-11.*full precision"),
    (lambda: ws.FlatTorus([[1, 0], [0, 2]]), lambda: ws.SymmetricGroup(2), "by isometries"),
    (lambda: ws.Torus(2), lambda: ws.SymmetricGroup(3), "moves 3 coordinates, the space has 2"),
    (lambda: ws.Torus(2), lambda: ws.Translations([[1, 1, 1]]), "moves 3 lattice coordinates, the torus has 2"),
    (lambda: ws.Torus(2), lambda: ws.AffineGroup([([[1, 0], [0, 1]], [2**0.5, 0])]), "infinite group"),
])
def test_groups_that_do_not_act_are_refused_with_the_remedy(space, group, message):
    with pytest.raises(GroupActionError, match=message):
        space() / group()


@pytest.mark.slow
def test_a_shear_is_an_infinite_group():
    with pytest.raises(ws.InfiniteGroupError, match="finite order"):
        ws.Torus(2) / ws.AffineGroup([([[1, 1], [0, 1]], [0, 0])])


@pytest.mark.slow
def test_twenty_identical_particles_on_a_circle():
    # [u²⁰] Π_j 1/(1 − u q^{j²}), j ∈ Z, by adding one mode after the other.
    top, particles = 50, 20
    table = [[0] * (top + 1) for _ in range(particles + 1)]
    table[0][0] = 1
    for j in range(-7, 8):
        for m in range(1, particles + 1):
            for lam in range(j * j, top + 1):
                table[m][lam] += table[m - 1][lam - j * j]
    assert (ws.Torus(20) / ws.SymmetricGroup(20)).count(top) == sum(table[particles])


def test_hundreds_of_dimensions():
    """Vectors of squared length at most 3 in Z³⁰⁰: C(300, j)·2^j for j = 0 … 3."""
    torus = ws.Torus(300)
    assert torus.count(3) == sum(math.comb(300, j) * 2**j for j in range(4)) == torus.spectrum(cutoff=3).total
    assert torus.count(300) > torus.count(299) > 10**100
