"""Irreducible characters of O(n), Sp(n) and U(n) as determinants of complete homogeneous functions, modulo a prime.

With h_k = tr(g | Sym^k), the coefficients of 1/det(1 − tg), a character is a polynomial in the h_k:
no quotient of alternants, and so no 0/0 at elements with equal eigenvalues. Partitions are rows of
an integer table, padded with zeros.

References
----------
Weyl (1939), "The classical groups", VII; Koike and Terada (1987); Koike (1989) for U(n).
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError
from weylspec.exact.characters import _codes
from weylspec.exact.modular import root_of_unity

Residues = npt.NDArray[np.int64]
IntMatrix = npt.NDArray[np.int64]


def unit_residues(phases: tuple[Fraction, ...], p: int) -> Residues:
    """The roots of unity e^{2πi·phase} in F_p.

    Parameters
    ----------
    phases : tuple of Fractions
    p : int
        Prime, 1 modulo every denominator.

    Returns
    -------
    ndarray of int64

    Examples
    --------
    >>> unit_residues((Fraction(0), Fraction(1, 2), Fraction(1, 3)), 7).tolist()
    [1, 6, 2]
    """
    return np.array([pow(root_of_unity(p, f.denominator), f.numerator, p) for f in phases], dtype=np.int64)


def complete_functions(lengths: tuple[int, ...], values: Residues, top: int, p: int) -> Residues:
    """h_0 … h_top of an element whose eigenvalues are all L_b-th roots of values_b, modulo p.

    Parameters
    ----------
    lengths : tuple of ints
    values : ndarray of residues
    top : int
    p : int

    Returns
    -------
    ndarray of shape (top + 1,), residues

    Examples
    --------
    The identity of O(3): h_k = C(k + 2, 2).

    >>> complete_functions((1, 1, 1), np.array([1, 1, 1]), 4, 101).tolist()
    [1, 3, 6, 10, 15]
    """
    from weylspec.exact.characters._loops import complete_functions as fill

    out = np.zeros(top + 1, dtype=np.int64)
    fill(np.array(lengths, dtype=np.int64), values, p, out)
    return out


def orthogonal_characters(h: Residues, partitions: IntMatrix, p: int) -> Residues:
    """Characters det(h_{μ_i − i + j} − h_{μ_i − i − j}) of the irreps [μ] of O(n), also off the identity component.

    Parameters
    ----------
    h : ndarray of residues
        h_0 … of the element on Cⁿ, at least to degree max μ_1 + rows − 1.
    partitions : ndarray of shape (m, rows), int64
        At most n/2 rows that are not zero; the other irreps are det ⊗ these.
    p : int

    Returns
    -------
    ndarray of shape (m,), residues

    Examples
    --------
    At the identity of O(3), dimensions 1, 3, 5, 7:

    >>> h = complete_functions((1, 1, 1), np.array([1, 1, 1]), 4, 101)
    >>> orthogonal_characters(h, np.array([[0], [1], [2], [3]]), 101).tolist()
    [1, 3, 5, 7]
    """
    return _characters(_codes.ORTHOGONAL, h, h, partitions, None, p)


def symplectic_characters(h: Residues, partitions: IntMatrix, p: int) -> Residues:
    """Characters ½ det(h_{μ_i − i + j} + h_{μ_i − i − j + 2}) of the irreps ⟨μ⟩ of Sp(n) ⊂ U(2n).

    Parameters
    ----------
    h : ndarray of residues
        h_0 … of the element on C^{2n}, at least to degree max μ_1 + rows − 1.
    partitions : ndarray of shape (m, rows), int64
        At most n rows.
    p : int

    Returns
    -------
    ndarray of shape (m,), residues

    Examples
    --------
    At the identity of Sp(2): the vectors, the adjoint, and the 5 of SO(5):

    >>> h = complete_functions((1,) * 4, np.ones(4, dtype=np.int64), 4, 101)
    >>> symplectic_characters(h, np.array([[1, 0], [2, 0], [1, 1]]), 101).tolist()
    [4, 10, 5]
    """
    return _characters(_codes.SYMPLECTIC, h, h, partitions, None, p)


def linear_characters(h: Residues, dual: Residues, upper: IntMatrix, lower: IntMatrix, p: int) -> Residues:
    """Characters of the irreps of U(n) in mixed tensors: highest weight (μ, 0, …, 0, −ν reversed).

    Parameters
    ----------
    h, dual : ndarrays of residues
        h_0 … of the element on Cⁿ and of its inverse.
    upper, lower : ndarrays of shapes (m, rows) and (m, other rows), int64
        μ and ν; together at most n rows.
    p : int

    Returns
    -------
    ndarray of shape (m,), residues

    Examples
    --------
    At the identity of U(3), the adjoint representation:

    >>> h = complete_functions((1,) * 3, np.ones(3, dtype=np.int64), 4, 101)
    >>> linear_characters(h, h, np.array([[1]]), np.array([[1]]), 101).tolist()
    [8]
    """
    return _characters(_codes.LINEAR, h, dual, upper, lower, p)


def _characters(
    kind: int, h: Residues, dual: Residues, upper: IntMatrix, lower: IntMatrix | None, p: int
) -> Residues:
    from weylspec.exact.characters._loops import characters

    upper = np.asarray(upper, dtype=np.int64)
    lower = np.zeros((len(upper), 0), dtype=np.int64) if lower is None else np.asarray(lower, dtype=np.int64)
    needed = highest_degree(upper, lower)
    if min(len(h), len(dual)) <= needed:
        raise WeylspecError(f"these characters need complete functions to degree {needed}, got {len(h) - 1}")
    out = np.zeros(len(upper), dtype=np.int64)
    characters(kind, h, dual, upper, lower, p, out)
    return out


def highest_degree(upper: IntMatrix, lower: IntMatrix) -> int:
    """The highest degree of complete functions that the determinants of two tables of partitions use.

    Parameters
    ----------
    upper, lower : ndarrays of shapes (m, rows) and (m, other rows), int64

    Returns
    -------
    int

    Examples
    --------
    >>> highest_degree(np.array([[3, 1]]), np.zeros((1, 0), dtype=np.int64))
    4
    """
    size = int(upper.shape[1] + lower.shape[1])
    return int(max(upper.max(initial=0), lower.max(initial=0))) + max(size - 1, 0)
