"""Compiled loops over dominant weights, line by line: a line is all values of the innermost label.

Labels come in the caller's order, the innermost last. With Q the key of the labels set so far and
row d of ``slopes`` the coefficients that they add, label d = x adds slopes[d, d]·x + gram[d, d]·x².
No entry of the Gram matrix is negative, so the key ascends in every label (the charge apart, whose
row of the Gram matrix is diagonal and which comes last); a search that turns back at the first key
above the bound therefore meets every weight below it.
"""

from __future__ import annotations

import math

import numba as nb
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@nb.njit(cache=True)
def start(slope: Ints, labels: Ints, keys: Ints, slopes: Ints) -> None:
    """The first line: all outer labels 0."""
    labels[:] = 0
    keys[:] = 0
    for d in range(len(slopes)):
        slopes[d, :] = slope


@nb.njit(cache=True)
def advance(gram: Ints, top: int, labels: Ints, keys: Ints, slopes: Ints) -> int:
    """Move to the next line; returns the outermost label that changed, or −1 at the end."""
    outer = len(gram) - 1
    for d in range(outer - 1, -1, -1):
        x = labels[d] + 1
        key = keys[d] + slopes[d, d] * x + gram[d, d] * x * x
        if key > top:
            continue
        labels[d] = x
        keys[d + 1] = key
        for j in range(len(gram)):
            slopes[d + 1, j] = slopes[d, j] + 2 * gram[d, j] * x
        for e in range(d + 1, outer):
            labels[e] = 0
            keys[e + 1] = keys[e]
            slopes[e + 1, :] = slopes[e]
        return d
    return -1


@nb.njit(cache=True)
def farthest(square: int, slope: int, room: int) -> int:
    """The largest x ≥ 0 with square·x² + slope·x ≤ room, for room ≥ 0."""
    x = int((math.sqrt(float(slope) * slope + 4.0 * square * room) - slope) / (2.0 * square))
    while x > 0 and square * x * x + slope * x > room:
        x -= 1
    while square * (x + 1) * (x + 1) + slope * (x + 1) <= room:
        x += 1
    return x


@nb.njit(cache=True)
def span(
    gram: Ints, top: int, congruence: Ints, both_ways: bool, labels: Ints, keys: Ints, slopes: Ints, out: Ints
) -> None:
    """The innermost label's values on this line: out = (first, step, number).

    ``congruence`` holds the coefficients in order, then the modulus, then the inverse of the last
    coefficient (0 if that label is not concerned).
    """
    last = len(gram) - 1
    modulus = congruence[last + 1]
    rest = 0
    for d in range(last):
        rest += congruence[d] * labels[d]
    rest %= modulus
    end = farthest(gram[last, last], slopes[last, last], top - keys[last])
    out[1] = 1
    least = 0
    if modulus > 1:
        if congruence[last] % modulus == 0:
            if rest != 0:
                out[0], out[2] = 0, 0
                return
        else:
            out[1] = modulus
            least = (modulus - rest) * congruence[last + 2] % modulus
    if both_ways:
        least -= (least + end) // out[1] * out[1]
    out[0] = least
    out[2] = (end - least) // out[1] + 1 if end >= least else 0


@nb.njit(cache=True)
def count_weights(gram: Ints, slope: Ints, top: int, congruence: Ints, both_ways: bool, out: Ints) -> None:
    """Write (number of lines, number of weights) to out."""
    r = len(gram)
    labels, keys = np.zeros(r, dtype=np.int64), np.zeros(r, dtype=np.int64)
    slopes, line = np.zeros((r, r), dtype=np.int64), np.zeros(3, dtype=np.int64)
    start(slope, labels, keys, slopes)
    out[:] = 0
    while True:
        span(gram, top, congruence, both_ways, labels, keys, slopes, line)
        out[0] += 1
        out[1] += line[2]
        if advance(gram, top, labels, keys, slopes) < 0:
            return


@nb.njit(cache=True)
def list_weights(
    gram: Ints, slope: Ints, top: int, congruence: Ints, both_ways: bool, keys_out: Ints, labels_out: Ints
) -> None:
    """Key of every weight, and its labels in order where ``labels_out`` has rows."""
    r = len(gram)
    labels, keys = np.zeros(r, dtype=np.int64), np.zeros(r, dtype=np.int64)
    slopes, line = np.zeros((r, r), dtype=np.int64), np.zeros(3, dtype=np.int64)
    start(slope, labels, keys, slopes)
    w = 0
    while True:
        span(gram, top, congruence, both_ways, labels, keys, slopes, line)
        for k in range(line[2]):
            x = line[0] + k * line[1]
            keys_out[w] = keys[r - 1] + slopes[r - 1, r - 1] * x + gram[r - 1, r - 1] * x * x
            if len(labels_out) > 0:
                labels_out[w, :] = labels
                labels_out[w, r - 1] = x
            w += 1
        if advance(gram, top, labels, keys, slopes) < 0:
            return


@nb.njit(cache=True)
def update_factors(
    coroots: Ints, ends: Ints, rho: Ints, changed: int, p: int, labels: Ints, sums: Ints, parts: Ints
) -> None:
    """Partial sums ⟨Λ + ρ, β^∨⟩ over the labels before d, and the product of those that are complete.

    Coroots are sorted by their last label; those of label d end at ends[d].
    """
    for d in range(changed, len(labels) - 1):
        x = labels[d] + rho[d]
        for b in range(len(coroots)):
            sums[d + 1, b] = sums[d, b] + coroots[b, d] * x
        product = parts[d]
        for b in range(ends[d - 1] if d > 0 else 0, ends[d]):
            product = product * (sums[d + 1, b] % p) % p
        parts[d + 1] = product


@nb.njit(cache=True)
def dimension_at(coroots: Ints, first: int, last: int, x: int, p: int, sums: Ints, part: int) -> int:
    """Dimension modulo p of the weight on this line whose innermost label plus ρ is x."""
    value = part
    for b in range(first, len(coroots)):
        value = value * ((sums[b] + coroots[b, last] * x) % p) % p
    return value


@nb.njit(cache=True)
def dimension_sums(
    gram: Ints, slope: Ints, top: int, congruence: Ints, both_ways: bool, coroots: Ints, ends: Ints, rho: Ints,
    scale: int, squared: bool, p: int, index: Ints, out: Ints,
) -> None:
    """Add dim or dim² of weight number w to out[index[w]], modulo p; ``scale`` = 1/Π⟨ρ, β^∨⟩."""
    r = len(gram)
    labels, keys = np.zeros(r, dtype=np.int64), np.zeros(r, dtype=np.int64)
    slopes, line = np.zeros((r, r), dtype=np.int64), np.zeros(3, dtype=np.int64)
    sums, parts = np.zeros((r, len(coroots)), dtype=np.int64), np.zeros(r, dtype=np.int64)
    parts[0] = scale
    start(slope, labels, keys, slopes)
    first = ends[r - 2] if r > 1 else 0
    changed, w = 0, 0
    out[:] = 0
    while changed >= 0:
        update_factors(coroots, ends, rho, changed, p, labels, sums, parts)
        span(gram, top, congruence, both_ways, labels, keys, slopes, line)
        for k in range(line[2]):
            x = line[0] + k * line[1] + rho[r - 1]
            value = dimension_at(coroots, first, r - 1, x, p, sums[r - 1], parts[r - 1])
            if squared:
                value = value * value % p
            out[index[w]] = (out[index[w]] + value) % p
            w += 1
        changed = advance(gram, top, labels, keys, slopes)


@nb.njit(cache=True)
def interpolate(values: Ints, weights: Ints, x: int, p: int, work: Ints) -> int:
    """The polynomial with these values at 0, 1, …, at x modulo p; weights_i = 1/Π_{j≠i}(i − j)."""
    n = len(values)
    x %= p
    work[n] = 1
    for i in range(n - 1, -1, -1):
        work[i] = work[i + 1] * ((x - i) % p) % p
    left, total = 1, 0
    for i in range(n):
        total = (total + values[i] * weights[i] % p * (left * work[i + 1] % p)) % p
        left = left * ((x - i) % p) % p
    return total


@nb.njit(cache=True)
def total_squares(
    gram: Ints, slope: Ints, top: int, congruence: Ints, both_ways: bool, coroots: Ints, ends: Ints, rho: Ints,
    scale: int, weights: Ints, p: int,
) -> int:
    """Σ dim² over all weights modulo p; a line longer than its polynomial's degree is summed by interpolation.

    dim² is a polynomial in the innermost label, of degree twice the number of coroots on it, so its
    partial sums are one of a degree more: len(weights) = degree + 2 nodes.
    """
    r = len(gram)
    labels, keys = np.zeros(r, dtype=np.int64), np.zeros(r, dtype=np.int64)
    slopes, line = np.zeros((r, r), dtype=np.int64), np.zeros(3, dtype=np.int64)
    sums, parts = np.zeros((r, len(coroots)), dtype=np.int64), np.zeros(r, dtype=np.int64)
    nodes = len(weights)
    partial, work = np.zeros(nodes, dtype=np.int64), np.zeros(nodes + 1, dtype=np.int64)
    parts[0] = scale
    start(slope, labels, keys, slopes)
    first = ends[r - 2] if r > 1 else 0
    changed, total = 0, 0
    while changed >= 0:
        update_factors(coroots, ends, rho, changed, p, labels, sums, parts)
        span(gram, top, congruence, both_ways, labels, keys, slopes, line)
        running = 0
        for k in range(min(line[2], nodes)):
            partial[k] = running
            x = line[0] + k * line[1] + rho[r - 1]
            value = dimension_at(coroots, first, r - 1, x, p, sums[r - 1], parts[r - 1])
            running = (running + value * value) % p
        if line[2] > nodes:
            running = interpolate(partial, weights, line[2], p, work)
        total = (total + running) % p
        changed = advance(gram, top, labels, keys, slopes)
    return total


@nb.njit(cache=True)
def power(base: int, e: int, p: int) -> int:
    """Base to the power e modulo p, e ≥ 0."""
    result = 1
    while e > 0:
        if e & 1:
            result = result * base % p
        base = base * base % p
        e >>= 1
    return result


@nb.njit(cache=True)
def determinant(matrix: Ints, n: int, p: int) -> int:
    """Determinant of the leading n × n block modulo p; the block is destroyed."""
    result = 1
    for i in range(n):
        pivot = i
        while pivot < n and matrix[pivot, i] == 0:
            pivot += 1
        if pivot == n:
            return 0
        if pivot != i:
            for k in range(i, n):
                matrix[i, k], matrix[pivot, k] = matrix[pivot, k], matrix[i, k]
            result = p - result
        result = result * matrix[i, i] % p
        if i == n - 1:
            break
        inverse = power(matrix[i, i], p - 2, p)
        for row in range(i + 1, n):
            factor = matrix[row, i] * inverse % p
            if factor:
                for k in range(i, n):
                    matrix[row, k] = (matrix[row, k] + (p - factor) * matrix[i, k]) % p
    return result


@nb.njit(cache=True)
def jacobi_trudi(shape: Ints, sign: int, shift: int, single: bool, h: Ints, p: int, matrix: Ints) -> int:
    """det(h_{λ_i−i+j} + sign·h_{λ_i−i−j+shift}) modulo p; the first column has no second term if single."""
    n = len(shape)
    while n > 0 and shape[n - 1] == 0:
        n -= 1
    for i in range(n):
        b = shape[i] - i - 1
        for j in range(n):
            entry = h[b + j + 1] if b + j + 1 >= 0 else 0
            other = b - j - 1 + shift
            if sign != 0 and other >= 0 and not (single and j == 0):
                entry += sign * h[other]
            matrix[i, j] = entry % p
    value: int = determinant(matrix, n, p)
    return value


@nb.njit(cache=True)
def at_point(phases: Ints, weights: Ints, index: Ints, powers: Ints, p: int, out: Ints) -> None:
    """Write phase·ζ^{weight·index} to out, ζ^i = powers[i]."""
    for v in range(len(phases)):
        e = 0
        for r in range(len(index)):
            e += weights[v, r] * index[r]
        out[v] = phases[v] * powers[e % len(powers)] % p


@nb.njit(cache=True)
def complete_functions(z: Ints, p: int, h: Ints) -> int:
    """Write h_0, h_1, … of the variables to h; returns the product of the variables."""
    whole = 1
    h[:] = 0
    h[0] = 1
    for v in range(len(z)):
        whole = whole * z[v] % p
        for k in range(1, len(h)):
            h[k] = (h[k] + z[v] * h[k - 1]) % p
    return whole


@nb.njit(cache=True)
def pair_differences(z: Ints, p: int) -> int:
    """The product of z_{2i} − z_{2i+1}."""
    product = 1
    for v in range(0, len(z), 2):
        product = product * ((z[v] - z[v + 1]) % p) % p
    return product


@nb.njit(cache=True)
def next_point(index: Ints, grid: int) -> bool:
    """Move to the next point of the grid; False after the last."""
    for r in range(len(index)):
        index[r] += 1
        if index[r] < grid:
            return True
        index[r] = 0
    return False


@nb.njit(cache=True)
def character_sums(
    phases: Ints, weights: Ints, roots: Ints, root_phases: Ints, powers: Ints, shapes: Ints, twists: Ints,
    sign: int, shift: int, single: bool, difference: bool, p: int, out: Ints,
) -> int:
    """Sum Weyl's density times each character over a grid, modulo p; returns the sum of the density.

    The variables at a grid point are phase·ζ^{weight·index}; each character is the determinant of its
    shape times (Π variables)^twist, and with ``difference`` times Π (z_{2i} − z_{2i+1}).
    """
    z, values = np.zeros(len(phases), dtype=np.int64), np.zeros(len(root_phases), dtype=np.int64)
    rows = shapes.shape[1]
    h = np.zeros((shapes.max() if shapes.size else 0) + rows + 1, dtype=np.int64)
    matrix, index = np.zeros((rows, rows), dtype=np.int64), np.zeros(weights.shape[1], dtype=np.int64)
    total, more = 0, True
    out[:] = 0
    while more:
        at_point(root_phases, roots, index, powers, p, values)
        density = 1
        for a in range(len(values)):
            density = density * ((1 - values[a]) % p) % p
        if density != 0:
            total = (total + density) % p
            at_point(phases, weights, index, powers, p, z)
            whole = complete_functions(z, p, h)
            factor = density * pair_differences(z, p) % p if difference else density
            for w in range(len(shapes) if factor else 0):
                value = jacobi_trudi(shapes[w], sign, shift, single, h, p, matrix)
                if twists[w] != 0:
                    value = value * power(whole, twists[w] % (p - 1), p) % p
                out[w] = (out[w] + factor * value) % p
        more = next_point(index, len(powers))
    return total
