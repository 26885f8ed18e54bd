"""Statistics of unfolded levels: spacings, their ratios, number variance and form factor, against random ones."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from weylspec.counting.law import WeylLaw
from weylspec.counting.means import check_spectrum
from weylspec.errors import IncompleteSpectrumError, WeylspecError
from weylspec.spectrum import Spectrum

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FloatArray = npt.NDArray[np.float64]

_LEAST = 50             # levels; the Kolmogorov–Smirnov distance then has an error of about 0.14
_MOST = 10**6
_DEGREE = 4             # of the polynomial in √λ that unfolds where there is no law
_PARTS = 4              # of the list, whose spread gives the errors of number variances
_LENGTHS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
_TIMES = tuple(round(0.1 * k, 1) for k in range(1, 21))
_PER_TIME = 64          # times that one value of the form factor is a mean over
_TOGETHER = 1e-9        # unfolded distance below which levels count as one
_DEGENERATE = 0.1       # share of zero spacings above which levels are called degenerate
_NEAR = 0.05            # distance beyond the 1% quantile 1.63/√n of the statistic up to which a model is named
_QUANTILE = 1.63
_FORMED = 20_000
_RIGID = 0.25           # standard deviation of spacings below which levels are called rigid; that of GUE is 0.42


def _gue_cdf(s: FloatArray) -> FloatArray:
    from scipy.special import erf

    return np.asarray(erf(2 * s / math.sqrt(math.pi)) - 4 * s / math.pi * np.exp(-4 * s * s / math.pi))


@dataclass(frozen=True)
class _Reference:
    """A model of levels: distribution of spacings, mean of r̃, number variance, form factor."""

    cdf: Callable[[FloatArray], FloatArray]
    density: Callable[[FloatArray], FloatArray]
    ratio: float
    variance: Callable[[FloatArray], FloatArray]
    form: Callable[[FloatArray], FloatArray]


def _goe_form(t: FloatArray) -> FloatArray:
    above = np.log((2 * t + 1) / np.maximum(2 * t - 1, 1e-300))
    return np.where(t < 1, 2 * t - t * np.log1p(2 * t), 2 - t * above)


_REFERENCES = {
    "Poisson": _Reference(lambda s: -np.expm1(-s), lambda s: np.exp(-s), 2 * math.log(2) - 1, lambda x: x,
                          np.ones_like),
    "GOE": _Reference(
        lambda s: -np.expm1(-math.pi * s * s / 4), lambda s: math.pi / 2 * s * np.exp(-math.pi * s * s / 4), 0.5307,
        lambda x: 2 / math.pi**2 * (np.log(2 * math.pi * x) + np.euler_gamma + 1 - math.pi**2 / 8), _goe_form),
    "GUE": _Reference(
        _gue_cdf, lambda s: 32 / math.pi**2 * s * s * np.exp(-4 * s * s / math.pi), 0.5996,
        lambda x: (np.log(2 * math.pi * x) + np.euler_gamma + 1) / math.pi**2, lambda t: np.minimum(t, 1.0)),
}


@dataclass(frozen=True, eq=False)
class LevelStatistics:
    """What the fluctuations of unfolded levels look like.

    Attributes
    ----------
    character : str
        "Poisson", "GOE" or "GUE": the nearest distribution of spacings, if the Kolmogorov–Smirnov distance is at
        most 0.05 + 1.63/√n; "degenerate" where more than a tenth of the spacings vanish; "rigid" where spacings
        hardly vary (spheres: a picket fence); else "none of the models".
    levels : int
    degenerate : float
        Share of spacings that vanish.
    mean_spacing, spacing_deviation : float
        The mean is 1 if the unfolding is right.
    ratio : float
        Mean of r̃ = min(s_j, s_{j+1})/max(s_j, s_{j+1}).
    ratio_error : float
        Standard error, as if successive ratios were independent.
    distances : dict of str to (float, float)
        Kolmogorov–Smirnov distance to each model, and the probability of a larger one for independent spacings.
        A scale, not a test: spacings are not independent, and for GOE and GUE Wigner's surmise is not exact.
    lengths, number_variance, variance_errors : ndarrays of shape (6,)
        Σ²(L), the variance of the number of unfolded levels in intervals of length L; error from four parts.
    times, form_factor : ndarrays of shape (20,)
        K(τ) = |Σ exp(2πiτx_j)|²/n with a Gaussian taper, mean over bins of width 0.1, of the upper 20 000 levels.
    spacings, unfolded : ndarrays
    unfolding : str
        By what the levels were unfolded.
    """

    character: str
    levels: int
    degenerate: float
    mean_spacing: float
    spacing_deviation: float
    ratio: float
    ratio_error: float
    distances: dict[str, tuple[float, float]]
    lengths: FloatArray
    number_variance: FloatArray
    variance_errors: FloatArray
    times: FloatArray = field(repr=False)
    form_factor: FloatArray = field(repr=False)
    spacings: FloatArray = field(repr=False)
    unfolded: FloatArray = field(repr=False)
    unfolding: str

    def _facts(self) -> list[tuple[str, ...]]:
        models = list(_REFERENCES.values())
        rows = [
            ("character", self.character, *("",) * 3),
            ("levels", str(self.levels), *("",) * 3),
            ("spacings that vanish", f"{self.degenerate:.1%}", "0.0%", "0.0%", "0.0%"),
            ("mean spacing", f"{self.mean_spacing:.4f}", "1", "1", "1"),
            ("deviation of spacings", f"{self.spacing_deviation:.4f}", "1.0000", "0.5227", "0.4220"),
            ("mean of r̃", f"{self.ratio:.4f} ± {self.ratio_error:.4f}", *(f"{m.ratio:.4f}" for m in models)),
            ("KS distance (p)", "", *(f"{d:.4f} ({p:.2g})" for d, p in self.distances.values())),
        ]
        for x, v, e in zip(self.lengths, self.number_variance, self.variance_errors, strict=True):
            rows.append((f"Σ²({x:g})", f"{v:.4f} ± {e:.4f}", *(f"{float(m.variance(x)):.4f}" for m in models)))
        return rows

    def table(self) -> str:
        """Measured against the three models, as plain text."""
        from weylspec.render.tables import text_table

        return f"{text_table(('', 'measured', *_REFERENCES), self._facts())}\n\nunfolded by {self.unfolding}"

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers and strings, for JSON."""
        return {
            "character": self.character, "levels": self.levels, "degenerate": self.degenerate,
            "mean_spacing": self.mean_spacing, "spacing_deviation": self.spacing_deviation, "ratio": self.ratio,
            "ratio_error": self.ratio_error, "distances": {k: list(v) for k, v in self.distances.items()},
            "lengths": self.lengths.tolist(), "number_variance": self.number_variance.tolist(),
            "variance_errors": self.variance_errors.tolist(), "times": self.times.tolist(),
            "form_factor": self.form_factor.tolist(), "unfolding": self.unfolding,
        }

    def plot(self, ax: Axes | None = None) -> Axes:
        """The histogram of spacings, with the densities of the three models."""
        from weylspec.render._style import axes_or_new, colour, legend, tidy

        axes = axes_or_new(ax)
        top, bins = 4.0, 40
        share = np.full(len(self.spacings), bins / top / len(self.spacings))  # of all spacings, wider ones too
        axes.hist(self.spacings, bins=np.linspace(0, top, bins + 1).tolist(), weights=share, color=colour(0),
                  alpha=0.35, label="spacings")
        grid = np.linspace(0, top, 200)
        for index, (name, model) in enumerate(_REFERENCES.items()):
            axes.plot(grid, model.density(grid), color=colour(index + 1), linewidth=1.3, label=name)
        axes.set_xlim(0, top)
        tidy(axes, "spacing of unfolded levels", "density", self.character)
        legend(axes)
        return axes

    def _repr_html_(self) -> str:
        from weylspec.render.tables import html_table

        return html_table(("", "measured", *_REFERENCES), self._facts(), f"unfolded by {self.unfolding}")


def level_statistics(
    spectrum: Spectrum, law: WeylLaw | None = None, *, distinct: bool = False, lowest: float = 0.0
) -> LevelStatistics:
    """Unfold levels by their smooth law and compare their fluctuations with Poisson, GOE and GUE.

    x_j = N_smooth(λ_j) with all terms of the law, so that the mean spacing is 1.

    Parameters
    ----------
    spectrum : Spectrum
        At most 10⁶ eigenvalues.
    law : WeylLaw, optional
        Default: a polynomial of degree 4 in √λ, fitted to the list's own counting function.
    distinct : bool
        Take every level once. The law counts multiplicities, so the levels are then unfolded by a polynomial.
    lowest : float
        Leave out eigenvalues below.

    Returns
    -------
    LevelStatistics

    Raises
    ------
    IncompleteSpectrumError
        For fewer than 50 levels.
    WeylspecError
        For more than 10⁶, or a law that does not ascend over them.

    References
    ----------
    Berry and Tabor (1977), "Level clustering in the regular spectrum"; Bohigas, Giannoni and Schmit (1984),
    "Characterization of chaotic quantum spectra and universality of level fluctuation laws"; Atas, Bogomolny,
    Giraud and Roux (2013), "Distribution of the ratio of consecutive level spacings in random matrix ensembles"
    (means of r̃ for large matrices); Mehta (2004), "Random matrices" (Σ² for large L, form factors).

    Examples
    --------
    The levels of a sphere stand like a fence, each many times:

    >>> import weylspec as ws
    >>> S2 = ws.Sphere(2)
    >>> level_statistics(S2.spectrum(cutoff=4000), ws.weyl_law(S2)).character
    'degenerate'
    >>> level_statistics(S2.spectrum(cutoff=4000), distinct=True).character
    'rigid'
    """
    check_spectrum(spectrum)
    if not isinstance(law, WeylLaw | None):
        raise WeylspecError(f"law must be a WeylLaw, such as weyl_law(Sphere(2)), got {law!r}")
    lam = spectrum.eigenvalues if distinct else _repeated(spectrum)
    counted = np.arange(len(lam))
    kept = lam >= lowest
    lam, counted = lam[kept], counted[kept]
    if len(lam) < _LEAST:
        raise IncompleteSpectrumError(f"{len(lam)} levels are too few for statistics; list at least {_LEAST}")
    if law is None or distinct:
        x, how = _by_polynomial(lam, counted), f"a polynomial of degree {_DEGREE} in √λ"
    else:
        x, how = np.asarray(law.count(lam), dtype=np.float64), f"{len(law.terms)} terms of Weyl's law of {law.space}"
    spacings = np.diff(x)
    if (spacings < -1e-6).any():
        raise WeylspecError("the smooth law descends over these levels; leave out the lowest: lowest=…")
    spacings = np.maximum(spacings, 0.0)
    degenerate = float((spacings < _TOGETHER).mean())
    ratios = _ratios(spacings)
    distances = {name: _distance(spacings, model.cdf) for name, model in _REFERENCES.items()}
    deviation = float(spacings.std())
    variance, errors = _number_variance(x)
    return LevelStatistics(
        _character(len(lam), degenerate, deviation / float(spacings.mean()), distances), len(lam), degenerate,
        float(spacings.mean()), deviation, float(ratios.mean()), float(ratios.std() / math.sqrt(len(ratios))),
        distances, np.array(_LENGTHS), variance, errors, np.array(_TIMES), _form_factor(x), spacings, x, how,
    )


def _repeated(spectrum: Spectrum) -> FloatArray:
    if spectrum.total > _MOST:
        raise WeylspecError(f"{spectrum.total} eigenvalues are more than {_MOST}; cut the list: spectrum.up_to(…)")
    return spectrum.repeated()


def _by_polynomial(lam: FloatArray, counted: npt.NDArray[np.intp]) -> FloatArray:
    root = np.sqrt(np.maximum(lam, 0.0))
    fit = np.polynomial.Polynomial.fit(root, counted, _DEGREE)
    return np.asarray(fit(root), dtype=np.float64)


def _ratios(spacings: FloatArray) -> FloatArray:
    """Smaller over larger of successive spacings; 0 where both vanish."""
    a, b = spacings[1:], spacings[:-1]
    larger = np.maximum(a, b)
    return np.where(larger > _TOGETHER, np.minimum(a, b) / np.maximum(larger, _TOGETHER), 0.0)


def _distance(spacings: FloatArray, cdf: Callable[[FloatArray], FloatArray]) -> tuple[float, float]:
    from scipy.special import kolmogorov

    n = len(spacings)
    expected = cdf(np.sort(spacings))
    steps = np.arange(n + 1) / n
    distance = float(max((steps[1:] - expected).max(), (expected - steps[:-1]).max()))
    return distance, float(kolmogorov(math.sqrt(n) * distance))


def _character(levels: int, degenerate: float, deviation: float, distances: dict[str, tuple[float, float]]) -> str:
    if degenerate > _DEGENERATE:
        return "degenerate"
    if deviation < _RIGID:
        return "rigid"
    nearest = min(distances, key=lambda name: distances[name][0])
    return nearest if distances[nearest][0] <= _NEAR + _QUANTILE / math.sqrt(levels) else "none of the models"


def _number_variance(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Variance of the number of levels in (y, y + L], y in steps of L/8; not a number where the list is too short."""
    variances, errors = [], []
    for length in _LENGTHS:
        starts = np.arange(x[0], x[-1] - length, length / 8)
        counts = np.searchsorted(x, starts + length, side="right") - np.searchsorted(x, starts, side="right")
        parts = [part for part in np.array_split(counts, _PARTS) if len(part) > 1]
        variances.append(float(counts.var()) if len(counts) > 1 else math.nan)
        spread = np.array([part.var() for part in parts])
        errors.append(float(spread.std(ddof=1) / math.sqrt(_PARTS)) if len(parts) == _PARTS else math.nan)
    return np.array(variances), np.array(errors)


def _form_factor(x: FloatArray) -> FloatArray:
    """Means over bins of τ; the taper exp(−z²) over the list keeps the mean density out of them."""
    points, times = np.unique(x, return_counts=True)
    points, times = points[-_FORMED:], times[-_FORMED:]
    middle, half = (points[0] + points[-1]) / 2, (points[-1] - points[0]) / 2
    taper = np.exp(-(2.5 * (points - middle) / half) ** 2)
    weights, values = taper * times, []
    for time in _TIMES:
        grid = time + 0.1 * ((np.arange(_PER_TIME) + 0.5) / _PER_TIME - 0.5)
        sums = np.array([np.exp(2j * math.pi * t * points) @ weights for t in grid])
        values.append(float((np.abs(sums) ** 2).mean() / (times @ taper**2)))
    return np.array(values)
