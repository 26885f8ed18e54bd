"""The compiled loops on residues, against fractions; small enough to run uncompiled."""

from __future__ import annotations

import numpy as np
import pytest

from weylspec.exact.sparse import _loops

P = 10007


def rank_over_q(matrix):
    """The rank of a small integer matrix by floats: its singular values are far from rounding."""
    return int(np.linalg.matrix_rank(np.array(matrix, dtype=float)))


def related(size, triples):
    parent, factor, dead = np.arange(size), np.ones(size, dtype=np.int64), np.zeros(size, dtype=bool)
    first, second, ratio = (np.array(column, dtype=np.int64) for column in zip(*triples, strict=True))
    _loops.relate(parent, factor, dead, first, second, ratio, P)
    _loops.compress(parent, factor, P)
    return parent, factor, dead[parent]


def test_relations_in_a_chain_and_a_loop():
    # x0 = 2 x1, x1 = 3 x2, x2 = 5 x3: x0 = 30 x3
    parent, factor, dead = related(5, [(0, 1, 2), (1, 2, 3), (2, 3, 5)])
    assert len(set(parent[:4].tolist())) == 1
    assert not dead.any()
    assert int(factor[0]) == int(factor[3]) * 30 % P
    # the loop 2·3·5·c = 1 holds for c = 1/30 only
    good = pow(30, -1, P)
    assert not related(4, [(0, 1, 2), (1, 2, 3), (2, 3, 5), (3, 0, good)])[2].any()
    assert related(4, [(0, 1, 2), (1, 2, 3), (2, 3, 5), (3, 0, good + 1)])[2].all()


def test_relations_with_zero():
    _, _, dead = related(4, [(0, 1, 1), (2, -1, 1), (1, 2, 4)])
    assert dead.tolist() == [True, True, True, False]


@pytest.mark.parametrize("seed", range(4))
def test_elimination_and_back_substitution(seed):
    rng = np.random.default_rng(seed)
    matrix = rng.integers(-2, 3, size=(7, 6)) * (rng.random((7, 6)) < 0.5)
    matrix[:, 4] = matrix[:, 0] + matrix[:, 1]
    rows, columns = np.nonzero(matrix)
    indptr = np.searchsorted(rows, np.arange(8))
    pivot_of, column_of = np.full(6, -1), np.zeros(8, dtype=np.int64)
    u_ptr, found = np.zeros(9, dtype=np.int64), np.zeros(1, dtype=np.int64)
    u_index, u_value = np.zeros(60, dtype=np.int64), np.zeros(60, dtype=np.int64)
    done = _loops.eliminate(indptr, columns, matrix[rows, columns] % P, np.arange(7), 0, np.arange(6), P, pivot_of,
                            column_of, u_ptr, u_index, u_value, found)
    rank = int(found[0])
    assert done == 7
    assert rank == rank_over_q(matrix)
    free = [c for c in range(6) if pivot_of[c] < 0]
    basis = np.zeros((len(free), 6), dtype=np.int64)
    basis[np.arange(len(free)), free] = 1
    _loops.back_substitute(column_of[:rank], u_ptr, u_index, u_value, P, basis)
    assert not (matrix @ basis.T % P).any()


def test_elimination_stops_where_its_store_is_full():
    empty = np.zeros(2, dtype=np.int64)
    done = _loops.eliminate(np.array([0, 2]), np.array([0, 1]), np.array([1, 1]), np.array([0]), 0, np.zeros(2, int), P,
                            np.full(2, -1), empty.copy(), np.zeros(3, dtype=np.int64), empty[:1], empty[:1], empty[:1])
    assert done == 0


@pytest.mark.parametrize("shape", [(5, 5), (3, 6), (6, 3)])
def test_pivots_and_inverses(shape, rng):
    a = rng.integers(-3, 4, size=shape)
    a[-1] = a[0] - 2 * a[1]
    a[:, 0] = 0
    rows, columns = np.zeros(6, dtype=np.int64), np.zeros(6, dtype=np.int64)
    rank = _loops.pivots(a % P, P, rows, columns)
    assert rank == rank_over_q(a)
    block = a[rows[:rank]][:, columns[:rank]]
    inverse = np.zeros((rank, rank), dtype=np.int64)
    _loops.invert(block % P, P, inverse)
    assert (block @ inverse % P).tolist() == np.eye(rank, dtype=int).tolist()
    assert _loops.pivots(np.zeros(shape, dtype=np.int64), P, rows, columns) == 0
