"""`Spectrum`: exact counts, completeness, heat traces, products, files."""

from __future__ import annotations

import math
import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import weylspec as ws
from weylspec.errors import CostError, IncompleteSpectrumError, WeylspecError
from weylspec.spectrum import Spectrum


def circle_trace(t: float, length: float = 2 * math.pi) -> float:
    """Σ exp(−tλ) on a circle by Poisson summation: no eigenvalue is used."""
    images = sum(math.exp(-(length * m) ** 2 / (4 * t)) for m in range(-60, 61))
    return length / math.sqrt(4 * math.pi * t) * images


def three_sphere_trace(t: float) -> float:
    """S³: e^t √π/(4 t^{3/2}) Σ_m (1 − 2π²m²/t) e^{−π²m²/t}."""
    images = sum((1 - 2 * (math.pi * m) ** 2 / t) * math.exp(-((math.pi * m) ** 2) / t) for m in range(-40, 41))
    return math.exp(t) * math.sqrt(math.pi) / (4 * t**1.5) * images


# -- reading ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("radius", [1, 3, "0.3", 0.3, 2**0.5, "1.5", 1e-3, 1e4, math.pi])
@pytest.mark.parametrize("n", [1, 2, 5])
def test_every_eigenvalue_handed_out_is_counted(n, radius):
    space = ws.Sphere(n, radius)
    S = space.spectrum(num=3000)
    for lam, total in zip(S.eigenvalues, S.cumulative, strict=True):
        assert S.count(lam) == space.count(lam) == total
        assert S.count(lam - 1e-9 * lam - 1e-20) == total - S.multiplicities[S.index(lam) - 1]


@given(st.floats(1e-3, 1e3), st.floats(1e-3, 1e3))
@settings(max_examples=20)
def test_so_is_every_eigenvalue_of_a_product_of_any_radii(a, b):
    S = (ws.Sphere(2, a) * ws.Sphere(1, b)).spectrum(num=150)
    assert [S.count(lam) for lam in S.eigenvalues] == S.cumulative.tolist()


def test_keys_closer_than_rounding_still_count_what_was_handed_out():
    # The common unit is 10⁻¹⁸ or so: far below an ulp of the eigenvalues.
    S = (ws.Sphere(2, "1.00000001") * ws.Sphere(1)).spectrum(cutoff=12)
    assert S.units[0] < 1e-15
    assert [S.count(lam) for lam in S.eigenvalues] == S.cumulative.tolist()
    assert S.count(Fraction(2)) - S.count(Fraction(2) - Fraction(1, 10**17)) == 0  # 2/r² is just below 2
    assert S.count(2 / Fraction("1.00000001") ** 2) - S.count(Fraction(19, 10)) == 3


def test_counts_are_closed_and_exact():
    S = ws.Sphere(2, "1/3").spectrum(cutoff=1000)
    assert S.count(18) == 4
    assert S.count(Fraction(18) - Fraction(1, 10**30)) == 1
    assert S.count("17.9999999999999999999") == 1
    assert S.count(-1) == 0
    assert S.count(18.0 - 4 * math.ulp(18.0)) == 4
    assert S.count(18.0 - 100 * math.ulp(18.0)) == 1


def test_a_count_past_the_cutoff_is_refused_with_the_remedy():
    S = ws.Sphere(2).spectrum(cutoff=100)
    assert S.count(100) == 100
    with pytest.raises(IncompleteSpectrumError, match=r"lam = 101 is beyond complete_below = 100; .*cutoff=101"):
        S.count(101)
    with pytest.raises(IncompleteSpectrumError):
        S.up_to("100.0001")


def test_completeness_is_closed_at_a_cutoff_that_no_float_equals():
    third = Fraction(2, 9)
    S = ws.Sphere(2, 3).spectrum(cutoff=third)
    assert S.total == 4
    assert S.count(third) == 4
    assert S.up_to(third).count(third) == 4


def test_up_to_is_what_a_shorter_list_would_be():
    long, short = (ws.Torus(3).spectrum(cutoff=c) for c in (50, 20))
    cut = long.up_to(20)
    assert cut.eigenvalues.tolist() == short.eigenvalues.tolist()
    assert cut.multiplicities.tolist() == short.multiplicities.tolist()
    assert cut.complete_below == 20
    with pytest.raises(IncompleteSpectrumError):
        cut.count(21)


def test_repeated_eigenvalues():
    S = ws.Sphere(2).spectrum(cutoff=12)
    assert S.repeated(5).tolist() == [0, 2, 2, 2, 6]
    assert S.repeated().tolist() == [0] + [2] * 3 + [6] * 5 + [12] * 7
    assert S.repeated(0).tolist() == []
    for k in (17, -1):
        with pytest.raises(IncompleteSpectrumError, match=f"{k} were asked for"):
            S.repeated(k)


def test_multiplicities_beyond_int64_stay_exact():
    S = ws.Sphere(40).spectrum(cutoff=40 * (40 + 39))
    dims = [math.comb(40 + k, 40) - (math.comb(38 + k, 40) if k > 1 else 0) for k in range(41)]
    assert max(dims) > 2**63
    assert [int(m) for m in S.multiplicities] == dims
    assert S.count(S.eigenvalues[-1]) == sum(dims) == ws.Sphere(40).count(3160)
    assert isinstance(S.total, int)
    assert S.repeated(50).tolist() == [0.0] + [40.0] * 41 + [82.0] * 8


def test_cumulated_counts_stay_int64_while_the_total_fits():
    S = Spectrum.from_eigenvalues(np.arange(3.0), multiplicities=[2**61] * 3, complete_below=5)
    assert S.cumulative.dtype == np.int64
    assert S.cumulative.tolist() == [2**61, 2**62, 3 * 2**61]


def test_a_spectrum_that_does_not_fit_together_is_refused():
    one = np.ones(1)
    with pytest.raises(WeylspecError, match="need 1 multiplicities"):
        Spectrum(one, np.ones(2, dtype=np.int64), 1.0, one, "", labels=(0,))
    with pytest.raises(WeylspecError, match="keys or labels"):
        Spectrum(one, np.ones(1, dtype=np.int64), 1.0, one, "")
    with pytest.raises(WeylspecError, match="ascend"):
        Spectrum(np.array([1.0, 0.0]), np.ones(2, dtype=np.int64), 1.0, np.zeros(2), "", labels=(0, 1))


# -- lists from elsewhere -----------------------------------------------------------------------------


def test_a_list_from_elsewhere_is_sorted_with_what_belongs_to_it():
    S = Spectrum.from_eigenvalues([3, 1, 2], complete_below=4, errors=[0.3, 0.1, 0.2], multiplicities=[7, 5, 6])
    assert S.eigenvalues.tolist() == [1, 2, 3]
    assert S.multiplicities.tolist() == [5, 6, 7]
    assert S.errors.tolist() == [0.1, 0.2, 0.3]
    assert S.count(2.5) == 11
    assert S.keys is None


def test_equal_floats_from_elsewhere_are_kept_apart():
    assert len(Spectrum.from_eigenvalues([1, 1, 1], complete_below=2)) == 3


@pytest.mark.parametrize(("arguments", "message"), [
    ({"eigenvalues": [0, math.nan]}, "finite, got nan"),
    ({"eigenvalues": [0, math.inf]}, "finite, got inf"),
    ({"eigenvalues": [0, 1], "multiplicities": [1]}, "2 eigenvalues came with 1"),
    ({"eigenvalues": [0, 1], "multiplicities": [1, 0.5]}, "integers"),
    ({"eigenvalues": [0, 1], "multiplicities": [1, -1]}, "positive"),
    ({"eigenvalues": [0, 1], "errors": -0.1}, "negative"),
    ({"eigenvalues": [0, 1], "errors": [0.0, math.nan]}, "negative"),
])
def test_bad_lists_are_refused(arguments, message):
    values = arguments.pop("eigenvalues")
    with pytest.raises(WeylspecError, match=message):
        Spectrum.from_eigenvalues(values, complete_below=2, **arguments)


# -- heat traces --------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 2, 3])
def test_heat_traces_of_tori_are_theta_functions(n):
    t = np.array([0.05, 0.3, 2.0])
    expected = [circle_trace(s) ** n for s in t]
    np.testing.assert_allclose(ws.Torus(n).spectrum(cutoff=1500).heat_trace(t), expected, rtol=1e-12)


def test_heat_traces_of_spheres_in_closed_form():
    for t in (0.05, 0.7):
        np.testing.assert_allclose(ws.Sphere(3).spectrum(cutoff=2000).heat_trace(t), three_sphere_trace(t), rtol=1e-12)
    quarter = ws.Sphere(1, "1/4").spectrum(cutoff=10**4).heat_trace(0.01)
    np.testing.assert_allclose(quarter, circle_trace(0.01, math.pi / 2), rtol=1e-12)


_SPACES = {
    "S2": lambda: ws.Sphere(2),
    "S7": lambda: ws.Sphere(7),
    "S2(10)": lambda: ws.Sphere(2, 10),
    "T1": lambda: ws.Torus(1),
    "T4": lambda: ws.Torus(4),
    "S6/S7": lambda: ws.Sphere(6) / ws.SymmetricGroup(7),
    "S2/SO2": lambda: ws.Sphere(2) / ws.SO(2),
}


@given(st.sampled_from(sorted(_SPACES)), st.floats(0.0, 40.0), st.floats(0.3, 30.0))
@settings(max_examples=60)
def test_a_heat_trace_is_right_or_refused_with_a_cutoff_that_works(name, cutoff, t):
    space = _SPACES[name]()
    try:
        trace = space.spectrum(cutoff=cutoff).heat_trace(t)
    except IncompleteSpectrumError as refusal:
        named = float(re.search(r"cutoff=([-+.e\d]+) would do", str(refusal))[1])
        trace = space.spectrum(cutoff=named).heat_trace(t)
    longer = space.spectrum(cutoff=max(3 * cutoff, 80 / t))
    truth = float(longer.multiplicities.astype(float) @ np.exp(-t * longer.eigenvalues))
    assert abs(trace / truth - 1) <= 1.1e-10


def test_a_cut_tail_is_refused_and_only_at_its_own_time():
    S = ws.Torus(2).spectrum(cutoff=100)
    with pytest.raises(IncompleteSpectrumError, match=r"heat_trace\(0.01\)"):
        S.heat_trace([1.0, 0.01])
    assert S.heat_trace(0.1, rtol=0.1) == pytest.approx(circle_trace(0.1) ** 2, rel=0.1)


@pytest.mark.parametrize("t", [0, -1, math.nan])
def test_a_time_that_is_not_positive_is_refused(t):
    with pytest.raises(WeylspecError, match="t > 0"):
        ws.Sphere(2).spectrum(cutoff=10).heat_trace(t)


# -- products, powers, scaling --------------------------------------------------------------------------


def brute_product(lists, cutoff):
    """Levels of a product from exact (λ, multiplicity) lists, in Fractions."""
    total = {Fraction(0): 1}
    for levels in lists:
        step: dict[Fraction, int] = {}
        for a, m in total.items():
            for b, k in levels:
                if a + b <= cutoff:
                    step[a + b] = step.get(a + b, 0) + m * k
        total = step
    return sorted(total.items())


def sphere_levels(n, radius, cutoff):
    rows, k = [], 0
    while Fraction(k * (k + n - 1)) / radius**2 <= cutoff:
        rows.append((Fraction(k * (k + n - 1)) / radius**2,
                     math.comb(n + k, n) - (math.comb(n + k - 2, n) if k > 1 else 0)))
        k += 1
    return rows


radii = st.fractions(min_value=Fraction(1, 3), max_value=3, max_denominator=30)


@given(radii, radii, st.fractions(min_value=0, max_value=12, max_denominator=5))
@settings(max_examples=40)
def test_products_of_rational_radii_merge_as_fractions_do(a, b, cutoff):
    S = (ws.Sphere(2, a) * ws.Sphere(1, b)).spectrum(cutoff=cutoff)
    expected = brute_product([sphere_levels(2, a, cutoff), sphere_levels(1, b, cutoff)], cutoff)
    assert S.multiplicities.tolist() == [m for _, m in expected]
    assert [int(k) * S.units[0] for k in S.keys[:, 0]] == [lam for lam, _ in expected]
    assert S.eigenvalues.tolist() == [float(lam) for lam, _ in expected]


def test_the_product_of_radius_three_halves_merges():
    S = (ws.Sphere(2, "1.5") * ws.Sphere(2)).spectrum(cutoff=40)
    expected = brute_product([sphere_levels(2, Fraction(3, 2), 40), sphere_levels(2, Fraction(1), 40)], 40)
    assert list(zip(S.eigenvalues.tolist(), S.multiplicities.tolist(), strict=True)) == [
        (float(lam), m) for lam, m in expected]
    # k(k+1)·4/9 + l(l+1) is an integer whenever 9 | k(k+1): some levels must have merged.
    pairs = sum(a + b <= 40 for a, _ in sphere_levels(2, Fraction(3, 2), 40)
                for b, _ in sphere_levels(2, Fraction(1), 40))
    assert len(S) < pairs


def test_float_radii_merge_when_they_are_commensurable_and_not_otherwise():
    def levels(a, b):
        return len((ws.Sphere(2, a) * ws.Sphere(2, b)).spectrum(cutoff=300))

    assert levels(0.1 * 3, 0.1) == levels("0.3", "0.1")
    assert levels(1.5, 1) == levels("1.5", 1)
    irrational = ws.Sphere(2, 2**0.25).spectrum(cutoff=300)
    assert levels(2**0.25, 1) == sum(
        1 for a in irrational.eigenvalues for k in range(20) if a + k * (k + 1) <= 300)


def test_powers_convolve_as_often_as_asked():
    base = ws.Sphere(2).spectrum(cutoff=12)
    expected = brute_product([sphere_levels(2, Fraction(1), 12)] * 3, 12)
    cube = base**3
    assert list(zip(cube.eigenvalues.tolist(), cube.multiplicities.tolist(), strict=True)) == [
        (float(lam), m) for lam, m in expected]
    assert (base**1).multiplicities.tolist() == base.multiplicities.tolist()
    with pytest.raises(WeylspecError, match="at least 1, got 0"):
        base**0


def test_a_product_of_huge_multiplicities_is_exact():
    a = ws.Sphere(30).spectrum(cutoff=30 * 59)
    S = a * a
    at = {int(lam): int(m) for lam, m in zip(S.eigenvalues, S.multiplicities, strict=True)}
    dims = dict(sphere_levels(30, Fraction(1), 1770))
    expected = {}
    for x, m in dims.items():
        for y, k in dims.items():
            if x + y <= 1770:
                expected[int(x + y)] = expected.get(int(x + y), 0) + m * k
    assert at == expected
    assert max(at.values()) > 2**63


def test_keyless_spectra_multiply_by_pairs_and_merge_nothing():
    a = Spectrum.from_eigenvalues([0, 1, 1], complete_below=2, errors=[0, 0.1, 0.1])
    b = ws.Torus(1).spectrum(cutoff=1)
    for P in (a * b, b * a):
        assert P.complete_below == 1
        assert P.keys is None
        assert len(P) == len(set(P.labels)) == 4  # 0+0, 1+0 twice, 0+1
        assert P.count(1) == 1 + 2 + 2
        assert sorted(P.errors.tolist()) == [0, 0, 0.1, 0.1]
    assert a.complete_below == 2


def test_completeness_of_a_product_counts_the_least_eigenvalues():
    dirichlet = Spectrum.from_eigenvalues([1, 4], complete_below=8)
    other = Spectrum.from_eigenvalues([2, 3], complete_below=5)
    assert (dirichlet * other).complete_below == min(8 + 2, 5 + 1)
    assert (dirichlet * other).eigenvalues.tolist() == [3, 4, 6]


def test_a_zero_that_a_solver_missed_by_its_error_is_zero():
    mesh = Spectrum.from_eigenvalues([-1e-12, 2.0], complete_below=5, errors=1e-10)
    product = mesh * ws.Sphere(2).spectrum(cutoff=5)
    assert product.complete_below == 5
    assert product.up_to(5).count(2.5) == 1 + 1 + 3


def test_keys_that_would_overflow_are_refused():
    fine = ws.Sphere(2, "1.0000000001")
    with pytest.raises(CostError, match="fewer digits"):
        (fine * ws.Sphere(2)).spectrum(cutoff=10**3)
    as_float = (ws.Sphere(2, 1.0000000001) * ws.Sphere(2)).spectrum(cutoff=101)
    # No k(k+1) + l(l+1) is 101, so that shrinking the levels by 2·10⁻¹⁰ moves none across the cutoff.
    assert as_float.total == (ws.Sphere(2) * ws.Sphere(2)).count(101)


@given(radii, radii)
@settings(max_examples=20)
def test_scaling_is_the_spectrum_of_the_scaled_space(radius, r):
    S = ws.Sphere(2, radius).spectrum(cutoff=20).scaled(r)
    assert S.units == (1 / (radius * r) ** 2,)
    other = ws.Sphere(2, radius * r).spectrum(cutoff=20 / r**2)
    assert S.eigenvalues.tolist() == other.eigenvalues.tolist()
    assert S.complete_below == pytest.approx(other.complete_below, rel=1e-15)


def test_scaling_of_a_keyless_spectrum_scales_errors():
    S = Spectrum.from_eigenvalues([0, 8], complete_below=12, errors=0.4).scaled(2)
    assert (S.eigenvalues.tolist(), S.errors.tolist(), S.complete_below) == ([0, 2], [0.1, 0.1], 3)
    with pytest.raises(WeylspecError, match="scale must be positive"):
        S.scaled(0)


# -- files and pictures ---------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [
    lambda: ws.Sphere(40, "1/3").spectrum(num=10**20),
    lambda: ws.FlatTorus([[1, 0], [0, 2**0.25]]).spectrum(cutoff=2000),
    lambda: ws.Sphere(2, 0.3).spectrum(cutoff=500),
    lambda: Spectrum.from_eigenvalues([0, 1, 1], complete_below=2, errors=0.01),
    lambda: Spectrum.from_eigenvalues([0, 1], complete_below=2) * ws.Torus(1).spectrum(cutoff=2),
])
def test_a_saved_spectrum_comes_back_bit_for_bit(make, tmp_path):
    S = make()
    S.save(tmp_path / "levels.npz")
    R = Spectrum.load(tmp_path / "levels.npz")
    assert R.eigenvalues.tolist() == S.eigenvalues.tolist()
    assert R.errors.tolist() == S.errors.tolist()
    assert [int(m) for m in R.multiplicities] == [int(m) for m in S.multiplicities]
    assert R.multiplicities.dtype == S.multiplicities.dtype
    assert (R.units, R.labels, R.complete_below, R.provenance) == (S.units, S.labels, S.complete_below, S.provenance)
    assert (R.keys is None) == (S.keys is None)
    assert R.keys is None or R.keys.tolist() == S.keys.tolist()
    top = S.eigenvalues[-1]
    assert R.count(top) == S.count(top)


def test_a_file_is_read_without_pickles(tmp_path):
    np.savez(tmp_path / "evil.npz", eigenvalues=np.array([object()], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        Spectrum.load(tmp_path / "evil.npz")


def test_labels_that_cannot_be_written_are_refused(tmp_path):
    S = Spectrum(np.zeros(1), np.ones(1, dtype=np.int64), 1.0, np.zeros(1), "", labels=(object(),))
    with pytest.raises(WeylspecError, match="labels cannot be written"):
        S.save(tmp_path / "levels.npz")


def test_a_spectrum_shows_itself():
    S = ws.Sphere(2).spectrum(cutoff=12)
    html = S._repr_html_()
    assert "4 levels" in html
    assert S.plot() is not None
