"""Subalgebras of so(N) from generators: closure under brackets, and the exact algebra near one that was typed.

Elements are skew (N, N) matrices with the inner product ⟨X, Y⟩ = −½tr(XY), in which a rotation of one
plane by unit speed has length 1. A subspace V is an orthonormal list (n, N, N).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from weylspec.errors import CertificationError, WeylspecError

FloatArray = npt.NDArray[np.float64]
LinearMap = Callable[[FloatArray], FloatArray]

_NOISE = 1e-6  # a direction of this relative size is an error of the digits typed
_CLEAR = 1e-2  # and one of this size is meant
_CLOSED = 1e-13
_SKEW = 1e-8
_STEPS = 8
_SEED = 20231211


def inner(x: FloatArray, y: FloatArray) -> FloatArray:
    """The matrix −½tr(x_i y_j) of two lists of skew matrices."""
    return np.asarray(x.reshape(len(x), -1) @ y.reshape(len(y), -1).T / 2)


def combine(coefficients: npt.NDArray[np.floating], basis: FloatArray) -> FloatArray:
    """Σ_k c_{…k} b_k."""
    return np.asarray(np.tensordot(coefficients, basis, axes=1))


def bracket(x: FloatArray, y: FloatArray) -> FloatArray:
    """Commutator xy − yx of (stacks of) matrices."""
    return np.asarray(x @ y - y @ x)


def beyond(x: FloatArray, basis: FloatArray) -> FloatArray:
    """What a list of elements has outside a subspace."""
    return np.asarray(x - combine(inner(x, basis), basis))


def closed_span(generators: FloatArray) -> FloatArray:
    """Orthonormal basis of the Lie algebra that skew matrices generate, up to the digits typed.

    V is closed when [x, V] ⊂ V for one generic x in V, because the x with that property form a subspace of V.

    Parameters
    ----------
    generators : ndarray of shape (g, N, N)
        Not all zero.

    Returns
    -------
    ndarray of shape (n, N, N)

    Raises
    ------
    CertificationError
        If a direction is neither clearly there nor clearly an error of rounding; with its size.
    """
    rng = np.random.default_rng(_SEED)
    norms = np.sqrt(np.einsum("gij,gij->g", generators, generators) / 2)
    basis = _directions(generators[norms > 0] / norms[norms > 0, None, None])
    while True:
        generic = rng.standard_normal(len(basis))
        x = combine(generic / np.linalg.norm(generic), basis)
        new = _directions(beyond(bracket(x, basis), basis))
        if not len(new):
            return basis
        basis = np.concatenate([basis, _directions(beyond(new, basis))])


def _directions(matrices: FloatArray) -> FloatArray:
    """Orthonormal basis of the span, its noise left out."""
    size = matrices.shape[-1]
    _, values, rows = np.linalg.svd(matrices.reshape(len(matrices), -1) / np.sqrt(2), full_matrices=False)
    doubtful = values[(values > _NOISE) & (values < _CLEAR)]
    if len(doubtful):
        raise CertificationError(
            f"the brackets of the generators leave the span of the others by {doubtful.max():.1e}: too much for an "
            f"error of rounding, too little to be meant; give the entries to eight digits (the generators as floats), "
            "and generators that are not nearly parallel"
        )
    return np.asarray(rows[values >= _CLEAR].reshape(-1, size, size) * np.sqrt(2))


def exact_span(basis: FloatArray) -> FloatArray:
    """The subalgebra of so(N) near a subspace that is closed only up to the digits typed.

    Gauss–Newton steps V ↦ V + A(V), A: V → V^⊥ of least norm. They converge quadratically: a semisimple algebra
    is rigid, its neighbours are conjugate (Whitehead's lemma), and a centre stays as given where it commutes.

    Parameters
    ----------
    basis : ndarray of shape (n, N, N), orthonormal

    Returns
    -------
    ndarray of shape (n, N, N), orthonormal

    Raises
    ------
    CertificationError
        If no algebra is found.
    """
    for _ in range(_STEPS):
        brackets = bracket(basis[:, None], basis[None])
        structure = _flat_inner(brackets, basis)
        defect = brackets - combine(structure, basis)
        if float(np.abs(defect).max()) < _CLOSED * len(basis[0]):
            return basis
        basis = orthonormal(basis + _correction(basis, structure, defect))
    raise CertificationError(
        f"the brackets of the generators leave their span by {np.abs(defect).max():.1e} and no algebra is near; "
        "give more digits")


def _flat_inner(x: FloatArray, basis: FloatArray) -> FloatArray:
    return np.asarray(inner(x.reshape(-1, *basis.shape[1:]), basis).reshape(*x.shape[:-2], len(basis)))


def _correction(basis: FloatArray, structure: FloatArray, defect: FloatArray) -> FloatArray:
    """Least-squares A with [A_i, b_j] + [b_i, A_j] − Σ c_ijk A_k = −defect_ij outside V, by conjugate gradients."""

    def outside(x: FloatArray) -> FloatArray:
        return np.asarray(x - combine(_flat_inner(x, basis), basis))

    def change(a: FloatArray) -> FloatArray:
        first = bracket(a[:, None], basis[None])
        return outside(first - first.swapaxes(0, 1)) - combine(structure, a)

    def adjoint(y: FloatArray) -> FloatArray:
        return outside(2 * bracket(basis[None], y).sum(axis=1)) - np.tensordot(structure, y, axes=([0, 1], [0, 1]))

    return least_squares(change, adjoint, -defect)


def least_squares(change: LinearMap, adjoint: LinearMap, target: FloatArray) -> FloatArray:
    """The shortest x with least |change(x) − target|, by conjugate gradients on the normal equations.

    The maps are equivariant under a group, so that they have few different singular values and few steps do.

    Parameters
    ----------
    change, adjoint : callables
        A linear map on arrays, and its transpose.
    target : ndarray

    Returns
    -------
    ndarray
    """
    residual = adjoint(target)
    x, direction, norm = np.zeros_like(residual), residual, float((residual**2).sum())
    goal = 1e-20 * norm
    for _ in range(200):
        if norm <= goal:
            break
        image = change(direction)
        step = norm / float((image**2).sum())
        x = x + step * direction
        residual = residual - step * adjoint(image)
        norm, previous = float((residual**2).sum()), norm
        direction = residual + norm / previous * direction
    return np.asarray(x)


def orthonormal(basis: FloatArray) -> FloatArray:
    """The orthonormal basis of the same span nearest to a given one."""
    values, vectors = np.linalg.eigh(inner(basis, basis))
    basis = combine(vectors @ np.diag(values**-0.5) @ vectors.T, basis)
    return np.asarray((basis - basis.swapaxes(1, 2)) / 2)


def read_velocities(generators: Sequence[npt.ArrayLike]) -> FloatArray:
    """Skew matrices of one size, or a refusal."""
    matrices: list[FloatArray] = []
    for i, generator in enumerate(generators):
        matrix = np.asarray(generator, dtype=np.float64)
        if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not np.isfinite(matrix).all():
            raise WeylspecError(f"generator {i} of a Lie algebra must be a square matrix of finite numbers")
        if matrices and matrix.shape != matrices[0].shape:
            raise WeylspecError(f"the generators must have one size; number 0 has {len(matrices[0])} rows, "
                                f"number {i} has {len(matrix)}")
        residual = float(np.abs(matrix + matrix.T).max(initial=0.0))
        if residual > _SKEW * max(1.0, float(np.abs(matrix).max(initial=0.0))):
            raise WeylspecError(f"generator {i} is not skew: X + Xᵀ has an entry {residual:.2g}; isometries that fix "
                                "the origin have skew velocities")
        matrices.append((matrix - matrix.T) / 2)
    if not any(matrix.any() for matrix in matrices):
        raise WeylspecError("the generators of a Lie algebra are all zero; a finite group is MatrixGroup([…])")
    return np.array(matrices)


def typed_accuracy(given: FloatArray) -> float:
    """Half a unit of the last decimal typed, for sums of a row, relative to the largest entry."""
    digits = next((d for d in range(16) if np.array_equal(np.round(given, d), given)), 16)
    return given.shape[-1] * 10.0**-digits / float(np.abs(given).max()) if digits >= 6 else 0.0
