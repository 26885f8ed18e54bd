"""`CompactAlgebra`: the connected group that skew matrices generate, with its torus, weights, roots and volume.

All inner products are ⟨X, Y⟩ = −½tr(XY) on so(N), in which SO(N)/SO(N − 1) is the unit sphere.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.errors import CertificationError, GroupActionError
from weylspec.exact.integer_lattice import smith
from weylspec.groups._subalgebra import (
    beyond,
    bracket,
    closed_span,
    combine,
    exact_span,
    inner,
    orthonormal,
    read_velocities,
    typed_accuracy,
)
from weylspec.groups._weight_lattice import integer_weights

FloatArray = npt.NDArray[np.float64]
ComplexArray = npt.NDArray[np.complex128]
IntMatrix = npt.NDArray[np.int64]

_ACCURACY = 1e-11  # of weights of matrices given as floats
_INTEGER = 1e-7  # distance of a float from the integer that it certainly is
_ZERO = 1e-9
_TOLERANCE = 1e-8
_SWEEPS = 100
_SEED = 20231211


@dataclass(frozen=True, eq=False)
class CompactAlgebra:
    """A subalgebra of so(N) whose group G_0 ⊂ SO(N) is closed, in coordinates of its maximal torus T.

    Attributes
    ----------
    basis : ndarray of shape (n, N, N)
        Orthonormal for −½tr.
    torus : ndarray of shape (r, N, N)
        Commuting H_j; exp(2πH) = 1 exactly for their integer combinations.
    weights : ndarray of shape (N, r), int64
        exp(2π Σ θ_j H_j) has the eigenvalues e(weights[k]·θ) on C^N; the rows generate Z^r.
    roots : ndarray of shape (q, r), int64
        The positive ones first, then their negatives in the same order.
    eigenvectors : ndarray of shape (N, N), complex
        Column k has the weight weights[k].
    root_vectors : ndarray of shape (q, n), complex
        Coefficients in the basis; unit vectors.

    Examples
    --------
    Rotations of R³ from two of its axes: volume 8π² (a real projective space of radius 2).

    >>> x = np.array([[0, 0, 0], [0, 0, -1], [0, 1, 0]])
    >>> y = np.array([[0, 0, 1], [0, 0, 0], [-1, 0, 0]])
    >>> algebra = CompactAlgebra.generated([x, y])
    >>> algebra.dim, algebra.rank, sorted(algebra.weights[:, 0].tolist()), round(algebra.volume / math.pi**2, 12)
    (3, 1, [-1, 0, 1], 8.0)
    """

    basis: FloatArray
    torus: FloatArray
    weights: IntMatrix
    roots: IntMatrix
    eigenvectors: ComplexArray
    root_vectors: ComplexArray

    @classmethod
    def generated(cls, generators: Sequence[npt.ArrayLike]) -> CompactAlgebra:
        """The smallest algebra that contains skew matrices, up to the digits in which they are typed.

        Parameters
        ----------
        generators : sequence of (N, N) skew matrices
            Not all zero.

        Returns
        -------
        CompactAlgebra

        Raises
        ------
        WeylspecError
            If a matrix is not square, finite and skew.
        CertificationError
            If the digits do not tell which algebra is meant; with the residual.
        GroupActionError
            If the weights are incommensurable, so that the group is not closed; it names the closing torus.
        """
        given = read_velocities(generators)
        basis = exact_span(closed_span(given))
        typed = typed_accuracy(given)
        moved = float(np.abs(beyond(given, basis)).max() / np.abs(given).max())
        if moved > max(typed, _ACCURACY):
            raise CertificationError(
                f"the generators are {moved:.1e} away from the nearest algebra, of dimension {len(basis)}, more than "
                f"their digits allow ({typed:.1e}); they generate a larger algebra, or need more digits"
            )
        torus, unit = _cartan(basis)
        real, vectors = _joint_weights(torus)
        weights = _certain_weights(real, typed)
        exact = np.array([(vectors * (1j * w)) @ vectors.conj().T for w in weights.T.astype(float)]).real
        basis = np.concatenate([orthonormal(exact), unit])
        roots, root_vectors = _roots(exact, basis)
        return cls(basis, exact, weights, roots, vectors, root_vectors)

    @property
    def dim(self) -> int:
        """Dimension n."""
        return len(self.basis)

    @property
    def rank(self) -> int:
        """Dimension r of the maximal torus."""
        return len(self.torus)

    @property
    def positive_roots(self) -> IntMatrix:
        """Half of the roots, shape (q/2, r)."""
        return self.roots[: len(self.roots) // 2]

    @property
    def coroots(self) -> IntMatrix:
        """The H_α with α(H_α) = 2 of the positive roots, in the basis of the torus, shape (q/2, r)."""
        dual = np.linalg.solve(self.gram, self.positive_roots.T).T
        return _rounded(2 * dual / (self.positive_roots * dual).sum(axis=1)[:, None])

    @property
    def root_turns(self) -> FloatArray:
        """Elements u of the root planes that turn the coroot by unit speed, shape (q/2, N, N)."""
        speeds = np.sqrt(np.einsum("aij,aij->a", self._coroots, self._coroots) / 2)
        return np.asarray(self._root_planes[:, 0] / speeds[:, None, None])

    @property
    def centre_dim(self) -> int:
        """Dimension of the centre."""
        return self.rank - int(np.linalg.matrix_rank(self.roots)) if len(self.roots) else self.rank

    @cached_property
    def gram(self) -> FloatArray:
        """Inner products ⟨H_i, H_j⟩, shape (r, r)."""
        return inner(self.torus, self.torus)

    @property
    def volume(self) -> float:
        """Volume of G_0 in the bi-invariant metric −½tr.

        vol T·Π_{α>0} 2π/⟨ρ, α⟩ with vol T = (2π)^r √det⟨H_i, H_j⟩ (Macdonald 1980): the same as
        (2π)^{r+|α>0|}/(covol(P)·Π⟨ρ, α⟩), P the lattice of characters of T.
        """
        torus = float((2 * math.pi) ** self.rank) * math.sqrt(float(np.linalg.det(self.gram)))
        rho = self.positive_roots.sum(axis=0) / 2
        pairings = self.positive_roots @ np.linalg.solve(self.gram, rho)
        return torus * float(math.prod(2 * math.pi / x for x in pairings.tolist()))

    # -- elements -----------------------------------------------------------------------------

    def contains(self, x: npt.ArrayLike) -> bool:
        """Whether an orthogonal matrix is an element of the connected group, within 1e-7.

        Parameters
        ----------
        x : ndarray of shape (N, N)

        Returns
        -------
        bool
        """
        matrix = np.asarray(x, dtype=np.float64)
        one = np.eye(self.basis.shape[1])
        if matrix.shape != one.shape or np.abs(matrix @ matrix.T - one).max() > _TOLERANCE:
            return False
        return self.residual(matrix) < _INTEGER and self.angles(self.normalised(matrix)) is not None

    def residual(self, x: FloatArray) -> float:
        """By how much conjugation by an orthogonal matrix moves the algebra out of itself."""
        return float(np.abs(beyond(x @ self.basis @ x.T, self.basis)).max())

    def normalised(self, x: FloatArray) -> FloatArray:
        """The product x·g with g in G_0 that maps the torus and its positive chamber to themselves.

        Parameters
        ----------
        x : ndarray of shape (N, N)
            Orthogonal; it normalises the algebra.

        Returns
        -------
        ndarray of shape (N, N)
            Unique up to elements of the torus.

        Raises
        ------
        GroupActionError
            If x does not normalise the algebra; with the residual.
        """
        residual = self.residual(x)
        if residual > _INTEGER:
            raise GroupActionError(f"the matrix does not normalise the algebra (residual {residual:.1e})")
        regular = self._coroots.sum(axis=0) if len(self.roots) else np.zeros_like(x)
        turn, _ = self.to_chamber((x.T @ regular @ x)[None])
        return np.asarray(x @ turn[0].T)

    def twist(self, x: FloatArray) -> IntMatrix:
        """The integer matrix S of a normalised element: x H_j xᵀ = Σ_i S_ij H_i.

        Parameters
        ----------
        x : ndarray of shape (N, N)

        Returns
        -------
        ndarray of shape (r, r), int64
        """
        return _rounded(np.linalg.solve(self.gram, inner(self.torus, x @ self.torus @ x.T)))

    def angles(self, x: FloatArray, tolerance: float = _INTEGER) -> FloatArray | None:
        """The θ with x = exp(2π Σ θ_j H_j); None for a matrix outside the torus.

        Parameters
        ----------
        x : ndarray of shape (N, N)
        tolerance : float
            Of the entries of x.

        Returns
        -------
        ndarray of shape (r,) or None
        """
        diagonal = self.eigenvectors.conj().T @ x @ self.eigenvectors
        values = np.diag(diagonal)
        if np.abs(diagonal - np.diag(values)).max() > tolerance:
            return None
        turns = np.angle(values) / (2 * math.pi)
        theta = self._characters @ turns
        miss = turns - self.weights @ theta
        return theta if float(np.abs(miss - np.round(miss)).max()) < tolerance else None

    def element(self, theta: npt.ArrayLike) -> FloatArray:
        """Torus elements exp(2π Σ θ_j H_j), for angles of shape (…, r)."""
        turns = np.exp(2j * math.pi * (np.asarray(theta, dtype=np.float64) @ self.weights.T))
        return np.asarray(((self.eigenvectors * turns[..., None, :]) @ self.eigenvectors.conj().T).real)

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Haar-distributed elements, shape (n, N, N).

        A Gaussian element of the algebra is k h kᵀ with h in the chamber, and its law is invariant: the coset kT
        is uniform on G_0/T. So k·t with t uniform on T is Haar.
        """
        gaussian = combine(rng.standard_normal((n, self.dim)), self.basis)
        turn, _ = self.to_chamber(gaussian)
        return np.asarray(turn.swapaxes(1, 2) @ self.element(rng.random((n, self.rank))))

    def to_chamber(self, elements: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Conjugate elements of the algebra into the closed positive chamber of the torus.

        Jacobi sweeps over the positive roots, each turning the part in one su(2) into the torus, with the
        non-negative sign (Wildberger 1993); ⟨y, ρ⟩ grows at every step, so that the limit is the chamber's.

        Parameters
        ----------
        elements : ndarray of shape (m, N, N)

        Returns
        -------
        turns : ndarray of shape (m, N, N)
            The k in G_0.
        images : ndarray of shape (m, N, N)
            The elements k y kᵀ of the chamber.

        Raises
        ------
        CertificationError
            If it does not converge.
        """
        y, turns = elements, np.tile(np.eye(elements.shape[-1]), (len(elements), 1, 1))
        scale = max(1.0, float(np.abs(elements).max(initial=0.0)))
        axes = self._root_planes
        for _ in range(_SWEEPS):
            if not len(axes) or self._outside(y) < 1e-13 * scale:
                return turns, y
            for plane, coroot in zip(axes, self._coroots, strict=True):
                k = _rotation(y, plane, coroot)
                y, turns = k @ y @ k.swapaxes(1, 2), k @ turns
        raise CertificationError(f"an element was not conjugated into the torus in {_SWEEPS} sweeps")

    def _outside(self, y: FloatArray) -> float:
        """The largest part that elements have outside the torus or the chamber."""
        planes = self._root_planes.reshape(-1, *y.shape[1:])
        return max(float(np.abs(inner(y, planes)).max(initial=0.0)), -float(inner(y, self._coroots).min(initial=0.0)))

    @cached_property
    def _root_planes(self) -> FloatArray:
        """Orthonormal (u, v) for each positive root, with [u, v] its positive multiple of the coroot."""
        positive = self.root_vectors[: len(self.roots) // 2]
        planes: FloatArray = math.sqrt(2) * np.stack([positive.real, -positive.imag], axis=1)
        return combine(planes, self.basis)

    @cached_property
    def _coroots(self) -> FloatArray:
        """The elements of the torus dual to the positive roots: ⟨α^♯, H⟩ = α(H)."""
        return combine(np.linalg.solve(self.gram, self.positive_roots.T).T, self.torus)

    @cached_property
    def _characters(self) -> IntMatrix:
        """Integer combinations of the weights that are the r angles."""
        _, left, right = smith(self.weights)
        return right @ left[: self.rank]


def _rotation(y: FloatArray, plane: FloatArray, coroot: FloatArray) -> FloatArray:
    """exp(s·w), w in a root plane, that turns the parts of elements in one su(2) to its coroot."""
    speed = math.sqrt(float(inner(coroot[None], coroot[None])[0, 0]))
    a, b, c = inner(np.stack([*plane, coroot / speed]), y)
    radius = np.hypot(a, b)
    angle = np.arctan2(radius, c) / speed
    safe = np.where(radius > 0, radius, 1.0)
    axis = combine((np.stack([np.where(radius > 0, b, 1.0), -a]) / safe).T, plane) * angle[:, None, None]
    values, vectors = np.linalg.eigh(-1j * axis)
    return np.asarray(((vectors * np.exp(1j * values)[:, None, :]) @ vectors.conj().swapaxes(1, 2)).real)


def _certain_weights(real: FloatArray, typed: float) -> IntMatrix:
    """Integer weights at the accuracy of floats, else at that of the digits typed."""
    try:
        return integer_weights(real, _ACCURACY)
    except GroupActionError:
        if typed <= _ACCURACY:
            raise
    return integer_weights(real, typed)


def _cartan(basis: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The centraliser of a generic element, and its complement, orthonormal."""
    rng = np.random.default_rng(_SEED)
    best: tuple[float, FloatArray, int] | None = None
    for _ in range(8):
        x = combine(rng.standard_normal(len(basis)), basis)
        _, values, rows = np.linalg.svd(inner(bracket(x, basis), basis))
        rank = int((values > _ZERO * float(np.abs(x).max())).sum())
        gap = float(values[rank - 1]) if rank else math.inf
        if best is None or gap > best[0]:
            best = gap, rows, rank
    assert best is not None
    _, rows, rank = best
    return combine(rows[rank:], basis), combine(rows[:rank], basis)


def _joint_weights(torus: FloatArray) -> tuple[FloatArray, ComplexArray]:
    """Joint eigenvalues (divided by i) of commuting skew matrices, and their eigenvectors."""
    rng = np.random.default_rng(_SEED)
    for _ in range(8):
        _, vectors = np.linalg.eigh(-1j * combine(rng.standard_normal(len(torus)), torus))
        rotated = vectors.conj().T @ (-1j * torus) @ vectors
        diagonal = np.diagonal(rotated, axis1=1, axis2=2)
        if np.abs(rotated - diagonal[:, None, :] * np.eye(len(vectors))).max() < _TOLERANCE:
            return np.asarray(diagonal.real.T), np.asarray(vectors)
    raise CertificationError("the elements of a torus could not be diagonalised together")


def _roots(torus: FloatArray, basis: FloatArray) -> tuple[IntMatrix, ComplexArray]:
    """Roots as integers, the positive ones first, and unit root vectors in the basis."""
    adjoint = np.array([inner(bracket(h, basis), basis).T for h in torus])
    values, vectors = _joint_weights(adjoint)
    rows = _rounded(values)
    positive = np.take_along_axis(rows, (rows != 0).argmax(axis=1)[:, None], axis=1)[:, 0] > 0
    return np.concatenate([rows[positive], -rows[positive]]), np.concatenate(
        [vectors.T[positive], vectors.T[positive].conj()])


def _rounded(values: npt.NDArray[np.floating]) -> IntMatrix:
    integers = np.round(values).astype(np.int64)
    worst = float(np.abs(values - integers).max(initial=0.0))
    if worst > _INTEGER:
        raise CertificationError(f"a weight is {worst:.1e} away from an integer; give more digits")
    return integers
