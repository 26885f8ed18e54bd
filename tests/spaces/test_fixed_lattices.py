"""Counting on flat quotients without a list: against lists, orbits and generating functions."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from routes import affine_elements, character_orbits

from weylspec.groups.affine import AffineGroup
from weylspec.groups.permutation import Hyperoctahedral, SymmetricGroup
from weylspec.spaces.flat import FlatManifold
from weylspec.spaces.torus import FlatTorus, Torus

HEXAGONAL = FlatTorus([[1, 0], [0.5, 3**0.5 / 2]])
TURNS = [[[0, -1], [1, 0]], [[-1, 0], [0, 1]], [[0, 1], [1, 0]], [[-1, 0], [0, -1]], [[1, 0], [0, 1]]]
SOLID = [[[0, 0, 1], [1, 0, 0], [0, 1, 0]], [[0, -1, 0], [1, 0, 0], [0, 0, 1]], [[-1, 0, 0], [0, -1, 0], [0, 0, -1]],
         [[0, 1, 0], [1, 0, 0], [0, 0, -1]], [[1, 0, 0], [0, -1, 0], [0, 0, -1]], [[1, 0, 0], [0, 1, 0], [0, 0, 1]]]


def by_lattices(space, lam):
    """The count of the counter that lists nothing."""
    (counter,) = (c for c in space.counters() if c.name == "points of fixed lattices")
    assert counter.cost(lam) < math.inf
    return counter.count(lam)


def generators(turns, denominators):
    n = len(turns[0])
    shift = st.tuples(*[st.tuples(st.integers(0, 11), st.sampled_from(denominators)).map(lambda p: Fraction(*p))] * n)
    return st.lists(st.tuples(st.sampled_from(turns), shift), min_size=1, max_size=2)


@settings(max_examples=30, deadline=None)
@given(generators(TURNS, [1, 2, 3, 4, 5, 6, 12]))
def test_random_groups_of_the_plane(maps):
    """Phases of orders up to 12, so that Möbius signs and several divisors occur."""
    elements = affine_elements(maps)
    space = Torus(2) / AffineGroup(maps)
    assume("points of fixed lattices" in [c.name for c in space.counters()])
    orbits = character_orbits(elements, lambda k: k[0] ** 2 + k[1] ** 2, 60, 7)
    for lam in (0, 1, 17, 60):
        assert by_lattices(space, lam) == sum(m for norm, m in orbits.items() if norm <= lam)


@settings(max_examples=25, deadline=None)
@given(generators(SOLID, [1, 2, 3, 4]))
def test_random_groups_of_space(maps):
    elements = affine_elements(maps)
    assume(len(elements) <= 400)
    space = Torus(3) / AffineGroup(maps)
    assume("points of fixed lattices" in [c.name for c in space.counters()])
    orbits = character_orbits(elements, lambda k: sum(x * x for x in k), 14, 3)
    for lam in (2, 9, 14):
        assert by_lattices(space, lam) == sum(m for norm, m in orbits.items() if norm <= lam)


SPACES = [
    *(FlatManifold(name) for name in ("Klein", "G2", "G3", "G4", "G5", "G6", "B1", "B2", "B3", "B4")),
    FlatManifold("G6", sides=[1, 2, "1.5"]), Torus(2) / Hyperoctahedral(2), Torus(3) / SymmetricGroup(3),
    HEXAGONAL / AffineGroup([([[0, -1], [1, 1]], [0, 0]), ([[0, 1], [1, 0]], [0, 0])]),
    Torus(3) / AffineGroup([([[0, 1, 0], [1, 0, 0], [0, 0, 1]], [0, 0, "1/2"])], translations=[[1, 1, 1]]),
]


@pytest.mark.parametrize("space", SPACES, ids=repr)
def test_lists_and_lattices_count_alike(space):
    listed = space.spectrum(num=400)
    middles = (listed.eigenvalues[1:] + listed.eigenvalues[:-1]) / 2
    for lam in (*listed.eigenvalues[::7].tolist(), *middles[::7].tolist()):
        assert by_lattices(space, lam) == listed.count(lam)


def test_far_counts_of_surfaces():
    """Burnside's lemma by hand for p4m and for the Klein bottle."""
    lam, root = 10**12, 10**6
    torus, axis, diagonal = Torus(2).count(lam), 2 * root + 1, 2 * math.isqrt(lam // 2) + 1
    total = torus + 3 + 2 * axis + 2 * diagonal  # identity, three rotations, four mirrors
    assert divmod(total, 8) == ((Torus(2) / Hyperoctahedral(2)).count(lam), 0)
    glide = 2 * (root // 2) + 1 - 2 * ((root + 1) // 2)  # Σ (−1)^j over |j| ≤ 10⁶
    klein = Torus(2) / AffineGroup([([[1, 0], [0, -1]], ["1/2", 0])])
    assert divmod(torus + glide, 2) == (klein.count(lam), 0)


def test_the_hexagonal_torus_itself():
    unit = 16 * math.pi**2 / 3
    chi = [0, 1, -1]
    top = 10_000
    assert HEXAGONAL.count(top * unit) == 1 + 6 * sum(chi[d % 3] * (top // d) for d in range(1, top + 1))
    assert HEXAGONAL.count(10**15) == pytest.approx(HEXAGONAL.volume * 1e15 / (4 * math.pi), rel=1e-10)


def test_where_no_counter_is_offered():
    """Lengths without a common unit: the eigenvalues are no multiples of one number."""
    irrational = FlatManifold("G2", sides=[1, 1, math.pi])
    assert [c.name for c in irrational.counters()] == ["list of levels"]
    one = [[1, 0], [0, 1]]
    many = Torus(2) / AffineGroup([(one, ["1/20", 0]), (one, [0, "1/20"]), ([[0, -1], [1, 0]], [0, 0])])
    assert len(many.group.components) == 1600
    assert [c.name for c in many.counters()] == ["list of levels"]
