"""Compiled counts of lattice points in ellipses, by Farey arcs of the boundary, and sums of slices of ellipsoids.

An arc is a part of the convex hull of the points in an ellipse: the edges with directions strictly between two that
are a basis of Z². In the basis (first, minus second) these are (1, 0) and (0, −1), the form is a x² + b xy + c y²,
and the arc leads from P, the right end of the top edge, to Q = P + (w, −h), the upper end of the rightmost edge. A
line of points along the mediant (1, −1) supports the hull; its points split the arc into two. An arc between long
directions has few points: those to the right of P and above Q are counted row by row, or column by column if these
are fewer, in a loop without branches. Radius r and directions up to r^{1/3} leave O(r^{2/3}) arcs and rows.

Points are found by square roots of floats, off by less than 1/4, and corrected by the values of the form; (gx, gy)
is its gradient at P, and rest what it may still grow by.

Rows. If the corner P − (0, h) is in the ellipse, so is by convexity the left end of every row that is counted. It
is in an ellipse about a lattice point, taken as 0, if b ≤ 0. A row or column of points has then its centre at a
coordinate ≥ 0 and its end there too, so that P = (x, y), Q = (u, v) have x, v ≥ 0. The form falls from Q to the
corner (x, v) if x ≥ |b| v/2a, from P if v ≥ |b| x/2c; one of the two holds, as b² < 4ac. Otherwise it is checked.

Lines. Where b ≤ a and the form falls by gz ≥ 4 (a − b + c) along the mediant's normal, the line through P + (s, 0)
meets the ellipse up to the root s = e/(f + √(f² + De)) of a quadratic equation, D = 4ac − b². As (1, 0) leads
outside, gx > −a, and f = 2m gx + (2a − b) gz has no cancellation worth mention: s is right up to 10⁻¹⁴ of it. Only
points below the row of P count. If the ellipse is above it where it touches its last line, the boundary falls
away from there on: as P is the end of its row, no point is beyond the line through P itself.

Sizes. With l the largest value of the form on a direction, what the form grows by on a step is at most √(4 l top)
in size, which must be below 2⁶⁰. Products may wrap: only differences of that size count. In a row, t is found from
the slope S ≤ √(4a top) with an error of S/2a + 10 t units of 2⁻⁵³, as nothing cancels from P downwards; t ≤ S/2a, and
for tops below 2⁹⁴ a the error is less than 1/4. Areas are sums modulo 2⁶⁴.
"""

from __future__ import annotations

import math

import numba as nb
import numpy as np
from numpy.typing import NDArray

from weylspec.exact._loops import floor_sqrt

Ints = NDArray[np.int64]
Arc = tuple[int, int, int, int, int, int, int, int, int, int]  # a, b, c, x, y, gx, gy, rest, w, h


@nb.njit(cache=True)
def longest_direction(discriminant: float, top: float) -> float:
    """What the form is at most on the directions between arcs, so that an arc costs as much as its rows."""
    value: float = (discriminant * top) ** (1 / 3) / 32
    return value


@nb.njit(cache=True)
def points_beside(a: int, b: int, c: int, gx: int, gy: int, rest: int, rows: int) -> int:
    """Σ over 0 ≤ j < rows of the largest t with a t² + (gx − b j) t ≤ rest + (gy − c j) j: points in rows below P."""
    half, four = 0.5 / a, 4.0 * a
    rise, curve, slope_x, slope_y, room = float(b), float(c), float(gx), float(gy), float(rest)
    total: int = 0
    for j in range(rows):
        y = float(j)
        slope = slope_x - rise * y
        t = math.floor((math.sqrt(slope * slope + four * (room + (slope_y - curve * y) * y)) - slope) * half + 0.25)
        total += t - ((a * t + gx - b * j) * t - (gy - c * j) * j > rest)
    return total


@nb.njit(cache=True)
def last_line(a: int, b: int, m: int, gx: int, gz: int, rest: int, discriminant: float) -> tuple[int, int, int]:
    """The largest x of a point y ≤ 0 with a x² + b xy + m y² + gx x + gz y ≤ rest, and the last and first y there."""
    s = 0
    if gz > 0:
        inside = float(gz) * gz + 4.0 * m * rest
        middle = 2.0 * m * gx - float(b) * gz
        s = int(inside / (middle + math.sqrt(middle * middle + discriminant * inside)) * (1 + 1e-14) + 1e-9)
    if b * s + gz < 0:  # the row has its centre at y > 0
        s = 0
    while True:
        slope = b * s + gz
        y = min(-((slope + m) // (2 * m)), 0)  # nearest to the centre
        slope += 2 * m * y
        room = rest - (a * s + gx + b * y) * s - (m * y + gz) * y
        if room >= 0:
            break
        s -= 1
    root, half = math.sqrt(float(slope) * slope + 4.0 * m * room), 0.5 / m
    up = math.floor((root - slope) * half + 0.25)
    down = math.floor((root + slope) * half + 0.25)
    up -= (m * up + slope) * up > room
    down -= (m * down - slope) * down > room
    return s, min(y + up, 0), y - down


@nb.njit(cache=True)
def keep(row: Ints, waits: Arc) -> None:
    """Write an arc into a row."""
    row[0], row[1], row[2], row[3], row[4] = waits[0], waits[1], waits[2], waits[3], waits[4]
    row[5], row[6], row[7], row[8], row[9] = waits[5], waits[6], waits[7], waits[8], waits[9]


@nb.njit(cache=True)
def arc(a: int, b: int, c: int, x: int, y: int, gx: int, gy: int, rest: int, w: int, h: int, discriminant: float,
        longest: float, arcs: Ints) -> tuple[int, bool]:
    """Sum of the cross products of vertex and edge over an arc of the hull, plus its lattice steps.

    Parameters
    ----------
    a, b, c
        The quadratic part of a polynomial, with b ≤ a.
    x, y, gx, gy, rest
        P, the gradient of the polynomial there, and what it may grow by. Points above the row of P do not count.
    w, h
        Q is P + (w, −h).
    discriminant
        4ac − b².
    longest
        The polynomial's quadratic part on the directions where arcs are split is at most this.
    arcs
        Room for arcs that wait, ten integers for each.

    Returns
    -------
    doubled
        Modulo 2⁶⁴.
    proved
        Whether the corner of every arc is in the ellipse; if not, the sum is worth nothing.
    """
    total, depth = 0, 0
    while True:
        m, gz = a - b + c, gy - gx
        s, first, last = 0, 1, 1
        if (m <= longest or b > 0) and min(w, h) > 0 and depth < len(arcs) and (gz >= 4 * m or gz < 0):
            # In the basis (1, 0), (−1, 1): the coordinate x + y is constant along the mediant.
            s, first, last = last_line(a, b - 2 * a, m, gx, gz, rest, discriminant)
        if last <= 0:
            across = s - last
            total += (x + y + s + 1) * (first - last)
            after, below = gx + 2 * a * across + b * last, gy + b * across + 2 * c * last
            left = rest - (a * across + b * last + gx) * across - (c * last + gy) * last
            above: Arc = (a, b - 2 * a, m, x + y, y, gx, gz, rest, s, -first)
            under: Arc = (m, b - 2 * c, c, x + across, x + y + s, after - below, below, left, w - across, s - w + h)
            # The arc beside the shorter direction, which will be split more often, waits: few wait then at any time.
            waits, (a, b, c, x, y, gx, gy, rest, w, h) = (above, under) if a < c else (under, above)
            keep(arcs[depth], waits)
            depth += 1
            continue
        if b > 0 or float(rest) + (float(gy) - float(c) * h) * h < 0:
            return 0, False
        if h <= w:
            points = points_beside(a, b, c, gx, gy, rest, h)
        else:
            end = rest - (a * w - b * h + gx) * w - (c * h - gy) * h
            points = points_beside(c, b, a, gy + b * w - 2 * c * h, gx + 2 * a * w - b * h, end, w)
        total += 2 * points + w + h + x * h + (y - h) * w
        if depth == 0:
            return total, True
        depth -= 1
        row = arcs[depth]
        a, b, c, x, y = row[0], row[1], row[2], row[3], row[4]
        gx, gy, rest, w, h = row[5], row[6], row[7], row[8], row[9]


@nb.njit(cache=True)
def disc(top: int, bound: int, arcs: Ints) -> int:
    """Number of (x, y) in Z² with x² + y² ≤ top < 2⁵² and |x|, |y| ≤ bound, from an eighth of the hull."""
    y: int = min(floor_sqrt(top), bound)
    x: int = min(floor_sqrt(top - y * y), y)
    if x == y:
        square: int = (2 * y + 1) * (2 * y + 1)
        return square
    diagonal, root = floor_sqrt(2 * top) + 1, -1
    while root < 0 or (root + diagonal) // 2 < -((root - diagonal) // 2):
        diagonal -= 1
        root = floor_sqrt(2 * top - diagonal * diagonal)
    upper: int = min((root + diagonal) // 2, y)  # the largest y there
    # In the basis (1, 0), (−1, 1) the diagonal edge is the vertical one.
    doubled, _ = arc(1, -2, 2, x + y, y, 2 * x, 2 * (y - x), top - x * x - y * y, diagonal - x - y, y - upper, 4.0,
                     longest_direction(4.0, float(top)), arcs)
    total: int = 4 * doubled + 4 * (x * y + x) + 2 * (2 * upper - diagonal) * (diagonal + 1) + 1
    return total


@nb.njit(cache=True)
def quadrant(a: int, b: int, c: int, x: int, y: int, gx: int, gy: int, rest: int, end_x: int, end_y: int,
             discriminant: float, longest: float, arcs: Ints) -> tuple[int, bool]:
    """Twice the area between the axes, `arc` from (x, y) to its end and the edges there, plus their lattice steps."""
    doubled, proved = arc(a, b, c, x, y, gx, gy, rest, end_x - x, y - end_y, discriminant, longest, arcs)
    return doubled + x * y + x + end_x * end_y + end_y, proved


@nb.njit(cache=True)
def ellipse(a: int, b: int, top: int, arcs: Ints) -> int:
    """Number of (x, y) in Z² with a x² + b y² ≤ top < 2⁵² and a ≤ b < 2⁵², from a quarter of the hull."""
    y: int = floor_sqrt(top // b)
    x: int = floor_sqrt((top - b * y * y) // a)
    if y == 0:
        return 2 * x + 1
    end_x: int = floor_sqrt(top // a)
    end_y: int = floor_sqrt((top - a * end_x * end_x) // b)
    discriminant = 4.0 * a * b
    quarter, _ = quadrant(a, 0, b, x, y, 2 * a * x, 2 * b * y, top - a * x * x - b * y * y, end_x, end_y, discriminant,
                          longest_direction(discriminant, float(top)), arcs)
    total: int = 2 * quarter + 1
    return total


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
def shifted_ellipse(a: int, b: int, c: int, d: int, e: int, top: int, arcs: Ints) -> int:
    """Number of (x, y) in Z² with a x² + b xy + c y² + d x + e y ≤ top, for |b| ≤ a ≤ c.

    Row y has the discriminant constant + 2 h y − D y², D = 4ac − b²; h² + D·constant must be below 2⁶⁰.
    """
    big, h, constant = 4 * a * c - b * b, b * d - 2 * a * e, d * d + 4 * a * top
    inside = h * h + big * constant
    if inside < 0:
        return 0
    width = floor_sqrt(inside)
    if width > 64 * big:
        total: int
        total, proved = whole_hull(a, b, c, d, e, top, arcs)
        if proved:
            return total
    total = 0
    for y in range(-((width - h) // big), (width + h) // big + 1):
        linear = b * y + d
        root = floor_sqrt(constant + (2 * h - big * y) * y)
        total += (root - linear) // (2 * a) + (root + linear) // (2 * a) + 1
    return total


@nb.njit(cache=True)
def end_of_last_row(a: int, b: int, c: int, d: int, e: int, top: int) -> tuple[int, int]:
    """The largest y of a point with a x² + b xy + c y² + d x + e y ≤ top, and then the largest x; there is one."""
    big, h, constant = 4 * a * c - b * b, b * d - 2 * a * e, d * d + 4 * a * top
    y: int = (h + floor_sqrt(h * h + big * constant)) // big + 1
    x, first = 0, 1
    while first > x:
        y -= 1
        linear = b * y + d
        root = floor_sqrt(constant + (2 * h - big * y) * y)
        x, first = (root - linear) // (2 * a), -((root + linear) // (2 * a))
    return x, y


@nb.njit(cache=True)
def whole_hull(a: int, b: int, c: int, d: int, e: int, top: int, arcs: Ints) -> tuple[int, bool]:
    """`shifted_ellipse` by four arcs, each in coordinates reflected so that it is the upper right one."""
    discriminant, h = 4 * a * c - b * b, b * d - 2 * a * e
    depth = (h * h + discriminant * float(d * d + 4 * a * top)) / (4 * a * float(discriminant))
    longest, twice = longest_direction(float(discriminant), depth), 2
    for flip in (1, -1):
        for turn in (1, -1):
            bb, dd, ee = flip * turn * b, flip * d, turn * e
            x, y = end_of_last_row(a, bb, c, dd, ee, top)
            end_y, end_x = end_of_last_row(c, bb, a, ee, dd, top)
            gx, gy = 2 * a * x + bb * y + dd, bb * x + 2 * c * y + ee
            rest = top - (a * x + bb * y + dd) * x - (c * y + ee) * y
            part, proved = quadrant(a, bb, c, x, y, gx, gy, rest, end_x, end_y, float(discriminant), longest, arcs)
            if not proved:
                return 0, False
            twice += part
    return twice // 2, True


@nb.njit(cache=True)
def ball_slices(top: int, first: int, last: int, arcs: Ints) -> int:
    """Points of Z³ with x² + y² + z² ≤ top < 2⁵² whose largest coordinate is ± one of first ≤ z ≤ last.

    For z > √(top/3): one coordinate or two attain it. The sum must stay below 2⁶³.
    """
    total: int = 0
    for z in range(first, last + 1):
        left = top - z * z
        total += 6 * disc(left, z - 1, arcs)
        left -= z * z
        if left >= 0:
            total += 12 * (2 * min(floor_sqrt(left), z - 1) + 1)
    return total


@nb.njit(cache=True)
def diagonal_slices(a: int, b: int, c: int, top: int, first: int, last: int, arcs: Ints) -> int:
    """Points of Z³ with a x² + b y² + c z² ≤ top < 2⁵² and first ≤ z ≤ last, for a ≤ b; every slice holds a point."""
    total: int = 0
    for z in range(first, last + 1):
        left = top - c * z * z
        total += disc(left // a, left // a, arcs) if a == b else ellipse(a, b, left, arcs)
    return total


@nb.njit(cache=True)
def skew_slices(form: Ints, top: int, first: int, last: int, arcs: Ints) -> int:
    """Points of Z³ with a x² + b xy + c y² + (d x + e y) z + f z² ≤ top and first ≤ z ≤ last, for |b| ≤ a ≤ c."""
    a, b, c, d, e, f = form
    total: int = 0
    for z in range(first, last + 1):
        total += shifted_ellipse(a, b, c, d * z, e * z, top - f * z * z, arcs)
    return total
