"""Counting on tori modulo permutations and signs: multisets, searches, fixed lattices and lists against each other."""

from __future__ import annotations

import math

import numpy as np
import pytest

import weylspec as ws
from weylspec.spaces._symmetric_tori import symmetric_terms
from weylspec.spaces.isotypic import Isotypic

WAYS = ["multisets of integers", "descending integers"]
ROTATED = ws.MatrixGroup([[[0, -1], [1, 0]]])  # quarter turns: not all signed permutations of the plane
SPACES = [
    (ws.Torus(3) / ws.SymmetricGroup(3), WAYS), (ws.Torus(4) / ws.SymmetricGroup(3), WAYS[:1]),
    (ws.Torus(4) / ws.Hyperoctahedral(4), WAYS), (ws.Torus(3) / ws.AlternatingGroup(3), WAYS[:1]),
    (ws.Torus(5) / ws.AlternatingGroup(4), WAYS[:1]), (ws.Torus(4) / ws.SignFlips(2), WAYS[:1]),
    (ws.Torus(5) / (ws.SymmetricGroup(2) + ws.SymmetricGroup(3)), WAYS[:1]),
    (ws.Torus(5) / (ws.AlternatingGroup(3) + ws.Hyperoctahedral(2)), WAYS[:1]),
    (ws.Torus(4) / ws.CoxeterGroup("D4"), WAYS),
    (ws.Torus(2) / ws.MatrixGroup([[[0, -1], [-1, 0]], [[0, 1], [1, 0]]]), WAYS),
    (ws.Torus(3) / ws.CoxeterGroup("B3"), WAYS),
    (ws.Torus(4) / ws.PermutationGroup([[(0, 1, 2, 3)], [(0, 1)]]), WAYS),
    (ws.Torus(5) / ws.PermutationGroup([[(1, 2, 3)], [(2, 3, 4)]]), WAYS[:1]),
    (ws.Torus(3) / ws.Wreath(ws.SignFlips(1), 3), WAYS), (ws.Torus(1) ** 4 / ws.SymmetricGroup(4), WAYS),
    (ws.Torus(1) ** 4 / ws.SymmetricGroup(3), WAYS[:1]), (ws.Torus(1) ** 3 / ws.AlternatingGroup(3), WAYS[:1]),
    (ws.FlatTorus([[1, 0, 0], [0, 1, 0], [0, 0, 2]]) / ws.SymmetricGroup(2), WAYS[:1]),
    (ws.Torus(4) / ws.CyclicGroup(4), []), (ws.Torus(2) / ROTATED, []), (ws.Torus(1) ** 4 / ws.CyclicGroup(4), []),
    (ws.Torus(4) / ws.SymmetricGroup(2).blocks(2), []),
    (ws.Torus(4) / (ws.CyclicGroup(3) * ws.CyclicGroup(3)), WAYS[:1]),
    (ws.Torus(2) / ws.AffineGroup([([[0, 1], [1, 0]], ["1/2", "1/2"])]), []),
    (ws.Torus(2) / ws.Wreath(ws.Translations(steps=[["1/2"]]), 2), []),
]


@pytest.mark.parametrize(("space", "names"), SPACES, ids=[repr(space) for space, _ in SPACES])
def test_every_way_counts_alike(space, names):
    counters = {c.name: c for c in space.counters()}
    assert [name for name in WAYS if name in counters] == names
    listed = space.spectrum(num=300)
    for lam in listed.eigenvalues[::5].tolist():
        for below in (lam, lam * (1 - 1e-9), lam + 0.3):
            if below <= listed.complete_below:
                assert {c.count(below) for c in counters.values()} == {listed.count(below)}


@pytest.mark.parametrize("n", [3, 4, 5])
def test_fermions_and_bosons_make_up_the_alternating_group(n):
    """Invariants of A_n are those of S_n and its sign representation, which has characters of its own."""
    bosons, both = ws.Torus(n) / ws.SymmetricGroup(n), ws.Torus(n) / ws.AlternatingGroup(n)
    fermions = Isotypic(bosons, "det")
    assert not [c for c in fermions.counters() if c.name in WAYS]
    for lam in (0, 3, 10, 33, 34, 60):
        assert both.count(lam) == bosons.count(lam) + fermions.count(lam)


def test_weights_of_a_character_are_not_those_of_invariants():
    """An action that is weighted by a character has the same generators and order."""
    torus, group = ws.Torus(4), ws.AlternatingGroup(4)
    assert symmetric_terms(torus.form, torus.action(group))
    assert not symmetric_terms(torus.form, torus.weighted_action(group, group.character("natural")))


def test_the_cheapest_way_is_taken():
    def best(space, lam):
        return min(space.counters(), key=lambda counter: counter.operations(lam)).name

    few, many = ws.Torus(3) / ws.SymmetricGroup(3), ws.Torus(10) / ws.SymmetricGroup(10)
    assert best(few, 10**6) != "multisets of integers"
    assert best(many, 10**5) == "multisets of integers"
    assert few.count(10**6) == 699241334
    assert many.count(10**5) == 7994722984009576633


def test_a_circle_has_reflections():
    # one natural number: ⌊√λ⌋ + 1; two of them with a common unit
    assert (ws.Torus(1) / ws.SignFlips(1)).count(10**30) == 10**15 + 1
    half = ws.FlatTorus([[2 * math.pi]]) / ws.SignFlips(1)
    assert half.count(10**12) == 10**6 + 1


@pytest.mark.slow
@pytest.mark.parametrize("lam", [10**5, 200_003])
def test_ten_circles_by_burnside(lam):
    """42 lattices of fixed characters, on both sides of 2⁶⁴."""
    space = ws.Torus(10) / ws.SymmetricGroup(10)
    lattices, = (c for c in space.counters() if c.name == "points of fixed lattices")
    assert lattices.count(lam) == space.count(lam)
    assert (space.count(lam) > 2**64) == (lam > 10**5)


def test_a_box_of_squares_grows_as_its_volume():
    space = ws.Torus(6) / ws.SymmetricGroup(6)
    lam = np.array([2000, 4000, 8000])
    ratio = [space.count(int(x)) / (math.pi**3 / 6 / 720 * x**3) for x in lam]
    # the mirrors add a term √λ below the leading one: the excess falls by √2 each time
    excess = np.array(ratio) - 1
    assert (excess[:-1] / excess[1:]) == pytest.approx(math.sqrt(2), rel=0.05)
