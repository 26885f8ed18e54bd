"""Groups that permute coordinates, with or without signs, by classes and never by elements."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import combinations, product
from typing import Any

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, WeylspecError
from weylspec.exact.partitions import (
    centralizer_order,
    cycle_lengths,
    is_even,
    is_shape,
    partitions,
    symmetric_character,
)
from weylspec.groups._permutations import (
    check_classes,
    cycle,
    finite_action,
    is_signed_permutation,
    permutation_coset,
    permutation_matrix,
    permuted,
    signed_coset,
)
from weylspec.groups.base import Group, whole
from weylspec.groups.characters import Character
from weylspec.groups.cosets import CharacterValue, LinearCoset
from weylspec.groups.factors import Factor
from weylspec.groups.linear_action import LinearAction
from weylspec.groups.wreath import trivial_action, wreath_action

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SymmetricGroup(Group):
    """All permutations of n coordinates.

    Examples
    --------
    >>> SymmetricGroup(7).order, sum(1 for _ in SymmetricGroup(20).natural().cosets())
    (5040, 627)
    """

    n: int

    def __post_init__(self) -> None:
        whole(self.n, "n", 1)

    def __repr__(self) -> str:
        return f"SymmetricGroup({self.n})"

    @property
    def order(self) -> int:
        """The factorial n!."""
        return math.factorial(self.n)

    @property
    def degree(self) -> int:
        """The number n of coordinates."""
        return self.n

    def natural(self) -> LinearAction:
        """Permutation matrices, one coset per cycle type."""
        return replace(wreath_action(trivial_action(1), self.n, repr(self)), source=self._cosets,
                       degrees=tuple(range(1, self.n + 1)))

    def character(self, name: Any) -> Character:
        """Also that of a partition of n, [λ_1, λ_2, …], by the rule of Murnaghan and Nakayama."""
        if not is_shape(name):
            if isinstance(name, (list, tuple)) and all(type(part) is int for part in name):
                raise WeylspecError(f"{name!r} is not a partition of {self.n}: its parts are positive and descend")
            return super().character(name)
        if sum(name) != self.n:
            raise WeylspecError(f"{name!r} is not a partition of {self.n}: its parts must add up to {self.n}")

        def source() -> Iterator[CharacterValue]:
            for kind in partitions(self.n):
                yield ((Fraction(0), symmetric_character(name, cycle_lengths(kind))),)

        return Character(repr(name), symmetric_character(name, [1] * self.n), 1, source)

    def contains(self, g: npt.ArrayLike) -> bool:
        """Whether the matrix is a permutation matrix of size n."""
        return permuted(g, self.n) is not None

    def _cosets(self) -> Iterator[LinearCoset]:
        check_classes(self, 1)
        for kind in partitions(self.n):
            lengths = list(cycle_lengths(kind))
            yield signed_coset(Fraction(1, centralizer_order(kind)), lengths, [False] * len(lengths))


@dataclass(frozen=True, eq=False)
class AlternatingGroup(Group):
    """Even permutations of n ≥ 3 coordinates.

    Examples
    --------
    >>> AlternatingGroup(4).order
    12
    """

    n: int

    def __post_init__(self) -> None:
        whole(self.n, "n", 3)

    def __repr__(self) -> str:
        return f"AlternatingGroup({self.n})"

    @property
    def order(self) -> int:
        """Half of n!."""
        return math.factorial(self.n) // 2

    @property
    def degree(self) -> int:
        """The number n of coordinates."""
        return self.n

    def natural(self) -> LinearAction:
        """Even permutation matrices, one coset per conjugacy class."""
        cycles = [(0, 1, i) for i in range(2, self.n)]
        generators = tuple(permutation_matrix(cycle(self.n, c)) for c in cycles)
        return finite_action(self, generators, self._cosets, self._sample)

    def contains(self, g: npt.ArrayLike) -> bool:
        """Whether the matrix is an even permutation matrix of size n."""
        matrix = np.asarray(g, dtype=np.float64)
        return SymmetricGroup(self.n).contains(matrix) and float(np.linalg.det(matrix)) > 0

    def _cosets(self) -> Iterator[LinearCoset]:
        check_classes(self, 1)
        for kind in partitions(self.n):
            if not is_even(kind):
                continue
            lengths = list(cycle_lengths(kind))
            whole_class = signed_coset(Fraction(2, centralizer_order(kind)), lengths, [False] * len(lengths))
            if any(count > 1 or part % 2 == 0 for part, count in kind):
                yield whole_class
            else:  # distinct odd cycles: the class of S_n splits in two
                half = replace(whole_class, share=whole_class.share / 2)
                yield half
                yield replace(half, element=partial(_swapped, half.element))

    def _sample(self, count: int, rng: np.random.Generator) -> FloatArray:
        result = np.empty((count, self.n, self.n))
        for i in range(count):
            order = rng.permutation(self.n)
            if np.linalg.det(np.eye(self.n)[order]) < 0:
                order[[0, 1]] = order[[1, 0]]
            result[i] = np.eye(self.n)[order]
        return result


@dataclass(frozen=True, eq=False)
class CyclicGroup(Group):
    """Cyclic permutations of n coordinates (the rotations of R³ are `PointGroup`'s C_n).

    Examples
    --------
    >>> [str(c.share) for c in CyclicGroup(4).natural().cosets()]
    ['1/4', '1/4', '1/4', '1/4']
    """

    n: int

    def __post_init__(self) -> None:
        whole(self.n, "n", 1)

    def __repr__(self) -> str:
        return f"CyclicGroup({self.n})"

    @property
    def order(self) -> int:
        """The number n of rotations."""
        return self.n

    @property
    def degree(self) -> int:
        """The number n of coordinates."""
        return self.n

    def natural(self) -> LinearAction:
        """Powers of the n-cycle, each its own conjugacy class."""
        generators = (permutation_matrix(np.roll(np.arange(self.n), 1)),)
        return finite_action(self, generators, self._cosets, self._sample)

    def contains(self, g: npt.ArrayLike) -> bool:
        """Whether the matrix shifts all coordinates by the same number."""
        images = permuted(g, self.n)
        return images is not None and bool((images == (np.arange(self.n) + images[0]) % self.n).all())

    def _cosets(self) -> Iterator[LinearCoset]:
        for k in range(self.n):
            yield permutation_coset(Fraction(1, self.n), np.roll(np.arange(self.n), k))

    def _sample(self, count: int, rng: np.random.Generator) -> FloatArray:
        return np.array([np.eye(self.n)[np.roll(np.arange(self.n), int(k))] for k in rng.integers(self.n, size=count)])


@dataclass(frozen=True, eq=False)
class DihedralGroup(Group):
    """Symmetries of a regular n-gon permuting its n ≥ 3 corners, i.e. n coordinates; order 2n.

    Examples
    --------
    >>> DihedralGroup(5).order
    10
    """

    n: int

    def __post_init__(self) -> None:
        whole(self.n, "n", 3)

    def __repr__(self) -> str:
        return f"DihedralGroup({self.n})"

    @property
    def order(self) -> int:
        """Twice n."""
        return 2 * self.n

    @property
    def degree(self) -> int:
        """The number n of coordinates."""
        return self.n

    def natural(self) -> LinearAction:
        """Rotations and reflections of the n corners."""
        corners = np.arange(self.n)
        generators = (permutation_matrix(np.roll(corners, 1)), permutation_matrix(-corners % self.n))
        return finite_action(self, generators, self._cosets, self._sample)

    def contains(self, g: npt.ArrayLike) -> bool:
        """Whether the matrix permutes the corners with their cyclic order or its reverse."""
        images = permuted(g, self.n)
        corners = np.arange(self.n)
        return images is not None and any(
            bool((images == (images[0] + s * corners) % self.n).all()) for s in (1, -1)
        )

    def _cosets(self) -> Iterator[LinearCoset]:
        corners = np.arange(self.n)
        for k in range(self.n // 2 + 1):
            size = 1 if k in (0, self.n - k) else 2
            yield permutation_coset(Fraction(size, 2 * self.n), np.roll(corners, k))
        axes = (0,) if self.n % 2 else (0, 1)
        for shift in axes:
            yield permutation_coset(Fraction(1, 2 * len(axes)), (shift - corners) % self.n)

    def _sample(self, count: int, rng: np.random.Generator) -> FloatArray:
        corners = np.arange(self.n)
        images = [(int(s) * corners + int(k)) % self.n for s, k in
                  zip(rng.choice([1, -1], count), rng.integers(self.n, size=count), strict=True)]
        return np.array([np.eye(self.n)[image] for image in images])


@dataclass(frozen=True, eq=False)
class SignFlips(Group):
    """All sign changes of n coordinates, {±1}ⁿ.

    Examples
    --------
    >>> SignFlips(3).order
    8
    """

    n: int

    def __post_init__(self) -> None:
        whole(self.n, "n", 1)

    def __repr__(self) -> str:
        return f"SignFlips({self.n})"

    @property
    def order(self) -> int:
        """The power 2ⁿ."""
        return 1 << self.n

    @property
    def degree(self) -> int:
        """The number n of coordinates."""
        return self.n

    def natural(self) -> LinearAction:
        """Diagonal matrices of signs, each its own conjugacy class.

        Raises
        ------
        CostError
            Above n = 400, where the n generators are too many to hold.
        """
        if self.n > 400:
            raise CostError(f"SignFlips({self.n}) has {self.n} generators of size {self.n}, too many; "
                            "divide by at most 400 signs")
        generators = tuple(np.diag([-1.0 if i == j else 1.0 for i in range(self.n)]) for j in range(self.n))
        action = finite_action(self, generators, self._cosets, self._sample)
        return replace(action, degrees=(2,) * self.n, factors=_each(self.n), nearby=self._nearby)

    def contains(self, g: npt.ArrayLike) -> bool:
        """Whether the matrix is diagonal with entries ±1."""
        matrix = np.asarray(g, dtype=np.float64)
        return matrix.shape == (self.n, self.n) and bool(np.abs(np.abs(matrix) - np.eye(self.n)).max() < 1e-8)

    def _cosets(self) -> Iterator[LinearCoset]:
        if self.n > 16:
            raise CostError(f"SignFlips({self.n}) has 2^{self.n} classes, more than 2^16; divide by fewer signs")
        for signs in product((False, True), repeat=self.n):
            yield signed_coset(Fraction(1, 2**self.n), [1] * self.n, list(signs))

    def _nearby(self, most: int) -> Iterator[LinearCoset]:
        for flipped in range(min(most, self.n) + 1):
            for chosen in combinations(range(self.n), flipped):
                yield signed_coset(Fraction(1, 2**self.n), [1] * self.n, [i in chosen for i in range(self.n)])

    def _sample(self, count: int, rng: np.random.Generator) -> FloatArray:
        return np.array([np.diag(rng.choice([1.0, -1.0], self.n)) for _ in range(count)])


@dataclass(frozen=True, eq=False)
class Hyperoctahedral(Group):
    """All signed permutations of n coordinates, the symmetry group B_n of the n-cube.

    Examples
    --------
    >>> Hyperoctahedral(3).order, sum(1 for _ in Hyperoctahedral(3).natural().cosets())
    (48, 10)
    """

    n: int

    def __post_init__(self) -> None:
        whole(self.n, "n", 1)

    def __repr__(self) -> str:
        return f"Hyperoctahedral({self.n})"

    @property
    def order(self) -> int:
        """The product 2ⁿ·n!."""
        return (1 << self.n) * math.factorial(self.n)

    @property
    def degree(self) -> int:
        """The number n of coordinates."""
        return self.n

    def natural(self) -> LinearAction:
        """Signed permutation matrices, one coset per signed cycle type."""
        return replace(wreath_action(SignFlips(1).natural(), self.n, repr(self)), source=self._cosets,
                       degrees=tuple(range(2, 2 * self.n + 1, 2)))

    def contains(self, g: npt.ArrayLike) -> bool:
        """Whether the matrix is a signed permutation matrix of size n."""
        matrix = np.asarray(g, dtype=np.float64)
        return matrix.shape == (self.n, self.n) and is_signed_permutation(matrix)

    def _cosets(self) -> Iterator[LinearCoset]:
        check_classes(self, 2)
        for k in range(self.n + 1):
            for plus in partitions(self.n - k):
                for minus in partitions(k):
                    cycles = sum(count for _, count in (*plus, *minus))
                    share = Fraction(1, centralizer_order(plus) * centralizer_order(minus) * 2**cycles)
                    lengths = [*cycle_lengths(plus), *cycle_lengths(minus)]
                    signs = [False] * len(cycle_lengths(plus)) + [True] * len(cycle_lengths(minus))
                    yield signed_coset(share, lengths, signs)


def _each(n: int) -> tuple[Factor[LinearAction], ...]:
    """The factors {±1} of the sign changes of n coordinates."""
    flip = SignFlips(1).natural() if n > 1 else None
    return tuple(Factor(flip, np.array([[i]])) for i in range(n)) if flip else ()


def _swapped(element: Callable[[], FloatArray]) -> FloatArray:
    matrix = element()
    order = [1, 0, *range(2, len(matrix))]
    return matrix[np.ix_(order, order)]
