"""`RankOneSpace`: what the projective spaces over R, C, H and O share."""

from __future__ import annotations

import math
from abc import abstractmethod
from fractions import Fraction
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.exact.rational_series import from_denominator
from weylspec.invariants.heat_expansion import HeatExpansion, parabola_expansion
from weylspec.invariants.orbit_spaces.geometry import finite_volume
from weylspec.invariants.orbit_spaces.projective import projective_volume
from weylspec.multiplicities import exact_integers
from weylspec.spaces._zonal import jacobi_polynomials
from weylspec.spaces.base import Manifold
from weylspec.spaces.core import Counter
from weylspec.spaces.sphere import Sphere
from weylspec.spectrum import Spectrum
from weylspec.units import Number

FloatArray = npt.NDArray[np.float64]

_MAX_DEGREE = 10**6  # about ten seconds of exact multiplicities


class RankOneSpace(Manifold):
    """KPⁿ for K of dimension a over R: what looks like a sphere S^{a(n+1)−1} modulo scalars of length 1.

    λ_k = 2k(2k + a(n+1) − 2)/r² is the eigenvalue of even degree 2k on the sphere of radius r, and the zonal
    functions are Jacobi polynomials with α = an/2 − 1, β = a/2 − 1 in cos 2·dist (Cartan 1929; Helgason 1965).
    """

    @property
    @abstractmethod
    def field(self) -> int:
        """The dimension a of K over the reals."""

    @property
    @abstractmethod
    def sphere(self) -> Sphere:
        """The sphere of radius r in K^{n+1}."""

    @abstractmethod
    def separations(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """sin² of the distances between points, on the space with r = 1; x may be a stack of lists of points."""

    # -- geometry ---------------------------------------------------------------------------

    @property
    def dim(self) -> int:
        """The number an."""
        return self.sphere.n + 1 - self.field

    @property
    def volume(self) -> float:
        """vol(S^{a(n+1)−1})/vol(S^{a−1})·r^{an}."""
        power = self.dim * math.log(self._radius)
        scale = self._radius**self.dim if power < 700 else math.inf
        lines = projective_volume(self.field, (self.sphere.n + 1) // self.field)
        return finite_volume(lines * scale, repr(self))

    @property
    def scalar_curvature(self) -> float:
        """Curvatures 4 in a − 1 directions and 1 in a(n − 1) others: an(an + 3a − 4)/r²."""
        return self.dim * (self.dim + 3 * self.field - 4) / self._radius**2

    @property
    def counting_margin(self) -> float:
        """a(n + 1)/2r: N is a constant times an factors k + i or 2k + i of mean k + a(n + 1)/4 or twice that."""
        return (self.sphere.n + 1) / (2 * self._radius)

    @property
    def is_homogeneous(self) -> bool:
        """True."""
        return True

    @property
    def _radius(self) -> float:
        return float(self.sphere.radius)

    # -- spectrum ---------------------------------------------------------------------------

    def counted(self, k: int) -> int:
        """Σ of the multiplicities of λ_0 … λ_k: C(k + s, k)·C(k + α + 1, k)/C(k + β, k), s = α + β + 1."""
        alpha, beta = self.dim // 2 - 1, self.field // 2 - 1
        top = math.comb(k + alpha + beta + 1, k) * math.comb(k + alpha + 1, k)
        return top // math.comb(k + beta, k)

    def degree(self, lam: Number) -> int:
        """The largest k with λ_k ≤ λ; −1 if there is none."""
        return self.sphere.degree(lam) // 2

    def levels(self, cutoff: Number) -> Spectrum:
        """Every level λ_k ≤ cutoff.

        Raises
        ------
        CostError
            Above k = 10⁶.
        """
        top = self.degree(cutoff)
        if top > _MAX_DEGREE:
            raise CostError(
                f"{self!r} has more than {_MAX_DEGREE} levels up to the cutoff; lower it, or use count(lam), "
                "which needs no list"
            )
        degrees = 2 * np.arange(top + 1, dtype=np.int64)
        counts = [0, *(self.counted(k) for k in range(top + 1))]
        multiplicities = exact_integers([b - a for a, b in pairwise(counts)])
        provenance = f"{self!r}, closed form: harmonics of degree 2k on {self.sphere!r}; every k with λ ≤ cutoff"
        return Spectrum.from_keys(degrees * (degrees + self.sphere.n - 1), multiplicities,
                                  (1 / self.sphere.radius**2,), cutoff, f"{provenance} is listed")

    def heat_expansion(self) -> HeatExpansion:
        """λ_k = 4((k + A/2)² − (A/2)²)/r², A = (a(n + 1) − 2)/2, with multiplicities that are a polynomial in k."""
        d = self.dim
        counts = [0, *(self.counted(k) for k in range(d + 4))]
        series = from_denominator([b - a for a, b in pairwise(counts)], ((1, d),), d + 1, "polynomial in k")
        return parabola_expansion(series.reduced(), Fraction(self.sphere.n - 1, 4), 4 / self.sphere.radius**2,
                                  f"{self!r}, harmonics of degree 2k")

    def counters(self) -> tuple[Counter, ...]:
        """Closed form, the zonal kernel's Christoffel–Darboux sum on the diagonal."""
        return (Counter("closed form", lambda lam: 1.0, self._closed_count),)

    def _closed_count(self, lam: Number) -> int:
        k = self.degree(lam)
        return self.counted(k) if k >= 0 else 0

    def listing_cost(self, lam: Number) -> float:
        """That of the sphere."""
        return self.sphere.listing_cost(lam)

    # -- functions ----------------------------------------------------------------------------

    def eigenspace_kernel(self, x: npt.ArrayLike, y: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Addition theorem: mult_k · P_k^{(α,β)}(cos 2·dist)/P_k^{(α,β)}(1)."""
        return self._zonal(self.separations(self.check_points(x), self.check_points(y)), self.degree(cutoff))

    def _zonal(self, separations: FloatArray, top: int, weights: FloatArray | None = None) -> FloatArray:
        """Kernels at separations of shape (n, m), or their sums over weighted sets of them (q, n, m)."""
        result = np.empty((top + 1, *separations.shape[-2:]))
        alpha, beta = self.dim / 2 - 1, self.field / 2 - 1
        below = 0
        for k, zonal in enumerate(jacobi_polynomials(alpha, beta, np.clip(separations, 0.0, 1.0), top)):
            counted = self.counted(k)
            result[k] = float(counted - below) * (zonal if weights is None else np.tensordot(weights, zonal, axes=1))
            below = counted
        return result
