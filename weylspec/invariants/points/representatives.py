"""Orbits of linear actions as points: one representative each, and how far two of them are apart in R^N.

The distance of orbits is min over g of |x − g·y|. It is the distance of representatives where these lie in
a section that meets every orbit at right angles (sorted coordinates, Weyl chambers, radii; Dadok 1985), the
solution of Procrustes' problem for rotations of several vectors (Kabsch 1976), an assignment problem for
permutations of blocks, and a minimum over the elements of other finite groups.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

TOLERANCE = 1e-9  # coordinates of unit vectors that are closer than this are taken as equal
CHUNK = 10**7  # numbers in an intermediate array


class Orbits(ABC):
    """The orbits of a compact group on rows of coordinates.

    A concrete class supplies `canonical`; where the distance of orbits is not that of representatives
    it overrides `distance`.
    """

    @property
    @abstractmethod
    def size(self) -> int:
        """Number of coordinates."""

    @abstractmethod
    def canonical(self, x: FloatArray) -> FloatArray:
        """Representatives of the orbits of rows, shape (n, size)."""

    def distance(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """The least distance of points of two orbits, shape (len(x), len(y))."""
        return np.asarray(cdist(self.canonical(x), self.canonical(y)))

    @property
    def is_line(self) -> bool:
        """Whether representatives are numbers (the first coordinate) whose differences are the distances."""
        return False


@dataclass(frozen=True, eq=False)
class Points(Orbits):
    """The group with one element, on R^N.

    Examples
    --------
    >>> Points(1).distance(np.array([[1.0]]), np.array([[-1.0], [4.0]])).tolist()
    [[2.0, 3.0]]
    """

    dimension: int

    @property
    def size(self) -> int:
        """N."""
        return self.dimension

    @property
    def is_line(self) -> bool:
        """On R¹."""
        return self.dimension == 1

    def canonical(self, x: FloatArray) -> FloatArray:
        """The points themselves."""
        return x


@dataclass(frozen=True, eq=False)
class Spheres(Orbits):
    """A group that moves each vector of R^N to every other of its length.

    Examples
    --------
    >>> Spheres(2).canonical(np.array([[3.0, -4.0]])).tolist()
    [[5.0, 0.0]]
    """

    dimension: int

    @property
    def size(self) -> int:
        """N."""
        return self.dimension

    @property
    def is_line(self) -> bool:
        """True: the length."""
        return True

    def canonical(self, x: FloatArray) -> FloatArray:
        """The length times the first basis vector."""
        result = np.zeros_like(x)
        result[:, 0] = np.linalg.norm(x, axis=1)
        return result


@dataclass(frozen=True, eq=False)
class Listed(Orbits):
    """A finite group by its elements.

    Attributes
    ----------
    elements : ndarray of shape (order, N, N)

    Examples
    --------
    >>> turns = Listed(np.array([np.eye(2), -np.eye(2)]))
    >>> turns.canonical(np.array([[-1.0, 2.0], [1.0, -2.0]])).tolist()
    [[-1.0, 2.0], [-1.0, 2.0]]
    """

    elements: FloatArray

    @property
    def size(self) -> int:
        """N."""
        return int(self.elements.shape[1])

    @property
    def is_line(self) -> bool:
        """Signs on R¹."""
        return self.size == 1

    @cached_property
    def _frame(self) -> FloatArray:
        return generic_frame(self.size)

    def canonical(self, x: FloatArray) -> FloatArray:
        """The image nearest to a fixed generic vector: a point of its Dirichlet cell."""
        directions = self._frame[:, 0] @ self.elements  # ⟨g·x, v⟩ = ⟨x, gᵀ·v⟩
        result = np.empty_like(x)
        step = max(1, CHUNK // len(directions))
        for start in range(0, len(x), step):
            part = x[start: start + step]
            scores = part @ directions.T
            near = scores >= scores.max(axis=1, keepdims=True) - TOLERANCE * np.linalg.norm(part, axis=1)[:, None]
            for i, row in enumerate(near):
                images = self.elements[row] @ part[i]
                result[start + i] = images[foremost(images, self._frame)]
        return result

    def distance(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """The least over all elements."""
        result = np.empty((len(x), len(y)))
        step = max(1, CHUNK // len(self.elements))
        for j, point in enumerate(y):
            images = self.elements @ point
            for start in range(0, len(x), step):
                part = x[start: start + step]
                nearest = images[(part @ images.T).argmax(axis=1)]
                result[start: start + step, j] = np.linalg.norm(part - nearest, axis=1)
        return result


@dataclass(frozen=True, eq=False)
class Over(Orbits):
    """A group with finitely many cosets h·K of a normal subgroup K whose orbits are known.

    Attributes
    ----------
    base : Orbits
        Of K.
    elements : ndarray of shape (number, N, N)
        One h or more of each coset.

    Examples
    --------
    Triangles in the plane up to rotations and reflections:

    >>> from weylspec.invariants.points.procrustes import Rotations
    >>> mirror = np.kron(np.eye(2), np.diag([1.0, -1.0]))
    >>> orbits = Over(Rotations(2, 2), np.array([np.eye(4), mirror]))
    >>> orbits.distance(np.array([[1.0, 0, 0, 1]]), np.array([[1.0, 0, 0, -1]])).round(12).tolist()
    [[0.0]]
    """

    base: Orbits
    elements: FloatArray

    @property
    def size(self) -> int:
        """N."""
        return self.base.size

    def canonical(self, x: FloatArray) -> FloatArray:
        """The foremost of the representatives of the images under the h."""
        images = np.stack([self.base.canonical(x @ h.T) for h in self.elements], axis=1)
        frame = generic_frame(self.size)
        return np.array([row[foremost(row, frame)] for row in images]).reshape(x.shape)

    def distance(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """The least over the h."""
        return np.asarray(np.min([self.base.distance(x, y @ h.T) for h in self.elements], axis=0))


@dataclass(frozen=True, eq=False)
class Permuted(Orbits):
    """H ≀ S_m on m consecutive blocks of coordinates.

    Attributes
    ----------
    base : Orbits
        Of H on one block.
    m : int

    Examples
    --------
    >>> Permuted(Points(1), 3).canonical(np.array([[2.0, 7.0, 1.0]])).tolist()
    [[7.0, 2.0, 1.0]]
    """

    base: Orbits
    m: int

    @property
    def size(self) -> int:
        """That of a block times m."""
        return self.m * self.base.size

    def _blocks(self, x: FloatArray) -> FloatArray:
        return x.reshape(-1, self.base.size)

    def canonical(self, x: FloatArray) -> FloatArray:
        """Representatives of the blocks, the foremost first."""
        blocks = self.base.canonical(self._blocks(x)).reshape(len(x), self.m, self.base.size)
        if self.base.is_line:
            return np.asarray(blocks[np.arange(len(x))[:, None], (-blocks[..., 0]).argsort(axis=1)].reshape(x.shape))
        frame = generic_frame(self.base.size)
        return np.array([row[ordered(row, frame)] for row in blocks]).reshape(x.shape)

    def distance(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """Sorted numbers, or the best assignment of blocks to blocks."""
        if self.base.is_line:
            return super().distance(x, y)
        squares = self.base.distance(self._blocks(x), self._blocks(y)) ** 2
        return assigned(squares, self.m)


@dataclass(frozen=True, eq=False)
class Assembled(Orbits):
    """A direct product of groups on coordinates of their own; other coordinates stay.

    Attributes
    ----------
    parts : tuple of (Orbits, ndarray of ints)
        With the coordinates that each of them has.
    dimension : int

    Examples
    --------
    >>> two = Assembled(((Spheres(2), np.array([0, 2])),), 3)
    >>> two.canonical(np.array([[3.0, -7.0, 4.0]])).tolist()
    [[5.0, -7.0, 0.0]]
    """

    parts: tuple[tuple[Orbits, IntArray], ...]
    dimension: int

    @property
    def size(self) -> int:
        """Number of coordinates, those that stay included."""
        return self.dimension

    @property
    def is_line(self) -> bool:
        """On R¹."""
        return self.dimension == 1

    def _pieces(self, *points: FloatArray) -> Iterator[tuple[Orbits, tuple[FloatArray, ...]]]:
        left = np.setdiff1d(np.arange(self.dimension), np.concatenate([np.zeros(0, int), *(c for _, c in self.parts)]))
        for orbits, columns in (*self.parts, (Points(len(left)), left)):
            if len(columns):
                yield orbits, tuple(x[:, columns] for x in points)

    def canonical(self, x: FloatArray) -> FloatArray:
        """Those of the parts."""
        result = np.array(x)
        for orbits, columns in self.parts:
            result[:, columns] = orbits.canonical(x[:, columns])
        return result

    def distance(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """The square root of the sum of the squares."""
        squares = [orbits.distance(*pair) ** 2 for orbits, pair in self._pieces(x, y)]
        return np.asarray(np.sqrt(np.sum(squares, axis=0)))


def generic_frame(n: int) -> FloatArray:
    """Orthonormal columns; the first is a generic vector with falling entries, in the chamber of sorted coordinates.

    Examples
    --------
    >>> frame = generic_frame(3)
    >>> bool(np.allclose(frame.T @ frame, np.eye(3))), bool((np.diff(frame[:, 0]) < 0).all())
    (True, True)
    """
    first = np.sqrt(n - np.arange(n) - 0.3)
    frame, _ = np.linalg.qr(np.column_stack([first, np.eye(n)[:, : n - 1]]))
    return np.asarray(frame * np.sign(first @ frame[:, 0]))


def ordered(rows: FloatArray, frame: FloatArray) -> IntArray:
    """The order of rows, foremost first, in which numbers within `TOLERANCE` of one another count as equal.

    Parameters
    ----------
    rows : ndarray of shape (c, n)
    frame : ndarray of shape (n, n)
        Rows are compared by their components along its columns, one after the other.

    Returns
    -------
    ndarray of c ints

    Examples
    --------
    >>> ordered(np.array([[1.0, 0.0], [1.0 + 1e-14, 1.0], [2.0, 5.0]]), np.eye(2)).tolist()
    [2, 1, 0]
    """
    if len(rows) == 1:
        return np.zeros(1, dtype=np.int64)
    slack = TOLERANCE * max(1e-300, float(np.abs(rows).max()))
    keys = []
    for column in (rows @ frame).T:
        order = np.argsort(column)
        rank = np.empty(len(rows), dtype=np.int64)
        rank[order] = np.concatenate([[0], np.cumsum(np.diff(column[order]) > slack)])
        keys.append(-rank)
    return np.asarray(np.lexsort(keys[::-1]), dtype=np.int64)


def foremost(rows: FloatArray, frame: FloatArray) -> int:
    """The first row in the order of `ordered`."""
    return int(ordered(rows, frame)[0])


def assigned(squares: FloatArray, m: int) -> FloatArray:
    """Square roots of the least sums of squared distances over all ways to match m blocks with m blocks.

    Parameters
    ----------
    squares : ndarray of shape (n·m, k·m)
        Of all blocks of n points to all blocks of k points.
    m : int

    Returns
    -------
    ndarray of shape (n, k)

    Examples
    --------
    >>> assigned(np.array([[9.0, 1.0], [1.0, 9.0]]), 2).round(12).tolist()
    [[1.414213562373]]
    """
    n, k = squares.shape[0] // m, squares.shape[1] // m
    result = np.empty((n, k))
    for i in range(n):
        for j in range(k):
            costs = squares[i * m: (i + 1) * m, j * m: (j + 1) * m]
            result[i, j] = np.sqrt(costs[linear_sum_assignment(costs)].sum())
    return result
