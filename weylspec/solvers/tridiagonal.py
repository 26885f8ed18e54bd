"""Eigenvalues of real symmetric tridiagonal matrices, each certified by Sturm counts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.linalg

from weylspec.errors import CertificationError

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_EPS = float(np.finfo(np.float64).eps)
_TINY = float(np.finfo(np.float64).tiny)
_FIRST_WIDTH = 4  # of the intervals tried, in eps·norm; doubled until the counts agree
_LAST_WIDTH = 2**20
_KAHAN = 4  # in eps·norm: what rounding in the counts, and in the ends of the intervals, can hide


def norm(diagonal: FloatArray, off: FloatArray) -> float:
    """The largest sum of absolute values in a row: a bound on the spectral norm.

    Examples
    --------
    >>> norm(np.array([1.0, -2.0]), np.array([3.0]))
    5.0
    """
    rows = np.abs(diagonal)
    rows[:-1] += np.abs(off)
    rows[1:] += np.abs(off)
    return float(rows.max(initial=0.0))


def counts_below(diagonal: FloatArray, off: FloatArray, shifts: npt.ArrayLike) -> IntArray:
    """Number of eigenvalues below each shift, by the signs of the pivots (Sylvester's law of inertia).

    The computed signs are exact for a matrix whose off-diagonal entries differ by at most 2.5 units of
    roundoff, relatively (Kahan 1966; Demmel 1997, Lemma 5.3), so that each count is right for a shift
    within 5 units of roundoff times the largest off-diagonal entry.

    Parameters
    ----------
    diagonal : ndarray of shape (n,), n ≥ 1
    off : ndarray of shape (n − 1,)
    shifts : array of shape (m,)

    Returns
    -------
    ndarray of shape (m,), int64

    Examples
    --------
    The eigenvalues of the path of three vertices are 0, 1 and 3:

    >>> counts_below(np.array([1.0, 2.0, 1.0]), np.array([-1.0, -1.0]), [-0.5, 0.5, 2.0, 4.0]).tolist()
    [0, 1, 2, 3]
    """
    from weylspec.solvers import _loops

    at = np.asarray(shifts, dtype=np.float64)
    found = np.zeros(len(at), dtype=np.int64)
    squares = off**2
    _loops.sturm_counts(diagonal, squares, at, _TINY * max(1.0, float(squares.max(initial=0.0))), found)
    return found


def certified_eigenvalues(diagonal: FloatArray, off: FloatArray) -> tuple[FloatArray, float]:
    """All eigenvalues, ascending, and a bound on their absolute errors.

    LAPACK's eigenvalues are taken as candidates; counts at both ends of an interval around each confirm
    that the i-th eigenvalue lies in the i-th interval.

    Parameters
    ----------
    diagonal : ndarray of shape (n,), n ≥ 1
    off : ndarray of shape (n − 1,)

    Returns
    -------
    values : ndarray of shape (n,)
    error : float

    Raises
    ------
    CertificationError
        If no interval up to 2²⁰ ulp of the norm is confirmed.

    Examples
    --------
    >>> values, error = certified_eigenvalues(np.array([1.0, 2.0, 1.0]), np.array([-1.0, -1.0]))
    >>> bool((abs(values - [0, 1, 3]) <= error).all()), error < 1e-13
    (True, True)
    """
    if len(diagonal) == 1:
        return diagonal.copy(), 0.0
    values = np.asarray(scipy.linalg.eigvalsh_tridiagonal(diagonal, off), dtype=np.float64)
    unit = _EPS * norm(diagonal, off)
    index = np.arange(len(values))
    width = _FIRST_WIDTH
    while width <= _LAST_WIDTH:
        below = counts_below(diagonal, off, values - width * unit)
        above = counts_below(diagonal, off, values + width * unit)
        if (below <= index).all() and (above > index).all():
            return values, (width + _KAHAN) * unit
        width *= 2
    raise CertificationError(
        f"Sturm counts do not confirm the eigenvalues of a tridiagonal matrix of size {len(values)} within "
        f"{_LAST_WIDTH} ulp of its norm {unit / _EPS:.3g}; its entries are too unequal for floats"
    )
