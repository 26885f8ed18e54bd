"""`HilbertSeries`: the rational series of the invariant harmonics on a sphere, for counts past any list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from weylspec.errors import CertificationError
from weylspec.exact.polynomials import cyclotomic_exponents, totient
from weylspec.exact.rational_series import RationalSeries, from_denominator, recognise
from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.averages.algebra import algebra_poles
from weylspec.multiplicities import IntArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TERMS = (64, 256, 1024)  # of a series whose denominator is not known before
_FURTHER = 16


@dataclass(frozen=True, eq=False, repr=False)
class HilbertSeries:
    """The rational series Σ m_k t^k, m_k the dimension of the invariant harmonics of degree k.

    For a finite group the denominator follows from the classes: the pole at a root of unity has
    the largest multiplicity that it has as an eigenvalue of one element, and each class contributes
    a proper fraction of degree 2 − N; so the numerator's degree is known and the series is exact. A free
    ring of invariants of degrees d_i has (1 − t²)/Π(1 − t^{d_i}).
    For a Lie group it is found by Berlekamp–Massey and confirmed on further terms.

    Attributes
    ----------
    action : LinearAction
    dimensions : callable
        K ↦ exact m_0 … m_K.

    Examples
    --------
    >>> import weylspec as ws
    >>> H = (ws.Sphere(2) / ws.PointGroup("O")).hilbert_series()
    >>> H.expression
    (t**6 - t**3 + 1)/((1 - t)**2*(t + 1)*(t**2 + 1)*(t**2 + t + 1))
    >>> [str(c) for c in H.laurent(2).values()], H.coefficient(10**20)
    (['1/12', '-1/24'], 8333333333333333334)
    """

    action: LinearAction
    dimensions: Callable[[int], IntArray]

    def __repr__(self) -> str:
        return f"HilbertSeries of {self.action.label}: {self.expression}"

    @cached_property
    def series(self) -> RationalSeries:
        """The series itself, over a denominator that need not be the least."""
        if self.action.degrees:
            return self._of_degrees()
        return self._of_classes() if self.action.is_finite else self._recognised()

    @cached_property
    def _lowest(self) -> RationalSeries:
        return self.series.reduced()

    @cached_property
    def _sums(self) -> RationalSeries:
        return self.series.cumulative()

    @property
    def provenance(self) -> str:
        """What proves the series, or how far it was confirmed."""
        return self.series.provenance

    @property
    def is_exact(self) -> bool:
        """Whether a degree bound proves the series; else it is confirmed on further terms and a second prime."""
        return self.action.is_finite or bool(self.action.degrees)

    @property
    def numerator(self) -> tuple[int, ...]:
        """Coefficients of the numerator in lowest terms, constant term first."""
        return self._lowest.numerator

    @property
    def denominator(self) -> tuple[int, ...]:
        """Coefficients of the denominator in lowest terms, constant term 1 first."""
        return self._lowest.denominator

    @property
    def pole_order(self) -> int:
        """Order of the pole at t = 1: the dimension of the quotient of the sphere."""
        return dict(self._lowest.cyclotomics).get(1, 0)

    @cached_property
    def expression(self) -> Any:
        """The series as a sympy expression in t: the numerator over cyclotomic factors, in lowest terms."""
        import sympy
        from sympy.abc import t

        numerator = sympy.Poly(self.numerator[::-1], t).as_expr()
        factors = ((1 - t if d == 1 else sympy.cyclotomic_poly(d, t)) ** e for d, e in self._lowest.cyclotomics)
        return numerator / sympy.Mul(*factors)

    def laurent(self, terms: int = 3) -> dict[int, Fraction]:
        """The first coefficients of the expansion in powers of 1 − t at t = 1, by power, exact.

        The leading one, at the power −d, tells the volume: N(λ) ~ coefficient·λ^{d/2}/d!.
        """
        return self.series.laurent(terms)

    def coefficient(self, k: int) -> int:
        """The dimension m_k, exact for degrees of any size."""
        return self.series.coefficient(k)

    def coefficients(self, top: int) -> list[int]:
        """The dimensions m_0, …, m_top."""
        return self.series.coefficients(top)

    def cumulated(self, degree: int) -> int:
        """Σ_{k ≤ degree} m_k, exact for degrees of any size."""
        return self._sums.coefficient(degree) if degree >= 0 else 0

    def plot(self, top: int = 60, ax: Axes | None = None) -> Axes:
        """Draw m_0, …, m_top against the degree."""
        import numpy as np

        from weylspec.render.pictures import curves

        values = np.array([float(m) for m in self.coefficients(top)])
        return curves(np.arange(top + 1.0), {self.action.label: values}, ax=ax, xlabel="degree k", ylabel="dimension")

    def _repr_html_(self) -> str:
        import sympy

        return f"$\\displaystyle \\sum_k m_k t^k = {sympy.latex(self.expression)}$<br>{self.provenance}"

    def _of_degrees(self) -> RationalSeries:
        degrees = self.action.degrees
        poles = cyclotomic_exponents(degrees)
        listed = ", ".join(str(d) for d in sorted(degrees) if d > 1)
        return RationalSeries((1, 0, -1), poles, f"a free ring of invariants, degrees {listed or 1}").reduced()

    def _of_classes(self) -> RationalSeries:
        poles = algebra_poles(self.action)
        degree = sum(power * totient(order) for order, power in poles)
        numerator = max(degree + 2 - self.action.size, 0)
        terms = [int(m) for m in self.dimensions(numerator + _FURTHER)]
        return from_denominator(terms, poles, numerator, "exact: the eigenvalues of all elements bound the degree")

    def _recognised(self) -> RationalSeries:
        failure: CertificationError | None = None
        for terms in _TERMS:
            try:
                return recognise([int(m) for m in self.dimensions(terms)])
            except CertificationError as error:
                failure = error
        assert failure is not None
        raise failure
