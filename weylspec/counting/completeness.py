"""Whether a list of eigenvalues is complete, where no closed form lists them too: by smooth means against the law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import betainccinv

from weylspec.counting.criteria import lower_dims, scale, share
from weylspec.counting.law import WeylLaw
from weylspec.counting.windows import Window
from weylspec.spectrum import Spectrum

# Ever nearer to the end of the list.
_SHAPES = (Window(3, 5), Window(8, 6), Window(20, 8), Window(50, 10), Window(120, 12), Window(300, 14))
_ENDS = 12
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Completeness:
    """What smooth means say of single eigenvalues.

    Attributes
    ----------
    difference : str or None
        Where a mean is off the law by more than it may be, in words.
    resolved : float
        One eigenvalue missing or too many below this λ would be seen; 0 if none would.
    """

    difference: str | None
    resolved: float


def check_completeness(spectrum: Spectrum, law: WeylLaw, top: float, length: float, least: float) -> Completeness:
    """Look for missing and spurious eigenvalues in a list by what remains of N minus the law.

    An eigenvalue missing at λ lowers the mean of N over a window that ends at Λ by P(Λ·Beta(a, b) > λ). The
    mean is known to ± δ: the oscillation of a closed geodesic, the errors of eigenvalues and of the law's
    coefficients, and the first term that the law leaves out. It is seen where that probability exceeds 2δ.
    The heat trace of the list, the mean over an exponential weight, would see less: its weight has no end, so
    that all beyond the list had to be added, to better than one eigenvalue.

    Parameters
    ----------
    spectrum : Spectrum
        Complete up to ``top``, but for what is looked for.
    law : WeylLaw
    top : float
    length : float
        Of the shortest closed geodesic, or an estimate.
    least : float
        Windows end between here and ``top``.

    Returns
    -------
    Completeness

    Examples
    --------
    >>> import weylspec as ws
    >>> full, law = ws.Torus(2).spectrum(cutoff=5000), ws.weyl_law(ws.Torus(2))
    >>> check_completeness(full, law, 5000.0, 6.28, 1000.0).difference is None
    True
    """
    resolved, worst, where = 0.0, 0.0, ""
    for window in _SHAPES:
        for end in np.geomspace(min(least, top), top, _ENDS):
            width = _width(spectrum, law, window, float(end), length)
            if not 2 * width < 1:
                continue
            off = _off(spectrum, law, window, float(end))
            resolved = max(resolved, float(end * betainccinv(window.a, window.b, 2 * width)))
            if abs(off) > width and abs(off) / width > worst:
                worst = abs(off) / width
                where = (f"the mean of N up to λ = {end:.8g} is {off:+.3g} eigenvalues off the law, "
                         f"which holds to {width:.2g}")
    return Completeness(where or None, resolved)


def _width(spectrum: Spectrum, law: WeylLaw, window: Window, end: float, length: float) -> float:
    """How well the mean over a window that ends there is known, in eigenvalues."""
    ends, d = np.array([end]), law.dim
    width = float(window.oscillation(d, length * np.sqrt(ends))[0]) + _ROUNDING + law.terms[0].error
    for p in lower_dims(law):
        width += abs(float(share(law, [p], ends, window)[0])) * max(t.error for t in law.terms if t.dim == p)
    if math.isfinite(law.remainder_dim):
        rho = max(scale(law, end), math.pi / (length * math.sqrt(end)))  # of curvature: that of geodesics that close
        width += 2 * rho ** (d - law.remainder_dim) * window.power(law.remainder_dim) / window.power(d)
    return float(law.leading(end)) * window.power(d) * width + window.moved(spectrum, end)


def _off(spectrum: Spectrum, law: WeylLaw, window: Window, end: float) -> float:
    unit = float(law.leading(end)) * window.power(law.dim)
    return window.mean(spectrum, end) - unit * (1 + float(share(law, lower_dims(law), np.array([end]), window)[0]))
