"""Products of dense matrices of residues, exactly, by products of floats."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

_HALF = 15
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
