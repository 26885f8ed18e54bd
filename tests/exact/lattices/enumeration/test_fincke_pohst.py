"""Enumeration: brute force over boxes, theta series, both sizes of integers, every norm of a lattice."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from weylspec.errors import CostError
from weylspec.exact.lattices.enumeration import fincke_pohst
from weylspec.exact.lattices.enumeration.fincke_pohst import (
    enumeration_cost,
    enumeration_count,
    norm_counts,
    norm_counts_cost,
)
from weylspec.exact.lattices.reduction import simplified
from weylspec.exact.lie.cartan import cartan_matrix
from weylspec.exact.theta import theta_counts


def tables(m, size=3):
    """Upper triangular tables of BᵀB, B an invertible integer matrix."""
    entries = st.lists(st.integers(-size, size), min_size=m * m, max_size=m * m)
    return entries.map(lambda x: np.array(x).reshape(m, m)).filter(lambda b: abs(np.linalg.det(b)) > 0.5).map(
        lambda b: np.triu(2 * b.T @ b) - np.diag(np.diag(b.T @ b)))


def brute_norms(gram, top):
    form = np.array(gram)
    reach = np.floor(np.sqrt(top * 2 * np.diag(np.linalg.inv(form))) + 1e-9).astype(int)
    assume(np.prod(2.0 * reach + 1) < 100_000)
    points = np.array(list(itertools.product(*(range(-r, r + 1) for r in reach)))).reshape(-1, len(form))
    norms = ((points @ form) * points).sum(axis=1) // 2
    return np.bincount(norms[norms <= top], minlength=top + 1)


@settings(deadline=None)
@given(st.integers(1, 5).flatmap(tables), st.integers(0, 40))
def test_brute_force(table, top):
    gram = simplified(table)[1]
    expected = brute_norms(gram, top)
    assert norm_counts(gram, top).tolist() == expected.tolist()
    if len(gram) > 2:
        assert enumeration_count(gram, top) == expected.sum()


@settings(deadline=None)
@given(tables(4), st.integers(0, 3000))
def test_bases_that_are_not_reduced(table, top):
    full = table + table.T
    assume(np.linalg.cond(full) < 1e5)
    gram = tuple(map(tuple, full.tolist()))
    common, short = simplified(table)
    assert enumeration_count(gram, top) == enumeration_count(short, top // common)


@settings(deadline=None)
@given(st.integers(3, 6), st.integers(0, 400))
def test_cubic_lattices(n, top):
    gram = tuple(map(tuple, (2 * np.eye(n, dtype=int)).tolist()))
    assert enumeration_count(gram, top // (n - 2)) == theta_counts([1] * n, top // (n - 2)).sum()


@settings(deadline=None, max_examples=30)
@given(tables(4, 9), st.lists(st.integers(-12, 12), min_size=4, max_size=4))
def test_vectors_on_the_boundary(table, vector):
    """Top is the norm of a vector, or one less: the shell between has it and its negative; both loops agree."""
    gram = simplified(table)[1]
    norm = int(np.array(vector) @ np.array(gram) @ np.array(vector)) // 2
    assume(norm > 0 and enumeration_cost(gram, norm) < 1e7)
    tops = (norm - 1, norm)
    usual = [enumeration_count(gram, top) for top in tops]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fincke_pohst, "_size", lambda *_: "integers")
        assert [enumeration_count(gram, top) for top in tops] == usual
    assert usual[1] - usual[0] == norm_counts(gram, norm)[norm] >= 2


def test_large_entries_go_through_integers_or_are_refused():
    """Norms of 10⁶: roots beyond what floats hold; of 10²⁰: beyond 64 bits."""
    gram = tuple(tuple(2 * 10**6 + 2 * i if i == j else 1 for j in range(4)) for i in range(4))
    assert fincke_pohst._size(gram, 10**9) == "integers"
    # the form is 10⁶·|x|² and less than 10|x|² more
    assert [enumeration_count(gram, 10**6 * n + 10**5) for n in (0, 1, 2, 100)] == [
        1, 9, 33, int(theta_counts([1] * 4, 100).sum())]
    with pytest.raises(CostError, match="or arrays or integers that do not fit"):
        enumeration_count(gram, 10**20)


def test_root_systems():
    """Numbers of roots: n(n + 1), 2n(n − 1), 72, 126, 240; and of the 24-cell's other vertices."""
    for letter, rank, roots in [("A", 7, 56), ("D", 12, 264), ("E", 6, 72), ("E", 7, 126), ("E", 8, 240)]:
        full = cartan_matrix(letter, rank)
        gram = simplified(np.triu(full) - np.diag(np.diag(full) // 2))[1]
        assert enumeration_count(gram, 1) == 1 + roots


def test_costs_and_refusals():
    gram = tuple(map(tuple, (2 * np.eye(5, dtype=int)).tolist()))
    assert enumeration_cost(gram, 10**2) < enumeration_cost(gram, 10**3) < 1e9
    growth = math.log10(enumeration_cost(gram, 10**7) / enumeration_cost(gram, 10**6))
    assert growth == pytest.approx(2.0, abs=0.01)  # (d − 1)/2
    with pytest.raises(CostError, match=r"form in 5 variables up to 1000000 takes about .* operations, above 1e\+11"):
        enumeration_count(gram, 10**6)
    assert math.isinf(norm_counts_cost(gram, 10**8))
    assert math.isinf(enumeration_cost(((2,),), 5))
    assert enumeration_count(gram, -1) == 0


def test_what_volumes_underestimate_is_stopped(monkeypatch):
    monkeypatch.setattr(fincke_pohst, "MAX_OPERATIONS", 1000.0)
    monkeypatch.setattr(fincke_pohst, "enumeration_cost", lambda *_: 10.0)
    gram = tuple(map(tuple, (2 * np.eye(8, dtype=int)).tolist()))
    with pytest.raises(CostError, match=r"rows of points up to 4, where volumes promised 1\.0e"):
        enumeration_count(gram, 4)
