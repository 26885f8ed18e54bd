"""`RadialDomain`: Euclidean domains whose eigenfunctions are radial functions times angular ones."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.multiplicities import IntArray, exact_integers
from weylspec.solvers.bessel.zeros import pairs
from weylspec.spaces._conditions import joined
from weylspec.spaces.core import Counter
from weylspec.spaces.euclidean import EuclideanDomain
from weylspec.spaces.harmonics import check_size
from weylspec.spectrum import Spectrum
from weylspec.units import Number, number, typed

FloatArray = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Sizes = Callable[[int], IntArray]  # top ↦ dimensions of the angular functions of orders 0 … top

_EPS = 2.0**-52
_MAX_LEVELS = 3 * 10**6  # about a minute of zeros
_MAX_FREQUENCY = 1e7  # beyond it the rounding of λ holds a level more often than not


class RadialDomain(EuclideanDomain):
    """A domain with the levels λ = (z/R)², z running over the radial frequencies of angular orders 0, 1, 2, ….

    A concrete domain supplies its frequencies (counted, then computed), its angular functions with
    their multiplicities, and its radial functions. Levels have the labels (order, rank); the
    rank-th level of an order comes before the next one, and no float decides that levels are equal.
    """

    radius: Fraction | float

    # -- what a concrete domain supplies ------------------------------------------------------

    @property
    @abstractmethod
    def resolution(self) -> float:
        """Relative distance beyond which frequencies are counted right."""

    @abstractmethod
    def frequencies_below(self, x: float) -> Integers:
        """For each angular order the number of its frequencies z ≤ x, up to the last order that has one."""

    @abstractmethod
    def frequencies(self, order: Integers, rank: Integers) -> tuple[FloatArray, FloatArray]:
        """The frequencies z of given orders and ranks, and bounds of their errors."""

    @abstractmethod
    def angular_dimension(self, order: int) -> int:
        """The number of independent angular functions of an order."""

    @abstractmethod
    def angular_kernels(self, x: FloatArray, y: FloatArray, top: int) -> Iterable[FloatArray]:
        """Reproducing kernels of the angular functions of orders 0 … top, for the probability measure."""

    @abstractmethod
    def angular_functions(self, x: FloatArray, top: int) -> Iterable[FloatArray]:
        """Orthonormal angular functions of orders 0 … top, shapes (n, angular_dimension(order))."""

    @abstractmethod
    def radial_function(self, order: int, z: float, r: FloatArray) -> FloatArray:
        """The radial function of a level at r = |x|/R, normalised with the angular ones."""

    def invariant_dimensions(self, action: Any, top: int) -> IntArray:
        """Dimensions of the invariant angular functions of orders 0 … top."""
        raise self._cannot("invariant spectra")

    def invariant_angular_kernels(self, action: Any, x: FloatArray, y: FloatArray, top: int) -> Iterable[FloatArray]:
        """Angular kernels averaged over a group."""
        raise self._cannot("invariant kernels")

    # -- spectrum -----------------------------------------------------------------------------

    def _frequency(self, lam: Number) -> float:
        """√λ·R; infinite beyond any float."""
        value = number(lam, "lam")
        if value < 0:
            return -1.0
        exact = isinstance(value, Fraction) and isinstance(self.radius, Fraction)
        try:
            square = float(value * self.radius**2) if exact else float(value) * float(self.radius) ** 2
        except OverflowError:
            return math.inf
        return math.sqrt(square)

    def _eigenvalues(self, z: FloatArray, errors: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Eigenvalues (z/R)² and their errors: twice that of z, relatively, and three roundings."""
        square = float(self.radius) ** 2
        return z**2 / square, (2 * z * errors + errors**2 + 2 * _EPS * z**2) / square

    def _listed(self, cutoff: Number, dimensions: Sizes) -> tuple[Integers, Integers, FloatArray, FloatArray, IntArray]:
        """Order, rank, eigenvalue, error and dimension of every level ≤ cutoff with a dimension, ascending."""
        x = self._frequency(cutoff)
        if x > _MAX_FREQUENCY:
            raise CostError(f"the levels of {self!r} up to {cutoff} do not fit; ask for a smaller cutoff")
        counts = self.frequencies_below(x * (1 + self.resolution)) if x >= 0 else np.zeros(0, dtype=np.int64)
        sizes = dimensions(len(counts) - 1)
        counts[sizes == 0] = 0
        if counts.sum() > _MAX_LEVELS:
            raise CostError(
                f"{self!r} has {counts.sum()} levels up to the cutoff {cutoff}, above {_MAX_LEVELS}; lower it, or use "
                "count(lam), which needs no list"
            )
        order, rank = pairs(counts)
        lam, errors = self._eigenvalues(*self.frequencies(order, rank))
        kept = np.flatnonzero(_at_most(lam, cutoff))
        kept = kept[np.argsort(lam[kept], kind="stable")]
        return order[kept], rank[kept], lam[kept], errors[kept], sizes[order[kept]]

    def levels(self, cutoff: Number) -> Spectrum:
        """Every level λ ≤ cutoff, labelled by its angular order and rank.

        Raises
        ------
        CostError
            Above 3·10⁶ levels.
        """
        return self._spectrum(cutoff, self._dimensions, "angular functions")

    def _dimensions(self, top: int) -> IntArray:
        return exact_integers([self.angular_dimension(order) for order in range(top + 1)])

    def _spectrum(self, cutoff: Number, dimensions: Sizes, how: str) -> Spectrum:
        order, rank, lam, errors, sizes = self._listed(cutoff, dimensions)
        provenance = (
            f"{self!r}, zeros of Bessel functions times {how}; the number of zeros up to the cutoff was counted "
            "for every order before they were computed, and each is bracketed"
        )
        return Spectrum.from_eigenvalues(
            lam, complete_below=cutoff, errors=errors, multiplicities=exact_integers(sizes),
            labels=list(zip(order.tolist(), rank.tolist(), strict=True)), provenance=provenance,
        )

    def counters(self) -> tuple[Counter, ...]:
        """Counting the zeros of each order without computing them."""
        return (Counter("counting zeros of every order", self._counting_cost, partial(self._count, self._dimensions)),)

    def _counting_cost(self, lam: Number) -> float:
        x = self._frequency(lam)
        return 1e3 * (x + 1) if x <= _MAX_FREQUENCY else math.inf

    def _count(self, dimensions: Sizes, lam: Number) -> int:
        """Σ dimension·(number of zeros); a zero within rounding of λ is computed, and counted as in the list."""
        x = self._frequency(lam)
        least, most = (self.frequencies_below(x * (1 + sign * self.resolution)) for sign in (-1, 1))
        least = np.pad(least, (0, len(most) - len(least)))
        order, rank = pairs(most, least)
        reached = _at_most(self._eigenvalues(*self.frequencies(order, rank))[0], lam)
        np.add.at(least, order[reached], 1)
        sizes = dimensions(len(least) - 1)
        return sum(int(size) * int(count) for size, count in zip(sizes, least, strict=True))

    def listing_cost(self, lam: Number) -> float:
        """A pass over the continued fraction for each zero, about x operations for x² of them."""
        x = self._frequency(lam)
        return 1e3 * (x + 1) + x**3 if x < 1e100 else math.inf

    # -- points and functions -------------------------------------------------------------------

    def _radii(self, points: FloatArray) -> FloatArray:
        return np.asarray(np.linalg.norm(points, axis=1) / float(self.radius))

    def eigenspace_kernel(self, x: npt.ArrayLike, y: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Radial functions times the kernels of the angular functions of their order."""
        first, second = self.check_points(x), self.check_points(y)
        return self._kernel(first, second, cutoff, self.angular_kernels)

    def invariant_kernel(self, action: Any, x: FloatArray, y: FloatArray, cutoff: Number) -> FloatArray:
        """Radial functions times the averaged kernels of the angular functions of their order."""
        first, second = self.check_points(x), self.check_points(y)
        return self._kernel(first, second, cutoff, partial(self.invariant_angular_kernels, action))

    def _kernel(self, x: FloatArray, y: FloatArray, cutoff: Number, angular: Any) -> FloatArray:
        order, _, lam, _, _ = self._listed(cutoff, self._dimensions)
        check_size(len(x) * len(y), len(order))
        kernels = list(angular(x, y, int(order.max(initial=-1))))
        result = np.empty((len(order), len(x), len(y)))
        for i, (m, z) in enumerate(zip(order.tolist(), self._back(lam), strict=True)):
            radial = self.radial_function(m, z, self._radii(x))[:, None] * self.radial_function(m, z, self._radii(y))
            result[i] = radial * kernels[m]
        return result

    def eigenfunctions(self, x: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Radial times angular functions, orthonormal for the uniform probability measure."""
        points = self.check_points(x)
        order, _, lam, _, _ = self._listed(cutoff, self._dimensions)
        check_size(len(points), sum(self.angular_dimension(m) for m in order.tolist()))
        angular = list(self.angular_functions(points, int(order.max(initial=-1))))
        columns = [np.empty((len(points), 0))]
        for m, z in zip(order.tolist(), self._back(lam), strict=True):
            columns.append(self.radial_function(m, z, self._radii(points))[:, None] * angular[m])
        return np.concatenate(columns, axis=1)

    def _back(self, lam: FloatArray) -> list[float]:
        """Frequencies z of eigenvalues."""
        frequencies: list[float] = (np.sqrt(lam) * float(self.radius)).tolist()
        return frequencies

    # -- symmetry -------------------------------------------------------------------------------

    def invariant_levels(self, action: Any, cutoff: Number) -> Spectrum:
        """The same zeros, with the dimensions of the invariant angular functions."""
        return self._spectrum(cutoff, partial(self.invariant_dimensions, action),
                              f"angular functions invariant under {action.label}")

    def invariant_counters(self, action: Any) -> tuple[Counter, ...]:
        """Counting the zeros of the orders that have invariant angular functions."""
        count = partial(self._count, partial(self.invariant_dimensions, action))
        return (Counter("counting zeros of every order", lambda lam: self._counting_cost(lam) + self._averaging(lam),
                        count),)

    def _averaging(self, lam: Number) -> float:
        x = self._frequency(lam)
        return 1e3 * (x + 1) ** 2 if x < 1e100 else math.inf


def _at_most(lam: FloatArray, cutoff: Number) -> npt.NDArray[np.bool_]:
    """λ ≤ cutoff with the 4 ulp of slack of `Spectrum.count`."""
    return np.asarray(lam <= float(number(cutoff)) * (1 + 4 * _EPS))


def expression(name: str, arguments: list[str], radius: Fraction | float, bc: tuple[str, ...]) -> str:
    """A constructor call with its arguments, and its radius and conditions where they are not the usual ones.

    Examples
    --------
    >>> expression("Disk", [], Fraction(1), ("dirichlet",)), expression("Disk", [], Fraction(1, 2), ("neumann",))
    ("Disk(1, 'dirichlet')", "Disk('1/2')")
    """
    free = set(bc) == {"neumann"}
    tail = [typed(radius)] if radius != 1 or not free else []
    return f"{name}({', '.join([*arguments, *tail, *([] if free else [repr(joined(bc))])])})"
