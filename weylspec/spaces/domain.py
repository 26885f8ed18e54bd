"""`Domain`: a polytope whose mirror images tile space, as a flat torus modulo signed reflections."""

from __future__ import annotations

import math
from abc import abstractmethod
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import islice

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, GroupActionError
from weylspec.groups.affine_action import AffineMap, close, compose, no_directions
from weylspec.groups.base import Group
from weylspec.groups.cosets import AffineCoset
from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.flat import fixed_subtori, shortest_geodesic
from weylspec.invariants.orbit_spaces.fixed_sets import finite_orbits
from weylspec.invariants.orbit_spaces.geometry import OrbitGeometry, Term, Wall, assemble_terms
from weylspec.spaces._characters import CharacterCount
from weylspec.spaces._conditions import sign
from weylspec.spaces._signed import SymmetryAction, waves
from weylspec.spaces.core import Counter
from weylspec.spaces.euclidean import EuclideanDomain
from weylspec.spaces.harmonics import check_size
from weylspec.spaces.quadratic import QuadraticForm
from weylspec.spectrum import Spectrum
from weylspec.units import Number

FloatArray = npt.NDArray[np.float64]

_TOLERANCE = 1e-9
_MOST_LIFTS = 20_000  # about a minute


@dataclass(frozen=True, eq=False)
class Side:
    """A flat piece of the boundary.

    Attributes
    ----------
    name : str
    normal : ndarray (n,)
        Outward, of length 1.
    distance : float
        From the centre of the domain.
    volume : float
        Riemannian (n − 1)-volume.
    condition : str
        "neumann" or "dirichlet".
    """

    name: str
    normal: FloatArray
    distance: float
    volume: float
    condition: str

    def __str__(self) -> str:
        return f"{self.name} ({self.condition})"


class Domain(EuclideanDomain):
    """A Euclidean polytope that reflections in its sides repeat until they fill space.

    Functions on it with Neumann or Dirichlet conditions are functions on a flat torus that the finite
    group of those reflections multiplies by signs. So N(λ) = (1/|W|) Σ_w χ(w)·(characters that w fixes,
    with phases), and every smooth term of the heat trace is a fixed set: the expansion is exact up to
    terms that vanish faster than any power of t (Bérard 1980, "Spectres et groupes cristallographiques").

    A concrete domain supplies its sides and centre, the torus (basis, form) and its signed reflections.
    """

    # -- what a concrete domain supplies --------------------------------------------------------

    @property
    @abstractmethod
    def basis(self) -> FloatArray:
        """Lattice vectors of the torus, as rows."""

    @property
    @abstractmethod
    def form(self) -> QuadraticForm:
        """λ on the characters of that torus."""

    @property
    @abstractmethod
    def reflections(self) -> tuple[AffineCoset, ...]:
        """The group W that the reflections in the sides generate on the torus, with shares χ(w)/|W|."""

    @property
    @abstractmethod
    def sides(self) -> tuple[Side, ...]:
        """The sides, with their conditions."""

    @property
    @abstractmethod
    def centre(self) -> tuple[Fraction, ...]:
        """The point about which symmetries act, in lattice coordinates."""

    # -- geometry ---------------------------------------------------------------------------

    @property
    def dim(self) -> int:
        """N."""
        return len(self.basis)

    @property
    def walls(self) -> tuple[Wall, ...]:
        """The sides: weight 1/4 for a Neumann condition, −1/4 for a Dirichlet condition."""
        return tuple(Wall(side.volume, sign(side.condition) / 4, f"{side} of {self!r}") for side in self.sides)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Volume, sides, and edges and corners: points that products of two and more reflections fix."""
        lower = (replace(term, source=f"{_face(self.dim, term)} of {self!r}")
                 for term in self._fixed(self.reflections, repr(self)).lower)
        return assemble_terms(self.dim, self.volume, f"vol({self!r})", self.walls, tuple(lower))

    @property
    def remainder_dim(self) -> float:
        """−∞: the terms are the heat trace, up to what vanishes faster than any power of t."""
        return -math.inf

    @property
    def length(self) -> float:
        """The shortest closed geodesic of the torus, if that is less than vol^{1/n}."""
        return min(super().length, shortest_geodesic(self.form.gram()))

    def _fixed(self, cosets: tuple[AffineCoset, ...], label: str) -> OrbitGeometry:
        gram, everything = self.form.gram(), np.eye(self.dim, dtype=np.int64)
        fixed = (item for coset in cosets for item in fixed_subtori(coset, everything, gram, label))
        return finite_orbits(self.dim, self.volume * len(self.reflections), fixed, label)

    # -- spectrum ---------------------------------------------------------------------------

    @cached_property
    def _characters(self) -> CharacterCount:
        return CharacterCount.of(self.form, self.reflections)

    def levels(self, cutoff: Number) -> Spectrum:
        """Every level λ ≤ cutoff: characters of the torus, averaged with signs over its reflections."""
        return self._characters.levels(self.form.units, cutoff, self._provenance("its reflections"))

    def _provenance(self, group: str) -> str:
        return (f"{self!r}, characters of a flat torus averaged with signs over {group}; "
                "every character with λ ≤ cutoff is enumerated")

    def listing_cost(self, lam: Number) -> float:
        """Characters of the torus, and those that reflections leave alone."""
        return self._characters.listing_cost(lam)

    def counters(self) -> tuple[Counter, ...]:
        """The list, and slices of the lattices that the reflections leave alone."""
        return (*super().counters(), *self._characters.counters())

    # -- points and functions -----------------------------------------------------------------

    def margin(self, x: FloatArray) -> FloatArray:
        """The distance to the nearest side's hyperplane, negative beyond one."""
        from_centre = x - self._centre
        return np.asarray(np.min([side.distance - from_centre @ side.normal for side in self.sides], axis=0))

    @property
    def _centre(self) -> FloatArray:
        return np.array([float(c) for c in self.centre]) @ self.basis

    def eigenfunctions(self, x: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Sums of exponentials over the reflections, Σ_w χ(w) e^{2πi k·wx}, one orbit of characters k at a time."""
        return self._functions(self.check_points(x), cutoff)

    def _functions(self, points: FloatArray, cutoff: Number) -> FloatArray:
        listed = self.levels(cutoff)
        assert listed.keys is not None
        check_size(len(points), listed.total)
        return waves(self.form, self.reflections, cutoff).values(points @ np.linalg.inv(self.basis), listed.keys)

    def eigenspace_kernel(self, x: npt.ArrayLike, y: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Sums of products of the explicit eigenfunctions."""
        return self._kernel(self.check_points(x), self.check_points(y), cutoff)

    def _kernel(self, x: FloatArray, y: FloatArray, cutoff: Number) -> FloatArray:
        ends = self.levels(cutoff).cumulative.astype(np.intp)
        # what follows the last level is empty, and the only part where there is no level
        first, second = (np.split(self._functions(points, cutoff), ends, axis=1)[:-1] for points in (x, y))
        products = [u @ v.T for u, v in zip(first, second, strict=True)]
        return np.array(products).reshape(len(ends), len(x), len(y))

    # -- symmetry -------------------------------------------------------------------------------

    def action(self, group: Group) -> SymmetryAction:
        """The group's action about the centre, as signed affine maps of the torus.

        Raises
        ------
        GroupActionError
            Unless every generator maps sides to sides with the same condition.
        CostError
            Above 20 000 classes of the group times reflections.
        """
        linear = self._linear(group)
        if not linear.is_finite:
            raise GroupActionError(f"{group!r} is continuous and does not map {self!r} to itself; "
                                   "it has finite symmetry groups only")
        generators = [self._lifted(matrix, group) for matrix in linear.generators]
        most = _MOST_LIFTS // len(self.reflections)
        classes = list(islice(linear.cosets(), most + 1))
        if len(classes) > most:
            raise CostError(f"{group!r} has more than {most} classes on {self!r} with its {len(self.reflections)} "
                            f"reflections; at most {_MOST_LIFTS} pairs of them are summed")
        lifts = []
        for coset in classes:
            move = self._lifted(coset.element(), group)
            for w in self.reflections:
                matrix, shift = compose((w.matrix, w.shift), move)
                lifts.append(replace(w, share=w.share * coset.share, matrix=matrix, shift=shift))
        return SymmetryAction(repr(group), int(linear.order), self.form, tuple(lifts), tuple(generators))

    def _linear(self, group: Group) -> LinearAction:
        """The group on the Cartesian coordinates, about the centre."""
        return group.linear(self.dim)

    def _motion(self, matrix: FloatArray) -> FloatArray:
        """The linear part in Cartesian coordinates of an element as `_linear` gives it."""
        return matrix

    def _lifted(self, element: FloatArray, group: Group) -> AffineMap:
        """The map c + R(x − c) in lattice coordinates, refused unless it keeps the domain and its conditions."""
        linear = self._motion(element)
        for side in self.sides:
            image = next((other for other in self.sides if _meets(linear @ side.normal, side, other)), None)
            if image is None:
                raise GroupActionError(
                    f"{group!r} does not map {self!r} to itself: it moves the {side.name} to no side; symmetries of "
                    f"a domain act about its centre {self._centre.tolist()} and exchange equal sides"
                )
            if image.condition != side.condition:
                raise GroupActionError(f"{group!r} moves the {side} of {self!r} to the {image}; "
                                       "sides that a symmetry exchanges need the same condition")
        inverse = np.linalg.inv(self.basis)
        matrix = np.round(inverse.T @ linear @ self.basis.T).astype(np.int64)
        if not self.form.is_preserved(matrix):
            raise GroupActionError(f"{self!r} has the symmetry {linear.tolist()} only within rounding, so that its "
                                   "levels do not merge as the symmetry asks; type equal sides alike")
        moved = np.eye(self.dim, dtype=np.int64) - matrix
        shift = tuple(sum((int(a) * c for a, c in zip(row, self.centre, strict=True)), Fraction(0)) % 1
                      for row in moved)
        return matrix, shift

    def orbit_geometry(self, action: SymmetryAction) -> OrbitGeometry:
        """Fixed sets of the reflections and symmetries together, on the torus."""
        found = self._fixed(action.lifts, f"{action.label} and reflections in the sides")
        order = int(found.effective_order) // len(self.reflections)
        source = f"vol(M)/{order}, the effective order of {action.label}"
        return replace(found, effective_order=order, is_free=order == 1, source=source)

    def invariant_levels(self, action: SymmetryAction, cutoff: Number) -> Spectrum:
        """Characters averaged with signs over the reflections and symmetries."""
        how = self._provenance(f"its reflections and {action.label}")
        return action.characters.levels(self.form.units, cutoff, how)

    def invariant_listing_cost(self, action: SymmetryAction, lam: Number) -> float:
        """Characters of the torus, and those that reflections and symmetries leave alone."""
        return action.characters.listing_cost(lam)

    def invariant_counters(self, action: SymmetryAction) -> tuple[Counter, ...]:
        """Slices of the lattices that reflections and symmetries leave alone."""
        return action.characters.counters()

    def invariant_kernel(self, action: SymmetryAction, x: FloatArray, y: FloatArray, cutoff: Number) -> FloatArray:
        """The eigenspace kernels averaged over the group."""
        u = self.check_points(x) @ np.linalg.inv(self.basis)
        maps = close(action.maps, no_directions(self.dim))
        moved = [(u @ matrix.T + np.array([float(b) for b in shift])) @ self.basis for matrix, shift in maps]
        kernel = self._kernel(np.concatenate(moved), self.check_points(y), cutoff)
        return np.asarray(kernel.reshape(len(kernel), len(maps), len(x), len(y)).mean(axis=1))


def _face(dim: int, term: Term) -> str:
    """What the points are called that products of reflections in the sides of a polytope fix."""
    if term.dim == 0:
        counted = term.source.partition(" (")[0].partition(" of ")[0]  # "3 corners π/3", where the plane tells angles
        return counted if "corner" in counted else "corners"
    return "edges" if term.dim == 1 else f"faces of dimension {term.dim}"


def _meets(normal: FloatArray, side: Side, other: Side) -> bool:
    return bool(np.abs(normal - other.normal).max() <= _TOLERANCE) and (
        abs(side.distance - other.distance) <= _TOLERANCE * side.distance)
