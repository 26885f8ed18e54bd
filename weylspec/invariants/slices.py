"""Towers of slices: coordinates of a quotient in which the integrand 1/vol(Gx) stays bounded.

V = V_1 ⊕ V_2 ⊕ …; where G acts polarly on V_1 with section Σ_1, every orbit meets Σ_1 ⊕ V_2 ⊕ …, on which the
isotropy K_1 of Σ_1 still acts; K_1 is treated likewise. For invariant f

    ∫_V f dx = C·∫_{Σ_1 ⊕ Σ_2 ⊕ … ⊕ rest} w f dσ,   w = Π vol(K_{i−1} σ_i) up to constants,

and since vol(Gx) ≥ Π vol(K_{i−1} σ_i)·vol(K_last y) the weight cancels the poles of 1/vol(Gx): where plain
integration has infinite variance, this integrand is bounded as soon as the last isotropy acts trivially on the rest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from weylspec.invariants.geometry import sphere_volume
from weylspec.invariants.orbit_integrals import (
    TARGET,
    Estimate,
    killing_fields,
    normal_mean,
    orbit_densities,
    orthonormal_algebra,
)

FloatArray = npt.NDArray[np.float64]

_TOLERANCE = 1e-8
_SEED = 1729


@dataclass(frozen=True, eq=False)
class Slice:
    """One polar step: rows of the section, and the fields whose volume is its weight.

    Attributes
    ----------
    rows : ndarray of shape (r, N)
        Orthonormal basis of Σ.
    moving : ndarray of shape (n − r, N, N)
        Orthonormal basis of the complement of the isotropy algebra; empty where V_i is fixed or not reduced.
    size : int
        Dimension n of V_i.
    """

    rows: FloatArray
    moving: FloatArray
    size: int

    @property
    def rank(self) -> int:
        """Dimension r of the section."""
        return len(self.rows)

    def weight(self, sigma: FloatArray) -> FloatArray:
        """Vol(Kσ) up to a constant, at points σ in the coordinates of the section, shape (n, r)."""
        if not len(self.moving):
            return np.ones(len(sigma))
        if self.rank == 1:
            return np.asarray(np.abs(sigma[:, 0]) ** (self.size - 1))
        fields = killing_fields(self.moving, sigma @ self.rows)
        return orbit_densities(fields, len(self.moving))

    def constant(self) -> Estimate:
        """C with ∫_{V_i} f = C·∫_Σ weight·f for invariant f."""
        if not len(self.moving):
            return Estimate(1.0, 0.0)
        if self.rank == 1:
            return Estimate(sphere_volume(self.size - 1) / 2, 0.0)
        mean = normal_mean(self.weight, self.rank, rel=2e-4)
        return Estimate(float((2 * math.pi) ** ((self.size - self.rank) / 2)) / mean.value, mean.error)


@dataclass(frozen=True, eq=False)
class Tower:
    """All the steps, sphere by sphere.

    Attributes
    ----------
    slices : tuple of tuples of Slice
        For each invariant summand of V whose unit sphere is a factor of M.
    isotropy : ndarray of shape (k, N, N)
        Lie algebra that fixes every polar section.
    """

    slices: tuple[tuple[Slice, ...], ...]
    isotropy: FloatArray


def build_tower(algebra: FloatArray, summands: tuple[FloatArray, ...]) -> Tower:
    """Reduce invariant subspaces step by step to sections of polar actions.

    Parameters
    ----------
    algebra : ndarray of shape (g, N, N)
        Orthonormal basis of the Lie algebra.
    summands : tuple of ndarrays (n_a, N)
        Orthonormal rows of the invariant subspaces.

    Returns
    -------
    Tower

    Examples
    --------
    Three vectors of R³: lengths 1, 2 and 3 of the rows of a triangular matrix.

    >>> from weylspec.groups.orthogonal import SO
    >>> algebra = np.array(SO(3).copies(3).natural().algebra)
    >>> [s.rank for s in build_tower(algebra / 6**0.5, (np.eye(9),)).slices[0] if len(s.moving)]
    [1, 1]
    """
    isotropy = algebra
    waiting = [(a, rows) for a, rows in enumerate(summands)]
    done: list[tuple[int, Slice]] = []
    while waiting:
        parts = [(a, part) for a, rows in waiting for part in invariant_parts(isotropy, rows)]
        waiting = []
        found = None
        for a, rows in sorted(parts, key=lambda item: -len(item[1])):
            section = _polar_section(isotropy, rows) if found is None else None
            if section is None:
                waiting.append((a, rows))
            elif section.rank == len(rows):
                done.append((a, section))
            else:
                found = section
                done.append((a, section))
        if found is None:
            done += [(a, Slice(rows, isotropy[:0], len(rows))) for a, rows in waiting]
            break
        isotropy = annihilator(isotropy, found.rows)
    return Tower(tuple(tuple(s for b, s in done if b == a) for a in range(len(summands))), isotropy)


def _polar_section(algebra: FloatArray, rows: FloatArray) -> Slice | None:
    """The slice of a polar action on an invariant subspace, or None where it is not polar."""
    point = np.random.default_rng(_SEED).standard_normal(len(rows)) @ rows
    normal = _orthogonal_rows(rows, killing_fields(algebra, point[None])[0])
    images = killing_fields(algebra, normal)
    if np.abs(images @ normal.T).max(initial=0.0) > _TOLERANCE:
        return None
    fixing = annihilator(algebra, normal)
    return Slice(normal, _complement(algebra, fixing), len(rows))


def _orthogonal_rows(rows: FloatArray, vectors: FloatArray) -> FloatArray:
    """Orthonormal basis of the part of a row space at right angles to vectors."""
    _, sizes, right = np.linalg.svd(np.concatenate([vectors, np.zeros((len(rows), rows.shape[1]))]) @ rows.T)
    rank = int((sizes > _TOLERANCE).sum())
    return np.asarray(right[rank:] @ rows)


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


def _complement(algebra: FloatArray, inner: FloatArray) -> FloatArray:
    """Orthonormal basis of the complement of a subalgebra, for tr(XᵀY)."""
    if not len(inner):
        return algebra
    overlap = np.einsum("kij,gij->kg", inner, algebra)
    _, _, right = np.linalg.svd(overlap)
    return np.asarray(np.einsum("kg,gij->kij", right[len(inner):], algebra))


def invariant_parts(algebra: FloatArray, rows: FloatArray) -> list[FloatArray]:
    """Split an invariant subspace into irreducible ones (the vectors that are fixed stay together).

    The eigenspaces of a generic symmetric matrix that commutes with the algebra; it is the projection of a
    random one, found by conjugate gradients: the equation has few distinct eigenvalues, so few steps solve it.

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
    symmetric = _commuting(small, symmetric + symmetric.T)
    values, vectors = np.linalg.eigh(symmetric)
    cuts = np.flatnonzero(np.diff(values) > 1e-6 * np.abs(values).max()) + 1
    return parts + [block.T @ moved @ rows for block in np.split(vectors, cuts, axis=1)]


def _commuting(acting: FloatArray, start: FloatArray) -> FloatArray:
    """Orthogonal projection of a symmetric matrix onto those that commute with the skew matrices."""

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


def connected_volume(
    algebra: FloatArray, summands: tuple[FloatArray, ...], radii: tuple[float, ...], group_volume: float,
    isotropy_volume: float = 1.0, rel: float = TARGET,
) -> Estimate:
    """Volume of M/G for a connected G of orthogonal matrices and a product M of unit spheres of invariant subspaces.

    Parameters
    ----------
    algebra : ndarray of shape (g, N, N)
        Any basis of the Lie algebra.
    summands : tuple of ndarrays (n_a, N)
        Orthonormal rows of the invariant subspaces V_a, at right angles to each other; M = Π S(V_a).
    radii : tuple of floats
        Radii of the spheres.
    group_volume : float
        Volume of the group of matrices in the metric tr(XᵀY).
    isotropy_volume : float
        Volume of a principal isotropy group in this metric; its order where it is finite.
    rel : float
        Relative error aimed at.

    Returns
    -------
    Estimate
        ∫_M dvol(x)/vol(Gx).

    Examples
    --------
    (S²)²/SO(3), of volume π/√2; SO(3) has the volume 8π²·4^{3/2} in the metric tr(XᵀY) of two copies:

    >>> from weylspec.groups.orthogonal import SO
    >>> algebra = np.array(SO(3).copies(2).natural().algebra)
    >>> found = connected_volume(algebra, (np.eye(6)[:3], np.eye(6)[3:]), (1.0, 1.0), 64 * math.pi**2)
    >>> round(found.value * 2**0.5 / math.pi, 9)
    1.0
    """
    algebra = orthonormal_algebra(algebra)
    tower = build_tower(algebra, summands)
    slices = [s for group in tower.slices for s in group]
    starts = np.cumsum([0, *(s.rank for s in slices)])
    section = np.concatenate([s.rows for s in slices])
    sizes = [sum(s.rank for s in group) for group in tower.slices]
    owners = np.repeat(np.arange(len(sizes)), sizes)
    orbit_dim = orbit_dimension(algebra, section)
    fixing = annihilator(algebra, section)
    moving = _complement(algebra, fixing) if len(algebra) - len(fixing) == orbit_dim else algebra
    scale = np.array(radii)

    def integrand(z: FloatArray) -> FloatArray:
        norms = np.sqrt(np.stack([(z[:, owners == a] ** 2).sum(axis=1) for a in range(len(sizes))], axis=1))
        z = z * (scale / norms)[:, owners]
        density = orbit_densities(killing_fields(moving, z @ section), orbit_dim)
        weight = np.ones(len(z))
        for s, start in zip(slices, starts, strict=False):
            weight = weight * s.weight(z[:, start:start + s.rank])
        return np.divide(weight, density, out=np.zeros(len(z)), where=density > 0)

    mean = normal_mean(integrand, len(section), rel)
    constants = [s.constant() for s in slices]
    spheres = math.prod(sphere_volume(q - 1) * r ** (q - 1) for q, r in zip(sizes, radii, strict=True))
    value = mean.value * spheres * math.prod(c.value for c in constants) * isotropy_volume / group_volume
    return Estimate(value, mean.error + math.fsum(c.error for c in constants))


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
