"""Closed-form constants of learning theory under symmetry (a = d/2s, b = d/s)."""

from __future__ import annotations

import math

from weylspec.errors import WeylspecError


def effective_dimension_constant(a: float, power: float = 1.0) -> float:
    """Γ(1+a)Γ(p−a)/Γ(p): N(λ) ~ Cλ^{d/2} gives Σ(1 + η(1+λ)^s)^{−p} ~ C·(this)·η^{−a}.

    For p = 1 it is πa/sin πa (Caponnetto and De Vito 2007 have the rate; the constant is
    Karamata's Abelian theorem).

    Parameters
    ----------
    a : float
        d/2s, 0 ≤ a < p.
    power : float
        p.

    Returns
    -------
    float

    Raises
    ------
    WeylspecError
        If a ≥ p: the sum diverges.

    Examples
    --------
    >>> effective_dimension_constant(0.5) / math.pi, effective_dimension_constant(0.5, 2) / math.pi
    (0.5, 0.25)
    """
    if not 0 <= a < power:
        raise WeylspecError(f"d/2s = {a:g} is not in [0, {power:g}): the sum diverges; take s > d/{2 * power:g}")
    return math.exp(math.lgamma(1 + a) + math.lgamma(power - a) - math.lgamma(power))


def source_constant(theta: float) -> float:
    """Γ_θ = θ^θ(1−θ)^{1−θ} = max_t t^{1−θ}/(1+t), 0⁰ = 1.

    Examples
    --------
    >>> source_constant(1.0), source_constant(0.5)
    (1.0, 0.5)
    """
    if not 0 < theta <= 1:
        raise WeylspecError(f"theta must be in (0, 1], got {theta:g}")
    return float(theta**theta * (1 - theta) ** (1 - theta))


def pinsker_constant(b: float) -> float:
    """P(b) = ((b+1)(b+2)/b)^{b/(b+2)}/(b+1), b = d/s; P(0) = 1 (Pinsker 1980).

    n^q · minimax risk → P(b)·(c_d vol(M/G) σ²)^q·F^{2(1−q)}, q = s/(s + d/2), over the ball of
    radius F in H^s_inv.

    Examples
    --------
    >>> pinsker_constant(1.0) ** 3, pinsker_constant(0.0)
    (0.75, 1.0)
    """
    if b < 0:
        raise WeylspecError(f"b = d/s must not be negative, got {b:g}")
    if b == 0:
        return 1.0
    return float(((b + 1) * (b + 2) / b) ** (b / (b + 2)) / (b + 1))


def ridge_constant(a: float) -> float:
    """K(a) = ¼(1+1/a)(4aΓ(1+a)Γ(2−a))^{1/(1+a)}: kernel ridge regression's place of Pinsker's P(2a).

    White-noise risk of ridge regression at its best η, worst case over the Sobolev ball.

    Examples
    --------
    At a = 1 the constant is ½·√4 = 1.

    >>> ridge_constant(1.0)
    1.0
    """
    if not 0 < a < 2:
        raise WeylspecError(f"a = d/2s must be in (0, 2), got {a:g}")
    inner = 4 * a * math.gamma(1 + a) * math.gamma(2 - a)
    return float(0.25 * (1 + 1 / a) * inner ** (1 / (1 + a)))
