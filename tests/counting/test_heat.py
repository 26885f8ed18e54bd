"""Heat traces of spaces, and measured heat invariants: within their stated errors of closed forms and of geometry."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

import weylspec as ws
from weylspec.counting._heat_fits import fits, traces
from weylspec.counting.heat import heat_invariants, heat_trace
from weylspec.errors import WeylspecError
from weylspec.spectrum import Spectrum

PI = math.pi


@pytest.mark.parametrize("make", [
    lambda: ws.Sphere(2), lambda: ws.Torus(3) / ws.SymmetricGroup(3), lambda: ws.Disk(1), lambda: ws.SpecialUnitary(2),
])
def test_heat_traces_choose_their_list(make):
    space = make()
    t = np.array([0.05, 0.4, 3.0])
    long = space.spectrum(cutoff=60 / t[0]).heat_trace(t, 1e-13)  # cuts e^{−60}
    np.testing.assert_allclose(heat_trace(space, t, 1e-12), long, rtol=1e-12)
    assert heat_trace(space, 0.4) == pytest.approx(long[1], rel=1e-9)


def test_heat_traces_of_small_times_need_no_list():
    """S³ at t = 10⁻¹²: √π/(4t^{3/2})·e^t; the list would have 10⁷ levels."""
    t = 1e-12
    assert heat_trace(ws.Sphere(3), t) == pytest.approx(math.sqrt(PI) / 4 * t**-1.5 * math.exp(t), rel=1e-14)


def test_heat_traces_obey_jacobi():
    """Σ e^{−tk²} = √(π/t) Σ e^{−π²k²/t}, at times on both sides of the change from expansion to list."""
    t = np.geomspace(0.01, 10, 25)
    k = np.arange(-60, 61)[:, None]
    dual = np.sqrt(PI / t) * np.exp(-(PI * k) ** 2 / t).sum(axis=0)
    np.testing.assert_allclose(heat_trace(ws.Torus(1), t, 1e-13), dual, rtol=1e-12)


def test_no_heat_before_the_start():
    with pytest.raises(WeylspecError, match="t > 0"):
        heat_trace(ws.Sphere(2), [1.0, 0.0])


# name: space, order, and by hand the coefficients a_0, a_{1/2}, … of Z = (4πt)^{−d/2} Σ a_k t^k by power of t
KNOWN = {
    "S2": (lambda: ws.Sphere(2), 3, {k: 4 * PI * a for k, a in enumerate([1, 1 / 3, 1 / 15, 4 / 315])}),
    "S3": (lambda: ws.Sphere(3), 3, {k: 2 * PI**2 / math.factorial(k) for k in range(4)}),
    "S1": (lambda: ws.Sphere(1), 2, {0: 2 * PI, 1: 0, 2: 0}),
    "T2": (lambda: ws.Torus(2), 2, {0: 4 * PI**2, 1: 0, 2: 0}),
    "RP2": (lambda: ws.RealProjectiveSpace(2), 2, {0: 2 * PI, 1: 2 * PI / 3, 2: 2 * PI / 15}),
    "Klein": (lambda: ws.FlatManifold("Klein bottle"), 1, {0: 1 / 2, 1: 0}),
    # a_1 = vol·Scal/6 with Scal = 8 − 2ε² on a fibre of length 2πε, and −1/2 on the Heisenberg nilmanifold
    "Berger": (lambda: ws.BergerSphere("1/2"), 1, {0: PI**2, 1: PI**2 * 7.5 / 6}),
    "Heisenberg": (lambda: ws.HeisenbergNilmanifold(1), 1, {0: 1, 1: -1 / 12}),
    # SU(3): e^{4t}, because Scal = 6|ρ|² = 24
    "SU3": (lambda: ws.SpecialUnitary(3), 2, {k: math.sqrt(3) * PI**5 * 4**k / math.factorial(k) for k in range(3)}),
    # mirrors and corners: area 1/8, half the perimeter times √π, 3/8 as the constant of Z
    "p4m": (lambda: ws.FlatOrbifold("p4m"), 1.5, {
        0: 1 / 8, 0.5: math.sqrt(PI) / 2 * (1 + math.sqrt(2) / 2), 1: 4 * PI * 3 / 8, 1.5: 0}),
    "S2/O": (lambda: ws.Sphere(2) / ws.PointGroup("O"), 1, {0: PI / 6, 1: 4 * PI * (1 / 72 + 95 / 144)}),
    # Smith 1981: ∫κ²·(1/256)√(t/π) in Z with Dirichlet conditions, 5 times that with Neumann's
    "disk": (lambda: ws.Disk(1, "dirichlet"), 1.5, {
        0: PI, 0.5: -(PI**1.5), 1: 4 * PI / 6, 1.5: 4 * PI * 2 * PI / 256 / math.sqrt(PI)}),
    "free disk": (lambda: ws.Disk(1), 1.5, {
        0: PI, 0.5: PI**1.5, 1: 4 * PI / 6, 1.5: 5 * 4 * PI * 2 * PI / 256 / math.sqrt(PI)}),
    "ball": (lambda: ws.Ball(3, 1, "dirichlet"), 0.5, {0: 4 * PI / 3, 0.5: -2 * PI**1.5}),
    # the interval [0, π] whose two ends are walls with k = 2, like Dirichlet's; λ = k(k + 2) shifts by 1
    "S3/SO3": (lambda: ws.Sphere(3) / ws.SO(3), 1, {0: PI, 0.5: -math.sqrt(PI), 1: PI}),
}


SLOW = ("Heisenberg", "free disk", "SU3", "ball", "S1")


@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.slow) if name in SLOW else name
                                  for name in KNOWN])
def test_measured_invariants_are_within_their_errors(name):
    make, order, known = KNOWN[name]
    cutoff = 3000 if "disk" in name else None
    found = heat_invariants(make(), order, cutoff=cutoff)
    for power, value in known.items():
        at = int(np.flatnonzero(found.powers == power)[0])
        assert abs(found.values[at] - value) <= found.errors[at], (power, found.values[at], value, found.errors[at])
        # the errors say something: a percent of the coefficient, or of the volume where it is zero
        assert found.errors[at] < 0.01 * max(abs(value), known[0])
    told = ~np.isnan(found.predicted)
    assert (np.abs(found.deviations[told]) <= 1).all()
    assert told[0]
    assert told.all() or name in ("Berger", "Heisenberg", "SU3", "disk", "free disk", "ball")


def test_a_spectrum_without_geometry():
    """Half and whole powers, the dimension by growth, and nothing predicted."""
    S = ws.Sphere(3).spectrum(cutoff=30000)
    found = heat_invariants(S, 1)
    assert found.dim == 3
    np.testing.assert_array_equal(found.powers, [0, 0.5, 1])
    assert (np.abs(found.values - [2 * PI**2, 0, 2 * PI**2]) <= found.errors).all()
    assert np.isnan(found.predicted).all()
    assert heat_invariants(S, 0, dim=3).values[0] == pytest.approx(2 * PI**2, rel=1e-10)


def test_errors_of_eigenvalues_are_carried():
    """Every eigenvalue raised by 1e-6 of itself, and said to be: a_0 changes by that, or some more."""
    exact = ws.Sphere(2).spectrum(cutoff=20000)
    moved = Spectrum.from_eigenvalues(
        exact.eigenvalues * (1 + 1e-6), complete_below=20000, multiplicities=exact.multiplicities,
        errors=exact.eigenvalues * 1.0001e-6,
    )
    found = heat_invariants(moved, 0, dim=2)
    shift = abs(found.values[0] - 4 * PI)
    assert 0.5e-6 < shift / (4 * PI) < 1e-5
    assert shift <= found.errors[0]


def test_a_missing_multiplet_is_seen():
    """a_0 and a_1 of a list that lacks one level are off by many errors; the closed form is what tells."""
    exact = ws.Sphere(2).spectrum(cutoff=20000)
    kept = np.arange(len(exact)) != 7
    gap = Spectrum.from_eigenvalues(exact.eigenvalues[kept], complete_below=20000,
                                    multiplicities=exact.multiplicities[kept])
    found = heat_invariants(gap, 1, dim=2)
    # Z lacks 15·e^{−56t}: (4πt)·15 at small t, so that a_1 is less by 60π, and a_0 is not changed
    assert found.values[2] == pytest.approx(4 * PI / 3 - 60 * PI, rel=0.01)


@pytest.mark.parametrize(("order", "words"), [(0.3, "twice the order"), (-1, "twice the order")])
def test_orders_that_are_none(order, words):
    with pytest.raises(WeylspecError, match=words):
        heat_invariants(ws.Sphere(2), order)


def test_too_few_levels():
    with pytest.raises(WeylspecError, match="raise the cutoff"):
        heat_invariants(ws.Sphere(2), cutoff=20)


def test_fits_are_linear_functions_of_the_data():
    """A fit of n terms to data that are a polynomial of n terms returns it."""
    S = ws.Torus(1).spectrum(cutoff=3000)
    for (n, r), fit in fits(S, 1, 2).items():
        assert fit.matrix.shape == (n, len(fit.noise))
        if r < 4:  # t ≤ 0.5: √(4πt)·Z = 2π but for e^{−π²/t} < 3e-9
            assert fit.coefficients[0] == pytest.approx(2 * PI, rel=1e-7 * 4**n)


def test_traces_leave_out_what_is_zero():
    lam = np.array([0.0, 1.0, 2.0, 900.0])
    found, noise = traces(lam, np.array([1.0, 2.0, 1.0, 5.0]), np.zeros(4), np.array([1.0, 1e-3]))
    np.testing.assert_allclose(found, [1 + 2 / math.e + math.e**-2,
                                       1 + 2 * math.exp(-1e-3) + math.exp(-2e-3) + 5 * math.exp(-0.9)], rtol=1e-15)
    assert (noise < 1e-14 * found).all()


def test_predictions_are_geometry_as_far_as_the_law_is_whole():
    """S²/C₂ᵥ: area, mirrors, curvature and corners; the Hilbert series from t^{3/2} on, where the law ends."""
    found = heat_invariants(ws.Sphere(2) / ws.PointGroup("C2v"), 2)
    words = ("vol(M)/4", "mirrors", "2 corners π/2", "closed form of the spectrum", "Hilbert series")
    for source, word in zip(found.sources, words, strict=True):
        assert word in source
        assert ("closed form" in source) == ("closed" in word or "Hilbert" in word)
    # a flat orbifold's law is whole, and says that there is nothing beyond the corners
    flat = heat_invariants(ws.FlatOrbifold("p4m"), 2)
    assert flat.predicted[3:].tolist() == [0, 0]
    assert all("no such term" in source for source in flat.sources[3:])
    assert heat_invariants(ws.Disk(1, "dirichlet"), 1.5, cutoff=1000).sources[3] == ""


def test_the_result_shows_itself():
    pytest.importorskip("matplotlib")
    found = heat_invariants(ws.Sphere(2) / ws.PointGroup("C2v"), 1)
    assert "predicted" in found.table().splitlines()[0]
    assert json.loads(json.dumps(found.as_dict()))["powers"] == [0.0, 0.5, 1.0]
    assert "<table" in found._repr_html_()
    assert len(found.plot().lines) == 2
    assert json.loads(json.dumps(heat_invariants(ws.SpecialUnitary(2), 2).as_dict()))["predicted"][2] is None
