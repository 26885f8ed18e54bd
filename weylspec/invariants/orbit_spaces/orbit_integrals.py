"""Volumes of orbit spaces by integration: vol(M/G) = ∫_M dvol(x)/vol(Gx), from Killing fields alone.

The rule is deterministic: Sobol points of four fixed scramblings, mapped to normal variables. (Unscrambled, the
first point lies on a singular orbit.) The error is read off the spread of the four means, and off the largest
values: where orbits collapse by k-spheres in codimension c the integrand has values above t on a share ∝ t^{−c/k},
so that its variance is infinite if 2k ≥ c, and what no point has seen may exceed the spread.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError

FloatArray = npt.NDArray[np.float64]
Integrand = Callable[[FloatArray], FloatArray]

TARGET = 1.9e-3  # relative error at which the refinement stops
_SCRAMBLES = (20231, 20232, 20233, 20234)
_FIRST, _LAST, _LARGEST = 11, 19, 20  # the rule has 2^11 to 2^19 points per scrambling, on demand 2^20
_PATIENCE = 15  # from 2^15 points on, no more are added if an error in proportion to 1/n would not do
_CHUNK = 1024  # points handled at once, so that their Killing fields stay in the cache
_SPREAD = 2.92  # Student's 99% quantile (3 degrees of freedom) over √4
_TOP = 64  # largest values from which the exponent of the tail is read; its standard error is a share 1/√64
_LEAST_EXCESS = 0.1  # of the exponent above 1
_MAX_DIMENSION = 21_000  # Sobol's direction numbers of Joe and Kuo end at 21 201


@dataclass(frozen=True)
class Estimate:
    """A positive number and its relative error.

    Attributes
    ----------
    value : float
    error : float
        Relative.
    """

    value: float
    error: float


def normal_mean(
    function: Integrand, dim: int, rel: float = TARGET, rng: np.random.Generator | None = None
) -> Estimate:
    """Mean of a positive function of independent N(0, 1) variables, by a fixed low-discrepancy rule.

    Parameters
    ----------
    function : callable
        Points of shape (n, dim) ↦ values of shape (n,).
    dim : int
        Number of variables.
    rel : float
        The number of points is doubled until the relative error is below this, or 2^19 is reached.
    rng : Generator, optional
        Draws other scramblings than the fixed ones, and allows 2^20 points.

    Returns
    -------
    Estimate
        The error is a 99% limit from four independent scramblings (Owen 1997), plus what values larger than all
        those met are expected to add: of a tail P(f > t) ∝ t^{−α} that is max f/(n(α − 1)), with α two standard
        errors below the estimate of Hill (1975). It is negligible for a bounded function.

    Raises
    ------
    CostError
        In more dimensions than there are Sobol numbers for.

    Examples
    --------
    >>> mean = normal_mean(lambda z: np.abs(z[:, 0]), 1)
    >>> abs(mean.value / (2 / np.pi) ** 0.5 - 1) < mean.error < 2e-3
    True
    """
    if dim == 0:
        return Estimate(float(function(np.zeros((1, 0)))[0]), 0.0)
    if dim > _MAX_DIMENSION:
        raise CostError(f"an integral over {dim} variables exceeds the {_MAX_DIMENSION} of the Sobol rule")
    seeds = _SCRAMBLES if rng is None else tuple(rng.integers(2**31, size=len(_SCRAMBLES)).tolist())
    rules = [_Rule(function, dim, seed) for seed in seeds]
    last = _LAST if rng is None else _LARGEST
    for power in range(_FIRST, last + 1):
        for rule in rules:
            rule.extend(1 << power)
        means = np.array([rule.total / rule.count for rule in rules])
        value = float(means.mean())
        top = np.sort(np.concatenate([rule.top for rule in rules]))[-_TOP - 1:]
        error = (_SPREAD * float(means.std(ddof=1)) + _unseen(top) / (len(rules) << power)) / value
        if error <= rel or (power >= _PATIENCE and error > rel * 2.0 ** (last - power)):
            break
    return Estimate(value, error)


class _Rule:
    """One scrambling of Sobol's sequence: the sum of a function over its first points, and the largest values."""

    def __init__(self, function: Integrand, dim: int, seed: int) -> None:
        from scipy.stats import qmc

        self._function = function
        self._points = qmc.Sobol(dim, scramble=True, rng=np.random.default_rng(seed))
        self.count, self.total, self.top = 0, 0.0, np.zeros(0)

    def extend(self, count: int) -> None:
        """Go on to the given number of points."""
        from scipy.special import ndtri

        while self.count < count:
            size = min(count - self.count, _CHUNK)
            points = np.clip(self._points.random(size), 2.0**-40, 1 - 2.0**-40)
            values = self._function(np.asarray(ndtri(points), dtype=np.float64))
            self.total += float(values.sum())
            self.count += size
            self.top = np.partition(np.concatenate([self.top, values]), -_TOP - 1)[-_TOP - 1:]


def _unseen(top: FloatArray) -> float:
    """n·∫ P(f > t) dt from the largest of n values on, by the power law of the largest ones, ascending."""
    if not 0.0 < float(top[0]) < float(top[-1]):
        return 0.0
    exponent = 1 / float(np.log(top[1:] / top[0]).mean()) * (1 - 2 / math.sqrt(_TOP))
    return float(top[-1]) / max(exponent - 1, _LEAST_EXCESS)


def orbit_densities(fields: FloatArray, rank: int) -> FloatArray:
    """Volume elements of orbits: √det of the Gram matrix of the Killing fields, on the complement of their kernel.

    vol(Gx) = vol(G)/vol(G_x)·√det g(X_i*, X_j*), X_i orthonormal in Lie(G_x)^⊥.

    Parameters
    ----------
    fields : ndarray of shape (n, dim G, ambient)
        Values at n points of the Killing fields of an orthonormal basis of the Lie algebra.
    rank : int
        Dimension of the orbits.

    Returns
    -------
    ndarray of shape (n,)

    Examples
    --------
    Rotations of R³ turn the point (0, 0, 2) about two axes:

    >>> fields = np.array([[[0.0, -2, 0], [2, 0, 0], [0, 0, 0]]])
    >>> orbit_densities(fields, 2)
    array([4.])
    """
    if rank == 0:
        return np.ones(len(fields))
    if rank < fields.shape[1]:
        return np.asarray(np.linalg.svd(fields, compute_uv=False)[:, :rank].prod(axis=1))
    return np.asarray(np.exp(np.linalg.slogdet(fields @ fields.transpose(0, 2, 1))[1] / 2))


def killing_fields(algebra: FloatArray, x: FloatArray) -> FloatArray:
    """Values X_i x of the linear vector fields of skew matrices.

    Parameters
    ----------
    algebra : ndarray of shape (g, N, N)
    x : ndarray of shape (n, N)

    Returns
    -------
    ndarray of shape (n, g, N)

    Examples
    --------
    >>> killing_fields(np.array([[[0.0, -1], [1, 0]]]), np.array([[3.0, 4.0]]))
    array([[[-4.,  3.]]])
    """
    g, size, _ = algebra.shape
    flat = np.asarray(x @ algebra.reshape(g * size, size).T)
    return flat.reshape(len(x), g, size)


def orthonormal_algebra(algebra: FloatArray) -> FloatArray:
    """An orthonormal basis of the span of skew matrices, for tr(XᵀY).

    Parameters
    ----------
    algebra : ndarray of shape (g, N, N)

    Returns
    -------
    ndarray of shape (dim, N, N)

    Examples
    --------
    >>> turn = np.array([[0.0, -1], [1, 0]])
    >>> orthonormal_algebra(np.array([turn, 2 * turn])).shape
    (1, 2, 2)
    """
    size = algebra.shape[-1]
    if not len(algebra):
        return np.zeros((0, size, size))
    _, sizes, rows = np.linalg.svd(algebra.reshape(len(algebra), -1), full_matrices=False)
    kept = rows[sizes > 1e-9 * sizes[0]]
    return np.asarray(kept.reshape(-1, size, size))


def radial_mean(dim: int, power: float) -> float:
    """E|z|^power over N(0, 1)^dim.

    Parameters
    ----------
    dim : int
    power : float
        Above −dim.

    Returns
    -------
    float

    Examples
    --------
    >>> round(radial_mean(3, 2), 12)
    3.0
    """
    return math.exp(power / 2 * math.log(2) + math.lgamma((dim + power) / 2) - math.lgamma(dim / 2))
