"""Flat tori modulo isometries: orbit counting with phases, exact heat traces from fixed sets, theory 3.3."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from power_series import Series, bosons, theta
from routes import affine_elements, character_orbits

from weylspec.groups.affine import AffineGroup, Translations
from weylspec.groups.permutation import CyclicGroup, Hyperoctahedral, SignFlips, SymmetricGroup
from weylspec.invariants.flat import descend, fixed_characters
from weylspec.spaces.torus import FlatTorus, Torus

HALF = Fraction(1, 2)
TURNS = {  # integer isometries of Z², Z³ and of the hexagonal lattice, in lattice coordinates
    2: [[[0, -1], [1, 0]], [[-1, 0], [0, 1]], [[0, 1], [1, 0]], [[-1, 0], [0, -1]], [[1, 0], [0, 1]]],
    3: [[[0, 0, 1], [1, 0, 0], [0, 1, 0]], [[0, -1, 0], [1, 0, 0], [0, 0, 1]], [[-1, 0, 0], [0, -1, 0], [0, 0, -1]],
        [[0, 1, 0], [1, 0, 0], [0, 0, -1]], [[1, 0, 0], [0, 1, 0], [0, 0, -1]], [[1, 0, 0], [0, -1, 0], [0, 0, -1]]],
}
HEXAGONAL = [[[0, -1], [1, 1]], [[0, 1], [1, 0]], [[-1, -1], [1, 0]], [[-1, 0], [0, -1]], [[1, 0], [0, 1]]]


def generators(n, turns, denominators):
    shift = st.tuples(*[st.tuples(st.integers(0, 11), st.sampled_from(denominators)).map(lambda p: Fraction(*p))] * n)
    return st.lists(st.tuples(st.sampled_from(turns), shift), min_size=1, max_size=2)


def as_counts(spectrum, unit=1.0):
    return {round(float(v) / unit): int(m) for v, m in zip(spectrum.eigenvalues, spectrum.multiplicities, strict=True)}


@settings(max_examples=40)
@given(generators(2, TURNS[2], [1, 2, 3, 4, 6]))
def test_random_groups_of_the_square_torus(maps):
    elements = affine_elements(maps)
    expected = character_orbits(elements, lambda k: k[0] ** 2 + k[1] ** 2, 40, 6)
    assert as_counts((Torus(2) / AffineGroup(maps)).spectrum(cutoff=40)) == expected


@settings(max_examples=20)
@given(generators(3, TURNS[3], [1, 2, 4]))
def test_random_groups_of_the_cubic_torus(maps):
    elements = affine_elements(maps)
    assume(len(elements) <= 400)
    expected = character_orbits(elements, lambda k: sum(x * x for x in k), 12, 3)
    assert as_counts((Torus(3) / AffineGroup(maps)).spectrum(cutoff=12)) == expected


@settings(max_examples=20)
@given(generators(2, HEXAGONAL, [1, 2, 3]))
def test_random_groups_of_the_hexagonal_torus(maps):
    torus = FlatTorus([[1, 0], [0.5, 3**0.5 / 2]])
    unit = 16 * math.pi**2 / 3
    elements = affine_elements(maps)
    # |k|² on characters is the inverse Gram matrix: 4/3 (a² − ab + b²)
    expected = character_orbits(elements, lambda k: k[0] ** 2 - k[0] * k[1] + k[1] ** 2, 21, 6)
    assert as_counts((torus / AffineGroup(maps)).spectrum(cutoff=21.2 * unit), unit) == expected


@pytest.mark.parametrize(("directions", "maps"), [
    ([[1, 1, 1]], [([[0, 1, 0], [1, 0, 0], [0, 0, 1]], (0, 0, HALF))]),
    ([[1, 0, 0]], [([[-1, 0, 0], [0, 0, 1], [0, 1, 0]], (0, 0, Fraction(1, 2)))]),
    ([[1, -1, 0], [0, 1, -1]], [([[0, 0, 1], [1, 0, 0], [0, 1, 0]], (Fraction(1, 3), 0, 0))]),
])
def test_translations_beside_a_finite_group(directions, maps):
    elements = affine_elements(maps)
    expected = character_orbits(elements, lambda k: sum(x * x for x in k), 12, 3, directions)
    assert as_counts((Torus(3) / AffineGroup(maps, translations=directions)).spectrum(cutoff=12)) == expected


# -- geometry -------------------------------------------------------------------------------------


def heat_from_terms(space, t):
    return sum((4 * math.pi * t) ** (-x.dim / 2) * x.coefficient for x in space.terms)


@settings(max_examples=25)
@given(generators(2, TURNS[2], [1, 2]))
def test_fixed_sets_give_the_heat_trace_exactly(maps):
    # flat: Tr(g e^{−tΔ}) is its fixed sets' contribution up to e^{−L²/4t}, L ≥ 2π/4 the least displacement
    space = Torus(2) / AffineGroup(maps)
    t = 0.02
    spectrum = space.spectrum(cutoff=1800)
    measured = float(spectrum.multiplicities @ np.exp(-t * spectrum.eigenvalues))
    assert math.isclose(measured, heat_from_terms(space, t), rel_tol=1e-9)


@settings(max_examples=10)
@given(generators(3, TURNS[3], [1, 2]))
def test_fixed_sets_in_three_dimensions(maps):
    assume(len(affine_elements(maps)) <= 200)
    space = Torus(3) / AffineGroup(maps)
    t = 0.025  # a screw of order 3 moves points by 2π√3/6 or more: e^{−33}
    spectrum = space.spectrum(cutoff=1300)
    measured = float(spectrum.multiplicities @ np.exp(-t * spectrum.eigenvalues))
    assert math.isclose(measured, heat_from_terms(space, t), rel_tol=1e-8)


@settings(max_examples=15)
@given(generators(2, HEXAGONAL, [1, 3]))
def test_fixed_sets_on_the_hexagonal_torus(maps):
    space = FlatTorus([[1, 0], ["1/2", 3**0.5 / 2]]).scaled(12) / AffineGroup(maps)
    t = 0.02
    spectrum = space.spectrum(cutoff=1500)
    measured = float(spectrum.multiplicities @ np.exp(-t * spectrum.eigenvalues))
    assert math.isclose(measured, heat_from_terms(space, t), rel_tol=1e-9)


def constant(space):
    return sum(t.coefficient for t in space.terms if t.dim == 0)


def test_constants_of_flat_orbifolds():
    # theory 4: pillow ½, T²/Z₄ ¾, p4m ⅜, hex/Z₃ ⅔, hex/Z₆ ⅚, Möbius 0
    turn = [[0, -1], [1, 0]]
    hexagonal = FlatTorus([[1, 0], [0.5, 3**0.5 / 2]])
    zero = (0, 0)
    for space, value in [
        (Torus(2) / AffineGroup([([[-1, 0], [0, -1]], zero)]), 1 / 2),
        (Torus(2) / AffineGroup([(turn, zero)]), 3 / 4),
        (Torus(2) / Hyperoctahedral(2), 3 / 8),
        (hexagonal / AffineGroup([([[-1, -1], [1, 0]], zero)]), 2 / 3),
        (hexagonal / AffineGroup([([[0, -1], [1, 1]], zero)]), 5 / 6),
        (Torus(2) / SymmetricGroup(2), 0),
    ]:
        assert math.isclose(constant(space), value, abs_tol=1e-12)


def test_freeness():
    klein = Torus(2) / AffineGroup([([[1, 0], [0, -1]], ["1/2", 0])])
    assert klein.is_free
    assert klein.walls == ()
    assert not (Torus(2) / AffineGroup([([[1, 0], [0, -1]], [0, "1/2"])])).is_free
    assert (Torus(2) / Translations(steps=[["1/5", "2/5"]])).is_free
    assert (Torus(3) / Translations([[1, 1, 1]])).is_free


def test_ineffective_elements_are_divided_out():
    doubled = Torus(2) / (Translations(steps=[["1/2", 0]]) * Translations(steps=[["1/2", 0]]))
    assert doubled.effective_order == 2
    assert math.isclose(doubled.volume, 2 * math.pi**2)
    # x ↦ −x on the circle that is divided away acts trivially on what is left
    gone = Torus(2) / AffineGroup([([[-1, 0], [0, 1]], [0, 0])], translations=[[1, 0]])
    assert math.isclose(gone.volume, 2 * math.pi)
    assert gone.count(100) == 21


def test_subtori():
    # theory 3.3: vol = (2π)^{n−k}/√det VᵀV
    for directions in ([[1, 1, 1]], [[1, 2, 0]], [[1, 1, 0], [0, 1, 1]], [[2, -1, 3]]):
        v = np.array(directions).T
        space = Torus(3) / Translations(directions)
        d = 3 - len(directions)
        assert space.dim == d
        assert math.isclose(space.volume, (2 * math.pi) ** d / math.sqrt(np.linalg.det(v.T @ v)), rel_tol=1e-12)
    point = Torus(2) / Translations([[1, 0], [0, 1]])
    assert (point.dim, point.volume, point.count(1000)) == (0, 1.0, 1)


def test_maps_descend_to_the_torus_that_is_left():
    kept = np.array([[1, 0], [-1, 1], [0, -1]])  # characters orthogonal to (1, 1, 1)
    matrix, shift = descend((np.roll(np.eye(3, dtype=np.int64), 1, axis=0), (HALF, Fraction(0), Fraction(0))), kept)
    assert abs(round(np.linalg.det(matrix))) == 1
    assert np.array_equal(np.linalg.matrix_power(matrix, 3), np.eye(2))
    assert shift == (HALF, 0)


def test_fixed_characters_of_a_screw():
    (_, coset) = AffineGroup([([[-1, 0, 0], [0, -1, 0], [0, 0, 1]], [0, 0, "1/2"])]).affine(3).cosets()
    fixed = fixed_characters(coset)
    assert np.abs(fixed.basis).ravel().tolist() == [0, 0, 1]
    assert fixed.phases == (HALF,)


# -- theory 3.3 -----------------------------------------------------------------------------------

TOP = 100


def table():
    q = Series.variable(TOP)
    one = theta(q)
    a2 = [0] * (TOP + 1)  # A₂ at q²: vectors k with k·(1, 1, 1) = 0
    for a in range(-10, 11):
        for b in range(-10, 11):
            norm = a * a + b * b + (a + b) ** 2
            if norm <= TOP:
                a2[norm] += 1
    half = (1 + one) / 2
    return [
        (Torus(3) / SymmetricGroup(3), bosons(theta, q, 3), (16, 116, 812), (2 * math.pi) ** 3 / 6),
        (Torus(3) / CyclicGroup(3), (one**3 + 2 * theta(q**3)) / 3, (21, 175, 1397), (2 * math.pi) ** 3 / 3),
        (Torus(3) / SignFlips(3), half**3, (17, 99, 648), math.pi**3),
        (Torus(3) / Hyperoctahedral(3), bosons(lambda x: (1 + theta(x)) / 2, q, 3), (6, 27, 143), math.pi**3 / 6),
        (Torus(3) / Translations([[1, 1, 1]]), Series(a2), (7, 43, 187), (2 * math.pi) ** 2 / math.sqrt(3)),
        (Torus(2) / Translations(steps=[["1/5", "2/5"]]), theta(q**5) ** 2, (5, 21, 69), 4 * math.pi**2 / 5),
        (Torus(7) / SymmetricGroup(7), bosons(theta, q, 7), (27, 929, 38383), (2 * math.pi) ** 7 / 5040),
    ]


@pytest.mark.parametrize("row", range(7))
def test_tables(row):
    space, series, counts, volume = table()[row]
    spectrum = space.spectrum(cutoff=TOP)
    expected = {k: int(a) for k, a in enumerate(series.a) if a}
    assert as_counts(spectrum) == expected
    assert tuple(space.count(lam) for lam in (5, 25, 100)) == counts
    assert math.isclose(space.volume, volume, rel_tol=1e-12)
