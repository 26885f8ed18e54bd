"""Homogeneous spaces whose levels are families of highest weights, and O(n) acting on those made of vectors of R^n."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError
from weylspec.exact.characters.classical import Shapes
from weylspec.exact.characters.weights import WeightFamily, orthogonal_family
from weylspec.exact.limits import check_operations
from weylspec.groups.base import Group
from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.orbit_spaces.geometry import finite_volume
from weylspec.multiplicities import IntArray, exact_integers
from weylspec.spaces.base import Manifold
from weylspec.spaces.core import Counter
from weylspec.spectrum import Spectrum
from weylspec.units import Number, floor_index, scaled_length

if TYPE_CHECKING:
    from typing import Self

FloatArray = npt.NDArray[np.float64]
IntMatrix = npt.NDArray[np.int64]
Zonal = Callable[[WeightFamily, IntMatrix], FloatArray]

_ON_SPACE = 1e-6


class ScaledSpace(Manifold):
    """A homogeneous space with one scale of lengths: λ = key·step/scale².

    A concrete space has a field `scale`, and supplies `_step`, `_unit_volume` and `_at_scale`.
    """

    scale: Fraction | float

    @property
    @abstractmethod
    def _step(self) -> int | Fraction:
        """Eigenvalue of one unit of the keys, at scale 1."""

    @property
    @abstractmethod
    def _unit_volume(self) -> float:
        """Volume at scale 1."""

    @abstractmethod
    def _at_scale(self, scale: Fraction | float) -> Self:
        """The same space at another scale."""

    @property
    def _unit(self) -> Fraction | float:
        return self._step / self.scale**2

    @property
    def volume(self) -> float:
        """Volume in closed form."""
        power = self.dim * math.log(float(self.scale))
        factor = float(self.scale) ** self.dim if power < 700 else math.inf
        return finite_volume(self._unit_volume * factor, repr(self))

    @property
    def is_homogeneous(self) -> bool:
        """True."""
        return True

    def scaled(self, r: Number) -> Self:
        """The space with all lengths multiplied by r."""
        return self._at_scale(scaled_length(self.scale, r))

    def _check_cost(self, cutoff: Number) -> None:
        """Refuse a list that would not end."""
        check_operations(self.listing_cost(cutoff), f"listing the levels of {self!r} up to {cutoff}")

    @property
    def _shown_scale(self) -> str:
        """The last argument of the expression; empty for 1."""
        if self.scale == 1:
            return ""
        return f", scale='{self.scale}'" if isinstance(self.scale, Fraction) else f", scale={self.scale!r}"


class Homogeneous(ScaledSpace):
    """A space G/K with λ = norm·unit and multiplicities that families of highest weights give."""

    @property
    @abstractmethod
    def families(self) -> tuple[WeightFamily, ...]:
        """The highest weights whose irreps have vectors fixed by K, with their multiplicities."""

    @property
    def _weights_are(self) -> str:
        """What the provenance calls the weights."""
        return "highest weights of spherical representations"

    # -- spectrum -------------------------------------------------------------------------------

    def levels(self, cutoff: Number) -> Spectrum:
        """Every level ≤ cutoff."""
        lists = self._listed(cutoff)
        return self._list(lists, [self.sizes(family, nu) for family, nu in lists], cutoff, "Weyl's dimensions")

    def _listed(self, cutoff: Number) -> list[tuple[WeightFamily, IntMatrix]]:
        """Every family with its weights up to a cutoff."""
        self._check_cost(cutoff)
        top = floor_index(cutoff, self._unit)
        return [(family, family.weights(top)) for family in self.families]

    def sizes(self, family: WeightFamily, nu: IntMatrix) -> IntArray:
        """Exact multiplicities of some weights of a family."""
        return family.multiplicities(nu)

    def _list(
        self, lists: list[tuple[WeightFamily, IntMatrix]], multiplicities: list[IntArray], cutoff: Number, how: str
    ) -> Spectrum:
        norms = np.concatenate([family.norms(nu) for family, nu in lists])
        sizes = [int(m) for part in multiplicities for m in part]
        provenance = (f"{self!r}, closed form: {self._weights_are}, {how}; all of the finitely many weights with "
                      "norm·unit ≤ cutoff are listed")
        return Spectrum.from_keys(norms, exact_integers(sizes), (self._unit,), cutoff, provenance)

    def _sum_by_level(self, cutoff: Number, zonal: Zonal) -> FloatArray:
        """Σ multiplicity·zonal function over the weights of each level, shape (levels, n, m)."""
        lists = self._listed(cutoff)
        parts = [(family.norms(nu), self.sizes(family, nu).astype(np.float64), zonal(family, nu))
                 for i, (family, nu) in enumerate(lists) if i == 0 or len(nu)]  # one at least, for the shape
        norms = np.concatenate([part[0] for part in parts])
        level = np.unique(norms, return_inverse=True)[1].reshape(-1)
        values = np.concatenate([sizes[:, None, None] * functions for _, sizes, functions in parts])
        result = np.zeros((int(level.max(initial=-1)) + 1, *values.shape[1:]))
        np.add.at(result, level, values)
        return result

    def counters(self) -> tuple[Counter, ...]:
        """Sums over weights without a list."""
        return (Counter("a sum over highest weights", self._count_cost, self._count_weights),)

    def _count_cost(self, lam: Number) -> float:
        top = floor_index(lam, self._unit)
        return math.fsum(family.count_cost(top) for family in self.families)

    def _count_weights(self, lam: Number) -> int:
        top = floor_index(lam, self._unit)
        return sum(family.count(top) for family in self.families)

    def listing_cost(self, lam: Number) -> float:
        """Proportional to the number of weights and of the linear forms in their dimensions."""
        top = floor_index(lam, self._unit)
        if top > 2**60:
            return math.inf
        return math.fsum(family.size(top) * 100 * (len(family.forms.offsets) + 10) for family in self.families)


class OrthogonalSpace(Homogeneous):
    """A homogeneous space of O(n) whose weights are irreps [μ] of O(n): Grassmannians of R^n, Stiefel manifolds."""

    n: int

    @abstractmethod
    def tensors(self, family: WeightFamily, nu: IntMatrix) -> tuple[IntMatrix, IntArray, IntArray]:
        """Partitions μ of some weights, how often [μ] occurs in the functions, and how often det ⊗ [μ]."""

    def action(self, group: Group) -> LinearAction:
        """The group's orthogonal action on R^n."""
        return group.linear(self.n)

    def invariant_levels(self, action: LinearAction, cutoff: Number) -> Spectrum:
        """Σ over the irreps of O(n) in each level: copies × dimension of the vectors that G fixes."""
        from weylspec.invariants.averages.tensors import fixed_dimensions

        lists = self._listed(cutoff)
        found = []
        for family, nu in lists:
            mu, plain, twisted = self.tensors(family, nu)
            dimensions = orthogonal_family(self.n, mu.shape[1]).multiplicities(mu)
            total = np.zeros(len(mu), dtype=object)
            for copies, twist in ((plain, False), (twisted, True)):
                some = np.array([bool(c) for c in copies], dtype=bool)
                fixed = fixed_dimensions(action, Shapes.orthogonal(mu[some]), dimensions[some], twisted=twist)
                total[some] += copies[some].astype(object) * fixed.astype(object)
            found.append(exact_integers(total))
        how = f"characters of O({self.n}) averaged over {action.label} modulo primes, one of them a check"
        return self._list(lists, found, cutoff, how)

    def _averaged(
        self, action: LinearAction, cutoff: Number, zonal: Callable[[FloatArray, WeightFamily, IntMatrix], FloatArray]
    ) -> FloatArray:
        """Sums by level of zonal functions averaged over Haar nodes of the group."""
        from weylspec.groups.haar import haar_nodes

        degree = max(int(self.tensors(family, nu)[0].sum(axis=1).max(initial=0))
                     for family, nu in self._listed(cutoff))
        nodes, weights = haar_nodes(action, degree)

        def average(family: WeightFamily, nu: IntMatrix) -> FloatArray:
            return np.asarray(sum(w * zonal(g, family, nu) for g, w in zip(nodes, weights, strict=True)))

        return self._sum_by_level(cutoff, average)

    def invariant_listing_cost(self, action: LinearAction, lam: Number) -> float:
        """That of the list, and of the averages of all its characters."""
        from weylspec.invariants.averages.tensors import averaging_cost

        cost, top = self.listing_cost(lam), floor_index(lam, self._unit)
        if math.isinf(cost):
            return cost
        return cost + math.fsum(
            averaging_cost(action, degree, family.size(top), rows)
            for family in self.families for degree, rows in [self._largest_tensors(family, top)]
        )

    def _largest_tensors(self, family: WeightFamily, top: int) -> tuple[int, int]:
        """About the largest |μ| below a norm, that of equal rows, and the number of rows."""
        longest = max(family.longest_row(0, top), 0)
        return math.isqrt(family.rows * family.quadratic * longest**2), family.rows


def check_frames(space: Manifold, frames: npt.NDArray[np.float64] | npt.NDArray[np.complex128]) -> None:
    """Refuse rows whose k vectors, shape (rows, k, n), are not orthonormal."""
    gram = frames @ frames.conj().transpose(0, 2, 1)
    off = np.abs(gram - np.eye(frames.shape[1])).max(axis=(1, 2), initial=0.0)
    if len(off) and off.max() > _ON_SPACE:
        row = int(off.argmax())
        raise WeylspecError(
            f"row {row} holds {frames.shape[1]} vectors that are not orthonormal (off by {off[row]:.3g}): it is not "
            f"on {space!r}; orthonormalise the vectors first, as numpy.linalg.qr does"
        )
