"""Cosets of every kind of group: determinants along the torus, shares, commuting directions, Weyl's measure."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from scipy.linalg import expm

from weylspec.groups.cosets import AffineCoset, finite_coset
from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.orthogonal import SO, O
from weylspec.groups.permutation import (
    AlternatingGroup,
    CyclicGroup,
    DihedralGroup,
    Hyperoctahedral,
    SignFlips,
    SymmetricGroup,
)
from weylspec.groups.point import PointGroup

MINUS = MatrixGroup([-np.eye(6)])
GROUPS = [
    SymmetricGroup(4), AlternatingGroup(5), CyclicGroup(6), DihedralGroup(4), SignFlips(3), Hyperoctahedral(3),
    PointGroup("Ih"), PointGroup("D5d"), SO(2), SO(3), SO(4), SO(5), O(2), O(3), O(4), O(5), O(6),
    SO(3).copies(2), O(4).blocks(2), SO(3) + O(2), SymmetricGroup(3) + SO(4), O(2) + PointGroup("T"),
    SO(3).copies(3) * SymmetricGroup(3).blocks(3), O(2).copies(3) * DihedralGroup(3).blocks(2),
    O(3).copies(2) * MINUS, SO(2).copies(3) * (MINUS * CyclicGroup(3).blocks(2)),
    PointGroup("T").copies(3) * PointGroup("D3").blocks(3), CyclicGroup(4) * CyclicGroup(4),
]


@pytest.mark.parametrize("group", GROUPS, ids=repr)
def test_blocks_give_the_determinant_along_the_torus(group, rng):
    for coset in group.natural().cosets():
        x = coset.element()
        for theta in rng.random((2, coset.rank)):
            g = x @ expm(2 * math.pi * sum((a * h for a, h in zip(theta, coset.directions, strict=True)), 0 * x))
            t = 0.3 + 0.4j
            blocks = np.prod([
                1 - np.exp(2j * math.pi * (float(c) + w @ theta)) * t**length
                for length, c, w in zip(coset.lengths, coset.phases, coset.weights, strict=True)
            ])
            assert abs(blocks - np.linalg.det(np.eye(len(x)) - t * g)) < 1e-9 * abs(blocks) + 1e-12


@pytest.mark.parametrize("group", GROUPS, ids=repr)
def test_shares_add_up_to_one_and_directions_commute(group):
    cosets = list(group.natural().cosets())
    assert sum(c.share for c in cosets) == 1
    assert all(isinstance(c.share, Fraction) and c.share > 0 for c in cosets)
    for coset in cosets:
        assert sum(coset.lengths) == group.degree
        assert len(coset.directions) == coset.rank == coset.roots.shape[1]
        for h in coset.directions:
            assert np.array_equal(h, -h.T)
            for other in (coset.element(), *coset.directions):
                assert np.abs(h @ other - other @ h).max() < 1e-12
        assert group.natural().modulus % math.lcm(*coset.denominators()) == 0


def moments(group, power: int) -> float:
    """E tr(g)^power by the trapezoid rule on each coset with Weyl's density."""
    total = 0.0
    for c in group.natural().cosets():
        points = power * max(1, int(np.abs(c.weights).max(initial=0))) + int(np.abs(c.roots).sum()) + 1
        grid = np.array(list(itertools.product(range(points), repeat=c.rank))).reshape(points**c.rank, c.rank) / points
        turns = np.array([float(x) for x in c.root_phases]) + grid @ c.roots.T
        density = np.prod(1 - np.exp(2j * math.pi * turns), axis=1).real
        trace = np.exp(2j * math.pi * (np.array([float(x) for x in c.phases]) + grid @ c.weights.T)).sum(axis=1)
        total += float(c.share) * float((density * trace**power).sum().real / density.sum())
    return total


@pytest.mark.parametrize("k", [2, 3, 4, 5])
def test_moments_of_traces(k):
    # Invariants of O(k) in V^⊗2j are the pairings, (2j − 1)!! for j ≤ k, none in odd powers (Weyl 1939); SO(k)
    # has the determinant beside them, first in power k.
    pairings = {2: 1, 4: 3, 6: 15}
    for power in range(1, 6):
        if power <= 2 * k:
            assert math.isclose(moments(O(k), power), pairings.get(power, 0), abs_tol=1e-9)
        if power <= k:
            assert math.isclose(moments(SO(k), power), pairings.get(power, 0) + (power == k), abs_tol=1e-9)


def test_a_coset_of_rank_zero():
    phases = (Fraction(0), Fraction(1, 2))
    coset = finite_coset(Fraction(1, 3), (2, 1), phases, lambda: np.diag([1.0, 1, -1])[[1, 0, 2]])
    assert (coset.rank, coset.fixed_dim, coset.is_identity) == (0, 1, False)
    assert sorted(coset.denominators()) == [1, 2]


def test_identity_means_length_one_and_phase_zero():
    names = {c.is_identity: c.share for c in CyclicGroup(4).natural().cosets()}
    assert names[True] == Fraction(1, 4)
    assert [c.is_identity for c in (SymmetricGroup(2) + SignFlips(1)).natural().cosets()].count(True) == 1


def test_denominators_of_an_affine_coset():
    coset = AffineCoset(Fraction(1), np.eye(2, dtype=np.int64), (Fraction(1, 3), Fraction(1, 4)), np.zeros((2, 0), int))
    assert list(coset.denominators()) == [3, 4]
