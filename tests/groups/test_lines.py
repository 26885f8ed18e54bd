"""Groups on lines: traces against complete symmetric functions element by element, null spaces, refusals."""

from __future__ import annotations

import numpy as np
import pytest
from characters import complex_traces, quaternionic_traces, real_traces, realified
from hypothesis import given, settings
from hypothesis import strategies as st
from routes import dimensions, null_spaces, spanned

from weylspec.errors import GroupActionError
from weylspec.groups.lines import is_antiunitary, line_action, modulo_scalars
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
from weylspec.groups.unitary import SU, ComplexConjugation, Sp, U

TRACES = {1: real_traces, 2: complex_traces, 4: quaternionic_traces}
W3, W5 = np.exp(2j * np.pi / 3), np.exp(2j * np.pi / 5)


def unitary(*matrices):
    return MatrixGroup([realified(m) for m in matrices])


CONJUGATE = np.diag([1.0, -1.0])
QUATERNIONS = unitary([[1j, 0], [0, -1j]], [[0, 1], [-1, 0]])
HEISENBERG = unitary(np.diag([1, W3, W3**2]), np.eye(3)[[1, 2, 0]])
CASES = [
    (1, SymmetricGroup(4)), (1, Hyperoctahedral(3)), (1, PointGroup("I")), (1, CyclicGroup(4)),
    (2, HEISENBERG), (2, QUATERNIONS), (2, unitary(np.diag([W5, W5**2, 1]))), (2, unitary(np.diag([W5, W5**2, W5**3]))),
    (2, SymmetricGroup(4).blocks(2)), (2, CyclicGroup(5).blocks(2)), (2, AlternatingGroup(5).blocks(2)),
    (2, PointGroup("I").blocks(2)), (2, DihedralGroup(4).blocks(2)), (2, Hyperoctahedral(3).blocks(2)),
    (2, PointGroup("C4") + CyclicGroup(1)), (2, QUATERNIONS.copies(2) * SymmetricGroup(2).blocks(4)),
    # antiunitary: x² = 1, x² = −1, x² of order 4, and beside unitary ones
    (2, ComplexConjugation(3)), (2, MatrixGroup([realified([[0, 1], [-1, 0]]) @ np.kron(np.eye(2), CONJUGATE)])),
    (2, MatrixGroup([realified(np.diag([1, 1j]) @ [[0, 1], [1, 0]]) @ np.kron(np.eye(2), CONJUGATE)])),
    (2, SymmetricGroup(3).blocks(2) * ComplexConjugation(3)),
    (2, MatrixGroup([np.kron(np.eye(2), CONJUGATE), realified(np.diag([1j, 1]))])),
    (4, SymmetricGroup(2).blocks(4)), (4, SymmetricGroup(3).blocks(4)), (4, PointGroup("O").blocks(4)),
    (4, QUATERNIONS.copies(2)), (4, QUATERNIONS.copies(2) * SymmetricGroup(2).blocks(4)),
    (4, QUATERNIONS + SignFlips(1).copies(4)), (4, MatrixGroup([realified(np.diag([W5, 1 / W5]))]) + QUATERNIONS),
]


@pytest.mark.parametrize(("field", "group"), CASES, ids=repr)
def test_averages_are_means_over_elements(field, group):
    """Conjugacy classes of the group must do: those that agree on R^N need not agree on lines."""
    top = 5
    means = np.mean([TRACES[field](g, top) for g in spanned(group.generators)], axis=0)
    assert np.abs(means - means.round()).max() < 1e-9
    found = dimensions(line_action(group.natural(), field), 2 * top + 1)
    assert found[::2] == means.round().astype(int).tolist()
    assert found[1::2] == [0] * (top + 1)


SMALL = [SymmetricGroup(3), CyclicGroup(4), DihedralGroup(3), SignFlips(2), PointGroup("T"), PointGroup("S4"),
         AlternatingGroup(4)]


@settings(max_examples=15)
@given(st.sampled_from(SMALL), st.integers(0, 5), st.integers(0, 5), st.integers(1, 6))
def test_real_groups_with_scalars_and_sums(group, a, b, order):
    """G·⟨e(a/order)⟩ + ⟨e(b/order)⟩ on C^{n+1}: pairs of classes, whose joint eigenvalues count."""
    first_root, second_root = (np.round(np.exp(2j * np.pi * k / order), 13) for k in (a, b))
    n = group.degree
    first = group.blocks(2) * MatrixGroup([realified(first_root * np.eye(n))])
    whole = first + MatrixGroup([realified([[second_root]])])
    means = np.mean([complex_traces(g, 3) for g in spanned(whole.generators)], axis=0)
    assert dimensions(line_action(whole.natural(), 2), 6)[::2] == means.round().astype(int).tolist()


@pytest.mark.parametrize(("field", "group"), [
    (1, SO(2) + SO(2)), (1, O(3)), (2, U(1) + U(1)), (2, SU(2)), (2, SO(2) + SignFlips(1).copies(2)),
    (2, SO(3).blocks(2)), (2, O(2).blocks(2)), (2, O(2).copies(3)), (2, SU(2) + SO(2)),
    (2, SO(2).copies(2) * SymmetricGroup(2).blocks(2)),
    (2, SO(2).blocks(2) * ComplexConjugation(2)), (4, Sp(1) + Sp(1)), (4, Sp(2)), (4, SO(2).blocks(4)),
], ids=repr)
def test_null_spaces_of_the_group_with_scalars(field, group):
    action = line_action(group.natural(), field)
    top = 4
    assert dimensions(action, top) == null_spaces(action, top)


def test_scalars_are_not_added_twice():
    assert line_action(U(2).natural(), 2).dim == 4
    assert line_action(SO(2).copies(2).natural(), 2).dim == 1
    assert line_action(SU(2).natural(), 2).dim == 4
    assert modulo_scalars(line_action(O(2).copies(2).natural(), 2), 2).blocks == ()
    assert len(modulo_scalars(line_action((Sp(1) + Sp(1)).natural(), 4), 4).blocks) == 2
    assert is_antiunitary(O(2).copies(2).generators[0])


def test_what_does_not_map_lines_to_lines_is_refused():
    with pytest.raises(GroupActionError, match=r"SymmetricGroup\(4\): generator 0 neither.*up\(2\)\.blocks"):
        line_action(SymmetricGroup(4).natural(), 2)
    with pytest.raises(GroupActionError, match=r"SO\(4\): its identity component neither"):
        line_action(SO(4).natural(), 2)
    with pytest.raises(GroupActionError, match=r"U\(2\): generator 0 does not commute with the quaternions"):
        line_action(U(2).natural(), 4)
    with pytest.raises(GroupActionError, match="quaternions acting from the left"):
        line_action(ComplexConjugation(2).natural(), 4)


def test_samples_keep_lines(rng):
    i = realified(1j * np.eye(3))
    for g in line_action(SymmetricGroup(3).blocks(2).natural(), 2).sample(4, rng):
        assert np.abs(g @ i - i @ g).max() < 1e-12
        assert np.allclose(np.sort(np.abs(g[0::2, 0::2] + 1j * g[1::2, 0::2]).round(9).ravel()), [0] * 6 + [1] * 3)
