"""Levels of a Riemannian product, merged while they are made: memory for the distinct ones, not for the pairs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.multiplicities import (
    FloatArray,
    IntArray,
    exact_integers,
    pair_counts,
    pairs_of,
    sum_by_index,
    unique_rows,
)
from weylspec.units import Unit, commensurable, rekeyed

if TYPE_CHECKING:
    from weylspec.spectrum import Spectrum

Keys = npt.NDArray[np.int64]

_MAX_PAIRS = 3 * 10**9  # about a minute
_CHUNK = 2**20


def keyed_product(a: Spectrum, b: Spectrum, cutoff: float) -> tuple[Keys, IntArray, tuple[Unit, ...]]:
    """Keys, multiplicities and units of the product of two spectra that have keys."""
    assert a.keys is not None
    assert b.keys is not None
    units, table = commensurable(a.units + b.units)
    split = len(a.units)
    keys, mult = merged_product(
        (a.eigenvalues, rekeyed(a.keys, table[:split]), a.multiplicities),
        (b.eigenvalues, rekeyed(b.keys, table[split:]), b.multiplicities), cutoff,
    )
    return keys, mult, units


def merged_product(
    first: tuple[FloatArray, Keys, IntArray], second: tuple[FloatArray, Keys, IntArray], cutoff: float
) -> tuple[Keys, IntArray]:
    """Distinct sums of two lists of levels up to a cutoff, with the sums of the products of multiplicities.

    Parameters
    ----------
    first, second : tuples (eigenvalues, keys, multiplicities)
        Keys over the same units, shape (levels, r); eigenvalues ascend.
    cutoff : float

    Returns
    -------
    keys : ndarray of shape (distinct, r), sorted
    multiplicities : ndarray of shape (distinct,), exact integers

    Raises
    ------
    CostError
        Above 3·10⁹ pairs of levels.

    Examples
    --------
    >>> levels = np.array([0.0, 1.0, 4.0]), np.array([[0], [1], [4]]), np.array([1, 2, 2])
    >>> keys, counts = merged_product(levels, levels, 5.0)
    >>> keys[:, 0].tolist(), counts.tolist()
    ([0, 1, 2, 4, 5], [1, 4, 4, 4, 8])
    """
    (lam, keys, mult), (other, shifts, weights) = first, second
    counts = pair_counts(lam, other, cutoff)
    if int(counts.sum()) > _MAX_PAIRS:
        raise CostError(f"the product has {counts.sum()} pairs of levels, above {_MAX_PAIRS}; lower the cutoff")
    if sum(int(m) for m in mult) * sum(int(m) for m in weights) >= 2**63:
        mult, weights = mult.astype(object), weights.astype(object)
    found, total = keys[:0], mult[:0]
    for rows in _chunks(counts):
        i, j = pairs_of(counts[rows], rows.start)
        found, where = unique_rows(np.concatenate([found, keys[i] + shifts[j]]))
        total = sum_by_index(np.concatenate([total, mult[i] * weights[j]]), where, len(found))
    return found, exact_integers(total)


def _chunks(counts: npt.NDArray[np.intp]) -> Iterator[slice]:
    """Rows whose pairs are about 2²⁰ together, or one row; later chunks grow with what has been gone through."""
    ends = np.cumsum(counts)
    start = 0
    while start < len(counts):
        done = int(ends[start - 1]) if start else 0
        stop = int(np.searchsorted(ends, done + max(_CHUNK, math.isqrt(done) * 2**10), side="right"))
        yield slice(start, max(stop, start + 1))
        start = max(stop, start + 1)
