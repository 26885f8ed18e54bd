"""Triangles that tile the plane by reflections: equilateral, right isosceles, and half of an equilateral one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError
from weylspec.groups.affine_action import AffineMap
from weylspec.groups.base import Group
from weylspec.groups.cosets import AffineCoset
from weylspec.groups.linear_action import LinearAction
from weylspec.groups.signed import signed_group
from weylspec.invariants.orbit_spaces.geometry import finite_volume
from weylspec.spaces._conditions import conditions, joined, sign
from weylspec.spaces.core import check_sample
from weylspec.spaces.domain import Domain, Side
from weylspec.spaces.quadratic import QuadraticForm
from weylspec.units import Number, read_length, scaled_length, typed

FloatArray = npt.NDArray[np.float64]
Corner = tuple[Fraction, Fraction]

_LEGS = ("leg along x0", "hypotenuse", "leg along x1")


@dataclass(frozen=True, eq=False)
class Shape:
    """A triangle of size 1 on a lattice.

    Attributes
    ----------
    name : str
        Its constructor.
    basis : ndarray (2, 2)
        Lattice vectors of the torus, as rows.
    metric : ndarray (2, 2), int64
        Their inner products, up to a factor.
    table, unit : ndarray (2, 2), int64, and Fraction
        λ(k) = π²·unit·kᵀTk on the characters of the torus; T upper triangular.
    corners : tuple of three pairs of Fractions
        In lattice coordinates.
    sides : tuple of three str
        Names; side i joins corners i and i + 1.
    first : int
        kᵀTk of the first Dirichlet level.
    """

    name: str
    basis: FloatArray
    metric: npt.NDArray[np.int64]
    table: npt.NDArray[np.int64]
    unit: Fraction
    corners: tuple[Corner, Corner, Corner]
    sides: tuple[str, str, str]
    first: int

    def mirror(self, i: int) -> AffineMap:
        """The reflection in side i, in lattice coordinates: Ru = 2d(dᵀGu)/(dᵀGd) − u about a corner."""
        start, end = (np.array(self.corners[j % 3], dtype=object) for j in (i, i + 1))
        d = end - start
        weights = d @ self.metric.astype(object)
        square = weights @ d
        exact = [[2 * d[a] * weights[b] / square - (a == b) for b in range(2)] for a in range(2)]
        shift = tuple((start[a] - sum(exact[a][b] * start[b] for b in range(2))) % 1 for a in range(2))
        return np.array([[int(x) for x in row] for row in exact], dtype=np.int64), shift


def _corners(*pairs: tuple[int, int], over: int) -> tuple[Corner, Corner, Corner]:
    a, b, c = ((Fraction(x, over), Fraction(y, over)) for x, y in pairs)
    return a, b, c


def _hexagonal(name: str, corners: tuple[Corner, Corner, Corner], sides: tuple[str, str, str], first: int) -> Shape:
    """A shape on the lattice of vectors √3·(0, 1) and √3·(√3/2, −1/2), that of the equilateral triangle's mirrors."""
    return Shape(
        name, np.array([[0.0, math.sqrt(3)], [1.5, -math.sqrt(3) / 2]]), np.array([[2, -1], [-1, 2]]),
        np.array([[1, 1], [0, 1]]), Fraction(16, 9), corners, sides, first,
    )


def _square(period: int) -> Shape:
    """The right isosceles triangle on the torus of sides 2 or 4."""
    return Shape(
        "RightIsoscelesTriangle", period * np.eye(2), np.eye(2, dtype=np.int64), np.eye(2, dtype=np.int64),
        Fraction(4, period**2), _corners((0, 0), (1, 0), (0, 1), over=period),
        _LEGS, 5 * period**2 // 4,
    )


_EQUILATERAL = _hexagonal(
    "EquilateralTriangle", _corners((0, 0), (1, 2), (2, 1), over=3), ("base", "right side", "left side"), 3)
_HEMI = _hexagonal(
    "HemiEquilateralTriangle", _corners((0, 0), (1, 2), (4, 2), over=6), ("short leg", "long leg", "hypotenuse"), 7)


@dataclass(frozen=True, eq=False, repr=False)
class Triangle(Domain):
    """A triangle whose reflections tile the plane, as its constructors make it.

    Groups of degree at most 2 act on the plane about the centroid; groups of degree 3 permute the corners.

    Attributes
    ----------
    shape : Shape
    size : Fraction or float
        The length that its constructor takes.
    bc : tuple of three str
        Conditions of the sides.
    """

    shape: Shape
    size: Fraction | float
    bc: tuple[str, ...]

    def __repr__(self) -> str:
        words = joined(self.bc)
        tail = "" if words == "neumann" else f", {words!r}"
        return f"{self.shape.name}({typed(self.size)}{tail})"

    # -- the torus and its reflections ------------------------------------------------------------

    @cached_property
    def basis(self) -> FloatArray:
        """The lattice of the shape, scaled."""
        return self.shape.basis * float(self.size)

    @cached_property
    def form(self) -> QuadraticForm:
        """The unit π²·(a rational number)/size² times an integer form."""
        exact = self.shape.unit / self.size**2 if isinstance(self.size, Fraction) else None
        ratio = float(self.shape.unit) / float(self.size) ** 2 if exact is None else float(exact)
        return QuadraticForm((math.pi**2 * ratio,), self.shape.table[None], exact)

    @cached_property
    def reflections(self) -> tuple[AffineCoset, ...]:
        """What the reflections in the three sides generate on the torus."""
        return signed_group([(self.shape.mirror(i), sign(self.bc[i])) for i in range(3)])

    @property
    def centre(self) -> tuple[Fraction, ...]:
        """The centroid."""
        return tuple(sum(xs, Fraction(0)) / 3 for xs in zip(*self.shape.corners, strict=True))

    @cached_property
    def corners(self) -> FloatArray:
        """The corners, shape (3, 2)."""
        return np.array([[float(x) for x in corner] for corner in self.shape.corners]) @ self.basis

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """The sides, named as the constructor's docstring names them."""
        found = []
        for i, (name, condition) in enumerate(zip(self.shape.sides, self.bc, strict=True)):
            start, end = self.corners[i], self.corners[(i + 1) % 3]
            along = end - start
            length = math.hypot(*along)
            normal = np.array([along[1], -along[0]]) / length
            distance = float(normal @ (start - self._centre))
            outward = normal if distance > 0 else -normal
            found.append(Side(name, outward, abs(distance), length, condition))
        return tuple(found)

    # -- geometry and points ------------------------------------------------------------------------

    @property
    def extent(self) -> tuple[float, ...]:
        """Around the corners."""
        (left, bottom), (right, top) = self.corners.min(axis=0).tolist(), self.corners.max(axis=0).tolist()
        return left, right, bottom, top

    @property
    def volume(self) -> float:
        """Half the base times the height."""
        (a, b), (c, d) = self.corners[1:] - self.corners[0]
        return finite_volume(abs(float(a * d - b * c)) / 2, repr(self))

    @property
    def counting_margin(self) -> float:
        """√λ of the first Dirichlet level, |ω₁ + ω₂|.

        Neumann levels are |k₁ω₁ + k₂ω₂|², k_i ≥ 0, with an acute angle between ω₁ and ω₂; the cells spanned by
        ω₁, ω₂ at these points reach that much beyond √λ, and no condition has more levels.
        """
        return math.sqrt(self.shape.first * float(self.form.units[0]))

    def scaled(self, r: Number) -> Triangle:
        """The triangle with its sides multiplied by r."""
        return _triangle(self.shape, scaled_length(self.size, r), self.bc)

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Uniform points: those of a parallelogram, folded."""
        check_sample(n, rng)
        weights = rng.random((n, 2))
        weights = np.where(weights.sum(axis=1, keepdims=True) > 1, 1 - weights, weights)
        return np.asarray(self.corners[0] + weights @ (self.corners[1:] - self.corners[0]))

    # -- symmetry -------------------------------------------------------------------------------

    def _linear(self, group: Group) -> LinearAction:
        return group.natural() if group.degree == 3 else group.linear(2)

    def _motion(self, matrix: FloatArray) -> FloatArray:
        """The linear map that moves the corners as a 3 × 3 matrix does; a 2 × 2 matrix is that map itself."""
        if len(matrix) == 2:
            return matrix
        about = self.corners - self._centre
        return np.asarray(about.T @ matrix @ np.linalg.pinv(about.T))


def EquilateralTriangle(side: Number = 1, bc: str | Sequence[str] = "neumann") -> Triangle:
    """The equilateral triangle with corners (0, 0), (a, 0), (a/2, √3a/2): λ = 16π²/9a²·(m² + mn + n²).

    Neumann: m, n ≥ 0; Dirichlet: m, n ≥ 1 (Lamé 1833). Complete because its reflections and the translations
    among them are the affine Weyl group of A₂: the functions are those of the hexagonal torus of side √3a that
    the six reflections and rotations of W multiply by their sign. In units of 16π²/9a² the levels are
    0(1), 1(2), 3(1), 4(2), 7(2), and 3(1), 7(2), 12(1), 13(2) with Dirichlet conditions. Groups of degree 3
    permute the corners; groups of degree at most 2 act on the plane about the centroid.

    Parameters
    ----------
    side : int, Fraction, decimal string or float
        Exact unless a float.
    bc : str or triple of str
        "neumann" or "dirichlet". The sides meet at 60°, so that all three carry the same condition.

    Returns
    -------
    Triangle

    Raises
    ------
    WeylspecError
        For other conditions.

    Examples
    --------
    >>> EquilateralTriangle(1).spectrum(num=8).multiplicities.tolist(), EquilateralTriangle(2).count(10**12)
    ([1, 2, 1, 2, 2], 137832701245)
    """
    return _triangle(_EQUILATERAL, side, bc)


def RightIsoscelesTriangle(leg: Number = 1, bc: str | Sequence[str] = "neumann") -> Triangle:
    """The triangle with corners (0, 0), (a, 0), (0, a): λ = π²/a²·(m² + n²).

    Neumann: m ≥ n ≥ 0; Dirichlet: m > n ≥ 1; legs with different conditions: m and n half-odd. Its functions are
    those of the square that the mirror in its diagonal leaves alone or changes in sign: every combination of
    conditions is one. In units of π²/a² the levels are 0, 1, 2, 4, 5, 8, 9, 10, and 5, 10, 13, 17 with Dirichlet
    conditions, each once. Its symmetry, where the legs have the same condition, is SymmetricGroup(2).

    Parameters
    ----------
    leg : int, Fraction, decimal string or float
        Exact unless a float.
    bc : str or triple of str
        "neumann" or "dirichlet" for all sides; or one word for each: the leg along x0, the hypotenuse, the leg
        along x1.

    Returns
    -------
    Triangle

    Examples
    --------
    >>> RightIsoscelesTriangle(1, "dirichlet").spectrum(num=4).eigenvalues / math.pi**2
    array([ 5., 10., 13., 17.])
    """
    words = conditions(bc, _LEGS)
    return _triangle(_square(2 if words[0] == words[2] else 4), leg, words)


def HemiEquilateralTriangle(side: Number = 1, bc: str | Sequence[str] = "neumann") -> Triangle:
    """The half x ≤ a/2 of an equilateral triangle, corners (0, 0), (a/2, 0), (a/2, √3a/2).

    λ = 16π²/9a²·(m² + mn + n²), Neumann: m ≥ n ≥ 0; Dirichlet: m > n ≥ 1; otherwise the functions of the
    equilateral triangle that its mirror leaves alone or changes in sign: long leg Dirichlet m > n ≥ 0, long leg
    Neumann between Dirichlet sides m ≥ n ≥ 1. Complete because its reflections are the affine Weyl group of G₂.

    Parameters
    ----------
    side : int, Fraction, decimal string or float
        The hypotenuse a, side of the equilateral triangle. Exact unless a float.
    bc : str or triple of str
        "neumann" or "dirichlet" for all sides; or one word for each: short leg, long leg, hypotenuse. The short
        leg and the hypotenuse meet at 60°, so that they carry the same condition.

    Returns
    -------
    Triangle

    Raises
    ------
    WeylspecError
        For other conditions.

    Examples
    --------
    >>> half = HemiEquilateralTriangle(1, ("neumann", "dirichlet", "neumann"))
    >>> (half.spectrum(num=4).eigenvalues * 9 / (16 * math.pi**2)).round(9).tolist()
    [1.0, 4.0, 7.0, 9.0]
    """
    return _triangle(_HEMI, side, bc)


def _triangle(shape: Shape, size: Number, bc: str | Sequence[str]) -> Triangle:
    measure, words = read_length(size, "length"), conditions(bc, shape.sides)
    for i in range(3):
        if not _may_differ(shape, i) and words[i] != words[(i + 1) % 3]:
            raise WeylspecError(
                f"the {shape.sides[i]} and the {shape.sides[(i + 1) % 3]} of {shape.name} meet at 60°, so that each "
                f"is a mirror image of the other and they carry the same condition; got {bc!r}"
            )
    return Triangle(shape, measure, words)


def _may_differ(shape: Shape, i: int) -> bool:
    """Whether sides i and i + 1 meet at π/2m: at an odd part of π their reflections are conjugate."""
    return int((shape.mirror(i)[0] @ shape.mirror((i + 1) % 3)[0]).trace()) != -1
