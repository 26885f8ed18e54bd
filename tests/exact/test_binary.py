"""Lattice points of binary forms, against listing and against rows in Python ints."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weylspec.errors import CostError, WeylspecError
from weylspec.exact.theta import lattice_count_binary, lattice_count_binary_cost, lattice_count_diagonal

small = st.integers(1, 6)
forms = st.tuples(small, st.integers(-5, 5), small).filter(lambda form: 4 * form[0] * form[2] > form[1] ** 2)


@given(forms, st.integers(-3, 60))
def test_counts_by_listing(form, top):
    a, b, c = form
    reach = range(-50, 51)  # disc ≥ 1: |x|, |y| ≤ √(4·6·60) < 38
    listed = sum(a * x * x + b * x * y + c * y * y <= top for x, y in itertools.product(reach, reach))
    assert lattice_count_binary(a, b, c, top) == listed


@given(st.integers(0, 10**30), st.integers(10**26, 10**27))
def test_few_rows_at_large_numbers(top, c):
    """x² + xy + c·y² with |y| ≤ 100 or so: beyond 64 bits, against x by bisection on the form itself."""
    def last(y):
        low, high = -y // 2, 2 * math.isqrt(top) + abs(y) + 2
        while high - low > 1:
            x = (low + high) // 2
            low, high = (x, high) if x * x + x * y + c * y * y <= top else (low, x)
        return low

    rows = math.isqrt(4 * top // (4 * c - 1))
    expected = sum(last(y) + last(-y) + 1 for y in range(-rows, rows + 1)
                   if min(x * x + x * y for x in (-y // 2, -(y // 2))) + c * y * y <= top)
    assert lattice_count_binary(1, 1, c, top) == expected


@given(st.integers(0, 10**9))
def test_a_diagonal_form_is_counted_alike(top):
    assert lattice_count_binary(2, 0, 3, top) == lattice_count_diagonal([2, 3], top)


def test_both_ways_to_count_agree():
    """The square lattice in a slanted basis: (1, 0) and (10⁹, 1) take Python ints, (1, 0) and (10³, 1) the loop."""
    top = 10**8
    for slant in (10**3, 10**9):
        assert lattice_count_binary(1, 2 * slant, slant**2 + 1, top) == lattice_count_diagonal([1, 1], top)


def test_what_is_refused():
    with pytest.raises(WeylspecError, match="not positive"):
        lattice_count_binary(1, 2, 1, 10)
    with pytest.raises(CostError, match="lower the cutoff"):
        lattice_count_binary(1, 1, 1, 10**25)
    assert lattice_count_binary_cost(1, 1, 1, -5) == 1.0
