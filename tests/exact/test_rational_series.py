from itertools import islice
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weylspec.errors import CertificationError, WeylspecError
from weylspec.exact.modular import primes_one_modulo
from weylspec.exact.polynomials import cyclotomic_exponents
from weylspec.exact.rational_series import RationalSeries, berlekamp_massey, from_denominator, recognise

HUGE = [10**15, 10**15 + 1, 10**30 + 7]
P = 2**31 - 1


def over(numerator, binomials):
    return RationalSeries(tuple(numerator), cyclotomic_exponents(binomials), "given")


def last_degree(dim, cutoff):
    """Largest k with k(k + dim − 1) ≤ cutoff."""
    k = 0
    while (k + 1) * (k + dim) <= cutoff:
        k += 1
    return k


# Generating functions and N(20), N(100), N(400) from theory.md 3.1 and 3.2, typed by hand.
COUNTS = [
    (2, [1, 0, 0, 0, 0, 1], [1, 5], (5, 20, 80)),
    (2, [1], [1, 5], (5, 15, 50)),
    (2, [1, 0, 0, 0, 0, 0, 1], [2, 5], (3, 10, 40)),
    (2, [1] + [0] * 5 + [1], [3, 4], (3, 9, 34)),
    (2, [1] + [0] * 8 + [1], [4, 6], (2, 5, 17)),
    (2, [1] + [0] * 14 + [1], [6, 10], (1, 2, 7)),
    (2, [1], [6, 10], (1, 2, 6)),
    (2, [1], [2, 2], (6, 15, 55)),
    (2, [1], [1, 3], (7, 22, 77)),
    (3, [1], [1, 3, 4], (5, 33, 178)),
    (4, [1], [1, 3, 4, 5], (5, 31, 260)),
    (6, [1], [1, 3, 4, 5, 6, 7], (3, 26, 365)),
    (3, [1] + [0] * 5 + [1], [1, 3, 4], (5, 38, 251)),
    (3, [1], [4, 6, 8], (1, 5, 18)),
    (8, [1, 0, 0, 1], [2] * 5, (6, 77, 1749)),
    (4, [1], [3], (2, 3, 7)),
]


@pytest.mark.parametrize(("dim", "numerator", "binomials", "counts"), COUNTS)
def test_counts_on_sphere_quotients(dim, numerator, binomials, counts):
    series = over(numerator, binomials)
    cumulative = series.cumulative()
    for cutoff, count in zip((20, 100, 400), counts, strict=True):
        k = last_degree(dim, cutoff)
        assert cumulative.coefficient(k) == sum(series.coefficients(k)) == count


@pytest.mark.parametrize("k", HUGE)
def test_far_coefficients_against_closed_forms(k):
    for n in (1, 3, 9):
        assert over([1], [1] * n).coefficient(k) == comb(k + n - 1, n - 1)
    assert over([1], [1, 2]).coefficient(k) == k // 2 + 1
    # Partitions into at most three parts: the integer nearest to (k + 3)²/12.
    assert over([1], [1, 2, 3]).coefficient(k) == ((k + 3) ** 2 + 6) // 12
    assert over([1], [6]).coefficient(k) == (k % 6 == 0)
    assert over([2, 0, 5], [2, 2]).coefficient(k) == (2 * (k // 2 + 1) + 5 * (k // 2) if k % 2 == 0 else 0)


def test_far_coefficient_of_sphere_by_so3():
    # (1 + t³)/(1 − t²)^5, cumulated: even k = 2m and odd 3 + 2m, each C(m + 5, 5) terms in all.
    k = 10**15
    cumulated = over([1, 0, 0, 1], [2] * 5).cumulative()
    assert cumulated.coefficient(k) == comb(k // 2 + 5, 5) + comb((k - 3) // 2 + 5, 5)


@given(
    st.lists(st.integers(-9, 9), min_size=1, max_size=12),
    st.lists(st.integers(1, 12), max_size=5),
    st.integers(0, 60),
)
def test_both_evaluations_agree(numerator, binomials, k):
    series = over(numerator, binomials)
    assert series.coefficient(k) == series.coefficients(k)[k]
    assert series.cumulative().coefficient(k) == sum(series.coefficients(k))
    q = series.denominator
    a = series.coefficients(k)
    assert len(q) == series.denominator_degree + 1 == sum(binomials) + 1
    assert sum(q[j] * a[k - j] for j in range(min(k, len(q) - 1) + 1)) == (numerator + [0] * 61)[k]


def test_no_terms_before_zero():
    series = over([3, 1], [1])
    assert series.coefficient(-1) == 0
    assert series.coefficients(-1) == []
    assert series.order == 2
    assert over([], [2]).numerator_degree == -1
    assert over([], [2]).coefficient(10**9) == 0


def test_from_denominator():
    series = over([1, 0, 4, 0, 0, -3], [2, 3, 7])
    a = series.coefficients(60)
    found = from_denominator(a, series.cyclotomics, 9, "degrees 2, 3, 7")
    assert found.numerator == series.numerator
    assert found.provenance == "degrees 2, 3, 7; confirmed on 51 further terms"
    a[37] += 1
    with pytest.raises(CertificationError, match="term 37"):
        from_denominator(a, series.cyclotomics, 9)
    with pytest.raises(CertificationError, match="needs 10 terms, got 9"):
        from_denominator(a[:9], series.cyclotomics, 9)


@given(st.lists(st.integers(0, P - 1), min_size=1, max_size=8), st.integers(0, 2**32))
def test_berlekamp_massey_generates_its_sequence(recurrence, seed):
    order = len(recurrence)
    terms = [int(x) for x in np.random.default_rng(seed).integers(0, P, order)]
    while len(terms) < 4 * order + 3:
        terms.append(sum(c * terms[-1 - j] for j, c in enumerate(recurrence)) % P)
    found = [int(c) for c in berlekamp_massey(np.array(terms), P)]
    length = len(found) - 1
    assert found[0] == 1
    assert length <= order
    for k in range(length, len(terms)):
        assert sum(c * terms[k - j] for j, c in enumerate(found)) % P == 0


@given(st.lists(st.integers(0, 4), max_size=9))
def test_berlekamp_massey_is_shortest(terms):
    """Against the ranks of Hankel systems: no shorter recurrence exists (search over F_5)."""
    from itertools import product

    length = len(berlekamp_massey(np.array(terms, dtype=np.int64), 5)) - 1
    if length == 0:
        assert not any(terms)
        return
    shorter = length - 1
    if shorter <= 4:
        assert not any(
            all(
                (terms[k] + sum(c * terms[k - 1 - j] for j, c in enumerate(rule))) % 5 == 0
                for k in range(shorter, len(terms))
            )
            for rule in product(range(5), repeat=shorter)
        )


@settings(max_examples=40)
@given(st.lists(st.integers(-3, 3), min_size=1, max_size=20), st.lists(st.integers(1, 9), max_size=5))
def test_recognise_round_trip(numerator, binomials):
    series = over(numerator, binomials)
    length = 2 * series.order + max(20, series.order)
    found = recognise(series.coefficients(length - 1))
    assert found.coefficients(3 * length) == series.coefficients(3 * length)
    assert found.order <= series.order
    assert "a second prime" in found.provenance


def test_recognise_finds_the_lowest_terms():
    found = recognise(over([1, 0, 0, 1], [2] * 5).coefficients(60))
    # 1 + t³ = (1 + t)(1 − t + t²): one factor 1 + t cancels.
    assert found.numerator == (1, -1, 1)
    assert found.cyclotomics == ((1, 5), (2, 4))
    assert found.provenance == "confirmed on 43 further terms and a second prime"


def test_recognise_with_other_primes_and_big_terms():
    primes = tuple(islice(primes_one_modulo(360), 2))
    series = over([10**40, 1], [1, 2, 2, 5])
    assert recognise(series.coefficients(80), primes).numerator == series.numerator


def test_recognise_of_nothing():
    assert recognise([0] * 25).coefficients(3) == [0, 0, 0, 0]
    with pytest.raises(CertificationError, match="0 terms"):
        recognise([])


def test_recognise_refuses():
    series = over([1], [2, 3, 5, 7])
    with pytest.raises(CertificationError, match="which needs 54"):
        recognise(series.coefficients(52))
    assert recognise(series.coefficients(53)).cyclotomics == series.cyclotomics
    squares = [int(round(k**0.5) ** 2 == k) for k in range(200)]
    with pytest.raises(CertificationError, match="too few"):
        recognise(squares)
    fibonacci = [0, 1]
    while len(fibonacci) < 60:
        fibonacci.append(fibonacci[-1] + fibonacci[-2])
    with pytest.raises(CertificationError, match="not roots of unity"):
        recognise(fibonacci)
    # A wrong term far out makes the order explode, so that the terms no longer suffice.
    wrong = series.coefficients(80)
    wrong[70] += 1
    with pytest.raises(CertificationError):
        recognise(wrong)
    # A difference that the first prime does not see is seen over Z.
    hidden = series.coefficients(80)
    hidden[70] += 2**31 - 1
    with pytest.raises(CertificationError, match="term 70"):
        recognise(hidden)


def test_errors():
    with pytest.raises(WeylspecError, match="each d once"):
        RationalSeries((1,), ((2, 1), (2, 1)), "")
    with pytest.raises(WeylspecError, match="15 is not a prime"):
        berlekamp_massey(np.array([1, 2]), 15)
