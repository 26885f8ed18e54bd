"""One orthogonal matrix as it was typed: the one that is meant, its order, its angles as fractions of a turn."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import InfiniteGroupError, NotOrthogonalError

FloatArray = npt.NDArray[np.float64]

# a residual of this size already is half the smallest rotation, 2π/L, of a group of L elements
MAX_RESIDUAL = math.pi / 200_000
# orders up to 200 000 are told apart at this accuracy (see element_order)
_ACCURACY = 1e-11
_EPS = float(np.finfo(np.float64).eps)


def polish(matrix: FloatArray) -> tuple[FloatArray, float]:
    """The orthogonal matrix nearest to a given one (its polar factor), and the residual.

    Parameters
    ----------
    matrix : ndarray of shape (n, n)

    Returns
    -------
    orthogonal : ndarray of shape (n, n)
    residual : float
        ‖AᵀA − 1‖₂.

    Raises
    ------
    NotOrthogonalError
        If the residual exceeds π/200000 ≈ 1.6e-5: with six digits after the point a matrix passes,
        with four it does not. An error of that size could hide the smallest rotation of a group of
        200000 elements.

    Examples
    --------
    >>> matrix, residual = polish(np.array([[0.6000001, -0.8], [0.8, 0.6]]))
    >>> 1e-7 < residual < 2e-7, float(np.abs(matrix.T @ matrix - np.eye(2)).max()) < 1e-15
    (True, True)
    """
    if is_integral(matrix) and np.array_equal(matrix.T @ matrix, np.eye(len(matrix))):
        return np.round(matrix) + 0.0, 0.0
    left, values, right = np.linalg.svd(matrix)
    residual = float(np.abs(values**2 - 1).max())
    if residual > MAX_RESIDUAL:
        raise NotOrthogonalError(
            f"the matrix {' '.join(np.array2string(matrix, precision=6, threshold=20).split())} is not orthogonal: "
            f"‖AᵀA − 1‖ = {residual:.2g}, more than {MAX_RESIDUAL:.1e}; "
            "give its entries to at least six digits"
        )
    return left @ right, residual


def typed_accuracy(matrix: FloatArray) -> float:
    """Bound on the distance from a matrix as given to the orthogonal one that is meant.

    Entries that are d-digit decimals are trusted to half a unit of the last digit, unless the
    matrix is orthogonal to rounding as it stands.

    Examples
    --------
    >>> typed_accuracy(np.eye(2)), typed_accuracy(np.array([[0.866025, -0.5], [0.5, 0.866025]])) < 1e-5
    (1e-11, True)
    """
    n = len(matrix)
    residual = float(np.abs(matrix.T @ matrix - np.eye(n)).max())
    if residual <= 8 * n * _EPS:
        return _ACCURACY
    digits = next((d for d in range(16) if np.array_equal(np.round(matrix, d), matrix)), 16)
    return max(_ACCURACY, 8 * residual, n * 0.5 * 10.0**-digits)


def is_integral(matrix: FloatArray) -> bool:
    """Whether all entries are integers, so that products of such orthogonal matrices are exact."""
    return bool((matrix == np.round(matrix)).all())


def element_order(matrix: FloatArray, limit: int, accuracy: float = _ACCURACY) -> int:
    """The order of an orthogonal matrix, from its eigenvalues.

    An eigenvalue e(x), e(x) = exp(2πix), is known to τ = accuracy/4 turns (eigenvalues of unitary
    matrices move by no more than the matrix; Bhatia and Davis 1984). The simplest fraction a/q
    within τ of x is taken when no other of denominator ≤ q is near: 8τq² < 1.

    Parameters
    ----------
    matrix : ndarray of shape (n, n)
        Orthogonal.
    limit : int
    accuracy : float
        Bound on the error of the matrix in the spectral norm.

    Returns
    -------
    int

    Raises
    ------
    InfiniteGroupError
        If an angle is not that of a rotation of order at most ``limit``.

    Examples
    --------
    >>> element_order(np.roll(np.eye(6), 1, axis=0), limit=100)
    6
    """
    tolerance = accuracy / 4 + len(matrix) * _EPS
    order = 1
    for turns in _angles(matrix):
        half = Fraction(tolerance)
        q = _simplest(Fraction(turns) - half, Fraction(turns) + half).denominator
        if q > limit or 8 * tolerance * q**2 >= 1:
            signed = turns if turns <= 0.5 else 1 - turns
            raise InfiniteGroupError(
                f"a rotation by {2 * math.pi * signed:.12g} rad ({signed:.12g} turns) has no order up to "
                f"{limit} that its accuracy {accuracy:.0e} can certify: the group is infinite, or the angle "
                "needs more digits"
            )
        order = math.lcm(order, q)
    if order > limit:
        raise InfiniteGroupError(f"an element has order {order}, more than {limit}: too large to list")
    return order


def rational_phases(matrix: FloatArray, order: int) -> tuple[Fraction, ...]:
    """Eigenvalues e(x_j) of an orthogonal matrix g with g^order = 1, as exact x_j in [0, 1).

    Parameters
    ----------
    matrix : ndarray of shape (n, n)
        Orthogonal to rounding.
    order : int
        Any multiple of its order.

    Returns
    -------
    tuple of n Fractions
        Ascending; the denominators divide the order of the matrix.

    Raises
    ------
    InfiniteGroupError
        If an angle is not a multiple of 1/order turns: g^order is not 1.

    Examples
    --------
    >>> [str(x) for x in rational_phases(np.array([[0.0, -1.0], [1.0, 0.0]]), 4)]
    ['1/4', '3/4']
    """
    turns = _angles(matrix)
    steps = np.round(turns * order)
    gap = np.abs(turns * order - steps)
    # g^order differs from 1 by 2π·gap; accuracy order·_ACCURACY is what a certified element has
    if gap.max(initial=0.0) > order * (_ACCURACY + len(matrix) * _EPS):
        worst = float(turns[int(gap.argmax())])
        raise InfiniteGroupError(
            f"a rotation by {2 * math.pi * worst:.12g} rad ({worst:.12g} turns) is not of order {order}: "
            "the group is infinite, or the angle needs more digits"
        )
    return tuple(sorted(Fraction(int(step), order) % 1 for step in steps))


def _angles(matrix: FloatArray) -> FloatArray:
    return np.asarray(np.angle(np.linalg.eigvals(matrix)) / (2 * math.pi) % 1.0)


def _simplest(low: Fraction, high: Fraction) -> Fraction:
    """The fraction of smallest denominator in [low, high]."""
    whole = math.ceil(low)
    if whole <= high:
        return Fraction(whole)
    below = whole - 1
    return below + 1 / _simplest(1 / (high - below), 1 / (low - below))
