"""Compiled walk along the convex hull of the lattice points in an ellipse, and sums of slices of ellipsoids.

The hull is walked clockwise from the right end of its top edge to the upper end of its rightmost edge. All
edges between have directions (u, −v) with u, v ≥ 1. The next one is the flattest direction that stays inside; a
search in the Stern–Brocot tree finds it between a direction `left` that leads outside and a steeper one `right`
that stays inside, (left, right) being a basis of Z². Both are tuples (u, v, f, h): f is the form's value there, h
what the value at the vertex grows by on one step. p is the polar form of left and right.

The walk is over where (0, −1) leads outside. For a form with |b| ≤ a ≤ c, or b ≤ 0, centred at a lattice point, no
edge of the arc can follow then: the triangle of the vertex P, the next one and −P would hold P − (0, 1).

Sizes. Let D < 2⁵⁸ bound c, |b| and the partial derivatives in the ellipse. Then rest < 2D, as one step up leads
outside. Inside h ≥ −3D: so it is for (0, −1); p ≥ −|b| at first and p ≥ 0 after that, so that a sum of left, where
h > 0, and right stays above; and edges flatter than a direction only raise its h. Outside h ≤ rest + 2f, since
left has come to lead there by one edge. With f < 2⁵⁸, which is checked as f grows, every h is below 2⁶¹ in size;
products may wrap on the way to it. Where the form's values stay below n = 2⁵² the check cannot fail: left and
right have f ≤ 16n and 4n, and their sum at most 36n.
"""

from __future__ import annotations

import math

import numba as nb
import numpy as np
from numpy.typing import NDArray

from weylspec.exact._loops import floor_sqrt

Ints = NDArray[np.int64]
Direction = tuple[int, int, int, int]

_LARGEST = 2**58
_PATIENCE = 8  # steps of one run before a square root leaps over the rest of it
LIMB = 62
_HALF = 31


@nb.njit(cache=True)
def steps_inside(left: Direction, right: Direction, p: int, rest: int) -> int:
    """A number j ≥ 1 of steps by left from right that end inside, the largest one up to rounding; one does."""
    slope, square = left[3] - left[2] + p, float(left[2])
    room = float(rest - right[3])
    root = math.sqrt(float(slope) * slope + 4 * square * room)
    guess = 2 * room / (slope + root) if slope > 0 else (root - slope) / (2 * square)
    j = int(min(guess, math.sqrt(_LARGEST / square)))
    while j > 1 and right[3] + j * (slope + j * left[2]) > rest:
        j -= 1
    return max(j, 1)


@nb.njit(cache=True)
def steps_outside(slope: int, square: int, above: int, most: int) -> int:
    """A number 1 ≤ i ≤ most of steps back that surely pass over nothing inside.

    The value is `above` what is inside, and i steps back lower that by i·slope − i²·square.
    """
    if slope <= 0:
        return most
    product = float(slope) * slope
    disc = product - 4.0 * square * above
    if disc < -1e-9 * product:
        return most
    i = min(most, int(2.0 * above / (slope + math.sqrt(max(disc, 0.0))) * (1 - 1e-9)) - 1)
    # Before the vertex of the parabola what lies between two values outside is outside.
    if i <= 1 or above - i * (slope - i * square) <= 0 or (2 * i - 1) * square > slope:
        return 1
    return i


# Inlined: passing tuples between functions takes a third of the time.
@nb.njit(cache=True, inline="always")
def next_edge(left: Direction, right: Direction, p: int, rest: int, runs: Ints, depth: int) -> tuple[Direction, int]:
    """The flattest direction inside, and the new depth of runs, −1 where integers or runs become too large.

    The steeper directions inside that were passed are kept for the next vertices, as runs (step, number of steps).
    """
    lu, lv, lf, lh = left
    ru, rv, rf, rh = right
    run = 0
    while True:
        f, h = lf + rf + p, lh + rh + p
        if f > _LARGEST:
            return (ru, rv, rf, rh), -1
        if h <= rest:
            if run >= _PATIENCE:
                j = steps_inside((lu, lv, lf, lh), (ru, rv, rf, rh), p, rest)
                rh += j * (lh - lf + p + j * lf)
                rf += j * (p + j * lf)
                p += 2 * j * lf
                ru += j * lu
                rv += j * lv
                run += j
            else:
                rf, rh, p = f, h, p + 2 * lf
                ru += lu
                rv += lv
                run += 1
            continue
        if run:
            if depth == len(runs):
                return (ru, rv, rf, rh), -1
            runs[depth, 0], runs[depth, 1], runs[depth, 2] = lu, lv, run
            depth += 1
            run = 0
        # Where the value does not fall along `right` any more, nothing inside lies between the two.
        if rh + rf + p >= 0:
            return (ru, rv, rf, rh), depth
        lf, lh, p = f, h, p + 2 * rf
        lu += ru
        lv += rv


@nb.njit(cache=True, inline="always")
def steeper(a: int, b: int, c: int, gx: int, gy: int, rest: int, edge: Direction, runs: Ints, depth: int,
            ) -> tuple[Direction, Direction, int]:
    """From a direction that has come to lead outside to the last such one and the first inside; depth −1 if none is."""
    left, misses = edge, 0
    u, v, f, h = edge
    while depth > 0:
        du, dv, left_over = runs[depth - 1]
        i = 1
        if misses >= _PATIENCE:
            square = (a * du - b * dv) * du + c * dv * dv
            polar = (2 * a * du - b * dv) * u + (2 * c * dv - b * du) * v
            i = steps_outside(gx * du - gy * dv + polar, square, h - rest, left_over)
        u -= i * du
        v -= i * dv
        runs[depth - 1, 2] -= i
        if left_over == i:
            depth -= 1
        f = (a * u - b * v) * u + c * v * v
        h = gx * u - gy * v + f
        if h <= rest:
            return left, (u, v, f, h), depth
        left = (u, v, f, h)
        misses += 1
    return left, left, -1


@nb.njit(cache=True, inline="always")
def add_cross(high: int, low: int, x: int, y: int, width: int, fall: int) -> tuple[int, int]:
    """high·2⁶² + low + x·fall + y·width, for width, fall ≥ 0."""
    mask, limb = (1 << _HALF) - 1, (1 << LIMB) - 1
    if (x | y | width | fall) >> (_HALF - 1) == 0:
        low += x * fall + y * width
        return high + (low >> LIMB), low & limb
    middle = (x >> _HALF) * (fall & mask) + (y >> _HALF) * (width & mask)
    high += (x >> _HALF) * (fall >> _HALF) + (y >> _HALF) * (width >> _HALF) + (middle >> _HALF)
    middle = (middle & mask) + (x & mask) * (fall >> _HALF) + (y & mask) * (width >> _HALF)
    high += middle >> _HALF
    for part in ((middle & mask) << _HALF, (x & mask) * (fall & mask), (y & mask) * (width & mask)):
        low += part
        high += low >> LIMB
        low &= limb
    return high, low


@nb.njit(cache=True)
def arc(a: int, b: int, c: int, x: int, y: int, gx: int, gy: int, rest: int, runs: Ints,
        ) -> tuple[int, int, int, int, int]:
    """Walk the edges of the hull with directions strictly between (1, 0) and (0, −1).

    (x, y) is the right end of the top edge, (gx, gy) the gradient there of the quadratic polynomial with
    leading part a x² + b xy + c y², and rest ≥ 0 what it may still grow by.

    Returns
    -------
    high, low
        Sum of the cross products of vertex and edge, high·2⁶² + low with 0 ≤ low < 2⁶².
    points
        Lattice steps along these edges, or −1: the integers do not hold the values.
    x, y
        The last vertex.
    """
    high, low, points, depth = 0, 0, 0, 0
    left: Direction = (1, 0, a, gx + a)
    right: Direction = (0, 1, c, c - gy)
    while True:
        p = (2 * a * left[0] - b * left[1]) * right[0] + (2 * c * left[1] - b * left[0]) * right[1]
        edge, depth = next_edge(left, right, p, rest, runs, depth)
        if depth <= 0:
            break
        u, v, f, h = edge
        k = 0
        while h <= rest:
            rest -= h
            h += 2 * f
            k += 1
        points += k
        width, fall = k * u, k * v
        high, low = add_cross(high, low, x, y, width, fall)
        x += width
        y -= fall
        gx += 2 * a * width - b * fall
        gy += b * width - 2 * c * fall
        left, right, depth = steeper(a, b, c, gx, gy, rest, (u, v, f, h), runs, depth)
        if depth < 0:
            depth = 0
            break
    return high, low, points if depth >= 0 else -1, x, y


@nb.njit(cache=True)
def quadrant(a: int, b: int, c: int, x: int, y: int, gx: int, gy: int, rest: int, runs: Ints) -> int:
    """Twice the area between the axes, `arc` and the edges at its ends, plus their lattice steps; values below 2⁶²."""
    high, low, points, end_x, end_y = arc(a, b, c, x, y, gx, gy, rest, runs)
    doubled: int = (high << LIMB) + low + points + x * y + x + end_x * end_y + end_y
    return doubled


@nb.njit(cache=True)
def disc(top: int, bound: int, runs: Ints) -> int:
    """Number of (x, y) in Z² with x² + y² ≤ top < 2⁵² and |x|, |y| ≤ bound, from an eighth of the hull."""
    y: int = min(floor_sqrt(top), bound)
    x: int = min(floor_sqrt(top - y * y), y)
    if x == y:
        square: int = (2 * y + 1) * (2 * y + 1)
        return square
    # In the basis (1, 0), (−1, 1) the diagonal edge is the vertical one.
    high, low, points, end_x, end_y = arc(1, -2, 2, x + y, y, 2 * x, 2 * y - 2 * x, top - x * x - y * y, runs)
    diagonal = 2 * end_y - end_x
    area = 8 * ((high << LIMB) + low) + 8 * x * y + 4 * diagonal * end_x
    total: int = (area + 8 * points + 8 * x + 4 * diagonal + 2) // 2
    return total


@nb.njit(cache=True)
def ellipse(a: int, b: int, top: int, runs: Ints) -> int:
    """Number of (x, y) in Z² with a x² + b y² ≤ top < 2⁵² and a ≤ b < 2⁵², from a quarter of the hull."""
    y: int = floor_sqrt(top // b)
    x: int = floor_sqrt((top - b * y * y) // a)
    if y == 0:
        return 2 * x + 1
    quarter: int = quadrant(a, 0, b, x, y, 2 * a * x, 2 * b * y, top - a * x * x - b * y * y, runs)
    return 2 * quarter + 1


@nb.njit(cache=True)
def rows_of_ellipse(a: int, b: int, c: int, top: int, last: int) -> int:
    """Number of (x, y) in Z² with a x² + b xy + c y² ≤ top and |y| ≤ last, row by row; 4a·top, 4ac below 2⁶⁰."""
    half, big = 0, 4 * a * c - b * b
    for y in range(1, last + 1):
        root = floor_sqrt(4 * a * top - big * y * y)
        half += (root - b * y) // (2 * a) + (root + b * y) // (2 * a) + 1
    total: int = 2 * half + 2 * floor_sqrt(top // a) + 1
    return total


@nb.njit(cache=True)
def shifted_ellipse(a: int, b: int, c: int, d: int, e: int, top: int, runs: Ints) -> int:
    """Number of (x, y) in Z² with a x² + b xy + c y² + d x + e y ≤ top, for |b| ≤ a ≤ c.

    Row y has the discriminant constant + 2 h y − D y², D = 4ac − b²; h² + D·constant must be below 2⁶⁰.
    """
    big, h, constant = 4 * a * c - b * b, b * d - 2 * a * e, d * d + 4 * a * top
    inside = h * h + big * constant
    if inside < 0:
        return 0
    width = floor_sqrt(inside)
    if float(inside) >= 300.0 * a * c * float(c) * c and width > 64 * big:
        found: int = whole_hull(a, b, c, d, e, top, runs)
        return found
    total: int = 0
    for y in range(-((width - h) // big), (width + h) // big + 1):
        linear = b * y + d
        root = floor_sqrt(constant + (2 * h - big * y) * y)
        total += (root - linear) // (2 * a) + (root + linear) // (2 * a) + 1
    return total


@nb.njit(cache=True)
def whole_hull(a: int, b: int, c: int, d: int, e: int, top: int, runs: Ints) -> int:
    """`shifted_ellipse` by four arcs, each in coordinates reflected so that it is the upper right one.

    A vertex from which the step (0, −1) leads outside has to be the last one of the arc. So it is if the ellipse
    is 2S high and 2X wide on its axes through the centre with S² ≥ X ≥ 4: a column with less than three points
    lies then within the last one of the right end, or so far left that a step to the right stays inside.
    """
    big, twice = 4 * a * c - b * b, 2
    for flip in (1, -1):
        for turn in (1, -1):
            bb, dd, ee = flip * turn * b, flip * d, turn * e
            h, constant = bb * dd - 2 * a * ee, dd * dd + 4 * a * top
            y, x, first = (h + floor_sqrt(h * h + big * constant)) // big + 1, 0, 1
            while first > x:
                y -= 1
                linear = bb * y + dd
                root = floor_sqrt(constant + (2 * h - big * y) * y)
                x, first = (root - linear) // (2 * a), -((root + linear) // (2 * a))
            gx, gy = 2 * a * x + bb * y + dd, bb * x + 2 * c * y + ee
            rest = top - (a * x + bb * y + dd) * x - (c * y + ee) * y
            twice += quadrant(a, bb, c, x, y, gx, gy, rest, runs)
    return twice // 2


@nb.njit(cache=True)
def ball_slices(top: int, first: int, last: int, runs: Ints) -> int:
    """Points of Z³ with x² + y² + z² ≤ top < 2⁵² whose largest coordinate is ± one of first ≤ z ≤ last.

    For z > √(top/3): one coordinate or two attain it. The sum must stay below 2⁶³.
    """
    total: int = 0
    for z in range(first, last + 1):
        left = top - z * z
        total += 6 * disc(left, z - 1, runs)
        left -= z * z
        if left >= 0:
            total += 12 * (2 * min(floor_sqrt(left), z - 1) + 1)
    return total


@nb.njit(cache=True)
def diagonal_slices(a: int, b: int, c: int, top: int, first: int, last: int, runs: Ints) -> int:
    """Points of Z³ with a x² + b y² + c z² ≤ top < 2⁵² and first ≤ z ≤ last, for a ≤ b; every slice holds a point."""
    total: int = 0
    for z in range(first, last + 1):
        left = top - c * z * z
        total += disc(left // a, left // a, runs) if a == b else ellipse(a, b, left, runs)
    return total


@nb.njit(cache=True)
def skew_slices(form: Ints, top: int, first: int, last: int, runs: Ints) -> int:
    """Points of Z³ with a x² + b xy + c y² + (d x + e y) z + f z² ≤ top and first ≤ z ≤ last, for |b| ≤ a ≤ c."""
    a, b, c, d, e, f = form
    total: int = 0
    for z in range(first, last + 1):
        total += shifted_ellipse(a, b, c, d * z, e * z, top - f * z * z, runs)
    return total
