"""Compiled Fincke–Pohst: floats with slack bound the outer variables, integers decide about each row.

A form is given by the matrix A of 2Q. Variable 0 is counted row by row, variable 1 runs along a plane, 2 over its
planes, the others over a tree.
"""

from __future__ import annotations

import math

import numba as nb
import numpy as np
from numpy.typing import NDArray

from weylspec.exact._loops import floor_sqrt

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@nb.njit(cache=True)
def rows_by_floats(
    alpha: float, beta: float, gamma: float, slope: float, offset: float, over: float, first: int, size: int
) -> int:
    """Number of (x, y), first ≤ y < first + size, with |2a x + b| ≤ √Δ, Δ = αy² + βy + γ, b = slope·y + offset.

    over = 1/2a. All values are integers below 2⁵³, and 30·max(Δ + ½, b²) < 2⁵³: no integer w = 2ax + b is nearer
    to √(Δ + ½) than 1/(4√(Δ + ½) + 2), which is more than what the rounding of the bounds of x amounts to.
    """
    total: int = 0
    for i in range(size):
        y = np.float64(first + i)
        inside = (alpha * y + beta) * y + gamma
        b = slope * y + offset
        root = np.sqrt(abs(inside) + 0.5)
        width = np.int32(np.floor((root - b) * over)) + np.int32(np.floor((root + b) * over)) + 1
        total += int(width) if inside >= 0.0 else 0
    return total


@nb.njit(cache=True)
def rows_by_integers(
    alpha: int, beta: int, gamma: int, slope: int, offset: int, double: int, first: int, size: int
) -> int:
    """The same with integer square roots; all values below 2⁶⁰, double = 2a."""
    total: int = 0
    for y in range(first, first + size):
        inside = (alpha * y + beta) * y + gamma
        if inside >= 0:
            root, b = floor_sqrt(inside), slope * y + offset
            total += (root - b) // double + (root + b) // double + 1
    return total


@nb.njit(cache=True)
def add_norms(
    gram: Ints, top: int, linear: int, along: int, constant: int, first: int, size: int, weight: int, counts: Ints
) -> int:
    """Add weight to counts at Q = constant + along·y + linear·x + (the form in x, y) for the points of some rows."""
    a, slope = gram[0, 0] // 2, gram[0, 1]
    total: int = 0
    for y in range(first, first + size):
        b = slope * y + linear
        rest = constant + y * (along + gram[1, 1] // 2 * y)
        inside = b * b + 4 * a * (top - rest)
        if inside >= 0:
            root = floor_sqrt(inside)
            low, high = -((root + b) // (2 * a)), (root - b) // (2 * a)
            for x in range(low, high + 1):
                counts[rest + x * (b + a * x)] += weight
            total += high - low + 1
    return total


@nb.njit(cache=True)
def points_in_plane(
    gram: Ints, top: int, linear: int, along: int, constant: int, first: int, size: int, weight: int, floats: bool,
    counts: Ints,
) -> int:
    """Points of the rows first ≤ y < first + size where Q = constant + along·y + linear·x + (the form in x, y)."""
    if size <= 0:
        return 0
    if len(counts) > 0:
        listed: int = add_norms(gram, top, linear, along, constant, first, size, weight, counts)
        return listed
    double, slope = gram[0, 0], gram[0, 1]
    alpha = slope * slope - double * gram[1, 1]
    beta = 2 * (slope * linear - double * along)
    gamma = linear * linear + 2 * double * (top - constant)
    points: int = 0
    if floats:
        points = rows_by_floats(alpha, beta, gamma, slope, linear, 1.0 / double, first, size)
    else:
        points = rows_by_integers(alpha, beta, gamma, slope, linear, double, first, size)
    return points


@nb.njit(cache=True)
def points_in_planes(
    gram: Ints, upper: Floats, top: int, left: float, linear: Ints, center: Floats, constant: int, half: bool,
    floats: bool, counts: Ints, found: Ints,
) -> None:
    """Add the points over one choice of the variables from 3 on to found[0], the rows looked at to found[1].

    linear and center hold the linear terms and the centres of variables 0, 1, 2; half: of ±z only z ≥ 0 is looked
    at, all variables from 3 on being zero.
    """
    radius = math.sqrt(max(left, 0.0) / upper[2, 2])
    start = 0 if half else math.ceil(center[2] - radius)
    for z in range(start, math.floor(center[2] + radius) + 1):
        rest = left - upper[2, 2] * (z - center[2]) ** 2
        middle, reach = center[1] - upper[1, 2] * z, math.sqrt(max(rest, 0.0) / upper[1, 1])
        first = math.ceil(middle - reach)
        size = math.floor(middle + reach) + 1 - first
        weight = 1 if half and z == 0 else 2
        found[0] += weight * points_in_plane(
            gram, top, linear[0] + gram[0, 2] * z, linear[1] + gram[1, 2] * z,
            constant + z * (linear[2] + gram[2, 2] // 2 * z), first, size, weight, floats, counts)
        found[1] += size + 8


@nb.njit(cache=True)
def points_in_form(
    gram: Ints, upper: Floats, top: int, bound: float, floats: bool, limit: float, counts: Ints, found: Ints
) -> bool:
    """Number of points with Q ≤ top in three variables and more, in found[0]; False if the limit of work is reached.

    upper: the d_i and u_ij with Q = Σ d_i (x_i + Σ_{j>i} u_ij x_j)²; bound is top with slack for their rounding.
    If counts has entries, the points are also counted there by their norms.
    """
    m = len(gram)
    x, last = np.zeros(m + 1, dtype=np.int64), np.zeros(m + 1, dtype=np.int64)
    linear, center = np.zeros((m + 1, m), dtype=np.int64), np.zeros((m + 1, m))
    constant, left = np.zeros(m + 1, dtype=np.int64), np.zeros(m + 1)
    zero = np.ones(m + 1, dtype=np.bool_)
    left[m] = bound
    i, fresh = m - 1, True
    while i < m:
        if i == 2:
            points_in_planes(gram, upper, top, left[3], linear[3], center[3], constant[3], zero[3], floats, counts,
                             found)
            if found[1] > limit:
                return False
            i, fresh = 3, False
            continue
        if fresh:
            radius = math.sqrt(max(left[i + 1], 0.0) / upper[i, i])
            x[i] = 0 if zero[i + 1] else math.ceil(center[i + 1, i] - radius)
            last[i] = math.floor(center[i + 1, i] + radius)
        else:
            x[i] += 1
        if x[i] > last[i]:
            i, fresh = i + 1, False
            continue
        value = x[i]
        left[i] = left[i + 1] - upper[i, i] * (value - center[i + 1, i]) ** 2
        constant[i] = constant[i + 1] + value * (linear[i + 1, i] + gram[i, i] // 2 * value)
        for j in range(i):
            linear[i, j] = linear[i + 1, j] + gram[j, i] * value
            center[i, j] = center[i + 1, j] - upper[j, i] * value
        zero[i] = zero[i + 1] and value == 0
        found[1] += 8
        i, fresh = i - 1, True
    return True
