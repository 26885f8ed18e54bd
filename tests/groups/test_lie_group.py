"""Groups typed as velocities and components: multiplicities by null spaces and by the groups that they are."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from routes import dimensions, null_spaces
from scipy.linalg import block_diag, expm

from weylspec.errors import CertificationError, GroupActionError, NotOrthogonalError, WeylspecError
from weylspec.groups.lie_group import LieGroup
from weylspec.groups.linear_action import LinearAction, OrthogonalBlock
from weylspec.groups.orthogonal import SO, O, haar_orthogonal
from weylspec.groups.permutation import CyclicGroup, SignFlips, SymmetricGroup
from weylspec.groups.unitary import SU, ComplexConjugation, Sp, U

TURN = np.array([[0.0, -1.0], [1.0, 0.0]])
STILL = np.zeros((2, 2))
CONJUGATION = np.diag([1.0, -1.0])
J = np.kron(TURN, np.eye(2))  # z_1 + j·z_2 ↦ j·(z_1 + j·z_2)
PLANES = [block_diag(*[TURN if i == j else STILL for j in range(3)]) for i in range(3)]


def dense(matrices, size, seed, digits=15):
    """Matrices in a random orthonormal basis, typed to some digits."""
    q = haar_orthogonal(size, 1, np.random.default_rng(seed))[0]
    return [np.round(q @ m @ q.T, digits) for m in matrices]


def typed(velocities, components=()):
    """What the null-space route needs: the matrices as given, not as the library understood them."""
    size = len(velocities[0])
    block = OrthogonalBlock(np.arange(size)[None], tuple(velocities))
    return LinearAction("as typed", size, math.inf, tuple(components), lambda: iter(()), haar_orthogonal, 1, (block,))


KNOWN = [SO(3).copies(2), O(3).copies(2), SO(4).copies(2), O(4).copies(2), O(5), O(6), U(2).copies(2), SU(3).copies(2),
         Sp(1).copies(2), Sp(2), SO(2).copies(3), O(2).copies(2), SO(3) + SO(2),
         SO(3).copies(2) * SymmetricGroup(2).blocks(3)]


@pytest.mark.parametrize("group", KNOWN, ids=repr)
def test_known_groups_are_recognised_in_a_dense_basis_from_eight_digits(group):
    action = group.natural()
    found = LieGroup(dense(action.algebra, action.size, 7, 8), dense(action.generators, action.size, 7, 8))
    assert found.dim == action.identity_component.dim
    cosets = list(found.natural().cosets())
    assert sum(c.share for c in cosets) == 1
    assert max(c.rank for c in cosets) == max(c.rank for c in action.cosets())
    assert dimensions(found.natural(), 6) == dimensions(action, 6)


DISCONNECTED = {
    "SU(3) and complex conjugation": (SU(3).natural().algebra, ComplexConjugation(3).generators, [2, 1]),
    "Pin: the circle and j": ([block_diag(TURN, -TURN)], [J], [1, 0]),
    "U(1) wr S_2": ([block_diag(TURN, STILL), block_diag(STILL, TURN)], [np.kron([[0, 1], [1, 0]], np.eye(2))], [2, 1]),
    "U(1) wr C_3": (PLANES, CyclicGroup(3).blocks(2).generators, [3, 1, 1]),
    "U(1) wr S_3": (PLANES, SymmetricGroup(3).blocks(2).generators, [3, 2, 1]),
    "a torus and a quarter turn of it": (
        [block_diag(TURN, STILL), block_diag(STILL, TURN)],
        [np.kron([[0, 1], [1, 0]], np.eye(2)) @ block_diag(CONJUGATION, np.eye(2))], [2, 0, 0, 0]),
    "SO(3) and −1": (SO(3).copies(2).algebra, [-np.eye(6)], [1, 1]),
    "SO(3) and S_2 of its copies": (SO(3).copies(2).algebra, SymmetricGroup(2).blocks(3).generators, [1, 1]),
    "SO(2) and S_3 of its copies": (SO(2).copies(3).algebra, SymmetricGroup(3).blocks(2).generators, [1, 1, 1]),
    "SO(3) wr S_2": (
        [block_diag(*pair) for x in SO(3).algebra for pair in ((x, 0 * x), (0 * x, x))],
        SymmetricGroup(2).blocks(3).generators, [2, 1]),
    "U(2) and conjugation": (U(2).algebra, ComplexConjugation(2).generators, [2, 1]),
    "SO(4) on forms, and a reflection": (SO(4).adjoint().algebra, O(4).adjoint().generators, [2, 1]),
    "SU(2) of C² and a fifth of the scalars": (
        SU(2).natural().algebra, [np.kron(np.eye(2), expm(2 * math.pi / 5 * TURN))], [1, 1, 1, 1, 1]),
}


@pytest.mark.parametrize("name", DISCONNECTED)
def test_disconnected_groups_against_null_spaces(name):
    velocities, components, ranks = DISCONNECTED[name]
    action = LieGroup(velocities, components).natural()
    assert sorted((c.rank for c in action.cosets()), reverse=True) == ranks
    assert sum(c.share for c in action.cosets()) == 1
    top = 5 if action.size <= 6 else 3
    assert dimensions(action, top) == null_spaces(typed(velocities, components), top)


@settings(max_examples=10)
@given(st.sampled_from(sorted(DISCONNECTED)), st.integers(0, 999), st.sampled_from([8, 15]))
def test_other_elements_of_the_same_components_in_another_basis(name, seed, digits):
    velocities, components, _ = DISCONNECTED[name]
    rng = np.random.default_rng(seed)
    expected = LieGroup(velocities, components)
    moved = [x @ expected.component_group.algebra.sample(1, rng)[0] for x in components]
    size = len(velocities[0])
    found = LieGroup(dense(velocities, size, seed, digits), dense([*moved, moved[0] @ moved[0]], size, seed, digits))
    assert len(found.component_group.elements) == len(expected.component_group.elements)
    assert dimensions(found.natural(), 4) == dimensions(expected.natural(), 4)


def test_elements_of_the_identity_component_are_no_components():
    group = LieGroup(SO(4).algebra, [-np.eye(4), np.diag([1.0, -1, -1, 1])])
    assert [str(c.share) for c in group.natural().cosets()] == ["1"]
    assert dimensions(group.natural(), 4) == [1, 0, 0, 0, 0]


def test_classes_of_components_have_their_shares():
    group = LieGroup(SO(2).copies(3).algebra, SymmetricGroup(3).blocks(2).generators)
    assert sorted(c.share for c in group.natural().cosets()) == [Fraction(1, 6), Fraction(1, 3), Fraction(1, 2)]


@pytest.mark.parametrize("name", ["SU(3) and complex conjugation", "Pin: the circle and j", "U(1) wr S_3"])
def test_haar_samples_and_membership(name):
    velocities, components, _ = DISCONNECTED[name]
    group = LieGroup(velocities, components)
    samples = group.sample(1500, np.random.default_rng(4))
    assert all(group.contains(g) for g in samples[:6])
    assert not group.contains(haar_orthogonal(group.degree, 1, np.random.default_rng(1))[0])
    assert not group.contains(np.eye(group.degree + 1))
    squares = (np.trace(samples, axis1=1, axis2=2) ** 2 + np.einsum("nij,nji->n", samples, samples)) / 2
    symmetric = 1 + dimensions(group.natural(), 2)[2]  # with |x|²
    assert abs(squares.mean() - symmetric) < 5 * squares.std() / math.sqrt(len(squares))


def test_copies_sums_and_joint_actions():
    circle = LieGroup([block_diag(TURN, 2 * TURN)])
    assert dimensions(circle.copies(2).natural(), 3) == null_spaces(circle.copies(2).natural(), 3)
    assert dimensions((circle + SignFlips(1)).natural(), 4) == null_spaces((circle + SignFlips(1)).natural(), 4)
    both = (LieGroup(SU(2).natural().algebra) * SO(2).copies(2)).natural()
    assert dimensions(both, 4) == dimensions(U(2).natural(), 4)


def test_a_group_that_moves_some_coordinates_only_has_round_orbits_on_these():
    action = LieGroup([block_diag(x, STILL) for x in SO(3).algebra]).natural()
    assert action.has_round_orbits
    assert action.blocks[0].coordinates.tolist() == [[0, 1, 2]]
    assert not LieGroup([block_diag(TURN, 2 * TURN)]).natural().has_round_orbits


@pytest.mark.parametrize(("velocities", "components", "error", "words"), [
    ([], [], WeylspecError, "at least one skew matrix"),
    ([np.eye(2)], [], WeylspecError, "generator 0 is not skew"),
    ([[[0, "x"], [1, 0]]], [], WeylspecError, "not a number"),
    ([TURN], [np.eye(3)], WeylspecError, "component 0 of a LieGroup has 3 rows"),
    ([TURN], [[[1, 1], [0, 1]]], NotOrthogonalError, "not orthogonal"),
    (list(SO(3).algebra[:1]), [np.eye(3)[[1, 2, 0]]], GroupActionError, "component 0: .* does not normalise"),
    ([block_diag(TURN, STILL)], [block_diag(np.eye(2), expm(TURN))], GroupActionError, "component 0: no power up to"),
    ([block_diag(TURN, 2**0.5 * TURN)], [], GroupActionError, "torus of dimension 2"),
])
def test_refusals(velocities, components, error, words):
    with pytest.raises(error, match=words):
        LieGroup(velocities, components)


def test_three_digits_are_refused_with_the_residual():
    with pytest.raises(CertificationError, match=r"by \d\.\de-0[34]"):
        LieGroup(dense(SU(3).natural().algebra, 6, 0, 3))
