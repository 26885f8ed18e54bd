"""Fits of the powers of t to a heat trace: what `heat_invariants` reports, and measured zeta functions rest on."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from weylspec import _heat
from weylspec.errors import WeylspecError
from weylspec.spectrum import Spectrum

FloatArray = npt.NDArray[np.float64]

_EPS = float(np.finfo(np.float64).eps)
_NODES = 48          # times in a fit
_MOST_TERMS = 16     # powers of t in a fit
_TAIL = 1e-15        # of the heat trace, cut off at the shortest time of a fit
_RANGES = 16         # fits over [t_0, t_0·2^{i + 1}] …
_LONGEST = 4.0       # … up to this many inverse first eigenvalues
_GONE = 750.0        # e^{−750} is 0 as a float


@dataclass(frozen=True, eq=False)
class Fit:
    """One least-squares fit of (4πt)^{d/2} Z(t) by powers t^{step·i/2}, i < terms.

    Attributes
    ----------
    step : int
        1: half and whole powers; 2: whole ones.
    longest : float
        The range is [t_0, longest].
    coefficients : ndarray of shape (terms,)
    matrix : ndarray of shape (terms, nodes)
        Coefficients as linear functions of the data.
    noise : ndarray of shape (nodes,)
        Bounds on the errors of the data.
    """

    step: int
    longest: float
    coefficients: FloatArray
    matrix: FloatArray
    noise: FloatArray

    @property
    def powers(self) -> FloatArray:
        """The powers of t."""
        return self.step * np.arange(len(self.coefficients)) / 2


def fits(spectrum: Spectrum, dim: int, step: int) -> dict[tuple[int, int], Fit]:
    """Fits with n terms over the r-th range, by (n, r), each range twice as long as the one before.

    Raises
    ------
    WeylspecError
        If the list ends before the heat trace tells anything.
    """
    first = shortest_time(spectrum, dim)
    found = {}
    gap = float(spectrum.eigenvalues[spectrum.eigenvalues > spectrum.errors][:2][-1])
    for r in range(_RANGES):
        longest = first * 2.0 ** (r + 1)
        if longest * gap > _LONGEST and r > 1:
            break
        low = (first / longest) ** (step / 2)
        grid = np.cos(np.pi * (np.arange(_NODES) + 0.5) / _NODES)
        x = (low + 1) / 2 + (1 - low) / 2 * grid  # x = (t/longest)^{step/2}
        t = longest * x ** (2 / step)
        scale = (4 * math.pi * t) ** (dim / 2)
        data, noise = (scale * each for each in heat_data(spectrum, t))
        # Relative errors count alike. The first n columns of one QR decomposition are that of n terms.
        q, upper = np.linalg.qr(np.polynomial.chebyshev.chebvander(grid, _MOST_TERMS - 1) / data[:, None])
        change = _to_powers(_MOST_TERMS, low) / longest ** (step * np.arange(_MOST_TERMS) / 2)[:, None]
        for n in range(1, _MOST_TERMS + 1):
            matrix = change[:n, :n] @ np.linalg.solve(upper[:n, :n], q[:, :n].T / data)
            found[n, r] = Fit(step, longest, matrix @ data, matrix, noise)
    return found


def best(
    candidates: dict[tuple[int, int], Fit], functional: Callable[[Fit], npt.NDArray[Any] | None]
) -> tuple[Any, float, Fit]:
    """The value of a linear functional of the coefficients by the fit of the least error, that error, and the fit.

    The error is what the noise of the data does to the value, and twice the largest difference to the values of the
    fit with one term less, and of that over a range half as long: the least of many errors is a flattering one.

    Parameters
    ----------
    candidates : dict
        Fits by (number of terms, range).
    functional : callable
        Weights of a fit's coefficients; None where a fit does not have what is asked for.

    Returns
    -------
    value, error, fit
    """
    values, noises = {}, {}
    for place, fit in candidates.items():
        weights = functional(fit)
        if weights is not None:
            values[place] = weights @ fit.coefficients
            noises[place] = float(np.abs(weights @ fit.matrix) @ fit.noise)
    errors = {
        (n, r): noise + 2 * max(abs(values[n, r] - values[n - 1, r]), abs(values[n, r] - values[n, r - 1]))
        for (n, r), noise in noises.items() if (n - 1, r) in values and (n, r - 1) in values
    }
    chosen = min(errors, key=lambda place: errors[place])
    return values[chosen], float(errors[chosen]), candidates[chosen]


def unit_weights(index: int, fit: Fit) -> FloatArray | None:
    """The functional that is one coefficient."""
    return np.eye(len(fit.coefficients))[index] if index < len(fit.coefficients) else None


def traces(
    eigenvalues: FloatArray, multiplicities: FloatArray, errors: FloatArray, t: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Σ m e^{−tλ} at each t, and bounds on what rounding and the eigenvalues' errors do to it."""
    found, noise = np.empty(len(t)), np.empty(len(t))
    moved = errors + _EPS * eigenvalues
    for i, s in enumerate(t):
        stop = int(np.searchsorted(eigenvalues, _GONE / s))
        parts = multiplicities[:stop] * np.exp(-s * eigenvalues[:stop])
        found[i] = parts.sum()
        noise[i] = 2 * _EPS * found[i] + s * float(parts @ moved[:stop])
    return found, noise


def heat_data(spectrum: Spectrum, t: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The heat trace and bounds on its error, the cut tail among them."""
    found, noise = traces(spectrum.eigenvalues, spectrum.multiplicities.astype(np.float64), spectrum.errors, t)
    power, jump = spectrum.growth() + 0.5, _heat.largest_jump(spectrum.cumulative)
    cut = [jump * spectrum.total * _heat.tail(s * spectrum.complete_below, power) for s in t]
    return found, noise + np.array(cut)


def shortest_time(spectrum: Spectrum, dim: int) -> float:
    """The t at which the cut tail is about 10⁻¹⁵ of the heat trace."""
    top = spectrum.complete_below
    if len(spectrum) < 2 * _MOST_TERMS or not math.isfinite(top) or top <= 0:
        raise WeylspecError(f"{len(spectrum)} levels below {top:g} are too few to measure heat invariants; "
                            "raise the cutoff")
    return _heat.sufficient(dim / 2 + 1, 1.0, _TAIL) / top


def _to_powers(n: int, low: float) -> FloatArray:
    """From coefficients of Chebyshev polynomials on [low, 1] to those of powers of x, by columns."""
    columns = [
        np.polynomial.Chebyshev.basis(k, domain=(low, 1.0)).convert(kind=np.polynomial.Polynomial).coef
        for k in range(n)
    ]
    return np.array([np.pad(column, (0, n - len(column))) for column in columns]).T
