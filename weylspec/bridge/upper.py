"""An upper bound for kernel ridge regression that holds at every n, minimised over the ridge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from weylspec.bridge.constants import effective_dimension_constant, source_constant
from weylspec.bridge.levels import LevelTable, leading
from weylspec.bridge.minimax import RATE_SOURCE
from weylspec.bridge.results import RiskBound, real
from weylspec.bridge.search import minimise
from weylspec.bridge.sums import power_upper, regularised_sum, regularised_upper
from weylspec.errors import WeylspecError
from weylspec.units import Number

if TYPE_CHECKING:
    from weylspec.spaces.base import Manifold

FloatArray = npt.NDArray[np.float64]

_SLACK = 1e-6  # the certified tails may exceed the sums by this share, unless the list gets too long
_MARGIN = 64  # lists reach this many times the λ where η(1+λ)^s = 1
_SAMPLED_POINTS = 32
_SAMPLED_EIGENVALUES = 60
_CONSTANT = 1e-8  # relative: eigenspace kernels are polynomials of moderate degree in doubles
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
        The tail beyond the listed levels is bounded with N(λ) ≤ A(1+λ)^{d/2}.

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
    smooth = real(s, "s")
    homogeneous = space.is_homogeneous or space.dim == 0
    base = space if homogeneous else space.total
    if smooth > base.dim / 2:
        if homogeneous or base.is_homogeneous:
            return KernelSupremum(_trace(base, smooth), True, f"Σ(1+λ)^(−s) over the levels of {base!r}")
        return _sampled_supremum(base, smooth)
    if not homogeneous and space.orbits_alike and smooth > space.dim / 2:
        return _sampled_supremum(space, smooth)
    raise WeylspecError(
        f"s = {smooth:g} is too small on {space!r}: a bounded kernel is guaranteed only for s > {base.dim / 2:g} "
        f"= ½ dim {base!r}"
        + (" (smaller orbits can make it unbounded below that)" if base.dim > space.dim else "")
        + f"; take s > {base.dim / 2:g}"
    )


def _trace(space: Manifold, s: float) -> float:
    """Upper bound of Σ m_λ(1+λ)^{−s}, from longer and longer lists while that still pays."""
    table = LevelTable.start(space)
    value = power_upper(table, s)
    while not table.full:
        table = table.longer
        previous, value = value, min(value, power_upper(table, s))
        if previous - value <= _SLACK * value:
            break
    return value


def _sampled_supremum(space: Manifold, s: float) -> KernelSupremum:
    """K_s(x, x) at sampled points: its exact value where it is constant, else the largest (an estimate).

    The diagonal of each eigenspace is analytic, so points in general position see whether it is constant.
    """
    spectrum = space.spectrum(num=_SAMPLED_EIGENVALUES)
    table = LevelTable(space, spectrum, point=False)
    points = space.sample(_SAMPLED_POINTS, np.random.default_rng(0))
    kernels = space.eigenspace_kernel(points, points, spectrum.complete_below)
    diagonals = np.diagonal(kernels, axis1=1, axis2=2).T
    if np.allclose(diagonals, table.mult, rtol=_CONSTANT, atol=0.0):
        return KernelSupremum(_trace(space, s), True, f"Σ(1+λ)^(−s) over the levels of {space!r}, K constant")
    density = table.shifted**-s
    listed = float(density @ table.mult)
    largest = float((diagonals @ density).max())
    return KernelSupremum(
        power_upper(table, s) * largest / listed, False,
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
        η; "optimal" minimises the bound.
    ball_exact : bool
        At θ = 1 replace η by the exact supremum over the ball, η/(1+η).

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
    smooth = real(s, "s")
    return upper_bound(
        space, kernel_supremum(space, smooth), smooth, real(n, "n", least=1.0, strict=False),
        real(noise, "noise", strict=False), real(norm, "norm"), real(theta, "theta"),
        None if ridge == "optimal" else real(ridge, "ridge"), ball_exact,
    )


def upper_bound(
    space: Manifold, supremum: KernelSupremum, s: float, n: float, noise: float, norm: float,
    theta: float = 1.0, ridge: float | None = None, ball_exact: bool = False,
) -> RiskBound:
    """`risk_upper_bound` with R² at hand; ridge None is optimised."""
    gamma = source_constant(theta)

    def bias(eta: FloatArray) -> FloatArray:
        exact = ball_exact and theta == 1.0
        return np.asarray(norm**2 * (eta / (1 + eta) if exact else gamma * eta**theta))

    def bound(eta: FloatArray, dimension: FloatArray) -> FloatArray:
        inflation = 1 + supremum.value / (n * eta)
        return np.asarray(inflation**2 * bias(eta) + inflation * noise**2 * dimension / n)

    table = LevelTable.start(space)
    eta = ridge
    if eta is None:
        # The bound falls in η below R²/n. A short list is valid too, only looser at small η.
        low = supremum.value / n
        high = 100 * max(low, noise / (norm * n**0.5), 1.0)
        reached = -1.0
        while eta is None or table.top > reached:
            reached = table.top
            eta = minimise(partial(_at_each_ridge, bound, table, s), low, high)
            table = table.reaching(_MARGIN * eta ** (-1 / s))
    table, dimension = _certified_dimension(table.reaching(_MARGIN * eta ** (-1 / s)), s, eta)
    value = float(bound(np.array([eta]), np.array([dimension]))[0])
    a = space.dim / (2 * s)
    ratio = dimension / (leading(space) * effective_dimension_constant(a) * eta**-a)
    return RiskBound(
        value, "upper bound for kernel ridge regression", n, eta,
        (
            ("R² = sup K is certified (else: estimate from points)", supremum.certified),
            (f"N(λ) ≤ A(1+λ)^(d/2) past λ = {table.top - 1.0:g} with A as listed", True),
            ("Weyl regime: 𝒩(η)/asymptotic within 10% of 1 (not needed for the bound)", abs(ratio - 1) <= 0.1),
        ),
        {"s": s, "θ": theta, "σ": noise, "F": norm, "R²": supremum.value, "Γ_θ": gamma, "𝒩(η)": dimension,
         "𝒩/asymptotic": ratio, "A": 1.0 if table.point else table.growth_constant},
        f"{_SOURCE}; R²: {supremum.source}",
    )


def _at_each_ridge(
    bound: Callable[[FloatArray, FloatArray], FloatArray], table: LevelTable, s: float, eta: FloatArray
) -> FloatArray:
    return bound(eta, regularised_upper(table, s, eta))


def _certified_dimension(table: LevelTable, s: float, eta: float) -> tuple[LevelTable, float]:
    """Upper bound of 𝒩(η), with a longer list while that still pays."""
    upper = float(regularised_upper(table, s, eta)[0])
    while not table.full and upper > (1 + _SLACK) * float(regularised_sum(table, s, eta).value[0]):
        table = table.longer
        upper = min(upper, float(regularised_upper(table, s, eta)[0]))
    return table, upper
