"""Orbits of isometries of a flat torus: nearest images modulo the lattice, and one representative each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, UnknownGeometryError
from weylspec.exact.integer_lattice import annihilator
from weylspec.exact.theta import lattice_points
from weylspec.groups.affine_action import AffineAction
from weylspec.invariants.flat import descend
from weylspec.invariants.points.representatives import (
    CHUNK,
    TOLERANCE,
    Assembled,
    Orbits,
    Permuted,
    generic_frame,
    ordered,
)

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

_MOST_ELEMENTS = 20_000
_MOST_VECTORS = 3000
_SLOPE = (np.sqrt(5) - 1) / 2


def flat_orbits(action: AffineAction, basis: FloatArray) -> Orbits:
    """Representatives and distances of the orbits of an action on a flat torus.

    Parameters
    ----------
    action : AffineAction
        In lattice coordinates.
    basis : ndarray of shape (n, n)
        Rows are lattice vectors.

    Returns
    -------
    Orbits
        Blocks that are permuted in all ways are matched, where the lattice vectors are the coordinate axes;
        other groups by their elements.

    Raises
    ------
    UnknownGeometryError
        Above 20 000 elements or components.

    Examples
    --------
    Sixty points of the circle in any order:

    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> orbits = flat_orbits(SymmetricGroup(60).affine(60), 2 * np.pi * np.eye(60))
    >>> x = np.linspace(0.0, 6.0, 60)[None]
    >>> orbits.distance(x, x[:, ::-1] + 2 * np.pi).round(12).tolist()
    [[0.0]]
    """
    if not action.factors or np.abs(basis - np.diag(np.diag(basis))).any():
        return FlatOrbits.of(action, basis)
    parts: list[tuple[Orbits, npt.NDArray[np.int64]]] = []
    for factor in action.factors:
        columns = factor.coordinates.ravel()
        base = flat_orbits(factor.base, basis[np.ix_(factor.coordinates[0], factor.coordinates[0])])
        parts.append((base if factor.m == 1 else Permuted(base, factor.m), columns))
    left = np.setdiff1d(np.arange(action.size), np.concatenate([columns for _, columns in parts]))
    parts.append((FlatOrbits.without_group(basis[np.ix_(left, left)]), left))
    return Assembled(tuple(parts), action.size)


@dataclass(frozen=True, eq=False)
class FlatOrbits(Orbits):
    """Orbits of a finite group on the flat torus that its translations leave.

    Attributes
    ----------
    basis : ndarray of shape (n, n)
        Rows are the lattice vectors of the torus.
    down, up : ndarrays of shapes (n, d) and (d, n)
        Cartesian coordinates to lattice coordinates of the torus that is left, and back to some point above.
    lattice : ndarray of shape (d, d)
        Its lattice vectors as rows.
    matrices, shifts : ndarrays of shapes (order, d, d) and (order, d)
        The elements u ↦ Au + b on it.

    Examples
    --------
    The circle of length 2π, and the same modulo a third of a turn:

    >>> from weylspec.groups.affine import Translations
    >>> circle = FlatOrbits.without_group(2 * np.pi * np.eye(1))
    >>> x, y = np.array([[0.5]]), np.array([[6.0]])
    >>> circle.distance(x, y).round(6).tolist(), round(2 * np.pi - 5.5, 6)
    ([[0.783185]], 0.783185)
    >>> thirds = FlatOrbits.of(Translations(steps=[["1/3"]]).affine(1), circle.basis)
    >>> thirds.distance(x, x + 2 * np.pi / 3).round(12).tolist()
    [[0.0]]
    """

    basis: FloatArray
    down: FloatArray
    up: FloatArray
    lattice: FloatArray
    matrices: FloatArray
    shifts: FloatArray

    @classmethod
    def without_group(cls, basis: FloatArray) -> FlatOrbits:
        """The points of the torus themselves."""
        n = len(basis)
        inverse = np.asarray(np.linalg.inv(basis), dtype=np.float64)
        return cls(basis, inverse, basis, basis, np.eye(n)[None], np.zeros((1, n)))

    @classmethod
    def of(cls, action: AffineAction, basis: FloatArray) -> FlatOrbits:
        """The orbits of an action in lattice coordinates.

        Raises
        ------
        UnknownGeometryError
            Above 20 000 components.
        """
        if action.is_finite and action.order > _MOST_ELEMENTS:
            raise UnknownGeometryError(
                f"{action.label} has {action.order} elements; orbits on flat tori are told apart for at most "
                f"{_MOST_ELEMENTS} elements or components"
            )
        kept = annihilator(action.directions)
        maps = [descend(component, kept) for component in action.components()]
        matrices = np.array([a for a, _ in maps], dtype=np.float64)
        shifts = np.array([[float(x) for x in b] for _, b in maps]).reshape(len(maps), kept.shape[1])
        inverse = np.asarray(np.linalg.inv(basis), dtype=np.float64)
        if not action.dim:
            return cls(basis, inverse, basis, basis, matrices, shifts)
        columns = kept.astype(np.float64)
        lattice = np.linalg.cholesky(np.linalg.inv(columns.T @ inverse @ inverse.T @ columns))
        return cls(basis, inverse @ columns, np.linalg.pinv(columns) @ basis, lattice, matrices, shifts)

    @property
    def size(self) -> int:
        """N."""
        return len(self.basis)

    @cached_property
    def _is_rectangular(self) -> bool:
        gram = self.lattice @ self.lattice.T
        return not np.triu(np.abs(gram), 1).any()

    @cached_property
    def _vectors(self) -> FloatArray:
        """Lattice vectors that may have to be added to coordinates rounded to [−½, ½]."""
        gram = self.lattice @ self.lattice.T
        reach = float(np.sqrt(np.diag(gram)).sum())  # twice the longest that is left by rounding
        try:
            vectors = lattice_points(gram, reach**2)
        except CostError as error:
            raise UnknownGeometryError(f"distances on this torus: {error}") from error
        if len(vectors) > _MOST_VECTORS:
            raise UnknownGeometryError(
                f"a nearest lattice vector is one of {len(vectors)}, above {_MOST_VECTORS}; distances on flat tori are "
                "offered for perpendicular lattice vectors, and in low dimension for reduced ones"
            )
        return vectors.astype(np.float64)

    @property
    def _scale(self) -> float:
        return float(np.linalg.norm(self.lattice, axis=1).max(initial=0.0))

    def distance(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """The least over elements and lattice vectors."""
        u, v = x @ self.down, y @ self.down
        least = np.full((len(u), len(v)), np.inf)
        for matrix, shift in zip(self.matrices, self.shifts, strict=True):
            image = v @ matrix.T + shift
            for start in range(0, len(u), max(1, CHUNK // max(1, v.size))):
                rows = slice(start, start + max(1, CHUNK // max(1, v.size)))
                least[rows] = np.minimum(least[rows], self._shortest(u[rows, None] - image))
        return least

    def _shortest(self, differences: FloatArray) -> FloatArray:
        """Lengths of shortest representatives of lattice coordinates, shape (…, d)."""
        rest = differences - np.round(differences)
        if self._is_rectangular:
            return np.asarray(np.linalg.norm(rest @ self.lattice, axis=-1))
        least = np.full(rest.shape[:-1], np.inf)
        for vector in self._vectors:
            least = np.minimum(least, np.linalg.norm((rest - vector) @ self.lattice, axis=-1))
        return least

    def canonical(self, x: FloatArray) -> FloatArray:
        """The image nearest to a fixed generic point of the plane: a point of its Dirichlet cell."""
        d = len(self.lattice)
        if not d:
            return np.zeros_like(x)
        centre = (0.5 + _SLOPE * np.arange(1, d + 1)) % 1.0
        frame = generic_frame(d)
        result = np.empty_like(x)
        for i, u in enumerate(x @ self.down):
            images = self._near(u @ self.matrices.transpose(0, 2, 1) + self.shifts - centre)
            places = images @ self.lattice
            lengths = np.linalg.norm(places, axis=1)
            near = lengths <= lengths.min() + TOLERANCE * self._scale
            chosen = ordered(places[near], frame)[0]
            result[i] = (images[near][chosen] + centre) @ self.up
        return result

    def _near(self, differences: FloatArray) -> FloatArray:
        """Representatives of lattice coordinates, those of least length among them."""
        rest = differences - np.round(differences)
        if self._is_rectangular:
            rest[rest < -0.5 + TOLERANCE] += 1.0  # half a period is one number, not two
            return np.asarray(rest)
        return np.asarray((rest[:, None] - self._vectors).reshape(-1, rest.shape[1]))
