"""CoxeterGroup: degrees against classes, chambers and random elements; numbers of Carter (1972), Humphreys (1990)."""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest

from weylspec.errors import CostError, WeylspecError
from weylspec.groups.closure import finite_group
from weylspec.groups.coxeter import CoxeterGroup
from weylspec.groups.permutation import Hyperoctahedral

# type, order, number of classes, number of reflections
TABLE = [
    ("A1", 2, 2, 1), ("A5", 720, 11, 15), ("B4", 384, 20, 16), ("D4", 192, 13, 12), ("D5", 1920, 18, 20),
    ("F4", 1152, 25, 24), ("H3", 120, 10, 15), ("H4", 14400, 34, 60), ("I2(7)", 14, 5, 7), ("I2(10)", 20, 8, 10),
    ("G2", 12, 6, 6), ("E6", 51840, 25, 36), ("E7", 2903040, 60, 63), ("A2 x B3", 288, 30, 12),
]
NAMES = [row[0] for row in TABLE]
E8 = ("E8", 696729600, 112, 120)


def blocks(coset) -> np.ndarray:
    """Coefficients of det(1 − t·g) from the blocks of a class."""
    result = np.ones(1, dtype=complex)
    for length, phase in zip(coset.lengths, coset.phases, strict=True):
        factor = np.zeros(length + 1, dtype=complex)
        factor[0], factor[length] = 1, -np.exp(2j * math.pi * float(phase))
        result = np.convolve(result, factor)
    return result


def inverse(polynomial: np.ndarray, top: int) -> np.ndarray:
    result = np.zeros(top + 1, dtype=complex)
    for k in range(top + 1):
        result[k] = (k == 0) - sum(polynomial[j] * result[k - j] for j in range(1, min(k, len(polynomial) - 1) + 1))
    return result


@pytest.mark.parametrize(("name", "order", "classes", "mirrors"), [*TABLE, E8])
def test_degrees_against_classes(name, order, classes, mirrors):
    """Orders, Molien's series, and the numbers of elements by fixed space, Σ t^{dim Fix} = Π (t + d − 1)."""
    group = CoxeterGroup(name)
    action = group.natural()
    cosets = list(action.cosets())
    assert (group.order, len(cosets), len(group.reflections)) == (order, classes, mirrors)
    assert sum(group.exponents) == mirrors
    assert math.prod(group.degrees) == order
    assert sum(c.share for c in cosets) == 1
    assert all(action.modulus % d == 0 for c in cosets for d in c.denominators())
    by_fixed = Counter()
    for c in cosets:
        assert (c.share * order).denominator == 1
        g = c.element()
        assert group.contains(g)
        assert np.abs(blocks(c) - np.poly(g)).max() < 1e-9
        by_fixed[c.fixed_dim] += int(c.share * order)
    expected = np.poly([1 - d for d in group.degrees])  # descending powers of t
    assert [by_fixed[k] for k in range(group.degree, -1, -1)] == np.rint(expected).astype(int).tolist()
    molien = sum(float(c.share) * inverse(blocks(c), 24) for c in cosets)
    np.testing.assert_allclose(molien, group.molien().coefficients(24), rtol=0, atol=1e-6)


def kinds(cosets) -> Counter:
    return Counter((c.share, tuple(np.round(np.poly(c.element()), 6) + 0.0)) for c in cosets)


@pytest.mark.parametrize("name", ["A4", "B3", "D4", "D5", "I2(8)", "E6"])
def test_classes_by_structure_against_closure(name):
    """E6 through its parabolic subgroups, the others by cycle types."""
    group = CoxeterGroup(name)
    if name == "E6":
        from weylspec.groups._parabolic import Parabolics

        parabolics = Parabolics(group.simple_roots)
        found = Counter(
            (Fraction(c.size, group.order), tuple(np.round(np.poly(c.element), 6) + 0.0))
            for k in range(7) for c in parabolics.classes(k))
    else:
        found = kinds(group.natural().cosets())
    closed = finite_group(group.generators)
    expected = Counter(
        (Fraction(size, group.order), tuple(np.round(np.poly(closed.element(i)), 6) + 0.0))
        for i, size in closed.table.classes)
    assert found == expected


def test_the_halves_of_a_class_of_d4_are_different_classes():
    """(2, 2) cycles without signs split: no element of D4 conjugates one half into the other."""
    group = CoxeterGroup("D4")
    closed = finite_group(group.generators)
    halves = [c.element() for c in group.natural().cosets() if c.lengths == (2, 2) and c.phases == (0, 0)]
    assert len(halves) == 2
    conjugates = closed.elements @ halves[0] @ closed.elements.transpose(0, 2, 1)
    assert np.abs(conjugates - halves[1]).max(axis=(1, 2)).min() > 0.5


@pytest.mark.parametrize("name", ["A6", "B5", "D6", "E7", "H3", "A2 x D4"])
@pytest.mark.parametrize("most", [1, 3])
def test_classes_near_the_identity(name, most):
    action = CoxeterGroup(name).natural()
    near = kinds(action.near_identity(most))
    assert near == kinds(c for c in action.cosets() if action.size - c.fixed_dim <= most)


def test_large_classical_groups_have_mirrors_but_no_list_of_classes():
    group = CoxeterGroup("B60")
    mirrors = [c for c in group.natural().near_identity(1) if c.fixed_dim == 59]
    assert sum(c.share for c in mirrors) * group.order == 60**2
    with pytest.raises(CostError, match="conjugacy classes"):
        next(group.natural().cosets())


@pytest.mark.parametrize("name", ["B4", "C4"])
def test_b_is_the_group_of_signed_permutations(name):
    group, named = CoxeterGroup(name), Hyperoctahedral(4)
    assert all(named.contains(g) for g in group.generators)
    assert kinds(group.natural().cosets()) == kinds(named.natural().cosets())


@pytest.mark.parametrize("name", NAMES)
def test_relations_of_the_simple_reflections(name):
    group = CoxeterGroup(name)
    matrix, one = group.coxeter_matrix, np.eye(group.degree)
    for i, s in enumerate(group.generators):
        for j, t in enumerate(group.generators):
            orders = [m for m in range(1, 12) if np.abs(np.linalg.matrix_power(s @ t, m) - one).max() < 1e-9]
            assert orders[0] == matrix[i, j]
    roots = np.concatenate([group.reflections, -group.reflections])
    for s in group.generators:
        distance = np.abs((roots @ s.T)[:, None] - roots).max(axis=2)
        assert sorted(distance.argmin(axis=1).tolist()) == list(range(len(roots)))
        assert distance.min(axis=1).max() < 1e-12


@pytest.mark.parametrize("name", ["A4", "D5", "E6", "E7", "E8", "F4", "H3", "H4", "I2(9)"])
def test_coxeter_number_is_the_order_of_a_product_of_the_simple_reflections(name):
    group = CoxeterGroup(name)
    product = np.linalg.multi_dot([*group.generators])
    h = group.coxeter_number
    assert 2 * len(group.reflections) == h * group.degree
    powers = [np.linalg.matrix_power(product, k) for k in range(1, h + 1)]
    assert [np.abs(p - np.eye(group.degree)).max() < 1e-9 for p in powers] == [False] * (h - 1) + [True]
    turns = np.sort(np.angle(np.linalg.eigvals(product)) / (2 * math.pi) % 1 * h)
    np.testing.assert_allclose(turns, group.exponents if name != "D5" else sorted(group.exponents), atol=1e-6)


@pytest.mark.parametrize("name", ["E7", "E8", "H4", "A7"])
def test_random_elements_against_the_degrees(name):
    """E 1/det(1 − tg) = Π 1/(1 − t^d), E χ² = 1: within four standard errors."""
    group, count, t = CoxeterGroup(name), 4000, 0.4
    g = group.sample(count, np.random.default_rng(1))
    assert all(group.contains(x) for x in g[:20])
    assert np.abs(g @ g.transpose(0, 2, 1) - np.eye(group.degree)).max() < 1e-11
    values = 1 / np.linalg.det(np.eye(group.degree) - t * g)
    for sample, mean in ((values, math.prod(1 / (1 - t**d) for d in group.degrees)),
                         (np.trace(g, axis1=1, axis2=2) ** 2, 1.0)):
        assert abs(sample.mean() - mean) < 4 * sample.std() / math.sqrt(count)


def test_samples_are_uniform():
    group = CoxeterGroup("H3")
    elements = finite_group(group.generators).elements
    sample = group.sample(6000, np.random.default_rng(2))
    found = np.abs(sample[:, None] - elements).max(axis=(2, 3)).argmin(axis=1)
    counts = np.bincount(found, minlength=120)
    assert ((counts - 50) ** 2 / 50).sum() < 173.6  # χ², 119 degrees of freedom, 0.1 %


def test_membership():
    e6, e7, d4 = CoxeterGroup("E6"), CoxeterGroup("E7"), CoxeterGroup("D4")
    assert e7.contains(-np.eye(7))
    assert not e6.contains(-np.eye(6))  # an automorphism of the roots, but not by reflections
    assert d4.contains(np.diag([-1.0, -1, 1, 1]))
    assert not d4.contains(np.diag([-1.0, 1, 1, 1]))
    assert not e7.contains(np.eye(6))
    assert not e7.contains(2 * np.eye(7))
    assert not e7.contains(np.full((7, 7), np.nan))
    turn = np.linalg.qr(np.random.default_rng(3).standard_normal((7, 7)))[0]
    assert not e7.contains(turn)


def test_folding_of_the_classical_groups():
    x = np.random.default_rng(4).standard_normal((50, 5))
    ordered = -np.sort(-np.abs(x), axis=1)
    np.testing.assert_allclose(CoxeterGroup("B5").fold(x), ordered, atol=1e-12)
    ordered[:, -1] *= np.sign(np.prod(x, axis=1))
    np.testing.assert_allclose(CoxeterGroup("D5").fold(x), ordered, atol=1e-12)


@pytest.mark.parametrize("name", ["E8", "H4", "A2 x I2(5)"])
def test_folding_finds_one_point_an_orbit(name):
    group, rng = CoxeterGroup(name), np.random.default_rng(5)
    x = rng.standard_normal((30, group.degree))
    folded = group.fold(x)
    assert (folded @ group.simple_roots.T > -1e-10).all()
    np.testing.assert_allclose(group.fold(np.einsum("aij,aj->ai", group.sample(30, rng), x)), folded, atol=1e-10)
    np.testing.assert_allclose(np.sort(np.abs(group.reflections @ folded.T), axis=0),
                               np.sort(np.abs(group.reflections @ x.T), axis=0), atol=1e-10)
    wider = np.column_stack([x, np.arange(30.0)])
    np.testing.assert_array_equal(group.fold(wider)[:, -1], np.arange(30.0))
    with pytest.raises(WeylspecError, match="folds points of shape"):
        group.fold(x[:, 1:])


def test_points_on_mirrors_stay():
    group = CoxeterGroup("E8")
    for weight in np.linalg.inv(group.simple_roots).T:
        np.testing.assert_allclose(group.fold(weight[None])[0], weight, atol=1e-12)


def test_products_by_name_and_by_sum():
    named, summed = CoxeterGroup("A2 x B3"), CoxeterGroup("A2") + CoxeterGroup("B3")
    assert named.degrees == summed.natural().degrees == (2, 3, 2, 4, 6)
    assert kinds(named.natural().cosets()) == kinds(summed.natural().cosets())
    assert repr(CoxeterGroup("a2 × g2")) == "CoxeterGroup('A2 x I2(6)')"
    with pytest.raises(WeylspecError, match="reducible"):
        _ = named.coxeter_number


@pytest.mark.parametrize(("name", "message"), [
    ("E9", "the types are"), ("D3", "D3 is written A3"), ("B1", "B1 is written A1"), ("I2(2)", "A1 x A1"),
    ("", "no finite Coxeter type"), ("A2 x ", "no finite Coxeter type"), ("H5", "the types are"), (8, "a string like"),
    ("A0", "the types are"), ("E8(2)", "the types are"),
])
def test_refused_names(name, message):
    with pytest.raises(WeylspecError, match=message):
        CoxeterGroup(name)
