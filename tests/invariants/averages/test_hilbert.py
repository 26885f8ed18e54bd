"""Hilbert series as objects: rational functions of theory 3.1 and 3.2, expansions at t = 1, provenance."""

import math
from fractions import Fraction

import pytest
import sympy
from sympy.abc import t

import weylspec as ws


def over(*degrees):
    return sympy.prod([1 / (1 - t**d) for d in degrees])


KNOWN = [
    (ws.Sphere(2) / ws.PointGroup("C5"), (1 + t**5) * over(1, 5)),
    (ws.Sphere(2) / ws.PointGroup("I"), (1 + t**15) * over(6, 10)),
    (ws.Sphere(6) / ws.SymmetricGroup(7), over(1, 3, 4, 5, 6, 7)),
    (ws.Sphere(3) / ws.AlternatingGroup(4), (1 + t**6) * over(1, 3, 4)),
    (ws.Sphere(3) / ws.Hyperoctahedral(4), over(4, 6, 8)),
    # two pairs of squares (a², b²), (c², d²), exchanged: h_2 = (p_1² + p_2)/2 for p_1 = 1/(1 − t²)²
    (ws.Sphere(3) / ws.Wreath(ws.SignFlips(2), 2), (1 + t**4) * over(2, 4, 4)),
    (ws.Sphere(8) / ws.SO(3).copies(3), (1 + t**3) * over(2, 2, 2, 2, 2)),
    (ws.Sphere(3) / ws.SO(2).copies(2), (1 + t**2) * over(2, 2)),
    (ws.Sphere(4) / ws.SO(3), over(1, 1)),
]


@pytest.mark.parametrize(("space", "wanted"), KNOWN, ids=lambda x: repr(x)[:40])
def test_rational_functions(space, wanted):
    series = space.hilbert_series()
    assert sympy.cancel(series.expression - wanted) == 0
    numerator, denominator = sympy.fraction(sympy.cancel(wanted))
    sign = sympy.Poly(denominator, t).eval(0)
    assert series.numerator == tuple(sympy.Poly(numerator / sign, t).all_coeffs()[::-1])
    assert series.denominator == tuple(sympy.Poly(denominator / sign, t).all_coeffs()[::-1])
    assert series.pole_order == space.dim
    regular = sympy.cancel(wanted * (1 - t) ** space.dim)
    first, second = regular.subs(t, 1), -sympy.diff(regular, t).subs(t, 1)
    assert series.laurent(2) == {-space.dim: Fraction(str(first)), 1 - space.dim: Fraction(str(second))}


@pytest.mark.parametrize(("space", "_wanted"), KNOWN[:5], ids=lambda x: repr(x)[:40])
def test_the_leading_coefficient_is_that_of_the_volume(space, _wanted):
    d = space.dim
    (leading,) = space.hilbert_series().laurent(1).values()
    volume = float(leading) / math.factorial(d) / ((4 * math.pi) ** (-d / 2) / math.gamma(d / 2 + 1))
    assert space.volume == pytest.approx(volume, rel=1e-12)


def test_lists_counts_and_provenance():
    exact = (ws.Sphere(3) / ws.AlternatingGroup(4)).hilbert_series()
    assert exact.is_exact
    assert "exact" in exact.provenance
    assert exact.coefficients(4) == [1, 1, 1, 2, 3]
    assert [exact.coefficient(k) for k in range(5)] == exact.coefficients(4)
    assert exact.cumulated(4) == 8
    lie = (ws.Sphere(8) / ws.SO(3).copies(3)).hilbert_series()
    assert not lie.is_exact
    assert "confirmed on" in lie.provenance
    assert (ws.Sphere(8) / ws.SO(3).copies(3)).count(10**30) == lie.cumulated((math.isqrt(49 + 4 * 10**30) - 7) // 2)
    assert "\\frac" in exact._repr_html_()
    assert len(exact.plot(10).lines) == 1


def test_tori_have_none():
    with pytest.raises(ws.UnknownGeometryError, match="Hilbert series"):
        (ws.Torus(3) / ws.SymmetricGroup(3)).hilbert_series()


def test_it_prints_as_its_rational_function():
    assert repr((ws.Sphere(2) / ws.SO(2)).hilbert_series()) == "HilbertSeries of SO(2): 1/(1 - t)"
