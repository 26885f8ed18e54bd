"""Counts as text."""

import pytest

from weylspec.report.rows import CountRow, count_rows, large, order_text


@pytest.mark.parametrize(
    ("value", "text"), [(7, "7"), (10**12 - 1, "999999999999"), (10**12, "1e+12"), (123456 * 10**40, "1.235e+45"),
                        (10**400, "1e+400")])
def test_large_integers(value, text):
    assert large(value) == text


def test_ratio_of_integers_beyond_floats():
    assert CountRow(1, 5040 * 10**400, 10**400).ratio == "5040"
    assert count_rows([CountRow(100, None, 2)]) == [("100", "—", "2", "—")]


def test_orders():
    assert [order_text(x) for x in (5040, 5040.0, float("inf"))] == ["5040", "5040", "infinite"]
