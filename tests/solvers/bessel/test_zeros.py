"""Zeros of Bessel functions: against tables, 30-digit arithmetic, interlacing, and counts at random points."""

import itertools
import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import jn_zeros, jnp_zeros, jv

from weylspec.errors import CertificationError
from weylspec.solvers.bessel import _loops
from weylspec.solvers.bessel.zeros import (
    certified_zeros,
    ladder_below,
    pairs,
    radial_norm,
    regular_radial,
    zeros_below,
)

INFINITE = math.inf


def zeros_of(nu, c, count):
    return certified_zeros(np.full(count, float(nu)), np.full(count, float(c)), np.arange(1, count + 1))


@pytest.mark.parametrize("m", [0, 1, 2, 7, 50])
def test_against_tables(m):
    """scipy's own tables carry about 1e-13."""
    np.testing.assert_allclose(zeros_of(m, INFINITE, 20)[0], jn_zeros(m, 20), rtol=1e-12)
    expected = np.concatenate([[0.0], jnp_zeros(0, 19)]) if m == 0 else jnp_zeros(m, 20)
    np.testing.assert_allclose(zeros_of(m, m, 20)[0], expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("nu", "dim", "rank"),
    [(0, 2, 1), (0.5, 3, 4), (1.25, 2, 2), (10, 2, 30), (200, 2, 1), (201.5, 5, 7), (2000, 2, 1), (2000, 2, 60)],
)
@pytest.mark.parametrize("neumann", [False, True])
def test_errors_are_bounds_against_thirty_digits(nu, dim, rank, neumann):
    c = nu + 1 - dim / 2 if neumann else INFINITE
    rank += neumann and c == 0
    zero, error = (a[0] for a in certified_zeros(np.array([float(nu)]), np.array([float(c)]), np.array([rank])))
    with mpmath.workdps(30):
        def f(x):
            value = mpmath.besselj(nu, x)
            return c * value - x * mpmath.besselj(nu + 1, x) if neumann else value

        # a sign change over the stated interval
        low, high = mpmath.mpf(zero) - error, mpmath.mpf(zero) + error
        assert f(low) * f(high) < 0
    assert error <= 14 * 2.0**-52 * zero  # a bracket of 8 eps and the 6 eps of a count


def test_none_is_skipped_up_to_order_2000():
    """Interlacing j_{ν,k} < j_{ν+1,k} < j_{ν,k+1} over whole ladders of orders (Watson 1944, 15.22)."""
    counts = ladder_below(1900.0, False, 2300.0)
    order, rank = pairs(counts)
    assert len(counts) > 350
    found, _ = certified_zeros(order + 1900.0, np.full(len(order), INFINITE), rank)
    rows = [found[order == i] for i in range(len(counts))]
    assert [len(row) for row in rows] == counts.tolist()
    for lower, upper in itertools.pairwise(rows):
        assert (lower[: len(upper)] < upper).all()
        assert (upper[: len(lower) - 1] < lower[1 : 1 + len(upper)]).all()


@given(
    nu=st.floats(0, 80), x=st.floats(0.1, 150), dim=st.integers(2, 9), neumann=st.booleans(),
)
def test_counts_are_sign_changes_on_a_fine_grid(nu, x, dim, neumann):
    """Consecutive zeros of these functions are more than 1 apart; scipy's J has the right sign off its zeros."""
    c = nu if neumann else INFINITE
    nu = nu + dim / 2 - 1
    grid = np.linspace(max(1e-3, min(nu / 2, x / 2)), x, int(40 * x) + 50)
    values = c * jv(nu, grid) - grid * jv(nu + 1, grid) if neumann else jv(nu, grid)
    values = values[np.abs(values) > 1e-300]
    changes = int((np.diff(np.sign(values)) != 0).sum())
    near = np.abs(values[-1:]).min(initial=1.0) < 1e-9
    first = int(neumann and c == 0)
    found = zeros_below(np.array([nu]), np.array([float(c)]), x)[0]
    if not near and (c > 0.5 or c == 0):
        assert found == changes + first


@given(st.floats(0.0, 400.0), st.sampled_from([0.0, 0.5, 1.0, 3.5]), st.booleans())
def test_the_ladder_is_the_counts_one_by_one(x, first, neumann):
    found = ladder_below(first, neumann, x)
    order = np.arange(int(x) + 3, dtype=float)
    single = zeros_below(first + order, order if neumann else np.full(len(order), INFINITE), x)
    assert found.tolist() == single[: np.count_nonzero(single)].tolist()


def test_zero_itself_is_a_frequency_of_order_0_only():
    assert zeros_below(np.array([0.0, 1.0]), np.array([0.0, 1.0]), 0.0).tolist() == [1, 0]
    assert ladder_below(0.0, True, 0.0).tolist() == [1]
    assert ladder_below(0.0, False, 0.0).tolist() == []


def test_what_is_not_certified_is_refused(monkeypatch):
    monkeypatch.setattr(_loops, "each_zero", lambda nu, c, k, zeros, widths: widths.fill(INFINITE))
    with pytest.raises(CertificationError, match="zero 1 of order 2"):
        certified_zeros(np.array([2.0]), np.array([INFINITE]), np.array([1]))


@pytest.mark.parametrize(("nu", "x"), [(0.0, 5.0), (2.5, 7.0), (10.0, 14.475500686554541)])
def test_radial_norms_by_quadrature(nu, x):
    nodes, weights = np.polynomial.legendre.leggauss(80)
    r = (nodes + 1) / 2
    value = float((weights / 2) @ (jv(nu, x * r) ** 2 * r))
    assert radial_norm(np.array([nu]), np.array([x]))[0] == pytest.approx(value, rel=1e-6 if nu % 1 else 1e-12)


def test_radial_functions_are_continuous_at_the_centre():
    r = np.array([0.0, 0.9e-5, 1.1e-5])
    values = regular_radial(5, 1.5, 10.0, r)
    assert values[1] / values[2] == pytest.approx(1.0, rel=1e-9)
    assert values[0] == pytest.approx(5.0**1.5 / math.gamma(2.5), rel=1e-14)
