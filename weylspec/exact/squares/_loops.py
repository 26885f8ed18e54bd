"""Compiled loops on sums of squares: rows of power series by the number of parts, and points of a wedge."""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

from weylspec.exact._loops import floor_sqrt

Ints = NDArray[np.int64]


@nb.njit(cache=True)
def add_parts(rows: Ints, weight: int, p: int, fresh: bool) -> None:
    """Multiply Σ_j rows_j y^j by Π_{k ≥ 1} 1/(1 − y·q^{weight·k²}), in place, modulo p or, for p = 0, modulo 2⁶⁴.

    With ``fresh`` only row 0 is filled before: row j then starts at q^{j·weight·k²} while k descends.
    """
    most, size = rows.shape[0] - 1, rows.shape[1]
    for k in range(floor_sqrt((size - 1) // weight), 0, -1):
        step = weight * k * k
        last = min(most, (size - 1) // step) if fresh else most
        for j in range(1, last + 1):
            add_shifted(rows[j - 1], rows[j], (j - 1) * step if fresh else 0, step, p)


@nb.njit(cache=True)
def add_distinct(rows: Ints, weight: int, p: int) -> None:
    """Multiply Σ_j rows_j y^j by Π_{k ≥ 1} (1 + y·q^{weight·k²}), in place, modulo p or, for p = 0, modulo 2⁶⁴."""
    most, size = rows.shape[0] - 1, rows.shape[1]
    for k in range(floor_sqrt((size - 1) // weight), 0, -1):
        for j in range(most, 0, -1):
            add_shifted(rows[j - 1], rows[j], 0, weight * k * k, p)


@nb.njit(cache=True)
def add_shifted(source: Ints, target: Ints, start: int, step: int, p: int) -> None:
    """``target[i + step] += source[i]`` for i ≥ start, modulo p or modulo 2⁶⁴."""
    if p == 0:
        for i in range(start, len(source) - step):
            target[i + step] += source[i]
    else:
        for i in range(start, len(source) - step):
            total = target[i + step] + source[i]
            target[i + step] = total - p if total >= p else total


@nb.njit(cache=True)
def points_in_wedge(m: int, signed: bool, top: int) -> int:
    """Number of k_1 ≥ … ≥ k_m, m ≥ 2, with Σ k_i² ≤ top ≤ 2⁶⁰; without ``signed`` all of them are ≥ 0.

    The last one fills an interval. A negative k_i is at most as long as all that follow, so that
    (m − i + 1)·k_i² ≤ what is left: every node of the search has a leaf.
    """
    value, end, left = np.zeros(m, dtype=np.int64), np.zeros(m, dtype=np.int64), np.zeros(m, dtype=np.int64)
    total: int = 0
    i, left[0] = 0, top
    value[0], end[0] = (-floor_sqrt(top // m) if signed else 0), floor_sqrt(top)
    while i >= 0:
        if i == m - 2:
            for x in range(value[i], end[i] + 1):
                root = floor_sqrt(left[i] - x * x)
                total += min(x, root) + 1 + (root if signed else 0)
            i -= 1
            if i >= 0:
                value[i] += 1
        elif value[i] > end[i]:
            i -= 1
            if i >= 0:
                value[i] += 1
        else:
            left[i + 1] = left[i] - value[i] * value[i]
            value[i + 1] = -floor_sqrt(left[i + 1] // (m - i - 1)) if signed else 0
            end[i + 1] = min(value[i], floor_sqrt(left[i + 1]))
            i += 1
    return total
