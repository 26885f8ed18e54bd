"""How many descending integers have a sum of squares ≤ λ: a search whose last variable fills an interval."""

from __future__ import annotations

import math

from weylspec.exact.limits import check_operations
from weylspec.exact.squares.multisets import Squares, multiset_bits

_LEAF = 2.5  # nanoseconds of one square root and what belongs to it (timed)
_LARGEST = 2**60


def wedge_cost(part: Squares, top: int) -> float:
    """Nanoseconds that `wedge_count` takes, roughly; infinite where it offers no way.

    Parameters
    ----------
    part : Squares
    top : int

    Returns
    -------
    float

    Examples
    --------
    >>> 1e6 < wedge_cost(Squares(3), 10**6) < 1e7
    True
    """
    top //= part.weight
    if part.m == 1 or top < 0:
        return 1.0
    if part.distinct or top > _LARGEST or multiset_bits([part], top) >= 62:
        return math.inf
    return _LEAF * 2 ** multiset_bits([Squares(part.m - 1, 1, part.signed)], top)


def wedge_count(part: Squares, top: int) -> int:
    """Number of k_1 ≥ … ≥ k_m with weight·Σ k_i² ≤ top, exact: points of the wedge that permutations leave of Z^m.

    Parameters
    ----------
    part : Squares
        Of integers that may be equal.
    top : int

    Returns
    -------
    int
        0 if top is negative.

    Raises
    ------
    CostError
        If `wedge_cost` is above the limit of operations.

    Examples
    --------
    >>> wedge_count(Squares(3), 10**6), wedge_count(Squares(1), 10**40)
    (699241334, 200000000000000000001)
    """
    top //= part.weight
    if top < 0:
        return 0
    if part.m == 1:
        return math.isqrt(top) * (1 + part.signed) + 1
    work = f"a search for {part.m} descending integers with squares up to {top}"
    check_operations(wedge_cost(part, top * part.weight), work)
    from weylspec.exact.squares import _loops

    return int(_loops.points_in_wedge(part.m, part.signed, top))
