"""The command line: answers, exit status, errors in one line, and how fast it starts."""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
import sys

import numpy as np
import pytest

from weylspec.cli import exact_number, main
from weylspec.counting.law import weyl_law
from weylspec.errors import ExpressionError
from weylspec.report.examples import EXAMPLES
from weylspec.report.gallery import gallery
from weylspec.spaces.mesh import TriangleMesh
from weylspec.spectrum import Spectrum

SIMULATE = ["simulate", "Sphere(2) / PointGroup('Oh')", "--s", "2", "--noise", "0.5", "--n", "40", "20",
            "--repetitions", "4", "--seed", "5"]


def answer(capsys, *words):
    """Exit status and the JSON object that a command prints."""
    status = main([*words, "--json"])
    printed = capsys.readouterr().out
    assert printed.count("\n") == 1
    return status, json.loads(printed)


# -- count ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("space", "lam", "count"),
    [
        ("Sphere(2)", "100", 100),
        ("Sphere(2)", "1e30", 10**30),
        ("Sphere(2)", str(10**30), 10**30),
        ("Sphere(2)", str(10**30 - 10**15 - 1), (10**15 - 1) ** 2),  # just below k(k+1), k = 10¹⁵ − 1
        ("Sphere(2)", "-1", 0),
        ("Torus(2)", "2.5", 9),
        ("Torus(2)", "5/2", 9),
        ("Sphere(2, 3)", "2/9", 4),
        ("Sphere(2, '0.3')", "22.2", 1),
        ("Sphere(2, '0.3')", "22.23", 4),  # 2/0.09 = 22.222…
        ("Sphere(2) / PointGroup('Oh')", "400", 12),
        ("Torus(7) / SymmetricGroup(7)", "25", 929),
        ("Sphere(8) / SO(3).copies(3)", "400", 1749),
    ],
)
def test_count_is_exact(capsys, space, lam, count):
    """Values of theory 2.1, 2.2, 3.1-3.3."""
    status, found = answer(capsys, "count", space, lam)
    assert status == 0
    assert found["count"] == count
    assert found["lambda"] == lam
    assert main(["count", space, lam]) == 0
    assert capsys.readouterr().out.startswith(f"N({lam}) = {count} on ")


def test_several_eigenvalues_at_once(capsys):
    status, found = answer(capsys, "count", "Sphere(2) / PointGroup('I')", "20", "100", "400")
    assert status == 0
    assert [row["count"] for row in found["counts"]] == [1, 2, 7]


@pytest.mark.parametrize(("word", "value"), [("1e30", 10**30), ("1.5e1", 15), ("2.50", "2.50"), ("7/2", "7/2"),
                                             ("-3", -3), (".5", ".5"), ("1e-3", "1e-3"), ("4.", 4)])
def test_numbers_typed_in_a_shell_are_exact(word, value):
    assert exact_number(word, "x") == value


@pytest.mark.parametrize("word", ["", "x", "1e", "1/0", "1e400", "1e999999999", "1e-999999999", "inf", "nan", "0x10",
                                  "10**30", "1,000", "--5"])
def test_other_words_are_no_numbers(word):
    with pytest.raises(ExpressionError, match=r"write it like|from 1e-300"):
        exact_number(word, "x")


# -- the other commands ----------------------------------------------------------------------------


def test_spectrum_prints_and_saves(capsys, tmp_path):
    path = tmp_path / "levels.npz"
    assert main(["spectrum", "Sphere(2) / PointGroup('Ih')", "--cutoff", "272", "--save", str(path)]) == 0
    printed = capsys.readouterr().out
    assert re.search(r"^ *272 +1 +5$", printed, re.MULTILINE)
    assert str(path) in printed
    assert Spectrum.load(path).eigenvalues.tolist() == [0, 42, 110, 156, 272]
    status, found = answer(capsys, "spectrum", "Sphere(2)", "--num", "10")
    assert status == 0
    assert (found["eigenvalues"], found["multiplicities"]) == ([0, 2, 6, 12], [1, 3, 5, 7])


def test_long_spectra_say_how_many_levels_are_not_shown(capsys):
    assert main(["spectrum", "Sphere(2)", "--num", "10000"]) == 0
    assert "… 60 more levels" in capsys.readouterr().out


def test_verify_passes_fails_and_is_undecided(capsys, monkeypatch):
    status, found = answer(capsys, "verify", "Sphere(2) / SO(2)")
    assert (status, found["verdict"], found["passed"]) == (0, "passed", True)
    assert main(["verify", "Sphere(6) / SymmetricGroup(7)", "--cutoff", "10"]) == 1
    assert "undecided" in capsys.readouterr().out
    monkeypatch.setattr("weylspec.counting.verify.weyl_law", lambda space: weyl_law(space).with_volume(1.05))
    status, found = answer(capsys, "verify", "Sphere(2) / SO(2)")
    assert (status, found["verdict"]) == (1, "failed")


def test_bound_prints_the_table_of_theory(capsys):
    """Theory 6.8 and 6.7: S²/O_h, s = 2, σ = F = 1, n = 100 and 1000, to the printed digits."""
    words = ("bound", "Sphere(2) / PointGroup('Oh')", "--s", "2", "--noise", "1", "--n", "100", "1000")
    status, found = answer(capsys, *words)
    assert status == 0
    rows = found["rows"]
    assert [float(f"{row['upper_bound']['value']:.3g}") for row in rows] == [0.0824, 0.00946]
    assert [float(f"{row['pinsker']['value']:.3g}") for row in rows] == [0.0111, 0.00172]
    assert [float(f"{row['lower_bound']['value']:.3g}") for row in rows] == [0.00238, 4.15e-4]
    assert main(list(words)) == 0
    printed = capsys.readouterr().out
    assert "0.0824" in printed
    assert "holds: Gaussian noise" in printed


def test_report_in_text_json_and_html(capsys, tmp_path):
    """Theory 6.9: the Pinsker gain of O_h at s = 2, σ = F = 1, ε = .001 is 13.1, its limit 48."""
    page = tmp_path / "page.html"
    words = ["report", "Sphere(2) / PointGroup('Oh')", "--s", "2", "--noise", "1", "--target-risk", "1e-3"]
    status, found = answer(capsys, *words)
    assert (status, found["passed"], found["weyl"]["verdict"]) == (0, True, "passed")
    assert (found["gain"]["limit"], float(f"{found['gain']['ratio']:.3g}")) == (48, 13.1)
    assert main([*words, "--html", str(page)]) == 0
    assert f"written to {page}" in capsys.readouterr().out
    text = page.read_text(encoding="utf-8")
    assert text.lstrip().lower().startswith("<!doctype html>")
    assert "data:image" in text or "<svg" in text
    assert not re.search(r"(src|href)=.https?:", text)


def test_report_on_a_space_without_a_group(capsys):
    status, found = answer(capsys, "report", "Torus(2)")
    assert (status, found["s"], found["noise"], found["gain"]) == (0, 2.0, 0.1, None)


def test_report_of_a_point_is_fine_and_says_what_is_not_offered(capsys):
    status, found = answer(capsys, "report", "Sphere(2) / SO(3)")
    assert (status, found["passed"], found["weyl"]) == (0, None, None)
    assert found["refused"][0]["what"] == "Weyl's law"
    assert main(["report", "Sphere(2) / SO(3)"]) == 0
    assert "Weyl's law: no verdict" in capsys.readouterr().out
    assert main(["verify", "Sphere(2) / SO(3)"]) == 2
    assert "is a point" in capsys.readouterr().err


def test_report_is_1_when_the_law_fails(capsys, monkeypatch):
    monkeypatch.setattr("weylspec.counting.verify.weyl_law", lambda space: weyl_law(space).with_volume(1.05))
    status, found = answer(capsys, "report", "Torus(2)")
    assert (status, found["passed"]) == (1, False)


def test_bound_prints_what_there_is(capsys):
    """S²/SO(2) with ½ < s < 1: the kernel of M is not bounded, the lower bound stands."""
    words = ["bound", "Sphere(2) / SO(2)", "--s", "0.9", "--noise", "1", "--n", "1e2", "--theta", "1", "--norm", "1"]
    status, found = answer(capsys, *words)
    assert (status, found["rows"][0]["n"], found["rows"][0]["upper_bound"]) == (0, 100, None)
    assert found["rows"][0]["lower_bound"]["value"] > 0
    assert list(found["refused"]) == ["upper_bound"]
    assert main(words) == 0
    assert "upper bound not offered: " in capsys.readouterr().out


def test_gallery_writes_shows_progress_and_takes_its_status_from_the_rows(capsys, monkeypatch, tmp_path):
    few = [example for example in EXAMPLES if example.expression == "Torus(1) / SignFlips(1)"]
    monkeypatch.setattr("weylspec.report.gallery.gallery", functools.partial(gallery, examples=few))
    assert main(["gallery", "--out", str(tmp_path), "--json"]) == 0
    captured = capsys.readouterr()
    (row,) = json.loads(captured.out)["rows"]
    assert (row["label"], row["passed"]) == (few[0].label, True)
    assert {"lam": 100, "total": 21, "invariant": 11} in row["counts"]  # N = 2⌊√λ⌋ + 1 and ⌊√λ⌋ + 1
    assert few[0].label in captured.err
    assert list(tmp_path.glob("*.html"))
    monkeypatch.setattr("weylspec.counting.verify.weyl_law", lambda space: weyl_law(space).with_volume(1.05))
    assert main(["gallery", "--out", str(tmp_path)]) == 1
    assert "FAILED" in capsys.readouterr().out


def test_simulate_is_reproducible_and_lies_below_the_bound(capsys):
    status, found = answer(capsys, *SIMULATE)
    assert (status, found["passed"], found["repetitions"], found["n"]) == (0, True, 4, [20, 40])
    assert all(mean < high for mean, high in zip(found["measured"]["mean"], found["upper"], strict=True))
    assert answer(capsys, *SIMULATE)[1] == found
    assert main(SIMULATE) == 0
    printed = capsys.readouterr().out
    assert "passed: every measured mean + 2 standard errors lies below" in printed
    assert f"{min(found['margin']):.3g}" in printed
    assert found["margin"] == pytest.approx(np.divide(found["upper"], found["measured"]["mean"]))


def test_one_repetition_decides_nothing(capsys):
    words = [*SIMULATE[:-4], "--repetitions", "1"]
    status, found = answer(capsys, *words)
    assert (status, found["verdict"], found["passed"]) == (1, "undecided", False)
    assert main(words) == 1
    printed = capsys.readouterr().out
    assert "undecided" in printed
    assert "inf" not in printed


def test_simulate_takes_the_remedies_that_its_errors_name(capsys):
    """Without noise the best ridge is next to 0 and every cutoff too low; both options cure that."""
    words = ["simulate", "Sphere(2)", "--s", "2", "--noise", "0", "--n", "1e1", "--repetitions", "2"]
    assert main(words) == 2
    assert "give a cutoff, a larger ridge" in capsys.readouterr().err
    status, found = answer(capsys, *words, "--cutoff", "12", "--ridge", "1e-2", "--norm", "2")
    assert (status, found["n"], found["cutoff"], found["norm"]) == (0, [10], 12, 2)
    assert found["ridge"] == pytest.approx([0.01])
    # The upper bound is the one of this ridge, with R² = 1.53568 on S² (theory), no noise, F = 2.
    assert found["upper"][0] == pytest.approx((1 + 1.53568 / 0.1) ** 2 * 0.01 * 4, rel=1e-4)


# -- groups and meshes from files --------------------------------------------------------------------


@pytest.fixture
def swap(tmp_path):
    path = tmp_path / "swap.json"
    path.write_text(json.dumps({"kind": "permutation", "generators": [[1, 0]]}))
    return str(path)


@pytest.fixture
def icosphere(tmp_path):
    mesh = TriangleMesh.icosphere(1)
    path = tmp_path / "ball.off"
    lines = ["OFF", f"{len(mesh.vertices)} {len(mesh.faces)} 0"]
    lines += [" ".join(repr(float(x)) for x in row) for row in mesh.vertices]
    lines += ["3 " + " ".join(str(int(i)) for i in row) for row in mesh.faces]
    path.write_text("\n".join(lines) + "\n")
    return str(path)


def test_a_group_file_divides_the_space(capsys, swap):
    status, found = answer(capsys, "spectrum", "Torus(2)", "--group", swap, "--cutoff", "10")
    assert status == 0
    assert found["multiplicities"] == [1, 2, 3, 2, 4, 3, 2, 4]  # Möbius band, theory 2.5


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["3"], 4),
        (["mesh", "3"], 4),
        (["/ PointGroup('Ih')", "20"], 1),
        (["/ PointGroup('Ci')", "4"], 1),
        (["mesh / PointGroup('Ci')", "4"], 1),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_mesh_is_the_space(capsys, icosphere, words, count, first):
    """Levels 0, 2, 6 of S² (multiplicities 1, 3, 5), moved by less than 20% on 42 vertices."""
    option = ["--mesh", icosphere]
    status, found = answer(capsys, "count", *(option + words if first else words + option))
    assert status == 0
    assert found["low"] == count
    assert found["high"] is None or found["high"] >= count


def test_a_count_on_a_mesh_is_an_interval_where_the_errors_leave_it_open(capsys):
    """S² has 4, 9 and 16 eigenvalues below 6, 12 and 20; 642 vertices do not know 12 from 12.1."""
    words = ["count", "TriangleMesh.icosphere(3)", "12.1", "9"]
    status, found = answer(capsys, *words)
    assert status == 0
    assert found["counts"] == [{"lambda": "12.1", "count": None, "low": 9, "high": 16},
                               {"lambda": "9", "count": 9, "low": 9, "high": 9}]
    assert main(words) == 0
    assert "N(12.1) is between 9 and 16" in capsys.readouterr().out


# -- as a process ----------------------------------------------------------------------------------


def test_count_starts_at_once_and_loads_nothing_heavy():
    """Under 1 s of processor time (best of three: the first run may write byte code), without heavy imports."""
    script = (
        "import sys; from weylspec.cli import main; status = main(['count', 'Sphere(2)', '100'])\n"
        "print(sorted({'numba', 'sympy', 'matplotlib', 'sklearn'} & set(sys.modules))); sys.exit(status)"
    )
    times = []
    for _ in range(3):
        before = os.times()
        run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        after = os.times()
        times.append(after.children_user + after.children_system - before.children_user - before.children_system)
        assert run.stdout == "N(100) = 100 on Sphere(2)\n[]\n"
    assert min(times) < 1


def test_a_closed_pipe_is_no_traceback():
    words = [sys.executable, "-m", "weylspec.cli", "spectrum", "Sphere(2)", "--cutoff", "1e9", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.read(10)
        process.stdout.close()
        errors = process.stderr.read()
    assert errors == b""
    assert process.returncode == 141
