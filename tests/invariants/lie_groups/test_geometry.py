"""Volumes of subgroups, T/W and its walls, against volumes of spheres, triangles and exact heat traces."""

import math
from fractions import Fraction

import numpy as np
import pytest

from weylspec.errors import UnknownGeometryError
from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.orthogonal import SO, O
from weylspec.groups.permutation import AlternatingGroup, SignFlips
from weylspec.groups.point import PointGroup
from weylspec.groups.two_sided import Conjugation, LeftTranslations, RightTranslations, TwoSided
from weylspec.groups.unitary import SU, U
from weylspec.invariants.lie_groups.geometry import subgroup
from weylspec.invariants.orbit_spaces.geometry import sphere_volume
from weylspec.spaces.lie_group import (
    CompactSymplectic,
    ExceptionalLieGroup,
    SpecialOrthogonal,
    SpecialUnitary,
    SpinGroup,
    Unitary,
)

HALF = Fraction(1, 2)


def rotations(k):
    return math.prod(sphere_volume(j) for j in range(1, k))


@pytest.mark.parametrize(("group", "dim", "volume"), [
    (SO(2), 1, 2 * math.pi),
    (SO(5), 10, rotations(5)),
    (SO(4).copies(3), 6, rotations(4) * 3.0**3),
    (SO(3).blocks(2), 3, rotations(3) * 2**1.5),
    (SO(3) + SO(4), 9, rotations(3) * rotations(4)),
    (O(4), 6, 2 * rotations(4)),
    (O(3).copies(2), 3, 2 * rotations(3) * 2**1.5),
    (SO(2) + PointGroup("C5"), 1, 5 * 2 * math.pi),
    (SO(2).copies(2) * MatrixGroup([-np.eye(4)]), 1, 2 * math.pi * math.sqrt(2)),  # −1 lies in the circle
    (SO(3) + SignFlips(1), 3, 2 * rotations(3)),
    (SO(2).copies(3) * AlternatingGroup(3).blocks(2), 1, 3 * 2 * math.pi * math.sqrt(3)),
    (PointGroup("I"), 0, 60.0),
    (SO(2).copies(2) * MatrixGroup([[[0, -1], [1, 0]]]).copies(2), 1, 2 * math.pi * math.sqrt(2)),
    (U(3), 9, Unitary(3).volume),
    (SU(2) * SO(2).copies(2), 4, Unitary(2).volume),  # −1 lies in both factors
], ids=str)
def test_subgroups(group, dim, volume):
    found = subgroup(group.natural(), HALF)
    assert found.dim == dim
    assert found.volume == pytest.approx(volume, rel=1e-12)


@pytest.mark.parametrize("n", range(3, 8))
def test_spheres_are_quotients_of_rotation_groups(n):
    quotient = SpecialOrthogonal(n, "3/2") / LeftTranslations(SO(n - 1))
    assert quotient.volume == pytest.approx(sphere_volume(n - 1) * 1.5 ** (n - 1), rel=1e-12)
    assert quotient.is_homogeneous
    assert quotient.is_free
    assert quotient.orbits_alike


def test_a_transitive_group_leaves_a_point():
    point = SpecialOrthogonal(3) / RightTranslations(SO(3))
    assert (point.dim, point.volume, point.spectrum(cutoff=100).total) == (0, 1.0, 1)


def test_scalars_of_unitary_groups():
    """The circle of scalars of U(n) has length 2π√n; SO(2) acts on both coordinates of H² with length 2π√2."""
    for n in (2, 3):
        quotient = Unitary(n) / LeftTranslations(SO(2).copies(n))
        assert quotient.volume == pytest.approx(Unitary(n).volume / (2 * math.pi * math.sqrt(n)), rel=1e-12)
    turned = CompactSymplectic(2) / LeftTranslations(SO(2).blocks(4))
    assert turned.volume == pytest.approx(CompactSymplectic(2).volume / (2 * math.pi * math.sqrt(2)), rel=1e-12)


TRIANGLES = [  # constant Σ (π² − α²)/24πα of a Dirichlet polygon [2.7]
    (SpecialUnitary(3), (math.pi / 3,) * 3), (CompactSymplectic(2), (math.pi / 2, math.pi / 4, math.pi / 4)),
    (ExceptionalLieGroup("G2"), (math.pi / 2, math.pi / 3, math.pi / 6)),
    (SpinGroup(5), (math.pi / 2, math.pi / 4, math.pi / 4)),
]


@pytest.mark.parametrize(("space", "angles"), TRIANGLES, ids=str)
def test_class_functions_are_the_modes_of_a_fixed_triangle(space, angles):
    """Rank 2, simply connected: Z·e^{−t|ρ|²} = area/4πt − length/8√(πt) + Σ (π² − α²)/24πα but for e^{−c/t}."""
    quotient = space / Conjugation()
    t = 0.02
    listed = quotient.spectrum(cutoff=45 / t)
    measured = float(listed.multiplicities @ np.exp(-t * listed.eigenvalues)) * math.exp(
        -t * space.scalar_curvature / 6)
    flat = [term for term in quotient.terms if "shift" not in term.source]
    smooth = sum(term.coefficient * (4 * math.pi * t) ** (-term.dim / 2) for term in flat)
    corners = sum((math.pi**2 - a * a) / (24 * math.pi * a) for a in angles)
    assert sum(term.coefficient for term in flat if not term.dim) == pytest.approx(corners, rel=1e-12)
    assert measured == pytest.approx(smooth, rel=0, abs=1e-9)


def test_ends_of_the_interval_of_su2_and_so3():
    """SU(2): two ends where 2-spheres collapse; SO(3): one, and one where half turns make projective planes."""
    for space, expected in ((SpecialUnitary(2), [(2.0, -0.25)]), (SpecialOrthogonal(3), [(1.0, -0.25), (1.0, 0.25)])):
        walls = [(round(wall.volume, 12), wall.weight) for wall in (space / Conjugation()).walls]
        assert walls == expected
        quotient, t = space / Conjugation(), 0.05
        listed = quotient.spectrum(cutoff=900)
        measured = float(listed.multiplicities @ np.exp(-t * listed.eigenvalues))
        smooth = sum(term.coefficient * (4 * math.pi * t) ** (-term.dim / 2) for term in quotient.terms)
        assert measured == pytest.approx(smooth * math.exp(t * space.scalar_curvature / 6), rel=1e-12)


def test_conjugation_in_an_abelian_group_is_trivial():
    quotient = Unitary(1) / Conjugation()
    assert (quotient.effective_order, quotient.is_free, quotient.volume) == (1, True, Unitary(1).volume)
    assert quotient.spectrum(cutoff=9).multiplicities.tolist() == [1, 2, 2, 2]


def test_scaled_walls():
    first, second = SpecialOrthogonal(5) / Conjugation(), SpecialOrthogonal(5, 2) / Conjugation()
    assert [w.volume * 2 for w in first.walls] == pytest.approx([w.volume for w in second.walls], rel=1e-14)
    assert second.volume == pytest.approx(4 * first.volume, rel=1e-14)


def test_double_cosets_of_continuous_groups_are_not_offered():
    with pytest.raises(UnknownGeometryError, match="not known in closed form"):
        _ = (SpecialUnitary(3) / TwoSided(SO(3).blocks(2), SU(2))).volume
