"""HTML pages of reports: tables from their rows, figures from `pictures`."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from weylspec.errors import WeylspecError
from weylspec.render.page import page, paragraph, picture
from weylspec.render.tables import html_table
from weylspec.report.rows import COUNT_HEADER, count_note, count_rows, gain_rows

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from weylspec.report.gallery import GalleryResult, GalleryRow
    from weylspec.report.space import SpaceReport

RISK_HEADER = ("n", "lower bound", "Pinsker", "predicted", "upper bound")
_RISK_NOTE = (
    "Lower bound: no estimator does better over the whole unit ball of H^s, any n, Gaussian noise. Upper bound: kernel "
    "ridge regression with the (invariant) Sobolev kernel, every function of the ball, any n. Pinsker: asymptotic "
    "minimax value, no bound at finite n. Predicted: deterministic equivalent for a typical function, no bound."
)
_COUNT_CAPTION = (
    "Left: the first steps of the count, and Weyl's law from geometry. Right: counts on logarithmic axes; parallel "
    "lines mean that the symmetry divides the count by a constant, a smaller slope that it lowers the dimension."
)
_SURFACE_CAPTION = (
    "An invariant eigenfunction: the reproducing kernel of the invariant functions of one level, seen from one point. "
    "Outlined: a fundamental domain (the points nearer to one point than to its images); dotted: orbits of a "
    "continuous group."
)
_CURVES_CAPTION = (
    "Kernel ridge regression measured on random samples of the same invariant functions (mean and standard error), its "
    "predicted curve, and the band between the proved bounds: the upper one holds for every function of the unit ball, "
    "the lower one for the worst of them."
)
_INTRODUCTION = (
    "Each row names a manifold M and a group G of symmetries. N(λ) counts eigenfunctions of the Laplacian up to λ, "
    "N(λ; G) those that G leaves alone: the functions that remain to be learned. Weyl's law is checked against "
    "geometry that was obtained without the spectrum. The gain is the ratio of the numbers of samples that the stated "
    "risk needs without and with G (Pinsker's functional; smoothness s = ½ dim M + 1, noise σ = 1, norm F = 1). Its "
    "limit is the order of the group that acts; it has none where G lowers the dimension: there the exponent of the "
    "rate changes."
)


def space_tables(report: SpaceReport) -> str:
    """The tables of a report, without pictures, for notebooks."""
    return "\n".join(f"<h4>{heading}</h4>{body}" for heading, body in _sections(report))


def space_page(report: SpaceReport) -> str:
    """One self-contained page: the tables of a report with their pictures."""
    figures = _figures(report)
    sections = [(heading, body + figures.get(heading, "")) for heading, body in _sections(report)]
    if "On M" in figures:
        sections.append(("An invariant eigenfunction", figures["On M"]))
    return page(repr(report.space), sections)


def _sections(report: SpaceReport) -> list[tuple[str, str]]:
    sections = [("Geometry", html_table(("", ""), report.facts()))]
    if report.counts:
        rows = report.count_rows()
        table = html_table(COUNT_HEADER[: len(rows[0])], rows,
                           f"{count_note(report.counts)} With G: of invariant eigenfunctions.")
        sections.append(("Counting", table))
    if report.weyl is not None:
        tables = report.weyl._repr_html_() + report.weyl.law._repr_html_()
        sections.append((f"Weyl's law: {report.weyl.verdict}", tables))
    if report.gain is not None:
        table = html_table(("", "Pinsker"), gain_rows(report.gain),
                           f"Smoothness s = {report.s:g}, noise σ = {report.noise:g}, norm F = 1.")
        sections.append(("What the symmetry saves", table))
    if report.risks:
        tables = "".join(html_table(RISK_HEADER, risk.rows(), risk.name) for risk in report.risks)
        sections.append(("Excess risk", tables + paragraph(_RISK_NOTE)))
    if report.refused:
        sections.append(("Not offered for this space", html_table(("part", "reason"), report.refused)))
    return sections


def _figures(report: SpaceReport) -> dict[str, str]:
    """Embedded pictures by the section they belong to."""
    from weylspec.report.pictures import curves_figure, staircase_figure, surface_figure

    figures = {}
    if report.space.dim > 0:
        figures["Counting"] = _drawn(partial(staircase_figure, report.space), _COUNT_CAPTION)
    if len(report.risks) == (2 if report.has_group else 1):
        figures["Excess risk"] = picture(
            curves_figure(report.drawn_risks(), f"s = {report.s:g}, σ = {report.noise:g}, F = 1"),
            "Predicted learning curves between the proved bounds.",
        )
    try:
        surface = surface_figure(report.space)
    except WeylspecError as error:
        surface, figures["On M"] = None, paragraph(f"No picture: {error}")
    if surface is not None:
        figures["On M"] = picture(
            surface,
            _SURFACE_CAPTION,
            "png",
        )
    return figures


def _drawn(draw: Callable[[], Figure], caption: str) -> str:
    """A picture with its caption, or why there is none (a mesh does not reach as far as it asks)."""
    try:
        return picture(draw(), caption)
    except WeylspecError as error:
        return paragraph(f"No picture: {error}")


# -- the gallery ----------------------------------------------------------------------------------


def write_gallery(result: GalleryResult, directory: Path, progress: Callable[[str], None]) -> Path:
    """Write the gallery's page, its pictures and its data into a directory; the path of the page."""
    directory.mkdir(parents=True, exist_ok=True)
    sections = [("", paragraph(_INTRODUCTION) + f'<div style="font-size:0.72em">{result._repr_html_()}</div>')]
    for row in result.rows:
        embedded = []
        for name, caption, figure in _row_figures(row):
            html = picture(figure, caption, "png")
            (directory / f"{name}.png").write_bytes(base64.b64decode(html.partition("base64,")[2].partition('"')[0]))
            embedded.append(html)
        progress(f"drawn: {row.example.label}")
        sections.append((row.example.label, _row_body(row) + "".join(embedded)))
    (directory / "gallery.json").write_text(json.dumps(result.as_dict(), indent=1), encoding="utf-8")
    target = directory / "gallery.html"
    target.write_text(page("Gallery: what a symmetry is worth", sections), encoding="utf-8")
    return target


def _row_body(row: GalleryRow) -> str:
    parts = [paragraph(row.example.story), paragraph(f"{row.example.expression}: {row.reason}.")]
    parts.append(html_table(COUNT_HEADER, count_rows(row.counts),
                            f"{count_note(row.counts)} The ratio tends to the limit."))
    if row.levels:
        levels = [(f"{a:.6g}", f"{b:.2g}", f"{c:g}") for a, b, c in row.levels]
        parts.append(html_table(("from the mesh", "± at most", "closed form"), levels))
    if row.weyl is not None:
        parts.append(row.weyl.law._repr_html_())
    if row.gain is not None:
        parts.append(html_table(("", "Pinsker"), gain_rows(row.gain), "s = ½ dim M + 1, σ = 1, F = 1"))
    for risk in row.risks:
        measured = risk.measured
        if measured is not None:
            cells = [(*line, f"{mean:.3g} ± {error:.1g}", f"{margin:.3g}")
                     for line, mean, error, margin in zip(risk.rows(), *measured[1:], risk.margin, strict=True)]
            parts.append(html_table((*RISK_HEADER, "measured", "bound / mean"), cells, risk.name))
    return "".join(parts)


def _row_figures(row: GalleryRow) -> Iterator[tuple[str, str, Figure]]:
    """File name, caption and figure of every picture of a row."""
    from weylspec.report.pictures import curves_figure, staircase_figure, surface_figure

    name = re.sub(r"[^a-z0-9]+", "-", row.example.label.lower()).strip("-")
    if row.risks:
        yield f"{name}-curves", _CURVES_CAPTION, curves_figure(row.risks, row.example.expression)
    if row.levels:
        return
    surface = surface_figure(row.space)
    if surface is not None:
        yield f"{name}-domain", _SURFACE_CAPTION, surface
    yield f"{name}-count", _COUNT_CAPTION, staircase_figure(row.space)
