"""Flat manifolds: every table of theory 2.5 by two routes, what manifolds they are, and what is refused."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from routes import affine_elements, character_orbits

from weylspec.counting.verify import verify_weyl
from weylspec.errors import GroupActionError, InfiniteGroupError, WeylspecError
from weylspec.exact.integer_lattice import smith
from weylspec.expressions import read_space
from weylspec.spaces.flat import BieberbachManifold, FlatManifold
from weylspec.spaces.torus import FlatTorus

ROOT3 = math.sqrt(3)
BOX2, BOX3 = np.eye(2), np.eye(3)
HEXAGONAL = np.array([[1, 0, 0], [0.5, ROOT3 / 2, 0], [0, 0, 1]])
CENTRED = np.array([[1, 0, 0], [0, 1, 0], [0.5, 0.5, 1]])


def turn(angle):
    c, s = math.cos(angle), math.sin(angle)
    return [[c, -s, 0], [s, c, 0], [0, 0, 1]]


# The generators x ↦ Rx + t in Cartesian coordinates, the lattice, and λ/4π² as theory prints them; the first
# homology (rank; torsion) is Wolf's (1967), theorems 3.5.5 and 3.5.9.
TABLE = {
    "Klein": (BOX2, [(np.diag([1, -1]), [0.5, 0])], "0 1*1 2*2 4*3 5*4 8*2 9*1 10*4", (1, [2])),
    "G2": (BOX3, [(np.diag([-1, -1, 1]), [0, 0, 0.5])], "0 1*2 2*6 3*4 4*4 5*12 6*12 8*6", (1, [2, 2])),
    "G3": (HEXAGONAL, [(turn(2 * math.pi / 3), [0, 0, 1 / 3])],
           "0 4/3*2 7/3*4 4*2 5*4 16/3*6 19/3*4 8*4", (1, [3])),
    "G4": (BOX3, [(turn(math.pi / 2), [0, 0, 0.25])], "0 1*1 2*3 3*2 4*1 5*6 6*6 8*3", (1, [2])),
    "G5": (HEXAGONAL, [(turn(math.pi / 3), [0, 0, 1 / 6])], "0 4/3*1 7/3*2 4*1 5*2 16/3*3 19/3*2 8*2", (1, [])),
    "G6": (BOX3, [(np.diag([1, -1, -1]), [0.5, 0.5, 0]), (np.diag([-1, 1, -1]), [0, 0.5, 0.5])],
           "0 2*3 3*2 4*3 5*6 6*6 8*3 9*6", (0, [4, 4])),
    "B1": (BOX3, [(np.diag([1, 1, -1]), [0.5, 0, 0])], "0 1*3 2*4 3*4 4*5 5*12 6*12 8*8", (2, [2])),
    "B2": (CENTRED, [(np.diag([1, 1, -1]), [0.5, 0, 0])], "0 1*1 5/4*4 3*4 13/4*4 4*5 5*4 21/4*8", (2, [])),
    "B3": (BOX3, [(np.diag([1, -1, -1]), [0.5, 0, 0]), (np.diag([1, 1, -1]), [0, 0.5, 0])],
           "0 1*1 2*1 3*2 4*4 5*6 6*6 8*5", (1, [2, 2])),
    "B4": (BOX3, [(np.diag([1, -1, -1]), [0.5, 0, 0]), (np.diag([1, 1, -1]), [0, 0.5, 0.5])],
           "0 2*3 3*2 4*4 5*4 6*6 8*5 9*6", (1, [4])),
}
SIDES = {"Klein": 2, "G3": 2, "G4": 2, "G5": 2}
every = pytest.mark.parametrize("name", TABLE)


def printed(text):
    rows = (word.partition("*") for word in text.split())
    return {Fraction(lam): int(count or 1) for lam, _, count in rows}


def measured(space, cutoff):
    listed = space.spectrum(cutoff=float(cutoff) * 4 * math.pi**2 * (1 + 1e-9))
    return {Fraction(float(lam) / (4 * math.pi**2)).limit_denominator(1000): int(m)
            for lam, m in zip(listed.eigenvalues, listed.multiplicities, strict=True)}


def in_lattice_coordinates(basis, generators):
    """Exact maps u ↦ Au + b with x = uB; the lattice is preserved, or the rounding would show."""
    back = np.linalg.inv(basis.T)
    maps = []
    for rotation, shift in generators:
        a = back @ np.asarray(rotation, float) @ basis.T
        b = back @ np.asarray(shift, float)
        assert np.abs(a - np.round(a)).max() < 1e-12
        exact = [Fraction(float(x)).limit_denominator(12) for x in b]
        assert np.abs(np.array([float(x) for x in exact]) - b).max() < 1e-12
        maps.append((np.round(a).astype(int).tolist(), exact))
    return maps


@every
def test_the_table(name):
    expected = printed(TABLE[name][2])
    assert measured(FlatManifold(name), max(expected)) == expected


@every
def test_orbits_of_characters_without_a_phase(name):
    """The second route, from the Cartesian generators: far beyond the table."""
    basis, generators, *_ = TABLE[name]
    elements = affine_elements(in_lattice_coordinates(basis, generators))
    dual = np.linalg.inv(basis @ basis.T)
    scale = 12  # makes the form integral for the three lattices

    def norm(k):
        value = scale * np.array(k) @ dual @ np.array(k)
        assert abs(value - round(value)) < 1e-9
        return round(value)

    bound = 20 * scale
    found = character_orbits(elements, norm, bound, 6)
    assert {Fraction(n, scale): m for n, m in found.items()} == measured(FlatManifold(name), 20)


@every
def test_geometry(name):
    space = FlatManifold(name)
    basis, generators, *_ = TABLE[name]
    assert space.is_free
    assert space.walls == ()
    assert space.scalar_curvature == 0
    order = len(affine_elements(in_lattice_coordinates(basis, generators)))
    assert space.effective_order == order * (2 if name == "B2" else 1)  # over a lattice of index 2
    assert space.volume == pytest.approx(np.linalg.det(basis) / order, rel=1e-14)
    assert [term.dim for term in space.terms] == [space.dim]
    orientable = all(round(np.linalg.det(np.array(a))) == 1 for a, _ in space.group.components)
    assert orientable == name.startswith("G")


def first_homology(group):
    """Rank and torsion of Γ made abelian: e_i, γ_h with γ_h·e = h(e)·γ_h and γ_g·γ_h = λ(g, h)·γ_gh."""
    n, parts = group.degree, group.components
    index = {(a.tobytes(), b): i for i, (a, b) in enumerate(parts)}
    rows = []
    for a, _ in parts:
        rows += [[*row, *[0] * len(parts)] for row in (a.T - np.eye(n, dtype=int)).tolist()]
    for (i, (a, b)), (j, (c, d)) in itertools.product(enumerate(parts), repeat=2):
        shift = [sum(int(a[r, s]) * d[s] for s in range(n)) + b[r] for r in range(n)]
        k = index[((a @ c).tobytes(), tuple(x % 1 for x in shift))]
        relation = [-int(x - x % 1) for x in shift] + [0] * len(parts)
        for column, sign in ((i, 1), (j, 1), (k, -1)):
            relation[n + column] += sign
        rows.append(relation)
    diagonal = np.diag(smith(np.array(rows))[0]).tolist()
    factors = [abs(x) for x in diagonal if abs(x) != 1]
    return factors.count(0) + n + len(parts) - len(diagonal), sorted(x for x in factors if x)


@every
def test_first_homology_tells_which_manifold_it_is(name):
    assert first_homology(FlatManifold(name).group) == TABLE[name][3]


@every
def test_heat_trace_is_the_volume_up_to_an_exponentially_small_rest(name):
    """Poisson: Z(t)·(4πt)^{D/2}/vol = 1 + O(exp(−L²/4t)), L the shortest closed geodesic, at least 1/6 here."""
    space, t = FlatManifold(name), 2.8e-4  # exp(−L²/4t) ≤ 1.7e-11, and the tail beyond the cutoff is e^{−36}
    trace = space.spectrum(cutoff=36 / t).heat_trace(t, rtol=1e-10)
    assert trace * (4 * math.pi * t) ** (space.dim / 2) / space.volume == pytest.approx(1, rel=1e-9)


@every
def test_weyls_law(name):
    assert verify_weyl(FlatManifold(name)).verdict == "passed"


@every
def test_what_is_returned_can_be_typed(name):
    sides = ["1.5", Fraction(2, 3), 0.7][: SIDES.get(name, 3)]
    for space in (FlatManifold(name), FlatManifold(name, sides=sides)):
        again = read_space(repr(space))
        assert repr(again) == repr(space)
        assert again.spectrum(num=40).eigenvalues.tolist() == space.spectrum(num=40).eigenvalues.tolist()


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(list(TABLE)), st.data())
def test_sides_of_any_length(name, data):
    """The lattice keeps the symmetry for lengths of any kind, and lengths scale."""
    length = st.one_of(st.floats(0.1, 10), st.fractions(Fraction(1, 10), 10, max_denominator=100))
    sides = data.draw(st.lists(length, min_size=SIDES.get(name, 3), max_size=SIDES.get(name, 3)))
    assume(max(map(float, sides)) < 20 * min(map(float, sides)))
    space = FlatManifold(name, sides=sides)
    first = float(sides[0])
    product = math.prod(map(float, sides)) * (first if name in ("G3", "G4", "G5") else 1)
    unit = FlatManifold(name)
    assert space.is_free
    assert space.volume == pytest.approx(unit.volume * product, rel=1e-12)
    equal = FlatManifold(name, sides=[sides[0]] * SIDES.get(name, 3))
    near, far = unit.spectrum(num=30), equal.spectrum(num=30)
    assert near.multiplicities.tolist() == far.multiplicities.tolist()
    np.testing.assert_allclose(far.eigenvalues * first**2, near.eigenvalues, rtol=1e-13)


def test_tetra_and_didi_sound_alike():
    """Doyle and Rossetti (2004): these are isospectral, their first homologies differ."""
    tetra, didi = FlatManifold("tetracosm", sides=[1, 2]), FlatManifold("didicosm", sides=[1, 1, 2])
    a, b = tetra.spectrum(cutoff=10**4), didi.spectrum(cutoff=10**4)
    assert a.total > 8000
    np.testing.assert_allclose(a.eigenvalues, b.eigenvalues, rtol=1e-14)
    assert a.multiplicities.tolist() == b.multiplicities.tolist()
    assert first_homology(tetra.group) != first_homology(didi.group)
    other = FlatManifold("didicosm", sides=[1, 2, 1]).spectrum(num=30)  # the order of its sides does not matter
    assert other.multiplicities.tolist() == didi.spectrum(num=30).multiplicities.tolist()
    cube = FlatManifold("didicosm").spectrum(num=30)
    assert cube.multiplicities.tolist() != FlatManifold("tetracosm").spectrum(num=30).multiplicities.tolist()


@pytest.mark.parametrize(("words", "name"), [
    (["klein", "Klein Bottle", "KLEIN-BOTTLE", "K"], "Klein"), (["T3", "torocosm", "3-torus"], "G1"),
    (["half-turn", "Half Turn Space", "dicosm", "g2"], "G2"), (["tricosm", "third turn"], "G3"),
    (["tetracosm", "quarter-turn manifold"], "G4"), (["Hexacosm", "sixth-turn"], "G5"),
    (["Hantzsche–Wendt", "hantzsche wendt manifold", "didicosm"], "G6"), (["first amphicosm"], "B1"),
    (["Second Amphicosm"], "B2"), (["first amphidicosm"], "B3"), (["second amphidicosm"], "B4"),
    (["2-torus", "torus2"], "T2"),
])
def test_synonyms(words, name):
    assert {repr(FlatManifold(word)) for word in words} == {repr(FlatManifold(name))}


def test_tori():
    assert repr(FlatManifold("T3", sides=[1, "1/2", 2])) == repr(FlatTorus([[1, 0, 0], [0, "1/2", 0], [0, 0, 2]]))
    assert FlatManifold("T2").volume == 1


def test_unknown_names_and_sides():
    with pytest.raises(WeylspecError, match=r"'Hantzsche' is not .*did you mean 'Hantzsche-Wendt'\? known: T2 = "):
        FlatManifold("Hantzsche")
    with pytest.raises(WeylspecError, match=r"B4 = second amphidicosm"):
        FlatManifold("G7 or so")
    with pytest.raises(WeylspecError, match="7 is not the name of a flat manifold"):
        FlatManifold(7)
    for sides in ([1, 1, 1], [1], 3, "12"):
        with pytest.raises(WeylspecError, match=r"FlatManifold\('G5'\) has 2 sides \(see its table\), got sides="):
            FlatManifold("sixth-turn", sides=sides)
    with pytest.raises(WeylspecError, match="side 1 of Klein must be positive, got -1"):
        FlatManifold("Klein", sides=[1, -1])


# -- by generators ---------------------------------------------------------------------------------


def hantzsche_wendt(n):
    """The n-dimensional manifold with holonomy of order 2^{n−1} (Miatello and Rossetti 1999), n odd."""
    maps = []
    for i in range(n - 1):
        signs = [1 if j == i else -1 for j in range(n)]
        shift = [Fraction(int(j in (i, (i + 1) % n)), 2) for j in range(n)]
        maps.append((np.diag(signs).tolist(), shift))
    return maps


def test_hantzsche_wendt_manifolds_of_dimension_five():
    maps = hantzsche_wendt(5)
    space = BieberbachManifold(np.eye(5, dtype=int).tolist(), maps)
    assert (space.volume, space.effective_order, space.is_free) == (pytest.approx(1 / 16), 16, True)
    rank, torsion = first_homology(space.group)
    assert rank == 0
    assert torsion
    found = character_orbits(affine_elements(maps), lambda k: sum(x * x for x in k), 6, 2)
    assert measured(space, 6) == found


def test_every_named_manifold_by_its_generators():
    for basis, generators, *_ in TABLE.values():
        space = BieberbachManifold(basis.tolist(), in_lattice_coordinates(basis, generators))
        assert space.is_free


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([(1, 1, -1), (1, -1, -1), (-1, 1, -1), (-1, -1, 1), (-1, -1, -1), (1, 1, 1)]),
                          st.tuples(*[st.integers(0, 3)] * 3)), min_size=1, max_size=2))
def test_groups_with_fixed_points_are_refused(rows):
    """A diagonal element fixes a point unless it has a shift along an axis that it keeps."""
    maps = [(np.diag(signs).tolist(), [Fraction(x, 4) for x in shift]) for signs, shift in rows]
    identity = tuple(map(tuple, np.eye(3, dtype=int).tolist()))
    torsion = [(a, b) for a, b in affine_elements(maps) if (a, b) != (identity, (0, 0, 0))
               and all(b[i] == 0 for i in range(3) if a[i][i] == 1)]
    box = [[1, 0, 0], [0, 2, 0], [0, 0, 3]]
    if torsion:
        with pytest.raises(GroupActionError, match="has fixed points, so that the quotient is an orbifold"):
            BieberbachManifold(box, maps)
    else:
        assert BieberbachManifold(box, maps).is_free


def test_what_is_refused_is_named():
    with pytest.raises(GroupActionError, match=r"A = \[\[-1, 0\], \[0, -1\]\], b = \(1/2, 0\) fixes u = \(-?\d/4, 0\)"):
        BieberbachManifold([[1, 0], [0, 1]], [([[-1, 0], [0, -1]], ["1/2", 0])])
    with pytest.raises(GroupActionError, match=r"linear part \[\[0, -1\], \[1, 0\]\] changes the lattice's inner"):
        BieberbachManifold([[1, 0], [0, 2]], [([[0, -1], [1, 0]], [0, 0])])
    with pytest.raises(InfiniteGroupError, match="check that each A has finite order"):
        BieberbachManifold([[1, 0], [0, 1]], [([[1, 1], [0, 1]], [0, 0])]).volume  # noqa: B018
