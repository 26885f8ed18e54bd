"""Reduced forms: equivalent to what was given, with short vectors, whatever the basis."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from weylspec.exact.integer_lattice import determinant
from weylspec.exact.lattices.reduction import is_diagonal, simplified


@settings(deadline=None)
@given(st.integers(2, 6), st.integers(1, 9), st.randoms(use_true_random=False))
def test_disguised_cubic_lattices(n, scale, random):
    change = np.eye(n, dtype=object)
    for _ in range(12):
        i, j = random.sample(range(n), 2)
        change[i] += random.randint(-3, 3) * change[j]
    full = 2 * scale * change @ change.T
    common, gram = simplified((np.triu(full) - np.diag(np.diag(full) // 2)).astype(np.int64))
    assert common == scale
    assert is_diagonal(gram)
    assert [row[i] for i, row in enumerate(gram)] == [2] * n


@given(st.lists(st.integers(-4, 4), min_size=16, max_size=16).map(lambda x: np.array(x).reshape(4, 4)))
def test_determinants_and_order(basis):
    if abs(np.linalg.det(basis)) < 0.5:
        return
    full = 2 * basis.T @ basis
    common, gram = simplified(np.triu(full) - np.diag(np.diag(full) // 2))
    assert determinant(gram) * common**4 == determinant(full)
    diagonal = [row[i] for i, row in enumerate(gram)]
    assert diagonal == sorted(diagonal)
    assert all(2 * abs(gram[i][j]) <= gram[i][i] for i in range(4) for j in range(i + 1, 4))


def test_empty():
    assert simplified(np.zeros((0, 0), dtype=np.int64)) == (1, ())
