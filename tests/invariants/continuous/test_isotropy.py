"""Principal isotropy groups of representations where they are known, and idle components."""

from fractions import Fraction

import numpy as np
import pytest

import weylspec as ws
from weylspec.groups.lie_algebra import CompactAlgebra
from weylspec.invariants.continuous.isotropy import idle_share, principal_isotropy, trace_volume


def algebra_of(group):
    return CompactAlgebra.generated(group.natural().algebra)


CASES = [
    (ws.SO(3).symmetric_traceless(), 0, 4),  # diagonal signs of determinant 1
    (ws.SO(4).symmetric_traceless(), 0, 4),  # the same modulo −1, which acts trivially
    (ws.SU(3).adjoint(), 2, 1),  # the maximal torus
    (ws.G2().copies(2), 3, 1),  # SU(2)
    (ws.G2().copies(3), 0, 1),
    (ws.Spin7().copies(2), 8, 1),  # SU(3)
    (ws.SO(4).copies(2), 1, 1),
]


@pytest.mark.parametrize(("group", "dim", "components"), CASES, ids=lambda x: repr(x)[:30])
def test_known_isotropy(group, dim, components):
    found = principal_isotropy(algebra_of(group))
    assert (len(found.algebra), found.components) == (dim, components)
    assert dim or found.volume == components


def test_volume_of_the_isotropy_group():
    # SO(2) in SO(3) on R³: a circle of length 2π in −½tr, √2 times that in tr(XᵀX)
    assert principal_isotropy(algebra_of(ws.SO(3))).volume == pytest.approx(2 * np.pi * 2**0.5, rel=1e-12)
    assert trace_volume(algebra_of(ws.SO(3))) == pytest.approx(8 * np.pi**2 * 2**1.5, rel=1e-12)


@pytest.mark.parametrize(("group", "share"), [
    (ws.O(3).copies(2), Fraction(1)), (ws.O(3).copies(3), Fraction(1, 2)),
    # on two vectors their exchange moves (|x|, |y|); the exchange of vectors on a sphere would not
    (ws.SO(3).copies(2) * ws.SymmetricGroup(2).blocks(3), Fraction(1, 2)),
    (ws.SO(3).copies(2) * ws.SignFlips(2).blocks(3), Fraction(1, 2)),  # both signs together are a rotation of the plane
    (ws.SO(4).copies(2) * ws.SignFlips(2).blocks(4), Fraction(1, 2)),
], ids=repr)
def test_idle_components(group, share):
    action = group.natural()
    assert idle_share(action, CompactAlgebra.generated(action.algebra)) == share


@pytest.mark.parametrize(("m", "share"), [(1, Fraction(1, 4)), (2, Fraction(1, 2))])
def test_two_points_of_a_circle_are_exchanged_by_a_reflection(m, share):
    action = (ws.O(2).copies(2) * ws.SymmetricGroup(2).blocks(2)).natural()
    assert idle_share(action, CompactAlgebra.generated(action.algebra), m) == share
