"""`Sector`: circular sectors of any angle, with a condition for each side, and their mirror."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, GroupActionError, WeylspecError
from weylspec.groups.base import Group
from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.orbit_spaces.geometry import CLOSED_FORM, OrbitGeometry, Term, Wall, assemble_terms
from weylspec.multiplicities import IntArray, exact_integers
from weylspec.solvers.bessel.zeros import EPS, certified_zeros, radial_norm, regular_radial, zeros_below
from weylspec.spaces._conditions import conditions, sign
from weylspec.spaces.core import check_sample
from weylspec.spaces.radial import RadialDomain, expression
from weylspec.units import Number, positive, read_length, scaled_length, typed

FloatArray = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_TOLERANCE = 1e-8
_MAX_ROWS = 1e10  # a minute
_SIDES = ("lower side", "upper side", "arc")


@dataclass(frozen=True, eq=False, repr=False, init=False)
class Sector(RadialDomain):
    """The sector |x| ≤ radius, |arg x| ≤ angle·π/2 of the plane: λ = (z/radius)².

    The angle is given as a multiple of π, so that rational ones are exact: ``Sector("1/2")`` is a quarter of
    the disk, ``Sector(2)`` the disk slit along the negative x-axis. With the same condition on both sides the
    orders are ν = m/angle, m ≥ 0 for Neumann and m ≥ 1 for Dirichlet sides; with different ones ν = (m + ½)/angle.
    z runs over the zeros of J_ν (Dirichlet arc) or J_ν' (Neumann arc, and λ = 0 where ν = 0). Every level is
    simple, labelled (i, k) by the number i = 0, 1, … of its order. The first eigenvalues of ``Sector("1/2")``
    are 0, 9.32836, 14.682 Neumann and 26.3746, 57.5829, 70.85 Dirichlet. Complete because the zeros
    of every order are counted before they are computed.

    Parameters
    ----------
    angle : int, Fraction, decimal string or float
        Opening angle divided by π, above 0 and at most 2; exact unless a float.
    radius : int, Fraction, decimal string or float
        Exact unless a float.
    bc : str or tuple
        "neumann" or "dirichlet", for the whole boundary or as (lower side, upper side, arc).

    Examples
    --------
    >>> Sector("1/2", bc="dirichlet").spectrum(cutoff=60).eigenvalues.round(4).tolist()
    [26.3746, 57.5829]

    The mirror image y → −y leaves half of the sector:

    >>> from weylspec.groups.matrix import MatrixGroup
    >>> mirror = MatrixGroup([[[1, 0], [0, -1]]])
    >>> (Sector("1/2") / mirror).count(1000), Sector("1/4").count(1000)
    (38, 38)
    """

    angle: Fraction | float
    radius: Fraction | float
    bc: tuple[str, ...]

    def __init__(self, angle: Number, radius: Number = 1, bc: str | tuple[str, ...] = "neumann") -> None:
        object.__setattr__(self, "angle", positive(angle, "angle"))
        object.__setattr__(self, "radius", read_length(radius, "radius"))
        if not 1e-6 <= self.angle <= 2:
            raise WeylspecError(f"angle is a multiple of π between 1e-6 and 2, got {angle!r}: divide radians by π")
        object.__setattr__(self, "bc", conditions(bc, _SIDES))

    def __repr__(self) -> str:
        return expression("Sector", [typed(self.angle)], self.radius, self.bc)

    # -- geometry ---------------------------------------------------------------------------

    @property
    def dim(self) -> int:
        """2."""
        return 2

    @property
    def _opening(self) -> float:
        return math.pi * float(self.angle)

    @property
    def volume(self) -> float:
        """½·angle·π·radius²."""
        return self._opening * float(self.radius) ** 2 / 2

    @property
    def walls(self) -> tuple[Wall, ...]:
        """Two sides and the arc."""
        r = float(self.radius)
        parts = zip(_SIDES, (r, r, self._opening * r), self.bc, strict=True)
        return tuple(Wall(size, sign(bc) / 4, f"{bc} condition on the {name}") for name, size, bc in parts)

    @property
    def terms(self) -> tuple[Term, ...]:
        """Area, walls, and the constants of the curved arc, the apex and the two corners on the arc."""
        lower, upper, arc = self.bc
        constants = (
            Term(0, self._opening / (12 * math.pi), "curvature of the arc"),
            Term(0, corner_constant(self._opening, lower == upper), "corner at the apex"),
            *(Term(0, corner_constant(math.pi / 2, side == arc), f"corner of the {name} and the arc")
              for name, side in zip(_SIDES, (lower, upper), strict=False)),
        )
        return assemble_terms(2, self.volume, f"area({self!r})", self.walls, constants)

    @property
    def remainder_dim(self) -> float:
        """−1: powers of the arc's curvature, and what it does to the corners."""
        return -1

    def scaled(self, r: Number) -> Sector:
        """The sector with its radius multiplied by r."""
        return Sector(self.angle, scaled_length(self.radius, r), self.bc)

    # -- spectrum ---------------------------------------------------------------------------

    @property
    def _sides(self) -> tuple[bool, bool]:
        """Whether the sides are alike, and whether the lower one is Neumann."""
        return self.bc[0] == self.bc[1], self.bc[0] == "neumann"

    def _orders(self, index: Integers) -> FloatArray:
        """ν of the angular orders 0, 1, …."""
        alike, free = self._sides
        halves = 2 * index + (1 if not alike else 0 if free else 2)
        if isinstance(self.angle, Fraction):
            return np.asarray(halves * self.angle.denominator / (2 * self.angle.numerator), dtype=np.float64)
        return np.asarray(halves / (2 * self.angle), dtype=np.float64)

    def _rows(self, nu: FloatArray) -> FloatArray:
        return nu if self.bc[2] == "neumann" else np.full(len(nu), np.inf)

    @property
    def resolution(self) -> float:
        """16 eps: counts are exact to 6 eps, zeros to about 10 eps."""
        return 16 * EPS

    def frequencies_below(self, x: float) -> Integers:
        """For every order the number of its zeros ≤ x; none exceeds its order where that is positive."""
        if float(self.angle) * x**2 > _MAX_ROWS:
            raise CostError(
                f"the orders of {self!r} share no continued fraction: about {float(self.angle) * x**2:.1e} rows, above "
                f"{_MAX_ROWS:.0e}; ask for a smaller λ"
            )
        nu = self._orders(np.arange(int(max(x, 0.0) * float(self.angle)) + 2))
        found = zeros_below(nu, self._rows(nu), x)
        return found[: int(np.count_nonzero(found))]

    def _counting_cost(self, lam: Number) -> float:
        x = self._frequency(lam)
        return super()._counting_cost(lam) + (10 * float(self.angle) * x**2 if x < math.inf else math.inf)

    def frequencies(self, order: Integers, rank: Integers) -> tuple[FloatArray, FloatArray]:
        """Certified zeros of given orders and ranks."""
        nu = self._orders(order)
        return certified_zeros(nu, self._rows(nu), rank)

    # -- points and functions -----------------------------------------------------------------

    def margin(self, x: FloatArray) -> FloatArray:
        """The distance to the arc, or the length of arc to the nearer side where that is less; negative outside."""
        r, turn = self._radii(x), np.abs(np.arctan2(x[:, 1], x[:, 0]))
        return float(self.radius) * np.minimum(1 - r, (self._opening / 2 - turn) * r)

    @property
    def extent(self) -> tuple[float, ...]:
        """From the apex, or from the corners where the angle is obtuse, to the arc."""
        half, r = self._opening / 2, float(self.radius)
        top = r * math.sin(min(half, math.pi / 2))
        return min(0.0, r * math.cos(half)), r, -top, top

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Uniform points: uniform angles, and radii with a uniform square."""
        check_sample(n, rng)
        turn = self._opening * (rng.random(n) - 0.5)
        r = float(self.radius) * np.sqrt(rng.random(n))
        return np.stack([r * np.cos(turn), r * np.sin(turn)], axis=1)

    def angular_dimension(self, order: int) -> int:
        """1."""
        return 1

    def angular_functions(self, x: FloatArray, top: int) -> Iterator[FloatArray]:
        """√2·cos or √2·sin of ν times the angle from the lower side; 1 for ν = 0."""
        turn = np.arctan2(x[:, 1], x[:, 0]) + self._opening / 2
        wave = np.cos if self._sides[1] else np.sin
        for nu in self._orders(np.arange(top + 1)).tolist():
            yield math.sqrt(2) * wave(nu * turn)[:, None] if nu else np.ones((len(x), 1))

    def angular_kernels(self, x: FloatArray, y: FloatArray, top: int) -> Iterator[FloatArray]:
        """Products of the angular functions."""
        for first, second in zip(self.angular_functions(x, top), self.angular_functions(y, top), strict=True):
            yield first @ second.T

    def radial_function(self, order: int, z: float, r: FloatArray) -> FloatArray:
        """J_ν(zr), normalised by 2∫R²r dr = 1; 1 for z = 0."""
        if z == 0:
            return np.ones_like(r)
        nu = self._orders(np.array([order]))
        return regular_radial(2, float(nu[0]), z, r) / math.sqrt(2 * float(radial_norm(nu, np.array([z]))[0]))

    # -- symmetry -------------------------------------------------------------------------------

    def action(self, group: Group) -> LinearAction:
        """The identity or the mirror y → −y, as matrices of the plane.

        Raises
        ------
        GroupActionError
            For any other isometry of the plane, or where the sides have different conditions.
        """
        action = group.linear(2)
        mirrored = False
        for g in (*action.generators, *action.algebra):
            upper_half = np.abs(g - np.diag([1.0, -1.0])).max() < _TOLERANCE
            if not upper_half and np.abs(g - np.eye(2)).max() > _TOLERANCE:
                raise GroupActionError(
                    f"{action.label} does not map {self!r} to itself: apart from the identity only y → −y does, "
                    "MatrixGroup([[[1, 0], [0, -1]]])"
                )
            mirrored |= bool(upper_half)
        if mirrored and not self._sides[0]:
            raise GroupActionError(f"y → −y exchanges the sides of {self!r}, which have different conditions")
        return action

    def _has_mirror(self, action: LinearAction) -> bool:
        return any(g[1, 1] < 0 for g in action.generators)

    def orbit_geometry(self, action: LinearAction) -> OrbitGeometry:
        """That of the half sector with a Neumann condition on the mirror."""
        if not self._has_mirror(action):
            whole = self.terms
            return OrbitGeometry(2, self.volume, CLOSED_FORM, self.walls, whole[1 + len(self.walls):], 1, True, True,
                                 f"the identity acts on {self!r}", remainder=self.remainder_dim)
        half = Sector(self.angle / 2, self.radius, (self.bc[0], "neumann", self.bc[2]))
        corners = half.terms[1 + len(half.walls):]
        return OrbitGeometry(2, half.volume, CLOSED_FORM, half.walls, corners, 2, False, True, repr(half),
                             remainder=half.remainder_dim)

    def invariant_dimensions(self, action: LinearAction, top: int) -> IntArray:
        """1 for every second order under the mirror: cos(mφ/angle) has the parity (−1)^m about the axis."""
        index = np.arange(top + 1)
        return exact_integers((index + 1) % 2 if self._has_mirror(action) else np.ones_like(index))

    def invariant_angular_kernels(
        self, action: LinearAction, x: FloatArray, y: FloatArray, top: int
    ) -> Iterator[FloatArray]:
        """The kernels of the invariant angular functions; zero for the others."""
        sizes = self.invariant_dimensions(action, top)
        for size, kernel in zip(sizes.tolist(), self.angular_kernels(x, y, top), strict=True):
            yield size * kernel


def corner_constant(angle: float, alike: bool) -> float:
    """The constant of the heat trace at a corner of two straight or curved walls.

    (π² − α²)/(24πα) for the same condition on both walls (Kac 1966; D. B. Ray); −(π² + 2α²)/(48πα) for
    different ones, as the corner 2α with two Dirichlet walls is the sum of both.

    Parameters
    ----------
    angle : float
        α in radians, between 0 and 2π.
    alike : bool

    Returns
    -------
    float

    Examples
    --------
    >>> corner_constant(math.pi / 2, True) * 16, corner_constant(math.pi / 2, False) * 16
    (1.0, -1.0)
    """
    square = angle**2
    if alike:
        return (math.pi**2 - square) / (24 * math.pi * angle)
    return -(math.pi**2 + 2 * square) / (48 * math.pi * angle)
