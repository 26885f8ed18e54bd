"""`LinearAction`: a compact group acting orthogonally on R^N, as weighted torus cosets."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, GroupActionError
from weylspec.groups.action import Action
from weylspec.groups.cosets import LinearCoset

FloatArray = npt.NDArray[np.float64]
IntMatrix = npt.NDArray[np.int64]
Sampler = Callable[[int, np.random.Generator], FloatArray]

MAX_LISTED = 50_000
_MAX_ENTRIES = 10**8  # 0.8 GB
_TOLERANCE = 1e-8


@dataclass(frozen=True, eq=False)
class OrthogonalBlock:
    """A factor of the identity component, acting alike on m copies of R^k: SO(k), or a subgroup of it.

    A subgroup must be transitive on the unit sphere of R^k, so that one vector's orbits are those of SO(k).

    Attributes
    ----------
    coordinates : ndarray of shape (m, k), int64
        Row i holds the coordinates of copy i.
    subalgebra : tuple of ndarrays (k, k)
        A basis of the subgroup's Lie algebra; empty for SO(k) itself.
    """

    coordinates: IntMatrix
    subalgebra: tuple[FloatArray, ...] = ()

    @property
    def copies(self) -> int:
        """Number m of copies."""
        return int(self.coordinates.shape[0])

    @property
    def degree(self) -> int:
        """K, the size of each copy."""
        return int(self.coordinates.shape[1])

    @property
    def dim(self) -> int:
        """Dimension of the factor as a Lie group."""
        return len(self.subalgebra) or self.degree * (self.degree - 1) // 2

    @property
    def is_quaternionic(self) -> bool:
        """Whether the factor consists of the unit quaternions a + bX + cY + dZ, (X, Y, Z) its subalgebra."""
        one = np.eye(self.degree)
        return len(self.subalgebra) == 3 and all(
            float(np.abs(x @ y + y @ x + 2 * (i == j) * one).max()) < _TOLERANCE
            for i, x in enumerate(self.subalgebra) for j, y in enumerate(self.subalgebra)
        )

    def algebra(self, size: int) -> tuple[FloatArray, ...]:
        """The Lie algebra as skew (size, size) matrices; orthonormal for −½tr on R^k if it is all of so(k)."""
        if not self.subalgebra:
            return tuple(skew(size, self.coordinates[:, i], self.coordinates[:, j])
                         for i in range(self.degree) for j in range(i))
        return tuple(_placed(x, self.coordinates, size) for x in self.subalgebra)

    def moved(self, coordinates: IntMatrix) -> OrthogonalBlock:
        """The block after renaming coordinate i to coordinates[i]."""
        return replace(self, coordinates=coordinates[self.coordinates])


@dataclass(frozen=True, eq=False)
class LinearAction(Action[LinearCoset]):
    """A compact group G acting on R^N by orthogonal matrices.

    Attributes
    ----------
    label : str
        The group as the user wrote it.
    size : int
        N.
    order : int or math.inf
    generators : tuple of ndarrays (N, N)
        Together with the identity component they generate G topologically.
    source : callable
        Returns a fresh iterator over the cosets; their shares add up to 1.
    sampler : callable
        (n, rng) ↦ n Haar-distributed matrices.
    modulus : int
        Lcm of all denominators of the phases.
    blocks : tuple of OrthogonalBlock
        The identity component, factor by factor; empty for a finite group.
    """

    label: str
    size: int
    order: int | float
    generators: tuple[FloatArray, ...]
    source: Callable[[], Iterator[LinearCoset]]
    sampler: Sampler
    modulus: int
    blocks: tuple[OrthogonalBlock, ...] = ()

    def cosets(self) -> Iterator[LinearCoset]:
        """The weighted torus cosets of the group."""
        return self.source()

    @property
    def dim(self) -> int:
        """Dimension as a Lie group."""
        return sum(block.dim for block in self.blocks)

    @property
    def algebra(self) -> tuple[FloatArray, ...]:
        """A basis of the Lie algebra, orthonormal for −½tr on each SO(k), as skew (N, N) matrices."""
        return tuple(x for block in self.blocks for x in block.algebra(self.size))

    @property
    def has_round_orbits(self) -> bool:
        """Whether the identity component has the orbits of SO(k)'s on coordinates of their own."""
        used = [int(i) for block in self.blocks for i in block.coordinates.flat]
        return len(set(used)) == len(used) and all(
            not block.subalgebra or block.copies == 1 for block in self.blocks)

    @property
    def kernel_order(self) -> int:
        """Number of elements that act trivially (finite groups)."""
        if not self.is_finite:
            raise GroupActionError(f"{self.label} is infinite; kernel_order is for finite groups")
        return int(self.order * sum((c.share for c in self.cosets() if c.is_identity), Fraction(0)))

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Haar-distributed elements, shape (n, N, N)."""
        return self.sampler(n, rng).reshape(n, self.size, self.size)

    def elements(self) -> FloatArray:
        """All elements of a finite group as matrices, shape (|image|, N, N).

        Raises
        ------
        CostError
            Above 50 000 elements or 10⁸ entries.
        GroupActionError
            For an infinite group.
        """
        if not self.is_finite:
            raise GroupActionError(f"{self.label} is infinite; its elements cannot be listed")
        if self.order > MAX_LISTED:
            raise CostError(f"{self.label} has {self.order} elements; at most {MAX_LISTED} are listed")
        if self.order * self.size**2 > _MAX_ENTRIES:
            raise CostError(
                f"{self.label} has {self.order} matrices of size {self.size}, more than {_MAX_ENTRIES} entries"
            )
        from weylspec.groups.closure import closure

        return closure(self.generators or (np.eye(self.size),), int(self.order))

    def contains(self, g: FloatArray) -> bool:
        """Whether a matrix is an element of a finite group, within 1e-8."""
        return bool((np.abs(self.elements() - g).max(axis=(1, 2)) < _TOLERANCE).any())

    # -- new actions from old -----------------------------------------------------------------

    def extended(self, n: int) -> LinearAction:
        """The same group on R^n, n ≥ N, trivial on the last n − N coordinates."""
        extra = n - self.size
        if extra == 0:
            return self

        def pad(matrix: FloatArray) -> FloatArray:
            return block_diagonal(matrix, np.eye(extra))

        def source() -> Iterator[LinearCoset]:
            for c in self.cosets():
                yield replace(
                    c, lengths=c.lengths + (1,) * extra, phases=c.phases + (Fraction(0),) * extra,
                    weights=np.pad(c.weights, ((0, extra), (0, 0))),
                    element=partial(_mapped, pad, c.element),
                    directions=tuple(block_diagonal(h, np.zeros((extra, extra))) for h in c.directions),
                )

        def sampler(count: int, rng: np.random.Generator) -> FloatArray:
            return np.array([pad(g) for g in self.sample(count, rng)])

        return replace(self, size=n, generators=tuple(map(pad, self.generators)), source=source, sampler=sampler)

    def tensor(self, m: int, *, inner: bool, label: str) -> LinearAction:
        """The action on m-fold coordinates: kron(g, I_m) if inner, else kron(I_m, g)."""

        def lift(matrix: FloatArray) -> FloatArray:
            identity = np.eye(m)
            return np.asarray(np.kron(matrix, identity) if inner else np.kron(identity, matrix), dtype=np.float64)

        def source() -> Iterator[LinearCoset]:
            for c in self.cosets():
                yield replace(
                    c, lengths=c.lengths * m, phases=c.phases * m, weights=np.tile(c.weights, (m, 1)),
                    element=partial(_mapped, lift, c.element), directions=tuple(map(lift, c.directions)),
                )

        def sampler(count: int, rng: np.random.Generator) -> FloatArray:
            return np.array([lift(g) for g in self.sample(count, rng)])

        moves = [np.arange(self.size) * m + i if inner else np.arange(self.size) + i * self.size for i in range(m)]
        blocks = tuple(
            replace(block, coordinates=np.concatenate([block.moved(move).coordinates for move in moves]))
            for block in self.blocks
        )
        return LinearAction(label, self.size * m, self.order, tuple(map(lift, self.generators)), source, sampler,
                            self.modulus, blocks)

    def beside(self, other: LinearAction, label: str) -> LinearAction:
        """Block sum: this group on the first coordinates, the other on the next ones."""
        n, k = self.size, other.size

        def source() -> Iterator[LinearCoset]:
            for a in self.cosets():
                for b in other.cosets():
                    yield LinearCoset(
                        a.share * b.share, a.lengths + b.lengths, a.phases + b.phases,
                        _block_weights(a.weights, b.weights), _block_weights(a.roots, b.roots),
                        a.root_phases + b.root_phases,
                        partial(_beside, a.element, b.element),
                        (*(block_diagonal(h, np.zeros((k, k))) for h in a.directions),
                         *(block_diagonal(np.zeros((n, n)), h) for h in b.directions)),
                    )

        def sampler(count: int, rng: np.random.Generator) -> FloatArray:
            pairs = zip(self.sample(count, rng), other.sample(count, rng), strict=True)
            return np.array([block_diagonal(g, h) for g, h in pairs])

        shift = np.arange(k) + n
        return LinearAction(
            label, n + k, self.order * other.order,
            (*(block_diagonal(g, np.eye(k)) for g in self.generators),
             *(block_diagonal(np.eye(n), g) for g in other.generators)),
            source, sampler, math.lcm(self.modulus, other.modulus),
            self.blocks + tuple(block.moved(shift) for block in other.blocks),
        )


def _mapped(function: Callable[[FloatArray], FloatArray], element: Callable[[], FloatArray]) -> FloatArray:
    return function(element())


def _beside(first: Callable[[], FloatArray], second: Callable[[], FloatArray]) -> FloatArray:
    return block_diagonal(first(), second())


def skew(n: int, rows: IntMatrix, columns: IntMatrix) -> FloatArray:
    """The (n, n) skew matrix with −1 at (rows, columns): rotation of each plane (row, column).

    Parameters
    ----------
    n : int
    rows, columns : ndarrays of ints
        The planes.

    Returns
    -------
    ndarray of shape (n, n)

    Examples
    --------
    >>> skew(3, np.array([0]), np.array([2])).astype(int).tolist()
    [[0, 0, -1], [0, 0, 0], [1, 0, 0]]
    """
    matrix = np.zeros((n, n))
    matrix[rows, columns] = -1.0
    matrix[columns, rows] = 1.0
    return matrix


def _placed(x: FloatArray, coordinates: IntMatrix, size: int) -> FloatArray:
    matrix = np.zeros((size, size))
    for row in coordinates:
        matrix[np.ix_(row, row)] = x
    return matrix


def block_diagonal(a: FloatArray, b: FloatArray) -> FloatArray:
    """The block-diagonal matrix of two square ones.

    Parameters
    ----------
    a, b : ndarrays of shapes (n, n) and (k, k)

    Returns
    -------
    ndarray of shape (n + k, n + k)

    Examples
    --------
    >>> block_diagonal(np.eye(1), -np.eye(1)).tolist()
    [[1.0, 0.0], [0.0, -1.0]]
    """
    n, k = len(a), len(b)
    matrix = np.zeros((n + k, n + k))
    matrix[:n, :n] = a
    matrix[n:, n:] = b
    return matrix


def _block_weights(a: IntMatrix, b: IntMatrix) -> IntMatrix:
    result = np.zeros((a.shape[0] + b.shape[0], a.shape[1] + b.shape[1]), dtype=np.int64)
    result[: a.shape[0], : a.shape[1]] = a
    result[a.shape[0]:, a.shape[1]:] = b
    return result
