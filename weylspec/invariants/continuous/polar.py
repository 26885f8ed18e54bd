"""Polar actions of connected groups: a flat section Σ, its Weyl group W, and V/G = Σ/W in closed form.

At a regular x ∈ Σ the maps Xx ↦ Xξ, ξ ∈ Σ, of the tangent space of the orbit commute and have the eigenvalues
α(ξ)/α(x): the shape operators of the orbit. Their joint eigenspaces give every hyperplane α = 0 of Σ on which
orbits collapse, by a sphere whose dimension is the multiplicity. The reflections in these hyperplanes
generate W (Dadok 1985; Palais & Terng 1988).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.errors import CertificationError
from weylspec.invariants.continuous.subspaces import annihilator, complement
from weylspec.invariants.orbit_spaces.orbit_integrals import killing_fields

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_TOLERANCE = 1e-7
_ORTHOGONAL = 1e-8  # of Killing fields of orthonormal elements at unit vectors
_SEED = 1729


@dataclass(frozen=True, eq=False)
class PolarSection:
    """A section and its arrangement of walls.

    Attributes
    ----------
    rows : ndarray of shape (r, N)
        Orthonormal basis of Σ.
    normals : ndarray of shape (q, r)
        Unit normals of the hyperplanes, in coordinates of Σ; positive at the points of one chamber.
    multiplicities : ndarray of shape (q,), int64
        Dimensions of the spheres by which orbits collapse.

    Examples
    --------
    Rotations of R³ acting on one vector: the half-line, on whose end a 2-sphere collapses.

    >>> from weylspec.groups.orthogonal import SO
    >>> section = find_section(np.array(SO(3).natural().algebra), np.eye(3))
    >>> section.multiplicities.tolist(), section.order
    ([2], 2)
    """

    rows: FloatArray
    normals: FloatArray
    multiplicities: IntArray

    @property
    def rank(self) -> int:
        """Dimension r of the section."""
        return len(self.rows)

    @cached_property
    def simple(self) -> FloatArray:
        """Normals of the walls of the chamber: their reflections keep all other normals positive."""
        chosen = []
        for i, normal in enumerate(self.normals):
            others = np.delete(self.normals, i, axis=0)
            if ((others - 2 * np.outer(others @ normal, normal)) @ self._inside > 0).all():
                chosen.append(normal)
        return np.array(chosen).reshape(-1, self.rank)

    @property
    def _inside(self) -> FloatArray:
        """A point of the open chamber."""
        return np.random.default_rng(_SEED).standard_normal(self.rank)

    @property
    def degrees(self) -> tuple[int, ...]:
        """Degrees of the basic invariants of W: 1 + exponents, read off a Coxeter element (Coxeter 1951)."""
        found = []
        for part in _linked(self.simple):
            turn = np.eye(self.rank)
            for normal in part:
                turn = turn - 2 * np.outer(turn @ normal, normal)
            outside = np.abs(self.normals - (self.normals @ np.linalg.pinv(part)) @ part).max(axis=1)
            coxeter = 2 * int((outside < _TOLERANCE).sum()) // len(part)
            angles = np.angle(np.linalg.eigvals(turn)) / (2 * math.pi) % 1 * coxeter
            exponents = [round(a) for a in angles.tolist() if 0.5 < a < coxeter - 0.5]
            if len(exponents) != len(part):
                raise CertificationError("the hyperplanes of the section do not belong to a finite reflection group")
            found += [e + 1 for e in exponents]
        return tuple(sorted(found))

    @property
    def order(self) -> int:
        """Order of W."""
        return math.prod(self.degrees)

    @property
    def smallest_orbit(self) -> int:
        """Dimension of the smallest orbit outside the origin: on an edge of the chamber."""
        if len(self.simple) < self.rank:
            return 0
        edges = np.linalg.pinv(self.simple)
        off = np.abs(self.normals @ edges) > _TOLERANCE
        return int((self.multiplicities @ off).min())

    def weight(self, sigma: FloatArray) -> FloatArray:
        """Π|α(σ)|^m, in proportion to the volumes of orbits, at points of shape (n, r)."""
        return np.asarray((np.abs(sigma @ self.normals.T) ** self.multiplicities).prod(axis=1))

    def fold(self, points: FloatArray) -> FloatArray:
        """Points of Σ reflected into the closed chamber, shape (n, r)."""
        points = points.copy()
        for _ in range(len(self.normals) * len(self.simple) + 1):
            moved = False
            for normal in self.simple:
                depth = points @ normal
                below = depth < -1e-12
                points[below] -= 2 * np.outer(depth[below], normal)
                moved = moved or bool(below.any())
            if not moved:
                break
        return points

    def conjugates(self, normal: FloatArray) -> int:
        """Number of hyperplanes into which W moves the one with a given unit normal."""
        seen = {_line_key(normal)}
        waiting = [normal]
        while waiting:
            point = waiting.pop()
            for wall in self.simple:
                image = point - 2 * float(point @ wall) * wall
                key = _line_key(image)
                if key not in seen:
                    seen.add(key)
                    waiting.append(image)
        return len(seen)


@dataclass(frozen=True, eq=False)
class Chamber:
    """Points of a section drawn inside one chamber, on whose walls weights have kinks.

    Attributes
    ----------
    edges : ndarray of shape (r, r)
        Row i is the vector on whose multiples only the i-th simple normal is not zero, where it is 1.
    order : int
        Number of chambers.
    """

    edges: FloatArray
    order: int

    @staticmethod
    def of(section: PolarSection) -> Chamber:
        """The chamber of a section without fixed vectors.

        Parameters
        ----------
        section : PolarSection

        Returns
        -------
        Chamber
        """
        return Chamber(np.asarray(np.linalg.inv(section.simple).T), section.order)

    def draw(self, z: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Points Σ t_i e_i with half-normal t_i = |z_i|/|e_i|, and how much more likely normal variables have them.

        The edges make acute angles, so that the ratio of the densities is bounded.

        Parameters
        ----------
        z : ndarray of shape (n, r)
            Normal variables.

        Returns
        -------
        points : ndarray of shape (n, r)
        ratio : ndarray of shape (n,)
            The mean of f(z) for a function f with the symmetry of the section is that of ratio·f(points).

        Examples
        --------
        A square's chamber, |z|² of two normal variables:

        >>> z = np.random.default_rng(0).standard_normal((40000, 2))
        >>> x, ratio = Chamber(np.array([[1.0, 0], [1, 1]]), 8).draw(z)
        >>> abs(float((ratio * (x**2).sum(axis=1)).mean()) - 2) < 0.1
        True
        """
        units = self.edges / np.linalg.norm(self.edges, axis=1, keepdims=True)
        t = np.abs(z)
        points = t @ units
        # the density of t is 2^r times the normal one, and dx = |det units| dt
        jacobian = self.order * abs(float(np.linalg.det(units))) / 2.0 ** len(units)
        return points, jacobian * np.exp(((t**2).sum(axis=1) - (points**2).sum(axis=1)) / 2)


def find_section(algebra: FloatArray, subspace: FloatArray) -> PolarSection | None:
    """The section of a polar action on an invariant subspace, or None where it is not polar.

    The section is the normal space of a generic orbit; the action is polar when all orbits meet it at right
    angles (Dadok 1985).

    Parameters
    ----------
    algebra : ndarray of shape (g, N, N)
        Orthonormal basis.
    subspace : ndarray of shape (n, N)
        Orthonormal rows.

    Returns
    -------
    PolarSection or None

    Raises
    ------
    CertificationError
        If the hyperplanes found are not closed under their reflections.

    Examples
    --------
    Three vectors of R³ have no section at right angles:

    >>> from weylspec.groups.orthogonal import SO
    >>> find_section(np.array(SO(3).copies(3).natural().algebra), np.eye(9)) is None
    True
    """
    point = np.random.default_rng(_SEED).standard_normal(len(subspace)) @ subspace
    rows = _orthogonal_rows(subspace, killing_fields(algebra, point[None])[0])
    if np.abs(killing_fields(algebra, rows) @ rows.T).max(initial=0.0) > _ORTHOGONAL:
        return None
    moving = complement(algebra, annihilator(algebra, rows))
    r = len(rows)
    if not len(moving):
        return PolarSection(rows, np.zeros((0, r)), np.zeros(0, dtype=np.int64))
    inside = np.random.default_rng(_SEED).standard_normal(r)
    fields = killing_fields(moving, np.concatenate([(inside @ rows)[None], rows]))
    tangent = np.linalg.svd(fields[0])[2][:len(moving)]
    frame = fields[0] @ tangent.T
    shapes = np.linalg.solve(frame[None], fields[1:] @ tangent.T)  # row X of the frame is mapped to Xξ
    generic = np.tensordot(np.random.default_rng(_SEED + 1).standard_normal(r), shapes, axes=1)
    values, vectors = np.linalg.eigh((generic + generic.T) / 2)
    cuts = np.flatnonzero(np.diff(values) > _TOLERANCE * np.abs(values).max()) + 1
    normals, multiplicities = [], []
    for block in np.split(vectors, cuts, axis=1):
        functional = np.einsum("ia,rij,ja->r", block, shapes, block)
        normals.append(functional / np.linalg.norm(functional))
        multiplicities.append(block.shape[1])
    found = PolarSection(rows, np.array(normals), np.array(multiplicities, dtype=np.int64))
    _check_closed(found)
    return found


def _orthogonal_rows(rows: FloatArray, vectors: FloatArray) -> FloatArray:
    """Orthonormal basis of the part of a row space at right angles to vectors."""
    _, sizes, right = np.linalg.svd(np.concatenate([vectors, np.zeros((len(rows), rows.shape[1]))]) @ rows.T)
    rank = int((sizes > _ORTHOGONAL).sum())
    return np.asarray(right[rank:] @ rows)


def _check_closed(section: PolarSection) -> None:
    for normal in section.normals:
        images = section.normals - 2 * np.outer(section.normals @ normal, normal)
        overlaps = np.abs(images @ section.normals.T)
        best = overlaps.argmax(axis=1)
        if (overlaps.max(axis=1) < 1 - _TOLERANCE).any() or (
                section.multiplicities[best] != section.multiplicities).any():
            raise CertificationError("the hyperplanes of the section are not closed under their reflections")


def _linked(simple: FloatArray) -> list[FloatArray]:
    """Irreducible components of a simple system."""
    waiting = list(range(len(simple)))
    parts = []
    while waiting:
        part = [waiting.pop()]
        for i in part:
            linked = [j for j in waiting if abs(float(simple[i] @ simple[j])) > _TOLERANCE]
            part += linked
            waiting = [j for j in waiting if j not in linked]
        parts.append(simple[part])
    return parts


def _line_key(normal: FloatArray) -> bytes:
    """A key that ±normal share, to six digits."""
    outer = np.round(np.outer(normal, normal), 6) + 0.0
    return outer.tobytes()
