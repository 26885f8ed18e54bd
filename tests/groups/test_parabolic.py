"""Parabolic subgroups up to conjugacy: numbers of Orlik and Solomon (1983), elliptic classes against closure."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from weylspec.groups._diagrams import Diagram, unit
from weylspec.groups._e8 import characteristic, sizes_from_molien
from weylspec.groups._parabolic import Parabolics, components, elliptic_classes, fixed_dimension, tuples_of_roots
from weylspec.groups.closure import finite_group


def simple_roots(letter: str, rank: int) -> np.ndarray:
    return unit(Diagram(letter, rank).roots)


@pytest.mark.parametrize(("letter", "rank", "numbers"), [
    ("E", 8, [[120], [1120, 3780], [7560, 37800, 40320]]),  # A1; A2, 2A1; A3, 3A1, A1 + A2
    ("E", 7, [[63], [336, 945], [315, 1260, 3780, 5040]]),  # 3A1 in two classes, A3, A1 + A2
    ("H", 4, [[60], [72, 200, 450], [60, 300, 360, 600]]),  # H3, A3, A1 + I2(5), A1 + A2
    ("B", 3, [[3, 6], [3, 4, 6]]), ("F", 4, [[12, 12], [16, 16, 18, 72]]),
])
def test_numbers_of_flats(letter, rank, numbers):
    found = Parabolics(simple_roots(letter, rank))
    for k, expected in enumerate(numbers, start=1):
        assert sorted(found.counts(k).values()) == expected


@pytest.mark.parametrize(("letter", "rank", "classes"), [("E", 6, 17), ("E", 7, 32), ("E", 8, 41), ("D", 6, 26)])
def test_numbers_of_classes_of_parabolic_subgroups(letter, rank, classes):
    """Orlik and Terao (1992), appendix C; D6: Dk, k ≠ 1, beside a partition of 6 − k; (6), (4, 2), (2, 2, 2) twice."""
    found = Parabolics(simple_roots(letter, rank))
    assert sum(len(found.counts(k)) for k in range(rank + 1)) == classes


@pytest.mark.parametrize(("letter", "rank"), [("A", 4), ("B", 3), ("D", 4), ("D", 5), ("D", 6), ("F", 4), ("H", 3)])
def test_elliptic_classes_against_closure(letter, rank):
    """With the nodes in any order and the roots in any position."""
    rng = np.random.default_rng(rank)
    turn = np.linalg.qr(rng.standard_normal((rank + 1, rank + 1)))[0][:, :rank]
    simple = rng.permutation(simple_roots(letter, rank)) @ turn.T
    group = finite_group([np.eye(rank + 1) - 2 * np.outer(r, r) for r in simple])
    expected = Counter()
    for index, size in group.table.classes:
        g = group.element(index)
        if fixed_dimension(g, 1) == 1:
            expected[size, tuple(np.round(np.poly(g), 6) + 0.0)] += 1
    found = elliptic_classes(simple)
    assert Counter((c.size, tuple(np.round(np.poly(c.element), 6) + 0.0)) for c in found) == expected
    assert all(np.abs(group.elements - c.element).max(axis=(1, 2)).min() < 1e-9 for c in found)


@pytest.mark.parametrize(("rank", "classes"), [(7, 12), (8, 30)])
def test_elliptic_classes_of_e7_and_e8(rank, classes):
    """Carter (1972), tables 10 and 11; their elements are as many as the product of the exponents."""
    found = elliptic_classes(simple_roots("E", rank))
    assert len(found) == classes
    assert sum(c.size for c in found) == math.prod(d - 1 for d in Diagram("E", rank).degrees)
    assert all(Diagram("E", rank).order % c.size == 0 for c in found)
    assert all(fixed_dimension(c.element, 1) == 0 for c in found)
    if rank == 8:  # regular elements: the centraliser has the degrees that their order divides (Springer 1974)
        sizes = {characteristic(c.element): c.size for c in found}
        order = Diagram("E", 8).order
        assert sizes[1, 1, 0, -1, -1, -1, 0, 1, 1] == order // 30  # Coxeter elements
        assert sizes[1, 4, 10, 16, 19, 16, 10, 4, 1] == order // (12 * 18 * 24 * 30)  # order 3
        assert sizes[1, 0, 4, 0, 6, 0, 4, 0, 1] == order // (8 * 12 * 20 * 24)  # order 4
        assert sizes[1, 2, 3, 4, 5, 4, 3, 2, 1] == order // (20 * 30)  # order 5


def test_molien_sees_a_class_that_is_missing():
    from weylspec.errors import CertificationError

    with pytest.raises(CertificationError, match="do not add up"):
        sizes_from_molien([(1, characteristic(np.eye(8)))], [characteristic(-np.eye(8))])


@pytest.mark.parametrize(("letter", "rank", "tuples"), [("A", 2, 6), ("B", 2, 12), ("H", 3, 15 * 14 * 13 - 6 * 70)])
def test_bases_of_roots(letter, rank, tuples):
    """H3: triples of its 15 roots less those in a plane: 6 planes with 5 roots, 10 with 3: 6·10 + 10 = 70 = 420/6."""
    assert tuples_of_roots(simple_roots(letter, rank)) == tuples


def test_components_and_products():
    simple = np.zeros((4, 5))
    simple[[0, 2], :2] = simple_roots("A", 2)
    simple[[1, 3], 2:4] = unit(Diagram("I", 2, 5).roots)
    parts = components(simple)
    assert [len(p) for p in parts] == [2, 2]
    found = elliptic_classes(simple)
    assert sorted(c.size for c in found) == [4, 4]  # 2 three-cycles times 2 + 2 rotations of a pentagon
    assert all(c.element[4, 4] == 1 for c in found)
    assert tuples_of_roots(simple) == math.comb(4, 2) * 6 * 20
