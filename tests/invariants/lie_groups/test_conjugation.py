"""Conjugation by subgroups, against spheres and projective spaces that they rotate, and against Clebsch and Gordan."""

import numpy as np
import pytest

import weylspec as ws
from weylspec.errors import CostError, GroupActionError, UnknownGeometryError


@pytest.mark.parametrize("name", ["T", "D3", "C4", "I"])
def test_rotations_turn_the_projective_space_of_rotations(name):
    """SO(3) is RP³ of radius 2 = S³/±1; conjugation turns the imaginary part of a quaternion."""
    group = ws.PointGroup(name)
    space = ws.SpecialOrthogonal(3) / ws.Conjugation(group)
    other = ws.RealProjectiveSpace(3).scaled(2) / group
    assert space.spectrum(cutoff=90).multiplicities.tolist() == other.spectrum(cutoff=90).multiplicities.tolist()
    assert space.volume == pytest.approx(other.volume, rel=1e-12)
    assert [(t.dim, pytest.approx(t.coefficient, rel=1e-12)) for t in other.terms] == [
        (t.dim, t.coefficient) for t in space.terms]
    assert space.effective_order == group.order


def test_quaternions_act_as_rotations_of_r3():
    space = ws.SpecialUnitary(2) / ws.Conjugation(ws.BinaryPolyhedral("T"))
    other = ws.Sphere(3) / ws.PointGroup("T")
    assert space.spectrum(cutoff=99).multiplicities.tolist() == other.spectrum(cutoff=99).multiplicities.tolist()
    assert (space.effective_order, space.is_free) == (12, False)  # −1 acts trivially
    assert ws.verify_weyl(space).verdict == "passed"


@pytest.mark.parametrize(("name", "series"), [
    ("T", [1, 0, 0, 1, 1, 0, 2, 1, 1, 2, 2]), ("O", [1, 0, 0, 0, 1, 0, 1, 0, 1])])
def test_maps_that_commute_are_invariants_of_the_tensor_square(name, series):
    """V_l ⊗ V_l = V_0 ⊕ … ⊕ V_2l, whose invariants Molien's series counts."""
    found = (ws.SpecialOrthogonal(3) / ws.Conjugation(ws.PointGroup(name))).spectrum(cutoff=30)
    expected = [sum(series[: 2 * k + 1]) for k in range((len(series) - 1) // 2 + 1)]
    assert found.multiplicities.tolist()[: len(expected)] == expected


def test_tori_and_the_whole_group():
    """An axis leaves 2l + 1 diagonal matrices, all of SO(3) the multiples of 1."""
    every = ws.SpecialOrthogonal(3)
    assert (every / ws.Conjugation(ws.SO(2))).spectrum(cutoff=30).multiplicities.tolist() == [1, 3, 5, 7, 9, 11]
    assert (every / ws.Conjugation(ws.SO(3))).spectrum(cutoff=30).multiplicities.tolist() == [1] * 6
    assert (every / ws.Conjugation(ws.MatrixGroup([np.eye(3)]))).spectrum(cutoff=30).multiplicities.tolist() == [
        (2 * k + 1) ** 2 for k in range(6)]


@pytest.mark.parametrize(("space", "group"), [
    (ws.SpecialOrthogonal(4), ws.PointGroup("T")), (ws.Unitary(2), ws.SymmetricGroup(2).blocks(2)),
    (ws.SpecialUnitary(3), ws.CyclicGroup(3).blocks(2)), (ws.CompactSymplectic(1), ws.BinaryPolyhedral("D3")),
], ids=repr)
def test_geometry_against_counts(space, group):
    quotient = space / ws.Conjugation(group)
    assert ws.verify_weyl(quotient).verdict == "passed"
    assert quotient.volume * quotient.effective_order == pytest.approx(space.volume, rel=1e-12)


def test_kernels_are_invariant(rng):
    group = ws.PointGroup("T")
    space = ws.SpecialOrthogonal(3) / ws.Conjugation(group)
    x, y, h = space.sample(3, rng), space.sample(2, rng), group.sample(1, rng)[0]
    moved = (h @ x.reshape(3, 3, 3) @ h.T).reshape(3, 9)
    kernel = space.eigenspace_kernel(x, y, 12)
    np.testing.assert_allclose(space.eigenspace_kernel(moved, y, 12), kernel, atol=1e-10 * np.abs(kernel).max())


@pytest.mark.parametrize(("build", "error", "message"), [
    (lambda: (ws.SpecialOrthogonal(3) / ws.Conjugation(ws.SO(2))).volume, UnknownGeometryError, "not known in closed"),
    (lambda: ws.SpecialOrthogonal(3) / (ws.Conjugation(ws.PointGroup("T")) * ws.LeftTranslations(ws.PointGroup("C2"))),
     GroupActionError, "not combined"),
    (lambda: ws.SpinGroup(7) / ws.Conjugation(ws.SO(7)), GroupActionError, "not a group of matrices"),
    (lambda: ws.SpecialOrthogonal(3) / ws.Conjugation(ws.PointGroup("Ci")), GroupActionError, "determinant"),
    (lambda: (ws.SpecialOrthogonal(5) / ws.Conjugation(ws.SO(5))).spectrum(cutoff=200), CostError, "points of its t"),
])
def test_refusals(build, error, message):
    with pytest.raises(error, match=message):
        build()
