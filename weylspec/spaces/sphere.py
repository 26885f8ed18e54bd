"""`Sphere`: the round n-sphere, its exact spectrum, and orthogonal groups acting on it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, UnknownGeometryError, WeylspecError
from weylspec.exact.polynomials import binomial_series
from weylspec.exact.rational_series import RationalSeries
from weylspec.groups.base import Group, whole
from weylspec.groups.characters import Character, weighted_linear
from weylspec.groups.factor_action import FactorAction
from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.averages.congruence import determining_degree, is_cheaper, lattice_count, lattice_dimensions
from weylspec.invariants.averages.molien import grid_work
from weylspec.invariants.continuous.isotropy import principal_isotropy
from weylspec.invariants.heat_expansion import HeatExpansion, parabola_expansion
from weylspec.invariants.orbit_spaces.geometry import OrbitGeometry, finite_volume, sphere_volume
from weylspec.invariants.orbit_spaces.orbit_sizes import OrbitSize, linear_orbit_size
from weylspec.invariants.orbit_spaces.spheres import sphere_orbits
from weylspec.invariants.points.linear import RoundOrbits, linear_orbits
from weylspec.invariants.points.representatives import Orbits, Points
from weylspec.multiplicities import IntArray, exact_integers
from weylspec.spaces._diagonal import DiagonalSpheres
from weylspec.spaces._powers import PowerSymmetry
from weylspec.spaces.base import Manifold
from weylspec.spaces.core import Counter, Space, check_sample
from weylspec.spaces.harmonics import check_size, spherical_harmonics, zonal_functions
from weylspec.spectrum import Spectrum
from weylspec.units import Number, floor_index, read_length, scaled_length

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from weylspec.invariants.averages.hilbert import HilbertSeries

FloatArray = npt.NDArray[np.float64]
Residues = npt.NDArray[np.int64]

_MOST_GRID_WORK = 3e8  # operations a prime, a second; beyond it the rational series is found from lower degrees
_SERIES = 1e8  # operations that it takes to find most rational series
_LONGEST_AVERAGE = 2000  # degrees; averaging a torus to degree K costs K², expanding its rational series K

_MAX_DEGREE = 10**7  # about a minute and a gigabyte of exact multiplicities
_CHUNK = 10**6  # cosines at a time in averages over a group


@dataclass(frozen=True, eq=False, repr=False, init=False)
class Sphere(Manifold):
    """The n-sphere of a given radius in R^{n+1}: λ_k = k(k + n − 1)/r², k ≥ 0.

    The multiplicity of λ_k is C(n+k, k) − C(n+k−2, k−2); the first eigenvalues of the unit sphere
    S² are 0(1), 2(3), 6(5), 12(7). Closed form, complete by construction (Weyl's law and harmonics:
    Berger, Gauduchon, Mazet 1971, III.C).

    Parameters
    ----------
    n : int
        Dimension, at least 1.
    radius : int, Fraction, decimal string or float
        Exact unless a float.

    Examples
    --------
    >>> Sphere(2).spectrum(cutoff=6).multiplicities.tolist(), Sphere(2).count(10**30)
    ([1, 3, 5], 1000000000000000000000000000000)
    """

    n: int
    radius: Fraction | float

    def __init__(self, n: int, radius: Number = 1) -> None:
        object.__setattr__(self, "n", whole(n, "n", 1))
        object.__setattr__(self, "radius", read_length(radius, "radius"))

    def __repr__(self) -> str:
        if self.radius == 1:
            return f"Sphere({self.n})"
        shown = f"'{self.radius}'" if isinstance(self.radius, Fraction) else repr(self.radius)
        return f"Sphere({self.n}, {shown})"

    # -- geometry ---------------------------------------------------------------------------

    @property
    def dim(self) -> int:
        """N."""
        return self.n

    @property
    def ambient_dim(self) -> int:
        """N + 1."""
        return self.n + 1

    @property
    def volume(self) -> float:
        """2π^{(n+1)/2}/Γ((n+1)/2)·rⁿ."""
        power = self.n * math.log(float(self.radius))
        scale = float(self.radius) ** self.n if power < 700 else math.inf
        return finite_volume(sphere_volume(self.n) * scale, repr(self))

    @property
    def scalar_curvature(self) -> float:
        """n(n − 1)/r²."""
        return self.n * (self.n - 1) / float(self.radius) ** 2

    @property
    def counting_margin(self) -> float:
        """n/2r: N = C(n+k, n) + C(n+k−1, n) ≤ 2(k + n/2)^n/n! and k + (n−1)/2 ≤ √(λr² + (n−1)²/4)."""
        return self.n / (2 * float(self.radius))

    @property
    def is_homogeneous(self) -> bool:
        """True: O(n + 1) acts transitively."""
        return True

    def scaled(self, r: Number) -> Sphere:
        """The sphere with its radius multiplied by r."""
        return Sphere(self.n, scaled_length(self.radius, r))

    # -- spectrum ---------------------------------------------------------------------------

    @property
    def _unit(self) -> Fraction | float:
        return 1 / self.radius**2

    def degree(self, lam: Number) -> int:
        """The largest degree k with k(k + n − 1)/r² ≤ λ; −1 if there is none."""
        top = floor_index(lam, self._unit)
        if top < 0:
            return -1
        return (math.isqrt((self.n - 1) ** 2 + 4 * top) - (self.n - 1)) // 2

    def levels(self, cutoff: Number) -> Spectrum:
        """Every level λ_k ≤ cutoff.

        Raises
        ------
        CostError
            Above degree 10⁷.
        """
        multiplicities = [harmonic_dimension(self.n, k) for k in range(self._listed_degree(cutoff) + 1)]
        return self._list(multiplicities, cutoff, "closed form: harmonics of degree k")

    def heat_expansion(self) -> HeatExpansion:
        """From the series (1 − t²)/(1 − t)^{n+1} of the multiplicities."""
        series = RationalSeries((1, 0, -1), ((1, self.n + 1),), "harmonics")
        return self._expansion(series, "harmonics of degree k")

    def _expansion(self, series: RationalSeries, how: str) -> HeatExpansion:
        return parabola_expansion(series.reduced(), Fraction(self.n - 1, 2), self._unit, f"{self!r}, {how}")

    def _listed_degree(self, cutoff: Number) -> int:
        top = self.degree(cutoff)
        if top > _MAX_DEGREE:
            raise CostError(
                f"{self!r} has more than {_MAX_DEGREE} levels up to the cutoff; lower it, or use count(lam), "
                "which needs no list"
            )
        return top

    def _list(self, multiplicities: list[int] | IntArray, cutoff: Number, how: str) -> Spectrum:
        degrees = np.arange(len(multiplicities), dtype=np.int64)
        keys = degrees * (degrees + self.n - 1)
        provenance = f"{self!r}, {how}; every degree with λ ≤ cutoff is listed"
        return Spectrum.from_keys(keys, exact_integers(multiplicities), (self._unit,), cutoff, provenance)

    def counters(self) -> tuple[Counter, ...]:
        """Closed form: N = C(n+k, k) + C(n+k−1, k−1) at degree k."""
        return (Counter("closed form", lambda lam: 1.0, self._closed_count),)

    def _closed_count(self, lam: Number) -> int:
        k = self.degree(lam)
        if k < 0:
            return 0
        return math.comb(self.n + k, self.n) + (math.comb(self.n + k - 1, self.n) if k else 0)

    def listing_cost(self, lam: Number) -> float:
        """A thousand steps for the big integers of each degree."""
        degree = self.degree(lam)
        return 1e3 * float(degree + 1) if degree < 10**100 else math.inf

    def invariant_listing_cost(self, action: LinearAction, lam: Number) -> float:
        """Quadratic in the degree, class averages for each level, until the rational series takes over."""
        degree = self.degree(lam)
        return min(1e3 * float(degree + 1) ** 2, _SERIES + self.listing_cost(lam)) if degree < 10**100 else math.inf

    # -- points and functions -----------------------------------------------------------------

    def check_points(self, x: npt.ArrayLike) -> FloatArray:
        """Points of shape (n_points, n + 1), refused if they are off the sphere by more than 1e-6."""
        points = super().check_points(x)
        radii = np.linalg.norm(points, axis=1) / float(self.radius)
        if len(points) and np.abs(radii - 1).max() > 1e-6:
            row = int(np.abs(radii - 1).argmax())
            raise WeylspecError(
                f"row {row} has length {radii[row] * float(self.radius):.6g}, not {float(self.radius):g}: "
                f"it is not on {self!r}; divide rows by their length first"
            )
        return points

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Uniform points: normalised Gaussian vectors."""
        check_sample(n, rng)
        x = rng.standard_normal((n, self.ambient_dim))
        return np.asarray(float(self.radius) * x / np.linalg.norm(x, axis=1, keepdims=True))

    def distance(self, x: npt.ArrayLike, y: npt.ArrayLike) -> FloatArray:
        """Along great circles."""
        chords = RoundOrbits(Points(self.ambient_dim), float(self.radius))
        return chords.distance(self.check_points(x), self.check_points(y))

    def canonical(self, x: npt.ArrayLike) -> FloatArray:
        """The points themselves."""
        return self.check_points(x)

    def eigenspace_kernel(self, x: npt.ArrayLike, y: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Addition theorem: mult_k · C_k^{(n−1)/2}(cos θ)/C_k^{(n−1)/2}(1)."""
        cosines = self.check_points(x) @ self.check_points(y).T / float(self.radius) ** 2
        return self._zonal(cosines, self.degree(cutoff))

    def _zonal(self, cosines: FloatArray, top: int, weights: FloatArray | None = None) -> FloatArray:
        """Kernels at cosines of shape (n, m), or their sums over weighted sets of cosines (q, n, m)."""
        result = np.empty((top + 1, *cosines.shape[-2:]))
        for k, zonal in enumerate(zonal_functions(self.n, np.clip(cosines, -1.0, 1.0), top)):
            mean = zonal if weights is None else np.tensordot(weights, zonal, axes=1)
            result[k] = float(harmonic_dimension(self.n, k)) * mean
        return result

    def eigenfunctions(self, x: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Real spherical harmonics in spherical coordinates, orthonormal for the probability measure."""
        points, top = self.check_points(x) / float(self.radius), self.degree(cutoff)
        check_size(len(points), self.count(cutoff))
        unit = points / np.linalg.norm(points, axis=1, keepdims=True)
        return np.concatenate([np.empty((len(points), 0)), *spherical_harmonics(unit, top)], axis=1)

    # -- symmetry -------------------------------------------------------------------------------

    def action(self, group: Group) -> LinearAction:
        """The group's orthogonal action on R^{n+1}."""
        return group.linear(self.n + 1)

    def orbit_size(self, action: LinearAction, point: FloatArray) -> OrbitSize:
        """That in R^{n+1}."""
        return linear_orbit_size(action, point)

    def orbits(self, action: LinearAction) -> Orbits:
        """Those in R^{n+1}, with their angles."""
        return RoundOrbits(linear_orbits(action), float(self.radius))

    def weighted_action(self, group: Group, character: Character) -> LinearAction:
        """The action, with averages weighted by a character."""
        return weighted_linear(self.action(group), character)

    def draw_cells(self, action: LinearAction, ax: Axes | None) -> Axes:
        """On S², the half that faces the eye."""
        if self.n != 2:
            return super().draw_cells(action, ax)
        from weylspec.invariants.points.tilings import sphere_tiling
        from weylspec.render.tilings import sphere_tiling_picture

        t = sphere_tiling(action)
        return sphere_tiling_picture(t.images, t.flips, t.motifs, t.mirrors, t.centres, t.orders, ax=ax,
                                     title=action.label)

    def isotypic_rank(self, action: LinearAction, degree: int) -> int:
        """All of the representation, where the isotropy group of a generic point is trivial.

        Raises
        ------
        UnknownGeometryError
            Where it is not, or the group is not connected.
        """
        if sum(1 for _ in action.cosets()) == 1:
            isotropy = principal_isotropy(action.identity_component)
            if not len(isotropy.algebra) and isotropy.components == 1:
                return degree
        raise UnknownGeometryError(
            f"{action.label} is not connected, or a subgroup H fixes generic points: the leading term is vol(M/G) "
            "times the dimension of V^H, which is not known here; the spectrum is: ask for spectrum(cutoff=…) or "
            "count(…)")

    def power_symmetry(self, power: Space, parts: FactorAction[Group]) -> PowerSymmetry:
        """Orthogonal groups may move all factors of a power alike."""
        if parts.diagonal is None:
            return super().power_symmetry(power, parts)
        return DiagonalSpheres(self, power, parts, self.action(parts.diagonal))

    def orbit_geometry(self, action: LinearAction) -> OrbitGeometry:
        """Geometry of the orbit space: fixed subspheres, or orbits of SO(k)'s."""
        return sphere_orbits(action, float(self.radius))

    def invariant_levels(self, action: LinearAction, cutoff: Number) -> Spectrum:
        """Molien–Weyl: Σ_k m_k t^k = (1 − t²) ∫_G dg/det(1 − tg), exactly."""
        top = self._listed_degree(cutoff)
        how = f"Molien–Weyl average over {action.label} modulo primes, one of them a check"
        if action.cycle is not None and is_cheaper(action.cycle, top):
            multiplicities, how = lattice_dimensions(action.cycle, top), f"lattice points that {action.label} leaves"
        elif top <= _LONGEST_AVERAGE and grid_work(action, top) <= _MOST_GRID_WORK:
            multiplicities = self._invariant_dimensions(action, top)
            how = f"degrees of the basic invariants of {action.label}" if action.degrees else how
        else:
            series = self.invariant_series(action).series
            multiplicities, how = exact_integers(series.coefficients(top)), f"{how}; {series.provenance}"
        return self._list(multiplicities, cutoff, how)

    def _invariant_dimensions(self, action: LinearAction, top: int) -> IntArray:
        from weylspec.invariants.averages.algebra import invariant_dimensions

        if action.cycle is not None and is_cheaper(action.cycle, top):
            return lattice_dimensions(action.cycle, top)
        return invariant_dimensions(action, harmonic_dimensions(self.n, top))

    def invariant_series(self, action: LinearAction) -> HilbertSeries:
        """The rational series Σ m_k t^k of the quotient's multiplicities, by degree."""
        from weylspec.invariants.averages.hilbert import HilbertSeries

        return HilbertSeries(action, lambda top: self._invariant_dimensions(action, top))

    def invariant_expansion(self, action: LinearAction) -> HeatExpansion:
        """From the rational Hilbert series."""
        return self._expansion(self.invariant_series(action).series, f"Hilbert series of {action.label}")

    def invariant_counters(self, action: LinearAction) -> tuple[Counter, ...]:
        """Counting through the rational Hilbert series of the quotient, or the lattice of a lens space."""
        cycle = action.cycle
        if cycle is not None and is_cheaper(cycle, determining_degree(cycle)):
            top = determining_degree(cycle)
            return (Counter("congruence lattice", lambda lam: float(max(min(self.degree(lam), top), 1)),
                            lambda lam: lattice_count(cycle, self.degree(lam))),)
        series = self.invariant_series(action)
        return (Counter("rational Hilbert series", lambda lam: 1e7,
                        lambda lam: series.cumulated(self.degree(lam))),)

    def invariant_kernel(self, action: LinearAction, x: FloatArray, y: FloatArray, cutoff: Number) -> FloatArray:
        """Zonal kernels averaged over Haar nodes that are exact up to the degree at the cutoff."""
        from weylspec.groups.haar import haar_nodes

        top = self.degree(cutoff)
        nodes, weights = haar_nodes(action, top)
        first, second = self.check_points(x), self.check_points(y)
        result = np.zeros((top + 1, len(first), len(second)))
        step = max(1, _CHUNK // max(1, len(first) * len(second)))
        for start in range(0, len(nodes), step):
            chosen = slice(start, start + step)
            cosines = first @ nodes[chosen].transpose(0, 2, 1) @ second.T / float(self.radius) ** 2
            result += self._zonal(cosines, top, weights[chosen])
        return result

    def invariant_local_count(self, action: LinearAction, points: FloatArray, lam: Number) -> FloatArray:
        """Σ_k mult_k·(zonal function of degree k averaged over the angles between x and gx)."""
        from weylspec.groups.haar import haar_nodes

        top = self.degree(lam)
        nodes, weights = haar_nodes(action, top)
        result = np.zeros(len(points))
        step = max(1, _CHUNK // max(1, len(points)))
        for start in range(0, len(nodes), step):
            chosen = slice(start, start + step)
            moved = points @ nodes[chosen].transpose(0, 2, 1)
            cosines = np.clip(np.einsum("qni,ni->qn", moved, points) / float(self.radius) ** 2, -1.0, 1.0)
            for k, zonal in enumerate(zonal_functions(self.n, cosines, top)):
                result += float(harmonic_dimension(self.n, k)) * (weights[chosen] @ zonal)
        return result


def harmonic_dimension(n: int, k: int) -> int:
    """Dimension of the spherical harmonics of degree k on Sⁿ, exact.

    Examples
    --------
    >>> [harmonic_dimension(4, k) for k in range(4)], harmonic_dimension(1, 3)
    ([1, 5, 14, 30], 2)
    """
    return math.comb(n + k, n) - (math.comb(n + k - 2, n) if k >= 2 else 0)


def harmonic_dimensions(n: int, top: int) -> IntArray:
    """Dimensions of the spherical harmonics of degrees 0 … top on Sⁿ, exact: (1 − t²)/(1 − t)^{n+1}.

    Examples
    --------
    >>> harmonic_dimensions(4, 3).tolist()
    [1, 5, 14, 30]
    """
    return exact_integers(binomial_series([1], {2: 1, 1: -n - 1}, top + 1))
