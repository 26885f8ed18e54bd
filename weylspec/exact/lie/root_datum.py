"""`RootDatum`: a compact connected Lie group with a bi-invariant metric, as integers.

A dominant weight Λ is given by its labels: the Dynkin labels ⟨Λ, α_i^∨⟩ ≥ 0 over the simple coroots
(Bourbaki's order), followed for groups with a central circle by an integer charge of either sign.
Everything else, the eigenvalue ⟨Λ, Λ + 2ρ⟩ and Weyl's dimension, is rational arithmetic on labels.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError
from weylspec.exact.lie.cartan import cartan_matrix, half_norms, positive_coroots

IntMatrix = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False, repr=False)
class RootDatum:
    """A compact connected Lie group with a bi-invariant metric.

    Attributes
    ----------
    name : str
        For messages.
    cartan : ndarray of shape (s, s), int64
        C_ij = ⟨α_i^∨, α_j⟩; 0 × 0 for a torus.
    half_norms : tuple of s Fractions
        ⟨α_i, α_i⟩/2 in the dual metric.
    charge : Fraction
        Norm² of the central charge 1; 0 if the group is semisimple.
    congruences : tuple of (coefficients, modulus)
        Labels are weights of the group if each Σ coefficient·label ≡ 0 modulo its modulus; every row
        has a coefficient that is prime to its modulus.
    coordinates : ndarray of shape (r, m), int64
        Labels of the weights e_1, …, e_m, as columns, where the group has partitions as weights.

    Examples
    --------
    >>> from weylspec.exact.lie.classical import special_unitary
    >>> su3 = special_unitary(3, Fraction(1, 2))
    >>> su3.dimension((1, 1)), su3.casimir((1, 1)), su3.rho_square
    (8, Fraction(12, 1), Fraction(4, 1))
    """

    name: str
    cartan: IntMatrix
    half_norms: tuple[Fraction, ...]
    charge: Fraction = Fraction(0)
    congruences: tuple[tuple[tuple[int, ...], int], ...] = ()
    coordinates: IntMatrix | None = None

    def __repr__(self) -> str:
        return f"RootDatum({self.name})"

    # -- integers of the root system ----------------------------------------------------------

    @property
    def rank(self) -> int:
        """Rank r: the number of labels."""
        return len(self.cartan) + (self.charge > 0)

    @property
    def n_positive(self) -> int:
        """Number N of positive roots."""
        return len(self.coroots)

    @property
    def dim(self) -> int:
        """Dimension of the group, r + 2N."""
        return self.rank + 2 * self.n_positive

    @cached_property
    def coroots(self) -> IntMatrix:
        """Positive coroots as coefficients of the simple ones, shape (N, r); 0 on the charge."""
        found = positive_coroots(self.cartan)
        return np.pad(found, ((0, 0), (0, self.rank - len(self.cartan))))

    @cached_property
    def rho(self) -> tuple[int, ...]:
        """Labels of half the sum of the positive roots: all 1, the charge 0."""
        return (1,) * len(self.cartan) + (0,) * (self.rank - len(self.cartan))

    @cached_property
    def heights(self) -> tuple[int, ...]:
        """⟨ρ, β^∨⟩ of the positive coroots."""
        return tuple(int(h) for h in self.coroots.sum(axis=1))

    @cached_property
    def weyl_order(self) -> int:
        """Order of the Weyl group: Π (m_i + 1), the exponents m_i dual to the numbers of coroots by height."""
        at_height = [self.heights.count(h) for h in range(1, max(self.heights, default=0) + 1)]
        exponents = [sum(1 for n in at_height if n > i) for i in range(len(self.cartan))]
        return math.prod(m + 1 for m in exponents)

    @cached_property
    def _gram(self) -> tuple[IntMatrix, int]:
        entries = _fundamental_gram(self.cartan, self.half_norms)
        if self.charge:
            entries = [[*row, Fraction(0)] for row in entries] + [[Fraction(0)] * len(entries) + [self.charge]]
        denominator = math.lcm(*(x.denominator for row in entries for x in row))
        table = np.array([[int(x * denominator) for x in row] for row in entries], dtype=np.int64)
        return table.reshape(self.rank, self.rank), denominator

    @property
    def gram(self) -> IntMatrix:
        """⟨ω_i, ω_j⟩ of the fundamental weights times `denominator`, shape (r, r); no entry is negative."""
        return self._gram[0]

    @property
    def denominator(self) -> int:
        """The common denominator of all eigenvalues."""
        return self._gram[1]

    # -- one weight -----------------------------------------------------------------------------

    def check_labels(self, labels: Sequence[int]) -> tuple[int, ...]:
        """The labels as Python ints, refused unless they are a dominant weight of the group.

        Raises
        ------
        WeylspecError
            For another number of labels, a negative Dynkin label, or a weight of a covering group only.
        """
        found = tuple(int(a) for a in labels)
        if len(found) != self.rank or any(x != y for x, y in zip(found, labels, strict=True)):
            raise WeylspecError(f"a weight of {self.name} has {self.rank} integer labels, got {tuple(labels)!r}")
        if min(found[: len(self.cartan)], default=0) < 0:
            raise WeylspecError(f"{found} is not dominant: the Dynkin labels of {self.name} must not be negative")
        if not self.has_weight(found):
            raise WeylspecError(f"{found} is a weight of a covering group of {self.name} only")
        return found

    def has_weight(self, labels: Sequence[int]) -> bool:
        """Whether the labels satisfy the group's congruences."""
        return all(sum(c * int(a) for c, a in zip(row, labels, strict=True)) % modulus == 0
                   for row, modulus in self.congruences)

    def dimension(self, labels: Sequence[int]) -> int:
        """Dimension of the irreducible representation, Π_β ⟨Λ + ρ, β^∨⟩/⟨ρ, β^∨⟩, exact (Weyl 1925).

        Examples
        --------
        >>> from weylspec.exact.lie.classical import exceptional
        >>> exceptional("E8").dimension((0, 0, 0, 0, 0, 0, 0, 1))
        248
        """
        shifted = [a + b for a, b in zip(self.check_labels(labels), self.rho, strict=True)]
        top: int = math.prod(sum(c * a for c, a in zip(row, shifted, strict=True)) for row in self.coroots.tolist())
        return top // math.prod(self.heights)

    def casimir(self, labels: Sequence[int]) -> Fraction:
        """The eigenvalue ⟨Λ, Λ + 2ρ⟩.

        Examples
        --------
        >>> from weylspec.exact.lie.classical import exceptional
        >>> exceptional("G2").casimir((1, 0)), exceptional("G2").casimir((0, 1))
        (Fraction(4, 1), Fraction(8, 1))
        """
        found = self.check_labels(labels)
        return self.inner(found, [a + 2 * b for a, b in zip(found, self.rho, strict=True)])

    def inner(self, first: Sequence[int], second: Sequence[int]) -> Fraction:
        """⟨Λ, Λ'⟩ of two weights given by their labels."""
        total = sum(x * g * y for x, row in zip(first, self.gram.tolist(), strict=True)
                    for g, y in zip(row, second, strict=True))
        return Fraction(total, self.denominator)

    # -- partitions -------------------------------------------------------------------------------

    @property
    def _units(self) -> IntMatrix:
        if self.coordinates is None:
            raise WeylspecError(f"the weights of {self.name} are not written as partitions; give Dynkin labels")
        return self.coordinates

    def labels(self, partition: Sequence[int]) -> tuple[int, ...]:
        """Labels of the weight Σ Λ_i e_i (missing parts are 0).

        Examples
        --------
        >>> from weylspec.exact.lie.classical import special_orthogonal
        >>> special_orthogonal(5).labels((2, 1)), special_orthogonal(4).labels((2, -1))
        ((1, 2), (3, 1))
        """
        units = self._units
        parts = [*partition, *(0,) * (units.shape[1] - len(partition))]
        if len(parts) > units.shape[1]:
            raise WeylspecError(f"weights of {self.name} have {units.shape[1]} parts, got {tuple(partition)!r}")
        return self.check_labels([sum(u * int(x) for u, x in zip(row, parts, strict=True)) for row in units.tolist()])

    def partition(self, labels: Sequence[int]) -> tuple[Fraction, ...]:
        """The coefficients Λ_i of e_i (half-integers for spinors; the last is 0 for SU(n)).

        Examples
        --------
        >>> from weylspec.exact.lie.classical import unitary
        >>> [int(x) for x in unitary(2, Fraction(1)).partition((3, 1))]
        [2, -1]
        """
        found = self.check_labels(labels)
        return tuple(sum((c * a for c, a in zip(row, found, strict=True)), Fraction(0))
                     for row in self._parts)

    def partitions(self, labels: IntMatrix) -> IntMatrix:
        """Partitions of rows of labels, shape (W, m); of groups of matrices, where they are integers.

        Examples
        --------
        >>> from weylspec.exact.lie.classical import special_unitary
        >>> special_unitary(3, Fraction(1, 2)).partitions(np.array([[1, 1], [2, 0]])).tolist()
        [[2, 1, 0], [2, 0, 0]]
        """
        scale = math.lcm(*(x.denominator for row in self._parts for x in row))
        table = np.array([[int(x * scale) for x in row] for row in self._parts], dtype=np.int64)
        return labels @ table.T // scale

    @cached_property
    def _parts(self) -> list[list[Fraction]]:
        """The matrix that takes labels to the parts Λ_i, shape (m, r)."""
        units = self._units
        square = [[Fraction(x) for x in row[: self.rank]] for row in units.tolist()]
        return _inverse(square) + [[Fraction(0)] * self.rank] * (units.shape[1] - self.rank)

    # -- numbers that geometry needs ----------------------------------------------------------------

    @cached_property
    def rho_square(self) -> Fraction:
        """⟨ρ, ρ⟩; the scalar curvature is six times as large."""
        return self.inner(self.rho, self.rho)

    @cached_property
    def root_half_norms(self) -> tuple[Fraction, ...]:
        """⟨β, β⟩/2 of the positive roots, in the order of `coroots`: 2/⟨β^∨, β^∨⟩."""
        # ⟨α_i^∨, α_j^∨⟩ = C_ij/d_j, over a common denominator.
        scale = math.lcm(*((1 / d).denominator for d in self.half_norms))
        gram = self.cartan * np.array([int(scale / d) for d in self.half_norms], dtype=np.int64)
        simple = self.coroots[:, : len(self.cartan)]
        return tuple(Fraction(2 * scale, int(x)) for x in np.einsum("bi,ij,bj->b", simple, gram, simple))

    @cached_property
    def rho_product(self) -> Fraction:
        """Π_β ⟨ρ, β⟩ over the positive roots."""
        return math.prod((h * d for h, d in zip(self.heights, self.root_half_norms, strict=True)), start=Fraction(1))

    @cached_property
    def covolume_square(self) -> Fraction:
        """Square of the covolume of the group's weight lattice in the dual metric."""
        index = math.prod(modulus for _, modulus in self.congruences)
        table = [[Fraction(x, self.denominator) for x in row] for row in self.gram.tolist()]
        return _determinant(table) * index**2

    def weight_basis(self) -> list[list[int]]:
        """A basis of the group's weight lattice, as rows of labels (of either sign).

        Raises
        ------
        WeylspecError
            For more than one congruence.
        """
        rows = [[int(i == j) for j in range(self.rank)] for i in range(self.rank)]
        if len(self.congruences) > 1:
            raise WeylspecError(f"{self.name} has {len(self.congruences)} congruences; one is the most")
        for coefficients, modulus in self.congruences:
            pivot = next(i for i, c in enumerate(coefficients) if math.gcd(c, modulus) == 1)
            inverse = pow(coefficients[pivot], -1, modulus)
            for i, row in enumerate(rows):
                row[pivot] = modulus if i == pivot else -coefficients[i] * inverse % modulus
        return rows


def root_datum(
    letter: str,
    rank: int,
    long_norm: Fraction,
    *,
    name: str = "",
    congruences: tuple[tuple[tuple[int, ...], int], ...] = (),
    charge: Fraction = Fraction(0),
    coordinates: IntMatrix | None = None,
) -> RootDatum:
    """The root datum of a Cartan type.

    Parameters
    ----------
    letter : str
        A to G.
    rank : int
        Rank of the semisimple part; A0 and D1 are empty.
    long_norm : Fraction
        ⟨α, α⟩ of the long roots in the dual metric (for B1 and C1 see `cartan.half_norms`).
    name : str
        For messages; the type by default.
    congruences, charge, coordinates
        As in `RootDatum`.

    Returns
    -------
    RootDatum

    Examples
    --------
    >>> e8 = root_datum("E", 8, Fraction(2))
    >>> e8.dim, e8.n_positive, e8.weyl_order, e8.rho_square
    (248, 120, 696729600, Fraction(620, 1))
    """
    return RootDatum(name or f"{letter}{rank}", cartan_matrix(letter, rank), half_norms(letter, rank, long_norm),
                     charge, congruences, coordinates)


def _fundamental_gram(cartan: IntMatrix, norms: tuple[Fraction, ...]) -> list[list[Fraction]]:
    """⟨ω_i, ω_j⟩ = d_i (C⁻¹)_ij, from α_j = Σ_k C_kj ω_k and ⟨ω_i, α_j⟩ = δ_ij d_j."""
    inverse = _inverse([[Fraction(x) for x in row] for row in cartan.tolist()])
    return [[d * x for x in row] for d, row in zip(norms, inverse, strict=True)]


def _inverse(matrix: list[list[Fraction]]) -> list[list[Fraction]]:
    """The inverse of a small rational matrix (Gauss–Jordan)."""
    n = len(matrix)
    rows = [[*row, *(Fraction(int(i == j)) for j in range(n))] for i, row in enumerate(matrix)]
    for i in range(n):
        pivot = next(k for k in range(i, n) if rows[k][i])
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [x / rows[i][i] for x in rows[i]]
        for k in range(n):
            if k != i and rows[k][i]:
                rows[k] = [x - rows[k][i] * y for x, y in zip(rows[k], rows[i], strict=True)]
    return [row[n:] for row in rows]


def _determinant(matrix: list[list[Fraction]]) -> Fraction:
    """The determinant of a small positive definite rational matrix: the product of its pivots."""
    rows, result = [list(row) for row in matrix], Fraction(1)
    for i in range(len(rows)):
        result *= rows[i][i]
        for k in range(i + 1, len(rows)):
            factor = rows[k][i] / rows[i][i]
            rows[k] = [x - factor * y for x, y in zip(rows[k], rows[i], strict=True)]
    return result
