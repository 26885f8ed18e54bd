"""Characters as determinants against traces on explicit tensor spaces, and against Weyl's dimensions."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weylspec.exact.characters.classical import Shapes
from weylspec.exact.characters.weights import orthogonal_family
from weylspec.exact.lie.classical import symplectic, unitary
from weylspec.exact.modular import primes_one_modulo, unit_residues
from weylspec.groups.cosets import finite_coset
from weylspec.invariants.averages.tensors import character_averages

P = next(primes_one_modulo(360))


def characters(phases, wanted, lengths=None):
    """Irreducible characters at an element with such blocks of eigenvalues."""
    element = finite_coset(Fraction(1), lengths or (1,) * len(phases), tuple(phases), lambda: np.eye(len(phases)))
    return character_averages(element, wanted, 1, P)


def complete(values, top=4):
    """h_0 … of a list of residues, by multiplying out."""
    h = [1] + [0] * top
    for v in values:
        for k in range(1, top + 1):
            h[k] = (h[k] + int(v) * h[k - 1]) % P
    return h


def elementary(values):
    """e_0 … of a list of residues, by multiplying out."""
    e = [1] + [0] * len(values)
    for v in values:
        for k in range(len(values), 0, -1):
            e[k] = (e[k] + int(v) * e[k - 1]) % P
    return e


@st.composite
def orthogonal_phases(draw, n):
    """Eigenvalue phases of an element of O(n): conjugate pairs, ±1."""
    turns = st.integers(0, 359).map(lambda k: Fraction(k, 360))
    pairs = [draw(turns) for _ in range(n // 2)]
    single = [Fraction(draw(st.integers(0, 1)), 2)] if n % 2 else []
    if n % 2 == 0 and draw(st.booleans()):
        pairs, single = pairs[1:], [Fraction(0), Fraction(1, 2)]  # not in the identity component
    return [t % 1 for p in pairs for t in (p, -p)] + single


@given(orthogonal_phases(5) | orthogonal_phases(4) | orthogonal_phases(6))
def test_orthogonal_characters_are_traces_on_tensors(phases):
    """[2] = Sym² − 1, [1,1] = Λ², [2,1] = V⊗Λ² − Λ³ − V, [2]·[2] and [1,1]·[1,1] by Littlewood–Richardson."""
    v = unit_residues(phases, P)
    h, e = complete(v), elementary(v)
    table = np.array([[0, 0], [1, 0], [2, 0], [1, 1], [2, 1], [3, 0], [2, 2], [3, 1], [4, 0]])
    found = dict(zip(map(tuple, table.tolist()), characters(phases, Shapes.orthogonal(table)).tolist(), strict=True))
    assert found[0, 0] == 1
    assert found[1, 0] == v.sum() % P
    assert found[2, 0] == (h[2] - 1) % P
    assert found[1, 1] == e[2]
    assert found[2, 1] == (h[1] * e[2] - e[3] - h[1]) % P
    assert found[3, 0] == (h[3] - h[1]) % P
    squares = sum(found[mu] for mu in [(4, 0), (3, 1), (2, 2), (2, 0), (1, 1), (0, 0)])
    assert squares % P == found[2, 0] ** 2 % P


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6, 7])
def test_dimensions_of_orthogonal_irreps(n):
    """At the identity: Weyl's formula, a product; the determinant knows nothing of it."""
    rows = n // 2
    table = np.array([mu for mu in itertools.product(range(5), repeat=rows) if list(mu) == sorted(mu, reverse=True)])
    expected = orthogonal_family(n, rows).multiplicities(table)
    np.testing.assert_array_equal(characters([Fraction(0)] * n, Shapes.orthogonal(table)), expected % P)


@given(st.lists(st.integers(0, 359), min_size=3, max_size=3))
def test_symplectic_characters_are_traces_on_tensors(turns):
    """⟨2⟩ = Sym², ⟨1,1⟩ = Λ² − 1, ⟨1,1,1⟩ = Λ³ − V, ⟨2,1⟩ = V⊗Λ² − Λ³ − V."""
    phases = [Fraction(s * t, 360) % 1 for t in turns for s in (1, -1)]
    v = unit_residues(phases, P)
    h, e = complete(v), elementary(v)
    table = np.array([[0, 0, 0], [1, 0, 0], [2, 0, 0], [1, 1, 0], [1, 1, 1], [2, 1, 0]])
    expected = [1, h[1], h[2], e[2] - 1, e[3] - h[1], h[1] * e[2] - e[3] - h[1]]
    assert characters(phases, Shapes.symplectic(table)).tolist() == [int(x) % P for x in expected]


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_dimensions_of_symplectic_irreps(n):
    table = np.array([mu for mu in itertools.product(range(4), repeat=n) if list(mu) == sorted(mu, reverse=True)])
    datum = symplectic(n)
    expected = np.array([datum.dimension(datum.labels(mu)) for mu in table.tolist()])
    np.testing.assert_array_equal(characters([Fraction(0)] * 2 * n, Shapes.symplectic(table)), expected % P)


@given(st.lists(st.integers(0, 359), min_size=4, max_size=4))
def test_linear_characters_are_traces_on_mixed_tensors(turns):
    """[1;1] = V⊗V* − 1, [2;1] = Sym²⊗V* − V, [1,1;1] = Λ²⊗V* − V, [2;2] = Sym²⊗Sym²* − V⊗V*."""
    phases = [Fraction(t, 360) for t in turns]
    v = unit_residues(phases, P)
    h, e, dual = complete(v), elementary(v), complete(unit_residues([-c for c in phases], P))
    weights = np.array([[0, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, -1], [2, 0, 0, -1], [1, 1, 0, -1], [2, 0, 0, -2],
                        [2, 1, 0, 0]])
    expected = [1, h[1], h[1] * dual[1] - 1, h[2] * dual[1] - h[1], e[2] * dual[1] - h[1],
                h[2] * dual[2] - h[1] * dual[1], h[1] * h[2] - h[3]]
    assert characters(phases, Shapes.unitary(weights)).tolist() == [int(x) % P for x in expected]


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_dimensions_of_mixed_tensors(n):
    upper = np.array([[2, 1], [3, 0], [1, 1]] if n > 3 else [[2], [3], [1]])
    lower = upper[::-1].copy()
    weights = np.zeros((3, n), dtype=np.int64)
    weights[:, : upper.shape[1]] = upper
    weights[:, n - lower.shape[1]:] -= lower[:, ::-1]
    datum = unitary(n, Fraction(1))
    expected = np.array([datum.dimension(datum.labels(mu)) for mu in weights.tolist()])
    np.testing.assert_array_equal(characters([Fraction(0)] * n, Shapes.unitary(weights)), expected % P)


@given(st.lists(st.integers(1, 6), min_size=2, max_size=4))
@settings(max_examples=30)
def test_blocks_of_cycles_are_their_eigenvalues(lengths):
    wanted = Shapes.orthogonal(np.arange(8)[:, None])
    phases = [Fraction(j, n) for n in lengths for j in range(n)]
    together = characters((Fraction(0),) * len(lengths), wanted, tuple(lengths))
    np.testing.assert_array_equal(together, characters(phases, wanted))


def test_reach_size_and_degree_of_shapes():
    found = Shapes.unitary(np.array([[2, 0, -1], [-3, -3, -3], [0, 0, 0]]))
    assert (len(found), found.reach, found.size, found.degree) == (3, 9, 3, 5)
    halves = Shapes.rotations(np.array([[2, -1], [2, 1], [3, 0]]))
    assert (halves.reach, halves.mirror.tolist()) == (3, [-1, 1, 0])
    split, inner = halves.differences()
    assert (split.tolist(), inner.upper.tolist()) == ([0, 1], [[1, 0], [1, 0]])
