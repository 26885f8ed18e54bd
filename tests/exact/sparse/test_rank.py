"""Ranks modulo primes against floats; what agrees, and what does not."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array, random_array

from weylspec.errors import CertificationError
from weylspec.exact.modular import is_prime
from weylspec.exact.sparse.dense import dense_rank, product
from weylspec.exact.sparse.rank import agreed_rank, echelon, random_primes
from weylspec.exact.sparse.relations import solve_relations

P = 2**29 + 11


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(1, 40), st.floats(0.02, 0.5))
def test_rank_and_null_space(seed, m, n, density):
    rng = np.random.default_rng(seed)
    matrix = np.round(random_array((m, n), density=density, rng=rng).toarray() * 8 - 4).astype(np.int64)
    found = echelon(csr_array(matrix), P)
    # the Gram matrix's rank by exact fractions would be slow; singular values of such matrices are well apart
    assert found.rank == np.linalg.matrix_rank(matrix.astype(float))
    basis = found.null_space()
    assert basis.shape == (n - found.rank, n)
    assert not (product(matrix % P, basis.T, P)).any()


def test_an_empty_matrix():
    found = echelon(csr_array((3, 4), dtype=np.int64), P)
    assert (found.rank, found.null_space().tolist()) == (0, np.eye(4, dtype=int).tolist())


def test_a_prime_that_divides_a_minor_is_outvoted():
    p = next(random_primes(4))
    matrix = csr_array(np.diag([1, p, 2]))
    assert echelon(matrix, p).rank == 2
    rank, primes = agreed_rank(lambda q: echelon(matrix, q).rank, 4)
    assert rank == 3
    assert p not in primes


def test_ranks_that_never_agree():
    counter = itertools.count()
    with pytest.raises(CertificationError, match="do not agree; the largest is 7"):
        agreed_rank(lambda p: next(counter), 1)


def test_random_primes():
    primes = list(itertools.islice(random_primes(4), 6))
    assert len(set(primes)) == 6
    assert all(is_prime(p) and p % 4 == 1 and 2**29 < p < 2**30 for p in primes)


@pytest.mark.parametrize("inner", [3, 700])
def test_products_of_residues(inner, rng):
    p = 2**30 - 35
    a, b = rng.integers(p, size=(2, inner)), rng.integers(p, size=(inner, 3))
    assert product(a, b, p).tolist() == (a.astype(object) @ b % p).tolist()


def test_relations_are_solved():
    # −1 on a loop of three kills it; x3 = 2 x4 leaves one parameter
    one = np.array([1])
    triples = ((0, 1, 1), (1, 2, 1), (2, 0, P - 1), (3, 4, 2))
    relations = [(i * one, j * one, c * one) for i, j, c in triples]
    label, factor = solve_relations(5, relations, P)
    assert label.tolist() == [-1, -1, -1, 0, 0]
    assert factor[3] == 2 * factor[4] % P
    assert solve_relations(3, [], P)[0].tolist() == [0, 1, 2]


@pytest.mark.parametrize(("m", "n", "rank"), [(300, 250, 220), (250, 300, 90), (200, 200, 200), (3, 5, 0), (0, 4, 0)])
def test_dense_ranks_across_blocks(m, n, rank, rng):
    factors = rng.integers(P, size=(m, rank)), rng.integers(P, size=(rank, n))
    matrix = product(*factors, P)
    matrix[:, : n // 3] = 0  # columns without a pivot, within a block and a whole one
    expected = echelon(csr_array(matrix), P).rank
    assert dense_rank(matrix, P) == expected == min(rank, n - n // 3)
