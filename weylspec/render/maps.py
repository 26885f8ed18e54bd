"""Functions on S², on flat tori and on planar domains as maps, with a fundamental domain drawn over them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError, require
from weylspec.render._style import FIELD, INK, QUIET, axes_or_new

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FloatArray = npt.NDArray[np.float64]
PointFunction = Callable[[FloatArray], npt.ArrayLike]

_PIXELS = 420
_VEIL = 0.45


def sphere_picture(
    function: PointFunction,
    *,
    domain: PointFunction | None = None,
    centre: Sequence[float] = (1.0, 0.6, 0.7),
    projection: Literal["orthographic", "hammer"] = "orthographic",
    ax: Axes | None = None,
    title: str = "",
) -> Axes:
    """Draw a function on the unit sphere S², with a fundamental domain outlined.

    Parameters
    ----------
    function : callable, (n, 3) -> (n,)
        Values at unit vectors; drawn in a diverging map centred at zero.
    domain : callable, (n, 3) -> (n,), optional
        Positive (or True) inside the domain, negative (or False) outside. A continuous margin, such
        as min over g of ⟨x, c − g·c⟩ for a Dirichlet domain around c, gives a smooth outline. Outside
        the domain colours are paler.
    centre : sequence of 3 floats
        Direction from which the sphere is seen.
    projection : {"orthographic", "hammer"}
        The half that faces the eye, or the whole sphere with true areas (Hammer, 1892).
    ax : Axes, optional
        Default: a new pyplot figure.
    title : str

    Returns
    -------
    Axes

    Raises
    ------
    WeylspecError
        If `centre` is zero or the projection unknown.

    Examples
    --------
    >>> from weylspec.render.pictures import canvas
    >>> _, (ax,) = canvas()
    >>> sphere_picture(lambda x: x[:, 2], domain=lambda x: x[:, 2] > 0, ax=ax).get_aspect()
    1.0
    """
    if projection not in ("orthographic", "hammer"):
        raise WeylspecError(f"projection {projection!r} is unknown; use 'orthographic' or 'hammer'")
    u, v, points = orthographic(_PIXELS) if projection == "orthographic" else _hammer()
    visible = np.isfinite(points[:, 0])
    frame = view(centre)
    field = _on_grid(function, points @ frame, visible, u.shape)
    margin = None if domain is None else _on_grid(domain, points @ frame, visible, u.shape)
    axes = axes_or_new(ax, (4.6, 4.6) if projection == "orthographic" else (7.2, 4.0))
    _draw(axes, u, v, field, margin)
    angle = np.linspace(0, 2 * math.pi, 361)
    width = 1.0 if projection == "orthographic" else 2.0
    axes.plot(width * np.cos(angle), np.sin(angle), color=INK, linewidth=0.8, clip_on=False)
    axes.set_axis_off()
    frame_to_scale(axes, title)
    return axes


def torus_picture(
    function: PointFunction,
    *,
    domain: PointFunction | None = None,
    basis: npt.ArrayLike | None = None,
    ax: Axes | None = None,
    title: str = "",
) -> Axes:
    """Draw a function on a flat 2-torus over one period, with a fundamental domain outlined.

    Parameters
    ----------
    function : callable, (n, 2) -> (n,)
        Values at Cartesian points; drawn in a diverging map centred at zero.
    domain : callable, (n, 2) -> (n,), optional
        Positive (or True) inside the domain; see `sphere_picture`.
    basis : array_like of shape (2, 2), optional
        Rows are lattice vectors; default 2π times the identity.
    ax : Axes, optional
        Default: a new pyplot figure.
    title : str

    Returns
    -------
    Axes

    Raises
    ------
    WeylspecError
        If `basis` is not 2 × 2.

    Examples
    --------
    >>> from weylspec.render.pictures import canvas
    >>> _, (ax,) = canvas()
    >>> float(torus_picture(lambda x: np.cos(x[:, 0] - x[:, 1]), ax=ax).get_xlim()[1])
    6.283185307179586
    """
    lattice = 2 * math.pi * np.eye(2) if basis is None else np.asarray(basis, dtype=np.float64)
    if lattice.shape != (2, 2):
        raise WeylspecError(f"basis must have shape (2, 2), got {lattice.shape}; a picture needs a 2-torus")
    steps = np.linspace(0.0, 1.0, _PIXELS + 1)
    coordinates = np.stack(np.meshgrid(steps, steps), axis=-1)
    plane = coordinates @ lattice
    points = plane.reshape(-1, 2)
    everywhere = np.ones(len(points), dtype=np.bool_)
    field = _on_grid(function, points, everywhere, plane.shape[:2])
    margin = None if domain is None else _on_grid(domain, points, everywhere, plane.shape[:2])
    axes = axes_or_new(ax, (4.6, 4.6))
    _draw(axes, plane[..., 0], plane[..., 1], field, margin)
    border = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]) @ lattice
    axes.plot(border[:, 0], border[:, 1], color=INK, linewidth=0.8, clip_on=False)
    axes.set_xlim(border[:, 0].min(), border[:, 0].max())
    axes.set_ylim(border[:, 1].min(), border[:, 1].max())
    if basis is None:
        ticks, names = [0.0, math.pi, 2 * math.pi], ["0", "π", "2π"]
        axes.set_xticks(ticks, names)
        axes.set_yticks(ticks, names)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, colors=QUIET)
    frame_to_scale(axes, title)
    return axes


def planar_picture(
    function: PointFunction,
    inside: PointFunction,
    extent: tuple[float, float, float, float],
    *,
    ax: Axes | None = None,
    title: str = "",
) -> Axes:
    """Draw a function on a domain of the plane, with its outline.

    Parameters
    ----------
    function : callable, (n, 2) -> (n,)
        Values at points of the domain; drawn in a diverging map centred at zero.
    inside : callable, (n, 2) -> (n,)
        Positive inside the domain, negative outside; the distance to the boundary gives a smooth outline.
    extent : (left, right, bottom, top)
        A rectangle around the domain.
    ax : Axes, optional
        Default: a new pyplot figure.
    title : str

    Returns
    -------
    Axes

    Raises
    ------
    WeylspecError
        If the rectangle holds no point of the domain.

    Examples
    --------
    >>> from weylspec.render.pictures import canvas
    >>> _, (ax,) = canvas()
    >>> drawn = planar_picture(lambda x: x[:, 0], lambda x: 1 - (x**2).sum(axis=1), (-1, 1, -1, 1), ax=ax)
    >>> round(float(drawn.get_xlim()[1]), 2)
    1.02
    """
    left, right, bottom, top = extent
    slack = 0.02 * max(right - left, top - bottom) / 2
    grid = np.meshgrid(np.linspace(left - slack, right + slack, _PIXELS),
                       np.linspace(bottom - slack, top + slack, _PIXELS))
    points = np.stack(grid, axis=-1).reshape(-1, 2)
    margin = np.asarray(inside(points), dtype=np.float64)
    within = margin >= 0
    if not within.any():
        raise WeylspecError(f"no point of the domain lies in the rectangle {extent}")
    axes = axes_or_new(ax, (4.6, 4.6))
    _draw(axes, *grid, _on_grid(function, points, within, grid[0].shape), None)
    axes.contour(*grid, margin.reshape(grid[0].shape), levels=[0.0], colors=INK, linewidths=1.2)
    axes.set_xlim(left - slack, right + slack)
    axes.set_ylim(bottom - slack, top + slack)
    axes.set_axis_off()
    frame_to_scale(axes, title)
    return axes


def orthographic(pixels: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Grid in the disc, and the unit vectors over it: toward the eye, right, up; NaN outside.

    Examples
    --------
    >>> orthographic(3)[2][4].tolist()
    [1.0, 0.0, 0.0]
    """
    side = np.linspace(-1.0, 1.0, pixels)
    u, v = np.meshgrid(side, side)
    square = 1.0 - u**2 - v**2
    depth = np.sqrt(np.where(square >= 0, square, np.nan))
    points = np.stack([depth, u, v], axis=-1)
    return u, v, points.reshape(-1, 3)


def _hammer() -> tuple[FloatArray, FloatArray, FloatArray]:
    """Grid in the ellipse with half axes 2 and 1, and the unit vectors that Hammer's map sends there."""
    u, v = np.meshgrid(np.linspace(-2.0, 2.0, 2 * _PIXELS), np.linspace(-1.0, 1.0, _PIXELS))
    inside = (u / 2) ** 2 + v**2 < 1.0
    # x = u√2, y = v√2 in Hammer's own scale; z² = 1 − (x/4)² − (y/2)².
    z = np.sqrt(np.where(inside, 1.0 - u**2 / 8 - v**2 / 2, np.nan))
    longitude = 2 * np.arctan2(z * u * math.sqrt(0.5), 2 * z**2 - 1)
    latitude = np.arcsin(np.clip(z * v * math.sqrt(2), -1.0, 1.0))
    points = np.stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)], axis=-1
    )
    return u, v, points.reshape(-1, 3)


def view(centre: Sequence[float]) -> FloatArray:
    """Rows: the direction to the eye, then right and up as seen from there.

    Examples
    --------
    >>> view((2, 0, 0)).tolist()
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    """
    toward = np.asarray(centre, dtype=np.float64)
    length = float(np.linalg.norm(toward))
    if toward.shape != (3,) or length == 0.0:
        raise WeylspecError(f"centre = {tuple(centre)!r} is no direction; give three numbers that are not all zero")
    toward = toward / length
    pole = np.array([0.0, 0.0, 1.0]) if abs(toward[2]) < 1 - 1e-9 else np.array([0.0, 1.0, 0.0])
    right = np.cross(pole, toward)
    right /= np.linalg.norm(right)
    return np.stack([toward, right, np.cross(toward, right)])


def _on_grid(
    function: PointFunction, points: FloatArray, visible: npt.NDArray[np.bool_], shape: tuple[int, ...]
) -> FloatArray:
    values = np.asarray(function(points[visible]))
    if values.shape != (int(visible.sum()),):
        raise WeylspecError(f"the function returned shape {values.shape} for {int(visible.sum())} points; "
                            "return one value per point")
    # A mask of truth values gets the level zero between its two values.
    numbers = values - 0.5 if values.dtype == np.bool_ else values
    field = np.full(len(points), np.nan)
    field[visible] = numbers
    return field.reshape(shape)


def frame_to_scale(ax: Axes, title: str) -> None:
    """One scale for both axes, and a title for which a constrained layout leaves room."""
    # Centred in slack above it, a picture shows the layout a title that needs no room; then the slack is used up.
    ax.set_aspect("equal", anchor="N")
    ax.set_title(title, fontsize="medium", loc="left")


def _draw(ax: Any, u: FloatArray, v: FloatArray, field: FloatArray, margin: FloatArray | None) -> None:
    """Colours mixed here and opaque: cells that let light through overlap at their edges and show as a pattern."""
    matplotlib: Any = require("matplotlib", "pictures")
    top = float(np.nanmax(np.abs(field))) or 1.0
    colours = matplotlib.colormaps[FIELD](np.ma.masked_invalid((field / top + 1) / 2))
    if margin is not None:
        outside = margin < 0
        colours[outside, :3] = 1 - _VEIL * (1 - colours[outside, :3])
    ax.pcolormesh(u, v, colours, shading="nearest", rasterized=True)
    if margin is not None and np.nanmin(margin) < 0 < np.nanmax(margin):
        ax.contour(u, v, margin, levels=[0.0], colors=INK, linewidths=1.6)
