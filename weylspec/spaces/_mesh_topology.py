"""What a triangle mesh is made of: checked faces, edges, boundary, components."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.int64]

_EPS = float(np.finfo(np.float64).eps)


def checked(vertices: npt.ArrayLike, faces: npt.ArrayLike) -> tuple[FloatArray, IndexArray]:
    """Vertices and faces as read-only arrays, refused unless they are a triangulated surface."""
    points = np.array(vertices, dtype=np.float64)
    given = np.asarray(faces)
    if points.ndim != 2 or points.shape[1] != 3 or not np.isfinite(points).all():
        raise WeylspecError(f"vertices must be a finite array of shape (n, 3), got shape {points.shape}")
    if given.ndim != 2 or given.shape[1] != 3 or not len(given) or not np.issubdtype(given.dtype, np.integer):
        raise WeylspecError(
            f"faces must be a nonempty integer array of shape (m, 3), got {given.dtype} of shape {given.shape}; "
            "split other polygons into triangles"
        )
    triangles = given.astype(np.int64)
    _check_indices(points, triangles)
    _check_shapes(points, triangles)
    points.setflags(write=False)
    triangles.setflags(write=False)
    return points, triangles


def _check_indices(points: FloatArray, faces: IndexArray) -> None:
    n = len(points)
    if faces.min() < 0 or faces.max() >= n:
        row = int(np.nonzero(((faces < 0) | (faces >= n)).any(axis=1))[0][0])
        raise WeylspecError(f"face {row} = {faces[row].tolist()} has an index outside 0 … {n - 1}")
    twice = (faces == np.roll(faces, 1, axis=1)).any(axis=1)
    if twice.any():
        row = int(np.nonzero(twice)[0][0])
        raise WeylspecError(f"face {row} = {faces[row].tolist()} names a vertex twice; remove it")
    used = np.bincount(faces.reshape(-1), minlength=n) > 0
    if not used.all():
        at = int(np.nonzero(~used)[0][0])
        raise WeylspecError(f"vertex {at} is in no face ({(~used).sum()} such vertices); remove it and renumber")


def _check_shapes(points: FloatArray, faces: IndexArray) -> None:
    from scipy.spatial import KDTree

    # positions are known to rounding of the coordinates: nearer than that is equal, flatter is degenerate
    rounding = 8 * _EPS * float(np.abs(points).max())
    pairs = KDTree(points).query_pairs(rounding, output_type="ndarray")
    if len(pairs):
        i, j = pairs[0]
        raise WeylspecError(f"vertices {i} and {j} are at the same position {points[i].tolist()}; merge them")
    a, b, c = (points[faces[:, i]] for i in range(3))
    doubled = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    longest = np.max([np.linalg.norm(p - q, axis=1) for p, q in ((a, b), (b, c), (c, a))], axis=0)
    flat = doubled <= rounding * longest
    if flat.any():
        row = int(np.nonzero(flat)[0][0])
        raise WeylspecError(f"face {row} = {faces[row].tolist()} has no area; remove it or move a vertex")


@dataclass(frozen=True, eq=False)
class Topology:
    """Edges of a triangulated surface and how faces and boundary use them.

    Attributes
    ----------
    size : int
        Number of vertices n.
    faces : ndarray of shape (m, 3), int64
    edges : ndarray of shape (e, 2), int64
        Lower index first, ascending.
    face_edges : ndarray of shape (m, 3), int64
        The edge opposite each corner.
    uses : ndarray of shape (e,), int64
        Number of faces at each edge: 2, or 1 on the boundary.
    """

    size: int
    faces: IndexArray
    edges: IndexArray
    face_edges: IndexArray
    uses: IndexArray

    @classmethod
    def of(cls, size: int, faces: IndexArray) -> Self:
        """Read the edges off the faces.

        Raises
        ------
        WeylspecError
            If an edge is in more than two faces.
        """
        sides = np.sort(np.stack([np.roll(faces, -1, axis=1), np.roll(faces, -2, axis=1)], axis=2), axis=2)
        keys, inverse, uses = np.unique(
            sides[..., 0] * size + sides[..., 1], return_inverse=True, return_counts=True
        )
        edges = np.stack([keys // size, keys % size], axis=1)
        if uses.max() > 2:
            at = int(uses.argmax())
            raise WeylspecError(
                f"edge {edges[at].tolist()} is in {uses[at]} faces; on a surface at most two meet: split the mesh there"
            )
        return cls(size, faces, edges, inverse.reshape(faces.shape), uses.astype(np.int64))

    @cached_property
    def components(self) -> IndexArray:
        """The number of its connected component, for each vertex."""
        return orbits(self.size, [(self.edges[:, 0], self.edges[:, 1])])

    @property
    def characteristic(self) -> int:
        """Euler characteristic n − e + m."""
        return self.size - len(self.edges) + len(self.faces)

    @cached_property
    def boundary(self) -> IndexArray:
        """Indices of the edges in one face only."""
        return np.nonzero(self.uses == 1)[0]

    @cached_property
    def inner(self) -> npt.NDArray[np.bool_]:
        """Whether each vertex is off the boundary."""
        result = np.ones(self.size, dtype=bool)
        result[self.edges[self.boundary]] = False
        return result

    def edge_index(self, ends: IndexArray) -> IndexArray:
        """Indices of edges given by their ends, shape (k, 2), any order; −1 where there is none."""
        low, high = ends.min(axis=1), ends.max(axis=1)
        keys, wanted = self.edges[:, 0] * self.size + self.edges[:, 1], low * self.size + high
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[at] == wanted, at, -1)


def orbits(size: int, links: list[tuple[IndexArray, IndexArray]]) -> IndexArray:
    """Labels 0, 1, … of the classes that links i ~ j generate on 0 … size − 1."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    rows = np.concatenate([first for first, _ in links] or [np.zeros(0, dtype=np.int64)])
    columns = np.concatenate([second for _, second in links] or [np.zeros(0, dtype=np.int64)])
    graph = coo_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=(size, size))
    _, labels = connected_components(graph, directed=False)
    return np.asarray(labels, dtype=np.int64)
