"""Bounds on π against its printed digits."""

import pytest

from weylspec.exact.pi import pi_bounds

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
