"""Single matrices: rounding, orders and rational angles against exact ones."""

import math
from fractions import Fraction

import numpy as np
import pytest

from weylspec.errors import InfiniteGroupError, NotOrthogonalError
from weylspec.groups.typed_matrices import element_order, polish, rational_phases, typed_accuracy


def rotation(angle: float) -> np.ndarray:
    return np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])


def test_a_refused_matrix_is_told_in_one_line():
    with pytest.raises(NotOrthogonalError, match=r"matrix \[\[1\. 1\.\] \[0\. 1\.\]\] is not orthogonal"):
        polish(np.array([[1.0, 1.0], [0.0, 1.0]]))


def test_polish_is_the_nearest_orthogonal_matrix():
    rng = np.random.default_rng(5)
    for _ in range(20):
        target = np.linalg.qr(rng.standard_normal((4, 4)))[0]
        given = target + 1e-7 * rng.standard_normal((4, 4))
        nearest, residual = polish(given)
        assert np.abs(nearest.T @ nearest - np.eye(4)).max() < 1e-14
        assert residual == pytest.approx(np.linalg.norm(given.T @ given - np.eye(4), 2), rel=1e-6)
        assert np.linalg.norm(nearest - given) <= np.linalg.norm(target - given)


def test_typed_accuracy_bounds_the_rounding():
    for angle in np.linspace(0.1, 3, 30):
        for digits in (6, 8, 10):
            exact = rotation(angle)
            error = np.linalg.norm(np.round(exact, digits) - exact, 2)
            assert error <= typed_accuracy(np.round(exact, digits)) <= 1e3 * 10.0**-digits


@pytest.mark.parametrize(("cycles", "order"), [((1,), 1), ((2, 3), 6), ((4, 6, 5), 60)])
def test_order_and_phases_of_a_permutation(cycles, order):
    n = sum(cycles)
    matrix, start, expected = np.zeros((n, n)), 0, []
    for length in cycles:
        matrix[start: start + length, start: start + length] = np.roll(np.eye(length), 1, axis=0)
        start += length
        expected += [Fraction(k, length) for k in range(length)]
    assert element_order(matrix, 100) == order
    assert rational_phases(matrix, order) == tuple(sorted(expected))
    assert rational_phases(matrix, 7 * order) == tuple(sorted(expected))


def test_phases_are_certified_by_the_order():
    with pytest.raises(InfiniteGroupError, match="1 rad"):
        rational_phases(rotation(1.0), 200_000)
    with pytest.raises(InfiniteGroupError, match="not of order 6"):
        rational_phases(rotation(2 * math.pi / 5), 6)
    with pytest.raises(InfiniteGroupError, match="order 35, more than 10"):
        element_order(np.kron(np.diag([1.0, 0.0]), rotation(2 * math.pi / 5))
                      + np.kron(np.diag([0.0, 1.0]), rotation(2 * math.pi / 7)), 10)
