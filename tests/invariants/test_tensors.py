"""Invariant tensors: class averages against sums over elements one by one, and against known invariants."""

from __future__ import annotations

import numpy as np
import pytest

import weylspec as ws
from weylspec.errors import CostError
from weylspec.exact.characters.weights import orthogonal_family
from weylspec.invariants.tensors import tensor_invariants

TABLE = np.array([[0, 0], [1, 0], [2, 0], [1, 1], [2, 1], [3, 0], [2, 2]])


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
    assert tensor_invariants(action, TABLE, dimensions).tolist() == plain
    assert tensor_invariants(action, TABLE, dimensions, twisted=True).tolist() == signed


def test_rotations_of_the_first_coordinates():
    """SO(m) and O(m) on Rⁿ: branching. [2] of R⁵ fixes under SO(3) the symmetric traceless part of R² ⊕ the trace."""
    dimensions = orthogonal_family(5, 2).multiplicities(TABLE)
    assert tensor_invariants(ws.SO(3).linear(5), TABLE, dimensions).tolist() == [1, 2, 3, 1, 2, 4, 1]
    assert tensor_invariants(ws.SO(5).linear(5), TABLE, dimensions).tolist() == [1, 0, 0, 0, 0, 0, 0]
    three = np.array([[1, 1, 1], [1, 1, 0], [2, 0, 0]])
    dimensions = orthogonal_family(6, 3).multiplicities(three)
    assert tensor_invariants(ws.SO(3).linear(6), three, dimensions).tolist() == [2, 3, 6]
    assert tensor_invariants(ws.O(3).linear(6), three, dimensions).tolist() == [1, 3, 6]


def test_unitary_scalars_fix_the_primitive_forms_of_degree_one_one():
    """SO(2) on two planes at once: Λ²R⁴ ↦ Λ^{1,1}, real dimension 4; [2] = traceless hermitian, 3; none odd."""
    dimensions = orthogonal_family(4, 2).multiplicities(TABLE)
    found = tensor_invariants(ws.SO(2).copies(2).linear(4), TABLE, dimensions).tolist()
    assert found[:4] == [1, 0, 3, 4]
    assert found[4:6] == [0, 0]


def test_grids_beyond_reach_are_refused():
    with pytest.raises(CostError, match="rank 5"):
        tensor_invariants(ws.SO(10).linear(10), np.array([[200]]), np.array([10**9]))
