"""Weyl alcoves against cubes, triangles, boxes and the class functions of Lie groups."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import weylspec as ws
from weylspec.errors import CostError, WeylspecError

PI2 = math.pi**2
CONDITIONS = ("neumann", "dirichlet")


@pytest.mark.parametrize("bc", CONDITIONS)
@pytest.mark.parametrize(("alcove", "triangle"), [
    ("A2", lambda bc: ws.EquilateralTriangle(math.sqrt(2 / 3), bc)),
    ("C2", lambda bc: ws.RightIsoscelesTriangle(math.sqrt(1 / 2), bc)),
    ("G2", lambda bc: ws.HemiEquilateralTriangle(math.sqrt(2 / 3), bc)),
])
def test_in_the_plane_they_are_the_triangles(alcove, triangle, bc):
    first, second = ws.WeylAlcove(alcove, bc), triangle(bc)
    assert first.volume == pytest.approx(second.volume, rel=1e-14)
    assert first.boundary_volume == pytest.approx(second.boundary_volume, rel=1e-14)
    near, far = first.spectrum(num=100), second.spectrum(num=100)
    np.testing.assert_allclose(near.eigenvalues, far.eigenvalues, rtol=1e-14, atol=0)
    assert near.multiplicities.tolist() == far.multiplicities.tolist()
    assert sum(t.coefficient for t in first.terms if t.dim == 0) == pytest.approx(
        sum(t.coefficient for t in second.terms if t.dim == 0), rel=1e-13)


@given(st.integers(0, 120))
def test_the_alcove_of_c3_is_a_sixth_of_a_cube(top):
    """Levels 2π²(a² + b² + c²), a ≥ b ≥ c ≥ 0 for Neumann, a > b > c ≥ 1 for Dirichlet conditions."""
    def count(least, strict):
        return sum(a * a + b * b + c * c <= top for a in range(least, 12) for b in range(least, a + (not strict))
                   for c in range(least, b + (not strict)))

    lam = 2 * PI2 * (top + 0.5)
    assert ws.WeylAlcove("C3").count(lam) == count(0, False)
    assert ws.WeylAlcove("C3", "dirichlet").count(lam) == count(1, True)


@pytest.mark.parametrize(("name", "group", "norm"), [
    ("A3", ws.SpecialUnitary(4), 4), ("A4", ws.SpecialUnitary(5), 4), ("C3", ws.CompactSymplectic(3), 4),
    ("B3", ws.SpinGroup(7), 2), ("D4", ws.SpinGroup(8), 2), ("G2", ws.ExceptionalLieGroup("G2"), 2),
    ("F4", ws.ExceptionalLieGroup("F4"), 2),
])
def test_dirichlet_levels_are_class_functions(name, group, norm):
    """N(λ) of G/Ad is the Dirichlet count of the alcove at 4π²(λ + |ρ|²); `norm` is the long roots' in G's metric."""
    alcove, classes = ws.WeylAlcove(name, "dirichlet"), group / ws.Conjugation()
    shift = Fraction(group.scalar_curvature / 6).limit_denominator(1000)
    for lam in (7.5, 40.25, 150.1):
        assert classes.count(lam) == alcove.count(4 * PI2 * float((Fraction(lam) + shift) * Fraction(2, norm)))


@pytest.mark.parametrize("bc", CONDITIONS)
@pytest.mark.parametrize("name", ["A1", "A3", "B3", "C3", "D3"])
def test_the_heat_trace_is_the_sum_of_its_terms(name, bc):
    """Up to exp(−ℓ²/4t): walls, edges and corners are all fixed sets."""
    alcove = ws.WeylAlcove(name, bc)
    t = 0.02 * alcove.volume ** (2 / alcove.dim)
    trace = alcove.spectrum(cutoff=60 / t).heat_trace(t)
    terms = sum(term.coefficient * (4 * math.pi * t) ** (-term.dim / 2) for term in alcove.terms)
    assert trace == pytest.approx(terms, rel=1e-12)


def test_a3_and_d3_are_one_tetrahedron_and_b2_and_c2_one_triangle():
    for a, b in (("A3", "D3"), ("B2", "C2")):
        first, second = (ws.WeylAlcove(name).spectrum(num=300) for name in (a, b))
        np.testing.assert_allclose(first.eigenvalues, second.eigenvalues, rtol=1e-14, atol=0)
        assert first.multiplicities.tolist() == second.multiplicities.tolist()


@pytest.mark.parametrize("name", ["A3", "B3", pytest.param("D4", marks=pytest.mark.slow)])
def test_points_functions_and_verdict(name, rng):
    alcove = ws.WeylAlcove(name, "dirichlet", scale="3/2")
    x = alcove.check_points(alcove.sample(4000, rng))
    cutoff = alcove.spectrum(num=4).complete_below
    functions = alcove.eigenfunctions(x, cutoff)
    gram = functions.T @ functions / len(x)
    # Entries are means of 4000 products of functions bounded by √|W|·…; five standard errors.
    spread = np.einsum("na,nb->nab", functions, functions).std(axis=0) / math.sqrt(len(x))
    assert (np.abs(gram - np.eye(len(gram))) <= 5 * spread).all()
    assert ws.verify_weyl(alcove).verdict == "passed"
    assert repr(alcove) == f"WeylAlcove({name!r}, 'dirichlet', scale='3/2')"


def test_refusals():
    for name in ("H3", "A", "D2", "E5", 3):
        with pytest.raises(WeylspecError, match=r"root system|Cartan type"):
            ws.WeylAlcove(name)
    with pytest.raises(CostError, match="51840 elements"):
        ws.WeylAlcove("E6")
    with pytest.raises(WeylspecError, match="bc must be"):
        ws.WeylAlcove("A3", "free")
    outside = -np.ones((1, 3))
    with pytest.raises(WeylspecError, match="outside"):
        ws.WeylAlcove("A3").check_points(outside)
