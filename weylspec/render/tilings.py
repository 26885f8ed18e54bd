"""Cells of a group on S² and in the plane: one of them marked, its copies, mirrors, glides and centres of rotation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from weylspec.errors import require
from weylspec.render._style import COLOURS, INK, axes_or_new
from weylspec.render.maps import frame_to_scale, orthographic, view

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FloatArray = npt.NDArray[np.float64]

_PIXELS = 300
_TINTS = ((0.85, 0.92, 0.97), (0.99, 0.89, 0.80))  # copies, and mirror images
_OWN = (0.35, 0.66, 0.86)
_EDGE = 0.72
_MARKERS = {2: "d", 3: "^", 4: "s", 5: "p", 6: "h"}
_MIRROR = COLOURS[1]


def sphere_tiling_picture(
    images: FloatArray,
    flips: npt.ArrayLike,
    motifs: FloatArray,
    mirrors: FloatArray,
    centres: FloatArray,
    orders: npt.ArrayLike,
    *,
    centre: Sequence[float] | None = None,
    ax: Axes | None = None,
    title: str = "",
) -> Axes:
    """Draw the copies of a Dirichlet cell on the unit sphere.

    Parameters
    ----------
    images : ndarray of shape (copies, 3)
        A point belongs to the copy whose image is nearest; the first copy is marked.
    flips : array_like of shape (copies,)
        Mirror images are tinted otherwise.
    motifs : ndarray of shape (copies, p, 3)
        A polygon in every copy.
    mirrors : ndarray of shape (k, 3)
        Unit normals of great circles.
    centres, orders : ndarrays of shapes (c, 3) and (c,)
        Dots, with a shape that tells the order of the rotation.
    centre : sequence of 3 floats, optional
        Direction from which the sphere is seen; a little beside the marked copy by default.
    ax : Axes, optional
        Default: a new pyplot figure.
    title : str

    Returns
    -------
    Axes

    Examples
    --------
    The two halves of a sphere with one mirror:

    >>> from weylspec.render.pictures import canvas
    >>> _, (ax,) = canvas()
    >>> poles = np.array([[0.0, 0.0, 1.0], [0.0, 0.0, -1.0]])
    >>> drawn = sphere_tiling_picture(poles, [False, True], np.zeros((2, 0, 3)), poles[:1], np.zeros((0, 3)), [], ax=ax)
    >>> len(drawn.lines)
    2
    """
    eye = images[0] + 0.45 * np.array([0.35, -0.2, 0.9]) if centre is None else centre
    frame = view(eye)
    u, v, points = orthographic(_PIXELS)
    visible = np.isfinite(points[:, 0])
    copies = np.full(len(points), -1)
    copies[visible] = _nearest(points[visible] @ frame, images)
    axes = axes_or_new(ax, (4.6, 4.6))
    _fill(axes, u, v, copies.reshape(u.shape), np.asarray(flips, dtype=bool), copies == 0)
    turned = motifs @ frame.T
    _polygons(axes, turned[turned[..., 0].min(axis=1, initial=np.inf) > 0.05][..., 1:])
    angle = np.linspace(0, 2 * np.pi, 361)
    for normal in mirrors:
        plane = np.linalg.svd(normal[None])[2][1:]
        circle = (np.cos(angle)[:, None] * plane[0] + np.sin(angle)[:, None] * plane[1]) @ frame.T
        axes.plot(*np.where(circle[:, :1] >= -1e-9, circle[:, 1:], np.nan).T, color=_MIRROR, linewidth=1.3)
    axes.plot(np.cos(angle), np.sin(angle), color=INK, linewidth=0.8, clip_on=False)
    seen = centres @ frame.T
    front = seen[:, 0] > 0.02
    _dots(axes, seen[front, 1:], np.asarray(orders)[front])
    axes.set_axis_off()
    frame_to_scale(axes, title)
    return axes


def plane_tiling_picture(
    images: FloatArray,
    flips: npt.ArrayLike,
    motifs: FloatArray,
    mirrors: FloatArray,
    glides: FloatArray,
    centres: FloatArray,
    orders: npt.ArrayLike,
    *,
    window: npt.ArrayLike,
    ax: Axes | None = None,
    title: str = "",
) -> Axes:
    """Draw the copies of a Dirichlet cell in a parallelogram of the plane.

    Parameters
    ----------
    images, flips, motifs
        As for `sphere_tiling_picture`, with 2 coordinates.
    mirrors, glides : ndarrays of shape (k, 2, 2)
        Segments, drawn as lines and dashed lines.
    centres, orders : ndarrays of shapes (c, 2) and (c,)
    window : array_like of shape (2, 2)
        The parallelogram's sides as rows; one of its corners is 0.
    ax : Axes, optional
        Default: a new pyplot figure.
    title : str

    Returns
    -------
    Axes

    Examples
    --------
    >>> from weylspec.render.pictures import canvas
    >>> _, (ax,) = canvas()
    >>> two, none = np.array([[0.25, 0.5], [0.75, 0.5]]), np.zeros((0, 2, 2))
    >>> drawn = plane_tiling_picture(two, [False, True], np.zeros((2, 0, 2)), none, none, np.zeros((0, 2)), [],
    ...                              window=np.eye(2), ax=ax)
    >>> drawn.get_aspect()
    1.0
    """
    sides = np.asarray(window, dtype=np.float64)
    steps = np.linspace(0.0, 1.0, _PIXELS)
    plane = np.stack(np.meshgrid(steps, steps), axis=-1) @ sides
    copies = _nearest(plane.reshape(-1, 2), images)
    axes = axes_or_new(ax, (4.6, 4.6))
    _fill(axes, plane[..., 0], plane[..., 1], copies.reshape(plane.shape[:2]), np.asarray(flips, dtype=bool),
          copies == 0)
    patches: Any = require("matplotlib.patches", "pictures")
    border = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) @ sides
    outline = axes.add_patch(patches.Polygon(border, fill=False, edgecolor=INK, linewidth=0.8))
    _polygons(axes, motifs).set_clip_path(outline)
    for segments, style in ((glides, (0, (3, 2))), (mirrors, "-")):
        for segment in segments:
            axes.plot(*segment.T, color=_MIRROR, linewidth=1.3 if style == "-" else 0.8, linestyle=style)
    _dots(axes, centres, np.asarray(orders))
    axes.set_xlim(border[:, 0].min(), border[:, 0].max())
    axes.set_ylim(border[:, 1].min(), border[:, 1].max())
    axes.set_axis_off()
    frame_to_scale(axes, title)
    return axes


def _nearest(points: FloatArray, images: FloatArray) -> npt.NDArray[np.int64]:
    """The number of the nearest image of each point."""
    from scipy.spatial import KDTree

    return np.asarray(KDTree(images).query(points)[1], dtype=np.int64)


def _fill(
    ax: Any, u: FloatArray, v: FloatArray, copies: npt.NDArray[np.int64], flips: npt.NDArray[np.bool_],
    own: npt.NDArray[np.bool_],
) -> None:
    """Tints for the copies, a colour for the first, and darker pixels where one copy ends."""
    colours = np.ones((*copies.shape, 4))
    inside = copies >= 0
    colours[inside, :3] = np.array(_TINTS)[flips[copies[inside]].astype(int)]
    colours[own.reshape(copies.shape), :3] = _OWN
    edge = np.zeros(copies.shape, dtype=bool)
    across, along = copies[:, 1:] != copies[:, :-1], copies[1:] != copies[:-1]
    for sides, parts in ((across, (edge[:, 1:], edge[:, :-1])), (along, (edge[1:], edge[:-1]))):
        for part in parts:
            part |= sides
    colours[edge & inside, :3] *= _EDGE
    colours[~inside, 3] = 0.0
    ax.pcolormesh(u, v, colours, shading="nearest", rasterized=True)


def _polygons(ax: Any, corners: FloatArray) -> Any:
    collections: Any = require("matplotlib.collections", "pictures")
    return ax.add_collection(collections.PolyCollection(corners, facecolor=INK, linewidth=0), autolim=False)


def _dots(ax: Axes, places: FloatArray, orders: npt.NDArray[Any]) -> None:
    for order in np.unique(orders):
        here = places[orders == order]
        ax.plot(here[:, 0], here[:, 1], _MARKERS.get(int(order), "o"), color="white", markeredgecolor=INK,
                markersize=5.5, markeredgewidth=1.0, linestyle="none", clip_on=False)
