"""SO(k) and O(k): the classical groups of rotations, as torus cosets."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.groups.base import Group, whole
from weylspec.groups.cosets import LinearCoset
from weylspec.groups.linear_action import LinearAction, OrthogonalBlock, skew

FloatArray = npt.NDArray[np.float64]
IntMatrix = npt.NDArray[np.int64]

_HALF = Fraction(1, 2)


@dataclass(frozen=True, eq=False)
class SO(Group):
    """Rotations of R^k, k ≥ 2; `SO(k).copies(m)` rotates m vectors of R^k together.

    The bi-invariant metric in which volumes of the group are taken is −½tr(XY), so that
    SO(k)/SO(k − 1) is the unit sphere.

    Examples
    --------
    >>> SO(3).dim, SO(3).copies(2).degree
    (3, 6)
    """

    k: int

    def __post_init__(self) -> None:
        whole(self.k, "k", 2)

    def __repr__(self) -> str:
        return f"SO({self.k})"

    @property
    def order(self) -> float:
        """Infinite."""
        return math.inf

    @property
    def dim(self) -> int:
        """k(k − 1)/2."""
        return self.k * (self.k - 1) // 2

    @property
    def degree(self) -> int:
        """K."""
        return self.k

    def contains(self, g: npt.ArrayLike) -> bool:
        """Whether the matrix is orthogonal with determinant 1."""
        return O(self.k).contains(g) and float(np.linalg.det(np.asarray(g, dtype=np.float64))) > 0

    def natural(self) -> LinearAction:
        """The standard representation: one coset, the maximal torus."""
        return LinearAction(repr(self), self.k, math.inf, (), self._cosets, self._sample, 1, _whole_block(self.k))

    def _cosets(self) -> Iterator[LinearCoset]:
        yield _maximal_torus(self.k, Fraction(1), Fraction(0))

    def _sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        g = haar_orthogonal(self.k, n, rng)
        g[:, :, 0] *= np.sign(np.linalg.det(g))[:, None]
        return g


@dataclass(frozen=True, eq=False)
class O(Group):  # noqa: E742
    """Rotations and reflections of R^k, k ≥ 2 (O(1) is `SignFlips(1)`).

    Examples
    --------
    >>> [str(c.share) for c in O(3).natural().cosets()]
    ['1/2', '1/2']
    """

    k: int

    def __post_init__(self) -> None:
        whole(self.k, "k", 2)

    def __repr__(self) -> str:
        return f"O({self.k})"

    @property
    def order(self) -> float:
        """Infinite."""
        return math.inf

    @property
    def dim(self) -> int:
        """k(k − 1)/2."""
        return self.k * (self.k - 1) // 2

    @property
    def degree(self) -> int:
        """K."""
        return self.k

    def contains(self, g: npt.ArrayLike) -> bool:
        """Whether the matrix is orthogonal."""
        matrix = np.asarray(g, dtype=np.float64)
        return matrix.shape == (self.k, self.k) and bool(np.abs(matrix @ matrix.T - np.eye(self.k)).max() < 1e-8)

    def natural(self) -> LinearAction:
        """The standard representation: the maximal torus and one twisted coset."""
        return LinearAction(repr(self), self.k, math.inf, (_reflection(self.k),), self._cosets,
                            lambda n, rng: haar_orthogonal(self.k, n, rng), 2, _whole_block(self.k))

    def _cosets(self) -> Iterator[LinearCoset]:
        yield _maximal_torus(self.k, _HALF, Fraction(0))
        if self.k % 2:
            yield _maximal_torus(self.k, _HALF, _HALF)  # −1 is central and not a rotation
        else:
            yield _reflected_torus(self.k)


def haar_orthogonal(k: int, n: int, rng: np.random.Generator) -> FloatArray:
    """Draw n Haar-distributed matrices of O(k), shape (n, k, k).

    Parameters
    ----------
    k, n : int
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of shape (n, k, k)

    Examples
    --------
    >>> g = haar_orthogonal(3, 1, np.random.default_rng(7))[0]
    >>> bool(np.allclose(g @ g.T, np.eye(3)))
    True
    """
    return haar_frames(n, k, k, rng).transpose(0, 2, 1)


def haar_frames(count: int, k: int, n: int, rng: np.random.Generator) -> FloatArray:
    """Uniform orthonormal k-frames of R^n: QR of Gaussian matrices with fixed signs (Mezzadri 2007).

    Parameters
    ----------
    count, k, n : int
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of shape (count, k, n)

    Examples
    --------
    >>> frame = haar_frames(1, 2, 3, np.random.default_rng(7))[0]
    >>> bool(np.allclose(frame @ frame.T, np.eye(2)))
    True
    """
    q, r = np.linalg.qr(rng.standard_normal((count, n, k)))
    signs = np.sign(np.diagonal(r, axis1=1, axis2=2))
    return np.asarray((q * signs[:, None, :]).transpose(0, 2, 1))


def _whole_block(k: int) -> tuple[OrthogonalBlock, ...]:
    return (OrthogonalBlock(np.arange(k, dtype=np.int64)[None, :]),)


def _reflection(k: int) -> FloatArray:
    return np.diag([1.0] * (k - 1) + [-1.0])


def _plane(k: int, i: int) -> FloatArray:
    return skew(k, np.array([2 * i]), np.array([2 * i + 1]))


def _maximal_torus(k: int, share: Fraction, phase: Fraction) -> LinearCoset:
    """The coset e(phase)·T of SO(k): weights ±e_i (and 0), roots of B_r or D_r."""
    r = k // 2
    weights = np.zeros((k, r), dtype=np.int64)
    for i in range(r):
        weights[2 * i, i], weights[2 * i + 1, i] = 1, -1
    roots = _pair_roots(r) + ([s * unit for unit in np.eye(r, dtype=np.int64) for s in (1, -1)] if k % 2 else [])
    sign = -1.0 if phase else 1.0
    return LinearCoset(
        share, (1,) * k, (phase,) * k, weights, _stack(roots, r), (Fraction(0),) * len(roots),
        lambda: sign * np.eye(k), tuple(_plane(k, i) for i in range(r)),
    )


def _reflected_torus(k: int) -> LinearCoset:
    """The non-identity component of O(2m): eigenvalues 1, −1 and m − 1 angles, measure of Sp(m − 1)."""
    r = k // 2 - 1
    weights = np.zeros((k, r), dtype=np.int64)
    for i in range(r):
        weights[2 * i, i], weights[2 * i + 1, i] = 1, -1
    roots = _pair_roots(r) + [2 * s * unit for unit in np.eye(r, dtype=np.int64) for s in (1, -1)]
    phases = (Fraction(0),) * (k - 1) + (_HALF,)
    return LinearCoset(
        _HALF, (1,) * k, phases, weights, _stack(roots, r), (Fraction(0),) * len(roots),
        lambda: _reflection(k), tuple(_plane(k, i) for i in range(r)),
    )


def _pair_roots(r: int) -> list[npt.NDArray[np.int64]]:
    unit = np.eye(r, dtype=np.int64)
    return [s * unit[i] + t * unit[j] for i in range(r) for j in range(i) for s in (1, -1) for t in (1, -1)]


def _stack(roots: list[npt.NDArray[np.int64]], r: int) -> IntMatrix:
    return np.array(roots, dtype=np.int64).reshape(len(roots), r)
