"""`space_report`: everything that the library says about one space, on one page."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from weylspec.bridge.gain import gain
from weylspec.bridge.results import real
from weylspec.counting.verify import verify_weyl
from weylspec.errors import WeylspecError
from weylspec.report.curves import RiskCurves, risk_curves
from weylspec.report.rows import COUNT_HEADER, CountRow, count_note, count_rows, counted, gain_rows, order_text
from weylspec.spaces.base import Manifold, Quotient
from weylspec.units import Number

if TYPE_CHECKING:
    from weylspec.bridge.gain import Gain
    from weylspec.counting.verify import WeylReport

Value = TypeVar("Value")

COUNTED = (10, 100, 1000, 10**4, 10**6, 10**30)
SAMPLES = (1e2, 1e3, 1e4)
_DRAWN = tuple(float(n) for n in np.geomspace(10, 1e5, 9))
_AFFORDABLE = 1e8  # operations of a count: about a second


@dataclass(frozen=True, eq=False)
class SpaceReport:
    """Geometry, counts, Weyl verdict, gain and risk bounds of a space, and what was refused.

    Attributes
    ----------
    space : Manifold
        M or M/G.
    s, noise, target_risk : float
        Smoothness, σ and ε of the learning part.
    counts : tuple of CountRow
    weyl : WeylReport or None
    gain : Gain or None
        None without a group.
    risks : tuple of RiskCurves
        At n = 100, 1000 and 10 000: M first, M/G second.
    refused : tuple of (what, why)
        Parts that the library does not offer for this space, in its own words.

    Examples
    --------
    >>> import weylspec as ws
    >>> report = space_report(ws.Sphere(2) / ws.PointGroup("Oh"), noise=1, target_risk="1e-3")
    >>> report.weyl.verdict, f"{report.gain.ratio:.1f} of {report.gain.limit:g}"
    ('passed', '13.1 of 48')
    >>> [(row.lam, row.total, row.invariant) for row in report.counts[:2]]
    [(10, 9, 1), (100, 100, 4)]
    """

    space: Manifold
    s: float
    noise: float
    target_risk: float
    counts: tuple[CountRow, ...]
    weyl: WeylReport | None
    gain: Gain | None
    risks: tuple[RiskCurves, ...]
    refused: tuple[tuple[str, str], ...]

    @property
    def passed(self) -> bool | None:
        """Whether Weyl's law was verified; None where its check is not offered (see `refused`)."""
        return None if self.weyl is None else self.weyl.passed

    @property
    def has_group(self) -> bool:
        """Whether the space is a quotient M/G."""
        return isinstance(self.space, Quotient)

    def facts(self) -> list[tuple[str, str]]:
        """The geometry as (name, value) rows of text."""
        space, total = self.space, self.space.total
        rows = [("space", repr(space))]
        if isinstance(space, Quotient):
            free = {True: "free (up to the kernel)", False: "not free", None: "not decided"}[space.is_free]
            rows += [
                ("dimension", f"{total.dim} → {space.dim}"), ("volume of M", f"{total.volume:.10g}"),
                ("volume of M/G", _with_error(space)), ("effective order of G", order_text(space.effective_order)),
                ("action", free),
            ]
        else:
            rows += [("dimension", str(space.dim)), ("volume", _with_error(space))]
        for wall in space.walls:
            rows.append(("wall", f"volume {wall.volume:.10g}, weight {wall.weight:+g}: {wall.source}"))
        return rows

    def count_rows(self) -> list[tuple[str, ...]]:
        """λ, N(λ), N(λ; G) and their ratio as text; without a group λ and N(λ)."""
        if not self.has_group:
            return [(row[0], row[2]) for row in count_rows(self.counts)]
        return count_rows(self.counts)

    def text(self) -> str:
        """The report in plain text, for terminals."""
        from weylspec.render.tables import text_table

        parts = [text_table(("geometry", ""), self.facts())]
        if self.counts:
            table = text_table(COUNT_HEADER[: len(self.count_rows()[0])], self.count_rows())
            parts.append(f"{table}\n{count_note(self.counts)}")
        if self.weyl is None:
            parts.append("Weyl's law: no verdict, its check is not offered for this space (see below)")
        else:
            parts.append(f"Weyl's law: {self.weyl.verdict}\n\n{self.weyl.table()}")
        if self.gain is not None:
            parts.append(text_table((f"s = {self.s:g}, σ = {self.noise:g}, F = 1", "Pinsker"), gain_rows(self.gain)))
        for risk in self.risks:
            header = ("n", "lower bound", "Pinsker", "predicted", "upper bound")
            parts.append(f"excess risk, {risk.name}\n{text_table(header, risk.rows())}")
        parts.extend(f"not offered: {what}: {why}" for what, why in self.refused)
        return "\n\n".join(parts)

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers, strings, lists and dicts, for JSON (an unbounded limit is the string "infinity")."""
        space = self.space
        plain: dict[str, Any] = {
            "space": repr(space), "dim_total": space.total.dim, "dim": space.dim, "volume_total": space.total.volume,
            "volume": space.volume, "volume_error": space.volume_error,
            "walls": [{"volume": w.volume, "weight": w.weight, "source": w.source} for w in space.walls],
            "effective_order": _plain(space.effective_order),
            "counts": [row.as_dict() for row in self.counts],
            "weyl": None if self.weyl is None else self.weyl.as_dict(),
            "s": self.s, "noise": self.noise, "target_risk": self.target_risk,
            "gain": None if self.gain is None else gain_dict(self.gain),
            "risks": [risk.as_dict() for risk in self.risks],
            "refused": [{"what": what, "why": why} for what, why in self.refused],
            "passed": self.passed,
        }
        return plain

    def drawn_risks(self) -> list[RiskCurves]:
        """The risk curves on a finer grid of n, for a picture."""
        sides = {"M": self.space.total, "M/G": self.space} if self.has_group else {repr(self.space): self.space}
        return [risk_curves(each, s=self.s, n=_DRAWN, noise=self.noise, name=name) for name, each in sides.items()]

    def html(self) -> str:
        """One self-contained page with pictures (needs the extra ``pictures``)."""
        from weylspec.report.pages import space_page

        return space_page(self)

    def _repr_html_(self) -> str:
        from weylspec.report.pages import space_tables

        return space_tables(self)


def space_report(
    space: Manifold, *, s: Number | None = None, noise: Number = 0.1, target_risk: Number = 1e-3
) -> SpaceReport:
    """Ask every layer about one space: geometry, counts, Weyl's law, gain, bounds.

    Parameters
    ----------
    space : Manifold
        M or M/G.
    s : number, optional
        Smoothness of the functions to be learned; default ½ dim M + 1.
    noise : number
        σ, standard deviation; the norm F is 1.
    target_risk : number
        ε at which the gain is stated, of E‖f̂ − f*‖² in L²(μ), μ the uniform probability measure.

    Returns
    -------
    SpaceReport
        What the library does not offer for this space stands in `refused`.

    Raises
    ------
    WeylspecError
        If a parameter is not a positive number.

    Examples
    --------
    >>> import weylspec as ws
    >>> report = space_report(ws.Torus(1) / ws.SignFlips(1))
    >>> report.gain.limit, report.counts[1].total, report.counts[1].invariant
    (2.0, 21, 11)
    """
    smooth = space.total.dim / 2 + 1 if s is None else real(s, "s")
    sigma, target = real(noise, "noise"), real(target_risk, "target_risk")
    refused: list[tuple[str, str]] = []

    def attempt(what: str, ask: Callable[[], Value]) -> Value | None:
        try:
            return ask()
        except WeylspecError as error:
            refused.append((what, str(error)))
            return None

    sides = {repr(space): space}
    if isinstance(space, Quotient):
        sides = {f"M = {space.total!r}": space.total, f"M/G = {space!r}": space}
    counts = tuple(row for row in (_count(space, lam) for lam in COUNTED) if row is not None)
    weyl = attempt("Weyl's law", lambda: verify_weyl(space))
    saved = None
    if len(sides) > 1:
        saved = attempt("gain", lambda: gain(space, s=smooth, target_risk=target, noise=sigma))
    ask = partial(risk_curves, s=smooth, n=SAMPLES, noise=sigma)
    answers = [attempt(f"risk on {name}", partial(ask, each, name=name)) for name, each in sides.items()]
    risks = tuple(found for found in answers if found is not None)
    return SpaceReport(space, smooth, sigma, target, counts, weyl, saved, risks, tuple(refused))


def gain_dict(found: Gain) -> dict[str, Any]:
    """A gain as plain numbers and strings."""
    return {
        "n_without": found.n_without, "n_with": found.n_with, "ratio": found.ratio, "limit": _plain(found.limit),
        "asymptotic_ratio": found.asymptotic_ratio, "exponent_without": found.exponent_without,
        "exponent_with": found.exponent_with, "target_risk": found.target_risk, "functional": found.functional,
        "s": found.constants["s"], "noise": found.constants["σ"],
    }


def _count(space: Manifold, lam: int) -> CountRow | None:
    """Both counts, where they are direct."""
    for each in (space.total, space):
        if min(counter.operations(lam) for counter in each.counters()) > _AFFORDABLE:
            return None
    try:
        return CountRow(lam, counted(space.total, lam), counted(space, lam))
    except WeylspecError:
        return None


def _with_error(space: Manifold) -> str:
    return f"{space.volume:.10g}" + (f" ± {space.volume_error:.1e} (relative)" if space.volume_error > 1e-12 else "")


def _plain(value: int | float) -> int | float | str:
    return "infinity" if math.isinf(value) else value
