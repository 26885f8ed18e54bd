"""Levels of quadratic forms from tables, and Sturm's bound against brute force over reduced binary forms."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weylspec.errors import WeylspecError
from weylspec.exact.lattices.series.modular_forms import theta_level, theta_sturm_bound
from weylspec.exact.theta import lattice_points


def root_table(kind, n):
    """Upper triangular T with T + Tᵀ the Cartan matrix."""
    gram = 2 * np.eye(n, dtype=int)
    edges = [(i, i + 1) for i in range(n - 1)]
    if kind == "D":
        edges[-1] = (n - 3, n - 1)
    if kind == "E":
        edges = [(i, i + 1) for i in range(n - 2)] + [(n - 4, n - 1)]
    for i, j in edges:
        gram[i, j] = gram[j, i] = -1
    return np.triu(gram) - np.eye(n, dtype=int)


# Conway and Sloane, "Sphere packings, lattices and groups", chapter 4: glue groups Z_{n+1}, Z_4 or Z_2², 1.
@pytest.mark.parametrize(("kind", "n", "level"), [
    ("A", 1, 4), ("A", 2, 3), ("A", 3, 8), ("A", 4, 5), ("D", 4, 2), ("D", 5, 8), ("D", 8, 2), ("E", 8, 1), ("E", 7, 4),
    ("E", 6, 3),
])
def test_levels_of_root_lattices(kind, n, level):
    assert theta_level(root_table(kind, n)) == level


def theta(table, top):
    table = np.asarray(table)
    points = lattice_points((table + table.T) / 2, top + 0.5)
    return np.bincount(((points @ table) * points).sum(axis=1), minlength=top + 1)[: top + 1]


def reduced_binary_forms(discriminant):
    """All (a, b, c) with |b| ≤ a ≤ c and b² − 4ac = −discriminant, b ≥ 0."""
    found = []
    for a in range(1, math.isqrt(discriminant // 3) + 1):
        for b in range(a + 1):
            c, rest = divmod(b * b + discriminant, 4 * a)
            if rest == 0 and c >= a:
                found.append([[a, b], [0, c]])
    return found


@pytest.mark.parametrize("discriminant", [71, 84, 95, 260, 420])
def test_binary_theta_series_of_one_discriminant_differ_up_to_the_bound(discriminant):
    # Reduced forms with b ≥ 0 are inequivalent, and binary forms are determined by their theta series.
    forms = reduced_binary_forms(discriminant)
    assert len(forms) > 2
    for i, first in enumerate(forms):
        for second in forms[:i]:
            bound = theta_sturm_bound([first, second])
            assert (theta(first, bound) != theta(second, bound)).any()


def test_the_bound_in_three_variables():
    # Q = 5(x² + y² + z²): A = 10·1, N = lcm(20, 4), index 20·(3/2)(6/5) = 36, weight (3 + 1)/2: ⌊2·36/12⌋.
    assert theta_sturm_bound([5 * np.eye(3, dtype=int)]) == 6
    # E8 ⊕ E8: weight 8, level 1, ⌊8/12⌋.
    assert theta_sturm_bound([np.kron(np.eye(2, dtype=int), root_table("E", 8))]) == 0


@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 30))
def test_level_of_a_diagonal_form(a, b, c):
    # Q = ax² + by² + cz²: A = 2·diag(a, b, c), and N/(2a) must be even.
    assert theta_level(np.diag([a, b, c])) == 4 * math.lcm(a, b, c)


@given(st.integers(1, 9), st.integers(-5, 5), st.integers(1, 9), st.integers(-3, 3))
def test_the_level_belongs_to_the_lattice_not_to_its_basis(a, b, c, shear):
    if 4 * a * c - b * b <= 0:
        return
    # x → x + shear·y
    moved = [[a, b + 2 * a * shear], [0, a * shear**2 + b * shear + c]]
    assert theta_level([[a, b], [0, c]]) == theta_level(moved)
    inverse = [Fraction(2 * c, 4 * a * c - b * b), Fraction(-b, 4 * a * c - b * b), Fraction(2 * a, 4 * a * c - b * b)]
    level = theta_level(moved)
    assert all((level * x).denominator == 1 for x in inverse)


def test_refusals():
    with pytest.raises(WeylspecError, match="positive definite"):
        theta_level([[0, 0], [0, 1]])
    with pytest.raises(WeylspecError, match="different determinants"):
        theta_sturm_bound([[[1, 0], [0, 1]], [[1, 0], [0, 2]]])
