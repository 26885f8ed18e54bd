"""Geometry of M/G from a list of fixed sets, by hand."""

from __future__ import annotations

import math
from fractions import Fraction

from weylspec.invariants.orbit_spaces.fixed_sets import FixedSet, finite_orbits


def test_a_strip_by_hand():
    # the square torus of side 2 modulo (x, y) → (x, −y): two mirrors of length 2 make a strip of area 2
    fixed = [FixedSet(Fraction(1, 2), 2, 4.0, 1.0, "1"), FixedSet(Fraction(1, 2), 1, 4.0, 2.0, "mirror")]
    found = finite_orbits(2, 4.0, fixed, "Z2")
    assert (found.dim, found.volume, found.effective_order, found.is_free) == (2, 2.0, 2, False)
    (wall,) = found.walls
    assert (wall.volume, wall.weight) == (4.0, 0.25)
    # Z ∋ share·vol(F)/det = ½·4/2 = 1 = ¼·vol ∂: the same term, not counted twice
    assert [(t.dim, t.coefficient) for t in found.terms] == [(2, 2.0), (1, 1.0)]


def test_cones_add_up_by_dimension():
    fixed = [
        FixedSet(Fraction(1, 4), 3, 8.0, 1.0, ""), FixedSet(Fraction(1, 4), 3, 8.0, 1.0, ""),
        FixedSet(Fraction(1, 4), 1, 3.0, 4.0, ""), FixedSet(Fraction(1, 4), 0, 2.0, 8.0, ""),
    ]
    found = finite_orbits(3, 8.0, fixed, "G")
    assert (found.effective_order, found.volume) == (2, 4.0)  # half of the group acts trivially
    assert found.walls == ()
    assert [(t.dim, t.coefficient) for t in found.lower] == [(1, 3 / 16), (0, 1 / 16)]
    assert not found.is_free


def test_a_free_action():
    found = finite_orbits(2, 4 * math.pi, [FixedSet(Fraction(1, 2), 2, 4 * math.pi, 1.0, "")], "±1")
    assert found.is_free
    assert found.orbits_alike
    assert found.terms[0].coefficient == 2 * math.pi
    assert len(found.terms) == 1


def test_a_sign_makes_a_dirichlet_wall():
    # the same strip with functions that are odd in y: Z loses what the even ones gain
    fixed = [FixedSet(Fraction(1, 2), 2, 4.0, 1.0, "1"), FixedSet(Fraction(-1, 2), 1, 4.0, 2.0, "mirror")]
    found = finite_orbits(2, 4.0, fixed, "Z2")
    assert (found.volume, found.effective_order, found.is_free) == (2.0, 2, False)
    assert [(wall.volume, wall.weight) for wall in found.walls] == [(4.0, -0.25)]
    assert [(t.dim, t.coefficient) for t in found.terms] == [(2, 2.0), (1, -1.0)]
