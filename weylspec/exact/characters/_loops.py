"""Compiled loops: determinants of complete homogeneous functions modulo a prime, and sums over highest weights."""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

from weylspec.exact._loops import floor_sqrt, inverse
from weylspec.exact.characters._codes import ORTHOGONAL, SYMPLECTIC

I64 = npt.NDArray[np.int64]


@numba.njit(cache=True)
def determinant(a: I64, size: int, p: int) -> int:
    """Determinant modulo p of the leading block of residues, which is destroyed."""
    result = 1
    for c in range(size - 2):  # the last two rows need no inverse
        pivot = c
        while pivot < size and a[pivot, c] == 0:
            pivot += 1
        if pivot == size:
            return 0
        if pivot != c:
            result = p - result
            for k in range(c, size):
                a[c, k], a[pivot, k] = a[pivot, k], a[c, k]
        result = result * a[c, c] % p
        scale = inverse(a[c, c], p)
        for r in range(c + 1, size):
            if a[r, c] != 0:
                factor = p - a[r, c] * scale % p
                for k in range(c + 1, size):
                    a[r, k] = (a[r, k] + factor * a[c, k]) % p
    if size == 1:
        result = a[0, 0]
    elif size > 1:
        m, n = size - 2, size - 1
        result = result * ((a[m, m] * a[n, n] - a[m, n] * a[n, m]) % p) % p
    return result


@numba.njit(cache=True)
def complete_functions(lengths: I64, values: I64, first: int, p: int, out: I64) -> None:
    """Coefficients of first·Π_b 1/(1 − values_b t^{lengths_b}) modulo p < 2³¹ and t^len(out); first from 0 to p − 1."""
    out[:] = 0
    out[0] = first
    over_blocks(lengths, values, p, out)


@numba.njit(cache=True)
def over_blocks(lengths: I64, values: I64, p: int, out: I64) -> None:
    """Divide a power series by Π_b (1 − values_b t^{lengths_b}) modulo p < 2³¹; values from 0 to p − 1.

    The quotient of value·x by p is ⌊⌊value·2³²/p⌋·x/2³²⌋ or one more (Shoup),
    so that no division stands in the inner loop; p & (y >> 63) is p where y is negative, else 0.
    """
    for b in range(len(lengths)):
        value, step = values[b], lengths[b]
        if value in (1, p - 1):
            for start in range(step):
                y = 0
                for k in range(start, len(out), step):
                    y = out[k] + y - p if value == 1 else out[k] - y
                    y += p & (y >> 63)
                    out[k] = y
        else:
            scaled = (value << 32) // p
            for k in range(step, len(out)):
                x = out[k - step]
                y = out[k] - p + value * x - (scaled * x >> 32) * p  # from −p to 2p − 1
                y -= p & ~(y >> 63)
                out[k] = y + (p & (y >> 63))


@numba.njit(cache=True)
def at_point(phases: I64, weights: I64, index: I64, powers: I64, p: int, out: I64) -> None:
    """Write phase·ζ^{weight·index} to out, ζ^i = powers[i]."""
    for v in range(len(phases)):
        e = 0
        for r in range(len(index)):
            e += weights[v, r] * index[r]
        out[v] = phases[v] * powers[e % len(powers)] % p


@numba.njit(cache=True)
def weyl_density(root_phases: I64, roots: I64, index: I64, powers: I64, p: int) -> int:
    """The product of 1 − phase·ζ^{root·index} over the roots."""
    density = 1
    for a in range(len(root_phases)):
        e = 0
        for r in range(len(index)):
            e += roots[a, r] * index[r]
        density = density * ((1 - root_phases[a] * powers[e % len(powers)]) % p) % p
        if density == 0:
            break
    return density


@numba.njit(cache=True)
def next_point(index: I64, grid: int) -> bool:
    """Move to the next point of a grid; False after the last."""
    for r in range(len(index)):
        index[r] += 1
        if index[r] < grid:
            return True
        index[r] = 0
    return False


@numba.njit(cache=True)
def pair_differences(values: I64, p: int) -> int:
    """The product of values_{2i} − values_{2i+1}."""
    product = 1
    for v in range(0, len(values), 2):
        product = product * ((values[v] - values[v + 1]) % p) % p
    return product


@numba.njit(cache=True)
def _at(h: I64, k: int) -> int:
    return h[k] if k >= 0 else 0


@numba.njit(cache=True)
def _rows(partition: I64) -> int:
    rows = len(partition)
    while rows > 0 and partition[rows - 1] == 0:
        rows -= 1
    return rows


@numba.njit(cache=True)
def character(kind: int, h: I64, dual: I64, upper: I64, lower: I64, p: int, work: I64) -> int:
    """One character as a determinant in complete functions; `work` holds the matrix.

    The linear kind has the rows of the dual partition first, in reverse (Koike 1989).
    """
    rows, shift = _rows(upper), _rows(lower)
    for i in range(shift):
        for j in range(rows + shift):
            work[i, j] = _at(dual, lower[shift - 1 - i] + i - j)
    for i in range(rows):
        for j in range(rows + shift):
            first = _at(h, upper[i] - i - shift + j)
            if kind == ORTHOGONAL:
                first -= _at(h, upper[i] - i - j - 2)
            elif kind == SYMPLECTIC and j > 0:
                first += _at(h, upper[i] - i - j)
            work[shift + i, j] = first % p
    result: int = determinant(work, rows + shift, p)
    return result


@numba.njit(cache=True)
def torus_average(
    kind: int, difference: bool, lengths: I64, phases: I64, weights: I64, roots: I64, root_phases: I64, powers: I64,
    upper: I64, lower: I64, p: int, h: I64, dual: I64, work: I64, out: I64,
) -> int:
    """Sum of density·character over a grid of a torus coset, for every row; returns the total density.

    ``powers[i]`` = ζ^i for a root of unity ζ whose order is the number of grid points per angle;
    phases are residues. Where there are lower partitions, the inverse values stand in the second half of the
    blocks. With ``difference`` characters are multiplied by `pair_differences`. h, dual and work are scratch.
    """
    mixed = lower.shape[1] > 0
    blocks = len(lengths) // 2 if mixed else len(lengths)
    values, index = np.zeros(len(lengths), dtype=np.int64), np.zeros(weights.shape[1], dtype=np.int64)
    total, more = 0, True
    out[:] = 0
    while more:
        density = weyl_density(root_phases, roots, index, powers, p)
        if density != 0:
            total = (total + density) % p
            at_point(phases, weights, index, powers, p, values)
            complete_functions(lengths[:blocks], values[:blocks], 1, p, h)
            if mixed:
                complete_functions(lengths[blocks:], values[blocks:], 1, p, dual)
            factor = density * pair_differences(values, p) % p if difference else density
            for row in range(len(upper) if factor != 0 else 0):
                out[row] = (out[row] + factor * character(kind, h, dual, upper[row], lower[row], p, work)) % p
        more = next_point(index, len(powers))
    return total


@numba.njit(cache=True)
def _product(forms: I64, offsets: I64, nu: I64, p: int) -> int:
    product = 1
    for q in range(len(offsets)):
        value = offsets[q]
        for i in range(len(nu)):
            value += forms[q, i] * nu[i]
        product = product * (value % p) % p
    return product


@numba.njit(cache=True)
def line_sum(forms: I64, offsets: I64, nu: I64, longest: int, p: int, inverses: I64, work: I64) -> int:
    """Σ of the product of forms modulo p over the last row from 0 to longest; the other rows are nu's.

    It is a polynomial in the last row of a degree below len(work), summed by its differences at 0.
    ``inverses[j]`` is 1/j modulo p. work[0] holds the product at 0 at the end.
    """
    last, length = len(nu) - 1, len(work)
    for y in range(min(length, longest + 1)):
        nu[last] = y
        work[y] = _product(forms, offsets, nu, p)
    if longest < length:
        total = 0
        for y in range(longest + 1):
            total = (total + work[y]) % p
        return total
    first = work[0]
    total, binomial = 0, 1
    for j in range(length):
        binomial = binomial * ((longest + 1 - j) % p) % p * inverses[j + 1] % p
        total = (total + binomial * work[0]) % p
        for y in range(length - 1 - j):
            work[y] = (work[y + 1] - work[y]) % p
    work[0] = first
    return total


@numba.njit(cache=True)
def sum_over_weights(
    quadratic: int, linear: I64, top: int, forms: I64, offsets: I64, doubled: bool, p: int, inverses: I64, work: I64,
    out: I64,
) -> None:
    """Σ Π_q (forms_q·ν + offsets_q) modulo p over partitions ν with Σ ν_i(quadratic·ν_i + linear_i) ≤ top.

    A term counts twice where ``doubled`` and ν's last row is positive. Whole lines along the last row
    are summed at once. out[0] gets the sum, out[1] the number of partitions.
    """
    rows = len(linear)
    last = rows - 1
    nu = np.zeros(rows, dtype=np.int64)
    room = np.zeros(rows + 1, dtype=np.int64)  # room[i]: what is left for the norm of rows i, i + 1, …
    room[0] = top
    total = 0
    count = 0
    depth = 0 if top >= 0 else -1
    while depth >= 0:
        if depth == last:
            linear_part = linear[last]
            root = floor_sqrt(linear_part * linear_part + 4 * quadratic * room[last])
            longest = (root - linear_part) // (2 * quadratic)
            if last > 0 and longest > nu[last - 1]:
                longest = nu[last - 1]
            line = line_sum(forms, offsets, nu, longest, p, inverses, work)
            total = (total + (2 * line - work[0] if doubled else line)) % p
            count += longest + 1
            depth -= 1
            if depth >= 0:
                nu[depth] += 1
            continue
        cost = nu[depth] * (quadratic * nu[depth] + linear[depth])
        if cost > room[depth] or (depth > 0 and nu[depth] > nu[depth - 1]):
            nu[depth] = 0
            depth -= 1
            if depth >= 0:
                nu[depth] += 1
            continue
        room[depth + 1] = room[depth] - cost
        depth += 1
        nu[depth] = 0
    out[0] = total
    out[1] = count
