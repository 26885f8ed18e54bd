"""The series of invariant polynomials, by structure: free rings, wreath products, direct products.

Σ_k dim(R[x]_k)^G t^k = ∫_G dg/det(1 − tg). Where R[x]^G is free with degrees d_i (reflection groups) it is
Π 1/(1 − t^{d_i}) (Chevalley 1955). For H ≀ S_m on m blocks it is h_m of m·h_m = Σ_r p_r h_{m−r} with p_r the
series of H in t^r (Pólya 1937); for direct products on coordinates of their own it is a product.
"""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import numpy.typing as npt

from weylspec.exact.polynomials import Exponents, binomial_series, cyclotomic_exponents
from weylspec.exact.power_series import multisets, one, over_binomials, product, times_binomial, transform_order
from weylspec.groups.factors import Factor
from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.averages.molien import class_average, class_dimensions, class_modulus, class_poles
from weylspec.invariants.averages.multiplicity import invariant_multiplicities
from weylspec.multiplicities import IntArray, exact_integers

Residues = npt.NDArray[np.int64]


def invariant_dimensions(action: LinearAction, bounds: IntArray) -> IntArray:
    """Dimensions of the invariant harmonics of degrees 0 … len(bounds) − 1, exact.

    By structure where the group has one, else by classes: Σ_k m_k t^k = (1 − t²)·`algebra_series`. Degrees of a free
    ring give integers at once, without primes.

    Parameters
    ----------
    action : LinearAction
        On R^N, N ≥ 2.
    bounds : ndarray of shape (K + 1,), exact integers
        Dimensions of all harmonics.

    Returns
    -------
    ndarray of shape (K + 1,), exact integers

    Examples
    --------
    Hyperspherical harmonics in sixty dimensions without regard to the order of coordinates:

    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> from weylspec.spaces.sphere import harmonic_dimension
    >>> bounds = np.array([harmonic_dimension(59, k) for k in range(9)], dtype=object)
    >>> invariant_dimensions(SymmetricGroup(60).natural(), bounds).tolist()
    [1, 1, 1, 2, 3, 4, 6, 8, 11]
    """
    top = len(bounds) - 1
    if action.degrees:
        powers = Counter({2: 1})
        powers.subtract(action.degrees)
        return exact_integers(binomial_series([1], powers, top + 1))
    if not action.factors:
        return class_dimensions(action, bounds)

    def average(p: int) -> Residues:
        return times_binomial(algebra_series(action, top, p), 2, p)

    return invariant_multiplicities(bounds, average, algebra_modulus(action, top))


def algebra_series(action: LinearAction, top: int, p: int) -> Residues:
    """∫_G dg/det(1 − tg) modulo a prime, up to t^top.

    Parameters
    ----------
    action : LinearAction
    top : int
    p : int
        Prime, 1 modulo `algebra_modulus`.

    Returns
    -------
    ndarray of shape (top + 1,), residues modulo p

    Examples
    --------
    Two points of the plane up to their signs and their order: even degrees only.

    >>> from weylspec.groups.permutation import SignFlips
    >>> from weylspec.groups.wreath import Wreath
    >>> algebra_series(Wreath(SignFlips(1).copies(2), 2).natural(), 4, 101).tolist()
    [1, 0, 3, 0, 11]
    """
    if action.degrees:
        return over_binomials(one(top), action.degrees, p)
    if not action.factors:
        return over_binomials(class_average(action, top, p), (2,), p)
    result = over_binomials(one(top), (1,) * _still(action), p)
    known: dict[int, Residues] = {}
    for factor in action.factors:
        key = id(factor.base)
        if key not in known:
            known[key] = algebra_series(factor.base, top, p)
        result = product(result, _wreath_series(factor, known[key], p), p)
    return result


def _wreath_series(factor: Factor[LinearAction], base: Residues, p: int) -> Residues:
    if factor.m == 1:
        return base
    occupied = np.flatnonzero(base)
    return multisets(occupied, base[occupied], factor.m, len(base) - 1, p)


def _still(action: LinearAction) -> int:
    """How many coordinates no factor moves."""
    return action.size - sum(factor.coordinates.size for factor in action.factors)


def algebra_modulus(action: LinearAction, top: int) -> int:
    """What a prime must be 1 modulo for `algebra_series`.

    Parameters
    ----------
    action : LinearAction
    top : int

    Returns
    -------
    int

    Examples
    --------
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> algebra_modulus(SymmetricGroup(60).natural(), 100)
    1
    """
    if action.degrees:
        return 1
    if not action.factors:
        return class_modulus(action, top)
    return math.lcm(transform_order(top + 1), *(algebra_modulus(f.base, top) for f in action.factors))


def algebra_poles(action: LinearAction) -> Exponents:
    """Cyclotomic factors (d, e) of a common denominator of 1/det(1 − tg) over a finite group.

    Parameters
    ----------
    action : LinearAction

    Returns
    -------
    tuple of (d, e)
        No element has a primitive d-th root of unity as an eigenvalue more than e times.

    Examples
    --------
    The degrees 1 … 4, and pairs of coordinates up to sign and order:

    >>> from weylspec.groups.permutation import SignFlips, SymmetricGroup
    >>> from weylspec.groups.wreath import Wreath
    >>> algebra_poles(SymmetricGroup(4).natural())
    ((1, 4), (2, 2), (3, 1), (4, 1))
    >>> algebra_poles(Wreath(SignFlips(1).copies(2), 2).natural())
    ((1, 4), (2, 4), (4, 2))
    """
    if action.degrees:
        return cyclotomic_exponents(action.degrees)
    if not action.factors:
        return class_poles(action)
    total: Counter[int] = Counter({1: _still(action)})
    for factor in action.factors:
        total.update(_wreath_poles(dict(algebra_poles(factor.base)), factor.m))
    return tuple(sorted((d, e) for d, e in total.items() if e))


def _wreath_poles(base: dict[int, int], m: int) -> dict[int, int]:
    """Most eigenvalues of one kind in H ≀ S_m: ζ occurs in a cycle of length r as often as ζ^r in its product."""
    orders = {d for order in base for r in range(1, m + 1) for d in range(1, r * order + 1)
              if d // math.gcd(d, r) == order}
    found = {}
    for d in orders:
        best = [0] * (m + 1)
        for size in range(1, m + 1):
            best[size] = max(best[size - r] + base.get(d // math.gcd(d, r), 0) for r in range(1, size + 1))
        found[d] = best[m]
    return found
