"""Invariant tensors: class averages against sums over elements one by one, and against known invariants."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import weylspec as ws
from weylspec.errors import CostError
from weylspec.exact.characters.classical import Shapes
from weylspec.exact.characters.weights import orthogonal_family
from weylspec.exact.modular import primes_one_modulo
from weylspec.groups.cosets import LinearCoset
from weylspec.invariants.averages.molien import grid_points
from weylspec.invariants.averages.tensors import character_averages, fixed_dimensions

TABLE = np.array([[0, 0], [1, 0], [2, 0], [1, 1], [2, 1], [3, 0], [2, 2]])
TENSORS = Shapes.orthogonal(TABLE)


def by_elements(elements):
    """Mean of explicit traces: tensor powers, by power sums."""
    traces = np.zeros(len(TABLE))
    signed = np.zeros(len(TABLE))
    for g in elements:
        p1, p2, p3 = (float(np.trace(np.linalg.matrix_power(g, j))) for j in (1, 2, 3))
        s2, e2 = (p1**2 + p2) / 2, (p1**2 - p2) / 2
        s3, e3 = (p1**3 + 3 * p1 * p2 + 2 * p3) / 6, (p1**3 - 3 * p1 * p2 + 2 * p3) / 6
        window = (p1**4 - 4 * p1 * p3 + 3 * p2**2) / 12  # GL(n) irrep (2,2): curvature tensors
        values = np.array([1, p1, s2 - 1, e2, p1 * e2 - e3 - p1, s3 - p1, window - s2])
        traces += values
        signed += values * round(np.linalg.det(g))
    return (traces / len(elements)).round(8).tolist(), (signed / len(elements)).round(8).tolist()


@pytest.mark.parametrize("group", [
    ws.SymmetricGroup(4), ws.CyclicGroup(5), ws.SignFlips(4), ws.Hyperoctahedral(4), ws.DihedralGroup(4),
    ws.SymmetricGroup(2).blocks(2), ws.MatrixGroup([[[0, -1], [1, 0]]]).copies(2), ws.PointGroup("Td"),
], ids=repr)
def test_averages_over_classes_are_averages_over_elements(group):
    action = group.linear(max(4, group.degree))
    dimensions = orthogonal_family(action.size, 2).multiplicities(TABLE)
    plain, signed = by_elements(action.elements())
    assert fixed_dimensions(action, TENSORS, dimensions).tolist() == plain
    assert fixed_dimensions(action, TENSORS, dimensions, twisted=True).tolist() == signed


def test_rotations_of_the_first_coordinates():
    """SO(m) and O(m) on Rⁿ: branching. [2] of R⁵ fixes under SO(3) the symmetric traceless part of R² ⊕ the trace."""
    dimensions = orthogonal_family(5, 2).multiplicities(TABLE)
    assert fixed_dimensions(ws.SO(3).linear(5), TENSORS, dimensions).tolist() == [1, 2, 3, 1, 2, 4, 1]
    assert fixed_dimensions(ws.SO(5).linear(5), TENSORS, dimensions).tolist() == [1, 0, 0, 0, 0, 0, 0]
    three = np.array([[1, 1, 1], [1, 1, 0], [2, 0, 0]])
    dimensions = orthogonal_family(6, 3).multiplicities(three)
    assert fixed_dimensions(ws.SO(3).linear(6), Shapes.orthogonal(three), dimensions).tolist() == [2, 3, 6]
    assert fixed_dimensions(ws.O(3).linear(6), Shapes.orthogonal(three), dimensions).tolist() == [1, 3, 6]


def test_unitary_scalars_fix_the_primitive_forms_of_degree_one_one():
    """SO(2) on two planes at once: Λ²R⁴ ↦ Λ^{1,1}, real dimension 4; [2] = traceless hermitian, 3; none odd."""
    dimensions = orthogonal_family(4, 2).multiplicities(TABLE)
    found = fixed_dimensions(ws.SO(2).copies(2).linear(4), TENSORS, dimensions).tolist()
    assert found[:4] == [1, 0, 3, 4]
    assert found[4:6] == [0, 0]


@pytest.mark.parametrize("weight", [1, 2, 3])
def test_grids_suit_the_angles_of_the_average(weight):
    """SO(2) × SO(2) fixes one harmonic polynomial of each even degree on R⁴, however fast its circles run."""
    weights = np.array([[weight, 0], [-weight, 0], [0, 1], [0, -1]])
    coset = LinearCoset(Fraction(1), (1,) * 4, (Fraction(0),) * 4, weights, np.zeros((0, 2), dtype=np.int64), (),
                        lambda: np.eye(4))
    degrees = np.array([[k] for k in range(12)])
    for top in range(1, 12):
        wanted = Shapes.orthogonal(degrees[: top + 1])
        grid = grid_points(coset, top)
        found = character_averages(coset, wanted, grid, next(primes_one_modulo(grid)))
        assert found.tolist() == [(k + 1) % 2 for k in range(top + 1)]


def test_fields_agree_on_what_a_group_fixes():
    """Λ²C⁴ of U(4) is 6-dimensional and real on Sp(2): one fixed vector and the 5; SU(4) fixes nothing of it."""
    two, five = Shapes.unitary(np.array([[1, 1, 0, 0], [0, 0, -1, -1]])), Shapes.symplectic(np.array([[1, 1]]))
    assert fixed_dimensions(ws.Sp(2).natural(), two, np.array([6, 6])).tolist() == [1, 1]
    assert fixed_dimensions(ws.SU(4).natural(), two, np.array([6, 6])).tolist() == [0, 0]
    assert fixed_dimensions(ws.Sp(2).natural(), five, np.array([5])).tolist() == [0]
    assert fixed_dimensions((ws.Sp(1) + ws.Sp(1)).natural(), five, np.array([5])).tolist() == [1]


def test_mirror_images_are_told_apart():
    """Self-dual and anti-self-dual two-forms of R⁴: U(2) and its conjugate by a reflection fix one of either."""
    halves = Shapes.rotations(np.array([[1, 1], [1, -1]]))
    found = fixed_dimensions(ws.U(2).natural(), halves, np.array([3, 3])).tolist()
    assert sorted(found) == [0, 1]
    assert fixed_dimensions(ws.SU(2).natural(), halves, np.array([3, 3])).tolist() == [3 * m for m in found]
    assert fixed_dimensions((ws.SO(2) + ws.SO(2)).natural(), halves, np.array([3, 3])).tolist() == [1, 1]


def test_grids_beyond_reach_are_refused():
    with pytest.raises(CostError, match="rank 5"):
        fixed_dimensions(ws.SO(10).linear(10), Shapes.orthogonal(np.array([[200]])), np.array([10**9]))
