"""Triangles that tile the plane: finite elements, index pairs in Python ints, corners, explicit functions."""

from __future__ import annotations

import itertools
import math
import pickle
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.linalg import eigsh

import weylspec as ws
from weylspec.errors import WeylspecError
from weylspec.expressions import read_space
from weylspec.solvers.assembly import Triangles

N, D = "neumann", "dirichlet"
PI2 = math.pi**2
EXACT_PI2 = Fraction("3.14159265358979323846264338327950288419716939937510") ** 2

EVERY = [
    *(ws.EquilateralTriangle(1, bc) for bc in (N, D)),
    *(ws.RightIsoscelesTriangle(1, bc) for bc in itertools.product((N, D), repeat=3)),
    *(ws.HemiEquilateralTriangle(1, (a, b, a)) for a in (N, D) for b in (N, D)),
]
every = pytest.mark.parametrize("triangle", EVERY, ids=repr)


# -- levels: finite elements ------------------------------------------------------------------------


def mesh(corners, m):
    """Vertices with barycentric coordinates in steps of 1/m, and the m² small triangles."""
    index = {(i, j): k for k, (i, j) in enumerate((i, j) for i in range(m + 1) for j in range(m + 1 - i))}
    weights = np.array([(m - i - j, i, j) for i, j in index]) / m
    faces = [[index[i, j], index[i + 1, j], index[i, j + 1]] for i, j in index if i + j < m]
    faces += [[index[i + 1, j], index[i + 1, j + 1], index[i, j + 1]] for i, j in index if i + j < m - 1]
    return np.pad(weights @ corners, ((0, 0), (0, 1))), np.array(faces), weights


def finite_elements(triangle, m, count):
    """The least eigenvalues with linear elements, Dirichlet sides left out."""
    vertices, faces, weights = mesh(triangle.corners, m)
    stiffness, mass = Triangles(vertices, faces).conforming(faces, len(vertices))
    # side i joins corners i and i + 1: the third barycentric coordinate vanishes on it
    fixed = np.zeros(len(vertices), dtype=bool)
    for i, side in enumerate(triangle.sides):
        if side.condition == D:
            fixed |= np.abs(weights[:, (i + 2) % 3]) < 1e-12
    free = np.flatnonzero(~fixed)
    k, mm = stiffness.tocsc()[free][:, free], mass.tocsc()[free][:, free]
    return np.sort(eigsh(k, count, mm, sigma=-1.0, which="LM", return_eigenvectors=False))


@every
def test_levels_by_finite_elements(triangle):
    """Linear elements on grids of 32, 64, 128 steps, the term in h² taken out.

    What is left is of order h⁴ (times a logarithm where the grid does not continue across a side), so that the
    finer of two such values is off by about 1/15 of their difference; 1/4 leaves room for the logarithm.
    """
    count = 6
    grids = [finite_elements(triangle, m, count) for m in (32, 64, 128)]
    coarse, fine = ((4 * b - a) / 3 for a, b in itertools.pairwise(grids))
    exact = triangle.spectrum(num=count).repeated(count)
    assert (np.abs(fine - exact) <= np.abs(fine - coarse) / 4 + 1e-9).all()
    assert (np.abs(fine - exact)[:2] <= 1e-6 * np.maximum(exact[:2], 1)).all()


# -- levels: index pairs ----------------------------------------------------------------------------


def lame(bc, top):
    """Pairs m, n of the equilateral triangle with m² + mn + n² ≤ top, rows in Python ints."""
    start = 0 if bc == N else 1
    total = 0
    for n in range(start, math.isqrt(top) + 1):
        last = (math.isqrt(4 * top - 3 * n * n) - n) // 2
        total += max(last - start + 1, 0)
    return total


@settings(max_examples=80)
@given(st.sampled_from([N, D]), st.integers(0, 10**6))
def test_counts_of_the_equilateral_triangle(bc, top):
    assert ws.EquilateralTriangle(1, bc).count(16 * PI2 / 9 * (top + 0.5)) == lame(bc, top)


@pytest.mark.parametrize("bc", [N, D])
def test_counts_far_beyond_a_list(bc):
    top = math.floor(10**12 * 9 * 4 / (16 * EXACT_PI2))
    assert ws.EquilateralTriangle(2, bc).count(10**12) == lame(bc, top)


@settings(max_examples=80)
@given(st.tuples(*[st.sampled_from([N, D])] * 3), st.integers(0, 4000))
def test_counts_of_the_right_isosceles_triangle(bc, top):
    """The square's pairs k ≥ l (doubled indices); on the diagonal k = l only where it agrees with the hypotenuse."""
    legs = (bc[0], bc[2])
    start = 0 if legs == (N, N) else 2 if legs == (D, D) else 1
    total = 0
    for k in range(start, math.isqrt(4 * top + 2) + 1, 2):
        for m in range(start, k + 1, 2):
            if k * k + m * m <= 4 * top + 2:
                # f(x, y) − or + f at the mirror image in x + y = 1: cos cos (k = l) is even, sin sin (k = l) even,
                # cos sin with half-odd k = l even
                total += k != m or bc[1] == N
    assert ws.RightIsoscelesTriangle(1, bc).count(PI2 * (top + 0.5)) == total


@settings(max_examples=80)
@given(st.sampled_from([N, D]), st.sampled_from([N, D]), st.integers(0, 3000))
def test_counts_of_the_half_of_an_equilateral_triangle(outer, inner, top):
    start = 0 if outer == N else 1
    total = sum(m * m + m * n + n * n <= top for n in range(start, math.isqrt(top) + 1)
                for m in range(n + (inner != outer if outer == N else inner == D), math.isqrt(top) + 1))
    assert ws.HemiEquilateralTriangle(1, (outer, inner, outer)).count(16 * PI2 / 9 * (top + 0.5)) == total


@pytest.mark.parametrize("bc", [N, D])
def test_an_equilateral_triangle_is_its_two_halves(bc):
    """Functions are even or odd in the mirror: N = N(long leg Neumann) + N(long leg Dirichlet)."""
    whole = ws.EquilateralTriangle(1, bc)
    halves = [ws.HemiEquilateralTriangle(1, (bc, inner, bc)) for inner in (N, D)]
    for lam in (10, 1e3, 1e5, 10**10):
        assert whole.count(lam) == sum(half.count(lam) for half in halves)


# -- geometry ---------------------------------------------------------------------------------------


@every
def test_corner_constants(triangle):
    """(π² − α²)/(24πα) where the conditions agree, −(π² + 2α²)/(48πα) where they differ."""
    total = 0.0
    for i in range(3):
        a, b = triangle.corners[(i + 1) % 3] - triangle.corners[i], triangle.corners[i - 1] - triangle.corners[i]
        angle = math.acos(float(a @ b) / math.hypot(*a) / math.hypot(*b))
        if triangle.bc[i] == triangle.bc[i - 1]:
            total += (PI2 - angle**2) / (24 * math.pi * angle)
        else:
            total -= (PI2 + 2 * angle**2) / (48 * math.pi * angle)
    assert math.fsum(t.coefficient for t in triangle.terms if t.dim == 0) == pytest.approx(total, abs=1e-12)


@every
def test_the_heat_trace_is_its_terms(triangle):
    """Exact up to e^{−ℓ²/4t} with ℓ ≥ √3/2 the shortest closed path (of the half): 1e-12 at t = 1/150."""
    t = 1 / 150
    trace = triangle.spectrum(cutoff=5000).heat_trace(t, rtol=1e-12)
    terms = sum((4 * math.pi * t) ** (-term.dim / 2) * term.coefficient for term in triangle.terms)
    assert trace == pytest.approx(terms, abs=1e-9)


@every
def test_the_reflections_fill_the_torus(triangle):
    covered = abs(float(np.linalg.det(triangle.basis)))
    assert len(triangle.reflections) * triangle.volume == pytest.approx(covered, rel=1e-12)
    lam = np.linspace(0, 3000, 40)
    bound = triangle.volume / (4 * math.pi) * (np.sqrt(lam) + triangle.counting_margin) ** 2
    assert all(triangle.count(float(x)) <= b * (1 + 1e-12) for x, b in zip(lam, bound, strict=True))


# -- functions --------------------------------------------------------------------------------------


@every
def test_eigenfunctions_solve_the_boundary_value_problem(triangle):
    """Second differences inside, values or normal differences on the sides; exact up to the step's fourth order."""
    listed = triangle.spectrum(num=12)
    cutoff, lam = listed.complete_below, listed.repeated()
    h = 1e-3
    x = triangle.corners.mean(axis=0) + 0.3 * (triangle.sample(30, np.random.default_rng(3))
                                               - triangle.corners.mean(axis=0))

    def at(points):
        return triangle.eigenfunctions(points, cutoff)

    stencil = [(1, -2.5), (4 / 3, 1), (-1 / 12, 2)]  # f″ ≈ (−f₋₂ + 16f₋₁ − 30f₀ + 16f₁ − f₂)/12h²
    laplacian = 2 * -2.5 * at(x)
    for weight, step in stencil[1:]:
        for direction in np.eye(2):
            laplacian += weight * (at(x + step * h * direction) + at(x - step * h * direction))
    # rounding 16ε·max f/h² ≈ 1e-8, truncation λ³h⁴/90 ≤ 2e-6
    np.testing.assert_allclose(-laplacian / h**2, lam * at(x), atol=1e-4)
    for i, side in enumerate(triangle.sides):
        start, end = triangle.corners[i], triangle.corners[(i + 1) % 3]
        points = start + np.linspace(0.1, 0.9, 7)[:, None] * (end - start)
        if side.condition == D:
            np.testing.assert_allclose(at(points), 0, atol=1e-11)
        else:
            inward = [at(points - step * h * side.normal) for step in (1, 2)]
            slope = (4 * inward[0] - inward[1] - 3 * at(points)) / (2 * h)
            np.testing.assert_allclose(slope, 0, atol=1e-6 * (1 + lam.max()) ** 1.5)


@every
def test_eigenfunctions_are_orthonormal(triangle):
    """On the grid of the torus the trapezoid rule is exact, and |φ_i φ_j| has the same mean on every tile."""
    cutoff = triangle.spectrum(num=15).complete_below
    m = 96
    grid = np.stack(np.meshgrid(*[np.arange(m) / m] * 2, indexing="ij"), axis=-1).reshape(-1, 2)
    values = triangle._functions(grid @ triangle.basis, cutoff)  # all over the torus
    assert values.shape[1] == triangle.count(cutoff)
    np.testing.assert_allclose(values.T @ values / len(grid), np.eye(values.shape[1]), atol=1e-11)
    if set(triangle.bc) == {N}:
        np.testing.assert_allclose(values[:, 0], 1, atol=1e-12)


def test_the_first_function_of_lame():
    """Dirichlet, side 1: sin of the three distances to the sides, 2πd/h; explicit and independent of lattices."""
    triangle = ws.EquilateralTriangle(1, D)
    x = triangle.sample(50, np.random.default_rng(5))
    height = math.sqrt(3) / 2
    distances = np.stack([side.distance - (x - triangle.corners.mean(axis=0)) @ side.normal for side in triangle.sides])
    np.testing.assert_allclose(distances.sum(axis=0), height)
    expected = np.sin(2 * math.pi * distances / height).sum(axis=0) / math.sqrt(1.5)
    found = triangle.eigenfunctions(x, triangle.spectrum(num=1).complete_below)[:, 0]
    np.testing.assert_allclose(np.abs(found), np.abs(expected), atol=1e-12)


@every
def test_points_are_uniform_and_inside(triangle, rng):
    x = triangle.check_points(triangle.sample(4000, rng))
    np.testing.assert_allclose(x.mean(axis=0), triangle.corners.mean(axis=0), atol=4 * 0.25 / math.sqrt(4000))
    triangle.check_points(triangle.corners)
    side = triangle.sides[1]
    outside = triangle.corners.mean(axis=0) + (side.distance + 1e-5) * side.normal
    with pytest.raises(WeylspecError, match=r"row 0.* lies outside .* by 1e-05"):
        triangle.check_points(outside[None])


# -- what is typed ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [
    "EquilateralTriangle(1)", "EquilateralTriangle('2/3', 'dirichlet')", "EquilateralTriangle(0.1)",
    "RightIsoscelesTriangle(2, ('dirichlet', 'neumann', 'neumann'))",
    "HemiEquilateralTriangle(1, ('neumann', 'dirichlet', 'neumann'))",
])
def test_expressions_are_typable(text):
    space = read_space(text)
    assert repr(space) == text
    again = pickle.loads(pickle.dumps(space))
    assert again.spectrum(num=5).eigenvalues.tolist() == space.spectrum(num=5).eigenvalues.tolist()
    assert read_space(repr(space.scaled(2))).volume == pytest.approx(4 * space.volume)


@pytest.mark.parametrize(("build", "message"), [
    (lambda: ws.EquilateralTriangle(0), "length must be positive"),
    (lambda: ws.EquilateralTriangle("1e200"), "length must lie between"),
    (lambda: ws.EquilateralTriangle(1, (N, D, N)), "base and the right side of EquilateralTriangle meet at 60°"),
    (lambda: ws.HemiEquilateralTriangle(1, (N, N, D)), "hypotenuse and the short leg of HemiEquilateral"),
    (lambda: ws.RightIsoscelesTriangle(1, (N, D)), "one for each of .leg along x0, hypotenuse, leg along x1."),
    (lambda: ws.RightIsoscelesTriangle(1, 4), "'neumann' or 'dirichlet', or one .*; got 4"),
])
def test_what_is_refused(build, message):
    with pytest.raises(WeylspecError, match=message):
        build()
