"""`compare_spectra`: pairs from the literature that sound alike, and pairs that differ at a known level."""

from __future__ import annotations

import json
import math
from collections import Counter

import numpy as np
import pytest

import weylspec as ws
from weylspec.errors import WeylspecError
from weylspec.spectrum import Spectrum


def checkerboard(n, last):
    """A basis of D_n⁺: (2, 0, …), differences of neighbours, and all halves in place of the last of them."""
    rows = [[2] + [0] * (n - 1)]
    rows += [[0] * i + [-1, 1] + [0] * (n - i - 2) for i in range(n - 2)]
    return [*rows, [last] * n]


def direct_sum(a, b):
    return [[*row, *[0] * len(b)] for row in a] + [[*[0] * len(a), *row] for row in b]


E8 = checkerboard(8, "1/2")
D16 = checkerboard(16, "1/2")


def conway_sloane(lengths, sign):
    rows = [(3 * sign, -1, -1, -1), (1, 3 * sign, -1, 1), (1, 1, 3 * sign, -1), (1, -1, 1, 3 * sign)]
    return [[x * length for x, length in zip(row, lengths, strict=True)] for row in rows]


def test_milnor_1964():
    found = ws.compare_spectra(ws.FlatTorus(direct_sum(E8, E8)), ws.FlatTorus(D16))
    assert found.isospectral is True
    assert found.first_difference is None
    assert "q^0" in found.reason       # weight 8, level 1: the bound is ⌊8/12⌋
    # Norm 2: roots, 2·240 and 2·16·15. Norm 4: 480·σ₇(2); and C(16, 4)·2⁴ + 32 + 2¹⁵ by shape of the vectors.
    assert math.comb(16, 4) * 2**4 + 32 + 2**15 == 480 * (1 + 2**7)
    for spectrum in found.spectra:
        assert spectrum.multiplicities.tolist() == [1, 480, 61920]
        assert spectrum.eigenvalues == pytest.approx(4 * math.pi**2 * np.array([0, 2, 4]))


@pytest.mark.parametrize(("lengths", "typed"), [
    ((1, 2, 3, 4), ""), (tuple(np.sqrt(np.array([1, 7, 13, 19]) / 12)), "floats"),
])
def test_conway_and_sloane_1992(lengths, typed):
    lattices = [conway_sloane([float(x) if typed else x for x in lengths], sign) for sign in (1, -1)]
    found = ws.compare_spectra(*map(ws.FlatTorus, lattices))
    assert found.isospectral is True
    assert ("typed floats" in found.reason) == bool(typed)
    assert found.isometric is None
    # They are not isometric: the inner products among vectors of the same small norms differ.
    assert inner_products(lattices[0]) != inner_products(lattices[1])
    turned = np.array([[1, 1, 0, 0], [0, 1, 0, 0], [0, 2, 1, -1], [0, 0, 0, 1]]) @ np.array(lattices[0], dtype=float)
    assert inner_products(lattices[0]) == inner_products(turned)


def inner_products(basis, bound=60):
    """How often each (norm, norm, inner product up to sign) occurs among pairs of short vectors."""
    rows = np.array(basis, dtype=float)
    scale = 4 / abs(np.linalg.det(rows)) ** 0.25
    z = np.stack(np.meshgrid(*[np.arange(-6, 7)] * 4), axis=-1).reshape(-1, 4)
    # A reduced basis first, so that the box of coefficients holds all short vectors.
    for _ in range(20):
        for i in range(4):
            for j in range(4):
                if i != j:
                    rows[i] -= round(rows[i] @ rows[j] / (rows[j] @ rows[j])) * rows[j]
    vectors = z @ (rows * scale)
    norms = (vectors**2).sum(axis=1)
    short = vectors[(norms < bound) & (norms > 0)]
    assert len(short) > 20
    products = short @ short.T
    norm = np.diag(products)
    table = np.round(np.stack([np.broadcast_to(norm, products.shape), np.broadcast_to(norm, products.shape).T,
                               np.abs(products)]), 6)
    return Counter(map(tuple, table.reshape(3, -1).T.tolist()))


def test_ikeda_1980():
    lens = [ws.Sphere(5) / ws.LensGroup(11, *q) for q in ((1, 2, 3), (1, 2, 4))]
    found = ws.compare_spectra(*lens)
    assert (found.isospectral, found.isometric) == (True, False)
    # Molien's series, summed over the elements in floats, far beyond the degrees that prove equality.
    series = [molien(11, q, 80) for q in ((1, 2, 3), (1, 2, 4))]
    assert series[0] == series[1]
    listed = found.spectra[0]
    by_degree = {k * (k + 4): m for k, m in enumerate(series[0]) if m and k * (k + 4) <= found.cutoff}
    assert dict(zip(listed.eigenvalues.tolist(), listed.multiplicities.tolist(), strict=True)) == by_degree


def molien(p, q, top):
    """Σ_j (1 − t²)/Π|1 − ζ^{jq_i} t|² / p to t^top."""
    total = np.zeros(top + 1)
    for j in range(p):
        series = np.zeros(top + 1, dtype=complex)
        series[0], series[2] = 1, -1
        for turn in [s * x for x in q for s in (1, -1)]:
            root = np.exp(2j * np.pi * j * turn / p)
            for k in range(1, top + 1):
                series[k] += root * series[k - 1]
        total += series.real / p
    assert np.abs(total - total.round()).max() < 1e-6
    return total.round().astype(int).tolist()


@pytest.mark.parametrize(("p", "q", "s", "isometric"), [
    (5, (1, 1), (1, 2), False), (7, (1, 2), (1, 3), True), (7, (1, 1), (1, 2), False), (7, (1, 2, 3), (2, 4, 6), True),
    (13, (1, 5), (5, 1), True),
])
def test_lens_spaces(p, q, s, isometric):
    n = 2 * len(q) - 1
    found = ws.compare_spectra(ws.Sphere(n) / ws.LensGroup(p, *q), ws.Sphere(n) / ws.LensGroup(p, *s))
    assert found.isospectral is isometric      # in dimension 3: Ikeda and Yamamoto 1979
    assert found.isometric is isometric
    if not isometric:
        k = next(k for k, (a, b) in enumerate(zip(molien(p, q, 9), molien(p, s, 9), strict=True)) if a != b)
        assert found.first_difference.eigenvalue == k * (k + 2)
        assert found.first_difference.multiplicities == (molien(p, q, 9)[k], molien(p, s, 9)[k])


@pytest.mark.parametrize("n", [1, 2, 3, 6])
def test_real_projective_spaces_are_spheres_modulo_signs(n):
    found = ws.compare_spectra(ws.RealProjectiveSpace(n), ws.Sphere(n) / ws.SignFlips(1).copies(n + 1))
    assert found.isospectral is True
    # An orbifold of the same volume: a half turn about a plane instead of −1.
    if n > 2:
        turn = np.diag([-1, -1] + [1] * (n - 1)).tolist()
        other = ws.compare_spectra(ws.RealProjectiveSpace(n), ws.Sphere(n) / ws.MatrixGroup([turn]))
        assert other.isospectral is False
        assert other.first_difference.multiplicities == (0, n - 1)     # linear functions that are invariant


def differing():
    S = ws.Sphere
    return {
        # theory: S²/Ci has the even degrees (5 at λ = 6), S²/Cs has k + 1 of degree k.
        "RP2": (ws.RealProjectiveSpace(2), S(2) / ws.PointGroup("Cs"), 2, (0, 2)),
        "point groups": (S(2) / ws.PointGroup("D3"), S(2) / ws.PointGroup("C3v"), 2, (0, 1)),
        # (π k/4)² against (π k/2)².
        "rectangles": (ws.Box([1, 4]), ws.Box([2, 2]), math.pi**2 / 16, (1, 0)),
        "ends": (ws.Interval(1), ws.Interval(1, "dirichlet"), 0, (1, 0)),
        "radii": (S(2), S(2, 2), 0.5, (0, 3)),
        "Lie": (S(4), S(4) / ws.SO(3), 4, (5, 2)),
        "drums": (ws.Disk(), ws.Disk(1, "dirichlet"), 0, (1, 0)),
    }


@pytest.mark.parametrize("name", ["RP2", "point groups", "rectangles", "ends", "radii", "Lie", "drums"])
def test_the_first_level_that_differs(name):
    first, second, level, multiplicities = differing()[name]
    found = ws.compare_spectra(first, second)
    assert found.isospectral is False
    assert found.isometric is False
    assert found.first_difference.eigenvalue == pytest.approx(level, abs=1e-12)
    assert found.first_difference.multiplicities == multiplicities
    swapped = ws.compare_spectra(second, first)
    assert swapped.first_difference.multiplicities == multiplicities[::-1]


def test_a_difference_beyond_the_first_list_is_found_from_the_volumes():
    # (R/2πZ) × (R/2πrZ) with r² = 1/4999 and 1/5000: levels k² + m²/r², the same below 4999.
    thin = [ws.Torus(1) * ws.Torus(1).scaled(r) for r in (1 / math.sqrt(4999), 1 / math.sqrt(5000))]
    early = ws.compare_spectra(*thin, cutoff=4000)
    assert early.isospectral is False
    assert early.first_difference is None
    assert "volumes" in early.reason
    found = ws.compare_spectra(*[ws.Torus(1) * ws.Torus(1).scaled(r) for r in (1 / 40, 1 / 41)])
    assert found.isospectral is False
    assert found.first_difference.eigenvalue == 1600
    assert found.first_difference.multiplicities == (2 + 2, 2)   # 40² as k² and as m²·40²


def test_equal_so_far_is_not_a_proof():
    # The only isospectral pair of flat 3-manifolds (Doyle and Rossetti 2004); no theorem here covers it.
    pair = ws.FlatManifold("tetracosm", sides=[1, 2]), ws.FlatManifold("didicosm", sides=[1, 1, 2])
    found = ws.compare_spectra(*pair)
    assert found.isospectral is None
    assert found.first_difference is None
    assert min(s.total for s in found.spectra) >= 2000
    assert "nothing proves" in found.reason
    # A theorem's bound that the cutoff does not reach.
    short = ws.compare_spectra(*[ws.FlatTorus(conway_sloane((1, 2, 3, 4), s)) for s in (1, -1)], cutoff=5)
    assert short.isospectral is None
    assert "would prove" in short.reason


def test_floats_that_only_rounding_tells_apart_are_not_declared_different():
    # The Gram matrices of these typed floats agree to about 10 ulp, too little to merge their units.
    pair = [ws.FlatTorus(conway_sloane([float(x) for x in np.sqrt([1, 7, 13, 19])], sign)) for sign in (1, -1)]
    assert ws.compare_spectra(*pair).isospectral is None
    moved = ws.FlatTorus(conway_sloane([float(x) for x in np.sqrt([1, 7, 13, 19.5])], 1))
    assert ws.compare_spectra(pair[0], moved).isospectral is False


def test_lie_groups_are_confirmed_not_proved():
    pair = [ws.Sphere(3) / ws.SO(2).copies(2), ws.Sphere(3) / ws.TorusGroup([[1], [1]])]
    assert ws.compare_spectra(*pair).isospectral is None      # both are the Hopf action
    assert ws.compare_spectra(pair[0], pair[0]).isospectral is True


def test_lists_from_elsewhere(rng):
    exact = ws.Torus(2).spectrum(cutoff=400)
    lam = exact.repeated()
    noisy = Spectrum.from_eigenvalues(lam + 1e-4 * rng.uniform(-1, 1, len(lam)), complete_below=399.5, errors=1e-4)
    assert ws.compare_spectra(ws.Torus(2), noisy).isospectral is None
    for lost in (0, 7, 500):
        short = Spectrum.from_eigenvalues(np.delete(lam, lost), complete_below=399.5)
        found = ws.compare_spectra(ws.Torus(2), short)
        assert found.isospectral is False
        assert found.first_difference.eigenvalue == lam[lost]
        m = int((lam == lam[lost]).sum())
        assert found.first_difference.multiplicities == (m, m - 1)
        assert ws.compare_spectra(short, exact, cutoff=lam[lost] - 0.5 if lost else 0).isospectral is (
            None if lost else False)


def test_results_as_table_dictionary_and_picture():
    found = ws.compare_spectra(ws.Sphere(3) / ws.LensGroup(5, 1, 1), ws.Sphere(3) / ws.LensGroup(5, 1, 2))
    assert "multiplicity 3 and 1" in found.table()
    assert json.loads(json.dumps(found.as_dict()))["first_difference"]["multiplicities"] == [3, 1]
    assert "<table" in found._repr_html_()
    steps = found.plot().get_lines()[0]
    assert steps.get_ydata()[:3].tolist() == [0.0, 2.0, -2.0]     # 1, 4, 4 against 1, 2, 6 at λ = 0, 8, 15
    with pytest.raises(WeylspecError, match="cutoff"):
        ws.compare_spectra(ws.Sphere(2), ws.Sphere(2), cutoff=-1)
