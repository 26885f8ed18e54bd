"""Positive forms with integer coefficients in a basis of short vectors, their blocks and inverses.

A form Q is held by the matrix of 2Q, which has integer entries and an even diagonal.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from weylspec.exact._reduction import identity, reduced_by

Gram: TypeAlias = tuple[tuple[int, ...], ...]

_MOST_REDUCED = 48  # variables of one block; LLL takes a second there


def simplified(table: npt.NDArray[np.int64]) -> tuple[int, Gram]:
    """The common divisor g of a form's coefficients, and the matrix of 2·form/g in a basis of short vectors.

    LLL, then single vectors by one another until none becomes shorter; the shortest stand first.

    Parameters
    ----------
    table : ndarray (m, m), int64
        Upper triangular, positive definite as a form Σ_{i ≤ j} T_ij k_i k_j.

    Returns
    -------
    g : int
    gram : tuple of rows

    Examples
    --------
    >>> simplified(np.array([[3, 12], [0, 15]]))
    (3, ((2, 0), (0, 2)))
    """
    array = np.asarray(table, dtype=np.int64)
    return _simplified(array.tobytes(), len(array))


@lru_cache(maxsize=1024)
def _simplified(data: bytes, size: int) -> tuple[int, Gram]:
    table = np.frombuffer(data, dtype=np.int64).reshape(size, size).astype(object)
    if not size:
        return 1, ()
    common = math.gcd(*(int(x) for x in table.flat))
    full = (table + table.T) // common
    done: list[tuple[tuple[int, ...], npt.NDArray[np.object_]]] = []
    for block in orthogonal_blocks(tuple(map(tuple, full.tolist()))):
        done.append((block, _short(full[np.ix_(block, block)])))
    for block, part in done:
        full[np.ix_(block, block)] = part
    order = np.argsort([int(x) for x in np.diag(full)], kind="stable")
    return common, tuple(tuple(int(x) for x in row) for row in full[np.ix_(order, order)])


def _short(full: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    if 1 < len(full) <= _MOST_REDUCED:
        change = np.array(reduced_by(identity(len(full)), full.tolist()), dtype=object)
        full = change @ full @ change.T
    reducing = len(full) > 1
    while reducing:  # each step shortens a vector
        reducing = False
        for i in range(len(full)):
            for j in range(len(full)):
                steps = (2 * full[i, j] + full[i, i]) // (2 * full[i, i]) if i != j else 0
                if steps and full[j, j] + steps * (steps * full[i, i] - 2 * full[i, j]) < full[j, j]:
                    full[j] -= steps * full[i]
                    full[:, j] -= steps * full[:, i]
                    reducing = True
    return full


def orthogonal_blocks(gram: Gram) -> tuple[tuple[int, ...], ...]:
    """Indices of the basis vectors, those together that are joined by vectors that are not orthogonal.

    Examples
    --------
    >>> orthogonal_blocks(((2, 0, 1), (0, 2, 0), (1, 0, 2)))
    ((0, 2), (1,))
    """
    remaining, blocks = set(range(len(gram))), []
    while remaining:
        block: set[int] = set()
        frontier = {min(remaining)}
        while frontier:
            block |= frontier
            frontier = {j for i in frontier for j in remaining if gram[i][j]} - block
        blocks.append(tuple(sorted(block)))
        remaining -= block
    return tuple(blocks)


def restricted(gram: Gram, block: tuple[int, ...]) -> Gram:
    """The form on the sublattice of some basis vectors."""
    return tuple(tuple(gram[i][j] for j in block) for i in block)


def is_diagonal(gram: Gram) -> bool:
    """Whether the basis is orthogonal."""
    return not any(x for i, row in enumerate(gram) for j, x in enumerate(row) if i != j)
