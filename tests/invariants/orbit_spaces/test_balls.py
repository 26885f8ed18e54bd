"""Shells modulo orthogonal groups: volumes by samples, walls and corners by hand."""

import math

import numpy as np
import pytest

import weylspec as ws
from weylspec.invariants.orbit_spaces.balls import curvature_terms, shell_orbits, shell_volume

FREE, FIXED = 0.25, -0.25


def test_volumes_of_shells(rng):
    assert shell_volume(3, 0.0, 2.0) == pytest.approx(32 * math.pi / 3)
    assert shell_volume(2, 1.0, 2.0) == pytest.approx(3 * math.pi)
    assert shell_volume(0, 0.5, 1.0) == 0.0
    r = np.linalg.norm(2 * rng.random((100_000, 4)) - 1, axis=1)
    share = shell_volume(4, 0.5, 1.0) / 16
    assert abs(((r > 0.5) & (r < 1)).mean() - share) < 5 * math.sqrt(share / 100_000)


@pytest.mark.parametrize("end", [FREE, FIXED])
def test_a_quarter_of_the_disk_by_hand(end):
    """Area π/4, arc π/2, sides 2; arc 1/24, apex 1/16, corners on the arc ±1/16 each."""
    found = shell_orbits(ws.SignFlips(2).natural(), 0.0, 1.0, (0.0, end))
    assert found.volume == pytest.approx(math.pi / 4)
    assert [w.weight for w in found.walls] == [end, FREE]
    assert [w.volume for w in found.walls] == [pytest.approx(math.pi / 2), pytest.approx(2.0)]
    constant = math.fsum(t.coefficient for t in found.terms if t.dim == 0)
    assert constant == pytest.approx(1 / 24 + 1 / 16 + 2 * math.copysign(1 / 16, end))
    assert not found.is_free


def test_rotations_of_an_annulus_are_free_and_of_a_disk_are_not():
    third = ws.SignFlips(1).copies(2).natural()
    assert shell_orbits(third, 0.5, 1.0, (FREE, FREE)).is_free
    cone = shell_orbits(third, 0.0, 1.0, (FREE, FREE))
    assert not cone.is_free
    # a cone point of order 2: (4 − 1)/24, half the disk's 1/6
    assert math.fsum(t.coefficient for t in cone.lower) == pytest.approx(1 / 8 + 1 / 12)


def test_elements_that_act_trivially_do_not_count():
    twice = (ws.SignFlips(1) * ws.SignFlips(1)).natural().extended(2)
    once = ws.SignFlips(1).natural().extended(2)
    first, second = (shell_orbits(a, 0.0, 1.0, (FREE, FREE)) for a in (twice, once))
    assert first.volume == second.volume == pytest.approx(math.pi / 2)
    for dim in range(3):
        a, b = (math.fsum(t.coefficient for t in found.terms if t.dim == dim) for found in (first, second))
        assert a == pytest.approx(b)


def test_cones_over_the_orbits_of_rotations():
    """B⁴/SO(3): the half disk; its diameter is the axis where orbits collapse by a 2-sphere."""
    found = shell_orbits(ws.SO(3).natural().extended(4), 0.0, 2.0, (FREE, FREE))
    assert found.dim == 2
    assert found.volume == pytest.approx(math.pi * 4 / 2)
    assert [(w.volume, w.weight) for w in found.walls] == [
        (pytest.approx(2 * math.pi), 0.25), (pytest.approx(4.0), -0.25)]
    interval = shell_orbits(ws.SO(2).natural(), 0.5, 1.0, (FREE, FIXED))
    assert (interval.dim, interval.volume) == (1, pytest.approx(0.5))
    assert [w.weight for w in interval.walls] == [FREE, FIXED]
    assert interval.orbits_alike
    assert not shell_orbits(ws.SO(2).natural(), 0.0, 1.0, (FREE, FIXED)).orbits_alike


def test_mean_curvature():
    """∫H/12π: 2·4πr/12π for the ball of radius r in R³, outer less inner for a shell."""
    assert curvature_terms(3, 0.0, 2.0)[0].coefficient == pytest.approx(4 / 3)
    assert curvature_terms(3, 0.5, 2.0)[0].coefficient == pytest.approx(1.0)
    assert curvature_terms(3, 0.0, 2.0, 0.5)[0].dim == 1
