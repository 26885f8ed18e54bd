"""`verify_weyl`: what must pass passes, what is wrong by little fails, what is too small is undecided."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import beta

import weylspec as ws
from weylspec.counting.criteria import resolves
from weylspec.counting.verify import required_cutoff
from weylspec.counting.windows import Window
from weylspec.errors import UnknownGeometryError, WeylspecError
from weylspec.spectrum import Spectrum

SIX = {
    "S6/S7": lambda: ws.Sphere(6) / ws.SymmetricGroup(7),
    "T7/S7": lambda: ws.Torus(7) / ws.SymmetricGroup(7),
    "S2/SO2": lambda: ws.Sphere(2) / ws.SO(2),
    "S4/SO3": lambda: ws.Sphere(4) / ws.SO(3),
    "S8/SO3x3": lambda: ws.Sphere(8) / ws.SO(3).copies(3),
    "T3/T1": lambda: ws.Torus(3) / ws.Translations([[1, 1, 1]]),
}


@pytest.mark.parametrize("name", SIX)
def test_the_six_spaces_pass_and_fail_with_a_wrong_volume(name):
    space = SIX[name]()
    report = ws.verify_weyl(space)
    assert report.verdict == "passed"
    assert report.passed
    assert abs(report.offset) < 0.002
    assert report.cutoff == report.required_cutoff
    law = ws.weyl_law(space)
    for factor in (0.95, 0.97, 1.03, 1.05):
        wrong = ws.verify_weyl(space, law=law.with_volume(factor))
        assert wrong.verdict == "failed"
        assert wrong.reasons[0].startswith("the leading term, of the volume")
        assert wrong.checks[0].measured == pytest.approx(1 / factor, abs=0.01)


@pytest.mark.parametrize("name", ["S6/S7", "T7/S7"])
def test_a_cutoff_of_ten_decides_nothing(name):
    report = ws.verify_weyl(SIX[name](), 10)
    assert report.verdict == "undecided"
    assert "below" in report.reasons[0]
    assert not report.passed


@pytest.mark.parametrize("make", [
    lambda: ws.Sphere(1), lambda: ws.Sphere(3, 0.3), lambda: ws.Torus(2), lambda: ws.Sphere(2) * ws.Torus(1),
    lambda: ws.FlatTorus([[1, 0], [0.5, 3**0.5 / 2]]), lambda: ws.Sphere(2, 100) / ws.PointGroup("Ih"),
    lambda: (ws.Sphere(2) / ws.PointGroup("Cs")) * (ws.Torus(1) / ws.SignFlips(1)),
    lambda: ws.FlatTorus([[1, 0], [0, 2**0.25]]) / ws.SignFlips(2), lambda: ws.Sphere(3) / ws.SO(2).copies(2),
    lambda: ws.Torus(2) / ws.AffineGroup([([[1, 0], [0, -1]], ["1/2", 0])]), lambda: ws.Sphere(4) / ws.SO(4),
])
def test_other_spaces_pass(make):
    assert ws.verify_weyl(make()).verdict == "passed"


def test_a_law_of_the_wrong_dimension_drifts():
    report = ws.verify_weyl(ws.Sphere(2), law=ws.weyl_law(ws.Sphere(3)))
    assert report.verdict == "failed"
    assert "slope -0.4" in report.reasons[0]  # −1/2, less what the lower terms of the wrong law do


def test_a_law_without_its_wall_fails():
    space = ws.Sphere(6) / ws.SymmetricGroup(7)
    law = ws.weyl_law(space)
    bare = ws.WeylLaw(law.terms[:1], law.space)
    assert ws.verify_weyl(space, law=bare, cutoff=required_cutoff(space, law)).verdict == "failed"


# -- thin spaces ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("make", "length", "sizes"), [
    (lambda n: ws.Torus(2) / ws.Translations(steps=[[f"1/{n}", 0]]), 1, (20, 50, 100)),
    (lambda n: ws.Torus(2) / ws.AffineGroup([([[1, 0], [0, -1]], [f"1/{n}", 0])]), 2, (10, 20, 50)),
    (lambda n: ws.Sphere(3) / ws.LensGroup(n, 1, 1), 1, (20, 30, 100)),
    (lambda n: ws.Sphere(3) / ws.LensGroup(n, 1, 3), 1, (50, 100)),
    (lambda n: ws.Sphere(2) / ws.PointGroup(f"C{n}"), 1, (50, 300)),
])
def test_the_shortest_geodesic_of_thin_quotients_asks_for_a_cutoff_that_averages_it(make, length, sizes):
    """Translations and rotations by 1/n leave closed geodesics of 2π/n, glide reflections by 1/n their squares."""
    for n in sizes:
        assert make(n).length == pytest.approx(length * 2 * math.pi / n)
        assert ws.verify_weyl(make(n)).verdict == "passed"


@pytest.mark.parametrize("make", [
    lambda n: ws.Torus(2) / ws.Translations(steps=[[f"1/{n}", 0]]), lambda n: ws.Sphere(3) / ws.LensGroup(n, 1, 1),
    lambda n: ws.Sphere(3) / ws.LensGroup(n, 1, 3), lambda n: ws.Sphere(2) / ws.PointGroup(f"C{n}"),
    lambda n: ws.Box([1, n]), lambda n: ws.Torus(1).scaled(f"1/{n}") * ws.Torus(1),
])
@pytest.mark.parametrize("n", [200, 300, 1000])
def test_spaces_that_look_one_dimensional_do_not_fail(make, n):
    report = ws.verify_weyl(make(n))
    assert report.verdict != "failed", report.reasons


# -- the cutoff -------------------------------------------------------------------------------------------


def conditions(space, law, lam):
    """(a)–(d), the last from the oscillation of a closed geodesic of ¾ of vol^{1/d}, or shorter if that is known."""
    length = min(space.length, 0.75 * space.volume ** (1 / space.dim))
    return (law.leading(lam) >= (250 if law.dim == 1 else 1000), law.lower_size(lam) <= 0.2 * law.leading(lam),
            law.remainder_size(lam) <= 0.002, resolves(law, lam, length))


@pytest.mark.parametrize("name", SIX)
def test_the_default_cutoff_is_the_least_that_the_conditions_allow(name):
    space = SIX[name]()
    law = ws.weyl_law(space)
    lam = required_cutoff(space, law)
    assert all(conditions(space, law, lam * (1 + 1e-9)))
    assert not all(conditions(space, law, lam * (1 - 1e-9)))


def test_a_small_space_waits_for_windows_that_average_its_oscillation():
    # Seven dimensions make 1000 eigenvalues soon: the window, not the count, decides; and lengths scale it.
    spaces = (ws.Torus(7), ws.Torus(7).scaled("1/3"))
    laws = [ws.weyl_law(space) for space in spaces]
    required = [required_cutoff(space, law) for space, law in zip(spaces, laws, strict=True)]
    assert laws[0].leading(required[0]) > 10**5
    assert conditions(spaces[0], laws[0], 0.99 * required[0]) == (True, True, True, False)
    assert required[1] == pytest.approx(9 * required[0], rel=1e-9)


def test_what_the_law_leaves_out_decides_on_large_dimensions_and_radii_scale_it():
    # (D/12)·n(n − 1)/(r²λ) ≤ 0.002: of this quotient the law has the volume and the walls only.
    for r in (1, 5):
        space = ws.Sphere(8, r) / ws.SO(3).copies(3)
        law = ws.weyl_law(space)
        assert law.remainder_dim == law.dim - 2
        assert required_cutoff(space, law) == pytest.approx(8 / 12 * 56 / r**2 / 0.002, rel=1e-9)


def test_a_larger_cutoff_is_used_as_given():
    report = ws.verify_weyl(ws.Sphere(2) / ws.SO(2), 5 * 10**6)
    assert (report.cutoff, report.verdict) == (5 * 10**6, "passed")


@pytest.mark.parametrize("cutoff", [0, -3])
def test_a_cutoff_must_be_positive(cutoff):
    with pytest.raises(WeylspecError, match="positive cutoff"):
        ws.verify_weyl(ws.Sphere(2), cutoff)


def test_a_point_has_no_law():
    with pytest.raises(UnknownGeometryError, match="is a point"):
        ws.verify_weyl(ws.Sphere(2) / ws.SO(3))


# -- windows ------------------------------------------------------------------------------------------------


def test_the_windows_are_eight_and_end_at_the_cutoff():
    report = ws.verify_weyl(ws.Torus(2))
    ends = report.windows[:, 0]
    assert len(ends) == 8
    assert ends[0] == pytest.approx(report.cutoff / 3)
    assert ends[-1] == pytest.approx(report.cutoff)
    np.testing.assert_allclose(ends[1:] / ends[:-1], ends[1] / ends[0])
    for end, mean, lower, first, r in report.windows:
        assert first == pytest.approx(math.pi * end * 3 / 8)  # (2π)²λ/4π, and Beta(3, 5) has the mean 3/8
        assert lower == 0
        assert r == pytest.approx(mean / first)


@pytest.mark.parametrize("window", [Window(), Window(1, 1), Window(20, 8)])
@pytest.mark.parametrize("p", [-1, 0, 1, 2, 7])
def test_means_of_powers_by_quadrature(window, p):
    weight = beta(window.a, window.b)
    expected = quad(lambda x: x ** (p / 2) * weight.pdf(x), 0, 1, epsabs=1e-13)[0]
    assert window.power(p) == pytest.approx(expected, rel=1e-9)


def test_smooth_means_by_quadrature():
    S, window, top = ws.Sphere(2).spectrum(cutoff=110), Window(), 110.0
    steps = [float(x) for x in S.eigenvalues[1:-1]]
    expected = quad(lambda lam: S.count(lam) * beta(3, 5).pdf(lam / top) / top, 0, top, points=steps, limit=400)[0]
    assert window.mean(S, top) == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize(("space", "length"), [(ws.Sphere(2), 2 * math.pi), (ws.Sphere(1), 2 * math.pi),
                                               (ws.Sphere(3), 2 * math.pi), (ws.Torus(2), 2 * math.pi)])
def test_the_oscillation_of_smooth_means_is_within_its_bound(space, length):
    """Means less the smooth law, exact on spheres up to powers of 1/λ that are subtracted by hand."""
    smooth = {  # N averaged over one turn of the oscillation, with k = √(λ + ((n − 1)/2)²), less 1/24 for one step
        "Sphere(1)": lambda u: 2 * u, "Torus(2)": lambda u: math.pi * u**2,
        "Sphere(2)": lambda u: u**2 + 1 / 3, "Sphere(3)": lambda u: (u**2 + 1) ** 1.5 / 3,
    }[repr(space)]
    S, window, d = space.spectrum(cutoff=4000), Window(), space.dim
    for top in np.geomspace(40, 4000, 8):
        law = quad(lambda x: smooth(math.sqrt(x * top)) * beta(3, 5).pdf(x), 0, 1, epsabs=1e-12)[0]  # noqa: B023
        share = (window.mean(S, top) - law) / law
        bound = float(window.oscillation(d, np.array([length * math.sqrt(top)]))[0])
        left = 0.02 / top**2 if repr(space) == "Sphere(2)" else 1e-10  # its next term, (1/15)/λ in N, is not 0
        assert abs(share) <= 2 * d * bound + left  # 2d shortest geodesics of a square torus, harmonics on spheres


def test_the_table_shows_no_digits_that_a_float_does_not_have():
    numbers = [word for word in ws.verify_weyl(ws.Sphere(12) / ws.SymmetricGroup(13)).table().split() if "." in word]
    digits = [sum(letter.isdigit() for letter in word.split("e")[0]) for word in numbers]
    assert max(digits) <= 16
    assert any("e+" in word for word in numbers)


# -- spectra handed in ----------------------------------------------------------------------------------------

TEN_THOUSAND = ws.Sphere(2).spectrum(cutoff=9999 * 10000)


def without(index):
    keep = np.arange(len(TEN_THOUSAND)) != index
    return Spectrum.from_eigenvalues(
        TEN_THOUSAND.eigenvalues[keep], multiplicities=TEN_THOUSAND.multiplicities[keep],
        complete_below=TEN_THOUSAND.complete_below)


def test_the_whole_list_of_ten_thousand_levels_passes():
    assert len(TEN_THOUSAND) == 10**4
    assert ws.verify_weyl(ws.Sphere(2), spectrum=without(-1)).verdict == "passed"


@given(st.integers(0, 9999))
@settings(max_examples=25)
def test_any_one_level_removed_is_named(index):
    report = ws.verify_weyl(ws.Sphere(2), spectrum=without(index))
    assert report.verdict == "failed"
    assert f"level {index} (λ = {index * (index + 1):.12g})" in report.reasons[0]
    assert f"has 0 eigenvalues in the list, exactly {2 * index + 1}" in report.reasons[0]


@pytest.mark.parametrize("index", [0, 1, 9998, 9999])
def test_so_are_the_first_and_the_last(index):
    assert f"level {index} " in ws.verify_weyl(ws.Sphere(2), spectrum=without(index)).reasons[0]


def test_one_eigenvalue_too_few_is_seen_even_below_the_cutoff_that_geometry_asks_for():
    S = ws.Sphere(2).spectrum(cutoff=42)
    mult = S.multiplicities.copy()
    mult[4] -= 1
    short = Spectrum.from_eigenvalues(S.eigenvalues, multiplicities=mult, complete_below=42)
    report = ws.verify_weyl(ws.Sphere(2), spectrum=short)
    assert report.verdict == "failed"
    assert "level 4 (λ = 20) has 8 eigenvalues in the list, exactly 9" in report.reasons[0]


def test_the_cutoff_is_at_most_what_a_handed_in_list_covers():
    S = ws.Sphere(2).spectrum(cutoff=5000)
    report = ws.verify_weyl(ws.Sphere(2), 10**6, spectrum=S)
    assert report.cutoff == 5000
    assert report.verdict == "passed"
    assert ws.verify_weyl(ws.Sphere(2), spectrum=S.up_to(500)).verdict == "undecided"


def perturbed(space, cutoff, size, rng):
    """A list as a solver gives it: every eigenvalue once, wrong by less than its stated error."""
    exact = space.spectrum(cutoff=cutoff * 1.5)
    lam = exact.repeated()
    errors = size * np.maximum(lam, 1.0)
    return Spectrum.from_eigenvalues(lam + errors * rng.uniform(-0.9, 0.9, len(lam)), errors=errors,
                                     complete_below=cutoff)


def test_stated_errors_widen_the_tolerance(rng):
    report = ws.verify_weyl(ws.Sphere(2), spectrum=perturbed(ws.Sphere(2), 4000, 1e-3, rng))
    assert report.verdict == "passed"
    # A relative error ε moves each mean by ε·d/2, and the pseudoinverse adds the windows up with weights of about 3.
    exact = ws.verify_weyl(ws.Sphere(2), report.cutoff)
    assert 1e-4 < report.offset_tolerance - exact.offset_tolerance < 1e-2


def test_large_errors_leave_it_undecided(rng):
    report = ws.verify_weyl(ws.Sphere(2), spectrum=perturbed(ws.Sphere(2), 4000, 0.03, rng))
    assert report.verdict == "undecided"
    assert any("of the leading term, of the volume (λ) exceeds 1.5%" in reason for reason in report.reasons)


def test_a_missing_eigenvalue_is_seen_where_the_errors_resolve_levels(rng):
    S = perturbed(ws.Sphere(2), 500, 1e-4, rng)
    drop = int(np.searchsorted(S.eigenvalues, 29))  # the first of the 11 at λ = 30
    keep = np.arange(len(S)) != drop
    short = Spectrum.from_eigenvalues(S.eigenvalues[keep], errors=S.errors[keep], complete_below=500)
    assert ws.verify_weyl(ws.Sphere(2), spectrum=S).verdict == "undecided"
    assert "level 5 (λ = 30) has 10 eigenvalues in the list, exactly 11" in (
        ws.verify_weyl(ws.Sphere(2), spectrum=short).reasons[0])


# -- the report ---------------------------------------------------------------------------------------------


def test_the_report_states_every_number_it_rests_on():
    report = ws.verify_weyl(ws.Sphere(4) / ws.SO(3))
    table = report.table()
    for text in ("passed", "tolerance", "the term of the walls", "first term ≥ 1000", "20%", "0.2%", "confirmed"):
        assert text in table
    assert "collapse by a 2-sphere" in table
    facts = json.loads(json.dumps(report.as_dict()))
    assert facts["verdict"] == "passed"
    assert len(facts["windows"]) == 8
    assert [t["dim"] for t in facts["terms"]] == [2, 1, 0, 0]
    assert [c["dim"] for c in facts["checks"]] == [2, 1]
    assert "passed" in report._repr_html_()
    assert report.plot() is not None


def test_errors_of_walls_are_in_the_tolerance():
    space = ws.Sphere(4) / ws.SO(3)
    law = ws.weyl_law(space)
    first, wall, *rest = law.terms
    rough = replace(law, terms=(first, replace(wall, error=0.05), *rest))
    lam = 400.0
    walls = abs(replace(law, terms=(first, wall)).lower(lam))
    assert rough.lower_error(lam) == pytest.approx(walls * 0.05 / rough.leading(lam))
    report, exact = ws.verify_weyl(space, law=rough), ws.verify_weyl(space)
    assert report.checks[1].tolerance == pytest.approx(exact.checks[1].tolerance + 0.05)


@pytest.mark.parametrize("more", [0, 1])
def test_laws_that_no_cutoff_makes_precise_are_refused(more):
    """What the law leaves out is as large as its leading term at every λ: no cutoff is searched for without end."""
    space = ws.QuaternionicProjectiveSpace(3)
    law = ws.weyl_law(space)
    with pytest.raises(UnknownGeometryError, match="no cutoff is large enough"):
        ws.verify_weyl(space, law=replace(law, remainder_dim=law.dim + more))
