"""`CompactLieGroup`: a compact connected group with a bi-invariant metric, and its quotients."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, UnknownGeometryError
from weylspec.exact.characters.classical import Shapes
from weylspec.exact.lie.root_datum import RootDatum
from weylspec.exact.lie.weights import DominantWeights, listing_cost, rank_one_total, total_cost
from weylspec.groups.base import Group
from weylspec.groups.characters import Character, weighted_linear
from weylspec.groups.linear_action import LinearAction
from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.standard import check_standard
from weylspec.groups.two_sided_action import TwoSidedAction
from weylspec.invariants.lie_groups.conjugation import conjugation_fixed_sets
from weylspec.invariants.lie_groups.fixed_sets import ClassicalGroup, on_sphere, two_sided_fixed_sets
from weylspec.invariants.lie_groups.geometry import conjugation_orbits, group_volume, subgroup
from weylspec.invariants.orbit_spaces.fixed_sets import finite_orbits
from weylspec.invariants.orbit_spaces.geometry import CLOSED_FORM, OrbitGeometry
from weylspec.multiplicities import IntArray, exact_integers, sum_by_index
from weylspec.spaces._matrix_elements import matrix_elements, spin_cover
from weylspec.spaces._matrix_model import MatrixModel, determinants
from weylspec.spaces.base import Manifold
from weylspec.spaces.core import Counter, check_sample
from weylspec.spaces.sphere import Sphere
from weylspec.spectrum import Spectrum
from weylspec.units import Number, floor_index, read_length, scaled_length

FloatArray = npt.NDArray[np.float64]
ComplexArray = npt.NDArray[np.complex128]
Residues = npt.NDArray[np.int64]

_MAX_FUNCTIONS = 10**8  # entries of a table of eigenfunctions, 0.8 GB


@dataclass(frozen=True, eq=False, repr=False)
class CompactLieGroup(Manifold):
    """A compact connected Lie group with a bi-invariant metric.

    Each irreducible representation Λ gives the eigenvalue ⟨Λ, Λ + 2ρ⟩ with multiplicity dim(Λ)² (Peter
    and Weyl 1927); equal eigenvalues are one level. The list is complete by construction: the inner
    products of fundamental weights are not negative, so the search over their coefficients ends where
    the eigenvalue passes the cutoff. It is made by the functions of `weylspec.spaces.lie_group`.

    Attributes
    ----------
    name : str
        The constructor.
    argument : int or str
        Its argument.
    scale : Fraction or float
        Factor of all lengths against the metric stated with the constructor.
    datum : RootDatum
        Weights and eigenvalues at scale 1.
    model : MatrixModel or None
        The group as matrices, where the library has them.

    Examples
    --------
    >>> from weylspec.spaces.lie_group import SpecialUnitary
    >>> SpecialUnitary(3).spectrum(cutoff=13).multiplicities.tolist()
    [1, 18, 64]
    """

    name: str
    argument: int | str
    scale: Fraction | float
    datum: RootDatum
    model: MatrixModel | None

    def __post_init__(self) -> None:
        read_length(self.scale, "scale")

    def __repr__(self) -> str:
        if self.scale == 1:
            return f"{self.name}({self.argument!r})"
        shown = f"'{self.scale}'" if isinstance(self.scale, Fraction) else repr(self.scale)
        return f"{self.name}({self.argument!r}, {shown})"

    # -- geometry ---------------------------------------------------------------------------

    @property
    def dim(self) -> int:
        """The rank plus the number of roots."""
        return self.datum.dim

    @property
    def ambient_dim(self) -> int:
        """Length of a point's row: the entries of its matrix."""
        return self._matrices("points").ambient_dim

    @property
    def volume(self) -> float:
        """(2π)^{r+N}/(covol(P)·Π⟨ρ, α⟩), P the weight lattice (Macdonald 1980)."""
        return group_volume(self.datum, float(self.scale))

    @property
    def scalar_curvature(self) -> float:
        """6⟨ρ, ρ⟩."""
        return 6 * float(self.datum.rho_square) / float(self.scale) ** 2

    @property
    def is_homogeneous(self) -> bool:
        """True: the group acts on itself by translations."""
        return True

    def scaled(self, r: Number) -> CompactLieGroup:
        """The same group with all lengths multiplied by r."""
        return replace(self, scale=scaled_length(self.scale, r))

    # -- spectrum ---------------------------------------------------------------------------

    @property
    def _unit(self) -> Fraction | float:
        return Fraction(1, self.datum.denominator) / self.scale**2

    def _weights(self, cutoff: Number) -> DominantWeights:
        return DominantWeights(self.datum, max(floor_index(cutoff, self._unit), 0))

    def levels(self, cutoff: Number) -> Spectrum:
        """Every level ≤ cutoff, with Σ dim(Λ)² over its irreducible representations."""
        if floor_index(cutoff, self._unit) < 0:
            return self._list(np.zeros(0, dtype=np.int64), exact_integers([]), cutoff, "")
        keys, sums = self._weights(cutoff).levels()
        return self._list(keys, sums, cutoff, "Σ dim(Λ)² by Weyl's dimension formula")

    def _list(self, keys: Residues, multiplicities: IntArray, cutoff: Number, how: str) -> Spectrum:
        provenance = f"{self!r}, {how}; every dominant weight with ⟨Λ, Λ + 2ρ⟩ ≤ cutoff was visited"
        return Spectrum.from_keys(keys, multiplicities, (self._unit,), cutoff, provenance)

    def counters(self) -> tuple[Counter, ...]:
        """Closed form for rank 1; else Σ dim² line by line, without a list."""
        if self.datum.rank == 1:
            return (Counter("closed form", lambda lam: 1.0,
                            lambda lam: rank_one_total(self.datum, floor_index(lam, self._unit))),)
        return (Counter("lines of weights", lambda lam: total_cost(self.datum, floor_index(lam, self._unit)),
                        lambda lam: self._weights(lam).total()),)

    def listing_cost(self, lam: Number) -> float:
        """The dominant weights, times the primes that their dimensions need."""
        return listing_cost(self.datum, floor_index(lam, self._unit))

    # -- points and functions -----------------------------------------------------------------

    def _matrices(self, what: str) -> MatrixModel:
        if self.model is None:
            raise UnknownGeometryError(
                f"{self!r} does not offer {what}: it is not kept as a group of matrices here; its spectrum, counts and "
                "conjugation need none"
            )
        return self.model

    def check_points(self, x: npt.ArrayLike) -> FloatArray:
        """Points of shape (n_points, ambient_dim), refused if a matrix is off the group by more than 1e-6."""
        model = self._matrices("points")
        points = super().check_points(x)
        model.check(points, repr(self))
        return points

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Haar-distributed points: unitary factors of Gaussian matrices."""
        check_sample(n, rng)
        return self._matrices("random points").sample(n, rng)

    def _representations(self, cutoff: Number) -> tuple[Shapes, FloatArray, Residues, int]:
        """Shapes and dimensions of the representations ≤ cutoff, the level of each, and the number of levels."""
        weights = self._weights(cutoff)
        unique, index = np.unique(weights.keys(), return_inverse=True)
        model = self._matrices("characters")
        found = model.shapes(self.datum.partitions(weights.labels()))
        return found, weights.dimensions().astype(np.float64), index.astype(np.int64), len(unique)

    def eigenspace_kernel(self, x: npt.ArrayLike, y: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Σ dim(Λ)·χ_Λ(x⁻¹y) over the representations of each level."""
        model = self._matrices("eigenspace kernels")
        first, second = model.matrices(self.check_points(x)), model.matrices(self.check_points(y))
        return self._kernel(first, second, cutoff)

    def _kernel(self, first: ComplexArray, second: ComplexArray, cutoff: Number) -> FloatArray:
        model = self._matrices("eigenspace kernels")
        found, dimensions, index, count = self._representations(cutoff)
        products = np.einsum("aji,bjk->abik", first.conj(), second).reshape(-1, *first.shape[1:])
        characters = determinants(model.eigenvalues(products), found).real
        # The determinant of SO(2m) is the sum of two mirror images, which both stand in the list.
        characters[found.mirror != 0] /= 2
        result = np.zeros((count, len(products)))
        np.add.at(result, index, dimensions[:, None] * characters)
        return result.reshape(count, len(first), len(second))

    def eigenfunctions(self, x: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Matrix elements √(k + 1)·D of the representations, real, for SU(2), Sp(1) and SO(3)."""
        if self.datum.rank > 1 or not self.datum.n_positive or self.model is None:
            raise self._cannot("explicit eigenfunctions; its eigenspace_kernel gives every kernel method what it needs")
        points = self.check_points(x)
        size = self.count(cutoff)
        if size * len(points) > _MAX_FUNCTIONS:
            raise CostError(f"{size} eigenfunctions at {len(points)} points are more than {_MAX_FUNCTIONS} numbers; "
                            "lower the cutoff")
        g = self.model.matrices(points)
        elements = spin_cover(g.real) if self.model.field == "R" else g
        step = 2 if self.model.field == "R" else 1
        top = int(self._weights(cutoff).labels().max(initial=0))
        return np.concatenate(matrix_elements(elements, step, top), axis=1)

    # -- symmetry -------------------------------------------------------------------------------

    def action(self, group: Group) -> TwoSidedAction:
        """Translations by subgroups, or conjugation."""
        action = group.two_sided(self.model.real_size if self.model else None)
        for side in action.sides:
            assert self.model is not None
            check_standard(side, self.model.field, self.model.special, repr(self))
        return action

    def weighted_action(self, group: Group, character: Character) -> TwoSidedAction:
        """Translations by a finite group from one side, with averages weighted by a character."""
        action = self.action(group)
        if len(action.sides) != 1 or action.diagonal is not None or not action.is_finite:
            raise self._cannot("multiplicities of other than invariant functions, but for finite groups on one side")
        (side,) = action.sides
        weighted = weighted_linear(side, character)
        return replace(action, left=action.left and weighted, right=action.right and weighted)

    def orbit_geometry(self, action: TwoSidedAction) -> OrbitGeometry:
        """Volumes and fixed sets: of T/W, of finite quotients, of homogeneous spaces."""
        scale = float(self.scale)
        if action.conjugation:
            return conjugation_orbits(self.datum, scale, action.label)
        assert self.model is not None
        if action.diagonal is not None:
            if not action.is_finite:
                raise UnknownGeometryError(f"the volume of {self!r} / {action.label} is not known in closed form; "
                                           "divide by a finite group, or by Conjugation() of the whole one")
            fixed = conjugation_fixed_sets(self._classical, action.diagonal, scale)
            return finite_orbits(self.dim, self.volume, fixed, action.label, scalar_curvature=self.scalar_curvature)
        if action.is_finite:
            trivial = MatrixGroup([np.eye(self.model.real_size)]).natural()
            sides = (action.left or trivial, action.right or trivial)
            fixed = two_sided_fixed_sets(self._classical, *sides, scale)
            return finite_orbits(self.dim, self.volume, fixed, action.label, scalar_curvature=self.scalar_curvature)
        if len(action.sides) == 2:
            found_on = self._on_sphere(action)
            if found_on is not None:
                sphere, acting = found_on
                return sphere.orbit_geometry(acting)
            raise UnknownGeometryError(
                f"the volume of {self!r} / {action.label} is not known in closed form: a group of positive dimension "
                "acts, and another from the other side; divide from one side, by finite groups from both, or SO(n) by "
                "SO(n − 1) and another group"
            )
        found = subgroup(action.sides[0], self._classical.trace_factor)
        if found.dim == self.dim:
            return OrbitGeometry(0, 1.0, 0.0, (), (), math.inf, True, True, f"{action.label} is transitive",
                                 is_homogeneous=True)
        volume = self.volume / (found.volume * scale**found.dim)
        return OrbitGeometry(self.dim - found.dim, volume, CLOSED_FORM, (), (), math.inf, True, True,
                             f"vol(G)/vol(H), H = {action.sides[0].label} with the restricted metric",
                             is_homogeneous=True)

    def _on_sphere(self, action: TwoSidedAction) -> tuple[Sphere, LinearAction] | None:
        """The sphere SO(n)/SO(n − 1) and the group on it, where SO(n) is divided by SO(n − 1) on one side."""
        if len(action.sides) < 2:
            return None
        acting = on_sphere(self._classical, action)
        return None if acting is None else (Sphere(acting.size - 1, self.scale), acting)

    @property
    def _classical(self) -> ClassicalGroup:
        assert self.model is not None
        metric = Fraction(1, 2) if self.name == "SpecialUnitary" else Fraction(1)
        return ClassicalGroup(self.model.field, self.model.n, self.model.special, metric)

    def invariant_levels(self, action: TwoSidedAction, cutoff: Number) -> Spectrum:
        """Σ dim V_Λ^H·dim V_Λ^K over each level; one class function for each Λ under conjugation."""
        if floor_index(cutoff, self._unit) < 0:
            return self.levels(cutoff)
        found_on = self._on_sphere(action)
        if found_on is not None:  # of SO(n) modulo SO(n − 1) only harmonics are left
            sphere, acting = found_on
            listed = sphere.invariant_levels(acting, cutoff)
            assert listed.keys is not None
            keys = listed.keys[:, 0] * self.datum.denominator
            return self._list(keys, listed.multiplicities, cutoff, f"harmonics on {sphere!r} modulo {acting.label}")
        weights = self._weights(cutoff)
        keys = weights.keys()
        if action.conjugation:
            return self._list(keys, np.ones(len(keys), dtype=np.int64), cutoff, "one class function χ_Λ for each Λ")
        products = self._multiplicities(action, weights)
        unique, index = np.unique(keys, return_inverse=True)
        sums = sum_by_index(products, index.reshape(-1), len(unique))
        how = f"averages of characters over {action.label} modulo primes, one of them a check"
        return self._list(unique, exact_integers(sums), cutoff, how)

    def _multiplicities(self, action: TwoSidedAction, weights: DominantWeights) -> IntArray:
        """Dim V^H·dim V^K, or the dimension of the maps V → V that commute with H, for each representation."""
        dimensions = weights.dimensions()
        if action.diagonal is not None:
            from weylspec.invariants.lie_groups.conjugation import commuting_dimensions

            assert self.model is not None
            shapes = self.model.shapes(self.datum.partitions(weights.labels()))
            return commuting_dimensions(action.diagonal, shapes, dimensions)
        left = self._fixed(action, "left", weights, dimensions)
        right = self._fixed(action, "right", weights, dimensions)
        return np.asarray(left.astype(object) * right.astype(object))

    def _fixed(self, action: TwoSidedAction, side: str, weights: DominantWeights, dimensions: IntArray) -> IntArray:
        from weylspec.invariants.averages.tensors import fixed_dimensions

        group = action.left if side == "left" else action.right
        if group is None:
            return dimensions
        assert self.model is not None
        return fixed_dimensions(group, self.model.shapes(self.datum.partitions(weights.labels())), dimensions)

    def invariant_listing_cost(self, action: TwoSidedAction, lam: Number) -> float:
        """That of the list, and of the averages of all its characters on each side."""
        found_on = self._on_sphere(action)
        if found_on is not None:
            sphere, acting = found_on
            return sphere.invariant_listing_cost(acting, lam)
        cost, top = self.listing_cost(lam), floor_index(lam, self._unit)
        if math.isinf(cost) or not action.sides:
            return cost
        from weylspec.invariants.averages.tensors import averaging_cost

        assert self.model is not None
        # |Λ|² ≤ λ with norms ⟨e_i, e_i⟩ of at least 1/2 after the mean is taken off, and Σ|Λ_i| ≤ √n·|Λ|.
        degree = math.isqrt(2 * self.model.n * max(top, 0) // self.datum.denominator)
        number = listing_cost(self.datum, top) / 20
        return cost + math.fsum(averaging_cost(side, degree, number, self.model.n) for side in action.sides)

    def invariant_counters(self, action: TwoSidedAction) -> tuple[Counter, ...]:
        """Under conjugation the number of dominant weights, line by line; on spheres the series of the quotient."""
        found_on = self._on_sphere(action)
        if found_on is not None:
            sphere, acting = found_on
            return sphere.invariant_counters(acting)
        if not action.conjugation:
            return ()
        return (Counter("lines of weights", lambda lam: total_cost(self.datum, floor_index(lam, self._unit)),
                        lambda lam: self._weights(lam).number),)

    def invariant_kernel(self, action: TwoSidedAction, x: FloatArray, y: FloatArray, cutoff: Number) -> FloatArray:
        """Kernels averaged over Haar nodes of H and K; Σ χ_Λ(x)χ̄_Λ(y) under conjugation."""
        model = self._matrices("invariant kernels")
        first, second = model.matrices(x), model.matrices(y)
        if action.conjugation:
            return self._class_kernel(first, second, cutoff)
        reach = self._representations(cutoff)[0].reach
        total: FloatArray | float = 0.0
        if action.diagonal is not None:
            for h, a in self._nodes(action.diagonal, 2 * reach):
                total = total + a * self._kernel(h @ first @ h.conj().T, second, cutoff)
            return np.asarray(total)
        for (h, a), (k, b) in itertools.product(self._nodes(action.left, reach), self._nodes(action.right, reach)):
            total = total + a * b * self._kernel(h @ first, second @ k, cutoff)
        return np.asarray(total)

    def _nodes(self, side: LinearAction | None, degree: int) -> list[tuple[ComplexArray, float]]:
        """Elements and weights that average polynomials of this degree in the matrix entries over a side."""
        from weylspec.groups.haar import haar_nodes

        model = self._matrices("invariant kernels")
        if side is None:
            return [(model.complex_matrices(np.eye(model.real_size)), 1.0)]
        nodes, shares = haar_nodes(side, degree)
        return list(zip(model.complex_matrices(nodes), shares.tolist(), strict=True))

    def _class_kernel(self, first: ComplexArray, second: ComplexArray, cutoff: Number) -> FloatArray:
        """Σ χ_Λ(x)χ̄_Λ(y): for mirror images of SO(2m) half of the product of sums plus that of differences."""
        model = self._matrices("class functions")
        found, _, index, count = self._representations(cutoff)
        z, w = model.eigenvalues(first), model.eigenvalues(second)
        products = np.einsum("wa,wb->wab", determinants(z, found), determinants(w, found).conj()).real
        split, symplectic = found.differences()
        if len(split):
            inner = np.einsum("wa,wb->wab", determinants(z, symplectic), determinants(w, symplectic)).real
            signs = np.multiply.outer(model.orientations(first), model.orientations(second))
            # Each of the two images is in the list, so that each takes half of their common sum.
            products[split] = (products[split] + signs * inner) / 4
        result = np.zeros((count, *products.shape[1:]))
        np.add.at(result, index, products)
        return result
