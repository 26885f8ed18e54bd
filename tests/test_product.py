"""Products merge their levels while they are made."""

import itertools
import math
import tracemalloc
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import weylspec as ws
from weylspec import _product
from weylspec._product import merged_product
from weylspec.errors import CostError

level = st.tuples(st.integers(0, 30), st.integers(1, 2**40))
levels = st.lists(level, min_size=1, max_size=12, unique_by=lambda x: x[0])


def arrays(pairs):
    keys, mult = zip(*sorted(pairs), strict=True)
    return np.array(keys, dtype=float), np.array(keys, dtype=np.int64)[:, None], np.array(mult, dtype=np.int64)


@given(levels, levels, st.integers(0, 60))
def test_sums_and_multiplicities_by_brute_force(a, b, cutoff):
    expected = Counter()
    for (x, m), (y, n) in itertools.product(a, b):
        if x + y <= cutoff:
            expected[x + y] += m * n
    keys, mult = merged_product(arrays(a), arrays(b), float(cutoff))
    assert dict(zip(keys[:, 0].tolist(), [int(m) for m in mult], strict=True)) == expected


def test_chunks_of_any_size_give_the_same(monkeypatch):
    first = ws.Torus(2).spectrum(cutoff=300)
    whole = (first * first).multiplicities.tolist()
    monkeypatch.setattr(_product, "_CHUNK", 1)
    monkeypatch.setattr(_product.math, "isqrt", lambda _: 0)
    assert (first * first).multiplicities.tolist() == whole


def test_three_spheres_take_memory_for_their_distinct_levels_only():
    """To λ = 10⁴ there are 5001 even numbers, and 4·10⁵ pairs in the last product alone."""
    space = ws.Sphere(2) ** 3
    space.spectrum(cutoff=100)
    tracemalloc.start()
    listed = space.spectrum(cutoff=10**4)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(listed) == 5001
    assert peak < 60 * 2**20  # a chunk of 2²⁰ pairs with its indices and keys
    # N(λ) = Σ over two of the degrees of (k₃ + 1)², k₃(k₃ + 1) ≤ what is left.
    expected = sum(
        (2 * a + 1) * (2 * b + 1) * ((math.isqrt(4 * rest + 1) + 1) // 2) ** 2
        for a in range(100) for b in range(100) if (rest := 10**4 - a * (a + 1) - b * (b + 1)) >= 0
    )
    assert listed.total == expected


def test_too_many_pairs_are_refused_with_their_number():
    levels = (np.arange(10.0**5), np.arange(10**5)[:, None], np.ones(10**5, dtype=np.int64))
    with pytest.raises(CostError, match="10000000000 pairs of levels"):
        merged_product(levels, levels, math.inf)
