"""`OrientedGrassmannian`: the oriented k-planes of R^n, with exact spectra."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError
from weylspec.exact.characters.weights import WeightFamily, orthogonal_family
from weylspec.groups.base import whole
from weylspec.groups.linear_action import LinearAction
from weylspec.groups.orthogonal import haar_frames
from weylspec.invariants.orbit_spaces.fixed_sets import finite_orbits
from weylspec.invariants.orbit_spaces.geometry import OrbitGeometry
from weylspec.invariants.orbit_spaces.planes import continuous_orbits, fixed_planes, plane_volume, scaled_sets
from weylspec.multiplicities import IntArray
from weylspec.spaces._homogeneous import OrthogonalSpace, check_frames
from weylspec.spaces._spherical import overlaps, plane_functions
from weylspec.spaces.core import check_sample
from weylspec.units import Number, read_length

FloatArray = npt.NDArray[np.float64]
IntMatrix = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False, repr=False, init=False)
class OrientedGrassmannian(OrthogonalSpace):
    """The oriented k-planes of Rⁿ with dist² = Σ (principal angles)²; k = 1 is the unit sphere S^{n−1}.

    It covers the Grassmannian twice. λ = Σ_i μ_i(μ_i + n − 2i) over the partitions μ with at most r = min(k, n − k)
    rows that are all even, or r rows that are all odd; the eigenspace is the irrep [μ] of O(n) (tensored with
    det for odd μ if k > n/2). Functions of the even part do not see the orientation. The first eigenvalues of
    Gr̃₂(R⁴) = S²(1/√2) × S²(1/√2) are 0(1), 4(6), 8(9), 12(10).

    Points are oriented orthonormal bases, k vectors of R^n one after the other.

    Parameters
    ----------
    k, n : int
        1 ≤ k < n.
    scale : int, Fraction, decimal string or float
        Multiplies all lengths; exact unless a float.

    Examples
    --------
    >>> OrientedGrassmannian(2, 4).spectrum(cutoff=16).multiplicities.tolist()
    [1, 6, 9, 10, 30]
    """

    k: int
    n: int
    scale: Fraction | float

    def __init__(self, k: int, n: int, scale: Number = 1) -> None:
        object.__setattr__(self, "k", whole(k, "k", 1))
        object.__setattr__(self, "n", whole(n, "n", 2))
        object.__setattr__(self, "scale", read_length(scale, "scale"))
        if k >= n:
            raise WeylspecError(f"the {k}-planes of a space of dimension {n} are no manifold of planes; take k < n")

    def __repr__(self) -> str:
        return f"OrientedGrassmannian({self.k}, {self.n}{self._shown_scale})"

    def _at_scale(self, scale: Fraction | float) -> OrientedGrassmannian:
        return OrientedGrassmannian(self.k, self.n, scale)

    # -- geometry ---------------------------------------------------------------------------

    @property
    def rank(self) -> int:
        """Number of principal angles, min(k, n − k)."""
        return min(self.k, self.n - self.k)

    @property
    def dim(self) -> int:
        """K(n − k)."""
        return self.k * (self.n - self.k)

    @property
    def ambient_dim(self) -> int:
        """K vectors of R^n."""
        return self.k * self.n

    @property
    def _unit_volume(self) -> float:
        return 2 * plane_volume(self.k, self.n)

    @property
    def scalar_curvature(self) -> float:
        """k(n − k)(n − 2)."""
        return self.dim * (self.n - 2) / float(self.scale) ** 2

    # -- spectrum ---------------------------------------------------------------------------

    @property
    def _step(self) -> int:
        return 1

    @cached_property
    def families(self) -> tuple[WeightFamily, ...]:
        """Even partitions, and odd ones."""
        return tuple(orthogonal_family(self.n, self.rank, step=2, offset=odd) for odd in (0, 1))

    def tensors(self, family: WeightFamily, nu: IntMatrix) -> tuple[IntMatrix, IntArray, IntArray]:
        """[2ν] once each, then [2ν + 1] or det ⊗ [2ν + 1]."""
        once, never = np.ones(len(nu), dtype=np.int64), np.zeros(len(nu), dtype=np.int64)
        if family is self.families[0]:
            return 2 * nu, once, never
        return 2 * nu + 1, *((never, once) if 2 * self.k > self.n else (once, never))

    # -- points -------------------------------------------------------------------------------

    def check_points(self, x: npt.ArrayLike) -> FloatArray:
        """Rows of k vectors of R^n, refused unless they are orthonormal to 1e-6."""
        points = super().check_points(x)
        check_frames(self, self._frames(points))
        return points

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Uniform oriented planes, by uniform bases."""
        check_sample(n, rng)
        return haar_frames(n, self.k, self.n, rng).reshape(n, self.ambient_dim)

    def eigenspace_kernel(self, x: npt.ArrayLike, y: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Zonal spherical functions: those of planes, and det times Jacobi polynomials for the odd part."""
        first, second = self._frames(self.check_points(x)), self._frames(self.check_points(y))
        return self._sum_by_level(cutoff, lambda family, nu: self._zonal(first, second, family, nu))

    def _frames(self, points: FloatArray) -> FloatArray:
        return points.reshape(len(points), self.k, self.n)

    def _zonal(self, first: FloatArray, second: FloatArray, family: WeightFamily, nu: IntMatrix) -> FloatArray:
        products = overlaps(first, second)
        if family is self.families[0]:
            return plane_functions(products, nu, 1, self.k, self.n)
        signs = np.linalg.det(products)
        return np.asarray(signs * plane_functions(products, nu, 1, self.k, self.n, odd=True))

    # -- symmetry -----------------------------------------------------------------------------

    def invariant_kernel(self, action: LinearAction, x: FloatArray, y: FloatArray, cutoff: Number) -> FloatArray:
        """Kernels averaged over Haar nodes that are exact up to the degree of the largest weight."""
        first, second = self._frames(x), self._frames(y)
        return self._averaged(action, cutoff, lambda g, family, nu: self._zonal(first @ g.T, second, family, nu))

    def orbit_geometry(self, action: LinearAction) -> OrbitGeometry:
        """Geometry of M/G for a finite G, from the oriented planes that its classes fix, or for a transitive one."""
        if not action.is_finite:
            return continuous_orbits(action, self.dim, lambda a: a[self.k:, : self.k], repr(self))
        fixed = fixed_planes(action.cosets(), self.k, action.label, oriented=True)
        return finite_orbits(self.dim, self.volume, scaled_sets(fixed, float(self.scale)), action.label,
                             scalar_curvature=self.scalar_curvature)
