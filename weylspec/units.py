"""Exact numbers, floats, and which of them are commensurable.

Equality of eigenvalues is decided on integers: an eigenvalue is ``keys @ units`` with integer
keys, and the units are numbers taken as linearly independent over the rationals. This module
holds the three decisions that rest on that: how a typed number is read, which units are
rational multiples of one another, and where a number stands among the multiples of a unit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, WeylspecError

Exact: TypeAlias = int | Fraction
Number: TypeAlias = int | float | str | Fraction | np.integer[Any]
Unit: TypeAlias = Fraction | float

_MAX_DENOMINATOR = 10**4
_CHANCE = 0.01
_MERGE_ULPS = 4
_SPACING_ULPS = 8
_ALL_WHOLE = 2.0**53  # beyond it every float is a whole number: no ratio says anything
_HUGE = 2**1000  # beyond it a float has no room left: such a number is compared exactly


def number(value: Number, name: str = "value") -> Fraction | float:
    """Read a number: int, Fraction and decimal string are exact, a float stays a float.

    Parameters
    ----------
    value : int, float, str or Fraction
        A string is a decimal (``"0.3"``) or a ratio (``"1/3"``).
    name : str
        What the number is, for the error message.

    Returns
    -------
    Fraction or float

    Raises
    ------
    WeylspecError
        If the value is not a finite number.

    Examples
    --------
    >>> number("0.3"), number(2), number(0.5)
    (Fraction(3, 10), Fraction(2, 1), 0.5)
    """
    if isinstance(value, (bool, np.bool_)):
        raise WeylspecError(f"{name} must be a number, got {value!r}")
    if isinstance(value, (int, str, Fraction, np.integer)):
        try:
            return Fraction(value if isinstance(value, (str, Fraction)) else int(value))
        except (ValueError, ZeroDivisionError) as error:
            raise WeylspecError(f"{name} = {value!r} is not a number; write it like '1.5' or '3/2'") from error
    try:
        result = float(value)
    except (TypeError, ValueError) as error:
        raise WeylspecError(f"{name} must be a number, got {value!r}") from error
    if not math.isfinite(result):
        raise WeylspecError(f"{name} must be finite, got {value!r}")
    return result


def positive(value: Number, name: str) -> Fraction | float:
    """Read a number that must be positive (a radius, a length, a ridge).

    Examples
    --------
    >>> positive("1/2", "radius")
    Fraction(1, 2)
    """
    result = number(value, name)
    if result <= 0:
        raise WeylspecError(f"{name} must be positive, got {value!r}")
    return result


def read_length(value: Number, name: str, most: int = 10**100) -> Fraction | float:
    """Read a length (a radius, a scale) whose square and inverse square are floats with room to spare.

    Raises
    ------
    WeylspecError
        If it is not between 1/most and most.

    Examples
    --------
    >>> read_length("1e-100", "radius").numerator
    1
    """
    result = positive(value, name)
    if not Fraction(1, most) <= result <= most:
        raise WeylspecError(f"{name} must lie between {1 / most:g} and {float(most):g}, got {value!r}; "
                            "use other units of length")
    return result


def typed(value: Fraction | float) -> str:
    """A number as it is typed into a constructor.

    Examples
    --------
    >>> typed(Fraction(2)), typed(Fraction(1, 2)), typed(0.3)
    ('2', "'1/2'", '0.3')
    """
    if isinstance(value, float):
        return repr(value)
    return str(value) if value.denominator == 1 else f"'{value}'"


def scaled_length(length: Fraction | float, r: Number) -> Fraction | float:
    """A length times a positive factor, exact where both are.

    Examples
    --------
    >>> scaled_length(Fraction(1, 2), "1/3")
    Fraction(1, 6)
    """
    factor = positive(r, "scale")
    if isinstance(factor, Fraction) and isinstance(length, Fraction):
        return length * factor
    return float(length) * float(factor)


def commensurable(units: Sequence[Unit]) -> tuple[tuple[Unit, ...], npt.NDArray[np.int64]]:
    """Reduce a list of numbers to units that are independent over the rationals.

    Two exact numbers are always commensurable; a pair with a float in it is when its ratio, the
    larger to the smaller, is below 2⁵³ and within 4 ulp of a fraction of denominator at most 10⁴ that is
    not there by chance: ratios above 10⁵ need smaller denominators, or be whole.

    Parameters
    ----------
    units : sequence of Fraction or float
        Non-zero numbers are grouped; zeros get an empty row.

    Returns
    -------
    reduced : tuple of Fraction or float
        Positive units, one per class, in the order of first appearance.
    coefficients : ndarray of shape (len(units), len(reduced)), int64
        ``units = coefficients @ reduced``.

    Raises
    ------
    CostError
        If a common unit is so small that a coefficient exceeds an int64.

    Examples
    --------
    >>> commensurable([Fraction(1), Fraction(4, 9)])
    ((Fraction(1, 9),), array([[9],
           [4]]))
    >>> commensurable([0.1, 0.3, 2.0**0.5])[1].tolist()
    [[1, 0], [3, 0], [0, 1]]
    """
    classes: list[list[tuple[int, Fraction]]] = []
    # Exact numbers first: they make one class, whatever floats stand between them.
    for index in sorted(range(len(units)), key=lambda i: not isinstance(units[i], Fraction)):
        unit = units[index]
        if unit == 0:
            continue
        found = ((members, _ratio_to_first(units, index, members)) for members in classes)
        members, ratio = next(((m, r) for m, r in found if r is not None), (None, None))
        if members is None or ratio is None:
            classes.append([(index, Fraction(1 if unit > 0 else -1))])
        else:
            members.append((index, ratio))
    classes.sort(key=lambda members: min(index for index, _ in members))
    coefficients = np.zeros((len(units), len(classes)), dtype=np.int64)
    reduced: list[Unit] = []
    for column, members in enumerate(classes):
        step = _gcd([ratio for _, ratio in members])
        first = _size(units[members[0][0]])
        reduced.append(first * step if isinstance(first, Fraction) else first * float(step))
        for index, ratio in members:
            if abs(ratio / step) >= 2**63:
                raise CostError(
                    f"{units[index]} and {first} have a common unit of only {float(step * Fraction(first)):.3g}; "
                    "write one of the lengths with fewer digits, or as a float"
                )
            coefficients[index, column] = int(ratio / step)
    return tuple(reduced), coefficients


def _ratio_to_first(units: Sequence[Unit], index: int, members: list[tuple[int, Fraction]]) -> Fraction | None:
    """The ratio of a number to |the first member| of a class, through any member; None if there is none."""
    for other, ratio in members:
        to_other = _rational_ratio(units[index], units[other])
        if to_other is not None:
            return to_other * ratio
    return None


def _rational_ratio(a: Unit, b: Unit) -> Fraction | None:
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return a / b
    if _size(a) < _size(b):
        inverse = _rational_ratio(b, a)
        return None if inverse is None else 1 / inverse
    ratio = float(a) / float(b)
    if abs(ratio) >= _ALL_WHOLE:
        return None
    near = Fraction(ratio).limit_denominator(_MAX_DENOMINATOR)
    width = _MERGE_ULPS * math.ulp(ratio)
    # About q²·width fractions of denominators up to q lie so near to any number: beyond a hundredth it may be chance.
    if near.denominator > 1 and near.denominator**2 * width > _CHANCE:
        return None
    return near if abs(float(near) - ratio) <= width else None


def _size(unit: Unit) -> Unit:
    return -unit if unit < 0 else unit


def _gcd(values: Sequence[Fraction]) -> Fraction:
    numerator = math.gcd(*(value.numerator for value in values))
    return Fraction(numerator, math.lcm(*(value.denominator for value in values)))


def floor_index(lam: Number, unit: Unit) -> int:
    """The largest integer n with ``n * unit <= lam``; negative when lam is.

    With an exact λ and an exact unit the answer is exact. Where a float is involved, a λ within
    4 ulp of ``n * unit`` counts as equal to it while 8 ulp(λ) is below the unit, so that an
    eigenvalue handed out by the library is always counted; beyond that a float is the exact
    binary number it is.

    Parameters
    ----------
    lam : int, float, str or Fraction
    unit : Fraction or float
        Positive.

    Returns
    -------
    int

    Examples
    --------
    >>> floor_index("0.3", Fraction(1, 10)), floor_index(0.3, Fraction(1, 10))
    (3, 3)
    >>> floor_index(10**30, Fraction(1)) == 10**30
    True
    """
    value = number(lam, "lam")
    below = math.floor(Fraction(value) / Fraction(unit))
    if isinstance(value, Fraction) and (isinstance(unit, Fraction) or abs(value) >= _HUGE):
        return below
    size = abs(float(value))
    if _SPACING_ULPS * math.ulp(size) < float(unit):
        above = float((below + 1) * Fraction(unit))
        if above - float(value) <= _MERGE_ULPS * math.ulp(max(size, above)):  # a binade may lie between them
            return below + 1
    return below


def values(keys: npt.NDArray[np.int64], units: Sequence[Unit]) -> npt.NDArray[np.float64]:
    """Eigenvalues ``keys @ units`` as floats, correctly rounded where there is one exact unit.

    Parameters
    ----------
    keys : ndarray of shape (n, r), int64
    units : sequence of r Fractions or floats

    Returns
    -------
    ndarray of shape (n,), float64

    Examples
    --------
    >>> values(np.array([[1], [3]]), (Fraction(1, 3),)).tolist()
    [0.3333333333333333, 1.0]
    """
    if len(units) == 1 and isinstance(units[0], Fraction):
        unit = units[0]
        top = max((abs(int(k)) for k in (keys.max(initial=0), keys.min(initial=0))), default=0)
        if top * unit.numerator < 2**53 and unit.denominator < 2**53:
            return np.asarray(keys[:, 0] * unit.numerator / unit.denominator, dtype=np.float64)
        return np.array([float(int(k) * unit) for k in keys[:, 0]], dtype=np.float64)
    # Column by column, so that equal keys give equal floats whatever else is in the list.
    total = np.zeros(len(keys), dtype=np.float64)
    for column, factor in zip(keys.T, units, strict=True):
        total += column * float(factor)
    return total


def rekeyed(keys: npt.NDArray[np.int64], coefficients: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Keys over new units, ``keys @ coefficients``, refused where an integer would not fit.

    Raises
    ------
    CostError
        If an entry could reach 2⁶².

    Examples
    --------
    >>> rekeyed(np.array([[1], [2]]), np.array([[9]])).tolist()
    [[9], [18]]
    """
    largest = [max(abs(int(column.max(initial=0))), abs(int(column.min(initial=0)))) for column in keys.T]
    for column in coefficients.T:
        if sum(size * abs(int(c)) for size, c in zip(largest, column, strict=True)) >= 2**62:
            raise CostError(
                "the integer keys of these levels exceed 2^62: the lengths have too small a common unit; "
                "write one of them with fewer digits, or as a float, or lower the cutoff"
            )
    return keys @ coefficients
