"""Lattice points of lens spaces: brute force, class averages, rational series, and far counts."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from routes import dimensions

from weylspec.groups.lens import LensGroup
from weylspec.groups.linear_action import DiagonalCycle
from weylspec.invariants.averages.congruence import (
    determining_degree,
    is_cheaper,
    lattice_count,
    lattice_dimensions,
    shell_sizes,
)
from weylspec.invariants.averages.hilbert import HilbertSeries
from weylspec.spaces.sphere import Sphere

cycles = st.integers(1, 24).flatmap(
    lambda p: st.lists(st.integers(0, p - 1), min_size=1, max_size=3).map(lambda q: DiagonalCycle(p, tuple(q))))


@given(cycles)
def test_shells_by_listing_every_point(cycle):
    top, k = 7, len(cycle.rotations)
    expected = [0] * (top + 1)
    for n in itertools.product(range(-top, top + 1), repeat=k):
        size = sum(map(abs, n))
        if size <= top and sum(x * q for x, q in zip(n, cycle.rotations, strict=True)) % cycle.p == 0:
            expected[size] += 1
    assert shell_sizes(cycle, top).tolist() == expected


@settings(deadline=None)
@given(cycles)
def test_dimensions_are_class_averages(cycle):
    action = LensGroup(cycle.p, *cycle.rotations).natural()
    assert lattice_dimensions(cycle, 25).tolist() == dimensions(action, 25)


@settings(max_examples=30, deadline=None)
@given(cycles, st.integers(0, 10**20))
def test_counts_are_those_of_the_rational_series(cycle, degree):
    action = LensGroup(cycle.p, *cycle.rotations).natural()
    series = HilbertSeries(action, lambda top: np.array(dimensions(action, top), dtype=object))
    assert lattice_count(cycle, degree) == series.cumulated(degree)
    near = determining_degree(cycle) + 3
    assert lattice_count(cycle, near) == sum(lattice_dimensions(cycle, near).tolist())


def test_the_whole_sphere():
    """The whole sphere S^{2k−1}: C(2k−1+d, d) + C(2k−2+d, d−1) harmonics of degree ≤ d."""
    for k, degree in ((1, 50), (2, 10**6), (3, 800), (4, 100), (9, 1)):
        trivial = DiagonalCycle(1, (0,) * k)
        n = 2 * k - 1  # the circle, S³, S⁵, …
        total = sum(lattice_dimensions(trivial, degree).tolist())
        assert total == math.comb(n + degree, n) + math.comb(n + degree - 1, n)
    assert lattice_dimensions(DiagonalCycle(1, (0, 0)), 10**6)[-1] == (10**6 + 1) ** 2


@pytest.mark.parametrize("group", [LensGroup(1009, 1, 5), LensGroup(100_003, 1, 77), LensGroup(1000, 250, 8)])
def test_a_million_levels_of_a_lens_space(group):
    """Weyl's law through degree 10⁵, and the count far out: the lattice route needs no sum over classes."""
    space = Sphere(3) / group
    cutoff = 10**10
    total = space.spectrum(cutoff=cutoff).total
    assert total == space.count(cutoff)
    assert space.count(10**30) == pytest.approx(10**45 / 3 / space.effective_order, rel=1e-6)
    assert "lattice points that LensGroup" in space.spectrum(cutoff=100).provenance


def test_the_cheaper_route_is_taken():
    assert is_cheaper(DiagonalCycle(3, (1, 1)), 10**6)
    assert not is_cheaper(DiagonalCycle(3, (1, 1)), 10**8)
    assert not is_cheaper(DiagonalCycle(3, (1, 1, 1)), 1000)
    assert is_cheaper(DiagonalCycle(10**6, (1, 1, 1)), 1000)
    assert not is_cheaper(DiagonalCycle(2**60, (1, 1)), 1000)
    small = Sphere(5) / LensGroup(3, 1, 1, 1)  # by classes
    assert "Molien–Weyl" in small.spectrum(cutoff=10**6).provenance
    assert small.count(10**6) == small.spectrum(cutoff=10**6).total == sum(
        lattice_dimensions(DiagonalCycle(3, (1, 1, 1)), 998).tolist())
    larger = Sphere(5) / LensGroup(5, 1, 2)  # two further coordinates stay: not a diagonal group of C³ by name
    n = larger.spectrum(cutoff=200)
    assert n.multiplicities.tolist() == [x for x in dimensions(LensGroup(5, 1, 2, 0).natural(), 12) if x]
