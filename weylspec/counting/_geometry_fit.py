"""Heat-trace coefficients from the first eigenvalues: regression with prior scales, over trial dimensions.

With s = √(4πt) the heat trace of a d-dimensional space is s^{−d}(X_0 + X_1 s + X_2 s² + …), up to terms
exp(−ℓ²/4t) from closed geodesics of length ℓ. A list that ends at Λ gives

    T(t) = Σ_{λ_j ≤ Λ} (e^{−tλ_j} − e^{−tΛ}) = t ∫_0^Λ e^{−tλ} N(λ) dλ,

to which X_q adds X_q·s^{q−d}·P((d − q)/2 + 1, tΛ), P the regularised incomplete gamma function; what is cut off
leaves only e^{−tΛ} times a mean of the oscillation of N beyond Λ.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

TERMS = 8
_TIMES = np.geomspace(2.5, 60.0, 9)  # tΛ: e^{−2.5} of the cut tail remains, and 60 reaches far into the list
# What is not known of the space, each with its weight: how much smaller than vol^{1/d} its features are,
_FEATURES = ((0.7, 0.4), (1.3, 0.4), (2.5, 0.2))
# its shortest closed geodesic over vol^{1/d},
_GEODESICS = ((2.0, 0.25), (1.1, 0.35), (0.65, 0.25), (0.38, 0.15))
# and whether the odd terms, those of a boundary, vanish.
_CLOSED = ((False, 0.5), (True, 0.5))
_VANISHING = 1e-6
_WIDEST = 3.0           # standard deviation of X_0 around its last value, in units of it
_ROUNDING = 1e-6
_OSCILLATION = 1.5      # times the root mean square of the staircase about a parabola in √λ
_TEMPER = 0.6           # of log evidences: neighbouring rows share their noise
_PASSES = 12
_SETTLED = 3e-3          # change of the scale, which only sets the widths of the priors
_NEAR_WEYL = (0.3, 3.0)


@dataclass(frozen=True, eq=False)
class HeatData:
    """T(t) at nine times, the effect of the eigenvalues' errors on it, and the oscillation of N."""

    top: float
    times: FloatArray
    sums: FloatArray
    errors: FloatArray
    oscillation: float

    @property
    def roots(self) -> FloatArray:
        """√(4πt)."""
        return np.sqrt(4 * math.pi * self.times)


@dataclass(frozen=True, eq=False)
class HeatFits:
    """One fit for every choice of what is not known: (log evidence, scale, coefficients, covariances)."""

    dim: float
    log_evidence: FloatArray
    scales: FloatArray
    means: FloatArray
    covariances: FloatArray

    @property
    def weights(self) -> FloatArray:
        """Posterior probabilities of the choices."""
        raised = np.exp(self.log_evidence - self.log_evidence.max())
        return np.asarray(raised / raised.sum())

    def coefficient(self, q: int) -> tuple[float, float]:
        """Mean and standard deviation of X_q over the choices."""
        power = self.scales ** (self.dim - q)
        centre, spread = self.means[:, q] * power, self.covariances[:, q, q] * power**2
        mean = float(self.weights @ centre)
        return mean, math.sqrt(float(self.weights @ (spread + (centre - mean) ** 2)))

    def best(self) -> FloatArray:
        """X_0, X_1, … of the most probable choice."""
        i = int(self.weights.argmax())
        return np.asarray(self.means[i] * self.scales[i] ** (self.dim - np.arange(TERMS)))


def heat_data(lam: FloatArray, multiplicities: FloatArray, errors: FloatArray, top: float) -> HeatData:
    """Sums over a list that is complete up to `top`."""
    times = _TIMES / top
    waves = np.exp(-times[:, None] * lam)
    sums = (waves - np.exp(-_TIMES)[:, None]) @ multiplicities
    moved = times * (waves @ (multiplicities * errors))
    return HeatData(top, times, sums, moved, _oscillation(lam, multiplicities, top))


def _oscillation(lam: FloatArray, multiplicities: FloatArray, top: float) -> float:
    """Root mean square of the upper three quarters of the staircase about a parabola in √λ, at least ½."""
    grid = np.linspace(0.25, 1.0, 400)
    stairs = np.append(0.0, np.cumsum(multiplicities))[np.searchsorted(lam, grid * top, side="right")]
    root = np.sqrt(grid)
    smooth = np.polynomial.polynomial.polyval(root, np.polynomial.polynomial.polyfit(root, stairs, 2))
    return max(float(np.sqrt(((stairs - smooth) ** 2).mean())), 0.5)


def kept_shares(dim: float) -> FloatArray:
    """What a list that ends at Λ leaves of each term, P((d − q)/2 + 1, tΛ), shape (9, 8); 1 for q ≥ d + 2."""
    from scipy.special import gammainc

    columns = [gammainc((dim - q) / 2 + 1, _TIMES) if q < dim + 2 else np.ones(len(_TIMES)) for q in range(TERMS)]
    return np.stack(columns, axis=1)


def fit_dimension(data: HeatData, dim: float, first_scale: float) -> HeatFits:
    """Posterior of the coefficients for one trial dimension, real or whole.

    X_q is normal around 0 with a standard deviation max(C(d, q)/2^q, 1/2q!)·r^q·L^{d−q}, L = X_0^{1/d} and r the
    feature scale: C(d, q)/2^q are the values of the cube. X_0 is normal around its own last value, 3 times as wide.
    """
    features, geodesics, closed, log_weights = _choices()
    orders = np.arange(TERMS)
    kept = kept_shares(dim)
    prior = np.array([max(_cube(dim, q), 0.5 / math.factorial(q)) for q in range(TERMS)]) * features[:, None] ** orders
    prior = np.where(closed[:, None] & (orders % 2 == 1), _VANISHING, prior)
    prior[:, 0] = _WIDEST
    centre = (orders == 0).astype(np.float64)
    scale = np.full(len(features), first_scale)
    for _ in range(_PASSES):
        size, leading, noise = _noise(data, dim, scale, geodesics)
        design = (size[:, :, None] ** orders * kept) * prior[:, None, :] / noise[:, :, None]
        rest = (data.sums / leading - kept[:, 0]) / noise
        left, singular, right = np.linalg.svd(design, full_matrices=False)
        along = np.einsum("crq,cr->cq", left, rest)
        means = centre + prior * np.einsum("cqk,cq->ck", right, along * singular / (1 + singular**2))
        # A trial dimension that is wrong may have no fixed point: its scale stays near Weyl's.
        new = first_scale * np.clip(scale * np.clip(means[:, 0], 0.4, 2.5) ** (1 / dim) / first_scale, *_NEAR_WEYL)
        if np.abs(new / scale - 1).max() < _SETTLED:
            break
        scale = new
    apart = rest - np.einsum("crq,cq->cr", left, along)
    misfit = (apart**2).sum(axis=1) + (along**2 / (1 + singular**2)).sum(axis=1)
    evidence = -(misfit + np.log1p(singular**2).sum(axis=1)) / 2 - np.log(noise * leading).sum(axis=1)
    turned = prior[:, None, :] * right / np.sqrt(1 + singular**2)[:, :, None]
    covariances = np.asarray(np.swapaxes(turned, 1, 2) @ turned, dtype=np.float64)
    return HeatFits(dim, log_weights + _TEMPER * evidence, data.roots[0] / size[:, 0], means, covariances)


def _noise(
    data: HeatData, dim: float, scale: FloatArray, geodesics: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """s/L, the leading factor (L/s)^d, and the noise of the rows in units of it: tail, geodesics, errors, rounding."""
    size = data.roots / scale[:, None]
    leading = size**-dim
    turns = math.sqrt(data.top) * scale[:, None] / (2 * _TIMES)      # of the oscillation in the cut tail
    tail = np.exp(-_TIMES) * _OSCILLATION * data.oscillation / np.sqrt(1 + turns**2) / leading
    waves = 2 * max(dim, 1.0) * np.exp(-math.pi * (geodesics[:, None] / size) ** 2)
    rest = (data.errors / leading) ** 2 + (_ROUNDING * data.sums / leading) ** 2
    return size, leading, np.sqrt(tail**2 + waves**2 + rest)


def _choices() -> tuple[Any, ...]:
    rows = [(a, b, c, math.log(u * v * w)) for (a, u), (b, v), (c, w) in product(_FEATURES, _GEODESICS, _CLOSED)]
    return tuple(np.array(column) for column in zip(*rows, strict=True))


def _cube(dim: float, q: int) -> float:
    """C(d, q)/2^q for real d, without the zeros at whole d < q."""
    return math.prod(max(abs(dim - i), 0.5) / (2 * (i + 1)) for i in range(q))
