"""`FlagManifold`: the full flags of C^n, and G/T for every simple compact G, with exact spectra."""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, GroupActionError, WeylspecError
from weylspec.exact.characters.classical import Shapes
from weylspec.exact.characters.zero_weights import check_weyl_order, zero_weight_multiplicities
from weylspec.exact.lie.classical import EXCEPTIONAL, exceptional, special_unitary, spin, symplectic
from weylspec.exact.lie.root_datum import RootDatum
from weylspec.exact.lie.weights import DominantWeights, listing_cost
from weylspec.groups.base import Group, whole
from weylspec.groups.complex_cosets import SCALAR_I, check_commuting, complex_coset
from weylspec.groups.cosets import LinearCoset
from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.averages.tensors import averaging_cost, fixed_dimensions
from weylspec.invariants.orbit_spaces.fixed_sets import FixedSet, finite_orbits
from weylspec.invariants.orbit_spaces.geometry import OrbitGeometry
from weylspec.invariants.orbit_spaces.planes import continuous_orbits, eigenspaces, scaled_sets
from weylspec.multiplicities import IntArray, exact_integers
from weylspec.spaces._homogeneous import ScaledSpace, check_frames
from weylspec.spaces._spherical import linear_character_values
from weylspec.spaces.core import check_sample
from weylspec.spectrum import Spectrum
from weylspec.units import Number, floor_index, read_length

FloatArray = npt.NDArray[np.float64]
IntMatrix = npt.NDArray[np.int64]

_SMALLEST_RANK = {"A": 1, "B": 2, "C": 2, "D": 4}
_MAX_NODES = 20_000


@dataclass(frozen=True, eq=False, repr=False, init=False)
class FlagManifold(ScaledSpace):
    """The full flags of Cⁿ, SU(n)/T, or G/T for a simple type such as "B2" or "G2", in the normal metric.

    The metric of SU(n) is −½tr(XY), of SO(n) −½tr(XY), of Sp(n) Re tr(X*Y), and of the exceptional groups the one
    whose long roots have dual norm² 2 (theory of each group's bi-invariant metric). λ_Λ = ⟨Λ, Λ + 2ρ⟩ for the
    dominant weights Λ in the root lattice, with multiplicity dim Λ times that of the weight 0 in Λ (Frobenius;
    Kostant 1959). The first eigenvalues of FlagManifold(3) are 0(1), 12(16), 24(20), 32(81). For Weyl groups with more
    than 60 000 elements, n ≥ 9 among them, E7 and E8, there is a geometry but no spectrum.

    Points, for SU(n)/T only, are the orthonormal vectors z_1, …, z_n of C^n that span the flag, one after the other,
    real and imaginary parts beside one another; each counts up to a phase. Groups that commute with i act on C^n.

    Parameters
    ----------
    type : int or str
        n for SU(n), or a type: "A2", "B3", "C2", "D4", "E6", "F4", "G2".
    scale : int, Fraction, decimal string or float
        Multiplies all lengths; exact unless a float.

    Examples
    --------
    >>> FlagManifold(3).spectrum(cutoff=48).multiplicities.tolist(), FlagManifold("G2").dim
    ([1, 16, 20, 81, 140], 12)
    """

    type: int | str
    scale: Fraction | float

    def __init__(self, type: int | str, scale: Number = 1) -> None:
        object.__setattr__(self, "type", type if isinstance(type, str) else whole(type, "n", 2))
        object.__setattr__(self, "scale", read_length(scale, "scale"))
        self.datum  # noqa: B018  (a type that does not exist is refused at once)

    def __repr__(self) -> str:
        return f"FlagManifold({self.type!r}{self._shown_scale})"

    def _at_scale(self, scale: Fraction | float) -> FlagManifold:
        return FlagManifold(self.type, scale)

    @cached_property
    def datum(self) -> RootDatum:
        """The root datum of the simply connected group."""
        if not isinstance(self.type, str):
            return special_unitary(self.type, Fraction(1, 2))
        if self.type in EXCEPTIONAL:
            return exceptional(self.type)
        letter, rank = self.type[:1], self.type[1:]
        if letter not in _SMALLEST_RANK or not re.fullmatch("[1-9][0-9]?", rank) or int(rank) < _SMALLEST_RANK[letter]:
            raise WeylspecError(
                f"{self.type!r} is no simple type: write n for the flags of C^n, or A1, A2, …, B2, …, C2, …, D4, …, "
                + ", ".join(EXCEPTIONAL)
            )
        r = int(rank)
        return {"A": lambda: special_unitary(r + 1, Fraction(1, 2)), "B": lambda: spin(2 * r + 1),
                "C": lambda: symplectic(r), "D": lambda: spin(2 * r)}[letter]()

    @property
    def _n(self) -> int | None:
        """The n for the flags of C^n; None for other types."""
        if not isinstance(self.type, str):
            return self.type
        return int(self.type[1:]) + 1 if self.type.startswith("A") else None

    # -- geometry ---------------------------------------------------------------------------

    @property
    def dim(self) -> int:
        """Twice the number of positive roots."""
        return 2 * self.datum.n_positive

    @property
    def ambient_dim(self) -> int:
        """Of n vectors of C^n; for other types, which offer no points, that of the group."""
        return self.datum.dim if self._n is None else 2 * self._n**2

    @property
    def _unit_volume(self) -> float:
        """vol(G)/vol(T) = (2π)^N/Π⟨ρ, α⟩ (Macdonald 1980)."""
        return (2 * math.pi) ** self.datum.n_positive / float(self.datum.rho_product)

    @property
    def scalar_curvature(self) -> float:
        """Scal = N·c/2 + Σ_{α>0} |α|² with the Casimir c = 24|ρ|²/dim G of the adjoint representation."""
        casimir = 24 * self.datum.rho_square / self.datum.dim
        total = self.datum.n_positive * casimir / 2 + 2 * sum(self.datum.root_half_norms)
        return float(total) / float(self.scale) ** 2

    # -- spectrum ---------------------------------------------------------------------------

    @property
    def _step(self) -> Fraction:
        return Fraction(1, self.datum.denominator)

    def _weights(self, cutoff: Number) -> tuple[IntMatrix, IntMatrix, IntArray, IntMatrix]:
        """Labels, keys, dimensions, and multiplicities of 0, of the weights of the root lattice up to a cutoff."""
        check_weyl_order(self.datum)
        self._check_cost(cutoff)
        top = floor_index(cutoff, self._unit)
        found = DominantWeights(self.datum, max(top, 0))
        labels = found.labels()
        zeros = zero_weight_multiplicities(self.datum, labels)
        chosen = (zeros > 0) & (top >= 0)
        return labels[chosen], found.keys()[chosen], found.dimensions()[chosen], zeros[chosen]

    def levels(self, cutoff: Number) -> Spectrum:
        """Every level ≤ cutoff."""
        _, keys, dimensions, zeros = self._weights(cutoff)
        return self._list(keys, dimensions, zeros, cutoff, "Weyl's dimensions times the multiplicity of the weight 0")

    def _list(self, keys: IntMatrix, sizes: IntArray, zeros: IntMatrix, cutoff: Number, how: str) -> Spectrum:
        provenance = (f"{self!r}, closed form: dominant weights of the root lattice, {how}; all of the finitely many "
                      "weights with ⟨Λ, Λ + 2ρ⟩ ≤ cutoff are listed")
        products = exact_integers(sizes.astype(object) * zeros.astype(object))
        return Spectrum.from_keys(keys, products, (self._unit,), cutoff, provenance)

    def listing_cost(self, lam: Number) -> float:
        """That of the weights, for every element of the Weyl group."""
        top = floor_index(lam, self._unit)
        return listing_cost(self.datum, top) + 10.0 * listing_cost(self.datum, top) * self.datum.weyl_order / 20

    # -- points -------------------------------------------------------------------------------

    def _flags_of(self, what: str) -> int:
        if self._n is None:
            raise self._cannot(f"{what}: only the flags of C^n do, FlagManifold(n)")
        return self._n

    def check_points(self, x: npt.ArrayLike) -> FloatArray:
        """Rows of n vectors of C^n, refused unless they are orthonormal to 1e-6."""
        self._flags_of("points")
        points = super().check_points(x)
        check_frames(self, self._unitary(points))
        return points

    def _unitary(self, points: FloatArray) -> npt.NDArray[np.complex128]:
        n = self._flags_of("points")
        z: npt.NDArray[np.complex128] = points[:, ::2] + 1j * points[:, 1::2]
        return z.reshape(len(points), n, n)

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Uniform flags: QR of Gaussian matrices."""
        size = self._flags_of("random points")
        check_sample(n, rng)
        gaussian = rng.standard_normal((n, size, size, 2))
        q = np.linalg.qr(gaussian[..., 0] + 1j * gaussian[..., 1])[0].transpose(0, 2, 1)
        return np.stack([q.real, q.imag], axis=-1).reshape(n, self.ambient_dim)

    def eigenspace_kernel(self, x: npt.ArrayLike, y: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Characters of U(n) averaged over the phases of the vectors of one flag."""
        self._flags_of("eigenspace kernels")
        return self._kernel(self._unitary(self.check_points(x)), self._unitary(self.check_points(y)), cutoff)

    def _kernel(
        self, first: npt.NDArray[np.complex128], second: npt.NDArray[np.complex128], cutoff: Number
    ) -> FloatArray:
        labels, keys, dimensions, _ = self._weights(cutoff)
        partitions = self.datum.partitions(labels)
        points = int(partitions.max(initial=0)) + 1
        n = first.shape[1]
        if points ** (n - 1) > _MAX_NODES:
            raise CostError(f"eigenspace kernels of {self!r} to this cutoff need {points}^{n - 1} phases, more than "
                            f"{_MAX_NODES}; ask for a smaller cutoff")
        products = np.einsum("aik,bjk->abij", first, second.conj())
        total = np.zeros((len(labels), len(first), len(second)))
        for turns in itertools.product(range(points), repeat=n - 1):
            phases = np.exp(2j * math.pi * np.array([*turns, 0]) / points)
            total += linear_character_values(products * phases, partitions).real
        total *= dimensions.astype(np.float64)[:, None, None] / points ** (n - 1)
        level = np.unique(keys, return_inverse=True)[1].reshape(-1)
        result = np.zeros((int(level.max(initial=-1)) + 1, *total.shape[1:]))
        np.add.at(result, level, total)
        return result

    # -- symmetry -----------------------------------------------------------------------------

    def action(self, group: Group) -> LinearAction:
        """The group's action on C^n = R^{2n}; it commutes with i.

        Raises
        ------
        GroupActionError
            If it does not, or for types other than SU(n).
        """
        if self._n is None:
            raise GroupActionError(f"{self!r} cannot be divided by {group!r}: groups act on the flags of C^n only")
        return check_commuting(group.linear(2 * self._n), SCALAR_I, "i")

    def invariant_levels(self, action: LinearAction, cutoff: Number) -> Spectrum:
        """The multiplicity of 0 in each weight's irrep times the vectors that G fixes in it."""
        labels, keys, dimensions, zeros = self._weights(cutoff)
        partitions = self.datum.partitions(labels)
        shifted = partitions - (partitions.sum(axis=1) // partitions.shape[1])[:, None]
        fixed = fixed_dimensions(action, Shapes.unitary(shifted), dimensions)
        how = f"characters of U({self._n}) averaged over {action.label} modulo primes, one of them a check"
        return self._list(keys, fixed, zeros, cutoff, how)

    def invariant_listing_cost(self, action: LinearAction, lam: Number) -> float:
        """That of the list, and of the averages of all its characters: λ ≥ 2|Λ|² and Σ|Λ_i| ≤ √n·|Λ|."""
        cost = self.listing_cost(lam)
        if math.isinf(cost):
            return cost
        n, top = action.size // 2, floor_index(lam, self._unit)
        degree = math.isqrt(max(top, 0) * n // (2 * self.datum.denominator))
        return cost + averaging_cost(action, degree, listing_cost(self.datum, top) / 20, n)

    def orbit_geometry(self, action: LinearAction) -> OrbitGeometry:
        """Geometry of M/G for a finite G, from the flags made of lines in eigenspaces, or for a transitive one."""
        if not action.is_finite:
            lower = np.tril_indices(action.size // 2, -1)
            return continuous_orbits(
                action, self.dim, lambda a: (a[::2, ::2] + 1j * a[1::2, ::2])[lower], repr(self))
        fixed = (self._fixed(complex_coset(coset), action.label) for coset in action.cosets())
        return finite_orbits(self.dim, self.volume, scaled_sets(fixed, float(self.scale)), action.label,
                             scalar_curvature=self.scalar_curvature)

    def _fixed(self, coset: LinearCoset, label: str) -> FixedSet:
        """Flags of the eigenspaces, once for each order of the eigenvalues; normal are the Hom between two of them."""
        parts = eigenspaces(coset, 2)
        orders = math.factorial(sum(part.size for part in parts))
        dim, volume, normal = 0, 1.0, 1.0
        for part in parts:
            m = part.size
            orders //= math.factorial(m)
            dim += m * (m - 1)
            volume *= math.pi ** (m * (m - 1) // 2) / math.prod(math.factorial(k) for k in range(m))
        for a, b in itertools.combinations(parts, 2):
            gap = 2 * abs(math.sin(math.pi * float(a.spectrum[0] - b.spectrum[0])))
            normal *= gap ** (2 * a.size * b.size)
        return FixedSet(coset.share, dim, orders * volume, normal, label)

    def invariant_kernel(self, action: LinearAction, x: FloatArray, y: FloatArray, cutoff: Number) -> FloatArray:
        """Kernels averaged over Haar nodes that are exact up to the degree of the largest mixed tensors."""
        from weylspec.groups.haar import haar_nodes

        partitions = self.datum.partitions(self._weights(cutoff)[0])
        nodes, weights = haar_nodes(action, 2 * int(partitions.sum(axis=1).max(initial=0)))
        second, rows = self._unitary(y), x.reshape(len(x), action.size // 2, action.size)
        return np.asarray(sum(weight * self._kernel(self._unitary((rows @ g.T).reshape(x.shape)), second, cutoff)
                              for g, weight in zip(nodes, weights, strict=True)))
