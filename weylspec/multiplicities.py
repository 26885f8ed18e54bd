"""Exact multiplicities in arrays: int64 while their sum fits, Python ints beyond, never floats."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, WeylspecError

FloatArray: TypeAlias = npt.NDArray[np.float64]
IntArray: TypeAlias = npt.NDArray[Any]  # int64, or Python ints in an object array

_SLACK = 4 * np.finfo(np.float64).eps
_MAX_PAIRS = 3 * 10**7  # about 100 bytes each while they are merged


def exact_integers(entries: Sequence[int] | IntArray) -> IntArray:
    """Exact integers as int64 while their sum fits, else as an object array of Python ints.

    Examples
    --------
    >>> exact_integers([1, 2]).dtype, exact_integers([2**62, 2**62]).dtype
    (dtype('int64'), dtype('O'))
    """
    array = np.asarray(entries)
    if array.dtype.kind in "iu" and array.dtype.itemsize <= 8:
        if len(array) == 0 or int(np.abs(array).max()) * len(array) < 2**63:
            return array.astype(np.int64)
        ints = [int(m) for m in array]
    else:
        ints = [int(m) for m in entries]
        if ints != list(entries):
            raise WeylspecError("multiplicities must be integers")
    if sum(map(abs, ints)) < 2**63:
        return np.array(ints, dtype=np.int64)
    result = np.empty(len(ints), dtype=object)
    result[:] = ints
    return result


def unique_rows(table: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.intp]]:
    """The distinct rows of an integer table, sorted, and where each row went.

    Examples
    --------
    >>> [a.tolist() for a in unique_rows(np.array([[2], [0], [2]]))]
    [[[0], [2]], [1, 0, 1]]
    """
    if table.shape[1] == 1:  # several times faster than by rows
        column, inverse = np.unique(table[:, 0], return_inverse=True)
        return column[:, None], inverse.reshape(-1)
    rows, inverse = np.unique(table, axis=0, return_inverse=True)
    return rows, inverse.reshape(-1)


def sum_by_index(mult: IntArray, index: npt.NDArray[np.intp], size: int) -> IntArray:
    """Sum the entries that share an index; shape (size,)."""
    total = np.zeros(size, dtype=mult.dtype)
    if mult.dtype == object:
        total[:] = 0
    np.add.at(total, index, mult)
    return total


def pair_counts(a: FloatArray, b: FloatArray, cutoff: float) -> npt.NDArray[np.intp]:
    """For each a_i the number of b_j with a_i + b_j ≤ cutoff (with 4 ulp of slack); both ascend."""
    if not math.isfinite(cutoff):
        return np.full(len(a), len(b), dtype=np.intp)
    return np.searchsorted(b, (cutoff - a) + _SLACK * abs(cutoff), side="right")


def pairs_of(counts: npt.NDArray[np.intp], start: int = 0) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Index pairs (start + i, j), j < counts[i], as two arrays."""
    first = np.repeat(np.arange(start, start + len(counts)), counts)
    starts = np.repeat(np.cumsum(counts) - counts, counts)
    return first, np.arange(len(first)) - starts


def level_pairs(a: FloatArray, b: FloatArray, cutoff: float) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Index pairs (i, j) with a_i + b_j ≤ cutoff (with 4 ulp of slack)."""
    counts = pair_counts(a, b, cutoff)
    total = int(counts.sum())
    if total > _MAX_PAIRS:
        raise CostError(f"the product has {total} pairs of levels, above {_MAX_PAIRS}; lower the cutoff")
    return pairs_of(counts)


def pair_products(a: IntArray, b: IntArray, i: npt.NDArray[np.intp], j: npt.NDArray[np.intp]) -> IntArray:
    """Products a[i] * b[j], exact."""
    if sum(int(m) for m in a) * sum(int(m) for m in b) < 2**63:
        return np.asarray(a[i] * b[j])
    return np.asarray(a.astype(object)[i] * b.astype(object)[j])
