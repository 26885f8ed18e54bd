"""`Grassmannian`: the k-planes of R^n, C^n and H^n, with exact spectra."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError
from weylspec.exact.characters.classical import Shapes
from weylspec.exact.characters.weights import WeightFamily, orthogonal_family, weyl_forms
from weylspec.exact.lie.classical import symplectic, unitary
from weylspec.groups.base import Group, whole
from weylspec.groups.complex_cosets import SCALAR_I, check_commuting, complex_coset
from weylspec.groups.linear_action import LinearAction
from weylspec.groups.orthogonal import haar_frames
from weylspec.groups.unitary import RIGHT_UNITS
from weylspec.invariants.averages.tensors import fixed_dimensions
from weylspec.invariants.orbit_spaces.fixed_sets import finite_orbits
from weylspec.invariants.orbit_spaces.geometry import OrbitGeometry
from weylspec.invariants.orbit_spaces.planes import continuous_orbits, fixed_planes, plane_volume, scaled_sets
from weylspec.multiplicities import IntArray
from weylspec.spaces._homogeneous import OrthogonalSpace, check_frames
from weylspec.spaces._spherical import Matrices, overlaps, plane_functions
from weylspec.spaces.core import check_sample
from weylspec.spectrum import Spectrum
from weylspec.units import Number, read_length

FloatArray = npt.NDArray[np.float64]
IntMatrix = npt.NDArray[np.int64]

_REAL_DIMENSION = {"R": 1, "C": 2, "H": 4}


@dataclass(frozen=True, eq=False, repr=False, init=False)
class Grassmannian(OrthogonalSpace):
    """The k-planes of Fⁿ, F = R, C or H, with dist² = Σ (principal angles)²; k = 1 is projective space.

    This is the normal metric of G/K for ½tr on O(n), U(n) and Sp(n); RP^{n−1} has curvature 1, CP^{n−1} and
    HP^{n−1} curvatures 1 to 4. With d = dim F, λ_μ = 4 Σ_i μ_i(μ_i + dn/2 − 1 − d(i − 1)) over the partitions μ
    with at most min(k, n − k) rows; its eigenspace is the irrep of O(n) with highest weight 2μ, of U(n) with
    (μ, 0, …, 0, −μ reversed), of Sp(n) with (μ_1, μ_1, μ_2, μ_2, …) (Cartan 1929; Helgason 1984, V.4). The first
    eigenvalues of Gr₂(R⁴) are 0(1), 8(9), 12(10), of Gr₂(C⁴) 0(1), 16(15), 24(20).

    Points are orthonormal bases of planes, k vectors one after the other in a row of length d·k·n. A
    complex vector is written as z_1, z_2, … with real and imaginary part beside one another, a quaternionic
    one as z_1 + j·w_1, … with z_1, w_1 beside one another. Different bases of one plane are the same point.
    Groups act on R^n, on C^n = R^{2n} commuting with i, on H^n = R^{4n} commuting with the quaternions on the right.

    Parameters
    ----------
    k, n : int
        1 ≤ k < n.
    field : "R", "C" or "H"
    scale : int, Fraction, decimal string or float
        Multiplies all lengths; exact unless a float.

    Examples
    --------
    >>> Grassmannian(2, 4).spectrum(cutoff=12).multiplicities.tolist(), Grassmannian(2, 4, "C").dim
    ([1, 9, 10], 8)
    """

    k: int
    n: int
    field: str
    scale: Fraction | float

    def __init__(self, k: int, n: int, field: str = "R", scale: Number = 1) -> None:
        object.__setattr__(self, "k", whole(k, "k", 1))
        object.__setattr__(self, "n", whole(n, "n", 2))
        object.__setattr__(self, "field", field)
        object.__setattr__(self, "scale", read_length(scale, "scale"))
        if k >= n:
            raise WeylspecError(f"the {k}-planes of a space of dimension {n} are no manifold of planes; take k < n")
        if field not in _REAL_DIMENSION:
            raise WeylspecError(f"field must be 'R', 'C' or 'H', got {field!r}")

    def __repr__(self) -> str:
        shown = "" if self.field == "R" else f", '{self.field}'"
        return f"Grassmannian({self.k}, {self.n}{shown}{self._shown_scale})"

    def _at_scale(self, scale: Fraction | float) -> Grassmannian:
        return Grassmannian(self.k, self.n, self.field, scale)

    # -- geometry ---------------------------------------------------------------------------

    @property
    def _d(self) -> int:
        return _REAL_DIMENSION[self.field]

    @property
    def rank(self) -> int:
        """Number of principal angles that two planes can have, min(k, n − k)."""
        return min(self.k, self.n - self.k)

    @property
    def dim(self) -> int:
        """K(n − k)·dim F."""
        return self._d * self.k * (self.n - self.k)

    @property
    def ambient_dim(self) -> int:
        """K vectors of Fⁿ."""
        return self._d * self.k * self.n

    @property
    def _unit_volume(self) -> float:
        return plane_volume(self.k, self.n, self._d)

    @property
    def scalar_curvature(self) -> float:
        """Einstein with Ric = d(n + 2) − 4, so Scal = dim·(d(n + 2) − 4)."""
        return self.dim * (self._d * (self.n + 2) - 4) / float(self.scale) ** 2

    # -- spectrum ---------------------------------------------------------------------------

    @property
    def _step(self) -> int:
        return 1 if self.field == "R" else 4

    @cached_property
    def families(self) -> tuple[WeightFamily, ...]:
        """One family, over the partitions with at most min(k, n − k) rows."""
        if self.field == "R":
            return (orthogonal_family(self.n, self.rank, step=2),)
        n, r = self.n, self.rank
        if self.field == "C":
            matrix = np.eye(n, r, dtype=np.int64) - np.eye(n, r, dtype=np.int64)[::-1]
            forms = weyl_forms(unitary(n, Fraction(1, 2)), matrix)
            return (WeightFamily(1, tuple(n - 1 - 2 * i for i in range(r)), 0, forms),)
        matrix = np.zeros((n, r), dtype=np.int64)
        for i in range(r):
            matrix[2 * i: 2 * i + 2, i] = 1
        forms = weyl_forms(symplectic(n), matrix)
        return (WeightFamily(1, tuple(2 * n - 1 - 4 * i for i in range(r)), 0, forms),)

    # -- points -------------------------------------------------------------------------------

    def check_points(self, x: npt.ArrayLike) -> FloatArray:
        """Rows of k vectors of Fⁿ, refused unless they are orthonormal over F to 1e-6."""
        points = super().check_points(x)
        check_frames(self, self._matrices(points))
        return points

    def _matrices(self, points: FloatArray) -> Matrices:
        """Orthonormal rows that span the planes: over R and C themselves, over H with their multiples by j."""
        rows = points.reshape(len(points), self.k, self._d * self.n)
        if self.field == "R":
            return rows
        z = rows[..., ::2] + 1j * rows[..., 1::2]
        if self.field == "C":
            return z
        turned = np.empty_like(z)
        turned[..., ::2], turned[..., 1::2] = -z[..., 1::2].conj(), z[..., ::2].conj()
        return np.concatenate([z, turned], axis=1)

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Uniform planes: bases of the span of Gaussian vectors."""
        check_sample(n, rng)
        if self.field == "R":
            return haar_frames(n, self.k, self.n, rng).reshape(n, self.ambient_dim)
        rows = np.zeros((n, self.k, self._d * self.n))
        for i in range(self.k):  # Gram–Schmidt over F: subtract the projection onto what is there, twice
            v = rng.standard_normal((n, 1, self._d * self.n))
            for _ in range(2):
                v = v - self._projected(v, rows[:, :i])
            rows[:, i] = v[:, 0] / np.linalg.norm(v[:, 0], axis=1, keepdims=True)
        return rows.reshape(n, self.ambient_dim)

    def _projected(self, v: FloatArray, rows: FloatArray) -> FloatArray:
        """Projection of one vector a row onto the F-span of orthonormal ones, as real rows."""
        count, k = len(v), rows.shape[1]
        if k == 0:
            return np.zeros_like(v)
        basis = Grassmannian(k, self.n, self.field)._matrices(rows.reshape(count, k * self._d * self.n))
        z = v[..., ::2] + 1j * v[..., 1::2]
        image = (z @ basis.conj().transpose(0, 2, 1)) @ basis
        return np.stack([image.real, image.imag], axis=-1).reshape(v.shape)

    def eigenspace_kernel(self, x: npt.ArrayLike, y: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Zonal spherical functions: Jacobi polynomials of several variables in cos² of the principal angles."""
        first, second = self._matrices(self.check_points(x)), self._matrices(self.check_points(y))
        return self._sum_by_level(cutoff, lambda family, nu: self._zonal(first, second, nu))

    def _zonal(self, first: Matrices, second: Matrices, nu: IntMatrix) -> FloatArray:
        return plane_functions(overlaps(first, second), nu, self._d, self.k, self.n)

    # -- symmetry -----------------------------------------------------------------------------

    def invariant_kernel(self, action: LinearAction, x: FloatArray, y: FloatArray, cutoff: Number) -> FloatArray:
        """Kernels averaged over Haar nodes that are exact up to the degree 2|ν| of the largest weight."""
        second = self._matrices(y)

        def zonal(g: FloatArray, family: WeightFamily, nu: IntMatrix) -> FloatArray:
            moved = x.reshape(len(x), self.k, self._d * self.n) @ g.T
            return self._zonal(self._matrices(moved.reshape(x.shape)), second, nu)

        return self._averaged(action, cutoff, zonal)

    def tensors(self, family: WeightFamily, nu: IntMatrix) -> tuple[IntMatrix, IntArray, IntArray]:
        """[2ν], once each."""
        return 2 * nu, np.ones(len(nu), dtype=np.int64), np.zeros(len(nu), dtype=np.int64)

    def _largest_tensors(self, family: WeightFamily, top: int) -> tuple[int, int]:
        """Twice |ν|; over C and H in twice as many rows."""
        rows = family.rows if self.field == "R" else 2 * family.rows
        return 2 * math.isqrt(family.rows * max(family.longest_row(0, top), 0) ** 2), rows

    def action(self, group: Group) -> LinearAction:
        """The group's action on R^n, C^n = R^{2n} or H^n = R^{4n}; it commutes with the scalars.

        Raises
        ------
        GroupActionError
            If it does not.
        """
        action = group.linear(self._d * self.n)
        if self.field == "R":
            return action
        units, names = (RIGHT_UNITS, "i, j") if self.field == "H" else (SCALAR_I, "i")
        return check_commuting(action, units, names)

    def invariant_levels(self, action: LinearAction, cutoff: Number) -> Spectrum:
        """The vectors that G fixes in the irrep of each weight."""
        if self.field == "R":
            return super().invariant_levels(action, cutoff)
        ((family, nu),) = self._listed(cutoff)
        if self.field == "C":
            shapes = Shapes.unitary(np.hstack([nu, -nu[:, ::-1]]))
        else:
            shapes = Shapes.symplectic(np.repeat(nu, 2, axis=1))
        fixed = fixed_dimensions(action, shapes, family.multiplicities(nu))
        how = f"characters of {'U' if self.field == 'C' else 'Sp'}({self.n}) averaged over {action.label} modulo primes"
        return self._list([(family, nu)], [fixed], cutoff, f"{how}, one of them a check")

    def orbit_geometry(self, action: LinearAction) -> OrbitGeometry:
        """Geometry of M/G for a finite G, from the planes that its classes fix, or for a transitive one."""
        if not action.is_finite:
            split = self._d * self.k
            return continuous_orbits(action, self.dim, lambda a: a[split:, :split], repr(self))
        cosets = action.cosets() if self.field == "R" else map(complex_coset, action.cosets())
        fixed = fixed_planes(cosets, self.k, action.label, self._d)
        return finite_orbits(self.dim, self.volume, scaled_sets(fixed, float(self.scale)), action.label,
                             scalar_curvature=self.scalar_curvature)
