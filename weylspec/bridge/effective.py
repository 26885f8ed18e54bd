"""Effective dimension of a Sobolev ball on a space: exact multiplicities, and the tail of Weyl's law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weylspec.bridge.constants import effective_dimension_constant
from weylspec.bridge.levels import LevelTable, leading
from weylspec.bridge.results import Assumptions, a_space, finite, float_range, real, result_table, smoothness
from weylspec.bridge.sums import regularised_sum, table_for
from weylspec.errors import WeylspecError
from weylspec.units import Number

if TYPE_CHECKING:
    from weylspec.spaces.base import Manifold

_TOLERANCE = 1e-10  # relative, of an estimate that looks one octave back: the value is better by an order or two
_WEYL_REGIME = 0.1  # the asymptotic formula is called valid when it is within 10%
SOURCE = "Weyl's law and its Abelian theorem, Γ(1+a)Γ(p−a)/Γ(p)·C·η^(−a), a = d/2s"


@dataclass(frozen=True)
class EffectiveDimension:
    """𝒩_p(η) = Σ_λ m_λ (1 + η(1+λ)^s)^{−p}, and how far it is from its asymptotic value.

    Attributes
    ----------
    value : float
    tail : float
        The part of `value` that lies beyond the listed levels, from the smooth counting law.
    error : float
        Estimate of the error of `value` (what changes when the cutoff moves down an octave).
    asymptotic : float
        C·Γ(1+a)Γ(p−a)/Γ(p)·η^{−a}, C = c_d vol(M/G), a = d/2s.
    ratio : float
        value/asymptotic; far from 1 means that the Weyl regime is not reached at this η.
    cutoff : float
        λ up to which levels were listed.
    assumptions, constants, source
        As in every result.
    """

    value: float
    tail: float
    error: float
    asymptotic: float
    ratio: float
    cutoff: float
    assumptions: Assumptions
    constants: Mapping[str, float]
    source: str

    def _repr_html_(self) -> str:
        rows = [("𝒩(η)", f"{self.value:.12g}"), ("of it beyond the list", f"{self.tail:.6g}"),
                ("error", f"{self.error:.2g}"), ("asymptotic", f"{self.asymptotic:.6g}"),
                ("ratio", f"{self.ratio:.6g}")]
        return result_table("effective dimension", rows, self.assumptions, self.constants, self.source)


def effective_dimension(space: Manifold, s: Number, eta: Number, *, power: Number = 1) -> EffectiveDimension:
    """Effective dimension 𝒩(η) = Σ_j (1 + η(1+λ_j)^s)^{−power} of M/G.

    Parameters
    ----------
    space : Manifold
        M or M/G; its levels carry the invariant multiplicities.
    s : number
        Smoothness of H^s, with power·s > d/2, d = space.dim.
    eta : number
        Ridge η > 0 of (1/n)Σ(y − f)² + η‖f‖².
    power : number
        1 for 𝒩, 2 for 𝒩₂.

    Returns
    -------
    EffectiveDimension

    Raises
    ------
    WeylspecError
        If the sum diverges (power·s ≤ d/2) or a parameter is not positive.

    Notes
    -----
    Asymptotically C·Γ(1+a)Γ(p−a)/Γ(p)·η^{−a} with C = c_d vol(M/G), a = d/2s. For a large group that is
    far off at any η one meets; the value is computed from exact multiplicities up to a cutoff, and
    beyond it from the incomplete Beta function of the smooth law.

    Examples
    --------
    On the circle with s = 1 the sum is closed: π/√(η(1+η))·coth(π√((1+η)/η)).

    >>> import math
    >>> import weylspec as ws
    >>> value = effective_dimension(ws.Torus(1), 1, "1e-4").value
    >>> value * math.sqrt(1e-4 * (1 + 1e-4)) / math.pi
    1.0
    """
    smooth, ridge, exponent = smoothness(s), real(eta, "eta"), real(power, "power", most=1000.0)
    if exponent * smooth <= a_space(space).dim / 2:
        raise WeylspecError(
            f"s = {smooth:g} is too small: on dimension d = {space.dim} the sum needs s > d/{2 * exponent:g} "
            f"= {space.dim / (2 * exponent):g}"
        )
    with float_range(s=smooth, eta=ridge, power=exponent):
        return _effective_dimension(space, smooth, ridge, exponent)


def _effective_dimension(space: Manifold, s: float, eta: float, power: float) -> EffectiveDimension:
    table = table_for(LevelTable.start(space), s, eta)
    total = regularised_sum(table, s, eta, power)
    while total.error[0] > _TOLERANCE * total.value[0] and not table.full:
        table = table.longer
        total = regularised_sum(table, s, eta, power)
    a = space.dim / (2 * s)
    asymptotic = leading(space) * effective_dimension_constant(a, power) * eta**-a
    value = finite(float(total.value[0]), "the effective dimension")
    ratio = value / asymptotic
    return EffectiveDimension(
        value, float(total.tail[0]), float(total.error[0]), asymptotic, ratio, table.top - 1.0,
        (("s·power > d/2", True), ("Weyl regime: ratio within 10% of 1", abs(ratio - 1) <= _WEYL_REGIME)),
        {"s": s, "η": eta, "power": power, "d": float(space.dim), "C": leading(space), "a": a},
        SOURCE,
    )
