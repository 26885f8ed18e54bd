"""The search for descending integers: against multisets by dynamic programming, and lattice points by Burnside."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weylspec.errors import CostError
from weylspec.exact.squares.multisets import Squares, multiset_count
from weylspec.exact.squares.wedges import wedge_cost, wedge_count


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 6), st.integers(1, 3), st.booleans(), st.integers(0, 90))
def test_the_two_ways_agree(m, weight, signed, top):
    part = Squares(m, weight, signed)
    assert wedge_count(part, top) == multiset_count([part], top)


@pytest.mark.parametrize("top", [0, 1, 99, 10**4, 10**8, 10**12, 2**40 - 1])
def test_pairs_by_burnside(top):
    """Two integers: (points of the disk + points of the diagonal)/2, the disk by its quadrant's rows."""
    root, diagonal = math.isqrt(top), 2 * math.isqrt(top // 2) + 1
    if root <= 10**4:
        disk = 4 * sum(math.isqrt(top - x * x) for x in range(root + 1)) + 1
        assert wedge_count(Squares(2), top) == (disk + diagonal) // 2
    # pairs of natural numbers are those of all integers with the quarter turns left out
    quarter = 2 * wedge_count(Squares(2, signed=False), top) - math.isqrt(top // 2) - 1  # ordered, x, y ≥ 0
    assert 2 * wedge_count(Squares(2), top) == 4 * quarter - 4 * root - 3 + diagonal


def test_triples():
    assert wedge_count(Squares(3), 10**6) == 699241334  # known, by dynamic programming
    assert wedge_count(Squares(3, 7), 7 * 10**6 + 6) == 699241334


def test_costs():
    assert wedge_cost(Squares(3), 10**8) == pytest.approx(100 * wedge_cost(Squares(3), 10**6), rel=0.01)
    assert math.isinf(wedge_cost(Squares(2), 2**61))
    assert math.isinf(wedge_cost(Squares(3, distinct=True), 10))
    assert wedge_count(Squares(3), -1) == 0
    with pytest.raises(CostError, match="operations"):
        wedge_count(Squares(6), 10**8)
