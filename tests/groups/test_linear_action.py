"""LinearAction: extension, tensor copies and block sums as matrices; elements; the rotation blocks' algebra."""

from __future__ import annotations

import numpy as np
import pytest
from routes import spanned
from scipy.linalg import expm

from weylspec.errors import CostError, GroupActionError
from weylspec.groups.linear_action import OrthogonalBlock, block_diagonal, skew
from weylspec.groups.orthogonal import SO, O
from weylspec.groups.permutation import CyclicGroup, SignFlips, SymmetricGroup
from weylspec.groups.point import PointGroup


@pytest.mark.parametrize("inner", [True, False])
@pytest.mark.parametrize("group", [SymmetricGroup(3), O(3), PointGroup("D3")], ids=repr)
def test_tensor_is_the_kronecker_product(group, inner):
    action = group.natural()
    lifted = action.tensor(2, inner=inner, label="twice")
    for g, h in zip((*action.generators, *action.algebra), (*lifted.generators, *lifted.algebra), strict=True):
        assert np.array_equal(h, np.kron(g, np.eye(2)) if inner else np.kron(np.eye(2), g))
    for a, b in zip(action.cosets(), lifted.cosets(), strict=True):
        g = a.element()
        assert np.array_equal(b.element(), np.kron(g, np.eye(2)) if inner else np.kron(np.eye(2), g))


def test_algebra_of_a_sum_exponentiates_into_the_group(rng):
    group = SO(3).copies(2) + O(2).blocks(3)
    action = group.natural()
    assert [b.coordinates.tolist() for b in action.blocks] == [
        [[0, 1, 2], [3, 4, 5]], [[6, 9], [7, 10], [8, 11]],
    ]
    assert action.dim == len(action.algebra) == 4
    for _ in range(5):
        x = sum(c * a for c, a in zip(rng.standard_normal(4), action.algebra, strict=True))
        assert group.contains(expm(x))
    inner = [[-np.trace(a @ b) / 2 for b in SO(4).algebra] for a in SO(4).algebra]
    assert np.array_equal(inner, np.eye(6))


def test_a_block_renamed():
    block = OrthogonalBlock(np.array([[0, 1], [2, 3]]))
    assert (block.copies, block.degree) == (2, 2)
    assert block.moved(np.array([5, 6, 7, 8])).coordinates.tolist() == [[5, 6], [7, 8]]


def test_elements_of_a_finite_group():
    action = (CyclicGroup(3) + SignFlips(1)).natural()
    elements = action.elements()
    assert len(elements) == len(spanned(action.generators)) == 6
    assert action.contains(elements[4])
    assert not action.contains(np.eye(4)[[1, 0, 2, 3]])
    assert SymmetricGroup(1).natural().elements().tolist() == [[[1.0]]]


def test_an_ineffective_action_lists_its_image():
    action = (CyclicGroup(4) * CyclicGroup(4)).natural()
    assert (action.order, action.kernel_order, len(action.elements())) == (16, 4, 4)


def test_refusals():
    with pytest.raises(GroupActionError, match=r"SO\(3\) is infinite; kernel_order"):
        SO(3).natural().kernel_order  # noqa: B018
    with pytest.raises(GroupActionError, match="its elements cannot be listed"):
        O(2).natural().elements()
    with pytest.raises(CostError, match=r"SymmetricGroup\(9\) has 362880 elements; at most 50000"):
        SymmetricGroup(9).natural().elements()
    with pytest.raises(CostError, match="1000 matrices of size 1000"):
        CyclicGroup(1000).natural().elements()


def test_matrix_helpers():
    assert skew(3, np.array([0]), np.array([2])).tolist() == [[0, 0, -1], [0, 0, 0], [1, 0, 0]]
    assert block_diagonal(np.eye(1), 2 * np.eye(2)).tolist() == [[1, 0, 0], [0, 2, 0], [0, 0, 2]]
