"""`Manifold`, and the spaces that its operators build: products, powers and quotients."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from weylspec.errors import GroupActionError, UnknownGeometryError
from weylspec.groups.base import Group, whole
from weylspec.invariants.geometry import OrbitGeometry, Term, Wall, finite_volume, multiply_terms
from weylspec.spaces._merging import product_eigenfunctions, product_kernels
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
class Product(Manifold):
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

    def __repr__(self) -> str:
        shown = [f"({factor!r})" if factor.is_compound else repr(factor) for factor in self.factors]
        if all(factor is self.factors[0] for factor in self.factors):
            return f"{shown[0]} ** {len(shown)}"
        return " * ".join(shown)

    @property
    def is_compound(self) -> bool:
        """True."""
        return True

    @property
    def parts(self) -> tuple[Manifold, ...]:
        """The factors."""
        return self.factors

    @property
    def dim(self) -> int:
        """Sum of the dimensions."""
        return sum(factor.dim for factor in self.factors)

    @property
    def ambient_dim(self) -> int:
        """Sum of the ambient dimensions: points are concatenated rows."""
        return sum(factor.ambient_dim for factor in self.factors)

    @property
    def volume(self) -> float:
        """Product of the volumes."""
        return finite_volume(math.prod(factor.volume for factor in self.factors), repr(self))

    @property
    def volume_error(self) -> float:
        """Sum of the relative errors, to first order."""
        return math.fsum(factor.volume_error for factor in self.factors)

    @property
    def walls(self) -> tuple[Wall, ...]:
        """Each factor's walls times the other factors."""
        return tuple(
            Wall(wall.volume * self.volume / factor.volume, wall.weight, wall.source)
            for factor in self.factors for wall in factor.walls
        )

    @property
    def terms(self) -> tuple[Term, ...]:
        """The product of the factors' heat terms."""
        return multiply_terms(*(factor.terms for factor in self.factors))

    @property
    def scalar_curvature(self) -> float:
        """Sum of the curvatures."""
        return math.fsum(factor.scalar_curvature for factor in self.factors)

    @property
    def total(self) -> Manifold:
        """The product of the manifolds that the factors are quotients of."""
        return Product(tuple(factor.total for factor in self.factors))

    @property
    def length(self) -> float:
        """The least of the factors' lengths."""
        return min(factor.length for factor in self.factors)

    @property
    def is_homogeneous(self) -> bool:
        """Whether every factor is."""
        return all(factor.is_homogeneous for factor in self.factors)

    @property
    def is_closed_form(self) -> bool:
        """That of every factor."""
        return all(factor.is_closed_form for factor in self.factors)

    @property
    def orbits_alike(self) -> bool:
        """Whether every factor's orbits are."""
        return all(factor.orbits_alike for factor in self.factors)

    def listing_cost(self, lam: Number) -> float:
        """Listing the factors; sums of levels are refused by themselves where they are too many."""
        return math.fsum(factor.listing_cost(lam) for factor in self.factors)

    def levels(self, cutoff: Number) -> Spectrum:
        """Sums of the factors' levels, equal ones merged on their keys."""
        return reduce(lambda a, b: (a * b).up_to(cutoff), (factor.levels(cutoff) for factor in self.factors))

    def check_points(self, x: npt.ArrayLike) -> FloatArray:
        """Rows are the factors' rows, one after the other."""
        points = super().check_points(x)
        for factor, part in zip(self.factors, self._split(points), strict=True):
            factor.check_points(part)
        return points

    def _split(self, points: FloatArray) -> list[FloatArray]:
        ends = np.cumsum([factor.ambient_dim for factor in self.factors])[:-1]
        return np.split(points, ends, axis=1)

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Independent uniform points of the factors."""
        return np.concatenate([factor.sample(n, rng) for factor in self.factors], axis=1)

    def eigenspace_kernel(self, x: npt.ArrayLike, y: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Products of the factors' kernels, summed over the combinations that make up each level."""
        first, second = self._split(self.check_points(x)), self._split(self.check_points(y))
        return product_kernels(self.factors, first, second, cutoff)

    def eigenfunctions(self, x: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Products of the factors' eigenfunctions."""
        return product_eigenfunctions(self.factors, self._split(self.check_points(x)), cutoff)

    def action(self, group: Group) -> object:
        """Refuse: groups act on the factors of a product.

        Raises
        ------
        GroupActionError
            Always; the message names what to write instead.
        """
        raise GroupActionError(
            f"{group!r} cannot act on the product {self!r}; divide a factor, as in (M1 / G) * M2, "
            "or take one torus or sphere of higher dimension"
        )

    def scaled(self, r: Number) -> Product:
        """Every factor scaled."""
        return Product(tuple(factor.scaled(r) for factor in self.factors))


@dataclass(frozen=True, eq=False, repr=False)
class Quotient(Manifold):
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

    def __repr__(self) -> str:
        return f"{self.manifold!r} / {self.group!r}"

    @cached_property
    def action_on_manifold(self) -> Any:
        """The action of the group, in the form that the manifold traces."""
        return self.manifold.action(self.group)

    def __truediv__(self, group: Group) -> Quotient:
        """(M/H)/G = M/(H·G) for groups that commute."""
        return Quotient(self.manifold, self.group * group)

    # -- geometry ---------------------------------------------------------------------------

    @cached_property
    def geometry(self) -> OrbitGeometry:
        """Dimension, volume, walls and fixed sets, obtained without the spectrum."""
        return self.manifold.orbit_geometry(self.action_on_manifold)

    @property
    def dim(self) -> int:
        """Dimension d of M/G: dim M less that of a principal orbit."""
        return self.geometry.dim

    @property
    def ambient_dim(self) -> int:
        """That of M: points of M/G are given by points of M on their orbits."""
        return self.manifold.ambient_dim

    @property
    def volume(self) -> float:
        """Volume of M/G with the quotient metric, ∫_M dvol(x)/vol(Gx)."""
        return self.geometry.volume

    @property
    def volume_error(self) -> float:
        """Relative error bound or estimate of the volume."""
        return self.geometry.volume_error

    @property
    def walls(self) -> tuple[Wall, ...]:
        """Mirrors and collapsing strata."""
        return self.geometry.walls

    @property
    def terms(self) -> tuple[Term, ...]:
        """Leading term, walls, and the fixed sets of higher codimension of a finite group."""
        if not self.geometry.walls_complete:
            raise self._cannot("the area of the mirrors of this joint action; hand in a law: verify_weyl(…, law=…)")
        return self.geometry.terms

    @property
    def scalar_curvature(self) -> float:
        """That of M."""
        return self.manifold.scalar_curvature

    @property
    def effective_order(self) -> int | float:
        """Order of G modulo the elements that act trivially; infinite for a Lie group."""
        return self.geometry.effective_order

    @property
    def is_free(self) -> bool | None:
        """Whether only elements that act trivially have fixed points; None where not decided."""
        return self.geometry.is_free

    @property
    def total(self) -> Manifold:
        """M."""
        return self.manifold.total

    @property
    def is_compound(self) -> bool:
        """True."""
        return True

    @property
    def is_closed_form(self) -> bool:
        """That of M."""
        return self.manifold.is_closed_form

    @property
    def length(self) -> float:
        """Vol^{1/d}, or the shortest closed geodesic of the torus that translations leave."""
        return min(super().length, self.geometry.length)

    @property
    def is_homogeneous(self) -> bool:
        """Whether M/G is known to be: tori modulo translations, spheres modulo Hopf circles."""
        try:
            return self.geometry.is_homogeneous
        except UnknownGeometryError:
            return False

    @property
    def orbits_alike(self) -> bool:
        """Whether all orbits have the same dimension."""
        return self.geometry.orbits_alike

    def scaled(self, r: Number) -> Quotient:
        """(M scaled)/G."""
        return Quotient(self.manifold.scaled(r), self.group)

    # -- spectrum ---------------------------------------------------------------------------

    def levels(self, cutoff: Number) -> Spectrum:
        """Levels that carry invariant functions, with the dimension of the invariant subspace."""
        return self.manifold.invariant_levels(self.action_on_manifold, cutoff)

    @cached_property
    def _invariant_counters(self) -> tuple[Counter, ...]:
        return self.manifold.invariant_counters(self.action_on_manifold)

    def counters(self) -> tuple[Counter, ...]:
        """The list, and what the manifold offers beside it."""
        return (*super().counters(), *self._invariant_counters)

    def listing_cost(self, lam: Number) -> float:
        """That of the invariant levels of M."""
        return self.manifold.invariant_listing_cost(self.action_on_manifold, lam)

    # -- points and functions -----------------------------------------------------------------

    def check_points(self, x: npt.ArrayLike) -> FloatArray:
        """Points of M."""
        return self.manifold.check_points(x)

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Points of M, uniform there; their orbits are uniform on M/G for the law of the data."""
        return self.manifold.sample(n, rng)

    def eigenspace_kernel(self, x: npt.ArrayLike, y: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Reproducing kernels of the invariant eigenspaces, aligned with ``spectrum(cutoff)``."""
        first, second = self.check_points(x), self.check_points(y)
        every = self.manifold.levels(cutoff)
        mine = self.levels(cutoff)
        values = self.manifold.invariant_kernel(self.action_on_manifold, first, second, cutoff)
        wanted = set(mine.names())
        return values[[name in wanted for name in every.names()]]
