"""Ranks and null spaces of sparse integer matrices modulo primes, by elimination row after row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from weylspec.errors import CertificationError
from weylspec.exact.modular import is_prime
from weylspec.exact.sparse._loops import back_substitute, eliminate

Ints = npt.NDArray[np.int64]
SparseMatrix: TypeAlias = Any  # scipy.sparse.csr_array

_SEED = 20230613
_MOST_PRIMES = 8


@dataclass(frozen=True, eq=False)
class Echelon:
    """The pivot rows of a matrix over F_p.

    Attributes
    ----------
    p : int
    size : int
        Number of columns.
    columns : ndarray of shape (rank,), int64
        The pivots' columns, in the order in which they were found.
    start : ndarray of shape (rank + 1,), int64;  index, value : ndarrays, int64
        Row k is 1 at columns[k] and value at index over start[k]:start[k + 1].
    """

    p: int
    size: int
    columns: Ints
    start: Ints
    index: Ints
    value: Ints

    @property
    def rank(self) -> int:
        """Number of pivots."""
        return len(self.columns)

    def null_space(self) -> Ints:
        """A basis of the null space in F_p, as rows.

        Returns
        -------
        ndarray of shape (size − rank, size), int64
        """
        free = np.setdiff1d(np.arange(self.size), self.columns)
        basis = np.zeros((len(free), self.size), dtype=np.int64)
        basis[np.arange(len(free)), free] = 1
        back_substitute(self.columns, self.start, self.index, self.value, self.p, basis)
        return basis


def echelon(matrix: SparseMatrix, p: int) -> Echelon:
    """Gaussian elimination on a sparse integer matrix over F_p.

    Rows are taken by ascending length. The pivot of a row is the column with the fewest entries in the matrix.

    Parameters
    ----------
    matrix : sparse array of shape (m, n)
        Integer entries of absolute value below 2⁶³.
    p : int
        A prime below 2³¹.

    Returns
    -------
    Echelon

    References
    ----------
    Gilbert and Peierls (1988), "Sparse partial pivoting in time proportional to arithmetic operations".

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> e = echelon(csr_array(np.array([[1, 2, 0], [2, 4, 0], [0, 3, 7]])), 7)
    >>> e.rank, e.null_space().tolist()
    (2, [[0, 0, 1]])
    """
    from scipy.sparse import csr_array

    rows = csr_array(matrix, dtype=np.int64, copy=True)
    rows.sum_duplicates()
    rows.data %= p
    rows.eliminate_zeros()
    n = int(matrix.shape[1])
    indptr, indices = rows.indptr.astype(np.int64), rows.indices.astype(np.int64)
    lengths = np.diff(indptr)
    order = np.argsort(lengths, kind="stable")[int((lengths == 0).sum()):]
    weight = np.bincount(indices, minlength=n)
    most = min(n, len(order))
    pivot_of, column_of = np.full(n, -1, dtype=np.int64), np.zeros(most + 1, dtype=np.int64)
    start, found = np.zeros(most + 2, dtype=np.int64), np.zeros(1, dtype=np.int64)
    index = np.zeros(2 * len(indices) + 2 * n, dtype=np.int64)
    value, done = np.zeros_like(index), 0
    while True:
        done = eliminate(indptr, indices, rows.data, order, done, weight, p, pivot_of, column_of, start, index, value,
                         found)
        rank = int(found[0])
        if done == len(order) or rank == n:
            break
        index, value = (np.concatenate([part, np.zeros_like(part)]) for part in (index, value))
    end = int(start[rank])
    return Echelon(p, n, column_of[:rank].copy(), start[: rank + 1].copy(), index[:end].copy(), value[:end].copy())


def random_primes(modulus: int) -> Iterator[int]:
    """Different primes p ≡ 1 (mod modulus) between 2²⁹ and 2³⁰, drawn with a fixed seed.

    Parameters
    ----------
    modulus : int
        At most 2¹⁶.

    Yields
    ------
    int

    Examples
    --------
    >>> supply = random_primes(4)
    >>> p, q = next(supply), next(supply)
    >>> p != q, p % 4, p.bit_length()
    (True, 1, 30)
    """
    rng, seen = np.random.default_rng(_SEED), set()
    while True:
        p = int(rng.integers(2**29 // modulus + 1, 2**30 // modulus)) * modulus + 1
        if p not in seen and is_prime(p):
            seen.add(p)
            yield p


def agreed_rank(rank: Callable[[int], int], modulus: int) -> tuple[int, tuple[int, int]]:
    """A rank over Q from ranks modulo random primes: the largest one, once two primes agree on it.

    A rank modulo p never exceeds the rank over Q, so the result is a proven lower bound of that; it is too small
    only if both primes divide all the largest minors.

    Parameters
    ----------
    rank : callable
        p ↦ rank over F_p.
    modulus : int
        The primes are 1 modulo this number.

    Returns
    -------
    rank : int
    primes : the two that agree

    Raises
    ------
    CertificationError
        If no two of eight primes agree on the largest rank.

    Examples
    --------
    >>> agreed_rank(lambda p: 3, 1)[0]
    3
    """
    best, witness = -1, 0
    supply = random_primes(modulus)
    for _ in range(_MOST_PRIMES):
        p = next(supply)
        found = rank(p)
        if found == best:
            return best, (witness, p)
        if found > best:
            best, witness = found, p
    raise CertificationError(f"ranks modulo {_MOST_PRIMES} primes do not agree; the largest is {best}")
