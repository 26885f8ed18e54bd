"""The compiled loops of the invariants, against sums written out; small enough to run uncompiled."""

from __future__ import annotations

import itertools

import numpy as np

from weylspec.exact.modular import root_of_unity
from weylspec.invariants._loops import (
    angle_series,
    class_traces,
    gram_densities,
    grid_harmonics,
    multiply_sparse,
    orbit_size,
    symmetric_power_traces,
)

P = 12289  # 3·2¹² + 1
ALONE = np.eye(2, dtype=np.int64)[None]  # no symmetry but the identity


def powers(grid):
    zeta = root_of_unity(P, grid)
    return np.array([pow(zeta, i, P) for i in range(grid)], dtype=np.int64)


def complete(values, top):
    """Complete homogeneous polynomials h_0 … h_top of integers, modulo P."""
    return [sum(int(np.prod(c, dtype=object)) for c in itertools.combinations_with_replacement(values, k)) % P
            for k in range(top + 1)]


def test_symmetric_powers_of_one_element():
    values = [3, P - 1, 1]
    out, work = np.zeros(6, dtype=np.int64), np.zeros(6, dtype=np.int64)
    none = np.zeros((0, 0), dtype=np.int64)
    density = symmetric_power_traces(
        np.ones(3, dtype=np.int64), np.array(values, dtype=np.int64), np.zeros((3, 0), dtype=np.int64), none,
        np.zeros(0, dtype=np.int64), ALONE[:, :0, :0], np.ones(1, dtype=np.int64), P, work, out,
    )
    assert density == 1
    assert out.tolist() == complete(values, 5)


def test_blocks_are_all_roots():
    # a block of length 3 and phase z has the eigenvalues with cube z: only multiples of 3 occur
    out, work = np.zeros(7, dtype=np.int64), np.zeros(7, dtype=np.int64)
    none = np.zeros((0, 0), dtype=np.int64)
    symmetric_power_traces(
        np.array([3]), np.array([5]), np.zeros((1, 0), dtype=np.int64), none, np.zeros(0, dtype=np.int64),
        ALONE[:, :0, :0], np.ones(1, dtype=np.int64), P, work, out,
    )
    assert out.tolist() == [1, 0, 0, 5, 0, 0, 25]


def test_average_over_two_angles():
    # SO(4) on R⁴: invariants are powers of |x|²; density has constant term |W| = 4 per grid point
    grid, top = 16, 6
    weights = np.array([[1, 0], [-1, 0], [0, 1], [0, -1]], dtype=np.int64)
    roots = np.array([[1, 1], [-1, -1], [1, -1], [-1, 1]], dtype=np.int64)
    out, work = np.zeros(top + 1, dtype=np.int64), np.zeros(top + 1, dtype=np.int64)
    ones = np.ones(4, dtype=np.int64)
    swap = np.array([[0, 1], [1, 0]], dtype=np.int64)
    for symmetries in (ALONE, np.array([ALONE[0], swap, -ALONE[0], -swap])):
        density = symmetric_power_traces(ones, ones, weights, roots, ones, symmetries, powers(grid), P, work, out)
        assert density == 4 * grid**2 % P
        assert (out * pow(int(density), -1, P) % P).tolist() == [1, 0, 1, 0, 1, 0, 1]


def test_orbits_of_grid_points():
    # the square with its 8 symmetries: sizes add up to all points, one point of each orbit has a size
    grid = 6
    quarter = np.array([[0, -1], [1, 0]], dtype=np.int64)
    rotations = [np.linalg.matrix_power(quarter, k) for k in range(4)]
    symmetries = np.array([*rotations, *(r @ np.diag([1, -1]) for r in rotations)])
    points = list(itertools.product(range(grid), repeat=2))
    sizes = {x: orbit_size(symmetries, np.array(x), grid) for x in points}
    orbits = {frozenset(tuple((s @ np.array(x)) % grid) for s in symmetries) for x in points}
    assert sum(sizes.values()) == grid**2
    assert sorted(len(orbit) for orbit in orbits) == sorted(size for size in sizes.values() if size)


def test_weighted_sums_over_classes():
    # S_3 on R³: the identity, three transpositions, two cycles; a class of weight 0 that shares no block with them
    starts, lengths = np.array([0, 3, 5, 6, 7]), np.array([1, 1, 1, 1, 2, 3, 2])
    values = np.array([1, 1, 1, 1, 1, 1, P - 1])
    sixth = pow(6, -1, P)
    work = np.full((4, 7), 5, dtype=np.int64)
    class_traces(starts, lengths, values, np.array([0, 1, 0, 0]), np.array([1, 3, 2, 0]) * sixth % P, P, work)
    assert work[0].tolist() == [1, 1, 2, 3, 4, 5, 7]      # partitions into at most three parts


def test_fourier_coefficients_of_one_angle():
    # 1/((1 − zt)(1 − t/z)) = Σ t^k (z^k + z^{k−2} + … + z^{−k}): coefficient of z^{−e} is 1 for e ≡ k, |e| ≤ k
    grid, top = 16, 5
    exponents = np.array([-2, 0, 1, 3], dtype=np.int64)
    out = np.zeros((4, top + 1), dtype=np.int64)
    ones = np.ones(2, dtype=np.int64)
    angle_series(ones, ones, np.array([1, -1]), powers(grid), exponents, P, np.zeros(top + 1, dtype=np.int64), out)
    expected = [[int(abs(e) <= k and (k - e) % 2 == 0) for k in range(top + 1)] for e in exponents]
    assert (out * pow(grid, -1, P) % P).tolist() == expected


def test_volumes_of_orbits(rng):
    fields = rng.standard_normal((3, 4, 2))
    points = rng.standard_normal((5, 3))
    out = np.zeros(5)
    gram_densities(points, fields, out)
    values = np.einsum("nq,qai->nia", points, fields)
    assert np.allclose(out**2, np.linalg.det(values @ values.transpose(0, 2, 1)), rtol=1e-12)
    gram_densities(np.zeros((1, 3)), fields, out[:1])
    assert out[0] == 0.0


def test_harmonics_at_the_points_of_a_grid():
    # rotations of the plane by i·90°: densities 1, traces 1, 2cos θ, 2cos 2θ, …
    density, out = np.zeros(4, dtype=np.int64), np.zeros((4, 4), dtype=np.int64)
    ones, none = np.ones(2, dtype=np.int64), np.zeros((0, 1), dtype=np.int64)
    grid_harmonics(ones, ones, np.array([[1], [-1]]), none, np.zeros(0, dtype=np.int64), powers(4), P, density, out)
    assert density.tolist() == [1, 1, 1, 1]
    assert out.tolist() == [[1, 2, 2, 2], [1, 0, P - 2, 0], [1, P - 2, 2, P - 2], [1, 0, P - 2, 0]]


def test_points_of_density_0_are_left_out():
    density, out = np.zeros(2, dtype=np.int64), np.full((2, 2), 7, dtype=np.int64)
    one, roots = np.ones(1, dtype=np.int64), np.array([[1], [-1]], dtype=np.int64)
    grid_harmonics(one, one, np.zeros((1, 1), dtype=np.int64), roots, np.ones(2, dtype=np.int64), powers(2), P,
                   density, out)
    assert density.tolist() == [0, 4]  # (1 − 1)², (1 + 1)²
    assert out.tolist() == [[7, 7], [1, 1]]


def test_products_with_few_terms():
    a, out = np.array([0, 1, 0, P - 1, 5], dtype=np.int64), np.empty(5, dtype=np.int64)
    shifts, values = [-1, 0, 2], [3, P - 1, 2]
    multiply_sparse(a, np.array(shifts), np.array(values), P, out)
    expected = [sum(int(a[j - s]) * v for s, v in zip(shifts, values, strict=True) if 0 <= j - s < 5) % P
                for j in range(5)]
    assert out.tolist() == expected


def test_sums_of_products_of_large_residues_do_not_overflow():
    p = 2**31 - 1
    a = np.full(64, p - 1, dtype=np.int64)
    out = np.empty(64, dtype=np.int64)
    multiply_sparse(a, np.arange(64), a, p, out)
    assert out.tolist() == [k + 1 for k in range(64)]
