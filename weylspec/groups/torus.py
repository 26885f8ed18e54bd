"""`TorusGroup`: tori by their integer weights on C^k."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError
from weylspec.exact.integer_lattice import saturate
from weylspec.groups.base import Group
from weylspec.groups.cosets import LinearCoset
from weylspec.groups.linear_action import LinearAction, OrthogonalBlock

FloatArray = npt.NDArray[np.float64]
IntMatrix = npt.NDArray[np.int64]

_TURN = np.array([[0.0, -1.0], [1.0, 0.0]])


@dataclass(frozen=True, eq=False, repr=False, init=False)
class TorusGroup(Group):
    """The torus of diagonal matrices z_j ↦ exp(i Σ_a w_ja θ_a)·z_j of C^k = R^{2k}.

    Only the matrices count: angles that act trivially, or alike, are one group whatever weights name them.

    Parameters
    ----------
    weights : sequence of k rows of r integers
        One row for each coordinate of C^k, one column for each angle. A row may be a single integer.

    Raises
    ------
    WeylspecError
        If the weights are not a table of integers, or all zero.

    Examples
    --------
    The circle with weights 1 and 2 on C²; S³ modulo it is a sphere with a cone point of order 2:

    >>> from weylspec.spaces.sphere import Sphere
    >>> (Sphere(3) / TorusGroup([1, 2])).spectrum(cutoff=24).multiplicities.tolist()
    [1, 1, 2, 1]
    >>> TorusGroup([[2, 0], [0, 4]]).natural().identity_component.volume - (2 * math.pi) ** 2 < 1e-12
    True
    """

    weights: tuple[tuple[int, ...], ...]

    def __init__(self, weights: Sequence[Sequence[int] | int]) -> None:
        rows = [tuple(row) if isinstance(row, (list, tuple, np.ndarray)) else (row,) for row in weights]
        if not rows or any(len(row) != len(rows[0]) or not row for row in rows):
            raise WeylspecError("the weights of a TorusGroup are one row of integers for each coordinate of C^k, all "
                                f"of one length, got {weights!r}")
        for row in rows:
            for w in row:
                if isinstance(w, bool) or not isinstance(w, (int, np.integer)):
                    raise WeylspecError(f"the weights of a TorusGroup must be integers, got {w!r}; a line of slope "
                                        "3/2 has the weights 2 and 3")
        if not any(any(row) for row in rows):
            raise WeylspecError("the weights of a TorusGroup are all zero: it acts trivially")
        object.__setattr__(self, "weights", tuple(tuple(int(w) for w in row) for row in rows))

    def __repr__(self) -> str:
        single = all(len(row) == 1 for row in self.weights)
        return f"TorusGroup({[row[0] if single else list(row) for row in self.weights]})"

    @property
    def order(self) -> float:
        """Infinite."""
        return math.inf

    @property
    def dim(self) -> int:
        """Rank of the weights."""
        return int(self._effective.shape[1])

    @property
    def degree(self) -> int:
        """Two for each coordinate of C^k."""
        return 2 * len(self.weights)

    @cached_property
    def _effective(self) -> IntMatrix:
        """Weights (k, dim) of the same matrices, in angles that are periodic modulo 2π and act differently."""
        return saturate(np.array(self.weights, dtype=np.int64))

    def contains(self, g: npt.ArrayLike) -> bool:
        """Whether a matrix is an element, within 1e-7."""
        return self.natural().identity_component.contains(g)

    def natural(self) -> LinearAction:
        """The diagonal matrices: one coset, without roots."""
        directions = tuple(np.kron(np.diag(column.astype(float)), _TURN) for column in self._effective.T)
        block = OrthogonalBlock(np.arange(self.degree, dtype=np.int64)[None, :], directions)
        return LinearAction(repr(self), self.degree, math.inf, (), lambda: self._cosets(directions), self._sample, 1,
                            (block,))

    def _cosets(self, directions: tuple[FloatArray, ...]) -> Iterator[LinearCoset]:
        size, rank = self.degree, self.dim
        paired = np.stack([self._effective, -self._effective], axis=1).reshape(size, rank)
        yield LinearCoset(Fraction(1), (1,) * size, (Fraction(0),) * size, paired, np.zeros((0, rank), dtype=np.int64),
                          (), lambda: np.eye(size), directions)

    def _sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        turns = 2 * math.pi * rng.random((n, self.dim)) @ self._effective.T
        matrices = np.zeros((n, self.degree, self.degree))
        even = np.arange(0, self.degree, 2)
        matrices[:, even, even] = matrices[:, even + 1, even + 1] = np.cos(turns)
        matrices[:, even + 1, even] = np.sin(turns)
        matrices[:, even, even + 1] = -np.sin(turns)
        return matrices
