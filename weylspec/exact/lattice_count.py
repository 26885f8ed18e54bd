"""Exact numbers of lattice points in ellipsoids, for quadratic forms with integer coefficients.

The form is reduced first; then the cheapest of a few ways counts: walks along convex hulls in two and three
variables, theta series of diagonal forms, sums over divisors where the theta series is proved to be a sum of
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
from weylspec.exact.lattices.points.planar import planar_cost, planar_count
from weylspec.exact.lattices.points.spatial import SpatialForm, spatial_cost, spatial_count
from weylspec.exact.lattices.reduction import Gram, is_diagonal, simplified
from weylspec.exact.lattices.series.eisenstein import ThetaIdentity, identity_bound, theta_identity
from weylspec.exact.limits import check_operations
from weylspec.exact.theta import lattice_count_cost, lattice_count_diagonal

IntMatrix = npt.NDArray[np.int64]

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
    (168.0, 1.0)
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
    work = f"counting points of a form in {len(table)} variables up to {top}"
    check_operations(cost, work, way.name if math.isfinite(cost) else "any way")
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


# -- two and three variables, along convex hulls ------------------------------------------------------


def _hull_cost(gram: Gram, top: int) -> float:
    if len(gram) == 2:
        return planar_cost(*_planar(gram), top)
    return spatial_cost(_spatial(gram), top) if len(gram) == 3 else math.inf


def _hull_count(gram: Gram, top: int) -> int:
    return planar_count(*_planar(gram), top) if len(gram) == 2 else spatial_count(_spatial(gram), top)


def _planar(gram: Gram) -> tuple[int, int, int]:
    return gram[0][0] // 2, gram[0][1], gram[1][1] // 2


def _spatial(gram: Gram) -> SpatialForm:
    (a, b, c), (_, d, e), (_, _, f) = gram
    return a // 2, b, c, d // 2, e, f // 2


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
    _Way("convex hulls", _hull_cost, _hull_count),
    _Way("theta series", _diagonal_cost, _diagonal_count),
    _Way("enumeration", enumeration_cost, enumeration_count),
    _Way("divisor sums", _divisors_cost, _divisors_count),
    _Way("theta series of two parts", halves_cost, halves_count),
    _Way("slices", _slices_cost, _slices_count),
)
