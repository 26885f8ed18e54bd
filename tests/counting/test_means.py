"""Window means and Riesz means: by quadrature, by integration of one another, and against proved inequalities."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

import weylspec as ws
from weylspec.counting.means import riesz_mean, smooth_riesz_mean, window_mean
from weylspec.errors import IncompleteSpectrumError, WeylspecError
from weylspec.spectrum import Spectrum


@pytest.mark.parametrize(("low", "high"), [(0, 4), (1.5, 30.2), (6, 12), (11.9, 12.1), (100, 101)])
def test_window_means_by_quadrature(low, high):
    S = ws.Sphere(2).spectrum(cutoff=110)
    steps = [x for x in S.eigenvalues if low < x < high]
    expected = quad(S.count, low, high, points=steps or None, limit=200)[0] / (high - low)
    assert window_mean(S, low, high) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("low", "high", "error", "words"), [
    (3, 3, WeylspecError, "low < high"), (4, 2, WeylspecError, "low < high"),
    (0, 6, IncompleteSpectrumError, "cutoff=6"),
])
def test_windows_that_are_none(low, high, error, words):
    with pytest.raises(error, match=words):
        window_mean(Spectrum.from_eigenvalues([0, 1], complete_below=5), low, high)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30), st.floats(0.5, 60), st.sampled_from([1, 1.5, 2, 3.25]))
@settings(max_examples=60, deadline=None)
def test_riesz_means_integrate_the_staircase(levels, lam, order):
    S = Spectrum.from_eigenvalues(levels, complete_below=60)
    # R_k(λ) = k λ^{-k} ∫_0^λ (λ − x)^{k−1} N(x) dx, stair by stair
    edges = np.append(np.minimum(S.eigenvalues, lam), lam)
    pieces = ((lam - edges[:-1]) ** order - (lam - edges[1:]) ** order) * np.arange(1, len(edges))
    # differences of powers lose what is below 1e-16·N
    assert riesz_mean(S, lam, order) == pytest.approx(pieces.sum() / lam**order, rel=1e-12, abs=1e-12)


def test_the_riesz_mean_of_order_zero_counts():
    S = ws.Torus(2).spectrum(cutoff=200)
    lam = np.array([0.5, 1.0, 4.99, 5.0, 25.0, 200.0])  # also at levels
    np.testing.assert_array_equal(riesz_mean(S, lam, 0), [S.count(x) for x in lam])


def test_riesz_means_of_arrays_have_their_shape():
    S = ws.Sphere(2).spectrum(cutoff=100)
    lam = np.linspace(1, 100, 12).reshape(3, 4)
    found = riesz_mean(S, lam, 2)
    assert found.shape == (3, 4)
    assert found[1, 2] == pytest.approx(riesz_mean(S, float(lam[1, 2]), 2), rel=1e-14)  # sums in another order


@pytest.mark.parametrize(("lam", "order", "error", "words"), [
    (0.0, 1, WeylspecError, "λ > 0"), (5.0, -1, WeylspecError, "at least 0"),
    (11.0, 1, IncompleteSpectrumError, "cutoff=11"),
])
def test_riesz_means_that_are_none(lam, order, error, words):
    with pytest.raises(error, match=words):
        riesz_mean(ws.Sphere(2).spectrum(cutoff=10), lam, order)


@pytest.mark.parametrize("make", [
    lambda: ws.Sphere(2) / ws.PointGroup("Oh"), lambda: ws.Torus(3) / ws.SymmetricGroup(3),
    lambda: ws.Box([1, 2], "dirichlet"), lambda: ws.Sphere(4) / ws.SO(3),
])
@pytest.mark.parametrize("order", [1, 2.5])
def test_smooth_riesz_means_integrate_the_law(make, order):
    law = ws.weyl_law(make())
    for lam in (3.0, 70.0):
        # the integrand (1 − y)^{k−1} y^{p/2} is integrated by Gauss and Jacobi's rule in quad, to its 1.5e-8
        expected = order * quad(lambda y, lam=lam: law.count(lam * y), 0, 1, weight="alg", wvar=(0, order - 1))[0]
        assert smooth_riesz_mean(law, lam, order) == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize(("make", "order"), [
    (lambda: ws.Torus(2), 2), (lambda: ws.Torus(3) / ws.SymmetricGroup(3), 3), (lambda: ws.Box([1, 2], "dirichlet"), 2),
    (lambda: ws.FlatOrbifold("p4m"), 2),
])
def test_riesz_means_of_flat_spaces_approach_the_law(make, order):
    """All terms of a flat space are known: what is left is the oscillation, O(λ^{(d−1)/4 − k/2}) by Poisson summation.

    For k > (d − 1)/2 it tends to 0; the factor is not known and fluctuates, so that the decay itself is asserted: from
    λ to 64λ the largest difference falls at least by a quarter of 64^{k/2 − (d−1)/4}; a wrong constant would stay.
    """
    space = make()
    unit = float(space.spectrum(num=2).eigenvalues[-1])
    S = space.spectrum(cutoff=64 * 40 * unit)
    largest = [
        np.abs(riesz_mean(S, lam, order) - smooth_riesz_mean(ws.weyl_law(space), lam, order)).max()
        for lam in (np.linspace(30, 40, 100) * unit, np.linspace(30, 40, 100) * 64 * unit)
    ]
    assert largest[1] < 4 * largest[0] * 64.0 ** ((space.dim - 1) / 4 - order / 2)


DIRICHLET = [
    lambda: ws.Interval(1, "dirichlet"), lambda: ws.Box([1, 1], "dirichlet"),
    lambda: ws.Box([1, 5, "1/2"], "dirichlet"), lambda: ws.EquilateralTriangle(1, "dirichlet"),
    lambda: ws.RightIsoscelesTriangle(1, "dirichlet"),
    lambda: ws.HemiEquilateralTriangle(1, "dirichlet"), lambda: ws.Disk(1, "dirichlet"),
    lambda: ws.Ball(3, 1, "dirichlet"), lambda: ws.Annulus("1/2", 1, bc="dirichlet"),
]
TILING = 6  # the first six tile the space


@pytest.mark.parametrize("make", DIRICHLET)
def test_berezin_li_yau(make):
    """R_1 ≤ its leading term on every bounded domain, at every λ (Berezin 1972; Li and Yau 1983)."""
    domain = make()
    top = 60 * float(domain.spectrum(num=1).eigenvalues[0])
    S, leading = domain.spectrum(cutoff=top), ws.weyl_law(domain)
    lam = np.concatenate([np.linspace(top / 1000, top, 2000), S.eigenvalues])
    bound = smooth_riesz_mean(type(leading)(leading.terms[:1], ""), lam, 1)
    assert (riesz_mean(S, lam, 1) <= bound * (1 + 1e-12)).all()
    # and not by far at large λ, where the second term is what is missing
    assert riesz_mean(S, top, 1) > 0.4 * bound[1999]


@pytest.mark.parametrize("make", DIRICHLET[:TILING])
def test_polya_on_domains_that_tile(make):
    """N ≤ its leading term with Dirichlet conditions at every λ (Pólya 1961): sharpest at the levels themselves."""
    domain = make()
    S = domain.spectrum(cutoff=100 * float(domain.spectrum(num=1).eigenvalues[0]))
    leading = ws.weyl_law(domain).leading(S.eigenvalues)
    # an interval attains it: N(λ_k) = k = L√λ_k/π
    assert (S.cumulative <= leading * (1 + 1e-12)).all()


@pytest.mark.parametrize("make", [
    lambda: ws.Interval(1), lambda: ws.Box([1, 1]), lambda: ws.Box([1, 5, "1/2"]), lambda: ws.EquilateralTriangle(1),
    lambda: ws.RightIsoscelesTriangle(1), lambda: ws.HemiEquilateralTriangle(1),
])
def test_polya_and_kroeger_with_neumann_conditions(make):
    """N(λ−) ≥ its leading term on domains that tile, just before a level; R_1 ≥ its own on all (Kröger 1992)."""
    domain = make()
    S = domain.spectrum(cutoff=100 * float(domain.spectrum(num=2).eigenvalues[1]))
    law = ws.weyl_law(domain)
    before = S.cumulative[:-1]
    assert (before >= law.leading(S.eigenvalues[1:]) * (1 - 1e-12)).all()
    lam = np.linspace(0.01, 1, 500) * S.complete_below
    bound = smooth_riesz_mean(type(law)(law.terms[:1], ""), lam, 1)
    assert (riesz_mean(S, lam, 1) >= bound * (1 - 1e-12)).all()


def test_spheres_have_riesz_means_in_closed_form():
    """On S² at λ = L(L + 1), by Σ_{l ≤ L} (2l + 1) = (L + 1)² and Σ (2l + 1) l(l + 1) = L(L + 1)²(L + 2)/2."""
    S = ws.Sphere(2).spectrum(cutoff=200 * 201)
    for top in (1, 10, 200):
        exact = (top + 1) ** 2 - (top + 1) ** 2 * top * (top + 2) / (2 * top * (top + 1))
        assert riesz_mean(S, top * (top + 1), 1) == pytest.approx(exact, rel=1e-12)
    assert math.isclose(smooth_riesz_mean(ws.weyl_law(ws.Sphere(2)), 100.0, 1), 50.0, rel_tol=0.01)


@pytest.mark.parametrize("call", [
    lambda: riesz_mean(ws.Sphere(2), 100, 1), lambda: window_mean([0.0, 2.0], 0, 1),
    lambda: ws.level_statistics(ws.Sphere(2)), lambda: ws.heat_invariants(np.arange(50.0)),
    lambda: ws.compare_spectra(ws.Sphere(2), [0, 2, 2, 2]),
    lambda: ws.verify_weyl(ws.Sphere(2), spectrum=[0, 2, 2, 2]),
])
def test_what_is_no_spectrum_is_refused_with_what_makes_one(call):
    with pytest.raises(WeylspecError, match=r"expected a Spectrum, got \w+; a space lists one"):
        call()


@pytest.mark.parametrize(("call", "words"), [
    (lambda: ws.estimate_dimension_and_volume(ws.Sphere(2)), r"got the space Sphere\(2\); list some"),
    (lambda: ws.level_statistics(ws.Sphere(2).spectrum(cutoff=900), 5), "law must be a WeylLaw"),
    (lambda: ws.spectral_determinant(ws.Sphere(2) / ws.SO(3)), "is a point"),
    (lambda: ws.black_body(ws.Cavity([1, 1, 1]), 10**6), "lower the cutoff, and so the temperature"),
])
def test_tools_of_the_law_say_what_they_need(call, words):
    with pytest.raises(WeylspecError, match=words):
        call()
