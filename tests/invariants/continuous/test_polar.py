"""Sections of polar actions against the Weyl groups and multiplicities of symmetric spaces."""

import math

import numpy as np
import pytest

import weylspec as ws
from weylspec.invariants.continuous.polar import find_section
from weylspec.invariants.orbit_spaces.orbit_integrals import killing_fields, orbit_densities, orthonormal_algebra


def section_of(group):
    algebra = orthonormal_algebra(np.array(group.natural().algebra))
    return find_section(algebra, np.eye(algebra.shape[-1]))


# degrees of W, multiplicities with their number, dimension of the smallest orbit
CASES = [
    (ws.SO(5), (2,), {4: 1}, 4),
    (ws.SU(3).adjoint(), (2, 3), {2: 3}, 4),
    (ws.SO(5).adjoint(), (2, 4), {2: 4}, 6),
    (ws.G2().adjoint(), (2, 6), {2: 6}, 10),
    (ws.SO(4).symmetric_traceless(), (2, 3, 4), {1: 6}, 3),
    (ws.SO(3) + ws.SO(4), (2, 2), {2: 1, 3: 1}, 2),
    (ws.G2(), (2,), {6: 1}, 6),
    (ws.Spin7(), (2,), {7: 1}, 7),
]


@pytest.mark.parametrize(("group", "degrees", "multiplicities", "smallest"), CASES, ids=lambda x: repr(x)[:30])
def test_weyl_groups(group, degrees, multiplicities, smallest):
    section = section_of(group)
    assert section.degrees == degrees
    assert section.order == math.prod(degrees)
    values, counts = np.unique(section.multiplicities, return_counts=True)
    assert dict(zip(values.tolist(), counts.tolist(), strict=True)) == multiplicities
    assert section.smallest_orbit == smallest
    assert len(section.simple) == len(degrees)


def test_matrices_under_both_sides():
    # SO(3) × SO(4) on 3 × 4 matrices: singular values, W = B_3; σ_i = 0 is a wall of multiplicity 1
    first, second = (np.array(ws.SO(k).natural().algebra) for k in (3, 4))
    both = [*(np.kron(x, np.eye(4)) for x in first), *(np.kron(np.eye(3), y) for y in second)]
    section = find_section(orthonormal_algebra(np.array(both)), np.eye(12))
    assert section.degrees == (2, 4, 6)
    assert section.multiplicities.tolist() == [1] * 9


@pytest.mark.parametrize("group", [ws.SU(3).adjoint(), ws.SO(4).symmetric_traceless()], ids=repr)
def test_weights_are_orbit_volumes(group, rng):
    section = section_of(group)
    algebra = orthonormal_algebra(np.array(group.natural().algebra))
    sigma = rng.standard_normal((6, section.rank))
    direct = orbit_densities(killing_fields(algebra, sigma @ section.rows), int(section.multiplicities.sum()))
    ratio = direct / section.weight(sigma)
    assert np.allclose(ratio, ratio[0], rtol=1e-9)


def test_folding_reaches_the_chamber(rng):
    section = section_of(ws.SO(4).symmetric_traceless())
    points = rng.standard_normal((50, 3))
    folded = section.fold(points)
    assert (folded @ section.simple.T > -1e-9).all()
    assert np.allclose(np.linalg.norm(folded, axis=1), np.linalg.norm(points, axis=1))
    # the same W-orbit: eigenvalues of the matrix, whose power sums are invariant polynomials
    assert np.allclose((section.weight(folded)), section.weight(points))


def test_conjugate_hyperplanes():
    section = section_of(ws.SO(5).adjoint())  # B_2: two of its four lines are conjugate
    assert [section.conjugates(normal) for normal in section.simple] == [2, 2]


def test_no_section():
    assert section_of(ws.SO(3).copies(3)) is None
    assert section_of(ws.SU(2).copies(2)) is None
