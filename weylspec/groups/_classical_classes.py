"""Conjugacy classes of the Coxeter groups A, B, D and I2(m) by cycle types, to any codimension."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import partial, reduce

import numpy as np
import numpy.typing as npt

from weylspec.exact.partitions import centralizer_order, cycle_lengths, partitions
from weylspec.groups._complex import cosine
from weylspec.groups._permutations import signed_coset
from weylspec.groups.cosets import LinearCoset, finite_coset

FloatArray = npt.NDArray[np.float64]

_ZERO, _HALF = Fraction(0), Fraction(1, 2)


def permutation_classes(reflections: tuple[FloatArray, ...], most: int) -> Iterator[LinearCoset]:
    """Classes of A_n, S_{n+1} on the vectors of sum 0: those that fix a subspace of codimension ≤ most.

    A cycle of length L moves L − 1 dimensions; its representative is a product of L − 1 consecutive reflections.

    Examples
    --------
    >>> flip = (-np.eye(1),)
    >>> [(str(c.share), c.phases) for c in permutation_classes(flip, 1)]
    [('1/2', (Fraction(0, 1),)), ('1/2', (Fraction(1, 2),))]
    """
    n = len(reflections)
    for k in range(min(most, n) + 1):
        for kind in partitions(k):
            cycles = [part + 1 for part in cycle_lengths(kind)]
            rest = n + 1 - sum(cycles)
            if rest < 0:
                continue
            share = Fraction(1, centralizer_order(_pairs([*cycles, *[1] * rest])))
            # one eigenvalue 1 belongs to the vector (1, …, 1)
            lengths, phases = [*cycles, *[1] * (rest - 1)], [_ZERO] * (len(cycles) + max(rest - 1, 0))
            if not rest:
                short = lengths.pop()
                lengths += [1] * (short - 1)
                phases = [_ZERO] * (len(cycles) - 1) + [Fraction(j, short) for j in range(1, short)]
            yield finite_coset(share, tuple(lengths), tuple(phases), partial(_young_product, reflections, cycles))


def signed_classes(n: int, most: int, *, even: bool) -> Iterator[LinearCoset]:
    """Classes of B_n, or of D_n (an even number of signs): those that fix a subspace of codimension ≤ most.

    Examples
    --------
    >>> [sum(1 for _ in signed_classes(4, 4, even=even)) for even in (False, True)]
    [20, 13]
    """
    for k in range(min(most, n) + 1):
        for a in range(k + 1):
            for plus in partitions(a):
                for minus in partitions(k - a):
                    yield from _signed_class(n, [p + 1 for p in cycle_lengths(plus)], list(cycle_lengths(minus)), even)


def _signed_class(n: int, plus: list[int], minus: list[int], even: bool) -> Iterator[LinearCoset]:
    rest = n - sum(plus) - sum(minus)
    if rest < 0 or (even and len(minus) % 2):
        return
    plus = [*plus, *[1] * rest]
    centralizer = centralizer_order(_pairs(plus)) * centralizer_order(_pairs(minus)) * 2 ** (len(plus) + len(minus))
    share = Fraction(1 + even, centralizer)
    found = signed_coset(share, [*plus, *minus], [False] * len(plus) + [True] * len(minus))
    if even and not minus and all(length % 2 == 0 for length in plus):  # splits in two
        half = replace(found, share=share / 2)
        yield half
        yield replace(half, element=partial(_mirrored, half.element))
    else:
        yield found


def dihedral_classes(m: int) -> Iterator[LinearCoset]:
    """Classes of I2(m): rotations with their inverses, and one or two classes of reflections.

    Examples
    --------
    >>> [str(c.share) for c in dihedral_classes(4)]
    ['1/8', '1/4', '1/8', '1/4', '1/4']
    """
    for j in range(m // 2 + 1):
        turns = Fraction(j, m)
        size = 1 if 2 * j in (0, m) else 2
        yield finite_coset(Fraction(size, 2 * m), (1, 1), (turns, -turns % 1), partial(_turn, turns))
    kinds = 2 - m % 2
    for j in range(kinds):
        share = Fraction(1, 2 * kinds)
        yield finite_coset(share, (1, 1), (_ZERO, _HALF), partial(_reflection, Fraction(j, m)))


def _pairs(parts: list[int]) -> tuple[tuple[int, int], ...]:
    return tuple((part, parts.count(part)) for part in sorted(set(parts), reverse=True))


def _young_product(reflections: tuple[FloatArray, ...], cycles: list[int]) -> FloatArray:
    chosen, start = [np.eye(len(reflections))], 0
    for length in cycles:
        chosen += reflections[start: start + length - 1]
        start += length
    return reduce(np.matmul, chosen)


def _mirrored(element: Callable[[], FloatArray]) -> FloatArray:
    matrix = element().copy()
    matrix[0] *= -1.0
    matrix[:, 0] *= -1.0
    return matrix + 0.0


def _turn(turns: Fraction) -> FloatArray:
    c, s = cosine(turns), cosine(turns - Fraction(1, 4))
    return np.array([[c, -s], [s, c]])


def _reflection(turns: Fraction) -> FloatArray:
    """In the line at half of the turns."""
    c, s = cosine(turns), cosine(turns - Fraction(1, 4))
    return np.array([[c, s], [s, -c]])
