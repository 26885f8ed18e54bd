"""Explicit eigenfunctions of round spheres and flat tori, evaluated stably at any degree."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError

FloatArray = npt.NDArray[np.float64]

MAX_ENTRIES = 2 * 10**8  # 1.6 GB


def check_size(points: int, functions: int) -> None:
    """Refuse a table of eigenfunctions that would not fit, with its size."""
    if points * functions > MAX_ENTRIES:
        raise CostError(
            f"{functions} eigenfunctions at {points} points make {points * functions} numbers, above {MAX_ENTRIES}; "
            "lower the cutoff or take fewer points at a time"
        )


def zonal_functions(n: int, t: FloatArray, top: int) -> Iterator[FloatArray]:
    """Gegenbauer polynomials of Sⁿ normalised to 1 at t = 1, one degree 0 … top after the other.

    Parameters
    ----------
    n : int
        Dimension of the sphere.
    t : ndarray
        Cosines.
    top : int

    Yields
    ------
    ndarray of the shape of t
        By the three-term recurrence, whose error grows linearly in the degree.

    Examples
    --------
    >>> [float(z[0]) for z in zonal_functions(2, np.array([0.5]), 2)]     # Legendre
    [1.0, 0.5, -0.125]
    """
    before, current = np.ones_like(t), t.copy()
    if top >= 0:
        yield before
    if top >= 1:
        yield current
    for k in range(2, top + 1):
        before, current = current, ((2 * k + n - 3) * t * current - (k - 1) * before) / (k + n - 2)
        yield current


def spherical_harmonics(x: FloatArray, top: int) -> list[FloatArray]:
    """Real orthonormal harmonics on Sⁿ at unit vectors, degree by degree.

    In the coordinates x = (sin θ·ω, cos θ), ω on S^{n−1}, they are the products q_{k,j}(θ)·Y_{j,i}(ω), j ≤ k, with
    q_{k,j} = sin^j θ times the orthonormal Gegenbauer polynomial of degree k − j and index j + (n−1)/2
    (Vilenkin 1968, chapter IX).

    Parameters
    ----------
    x : ndarray of shape (n_points, n + 1)
        Unit vectors, n ≥ 1.
    top : int
        Largest degree.

    Returns
    -------
    list of top + 1 ndarrays of shape (n_points, dim of the harmonics of degree k)
        Orthonormal for the uniform probability measure.

    Examples
    --------
    √3·z is the first harmonic of degree 1 on S²:

    >>> spherical_harmonics(np.array([[0.0, 0.0, 1.0]]), 1)[1].round(12).tolist()
    [[1.732050807569, 0.0, 0.0]]
    """
    if x.shape[1] == 2:
        return _circle(np.arctan2(x[:, 1], x[:, 0]), top)
    n = x.shape[1] - 1
    sine = np.linalg.norm(x[:, :-1], axis=1)
    # At a pole every function of ω is multiplied by sin θ = 0, so that any ω serves.
    omega = np.where(sine[:, None] > 0, x[:, :-1], np.eye(n)[0]) / np.where(sine > 0, sine, 1.0)[:, None]
    inner = spherical_harmonics(omega, top)
    columns: list[list[FloatArray]] = [[] for _ in range(top + 1)]
    start = np.ones(len(x))
    for j in range(top + 1):
        alpha = j + (n - 1) / 2
        for k, radial in enumerate(_orthonormal_gegenbauer(x[:, -1], alpha, start, top - j), start=j):
            columns[k].append(radial[:, None] * inner[j])
        start = start * sine * math.sqrt((alpha + 1) / (alpha + 0.5))
    return [np.concatenate(parts, axis=1) for parts in columns]


def _circle(angle: FloatArray, top: int) -> list[FloatArray]:
    waves = [np.stack([math.sqrt(2) * np.cos(k * angle), math.sqrt(2) * np.sin(k * angle)], axis=1)
             for k in range(1, top + 1)]
    return [np.ones((len(angle), 1)), *waves]


def _orthonormal_gegenbauer(t: FloatArray, alpha: float, start: FloatArray, top: int) -> Iterator[FloatArray]:
    """start·p_m(t), m = 0 … top, with p_m orthonormal for the weight (1 − t²)^{α − ½} and p_0 = 1."""
    before, current, below = np.zeros_like(t), start, 0.0
    for m in range(top + 1):
        yield current
        above = 0.5 * math.sqrt((m + 1) * (m + 2 * alpha) / ((m + 1 + alpha) * (m + alpha)))
        before, current = current, (t * current - below * before) / above
        below = above
