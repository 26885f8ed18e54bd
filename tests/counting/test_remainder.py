"""Remainders of Weyl's law: exponents and constants that are known in closed form or from Cramér and Jarník."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

import weylspec as ws
from weylspec.errors import IncompleteSpectrumError, UnknownGeometryError, WeylspecError


def covered(found, exponent, least=0.0):
    """Within 3 of its own error bars (a fit of 12 ranges, 10 degrees of freedom), which must say something."""
    assert found.error < 0.08
    return abs(found.exponent - exponent) < 3 * found.error + least


@pytest.mark.parametrize(("make", "exponent"), [
    (lambda: ws.Sphere(1), 0), (lambda: ws.Sphere(2), 1 / 2), (lambda: ws.Sphere(3), 1), (lambda: ws.Sphere(5), 2),
    (lambda: ws.Sphere(2) / ws.PointGroup("Oh"), 1 / 2), (lambda: ws.Sphere(4) / ws.SO(3), 1 / 2),
    (lambda: ws.Sphere(3) / ws.LensGroup(5, 1, 2), 1), (lambda: ws.Sphere(6) / ws.SymmetricGroup(7), 5 / 2),
])
def test_spheres_and_their_quotients(make, exponent, rng):
    found = ws.remainder_exponent(make(), rng)
    assert found.known == exponent
    assert covered(found, exponent)
    assert found.lam.max() > 1e17
    assert len(found.ranges) == 12


def test_the_constant_on_the_sphere(rng):
    # N = (k + 1)² between k(k+1) and (k+1)(k+2): the remainder is uniform in (−√λ, √λ), up to a constant.
    found = ws.remainder_exponent(ws.Sphere(2), rng, low=10**6, samples=400)
    scaled = found.ranges[:, 2] / np.sqrt(1.5 * found.ranges[:, 0])
    assert scaled == pytest.approx(1 / math.sqrt(3), rel=4 / math.sqrt(8 * 400) + 0.02)
    # The largest of 400 in [X, 2X] is near √(2X).
    assert (found.ranges[:, 3] <= np.sqrt(2 * found.ranges[:, 0]) + 2).all()


def test_the_circle_problem(rng):
    found = ws.remainder_exponent(ws.Torus(2), rng, low=10**5, high=10**10, ranges=10, samples=200)
    assert found.known == 0.25
    assert covered(found, 0.25)
    # Cramér 1922: ∫_0^X P² = C·X^{3/2}, C = Σ r(n)²/n^{3/2}/3π² = 1.694, so that P² is 3C√x/2 on average. P² varies
    # by about its mean, so that the mean of 10 roots of means of 200 is good to 1/(2·√2000) = 1%.
    squares = np.bincount((np.arange(-3000, 3001)[:, None] ** 2 + np.arange(-3000, 3001) ** 2).ravel())[1:9_000_000]
    n = np.arange(1, len(squares) + 1)
    constant = float((squares.astype(float) ** 2 / n**1.5).sum()) / (3 * math.pi**2)
    assert constant == pytest.approx(1.69, abs=0.01)
    scaled = found.ranges[:, 2] / (1.5 * found.ranges[:, 0]) ** 0.25
    assert scaled.mean() == pytest.approx(math.sqrt(1.5 * constant), rel=0.04)


@pytest.mark.parametrize(("make", "exponent", "logs"), [
    (lambda: ws.FlatTorus([[1, 0], [0.5, 3**0.5 / 2]]), 1 / 4, 0.0),
    # √(log λ) over λ from 10 to 6·10⁴ adds about ½·log(11/2.3)/log(6000) = 0.09.
    (lambda: ws.Torus(3), 1 / 2, 0.09), (lambda: ws.Torus(4), 1, 0.0),
])
def test_flat_tori(make, exponent, logs, rng):
    found = ws.remainder_exponent(make(), rng)
    assert found.known == exponent
    assert covered(found, exponent, logs)


def test_lists_and_direct_counts_agree():
    rngs = [np.random.default_rng(4) for _ in range(2)]
    space = ws.Torus(2)
    direct = ws.remainder_exponent(space, rngs[0], high=20000)
    listed = ws.remainder_exponent(space, rngs[1], spectrum=space.spectrum(cutoff=20000))
    assert listed.counted == "in the list handed in"
    np.testing.assert_allclose(direct.remainders, listed.remainders, atol=1e-9)
    assert direct.exponent == pytest.approx(listed.exponent, abs=1e-12)


def test_products_are_counted_without_the_list_of_their_sums():
    rngs = [np.random.default_rng(5) for _ in range(2)]
    space = ws.Sphere(2) * ws.Sphere(1)
    direct = ws.remainder_exponent(space, rngs[0], high=3000, ranges=6, samples=16)
    listed = ws.remainder_exponent(space, rngs[1], ranges=6, samples=16, spectrum=space.spectrum(cutoff=3000))
    assert direct.counted == "exactly, without a list"
    np.testing.assert_allclose(direct.remainders, listed.remainders, atol=1e-9)
    assert [counter.name for counter in space.counters() if counter.lists] == ["list of levels"]


def test_rectangles_and_disks_stay_below_the_general_bound(rng):
    for space in (ws.Box([1, 2**0.25]), ws.Disk()):
        found = ws.remainder_exponent(space, rng, high=2e5)
        assert found.known == 0.5
        assert "upper bound" in found.known_source
        assert found.exponent < 0.4


def test_a_law_without_its_walls_shows_their_exponent(rng):
    # The missing second term is of order √λ, whatever the oscillation.
    space = ws.Box([1, 1])
    law = ws.weyl_law(space)
    found = ws.remainder_exponent(space, rng, high=2e5, law=ws.WeylLaw(law.terms[:1], law.space))
    assert covered(found, 0.5, 0.01)


def test_results_and_refusals(rng):
    found = ws.remainder_exponent(ws.Sphere(2), rng, measure="sup", high=10**8)
    assert found.measure == "sup"
    assert found.exponent == pytest.approx(0.5, abs=0.03)
    assert "0.5 (exact" in found.table()
    assert json.loads(json.dumps(found.as_dict()))["known"] == 0.5
    assert "<table" in found._repr_html_()
    band = found.plot().get_lines()[0].get_ydata()
    assert np.abs(band).max() < 2 * found.constant
    with pytest.raises(WeylspecError, match="rms"):
        ws.remainder_exponent(ws.Sphere(2), rng, measure="mean")
    with pytest.raises(WeylspecError, match="generator"):
        ws.remainder_exponent(ws.Sphere(2), 7)
    with pytest.raises(IncompleteSpectrumError, match="longer list"):
        ws.remainder_exponent(ws.Sphere(2), rng, spectrum=ws.Sphere(2).spectrum(cutoff=200))
    with pytest.raises(UnknownGeometryError, match="point"):
        ws.remainder_exponent(ws.Sphere(2) / ws.SO(3), rng)
    with pytest.raises(IncompleteSpectrumError, match="error of the law"):
        # At 10³⁰ the volume, a float, leaves π·λ undecided by far more than λ^{1/4}; lattices stop earlier.
        ws.remainder_exponent(ws.Torus(1), rng, low=10**29, high=10**33)
