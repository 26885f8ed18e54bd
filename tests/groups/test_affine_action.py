"""Affine actions in lattice coordinates: composition, closure against brute force, joint actions."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from routes import affine_elements

from weylspec.errors import GroupActionError, InfiniteGroupError
from weylspec.groups.affine import AffineGroup, Translations
from weylspec.groups.affine_action import affine_from_linear, close, compose, integer_matrix, no_directions
from weylspec.groups.orthogonal import SO
from weylspec.groups.permutation import CyclicGroup, SignFlips, SymmetricGroup
from weylspec.groups.point import PointGroup

HALF = Fraction(1, 2)


def as_key(element):
    matrix, shift = element
    return tuple(map(tuple, np.asarray(matrix).tolist())), tuple(shift)


def test_composition():
    first = (np.array([[0, 1], [1, 0]]), (Fraction(1, 3), Fraction(0)))
    second = (np.array([[-1, 0], [0, 1]]), (Fraction(1, 2), Fraction(1, 4)))
    matrix, shift = compose(first, second)
    x = (Fraction(1, 7), Fraction(2, 5))
    inner = tuple(sum(int(second[0][i, j]) * x[j] for j in range(2)) + second[1][i] for i in range(2))
    outer = tuple((sum(int(first[0][i, j]) * inner[j] for j in range(2)) + first[1][i]) % 1 for i in range(2))
    assert tuple((sum(int(matrix[i, j]) * x[j] for j in range(2)) + shift[i]) % 1 for i in range(2)) == outer


@pytest.mark.parametrize("maps", [
    [([[0, -1], [1, 0]], [0, 0]), ([[1, 0], [0, 1]], [HALF, HALF])],
    [([[1, 0], [0, -1]], [HALF, 0]), ([[-1, 0], [0, 1]], [0, HALF])],
    [([[0, 0, 1], [1, 0, 0], [0, 1, 0]], [Fraction(1, 3)] * 3), ([[-1, 0, 0], [0, -1, 0], [0, 0, 1]], [HALF, 0, 0])],
    [([[1, -1], [1, 0]], [0, Fraction(1, 3)])],
    # denominators whose lcm is beyond 32 bits
    [([[-1, 0, 0], [0, 1, 0], [0, 0, 1]], [Fraction(1, 9973), 0, 0]),
     ([[1, 0, 0], [0, -1, 0], [0, 0, 1]], [0, Fraction(1, 9967), 0]),
     ([[1, 0, 0], [0, 1, 0], [0, 0, -1]], [0, 0, Fraction(1, 9949)])],
])
def test_closure_is_the_generated_group(maps):
    group = AffineGroup(maps)
    expected = set(affine_elements(maps))
    found = [as_key(e) for e in group.components]
    assert len(found) == len(set(found)) == group.order
    assert set(found) == expected
    assert found[0] == as_key((np.eye(group.degree, dtype=int), (Fraction(0),) * group.degree))


def test_a_space_group_of_three_thousand_elements():
    """Signed permutations of three coordinates, and translations by quarters: 48·4³."""
    identity = np.eye(3, dtype=int).tolist()
    point_group = [[[0, 1, 0], [0, 0, 1], [1, 0, 0]], [[0, 1, 0], [1, 0, 0], [0, 0, 1]], np.diag([-1, 1, 1]).tolist()]
    group = AffineGroup([*((a, [0, 0, 0]) for a in point_group), (identity, [Fraction(1, 4), 0, 0])])
    assert group.order == 48 * 4**3
    assert {x for _, shift in group.components for x in shift} == {Fraction(k, 4) for k in range(4)}


def test_closure_modulo_directions():
    # translations along (1, 1): a shift by (1/3, 1/3) is among them, one by (1/3, 0) has order 3
    maps = [(np.eye(2, dtype=np.int64), (Fraction(1, 3), Fraction(1, 3)))]
    assert len(close(maps, np.array([[1], [1]]))) == 1
    maps = [(np.eye(2, dtype=np.int64), (Fraction(1, 3), Fraction(0)))]
    assert len(close(maps, np.array([[1], [1]]))) == 3
    # a reflection that only turns the directions round is a component of its own
    maps = [(np.diag([-1, 1]), (Fraction(0), Fraction(0)))]
    assert len(close(maps, np.array([[1], [0]]))) == 2


def test_infinite_order():
    with pytest.raises(InfiniteGroupError, match="more than 20000 elements modulo the lattice"):
        close([(np.array([[1, 1], [0, 1]]), (Fraction(0), Fraction(0)))], no_directions(2))


def test_linear_groups_as_affine_ones():
    action = affine_from_linear(PointGroup("Oh").natural(), "Oh")
    assert action.order == 48
    assert {as_key((m, s))[0] for m, s in action.components()} == {
        tuple(map(tuple, (np.diag(s) @ np.eye(3)[list(p)]).astype(int).tolist()))
        for s in itertools.product((1, -1), repeat=3) for p in itertools.permutations(range(3))
    }
    assert action.modulus == 1
    with pytest.raises(GroupActionError, match="continuous group of rotations"):
        affine_from_linear(SO(2).natural(), "SO(2)")
    with pytest.raises(GroupActionError, match=r"entry 0\.5 in lattice coordinates"):
        integer_matrix(np.array([[1.0, 0.5], [0.0, 1.0]]), "a shear")


def test_joint_affine_groups():
    group = Translations([[1, 1, 1]]) * SymmetricGroup(3)
    action = group.affine(3)
    assert (action.dim, action.is_finite) == (1, False)
    assert sum(c.share for c in action.cosets()) == 1
    finite = (CyclicGroup(3) * Translations(steps=[["1/2", "1/2", "1/2"]])).affine(3)
    assert finite.order == 6
    one = np.eye(3, dtype=int)
    maps = [(np.roll(one, 1, axis=0).tolist(), [0, 0, 0]), (one.tolist(), [HALF] * 3)]
    assert {as_key((c.matrix, c.shift)) for c in finite.cosets()} == set(affine_elements(maps))
    with pytest.raises(GroupActionError, match="do not commute; put them into one AffineGroup"):
        (SignFlips(1) * Translations(steps=[["1/3", 0]])).affine(2)
    with pytest.raises(GroupActionError, match="moves the directions of the translations"):
        (SignFlips(1) * Translations([[1, 0]])).affine(2)


def test_no_maps_close_to_the_identity():
    ((matrix, shift),) = close([], no_directions(2))
    assert (matrix.tolist(), shift) == ([[1, 0], [0, 1]], (0, 0))
