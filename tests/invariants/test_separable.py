"""Torus averages one angle at a time: Weyl's denominator, and constant terms by hand."""

from __future__ import annotations

import numpy as np
import pytest

from weylspec.exact.modular import root_of_unity
from weylspec.groups.orthogonal import SO, O
from weylspec.invariants.molien import grid_points
from weylspec.invariants.separable import denominator_monomials, is_separable, separable_average

P = 2013265921


def test_which_cosets():
    assert is_separable(next(iter(SO(4).copies(2).natural().cosets())))
    assert not is_separable(next(iter(SO(3).natural().cosets())))
    assert is_separable(next(iter((SO(3) + SO(2)).natural().cosets())))


ORDERS = [(SO(4), 4), (SO(5), 8), (SO(6), 24), (SO(7), 48), (SO(10), 1920)]


@pytest.mark.parametrize(("group", "order"), ORDERS, ids=repr)
def test_denominators_have_one_monomial_per_element_of_the_weyl_group(group, order):
    (coset,) = group.natural().cosets()
    terms = denominator_monomials(coset, np.ones(len(coset.roots), dtype=np.int64), P)
    assert len(terms) == order  # signs ±1 (Weyl 1925)
    assert set(terms.values()) <= {1, P - 1}
    assert sum(1 if c == 1 else -1 for c in terms.values()) == 0
    assert denominator_monomials(coset, np.ones(len(coset.roots), dtype=np.int64), P, order - 1) == {}


@pytest.mark.parametrize("group", [SO(4), SO(5), O(6)], ids=repr)
def test_invariant_polynomials_of_two_vectors(group):
    # R[x·x, x·y, y·y]: 1, 0, 3, 0, 6, 0, 10 on each component
    for coset in group.copies(2).natural().cosets():
        if not is_separable(coset):
            continue
        grid = grid_points(coset, 6)
        zeta = root_of_unity(P, grid)
        powers = np.array([pow(zeta, i, P) for i in range(grid)], dtype=np.int64)
        phases = np.array([1 if c == 0 else P - 1 for c in coset.phases], dtype=np.int64)
        ones = np.ones(len(coset.roots), dtype=np.int64)
        terms = denominator_monomials(coset, ones, P)
        assert separable_average(coset, terms, phases, powers, 6, P).tolist() == [1, 0, 3, 0, 6, 0, 10]
