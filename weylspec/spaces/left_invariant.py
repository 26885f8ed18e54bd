"""`LeftInvariantSU2` and `BergerSphere`: left-invariant metrics on S³ = SU(2)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, GroupActionError, WeylspecError
from weylspec.exact.modular import unit_powers
from weylspec.groups.base import Group
from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.averages.multiplicity import invariant_multiplicities
from weylspec.invariants.lie_groups.quaternion_orbits import su2_orbits
from weylspec.invariants.lie_groups.quaternions import (
    RIGHT,
    Parts,
    QuaternionCoset,
    imaginary_parts,
    quaternion_coset,
    right_kind,
    two_factors,
)
from weylspec.invariants.orbit_spaces.geometry import OrbitGeometry, finite_volume
from weylspec.spaces._tops import AsymmetricTop, SymmetricTop, Top
from weylspec.spaces._wigner import real_functions
from weylspec.spaces.base import Manifold
from weylspec.spaces.core import Counter, check_sample
from weylspec.spectrum import Spectrum
from weylspec.units import Number, read_length, scaled_length, typed

FloatArray = npt.NDArray[np.float64]

_LARGEST = 10**50  # of a length, so that volumes and squares are floats
_TOLERANCE = 1e-7
_MAX_FUNCTION_DEGREE = 200  # representation matrices of 201 rows, right to 1e-13
_MAX_ENTRIES = 3 * 10**7  # of the matrices of all points together, and of the functions: half a gigabyte
_THIRD_TURN = (RIGHT[0] + RIGHT[1] + RIGHT[2] + RIGHT[3]) / 2  # x ↦ x·u, u⁻¹(i, j, k)u = (k, i, j)


@dataclass(frozen=True, eq=False)
class QuaternionAction:
    """A group of isometries x ↦ p·x·q of SU(2): its cosets, turned so that the top's first axis is i.

    Attributes
    ----------
    linear : LinearAction
        The group on R⁴.
    cosets : tuple of QuaternionCoset
    """

    linear: LinearAction
    cosets: tuple[QuaternionCoset, ...]

    @property
    def label(self) -> str:
        """The group as the user wrote it."""
        return self.linear.label


@dataclass(frozen=True, eq=False, repr=False, init=False)
class LeftInvariantSU2(Manifold):
    """SU(2) = S³ with the left-invariant metric in which X_i, X_j, X_k are orthogonal of lengths a, b, c.

    X_i(x) = x·i, X_j(x) = x·j, X_k(x) = x·k at a unit quaternion x = z_1 + j·z_2, of length 1 on the unit sphere:
    LeftInvariantSU2(1, 1, 1) is it. Points are unit rows (Re z_1, Im z_1, Re z_2, Im z_2) of R⁴. On V_k the
    Laplacian is 4(J_z²/a² + J_y²/b² + J_x²/c²), J of spin k/2, each eigenvalue k + 1 times; the first ones
    are 0(1), 1/a² + 1/b² + 1/c² (4), and 4/b² + 4/c², 4/a² + 4/c², 4/a² + 4/b² (3 each).

    Where two lengths coincide the levels are closed form, λ = (k(k+2) − m²)/b² + m²/a² (see `BergerSphere`);
    otherwise those of small tridiagonal blocks, each with a certified bound on its error, complete since on V_k
    λ ≥ k(k+2)/max(a, b, c)². Scalar curvature: Milnor (1976), "Curvatures of left invariant metrics on Lie
    groups". Isometries that are offered: x ↦ p·x·q, p any unit quaternion, q = e^{iφ} or j·e^{iφ} where
    i is the axis of a metric with two equal lengths, else q = ±1, ±i, ±j, ±k.

    Parameters
    ----------
    a, b, c : int, Fraction, decimal string or float
        Exact unless floats.

    Examples
    --------
    >>> M = LeftInvariantSU2(1, 2, 3)
    >>> S = M.spectrum(num=6)
    >>> S.eigenvalues.round(9).tolist(), S.multiplicities.tolist()
    ([0.0, 1.361111111, 1.444444444], [1, 4, 3])
    >>> M.volume / math.pi**2, LeftInvariantSU2(2, 1, 1)
    (12.0, BergerSphere(2))
    """

    a: Fraction | float
    b: Fraction | float
    c: Fraction | float

    def __init__(self, a: Number, b: Number, c: Number) -> None:
        for name, given in (("a", a), ("b", b), ("c", c)):
            object.__setattr__(self, name, read_length(given, name, _LARGEST))

    def __repr__(self) -> str:
        shown = [typed(x) for x in self.lengths]
        if self.b == self.c == 1:
            return f"BergerSphere({shown[0]})"
        return f"LeftInvariantSU2({', '.join(shown)})"

    @property
    def lengths(self) -> tuple[Fraction | float, Fraction | float, Fraction | float]:
        """The lengths of X_i, X_j, X_k."""
        return self.a, self.b, self.c

    # -- geometry ---------------------------------------------------------------------------

    @property
    def dim(self) -> int:
        """3."""
        return 3

    @property
    def ambient_dim(self) -> int:
        """4."""
        return 4

    @property
    def volume(self) -> float:
        """2π²·abc."""
        return finite_volume(2 * math.pi**2 * math.prod(float(x) for x in self.lengths), repr(self))

    @property
    def scalar_curvature(self) -> float:
        """2(μ₁μ₂ + μ₂μ₃ + μ₃μ₁), μ₁ = (b² + c² − a²)/abc and so on (Milnor 1976); 6 on the unit sphere."""
        a, b, c = self.lengths
        x, y, z = a / (b * c), b / (c * a), c / (a * b)
        first, second, third = y + z - x, z + x - y, x + y - z
        return float(2 * (first * second + second * third + third * first))

    @property
    def length(self) -> float:
        """The shortest circle along an axis, a closed geodesic, if that is less than vol^{1/3}."""
        return min(super().length, 2 * math.pi * float(min(self.lengths)))

    @property
    def is_homogeneous(self) -> bool:
        """True: left translations act transitively."""
        return True

    @property
    def is_closed_form(self) -> bool:
        """Whether two lengths coincide."""
        _, y, z = self._ordered
        return _coincide(y, z)

    def scaled(self, r: Number) -> LeftInvariantSU2:
        """All three lengths multiplied by r."""
        return LeftInvariantSU2(*(scaled_length(x, r) for x in self.lengths))

    # -- spectrum ---------------------------------------------------------------------------

    @cached_property
    def _shift(self) -> int:
        """How many cyclic steps bring the axis apart to the front: the one whose two others are closest."""
        def gap(s: int) -> float:
            y, z = self.lengths[(s + 1) % 3], self.lengths[(s + 2) % 3]
            return -1.0 if _coincide(y, z) else abs(1 / float(y) ** 2 - 1 / float(z) ** 2)

        return min(range(3), key=gap)

    @property
    def _ordered(self) -> tuple[Fraction | float, Fraction | float, Fraction | float]:
        """The lengths, the axis apart first."""
        x, y, z = self.lengths[self._shift:] + self.lengths[: self._shift]
        return x, y, z

    @cached_property
    def _top(self) -> Top:
        x, y, z = self._ordered
        return SymmetricTop(x, y) if _coincide(y, z) else AsymmetricTop((x, y, z))

    @cached_property
    def _turn(self) -> FloatArray:
        return np.asarray(np.linalg.matrix_power(_THIRD_TURN, self._shift))

    def levels(self, cutoff: Number) -> Spectrum:
        """Every level λ ≤ cutoff; a computed one that lies there within its error counts by its computed value.

        Raises
        ------
        CostError
            For more than 2·10⁷ pairs (k, m), or blocks of degree above 2000.
        """
        parts = self._top.parts(cutoff)
        return self._top.spectrum(parts, parts.multiplicities, cutoff, self._provenance("Peter–Weyl"))

    def _provenance(self, how: str) -> str:
        if self.is_closed_form:
            return f"{self!r}, {how}, closed form; every (k, m) with λ ≤ cutoff is listed"
        return (f"{self!r}, {how}, tridiagonal blocks certified by Sturm counts; λ ≥ k(k+2)/max² on V_k bounds the "
                "degrees")

    def counters(self) -> tuple[Counter, ...]:
        """The list, and sums over m or inertia of the blocks."""
        name = "sum over weights" if self.is_closed_form else "inertia of the blocks"
        return (*super().counters(), Counter(name, self._top.counting_cost, self._top.count))

    def listing_cost(self, lam: Number) -> float:
        """Rows (k, m), or the blocks' eigenvalues."""
        return 100 * self._top.listing_cost(lam)

    # -- points and functions -----------------------------------------------------------------

    def check_points(self, x: npt.ArrayLike) -> FloatArray:
        """Unit rows of R⁴, refused if they are off the sphere by more than 1e-6."""
        points = super().check_points(x)
        radii = np.linalg.norm(points, axis=1)
        if len(points) and np.abs(radii - 1).max() > 1e-6:
            row = int(np.abs(radii - 1).argmax())
            raise WeylspecError(f"row {row} has length {radii[row]:.6g}, not 1: it is not on {self!r}, whose points "
                                "are unit quaternions whatever the metric; divide rows by their length first")
        return points

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Uniform points: normalised Gaussian vectors (Haar measure)."""
        check_sample(n, rng)
        x = rng.standard_normal((n, 4))
        return np.asarray(x / np.linalg.norm(x, axis=1, keepdims=True))

    def eigenfunctions(self, x: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Real and imaginary parts of √(k+1)·⟨e_p, ρ_k(x)v⟩, v an eigenvector on V_k.

        Raises
        ------
        CostError
            Above degree 200, or 3·10⁷ entries of the matrices ρ_k(x) or values.
        """
        return np.concatenate(self._functions(self.check_points(x), cutoff), axis=1)

    def _functions(self, points: FloatArray, cutoff: Number) -> list[FloatArray]:
        """One array of functions per level."""
        parts = self._top.parts(cutoff)
        listed = self._top.spectrum(parts, parts.multiplicities, cutoff, "")
        degree = int(parts.degree.max(initial=0))
        if degree > _MAX_FUNCTION_DEGREE or len(points) * max((degree + 1) ** 2, listed.total) > _MAX_ENTRIES:
            raise CostError(
                f"{listed.total} eigenfunctions of {self!r} at {len(points)} points, up to degree {degree}, are beyond "
                f"degree {_MAX_FUNCTION_DEGREE} or {_MAX_ENTRIES:.0e} values; lower the cutoff or take fewer points"
            )
        position = {name: i for i, name in enumerate(listed.names())}
        level = [position[tuple(row)] for row in parts.names.tolist()]
        columns: list[list[FloatArray]] = [[np.empty((len(points), 0))] for _ in range(len(listed))]
        for index, functions in real_functions(self._top, parts, points @ self._turn.T):
            columns[level[index]].append(functions)
        return [np.concatenate(found, axis=1) for found in columns]

    def eigenspace_kernel(self, x: npt.ArrayLike, y: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Σ over the level of the explicit eigenfunctions."""
        first, second = self.check_points(x), self.check_points(y)
        left, right = self._functions(first, cutoff), self._functions(second, cutoff)
        return np.array([f @ g.T for f, g in zip(left, right, strict=True)]).reshape(-1, len(first), len(second))

    # -- symmetry -------------------------------------------------------------------------------

    def action(self, group: Group) -> QuaternionAction:
        """The group's action on R⁴ as x ↦ p·x·q, refused unless it is isometric."""
        linear = group.linear(4)
        for i, g in enumerate(linear.generators):
            factors = two_factors(self._turn @ g @ self._turn.T)
            if factors is None or not self._keeps_metric(factors[1]):
                raise GroupActionError(
                    f"{group!r} does not act on {self!r} by isometries that are offered: generator {i} is no x ↦ p·x·q "
                    f"with {self._allowed}; take a subgroup of SU(2) (it commutes with the complex structure on C² = "
                    "R⁴), or the round Sphere(3)"
                )
        for h in linear.algebra:
            right = imaginary_parts(self._turn @ h @ self._turn.T)[1]
            if np.abs(right[1:] if self.is_closed_form else right).max() > _TOLERANCE:
                raise GroupActionError(
                    f"{group!r} does not act on {self!r} by isometries: one of its one-parameter groups is no "
                    f"x ↦ p·x·q with {self._allowed}; take a subgroup of SU(2), or of U(2) on a BergerSphere"
                )
        return QuaternionAction(linear, tuple(quaternion_coset(c, self._turn) for c in linear.cosets()))

    @property
    def _allowed(self) -> str:
        axis = "ijk"[self._shift]
        other = "ijk"[(self._shift + 1) % 3]
        if self.is_closed_form:
            return f"q = e^{{{axis}φ}} or {other}·e^{{{axis}φ}}"
        return "q = ±1, ±i, ±j, ±k"

    def _keeps_metric(self, q: FloatArray) -> bool:
        kind = right_kind(q)
        return kind is not None and (self.is_closed_form or float(np.abs(q).max()) > 1 - _TOLERANCE)

    def orbit_geometry(self, action: QuaternionAction) -> OrbitGeometry:
        """Fixed circles of a finite group; lengths of the orbits of a Lie group (see `su2_orbits`)."""
        a, b, c = (float(x) for x in self._ordered)
        return su2_orbits(action.cosets, (a, b, c), action.label, self.scalar_curvature)

    def invariant_levels(self, action: QuaternionAction, cutoff: Number) -> Spectrum:
        """Averages of χ_k(p)·tr(q | R) over the group modulo primes, for each part V_k ⊗ R."""
        parts = self._top.parts(cutoff)
        modulus = math.lcm(*(coset.modulus for coset in action.cosets))
        multiplicities = invariant_multiplicities(
            parts.multiplicities, lambda p: _average(action, parts, p, modulus), modulus
        )
        how = f"characters averaged over {action.label} modulo primes, one of them a check"
        return self._top.spectrum(parts, multiplicities, cutoff, self._provenance(how))

    def invariant_kernel(self, action: QuaternionAction, x: FloatArray, y: FloatArray, cutoff: Number) -> FloatArray:
        """Eigenfunctions averaged over Haar nodes that are exact up to the degree at the cutoff."""
        from weylspec.groups.haar import haar_nodes

        degree = int(self._top.parts(cutoff).degree.max(initial=0))
        nodes, weights = haar_nodes(action.linear, degree)
        first, second = self.check_points(x), self.check_points(y)
        moved = np.einsum("gij,nj->gni", nodes, first).reshape(-1, 4)
        left, right = self._functions(moved, cutoff), self._functions(second, cutoff)
        averaged = (np.einsum("g,gnf->nf", weights, f.reshape(len(nodes), len(first), -1)) for f in left)
        return np.array([f @ g.T for f, g in zip(averaged, right, strict=True)]).reshape(-1, len(first), len(second))


def BergerSphere(t: Number) -> LeftInvariantSU2:
    """The Berger sphere: S³ with its Hopf circles, of length 2π, scaled to length 2πt.

    The metric is that of the unit sphere orthogonally to x·i (the circles e^{iφ}·(z_1, z_2) in C²), and t² times it
    along them: `LeftInvariantSU2(t, 1, 1)`. λ = k(k+2) + (1/t² − 1)m², m = −k, −k + 2, …, k, each k + 1 times
    (Tanno 1979; Bérard-Bergery and Bourguignon 1982): 0(1), 2 + 1/t² (4), 8 (3), 4 + 4/t² (6). Volume 2π²t, scalar
    curvature 8 − 2t². As t → 0 it collapses to the sphere of radius ½.

    Parameters
    ----------
    t : int, Fraction, decimal string or float
        Levels merge exactly unless a float (there where 1/t² is within 4 ulp of a fraction).

    Returns
    -------
    LeftInvariantSU2

    Examples
    --------
    >>> S = BergerSphere("1/2").spectrum(cutoff=24)
    >>> S.eigenvalues.tolist(), S.multiplicities.tolist()
    ([0.0, 6.0, 8.0, 18.0, 20.0, 24.0], [1, 4, 3, 8, 6, 5])
    >>> BergerSphere(1).count(10**12), LeftInvariantSU2(1, 1, 1)
    (333333833333500000, BergerSphere(1))
    """
    return LeftInvariantSU2(t, 1, 1)


def _average(action: QuaternionAction, parts: Parts, p: int, modulus: int) -> npt.NDArray[np.int64]:
    powers = unit_powers(modulus, p)
    total = np.zeros(len(parts), dtype=np.int64)
    for coset in action.cosets:
        share = coset.share.numerator * pow(coset.share.denominator, -1, p) % p
        total = (total + share * coset.traces(parts, powers, p)) % p
    return total


def _coincide(x: Fraction | float, y: Fraction | float) -> bool:
    """Whether two lengths are equal: exactly, or a float within 4 ulp as everywhere (see `weylspec.units`)."""
    return x == y or (not (isinstance(x, Fraction) and isinstance(y, Fraction))
                      and abs(float(x) - float(y)) <= 4 * math.ulp(float(x)))
