"""What no estimator can beat, and what the best can reach: lower bound and Pinsker's functional."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from weylspec.bridge.constants import source_constant
from weylspec.bridge.levels import LevelTable, leading
from weylspec.bridge.pinsker import PinskerSums, pinsker_cutoff, pinsker_limit
from weylspec.bridge.results import RiskBound, a_space, finite, float_range, real, smoothness
from weylspec.units import Number

if TYPE_CHECKING:
    from weylspec.spaces.base import Manifold

RATE_SOURCE = (
    "rate and its dependence on n and vol(M/G): Tahmasebi and Jegelka 2023 (as recalled; the text was not at hand)"
)
_PINSKER = (
    "Pinsker functional: exactly the minimax risk of linear estimators in the white-noise model; "
    "neither an upper nor a lower bound for regression at finite n, but its asymptotic value"
)


def minimax_lower_bound(
    space: Manifold, *, s: Number, n: Number, noise: Number, norm: Number = 1.0, theta: Number = 1.0
) -> RiskBound:
    """Risk that every estimator exceeds somewhere on the ball of radius F in H^{sθ}_inv, at every n.

    ½·max{Σ τ_j² : τ_j² ≤ σ²/4n, Σ (1+λ_j)^{sθ} τ_j² ≤ F²}, solved greedily from the smallest λ.

    Parameters
    ----------
    space : Manifold
        M or M/G.
    s : number
        Smoothness, positive.
    n : number
        Number of samples (real, positive).
    noise : number
        σ, standard deviation of the Gaussian noise.
    norm : number
        F, radius of the ball.
    theta : number
        Source exponent in (0, 1].

    Returns
    -------
    RiskBound

    Notes
    -----
    Two-point bound on each coordinate (Assouad 1983; Tsybakov 2009, section 2.7): a flip of one sign
    costs Kullback–Leibler divergence ≤ 2nτ²/σ². Any truncation of the spectrum keeps it valid.

    Examples
    --------
    Loud noise: only the constant function is in play, ½·min(F², σ²/4n).

    >>> import weylspec as ws
    >>> minimax_lower_bound(ws.Sphere(2), s=2, n=1, noise=2).value
    0.5
    """
    a_space(space)
    smooth, samples, sigma, radius = _parameters(s, n, noise, norm)
    source_constant(order := real(theta, "theta"))
    each = sigma**2 / (4 * samples)
    value = 0.0
    cutoff = 0.0
    if each > 0:
        with float_range(s=smooth, n=samples, noise=sigma, norm=radius):
            on, cutoff = _switched_on(space, order * smooth, radius**2 / each)
            value = 0.5 * each * on
    return RiskBound(
        finite(value, "the lower bound"), "minimax lower bound", samples, None,
        (("Gaussian noise, any estimator, any n", True), ("s > 0", True)),
        {"s": smooth, "θ": order, "σ": sigma, "F": radius, "last λ used": cutoff},
        "Assouad's two-point bound (Tsybakov 2009, 2.7), filled greedily",
    )


def _switched_on(space: Manifold, exponent: float, target: float) -> tuple[float, float]:
    """How many coordinates, from the lowest, have Σ m_λ (1+λ)^e = target (the last one in part); the last λ."""
    table = LevelTable.of(space, _cutoff_for(space, exponent, target))
    while not table.point and table.mult @ table.shifted**exponent < target:
        table = table.longer
    costs = np.cumsum(table.mult * table.shifted**exponent)
    whole = int(np.searchsorted(costs, target, side="right"))
    spent = costs[whole - 1] if whole else 0.0
    partial = (target - spent) / table.shifted[whole] ** exponent if whole < len(costs) else 0.0
    return float(table.mult[:whole].sum() + partial), float(table.shifted[min(whole, len(costs) - 1)] - 1.0)


def _cutoff_for(space: Manifold, exponent: float, target: float) -> float:
    """λ at which Σ m_λ(1+λ)^e reaches a target, by Weyl's law, with a margin."""
    half = space.dim / 2
    constant = leading(space) * half / (half + exponent) if space.dim else 1.0
    return float(2 * (target / constant) ** (1 / (half + exponent)) + 10.0)


def pinsker_risk(
    space: Manifold, *, s: Number, n: Number, noise: Number, norm: Number = 1.0, theta: Number = 1.0
) -> RiskBound:
    """Pinsker's functional ρ_n of the ball of radius F in H^{sθ}_inv.

    With ε² = σ²/n find T from ε² Σ √m_j (T − √m_j)_+ = F², m_j = (1+λ_j)^{sθ}; then
    ρ_n = ε² Σ (1 − √m_j/T)_+. It is exactly the minimax risk of *linear* estimators in the Gaussian
    sequence (white-noise) model. For regression with n random points it is the asymptotic value
    only: neither an upper nor a lower bound at finite n.

    Parameters
    ----------
    space : Manifold
        M or M/G.
    s : number
        Smoothness, positive.
    n : number
        Number of samples (real, positive).
    noise : number
        σ, standard deviation.
    norm : number
        F, radius of the ball.
    theta : number
        Source exponent in (0, 1].

    Returns
    -------
    RiskBound

    Notes
    -----
    Pinsker (1980); the limit n^q ρ_n → P(b)(c_d vol(M/G)σ²)^q F^{2(1−q)} is in `constants`.

    Examples
    --------
    One coordinate only (very few samples): ε²F²/(ε² + F²).

    >>> import weylspec as ws
    >>> pinsker_risk(ws.Sphere(2), s=2, n=1, noise=1).value
    0.5
    """
    a_space(space)
    smooth, samples, sigma, radius = _parameters(s, n, noise, norm)
    source_constant(order := real(theta, "theta"))
    exponent = order * smooth
    value, cut = 0.0, float("inf")
    with float_range(s=smooth, n=samples, noise=sigma, norm=radius):
        if sigma > 0:
            value, cut = _pinsker(space, exponent, sigma**2 / samples, radius)
        asymptotic = pinsker_limit(space.dim, leading(space), exponent, sigma, radius, samples)
    return RiskBound(
        finite(value, "Pinsker's functional"), _PINSKER, samples, None,
        (("the list of levels reaches √m > T", True), ("s·θ > ½ dim M/G", exponent > space.dim / 2)),
        {"s": smooth, "θ": order, "σ": sigma, "F": radius, "T": cut, "asymptotic": asymptotic,
         "ratio": value / asymptotic if asymptotic else float("nan")},
        f"Pinsker 1980; {RATE_SOURCE}",
    )


def _pinsker(space: Manifold, s: float, variance: float, radius: float) -> tuple[float, float]:
    """ρ and T at ε² = variance."""
    budget = radius**2 / variance
    table = LevelTable.of(space, 1.5 * pinsker_cutoff(space, s, budget) + 10.0)
    sums = PinskerSums.of(table, s)
    while not sums.covers(budget):
        if sums.overflows:
            raise OverflowError("Pinsker's sums")
        table = table.longer
        sums = PinskerSums.of(table, s)
    return sums.risk(variance, radius)


def _parameters(
    s: Number, n: Number, noise: Number, norm: Number
) -> tuple[float, float, float, float]:
    return smoothness(s), real(n, "n"), real(noise, "noise", strict=False), real(norm, "norm")
