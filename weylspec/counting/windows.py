"""Smooth windows for the counting function: Beta weights in λ, in which its oscillation dies out fast."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import betaincc, betaincinv, rgamma

from weylspec.spectrum import Spectrum

FloatArray = npt.NDArray[np.float64]

_NOTHING = 1e-20  # a probability


class Window(NamedTuple):
    """The weight λ^{a−1}(Λ − λ)^{b−1} on [0, Λ], normalised: Λ times a Beta(a, b) variable.

    Attributes
    ----------
    a, b : int
        Whole, so that nothing but the end Λ, where the weight vanishes to order b − 1, lets an oscillation through.
    """

    a: int = 3
    b: int = 5

    def power(self, p: float) -> float:
        """Mean of (λ/Λ)^{p/2}: Γ(a + p/2)Γ(a + b)/(Γ(a)Γ(a + b + p/2)); infinite for p ≤ −2a.

        Examples
        --------
        >>> Window(3, 5).power(2)
        0.375
        """
        if self.a + p / 2 <= 0:
            return math.inf
        total = self.a + self.b
        return math.exp(math.lgamma(self.a + p / 2) - math.lgamma(self.a)
                        + math.lgamma(total) - math.lgamma(total + p / 2))

    def mean(self, spectrum: Spectrum, top: float) -> float:
        """Exact mean of N over the window that ends at ``top``: Σ m_i·P(Λ·Beta > λ_i).

        Examples
        --------
        >>> Window(1, 1).mean(Spectrum.from_eigenvalues([0, 1, 3], complete_below=4), 4)    # uniform in λ
        2.0
        """
        lam, certain = spectrum.eigenvalues, top * float(betaincinv(self.a, self.b, _NOTHING))
        start, stop = np.searchsorted(lam, [certain, top], side="right")  # below `certain` each counts as a whole
        weight = betaincc(self.a, self.b, lam[start:stop].clip(0.0) / top)
        below = float(spectrum.cumulative[start - 1]) if start else 0.0
        return below + float(spectrum.multiplicities[start:stop].astype(np.float64) @ weight)

    def moved(self, spectrum: Spectrum, top: float) -> float:
        """What the errors of the eigenvalues move the mean by, at most.

        Examples
        --------
        An eigenvalue 0 ± 10⁹ may lie beyond the window:

        >>> far = Spectrum.from_eigenvalues([0, 3], complete_below=4, errors=[1e9, 0])
        >>> Window().moved(far, 4)
        1.0
        """
        wrong = np.flatnonzero(spectrum.errors)
        lam, errors = spectrum.eigenvalues[wrong], spectrum.errors[wrong]
        ends = lam - errors, lam, lam + errors
        low, here, high = (betaincc(self.a, self.b, (x / top).clip(0.0, 1.0)) for x in ends)
        return float(spectrum.multiplicities[wrong].astype(np.float64) @ np.maximum(low - here, here - high))

    def oscillation(self, dim: int, turns: FloatArray) -> FloatArray:
        """Largest share of the leading term that a closed geodesic of length ℓ leaves in the mean, at z = ℓ√Λ.

        In N it oscillates as cos(ℓ√λ), with a share of at most 2d/z of the leading term: the one on round spheres,
        where all geodesics close, and on circles. Against u^{2a+d−1}(1 − u²)^{b−1}, u = √(λ/Λ), b partial
        integrations leave (2/z)^b·Γ(a + b + d/2)/Γ(a + d/2) of it (Watson 1944, 12.11, Sonine's first integral).

        Examples
        --------
        >>> bool(Window(3, 5).oscillation(2, np.array([100.0]))[0] < 1e-6)
        True
        """
        height = math.exp(math.lgamma(self.a + self.b + dim / 2) - math.lgamma(self.a + dim / 2))
        return np.asarray(np.minimum(height * (2 / turns) ** self.b, 1.0) * np.minimum(2 * dim / turns, 1.0))


def relative_power(p: int, dim: int, lam: FloatArray) -> FloatArray:
    """c_p λ^{p/2}/(c_d λ^{d/2}) of Weyl's constants c_p = (4π)^{−p/2}/Γ(p/2 + 1), which are 0 for p = −2, −4 and so on.

    Examples
    --------
    >>> relative_power(1, 2, np.array([4.0, 100.0])).tolist()
    [2.0, 0.4]
    """
    # In logarithms: in high dimensions the factors are no floats.
    logs = (dim - p) / 2 * np.log(4 * math.pi / lam) + math.lgamma(dim / 2 + 1)
    if p > -2:
        return np.asarray(np.exp(logs - math.lgamma(p / 2 + 1)))
    return np.asarray(np.exp(logs) * rgamma(p / 2 + 1))
