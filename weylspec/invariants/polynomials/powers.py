"""Symmetric powers of unitary matrices and skew ones, in orthonormal monomials, with error bounds.

The monomials x^a of degree k, scaled by √(k!/a!), are orthonormal for the inner product that all unitary substitutions
preserve: ρ(g): p ↦ p∘g is unitary in them, and dρ(X) skew.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from weylspec.invariants.polynomials import _loops
from weylspec.invariants.polynomials.monomials import Monomials

Matrix = npt.NDArray[Any]  # float64 or complex128
Ints = npt.NDArray[np.int64]

GENERATOR_ERROR = 1e-12  # what closed groups and algebras are accurate to, in the spectral norm
EPS = float(np.finfo(np.float64).eps)


def symmetric_power(g: Matrix, degree: int) -> Matrix:
    """The matrix of p ↦ p∘g on homogeneous polynomials, in the orthonormal monomials.

    Parameters
    ----------
    g : ndarray of shape (n, n), float or complex
    degree : int

    Returns
    -------
    ndarray of shape (s, s), s = C(n + degree − 1, degree)

    Examples
    --------
    >>> rotation = np.array([[0.0, -1.0], [1.0, 0.0]])
    >>> symmetric_power(rotation, 2).round(12) + 0.0
    array([[ 0.,  0.,  1.],
           [ 0., -1.,  0.],
           [ 1.,  0.,  0.]])
    """
    return composed(g, degree, np.arange(Monomials(len(g), degree).size)).T


def composed(g: Matrix, degree: int, chosen: Ints) -> Matrix:
    """The polynomials x^a∘g for chosen monomials of one degree, one per row, in the orthonormal monomials.

    Parameters
    ----------
    g : ndarray of shape (n, n)
    degree : int
    chosen : ndarray of ints
        Positions of the monomials.

    Returns
    -------
    ndarray of shape (len(chosen), s)
    """
    n = len(g)
    g = np.ascontiguousarray(g, dtype=np.complex128 if np.iscomplexobj(g) else np.float64)
    power = np.ones((1, 1), dtype=g.dtype)
    for k in range(1, degree + 1):
        lower, size = Monomials(n, k - 1), Monomials(n, k).size
        rows = chosen if k == degree else np.arange(size)
        row_of = np.full(size, -1, dtype=np.int64)
        row_of[rows] = np.arange(len(rows))
        raised = np.zeros((len(rows), size), dtype=g.dtype)
        _loops.raise_power(lower.exponents, raised_positions(lower), power, g, k, row_of, raised)
        power = raised
    return power


def power_error(n: int, degree: int) -> float:
    """Bound on the error of `symmetric_power` of a unitary matrix, in the spectral norm.

    Each degree adds the error of g, at most 10⁻¹², and that of sums of at most n² products: γ·‖|g|‖·‖|previous|‖
    in norm, with ‖|A|‖ ≤ ‖A‖_F (Higham 2002, section 3.5; complex products count four times).

    Examples
    --------
    >>> power_error(3, 8) < 1e-11
    True
    """
    sizes = np.array([Monomials(n, k).size for k in range(degree)], dtype=np.float64)
    return float((GENERATOR_ERROR + 4 * (n * n + 8) * EPS * np.sqrt(n * sizes)).sum())


def raised_positions(lower: Monomials) -> Ints:
    """Positions of x_i·x^b among the monomials of the next degree, shape (size, n).

    Examples
    --------
    >>> raised_positions(Monomials(2, 1)).tolist()
    [[0, 1], [1, 2]]
    """
    upper, one = Monomials(lower.n, lower.degree + 1), np.eye(lower.n, dtype=np.int64)
    return np.stack([upper.positions(lower.exponents + one[i]) for i in range(lower.n)], axis=1)


def symmetric_derivation(x: Matrix, degree: int) -> Any:
    """The matrix of the derivation p ↦ d/dt p∘exp(tX) at t = 0, in the orthonormal monomials.

    x^a ↦ Σ X_ij √(a_i (a_j + 1)) x^{a − e_i + e_j} for i ≠ j, which is skew when X is.

    Parameters
    ----------
    x : ndarray of shape (n, n)
        X.
    degree : int

    Returns
    -------
    sparse array of shape (s, s), s = C(n + degree − 1, degree)

    Examples
    --------
    The rotation of the plane kills x² + y²:

    >>> turn = symmetric_derivation(np.array([[0.0, -1.0], [1.0, 0.0]]), 2)
    >>> (turn @ [1.0, 0.0, 1.0]).tolist()
    [0.0, 0.0, 0.0]
    """
    from scipy.sparse import csr_array

    monomials = Monomials(len(x), degree)
    rows, columns = np.nonzero(x)
    exponents = monomials.exponents
    target, source, power, entry = (np.zeros(monomials.size * len(rows), dtype=np.int64) for _ in range(4))
    count = _loops.derive(exponents, degree, rows, columns, monomials.table, target, source, power, entry)
    target, source, power, entry = target[:count], source[:count], power[:count], entry[:count]
    i, j = rows[entry], columns[entry]
    norm = np.where(i == j, power, np.sqrt(power * (exponents[source, j] + 1.0)))
    return csr_array((x[i, j] * norm, (target, source)), shape=(monomials.size, monomials.size))
