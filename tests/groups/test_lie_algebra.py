"""Lie algebras from skew matrices: dimension, torus, roots, volume, Haar samples, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import block_diag, expm

from weylspec.errors import CertificationError, GroupActionError, WeylspecError
from weylspec.groups.lie_algebra import CompactAlgebra
from weylspec.groups.linear_action import OrthogonalBlock
from weylspec.groups.orthogonal import SO, O, haar_orthogonal
from weylspec.groups.unitary import SU, Sp, U

PI = math.pi
TURN = np.array([[0.0, -1.0], [1.0, 0.0]])
SQUARE = np.diag([1.0, -1.0] * 3)  # complex conjugation of C³


def sphere(n):
    return 2 * PI ** ((n + 1) / 2) / math.gamma((n + 1) / 2)


def planes(*speeds):
    return block_diag(*[w * TURN for w in speeds])


def symmetric_square(x):
    """dρ of a skew (k, k) matrix on symmetric matrices, in all k² coordinates."""
    one = np.eye(len(x))
    return np.kron(x, one) + np.kron(one, x)


# Volumes in the literature: SO(n) is a tower of spheres; U(n), SU(n) with −tr (Macdonald 1980), Sp(n) a tower too.
VOLUMES = [
    *[(SO(n), n * (n - 1) // 2, n // 2, int(n == 2), math.prod(sphere(j) for j in range(1, n))) for n in range(2, 8)],
    *[(U(n), n * n, n, 1, (2 * PI) ** (n * (n + 1) // 2) / math.prod(map(math.factorial, range(n))))
      for n in (1, 2, 3)],
    *[(SU(n), n * n - 1, n - 1, 0,
       math.sqrt(n) * (2 * PI) ** (n * (n + 1) // 2 - 1) / math.prod(map(math.factorial, range(n))))
      for n in (2, 3, 4)],
    # −½tr on R^{4n} is 2·Re tr(X*Y): a unit speed of the sphere S^{4n−1} costs √2 or, along the fibre of H^n, 2/√2
    (Sp(1), 3, 1, 0, 2 * PI**2 * 2**1.5),
    (Sp(2), 10, 2, 0, 2563.7045 * 2**5),
]


@pytest.mark.parametrize(("group", "dim", "rank", "centre", "volume"), VOLUMES, ids=lambda x: repr(x)[:8])
def test_classical_groups(group, dim, rank, centre, volume):
    algebra = group.natural().identity_component
    assert (algebra.dim, algebra.rank, algebra.centre_dim) == (dim, rank, centre)
    assert len(algebra.roots) == dim - rank
    assert algebra.volume == pytest.approx(volume, rel=1e-7 if dim == 10 and centre == 0 and rank == 2 else 1e-12)


def test_volumes_of_other_representations_of_the_same_group():
    # On symmetric matrices −½tr is (k + 2)/1 … times that of SO(k): tr over Sym² of X² is (k + 2)·tr X²
    for k in (3, 4, 5):
        algebra = CompactAlgebra.generated([symmetric_square(x) for x in SO(k).algebra])
        kernel = 2 if k % 2 == 0 else 1  # −1 acts trivially on products of two vectors
        index = 2 * k                     # on all k² coordinates
        expected = math.prod(sphere(j) for j in range(1, k)) * index ** (k * (k - 1) / 4) / kernel
        assert algebra.volume == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("n", [2, 3, 4])
def test_adjoint_groups_divide_by_the_centre(n):
    # PSU(n) in the metric of its adjoint representation: −½tr_ad(X²) = −2n·½tr_{C^n}(X²) = −n·½tr_{R^{2n}}
    basis = SU(n).natural().identity_component.basis
    adjoint = [np.array([[-np.trace(a @ (x @ b - b @ x)) / 2 for b in basis] for a in basis]) for x in basis]
    expected = SU(n).natural().identity_component.volume * n ** ((n * n - 1) / 2) / n
    assert CompactAlgebra.generated(adjoint).volume == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("group", [SO(4), SO(5), U(2), SU(3), Sp(2)], ids=repr)
def test_structure(group):
    algebra = group.natural().identity_component
    rng = np.random.default_rng(5)
    theta = rng.random(algebra.rank)
    element = algebra.element(theta)
    assert np.allclose(expm(2 * PI * np.tensordot(theta, algebra.torus, axes=1)), element, atol=1e-12)
    assert np.allclose(np.sort_complex(np.round(np.linalg.eigvals(element), 9)),
                       np.sort_complex(np.round(np.exp(2j * PI * algebra.weights @ theta), 9)), atol=1e-8)
    assert np.allclose(algebra.element(np.eye(algebra.rank)), np.eye(group.degree), atol=1e-12)
    assert np.allclose((algebra.angles(element) - theta + 0.5) % 1, 0.5, atol=1e-9)
    for root, vector in zip(algebra.roots, algebra.root_vectors, strict=True):
        x = np.tensordot(vector, algebra.basis, axes=1)
        for h, value in zip(algebra.torus, root, strict=True):
            assert np.allclose(h @ x - x @ h, 1j * value * x, atol=1e-10)
    assert (algebra.roots[: len(algebra.positive_roots)] == -algebra.roots[len(algebra.positive_roots):]).all()


@pytest.mark.parametrize("group", [SO(3), SO(4), SU(2), SU(3), U(2)], ids=repr)
def test_membership_and_samples(group):
    action = group.natural()
    algebra, rng = action.identity_component, np.random.default_rng(8)
    assert all(algebra.contains(g) for g in group.sample(5, rng))
    assert all(group.contains(g) for g in algebra.sample(5, rng))
    assert not algebra.contains(group.sample(1, rng)[0] @ np.diag([-1.0] + [1.0] * (group.degree - 1)))
    assert not algebra.contains(np.zeros((2, 3)))
    # Moments of the trace of Haar measure, of the exact sampler and of ours
    n = 1500
    for power in (1, 2, 3, 4):
        a, b = (np.trace(g, axis1=1, axis2=2) ** power for g in (group.sample(n, rng), algebra.sample(n, rng)))
        assert abs(a.mean() - b.mean()) < 5 * math.hypot(a.std(), b.std()) / math.sqrt(n)


def test_normalised_elements_keep_the_chamber():
    algebra = SU(3).natural().identity_component
    x = SQUARE @ SU(3).sample(1, np.random.default_rng(3))[0]
    y = algebra.normalised(x)
    positive = {tuple(root) for root in algebra.positive_roots.tolist()}
    assert {tuple(root) for root in (algebra.positive_roots @ algebra.twist(y)).tolist()} == positive
    assert algebra.contains(SQUARE @ y)
    assert not algebra.contains(y)
    assert algebra.contains(np.linalg.matrix_power(y, 2))
    with pytest.raises(GroupActionError, match="does not normalise"):
        algebra.normalised(haar_orthogonal(6, 1, np.random.default_rng(3))[0])


def test_reflections_of_even_spaces_fold_the_roots():
    algebra = SO(6).natural().identity_component
    y = algebra.normalised(O(6).natural().generators[0])
    twist = algebra.twist(y)
    assert (twist @ twist == np.eye(3)).all()
    assert np.linalg.matrix_rank(twist - np.eye(3)) == 1


@settings(max_examples=15)
@given(st.integers(0, 2**32 - 1), st.sampled_from([SO(3).copies(2), SU(3), U(2), Sp(1).copies(2), SO(5)]))
def test_eight_digits_in_a_dense_basis_are_enough(seed, group):
    action = group.natural()
    q = haar_orthogonal(action.size, 1, np.random.default_rng(seed))[0]
    exact = CompactAlgebra.generated(q @ np.array(action.algebra) @ q.T)
    typed = CompactAlgebra.generated(np.round(q @ np.array(action.algebra) @ q.T, 8))
    for algebra in (exact, typed):
        assert algebra.volume == pytest.approx(action.identity_component.volume, rel=1e-10)
    assert sorted(map(sum, (typed.weights**2).tolist())) == sorted(map(sum, (exact.weights**2).tolist()))
    defect = typed.basis[:, None] @ typed.basis - typed.basis @ typed.basis[:, None]
    outside = defect - np.tensordot(np.einsum("abij,cij->abc", defect, typed.basis) / 2, typed.basis, axes=1)
    assert np.abs(outside).max() < 1e-12


@pytest.mark.parametrize("digits", [3, 4, 5])
def test_few_digits_are_refused_with_the_residual(digits):
    q = haar_orthogonal(6, 1, np.random.default_rng(0))[0]
    typed = np.round(q @ np.array(SU(3).natural().algebra[:4]) @ q.T, digits)
    with pytest.raises(CertificationError, match=rf"by \d\.\de-0[{digits - 1}{digits}{digits + 1}].*more|eight digits"):
        CompactAlgebra.generated(typed)


def test_an_algebra_that_the_digits_do_not_mean_is_refused():
    x, y = SO(3).copies(2).natural().algebra[:2]
    shifted = x + 1e-7 * math.pi * y.T[::-1, ::-1] + 1e-7 * planes(0.3, math.e, 1)
    with pytest.raises(CertificationError, match="away from the nearest algebra, of dimension 3"):
        CompactAlgebra.generated([shifted, y])


@settings(max_examples=25)
@given(st.lists(st.integers(-9, 9), min_size=1, max_size=4).filter(any), st.sampled_from([1.0, 0.1, math.pi]))
def test_lines_of_tori(speeds, unit):
    algebra = CompactAlgebra.generated([unit * planes(*speeds)])
    smallest = np.array(speeds) // math.gcd(*speeds)
    assert sorted(map(abs, algebra.weights[:, 0].tolist())) == sorted(map(abs, [*smallest, *smallest]))
    assert algebra.volume == pytest.approx(2 * PI * math.hypot(*smallest), rel=1e-12)


@pytest.mark.parametrize(("speeds", "dim"), [
    ((1, 2**0.5), 2), ((1, 2**0.5, 1 + 2**0.5, 2**0.5 - 3), 2), ((1, 2**0.5, 3**0.5), 3), ((1, 1.41421356), 2)])
def test_an_irrational_line_is_refused_and_the_closing_torus_named(speeds, dim):
    with pytest.raises(GroupActionError, match=rf"not closed.*torus of dimension {dim} .*TorusGroup\(\[\["):
        CompactAlgebra.generated([planes(*speeds)])


def test_a_third_typed_to_eight_digits_is_a_third():
    assert CompactAlgebra.generated([planes(1, 0.33333333)]).volume == pytest.approx(2 * PI * 10**0.5, rel=1e-12)


@pytest.mark.parametrize(("generators", "words"), [
    ([np.eye(2)], "generator 0 is not skew"),
    ([TURN, np.zeros((2, 3))], "generator 1 .* square"),
    ([TURN * math.nan], "finite"),
    ([TURN, planes(1, 1)], "one size"),
    ([np.zeros((2, 2))], "all zero"),
])
def test_matrices_that_are_no_velocities(generators, words):
    with pytest.raises(WeylspecError, match=words):
        CompactAlgebra.generated(generators)


def test_blocks_know_whether_their_orbits_are_spheres():
    spin1 = tuple(symmetric_square(x) for x in SO(3).algebra)
    assert OrthogonalBlock(np.arange(6)[None], tuple(SU(3).natural().algebra)).is_transitive
    assert OrthogonalBlock(np.arange(3)[None]).is_transitive
    assert not OrthogonalBlock(np.arange(9)[None], spin1).is_transitive
