"""Local counts N_x(λ; G): their mean is N(λ; G), and they grow with the orbit's size and stabiliser (theory E4)."""

from __future__ import annotations

import math

import numpy as np
import pytest

import weylspec as ws


def two_sphere(degree):
    """Nodes and weights, of sum 1, that integrate polynomials of a degree on S²: Gauss times equal steps."""
    z, w = np.polynomial.legendre.leggauss(degree // 2 + 1)
    phi = 2 * math.pi * np.arange(degree + 1) / (degree + 1)
    z, phi, weights = (a.reshape(-1) for a in np.broadcast_arrays(z[:, None], phi[None], w[:, None] / 2 / len(phi)))
    r = np.sqrt(1 - z**2)
    return np.stack([r * np.cos(phi), r * np.sin(phi), z], axis=1), weights


@pytest.mark.parametrize("group", [ws.SO(2), ws.PointGroup("Oh"), ws.PointGroup("C3v"), ws.PointGroup("Ci"), ws.O(2)])
def test_means_on_the_sphere_are_counts(group):
    space = ws.Sphere(2) / group
    for top in (3, 14, 29):
        points, weights = two_sphere(2 * top)  # exact: φ² has degree 2·top
        lam = top * (top + 1)
        # zonal functions are at most 1, so that sums of N terms of size up to N are rounded
        assert weights @ space.local_count(points, lam) == pytest.approx(space.count(lam), rel=1e-11)


@pytest.mark.parametrize(("space", "lam"), [
    (ws.Torus(2) / ws.SymmetricGroup(2), 90), (ws.FlatOrbifold("p4g"), 3000), (ws.FlatManifold("Klein bottle"), 2000),
    (ws.Torus(2) / ws.Translations([[1, 2]]), 300), (ws.FlatOrbifold("p6"), 4000),
])
def test_means_on_tori_are_counts(space, lam):
    torus = space.manifold
    steps = np.arange(64) / 64  # products of two characters with |k| < 32 are integrated exactly
    grid = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2) @ torus.basis
    assert space.local_count(grid, lam).mean() == pytest.approx(space.count(lam), rel=1e-12)


@pytest.mark.parametrize("space", [
    ws.Sphere(2) / ws.PointGroup("Oh"), ws.Sphere(3, 2) / ws.SO(3), ws.Sphere(4) / ws.SymmetricGroup(5),
    ws.Torus(3) / ws.Translations([[1, 1, 1]]), ws.Torus(2) / ws.SymmetricGroup(2), ws.FlatOrbifold("p31m"),
    ws.Sphere(5) / ws.U(1).copies(3), ws.RealProjectiveSpace(2) / ws.CyclicGroup(3),
    (ws.Sphere(2) / ws.SO(2)) * ws.Torus(1),
], ids=repr)
def test_the_diagonal_by_kernels(space):
    points = space.sample(5, np.random.default_rng(19))
    lam = 1.01 * space.spectrum(num=12).complete_below
    kernels = np.array([space.eigenspace_kernel(x[None], x[None], lam).sum() for x in points])
    np.testing.assert_allclose(space.local_count(points, lam), kernels, rtol=1e-11)
    assert space.local_count(points[:0], lam).shape == (0,)


def test_many_points_in_parts():
    """More points than one block of waves holds."""
    space = ws.Torus(2) / ws.SymmetricGroup(2)
    points = space.sample(700, np.random.default_rng(5))
    lam = 1500.0  # 4700 characters
    whole = space.local_count(points, lam)
    np.testing.assert_allclose(whole[[0, 350, 699]], space.local_count(points[[0, 350, 699]], lam), rtol=1e-12)


def test_orbits_of_a_circle():
    """S²/SO(2): N_x ~ c_1 √λ·vol(M)/vol(Gx) = 2√λ/(π sin θ) on circles, and (L + 1)² at the poles, where codim is 2."""
    space = ws.Sphere(2) / ws.SO(2)
    theta = np.linspace(0.4, math.pi / 2, 9)
    points = np.stack([np.sin(theta), 0 * theta, np.cos(theta)], axis=1)
    for top in (100, 400):
        lam = top * (top + 1)
        expected = math.sqrt(lam) / math.pi * 4 * math.pi / (2 * math.pi * np.sin(theta))
        # Laplace's asymptotics of P_l²: the oscillating part, Σ cos((2l + 1)θ)-like, is bounded by 1/sin²θ < 7
        np.testing.assert_allclose(space.local_count(points, lam), expected, rtol=0, atol=7)
        assert space.local_count([[0, 0, 1], [0, 0, -1]], lam) == pytest.approx((top + 1) ** 2)


@pytest.mark.parametrize(("x", "stabiliser"), [
    ([0, 0, 1], 8), ([1, 1, 1], 6), ([0, 1, 1], 4), ([0.3, 0.5, 0.5], 2), ([0.0, 0.4, 0.7], 2), ([0.2, 0.45, 0.85], 1),
])
def test_fixed_points_of_the_octahedral_group(x, stabiliser):
    """S²/O_h: N_x = Σ_l (2l + 1)·mean_g P_l(x·gx), of which the |G_x| elements that fix x give |G_x|/48·(L + 1)².

    The others give a sum of (2l + 1)P_l(cos α) = P_L′ + P_{L+1}′ at cos α ≠ 1, which is O(√L) and falls behind.
    """
    space = ws.Sphere(2) / ws.PointGroup("Oh")
    point = np.array([x]) / np.linalg.norm(x)
    shares = [
        float(space.local_count(point, top * (top + 1))[0]) * 48 / (top + 1) ** 2 / stabiliser for top in (50, 400)
    ]
    assert abs(shares[1] - 1) < 0.1
    # from L = 50 to 400 an error of the order L^{1/2 − 2} falls by 22; phases may hide a part of that
    assert abs(shares[1] - 1) < max(abs(shares[0] - 1) / 2, 0.01)
