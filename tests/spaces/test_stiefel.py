"""Stiefel manifolds: groups and spheres among them, heat traces, kernels as eigenfunctions, quotients."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from scipy.linalg import expm

import weylspec as ws
from weylspec.errors import CostError, UnknownGeometryError, WeylspecError

ALL = [ws.Stiefel(1, 4), ws.Stiefel(2, 3), ws.Stiefel(2, 4), ws.Stiefel(2, 5), ws.Stiefel(3, 5), ws.Stiefel(3, 4)]
every = pytest.mark.parametrize("space", ALL, ids=repr)


def rows(spectrum):
    return list(zip(spectrum.eigenvalues.tolist(), spectrum.multiplicities.tolist(), strict=True))


def test_pairs_of_vectors_in_four_space_in_closed_form():
    """[2.4]: λ = (j(j+2) + k(k+2))/2, j ≡ k mod 2, multiplicity (j+1)(k+1)(min(j,k)+1): SO(4) = S³ × S³ / ±1."""
    expected: dict[float, int] = {}
    for j, k in itertools.product(range(20), repeat=2):
        lam = (j * (j + 2) + k * (k + 2)) / 2
        if (j - k) % 2 == 0 and lam <= 150:
            expected[lam] = expected.get(lam, 0) + (j + 1) * (k + 1) * (min(j, k) + 1)
    assert rows(ws.Stiefel(2, 4).spectrum(cutoff=150)) == sorted(expected.items())


def test_one_vector_and_all_but_one():
    assert rows(ws.Stiefel(1, 5).spectrum(cutoff=200)) == rows(ws.Sphere(4).spectrum(cutoff=200))
    # SO(3) is RP³ of radius 2: degrees 2l of S³ over 4
    doubled = ws.Sphere(3, 2) / ws.SignFlips(1).copies(4)
    assert rows(ws.Stiefel(2, 3).spectrum(cutoff=100)) == rows(doubled.spectrum(cutoff=100))
    assert ws.Stiefel(2, 3).volume == pytest.approx(doubled.volume, rel=1e-13)
    so4 = "0(1) 3(16) 4(18) 8(81) 9(128) 12(50) 15(256) 16(450)"  # [2.3]
    assert " ".join(f"{lam:g}({m})" for lam, m in rows(ws.Stiefel(3, 4).spectrum(cutoff=16))) == so4
    so5 = "0(1) 4(25) 6(100) 10(196) 12(1225) 16(1225) 18(900) 20(6561)"
    assert " ".join(f"{lam:g}({m})" for lam, m in rows(ws.Stiefel(4, 5).spectrum(cutoff=20))) == so5


@every
def test_heat_trace_has_the_volume_and_the_curvature(space):
    """Z(t)(4πt)^{d/2}/vol = 1 + x + c₂x² + …, x = t·Scal/6: two extrapolated slopes leave terms c₃x² with c₃ < 1."""
    x = 0.1
    values = []
    for part in (x, x / 2):
        t = 6 * part / space.scalar_curvature
        trace = space.spectrum(cutoff=50 / t).heat_trace(t, rtol=1e-8)
        values.append((trace * (4 * math.pi * t) ** (space.dim / 2) / space.volume - 1) / part)
    assert 2 * values[1] - values[0] == pytest.approx(1, abs=x**2)


@every
def test_counts(space):
    listed = space.spectrum(num=1000)
    for i in range(0, len(listed), max(1, len(listed) // 8)):
        assert space.count(float(listed.eigenvalues[i])) == listed.cumulative[i]


def test_counts_past_any_list():
    assert ws.Stiefel(2, 4).count(10**6) == ws.Stiefel(2, 4).spectrum(cutoff=10**6).total
    assert ws.Stiefel(1, 3).count(10**30) == 10**30
    with pytest.raises(CostError, match="list of levels"):
        ws.Stiefel(3, 5).count(10**6)


def test_points_and_expressions(rng):
    space = ws.Stiefel(2, 4, "3/2")
    assert repr(space) == "Stiefel(2, 4, scale='3/2')"
    assert space.scaled("2/3").volume == pytest.approx(8 * math.pi**3, rel=1e-13)
    x = space.sample(3, rng)
    with pytest.raises(WeylspecError, match="row 1 holds 2 vectors that are not orthonormal"):
        space.check_points(x * np.array([[1], [2], [1]]))
    with pytest.raises(WeylspecError, match="take k < n"):
        ws.Stiefel(3, 3)
    with pytest.raises(UnknownGeometryError, match="SO\\(4\\)"):
        ws.Stiefel(2, 6).eigenspace_kernel(np.eye(2, 6).reshape(1, 12), np.eye(2, 6).reshape(1, 12), 5)


@every
def test_kernels_are_eigenfunctions(space, rng):
    """−Σ d²/dt² K(x exp(tA), y) over an orthonormal basis of so(n) modulo so(n − k), at a random frame x."""
    k, n = space.k, space.n
    whole = np.linalg.qr(rng.standard_normal((n, n)))[0]
    y = space.sample(2, rng)
    cutoff = float(space.spectrum(num=30).eigenvalues[-1])
    listed = space.spectrum(cutoff=cutoff)
    points = 4 * (1 + math.isqrt(int(cutoff)))
    frequencies = np.fft.fftfreq(points, 1 / points)
    laplacian = 0
    for i, j in itertools.combinations(range(n), 2):
        if i >= k:
            continue
        a = np.zeros((n, n))
        a[i, j], a[j, i] = -1, 1
        path = np.array([(expm(2 * math.pi * s / points * a) @ whole)[:k].reshape(-1) for s in range(points)])
        kernel = space.eigenspace_kernel(path, y, cutoff)
        coefficients = np.fft.fft(kernel, axis=1) / points
        laplacian = laplacian + np.einsum("lpm,p->lm", coefficients, frequencies**2).real
    kernel = space.eigenspace_kernel(whole[:k].reshape(1, -1), y, cutoff)[:, 0]
    rounding = 1e-11 * cutoff * np.abs(kernel).max()
    np.testing.assert_allclose(laplacian, listed.eigenvalues[:, None] * kernel, rtol=0, atol=max(rounding, 1e-9))


@pytest.mark.parametrize("group", [ws.SymmetricGroup(4), ws.SignFlips(2), ws.CyclicGroup(4)], ids=repr)
@pytest.mark.parametrize("space", [ws.Stiefel(2, 4), ws.Stiefel(3, 4)], ids=repr)
def test_invariants_are_traces_of_kernels(space, group, rng):
    """tr(g | E_λ) = tr(K⁺K_g) over more points than dimensions: no average over classes enters."""
    cutoff = 8 if space.k == 2 else 4
    listed = space.spectrum(cutoff=cutoff)
    elements = group.linear(4).elements()
    x = space.sample(50, rng)
    frames = x.reshape(50, space.k, 4)
    kernels = space.eigenspace_kernel(x, x, cutoff)
    found = np.zeros(len(listed))
    inverses = [np.linalg.pinv(kernel, rcond=1e-9, hermitian=True) for kernel in kernels]
    for g in elements:
        moved = space.eigenspace_kernel((frames @ g.T).reshape(50, -1), x, cutoff)
        found += [np.trace(inverse @ turned) for inverse, turned in zip(inverses, moved, strict=True)]
    found /= len(elements)
    np.testing.assert_allclose(found, np.round(found), atol=1e-6)
    expected = {lam: round(m) for lam, m in zip(listed.eigenvalues, found, strict=True) if m > 0.5}
    assert dict(rows((space / group).spectrum(cutoff=cutoff))) == expected


def test_quotients_by_rotations():
    """One vector: spheres. V_{n−1}(Rⁿ) modulo SO(n) is a point, modulo SO(n − 1) the sphere."""
    for group in (ws.SO(3), ws.SO(2).copies(2), ws.SymmetricGroup(4)):
        frames, sphere = ws.Stiefel(1, 4) / group, ws.Sphere(3) / group
        assert rows(frames.spectrum(cutoff=200)) == rows(sphere.spectrum(cutoff=200))
    assert rows((ws.Stiefel(3, 4) / ws.SO(4)).spectrum(cutoff=60)) == [(0.0, 1)]
    assert ((ws.Stiefel(3, 4) / ws.SO(4)).dim, (ws.Stiefel(2, 4) / ws.SO(4)).volume) == (0, 1.0)
    with pytest.raises(UnknownGeometryError, match="not known in closed form"):
        (ws.Stiefel(3, 4) / ws.SO(3)).volume  # noqa: B018
    assert rows((ws.Stiefel(3, 4) / ws.SO(3)).spectrum(cutoff=60)) == rows(ws.Sphere(3).spectrum(cutoff=60))
    assert rows((ws.Stiefel(2, 3) / ws.SO(2)).spectrum(cutoff=60)) == rows(ws.Sphere(2).spectrum(cutoff=60))


@pytest.mark.parametrize("space", [ws.Stiefel(2, 4), ws.Stiefel(2, 5)], ids=repr)
@pytest.mark.parametrize("group", [ws.SymmetricGroup(3), ws.SignFlips(2), ws.SymmetricGroup(4)], ids=repr)
def test_fixed_frames_give_the_heat_trace_of_a_quotient(space, group):
    """Z_{M/G}(t) − Z_M(t)/|G|, less M's own curvature, is the sum over the fixed sets, each with a factor 1 + O(t)."""
    quotient = space / group
    errors = []
    for t in (0.02, 0.01):
        whole, part = (s.spectrum(cutoff=40 / t).heat_trace(t, rtol=1e-9) for s in (space, quotient))
        fixed, own = (sum(term.coefficient * (4 * math.pi * t) ** (-term.dim / 2) for term in s.terms[1:])
                      for s in (quotient, space))
        order = quotient.effective_order
        errors.append((part - whole / order) / (fixed - own / order) - 1)
    assert abs(errors[1]) < 0.01 * 4 * space.scalar_curvature
    assert abs(2 * errors[1] - errors[0]) < abs(errors[0]) / 2


@pytest.mark.parametrize("quotient", [
    ws.Stiefel(2, 4) / ws.CyclicGroup(4), ws.Stiefel(2, 4) / ws.SO(2),
    ws.OrientedGrassmannian(2, 4) / ws.CyclicGroup(4),
    ws.OrientedGrassmannian(3, 4) / ws.SO(2), ws.Grassmannian(2, 4) / ws.SO(3),
], ids=repr)
def test_kernels_of_quotients_are_invariant(quotient, rng):
    """K(gx, y) = K(x, y) for a Haar-distributed g, and the mean of the diagonal is the multiplicity."""
    cutoff = 13
    x, y = quotient.sample(2, rng), quotient.sample(2, rng)
    g = np.eye(4)
    g[: quotient.group.degree, : quotient.group.degree] = quotient.group.sample(1, rng)[0]
    kernel = quotient.eigenspace_kernel(x, y, cutoff)
    turned = (x.reshape(2, -1, 4) @ g.T).reshape(x.shape)
    np.testing.assert_allclose(quotient.eigenspace_kernel(turned, y, cutoff), kernel, atol=1e-10)
    listed = quotient.spectrum(cutoff=cutoff)
    points = quotient.sample(100, rng)
    diagonal = np.array([[level[0, 0] for level in quotient.eigenspace_kernel(p[None], p[None], cutoff)]
                         for p in points])
    error = diagonal.std(axis=0) / math.sqrt(len(points))
    assert (np.abs(diagonal.mean(axis=0) - listed.multiplicities) <= 5 * error + 1e-9).all()


def test_branching_that_would_not_end_is_refused():
    with pytest.raises(CostError, match="ask for a smaller cutoff"):
        ws.Stiefel(4, 5).spectrum(cutoff=10**6)
