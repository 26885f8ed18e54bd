"""Dominant weights and sums of squared dimensions against theory [2.3], brute force and the exact heat trace."""

import itertools
import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from scipy.special import gammainccinv

from weylspec.errors import CostError
from weylspec.exact.lie.classical import (
    exceptional,
    special_orthogonal,
    special_unitary,
    spin,
    symplectic,
    unitary,
)
from weylspec.exact.lie.weights import DominantWeights, listing_cost, rank_one_total, total_cost

HALF, ONE = Fraction(1, 2), Fraction(1)


def levels(datum, lam):
    keys, sums = DominantWeights(datum, math.floor(lam * datum.denominator)).levels()
    return {Fraction(int(k), datum.denominator): int(m) for k, m in zip(keys, sums, strict=True)}


SMALL = [
    special_unitary(3, HALF), special_unitary(4, ONE), unitary(1, ONE), unitary(2, ONE), unitary(3, Fraction(1, 3)),
    special_orthogonal(2), special_orthogonal(3), special_orthogonal(4), special_orthogonal(5), special_orthogonal(6),
    special_orthogonal(7), spin(5), spin(4), symplectic(3), exceptional("G2"), exceptional("F4"),
]


@pytest.mark.parametrize("datum", SMALL, ids=repr)
def test_the_search_is_complete(datum):
    """Every weight of a box, one at a time, by the formulas for single weights."""
    lam = {"F4": 40, "SU(4)": 15}.get(datum.name, 30)
    reach = range(-12, 13) if datum.charge else range(12)
    found = Counter()
    for labels in itertools.product(*[range(12)] * len(datum.cartan), *[reach] * (datum.rank - len(datum.cartan))):
        if datum.has_weight(labels) and sum(labels) < 14 and datum.casimir(labels) <= lam:
            found[datum.casimir(labels)] += datum.dimension(labels) ** 2
    assert levels(datum, lam) == found
    assert DominantWeights(datum, lam * datum.denominator).total() == sum(found.values())


@pytest.mark.parametrize("datum", SMALL, ids=repr)
def test_dimensions_in_the_order_of_the_labels(datum):
    weights = DominantWeights(datum, 20 * datum.denominator)
    labels = weights.labels().tolist()
    assert len(labels) == weights.number == len({tuple(row) for row in labels})
    assert weights.dimensions().tolist() == [datum.dimension(row) for row in labels]
    assert weights.keys().tolist() == [datum.casimir(row) * datum.denominator for row in labels]
    largest = max(weights.dimensions())
    assert largest**2 <= weights.largest_square
    assert largest <= weights.largest_dimension <= largest + 1


@pytest.mark.parametrize("datum", [special_unitary(3, HALF), special_orthogonal(5), unitary(2, ONE), exceptional("G2"),
                                   special_orthogonal(4), symplectic(2)], ids=repr)
@pytest.mark.parametrize("lam", [0, 100, 3000])
def test_the_total_is_the_sum_over_levels(datum, lam):
    weights = DominantWeights(datum, lam * datum.denominator)
    assert weights.total() == sum(int(m) for m in weights.levels()[1])


HEAT = [*SMALL, special_unitary(2, HALF), exceptional("E6"), special_unitary(5, HALF), special_orthogonal(8)]


@pytest.mark.parametrize("datum", HEAT, ids=repr)
def test_the_heat_trace_is_exact(datum):
    """Z(t) = vol (4πt)^{−dim/2} e^{t|ρ|²} up to closed geodesics, which the time makes smaller than 1e-11.

    The cut tail is below 1e-11 by Weyl's density, so 1e-10 covers both and the rounding of the sum.
    """
    volume = (2 * math.pi) ** (datum.rank + datum.n_positive) / (
        math.sqrt(datum.covolume_square) * float(datum.rho_product))
    t = heat_time(datum)
    keys, sums = DominantWeights(datum, math.ceil(tail_start(datum, t) * datum.denominator)).levels()
    measured = float(np.array([float(m) for m in sums]) @ np.exp(-t * keys / datum.denominator))
    predicted = volume * (4 * math.pi * t) ** (-datum.dim / 2) * math.exp(t * float(datum.rho_square))
    assert measured == pytest.approx(predicted, rel=1e-10)


def shortest_square(datum):
    """ℓ² of the shortest closed geodesic: (2π)²·(least norm² of a non-zero cocharacter)."""
    basis = np.array(datum.weight_basis(), dtype=float)
    gram = datum.gram / datum.denominator
    dual = np.linalg.inv(basis @ gram @ basis.T)  # norms of cocharacters in the dual basis
    box = itertools.product(range(-2, 3), repeat=datum.rank)
    return 4 * math.pi**2 * min(float(np.array(v) @ dual @ np.array(v)) for v in box if any(v))


def heat_time(datum):
    """e^{−ℓ²/4t} times the polynomial growth (ℓ²/t)^N of its factor and 1000 geodesics is below 1e-11."""
    square = shortest_square(datum)
    t = square / 160
    while -square / (4 * t) + datum.n_positive * math.log(1 + square / t) + math.log(1e3) > math.log(1e-11):
        t *= 0.8
    return t


def tail_start(datum, t):
    """λ beyond which Weyl's density times e^{−tλ} is below 1e-11 of the leading term: Γ(d/2, tλ)/Γ(d/2)."""
    return float(gammainccinv(datum.dim / 2, 1e-11)) / t


def test_rank_one_in_closed_form():
    for datum in (special_unitary(2, HALF), special_orthogonal(3), spin(3), symplectic(1), unitary(1, ONE),
                  special_orthogonal(2)):
        for lam in (-1, 0, 1, 2, 5, 100, 1000):
            top = lam * datum.denominator
            expected = DominantWeights(datum, top).total() if lam >= 0 else 0
            assert rank_one_total(datum, top) == expected
    assert rank_one_total(special_orthogonal(3), 4 * 10**30) == sum_of_odd_squares(10**15 - 1)


def sum_of_odd_squares(last):
    """1² + 3² + … + (2·last + 1)²."""
    n = last + 1
    return n * (2 * n - 1) * (2 * n + 1) // 3


def test_cost_is_known_before_counting():
    """Within a factor of ten of the lines and the weights that are met."""
    for datum, lam in ((special_unitary(3, HALF), 10**6), (special_orthogonal(5), 10**6), (symplectic(3), 10**4)):
        top = lam * datum.denominator
        weights = DominantWeights(datum, top)
        lines, number = weights._numbers
        assert lines < total_cost(datum, top) < 2000 * lines
        assert number < listing_cost(datum, top) < 1000 * number
    assert total_cost(special_unitary(3, HALF), 10**30) == math.inf == listing_cost(special_unitary(3, HALF), 10**30)


def test_what_would_not_end_is_refused():
    with pytest.raises(CostError, match="2\\^58"):
        DominantWeights(special_unitary(3, HALF), 10**18).total()
    with pytest.raises(CostError, match="use count"):
        DominantWeights(special_unitary(3, HALF), 10**9).keys()


def test_dimensions_past_the_range_of_floats(monkeypatch):
    e6 = DominantWeights(exceptional("E6"), 30 * exceptional("E6").denominator)
    expected = e6.dimensions().tolist()
    monkeypatch.setattr("weylspec.exact.lie.weights._MAX_FLOAT", 0.0)
    loose = DominantWeights(e6.datum, e6.top)
    assert loose.largest_dimension > max(expected)
    assert loose.dimensions().tolist() == expected == [e6.datum.dimension(row) for row in e6.labels().tolist()]
