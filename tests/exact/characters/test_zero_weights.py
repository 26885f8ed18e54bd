"""Multiplicities of the weight 0 against tableaux, averages over tori, and known representations."""

from __future__ import annotations

import itertools
from fractions import Fraction
from functools import cache

import numpy as np
import pytest

import weylspec as ws
from weylspec.errors import CostError
from weylspec.exact.characters.classical import Shapes
from weylspec.exact.characters.weights import orthogonal_family
from weylspec.exact.characters.zero_weights import root_coordinates, zero_weight_multiplicities
from weylspec.exact.lie.classical import exceptional, special_unitary, spin, symplectic
from weylspec.invariants.averages.tensors import fixed_dimensions


@cache
def tableaux(shape, boxes):
    """Fillings of a shape with as many 1s, 2s, … each, weakly increasing in rows, strictly in columns (Kostka)."""
    if sum(shape) == 0:
        return 1
    total = 0
    ranges = [range(low, high + 1) for high, low in zip(shape, (*shape[1:], 0), strict=True)]
    for inner in itertools.product(*ranges):  # what is left after the largest entries: a horizontal strip
        if sum(shape) - sum(inner) == boxes:
            total += tableaux(inner, boxes)
    return total


@pytest.mark.parametrize(("n", "largest"), [(2, 9), (3, 7), (4, 4), (5, 2)])
def test_special_unitary_groups_by_tableaux(n, largest):
    datum = special_unitary(n, Fraction(1, 2))
    labels = np.array(list(itertools.product(range(largest + 1), repeat=n - 1)))
    expected = []
    for row in labels.tolist():
        shape = (*(sum(row[i:]) for i in range(n - 1)), 0)
        expected.append(tableaux(shape, sum(shape) // n) if sum(shape) % n == 0 else 0)
    assert zero_weight_multiplicities(datum, labels).tolist() == expected


def test_orthogonal_groups_by_averages_over_tori():
    """dim [μ]^T from characters: SO(5), SO(7)."""
    for n, torus in ((5, ws.SO(2) + ws.SO(2)), (7, ws.SO(2) + ws.SO(2) + ws.SO(2))):
        rows, datum = n // 2, spin(n)
        box = itertools.product(range(4), repeat=rows)
        table = np.array([mu for mu in box if list(mu) == sorted(mu, reverse=True)])
        labels = np.array([datum.labels(mu) for mu in table.tolist()])
        dimensions = orthogonal_family(n, rows).multiplicities(table)
        expected = fixed_dimensions(torus.linear(n), Shapes.orthogonal(table), dimensions)
        np.testing.assert_array_equal(zero_weight_multiplicities(datum, labels), expected)


def test_adjoint_representations_have_the_rank():
    """And the short dominant root, where there is one, as many as there are short simple roots."""
    adjoint = {"G2": (0, 1), "F4": (1, 0, 0, 0)}
    for name, labels in adjoint.items():
        assert zero_weight_multiplicities(exceptional(name), np.array([labels])).tolist() == [int(name[1])]
    assert zero_weight_multiplicities(exceptional("F4"), np.array([[0, 0, 0, 1]])).tolist() == [2]  # the 26
    assert zero_weight_multiplicities(symplectic(3), np.array([[2, 0, 0], [0, 1, 0], [1, 0, 0]])).tolist() == [3, 2, 0]


def test_root_coordinates_of_the_roots():
    datum = exceptional("G2")
    coefficients, inside = root_coordinates(datum, datum.cartan.T)
    assert inside.all()
    np.testing.assert_array_equal(coefficients, np.eye(2, dtype=int))


def test_what_is_too_large_is_refused():
    with pytest.raises(CostError, match="Weyl group of E7 has 2903040 elements"):
        zero_weight_multiplicities(exceptional("E7"), np.array([[1, 0, 0, 0, 0, 0, 0]]))
    with pytest.raises(CostError, match="lower the cutoff"):
        zero_weight_multiplicities(special_unitary(4, Fraction(1, 2)), np.array([[1000, 1000, 1000]]))
    assert zero_weight_multiplicities(special_unitary(2, Fraction(1)), np.array([[10**6], [7]])).tolist() == [1, 0]
