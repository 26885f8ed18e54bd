"""Self-contained HTML pages: inline style, embedded pictures, no external address."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from weylspec.errors import require

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 62rem; padding: 2rem 1.2rem 4rem; color: #222; background: #fff;
       font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.2rem; margin: 2.4rem 0 0.6rem; padding-top: 0.8rem; border-top: 1px solid #ddd; }
p { max-width: 44rem; margin: 0.6rem 0; }
.wide { overflow-x: auto; }
figure { margin: 1rem 0; }
figure img { max-width: 100%; height: auto; }
figcaption { color: #555; font-size: 0.9rem; max-width: 44rem; }
pre { background: #f6f6f6; padding: 0.8rem 1rem; overflow-x: auto; font-size: 0.85rem; line-height: 1.4; }
"""


def data_uri(figure: Figure, kind: Literal["svg", "png"] = "svg") -> str:
    """A figure as a data URI, the same bytes each time it is drawn.

    Parameters
    ----------
    figure : matplotlib Figure
    kind : {"svg", "png"}
        Lines are sharpest as SVG; PNG (at 160 dots per inch) is smaller for maps.

    Returns
    -------
    str

    Examples
    --------
    >>> from weylspec.render.pictures import canvas
    >>> data_uri(canvas()[0], "png")[:22]
    'data:image/png;base64,'
    """
    matplotlib: Any = require("matplotlib", "pictures")
    buffer = io.BytesIO()
    metadata = {"Date": None} if kind == "svg" else {"Software": None}
    # Without a salt the ids inside an SVG are random.
    with matplotlib.rc_context({"svg.hashsalt": "weylspec"}):
        figure.savefig(buffer, format=kind, dpi=160, metadata=metadata)
    media = "image/svg+xml" if kind == "svg" else "image/png"
    return f"data:{media};base64,{base64.b64encode(buffer.getvalue()).decode('ascii')}"


def picture(figure: Figure, caption: str, kind: Literal["svg", "png"] = "svg") -> str:
    """A figure embedded in HTML, its caption also the text for those who cannot see it.

    Parameters
    ----------
    figure : matplotlib Figure
    caption : str
    kind : {"svg", "png"}
        As in `data_uri`.

    Returns
    -------
    str
        A ``<figure>`` element.

    Examples
    --------
    >>> from weylspec.render.pictures import canvas
    >>> "<figcaption>N(λ) &lt; 10" in picture(canvas()[0], "N(λ) < 10", "png")
    True
    """
    text = escape(caption)
    return f'<figure><img alt="{text}" src="{data_uri(figure, kind)}"><figcaption>{text}</figcaption></figure>'


def paragraph(text: str) -> str:
    """A paragraph of plain text, escaped.

    Examples
    --------
    >>> paragraph("N(λ) < 10")
    '<p>N(λ) &lt; 10</p>'
    """
    return f"<p>{escape(text)}</p>"


def page(title: str, sections: Sequence[tuple[str, str]]) -> str:
    """One self-contained HTML page.

    Parameters
    ----------
    title : str
        Plain text.
    sections : sequence of (heading, body)
        Headings are plain text, empty for none; bodies are HTML as `html_table`, `picture` and
        `paragraph` make it.

    Returns
    -------
    str
        The whole document.

    Examples
    --------
    >>> text = page("S²/G", [("Count", paragraph("N(100) = 100"))])
    >>> text.startswith("<!DOCTYPE html>"), "<h2>Count</h2>" in text, "//" in text
    (True, True, False)
    """
    parts = [
        "<!DOCTYPE html>", '<html lang="en">', "<head>", '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>", f"<style>{_STYLE}</style>", "</head>", "<body>", f"<h1>{escape(title)}</h1>",
    ]
    for heading, body in sections:
        parts.append(f"<section>{f'<h2>{escape(heading)}</h2>' if heading else ''}")
        parts.append(f'<div class="wide">{body}</div></section>')
    return "\n".join([*parts, "</body>", "</html>", ""])
