"""Orbits of characters with trivial phases: flat manifolds of the literature, and sets that are not closed."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest

import weylspec as ws
from weylspec.errors import WeylspecError
from weylspec.invariants.character_orbits import orbit_representatives


def levels(space, reach, top):
    n = space.manifold.dim
    k = [c for c in itertools.product(range(-reach, reach + 1), repeat=n) if sum(x * x for x in c) <= top]
    found = Counter(int(sum(row**2)) for row in orbit_representatives(space.action_on_manifold, k))
    return [(level, found[level]) for level in sorted(found)]


@pytest.mark.parametrize(("name", "expected"), [  # λ/4π² (multiplicity): Doyle and Rossetti (2004)
    ("Klein", [(0, 1), (1, 1), (2, 2), (4, 3), (5, 4), (8, 2), (9, 1), (10, 4)]),
    ("G4", [(0, 1), (1, 1), (2, 3), (3, 2), (4, 1), (5, 6), (6, 6), (8, 3)]),
    ("G6", [(0, 1), (2, 3), (3, 2), (4, 3), (5, 6), (6, 6), (8, 3), (9, 6)]),
    ("B4", [(0, 1), (2, 3), (3, 2), (4, 4), (5, 4), (6, 6), (8, 5), (9, 6)]),
])
def test_flat_manifolds(name, expected):
    assert levels(ws.FlatManifold(name), 3, expected[-1][0]) == expected


def test_translations_of_both_kinds():
    # T³ modulo the diagonal circle: A₂ theta series at q²; T² modulo C₄ and all translations: constants only
    diagonal = ws.Torus(3) / ws.Translations([[1, 1, 1]])
    assert levels(diagonal, 2, 6) == [(0, 1), (2, 6), (6, 6)]
    assert levels(ws.Torus(2) / ws.Translations(steps=[["1/5", "2/5"]]), 3, 10) == [(0, 1), (5, 4), (10, 4)]
    turned = ws.AffineGroup([([[0, -1], [1, 0]], [0, 0])], translations=[[1, 0], [0, 1]])
    assert levels(ws.Torus(2) / turned, 2, 4) == [(0, 1)]


def test_characters_that_are_not_closed():
    with pytest.raises(WeylspecError, match=r"not closed under the group: \[0, 1\] is an image but not among them"):
        orbit_representatives(ws.SymmetricGroup(2).affine(2), [[1, 0]])
