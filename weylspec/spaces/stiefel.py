"""`Stiefel`: orthonormal k-frames of R^n in the canonical metric, with exact spectra."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError
from weylspec.exact.characters.branching import associate, fixed_dimension
from weylspec.exact.characters.weights import Forms, WeightFamily, linear_dimensions, orthogonal_family
from weylspec.groups.base import whole
from weylspec.groups.linear_action import LinearAction
from weylspec.groups.orthogonal import haar_frames
from weylspec.invariants.orbit_spaces.fixed_sets import finite_orbits
from weylspec.invariants.orbit_spaces.geometry import OrbitGeometry
from weylspec.invariants.orbit_spaces.planes import continuous_orbits, fixed_frames, frame_volume, scaled_sets
from weylspec.multiplicities import IntArray, exact_integers
from weylspec.spaces._homogeneous import OrthogonalSpace, check_frames
from weylspec.spaces._spherical import frame_functions
from weylspec.spaces.core import Counter, Space, check_sample
from weylspec.units import Number, floor_index, read_length

FloatArray = npt.NDArray[np.float64]
IntMatrix = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False, repr=False, init=False)
class Stiefel(OrthogonalSpace):
    """The orthonormal k-frames of Rⁿ, V_k(Rⁿ) = SO(n)/SO(n − k), in the canonical metric.

    A tangent vector at a frame F with completion F⊥ is AF + BF⊥, A skew (k, k): its square is ½‖A‖² + ‖B‖², the
    normal metric for −½tr on SO(n) (and not the Euclidean one, ‖A‖² + ‖B‖²: Edelman, Arias and Smith 1998). So
    V_1 = S^{n−1} and V_{n−1} = SO(n). λ_μ = Σ_i μ_i(μ_i + n − 2i); the eigenspace is [μ] ⊗ (vectors of [μ] that
    O(n − k) fixes)* over all irreps [μ] of O(n) (Frobenius; Levine 1969). For k ≤ n/2 these vectors form the irrep
    μ of GL(k), and μ runs over all partitions with at most k rows; beyond, they are counted by branching
    O(n) ↓ O(n − 1) ↓ … The first eigenvalues of V₂(R⁴) are 0(1), 3(8), 4(6), 8(27).

    Points are k orthonormal vectors of R^n, one after the other. Groups act on the vectors.

    Parameters
    ----------
    k, n : int
        1 ≤ k < n.
    scale : int, Fraction, decimal string or float
        Multiplies all lengths; exact unless a float.

    Examples
    --------
    >>> Stiefel(2, 4).spectrum(cutoff=9).multiplicities.tolist(), Stiefel(2, 5).dim
    ([1, 8, 6, 27, 32], 7)
    """

    k: int
    n: int
    scale: Fraction | float

    def __init__(self, k: int, n: int, scale: Number = 1) -> None:
        object.__setattr__(self, "k", whole(k, "k", 1))
        object.__setattr__(self, "n", whole(n, "n", 2))
        object.__setattr__(self, "scale", read_length(scale, "scale"))
        if k >= n:
            raise WeylspecError(f"the {k}-frames of R^{n} are not connected or do not exist; take k < n")

    def __repr__(self) -> str:
        return f"Stiefel({self.k}, {self.n}{self._shown_scale})"

    def _at_scale(self, scale: Fraction | float) -> Stiefel:
        return Stiefel(self.k, self.n, scale)

    # -- geometry ---------------------------------------------------------------------------

    @property
    def dim(self) -> int:
        """k(n − k) + k(k − 1)/2."""
        return self.k * (self.n - self.k) + self.k * (self.k - 1) // 2

    @property
    def ambient_dim(self) -> int:
        """K vectors of R^n."""
        return self.k * self.n

    @property
    def _unit_volume(self) -> float:
        return frame_volume(self.k, self.n)

    @property
    def scalar_curvature(self) -> float:
        """¼k(k−1)(k−2) + ¾k(k−1)(n−k) + k(n−k)(n−k−1): Σ ¼|[X,Y]_m|² + |[X,Y]_k|² over an orthonormal basis."""
        k, rest = self.k, self.n - self.k
        doubled = k * (k - 1) * (k - 2) + 3 * k * (k - 1) * rest + 4 * k * rest * (rest - 1)
        return doubled / 4 / float(self.scale) ** 2

    # -- spectrum ---------------------------------------------------------------------------

    @property
    def _step(self) -> int:
        return 1

    @property
    def _weights_are(self) -> str:
        return "irreps of O(n)"

    @property
    def _is_wide(self) -> bool:
        """Whether the fixed vectors are irreps of GL(k), so that multiplicities are products."""
        return 2 * self.k <= self.n

    @cached_property
    def _copies(self) -> Forms:
        """Dimensions of the irreps of GL(k)."""
        return linear_dimensions(self.k)

    @cached_property
    def families(self) -> tuple[WeightFamily, ...]:
        """All partitions with at most min(k, n/2) rows."""
        plain = orthogonal_family(self.n, min(self.k, self.n // 2))
        return (replace(plain, forms=plain.forms * self._copies) if self._is_wide else plain,)

    def tensors(self, family: WeightFamily, nu: IntMatrix) -> tuple[IntMatrix, IntArray, IntArray]:
        """Each [ν] and det ⊗ [ν] as often as O(n − k) fixes vectors in it."""
        if self._is_wide:
            return nu, self._copies.values(nu), np.zeros(len(nu), dtype=np.int64)
        plain, twisted = [], []
        for row in nu.tolist():
            mu = tuple(part for part in row if part)
            plain.append(fixed_dimension(mu, self.n, self.k))
            twisted.append(fixed_dimension(associate(mu, self.n), self.n, self.k) if 2 * len(mu) < self.n else 0)
        return nu, exact_integers(plain), exact_integers(twisted)

    def sizes(self, family: WeightFamily, nu: IntMatrix) -> IntArray:
        """Dimension of [ν] times the number of vectors that O(n − k) fixes in it and in det ⊗ [ν]."""
        dimensions = family.multiplicities(nu)
        if self._is_wide:
            return dimensions
        _, plain, twisted = self.tensors(family, nu)
        return exact_integers(dimensions.astype(object) * (plain.astype(object) + twisted.astype(object)))

    def counters(self) -> tuple[Counter, ...]:
        """A sum over weights without a list for k ≤ n/2, the list beyond."""
        return super().counters() if self._is_wide else Space.counters(self)

    def listing_cost(self, lam: Number) -> float:
        """As for other families for k ≤ n/2; branching sums over pairs of weights beyond."""
        cost, top = super().listing_cost(lam), floor_index(lam, self._unit)
        if self._is_wide or math.isinf(cost):
            return cost
        return cost + 250.0 * (2 * self.k - self.n) * self.families[0].size(top) ** 2

    # -- points -------------------------------------------------------------------------------

    def check_points(self, x: npt.ArrayLike) -> FloatArray:
        """Rows of k vectors of R^n, refused unless they are orthonormal to 1e-6."""
        points = super().check_points(x)
        check_frames(self, self._frames(points))
        return points

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Uniform frames: QR of Gaussian matrices."""
        check_sample(n, rng)
        return haar_frames(n, self.k, self.n, rng).reshape(n, self.ambient_dim)

    def _frames(self, points: FloatArray) -> FloatArray:
        return points.reshape(len(points), self.k, self.n)

    def _check_kernel(self) -> None:
        if self.n - self.k > 3:
            raise self._cannot(
                f"eigenspace kernels: they are averages over SO(n − k) = SO({self.n - self.k}), for which there are "
                "nodes up to SO(3) only; take k ≥ n − 3, or Sphere(n − 1) for k = 1"
            )

    def eigenspace_kernel(self, x: npt.ArrayLike, y: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Characters of O(n) averaged over SO(n − k), for n − k ≤ 3."""
        first, second = self._frames(self.check_points(x)), self._frames(self.check_points(y))
        self._check_kernel()
        return self._sum_by_level(cutoff, lambda family, nu: frame_functions(first, second, nu) / self._diagonal(nu))

    def _diagonal(self, nu: IntMatrix) -> FloatArray:
        """Dimensions of the vectors that SO(n − k) fixes in [ν], shape (weights, 1, 1)."""
        _, plain, twisted = self.tensors(self.families[0], nu)
        split = 2 * np.count_nonzero(nu, axis=1) == self.n
        return np.asarray((plain + twisted) * np.where(split, 2, 1), dtype=np.float64)[:, None, None]

    # -- symmetry -----------------------------------------------------------------------------

    def invariant_kernel(self, action: LinearAction, x: FloatArray, y: FloatArray, cutoff: Number) -> FloatArray:
        """Kernels averaged over Haar nodes that are exact up to the degree of the largest weight."""
        first, second = self._frames(x), self._frames(y)
        self._check_kernel()
        return self._averaged(
            action, cutoff,
            lambda g, family, nu: frame_functions(first @ g.T, second, nu) / self._diagonal(nu))

    def orbit_geometry(self, action: LinearAction) -> OrbitGeometry:
        """Geometry of M/G for a finite G, from the frames in fixed subspaces, or for a transitive one."""
        if not action.is_finite:
            return continuous_orbits(action, self.dim, lambda a: a[:, : self.k], repr(self))
        fixed = scaled_sets(fixed_frames(action, self.k), float(self.scale))
        return finite_orbits(self.dim, self.volume, fixed, action.label, scalar_curvature=self.scalar_curvature)
