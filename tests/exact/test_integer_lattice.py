from fractions import Fraction
from itertools import combinations, pairwise, permutations, product
from math import gcd, prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weylspec.errors import CostError, WeylspecError
from weylspec.exact.integer_lattice import (
    annihilator,
    determinant,
    kernel,
    saturate,
    smith,
    solve_mod_one,
    torsion_order,
)

entries = st.integers(-6, 6)
sizes = st.integers(1, 5)


@st.composite
def matrices(draw, rows=sizes, columns=sizes):
    m, n = draw(rows), draw(columns)
    return np.array(draw(st.lists(st.lists(entries, min_size=n, max_size=n), min_size=m, max_size=m)))


@st.composite
def signed_permutations(draw):
    n = draw(st.integers(1, 9))
    P = np.zeros((n, n), dtype=np.int64)
    P[np.arange(n), draw(st.permutations(range(n)))] = draw(
        st.lists(st.sampled_from([1, -1]), min_size=n, max_size=n)
    )
    return P


def exact(A):
    return np.asarray(A).astype(object)


def leibniz(A):
    n = len(A)
    total = 0
    for g in permutations(range(n)):
        inversions = sum(g[i] > g[j] for i in range(n) for j in range(i + 1, n))
        total += (-1) ** inversions * prod(int(A[i][g[i]]) for i in range(n))
    return total


def rank(A):
    return int(np.linalg.matrix_rank(np.asarray(A, dtype=float))) if np.size(A) else 0


@given(matrices(st.integers(1, 6), st.integers(1, 6)))
def test_determinant_against_leibniz(A):
    A = A[: min(A.shape), : min(A.shape)]
    assert determinant(A) == leibniz(A)


@given(matrices())
def test_smith_form(A):
    D, U, V = smith(A)
    assert (exact(U) @ exact(A) @ exact(V) == D).all()
    assert abs(determinant(U)) == abs(determinant(V)) == 1
    d = np.diag(D).tolist()
    assert np.count_nonzero(D) == np.count_nonzero(d) == rank(A)
    assert all(x >= 0 for x in d)
    assert all(y % x == 0 if x else y == 0 for x, y in pairwise(d))
    assert torsion_order(A) == prod(x for x in d if x)


def minors_gcd(A, k):
    m, n = A.shape
    return gcd(
        *(
            leibniz(A[np.ix_(rows, columns)])
            for rows in combinations(range(m), k)
            for columns in combinations(range(n), k)
        )
    )


@given(matrices(st.integers(1, 3), st.integers(1, 4)))
def test_determinantal_divisors(A):
    # d_1 ⋯ d_k is the greatest common divisor of the k × k minors.
    d = np.diag(smith(A)[0]).tolist()
    assert [prod(d[:k]) for k in range(1, len(d) + 1)] == [minors_gcd(A, k) for k in range(1, len(d) + 1)]


def is_primitive(K):
    return all(x == 1 for x in np.diag(smith(K)[0])) if K.size else True


@given(matrices())
def test_kernel(A):
    K = kernel(A)
    assert K.shape == (A.shape[1], A.shape[1] - rank(A))
    assert not (exact(A) @ exact(K)).any()
    assert is_primitive(K)


def test_kernel_is_short():
    # All integer vectors of length² ≤ 2 with sum 0 are the roots of A_3; a reduced basis consists of roots.
    K = kernel([[1, 1, 1, 1]])
    assert ((K**2).sum(axis=0) == 2).all()
    K = kernel([[1, 10, 100, 1000]])
    assert (K**2).sum(axis=0).max() <= 101
    assert not ([1, 10, 100, 1000] @ K).any()


@given(signed_permutations())
def test_kernel_of_signed_permutation_has_diagonal_gram(P):
    A = P - np.eye(len(P), dtype=np.int64)
    K = kernel(A)
    gram = K.T @ K
    assert (gram == np.diag(np.diag(gram))).all()
    assert not (A @ K).any()
    assert K.shape[1] == len(P) - rank(A)
    assert set(np.abs(K).ravel()) <= {0, 1}


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from([1, -1, 0])), max_size=12))
def test_kernel_of_pair_equations(equations):
    A = np.zeros((len(equations), 6), dtype=np.int64)
    for row, (i, j, s) in zip(A, equations, strict=True):
        row[i] += 1
        row[j] -= s
    if np.abs(A).max(initial=0) == 2:
        A = np.sign(A)
    K = kernel(A)
    assert not (A @ K).any()
    assert K.shape[1] == 6 - rank(A)
    assert is_primitive(K)
    gram = K.T @ K
    assert (gram == np.diag(np.diag(gram))).all()


@given(matrices())
def test_saturation_and_annihilator(V):
    S, N = saturate(V), annihilator(V)
    assert not (exact(V).T @ exact(N)).any()
    assert S.shape[1] == rank(V)
    assert S.shape[1] + N.shape[1] == len(V)
    assert is_primitive(S)
    assert is_primitive(N)
    assert rank(np.hstack([S, V])) == rank(V)


def test_degenerate_shapes():
    assert kernel(np.zeros((0, 3), dtype=int)).tolist() == np.eye(3).tolist()
    assert kernel(np.eye(3, dtype=int)).shape == (3, 0)
    assert saturate(np.zeros((3, 0), dtype=int)).shape == (3, 0)
    assert annihilator(np.zeros((3, 0), dtype=int)).shape == (3, 3)
    D, U, V = smith(np.zeros((0, 2), dtype=int))
    assert (D.shape, U.shape, V.shape) == ((0, 2), (0, 0), (2, 2))
    assert solve_mod_one(np.zeros((0, 2), dtype=int), []) == (0, 0)


@given(matrices(st.integers(1, 4), st.integers(1, 4)), st.data())
def test_solvable_equations_are_solved(A, data):
    n = A.shape[1]
    x = data.draw(st.lists(st.fractions(max_denominator=30), min_size=n, max_size=n))
    b = [sum(int(a) * c for a, c in zip(row, x, strict=True)) % 1 for row in A]
    found = solve_mod_one(A, b)
    assert found is not None
    assert all(0 <= c < 1 for c in found)
    for row, c in zip(A, b, strict=True):
        assert (sum(int(a) * y for a, y in zip(row, found, strict=True)) - c).denominator == 1


@given(matrices(st.integers(1, 3), st.integers(1, 2)), st.data())
def test_unsolvable_equations_are_told_by_search(A, data):
    # If A x ≡ b with b ∈ (1/q)Z is solvable, then so with x ∈ (1/(q·d))Z, d the largest elementary divisor.
    A = np.clip(A, -2, 2)
    b = data.draw(st.lists(st.sampled_from([Fraction(0), Fraction(1, 2)]), min_size=len(A), max_size=len(A)))
    q = 2 * max(1, *np.diag(smith(A)[0]).tolist(), 1)
    target = np.array([int(c * q) for c in b])
    solvable = any(not ((A @ x - target) % q).any() for x in product(range(q), repeat=A.shape[1]))
    assert (solve_mod_one(A, b) is not None) == solvable


def test_torsion_counts_fixed_points():
    # −1 on a torus of dimension n fixes 2^n points, a quarter turn of R²/Z² fixes 2, a third turn 3.
    assert torsion_order(-2 * np.eye(4, dtype=int)) == 16
    assert torsion_order(np.array([[0, -1], [1, 0]]) - np.eye(2, dtype=int)) == 2
    assert torsion_order(np.array([[0, -1], [1, -1]]) - np.eye(2, dtype=int)) == 3


def test_large_entries():
    big = np.array([[2**70, 0], [0, 3]], dtype=object)
    assert determinant(big) == 3 * 2**70
    with pytest.raises(CostError, match=str(3 * 2**70)):
        smith(big)


def test_dense_ten_by_ten():
    A = np.random.default_rng(7).integers(-5, 6, (10, 10))
    D, U, V = smith(A)
    assert (exact(U) @ exact(A) @ exact(V) == D).all()
    assert abs(determinant(A)) == prod(np.diag(D).tolist())


def test_errors():
    with pytest.raises(WeylspecError, match=r"0\.5"):
        kernel([[0.5]])
    with pytest.raises(WeylspecError, match=r"\(3,\)"):
        kernel([1, 2, 3])
    with pytest.raises(WeylspecError, match=r"\(1, 2\)"):
        determinant([[1, 2]])
    with pytest.raises(WeylspecError, match="2 entries"):
        solve_mod_one([[1]], [Fraction(0), Fraction(1)])
