"""Positive zeros of c·J_ν(x) − x·J_{ν+1}(x), and of J_ν (c = ∞): counted by pivots, each certified.

J_{ν+m}(x), m ≥ 0, is the null vector of the tridiagonal matrix T(x) with the diagonal c/x, 2(ν+1)/x,
2(ν+2)/x, … and −1 beside it (without its first row for c = ∞), exactly when x is a zero. T(x) is D/x − E with
a positive diagonal D, so its number of negative pivots is the number of zeros below x (Sylvester's law;
Sturm's sequence J_ν, J_{ν+1}, … in other words). Pivots are computed as the continued fraction of
J_ν/J_{ν+1} from the far end. Each rounding multiplies an entry of D by 1 + e or one of E: by Kahan's argument the
computed number is the exact one at an x that differs by (4 + κ)·½ eps at most, κ = dx/dν along the zero, which
lies between 1 and 2 for the orders in use (Watson 1944, 15.6). `BACKWARD` allows κ = 8.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from weylspec.errors import CertificationError

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

EPS = 2.0**-52
BACKWARD = 6 * EPS


def zeros_below(nu: FloatArray, c: FloatArray, x: float) -> IntArray:
    """The number of zeros of each order at or below x; for c = 0 the zero at 0 is the first one.

    Parameters
    ----------
    nu : ndarray of shape (n,)
        Orders, at least 0.
    c : ndarray of shape (n,)
        At least 0; infinite for J_ν itself.
    x : float

    Returns
    -------
    ndarray of shape (n,), int64
        Exact at a point that differs from x by a relative `BACKWARD` at most.

    Examples
    --------
    J₀ has 318 zeros up to 1000, J₁' (c = 1) 318 as well:

    >>> zeros_below(np.array([0.0, 1.0]), np.array([np.inf, 1.0]), 1000.0).tolist()
    [318, 318]
    """
    from weylspec.solvers.bessel._loops import each_count

    found = np.zeros(len(nu), dtype=np.int64)
    if x > 0:
        each_count(nu, c, np.full(len(nu), x), found)
    else:
        found[c == 0] = 1
    return found


def ladder_below(first: float, neumann: bool, x: float) -> IntArray:
    """The numbers of zeros ≤ x for all orders first + l at once, up to the last l that has one.

    Parameters
    ----------
    first : float
        The least order, at least 0.
    neumann : bool
        Whether c = l, l = 0, 1, …; otherwise c = ∞.
    x : float

    Returns
    -------
    ndarray of int64
        In one pass of O(x) operations, as all orders share their continued fraction.

    Examples
    --------
    >>> ladder_below(0.0, False, 5.5).tolist(), ladder_below(0.0, True, 4.0).tolist()    # 2.40, 5.52; 3.83, 5.14
    ([1, 1, 1], [2, 1, 1])
    """
    from weylspec.solvers.bessel._loops import ladder

    if x <= 0:
        return np.ones(1 if neumann else 0, dtype=np.int64)
    found = np.zeros(int(x) + 2, dtype=np.int64)
    ladder(first, neumann, x, found)
    return found[: int(np.count_nonzero(found))]


def certified_zeros(nu: FloatArray, c: FloatArray, rank: IntArray) -> tuple[FloatArray, FloatArray]:
    """The rank-th zero of each order, with a bound of its error.

    Starting values invert √(x² − ν²) − ν·arccos(ν/x) = (k − ¼)π, or (k − ¾)π for finite c; Segura's steps
    (2010) refine them; and counts at both ends of a bracket of a few ulp certify that it holds the zero of that
    rank, whatever led there.

    Parameters
    ----------
    nu, c : ndarrays of shape (n,)
        As in `zeros_below`.
    rank : ndarray of shape (n,), int64
        1 for the least zero.

    Returns
    -------
    zeros, errors : ndarrays of shape (n,)

    Raises
    ------
    CertificationError
        If no bracket of relative width 2⁻⁴⁰ holds a zero by count.

    Examples
    --------
    >>> certified_zeros(np.array([0.5]), np.array([np.inf]), np.array([3]))[0] / np.pi       # √x·J_½ ∝ sin x
    array([3.])
    """
    from weylspec.solvers.bessel._loops import each_zero

    zeros, widths = np.zeros(len(nu)), np.zeros(len(nu))
    each_zero(nu, c, rank, zeros, widths)
    for i in np.flatnonzero(~np.isfinite(widths)):
        raise CertificationError(f"zero {rank[i]} of order {nu[i]:g} is not found within 2^-40 of {zeros[i]:.17g}")
    return zeros, np.where(zeros > 0, widths + BACKWARD, 0.0) * zeros


def pairs(counts: IntArray, start: IntArray | None = None) -> tuple[IntArray, IntArray]:
    """Every (order, rank) with start < rank ≤ count, orders ascending.

    Parameters
    ----------
    counts : ndarray of shape (orders,), int64
    start : ndarray of shape (orders,), int64, optional
        Default 0.

    Returns
    -------
    orders, ranks : ndarrays of int64

    Examples
    --------
    >>> [a.tolist() for a in pairs(np.array([2, 1]))]
    [[0, 0, 1], [1, 2, 1]]
    """
    first = np.zeros_like(counts) if start is None else start
    sizes = np.maximum(counts - first, 0)
    orders = np.repeat(np.arange(len(counts)), sizes)
    ends = np.cumsum(sizes)
    ranks = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - sizes - first, sizes) + 1
    return orders, ranks


def radial_norm(nu: FloatArray, x: FloatArray) -> FloatArray:
    """∫₀¹ J_ν(xr)² r dr = ½(J_ν'(x)² + (1 − ν²/x²)J_ν(x)²), for x > 0 (Lommel; Watson 1944, 5.11).

    Parameters
    ----------
    nu, x : ndarrays of shape (n,)

    Returns
    -------
    ndarray of shape (n,)

    Examples
    --------
    >>> float(radial_norm(np.array([0.5]), np.array([np.pi]))[0] * np.pi**2)       # (2/πx)∫sin², x = π
    1.0
    """
    from scipy.special import jv

    value = jv(nu, x)
    slope = nu / x * value - jv(nu + 1, x)
    return np.asarray((slope**2 + (1 - (nu / x) ** 2) * value**2) / 2)


def regular_radial(n: int, nu: float, x: float, r: FloatArray) -> FloatArray:
    """r^{1−n/2} J_ν(xr), with its limit at r = 0.

    Parameters
    ----------
    n : int
        Dimension, at least 2; ν ≥ n/2 − 1.
    nu, x : float
    r : ndarray
        Non-negative.

    Returns
    -------
    ndarray of the shape of r

    Examples
    --------
    >>> regular_radial(3, 0.5, np.pi, np.array([0.0, 1.0])).round(12).tolist()       # √(2/π)·√x at 0, 0 at 1
    [1.414213562373, 0.0]
    """
    from scipy.special import jv

    near = x * r < 1e-4
    safe = np.where(near, 1.0, r)
    value = jv(nu, x * safe) * safe ** (1 - n / 2)
    # J_ν(z) = (z/2)^ν/Γ(ν+1)·(1 − z²/4(ν+1) + O(z⁴)), the rest below 1e-17
    scale = math.exp(nu * math.log(x / 2) - math.lgamma(nu + 1))
    close = scale * r ** (nu + 1 - n / 2) * (1 - (x * r) ** 2 / (4 * (nu + 1)))
    return np.asarray(np.where(near, close, value))
