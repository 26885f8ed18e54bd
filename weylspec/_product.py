"""Levels of Riemannian products and powers, merged while they are made: memory for the distinct ones, not for pairs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.multiplicities import (
    FloatArray,
    IntArray,
    exact_integers,
    pair_counts,
    pairs_of,
    sum_by_index,
    unique_rows,
)
from weylspec.units import Unit, commensurable, rekeyed

if TYPE_CHECKING:
    from weylspec.spectrum import Spectrum

Keys = npt.NDArray[np.int64]

Multiset = tuple[tuple[int, int], ...]  # (level, how often), levels ascending

_MAX_PAIRS = 3 * 10**9  # about a minute
_MAX_MULTISETS = 10**6
_SLACK = 4 * np.finfo(np.float64).eps
_CHUNK = 2**20


def keyed_product(a: Spectrum, b: Spectrum, cutoff: float) -> tuple[Keys, IntArray, tuple[Unit, ...]]:
    """Keys, multiplicities and units of the product of two spectra that have keys."""
    assert a.keys is not None
    assert b.keys is not None
    units, table = commensurable(a.units + b.units)
    split = len(a.units)
    keys, mult = merged_product(
        (a.eigenvalues, rekeyed(a.keys, table[:split]), a.multiplicities),
        (b.eigenvalues, rekeyed(b.keys, table[split:]), b.multiplicities), cutoff,
    )
    return keys, mult, units


def merged_product(
    first: tuple[FloatArray, Keys, IntArray], second: tuple[FloatArray, Keys, IntArray], cutoff: float
) -> tuple[Keys, IntArray]:
    """Distinct sums of two lists of levels up to a cutoff, with the sums of the products of multiplicities.

    Parameters
    ----------
    first, second : tuples (eigenvalues, keys, multiplicities)
        Keys over the same units, shape (levels, r); eigenvalues ascend.
    cutoff : float

    Returns
    -------
    keys : ndarray of shape (distinct, r), sorted
    multiplicities : ndarray of shape (distinct,), exact integers

    Raises
    ------
    CostError
        Above 3·10⁹ pairs of levels.

    Examples
    --------
    >>> levels = np.array([0.0, 1.0, 4.0]), np.array([[0], [1], [4]]), np.array([1, 2, 2])
    >>> keys, counts = merged_product(levels, levels, 5.0)
    >>> keys[:, 0].tolist(), counts.tolist()
    ([0, 1, 2, 4, 5], [1, 4, 4, 4, 8])
    """
    (lam, keys, mult), (other, shifts, weights) = first, second
    counts = pair_counts(lam, other, cutoff)
    if int(counts.sum()) > _MAX_PAIRS:
        raise CostError(f"the product has {counts.sum()} pairs of levels, above {_MAX_PAIRS}; lower the cutoff")
    if sum(int(m) for m in mult) * sum(int(m) for m in weights) >= 2**63:
        mult, weights = mult.astype(object), weights.astype(object)
    found, total = keys[:0], mult[:0]
    for rows in _chunks(counts):
        i, j = pairs_of(counts[rows], rows.start)
        found, where = unique_rows(np.concatenate([found, keys[i] + shifts[j]]))
        total = sum_by_index(np.concatenate([total, mult[i] * weights[j]]), where, len(found))
    return found, exact_integers(total)


def _chunks(counts: npt.NDArray[np.intp]) -> Iterator[slice]:
    """Rows whose pairs are about 2²⁰ together, or one row; later chunks grow with what has been gone through."""
    ends = np.cumsum(counts)
    start = 0
    while start < len(counts):
        done = int(ends[start - 1]) if start else 0
        stop = int(np.searchsorted(ends, done + max(_CHUNK, math.isqrt(done) * 2**10), side="right"))
        yield slice(start, max(stop, start + 1))
        start = max(stop, start + 1)


def labelled_power(spectrum: Spectrum, m: int) -> Spectrum:
    """The m-th power of a spectrum without keys: the label of a level is the multiset of labels that it is a sum of.

    Parameters
    ----------
    spectrum : Spectrum
        With labels.
    m : int

    Returns
    -------
    Spectrum
        Complete below c + (m − 1)·λ_min.

    Examples
    --------
    >>> from weylspec.spectrum import Spectrum
    >>> square = labelled_power(Spectrum.from_eigenvalues([0, 2], complete_below=5, labels=["a", "b"]), 2)
    >>> square.labels, square.multiplicities.tolist()
    ((('a', 'a'), ('a', 'b'), ('b', 'b')), [1, 2, 1])
    """
    cutoff = spectrum.complete_below + (m - 1) * spectrum.lowest
    found = list(multisets(spectrum.eigenvalues, m, cutoff))
    sizes = [int(x) for x in spectrum.multiplicities]
    mult = exact_integers([arrangements(kind, sizes) for kind in found])
    how = f"power {m} of ({spectrum.provenance})"
    return of_multisets(spectrum, found, mult, cutoff, how)


def of_multisets(spectrum: Spectrum, found: Sequence[Multiset], mult: IntArray, cutoff: float, how: str) -> Spectrum:
    """A spectrum whose levels are sums of the levels of another, with the multisets as labels.

    Parameters
    ----------
    spectrum : Spectrum
        With labels.
    found : sequence of multisets
    mult : ndarray of as many exact integers
    cutoff : float
    how : str
        The provenance.

    Returns
    -------
    Spectrum
    """
    names = spectrum.names()
    lam = np.array([math.fsum(k * float(spectrum.eigenvalues[i]) for i, k in kind) for kind in found])
    errors = np.array([math.fsum(k * float(spectrum.errors[i]) for i, k in kind) for kind in found])
    order = np.argsort(lam, kind="stable")
    labels = tuple(tuple(names[i] for i, k in found[row] for _ in range(k)) for row in order)
    return type(spectrum)(lam[order], mult[order], cutoff, errors[order], how, labels=labels)


def multisets(eigenvalues: FloatArray, m: int, cutoff: float) -> Iterator[Multiset]:
    """Multisets of m levels with a sum ≤ cutoff.

    Parameters
    ----------
    eigenvalues : ndarray of shape (levels,), ascending
    m : int
    cutoff : float

    Yields
    ------
    tuple of (level, how often)

    Raises
    ------
    CostError
        Above 10⁶ of them.

    Examples
    --------
    >>> list(multisets(np.array([0.0, 1.0]), 2, 1.0))
    [((0, 2),), ((0, 1), (1, 1))]
    """
    top = cutoff + _SLACK * abs(cutoff)
    waiting: list[tuple[Multiset, int, int, float]] = [((), 0, m, 0.0)]
    count = 0
    while waiting:
        kind, level, left, total = waiting.pop()
        if not left:
            count += 1
            if count > _MAX_MULTISETS:
                raise CostError(f"the power has more than {_MAX_MULTISETS} levels up to {cutoff:g}; lower the cutoff")
            yield kind
        elif level < len(eigenvalues) and total + left * float(eigenvalues[level]) <= top:
            waiting += [((*kind, (level, k)) if k else kind, level + 1, left - k, total + k * float(eigenvalues[level]))
                        for k in range(left + 1)]


def arrangements(kind: Multiset, sizes: Sequence[int]) -> int:
    """Dimension of the level of M^m that a multiset of levels of M of some sizes is.

    Parameters
    ----------
    kind : multiset
    sizes : sequence of ints

    Returns
    -------
    int

    Examples
    --------
    >>> arrangements(((0, 1), (1, 2)), [1, 3])      # 3 orders of 1·3·3 functions
    27
    """
    dimension = math.factorial(sum(k for _, k in kind))
    for i, k in kind:
        dimension = dimension // math.factorial(k) * math.prod([sizes[i]] * k)
    return dimension
