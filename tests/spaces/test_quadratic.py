"""Quadratic forms of flat tori: integer tables, reduced bases, symmetry on integers."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from weylspec.errors import CostError
from weylspec.spaces.quadratic import QuadraticForm, dual_form

FOUR_PI_SQUARED = 4 * math.pi**2
entries = st.fractions(-4, 4, max_denominator=6)


def exact_dual(rows):
    """(BBᵀ)^{-1} by Cramer's rule in Fractions."""
    n = len(rows)
    gram = [[sum((a * b for a, b in zip(u, v, strict=True)), Fraction(0)) for v in rows] for u in rows]

    def det(m):
        if not m:
            return Fraction(1)
        return sum((-1) ** j * m[0][j] * det([row[:j] + row[j + 1:] for row in m[1:]]) for j in range(len(m)))

    whole = det(gram)
    return [[(-1) ** (i + j) * det([row[:i] + row[i + 1:] for k, row in enumerate(gram) if k != j]) / whole
             for j in range(n)] for i in range(n)]


def at(matrix, k):
    return sum((matrix[i][j] * k[i] * k[j] for i in range(len(k)) for j in range(len(k))), Fraction(0))


@given(st.integers(1, 3).flatmap(lambda n: st.lists(st.lists(entries, min_size=n, max_size=n), min_size=n, max_size=n)))
@settings(max_examples=50)
def test_exact_bases_give_exact_levels(rows):
    assume(abs(np.linalg.det(np.array(rows, dtype=float))) > 1e-2)
    form = dual_form(rows)
    assert len(form.units) == 1
    dual = exact_dual(rows)
    ks = np.array(np.meshgrid(*[range(-2, 3)] * len(rows))).reshape(len(rows), -1).T
    keys = form.keys(ks)[:, 0]
    unit = at(dual, ks[-1].tolist()) / int(keys[-1])
    assert [int(key) * unit for key in keys] == [at(dual, k) for k in ks.tolist()]
    assert form.units[0] == pytest.approx(FOUR_PI_SQUARED * float(unit), rel=1e-14)
    assert form.gram() == pytest.approx(FOUR_PI_SQUARED * np.array(dual, dtype=float), rel=1e-12, abs=1e-12)


steps = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(-3, 3)), max_size=5)


def unimodular(moves):
    matrix = np.eye(3, dtype=np.int64)
    for i, j, c in moves:
        if i != j:
            matrix[i] += c * matrix[j]
    return matrix


@given(steps, st.floats(0, 3), st.floats(0, 3))
@settings(max_examples=40)
def test_incommensurable_sides_are_found_in_any_basis(moves, alpha, beta):
    sides = np.diag([1.0, 2**0.25, 3**0.25])
    c, s = math.cos(alpha), math.sin(alpha)
    a, b = math.cos(beta), math.sin(beta)
    turn = np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]]) @ np.array([[1, 0, 0], [0, a, b], [0, -b, a]])
    change = unimodular(moves)
    form = dual_form((change @ sides).tolist())
    assert len(form.units) == 3
    # λ(k) on the skew basis is λ'(k') = Σ (2πk'_i/side_i)², k' = change⁻¹ k.
    k = np.array([[1, 2, -1], [0, 1, 4], [3, 0, 2]])
    straight = np.round(k @ np.linalg.inv(change).T).astype(int)
    expected = (4 * math.pi**2 * straight**2 / np.diag(sides) ** 2).sum(axis=1)
    np.testing.assert_allclose(form.keys(k) @ np.array(form.units), expected, rtol=1e-11)
    turned = dual_form((sides @ turn).tolist())
    assert len(turned.units) == 3
    assert not (turned.tables - np.array([np.diag(np.diag(t)) for t in turned.tables])).any()


def test_a_hexagonal_basis_typed_in_floats_is_exact_even_when_skew():
    for shift in (0, 1, 7, 100):
        form = dual_form([[1.0, Fraction(0)], [shift + 0.5, 3**0.5 / 2]])
        assert len(form.units) == 1
        assert form.units[0] == pytest.approx(16 * math.pi**2 / 3, rel=1e-15)
        assert sorted(form.keys(np.array([[0, 1], [1, shift], [1, shift + 1]]))[:, 0].tolist()) == [1, 1, 1]


def test_restriction_divides_and_diagonal():
    form = dual_form([[Fraction(1), Fraction(0)], [Fraction(0), Fraction(2)]])
    assert form.diagonal() == [4, 1]
    line = form.restricted(np.array([[1], [3]]))
    assert line.diagonal() == [13]
    assert form.restricted(np.array([[1, 1], [0, 1]])).diagonal() is None
    assert form.divided(Fraction(4)).units[0] == pytest.approx(form.units[0] / 4, rel=1e-15)
    assert QuadraticForm((Fraction(3),), form.tables).divided(Fraction(4)).units == (Fraction(3, 4),)
    assert form.restricted(np.zeros((2, 0), dtype=np.int64)).keys(np.zeros((1, 0), dtype=np.int64)).tolist() == [[0]]


def test_symmetry_is_decided_on_integers():
    hexagonal = dual_form([[1.0, 0.0], [0.5, 3**0.5 / 2]])
    sixth, quarter = np.array([[0, -1], [1, 1]]), np.array([[0, -1], [1, 0]])
    assert hexagonal.is_preserved(sixth)
    assert not hexagonal.is_preserved(quarter)
    nearly = dual_form([[1.0, 0.0], [0.5, 0.8660254038]])
    assert not nearly.is_preserved(sixth)


def test_keys_that_would_overflow_are_refused():
    fine = dual_form([[Fraction("1.00000001"), Fraction(0)], [Fraction(0), Fraction(1)]])
    assert fine.keys(np.array([[1, 0], [0, 1]])).tolist() == [[10**16], [10000000200000001]]
    with pytest.raises(CostError, match="fewer digits"):
        fine.keys(np.array([[100, 0]]))
    with pytest.raises(CostError, match="fewer digits"):
        fine.restricted(np.array([[100], [0]]))
    with pytest.raises(CostError, match="fewer digits"):
        dual_form([[Fraction(1, 10**12), Fraction(0)], [Fraction(0), Fraction(10**12 + 1)]])
