"""Theta functions with Hermite's: eigenfunctions on the Heisenberg group modulo a lattice."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
ComplexArray = npt.NDArray[np.complex128]

_REACH = 9.0  # beyond √(2h + 1) + 9 a Hermite function is below e^{−40}


def hermite_functions(top: int, t: FloatArray) -> FloatArray:
    """ψ_0, …, ψ_top at t, orthonormal on the line, by the stable three-term recurrence.

    Parameters
    ----------
    top : int
    t : ndarray of any shape

    Returns
    -------
    ndarray of shape (top + 1, *t.shape)

    Examples
    --------
    >>> (hermite_functions(2, np.zeros(1))[:, 0] * math.pi**0.25).round(6).tolist()
    [1.0, 0.0, -0.707107]
    """
    result = np.empty((top + 1, *t.shape))
    result[0] = math.pi**-0.25 * np.exp(-(t**2) / 2)
    if top:
        result[1] = math.sqrt(2) * t * result[0]
    for a in range(1, top):
        result[a + 1] = math.sqrt(2 / (a + 1)) * t * result[a] - math.sqrt(a / (a + 1)) * result[a - 1]
    return result


def theta_functions(c: int, top: int, x: FloatArray, y: FloatArray) -> ComplexArray:
    """(2πc)^{1/4} Σ_m ψ_a(√(2πc)(x + m + j/c))·e^{2πi(cm + j)y} for a ≤ top and j modulo c.

    Parameters
    ----------
    c : int
        Positive.
    top : int
    x, y : ndarrays of shape (n,)
        0 ≤ x < 1.

    Returns
    -------
    ndarray of shape (top + 1, c, n), complex128
    """
    width = math.sqrt(2 * math.pi * c)
    reach = math.ceil(c * (math.sqrt(2 * top + 1) + _REACH) / width)
    lines = np.arange(-reach - c, reach + 1)  # the l = cm + j with x + l/c within reach for some x
    waves = np.exp(2j * math.pi * lines[:, None] * y)
    values = math.sqrt(width) * hermite_functions(top, width * (x + lines[:, None] / c))
    result = np.zeros((top + 1, c, len(x)), dtype=np.complex128)
    for j in range(c):
        rows = (lines - j) % c == 0
        result[:, j] = (values[:, rows] * waves[rows]).sum(axis=1)
    return result
