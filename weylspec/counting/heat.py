"""Heat traces of spaces, and heat invariants: the coefficients as t → 0, measured from a spectrum."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from weylspec import _heat
from weylspec.counting._heat_fits import best, fits, heat_data, shortest_time, unit_weights
from weylspec.counting.law import weyl_law
from weylspec.counting.means import check_space_or_spectrum
from weylspec.errors import CostError, UnknownGeometryError, WeylspecError
from weylspec.groups.base import whole
from weylspec.invariants.heat_expansion import HeatExpansion
from weylspec.invariants.orbit_spaces.geometry import Term, weyl_cutoff
from weylspec.spaces.base import Manifold
from weylspec.spaces.core import check_space
from weylspec.spectrum import Spectrum
from weylspec.units import Number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FloatArray = npt.NDArray[np.float64]

_FAR = 10**4         # cutoff of the default list, in first eigenvalues
_LIST = 2 * 10**7    # operations that the default list may take …
_EIGENVALUES = 3000  # … but at least about this many eigenvalues


@dataclass(frozen=True, eq=False)
class HeatInvariants:
    """Measured coefficients of Z(t) ~ (4πt)^{−d/2} (a_0 + a_{1/2} t^{1/2} + a_1 t + …), beside what is predicted.

    Attributes
    ----------
    space : str
    dim : int
        d.
    powers : ndarray of shape (n,)
        0, 1/2, 1, …; whole ones only, where geometry knows of no walls or strata of odd codimension.
    values : ndarray of shape (n,)
        Measured from the spectrum alone. a_0 is the volume.
    errors : ndarray of shape (n,)
        Rounding, the eigenvalues' own errors and the cut tail through the fit (a bound), plus twice the difference to
        fits with one term less and over a range half as long (an estimate).
    predicted : ndarray of shape (n,)
        From geometry, the terms of `weyl_law` as far as it is whole; beyond it from the closed form of the spectrum,
        where there is one; else nan.
    sources : tuple of n strings
        What each prediction rests on.
    spectrum : Spectrum
        What was measured.
    times : tuple of two floats
        The range of t of the longest fit that was used.

    Examples
    --------
    >>> import weylspec as ws
    >>> found = heat_invariants(ws.Sphere(2))
    >>> found.powers, (found.values / (4 * np.pi)).round(9)
    (array([0., 1., 2.]), array([1.        , 0.33333333, 0.06666667]))
    """

    space: str
    dim: int
    powers: FloatArray
    values: FloatArray
    errors: FloatArray
    predicted: FloatArray
    sources: tuple[str, ...]
    spectrum: Spectrum = field(repr=False)
    times: tuple[float, float]

    @property
    def deviations(self) -> FloatArray:
        """(measured − predicted)/error; nan where nothing is predicted."""
        return np.asarray((self.values - self.predicted) / self.errors)

    def _rows(self) -> list[tuple[str, ...]]:
        digits = [max(1, min(16, 1 + math.ceil(math.log10(max(abs(value), error) / error)))) for value, error in
                  zip(self.values, self.errors, strict=True)]
        return [
            (f"{power:g}", f"{value:.{n}g}", f"{error:.1e}", "" if math.isnan(known) else f"{known:.{n}g}", source)
            for power, value, error, known, source, n in
            zip(self.powers, self.values, self.errors, self.predicted, self.sources, digits, strict=True)
        ]

    def table(self) -> str:
        """Power of t, measured coefficient, its error, and what is predicted, as plain text."""
        from weylspec.render.tables import text_table

        return text_table(("power of t", "measured", "error", "predicted", "source"), self._rows())

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers and strings, for JSON; None where nothing is predicted."""
        return {
            "space": self.space, "dim": self.dim, "powers": self.powers.tolist(), "values": self.values.tolist(),
            "errors": self.errors.tolist(), "sources": list(self.sources), "times": list(self.times),
            "predicted": [None if math.isnan(known) else known for known in self.predicted.tolist()],
            "spectrum": self.spectrum.provenance,
        }

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw (4πt)^{d/2} Z(t) and the measured terms, over the range of the fit."""
        from weylspec.render.pictures import curves

        t = np.linspace(*self.times, 200)
        trace = (4 * math.pi * t) ** (self.dim / 2) * heat_data(self.spectrum, t)[0]
        fitted = sum(value * t**power for power, value in zip(self.powers, self.values, strict=True))
        return curves(t, {"heat trace": trace, f"{len(self.values)} terms": np.asarray(fitted)}, ax=ax,
                      xlabel="t", ylabel="(4πt)^(d/2) Z(t)", title=self.space, scale="linear")

    def _repr_html_(self) -> str:
        from weylspec.render.tables import html_table

        return html_table(("power of t", "measured", "error", "predicted", "source"), self._rows(),
                          f"heat invariants of {self.space}, from {len(self.spectrum)} levels")


def heat_trace(space: Manifold, t: float | npt.ArrayLike, rtol: float = 1e-10) -> Any:
    """Z(t) = Σ m_λ exp(−tλ) of a space: by a list that is long enough, or by its expansion where t is small.

    Parameters
    ----------
    space : Manifold
    t : float or array of shape (n,)
        Positive times, in units of 1/λ.
    rtol : float
        Relative error: a bound on the tail of the list, or an estimate for the expansion.

    Returns
    -------
    float or ndarray of shape (n,)

    Raises
    ------
    WeylspecError
        Unless t > 0.
    CostError
        Where the list would be too long.

    Examples
    --------
    >>> import weylspec as ws
    >>> heat_trace(ws.Sphere(2), [1e-6, 1.0])
    array([1.00000033e+06, 1.41844264e+00])
    """
    check_space(space)
    times = np.atleast_1d(np.asarray(t, dtype=np.float64))
    if not (times > 0).all():
        raise WeylspecError(f"heat_trace needs t > 0, got {float(times[~(times > 0)].flat[0])}")
    expansion = expansion_of(space)
    short = np.array([expansion is not None and expansion.error(s) <= rtol * expansion(s) for s in times], dtype=bool)
    found = np.empty(len(times))
    if expansion is not None:
        found[short] = expansion(times[short])
    if not short.all():
        shortest = float(times[~short].min())
        found[~short] = listed_for(space, shortest, rtol).heat_trace(times[~short], rtol)
    return float(found[0]) if np.ndim(t) == 0 else found


def listed_for(space: Manifold, t: float, rtol: float) -> Spectrum:
    """A list that is long enough for the heat trace at t, and later, with a relative tail of rtol."""
    return space.spectrum(cutoff=_heat.sufficient(space.dim / 2 + 1, 1.0, rtol) / t)


def heat_invariants(
    of: Manifold | Spectrum, order: float = 2, *, cutoff: Number | None = None, dim: int | None = None
) -> HeatInvariants:
    """Coefficients of the heat trace as t → 0, measured by fits to a spectrum, beside those that geometry predicts.

    (4πt)^{d/2} Z(t) is fitted by polynomials in √t, or in t, at Chebyshev nodes over ranges [t_0, t_1]. t_0 is where
    the cut tail is below 10⁻¹⁵ of Z; t_1 and the number of terms are those of the least error, for each
    coefficient: what rounding does to it, plus twice the spread between fits.

    Parameters
    ----------
    of : Manifold or Spectrum
        A spectrum comes without geometry: both half and whole powers are fitted, and nothing is predicted.
    order : float
        The largest power of t to report, a multiple of 1/2.
    cutoff : number, optional
        Of the list of a space. Default: ten thousand first eigenvalues, or what 2·10⁷ operations can do.
    dim : int, optional
        The dimension; by default that of the space, or of the spectrum by its growth.

    Returns
    -------
    HeatInvariants

    Raises
    ------
    WeylspecError
        For an order that is no multiple of 1/2, or a list too short for a fit.

    Notes
    -----
    On a closed manifold a_0 = vol, a_1 = (1/6)∫Scal (Minakshisundaram and Pleijel 1949; McKean and Singer 1967);
    with a boundary a_{1/2} = ∓(√π/2)·vol(∂M), Dirichlet or Neumann. Where orbits of a group of positive dimension are
    singular, powers of log t may occur beyond the first terms (Brüning and Heintze 1984), which no fit allows for.

    Examples
    --------
    A disk of radius 1: area π, half the perimeter times −√π, and the Euler characteristic 1/6 times 4π:

    >>> import weylspec as ws
    >>> found = heat_invariants(ws.Disk(1, "dirichlet"), 1, cutoff=4000)
    >>> (found.values / [np.pi, -np.pi**1.5, 4 * np.pi / 6]).round(3)
    array([1., 1., 1.])
    """
    check_space_or_spectrum(of)
    twice = float(2 * order)
    n = whole(int(twice) if twice.is_integer() else twice, "twice the order", 0)
    if isinstance(of, Spectrum):
        d = max(1, round(2 * of.growth())) if dim is None else whole(dim, "dim", 0)
        return _measured(of, "a spectrum", d, n, 1, {})
    listed = listed_for_fits(of) if cutoff is None else of.spectrum(cutoff=cutoff)
    step = 1 if has_half_powers(of) else 2
    return _measured(listed, repr(of), of.dim, n, step, _predictions(of, n))


def expansion_of(space: Manifold) -> HeatExpansion | None:
    """The expansion of a space's heat trace, where it has a closed form."""
    try:
        return space.heat_expansion()
    except UnknownGeometryError:
        return None


def has_half_powers(space: Manifold) -> bool:
    """Whether odd powers of √t may occur: walls, strata of odd codimension, or orbits of a Lie group."""
    try:
        odd = any((space.dim - term.dim) % 2 for term in weyl_law(space).terms)
    except UnknownGeometryError:
        return True
    return odd or bool(space.walls) or not math.isfinite(space.effective_order)


def listed_for_fits(space: Manifold) -> Spectrum:
    """The levels up to ten thousand times the first eigenvalue, or what is affordable, some thousand at least."""
    high = _FAR * float(space.spectrum(num=2).eigenvalues[-1])
    low = min(high, weyl_cutoff(space.dim, space.volume, _EIGENVALUES))
    while high > low:
        if space.listing_cost(high) <= _LIST:
            try:
                return space.spectrum(cutoff=high)
            except CostError:  # lists of products and sublattices are refused by themselves
                pass
        high /= 2
    return space.spectrum(cutoff=low)


def _measured(
    spectrum: Spectrum, name: str, dim: int, order: int, step: int, known: Mapping[int, tuple[float, str]]
) -> HeatInvariants:
    candidates = fits(spectrum, dim, step)
    places = range(0, order + 1, step)
    found = [best(candidates, partial(unit_weights, place // step)) for place in places]
    longest = max(fit.longest for _, _, fit in found)
    shown = [known.get(place, (math.nan, "")) for place in places]
    return HeatInvariants(
        name, dim, np.array(places) / 2, np.array([float(value) for value, _, _ in found]),
        np.array([error for _, error, _ in found]), np.array([value for value, _ in shown]),
        tuple(source for _, source in shown), spectrum, (shortest_time(spectrum, dim), longest),
    )


def _predictions(space: Manifold, order: int) -> dict[int, tuple[float, str]]:
    """What is known of a_{i/2}, by i: the terms of Weyl's law as far as they are whole, then a closed form."""
    try:
        law = weyl_law(space)
    except UnknownGeometryError:
        return _from_closed_form(space, order)
    found: dict[int, list[Term]] = {}
    for term in law.terms:
        found.setdefault(space.dim - term.dim, []).append(term)
    told = {
        i: (math.fsum((4 * math.pi) ** (i / 2) * term.coefficient for term in group),
            "; ".join(dict.fromkeys(term.source for term in group)))
        for i, group in found.items() if space.dim - i > law.remainder_dim
    }
    left_out = {i: (0.0, "geometry: no such term") for i in range(order + 1) if space.dim - i > law.remainder_dim}
    return _from_closed_form(space, order) | left_out | told


def _from_closed_form(space: Manifold, order: int) -> dict[int, tuple[float, str]]:
    """All coefficients where the heat trace is expanded in closed form, by the formula of the spectrum."""
    expansion = expansion_of(space)
    if expansion is None:
        return {}
    scaled = (4 * math.pi) ** (space.dim / 2) * expansion.coefficients
    if expansion.ends:
        scaled = np.pad(scaled, (0, max(0, order + 1 - len(scaled))))
    return {i: (float(value), f"closed form of the spectrum: {expansion.source}") for i, value in enumerate(scaled)}
