"""Bounds on π against its printed digits."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weylspec.exact.pi import floor_over_pi_squared, pi_bounds

# Ludolph's and Machin's digits, 100 of them.
DIGITS = ("31415926535897932384626433832795028841971693993751"
          "058209749445923078164062862089986280348253421170679")


@pytest.mark.parametrize("bits", [0, 1, 10, 53, 64, 200, 320])
def test_bounds_enclose_the_digits(bits):
    low, high = pi_bounds(bits)
    scale = 10 ** (len(DIGITS) - 1)
    assert low * scale < (int(DIGITS) + 1) << bits
    assert int(DIGITS) << bits < high * scale
    assert 1 <= high - low <= 2


def test_more_bits_only_sharpen():
    low, high = pi_bounds(3000)
    for bits in (100, 999, 2999):
        a, b = pi_bounds(bits)
        assert a <= low >> (3000 - bits) <= b
        assert a <= high >> (3000 - bits) <= b


PI = Fraction(int(DIGITS), 10 ** (len(DIGITS) - 1))


@given(st.fractions(0, 10**60, max_denominator=10**6))
def test_floors(value):
    """100 digits decide the floor unless the quotient lies within 10⁻³⁰ of an integer."""
    quotient = value / PI**2
    assert abs(quotient - round(quotient)) > Fraction(1, 10**30) or value == 0
    assert floor_over_pi_squared(value) == math.floor(quotient)


def test_next_to_a_multiple():
    for n in (1, 10**20 + 3):
        close = n * PI**2
        step = Fraction(n, 10**90)
        assert floor_over_pi_squared(close + step) == n
        assert floor_over_pi_squared(close - step) == n - 1
        assert floor_over_pi_squared(-close + step) == -n
    assert floor_over_pi_squared(Fraction(0)) == 0
