"""The command line and what it cannot answer: one line, status 2, and no traceback."""

from __future__ import annotations

import pytest

from weylspec.cli import main
from weylspec.spaces.sphere import Sphere

COMMANDS = ("count", "spectrum", "verify", "report", "bound", "simulate", "gallery")

BAD = [
    (["count", "Sphre(2)", "3"], "did you mean Sphere?"),
    (["count", "Sphere(2)", "x"], "LAMBDA = 'x' is not a number"),
    (["count", "Sphere(2)"], "weylspec count SPACE LAMBDA"),
    (["count"], "which space?"),
    (["count", "Sphere(2)", "1", "--jsn"], "unknown option --jsn"),
    (["count", "Sphere(0)", "1"], "n must be at least 1"),
    (["count", "Sphere(2) / SymmetricGroup(7)", "1"], "moves 7 coordinates"),
    (["count", "--mesh", "missing.off", "3"], "missing.off"),
    (["count", "Torus(2)", "3", "--group", "missing.json"], "missing.json: No such file or directory; check the path"),
    (["verify", "Sphere(2)", "SO(2)"], "unexpected word 'SO(2)'"),
    (["verify", "Sphere(2)", "--cutoff", "far"], "--cutoff = 'far' is not a number"),
    (["spectrum", "Sphere(2)"], "one of the arguments --cutoff --num is required"),
    (["spectrum", "Sphere(2)", "--cutoff", "-1"], "cutoff must be >= 0"),
    (["spectrum", "Sphere(2)", "--cutoff", "3", "--num", "3"], "not allowed with argument"),
    (["spectrum", "Sphere(2)", "--num", "many"], "--num = 'many' is not a number"),
    (["spectrum", "Sphere(2)", "--num", "2.5"], "--num must be a whole number >= 1, got 2.5"),
    (["simulate", "Sphere(2)", "--n", "10", "--noise", "1", "--s", "2", "--seed", "-1"], "--seed must be"),
    (["simulate", "Sphere(2)", "--n", "1e7", "--noise", "1", "--s", "2"], "take fewer samples"),
    (["bound", "Sphere(2)", "--n", "10", "--noise", "1e300", "--s", "2"], "noise"),
    (["bound", "Sphere(2)", "--n", "10", "--noise", "1", "--s", "1e6"], "s"),
    (["report", "Sphere(400)"], "Sphere(400)"),
    (["verify", "Torus(400)"], "Torus(400)"),
    (["count", "Sphere(2) / PointGroup('ih')", "3"], "did you mean 'Ih'?"),
    (["spectrum", "Sphere(2)", "--num", "4", "--save", "no/such/place.npz"], "no/such/place.npz"),
    (["bound", "Sphere(2)", "--n", "10", "--noise", "1"], "--s"),
    (["bound", "Sphere(2)", "--n", "0", "--noise", "1", "--s", "2"], "--n must be"),
    (["simulate", "Sphere(2)", "--n", "10", "--noise", "1", "--s", "2", "--repetitions", "0"], "repetitions"),
    (["gallery", "Sphere(2)"], "weylspec report SPACE"),
    (["galery"], "invalid choice"),
    ([], "required"),
]


@pytest.mark.parametrize(("words", "message"), BAD, ids=[" ".join(words)[:50] for words, _ in BAD])
def test_bad_input_is_one_line_and_status_2(capsys, words, message):
    try:
        status = main(words)
    except SystemExit as stopped:
        status = stopped.code
    captured = capsys.readouterr()
    assert status == 2
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.startswith("weylspec")
    assert message in captured.err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(capsys, command):
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    assert f"weylspec {command}" in capsys.readouterr().out


def test_an_interrupt_is_status_130(capsys, monkeypatch):
    def interrupted(self, lam):
        raise KeyboardInterrupt

    monkeypatch.setattr(Sphere, "count", interrupted)
    assert main(["count", "Sphere(2)", "3"]) == 130
    assert capsys.readouterr().err == "interrupted\n"


def test_running_out_of_memory_is_bad_input(capsys, monkeypatch):
    def hungry(self, lam):
        raise MemoryError("728 TiB")

    monkeypatch.setattr(Sphere, "count", hungry)
    assert main(["count", "Sphere(2)", "3"]) == 2
    assert "728 TiB" in capsys.readouterr().err


@pytest.mark.parametrize("error", [OverflowError(34, "out of range"), ZeroDivisionError("by zero"),
                                   RecursionError("deep"), ValueError("a shape")])
def test_numbers_that_do_not_fit_are_bad_input(capsys, monkeypatch, error):
    def broken(self, lam):
        raise error

    monkeypatch.setattr(Sphere, "count", broken)
    assert main(["count", "Sphere(2)", "3"]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert f"{type(error).__name__}: {error.args[-1]}" in told


def test_what_nobody_expected_is_not_hidden(monkeypatch):
    def broken(self, lam):
        raise RuntimeError("a bug")

    monkeypatch.setattr(Sphere, "count", broken)
    with pytest.raises(RuntimeError, match="a bug"):
        main(["count", "Sphere(2)", "3"])
