"""SO(k) and O(k): samples against Haar moments, membership, components."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from scipy.linalg import expm

from weylspec.errors import WeylspecError
from weylspec.groups.orthogonal import SO, O, haar_orthogonal


@pytest.mark.parametrize("k", [2, 3, 4, 5])
@pytest.mark.parametrize("family", [SO, O])
def test_samples(family, k, rng):
    group = family(k)
    g = group.sample(4000, rng)
    assert all(group.contains(x) for x in g[:20])
    # E g_ij = 0 and E g_ij² = 1/k for each entry; five standard errors
    assert np.abs(g.mean(axis=0)).max() < 5 / math.sqrt(4000 * k)
    assert np.abs((g**2).mean(axis=0) - 1 / k).max() < 5 * math.sqrt(2 / 4000) / k
    turned = (np.linalg.det(g) < 0).mean()
    assert turned == 0 if family is SO else abs(turned - 0.5) < 5 * 0.5 / math.sqrt(4000)


def test_samples_do_not_prefer_a_direction(rng):
    g = haar_orthogonal(3, 4000, rng)
    h = np.linalg.qr(rng.standard_normal((3, 3)))[0]
    # the law of tr(gh) is that of tr(g): E tr⁴ = 3 on O(3), variance of tr⁴ below E tr⁸ = 105
    for trace in (np.einsum("aii", g), np.einsum("aij,ji->a", g, h)):
        assert abs((trace**4).mean() - 3) < 5 * math.sqrt(105 / 4000)


@pytest.mark.parametrize("k", [2, 3, 4])
def test_membership(k, rng):
    skewed = rng.standard_normal((k, k))
    rotation = expm(skewed - skewed.T)
    reflection = rotation @ np.diag([-1.0] + [1.0] * (k - 1))
    assert SO(k).contains(rotation)
    assert O(k).contains(rotation)
    assert not SO(k).contains(reflection)
    assert O(k).contains(reflection)
    assert not O(k).contains(1.001 * rotation)
    assert not O(k).contains(np.full((k, k), np.nan))
    assert not O(k).contains(np.eye(k + 1))


@pytest.mark.parametrize("k", [2, 3, 4, 5, 6])
def test_components(k):
    (torus,) = SO(k).natural().cosets()
    assert torus.rank == k // 2
    plus, minus = O(k).natural().cosets()
    assert plus.share == minus.share == Fraction(1, 2)
    assert np.linalg.det(plus.element()) > 0 > np.linalg.det(minus.element())
    # the centraliser of a reflection in a generic torus element is smaller by one for even k (Sp(k/2 − 1)'s rank)
    assert minus.rank == (k - 1) // 2
    assert len(torus.roots) == k * (k - 1) // 2 - k // 2  # dim SO(k) less its rank
    assert (O(k).order, O(k).dim) == (math.inf, k * (k - 1) // 2)


def test_refusals():
    with pytest.raises(WeylspecError, match="k must be at least 2, got 1"):
        O(1)
    with pytest.raises(WeylspecError, match="k must be an integer"):
        SO("3")
