"""Predicted learning curve of kernel ridge regression: the deterministic equivalent (not a bound)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from weylspec.bridge.levels import LevelTable
from weylspec.bridge.results import Assumptions, a_space, real, result_table
from weylspec.bridge.search import minimise
from weylspec.bridge.sums import bias_sum, power_sum, regularised_sum, shrunk, table_for
from weylspec.errors import WeylspecError
from weylspec.units import Number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from weylspec.spaces.base import Manifold
    from weylspec.spectrum import Spectrum

FloatArray = npt.NDArray[np.float64]
Target: TypeAlias = npt.ArrayLike | Callable[[FloatArray], FloatArray] | None

Bias: TypeAlias = Callable[[LevelTable, FloatArray], FloatArray]

_ENERGY_SHARE = 1e-10  # a callable target is followed until the last three quarters of the list add less
_STEPS = 16
_STEP = 1.5
_RISES = 8
_SOURCE = (
    "deterministic equivalent of kernel ridge regression (Gaussian universality, a heuristic; Bordelon, Canatar, "
    "Pehlevan 2020; Simon et al. 2021): accurate to some 10% at nη ≥ 1, not a bound"
)
_POINT_SOURCE = "exact: on a point the estimator is the mean of the samples, shrunk by 1/(1 + η)"


def default_energies(spectrum: Spectrum, s: Number, d: int, norm: Number = 1.0) -> FloatArray:
    """Energy per level of the default target on a finite list: ∝ m_λ(1+λ)^{−(s+(d+1)/2)}, ‖f‖_{H^s} = F.

    Parameters
    ----------
    spectrum : Spectrum
        The levels on which the target lives.
    s : number
        Smoothness.
    d : int
        Dimension of the space.
    norm : number
        F: Σ (1+λ)^s e_λ = F² over the list.

    Returns
    -------
    ndarray of shape (levels,)
        e_λ = Σ_{φ∈E_λ} ⟨f, φ⟩².

    Examples
    --------
    >>> import weylspec as ws
    >>> default_energies(ws.Torus(1).spectrum(cutoff=1), s=1, d=1, norm=1).tolist()
    [0.5, 0.25]
    """
    smooth, radius = real(s, "s"), real(norm, "norm")
    shifted = 1.0 + spectrum.eigenvalues
    mult = np.asarray(spectrum.multiplicities, dtype=np.float64)
    shape = mult * shifted ** -((d + 1) / 2)
    return np.asarray(radius**2 * shape / shape.sum() * shifted**-smooth)


@dataclass(frozen=True, eq=False)
class LearningCurve:
    """Predicted excess risk E‖f̂ − f*‖² at several n.

    Attributes
    ----------
    n : ndarray of shape (k,)
    value : ndarray of shape (k,)
        Predicted excess risk in L²(μ).
    ridge : ndarray of shape (k,)
        η used at each n (scikit-learn's alpha is nη).
    effective_ridge : ndarray of shape (k,)
        κ̃ of n = Σ w/(w + κ̃) + nη/κ̃, w = (1+λ)^{−s}; η itself on a point.
    bias : ndarray of shape (k,)
        Σ (1 − L)² a² before the factor 1/(1 − ΣL²/n), which a point has not.
    assumptions, constants, source
        As in every result.
    """

    n: FloatArray
    value: FloatArray
    ridge: FloatArray
    effective_ridge: FloatArray
    bias: FloatArray
    assumptions: Assumptions
    constants: Mapping[str, float]
    source: str

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw predicted risk against n."""
        from weylspec.render.pictures import curves

        return curves(self.n, {"predicted": self.value}, ax=ax, xlabel="n", ylabel="excess risk")

    def _repr_html_(self) -> str:
        rows = [(f"n = {n:g}", f"{risk:.6g} (ridge {eta:.3g})")
                for n, risk, eta in zip(self.n, self.value, self.ridge, strict=True)]
        return result_table("predicted learning curve", rows, self.assumptions, self.constants, self.source)


def learning_curve(
    space: Manifold,
    *,
    s: Number,
    n: Number | Sequence[Number] | FloatArray,
    noise: Number,
    norm: Number = 1.0,
    ridge: Number | Sequence[Number] | Literal["optimal"] = "optimal",
    target: Target = None,
    misfit: Number = 0.0,
) -> LearningCurve:
    """Predicted excess risk of kernel ridge regression with kernel K_s^G for a typical target.

    Solve n = Σ_j L_j + nη/κ̃ with L_j = w_j/(w_j + κ̃); the prediction is
    (Σ(1 − L_j)²a_j² + misfit + σ²)/(1 − ΣL_j²/n) − σ².

    On a point (dim M/G = 0) only the constant a is learned, f̂ = ȳ/(1 + η), and the risk is known:
    (η²a² + (σ² + misfit)/n)/(1 + η)² + misfit, smallest at η = (σ² + misfit)/(na²).

    Parameters
    ----------
    space : Manifold
        M or M/G.
    s : number
        Smoothness of the kernel, s > d/2.
    n : number or sequence of k numbers
        Numbers of samples, positive (real).
    noise : number
        σ, standard deviation.
    norm : number
        F of the default target; other targets are taken as they are.
    ridge : number, sequence of k numbers, or "optimal"
        η of (1/n)Σ(y − f)² + η‖f‖²; "optimal" minimises the prediction at each n.
    target : None, array of shape (levels,) or callable
        Energy per level Σ_{φ∈E_λ}⟨f*, φ⟩²: of the first levels of the space (none beyond), or as a
        vectorised function of λ. By default ∝ m_λ(1+λ)^{−(s+(d+1)/2)} over *all* levels, with
        ‖f*‖_{H^s} = F; hand in ``default_energies(spectrum, …)`` for the same shape on a finite list.
    misfit : number
        ‖f_⊥‖² of a part of the target outside the span of the kernel (a symmetry that is not exact).

    Returns
    -------
    LearningCurve

    Raises
    ------
    WeylspecError
        If s ≤ d/2, an n is not positive, or the target is not a non-negative energy per level.

    Examples
    --------
    With η → ∞ the answer is 0, whose risk on a point is F².

    >>> import weylspec as ws
    >>> point = ws.Sphere(2) / ws.SO(3)
    >>> learning_curve(point, s=1, n=[10], noise=1, ridge=1e9).value.round(6).tolist()
    [1.0]

    The best shrinkage has risk σ²F²/(nF² + σ²).

    >>> learning_curve(point, s=1, n=[1, 9], noise=1).value.tolist()
    [0.5, 0.1]
    """
    smooth, sigma, lost = real(s, "s"), real(noise, "noise", strict=False), real(misfit, "misfit", strict=False)
    radius = real(norm, "norm")
    if smooth <= a_space(space).dim / 2:
        raise WeylspecError(f"s = {smooth:g} must exceed d/2 = {space.dim / 2:g} on {space!r}")
    samples = np.array([real(each, "n") for each in _numbers(n)])
    if not len(samples):
        raise WeylspecError("n is empty; give at least one number of samples")
    model = Prediction(smooth, sigma, lost, *_target(space, smooth, radius, target))
    table = LevelTable.start(space)
    rows = []
    for count, eta in zip(samples, _ridges(ridge, len(samples)), strict=True):
        if table.point:
            rows.append(model.on_a_point(count, eta))
            continue
        table, kappa = _best(model, table, count) if eta is None else _solve(model, table, count, eta)
        rows.append((kappa, *model.at(table, kappa, count)))
    kappas, risk, ridges, bias = np.array(rows).T
    tried = ("nη ≥ 1 at every n, where the prediction was tried", bool((samples * ridges >= 1).all()))
    return LearningCurve(
        samples, risk, ridges, kappas, bias,
        (("s > d/2", True),) if table.point else (("s > d/2", True), tried),
        {"s": smooth, "σ": sigma, "misfit": lost, "d": float(space.dim), "Σa²": model.energy},
        _POINT_SOURCE if table.point else _SOURCE,
    )


def _numbers(value: Any) -> list[Number]:
    """A list of numbers as it is, one number (or a string that is one) as a list of one."""
    return [value] if isinstance(value, str) or np.ndim(value) == 0 else list(value)


def _ridges(ridge: Number | Sequence[Number], count: int) -> list[float | None]:
    """One ridge per n; None where it is to be optimised."""
    if isinstance(ridge, str) and ridge == "optimal":
        return [None] * count
    etas: list[float | None] = [real(each, "ridge", strict=False) for each in _numbers(ridge)]
    if len(etas) == 1:
        return etas * count
    if len(etas) != count:
        raise WeylspecError(f"{count} values of n need as many ridges, got {len(etas)}")
    return etas


@dataclass(frozen=True, eq=False)
class Prediction:
    """The deterministic equivalent as a function of the effective ridge κ̃, and the exact risk on a point.

    Attributes
    ----------
    s, noise, misfit : float
    bias : callable
        (table, κ̃ of shape (k,)) ↦ Σ(1 − L)²a² of shape (k,).
    energy : float
        Σ a².
    """

    s: float
    noise: float
    misfit: float
    bias: Bias
    energy: float

    def excess(self, table: LevelTable, kappa: FloatArray, n: float) -> FloatArray:
        """(Σ(1−L)²a² + misfit + σ²ΣL²/n)/(1 − ΣL²/n), which is the prediction rearranged."""
        share = regularised_sum(table, self.s, kappa, 2.0).value / n
        return np.asarray((self.bias(table, kappa) + self.misfit + self.noise**2 * share) / (1 - share))

    def allowed(self, table: LevelTable, kappa: FloatArray, n: float) -> FloatArray:
        """`excess`, infinite where n < ΣL: no ridge η ≥ 0 gives such a κ̃."""
        first = regularised_sum(table, self.s, kappa).value
        return np.where(first <= n, self.excess(table, kappa, n), np.inf)

    def at(self, table: LevelTable, kappa: float, n: float) -> tuple[float, float, float]:
        """Excess risk, ridge η = κ̃(1 − ΣL/n) and bias at one κ̃."""
        point = np.array([kappa])
        eta = kappa * (1 - float(regularised_sum(table, self.s, point).value[0]) / n)
        return float(self.excess(table, point, n)[0]), max(eta, 0.0), float(self.bias(table, point)[0])

    def on_a_point(self, n: float, eta: float | None) -> tuple[float, float, float, float]:
        """η (twice: it is also the effective ridge), exact risk and bias of ȳ/(1 + η); None takes the best η."""
        # ȳ − a has variance (σ² + misfit)/n; shrinking it by 1 − t costs t²a² + (1 − t)²·variance.
        variance = (self.noise**2 + self.misfit) / n
        if eta is None:
            eta = variance / self.energy if self.energy else np.inf
        lost = 1.0 if np.isinf(eta) else eta / (1 + eta)
        bias = lost**2 * self.energy
        return eta, bias + (1 - lost) ** 2 * variance + self.misfit, eta, bias


def _target(space: Manifold, s: float, norm: float, target: Target) -> tuple[Bias, float]:
    """Σ(1−L)²a² as a function of κ̃, and Σa²."""
    if target is None:
        decay = s + (space.dim + 1) / 2
        table = _converged(LevelTable.start(space), decay - s)
        scale = norm**2 / float(power_sum(table, decay - s).value[0])
        energy = scale * float(power_sum(table, decay).value[0])
        return lambda levels, kappa: scale * bias_sum(levels, s, kappa, decay).value, energy
    table = LevelTable.start(space)
    if callable(target):
        energies = np.asarray(target(table.spectrum.eigenvalues), dtype=np.float64)
        while energies[4 * table.shifted > table.top].sum() > _ENERGY_SHARE * energies.sum() and not table.full:
            table = table.longer
            energies = np.asarray(target(table.spectrum.eigenvalues), dtype=np.float64)
    else:
        energies = np.asarray(target, dtype=np.float64)
        while len(table.shifted) < len(energies) and not table.point:
            table = table.longer
    shifted = table.shifted[: len(energies)]
    if energies.ndim != 1 or len(energies) > len(shifted) or not (energies >= 0).all():
        raise WeylspecError(
            f"the target must be non-negative energies, one per level of {space!r} from the lowest; "
            f"got shape {energies.shape} with smallest entry {energies.min(initial=0):g}"
        )
    return lambda _, kappa: shrunk(shifted, s, kappa) @ energies, float(energies.sum())


def _converged(table: LevelTable, exponent: float) -> LevelTable:
    """A table long enough for Σ m(1+λ)^{−exponent} to 1e-10 (less where the list gets too long)."""
    while not table.full:
        total = power_sum(table, exponent)
        if total.error[0] <= _ENERGY_SHARE * total.value[0]:
            break
        table = table.longer
    return table


def _best(model: Prediction, table: LevelTable, n: float) -> tuple[LevelTable, float]:
    """κ̃ ≥ κ̃(η = 0) of the smallest predicted risk: from large κ̃ down, until it has risen for 8 steps."""
    trace = float(power_sum(table, model.s).value[0])
    noisy = model.noise**2 / (n * model.energy) if model.energy else 1.0
    grid = np.empty(0)
    risks = np.empty(0)
    top = 100 * max(1.0, trace / n, noisy)
    while True:
        more = top * _STEP ** -np.arange(len(grid), len(grid) + _STEPS, dtype=np.float64)
        table = table_for(table, model.s, float(more[-1]))
        grid = np.append(grid, more)
        risks = np.append(risks, model.allowed(table, more, n))
        k = int(np.argmin(risks))
        if len(risks) - 1 - k >= _RISES or not np.isfinite(risks[-1]):
            break
    low, high = grid[min(k + 1, len(grid) - 1)], grid[max(k - 1, 0)]
    return table, minimise(lambda kappa: model.allowed(table, kappa, n), float(low), float(high))


def _solve(model: Prediction, table: LevelTable, n: float, eta: float) -> tuple[LevelTable, float]:
    """κ̃ of n = ΣL(κ̃) + nη/κ̃, the right side falling in κ̃."""
    from scipy.optimize import brentq

    def gap(log: float) -> float:
        kappa = float(np.exp(log))
        return float(regularised_sum(table, model.s, kappa).value[0]) + n * eta / kappa - n

    trace = power_sum(table, model.s)
    high = float(np.log(1.1 * (trace.value[0] + trace.error[0]) / n + 1.1 * eta))
    low = high
    while gap(low) <= 0:
        low -= 1.0
        table = table_for(table, model.s, float(np.exp(low)))
    return table, float(np.exp(brentq(gap, low, high, xtol=1e-13)))
