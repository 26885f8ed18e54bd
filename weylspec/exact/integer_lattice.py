"""Small integer matrices: Smith form, kernels, saturation, equations modulo one, determinants.

Inside, everything is Python ints, so nothing overflows; what does not fit int64 on the way out is refused.
Lattices are given by their basis vectors as the columns of an (n, m) matrix.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, WeylspecError
from weylspec.exact._reduction import echelon_kernel, pair_kernel, reduced, smith_form

IntMatrix = npt.NDArray[np.int64]


def _rows(A: npt.ArrayLike) -> tuple[list[list[int]], int]:
    """The rows as Python ints, and the number of columns."""
    array = np.asarray(A)
    if array.ndim != 2:
        raise WeylspecError(f"a matrix has two axes, got an array of shape {array.shape}")
    if any(x != int(x) for x in array.flat):
        raise WeylspecError(f"the matrix must have integer entries, got {array.tolist()}")
    rows = [[int(x) for x in row] for row in array]
    return rows, array.shape[1]


def _matrix(rows: Sequence[Sequence[int]], shape: tuple[int, int]) -> IntMatrix:
    """An int64 matrix, or CostError where an entry does not fit."""
    largest = max((abs(x) for row in rows for x in row), default=0)
    if largest >= 2**63:
        raise CostError(f"an entry of the result, of absolute value {largest}, does not fit 64 bits")
    return np.array(rows, dtype=np.int64).reshape(shape)


def _columns(basis: Sequence[Sequence[int]], n: int) -> IntMatrix:
    """Basis vectors as the columns of an (n, m) matrix."""
    return np.ascontiguousarray(_matrix(basis, (len(basis), n)).T)


def smith(A: npt.ArrayLike) -> tuple[IntMatrix, IntMatrix, IntMatrix]:
    """Smith normal form: U A V = D with U, V unimodular.

    Parameters
    ----------
    A : integer array of shape (m, n)

    Returns
    -------
    D : int64 ndarray of shape (m, n)
        Diagonal, 0 ≤ d_i, and d_i divides d_{i+1} (zeros last).
    U : int64 ndarray of shape (m, m)
    V : int64 ndarray of shape (n, n)

    Raises
    ------
    WeylspecError
        If A is not an integer matrix.
    CostError
        If an entry of the result does not fit 64 bits.

    References
    ----------
    Smith (1861), "On systems of linear indeterminate equations and congruences".

    Examples
    --------
    >>> D, U, V = smith([[2, 4], [6, 8]])
    >>> D.tolist(), bool((U @ [[2, 4], [6, 8]] @ V == D).all())
    ([[2, 0], [0, 4]], True)
    """
    rows, n = _rows(A)
    m = len(rows)
    D, U, V = smith_form(rows, n)
    return _matrix(D, (m, n)), _matrix(U, (m, m)), _matrix(V, (n, n))


def kernel(A: npt.ArrayLike) -> IntMatrix:
    """A short basis of the null lattice {k ∈ Zⁿ : A k = 0}, as columns.

    The lattice is primitive (it contains every integer vector of its span). Where A only sets
    coordinates to zero or equal up to sign, as P − 1 for a signed permutation matrix P does, the basis
    consists of vectors with disjoint supports, so that its Gram matrix is diagonal; else it is LLL-reduced.

    Parameters
    ----------
    A : integer array of shape (m, n)

    Returns
    -------
    int64 ndarray of shape (n, n − rank A)

    Raises
    ------
    WeylspecError
        If A is not an integer matrix.
    CostError
        If an entry of the result does not fit 64 bits.

    References
    ----------
    Lenstra, Lenstra and Lovász (1982), "Factoring polynomials with rational coefficients".

    Examples
    --------
    >>> cycle = np.eye(3, dtype=int)[[1, 0, 2]]
    >>> kernel(cycle - np.eye(3, dtype=int)).T.tolist()
    [[1, 1, 0], [0, 0, 1]]
    >>> kernel([[1, 1, 1]]).shape
    (3, 2)
    """
    rows, n = _rows(A)
    pairs = pair_kernel(rows, n)
    return _columns(reduced(echelon_kernel(rows, n)) if pairs is None else pairs, n)


def annihilator(V: npt.ArrayLike) -> IntMatrix:
    """A short basis of {k ∈ Zⁿ : Vᵀ k = 0}, as columns: the characters that are trivial on span V.

    Parameters
    ----------
    V : integer array of shape (n, m)

    Returns
    -------
    int64 ndarray of shape (n, n − rank V)

    Examples
    --------
    >>> annihilator([[1], [-1]]).T.tolist()
    [[1, 1]]
    """
    return kernel(np.asarray(V).T)


def saturate(V: npt.ArrayLike) -> IntMatrix:
    """A short basis of (span_Q V) ∩ Zⁿ, as columns.

    Parameters
    ----------
    V : integer array of shape (n, m)
        The columns need not be independent.

    Returns
    -------
    int64 ndarray of shape (n, rank V)

    Examples
    --------
    >>> saturate([[2], [4]]).T.tolist()
    [[1, 2]]
    """
    return kernel(annihilator(V).T)


def solve_mod_one(A: npt.ArrayLike, b: Sequence[Fraction]) -> tuple[Fraction, ...] | None:
    """Some x ∈ Qⁿ with A x ≡ b modulo Z^m, or None if there is none.

    With U A V = D it is x = V y, y_i = (U b)_i / d_i; where d_i = 0, (U b)_i must be an integer.

    Parameters
    ----------
    A : integer array of shape (m, n)
    b : sequence of m Fractions

    Returns
    -------
    tuple of n Fractions in [0, 1), or None

    Raises
    ------
    WeylspecError
        If A is not an integer matrix, or b has another length than A has rows.

    Examples
    --------
    >>> solve_mod_one([[2, 0], [0, 0]], [Fraction(1, 2), Fraction(3)])
    (Fraction(1, 4), Fraction(0, 1))
    >>> solve_mod_one([[0]], [Fraction(1, 2)]) is None
    True
    """
    rows, n = _rows(A)
    if len(b) != len(rows):
        raise WeylspecError(f"the right-hand side has {len(b)} entries, the matrix {len(rows)} rows")
    D, U, V = smith_form(rows, n)
    y = [Fraction(0)] * n
    for i, row in enumerate(U):
        value = sum((u * Fraction(c) for u, c in zip(row, b, strict=True)), Fraction(0))
        d = D[i][i] if i < n else 0
        if d:
            y[i] = value / d
        elif value.denominator != 1:
            return None
    return tuple(sum((v * c for v, c in zip(row, y, strict=True)), Fraction(0)) % 1 for row in V)


def torsion_order(A: npt.ArrayLike) -> int:
    """Number of components of {x ∈ Rⁿ/Zⁿ : A x = 0}: the product of the non-zero elementary divisors.

    Examples
    --------
    >>> torsion_order([[2, 0], [0, 3]]), torsion_order([[1, -1]]), torsion_order([[0]])
    (6, 1, 1)
    """
    rows, n = _rows(A)
    D, _, _ = smith_form(rows, n)
    return math.prod(D[i][i] for i in range(min(len(rows), n)) if D[i][i])


def determinant(A: npt.ArrayLike) -> int:
    """Exact determinant of a square integer matrix, by fraction-free elimination.

    Raises
    ------
    WeylspecError
        If A is not a square integer matrix.

    References
    ----------
    Bareiss (1968), "Sylvester's identity and multistep integer-preserving Gaussian elimination".

    Examples
    --------
    >>> determinant([[2, 1], [7, 4]]), determinant([[0, 1], [1, 0]]), determinant(np.zeros((0, 0), dtype=int))
    (1, -1, 1)
    """
    rows, n = _rows(A)
    if len(rows) != n:
        raise WeylspecError(f"only square matrices have a determinant, got shape ({len(rows)}, {n})")
    sign, previous = 1, 1
    for k in range(n - 1):
        pivot = next((i for i in range(k, n) if rows[i][k]), None)
        if pivot is None:
            return 0
        if pivot != k:
            rows[k], rows[pivot], sign = rows[pivot], rows[k], -sign
        for i in range(k + 1, n):
            for j in range(k + 1, n):
                rows[i][j] = (rows[i][j] * rows[k][k] - rows[i][k] * rows[k][j]) // previous
        previous = rows[k][k]
    return sign * rows[-1][-1] if n else 1
