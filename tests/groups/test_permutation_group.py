"""PermutationGroup: three ways to write generators, classes by closure, refusals."""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest

from weylspec.errors import CostError, WeylspecError
from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.permutation import AlternatingGroup, SymmetricGroup
from weylspec.groups.permutation_group import PermutationGroup

FANO = [[(0, 1, 2, 3, 4, 5, 6)], [(1, 2), (3, 6)]]
MATHIEU_11 = [[tuple(range(11))], [(2, 6, 10, 7), (3, 9, 4, 5)]]


def kinds(group) -> Counter:
    return Counter((c.share, tuple(sorted(c.lengths))) for c in group.natural().cosets())


def test_images_cycles_and_sympy_are_one_group():
    from sympy.combinatorics import Permutation
    from sympy.combinatorics import PermutationGroup as Symbolic

    images = [[1, 2, 3, 4, 5, 6, 0], [0, 2, 1, 6, 4, 5, 3]]
    written = [FANO, images, [np.array(g) for g in images], [Permutation(g) for g in images],
               Symbolic([Permutation(g) for g in images])]
    for given in written:
        group = PermutationGroup(given)
        assert (group.order, group.degree) == (168, 7)
        assert np.array_equal(group.generators, PermutationGroup(FANO).generators)


def test_classes_of_the_fano_group():
    """Sizes 1, 21, 56, 42, 24, 24 of GL(3, 2)."""
    expected = Counter({(Fraction(1, 168), (1,) * 7): 1, (Fraction(1, 8), (1, 1, 1, 2, 2)): 1,
                        (Fraction(1, 3), (1, 3, 3)): 1, (Fraction(1, 4), (1, 2, 4)): 1, (Fraction(1, 7), (7,)): 2})
    assert kinds(PermutationGroup(FANO)) == expected


@pytest.mark.parametrize(("generators", "order", "classes"), [
    ([[0]], 1, 1), ([[(0, 1)]], 2, 2), ([[]], 1, 1), (MATHIEU_11, 7920, 10),
    ([[(0, 1, 2)], [(0, 1)], [(0, 3), (1, 4), (2, 5)], [(0, 3, 6), (1, 4, 7), (2, 5, 8)]], 1296, 22),
])
def test_class_numbers(generators, order, classes):
    """M11: the atlas of finite groups; S_3 ≀ S_3: triples of partitions of 0 … 3 with sizes adding up to 3."""
    group = PermutationGroup(generators)
    cosets = list(group.natural().cosets())
    assert (group.order, len(cosets)) == (order, classes)
    assert sum(c.share for c in cosets) == 1
    for c in cosets:
        g = c.element()
        assert group.contains(g)
        assert sorted(c.lengths) == sorted(_cycle_lengths(g))


def _cycle_lengths(g: np.ndarray) -> list[int]:
    images, seen, lengths = g.argmax(axis=0).tolist(), set(), []
    for start in range(len(g)):
        length, i = 0, start
        while i not in seen:
            seen.add(i)
            i, length = images[i], length + 1
        lengths += [length] if length else []
    return lengths


def test_all_and_all_even_permutations_are_recognised():
    every = [[*range(1, 12), 0], [(0, 1)]]
    even = [[(0, 1, 2)], [*range(1, 11), 0, 11], [0, *range(2, 12), 1]]
    for generators, named in ((every, SymmetricGroup(12)), (even, AlternatingGroup(12))):
        group = PermutationGroup(generators)
        assert group.order == named.order
        assert kinds(group) == kinds(named)
        assert repr(group).startswith("PermutationGroup([…")
        assert group.natural().label == repr(group)


def test_against_the_group_of_its_matrices():
    group = PermutationGroup(MATHIEU_11)
    assert kinds(group) == kinds(MatrixGroup(group.generators))


def test_membership_and_samples():
    group = PermutationGroup([[(0, 1, 2, 3, 4)], [(1, 4), (2, 3)]])
    eye = np.eye(5)
    members = {p for p in permutations(range(5)) if group.contains(eye[list(p)])}
    assert len(members) == 10
    sample = group.sample(500, np.random.default_rng(0))
    found = Counter(tuple(g.argmax(axis=1).tolist()) for g in sample)
    assert set(found) == members
    assert not group.contains(-eye)
    assert not group.contains(np.eye(4))


def test_more_than_a_million_elements_have_an_order_but_no_classes():
    """S_6 ≀ S_2 has 1 036 800 elements."""
    group = PermutationGroup([[(0, 1)], [tuple(range(6))], [(i, i + 6) for i in range(6)]])
    assert group.order == 2 * math.factorial(6) ** 2
    with pytest.raises(CostError, match="1036800 elements, above 1000000"):
        next(group.natural().cosets())


@pytest.mark.parametrize(("generators", "message"), [
    ([], "at least one generator"), ([[0, 0, 1]], "generator 0 .* not a permutation"),
    ([[1, 2, 3]], "not a permutation"), ([[0, 1], [(0, 1), (1, 2)]], "generator 1.*disjoint"),
    ([[(0, -1)]], "points 0, 1"), ([[(0, 5000)]], "beyond the 2000"),
    ([[0.5, 1]], "neither a list of images"), ([["ab"]], "neither a list"), ([[(0, True)]], "points 0, 1"),
    ([list(range(2001))], "more than 2000"),
])
def test_refused_input(generators, message):
    with pytest.raises(WeylspecError, match=message):
        PermutationGroup(generators)
