"""The closure of lines in a torus, from random integer relations that are then hidden in floats."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weylspec.exact.integer_lattice import annihilator, saturate
from weylspec.groups._closing import closing_torus
from weylspec.groups.affine import AffineGroup, Translations

IRRATIONAL = [1.0, math.sqrt(2), math.sqrt(3), math.sqrt(5)]  # independent over Q


@given(st.integers(2, 5), st.data())
def test_the_closure_is_the_span_of_the_integer_parts(n, data):
    entries = st.lists(st.integers(-2, 2), min_size=n, max_size=n)
    parts = np.array(data.draw(st.lists(entries, min_size=1, max_size=min(n, 4))))
    line = sum(c * part for c, part in zip(IRRATIONAL, parts, strict=False))
    if not parts.any():
        return
    # Σ c_i u_i with c independent over Q: k·line = 0 exactly when k·u_i = 0 for all i
    expected, found = saturate(parts.T), closing_torus([line])
    assert found.shape == expected.shape
    assert not (annihilator(expected).T @ found).any()


def test_two_lines():
    assert closing_torus([[1, 0, 0], [0, 2**0.5, 2**0.5]]).shape == (3, 2)
    assert closing_torus([[1, 0, 0], [0, 2**0.5, 1]]).shape == (3, 3)


@pytest.mark.parametrize(("vectors", "named"), [
    ([[1, 2**0.5]], r"not closed in the torus: .* is Translations\(\[\[1, 0\], \[0, 1\]\]\), of dimension 2"),
    ([[1, 2**0.5, 8**0.5]], r"is Translations\(\[\[1, 0, 0\], \[0, 1, 2\]\]\), of dimension 2"),
    ([[1.5, 0]], r"1\.5 is none: write Translations\(\[\[1, 0\]\]\), the same subtorus"),
    ([[1 / 3, 1 / 7]], r"write Translations\(\[\[7, 3\]\]\)"),
    ([[math.inf, 1]], "must be integer vectors, got"),
])
def test_a_line_that_is_not_closed_is_refused_with_the_torus_that_closes_it(vectors, named):
    with pytest.raises(ValueError, match=named):
        Translations(vectors)
    with pytest.raises(ValueError, match=named):
        AffineGroup([(np.eye(len(vectors[0]), dtype=int), [0] * len(vectors[0]))], translations=vectors)
