"""Orbits and Dirichlet domains of groups on S² and on flat 2-tori, for pictures."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from weylspec.groups.affine_action import AffineAction
from weylspec.groups.haar import haar_nodes
from weylspec.groups.linear_action import LinearAction

FloatArray = npt.NDArray[np.float64]
PointFunction: TypeAlias = Callable[[FloatArray], FloatArray]

_SAME = 1e-9
_CANDIDATES = 400
_CENTRED = 0.02  # how much a cell's size may be given up for a place near the middle of the picture
_NEIGHBOURS = np.array(list(itertools.product((-1, 0, 1), repeat=2)), dtype=np.float64)


def sphere_orbit(action: LinearAction, point: FloatArray, count: int = 240) -> FloatArray:
    """The orbit of a point of S²: all of it for a finite group, equidistant points of its circles otherwise.

    Parameters
    ----------
    action : LinearAction
        On R³.
    point : ndarray of shape (3,)
    count : int
        Number of points on each circle of an infinite group.

    Returns
    -------
    ndarray of shape (k, 3)
        Without repetitions; the point itself first if the group is finite.

    Examples
    --------
    >>> import weylspec as ws
    >>> Q = ws.Sphere(2) / ws.PointGroup("Oh")
    >>> len(sphere_orbit(Q.action_on_manifold, np.array([0.8, 0.6, 0.0])))
    24
    """
    if action.is_finite:
        return _distinct(np.concatenate([point[None], action.elements() @ point]))
    return np.asarray(haar_nodes(action, count - 1)[0] @ point)


def torus_orbit(action: AffineAction, basis: FloatArray, point: FloatArray, count: int = 240) -> FloatArray:
    """The orbit of a point of a flat torus, in one period: all of it, or equidistant points of its lines.

    Parameters
    ----------
    action : AffineAction
        In lattice coordinates.
    basis : ndarray of shape (n, n)
        Rows are lattice vectors.
    point : ndarray of shape (n,)
        Cartesian.
    count : int
        Number of points on each line of an infinite group.

    Returns
    -------
    ndarray of shape (k, n)
        Cartesian; the point itself first if the group is finite.

    Examples
    --------
    >>> import weylspec as ws
    >>> Q = ws.Torus(2) / ws.Translations(steps=[["1/10", 0]])
    >>> len(torus_orbit(Q.action_on_manifold, Q.total.basis, np.array([1.0, 1.0])))
    10
    """
    own = point @ np.linalg.inv(basis)
    images = np.array([a @ own + np.array([float(x) for x in b]) for a, b in action.components()])
    if action.is_finite:
        return _distinct(np.concatenate([own[None], images]) % 1.0) @ basis
    steps = (np.arange(count) / count)[:, None] * action.directions[:, 0].astype(np.float64)
    return np.asarray(((images[:, None, :] + steps[None]) % 1.0).reshape(-1, len(own)) @ basis)


def sphere_centre(action: LinearAction) -> FloatArray:
    """A point of S² whose images under a finite group are as far from it as can be found.

    Its Dirichlet cell is then wide; the search runs over a fixed list of directions.
    """
    k = np.arange(_CANDIDATES) + 0.5
    height, angle = 1 - 2 * k / _CANDIDATES, math.pi * (1 + math.sqrt(5)) * k
    ring = np.sqrt(1 - height**2)
    points = np.stack([ring * np.cos(angle), ring * np.sin(angle), height], axis=1)
    toward = np.array([1.0, 0.6, 0.7]) / math.sqrt(1.85)
    moved = action.elements()
    moved = moved[np.abs(moved - np.eye(3)).max(axis=(1, 2)) > _SAME]
    clearance = np.zeros(len(points))
    if len(moved):
        # Images of all candidates at once: (elements, candidates, 3).
        clearance = np.linalg.norm(points @ moved.transpose(0, 2, 1) - points, axis=2).min(axis=0)
    return np.asarray(points[int(np.argmax(clearance + _CENTRED * (points @ toward)))])


def torus_centre(action: AffineAction, basis: FloatArray) -> FloatArray:
    """A point of a flat 2-torus whose images under a finite group are as far from it as can be found."""
    side = (np.arange(20) + 0.5) / 20
    points = np.array(list(itertools.product(side, side)))
    orbits = [torus_orbit(action, basis, point @ basis) for point in points]
    size = max(map(len, orbits))  # a point that some element fixes has a shorter orbit
    scores = []
    for point, orbit in zip(points, orbits, strict=True):
        others = torus_square(orbit[1:] - orbit[0], basis)
        clearance = float(np.sqrt(others.min(initial=np.inf))) if size > 1 else 0.0
        off_middle = float(np.linalg.norm((point - 0.5) @ basis))
        scores.append(clearance - _CENTRED * off_middle if len(orbit) == size else -np.inf)
    return np.asarray(points[int(np.argmax(scores))] @ basis)


def sphere_margin(orbit: FloatArray) -> PointFunction:
    """Positive in the Dirichlet domain of orbit[0]: min over the other images p of ⟨x, c − p⟩.

    Parameters
    ----------
    orbit : ndarray of shape (k, 3)
        Of unit vectors, the centre first.

    Returns
    -------
    callable, (n, 3) -> (n,)

    Examples
    --------
    >>> margin = sphere_margin(np.array([[0.0, 0.0, 1.0], [0.0, 0.0, -1.0]]))
    >>> margin(np.array([[0.6, 0.0, 0.8], [0.6, 0.0, -0.8]])).tolist()
    [1.6, -1.6]
    """
    differences = orbit[0] - orbit[1:]
    return lambda x: np.asarray((x @ differences.T).min(axis=1))


def torus_margin(orbit: FloatArray, basis: FloatArray) -> PointFunction:
    """Positive in the Dirichlet domain of orbit[0]: min over the other images of d(x, p)² − d(x, c)².

    Parameters
    ----------
    orbit : ndarray of shape (k, 2)
        Cartesian, the centre first.
    basis : ndarray of shape (2, 2)

    Returns
    -------
    callable, (n, 2) -> (n,)
    """

    def margin(x: FloatArray) -> FloatArray:
        own = torus_square(x - orbit[0], basis)
        nearest = np.full(len(x), np.inf)
        for image in orbit[1:]:
            nearest = np.minimum(nearest, torus_square(x - image, basis))
        return np.asarray(nearest - own)

    return margin


def torus_square(difference: FloatArray, basis: FloatArray) -> FloatArray:
    """Squared lengths of the shortest representatives modulo the lattice of reduced rows.

    Parameters
    ----------
    difference : ndarray of shape (n, 2)
    basis : ndarray of shape (2, 2)

    Returns
    -------
    ndarray of shape (n,)

    Examples
    --------
    >>> torus_square(np.array([[0.9, 0.0], [0.5, 0.5]]), np.eye(2)).round(12).tolist()
    [0.01, 0.5]
    """
    inside = difference @ np.linalg.inv(basis)
    nearest = (inside - np.round(inside)) @ basis
    squares = [((nearest + shift) ** 2).sum(axis=1) for shift in _NEIGHBOURS @ basis]
    return np.asarray(np.min(squares, axis=0))


def _distinct(points: FloatArray) -> FloatArray:
    """The points without repetitions, in the order of their first appearance."""
    _, first = np.unique(np.round(points / _SAME / 10).astype(np.int64), axis=0, return_index=True)
    return np.asarray(points[np.sort(first)])
