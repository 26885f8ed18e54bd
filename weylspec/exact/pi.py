"""π in integers: bounds to any number of bits, for comparisons that floats cannot decide."""

from __future__ import annotations

from fractions import Fraction

_GUARD = 32


def pi_bounds(bits: int) -> tuple[int, int]:
    """Integers with low < π·2^bits < high, high − low ≤ 2, by π = 16·arctan(1/5) − 4·arctan(1/239) (Machin 1706).

    Parameters
    ----------
    bits : int
        At least 0.

    Returns
    -------
    low, high : int

    Examples
    --------
    >>> pi_bounds(4)        # 16π = 50.27
    (50, 51)
    """
    scale = bits + _GUARD
    first, lost = _arctan_inverse(5, scale)
    second, lost_too = _arctan_inverse(239, scale)
    value, error = 16 * first - 4 * second, 16 * lost + 4 * lost_too
    return (value - error) >> _GUARD, ((value + error) >> _GUARD) + 1


def floor_over_pi_squared(value: Fraction) -> int:
    """The largest integer n with n·π² ≤ value, exact: a rational value is no multiple but 0.

    Parameters
    ----------
    value : Fraction

    Returns
    -------
    int

    Examples
    --------
    >>> [floor_over_pi_squared(Fraction(x)) for x in (9, 10, 10**30)]
    [0, 1, 101321183642337771443879463209]
    """
    if value == 0:
        return 0
    bits = 64 + max(0, (abs(value.numerator) // value.denominator).bit_length())
    while True:
        low, high = pi_bounds(bits)
        squares = (low * low, high * high) if value < 0 else (high * high, low * low)
        least, most = ((value.numerator << (2 * bits)) // (value.denominator * square) for square in squares)
        if least == most:
            return least
        bits *= 2


def _arctan_inverse(n: int, scale: int) -> tuple[int, int]:
    """arctan(1/n)·2^scale from the alternating series, and a bound on the error of rounding each term."""
    power = (1 << scale) // n
    total, k = power, 1
    while power:
        power //= n * n
        total += (-power if k % 2 else power) // (2 * k + 1)
        k += 1
    return total, 3 * k
