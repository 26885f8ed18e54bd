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
Floats = NDArray[np.float64]

SHORT = 2**31


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
        for b in range(ends[d], len(coroots)):
            sums[d + 1, b] = sums[d, b] + coroots[b, d] * x
        parts[d + 1] = times_factors(coroots, ends[d - 1] if d > 0 else 0, ends[d], d, x, p, sums[d], parts[d])


@nb.njit(cache=True)
def times_factors(coroots: Ints, first: int, end: int, d: int, x: int, p: int, sums: Ints, part: int) -> int:
    """part·Π (sums_b + coroots_bd·x) modulo p < 2³¹ over some coroots; the factors are positive.

    Small factors are multiplied while they stay below 2³², with one division for all.
    """
    value, chunk = part, 1
    for b in range(first, end):
        factor = sums[b] + coroots[b, d] * x
        if factor >= SHORT:
            factor %= p
        if chunk * factor >= 2 * SHORT:
            value = value * chunk % p
            chunk = factor
        else:
            chunk *= factor
    return value * chunk % p


@nb.njit(cache=True)
def largest_dimension(
    gram: Ints, slope: Ints, top: int, congruence: Ints, both_ways: bool, coroots: Ints, ends: Ints, rho: Ints,
    heights: Floats,
) -> float:
    """The largest dimension of all weights, in floats: Π ⟨Λ + ρ, β^∨⟩/heights_β, each factor at least 1."""
    r = len(gram)
    labels, keys = np.zeros(r, dtype=np.int64), np.zeros(r, dtype=np.int64)
    slopes, line = np.zeros((r, r), dtype=np.int64), np.zeros(3, dtype=np.int64)
    sums, parts = np.zeros((r, len(coroots)), dtype=np.int64), np.ones(r)
    start(slope, labels, keys, slopes)
    changed, largest = 0, 1.0
    while changed >= 0:
        for d in range(changed, r - 1):
            x = labels[d] + rho[d]
            product = parts[d]
            for b in range(ends[d - 1] if d > 0 else 0, len(coroots)):
                sums[d + 1, b] = sums[d, b] + coroots[b, d] * x
                if b < ends[d]:
                    product *= sums[d + 1, b] / heights[b]
            parts[d + 1] = product
        span(gram, top, congruence, both_ways, labels, keys, slopes, line)
        if line[2] > 0:  # the last weight of the line is the largest
            x = line[0] + (line[2] - 1) * line[1] + rho[r - 1]
            product = parts[r - 1]
            for b in range(ends[r - 2] if r > 1 else 0, len(coroots)):
                product *= (sums[r - 1, b] + coroots[b, r - 1] * x) / heights[b]
            largest = max(largest, product)
        changed = advance(gram, top, labels, keys, slopes)
    return largest


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
            value = times_factors(coroots, first, len(coroots), r - 1, x, p, sums[r - 1], parts[r - 1])
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
            value = times_factors(coroots, first, len(coroots), r - 1, x, p, sums[r - 1], parts[r - 1])
            running = (running + value * value) % p
        if line[2] > nodes:
            running = interpolate(partial, weights, line[2], p, work)
        total = (total + running) % p
        changed = advance(gram, top, labels, keys, slopes)
    return total
