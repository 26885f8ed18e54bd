"""`verify_weyl`: the counting function against geometry that was obtained without it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from weylspec.counting.compare import Comparison, compare_levels
from weylspec.counting.law import WeylLaw, weyl_law
from weylspec.counting.means import window_mean
from weylspec.errors import UnknownGeometryError, WeylspecError
from weylspec.spaces.base import Manifold
from weylspec.spaces.core import check_space
from weylspec.spectrum import Spectrum
from weylspec.units import Number, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FloatArray = npt.NDArray[np.float64]

LEAST_COUNT = 1000.0     # (a): 8 windows of a staircase this high have means good to a fraction of a percent
LARGEST_LOWER = 0.20     # (b): beyond it the expansion in powers of √λ is not yet an expansion
LARGEST_CURVATURE = 0.002  # (c): (D/12)·Scal/λ, the relative size of the term that the law leaves out
LEAST_OSCILLATIONS = 1.0  # (d): of cos(ℓ√λ), ℓ = vol^{1/d}, in the lowest window, so that its mean is a mean
SLOPE_TOLERANCE = 0.02
OFFSET_TOLERANCE = 0.02
LARGEST_TOLERANCE = 0.04
WINDOWS = 8
_FOUR_DECIMALS = 1e11    # above it four decimals are more digits than a float has


@dataclass(frozen=True, eq=False)
class WeylReport:
    """Measured against predicted: the verdict, and every number and tolerance that it rests on.

    Attributes
    ----------
    space : str
    verdict : str
        "passed", "failed" or "undecided".
    reasons : tuple of str
        What decided.
    cutoff, required_cutoff : float
        λ up to which levels were used, and the least one that (a)–(c) ask for.
    slope, offset : float
        Slope of log r against log x, and geometric mean of r, less 1.
    slope_tolerance, offset_tolerance : float
    windows : ndarray of shape (8, 5)
        x, mean of N, mean of the lower terms, mean of the first term, r.
    spectrum : Spectrum
    law : WeylLaw
    """

    space: str
    verdict: str
    reasons: tuple[str, ...]
    cutoff: float
    required_cutoff: float
    slope: float
    offset: float
    slope_tolerance: float
    offset_tolerance: float
    windows: FloatArray
    spectrum: Spectrum
    law: WeylLaw
    volume_error: float
    error_share: float
    wall_error: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether the verdict is "passed"."""
        return self.verdict == "passed"

    def _facts(self) -> list[tuple[str, str, str]]:
        return [
            ("verdict", self.verdict, "; ".join(self.reasons)),
            ("cutoff", f"{self.cutoff:.8g}", f"geometry asks for {self.required_cutoff:.8g}: first term ≥ "
             f"{LEAST_COUNT:g}, lower terms ≤ {LARGEST_LOWER:.0%}, curvature term ≤ {LARGEST_CURVATURE:.1%}, one "
             "oscillation cos(vol^(1/d)·√λ) in the lowest window"),
            ("slope of log r", f"{self.slope:+.5f}", f"tolerance {self.slope_tolerance:g}: a wrong dimension "
             "changes it by at least 1/2"),
            ("mean of r − 1", f"{self.offset:+.5%}", f"tolerance {self.offset_tolerance:.3%} = {OFFSET_TOLERANCE:.0%} "
             f"+ volume_error {self.volume_error:.1e} + share of the walls' errors {self.wall_error:.1e} + share of "
             f"the eigenvalues' errors {self.error_share:.1e}"),
        ]

    def _window_rows(self) -> list[tuple[str, ...]]:
        return [
            (f"[{0.8 * x:.6g}, {1.2 * x:.6g}]", _number(mean), _number(lower), _number(first), f"{r:.6f}")
            for x, mean, lower, first, r in self.windows
        ]

    def table(self) -> str:
        """The verdict, its tolerances and the eight windows as plain text."""
        from weylspec.render.tables import text_table

        head = text_table((self.space, "value", "against"), self._facts())
        body = text_table(("window in λ", "mean N", "lower terms", "first term", "r"), self._window_rows())
        return f"{head}\n\n{body}\n\n{self.law.table()}"

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers and strings, for JSON."""
        return {
            "space": self.space, "verdict": self.verdict, "passed": self.passed, "reasons": list(self.reasons),
            "cutoff": self.cutoff, "required_cutoff": self.required_cutoff, "slope": self.slope,
            "offset": self.offset, "slope_tolerance": self.slope_tolerance,
            "offset_tolerance": self.offset_tolerance, "volume_error": self.volume_error,
            "error_share": self.error_share, "wall_error": self.wall_error, "windows": self.windows.tolist(),
            "terms": [{"dim": t.dim, "coefficient": t.coefficient, "source": t.source} for t in self.law.terms],
        }

    def plot(self, ax: Axes | None = None) -> Axes:
        """The staircase against the law."""
        from weylspec.render.pictures import staircase

        listed = self.spectrum
        return staircase(listed.eigenvalues, listed.cumulative, self.cutoff, ax=ax, laws=self.law.functions())

    def _repr_html_(self) -> str:
        from weylspec.render.tables import html_table

        return html_table((self.space, "value", "against"), self._facts()) + html_table(
            ("window in λ", "mean N", "lower terms", "first term", "r"), self._window_rows()
        )


def _number(x: float) -> str:
    """Four decimals while a float has them, else the digits it has."""
    return f"{x:.4f}" if abs(x) < _FOUR_DECIMALS else f"{x:.12g}"


def verify_weyl(
    space: Manifold, cutoff: Number | None = None, *, spectrum: Spectrum | None = None, law: WeylLaw | None = None
) -> WeylReport:
    """Check a space's counting function against Weyl's law from geometry.

    In 8 windows [0.8x, 1.2x], x geometric from cutoff/5 to cutoff/1.2, let r(x) = (mean of N − mean
    of the lower terms)/(mean of the first term), with exact means of the staircase. Passed when
    |slope of log r against log x| ≤ 0.02 and |geometric mean of r − 1| ≤ 2% + volume_error + the shares of
    the walls' errors, at the lowest window, and of the spectrum's own errors.

    Parameters
    ----------
    space : Manifold
    cutoff : number, optional
        Default: the least λ, from geometry alone, at which (a) the first term is at least 1000, (b) the
        lower terms add up to at most 20% of it, (c) the curvature correction (D/12)·Scal/λ that the
        law leaves out is at most 0.2%, (d) the lowest window is wide enough in √λ for one oscillation
        cos(ℓ√λ) of a closed geodesic of length ℓ = vol(M/G)^{1/d}.
    spectrum : Spectrum, optional
        A spectrum from elsewhere; the cutoff is then at most its `complete_below`. If the space's own
        levels are closed form, all of it is also compared with them, level by level.
    law : WeylLaw, optional
        A law from elsewhere.

    Returns
    -------
    WeylReport
        Undecided, never passed, below the cutoff that (a)–(d) ask for, or where the tolerance
        would exceed 4%; also for a drift, with the right volume, where a closed geodesic shorter than
        vol^{1/d}, as on a thin torus, still makes the windows' means oscillate.

    Raises
    ------
    UnknownGeometryError
        If M/G is a point.
    WeylspecError
        If the cutoff is not positive.

    Examples
    --------
    >>> import weylspec as ws
    >>> verify_weyl(ws.Sphere(2) / ws.SO(2)).verdict
    'passed'
    >>> verify_weyl(ws.Sphere(2), 10).verdict
    'undecided'
    """
    check_space(space)
    for given, kind, name in ((spectrum, Spectrum, "spectrum"), (law, WeylLaw, "law")):
        if given is not None and not isinstance(given, kind):
            raise WeylspecError(f"{name} must be a {kind.__name__}, got {given!r}")
    predicted = weyl_law(space) if law is None else law
    if predicted.dim == 0:
        raise UnknownGeometryError(f"{space!r} is a point: it has one eigenvalue and no Weyl law to verify")
    required = required_cutoff(space, predicted)
    top = required if cutoff is None else float(number(cutoff, "cutoff"))
    if spectrum is not None:
        top = min(top, spectrum.complete_below)
    if top <= 0:
        raise WeylspecError(f"Weyl's law is verified up to a positive cutoff, got {top:g}")
    listed = space.spectrum(cutoff=top) if spectrum is None else spectrum.up_to(top)
    windows, share = _windows(listed, predicted, top)
    slope, offset = _fit(windows)
    walls = predicted.lower_error(float(windows[0, 0]))
    tolerance = OFFSET_TOLERANCE + space.volume_error + walls + share
    comparison = None
    if spectrum is not None and space.is_closed_form:
        comparison = compare_levels(spectrum, space, spectrum.complete_below)
    verdict, reasons = _judge(slope, offset, tolerance, top, (required, averaging_cutoff(space.length)), comparison)
    return WeylReport(
        repr(space), verdict, reasons, top, required, slope, offset, SLOPE_TOLERANCE, tolerance, windows, listed,
        predicted, space.volume_error, share, walls,
    )


def required_cutoff(space: Manifold, law: WeylLaw) -> float:
    """The least λ at which (a)–(d) of `verify_weyl` hold, from geometry alone.

    Parameters
    ----------
    space : Manifold
    law : WeylLaw

    Returns
    -------
    float
    """
    curvature = abs(space.scalar_curvature) * space.total.dim / 12 / LARGEST_CURVATURE
    if not law.leading(1.0) > 0:
        raise UnknownGeometryError(f"{space!r} has a leading term beyond the range of floats; scale the space")
    counted = float((LEAST_COUNT / float(law.leading(1.0))) ** (2 / law.dim))
    low = max(curvature, counted, averaging_cutoff(float(law.volume ** (1 / law.dim))))

    def small_enough(lam: float) -> bool:
        return law.lower_size(lam) <= LARGEST_LOWER * float(law.leading(lam))

    if small_enough(low):
        return low
    high = low
    while not small_enough(high):
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if small_enough(middle) else (middle, high)
    return high


def averaging_cutoff(length: float) -> float:
    """The cutoff at which the lowest window, around a fifth of it, holds one oscillation cos(length·√λ)."""
    width = math.sqrt(1.2) - math.sqrt(0.8)  # of the window around x, in √λ, per √x
    return 5 * (LEAST_OSCILLATIONS * 2 * math.pi / (width * length)) ** 2


def _windows(spectrum: Spectrum, law: WeylLaw, top: float) -> tuple[FloatArray, float]:
    rows, shares = [], []
    for x in np.geomspace(top / 5, top / 1.2, WINDOWS):
        low, high = 0.8 * x, min(1.2 * x, top)
        mean = window_mean(spectrum, low, high)
        first, lower = law.window_means(low, high)
        rows.append((x, mean, lower, first, (mean - lower) / first))
        inside = (spectrum.eigenvalues > low) & (spectrum.eigenvalues <= high)
        moved = spectrum.multiplicities[inside].astype(np.float64) @ spectrum.errors[inside]
        shares.append(float(moved) / (high - low) / first)
    return np.array(rows), max(shares)


def _fit(windows: FloatArray) -> tuple[float, float]:
    ratio = windows[:, 4]
    if (ratio <= 0).any():
        return math.inf, float(ratio.mean() - 1)
    logs = np.log(ratio)
    slope = np.polynomial.polynomial.polyfit(np.log(windows[:, 0]), logs, 1)[1]
    return float(slope), math.expm1(float(logs.mean()))


def _judge(
    slope: float, offset: float, tolerance: float, top: float, cutoffs: tuple[float, float],
    comparison: Comparison | None,
) -> tuple[str, tuple[str, ...]]:
    if comparison is not None and comparison.difference is not None:
        return "failed", (comparison.difference,)
    required, averaging = cutoffs
    doubts = []
    if comparison is not None and 2 * comparison.compared < comparison.levels:
        doubts.append(f"the stated errors leave only {comparison.compared} of {comparison.levels} levels to compare")
    if top < required * (1 - 1e-12):
        doubts.append(f"the cutoff {top:g} is below {required:g}, which geometry asks for")
    if tolerance > LARGEST_TOLERANCE:
        doubts.append(f"the tolerance {tolerance:.1%} exceeds {LARGEST_TOLERANCE:.0%}")
    if doubts:
        return "undecided", tuple(doubts)
    faults = []
    if abs(slope) > SLOPE_TOLERANCE:
        faults.append(f"the ratio drifts with slope {slope:+.4f}")
    if abs(offset) > tolerance:
        faults.append(f"the ratio is off by {offset:+.2%}")
    drifts_only = abs(offset) <= tolerance and abs(slope) < 1 / 4  # no wrong dimension does less than 1/2
    if faults and drifts_only and top < averaging * (1 - 1e-12):
        thin = f"but the space has a closed geodesic too short for windows below the cutoff {averaging:.6g}"
        return "undecided", (*faults, thin)
    if faults:
        return "failed", tuple(faults)
    return "passed", ("slope and offset are within their tolerances",)
