"""Divisor sums: double sums by definition, Python ints far up, the mean value."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weylspec.errors import CostError
from weylspec.exact.lattices.series.divisor_sums import divisor_sum, divisor_sum_cost

CHARACTERS = [(1,), (0, 1, 0, -1), (0, 1, -1), (0, 1, 0, -1, 0, -1, 0, 1), (0, 1, -1, -1, 1)]


@settings(deadline=None)
@given(st.integers(-1, 400), st.integers(1, 7), st.sampled_from(CHARACTERS), st.sampled_from(CHARACTERS))
def test_by_definition(top, k, psi, phi):
    expected = sum(psi[f % len(psi)] * phi[e % len(phi)] * e ** (k - 1)
                   for e in range(1, top + 1) for f in range(1, top // e + 1))
    assert divisor_sum(top, k, psi, phi) == expected


@pytest.mark.parametrize(("top", "k"), [(10**9 + 7, 1), (10**9 + 7, 2), (10**9, 4), (10**8 + 1, 8), (10**8, 12)])
def test_far_up_in_python_ints(top, k):
    """Σ_e e^{k−1}⌊top/e⌋, the e with one quotient together, power sums by Faulhaber's recursion of Pascal."""

    def power_sum(n):
        below = []
        for j in range(k):
            total = (n + 1) ** (j + 1) - 1 - sum(math.comb(j + 1, i) * below[i] for i in range(j))
            below.append(total // (j + 1))
        return below[k - 1]

    expected, start = 0, 1
    while start <= top:
        quotient = top // start
        end = top // quotient
        expected += quotient * (power_sum(end) - power_sum(start - 1))
        start = end + 1
    assert divisor_sum(top, k) == expected


def test_beyond_where_floats_hold_the_cutoff():
    """Σ χ₋₄(e)⌊top/e⌋ counts Gaussian integers: ⌊top/e⌋ just above and below 2⁵³ against the disk's area."""
    for top in (2**50 - 1, 2**50 + 1):
        points = 1 + 4 * divisor_sum(top, 1, (1,), CHARACTERS[1])
        assert abs(points - math.pi * top) < 10 * math.sqrt(top)  # the shell of unit squares: 2π√2·√top


def test_cost():
    assert math.isinf(divisor_sum_cost(2**62, 2))
    with pytest.raises(CostError, match="or arrays or integers that do not fit; ask for a smaller cutoff"):
        divisor_sum(10**30, 2)
    ratio = divisor_sum_cost(10**16, 4) / divisor_sum_cost(10**12, 4)
    assert 100 <= ratio < 200  # √, and more primes
