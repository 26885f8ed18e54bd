"""Staircases, Weyl terms and learning curves: arrays in, axes out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError
from weylspec.render._style import INK, axes_or_new, canvas, colour, legend, tidy
from weylspec.render.maps import planar_picture, sphere_picture, torus_picture
from weylspec.render.tilings import plane_tiling_picture, sphere_tiling_picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["canvas", "comparison", "curves", "planar_picture", "plane_tiling_picture", "sphere_picture",
           "sphere_tiling_picture", "staircase", "torus_picture"]

FloatArray = npt.NDArray[np.float64]
Law = Callable[[FloatArray], FloatArray]

_MOST_STEPS = 3000  # a picture is at most about 1000 pixels wide: further steps cannot be seen
_LAW_POINTS = 600
_LOWEST_COUNT = 0.7  # a staircase starts at 1


def staircase(
    eigenvalues: npt.ArrayLike,
    cumulative: npt.ArrayLike,
    complete_below: float,
    ax: Axes | None = None,
    laws: Mapping[str, Law] | None = None,
    title: str = "",
) -> Axes:
    """Draw the counting function N(λ) as a staircase, with laws over it.

    Parameters
    ----------
    eigenvalues : array_like of shape (levels,)
        Ascending; those above `complete_below` are not drawn.
    cumulative : array_like of shape (levels,)
        N(λ) at each eigenvalue.
    complete_below : float
        Where the staircase ends.
    ax : Axes, optional
        Default: a new pyplot figure.
    laws : mapping of str to callable, optional
        Functions of an array of λ > 0, by name.
    title : str

    Returns
    -------
    Axes

    Raises
    ------
    WeylspecError
        If the two arrays differ in length.

    Examples
    --------
    >>> _, (ax,) = canvas()
    >>> drawn = staircase([0, 2, 6], [1, 4, 9], 10, ax=ax, laws={"λ": lambda lam: lam})
    >>> [line.get_label() for line in drawn.get_lines()]
    ['N(λ)', 'λ']
    >>> drawn.get_lines()[0].get_ydata().tolist()
    [0.0, 1.0, 4.0, 9.0, 9.0]
    """
    lam, counts = _aligned(eigenvalues, cumulative, "eigenvalues", "cumulative")
    end = float(complete_below) if math.isfinite(complete_below) else 1.05 * float(lam.max(initial=1.0))
    lam, counts = _thinned(lam[lam <= end], counts[lam <= end])
    start = min(0.0, float(lam[0])) if len(lam) else 0.0
    axes = axes_or_new(ax)
    steps = np.concatenate([[0.0], counts])
    axes.plot(np.concatenate([[start], lam, [end]]), np.append(steps, steps[-1]),
              drawstyle="steps-post", color=colour(0), linewidth=1.4, label="N(λ)")
    _draw_laws(axes, laws, np.linspace(0.0, end, _LAW_POINTS + 1)[1:])
    axes.set_xlim(start, end)
    axes.set_ylim(bottom=0)
    tidy(axes, "λ", "N(λ)", title)
    if laws:
        legend(axes)
    return axes


def comparison(
    staircases: Mapping[str, tuple[npt.ArrayLike, npt.ArrayLike]],
    ax: Axes | None = None,
    laws: Mapping[str, Law] | None = None,
    title: str = "",
) -> Axes:
    """Draw counting functions in one log-log picture, for instance without and with G.

    Parallel lines mean that symmetry divides the count by a constant; a smaller slope means that it
    lowered the dimension. The level λ = 0 and values ≤ 0 are not drawn on logarithmic axes.

    Parameters
    ----------
    staircases : mapping of str to (eigenvalues, cumulative)
        Two arrays of one shape (levels,), by name.
    ax : Axes, optional
        Default: a new pyplot figure.
    laws : mapping of str to callable, optional
        Functions of an array of λ > 0; a law named like a staircase takes its colour.
    title : str

    Returns
    -------
    Axes

    Raises
    ------
    WeylspecError
        If nothing is given, two arrays differ in length, or a staircase has no level above zero.

    Examples
    --------
    >>> _, (ax,) = canvas()
    >>> pair = {"S²": ([0, 2, 6], [1, 4, 9]), "S²/±1": ([0, 6], [1, 6])}
    >>> comparison(pair, ax=ax).get_xscale()
    'log'
    """
    if not staircases:
        raise WeylspecError("no staircases were given; name at least one (eigenvalues, cumulative)")
    steps = {name: _log_steps(name, *pair) for name, pair in staircases.items()}
    low = min(lam[0] for lam, _, _ in steps.values())
    high = max(lam[-1] for lam, _, _ in steps.values())
    axes = axes_or_new(ax)
    for index, (name, (lam, counts, before)) in enumerate(steps.items()):
        # Below its first positive eigenvalue a staircase has the height of the level zero.
        axes.plot(np.append(low, lam), np.append(before if before > 0 else np.nan, counts), drawstyle="steps-post",
                  color=colour(index), linewidth=1.5, label=name)
    order = list(staircases)
    for name, law in (laws or {}).items():
        grid = np.geomspace(low, high, _LAW_POINTS)
        shade = colour(order.index(name)) if name in order else INK
        axes.plot(grid, _positive(law(grid)), color=shade, linestyle=(0, (4, 2)), linewidth=1.0, alpha=0.9,
                  label=f"Weyl's law, {name}" if name in order else name)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_ylim(bottom=_LOWEST_COUNT)
    tidy(axes, "λ", "N(λ)", title)
    legend(axes)
    return axes


def curves(
    x: npt.ArrayLike,
    series: Mapping[str, npt.ArrayLike],
    *,
    bands: Mapping[str, tuple[npt.ArrayLike, npt.ArrayLike]] | None = None,
    points: Mapping[str, tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike]] | None = None,
    ax: Axes | None = None,
    xlabel: str = "",
    ylabel: str = "",
    title: str = "",
    scale: str = "log",
) -> Axes:
    """Draw curves, on log-log axes by default: lines, bands between bounds, and measurements with error bars.

    The first band, line and set of points share a colour, so do the second ones, and so on: give
    "without G" first and "with G" second everywhere. Values ≤ 0 are not drawn on logarithmic axes.

    Parameters
    ----------
    x : array_like of shape (k,)
        Positive; for learning curves the number of samples.
    series : mapping of str to array_like of shape (k,)
        Lines (predictions).
    bands : mapping of str to (low, high), optional
        Two arrays of shape (k,) each (lower and upper bound).
    points : mapping of str to (x, y, error), optional
        Three arrays of one shape (their own x): markers at y with bars y ± error (measurements).
    ax : Axes, optional
        Default: a new pyplot figure.
    xlabel, ylabel, title : str
    scale : str
        "log" or "linear", of both axes.

    Returns
    -------
    Axes

    Raises
    ------
    WeylspecError
        If arrays that belong together differ in length.

    Examples
    --------
    >>> _, (ax,) = canvas()
    >>> drawn = curves([10, 100], {"predicted": [1.0, 0.1]}, bands={"bounds": ([0.5, 0.05], [2.0, 0.2])}, ax=ax)
    >>> drawn.get_xscale(), drawn.get_yscale(), [line.get_label() for line in drawn.get_lines()][-1]
    ('log', 'log', 'predicted')
    """
    axes = axes_or_new(ax)
    if scale == "log":
        axes.set_xscale("log")
        axes.set_yscale("log", nonpositive="clip")
    for index, (name, (low, high)) in enumerate((bands or {}).items()):
        grid, lower = _aligned(x, low, "x", name)
        _, upper = _aligned(x, high, "x", name)
        axes.fill_between(grid, lower, upper, color=colour(index), alpha=0.13, linewidth=0, label=name)
        for edge in (lower, upper):
            axes.plot(grid, _drawn(edge, scale), color=colour(index), linewidth=0.9, linestyle=(0, (4, 2)),
                      label="_edge")
    for index, (name, values) in enumerate(series.items()):
        grid, line = _aligned(x, values, "x", name)
        axes.plot(grid, _drawn(line, scale), color=colour(index), linewidth=1.7, label=name)
    for index, (name, (at, mean, error)) in enumerate((points or {}).items()):
        grid, middle = _aligned(at, mean, f"x of {name}", name)
        _, bar = _aligned(at, error, f"x of {name}", f"error of {name}")
        axes.errorbar(grid, middle, yerr=bar, fmt="o" if index % 2 == 0 else "s", color=colour(index), markersize=5,
                      markeredgecolor="white", markeredgewidth=0.7, elinewidth=1.2, capsize=2.5, zorder=3, label=name)
    tidy(axes, xlabel, ylabel, title)
    legend(axes)
    return axes


def _draw_laws(ax: Axes, laws: Mapping[str, Law] | None, grid: FloatArray) -> None:
    for index, (name, law) in enumerate((laws or {}).items()):
        ax.plot(grid, np.asarray(law(grid), dtype=np.float64), color=colour(index + 1), linewidth=1.2,
                linestyle=(0, (5, 2)) if index == 0 else "-", label=name)


def _drawn(values: npt.ArrayLike, scale: str) -> FloatArray:
    return _positive(values) if scale == "log" else np.asarray(values, dtype=np.float64)


def _positive(values: npt.ArrayLike) -> FloatArray:
    array = np.asarray(values, dtype=np.float64)
    return np.where(array > 0, array, np.nan)


def _aligned(x: npt.ArrayLike, y: npt.ArrayLike, x_name: str, y_name: str) -> tuple[FloatArray, FloatArray]:
    first, second = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if first.ndim != 1 or first.shape != second.shape:
        raise WeylspecError(
            f"{y_name} has shape {second.shape} but {x_name} has shape {first.shape}; both must be one-dimensional "
            "and of one length"
        )
    return first, second


def _thinned(lam: FloatArray, counts: FloatArray) -> tuple[FloatArray, FloatArray]:
    if len(lam) <= _MOST_STEPS:
        return lam, counts
    kept = np.linspace(0, len(lam) - 1, _MOST_STEPS).astype(np.intp)
    return lam[kept], counts[kept]


def _log_steps(
    name: str, eigenvalues: npt.ArrayLike, cumulative: npt.ArrayLike
) -> tuple[FloatArray, FloatArray, float]:
    """The steps at λ > 0, thinned evenly in log λ, and the height before the first of them."""
    lam, counts = _aligned(eigenvalues, cumulative, f"eigenvalues of {name}", f"cumulative of {name}")
    first = int(np.searchsorted(lam, 0.0, side="right"))
    if first == len(lam):
        raise WeylspecError(f"{name} has no eigenvalue above zero to draw; list it to a higher cutoff")
    before = float(counts[first - 1]) if first else 0.0
    lam, counts = lam[first:], counts[first:]
    if len(lam) > _MOST_STEPS:
        kept = np.unique(np.geomspace(1, len(lam), _MOST_STEPS).astype(np.intp) - 1)
        lam, counts = lam[kept], counts[kept]
    return lam, counts, before
