"""Spectral densities: the weight w(λ) that a positive-definite kernel Σ w(λ_j) φ_j(x) φ_j(y) gives a level."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from weylspec.units import Number, positive

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class SpectralDensity:
    """A decreasing weight w(λ) > 0 on eigenvalues, not normalised: w(0) = 1.

    Attributes
    ----------
    name : str
        As it is written in a table or a plot.
    decay : float
        w(λ) ~ constant·λ^{−decay}; infinite when it falls faster than any power. The kernel is
        bounded on a space of dimension d exactly when decay > d/2 (theory of Sobolev embedding).
    weight : callable
        Vectorised λ ↦ w(λ), shape preserved.

    Examples
    --------
    >>> sobolev(2)(np.array([0.0, 1.0])).tolist()
    [1.0, 0.25]
    """

    name: str
    decay: float
    weight: Callable[[FloatArray], FloatArray]

    def __call__(self, lam: npt.ArrayLike) -> FloatArray:
        """Weights of the levels λ, shape of `lam`."""
        return self.weight(np.asarray(lam, dtype=np.float64))


def sobolev(s: Number) -> SpectralDensity:
    """Sobolev density (1 + λ)^{−s}: its reproducing kernel Hilbert space is H^s.

    Parameters
    ----------
    s : number
        Smoothness, positive.

    Returns
    -------
    SpectralDensity

    Examples
    --------
    >>> float(sobolev(1)(3.0))
    0.25
    """
    order = float(positive(s, "s"))
    return SpectralDensity(f"Sobolev(s={order:g})", order, lambda lam: (1.0 + lam) ** -order)


def matern(smoothness: Number, length: Number, dim: int) -> SpectralDensity:
    """Matérn density (1 + ℓ²λ/2ν)^{−(ν + d/2)} (Whittle 1963; on manifolds Borovitskiy et al. 2020).

    Parameters
    ----------
    smoothness : number
        ν > 0.
    length : number
        ℓ > 0, in the units of distance on the space.
    dim : int
        d, dimension of the manifold on which the kernel lives.

    Returns
    -------
    SpectralDensity

    Examples
    --------
    With ℓ² = 2ν it is the Sobolev density of order ν + d/2.

    >>> float(matern(2, 2, 2)(1.0)), float(sobolev(3)(1.0))
    (0.125, 0.125)
    """
    nu, ell = float(positive(smoothness, "smoothness")), float(positive(length, "length"))
    order, rate = nu + dim / 2, ell**2 / (2 * nu)
    return SpectralDensity(f"Matérn(ν={nu:g}, ℓ={ell:g})", order, lambda lam: (1.0 + rate * lam) ** -order)


def heat(time: Number) -> SpectralDensity:
    """Heat density e^{−tλ}, the limit ν → ∞ of Matérn at ℓ² = 2t.

    Parameters
    ----------
    time : number
        t > 0, in the units of 1/λ.

    Returns
    -------
    SpectralDensity

    Examples
    --------
    >>> float(heat(0.5)(2.0)) - math.exp(-1.0)
    0.0
    """
    t = float(positive(time, "time"))
    return SpectralDensity(f"heat(t={t:g})", math.inf, lambda lam: np.exp(-t * lam))
