"""Torus cosets: the form in which every compact group enters an average over its elements.

A coset x·exp(θ·H) of a torus of rank r carries its share of Haar measure, eigenvalue data, and the
roots of Weyl's measure on it. Rank 0 is a class of elements of a finite group; a connected Lie group
is a single coset, its maximal torus; a disconnected one has one coset per class of components.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from weylspec.exact.integer_lattice import determinant
from weylspec.exact.modular import prime_factors, unit_residues
from weylspec.exact.polynomials import totient

IntMatrix = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
CharacterValue: TypeAlias = tuple[tuple[Fraction, int], ...]  # Σ n·e(phase), exact

Blocks: TypeAlias = tuple[tuple[int, int, int], ...]  # length, numerator and denominator of the phase

ONE: CharacterValue = ((Fraction(0), 1),)


@dataclass(frozen=True, eq=False)
class LinearCoset:
    """One coset of an orthogonal representation on R^N.

    Block j has length L_j, phase c_j and weight W_j: its eigenvalues are the L_j-th roots of
    e(c_j + W_j·θ), e(x) = exp(2πix), so that det(1 − t·g(θ)) = Π_j (1 − e(c_j + W_j·θ) t^{L_j}).
    A cycle of a permutation is a block of its length with phase 0; with sign −1 the phase is ½.

    Attributes
    ----------
    share : Fraction
        Haar measure of the elements conjugate into this coset; all shares of a group add up to 1.
    lengths : tuple of b ints;  phases : tuple of b Fractions;  weights : ndarray (b, r), int64
        The blocks; Σ lengths = N.
    roots : ndarray (q, r), int64;  root_phases : tuple of q Fractions
        Weyl's measure on the coset is ∝ Π_α (1 − e(root_phase + α·θ)) over all q roots, both signs.
    element : callable
        Returns the representative x as an (N, N) float matrix.
    directions : tuple of r ndarrays (N, N)
        Commuting skew matrices H_j with g(θ) = x·exp(2π Σ θ_j H_j); they commute with x.
    character : tuple of (Fraction, int)
        What averages multiply the traces of the coset by, Σ n·e(phase); 1 for invariants.
    highest : tuple of r ints
        On the torus of a connected group: averages are multiplied by the character of this highest weight, dominant
        for the roots whose first non-zero entry is positive, and such itself; empty for invariants.
    """

    share: Fraction
    lengths: tuple[int, ...]
    phases: tuple[Fraction, ...]
    weights: IntMatrix
    roots: IntMatrix
    root_phases: tuple[Fraction, ...]
    element: Callable[[], FloatArray]
    directions: tuple[FloatArray, ...] = ()
    character: CharacterValue = ONE
    highest: tuple[int, ...] = ()

    @property
    def rank(self) -> int:
        """Rank r of the torus."""
        return int(self.weights.shape[1])

    @property
    def fixed_dim(self) -> int:
        """Dimension of the subspace that the representative x fixes (meaningful for rank 0)."""
        return sum(1 for phase in self.phases if phase == 0)

    @property
    def codimension(self) -> int:
        """Codimension of the subspace that x fixes."""
        return sum(self.lengths) - self.fixed_dim

    @property
    def is_identity(self) -> bool:
        """Whether x is the identity matrix: all blocks of length 1 with phase 0."""
        return self.fixed_dim == sum(self.lengths)

    @property
    def determinant(self) -> Fraction:
        """The phase of det x: the L roots of z in a block have the product (−1)^{L−1} z."""
        halves = Fraction(sum(length - 1 for length in self.lengths), 2)
        return (sum(self.phases, Fraction(0)) + halves) % 1

    @property
    def trace(self) -> CharacterValue:
        """The trace of x: the roots in a block of length 2 and more cancel."""
        return tuple((c, 1) for length, c in zip(self.lengths, self.phases, strict=True) if length == 1)

    @property
    def blocks(self) -> Blocks:
        """Lengths and phases, sorted: the eigenvalues of x with their multiplicities."""
        return tuple(sorted((n, c.numerator, c.denominator) for n, c in zip(self.lengths, self.phases, strict=True)))

    def signature(self, *, ordered: bool = False) -> tuple[object, ...]:
        """Eigenvalue data: cosets that agree in it have equal characters.

        Parameters
        ----------
        ordered : bool
            Whether the order of the blocks counts: pairs of eigenvalues may be oriented.

        Returns
        -------
        tuple

        Examples
        --------
        >>> from weylspec.groups.permutation import SymmetricGroup
        >>> len({coset.signature() for coset in SymmetricGroup(4).natural().cosets()})
        5
        """
        parts = zip(self.lengths, self.phases, self.weights.tolist(), strict=True)
        blocks = [(length, c.numerator, c.denominator, *weight) for length, c, weight in parts]
        return tuple(blocks if ordered else sorted(blocks)), self.roots.tobytes(), self.root_phases

    def denominators(self) -> Iterator[int]:
        """Denominators of all phases; a prime p ≡ 1 modulo their lcm has the roots of unity needed."""
        for phase in (*self.phases, *self.root_phases, *(phase for phase, _ in self.character if phase)):
            yield phase.denominator


@dataclass(frozen=True, eq=False)
class AffineCoset:
    """One coset x ↦ Ax + b + (span of directions) of isometries of R^n/Zⁿ, in lattice coordinates.

    Attributes
    ----------
    share : Fraction
        Haar measure of the coset (or of the class it represents).
    matrix : ndarray (n, n), int64, unimodular
    shift : tuple of n Fractions
        b modulo 1, in fractions of a period.
    directions : ndarray (n, r), int64
        Integer vectors that span the Lie algebra of the translations in the group; (n, 0) if none.
    character : tuple of (Fraction, int)
        As for `LinearCoset`.
    """

    share: Fraction
    matrix: IntMatrix
    shift: tuple[Fraction, ...]
    directions: IntMatrix
    character: CharacterValue = ONE

    @property
    def determinant(self) -> Fraction:
        """The phase of det A."""
        return Fraction(int(determinant(self.matrix) < 0), 2)

    @property
    def trace(self) -> CharacterValue:
        """The trace of A."""
        return ((Fraction(0), int(self.matrix.trace())),)

    @property
    def codimension(self) -> int:
        """Codimension of what the linear part fixes."""
        return int(np.linalg.matrix_rank(self.matrix - np.eye(len(self.matrix))))

    def denominators(self) -> Iterator[int]:
        """Denominators of the shift and of the character."""
        for phase in (*self.shift, *(phase for phase, _ in self.character if phase)):
            yield phase.denominator


def character_residue(value: CharacterValue, p: int) -> int:
    """Σ n·e(phase) in F_p.

    Parameters
    ----------
    value : tuple of (Fraction, int)
    p : int
        Prime, 1 modulo every denominator.

    Returns
    -------
    int, from 0 to p − 1

    Examples
    --------
    The two primitive cube roots of unity add up to −1:

    >>> character_residue(((Fraction(1, 3), 1), (Fraction(2, 3), 1)), 7)
    6
    """
    roots = unit_residues([phase for phase, _ in value], p).tolist()
    return int(sum(n * root for (_, n), root in zip(value, roots, strict=True)) % p)


def character_integer(value: CharacterValue) -> int | None:
    """Σ n·e(phase) where it is an integer because the primitive roots of each order stand in it equally often.

    The primitive d-th roots of unity add up to Möbius' μ(d).

    Parameters
    ----------
    value : tuple of (Fraction, int)

    Returns
    -------
    int or None

    Examples
    --------
    >>> thirds = ((Fraction(1, 3), 1), (Fraction(2, 3), 1))
    >>> character_integer(thirds), character_integer(thirds[:1])
    (-1, None)
    """
    orders: dict[int, list[int]] = {}
    for phase, n in value:
        orders.setdefault(phase.denominator, []).append(n)
    total = 0
    for d, counts in orders.items():
        primes = prime_factors(d)
        squarefree = math.prod(primes)
        if len(set(counts)) > 1 or len(counts) != totient(d):
            return None
        sign = -1 if len(primes) % 2 else 1
        total += counts[0] * sign if squarefree == d else 0
    return total


def character_product(a: CharacterValue, b: CharacterValue) -> CharacterValue:
    """The value of a product of characters.

    Examples
    --------
    >>> character_product(ONE, ((Fraction(1, 2), 3),))
    ((Fraction(1, 2), 3),)
    """
    return tuple(((c + d) % 1, n * m) for c, n in a for d, m in b)


def character_number(value: CharacterValue) -> complex:
    """Σ n·e(phase) as a float.

    Examples
    --------
    >>> round(character_number(((Fraction(1, 6), 1), (Fraction(5, 6), 1))).real, 12)
    1.0
    """
    return sum((n * cmath.exp(2j * cmath.pi * float(phase)) for phase, n in value), 0j)


def finite_coset(
    share: Fraction, lengths: tuple[int, ...], phases: tuple[Fraction, ...], element: Callable[[], FloatArray]
) -> LinearCoset:
    """A coset of rank 0: one conjugacy class of a finite group.

    Classes with equal eigenvalues must not be put together: they agree on harmonics of R^N, but not
    beside another group nor on complex lines.

    Parameters
    ----------
    share : Fraction
    lengths, phases : tuples of b ints and Fractions
        The blocks: all L-th roots of e(phase).
    element : callable
        Returns the representative as a matrix.

    Returns
    -------
    LinearCoset

    Examples
    --------
    >>> import numpy as np
    >>> c = finite_coset(Fraction(1, 2), (2, 1), (Fraction(0), Fraction(0)), lambda: np.eye(3)[[1, 0, 2]])
    >>> c.rank, c.fixed_dim, c.is_identity
    (0, 2, False)
    """
    none = np.zeros((0, 0), dtype=np.int64)
    return LinearCoset(share, lengths, phases, np.zeros((len(lengths), 0), dtype=np.int64), none, (), element)
