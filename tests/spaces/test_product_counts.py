"""Counts on products from the factors' staircases: against lists of sums, one another, and sums by hand."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import weylspec as ws
from weylspec.errors import CostError
from weylspec.spaces import _product_counts
from weylspec.spaces._product_counts import listed_cost, staircases
from weylspec.spectrum import Spectrum

SPACES = [
    ws.Sphere(2) * ws.Torus(2), ws.Sphere(3) / ws.SymmetricGroup(4) * ws.Sphere(2), ws.Sphere(2) ** 3,
    ws.Sphere(1) ** 4,
    ws.Sphere(2, "1.5") * ws.Torus(1) * ws.Sphere(3, "2/3"), ws.Sphere(2) * ws.FlatTorus([[1]]),
    ws.FlatTorus([[1]]) * ws.FlatTorus([[1, 0], [0, "1.5"]]), ws.Sphere(2) * ws.FlatTorus([[1]]) * ws.FlatTorus([[1]]),
    ws.Sphere(2, 1.3) * ws.Sphere(2, math.sqrt(2)), ws.Sphere(2) * ws.Disk(), ws.Disk() * ws.Disk(),
    ws.Torus(2) / ws.Hyperoctahedral(2) * (ws.Sphere(2) / ws.PointGroup("Oh")), ws.Interval(1) * ws.Sphere(2),
]


def sphere_degree(lam):
    """The largest k with k(k + 1) ≤ λ."""
    return (math.isqrt(4 * lam + 1) - 1) // 2


def disk_points(n):
    """Points of Z² with x² + y² ≤ n."""
    return 4 * sum(math.isqrt(n - x * x) for x in range(math.isqrt(n) + 1)) + 1


@pytest.mark.parametrize("space", SPACES, ids=repr)
def test_lists_agree(space, monkeypatch):
    monkeypatch.setattr(_product_counts, "_QUICK", 0.0)  # direct counts are offered for short lists as well
    listed = space.spectrum(num=400)
    counters = [c for c in space.counters() if c.name != "list of levels" and c.operations(10.0) < math.inf]
    assert "staircases of the factors" in {counter.name for counter in counters}
    rest = listed.eigenvalues[::9].tolist()
    for lam in (0, *rest, *(x * (1 - 1e-12) for x in rest), *(x + 0.01 for x in rest[:-1])):
        assert [c.count(lam) for c in counters] == [listed.count(lam)] * len(counters)


def test_floats_near_levels_whatever_the_order_of_the_units():
    """Two ulp below a level count it; units in another order than that of the factors are some ulp apart."""
    space = ws.FlatTorus([[-1.0]]) * ws.FlatTorus([[-0.30000000000000004, -0.2], [-0.2, -0.1]])
    listed = space.spectrum(num=300)
    counters = [c for c in space.counters() if c.operations(10.0) < math.inf]
    for level, n in zip(listed.eigenvalues[:40].tolist(), listed.cumulative.tolist(), strict=False):
        near = [level, math.nextafter(math.nextafter(level, 0), 0), math.nextafter(math.nextafter(level, 9e9), 9e9)]
        assert [[c.count(lam) for c in counters] for lam in near] == [[n] * len(counters)] * 3


KEYED = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 2**40)), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(KEYED, KEYED, st.sampled_from([(1, 1), (1, Fraction(2, 3)), (1, math.pi), (0.1, 0.3), (math.pi, math.e)]))
def test_staircases_of_any_lists(first, second, units):
    a, b = (Spectrum.from_keys([k for k, _ in pairs], [m for _, m in pairs], [Fraction(u) if isinstance(u, int) else u],
                               500, "random") for pairs, u in zip((first, second), units, strict=True))
    product = a * b
    for lam in product.eigenvalues[:: max(1, len(product) // 10)].tolist():
        for x in (lam, lam * (1 - 1e-13), lam + 1e-6):
            assert staircases(a, b, x) == staircases(b, a, x) == product.count(x)


@pytest.mark.parametrize("lam", [10**6 - 1, 10**6])
def test_a_sphere_and_a_torus(lam):
    expected = sum((2 * k + 1) * disk_points(lam - k * (k + 1)) for k in range(sphere_degree(lam) + 1))
    assert (ws.Sphere(2) * ws.Torus(2)).count(lam) == expected


@pytest.mark.parametrize("lam", [10**8 - 2, 10**8, 9999 * 10001, 9999 * 10001 - 1])
def test_a_quotient_and_a_sphere(lam):
    """S³/S₄ has the series 1/(1 − t)(1 − t³)(1 − t⁴), from the degrees 1, 2, 3, 4 and the harmonics' 1 − t²."""
    top = math.isqrt(lam + 1) - 1
    series = [1] + [0] * top
    for d in (1, 3, 4):
        for k in range(d, top + 1):
            series[k] += series[k - d]
    expected = sum(m * (sphere_degree(lam - k * (k + 2)) + 1) ** 2 for k, m in enumerate(series))
    assert (ws.Sphere(3) / ws.SymmetricGroup(4) * ws.Sphere(2)).count(lam) == expected


def test_more_than_int64_holds():
    """S² × S³ up to 10⁸: (k + 1)² functions of degree k on S³."""
    lam = 10**8
    expected = sum((k + 1) ** 2 * (sphere_degree(lam - k * (k + 2)) + 1) ** 2 for k in range(10**4))
    assert (ws.Sphere(2) * ws.Sphere(3)).count(lam) == expected
    big = ws.Sphere(9) * ws.Sphere(8)
    listed = big.spectrum(cutoff=4000)
    assert listed.total > 2**63
    for lam in (3999, 4000, 3990.0):
        assert staircases(*(factor.spectrum(cutoff=4000) for factor in big.factors), lam) == listed.count(lam)


def test_four_spheres():
    """Σ over triples of degrees, the fourth sphere in closed form."""
    lam, total = 900, 0
    levels = [(k * (k + 1), 2 * k + 1) for k in range(sphere_degree(lam) + 1)]
    for x, a in levels:
        for y, b in levels:
            for z, c in levels:
                if x + y + z <= lam:
                    total += a * b * c * (sphere_degree(lam - x - y - z) + 1) ** 2
    assert (ws.Sphere(2) ** 4).count(lam) == total


def test_the_cheapest_way_is_taken():
    def best(space, lam):
        return min(space.counters(), key=lambda counter: counter.operations(lam)).name

    space = ws.Sphere(2) * ws.Torus(2)
    assert best(space, 10**3) == "staircases of the factors"
    assert best(space, 10**9) == "levels and direct counts of Torus(2)"
    assert best(ws.Sphere(2) ** 3, 10**6) == "staircases of the factors"


def test_costs_grow_with_the_pairs_and_refusals_have_a_figure():
    sphere = ws.Sphere(2)
    # √λ levels each: λ/2 pairs for the list of a square, √λ levels for its staircases
    ratio = listed_cost([sphere] * 2, 10**10) / listed_cost([sphere] * 2, 10**8)
    assert ratio == pytest.approx(100, rel=0.1)
    assert listed_cost([sphere] * 2, 10**10, 2) == pytest.approx(10 * listed_cost([sphere] * 2, 10**8, 2), rel=0.01)
    with pytest.raises(CostError, match=r"about \d\.\de\+18 operations by staircases"):
        (sphere * sphere).count(10**30)
    assert np.isfinite([c.operations(10**30) for c in (sphere * sphere).counters()]).all()


@pytest.mark.parametrize(("space", "torus"), [
    (ws.Torus(1) * ws.Torus(1), ws.Torus(2)),
    (ws.FlatTorus([[1]]) * ws.FlatTorus([["1.5", 0], ["0.5", 2]]) * ws.FlatTorus([["2.5"]]),
     ws.FlatTorus([[1, 0, 0, 0], [0, "1.5", 0, 0], [0, "0.5", 2, 0], [0, 0, 0, "2.5"]])),
    (ws.FlatTorus([[0.7]]) * ws.FlatTorus([[1.4]]), ws.FlatTorus([[0.7, 0], [0, 1.4]])),
], ids=["plane", "four", "floats"])
def test_products_of_flat_tori(space, torus):
    assert "lattice points" in {counter.name for counter in space.counters()}
    for lam in (0, 1, 39.4, 40, 16 * math.pi**2, 400, 5000):
        found = {c.count(lam) for c in (*space.counters(), *torus.counters()) if c.operations(lam) < math.inf}
        assert len(found) == 1


@pytest.mark.parametrize("space", [
    ws.FlatTorus([[1]]) * ws.Box([2, 1]), ws.Box([1, 1], "neumann") * ws.Box(["0.5"]),
    ws.Torus(3) / ws.SymmetricGroup(3) * ws.Torus(1), (ws.Torus(2) / ws.CyclicGroup(2)) ** 2,
], ids=repr)
def test_products_of_flat_orbifolds(space):
    """Points of fixed lattices against staircases of lists."""
    assert "points of fixed lattices" in {counter.name for counter in space.counters()}
    for lam in (0, 1, 2, 24.5, 25, 400, 16 * math.pi**2):
        assert len({c.count(lam) for c in space.counters() if c.operations(lam) < math.inf}) == 1


def test_products_over_several_units_are_no_lattice():
    """Units 4π² and 1: sums of levels are compared by value."""
    space = ws.FlatTorus([[1]]) * ws.Torus(1)
    assert all("points" not in counter.name for counter in space.counters())


def test_far_counts_on_a_product_of_circles():
    assert (ws.Torus(1) * ws.Torus(1)).count(10**18) == 3141592653589764829  # points of the disc of radius 10⁹
