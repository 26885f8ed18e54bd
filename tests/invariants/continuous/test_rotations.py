"""Spheres modulo rotations: volumes by Killing fields at random points, walls by window means, components."""

from __future__ import annotations

import math

import numpy as np
import pytest
from routes import mean_inverse_orbit, orbit_volumes

from weylspec.counting.means import window_mean
from weylspec.groups.linear_action import OrthogonalBlock
from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.orthogonal import SO, O
from weylspec.groups.permutation import CyclicGroup, SignFlips, SymmetricGroup
from weylspec.groups.point import PointGroup
from weylspec.invariants.continuous.rotations import classify, rotation_orbits
from weylspec.invariants.continuous.singular_values import special_orthogonal_volume
from weylspec.invariants.orbit_spaces.geometry import sphere_volume, weyl_constant
from weylspec.spaces.sphere import Sphere


def minus(n):
    return MatrixGroup([-np.eye(n)])


# (group, principal isotropy of the identity component, order of what the components do to the orbits)
VOLUMES = [
    (SO(3), (2,), 1), (SO(4), (3,), 1), (SO(3).copies(2), (), 1), (O(3).copies(2), (), 1), (SO(4).copies(2), (2,), 1),
    (SO(3).copies(3), (), 1), (O(3).copies(3), (), 2), (SO(2).copies(2), (), 1), (O(2).copies(2), (), 2),
    (SO(5).copies(3), (2,), 1), (SO(3).copies(4), (), 1), (SO(2).copies(2) + SO(3), (2,), 1),
    (SO(3).copies(2) + O(2).copies(2), (), 2), (SO(4).copies(2) + SO(3).copies(2), (2,), 1),
    (SO(3).copies(3) * SymmetricGroup(3).blocks(3), (), 6), (O(3).copies(3) * SymmetricGroup(3).blocks(3), (), 12),
    (SO(2).copies(3) * CyclicGroup(3).blocks(2), (), 3), (SO(2).copies(2) * minus(4), (), 1),
    (SO(3).copies(2) * minus(6), (), 1), (O(3).copies(2) * SignFlips(2).blocks(3), (), 2),
    (SO(3) + SignFlips(2), (2,), 4), (SO(3).copies(2) + SymmetricGroup(3), (), 6),
    (SO(2) * PointGroup("C5"), (), 1), ((SO(2) + O(2)) * MatrixGroup([np.diag([-1.0, -1, 1, 1])]), (), 1),
]


@pytest.mark.parametrize(("group", "isotropy", "image"), VOLUMES, ids=lambda x: repr(x) if hasattr(x, "order") else "")
@pytest.mark.parametrize("extra", [0, 1])
def test_volumes_by_killing_fields(group, isotropy, image, extra, rng):
    # vol(M/G) = ∫ dvol/vol(G_0 x) divided by the order of the finite group that acts on M/G_0 (theory 1 and E6)
    action = group.linear(group.degree + extra)
    geometry = (Sphere(action.size - 1) / group).geometry
    mean, spread = mean_inverse_orbit(action, isotropy, 10_000, rng)
    assert spread < 0.03
    volume = mean * sphere_volume(action.size - 1) / image
    assert abs(volume / geometry.volume - 1) < 5 * spread + 1e-9
    assert geometry.volume_error < 1e-12
    assert geometry.effective_order == math.inf


def measured_wall(space, lam):
    """Coefficient of c_{d−1} λ^{(d−1)/2} in window means at λ and 4λ, extrapolated in λ^{−1/2}."""
    d, spectrum = space.dim, space.spectrum(cutoff=4.8 * lam)

    def mean(power, x):
        return ((1.2 * x) ** (power + 1) - (0.8 * x) ** (power + 1)) / (power + 1) / (0.4 * x)

    def at(x):
        first = weyl_constant(d) * space.volume * mean(d / 2, x)
        return (window_mean(spectrum, 0.8 * x, 1.2 * x) - first) / weyl_constant(d - 1) / mean((d - 1) / 2, x)

    return 2 * at(4 * lam) - at(lam)


SWAP = SymmetricGroup(2).blocks(3)
TURN = np.array([[-0.5, -math.sqrt(0.75)], [math.sqrt(0.75), -0.5]])
# Σ weight·vol over the walls, typed by hand where it is elementary; None: only measured against geometry
WALLS = [
    (3, SO(2), 0.0), (3, SO(3), -0.5), (4, SO(4), -1.0), (5, SO(4), -math.pi), (5, SO(3) + SO(2), -math.pi / 4),
    (4, SO(2) + SO(2), 0.0), (3, O(2).copies(2), math.pi / 4), (3, SO(2).copies(2), 0.0), (5, O(3).copies(2), 0.0),
    (7, SO(4).copies(2), -math.pi / 4), (8, SO(3).copies(3), 0.0), (8, O(3).copies(3), math.pi**2 / 16),
    (7, SO(2).copies(2) + SO(4), -math.pi / 2), (5, O(2).copies(2) + SO(2), math.pi / 4), (6, O(3) + O(4), -0.75),
    (5, SO(3) + SignFlips(2), math.pi / 4), (5, O(3) + SymmetricGroup(3), math.pi / 3), (6, SO(3).copies(2), 0.0),
    (8, SO(3).copies(3) * SymmetricGroup(3).blocks(3), 0.0), (5, O(2).copies(3), 0.0), (4, SO(2) * minus(5), 0.0),
    (8, O(3).copies(3) * SymmetricGroup(3).blocks(3), math.pi**2 / 96), (9, SO(5).copies(2), -math.pi / 2),
    (4, SO(2) * MatrixGroup([np.diag([1.0, 1, 1, -1, 1])]), math.pi / 2), (7, SO(4) + O(2).copies(2), None),
    (7, O(2).copies(2) + O(2).copies(2), None), (6, SO(3).copies(2) + SignFlips(1), math.pi / 8),
    # x ↔ y on two vectors: pairs with |x| = |y|; the hemisphere of radius ½ is halved
    (5, SO(3).copies(2) * SymmetricGroup(2).blocks(3), math.pi / 8), (6, SO(3).copies(2) * SWAP, None),
    (5, O(3).copies(2) * SignFlips(2).blocks(3), math.pi / 8), (7, SO(4).copies(2) * SymmetricGroup(2).blocks(4), 0.0),
    (9, (SO(3).copies(2) + SO(2).copies(2)) * SWAP, None), (8, (SO(3).copies(2) + O(2)) * SWAP, None),
    (6, (SO(3).copies(2) + SignFlips(1)) * SignFlips(2).blocks(3), None),
    (5, SO(3).copies(2) * MatrixGroup([np.kron(TURN, np.eye(3)), np.kron(np.diag([1.0, -1]), np.eye(3))]), None),
    # swapping two vectors of a plane after a reflection is a mirror, integrated over its fixed space
    (3, O(2).copies(2) * SymmetricGroup(2).blocks(2), math.pi / 4),
    (4, O(2).copies(2) * SymmetricGroup(2).blocks(2), math.pi / 2),
    (8, SO(3).copies(2) + SymmetricGroup(3), None), (6, SO(2).copies(3) + SignFlips(1), None),
]


@pytest.mark.parametrize(("n", "group", "by_hand"), WALLS, ids=lambda x: repr(x))
def test_walls_by_window_means(n, group, by_hand):
    space = Sphere(n) / group
    geometry = space.geometry
    assert geometry.walls_complete
    walls = sum(w.weight * w.volume for w in geometry.walls)
    if by_hand is not None:
        assert math.isclose(walls, by_hand, abs_tol=1e-9)
    # half of what a wall of the least weight, ¼, and of volume ½ would give
    assert abs(measured_wall(space, 5e4) - walls) < 0.06


# -- components -------------------------------------------------------------------------------------


def kinds(group):
    action = group.natural()
    return [classify(action, coset).kind for coset in action.cosets()]


def test_what_components_do():
    assert kinds(O(3).copies(2)) == ["trivial", "trivial"]
    assert kinds(O(3).copies(3)) == ["trivial", "flip"]
    assert kinds(O(2).copies(4)) == ["trivial", "flip"]
    assert kinds(O(2).copies(2) + O(2).copies(2)) == ["trivial", "flip", "flip", "moves"]
    assert kinds(SO(3).copies(2) + SymmetricGroup(3)) == ["moves", "reflects", "trivial"]
    assert sorted(kinds(SO(3).copies(2) * SWAP)) == ["swaps", "trivial"]
    assert sorted(kinds(SO(2).copies(2) * SymmetricGroup(2).blocks(2))) == ["moves", "trivial"]
    assert sorted(kinds(SO(3).copies(3) * SymmetricGroup(3).blocks(3))) == ["moves", "moves", "trivial"]
    turns = SO(3).copies(2) * MatrixGroup([np.kron(TURN, np.eye(3))])
    assert sorted(kinds(turns)) == ["moves", "moves", "trivial"]
    assert kinds(SO(2).copies(2) * minus(4)) == ["trivial", "trivial"]
    assert kinds(SO(3).copies(3) * minus(9)) == ["trivial", "flip"]
    action = (O(2).copies(2) + O(3).copies(3)).natural()
    assert [classify(action, c).block for c in action.cosets()] == [-1, 1, 0, -1]


def test_quotients_that_are_the_same_space():
    # E6: −1 on two vectors of R³ is a rotation on each pair; on three it is the mirror of O(3)
    for n, a, b in [(5, SO(3).copies(2) * minus(6), O(3).copies(2)), (8, SO(3).copies(3) * minus(9), O(3).copies(3)),
                    (3, SO(2).copies(2) * minus(4), SO(2).copies(2)), (2, SO(2) * PointGroup("C5"), SO(2))]:
        first, second = Sphere(n) / a, Sphere(n) / b
        assert math.isclose(first.volume, second.volume, rel_tol=1e-12)
        assert math.isclose(first.boundary_volume, second.boundary_volume, rel_tol=1e-12)
        assert [first.count(lam) for lam in (20, 100, 400)] == [second.count(lam) for lam in (20, 100, 400)]


def test_orbits():
    hopf = (Sphere(3) / SO(2).copies(2)).geometry
    assert hopf.orbits_alike
    assert hopf.is_free
    assert (Sphere(3) / O(2).copies(2)).geometry.is_free is None
    assert not (Sphere(5) / SO(3).copies(2)).geometry.orbits_alike
    assert not (Sphere(4) / SO(2).copies(2)).geometry.orbits_alike  # the pole is fixed


def orbit_volume(block, x):
    """vol SO(k)·X = vol SO(k)/vol SO(k − r)·Π √(σ_i² + σ_j²) over pairs not both zero, metric −½tr."""
    k, r = block.degree, min(block.copies, block.degree)
    squares = np.zeros((len(x), k))
    squares[:, :r] = np.linalg.svd(x[:, block.coordinates], compute_uv=False) ** 2
    pairs = [np.sqrt(squares[:, i] + squares[:, j]) for i in range(r) for j in range(i + 1, k)]
    return special_orthogonal_volume(k) / special_orthogonal_volume(k - r) * np.prod(pairs, axis=0)


def test_orbit_volumes(rng):
    x = rng.standard_normal((5, 9))
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    block = OrthogonalBlock(np.arange(9).reshape(3, 3))
    action = SO(3).copies(3).natural()
    assert np.allclose(orbit_volume(block, x), orbit_volumes(action, (), x), rtol=1e-10)
    block = OrthogonalBlock(np.arange(8).reshape(2, 4))
    expected = orbit_volumes(SO(4).copies(2).natural(), (2,), x[:, :8])
    assert np.allclose(orbit_volume(block, x[:, :8]), expected, rtol=1e-10)


def test_radius():
    one, two = (rotation_orbits(O(3).copies(3).natural(), r) for r in (1.0, 2.0))
    assert math.isclose(two.volume, 2**5 * one.volume)
    assert math.isclose(two.walls[0].volume, 2**4 * one.walls[0].volume)
