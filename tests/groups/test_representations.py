"""Symmetric traceless matrices and adjoint representations: invariants by degrees, by null spaces and by elements."""

from __future__ import annotations

import math

import numpy as np
import pytest
from power_series import Series
from routes import dimensions, molien_sum, null_spaces, spanned

from weylspec.errors import GroupActionError
from weylspec.groups.lie_group import LieGroup
from weylspec.groups.octonions import G2, Spin7
from weylspec.groups.orthogonal import SO, O
from weylspec.groups.permutation import AlternatingGroup, SignFlips, SymmetricGroup
from weylspec.groups.point import PointGroup
from weylspec.groups.representations import symmetric_matrices, weyl_degrees
from weylspec.groups.torus import TorusGroup
from weylspec.groups.unitary import SU, ComplexConjugation, Sp, U


def free(degrees, top):
    """Coefficients of (1 − t²)/Π(1 − t^d)."""
    t = Series.variable(top)
    product = 1 - t * t
    for d in degrees:
        product = product / (1 - t**d)
    return [int(c) for c in product.a]


# Chevalley: invariants of the adjoint action are those of the Weyl group; of S²₀(R^k) those of S_k on the diagonals
RINGS = [
    (SO(3).symmetric_traceless(), [2, 3], 20), (O(3).symmetric_traceless(), [2, 3], 20),
    (SO(4).symmetric_traceless(), [2, 3, 4], 12), (SO(2).symmetric_traceless(), [2], 10),
    (SU(2).adjoint(), [2], 12), (SU(3).adjoint(), [2, 3], 18), (SU(4).adjoint(), [2, 3, 4], 8),
    (U(3).adjoint(), [1, 2, 3], 8), (SO(3).adjoint(), [2], 8), (SO(4).adjoint(), [2, 2], 10),
    (SO(5).adjoint(), [2, 4], 12),
    (O(5).adjoint(), [2, 4], 8), (Sp(1).adjoint(), [2], 8), (Sp(2).adjoint(), [2, 4], 12),
    # a reflection of R⁴ swaps the two 3-spheres' algebras
    (O(4).adjoint(), [2, 4], 10),
]


@pytest.mark.parametrize(("group", "degrees", "top"), RINGS, ids=lambda x: repr(x) if not isinstance(x, list) else "")
def test_free_rings_of_invariants(group, degrees, top):
    action = group.natural()
    assert dimensions(action, top) == free(degrees, top)  # averages over the torus cosets
    known = isinstance(group.group, (SO, SU, Sp, U)) or "symmetric" in repr(group)
    assert action.degrees == (tuple(degrees) if known else ())


@pytest.mark.parametrize(("group", "top"), [
    (SO(3).symmetric_traceless(), 6), (O(2).symmetric_traceless(), 8), (SU(2).symmetric_traceless(), 3),
    (SU(3).adjoint(), 3), (O(4).adjoint(), 4), (U(2).adjoint(), 5),
    (SymmetricGroup(3).symmetric_traceless(), 5), (PointGroup("Th").symmetric_traceless(), 5),
    (SO(3).symmetric_traceless().symmetric_traceless(), 2),
], ids=repr)
def test_null_spaces(group, top):
    assert dimensions(group.natural(), top) == null_spaces(group.natural(), top)


@pytest.mark.parametrize("group", [SymmetricGroup(3), AlternatingGroup(4), PointGroup("D5"), SignFlips(3)], ids=repr)
def test_finite_groups_element_by_element(group):
    action = group.symmetric_traceless().natural()
    basis = symmetric_matrices(group.degree)
    elements = [np.einsum("aij,ik,bkl,jl->ab", basis, g, basis, g) for g in spanned(group.generators)]
    assert dimensions(action, 6) == molien_sum(elements, 6)


def test_bases_are_orthonormal_and_actions_are_what_they_say(rng):
    for k in (2, 3, 5):
        basis = symmetric_matrices(k)
        assert np.allclose(np.einsum("aij,bij->ab", basis, basis), np.eye(len(basis)))
        assert np.abs(np.trace(basis, axis1=1, axis2=2)).max() < 1e-12
        assert np.abs(basis - basis.transpose(0, 2, 1)).max() == 0
    group = SO(3).symmetric_traceless()
    g = group.sample(4, rng)
    assert all(group.contains(x) for x in g)
    assert not group.contains(np.diag([1.0, 1, 1, 1, -1]))
    assert not group.contains(np.eye(3))
    # tr S³ is invariant: a cubic on R⁵
    s = rng.standard_normal(5)
    cubic = [np.trace(np.linalg.matrix_power(np.tensordot(x, symmetric_matrices(3), axes=1), 3)) for x in (s, *(g @ s))]
    assert np.allclose(cubic, cubic[0])


def test_representations_of_finite_groups_know_their_elements(rng):
    group = PointGroup("O").symmetric_traceless()
    assert group.order == 24
    assert all(group.contains(g) for g in group.sample(3, rng))
    assert not group.contains(-np.eye(5))


def test_dimensions_and_copies():
    assert (SU(3).adjoint().degree, SU(3).adjoint().dim, SO(4).symmetric_traceless().degree) == (8, 8, 9)
    copies = SO(3).symmetric_traceless().copies(2)
    # traces of words in two matrices: 3 of degree 2, 4 of degree 3, one of degree 4, …
    assert dimensions(copies.natural(), 3) == null_spaces(copies.natural(), 3) == [1, 0, 2, 4]
    both = SO(3).symmetric_traceless() * SignFlips(1).copies(5)
    assert dimensions(both.natural(), 12) == [m if k % 2 == 0 else 0 for k, m in enumerate(free([2, 3], 12))]
    assert dimensions((SO(3).symmetric_traceless() + SO(2)).natural(), 4) == [1, 0, 1, 1, 1]


def test_disconnected_groups_by_their_components():
    algebra = SU(3).natural().algebra
    outer = LieGroup(algebra, ComplexConjugation(3).generators).adjoint()
    # complex conjugation sends an eigenvalue iλ of X to −iλ: the cubic changes its sign
    assert dimensions(outer.natural(), 12) == free([2, 6], 12)
    assert math.isinf(outer.order)


@pytest.mark.parametrize("group", [SymmetricGroup(3), SO(2), O(2).copies(2), U(1)], ids=repr)
def test_abelian_groups_have_no_adjoint_action(group):
    with pytest.raises(GroupActionError, match="is trivial on the identity component"):
        group.adjoint().natural()


@pytest.mark.parametrize(("group", "degrees"), [
    (SO(7), (2, 4, 6)), (SO(8), (2, 4, 4, 6)), (SU(5), (2, 3, 4, 5)), (Sp(3), (2, 4, 6)), (G2(), (2, 6)),
    (Spin7(), (2, 4, 6)), (U(2).copies(2), (1, 2)), (SO(2) + SO(4), (1, 2, 2)), (TorusGroup([1, 2]), (1,)),
], ids=repr)
def test_degrees_of_weyl_groups(group, degrees):
    algebra = group.natural().identity_component
    assert weyl_degrees(algebra) == degrees
    assert sum(d - 1 for d in degrees) == len(algebra.positive_roots)


def test_a_line_has_no_traceless_matrices():
    with pytest.raises(GroupActionError, match="take k >= 2"):
        SignFlips(1).symmetric_traceless().natural()
