"""Lists of matrices: finding one among many, and listing a group coset by coset."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from weylspec.errors import InfiniteGroupError

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.int64]

_EPS = float(np.finfo(np.float64).eps)
_CELL = 1e-7  # far below the spacing of projections, far above the error bounds of full-precision input


@dataclass(frozen=True, eq=False)
class ElementIndex:
    """Look matrices up in a list, by their projection on one random direction and then in full."""

    elements: FloatArray
    ranks: IndexArray
    projections: FloatArray

    @staticmethod
    def of(elements: FloatArray) -> ElementIndex:
        """Index a stack of matrices of shape (k, n, n)."""
        values = elements.reshape(len(elements), -1) @ _direction(elements.shape[-1])
        ranks = np.argsort(values)
        return ElementIndex(elements, ranks, values[ranks])

    def find(self, queries: FloatArray, tolerance: float) -> IndexArray:
        """Position in the list of each query of shape (m, n, n) within a Frobenius distance; −1 if absent."""
        values = queries.reshape(len(queries), -1) @ _direction(queries.shape[-1])
        slack = tolerance + 4 * queries.shape[-1] ** 2 * _EPS
        position = np.searchsorted(self.projections, values - slack)
        end = np.searchsorted(self.projections, values + slack, side="right")
        result = np.full(len(queries), -1, dtype=np.int64)
        open_ = np.flatnonzero(position < end)
        while len(open_):
            candidates = self.ranks[position[open_]]
            distance = np.linalg.norm(self.elements[candidates] - queries[open_], axis=(1, 2))
            hit = distance <= tolerance
            result[open_[hit]] = candidates[hit]
            position[open_] += 1
            open_ = open_[~hit]
            open_ = open_[position[open_] < end[open_]]
        return result


class Listing:
    """The elements found so far, each with a bound on its error, hashed by a random projection.

    Dimino's algorithm: with a subgroup H listed, a new generator is adjoined by finding the
    cosets H·r, testing only the products of the representatives r with the generators.
    """

    def __init__(self, start: FloatArray, error: float, order: int, limit: int, accuracy: float) -> None:
        n = len(start)
        self._limit = limit
        self._cell = max(_CELL, 64 * accuracy)
        self._rounding = n * _EPS  # of one product of orthogonal matrices
        self._grid: defaultdict[int, list[int]] = defaultdict(list)
        self._store = np.empty((min(limit, 1024), n, n))
        self._errors = np.empty(len(self._store))
        self._count = 0
        self.worst = 0.0
        self._steps = [(start, error)]
        self._add_powers(start, error, order)

    @property
    def elements(self) -> FloatArray:
        """All elements found, the identity first."""
        return self._store[: self._count]

    def adjoin(self, g: FloatArray, error: float) -> None:
        """Extend the group listed so far by a generator."""
        if self._find(g, error):
            return
        self._steps.append((g, error))
        subgroup, errors = self.elements.copy(), self._errors[: self._count].copy()
        representatives = [(np.eye(len(g)), 0.0)]
        for r, r_error in representatives:  # grows while it is walked
            for s, s_error in self._steps:
                candidate, bound = np.asarray(r @ s), r_error + s_error + self._rounding
                if not self._find(candidate, bound):
                    self._add(subgroup @ candidate, errors + bound + self._rounding)
                    representatives.append((candidate, bound))

    def _add_powers(self, start: FloatArray, error: float, order: int) -> None:
        """1, g, …, g^(order−1) by doubling, so that rounding grows with the logarithm only."""
        powers, square, done = np.eye(len(start))[None], start, 1
        while done < order:
            more = powers[: order - done] @ square
            powers = np.concatenate([powers, more])
            square, done = square @ square, len(powers)
        self._add(powers, np.arange(order) * error + 64 * self._rounding * (np.arange(order) > 0))

    def _add(self, block: FloatArray, errors: FloatArray) -> None:
        end = self._count + len(block)
        if end > self._limit:
            raise InfiniteGroupError(
                f"the generators give more than {self._limit} elements: the group is infinite or too large; "
                "check the generators (angles to full precision), and use a continuous group (SO, LieGroup) "
                "or a named one (SymmetricGroup, …) where one is meant"
            )
        if end > len(self._store):
            size = min(self._limit, max(end, 2 * len(self._store)))
            self._store = np.concatenate([self.elements, np.empty((size - self._count, *block.shape[1:]))])
            self._errors = np.concatenate([self._errors[: self._count], np.empty(size - self._count)])
        self._store[self._count: end] = block
        self._errors[self._count: end] = errors
        values = block.reshape(len(block), -1) @ _direction(block.shape[-1])
        for i, cell in enumerate(np.floor(values / self._cell).astype(np.int64).tolist(), self._count):
            self._grid[cell].append(i)
        self._count = end
        self.worst = max(self.worst, float(errors.max()))

    def _find(self, g: FloatArray, error: float) -> bool:
        value = float(g.reshape(-1) @ _direction(len(g)))
        slack = error + self.worst + len(g) * self._rounding
        first, last = int((value - slack) // self._cell), int((value + slack) // self._cell)
        for cell in range(first, last + 1):
            for i in self._grid.get(cell, ()):
                if np.linalg.norm(self._store[i] - g) <= error + self._errors[i] + self._rounding:
                    return True
        return False


@cache
def _direction(n: int) -> FloatArray:
    """A fixed unit vector in general position."""
    vector = np.random.default_rng(987_654_321).standard_normal(n * n)
    return np.asarray(vector / np.linalg.norm(vector))
