"""Compiled sums over ⌊top/x⌋ modulo primes below 2²⁶, in floats whose values are integers below 2⁵³."""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

BLOCK = 2048
HALF = 67108864.0  # 2²⁶


@nb.njit(cache=True)
def reduce(values: Floats, size: int, p: float) -> None:
    """Values of absolute value at most 2⁵² + 2²⁸ modulo p, in place, into [−2, p + 2].

    The quotient as a float is off by one at most, and the product with p is exact.
    """
    over = 1.0 / p
    for i in range(size):
        values[i] -= np.floor(values[i] * over) * p


@nb.njit(cache=True)
def times(values: Floats, others: Floats, size: int, p: float) -> None:
    """Products of residues in [−2, p + 2], again in that range."""
    over = 1.0 / p
    for i in range(size):
        value = values[i] * others[i]
        values[i] = value - np.floor(value * over) * p


@nb.njit(cache=True)
def residues(values: Ints, size: int, p: float, out: Floats) -> None:
    """Integers 0 ≤ values < 2⁶² modulo p, into [−2, p + 2], by halves of 26 bits below the highest."""
    for i in range(size):
        out[i] = np.float64(values[i] >> 26)
    reduce(out, size, p)
    for i in range(size):
        out[i] = out[i] * HALF + np.float64(values[i] & 67108863)
    reduce(out, size, p)


@nb.njit(cache=True)
def evaluate(table: Floats, rests: Ints, arguments: Floats, size: int, p: float, out: Floats) -> None:
    """Horner's rule at residues: out_i = Σ_j table[rests_i, j]·arguments_i^j modulo p."""
    over, degree = 1.0 / p, table.shape[1] - 1
    if len(table) == 1:
        for i in range(size):
            out[i] = table[0, degree]
        for j in range(degree - 1, -1, -1):
            term = table[0, j]
            for i in range(size):
                value = out[i] * arguments[i] + term
                out[i] = value - np.floor(value * over) * p
        return
    for i in range(size):
        out[i] = table[rests[i], degree]
    for j in range(degree - 1, -1, -1):
        for i in range(size):
            value = out[i] * arguments[i] + table[rests[i], j]
            out[i] = value - np.floor(value * over) * p


@nb.njit(cache=True)
def hyperbola_side(top: int, last: int, signs: Ints, power: int, tables: Floats, primes: Floats, out: Ints) -> None:
    """out_l = Σ_{1 ≤ x ≤ last} signs(x)·x^power·F(⌊top/x⌋) modulo primes_l < 2²⁶.

    signs has a period; F(y) = Σ_j tables[l, y mod v, j]·⌊y/v⌋^j for each prime. top < 2⁶², last < 2³².
    """
    modulus, period = tables.shape[1], len(signs)
    quotients, rests = np.zeros(BLOCK, dtype=np.int64), np.zeros(BLOCK, dtype=np.int64)
    numbers, weights = np.zeros(BLOCK, dtype=np.int64), np.zeros(BLOCK)
    arguments, values = np.zeros(BLOCK), np.zeros(BLOCK)
    out[:] = 0
    for start in range(1, last + 1, BLOCK):
        size = min(BLOCK, last + 1 - start)
        if top < 9007199254740992:  # below 2⁵³ the rounded quotient is never above the next integer
            for i in range(size):
                quotients[i] = np.int64(np.float64(top) / np.float64(start + i))
        else:
            for i in range(size):
                quotients[i] = top // (start + i)
        if modulus > 1:
            for i in range(size):
                rests[i] = quotients[i] % modulus
                quotients[i] //= modulus
        for i in range(size):
            numbers[i] = start + i
            weights[i] = np.float64(signs[(start + i) % period])
        for prime in range(len(primes)):
            p = primes[prime]
            residues(quotients, size, p, arguments)
            evaluate(tables[prime], rests, arguments, size, p, values)
            if power > 0:
                residues(numbers, size, p, arguments)
                for _ in range(power):
                    times(values, arguments, size, p)
            total: int = 0
            for i in range(size):
                total += int(np.int32(values[i] * weights[i]))
            out[prime] = (out[prime] + total) % np.int64(p)
