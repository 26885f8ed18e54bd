"""The compiled loops over dominant weights, at sizes that plain Python can do."""

import itertools

import numpy as np
import pytest

from weylspec.exact.lie import _loops

P = 2**31 - 1
FREE = np.array([0, 0, 1, 0])


def a2_search(top, congruence=FREE, both_ways=False):
    """Keys of A2: a² + ab + b² + 3(a + b), written with the Gram matrix doubled."""
    gram = np.array([[2, 1], [1, 2]])
    return gram, 2 * gram.sum(axis=1), top, congruence, both_ways


def a2_key(a, b):
    return 2 * a * a + 2 * a * b + 2 * b * b + 6 * (a + b)


@pytest.mark.parametrize("top", [0, 7, 40, 333])
def test_every_weight_is_met_once(top):
    expected = sorted((a, b) for a, b in itertools.product(range(20), repeat=2) if a2_key(a, b) <= top)
    counted = np.zeros(2, dtype=np.int64)
    _loops.count_weights(*a2_search(top), counted)
    assert counted.tolist() == [len({a for a, _ in expected}), len(expected)]
    keys, labels = np.zeros(len(expected), dtype=np.int64), np.zeros((len(expected), 2), dtype=np.int64)
    _loops.list_weights(*a2_search(top), keys, labels)
    assert sorted(map(tuple, labels.tolist())) == expected
    assert keys.tolist() == [a2_key(a, b) for a, b in labels.tolist()]


@pytest.mark.parametrize(("coefficients", "modulus"), [((1, 1), 2), ((1, 0), 2), ((0, 1), 2), ((1, 2), 3)])
def test_congruences_choose_the_weights_of_a_quotient(coefficients, modulus):
    inverse = pow(coefficients[1], -1, modulus) if coefficients[1] else 0
    search = a2_search(333, np.array([*coefficients, modulus, inverse]))
    counted = np.zeros(2, dtype=np.int64)
    _loops.count_weights(*search, counted)
    labels = np.zeros((counted[1], 2), dtype=np.int64)
    _loops.list_weights(*search, np.zeros(counted[1], dtype=np.int64), labels)
    assert sorted(map(tuple, labels.tolist())) == sorted(
        (a, b) for a, b in itertools.product(range(20), repeat=2)
        if a2_key(a, b) <= 333 and (coefficients[0] * a + coefficients[1] * b) % modulus == 0)


def test_a_charge_runs_both_ways_through_its_residue_class():
    """U(2): one Dynkin label a, charge z ≡ a mod 2, key a² + 2a + z²."""
    gram, top = np.eye(2, dtype=np.int64), 60
    search = gram, np.array([2, 0]), top, np.array([1, 1, 2, 1]), True
    counted = np.zeros(2, dtype=np.int64)
    _loops.count_weights(*search, counted)
    labels = np.zeros((counted[1], 2), dtype=np.int64)
    _loops.list_weights(*search, np.zeros(counted[1], dtype=np.int64), labels)
    assert sorted(map(tuple, labels.tolist())) == sorted(
        (a, z) for a in range(9) for z in range(-9, 10) if a * a + 2 * a + z * z <= top and (a - z) % 2 == 0)


def test_the_farthest_label_is_the_last_that_fits():
    for square, slope, room in itertools.product((1, 2, 7), (0, 3, 50), (0, 1, 99, 10**6, 2**57)):
        x = _loops.farthest(square, slope, room)
        assert square * x * x + slope * x <= room < square * (x + 1) ** 2 + slope * (x + 1)


def a2_factors(p):
    """Coroots of A2 sorted by their last label, their ends, ρ, 1/(1·1·2)."""
    return np.array([[1, 0], [0, 1], [1, 1]]), np.array([1, 3]), np.array([1, 1]), pow(2, -1, p)


def a2_dimension(a, b):
    return (a + 1) * (b + 1) * (a + b + 2) // 2


@pytest.mark.parametrize("squared", [False, True])
@pytest.mark.parametrize("p", [101, P])
def test_dimensions_of_every_weight(squared, p):
    counted = np.zeros(2, dtype=np.int64)
    _loops.count_weights(*a2_search(200), counted)
    labels, out = np.zeros((counted[1], 2), dtype=np.int64), np.zeros(counted[1], dtype=np.int64)
    _loops.list_weights(*a2_search(200), np.zeros(counted[1], dtype=np.int64), labels)
    _loops.dimension_sums(*a2_search(200), *a2_factors(p), squared, p, np.arange(counted[1]), out)
    assert out.tolist() == [a2_dimension(a, b) ** (1 + squared) % p for a, b in labels.tolist()]


@pytest.mark.parametrize("top", [0, 30, 600, 5000])
@pytest.mark.parametrize("p", [101, P])
def test_long_lines_are_summed_by_interpolation(top, p):
    """dim² has degree 4 in b, its sums degree 5: six nodes; lines of up to 50 weights are longer."""
    nodes = range(6)
    weights = np.array([pow(int(np.prod([i - j for j in nodes if j != i])), -1, p) for i in nodes])
    found = _loops.total_squares(*a2_search(top), *a2_factors(p), weights, p)
    side = range(60)
    expected = sum(a2_dimension(a, b) ** 2 for a, b in itertools.product(side, side) if a2_key(a, b) <= top)
    assert found == expected % p


def test_interpolation_is_exact_at_nodes_and_beyond():
    values = np.array([x**3 % 101 for x in range(4)])
    weights = np.array([pow(d, -1, 101) for d in (-6, 2, -2, 6)])
    work = np.zeros(5, dtype=np.int64)
    assert [_loops.interpolate(values, weights, x, 101, work) for x in range(250)] == [x**3 % 101 for x in range(250)]
