"""Symmetries of torus averages: their number is that of Weyl groups, and averages do not change by them."""

import numpy as np
import pytest

import weylspec as ws
from weylspec.invariants.averages import molien
from weylspec.invariants.averages.grid_symmetry import grid_symmetries


def coset(group):
    return next(iter(group.natural().cosets()))


@pytest.mark.parametrize(("group", "order"), [
    (ws.G2(), 12), (ws.Spin7(), 48), (ws.SO(5), 8), (ws.SU(4), 48), (ws.Sp(3), 48), (ws.SU(3).adjoint(), 12),
    (ws.TorusGroup([[1, 0], [1, 1], [0, 1]]), 2), (ws.SO(3).copies(3), 2),
])
def test_number_is_that_of_the_weyl_group_with_minus_one(group, order):
    assert len(grid_symmetries(coset(group))) == order


def test_twisted_cosets_keep_what_their_phases_allow():
    twisted = next(c for c in ws.O(6).natural().cosets() if any(c.phases))
    assert len(grid_symmetries(twisted)) == 8  # the Weyl group of Sp(2)


@pytest.mark.parametrize("group", [ws.G2().copies(2), ws.SU(3).adjoint(), ws.Spin7(),
                                   ws.LieGroup(ws.SU(3).algebra, [np.diag([1.0, -1.0] * 3)]).copies(2)])
def test_averages_are_those_of_the_whole_grid(group, monkeypatch):
    action = group.natural()
    found = [molien.class_average(action, 8, p) for p in (998244353,)]
    monkeypatch.setattr(molien, "grid_symmetries", lambda c: np.eye(c.rank, dtype=np.int64)[None])
    assert [x.tolist() for x in found] == [molien.class_average(action, 8, p).tolist() for p in (998244353,)]
