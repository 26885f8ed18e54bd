"""Branching O(n) ↓ O(n − 1) ↓ …: how many vectors of an irrep a smaller orthogonal group fixes."""

from __future__ import annotations

import itertools
import math
from functools import lru_cache
from typing import TypeAlias

Partition: TypeAlias = tuple[int, ...]


def columns(mu: Partition) -> tuple[int, int]:
    """Lengths of the first two columns of a partition without zeros.

    Parameters
    ----------
    mu : tuple of positive ints, descending

    Returns
    -------
    tuple of two ints

    Examples
    --------
    >>> columns((3, 1, 1))
    (3, 1)
    """
    return len(mu), sum(1 for part in mu if part >= 2)


def associate(mu: Partition, n: int) -> Partition:
    """The label of det ⊗ [μ] for O(n): the first column c becomes n − c.

    Parameters
    ----------
    mu : tuple of positive ints, descending
    n : int

    Returns
    -------
    tuple of ints

    Examples
    --------
    >>> associate((), 3), associate((2,), 3), associate((1, 1), 3)
    ((1, 1, 1), (2, 1), (1,))
    """
    rest = mu[: columns(mu)[1]]
    return rest + (1,) * (n - len(mu) - len(rest))


@lru_cache(maxsize=200_000)
def fixed_dimension(mu: Partition, n: int, steps: int) -> int:
    """Dimension of the vectors that O(n − steps) fixes in the irrep [μ] of O(n).

    Labels are all partitions whose first two columns have together at most n boxes; restricted to
    O(n − 1), [μ] is the sum of the [ν] with μ/ν a horizontal strip (Weyl 1939; King 1975). Chains down to
    the empty partition are counted; for steps ≤ n/2 all of them have valid labels, so they are the
    semistandard tableaux of shape μ, whose number is the dimension of an irrep of GL(steps).

    Parameters
    ----------
    mu : tuple of positive ints, descending
    n : int
    steps : int
        At most n − 1.

    Returns
    -------
    int

    Examples
    --------
    Vectors of R⁴ fixed by O(2), and two-forms: as many as SSYT with entries 1, 2.

    >>> fixed_dimension((1,), 4, 2), fixed_dimension((1, 1), 4, 2), fixed_dimension((2, 1), 4, 2)
    (2, 1, 2)
    """
    if len(mu) > steps:
        return 0
    if 2 * steps <= n:
        return _tableaux(mu, steps)
    ranges = [range(low, high + 1) for high, low in zip(mu, (*mu, 0)[1:], strict=True)]
    total = 0
    for rows in itertools.product(*ranges):
        nu = tuple(row for row in rows if row)
        if sum(columns(nu)) <= n - 1:
            total += fixed_dimension(nu, n - 1, steps - 1)
    return total


def _tableaux(mu: Partition, k: int) -> int:
    """Number of semistandard tableaux with entries 1 … k: Π_{i<j} (μ_i − μ_j + j − i)/(j − i)."""
    rows = (*mu, *(0,) * (k - len(mu)))
    pairs = list(itertools.combinations(range(k), 2))
    return math.prod(rows[i] - rows[j] + j - i for i, j in pairs) // math.prod(j - i for i, j in pairs)
