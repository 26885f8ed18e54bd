"""Subalgebras and invariant subspaces of a Lie algebra of skew matrices."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from weylspec.invariants.orbit_spaces.orbit_integrals import killing_fields

FloatArray = npt.NDArray[np.float64]

_TOLERANCE = 1e-8
_SEED = 1729


def orbit_dimension(algebra: FloatArray, rows: FloatArray) -> int:
    """Dimension of the orbit of a generic point of a subspace: the rank of its Killing fields.

    Parameters
    ----------
    algebra : ndarray of shape (g, N, N)
    rows : ndarray of shape (n, N)

    Returns
    -------
    int

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> orbit_dimension(np.array(SO(4).natural().algebra), np.eye(4))
    3
    """
    point = np.random.default_rng(_SEED).standard_normal(len(rows)) @ rows
    return int(np.linalg.matrix_rank(killing_fields(algebra, point[None])[0], tol=_TOLERANCE)) if len(algebra) else 0


def annihilator(algebra: FloatArray, rows: FloatArray) -> FloatArray:
    """Orthonormal basis of the elements of an algebra that kill some vectors.

    Parameters
    ----------
    algebra : ndarray of shape (g, N, N)
    rows : ndarray of shape (q, N)

    Returns
    -------
    ndarray of shape (k, N, N)

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> annihilator(np.array(SO(4).natural().algebra), np.eye(4)[:1]).shape
    (3, 4, 4)
    """
    if not len(algebra):
        return algebra
    images = killing_fields(algebra, rows).transpose(1, 0, 2).reshape(len(algebra), -1)
    left, sizes, _ = np.linalg.svd(images, full_matrices=True)
    rank = int((sizes > _TOLERANCE).sum())
    return np.asarray(np.einsum("gk,gij->kij", left[:, rank:], algebra))


def orthogonal_rows(rows: FloatArray) -> FloatArray:
    """Orthonormal basis of what is at right angles to some orthonormal vectors.

    Parameters
    ----------
    rows : ndarray of shape (q, N)

    Returns
    -------
    ndarray of shape (N − q, N)

    Examples
    --------
    >>> abs(orthogonal_rows(np.eye(3)[:2])).tolist()
    [[0.0, 0.0, 1.0]]
    """
    return np.asarray(np.linalg.svd(rows)[2][len(rows):])


def complement(algebra: FloatArray, inner: FloatArray) -> FloatArray:
    """Orthonormal basis of the complement of a subalgebra, for tr(XᵀY).

    Parameters
    ----------
    algebra : ndarray of shape (g, N, N)
        Orthonormal.
    inner : ndarray of shape (k, N, N)
        Orthonormal, in its span.

    Returns
    -------
    ndarray of shape (g − k, N, N)

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> algebra = np.array(SO(3).natural().algebra) / 2**0.5
    >>> complement(algebra, algebra[:1]).shape
    (2, 3, 3)
    """
    if not len(inner):
        return algebra
    overlap = np.einsum("kij,gij->kg", inner, algebra)
    _, _, right = np.linalg.svd(overlap)
    return np.asarray(np.einsum("kg,gij->kij", right[len(inner):], algebra))


def invariant_parts(algebra: FloatArray, rows: FloatArray) -> list[FloatArray]:
    """Split an invariant subspace into irreducible ones (the vectors that are fixed stay together).

    The eigenspaces of a generic symmetric matrix that commutes with the algebra.

    Parameters
    ----------
    algebra : ndarray of shape (g, N, N)
    rows : ndarray of shape (n, N)
        Orthonormal.

    Returns
    -------
    list of ndarrays of orthonormal rows

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> sorted(len(p) for p in invariant_parts(np.array(SO(3).copies(2).natural().extended(8).algebra), np.eye(8)))
    [2, 3, 3]
    """
    acting = rows @ algebra @ rows.T
    if len(rows) < 2 or np.abs(acting).max(initial=0.0) < _TOLERANCE:
        return [rows]
    values, vectors = np.linalg.eigh(-(acting @ acting).sum(axis=0))
    fixed = vectors[:, values < _TOLERANCE].T
    moved = vectors[:, values >= _TOLERANCE].T
    parts = [fixed @ rows] if len(fixed) else []
    small = moved @ acting @ moved.T
    symmetric = np.random.default_rng(_SEED).standard_normal((len(moved), len(moved)))
    symmetric = commuting_part(small, symmetric + symmetric.T)
    values, vectors = np.linalg.eigh(symmetric)
    cuts = np.flatnonzero(np.diff(values) > 1e-6 * np.abs(values).max()) + 1
    return parts + [block.T @ moved @ rows for block in np.split(vectors, cuts, axis=1)]


def commuting_part(acting: FloatArray, start: FloatArray) -> FloatArray:
    """Orthogonal projection of a symmetric matrix onto those that commute with some skew matrices.

    Conjugate gradients for Σ[X, [X, S]] = 0: the operator has few distinct eigenvalues, so few steps solve it.

    Parameters
    ----------
    acting : ndarray of shape (g, n, n)
        Skew.
    start : ndarray of shape (n, n)
        Symmetric.

    Returns
    -------
    ndarray of shape (n, n)

    Examples
    --------
    >>> commuting_part(np.array([[[0.0, -1], [1, 0]]]), np.diag([1.0, 3.0]))
    array([[2., 0.],
           [0., 2.]])
    """

    def operator(matrix: FloatArray) -> FloatArray:
        inner = acting @ matrix - matrix @ acting
        return np.asarray((inner @ acting - acting @ inner).sum(axis=0))

    point, residual = start, -operator(start)
    direction, size = residual, float((residual**2).sum())
    scale = size
    for _ in range(500):
        if size <= 1e-26 * max(scale, 1.0):
            break
        image = operator(direction)
        step = size / float((direction * image).sum())
        point = point + step * direction
        residual = residual - step * image
        size, previous = float((residual**2).sum()), size
        direction = residual + size / previous * direction
    return point
