"""Exact multiplicities: int64 while they fit, Python ints beyond."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weylspec.errors import CostError, WeylspecError
from weylspec.multiplicities import exact_integers, level_pairs, pair_products, sum_by_index, unique_rows


@given(st.lists(st.integers(0, 2**70), max_size=8))
def test_integers_survive_and_are_int64_exactly_while_their_sum_fits(entries):
    array = exact_integers(entries)
    assert [int(m) for m in array] == entries
    assert (array.dtype == np.int64) == (sum(entries) < 2**63)
    assert int(sum(int(m) for m in array)) == sum(entries)


def test_integer_arrays_whose_sum_overflows_become_python_ints():
    array = exact_integers(np.array([2**62, 2**62, 1], dtype=np.int64))
    assert array.dtype == object
    assert array.sum() == 2**63 + 1
    assert exact_integers(np.array([2**63], dtype=np.uint64)).dtype == object


def test_fractional_multiplicities_are_refused():
    with pytest.raises(WeylspecError, match="integers"):
        exact_integers([1, 1.5])
    assert exact_integers([1.0, 2.0]).tolist() == [1, 2]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2**66)), max_size=10))
def test_sums_by_index(pairs):
    index = np.array([i for i, _ in pairs], dtype=np.intp)
    total = sum_by_index(exact_integers([m for _, m in pairs]), index, 5)
    assert [int(t) for t in total] == [sum(m for i, m in pairs if i == j) for j in range(5)]


@pytest.mark.parametrize("columns", [1, 3])
def test_unique_rows(columns, rng):
    table = rng.integers(-2, 3, (50, columns))
    rows, inverse = unique_rows(table)
    assert (rows[inverse] == table).all()
    assert rows.tolist() == sorted(map(list, set(map(tuple, table.tolist()))))


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8), st.lists(st.integers(0, 30), min_size=1, max_size=8),
       st.integers(0, 60))
def test_level_pairs_are_those_up_to_the_cutoff(a, b, cutoff):
    first, second = np.sort(np.array(a)) / 7, np.sort(np.array(b)) / 7
    i, j = level_pairs(first, second, cutoff / 7)
    expected = {(x, y) for x in range(len(a)) for y in range(len(b))
                if round(7 * first[x]) + round(7 * second[y]) <= cutoff}
    assert set(zip(i.tolist(), j.tolist(), strict=True)) == expected


def test_too_many_pairs_are_refused_before_they_are_made():
    levels = np.zeros(10**5)
    with pytest.raises(CostError, match="10000000000 pairs"):
        level_pairs(levels, levels, 1.0)


def test_products_of_multiplicities_do_not_overflow():
    a, b = exact_integers([2**40, 1]), exact_integers([2**40, 3])
    i, j = np.array([0, 0, 1]), np.array([0, 1, 1])
    assert [int(m) for m in pair_products(a, b, i, j)] == [2**80, 3 * 2**40, 3]
    assert pair_products(exact_integers([2]), exact_integers([3]), i[:1], j[:1]).tolist() == [6]
