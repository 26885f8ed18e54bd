"""Random tori by weights, by name and as skew matrices in random frames: three routes agree."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import weylspec as ws
from random_groups.brute import harmonics, torus_average
from random_groups.draws import Tally, orthogonal, skew_matrices, torus_weights
from weylspec.invariants.nullspace import invariant_dimensions_to


def library(group, n, top):
    """Multiplicities of degrees 0 … top as the spectrum of the quotient lists them."""
    spectrum = (ws.Sphere(n - 1) / group).spectrum(cutoff=top * (top + n - 2))
    listed = dict(zip(spectrum.eigenvalues.tolist(), spectrum.multiplicities.tolist(), strict=True))
    return [listed.get(k * (k + n - 2), 0) for k in range(top + 1)]


def compare(draws):
    tally = Tally([])

    @settings(max_examples=draws, derandomize=True, database=None, deadline=None,
              suppress_health_check=list(HealthCheck))
    @given(torus_weights(), st.integers(0, 2**32 - 1))
    def check(weights, seed):
        n = 2 * len(weights)
        top = 8 if n == 4 else 6
        found, bounds = library(ws.TorusGroup(weights), n, top), harmonics(n, top)
        assert found == torus_average(weights, top)
        assert found == invariant_dimensions_to(ws.TorusGroup(weights), top)
        # a conjugate torus, of which only matrices in floats are known
        dense = ws.LieGroup(skew_matrices(weights, orthogonal(n, seed)))
        assert found == library(dense, n, top)
        assert found[:5] == invariant_dimensions_to(dense, 4)
        assert all(0 <= m <= bound for m, bound in zip(found, bounds, strict=True))
        # the circle of the first angle alone has more invariants
        circle = [row[:1] for row in weights]
        if any(map(any, circle)):
            more = library(ws.TorusGroup(circle), n, top)
            assert all(m >= less for m, less in zip(more, found, strict=True))
        tally.add(found, bounds)

    check()
    tally.check(draws)


def test_a_few_tori():
    compare(12)


@pytest.mark.slow
def test_random_tori():
    compare(250)
