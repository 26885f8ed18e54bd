"""Groups on the factors of a power M^m, in the forms in which their traces and their orbits are known."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from weylspec._product import multisets, of_multisets
from weylspec.errors import CostError, GroupActionError, UnknownGeometryError
from weylspec.groups.factor_action import FactorAction
from weylspec.invariants.averages.multiplicity import invariant_multiplicities
from weylspec.invariants.averages.powers import (
    MAX_LENGTH,
    LevelSums,
    class_average,
    fillings,
    level_sums,
    symmetric_average,
)
from weylspec.invariants.orbit_spaces.permuted_factors import Base, permuted_orbits
from weylspec.invariants.points.representatives import Assembled, Orbits, Over, Permuted
from weylspec.multiplicities import exact_integers
from weylspec.spaces._level_estimate import level_estimate
from weylspec.spaces._merging import aligned, by_multisets, combined_kernels
from weylspec.spectrum import Spectrum
from weylspec.units import Number, floor_index, number

if TYPE_CHECKING:
    from weylspec.groups.base import Group
    from weylspec.invariants.orbit_spaces.geometry import OrbitGeometry
    from weylspec.spaces.core import Counter, Space

FloatArray = npt.NDArray[np.float64]
Residues = npt.NDArray[np.int64]
IntRows = list[tuple[int, ...]]

_MAX_AVERAGED = 10**7  # numbers of one level's kernels at all elements of the group


class PowerSymmetry(ABC):
    """A group that acts on M^m, M a given space."""

    @abstractmethod
    def geometry(self) -> OrbitGeometry:
        """Dimension, volume, walls and fixed sets of the quotient."""

    @abstractmethod
    def levels(self, cutoff: Number) -> Spectrum:
        """The levels of M^m with the dimensions of their invariant subspaces."""

    @abstractmethod
    def listing_cost(self, lam: Number) -> float:
        """Operations it takes to list the invariant levels ≤ λ, roughly."""

    @abstractmethod
    def kernel(self, x: FloatArray, y: FloatArray, cutoff: Number) -> FloatArray:
        """Eigenspace kernels averaged over the group, aligned with the levels of M^m."""

    def counters(self) -> tuple[Counter, ...]:
        """Ways to count without listing."""
        return ()

    def orbits(self) -> Orbits:
        """Representatives and distances of the orbits."""
        raise UnknownGeometryError(
            "on powers, orbits are told apart for permutations of the factors, with or without a group on each of "
            "them, and for groups that move all factors of a flat torus or of a sphere alike"
        )


def refused_diagonal(base: Space, parts: FactorAction[Group]) -> GroupActionError:
    """Why a space does not trace a diagonal action on its powers."""
    return GroupActionError(
        f"{parts.label} moves all factors of {base!r} ** {parts.m} by the same element, which is traced on powers of "
        f"spheres and flat tori; divide each factor, as in ({base!r} / {parts.diagonal!r}) ** {parts.m}"
    )


@dataclass(frozen=True, eq=False)
class KeyedSums:
    """Levels that M^m may have, on the keys of M, and a bound of their multiplicities.

    Attributes
    ----------
    keys : ndarray of shape (levels, r), int64
    bound : int
        No level ≤ the cutoff has a larger multiplicity.
    sums : LevelSums
    """

    keys: Residues
    bound: int
    sums: LevelSums

    def listed(self, average: Callable[[int], Residues], modulus: int, own: Spectrum, how: str) -> Spectrum:
        """The levels with invariant functions, from averages modulo primes."""
        bounds = exact_integers([self.bound] * len(self.keys))
        multiplicities = invariant_multiplicities(bounds, average, modulus)
        return Spectrum.from_keys(self.keys, multiplicities, own.units, own.complete_below, how)


def keyed_levels(base: Space, own: Spectrum, power: Space, m: int, cutoff: Number) -> KeyedSums:
    """What sums of m levels of M there may be: multiples of the common divisor of their keys, if there is one unit.

    Multiplicities are at most e^{tλ}Z_M(t)^m, for any t.
    """
    assert own.keys is not None
    if own.keys.shape[1] == 1:
        step = int(np.gcd.reduce(own.keys[:, 0])) if len(own) else 0
        top = floor_index(cutoff, own.units[0])
        keys = np.arange(top // step + 1, dtype=np.int64)[:, None] * step if step else own.keys
    else:
        whole = power.levels(cutoff)
        if whole.keys is None or whole.units != own.units:
            raise UnknownGeometryError(
                f"levels of {base!r} have other keys than those of its power, so that sums of {m} of them cannot be "
                "told apart; divide each factor, as in (M / H) ** m / SymmetricGroup(m)"
            )
        keys = whole.keys
    limit = float(number(cutoff))
    logs = np.log(own.multiplicities.astype(np.float64))
    times = np.geomspace(1e-2, 1e2, 41) * m / max(limit, 1e-300)
    bits = min((t * limit + m * float(np.logaddexp.reduce(logs - t * own.eigenvalues)) for t in times), default=0.0)
    bound = 2 ** (math.ceil(bits / math.log(2)) + 1) if len(own) else 1
    return KeyedSums(keys, bound, level_sums(own.keys, own.eigenvalues, keys, float(own.complete_below)))


def factor_rows(points: FloatArray, m: int) -> list[FloatArray]:
    """The m points of M that make up each point of M^m."""
    return np.split(points, m, axis=1)


def averaged_kernels(
    levels: Spectrum, kernels: list[list[FloatArray]], images: IntRows, cutoff: Number
) -> tuple[Spectrum, FloatArray]:
    """Kernels of M^m averaged over permutations, from those of M between any two factors.

    Parameters
    ----------
    levels : Spectrum
        Of M.
    kernels : m lists of m ndarrays of shape (levels, …, n, n')
        Entry (i, j): factor i of the first points against factor j of the second.
    images : list of permutations
    cutoff : number

    Returns
    -------
    levels of M^m, and kernels of shape (levels of M^m, …, n, n')
    """
    size = len(images) * kernels[0][0][0].size
    if size > _MAX_AVERAGED:
        raise CostError(
            f"kernels averaged over {len(images)} permutations take {size} numbers a level, above {_MAX_AVERAGED}; "
            "ask for fewer points at a time, or a smaller group"
        )
    values = [np.stack([row[image[i]] for image in images], axis=1) for i, row in enumerate(kernels)]
    whole, total = combined_kernels([levels] * len(kernels), values, cutoff)
    return whole, total.mean(axis=1)


@dataclass(frozen=True, eq=False)
class FactorPoints(Orbits):
    """Points of one factor, with the distances and representatives that it has itself."""

    space: Space

    @property
    def size(self) -> int:
        """Length of a point's row."""
        return self.space.ambient_dim

    def canonical(self, x: FloatArray) -> FloatArray:
        """Those of the space."""
        return self.space.canonical(x)

    def distance(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """That of the space."""
        return self.space.distance(x, y)


def permuted_points(base: Space, parts: FactorAction[Group]) -> Orbits:
    """Orbits of the permutations alone: factors matched with factors, or the least over a smaller group."""
    one, m = FactorPoints(base), parts.m
    if parts.is_symmetric:
        return Permuted(one, m)
    apart = Assembled(tuple((one, np.arange(one.size) + i * one.size) for i in range(m)), m * one.size)
    if parts.permutations is None:
        return apart
    moved = np.kron(parts.permutations.elements(), np.eye(one.size))
    return Over(apart, np.asarray(moved, dtype=np.float64))


@dataclass(frozen=True, eq=False)
class PermutedFactors(PowerSymmetry):
    """Permutations of the factors of M^m, each of which may be divided by a group of its own.

    Attributes
    ----------
    base : Space
        M, or M/K where K moves every factor by an element of its own.
    power : Space
        M^m.
    parts : FactorAction
    direct : tuple of Counter
        Ways to count without listing.
    """

    base: Space
    power: Space
    parts: FactorAction[Group]
    direct: tuple[Counter, ...] = ()

    def counters(self) -> tuple[Counter, ...]:
        """Those that the base knows for itself."""
        return self.direct

    def orbits(self) -> Orbits:
        """Factors matched with factors, or the least over the permutations of a smaller group."""
        return permuted_points(self.base, self.parts)

    def geometry(self) -> OrbitGeometry:
        """The cycle index in the terms of M."""
        base, parts = self.base, self.parts
        try:
            terms = base.terms
        except UnknownGeometryError:
            terms = None
        known = Base(base.dim, base.volume, base.volume_error, base.walls, terms, base.orbits_alike,
                     base.effective_order if parts.each is not None else 1, base.remainder_dim)
        return permuted_orbits(known, parts.m, parts.permuting_order, parts.cycle_types(), parts.is_symmetric,
                               parts.label)

    def levels(self, cutoff: Number) -> Spectrum:
        """Pólya's cycle index in the levels of M, exactly."""
        parts = self.parts
        own = self.base.levels(cutoff)
        if own.keys is None:
            return self._labelled(own, cutoff)
        keyed = keyed_levels(self.base, own, self.power, parts.m, cutoff)

        def average(p: int) -> Residues:
            traces = [np.array([int(x) % p for x in own.multiplicities], dtype=np.int64)] * parts.m
            return permutation_average(keyed.sums, parts, traces, p)

        how = f"{self.power!r}, cycle index of {parts.label} modulo primes, one of them a check; {own.provenance}"
        return keyed.listed(average, 1, own, how)

    def _labelled(self, own: Spectrum, cutoff: Number) -> Spectrum:
        """Multisets of levels of M, each with the orbits of its functions."""
        parts = self.parts
        found = list(multisets(own.eigenvalues, parts.m, float(number(cutoff))))
        sizes = [int(x) for x in own.multiplicities]
        if parts.is_symmetric:
            counts = [math.prod(math.comb(sizes[i] + k - 1, k) for i, k in kind) for kind in found]
        else:
            types = list(parts.cycle_types())
            counts = [fillings(kind, sizes, types) for kind in found]
        how = f"{self.power!r}, multisets of levels and orbits of {parts.label}; {own.provenance}"
        return of_multisets(own, found, exact_integers(counts), float(number(cutoff)), how)

    def listing_cost(self, lam: Number) -> float:
        """That of M, and series over all sums of levels; infinite where those with one unit would not fit."""
        own = self.base.levels(0)
        steps = 10.0 * self.parts.m**2 * self.base.listing_cost(lam)
        if own.keys is None or len(own.units) > 1 or math.isinf(steps):
            return steps
        length = floor_index(lam, own.units[0])
        return steps + self.parts.m * length * level_estimate(self.base, lam) if length < MAX_LENGTH else math.inf

    def kernel(self, x: FloatArray, y: FloatArray, cutoff: Number) -> FloatArray:
        """Products of the kernels of M, averaged over the permutations."""
        first, second = factor_rows(x, self.parts.m), factor_rows(y, self.parts.m)
        kernels = [[self.base.eigenspace_kernel(a, b, cutoff) for b in second] for a in first]
        whole, values = averaged_kernels(self.base.levels(cutoff), kernels, list(self.parts.images()), cutoff)
        found = by_multisets(self.base.levels(cutoff), self.parts.m, whole, values)
        return aligned(found, self.power.levels(cutoff), (len(x), len(y)))


def permutation_average(sums: LevelSums, parts: FactorAction[Group], traces: Sequence[Residues], p: int) -> Residues:
    """The average over the permutations, by recursion where they are all of them, else class by class."""
    if parts.is_symmetric:
        return symmetric_average(sums, parts.m, traces, p)
    return class_average(sums, parts.cycle_types(), traces, p)


@dataclass(frozen=True, eq=False)
class JoinedPower(PowerSymmetry):
    """A group on the factors of M^m that is a group on one space of the same kind, of m times the dimension.

    Attributes
    ----------
    space : Space
        M^m as one space.
    action : object
        The group's action on it.
    """

    space: Space
    action: object

    def orbits(self) -> Orbits:
        """Those in the one space."""
        return self.space.orbits(self.action)

    def geometry(self) -> OrbitGeometry:
        """That of the one space."""
        return self.space.orbit_geometry(self.action)

    def levels(self, cutoff: Number) -> Spectrum:
        """Those of the one space."""
        return self.space.invariant_levels(self.action, cutoff)

    def listing_cost(self, lam: Number) -> float:
        """That of the one space."""
        return self.space.invariant_listing_cost(self.action, lam)

    def counters(self) -> tuple[Counter, ...]:
        """Those of the one space."""
        return self.space.invariant_counters(self.action)

    def kernel(self, x: FloatArray, y: FloatArray, cutoff: Number) -> FloatArray:
        """That of the one space."""
        return self.space.invariant_kernel(self.action, x, y, cutoff)
