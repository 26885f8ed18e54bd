"""Orders that rounding does not upset, assignments by exhaustion, frames."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weylspec.invariants.points.representatives import (
    Assembled,
    Listed,
    Permuted,
    Points,
    Spheres,
    assigned,
    generic_frame,
    ordered,
)


@given(st.lists(st.tuples(st.integers(-2, 2), st.integers(-2, 2)), min_size=1, max_size=8), st.integers(0, 10**6))
@settings(deadline=None)
def test_order_is_lexicographic_and_blind_to_rounding(rows, seed):
    rng = np.random.default_rng(seed)
    noisy = np.array(rows, float) + 1e-13 * rng.standard_normal((len(rows), 2))
    order = ordered(noisy, np.eye(2))
    assert [rows[i] for i in order] == sorted(rows, reverse=True)


@pytest.mark.parametrize("m", [1, 2, 4])
def test_assignments_by_exhaustion(m, rng):
    squares = rng.random((3 * m, 2 * m))
    for i, j in itertools.product(range(3), range(2)):
        part = squares[i * m: (i + 1) * m, j * m: (j + 1) * m]
        least = min(sum(part[a, p[a]] for a in range(m)) for p in itertools.permutations(range(m)))
        assert assigned(squares, m)[i, j] == pytest.approx(least**0.5, rel=1e-14)


@pytest.mark.parametrize("n", [1, 2, 7, 60])
def test_frames_are_orthonormal_and_start_in_the_chamber_of_sorted_coordinates(n):
    frame = generic_frame(n)
    np.testing.assert_allclose(frame.T @ frame, np.eye(n), atol=1e-13)
    assert (np.diff(frame[:, 0]) < 0).all()
    assert (frame[:, 0] > 0).all()


def test_sorted_lines_are_the_assignments_of_their_blocks(rng):
    """Radii sorted, against the assignment that does not know they are numbers."""
    quick = Permuted(Spheres(2), 4)
    x, y = rng.standard_normal((5, 8)), rng.standard_normal((4, 8))
    squares = Spheres(2).distance(x.reshape(-1, 2), y.reshape(-1, 2)) ** 2
    np.testing.assert_allclose(quick.distance(x, y), assigned(squares, 4), atol=1e-12)


def test_parts_keep_to_their_coordinates(rng):
    signs = Listed(np.array([[[1.0]], [[-1.0]]]))
    both = Assembled(((Permuted(Points(1), 2), np.array([3, 0])), (signs, np.array([2]))), 4)
    x = np.array([[5.0, 6.0, -7.0, 1.0]])
    assert both.canonical(x).tolist() == [[1.0, 6.0, 7.0, 5.0]]
    assert both.distance(x, np.array([[1.0, 6.0, 7.0, 5.0]])).tolist() == [[0.0]]
    assert both.distance(x, np.array([[5.0, 9.0, 7.0, 1.0]])).tolist() == [[3.0]]
