"""The tests of a counting function against Weyl's law, each with a tolerance that is derived, not chosen.

A spectrum and a law are judged here as they are handed in: nothing asks the space for levels.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from weylspec.counting.law import WeylLaw, power_of
from weylspec.counting.windows import Window, relative_power
from weylspec.spectrum import Spectrum

FloatArray = npt.NDArray[np.float64]

WINDOW = Window()
WINDOWS = 8
SPAN = 3.0              # of the windows' ends: then powers of λ that differ by ½ are still told apart
TRUST = {0: 0.005, 1: 0.1}  # by codimension: what the estimates that make up a tolerance are not trusted to below
LIMITS = {0: 0.015, 1: 0.5}  # a volume 3% off is 2 × 1.5%, a sign that is wrong 4 × 50%
TRUST_LOWER, LIMIT_LOWER = 0.2, 0.5
MARGIN = 2 / 3          # of a limit, for what geometry alone lets one expect


@dataclass(frozen=True)
class TermCheck:
    """One power of λ in the law: what geometry predicts of it, and what the levels show.

    Attributes
    ----------
    dim : int
        p, of the power λ^{p/2}.
    name : str
        In words, with the power.
    share : float
        Predicted, as a share of the leading term, in the highest window.
    measured : float
        As a multiple of the prediction.
    tolerance : float
        Of the multiple.
    verdict : str
        "confirmed", "refuted", or "unresolved" where the tolerance is too wide to tell.
    """

    dim: int
    name: str
    share: float
    measured: float
    tolerance: float
    verdict: str

    def text(self) -> str:
        """What was measured, in a sentence."""
        return f"{self.name} is measured as {self.measured:.4g} ± {self.tolerance:.2g} of what geometry says"


@dataclass(frozen=True, eq=False)
class Fit:
    """Powers of λ fitted to what the law leaves over, and the errors that carries.

    Attributes
    ----------
    ends : ndarray of shape (8,)
        Ends Λ of the windows.
    dims : tuple of int
        The powers that are tested, leading one first.
    free : float
        Dimension of the power that the law leaves out, fitted beside them; −∞ for none.
    shares : ndarray of shape (8, len(dims))
        Smooth means of the terms, as shares of the leading one's.
    rows : ndarray of shape (len(dims) + 1 or len(dims), 8)
        The pseudoinverse: coefficients from the windows.
    """

    ends: FloatArray
    dims: tuple[int, ...]
    free: float
    shares: FloatArray
    rows: FloatArray


def ends_of(top: float) -> FloatArray:
    """Ends of the eight windows, geometric up to ``top``."""
    return np.geomspace(top / SPAN, top, WINDOWS)


def share(law: WeylLaw, dims: Iterable[int], ends: FloatArray, window: Window = WINDOW) -> FloatArray:
    """Smooth means of the law's terms of the dimensions p given, as shares of the leading term's, shape (ends,)."""
    total = np.zeros(len(ends))
    for p in dims:
        coefficient = sum(term.coefficient / law.volume for term in law.terms if term.dim == p)
        if coefficient:
            total += coefficient * relative_power(p, law.dim, ends) * window.power(p) / window.power(law.dim)
    return total


def lower_dims(law: WeylLaw) -> list[int]:
    """The dimensions p < d with a term in the law, highest first."""
    return sorted({term.dim for term in law.terms if term.dim < law.dim}, reverse=True)


def scale(law: WeylLaw, top: float) -> float:
    """ρ: the law's terms of codimension j, and powers of curvature/λ, are at most ρ^j of the leading one."""
    end = np.array([top])
    known = [abs(float(share(law, [p], end)[0])) ** (1 / (law.dim - p)) for p in lower_dims(law)]
    curved = math.sqrt(law.curvature / top) if law.curvature > 0 else 0.0
    return float(max([curved, *known]))


def prepare(law: WeylLaw, top: float, lower: bool = True) -> Fit:
    """The powers to test and the free one: those of codimension 0, 1 and, with ``lower``, 2 that the law has whole."""
    ends, d, free = ends_of(top), law.dim, law.remainder_dim
    least = d - 2 if lower else d - 1
    dims = [d, *(p for p in lower_dims(law) if p >= least and p > free and share(law, [p], ends).any())]
    columns = [np.ones(len(ends)), *(share(law, [p], ends) for p in dims[1:])]
    fitted = [*columns, (ends / top) ** ((free - d) / 2)] if math.isfinite(free) else columns
    return Fit(ends, tuple(dims), free, np.array(columns).T, np.linalg.pinv(np.array(fitted).T))


def tolerances(law: WeylLaw, fit: Fit, length: float, noise: FloatArray | float = 0.0, rho: float = 0.0) -> FloatArray:
    """Errors of the coefficients of the tested powers, from geometry and the errors ``noise`` of the means.

    Σ_j |row_j|·(oscillation of a closed geodesic of that length in window j + noise_j), and what the first power
    that is neither in the law nor fitted, λ^{(q−1)/2} where λ^{q/2} is fitted, puts into the coefficient if it is
    ρ^{d−q+1} of the leading term.
    """
    rows = fit.rows[: len(fit.dims)]
    found = np.abs(rows) @ np.maximum(WINDOW.oscillation(law.dim, length * np.sqrt(fit.ends)), noise)
    if math.isfinite(fit.free):
        left = law.dim - fit.free + 1
        size = max(rho, scale(law, float(fit.ends[-1])))
        found = found + np.abs(rows @ (fit.ends / fit.ends[-1]) ** (-left / 2)) * size**left
    return np.asarray(found)


def floors(law: WeylLaw, dims: tuple[int, ...]) -> FloatArray:
    """What a tolerance is at least: the trust in its estimates, and the errors of geometry."""
    codims = [law.dim - p for p in dims]
    errors = [max(term.error for term in law.terms if term.dim == p) for p in dims]
    return np.array([TRUST.get(j, TRUST_LOWER) + error for j, error in zip(codims, errors, strict=True)])


def limit(codim: int) -> float:
    """The widest tolerance that still tells a term from a wrong one."""
    return LIMITS.get(codim, LIMIT_LOWER)


def resolves(law: WeylLaw, top: float, length: float, margin: float = MARGIN) -> bool:
    """Whether at this cutoff geometry lets one expect to tell the volume and the walls from wrong ones."""
    fit = prepare(law, top, lower=False)
    found = tolerances(law, fit, length) + [TRUST.get(law.dim - p, TRUST_LOWER) for p in fit.dims]
    return all(tolerance <= margin * limit(law.dim - p) for tolerance, p in zip(found, fit.dims, strict=True))


def check_terms(spectrum: Spectrum, law: WeylLaw, top: float, length: float) -> tuple[TermCheck, ...]:
    """Fit each power of the law to the smooth means of a spectrum, and judge it.

    Parameters
    ----------
    spectrum : Spectrum
        Complete up to ``top``.
    law : WeylLaw
    top : float
        End of the highest window.
    length : float
        Of the shortest closed geodesic, or an estimate.

    Returns
    -------
    tuple of TermCheck
        Leading term first. A term of codimension 2 that cannot be resolved is left out.

    Examples
    --------
    >>> import weylspec as ws
    >>> S, law = ws.Sphere(2).spectrum(cutoff=3000), ws.weyl_law(ws.Sphere(2))
    >>> [check.verdict for check in check_terms(S, law.with_volume(1.03), 3000.0, 3.5)][0]
    'refuted'
    """
    fit = prepare(law, top)
    checks = _checks(spectrum, law, fit, length)
    if any(check.verdict == "unresolved" and check.dim < law.dim - 1 for check in checks):
        checks = _checks(spectrum, law, prepare(law, top, lower=False), length)
    return checks


def _checks(spectrum: Spectrum, law: WeylLaw, fit: Fit, length: float) -> tuple[TermCheck, ...]:
    d = law.dim
    unit = np.asarray(law.leading(fit.ends)) * WINDOW.power(d)
    seen = np.array([WINDOW.mean(spectrum, top) for top in fit.ends]) / unit
    over = seen - 1 - share(law, lower_dims(law), fit.ends)
    found = fit.rows @ over
    columns = [*fit.shares.T, *([(fit.ends / fit.ends[-1]) ** ((fit.free - d) / 2)] if math.isfinite(fit.free) else [])]
    left = over - np.array(columns).T @ found
    scatter = float(np.abs(left).max()) * math.sqrt(WINDOWS / (WINDOWS - len(found)))
    moved = np.array([WINDOW.moved(spectrum, top) for top in fit.ends]) / unit
    rho = abs(float(found[-1])) ** (1 / (d - fit.free)) if math.isfinite(fit.free) else 0.0
    widths = tolerances(law, fit, length, scatter + moved, min(rho, 1.0)) + floors(law, fit.dims)
    return tuple(
        _judged(law, p, float(fit.shares[-1, i]), float(found[i]), float(widths[i])) for i, p in enumerate(fit.dims)
    )


def _judged(law: WeylLaw, dim: int, part: float, off: float, width: float) -> TermCheck:
    told = "confirmed" if width <= limit(law.dim - dim) else "unresolved"
    verdict = "refuted" if abs(off) > width else told
    return TermCheck(dim, name_of(law, dim), part, 1 + off, width, verdict)


def name_of(law: WeylLaw, dim: int) -> str:
    """A term in words, by its codimension."""
    codim = law.dim - dim
    words = {0: "the leading term, of the volume", 1: "the term of the walls",
             2: "the term of curvature and codimension 2"}
    return f"{words.get(codim, f'the term of codimension {codim}')} ({power_of(dim)})"
