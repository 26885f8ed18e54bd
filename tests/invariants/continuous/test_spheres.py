"""Spheres modulo compact groups: closed forms, other routes to them, and conjugate groups."""

import math

import numpy as np
import pytest
from scipy.integrate import dblquad

import weylspec as ws
from weylspec.groups.lie_algebra import CompactAlgebra
from weylspec.invariants.continuous.isotropy import principal_isotropy, trace_volume
from weylspec.invariants.continuous.spheres import compact_orbits, smallest_orbit
from weylspec.invariants.orbit_spaces.geometry import sphere_volume
from weylspec.invariants.orbit_spaces.orbit_integrals import (
    killing_fields,
    normal_mean,
    orbit_densities,
    orthonormal_algebra,
)


def turned(group, components=()):
    """The same group in coordinates turned by a dense orthogonal matrix."""
    action = group.natural()
    q = np.linalg.qr(np.random.default_rng(7).standard_normal((action.size, action.size)))[0]
    return ws.LieGroup([q @ x @ q.T for x in action.algebra], components=[q @ c @ q.T for c in components])


def wall_term(geometry):
    return sum(w.weight * w.volume for w in geometry.walls)


POLAR = [
    (ws.SO(3).symmetric_traceless(), math.pi / 3, 2.0, 0.0, 2),
    (ws.O(3).symmetric_traceless(), math.pi / 3, 2.0, 0.0, 2),
    (ws.SU(3).adjoint(), math.pi / 3, 2.0, -0.5, 3),
    (ws.SO(4).symmetric_traceless(), 4 * math.pi / 24, 2 * 6 * 2 * math.pi / 24, 0.0, 5),
    (ws.SU(4).adjoint(), 4 * math.pi / 24, math.pi, -math.pi / 4, 8),
]


@pytest.mark.parametrize(("group", "volume", "boundary", "term", "codim"), POLAR, ids=lambda x: repr(x)[:30])
def test_polar_actions_in_closed_form(group, volume, boundary, term, codim):
    found = compact_orbits(group.natural(), 1.0)
    assert found.volume == pytest.approx(volume, rel=1e-12)
    assert sum(w.volume for w in found.walls) == pytest.approx(boundary, rel=1e-12)
    assert wall_term(found) == pytest.approx(term, abs=1e-12)
    assert found.codim_max == codim


@pytest.mark.parametrize("n", [3, 4, 5])
def test_chambers_of_symmetric_matrices(n):
    found = compact_orbits(ws.SO(n).symmetric_traceless().natural(), 1.0)
    assert found.volume == pytest.approx(sphere_volume(n - 2) / math.factorial(n), rel=1e-12)


def test_a_component_that_reflects_the_chamber():
    # complex conjugation maps a skew-hermitian matrix to −(its transpose): eigenvalues change sign, the chamber flips
    conjugation = np.diag([1.0 if np.allclose(x.imag, 0) else -1.0 for x in _gell_mann()])
    group = ws.LieGroup(_adjoint(_gell_mann()), components=[conjugation])
    found = compact_orbits(group.natural(), 1.0)
    assert found.volume == pytest.approx(math.pi / 6, rel=1e-12)
    assert sorted((round(w.volume, 9), w.weight) for w in found.walls) == [(1.0, -0.25), (1.0, 0.25)]


def _gell_mann():
    found = []
    for i in range(3):
        for j in range(i):
            x = np.zeros((3, 3), dtype=complex)
            x[i, j], x[j, i] = 1, -1
            found.append(x / 2**0.5)
            y = np.zeros((3, 3), dtype=complex)
            y[i, j] = y[j, i] = 1j
            found.append(y / 2**0.5)
    return [*found, np.diag([1j, -1j, 0]) / 2**0.5, np.diag([1j, 1j, -2j]) / 6**0.5]


def _adjoint(basis):
    flat = np.array(basis).reshape(len(basis), -1)
    return [np.array([(flat.conj() @ (x @ y - y @ x).reshape(-1)).real for y in basis]).T for x in basis]


@pytest.mark.parametrize("group", [ws.SO(3).copies(2), ws.SO(3).copies(3), ws.SO(3) + ws.SO(3)], ids=repr)
def test_conjugates_of_rotations_by_dense_matrices(group):
    known = (ws.Sphere(group.natural().size - 1) / group).geometry
    found = compact_orbits(turned(group).natural(), 1.0)
    assert found.dim == known.dim
    assert abs(found.volume / known.volume - 1) <= found.volume_error
    assert found.codim_max == known.codim_max
    assert wall_term(found) == pytest.approx(wall_term(known), abs=2e-3)


def test_components_beside_a_dense_identity_component():
    known = (ws.Sphere(8) / ws.O(3).copies(3)).geometry
    found = compact_orbits(turned(ws.SO(3).copies(3), [-np.eye(9)]).natural(), 1.0)
    assert abs(found.volume / known.volume - 1) < found.volume_error
    assert wall_term(found) == pytest.approx(wall_term(known), rel=2e-3)


# G ⊂ G′ with the same orbits: a second route to all of the geometry
SAME_ORBITS = [(ws.G2().copies(2), ws.SO(7).copies(2)), (ws.Spin7().copies(2), ws.SO(8).copies(2))]


@pytest.mark.parametrize(("group", "larger"), SAME_ORBITS, ids=lambda x: repr(x)[:20])
def test_same_orbits(group, larger):
    found = compact_orbits(group.natural(), 1.0)
    exact = (ws.Sphere(group.natural().size - 1) / larger).geometry
    assert found.dim == exact.dim
    assert abs(found.volume / exact.volume - 1) < found.volume_error < 2e-3
    assert (len(found.walls), found.walls_complete) == (1, True)
    assert found.walls[0].weight == exact.walls[0].weight
    assert found.walls[0].volume == pytest.approx(exact.walls[0].volume, rel=2e-3)
    assert found.codim_max == exact.codim_max


@pytest.mark.parametrize("group", [ws.SO(4).symmetric_traceless().copies(2), ws.SU(3).adjoint().copies(2)], ids=repr)
def test_integrals_in_chambers_agree_with_plain_ones(group):
    # without any slices: 1/vol(Gx) at points of the whole sphere, of finite variance
    size = group.natural().size
    algebra = orthonormal_algebra(np.array(group.natural().algebra))
    connected = CompactAlgebra.generated(list(algebra))

    def integrand(z):
        return 1 / orbit_densities(killing_fields(algebra, z / np.linalg.norm(z, axis=1, keepdims=True)), len(algebra))

    plain = normal_mean(integrand, size, 8e-3)
    value = plain.value * sphere_volume(size - 1) * principal_isotropy(connected).volume / trace_volume(connected)
    found = compact_orbits(group.natural(), 1.0)
    assert found.volume_error < 2e-3
    assert abs(found.volume / value - 1) < found.volume_error + plain.error < 1e-2


def quaternionic_pairs():
    """U(2)·Sp(2) on H²⊗R² = R¹⁶: Sp(2), the unit quaternions on the other side, and turns of the two vectors."""
    one, i, j, k = np.eye(4), *(np.array(x) for x in (
        [[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, -1], [0, 0, 1, 0]],
        [[0, 0, -1, 0], [0, 0, 0, 1], [1, 0, 0, 0], [0, -1, 0, 0]],
        [[0, 0, 0, -1], [0, 0, -1, 0], [0, 1, 0, 0], [1, 0, 0, 0]]))
    sign = np.diag([1.0, -1, -1, -1])
    turn, flip, swap = np.array([[0, -1], [1, 0]]), np.diag([1, -1]), np.array([[0, 1], [1, 0]])
    left = [np.kron(turn, one), *(np.kron(s, q) for q in (i, j, k) for s in (np.eye(2), flip, swap))]
    right = [np.kron(np.eye(2), sign @ q @ sign) for q in (i, j, k)]
    return ws.LieGroup([*(np.kron(np.eye(2), x) for x in left + right), np.kron(turn, np.eye(8))])


def test_reduction_to_the_fixed_space_of_the_isotropy():
    # Irreducible, not polar: Gram matrices tr, |(a − b, 2 Re c)|, |Im c|, whose orbits collapse by a 2-sphere in
    # codimension 3 (infinite variance). The invariants are free, of degrees 2, 4, 4: the volume is π/8, that of an
    # octant of the sphere of radius ½, whose three sides are walls
    found = compact_orbits(quaternionic_pairs().natural(), 1.0)
    assert found.dim == 2
    assert abs(found.volume / (math.pi / 8) - 1) < found.volume_error < 2e-3
    assert sorted(1 - 4 * wall.weight for wall in found.walls) == [1, 2, 3]
    assert [wall.volume for wall in found.walls] == pytest.approx([math.pi / 4] * 3)
    assert found.walls_complete


def test_free_actions():
    # SU(2) on two copies of C²: S⁷/S³ = S⁴(½); circles of weights 1: complex projective spaces
    found = compact_orbits(ws.SU(2).copies(2).natural(), 1.0)
    assert found.volume == pytest.approx(math.pi**2 / 6, rel=1e-12)
    assert (found.walls, found.orbits_alike, found.codim_max) == ((), True, 4)
    turn = np.kron(np.eye(3), [[0.0, -1], [1, 0]])
    circle = compact_orbits(ws.LieGroup([turn]).natural(), 1.0)
    assert circle.volume == pytest.approx(math.pi**2 / 2, rel=1e-12)


def test_radius():
    small, large = (compact_orbits(ws.O(3).copies(3).natural(), r) for r in (1.0, 2.0))
    assert large.volume / small.volume == pytest.approx(32)
    assert large.walls[0].volume / small.walls[0].volume == pytest.approx(16)


def test_smallest_orbits_of_irreducible_representations():
    cases = [(ws.SU(2).copies(2), 3), (ws.G2().copies(2), 6), (ws.SO(3).symmetric_traceless().copies(2), 2)]
    for group, smallest in cases:
        assert smallest_orbit(CompactAlgebra.generated(group.natural().algebra)) == smallest


def test_volumes_are_refined():
    space = ws.Sphere(7) / ws.U(2).copies(2)
    exact = math.pi**2 / 8
    assert abs(space.volume / exact - 1) < space.volume_error
    finer = space.estimate_volume(space.volume_error / 5, np.random.default_rng(0))
    assert abs(finer.value / exact - 1) < finer.error < space.volume_error / 5
    with pytest.raises(ws.WeylspecError, match="positive"):
        space.estimate_volume(0.0, np.random.default_rng(0))
    with pytest.raises(ws.UnknownGeometryError, match="relative error"):
        (ws.Sphere(5) / ws.SO(3)).estimate_volume(1e-20, np.random.default_rng(0))


@pytest.mark.parametrize("weights", [(1, 1), (1, 2), (2, 3), (1, 2, 3)])
def test_weighted_circles(weights):
    # circles have the length 2π(Σ a²|z|²)^{1/2}, and (|z_1|², |z_2|², …) is uniform on the simplex; for two
    # coprime weights the volume is 2π/(a + b)
    turn = np.zeros((2 * len(weights),) * 2)
    for i, a in enumerate(weights):
        turn[2 * i + 1, 2 * i], turn[2 * i, 2 * i + 1] = a, -a
    found = compact_orbits(ws.LieGroup([turn]).natural(), 1.0)
    squares = [a * a for a in weights]
    if len(weights) == 2:
        exact = 2 * math.pi / sum(weights)
    else:
        mean = dblquad(lambda s, t: 2 / math.sqrt(squares[0] * s + squares[1] * t + squares[2] * (1 - s - t)),
                       0, 1, 0, lambda t: 1 - t)[0]
        exact = math.pi**3 * mean / (2 * math.pi)
    assert abs(found.volume / exact - 1) <= max(found.volume_error, 1e-12)
    assert (found.walls, found.walls_complete, found.orbits_alike) == ((), True, True)


@pytest.mark.parametrize(("group", "d", "degrees"), [
    (ws.U(2).copies(2), 3, 4), (ws.U(2).copies(3), 7, None), (ws.SU(3).copies(2), 3, 4), (ws.Sp(2).copies(2), 5, 6)],
    ids=repr)
def test_gram_matrices(group, d, degrees):
    # m vectors of C^n or H^n, n ≥ m, up to isometries: hermitian Gram matrices, whose entries generate the invariants;
    # expected volume (2π)^d/(ω_d d!)·2/Π d_i
    found = compact_orbits(group.natural(), 1.0)
    assert found.dim == d
    if degrees:
        ball = math.pi ** (d / 2) / math.gamma(d / 2 + 1)
        exact = (2 * math.pi) ** d / (ball * math.factorial(d)) * 2 / 2**degrees
        assert abs(found.volume / exact - 1) < found.volume_error
