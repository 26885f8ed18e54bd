"""`Torus` and `FlatTorus`: flat tori R^n/Λ, exact spectra as theta series, affine groups acting."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, GroupActionError, WeylspecError
from weylspec.groups.affine_action import AffineAction, affine_from_linear
from weylspec.groups.base import Group, whole
from weylspec.groups.characters import Character, weighted_affine
from weylspec.groups.cosets import character_integer
from weylspec.groups.factor_action import FactorAction, affine_power
from weylspec.invariants.flat import (
    invariant_characters,
    is_translation,
    largest_order,
    shortest_geodesic,
    torus_orbits,
)
from weylspec.invariants.heat_expansion import HeatExpansion, flat_expansion
from weylspec.invariants.orbit_spaces.geometry import OrbitGeometry, finite_volume
from weylspec.invariants.orbit_spaces.orbit_sizes import OrbitSize, torus_orbit_size
from weylspec.invariants.points.flat import FlatOrbits, flat_orbits
from weylspec.invariants.points.representatives import Orbits
from weylspec.spaces._characters import CharacterCount
from weylspec.spaces._powers import JoinedPower, PermutedFactors, PowerSymmetry
from weylspec.spaces._symmetric_tori import symmetric_counters
from weylspec.spaces._theta import count_levels, listing_cost, vectors_below
from weylspec.spaces._torus_series import invariant_characters_by_level, is_structured, structured_cost
from weylspec.spaces._waves import averaged_waves, local_sums
from weylspec.spaces.base import Manifold
from weylspec.spaces.core import Counter, Space, check_sample
from weylspec.spaces.harmonics import check_size
from weylspec.spaces.quadratic import QuadraticForm, dual_form
from weylspec.spectrum import Spectrum
from weylspec.units import Number, Unit, floor_index, number, positive, typed, values

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FloatArray = npt.NDArray[np.float64]
IntMatrix = npt.NDArray[np.int64]
Residues = npt.NDArray[np.int64]

_TOLERANCE = 1e-9
_SMALLEST = 1e-100  # squares and their inverses stay inside the range of floats
_MOST_DIMENSIONS = 1000
_MAX_COSETS = 1000  # whose fixed lattices are set up for counting, in about a second
_PERIODS_DRAWN = 2
_ULPS = 4 * np.finfo(np.float64).eps


@dataclass(frozen=True, eq=False, repr=False, init=False)
class FlatTorus(Manifold):
    """The flat torus R^n/Λ: λ = 4π²|k|² over the dual lattice Λ*, complete by enumeration.

    Parameters
    ----------
    basis : sequence of n lattice vectors (rows)
        Ints, Fractions and decimal strings are exact; floats merge levels where their Gram matrix
        is commensurable (within 4 ulp of fractions of denominator at most 10⁴).

    Examples
    --------
    The hexagonal torus has 6 shortest dual vectors, λ = 16π²/3:

    >>> hexagonal = FlatTorus([[1, 0], [0.5, 3**0.5 / 2]])
    >>> hexagonal.spectrum(num=13).multiplicities.tolist()
    [1, 6, 6]
    """

    label: str
    basis: FloatArray
    form: QuadraticForm

    def __init__(self, basis: Sequence[Sequence[Number]], *, label: str = "") -> None:
        try:
            rows = [[number(entry, "basis entry") for entry in row] for row in basis]
        except TypeError as error:
            raise WeylspecError(f"basis must be n rows of length n, got {basis!r}") from error
        if not rows or any(len(row) != len(rows) for row in rows):
            raise WeylspecError(f"basis must be n rows of length n, got rows of lengths {[len(r) for r in rows]}")
        matrix = np.array([[float(x) for x in row] for row in rows])
        sizes = np.abs(matrix).max(axis=1)
        if not ((sizes > _SMALLEST) & (sizes < 1 / _SMALLEST) | (sizes == 0)).all():
            raise WeylspecError(f"basis vectors must have lengths between {_SMALLEST:g} and {1 / _SMALLEST:g}, got "
                                f"{matrix.tolist()}; use other units of length")
        directions = matrix / np.where(sizes, np.linalg.norm(matrix, axis=1), 1.0)[:, None]
        if abs(float(np.linalg.det(directions))) <= _TOLERANCE:
            raise WeylspecError(f"basis {matrix.tolist()} is singular; give {len(rows)} independent vectors")
        object.__setattr__(self, "label", label or f"FlatTorus({_typed_rows(rows)})")
        object.__setattr__(self, "basis", matrix)
        object.__setattr__(self, "form", dual_form(rows))

    @classmethod
    def _of_form(cls, label: str, basis: FloatArray, form: QuadraticForm) -> FlatTorus:
        torus = cls.__new__(cls)
        for name, value in (("label", label), ("basis", basis), ("form", form)):
            object.__setattr__(torus, name, value)
        return torus

    def __repr__(self) -> str:
        return self.label

    # -- geometry ---------------------------------------------------------------------------

    @property
    def dim(self) -> int:
        """N."""
        return len(self.basis)

    @property
    def is_flat(self) -> bool:
        """True."""
        return True

    @property
    def ambient_dim(self) -> int:
        """n: points are Cartesian, any representative modulo the lattice."""
        return len(self.basis)

    @property
    def volume(self) -> float:
        """|det Λ|."""
        with np.errstate(over="ignore"):
            return finite_volume(abs(float(np.linalg.det(self.basis))), repr(self))

    @property
    def scalar_curvature(self) -> float:
        """Zero."""
        return 0.0

    @property
    def remainder_dim(self) -> float:
        """−∞: the heat trace is the leading term, up to what vanishes faster than any power of t."""
        return -math.inf

    @property
    def length(self) -> float:
        """The shortest closed geodesic, if that is less than vol^{1/n}."""
        return min(super().length, shortest_geodesic(self.form.gram()))

    @property
    def counting_margin(self) -> float:
        """πn/(shortest closed geodesic), a bound on the dual lattice's covering radius (Banaszczyk 1993)."""
        return math.pi * self.dim / self.length

    @property
    def is_homogeneous(self) -> bool:
        """True: translations act transitively."""
        return True

    def scaled(self, r: Number) -> FlatTorus:
        """The torus with its lattice multiplied by r."""
        factor = positive(r, "scale")
        return FlatTorus._of_form(f"{self.label}.scaled({typed(factor)})", self.basis * float(factor),
                                  self.form.divided(factor**2))

    # -- spectrum ---------------------------------------------------------------------------

    def levels(self, cutoff: Number) -> Spectrum:
        """Every level λ ≤ cutoff with the number of dual vectors on it."""
        return self._list(self.form, cutoff, "theta series of Λ*")

    def _list(self, form: QuadraticForm, cutoff: Number, how: str) -> Spectrum:
        keys, counts = count_levels(form, cutoff)
        return Spectrum.from_keys(keys, counts, form.units, cutoff, self._provenance(how))

    def _provenance(self, how: str) -> str:
        return f"{self!r}, {how}; every dual vector with λ ≤ cutoff is enumerated"

    def heat_expansion(self) -> HeatExpansion:
        """Poisson: the volume alone, but for e^{−ℓ²/4t}."""
        return flat_expansion(self.terms, self.length, f"{self!r}, Poisson summation")

    def listing_cost(self, lam: Number) -> float:
        """The dual vectors, or an array of keys for each coordinate."""
        return listing_cost(self.form, lam)

    def counters(self) -> tuple[Counter, ...]:
        """The list, and slices of the lattice where its form has one unit."""
        return (*super().counters(), *CharacterCount.of_lattice(self.form).counters())

    # -- points and functions -----------------------------------------------------------------

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Uniform points of the fundamental parallelepiped."""
        check_sample(n, rng)
        return np.asarray(rng.random((n, self.dim)) @ self.basis)

    def distance(self, x: npt.ArrayLike, y: npt.ArrayLike) -> FloatArray:
        """Lengths of the shortest of all straight lines."""
        return FlatOrbits.without_group(self.basis).distance(self.check_points(x), self.check_points(y))

    def canonical(self, x: npt.ArrayLike) -> FloatArray:
        """The representative modulo the lattice that is nearest to a fixed point."""
        return FlatOrbits.without_group(self.basis).canonical(self.check_points(x))

    def eigenspace_kernel(self, x: npt.ArrayLike, y: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Σ over the level's dual vectors of cos 2πk·(x − y)."""
        identity = ((np.eye(self.dim, dtype=np.int64), (Fraction(0),) * self.dim),)
        everything = np.eye(self.dim, dtype=np.int64)
        return self._characters_kernel(everything, identity, self.check_points(x), self.check_points(y), cutoff)

    def _characters_kernel(
        self, kept: IntMatrix, maps: Sequence[tuple[IntMatrix, tuple[Fraction, ...]]], x: FloatArray, y: FloatArray,
        cutoff: Number,
    ) -> FloatArray:
        listed = self.levels(cutoff)
        assert listed.keys is not None
        keys, coordinates = vectors_below(self.form.restricted(kept), cutoff)
        level_of = {tuple(row): i for i, row in enumerate(listed.keys.tolist())}
        index = np.array([level_of[tuple(row)] for row in keys.tolist()], dtype=np.intp)
        inverse = np.linalg.inv(self.basis)
        average, waves = averaged_waves((kept @ coordinates.T).T, maps, x @ inverse, y @ inverse)
        result = np.zeros((len(listed), len(x), len(y)))
        order = np.argsort(index, kind="stable")
        for level in np.unique(index):
            rows = order[np.searchsorted(index[order], level): np.searchsorted(index[order], level, side="right")]
            left = np.concatenate([average[rows].real, -average[rows].imag])
            result[level] = left.T @ np.concatenate([waves[rows].real, waves[rows].imag])
        return result

    def eigenfunctions(self, x: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """1, then √2 cos 2πk·x and √2 sin 2πk·x for one k of each pair ±k of dual vectors, level by level."""
        points = self.check_points(x) @ np.linalg.inv(self.basis)
        keys, k = vectors_below(self.form, cutoff)
        check_size(len(points), len(k))
        order = np.lexsort((*k.T, *keys.T[::-1], values(keys, self.form.units)))
        level, k = keys[order], k[order]
        first = np.array([tuple(row) > (0,) * self.dim for row in k.tolist()], dtype=bool)
        angles = 2 * math.pi * points @ k.T
        waves = np.where(first, math.sqrt(2) * np.cos(angles), math.sqrt(2) * np.sin(angles))
        waves[:, ~level.any(axis=1)] = 1.0
        return np.asarray(waves)

    # -- symmetry -------------------------------------------------------------------------------

    def action(self, group: Group) -> AffineAction:
        """The group's affine action in lattice coordinates, refused unless it is isometric."""
        action = group.affine(self.dim)
        gram = self.basis @ self.basis.T
        for matrix, _ in action.generators:
            residual = float(np.abs(matrix.T @ gram @ matrix - gram).max() / np.abs(gram).max())
            if residual > _TOLERANCE:
                raise GroupActionError(
                    f"{group!r} does not act on {self!r} by isometries: the linear part {matrix.tolist()} changes "
                    f"the lattice's inner products by {residual:.2g} (relative); {action.remedy}"
                )
            if not self.form.is_preserved(matrix):
                raise GroupActionError(
                    f"{self!r} has the symmetry {matrix.tolist()} only within {residual:.1g}, so that its levels do "
                    "not merge as the symmetry asks; type the basis to full precision, or with exact numbers"
                )
        return action

    def orbit_size(self, action: AffineAction, point: FloatArray) -> OrbitSize:
        """Copies of the subtorus of translations."""
        return torus_orbit_size(action, self.basis, point)

    def orbits(self, action: AffineAction) -> Orbits:
        """Nearest images under the group and the lattice."""
        return flat_orbits(action, self.basis)

    def weighted_action(self, group: Group, character: Character) -> AffineAction:
        """The action, with averages weighted by a character.

        Raises
        ------
        GroupActionError
            For translations alone, whose other characters shift the lattice.
        """
        action = self.action(group)
        if is_translation(action):
            raise GroupActionError(f"{group!r} consists of translations; only their invariant functions are counted")
        return weighted_affine(action, character)

    def draw_cells(self, action: AffineAction, ax: Axes | None) -> Axes:
        """In the plane, over two periods each way."""
        if self.dim != 2:
            return super().draw_cells(action, ax)
        from weylspec.invariants.points.tilings import torus_tiling
        from weylspec.render.tilings import plane_tiling_picture

        t = torus_tiling(action, self.basis, _PERIODS_DRAWN)
        return plane_tiling_picture(t.images, t.flips, t.motifs, t.mirrors, t.glides, t.centres, t.orders,
                                    window=_PERIODS_DRAWN * self.basis, ax=ax, title=action.label)

    def power_symmetry(self, power: Space, parts: FactorAction[Group]) -> PowerSymmetry:
        """A diagonal action on a power is an affine one on the torus of m times the dimension."""
        m = parts.m
        tables = np.array([np.kron(np.eye(m, dtype=np.int64), table) for table in self.form.tables])
        basis = np.asarray(np.kron(np.eye(m), self.basis), dtype=np.float64)
        joined = FlatTorus._of_form(repr(power), basis, replace(self.form, tables=tables))
        if parts.diagonal is not None:
            return JoinedPower(joined, affine_power(self.action(parts.diagonal), parts))
        if self.dim > 1 or parts.permutations is None:
            return super().power_symmetry(power, parts)
        permutations = affine_from_linear(parts.permutations, parts.label)
        return PermutedFactors(self, power, parts, joined.invariant_counters(permutations))

    def orbit_geometry(self, action: AffineAction) -> OrbitGeometry:
        """Fixed subtori on the torus that the translations leave."""
        return torus_orbits(action, self.form.gram())

    def invariant_levels(self, action: AffineAction, cutoff: Number) -> Spectrum:
        """Average over cosets of theta series of their fixed characters, with phases, modulo primes.

        Translations only filter the characters: what they leave is a lattice, and its theta series
        is the answer. For direct factors H ≀ S_m on orthogonal blocks a recursion takes the place of the cosets.
        """
        keys, multiplicities, how = invariant_characters_by_level(self.form, action, cutoff)
        return Spectrum.from_keys(keys, multiplicities, self.form.units, cutoff, self._provenance(how))

    def invariant_expansion(self, action: AffineAction) -> HeatExpansion:
        """Poisson: the fixed sets of all classes, but for what is exponentially small."""
        found = self.orbit_geometry(action)
        order = largest_order(action, _MAX_COSETS)
        if not found.walls_complete or order is None:
            return super().invariant_expansion(action)
        # g^order translates by a vector of the lattice: no closed geodesic of the quotient is shorter than ℓ/order.
        length = min(self.length, found.length) / order
        return flat_expansion(found.terms, length, f"{self!r}, fixed sets of {action.label}")

    def invariant_listing_cost(self, action: AffineAction, lam: Number) -> float:
        """The characters that the translations leave, or the series of the blocks."""
        if is_structured(self.form, action, lam):
            return structured_cost(action, floor_index(lam, self.form.units[0]))
        return listing_cost(self.form.restricted(invariant_characters(action)), lam)

    def invariant_counters(self, action: AffineAction) -> tuple[Counter, ...]:
        """Multisets of integers, points of the lattice that translations leave, or of those that the cosets fix."""
        if is_translation(action):
            return CharacterCount.of_lattice(self.form.restricted(invariant_characters(action))).counters()
        return (*symmetric_counters(self.form, action), *self._coset_counters(action))

    def _coset_counters(self, action: AffineAction) -> tuple[Counter, ...]:
        try:
            cosets = list(islice(action.cosets(), _MAX_COSETS + 1))
        except CostError:
            return ()
        phased = any(character_integer(coset.character) is None for coset in cosets)
        if len(cosets) > _MAX_COSETS or phased:  # phases of a character shift the lattices
            return ()
        return CharacterCount.of(self.form, cosets).counters()

    def invariant_kernel(self, action: AffineAction, x: FloatArray, y: FloatArray, cutoff: Number) -> FloatArray:
        """Characters left by the translations, averaged over the components."""
        from weylspec.exact.integer_lattice import annihilator

        kept = annihilator(action.directions)
        return self._characters_kernel(kept, action.components(), self.check_points(x), self.check_points(y), cutoff)

    def invariant_local_count(self, action: AffineAction, points: FloatArray, lam: Number) -> FloatArray:
        """Σ_k e_k(x)‾·(e_k averaged over the components), over the characters left by the translations."""
        from weylspec.exact.integer_lattice import annihilator

        kept = annihilator(action.directions)
        characters = (kept @ vectors_below(self.form.restricted(kept), lam)[1].T).T
        return local_sums(characters, action.components(), points @ np.linalg.inv(self.basis))


def Torus(n: int) -> FlatTorus:
    """The torus (R/2πZ)ⁿ: λ = |k|², k ∈ Zⁿ, with integer eigenvalues and volume (2π)ⁿ.

    Parameters
    ----------
    n : int
        Dimension, at least 1.

    Returns
    -------
    FlatTorus

    Examples
    --------
    >>> Torus(2).spectrum(cutoff=5).multiplicities.tolist(), Torus(1).count(100)
    ([1, 4, 4, 4, 8], 21)
    """
    size = whole(n, "n", 1)
    if size > _MOST_DIMENSIONS:
        raise CostError(f"Torus({n}) has more than {_MOST_DIMENSIONS} dimensions; take a smaller one")
    form = QuadraticForm((cast("Unit", Fraction(1)),), np.eye(size, dtype=np.int64)[None])
    return FlatTorus._of_form(f"Torus({size})", 2 * math.pi * np.eye(size), form)


def _typed_rows(rows: Sequence[Sequence[Fraction | float]]) -> str:
    return f"[{', '.join('[' + ', '.join(map(typed, row)) + ']' for row in rows)}]"
