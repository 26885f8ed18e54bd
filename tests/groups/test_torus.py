"""Tori by weights: invariant monomials counted one by one, effective angles, membership, refusals."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from routes import dimensions
from scipy.linalg import expm

from weylspec.errors import WeylspecError
from weylspec.exact.integer_lattice import torsion_order
from weylspec.groups.lie_group import LieGroup
from weylspec.groups.orthogonal import SO, haar_orthogonal
from weylspec.groups.torus import TorusGroup
from weylspec.groups.unitary import U


def monomials(weights, top):
    """Invariant harmonics by degree, Sym^k less Sym^{k−2}: z^a z̄^b is invariant iff Σ (a_j − b_j) w_j = 0."""
    k = len(weights)
    counts = [0] * (top + 1)
    for exponents in itertools.product(range(top + 1), repeat=2 * k):
        degree = sum(exponents)
        if degree <= top:
            difference = np.array(exponents[:k]) - np.array(exponents[k:])
            counts[degree] += not (difference @ np.array(weights)).any()
    return [c - (counts[i - 2] if i >= 2 else 0) for i, c in enumerate(counts)]


TABLES = st.integers(1, 3).flatmap(lambda r: st.lists(
    st.lists(st.integers(-4, 4), min_size=r, max_size=r), min_size=2, max_size=3)).filter(lambda w: np.any(w))


@settings(max_examples=40)
@given(TABLES)
def test_random_weights_against_invariant_monomials(weights):
    group = TorusGroup(weights)
    top = 6 if len(weights) == 2 else 4
    assert dimensions(group.natural(), top) == monomials(weights, top)
    assert group.dim == np.linalg.matrix_rank(weights)


@settings(max_examples=15)
@given(TABLES, st.integers(0, 999))
def test_the_same_torus_typed_as_velocities_in_a_dense_basis(weights, seed):
    action = TorusGroup(weights).natural()
    q = haar_orthogonal(action.size, 1, np.random.default_rng(seed))[0]
    found = LieGroup(np.round(q @ np.array(action.algebra) @ q.T, 8))
    assert found.dim == action.dim
    assert dimensions(found.natural(), 4) == dimensions(action, 4)
    assert found.component_group.algebra.volume == pytest.approx(action.identity_component.volume, rel=1e-9)


@settings(max_examples=25)
@given(TABLES.filter(lambda w: np.linalg.matrix_rank(w) == len(w[0])))
def test_volume_is_that_of_the_angles_less_the_kernel(weights):
    # The angles (R/2πZ)^r with the metric Σ_j w_j ⊗ w_j, modulo the θ that act trivially
    table = np.array(weights)
    expected = (2 * math.pi) ** table.shape[1] * math.sqrt(np.linalg.det(table.T @ table)) / torsion_order(table)
    assert TorusGroup(weights).natural().identity_component.volume == pytest.approx(expected, rel=1e-9)


def test_elements():
    group = TorusGroup([[2, 0], [1, 3], [0, 0]])
    samples = group.sample(400, np.random.default_rng(0))
    assert all(group.contains(g) for g in samples[:5])
    x = expm(sum(t * h for t, h in zip((0.3, 1.1), group.algebra, strict=True)))
    assert group.contains(x)
    assert not group.contains(np.diag([1.0, -1, 1, 1, 1, 1]))
    assert abs(np.trace(samples, axis1=1, axis2=2).mean() - 2) < 5 * 2 / 20
    assert repr(group) == "TorusGroup([[2, 0], [1, 3], [0, 0]])"
    assert repr(TorusGroup([1, -2])) == "TorusGroup([1, -2])"


def test_tori_that_have_names():
    assert dimensions(TorusGroup([1, 1, 1]).natural(), 5) == dimensions(SO(2).copies(3).natural(), 5)
    assert dimensions(TorusGroup([[1, 0], [0, 1]]).natural(), 5) == dimensions((SO(2) + SO(2)).natural(), 5)
    joined = TorusGroup([1, 1]) * TorusGroup([1, -1])
    assert dimensions(joined.natural(), 5) == dimensions(TorusGroup(np.eye(2, dtype=int).tolist()).natural(), 5)
    assert dimensions((TorusGroup([[1, 0], [0, 1]]) + U(1)).natural(), 3) == monomials(np.eye(3, dtype=int).tolist(), 3)


@pytest.mark.parametrize(("weights", "words"), [
    ([], "one row of integers"), ([[1, 2], [1]], "all of one length"), ([[1.5]], "must be integers, got 1.5"),
    ([True], "must be integers"), ([[0, 0]], "acts trivially"), ([[]], "one row")])
def test_refusals(weights, words):
    with pytest.raises(WeylspecError, match=words):
        TorusGroup(weights)
