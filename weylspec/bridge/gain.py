"""How many samples a symmetry saves: n with G, n without, their ratio and where it tends."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from weylspec.bridge.levels import LevelTable, leading
from weylspec.bridge.minimax import minimax_lower_bound
from weylspec.bridge.pinsker import PinskerSums, pinsker_cutoff, pinsker_samples
from weylspec.bridge.results import Assumptions, a_space, finite, float_range, real, result_table, smoothness
from weylspec.bridge.upper import kernel_supremum, upper_bound
from weylspec.errors import WeylspecError
from weylspec.units import Number

if TYPE_CHECKING:
    from weylspec.spaces.base import Manifold

Functional: TypeAlias = Literal["pinsker", "upper", "lower"]

_SOURCE = "Pinsker 1980 for the constants; the comparison of vol(M) with vol(M/G): Weyl's law of each side"


@dataclass(frozen=True)
class SampleComplexity:
    """The real n at which a risk functional equals a target.

    Attributes
    ----------
    value : float
        n, not rounded.
    target_risk : float
    functional : str
    assumptions, constants, source
        As in every result.
    """

    value: float
    target_risk: float
    functional: str
    assumptions: Assumptions
    constants: Mapping[str, float]
    source: str

    def _repr_html_(self) -> str:
        rows = [("n", f"{self.value:.6g}"), ("target risk", f"{self.target_risk:g}")]
        title = f"samples needed ({self.functional})"
        return result_table(title, rows, self.assumptions, self.constants, self.source)


@dataclass(frozen=True)
class Gain:
    """What dividing by G saves at a target risk, and what it saves in the limit of small risk.

    Attributes
    ----------
    n_without, n_with : float
        Samples needed on M and on M/G (real).
    ratio : float
        n_without/n_with.
    limit : float
        Of the ratio as the target risk tends to 0: vol(M)/vol(M/G) = |G_eff| for a finite group,
        infinite when the dimension drops.
    exponent_without, exponent_with : float
        Exponents of the rate n^{−q}: s/(s + D/2) on M, s/(s + d/2) on M/G.
    asymptotic_ratio : float
        Leading-order ratio at this target; a power (F²/ε)^{(D−d)/2s} when the dimension drops.
    target_risk : float
    functional : str
    assumptions, constants, source
        As in every result.
    """

    n_without: float
    n_with: float
    ratio: float
    limit: float
    exponent_without: float
    exponent_with: float
    asymptotic_ratio: float
    target_risk: float
    functional: str
    assumptions: Assumptions
    constants: Mapping[str, float]
    source: str

    @property
    def value(self) -> float:
        """The ratio."""
        return self.ratio

    def _repr_html_(self) -> str:
        rows = [
            ("samples without G", f"{self.n_without:.6g}"), ("samples with G", f"{self.n_with:.6g}"),
            ("gain", f"{self.ratio:.4g}"), ("limit", f"{self.limit:.6g}"),
            ("leading order at this risk", f"{self.asymptotic_ratio:.4g}"),
            ("rate without", f"n^−{self.exponent_without:.4g}"), ("rate with", f"n^−{self.exponent_with:.4g}"),
        ]
        title = f"gain at risk {self.target_risk:g}"
        return result_table(title, rows, self.assumptions, self.constants, self.source)


def sample_complexity(
    space: Manifold,
    *,
    s: Number,
    target_risk: Number,
    noise: Number,
    norm: Number = 1.0,
    functional: Functional = "pinsker",
) -> SampleComplexity:
    """Real root n of risk(n) = ε for a risk functional on M or M/G.

    Parameters
    ----------
    space : Manifold
    s : number
        Smoothness.
    target_risk : number
        ε, of E‖f̂ − f*‖² in L²(μ), μ the uniform probability measure.
    noise : number
        σ > 0, standard deviation.
    norm : number
        F.
    functional : {"pinsker", "upper", "lower"}
        `pinsker_risk`, `risk_upper_bound` or `minimax_lower_bound`.

    Returns
    -------
    SampleComplexity

    Raises
    ------
    WeylspecError
        If the target is not below the risk of answering 0, so that no sample is needed: F²/(1 + λ₁)^s with
        the lowest eigenvalue λ₁, which is 0 without Dirichlet conditions; half of it for the lower bound.

    Examples
    --------
    On a point ρ = ε²F²/(ε² + F²), so n = σ²(1/ρ − 1/F²).

    >>> import weylspec as ws
    >>> sample_complexity(ws.Sphere(2) / ws.SO(3), s=2, target_risk=0.2, noise=1).value
    4.0
    """
    smooth, target = smoothness(s), real(target_risk, "target_risk")
    sigma, radius = real(noise, "noise"), real(norm, "norm")
    with float_range(s=smooth, norm=radius):
        trivial = radius**2 / (1 + _ground(space)) ** smooth / (2 if functional == "lower" else 1)
    if target >= trivial:
        raise WeylspecError(
            f"target_risk = {target:g} is reached without any sample (answering 0 costs at most {trivial:g}); "
            f"take target_risk < {trivial:g}"
        )
    roots: dict[str, Callable[[], float]] = {
        "pinsker": lambda: _pinsker_root(space, smooth, target, sigma, radius),
        "upper": lambda: _upper_root(space, smooth, target, sigma, radius),
        "lower": lambda: _root(
            lambda n: minimax_lower_bound(space, s=smooth, n=n, noise=sigma, norm=radius).value, target, 0.0),
    }
    if functional not in roots:
        raise WeylspecError(f"functional must be one of {sorted(roots)}, got {functional!r}")
    with float_range(s=smooth, target_risk=target, noise=sigma, norm=radius):
        leading_order = pinsker_samples(space.dim, leading(a_space(space)), smooth, sigma, radius, target)
        samples = finite(roots[functional](), "n")
    return SampleComplexity(
        samples, target, functional,
        (("s > ½ dim M/G", smooth > space.dim / 2),),
        {"s": smooth, "σ": sigma, "F": radius, "leading order (Pinsker)": leading_order},
        _SOURCE,
    )


def _ground(space: Manifold) -> float:
    """The lowest eigenvalue: 0 unless a wall takes functions away."""
    if all(wall.weight >= 0 for wall in space.walls):
        return 0.0
    return float(space.spectrum(num=1).eigenvalues[0])


def _pinsker_root(space: Manifold, s: float, target: float, sigma: float, radius: float) -> float:
    """The n at which ρ_n = target, from the quadratic between two breakpoints."""
    guess = pinsker_samples(space.dim, leading(space), s, sigma, radius, target)
    table = LevelTable.of(space, 1.5 * pinsker_cutoff(space, s, guess * (radius / sigma) ** 2) + 10.0)
    sums = PinskerSums.of(table, s)
    while not np.nanmin(sums.breakpoint_risks(radius)) <= target:
        if sums.overflows:
            raise OverflowError("Pinsker's sums")
        table = table.longer
        sums = PinskerSums.of(table, s)
    return sigma**2 / sums.variance_at(target, radius)


def _upper_root(space: Manifold, s: float, target: float, sigma: float, radius: float) -> float:
    """The n ≥ 1 at which the upper bound = target."""
    supremum = kernel_supremum(space, s)
    return _root(lambda n: upper_bound(space, supremum, s, n, sigma, radius).value, target, 1.0)


def _root(risk: Callable[[float], float], target: float, least: float) -> float:
    """Root in n of a decreasing risk; `least` itself when the risk is below the target there."""
    from scipy.optimize import brentq

    low = least or 1.0
    if least and risk(low) <= target:
        return low
    while risk(low) <= target:
        low /= 4.0
    high = low
    while risk(high) > target:
        low, high = high, 4.0 * high
    log = brentq(lambda x: math.log(risk(math.exp(x)) / target), math.log(low), math.log(high), xtol=1e-12)
    return math.exp(float(log))


def gain(
    space: Manifold,
    *,
    s: Number,
    target_risk: Number,
    noise: Number,
    norm: Number = 1.0,
    functional: Functional = "pinsker",
) -> Gain:
    """Samples needed on M divided by samples needed on M/G, at the same risk, s, F, σ.

    Parameters
    ----------
    space : Manifold
        M/G; it is compared with ``space.total``.
    s : number
        Smoothness, the same on both sides.
    target_risk : number
        ε, of E‖f̂ − f*‖² in L²(μ).
    noise : number
        σ > 0, standard deviation.
    norm : number
        F.
    functional : {"pinsker", "upper", "lower"}
        The risk whose root in n is compared.

    Returns
    -------
    Gain

    Raises
    ------
    WeylspecError
        As `sample_complexity`.

    Notes
    -----
    A finite group multiplies the samples by |G_eff| = vol(M)/vol(M/G) in the limit of small risk, and
    by less before (mirrors) or more. A group that lowers the dimension from D to d changes the rate
    from n^{−s/(s+D/2)} to n^{−s/(s+d/2)}: the gain grows without limit, as
    [P(D/s)^{1+D/2s} c_D vol(M)]/[P(d/s)^{1+d/2s} c_d vol(M/G)]·(F²/ε)^{(D−d)/2s}.

    Examples
    --------
    >>> import weylspec as ws
    >>> result = gain(ws.Sphere(2) / ws.SO(2), s=2, target_risk="1e-4", noise=1)
    >>> round(result.ratio, 2), result.limit, result.exponent_without, result.exponent_with
    (8.66, inf, 0.6666666666666666, 0.8)
    """
    total = a_space(space).total
    sides = [
        sample_complexity(each, s=s, target_risk=target_risk, noise=noise, norm=norm, functional=functional)
        for each in (total, space)
    ]
    without, with_group = (side.value for side in sides)
    smooth = real(s, "s")
    asymptotic = [side.constants["leading order (Pinsker)"] for side in sides]
    return Gain(
        without, with_group, without / with_group, _limit(space),
        smooth / (smooth + total.dim / 2), smooth / (smooth + space.dim / 2),
        asymptotic[0] / asymptotic[1], sides[0].target_risk, functional,
        (("s > ½ dim M", smooth > total.dim / 2), ("the dimension is the same: finite gain", total.dim == space.dim)),
        {"s": smooth, "σ": sides[0].constants["σ"], "F": sides[0].constants["F"], "dim M": float(total.dim),
         "dim M/G": float(space.dim), "vol(M)": total.volume, "vol(M/G)": space.volume},
        _SOURCE,
    )


def _limit(space: Manifold) -> float:
    """|G_eff| = vol(M)/vol(M/G), or infinity; an integer when the volumes' errors allow that."""
    total = space.total
    if total.dim > space.dim:
        return math.inf
    ratio = total.volume / space.volume
    nearest = float(round(ratio))
    return nearest if abs(ratio - nearest) <= (total.volume_error + space.volume_error) * ratio else ratio
