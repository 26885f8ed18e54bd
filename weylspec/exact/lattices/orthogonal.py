"""Forms that are orthogonal sums: their splittings, and counting by the theta series of two parts."""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache
from itertools import product

import numpy as np

from weylspec.exact.lattices.enumeration.fincke_pohst import norm_counts, norm_counts_cost
from weylspec.exact.lattices.reduction import Gram, is_diagonal, orthogonal_blocks, restricted
from weylspec.exact.theta import lattice_count_diagonal, theta_counts, theta_counts_cost
from weylspec.multiplicities import IntArray

_MOST_SPLITTINGS = 64


@lru_cache(maxsize=1024)
def splittings(gram: Gram) -> tuple[tuple[Gram, Gram], ...]:
    """All ways to write a form as a sum of two orthogonal ones, equal blocks taken once; none if there are over 64.

    Examples
    --------
    >>> z3 = ((2, 0, 0), (0, 2, 0), (0, 0, 2))
    >>> [(len(a), len(b)) for a, b in splittings(z3)]
    [(1, 2), (2, 1)]
    """
    blocks = Counter(restricted(gram, block) for block in orthogonal_blocks(gram))
    if math.prod(times + 1 for times in blocks.values()) > _MOST_SPLITTINGS:
        return ()
    found = []
    for taken in product(*(range(times + 1) for times in blocks.values())):
        first = direct_sum([b for b, n in zip(blocks, taken, strict=True) for _ in range(n)])
        second = direct_sum([b for b, n in zip(blocks, taken, strict=True) for _ in range(blocks[b] - n)])
        if first and second:
            found.append((first, second))
    return tuple(found)


def direct_sum(blocks: list[Gram]) -> Gram:
    """The orthogonal sum, in the order of the norms of the basis vectors.

    Examples
    --------
    >>> direct_sum([((4,),), ((2, 1), (1, 2))])
    ((2, 1, 0), (1, 2, 0), (0, 0, 4))
    """
    size = sum(map(len, blocks))
    full = [[0] * size for _ in range(size)]
    start = 0
    for block in blocks:
        for i, row in enumerate(block):
            full[start + i][start : start + len(block)] = row
        start += len(block)
    order = sorted(range(size), key=lambda i: full[i][i])
    return restricted(tuple(map(tuple, full)), tuple(order))


def array_cost(gram: Gram, top: int) -> float:
    """Estimated steps of `point_array`."""
    if is_diagonal(gram):
        return theta_counts_cost([row[i] // 2 for i, row in enumerate(gram)], top)
    return norm_counts_cost(gram, top)


def point_array(gram: Gram, top: int) -> IntArray:
    """Numbers of points with Q = 0, …, top: a product of theta series, or an enumeration.

    Parameters
    ----------
    gram : matrix of 2Q
    top : int

    Returns
    -------
    ndarray of shape (top + 1,)
    """
    if is_diagonal(gram):
        return theta_counts([row[i] // 2 for i, row in enumerate(gram)], top)
    return norm_counts(gram, top)


def halves_cost(gram: Gram, top: int) -> float:
    """Estimated steps of `halves_count`."""
    return min((array_cost(a, top) + array_cost(b, top) + top for a, b in splittings(gram)), default=math.inf)


def halves_count(gram: Gram, top: int) -> int:
    """Σ_n r_A(n)·(r_B(0) + … + r_B(top − n)) for the splitting A ⊕ B whose arrays cost least.

    Parameters
    ----------
    gram : matrix of 2Q
    top : int

    Returns
    -------
    int

    Examples
    --------
    Two hexagonal lattices: 0, twelve vectors of norm 1, 36 pairs of them of norm 2.

    >>> halves_count(((2, 1, 0, 0), (1, 2, 0, 0), (0, 0, 2, 1), (0, 0, 1, 2)), 2)
    49
    """
    first, second = min(splittings(gram), key=lambda parts: array_cost(parts[0], top) + array_cost(parts[1], top))
    below = np.cumsum(point_array(second, top))[::-1]
    counts = point_array(first, top)
    if int(counts.sum()) * int(below[0]) < 2**63:
        return int(counts @ below)
    return int(sum(int(x) * int(y) for x, y in zip(counts, below, strict=True) if x))


def norms_of(gram: Gram, top: int) -> list[tuple[int, int]]:
    """Every norm ≤ top of the points, with their number; of one variable without an array.

    Examples
    --------
    >>> norms_of(((4,),), 10)
    [(0, 1), (2, 2), (8, 2)]
    """
    if len(gram) == 1:
        half = gram[0][0] // 2
        last = (lattice_count_diagonal([half], top) - 1) // 2
        return [(0, 1), *((half * x * x, 2) for x in range(1, last + 1))]
    counts = point_array(gram, top)
    return [(int(n), int(counts[n])) for n in np.flatnonzero(counts)]


def norms_cost(gram: Gram, top: int) -> tuple[float, float]:
    """Estimated steps of `norms_of`, and a bound on the number of norms."""
    if len(gram) == 1:
        number = 1.0 + math.sqrt(2 * top / gram[0][0])
        return 100 * number, number
    return array_cost(gram, top) + 100.0 * top, top + 1.0
