"""Null spaces over generators: known dimensions, which route is taken, and what vouches for it."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest

import weylspec as ws
from weylspec.errors import CostError, WeylspecError
from weylspec.groups.linear_action import LinearAction
from weylspec.groups.orthogonal import haar_orthogonal
from weylspec.invariants.nullspace import (
    count_invariants,
    invariant_basis,
    invariant_dimension,
    invariant_dimensions_to,
    invariant_polynomials,
)


def by_algebra(matrices):
    """An action of which nothing but its Lie algebra is known."""

    class Block:
        dim, subalgebra = len(matrices), ()

        def algebra(self, size):
            return tuple(matrices)

    def nothing(*args):
        raise AssertionError("a null space asks for generators only")

    return LinearAction("typed", len(matrices[0]), float("inf"), (), nothing, nothing, 1, (Block(),))


def g2():
    """The derivations of the octonions: matrices of so(7) that kill the form of the seven lines of Fano's plane."""
    form = np.zeros((7, 7, 7))
    for a, b, c in ((i, (i + 1) % 7, (i + 3) % 7) for i in range(7)):
        for p in itertools.permutations(range(3)):
            form[tuple(np.array([a, b, c])[list(p)])] = np.linalg.det(np.eye(3)[list(p)])
    planes = list(itertools.combinations(range(7), 2))
    so7 = np.zeros((21, 7, 7))
    for x, (i, j) in zip(so7, planes, strict=True):
        x[i, j], x[j, i] = 1, -1
    moved = (np.einsum("xai,ajk->xijk", so7, form) + np.einsum("xaj,iak->xijk", so7, form)
             + np.einsum("xak,ija->xijk", so7, form))
    # each relation joins the three planes of the lines through one point: differences of two are derivations
    kernel = [v for v in _small_vectors() if not np.tensordot(v, moved, 1).any()]
    return [np.tensordot(v, so7, 1) for v in kernel]


def _small_vectors():
    for i, j in itertools.combinations(range(21), 2):
        for s in (1, -1):
            v = np.zeros(21)
            v[i], v[j] = 1, s
            yield v


def test_known_dimensions():
    # invariants of O(3) on two vectors: |x|², x·y, |y|², free; SO(3) on three has the determinant too
    assert [invariant_polynomials(ws.O(3).copies(2).natural(), k) for k in range(5)] == [1, 0, 3, 0, 6]
    assert [invariant_polynomials(ws.SO(3).copies(3), k) for k in range(4)] == [1, 0, 6, 1]
    assert [invariant_dimension(ws.SO(2), k) for k in range(4)] == [1, 0, 0, 0]
    assert invariant_dimension(ws.SymmetricGroup(1).copies(3), 4) == 9  # no generator: all harmonics on S²
    assert invariant_dimensions_to(ws.PointGroup("Ih"), 12) == [int(k in (0, 6, 10, 12)) for k in range(13)]


def test_dimension_43758():
    """Three vectors of R³ in degree 10: C(5 + 5, 5) = 252 polynomials in the Gram matrix, no determinant."""
    found = count_invariants(ws.SO(3).copies(3), 10)
    assert found.dimension == 252
    rank, p, q = map(int, re.findall(r"\d+", found.provenance))
    assert rank == 43758 - 252
    assert 2**29 < min(p, q) < max(p, q) < 2**30
    # S₉ in degree 10: partitions of 10 into parts up to 9, by union–find
    assert count_invariants(ws.SymmetricGroup(9), 10).dimension == 41
    assert "exact" in count_invariants(ws.SymmetricGroup(9), 10).provenance


def test_g2_from_integer_generators():
    """Two vectors of R⁷ have the invariants |x|², x·y, |y|²; three have a determinant x·(y × z) too."""
    generators = g2()
    assert len(generators) >= 14
    pair, triple = (by_algebra([np.kron(np.eye(m), x) for x in generators]) for m in (2, 3))
    assert [invariant_polynomials(pair, k) for k in range(6)] == [1, 0, 3, 0, 6, 0]
    assert [invariant_polynomials(triple, k) for k in range(5)] == [1, 0, 6, 1, 21]


@pytest.mark.parametrize(("name", "degree", "dimension"), [
    ("E8", 8, 2),    # degrees 2, 8, 12, …: q⁴ and I₈; generators with halves and quarters
    ("H4", 12, 2),   # 2, 12, 20, 30: q⁶ and I₁₂; the golden ratio
    ("E6", 9, 2),    # 2, 5, 6, 8, 9, 12: q² I₅ and I₉
])
def test_reflection_groups(name, degree, dimension):
    assert invariant_polynomials(ws.CoxeterGroup(name), degree) == dimension


def test_g2_in_a_random_frame(rng):
    """A user's matrices in floats: the group is closed by `LieGroup`, its invariants are found all the same."""
    frame = haar_orthogonal(7, 1, rng)[0]
    group = ws.LieGroup([frame @ x @ frame.T for x in g2()[:6]])
    assert group.dim == 14
    assert [invariant_polynomials(group.copies(2), k) for k in range(5)] == [1, 0, 3, 0, 6]
    assert [invariant_polynomials(group.copies(3), k) for k in (2, 3)] == [6, 1]


def test_floats_say_how_far_zeros_are_from_the_others(rng):
    frame = haar_orthogonal(3, 1, rng)[0]
    cube = ws.MatrixGroup([frame @ g @ frame.T for g in ws.Hyperoctahedral(3).generators])
    found = count_invariants(cube, 4)
    assert found.dimension == 2
    zero, other = map(float, re.findall(r"\d\.\de-\d\d", found.provenance))
    assert zero < 1e-12 < 1e-6 < other


def test_the_basis_of_a_group():
    exponents, coefficients = invariant_basis(ws.SymmetricGroup(2), 2)
    assert exponents.tolist() == [[2, 0], [1, 1], [0, 2]]
    # x² + y² and xy, up to norms
    ratio = sorted((np.abs(row) / np.abs(row).max()).round(12).tolist() for row in coefficients)
    assert ratio == [[0, 1, 0], [1, 0, 1]]


def test_limits():
    with pytest.raises(CostError, match="degree 12 in 20 variables has 141120525 monomials, above 2000000; take a"):
        invariant_polynomials(ws.SymmetricGroup(20), 12)
    with pytest.raises(WeylspecError, match="the degree of a polynomial must be at least 0, got -1"):
        invariant_dimension(ws.SymmetricGroup(3), -1)
    with pytest.raises(WeylspecError, match=r"must be an integer, got 2\.5"):
        count_invariants(ws.SymmetricGroup(3), 2.5)
    with pytest.raises(WeylspecError, match=r"those of a group such as .*, got 3"):
        invariant_dimension(3, 4)
