"""Spectral zeta functions and determinants of Laplacians, by Mellin transform of the heat trace."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from weylspec.counting._heat_fits import Fit, best, fits, traces, unit_weights
from weylspec.counting.heat import expansion_of, has_half_powers, listed_for, listed_for_fits
from weylspec.errors import UnknownGeometryError, WeylspecError
from weylspec.invariants.heat_expansion import HeatExpansion
from weylspec.spaces.base import Manifold
from weylspec.spaces.core import check_space
from weylspec.spectrum import Spectrum

FloatArray = npt.NDArray[np.float64]
Complex: TypeAlias = float | complex

_EPS = float(np.finfo(np.float64).eps)
_RTOL = 1e-15     # of the heat trace: what is cut off, and what the expansion may lack
_NODES = 16       # of Gauss and Legendre on every panel of ln t
_PANEL = 0.5      # width of a panel
_LAST = 60.0      # λt at which nothing is left of a level
_TIMES = 5        # splits that are tried where the expansion is measured
_DIRECT = 20.0    # Re s − d/2 beyond which the series is summed: levels ten times the first one are then no more seen
_LARGEST_EXPONENT = 700.0
_NEAR = 1e-9      # closer to a pole than this is at it


@dataclass(frozen=True)
class SpectralValue:
    """A value of a spectral function, with an estimate of its error.

    Attributes
    ----------
    space : str
    quantity : str
        "ζ(s)" or "det′ Δ".
    value : float or complex
    error : float
        Absolute: rounding, the remainder of the expansion at the split, and what is cut off; where the
        expansion is measured, its errors and the spread between fits.
    logarithm, logarithm_error : float, optional
        ln det′ Δ and its absolute error: where the value overflows they do not.
    zero_modes : int
        Multiplicity of the eigenvalue 0, which is left out.
    source : str
        What the expansion at small times is, and how long the list.
    """

    space: str
    quantity: str
    value: Complex
    error: float
    zero_modes: int
    source: str
    logarithm: float | None = None
    logarithm_error: float | None = None

    def _rows(self) -> list[tuple[str, str]]:
        rows = [(self.quantity, f"{self.value:.15g}"), ("error", f"{self.error:.1e}"),
                ("zero modes", str(self.zero_modes)), ("source", self.source)]
        return rows if self.logarithm is None else [
            ("logarithm", f"{self.logarithm:.15g}"), ("its error", f"{self.logarithm_error:.1e}"), *rows]

    def table(self) -> str:
        """The value, its error and where it is from, as plain text."""
        from weylspec.render.tables import text_table

        return text_table((self.space, ""), self._rows())

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers and strings, for JSON; a complex value as its two parts."""
        parts = [self.value.real, self.value.imag] if isinstance(self.value, complex) else self.value
        return {"space": self.space, "quantity": self.quantity, "value": parts, "error": self.error,
                "logarithm": self.logarithm, "logarithm_error": self.logarithm_error, "zero_modes": self.zero_modes,
                "source": self.source}

    def _repr_html_(self) -> str:
        from weylspec.render.tables import html_table

        return html_table((self.space, ""), self._rows())


def spectral_zeta(space: Manifold, s: Complex) -> SpectralValue:
    """ζ(s) = Σ′ m_λ λ^{−s} over the levels λ > 0, continued to the complex plane.

    Parameters
    ----------
    space : Manifold
    s : float or complex

    Returns
    -------
    SpectralValue

    Raises
    ------
    WeylspecError
        At a pole s = (d − i)/2: the message names the residue. For an s that is no finite number, or a value that no
        float holds.

    Notes
    -----
    With Z(t) ~ Σ c_e t^e as t → 0, n_0 zero modes, and any split T,

        Γ(s)ζ(s) = Σ_e c_e T^{s+e}/(s + e) − n_0 T^s/s + ∫_T^∞ t^{s−1}(Z(t) − n_0) dt + ∫_0^T t^{s−1}(Z − Σ c_e t^e) dt.

    T is so small that the last integral is lost in the rounding of floats. ζ has simple poles at s = −e with the
    residues c_e/Γ(−e); where Γ has a pole too, ζ(−m) = (−1)^m m! c_m, less n_0 for m = 0. Where the expansion has no
    closed form its terms are measured (`heat_invariants`), and the error tells.

    References
    ----------
    Minakshisundaram and Pleijel (1949), "Some properties of the eigenfunctions of the Laplace operator on Riemannian
    manifolds"; Seeley (1967) for the continuation.

    Examples
    --------
    The circle has 2ζ_R(2s), S² at 0 the value 1/3 − 1, and S³ at 0 minus its zero mode:

    >>> import weylspec as ws
    >>> spectral_zeta(ws.Sphere(1), 1).value - 3.289868133696453 < 1e-12
    True
    >>> [round(spectral_zeta(ws.Sphere(n), 0).value, 12) for n in (2, 3)]
    [-0.666666666667, -1.0]
    """
    check_space(space)
    try:
        at = complex(s)
    except (TypeError, ValueError) as refused:
        raise WeylspecError(f"ζ(s) needs a number s, got {s!r}") from refused
    if isinstance(s, (bool, str)) or not (math.isfinite(at.real) and math.isfinite(at.imag)):
        raise WeylspecError(f"ζ(s) needs a finite number s, got {s!r}")
    with np.errstate(over="ignore", invalid="ignore"):
        value, error, modes, source = _evaluated(space, partial(_Split.zeta, s=at), at)
    if not (np.isfinite(value) and math.isfinite(error)):
        raise WeylspecError(f"ζ({s:g}) of {space!r} needs numbers beyond the range of floats; ask for an s nearer to 0")
    shown: Complex = value if at.imag else float(value.real)
    name = f"{at.real:g}{at.imag:+g}i" if at.imag else f"{at.real:g}"
    return SpectralValue(repr(space), f"ζ({name})", shown, error, modes, source)


def spectral_determinant(space: Manifold) -> SpectralValue:
    """det′ Δ = exp(−ζ′(0)): the regularised product of the eigenvalues λ > 0.

    Parameters
    ----------
    space : Manifold

    Returns
    -------
    SpectralValue
        With the logarithm −ζ′(0); after scaling lengths by r it is r^{−2ζ(0)} times as large.

    References
    ----------
    Ray and Singer (1971), "R-torsion and the Laplacian on Riemannian manifolds".

    Examples
    --------
    A circle of length L has det′ Δ = L², a string with fixed ends 2L:

    >>> import weylspec as ws
    >>> round(spectral_determinant(ws.Circle(3)).value, 9)
    9.0
    >>> round(spectral_determinant(ws.Interval(3, "dirichlet")).value, 9)
    6.0
    """
    check_space(space)
    derivative, error, modes, source = _evaluated(space, _Split.derivative_at_zero, 0j)
    logarithm = -float(derivative.real)
    value = math.exp(logarithm) if logarithm < 700 else math.inf
    return SpectralValue(
        repr(space), "det′ Δ", value, value * math.expm1(min(error, 700.0)), modes, source, logarithm, error
    )


@dataclass(frozen=True, eq=False)
class _Functional:
    """What Mellin's transform makes of an expansion: constant + Σ weights·c_e, and the sizes of what is added."""

    constant: complex
    weights: npt.NDArray[np.complex128]
    rounding: float


@dataclass(frozen=True, eq=False)
class _Split:
    """A time T, the powers of t in the expansion, and the spectrum: all that Mellin's transform needs.

    Times are in the given unit, and so are coefficients.
    """

    time: float
    powers: FloatArray
    spectrum: Spectrum
    unit: float = 1.0

    @property
    def zero_modes(self) -> int:
        return int(self.spectrum.multiplicities[~self._positive].sum())

    @property
    def _positive(self) -> npt.NDArray[np.bool_]:
        return np.asarray(self.spectrum.eigenvalues > self.spectrum.errors)

    def _tail(self, s: complex) -> tuple[complex, float]:
        """∫_T^∞ t^{s−1} (Z(t) − n_0) dt and a bound on its rounding, by panels in ln t."""
        lam = self.spectrum.eigenvalues[self._positive] * self.unit
        mult = self.spectrum.multiplicities[self._positive].astype(np.float64)
        end = max(math.log(_LAST / float(lam[0])), math.log(self.time) + _PANEL)
        # |t^s| may grow far beyond what e^{−λt} has left at 60: go on by as much as t^s has gained.
        end += math.log(1 + max(s.real, 0.0))
        panels = max(1, math.ceil((end - math.log(self.time)) / (_PANEL / (1 + abs(s.imag) / 8))))
        x, w = np.polynomial.legendre.leggauss(_NODES)
        edges = np.linspace(math.log(self.time), end, panels + 1)
        half = (edges[1] - edges[0]) / 2
        u = ((edges[:-1] + edges[1:])[:, None] / 2 + half * x).reshape(-1)
        steps = np.tile(half * w, panels)
        trace, noise = traces(lam, mult, self.spectrum.errors[self._positive] * self.unit, np.exp(u))
        factors = steps * np.exp(s * u)
        return complex(factors @ trace), float(np.abs(factors) @ (noise + 2 * _EPS * trace))

    def zeta(self, s: complex) -> _Functional:
        """ζ(s); at a pole of Γ the coefficient of the expansion that is its value."""
        from scipy.special import rgamma

        m = round(-s.real)
        if m >= 0 and abs(s + m) < _NEAR:
            value = complex((-1.0) ** m * math.factorial(m) * self.unit**-m)
            return _Functional(complex(-self.zero_modes if m == 0 else 0), np.where(self.powers == m, value, 0j), 0.0)
        if s.real > _DIRECT - self.powers[0]:
            return self._series(s)
        factor = complex(rgamma(s) * np.exp(s * math.log(self.unit)))
        tail, size = self._tail(s)
        zero = self.zero_modes * np.exp(s * math.log(self.time)) / s
        away = np.abs(s + self.powers) >= _NEAR  # where not, the coefficient is zero
        sizes = np.where(away, np.exp((s + self.powers) * math.log(self.time)), 0)
        rounding = abs(factor) * (size + _EPS * abs(zero))
        return _Functional(complex(factor * (tail - zero)), factor * sizes / np.where(away, s + self.powers, 1),
                           float(rounding))

    def _series(self, s: complex) -> _Functional:
        """Σ m_λ λ^{−s} over the list, where Γ(s) is huge and the series converges fast."""
        lam, errors = (x[self._positive] for x in (self.spectrum.eigenvalues, self.spectrum.errors))
        exponents = -s * np.log(lam)
        if exponents.real.max() > _LARGEST_EXPONENT:
            raise WeylspecError(f"ζ({s.real:g}) is beyond the range of floats, about λ^(−{s.real:g}) for the least "
                                f"λ = {lam[0]:g}; scale the space, or ask for a smaller s")
        terms = self.spectrum.multiplicities[self._positive].astype(np.float64) * np.exp(exponents)
        off = _EPS * (2 + abs(s) + np.abs(exponents)) + np.expm1(np.minimum(abs(s) * errors / lam, 1.0))
        # Beyond the list N(λ) ≤ 2·N(c)(λ/c)^{d/2} is expected of Weyl's law.
        end, growth = self.spectrum.complete_below, -float(self.powers[0])
        beyond = 2 * self.spectrum.total * math.exp(-s.real * math.log(end)) * s.real / (s.real - growth)
        return _Functional(complex(terms.sum()), np.zeros(len(self.powers), dtype=np.complex128),
                           float(np.abs(terms) @ off) + beyond)

    def derivative_at_zero(self) -> _Functional:
        """ζ′(0) = Σ_{e ≠ 0} c_e T^e/e + (c_0 − n_0)(ln T + γ) + ∫_T^∞ (Z − n_0) dt/t."""
        tail, size = self._tail(0j)
        logarithm = math.log(self.time) + math.log(self.unit) + float(np.euler_gamma)
        safe = np.where(self.powers == 0, 1.0, self.powers)
        weights = np.where(self.powers == 0, logarithm, self.time**self.powers / safe).astype(np.complex128)
        return _Functional(tail - self.zero_modes * logarithm, weights, size + _EPS * abs(self.zero_modes * logarithm))


def _evaluated(
    space: Manifold, transform: Callable[[_Split], _Functional], s: complex
) -> tuple[complex, float, int, str]:
    """The transform's value, error, zero modes and source."""
    if space.dim == 0:
        raise UnknownGeometryError(f"{space!r} is a point: it has no eigenvalue above 0, and no zeta function")
    expansion = expansion_of(space)
    return _measured(space, transform, s) if expansion is None else _exact(space, expansion, transform, s)


def _exact(
    space: Manifold, expansion: HeatExpansion, transform: Callable[[_Split], _Functional], s: complex
) -> tuple[complex, float, int, str]:
    _refuse_poles(space, s, expansion.powers, expansion.scaled, expansion.errors, expansion.time)
    time = expansion.largest_time(_RTOL)
    listed = listed_for(space, time, _RTOL)
    split = _Split(time / expansion.time, expansion.powers, listed, expansion.time)
    found = transform(split)
    pieces = found.weights * expansion.scaled
    value = found.constant + complex(pieces.sum())
    # What the expansion lacks at T, with the weight of its last power: it dies out faster than that below T.
    lacking = abs(expansion(time) - float(listed.heat_trace(time, 1e-12))) * split.time ** -expansion.powers[-1]
    lost = lacking * abs(found.weights[-1]) * _growth(1 - s.real)
    error = found.rounding + float(np.abs(found.weights) @ expansion.errors) + _EPS * float(np.abs(pieces).sum()) + lost
    return value, float(error), split.zero_modes, f"{expansion.source}; {len(listed)} levels"


def _growth(power: float) -> float:
    """The largest y^power·e^{−n(y − 1)} over y ≥ 1, e^{−n} = 10⁻¹⁵: how t^{−power} raises what is lacking below T."""
    y = -power / math.log(_RTOL)
    return math.exp(min(power * math.log(y) - power - math.log(_RTOL), _LARGEST_EXPONENT)) if y > 1 else 1.0


def _measured(
    space: Manifold, transform: Callable[[_Split], _Functional], s: complex
) -> tuple[complex, float, int, str]:
    listed = listed_for_fits(space)
    candidates = fits(listed, space.dim, 1 if has_half_powers(space) else 2)
    scale = (4 * math.pi) ** (-space.dim / 2)
    longest = max(candidates.values(), key=lambda fit: len(fit.coefficients))
    powers = longest.powers - space.dim / 2
    measured = [best(candidates, partial(unit_weights, index)) for index in range(min(len(powers), 1 + space.dim))]
    values, errors = (scale * np.array([each[k] for each in measured]) for k in (0, 1))
    _refuse_poles(space, s, powers[: len(values)], values, errors)
    results = []
    for time in sorted({fit.longest / 2 for fit in candidates.values()})[:_TIMES]:
        split = _Split(time, powers, listed)
        found = transform(split)
        # Only fits that reach to T know whether the powers of t are all that there is below T.
        reaching = {place: fit for place, fit in candidates.items() if fit.longest >= time}
        value, error, _ = best(reaching, partial(_first_weights, scale * found.weights))
        results.append((found.constant + complex(value), error + found.rounding, split.zero_modes))
    value, error, modes = min(results, key=lambda each: each[1])
    return value, error, modes, f"measured heat invariants; {len(listed)} levels"


def _first_weights(weights: npt.NDArray[np.complex128], fit: Fit) -> npt.NDArray[np.complex128] | None:
    """The weights of a fit's coefficients; none for a fit that ends before the only one that counts."""
    mine = weights[: len(fit.coefficients)]
    return mine if mine.any() or not weights.any() else None


def _refuse_poles(
    space: Manifold, s: complex, powers: FloatArray, coefficients: FloatArray, errors: FloatArray, unit: float = 1.0
) -> None:
    """Refuse an s at a pole, which is one where the coefficient is not zero within its error."""
    from scipy.special import rgamma

    for power, coefficient, error in zip(powers, coefficients, errors, strict=True):
        if abs(s + power) < _NEAR and rgamma(-power) and abs(coefficient) > error:
            residue = float(coefficient * rgamma(-power)) * unit**-power
            raise WeylspecError(
                f"ζ(s) of {space!r} has a pole at s = {-power:g}, with the residue {residue:.15g}; ask beside it"
            )
