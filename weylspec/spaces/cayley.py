"""The Cayley plane OP²: projectors of rank 1 among the Hermitian 3×3 matrices of octonions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError
from weylspec.spaces.core import check_sample
from weylspec.spaces.projective import shown
from weylspec.spaces.rank_one import RankOneSpace
from weylspec.spaces.sphere import Sphere
from weylspec.units import Number

FloatArray = npt.NDArray[np.float64]

_TOLERANCE = 1e-6


@dataclass(frozen=True, eq=False, repr=False, init=False)
class CayleyPlane(RankOneSpace):
    """CaP² = F₄/Spin(9) with curvature 1 to 4 over r²: λ_k = 4k(k + 11)/r², k ≥ 0.

    N(λ_k) = C(k+11, k)·C(k+8, k)/C(k+3, k), and the multiplicity of λ_k is that of the irreducible representation
    kω₄ of F₄; the first eigenvalues are 0(1), 48(26), 104(324), 168(2652). Points are the projectors of rank 1

        ξ₁  x₃  x̄₂
        x̄₃  ξ₂  x₁
        x₂  x̄₁  ξ₃

    as rows (ξ, √2·x₁, √2·x₂, √2·x₃) of length 27 and norm 1 at any r (an octonion is a pair of quaternions, its
    real part first); the scalar product of two rows is the trace form, cos²(dist/r). No group acts on it here.

    Parameters
    ----------
    radius : int, Fraction, decimal string or float, optional
        Scale r of the metric.

    Examples
    --------
    >>> CayleyPlane().spectrum(cutoff=168).multiplicities.tolist()
    [1, 26, 324, 2652]
    """

    _sphere: Sphere

    def __init__(self, radius: Number = 1) -> None:
        object.__setattr__(self, "_sphere", Sphere(23, radius))

    def __repr__(self) -> str:
        radius = self.sphere.radius
        return "CayleyPlane()" if radius == 1 else f"CayleyPlane({shown(radius)})"

    @property
    def field(self) -> int:
        """8."""
        return 8

    @property
    def sphere(self) -> Sphere:
        """The sphere S²³(r), which has no fibration over the plane but the right eigenvalues."""
        return self._sphere

    @property
    def ambient_dim(self) -> int:
        """27."""
        return 27

    def scaled(self, r: Number) -> CayleyPlane:
        """The plane with r times its radius."""
        return CayleyPlane(self.sphere.scaled(r).radius)

    def check_points(self, x: npt.ArrayLike) -> FloatArray:
        """Points of shape (n_points, 27), refused if they are no projectors of rank 1 within 1e-6."""
        points = super().check_points(x)
        defects = np.abs(_defects(points)).max(axis=1, initial=0.0)
        if len(points) and defects.max() > _TOLERANCE:
            row = int(defects.argmax())
            raise WeylspecError(
                f"row {row} misses the equations of a projector of rank 1 by {defects[row]:.2g}: it is not on "
                f"{self!r}; see its docstring for the coordinates"
            )
        return points

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Uniform points: vv* for Gaussian v in O³ whose first coordinate is replaced by its length.

        In the chart (y, z) the measure is (1 + |y|² + |z|²)^{−12} dy dz; matrices with two octonions associate.
        """
        check_sample(n, rng)
        v = rng.standard_normal((n, 24))
        v /= np.linalg.norm(v, axis=1, keepdims=True)
        a, y, z = np.linalg.norm(v[:, :8], axis=1, keepdims=True), v[:, 8:16], v[:, 16:]
        diagonal = [(part**2).sum(axis=1, keepdims=True) for part in (a, y, z)]
        sides = [octonion_product(y, _conjugate(z)), a * z, a * _conjugate(y)]
        return np.concatenate([*diagonal, *(np.sqrt(2.0) * side for side in sides)], axis=1)

    def separations(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """One minus the trace form."""
        return np.asarray(1.0 - x @ y.T)


def octonion_product(x: FloatArray, y: FloatArray) -> FloatArray:
    """Products in the Cayley–Dickson algebras, (a, b)(c, d) = (ac − d̄b, da + bc̄).

    Parameters
    ----------
    x, y : ndarrays of shape (…, 2^m)
        Reals, complex numbers, quaternions or octonions for m ≤ 3.

    Returns
    -------
    ndarray of shape (…, 2^m)

    Examples
    --------
    >>> octonion_product(np.array([0.0, 1.0]), np.array([0.0, 1.0])).tolist()
    [-1.0, 0.0]
    """
    half = x.shape[-1] // 2
    if not half:
        return x * y
    a, b, c, d = x[..., :half], x[..., half:], y[..., :half], y[..., half:]
    first = octonion_product(a, c) - octonion_product(_conjugate(d), b)
    return np.concatenate([first, octonion_product(d, a) + octonion_product(b, _conjugate(c))], axis=-1)


def _conjugate(x: FloatArray) -> FloatArray:
    return np.concatenate([x[..., :1], -x[..., 1:]], axis=-1)


def _defects(points: FloatArray) -> FloatArray:
    """Trace less 1, and Freudenthal's adjoint, which vanishes on matrices of rank 1."""
    xi = points[:, :3]
    x = points[:, 3:].reshape(-1, 3, 8) / np.sqrt(2.0)
    after, before = [1, 2, 0], [2, 0, 1]
    minors = xi[:, after] * xi[:, before] - (x**2).sum(axis=2)
    others = _conjugate(octonion_product(x[:, after], x[:, before])) - xi[:, :, None] * x
    return np.concatenate([xi.sum(axis=1, keepdims=True) - 1, minors, others.reshape(-1, 24)], axis=1)
