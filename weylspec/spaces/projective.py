"""Projective spaces over R, C and H: spheres modulo scalars of length 1, and their isometries."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

import numpy as np
import numpy.typing as npt

from weylspec.groups.base import Group, whole
from weylspec.groups.characters import Character, weighted_linear
from weylspec.groups.linear_action import LinearAction
from weylspec.groups.lines import line_action, modulo_scalars
from weylspec.groups.unitary import RIGHT_UNITS
from weylspec.groups.wreath import trivial_action
from weylspec.invariants.orbit_spaces.geometry import OrbitGeometry
from weylspec.invariants.orbit_spaces.projective import projective_orbits
from weylspec.invariants.points.representatives import Orbits
from weylspec.multiplicities import IntArray, exact_integers
from weylspec.spaces._bigraded import complex_harmonics
from weylspec.spaces.core import Counter, check_sample
from weylspec.spaces.harmonics import check_size, spherical_harmonics
from weylspec.spaces.rank_one import RankOneSpace
from weylspec.spaces.sphere import Sphere, harmonic_dimension
from weylspec.spectrum import Spectrum
from weylspec.units import Number

FloatArray = npt.NDArray[np.float64]

_CHUNK = 10**5  # kernel entries that are averaged at a time


@dataclass(frozen=True, eq=False, repr=False, init=False)
class ProjectiveSpace(RankOneSpace):
    """KPⁿ for K = R, C, H: the sphere of radius r in K^{n+1} modulo scalars of length 1.

    Points are rows of the sphere, up to scalars. Isometries are matrices that map lines to lines.

    Attributes
    ----------
    n : int
        Dimension over K.
    sphere : Sphere
        The sphere that the points lie on.
    """

    n: int
    _sphere: Sphere

    def __init__(self, n: int, radius: Number = 1) -> None:
        object.__setattr__(self, "n", whole(n, "n", 1))
        object.__setattr__(self, "_sphere", Sphere(self.field * (self.n + 1) - 1, radius))

    def __repr__(self) -> str:
        radius = self.sphere.radius
        if radius == 1:
            return f"{type(self).__name__}({self.n})"
        return f"{type(self).__name__}({self.n}, {shown(radius)})"

    @property
    def sphere(self) -> Sphere:
        """The sphere that the points lie on."""
        return self._sphere

    @property
    def ambient_dim(self) -> int:
        """The number a(n + 1)."""
        return self.sphere.n + 1

    def scaled(self, r: Number) -> Self:
        """The space with r times its radius."""
        return type(self)(self.n, self.sphere.scaled(r).radius)

    # -- points and functions -----------------------------------------------------------------

    def check_points(self, x: npt.ArrayLike) -> FloatArray:
        """Points of the sphere above, each standing for its line."""
        return self.sphere.check_points(super().check_points(x))

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Uniform points of the sphere."""
        check_sample(n, rng)
        return self.sphere.sample(n, rng)

    def distance(self, x: npt.ArrayLike, y: npt.ArrayLike) -> FloatArray:
        """r·arccos(|⟨x, y⟩|/r²)."""
        lines = self.orbits(line_action(trivial_action(self.ambient_dim), self.field))
        return lines.distance(self.check_points(x), self.check_points(y))

    def separations(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """1 − |⟨x, y⟩|²/r⁴, of length a scalar product over K."""
        return np.asarray(1.0 - sum((x @ u.T @ y.T) ** 2 for u in self._scalars()) / self._radius**4)

    def _tabulated(self, x: npt.ArrayLike, cutoff: Number) -> tuple[FloatArray, int]:
        """Unit vectors for points at which all functions ≤ cutoff fit into a table, and the last degree."""
        points = self.check_points(x)
        check_size(len(points), self.count(cutoff))
        return points / np.linalg.norm(points, axis=1, keepdims=True), self.degree(cutoff)

    def _scalars(self) -> list[FloatArray]:
        """The units 1, i, … of K, multiplying points from the right."""
        units = (np.eye(4), *RIGHT_UNITS)[: self.field]
        size = self.field
        return [np.kron(np.eye(self.n + 1), u[:size, :size]) for u in units]

    # -- symmetry -------------------------------------------------------------------------------

    def action(self, group: Group) -> LinearAction:
        """The group's action on lines, by its matrices on K^{n+1}."""
        return line_action(group.linear(self.ambient_dim), self.field)

    def weighted_action(self, group: Group, character: Character) -> LinearAction:
        """The action, with averages weighted by a character."""
        return line_action(weighted_linear(group.linear(self.ambient_dim), character), self.field)

    def orbits(self, action: LinearAction) -> Orbits:
        """Those on the sphere of the group and the scalars."""
        return self.sphere.orbits(action)

    def orbit_geometry(self, action: LinearAction) -> OrbitGeometry:
        """Geometry of the orbit space: fixed lines, or orbits on the sphere."""
        return projective_orbits(action, self.field, self._radius)

    def invariant_levels(self, action: LinearAction, cutoff: Number) -> Spectrum:
        """Those of the sphere modulo the group and the scalars."""
        return self.sphere.invariant_levels(action, cutoff)

    def invariant_counters(self, action: LinearAction) -> tuple[Counter, ...]:
        """Rational Hilbert series: that of the sphere for a finite group, else its even half."""
        if action.is_finite:  # poles of the sphere's series follow from the classes
            return self.sphere.invariant_counters(action)
        from weylspec.invariants.averages.hilbert import HilbertSeries

        series = HilbertSeries(action, lambda top: self._invariant_dimensions(action, top))
        return (Counter("rational Hilbert series", lambda lam: 1e7,
                        lambda lam: series.cumulated(self.degree(lam))),)

    def _invariant_dimensions(self, action: LinearAction, top: int) -> IntArray:
        from weylspec.invariants.averages.algebra import invariant_dimensions

        bounds = exact_integers([harmonic_dimension(self.sphere.n, k) for k in range(2 * top + 1)])
        return invariant_dimensions(action, bounds)[::2]

    def invariant_kernel(self, action: LinearAction, x: FloatArray, y: FloatArray, cutoff: Number) -> FloatArray:
        """Zonal kernels averaged over Haar nodes that are exact up to the degree at the cutoff."""
        from weylspec.groups.haar import haar_nodes

        top = self.degree(cutoff)
        nodes, weights = haar_nodes(modulo_scalars(action, self.field), 2 * top)
        first, second = self.check_points(x), self.check_points(y)
        result = np.zeros((top + 1, len(first), len(second)))
        step = max(1, _CHUNK // max(1, len(first) * len(second)))
        for start in range(0, len(nodes), step):
            chosen = slice(start, start + step)
            separations = self.separations(first @ nodes[chosen].transpose(0, 2, 1), second)
            result += self._zonal(separations, top, weights[chosen])
        return result


def shown(radius: Fraction | float) -> str:
    """A radius as it is typed.

    Examples
    --------
    >>> shown(Fraction(1, 2)), shown(0.5)
    ("'1/2'", '0.5')
    """
    return f"'{radius}'" if isinstance(radius, Fraction) else repr(radius)


class RealProjectiveSpace(ProjectiveSpace):
    """RPⁿ = Sⁿ(r)/±1 with its metric of curvature 1/r²: λ_k = 2k(2k + n − 1)/r², k ≥ 0.

    The multiplicity of λ_k is C(n+2k, n) − C(n+2k−2, n); the first eigenvalues of RP² are 0(1), 6(5), 20(9), 42(13).
    Points are rows of length n + 1 and norm r, up to sign; groups act by orthogonal matrices of R^{n+1}.

    Parameters
    ----------
    n : int
        Dimension, at least 1.
    radius : int, Fraction, decimal string or float
        Radius of the sphere above.

    Examples
    --------
    >>> RealProjectiveSpace(3).spectrum(cutoff=24).multiplicities.tolist(), RealProjectiveSpace(2).count(10**30)
    ([1, 9, 25], 499999999999999500000000000000)
    """

    @property
    def field(self) -> int:
        """1."""
        return 1

    def counted(self, k: int) -> int:
        """C(n + 2k, n), for the multiplicities telescope."""
        return math.comb(self.n + 2 * k, self.n)

    def eigenfunctions(self, x: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Spherical harmonics of even degree, orthonormal for the probability measure."""
        unit, top = self._tabulated(x, cutoff)
        harmonics = spherical_harmonics(unit, 2 * top)[::2] if top >= 0 else []
        return np.concatenate([np.empty((len(unit), 0)), *harmonics], axis=1)


class ComplexProjectiveSpace(ProjectiveSpace):
    """CPⁿ = S^{2n+1}(r)/U(1), Fubini–Study metric of curvature 1 to 4 over r²: λ_k = 4k(k + n)/r², k ≥ 0.

    The multiplicity of λ_k is C(n+k, k)² − C(n+k−1, k−1)²; the first eigenvalues of CP² are 0(1), 12(8), 32(27),
    60(64), and CP¹ is the sphere of radius ½. Points are rows of length 2n + 2 and norm r, z_j = x_2j + i·x_2j+1, up
    to a phase; groups act by matrices that commute or anticommute with i: U(n + 1), `ComplexConjugation`, real
    matrices with .blocks(2).

    Parameters
    ----------
    n : int
        Complex dimension, at least 1.
    radius : int, Fraction, decimal string or float
        Radius of the sphere above.

    Examples
    --------
    >>> CP = ComplexProjectiveSpace(2)
    >>> CP.spectrum(cutoff=60).multiplicities.tolist(), CP.count(4 * 10**9 * (10**9 + 2))
    ([1, 8, 27, 64], 250000001500000003250000003000000001)

    The projective plane modulo permutations of its three coordinates:

    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> (CP / SymmetricGroup(3).blocks(2)).spectrum(cutoff=60).multiplicities.tolist()
    [1, 1, 6, 11]
    """

    @property
    def field(self) -> int:
        """2."""
        return 2

    def eigenfunctions(self, x: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Harmonics of bidegree (k, k), orthonormal for the probability measure."""
        unit, top = self._tabulated(x, cutoff)
        harmonics = complex_harmonics(unit[:, 0::2] + 1j * unit[:, 1::2], top)
        return np.concatenate([np.empty((len(unit), 0)), *harmonics], axis=1)


class QuaternionicProjectiveSpace(ProjectiveSpace):
    """HPⁿ = S^{4n+3}(r)/Sp(1), curvature 1 to 4 over r²: λ_k = 4k(k + 2n + 1)/r², k ≥ 0.

    N(λ_k) = C(k+2n+1, k)·C(k+2n, k)/(k + 1); the first eigenvalues of HP² are 0(1), 24(14), 56(90), 96(385), and
    HP¹ is the sphere S⁴ of radius ½. Points are rows of length 4n + 4 and norm r, q = z_1 + j·z_2, up to quaternions
    from the right; groups act by matrices that commute with these: Sp(n + 1), real matrices with .blocks(4).

    Parameters
    ----------
    n : int
        Quaternionic dimension, at least 1.
    radius : int, Fraction, decimal string or float
        Radius of the sphere above.

    Examples
    --------
    >>> QuaternionicProjectiveSpace(2).spectrum(cutoff=96).multiplicities.tolist()
    [1, 14, 90, 385]
    """

    @property
    def field(self) -> int:
        """4."""
        return 4
