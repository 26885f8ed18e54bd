"""Molien–Weyl averages: tables of theory 3.1 and 3.2, elements one by one, null spaces, series and far counts."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from power_series import Series
from routes import dimensions, molien_sum, null_spaces, permutations_of, spanned

from weylspec.errors import CertificationError, CostError
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
from weylspec.invariants.averages.hilbert import HilbertSeries
from weylspec.invariants.averages.molien import class_poles, coset_trace, grid_points
from weylspec.spaces.sphere import Sphere

TOP = 24


def over(*degrees):
    """1/Π (1 − t^d)."""
    t = Series.variable(TOP)
    return 1 / math.prod((1 - t**d for d in degrees), start=t._of(1))


def times(series, *powers):
    """Multiply by Π (1 + t^h)."""
    t = Series.variable(TOP)
    return math.prod((1 + t**h for h in powers), start=series)


# theory 3.1: finite groups, with N(20), N(100), N(400)
FINITE = [
    (2, PointGroup("C5"), times(over(1, 5), 5), (5, 20, 80)),
    (2, PointGroup("C5v"), over(1, 5), (5, 15, 50)),
    (2, PointGroup("D5"), times(over(2, 5), 6), (3, 10, 40)),
    (2, PointGroup("T"), times(over(3, 4), 6), (3, 9, 34)),
    (2, PointGroup("O"), times(over(4, 6), 9), (2, 5, 17)),
    (2, PointGroup("Oh"), over(4, 6), (2, 4, 12)),
    (2, PointGroup("I"), times(over(6, 10), 15), (1, 2, 7)),
    (2, PointGroup("Ih"), over(6, 10), (1, 2, 6)),
    (2, SignFlips(3), over(2, 2), (6, 15, 55)),
    (2, SymmetricGroup(3), over(1, 3), (7, 22, 77)),
    (3, SymmetricGroup(4), over(1, 3, 4), (5, 33, 178)),
    (4, SymmetricGroup(5), over(1, 3, 4, 5), (5, 31, 260)),
    (6, SymmetricGroup(7), over(1, 3, 4, 5, 6, 7), (3, 26, 365)),
    (3, AlternatingGroup(4), times(over(1, 3, 4), 6), (5, 38, 251)),
    (3, Hyperoctahedral(4), over(4, 6, 8), (1, 5, 18)),
]
# theory 3.2: continuous groups
HOPF = times(over(2, 2), 2)
CONTINUOUS = [
    (2, SO(2), over(1), (5, 10, 20)), (3, SO(2), over(1, 1), (10, 55, 210)), (4, SO(3), over(1, 1), (10, 45, 190)),
    (3, SO(3), over(1), (4, 10, 20)), (3, SO(2).copies(2), HOPF, (4, 25, 100)),
    (3, SO(2) + SO(2), over(2), (2, 5, 10)), (5, SO(3) + SO(3), over(2), (2, 5, 10)),
    (5, O(3).copies(2), over(2, 2), (3, 15, 55)), (8, O(3).copies(3), over(2, 2, 2, 2, 2), (6, 56, 1287)),
    (8, SO(3).copies(3), times(over(2, 2, 2, 2, 2), 3), (6, 77, 1749)),
    (7, O(4).copies(2), over(2, 2), None), (11, SO(4).copies(3), over(2, 2, 2, 2, 2), None),
    (15, SO(4).copies(4), times(over(*[2] * 9), 4), None), (15, O(4).copies(4), over(*[2] * 9), None),
    (9, SO(5).copies(2), over(2, 2), None), (9, O(2).copies(2) + SO(6), None, None),
]


@pytest.mark.parametrize(("n", "group", "series", "counts"), FINITE + CONTINUOUS, ids=lambda x: repr(x)[:40])
def test_tables(n, group, series, counts):
    action = Sphere(n).action(group)
    if series is not None:
        assert dimensions(action, TOP) == [int(a) for a in series.a]
    if counts is not None:
        assert tuple((Sphere(n) / group).count(lam) for lam in (20, 100, 400)) == counts


@pytest.mark.parametrize(("n", "group", "top"), [
    *((n, g, 9 if n == 2 else 6 if n < 5 else 4) for n, g, _, _ in FINITE),
    *((n, g, 6 if n < 4 else 4) for n, g, _, _ in CONTINUOUS if n <= 9 and g.degree <= 8),
    (5, SO(6), 4), (5, O(6), 4), (4, O(5), 4), (3, O(4), 6), (5, O(2) + SO(4), 4),
    (6, SymmetricGroup(3) + SO(4), 4),
], ids=lambda x: repr(x)[:40])
def test_null_spaces_agree(n, group, top):
    action = Sphere(n).action(group)
    assert dimensions(action, top) == null_spaces(action, top)


SMALL = [SymmetricGroup(3), SymmetricGroup(4), AlternatingGroup(4), CyclicGroup(4), CyclicGroup(5), DihedralGroup(4),
         DihedralGroup(5), SignFlips(2), Hyperoctahedral(2), Hyperoctahedral(3), PointGroup("D3d"), PointGroup("I"),
         PointGroup("S6"), PointGroup("C7h"), MatrixGroup([-np.eye(2)])]


@settings(max_examples=30)
@given(st.sampled_from(SMALL), st.sampled_from([*SMALL, None]), st.integers(0, 2), st.booleans())
def test_elements_one_by_one(first, second, extra, inner):
    group = first if second is None else first + second
    if second is None and extra == 2:
        group = first.blocks(2) if inner else first.copies(2)
    action = group.linear(group.degree + extra % 2)
    assert dimensions(action, 6) == molien_sum(spanned(action.generators), 6)


def test_cyclic_four():
    assert dimensions(CyclicGroup(4).natural(), 12) == [1, 1, 2, 4, 7, 9, 12, 16, 21, 25, 30, 36, 43]  # theory 3.1


def test_a_large_symmetric_group():
    # S²⁰⁻¹/S_20 has Π_{i=1,3…20} 1/(1 − t^i): the 627 cycle types, lcm(1 … 20) = 232792560, no root of unity
    start = time.perf_counter()
    assert dimensions(SymmetricGroup(20).natural(), TOP) == [int(a) for a in over(1, *range(3, 21)).a]
    assert time.perf_counter() - start < 20  # 0.3 s here


# -- the trapezoid rule -----------------------------------------------------------------------------


def test_grid_is_past_aliasing():
    (coset,) = SO(4).copies(2).natural().cosets()
    # exponents to 10 from Sym^10 and 8 from the roots (1, ±1) and their negatives
    assert grid_points(coset, 10) > 10 + 4
    (block,) = (c for c in (SymmetricGroup(2).blocks(2) * SO(2).copies(2)).natural().cosets() if c.lengths[0] == 2)
    assert np.abs(block.weights).max() == 2  # a swapped pair: 1 − z² t²
    assert grid_points(block, 10) > 10


@pytest.mark.parametrize("group", [SO(4).copies(2), SO(5), O(4), SO(2) + SO(3), O(6)], ids=repr)
def test_the_sum_over_one_angle_at_a_time_is_that_over_the_grid(group, monkeypatch):
    monkeypatch.setattr("weylspec.invariants.averages.molien._classical", lambda *args: None)
    action = group.natural()
    factored = dimensions(action, 8)
    monkeypatch.setattr("weylspec.invariants.averages.molien._MAX_MONOMIALS", 0)
    assert dimensions(action, 8) == factored


def test_work_is_bounded(monkeypatch):
    monkeypatch.setattr("weylspec.invariants.averages.molien._classical", lambda *args: None)
    monkeypatch.setattr("weylspec.invariants.averages.molien._MAX_MONOMIALS", 0)
    with pytest.raises(CostError, match=r"a torus of rank 4 needs .* ask for a smaller cutoff"):
        dimensions(SO(8).copies(2).natural(), 400)


def test_a_class_that_is_wrong_is_found_out():
    action = SymmetricGroup(3).natural()
    first = next(iter(action.cosets()))
    broken = replace(action, source=lambda: iter([first]), degrees=(), factors=())
    with pytest.raises(CertificationError, match=r"level \d: the invariant multiplicity .* fails its check"):
        dimensions(broken, 6)


def test_one_trace_modulo_a_prime():
    p = 2013265921  # 15·2²⁷ + 1
    (coset,) = SO(3).natural().cosets()
    traces = coset_trace(coset, 5, 16, p)
    assert traces.tolist() == [1, 0, 0, 0, 0, 0]


# -- series and counts far out ------------------------------------------------------------------


def test_poles():
    assert class_poles(SymmetricGroup(4).natural()) == ((1, 4), (2, 2), (3, 1), (4, 1))
    assert class_poles(PointGroup("C5").natural()) == ((1, 3), (5, 1))
    assert class_poles(SignFlips(3).natural()) == ((1, 3), (2, 3))


def quasi_count(k, degrees, numerator=(0,)):
    """Σ_{i≤k} of the coefficients of Σ_h t^h/Π(1 − t^d): polynomials in each residue class modulo lcm(d)."""
    period = math.lcm(*degrees)
    terms = len(degrees) + 1
    top = period * (terms + 1) + max(numerator)
    ways = [1] + [0] * top
    for d in (*degrees, 1):
        for i in range(d, top + 1):
            ways[i] += ways[i - d]
    total = 0
    for h in numerator:
        x, r = divmod(k - h, period)
        values = [ways[r + period * j] for j in range(terms)]
        total += newton(values, x)
    return total


def newton(values, x):
    """The polynomial of degree < len(values) through (0, v_0), (1, v_1), … at an integer."""
    result, differences = 0, list(values)
    for j in range(len(values)):
        result += differences[0] * math.comb(x, j)
        differences = [b - a for a, b in pairwise(differences)]
    return result


@pytest.mark.parametrize(("n", "group", "degrees", "numerator"), [
    (6, SymmetricGroup(7), (1, 3, 4, 5, 6, 7), (0,)),
    (8, SO(3).copies(3), (2, 2, 2, 2, 2), (0, 3)),
    (2, PointGroup("I"), (6, 10), (0, 15)),
    (3, AlternatingGroup(4), (1, 3, 4), (0, 6)),
    (9, Hyperoctahedral(10), tuple(range(4, 21, 2)), (0,)),
    (3, SO(2).copies(2), (2, 2), (0, 2)),
    (8, O(3).copies(3), (2, 2, 2, 2, 2), (0,)),
    (2, PointGroup("C997"), (1, 997), (0, 997)),
    (4, SO(3), (1, 1), (0,)),
], ids=lambda x: repr(x)[:30])
def test_counts_at_ten_to_the_thirty(n, group, degrees, numerator):
    lam = 10**30
    k = (math.isqrt((n - 1) ** 2 + 4 * lam) - (n - 1)) // 2
    if math.lcm(*degrees) > 10**4:  # B_10: halve the degrees first, all are even
        assert all(d % 2 == 0 for d in degrees)
        degrees, k = tuple(d // 2 for d in degrees), k // 2
    assert (Sphere(n) / group).count(lam) == quasi_count(k, degrees, numerator)


def test_the_series_says_what_supports_it():
    def dims(action):
        return lambda top: np.array(dimensions(action, top), dtype=object)

    finite = HilbertSeries(SymmetricGroup(4).natural(), dims(SymmetricGroup(4).natural()))
    assert finite.series.coefficients(12) == dimensions(SymmetricGroup(4).natural(), 12)
    assert [finite.cumulated(k) for k in range(-1, 6)] == [0, 1, 2, 3, 5, 8, 11]
    lie = HilbertSeries(SO(3).copies(3).natural(), dims(SO(3).copies(3).natural()))
    assert "confirmed on" in lie.series.provenance
    assert lie.series.coefficients(TOP) == [int(a) for a in times(over(2, 2, 2, 2, 2), 3).a]


def test_permutations_by_hand():
    assert molien_sum(permutations_of(3), 6) == [1, 1, 1, 2, 2, 2, 3]  # the second route itself: 1/((1 − t)(1 − t³))
