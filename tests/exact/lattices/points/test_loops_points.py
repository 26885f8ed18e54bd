"""The compiled loops, called directly at small sizes: CI runs this file without compilation too."""

import itertools
import math

import numpy as np
import pytest

from weylspec.exact.lattices.points import _loops

BOX = list(itertools.product(range(-12, 13), repeat=2))


def runs():
    return np.zeros((64, 3), dtype=np.int64)


@pytest.mark.parametrize("bound", [0, 1, 3, 5, 100])
def test_discs_cut_by_a_square(bound):
    for top in (0, 1, 2, 8, 25, 50, 99):
        expected = sum(x * x + y * y <= top and max(abs(x), abs(y)) <= bound for x, y in BOX)
        assert int(_loops.disc(top, bound, runs())) == expected


@pytest.mark.parametrize(("a", "b"), [(1, 1), (1, 2), (2, 3), (1, 60)])
def test_ellipses(a, b):
    for top in (0, 1, 5, 60, 61, 140):
        expected = sum(a * x * x + b * y * y <= top for x, y in BOX)
        assert int(_loops.ellipse(a, b, top, runs())) == expected
        assert int(_loops.rows_of_ellipse(a, 0, b, top, math.isqrt(top // b))) == expected


@pytest.mark.parametrize("form", [(1, 0, 1), (1, 1, 1), (2, -1, 3), (3, 2, 3)])
@pytest.mark.parametrize("shift", [(0, 0), (1, 0), (-3, 5), (7, 7), (0, -11)])
def test_shifted_ellipses_by_rows_and_by_hull(form, shift):
    (a, b, c), (d, e) = form, shift
    x, y = np.meshgrid(np.arange(-90, 91), np.arange(-90, 91))
    values = a * x * x + b * x * y + c * y * y + d * x + e * y
    for top in (-20, 0, 10, 700, 701, 1500):
        expected = int((values <= top).sum())
        assert int(_loops.shifted_ellipse(a, b, c, d, e, top, runs())) == expected
        if top >= 700:  # S² ≥ X ≥ 4
            assert int(_loops.whole_hull(a, b, c, d, e, top, runs())) == expected


def test_slices():
    x, y, z = np.meshgrid(*[np.arange(-8, 9)] * 3)
    form = np.array([1, 1, 2, 1, -1, 3], dtype=np.int64)
    values = x * x + x * y + 2 * y * y + x * z - y * z + 3 * z * z
    for top in (0, 3, 14, 15):
        assert int(_loops.skew_slices(form, top, -8, 8, runs())) == int((values <= top).sum())
        last = math.isqrt(top // 2)
        assert int(_loops.diagonal_slices(1, 2, 2, top, -last, last, runs())) == int(
            (x * x + 2 * y * y + 2 * z * z <= top).sum())
        side = math.isqrt(top // 3)
        assert int(_loops.ball_slices(top, side + 1, math.isqrt(top), runs())) + (2 * side + 1) ** 3 == int(
            (x * x + y * y + z * z <= top).sum())


def test_products_in_limbs():
    rng = np.random.default_rng(7)
    for bits in (5, 29, 30, 31, 45, 59):
        x, y, width, fall = (int(v) for v in rng.integers(0, 2**bits, 4))
        for sign in (1, -1):
            high, low = _loops.add_cross(3, 2**62 - 5, sign * x, y, width, fall)
            assert 0 <= low < 2**62
            assert (int(high) << 62) + int(low) == (3 << 62) + 2**62 - 5 + sign * x * fall + y * width


def test_leaps_pass_over_nothing():
    """Values above + j² f − j s (back), and h + j s + j² f (forth), one step at a time."""
    for square, slope, above in itertools.product((1, 3, 10), (-5, 1, 17, 60, 1000), (1, 7, 90, 5000)):
        for most in (1, 4, 300):
            i = int(_loops.steps_outside(slope, square, above, most))
            assert 1 <= i <= most
            assert all(above - j * (slope - j * square) > 0 for j in range(1, i))
    for square, slope, room in itertools.product((1, 3, 10), (-1000, -5, 1, 60), (0, 7, 5000)):
        left, right = (1, 0, square, 0), (0, 1, 1, -room)
        p = slope + square  # so that a step by left changes the value by slope + square, then three times that, …
        if -room + p > 0:
            continue
        j = int(_loops.steps_inside(left, right, p, 0))
        assert -room + j * (slope + j * square) <= 0 or j == 1


def test_values_too_large_are_noticed():
    """Near 2⁵⁸ the walk stops instead of wrapping; so it does where there is no room for runs."""
    assert _loops.arc(1, 0, 2**58, 2**30, 0, 2**31, 2**59, 2**40, runs())[2] == -1
    assert _loops.arc(1, 0, 1, 0, 1000, 0, 2000, 0, runs()[:1])[2] == -1
