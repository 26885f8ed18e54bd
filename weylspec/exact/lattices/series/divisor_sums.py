"""Sums Σ_{n ≤ X} Σ_{ef = n} ψ(f) φ(e) e^{k−1} in √X steps, exact: Dirichlet's hyperbola modulo primes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import count, islice, pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from weylspec.exact.limits import check_operations
from weylspec.exact.modular import is_prime

Character: TypeAlias = tuple[int, ...]  # the values 0, 1, −1 at 0, 1, … over one period
Polynomial: TypeAlias = list[Fraction]  # lowest terms first

TRIVIAL: Character = (1,)
_PRIME_BITS = 26  # products of residues are exact as floats
_LARGEST = 2**62


def divisor_sum(top: int, k: int, psi: Character = TRIVIAL, phi: Character = TRIVIAL) -> int:
    """Σ_{n ≤ top} Σ_{ef = n} ψ(f) φ(e) e^{k−1}, exact.

    With Ψ, Φ the sums of ψ(f) and φ(e)·e^{k−1} up to a number, polynomials on each class of residues, and
    s = ⌊√top⌋, it is Σ_{e ≤ s} φ(e) e^{k−1} Ψ(top/e) + Σ_{f ≤ s} ψ(f) Φ(top/f) − Ψ(s) Φ(s).

    Parameters
    ----------
    top : int
        Up to 2⁶².
    k : int
        At least 1.
    psi, phi : tuples of 0, 1, −1
        Periodic functions by their values at 0, 1, … over one period; (1,) is 1 everywhere.

    Returns
    -------
    int

    Raises
    ------
    CostError
        If it takes more than 10¹¹ operations.

    References
    ----------
    Dirichlet (1849), "Über die Bestimmung der mittleren Werthe in der Zahlentheorie".

    Examples
    --------
    Σ σ(n) over n ≤ 4 is 1 + 3 + 4 + 7; points of Z² at n ≤ 4 other than 0, by divisors modulo 4:

    >>> divisor_sum(4, 2), 4 * divisor_sum(4, 1, (1,), (0, 1, 0, -1))
    (15, 12)
    """
    if top < 1:
        return 0
    check_operations(divisor_sum_cost(top, k), f"a sum over divisors up to {top}")
    from weylspec.exact.lattices.series import _loops

    # The sum and the corner are at most Σ_e e^{k−1}·top/e ≤ top^k for k ≥ 2, top·(1 + log top) for k = 1.
    primes = _primes((top**k * top.bit_length()).bit_length() + 2)
    last = math.isqrt(top)
    sides = np.zeros((2, len(primes)), dtype=np.int64)
    moduli = np.array(primes, dtype=np.float64)
    for side, signs, power, tables in ((sides[0], phi, k - 1, _tables(psi, 0, primes)),
                                       (sides[1], psi, 0, _tables(phi, k - 1, primes))):
        _loops.hyperbola_side(top, last, np.array(signs, dtype=np.int64), power, tables, moduli, side)
    found = sides.sum(axis=0)
    product, idempotents = _remainders(primes)
    total = sum(int(r) * c for r, c in zip(found, idempotents, strict=True)) % product
    corner = _prefix_value(psi, 0, last) * _prefix_value(phi, k - 1, last)
    return total - corner - (product if 2 * total > product else 0)


def divisor_sum_cost(top: int, k: int) -> float:
    """Estimated steps of `divisor_sum`; infinite beyond 2⁶².

    Examples
    --------
    >>> divisor_sum_cost(10**6, 2) < divisor_sum_cost(10**8, 2) < divisor_sum_cost(10**8, 4) < 1e7
    True
    """
    if top >= _LARGEST:
        return math.inf
    primes = k * max(top, 1).bit_length() // _PRIME_BITS + 1
    return 1e3 + math.sqrt(max(top, 0)) * (6.0 + primes * (4.0 + 2.0 * k))


@lru_cache(maxsize=64)
def _primes(bits: int) -> tuple[int, ...]:
    """Primes below 2²⁶ whose product has more than these bits."""
    found = (p for p in count(2**_PRIME_BITS - 1, -2) if is_prime(p))
    return tuple(islice(found, bits // (_PRIME_BITS - 1) + 1))


@lru_cache(maxsize=64)
def _remainders(primes: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    """The product of the primes, and the numbers below it that are 1 modulo one and 0 modulo the others."""
    product = math.prod(primes)
    return product, tuple(product // p * pow(product // p, -1, p) for p in primes)


@lru_cache(maxsize=256)
def _prefix(character: Character, power: int) -> tuple[int, tuple[tuple[int, ...], ...]]:
    """Σ_{1 ≤ e ≤ vq + r} χ(e) e^power as a polynomial in q for each r < v, the period: denominator, numerators."""
    v = len(character)
    samples = [Fraction(0)]  # at q = 0, 1, …; r = 0
    for q in range(power + 1):
        samples.append(samples[-1] + sum(character[e % v] * e**power for e in range(v * q + 1, v * q + v + 1)))
    current = _interpolated(samples)
    rows = [list(current)]
    for r in range(1, v):
        for j in range(power + 1):
            current[j] += character[r] * math.comb(power, j) * v**j * r ** (power - j)
        rows.append(list(current))
    denominator = math.lcm(*(c.denominator for c in current))
    return denominator, tuple(tuple(int(c * denominator) for c in row) for row in rows)


def _interpolated(samples: Sequence[Fraction]) -> Polynomial:
    """The polynomial with given values at 0, 1, …, by Newton's differences."""
    result = [Fraction(0)] * len(samples)
    basis, row = [Fraction(1)], list(samples)
    for j in range(len(samples)):
        for i, c in enumerate(basis):
            result[i] += row[0] * c
        row = [b - a for a, b in pairwise(row)]
        shifted = [Fraction(0), *basis]
        basis = [(x - j * c) / (j + 1) for x, c in zip(shifted, [*basis, Fraction(0)], strict=True)]
    return result


@lru_cache(maxsize=64)
def _tables(character: Character, power: int, primes: tuple[int, ...]) -> npt.NDArray[np.float64]:
    """The coefficients of `_prefix` modulo each prime."""
    denominator, rows = _prefix(character, power)
    return np.array([[[c * pow(denominator, -1, p) % p for c in row] for row in rows] for p in primes],
                    dtype=np.float64)


def _prefix_value(character: Character, power: int, y: int) -> int:
    denominator, rows = _prefix(character, power)
    q, r = divmod(y, len(rows))
    value = 0
    for c in reversed(rows[r]):
        value = value * q + c
    return value // denominator
