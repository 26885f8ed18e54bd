"""Weyl's law: the smooth terms of the counting function, each with its geometric source."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from weylspec.errors import UnknownGeometryError
from weylspec.invariants.orbit_spaces.geometry import Term, log_weyl_constant, weyl_constant
from weylspec.spaces.base import Manifold
from weylspec.spaces.core import check_space

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FloatArray = npt.NDArray[np.float64]

_LARGE = 40  # dimensions


@dataclass(frozen=True)
class WeylLaw:
    """The smooth part of N(λ): Σ c_p·X·λ^{p/2} over terms (p, X), leading term first.

    c_p = (4π)^{−p/2}/Γ(p/2 + 1). For a finite group the terms are the fixed sets of its classes
    (Donnelly 1976), whose codimension-1 part are the mirrors, and the scalar curvature; for a group of
    positive dimension the leading term and the walls, and more where `remainder_power` says so.

    Attributes
    ----------
    terms : tuple of Term
    space : str
        What the law is of.
    remainder_dim : float
        Dimension p of the first term that is not wholly there: the heat trace is the sum of the terms and
        O(t^{−p/2}), up to logarithms. −∞ where nothing is left out.
    curvature : float
        (D/12)·|Scal|, the scale on which the left-out terms are powers of curvature/λ; nan if it is not known.

    Examples
    --------
    >>> import weylspec as ws
    >>> law = weyl_law(ws.Torus(1) / ws.SignFlips(1))      # a string with free ends: ⌊√λ⌋ + 1
    >>> law.count(100.0)
    10.5
    """

    terms: tuple[Term, ...]
    space: str
    remainder_dim: float = -math.inf
    curvature: float = 0.0

    @property
    def dim(self) -> int:
        """D, the dimension of the space."""
        return self.terms[0].dim

    @property
    def volume(self) -> float:
        """The coefficient of the leading term."""
        return self.terms[0].coefficient

    @property
    def remainder_power(self) -> float:
        """The power of λ of the first term that the law leaves out: window means of N − law are of that order."""
        return self.remainder_dim / 2

    def remainder_size(self, lam: float) -> float:
        """Estimated size at λ of the first term left out, as a share of the leading one.

        (curvature/λ)^j/Γ(j + 1) with 2j = D − p: that of the shift λ ↦ λ + Scal/6, which is exact on compact Lie
        groups; for p = D − 2 it is the relative size (D/12)·Scal/λ of the scalar-curvature term.

        Examples
        --------
        >>> import weylspec as ws
        >>> weyl_law(ws.Sphere(3)).remainder_size(100.0), weyl_law(ws.Torus(3)).remainder_size(100.0)
        (0.0001125, 0.0)
        """
        if math.isinf(self.remainder_dim):
            return 0.0
        steps = (self.dim - self.remainder_dim) / 2
        return float((self.curvature / lam) ** steps) / math.gamma(steps + 1)

    def count(self, lam: float | npt.ArrayLike) -> Any:
        """Σ of all terms at λ (float or array)."""
        return self._sum(self.terms, np.asarray(lam, dtype=np.float64))

    def leading(self, lam: float | npt.ArrayLike) -> Any:
        """The leading term at λ."""
        return self._sum(self.terms[:1], np.asarray(lam, dtype=np.float64))

    def lower(self, lam: float | npt.ArrayLike) -> Any:
        """Σ of the terms after the leading one."""
        return self._sum(self.terms[1:], np.asarray(lam, dtype=np.float64))

    def lower_size(self, lam: float) -> float:
        """Σ of the absolute values of the terms after the leading one."""
        return float(sum(abs(_value(term, np.float64(lam))) for term in self.terms[1:]))

    def lower_error(self, lam: float) -> float:
        """Σ over the terms after the leading one of the errors of their coefficients, as a share of the leading one."""
        errors = sum(abs(_value(term, np.float64(lam))) * term.error for term in self.terms[1:])
        return float(errors / self.leading(lam))

    @staticmethod
    def _sum(terms: tuple[Term, ...], lam: FloatArray) -> Any:
        total = sum((_value(term, lam) for term in terms), np.zeros_like(lam))
        return float(total) if np.ndim(total) == 0 else total

    def window_means(self, low: float, high: float) -> tuple[float, float]:
        """Means over [low, high], uniform in λ, of the leading term and of the sum of the others."""

        def mean(term: Term) -> float:
            power, ratio = term.dim / 2, low / high
            share = -math.expm1((power + 1) * math.log(ratio)) if ratio else 1.0
            return float(_value(term, np.float64(high))) * share / ((power + 1) * (1 - ratio))

        return mean(self.terms[0]), sum(mean(term) for term in self.terms[1:])

    def with_volume(self, factor: float) -> WeylLaw:
        """The law with its leading term multiplied by a factor (a deliberately wrong law, for tests)."""
        first = replace(self.terms[0], coefficient=self.terms[0].coefficient * factor)
        return replace(self, terms=(first, *self.terms[1:]))

    def _rows(self) -> list[tuple[str, str, str]]:
        return [
            (power_of(t.dim), f"{weyl_constant(t.dim) * t.coefficient:.10g}",
             t.source if t.coefficient else f"{t.source}: no term")
            for t in self.terms
        ]

    def table(self) -> str:
        """The terms as plain text: power, constant, source."""
        from weylspec.render.tables import text_table

        return text_table(("power", "constant", "source"), self._rows())

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers and strings, for JSON; the constant of λ^{dim/2} is c_dim times the coefficient."""
        return {"space": self.space, "terms": [
            {"dim": t.dim, "coefficient": t.coefficient, "constant": weyl_constant(t.dim) * t.coefficient,
             "error": t.error, "source": t.source} for t in self.terms]}

    def functions(self) -> dict[str, Callable[[FloatArray], FloatArray]]:
        """The leading term and the whole law as functions of λ, by name, for pictures."""
        named: dict[str, Callable[[FloatArray], FloatArray]] = {"leading term": self.leading}
        if len(self.terms) > 1:
            named["all terms"] = self.count
        return named

    def plot(self, cutoff: float, ax: Axes | None = None) -> Axes:
        """Draw the law up to a cutoff."""
        from weylspec.render.pictures import curves

        lam = np.linspace(0, cutoff, 400)[1:]
        return curves(lam, {name: f(lam) for name, f in self.functions().items()}, ax=ax, xlabel="λ", ylabel="N(λ)")

    def _repr_html_(self) -> str:
        from weylspec.render.tables import html_table

        return html_table(("power", "constant", "source"), self._rows(), f"Weyl's law of {self.space}")


def power_of(dim: int) -> str:
    """λ^{dim/2} as one writes it.

    Examples
    --------
    >>> [power_of(dim) for dim in range(5)]
    ['1', 'λ^(1/2)', 'λ', 'λ^(3/2)', 'λ^2']
    """
    return f"λ^({dim}/2)" if dim % 2 else {0: "1", 2: "λ"}.get(dim, f"λ^{dim // 2}")


def weyl_law(space: Manifold) -> WeylLaw:
    """Weyl's law of a space, from its geometry alone.

    Parameters
    ----------
    space : Manifold
        A manifold, a quotient M/G, or a product.

    Returns
    -------
    WeylLaw

    Raises
    ------
    UnknownGeometryError
        For a joint action with mirrors whose area is not known.

    Notes
    -----
    N(λ) = c_d vol(M/G) λ^{d/2} + Σ_walls c_{d−1}·weight·vol·λ^{(d−1)/2} + … (Weyl 1911; Tahmasebi and
    Jegelka 2023 for the leading term of M/G); the lower terms hold for window means. Of order λ^{d/2−1} follow
    ∫Scal/24π (McKean and Singer 1967), fixed sets of codimension 2 and corners of finite groups, mean curvatures of
    boundaries, the Euler characteristic χ/6 of meshes; and for groups of positive dimension what is known: the
    bases of Hopf's fibrations, class functions and SO(3)s on spheres, where λ is moved by a constant. Not carried
    are the squares of curvatures, and all after the walls where orbits collapse by spheres of other dimensions
    than 2, or where the volume of the orbits is not constant (`WeylLaw.remainder_power`).

    Examples
    --------
    >>> import weylspec as ws
    >>> law = weyl_law(ws.Sphere(5) / ws.SO(5))
    >>> law.dim, law.leading(4.0), law.lower(4.0), law.remainder_power
    (1, 2.0, -1.5, -0.5)
    """
    check_space(space)
    return WeylLaw(space.terms, repr(space), space.remainder_dim, _curvature(space))


def _curvature(space: Manifold) -> float:
    try:
        return space.total.dim / 12 * abs(space.scalar_curvature)
    except UnknownGeometryError:
        return math.nan


def _value(term: Term, lam: FloatArray | np.float64) -> Any:
    if term.dim > _LARGE and term.coefficient:
        # In logarithms: the powers of λ may be beyond the range of floats, not their product with the constants.
        with np.errstate(divide="ignore"):
            exponent = log_weyl_constant(term.dim) + math.log(abs(term.coefficient)) + term.dim / 2 * np.log(lam)
        return math.copysign(1.0, term.coefficient) * np.exp(exponent)
    return weyl_constant(term.dim) * term.coefficient * lam ** (term.dim / 2)
