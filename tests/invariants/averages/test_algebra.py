"""Series by structure: against classes, null spaces, sums over elements, and products written by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest
from power_series import Series, bosons
from routes import dimensions, molien_sum, null_spaces, spanned

from weylspec.groups.orthogonal import SO, O
from weylspec.groups.permutation import CyclicGroup, Hyperoctahedral, SignFlips, SymmetricGroup
from weylspec.groups.point import PointGroup
from weylspec.groups.unitary import U
from weylspec.groups.wreath import Wreath
from weylspec.invariants.averages.algebra import algebra_poles
from weylspec.invariants.averages.molien import class_dimensions, class_poles
from weylspec.spaces.sphere import Sphere, harmonic_dimension

FINITE = [
    SymmetricGroup(5), Hyperoctahedral(4), SignFlips(3), SymmetricGroup(3).blocks(2), SymmetricGroup(3).copies(2),
    Hyperoctahedral(2).blocks(2), Wreath(PointGroup("C3v"), 2), Wreath(CyclicGroup(3), 2), Wreath(SignFlips(1), 3),
    SymmetricGroup(3) + Hyperoctahedral(2), Wreath(SymmetricGroup(2), 2) + CyclicGroup(3),
    PointGroup("T") + SignFlips(2),
    Wreath(Wreath(SignFlips(1), 2), 2),
]
LIE = [
    Wreath(SO(2), 2), Wreath(O(2), 3), Wreath(SO(3), 2), Wreath(U(2), 2), SO(3) + SymmetricGroup(3), SO(2) + SO(3),
    Wreath(SO(2), 2) + SignFlips(1),
]


def plain(action):
    """The action without what is known of it beside its classes."""
    return replace(action, degrees=(), factors=(), nearby=None)


def bounds(action, top):
    return np.array([harmonic_dimension(action.size - 1, k) for k in range(top + 1)], dtype=object)


@pytest.mark.parametrize("group", FINITE + LIE, ids=repr)
@pytest.mark.parametrize("extra", [0, 1])
def test_classes_agree(group, extra):
    action = group.linear(group.degree + extra)
    assert dimensions(action, 14) == class_dimensions(plain(action), bounds(action, 14)).tolist()


@pytest.mark.parametrize("group", FINITE, ids=repr)
def test_elements_one_by_one(group):
    action = group.natural()
    assert dimensions(action, 6) == molien_sum(spanned(action.generators), 6)


@pytest.mark.parametrize("group", [*FINITE[3:7], *LIE[:3], LIE[4]], ids=repr)
def test_null_spaces_agree(group):
    action = group.natural()
    assert dimensions(action, 4) == null_spaces(action, 4)


@pytest.mark.parametrize("group", FINITE, ids=repr)
def test_poles_are_those_of_the_classes(group):
    for action in (group.natural(), group.linear(group.degree + 1)):
        assert algebra_poles(action) == class_poles(plain(action))


def polynomials(*degrees, top):
    t = Series.variable(top)
    return 1 / math.prod((1 - t**d for d in degrees), start=t._of(1))


def test_sixty_points_of_the_line():
    top = 24
    t = Series.variable(top)
    wanted = (1 - t**2) * polynomials(*range(1, top + 1), top=top)
    assert dimensions(SymmetricGroup(60).natural(), top) == [int(a) for a in wanted.a]
    wanted = (1 - t**2) * polynomials(*range(2, top + 1, 2), top=top)
    assert dimensions(Hyperoctahedral(60).natural(), top) == [int(a) for a in wanted.a]


def test_points_of_the_plane_in_any_order():
    # vector partitions: the coefficient of u^m in Π_{(a, b)} 1/(1 − u x^a y^b), x = y = t
    top, m = 12, 12
    t = Series.variable(top)
    wanted = (1 - t**2) * bosons(lambda q: 1 / ((1 - q) * (1 - q)), t, m)
    assert dimensions(SymmetricGroup(m).blocks(2).natural(), top) == [int(a) for a in wanted.a]


def test_rotations_of_sixty_planes_in_any_order():
    # one invariant of degree 2 for each plane: symmetric functions of them, free of degrees 2, 4, …, 2m
    top = 20
    t = Series.variable(top)
    wanted = (1 - t**2) * polynomials(*range(2, top + 1, 2), top=top)
    for group in (Wreath(SO(2), 60), Wreath(SO(5), 60), Wreath(O(3), 60)):
        assert dimensions(group.natural(), top) == [int(a) for a in wanted.a]


def test_ten_points_past_int64():
    action = SymmetricGroup(10).natural()
    found = dimensions(action, 1000)
    assert found == class_dimensions(plain(action), bounds(action, 1000)).tolist()
    assert max(bounds(action, 1000)) > 2**63


@pytest.mark.parametrize(("n", "group", "degrees"), [
    (29, SymmetricGroup(30), tuple(range(2, 31))), (19, SignFlips(20), (2,) * 20),
    (11, Wreath(SO(2), 6), tuple(range(2, 13, 2))), (11, Hyperoctahedral(12), tuple(range(2, 25, 2))),
], ids=repr)
def test_counts_by_degrees(n, group, degrees):
    # N(λ) counts solutions of Σ d_i x_i ≤ K, with one generator of degree 2 less, that of the radius
    top = 60
    remaining = list(degrees)
    remaining.remove(2)
    if len(degrees) == n:  # permutations: a generator of degree 1 beside those listed
        remaining.append(1)
    ways = polynomials(*remaining, 1, top=top).a[top]
    assert (Sphere(n) / group).count(top * (top + n - 1)) == int(ways)
