"""What eigenvalues tell of their space: coverage of the stated errors, drums, noise, and what stays undecided."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

import weylspec as ws
from weylspec.counting._geometry_fit import fit_dimension, heat_data
from weylspec.errors import IncompleteSpectrumError, WeylspecError
from weylspec.spectrum import Spectrum


def families():
    S, T = ws.Sphere, ws.Torus
    return {
        "S1": S(1), "S2": S(2), "S3": S(3), "RP2": ws.RealProjectiveSpace(2), "CP2": ws.ComplexProjectiveSpace(2),
        "T2": T(2), "T3": T(3), "thin torus": ws.FlatTorus([[1, 0], [0, 2]]), "SU2": ws.SpecialUnitary(2),
        "string": ws.Interval(1), "square": ws.Box([1, 1], "dirichlet"), "cube": ws.Box([1, 1, 1]),
        "room": ws.Box([3, 2, "3/2"], "dirichlet"), "disk": ws.Disk(), "drum": ws.Disk(1, "dirichlet"),
        "ball": ws.Ball(3), "annulus": ws.Annulus(1 / 2, 1), "sector": ws.Sector(1 / 2, 1, "dirichlet"),
        "triangle": ws.EquilateralTriangle(1), "S2/C5": S(2) / ws.PointGroup("C5"), "S2/Oh": S(2) / ws.PointGroup("Oh"),
        "S3/I*": S(3) / ws.BinaryPolyhedral("I"), "lens": S(3) / ws.LensGroup(5, 1, 2),
        "S3/A4": S(3) / ws.AlternatingGroup(4), "T3/S3": T(3) / ws.SymmetricGroup(3),
        "p4mm": T(2) / ws.WallpaperGroup("p4mm"), "Klein": ws.FlatManifold("Klein bottle", sides=[1, 2]),
        "didicosm": ws.FlatManifold("didicosm"),
        # d < D
        "S2/SO2": S(2) / ws.SO(2), "S4/SO3": S(4) / ws.SO(3), "S3/T": S(3) / ws.SO(2).copies(2),
        "S5/O3": S(5) / ws.O(3).copies(2), "T3/T1": T(3) / ws.Translations([[1, 1, 1]]), "S4/SO4": S(4) / ws.SO(4),
        "SU3/Ad": ws.SpecialUnitary(3) / ws.Conjugation(), "S2^3/SO3": S(2) ** 3 / ws.SO(3).copies(3),
    }


def cut_at_random(space, rng, low=50, high=450):
    """The list up to a random λ between two levels, log-uniform in the number of eigenvalues."""
    listed = space.spectrum(num=500)
    i = int(np.searchsorted(listed.cumulative.astype(float), math.exp(rng.uniform(math.log(low), math.log(high)))))
    i = min(i, len(listed) - 2)
    gap = listed.eigenvalues[i + 1] - listed.eigenvalues[i]
    return listed.up_to(float(listed.eigenvalues[i] + gap * rng.uniform(0.01, 0.99)))


def weighted_walls(space):
    parts = [term for term in space.terms if term.dim == space.dim - 1]
    return sum(t.coefficient for t in parts), sum(abs(t.coefficient) * t.error for t in parts)


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_true_values_lie_within_two_standard_deviations(step, rng):
    volumes, boundaries, dimensions, wrong, decided = [], [], [], [], 0
    spaces = dict(list(families().items())[::step])
    for name, space in spaces.items():
        found = ws.estimate_dimension_and_volume(cut_at_random(space, rng))
        decided += found.decided
        assert found.probabilities[space.dim] > 0.01
        if found.decided and found.dim != space.dim:
            wrong.append((name, found.eigenvalues))
        if not found.decided or found.dim != space.dim:
            continue
        walls, error = weighted_walls(space)
        known = space.volume * space.volume_error
        volumes.append((found.volume - space.volume) / math.hypot(found.volume_error, known))
        boundaries.append((found.boundary - walls) / math.hypot(found.boundary_error, error))
        dimensions.append(abs(found.real_dim - space.dim) / found.real_dim_error)
    assert decided >= 0.6 * len(spaces)          # of lists of 50 to 450 eigenvalues
    assert len(wrong) <= 0.05 * decided          # what a probability of 0.95 promises
    for scores in (volumes, boundaries, dimensions):
        assert (np.abs(scores) <= 2).mean() >= 0.9
    # The errors are errors, not the size of the thing: a fifth of them is exceeded somewhere.
    assert (np.abs(volumes) > 0.2).mean() > 0.1


@pytest.mark.slow
def test_coverage_in_many_draws():
    rng = np.random.default_rng(12)
    inside = total = wrong = decided = 0
    for space in families().values():
        for _ in range(8):
            found = ws.estimate_dimension_and_volume(cut_at_random(space, rng))
            decided += found.decided
            wrong += found.decided and found.dim != space.dim
            if found.decided and found.dim == space.dim:
                total += 1
                error = math.hypot(found.volume_error, space.volume * space.volume_error)
                inside += abs(found.volume - space.volume) <= 2 * error
    assert inside >= 0.9 * total
    assert wrong <= 0.05 * decided


def test_errors_shrink_as_the_list_grows():
    space = ws.Disk(1, "dirichlet")
    errors = [ws.estimate_dimension_and_volume(space.spectrum(num=n)).volume_error for n in (50, 200, 800)]
    assert errors[0] > 3 * errors[1] > 9 * errors[2]
    found = ws.estimate_dimension_and_volume(space.spectrum(num=800))
    assert found.volume == pytest.approx(math.pi, rel=1e-3)
    assert found.boundary == pytest.approx(-math.pi / 2, rel=1e-2)


@pytest.mark.parametrize(("make", "chi"), [
    (lambda: ws.Sphere(2), 2), (lambda: ws.RealProjectiveSpace(2), 1), (lambda: ws.Torus(2), 0), (lambda: ws.Disk(), 1),
    (lambda: ws.Disk(1, "dirichlet"), 1), (lambda: ws.Annulus(1 / 2, 1), 0),
    (lambda: ws.FlatManifold("Klein bottle"), 0), (lambda: ws.Sphere(3) / ws.SO(2).copies(2), 2),
])
def test_euler_characteristics_are_heard(make, chi):
    found = ws.estimate_dimension_and_volume(make().spectrum(num=1500))
    value, error = found.euler_characteristic
    assert error < 0.3
    assert abs(value - chi) < max(2 * error, 0.02)
    assert round(value) == chi


def test_corners_are_heard_in_the_constant():
    # (π² − α²)/24πα at each corner: 4 right angles make 1/4, 3 angles of π/3 make 1/3.
    for space, constant in ((ws.Box([1, 1]), 1 / 4), (ws.EquilateralTriangle(1), 1 / 3)):
        found = ws.estimate_dimension_and_volume(space.spectrum(num=600))
        assert abs(found.constant - constant) < 2 * found.constant_error < 0.1


def test_scaling_the_space_scales_the_answer():
    listed = ws.Disk().spectrum(num=200)
    one, three = (ws.estimate_dimension_and_volume(s) for s in (listed, listed.scaled(3)))
    assert three.dim == one.dim
    assert three.volume == pytest.approx(9 * one.volume, rel=1e-6)
    assert three.boundary_error == pytest.approx(3 * one.boundary_error, rel=1e-6)
    assert three.constant == pytest.approx(one.constant, abs=1e-6)


def test_lists_with_noise(rng):
    lam = ws.Box([1, 1.3], "dirichlet").spectrum(num=300).repeated()
    top = float(lam[-1])
    clean = ws.estimate_dimension_and_volume(lam, complete_below=top)
    noise = 0.01 * top
    noisy = lam + rng.normal(scale=noise / 2, size=len(lam))
    found = ws.estimate_dimension_and_volume(noisy[noisy <= top], complete_below=top, errors=noise / 2)
    assert clean.dim == found.dim == 2
    assert found.volume_error > 3 * clean.volume_error
    assert abs(found.volume - 1.3) <= 2 * found.volume_error
    # Levels kept apart, as lists from elsewhere are, say the same as levels with multiplicities.
    sphere = ws.Sphere(2).spectrum(cutoff=400)
    apart = ws.estimate_dimension_and_volume(sphere.repeated(), complete_below=400)
    whole = ws.estimate_dimension_and_volume(sphere)
    assert apart.volume == pytest.approx(whole.volume, rel=1e-6)


def test_a_mesh_is_measured():
    mesh = ws.TriangleMesh.icosphere(3)
    found = ws.estimate_dimension_and_volume(mesh.spectrum(num=120))
    assert found.dim == 2
    assert abs(found.volume - 4 * math.pi) < 2 * found.volume_error + 4 * math.pi - mesh.volume


def test_thin_spaces_look_lower_dimensional_until_they_are_resolved():
    thin = ws.Box([1, "1/400"])       # below λ = (400π)² an interval
    early, late = (ws.estimate_dimension_and_volume(thin.spectrum(num=n)) for n in (200, 20000))
    assert (early.dim, early.decided) == (1, True)
    assert early.volume == pytest.approx(1, rel=1e-3)
    assert not (late.decided and late.dim == 1)


def test_few_levels_of_a_large_dimension_are_undecided():
    found = ws.estimate_dimension_and_volume(ws.Sphere(8).spectrum(num=100))
    assert not found.decided
    assert "undecided" in found.table()
    assert found.euler_characteristic is None
    assert sum(found.probabilities.values()) == pytest.approx(1)


def test_the_fit_recovers_planted_coefficients():
    # T(t) of s^{-3}(2 − s + s²/2) exactly, by quadrature of N(λ) = Σ c_p X_p λ^{p/2}: no oscillation, no noise.
    coefficients, d, top = (2.0, -1.0, 0.5), 3, 5e3
    lam = (np.arange(400_000) + 0.5) * top / 400_000
    density = sum(x * (d - q) / 2 * lam ** ((d - q) / 2 - 1) / ((4 * math.pi) ** ((d - q) / 2)
                  * math.gamma((d - q) / 2 + 1)) for q, x in enumerate(coefficients))
    data = heat_data(lam, density * top / 400_000, np.zeros(len(lam)), top)
    fits = fit_dimension(data, float(d), 1.2)
    for q, x in enumerate(coefficients):
        mean, error = fits.coefficient(q)
        assert abs(mean - x) < 3 * error
        assert error < 0.05 * 20**q


def test_results_and_refusals():
    found = ws.estimate_dimension_and_volume(ws.Sphere(2).spectrum(cutoff=300))
    assert "dimension" in found.table()
    assert "Euler" in found.table()
    assert json.loads(json.dumps(found.as_dict()))["dim"] == 2
    assert "<table" in found._repr_html_()
    lines = {line.get_label(): line for line in found.plot().get_lines()}
    assert lines["fit"].get_ydata()[0] == pytest.approx(4 * math.pi, rel=1e-3)
    # The points, with the tail added, lie on the fit.
    s, y = lines["heat trace, tail added"].get_data()
    assert np.interp(s, *lines["fit"].get_data()) == pytest.approx(y, rel=0.02)
    with pytest.raises(IncompleteSpectrumError, match="at least 30"):
        ws.estimate_dimension_and_volume(ws.Sphere(2).spectrum(cutoff=12))
    with pytest.raises(IncompleteSpectrumError, match="complete"):
        ws.estimate_dimension_and_volume(Spectrum.from_eigenvalues(range(40), complete_below=0))
    with pytest.raises(WeylspecError, match="complete_below"):
        ws.estimate_dimension_and_volume(np.arange(100.0))
    with pytest.raises(WeylspecError, match="itself"):
        ws.estimate_dimension_and_volume(ws.Sphere(2).spectrum(cutoff=100), complete_below=50)


@pytest.mark.parametrize(("values", "others", "message"), [
    (["a"] * 40, {}, "real numbers"), ([1 + 1j] * 40, {}, "real numbers"), ([[0, 1]] * 40, {}, "one list"),
    ([1.0] * 40, {}, "one level"), ([-5.0, *range(40)], {}, "not negative"),
    (range(41), {"errors": math.inf}, "finite"), (range(41), {"errors": "x"}, "real numbers"),
    (range(41), {"largest_dim": 0}, "largest_dim"), (range(41), {"largest_dim": 2.5}, "largest_dim"),
    (range(41), {"largest_dim": True}, "largest_dim"),
])
def test_lists_that_no_space_has(values, others, message):
    with pytest.raises(WeylspecError, match=message):
        ws.estimate_dimension_and_volume(list(values), complete_below=40, **others)
