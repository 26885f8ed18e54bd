"""Permutation matrices and their classes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.exact.partitions import partition_count
from weylspec.groups.base import Group
from weylspec.groups.cosets import LinearCoset, finite_coset
from weylspec.groups.linear_action import LinearAction

FloatArray = npt.NDArray[np.float64]

MAX_CLASSES = 10**6

_ZERO, _HALF = Fraction(0), Fraction(1, 2)


def permutation_matrix(images: npt.ArrayLike) -> FloatArray:
    """The matrix of coordinate i ↦ coordinate images[i].

    Examples
    --------
    >>> permutation_matrix([1, 2, 0]) @ [10, 20, 30]
    array([30., 10., 20.])
    """
    target = np.asarray(images, dtype=np.int64)
    matrix = np.zeros((len(target), len(target)))
    matrix[target, np.arange(len(target))] = 1.0
    return matrix


def finite_action(
    group: Group,
    generators: tuple[FloatArray, ...],
    source: Callable[[], Iterator[LinearCoset]],
    sampler: Callable[[int, np.random.Generator], FloatArray],
) -> LinearAction:
    """Action of a finite group of signed permutations."""
    return LinearAction(repr(group), group.degree, group.order, generators, source, sampler, modulus=2)


def check_classes(group: Group, colours: int) -> None:
    """Refuse a group whose cycle types are too many to go through, with their number."""
    # Above degree 200 there are more than 10¹² of them, and their exact number takes a while.
    count = partition_count(min(group.degree, 200), colours)
    if count > MAX_CLASSES:
        raise CostError(
            f"{group!r} has {'at least ' if group.degree > 200 else ''}{count:.3g} conjugacy classes, above "
            f"{MAX_CLASSES:.0e}, too many to sum over; take a smaller group"
        )


def signed_coset(share: Fraction, lengths: list[int], negative: list[bool]) -> LinearCoset:
    """A class by its cycles and their signs."""
    phases = tuple(_HALF if sign else _ZERO for sign in negative)
    return finite_coset(share, tuple(lengths), phases, lambda: _signed_matrix(lengths, negative))


def _signed_matrix(lengths: list[int], negative: list[bool]) -> FloatArray:
    matrix = np.zeros((sum(lengths), sum(lengths)))
    start = 0
    for length, sign in zip(lengths, negative, strict=True):
        for i in range(length):
            matrix[start + (i + 1) % length, start + i] = 1.0
        matrix[start, start + length - 1] *= -1.0 if sign else 1.0
        start += length
    return matrix


def permutation_coset(share: Fraction, images: npt.NDArray[np.int64]) -> LinearCoset:
    """The class of one permutation, given by the images of 0, 1, …."""
    lengths, seen = [], set()
    for start in range(len(images)):
        length, i = 0, start
        while i not in seen:
            seen.add(i)
            i = int(images[i])
            length += 1
        if length:
            lengths.append(length)
    phases = (Fraction(0),) * len(lengths)
    return finite_coset(share, tuple(lengths), phases, lambda: permutation_matrix(images))


def symmetric_generators(n: int) -> list[npt.NDArray[np.int64]]:
    """A transposition and an n-cycle."""
    identity = np.arange(n)
    return [] if n == 1 else [cycle(n, (0, 1)), (identity + 1) % n][: 1 + (n > 2)]


def cycle(n: int, points: tuple[int, ...]) -> npt.NDArray[np.int64]:
    """The permutation that moves the given points in a cycle."""
    images = np.arange(n)
    for a, b in zip(points, points[1:] + points[:1], strict=True):
        images[a] = b
    return images


def is_signed_permutation(matrix: FloatArray) -> bool:
    """Whether a matrix has one ±1 in each row and column."""
    rounded = np.round(matrix)
    ones = np.ones(len(matrix))
    return bool(
        np.abs(matrix - rounded).max() < 1e-8
        and (np.abs(rounded).sum(axis=0) == ones).all() and (np.abs(rounded).sum(axis=1) == ones).all()
    )


def permuted(g: npt.ArrayLike, n: int) -> npt.NDArray[np.int64] | None:
    """The images of 0 … n − 1 under a permutation matrix of size n; None for any other matrix.

    Examples
    --------
    >>> permuted([[0, 1], [1, 0]], 2), permuted([[0, 1], [-1, 0]], 2)
    (array([1, 0]), None)
    """
    matrix = np.asarray(g, dtype=np.float64)
    if matrix.shape != (n, n) or not is_signed_permutation(matrix) or (matrix < -0.5).any():
        return None
    return np.asarray(matrix.argmax(axis=0), dtype=np.int64)
