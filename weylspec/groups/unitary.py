"""U(n), SU(n) and Sp(n) acting linearly, and complex conjugation.

C^n is R^{2n} with z_j = x_{2j} + i·x_{2j+1}, so that the scalars of length 1 are `SO(2).copies(n)`.
H^n is C^{2n} with q = z_1 + j·z_2 for each quaternion: matrices act from the left, scalars from the
right, i as (z_1, z_2) ↦ (iz_1, iz_2) and j as (z_1, z_2) ↦ (−z̄_2, z̄_1).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import numpy as np
import numpy.typing as npt

from weylspec.groups._permutations import finite_action, signed_coset
from weylspec.groups.base import Group, whole
from weylspec.groups.cosets import LinearCoset
from weylspec.groups.linear_action import LinearAction, OrthogonalBlock, Sampler

FloatArray = npt.NDArray[np.float64]
IntMatrix = npt.NDArray[np.int64]

_TOLERANCE = 1e-8

_QUARTER_TURN = np.array([[0.0, -1.0], [1.0, 0.0]])
_LEFT_I = np.kron(np.diag([1.0, -1.0]), _QUARTER_TURN)
_LEFT_J = np.kron(_QUARTER_TURN, np.eye(2))
_RIGHT_I = np.kron(np.eye(2), _QUARTER_TURN)
_RIGHT_J = np.kron(_QUARTER_TURN, np.diag([1.0, -1.0]))

_COMPLEX = (_QUARTER_TURN,)
_LEFT = (_LEFT_I, _LEFT_J, _LEFT_I @ _LEFT_J)
RIGHT_UNITS = (_RIGHT_I, _RIGHT_J, _RIGHT_J @ _RIGHT_I)  # v ↦ v·(ij) is first i, then j


@dataclass(frozen=True, eq=False)
class U(Group):
    """Unitary matrices of C^n = R^{2n}; `U(n).copies(m)` moves m vectors of C^n together.

    Examples
    --------
    >>> U(2).dim, U(2).copies(3).degree
    (4, 12)
    """

    n: int

    def __post_init__(self) -> None:
        whole(self.n, "n", 1)

    def __repr__(self) -> str:
        return f"U({self.n})"

    @property
    def order(self) -> float:
        """Infinite."""
        return math.inf

    @property
    def dim(self) -> int:
        """The square n²."""
        return self.n**2

    @property
    def degree(self) -> int:
        """Twice n."""
        return 2 * self.n

    def contains(self, g: npt.ArrayLike) -> bool:
        """Whether the matrix is orthogonal and commutes with i, within 1e-8."""
        return _preserves(g, self.degree, _COMPLEX)

    def natural(self) -> LinearAction:
        """The standard representation: one coset, the diagonal matrices."""
        algebra = skew_hermitian(self.n, _COMPLEX) if self.n > 1 else ()  # U(1) is SO(2)
        return _connected(self, algebra, np.eye(self.n, dtype=np.int64), partial(_haar, self.n, _COMPLEX))


@dataclass(frozen=True, eq=False)
class SU(Group):
    """Unitary matrices of C^n = R^{2n} with determinant 1, n ≥ 2.

    Examples
    --------
    Two vectors of C² modulo SU(2) are two quaternions modulo unit quaternions, S⁷/SU(2) = HP¹:

    >>> from weylspec.spaces.sphere import Sphere
    >>> (Sphere(7) / SU(2).copies(2)).spectrum(cutoff=48).multiplicities.tolist()
    [1, 5, 14]
    """

    n: int

    def __post_init__(self) -> None:
        whole(self.n, "n", 2)

    def __repr__(self) -> str:
        return f"SU({self.n})"

    @property
    def order(self) -> float:
        """Infinite."""
        return math.inf

    @property
    def dim(self) -> int:
        """Of all matrices n² − 1."""
        return self.n**2 - 1

    @property
    def degree(self) -> int:
        """Twice n."""
        return 2 * self.n

    def contains(self, g: npt.ArrayLike) -> bool:
        """Whether the matrix is orthogonal, commutes with i and has determinant 1, within 1e-8."""
        if not _preserves(g, self.degree, _COMPLEX):
            return False
        return bool(abs(np.linalg.det(as_complex(np.asarray(g, dtype=np.float64))) - 1) < _TOLERANCE)

    def natural(self) -> LinearAction:
        """The standard representation: one coset, the diagonal matrices."""
        algebra = skew_hermitian(self.n, _COMPLEX)[1:]  # the first is i times a multiple of 1
        free = np.eye(self.n - 1, dtype=np.int64)
        return _connected(self, algebra, np.concatenate([free, -free.sum(axis=0, keepdims=True)]), self._sample_special)

    def _sample_special(self, count: int, rng: np.random.Generator) -> FloatArray:
        g = _haar(self.n, _COMPLEX, count, rng)
        phase = np.conj(np.linalg.det(as_complex(g)))  # g·diag(1/det g, 1, …) is Haar on SU(n)
        turn = np.tile(np.eye(2 * self.n), (count, 1, 1))
        turn[:, 0, 0] = turn[:, 1, 1] = phase.real
        turn[:, 1, 0], turn[:, 0, 1] = phase.imag, -phase.imag
        return np.asarray(g @ turn)


@dataclass(frozen=True, eq=False)
class Sp(Group):
    """Quaternionic unitary matrices of H^n = R^{4n}, acting from the left; Sp(1) = SU(2).

    Examples
    --------
    >>> Sp(2).dim, Sp(1).copies(3).degree
    (10, 12)
    """

    n: int

    def __post_init__(self) -> None:
        whole(self.n, "n", 1)

    def __repr__(self) -> str:
        return f"Sp({self.n})"

    @property
    def order(self) -> float:
        """Infinite."""
        return math.inf

    @property
    def dim(self) -> int:
        """The number n(2n + 1)."""
        return self.n * (2 * self.n + 1)

    @property
    def degree(self) -> int:
        """Four times n."""
        return 4 * self.n

    def contains(self, g: npt.ArrayLike) -> bool:
        """Whether the matrix is orthogonal and commutes with the quaternions on the right, within 1e-8."""
        return _preserves(g, self.degree, RIGHT_UNITS)

    def natural(self) -> LinearAction:
        """The standard representation: one coset, diagonal matrices with entries e^{iθ}."""
        angles = np.eye(self.n, dtype=np.int64)
        # e^{iθ}(z_1 + j·z_2) has the coordinates e^{iθ}z_1, e^{−iθ}z_2
        weights = np.stack([angles, -angles], axis=1).reshape(2 * self.n, self.n)
        return _connected(self, skew_hermitian(self.n, _LEFT), weights, partial(_haar, self.n, RIGHT_UNITS))


@dataclass(frozen=True, eq=False)
class ComplexConjugation(Group):
    """The identity and z ↦ z̄ on C^n = R^{2n}: every second coordinate changes its sign.

    Examples
    --------
    >>> ComplexConjugation(2).generators[0].diagonal().tolist()
    [1.0, -1.0, 1.0, -1.0]
    """

    n: int

    def __post_init__(self) -> None:
        whole(self.n, "n", 1)

    def __repr__(self) -> str:
        return f"ComplexConjugation({self.n})"

    @property
    def order(self) -> int:
        """2."""
        return 2

    @property
    def degree(self) -> int:
        """Twice n."""
        return 2 * self.n

    def natural(self) -> LinearAction:
        """Two diagonal matrices, each its own class."""
        return finite_action(self, (self._matrix(),), self._cosets, self._sample_signs)

    def _matrix(self) -> FloatArray:
        return np.diag([1.0, -1.0] * self.n)

    def _cosets(self) -> Iterator[LinearCoset]:
        for signs in ([False, False], [False, True]):
            yield signed_coset(Fraction(1, 2), [1] * self.degree, signs * self.n)

    def _sample_signs(self, count: int, rng: np.random.Generator) -> FloatArray:
        return np.array([np.eye(self.degree), self._matrix()])[rng.integers(2, size=count)]


def right_quaternions(n: int) -> LinearAction:
    """The unit quaternions acting on H^n = R^{4n} from the right.

    Parameters
    ----------
    n : int

    Returns
    -------
    LinearAction
        One coset, the scalars e^{iθ} of C^{2n}, with the roots ±2 of Sp(1).

    Examples
    --------
    >>> from weylspec.groups.joint import joint
    >>> joint(Sp(2).natural(), right_quaternions(2), "Sp(2)·Sp(1)").dim
    13
    """

    def source() -> Iterator[LinearCoset]:
        yield _torus(np.ones((2 * n, 1), dtype=np.int64), np.array([[2], [-2]]))

    def sampler(count: int, rng: np.random.Generator) -> FloatArray:
        q = rng.standard_normal((count, 4))
        q /= np.linalg.norm(q, axis=1, keepdims=True)
        return np.array([np.kron(np.eye(n), sum(x * u for x, u in zip(row, (np.eye(4), *RIGHT_UNITS), strict=True)))
                         for row in q])

    block = OrthogonalBlock(np.arange(4 * n, dtype=np.int64).reshape(n, 4), RIGHT_UNITS)
    return LinearAction("right unit quaternions", 4 * n, math.inf, (), source, sampler, 1, (block,))


def as_complex(g: FloatArray) -> npt.NDArray[np.complex128]:
    """The complex (n, n) matrices of real (2n, 2n) ones that commute with i.

    Examples
    --------
    >>> as_complex(np.array([[0.0, -1.0], [1.0, 0.0]]))
    array([[0.+1.j]])
    """
    return np.asarray(g[..., 0::2, 0::2] + 1j * g[..., 1::2, 0::2], dtype=np.complex128)


def skew_hermitian(n: int, units: Sequence[FloatArray]) -> tuple[FloatArray, ...]:
    """A basis of the skew-Hermitian (n, n) matrices over C or H, as real skew matrices.

    Parameters
    ----------
    n : int
    units : sequence of ndarrays of shape (a, a)
        The imaginary units i (a = 2), or i, j, k acting from the left (a = 4).

    Returns
    -------
    tuple of ndarrays (a·n, a·n)
        The units themselves, as multiples of the identity matrix, come first.

    Examples
    --------
    >>> [len(skew_hermitian(n, (np.array([[0.0, -1.0], [1.0, 0.0]]),))) for n in (1, 2, 3)]
    [1, 4, 9]
    """
    one = np.eye(n)
    matrices: list[npt.NDArray[np.floating]] = [np.kron(one, u) for u in units]
    matrices += [np.kron(np.diag(one[i] - one[i + 1]), u) for i in range(n - 1) for u in units]
    for i in range(n):
        for j in range(i):
            lower = np.outer(one[i], one[j])
            matrices.append(np.kron(lower - lower.T, np.eye(len(units[0]))))
            matrices += [np.kron(lower + lower.T, u) for u in units]
    return tuple(np.asarray(matrix, dtype=np.float64) for matrix in matrices)


def _connected(group: Group, algebra: tuple[FloatArray, ...], weights: IntMatrix, sampler: Sampler) -> LinearAction:
    """A connected group by its Lie algebra and the weights of its diagonal matrices on C^m."""

    def source() -> Iterator[LinearCoset]:
        yield _torus(weights)

    block = OrthogonalBlock(np.arange(group.degree, dtype=np.int64)[None, :], algebra)
    return LinearAction(repr(group), group.degree, math.inf, (), source, sampler, 1, (block,))


def _torus(weights: IntMatrix, roots: IntMatrix | None = None) -> LinearCoset:
    """Diagonal matrices of C^m: z_k ↦ e(weights[k]·θ)z_k, with Weyl's measure (roots: all differences of weights)."""
    size, rank = 2 * len(weights), weights.shape[1]
    roots = _differences(weights) if roots is None else roots
    paired = np.stack([weights, -weights], axis=1).reshape(size, rank)
    directions = tuple(np.kron(np.diag(column.astype(float)), _QUARTER_TURN) for column in weights.T)
    zero = Fraction(0)
    return LinearCoset(Fraction(1), (1,) * size, (zero,) * size, paired, roots, (zero,) * len(roots),
                       lambda: np.eye(size), directions)


def _differences(weights: IntMatrix) -> IntMatrix:
    """The different non-zero w_k − w_l: the roots of U(n) and SU(n); for Sp(n) those of C_n, once each."""
    roots = (weights[:, None] - weights[None]).reshape(-1, weights.shape[1])
    return np.unique(roots[roots.any(axis=1)], axis=0)


def _preserves(g: npt.ArrayLike, size: int, units: Sequence[FloatArray]) -> bool:
    matrix = np.asarray(g, dtype=np.float64)
    if matrix.shape != (size, size) or not np.abs(matrix @ matrix.T - np.eye(size)).max() < _TOLERANCE:
        return False
    scalars = [np.kron(np.eye(size // len(u)), u) for u in units]
    return all(float(np.abs(matrix @ u - u @ matrix).max()) < _TOLERANCE for u in scalars)


def _haar(n: int, units: Sequence[FloatArray], count: int, rng: np.random.Generator) -> FloatArray:
    """Orthogonal matrices that commute with units: polar factors of Gaussian matrices that do."""
    size = n * len(units[0])
    x = rng.standard_normal((count, size, size))
    scalars = [np.kron(np.eye(n), u) for u in (np.eye(len(units[0])), *units)]
    left, _, right = np.linalg.svd(sum(u @ x @ u.T for u in scalars))
    return np.asarray(left @ right)
