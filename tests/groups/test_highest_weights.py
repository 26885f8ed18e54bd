"""Representations of connected groups by highest weights: dimensions, duals and types against closed forms."""

import math

import numpy as np
import pytest

import weylspec as ws
from weylspec.errors import GroupActionError, WeylspecError
from weylspec.groups.highest_weights import highest_weight


@pytest.mark.parametrize(("group", "dimension"), [
    (ws.SO(3), lambda a: 2 * a + 1), (ws.SU(2), lambda a: a + 1), (ws.Sp(1), lambda a: a + 1), (ws.SO(2), lambda a: 1)])
def test_dimensions_of_rank_one(group, dimension):
    assert [group.character([a]).degree for a in range(6)] == [dimension(a) for a in range(6)]


@pytest.mark.parametrize(("weight", "degree", "indicator"), [
    ([1, 0], 3, 0), ([1, 1], 3, 0), ([2, 0], 6, 0), ([2, 1], 8, 1), ([4, 2], 27, 1), ([3, 1], 15, 0)])
def test_su3(weight, degree, indicator):
    found = ws.SU(3).character(weight)
    assert (found.degree, found.indicator) == (degree, indicator)


@pytest.mark.parametrize("n", [3, 4, 5, 6, 7])
def test_vectors_two_forms_and_symmetric_tensors_of_rotations(n):
    r = n // 2
    one, two, sym = [1] + [0] * (r - 1), [1, 1] + [0] * (r - 2), [2] + [0] * (r - 1)
    assert ws.SO(n).character(one).degree == n
    assert ws.SO(n).character(sym).degree == math.comb(n + 1, 2) - 1
    if r >= 2:  # the two-forms of R⁴ are two halves
        assert ws.SO(n).character(two).degree == (3 if n == 4 else math.comb(n, 2))


def test_representations_of_sp2_alternate_between_the_types():
    assert [ws.Sp(2).character(w).degree for w in ([1, 0], [1, 1], [2, 0])] == [4, 5, 10]
    assert [ws.Sp(2).character(w).indicator for w in ([1, 0], [1, 1], [2, 0])] == [-1, 1, 1]


def test_any_weight_of_an_orbit_names_the_representation():
    (torus,) = ws.SO(5).natural().cosets()
    for weight in ([2, 1], [-1, 2], [1, -2], [-2, -1]):
        assert highest_weight(np.array(weight), torus).tolist() == [2, 1]
    assert ws.SO(5).character([-1, 2]).degree == ws.SO(5).character([2, 1]).degree == 35


@pytest.mark.parametrize(("build", "error", "message"), [
    (lambda: ws.O(3).character([1]), GroupActionError, "not connected"),
    (lambda: ws.SO(4).character([1]), WeylspecError, "2 integers"),
    (lambda: ws.SO(3).character(["1"]), WeylspecError, "1 integers"),
    (lambda: ws.MatrixGroup([[[0, -1], [1, 0]]]).character(7), WeylspecError, "characters 0 to 3"),
])
def test_refusals(build, error, message):
    with pytest.raises(error, match=message):
        build()
