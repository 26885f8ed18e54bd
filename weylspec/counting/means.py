"""Means of the counting function, in which its oscillation dies out and the smooth terms remain."""

from __future__ import annotations

import numpy as np

from weylspec.spectrum import Spectrum


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

    Examples
    --------
    >>> window_mean(Spectrum.from_eigenvalues([0, 1, 3], complete_below=4), 0, 4)
    2.0
    """
    inside = spectrum.eigenvalues <= high
    lam = np.maximum(spectrum.eigenvalues[inside], low)
    return float(spectrum.multiplicities[inside].astype(np.float64) @ ((high - lam) / (high - low)))
