"""Truncated power series modulo a prime: products, quotients, determinants, multisets.

A series is an int64 array of residues a_0 … a_K; the prime is below 2³¹. Long products go through values at
the powers of a root of unity of order 2^s, so that the prime must be 1 modulo it (`transform_order`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from weylspec.errors import WeylspecError
from weylspec.exact.modular import Residues, root_of_unity
from weylspec.exact.polynomials import LARGE, cumulated

_SHORT = 2000  # terms up to which a double loop is as fast as a transform (timed)


def transform_order(length: int) -> int:
    """The power of two that p − 1 must be divisible by, for products of series of this length.

    Examples
    --------
    >>> transform_order(100), transform_order(3000)
    (1, 8192)
    """
    return 1 if length <= _SHORT else 1 << (2 * length - 2).bit_length()


def one(top: int) -> Residues:
    """The series 1, up to t^top.

    Examples
    --------
    >>> one(2).tolist()
    [1, 0, 0]
    """
    series = np.zeros(top + 1, dtype=np.int64)
    series[:1] = 1
    return series


def product(a: Residues, b: Residues, p: int) -> Residues:
    """The product of two series of one length.

    Parameters
    ----------
    a, b : ndarrays of shape (K + 1,), residues modulo p
    p : int

    Returns
    -------
    ndarray of shape (K + 1,)

    Examples
    --------
    >>> product(np.array([1, 1, 0]), np.array([1, 100, 1]), 101).tolist()
    [1, 0, 0]
    """
    from weylspec.exact import _loops

    if transform_order(len(a)) == 1:
        out = np.zeros_like(a)
        _loops.add_product(a, b, p, out)
        return out
    values = _values(a, p)
    total = np.zeros_like(values)
    _loops.add_pointwise(values, _values(b, p), p, total)
    return _series(total, len(a), p)


def over_binomials(series: Residues, degrees: Iterable[int], p: int) -> Residues:
    """Σ a_k t^k / Π (1 − t^d): one pass for each degree.

    Examples
    --------
    Partitions into parts 1 and 2:

    >>> over_binomials(one(6), (1, 2), 101).tolist()
    [1, 1, 2, 2, 3, 3, 4]
    """
    length = len(series)
    result, most = series, int(series.max(initial=0))
    for d in degrees:
        if d >= length:
            continue
        rows = -(-length // d)
        if most * rows >= LARGE:
            result, most = result % p, p  # sums of at most 2³¹ residues below 2³¹ stay below 2⁶²
        result, most = cumulated(result, d), most * rows
    return result % p


def times_binomial(series: Residues, d: int, p: int) -> Residues:
    """Σ a_k t^k · (1 − t^d).

    Examples
    --------
    >>> times_binomial(np.array([1, 1, 1, 1]), 2, 7).tolist()
    [1, 1, 0, 0]
    """
    result = series.copy()
    result[d:] -= series[: max(len(series) - d, 0)]
    return result % p


def multisets(exponents: Residues, values: Residues, m: int, top: int, p: int) -> Residues:
    """h_m of m·h_m = Σ_{r=1}^m p_r h_{m−r}, h_0 = 1, where p_r = Σ_i values_i t^{r·exponents_i}.

    It is the coefficient of u^m in Π_i (1 − u·t^{exponents_i})^{−values_i}: multisets of m things, of which
    values_i have the weight exponents_i (Pólya 1937, with Newton's identities).

    Parameters
    ----------
    exponents : ndarray of ints
        Non-negative, ascending.
    values : ndarray of residues modulo p
    m : int
        Below p.
    top : int
        Last power of t.
    p : int
        Prime, 1 modulo `transform_order` of top + 1 terms.

    Returns
    -------
    ndarray of shape (top + 1,), residues

    Examples
    --------
    Three squares of integers, in any order: 0 = 0+0+0, 1 = 0+0+1 in two ways, 2 in three ways, …

    >>> multisets(np.array([0, 1, 4]), np.array([1, 2, 2]), 3, 4, 101).tolist()
    [1, 2, 3, 4, 2]
    """
    from weylspec.exact import _loops

    if m >= p:
        raise WeylspecError(f"multisets of {m} modulo {p}: take a larger prime")
    inverses = np.array([0, *(pow(j, -1, p) for j in range(1, m + 1))], dtype=np.int64)
    kept = exponents <= top
    exponents, values = exponents[kept], values[kept] % p
    if multisets_cost(len(exponents), m, top) <= transforms_cost(m, top):
        h = np.zeros((m + 1, top + 1), dtype=np.int64)
        h[0] = one(top)
        _loops.multiset_powers(exponents, values, inverses, p, h)
        return np.asarray(h[m])
    return _multisets_by_values(exponents, values, inverses, top, p)


def multisets_cost(terms: int, m: int, top: int) -> float:
    """Steps of the double loop of `multisets` (half of all shifts, on average, leave the range)."""
    return 0.5 * m * math.sqrt(m) * terms * (top + 1)


def transforms_cost(m: int, top: int) -> float:
    """Steps of `multisets` through values at roots of unity; infinite where the loop is used always."""
    order = transform_order(top + 1)
    return math.inf if order == 1 else 3.0 * m * 1.5 * order * order.bit_length() + m * m * order


def _multisets_by_values(
    exponents: Residues, values: Residues, inverses: Residues, top: int, p: int
) -> Residues:
    from weylspec.exact import _loops

    m = len(inverses) - 1
    powers = []
    for r in range(1, m + 1):
        series = np.zeros(top + 1, dtype=np.int64)
        inside = r * exponents <= top
        series[r * exponents[inside]] = values[inside]
        powers.append(_values(series, p))
    found, last = [_values(one(top), p)], one(top)
    for j in range(1, m + 1):
        total = np.zeros_like(powers[0])
        for r in range(1, j + 1):
            _loops.add_pointwise(powers[r - 1], found[j - r], p, total)
        last = _series(total, top + 1, p) * inverses[j] % p
        if j < m:
            found.append(_values(last, p))
    return last


def determinant_order(n: int, top: int) -> int:
    """The power of two that p − 1 must be divisible by, for determinants of n × n series up to t^top.

    Examples
    --------
    >>> determinant_order(8, 500)
    4096
    """
    return 1 << (n * top).bit_length()


def determinant(matrix: Residues, p: int) -> Residues:
    """The determinant of a matrix of series, from its values at roots of unity.

    Parameters
    ----------
    matrix : ndarray of shape (n, n, K + 1), integers
    p : int
        Prime, 1 modulo `determinant_order`.

    Returns
    -------
    ndarray of shape (K + 1,)

    Examples
    --------
    >>> rows = np.array([[[1, 1, 0], [0, 5, 0]], [[0, 7, 0], [1, 2, 0]]])      # |1 + t, 5t; 7t, 1 + 2t|
    >>> determinant(rows, 97).tolist()
    [1, 3, 64]
    """
    from weylspec.exact import _loops

    n, length = len(matrix), matrix.shape[2]
    matrix = matrix % p
    order = determinant_order(n, length - 1)
    values = np.zeros((n, n, order), dtype=np.int64)
    known: dict[bytes, Residues] = {}
    for i in range(n):
        for j in range(n):
            key = matrix[i, j].tobytes()
            if key not in known:
                known[key] = _values(matrix[i, j], p, order)
            values[i, j] = known[key]
    found = np.zeros(order, dtype=np.int64)
    _loops.determinants(np.ascontiguousarray(values.transpose(2, 0, 1)), p, found)
    return _series(found, length, p)


def _values(series: Residues, p: int, order: int = 0) -> Residues:
    """At the powers of a root of unity, bit-reversed."""
    from weylspec.exact import _loops

    order = order or transform_order(len(series))
    values = np.zeros(order, dtype=np.int64)
    values[: len(series)] = series
    _loops.transform(values, _roots(order, p)[0], p)
    return values


def _series(values: Residues, length: int, p: int) -> Residues:
    """The first coefficients, from values; the array of values is used up."""
    from weylspec.exact import _loops

    order = len(values)
    _loops.transform_back(values, _roots(order, p)[1], p)
    return values[:length] * pow(order, -1, p) % p


@lru_cache(maxsize=4)
def _roots(order: int, p: int) -> tuple[Residues, Residues]:
    """Entry h + i holds the i-th power of a root of unity of order 2h, for each h = 1, 2, 4, …; and its inverse."""
    zeta = root_of_unity(p, order)
    return _tables(zeta, order, p), _tables(pow(zeta, -1, p), order, p)


def _tables(zeta: int, order: int, p: int) -> Residues:
    powers = np.ones(1, dtype=np.int64)
    while len(powers) < order // 2:
        powers = np.concatenate([powers, powers * pow(zeta, len(powers), p) % p])
    tables = np.ones(order, dtype=np.int64)
    half = order // 2
    while half >= 1:
        tables[half: 2 * half] = powers[:: order // 2 // half]
        half //= 2
    return tables
