"""Averages over classical groups as determinants: first fundamental theorems, the other route, null spaces."""

import math

import numpy as np
import pytest
from power_series import Series
from routes import null_spaces

from weylspec.groups.orthogonal import SO, O
from weylspec.groups.permutation import SymmetricGroup
from weylspec.groups.point import PointGroup
from weylspec.groups.unitary import SU, Sp, U
from weylspec.invariants.averages.determinants import classical_average, classical_torus
from weylspec.invariants.averages.molien import class_dimensions
from weylspec.invariants.averages.separable import straightened
from weylspec.spaces.sphere import harmonic_dimension


def dimensions(action, top):
    bounds = np.array([harmonic_dimension(action.size - 1, k) for k in range(top + 1)], dtype=object)
    return class_dimensions(action, bounds).tolist()


def harmonics(top, pairs, *, plus=(), over=()):
    """(1 − t²)·Π(1 + t^plus)/((1 − t²)^pairs Π(1 − t^over))."""
    t = Series.variable(top)
    series = 1 / math.prod([(1 - t * t)] * (pairs - 1) + [1 - t**d for d in over], start=t._of(1))
    return [int(a) for a in math.prod((1 + t**d for d in plus), start=series).a]


# Weyl, The Classical Groups (1939): inner products are free up to as many vectors as dimensions; with them come
# determinants, whose squares (or squared absolute values) are Gram determinants
THEOREMS = [
    (SO(16), 1, {}), (SO(17).copies(2), 3, {}), (SO(15).copies(3), 6, {}), (O(16).copies(2), 3, {}),
    (SO(4).copies(4), 10, {"plus": (4,)}), (SO(6).copies(6), 21, {"plus": (6,)}), (O(6).copies(6), 21, {}),
    (SO(5).copies(5), 15, {"plus": (5,)}),
    (U(8), 1, {}), (U(8).copies(2), 4, {}), (U(4).copies(4), 16, {}),
    (SU(9), 1, {}), (SU(8).copies(2), 4, {}), (SU(3).copies(3), 9, {"plus": (3,), "over": (3,)}),
    (SU(4).copies(4), 16, {"plus": (4,), "over": (4,)}),
    (Sp(8), 1, {}), (Sp(8).copies(2), 6, {}), (Sp(3).copies(3), 15, {}),
]


@pytest.mark.parametrize(("group", "pairs", "more"), THEOREMS, ids=lambda x: repr(x) if hasattr(x, "degree") else "")
def test_first_fundamental_theorems(group, pairs, more):
    assert dimensions(group.natural(), 24) == harmonics(24, pairs, **more)


def test_hundreds_of_degrees():
    assert dimensions(Sp(8).copies(2).natural(), 300) == harmonics(300, 6)


@pytest.mark.parametrize("group", [
    SO(4).copies(2), SO(5).copies(3), SO(7).copies(2), O(6).copies(2), O(5).copies(2), U(2).copies(3), U(4).copies(2),
    Sp(2).copies(3), Sp(3), SU(3).copies(2), SO(2) + SO(4), SO(5) + SO(2), SO(4) + O(4),
    SO(4).copies(2) * SymmetricGroup(2).blocks(4),
], ids=repr)
def test_the_other_routes_agree(group, monkeypatch):
    for action in (group.natural(), group.linear(group.degree + 1)):
        found = dimensions(action, 10)
        with monkeypatch.context() as patched:
            patched.setattr("weylspec.invariants.averages.molien._classical", lambda *args: None)
            assert dimensions(action, 10) == found


@pytest.mark.parametrize(("group", "top"), [
    (SO(4).copies(2), 4), (SU(3).copies(2), 4), (SU(3).copies(3), 3), (Sp(2), 4), (O(4).copies(2), 4), (U(3), 4),
], ids=repr)
def test_null_spaces_agree(group, top):
    assert dimensions(group.natural(), top) == null_spaces(group.natural(), top)


def kinds(group):
    torus = classical_torus(straightened(next(iter(group.natural().cosets()))))
    return torus and ([kind for _, kind in torus.parts], torus.special)


def test_what_is_classical():
    assert kinds(SO(9)) == (["B"], False)
    assert kinds(SO(4) + SO(5)) == (["D", "B"], False)
    assert kinds(Sp(3).copies(2)) == (["C"], False)
    assert kinds(U(3) + SO(2)) == (["A", "A"], False)
    assert kinds(SU(5)) == (["A"], True)
    assert kinds(PointGroup("O")) is None
    assert kinds(U(2) * SO(2).copies(2)) is None or kinds(U(2) * SO(2).copies(2))[1] is False


def test_tables_that_are_too_large_are_left_to_the_grid():
    (coset,) = SO(4).natural().cosets()
    assert classical_average(classical_torus(coset), coset.lengths, np.ones(4, dtype=np.int64), 10**4, 101) is None
