"""Jacobi polynomials of several variables: the zonal spherical functions of Grassmannians, exactly.

On [0, 1]^r with weight Π y_i^{a−1}(1 − y_i)^{b−1} Π|y_i − y_j|^d they are the symmetric eigenfunctions of

    D = Σ_i y_i(1 − y_i)∂_i² + (a − (a + b)y_i)∂_i + d Σ_{i≠j} y_i(1 − y_i)/(y_i − y_j) ∂_i,

which maps the monomial symmetric function m_ν to itself and to lower ones: the eigenfunctions follow
by back substitution in rational numbers. They are handed out in products of Chebyshev polynomials
T_k(2y − 1), whose coefficients stay below 2^r when the function is 1 at (1, …, 1).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from weylspec.errors import CostError

Partition: TypeAlias = tuple[int, ...]
Expansion: TypeAlias = dict[Partition, Fraction]

_MAX_BASIS = 160  # back substitution takes the cube of it: some seconds


@lru_cache(maxsize=64)
def jacobi_polynomials(r: int, d: int, a: Fraction, b: Fraction, degree: int) -> dict[Partition, Expansion]:
    """The Jacobi polynomials of all partitions ν with at most r rows and |ν| ≤ degree, equal to 1 at (1, …, 1).

    Parameters
    ----------
    r : int
        Number of variables.
    d : int
    a, b : Fraction
        Exponents of the weight plus 1.
    degree : int

    Returns
    -------
    dict of partitions to {κ: coefficient}
        The function is Σ_κ coefficient·Σ_{permutations of κ} Π_i T_{κ_i}(2y_i − 1), over different permutations.

    Raises
    ------
    CostError
        For more than 160 partitions.

    References
    ----------
    James and Constantine (1974); Koornwinder and Sprinson (1978).

    Examples
    --------
    One variable, weight 1: Legendre's polynomials, P_2 = (3x² − 1)/2 = 1/4 + 3/4·T_2.

    >>> {k: str(c) for k, c in jacobi_polynomials(1, 1, Fraction(1), Fraction(1), 2)[(2,)].items()}
    {(0,): '1/4', (2,): '3/4'}
    """
    basis = sorted(itertools.islice(_partitions(r, degree), _MAX_BASIS + 1), key=lambda nu: (sum(nu), nu))
    if len(basis) > _MAX_BASIS:
        raise CostError(f"zonal functions of {r} angles to degree {degree} need more than {_MAX_BASIS} symmetric "
                        "polynomials; ask for a smaller cutoff")
    images = {nu: _applied(nu, d, a, b) for nu in basis}
    chebyshev = {nu: _chebyshev(nu) for nu in basis}
    return {nu: _normalised(_eigenfunction(nu, basis, images), chebyshev) for nu in basis}


def _partitions(rows: int, size: int, largest: int | None = None) -> Iterator[Partition]:
    if rows == 0:
        yield ()
        return
    for first in range(min(size, size if largest is None else largest) + 1):
        for rest in _partitions(rows - 1, size - first, first):
            yield (first, *rest)


def _applied(nu: Partition, d: int, a: Fraction, b: Fraction) -> Expansion:
    """D m_ν in monomial symmetric functions: the coefficients of the descending monomials."""
    result: Expansion = {}

    def add(exponents: list[int], value: Fraction | int) -> None:
        if all(x >= y for x, y in itertools.pairwise(exponents)):
            key = tuple(exponents)
            result[key] = result.get(key, Fraction(0)) + value

    for monomial in set(itertools.permutations(nu)):
        for i, x in enumerate(monomial):
            add(list(monomial), -x * (x - 1 + a + b))
            if x:
                add(_replaced(monomial, {i: x - 1}), x * (x - 1 + a))
        for i, j in itertools.combinations(range(len(nu)), 2):
            x, y = monomial[i], monomial[j]
            if x > y:  # the monomial and its mirror image together are divisible by the difference of the variables
                for t in range(x - y):
                    add(_replaced(monomial, {i: y + t, j: x - 1 - t}), d * (x - y))
                for t in range(x - y + 1):
                    add(_replaced(monomial, {i: y + t, j: x - t}), -d * (x - (y if 0 < t < x - y else 0)))
            elif x == y:
                add(list(monomial), -d * x)
    return result


def _replaced(monomial: Partition, changes: dict[int, int]) -> list[int]:
    return [changes.get(i, x) for i, x in enumerate(monomial)]


def _eigenfunction(nu: Partition, basis: list[Partition], images: dict[Partition, Expansion]) -> Expansion:
    value = images[nu].get(nu, Fraction(0))
    found: Expansion = {nu: Fraction(1)}
    for kappa in reversed(basis[: basis.index(nu)]):
        source = sum((c * images[other].get(kappa, 0) for other, c in found.items()), Fraction(0))
        if source:
            found[kappa] = source / (value - images[kappa].get(kappa, Fraction(0)))
    return found


def _chebyshev(nu: Partition) -> Expansion:
    """m_ν in products of Chebyshev polynomials, from y^k = 4^{−k} Σ_{|j| ≤ k} C(2k, k − j) T_{|j|}(2y − 1)."""
    result: Expansion = {}
    for monomial in set(itertools.permutations(nu)):
        for kappa in itertools.product(*(range(k + 1) for k in monomial)):
            if all(x >= y for x, y in itertools.pairwise(kappa)):
                numerator = math.prod(
                    math.comb(2 * k, k - j) * (2 if j else 1) for k, j in zip(monomial, kappa, strict=True))
                result[kappa] = result.get(kappa, Fraction(0)) + Fraction(numerator, 4 ** sum(nu))
    return result


def _normalised(expansion: Expansion, chebyshev: dict[Partition, Expansion]) -> Expansion:
    total: Expansion = {}
    for nu, c in expansion.items():
        for kappa, value in chebyshev[nu].items():
            total[kappa] = total.get(kappa, Fraction(0)) + c * value
    at_one = sum(c * orderings(kappa) for kappa, c in total.items())
    return {kappa: total[kappa] / at_one for kappa in sorted(total) if total[kappa]}


def orderings(nu: Partition) -> int:
    """Number of different permutations of a tuple.

    Parameters
    ----------
    nu : tuple of ints

    Returns
    -------
    int

    Examples
    --------
    >>> orderings((2, 1, 1))
    3
    """
    return math.factorial(len(nu)) // math.prod(math.factorial(nu.count(x)) for x in set(nu))
