"""AffineGroup and Translations: what is read, orders, refusals that name value and remedy."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weylspec.errors import GroupActionError, InfiniteGroupError, WeylspecError
from weylspec.groups.affine import AffineGroup, Translations

EYE = np.eye(2, dtype=int)


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 11), st.integers(0, 11)), min_size=1, max_size=3))
def test_order_of_finite_translations(rows):
    steps = [[Fraction(a, d), Fraction(b, d)] for d, a, b in rows]
    # the subgroup of (Z/N)² spanned by the steps, counted by listing sums
    n = math.lcm(*(d for d, _, _ in rows))
    found = {(0, 0)}
    while True:
        more = {((x + int(a * n)) % n, (y + int(b * n)) % n) for x, y in found for a, b in steps} | found
        if len(more) == len(found):
            break
        found = more
    assert Translations(steps=steps).order == len(found)


def test_numbers_are_read_alike():
    exact = AffineGroup([(EYE, [Fraction(1, 3), 0])])
    for written in ("1/3", 1 / 3):
        assert AffineGroup([(EYE, [written, 0])]).maps[0][1] == exact.maps[0][1]
    assert Translations(steps=[["5/4", -1]]).steps == ((Fraction(1, 4), Fraction(0)),)
    assert Translations(steps=[["0.1", 0]]).order == 10


def test_a_subtorus_is_saturated():
    # the line through (2, 4) is that through (1, 2)
    assert abs(Translations([[2, 4]]).directions).ravel().tolist() == [1, 2]
    assert (Translations([[2, 4]]).dim, Translations([[1, 2], [2, 4]]).dim) == (1, 1)
    assert Translations([[1, 1, 1]]).order == math.inf


def test_components_beside_translations():
    group = AffineGroup([([[0, -1], [1, 0]], [0, 0])], translations=[[1, 0], [0, 1]])  # T² ⋊ C₄
    assert (group.order, group.dim, len(group.components)) == (math.inf, 2, 4)
    assert "translations=" in repr(group)


def test_more_coordinates_stay():
    action = AffineGroup([([[-1]], ["1/2"])]).affine(3)
    found = [(c.matrix.diagonal().tolist(), c.shift) for c in action.cosets()]
    assert found == [([1, 1, 1], (0, 0, 0)), ([-1, 1, 1], (Fraction(1, 2), 0, 0))]
    moved = Translations([[1, 1]]).affine(3)
    assert (moved.size, np.abs(moved.directions).ravel().tolist()) == (3, [1, 1, 0])


@pytest.mark.parametrize(("make", "error", "message"), [
    (lambda: AffineGroup([]), WeylspecError, "at least one generator"),
    (lambda: AffineGroup([([[2, 0], [0, 1]], [0, 0])]), GroupActionError, "has determinant 2; a map of the torus"),
    (lambda: AffineGroup([([[0.5, 0], [0, 2]], [0, 0])]), GroupActionError, "entry 0.5 in lattice coordinates"),
    (lambda: AffineGroup([(EYE, [0, 0, 0])]), WeylspecError, r"shapes \(2, 2\) and 3"),
    (lambda: AffineGroup([(EYE, [0, 0]), ([[1]], [0])]), WeylspecError, "must all have the same size"),
    (lambda: AffineGroup([(EYE, [2**0.5, 0])]), GroupActionError, r"1\.414.* is not a fraction of denominator at most"),
    (lambda: AffineGroup([([[0, 1], [1, 0]], [0, 0])], translations=[[1, 0]]), GroupActionError, "does not preserve"),
    (lambda: AffineGroup([([[2, 1], [1, 1]], [0, 0])]).order, InfiniteGroupError, "check that each A has finite order"),
    (lambda: Translations(), WeylspecError, "either directions"),
    (lambda: Translations([[1, 0]], steps=[["1/2", 0]]), WeylspecError, "either directions"),
    (lambda: Translations([]), WeylspecError, "list of at least one vector"),
    (lambda: Translations([[1.5, 0]]), GroupActionError, r"must be integer vectors; 1\.5 is none"),
    (lambda: Translations([[1, 0], [0]]), WeylspecError, "must be integer vectors of length 2, got"),
    (lambda: Translations([1, 1]), WeylspecError, r"a list of at least one vector, such as \[\[1, 1\]\]; got \[1, 1\]"),
    (lambda: Translations([[0, 0]]), WeylspecError, "a direction is zero"),
    (lambda: Translations(steps=[["1/2", 0], ["1/2"]]), WeylspecError, "a shift has 1 entries, expected 2"),
])
def test_refusals(make, error, message):
    with pytest.raises(error, match=message):
        make()
