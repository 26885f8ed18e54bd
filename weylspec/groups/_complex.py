"""Complex matrices as real ones, and roots of unity whose rational parts are exact.

C^n is R^{2n} with z_j = x_{2j} + i·x_{2j+1}: the complex structure is kron(I_n, [[0, −1], [1, 0]]).
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
ComplexArray = npt.NDArray[np.complex128]

_HALF = Fraction(1, 2)
_I = np.array([[0.0, -1.0], [1.0, 0.0]])


def cosine(turns: Fraction) -> float:
    """cos(2π·turns), exact at the multiples of 1/12 where it is rational (Niven)."""
    reduced = abs((turns + _HALF) % 1 - _HALF)
    rational = {Fraction(0): 1.0, Fraction(1, 6): 0.5, Fraction(1, 4): 0.0, Fraction(1, 3): -0.5, _HALF: -1.0}
    return rational[reduced] if reduced in rational else math.cos(2 * math.pi * float(reduced))


def root(turns: Fraction) -> complex:
    """The number e(turns) = exp(2πi·turns)."""
    return complex(cosine(turns), cosine(turns - Fraction(1, 4)))


def realified(matrix: npt.ArrayLike) -> FloatArray:
    """The real matrix of a complex one.

    Examples
    --------
    >>> realified([[1j]]).tolist()
    [[0.0, -1.0], [1.0, 0.0]]
    """
    g = np.asarray(matrix, dtype=np.complex128)
    return np.asarray(np.kron(g.real, np.eye(2)) + np.kron(g.imag, _I))


def complexified(matrix: npt.ArrayLike, tolerance: float) -> ComplexArray | None:
    """The complex matrix of a real one; None if it does not commute with i.

    Examples
    --------
    >>> complexified([[0, -1], [1, 0]], 1e-8), complexified([[0, 1], [1, 0]], 1e-8)
    (array([[0.+1.j]]), None)
    """
    g = np.asarray(matrix, dtype=np.float64)
    z = np.asarray(g[::2, ::2] + 1j * g[1::2, ::2], dtype=np.complex128)
    return z if float(np.abs(realified(z) - g).max(initial=0.0)) < tolerance else None
