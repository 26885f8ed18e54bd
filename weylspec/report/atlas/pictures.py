"""Pictures of an atlas: a small one of every row as inline SVG, and the overview."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from weylspec.report.atlas.rows import AtlasRow, Curve

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FloatArray = npt.NDArray[np.float64]

_WIDTH, _HEIGHT, _EDGE = 168, 92, 3.0
_COUNTED, _LAW = "#0072B2", "#D55E00"


def small_picture(curve: Curve) -> str:
    """N at some λ (dots) and Weyl's law (line) on logarithmic axes, as one SVG element without text.

    Examples
    --------
    >>> small_picture(((1.0, 1.0, 1.0), (10.0, 9.0, 10.0)))[:42]
    '<svg viewBox="0 0 168 92" width="168" heig'
    """
    head = f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" role="img">'
    frame = f'<path d="M2 0V{_HEIGHT - 2}H{_WIDTH}" fill="none" stroke="#8a8a8a" stroke-width="0.7"/>'
    if len(curve) < 2:
        return f"{head}{frame}</svg>"
    lam, n, law = (np.log(np.maximum(column, 0.5)) for column in np.array(curve).T)
    low, high = min(n.min(), law.min()), max(n.max(), law.max())
    x = _EDGE + (lam - lam[0]) / (lam[-1] - lam[0]) * (_WIDTH - 2 * _EDGE)

    def y(values: FloatArray) -> FloatArray:
        return np.asarray(_HEIGHT - _EDGE - (values - low) / max(high - low, 1e-9) * (_HEIGHT - 2 * _EDGE))

    dots = "".join(f"M{a:.1f} {b:.1f}h0" for a, b in zip(x, y(n), strict=True))
    line = " ".join(f"{a:.0f},{b:.1f}" for a, b in zip(x, y(law), strict=True))
    return (f'{head}{frame}<polyline points="{line}" fill="none" stroke="{_LAW}" stroke-width="1.1"/>'
            f'<path d="{dots}" stroke="{_COUNTED}" stroke-width="3.2" stroke-linecap="round"/></svg>')


def overview(rows: Sequence[AtlasRow], ax: Axes | None = None) -> Axes:
    """Measured over predicted constant against the measured exponent less d/2, a point for each row.

    Parameters
    ----------
    rows : sequence of AtlasRow
    ax : Axes, optional
        Default: a new pyplot figure.

    Returns
    -------
    Axes
    """
    from weylspec.render._style import axes_or_new, colour, legend, tidy

    axes = axes_or_new(ax)
    families = dict.fromkeys(row.family for row in rows)
    for index, family in enumerate(families):
        fits = [row.fit for row in rows if row.family == family and row.passed and row.fit is not None]
        if fits:
            axes.scatter([f.exponent - f.predicted_exponent for f in fits],
                         [f.constant / f.predicted_constant for f in fits], s=14, color=colour(index), alpha=0.7,
                         linewidths=0, label=f"{family} ({len(fits)})")
    failed = [row.fit for row in rows if not row.passed and row.fit is not None]
    if failed:
        axes.scatter([f.exponent - f.predicted_exponent for f in failed],
                     [f.constant / f.predicted_constant for f in failed], s=46, marker="x", color="#222222",
                     label=f"not passed ({len(failed)})")
    tidy(axes, "measured exponent − d/2", "measured constant / c_d·vol", "")
    axes.ticklabel_format(useOffset=False)
    legend(axes)
    return axes


def exponents(rows: Sequence[AtlasRow], ax: Axes) -> Axes:
    """Measured exponents against d/2, on the diagonal that they should lie on.

    Parameters
    ----------
    rows : sequence of AtlasRow
    ax : Axes

    Returns
    -------
    Axes
    """
    from weylspec.render._style import QUIET, colour, tidy

    fits = [row.fit for row in rows if row.fit is not None]
    top = max((fit.predicted_exponent for fit in fits), default=1.0)
    ax.plot([0, top], [0, top], color=QUIET, linewidth=0.8)
    ax.scatter([fit.predicted_exponent for fit in fits], [fit.exponent for fit in fits], s=14, color=colour(0),
               alpha=0.6, linewidths=0)
    tidy(ax, "d/2", "measured exponent", "")
    return ax
