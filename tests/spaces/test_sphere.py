"""Spheres: levels, counts, harmonics, points."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import eval_legendre

import weylspec as ws
from weylspec.errors import CostError, GroupActionError, WeylspecError
from weylspec.spaces.harmonics import zonal_functions
from weylspec.spaces.sphere import harmonic_dimension

TABLE = {  # theory 2.1
    1: "0(1) 1(2) 4(2) 9(2) 16(2) 25(2) 36(2) 49(2)",
    2: "0(1) 2(3) 6(5) 12(7) 20(9) 30(11) 42(13) 56(15)",
    3: "0(1) 3(4) 8(9) 15(16) 24(25) 35(36) 48(49) 63(64)",
    4: "0(1) 4(5) 10(14) 18(30) 28(55) 40(91) 54(140) 70(204)",
}


def read(text):
    return [tuple(map(int, word.rstrip(")").split("("))) for word in text.split()]


@pytest.mark.parametrize("n", TABLE)
def test_levels_of_the_table(n):
    rows = read(TABLE[n])
    S = ws.Sphere(n).spectrum(cutoff=rows[-1][0])
    assert list(zip(S.eigenvalues.tolist(), S.multiplicities.tolist(), strict=True)) == rows
    assert not S.errors.any()
    assert S.units == (Fraction(1),)


@pytest.mark.parametrize(("n", "volume"), [
    (1, 2 * math.pi), (2, 4 * math.pi), (3, 2 * math.pi**2), (4, 8 * math.pi**2 / 3), (5, math.pi**3),
    (6, 16 * math.pi**3 / 15), (7, math.pi**4 / 3), (8, 32 * math.pi**4 / 105),
])
def test_volumes_and_curvature(n, volume):
    assert ws.Sphere(n).volume == pytest.approx(volume, rel=1e-14)
    assert ws.Sphere(n, 3).volume == pytest.approx(volume * 3**n, rel=1e-14)
    assert ws.Sphere(n, 2).scalar_curvature == n * (n - 1) / 4
    assert (ws.Sphere(n).dim, ws.Sphere(n).ambient_dim, ws.Sphere(n).walls) == (n, n + 1, ())


def polynomial_dimension(n, k):
    """Harmonics of degree k = all homogeneous polynomials less those divisible by |x|² (by counting monomials)."""
    def monomials(d):
        count = [1] + [0] * max(d, 0)
        for _ in range(n + 1):
            for i in range(1, len(count)):
                count[i] += count[i - 1]
        return count[d] if d >= 0 else 0

    return monomials(k) - monomials(k - 2)


@given(st.integers(1, 8), st.integers(0, 12))
def test_dimensions_of_harmonics_by_counting_monomials(n, k):
    assert harmonic_dimension(n, k) == polynomial_dimension(n, k)


@given(st.integers(1, 12), st.integers(0, 10**40))
def test_the_direct_count_jumps_by_the_multiplicity_at_each_level(n, k):
    lam = k * (k + n - 1)
    space = ws.Sphere(n)
    below = space.count(lam - Fraction(1, 2))
    assert space.count(lam) - below == math.comb(n + k, n) - (math.comb(n + k - 2, n) if k > 1 else 0)


def test_counts_past_any_list():
    assert ws.Sphere(2).count(10**30) == 10**30  # degrees up to 10¹⁵ − 1: Σ (2k+1) = 10³⁰
    assert ws.Sphere(1).count(10**30) == 2 * 10**15 + 1
    assert ws.Sphere(2, 3).count(Fraction(10**30, 9)) == 10**30
    assert ws.Sphere(2).count(10**400) == 10**400
    assert ws.Sphere(2, 0.5).count(4 * 10**400) == 10**400


@given(st.integers(1, 6), st.fractions(Fraction(1, 20), 20, max_denominator=20), st.fractions(0, 30, max_denominator=9))
def test_the_direct_count_and_the_list_agree(n, radius, scaled):
    space, lam = ws.Sphere(n, radius), scaled / radius**2
    assert space.count(lam) == space.spectrum(cutoff=lam).count(lam)
    assert space.count(float(lam)) == space.spectrum(cutoff=float(lam)).count(float(lam))


@given(st.integers(1, 9), st.integers(1, 4000), st.sampled_from([1, "0.3", 2**0.5, 1e-5, 1e5]))
@settings(max_examples=40)
def test_num_gives_the_shortest_list_of_whole_levels(n, num, radius):
    S = ws.Sphere(n, radius).spectrum(num=num)
    assert S.total >= num
    assert S.total - S.multiplicities[-1] < num
    assert S.multiplicities.tolist() == [harmonic_dimension(n, k) for k in range(len(S))]
    assert S.complete_below == S.eigenvalues[-1]


@pytest.mark.parametrize(("arguments", "message"), [
    ({}, "either cutoff=… or num=…"), ({"cutoff": 1, "num": 1}, "either cutoff=… or num=…"),
    ({"cutoff": -1}, "cutoff must be >= 0, got -1"), ({"num": 0}, "num must be at least 1, got 0"),
    ({"cutoff": "x"}, "cutoff = 'x'"),
])
def test_bad_questions_are_refused(arguments, message):
    with pytest.raises(WeylspecError, match=message):
        ws.Sphere(2).spectrum(**arguments)


@pytest.mark.parametrize(("arguments", "message"), [
    ((0,), "n must be at least 1, got 0"), ((2.0,), "integer"), ((2, 0), "radius must be positive"),
    ((2, "a"), "radius = 'a'"), ((2, 1e-200), "between 1e-100"),
])
def test_bad_spheres_are_refused(arguments, message):
    with pytest.raises(WeylspecError, match=message):
        ws.Sphere(*arguments)


@pytest.mark.parametrize("cutoff", [10**16, 10**30, 10**400])
def test_lists_that_fit_nowhere_are_refused_and_point_to_count(cutoff):
    with pytest.raises(CostError, match=r"count\(lam\)"):
        ws.Sphere(2).spectrum(cutoff=cutoff)


def test_negative_lambda_counts_nothing():
    assert ws.Sphere(2).count(-1) == 0


@pytest.mark.parametrize("radius", ["3/2", 0.3])
def test_scaling(radius):
    space = ws.Sphere(3, radius).scaled("1/3")
    assert space.volume == pytest.approx(ws.Sphere(3, radius).volume / 27, rel=1e-14)
    lam = ws.Sphere(3, radius).spectrum(num=50).eigenvalues
    np.testing.assert_allclose(space.spectrum(num=50).eigenvalues, 9 * lam, rtol=1e-15)
    assert repr(ws.Sphere(2, "3/2").scaled(2)) == "Sphere(2, '3')"


# -- points and kernels -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("points", "message"), [
    ([[1.0, 0.0]], "rows of length 3"), ([1.0, 0.0, 0.0], "rows of length 3"),
    ([[1.0, 0.0, np.nan]], "finite"), ([[1.0, 0, 0], [0, 1.1, 0]], "row 1 has length 1.1, not 1"),
])
def test_points_off_the_sphere_are_refused(points, message):
    with pytest.raises(WeylspecError, match=message):
        ws.Sphere(2).check_points(points)


def test_sampling_moments(rng):
    n, radius = 40_000, 2.0
    x = ws.Sphere(2, 2).sample(n, rng)
    assert x.shape == (n, 3)
    np.testing.assert_allclose(np.linalg.norm(x, axis=1), radius, rtol=1e-14)
    # On S²: E x = 0 with variance 1/3; E x_i x_j = δ/3 with variances 1/5 − 1/9 and 1/15. Five deviations.
    assert np.abs(x.mean(axis=0)).max() < 5 * radius * math.sqrt(1 / 3 / n)
    second = x.T @ x / n / radius**2
    assert np.abs(np.diag(second) - 1 / 3).max() < 5 * math.sqrt((1 / 5 - 1 / 9) / n)
    assert np.abs(second - np.diag(np.diag(second))).max() < 5 * math.sqrt(1 / 15 / n)


def quadrature(degree):
    """Nodes and weights on S², exact for polynomials of the degree (Gauss–Legendre × equidistant)."""
    z, w = np.polynomial.legendre.leggauss(degree // 2 + 1)
    phi = 2 * np.pi * np.arange(degree + 1) / (degree + 1)
    s = np.sqrt(1 - z**2)
    x = np.stack([np.outer(s, np.cos(phi)), np.outer(s, np.sin(phi)), np.outer(z, np.ones_like(phi))], axis=-1)
    return x.reshape(-1, 3), np.outer(w / 2, np.full(len(phi), 1 / len(phi))).ravel()


@pytest.mark.parametrize("radius", [1, "1/2", 3.7])
def test_kernels_reproduce_their_eigenspaces_on_the_2_sphere(radius, rng):
    space = ws.Sphere(2, radius)
    r = float(space.radius)
    cutoff = 5 * 6 / r**2
    x, y = space.sample(4, rng), space.sample(3, rng)
    nodes, w = quadrature(12)
    left = space.eigenspace_kernel(x, r * nodes, cutoff)
    right = space.eigenspace_kernel(r * nodes, y, cutoff)
    products = np.einsum("kiq,q,lqj->klij", left, w, right)
    kernel = space.eigenspace_kernel(x, y, cutoff)
    assert kernel.shape == (6, 4, 3)
    for k in range(6):
        for m in range(6):
            np.testing.assert_allclose(products[k, m], kernel[k] * (k == m), atol=1e-12)


@pytest.mark.parametrize("n", [1, 2, 3, 6])
def test_the_diagonal_of_a_kernel_is_the_multiplicity(n, rng):
    space = ws.Sphere(n)
    x = space.sample(5, rng)
    S = space.spectrum(num=200)
    kernel = space.eigenspace_kernel(x, x, S.complete_below)
    assert len(kernel) == len(S)
    # A cosine that rounds to 1 − ε moves a zonal function of degree k by k(k + n − 1)ε/n.
    rounding = 8 * np.finfo(float).eps * len(S) ** 2
    np.testing.assert_allclose(np.einsum("kii->ki", kernel), np.tile(S.multiplicities[:, None], 5), rtol=rounding)
    assert min(np.linalg.eigvalsh(K).min() for K in kernel) > -1e-10


def test_zonal_functions_in_closed_form():
    theta = np.linspace(0.1, 3, 7)
    for k, (circle, legendre, chebyshev) in enumerate(
        zip(*(zonal_functions(n, np.cos(theta), 30) for n in (1, 2, 3)), strict=True)
    ):
        np.testing.assert_allclose(circle, np.cos(k * theta), atol=1e-13)
        np.testing.assert_allclose(legendre, eval_legendre(k, np.cos(theta)), atol=1e-13)
        np.testing.assert_allclose(chebyshev, np.sin((k + 1) * theta) / ((k + 1) * np.sin(theta)), atol=1e-12)


# -- groups that do not act -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("group", "message"), [
    (lambda: ws.SymmetricGroup(4), "moves 4 coordinates, the space has 3"),
    (lambda: ws.SO(3).copies(2), "moves 6 coordinates, the space has 3"),
    (lambda: ws.Translations([[1, 0, 0]]), "no linear action"),
    (lambda: ws.AffineGroup([([[0, -1], [1, 0]], [0, 0])]), "no linear action"),
    (lambda: 5, "not a group"),
])
def test_groups_that_do_not_act_are_refused(group, message):
    with pytest.raises(GroupActionError, match=message):
        ws.Sphere(2) / group()
