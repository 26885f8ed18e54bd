"""Gaussian averages over m vectors of R^k in terms of their singular values.

For an m × k matrix of independent N(0, 1) entries the r = min(m, k) singular values have the density
∝ Π_{i<j} |σ_i² − σ_j²| · Π σ_i^{|m−k|} · exp(−Σσ²/2) (James 1954; Muirhead 1982, Theorem 3.2.18). With
σ_{i+1} = u_i σ_i, 0 ≤ u_i ≤ 1, and the overall scale integrated exactly, an average of a homogeneous
function of the σ is a quotient of integrals of smooth functions over a cube: Gauss–Legendre
converges exponentially.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.invariants.orbit_spaces.geometry import sphere_volume

FloatArray = npt.NDArray[np.float64]

# Gauss nodes per ratio for r singular values, and of the coarser rule that measures the error; with
# fewer than 9 nodes (r = 8) the error would exceed 2·10⁻³
_NODES = {1: (1, 1), 2: (64, 48), 3: (64, 48), 4: (32, 24), 5: (16, 14), 6: (12, 11), 7: (10, 9)}


def special_orthogonal_volume(n: int) -> float:
    """Vol SO(n) = Π_{j=1}^{n−1} vol(S^j) in the metric −½tr; 1 for n ≤ 1.

    Parameters
    ----------
    n : int

    Returns
    -------
    float

    Examples
    --------
    >>> special_orthogonal_volume(3) / math.pi**2
    8.0
    """
    return float(math.prod(sphere_volume(j) for j in range(1, n)))


def orbit_dimension(m: int, k: int) -> int:
    """Dimension of a generic orbit of SO(k) on m vectors of R^k.

    Parameters
    ----------
    m, k : int

    Returns
    -------
    int

    Examples
    --------
    >>> orbit_dimension(1, 3), orbit_dimension(2, 3), orbit_dimension(5, 3)
    (2, 3, 3)
    """
    free = max(k - m, 0)
    return k * (k - 1) // 2 - free * (free - 1) // 2


def mean_inverse_orbit(m: int, k: int) -> tuple[float, float]:
    """Gaussian mean of 1/vol(SO(k)·X) over m vectors of R^k, and its relative error.

    Parameters
    ----------
    m, k : int

    Returns
    -------
    mean, error : float
        The error is that of a coarser rule, an overestimate; 0 where there is one singular value.

    Raises
    ------
    CostError
        If m and k both exceed 7.

    Examples
    --------
    >>> mean_inverse_orbit(1, 2)[0] * 2 * math.pi / math.sqrt(math.pi / 2)     # E 1/|x| in the plane
    1.0
    """
    r = min(m, k)
    factor = special_orthogonal_volume(k - r) / special_orthogonal_volume(k)

    def inverse(t: FloatArray) -> FloatArray:
        return 1 / _orbit_products(t, k)

    mean, error = _mean(m, k, inverse, -orbit_dimension(m, k))
    return factor * mean, error


def mean_wall_weight(m: int, k: int) -> tuple[float, float]:
    """Gaussian mean of Πσ_i/vol(SO(k)·Y) over m − 1 vectors of R^k, and its relative error.

    It is the density of the wall where m vectors become dependent: X·v = 0 for a unit v ∈ R^m, and
    turning v moves X by Y·δv, hence the factor Πσ_i(Y).

    Parameters
    ----------
    m, k : int

    Returns
    -------
    mean, error : float

    Examples
    --------
    >>> mean_wall_weight(2, 2)[0] * 2 * math.pi     # E |s|/(2π|s|) over the plane
    1.0
    """
    if m == 1:
        return 1.0, 0.0
    r = min(m - 1, k)
    factor = special_orthogonal_volume(k - r) / special_orthogonal_volume(k)

    def weight(t: FloatArray) -> FloatArray:
        return np.asarray(t.prod(axis=1) / _orbit_products(t, k))

    mean, error = _mean(m - 1, k, weight, (m - 1) - orbit_dimension(m - 1, k))
    return factor * mean, error


def _orbit_products(t: FloatArray, k: int) -> FloatArray:
    """Π (t_i² + t_j²)^{1/2} over pairs, the last k − r values being zero."""
    r = t.shape[1]
    product = np.asarray(t.prod(axis=1) ** (k - r))
    for i in range(r):
        for j in range(i + 1, r):
            product = product * np.sqrt(t[:, i] ** 2 + t[:, j] ** 2)
    return product


def _mean(m: int, k: int, function: Callable[[FloatArray], FloatArray], power: int) -> tuple[float, float]:
    if min(m, k) not in _NODES:
        raise CostError(
            f"the volume for {m} vectors of R^{k} is an integral over {min(m, k) - 1} ratios of singular values; "
            f"at most {max(_NODES) - 1} are supported: use fewer copies"
        )
    fine, coarse = _NODES[min(m, k)]
    best, check = (_ratio(m, k, function, power, nodes) for nodes in (fine, coarse))
    return best, abs(best / check - 1)


def _ratio(m: int, k: int, function: Callable[[FloatArray], FloatArray], power: int, nodes: int) -> float:
    t, weights = _chamber(min(m, k), nodes)
    squares = t**2
    density = weights * t.prod(axis=1) ** abs(m - k)
    for i in range(t.shape[1]):
        for j in range(i + 1, t.shape[1]):
            density = density * (squares[:, i] - squares[:, j])
    total = m * k  # the density's degree plus the number of singular values
    norm = squares.sum(axis=1)
    scale = float(2.0 ** (power / 2)) * math.exp(math.lgamma((total + power) / 2) - math.lgamma(total / 2))
    above = float((density * function(t) * norm ** (-(total + power) / 2)).sum())
    return scale * above / float((density * norm ** (-total / 2)).sum())


def _chamber(r: int, nodes: int) -> tuple[FloatArray, FloatArray]:
    """Points 1 = t_1 ≥ t_2 ≥ … ≥ t_r ≥ 0 and weights of dt_2 … dt_r."""
    x, w = np.polynomial.legendre.leggauss(nodes)
    u, share = (x + 1) / 2, w / 2
    t = np.ones((1, 1))
    weights = np.ones(1)
    for _ in range(r - 1):
        last = np.outer(t[:, -1], u).reshape(-1)
        weights = (np.outer(weights * t[:, -1], share)).reshape(-1)
        t = np.column_stack([np.repeat(t, nodes, axis=0), last])
    return t, weights
