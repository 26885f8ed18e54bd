"""Partitions of an integer as cycle types of permutations, and the orders of their centralisers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from weylspec.errors import WeylspecError

CycleType: TypeAlias = tuple[tuple[int, int], ...]


def partitions(n: int) -> Iterator[CycleType]:
    """All partitions of n, as pairs (part, multiplicity) with descending parts.

    In reverse lexicographic order: from (n) to (1, …, 1). They label the classes of S_n.

    Parameters
    ----------
    n : int
        Non-negative.

    Returns
    -------
    iterator of tuple of (part, multiplicity)

    Raises
    ------
    WeylspecError
        If n is negative.

    Examples
    --------
    >>> list(partitions(4))
    [((4, 1),), ((3, 1), (1, 1)), ((2, 2),), ((2, 1), (1, 2)), ((1, 4),)]
    >>> sum(1 for _ in partitions(20))
    627
    """
    if n < 0:
        raise WeylspecError(f"only non-negative integers have partitions, got {n}")
    return _partitions(n)


def _partitions(n: int) -> Iterator[CycleType]:
    pairs = [(n, 1)] if n else []
    while True:
        yield tuple(pairs)
        rest = pairs.pop()[1] if pairs and pairs[-1][0] == 1 else 0
        if not pairs:
            return
        # Take one copy of the smallest part p > 1 apart, and cut it and the ones into parts p − 1.
        part, copies = pairs.pop()
        if copies > 1:
            pairs.append((part, copies - 1))
        whole, remainder = divmod(rest + part, part - 1)
        pairs.append((part - 1, whole))
        if remainder:
            pairs.append((remainder, 1))


def partition_count(n: int, colours: int = 1) -> int:
    """Number of partitions of n whose parts have one of so many colours: Π_k (1 − t^k)^{−colours} (Euler 1748).

    Parameters
    ----------
    n : int
    colours : int
        2 counts the pairs of partitions, i.e. signed cycle types.

    Returns
    -------
    int

    Examples
    --------
    >>> partition_count(20), partition_count(60), partition_count(3, colours=2)
    (627, 966467, 10)
    """
    counts = [1] + [0] * n
    for _ in range(colours):
        for part in range(1, n + 1):
            for k in range(part, n + 1):
                counts[k] += counts[k - part]
    return counts[n]


def centralizer_order(cycle_type: CycleType) -> int:
    """Order z = Π i^{a_i} a_i! of the centraliser of a permutation with a_i cycles of length i.

    A share 1/z of the elements of S_n has this cycle type.

    Examples
    --------
    >>> from fractions import Fraction
    >>> sum(Fraction(1, centralizer_order(c)) for c in partitions(7))
    Fraction(1, 1)
    """
    return math.prod(length**copies * math.factorial(copies) for length, copies in cycle_type)


def cycle_lengths(cycle_type: CycleType) -> tuple[int, ...]:
    """The lengths of all cycles, one entry a cycle.

    Examples
    --------
    >>> cycle_lengths(((3, 1), (1, 2)))
    (3, 1, 1)
    """
    return tuple(length for length, copies in cycle_type for _ in range(copies))


def is_even(cycle_type: CycleType) -> bool:
    """Whether permutations of this cycle type are even: Σ a_i (i − 1) is.

    Examples
    --------
    >>> is_even(((3, 1), (1, 1))), is_even(((2, 1), (1, 2)))
    (True, False)
    """
    return sum((length - 1) * copies for length, copies in cycle_type) % 2 == 0


def is_shape(value: object) -> bool:
    """Whether a value is a partition: a list or tuple of descending positive integers.

    Examples
    --------
    >>> is_shape([3, 1, 1]), is_shape([1, 2]), is_shape("21")
    (True, False, False)
    """
    if not isinstance(value, (list, tuple)) or not value or not all(type(part) is int for part in value):
        return False
    return min(value) > 0 and list(value) == sorted(value, reverse=True)


def symmetric_character(shape: Sequence[int], lengths: Sequence[int]) -> int:
    """The irreducible character of S_n of a partition, at a permutation with cycles of given lengths.

    Rim hooks of these lengths are taken off the partition one after the other, with a sign for each row that a
    hook crosses; on the numbers λ_i + k − i a hook of length r lowers one of them by r (Murnaghan 1937;
    Nakayama 1940).

    Parameters
    ----------
    shape : sequence of int
        Descending positive parts.
    lengths : sequence of int
        Of the same sum.

    Returns
    -------
    int

    Examples
    --------
    The two-dimensional representation of S_3 at 1, at a transposition and at a three-cycle:

    >>> [symmetric_character([2, 1], lengths) for lengths in ([1, 1, 1], [2, 1], [3])]
    [2, 0, -1]
    """
    first = tuple(part + len(shape) - 1 - i for i, part in enumerate(shape))
    states: dict[tuple[int, ...], int] = {tuple(sorted(first)): 1}
    for length in sorted(lengths, reverse=True):
        lowered: dict[tuple[int, ...], int] = {}
        for numbers, coefficient in states.items():
            for b in numbers:
                if b >= length and b - length not in numbers:
                    crossed = sum(b - length < other < b for other in numbers)
                    key = tuple(sorted([*(x for x in numbers if x != b), b - length]))
                    lowered[key] = lowered.get(key, 0) + (-1) ** crossed * coefficient
        states = lowered
    return sum(states.values())
