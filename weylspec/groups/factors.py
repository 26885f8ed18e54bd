"""Direct factors H ≀ S_m of a group, and those of its classes that are near the identity.

An element of H ≀ S_m permutes m blocks of coordinates and moves each by an element of H. Its class is
known from its cycles: a cycle of r blocks has a cycle product h in H, and 1/det(1 − t·g) is the
product of 1/det(1 − t^r h). Averages of such products are sums over partitions that a recursion does
without a list, m·h_m = Σ_r p_r h_{m−r}.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from weylspec.groups.cosets import AffineCoset, LinearCoset

IntMatrix = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BaseT = TypeVar("BaseT")
CosetT = TypeVar("CosetT", LinearCoset, AffineCoset)

Part = tuple[int, LinearCoset]  # a cycle of so many blocks, and its product


@dataclass(frozen=True, eq=False)
class Factor(Generic[BaseT]):
    """A direct factor H ≀ S_m of a group, on coordinates of its own.

    Attributes
    ----------
    base : LinearAction or AffineAction
        H on k coordinates.
    coordinates : ndarray of shape (m, k), int64
        Row i holds the coordinates of block i.
    """

    base: BaseT
    coordinates: IntMatrix

    @property
    def m(self) -> int:
        """Number of blocks."""
        return int(self.coordinates.shape[0])


def wreath_classes(base: Sequence[LinearCoset], m: int, most: int | None = None) -> Iterator[LinearCoset]:
    """The cosets of H ≀ S_m on m consecutive blocks, by cycles and their products.

    Parameters
    ----------
    base : sequence of LinearCoset
        The cosets of H on R^k, shares adding up to 1; with a bound, those to that codimension will do.
    m : int
    most : int, optional
        Only classes of a finite group that fix a subspace of codimension at most so much.

    Yields
    ------
    LinearCoset
        The share of a class is Π (share of the product / cycle length)^a / a! over its kinds of cycles.

    Examples
    --------
    The 10 classes of signed permutations of three coordinates, 3 of them reflections or the identity:

    >>> from weylspec.groups.permutation import SignFlips
    >>> signs = list(SignFlips(1).natural().cosets())
    >>> sum(1 for _ in wreath_classes(signs, 3)), sum(1 for _ in wreath_classes(signs, 3, 1))
    (10, 3)
    """
    still = [c for c in base if c.is_identity and not c.rank]
    moving = [c for c in base if not c.is_identity or c.rank]
    kept = [replace(still[0], share=sum((c.share for c in still), Fraction(0)))] if still else []
    size = sum(base[0].lengths)
    fixed = [c.fixed_dim for c in (*kept, *moving)]
    return (_cycles(parts, share) for parts, share in cycle_types((*kept, *moving), size, fixed, m, most))


def cycle_types(
    base: Sequence[CosetT], size: int, fixed: Sequence[int], m: int, most: int | None
) -> Iterator[tuple[list[tuple[int, CosetT]], Fraction]]:
    """Cycles of m blocks and their products, with the share of each class of H ≀ S_m.

    Parameters
    ----------
    base : sequence of cosets
        Of H; the identity alone, if it is among them, comes first.
    size : int
        Of a block.
    fixed : sequence of ints
        Dimensions of what the cosets fix.
    m : int
    most : int, optional
        Largest codimension of what a class fixes.

    Yields
    ------
    list of (length, product), share
    """
    kinds = [(r, c, size * r - f) for r in range(1, m + 1) for c, f in zip(base, fixed, strict=True)]
    if most is not None:
        kinds = [kind for kind in kinds if kind[2] <= most]
    for counts in _filled([r for r, _, _ in kinds], [cost for _, _, cost in kinds], m, most):
        share, parts = Fraction(1), []
        for index, count in counts:
            r, c, _ = kinds[index]
            share *= (c.share / r) ** count / math.factorial(count)
            parts += [(r, c)] * count
        yield parts[::-1], share


def _filled(sizes: list[int], costs: list[int], total: int, most: int | None) -> Iterator[list[tuple[int, int]]]:
    """All multisets of kinds, as (kind, count), whose sizes add up to a total and whose costs to no more than most."""
    budget = most if most is not None else sum(size * total for size in sizes)

    def extend(kind: int, rest: int, left: int) -> Iterator[list[tuple[int, int]]]:
        if rest == 0:
            yield []
            return
        if kind < 0:
            return
        size, cost = sizes[kind], costs[kind]
        top = rest // size if cost == 0 or most is None else min(rest // size, left // cost)
        for count in range(top, -1, -1) if kind else ([top] if top * size == rest else []):
            for others in extend(kind - 1, rest - count * size, left - count * cost):
                yield [(kind, count), *others] if count else others

    return extend(len(sizes) - 1, total, budget)


def _cycles(parts: Sequence[Part], share: Fraction) -> LinearCoset:
    """One class of H ≀ S_m: cycles of blocks side by side, each with its product."""
    rank = sum(c.rank for _, c in parts)
    weights, roots = np.zeros((0, rank), dtype=np.int64), np.zeros((0, rank), dtype=np.int64)
    start = 0
    if not rank:
        weights = np.zeros((sum(len(c.lengths) for _, c in parts), 0), dtype=np.int64)
    for r, c in parts if rank else ():
        place = ((0, 0), (start, rank - start - c.rank))
        # One turn of the angle around the whole cycle: weights stay integers on its single coordinates.
        weights = np.concatenate([weights, np.pad(r * c.weights, place)])
        roots = np.concatenate([roots, np.pad(r * c.roots, place)])
        start += c.rank
    return LinearCoset(
        share, tuple(r * length for r, c in parts for length in c.lengths),
        tuple(phase for _, c in parts for phase in c.phases), weights, roots,
        tuple(phase for _, c in parts for phase in c.root_phases), lambda: _matrix(parts), _directions(parts),
    )


def _matrix(parts: Sequence[Part]) -> FloatArray:
    sizes = [r * sum(c.lengths) for r, c in parts]
    matrix = np.zeros((sum(sizes), sum(sizes)))
    start = 0
    for (r, c), size in zip(parts, sizes, strict=True):
        k = size // r
        for i in range(r):
            a, b = start + (i + 1) % r * k, start + i * k
            matrix[a: a + k, b: b + k] = c.element() if i == r - 1 else np.eye(k)
        start += size
    return matrix


def _directions(parts: Sequence[Part]) -> tuple[FloatArray, ...]:
    sizes = [r * sum(c.lengths) for r, c in parts]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    result = []
    for (r, c), size, start in zip(parts, sizes, starts.tolist(), strict=False):
        for h in c.directions:
            matrix = np.zeros((starts[-1], starts[-1]))
            matrix[start: start + size, start: start + size] = np.kron(np.eye(r), h)
            result.append(matrix)
    return tuple(result)


def near_pairs(
    first: Callable[[int], Iterator[CosetT]], second: Callable[[int], Iterator[CosetT]], most: int
) -> Iterator[tuple[CosetT, CosetT]]:
    """Pairs of classes of two groups on coordinates of their own, codimensions adding up to at most so much."""
    for a in first(most):
        for b in second(most - a.codimension):
            yield a, b
