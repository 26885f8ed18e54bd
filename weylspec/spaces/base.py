"""`Manifold`, and the spaces that its operators build: products, powers and quotients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from weylspec.errors import CommutationError, GroupActionError
from weylspec.groups.base import Group, whole
from weylspec.groups.characters import Character
from weylspec.groups.extension import Extension
from weylspec.invariants.orbit_spaces.geometry import OrbitGeometry
from weylspec.invariants.points.representatives import Orbits
from weylspec.spaces._powers import PowerSymmetry
from weylspec.spaces._product_space import ProductSpace
from weylspec.spaces._quotient_space import QuotientSpace
from weylspec.spaces.core import Counter, Space
from weylspec.spectrum import Spectrum
from weylspec.units import Number

FloatArray = npt.NDArray[np.float64]


class Manifold(Space):
    """A compact Riemannian space that can be multiplied, raised to powers and divided by groups.

    What it answers is listed in `weylspec.spaces.core.Space`; a concrete space supplies `dim`,
    `ambient_dim`, `volume` and `levels`.
    """

    @property
    def total(self) -> Manifold:
        """The manifold M that the points live on: the space itself, or M for M/G."""
        return self

    @property
    def parts(self) -> tuple[Manifold, ...]:
        """The factors of a product; the space itself otherwise."""
        return (self,)

    def weighted_action(self, group: Group, character: Character) -> Any:
        """The action of a group, with averages weighted by a character, for isotypic multiplicities."""
        raise self._cannot("multiplicities of other than invariant functions; spheres, flat tori, projective "
                           "spaces and Lie groups do")

    def isotypic_rank(self, action: Any, degree: int) -> int:
        """Dimension of the vectors in a representation that a principal isotropy group fixes, for Lie groups."""
        raise self._cannot("the leading term for other than invariant functions; spheres do")

    def scaled(self, r: Number) -> Manifold:
        """The same space with all lengths multiplied by r: λ/r², vol·r^dim."""
        raise self._cannot("scaling")

    def __mul__(self, other: Manifold) -> Manifold:
        """Riemannian product."""
        if not isinstance(other, Manifold):
            raise GroupActionError(
                f"{self!r} * {other!r}: the second is not a space; M / G1 * G2 is read as (M / G1) * G2, "
                "write M / (G1 * G2) for a joint action"
            )
        return Product.of(self, other)

    def __pow__(self, m: int) -> Manifold:
        """The m-fold product of the space with itself."""
        return Product.power(self, m)

    def __truediv__(self, group: Group) -> Manifold:
        """The orbit space M/G."""
        if not isinstance(group, Group):
            raise GroupActionError(f"{self!r} / {group!r}: the second is not a group, such as SymmetricGroup(3)")
        return Quotient(self, group)


@dataclass(frozen=True, eq=False, repr=False)
class Product(ProductSpace, Manifold):
    """The Riemannian product of spaces: λ = Σ λ_i, multiplicities convolve, volumes multiply.

    Examples
    --------
    >>> from weylspec.spaces.sphere import Sphere
    >>> P = Sphere(1) * Sphere(2)
    >>> P.dim, P.spectrum(cutoff=2).multiplicities.tolist()
    (3, [1, 2, 3])
    """

    factors: tuple[Manifold, ...]

    @classmethod
    def of(cls, first: Manifold, second: Manifold) -> Product:
        """The product of two spaces; products are flattened."""
        return cls(first.parts + second.parts)

    @classmethod
    def power(cls, space: Manifold, m: int) -> Manifold:
        """The m-fold product; the space itself for m = 1."""
        whole(m, "the power", 1)
        return space if m == 1 else cls((space,) * m)

    @property
    def total(self) -> Manifold:
        """The product of the manifolds that the factors are quotients of."""
        return Product(tuple(factor.total for factor in self.factors))

    def action(self, group: Group) -> PowerSymmetry:
        """A group on the factors of a power: permutations of them, and isometries of each.

        Raises
        ------
        GroupActionError
            For a product of different factors, or a group that does not act on m factors; the message names what
            to write instead.
        """
        factor, m = self.factors[0], len(self.factors)
        if not self.is_power:
            raise GroupActionError(
                f"{group!r} cannot act on the product {self!r} of different factors; divide a factor, as in "
                "(M1 / G) * M2, or write the product of equal ones as a power M ** m"
            )
        parts = group.on_factors(m)
        divided = factor if parts.each is None else factor / parts.each
        return divided.power_symmetry(self, parts)

    def orbits(self, action: PowerSymmetry) -> Orbits:
        """Those of the group on the factors."""
        return action.orbits()

    def orbit_geometry(self, action: PowerSymmetry) -> OrbitGeometry:
        """That of the group on the factors."""
        return action.geometry()

    def invariant_levels(self, action: PowerSymmetry, cutoff: Number) -> Spectrum:
        """Those of the group on the factors."""
        return action.levels(cutoff)

    def invariant_listing_cost(self, action: PowerSymmetry, lam: Number) -> float:
        """That of the group on the factors."""
        return action.listing_cost(lam)

    def invariant_counters(self, action: PowerSymmetry) -> tuple[Counter, ...]:
        """Those of the group on the factors."""
        return action.counters()

    def invariant_kernel(self, action: PowerSymmetry, x: FloatArray, y: FloatArray, cutoff: Number) -> FloatArray:
        """That of the group on the factors."""
        return action.kernel(x, y, cutoff)

    def scaled(self, r: Number) -> Product:
        """Every factor scaled; those that are one space stay one."""
        scaled = {id(factor): factor.scaled(r) for factor in self.factors}
        return Product(tuple(scaled[id(factor)] for factor in self.factors))


@dataclass(frozen=True, eq=False, repr=False)
class Quotient(QuotientSpace, Manifold):
    """M/G: invariant functions on M, with the geometry of the orbit space.

    The spectrum lists the levels that carry invariant functions, with the dimensions of their
    invariant subspaces; the volume and the walls come from geometry, never from that spectrum.
    M/G carries Neumann conditions on mirrors.

    Attributes
    ----------
    manifold : Manifold
    group : Group

    Examples
    --------
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> from weylspec.spaces.sphere import Sphere
    >>> Q = Sphere(6) / SymmetricGroup(7)
    >>> Q.effective_order, Q.count(8), Q.is_free
    (5040, 2, False)
    """

    manifold: Manifold
    group: Group

    def __post_init__(self) -> None:
        self.action_on_manifold  # noqa: B018  (a group that does not act is refused at once)

    def __reduce__(self) -> tuple[type, tuple[Manifold, Group]]:
        """Pickle what the user wrote; actions and counters are made again on demand."""
        return type(self), (self.manifold, self.group)

    def __truediv__(self, group: Group) -> Quotient:
        """(M/H)/G: M modulo H * G if they commute, modulo Extension(H, G) if G normalises H."""
        try:
            return Quotient(self.manifold, self.group * group)
        except CommutationError:
            return Quotient(self.manifold, Extension(self.group, group))

    @property
    def total(self) -> Manifold:
        """M."""
        return self.manifold.total

    def scaled(self, r: Number) -> Quotient:
        """(M scaled)/G."""
        return Quotient(self.manifold.scaled(r), self.group)
