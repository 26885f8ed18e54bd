"""Cross products: Chebyshev collocation of the radial problem, 30-digit arithmetic, counts at random points."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weylspec.errors import CertificationError
from weylspec.solvers.bessel.cross import CrossProduct, phase
from weylspec.solvers.bessel.zeros import pairs

CASES = [(False, False), (True, True), (False, True), (True, False)]


def collocation(m, a, inside, outside, n=48):
    """Eigenvalues of −u'' − u'/r + m²u/r² on (a, 1) at Chebyshev points, conditions eliminated."""
    t = np.cos(math.pi * np.arange(n + 1) / n)
    weights = np.concatenate([[2.0], np.ones(n - 1), [2.0]]) * (-1.0) ** np.arange(n + 1)
    gaps = t[:, None] - t[None, :] + np.eye(n + 1)
    d = np.outer(weights, 1 / weights) / gaps
    d -= np.diag(d.sum(axis=1))
    r, d = (1 + a) / 2 + (1 - a) / 2 * t, d * 2 / (1 - a)
    operator = -d @ d - np.diag(1 / r) @ d + np.diag(m**2 / r**2)
    rows = np.stack([d[0] if outside else np.eye(n + 1)[0], d[-1] if inside else np.eye(n + 1)[-1]])
    ends, middle = [0, n], slice(1, n)
    lift = -np.linalg.solve(rows[:, ends], rows[:, middle])
    reduced = operator[middle, middle] + operator[middle][:, ends] @ lift
    return np.sort(np.linalg.eigvals(reduced).real)


@pytest.mark.parametrize(("inside", "outside"), CASES)
@pytest.mark.parametrize("m", [0, 1, 5])
@pytest.mark.parametrize("a", [0.2, 0.5, 0.9])
def test_frequencies_by_collocation(m, a, inside, outside):
    found, _ = CrossProduct(a, inside, outside).zeros(np.full(8, m), np.arange(1, 9))
    # spectral accuracy; differentiating twice costs about n⁴ roundings of the largest eigenvalue found
    np.testing.assert_allclose(found**2, collocation(m, a, inside, outside)[:8], rtol=1e-7, atol=1e-6)


@pytest.mark.parametrize(("inside", "outside"), CASES)
@pytest.mark.parametrize("m", [0, 3, 40])
def test_errors_are_bounds_against_thirty_digits(m, inside, outside):
    a, ranks = 0.5, np.array([2, 9])
    found, errors = CrossProduct(a, inside, outside).zeros(np.full(2, m), ranks)
    with mpmath.workdps(30):
        def end(f, x, derivative):
            return mpmath.diff(lambda y: f(m, y), x) if derivative else f(m, x)

        def cross(x):
            x, y = mpmath.mpf(x), mpmath.mpf(x) * a
            return (end(mpmath.besselj, x, outside) * end(mpmath.bessely, y, inside)
                    - end(mpmath.bessely, x, outside) * end(mpmath.besselj, y, inside))

        for zero, error in zip(found, errors, strict=True):
            assert cross(mpmath.mpf(zero) - error) * cross(mpmath.mpf(zero) + error) < 0
    assert (errors < 1e-13 * found).all()


@given(st.floats(0.05, 0.95), st.floats(0.5, 60.0), st.sampled_from(CASES))
def test_counts_are_the_zeros_and_zeros_ascend(a, x, ends):
    cross = CrossProduct(a, *ends)
    counts = cross.below(x)
    order, rank = pairs(counts)
    found, errors = cross.zeros(order, rank)
    assert (found <= x + errors).all()
    for m, count in enumerate(counts):
        mine = found[order == m]
        assert (np.diff(mine) > 0).all()
        beyond, error = cross.zeros(np.array([m]), np.array([count + 1]))
        assert beyond[0] > x - error[0]


def test_phases_keep_their_branch_where_functions_overflow():
    theta, slope = phase(np.array([400.0, 0.0]), np.array([1.0, 1e-4]), False)
    phi, _ = phase(np.array([400.0]), np.array([1.0]), True)
    assert theta[0] == -math.pi / 2
    assert phi[0] == math.pi / 2
    assert slope[0] == 0
    assert -math.pi / 2 < theta[1] < 0


@given(st.floats(0.1, 90.0), st.integers(0, 5), st.booleans())
def test_phases_of_a_ladder_are_those_one_by_one(x, first, derivative):
    nu = first + np.arange(30.0)
    together, slopes = phase(nu, np.full(30, x), derivative)
    for order, angle, slope in zip(nu, together, slopes, strict=True):
        single = phase(np.array([order]), np.array([x]), derivative)
        assert (angle, slope) == (single[0][0], single[1][0])


def test_frequencies_that_are_not_resolved_are_refused():
    with pytest.raises(CertificationError, match="wider annulus"):
        CrossProduct(1 - 1e-6, False, False).zeros(np.array([0]), np.array([1]))


@pytest.mark.parametrize("ends", CASES)
def test_radial_functions_satisfy_equation_and_norm(ends):
    a, m = 0.4, 3
    cross = CrossProduct(a, *ends)
    found, _ = cross.zeros(np.array([m, m]), np.array([1, 4]))
    nodes, weights = np.polynomial.legendre.leggauss(60)
    r, weights = (1 + a) / 2 + (1 - a) / 2 * nodes, weights * (1 - a) / 2
    values = np.stack([cross.radial(m, float(x), r) for x in found])
    np.testing.assert_allclose(2 * (values * r * weights) @ values.T / (1 - a * a), np.eye(2), atol=1e-12)
