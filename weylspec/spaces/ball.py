"""`Ball` and `Disk`: exact spectra by zeros of Bessel functions, orthogonal groups acting on them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError
from weylspec.groups.base import whole
from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.orbit_spaces.balls import curvature_terms, shell_orbits, shell_volume
from weylspec.invariants.orbit_spaces.geometry import (
    OrbitGeometry,
    Term,
    Wall,
    assemble_terms,
    finite_volume,
    sphere_volume,
)
from weylspec.solvers.bessel.zeros import EPS, certified_zeros, ladder_below, radial_norm, regular_radial
from weylspec.spaces._conditions import conditions, sign
from weylspec.spaces._linear_radial import RotationDomain
from weylspec.spaces.core import check_sample
from weylspec.spaces.radial import expression
from weylspec.units import Number, read_length, scaled_length

FloatArray = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_MAX_DIMENSION = 60


@dataclass(frozen=True, eq=False, repr=False, init=False)
class Ball(RotationDomain):
    """The ball |x| ≤ radius in Rⁿ with the Euclidean metric: λ = (z/radius)².

    Dirichlet: the zeros z of J_ν, ν = l + n/2 − 1, with the multiplicity of the harmonics of degree l on
    S^{n−1}. Neumann: those of (r^{1−n/2}J_ν(r))', that is of l·J_ν(z) − z·J_{ν+1}(z), and λ = 0. Levels are
    labelled (l, k), k = 1, 2, … the rank within the degree. The first eigenvalues of the unit ball of R³ are
    0(1), 4.33296(3), 11.1696(5), 20.1907(1) Neumann and π²(1), 20.1907(3), 33.2175(5) Dirichlet. Complete
    because the zeros of every order are counted before they are computed (Watson 1944, chapter XV).

    Parameters
    ----------
    n : int
        Dimension, 2 to 60 (a ball of dimension 1 is an interval).
    radius : int, Fraction, decimal string or float
        Exact unless a float.
    bc : str
        "neumann" or "dirichlet".

    Examples
    --------
    >>> Ball(3, bc="dirichlet").spectrum(cutoff=34).multiplicities.tolist(), Ball(3).count(21)
    ([1, 3, 5], 17)
    >>> float(Ball(3, bc="dirichlet").spectrum(num=1).eigenvalues[0] / math.pi**2)
    1.0
    """

    n: int
    radius: Fraction | float
    bc: str

    def __init__(self, n: int, radius: Number = 1, bc: str = "neumann") -> None:
        object.__setattr__(self, "n", whole(n, "n", 1))
        if not 2 <= self.n <= _MAX_DIMENSION:
            raise WeylspecError(f"n must lie between 2 and {_MAX_DIMENSION}, got {n}; an interval is a ball for n = 1")
        object.__setattr__(self, "radius", read_length(radius, "radius"))
        object.__setattr__(self, "bc", conditions(bc, ("sphere",))[0])

    def __repr__(self) -> str:
        if self.n == 2:
            return expression("Disk", [], self.radius, (self.bc,))
        return expression("Ball", [str(self.n)], self.radius, (self.bc,))

    # -- geometry ---------------------------------------------------------------------------

    @property
    def dim(self) -> int:
        """N."""
        return self.n

    @property
    def volume(self) -> float:
        """π^{n/2}/Γ(n/2 + 1)·radiusⁿ."""
        power = self.n * math.log(float(self.radius))
        scale = float(self.radius) ** self.n if power < 700 else math.inf
        return finite_volume(shell_volume(self.n, 0.0, 1.0) * scale, repr(self))

    @property
    def walls(self) -> tuple[Wall, ...]:
        """The sphere."""
        area = sphere_volume(self.n - 1) * float(self.radius) ** (self.n - 1)
        return (Wall(area, sign(self.bc) / 4, f"{self.bc} condition on the boundary"),)

    @property
    def terms(self) -> tuple[Term, ...]:
        """Volume, boundary, and the mean curvature of the boundary: the constant 1/6 of the disk."""
        curved = curvature_terms(self.n, 0.0, float(self.radius))
        return assemble_terms(self.n, self.volume, f"vol({self!r})", self.walls, curved)

    @property
    def remainder_dim(self) -> float:
        """N − 3: the square of the boundary's curvature."""
        return self.n - 3

    def scaled(self, r: Number) -> Ball:
        """The ball with its radius multiplied by r."""
        return Ball(self.n, scaled_length(self.radius, r), self.bc)

    # -- spectrum ---------------------------------------------------------------------------

    @property
    def _free(self) -> bool:
        return self.bc == "neumann"

    @property
    def resolution(self) -> float:
        """16 eps: counts are exact to 6 eps, zeros to about 10 eps."""
        return 16 * EPS

    def frequencies_below(self, x: float) -> Integers:
        """For every degree the number of its zeros ≤ x, in one pass."""
        return ladder_below(self.n / 2 - 1, self._free, x)

    def frequencies(self, order: Integers, rank: Integers) -> tuple[FloatArray, FloatArray]:
        """Certified zeros of given degrees and ranks."""
        c = order.astype(np.float64) if self._free else np.full(len(order), np.inf)
        return certified_zeros(order.astype(np.float64) + (self.n / 2 - 1), c, rank)

    # -- points and functions -----------------------------------------------------------------

    def margin(self, x: FloatArray) -> FloatArray:
        """The distance to the sphere, negative outside."""
        return float(self.radius) * (1 - self._radii(x))

    @property
    def extent(self) -> tuple[float, ...]:
        """−radius, radius for every coordinate."""
        return (-float(self.radius), float(self.radius)) * self.n

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Uniform points: uniform directions, and radii with a uniform n-th power."""
        check_sample(n, rng)
        x = rng.standard_normal((n, self.n))
        lengths = float(self.radius) * rng.random((n, 1)) ** (1 / self.n)
        return np.asarray(lengths * x / np.linalg.norm(x, axis=1, keepdims=True))

    def radial_function(self, order: int, z: float, r: FloatArray) -> FloatArray:
        """The function r^{1−n/2}J_ν(zr), normalised by n·∫R²r^{n−1}dr = 1; 1 for z = 0."""
        if z == 0:
            return np.ones_like(r)
        nu = order + self.n / 2 - 1
        norm = self.n * float(radial_norm(np.array([nu]), np.array([z]))[0])
        return regular_radial(self.n, nu, z, r) / math.sqrt(norm)

    # -- symmetry -------------------------------------------------------------------------------

    def orbit_geometry(self, action: LinearAction) -> OrbitGeometry:
        """Fixed balls of a finite group and their edges; cones over the sphere's quotient for a Lie group."""
        return shell_orbits(action, 0.0, float(self.radius), (0.0, sign(self.bc) / 4))


def Disk(radius: Number = 1, bc: str = "neumann") -> Ball:
    """The disk |x| ≤ radius in the plane: λ = (z/radius)², z = j'_{m,k} (Neumann) or j_{m,k} (Dirichlet).

    It is `Ball` of dimension 2: multiplicity 1 for m = 0, else 2. The first eigenvalues of the unit disk
    are 0(1), 3.38996(2), 9.32836(2), 14.682(1) Neumann and 5.78319(1), 14.682(2), 26.3746(2) Dirichlet.

    Parameters
    ----------
    radius : int, Fraction, decimal string or float
        Exact unless a float.
    bc : str
        "neumann" or "dirichlet".

    Returns
    -------
    Ball

    Examples
    --------
    The drum:

    >>> [Disk(bc="dirichlet").count(lam) for lam in (100, 1000, 10**4)]
    [21, 232, 2456]
    >>> Disk("1/2")
    Disk('1/2')
    """
    return Ball(2, radius, bc)
