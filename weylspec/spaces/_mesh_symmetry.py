"""Isometries of R³ that permute the vertices and faces of a mesh, and what they fix on it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import GroupActionError
from weylspec.invariants.orbit_spaces.fixed_sets import FixedSet
from weylspec.spaces._mesh_problem import MeshProblem
from weylspec.spaces._mesh_topology import Topology

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.int64]

_EPS = float(np.finfo(np.float64).eps)
# A vertex off by this share of the smallest height changes eigenvalues by 16 times as much (`distortion`).
_SHARE = 1e-3
_AVERAGES = 2000


@dataclass(frozen=True, eq=False)
class MeshAction:
    """A finite group of isometries of R³ that permutes the vertices and the faces of a mesh.

    Attributes
    ----------
    label : str
    generators : tuple of ndarrays of shape (3, 3)
    permutations : tuple of ndarrays of shape (n,), int64
        Generator i moves vertex v to the place of vertex permutations[i][v].
    problem : MeshProblem
        The functions that are constant on orbits.
    """

    label: str
    generators: tuple[FloatArray, ...]
    permutations: tuple[IndexArray, ...]
    problem: MeshProblem


class Matcher:
    """Finds the vertex permutation of an isometry, or says why there is none."""

    def __init__(self, vertices: FloatArray, topology: Topology, height: float, label: str) -> None:
        from scipy.spatial import KDTree

        self.vertices = vertices
        self.topology = topology
        self.tree = KDTree(vertices)
        self.tolerance = _SHARE * height + 64 * _EPS * float(np.abs(vertices).max())
        self.label = label
        self.sorted_faces = _keys(topology.faces, len(vertices))

    def permutation(self, g: FloatArray) -> IndexArray:
        """Where an isometry moves each vertex.

        Raises
        ------
        GroupActionError
            Naming the largest mismatch, if it does not permute the vertices and the faces.
        """
        near = self.tree.query(self.vertices @ g.T)
        distance, image = np.asarray(near[0]), np.asarray(near[1], dtype=np.int64)
        worst = int(distance.argmax())
        if distance[worst] > self.tolerance:
            raise GroupActionError(
                f"{self.label} does not permute the vertices of the mesh: an element moves vertex {worst} to a point "
                f"{distance[worst]:.3g} from the nearest vertex (largest mismatch; {self.tolerance:.1e} would do); "
                "take a group of symmetries of the mesh, or a mesh with the symmetry (TriangleMesh.icosphere has Ih)"
            )
        n = len(self.vertices)
        if (np.bincount(image, minlength=n) != 1).any() or not np.array_equal(
            _keys(image[self.topology.faces], n), self.sorted_faces
        ):
            raise GroupActionError(
                f"{self.label} permutes the vertices of the mesh (largest mismatch {distance[worst]:.1e}) but not its "
                "faces; triangulate it symmetrically"
            )
        return image


def _keys(faces: IndexArray, n: int) -> list[tuple[int, ...]]:
    rows = np.sort(faces, axis=1)
    return [tuple(row) for row in rows[np.lexsort(rows.T)].tolist()]


def symmetric_position(
    vertices: FloatArray, generators: Sequence[FloatArray], permutations: Sequence[IndexArray]
) -> FloatArray:
    """The nearest vertices that the group permutes exactly: averages g⁻¹x_{π(v)} until they stand still.

    Averaging over the generators and their inverses is half of a lazy random walk on the group; it
    converges to the projection on the symmetric positions.
    """
    moved = vertices
    rounding = 8 * _EPS * float(np.abs(vertices).max())
    inverses = [np.argsort(p) for p in permutations]
    for _ in range(_AVERAGES):
        images = [moved[p] @ g for g, p in zip(generators, permutations, strict=True)]
        images += [moved[q] @ g.T for g, q in zip(generators, inverses, strict=True)]
        if not images or max(float(np.abs(x - moved).max()) for x in images) <= rounding:
            return moved
        moved = (moved + np.mean(images, axis=0)) / 2
    raise GroupActionError(
        "the vertices are too far from a symmetric position to be moved there; write them with more digits"
    )


def distortion(shift: float, height: float) -> float:
    """Bound on the relative change of eigenvalues when no vertex moves by more than a shift.

    On a triangle of height ≥ a the linear map to the moved one is within ε = 4·shift/a of an isometry;
    energies change by (1 + ε)/(1 − ε), areas by (1 ± ε)², eigenvalues by at most (1 + ε)/(1 − ε)³ − 1.
    """
    epsilon = 4 * shift / height
    return (1 + epsilon) / (1 - epsilon) ** 3 - 1


def fixed_sets(
    vertices: FloatArray, topology: Topology, permutation: IndexArray, share: Fraction, label: str
) -> Iterator[FixedSet]:
    """What a symmetry of a connected mesh fixes: all of it, lines, and isolated points.

    Read off the permutation: a face that swaps two corners fixes its median, an edge with fixed ends is
    fixed; a face whose corners go round fixes its centre, a swapped edge its middle, and a vertex may
    be fixed alone. |det(1 − g)| at such a point is 4 sin²(θ/2), θ the turn of the triangles around it.
    """
    faces, edges = topology.faces, topology.edges
    stays = permutation == np.arange(topology.size)
    if stays.all():
        yield FixedSet(share, 2, math.nan, 1.0, label)
        return
    own = (np.sort(permutation[faces], axis=1) == np.sort(faces, axis=1)).all(axis=1)
    count = stays[faces].sum(axis=1)
    folded = np.nonzero(own & (count == 1))[0]
    corner = stays[faces[folded]].argmax(axis=1)
    apex = faces[folded, corner]
    a, b = (vertices[faces[folded, (corner + i) % 3]] for i in (1, 2))
    length = float(np.linalg.norm(vertices[apex] - (a + b) / 2, axis=1).sum())
    fixed_edges = edges[stays[edges].all(axis=1)]
    length += float(np.linalg.norm(vertices[fixed_edges[:, 0]] - vertices[fixed_edges[:, 1]], axis=1).sum())
    if len(folded) or len(fixed_edges):
        yield FixedSet(share, 1, length, 2.0, label)
    if centres := int((own & (count == 0)).sum()):
        yield FixedSet(share, 0, float(centres), 3.0, label)
    swapped = (permutation[edges] == edges[:, ::-1]).all(axis=1)
    swapped[topology.face_edges[folded, corner]] = False
    if middles := int(swapped.sum()):
        yield FixedSet(share, 0, float(middles), 4.0, label)
    alone = stays.copy()
    alone[apex] = False
    alone[fixed_edges] = False
    for vertex in np.nonzero(alone)[0]:
        turn = _turn(faces, permutation, int(vertex))
        yield FixedSet(share, 0, 1.0, 4 * math.sin(math.pi * turn) ** 2, label)


def _turn(faces: IndexArray, permutation: IndexArray, vertex: int) -> float:
    """By which part of a full turn the triangles around a fixed vertex go round."""
    around: dict[int, list[int]] = {}
    for row in faces[(faces == vertex).any(axis=1)]:
        first, second = (int(v) for v in row if v != vertex)
        around.setdefault(first, []).append(second)
        around.setdefault(second, []).append(first)
    start = next(iter(around))
    ring, last = [start], -1
    while True:
        step = next((v for v in around[ring[-1]] if v != last), start)
        if step == start:
            break
        last = ring[-1]
        ring.append(step)
    return ring.index(int(permutation[start])) / len(ring)
