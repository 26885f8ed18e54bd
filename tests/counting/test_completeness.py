"""Lists of 10⁴ levels: whole ones pass; a level missing, an eigenvalue too few or too many, a spurious one are seen."""

from __future__ import annotations

import functools

import numpy as np
import pytest

import weylspec as ws
from weylspec.counting.compare import compare_lists
from weylspec.counting.completeness import check_completeness
from weylspec.counting.verify import required_cutoff, verify_weyl
from weylspec.expressions import read_space
from weylspec.spectrum import Spectrum

LEVELS, POSITIONS = 10**4, 200
KINDS = ("missing", "one too few or too many", "spurious")

WITH_CLOSED_FORM = (
    "Sphere(2)", "Sphere(3) / BinaryPolyhedral('T')", "Torus(2)", "Disk(1, 'dirichlet')",
    "Sphere(6) / SymmetricGroup(7)", "Sphere(4) / SO(3)", "Torus(7) / SymmetricGroup(7)", "Sphere(1) * Sphere(2)",
    "FlatTorus([[1, 0], [0.5, 3**0.5 / 2]])", "FlatManifold('Klein bottle', sides=[1, 2])", "Ball(3)", "Box([1, 2])",
    "SpecialUnitary(3)", "ComplexProjectiveSpace(2)", "BergerSphere(2)", "EquilateralTriangle(1, 'dirichlet')",
)
FAST = WITH_CLOSED_FORM[:4]


@functools.cache
def whole_list(label, size=LEVELS):
    """The first levels, 10⁴ of them, as numbers from elsewhere; complete to halfway to the next level."""
    space = read_space(label)
    cutoff = 4 * required_cutoff(space, ws.weyl_law(space))
    while len(levels := space.spectrum(cutoff=cutoff)) <= size:
        cutoff *= 2
    lam = levels.eigenvalues
    return Spectrum.from_eigenvalues(
        lam[:size], multiplicities=levels.multiplicities[:size], errors=levels.errors[:size],
        complete_below=float(lam[size - 1] + lam[size]) / 2)


def spoilt(listed, index, kind, rng):
    """The list with one thing wrong at a level."""
    lam, mult, errors = listed.eigenvalues, listed.multiplicities.copy(), listed.errors
    if kind == "missing":
        lam, mult, errors = (np.delete(a, index) for a in (lam, mult, errors))
    elif kind == "spurious":
        above = lam[index + 1] if index + 1 < len(lam) else listed.complete_below
        between = lam[index] + rng.uniform(0.2, 0.8) * (above - lam[index])
        lam, mult = np.insert(lam, index + 1, between), np.insert(mult, index + 1, 1)
        errors = np.insert(errors, index + 1, 0.0)
    else:
        mult[index] += 1 if mult[index] == 1 or rng.random() < 0.5 else -1
    return Spectrum.from_eigenvalues(lam, multiplicities=mult, errors=errors, complete_below=listed.complete_below)


def check_closed_form(label, positions):
    space, listed, rng = read_space(label), whole_list(label), np.random.default_rng(2024)
    assert verify_weyl(space, spectrum=listed).verdict == "passed"
    exact = space.levels(listed.complete_below + 2 * float(listed.errors.max()))
    for index in rng.choice(LEVELS, positions, replace=False):
        for kind in KINDS:
            found = compare_lists(spoilt(listed, index, kind, rng), exact, label).difference
            assert found is not None, (index, kind)
            # A spurious eigenvalue counts to the level that it is nearer to.
            named = {f"level {i} " in found for i in (index, index + 1 if kind == "spurious" else index)}
            assert True in named, (index, kind, found)
    worst = verify_weyl(space, spectrum=spoilt(listed, LEVELS - 1, "missing", rng))
    assert worst.verdict == "failed"
    assert f"level {LEVELS - 1} " in worst.reasons[0]


@pytest.mark.parametrize("label", FAST)
def test_what_is_wrong_at_one_level_is_named(label):
    check_closed_form(label, POSITIONS // 20)


@pytest.mark.slow
@pytest.mark.parametrize("label", WITH_CLOSED_FORM)
def test_what_is_wrong_at_any_of_200_levels_is_named(label):
    check_closed_form(label, POSITIONS)


# -- where no closed form lists the levels too ----------------------------------------------------------------

NUMERICAL = "LeftInvariantSU2(1, 2, 3)"           # blocks of its Laplacian are diagonalised
HIDDEN = ("Annulus(1/2, 1)", "Disk(1, 'dirichlet')", "EquilateralTriangle(1)", "Sphere(2) / PointGroup('Oh')")


def check_by_means(label, positions, size=LEVELS):
    """Every level that the report says is accounted for is; all of the first 10⁴ in a list that is long enough."""
    space, listed, rng = read_space(label), whole_list(label, size), np.random.default_rng(7)
    report = verify_weyl(space, spectrum=listed)
    assert report.verdict == "passed", report.reasons
    assert f"no eigenvalue below λ = {report.resolved:.6g} is missing or spurious" in report.reasons[-1]
    seen = int(np.searchsorted(listed.eigenvalues, report.resolved)) - 1
    assert seen > (0.7 * LEVELS if size == LEVELS else LEVELS)
    law, least = ws.weyl_law(space), report.required_cutoff
    for n, index in enumerate(rng.choice(min(seen, LEVELS), positions, replace=False)):
        wrong = spoilt(listed, index, KINDS[n % 3], rng)
        found = check_completeness(wrong, law, wrong.complete_below, space.length, least)
        assert found.difference is not None, (index, KINDS[n % 3])
    assert verify_weyl(space, spectrum=spoilt(listed, seen - 1, "missing", rng)).verdict == "failed"
    far = verify_weyl(space, listed.complete_below, spectrum=listed)
    assert far.verdict == "undecided"
    assert "a single missing eigenvalue would be seen only below" in far.reasons[-1]


def test_levels_of_a_numerical_list_are_accounted_for():
    assert not read_space(NUMERICAL).is_closed_form
    check_by_means(NUMERICAL, 3)


@pytest.mark.slow
def test_any_of_200_levels_of_a_numerical_list_is_accounted_for():
    """Any of the first 10⁴. No mean tells the last tenth of a list from its fluctuation: the list goes on further."""
    check_by_means(NUMERICAL, POSITIONS, LEVELS * 9 // 8)


@pytest.mark.slow
@pytest.mark.parametrize("label", HIDDEN)
def test_means_alone_find_what_the_closed_form_would(label, monkeypatch):
    monkeypatch.setattr(type(read_space(label)), "is_closed_form", False)
    check_by_means(label, 15)


def test_a_law_that_leaves_out_a_constant_decides_nothing_about_single_eigenvalues():
    """Two dimensions, and the constant unknown: it could be the eigenvalue that is missing."""
    space = read_space(NUMERICAL)
    law = ws.weyl_law(ws.Disk())
    rough = ws.WeylLaw(law.terms[:2], law.space, 0.0, 0.0)
    listed = whole_list("Disk(1, 'dirichlet')")
    assert check_completeness(listed, rough, listed.complete_below, 1.0, 1000.0).resolved == 0.0
    assert not space.is_closed_form
