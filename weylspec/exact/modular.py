"""Residues modulo primes p < 2³¹: the primes, roots of unity in F_p, and the Chinese remainder theorem.

Residues are int64 arrays with entries in [0, p); a product of two of them stays below 2⁶².
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, WeylspecError
from weylspec.multiplicities import IntArray, exact_integers

Residues: TypeAlias = npt.NDArray[np.int64]

PRIME_BOUND = 2**31


def is_prime(n: int) -> bool:
    """Whether n < 3 215 031 751 is prime: Miller–Rabin to the bases 2, 3, 5, 7, which is proven there.

    Raises
    ------
    CostError
        If n is 3 215 031 751 or more.

    References
    ----------
    Pomerance, Selfridge and Wagstaff (1980), "The pseudoprimes to 25·10⁹".

    Examples
    --------
    >>> [n for n in range(20) if is_prime(n)], is_prime(2**31 - 1), is_prime(2047)
    ([2, 3, 5, 7, 11, 13, 17, 19], True, False)
    """
    if n >= 3_215_031_751:
        raise CostError(f"primality of {n} is not decided here; give a number below 3215031751")
    if n < 2:
        return False
    for small in (2, 3, 5, 7):
        if n % small == 0:
            return n == small
    odd = n - 1
    twos = (odd & -odd).bit_length() - 1
    odd >>= twos
    return all(_passes(n, base, odd, twos) for base in (2, 3, 5, 7))


def _passes(n: int, base: int, odd: int, twos: int) -> bool:
    """One Miller–Rabin round: n − 1 = odd·2^twos."""
    x = pow(base, odd, n)
    if x in (1, n - 1):
        return True
    for _ in range(twos - 1):
        x = x * x % n
        if x == n - 1:
            return True
    return False


def prime_factors(n: int) -> list[int]:
    """The different primes that divide n ≥ 1, ascending, by trial division.

    Examples
    --------
    >>> prime_factors(360), prime_factors(1)
    ([2, 3, 5], [])
    """
    if n < 1:
        raise WeylspecError(f"only positive integers are factored, got {n}")
    factors, q = [], 2
    while q * q <= n:
        if n % q == 0:
            factors.append(q)
            while n % q == 0:
                n //= q
        q += 1 if q == 2 else 2
    return factors + [n] * (n > 1)


def primes_one_modulo(n: int) -> Iterator[int]:
    """The primes p ≡ 1 (mod n) below 2³¹, in descending order.

    Parameters
    ----------
    n : int
        Positive modulus; F_p then contains the n-th roots of unity.

    Returns
    -------
    iterator of int
        It raises CostError, naming n, when no prime is left.

    Raises
    ------
    CostError
        At once if n ≥ 2³¹.

    Examples
    --------
    >>> next(primes_one_modulo(1)) == 2**31 - 1, next(primes_one_modulo(360)) % 360
    (True, 1)
    """
    if n < 1:
        raise WeylspecError(f"the modulus must be a positive integer, got {n}")
    if n >= PRIME_BOUND:
        raise CostError(_no_primes(n))
    return _descending(n)


def _descending(n: int) -> Iterator[int]:
    p = PRIME_BOUND
    while True:
        p = _prime_before(p, n)
        yield p


@lru_cache(maxsize=4096)
def _prime_before(bound: int, n: int) -> int:
    for p in range((bound - 2) // n * n + 1, 1, -n):
        if is_prime(p):
            return p
    raise CostError(_no_primes(n))


def _no_primes(n: int) -> str:
    return f"no (further) prime below 2^31 is 1 modulo {n}; use phases whose common denominator is smaller"


@lru_cache(maxsize=4096)
def _primitive_root(p: int) -> int:
    """The smallest generator of the multiplicative group of F_p."""
    exponents = [(p - 1) // q for q in prime_factors(p - 1)]
    return next(g for g in range(1, p) if all(pow(g, e, p) != 1 for e in exponents))


@lru_cache(maxsize=4096)
def root_of_unity(p: int, n: int) -> int:
    """An element of exact multiplicative order n in F_p.

    It is g^((p−1)/n) with g the smallest primitive root, so that roots of different orders for one
    prime are compatible: root_of_unity(p, n·k)**k = root_of_unity(p, n). They stand for e^{2πi/n}.

    Parameters
    ----------
    p : int
        Prime below 2³¹.
    n : int
        A divisor of p − 1.

    Returns
    -------
    int
        In [1, p).

    Raises
    ------
    WeylspecError
        If p is not such a prime, or n does not divide p − 1.

    Examples
    --------
    >>> root_of_unity(13, 4), pow(root_of_unity(13, 12), 3, 13)
    (8, 8)
    """
    if p >= PRIME_BOUND or not is_prime(p):
        raise WeylspecError(f"{p} is not a prime below 2^31; take one from primes_one_modulo({n})")
    if n < 1 or (p - 1) % n:
        raise WeylspecError(f"F_{p} has no element of order {n}; take a prime from primes_one_modulo({n})")
    return pow(_primitive_root(p), (p - 1) // n, p)


def unit_powers(order: int, p: int) -> Residues:
    """The images of e(0), e(1/order), … in F_p, e(x) = e^{2πix}.

    Parameters
    ----------
    order : int
        A divisor of p − 1.
    p : int
        Prime.

    Returns
    -------
    ndarray of shape (order,), int64

    Examples
    --------
    >>> unit_powers(4, 13).tolist()
    [1, 8, 12, 5]
    """
    zeta, powers = root_of_unity(p, order), [1]
    for _ in range(order - 1):
        powers.append(powers[-1] * zeta % p)
    return np.array(powers, dtype=np.int64)


def unit_residues(phases: Sequence[Fraction], p: int) -> Residues:
    """The images of e(phase) in F_p, e(x) = e^{2πix}.

    Parameters
    ----------
    phases : sequence of Fractions
    p : int
        Prime, 1 modulo every denominator.

    Returns
    -------
    ndarray of int64

    Examples
    --------
    >>> unit_residues((Fraction(0), Fraction(1, 2), Fraction(1, 3)), 7).tolist()
    [1, 6, 2]
    """
    order = math.lcm(*(phase.denominator for phase in phases))
    zeta = root_of_unity(p, order) if order > 1 else 1
    return np.array([pow(zeta, f.numerator * (order // f.denominator), p) for f in phases], dtype=np.int64)


def residue(fraction: Fraction, p: int) -> int:
    """The residue of a fraction modulo the prime p.

    Raises
    ------
    WeylspecError
        If p divides the denominator.

    Examples
    --------
    >>> residue(Fraction(1, 2), 7), residue(Fraction(-3), 7)
    (4, 4)
    """
    if fraction.denominator % p == 0:
        raise WeylspecError(f"{fraction} has no residue modulo {p}; take a prime prime to its denominator")
    return fraction.numerator * pow(fraction.denominator, -1, p) % p


def crt(residues: Sequence[Residues], primes: Sequence[int]) -> IntArray:
    """The integers in [0, p₁⋯p_m) with the given residues (Garner's mixed radix form).

    Parameters
    ----------
    residues : sequence of m int64 arrays of shape (n,)
        Entry i holds values modulo primes[i].
    primes : sequence of m different primes below 2³¹

    Returns
    -------
    ndarray of shape (n,)
        int64 while the sum fits, else Python ints (`weylspec.multiplicities.exact_integers`).

    Raises
    ------
    WeylspecError
        If the lists differ in length, are empty, or a modulus is repeated or too large.

    References
    ----------
    Garner (1959), "The residue number system".

    Examples
    --------
    >>> crt([np.array([2, 1]), np.array([3, 0])], [5, 7])
    array([17, 21])
    """
    if len(residues) != len(primes) or not primes:
        raise WeylspecError(
            f"{len(residues)} arrays of residues for {len(primes)} primes; give one per prime"
        )
    if len(set(primes)) < len(primes) or max(primes) >= PRIME_BOUND:
        raise WeylspecError(f"the moduli must be different primes below 2^31, got {list(primes)}")
    digits: list[Residues] = []
    for r, p in zip(residues, primes, strict=True):
        digits.append(_next_digit(np.asarray(r, dtype=np.int64) % p, digits, primes, p))
    while len(digits) > 1 and not digits[-1].any():
        digits.pop()
    if len(digits) == 1:
        return exact_integers(digits[0])
    # The two lowest digits still fit together in int64.
    low = digits[0] + primes[0] * digits[1]
    if len(digits) == 2:
        return exact_integers(low)
    value = digits[-1].astype(object)
    for digit, p in zip(digits[-2:1:-1], primes[len(digits) - 2 : 1 : -1], strict=True):
        value = value * p + digit
    return exact_integers(value * (primes[0] * primes[1]) + low)


def _next_digit(r: Residues, digits: list[Residues], primes: Sequence[int], p: int) -> Residues:
    """The mixed radix digit modulo p that follows the given ones."""
    known = np.zeros_like(r)
    radix = 1
    for digit, q in zip(reversed(digits), reversed(primes[: len(digits)]), strict=True):
        known = (known * (q % p) + digit) % p
        radix = radix * q % p
    return (r - known) % p * pow(radix, -1, p) % p
