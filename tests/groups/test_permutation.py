"""Groups of (signed) permutations: classes against brute force, samples, membership, large degrees."""

from __future__ import annotations

import itertools
import math
import time
from fractions import Fraction

import numpy as np
import pytest
from routes import class_of, conjugacy, permutations_of, spanned

from weylspec.errors import CostError, WeylspecError
from weylspec.groups.permutation import (
    AlternatingGroup,
    CyclicGroup,
    DihedralGroup,
    Hyperoctahedral,
    SignFlips,
    SymmetricGroup,
)


def rotations(n, *, reflections=False):
    shifts = [np.roll(np.eye(n), k, axis=0) for k in range(n)]
    return shifts + [s[::-1] for s in shifts] * reflections


def even(n):
    return [g for g in permutations_of(n) if np.linalg.det(g) > 0]


def signs(n):
    return [np.diag(s) for s in itertools.product((1.0, -1.0), repeat=n)]


CASES = [
    *((SymmetricGroup(n), permutations_of(n)) for n in (1, 2, 3, 4, 5)),
    *((AlternatingGroup(n), even(n)) for n in (3, 4, 5)),
    *((CyclicGroup(n), rotations(n)) for n in (1, 2, 3, 4, 6)),
    *((DihedralGroup(n), rotations(n, reflections=True)) for n in (3, 4, 5, 6)),
    *((SignFlips(n), signs(n)) for n in (1, 3)),
    *((Hyperoctahedral(n), permutations_of(n, signed=True)) for n in (1, 2, 3)),
]


@pytest.mark.parametrize(("group", "elements"), CASES, ids=lambda x: repr(x) if hasattr(x, "order") else "")
def test_cosets_are_the_conjugacy_classes(group, elements):
    assert group.order == group.natural().order == len(elements)
    classes = conjugacy(elements)
    cosets = list(group.natural().cosets())
    assert len(cosets) == len(classes)
    hit = set()
    for coset in cosets:
        index = class_of(coset.element(), classes)
        hit.add(index)
        assert coset.share == Fraction(len(classes[index]), len(elements))
        assert np.allclose(np.poly(coset.element()), block_polynomial(coset), atol=1e-10)
    assert len(hit) == len(classes)


def block_polynomial(coset):
    product = np.ones(1)
    for length, phase in zip(coset.lengths, coset.phases, strict=True):
        product = np.convolve(product, [1, *[0] * (length - 1), -np.cos(2 * math.pi * float(phase))])
    return product


@pytest.mark.parametrize(("group", "elements"), CASES, ids=lambda x: repr(x) if hasattr(x, "order") else "")
def test_generators_samples_and_membership(group, elements, rng):
    assert len(spanned(group.generators or (np.eye(group.degree),))) == len(elements)
    assert all(group.contains(g) for g in elements)
    samples = group.sample(50, rng)
    assert samples.shape == (50, group.degree, group.degree)
    assert all(group.contains(g) for g in samples)
    others = [g for g in permutations_of(group.degree, signed=True) if not any(np.array_equal(g, h) for h in elements)]
    assert not any(group.contains(g) for g in others)
    assert not group.contains(elements[0] * 0.5)
    assert not group.contains(np.eye(group.degree + 1))


@pytest.mark.parametrize("group", [AlternatingGroup(4), DihedralGroup(4), Hyperoctahedral(2)], ids=repr)
def test_samples_are_uniform(group, rng):
    draws = 2400
    _, counts = np.unique(group.sample(draws, rng).reshape(draws, -1), axis=0, return_counts=True)
    assert len(counts) == group.order
    # χ² with |G| − 1 degrees of freedom, at most 23: mean + 6 standard deviations
    expected = draws / group.order
    assert ((counts - expected) ** 2 / expected).sum() < group.order + 6 * math.sqrt(2 * group.order)


def test_large_groups_go_by_cycle_types():
    start = time.perf_counter()
    cosets = list(SymmetricGroup(20).natural().cosets())
    assert len(cosets) == 627  # partitions of 20
    assert sum(c.share for c in cosets) == 1
    assert len(list(Hyperoctahedral(10).natural().cosets())) == 481  # pairs of partitions of 10 in all
    assert sum(c.share for c in Hyperoctahedral(10).natural().cosets()) == 1
    assert sum(c.share for c in AlternatingGroup(15).natural().cosets()) == 1
    assert time.perf_counter() - start < 5  # 0.1 s here


def test_membership_needs_no_list():
    assert CyclicGroup(400).contains(np.roll(np.eye(400), 7, axis=0))
    assert DihedralGroup(400).contains(np.roll(np.eye(400), 7, axis=0)[::-1])
    assert not CyclicGroup(400).contains(np.roll(np.eye(400), 7, axis=0)[::-1])


def test_refusals():
    with pytest.raises(WeylspecError, match="n must be at least 1, got 0"):
        SymmetricGroup(0)
    with pytest.raises(WeylspecError, match=r"n must be an integer, got 2\.5"):
        CyclicGroup(2.5)
    with pytest.raises(WeylspecError, match="at least 3, got 2"):
        AlternatingGroup(2)
    with pytest.raises(WeylspecError, match="must be an integer, got True"):
        SignFlips(True)
    with pytest.raises(CostError, match=r"SignFlips\(17\) has 2\^17 classes"):
        next(SignFlips(17).natural().cosets())
    with pytest.raises(CostError, match="at most 400 signs"):
        SignFlips(401).natural()
    with pytest.raises(CostError, match="3628800 elements"):
        SymmetricGroup(10).natural().elements()


@pytest.mark.parametrize("group", [SymmetricGroup(100), AlternatingGroup(500), Hyperoctahedral(40)], ids=repr)
def test_too_many_classes_are_refused_with_their_number(group):
    with pytest.raises(CostError, match=r"conjugacy classes, above 1e\+06"):
        next(group.natural().cosets())
