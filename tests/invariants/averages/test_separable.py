"""Torus averages one angle at a time: Weyl's denominator, and constant terms by hand."""

from __future__ import annotations

import numpy as np
import pytest

from weylspec.exact.modular import root_of_unity
from weylspec.groups.joint import joint
from weylspec.groups.orthogonal import SO, O
from weylspec.groups.unitary import SU, Sp, right_quaternions
from weylspec.invariants.averages.molien import _grid_average, grid_points
from weylspec.invariants.averages.separable import (
    denominator_monomials,
    is_separable,
    separable_average,
    shared_angle,
    shared_average,
    straightened,
)

P = 2013265921


def test_which_cosets():
    assert is_separable(next(iter(SO(4).copies(2).natural().cosets())))
    assert not is_separable(next(iter(SO(3).natural().cosets())))
    assert is_separable(next(iter((SO(3) + SO(2)).natural().cosets())))


ORDERS = [(SO(4), 4), (SO(5), 8), (SO(6), 24), (SO(7), 48), (SO(10), 1920)]


@pytest.mark.parametrize(("group", "order"), ORDERS, ids=repr)
def test_denominators_have_one_monomial_per_element_of_the_weyl_group(group, order):
    (coset,) = group.natural().cosets()
    terms = denominator_monomials(coset, np.ones(len(coset.roots), dtype=np.int64), P)
    assert len(terms) == order  # signs ±1 (Weyl 1925)
    assert set(terms.values()) <= {1, P - 1}
    assert sum(1 if c == 1 else -1 for c in terms.values()) == 0
    assert denominator_monomials(coset, np.ones(len(coset.roots), dtype=np.int64), P, order - 1) == {}


@pytest.mark.parametrize("group", [SO(4), SO(5), O(6)], ids=repr)
def test_invariant_polynomials_of_two_vectors(group):
    # R[x·x, x·y, y·y]: 1, 0, 3, 0, 6, 0, 10 on each component
    for coset in group.copies(2).natural().cosets():
        if not is_separable(coset):
            continue
        grid = grid_points(coset, 6)
        zeta = root_of_unity(P, grid)
        powers = np.array([pow(zeta, i, P) for i in range(grid)], dtype=np.int64)
        phases = np.array([1 if c == 0 else P - 1 for c in coset.phases], dtype=np.int64)
        ones = np.ones(len(coset.roots), dtype=np.int64)
        terms = denominator_monomials(coset, ones, P)
        assert separable_average(coset, terms, phases, powers, 6, P).tolist() == [1, 0, 3, 0, 6, 0, 10]


def averages(coset, top):
    """All angles together, on a grid; and what the other routes need."""
    grid = grid_points(coset, top)
    zeta = root_of_unity(P, grid)
    powers = np.array([pow(zeta, i, P) for i in range(grid)], dtype=np.int64)
    phases = np.array([1 if c == 0 else P - 1 for c in coset.phases], dtype=np.int64)
    ones = np.ones(len(coset.roots), dtype=np.int64)
    return _grid_average(coset, phases, ones, powers, top, P).tolist(), (ones, phases, powers)


@pytest.mark.parametrize(("group", "scalars"), [
    (SO(2) + SO(2), SO(2).copies(2).natural()), (Sp(1) + Sp(1), right_quaternions(2)),
], ids=["circles", "quaternions"])
def test_one_shared_angle_and_the_others_apart(group, scalars):
    coset = next(iter(joint(group.natural(), scalars, "both").cosets()))
    angle = shared_angle(coset)
    assert angle == 2
    expected, (ones, phases, powers) = averages(coset, 6)
    assert shared_average(coset, angle, ones, phases, powers, 6, P, 100).tolist() == expected


def test_no_shared_angle():
    assert shared_angle(next(iter(SU(3).natural().cosets()))) is None
    coset = next(iter(joint((Sp(1) + Sp(1)).natural(), right_quaternions(2), "both").cosets()))
    none = np.zeros(0, dtype=np.int64)
    assert shared_average(coset, 2, np.ones(len(coset.roots), dtype=np.int64), none, none, 6, P, 1) is None


@pytest.mark.parametrize("joined", [
    SU(2) * SO(2).copies(2), SU(2).copies(2) * SO(2).copies(4), SO(2).copies(2) * (SO(2) + SO(2)),
    SU(3) * SO(2).copies(3), SO(2) * SO(2), SO(4), SU(3), SO(3).copies(2) * SO(2).blocks(3),
], ids=repr)
def test_straight_angles_have_the_same_averages(joined):
    coset = next(iter(joined.natural().cosets()))
    straight = straightened(coset)
    assert straight.rank <= coset.rank
    top = 4
    assert averages(straight, top)[0] == averages(coset, top)[0]
