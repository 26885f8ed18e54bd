"""Characters of groups by name, by number and by matrices."""

import cmath

import numpy as np
import pytest

import weylspec as ws
from weylspec.errors import GroupActionError, WeylspecError
from weylspec.groups.cosets import character_integer, character_number


def numbers(group, name):
    return [character_number(value) for value in group.character(name).source()]


@pytest.mark.parametrize("group", [ws.SymmetricGroup(5), ws.Hyperoctahedral(3), ws.PointGroup("Ih"),
                                   ws.SymmetricGroup(3).blocks(2), ws.SymmetricGroup(3) + ws.SignFlips(1)], ids=repr)
def test_determinants_and_traces_are_those_of_the_matrices(group):
    inner = getattr(group, "group", group)
    matrices = [c.element() for c in inner.natural().cosets()]
    np.testing.assert_allclose(numbers(group, "det"), [np.linalg.det(m) for m in matrices], atol=1e-9)
    np.testing.assert_allclose(numbers(group, "natural"), [np.trace(m) for m in matrices], atol=1e-9)
    assert numbers(group, "trivial") == [1] * len(matrices)


def test_affine_groups_have_the_determinants_of_their_linear_parts():
    group = ws.WallpaperGroup("p4g")
    assert sorted(x.real for x in numbers(group, "det")) == pytest.approx([-1] * 4 + [1] * 4)
    assert [x.real for x in numbers(ws.Translations(steps=[["1/3", 0]]), "natural")] == [2, 2, 2]


def test_a_representation_may_be_given_by_matrices_or_by_a_function():
    """The two-dimensional representation of S_3, and a faithful character of a cyclic group."""
    group = ws.SymmetricGroup(3)
    basis = np.linalg.qr(np.array([[1, 1, 1], [1, -1, 0], [0, 1, -1]], float).T)[0][:, 1:]
    by_function = group.character(lambda g: basis.T @ g @ basis)
    by_matrices = group.character([basis.T @ g @ basis for g in group.generators])
    expected = [value[0][1] for value in group.character([2, 1]).source()]
    for found in (by_function, by_matrices):
        assert [character_integer(v) for v in found.source()] == expected == [-1, 0, 2]
        assert (found.degree, found.indicator) == (2, 1)
    cyclic = ws.CyclicGroup(5)
    found = cyclic.character([[[cmath.exp(2j * cmath.pi / 5)]]])
    assert found.indicator == 0
    powers = [character_number(v) for v in found.source()]
    roots = [cmath.exp(2j * cmath.pi * k / 5) for k in range(5)]
    np.testing.assert_allclose(sorted(powers, key=cmath.phase), sorted(roots, key=cmath.phase), atol=1e-12)


def test_quaternionic_and_complex_types():
    group = ws.BinaryPolyhedral("T")
    found = [group.character(i) for i in range(7)]
    assert [c.degree for c in found] == [1, 1, 1, 2, 2, 2, 3]
    assert sorted(c.indicator for c in found) == [-1, 0, 0, 0, 0, 1, 1]
    assert [c.norm(group.natural()) for c in found] == [1] * 7
    # R⁴ is two copies of the quaternionic representation
    assert group.character("natural").norm(group.natural()) == 4


@pytest.mark.parametrize(("build", "message"), [
    (lambda: ws.SymmetricGroup(3).character("sgn"), "trivial, det, natural"),
    (lambda: ws.SymmetricGroup(3).character(3), "characters 0 to 2"),
    (lambda: ws.SymmetricGroup(3).character([2, 2]), "add up to 3"),
    (lambda: ws.SymmetricGroup(3).character([1, 2]), "not a partition of 3: its parts are positive and descend"),
    (lambda: ws.SymmetricGroup(3).character(None), "None names no character"),
    (lambda: ws.PointGroup("T").character([1, 2]), "a square matrix for each"),
    (lambda: ws.SO(3).character("natural"), "highest weight"),
    (lambda: ws.SymmetricGroup(3).character([[[1]]]), "2 generators"),
    (lambda: ws.CyclicGroup(3).character([[[-1]]]), "no homomorphism"),
])
def test_what_is_no_character_is_refused(build, message):
    with pytest.raises((WeylspecError, GroupActionError), match=message):
        build()
