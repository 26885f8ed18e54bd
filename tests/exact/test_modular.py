from fractions import Fraction
from itertools import islice
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weylspec.errors import CostError, WeylspecError
from weylspec.exact.modular import crt, is_prime, prime_factors, primes_one_modulo, residue, root_of_unity


def sieve(n):
    flags = np.ones(n, dtype=bool)
    flags[:2] = False
    for q in range(2, int(n**0.5) + 1):
        if flags[q]:
            flags[q * q :: q] = False
    return flags


def test_primality_against_a_sieve():
    flags = sieve(20_000)
    assert [is_prime(n) for n in range(20_000)] == flags.tolist()


def test_primality_of_strong_pseudoprimes():
    # 3215031751 is the first to fool all four bases; these fool base 2, bases 2, 3 and bases 2, 3, 5.
    assert not any(map(is_prime, [2047, 1_373_653, 25_326_001]))
    with pytest.raises(CostError, match="3215031751"):
        is_prime(3_215_031_751)


def test_largest_primes():
    # The three largest primes below 2^31 (2^31 − 1, −19, −61; Caldwell's list).
    assert list(islice(primes_one_modulo(1), 3)) == [2**31 - 1, 2**31 - 19, 2**31 - 61]


@given(st.integers(1, 10**6))
def test_primes_are_one_modulo(n):
    p, q = islice(primes_one_modulo(n), 2)
    assert 2**31 > p > q
    assert p % n == q % n == 1 % n
    assert is_prime(p)
    assert is_prime(q)


def test_primes_run_out():
    n = 1_999_999_998
    with pytest.raises(CostError, match=str(n)):
        list(primes_one_modulo(n))
    with pytest.raises(CostError, match=str(2**31)):
        primes_one_modulo(2**31)
    with pytest.raises(WeylspecError, match="0"):
        primes_one_modulo(0)


@given(st.integers(1, 5000), st.integers(1, 6))
def test_root_has_exact_order_and_is_compatible(n, k):
    p = next(primes_one_modulo(n * k))
    z = root_of_unity(p, n)
    assert pow(z, n, p) == 1
    assert all(pow(z, n // q, p) != 1 for q in prime_factors(n))
    assert pow(root_of_unity(p, n * k), k, p) == z


def test_root_errors():
    with pytest.raises(WeylspecError, match="order 5"):
        root_of_unity(13, 5)
    with pytest.raises(WeylspecError, match="15 is not a prime"):
        root_of_unity(15, 2)


@given(st.fractions(max_denominator=10**6), st.fractions(max_denominator=10**6))
def test_residue_is_a_ring_map(a, b):
    p = 2**31 - 1
    assert residue(a + b, p) == (residue(a, p) + residue(b, p)) % p
    assert residue(a * b, p) == residue(a, p) * residue(b, p) % p


def test_residue_without_inverse():
    with pytest.raises(WeylspecError, match="1/7"):
        residue(Fraction(1, 7), 7)


@given(st.integers(1, 6), st.integers(1, 40), st.data())
def test_crt_round_trip(count, modulus, data):
    primes = list(islice(primes_one_modulo(modulus), count))
    top = prod(primes) - 1
    values = [*data.draw(st.lists(st.integers(0, top), min_size=1, max_size=8)), 0, top]
    residues = [np.array([v % p for v in values], dtype=np.int64) for p in primes]
    found = crt(residues, primes)
    assert [int(v) for v in found] == values
    assert found.dtype == (np.int64 if sum(values) < 2**63 else object)


def test_crt_errors():
    one = np.array([1])
    with pytest.raises(WeylspecError, match="one per prime"):
        crt([one], [5, 7])
    with pytest.raises(WeylspecError, match=r"\[5, 5\]"):
        crt([one, one], [5, 5])
