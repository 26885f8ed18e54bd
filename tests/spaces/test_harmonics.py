"""Explicit eigenfunctions against other definitions, exact quadrature and the addition theorem."""

import itertools
import math

import numpy as np
import pytest
from scipy.special import eval_chebyu, eval_gegenbauer, eval_legendre, roots_jacobi, sph_harm_y

import weylspec as ws
from weylspec.errors import CostError, UnknownGeometryError
from weylspec.spaces.harmonics import spherical_harmonics, zonal_functions

EPS = float(np.finfo(float).eps)


def unit(rng, count, n):
    x = rng.standard_normal((count, n + 1))
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def test_on_the_two_sphere_they_span_what_scipy_calls_harmonics(rng):
    """Σ_m |Y_l^m|²-type sums fix the space; each function is a combination of the classical ones of its degree."""
    x = unit(rng, 60, 2)
    theta, phi = np.arccos(x[:, 2]), np.arctan2(x[:, 1], x[:, 0])
    for degree, mine in enumerate(spherical_harmonics(x, 9)):
        classical = np.stack([sph_harm_y(degree, m, theta, phi) for m in range(-degree, degree + 1)], axis=1)
        classical *= math.sqrt(4 * math.pi)
        change, *_ = np.linalg.lstsq(classical, mine.astype(complex), rcond=None)
        np.testing.assert_allclose(classical @ change, mine, rtol=0, atol=1e-12 * (2 * degree + 1))
        np.testing.assert_allclose(change.conj().T @ change, np.eye(2 * degree + 1), rtol=0, atol=1e-11)


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_orthonormal_by_exact_quadrature(n):
    """Gauss–Jacobi in each height (density (1 − t²)^{(m−2)/2} on S^m) and equal angles: exact to degree 2·top."""
    top = 4
    rules = [roots_jacobi(top + 1, (m - 2) / 2, (m - 2) / 2) for m in range(2, n + 1)]
    angles = 2 * math.pi * np.arange(2 * top + 1) / (2 * top + 1)
    points, weights = [], []
    for angle, *nodes in itertools.product(angles, *(zip(*rule, strict=True) for rule in rules)):
        x = np.array([math.cos(angle), math.sin(angle)])
        for height, _ in nodes:
            x = np.append(math.sqrt(1 - height**2) * x, height)
        points.append(x)
        weights.append(math.prod(share for _, share in nodes))
    w = np.array(weights) / math.fsum(weights)
    y = np.concatenate(spherical_harmonics(np.array(points), top), axis=1)
    np.testing.assert_allclose(y.T @ (w[:, None] * y), np.eye(y.shape[1]), rtol=0, atol=1e-11)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 7])
def test_zonal_functions_at_degree_ten_thousand(n):
    """Against Chebyshev, Legendre and Gegenbauer polynomials by other formulas."""
    top = 10_000
    theta = np.array([0.3, 1.0, math.pi / 2, 2.5])
    t = np.cos(theta)
    last = None
    for last in zonal_functions(n, t, top):
        assert np.abs(last).max() <= 1 + 1e-9
    if n == 1:
        expected = np.cos(top * theta)
    elif n == 2:
        expected = eval_legendre(top, t)
    elif n == 3:
        expected = eval_chebyu(top, t) / (top + 1)
    else:
        expected = eval_gegenbauer(top, (n - 1) / 2, t) / math.comb(top + n - 2, top)
    # |C_k^α(cos θ)/C_k^α(1)| is a wave of amplitude 2^{1−α}Γ(2α)/Γ(α)·(k sin θ)^{−α}; a rounding made on the way
    # travels as a wave too, its amplitude up to 1/sin θ larger (Wronskian), and there are a few of them per degree.
    alpha = (n - 1) / 2
    constant = 2 ** (1 - alpha) * math.gamma(2 * alpha) / math.gamma(alpha) if alpha else 1.0
    amplitude = np.minimum(1.0, constant * (top * np.sin(theta)) ** -alpha)
    np.testing.assert_array_less(np.abs(last - expected), 4 * top * EPS * amplitude / np.sin(theta))


@pytest.mark.parametrize(
    "space",
    [ws.Sphere(3, "1/2"), ws.Torus(2), ws.FlatTorus([[1, 0], [0.5, 3**0.5 / 2]]), ws.FlatTorus([[1, 0.3], [0, 2**0.5]]),
     ws.Sphere(1) * ws.Sphere(2), ws.Torus(1) * ws.Sphere(2) * ws.Torus(1)],
    ids=repr,
)
def test_addition_theorem_level_by_level(space, rng):
    listed = space.spectrum(num=60)
    cutoff = listed.complete_below
    x, y = space.sample(4, rng), space.sample(3, rng)
    left, right = space.eigenfunctions(x, cutoff), space.eigenfunctions(y, cutoff)
    assert left.shape == (4, listed.total)
    kernel = space.eigenspace_kernel(x, y, cutoff)
    ends = listed.cumulative
    for level, (end, m) in enumerate(zip(ends, listed.multiplicities, strict=True)):
        np.testing.assert_allclose(left[:, end - m: end] @ right[:, end - m: end].T, kernel[level],
                                   rtol=0, atol=100 * EPS * float(m) * (level + 1))


def test_fourier_modes_are_orthonormal_on_a_skew_torus():
    torus = ws.FlatTorus([[1, 0.3], [0, 2**0.5]])
    cutoff = torus.spectrum(num=30).complete_below
    steps = np.arange(32) / 32  # equal steps integrate characters of order below 32 exactly
    grid = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2) @ torus.basis
    functions = torus.eigenfunctions(grid, cutoff)
    np.testing.assert_allclose(functions.T @ functions / len(grid), np.eye(functions.shape[1]), rtol=0, atol=1e-12)


def test_local_count_is_the_count_on_homogeneous_spaces_and_not_elsewhere(rng):
    sphere, half = ws.Sphere(2), ws.Sphere(2) / ws.SO(2)
    assert sphere.local_count(sphere.sample(2, rng), 90).tolist() == [100.0, 100.0]
    assert half.local_count(half.sample(2, rng), -1).tolist() == [0.0, 0.0]
    # On S²/SO(2) it is Σ (2l + 1) P_l(cos θ)²; printed to one digit in theory 10.
    theta = np.array([0.3, 1.0, math.pi / 2])
    points = np.stack([np.sin(theta), 0 * theta, np.cos(theta)], axis=1)
    found = half.local_count(points, 2000 * 2001)
    np.testing.assert_allclose(found, [4307.4, 1513.5, 1274.2], rtol=0, atol=0.051)
    direct = sum((2 * degree + 1) * eval_legendre(degree, np.cos(theta)) ** 2 for degree in range(2001))
    np.testing.assert_allclose(found, direct, rtol=1e-9, atol=0)


def test_refusals_say_why():
    with pytest.raises(CostError, match="lower the cutoff or take fewer points"):
        ws.Sphere(2).eigenfunctions(np.array([[0.0, 0.0, 1.0]]), 10**10)
    with pytest.raises(UnknownGeometryError, match="explicit eigenfunctions"):
        (ws.Sphere(2) / ws.SO(2)).eigenfunctions(np.array([[0.0, 0.0, 1.0]]), 10)
    assert ws.Sphere(2).eigenfunctions(np.array([[0.0, 0.0, 1.0]]), -1).shape == (1, 0)
