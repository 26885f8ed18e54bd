"""Lattice points in an ellipse, by their convex hull.

By Pick's theorem a lattice polygon of area A with B lattice points on its boundary holds A + B/2 + 1. The hull is
split where lines of points in short directions support it, as in the Farey dissection of the circle method. Between
two of them in a disc of radius r only few rows are left to count if the directions reach up to r^{1/3}: that is
O(r^{2/3}) directions and rows together, as many as the hull has vertices (Balog and Bárány 1991).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from weylspec.errors import WeylspecError
from weylspec.exact.limits import check_operations

Form: TypeAlias = tuple[int, int, int]
Vector: TypeAlias = tuple[int, int]

ARCS = 27.0  # steps for the hull of a disc of radius r, over r^{2/3}
ROOM = (128, 10)  # arcs that wait, a few for each time that directions double; and integers for each
_START = 8e3
_ROW = 8.0
_LONG_ROW = 1e3
_LARGEST_SLOPE = 2**60
_LARGEST_RATIO = 2**94  # of the top to the least value of the form
_NEVER = 10**30  # rows: floats hold that many


@dataclass(frozen=True)
class _Fan:
    """Directions of edges that represent all of them under the automorphisms of a form.

    rays holds (weight, direction); arcs holds (weight, (from, to)), two directions that are a basis of Z² and
    the open cone between them. A weight is the number of images.
    """

    rays: tuple[tuple[int, Vector], ...]
    arcs: tuple[tuple[int, tuple[Vector, Vector]], ...]


def planar_cost(a: int, b: int, c: int, top: int) -> float:
    """Estimated steps of `planar_count`.

    Parameters
    ----------
    a, b, c : int
        Coefficients of the form a x² + b xy + c y², positive definite.
    top : int

    Returns
    -------
    float

    Raises
    ------
    WeylspecError
        If the form is not positive definite.

    Examples
    --------
    A thousand times the bound takes ten times as long:

    >>> round(planar_cost(1, 0, 1, 10**27) / planar_cost(1, 0, 1, 10**24), 2)
    10.0
    """
    (a, b, c), _ = reduced_form(a, b, c)
    common = math.gcd(a, b, c)
    return min(_costs((a // common, b // common, c // common), top // common))


def planar_count(a: int, b: int, c: int, top: int) -> int:
    """Number of (x, y) ∈ Z² with a x² + b xy + c y² ≤ top, exact.

    By rows for small or very long ellipses, else along the convex hull of the points.

    Parameters
    ----------
    a, b, c : int
        Coefficients of a positive definite form.
    top : int

    Returns
    -------
    int
        0 if top is negative.

    Raises
    ------
    WeylspecError
        If the form is not positive definite.
    CostError
        If `planar_cost` is above 10¹¹.

    References
    ----------
    Balog and Bárány (1991), "On the convex hull of the integer points in a disc"; Pick (1899).

    Examples
    --------
    >>> planar_count(1, 0, 1, 100), planar_count(1, 0, 1, 10**12)
    (317, 3141592649625)
    >>> [planar_count(1, 1, 1, n) for n in (0, 1, 2, 3)]  # the hexagonal lattice
    [1, 7, 7, 13]
    """
    (a, b, c), _ = reduced_form(a, b, c)
    if top < 0:
        return 0
    common = math.gcd(a, b, c)
    form, top = (a // common, b // common, c // common), top // common
    by_rows, by_hull = _costs(form, top)
    check_operations(min(by_rows, by_hull), f"counting the points of {a}x² + {b}xy + {c}y² up to {top * common}")
    if by_hull < by_rows:
        found = _by_hull(form, top)
        if found is not None:
            return found
    return _by_rows(form, top)


def reduced_form(a: int, b: int, c: int) -> tuple[Form, tuple[Vector, Vector]]:
    """The equivalent form with 0 ≤ b ≤ a ≤ c, and its basis (Lagrange, Gauss).

    Parameters
    ----------
    a, b, c : int

    Returns
    -------
    form : tuple of 3 ints
    basis : two vectors
        The form takes the values a, c on them.

    Raises
    ------
    WeylspecError
        If the form is not positive definite.

    Examples
    --------
    >>> reduced_form(3, 16, 22)
    ((1, 0, 2), ((-3, 1), (-2, 1)))
    """
    if a <= 0 or 4 * a * c <= b * b:
        raise WeylspecError(f"the form {a}x² + {b}xy + {c}y² is not positive definite")
    first, second = (1, 0), (0, 1)
    while True:
        if a > c:
            a, c, first, second = c, a, second, first
        steps = (b + a) // (2 * a)  # nearest to b/2a
        if steps == 0:
            break
        second = (second[0] - steps * first[0], second[1] - steps * first[1])
        b, c = b - 2 * steps * a, c - steps * (b - steps * a)
    if b < 0:
        b, second = -b, (-second[0], -second[1])
    return (a, b, c), (first, second)


def _costs(form: Form, top: int) -> tuple[float, float]:
    """Steps by rows, and along the hull: infinite where the compiled integers would not hold the values."""
    if top < 0:
        return 1.0, math.inf
    a, b, c = form
    rows = math.isqrt(4 * a * top // (4 * a * c - b * b)) + 1
    by_rows = min(rows, _NEVER) * (_ROW if _short(form, top) else _LONG_ROW)
    # On the directions of a fan the form is at most 4 (a + b + c).
    if top >= _LARGEST_RATIO * a or math.isqrt(16 * (a + b + c) * top) >= _LARGEST_SLOPE:
        return by_rows, math.inf
    images = sum(1 / weight for weight, _ in _fan(form).arcs)
    return by_rows, _START + ARCS * images * (2 * top / math.sqrt(4 * a * c - b * b)) ** (1 / 3)


def _short(form: Form, top: int) -> bool:
    """Whether the compiled sum over rows holds the values."""
    a, _, c = form
    return 4 * a * max(c, top) < 2**60


def _by_rows(form: Form, top: int) -> int:
    """Twice the rows y > 0, and y = 0."""
    a, b, c = form
    big = 4 * a * c - b * b
    last = math.isqrt(4 * a * top // big)
    if _short(form, top):
        from weylspec.exact.lattices.points import _loops

        return int(_loops.rows_of_ellipse(a, b, c, top, last))
    roots = ((math.isqrt(4 * a * top - big * y * y), b * y) for y in range(1, last + 1))
    half = sum((root - linear) // (2 * a) + (root + linear) // (2 * a) + 1 for root, linear in roots)
    return 2 * half + 2 * math.isqrt(top // a) + 1


def _fan(form: Form) -> _Fan:
    """Edges of half the hull, or less of it where a reduced form has mirrors."""
    a, b, c = form
    if a == b == c:
        return _Fan(((6, (1, 0)), (6, (2, -1))), ((12, ((1, 0), (2, -1))),))
    if b == 0 and a == c:
        return _Fan(((4, (1, 0)), (4, (1, -1))), ((8, ((1, 0), (1, -1))),))
    if b == 0:
        return _Fan(((2, (1, 0)), (2, (0, 1))), ((4, ((1, 0), (0, -1))),))
    if a == c:
        return _Fan(((2, (1, 1)), (4, (1, 0)), (2, (1, -1))), ((4, ((1, 0), (1, 1))), (4, ((1, 0), (1, -1)))))
    if a == b:
        return _Fan(((2, (1, 0)), (4, (1, -1)), (2, (1, -2))), ((4, ((1, 0), (1, -1))), (4, ((1, -1), (1, -2)))))
    return _Fan(((2, (1, 0)), (2, (0, 1))), ((2, ((1, 0), (0, -1))), (2, ((1, 0), (0, 1)))))


def _in_basis(form: Form, first: Vector, second: Vector) -> Form:
    """The form of x·first + y·second."""
    (a, b, c), (x, y), (u, v) = form, first, second
    return a * x * x + b * x * y + c * y * y, 2 * a * x * u + b * (x * v + y * u) + 2 * c * y * v, \
        a * u * u + b * u * v + c * v * v


def _top_row(form: Form, top: int) -> tuple[int, int, int]:
    """The largest y of a point, and the first and last x there."""
    a, b, c = form
    big = 4 * a * c - b * b
    y = math.isqrt(4 * a * top // big)
    while True:
        root = math.isqrt(4 * a * top - big * y * y)
        first, last = -((root + b * y) // (2 * a)), (root - b * y) // (2 * a)
        if first <= last:
            return y, first, last
        y -= 1


def _by_hull(form: Form, top: int) -> int | None:
    """Pick's theorem for the hull; None if the ellipse is too small to be split where it must be."""
    from weylspec.exact.lattices.points import _loops

    waiting = np.empty(ROOM, dtype=np.int64)
    discriminant = float(4 * form[0] * form[2] - form[1] ** 2)
    longest = min(_loops.longest_direction(discriminant, float(top)), _LARGEST_SLOPE**2 / (4 * top))
    doubled = 2  # twice the area, and the lattice steps of the boundary
    fan = _fan(form)
    for weight, ray in fan.rays:
        y, first, last = _top_row(_in_basis(form, ray, _beside(ray)), top)
        doubled += weight * (y + 1) * (last - first)
    for weight, (start, end) in fan.arcs:
        a, b, c = _in_basis(form, start, (-end[0], -end[1]))
        y, _, x = _top_row((a, b, c), top)
        end_x, _, end_y = _top_row((c, b, a), top)
        found, proved = _loops.arc(a, b, c, x, y, 2 * a * x + b * y, b * x + 2 * c * y,
                                   top - a * x * x - b * x * y - c * y * y, end_x - x, y - end_y, discriminant,
                                   longest, waiting)
        if not proved:
            return None
        doubled += weight * int(found)
    # The area is right up to 2⁻⁵⁰ of it, less than 2⁹⁶, and the points are as many up to half the perimeter and one
    # (Nosarzewska 1948): far less than 2⁶¹ both.
    area = int(2 * math.pi * top / math.sqrt(discriminant))
    return area + (doubled // 2 - area + 2**62) % 2**63 - 2**62


def _beside(ray: Vector) -> Vector:
    """A vector that makes a primitive one a basis."""
    return (0, 1) if abs(ray[0]) == 1 else (1, 0)
