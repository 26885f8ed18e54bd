"""Products and powers of spaces, quotients among them."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

import weylspec as ws
from weylspec.errors import CostError, GroupActionError, WeylspecError


def table(S):
    return list(zip(S.eigenvalues.tolist(), [int(m) for m in S.multiplicities], strict=True))


def convolved(a, b, cutoff):
    """Convolution of two level lists with Fractions or ints as levels."""
    total: dict[Fraction, int] = {}
    for x, m in a:
        for y, k in b:
            if x + y <= cutoff:
                total[x + y] = total.get(x + y, 0) + m * k
    return [(float(lam), m) for lam, m in sorted(total.items())]


SPHERE_2 = [(Fraction(k * (k + 1)), 2 * k + 1) for k in range(60)]


def test_levels_of_the_table():
    assert table((ws.Sphere(1) * ws.Sphere(2)).spectrum(cutoff=9)) == [
        (0, 1), (1, 2), (2, 3), (3, 6), (4, 2), (6, 11), (7, 10), (9, 2)]
    assert table((ws.Sphere(2) ** 2).spectrum(cutoff=12)) == [(0, 1), (2, 6), (4, 9), (6, 10), (8, 30), (12, 39)]


def test_powers_of_a_circle_are_tori():
    for n in (2, 3):
        assert table((ws.Sphere(1) ** n).spectrum(cutoff=30)) == table(ws.Torus(n).spectrum(cutoff=30))
        assert (ws.Torus(1) ** n).volume == pytest.approx(ws.Torus(n).volume, rel=1e-14)


def test_units_of_tori_and_spheres_combine():
    unit = ws.FlatTorus([[1]])
    S = (unit * ws.Sphere(2)).spectrum(cutoff=200)
    expected = sorted((4 * math.pi**2 * j * j + k * (k + 1), (1 + (j > 0)) * (2 * k + 1))
                      for j in range(3) for k in range(14) if 4 * math.pi**2 * j * j + k * (k + 1) <= 200)
    assert [m for _, m in expected] == S.multiplicities.tolist()
    np.testing.assert_allclose(S.eigenvalues, [lam for lam, _ in expected], rtol=1e-14)
    # A torus of side 2π typed as a float merges with the exact one.
    assert table((ws.FlatTorus([[2 * math.pi]]) * ws.Torus(1)).spectrum(cutoff=50)) == table(
        ws.Torus(2).spectrum(cutoff=50))


def test_products_of_quotients_convolve_their_levels():
    hemisphere = [(Fraction(k * (k + 1)), k + 1) for k in range(20)]
    interval = [(Fraction(j * j), 1) for j in range(8)]
    space = (ws.Sphere(2) / ws.PointGroup("Cs")) * (ws.Torus(1) / ws.SignFlips(1)) * ws.Sphere(2)
    expected = convolved([(Fraction(x), m) for x, m in convolved(hemisphere, interval, 40)], SPHERE_2, 40)
    assert table(space.spectrum(cutoff=40)) == expected
    assert (space.dim, space.ambient_dim) == (5, 3 + 1 + 3)
    assert space.volume == pytest.approx(2 * math.pi * math.pi * 4 * math.pi, rel=1e-13)
    walls = {wall.source: wall.volume for wall in space.walls}
    assert sorted(walls.values()) == pytest.approx(sorted([
        2 * math.pi * math.pi * 4 * math.pi,  # equator × interval × sphere
        2 * 2 * math.pi * 4 * math.pi,        # two ends × hemisphere × sphere
    ]), rel=1e-13)
    assert all(wall.weight == 0.25 for wall in space.walls)
    assert repr(space.total) == "Sphere(2) * Torus(1) * Sphere(2)"
    assert space.scalar_curvature == 4


def test_terms_are_those_of_the_product_of_heat_traces():
    quarter = (ws.Torus(1) / ws.SignFlips(1)) ** 2
    # (x + ½)² with x = √λ/1: a rectangle π × π has area π², boundary 4π, and constant ¼.
    joint = ws.Torus(2) / ws.SignFlips(2)
    for space in (quarter, joint):
        sums: dict[int, float] = {}
        for term in space.terms:
            sums[term.dim] = sums.get(term.dim, 0.0) + term.coefficient
        assert sums == pytest.approx({2: math.pi**2, 1: 4 * math.pi / 4, 0: 0.25}, rel=1e-13)
    assert table(quarter.spectrum(cutoff=50)) == table(joint.spectrum(cutoff=50))


@pytest.mark.parametrize("lam", [0, 2, 100, 10**4, 10**6, 10**11])
def test_the_count_reaches_far_with_few_levels(lam):
    # Σ_k (2k+1)·(largest l with l(l+1) ≤ λ − k(k+1), plus 1)².
    expected, k = 0, 0
    while k * (k + 1) <= lam:
        rest = lam - k * (k + 1)
        expected += (2 * k + 1) * ((math.isqrt(4 * rest + 1) - 1) // 2 + 1) ** 2
        k += 1
    assert (ws.Sphere(2) * ws.Sphere(2)).count(lam) == expected


def test_a_product_with_too_many_levels_is_refused():
    with pytest.raises(CostError):
        (ws.Sphere(2) * ws.Sphere(2)).spectrum(cutoff=10**12)
    with pytest.raises(CostError):
        (ws.Sphere(2) * ws.Sphere(2)).count(10**18)


def test_num_gives_the_shortest_list_of_whole_levels():
    space = ws.Sphere(2, "1.5") * ws.Sphere(1, "0.7")
    for num in (1, 2, 10, 333):
        S = space.spectrum(num=num)
        assert S.total >= num > S.total - S.multiplicities[-1]


def test_kernels_multiply_and_sum_to_the_multiplicity(rng):
    space = ws.Sphere(2, "1.5") * ws.Torus(1) * ws.Sphere(1)
    x, y = space.sample(4, rng), space.sample(3, rng)
    S = space.spectrum(cutoff=7)
    kernel = space.eigenspace_kernel(x, y, 7)
    assert kernel.shape == (len(S), 4, 3)
    diagonal = np.einsum("kii->ki", space.eigenspace_kernel(x, x, 7))
    np.testing.assert_allclose(diagonal, np.tile(S.multiplicities[:, None], 4), rtol=1e-12)
    # The sum over levels against a heat-like weight factors: Σ e^{−λ}K_λ = Π of the factors' sums, up to the cut.
    t = 6.0
    whole = np.tensordot(np.exp(-t * S.eigenvalues), kernel, axes=1)
    factors = []
    for part, (low, high) in zip(space.parts, [(0, 3), (3, 4), (4, 6)], strict=True):
        levels = part.spectrum(cutoff=7)
        factors.append(np.tensordot(np.exp(-t * levels.eigenvalues),
                                    part.eigenspace_kernel(x[:, low:high], y[:, low:high], 7), axes=1))
    np.testing.assert_allclose(whole, np.prod(factors, axis=0), atol=1e3 * math.exp(-7 * t) + 1e-14)


def test_points_are_checked_factor_by_factor(rng):
    space = ws.Sphere(2) * ws.Torus(2)
    assert space.check_points(space.sample(5, rng)).shape == (5, 5)
    with pytest.raises(WeylspecError, match="rows of length 5"):
        space.check_points(np.zeros((1, 4)))
    with pytest.raises(WeylspecError, match="not on Sphere"):
        space.check_points(np.zeros((1, 5)))


def test_groups_on_products_are_refused_with_the_remedy():
    with pytest.raises(GroupActionError, match=r"divide a factor, as in \(M1 / G\) \* M2"):
        (ws.Sphere(2) * ws.Sphere(2)) / ws.SymmetricGroup(2)
    with pytest.raises(GroupActionError, match=r"write M / \(G1 \* G2\)"):
        ws.Sphere(2) / ws.SO(2) * ws.SignFlips(1)
    with pytest.raises(WeylspecError, match="power must be at least 1"):
        ws.Sphere(2) ** 0
    with pytest.raises(WeylspecError, match="power must be an integer"):
        ws.Sphere(2) ** 1.5
    assert repr(ws.Sphere(2) ** 1) == "Sphere(2)"


@pytest.mark.parametrize("text", [
    "Sphere(2) * Sphere(3)", "Sphere(2) ** 3", "(Sphere(2) / SO(2)) * Torus(1)", "Torus(1) * (Sphere(2) / SO(2))",
    "(Torus(1) / SignFlips(1)) ** 2", "(Sphere(2) * Torus(1)) ** 2",
])
def test_a_product_prints_as_the_expression_that_makes_it(text):
    from weylspec.expressions import read_space

    space = read_space(text)
    assert repr(space) == text
    assert table(read_space(repr(space)).spectrum(cutoff=6)) == table(space.spectrum(cutoff=6))


def test_scaling_scales_every_factor():
    space = (ws.Sphere(2) * ws.Torus(1)).scaled(2)
    assert space.volume == pytest.approx(8 * 8 * math.pi**2, rel=1e-14)
    original = table((ws.Sphere(2) * ws.Torus(1)).spectrum(cutoff=12))
    assert table(space.spectrum(cutoff=3)) == [(x / 4, m) for x, m in original]
