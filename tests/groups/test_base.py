"""What every group answers: extension to more coordinates, lattice actions, samples, refusals."""

from __future__ import annotations

import math
import pickle

import numpy as np
import pytest

from weylspec.errors import GroupActionError, WeylspecError
from weylspec.groups.affine import AffineGroup, Translations
from weylspec.groups.base import whole
from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.orthogonal import SO, O
from weylspec.groups.permutation import AlternatingGroup, Hyperoctahedral, SignFlips, SymmetricGroup
from weylspec.groups.point import PointGroup

LINEAR = [SymmetricGroup(3), PointGroup("D3d"), SO(3), O(2).copies(2), SO(2) + SignFlips(1),
          SymmetricGroup(2).blocks(2), O(2).copies(2) * SymmetricGroup(2).blocks(2)]


@pytest.mark.parametrize("group", LINEAR, ids=repr)
def test_the_rest_of_the_coordinates_stays(group, rng):
    n, k = group.degree + 2, group.degree
    action = group.linear(n)
    for g in (*action.generators, *action.sample(3, rng)):
        assert np.array_equal(g[k:], np.eye(n)[k:])
        assert np.array_equal(g[:, k:], np.eye(n)[:, k:])
    for x in action.algebra:
        assert not x[k:].any()
        assert np.array_equal(x, -x.T)
    assert action.order == group.order
    assert len(action.algebra) == group.dim == action.dim
    for coset in action.cosets():
        assert np.array_equal(coset.element()[k:, k:], np.eye(2))
        assert sum(coset.lengths) == n


@pytest.mark.parametrize("group", LINEAR, ids=repr)
def test_samples_are_elements(group, rng):
    if group.dim == 0 or "*" not in repr(group):
        assert all(group.contains(g) for g in group.sample(5, rng))
    for g in group.sample(5, rng):
        assert np.abs(g @ g.T - np.eye(group.degree)).max() < 1e-12
    assert group.sample(0, rng).shape[0] == 0


def test_too_few_coordinates():
    with pytest.raises(GroupActionError, match=r"SymmetricGroup\(7\) moves 7 coordinates, the space has 3; take"):
        SymmetricGroup(7).linear(3)
    with pytest.raises(GroupActionError, match=r"moves 3 coordinates, the torus has 1; take a torus of dimension >= 3"):
        (SignFlips(2) + SignFlips(1)).affine(1)
    with pytest.raises(GroupActionError, match="moves 2 lattice coordinates, the torus has 1"):
        Translations([[1, 0]]).affine(1)


def test_groups_of_one_kind_only():
    with pytest.raises(GroupActionError, match="has no linear action; it acts on flat tori"):
        Translations([[1, 0]]).linear(2)
    with pytest.raises(GroupActionError, match="has no linear action"):
        AffineGroup([(np.eye(2), [0, 0])]).generators  # noqa: B018
    with pytest.raises(GroupActionError, match="is a continuous group of rotations and does not act on a flat torus"):
        (SO(2) + SignFlips(1)).affine(3)
    with pytest.raises(GroupActionError, match=r"entry 0\.309017 in lattice coordinates; give integer matrices"):
        PointGroup("C5").affine(3)


def test_integer_groups_act_on_lattice_coordinates():
    action = Hyperoctahedral(2).affine(3)
    assert action.size == 3
    assert sum(c.share for c in action.cosets()) == 1
    for coset in action.cosets():
        assert coset.matrix.dtype == np.int64
        assert not any(coset.shift)
        assert coset.matrix[2].tolist() == [0, 0, 1]


@pytest.mark.parametrize("sign", ["+", "*"])
def test_only_groups_combine(sign):
    with pytest.raises(WeylspecError, match=r"SO\(3\) [+*] 3: the second is not a group"):
        SO(3) + 3 if sign == "+" else SO(3) * 3


@pytest.mark.parametrize("group", [*LINEAR, MatrixGroup([-np.eye(2)]), Translations(steps=[["1/3", 0]]),
                                   AffineGroup([([[0, 1], [1, 0]], ["1/2", 0])], translations=[[1, 1]])], ids=repr)
def test_pickles(group):
    _ = group.order, group.dim  # may be kept, and must not be pickled
    again = pickle.loads(pickle.dumps(group))
    assert repr(again) == repr(group)
    assert (again.order, again.dim, again.degree) == (group.order, group.dim, group.degree)


def test_integers_of_constructors():
    assert whole(np.int64(3), "n", 1) == 3
    with pytest.raises(WeylspecError, match="n must be an integer, got '3'"):
        whole("3", "n", 1)


# -- copies, blocks, block sums, joint actions -----------------------------------------------------


COMPOSITE = [
    (SO(3).copies(2), math.inf, 3, 6), (AlternatingGroup(4).blocks(3), 12, 0, 12),
    (O(2) + SymmetricGroup(3) + SignFlips(1), math.inf, 1, 6), (SignFlips(2) + SymmetricGroup(3), 24, 0, 5),
    (SO(2).copies(3) * SymmetricGroup(3).blocks(2), math.inf, 1, 6),
    (SO(3).copies(2).copies(2), math.inf, 3, 12), ((SO(2) + SO(3)).blocks(2), math.inf, 4, 10),
]


@pytest.mark.parametrize(("group", "order", "dim", "degree"), COMPOSITE, ids=repr)
def test_order_dimension_degree(group, order, dim, degree):
    assert (group.order, group.dim, group.degree) == (order, dim, degree)
    action = group.natural()
    assert (action.order, action.dim, action.size) == (order, dim, degree)


def test_membership_in_copies_blocks_and_sums(rng):
    g, h = SO(3).sample(2, rng)
    swap = np.eye(2)[[1, 0]]
    assert SO(3).copies(2).contains(np.kron(np.eye(2), g))
    assert not SO(3).copies(2).contains(np.block([[g, np.zeros((3, 3))], [np.zeros((3, 3)), h]]))
    assert not SO(3).copies(2).contains(np.kron(np.eye(2), -g))
    assert SO(3).blocks(2).contains(np.kron(g, np.eye(2)))
    assert not SO(3).blocks(2).contains(np.kron(np.eye(2), g))
    assert SymmetricGroup(20).blocks(2).contains(np.kron(np.eye(20)[rng.permutation(20)], np.eye(2)))
    both = SO(3) + SymmetricGroup(2)
    assert both.contains(np.block([[g, np.zeros((3, 2))], [np.zeros((2, 3)), swap]]))
    assert not both.contains(np.block([[g, np.zeros((3, 2))], [np.zeros((2, 3)), -swap]]))
    mixed = np.eye(5)[[0, 1, 3, 2, 4]]
    assert not both.contains(mixed)
    assert not both.contains(np.eye(4))


def test_copies_of_nothing():
    with pytest.raises(WeylspecError, match="the number of copies must be at least 1, got 0"):
        SO(3).copies(0)
    with pytest.raises(WeylspecError, match="the block length must be an integer"):
        SO(3).blocks(1.5)


def test_sums_of_lattice_groups():
    group = SignFlips(1) + Translations(steps=[["1/3"]]) + AffineGroup([([[-1]], ["1/2"])])
    action = group.affine(4)
    assert (action.order, action.size) == (12, 4)
    found = {(c.matrix.diagonal().tolist().__str__(), tuple(map(str, c.shift))) for c in action.cosets()}
    assert len(found) == 12
    assert ("[-1, 1, -1, 1]", ("0", "2/3", "1/2", "0")) in found
