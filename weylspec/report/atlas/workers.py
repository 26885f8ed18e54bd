"""Rows shared out to processes: each is handed one label at a time and answers with one line.

They are fresh interpreters (nothing is forked, no script is imported again) that end with their standard input: none
is left behind when the run is interrupted or killed.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress

from weylspec.report.atlas.checkpoint import LIBRARY
from weylspec.report.atlas.measure import measured_row, refused_row
from weylspec.report.atlas.rows import AtlasRow


def cores() -> int:
    """The cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # other systems than Linux
        return os.cpu_count() or 1


def rows_of(labels: Sequence[str], workers: int) -> Iterator[AtlasRow]:
    """Rows in the order in which they are finished.

    Parameters
    ----------
    labels : sequence of str
    workers : int
        Processes; 1 works in this one.

    Yields
    ------
    AtlasRow
        A row whose process died says so.
    """
    if workers == 1:
        yield from map(measured_row, labels)
        return
    crew = _Crew(labels)
    try:
        yield from crew.run(workers)
    finally:
        crew.stop()


class _Crew:
    """Processes, each with a thread that hands it labels and reads its answers."""

    def __init__(self, labels: Sequence[str]) -> None:
        self._labels: queue.SimpleQueue[str] = queue.SimpleQueue()
        for label in labels:
            self._labels.put(label)
        self._count = len(labels)
        self._rows: queue.SimpleQueue[AtlasRow] = queue.SimpleQueue()
        self._running: list[subprocess.Popen[str]] = []
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._stopped = False

    def run(self, workers: int) -> Iterator[AtlasRow]:
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(workers)]
        for thread in self._threads:
            thread.start()
        for _ in range(self._count):
            yield self._rows.get()

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            for process in self._running:
                process.kill()
        for thread in self._threads:  # their processes are dead: nothing holds them
            thread.join()
        for process in self._running:
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):  # a label that nobody took
                    assert pipe is not None
                    pipe.close()

    def _work(self) -> None:
        process = self._started()
        while process is not None:
            try:
                label = self._labels.get_nowait()
            except queue.Empty:
                break
            answer = self._asked(process, label)
            if answer:
                self._rows.put(AtlasRow.from_dict(json.loads(answer)))
                continue
            status = process.wait()
            self._rows.put(refused_row(label, f"its process ended with status {status}"))
            process = self._started()

    @staticmethod
    def _asked(process: subprocess.Popen[str], label: str) -> str:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(label) + "\n")
            process.stdin.flush()
            return process.stdout.readline()
        except (OSError, ValueError):  # it has died
            return ""

    def _started(self) -> subprocess.Popen[str] | None:
        with self._lock:
            if self._stopped:
                return None
            process = subprocess.Popen(
                [sys.executable, "-m", "weylspec.report.atlas.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                text=True, encoding="utf-8", env=_environment())
            self._running.append(process)
            return process


def _environment() -> dict[str, str]:
    """The library itself first on the path, and one core for each process."""
    path = os.pathsep.join(filter(None, [str(LIBRARY.parent), os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
