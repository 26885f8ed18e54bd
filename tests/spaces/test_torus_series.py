"""Tori modulo H ≀ S_m: the recursion against classes, boson generating functions and orbits counted one by one."""

import math
from itertools import product as pairs

import pytest
from power_series import Series, bosons, theta

import weylspec as ws
from weylspec.invariants.flat import invariant_characters
from weylspec.spaces import _torus_series
from weylspec.spaces._theta import count_levels
from weylspec.spaces._torus_series import _by_classes, invariant_characters_by_level

HALF = ws.Translations(steps=[["1/2", "1/2"]])
GLIDE = ws.AffineGroup([([[1, 0], [0, -1]], ["1/2", 0])])
CASES = [
    (ws.Torus(4), ws.SymmetricGroup(4)), (ws.Torus(4), ws.SymmetricGroup(3)), (ws.Torus(3), ws.Hyperoctahedral(3)),
    (ws.Torus(3), ws.SignFlips(3)), (ws.Torus(4), ws.SymmetricGroup(2).blocks(2)),
    (ws.Torus(4), ws.SymmetricGroup(2).copies(2)), (ws.Torus(4), ws.Wreath(ws.CyclicGroup(2), 2)),
    (ws.Torus(4), ws.Wreath(HALF, 2)), (ws.Torus(4), ws.Wreath(GLIDE, 2)),
    (ws.Torus(4), ws.Wreath(ws.Translations([[1, 1]]), 2)), (ws.Torus(5), ws.Wreath(HALF, 2)),
    (ws.Torus(4), ws.SymmetricGroup(2) + ws.Hyperoctahedral(2)),
    (ws.FlatTorus([[1, 0, 0], [0, 1, 0], [0, 0, 2]]), ws.SymmetricGroup(2)),
]


@pytest.mark.parametrize(("torus", "group"), CASES, ids=repr)
def test_classes_agree(torus, group, monkeypatch):
    action = torus.action(group)
    cutoff = 30 if torus.volume > 100 else 30 * 39.5
    keys, counts, how = invariant_characters_by_level(torus.form, action, cutoff)
    assert "blocks" in how
    kept = torus.form.restricted(invariant_characters(action))
    levels, slow = _by_classes(torus.form, action, cutoff, *count_levels(kept, cutoff))
    kept = [(int(k), int(c)) for k, c in zip(levels[:, 0], slow, strict=True) if c]
    assert [(int(k), int(c)) for k, c in zip(keys[:, 0], counts, strict=True)] == kept


@pytest.mark.parametrize(("torus", "group"), [CASES[0], CASES[2], CASES[6], CASES[8]], ids=repr)
def test_orbits_one_by_one(torus, group):
    # invariant functions on a level: orbits of characters on which all stabilisers have trivial phases
    action, n = torus.action(group), torus.dim
    maps = action.components()
    total = 0
    for k in pairs(range(-2, 3), repeat=n):
        if sum(x * x for x in k) <= 5:
            stabiliser = [sum(x * b for x, b in zip(k, shift, strict=True)) % 1 == 0 for matrix, shift in maps
                          if tuple(matrix.T @ k) == k]
            total += all(stabiliser) * len(stabiliser) / len(maps)
    assert (torus / group).spectrum(cutoff=5).total == round(total)


def test_bosons_on_a_circle():
    top = 30
    for n in (10, 24):
        wanted = bosons(theta, Series.variable(top), n)
        listed = (ws.Torus(n) / ws.SymmetricGroup(n)).spectrum(cutoff=top)
        assert listed.multiplicities.tolist() == [int(c) for c in wanted.a if c]
    squares = Series([int(int(k**0.5) ** 2 == k) for k in range(top + 1)])
    wanted = bosons(lambda q: squares, Series.variable(top), 8)
    assert (ws.Torus(8) / ws.Hyperoctahedral(8)).spectrum(cutoff=top).total == sum(wanted.a)


def test_sixty_circles():
    # for λ < 60 at most 59 of 60 coordinates differ from 0: partitions of λ into squares of integers with signs
    top = 40
    ways = [1] + [0] * top
    for j in range(1, 7):
        for _ in (j, -j):
            for k in range(j * j, top + 1):
                ways[k] += ways[k - j * j]
    assert (ws.Torus(60) / ws.SymmetricGroup(60)).spectrum(cutoff=top).multiplicities.tolist() == ways
    ways = [1] + [0] * top
    for j in range(1, 7):
        for k in range(j * j, top + 1):
            ways[k] += ways[k - j * j]
    assert (ws.Torus(60) / ws.Hyperoctahedral(60)).spectrum(cutoff=top).multiplicities.tolist() == ways


def sums(terms):
    """The coefficients of each dimension together."""
    found = {}
    for term in terms:
        found[term.dim] = found.get(term.dim, 0.0) + term.coefficient
    return found


@pytest.mark.parametrize("space", [
    ws.Torus(9) / ws.SymmetricGroup(9), ws.Sphere(8) / ws.SymmetricGroup(9), ws.Sphere(8) / ws.Hyperoctahedral(9),
    ws.Sphere(8) / ws.SymmetricGroup(3).blocks(3), ws.Sphere(8) / ws.SignFlips(5), ws.Torus(5) / ws.SignFlips(5),
    ws.Torus(6) / ws.Wreath(HALF, 3), ws.Torus(6) / (ws.SymmetricGroup(3) + ws.SignFlips(3)),
], ids=repr)
def test_geometry_near_the_identity_is_that_of_all_classes(space, monkeypatch):
    whole = space.geometry
    monkeypatch.setattr("weylspec.groups.action._MANY", 5)
    near = (space.manifold / space.group).geometry
    assert (near.volume, near.is_free, near.effective_order) == (whole.volume, whole.is_free, whole.effective_order)
    assert [w.volume for w in near.walls] == pytest.approx([w.volume for w in whole.walls])
    assert near.remainder >= whole.remainder
    found, wanted = (sums(term for term in terms if term.dim > near.remainder) for terms in (near.lower, whole.lower))
    assert found == pytest.approx(wanted)


def test_mirrors_of_sixty_circles():
    space = ws.Torus(60) / ws.SymmetricGroup(60)
    # 60·59/2 diagonals x_i = x_j of volume √2·(2π)⁵⁹, both sides of each
    assert space.boundary_volume / space.volume == pytest.approx(60 * 59 * math.sqrt(2) / (2 * math.pi))


def test_costs_and_lattices_that_do_not_split():
    hexagonal = ws.FlatTorus([[1, 0], [0.5, 3**0.5 / 2]])
    action = hexagonal.action(ws.SymmetricGroup(2))
    assert not _torus_series.is_structured(hexagonal.form, action, 100)
    assert _torus_series.structured_cost(ws.Torus(7).action(ws.SymmetricGroup(7)), 10**6) < 1e11
    assert (hexagonal / ws.SymmetricGroup(2)).spectrum(cutoff=60).multiplicities.tolist() == [1, 4]
