"""Dense matrices of residues: products, exactly by products of floats, and ranks, by blocks of such products."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from weylspec.exact.sparse._loops import invert, pivots

Ints = npt.NDArray[np.int64]

_HALF = 15
_PANEL = 96  # columns eliminated by compiled loops at a time
_BLOCK = 2**8  # terms of 15 + 30 bits whose sum stays below 2⁵³


def product(a: Ints, b: Ints, p: int) -> Ints:
    """The product of two matrices over F_p.

    Parameters
    ----------
    a, b : int64 ndarrays of shapes (l, m) and (m, n)
        Residues in [0, p).
    p : int
        Below 2³⁰.

    Returns
    -------
    ndarray of shape (l, n), int64

    Examples
    --------
    >>> product(np.array([[2, 3]]), np.array([[4], [5]]), 7).tolist()
    [[2]]
    """
    low, high = (a & (2**_HALF - 1)).astype(np.float64), (a >> _HALF).astype(np.float64)
    right = b.astype(np.float64)
    total = np.zeros((len(a), b.shape[1]), dtype=np.int64)
    for start in range(0, len(b), _BLOCK):
        part = slice(start, start + _BLOCK)
        upper = (high[:, part] @ right[part]).astype(np.int64) % p
        lower = (low[:, part] @ right[part]).astype(np.int64) % p
        total = (total + (upper << _HALF) + lower) % p
    return total


def dense_rank(matrix: Ints, p: int) -> int:
    """The rank of a matrix over F_p.

    A few columns at a time: an invertible block B among them, in rows R, clears the other rows,
    A ← A − A_B B⁻¹ A_R; the product is where the work is.

    Parameters
    ----------
    matrix : int64 ndarray of shape (m, n)
        Residues in [0, p).
    p : int
        A prime below 2³⁰.

    Returns
    -------
    int

    Examples
    --------
    >>> dense_rank(np.array([[1, 2, 3], [2, 4, 6], [0, 1, 0]]), 7)
    2
    """
    left, rank = matrix, 0
    while left.size:
        width = min(_PANEL, left.shape[1])
        panel, rest = left[:, :width], left[:, width:]
        rows, columns = np.zeros(width, dtype=np.int64), np.zeros(width, dtype=np.int64)
        found = int(pivots(panel.copy(), p, rows, columns))
        rows, columns = rows[:found], columns[:found]
        inverse = np.zeros((found, found), dtype=np.int64)
        invert(np.ascontiguousarray(panel[rows][:, columns]), p, inverse)
        others = np.setdiff1d(np.arange(len(left)), rows)
        factors = product(panel[others][:, columns], inverse, p)
        left = (rest[others] - product(factors, rest[rows], p)) % p
        rank += found
    return rank
