"""One row: counts at the space's own scale, the verdict, a fit of the window means, and a second route."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

import numpy as np

from weylspec._version import __version__
from weylspec.counting.law import power_of
from weylspec.counting.means import window_mean
from weylspec.counting.verify import verify_weyl
from weylspec.errors import WeylspecError
from weylspec.expressions import read_space
from weylspec.invariants.orbit_spaces.geometry import weyl_constant
from weylspec.report.atlas.labels import family_of
from weylspec.report.atlas.routes import second_route
from weylspec.report.atlas.rows import AtlasCount, AtlasRow, Curve, Fit, SecondRoute
from weylspec.report.rows import Between, counted
from weylspec.spaces.base import Manifold

if TYPE_CHECKING:
    from weylspec.counting.verify import WeylReport
    from weylspec.units import Number

NEAR, MIDDLE = 10, 1000          # eigenvalues that are counted at least
_FAR = tuple(10**k for k in (30, 12, 9, 6, 5, 4, 3, 2))
_AFFORDABLE = 3e7                # operations of the far count: a fraction of a second
_LISTED = 4.0                    # times the cutoff of the verdict: there the list takes memory as well
_WINDOWS = 8
_DRAWN = 24                      # points of a row's picture


def measured_row(label: str) -> AtlasRow:
    """Everything about one space; a refusal becomes a row that says why.

    Parameters
    ----------
    label : str
        An expression.

    Returns
    -------
    AtlasRow

    Examples
    --------
    >>> row = measured_row("Sphere(2) / PointGroup('Oh')")
    >>> row.verdict, row.route.name, row.route.result, row.dim, row.fit.predicted_exponent
    ('passed', 'null spaces over generators', 'agrees', 2, 1.0)
    >>> [(count.lam, count.count) for count in row.counts][0]
    ('280', 10)
    """
    start = time.perf_counter()
    try:
        row = _measured(label)
    except (WeylspecError, ArithmeticError, ValueError, MemoryError, RecursionError) as error:
        row = refused_row(label, f"{type(error).__name__}: {error}")
    return replace(row, seconds=round(time.perf_counter() - start, 3))


def refused_row(label: str, reason: str) -> AtlasRow:
    """A row for a space without a verdict, and why."""
    nothing = SecondRoute("", "none", "the row was not made")
    return AtlasRow(label, family_of(label), nothing, "refused", (reason,), __version__)


def _measured(label: str) -> AtlasRow:
    space = read_space(label)
    report = verify_weyl(space)
    terms = tuple((power_of(t.dim), weyl_constant(t.dim) * t.coefficient, t.source) for t in report.law.terms)
    return AtlasRow(
        label, family_of(label), second_route(space), report.verdict, report.reasons, __version__,
        total_dim=space.total.dim, dim=space.dim, volume=space.volume, volume_error=space.volume_error,
        boundary_volume=space.boundary_volume, counts=_counts(space, report.cutoff), fit=window_fit(report),
        terms=terms, spectrum_source=report.spectrum.provenance, curve=_curve(report),
    )


def _counts(space: Manifold, cutoff: float) -> tuple[AtlasCount, ...]:
    near, middle = (_rounded(float(space.spectrum(num=n).eigenvalues[-1])) for n in (NEAR, MIDDLE))
    return tuple(_count(space, lam) for lam in (near, middle, _far(space, 2 * float(middle), cutoff)))


def _count(space: Manifold, lam: Number) -> AtlasCount:
    how = min(space.counters(), key=lambda counter: counter.operations(lam)).name
    found = counted(space, lam)
    typed = f"1e{len(str(lam)) - 1}" if lam in _FAR else str(lam)
    if isinstance(found, Between):
        return AtlasCount(typed, found.value, how, found.low, found.high)
    return AtlasCount(typed, found, how)


def _far(space: Manifold, least: float, cutoff: float) -> Number:
    """The largest power of ten that a counter reaches in a fraction of a second; else where the verdict's list ends."""
    for lam in _FAR if space.is_closed_form else ():
        cheapest = min(space.counters(), key=lambda counter: counter.operations(lam))
        listed = cheapest.lists
        if lam >= least and cheapest.operations(lam) <= _AFFORDABLE and (not listed or lam <= _LISTED * cutoff):
            return lam
    return _rounded(max(cutoff, least), ROUND_FLOOR)


def _rounded(lam: float, rounding: str = ROUND_CEILING) -> Number:
    """λ rounded up (or down) to two digits, exact: an int, or a decimal string."""
    value = Decimal(lam)
    value = value.quantize(Decimal(1).scaleb(value.adjusted() - 1), rounding=rounding)
    return int(value) if value == value.to_integral_value() else format(value, "f")


def window_fit(report: WeylReport) -> Fit:
    """Exponent and constant of the counting function over the windows of a verdict, against d/2 and c_d·vol.

    Parameters
    ----------
    report : WeylReport

    Returns
    -------
    Fit
        Windows [0.8x, 1.2x], x geometric from cutoff/5 to cutoff/1.2; in them the mean of λ^{d/2} is
        proportional to x^{d/2}, so that nothing is lost by taking means.

    Examples
    --------
    >>> import weylspec as ws
    >>> fit = window_fit(ws.verify_weyl(ws.Torus(2)))
    >>> round(fit.exponent, 2), fit.predicted_exponent, round(fit.constant / math.pi, 2)
    (1.0, 1.0, 1.0)
    """
    law, top = report.law, report.cutoff
    centres = np.geomspace(top / 5, top / 1.2, _WINDOWS)
    rows = np.array([(window_mean(report.spectrum, 0.8 * x, min(1.2 * x, top)),
                      *law.window_means(0.8 * x, min(1.2 * x, top))) for x in centres])
    mean, first, lower = rows.T
    constant = weyl_constant(law.dim) * law.volume
    residual = float(((mean - first - lower) / first).mean())
    if ((mean - lower) <= 0).any():
        return Fit(math.nan, math.nan, law.dim / 2, constant, residual)
    logs = np.log(mean - lower)
    slope = float(np.polynomial.polynomial.polyfit(np.log(centres), logs, 1)[1])
    return Fit(slope, constant * math.exp(float((logs - np.log(first)).mean())), law.dim / 2, constant, residual)


def _curve(report: WeylReport) -> Curve:
    """N and the law at a few λ, evenly in log λ, from the third eigenvalue on."""
    listed = report.spectrum
    start = float(listed.eigenvalues[min(2, len(listed) - 1)])
    if not 0 < start < report.cutoff:
        return ()
    lam = np.geomspace(start, report.cutoff, _DRAWN)
    lam[-1] = report.cutoff
    heights = listed.cumulative[np.searchsorted(listed.eigenvalues, lam, side="right") - 1]
    law = report.law.count(lam)
    return tuple((float(f"{x:.6g}"), float(n), float(f"{y:.6g}")) for x, n, y in zip(lam, heights, law, strict=True))
