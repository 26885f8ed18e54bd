"""`verify_weyl`: the counting function against geometry that was obtained without it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from weylspec.counting.compare import Comparison, compare_levels
from weylspec.counting.completeness import Completeness, check_completeness
from weylspec.counting.criteria import WINDOW, TermCheck, check_terms, ends_of, limit, lower_dims, resolves, share
from weylspec.counting.law import WeylLaw, weyl_law
from weylspec.counting.means import check_spectrum
from weylspec.errors import UnknownGeometryError, WeylspecError
from weylspec.spaces.base import Manifold
from weylspec.spaces.core import check_space
from weylspec.spectrum import Spectrum
from weylspec.units import Number, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FloatArray = npt.NDArray[np.float64]

LEAST_COUNT, LEAST_COUNT_LINE = 1000.0, 250.0  # (a): enough that lengths unknown to geometry seldom matter; for d = 1
LARGEST_LOWER = 0.20      # (b): beyond it the expansion in powers of √λ is not yet an expansion
LARGEST_REMAINDER = 0.002  # (c): the relative size of the first term that the law leaves out
HIDDEN, THINNEST = 0.75, 0.1  # (d): shares of vol^{1/d}: a closed geodesic may be so short unknown; none shorter counts
COMPARED = 0.98          # of the cutoff: errors leave the last levels of a list from elsewhere in doubt
LARGEST_SLOPE = 0.25      # a wrong dimension makes it 1/2 at least
_LARGEST_CUTOFF = 1e290
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
        λ up to which levels were used, and the least one that (a)–(d) ask for.
    checks : tuple of TermCheck
        One for each power of λ that is tested, leading one first.
    slope : float
        Of log r against log Λ; a wrong dimension makes it 1/2 at least.
    windows : ndarray of shape (8, 5)
        Λ, mean of N, mean of the lower terms, mean of the first term, r = (mean of N − lower terms)/first term.
    resolved : float or None
        For a list from elsewhere: below this λ each single eigenvalue is accounted for. None where not looked for.
    spectrum : Spectrum
    law : WeylLaw
    """

    space: str
    verdict: str
    reasons: tuple[str, ...]
    cutoff: float
    required_cutoff: float
    checks: tuple[TermCheck, ...]
    slope: float
    windows: FloatArray = field(repr=False)
    resolved: float | None
    spectrum: Spectrum = field(repr=False)
    law: WeylLaw = field(repr=False)

    @property
    def passed(self) -> bool:
        """Whether the verdict is "passed"."""
        return self.verdict == "passed"

    @property
    def offset(self) -> float:
        """The measured leading term as a multiple of the predicted one, less 1."""
        return self.checks[0].measured - 1

    @property
    def offset_tolerance(self) -> float:
        """The tolerance of `offset`."""
        return self.checks[0].tolerance

    def _facts(self) -> list[tuple[str, str, str]]:
        return [
            ("verdict", self.verdict, "; ".join(self.reasons)),
            ("cutoff", f"{self.cutoff:.8g}", f"geometry asks for {self.required_cutoff:.8g}: first term ≥ "
             f"{least_count(self.law.dim):g}, lower terms ≤ {LARGEST_LOWER:.0%}, first term left out ≤ "
             f"{LARGEST_REMAINDER:.1%}, tolerances of volume and walls ≤ {limit(0):.1%} and {limit(1):.0%}"),
            ("slope of log r", f"{self.slope:+.5f}", f"tolerance {LARGEST_SLOPE:g}: a wrong dimension "
             "changes it by at least 1/2"),
        ]

    def _check_rows(self) -> list[tuple[str, ...]]:
        return [(check.name, f"{check.share:+.5g}", f"{check.measured:.6g}", f"± {check.tolerance:.3g}", check.verdict)
                for check in self.checks]

    def _window_rows(self) -> list[tuple[str, ...]]:
        return [
            (f"{top:.6g}", _number(mean), _number(lower), _number(first), f"{r:.6f}")
            for top, mean, lower, first, r in self.windows
        ]

    def table(self) -> str:
        """The verdict, the terms with their tolerances, and the eight windows as plain text."""
        from weylspec.render.tables import text_table

        return "\n\n".join((
            self.space, text_table(("Weyl's law", "value", "against"), self._facts()),
            text_table(_CHECKS, self._check_rows()), text_table(_WINDOWS, self._window_rows()), self.law.table(),
        ))

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers and strings, for JSON."""
        return {
            "space": self.space, "verdict": self.verdict, "passed": self.passed, "reasons": list(self.reasons),
            "cutoff": self.cutoff, "required_cutoff": self.required_cutoff, "slope": self.slope,
            "slope_tolerance": LARGEST_SLOPE, "offset": self.offset, "offset_tolerance": self.offset_tolerance,
            "resolved": self.resolved, "windows": self.windows.tolist(),
            "checks": [{"dim": c.dim, "share": c.share, "measured": c.measured, "tolerance": c.tolerance,
                        "verdict": c.verdict} for c in self.checks],
            "terms": [{"dim": t.dim, "coefficient": t.coefficient, "source": t.source} for t in self.law.terms],
        }

    def plot(self, ax: Axes | None = None) -> Axes:
        """The staircase against the law."""
        from weylspec.render.pictures import staircase

        listed = self.spectrum
        return staircase(listed.eigenvalues, listed.cumulative, self.cutoff, ax=ax, laws=self.law.functions())

    def _repr_html_(self) -> str:
        from weylspec.render.tables import html_table

        return (html_table((self.space, "value", "against"), self._facts()) + html_table(_CHECKS, self._check_rows())
                + html_table(_WINDOWS, self._window_rows()))


_CHECKS = ("term", "share at the top", "measured / predicted", "tolerance", "verdict")
_WINDOWS = ("window up to λ", "mean N", "lower terms", "first term", "r")


def _number(x: float) -> str:
    """Four decimals while a float has them, else the digits it has."""
    return f"{x:.4f}" if abs(x) < _FOUR_DECIMALS else f"{x:.12g}"


def verify_weyl(
    space: Manifold, cutoff: Number | None = None, *, spectrum: Spectrum | None = None, law: WeylLaw | None = None
) -> WeylReport:
    """Check a space's counting function against Weyl's law from geometry, term by term.

    Means of N over eight smooth windows are fitted by the powers of λ in the law. Passed when the leading
    coefficient and that of the walls, and that of codimension 2 where it can be told, are those that geometry
    says, each within its own derived tolerance.

    Parameters
    ----------
    space : Manifold
    cutoff : number, optional
        Default: the least λ, from geometry alone, at which (a) the first term is at least 1000 (250 for d = 1),
        (b) the lower terms add up to at most 20% of it, (c) the first term that the law leaves out is at most
        0.2%, (d) volume and walls are expected to be told to 1.5% and 50% in spite of the oscillation.
    spectrum : Spectrum, optional
        A spectrum from elsewhere; the cutoff is then at most its `complete_below`. If the space's own
        levels are closed form, all of it is also compared with them, level by level. If not, or where its errors
        join too many levels, all of it is searched for missing and spurious eigenvalues by its means
        (`counting.completeness`).
    law : WeylLaw, optional
        A law from elsewhere.

    Returns
    -------
    WeylReport
        Undecided, neither passed nor failed by its terms, below the cutoff that (a)–(d) ask for, or where a tolerance
        is too wide to tell a volume from one 3% off, or a wall from one with the other sign; so it is on a space with
        closed geodesics much shorter than vol^{1/d}, or than geometry knows.

    Raises
    ------
    UnknownGeometryError
        If M/G is a point.
    WeylspecError
        If the cutoff is not positive.

    Notes
    -----
    Means of N over [0, Λ] with the weight λ²(Λ − λ)⁴ are sums over levels of incomplete Beta functions; those of
    λ^{p/2} are Λ^{p/2}·B(3 + p/2, 5)/B(3, 5). In √λ the weight is even and analytic at 0 and vanishes to order 4 at Λ.
    A closed geodesic of length ℓ, whose share of N is at most 2d/z, z = ℓ√Λ (sharp on spheres), therefore leaves
    (2/z)⁵·Γ(8 + d/2)/Γ(3 + d/2)·2d/z of the mean: 5·10⁻⁷ at z = 110, d = 2, where a uniform window leaves 10⁻³.
    What remains are the powers of λ.

    With eight Λ_j from Λ/3 to Λ, and s_p the share of the law's term λ^{p/2} in the leading one, least squares give
    mean N/leading − 1 − Σ s_p = Σ δ_p s_p + f·Λ_j^{(q−d)/2}. Here p runs over the powers that are tested (codimension
    0, 1, 2, as far as the law has them whole), and q is the first power that the law leaves out, with f free: an
    unknown term disturbs only by the one after it, and a wrong coefficient shows in the δ of its own power.
    The tolerance of δ_p, with (w_pj) the pseudoinverse, is the sum of
    Σ_j |w_pj|·max(oscillation_j, scatter of the residuals + errors of the eigenvalues);
    what a term ρ^{d−q+1}·Λ^{(q−1)/2} puts into δ_p, where ρ^j bounds the shares of codimension j in the law, and f;
    the error of the coefficient from geometry; and 0.5% of the volume, 10% of the walls, 20% of what is lower, below
    which these estimates are not trusted. It may be 1.5% for the volume, which tells 3% apart, and 50% for others:
    walls of the wrong sign have δ = −2, and a group that is taken as effective and is not has δ ≥ 1 in each term.

    Examples
    --------
    >>> import weylspec as ws
    >>> verify_weyl(ws.Sphere(2) / ws.SO(2)).verdict
    'passed'
    >>> verify_weyl(ws.Sphere(2), 10).verdict
    'undecided'
    """
    check_space(space)
    if spectrum is not None:
        check_spectrum(spectrum)
    if not isinstance(law, WeylLaw | None):
        raise WeylspecError(f"law must be a WeylLaw, such as weyl_law(Sphere(2)), got {law!r}")
    predicted = weyl_law(space) if law is None else law
    if predicted.dim == 0:
        raise UnknownGeometryError(f"{space!r} is a point: it has one eigenvalue and no Weyl law to verify")
    required = required_cutoff(space, predicted)
    top = required if cutoff is None else float(number(cutoff, "cutoff"))
    searched = spectrum is not None and not space.is_closed_form
    if spectrum is not None:
        top = spectrum.complete_below if searched and cutoff is None else min(top, spectrum.complete_below)
    if top <= 0:
        raise WeylspecError(f"Weyl's law is verified up to a positive cutoff, got {top:g}")
    listed = space.spectrum(cutoff=top) if spectrum is None else spectrum.up_to(top)
    checks = check_terms(listed, predicted, top, space.length)
    windows = _windows(listed, predicted, top)
    claimed = required if cutoff is None else top
    comparison: Comparison | None = None
    completeness: Completeness | None = None
    if spectrum is not None and not searched:
        comparison = compare_levels(spectrum, space, spectrum.complete_below)
        searched = comparison.resolved < COMPARED * claimed
    if spectrum is not None and searched:
        completeness = check_completeness(spectrum, predicted, spectrum.complete_below, space.length, required)
    slope = _slope(windows)
    oscillating = () if resolves(predicted, top, space.length, 1.0) else (
        f"a closed geodesic of length {space.length:.4g} leaves oscillation in the means up to this cutoff",)
    unseen = _unseen(completeness, claimed)
    verdict, reasons = _judge(
        tuple(_different(comparison, completeness)), (*_doubts(checks, top, required), *oscillating, *unseen),
        tuple(_faults(checks, slope)) if top >= required * (1 - 1e-12) and not oscillating else (),
        completeness,
    )
    return WeylReport(repr(space), verdict, reasons, top, required, checks, slope, windows,
                      None if completeness is None else completeness.resolved, listed, predicted)


def least_count(dim: int) -> float:
    """(a) of `verify_weyl`: the least first term."""
    return LEAST_COUNT_LINE if dim == 1 else LEAST_COUNT


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
    if not law.leading(1.0) > 0:
        raise UnknownGeometryError(f"{space!r} has a leading term beyond the range of floats; scale the space")
    size = float(law.volume ** (1 / law.dim))
    length = max(min(space.length, HIDDEN * size), THINNEST * size)
    low = float((least_count(law.dim) / float(law.leading(1.0))) ** (2 / law.dim))

    def enough(lam: float) -> bool:
        return (law.lower_size(lam) <= LARGEST_LOWER * float(law.leading(lam))
                and not law.remainder_size(lam) > LARGEST_REMAINDER and resolves(law, lam, length))

    if enough(low):
        return low
    high = low
    try:
        with np.errstate(over="raise"):
            while high < _LARGEST_CUTOFF and not enough(high):
                low, high = high, 2 * high
    except FloatingPointError:
        high = math.inf
    if high >= _LARGEST_CUTOFF:
        raise UnknownGeometryError(
            f"no cutoff is large enough for the law of {law.space}: what it leaves out, a term of dimension "
            f"{law.remainder_dim:g}, and the lower terms must fall below the leading one, of dimension {law.dim}")
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _windows(spectrum: Spectrum, law: WeylLaw, top: float) -> FloatArray:
    ends = ends_of(top)
    first = np.asarray(law.leading(ends)) * WINDOW.power(law.dim)
    lower = share(law, lower_dims(law), ends) * first
    mean = np.array([WINDOW.mean(spectrum, end) for end in ends])
    return np.array([ends, mean, lower, first, (mean - lower) / first]).T


def _slope(windows: FloatArray) -> float:
    ratio = windows[:, 4]
    if (ratio <= 0).any():
        return math.inf
    return float(np.polynomial.polynomial.polyfit(np.log(windows[:, 0]), np.log(ratio), 1)[1])


def _different(comparison: Comparison | None, completeness: Completeness | None) -> Iterator[str]:
    for found in (comparison, completeness):
        if found is not None and found.difference is not None:
            yield found.difference


def _faults(checks: tuple[TermCheck, ...], slope: float) -> Iterator[str]:
    if abs(slope) > LARGEST_SLOPE:
        yield f"the ratio drifts with slope {slope:+.4f}, as for a wrong dimension"
    yield from (check.text() for check in checks if check.verdict == "refuted")


def _doubts(checks: tuple[TermCheck, ...], top: float, required: float) -> Iterator[str]:
    if top < required * (1 - 1e-12):
        yield f"the cutoff {top:g} is below {required:g}, which geometry asks for"
    for check in checks:
        if check.verdict == "unresolved":
            yield f"the tolerance {check.tolerance:.1%} of {check.name} exceeds {limit(checks[0].dim - check.dim):.1%}"


def _unseen(completeness: Completeness | None, claimed: float) -> Iterator[str]:
    if completeness is not None and completeness.resolved < claimed:
        yield (f"a single missing eigenvalue would be seen only below λ = {completeness.resolved:.6g}, "
               f"not up to {claimed:.6g}")


def _judge(
    different: tuple[str, ...], doubts: tuple[str, ...], faults: tuple[str, ...], completeness: Completeness | None
) -> tuple[str, tuple[str, ...]]:
    """The verdict and its reasons: what is seen to be wrong decides before what cannot be seen."""
    if different or faults:
        return "failed", (*different, *faults)
    if doubts:
        return "undecided", doubts
    passed = "every term that can be told is what geometry says, within its tolerance"
    if completeness is None:
        return "passed", (passed,)
    return "passed", (passed, f"no eigenvalue below λ = {completeness.resolved:.6g} is missing or spurious")
