"""Distances and representatives of orbits: invariance, brute force over elements, and closed forms."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from routes import affine_elements, permutations_of
from scipy.spatial.transform import Rotation

from weylspec.errors import UnknownGeometryError
from weylspec.expressions import read_space
from weylspec.groups.wallpaper import WALLPAPERS

CLOSE = 1e-9
_QUARTER = "[[0, -1], [1, 0]]"

SPHERES = (
    "Sphere(2) / PointGroup('Ih')", "Sphere(2) / PointGroup('D5')", "Sphere(2, 3) / PointGroup('S4')",
    "Sphere(4) / SymmetricGroup(5)", "Sphere(3) / Hyperoctahedral(4)", "Sphere(4) / Hyperoctahedral(3)",
    "Sphere(3) / AlternatingGroup(4)", "Sphere(3) / BinaryPolyhedral('I')", "Sphere(3) / LensGroup(7, 1, 2)",
    "Sphere(5) / SymmetricGroup(3).blocks(2)", "Sphere(5) / Wreath(PointGroup('T'), 2)",
    f"Sphere(5) / (MatrixGroup([{_QUARTER}]) + Hyperoctahedral(3))",
    "Sphere(2) / SO(2)", "Sphere(5) / (SO(3) + SO(2))", "Sphere(3) / SO(2).copies(2)", "Sphere(8) / SO(3).copies(3)",
    "Sphere(8) / O(3).copies(3)", "Sphere(5) / O(3).copies(2)", "Sphere(7) / SU(2).copies(2)", "Sphere(7) / U(4)",
    "Sphere(11) / Sp(1).copies(3)", "Sphere(8) / (SO(3).copies(3) * SymmetricGroup(3).blocks(3))",
    "Sphere(11) / Wreath(SO(3), 4)", "Sphere(7) / CoxeterGroup('E8')", "Sphere(4) / CoxeterGroup('H4')",
    "Sphere(6) / G2()",
    "Sphere(3) / LieGroup([[[0, -1, 0], [1, 0, 0], [0, 0, 0]], [[0, 0, -1], [0, 0, 0], [1, 0, 0]]])",
)
LINES = (
    "RealProjectiveSpace(3) / SymmetricGroup(4)", "ComplexProjectiveSpace(2) / SymmetricGroup(3).blocks(2)",
    "ComplexProjectiveSpace(2) / ComplexConjugation(3)", "QuaternionicProjectiveSpace(2) / SymmetricGroup(3).blocks(4)",
)
TORI = (
    "Torus(1) / SignFlips(1)", "Torus(3) / Hyperoctahedral(3)", "Torus(4) / SymmetricGroup(3)",
    "Torus(3) / SignFlips(2)", "Torus(4) / SymmetricGroup(2).blocks(2)",
    "Torus(4) / (SymmetricGroup(2) + SignFlips(1))", "Torus(3) / Translations([[1, 1, 1]])",
    "Torus(2) / Translations(steps=[['1/5', '2/5']])",
    "Torus(4) / AffineGroup([([[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, -1], [0, 0, 1, 0]], [0, 0, 0, 0])], "
    "translations=[[1, 0, 1, 0], [0, 1, 0, 1]])",
    "FlatTorus([[1, 0], ['1/3', 2]]) / WallpaperGroup('p2')", "FlatManifold('third-turn')",
    *(f"FlatOrbifold('{kind.name}')" for kind in WALLPAPERS),
)


def moved(space, x, rng):
    """Each point moved by an element of its own."""
    action = space.action_on_manifold
    if not space.manifold.is_flat:
        return np.einsum("nij,nj->ni", action.sample(len(x), rng), x)
    inverse, parts = np.linalg.inv(space.manifold.basis), action.components()
    result = []
    for u in x @ inverse:
        matrix, shift = parts[rng.integers(len(parts))]
        along = action.directions @ rng.normal(size=action.dim)
        result.append(matrix @ u + np.array([float(b) for b in shift]) + along + rng.integers(-3, 4, size=len(u)))
    return np.array(result) @ space.manifold.basis


def special(space, x):
    """Points with symmetry: coordinates repeated, reversed and zero (spheres), halves and thirds of periods (tori)."""
    if space.manifold.is_flat:
        return np.round(6 * x @ np.linalg.inv(space.manifold.basis)) / 6 @ space.manifold.basis
    flat = np.round(2 * x / np.abs(x).max(axis=1, keepdims=True))
    return flat / np.linalg.norm(flat, axis=1, keepdims=True) * np.linalg.norm(x[0])


@pytest.mark.parametrize("label", SPHERES + LINES + TORI)
@pytest.mark.parametrize("kind", ["generic", "special"])
def test_distance_and_representatives_belong_to_orbits(label, kind, rng):
    space = read_space(label)
    x, y = space.sample(6, rng), space.sample(5, rng)
    if kind == "special":
        x, y = special(space, x), special(space, y)
    between = space.distance(x, y)
    assert between.shape == (6, 5)
    gx, gy = moved(space, x, rng), moved(space, y, rng)
    np.testing.assert_allclose(space.distance(gx, gy), between, rtol=0, atol=CLOSE)
    np.testing.assert_allclose(space.distance(y, x), between.T, rtol=0, atol=CLOSE)
    np.testing.assert_allclose(np.diag(space.distance(x, gx)), 0, rtol=0, atol=CLOSE)
    chosen = space.canonical(x)
    space.check_points(chosen)
    np.testing.assert_allclose(space.canonical(gx), chosen, rtol=0, atol=CLOSE)
    np.testing.assert_allclose(space.canonical(chosen), chosen, rtol=0, atol=CLOSE)
    np.testing.assert_allclose(np.diag(space.distance(x, chosen)), 0, rtol=0, atol=CLOSE)
    assert (between <= space.manifold.distance(x, y) + CLOSE).all()


@pytest.mark.parametrize("label", SPHERES + LINES + TORI)
def test_triangle_inequality(label, rng):
    space = read_space(label)
    d = space.distance(*[space.sample(12, rng)] * 2)
    assert (d[:, None, :] <= d[:, :, None] + d[None, :, :] + CLOSE).all()


BRUTE = {
    "Sphere(4) / SymmetricGroup(5)": permutations_of(5),
    "Sphere(2) / Hyperoctahedral(3)": permutations_of(3, signed=True),
    "Sphere(5) / SymmetricGroup(3).blocks(2)": [np.kron(g, np.eye(2)) for g in permutations_of(3)],
    "Sphere(5) / Hyperoctahedral(3).blocks(2)": [np.kron(g, np.eye(2)) for g in permutations_of(3, signed=True)],
    "Sphere(2) / PointGroup('Oh')": permutations_of(3, signed=True),
}


@pytest.mark.parametrize("label", BRUTE)
def test_finite_groups_on_spheres_by_exhaustion(label, rng):
    space = read_space(label)
    x, y = space.sample(5, rng), space.sample(4, rng)
    angles = np.min([np.arccos(np.clip(x @ (y @ g.T).T, -1, 1)) for g in BRUTE[label]], axis=0)
    np.testing.assert_allclose(space.distance(x, y), angles, rtol=0, atol=1e-7)


@pytest.mark.parametrize("kind", WALLPAPERS, ids=lambda kind: kind.name)
def test_flat_orbifolds_by_exhaustion(kind, rng):
    """Over all elements and all lattice vectors with coefficients up to 3."""
    space = read_space(f"FlatOrbifold('{kind.name}')")
    basis = space.manifold.basis
    x, y = rng.random((5, 2)), rng.random((4, 2))
    lattice = np.array(list(itertools.product(range(-3, 4), repeat=2)))
    least = np.full((5, 4), np.inf)
    for a, b in affine_elements(space.action_on_manifold.generators):
        image = y @ np.array(a).T + [float(t) for t in b]
        all_of_them = (x[:, None, None] - image[None, :, None] - lattice) @ basis
        least = np.minimum(least, np.linalg.norm(all_of_them, axis=-1).min(axis=2))
    np.testing.assert_allclose(space.distance(x @ basis, y @ basis), least, rtol=0, atol=CLOSE)


@pytest.mark.parametrize(("label", "elements"), [
    ("Torus(4) / Hyperoctahedral(3)", [np.pad(g, ((0, 1), (0, 1))) + np.diag([0, 0, 0, 1])
                                       for g in permutations_of(3, signed=True)]),
    ("Torus(4) / SymmetricGroup(2).blocks(2)", [np.kron(g, np.eye(2)) for g in permutations_of(2)]),
    ("Torus(3) / SignFlips(2)", [np.diag([a, b, 1]) for a in (1, -1) for b in (1, -1)]),
])
def test_finite_groups_on_tori_by_exhaustion(label, elements, rng):
    space = read_space(label)
    x, y = space.sample(5, rng), space.sample(4, rng)
    turns = np.array([x[:, None] - y @ np.array(g).T for g in elements]) / (2 * math.pi)
    lengths = 2 * math.pi * np.linalg.norm(turns - np.round(turns), axis=-1)
    np.testing.assert_allclose(space.distance(x, y), lengths.min(axis=0), rtol=0, atol=CLOSE)


def test_sixty_points_of_a_circle_are_matched(rng):
    space = read_space("Torus(60) / SymmetricGroup(60)")
    x = space.sample(2, rng)
    gx = x[:, rng.permutation(60)] + 2 * math.pi * rng.integers(-1, 2, (2, 60))
    np.testing.assert_allclose(np.diag(space.distance(x, gx)), 0, atol=CLOSE)
    np.testing.assert_allclose(space.canonical(gx), space.canonical(x), atol=CLOSE)


@pytest.mark.parametrize("m", [2, 3, 5])
def test_rotations_of_several_vectors_against_align_vectors(m, rng):
    space = read_space(f"Sphere({3 * m - 1}) / SO(3).copies({m})")
    x, y = space.sample(4, rng), space.sample(3, rng)
    expected = np.empty((4, 3))
    for i, j in itertools.product(range(4), range(3)):
        with np.errstate(all="ignore"):
            _, chord = Rotation.align_vectors(x[i].reshape(m, 3), y[j].reshape(m, 3), weights=np.ones(m))
        expected[i, j] = 2 * math.asin(chord / 2)
    np.testing.assert_allclose(space.distance(x, y), expected, rtol=0, atol=1e-7)


def test_hopf_fibres_are_points_of_a_sphere_of_half_the_radius(rng):
    space = read_space("Sphere(3) / SO(2).copies(2)")
    x, y = space.sample(5, rng), space.sample(5, rng)

    def base(p):
        z, w = p[:, 0] + 1j * p[:, 1], p[:, 2] + 1j * p[:, 3]
        return np.stack([2 * (z * w.conj()).real, 2 * (z * w.conj()).imag, abs(z) ** 2 - abs(w) ** 2], axis=1)

    expected = np.arccos(np.clip(base(x) @ base(y).T, -1, 1)) / 2
    np.testing.assert_allclose(space.distance(x, y), expected, rtol=0, atol=1e-7)


@pytest.mark.parametrize(("name", "units"), [("Real", 1), ("Complex", 2), ("Quaternionic", 4)])
def test_lines_are_apart_by_their_angle(name, units, rng):
    """arccos |Σ x̄_i y_i|, the product over R, C or H written out."""
    space = read_space(f"{name}ProjectiveSpace(2)")
    x, y = space.sample(5, rng), space.sample(4, rng)
    a, b = (np.pad(p.reshape(-1, 3, units), ((0, 0), (0, 0), (0, 4 - units)))[:, None] for p in (x, y))
    b = b.swapaxes(0, 1)
    # components of x̄·y for x = x_0 + x_1 i + x_2 j + x_3 k; on H the library writes z_1 + j·z_2
    flip = np.array([1, 1, 1, -1]) if units == 4 else np.ones(4)
    (p, q, r, s), (t, u, v, w) = np.moveaxis(a * flip, -1, 0), np.moveaxis(b * flip, -1, 0)
    parts = (p * t + q * u + r * v + s * w, p * u - q * t - r * w + s * v, p * v - r * t - s * u + q * w,
             p * w - s * t - q * v + r * u)
    length = np.sqrt(sum(part.sum(axis=-1) ** 2 for part in parts))
    np.testing.assert_allclose(space.distance(x, y), np.arccos(np.clip(length, 0, 1)), rtol=0, atol=1e-7)


POWERS = (
    "Sphere(2) ** 3 / SymmetricGroup(3)", "Sphere(2) ** 3 / CyclicGroup(3)",
    "(Sphere(2) / PointGroup('Ci')) ** 2 / SymmetricGroup(2)", "Sphere(2) ** 2 / Wreath(PointGroup('D2'), 2)",
    "Torus(1) ** 3 / (SignFlips(1).copies(3) * SymmetricGroup(3))",
)


@pytest.mark.parametrize("label", POWERS)
def test_powers_modulo_permutations(label, rng):
    space = read_space(label)
    m, base = len(space.manifold.factors), space.manifold.factors[0]
    x, y = space.sample(4, rng), space.sample(3, rng)
    d = space.distance(x, y)
    k = base.ambient_dim
    turned = np.roll(x.reshape(4, m, k), 1, axis=1).reshape(x.shape)  # a cycle lies in all of these groups
    np.testing.assert_allclose(space.distance(turned, y), d, atol=CLOSE)
    np.testing.assert_allclose(space.canonical(turned), space.canonical(x), atol=CLOSE)
    np.testing.assert_allclose(np.diag(space.distance(x, space.canonical(x))), 0, atol=CLOSE)
    everything = np.array(list(itertools.permutations(range(m))))
    if "Cyclic" in label:
        everything = np.array([np.roll(np.arange(m), i) for i in range(m)])
    if "Wreath" in label:
        base = base / read_space("Sphere(2) / PointGroup('D2')").group
    signs = (1, -1) if "copies" in label else (1,)
    least = np.full((4, 3), np.inf)
    for order, sign in itertools.product(everything, signs):
        image = sign * y.reshape(3, m, k)[:, order]
        squares = sum(base.distance(x.reshape(4, m, k)[:, i], image[:, i]) ** 2 for i in range(m))
        least = np.minimum(least, np.sqrt(squares))
    np.testing.assert_allclose(d, least, atol=CLOSE)


def test_finite_groups_that_move_all_factors_alike(rng):
    space = read_space("Sphere(2) ** 2 / (PointGroup('T').copies(2) * SymmetricGroup(2))")
    x, y = space.sample(4, rng), space.sample(3, rng)
    elements = read_space("Sphere(2) / PointGroup('T')").group.elements
    swapped = y[:, [3, 4, 5, 0, 1, 2]]
    angles = [np.arccos(np.clip(np.einsum("aik,bik->abi", x.reshape(4, 2, 3), image.reshape(3, 2, 3) @ g.T),
                                -1, 1)) for g in elements for image in (y, swapped)]
    np.testing.assert_allclose(space.distance(x, y), np.linalg.norm(angles, axis=-1).min(axis=0), atol=1e-7)


@pytest.mark.parametrize("label", ["Sphere(2) ** 3 / SO(3).copies(3)", "Sphere(3) ** 2 / SU(2).copies(2)",
                                   "Sphere(2) ** 4 / (O(3).copies(4) * SymmetricGroup(4))"])
def test_molecules_have_representatives_and_no_distances(label, rng):
    space = read_space(label)
    m, k = len(space.manifold.factors), space.manifold.factors[0].ambient_dim
    x = space.sample(5, rng)
    g = space.action_on_manifold.action.sample(1, rng)[0]
    moved = x.reshape(5, m, k) @ g.T
    if "Symmetric" in label:
        moved = moved[:, rng.permutation(m)]
    chosen = space.canonical(x)
    np.testing.assert_allclose(space.canonical(moved.reshape(x.shape)), chosen, atol=CLOSE)
    space.check_points(chosen)
    angles = np.sort(np.einsum("nik,njk->nij", *[x.reshape(5, m, k)] * 2).reshape(5, -1), axis=1)
    np.testing.assert_allclose(
        np.sort(np.einsum("nik,njk->nij", *[chosen.reshape(5, m, k)] * 2).reshape(5, -1), axis=1), angles, atol=CLOSE)
    with pytest.raises(UnknownGeometryError, match="no closed form; representatives are offered"):
        space.distance(x, x)


def test_products_take_the_root_of_the_sum_of_squares(rng):
    space = read_space("(Sphere(2) / PointGroup('Ci')) * Torus(1)")
    x, y = space.sample(3, rng), space.sample(4, rng)
    line = np.arccos(np.abs(np.clip(x[:, :3] @ y[:, :3].T, -1, 1)))
    turn = np.abs(x[:, 3:] - y[:, 3]) % (2 * math.pi)
    expected = np.hypot(line, np.minimum(turn, 2 * math.pi - turn))
    np.testing.assert_allclose(space.distance(x, y), expected, rtol=0, atol=1e-7)
    assert space.canonical(x).shape == x.shape


def test_empty_lists_of_points_have_empty_answers():
    for label in ("Sphere(2) / PointGroup('I')", "Sphere(8) / SO(3).copies(3)", "FlatOrbifold('p6')", "Torus(2)"):
        space = read_space(label)
        none = np.zeros((0, space.ambient_dim))
        assert space.distance(none, none).shape == (0, 0)
        assert space.canonical(none).shape == none.shape


@pytest.mark.parametrize(("label", "message"), [
    ("Sphere(7) / U(2).copies(2)", "smaller group than SO.4. on 2 vectors; orbits are told apart for"),
    ("Sphere(3) / TorusGroup([[1], [2]])", r"smaller group than SO\(4\); orbits are told apart for"),
    ("CompactSymplectic(2)", "does not offer distances of points; spheres, flat tori"),
])
def test_what_is_not_offered_is_refused_with_what_is(label, message):
    space = read_space(label)
    points = space.sample(2, np.random.default_rng(0))
    with pytest.raises(UnknownGeometryError, match=message):
        space.distance(points, points)
    with pytest.raises(UnknownGeometryError):
        space.canonical(points)
