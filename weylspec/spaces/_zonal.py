"""Zonal functions of the rank-one spaces: Jacobi polynomials, by a recurrence that is stable to high degrees."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def jacobi_polynomials(alpha: float, beta: float, y: FloatArray, top: int) -> Iterator[FloatArray]:
    """P_k^{(α,β)}(1 − 2y)/P_k^{(α,β)}(1), degrees 0 … top.

    The recurrence goes on with differences of successive polynomials, a_k(R_{k+1} − R_k) =
    c_k(R_k − R_{k−1}) − y·R_k with a_k, c_k > 0, which loses nothing near y = 0.

    Parameters
    ----------
    alpha, beta : float
        At least −½.
    y : ndarray
        sin²(θ/2), between 0 and 1.
    top : int

    Yields
    ------
    ndarray of the shape of y

    Examples
    --------
    >>> [float(p[0]) for p in jacobi_polynomials(0, 0, np.array([0.25]), 2)]     # Legendre at 1/2
    [1.0, 0.5, -0.125]
    """
    if top < 0:
        return
    value, step = np.ones_like(y), np.zeros_like(y)
    yield value
    s = alpha + beta + 1
    for k in range(top):
        if k == 0:  # a_0 and c_0 without the factors that cancel
            rise, fall = (alpha + 1) / (s + 1), 0.0
        else:
            rise = (k + s) * (k + alpha + 1) / ((2 * k + s) * (2 * k + s + 1))
            fall = k * (k + beta) / ((2 * k + s) * (2 * k + s - 1))
        step = (fall * step - y * value) / rise
        value = value + step
        yield value
