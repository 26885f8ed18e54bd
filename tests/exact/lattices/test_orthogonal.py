"""Orthogonal sums: products of theta series against enumerations of the whole form."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weylspec.exact.lattices.enumeration.fincke_pohst import norm_counts
from weylspec.exact.lattices.orthogonal import (
    direct_sum,
    halves_cost,
    halves_count,
    norms_cost,
    norms_of,
    point_array,
    splittings,
)
from weylspec.exact.lattices.reduction import orthogonal_blocks, restricted

BLOCKS = (((2,),), ((6,),), ((2, 1), (1, 2)), ((4, 1), (1, 6)), ((2, 1, 1), (1, 2, 1), (1, 1, 2)))


@settings(deadline=None)
@given(st.lists(st.sampled_from(BLOCKS), min_size=2, max_size=3), st.integers(0, 25))
def test_halves_against_enumeration(blocks, top):
    gram = direct_sum(blocks)
    expected = norm_counts(gram, top)
    assert halves_count(gram, top) == expected.sum()
    assert point_array(gram, top).tolist() == expected.tolist()
    for outer, _ in splittings(gram):
        counts = norm_counts(outer, top)
        assert norms_of(outer, top) == [(n, c) for n, c in enumerate(counts.tolist()) if c]
        assert len(norms_of(outer, top)) <= norms_cost(outer, top)[1]


def test_splittings_take_equal_blocks_once():
    gram = direct_sum([BLOCKS[0]] * 5 + [BLOCKS[2]] * 2)
    assert len(splittings(gram)) == 6 * 3 - 2
    assert all(len(a) + len(b) == 9 for a, b in splittings(gram))
    assert sorted(len(b) for b in orthogonal_blocks(gram)) == [1] * 5 + [2] * 2
    assert splittings(BLOCKS[4]) == ()
    assert np.isinf(halves_cost(BLOCKS[4], 10))
    many = direct_sum([((2 * n,),) for n in range(1, 9)])
    assert splittings(many) == ()


@pytest.mark.parametrize("block", BLOCKS)
def test_direct_sums_hold_their_blocks(block):
    gram = direct_sum([((10,),), block])
    found = [restricted(gram, b) for b in orthogonal_blocks(gram)]
    assert sorted(found) == sorted([((10,),), block])
