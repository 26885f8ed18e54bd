"""Powers of cosets, and their traces on harmonics."""

from __future__ import annotations

import numpy as np
import pytest

import weylspec as ws
from weylspec.errors import CostError
from weylspec.exact.modular import primes_one_modulo
from weylspec.invariants.averages.power_cosets import coset_power, harmonic_points


def eigenvalues(coset):
    """All eigenvalues of a coset of rank 0, as sorted phases."""
    return sorted((phase + k) / length % 1
                  for length, phase in zip(coset.lengths, coset.phases, strict=True) for k in range(length))


@pytest.mark.parametrize("group", [ws.SymmetricGroup(6), ws.Hyperoctahedral(4), ws.PointGroup("Ih")], ids=repr)
@pytest.mark.parametrize("c", [2, 3, 4])
def test_eigenvalues_of_powers(group, c):
    for coset in group.natural().cosets():
        assert eigenvalues(coset_power(coset, c)) == sorted(c * x % 1 for x in eigenvalues(coset))


def test_averages_of_products_of_characters():
    """∫ χ_a(g)χ_b(g²) dg over SO(3): the symmetric less the alternating square of b contains a, or not."""
    (coset,) = ws.SO(3).natural().cosets()
    grid = 64
    p = next(primes_one_modulo(grid))
    points = harmonic_points(coset, 2, 4, grid, p)
    for a in range(5):
        for b in range(3):
            value = int((points.weights * points.traces[0][:, a] % p * points.traces[1][:, b] % p).sum() % p)
            sign = (0 if a > 2 * b else (-1) ** a) % p  # 2b, 2b − 2, … are symmetric, 2b − 1, … alternating
            assert value == sign


def test_a_rank_that_is_too_large_is_refused():
    coset = next(iter(ws.SO(8).natural().cosets()))
    with pytest.raises(CostError, match="smaller cutoff"):
        harmonic_points(coset, 2, 40, 128, next(primes_one_modulo(128)))


def test_densities_leave_points_out():
    (coset,) = ws.SO(3).natural().cosets()
    points = harmonic_points(coset, 1, 3, 8, next(primes_one_modulo(8)))
    assert len(points.weights) == 4  # the angle 0 has density 0, and θ and −θ agree
    assert np.unique(points.traces[0], axis=0).shape == points.traces[0].shape
