"""Closure: orders and class numbers from the literature, error bounds, refusals."""

from __future__ import annotations

import math

import numpy as np
import pytest

from weylspec.errors import InfiniteGroupError, NotOrthogonalError, WeylspecError
from weylspec.groups.closure import closure, finite_group


def reflections(diagram: dict[tuple[int, int], int], rank: int) -> list[np.ndarray]:
    """Simple reflections of a Coxeter diagram: edges with their labels."""
    gram = np.eye(rank)
    for i in range(rank):
        for j in range(i):
            label = diagram.get((j, i), 2)
            gram[i, j] = gram[j, i] = -math.cos(math.pi / label)
    roots = np.linalg.cholesky(gram)
    return [np.eye(rank) - 2 * np.outer(root, root) for root in roots]


def path(*labels: int) -> dict[tuple[int, int], int]:
    return {(i, i + 1): label for i, label in enumerate(labels)}


def positions(elements: np.ndarray, queries: np.ndarray, tolerance: float) -> list[int]:
    """Index of each query among the elements; fails for one that is no element."""
    distance = np.abs(elements[None] - queries[:, None]).max(axis=(2, 3))
    assert distance.min(axis=1).max() <= tolerance
    return distance.argmin(axis=1).tolist()


def rotation(angle: float) -> np.ndarray:
    return np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])


def symmetric(n: int) -> list[np.ndarray]:
    return [np.eye(n)[[1, 0, *range(2, n)]], np.roll(np.eye(n), 1, axis=0)]


# Orders and class numbers: Humphreys (1990), table 2.4; Carter (1972); S_n: partitions of n.
COXETER = [
    ("A3", path(3, 3), 3, 24, 5), ("B3", path(3, 4), 3, 48, 10), ("H3", path(3, 5), 3, 120, 10),
    ("D4", {(0, 1): 3, (1, 2): 3, (1, 3): 3}, 4, 192, 13), ("F4", path(3, 4, 3), 4, 1152, 25),
    ("H4", path(3, 3, 5), 4, 14400, 34), ("I2(7)", path(7), 2, 14, 5), ("I2(10)", path(10), 2, 20, 8),
]


@pytest.mark.parametrize(("name", "diagram", "rank", "order", "classes"), COXETER, ids=[c[0] for c in COXETER])
def test_coxeter_groups_have_their_orders_and_class_numbers(name, diagram, rank, order, classes):
    group = finite_group(reflections(diagram, rank))
    assert group.elements.shape == (order, rank, rank)
    assert np.array_equal(group.elements[0], np.eye(rank))
    sizes = [size for _, size in group.table.classes]
    assert len(sizes) == classes
    assert sum(sizes) == order


@pytest.mark.parametrize(("n", "classes"), [(2, 2), (3, 3), (5, 7), (7, 15)])
def test_permutation_matrices_stay_exact(n, classes):
    group = finite_group(symmetric(n), math.factorial(n))
    elements = group.elements
    assert len(elements) == math.factorial(n)
    assert set(np.unique(elements)) == {0.0, 1.0}
    assert len({g.tobytes() for g in elements}) == len(elements)
    assert len(group.table.classes) == classes
    assert all(np.array_equal(finite_group(symmetric(n)).element(i), elements[i]) for i, _ in group.table.classes)


def test_class_sizes_against_the_definition():
    group = finite_group(reflections(path(3, 5), 3))
    elements = group.elements
    for index, size in group.table.classes:
        conjugates = elements @ elements[index] @ elements.transpose(0, 2, 1)
        assert len(np.unique(np.round(conjugates, 6) + 0.0, axis=0)) == size


def test_products_and_inverses_of_elements_are_elements_to_1e_12():
    elements = closure(reflections(path(3, 5), 3), 120)
    positions(elements, elements.transpose(0, 2, 1), 1e-12)
    for g in elements:
        assert len(set(positions(elements, g @ elements, 1e-12))) == 120  # a permutation: all found, all distinct


@pytest.mark.parametrize("digits", [6, 8, 12])
def test_icosahedral_group_is_found_from_six_digits_on(digits):
    exact = reflections(path(3, 5), 3)
    group = finite_group([np.round(g, digits) for g in exact])
    elements = group.elements
    assert len(elements) == 120
    for g, meant in zip(group.generators, exact, strict=True):
        assert np.abs(g.T @ g - np.eye(3)).max() < 1e-14
        assert np.abs(g - meant).max() < 1e-5
        positions(elements, g @ elements, 1e-12)


@pytest.mark.parametrize("digits", [4, 3])
def test_icosahedral_group_is_refused_from_few_digits_with_the_residual(digits):
    with pytest.raises(NotOrthogonalError, match=r"1‖ = 4\.4e-05"):  # 0.866² + 0.25 = 1 − 4.4e-5
        closure([np.round(g, digits) for g in reflections(path(3, 5), 3)], 200_000)


def test_long_cyclic_and_dihedral_groups_do_not_drift():
    order = 30_011
    elements = closure([rotation(2 * math.pi / order)], 200_000)
    angles = 2 * math.pi * np.arange(order) / order
    assert len(elements) == order
    # powers by doubling: the generator's rounding, times the power
    assert np.abs(elements[:, 0, 0] - np.cos(angles)).max() < order * 4e-16
    assert len(closure([np.diag([1.0, -1.0]), rotation(math.pi / 1001) @ np.diag([1.0, -1.0])], 5000)) == 4004


def test_more_than_limit_elements_are_refused():
    with pytest.raises(InfiniteGroupError, match="more than 100 elements"):
        closure(symmetric(5), 100)
    assert len(closure(symmetric(5), 120)) == 120


def test_irrational_angle_is_named():
    with pytest.raises(InfiniteGroupError, match=r"1 rad \(0\.159154943092 turns\)"):
        closure([rotation(1.0)], 200_000)
    with pytest.raises(InfiniteGroupError, match="more digits"):
        closure([np.round(rotation(1.0), 6)], 200_000)


def test_two_rotations_about_unrelated_axes_are_infinite():
    fifth = np.eye(3)
    fifth[:2, :2] = rotation(2 * math.pi / 5)
    turn = np.linalg.qr(np.random.default_rng(1).standard_normal((3, 3)))[0]
    with pytest.raises(InfiniteGroupError):
        closure([fifth, turn @ fifth @ turn.T], 1000)


def test_orders_too_close_for_the_digits_are_refused():
    """At six digits 1/1000 and 1/1001 of a turn are 10⁻⁶ turns apart: the order is not certain."""
    with pytest.raises(InfiniteGroupError, match="more digits"):
        closure([np.round(rotation(2 * math.pi / 1000), 6)], 200_000)
    assert len(closure([np.round(rotation(2 * math.pi / 12), 6)], 200_000)) == 12


def test_no_generators():
    with pytest.raises(WeylspecError, match="at least one"):
        closure([], 10)


def test_a_generator_that_is_the_identity_up_to_rounding():
    turn = np.array([[1.0, -7e-16], [7e-16, 1.0]])
    group = finite_group([turn], limit=100)
    (g,) = group.generators
    assert np.array_equal(group.elements, np.eye(2)[None])
    assert np.abs(g - np.eye(2)).max() < 1e-15


def test_a_generator_given_twice_with_different_digits():
    fifth = 2 * math.pi / 5
    full = np.array([[math.cos(fifth), -math.sin(fifth)], [math.sin(fifth), math.cos(fifth)]])
    group = finite_group([full, np.round(full, 7)], limit=100)
    assert len(group.elements) == 5
    assert np.abs(group.generators[1] - full).max() < 1e-12


def test_the_table_is_that_of_the_matrices():
    group = finite_group(reflections(path(3, 4), 3))
    elements = group.elements
    for s, left, right in zip(group.generators, group.table.left, group.table.right, strict=True):
        assert np.array_equal(np.round(s @ elements, 9), np.round(elements[left], 9))
        assert np.array_equal(np.round(elements @ s, 9), np.round(elements[right], 9))


@pytest.mark.slow
def test_a_group_of_a_third_of_a_million_elements():
    """S_9 in dense matrices, after a random change of coordinates: 30 classes, centralisers z_λ."""
    turn = np.linalg.qr(np.random.default_rng(3).standard_normal((9, 9)))[0]
    group = finite_group([turn @ g @ turn.T for g in symmetric(9)])
    assert group.table.order == math.factorial(9)
    assert len(group.table.classes) == 30
    assert min(size for _, size in group.table.classes[1:]) == 36  # transpositions


def test_vectors_too_close_for_the_digits_are_told_apart_as_matrices():
    """Points of a vector's orbit lie 10⁻³ apart in the dihedral group of 2·499 elements typed to eight digits; the
    typed errors add up to more than that over 499 steps, but not to the distance of the matrices."""
    m = 499
    typed = [np.round(rotation(2 * math.pi / m), 9), np.diag([1.0, -1.0])]
    group = finite_group(typed)
    assert group.table.order == 2 * m
    assert len(group.table.classes) == (m + 3) // 2


def test_ten_factorial_is_beyond_the_bound():
    with pytest.raises(InfiniteGroupError, match="more than 1000000 elements"):
        finite_group(symmetric(10))
