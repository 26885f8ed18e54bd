"""Left-invariant metrics on SU(2): levels, functions and geometry, each by a route that shares no code."""

import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
import scipy.special
from hypothesis import given, settings
from hypothesis import strategies as st
from su2 import AXES, as_matrices, as_points, quadrature, spin

from weylspec.counting.verify import verify_weyl
from weylspec.errors import CostError, WeylspecError
from weylspec.expressions import read_space
from weylspec.spaces.left_invariant import BergerSphere, LeftInvariantSU2
from weylspec.spaces.sphere import Sphere

ROUNDING = 64 * np.finfo(float).eps
lengths = st.fractions(min_value=Fraction(1, 3), max_value=3, max_denominator=12)
METRICS = [(1, 2, 3), ("1/2", 1, 1), (2, 1, 2), (1, 1, "3/4"), (0.6, 1.1, 0.9)]


def dense_levels(a, b, c, cutoff):
    """Eigenvalues ≤ cutoff with multiplicity, from full matrices."""
    found, k = [], 0
    while k * (k + 2) / max(a, b, c) ** 2 <= cutoff:
        x, y, z = spin(k)
        matrix = 4 * (z @ z / a**2 + y @ y / b**2 + x @ x / c**2)
        found += [value for value in np.linalg.eigvalsh(matrix) for _ in range(k + 1)]
        k += 1
    return np.sort([value for value in found if value <= cutoff])


# -- levels ---------------------------------------------------------------------------------


@settings(max_examples=25)
@given(lengths, lengths, lengths)
def test_levels_are_those_of_full_matrices(a, b, c):
    """Dense eigh of textbook spin matrices; its rounding is k·eps·norm."""
    cutoff = 30.37 / float(max(a, b, c)) ** 2
    expected = dense_levels(float(a), float(b), float(c), cutoff)
    space = LeftInvariantSU2(a, b, c)
    listed = space.spectrum(cutoff=cutoff)
    scale = 36 / float(min(a, b, c)) ** 2
    if len(expected) and abs(expected - cutoff).min() < 1e-9 * scale:
        return
    assert listed.total == len(expected) == space.count(cutoff)
    errors = np.repeat(listed.errors, listed.multiplicities)
    assert (np.abs(listed.repeated() - expected) <= errors + 1e-14 * scale).all()
    assert listed.errors.max() <= 1e-13 * scale


@settings(max_examples=20)
@given(lengths, lengths, lengths, st.permutations(range(3)))
def test_axes_may_be_permuted(a, b, c, order):
    """The blocks are other ones, or the same in another basis; the cutoff lies in a gap."""
    first = LeftInvariantSU2(a, b, c)
    second = LeftInvariantSU2(*((a, b, c)[i] for i in order))
    near = first.spectrum(num=80)
    top = int(np.diff(near.eigenvalues[3:]).argmax()) + 3
    cutoff = float(near.eigenvalues[top : top + 2].mean())
    one, two = first.spectrum(cutoff=cutoff), second.spectrum(cutoff=cutoff)
    assert one.total == two.total == first.count(cutoff) == second.count(cutoff)
    bound = np.repeat(one.errors, one.multiplicities) + np.repeat(two.errors, two.multiplicities)
    assert (np.abs(one.repeated() - two.repeated()) <= bound + 4e-16 * cutoff).all()
    assert first.volume == pytest.approx(second.volume, rel=1e-14)
    assert first.scalar_curvature == pytest.approx(second.scalar_curvature, rel=1e-12, abs=1e-12)


@given(lengths, lengths, lengths, st.integers(0, 20))
def test_traces_of_the_blocks_are_a_third_of_casimir(a, b, c, k):
    """Σ tr = (k + 1)·k(k + 2)/3·(1/a² + 1/b² + 1/c²), whatever the split."""
    if len({a, b, c}) < 3:
        return
    blocks = list(LeftInvariantSU2(a, b, c)._top.blocks(k))
    copies = 2 if k % 2 else 1
    assert copies * sum(len(block.diagonal) for block in blocks) == k + 1
    expected = (k + 1) * k * (k + 2) / 3 * float(1 / a**2 + 1 / b**2 + 1 / c**2)
    assert copies * sum(block.diagonal.sum() for block in blocks) == pytest.approx(expected, rel=1e-13)


@settings(max_examples=10)
@given(lengths, lengths, lengths, lengths)
def test_scaling_lengths(a, b, c, r):
    space = LeftInvariantSU2(a, b, c)
    larger = space.scaled(r)
    assert larger.lengths == (a * r, b * r, c * r)
    near, far = space.spectrum(num=40), larger.spectrum(num=40)
    bound = near.errors[:8] / float(r) ** 2 + far.errors[:8] + ROUNDING * far.eigenvalues[:8]
    assert (np.abs(far.eigenvalues[:8] - near.eigenvalues[:8] / float(r) ** 2) <= bound).all()
    assert larger.volume == pytest.approx(space.volume * float(r) ** 3, rel=1e-13)
    assert larger.scalar_curvature == pytest.approx(space.scalar_curvature / float(r) ** 2, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("t", [Fraction(1, 3), Fraction(1, 2), Fraction(1), Fraction(7, 5), Fraction(4)])
def test_berger_levels_are_the_formula(t):
    """λ = k(k+2) + (1/t² − 1)m², weight by weight, in exact arithmetic."""
    cutoff = 60
    expected = Counter()
    for k in range(300):
        for m in range(-k, k + 1, 2):
            lam = k * (k + 2) + (1 / t**2 - 1) * m * m
            if lam <= cutoff:
                expected[lam] += k + 1
    listed = BergerSphere(t).spectrum(cutoff=cutoff)
    assert dict(zip([Fraction(int(key)) * listed.units[0] for key in listed.keys[:, 0]],
                    listed.multiplicities.tolist(), strict=True)) == expected
    assert BergerSphere(t).count(cutoff) == sum(expected.values())


def test_equal_lengths_are_closed_form_on_every_axis():
    lists = [LeftInvariantSU2(*order).spectrum(cutoff=40) for order in ((3, 2, 2), (2, 3, 2), (2, 2, 3))]
    for listed in lists[1:]:
        assert listed.keys.tolist() == lists[0].keys.tolist()
        assert listed.multiplicities.tolist() == lists[0].multiplicities.tolist()
    assert lists[0].units == (Fraction(1, 36),)
    assert not LeftInvariantSU2(1, 2, 3).is_closed_form


def test_the_round_sphere():
    listed, round_ = BergerSphere(1).spectrum(cutoff=400), Sphere(3).spectrum(cutoff=400)
    assert listed.keys.tolist() == round_.keys.tolist()
    assert listed.multiplicities.tolist() == round_.multiplicities.tolist()
    assert BergerSphere(1).count(10**9) == Sphere(3).count(10**9)
    assert BergerSphere(1).volume == pytest.approx(Sphere(3).volume, rel=1e-15)
    assert BergerSphere(1).scalar_curvature == Sphere(3).scalar_curvature


def test_thin_circles_collapse_to_the_sphere_of_radius_one_half():
    """Below 2 + 1/t², the least level with m ≠ 0, only functions on the base are left."""
    low = BergerSphere("1/20").spectrum(cutoff=401)
    base = Sphere(2, "1/2").spectrum(cutoff=401)
    assert low.eigenvalues.tolist() == base.eigenvalues.tolist()
    assert low.multiplicities.tolist() == base.multiplicities.tolist()
    assert BergerSphere("1/20").spectrum(cutoff=402).multiplicities[-1] == 4


def test_lengths_that_are_floats():
    """A float that is a fraction merges as that fraction; an irrational square has two units."""
    assert BergerSphere(0.5).spectrum(cutoff=60).multiplicities.tolist() == BergerSphere("1/2").spectrum(
        cutoff=60).multiplicities.tolist()
    assert LeftInvariantSU2("0.3", 1, 0.1 + 0.2).is_closed_form
    assert not LeftInvariantSU2("0.3", 1, 0.3 + 1e-14).is_closed_form
    listed = BergerSphere(math.sqrt(math.pi)).spectrum(cutoff=60)
    assert len(listed.units) == 2
    expected = dense_levels(math.sqrt(math.pi), 1, 1, 60)
    assert listed.total == len(expected) == BergerSphere(math.sqrt(math.pi)).count(60)
    np.testing.assert_allclose(listed.repeated(), expected, rtol=1e-13, atol=1e-12)


@pytest.mark.parametrize("t", ["1/3", "5/2"])
def test_counting_huge_numbers(t):
    """N = Σ_m Σ_p (m + 2p + 1) against one sum over k at a time, by another order of summation."""
    lam, stretch = 10**7 + 1, 1 / Fraction(t) ** 2 - 1
    total, k = 0, 0
    while k * (k + 2) * min(1, 1 + stretch) <= lam:
        room = lam - k * (k + 2)
        if stretch > 0:
            top = math.isqrt(math.floor(room / stretch)) if room >= 0 else -1
            low = 0
        else:
            top, low = k, 0
            if room < 0:
                low = math.isqrt(math.ceil(-room / -stretch) - 1) + 1
        weights = [m for m in (k - 2 * i for i in range(k // 2 + 1)) if low <= m <= top] if k < 40 else range(
            low + (k - low) % 2, min(top, k) + 1, 2)
        total += (k + 1) * (2 * len(weights) - (0 in weights))
        k += 1
    assert BergerSphere(t).count(lam) == total


def test_inertia_counts_what_the_list_holds():
    space = LeftInvariantSU2(1, "6/5", "3/2")
    listed = space.spectrum(cutoff=300)
    for lam in (0, 1, 7.7, 100, 299.9, *listed.eigenvalues[5:400:31].tolist()):
        assert space.count(lam) == listed.count(lam), lam
    # Weyl's law; its remainder is O(λ), and 10⁷ is 5·10⁻⁴ of the count.
    assert space.count(10**7) == pytest.approx(space.volume * 10**10.5 / (6 * math.pi**2), rel=5e-4)


def test_costs_are_refused_in_advance():
    with pytest.raises(CostError, match="lower it"):
        BergerSphere(1).levels(10**16)
    with pytest.raises(CostError, match="use count"):
        LeftInvariantSU2(1, 2, 3).levels(10**7)
    with pytest.raises(CostError, match="ask for a smaller"):
        LeftInvariantSU2(1, 2, 3).count(10**16)
    with pytest.raises(CostError, match="lower the cutoff or take fewer points"):
        BergerSphere(1).eigenfunctions(np.eye(4), 10**5)
    assert BergerSphere(1).levels(-1).total == LeftInvariantSU2(1, 2, 3).levels(-1).total == 0


# -- geometry -------------------------------------------------------------------------------


@pytest.mark.parametrize("metric", METRICS)
def test_heat_trace_gives_volume_and_curvature(metric):
    """Z(4πt)^{3/2}/vol = 1 + t·Scal/6 + O(t²): the error falls by 4 when t is halved."""
    space = LeftInvariantSU2(*metric)
    times = np.array([0.04, 0.02, 0.01])
    listed = space.spectrum(cutoff=40 / times[-1])
    reduced = listed.heat_trace(times) * (4 * math.pi * times) ** 1.5 / space.volume
    left = reduced - 1 - times * space.scalar_curvature / 6
    orders = np.log2(left[:-1] / left[1:])
    assert (np.abs(orders - 2) < 0.15).all(), orders
    # The t² coefficient, (5·Scal² − 2|Ric|² + 2|Rm|²)/360 with |Rm|² = 4|Ric|² − Scal² in dimension 3; Milnor's
    # Ricci curvatures are 2μ₂μ₃ and so on.
    a, b, c = (float(x) for x in space.lengths)
    mu = np.array([b * b + c * c - a * a, c * c + a * a - b * b, a * a + b * b - c * c]) / (a * b * c)
    ricci = 2 * np.array([mu[1] * mu[2], mu[2] * mu[0], mu[0] * mu[1]])
    scal = ricci.sum()
    expected = (5 * scal**2 - 2 * (ricci**2).sum() + 2 * (4 * (ricci**2).sum() - scal**2)) / 360
    second = left / times**2
    assert scal == pytest.approx(space.scalar_curvature, abs=1e-12)
    assert 2 * second[2] - second[1] == pytest.approx(expected, rel=0.02)


@pytest.mark.parametrize("metric", METRICS)
def test_weyls_law(metric):
    assert verify_weyl(LeftInvariantSU2(*metric)).passed


def test_curvature_of_berger_spheres():
    for t in (0.5, 1, 2, 3):
        assert BergerSphere(t).scalar_curvature == pytest.approx(8 - 2 * t**2, abs=1e-12)


# -- functions ------------------------------------------------------------------------------


@pytest.mark.parametrize("metric", METRICS)
def test_functions_satisfy_the_equation(metric, rng):
    """−Σ X²/len², X²f by differences along x·e^{sX}; truncation h²·(k⁴/12)·max|f|, rounding eps/h²·k."""
    space = LeftInvariantSU2(*metric)
    cutoff = space.spectrum(num=30).complete_below
    x, step = space.sample(5, rng), 1e-3
    f = space.eigenfunctions(x, cutoff)
    result = np.zeros_like(f)
    for axis, length in zip(AXES, space.lengths, strict=True):
        moved = [as_points(as_matrices(x) @ (math.cos(s) * np.eye(2) + math.sin(s) * axis)) for s in (step, -step)]
        second = (sum(space.eigenfunctions(y, cutoff) for y in moved) - 2 * f) / step**2
        result -= second / float(length) ** 2
    k = 8
    size = np.abs(f).max() * sum(1 / float(length) ** 2 for length in space.lengths)
    expected = space.spectrum(cutoff=cutoff).repeated() * f
    np.testing.assert_allclose(result, expected, rtol=0, atol=size * (step**2 * k**4 / 12 + 1e-14 * k / step**2))


@pytest.mark.parametrize("metric", METRICS)
def test_functions_are_orthonormal(metric):
    """By a quadrature that is exact: all products are polynomials of degree ≤ 2k."""
    space = LeftInvariantSU2(*metric)
    cutoff = space.spectrum(num=50).complete_below
    degree = int(space._top.parts(cutoff).degree.max())
    nodes, weights = quadrature(2 * degree)
    f = space.eigenfunctions(nodes, cutoff)
    np.testing.assert_allclose(f.T @ (weights[:, None] * f), np.eye(space.count(cutoff)), rtol=0, atol=1e-12)


def test_kernels_of_berger_spheres_are_jacobi_polynomials(rng):
    """(k + 1)·Re(α^m)·P_{(k−m)/2}^{(0, m)}(2|α|² − 1), twice for m > 0, α = ⟨x, y⟩ in C² (no level here merges)."""
    space = BergerSphere("2/3")
    x, y = space.sample(4, rng), space.sample(3, rng)
    alpha = (x[:, 0::2] + 1j * x[:, 1::2]).conj() @ (y[:, 0::2] + 1j * y[:, 1::2]).T
    cutoff = 30
    expected = {}
    for k in range(5):
        for m in range(k % 2, k + 1, 2):
            jacobi = scipy.special.eval_jacobi((k - m) // 2, 0, m, 2 * np.abs(alpha) ** 2 - 1)
            lam = k * (k + 2) + Fraction(5, 4) * m * m
            if lam <= cutoff:
                kernel = (k + 1) * (2 if m else 1) * (alpha**m).real * jacobi
                expected[lam] = expected.get(lam, 0) + kernel
    found = space.eigenspace_kernel(x, y, cutoff)
    listed = space.spectrum(cutoff=cutoff)
    assert len(expected) == len(found)
    for values, lam in zip(found, listed.eigenvalues, strict=True):
        np.testing.assert_allclose(values, expected[Fraction(lam)], rtol=0, atol=1e-12)


def test_kernels_of_the_round_sphere(rng):
    x, y = Sphere(3).sample(4, rng), Sphere(3).sample(3, rng)
    np.testing.assert_allclose(BergerSphere(1).eigenspace_kernel(x, y, 80), Sphere(3).eigenspace_kernel(x, y, 80),
                               rtol=0, atol=1e-11)


def test_high_degrees_keep_their_digits(rng):
    """K_λ(x, x) = m_λ beyond degree 100."""
    space = LeftInvariantSU2("1/3", "1/2", 1)
    x = space.sample(1, rng)
    cutoff = 20_000
    assert space._top.parts(cutoff).degree.max() > 100
    kernel = space.eigenspace_kernel(x, x, cutoff)
    listed = space.spectrum(cutoff=cutoff)
    np.testing.assert_allclose(kernel[:, 0, 0], listed.multiplicities, rtol=1e-12)


def test_bad_input_is_named():
    with pytest.raises(WeylspecError, match="a must be positive"):
        BergerSphere(0)
    with pytest.raises(WeylspecError, match="c must lie between"):
        LeftInvariantSU2(1, 2, 1e80)
    with pytest.raises(WeylspecError, match="row 1 has length 2"):
        BergerSphere(2).check_points([[1, 0, 0, 0], [0, 2, 0, 0]])
    assert repr(LeftInvariantSU2(0.5, 1, "2/3")) == "LeftInvariantSU2(0.5, 1, '2/3')"
    assert repr(read_space(repr(LeftInvariantSU2("2/3", 1, 1)))) == "BergerSphere('2/3')"


@pytest.mark.parametrize("t", [0.739085, 1.3, 1e-12])
def test_incommensurable_lengths_count_as_their_list(t):
    """A float t with no common unit: the sum over weights at, just below and between levels."""
    space = BergerSphere(t)
    listed = space.spectrum(cutoff=300)
    assert len(listed.units) == 2 or t == 1.3  # 1.3⁻² is 100/169
    for lam, n in zip(listed.eigenvalues.tolist(), listed.cumulative.tolist(), strict=True):
        assert space.count(lam) == n
    assert space.count(300) == listed.total
    assert BergerSphere(0.739085).count(10**12) == pytest.approx(0.739085 / 3 * 10**18, rel=1e-5)


def test_numbers_beyond_any_float():
    with pytest.raises(CostError, match="ask for a smaller"):
        LeftInvariantSU2(1, 2, 3).count(10**250)
    for space in (LeftInvariantSU2(1, 2, 3), BergerSphere(1)):
        with pytest.raises(CostError, match="use count"):
            space.spectrum(cutoff=10**400)


def test_the_first_levels_of_collapsed_metrics_are_near():
    """Weyl's law would look for them at degree 5·10⁴; 1/c² is nearly 0: λ = 0, then near 1/a² + 1/b²."""
    space = LeftInvariantSU2(1, 1, 10**6)
    assert space.spectrum(num=4).eigenvalues.tolist() == pytest.approx([0, 2], abs=1e-11)
