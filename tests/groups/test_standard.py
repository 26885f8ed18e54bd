"""Standard representations as real matrices: complex forms, orientation, eigenvalues of cosets."""

from fractions import Fraction

import numpy as np
import pytest
from scipy.linalg import expm

from weylspec.errors import GroupActionError
from weylspec.groups.cosets import finite_coset
from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.orthogonal import SO, haar_orthogonal
from weylspec.groups.permutation import AlternatingGroup, CyclicGroup, SymmetricGroup
from weylspec.groups.point import PointGroup
from weylspec.groups.standard import (
    complex_form,
    complex_structure,
    eigenphases,
    oriented_coset,
    pfaffian,
    quaternionic_structure,
)


def test_structures_are_units_of_the_quaternions():
    i, j = complex_structure(8), quaternionic_structure(8)
    identity = np.eye(8)
    np.testing.assert_array_equal(i @ i, -identity)
    np.testing.assert_array_equal(j @ j, -identity)
    np.testing.assert_array_equal(i @ j, -j @ i)
    z = np.array([1 + 2j, 3 - 1j])
    right = quaternionic_structure(4) @ z.view(float)
    np.testing.assert_array_equal(right.view(complex), [-z[1].conj(), z[0].conj()])


def test_complex_forms_multiply(rng):
    a, b = rng.standard_normal((2, 3, 3)) + 1j * rng.standard_normal((2, 3, 3))

    def real(m):
        return np.kron(m.real, np.eye(2)) + np.kron(m.imag, [[0, -1], [1, 0]])

    np.testing.assert_allclose(complex_form(real(a) @ real(b)), a @ b, rtol=1e-14)


@pytest.mark.parametrize("m", [1, 2, 3, 4])
def test_pfaffians_are_square_roots_of_determinants_and_feel_orientation(m, rng):
    a = rng.standard_normal((2 * m, 2 * m))
    skew = a - a.T
    assert pfaffian(skew) ** 2 == pytest.approx(np.linalg.det(skew), rel=1e-10)
    g = haar_orthogonal(2 * m, 1, rng)[0]
    assert pfaffian(g @ skew @ g.T) == pytest.approx(np.linalg.det(g) * pfaffian(skew), rel=1e-10)
    blocks = np.kron(np.diag(np.arange(1.0, m + 1)), [[0, -1], [1, 0]])
    assert pfaffian(blocks) == pytest.approx(np.prod(np.arange(1, m + 1)), rel=1e-12)


def eigenvalues(torus, angles):
    return np.exp(2j * np.pi * (np.array([float(c) for c in torus.phases]) + torus.weights @ angles))


@pytest.mark.parametrize("group", [
    SO(4), SO(2) + SO(3), PointGroup("O") + PointGroup("C5"), AlternatingGroup(5), SO(2).copies(2), SO(3).copies(2),
    SO(3) + SO(3)], ids=repr)
def test_variables_of_rotations_are_eigenvalues(group):
    """At generic angles, with one eigenvalue 1 last in odd dimensions; pairs are oriented by the Pfaffian."""
    action = group.natural()
    for coset in action.cosets():
        torus = oriented_coset(coset)
        angles = np.array([0.113, 0.271, 0.0441][: coset.rank])
        g = coset.element()
        for a, h in zip(angles, coset.directions, strict=True):
            g = g @ expm(2 * np.pi * a * h)
        z = eigenvalues(torus, angles)
        np.testing.assert_allclose(np.poly(z), np.poly(np.linalg.eigvals(g)), rtol=0, atol=1e-9)
        if action.size % 2:
            assert z[-1] == 1
        else:
            np.testing.assert_allclose(z[::2] * z[1::2], 1, rtol=0, atol=1e-12)
            assert np.prod(2 * z[::2].imag) == pytest.approx(pfaffian(g - g.T), rel=0, abs=1e-9)


def test_cycles_with_directions_are_stretched():
    """A cyclic permutation of three planes that all turn alike: the eigenvalues are cube roots of z³."""
    group = SO(2).copies(3) * AlternatingGroup(3).blocks(2)
    for coset in group.natural().cosets():
        torus = oriented_coset(coset)
        assert len(torus.phases) == 6
        scale = np.abs(torus.weights).max()
        z = eigenvalues(torus, np.array([0.1234]))
        g = coset.element() @ expm(2 * np.pi * 0.1234 * scale * coset.directions[0])
        np.testing.assert_allclose(np.poly(z), np.poly(np.linalg.eigvals(g)), rtol=0, atol=1e-9)


def left_quaternions():
    """Q₈ acting from the left on H = R⁴."""
    return MatrixGroup([[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, -1, 0]],
                        [[0, 0, -1, 0], [0, 0, 0, -1], [1, 0, 0, 0], [0, 1, 0, 0]]])


@pytest.mark.parametrize(("group", "field"), [
    (left_quaternions(), "C"), (left_quaternions(), "H"), (PointGroup("O").blocks(2), "C"),
    (PointGroup("T").blocks(4), "H"), (SymmetricGroup(3).blocks(2), "C"), (CyclicGroup(5).blocks(2), "C")], ids=str)
def test_phases_of_complex_matrices_are_those_of_their_eigenvalues(group, field):
    for coset in group.natural().cosets():
        z = np.exp(2j * np.pi * np.array(eigenphases(coset, field), dtype=float))
        np.testing.assert_allclose(np.poly(z), np.poly(np.linalg.eigvals(complex_form(coset.element()))),
                                   rtol=0, atol=1e-9)


def test_elements_of_determinant_minus_one_are_refused():
    mirror = finite_coset(Fraction(1), (1, 1), (Fraction(0), Fraction(1, 2)), lambda: np.diag([1.0, -1.0]))
    with pytest.raises(GroupActionError, match="determinant is not 1"):
        oriented_coset(mirror)


def test_the_identity_has_no_phases():
    identity = next(c for c in PointGroup("T").natural().cosets() if c.is_identity)
    assert eigenphases(identity, "R") == (Fraction(0),) * 3
