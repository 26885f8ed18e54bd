"""A foreign list against the closed form: what is named, and what errors leave undecided."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import weylspec as ws
from weylspec.counting.compare import compare_levels
from weylspec.spectrum import Spectrum

SPHERE = ws.Sphere(2)


def first_difference(listed, space, top):
    return compare_levels(listed, space, top).difference


def listed(values, errors=0.0, complete_below=None):
    return Spectrum.from_eigenvalues(values, errors=errors, complete_below=max(values) if complete_below is None
                                     else complete_below)


@pytest.mark.parametrize("space", [ws.Sphere(3, 0.3), ws.Torus(2), ws.FlatTorus([[1, 0], [0.5, 3**0.5 / 2]]),
                                   ws.Sphere(2, 1e6), ws.Sphere(2, "1/1000"), ws.Sphere(2) / ws.PointGroup("Oh")])
def test_the_closed_form_agrees_with_itself(space):
    S = space.spectrum(num=500)
    assert first_difference(S, space, S.complete_below) is None
    assert first_difference(listed(S.repeated()), space, S.complete_below) is None


def test_the_first_difference_is_the_one_named():
    assert first_difference(listed([0, 2, 2, 2, 6, 6, 6, 12]), SPHERE, 12).startswith("level 2 (λ = 6) has 3 eigen")
    assert first_difference(listed([2, 2, 2]), SPHERE, 2).startswith("level 0 (λ = 0) has 0 eigenvalues")
    assert first_difference(listed([0, 0, 2, 2, 2]), SPHERE, 2).startswith("level 0 (λ = 0) has 2 eigenvalues")


def test_an_eigenvalue_off_by_more_than_its_error_is_named():
    values = [0, 2, 2, 2.001]
    assert "level 1 (λ = 2) is listed as 2.001" in first_difference(listed(values, complete_below=3), SPHERE, 3)
    assert first_difference(listed(values, errors=0.002, complete_below=3), SPHERE, 3) is None
    # The scale is that of the levels: on a huge sphere λ₁ = 2·10⁻¹².
    huge = [0, 2.002e-12, 2e-12, 2e-12]
    assert "level 1" in first_difference(listed(huge, complete_below=3e-12), ws.Sphere(2, 10**6), 3e-12)


def test_a_rounding_is_no_difference():
    values = [1e-16, *(np.nextafter(2.0, x) for x in (0, 3)), 2.0]
    assert first_difference(listed(values, complete_below=3), SPHERE, 3) is None


def test_errors_that_reach_a_neighbour_leave_both_levels_undecided():
    # One of the three at λ = 2 measured as 4.1 ± 2.5: it may belong to 2 or to 6.
    values = [0, 2, 2, 4.1, 6, 6, 6, 6, 6, *[12] * 7]
    errors = [0, 0, 0, 2.5, *[0] * 12]
    S = Spectrum.from_eigenvalues(values, errors=errors, complete_below=15)
    assert first_difference(S, SPHERE, 15) is None
    sure = Spectrum.from_eigenvalues(values, errors=[0.05 if e else 0 for e in errors], complete_below=15)
    assert first_difference(sure, SPHERE, 15).startswith("level 1 (λ = 2) has 2")


def test_the_only_eigenvalue_of_a_level_may_have_been_carried_away_by_its_error():
    # On the circle, 0(1), 1(2): 0 measured as 0.6 ± 0.7.
    S = Spectrum.from_eigenvalues([0.6, 1, 1], errors=[0.7, 0, 0], complete_below=2)
    assert first_difference(S, ws.Sphere(1), 2) is None


def test_levels_near_the_end_are_not_judged_by_what_an_error_moved_across_it():
    over = Spectrum.from_eigenvalues([0, 2, 2, 2.01], errors=0.02, complete_below=2.005)
    assert first_difference(over, SPHERE, 2.005) is None
    # λ = 6 measured as 5.99 ± 0.02, in a list that ends at 5.995.
    under = Spectrum.from_eigenvalues([0, 2, 2, 2, 5.99], errors=0.02, complete_below=5.995)
    assert first_difference(under, SPHERE, 5.995) is None


def test_errors_as_large_as_the_list_decide_nothing():
    S = Spectrum.from_eigenvalues([0, 1, 5], errors=math.inf, complete_below=10)
    assert first_difference(S, SPHERE, 10) is None


@given(st.integers(0, 10**6), st.floats(1e-9, 0.5))
@settings(max_examples=40)
def test_a_list_within_its_errors_is_never_refuted(seed, size):
    rng = np.random.default_rng(seed)
    lam = SPHERE.spectrum(cutoff=200).repeated()
    errors = size * rng.uniform(0.1, 1, len(lam))
    S = Spectrum.from_eigenvalues(lam + errors * rng.uniform(-1, 1, len(lam)), errors=errors, complete_below=100)
    assert first_difference(S, SPHERE, 100) is None


@given(st.integers(0, 10**6), st.integers(0, 99))
@settings(max_examples=40)
def test_a_missing_eigenvalue_is_always_seen_when_errors_are_small(seed, drop):
    rng = np.random.default_rng(seed)
    lam = np.delete(SPHERE.spectrum(cutoff=200).repeated(), drop)
    errors = np.full(len(lam), 0.2)
    S = Spectrum.from_eigenvalues(lam + errors * rng.uniform(-1, 1, len(lam)), errors=errors, complete_below=100)
    level = math.isqrt(drop)  # the drop-th eigenvalue has degree ⌊√drop⌋
    assert first_difference(S, SPHERE, 100).startswith(f"level {level} ")


def test_errors_that_hide_the_levels_leave_the_verdict_open():
    """λ₀ ± 10⁹ joins all levels, and moves every mean by one eigenvalue."""
    exact = SPHERE.spectrum(num=10**4)
    kept = np.arange(len(exact)) != 50
    errors = np.zeros(kept.sum())
    errors[0] = 1e9
    S = ws.Spectrum.from_eigenvalues(
        exact.eigenvalues[kept], complete_below=exact.complete_below, errors=errors,
        multiplicities=exact.multiplicities[kept],
    )
    assert ws.verify_weyl(SPHERE, spectrum=S).verdict == "undecided"


def test_levels_that_errors_join_are_counted_together():
    # 2 and 6 are joined by 4.1 ± 2.5: eight eigenvalues are due between 0 and 12, seven are listed.
    values = [0, 2, 2, 4.1, 6, 6, 6, 6, *[12] * 7]
    errors = [0, 0, 0, 2.5, *[0] * 11]
    S = Spectrum.from_eigenvalues(values, errors=errors, complete_below=15)
    found = first_difference(S, SPHERE, 15)
    assert found.startswith("levels 1 to 2 (λ = 2 to 6) together have 7 eigenvalues in the list, exactly 8")


@pytest.mark.parametrize("space", [ws.Torus(2), ws.FlatManifold("second amphicosm"), ws.BergerSphere("1/2")])
@pytest.mark.parametrize("size", [0.3, 1.0, 3.0])
def test_a_level_missing_among_errors_as_wide_as_the_gaps_never_passes(space, size):
    exact = space.spectrum(cutoff=ws.verify_weyl(space).cutoff)
    errors = np.full(len(exact), size * float(np.median(np.diff(exact.eigenvalues))))
    errors[: len(exact) * 55 // 100] = 0.0
    for missing in (len(exact) * 6 // 10, len(exact) * 9 // 10):
        kept = np.arange(len(exact)) != missing
        S = ws.Spectrum.from_eigenvalues(
            exact.eigenvalues[kept], complete_below=exact.complete_below, errors=errors[kept],
            multiplicities=exact.multiplicities[kept],
        )
        assert not ws.verify_weyl(space, spectrum=S).passed


def test_lists_of_no_levels():
    """Below the first tone of a string there is nothing to list."""
    string = ws.Interval(1, "dirichlet")
    nothing = ws.Spectrum.from_eigenvalues([], complete_below=5)
    assert compare_levels(nothing, string, 5).difference is None
    spurious = ws.Spectrum.from_eigenvalues([3.0], complete_below=5)
    found = compare_levels(spurious, string, 5).difference
    assert found == "the list has 1 eigenvalues up to 5, Interval(1, 'dirichlet') none"
