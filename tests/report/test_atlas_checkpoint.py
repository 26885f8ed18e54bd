"""A run that is killed loses the row in work and no other; its processes end with it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from weylspec.report.atlas import checkpoint, workers
from weylspec.report.atlas.checkpoint import Checkpoint, fingerprint
from weylspec.report.atlas.measure import measured_row
from weylspec.report.atlas.run import atlas

LABELS = [f"Sphere(2) / PointGroup('{name}')" for name in ("Ci", "Cs", "C5", "C5v", "S4", "D5", "Td", "Oh")]
SCRIPT = """
import sys, time
from weylspec.report.atlas import measure, run, workers
slow = workers.measured_row
def slowly(label):
    row = slow(label)
    time.sleep(0.2)
    return row
workers.measured_row = slowly
run.atlas(sys.argv[2:], resume=sys.argv[1], workers=1)
"""


def started(*words, **options):
    root = str(Path(__file__).parents[2])
    return subprocess.Popen([sys.executable, *words], cwd=root, stderr=subprocess.PIPE, text=True, **options)


def lines_of(path):
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def wait_until(condition, seconds=60):
    for _ in range(int(seconds / 0.02)):
        if condition():
            return
        time.sleep(0.02)
    pytest.fail("waited in vain")


def children(pid):
    return [int(child) for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()]


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_killed_run_goes_on_where_it_was(tmp_path):
    """kill −9 after three rows: they are kept to the byte, the others are made, and none is made twice."""
    path = tmp_path / "deep" / "atlas.jsonl"
    process = started("-c", SCRIPT, str(path), *LABELS)
    wait_until(lambda: len(lines_of(path)) >= 3 or process.poll() is not None)
    process.send_signal(signal.SIGKILL)
    _, complaint = process.communicate()
    before = lines_of(path)
    assert 3 <= len(before) < len(LABELS), complaint
    assert [json.loads(line)["row"]["label"] for line in before] == LABELS[: len(before)]
    told = []
    found = atlas(LABELS, resume=path, workers=1, progress=told.append)
    assert told[0] == f"{len(before)} of {len(LABELS)} rows are kept from {path}"
    assert len(told) == 1 + len(LABELS) - len(before)
    after = lines_of(path)
    assert after[: len(before)] == before
    assert [json.loads(line)["row"]["label"] for line in after] == LABELS
    assert [row.label for row in found.rows] == LABELS
    assert found.passed


def test_a_line_cut_short_is_made_again(tmp_path):
    path = tmp_path / "atlas.jsonl"
    atlas(LABELS[:3], resume=path, workers=1)
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.rfind(b"\n", 0, -1) + 200])  # two lines and part of the third
    told = []
    found = atlas(LABELS[:3], resume=path, workers=1, progress=told.append)
    assert told[0].startswith("2 of 3 rows are kept")
    assert len(lines_of(path)) == 3
    assert all(json.loads(line) for line in lines_of(path))
    assert [row.label for row in found.rows] == LABELS[:3]


def test_rows_of_another_library_are_made_again(tmp_path, monkeypatch):
    path = tmp_path / "atlas.jsonl"
    made = measured_row(LABELS[0])
    Checkpoint(path).append(made)
    assert Checkpoint(path).rows() == {LABELS[0]: made}
    monkeypatch.setattr(checkpoint, "fingerprint", lambda: "another")
    assert Checkpoint(path).rows() == {}
    assert len(fingerprint()) == 16


def test_processes_answer_all_rows_in_the_order_asked_for(tmp_path):
    found = atlas(LABELS, workers=2, resume=tmp_path / "rows.jsonl")
    assert [row.label for row in found.rows] == LABELS
    assert found.passed
    assert sorted(json.loads(line)["row"]["label"] for line in lines_of(tmp_path / "rows.jsonl")) == sorted(LABELS)


@pytest.mark.slow
def test_a_process_that_dies_costs_its_row_only():
    """The first process is killed while it works; another takes its place."""
    crew = workers._Crew(LABELS[:4])
    rows = crew.run(1)
    first = next(rows)
    running = crew._running[0]
    running.kill()
    others = list(rows)
    crew.stop()
    assert first.passed
    assert len(others) == 3
    refused = [row for row in others if row.verdict == "refused"]
    assert len(refused) <= 1
    assert all("its process ended with status -9" in row.reason for row in refused)
    assert all(process.poll() is not None for process in crew._running)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads the children of a process from /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_no_process_is_left_behind(how, tmp_path):
    words = ["-m", "weylspec.cli", "atlas", "--out", str(tmp_path), "--workers", "2", "--labels", "Sphere(3) /"]
    process = started(*words, stdout=subprocess.DEVNULL, start_new_session=True)
    wait_until(lambda: lines_of(tmp_path / "atlas.jsonl") or process.poll() is not None)
    crew = children(process.pid)
    assert len(crew) == 2
    if how == signal.SIGINT:
        os.killpg(process.pid, how)  # as a terminal does: to all of them
    else:
        process.send_signal(how)
    _, told = process.communicate(timeout=60)
    wait_until(lambda: not any(map(alive, crew)))
    if how == signal.SIGINT:
        assert process.returncode == 130
        assert told.splitlines()[-1] == "interrupted"
        assert "Traceback" not in told
