"""Tables of strings, for notebooks and pages (HTML) and for terminals (plain text)."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import zip_longest
from textwrap import wrap

from weylspec.errors import WeylspecError

_WIDTH = 120     # columns of a terminal
_NARROWEST = 20  # text is not wrapped to less

_TABLE = "border-collapse:collapse;font-size:0.92em;margin:0.6em 0"
_CAPTION = "caption-side:bottom;text-align:left;padding:0.4em 0;opacity:0.75"
_HEAD = "padding:0.25em 0.9em 0.25em 0;border-bottom:1.5px solid currentColor"
_CELL = "padding:0.2em 0.9em 0.2em 0;border-bottom:1px solid rgba(128,128,128,0.3)"
_LEFT = "text-align:left"
_RIGHT = "text-align:right;font-variant-numeric:tabular-nums"


def html_table(header: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> str:
    """An HTML table that carries its own style, every cell escaped.

    Parameters
    ----------
    header : sequence of c strings
        Column names.
    rows : sequence of sequences of c strings
        Columns in which every cell is a number are aligned to the right.
    caption : str
        Shown below the table.

    Returns
    -------
    str
        A ``<table>`` element.

    Raises
    ------
    WeylspecError
        If a row has not as many cells as the header.

    Examples
    --------
    >>> "<th" in html_table(["λ", "m"], [["0", "1"]]), "&lt;G&gt;" in html_table(["<G>"], [])
    (True, True)
    """
    sides = [_RIGHT if numeric else _LEFT for numeric in _numeric_columns(header, rows)]
    lines = [f'<table style="{_TABLE}">']
    if caption:
        lines.append(f'<caption style="{_CAPTION}">{escape(caption)}</caption>')
    lines.append(f"<thead>{_html_row('th', _HEAD, sides, header)}</thead>")
    lines.append("<tbody>")
    lines.extend(_html_row("td", _CELL, sides, row) for row in rows)
    lines.append("</tbody></table>")
    return "\n".join(lines)


def text_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in aligned plain text, for terminals: wider than 120 columns only where numbers need it.

    Parameters
    ----------
    header : sequence of c strings
        Column names.
    rows : sequence of sequences of c strings
        Columns in which every cell is a number are aligned to the right; long text is wrapped in its column.

    Returns
    -------
    str
        Header, a rule and the rows, without trailing blanks or a final line break.

    Raises
    ------
    WeylspecError
        If a row has not as many cells as the header.

    Examples
    --------
    >>> print(text_table(["space", "N"], [["sphere", "4"], ["torus", "21"]]))
    space    N
    ------  --
    sphere   4
    torus   21
    """
    sides = _numeric_columns(header, rows)
    widths = _fitted([max(len(line[i]) for line in (header, *rows)) for i in range(len(header))], sides)

    def lines(cells: Sequence[str]) -> list[str]:
        wrapped = (wrap(cell, width, break_on_hyphens=False) if len(cell) > width else [cell]
                   for cell, width in zip(cells, widths, strict=True))
        return ["  ".join(part.rjust(width) if right else part.ljust(width)
                          for part, width, right in zip(parts, widths, sides, strict=True)).rstrip()
                for parts in zip_longest(*wrapped, fillvalue="")]

    rule = "  ".join("-" * width for width in widths)
    return "\n".join([*lines(header), rule, *(line for row in rows for line in lines(row))])


def _fitted(widths: Sequence[int], numeric: Sequence[bool]) -> list[int]:
    """Widths that fit the terminal: the widest columns of text are cut to one common width."""
    cap = max(widths, default=0)
    fitted = list(widths)
    while sum(fitted) + 2 * (len(fitted) - 1) > _WIDTH and cap > _NARROWEST:
        cap -= 1
        fitted = [width if right else min(width, cap) for width, right in zip(widths, numeric, strict=True)]
    return fitted


def _numeric_columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[bool]:
    for index, row in enumerate(rows):
        if len(row) != len(header):
            raise WeylspecError(
                f"row {index} has {len(row)} cells but the header has {len(header)}: {tuple(row)!r}; "
                "give every row one cell per column"
            )
    return [bool(rows) and all(_is_number(row[i]) for row in rows) for i in range(len(header))]


def _is_number(cell: str) -> bool:
    try:
        float(cell.strip().rstrip("%").replace("−", "-"))
    except ValueError:
        return False
    return True


def _html_row(tag: str, style: str, sides: Sequence[str], cells: Sequence[str]) -> str:
    body = "".join(f'<{tag} style="{style};{side}">{escape(cell)}</{tag}>'
                   for side, cell in zip(sides, cells, strict=True))
    return f"<tr>{body}</tr>"
