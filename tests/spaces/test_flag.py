"""Flag manifolds: isomorphisms, heat traces, kernels as eigenfunctions, quotients."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from scipy.linalg import expm

import weylspec as ws
from weylspec.errors import CostError, GroupActionError, UnknownGeometryError, WeylspecError

QUARTER = ws.MatrixGroup([[[0, -1], [1, 0]]])


def rows(spectrum):
    return list(zip(spectrum.eigenvalues.tolist(), spectrum.multiplicities.tolist(), strict=True))


def test_flags_of_three_space_in_closed_form():
    """[2.4]: irreps (p, q), p ≡ q mod 3, zero weight min(p, q) + 1; λ = 4/3·(p² + pq + q² + 3p + 3q)."""
    expected: dict[float, int] = {}
    for p, q in itertools.product(range(30), repeat=2):
        lam = 4 * (p * p + p * q + q * q + 3 * p + 3 * q) / 3
        if (p - q) % 3 == 0 and lam <= 500:
            expected[lam] = expected.get(lam, 0) + (p + 1) * (q + 1) * (p + q + 2) // 2 * (min(p, q) + 1)
    assert rows(ws.FlagManifold(3).spectrum(cutoff=500)) == sorted(expected.items())


def test_isomorphic_types():
    assert rows(ws.FlagManifold("A3").spectrum(cutoff=90)) == rows(ws.FlagManifold(4).spectrum(cutoff=90))
    # B2 = C2: the metric of Sp(2) is half as long squared
    b, c = ws.FlagManifold("B2"), ws.FlagManifold("C2").scaled(math.sqrt(2))
    near, far = b.spectrum(cutoff=60), c.spectrum(cutoff=60.0001)
    assert near.multiplicities.tolist() == far.multiplicities.tolist()
    np.testing.assert_allclose(near.eigenvalues, far.eigenvalues, rtol=1e-14)
    assert b.volume == pytest.approx(c.volume, rel=1e-13)
    assert rows(ws.FlagManifold(2).spectrum(cutoff=400)) == rows(ws.Sphere(2, "1/2").spectrum(cutoff=400))


@pytest.mark.parametrize("space", [ws.FlagManifold(x) for x in (2, 3, 4, "B2", "C2", "G2", "B3")], ids=repr)
def test_heat_trace_has_the_volume_and_the_curvature(space):
    """Z(t)(4πt)^{d/2}/vol = 1 + x + c₂x² + …, x = t·Scal/6: two extrapolated slopes leave terms c₃x² with c₃ < 1."""
    x = 0.1
    values = []
    for part in (x, x / 2):
        t = 6 * part / space.scalar_curvature
        trace = space.spectrum(cutoff=50 / t).heat_trace(t, rtol=1e-8)
        values.append((trace * (4 * math.pi * t) ** (space.dim / 2) / space.volume - 1) / part)
    assert 2 * values[1] - values[0] == pytest.approx(1, abs=x**2)


def test_expressions_points_and_refusals(rng):
    space = ws.FlagManifold(3, "1/2")
    assert repr(space) == "FlagManifold(3, scale='1/2')"
    assert repr(ws.FlagManifold("G2")) == "FlagManifold('G2')"
    x = space.sample(3, rng)
    space.check_points(x)
    with pytest.raises(WeylspecError, match=r"row \d holds 3 vectors that are not orthonormal"):
        space.check_points(2 * x)
    for bad in ("B1", "D3", "E9", "Q4", "A", ""):
        with pytest.raises(WeylspecError, match="no simple type"):
            ws.FlagManifold(bad)
    with pytest.raises(WeylspecError, match="at least 2"):
        ws.FlagManifold(1)
    with pytest.raises(UnknownGeometryError, match="eigenspace kernels: only the flags of C"):
        ws.FlagManifold("G2").eigenspace_kernel([[0]], [[0]], 4)
    with pytest.raises(GroupActionError, match="flags of C\\^n only"):
        ws.FlagManifold("G2") / ws.SO(3)
    with pytest.raises(GroupActionError, match="does not commute with the scalars i"):
        ws.FlagManifold(3) / ws.SymmetricGroup(3)
    with pytest.raises(CostError, match="E8"):
        ws.FlagManifold("E8").spectrum(cutoff=60)
    with pytest.raises(CostError, match="phases"):
        ws.FlagManifold(4).eigenspace_kernel(np.zeros((0, 32)), np.zeros((0, 32)), 1500)


def test_kernels_are_eigenfunctions(rng):
    """−Σ d²/dt² K(exp(tA)x, y) = λK over the directions E_ij − E_ji, i(E_ij + E_ji) between the lines of a flag."""
    space = ws.FlagManifold(3)
    listed = space.spectrum(cutoff=24)
    points = 16  # a polynomial of degree at most 4 in the entries: frequencies up to 4
    frequencies = np.fft.fftfreq(points, 1 / points)
    x, y = space.sample(1, rng), space.sample(2, rng)
    z = (x[:, ::2] + 1j * x[:, 1::2]).reshape(3, 3)
    laplacian = 0
    for i, j in itertools.combinations(range(3), 2):
        for phase in (1, 1j):
            a = np.zeros((3, 3), dtype=complex)
            a[i, j], a[j, i] = phase, -np.conj(phase)
            path = np.array([expm(2 * math.pi * s / points * a) @ z for s in range(points)]).reshape(points, 9)
            kernel = space.eigenspace_kernel(np.stack([path.real, path.imag], axis=-1).reshape(points, 18), y, 24)
            coefficients = np.fft.fft(kernel, axis=1) / points
            laplacian = laplacian + np.einsum("lpm,p->lm", coefficients, frequencies**2).real
    kernel = space.eigenspace_kernel(x, y, 24)[:, 0]
    np.testing.assert_allclose(laplacian, listed.eigenvalues[:, None] * kernel, rtol=0, atol=1e-8)


def test_a_kernel_does_not_see_the_phases(rng):
    space = ws.FlagManifold(3)
    x, y = space.sample(2, rng), space.sample(2, rng)
    z = (x[:, ::2] + 1j * x[:, 1::2]).reshape(2, 3, 3) * np.exp(2j * math.pi * rng.random((2, 3, 1)))
    turned = np.stack([z.real, z.imag], axis=-1).reshape(2, 18)
    np.testing.assert_allclose(space.eigenspace_kernel(turned, y, 24), space.eigenspace_kernel(x, y, 24), atol=1e-11)


def test_quotients_by_unitary_groups():
    """SU(3) is transitive; U(2) has orbits over the cell of CP², as T has on the flags of C²: S²(½)/SO(2)."""
    assert rows((ws.FlagManifold(3) / ws.SU(3)).spectrum(cutoff=100)) == [(0.0, 1)]
    assert ((ws.FlagManifold(3) / ws.SU(3)).dim, (ws.FlagManifold(3) / ws.U(3)).volume) == (0, 1.0)
    with pytest.raises(UnknownGeometryError, match=r"orbits of U\(2\) on FlagManifold"):
        (ws.FlagManifold(3) / ws.U(2)).volume  # noqa: B018
    arc = (ws.FlagManifold(2) / ws.U(1)).spectrum(cutoff=100)
    assert rows(arc) == rows((ws.Sphere(2, "1/2") / ws.SO(2)).spectrum(cutoff=100))
    sphere = ws.Sphere(2, "1/2") / ws.PointGroup("C4")
    quotient = ws.FlagManifold(2) / QUARTER  # diag(i, 1) turns CP¹ by a quarter
    assert rows(quotient.spectrum(cutoff=200)) == rows(sphere.spectrum(cutoff=200))
    assert [(t.dim, pytest.approx(t.coefficient)) for t in quotient.terms] == [
        (t.dim, t.coefficient) for t in sphere.terms]


@pytest.mark.parametrize("group", [ws.CyclicGroup(3).blocks(2), ws.SymmetricGroup(3).blocks(2), QUARTER], ids=repr)
def test_invariants_and_fixed_flags(group, rng):
    """Traces of kernels, and the heat trace of the quotient less that of the whole."""
    space = ws.FlagManifold(3)
    quotient = space / group
    x = space.sample(45, rng)
    elements = group.linear(6).elements()
    kernels = space.eigenspace_kernel(x, x, 24)
    inverses = [np.linalg.pinv(kernel, rcond=1e-9, hermitian=True) for kernel in kernels]
    found = np.zeros(len(kernels))
    for g in elements:
        moved = space.eigenspace_kernel((x.reshape(45, 3, 6) @ g.T).reshape(45, 18), x, 24)
        found += [np.trace(inverse @ turned) for inverse, turned in zip(inverses, moved, strict=True)]
    found /= len(elements)
    np.testing.assert_allclose(found, np.round(found), atol=1e-6)
    assert quotient.spectrum(cutoff=24).multiplicities.tolist() == [round(m) for m in found if m > 0.5]
    errors = []
    for t in (0.02, 0.01):
        whole, part = (s.spectrum(cutoff=40 / t).heat_trace(t, rtol=1e-9) for s in (space, quotient))
        terms = [term.coefficient * (4 * math.pi * t) ** (-term.dim / 2) for term in quotient.terms[1:]
                 if "curvature" not in term.source]
        errors.append((part - whole / quotient.effective_order) / sum(terms) - 1)
    assert abs(errors[1]) < 0.01 * 4 * space.scalar_curvature
    assert abs(2 * errors[1] - errors[0]) < abs(errors[0]) / 2


def test_kernels_of_quotients_are_invariant(rng):
    quotient = ws.FlagManifold(3) / ws.CyclicGroup(3).blocks(2)
    x, y = quotient.sample(2, rng), quotient.sample(2, rng)
    g = np.kron(np.roll(np.eye(3), 1, axis=0), np.eye(2))
    kernel = quotient.eigenspace_kernel(x, y, 24)
    assert kernel.shape == (3, 2, 2)
    turned = (x.reshape(2, 3, 6) @ g.T).reshape(2, 18)
    np.testing.assert_allclose(quotient.eigenspace_kernel(turned, y, 24), kernel, atol=1e-11)


@pytest.mark.parametrize("label", [9, "E7", "E8"])
def test_too_large_weyl_groups_are_refused_before_any_list(label):
    for cutoff in (0, 10**6):
        with pytest.raises(CostError, match="take a group of smaller rank"):
            ws.FlagManifold(label).spectrum(cutoff=cutoff)


def test_lists_that_would_not_end_are_refused():
    with pytest.raises(CostError, match="ask for a smaller cutoff"):
        ws.FlagManifold("E6").spectrum(cutoff=10**6)
