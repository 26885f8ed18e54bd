"""Exact numbers of lattice points in ellipsoids, for quadratic forms with integer coefficients.

The form is reduced first; then the cheapest of a few ways counts: integer square roots row by row in two and
three variables, theta series of diagonal forms, sums over divisors where the theta series is proved to be a sum of
Eisenstein series, enumeration of all variables but one, and for orthogonal sums the series of two parts, or the
points of one part over every norm of the other.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.exact.lattices.enumeration.fincke_pohst import enumeration_cost, enumeration_count
from weylspec.exact.lattices.orthogonal import (
    array_cost,
    halves_cost,
    halves_count,
    norms_cost,
    norms_of,
    point_array,
    splittings,
)
from weylspec.exact.lattices.reduction import Gram, is_diagonal, simplified
from weylspec.exact.lattices.series.eisenstein import ThetaIdentity, identity_bound, theta_identity
from weylspec.exact.limits import MAX_OPERATIONS, operations
from weylspec.exact.theta import lattice_count_cost, lattice_count_diagonal

IntMatrix = npt.NDArray[np.int64]

_ROW = 8.0  # steps of one row: two divisions and a square root
_QUICK = 1e6  # steps below which no cheaper way is looked for
_PROOF = 1e9  # steps that the proof of an identity of theta series may take, once
_CALL = 1e5  # steps of about a nanosecond that any count takes at least, when it is one of many


@dataclass(frozen=True)
class _Way:
    """One way to count the points of a reduced form up to top ≥ 0; its cost is infinite where it does not apply."""

    name: str
    cost: Callable[[Gram, int], float]
    count: Callable[[Gram, int], int]


def quadric_cost(table: IntMatrix, top: int) -> float:
    """Estimated steps of `quadric_count`; infinite where it offers no way.

    Parameters
    ----------
    table : ndarray (m, m), int64
        Upper triangular, positive definite as a form Σ_{i ≤ j} T_ij k_i k_j.
    top : int

    Returns
    -------
    float

    Examples
    --------
    >>> quadric_cost(np.array([[1, 1], [0, 1]]), 300), quadric_cost(np.eye(1, dtype=int), 10**40)
    (336.0, 1.0)
    """
    common, gram = simplified(table)
    return _cheapest(gram, top // common)[1] if top >= 0 else 1.0


def quadric_count(table: IntMatrix, top: int) -> int:
    """Number of k ∈ Z^m with Σ_{i ≤ j} T_ij k_i k_j ≤ top, exact.

    Parameters
    ----------
    table : ndarray (m, m), int64
        Upper triangular, positive definite as a form.
    top : int

    Returns
    -------
    int
        0 if top is negative.

    Raises
    ------
    CostError
        If `quadric_cost` is above 10¹¹.

    Examples
    --------
    Hexagonal lattice points at the norms 0, 1, 3:

    >>> [quadric_count(np.array([[1, 1], [0, 1]]), n) for n in (0, 1, 2, 3)]
    [1, 7, 7, 13]
    """
    if top < 0:
        return 0
    common, gram = simplified(table)
    top //= common
    way, cost = _cheapest(gram, top)
    if cost > MAX_OPERATIONS:
        raise CostError(f"counting points of a form in {len(table)} variables up to {top} takes "
                        f"{operations(cost, way.name)}; lower the cutoff")
    return way.count(gram, top)


@lru_cache(maxsize=4096)
def _cheapest(gram: Gram, top: int) -> tuple[_Way, float]:
    """The way of the least cost, and its cost; the first one that is quick."""
    best, least = _WAYS[0], math.inf
    for way in _WAYS:
        cost = way.cost(gram, top)
        if cost < least:
            best, least = way, cost
        if least < _QUICK:
            break
    return best, least


# -- theta series of diagonal forms ---------------------------------------------------------------


def _diagonal_cost(gram: Gram, top: int) -> float:
    return lattice_count_cost(_norms(gram), top) if is_diagonal(gram) else math.inf


def _diagonal_count(gram: Gram, top: int) -> int:
    return lattice_count_diagonal(_norms(gram), top)


def _norms(gram: Gram) -> list[int]:
    return [row[i] // 2 for i, row in enumerate(gram)]


# -- rows of two or three variables -----------------------------------------------------------------


def _rows_cost(gram: Gram, top: int) -> float:
    if len(gram) not in (2, 3) or (len(gram) == 2 and is_diagonal(gram)):
        return math.inf
    return _ROW * (_rows(_coefficients(gram), top) + 1)


def _rows_count(gram: Gram, top: int) -> int:
    from weylspec.exact import _loops

    form = _coefficients(gram)
    return int(_loops.points_in_quadric(np.array(form, dtype=np.int64), top, _last(form, top)))


def _coefficients(full: Gram) -> list[int]:
    """Coefficients of x², xy, xz, y², yz, z²; two variables get no z."""
    a, b, d = full[0][0] // 2, full[0][1], full[1][1] // 2
    if len(full) == 2:
        return [a, b, 0, d, 0, 0]
    return [a, b, full[0][2], d, full[1][2], full[2][2] // 2]


def _projected(form: list[int]) -> tuple[int, int, int]:
    """4a times the minimum over x, as a form P y² + Q yz + R z²."""
    a, b, c, d, e, f = form
    return 4 * a * d - b * b, 4 * a * e - 2 * b * c, 4 * a * f - c * c


def _last(form: list[int], top: int) -> int:
    """The largest |z| of a point."""
    p, q, r = _projected(form)
    return math.isqrt(16 * p * form[0] * top // (4 * p * r - q * q)) if r else 0


def _rows(form: list[int], top: int) -> float:
    """Number of pairs (y, z), infinite where the compiled loop's integers would not hold the values."""
    a, b, c, d, e, f = form
    p, q, r = _projected(form)
    z = _last(form, top)
    y = math.isqrt(16 * r * a * top // (4 * p * r - q * q)) if r else math.isqrt(4 * a * top // p)
    inside = (abs(q) * z) ** 2 + 4 * p * (r * z * z + 4 * a * top)
    rest = (abs(b) * y + abs(c) * z) ** 2 + 4 * a * (d * y * y + abs(e) * y * z + f * z * z + top)
    if max(inside, rest) >= 2**60:
        return math.inf
    area = math.pi * 4 * a * top / math.sqrt(p * r - q * q / 4) if r else 0.0
    return area / 2 + 2 * y + 1 + z


# -- divisor sums ---------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def _identity(gram: Gram) -> ThetaIdentity | None:
    bound = identity_bound(gram)
    if bound < 0 or array_cost(gram, bound) > _PROOF:
        return None
    return theta_identity(gram, lambda top: point_array(gram, top))


def _divisors_cost(gram: Gram, top: int) -> float:
    if identity_bound(gram) > top:  # to prove it is to count
        return math.inf
    identity = _identity(gram)
    return math.inf if identity is None else identity.cost(top)


def _divisors_count(gram: Gram, top: int) -> int:
    identity = _identity(gram)
    assert identity is not None
    return identity.count(top)


# -- slices of orthogonal sums ----------------------------------------------------------------------------


def _slices(gram: Gram, top: int) -> tuple[float, Gram, Gram]:
    """The least cost, and the parts: the norms of the first are listed, the points of the second counted."""
    best: tuple[float, Gram, Gram] = (math.inf, (), ())
    for outer, inner in splittings(gram):
        listing, number = norms_cost(outer, top)
        if listing + number * _CALL < best[0]:
            cost = listing + number * (_CALL + _cheapest(inner, top)[1])
            best = min(best, (cost, outer, inner), key=lambda found: found[0])
    return best


def _slices_cost(gram: Gram, top: int) -> float:
    return _slices(gram, top)[0]


def _slices_count(gram: Gram, top: int) -> int:
    _, outer, inner = _slices(gram, top)
    way, _ = _cheapest(inner, top)
    return sum(number * way.count(inner, top - norm) for norm, number in norms_of(outer, top))


_WAYS = (
    _Way("theta series", _diagonal_cost, _diagonal_count),
    _Way("rows", _rows_cost, _rows_count),
    _Way("enumeration", enumeration_cost, enumeration_count),
    _Way("divisor sums", _divisors_cost, _divisors_count),
    _Way("theta series of two parts", halves_cost, halves_count),
    _Way("slices", _slices_cost, _slices_count),
)
