"""Averages over singular values: closed forms, Gaussian samples, errors that are true."""

from __future__ import annotations

import math

import numpy as np
import pytest

from weylspec.errors import CostError
from weylspec.groups.orthogonal import SO, O
from weylspec.invariants.continuous.singular_values import (
    mean_inverse_orbit,
    mean_wall_weight,
    orbit_dimension,
    special_orthogonal_volume,
)
from weylspec.invariants.orbit_spaces.geometry import sphere_volume
from weylspec.spaces.sphere import Sphere


def test_groups():
    # vol SO(3) = 8π² where a full turn has length 2π; SO(4) = SO(3) × S³ in volume
    assert math.isclose(special_orthogonal_volume(3), 8 * math.pi**2)
    assert math.isclose(special_orthogonal_volume(4), 16 * math.pi**4)
    assert special_orthogonal_volume(0) == special_orthogonal_volume(1) == 1


def test_orbit_dimensions(rng):
    for m, k in [(1, 2), (1, 5), (2, 3), (2, 5), (3, 3), (4, 3)]:
        x = rng.standard_normal(m * k)
        fields = np.array([a @ x for a in SO(k).copies(m).algebra])
        assert orbit_dimension(m, k) == np.linalg.matrix_rank(fields)


@pytest.mark.parametrize("k", [2, 3, 4, 6])
def test_one_vector(k):
    # E |x|^{1−k} over vol S^{k−1}: ∫ r^{1−k} r^{k−1} e^{−r²/2} dr / ∫ r^{k−1} e^{−r²/2} dr
    radial = math.sqrt(math.pi / 2) / (2 ** (k / 2 - 1) * math.gamma(k / 2))
    assert math.isclose(mean_inverse_orbit(1, k)[0], radial / sphere_volume(k - 1), rel_tol=1e-12)


@pytest.mark.parametrize(("m", "k"), [(2, 2), (2, 3), (3, 2), (2, 5), (3, 3), (4, 3), (3, 4), (2, 7), (4, 4), (5, 4)])
def test_against_gaussian_samples(m, k, rng):
    x = rng.standard_normal((200_000, m, k))
    r = min(m, k)
    sigma = np.zeros((len(x), k))
    sigma[:, :r] = np.linalg.svd(x, compute_uv=False)
    # vol(SO(k)·X) by the singular values of ξ ↦ Xξ on skew ξ, whose pairs i < j give (σ_i² + σ_j²)^{1/2}
    volume = special_orthogonal_volume(k) / special_orthogonal_volume(k - r) * np.ones(len(x))
    for i in range(r):
        for j in range(i + 1, k):
            volume *= np.hypot(sigma[:, i], sigma[:, j])
    inverse = 1 / volume
    spread = inverse.std() / math.sqrt(len(x)) / inverse.mean()
    found, error = mean_inverse_orbit(m, k)
    assert error < 1e-9
    assert abs(inverse.mean() / found - 1) < 6 * spread + 1e-9


# theory 3.2: m vectors of R^N modulo O(N), m ≤ N: vol = (2π)^d/(ω_d d! 2^d), d = m(m + 1)/2 − 1
@pytest.mark.parametrize(("m", "k"), [(2, 2), (2, 3), (3, 3), (2, 6), (3, 5), (4, 4), (4, 6), (5, 5), (6, 6), (7, 7)])
def test_closed_form_of_free_invariants(m, k):
    d = m * (m + 1) // 2 - 1
    ball = math.pi ** (d / 2) / math.gamma(d / 2 + 1)
    exact = (2 * math.pi) ** d / (ball * math.factorial(d) * 2**d)
    geometry = (Sphere(m * k - 1) / O(k).copies(m)).geometry
    assert geometry.dim == d
    assert abs(geometry.volume / exact - 1) <= geometry.volume_error
    assert geometry.volume_error < (1e-12 if m <= 4 else 2e-3)


@pytest.mark.parametrize("k", [2, 3, 5])
def test_the_wall_of_two_vectors(k):
    # two dependent vectors are v·s, v a unit vector of R² up to sign, s ∈ R^k: modulo SO(k) a half circle × rays, so
    # the weight of the wall is E |s|/(vol S^{k−1} |s|^{k−1}) over one Gaussian vector of R^k
    radial = 2 ** ((2 - k) / 2) * math.gamma(1) / math.gamma(k / 2)
    found, error = mean_wall_weight(2, k)
    assert math.isclose(found, radial / sphere_volume(k - 1), rel_tol=1e-12)
    assert error < 1e-12
    assert mean_wall_weight(1, k) == (1.0, 0.0)


def test_too_many_vectors():
    with pytest.raises(CostError, match=r"8 vectors of R\^8 is an integral over 7 ratios .* at most 6 are supported"):
        (Sphere(63) / O(8).copies(8)).volume  # noqa: B018
