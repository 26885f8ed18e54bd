"""Every label of the catalogue at its own cutoff: the right law passes; wrong volumes, orders and walls are caught."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import weylspec as ws
from weylspec.catalogue import CATALOGUE
from weylspec.counting.compare import compare_lists
from weylspec.counting.criteria import check_terms
from weylspec.counting.verify import verify_weyl
from weylspec.expressions import read_space

# Meshes resolve no levels near the cutoff that geometry asks for.
LABELS = [label for label in CATALOGUE if "Mesh" not in label]
SPREAD = [label for label in LABELS if label != "ExceptionalLieGroup('F4')"][::8]  # F4 takes some seconds


def times(law, factor):
    return replace(law, terms=tuple(replace(t, coefficient=factor * t.coefficient) for t in law.terms))


def flipped(law):
    """Neumann for Dirichlet: what has odd codimension, the walls first of all, changes its sign."""
    return replace(law, terms=tuple(
        replace(t, coefficient=(-1) ** (law.dim - t.dim) * t.coefficient) for t in law.terms))


def has_walls(law):
    """Whether the weights of the walls do not cancel: a string free at one end only has no second term."""
    walls = [t.coefficient for t in law.terms if t.dim == law.dim - 1]
    return abs(sum(walls)) > 1e-9 * sum(map(abs, walls))


def judged(report, space, law):
    """The same levels against another law."""
    return check_terms(report.spectrum, law, report.cutoff, space.length)


def caught(report, space, law, dim):
    return [check.dim for check in judged(report, space, law) if check.verdict == "refuted"].count(dim) == 1


def check_planted_errors(label):
    space = read_space(label)
    report = verify_weyl(space)
    assert report.passed, report.reasons
    law, d = report.law, space.dim
    for factor in (0.97, 1.03):
        assert caught(report, space, law.with_volume(factor), d), factor
    orders = {2, space.effective_order} if space.effective_order != float("inf") else {2}
    for order in orders - {1}:
        assert caught(report, space, times(law, order), d), order     # its law has |G_eff| for the larger |G|
        assert caught(report, space, times(law, 1 / order), d), order
    if has_walls(law):
        assert caught(report, space, flipped(law), d - 1)
    check_missing_levels(report.spectrum, label)


def check_missing_levels(listed, label):
    """The verdict's own list without one of its levels, at 20 random positions."""
    rng = np.random.default_rng(7)
    for index in rng.integers(0, len(listed), 20):
        kept = np.arange(len(listed)) != index
        short = ws.Spectrum.from_eigenvalues(
            listed.eigenvalues[kept], multiplicities=listed.multiplicities[kept], errors=listed.errors[kept],
            complete_below=listed.complete_below)
        found = compare_lists(short, listed, label).difference
        assert found is not None, index
        assert f"level {index} " in found


@pytest.mark.parametrize("label", SPREAD)
def test_planted_errors_are_caught(label):
    check_planted_errors(label)


@pytest.mark.slow
@pytest.mark.parametrize("label", [label for label in LABELS if label not in SPREAD])
def test_planted_errors_are_caught_on_every_label(label):
    check_planted_errors(label)


def test_the_reason_names_the_term_that_fails():
    space = ws.Sphere(6) / ws.SymmetricGroup(7)
    law = ws.weyl_law(space)
    wrong = verify_weyl(space, law=flipped(law))
    assert wrong.verdict == "failed"
    assert [c.measured for c in wrong.checks if c.dim == 5] == [pytest.approx(-1, abs=0.05)]
    assert any(reason.startswith("the term of the walls (λ^(5/2)) is measured as -") for reason in wrong.reasons)
    heavy = verify_weyl(space, law=law.with_volume(1.03))
    assert heavy.reasons[0].startswith("the leading term, of the volume (λ^3) is measured as 0.97")
