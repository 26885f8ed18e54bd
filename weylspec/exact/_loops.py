"""Compiled loops on int64 residues and counts: recurrences, polynomial division, theta series, points."""

from __future__ import annotations

import math

import numba as nb
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@nb.njit(cache=True)
def inverse(a: int, p: int) -> int:
    """The inverse of a modulo the prime p < 2³¹, by Fermat."""
    result, base, e = 1, a % p, p - 2
    while e > 0:
        if e & 1:
            result = result * base % p
        base = base * base % p
        e >>= 1
    return result


@nb.njit(cache=True)
def shortest_recurrence(terms: Ints, p: int, c: Ints, b: Ints, scratch: Ints) -> int:
    """Berlekamp–Massey: c becomes the connection polynomial; returns the order. b and scratch are work."""
    c[0] = 1
    b[0] = 1
    order, shift, last, b_len = 0, 1, 1, 1
    for n in range(len(terms)):
        gap = terms[n]
        for j in range(1, order + 1):
            gap = (gap + c[j] * terms[n - j]) % p
        if gap == 0:
            shift += 1
            continue
        factor = gap * inverse(last, p) % p
        grows = 2 * order <= n
        if grows:
            scratch[: order + 1] = c[: order + 1]
        for j in range(b_len):
            if b[j] != 0 and j + shift < len(c):
                c[j + shift] = (c[j + shift] + (p - factor) * b[j]) % p
        if grows:
            b_len = order + 1
            b[:b_len] = scratch[:b_len]
            order = n + 1 - order
            last, shift = gap, 1
        else:
            shift += 1
    return order


@nb.njit(cache=True)
def divide(a: Ints, b: Ints, p: int, quotient: Ints, rest: Ints) -> bool:
    """Divide a by b, both with constant term 1, lowest terms first; whether it is exact. rest = copy of a."""
    size = len(a) - len(b) + 1
    for i in range(size):
        q = rest[i]
        quotient[i] = q
        if q != 0:
            for j in range(len(b)):
                rest[i + j] = (rest[i + j] + (p - q) * b[j]) % p
    return not rest[size : len(a)].any()


@nb.njit(cache=True)
def divide_by_binomials(series: Ints, steps: Ints) -> None:
    """Divide a power series by Π_j (1 − t^{steps_j}), in integers: the caller sees to it that they have room."""
    for step in steps:
        for start in range(step):
            total = 0
            for k in range(start, len(series), step):
                total += series[k]
                series[k] = total


@nb.njit(cache=True)
def times_theta(dense: Ints, exponents: Ints, weights: Ints, square: int, out: Ints) -> None:
    """out_k = Σ_j weights_j dense_{k − exponents_j}.

    With square = p² every partial sum is kept below p² (weights and dense in [0, p)), for a reduction
    afterwards; with square = 0 nothing is reduced.
    """
    out[:] = 0
    filled = np.count_nonzero(dense)
    if 4 * filled < len(dense):
        for k in range(len(dense)):
            if dense[k] == 0:
                continue
            for j in range(len(exponents)):
                to = k + exponents[j]
                if to >= len(out):
                    break
                out[to] += weights[j] * dense[k]
                if square > 0 and out[to] >= square:
                    out[to] -= square
        return
    for j in range(len(exponents)):
        weight, shift = weights[j], exponents[j]
        if square == 0:
            for k in range(shift, len(out)):
                out[k] += weight * dense[k - shift]
        else:
            for k in range(shift, len(out)):
                value = out[k] + weight * dense[k - shift]
                out[k] = value - square if value >= square else value


@nb.njit(cache=True)
def floor_sqrt(n: int) -> int:
    """The integer square root of 0 ≤ n ≤ 2⁶⁰."""
    root = int(math.sqrt(n))
    while root * root > n:
        root -= 1
    while (root + 1) * (root + 1) <= n:
        root += 1
    return root


@nb.njit(cache=True)
def points_in_ellipsoid(upper: Floats, bound: float, limit: int, out: Ints) -> int:
    """Fincke–Pohst: all z with Σ_i d_i (z_i + Σ_{j>i} u_ij z_j)² ≤ bound; upper holds d on its diagonal.

    Returns their number; they are written to out if it has rows, else only counted. Counting stops
    once the number exceeds limit.
    """
    m = len(upper)
    z = np.zeros(m, dtype=np.int64)
    last = np.zeros(m, dtype=np.int64)
    center = np.zeros(m)
    left = np.zeros(m + 1)
    left[m] = bound
    found: int = 0
    i = m - 1
    fresh = True
    while i < m:
        if fresh:
            center[i] = 0.0
            for j in range(i + 1, m):
                center[i] -= upper[i, j] * z[j]
            radius = math.sqrt(max(left[i + 1], 0.0) / upper[i, i])
            z[i] = math.ceil(center[i] - radius)
            last[i] = math.floor(center[i] + radius)
        else:
            z[i] += 1
        if z[i] > last[i]:
            i += 1
            fresh = False
        elif i > 0:
            left[i] = left[i + 1] - upper[i, i] * (z[i] - center[i]) ** 2
            i -= 1
            fresh = True
        else:
            width = int(last[0]) - z[0] + 1
            if len(out) > 0:
                for step in range(width):
                    out[found + step, :] = z
                    out[found + step, 0] += step
            found += width
            if found > limit:
                return found
            z[0] = last[0]
            fresh = False
    return found


@nb.njit(cache=True)
def times_mod(a: int, b: int, over: float, p: int) -> int:
    """The product a·b modulo p < 2³¹ for residues, over = 1/p: the quotient as a float is off by one at most."""
    rest = a * b - int(float(a) * float(b) * over) * p
    if rest < 0:
        rest += p
    elif rest >= p:
        rest -= p
    return rest


@nb.njit(cache=True)
def transform(values: Ints, roots: Ints, p: int) -> None:
    """Values of a polynomial at all powers of a root of unity, in place, in bit-reversed order.

    ``len(values)`` = 2^s; ``roots[h + i]`` = ζ^{i·2^s/2h} for i < h, h a power of two.
    """
    size, over = len(values), 1.0 / p
    half = size // 2
    while half >= 1:
        for start in range(0, size, 2 * half):
            for i in range(half):
                x, y = values[start + i], values[start + half + i]
                total = x + y
                values[start + i] = total - p if total >= p else total
                gap = x - y
                values[start + half + i] = times_mod(gap + p if gap < 0 else gap, roots[half + i], over, p)
        half //= 2


@nb.njit(cache=True)
def transform_back(values: Ints, roots: Ints, p: int) -> None:
    """The inverse of `transform` times the length, from bit-reversed order; ``roots`` are those of 1/ζ."""
    size, over = len(values), 1.0 / p
    half = 1
    while half < size:
        for start in range(0, size, 2 * half):
            for i in range(half):
                x = values[start + i]
                y = times_mod(values[start + half + i], roots[half + i], over, p)
                total, gap = x + y, x - y
                values[start + i] = total - p if total >= p else total
                values[start + half + i] = gap + p if gap < 0 else gap
        half *= 2


@nb.njit(cache=True)
def add_pointwise(a: Ints, b: Ints, p: int, out: Ints) -> None:
    """Out += a·b, entry by entry, modulo p."""
    over = 1.0 / p
    for k in range(len(out)):
        total = out[k] + times_mod(a[k], b[k], over, p)
        out[k] = total - p if total >= p else total


@nb.njit(cache=True)
def add_product(a: Ints, b: Ints, p: int, out: Ints) -> None:
    """Add the product of two power series to a third, modulo p and t^len; sums stay below p² until the end."""
    square = p * p
    for i in range(len(out)):
        x = a[i]
        if x != 0:
            for j in range(len(out) - i):
                total = out[i + j] + x * b[j]
                out[i + j] = total - square if total >= square else total
    for k in range(len(out)):
        out[k] %= p


@nb.njit(cache=True)
def multiset_powers(exponents: Ints, values: Ints, inverses: Ints, p: int, h: Ints) -> None:
    """h_j = (1/j) Σ_r p_r h_{j−r} for the rows j ≥ 1 of h, p_r = Σ_i values_i t^{r·exponents_i}; h_0 is given.

    Exponents ascend; ``inverses[j]`` = 1/j modulo p; sums stay below p² until a row is complete.
    """
    size, square = h.shape[1], p * p
    for j in range(1, h.shape[0]):
        row = h[j]
        row[:] = 0
        for r in range(1, j + 1):
            source = h[j - r]
            for i in range(len(exponents)):
                shift = r * exponents[i]
                if shift >= size:
                    break
                x = values[i]
                for k in range(shift, size):
                    total = row[k] + x * source[k - shift]
                    row[k] = total - square if total >= square else total
        for k in range(size):
            row[k] = row[k] % p * inverses[j] % p


@nb.njit(cache=True)
def determinants(matrices: Ints, p: int, out: Ints) -> None:
    """Determinants modulo p of the matrices of shape (points, n, n), by elimination in place."""
    n = matrices.shape[1]
    for point in range(len(matrices)):
        work, result = matrices[point], 1
        for i in range(n):
            pivot = i
            while pivot < n and work[pivot, i] == 0:
                pivot += 1
            if pivot == n:
                result = 0
                break
            if pivot > i:
                result = p - result
                for k in range(i, n):
                    work[i, k], work[pivot, k] = work[pivot, k], work[i, k]
            result = result * work[i, i] % p
            over = inverse(work[i, i], p)
            for j in range(i + 1, n):
                factor = work[j, i] * over % p
                if factor:
                    for k in range(i, n):
                        work[j, k] = (work[j, k] + (p - factor) * work[i, k]) % p
        out[point] = result
