"""`gallery`: everyday symmetries through the whole library, each with its verdict."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np

from weylspec.bridge.gain import gain
from weylspec.counting.verify import verify_weyl
from weylspec.errors import WeylspecError
from weylspec.expressions import read_space
from weylspec.learning.simulation import simulate_learning_curve
from weylspec.report.curves import RiskCurves, risk_curves
from weylspec.report.examples import EXAMPLES, Example
from weylspec.report.rows import CountRow, count_text, counted, large, order_text
from weylspec.report.space import gain_dict
from weylspec.spaces.base import Manifold, Quotient

if TYPE_CHECKING:
    from weylspec.bridge.gain import Gain
    from weylspec.counting.verify import WeylReport

NOISE = 1.0
REPETITIONS = 40
SEED = 20231117
_WIDTH = 120


@dataclass(frozen=True, eq=False)
class GalleryRow:
    """One example with everything that was found out about it.

    Attributes
    ----------
    example : Example
    space : Manifold
        M/G.
    passed : bool
    reason : str
        What decided.
    counts : tuple of CountRow
    weyl : WeylReport or None
    gain : Gain or None
    risks : tuple of RiskCurves
        Measured curves between their bounds, without G and with G; empty for most rows.
    levels : tuple of (computed, error, exact)
        Of a space computed numerically.
    seconds : float
    """

    example: Example
    space: Manifold
    passed: bool
    reason: str
    counts: tuple[CountRow, ...] = ()
    weyl: WeylReport | None = None
    gain: Gain | None = None
    risks: tuple[RiskCurves, ...] = ()
    levels: tuple[tuple[float, float, float], ...] = ()
    seconds: float = 0.0

    @property
    def sides(self) -> tuple[str, str]:
        """M and G as written."""
        space = self.space
        return (repr(space.manifold), repr(space.group)) if isinstance(space, Quotient) else (repr(space), "1")

    @property
    def shown(self) -> CountRow | None:
        """The count that the overview shows."""
        return next((row for row in self.counts if row.lam == self.example.shown), None)

    def cells(self) -> tuple[str, ...]:
        """The row as text, one string for each of `HEADER`."""
        space, count = self.space, self.shown
        numbers = ("—", "—", "—")
        if count is not None:
            numbers = (large(count.lam), count_text(count.total), count_text(count.invariant))
        saved = ("—", "—", "—", "—")
        if found := self.gain:
            saved = (f"{found.target_risk:g}", f"{found.ratio:.4g}", order_text(found.limit),
                     f"{found.exponent_without:.3g} → {found.exponent_with:.3g}")
        return (
            self.example.label, *self.sides, f"{space.total.dim} → {space.dim}", f"{space.volume:.6g}", *numbers,
            "—" if self.weyl is None else self.weyl.verdict, *saved, "passed" if self.passed else "FAILED",
        )

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers, strings, lists and dicts."""
        space, (manifold, group) = self.space, self.sides
        return {
            "label": self.example.label, "passed": self.passed, "reason": self.reason, "expression":
            self.example.expression, "M": manifold, "G": group, "dim_total": space.total.dim, "dim": space.dim,
            "volume": space.volume, "volume_error": space.volume_error,
            "counts": [count.as_dict() for count in self.counts],
            "weyl": None if self.weyl is None else self.weyl.as_dict(),
            "gain": None if self.gain is None else gain_dict(self.gain),
            "risks": [risk.as_dict() for risk in self.risks],
            "levels": [{"computed": a, "error": b, "exact": c} for a, b, c in self.levels],
            "seconds": self.seconds,
        }


HEADER = (
    "example", "M", "G", "dimension", "vol(M/G)", "λ", "N(λ)", "N(λ; G)", "Weyl's law", "risk ε", "gain", "limit",
    "exponent", "row",
)
_SHOWN = ("example", "dimension", "λ", "N(λ)", "N(λ; G)", "Weyl's law", "risk ε", "gain", "limit", "row")
_NUMBERS = ("vol(M/G)", "λ", "N(λ)", "N(λ; G)", "risk ε", "gain", "limit")


@dataclass(frozen=True, eq=False)
class GalleryResult:
    """All rows of a gallery.

    Attributes
    ----------
    rows : tuple of GalleryRow
    """

    rows: tuple[GalleryRow, ...]

    @property
    def passed(self) -> bool:
        """Whether every row passed."""
        return all(row.passed for row in self.rows)

    @property
    def seconds(self) -> float:
        """Time that the rows took."""
        return math.fsum(row.seconds for row in self.rows)

    def text(self) -> str:
        """The overview in plain text, 120 columns, with the reasons of rows that did not pass or were measured.

        M, G, volumes and exponents are left to the page and to `as_dict`.
        """
        from weylspec.render.tables import text_table

        shown = [HEADER.index(name) for name in _SHOWN]
        cells = [[row.cells()[i] for i in shown] for row in self.rows]
        widths = [max(map(len, column)) for column in zip(_SHOWN, *cells, strict=True)]
        # A dash among numbers must not move them to the left.
        aligned = [[cell.rjust(width) if name in _NUMBERS else cell
                    for cell, width, name in zip(row, widths, _SHOWN, strict=True)] for row in cells]
        parts = [text_table(_SHOWN, aligned)]
        told = [row for row in self.rows if not row.passed or row.risks or row.levels]
        parts += [fill(f"{row.example.label}: {row.reason}", _WIDTH, break_long_words=False) for row in told]
        done = sum(row.passed for row in self.rows)
        parts.append(f"{done} of {len(self.rows)} rows passed in {self.seconds:.0f} s; gains at noise σ = {NOISE:g}, "
                     "norm F = 1, smoothness s = ½ dim M + 1")
        parts.append("M, G, vol(M/G) and the exponents of the rates: in the page and with --json")
        return "\n\n".join(parts)

    def as_dict(self) -> dict[str, Any]:
        """``{"passed": …, "rows": [{"label": …, "passed": …, …}]}`` of plain types, for JSON."""
        return {"passed": self.passed, "rows": [row.as_dict() for row in self.rows]}

    def write(self, directory: str | Path, progress: Callable[[str], None] | None = None) -> Path:
        """Write ``gallery.html`` (self-contained), its pictures as PNG beside it, and ``gallery.json``.

        Parameters
        ----------
        directory : str or Path
            Made if it is not there.
        progress : callable, optional
            Gets a line for each row.

        Returns
        -------
        Path
            Of the page.
        """
        from weylspec.report.pages import write_gallery

        return write_gallery(self, Path(directory), progress or _silent)

    def _repr_html_(self) -> str:
        from weylspec.render.tables import html_table

        names = ("example", "row", *HEADER[1:-1])
        return html_table(names, [(cells[0], cells[-1], *cells[1:-1]) for cells in (row.cells() for row in self.rows)])


def gallery(
    out: str | Path | None = None,
    progress: Callable[[str], None] | None = None,
    examples: Iterable[Example] = EXAMPLES,
) -> GalleryResult:
    """Run the examples: count, Weyl's law against geometry, gain, and measured learning curves.

    Parameters
    ----------
    out : str or Path, optional
        Directory for the page and its pictures; nothing is written without it.
    progress : callable, optional
        Gets one line of text after each step.
    examples : iterable of Example
        All of them by default.

    Returns
    -------
    GalleryResult
        A row passes when its check of Weyl's law passes; a row from a mesh when its levels agree with
        the closed form within their stated errors and the inertia count holds; a measured row when also
        every mean + 2 standard errors lies below the upper bound.

    Examples
    --------
    >>> result = gallery(examples=EXAMPLES[1:2])
    >>> result.passed, result.rows[0].shown.total, result.rows[0].shown.invariant, result.rows[0].gain.limit
    (True, 400, 210, 2.0)
    """
    report = progress or _silent
    chosen = tuple(examples)
    rows = []
    for index, example in enumerate(chosen, 1):
        start = time.perf_counter()
        found = _row(example)
        row = replace(found, seconds=time.perf_counter() - start)
        rows.append(row)
        report(f"[{index}/{len(chosen)}] {example.label}: {'passed' if row.passed else 'FAILED'} ({row.seconds:.1f} s)")
    result = GalleryResult(tuple(rows))
    if out is not None:
        page = result.write(out, report)
        report(f"written to {page}")
    return result


def _silent(line: str) -> None:
    """No progress."""


def _row(example: Example) -> GalleryRow:
    space = example.space
    try:
        if example.closed_form:
            return _from_mesh(example, space)
        return _from_closed_form(example, space)
    except WeylspecError as error:
        return GalleryRow(example, space, False, str(error))


def _from_closed_form(example: Example, space: Manifold) -> GalleryRow:
    counts = tuple(CountRow(lam, counted(space.total, lam), counted(space, lam)) for lam in example.lams)
    weyl = verify_weyl(space, example.cutoff)
    s = space.total.dim / 2 + 1
    saved = gain(space, s=s, target_risk=example.target_risk, noise=NOISE)
    passed, reason = weyl.passed, "; ".join(weyl.reasons)
    risks: tuple[RiskCurves, ...] = ()
    if example.samples:
        risks = measured_curves(space, s, example.samples)
        passed = passed and all(risk.below_upper for risk in risks)
        reason += "".join(f"; measured {risk.name}: {risk.verdict_text()}" for risk in risks)
    return GalleryRow(example, space, passed, reason, counts, weyl, saved, risks)


def _from_mesh(example: Example, space: Manifold) -> GalleryRow:
    listed = space.spectrum(cutoff=example.cutoff)
    closed = read_space(example.closed_form)
    exact = closed.spectrum(num=int(listed.total)).repeated(int(listed.total))
    computed, errors = listed.repeated(), np.repeat(listed.errors, listed.multiplicities)
    agree = bool((np.abs(computed - exact) <= errors).all())
    # levels() certifies itself: it raises where the inertia count and the list do not agree.
    verdict = "agree" if agree else "do NOT agree"
    reason = f"{len(computed)} levels {verdict} with {closed!r} within their errors; {listed.provenance}"
    counts = tuple(CountRow(lam, None, counted(space, lam)) for lam in example.lams)
    levels = tuple(zip(computed.tolist(), errors.tolist(), exact.tolist(), strict=True))
    return GalleryRow(example, space, agree, reason, counts, verify_weyl(space, example.cutoff), levels=levels)


def measured_curves(space: Manifold, s: float, samples: tuple[int, ...]) -> tuple[RiskCurves, RiskCurves]:
    """Measured curves without and with G on the same invariant targets, between the bounds of each.

    Parameters
    ----------
    space : Manifold
        M/G.
    s : float
    samples : tuple of int

    Returns
    -------
    without, with_group : RiskCurves
    """
    def ask(estimator: Manifold, **more: Any) -> Any:
        return simulate_learning_curve(
            space, s=s, n=samples, noise=NOISE, rng=SEED, repetitions=REPETITIONS, estimator_space=estimator,
            progress=False, **more)

    blind = ask(space.total)
    aware = ask(space, cutoff=blind.cutoff)
    grid = [float(n) for n in samples]
    without, with_group = (
        risk_curves(each, s=s, n=grid, noise=NOISE, name=name).with_measured(curve)
        for each, name, curve in ((space.total, "without G", blind), (space, "with G", aware))
    )
    return without, with_group
