"""The Cayley plane: Weyl's dimension formula for F₄, octonions, projectors, uniform points."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weylspec.errors import WeylspecError
from weylspec.spaces.cayley import CayleyPlane, octonion_product


def f4_dimension(k):
    """Π ⟨kω₄ + ρ, α⟩/⟨ρ, α⟩ over the 24 positive roots e_i, e_i ± e_j, ½(1, ±1, ±1, ±1); ω₄ = e_1 (Bourbaki)."""
    unit = np.eye(4, dtype=int)
    roots = [2 * unit[i] for i in range(4)]
    roots += [2 * (unit[i] + s * unit[j]) for i in range(4) for j in range(i + 1, 4) for s in (1, -1)]
    roots += [np.array([1, *signs]) for signs in product((1, -1), repeat=3)]
    rho = sum(roots)  # twice the roots, once each: four times ρ
    weight = rho + 4 * k * unit[0]
    return math.prod(Fraction(int(weight @ a), int(rho @ a)) for a in roots)


def test_multiplicities_are_dimensions_of_representations_of_f4():
    listed = CayleyPlane().spectrum(cutoff=4 * 30 * 41)
    assert listed.multiplicities.tolist() == [f4_dimension(k) for k in range(31)]
    assert f4_dimension(1) == 26


octonions = st.lists(st.integers(-5, 5), min_size=8, max_size=8).map(np.array)


@given(octonions, octonions)
def test_octonions_are_a_composition_algebra_where_two_elements_associate(x, y):
    xy = octonion_product(x, y)
    assert (xy**2).sum() == (x**2).sum() * (y**2).sum()
    assert octonion_product(x, xy).tolist() == octonion_product(octonion_product(x, x), y).tolist()
    assert octonion_product(xy, y).tolist() == octonion_product(x, octonion_product(y, y)).tolist()


def test_octonions_do_not_associate():
    i, j, l = np.eye(8)[[1, 2, 4]]  # noqa: E741
    left = octonion_product(octonion_product(i, j), l)
    assert left.tolist() == (-octonion_product(i, octonion_product(j, l))).tolist()
    assert octonion_product(i, j).tolist() == np.eye(8)[3].tolist()


def test_points_are_projectors(rng):
    plane = CayleyPlane()
    points = plane.check_points(plane.sample(50, rng))
    np.testing.assert_allclose(np.linalg.norm(points, axis=1), 1, rtol=1e-14)
    # Jordan square, entry by entry: (A∘A)_12 = ξ₁x₃ + ξ₂x₃ + conj(x₁x₂) and cyclically
    xi, x = points[:, :3], points[:, 3:].reshape(-1, 3, 8) / math.sqrt(2)
    conjugate = np.array([1.0] + [-1.0] * 7)
    for i, j, k in ((0, 1, 2), (1, 2, 0), (2, 0, 1)):
        side = (xi[:, i] + xi[:, j])[:, None] * x[:, k] + octonion_product(x[:, i], x[:, j]) * conjugate
        np.testing.assert_allclose(side, x[:, k], atol=1e-14)
        square = xi[:, i] ** 2 + (x[:, j] ** 2).sum(axis=1) + (x[:, k] ** 2).sum(axis=1)
        np.testing.assert_allclose(square, xi[:, i], atol=1e-14)


def test_points_off_the_plane_are_refused(rng):
    plane = CayleyPlane()
    points = plane.sample(3, rng)
    points[1, 5] += 0.1
    with pytest.raises(WeylspecError, match="row 1 misses the equations of a projector of rank 1 by"):
        plane.check_points(points)
    with pytest.raises(WeylspecError, match="rows of length 27"):
        plane.check_points(np.eye(3))
    wrong = np.zeros((1, 27))
    wrong[0, :2] = 0.5  # trace 1, rank 2
    with pytest.raises(WeylspecError, match="row 0 misses"):
        plane.check_points(wrong)


def test_points_are_uniform(rng):
    """E A = 1/3, and the other 26 coordinates are an irreducible representation of F₄: covariance 1/39 of each."""
    n = 40_000
    points = CayleyPlane().sample(n, rng)
    mean = np.concatenate([np.full(3, 1 / 3), np.zeros(24)])
    assert np.abs(points.mean(axis=0) - mean).max() < 5 * math.sqrt(2 / 3 / 26 / n) * 2
    trace = np.concatenate([np.ones(3), np.zeros(24)]) / math.sqrt(3)
    expected = 2 / 3 / 26 * (np.eye(27) - np.outer(trace, trace))
    assert np.abs(np.cov(points.T) - expected).max() < 5 * 0.06 / math.sqrt(n)  # products of coordinates: sd < 0.06


def test_distances_have_their_density(rng):
    """sin² of the distance from any point is Beta(8, 4), with mean 2/3 and variance 8·4/(144·13)."""
    plane = CayleyPlane()
    n = 4000
    y = plane.separations(plane.sample(5, rng), plane.sample(n, rng))
    variance = 32 / (144 * 13)
    assert np.abs(y.mean(axis=1) - 2 / 3).max() < 5 * math.sqrt(variance / n)
    assert np.abs(y.var(axis=1) - variance).max() < 5 * 2 * variance / math.sqrt(n)


def test_kernels_reproduce(rng):
    """∫ K_k(x, z)K_l(z, y) dz = δ_kl K_k(x, y), by random z: within five standard errors."""
    plane = CayleyPlane()
    x, y, z = plane.sample(1, rng), plane.sample(1, rng), plane.sample(20_000, rng)
    first, second = plane.eigenspace_kernel(x, z, 104)[:, 0], plane.eigenspace_kernel(y, z, 104)[:, 0]
    exact = plane.eigenspace_kernel(x, y, 104)[:, 0, 0]
    for k in range(3):
        for m in range(3):
            values = first[k] * second[m]
            assert abs(values.mean() - (exact[k] if k == m else 0)) < 5 * values.std() / math.sqrt(len(values)) + 1e-12


def test_multiplicities_beyond_64_bits_enter_kernels_as_floats(rng):
    plane = CayleyPlane()
    x, k = plane.sample(1, rng), 1000
    kernel = plane.eigenspace_kernel(x, x, 4 * k * (k + 11))[k]
    assert kernel[0, 0] == pytest.approx(float(f4_dimension(k)), rel=1e-6)  # 1 − trace form is a rounding, times k²
