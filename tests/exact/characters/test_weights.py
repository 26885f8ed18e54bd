"""Families of highest weights: lists by brute force, counts without a list against lists, sums of squares."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weylspec.errors import CostError
from weylspec.exact.characters.weights import (
    WeightFamily,
    linear_dimensions,
    orthogonal_family,
    weyl_forms,
)
from weylspec.exact.lie.classical import special_orthogonal


def brute_force(family, top):
    """All partitions in a box that is large enough, with their norms."""
    box = range(math.isqrt(max(top, 0)) + 2)
    found = {}
    for nu in itertools.product(box, repeat=family.rows):
        norm = family.constant + sum(x * (family.quadratic * x + b) for x, b in zip(nu, family.linear, strict=True))
        if list(nu) == sorted(nu, reverse=True) and norm <= top:
            found[nu] = norm
    return found


families = st.sampled_from([
    orthogonal_family(4, 2), orthogonal_family(5, 2, step=2), orthogonal_family(6, 3, step=2, offset=1),
    orthogonal_family(7, 3), orthogonal_family(6, 2), orthogonal_family(2, 1), orthogonal_family(3, 1),
    orthogonal_family(4, 2, step=2, offset=1),
])


@given(families, st.integers(-2, 90))
def test_lists_and_sums_against_brute_force(family, top):
    expected = brute_force(family, top)
    nu = family.weights(top)
    assert dict(zip(map(tuple, nu.tolist()), family.norms(nu).tolist(), strict=True)) == expected
    assert family.count(top) == sum(int(m) for m in family.multiplicities(nu))
    assert family.size(top) >= len(expected) / 2


def test_dimensions_by_tensors():
    """dim [2] = C(n+1, 2) − 1, [1,1] = C(n, 2), [2,2] = n(n+1)(n+2)(n−3)/12 (Weyl's tensor), [2,1] = n(n+2)(n−2)/3."""
    for n in range(4, 9):
        found = orthogonal_family(n, 2).multiplicities(np.array([[2, 0], [1, 1], [2, 2], [2, 1]])).tolist()
        assert found == [math.comb(n + 1, 2) - 1, math.comb(n, 2), n * (n + 1) * (n + 2) * (n - 3) // 12,
                         n * (n + 2) * (n - 2) // 3]


@pytest.mark.parametrize(("n", "rows"), [(3, 1), (5, 2), (4, 2)])
def test_huge_counts_grow_as_weyl_says(n, rows):
    """One row is exact at any size; several rows to 10⁶ are within a percent of the leading power."""
    family = orthogonal_family(n, rows)
    if rows == 1:
        assert family.count(10**40) == 10**40
        return
    nu = family.weights(2000)
    assert family.count(2000) == int(family.multiplicities(nu).astype(object).sum())
    power = (rows + len(family.forms.offsets)) / 2  # rows sums of a polynomial of that degree in √λ
    ratio = math.log(family.count(4 * 10**6) / family.count(10**6)) / math.log(4)
    assert ratio == pytest.approx(power, abs=0.05)


def test_sums_beyond_64_bits_are_exact():
    family = orthogonal_family(9, 2)
    nu = family.weights(60_000)
    expected = sum(int(m) for m in family.multiplicities(nu))
    assert expected > 2**63
    assert family.count(60_000) == expected


def test_lists_that_fit_nowhere_are_refused():
    for top in (10**9, 10**40):
        with pytest.raises(CostError, match=r"use count\(lam\)"):
            orthogonal_family(5, 2).weights(top)
    assert orthogonal_family(5, 2).count_cost(10**40) == math.inf


@given(st.integers(1, 5), st.lists(st.integers(0, 6), min_size=5, max_size=5))
@settings(max_examples=40)
def test_dimensions_of_gl_count_tableaux(k, parts):
    """SSYT of a shape with entries ≤ k, filled row by row from the last column strip: Gelfand–Tsetlin patterns."""
    mu = tuple(sorted((min(p, 3) for p in parts[:k]), reverse=True))

    def patterns(row):
        if len(row) == 1:
            return 1
        ranges = [range(low, high + 1) for high, low in itertools.pairwise(row)]
        return sum(patterns(lower) for lower in itertools.product(*ranges))

    assert linear_dimensions(k).values(np.array([mu])).tolist() == [patterns(mu)]


def test_products_of_forms_multiply():
    a = weyl_forms(special_orthogonal(3), np.array([[1]]))
    family = WeightFamily(1, (1,), 0, a * a)
    assert family.multiplicities(np.array([[3]])).tolist() == [49]
    assert family.count(12) == 1 + 9 + 25 + 49
