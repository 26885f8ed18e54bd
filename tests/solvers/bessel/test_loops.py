"""The compiled loops over continued fractions at small sizes: CI runs this file without compilation too."""

import math

import numpy as np
import pytest
from scipy.special import jn_zeros, jnp_zeros, jv

from weylspec.solvers.bessel import _loops

INFINITE = math.inf


@pytest.mark.parametrize(("nu", "x"), [(0.0, 1.0), (0.0, 30.0), (2.5, 4.0), (7.0, 20.0), (20.0, 21.0), (3.0, 0.01)])
def test_the_continued_fraction_is_the_ratio_of_neighbours(nu, x):
    _, ratio = _loops.pivots(nu, INFINITE, x)
    # the relative errors of two values of J, 1e-14 of their modulus, over a ratio of order 1
    assert ratio == pytest.approx(jv(nu, x) / jv(nu + 1, x), rel=1e-11)


def test_pivots_count_the_published_zeros():
    counts = np.zeros(12, dtype=np.int64)
    for x in (0.5, 3.0, 10.0, 25.0):
        for m in range(12):
            assert _loops.pivots(float(m), INFINITE, x)[0] == (jn_zeros(m, 12) <= x).sum()
            # with c = m the zeros of J_m', and 0 for m = 0
            assert _loops.pivots(float(m), float(m), x)[0] == (jnp_zeros(m, 12) <= x).sum() + (m == 0)
        _loops.ladder(0.0, False, x, counts)
        assert counts.tolist() == [(jn_zeros(m, 12) <= x).sum() for m in range(12)]
        _loops.ladder(0.0, True, x, counts)
        assert counts.tolist() == [(jnp_zeros(m, 12) <= x).sum() + (m == 0) for m in range(12)]


def test_a_pivot_that_vanishes_does_not_divide_by_zero():
    # ν = 0, x = 2: the last row but one can be 0 by choice of x; every count stays that of a neighbour
    for x in np.linspace(1.9, 2.5, 601):
        assert _loops.pivots(0.0, INFINITE, float(x))[0] == (x > jn_zeros(0, 1)[0])


def test_starting_values_solve_the_leading_phase():
    for nu, phase in [(0.0, 2.0), (0.5, 0.1), (30.0, 5.0), (2000.0, 1.0)]:
        x = _loops.start(nu, phase)
        root = math.sqrt(x * x - nu * nu)
        assert x > nu
        assert root - nu * math.acos(nu / x) == pytest.approx(phase, rel=1e-5)


def test_zeros_and_their_brackets():
    nu = np.array([0.0, 0.0, 1.0, 5.0, 0.0])
    c = np.array([INFINITE, 0.0, 1.0, INFINITE, 0.0])
    k = np.array([2, 2, 1, 3, 1])
    zeros, widths = np.zeros(5), np.zeros(5)
    _loops.each_zero(nu, c, k, zeros, widths)
    expected = [jn_zeros(0, 2)[1], jnp_zeros(0, 1)[0], jnp_zeros(1, 1)[0], jn_zeros(5, 3)[2], 0.0]
    np.testing.assert_allclose(zeros, expected, rtol=1e-13)
    assert (widths <= 2.0**-49).all()
    counts = np.zeros(5, dtype=np.int64)
    _loops.each_count(nu, c, zeros + 1e-6, counts)
    assert counts.tolist() == k.tolist()


def test_bisection_alone_finds_the_same_zero():
    for nu, c, k in [(0.0, INFINITE, 3), (2.5, 2.0, 1)]:
        assert _loops.bisected_zero(nu, c, k) == pytest.approx(_loops.near_zero(nu, c, k), rel=1e-14)


def test_a_bracket_around_another_zero_is_refused():
    other = _loops.near_zero(0.0, INFINITE, 2)
    assert _loops.half_width(0.0, INFINITE, 1, other) == INFINITE


def test_steps_move_towards_the_zero():
    for x in (2.0, 2.3, 2.5, 2.8):
        _, d = _loops.pivots(0.0, INFINITE, x)
        assert abs(x + _loops.step_to_zero(0.0, INFINITE, x, d) - 2.404825557695773) < abs(x - 2.404825557695773) / 5
    assert _loops.rows(0.0, 8.0) == 8 + 16 + 20
