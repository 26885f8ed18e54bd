"""The orbit of one point: its dimension and volume, which say how many invariant functions live near it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, UnknownGeometryError
from weylspec.exact.integer_lattice import annihilator
from weylspec.groups.affine_action import AffineAction
from weylspec.groups.linear_action import LinearAction, OrthogonalBlock
from weylspec.invariants.orbit_spaces.geometry import sphere_volume

FloatArray = npt.NDArray[np.float64]

_SAME = 1e-7  # images of points of O(1) size after some hundred steps
_MOST = 20_000  # sheets of an orbit, a few seconds


@dataclass(frozen=True)
class OrbitSize:
    """Dimension and Riemannian volume of an orbit Gx, all of its components together; a number of points if finite."""

    dim: int
    volume: float


def linear_orbit_size(action: LinearAction, point: FloatArray) -> OrbitSize:
    """The orbit of a point of R^N under a finite group, or one whose identity component rotates vectors of R^k.

    For m vectors of R^k of rank r with singular values σ, SO(k) has an orbit of volume
    vol SO(k)/vol SO(k − r)·Π (σ_i² + σ_j²)^{1/2} over the pairs i < j ≤ k that are not both zero; the other
    components are followed by the generators.

    Parameters
    ----------
    action : LinearAction
    point : ndarray of shape (N,)

    Returns
    -------
    OrbitSize

    Raises
    ------
    UnknownGeometryError
        For other Lie groups.
    CostError
        For more than 20 000 components.

    Examples
    --------
    A circle of latitude, and the vertices of an octahedron:

    >>> from weylspec.groups.orthogonal import SO
    >>> from weylspec.groups.point import PointGroup
    >>> linear_orbit_size(SO(2).linear(3), np.array([0.6, 0.0, 0.8])).volume / math.pi
    1.2
    >>> linear_orbit_size(PointGroup("Oh").natural(), np.array([0.0, 0.0, 1.0]))
    OrbitSize(dim=0, volume=6.0)
    """
    if not action.has_round_orbits:
        raise UnknownGeometryError(f"the volumes of single orbits of {action.label} are not known; they are for finite "
                                   "groups and for rotations of vectors")
    used = {int(i) for block in action.blocks for i in block.coordinates.flat}
    rest = [i for i in range(action.size) if i not in used]

    def key(x: FloatArray) -> FloatArray:
        return np.concatenate([x[rest], *(_invariants(block, x) for block in action.blocks)])

    moves = [(g, np.zeros(action.size)) for g in action.generators]
    sheets = _sheets(point, key, moves, action.label)
    parts = [_round_orbit(block, point) for block in action.blocks]
    return OrbitSize(sum(part.dim for part in parts), float(sheets * math.prod(part.volume for part in parts)))


def torus_orbit_size(action: AffineAction, basis: FloatArray, point: FloatArray) -> OrbitSize:
    """The orbit of a point of a flat torus: copies of the subtorus of translations.

    Parameters
    ----------
    action : AffineAction
        In lattice coordinates.
    basis : ndarray of shape (n, n)
        Rows are lattice vectors.
    point : ndarray of shape (n,)
        Cartesian.

    Returns
    -------
    OrbitSize

    Examples
    --------
    >>> from weylspec.spaces.torus import Torus
    >>> from weylspec.groups.permutation import SignFlips
    >>> Q = Torus(2) / SignFlips(2)
    >>> [torus_orbit_size(Q.action_on_manifold, Q.manifold.basis, x).volume for x in (np.zeros(2), np.ones(2))]
    [1.0, 4.0]
    """
    kept = annihilator(action.directions)
    moves = [(matrix.astype(np.float64), np.array([float(b) for b in shift])) for matrix, shift in action.generators]

    def key(u: FloatArray) -> FloatArray:
        phases = 2 * math.pi * (u @ kept)
        return np.concatenate([np.cos(phases), np.sin(phases)])

    sheets = _sheets(point @ np.linalg.inv(basis), key, moves, action.label)
    inverse = kept.T @ np.linalg.inv(basis @ basis.T) @ kept
    # vol(M)/vol(M/T): M/T is the torus whose characters are the columns of kept.
    volume = abs(float(np.linalg.det(basis))) * math.sqrt(float(np.linalg.det(inverse))) if action.dim else 1.0
    return OrbitSize(action.dim, sheets * volume)


def _sheets(
    point: FloatArray, key: Callable[[FloatArray], FloatArray], moves: Sequence[tuple[FloatArray, FloatArray]],
    label: str,
) -> int:
    """How many values of the key the images of a point under x ↦ Ax + b have."""
    found, waiting = key(point)[None], [point]
    while waiting:
        origin = waiting.pop()
        for matrix, shift in moves:
            image = matrix @ origin + shift
            own = key(image)
            if np.abs(found - own).max(axis=1, initial=0.0).min() > _SAME:
                found = np.concatenate([found, own[None]])
                waiting.append(image)
                if len(found) > _MOST:
                    raise CostError(f"an orbit of {label} has more than {_MOST} components")
    return len(found)


def _invariants(block: OrthogonalBlock, x: FloatArray) -> FloatArray:
    """What SO(k) leaves alone of m vectors: inner products, and minors where they span R^k."""
    vectors = x[block.coordinates]
    minors = [np.linalg.det(vectors[list(rows)]) for rows in itertools.combinations(range(block.copies), block.degree)]
    return np.concatenate([(vectors @ vectors.T).reshape(-1), minors])


def _round_orbit(block: OrthogonalBlock, point: FloatArray) -> OrbitSize:
    k = block.degree
    sizes = np.zeros(k)
    found = np.linalg.svd(point[block.coordinates], compute_uv=False)
    sizes[: len(found)] = np.where(found > _SAME, found, 0.0)
    rank = int(np.count_nonzero(sizes))
    pairs = [math.hypot(a, b) for a, b in itertools.combinations(sizes.tolist(), 2) if a or b]
    return OrbitSize(len(pairs), math.prod(pairs) * math.prod(sphere_volume(j) for j in range(max(k - rank, 1), k)))
