"""`WeylAlcove`: the simplices that the affine Weyl groups repeat, in every dimension."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, WeylspecError
from weylspec.exact.lie.cartan import positive_coroots
from weylspec.exact.lie.root_datum import RootDatum, root_datum
from weylspec.groups.cosets import AffineCoset
from weylspec.groups.signed import signed_group
from weylspec.invariants.orbit_spaces.geometry import finite_volume
from weylspec.spaces._conditions import conditions, sign
from weylspec.spaces.core import check_sample
from weylspec.spaces.domain import Domain, Side
from weylspec.spaces.quadratic import QuadraticForm
from weylspec.units import Number, read_length, scaled_length, typed

FloatArray = npt.NDArray[np.float64]

_MOST_REFLECTIONS = 4096


@dataclass(frozen=True, eq=False, repr=False, init=False)
class WeylAlcove(Domain):
    """The simplex {α_i(x) ≥ 0, θ(x) ≤ 1} of a simple root system with long roots of norm² 2.

    Its reflections generate the affine Weyl group (Bérard 1980): Neumann levels are 4π²|Λ|², Λ the dominant
    weights, Dirichlet levels 4π²|Λ + ρ|². With Dirichlet conditions they are those of the class functions of the
    simply connected group, moved by 4π²|ρ|². A2, C2 and G2 are the equilateral, the right isosceles and the
    hemi-equilateral triangle; C3 is an orthoscheme, a sixth of a cube, whose first Neumann levels are 2π² times
    0(1), 1(1), 2(1), 3(1), 4(1). Points are Cartesian, one corner at 0, the first simple coroot along x0.

    Parameters
    ----------
    name : str
        "A3", "B3", "C4", "D4", "F4", "G2", …
    bc : str
        "neumann" or "dirichlet" on all walls.
    scale : int, Fraction, decimal string or float
        Multiplies all lengths; exact unless a float.

    Raises
    ------
    WeylspecError
        For another name, condition or scale.
    CostError
        Where the Weyl group has more than 4096 elements (above A5, B5, D5 and F4).

    Examples
    --------
    >>> WeylAlcove("C3").spectrum(num=9).multiplicities.tolist(), WeylAlcove("A3", "dirichlet").dim
    ([1, 1, 1, 1, 1, 1, 1, 1, 2], 3)
    """

    name: str
    bc: str
    scale: Fraction | float
    datum: RootDatum

    def __init__(self, name: str, bc: str = "neumann", scale: Number = 1) -> None:
        match = re.fullmatch(r"([A-G])([1-9][0-9]?)", name) if isinstance(name, str) else None
        if not match or (match[1], match[2]) in (("D", "1"), ("D", "2")):
            raise WeylspecError(f"{name!r} is no simple root system; write one like 'A3', 'B3', 'C3', 'D4', 'F4', 'G2'")
        datum = root_datum(match[1], int(match[2]), Fraction(2))
        if datum.weyl_order > _MOST_REFLECTIONS:
            raise CostError(f"the Weyl group of {name} has {datum.weyl_order} elements, above {_MOST_REFLECTIONS}; "
                            "take a smaller rank")
        words, size = conditions(bc, ("walls",)), read_length(scale, "scale")
        for field, value in (("name", name), ("bc", words[0]), ("scale", size), ("datum", datum)):
            object.__setattr__(self, field, value)

    def __repr__(self) -> str:
        bc = "" if self.bc == "neumann" else f", {self.bc!r}"
        scale = "" if self.scale == 1 else f", scale={typed(self.scale)}"
        return f"WeylAlcove({self.name!r}{bc}{scale})"

    # -- the torus and its reflections ------------------------------------------------------------

    @cached_property
    def form(self) -> QuadraticForm:
        """4π²|Λ|² on the weights, in coefficients of the fundamental ones."""
        gram = self.datum.gram
        table = np.triu(gram) + np.triu(gram, 1)
        exact = Fraction(4, self.datum.denominator) / self.scale**2 if isinstance(self.scale, Fraction) else None
        unit = 4 * math.pi**2 / self.datum.denominator / float(self.scale) ** 2
        return QuadraticForm((unit,), table[None], exact)

    @cached_property
    def basis(self) -> FloatArray:
        """The simple coroots, whose Gram matrix is inverse to that of the fundamental weights."""
        gram = np.linalg.inv(self.datum.gram / self.datum.denominator)
        return np.asarray(float(self.scale) * np.linalg.cholesky((gram + gram.T) / 2))

    @cached_property
    def reflections(self) -> tuple[AffineCoset, ...]:
        """The Weyl group; modulo the coroots the wall of the highest root adds nothing to it."""
        n, cartan = self.dim, self.datum.cartan
        mirrors = []
        for i in range(n):
            matrix = np.eye(n, dtype=np.int64)
            matrix[i] -= cartan[:, i]
            mirrors.append(((matrix, (Fraction(0),) * n), sign(self.bc)))
        return signed_group(mirrors)

    @cached_property
    def _highest(self) -> tuple[int, ...]:
        """Coefficients of the highest root θ."""
        roots = positive_coroots(self.datum.cartan.T)
        return tuple(int(m) for m in roots[roots.sum(axis=1).argmax()])

    @cached_property
    def _vertices(self) -> tuple[tuple[Fraction, ...], ...]:
        """0 and ω_i^∨/m_i in coefficients of the simple coroots, θ = Σ m_i α_i."""
        inverse = np.round(np.linalg.inv(self.datum.cartan) * self._index).astype(np.int64)
        origin = (Fraction(0),) * self.dim
        return (origin, *(tuple(Fraction(int(x), self._index * m) for x in row)
                          for row, m in zip(inverse, self._highest, strict=True)))

    @property
    def _index(self) -> int:
        """Order of the weights modulo the roots."""
        return round(float(np.linalg.det(self.datum.cartan)))

    @cached_property
    def centre(self) -> tuple[Fraction, ...]:
        """The mean of the corners."""
        return tuple(sum(xs, Fraction(0)) / len(xs) for xs in zip(*self._vertices, strict=True))

    @cached_property
    def corners(self) -> FloatArray:
        """The corners, shape (n + 1, n)."""
        return np.array([[float(x) for x in vertex] for vertex in self._vertices]) @ self.basis

    @property
    def extent(self) -> tuple[float, ...]:
        """The smallest box around it."""
        return tuple(np.stack([self.corners.min(axis=0), self.corners.max(axis=0)], axis=1).reshape(-1).tolist())

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """The walls of the simple roots, and of the highest one."""
        simple = np.linalg.solve(self.basis, self.datum.cartan.astype(np.float64)).T
        found = []
        for i, gradient in enumerate([simple.T @ np.array(self._highest), *-simple]):
            name = f"wall of the simple root {i}" if i else "wall of the highest root"
            others = np.delete(self.corners, i, axis=0)
            normal = gradient / np.linalg.norm(gradient)
            distance = float(normal @ (others[0] - self._centre))
            found.append(Side(name, normal, distance, _simplex_volume(others), self.bc))
        return tuple(found)

    # -- geometry and points ------------------------------------------------------------------------

    @property
    def volume(self) -> float:
        """That of the simplex: the covolume of the coroots over the order of the Weyl group."""
        return finite_volume(_simplex_volume(self.corners), repr(self))

    @property
    def counting_margin(self) -> float:
        """2π|ρ|: no angle between fundamental weights is obtuse, so that their cells reach no farther beyond √λ."""
        return 2 * math.pi * math.sqrt(self.datum.rho_square) / float(self.scale)

    def scaled(self, r: Number) -> WeylAlcove:
        """The alcove with its lengths multiplied by r."""
        return WeylAlcove(self.name, self.bc, scaled_length(self.scale, r))

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Uniform points: barycentric coordinates are exponential variables over their sum."""
        check_sample(n, rng)
        weights = rng.standard_exponential((n, self.dim + 1))
        return np.asarray(weights / weights.sum(axis=1, keepdims=True) @ self.corners)


def _simplex_volume(corners: FloatArray) -> float:
    """√det(Gram)/k! of the simplex with k + 1 corners."""
    edges = corners[1:] - corners[0]
    return math.sqrt(float(np.linalg.det(edges @ edges.T))) / math.factorial(len(edges))
