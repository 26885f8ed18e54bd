"""What to draw of a finite group on S² or a flat 2-torus: copies of a cell, mirrors, glides, centres of rotation."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from weylspec.errors import UnknownGeometryError
from weylspec.groups.affine_action import AffineAction
from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.points.dirichlet import sphere_centre, torus_centre

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

_SAME = 1e-7
_MOST = 500  # copies that a picture can show
# A flag on its pole: no rotation and no reflection leaves it alone. Height 2.
_MOTIF = np.array([[-0.45, -1.0], [-0.45, 1.0], [0.75, 0.55], [-0.2, 0.1], [-0.2, -1.0]])


@dataclass(frozen=True, eq=False)
class Tiling:
    """Copies of a cell under a finite group, and where its elements have fixed points.

    Attributes
    ----------
    images : ndarray of shape (copies, n)
        Of the middle of the cell, which comes first; a point belongs to the copy whose image is nearest.
    flips : ndarray of shape (copies,), bool
        Whether the copy is a mirror image.
    motifs : ndarray of shape (copies, p, n)
        A polygon without symmetry in the cell, and its images.
    mirrors : ndarray
        Unit normals of shape (k, 3) on S²; segments of shape (k, 2, 2) in the plane.
    glides : ndarray of shape (k, 2, 2)
        Segments of the axes of glide reflections that are no mirrors.
    centres : ndarray of shape (k, n)
        Centres of rotation (on S² both ends of an axis).
    orders : ndarray of shape (k,), int64
        Of the rotations about them.
    """

    images: FloatArray
    flips: BoolArray
    motifs: FloatArray
    mirrors: FloatArray
    glides: FloatArray
    centres: FloatArray
    orders: IntArray


def sphere_tiling(action: LinearAction) -> Tiling:
    """The picture of a finite subgroup of O(3) on the unit sphere.

    Parameters
    ----------
    action : LinearAction
        On R³.

    Returns
    -------
    Tiling

    Raises
    ------
    UnknownGeometryError
        For an infinite group, or one of more than 500 elements.

    Examples
    --------
    The cube: 9 mirrors, and 26 centres on 3 + 4 + 6 axes.

    >>> from weylspec.groups.point import PointGroup
    >>> picture = sphere_tiling(PointGroup("Oh").natural())
    >>> len(picture.images), len(picture.mirrors), len(picture.centres)
    (48, 9, 26)
    """
    _check(action.label, action.is_finite, action.order)
    elements = action.elements()
    centre = sphere_centre(action)
    images = elements @ centre
    frame = np.linalg.svd(centre[None])[2][1:]  # two directions at right angles to the centre
    frame[1] *= np.sign(np.linalg.det(np.vstack([centre, frame])))
    size = _motif_size(np.linalg.norm(images[1:] - centre, axis=1), 1.0)
    motif = centre + size * _MOTIF @ frame
    motif /= np.linalg.norm(motif, axis=1, keepdims=True)
    flips = np.linalg.det(elements) < 0
    traces = np.trace(elements, axis1=1, axis2=2)
    mirrors = [_axis(-g) for g in elements[flips & (np.abs(traces - 1) < _SAME)]]
    turns = [g for g in elements[~flips] if abs(np.trace(g) - 3) > _SAME]
    axes: dict[tuple[int, ...], tuple[FloatArray, int]] = {}
    for g in turns:
        axis = _axis(g)
        # the rotations about one axis are a cyclic group: its order is one more than their number
        found, order = axes.get(_key(axis), (axis, 1))
        axes[_key(axis)] = found, order + 1
    ends = [end for axis, _ in axes.values() for end in (axis, -axis)]
    orders = [order for _, order in axes.values() for _ in range(2)]
    return Tiling(images, flips, motif @ elements.transpose(0, 2, 1), np.array(mirrors).reshape(-1, 3),
                  np.zeros((0, 2, 2)), np.array(ends).reshape(-1, 3), np.array(orders, dtype=np.int64))


def torus_tiling(action: AffineAction, basis: FloatArray, periods: int = 2) -> Tiling:
    """The picture of a finite group of a flat 2-torus in the plane, over some periods in each direction.

    Parameters
    ----------
    action : AffineAction
        In lattice coordinates.
    basis : ndarray of shape (2, 2)
        Rows are lattice vectors.
    periods : int
        The picture is the parallelogram of so many of each.

    Returns
    -------
    Tiling
        Cartesian.

    Raises
    ------
    UnknownGeometryError
        For an infinite group, or one of more than 500 elements.

    Examples
    --------
    >>> from weylspec.groups.wallpaper import WallpaperGroup
    >>> picture = torus_tiling(WallpaperGroup("p4m").affine(2), np.eye(2), 1)
    >>> sorted(picture.orders.tolist())
    [2, 2, 2, 2, 4, 4, 4, 4, 4]
    """
    _check(action.label, action.is_finite, action.order)
    maps = [(np.array(a, dtype=np.float64), np.array([float(x) for x in b])) for a, b in action.components()]
    inverse = np.linalg.inv(basis)
    middle = torus_centre(action, basis) @ inverse
    steps = np.array(list(itertools.product(range(-2, periods + 2), repeat=2)), dtype=np.float64)
    steps = steps[np.argsort(np.abs(steps).sum(axis=1), kind="stable")]  # the cell itself first
    # The images closest to a point of the picture are at most a period or so outside of it.
    images = np.concatenate([(a @ middle + b) % 1.0 + steps for a, b in maps])
    flips = np.repeat([bool(np.linalg.det(a) < 0) for a, _ in maps], len(steps))
    distances = np.linalg.norm((images[1:] - images[0]) @ basis, axis=1)
    size = _motif_size(distances, math.inf)
    motif = size * _MOTIF @ inverse
    own = [(motif @ a.T)[None] + ((a @ middle + b) % 1.0 + steps)[:, None] for a, b in maps]
    mirrors, glides = _axes_of_reflection(maps, basis, periods)
    centres, orders = _centres(maps, periods)
    return Tiling(images @ basis, flips, np.concatenate(own) @ basis, mirrors, glides, centres @ basis, orders)


def _check(label: str, is_finite: bool, order: float) -> None:
    if not is_finite or order > _MOST:
        raise UnknownGeometryError(
            f"the cells of {label} are not drawn: it has {'infinitely many' if not is_finite else order} elements, "
            f"a picture shows at most {_MOST} copies"
        )


def _motif_size(distances: FloatArray, most: float) -> float:
    """Half the height of the motif, with room between it and its images."""
    return float(0.27 * min(distances.min(initial=most), most))


def _axis(rotation: FloatArray) -> FloatArray:
    """The axis of a rotation, one of its two ends: the same for all rotations about it."""
    values, vectors = np.linalg.eigh(rotation + rotation.T)
    axis = vectors[:, int(np.argmax(values))]
    return np.asarray(axis * np.sign(axis[np.abs(axis) > _SAME][0]))


def _key(numbers: FloatArray) -> tuple[int, ...]:
    return tuple(np.round(numbers / _SAME / 10).astype(np.int64).tolist())


def _centres(maps: list[tuple[FloatArray, FloatArray]], periods: int) -> tuple[FloatArray, IntArray]:
    """Fixed points of the rotations in the picture (lattice coordinates), with the largest order at each."""
    found: dict[tuple[int, ...], tuple[FloatArray, int]] = {}
    for a, b in maps:
        if np.linalg.det(a) < 0 or np.array_equal(a, np.eye(2)):
            continue
        order = next(n for n in (2, 3, 4, 6) if np.array_equal(np.linalg.matrix_power(a, n), np.eye(2)))
        inverse = np.linalg.inv(np.eye(2) - a)
        for step in itertools.product(range(-2 * periods - 2, 2 * periods + 3), repeat=2):
            point = inverse @ (b + step)
            if (point > -_SAME).all() and (point < periods + _SAME).all():
                before = found.get(_key(point), (point, 1))[1]
                found[_key(point)] = point, max(order, before)
    points = [point for point, _ in found.values()]
    return np.array(points).reshape(-1, 2), np.array([order for _, order in found.values()], dtype=np.int64)


def _axes_of_reflection(
    maps: list[tuple[FloatArray, FloatArray]], basis: FloatArray, periods: int
) -> tuple[FloatArray, FloatArray]:
    """Segments of mirrors, and of the axes of glides that are no mirrors, Cartesian."""
    lines: dict[tuple[int, ...], tuple[FloatArray, FloatArray, float]] = {}
    inverse = np.linalg.inv(basis)
    for a, b in maps:
        if np.linalg.det(a) > 0:
            continue
        reflection = (inverse @ a.T @ basis).T
        along = _axis(reflection)
        across = np.array([-along[1], along[0]])
        for step in itertools.product(range(-2 * periods - 2, 2 * periods + 3), repeat=2):
            shift = (b + step) @ basis
            glide, offset = abs(float(shift @ along)), float(shift @ across) / 2
            key = _key(np.array([*along, offset]) / float(np.abs(basis).max()))
            if key not in lines or glide < lines[key][2]:
                lines[key] = offset * across, along, glide
    length = float(np.abs(basis).max())
    segments = [(_clipped(start @ inverse, along @ inverse, periods), glide < _SAME * length)
                for start, along, glide in lines.values()]
    mirrors = [s @ basis for s, is_mirror in segments if s is not None and is_mirror]
    glides = [s @ basis for s, is_mirror in segments if s is not None and not is_mirror]
    return np.array(mirrors).reshape(-1, 2, 2), np.array(glides).reshape(-1, 2, 2)


def _clipped(start: FloatArray, direction: FloatArray, periods: int) -> FloatArray | None:
    """The part of a line inside the square [0, periods]² of lattice coordinates."""
    low, high = -math.inf, math.inf
    for x, d in zip(start.tolist(), direction.tolist(), strict=True):
        if abs(d) < _SAME:
            if not -_SAME <= x <= periods + _SAME:
                return None
            continue
        ends = sorted((-x / d, (periods - x) / d))
        low, high = max(low, ends[0]), min(high, ends[1])
    return None if high - low < _SAME else np.array([start + low * direction, start + high * direction])
