"""`remainder_exponent`: how fast the counting function strays from its smooth law."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from weylspec.counting.law import WeylLaw, weyl_law
from weylspec.errors import IncompleteSpectrumError, UnknownGeometryError, WeylspecError
from weylspec.groups.base import whole
from weylspec.spaces.base import Manifold
from weylspec.spaces.core import check_sample, check_space
from weylspec.spaces.rank_one import RankOneSpace
from weylspec.spaces.sphere import Sphere
from weylspec.spectrum import Spectrum
from weylspec.units import Number, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FloatArray = npt.NDArray[np.float64]

_LEAST_COUNT = 100.0        # of the lowest range: below it the law is not yet near
_SPAN = 16.0                # of λ, at least, from the lowest range to the highest
_LISTED = 300_000            # eigenvalues that a list may hold
_OPERATIONS = 1e6           # that one direct count may take
_FIXED = 1e7                # or that a formula may take that costs the same at every λ
_HIGHEST = 1e18
_LEAST_RANGES = 4
_RESOLVED = 10.0            # the remainder has to exceed the error of the law by this factor
_ROUNDING = 4e-16


@dataclass(frozen=True, eq=False)
class RemainderExponent:
    """The exponent θ in |N(λ) − law(λ)| ≈ C·λ^θ, beside what is known of it.

    Attributes
    ----------
    space : str
    exponent, error : float
        Slope of a straight line through (log λ, log size) of the ranges, and its error: the standard error from their
        scatter, and the change when the lower half of them is left out.
    constant : float
        C, for the chosen measure.
    measure : str
        "rms" or "sup": size of the remainder within a range.
    known, known_source : float or None, str
        The exponent from the literature, or an upper bound; the source says which.
    ranges : ndarray of shape (n, 4)
        Ends of each range [X, 2X], root mean square and largest absolute value of the remainder.
    lam, remainders : ndarrays
        Every λ drawn, and N(λ) − law(λ) there.
    counted : str
        How N was counted.
    """

    space: str
    exponent: float
    error: float
    constant: float
    measure: str
    known: float | None
    known_source: str
    ranges: FloatArray = field(repr=False)
    lam: FloatArray = field(repr=False)
    remainders: FloatArray = field(repr=False)
    counted: str

    def _facts(self) -> list[tuple[str, str]]:
        known = "—" if self.known is None else f"{self.known:g}"
        return [
            ("space", self.space),
            (f"exponent of the {self.measure}", f"{self.exponent:.4f} ± {self.error:.4f}"),
            ("known", f"{known} ({self.known_source})"),
            ("constant", f"{self.constant:.5g}"),
            ("counted", f"{len(self.lam)} values of λ from {self.ranges[0, 0]:.4g} to {self.ranges[-1, 1]:.4g}, "
             f"{self.counted}"),
        ]

    def _rows(self) -> list[tuple[str, ...]]:
        scale = np.sqrt(self.ranges[:, 0] * self.ranges[:, 1]) ** self.exponent
        return [(f"[{a:.4g}, {b:.4g}]", f"{rms:.5g}", f"{top:.5g}", f"{rms / s:.4f}")
                for (a, b, rms, top), s in zip(self.ranges, scale, strict=True)]

    def table(self) -> str:
        """The exponent and the ranges it was fitted to, as plain text."""
        from weylspec.render.tables import text_table

        header = ("range of λ", "rms", "largest", "rms/λ^θ")
        return f"{text_table(('', 'remainder'), self._facts())}\n\n{text_table(header, self._rows())}"

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers and strings, for JSON."""
        return {
            "space": self.space, "exponent": self.exponent, "error": self.error, "constant": self.constant,
            "measure": self.measure, "known": self.known, "known_source": self.known_source,
            "ranges": self.ranges.tolist(), "counted": self.counted,
        }

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the remainder times λ^{−θ} against λ: a band of constant width."""
        from weylspec.render._style import axes_or_new, colour, legend, tidy

        axes = axes_or_new(ax)
        middle = np.sqrt(self.ranges[:, 0] * self.ranges[:, 1])
        axes.plot(self.lam, self.remainders / self.lam**self.exponent, ".", color=colour(0), markersize=2.5,
                  alpha=0.6, label="(N − law)·λ^−θ")
        for sign in (1, -1):
            axes.plot(middle, sign * self.ranges[:, 2] / middle**self.exponent, color=colour(1), linewidth=1.2,
                      label="± root mean square" if sign > 0 else "_")
        axes.set_xscale("log")
        tidy(axes, "λ", f"remainder·λ^−{self.exponent:.3f}", self.space)
        legend(axes)
        return axes

    def _repr_html_(self) -> str:
        from weylspec.render.tables import html_table

        return html_table(("", "remainder"), self._facts()) + html_table(
            ("range of λ", "rms", "largest", "rms/λ^θ"), self._rows())


def remainder_exponent(
    space: Manifold, rng: np.random.Generator, *, low: Number | None = None, high: Number | None = None,
    ranges: int = 12, samples: int = 64, measure: str = "rms", spectrum: Spectrum | None = None,
    law: WeylLaw | None = None,
) -> RemainderExponent:
    """Fit the growth of |N(λ) − law(λ)| over ranges [X, 2X], X geometric, with exact counts at random λ.

    Parameters
    ----------
    space : Manifold
    rng : Generator
        λ is uniform in each range.
    low, high : number, optional
        Lower end of the lowest range and upper end of the highest. Default: from N = 100 on, as far as exact
        counts take at most 10⁶ operations each (10¹⁸ at most), or as a list of 300 000 eigenvalues reaches.
    ranges, samples : int
        How many ranges (they overlap if the span is short), and values of λ in each.
    measure : str
        "rms", the root mean square in each range, or "sup", the largest absolute value.
    spectrum : Spectrum, optional
        A list from elsewhere.
    law : WeylLaw, optional
        Default: `weyl_law` of the space, with all its terms.

    Returns
    -------
    RemainderExponent
        Ranges in which the remainder is not 10 times the error of the law itself are left out.

    Raises
    ------
    IncompleteSpectrumError
        If fewer than 4 ranges or a span below 16 remain.
    UnknownGeometryError
        If the space is a point.

    Notes
    -----
    |N − law| = O(λ^{(d−1)/2}) on closed manifolds (Hörmander 1968), attained on spheres, projective spaces and their
    quotients, whose levels are that large. On the square torus the root mean square has the exponent 1/4 (Cramér
    1922), in 3 dimensions 1/2 up to √log λ, in d ≥ 4 dimensions d/2 − 1 (Jarník 1931, 1940).

    Examples
    --------
    >>> import numpy as np
    >>> import weylspec as ws
    >>> found = remainder_exponent(ws.Sphere(2), np.random.default_rng(1), high=10**12)
    >>> round(found.exponent, 2), found.known
    (0.5, 0.5)
    """
    check_space(space)
    check_sample(0, rng)
    if measure not in ("rms", "sup"):
        raise WeylspecError(f"measure must be 'rms' or 'sup', got {measure!r}")
    whole(ranges, "ranges", _LEAST_RANGES)
    whole(samples, "samples", 8)
    predicted = weyl_law(space) if law is None else law
    if predicted.dim == 0:
        raise UnknownGeometryError(f"{space!r} is a point: it has one eigenvalue and no remainder")
    first = _where_count(predicted, _LEAST_COUNT) if low is None else float(number(low, "low"))
    listed, last, how = _source(space, spectrum, predicted, None if high is None else float(number(high, "high")))
    if not last >= _SPAN * first > 0:
        raise IncompleteSpectrumError(
            f"a fit needs λ from {first:.4g} to {_SPAN * first:.4g} at least, not only to {last:.4g}; "
            "hand in a longer list, or give low=… and high=…")
    starts = np.geomspace(first, last / 2, ranges)
    lam = np.sort(starts[:, None] * (1 + rng.random((ranges, samples))), axis=1)
    rest = _remainders(space, listed, predicted, lam)
    table = np.stack([starts, 2 * starts, np.sqrt((rest**2).mean(axis=1)), np.abs(rest).max(axis=1)], axis=1)
    size = table[:, 2] if measure == "rms" else table[:, 3]
    kept = size > _RESOLVED * _law_errors(space, predicted, 2 * starts)
    if kept.sum() < _LEAST_RANGES:
        raise IncompleteSpectrumError(
            f"the remainder exceeds the error of the law in only {int(kept.sum())} of {ranges} ranges; lower high")
    slope, error, constant = _line(np.log(starts[kept] * math.sqrt(2)), np.log(size[kept]), samples)
    known, source = _known(space, measure)
    return RemainderExponent(repr(space), slope, error, math.exp(constant), measure, known, source, table[kept],
                             lam[kept].ravel(), rest[kept].ravel(), how)


def _where_count(law: WeylLaw, count: float) -> float:
    return float((count / float(law.leading(1.0))) ** (2 / law.dim))


def _source(
    space: Manifold, spectrum: Spectrum | None, law: WeylLaw, high: float | None
) -> tuple[Spectrum | None, float, str]:
    """The list to count in (None: direct counts), up to where, and in words."""
    if spectrum is not None:
        return spectrum, min(high or math.inf, spectrum.complete_below), "in the list handed in"
    counters = space.counters()
    direct = [counter for counter in counters if not counter.lists]
    reach = high
    if reach is None:
        reach = _where_count(law, _LISTED)
        fixed = any(c.operations(_HIGHEST) <= _FIXED for c in direct)
        while 4 * reach <= _HIGHEST and (fixed or any(c.operations(4 * reach) <= _OPERATIONS for c in direct)):
            reach *= 4
    listing = min((counter.operations(reach) for counter in counters if counter.lists),
                  default=space.listing_cost(reach))
    if any(counter.operations(reach) <= listing for counter in direct):
        return None, reach, "exactly, without a list"
    return space.spectrum(cutoff=reach), reach, "in a list"


def _remainders(space: Manifold, listed: Spectrum | None, law: WeylLaw, lam: FloatArray) -> FloatArray:
    smooth = np.asarray(law.count(lam), dtype=np.float64)
    if listed is None:
        # The difference of an exact integer and of a float beyond 2⁵³ is exact in integers.
        rest = [float(space.count(float(x)) - int(s)) - (s - int(s))
                for x, s in zip(lam.ravel(), smooth.ravel(), strict=True)]
        return np.array(rest).reshape(lam.shape)
    cumulative = np.append(0, listed.cumulative).astype(np.float64)
    return np.asarray(cumulative[np.searchsorted(listed.eigenvalues, lam, side="right")] - smooth)


def _law_errors(space: Manifold, law: WeylLaw, lam: FloatArray) -> FloatArray:
    relative = max(space.volume_error, _ROUNDING) + np.array([law.lower_error(float(x)) for x in lam])
    return np.asarray(relative * law.leading(lam))


def _line(x: FloatArray, y: FloatArray, samples: int) -> tuple[float, float, float]:
    """Slope, its error and intercept.

    The scatter is taken to be at least that of the logarithm of a root mean square of so many samples; the change of
    the slope when the lower half is left out adds to the error.
    """
    centred = x - x.mean()
    slope = float(centred @ y / (centred @ centred))
    intercept = float(y.mean() - slope * x.mean())
    scatter = math.sqrt(float(((y - slope * x - intercept) ** 2).sum()) / (len(x) - 2))
    scatter = max(scatter, 1 / math.sqrt(8 * samples))
    upper = np.polynomial.polynomial.polyfit(x[len(x) // 2:], y[len(x) // 2:], 1)[1]
    return slope, math.hypot(scatter / math.sqrt(float(centred @ centred)), float(upper) - slope), intercept


def _known(space: Manifold, measure: str) -> tuple[float | None, str]:
    d = space.dim
    if isinstance(space.total, (Sphere, RankOneSpace)):
        return (d - 1) / 2, "exact: degrees k have multiplicities of order k^(d−1)"
    if space.is_flat and space is space.total:
        if d == 1:
            return 0.0, "exact"
        if d == 2:
            return 0.25, "root mean square, Cramér 1922" if measure == "rms" else \
                "conjectured, up to λ^ε; at most 131/416, Huxley 2003"
        return max(0.5, d / 2 - 1), "for rational forms, up to a power of log λ if d = 3, Jarník 1931, 1940"
    return (d - 1) / 2, "upper bound, Hörmander 1968"
