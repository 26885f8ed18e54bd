"""The compiled loops on monomials, against polynomials written out; small enough to run uncompiled."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from weylspec.invariants.polynomials import _loops
from weylspec.invariants.polynomials.monomials import Monomials

P = 10007


@pytest.mark.parametrize(("n", "degree"), [(1, 4), (2, 3), (3, 0), (3, 4), (4, 2)])
def test_exponents_and_positions(n, degree):
    monomials = Monomials(n, degree)
    expected = sorted((a for a in itertools.product(range(degree + 1), repeat=n) if sum(a) == degree), reverse=True)
    out = np.zeros((monomials.size, n), dtype=np.int64)
    _loops.list_exponents(degree, out)
    assert out.tolist() == [list(a) for a in expected]
    assert [_loops.position(a, degree, monomials.table) for a in out] == list(range(len(expected)))
    assert monomials.positions(out).tolist() == list(range(len(expected)))


def test_substitution():
    # x ↦ 2y, y ↦ −z, z ↦ x: x²y ↦ −4 y²z
    monomials = Monomials(3, 3)
    out, ratio = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
    _loops.substitute(np.array([[2, 1, 0]]), 3, np.array([1, 2, 0]), np.array([2, P - 1, 1]), monomials.table, P, out,
                      ratio)
    assert monomials.exponents[out[0]].tolist() == [0, 2, 1]
    assert ratio[0] == P - 4


def test_derivation():
    # X = E_01: x²y ↦ 2x·y·y
    monomials = Monomials(2, 3)
    target, source, power, entry = (np.zeros(4, dtype=np.int64) for _ in range(4))
    count = _loops.derive(monomials.exponents, 3, np.array([0]), np.array([1]), monomials.table, target, source, power,
                          entry)
    found = sorted(zip(source[:count].tolist(), target[:count].tolist(), power[:count].tolist(), strict=True))
    assert found == [(0, 1, 3), (1, 2, 2), (2, 3, 1)]


def test_values():
    point, degree = [3, 5], 4
    powers = np.array([[x**e for e in range(degree + 1)] for x in point])
    out = np.zeros(5, dtype=np.int64)
    _loops.monomial_values(Monomials(2, degree).exponents, powers, P, out)
    assert out.tolist() == [3**a * 5 ** (degree - a) % P for a in range(degree, -1, -1)]


def test_one_degree_higher():
    # (x + 2y)² = x² + 4xy + 4y², in the monomials x², √2 xy, y²
    g = np.array([[1.0, 2.0], [0.0, 1.0]])
    lower = np.array([[1, 0], [0, 1]])
    up, out = np.array([[0, 1], [1, 2]]), np.zeros((2, 3))
    _loops.raise_power(lower, up, g, g, 2, np.array([0, -1, 1]), out)
    assert np.allclose(out, [[1, 4 / math.sqrt(2), 4], [0, 0, 1]])
