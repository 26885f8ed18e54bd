"""Lifting class averages from residues: number of primes, big integers, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weylspec.errors import CertificationError, CostError
from weylspec.invariants.averages.multiplicity import invariant_multiplicities


@given(st.lists(st.integers(0, 2**200), min_size=1, max_size=5), st.sampled_from([1, 2, 360, 997, 4096]))
def test_integers_of_any_size(truth, modulus):
    seen = []

    def average(p):
        seen.append(p)
        assert (p - 1) % modulus == 0
        return np.array([m % p for m in truth], dtype=np.int64)

    bounds = np.array([2 * m + 1 for m in truth], dtype=object)
    assert [int(m) for m in invariant_multiplicities(bounds, average, modulus)] == truth
    assert len(set(seen)) == len(seen) >= 2  # at least one prime to lift and one to check


def test_a_residue_that_is_no_dimension():
    with pytest.raises(CertificationError, match=r"level 1: the invariant multiplicity .* inconsistent"):
        invariant_multiplicities(np.array([1, 3]), lambda p: np.array([1, (p + 1) // 2]), 2)  # "one half"
    with pytest.raises(CertificationError, match="multiplicity 4 fails its check"):
        invariant_multiplicities(np.array([1, 3]), lambda p: np.array([1, 4]), 1)  # more than dim E
    with pytest.raises(CertificationError):
        invariant_multiplicities(np.array([5]), lambda p: np.array([p - 1]), 1)  # −1


def test_no_prime_for_the_modulus():
    with pytest.raises(CostError, match="phases whose common denominator is smaller"):
        invariant_multiplicities(np.array([1]), lambda p: np.array([1]), 2**31)


def test_no_levels():
    assert len(invariant_multiplicities(np.array([], dtype=np.int64), lambda p: np.array([], dtype=np.int64), 1)) == 0
