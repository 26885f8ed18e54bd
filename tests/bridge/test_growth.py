import numpy as np
import pytest

import weylspec as ws
from weylspec.bridge.growth import far_counts, proved_growth
from weylspec.bridge.levels import LevelTable
from weylspec.bridge.upper import kernel_supremum, risk_upper_bound
from weylspec.errors import UnknownGeometryError
from weylspec.invariants.orbit_spaces.geometry import weyl_constant

HEXAGONAL = ws.FlatTorus([[1, 0], [0.5, 3**0.5 / 2]])
SKEW = ws.FlatTorus([[1, 0], ["7.3", "0.2"]])
SPACES = [
    ws.Sphere(1), ws.Sphere(2), ws.Sphere(5, "0.3"), ws.Torus(3), HEXAGONAL, SKEW, ws.Sphere(2) * ws.Torus(1),
    ws.Sphere(2) ** 2, ws.Sphere(2) / ws.PointGroup("Oh"), ws.Torus(2) / ws.SymmetricGroup(2),
    ws.Torus(2) / ws.Translations([[1, 0]]), ws.Torus(3) / ws.SymmetricGroup(3), ws.Sphere(3) / ws.SO(3),
    ws.Torus(2) / ws.AffineGroup([([[1, 0], [0, -1]], ["1/2", 0])]),
    ws.Torus(2) / ws.AffineGroup([([[1, 0], [0, 1]], ["1/5", "2/5"])]),
    ws.Torus(2) / ws.AffineGroup([([[1, 0], [0, -1]], [0, 0])], translations=[[1, 0]]),
]


@pytest.mark.parametrize("space", SPACES, ids=repr)
def test_counts_stay_below_every_proved_bound(space):
    spectrum = space.spectrum(num=3000 if space.dim > 1 else 300)
    lam, counts = spectrum.eigenvalues, np.asarray(spectrum.cumulative, dtype=float)
    bounds = proved_growth(space)
    assert bounds
    for growth in bounds:
        shells = sum(s.constant * (np.sqrt(lam) + s.margin) ** s.power for s in growth.shells)
        assert (counts <= shells).all()
        for start in (0, len(lam) // 2):
            constant = growth.constant(1 + lam[start])
            assert (counts[start:] <= constant * (1 + lam[start:]) ** growth.exponent).all()


@pytest.mark.parametrize("space", SPACES[:8] + SPACES[9:12], ids=repr)
def test_the_best_bound_has_the_constant_of_weyls_law(space):
    # A → c_d vol, to first order like 1/√λ
    def excess(top):
        best = min((g for g in proved_growth(space) if g.exponent == space.dim / 2), key=lambda g: g.constant(top))
        return best.constant(top) / (space.volume * weyl_constant(space.dim)) - 1

    assert 0 < excess(1e12) < 1e-2
    assert excess(1e12) / excess(1e14) == pytest.approx(10, rel=0.01)


def test_tables_say_whether_the_tail_is_proved():
    assert LevelTable.of(ws.Sphere(2) / ws.SO(2), 400).beyond(1.1).proved
    assert not LevelTable.of(ws.Sphere(2) / ws.SO(2), 400).beyond(0.9).proved   # N(λ; M) is too large a bound
    lam, counts = far_counts(ws.Sphere(2) / ws.SO(2))
    assert [int(c) for c in counts[:50]] == [int(np.sqrt(x + 0.25) - 0.5) + 1 for x in lam[:50]]
    assert risk_upper_bound(ws.Sphere(2), s=2, n=1e6, noise=1).holds


def test_a_mesh_is_refused_with_what_works_instead():
    mesh = ws.TriangleMesh.icosphere(2)
    assert proved_growth(mesh) == ()
    with pytest.raises(UnknownGeometryError, match="pinsker_risk need only the levels"):
        kernel_supremum(mesh, 2)


def test_few_samples_on_a_large_sphere_do_not_exceed_the_zero_function():
    bound = risk_upper_bound(ws.Sphere(2, "1e6"), s=2, n=100, noise=1, norm=3)
    assert bound.value == pytest.approx(9, rel=1e-6)
    assert [truth for text, truth in bound.assumptions if text.startswith("informative")] == [False]
    for n in (1, 3, 10):
        assert risk_upper_bound(ws.Sphere(2), s=2, n=n, noise=5).value <= 1 + 1e-6


def test_scalar_curvature_zero_is_not_flat():
    """8 − 2t² vanishes for the Berger sphere t = 2: it is no torus, and groups on it are not affine."""
    sphere = ws.BergerSphere(2)
    assert sphere.scalar_curvature == 0
    assert not sphere.is_flat
    assert ws.Torus(2).is_flat
    quotient = sphere / ws.BinaryPolyhedral("D2")
    assert proved_growth(quotient) == ()
    assert risk_upper_bound(quotient, s=2, n=100, noise=1).value > 0


@pytest.mark.parametrize(("space", "constant"), [
    (ws.Sphere(2), 4 / 3), (ws.Sphere(2) / ws.PointGroup("Oh"), 1), (ws.Sphere(3) / ws.SO(3), 1),
    (ws.Sphere(4) / ws.SymmetricGroup(5), 1),
], ids=repr)
def test_largest_share_of_counts_is_that_of_quasi_polynomials(space, constant):
    """sup N(λ; G)/(1 + λ)^{d/2} over jumps [3.6]; far out the share is c_d·vol, which is no more."""
    spectrum = space.spectrum(cutoff=1e6)
    shares = np.asarray(spectrum.cumulative, dtype=float) / (1 + spectrum.eigenvalues) ** (space.dim / 2)
    assert shares.max() == pytest.approx(constant, rel=1e-14)
    assert shares[-1] == pytest.approx(space.volume * weyl_constant(space.dim), rel=0.1)  # but for the walls
    assert shares[-1] <= constant
