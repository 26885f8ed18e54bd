"""Exact numbers, commensurability, and the place of a number among the multiples of a unit."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import weylspec as ws
from weylspec.errors import CostError, WeylspecError
from weylspec.units import commensurable, floor_index, number, positive, rekeyed, values

fractions = st.fractions(min_value=Fraction(1, 300), max_value=500, max_denominator=300)


@pytest.mark.parametrize(("typed", "read"), [
    (3, Fraction(3)), ("0.3", Fraction(3, 10)), ("-7/3", Fraction(-7, 3)), (np.int64(5), Fraction(5)),
    (Fraction(1, 3), Fraction(1, 3)), ("1e-3", Fraction(1, 1000)),
])
def test_ints_strings_and_fractions_are_exact(typed, read):
    assert number(typed) == read
    assert isinstance(number(typed), Fraction)


def test_a_float_stays_a_float():
    assert number(0.1) == 0.1
    assert isinstance(number(0.1), float)
    assert isinstance(number(np.float32(0.5)), float)


@pytest.mark.parametrize("bad", ["abc", "1/0", "nan", None, True, float("nan"), float("inf"), 1j, [1]])
def test_what_is_no_finite_number_is_refused_by_name(bad):
    with pytest.raises(WeylspecError, match="radius"):
        number(bad, "radius")


@pytest.mark.parametrize("bad", [0, -1, "0", -0.5])
def test_lengths_must_be_positive(bad):
    with pytest.raises(WeylspecError, match="radius must be positive"):
        positive(bad, "radius")


# -- commensurable ----------------------------------------------------------------------------------


@given(st.lists(st.one_of(fractions, fractions.map(lambda x: -x), st.just(Fraction(0))), min_size=1, max_size=5))
def test_exact_numbers_have_one_common_unit_and_it_is_the_largest(units):
    reduced, coefficients = commensurable(units)
    if not any(units):
        assert reduced == ()
        return
    assert len(reduced) == 1
    assert reduced[0] > 0
    assert [int(c) * reduced[0] for c in coefficients[:, 0]] == units
    assert math.gcd(*(int(c) for c in coefficients[:, 0])) == 1


@given(fractions, fractions, st.floats(0.01, 100))
def test_float_multiples_of_one_number_are_recognised(a, b, scale):
    assume(max(a / b, b / a).denominator <= 10**4)
    reduced, coefficients = commensurable([float(a) * scale, float(b) * scale])
    assert len(reduced) == 1
    assert Fraction(int(coefficients[0, 0]), int(coefficients[1, 0])) == a / b


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_two_floats_does_not_matter(order):
    assert len(commensurable([1.0, 1e-6][::order])[0]) == 1
    assert len(commensurable([1.0, 2.0**0.5][::order])[0]) == 2
    assert len(commensurable([1e-6, 2.0**0.5][::order])[0]) == 2


def test_four_ulp_merge_and_sixty_four_do_not():
    third = 1 / 3
    near, far = third + 3 * math.ulp(third), third + 64 * math.ulp(third)
    assert len(commensurable([1.0, near])[0]) == 1
    assert len(commensurable([1.0, far])[0]) == 2


def test_an_exact_number_replaces_the_float_it_equals():
    reduced, coefficients = commensurable([0.1, Fraction(3, 10)])
    assert reduced == (Fraction(1, 10),)
    assert coefficients.tolist() == [[1], [3]]


def test_exact_numbers_stay_in_one_class_with_a_float_between_them():
    # 12347/100003 is no fraction of denominator ≤ 10⁴ of the float 0.1, but it is one of 1/10.
    units = [0.1, Fraction(12347, 100003), Fraction(1, 10)]
    for order in (units, units[::-1], [units[1], units[0], units[2]]):
        reduced, coefficients = commensurable(order)
        assert len(reduced) == 1
        assert [float(c * reduced[0]) for c in coefficients[:, 0].tolist()] == pytest.approx(list(map(float, order)))


def test_units_come_in_the_order_of_first_appearance():
    reduced, coefficients = commensurable([2.0**0.5, Fraction(1, 2), 2 * 2.0**0.5])
    assert reduced == (2.0**0.5, Fraction(1, 2))
    assert coefficients.tolist() == [[1, 0], [0, 1], [2, 0]]


def test_a_coefficient_beyond_int64_is_refused():
    with pytest.raises(CostError, match="fewer digits"):
        commensurable([Fraction(1, 10**10), Fraction(10**10)])


# -- floor_index ------------------------------------------------------------------------------------


@given(st.fractions(max_denominator=1000), fractions)
def test_exact_floor(lam, unit):
    n = floor_index(lam, unit)
    assert n * unit <= lam < (n + 1) * unit


@example(1, Fraction(1, 4))  # where the floats below are twice as dense
@given(st.integers(0, 10**9), st.one_of(fractions, st.floats(1e-3, 1e3)))
def test_a_multiple_handed_out_as_a_float_is_found_again(n, unit):
    for slip in range(5):
        lam = float(n * Fraction(unit))
        lam -= slip * math.ulp(lam)
        assert floor_index(lam, unit) == n


def test_a_float_clearly_below_a_multiple_is_below_it():
    assert floor_index(3.0 - 10 * math.ulp(3.0), Fraction(1)) == 2
    assert floor_index(3.0 - 10 * math.ulp(3.0), 1.0) == 2
    assert floor_index(-1e-300, Fraction(1)) == -1


def test_beyond_two_to_53_a_float_is_the_binary_number_it_is():
    assert floor_index(2.0**60, Fraction(1)) == 2**60
    below = math.nextafter(2.0**60, 0)
    assert floor_index(below, Fraction(1)) == int(below)
    assert floor_index(2**60 - 1, Fraction(1)) == 2**60 - 1


def test_numbers_beyond_any_float():
    assert floor_index(10**400, Fraction(1, 3)) == 3 * 10**400
    assert floor_index(10**400, 0.5) == 2 * 10**400


# -- values and keys --------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 2**62), min_size=1, max_size=6), fractions)
def test_values_over_one_exact_unit_are_correctly_rounded(keys, unit):
    expected = [float(key * unit) for key in keys]
    assert values(np.array(keys, dtype=np.int64)[:, None], (unit,)).tolist() == expected


def test_equal_keys_give_equal_floats_whatever_stands_beside_them(rng):
    units = (0.1, 2**0.5, math.pi)
    keys = rng.integers(-1000, 1000, (1001, 3))
    together = values(keys, units)
    alone = [values(keys[i:i + 1], units)[0] for i in range(len(keys))]
    assert together.tolist() == alone


def test_rekeyed_is_exact_or_refuses():
    keys = np.array([[2**40], [-3]])
    assert rekeyed(keys, np.array([[2**20, -1]])).tolist() == [[2**60, -(2**40)], [-3 * 2**20, 3]]
    with pytest.raises(CostError, match="2\\^62"):
        rekeyed(keys, np.array([[2**22]]))
    assert rekeyed(np.zeros((0, 1), dtype=np.int64), np.array([[2**62]])).shape == (0, 1)


def test_floats_too_far_apart_to_compare_are_independent():
    """Beyond 2⁵³ every quotient of floats is a whole number, which says nothing."""
    units, table = commensurable([1e24, Fraction(1)])
    assert units == (1e24, 1)
    assert table.tolist() == [[1, 0], [0, 1]]
    assert commensurable([2.0**40, 1.0])[1].tolist() == [[2**40], [1]]


@pytest.mark.parametrize("ratio", [math.pi * 1e9, math.sqrt(2) * 1e12, math.e * 3e14])
def test_large_ratios_are_not_taken_for_fractions_by_chance(ratio):
    """4 ulp of such a ratio hold a fraction of denominator 10⁴ or less whatever it is."""
    units, table = commensurable([1.0, ratio])
    assert len(units) == 2
    assert table.tolist() == [[1, 0], [0, 1]]


@pytest.mark.parametrize("ratio", [Fraction(10**12), Fraction(3 * 10**9, 2), Fraction(10**5 + 1, 9973),
                                   Fraction(7, 9999)])
def test_fractions_that_are_told_from_chance(ratio):
    units, table = commensurable([0.3, 0.3 * float(ratio)])
    assert len(units) == 1
    assert Fraction(int(table[1, 0]), int(table[0, 0])) == ratio


def test_a_product_of_lengths_far_apart_counts_its_levels():
    space = ws.Cavity([1.5e-6 * math.pi] * 3) * ws.Torus(1).scaled(math.pi)
    listed = space.spectrum(num=5)
    assert [space.count(lam) for lam in listed.eigenvalues.tolist()] == listed.cumulative.tolist()
