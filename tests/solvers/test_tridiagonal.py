"""Sturm counts and certified eigenvalues of tridiagonal matrices."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weylspec.errors import CertificationError
from weylspec.solvers import tridiagonal
from weylspec.solvers.tridiagonal import certified_eigenvalues, counts_below, norm


@pytest.mark.parametrize("n", [2, 7, 40])
def test_the_path_has_cosines(n):
    """Dirichlet's second difference: 2 − 2 cos(πj/(n + 1))."""
    values, error = certified_eigenvalues(np.full(n, 2.0), np.full(n - 1, -1.0))
    exact = 2 - 2 * np.cos(math.pi * np.arange(1, n + 1) / (n + 1))
    assert (np.abs(values - exact) <= error + 4e-16).all()
    assert error < 1e-13
    middles = (exact[1:] + exact[:-1]) / 2
    assert counts_below(np.full(n, 2.0), np.full(n - 1, -1.0), middles).tolist() == list(range(1, n))


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1, max_size=12), st.integers(-20, 20))
def test_counts_are_those_of_a_dense_solver(rows, half):
    """Integer entries; the shift is kept away from the dense solver's eigenvalues by more than its rounding."""
    diagonal, off = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    off = off[1:]
    dense = np.linalg.eigvalsh(np.diag(diagonal) + np.diag(off, 1) + np.diag(off, -1))
    shift = half / 2 + 1e-6
    if np.abs(dense - shift).min() > 1e-9:
        assert counts_below(diagonal, off, [shift]).tolist() == [int((dense < shift).sum())]
    values, error = certified_eigenvalues(diagonal, off)
    assert np.abs(values - dense).max() <= error + 1e-13 * norm(diagonal, off)


def test_a_pivot_that_vanishes_is_no_failure():
    """T − 0 has a zero first pivot; the eigenvalues are ±1."""
    assert counts_below(np.zeros(2), np.ones(1), [0.0]).tolist() == [1]


def test_one_entry_is_its_own_eigenvalue():
    values, error = certified_eigenvalues(np.array([0.1]), np.zeros(0))
    assert (values.tolist(), error) == ([0.1], 0.0)


def test_wrong_candidates_are_not_certified(monkeypatch):
    monkeypatch.setattr(tridiagonal.scipy.linalg, "eigvalsh_tridiagonal", lambda d, e: np.array([1.0, 1.0001]))
    with pytest.raises(CertificationError, match="Sturm counts do not confirm"):
        certified_eigenvalues(np.array([1.0, 2.0]), np.array([0.1]))
