"""The page of an atlas: what did not pass first, an overview, then every row with its picture, by families."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from weylspec.render.page import page, paragraph, picture
from weylspec.render.tables import html_table
from weylspec.report.atlas.labels import LEFT_OUT
from weylspec.report.atlas.pictures import exponents, overview, small_picture
from weylspec.report.atlas.rows import HEADER, AtlasRow

if TYPE_CHECKING:
    from weylspec.report.atlas.run import Atlas

_INTRODUCTION = (
    "Each row is a manifold M, or M modulo a group G. N(λ) counts eigenvalues of the Laplacian up to λ, of invariant "
    "functions where there is a group. Weyl's law is taken from geometry alone, and the verdict compares the two in "
    "windows of λ. The exponent is the slope of a straight line fitted to the logarithms of the windows' means, less "
    "the lower terms of the law; the ratio is that of the fitted constant to c_d·vol; the residual is the mean of "
    "(N − law)/first term over the windows. The second route counts the row's first levels in a way that shares no "
    "code with the first. Small pictures show N (dots) and the law (line) on logarithmic axes."
)
_CAPTION = (
    "Left: what the fits say of constants and exponents, which should be 1 and 0. Right: measured exponents on the "
    "diagonal. The means still oscillate a little: a verdict tolerates 1.5 percent of the volume at most."
)
_CARD = "display:inline-block;vertical-align:top;width:14.5rem;margin:0 0.8rem 1.1rem 0;font-size:0.75rem"
_SMALL = "font-size:0.68em"


def atlas_page(found: Atlas) -> str:
    """One self-contained page, well below 5 MB for some hundred rows."""
    sections = [("", paragraph(_INTRODUCTION) + paragraph(found.summary()))]
    failed = found.failed()
    if failed:
        reasons = html_table(("space", "verdict", "reason"), [(row.label, row.verdict, row.reason) for row in failed])
        sections.append(("Rows that did not pass", _table(failed) + reasons + _cards(failed)))
    sections.append(("Overview", _overview(found.rows)))
    for family in dict.fromkeys(row.family for row in found.rows):
        passed = [row for row in found.rows if row.family == family and row.passed]
        if passed:
            sections.append((family[0].upper() + family[1:], _table(passed) + _cards(passed)))
    without = [(row.label, row.route.detail) for row in found.rows if row.route.result == "none"]
    if without:
        sections.append(("Without a second route", html_table(("space", "why"), without)))
    sections.append(("Not in the atlas", html_table(("space", "why"), list(LEFT_OUT.items()))))
    return page("Atlas: Weyl's law over everything", sections)


def _overview(rows: Sequence[AtlasRow]) -> str:
    from weylspec.render.pictures import canvas

    figure, (left, right) = canvas(2)
    overview(rows, left)
    exponents(rows, right)
    return picture(figure, _CAPTION)


def _table(rows: Sequence[AtlasRow]) -> str:
    return f'<div style="{_SMALL}">{html_table(HEADER, [row.cells() for row in rows])}</div>'


def _cards(rows: Iterable[AtlasRow]) -> str:
    return "".join(f'<div style="{_CARD}">{small_picture(row.curve)}<br><b>{escape(row.label)}</b>'
                   f"<details><summary>{escape(row.verdict)}, second route: {escape(row.route.result)}</summary>"
                   f"{_details(row)}</details></div>" for row in rows)


def _details(row: AtlasRow) -> str:
    counts = [f"N({count.lam}) = {count.count if count.count is not None else count} ({count.how})"
              for count in row.counts]
    law = [f"{constant:.8g}{'' if power == '1' else f'·{power}'}: {source}" for power, constant, source in row.terms]
    told = [row.reason, *counts, *law, f"{row.route.name}: {row.route.detail}", row.spectrum_source, row.command]
    return "".join(f"<div>{escape(line)}</div>" for line in told if line)
