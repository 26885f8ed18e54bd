"""The atlas: its rows against values typed by hand, its files, and routes that do find what is wrong."""

import csv
import io
import json
import math
import shlex
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import weylspec as ws
from weylspec.catalogue import CATALOGUE, FAMILIES
from weylspec.errors import ExpressionError, WeylspecError
from weylspec.expressions import read_space
from weylspec.report.atlas import measure, routes
from weylspec.report.atlas.files import COLUMNS, csv_text, json_text
from weylspec.report.atlas.labels import ATLAS, LEFT_OUT, chosen, family_of
from weylspec.report.atlas.measure import measured_row, refused_row, window_fit
from weylspec.report.atlas.pictures import small_picture
from weylspec.report.atlas.polytopes import polynomial_galerkin
from weylspec.report.atlas.radial import radial_equation
from weylspec.report.atlas.relations import RELATIONS, other_spaces
from weylspec.report.atlas.routes import (
    character_orbits,
    exact_heat_trace,
    kernel_ranks,
    null_spaces,
    second_route,
)
from weylspec.report.atlas.rows import AtlasRow
from weylspec.report.atlas.run import Atlas, atlas
from weylspec.spectrum import Spectrum

DATA = Path(__file__).parents[2] / "data"

SEVERAL = (
    "Sphere(2)", "Sphere(2) / PointGroup('Oh')", "Sphere(2) / SO(2)", "Sphere(6) / SymmetricGroup(7)",
    "Torus(2) / SymmetricGroup(2)", "Disk(1, 'dirichlet')", "Sphere(2) ** 2 / SymmetricGroup(2)", "SpecialUnitary(2)",
    "Isotypic(Sphere(2) / PointGroup('Oh'), 'det')", "Sphere(3) / BinaryPolyhedral('I')", "Interval(1, 'dirichlet')",
    "FlatManifold('Klein bottle', sides=[1, 2])", "ComplexProjectiveSpace(2) / SymmetricGroup(3).blocks(2)",
)


@pytest.fixture(scope="module")
def found():
    return atlas(SEVERAL, workers=1)


def test_rows_pass_each_by_a_second_route(found):
    assert found.passed
    assert [row.label for row in found.rows] == list(SEVERAL)
    assert {row.route.result for row in found.rows} == {"agrees"}
    assert found.with_second_route == len(SEVERAL)
    assert {row.route.name for row in found.rows} == {
        "null spaces over generators", "orbits of characters", "counts of other spaces", "Galerkin's method",
        "exact heat trace", "ranks of reproducing kernels"}


def test_counts_of_rows_are_the_space_s_own(found):
    """At the λ of the row as typed, which is about N = 10, 1000 and far."""
    for row in found.rows:
        space = read_space(row.label)
        near, middle = row.counts[:2]
        assert [space.count(count.lam) for count in row.counts] == [count.count for count in row.counts]
        assert 10 <= near.count <= 40, row.label
        assert 1000 <= middle.count <= 2000, row.label
        assert float(row.counts[2].lam) > float(middle.lam)


def test_a_far_count_in_closed_form(found):
    rows = {row.label: row for row in found.rows}
    # N = (k + 1)² with k(k + 1) ≤ λ: k = 10¹⁵ − 1.
    assert (rows["Sphere(2)"].counts[2].lam, rows["Sphere(2)"].counts[2].count) == ("1e30", 10**30)
    # Σ m_k t^k = 1/(1 − t): a level for each degree with k(k + 1) ≤ λ.
    assert rows["Sphere(2) / SO(2)"].counts[2].count == 10**15


def test_fits_are_what_geometry_says(found):
    """Exponents to a hundredth, constants to the two percent of the verdict."""
    for row in found.rows:
        assert row.fit.predicted_exponent == row.dim / 2
        assert row.fit.exponent == pytest.approx(row.dim / 2, abs=0.02)
        assert row.fit.constant == pytest.approx(row.fit.predicted_constant, rel=0.02)
        assert row.fit.predicted_constant == pytest.approx(
            (4 * math.pi) ** (-row.dim / 2) / math.gamma(row.dim / 2 + 1) * row.volume, rel=1e-12)
        assert abs(row.fit.residual) < 0.02


@pytest.mark.parametrize("dim", [1, 2, 3, 5])
def test_a_fit_finds_the_exponent_of_a_made_up_law(dim):
    """Levels at ((k + ½)/c)^{2/d}: N is c λ^{d/2} but for a saw of height ½ and mean 0, of 36 steps at least."""
    torus = ws.Torus(dim)
    law = ws.weyl_law(torus)
    top = (2000 / law.count(1.0)) ** (2 / dim)
    levels = (np.arange(0.5, 2000) / law.count(1.0)) ** (2 / dim)
    listed = Spectrum.from_eigenvalues(levels, complete_below=top)
    report = ws.verify_weyl(torus, top)
    fit = window_fit(replace(report, spectrum=listed, law=law, cutoff=top))
    assert fit.exponent == pytest.approx(dim / 2, abs=2e-3)
    assert fit.constant == pytest.approx(law.count(1.0), rel=2e-3)


# -- labels -----------------------------------------------------------------------------------------


def test_labels():
    assert len(ATLAS) >= 300
    assert set(ATLAS) | set(LEFT_OUT) == set(CATALOGUE)
    assert not set(ATLAS) & set(LEFT_OUT)
    assert {family_of(label) for label in ATLAS} == set(FAMILIES)
    assert chosen(["tori"]) == tuple(label for label in ATLAS if label in FAMILIES["tori"])
    assert chosen(["Torus(5)", "Klein", "Torus(5)"])[-1] == "Torus(5)"
    with pytest.raises(ExpressionError, match="part of no label"):
        chosen(["Klien"])


def test_bad_arguments_are_refused():
    with pytest.raises(WeylspecError, match="expression"):
        atlas([ws.Sphere(2)])
    with pytest.raises(WeylspecError, match="workers"):
        atlas(["Sphere(2)"], workers=0)


def test_a_label_that_cannot_be_read_becomes_a_row_that_says_so():
    result = atlas(["Sphere(2) / Nothing(3)", "Sphere(2) / SO(3)"], workers=1)
    assert not result.passed
    assert [row.verdict for row in result.rows] == ["refused", "refused"]
    assert "Nothing" in result.rows[0].reason
    assert "point" in result.rows[1].reason
    assert "Nothing" in result.table()
    assert result.failed() == result.rows
    assert AtlasRow.from_dict(result.rows[0].as_dict()) == result.rows[0]


# -- second routes find what is wrong ------------------------------------------------------------------


def planted(space, monkeypatch, level):
    """The space with a multiplicity changed by one, or a level taken away where it is simple."""
    true = type(space).spectrum

    def spectrum(self, cutoff=None, *, num=None):
        listed = true(self, cutoff, num=num)
        if self is not space or len(listed) <= level:
            return listed
        multiplicities = listed.multiplicities.copy()
        multiplicities[level] += 1
        return replace(listed, multiplicities=multiplicities)

    monkeypatch.setattr(type(space), "spectrum", spectrum)
    return space


@pytest.mark.parametrize(("route", "label", "level"), [
    (null_spaces, "Sphere(2) / PointGroup('Oh')", 3),
    (null_spaces, "ComplexProjectiveSpace(2) / SymmetricGroup(3).blocks(2)", 1),
    (null_spaces, "Sphere(8) / SO(3).copies(3)", 1),
    (character_orbits, "Torus(2)", 6),
    (character_orbits, "Torus(2) / SymmetricGroup(2)", 6),
    (character_orbits, "FlatManifold('Klein bottle', sides=[1, 2])", 9),
    (other_spaces, "Isotypic(Sphere(2) / PointGroup('Oh'), 'det')", 4),
    (radial_equation, "Disk(1, 'dirichlet')", 5),
    (radial_equation, "Annulus(1/2, 1, ('dirichlet', 'neumann'))", 3),
    (radial_equation, "Sector(3/4, 1, ('dirichlet', 'neumann', 'neumann'))", 7),
    (radial_equation, "Ball(3) / PointGroup('Oh')", 2),
    (exact_heat_trace, "SpecialUnitary(3)", 2),
    (kernel_ranks, "Sphere(3)", 2),
    (kernel_ranks, "Sphere(2) ** 2 / SymmetricGroup(2)", 3),
    (polynomial_galerkin, "Box([1, 2], 'dirichlet')", 4),
    (polynomial_galerkin, "EquilateralTriangle(1) / CyclicGroup(3)", 2),
    (polynomial_galerkin, "RightIsoscelesTriangle(1, ('dirichlet', 'neumann', 'neumann'))", 6),
    (kernel_ranks, "Grassmannian(2, 4)", 1),
])
def test_a_route_agrees_and_finds_a_wrong_multiplicity(route, label, level, monkeypatch):
    space = read_space(label)
    difference, told = route(space)
    assert difference == ""
    assert told
    difference, _ = route(planted(space, monkeypatch, level))
    assert difference


@pytest.mark.parametrize("route", [
    null_spaces, character_orbits, other_spaces, polynomial_galerkin, radial_equation, exact_heat_trace])
def test_a_route_leaves_alone_what_it_does_not_know(route):
    for space in (ws.BergerSphere(2) / ws.SO(2), ws.Cavity([1, 2, 2]), ws.Sphere(2) * ws.Torus(1)):
        assert route(space) is None


def test_a_row_whose_second_route_differs_has_not_passed(monkeypatch):
    monkeypatch.setattr(routes, "_ROUTES", (("planted", lambda space: ("2 is not 3", "")),))
    row = measured_row("Sphere(2)")
    assert row.verdict == "passed"
    assert not row.passed
    assert "planted differs: 2 is not 3" in row.reason
    page = Atlas((row,)).html()
    assert page.index("Rows that did not pass") < page.index("Overview")


def test_no_route_says_why():
    route = second_route(ws.FlagManifold("G2"))
    assert route.result == "none"
    assert "random points" in route.detail


@pytest.mark.parametrize("label", RELATIONS)
def test_relations_hold_and_are_keyed_by_what_spaces_print(label):
    space = read_space(label)
    assert repr(space) == label
    assert other_spaces(space)[0] == ""


# -- files ------------------------------------------------------------------------------------------------


def test_json_round_trip(found):
    text = json_text(found)
    plain = json.loads(text)
    again = Atlas.from_dict(plain)
    assert again.rows == found.rows
    assert plain == json.loads(json.dumps(found.as_dict(), allow_nan=False))
    assert plain["passed"] is True
    assert len(text.splitlines()) < 20 + len(found.rows)
    assert [type(count["count"]) for count in plain["rows"][0]["counts"]] == [int, int, int]


def test_csv(found):
    lines = list(csv.DictReader(io.StringIO(csv_text(found.rows))))
    assert [line["label"] for line in lines] == [row.label for row in found.rows]
    assert tuple(lines[0]) == COLUMNS
    for line, row in zip(lines, found.rows, strict=True):
        assert [int(line[f"count_{i}"]) for i in (1, 2, 3)] == [count.count for count in row.counts]
        assert float(line["volume"]) == row.volume
        assert line["passed"] == "True"


def test_page_and_table(found, tmp_path):
    page = found.write(tmp_path)
    text = page.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["atlas.csv", "atlas.html", "atlas.json"]
    assert text.count("<svg") == len(found.rows)
    assert "Rows that did not pass" not in text
    assert "http" not in text.replace("http://www.w3.org", "")
    assert len(text) < 20_000 * len(found.rows)
    assert "<table" in found._repr_html_()
    assert f"{len(found.rows)} of {len(found.rows)} rows passed" in found.table()
    assert max(map(len, found.table().splitlines())) <= 120
    assert len(found.plot().get_legend_handles_labels()[1]) == len({row.family for row in found.rows})


@pytest.mark.parametrize("label", [*ATLAS, 'A("B")', "A('$B')", "A('!')"])
def test_commands_mean_the_label_to_a_shell(label):
    row = replace(refused_row("Sphere(2)", ""), label=label)
    assert shlex.split(row.command) == ["weylspec", "verify", label]


def test_a_small_picture_without_a_curve_is_empty_axes():
    assert "polyline" not in small_picture(())


# -- the committed atlas ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def committed():
    return Atlas.from_dict(json.loads((DATA / "atlas.json").read_text(encoding="utf-8")))


def test_committed_rows_are_those_of_the_atlas_and_passed(committed):
    assert [row.label for row in committed.rows] == list(ATLAS)
    assert committed.passed
    assert committed.with_second_route >= 0.9 * len(ATLAS)
    assert (DATA / "atlas.csv").read_text(encoding="utf-8") == csv_text(committed.rows)


def test_committed_counts_are_made_again(found, committed):
    rows = {row.label: row for row in committed.rows}
    for row in found.rows:
        kept = rows[row.label]
        assert [(count.lam, count.count) for count in kept.counts] == [
            (count.lam, count.count) for count in row.counts]
        assert (kept.dim, kept.total_dim, kept.verdict) == (row.dim, row.total_dim, row.verdict)
        assert kept.route.result == row.route.result
        assert kept.volume == pytest.approx(row.volume, rel=1e-12)
        assert kept.fit.exponent == pytest.approx(row.fit.exponent, abs=1e-9)


@pytest.mark.slow
def test_the_whole_atlas_verifies_in_under_five_minutes(tmp_path):
    """On two cores: at most ten minutes of processor time in two processes."""
    import time

    start = time.perf_counter()
    whole = atlas(resume=tmp_path / "atlas.jsonl", workers=2)
    took = time.perf_counter() - start
    assert whole.passed, [(row.label, row.reason) for row in whole.failed()]
    assert whole.with_second_route >= 0.9 * len(ATLAS)
    assert took < 300
    assert len(whole.html()) < 5 * 10**6


def test_measure_rounds_up_exactly():
    assert [measure._rounded(x) for x in (0.1234, 9.01, 42.0, 1234.5, 10.0)] == ["0.13", "9.1", 42, 1300, 10]
