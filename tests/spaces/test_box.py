"""Intervals, circles and boxes: index pairs in Python ints, products of intervals, collocation, explicit functions."""

from __future__ import annotations

import itertools
import math
import pickle
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import weylspec as ws
from weylspec.counting.means import window_mean
from weylspec.errors import CostError, WeylspecError
from weylspec.expressions import read_space

N, D = "neumann", "dirichlet"
PI2 = math.pi**2
EXACT_PI2 = Fraction("3.14159265358979323846264338327950288419716939937510") ** 2
PAIRS = [(N, N), (D, D), (D, N), (N, D)]
lengths = st.fractions(Fraction(1, 2), 3, max_denominator=4)


def frequencies(ends, top):
    """2k for k ≥ 0, k ≥ 1 or half-odd: the doubled indices allowed by the conditions at the two ends."""
    start = {(N, N): 0, (D, D): 2}.get(tuple(ends), 1)
    return range(start, top + 1, 2)


def brute_count(sizes, conditions, quotient):
    """#{k : Σ (k_i/L_i)² ≤ q} by loops over Fractions."""
    tops = [2 * (math.isqrt(math.ceil(quotient * size**2)) + 1) for size in sizes]
    ranges = [frequencies(ends, top) for ends, top in zip(conditions, tops, strict=True)]
    return sum(sum((Fraction(k, 2) / size) ** 2 for k, size in zip(ks, sizes, strict=True)) <= quotient
               for ks in itertools.product(*ranges))


# -- levels and counts ------------------------------------------------------------------------------


@settings(max_examples=60)
@given(st.lists(st.tuples(lengths, st.sampled_from(PAIRS)), min_size=1, max_size=3), st.integers(0, 900))
def test_counts_by_loops_over_indices(axes, steps):
    sizes, conditions = [size for size, _ in axes], [pair for _, pair in axes]
    quotient = Fraction(3 * steps + 1, 101)  # 101 divides no denominator: never a level
    box = ws.Box(sizes, conditions)
    lam = PI2 * float(quotient)
    expected = brute_count(sizes, conditions, quotient)
    assert box.count(lam) == expected
    assert box.spectrum(cutoff=lam).total == expected


@pytest.mark.parametrize(("bc", "start", "step"), [(N, 0, 2), (D, 2, 2), ([(D, N), (N, D)], 1, 2)])
@pytest.mark.parametrize("lam", [10**6 + 1, 10**9, 10**12])
def test_counts_far_beyond_a_list(bc, start, step, lam):
    """The unit square, row by row in Python ints: (k/2)² + (l/2)² ≤ λ/π², λ/π² to 40 digits."""
    top = math.floor(4 * lam / EXACT_PI2)

    def allowed(bound):
        return (math.isqrt(bound) - start) // step + 1 if math.isqrt(bound) >= start else 0

    expected = sum(allowed(top - k * k) for k in range(start, math.isqrt(top) + 1, step))
    assert ws.Box([1, 1], bc).count(lam) == expected


@pytest.mark.parametrize("power", [12, 16, 20, 30, 60])
def test_counts_of_an_interval_at_any_size(power):
    """√N and π to 50 digits: far beyond the digits of the float π²."""
    lam = 10**power + 1
    harmonics = math.isqrt(math.floor(9 * lam / EXACT_PI2))
    assert ws.Interval(3, D).count(lam) == harmonics
    assert ws.Interval(3).count(lam) == harmonics + 1
    assert ws.Interval(3, (D, N)).count(lam) == (math.isqrt(math.floor(36 * lam / EXACT_PI2)) + 1) // 2
    assert (ws.Interval(3) / ws.SignFlips(1)).count(lam) == harmonics // 2 + 1


def test_float_lengths_are_counted_in_their_float_unit():
    assert ws.Interval(math.pi, D).count(10**12) == 10**6
    assert ws.Interval(0.5).count(float(10**17)) == math.isqrt(math.floor(10**17 / EXACT_PI2 / 4)) + 1


def test_a_square_beyond_the_digits_of_a_float():
    """With n = 7000000² + 7000015² the integer ⌈n·fl(π²)⌉ lies below nπ²: fl(π²) would count that level."""
    n = 7_000_000**2 + 7_000_015**2
    lam = math.ceil(n * Fraction(math.pi**2))
    top = math.floor(lam / EXACT_PI2)
    assert top == n - 1
    k = np.arange(1, math.isqrt(top) + 1)
    rows = np.floor(np.sqrt(top - k * k))  # of integers below 2⁵²: correctly rounded
    assert ws.Box([1, 1], D).count(lam) == int(rows.sum())
    assert ws.Box([1, 1], D).count(lam + 1) > int(rows.sum())


@pytest.mark.parametrize("conditions", [[N, N, N], [D, N, (D, N)], [(N, D), (D, N), D]])
def test_a_box_is_the_product_of_its_intervals(conditions):
    sizes = [1, Fraction(3, 2), 2]
    box = ws.Box(sizes, conditions)
    factors = [ws.Interval(size, bc) for size, bc in zip(sizes, conditions, strict=True)]
    product = factors[0] * factors[1] * factors[2]
    mine, theirs = box.spectrum(cutoff=300), product.spectrum(cutoff=300)
    np.testing.assert_allclose(mine.eigenvalues, theirs.eigenvalues, rtol=1e-14)
    assert mine.multiplicities.tolist() == theirs.multiplicities.tolist()
    assert box.volume == pytest.approx(product.volume, rel=1e-15)
    for p in range(4):
        total = [math.fsum(t.coefficient for t in space.terms if t.dim == p) for space in (box, product)]
        assert total[0] == pytest.approx(total[1], rel=1e-12, abs=1e-15)
    walls = [sorted((w.weight, round(w.volume, 12)) for w in space.walls) for space in (box, product)]
    assert walls[0] == walls[1]


def test_sides_without_a_common_unit():
    """Two units: levels merge only where both indices agree, and only the list counts."""
    box = ws.Box([1, math.pi], D)
    listed = box.spectrum(cutoff=400)
    expected = sorted(PI2 * k * k + m * m for k in range(1, 8) for m in range(1, 21) if PI2 * k * k + m * m <= 400)
    np.testing.assert_allclose(listed.repeated(), expected, rtol=1e-14)
    assert len(listed.units) == 2
    assert [counter.name for counter in box.counters()] == ["list of levels"]


def chebyshev(m, length, low, high):
    """−d²/dx² on [0, L] by Chebyshev collocation with the conditions put into the end rows (Trefethen 2000)."""
    x = np.cos(np.pi * np.arange(m + 1) / m)
    c = np.where((np.arange(m + 1) % m) == 0, 2.0, 1.0) * (-1.0) ** np.arange(m + 1)
    first = np.outer(c, 1 / c) / (x[:, None] - x[None, :] + np.eye(m + 1))
    first -= np.diag(first.sum(axis=1))
    first *= 2 / length
    second = -first @ first
    ends, inner = [0, m], slice(1, m)
    rows = np.array([np.eye(m + 1)[end] if bc == D else first[end] for end, bc in ((0, high), (m, low))])
    # eliminate the two end values: rows·u = 0
    to_ends = -np.linalg.solve(rows[:, ends], rows[:, inner])
    return second[inner, inner] + second[inner][:, ends] @ to_ends


@pytest.mark.parametrize("conditions", [[N, D], [(D, N), N], [(N, D), (D, N)]])
def test_levels_by_collocation(conditions):
    sizes = [1.0, 1.5]
    pairs = [(bc, bc) if isinstance(bc, str) else bc for bc in conditions]
    parts = [np.sort(np.linalg.eigvals(chebyshev(40, size, *pair)).real) for size, pair in
             zip(sizes, pairs, strict=True)]
    found = np.sort(np.add.outer(parts[0][:12], parts[1][:12]).ravel())[:40]
    np.testing.assert_allclose(ws.Box(sizes, conditions).spectrum(num=40).repeated(40), found, rtol=1e-9, atol=1e-9)


# -- geometry ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("box", [
    ws.Interval(2, (D, N)), ws.Box([1, 2]), ws.Box([1, 2], [D, (D, N)]), ws.Box([1, 1, 2], D), ws.Box([1] * 4, D),
], ids=repr)
def test_the_heat_trace_is_its_terms(box):
    """Exact up to e^{−ℓ²/4t} with ℓ ≥ 2 the shortest bounce: 4·10⁻¹¹ at t = 1/24, times a few orbits."""
    t = 1 / 24
    trace = box.spectrum(cutoff=1100).heat_trace(t, rtol=1e-12)
    terms = sum((4 * math.pi * t) ** (-term.dim / 2) * term.coefficient for term in box.terms)
    assert trace == pytest.approx(terms, abs=1e-8)
    assert {wall.weight for wall in box.walls} <= {0.25, -0.25}


@given(st.lists(st.tuples(lengths, st.sampled_from(PAIRS)), min_size=1, max_size=3), st.floats(0, 2000))
def test_the_counting_margin_is_a_bound(axes, lam):
    box = ws.Box([size for size, _ in axes], [pair for _, pair in axes])
    ball = {1: 2.0, 2: math.pi, 3: 4 * math.pi / 3}[box.dim]
    constant = ball / (2 * math.pi) ** box.dim * box.volume
    assert box.count(lam) <= constant * (math.sqrt(lam) + box.counting_margin) ** box.dim * (1 + 1e-12)


def test_black_body_modes_of_a_box():
    """[9.7]: electric fields are three mixed scalar problems less the gradients; no surface term is left."""
    sides = [3, 2, "3/2"]
    fields = [ws.Box(sides, [N if i == j else D for j in range(3)]) for i in range(3)]
    gradients = ws.Box(sides, D)

    def modes(lam):
        return sum(box.count(lam) for box in fields) - gradients.count(lam)

    a, b, c = 3.0, 2.0, 1.5
    top = 14.0**2
    direct = sum({0: 2, 1: 1}.get(ks.count(0), 0) for ks in itertools.product(range(15), repeat=3)
                 if sum((math.pi * k / s) ** 2 for k, s in zip(ks, (a, b, c), strict=True)) <= top)
    assert modes(top) == direct
    assert modes(100**2) == 303924
    # mean over k ∈ [95, 105], uniform in k: sum over levels of (105 − max(√λ, 95))/10
    mean = 0.0
    for box, sign in [(box, 1) for box in fields] + [(gradients, -1)]:
        listed = box.spectrum(cutoff=105**2)
        weights = (105 - np.maximum(np.sqrt(listed.eigenvalues), 95)) / 10
        mean += sign * float(listed.multiplicities @ weights)
    assert mean == pytest.approx(304620.8, abs=0.06)
    total = {p: math.fsum(sign * t.coefficient for box, sign in [*((f, 1) for f in fields), (gradients, -1)]
                          for t in box.terms if t.dim == p) for p in range(4)}
    # N(k) = V k³/3π² − (a+b+c)k/2π + ½ with c₃ = 1/6π², c₁ = 1/π
    assert total[3] / (6 * PI2) == pytest.approx(a * b * c / (3 * PI2))
    assert total[2] == pytest.approx(0, abs=1e-12)
    assert total[1] / math.pi == pytest.approx(-(a + b + c) / (2 * math.pi))
    assert total[0] == pytest.approx(0.5)


def test_a_guitar_string_and_its_mirror():
    """[9.6]: the mirror leaves the odd harmonics; free ends keep the even ones."""
    string = ws.Interval(1, D) / ws.SignFlips(1)
    assert np.rint(string.spectrum(num=4).eigenvalues / PI2).tolist() == [1, 9, 25, 49]
    assert string.count(10**6) == 159  # odd k ≤ 318
    assert sorted((w.weight, w.volume) for w in string.walls) == [(-0.25, 1.0), (0.25, 1.0)]
    free = ws.Interval(1) / ws.SignFlips(1)
    assert np.rint(free.spectrum(num=4).eigenvalues / PI2).tolist() == [0, 4, 16, 36]


def test_drums_with_a_mirror_have_the_mean_of_the_two_term_law():
    """[9.1]: exact mean over [0.8, 1.2]·10⁴ of the half square's staircase, against area, sides and corners."""
    half = ws.Box([1, 1]) / ws.SignFlips(1)
    low, high = 8000.0, 12000.0
    mean = window_mean(half.spectrum(cutoff=high), low, high)
    law = ws.weyl_law(half)
    assert mean == pytest.approx(float(sum(law.window_means(low, high))), abs=0.5)


# -- points and functions -----------------------------------------------------------------------------


def midpoints(sizes, m):
    axes = [(np.arange(m) + 0.5) / m * size for size in sizes]
    return np.stack([g.ravel() for g in np.meshgrid(*axes, indexing="ij")], axis=1)


@pytest.mark.parametrize("conditions", [N, D, [(D, N), N], [(N, D), (D, N)]])
def test_eigenfunctions_are_orthonormal_products(conditions):
    """The midpoint rule is exact for cosines of index below 2m; products √2 cos, √2 sin span the same spaces."""
    sizes = [1.0, 2.0]
    box = ws.Box(sizes, conditions)
    cutoff = box.spectrum(num=40).complete_below
    points = midpoints(sizes, 24)
    values = box.eigenfunctions(points, cutoff)
    np.testing.assert_allclose(values.T @ values / len(points), np.eye(values.shape[1]), atol=1e-12)
    pairs = [(bc, bc) if isinstance(bc, str) else bc for bc in ([conditions] * 2 if isinstance(conditions, str)
                                                                else conditions)]

    def segment(k, x, size, ends):
        phase = math.pi * k / 2 * x / size
        wave = np.sin(phase) if ends[0] == D else np.cos(phase)
        return wave * (math.sqrt(2) if k else 1.0)

    kernel = box.eigenspace_kernel(points[:50], points[50:70], cutoff)
    expected = np.zeros_like(kernel)
    eigenvalues = box.spectrum(cutoff=cutoff).eigenvalues
    for k, m in itertools.product(frequencies(pairs[0], 40), frequencies(pairs[1], 40)):
        lam = PI2 / 4 * (k**2 / sizes[0] ** 2 + m**2 / sizes[1] ** 2)
        where = np.flatnonzero(np.abs(eigenvalues - lam) < 1e-9)
        if len(where):
            f = [segment(k, x[:, 0], 1.0, pairs[0]) * segment(m, x[:, 1], 2.0, pairs[1])
                 for x in (points[:50], points[50:70])]
            expected[where[0]] += np.outer(*f)
    np.testing.assert_allclose(kernel, expected, atol=1e-10)


def test_points_are_uniform_and_inside(rng):
    box = ws.Box([1, 3])
    x = box.check_points(box.sample(4000, rng))
    np.testing.assert_allclose(x.mean(axis=0), [0.5, 1.5], atol=4 * 3 / math.sqrt(12 * 4000))
    with pytest.raises(WeylspecError, match=r"row 1, \[0.5, 3.1\], lies outside Box\(\[1, 3\]\) by 0.1"):
        box.check_points([[0.5, 1.0], [0.5, 3.1]])
    assert box.eigenfunctions(np.zeros((0, 2)), 20).shape == (0, box.count(20))


# -- what is typed ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [
    "Interval(1)", "Interval('1/2', 'dirichlet')", "Interval(0.1, ('dirichlet', 'neumann'))", "Box([1, 2])",
    "Box([1, '3/2'], 'dirichlet')", "Box([1, 1], ['neumann', ('neumann', 'dirichlet')])", "Circle(3)", "Circle('1/3')",
    "Circle(0.5)",
])
def test_expressions_are_typable(text):
    space = read_space(text)
    assert repr(space) == text
    again = pickle.loads(pickle.dumps(space))
    assert again.spectrum(num=5).eigenvalues.tolist() == space.spectrum(num=5).eigenvalues.tolist()
    assert read_space(repr(space.scaled(2))).volume == pytest.approx(2**space.dim * space.volume)


def test_lengths_are_exact_unless_floats():
    assert repr(ws.Box(np.array([1, 2]))) == repr(ws.Box(n for n in (1, 2))) == "Box([1, 2])"
    assert ws.Box([1, "0.1"]).spectrum(num=3).units == ws.Box([1, Fraction(1, 10)]).spectrum(num=3).units
    assert ws.Interval(2).scaled(Fraction(1, 2)).lengths == (Fraction(1),)
    assert ws.Circle(1).count(10**9) == 2 * math.isqrt(math.floor(10**9 / EXACT_PI2 / 4)) + 1


@pytest.mark.parametrize(("build", "message"), [
    (lambda: ws.Box([]), "lengths must be a list"),
    (lambda: ws.Box("12"), "lengths must be a list"),
    (lambda: ws.Box(2), "lengths must be a list"),
    (lambda: ws.Box(None), "lengths must be a list"),
    (lambda: ws.Box(Fraction(1, 2)), "lengths must be a list"),
    (lambda: ws.Box([1, np.True_]), "length must be a number"),
    (lambda: ws.Box([1, [2]]), "length must be a number"),
    (lambda: ws.Box([1, 0]), "length must be positive"),
    (lambda: ws.Interval("1e200"), "length must lie between"),
    (lambda: ws.Box([1, 1], "Robin"), "'neumann' or 'dirichlet', or one for each of .x0 = 0, x0 = L0.; got 'Robin'"),
    (lambda: ws.Box([1, 1], [N]), "one entry for each of the 2 axes"),
    (lambda: ws.Box([1], [(N, D, N)]), "one for each of .x0 = 0, x0 = L0."),
    (lambda: ws.Interval(1, 3), "'neumann' or 'dirichlet', or .*; got 3"),
])
def test_what_is_refused(build, message):
    with pytest.raises(WeylspecError, match=message):
        build()


def test_many_dimensions_are_left_to_products():
    with pytest.raises(CostError, match=r"Box\(…\) \* Box\(…\)"):
        ws.Box([1] * 13)
    assert (ws.Box([1] * 4, D) * ws.Box([1] * 4, D)).spectrum(num=1).eigenvalues[0] == pytest.approx(8 * PI2)
    assert ws.Box([1] * 8, D).spectrum(num=9).multiplicities.tolist() == [1, 8]
