"""Theta series as modular forms: level, and Sturm's bound on the coefficients that tell two of them apart."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError
from weylspec.exact._reduction import rational_inverse
from weylspec.exact.integer_lattice import determinant
from weylspec.exact.modular import prime_factors

_ODD = 4  # the level of x², whose theta series raises a half-integral weight to an integral one


def theta_level(table: npt.ArrayLike) -> int:
    """Level of Q(x) = Σ_{i ≤ j} T_ij x_i x_j: the least N > 0 for which N·A⁻¹ is even, A = T + Tᵀ.

    Parameters
    ----------
    table : array (n, n) of ints
        Upper triangular T of a positive definite form.

    Returns
    -------
    int

    Raises
    ------
    WeylspecError
        If A is singular.

    Examples
    --------
    Two squares have level 4, the hexagonal lattice has level 3:

    >>> theta_level([[1, 0], [0, 1]]), theta_level([[1, 1], [0, 1]])
    (4, 3)
    """
    gram = _even(table)
    if determinant(gram) == 0:
        raise WeylspecError(f"a positive definite form is needed, got {np.asarray(table).tolist()}")
    inverse = rational_inverse([[int(x) for x in row] for row in gram])
    # N·a must be whole off the diagonal and N·a/2 whole on it.
    parts = (a / 2 if i == j else a for i, row in enumerate(inverse) for j, a in enumerate(row))
    return math.lcm(*(part.denominator for part in parts))


def theta_sturm_bound(tables: npt.ArrayLike) -> int:
    """The index B such that theta series of forms in n variables that agree up to q^B are equal.

    The series Σ q^{Q(x)} is a modular form of weight n/2 on Γ₀(N) with the character of the discriminant
    (Hecke, Schoeneberg 1939); two forms of weight k and one character on Γ₀(N) are equal if their
    coefficients agree up to k·[SL₂(Z) : Γ₀(N)]/12 (Sturm 1987), N the common level. For odd n both series are
    multiplied by Σ q^{x²}, which adds ½ to the weight and 4 to the levels.

    Parameters
    ----------
    tables : array (m, n, n) of ints
        Upper triangular matrices of m positive definite forms of one determinant.

    Returns
    -------
    int

    Raises
    ------
    WeylspecError
        If the forms have different determinants (then the leading terms of their counts differ).

    Examples
    --------
    >>> theta_sturm_bound([[[1, 0], [0, 1]]])     # weight 1, level 4, index 6
    0
    >>> theta_sturm_bound([np.eye(3, dtype=int) * 5])     # weight 2, level 20, index 36
    6
    """
    forms = np.asarray(tables, dtype=object)
    if len({determinant(_even(table)) for table in forms}) > 1:
        raise WeylspecError("theta series of forms with different determinants differ")
    n = forms.shape[1]
    level = math.lcm(*(theta_level(table) for table in forms), _ODD if n % 2 else 1)
    weight = Fraction(n + n % 2, 2)
    return math.floor(weight * _index(level) / 12)


def _index(level: int) -> int:
    """[SL₂(Z) : Γ₀(N)] = N·Π_{p | N}(1 + 1/p)."""
    return int(level * math.prod(Fraction(p + 1, p) for p in prime_factors(level)))


def _even(table: npt.ArrayLike) -> npt.NDArray[np.object_]:
    upper = np.asarray(table, dtype=object)
    return np.asarray(upper + upper.T)
