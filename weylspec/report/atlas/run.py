"""`atlas`: the rows made, kept while they are made, and laid out as table, files and page."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any

from weylspec._version import __version__
from weylspec.errors import WeylspecError
from weylspec.groups.base import whole
from weylspec.report.atlas.checkpoint import Checkpoint, fingerprint
from weylspec.report.atlas.labels import ATLAS, LEFT_OUT
from weylspec.report.atlas.rows import HEADER, AtlasRow
from weylspec.report.atlas.workers import cores, rows_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COMMAND = "weylspec atlas --out data"
_ROWS_FOR_A_WORKER = 4
_SHOWN = ("space", "d", "N ~ 10", "N ~ 1000", "exponent", "d/2", "ratio", "residual", "verdict")
_LONGEST = 40
_WIDTH = 120


@dataclass(frozen=True, eq=False)
class Atlas:
    """All rows of an atlas.

    Attributes
    ----------
    rows : tuple of AtlasRow
    """

    rows: tuple[AtlasRow, ...]

    @property
    def passed(self) -> bool:
        """Whether every row passed."""
        return all(row.passed for row in self.rows)

    @property
    def seconds(self) -> float:
        """Time that the rows took, whether side by side or one after another."""
        return math.fsum(row.seconds for row in self.rows)

    @property
    def with_second_route(self) -> int:
        """How many rows have a second route that agrees."""
        return sum(row.route.result == "agrees" for row in self.rows)

    def failed(self) -> tuple[AtlasRow, ...]:
        """The rows that did not pass."""
        return tuple(row for row in self.rows if not row.passed)

    def table(self) -> str:
        """The rows in plain text, 120 columns, long labels cut, with the reasons of those that did not pass.

        "ratio" is the measured constant over c_d·vol; names and details of second routes are left to the files.
        """
        from weylspec.render.tables import text_table

        shown = [HEADER.index(name) for name in _SHOWN]
        cells = [[*(row.cells()[i] for i in shown), row.route.result] for row in self.rows]
        for line in cells:
            line[0] = line[0] if len(line[0]) <= _LONGEST else line[0][: _LONGEST - 1] + "…"
        parts = [text_table((*_SHOWN, "second route"), cells)]
        parts += [fill(f"{row.label}: {row.verdict}: {row.reason}", _WIDTH) for row in self.failed()]
        parts.append(self.summary())
        return "\n\n".join(parts)

    def summary(self) -> str:
        """How many rows passed, by how many routes, and the time."""
        done = len(self.rows) - len(self.failed())
        return (f"{done} of {len(self.rows)} rows passed, {self.with_second_route} of them by a second route too; "
                f"{self.seconds:.0f} s of work")

    def as_dict(self) -> dict[str, Any]:
        """Provenance and rows as plain numbers, strings, lists and dicts, for JSON."""
        return {
            "passed": self.passed, "summary": self.summary(), "version": __version__, "fingerprint": fingerprint(),
            "command": COMMAND, "left_out": LEFT_OUT, "rows": [row.as_dict() for row in self.rows],
        }

    @classmethod
    def from_dict(cls, found: dict[str, Any]) -> Atlas:
        """The atlas that `as_dict` wrote."""
        return cls(tuple(AtlasRow.from_dict(row) for row in found["rows"]))

    def write(self, directory: str | Path) -> Path:
        """Write ``atlas.json``, ``atlas.csv`` and ``atlas.html``, a page with pictures that needs nothing else.

        Parameters
        ----------
        directory : str or Path
            Made if it is not there.

        Returns
        -------
        Path
            Of the page.
        """
        from weylspec.report.atlas.files import write_atlas

        return write_atlas(self, Path(directory))

    def html(self) -> str:
        """One self-contained page: rows that did not pass first, an overview, a picture for every row."""
        from weylspec.report.atlas.page import atlas_page

        return atlas_page(self)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw measured over predicted constants against measured exponents less d/2, a point for each row."""
        from weylspec.report.atlas.pictures import overview

        return overview(self.rows, ax)

    def _repr_html_(self) -> str:
        from weylspec.render.tables import html_table

        ordered = (*self.failed(), *(row for row in self.rows if row.passed))
        return html_table(HEADER, [row.cells() for row in ordered], self.summary())


def atlas(
    labels: Iterable[str] | None = None, *, resume: str | Path | None = None, workers: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> Atlas:
    """Verify Weyl's law over everything that the library knows: one row for each space.

    Parameters
    ----------
    labels : iterable of str, optional
        Expressions; all of the atlas by default.
    resume : str or Path, optional
        A file to which each row is added when it is done. Rows that it holds, made by this very library, are not made
        again: a run that was killed loses the rows in work and no other.
    workers : int, optional
        Processes; by default one for each core, and one for a handful of rows.
    progress : callable, optional
        Gets one line of text after each row, with the time that is left.

    Returns
    -------
    Atlas
        A row passes when `verify_weyl` passes and no second route to its counts differs.

    Raises
    ------
    WeylspecError
        Unless labels are expressions and workers is a positive integer.

    Examples
    --------
    >>> found = atlas(["Sphere(2)", "Torus(2) / SymmetricGroup(2)"])
    >>> found.passed, [row.route.result for row in found.rows]
    (True, ['agrees', 'agrees'])
    """
    chosen = tuple(dict.fromkeys(ATLAS if labels is None else _expressions(labels)))
    kept = None if resume is None else Checkpoint(Path(resume))
    done = {} if kept is None else {label: row for label, row in kept.rows().items() if label in chosen}
    missing = [label for label in chosen if label not in done]
    crew = max(1, min(cores(), len(missing) // _ROWS_FOR_A_WORKER))
    tell = _Progress(progress, len(chosen), len(done), resume)
    for row in rows_of(missing, crew if workers is None else whole(workers, "workers", 1)):
        if kept is not None:
            kept.append(row)
        done[row.label] = row
        tell(row)
    return Atlas(tuple(done[label] for label in chosen))


def _expressions(labels: Iterable[str]) -> Sequence[str]:
    listed = [labels] if isinstance(labels, str) else list(labels)
    for label in listed:
        if not isinstance(label, str):
            raise WeylspecError(f"a label of the atlas is an expression such as 'Sphere(2)', got {label!r}")
    return listed


class _Progress:
    """One line after each row: how many are done, how long it took, how long the others will take at this pace."""

    def __init__(self, report: Callable[[str], None] | None, total: int, kept: int, path: str | Path | None) -> None:
        self._report, self._total, self._kept, self._made = report, total, kept, 0
        self._start = time.perf_counter()
        if report is not None and kept:
            report(f"{kept} of {total} rows are kept from {path}")

    def __call__(self, row: AtlasRow) -> None:
        self._made += 1
        if self._report is None:
            return
        passed = time.perf_counter() - self._start
        done = self._kept + self._made
        left = passed / self._made * (self._total - done)
        self._report(f"[{done}/{self._total}] {row.label}: {'passed' if row.passed else row.verdict.upper()} "
                     f"({row.seconds:.1f} s); {_clock(passed)} so far, about {_clock(left)} left")


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
