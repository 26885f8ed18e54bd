"""Terms of powers modulo permutations, against heat traces summed from levels."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from weylspec.invariants.orbit_spaces.geometry import Term, Wall
from weylspec.invariants.orbit_spaces.permuted_factors import Base, permuted_orbits

CIRCLE = Base(1, 2 * math.pi, 0.0, (), (Term(1, 2 * math.pi, ""),))
INTERVAL = Base(1, math.pi, 0.0, (Wall(2.0, 0.25, "ends"),), (Term(1, math.pi, ""), Term(0, 0.5, "ends")))
THREE = [(Fraction(1, 6), (1, 1, 1)), (Fraction(1, 2), (1, 2)), (Fraction(1, 3), (3,))]


def smooth(geometry, t):
    return sum(term.coefficient * (4 * math.pi * t) ** (-term.dim / 2) for term in geometry.terms)


def theta(t):
    return 1 + 2 * sum(math.exp(-t * k * k) for k in range(1, 60))


@pytest.mark.parametrize("symmetric", [False, True])
@pytest.mark.parametrize(("base", "trace"), [(CIRCLE, theta), (INTERVAL, lambda t: (1 + theta(t)) / 2)])
def test_the_terms_are_all_of_the_heat_trace_where_m_is_flat(base, trace, symmetric):
    found = permuted_orbits(base, 3, 6, THREE, symmetric, "S3")
    t = 0.02
    exact = (trace(t) ** 3 + 3 * trace(t) * trace(2 * t) + 2 * trace(3 * t)) / 6
    assert smooth(found, t) == pytest.approx(exact, rel=1e-12)
    assert found.effective_order == 6


def test_a_point_has_no_order():
    point = Base(0, 1.0, 0.0, (), (Term(0, 1.0, ""),))
    found = permuted_orbits(point, 3, 6, THREE, False, "S3")
    assert (found.dim, found.volume, found.walls) == (0, 1.0, ())


def test_unknown_terms_are_said_to_be_unknown():
    found = permuted_orbits(Base(2, 3.0, 1e-3, (), None), 2, 2, [], True, "S2")
    assert (found.volume, found.volume_error, found.walls_complete) == (4.5, 2e-3, False)
