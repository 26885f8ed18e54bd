"""U(n), SU(n), Sp(n): samples, Lie algebras, tori; invariants against null spaces and the classical theorems."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from power_series import Series
from routes import dimensions, null_spaces
from scipy.linalg import expm

from weylspec.errors import CostError, WeylspecError
from weylspec.groups.haar import haar_nodes
from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.orthogonal import SO
from weylspec.groups.permutation import SymmetricGroup
from weylspec.groups.unitary import RIGHT_UNITS, SU, ComplexConjugation, Sp, U, as_complex, right_quaternions
from weylspec.spaces.sphere import Sphere

GROUPS = [U(1), U(2), U(3), SU(2), SU(3), Sp(1), Sp(2)]
every = pytest.mark.parametrize("group", GROUPS, ids=repr)


@every
def test_the_algebra_is_that_of_the_group(group, rng):
    algebra = group.algebra
    assert len(algebra) == group.dim == group.natural().dim
    assert np.linalg.matrix_rank(np.array(algebra).reshape(len(algebra), -1)) == group.dim
    assert all(np.array_equal(x, -x.T) for x in algebra)
    assert group.contains(expm(sum(c * x for c, x in zip(rng.standard_normal(group.dim), algebra, strict=True))))


@every
def test_the_torus_has_the_weights_and_roots_of_the_group(group, rng):
    (torus,) = group.natural().cosets()
    theta = rng.random(torus.rank)
    g = expm(2 * math.pi * sum(a * h for a, h in zip(theta, torus.directions, strict=True)))
    assert group.contains(g)
    expected = np.exp(2j * math.pi * torus.weights @ theta)
    for z in expected:  # eigenvalues, up to order
        assert np.abs(np.linalg.eigvals(g) - z).min() < 1e-10
    assert math.isclose(np.trace(g), expected.sum().real, abs_tol=1e-10)
    assert len(torus.roots) == group.dim - torus.rank
    # the roots are the eigenvalues of Ad on the algebra: tr Ad(g) = rank + Σ e(α·θ)
    basis = np.array([x.reshape(-1) for x in group.algebra]).T
    adjoint = [np.linalg.lstsq(basis, (g @ x @ g.T).reshape(-1))[0][j] for j, x in enumerate(group.algebra)]
    assert math.isclose(sum(adjoint), torus.rank + np.cos(2 * math.pi * torus.roots @ theta).sum(), abs_tol=1e-9)


@every
def test_samples(group, rng):
    n = 4000
    g = group.sample(n, rng)
    assert all(group.contains(x) for x in g[:20])
    # a column is uniform on the sphere of R^N: E g² = 1/N with variance 2/N²; five standard errors
    size = group.degree
    assert np.abs(g.mean(axis=0)).max() < 5 / math.sqrt(n * size)
    assert np.abs((g**2).mean(axis=0) - 1 / size).max() < 5 * math.sqrt(2 / n) / size
    # E (tr g)² = dim End_G(R^N): 2 for complex, 4 for quaternionic type; (tr g)⁴ ≤ (tr g)²N²
    traces = np.trace(g, axis1=1, axis2=2)
    commutant = 4 if group.dim == 3 or isinstance(group, Sp) else 2
    assert abs((traces**2).mean() - commutant) < 5 * size * math.sqrt(commutant / n)


def test_membership():
    assert U(2).contains(-np.eye(4))
    assert not U(2).contains(np.diag([1.0, -1.0, 1.0, 1.0]))
    assert not U(2).contains(2 * np.eye(4))
    assert not U(2).contains(np.eye(3))
    assert not SU(2).contains(np.diag([-1.0, -1.0, 1.0, 1.0]))
    assert U(2).contains(np.diag([-1.0, -1.0, 1.0, 1.0]))
    assert not Sp(1).contains(np.diag([-1.0, -1.0, 1.0, 1.0]))
    with pytest.raises(WeylspecError, match="n must be at least 2, got 1"):
        SU(1)


def test_inclusions(rng):
    """Sp(1) = SU(2) as matrices; Sp(n) ⊂ SU(2n); the right quaternions commute with Sp(n) and satisfy ij = k."""
    for g in Sp(2).sample(5, rng):
        assert SU(4).contains(g)
        assert math.isclose(abs(np.linalg.det(as_complex(g)) - 1), 0, abs_tol=1e-10)
        for h in right_quaternions(2).sample(5, rng):
            assert np.abs(g @ h - h @ g).max() < 1e-12
    assert all(Sp(1).contains(g) for g in SU(2).sample(5, rng))
    i, j, k = RIGHT_UNITS
    assert np.array_equal(j @ i, k)  # v·(ij) = (v·i)·j
    z = np.array([1.0, 2.0, 3.0, 4.0])  # z_1 = 1 + 2i, z_2 = 3 + 4i
    assert (j @ z).tolist() == [-3.0, 4.0, 1.0, -2.0]  # (−z̄_2, z̄_1)


@pytest.mark.parametrize(("group", "top"), [
    (U(1), 5), (U(2), 5), (SU(2), 5), (U(2).copies(2), 4), (SU(2).copies(2), 4), (SU(3), 4), (Sp(2), 4),
    (Sp(1).copies(2), 4), (U(1).copies(3), 5), (U(2) + SU(2), 4), (U(1) + U(2), 5), (ComplexConjugation(2), 6),
    (SU(2).copies(2) * SymmetricGroup(2).blocks(4), 4), (SU(2).copies(2) * SO(2).blocks(4), 4),
    (SO(3).copies(2) * SO(2).blocks(3), 5), (SO(2).copies(2) * SU(2), 5), (SU(2).blocks(2), 4),
], ids=repr)
def test_invariants_are_null_spaces(group, top):
    action = group.natural()
    assert dimensions(action, top) == null_spaces(action, top)
    assert len(action.algebra) == action.dim == group.dim


def coefficients(numerator, exponents, top):
    """(1 − t²)·Σ c t^e / Π (1 − t^d)."""
    t = Series.variable(top)
    result = (1 - t**2) * sum((c * t**e for e, c in numerator.items()), start=0 * t)
    for d in exponents:
        result = result / (1 - t**d)
    return [int(c) for c in result.a]


@pytest.mark.parametrize(("group", "numerator", "degrees"), [
    # first fundamental theorems (Weyl 1939): Hermitian products, and determinants with |det|² = det of products
    (U(2).copies(2), {0: 1}, [2] * 4), (U(3).copies(2), {0: 1}, [2] * 4), (U(3).copies(3), {0: 1}, [2] * 9),
    (SU(2).copies(2), {0: 1, 4: -1}, [2] * 6), (SU(3).copies(2), {0: 1}, [2] * 4),
    (SU(3).copies(3), {0: 1, 6: -1}, [2] * 9 + [3] * 2), (Sp(2).copies(2), {0: 1}, [2] * 6),
    (SO(3).copies(2) * SO(2).blocks(3), {0: 1}, [2, 4]),  # trace and determinant of the Gram matrix
], ids=repr)
def test_generating_functions_of_several_vectors(group, numerator, degrees):
    assert dimensions(group.natural(), 16) == coefficients(numerator, degrees, 16)


@given(st.integers(1, 4))
@settings(max_examples=4)
def test_unit_quaternions_on_vectors_give_quaternionic_projective_space(m):
    """S^{4m−1}/Sp(1): multiplicities C(k+2m−1, k)·C(k+2m−2, k)/(k+1), cumulated, in even degrees [2.1]."""
    found = dimensions(Sp(1).copies(m).natural(), 8)
    counts = [math.comb(k + 2 * m - 1, k) * math.comb(k + 2 * m - 2, k) // (k + 1) for k in range(5)]
    assert found[1::2] == [0] * 4
    assert np.cumsum(found[::2]).tolist() == counts


def test_quotients_whose_orbits_are_known():
    assert (Sphere(3) / U(2)).dim == (Sphere(11) / Sp(3)).dim == (Sphere(3) / (SO(2).copies(2) * SU(2))).dim == 0
    # U(2) + SO(2) on C² ⊕ C: a quarter circle, as for SO(4) + SO(2)
    joined, round_ = Sphere(5) / (U(2) + SO(2)), Sphere(5) / (SO(4) + SO(2))
    assert joined.volume == pytest.approx(math.pi / 2, rel=1e-13)
    assert [wall.weight for wall in joined.walls] == [wall.weight for wall in round_.walls]
    assert joined.spectrum(cutoff=100).multiplicities.tolist() == round_.spectrum(cutoff=100).multiplicities.tolist()
    # U(1) is SO(2)
    assert (Sphere(5) / U(1).copies(3)).volume == pytest.approx(math.pi**2 / 2, rel=1e-13)
    assert (Sphere(7) / SU(2).copies(2)).is_free


def test_two_vectors_of_a_complex_plane():
    quotient = Sphere(7) / U(2).copies(2)
    # Expected by the degrees 2, 2, 2, 2 of a free ring of invariants: (2π)³/(ω_3·3!)·2/16
    assert quotient.volume == pytest.approx(math.pi**2 / 8, rel=3 * quotient.volume_error)
    assert 0 < quotient.volume_error < 2e-3
    assert quotient.spectrum(cutoff=48).multiplicities.tolist() == [1, 3, 6]
    # Gram matrices: 4 generators of degree 2, 1/(1 − t²)³; K = 2⌊√(10³⁰ + 9)…⌋: Σ C(j + 2, 2) = C(j + 3, 3)
    j = (math.isqrt(10**30 + 9) - 3) // 2
    assert quotient.count(10**30) == math.comb(j + 3, 3)
    with pytest.raises(CostError, match="neither a torus nor"):
        haar_nodes(SU(3).natural(), 2)


@pytest.mark.parametrize("degree", [0, 1, 4, 7])
def test_nodes_of_unit_quaternions(degree, rng):
    g, w = haar_nodes(SU(2).natural(), degree)
    assert math.isclose(w.sum(), 1)
    # E (tr g)^m on SU(2), tr g = 2·2cos: Catalan numbers times 2^m
    traces = np.trace(g, axis1=1, axis2=2)
    for m in range(degree + 1):
        expected = 0 if m % 2 else 2**m * math.comb(m, m // 2) // (m // 2 + 1)
        assert math.isclose(w @ traces**m, expected, abs_tol=1e-10 * 4**m)
    # and products of entries, against the same moments turned by a fixed element
    h = SU(2).sample(1, rng)[0]
    exponents = rng.multinomial(degree, np.ones(4) / 4)
    column, turned = g[:, :, 0], (h @ g)[:, :, 0]
    assert math.isclose(w @ np.prod(column**exponents, axis=1), w @ np.prod(turned**exponents, axis=1), abs_tol=1e-12)


def test_conjugation():
    group = ComplexConjugation(2)
    assert (group.order, group.degree) == (2, 4)
    assert group.contains(np.diag([1.0, -1.0, 1.0, -1.0]))
    assert not group.contains(-np.eye(4))
    assert dimensions(group.natural(), 8) == dimensions(MatrixGroup(group.generators).natural(), 8)
