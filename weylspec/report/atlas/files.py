"""The files of an atlas: JSON that holds everything, CSV with a line for each row, the page."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

from weylspec.report.atlas.rows import AtlasRow

if TYPE_CHECKING:
    from weylspec.report.atlas.run import Atlas

COLUMNS = (
    "label", "family", "passed", "verdict", "reasons", "dim_total", "dim", "volume", "volume_error", "boundary_volume",
    "lambda_1", "count_1", "lambda_2", "count_2", "lambda_3", "count_3", "exponent", "predicted_exponent", "constant",
    "predicted_constant", "residual", "route", "route_result", "route_detail", "spectrum_source", "volume_source",
    "seconds", "version", "command",
)


def write_atlas(found: Atlas, directory: Path) -> Path:
    """Write ``atlas.json``, ``atlas.csv`` and ``atlas.html`` into a directory; the path of the page."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "atlas.json").write_text(json_text(found), encoding="utf-8")
    (directory / "atlas.csv").write_text(csv_text(found.rows), encoding="utf-8", newline="")
    page = directory / "atlas.html"
    page.write_text(found.html(), encoding="utf-8")
    return page


def json_text(found: Atlas) -> str:
    """The whole atlas, a line for each row, so that versions can be compared line by line."""
    whole = found.as_dict()
    rows = whole.pop("rows")
    head = json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1).removesuffix("\n}")
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, allow_nan=False) for row in rows)
    return f'{head},\n "rows": [\n{lines}\n ]\n}}\n'


def csv_text(rows: tuple[AtlasRow, ...]) -> str:
    """A line for each row under `COLUMNS`; counts that errors leave open are written low…high."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_line(row) for row in rows)
    return stream.getvalue()


def _line(row: AtlasRow) -> list[object]:
    counts: list[object] = []
    for count in row.counts[:3]:
        counts += [count.lam, str(count) if count.count is None else count.count]
    counts += [""] * (6 - len(counts))
    fit = row.fit
    fitted = [""] * 5 if fit is None else [fit.exponent, fit.predicted_exponent, fit.constant, fit.predicted_constant,
                                           fit.residual]
    return [
        row.label, row.family, row.passed, row.verdict, "; ".join(row.reasons), row.total_dim, row.dim, row.volume,
        row.volume_error, row.boundary_volume, *counts, *fitted, row.route.name, row.route.result, row.route.detail,
        row.spectrum_source, row.terms[0][2] if row.terms else "", row.seconds, row.version, row.command,
    ]
