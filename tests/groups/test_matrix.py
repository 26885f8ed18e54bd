"""MatrixGroup: input as users write it, exact classes, and what is refused."""

from __future__ import annotations

import math
import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weylspec.errors import InfiniteGroupError, NotOrthogonalError, WeylspecError
from weylspec.groups.matrix import MatrixGroup, element_coset
from weylspec.groups.permutation import Hyperoctahedral, SymmetricGroup

QUARTER = [[0, -1], [1, 0]]
CUBE = [[[0, -1, 0], [1, 0, 0], [0, 0, 1]], [[0, 0, 1], [1, 0, 0], [0, 1, 0]], np.diag([1, 1, -1])]
PHI = (1 + math.sqrt(5)) / 2
FIFTH = 0.5 * np.array([[1, -PHI, PHI - 1], [PHI, PHI - 1, -1], [PHI - 1, 1, PHI]])
ICOSAHEDRAL = [np.array(CUBE[1], dtype=float), FIFTH]


def characteristic(coset) -> np.ndarray:
    """Coefficients of det(1 − t·g) from the blocks."""
    result = np.ones(1, dtype=complex)
    for length, phase in zip(coset.lengths, coset.phases, strict=True):
        factor = np.zeros(length + 1, dtype=complex)
        factor[0], factor[length] = 1, -np.exp(2j * math.pi * float(phase))
        result = np.convolve(result, factor)
    return result


@pytest.mark.parametrize(("generators", "order", "classes"), [
    ([QUARTER], 4, 4), ([QUARTER, [[1, 0], [0, -1]]], 8, 5), (CUBE, 48, 10), (ICOSAHEDRAL, 60, 5),
    ([*ICOSAHEDRAL, -np.eye(3)], 120, 10), ([[[1]]], 1, 1), ([[[-1]]], 2, 2),
])
def test_classes_are_true_classes_with_the_right_eigenvalues(generators, order, classes):
    group = MatrixGroup(generators)
    action = group.natural()
    cosets = list(action.cosets())
    assert group.order == action.order == order
    assert len(cosets) == classes
    assert sum(c.share for c in cosets) == 1
    for c in cosets:
        g = c.element()
        assert sum(c.lengths) == len(g)
        assert (c.share * order).denominator == 1
        assert group.contains(g)
        assert np.abs(characteristic(c) - np.poly(g)).max() < 1e-12  # np.poly: det(x − g), reversed is det(1 − tg)


def test_signed_permutations_give_cycles_with_signs():
    group, named = MatrixGroup(CUBE), Hyperoctahedral(3)
    kinds = sorted((c.share, sorted(zip(c.lengths, c.phases, strict=True))) for c in group.natural().cosets())
    expected = sorted((c.share, sorted(zip(c.lengths, c.phases, strict=True))) for c in named.natural().cosets())
    assert kinds == expected
    assert group.natural().modulus == 2


def test_the_symmetric_group_given_by_matrices():
    group = MatrixGroup(SymmetricGroup(6).generators)
    kinds = {tuple(sorted(c.lengths)): c.share for c in group.natural().cosets()}
    assert group.order == 720
    assert len(kinds) == 11
    assert kinds[2, 4] == Fraction(1, 8)  # centraliser of a (4,2)-cycle
    assert group.natural().modulus == 1


def test_modulus_is_the_lcm_of_the_denominators():
    assert MatrixGroup([FIFTH]).natural().modulus == 5
    turn = np.array([[-0.5, -math.sqrt(0.75)], [math.sqrt(0.75), -0.5]])
    assert MatrixGroup([turn]).natural().modulus == 3


def test_entries_may_be_strings_and_fractions():
    typed = [["0.6", "-0.8"], ["0.8", Fraction(3, 5)]]
    with pytest.raises(InfiniteGroupError, match="generator 0"):  # the 3-4-5 rotation has infinite order
        MatrixGroup([typed])
    half = [["-1/2", "-0.8660254"], ["0.8660254", Fraction(-1, 2)]]
    assert MatrixGroup([half]).order == 3


@pytest.mark.parametrize("digits", [6, 8])
def test_enough_digits_find_the_icosahedral_group(digits):
    typed = [np.round(g, digits) for g in ICOSAHEDRAL]
    group = MatrixGroup(typed)
    assert group.order == 60
    assert all(group.contains(g) for g in ICOSAHEDRAL)


@pytest.mark.parametrize("digits", [3, 4])
def test_too_few_digits_are_refused_with_the_residual(digits):
    typed = [np.round(g, digits) for g in ICOSAHEDRAL]
    residual = np.linalg.norm(typed[1].T @ typed[1] - np.eye(3), 2)
    with pytest.raises(NotOrthogonalError, match=rf"(?s)generator 1 .*1‖ = {re.escape(f'{residual:.2g}')}, more than"):
        MatrixGroup(typed)


def test_samples_are_uniform():
    group = MatrixGroup([QUARTER])
    sample = group.sample(4000, np.random.default_rng(0))
    counts = np.array([(np.abs(sample - g).max(axis=(1, 2)) < 1e-12).sum() for g in group.elements])
    assert counts.sum() == 4000
    assert ((counts - 1000) ** 2 / 1000).sum() < 16.3  # χ², 3 degrees of freedom, 0.1 %


@settings(max_examples=40, deadline=None)
@given(word=st.lists(st.integers(0, 1), min_size=1, max_size=40))
def test_random_products_stay_in_the_group(word):
    product = np.eye(3)
    for i in word:
        product = product @ ICOSAHEDRAL[i]
    group = MatrixGroup(ICOSAHEDRAL)
    assert group.contains(product)
    assert not group.contains(-product)


def test_element_coset_refuses_a_wrong_order():
    with pytest.raises(InfiniteGroupError, match="not of order 4"):
        element_coset(FIFTH, Fraction(1), 4)


@pytest.mark.parametrize(("generators", "error", "message"), [
    ([], WeylspecError, "at least one generator"),
    ([[[1, 0, 0], [0, 1, 0]]], WeylspecError, r"square matrix, got shape \(2, 3\)"),
    ([[1, 2]], WeylspecError, "square matrix"),
    ([[[1, 0], [0]]], WeylspecError, "generator 0"),
    ([QUARTER, [[1]]], WeylspecError, "number 0 has 2 rows, number 1 has 1"),
    ([[[1, 1], [0, 1]]], NotOrthogonalError, "1‖ = 1.6"),
    ([[[2, 0], [0, 1]]], NotOrthogonalError, "(?s)generator 0 .* = 3,"),
    ([[[math.nan, 0], [0, 1]]], WeylspecError, "finite"),
    ([[["x", 0], [0, 1]]], WeylspecError, "'x' is not a number"),
    ([np.diag([1j, 1])], NotOrthogonalError, "complex"),
])
def test_refused_input(generators, error, message):
    with pytest.raises(error, match=message):
        MatrixGroup(generators)


def test_repr():
    assert repr(MatrixGroup([QUARTER])) == "MatrixGroup([…1 generator of size 2…])"
    assert repr(MatrixGroup(CUBE)) == "MatrixGroup([…3 generators of size 3…])"
