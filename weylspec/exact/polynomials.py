"""Integer polynomials as lists of Python ints, constant term first: products, cyclotomic polynomials.

Everything about cyclotomic polynomials goes through Φ_n = Π_{d | n} (1 − t^d)^{μ(n/d)}, which turns
products and quotients of power series into differences and cumulative sums. Here Φ_1 = 1 − t, so that
every product of Φ_n has constant term 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from weylspec.errors import WeylspecError
from weylspec.exact.modular import prime_factors
from weylspec.multiplicities import IntArray

Polynomial = list[int]
Exponents = tuple[tuple[int, int], ...]

LARGE = 2**62  # int64 holds any number below it, and its negative

_SCHOOLBOOK = 400  # products of coefficients below which the double loop wins (timed)


def multiply(a: Sequence[int], b: Sequence[int]) -> Polynomial:
    """Product of two integer polynomials.

    Large ones are packed into one integer each (Kronecker substitution t ↦ 2^w, w wide enough for every
    coefficient of the product and its sign).

    Examples
    --------
    >>> multiply([1, -1], [1, 1, 1]), multiply([], [1])
    ([1, 0, 0, -1], [])
    """
    if not a or not b:
        return []
    if len(a) * len(b) <= _SCHOOLBOOK:
        return _schoolbook(a, b)
    largest = max(map(abs, a)) * max(map(abs, b)) * min(len(a), len(b))
    width = (largest.bit_length() + 2 + 7) // 8  # bytes, with room for the sign
    return _unpack(_pack(a, width) * _pack(b, width), width, len(a) + len(b) - 1)


def _schoolbook(a: Sequence[int], b: Sequence[int]) -> Polynomial:
    result = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        if x:
            for j, y in enumerate(b, i):
                result[j] += x * y
    return result


def _pack(a: Sequence[int], width: int) -> int:
    """Σ a_i 256^{width·i}."""
    plus = b"".join(max(x, 0).to_bytes(width, "little") for x in a)
    minus = b"".join(max(-x, 0).to_bytes(width, "little") for x in a)
    return int.from_bytes(plus, "little") - int.from_bytes(minus, "little")


def _unpack(value: int, width: int, length: int) -> Polynomial:
    """The signed digits: half the base is added to each, so that all become non-negative."""
    half = 1 << (8 * width - 1)
    shift = int.from_bytes(half.to_bytes(width, "little") * length, "little")
    digits = (value + shift).to_bytes(width * length + 1, "little")
    return [int.from_bytes(digits[i : i + width], "little") - half for i in range(0, width * length, width)]


def times_binomials(coefficients: Sequence[int], powers: Mapping[int, int], length: int) -> Polynomial:
    """The first terms of the power series Σ a_k t^k · Π_e (1 − t^e)^{powers[e]}, exact.

    Parameters
    ----------
    coefficients : sequence of int
        a_0, a_1, …; zeros follow.
    powers : mapping of e to a power of either sign
    length : int
        Number of terms returned.

    Returns
    -------
    list of length ints

    Examples
    --------
    >>> times_binomials([1], {1: -2}, 5), times_binomials([1], {1: 1, 2: 1}, 4)
    ([1, 2, 3, 4, 5], [1, -1, -1, 1])
    """
    listed: Polynomial = binomial_series(coefficients, powers, length).tolist()
    return listed


def binomial_series(coefficients: Sequence[int], powers: Mapping[int, int], length: int) -> IntArray:
    """`times_binomials` as an array: int64 while a bound of the terms allows it, else Python ints.

    Examples
    --------
    >>> binomial_series([1], {1: -2}, 5)
    array([1, 2, 3, 4, 5])
    """
    if any(e < 1 for e in powers):
        raise WeylspecError(f"1 − t^e needs e ≥ 1, got {min(powers)}")
    head = [int(a) for a in coefficients[:length]]
    products = [e for e, power in powers.items() for _ in range(power if e < length else 0)]
    largest = max(map(abs, head), default=0) << len(products)
    series = np.zeros(length, dtype=np.int64 if largest < LARGE else object)
    series[: len(head)] = head
    for e in products:
        series[e:] = series[e:] - series[:-e]
    return _divided(series, [e for e, power in powers.items() for _ in range(-power if e < length else 0)])


def _divided(series: IntArray, steps: list[int]) -> IntArray:
    """Over Π (1 − t^e): compiled for as many steps at once as int64 has room for, with Python ints beyond."""
    from weylspec.exact._loops import divide_by_binomials

    done = 0
    while done < len(steps) and series.dtype != object:
        start, most = done, int(np.abs(series).max())
        while done < len(steps) and most * -(-len(series) // steps[done]) < LARGE:
            most *= -(-len(series) // steps[done])
            done += 1
        if done == start:
            series = series.astype(object)
        else:
            divide_by_binomials(series, np.array(steps[start:done], dtype=np.int64))
    for e in steps[done:]:
        series = cumulated(series, e)
    return series


def cumulated(series: IntArray, step: int) -> IntArray:
    """The power series divided by 1 − t^step, exact if the entries have room for the sums.

    Examples
    --------
    >>> cumulated(np.array([1, 1, 0, 0, 0]), 2)
    array([1, 1, 1, 1, 1])
    """
    length = len(series)
    table = np.zeros(-(-length // step) * step, dtype=series.dtype)
    table[:length] = series
    return np.asarray(np.add.accumulate(table.reshape(-1, step), axis=0).reshape(-1)[:length])


def binomial_powers(cyclotomics: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Powers of 1 − t^e whose product is Π Φ_d^{e_d} (Möbius inversion).

    Examples
    --------
    >>> sorted(binomial_powers([(6, 1)]).items())
    [(1, 1), (2, -1), (3, -1), (6, 1)]
    """
    powers: dict[int, int] = {}
    for d, exponent in cyclotomics:
        terms = [(d, exponent)]
        for q in prime_factors(d):
            terms += [(e // q, -power) for e, power in terms]
        for e, power in terms:
            powers[e] = powers.get(e, 0) + power
    return {e: power for e, power in powers.items() if power}


def cyclotomic_exponents(binomials: Iterable[int]) -> Exponents:
    """The exponents (d, e_d) with Π_i (1 − t^{n_i}) = Π Φ_d^{e_d}.

    Examples
    --------
    >>> cyclotomic_exponents([2, 4])
    ((1, 2), (2, 2), (4, 1))
    """
    sizes = list(binomials)
    if any(n < 1 for n in sizes):
        raise WeylspecError(f"1 − t^n needs n ≥ 1, got {sizes}")
    counts = ((d, sum(n % d == 0 for n in sizes)) for d in range(1, max(sizes, default=0) + 1))
    return tuple((d, count) for d, count in counts if count)


def totient(n: int) -> int:
    """Euler's φ(n) = deg Φ_n.

    Examples
    --------
    >>> [totient(n) for n in range(1, 11)]
    [1, 1, 2, 2, 4, 2, 6, 4, 6, 4]
    """
    result = n
    for q in prime_factors(n):
        result -= result // q
    return result


def cyclotomic_product(cyclotomics: Sequence[tuple[int, int]]) -> Polynomial:
    """Coefficients of Π Φ_d^{e_d} (with Φ_1 = 1 − t).

    Examples
    --------
    >>> cyclotomic_product([(1, 1), (2, 2)])
    [1, 1, -1, -1]
    """
    degree = sum(totient(d) * e for d, e in cyclotomics)
    return times_binomials([1], binomial_powers(cyclotomics), degree + 1)


def cyclotomic(n: int) -> Polynomial:
    """Coefficients of the n-th cyclotomic polynomial, constant term 1 (so Φ_1 = 1 − t).

    Examples
    --------
    >>> cyclotomic(1), cyclotomic(6), min(cyclotomic(105))
    ([1, -1], [1, -1, 1], -2)
    """
    return cyclotomic_product([(n, 1)])
