"""Means of the counting function, in which its oscillation dies out and the smooth terms remain."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from weylspec.errors import IncompleteSpectrumError, WeylspecError
from weylspec.spaces.core import Space
from weylspec.spectrum import Spectrum

if TYPE_CHECKING:
    from weylspec.counting.law import WeylLaw

FloatArray = npt.NDArray[np.float64]

_ULPS = 4 * np.finfo(np.float64).eps
_PAIRS = 10**7  # levels times values of λ at a time


def window_mean(spectrum: Spectrum, low: float, high: float) -> float:
    """Exact mean over [low, high], uniform in λ, of the staircase N(λ).

    Each eigenvalue λ_i ≤ high contributes (high − max(λ_i, low))/(high − low).

    Parameters
    ----------
    spectrum : Spectrum
        Complete up to ``high``.
    low, high : float
        The window, low < high.

    Returns
    -------
    float

    Raises
    ------
    IncompleteSpectrumError
        If the window reaches beyond `complete_below`.
    WeylspecError
        Unless low < high.

    Examples
    --------
    >>> window_mean(Spectrum.from_eigenvalues([0, 1, 3], complete_below=4), 0, 4)
    2.0
    """
    if not low < high:
        raise WeylspecError(f"a window needs low < high, got [{low}, {high}]")
    _check_complete(spectrum, high)
    inside = spectrum.eigenvalues <= high
    lam = np.maximum(spectrum.eigenvalues[inside], low)
    return float(spectrum.multiplicities[inside].astype(np.float64) @ ((high - lam) / (high - low)))


def riesz_mean(spectrum: Spectrum, lam: float | npt.ArrayLike, order: float) -> Any:
    """R_k(λ) = Σ_j (1 − λ_j/λ)_+^k over eigenvalues with multiplicity: the smoother, the larger the order k.

    R_0 is the counting function; λ·R_1(λ) is the integral of N from 0 to λ.

    Parameters
    ----------
    spectrum : Spectrum
        Complete up to the largest λ.
    lam : float or array
        Positive.
    order : float
        The order k ≥ 0.

    Returns
    -------
    float or ndarray
        Like ``lam``.

    Raises
    ------
    IncompleteSpectrumError
        If a λ lies beyond `complete_below`.
    WeylspecError
        If a λ is not positive, or the order negative.

    See Also
    --------
    smooth_riesz_mean : what Weyl's law predicts.

    References
    ----------
    Safarov and Vassiliev (1997), "The asymptotic distribution of eigenvalues", section 1.6, on Riesz means.

    Examples
    --------
    Eigenvalues 0, 1, 3 at λ = 4: 1 + 3/4 + 1/4.

    >>> riesz_mean(Spectrum.from_eigenvalues([0, 1, 3], complete_below=4), 4, 1)
    2.0
    """
    at = np.asarray(lam, dtype=np.float64)
    values = at.reshape(-1)
    _check_order(values, order)
    _check_complete(spectrum, float(values.max(initial=0.0)))
    weights = spectrum.multiplicities.astype(np.float64)
    found = np.empty(len(values))
    step = max(1, _PAIRS // max(1, len(spectrum)))
    for start in range(0, len(values), step):
        chosen = slice(start, start + step)
        # A level within 4 ulp of λ counts as equal to it, as in `Spectrum.count`.
        share = 1 - spectrum.eigenvalues[None, :] / values[chosen, None]
        share[np.abs(share) <= _ULPS] = 0.0
        found[chosen] = np.where(share >= 0, np.maximum(share, 0.0) ** order, 0.0) @ weights
    return float(found[0]) if at.ndim == 0 else found.reshape(at.shape)


def smooth_riesz_mean(law: WeylLaw, lam: float | npt.ArrayLike, order: float) -> Any:
    """The Riesz mean of Weyl's law: every term c_p X λ^{p/2} times Γ(p/2 + 1)Γ(k + 1)/Γ(p/2 + k + 1).

    Parameters
    ----------
    law : WeylLaw
    lam : float or array
        Positive.
    order : float
        The order k ≥ 0.

    Returns
    -------
    float or ndarray
        Like ``lam``.

    Raises
    ------
    WeylspecError
        If a λ is not positive, or the order negative.

    Examples
    --------
    The sum of 1 − k²/λ over all |k| ≤ √λ is about the area (4/3)√λ under the parabola:

    >>> import weylspec as ws
    >>> smooth_riesz_mean(ws.weyl_law(ws.Torus(1)), 900.0, 1), riesz_mean(ws.Torus(1).spectrum(cutoff=900), 900, 1)
    (40.0, 39.98888889)
    """
    from scipy.special import rgamma

    at = np.asarray(lam, dtype=np.float64)
    _check_order(at, order)
    total = np.zeros_like(at)
    for term in law.terms:
        p = term.dim / 2
        constant = (4 * math.pi) ** -p * math.gamma(order + 1) * float(rgamma(p + order + 1))
        total = total + constant * term.coefficient * at**p
    return float(total) if at.ndim == 0 else total


def _check_order(lam: FloatArray, order: float) -> None:
    if not order >= 0:
        raise WeylspecError(f"the order of a Riesz mean must be at least 0, got {order!r}")
    if not (lam > 0).all():
        raise WeylspecError(f"a Riesz mean needs λ > 0, got {float(lam[~(lam > 0)].flat[0]):g}")


def check_spectrum(found: object) -> None:
    """Refuse what is not a Spectrum, naming what makes one."""
    if not isinstance(found, Spectrum):
        raise WeylspecError(
            f"expected a Spectrum, got {type(found).__name__}; a space lists one, such as "
            "Sphere(2).spectrum(cutoff=100), numbers make one: Spectrum.from_eigenvalues(values, complete_below=100)"
        )


def check_space_or_spectrum(found: object) -> None:
    """Refuse what is neither a space nor a Spectrum."""
    if not isinstance(found, Space):
        check_spectrum(found)


def _check_complete(spectrum: Spectrum, lam: float) -> None:
    check_spectrum(spectrum)
    if lam > spectrum.complete_below * (1 + _ULPS):
        raise IncompleteSpectrumError(
            f"a mean up to {lam:g} reaches beyond complete_below = {spectrum.complete_below:g}; ask the space for "
            f"spectrum(cutoff={lam:g})"
        )
