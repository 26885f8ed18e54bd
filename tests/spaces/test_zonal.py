"""Jacobi polynomials: against mpmath's hypergeometric sums up to degree 10⁴, and their value 1 at y = 0."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest

from weylspec.spaces._zonal import jacobi_polynomials

POINTS = np.array([0.0, 1e-8, 1e-4, 0.1, 0.3, 0.5, 0.77, 0.99, 1 - 1e-6, 1.0])
EPS = float(np.finfo(float).eps)


@pytest.mark.parametrize(("alpha", "beta"), [(-0.5, -0.5), (0, -0.5), (0.5, -0.5), (0, 0), (1, 0), (3, 1), (7, 3)])
@pytest.mark.parametrize("degree", [1, 10, 1000, 10_000])
def test_high_degrees(alpha, beta, degree):
    """A rounding at step j grows at most like the second solution, U_{k−j} ≤ k: at most k² roundings after k steps."""
    *_, found = jacobi_polynomials(alpha, beta, POINTS, degree)
    with mpmath.workdps(30):
        one = mpmath.binomial(degree + alpha, degree)
        exact = [float(mpmath.jacobi(degree, alpha, beta, 1 - 2 * mpmath.mpf(y), zeroprec=300) / one) for y in POINTS]
    assert np.abs(found - exact).max() <= EPS * degree**2
    assert found[0] == 1.0
    # inside (0, 1) the growth is bounded in k: 1/sin θ
    assert np.abs(found - exact)[3:7].max() <= 10 * EPS * degree


def test_degree_zero():
    assert [p.tolist() for p in jacobi_polynomials(1, 0, np.array([0.3]), 0)] == [[1.0]]
