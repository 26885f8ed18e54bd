"""A report on one space: its numbers, its forms, and what it says where something is not offered."""

import json

import pytest

import weylspec as ws
from weylspec.errors import WeylspecError
from weylspec.report.space import space_report


@pytest.fixture(scope="module")
def cubic():
    return space_report(ws.Sphere(2) / ws.PointGroup("Oh"), noise=1)


def test_numbers_of_the_cubic_sphere(cubic):
    # Theory 3.1 (counts), 6.9 (gain 13.1 at s = 2, σ = F = 1, ε = 0.001).
    assert {row.lam: row.invariant for row in cubic.counts}[100] == 4
    assert cubic.passed
    assert cubic.s == 2.0
    assert f"{cubic.gain.ratio:.1f}" == "13.1"
    assert cubic.gain.limit == 48
    assert [len(risk.n) for risk in cubic.risks] == [3, 3]
    assert cubic.refused == ()


def test_text_dict_and_tables(cubic):
    text = cubic.text()
    for piece in ("Sphere(2) / PointGroup('Oh')", "2 → 2", "48", "passed", "mirrors", "upper bound"):
        assert piece in text
    plain = json.loads(json.dumps(cubic.as_dict(), allow_nan=False))
    assert plain["effective_order"] == 48
    assert plain["passed"] is True
    assert "<table" in cubic._repr_html_()


def test_page_is_self_contained(cubic):
    page = cubic.html()
    assert page.startswith("<!DOCTYPE html>")
    assert page.count("<figure>") == 3
    assert "src=\"http" not in page
    assert "<link" not in page


def test_a_page_without_a_picture_says_why():
    report = space_report(ws.Isotypic(ws.Sphere(2) / ws.PointGroup("Oh"), "det"))
    assert report.weyl is not None
    assert report.weyl.passed
    page = report.html()
    assert "No picture: Isotypic(Sphere(2) / PointGroup(&#x27;Oh&#x27;), &#x27;det&#x27;) does not offer points" in page
    assert page.count("<figure>") >= 1


def test_a_continuous_group_has_no_limit():
    report = space_report(ws.Sphere(2) / ws.SO(2), noise=1)
    plain = json.loads(json.dumps(report.as_dict(), allow_nan=False))
    assert plain["gain"]["limit"] == "infinity"
    assert plain["effective_order"] == "infinity"
    assert (plain["dim_total"], plain["dim"]) == (2, 1)
    # Theory 6.9: 4.84 at ε = 0.001; exponents s/(s + d/2).
    assert f"{plain['gain']['ratio']:.2f}" == "4.84"
    assert plain["gain"]["exponent_with"] == pytest.approx(2 / 2.5)


def test_without_a_group():
    report = space_report(ws.Sphere(1))
    assert report.gain is None
    assert len(report.risks) == 1
    assert "ratio" not in report.text()
    assert report.as_dict()["effective_order"] == 1


def test_a_point_says_what_it_does_not_have():
    report = space_report(ws.Sphere(2) / ws.SO(3))
    assert report.passed is None
    assert "Weyl's law: no verdict" in report.text()
    assert [what for what, _ in report.refused] == ["Weyl's law"]
    assert "not offered: Weyl's law" in report.text()
    assert "<figure>" not in report.html().split("Excess risk")[0]


def test_counts_of_a_mesh_are_intervals():
    """N(10; S²) = 9 and N(100; S²) = 100; 162 vertices know 6 to ±0.7 and 12 to ±2.2, and little of 100."""
    report = space_report(ws.TriangleMesh.icosphere(2))
    found = {row.lam: row.as_dict()["invariant"] for row in report.counts}
    assert found[10]["low"] == 9
    assert found[10]["high"] in (9, 16)
    assert found[100]["low"] < 100
    assert found[100]["high"] is None or found[100]["high"] > 100
    assert "as far as the errors" in report.text()
    page = report.html()
    assert "Exact" not in page
    assert "No picture: TriangleMesh" in page


@pytest.mark.parametrize("wrong", [{"noise": 0}, {"target_risk": -1}, {"s": "x"}])
def test_parameters_out_of_range(wrong):
    with pytest.raises(WeylspecError):
        space_report(ws.Sphere(2), **wrong)
