"""Points of ellipsoids: brute force over boxes, theta series, far counts against the volume."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from weylspec.errors import CostError
from weylspec.exact import lattice_count
from weylspec.exact.lattice_count import quadric_cost, quadric_count
from weylspec.exact.lattices.reduction import simplified
from weylspec.exact.theta import lattice_count_diagonal


def forms(m):
    """Upper triangular tables of BᵀB, B an invertible integer matrix."""
    entries = st.lists(st.integers(-3, 3), min_size=m * m, max_size=m * m)
    return entries.map(lambda x: np.array(x).reshape(m, m)).filter(lambda b: abs(np.linalg.det(b)) > 0.5).map(
        lambda b: np.triu(2 * b.T @ b) - np.diag(np.diag(b.T @ b)))


@settings(deadline=None)
@given(st.integers(1, 5).flatmap(forms), st.integers(-2, 60))
def test_brute_force(table, top):
    m = len(table)
    gram = (table + table.T) / 2
    reach = np.floor(np.sqrt(max(top, 0) * np.diag(np.linalg.inv(gram))) + 1e-9).astype(int)
    assume(np.prod(2.0 * reach + 1) < 20_000)
    points = np.array(list(itertools.product(*(range(-r, r + 1) for r in reach)))).reshape(-1, m)
    expected = int((((points @ table) * points).sum(axis=1) <= top).sum())
    assert quadric_count(table, top) == expected
    assert quadric_cost(table, top) < math.inf


@settings(deadline=None)
@given(forms(3), st.integers(0, 5000), st.lists(st.integers(-4, 4), min_size=3, max_size=3))
def test_any_basis_gives_the_same_number(table, top, shears):
    a, b, c = shears
    change = np.array([[1, a, b], [0, 1, c], [0, 0, 1]])
    full = change.T @ (table + table.T) @ change
    other = np.triu(full) - np.diag(np.diag(full) // 2)
    assert quadric_count(other, top) == quadric_count(table, top)


@given(st.lists(st.integers(1, 30), min_size=3, max_size=3), st.integers(0, 3000))
def test_three_squares_by_rows_and_by_theta_series(norms, top):
    assert quadric_count(np.diag(norms), top) == lattice_count_diagonal(norms, top)


def test_far_counts():
    """The hexagonal lattice: 6·Σ_{d | n} χ₋₃(d) points of norm n; the cubic one: volume within the surface."""
    hexagonal = np.array([[1, 1], [0, 1]])
    top = 20_000
    chi = [0, 1, -1]
    expected = 1 + 6 * sum(chi[d % 3] * (top // d) for d in range(1, top + 1))
    assert quadric_count(hexagonal, top) == expected
    assert quadric_count(hexagonal, 10**12) == pytest.approx(2 * math.pi / math.sqrt(3) * 1e12, abs=30 * 1e6)
    radius = 1000
    ball = 4 / 3 * math.pi * radius**3
    shell = 4 * math.pi * radius**2 * math.sqrt(3)  # cubes of diameter √3 around the points
    assert abs(quadric_count(np.eye(3, dtype=int), radius**2) - ball) < shell


def test_common_factors_and_empty_forms():
    assert quadric_count(np.diag([10**12] * 3), 3 * 10**12) == 27
    assert quadric_count(np.zeros((0, 0), dtype=np.int64), 0) == 1
    assert quadric_count(np.zeros((0, 0), dtype=np.int64), -1) == 0
    assert quadric_count(np.array([[2, 2], [0, 2]]), -1) == 0


def test_what_costs_too_much():
    table = np.array([[1, 1, 0], [0, 1, 0], [0, 0, 1]])
    assert quadric_cost(table, 10**6) < quadric_cost(table, 10**8) < 1e11
    with pytest.raises(CostError, match=r"in 3 variables up to \d+ takes .* above 1e\+11.*; ask for a smaller cutoff"):
        quadric_count(table, 10**13)
    cubic = np.array([[1, 1, 1], [0, 1, 1], [0, 0, 1]])
    assert quadric_cost(cubic, 10**22) == math.inf
    with pytest.raises(CostError, match=r"takes more than 1e\+11 operations by .*, or arrays or integers"):
        quadric_count(cubic, 10**22)


def test_every_way_agrees():
    """Forms that several ways count, each way against the others."""
    hexagonal = np.array([[1, 1], [0, 1]])
    zero = np.zeros((2, 2), dtype=int)
    forms = [(np.eye(4, dtype=int), 3000), (np.eye(5, dtype=int), 500), (np.diag([1, 1, 2, 2, 3, 5]), 200),
             (np.block([[hexagonal, zero], [zero, hexagonal]]), 2000),
             (np.block([[hexagonal, zero], [zero, np.diag([1, 3])]]), 1000)]
    for table, top in forms:
        gram = simplified(table)[1]
        counts = {way.name: way.count(gram, top) for way in lattice_count._WAYS if way.cost(gram, top) < math.inf}
        assert len(counts) >= 3
        assert len(set(counts.values())) == 1, counts


def test_slices_of_nine_squares():
    """Far above the proof's bound: Z⁹ by slices of Z⁸, against theta series."""
    assert quadric_count(np.eye(9, dtype=int), 20_000) == lattice_count_diagonal([1] * 9, 20_000)


def test_twenty_five_dimensions_and_more():
    """Many variables at a small norm: Σ 2^j C(n, j) points with j coordinates ±1, while top ≤ 3."""
    for n in (25, 60):
        expected = sum(2**j * math.comb(n, j) for j in range(4))
        assert quadric_count(np.eye(n, dtype=int), 3) == expected
