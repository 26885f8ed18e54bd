"""Points of ellipses: boxes, rows of Python ints, divisor sums by Dirichlet's hyperbola, identities between forms."""

import math

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from weylspec.errors import CostError, WeylspecError
from weylspec.exact.lattices.points import planar
from weylspec.exact.lattices.points.planar import planar_cost, planar_count, reduced_form

# Forms of the discriminants −3, −4, −7, −8, −11, of class number one: units and the character.
ONE_CLASS = {
    (1, 1, 1): (6, (0, 1, -1)), (1, 0, 1): (4, (0, 1, 0, -1)), (1, 1, 2): (2, (0, 1, 1, -1, 1, -1, -1)),
    (1, 0, 2): (2, (0, 1, 0, 1, 0, -1, 0, -1)), (1, 1, 3): (2, (0, 1, -1, 1, 1, 1, -1, -1, -1, 1, -1)),
}


def by_rows(a, b, c, top):
    """Row by row in Python ints."""
    big = 4 * a * c - b * b
    last = math.isqrt(4 * a * top // big)
    total = 0
    for y in range(-last, last + 1):
        root = math.isqrt(4 * a * top - big * y * y)
        total += (root - b * y) // (2 * a) + (root + b * y) // (2 * a) + 1
    return total


def by_divisors(units, character, top):
    """1 + w Σ_{d ≤ n} χ(d) ⌊n/d⌋, with d ≤ √n apart from the rest."""
    size = len(character)
    sums = np.cumsum(character)
    assert sums[-1] == 0
    root = math.isqrt(top)
    d = np.arange(1, root + 1)
    quotients = top // d
    small = int((np.array(character)[d % size] * quotients).sum())
    large = int(sums[quotients % size].sum()) - root * int(sums[root % size])
    return 1 + units * (small + large)


def definite(a, b, c):
    return a > 0 and 4 * a * c > b * b


coefficients = st.one_of(st.integers(1, 6), st.integers(1, 5000))


@settings(max_examples=200, deadline=None)
@given(coefficients, st.integers(-5000, 5000), coefficients, st.integers(0, 10**7), st.integers(-30, 30),
       st.integers(-30, 30))
@example(1, 0, 1, 1, 3, 4)
@example(1, 0, 10**6, 0, 1000, 7)
def test_hull_and_rows_and_python(a, b, c, top, x, y):
    """At a top, at a value of the form and just below it: both ways against Python ints."""
    b %= 2 * math.isqrt(a * c)
    assume(definite(a, b, c))
    (form, _), value = reduced_form(a, b, c), a * x * x + b * x * y + c * y * y
    for n in (top, value, value - 1):
        if n < 0 or math.isqrt(4 * form[0] * n // (4 * a * c - b * b)) > 1000:
            continue
        expected = by_rows(*form, n)
        assert planar_count(a, b, c, n) == expected
        assert planar._by_rows(form, n) == expected
        if n >= form[2]:  # otherwise no row but y = 0, and no hull
            found = planar._by_hull(form, n)
            assert found == expected or (found is None and form[1] > 0 and n < 100 * form[2])


@given(st.integers(1, 9), st.integers(-9, 9), st.integers(1, 9), st.integers(-3, 60))
def test_brute_force(a, b, c, top):
    assume(definite(a, b, c))
    reach = range(-80, 81)
    x, y = np.meshgrid(reach, reach)
    assert planar_count(a, b, c, top) == int((a * x * x + b * x * y + c * y * y <= top).sum())


@pytest.mark.parametrize("form", ONE_CLASS)
@pytest.mark.parametrize("top", [0, 1, 2, 99, 10**6 - 1, 10**6, 10**9 + 7, 10**12, 10**12 + 4 * 10**6 + 4])
def test_divisor_sums(form, top):
    """Dirichlet: forms alone in their class represent n in w Σ_{d | n} χ(d) ways."""
    assert planar_count(*form, top) == by_divisors(*ONE_CLASS[form], top)


def test_gauss_circle_problem():
    """Radii 10^k: OEIS A000328 for the small ones; the others as published for 10⁶ and 10⁹."""
    values = {2: 317, 4: 31417, 6: 3141549, 12: 3141592649625, 18: 3141592653589764829}
    for digits, expected in values.items():
        assert planar_count(1, 0, 1, 10**digits) == expected


@pytest.mark.parametrize("top", [10**13 + 1, 10**17 + 3, 10**19, 2**62 - 1,
                                 pytest.param(10**24, marks=pytest.mark.slow)])
def test_sublattices_of_the_square_and_hexagonal_lattice(top):
    """Z[i] and Z[ω] modulo 2: other ellipses, whose hulls have nothing in common, give the same numbers.

    Gaussian integers of even norm are multiples of 1 + i, and half of the others have an even imaginary part.
    Those of Z[ω] that 2 does not divide fall into three classes, exchanged by ω, of which Z[√−3] contains one.
    """
    def square(n):
        return planar_count(1, 0, 1, n)

    def hexagonal(n):
        return planar_count(1, 1, 1, n)

    assert 2 * planar_count(1, 0, 4, top) == 2 * square(top // 4) + square(top) - square(top // 2)
    assert 3 * planar_count(1, 0, 3, top) == hexagonal(top) + 2 * hexagonal(top // 4)


@pytest.mark.parametrize(
    "form", [(3, 1, 5), (4, 2, 4), (5, 5, 9), (1, 0, 10**6), (10**5, 10**5 - 1, 10**5 + 3), (7, 0, 9)])
def test_long_rows_against_numpy(form):
    """Every kind of mirror, at tops far above those of the property tests: rows in floats, corrected."""
    a, b, c = form
    big = 4 * a * c - b * b
    largest = min(10**11 * c, 2**60 // a)
    for top in (largest // 3, largest):
        y = np.arange(1, math.isqrt(4 * a * top // big) + 1)
        inside = 4 * a * top - big * y * y
        root = np.sqrt(inside.astype(float)).astype(np.int64)
        root -= root * root > inside
        root += (root + 1) * (root + 1) <= inside
        half = int(((root - b * y) // (2 * a) + (root + b * y) // (2 * a) + 1).sum())
        assert planar._by_hull(form, top) == 2 * half + 2 * math.isqrt(top // a) + 1


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_as_far_as_the_compiled_integers_hold(data):
    """Coefficients and ratios of axes up to the guards, few rows: against Python ints, at values of the form too."""
    a = data.draw(st.integers(1, 2**data.draw(st.integers(1, 56))))
    b, c = data.draw(st.integers(0, a)), a * data.draw(st.integers(1, 2**data.draw(st.integers(0, 90))))
    form, y = (a, b, c + 1), data.draw(st.integers(15, 100))
    top = (c + 1) * y * y + data.draw(st.integers(-1, 1))
    assume(math.gcd(*form) == 1 and planar._costs(form, top)[1] < math.inf)
    assert planar._by_hull(form, top) == by_rows(*form, top)


@pytest.mark.parametrize("width", [1, 3, 10**4, 10**8])
def test_long_ellipses(width):
    """Axes in the ratio of 1 to `width`: leaps over long runs in the tree, or Python's rows."""
    long = width * width + 1
    for height in (1, 30, 3000):
        top = long * height * height + 5 * width
        assert planar_count(1, 0, long, top) == planar_count(long, 0, 1, top) == by_rows(1, 0, long, top)
        assert planar_count(1, 1, long, top) == by_rows(1, 1, long, top)


def test_areas_past_64_bits():
    """The area within the perimeter times half the diagonal of a square, at r = 10^13: 3·10^26."""
    assert planar_cost(1, 0, 1, 10**26) < 1e11
    top, form = 10**22, (10**4, 0, 10**4 + 1)  # values and areas in limbs, in a second
    found = planar_count(*form, top * 10**4)
    area = math.pi * 1e22 / math.sqrt(1 + 1e-4)
    assert abs(found - area) < 4.5 * math.pi * 1e11 + 1e-12 * area


def test_any_basis():
    for top in (1000, 10**10 + 19):
        assert planar_count(2, 1, 3, top) == planar_count(2, 5, 6, top) == planar_count(3, -1, 2, top)


def test_common_factors():
    assert planar_count(10**30, 0, 10**30, 10**42 + 10**29) == planar_count(1, 0, 1, 10**12)
    assert planar_count(1, 0, 10**60, 10**20) == 2 * 10**10 + 1


def test_reduction():
    for a, b, c in ((101, 1000, 2476), (7, -7, 3), (5, 9, 5), (1, 0, 1)):
        (p, q, r), ((x, y), (u, v)) = reduced_form(a, b, c)
        assert 0 <= q <= p <= r
        assert abs(x * v - y * u) == 1
        assert (p, q, r) == (a * x * x + b * x * y + c * y * y, 2 * a * x * u + b * (x * v + y * u) + 2 * c * y * v,
                             a * u * u + b * u * v + c * v * v)


def test_what_is_refused():
    assert planar_count(1, 0, 1, -1) == 0
    with pytest.raises(WeylspecError, match="not positive definite"):
        planar_count(1, 2, 1, 5)
    with pytest.raises(WeylspecError, match="not positive definite"):
        planar_cost(-1, 0, 1, 5)
    assert planar_cost(1, 0, 1, 10**1000) > 1e20  # no float overflows
    with pytest.raises(CostError, match=r"up to 10{40} takes .* ask for a smaller cutoff"):
        planar_count(1, 0, 1, 10**40)
