"""The compiled loops, called directly at small sizes: CI runs this file without compilation too."""

import itertools
import math

import numpy as np
import pytest

from weylspec.exact.lattices.points import _loops

BOX = list(itertools.product(range(-12, 13), repeat=2))


def room():
    return np.zeros((64, 10), dtype=np.int64)


@pytest.mark.parametrize("bound", [0, 1, 3, 5, 100])
def test_discs_cut_by_a_square(bound):
    for top in (0, 1, 2, 8, 25, 50, 99):
        expected = sum(x * x + y * y <= top and max(abs(x), abs(y)) <= bound for x, y in BOX)
        assert int(_loops.disc(top, bound, room())) == expected


@pytest.mark.parametrize("share", [0.708, 0.75, 0.8, 0.832, 0.8944, 0.9, 0.97])
def test_discs_cut_where_directions_begin(share):
    """About the points where the circle has the directions (n, −1) and (3, −2), row by row."""
    for r in (50, 1200, 3001):
        top = r * r + r
        for bound in range(int(share * r) - 2, int(share * r) + 3):
            rows = [min(math.isqrt(top - y * y), bound) for y in range(1, bound + 1)]
            expected = 2 * bound + 1 + sum(2 * (2 * x + 1) for x in rows)
            assert int(_loops.disc(top, bound, room())) == expected


@pytest.mark.parametrize(("a", "b"), [(1, 1), (1, 2), (2, 3), (1, 60)])
def test_ellipses(a, b):
    for top in (0, 1, 5, 60, 61, 140):
        expected = sum(a * x * x + b * y * y <= top for x, y in BOX)
        assert int(_loops.ellipse(a, b, top, room())) == expected
        assert int(_loops.rows_of_ellipse(a, 0, b, top, math.isqrt(top // b))) == expected


@pytest.mark.parametrize("form", [(1, 0, 1), (1, 1, 1), (2, -1, 3), (3, 2, 3)])
@pytest.mark.parametrize("shift", [(0, 0), (1, 0), (-3, 5), (7, 7), (0, -11)])
def test_shifted_ellipses_by_rows_and_by_hull(form, shift):
    (a, b, c), (d, e) = form, shift
    x, y = np.meshgrid(np.arange(-90, 91), np.arange(-90, 91))
    values = a * x * x + b * x * y + c * y * y + d * x + e * y
    for top in (-20, 0, 10, 700, 701, 1500):
        expected = int((values <= top).sum())
        assert int(_loops.shifted_ellipse(a, b, c, d, e, top, room())) == expected
        if top >= 700:
            assert _loops.whole_hull(a, b, c, d, e, top, room()) == (expected, True)


def test_slices():
    x, y, z = np.meshgrid(*[np.arange(-8, 9)] * 3)
    form = np.array([1, 1, 2, 1, -1, 3], dtype=np.int64)
    values = x * x + x * y + 2 * y * y + x * z - y * z + 3 * z * z
    for top in (0, 3, 14, 15):
        assert int(_loops.skew_slices(form, top, -8, 8, room())) == int((values <= top).sum())
        last = math.isqrt(top // 2)
        assert int(_loops.diagonal_slices(1, 2, 2, top, -last, last, room())) == int(
            (x * x + 2 * y * y + 2 * z * z <= top).sum())
        side = math.isqrt(top // 3)
        assert int(_loops.ball_slices(top, side + 1, math.isqrt(top), room())) + (2 * side + 1) ** 3 == int(
            (x * x + y * y + z * z <= top).sum())


def test_rows_and_lines_at_every_rest():
    """Rows below a vertex, and the line that supports the points below one, by trying all of them."""
    for a, b, c, gx, gy, rest in itertools.product((1, 3), (-2, -3), (4, 9), (0, 7, 30), (60, 200), (0, 1, 11)):
        n = gy // (2 * c)
        expected = sum(max(t for t in range(99) if a * t * t + (gx - b * j) * t <= rest + (gy - c * j) * j)
                       for j in range(n))
        assert int(_loops.points_beside(a, b, c, gx, gy, rest, n)) == expected
        box = [(x, y) for x, y in itertools.product(range(99), range(-99, 99))
               if a * x * x + b * x * y + c * y * y + gx * x + gy * y <= rest]
        s = max(x for x, _ in box)
        line = [y for x, y in box if x == s]
        assert _loops.last_line(a, b, c, gx, gy, rest, float(4 * a * c - b * b)) == (s, max(line), min(line))


def test_arcs_do_not_depend_on_where_they_are_split():
    """Four quarters and the edges between make 2 A + B, which is 2 N − 2."""
    for top in (5, 100, 1234):
        r = math.isqrt(top)
        x = math.isqrt(top - r * r)
        found = {_loops.arc(1, 0, 1, x, r, 2 * x, 2 * r, top - r * r - x * x, r - x, r - x, 4.0, longest,
                            room()[:places])
                 for longest in (0.0, 3.0, 60.0, 1e6) for places in (0, 1, 64)}
        inside = sum(x * x + y * y <= top for x, y in itertools.product(range(-r, r + 1), repeat=2))
        assert found == {((2 * inside - 2 - 8 * x * (r + 1)) // 4, True)}


def test_few_arcs_wait_beside_short_directions():
    """Where hundreds of directions (n, −1) follow each other: 300 of them split a long ellipse."""
    c, y = 10**5, 900
    x = 3
    top, waiting = c * y * y + x * x, np.full((64, 10), -7, dtype=np.int64)
    end_x = math.isqrt(top)
    end_y = math.isqrt((top - end_x * end_x) // c)
    _loops.arc(1, 0, c, x, y, 2 * x, 2 * c * y, 0, end_x - x, y - end_y, 4.0 * c, c + 300.0**2, waiting)
    assert (waiting[32:] == -7).all()


def test_arcs_that_cannot_be_split_are_noticed():
    """Directions at an obtuse angle about a centre so near that no line between them is found."""
    assert not _loops.arc(5, 4, 6, 0, 0, 0, 0, 3, 0, 0, 104.0, 1e9, room())[1]
