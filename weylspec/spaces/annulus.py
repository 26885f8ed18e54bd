"""`Annulus`: its exact spectrum by zeros of cross products of Bessel functions, and O(2) acting on it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, WeylspecError
from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.orbit_spaces.balls import shell_orbits
from weylspec.invariants.orbit_spaces.geometry import OrbitGeometry, Wall
from weylspec.solvers.bessel.cross import MARGIN, CrossProduct
from weylspec.spaces._conditions import conditions, joined, sign
from weylspec.spaces._linear_radial import RotationDomain
from weylspec.spaces.core import check_sample
from weylspec.units import Number, positive, read_length, scaled_length, typed

FloatArray = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_MAX_FREQUENCY = 1e5  # beyond it the errors of J and Y, eps·x relative to their modulus, come near the margin


@dataclass(frozen=True, eq=False, repr=False, init=False)
class Annulus(RotationDomain):
    """The annulus inner ≤ |x| ≤ outer in the plane: λ = k², k the zeros of cross products.

    For the angular order m = 0, 1, … (multiplicity 1, else 2) they are J_m(ak)Y_m(bk) = J_m(bk)Y_m(ak),
    with derivatives where an end is Neumann. Levels are labelled (m, rank). The first eigenvalues of
    ½ ≤ |x| ≤ 1 are 0(1), 1.83514(2), 7.18886(2), 15.6638(2) Neumann and 39.0133(1), 40.8725(2), 46.4285(2)
    Dirichlet. Complete because the Prüfer angle counts them; λ > m²/b² bounds the orders.

    Parameters
    ----------
    inner, outer : int, Fraction, decimal string or float
        Radii, inner < outer; exact unless floats.
    bc : str or tuple of two str
        "neumann" or "dirichlet", for both circles or as (inner, outer).

    Examples
    --------
    >>> Annulus("1/2", 1).spectrum(cutoff=16).multiplicities.tolist()
    [1, 2, 2, 2]
    >>> Annulus("1/2", 1, ("dirichlet", "neumann"))
    Annulus('1/2', 1, ('dirichlet', 'neumann'))
    """

    inner: Fraction | float
    outer: Fraction | float
    bc: tuple[str, ...]

    def __init__(self, inner: Number, outer: Number, bc: str | tuple[str, str] = "neumann") -> None:
        object.__setattr__(self, "inner", positive(inner, "inner"))
        object.__setattr__(self, "outer", read_length(outer, "outer"))
        if self.inner >= self.outer:
            raise WeylspecError(f"an annulus has inner < outer, got inner {inner!r}, outer {outer!r}")
        if not 1e-3 <= self._ratio <= 1 - 1e-3:
            raise WeylspecError(
                f"inner/outer must lie between 0.001 and 0.999, got {self._ratio:.6g}: the phases of Bessel functions "
                "cancel in a thinner annulus, and a smaller hole is a disk for most purposes"
            )
        object.__setattr__(self, "bc", conditions(bc, ("inner", "outer")))

    def __repr__(self) -> str:
        free = set(self.bc) == {"neumann"}
        tail = [] if free else [repr(joined(self.bc))]
        return f"Annulus({', '.join([typed(self.inner), typed(self.outer), *tail])})"

    # -- geometry ---------------------------------------------------------------------------

    @property
    def dim(self) -> int:
        """2."""
        return 2

    @property
    def radius(self) -> Fraction | float:  # type: ignore[override]
        """The outer radius, in which frequencies are measured."""
        return self.outer

    @property
    def _ratio(self) -> float:
        exact = isinstance(self.inner, Fraction) and isinstance(self.outer, Fraction)
        return float(self.inner / self.outer) if exact else float(self.inner) / float(self.outer)

    @property
    def volume(self) -> float:
        """π(outer² − inner²)."""
        return math.pi * (float(self.outer) - float(self.inner)) * (float(self.outer) + float(self.inner))

    @property
    def walls(self) -> tuple[Wall, ...]:
        """The two circles; their curvatures cancel in the constant of the heat trace."""
        radii = (("inner", self.inner), ("outer", self.outer))
        return tuple(
            Wall(2 * math.pi * float(r), sign(bc) / 4, f"{bc} condition on the {name} circle")
            for (name, r), bc in zip(radii, self.bc, strict=True)
        )

    @property
    def remainder_dim(self) -> float:
        """−1: the squares of the circles' curvatures."""
        return -1

    @property
    def length(self) -> float:
        """At most 2(outer − inner), the length of the orbit that bounces between the circles."""
        return min(super().length, 2 * (float(self.outer) - float(self.inner)))

    def scaled(self, r: Number) -> Annulus:
        """The annulus with both radii multiplied by r."""
        inner, outer = self.bc
        return Annulus(scaled_length(self.inner, r), scaled_length(self.outer, r), (inner, outer))

    # -- spectrum ---------------------------------------------------------------------------

    @property
    def _cross(self) -> CrossProduct:
        return CrossProduct(self._ratio, *(bc == "neumann" for bc in self.bc))

    @property
    def resolution(self) -> float:
        """1e-11: phases carry the errors of J and Y."""
        return MARGIN

    def frequencies_below(self, x: float) -> Integers:
        """For every order the number of frequencies ≤ x (outer radius 1), from phases alone."""
        if x > _MAX_FREQUENCY:
            raise CostError(
                f"frequencies above {_MAX_FREQUENCY:g}/outer are not resolved on {self!r}; ask for a smaller λ"
            )
        return self._cross.below(x)

    def frequencies(self, order: Integers, rank: Integers) -> tuple[FloatArray, FloatArray]:
        """Frequencies of given orders and ranks, in units of 1/outer."""
        return self._cross.zeros(order, rank)

    # -- points and functions -----------------------------------------------------------------

    def margin(self, x: FloatArray) -> FloatArray:
        """The distance to the nearer circle, negative outside and in the hole."""
        r = self._radii(x)
        return float(self.outer) * np.minimum(1 - r, r - self._ratio)

    @property
    def extent(self) -> tuple[float, ...]:
        """Around the outer circle."""
        return (-float(self.outer), float(self.outer)) * 2

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Uniform points: uniform angles, and radii with a uniform square."""
        check_sample(n, rng)
        angle = 2 * math.pi * rng.random(n)
        r = float(self.outer) * np.sqrt(self._ratio**2 + (1 - self._ratio**2) * rng.random(n))
        return np.stack([r * np.cos(angle), r * np.sin(angle)], axis=1)

    def radial_function(self, order: int, z: float, r: FloatArray) -> FloatArray:
        """The solution that satisfies the condition inside, normalised for the probability measure."""
        if z == 0:
            return np.ones_like(r)
        return self._cross.radial(order, z, r)

    # -- symmetry -------------------------------------------------------------------------------

    def orbit_geometry(self, action: LinearAction) -> OrbitGeometry:
        """Segments that reflections fix and their ends; an interval for SO(2) and O(2)."""
        inner, outer = self.bc
        return shell_orbits(action, float(self.inner), float(self.outer), (sign(inner) / 4, sign(outer) / 4))
