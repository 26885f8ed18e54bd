"""The atlas from the command line, laws and comparisons: files, exit status, patterns."""

from __future__ import annotations

import json

import pytest

from weylspec.cli import main
from weylspec.report.atlas import routes


def test_atlas(capsys, tmp_path):
    words = ["atlas", "--out", str(tmp_path), "--labels", "Sphere(2) / PointGroup('T", "Torus(5)", "--workers", "1"]
    assert main(words) == 0
    out, told = capsys.readouterr()
    assert "4 of 4 rows passed, 4 of them by a second route too" in out
    assert told.splitlines()[0].startswith("[1/4] Sphere(2) / PointGroup('T'): passed (")
    assert "left" in told.splitlines()[0]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["atlas.csv", "atlas.html", "atlas.json", "atlas.jsonl"]
    assert main([*words, "--json"]) == 0
    out, told = capsys.readouterr()
    found = json.loads(out)
    assert found["passed"] is True
    assert [row["label"] for row in found["rows"]] == [
        "Sphere(2) / PointGroup('T')", "Sphere(2) / PointGroup('Td')", "Sphere(2) / PointGroup('Th')", "Torus(5)"]
    assert found["rows"][0]["command"] == "weylspec verify \"Sphere(2) / PointGroup('T')\""
    assert told.splitlines()[0].startswith("4 of 4 rows are kept from")
    assert json.loads((tmp_path / "atlas.json").read_text(encoding="utf-8")) == found


def test_a_row_that_fails_is_status_1(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(routes, "_ROUTES", (("planted", lambda space: ("2 is not 3", "")),))
    assert main(["atlas", "--out", str(tmp_path), "--labels", "Torus(5)", "--workers", "1"]) == 1
    assert "Torus(5): passed: " in capsys.readouterr().out


@pytest.mark.parametrize(("words", "message"), [
    (["Sphere(2)"], "atlas takes no space"),
    (["--labels", "Klien"], "part of no label of the atlas"),
    (["--workers", "0"], "whole number >= 1"),
])
def test_bad_words(words, message, capsys, tmp_path):
    try:
        status = main(["atlas", "--out", str(tmp_path / "x"), *words])
    except SystemExit as stop:
        status = stop.code
    assert status == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


# -- law and compare --------------------------------------------------------------------------------------


def test_law(capsys):
    """The hemisphere: area 2π over 4π, and a quarter of the equator 2π over π."""
    assert main(["law", "Sphere(2) / PointGroup('Cs')", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(term["dim"], round(term["constant"], 12)) for term in found["terms"][:2]] == [(2, 0.5), (1, 0.5)]
    assert main(["law", "Sphere(2) / PointGroup('Cs')"]) == 0
    out = capsys.readouterr().out
    assert "mirrors of" in out
    assert "source" in out


@pytest.mark.parametrize(("spaces", "status", "isospectral"), [
    (("Torus(2)", "FlatTorus([[1, 0], [0, 1]])"), 1, False),
    (("Sphere(3) / LensGroup(5, 1, 2)", "Sphere(3) / LensGroup(5, 1, 1)"), 1, False),
    (("Sphere(5) / LensGroup(11, 1, 2, 3)", "Sphere(5) / LensGroup(11, 1, 2, 4)"), 0, True),  # Ikeda 1980
    (("SpecialUnitary(2)", "Sphere(3)"), 1, None),
])
def test_compare(spaces, status, isospectral, capsys):
    assert main(["compare", *spaces, "--json"]) == status
    found = json.loads(capsys.readouterr().out)
    assert found["isospectral"] is isospectral
    assert found["names"] == list(spaces)
    assert main(["compare", *spaces]) == status
    assert "isospectral" in capsys.readouterr().out


def test_compare_takes_two_spaces(capsys):
    assert main(["compare", "Sphere(2)"]) == 2
    assert "two spaces, got 1" in capsys.readouterr().err
