"""How groups say from which side they act on a Lie group, and what is refused."""

import numpy as np
import pytest

from weylspec.errors import GroupActionError, WeylspecError
from weylspec.expressions import read_group
from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.orthogonal import SO, O
from weylspec.groups.permutation import SymmetricGroup
from weylspec.groups.point import PointGroup
from weylspec.groups.two_sided import Conjugation, LeftTranslations, RightTranslations, TwoSided
from weylspec.spaces.lie_group import CompactSymplectic, SpecialOrthogonal, SpecialUnitary, SpinGroup, Unitary
from weylspec.spaces.sphere import Sphere
from weylspec.spaces.torus import Torus


@pytest.mark.parametrize("text", [
    "Conjugation()", "LeftTranslations(SO(3))", "RightTranslations(PointGroup('I'))",
    "TwoSided(SO(2), PointGroup('C3'))"])
def test_the_repr_is_what_is_typed(text):
    assert repr(read_group(text)) == text


def test_orders_and_degrees():
    both = TwoSided(PointGroup("T"), PointGroup("C2"))
    assert (both.order, both.degree, both.dim) == (24, 3, 0)
    assert (LeftTranslations(SO(4)).dim, RightTranslations(SO(3)).degree) == (6, 3)
    assert LeftTranslations(PointGroup("I")).order == RightTranslations(PointGroup("I")).order == 60
    assert Conjugation().order == np.inf


def test_sides_are_put_together():
    space = SpecialOrthogonal(4)
    in_turn = space / LeftTranslations(PointGroup("O")) / RightTranslations(PointGroup("D3"))
    at_once = space / TwoSided(PointGroup("O"), PointGroup("D3"))
    a, b = in_turn.spectrum(cutoff=30), at_once.spectrum(cutoff=30)
    assert a.multiplicities.tolist() == b.multiplicities.tolist()
    assert in_turn.volume == at_once.volume
    twice = space / LeftTranslations(PointGroup("C2")) / LeftTranslations(PointGroup("C3"))
    assert twice.volume == pytest.approx((space / LeftTranslations(PointGroup("C6"))).volume, rel=1e-13)


QUARTER = MatrixGroup([[[0, -1], [1, 0]]])


@pytest.mark.parametrize(("call", "message"), [
    (lambda: SpecialOrthogonal(3) / SO(3), r"write LeftTranslations\(SO\(3\)\)"),
    (lambda: Sphere(2) / Conjugation(), "acts on Lie groups"),
    (lambda: Torus(2) / LeftTranslations(SO(2)), "acts on Lie groups"),
    (lambda: Conjugation().generators, "not on coordinates"),
    (lambda: LeftTranslations(3), "expected a group of matrices"),
    (lambda: TwoSided(SO(2), None), "expected a group of matrices"),
    (lambda: SpecialOrthogonal(3) / LeftTranslations(O(3)), "generator 0 has not the determinant 1"),
    (lambda: SpecialOrthogonal(3) / LeftTranslations(SO(4)), "moves 4 coordinates, the space has 3"),
    (lambda: SpecialUnitary(2) / RightTranslations(SymmetricGroup(4)), "does not commute with .* by i; .*kron"),
    (lambda: SpecialUnitary(2) / LeftTranslations(SO(2).copies(2)), "trace that is not 0"),
    (lambda: SpecialUnitary(2) / LeftTranslations(QUARTER), "generator 0 has not the determinant 1"),
    (lambda: CompactSymplectic(1) / LeftTranslations(SO(2).copies(2)), "multiplication by j"),
    (lambda: SpinGroup(3) / LeftTranslations(SO(3)), r"by Conjugation\(\) only"),
    (lambda: Unitary(2) / Conjugation() / LeftTranslations(QUARTER), "not combined"),
    (lambda: SpecialOrthogonal(3) / LeftTranslations(PointGroup("C3")) / LeftTranslations(SymmetricGroup(3)),
     "generator 1 of the second group does not normalise the first"),
])
def test_what_is_refused(call, message):
    with pytest.raises(WeylspecError, match=message):
        call()


def test_refusals_of_actions_are_group_action_errors():
    with pytest.raises(GroupActionError):
        SpecialOrthogonal(3) / PointGroup("C3")
