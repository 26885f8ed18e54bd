"""Finding a matrix in a list of many."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.int64]

_EPS = float(np.finfo(np.float64).eps)


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


@cache
def _direction(n: int) -> FloatArray:
    """A fixed unit vector in general position."""
    vector = np.random.default_rng(987_654_321).standard_normal(n * n)
    return np.asarray(vector / np.linalg.norm(vector))
