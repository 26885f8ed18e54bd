"""Multisets of integers by their squares: against lists of them, Newton's recursion in integers and the geometry."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weylspec.errors import CostError, WeylspecError
from weylspec.exact.squares import multisets
from weylspec.exact.squares.multisets import Squares, multiset_bits, multiset_cost, multiset_count

PARTS = st.builds(Squares, st.integers(1, 4), st.integers(1, 3), st.booleans(), st.booleans())


def sums(part, top):
    """The weighted sums of squares of all its multisets up to a bound, one by one."""
    root = math.isqrt(top // part.weight)
    choose = itertools.combinations if part.distinct else itertools.combinations_with_replacement
    found = (part.weight * sum(k * k for k in c) for c in choose(range(-root if part.signed else 0, root + 1), part.m))
    return [x for x in found if x <= top]


def newton(m, top, signed):
    """m·h_m = Σ_r p_r h_{m−r} over the rationals, h_m the multisets of m integers; the number up to top."""
    def power(r):
        series = [0] * (top + 1)
        for k in range(math.isqrt(top // r) + 1):
            series[r * k * k] = 1 if k == 0 or not signed else 2
        return [(i, c) for i, c in enumerate(series) if c]

    h = [[Fraction(1)] + [Fraction(0)] * top]
    powers = [None] + [power(r) for r in range(1, m + 1)]
    for j in range(1, m + 1):
        total = [Fraction(0)] * (top + 1)
        for r in range(1, j + 1):
            for i, c in powers[r]:
                for s in range(top + 1 - i):
                    total[s + i] += c * h[j - r][s]
        h.append([x / j for x in total])
    return sum(h[m])


def plain(m, top):
    """Multisets of m ≥ top integers up to top, as all numbers of ±1, ±2, … with those squares, in integers."""
    ways = [1] + [0] * top
    for k in range(1, math.isqrt(top) + 1):
        for _ in (k, -k):
            for s in range(k * k, top + 1):
                ways[s] += ways[s - k * k]
    return sum(ways)


@settings(max_examples=80, deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=3), st.integers(0, 18))
def test_one_by_one(parts, top):
    expected = [0]
    for part in parts:
        expected = [a + b for a in expected for b in sums(part, top) if a + b <= top]
    assert multiset_count(parts, top) == len(expected)
    assert len(expected) <= 2 ** multiset_bits(parts, top)


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize(("m", "top"), [(3, 60), (5, 61), (7, 40)])
def test_newtons_recursion(m, top, signed):
    assert multiset_count([Squares(m, signed=signed)], top) == newton(m, top, signed)


@pytest.mark.parametrize("top", [3, 300, 2500])
def test_beyond_64_bits(top):
    """As many integers as can differ from zero: partitions of each number into squares of two colours."""
    count = multiset_count([Squares(top)], top)
    assert count == plain(top, top) <= 2 ** multiset_bits([Squares(top)], top)
    natural = Squares(top, signed=False)
    assert multiset_count([natural], top) <= 2 ** multiset_bits([natural], top)
    assert multiset_count([Squares(top + 5)], top) == count
    assert (count.bit_length() > 64) == (top > 1000)


def test_products_of_many_factors_beyond_64_bits():
    # 40 coordinates one by one are the lattice Z⁴⁰: C(40, j)·2^j points with j entries ±1, and those with one ±2
    points = sum(math.comb(40, j) * 2**j for j in range(6)) + 80 * (1 + 39 * 2)
    assert multiset_count([Squares(1)] * 40, 5) == points
    wide = multiset_count([Squares(1)] * 24, 70)
    theta = [1] + [0] * 70
    for _ in range(24):
        theta = [theta[s] + 2 * sum(theta[s - k * k] for k in range(1, math.isqrt(s) + 1)) for s in range(71)]
    assert wide == sum(theta) > 2**64


def test_ten_integers_near_the_end_of_64_bits():
    assert multiset_count([Squares(10)], 10**5) == 7994722984009576633  # known, by power series with big integers
    assert 2 ** multiset_bits([Squares(10)], 10**5) < 2**64


def test_weights_have_a_common_divisor():
    assert multiset_count([Squares(3, 6), Squares(2, 4)], 101) == multiset_count([Squares(3, 3), Squares(2, 2)], 50)


@pytest.mark.parametrize("part", [Squares(m, 1, signed) for m in (1, 2, 3, 10, 60) for signed in (True, False)],
                         ids=repr)
def test_the_bound_tends_to_the_volume(part):
    """The ball's share in the chamber is the leading term: a proved bound lies above it, and comes near."""
    orders = math.factorial(part.m) * (1 if part.signed else 2**part.m)
    volume = part.m / 2 * math.log2(math.pi) - math.lgamma(part.m / 2 + 1) / math.log(2) - math.log2(orders)
    excess = [multiset_bits([part], top) - volume - part.m / 2 * math.log2(top) for top in (10**8, 10**12, 10**16)]
    assert excess[0] > excess[1] > excess[2] > 0
    assert excess[2] < 1e-2


def test_refusals():
    with pytest.raises(CostError, match="2 GB"):
        multiset_count([Squares(10)], 10**9)
    with pytest.raises(WeylspecError, match="at least one integer"):
        multiset_count([Squares(0)], 10)
    assert multiset_count([Squares(2)], -1) == 0
    assert math.isinf(multiset_cost([Squares(10)], 10**12))
    assert multiset_cost([Squares(10)], -1) == 1


@pytest.mark.parametrize("parts", [[Squares(12)], [Squares(7), Squares(7)], [Squares(6), Squares(5, 2, signed=False)],
                                   [Squares(14, distinct=True)]], ids=str)
@pytest.mark.parametrize("top", [3000, 7001])
def test_series_in_integers_and_modulo_each_prime(parts, top, monkeypatch):
    """Where the series fit into 64 bits and their sums do not, they are made once; or modulo every prime anew."""
    once = multiset_count(parts, top)
    monkeypatch.setattr("weylspec.exact.squares.multisets._fits", lambda parts, top: False)
    assert multiset_count(parts, top) == once
    monkeypatch.setattr("weylspec.exact.squares.multisets._WORD", 42)  # more primes, and another first modulus
    assert multiset_count(parts, top) == once


@pytest.mark.parametrize("top", [1, 4, 25, 64, 65, 325, 1105, 10**4, 10**5])
def test_pairs_with_one_sum_of_squares(top):
    """All pairs; the bound may count a pair of equal numbers that is not there."""
    for signed in (True, False):
        n = math.isqrt(top)
        k = np.arange(-n if signed else 1, n + 1)
        pairs = (k[:, None] ** 2 + k[None, :] ** 2)[np.triu_indices(len(k))]
        most = np.bincount(pairs[pairs <= top], minlength=1).max()
        assert most <= multisets._most_pairs(top, signed=signed) <= most + 2


@pytest.mark.parametrize("part", [Squares(1), Squares(2), Squares(3), Squares(6), Squares(10, 3), Squares(4, 1, False),
                                  Squares(8, 2, False, True)], ids=str)
@pytest.mark.parametrize("top", [7, 100, 3000])
def test_series_that_fit(part, top, monkeypatch):
    """No coefficient passes the end that is left for it: said of a word of every size."""
    largest = int(multisets._series([part], top, 0).max())
    fitting = []
    for bits in range(1, 64):
        monkeypatch.setattr(multisets, "_WORD", bits)
        fitting.append(multisets._fits([part], top))
        assert not fitting[-1] or largest < 2 ** (bits - 1)
    assert fitting[-1]


def test_series_of_ten_integers_up_to_a_million_fit():
    assert multisets._fits([Squares(10, signed=False)], 10**6)
