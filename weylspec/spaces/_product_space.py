"""What a Riemannian product answers from its factors: geometry, levels, points and functions."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from weylspec.invariants.heat_expansion import HeatExpansion, product_expansion
from weylspec.invariants.orbit_spaces.geometry import Term, Wall, finite_volume, multiply_terms
from weylspec.spaces._merging import aligned, by_multisets, product_eigenfunctions, product_kernels
from weylspec.spaces._product_counts import beyond, listed_cost, product_counters
from weylspec.spaces.core import Counter, Space
from weylspec.spectrum import Spectrum
from weylspec.units import Number

if TYPE_CHECKING:
    from weylspec.spaces.base import Manifold

FloatArray = npt.NDArray[np.float64]


class ProductSpace(Space):
    """The Riemannian product of spaces: λ = Σ λ_i, multiplicities convolve, volumes multiply."""

    factors: tuple[Manifold, ...]

    def __repr__(self) -> str:
        shown = [f"({factor!r})" if factor.is_compound else repr(factor) for factor in self.factors]
        if self.is_power:
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
    def is_power(self) -> bool:
        """Whether all factors are one space."""
        return all(factor is self.factors[0] for factor in self.factors)

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
            Wall(wall.volume * self.volume / factor.volume, wall.weight, wall.source,
                 wall.error + self.volume_error - factor.volume_error)
            for factor in self.factors for wall in factor.walls
        )

    @property
    def terms(self) -> tuple[Term, ...]:
        """The product of the factors' heat terms."""
        return multiply_terms(*(factor.terms for factor in self.factors))

    def heat_expansion(self) -> HeatExpansion:
        """The product of the factors' expansions."""
        return product_expansion(factor.heat_expansion() for factor in self.factors)

    @property
    def remainder_dim(self) -> float:
        """The largest over the factors of what one leaves out, times the leading terms of the others."""
        return max(self.dim - factor.dim + factor.remainder_dim for factor in self.factors)

    @property
    def scalar_curvature(self) -> float:
        """Sum of the curvatures."""
        return math.fsum(factor.scalar_curvature for factor in self.factors)

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

    @property
    def codim_max(self) -> int | None:
        """The sum over the factors, where all are known."""
        found = [factor.codim_max for factor in self.factors]
        return None if None in found else sum(c for c in found if c is not None)

    def listing_cost(self, lam: Number) -> float:
        """Listing the factors; sums of levels are refused by themselves where they are too many."""
        return math.fsum(factor.listing_cost(lam) for factor in self.factors)

    def counters(self) -> tuple[Counter, ...]:
        """The list, and what needs no list of sums: the staircases of the factors, direct counts of one of them."""
        merged = replace(self._list_counter, cost=lambda lam: listed_cost(self.factors, lam))
        return (*product_counters(self.factors), merged)

    def levels(self, cutoff: Number) -> Spectrum:
        """Sums of the factors' levels, equal ones merged on their keys; multisets of labels in a power without keys."""
        listed = [factor.levels(beyond(cutoff)) for factor in self.factors]
        if self.is_power and listed[0].keys is None:
            return (listed[0] ** len(listed)).up_to(cutoff)
        return reduce(lambda a, b: (a * b).up_to(cutoff), listed)

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

    def distance(self, x: npt.ArrayLike, y: npt.ArrayLike) -> FloatArray:
        """The root of the sum of the squares of the factors' distances."""
        pairs = zip(self.factors, self._split(self.check_points(x)), self._split(self.check_points(y)), strict=True)
        return np.asarray(np.sqrt(sum(factor.distance(a, b) ** 2 for factor, a, b in pairs)))

    def local_term(self, point: FloatArray) -> Term:
        """The product of the factors' terms."""
        parts = zip(self.factors, self._split(point[None]), strict=True)
        (found,) = multiply_terms(*((factor.local_term(part[0]),) for factor, part in parts))
        return found

    def canonical(self, x: npt.ArrayLike) -> FloatArray:
        """The factors' representatives, one after the other."""
        parts = zip(self.factors, self._split(self.check_points(x)), strict=True)
        return np.concatenate([factor.canonical(part) for factor, part in parts], axis=1)

    def eigenspace_kernel(self, x: npt.ArrayLike, y: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Products of the factors' kernels, summed over the combinations that make up each level."""
        first, second = self._split(self.check_points(x)), self._split(self.check_points(y))
        listed, values = product_kernels(self.factors, first, second, cutoff)
        if listed.keys is not None or not self.is_power:
            return values
        found = by_multisets(self.factors[0].levels(cutoff), len(self.factors), listed, values)
        return aligned(found, self.levels(cutoff), values.shape[1:])

    def eigenfunctions(self, x: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Products of the factors' eigenfunctions."""
        return product_eigenfunctions(self.factors, self._split(self.check_points(x)), cutoff)
