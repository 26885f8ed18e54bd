"""Weyl constants, sphere volumes, and terms of products against product heat traces."""

from __future__ import annotations

import math

import pytest

from weylspec.invariants.orbit_spaces.geometry import (
    Term,
    Wall,
    assemble_terms,
    multiply_terms,
    sphere_volume,
    weyl_constant,
)


def test_weyl_constants():
    # theory 1: c_1 = 1/π, c_2 = 1/4π, c_3 = 1/6π², c_4 = 1/32π²
    pi = math.pi
    for d, c in [(0, 1), (1, 1 / pi), (2, 1 / (4 * pi)), (3, 1 / (6 * pi**2)), (4, 1 / (32 * pi**2))]:
        assert math.isclose(weyl_constant(d), c)


@pytest.mark.parametrize("d", range(1, 12))
def test_constants_are_unit_balls_over_two_pi(d):
    ball = sphere_volume(d - 1) / d
    assert math.isclose(weyl_constant(d), ball / (2 * math.pi) ** d)


def test_sphere_volumes():
    for n, v in [(0, 2), (1, 2 * math.pi), (2, 4 * math.pi), (3, 2 * math.pi**2), (6, 16 * math.pi**3 / 15)]:
        assert math.isclose(sphere_volume(n), v)


def test_terms_of_walls():
    walls = (Wall(3.0, 0.25, "mirror"), Wall(4.0, -0.5, "k = 3"))
    terms = assemble_terms(2, 5.0, "area", walls, (Term(0, 0.5, "cone"),))
    assert [(t.dim, t.coefficient) for t in terms] == [(2, 5.0), (1, 0.75), (1, -2.0), (0, 0.5)]


def test_terms_multiply_like_heat_traces():
    first, second = (Term(2, 3.0, "a"), Term(1, -0.5, "b")), (Term(1, 7.0, "c"), Term(0, 0.5, "d"))

    def trace(terms, t):
        return sum((4 * math.pi * t) ** (-x.dim / 2) * x.coefficient for x in terms)

    for t in (0.1, 0.7):
        assert math.isclose(trace(multiply_terms(first, second), t), trace(first, t) * trace(second, t))
    leading = multiply_terms(first, second)[0]
    assert (leading.dim, leading.coefficient, leading.source) == (3, 21.0, "a × c")
    assert leading.error == first[0].error + second[0].error  # relative ones add up
