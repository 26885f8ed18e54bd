"""`Product`: Riemannian products and powers of spaces."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt

from weylspec.errors import GroupActionError, UnknownGeometryError
from weylspec.groups.base import Group, whole
from weylspec.invariants.geometry import Term, Wall, multiply_terms
from weylspec.multiplicities import level_pairs
from weylspec.spaces.base import Manifold
from weylspec.spectrum import Spectrum
from weylspec.units import Number, commensurable, rekeyed

FloatArray = npt.NDArray[np.float64]


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
        return math.prod(factor.volume for factor in self.factors)

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
        listed = self.factors[0].levels(cutoff)
        total = self.factors[0].eigenspace_kernel(first[0], second[0], cutoff)
        for factor, a, b in zip(self.factors[1:], first[1:], second[1:], strict=True):
            other = factor.levels(cutoff)
            values = factor.eigenspace_kernel(a, b, cutoff)
            merged, pairs = _merge(listed, other, cutoff)
            combined = np.zeros((len(merged), *total.shape[1:]))
            for i, j, level in pairs.tolist():
                combined[level] += total[i] * values[j]
            listed, total = merged, combined
        return total

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


def _merge(a: Spectrum, b: Spectrum, cutoff: Number) -> tuple[Spectrum, npt.NDArray[np.int64]]:
    """The product's levels, and rows (level of a, level of b, level of the product)."""
    merged = (a * b).up_to(cutoff)
    if a.keys is None or b.keys is None or merged.keys is None:
        raise UnknownGeometryError("eigenspace kernels of a product need closed-form levels in every factor")
    _, table = commensurable(a.units + b.units)
    first, second = level_pairs(a.eigenvalues, b.eigenvalues, merged.complete_below)
    split = len(a.units)
    keys = rekeyed(a.keys, table[:split])[first] + rekeyed(b.keys, table[split:])[second]
    position = {tuple(row): level for level, row in enumerate(merged.keys.tolist())}
    rows = [(i, j, position[tuple(key)]) for i, j, key in zip(first, second, keys.tolist(), strict=True)
            if tuple(key) in position]
    return merged, np.array(rows, dtype=np.int64)
