"""`CayleyTable`: a finite group as the permutations of its elements by multiplication with generators."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]

# arrays of this length are tried before those of the limit, so that small groups stay in the cache
_CAPACITIES = (1 << 11, 1 << 17)


@dataclass(frozen=True, eq=False)
class CayleyTable:
    """Left and right multiplication by k generators on the N elements of a group, element 0 the identity.

    It takes 8k + 12 bytes an element. That the tables are those of a group of N elements is checked in integers.

    Attributes
    ----------
    left : ndarray of shape (k, N), int32
        Index of (generator)·(element).
    right : ndarray of shape (k, N), int32
        Index of (element)·(generator).
    parents, letters : ndarrays of shape (N,), int32
        Element i > 0 is generator letters[i] times element parents[i] < i.
    depth : int
        Length of the longest word that occurs.
    """

    left: Ints
    right: Ints
    parents: Ints
    letters: Ints
    depth: int

    @property
    def order(self) -> int:
        """Number of elements."""
        return int(self.left.shape[1])

    @cached_property
    def classes(self) -> list[tuple[int, int]]:
        """The conjugacy classes as (least index in it, size), by ascending index."""
        from weylspec.groups import _loops

        labels = np.arange(self.order, dtype=np.int32)
        _loops.join_classes(self.left, self.right, labels)
        sizes = np.bincount(labels)
        return [(int(i), int(sizes[i])) for i in np.flatnonzero(sizes)]

    def word(self, index: int) -> list[int]:
        """The generators whose product is an element, the leftmost first."""
        word = []
        while index:
            word.append(int(self.letters[index]))
            index = int(self.parents[index])
        return word


Walk = Callable[[int, Ints, Ints, Ints, Ints], tuple[int, int]]


def cayley_table(walk: Walk, generators: int, limit: int) -> CayleyTable | None:
    """The table of the group whose free orbit a loop walks through.

    Parameters
    ----------
    walk : callable
        (capacity, images, parents, letters, table) ↦ (length of the orbit or FULL, depth).
    generators : int
        Their number k.
    limit : int
        The largest order.

    Returns
    -------
    CayleyTable or None
        None if what was found is not a group, because points were taken for equal that are not.

    Raises
    ------
    OverflowError
        If the orbit is longer than the limit.

    Examples
    --------
    Rotations of a triangle, by what they do to a pair of its corners:

    >>> turn = np.array([[1, 2, 0]], dtype=np.int32)
    >>> from weylspec.groups import _loops
    >>> def walk(capacity, images, parents, letters, table):
    ...     points = np.array([[0, 1]] * capacity, dtype=np.int32)
    ...     return _loops.tuple_orbit(turn, points, images, parents, letters, table)
    >>> found = cayley_table(walk, 1, 100)
    >>> found.order, found.classes, found.word(2)
    (3, [(0, 1), (1, 1), (2, 1)], [0, 0])
    """
    from weylspec.groups import _loops

    for capacity in (*(c for c in _CAPACITIES if c < limit), limit):
        images = np.empty((generators, capacity), dtype=np.int32)
        parents, letters = (np.zeros(capacity, dtype=np.int32) for _ in range(2))
        table = np.zeros(1 << (2 * capacity).bit_length(), dtype=np.int32)
        size, depth = walk(capacity, images, parents, letters, table)
        if size != _loops.FULL:
            break
    else:
        raise OverflowError
    left = np.ascontiguousarray(images[:, :size])
    right = np.empty_like(left)
    if not _loops.right_multiplications(left, parents, letters, right):
        return None
    return CayleyTable(left, right, parents[:size].copy(), letters[:size].copy(), depth)
