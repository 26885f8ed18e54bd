"""One look for every picture: colours, a quiet frame, and axes with or without pyplot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weylspec.errors import require

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito (2008); yellow is left out because it vanishes on white.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
INK = "#222222"
QUIET = "#8a8a8a"
FIELD = "RdBu_r"
SIZE = (6.4, 4.2)


def colour(index: int) -> str:
    """The colour of the index-th thing in a picture."""
    return COLOURS[index % len(COLOURS)]


def canvas(columns: int = 1, size: tuple[float, float] = SIZE) -> tuple[Figure, list[Axes]]:
    """A figure apart from pyplot (nothing to close, nothing shown), with axes in a row."""
    figure_class: Any = require("matplotlib.figure", "pictures")
    figure = figure_class.Figure(figsize=(columns * size[0], size[1]), layout="constrained")
    return figure, list(figure.subplots(1, columns, squeeze=False)[0])


def axes_or_new(ax: Axes | None, size: tuple[float, float] = SIZE) -> Axes:
    """The given axes, or those of a new pyplot figure, which a notebook then shows."""
    if ax is not None:
        return ax
    pyplot: Any = require("matplotlib.pyplot", "pictures")
    new: Axes = pyplot.subplots(figsize=size, layout="constrained")[1]
    return new


def tidy(ax: Axes, xlabel: str, ylabel: str, title: str) -> None:
    """Labels, a light grid, and no more frame than the two axes need."""
    ax.set_xlabel(xlabel)
    ax.set_ylabel(ylabel)
    if title:
        ax.set_title(title, fontsize="medium", loc="left")
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(True, which="major", color=QUIET, alpha=0.25, linewidth=0.6)
    ax.set_axisbelow(True)


def legend(ax: Axes) -> None:
    """A legend without a box, where there is something to tell apart."""
    if len(ax.get_legend_handles_labels()[1]) > 0:
        ax.legend(frameon=False, fontsize="small")
