"""Light in a box: modes by their indices and polarisations, groups by matrices on the amplitudes of modes."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import weylspec as ws
from weylspec.errors import GroupActionError, UnknownGeometryError, WeylspecError

lengths = st.fractions(Fraction(1, 2), 3, max_denominator=4)


def indices(sizes, quotient):
    """Index triples with Σ (k/L)² ≤ q that carry a mode: at most one zero."""
    tops = [math.isqrt(math.floor(quotient * size**2)) for size in sizes]
    for k in itertools.product(*(range(top + 1) for top in tops)):
        if k.count(0) <= 1 and sum((Fraction(i) / size) ** 2 for i, size in zip(k, sizes, strict=True)) <= quotient:
            yield k


@settings(max_examples=40)
@given(st.lists(lengths, min_size=3, max_size=3), st.integers(0, 1500))
def test_modes_by_their_indices(sizes, steps):
    quotient = Fraction(3 * steps + 1, 101)  # 101 divides no denominator: never a level
    expected = sum(1 if 0 in k else 2 for k in indices(sizes, quotient))
    cavity, lam = ws.Cavity(sizes), math.pi**2 * float(quotient)
    assert cavity.count(lam) == expected
    assert cavity.spectrum(cutoff=lam).total == expected


def test_weyls_law_is_the_one_of_theory():
    """V ω³/3π² − (a + b + c)ω/2π + ½: no surface term."""
    law, omega = ws.weyl_law(ws.Cavity([3, 2, "3/2"])), np.array([1.0, 10.0, 100.0])
    expected = 9 * omega**3 / (3 * math.pi**2) - 6.5 * omega / (2 * math.pi) + 0.5
    assert law.count(omega**2) == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize(("low", "high", "measured", "law"), [
    (95, 105, 304620.8, 304620.5), (80, 120, 316018.89, 316019.14)])
def test_window_means_in_frequency(low, high, measured, law):
    """[9.7]: means of the staircase and of the law, uniform in ω, to the digits printed there."""
    cavity = ws.Cavity([3, 2, "3/2"])
    listed = cavity.spectrum(cutoff=high**2)
    omega = np.sqrt(listed.eigenvalues)
    mean = listed.multiplicities @ (high - np.maximum(omega, low)) / (high - low)
    grid, weight = np.polynomial.legendre.leggauss(8)
    x = (low + high) / 2 + (high - low) / 2 * grid
    half_unit = 0.05 if low == 95 else 0.005
    assert mean == pytest.approx(measured, abs=half_unit + 1e-9)
    assert ws.weyl_law(cavity).count(x**2) @ weight / 2 == pytest.approx(law, abs=half_unit + 1e-9)
    assert cavity.count(10**4) == 303924


# -- symmetry ---------------------------------------------------------------------------------------


def on_amplitudes(matrix, k):
    """(gE)(x) = gE(g⁻¹x) on E_i = A_i cos(k_i x_i) Π_{j≠i} sin(k_j x_j), x from 0 to π, g about the centre.

    A reflection x_j ↦ π − x_j multiplies sin(k_j x_j) by −(−1)^{k_j} and cos(k_j x_j) by (−1)^{k_j}, and the
    component E_j by another −1: all components by −(−1)^{k_j}. A permutation takes indices along.
    """
    image = tuple(int(i) for i in np.abs(matrix) @ k)
    sign = math.prod(-((-1) ** image[j]) for j in range(3) if matrix[j].sum() < 0)
    return image, sign * np.abs(matrix)


def invariant_modes(matrices, quotient):
    """Dimension of what all matrices leave alone, level by level, by ranks."""
    by_level = {}
    for k in indices([Fraction(1)] * 3, quotient):
        by_level.setdefault(sum(i * i for i in k), []).append(k)
    total = 0
    for triples in by_level.values():
        place = {k: 3 * i for i, k in enumerate(triples)}
        rows = []
        for k in triples:
            block = np.zeros((1, 3 * len(triples)))
            block[0, place[k]:place[k] + 3] = k  # div E = 0
            rows.append(block)
            if 0 in k:  # only the component along the axis of the zero has no sine of it
                for i in range(3):
                    if k[i]:
                        unit = np.zeros((1, 3 * len(triples)))
                        unit[0, place[k] + i] = 1
                        rows.append(unit)
            for matrix in matrices:
                image, moved = on_amplitudes(matrix, k)
                relation = np.zeros((3, 3 * len(triples)))
                relation[:, place[k]:place[k] + 3] += moved
                relation[:, place[image]:place[image] + 3] -= np.eye(3)
                rows.append(relation)
        total += 3 * len(triples) - np.linalg.matrix_rank(np.vstack(rows))
    return total


CYCLE, SWAP = np.eye(3)[[2, 0, 1]], np.eye(3)[[1, 0, 2]]
FLIPS = [np.diag([-1.0, 1, 1]), np.diag([1.0, -1, 1]), np.diag([1.0, 1, -1])]


@pytest.mark.parametrize(("group", "matrices", "order"), [
    (ws.SymmetricGroup(3), [CYCLE, SWAP], 6), (ws.CyclicGroup(3), [CYCLE], 3), (ws.SignFlips(3), FLIPS, 8),
    (ws.SignFlips(1), FLIPS[:1], 2), (ws.Hyperoctahedral(3), [CYCLE, SWAP, *FLIPS], 48), (ws.PointGroup("C4"), [
        np.array([[0.0, -1, 0], [1, 0, 0], [0, 0, 1]])], 4),
], ids=str)
def test_invariant_modes_of_a_cube_by_ranks(group, matrices, order):
    quotient = ws.Cavity([1, 1, 1]) / group
    assert quotient.volume == pytest.approx(2 / order)
    for top in (4, 13, 30):
        assert quotient.count(math.pi**2 * (top + 0.5)) == invariant_modes(matrices, top)


@pytest.mark.parametrize("group", [ws.SymmetricGroup(3), ws.SignFlips(3), ws.CyclicGroup(3)], ids=str)
def test_the_law_of_invariant_modes(group):
    """The heat trace is that of the law up to e^{−ℓ²/4t}, ℓ ≥ ½: flat, with straight edges."""
    quotient = ws.Cavity([1, 1, 1]) / group
    assert ws.verify_weyl(quotient).passed
    t = 0.002
    trace = quotient.spectrum(cutoff=20000).heat_trace(t)
    law = sum(term.coefficient * (4 * math.pi * t) ** (-term.dim / 2) for term in ws.weyl_law(quotient).terms)
    assert trace == pytest.approx(law, rel=1e-9)  # e^{−31}


def test_what_a_cavity_refuses():
    with pytest.raises(WeylspecError, match="three lengths"):
        ws.Cavity([1, 2])
    with pytest.raises(GroupActionError, match="does not map"):
        ws.Cavity([1, 2, 3]) / ws.SymmetricGroup(3)
    with pytest.raises(UnknownGeometryError, match="vector fields"):
        ws.Cavity([1, 2, 3]).check_points([[0.5, 0.5, 0.5]])
    assert repr(ws.Cavity([1, 2, 3]).scaled(2)) == "Cavity([2, 4, 6])"
