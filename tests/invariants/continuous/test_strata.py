"""Walls of orbit spaces: which spheres collapse, where, and the volumes of the walls."""

import math

import numpy as np
import pytest

import weylspec as ws
from weylspec.groups.lie_algebra import CompactAlgebra
from weylspec.invariants.continuous.isotropy import principal_isotropy
from weylspec.invariants.continuous.strata import collapsing_strata, fixed_rows, mirror_strata
from weylspec.invariants.continuous.wall_volumes import ConnectedAction, different_walls, wall_volume


def walls_of(group):
    action = group.natural()
    connected = CompactAlgebra.generated(action.algebra)
    isotropy = principal_isotropy(connected).algebra
    strata = different_walls(action, connected, [
        *collapsing_strata(connected, isotropy), *mirror_strata(action.cosets(), connected, isotropy)])
    return [(s.k, wall_volume(action, connected, s).value) for s in strata]


# theory: k, and the volume of the wall
CASES = [
    (ws.SO(3).copies(2), [(1, math.pi)]),  # boundary of a hemisphere of radius ½
    (ws.SO(5).copies(2), [(3, math.pi)]),  # the isotropy groups SO(3) ⊂ SO(4): a hyperplane in the fixed space
    (ws.G2().copies(2), [(5, math.pi)]),  # the orbits are those of SO(7)
    (ws.Spin7().copies(2), [(6, math.pi)]),
    (ws.SU(2).copies(2), []),  # free
    (ws.Sp(2).copies(2), [(3, math.pi**2 / 6)]),  # rank 1: HP¹ of curvature 4, S⁴(½)
    (ws.SU(3).copies(2), [(3, math.pi)]),  # rank 1: CP¹
    (ws.O(3).copies(3), [(0, math.pi**2 / 4)]),
    (ws.SO(3).symmetric_traceless().copies(2), []),
]


@pytest.mark.parametrize(("group", "expected"), CASES, ids=lambda x: repr(x)[:30])
def test_walls(group, expected):
    found = walls_of(group)
    assert [k for k, _ in found] == [k for k, _ in expected]
    for (_, area), (_, exact) in zip(found, expected, strict=True):
        assert area == pytest.approx(exact, rel=2e-3)


@pytest.mark.parametrize("group", [ws.SO(5).copies(3), ws.SO(7).copies(3)], ids=repr)
def test_spheres_of_even_dimension(group):
    # SO(k)/SO(k − 1), k odd, of the same rank: mirrors of the normaliser; areas by singular values are another route
    ((k, area),) = walls_of(group)
    (wall,) = (ws.Sphere(group.natural().size - 1) / group).walls
    assert k == 1 - 4 * wall.weight
    assert k % 2 == 0
    assert area == pytest.approx(wall.volume, rel=2e-3)


def test_hyperplanes_of_the_fixed_space():
    # N/H is finite: two vectors that vanish one at a time
    assert {k for k, _ in walls_of(ws.SO(3) + ws.SO(5))} == {2, 4}


def test_fixed_rows():
    found = fixed_rows(np.array(ws.SO(3).linear(5).algebra), np.eye(5))
    assert np.allclose(found.T @ found, np.diag([0, 0, 0, 1, 1]), atol=1e-12)


def test_volumes_and_classes_of_small_actions(rng):
    trivial = ConnectedAction(np.zeros((0, 3, 3)))
    assert trivial.volume().value == pytest.approx(4 * math.pi)
    points = rng.standard_normal((3, 3))
    assert trivial.classes(np.concatenate([points, points])) == 3
    turning = ConnectedAction(np.array(ws.SO(2).linear(3).algebra))
    assert turning.volume().value == pytest.approx(math.pi)
    assert turning.classes(np.array([[1.0, 0, 2], [0, 1, 2], [1, 0, -2]])) == 2
