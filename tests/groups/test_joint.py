"""Joint actions: pairs of classes against pairs of elements, blocks gathered from phases, refusals."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from routes import dimensions, molien_sum, null_spaces, spanned

from weylspec.errors import CostError, GroupActionError
from weylspec.groups.joint import _gathered
from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.orthogonal import SO, O
from weylspec.groups.permutation import (
    AlternatingGroup,
    CyclicGroup,
    DihedralGroup,
    Hyperoctahedral,
    SignFlips,
    SymmetricGroup,
)
from weylspec.groups.point import PointGroup

SMALL = [SymmetricGroup(2), SymmetricGroup(3), CyclicGroup(2), CyclicGroup(3), CyclicGroup(4), DihedralGroup(3),
         AlternatingGroup(3), SignFlips(2), SignFlips(1), Hyperoctahedral(2), PointGroup("D3"), PointGroup("C5"),
         PointGroup("T"), PointGroup("S4")]


def minus(n):
    return MatrixGroup([-np.eye(n)])


@settings(max_examples=25)
@given(st.sampled_from(SMALL), st.sampled_from(SMALL))
def test_one_group_inside_and_one_outside(first, second):
    # kron(g, h) of finite groups: shares, the phases of joint eigenvectors and the kernel all enter the sum
    group = first.blocks(second.degree) * second.copies(first.degree)
    top = 4
    pairs = [np.kron(g, h) for g in spanned(first.generators) for h in spanned(second.generators)]
    assert dimensions(group.natural(), top) == molien_sum(pairs, top)
    assert sum(c.share for c in group.natural().cosets()) == 1


@settings(max_examples=20)
@given(st.sampled_from(SMALL), st.integers(1, 2), st.sampled_from([*SMALL, None]))
def test_minus_one_and_block_sums(first, copies, second):
    group = first.copies(copies) if second is None else first.blocks(copies) + second
    elements = spanned(group.generators)
    joint = group * minus(group.degree)
    assert dimensions(joint.natural(), 6) == molien_sum([s * g for g in elements for s in (1, -1)], 6)
    assert dimensions(group.natural(), 5) == molien_sum(elements, 5)


@pytest.mark.parametrize(("group", "top"), [
    (SO(3).copies(2) * SymmetricGroup(2).blocks(3), 4), (O(2).copies(3) * CyclicGroup(3).blocks(2), 4),
    (O(3).copies(2) * SignFlips(2).blocks(3), 4), (SO(2).copies(2) * minus(4), 5),
    (SO(2).copies(2) * CyclicGroup(2).blocks(2) * minus(4), 5), (SO(2) * PointGroup("C5"), 6),
    (SO(2) * PointGroup("Ci"), 6), ((SO(2) + O(2)) * MatrixGroup([np.diag([-1.0, -1, 1, 1])]), 6),
    (SO(2).copies(3) * PointGroup("S4").blocks(2), 4), (SO(3).copies(2) * SO(2).blocks(3), 5),
], ids=lambda x: repr(x))
def test_continuous_groups_by_null_spaces(group, top):
    assert dimensions(group.natural(), top) == null_spaces(group.natural(), top)


def test_the_same_element_in_both_groups():
    # Ih and {±1} share −1: the product is not effective, its average is that of Ih
    group = PointGroup("Ih") * minus(3)
    action = group.natural()
    assert (group.order, action.kernel_order) == (240, 2)
    assert dimensions(action, 12) == dimensions(PointGroup("Ih").natural(), 12)
    chain = CyclicGroup(4) * CyclicGroup(4) * CyclicGroup(4)
    assert chain.natural().kernel_order == 16
    assert dimensions(chain.natural(), 6) == [1, 1, 2, 4, 7, 9, 12]  # S³/Z₄ [theory 3.1]


def test_a_reflection_that_is_a_rotation_on_the_whole():
    # on two vectors −1 of R³ is, up to a rotation, the identity: O(3) and SO(3) have the same invariants
    assert dimensions((SO(3).copies(2) * minus(6)).natural(), 8) == dimensions(O(3).copies(2).natural(), 8)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 3), st.integers(-2, 2)), min_size=1, max_size=5))
def test_gathered_blocks_have_the_same_roots(parts):
    phases, weights = [], []
    for length, quarter, weight in parts:
        phases += [(Fraction(quarter, 4) + k) / length for k in range(length)]
        weights += [[weight]] * length
    lengths, gathered, rows = _gathered(phases, np.array(weights))
    again = sorted(
        ((c + k) / n % 1, int(w[0]) // n) for n, c, w in zip(lengths, gathered, rows, strict=True) for k in range(n)
    )
    assert again == sorted((phase % 1, w[0]) for phase, w in zip(phases, weights, strict=True))
    assert len(lengths) <= sum(n for n, _, _ in parts)


def test_permuted_blocks_need_no_high_roots_of_unity():
    action = (SymmetricGroup(12).blocks(2) * SO(2).copies(12)).natural()
    assert action.modulus == 1  # the single permutations have orders up to 60, with common multiple 27720
    assert sum(1 for _ in action.cosets()) == 77  # partitions of 12


def test_refusals():
    with pytest.raises(GroupActionError, match="generator 0 of the first and generator 0 of the second do not"):
        (SignFlips(3) * SymmetricGroup(3)).natural()
    with pytest.raises(GroupActionError, match="do not commute"):
        (O(3).copies(2) * SignFlips(6)).natural()
    with pytest.raises(CostError, match="997 × 991 pairs of classes"):
        (PointGroup("C997") * PointGroup("C991")).natural()


def test_samples_of_a_joint_action(rng):
    action = (SO(3).copies(2) * SymmetricGroup(2).blocks(3)).natural()
    g = action.sample(400, rng)
    blocks = np.abs(g[:, :3, :3]).max(axis=(1, 2)) > 1e-9
    assert 140 < blocks.sum() < 260  # fair coin, 6 standard deviations of 10
    x = rng.standard_normal(6)
    invariants = {tuple(sorted(np.round([y[:3] @ y[:3], y[3:] @ y[3:]], 9))) for y in g @ x}
    assert len(invariants) == 1
