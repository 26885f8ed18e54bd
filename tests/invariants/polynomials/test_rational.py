"""What counts as rational, which elements form a torus, and their matrices modulo p."""

from __future__ import annotations

import numpy as np
import pytest

from weylspec.exact.modular import root_of_unity
from weylspec.exact.sparse.dense import product
from weylspec.groups.orthogonal import SO
from weylspec.invariants.polynomials.rational import RationalGenerators

P = 2**29 + 89  # ≡ 1 modulo 4
THIRDS = np.eye(3) - 2 / 3 * np.ones((3, 3))  # the reflection in (1, 1, 1)


def test_rational_generators_are_read_exactly():
    read = RationalGenerators.read([THIRDS], [np.sqrt(5) * np.array([[0.0, -3, 0], [3, 0, 1], [0, -1, 0]])], 3)
    assert read.group[0][0].tolist() == [[1, -2, -2], [-2, 1, -2], [-2, -2, 1]]
    assert read.group[0][1] == 3
    assert read.algebra[0].tolist() == [[0, -3, 0], [3, 0, 1], [0, -1, 0]]


@pytest.mark.parametrize(("group", "algebra"), [
    ([np.array([[0.8, -0.6], [0.6, 0.8 + 1e-9]])], []),     # no small fraction
    ([np.array([[0.5, -0.5], [0.5, 0.5]])], []),            # rational, not orthogonal
    ([], [np.array([[0.0, 1.0], [1.0, 0.0]])]),             # not skew
    ([], [np.kron(np.diag([1, np.sqrt(2)]), np.array([[0.0, -1.0], [1.0, 0.0]]))]),
])
def test_others_are_none(group, algebra):
    assert RationalGenerators.read(group, algebra, len((group or algebra)[0])) is None


def test_a_torus_is_found_and_becomes_diagonal():
    algebra = SO(4).natural().algebra
    read = RationalGenerators.read([], algebra, 4)
    assert np.abs(read.weights).tolist() == [[1, 1, 0, 0], [0, 0, 1, 1]]
    assert len(read.algebra) == 4
    root = root_of_unity(P, 4)
    everything = RationalGenerators(4, (), tuple(np.round(x).astype(int) for x in algebra), read.planes, read.weights)
    _, moved = everything.residues(P, root)
    diagonal = [x for x in moved if np.array_equal(x, np.diag(np.diag(x)))]
    assert sorted(tuple(np.diag(x).tolist()) for x in diagonal) == sorted(
        tuple(int(w) * root % P for w in row) for row in read.weights)


def test_the_change_of_coordinates_is_a_conjugation():
    algebra = SO(4).natural().algebra
    read = RationalGenerators.read([THIRDS_4 := np.eye(4) - np.ones((4, 4)) / 2], algebra, 4)
    (g,), _ = read.residues(P, root_of_unity(P, 4))
    assert np.trace(g) % P == round(np.trace(THIRDS_4)) % P
    assert product(g, g, P).tolist() == np.eye(4, dtype=int).tolist()


def test_the_span_of_an_orthonormal_basis_is_rational(rng):
    # so(4) mixed at random; two of its elements alone span no algebra
    mixed = np.tensordot(np.linalg.qr(rng.standard_normal((6, 6)))[0], np.array(SO(4).natural().algebra), 1)
    read = RationalGenerators.read([], mixed, 4)
    assert len(read.weights) + len(read.algebra) == 6
    assert set(np.unique(read.algebra).tolist()) == {-1, 0, 1}
    assert RationalGenerators.read([], mixed[:2], 4) is None


def test_a_span_of_rational_coordinates_that_is_no_algebra(rng):
    planes = np.array(SO(4).natural().algebra)[[0, 1]]  # rotations 01 and 02, without 12
    mixed = np.tensordot(np.linalg.qr(rng.standard_normal((2, 2)))[0], planes, 1)
    assert RationalGenerators.read([], mixed, 4) is None
