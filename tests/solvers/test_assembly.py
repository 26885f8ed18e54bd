import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import eigh, null_space

from weylspec.solvers import _loops
from weylspec.solvers.assembly import LIU, Triangles, lower_bound

ONE = np.array([[0, 1, 2]])
coordinates = st.lists(st.floats(-1, 1), min_size=9, max_size=9).map(lambda x: np.array(x).reshape(3, 3))


def grid(corners, n):
    """A triangle cut into n² similar ones."""
    index, points, faces = {}, [], []
    for i in range(n + 1):
        for j in range(n + 1 - i):
            index[i, j] = len(points)
            points.append(corners[0] + (corners[1] - corners[0]) * i / n + (corners[2] - corners[0]) * j / n)
    for i in range(n):
        for j in range(n - i):
            faces.append([index[i, j], index[i + 1, j], index[i, j + 1]])
            if i + j < n - 1:
                faces.append([index[i + 1, j], index[i + 1, j + 1], index[i, j + 1]])
    return np.array(points), np.array(faces), index


def test_integrals_on_one_triangle():
    # legs 3 and 4 in the plane z = 1: ∇φ₁ = (1/3, 0), ∇φ₂ = (0, 1/4), area 6, ∫φ_iφ_j = 6/12, ∫φ_i² = 1
    T = Triangles(np.array([[0.0, 0, 1], [3, 0, 1], [0, 4, 1]]), ONE)
    K, M = T.conforming(ONE, 3)
    gradients = np.array([[-1 / 3, -1 / 4], [1 / 3, 0], [0, 1 / 4]])
    np.testing.assert_allclose(K.toarray(), 6 * gradients @ gradients.T, rtol=1e-15, atol=1e-16)
    np.testing.assert_allclose(M.toarray(), 0.5 * (np.ones((3, 3)) + np.eye(3)), rtol=1e-15)
    A, B = T.nonconforming(ONE, 3)
    np.testing.assert_allclose(A.toarray(), 24 * gradients @ gradients.T, rtol=1e-15, atol=1e-16)
    np.testing.assert_allclose(B.toarray(), 2 * np.eye(3), rtol=1e-15)
    assert T.longest_side == 5
    assert T.shortest_height == pytest.approx(12 / 5, rel=1e-15)


@settings(max_examples=50, deadline=None)
@given(coordinates)
def test_constants_have_no_energy_and_mass_is_area(corners):
    area = np.linalg.norm(np.cross(corners[1] - corners[0], corners[2] - corners[0])) / 2
    if area < 1e-3:
        return
    T = Triangles(corners, ONE)
    for K, M in (T.conforming(ONE, 3), T.nonconforming(ONE, 3)):
        assert M.sum() == pytest.approx(area, rel=1e-12)
        assert np.abs(K @ np.ones(3)).max() <= 1e-14 / area


@settings(max_examples=50, deadline=None)
@given(coordinates, st.lists(st.floats(-1, 1), min_size=3, max_size=3).map(np.array))
def test_energy_of_a_linear_function(corners, slope):
    # u = slope·x restricted to the triangle: |∇u|² = |slope|² − (slope·n)²
    normal = np.cross(corners[1] - corners[0], corners[2] - corners[0])
    area = np.linalg.norm(normal) / 2
    if area < 1e-3:
        return
    u = corners @ slope
    K, _ = Triangles(corners, ONE).conforming(ONE, 3)
    expected = area * (slope @ slope - (slope @ normal) ** 2 / (normal @ normal))
    assert u @ (K @ u) == pytest.approx(expected, abs=1e-14 / area)


def test_orbits_give_the_projected_matrices():
    points, faces, _ = grid(np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0]]), 4)
    classes = np.arange(len(points)) % 6
    P = np.eye(6)[classes]
    T = Triangles(points, faces)
    for small, whole in zip(T.conforming(classes[faces], 6), T.conforming(faces, len(points)), strict=True):
        np.testing.assert_allclose(small.toarray(), P.T @ whole.toarray() @ P, atol=1e-14)


@pytest.mark.parametrize("apex", [(0.5, math.sqrt(3) / 2), (0.5, 0.5), (0.0, 1.0), (0.5, 0.05), (0.1, 0.3)])
def test_the_interpolation_constant_holds(apex):
    # sup ‖u‖/‖∇u‖ over u with mean zero on every side, from below by linear elements: must not pass 0.1893 h
    n = 16
    points, faces, index = grid(np.array([[0.0, 0, 0], [1, 0, 0], [*apex, 0]]), n)
    T = Triangles(points, faces)
    K, M = T.conforming(faces, len(points))
    sides = [[index[i, 0] for i in range(n + 1)], [index[0, i] for i in range(n + 1)],
             [index[i, n - i] for i in range(n + 1)]]
    means = np.zeros((3, len(points)))
    for row, side in zip(means, sides, strict=True):
        row[side] = 1.0
        row[[side[0], side[-1]]] = 0.5
    Z = null_space(means)
    smallest = eigh(Z.T @ (K @ Z), Z.T @ (M @ Z), eigvals_only=True, subset_by_index=(0, 0))[0]
    longest = max(1.0, math.hypot(*apex), math.hypot(apex[0] - 1, apex[1]))
    constant = 1 / math.sqrt(smallest) / longest
    assert 0.05 < constant <= LIU


def test_two_sided_bounds_on_a_square():
    # Neumann eigenvalues of the unit square: π²(j² + k²)
    n = 12
    i, j = np.meshgrid(np.arange(n), np.arange(n), indexing="ij")
    a = (i * (n + 1) + j).reshape(-1)
    faces = np.concatenate([np.stack([a, a + n + 1, a + n + 2], 1), np.stack([a, a + n + 2, a + 1], 1)])
    x, y = np.meshgrid(np.arange(n + 1) / n, np.arange(n + 1) / n, indexing="ij")
    points = np.stack([x.reshape(-1), y.reshape(-1), 0 * x.reshape(-1)], axis=1)
    exact = np.sort([math.pi**2 * (p * p + q * q) for p in range(9) for q in range(9)])[:30]
    T = Triangles(points, faces)
    sides = np.sort(np.stack([np.roll(faces, -1, 1), np.roll(faces, -2, 1)], axis=2), axis=2)
    _, edges = np.unique(sides[..., 0] * 1000 + sides[..., 1], return_inverse=True)
    edges = edges.reshape(faces.shape)
    upper = eigh(*(m.toarray() for m in T.conforming(faces, len(points))), eigvals_only=True)[:30]
    middle = eigh(*(m.toarray() for m in T.nonconforming(edges, edges.max() + 1)), eigvals_only=True)[:30]
    lower = lower_bound(middle, T.longest_side)
    assert (lower <= exact + 1e-9).all()
    assert (exact <= upper + 1e-9).all()
    assert ((upper - lower)[1:] <= 0.1 * T.longest_side**2 * upper[1:] ** 2 * 3).all()


def test_loops_agree_with_their_interpreted_selves():
    rng = np.random.default_rng(7)
    points, faces = rng.standard_normal((6, 3)), np.array([[0, 1, 2], [1, 2, 3], [3, 4, 5]])
    results = []
    for f in (_loops.edge_products, getattr(_loops.edge_products, "py_func", _loops.edge_products)):
        products, areas = np.empty((3, 3, 3)), np.empty(3)
        f(points, faces, products, areas)
        results.append((products, areas))
    for compiled, plain in zip(*results, strict=True):
        np.testing.assert_allclose(compiled, plain, rtol=1e-14)
    entries = []
    for f in (_loops.triplets, getattr(_loops.triplets, "py_func", _loops.triplets)):
        out = [np.empty(27, dtype=np.int64), np.empty(27, dtype=np.int64), np.empty(27), np.empty(27)]
        f(*results[0], faces, 1.0, np.eye(3) / 3, *out)
        entries.append(out)
    for compiled, plain in zip(*entries, strict=True):
        np.testing.assert_allclose(compiled, plain, rtol=1e-14)
