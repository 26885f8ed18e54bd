"""Rotations of several vectors at once: Procrustes' problem, and bases that the vectors make.

Kabsch (1976) for rotations, Horn (1987) for unit quaternions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.invariants.points.representatives import CHUNK, TOLERANCE, Orbits

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Rotations(Orbits):
    """SO(k) on m vectors of R^k at once.

    Attributes
    ----------
    m, k : int

    Examples
    --------
    A right angle and its mirror image in space, and in the plane:

    >>> space, plane = Rotations(2, 3), Rotations(2, 2)
    >>> space.distance(np.array([[1.0, 0, 0, 0, 1, 0]]), np.array([[1.0, 0, 0, 0, -1, 0]])).round(12).tolist()
    [[0.0]]
    >>> plane.distance(np.array([[1.0, 0, 0, 1]]), np.array([[1.0, 0, 0, -1]])).round(12).tolist()
    [[2.0]]
    """

    m: int
    k: int

    @property
    def size(self) -> int:
        """The number mk."""
        return self.m * self.k

    def canonical(self, x: FloatArray) -> FloatArray:
        """Coordinates in the basis that Gram and Schmidt make of the vectors, oriented if it fills R^k."""
        vectors = x.reshape(len(x), self.m, self.k)
        scale = np.linalg.norm(x, axis=1) * TOLERANCE
        basis = np.zeros((len(x), self.k, self.k))
        rank = np.zeros(len(x), dtype=np.int64)
        for j in range(self.m):
            rest = vectors[:, j]
            for _ in range(2):  # once more, for orthogonality to the last digit
                rest = rest - np.einsum("nij,ni->nj", basis, np.einsum("nij,nj->ni", basis, rest))
            length = np.linalg.norm(rest, axis=1)
            fresh = np.flatnonzero((length > scale) & (rank < self.k))
            basis[fresh, rank[fresh]] = rest[fresh] / length[fresh, None]
            rank[fresh] += 1
        full = np.flatnonzero(rank == self.k)
        basis[full, -1] *= np.sign(np.linalg.det(basis[full]))[:, None]
        return np.asarray(np.einsum("nij,nmj->nmi", basis, vectors).reshape(x.shape))

    def distance(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """|X − R·Y| for R = UDVᵀ, UΣVᵀ = Σ x_i y_iᵀ, D = diag(1, …, 1, det UVᵀ)."""
        first, second = (z.reshape(len(z), self.m, self.k) for z in (x, y))
        result = np.empty((len(x), len(y)))
        step = max(1, CHUNK // max(1, len(y) * self.k * max(self.k, self.m)))
        for start in range(0, len(x), step):
            part = first[start: start + step]
            left, _, right = np.linalg.svd(np.einsum("aij,bik->abjk", part, second))
            left[..., -1] *= np.sign(np.linalg.det(left @ right))[..., None]
            moved = np.einsum("abjk,bik->abij", left @ right, second)
            result[start: start + step] = np.linalg.norm(part[:, None] - moved, axis=(2, 3))
        return result


@dataclass(frozen=True, eq=False)
class Quaternions(Orbits):
    """The unit quaternions a + bX + cY + dZ acting on m copies of R⁴ at once.

    Attributes
    ----------
    m : int
    units : tuple of three ndarrays (4, 4)
        X, Y and Z.

    Examples
    --------
    >>> from weylspec.groups.unitary import RIGHT_UNITS
    >>> fibres = Quaternions(1, RIGHT_UNITS)
    >>> fibres.canonical(np.array([[1.0, 2.0, 2.0, 4.0]])).round(12).tolist()
    [[5.0, 0.0, 0.0, 0.0]]
    """

    m: int
    units: tuple[FloatArray, ...]

    @property
    def size(self) -> int:
        """Four times m."""
        return 4 * self.m

    @cached_property
    def _basis(self) -> FloatArray:
        return np.stack([np.eye(4), *self.units])

    def canonical(self, x: FloatArray) -> FloatArray:
        """The first of the vectors that is not zero is turned to a multiple of the first basis vector."""
        vectors = x.reshape(len(x), self.m, 4)
        lengths = np.linalg.norm(vectors, axis=2)
        first = (lengths > TOLERANCE * np.linalg.norm(x, axis=1)[:, None]).argmax(axis=1)
        chosen = vectors[np.arange(len(x)), first]
        turn = np.einsum("uj,nj->nu", self._basis[:, 0], chosen)
        turn /= np.where(turn.any(axis=1), np.linalg.norm(turn, axis=1), 1.0)[:, None]
        return np.asarray(np.einsum("nu,uij,nmj->nmi", turn, self._basis, vectors).reshape(x.shape))

    def distance(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """|x − q·y| for the q proportional to Σ ⟨x, u·y⟩u."""
        moved = np.einsum("uij,bmj->ubmi", self._basis, y.reshape(len(y), self.m, 4)).reshape(4, len(y), -1)
        result = np.empty((len(x), len(y)))
        for i, row in enumerate(x):
            turn = moved @ row
            norm = np.linalg.norm(turn, axis=0)
            nearest = np.einsum("ub,ubj->bj", turn / np.where(norm > 0, norm, 1.0), moved)
            result[i] = np.linalg.norm(row - nearest, axis=1)
        return result
