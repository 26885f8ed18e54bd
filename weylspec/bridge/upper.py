"""An upper bound for kernel ridge regression that holds at every n, minimised over the ridge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from weylspec.bridge.constants import effective_dimension_constant, source_constant
from weylspec.bridge.levels import LevelTable, leading
from weylspec.bridge.minimax import RATE_SOURCE
from weylspec.bridge.results import RiskBound, a_space, finite, float_range, real, smoothness
from weylspec.bridge.search import minimise
from weylspec.bridge.sums import power_upper, regularised_sum, regularised_upper
from weylspec.errors import UnknownGeometryError, WeylspecError
from weylspec.units import Number

if TYPE_CHECKING:
    from weylspec.spaces.base import Manifold

FloatArray = npt.NDArray[np.float64]

_SLACK = 1e-6  # the certified tails may exceed the sums by this share, unless the list gets too long
_MARGIN = 64  # lists reach this many times the λ where η(1+λ)^s = 1
_SAMPLED_POINTS = 32
_SAMPLED_EIGENVALUES = 60
_SHRINKING = 1e9  # at η = this times max(1, σ²/F²)·R²/n the bound is F² to as many digits
_SOURCE = (
    "leave-one-out bound for kernel ridge regression, "
    "(1 + R²/nη)²·Γ_θη^θF² + (1 + R²/nη)·σ²𝒩(η)/n, proved for every n ≥ 1 and η > 0; " + RATE_SOURCE
)


@dataclass(frozen=True)
class KernelSupremum:
    """R² ≥ sup_x K_s^G(x, x) and how it was obtained.

    Attributes
    ----------
    value : float
    certified : bool
        False when it is the largest value at sampled points.
    source : str
    """

    value: float
    certified: bool
    source: str


def kernel_supremum(space: Manifold, s: Number) -> KernelSupremum:
    """R² = sup_x Σ_j (1+λ_j)^{−s} φ_j(x)² over the invariant φ_j, or a bound for it.

    On a homogeneous space the sum over a level is constant, so R² is the sum of (1+λ)^{−s} over its
    eigenvalues. On a quotient of a homogeneous M it is at most that sum on M.

    Parameters
    ----------
    space : Manifold
        M or M/G.
    s : number
        Smoothness.

    Returns
    -------
    KernelSupremum
        The tail beyond the listed levels is bounded with N(λ) ≤ A(1+λ)^e; certified where that is proved
        (`proved_growth`).

    Raises
    ------
    WeylspecError
        If s is too small for the bound; the message names the limit.

    Examples
    --------
    >>> import weylspec as ws
    >>> round(kernel_supremum(ws.Sphere(2), 2).value, 5)
    1.53568
    """
    smooth = smoothness(s)
    homogeneous = a_space(space).is_homogeneous or space.dim == 0
    base = space if homogeneous else space.total
    if smooth > base.dim / 2:
        if homogeneous or base.is_homogeneous:
            value, proved = _trace(base, smooth)
            how = "" if proved else ", its tail estimated"
            return KernelSupremum(value, proved, f"Σ(1+λ)^(−s) over the levels of {base!r}{how}")
        return _sampled_supremum(base, smooth)
    codim = base.dim if homogeneous else _codimension(space)
    if not homogeneous and codim == space.dim and smooth > space.dim / 2:
        return _sampled_supremum(space, smooth)
    raise WeylspecError(
        f"s = {smooth:g} is too small on {space!r}: a bound for its kernel is known only for s > {base.dim / 2:g} "
        f"= ½ dim {base!r}{_in_the_gap(space, base, codim)}; take s > {base.dim / 2:g}"
    )


def _in_the_gap(space: Manifold, base: Manifold, codim: int | None) -> str:
    """What is known of the kernel between ½ dim M/G and ½ dim M."""
    if base.dim == space.dim:
        return ""
    if codim is None:
        return " (smaller orbits can make it unbounded below that)"
    return f" (it is bounded exactly for s > {codim / 2:g} = ½ of the largest codimension of an orbit)"


def _codimension(space: Manifold) -> int | None:
    """Largest codimension of an orbit: the kernel is bounded for s > ½ of it."""
    try:
        return space.codim_max
    except UnknownGeometryError:
        return None


def _trace(space: Manifold, s: float) -> tuple[float, bool]:
    """Upper bound of Σ m_λ(1+λ)^{−s}, from longer and longer lists while that still pays; whether it is proved."""
    table = LevelTable.start(space)
    value = power_upper(table, s)
    while not table.full:
        table = table.longer
        previous, value = value, min(value, power_upper(table, s))
        if previous - value <= _SLACK * value:
            break
    return value, table.point or table.beyond(s).proved


def _sampled_supremum(space: Manifold, s: float) -> KernelSupremum:
    """The largest K_s(x, x) at sampled points: an estimate."""
    spectrum = space.spectrum(num=_SAMPLED_EIGENVALUES)
    table = LevelTable(space, spectrum, point=False)
    points = space.sample(_SAMPLED_POINTS, np.random.default_rng(0))
    try:
        kernels = space.eigenspace_kernel(points, points, spectrum.complete_below)
    except UnknownGeometryError as error:
        raise UnknownGeometryError(
            f"{error}, so that sup K_s(x, x) and with it this upper bound are not to be had; "
            "minimax_lower_bound and pinsker_risk need only the levels and work here"
        ) from error
    density = table.shifted**-s
    largest = float((np.diagonal(kernels, axis1=1, axis2=2).T @ density).max())
    return KernelSupremum(
        power_upper(table, s) * largest / float(density @ table.mult), False,
        f"estimate: the largest of {_SAMPLED_POINTS} points of {space!r}",
    )


def risk_upper_bound(
    space: Manifold,
    *,
    s: Number,
    n: Number,
    noise: Number,
    norm: Number = 1.0,
    theta: Number = 1.0,
    ridge: Number | Literal["optimal"] = "optimal",
    ball_exact: bool = False,
) -> RiskBound:
    """Upper bound for the excess risk of kernel ridge regression with kernel K_s^G, at this n.

    E‖f̂ − f*‖² ≤ (1 + R²/nη)²·Γ_θ η^θ F² + (1 + R²/nη)·σ²𝒩(η)/n for every f* with
    ‖f*‖_{H^{sθ}} ≤ F, every n ≥ 1 and η > 0.

    Parameters
    ----------
    space : Manifold
        M or M/G.
    s : number
        Smoothness of the kernel; needs s > ½ dim M (½ dim M/G when M/G is itself homogeneous).
    n : number
        Number of samples, at least 1 (real).
    noise : number
        σ, standard deviation; the noise is independent with mean 0 and variance ≤ σ².
    norm : number
        F.
    theta : number
        Source exponent in (0, 1].
    ridge : number or "optimal"
        η; "optimal" minimises the bound. Where its minimum exceeds F², the risk of the zero function, so
        large a ridge is taken that the bound (with the exact supremum over the ball) is F².
    ball_exact : bool
        Replace Γ_θη^θ by the exact supremum over the ball: η/(1+η) once η > (1−θ)/θ.

    Returns
    -------
    RiskBound
        `constants` has R², 𝒩(η), 𝒩/asymptotic (far from 1: the Weyl regime is not reached at this η).

    Raises
    ------
    WeylspecError
        If s is too small for a bounded kernel, or a parameter is out of range.

    Examples
    --------
    Without noise and with ball-exact bias on one point the bound is (1 + 1/nη)²·η/(1+η).

    >>> import weylspec as ws
    >>> bound = risk_upper_bound(ws.Sphere(2) / ws.SO(3), s=2, n=10, noise=0, ridge=0.1, ball_exact=True)
    >>> bound.value * 1.1 / 0.1
    4.0
    """
    smooth, samples = smoothness(s), real(n, "n", least=1.0, strict=False)
    sigma, radius, order = real(noise, "noise", strict=False), real(norm, "norm"), real(theta, "theta")
    eta = None if isinstance(ridge, str) and ridge == "optimal" else real(ridge, "ridge")
    source_constant(order)
    with float_range(s=smooth, n=samples, noise=sigma, norm=radius):
        return upper_bound(
            a_space(space), kernel_supremum(space, smooth), smooth, samples, sigma, radius, order, eta, ball_exact
        )


def upper_bound(
    space: Manifold, supremum: KernelSupremum, s: float, n: float, noise: float, norm: float,
    theta: float = 1.0, ridge: float | None = None, ball_exact: bool = False,
) -> RiskBound:
    """`risk_upper_bound` with R² at hand; ridge None is optimised."""
    model = _Bound(supremum.value, n, noise, norm, theta, ball_exact)
    if ridge is not None:
        return _result(space, supremum, s, model, ridge)
    table = LevelTable.start(space)
    # The bound falls in η below R²/n. A short list is valid too, only looser at small η.
    low = supremum.value / n
    high = 100 * max(low, noise / (norm * n**0.5), 1.0)
    reached, eta = -1.0, low
    while table.top > reached:
        reached = table.top
        eta = minimise(partial(_at_each_ridge, model, table, s), low, high)
        table = table.reaching(_MARGIN * eta ** (-1 / s))
    found = _result(space, supremum, s, model, eta)
    if found.value <= norm**2:
        return found
    # Worse than answering 0: a ridge that answers 0 has the risk F², by the exact bias.
    answering = _SHRINKING * low * max(1.0, (noise / norm) ** 2, n / supremum.value)
    return _result(space, supremum, s, replace(model, exact=True), answering)


@dataclass(frozen=True)
class _Bound:
    """(1 + R²/nη)²·bias + (1 + R²/nη)·σ²𝒩/n as a function of η and 𝒩."""

    supremum: float
    n: float
    noise: float
    norm: float
    theta: float
    exact: bool

    def __call__(self, eta: FloatArray, dimension: FloatArray) -> FloatArray:
        bias = source_constant(self.theta) * eta**self.theta
        if self.exact:
            bias = np.where(eta * self.theta > 1 - self.theta, eta / (1 + eta), bias)
        inflation = 1 + self.supremum / (self.n * eta)
        return np.asarray(inflation**2 * self.norm**2 * bias + inflation * self.noise**2 * dimension / self.n)


def _result(space: Manifold, supremum: KernelSupremum, s: float, model: _Bound, eta: float) -> RiskBound:
    """The bound at one ridge and what it rests on."""
    start = LevelTable.start(space)
    table, dimension = _certified_dimension(start.reaching(_MARGIN * eta ** (-1 / s)), s, eta)
    value = float(model(np.array([eta]), np.array([dimension]))[0])
    a = space.dim / (2 * s)
    ratio = dimension / (leading(space) * effective_dimension_constant(a) * eta**-a)
    constants = {
        "s": s, "θ": model.theta, "σ": model.noise, "F": model.norm, "R²": supremum.value,
        "Γ_θ": source_constant(model.theta), "𝒩(η)": dimension, "𝒩/asymptotic": ratio,
    }
    tail: tuple[tuple[str, bool], ...] = ()
    if not table.point:
        beyond = table.beyond(s)
        tail = ((f"N(λ) ≤ A(1+λ)^{beyond.exponent:g} past λ = {beyond.top - 1.0:g} is proved (else: numerical)",
                 beyond.proved),)
        constants["A"] = beyond.constant
    return RiskBound(
        finite(value, "the upper bound"), "upper bound for kernel ridge regression", model.n, eta,
        (
            ("R² = sup K is certified (else: an estimate)", supremum.certified), *tail,
            ("informative: at most F², the risk of the zero function (not needed for the bound)",
             value <= model.norm**2),
            ("Weyl regime: 𝒩(η)/asymptotic within 10% of 1 (not needed for the bound)", abs(ratio - 1) <= 0.1),
        ),
        constants, f"{_SOURCE}; R²: {supremum.source}",
    )


def _at_each_ridge(
    model: _Bound, table: LevelTable, s: float, eta: FloatArray
) -> FloatArray:
    return model(eta, regularised_upper(table, s, eta))


def _certified_dimension(table: LevelTable, s: float, eta: float) -> tuple[LevelTable, float]:
    """Upper bound of 𝒩(η), with a longer list while that still pays."""
    upper = float(regularised_upper(table, s, eta)[0])
    while not table.full and upper > (1 + _SLACK) * float(regularised_sum(table, s, eta).value[0]):
        table = table.longer
        upper = min(upper, float(regularised_upper(table, s, eta)[0]))
    return table, upper
