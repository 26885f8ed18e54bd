"""Random finite subgroups of O(n): class averages, null spaces and averages over all elements agree."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import weylspec as ws
from random_groups.brute import harmonic_average, harmonics
from random_groups.draws import Tally, finite_groups, orthogonal
from weylspec.invariants.nullspace import invariant_dimensions_to

WHOLE = {2: 8, 3: 8, 4: 8, 5: 6, 6: 5}  # degrees up to these are cheap for generators in floats


def library(generators, top):
    """Multiplicities of degrees 0 … top as the spectrum of the quotient lists them."""
    n = len(generators[0])
    spectrum = (ws.Sphere(n - 1) / ws.MatrixGroup(generators)).spectrum(cutoff=top * (top + n - 2))
    listed = dict(zip(spectrum.eigenvalues.tolist(), spectrum.multiplicities.tolist(), strict=True))
    return [listed.get(k * (k + n - 2), 0) for k in range(top + 1)]


def compare(sizes, draws):
    tally = Tally([])

    @settings(max_examples=draws, derandomize=True, database=None, deadline=None,
              suppress_health_check=list(HealthCheck))
    @given(finite_groups(sizes), st.integers(0, 29), st.integers(0, 2**32 - 1))
    def check(group, rare, seed):
        generators, elements = group
        n = len(generators[0])
        top = 8 if rare == 0 else WHOLE[n]
        found, bounds = library(generators, top), harmonics(n, top)
        assert found == harmonic_average(elements, top)
        assert found == invariant_dimensions_to(ws.MatrixGroup(generators), top)
        assert all(0 <= m <= bound for m, bound in zip(found, bounds, strict=True))
        if rare % 2:  # the subgroup without the last generator, or a cyclic one: more invariants
            subgroup = generators[:-1] or [generators[0] @ generators[0]]
            assert all(m >= less for m, less in zip(library(subgroup, top), found, strict=True))
        else:
            frame = orthogonal(n, seed)
            assert library([frame @ g @ frame.T for g in generators], top) == found
        tally.add(found, bounds)

    check()
    tally.check(draws)


def test_a_few_finite_groups():
    compare([3, 4, 5], 15)


@pytest.mark.slow
@pytest.mark.parametrize(("sizes", "draws"), [([2, 3, 3, 4], 600), ([5, 5, 6], 450)])
def test_random_finite_groups(sizes, draws):
    compare(sizes, draws)


def test_a_conjugate_of_the_symmetric_group():
    """S₆ in dense floats: 1/((1 − t)(1 − t³)(1 − t⁴)(1 − t⁵)(1 − t⁶))."""
    frame = orthogonal(6, 20231201)
    dense = [frame @ g @ frame.T for g in ws.SymmetricGroup(6).generators]
    assert all(np.abs(g[g != 0]).min() > 1e-4 for g in dense)
    series = [1] + [0] * 8
    for d in (1, 3, 4, 5, 6):
        for k in range(d, 9):
            series[k] += series[k - d]
    assert library(dense, 8) == library(list(ws.SymmetricGroup(6).generators), 8) == series
    assert invariant_dimensions_to(ws.MatrixGroup(dense), 6) == series[:7]
