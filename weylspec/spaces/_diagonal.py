"""Powers of spheres modulo a group that moves all factors alike, and permutations of the factors."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.groups.cosets import LinearCoset
from weylspec.groups.factor_action import FactorAction
from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.averages.molien import grid_points
from weylspec.invariants.averages.power_cosets import harmonic_points
from weylspec.invariants.averages.powers import point_average
from weylspec.invariants.orbit_spaces.diagonal_spheres import diagonal_orbits, is_whole
from weylspec.invariants.points.linear import Representatives, linear_orbits
from weylspec.invariants.points.representatives import Orbits, Over
from weylspec.spaces._powers import (
    PowerSymmetry,
    averaged_kernels,
    factor_rows,
    keyed_levels,
    permutation_average,
    permuted_points,
)
from weylspec.spectrum import Spectrum
from weylspec.units import Number, number

if TYPE_CHECKING:
    from weylspec.groups.base import Group
    from weylspec.invariants.orbit_spaces.geometry import OrbitGeometry
    from weylspec.spaces.core import Space
    from weylspec.spaces.sphere import Sphere

FloatArray = npt.NDArray[np.float64]
Residues = npt.NDArray[np.int64]

_MAX_NODES = 5000  # elements of the diagonal group in an average of kernels


@dataclass(frozen=True, eq=False)
class DiagonalSpheres(PowerSymmetry):
    """A group that moves all m factors of (Sⁿ)^m alike, and permutations of the factors.

    Attributes
    ----------
    sphere : Sphere
    power : Space
        (Sⁿ)^m.
    parts : FactorAction
    action : LinearAction
        The diagonal group on R^{n+1}.
    """

    sphere: Sphere
    power: Space
    parts: FactorAction[Group]
    action: LinearAction

    def orbits(self) -> Orbits:
        """The least over a finite group; representatives, without distances, modulo rotations."""
        parts, size = self.parts, self.sphere.ambient_dim
        alike = self.action.tensor(parts.m, inner=False, label=parts.label)
        if alike.is_finite:
            return Over(permuted_points(self.sphere, parts), alike.elements())
        orbits = linear_orbits(alike)
        if parts.permutations is not None:
            moved = np.kron(parts.permutations.elements(), np.eye(size))
            orbits = Over(orbits, np.asarray(moved, dtype=np.float64))
        return Representatives(orbits, parts.label)

    def geometry(self) -> OrbitGeometry:
        """Fixed sets of a finite group, Gram matrices for rotations."""
        return diagonal_orbits(self.action, self.parts, float(self.sphere.radius))

    def total_degree(self, lam: Number) -> int:
        """A bound on Σ l_i over m harmonics with Σ l_i(l_i + n − 1)/r² ≤ λ; it is largest where all l_i agree."""
        one, m = self.sphere, self.parts.m
        degree = one.degree(lam)  # floor(λr²) is at most its successor's l(l + n − 1)
        top = (degree + 1) * (degree + one.n) / m
        return math.floor(m * (math.sqrt((one.n - 1) ** 2 + 4 * top) - (one.n - 1)) / 2) + 1

    def levels(self, cutoff: Number) -> Spectrum:
        """Products of characters over cycles, averaged over the angles of the diagonal group, exactly."""
        if self.is_pair:
            return self._pair_levels(cutoff)
        parts, action = self.parts, self.action
        own = self.sphere.levels(cutoff)
        keyed = keyed_levels(self.sphere, own, self.power, parts.m, cutoff)
        top, total = len(own) - 1, self.total_degree(cutoff)
        powers = parts.m if parts.is_symmetric else max(max(lengths) for _, lengths in parts.cycle_types())
        grid = max((grid_points(coset, total) for coset in action.cosets() if coset.rank), default=1)

        def at_point(traces: Sequence[Residues], p: int) -> Residues:
            return permutation_average(keyed.sums, parts, traces, p)

        def average(p: int) -> Residues:
            known: dict[tuple[object, ...], Residues] = {}

            def trace(coset: LinearCoset) -> Residues:
                key = coset.signature()
                if key not in known:
                    points = harmonic_points(coset, powers, top, grid, p)
                    known[key] = point_average(points, lambda traces: at_point(traces, p), p)
                return known[key]

            return action.average(trace, p)

        how = (f"{self.power!r}, characters of cycles averaged over {parts.label} modulo primes, one of them a check; "
               f"{own.provenance}")
        return keyed.listed(average, math.lcm(action.modulus, grid), own, how)

    @property
    def is_pair(self) -> bool:
        """Whether it is two points modulo all rotations: invariants are functions of their distance."""
        return self.parts.m == 2 and self.sphere.n > 1 and is_whole(self.action)

    def _pair_levels(self, cutoff: Number) -> Spectrum:
        """One invariant for each degree, Σ φ(x)φ(y): harmonics of different degrees are inequivalent (Schur)."""
        own = self.sphere.levels(number(cutoff) / 2)
        assert own.keys is not None
        how = f"zonal functions of two points, one of each degree, modulo {self.parts.label}"
        return Spectrum.from_keys(2 * own.keys, np.ones(len(own), dtype=np.int64), own.units, cutoff,
                                  f"{self.power!r}, {how}; every degree with λ ≤ cutoff is listed")

    def listing_cost(self, lam: Number) -> float:
        """Series for every two factors, at every point of a grid of angles."""
        if self.is_pair:
            return self.sphere.listing_cost(lam)
        degree = float(self.sphere.degree(lam)) + 1
        rank = max((coset.rank for coset in self.action.cosets()), default=0)
        return float(self.parts.m) ** 2 * degree**3 * (2 * self.parts.m * degree) ** rank

    def kernel(self, x: FloatArray, y: FloatArray, cutoff: Number) -> FloatArray:
        """Products of zonal kernels, averaged over Haar nodes and permutations."""
        from weylspec.groups.haar import haar_nodes

        m = self.parts.m
        nodes, weights = haar_nodes(self.action, self.total_degree(cutoff))
        if len(nodes) > _MAX_NODES:
            raise CostError(f"kernels modulo {self.parts.label} take {len(nodes)} elements at this cutoff, above "
                            f"{_MAX_NODES}; lower it")
        first, second = factor_rows(x, m), factor_rows(y, m)
        own, images = self.sphere.levels(cutoff), list(self.parts.images())
        total = np.zeros((len(self.power.levels(cutoff)), len(x), len(y)))
        for node, weight in zip(nodes, weights, strict=True):
            moved = [self.sphere.eigenspace_kernel(np.concatenate([a @ node.T for a in first]), b, cutoff)
                     for b in second]
            kernels = [[moved[j][:, i * len(x): (i + 1) * len(x)] for j in range(m)] for i in range(m)]
            total += weight * averaged_kernels(own, kernels, images, cutoff)[1]
        return total
