"""Random affine groups on T² and T³: theta series, orbits of characters and averages over all elements agree."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import weylspec as ws
from random_groups.brute import affine_average
from random_groups.draws import Tally, affine_groups
from weylspec.invariants.character_orbits import orbit_representatives

TOP = 20


def characters(norm, top):
    """All k with kᵀ·norm·k ≤ top, and their norms."""
    n = len(norm)
    reach = int(np.sqrt(top / np.linalg.eigvalsh(norm.astype(float)).min()) + 1e-9)
    k = np.array(list(itertools.product(range(-reach, reach + 1), repeat=n)))
    norms = ((k @ norm) * k).sum(axis=1)
    return k[norms <= top], norms[norms <= top]


def library(crystal, maps, directions, top):
    """Level ↦ multiplicity, as the spectrum of the quotient lists them."""
    quotient = ws.FlatTorus(crystal.basis) / ws.AffineGroup(maps, translations=directions)
    spectrum = quotient.spectrum(cutoff=crystal.scale * (top + 0.5))
    level = spectrum.eigenvalues / crystal.scale
    assert np.abs(level - np.round(level)).max() < 1e-9
    return dict(zip(np.round(level).astype(int).tolist(), spectrum.multiplicities.tolist(), strict=True)), quotient


def compare(n, draws):
    tally = Tally([])

    @settings(max_examples=draws, derandomize=True, database=None, deadline=None,
              suppress_health_check=list(HealthCheck))
    @given(affine_groups(n), st.lists(st.integers(0, 4), min_size=n, max_size=n))
    def check(group, fifths):
        crystal, maps, elements, directions = group
        found, quotient = library(crystal, maps, directions, TOP)
        k, norms = characters(crystal.norm, TOP)
        assert found == affine_average(elements, k, norms, directions)
        orbits = orbit_representatives(quotient.action_on_manifold, k)
        levels, counts = np.unique(((orbits @ crystal.norm) * orbits).sum(axis=1), return_counts=True)
        assert found == dict(zip(levels.tolist(), counts.tolist(), strict=True))
        levels, counts = np.unique(norms, return_counts=True)
        bounds = dict(zip(levels.tolist(), counts.tolist(), strict=True))
        assert all(m <= bounds[level] for level, m in found.items())
        if len(maps) > 1:  # a subgroup has more invariants
            more, _ = library(crystal, maps[:-1], directions, TOP)
            assert all(more.get(level, 0) >= m for level, m in found.items())
        # conjugate by a translation c: x ↦ A(x − c) + b + c
        moved = [(a, [x + Fraction(c - int(a[i] @ fifths), 5) for i, (x, c) in enumerate(zip(b, fifths, strict=True))])
                 for a, b in maps]
        assert library(crystal, moved, directions, TOP)[0] == found
        tally.add([found.get(level, 0) for level in bounds], bounds.values())

    check()
    tally.check(draws)


@pytest.mark.parametrize("n", [2, 3])
def test_a_few_affine_groups(n):
    compare(n, 15)


@pytest.mark.slow
@pytest.mark.parametrize("n", [2, 3])
def test_random_affine_groups(n):
    compare(n, 350)
