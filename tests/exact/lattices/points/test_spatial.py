"""Points of ellipsoids: boxes, theta series, other bases and slicings, sublattices."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from weylspec.errors import CostError, WeylspecError
from weylspec.exact.lattices.points.planar import planar_count
from weylspec.exact.lattices.points.spatial import spatial_cost, spatial_count
from weylspec.exact.theta import lattice_count_diagonal, theta_counts

BALL = (1, 0, 0, 1, 0, 1)
CUBIC = (1, 1, 1, 1, 1, 1)  # face-centred


def coefficients(gram):
    """Of the form x ↦ xᵀ gram x, for an integer matrix."""
    return tuple(int(gram[i][j]) * (1 + (i < j)) for i in range(3) for j in range(i, 3))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(-4, 4), min_size=9, max_size=9), st.integers(-1, 400),
       st.lists(st.integers(-4, 4), min_size=3, max_size=3))
def test_brute_force(entries, top, point):
    """At a top, at a value of the form and just below it."""
    basis = np.array(entries).reshape(3, 3)
    assume(abs(np.linalg.det(basis)) > 0.5)
    gram = basis.T @ basis
    value = int(np.array(point) @ gram @ point)
    for n in (top, value, value - 1):
        reach = np.floor(np.sqrt(max(n, 0) * np.diag(np.linalg.inv(gram))) + 1e-9).astype(int)
        if np.prod(2.0 * reach + 1) > 200_000:
            continue
        points = np.stack(np.meshgrid(*(np.arange(-r, r + 1) for r in reach)), axis=-1).reshape(-1, 3)
        assert spatial_count(coefficients(gram), n) == int((((points @ gram) * points).sum(axis=1) <= n).sum())


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, 30), min_size=3, max_size=3), st.integers(0, 20_000))
def test_theta_series(norms, top):
    a, b, c = norms
    assert spatial_count((a, 0, 0, b, 0, c), top) == lattice_count_diagonal(norms, top)


@pytest.mark.parametrize("top", [0, 1, 2, 3, 10**4, 123_456, 10**6 - 1, 10**6])
def test_balls_by_theta_series(top):
    assert spatial_count(BALL, top) == int(theta_counts([1, 1, 1], top).sum())


def test_balls_as_published():
    """OEIS A000605 at the radii 10, 100, 1000."""
    assert [spatial_count(BALL, 10 ** (2 * k)) for k in (1, 2, 3)] == [4169, 4187857, 4188781437]


@pytest.mark.parametrize("top", [1, 2, 77, 10**4, 10**5 + 1])
def test_face_centred_cubic_lattice(top):
    """The points of Z³ with even norm, halved."""
    assert spatial_count(CUBIC, top) == int(theta_counts([1, 1, 1], 2 * top)[::2].sum())


@pytest.mark.parametrize("top", [10**7 + 3, 10**8])
def test_sublattices_at_large_tops(top):
    """Other slices, other hulls: a sheared basis of Z³; and the points with z even, by parities of coordinates.

    The face-centred lattice holds those with no odd coordinate or with two, of which a third has z even. Of those
    with one odd coordinate two thirds have z even.
    """
    everything = spatial_count(BALL, top)
    sheared = np.array([[1, 0, 0], [1, 1, 0], [2, -1, 1]])
    assert spatial_count(coefficients(sheared.T @ sheared), top) == everything
    even = spatial_count(CUBIC, top // 2)
    all_even = spatial_count(BALL, top // 4)
    two_odd = even - all_even
    z_even = spatial_count((1, 0, 0, 1, 0, 4), top)
    y_z_even = spatial_count((1, 0, 0, 4, 0, 4), top)
    one_odd = 3 * (y_z_even - all_even)
    assert z_even == all_even + two_odd // 3 + one_odd * 2 // 3


@pytest.mark.parametrize("form", [(1, 1, 0, 1, 0, 1), (2, 1, 1, 3, -1, 4), (5, 0, 2, 5, 2, 7), (1, 0, 1, 50, 10, 90)])
@pytest.mark.parametrize("top", [12_345, 10**6])
def test_slices_in_three_directions(form, top):
    """The variables in another order have other slices, with other hulls."""
    a, b, c, d, e, f = form
    first = spatial_count(form, top)
    assert spatial_count((d, e, b, f, c, a), top) == first
    assert spatial_count((f, c, e, a, b, d), top) == first


def test_prisms_beyond_compiled_integers():
    """Forms whose values need more than 64 bits, in few slices."""
    far = 10**30
    expected = planar_count(1, 1, 1, 10**9) + 2 * planar_count(1, 1, 1, 10**9 - 10**8) \
        + 2 * planar_count(1, 1, 1, 10**9 - 4 * 10**8) + 2 * planar_count(1, 1, 1, 10**9 - 9 * 10**8)
    assert spatial_count((far, far, 0, far, 0, 10**8 * far + 1), 10**9 * far + 9) == expected
    assert spatial_count((1, 0, 0, 1, 0, far), 10**9) == planar_count(1, 0, 1, 10**9)


def test_volume():
    """The unit cubes around the points cover a smaller ball and lie in a larger one."""
    for radius in (10**3, 3 * 10**4):
        shell = 4 * math.pi * (radius + 1) ** 2 * math.sqrt(3) / 2
        assert abs(spatial_count(BALL, radius**2) - 4 / 3 * math.pi * radius**3) < shell


def test_what_is_refused():
    assert spatial_count(BALL, -1) == 0
    assert spatial_cost(BALL, -1) == 1
    with pytest.raises(WeylspecError, match="not positive definite"):
        spatial_count((1, 1, 1, 1, 1, 0), 5)
    with pytest.raises(CostError, match=r"up to 10{15} takes .* ask for a smaller cutoff"):
        spatial_count(BALL, 10**15)
    assert spatial_cost(CUBIC, 10**22) == spatial_cost(BALL, 10**1000) == math.inf
