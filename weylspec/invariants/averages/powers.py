"""Invariant multiplicities on powers M^m: traces of cycles as series in the level, multiplied and averaged.

A level of M^m is a sum of m levels of M. An element that permutes the factors in cycles and moves all of
them by h has on the levels of M^m the trace Π over cycles T(h^c; q^c), T(h; q) = Σ_λ tr(h|E_λ) q^λ. Levels
are added on their integer keys, so that series are arrays of residues, one entry per level. For all
permutations together the average over classes is the recursion n·h_n = Σ_r T(h^r; q^r)·h_{n−r} (Pólya 1937).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec._product import Multiset
from weylspec.errors import CostError, UnknownGeometryError
from weylspec.exact.modular import residue

IntMatrix = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
Residues = npt.NDArray[np.int64]
Traces = Sequence[Residues]  # entry c − 1: traces of h^c on the levels of M

MAX_LENGTH = 10**8  # entries of a series, 0.8 GB
_SLACK = 1e-9  # relative; sums of levels above the cutoff are no rows and drop out by themselves


@dataclass(frozen=True, eq=False)
class LevelSums:
    """Levels of M^m as sums of levels of M, in the form of array positions that add.

    Attributes
    ----------
    rows : ndarray of shape (levels of M^m,), int64
        Position of each level of M^m in a series.
    shifts : ndarray of shape (levels of M,), int64
        What a level of M adds to a position.
    eigenvalues : ndarray of shape (levels of M,)
    origin : int
        Position of the sum of no levels.
    inside : ndarray of shape (length of a series,), bool
        Where there is the sum of at most m levels, up to the cutoff.
    cutoff : float
    """

    rows: Residues
    shifts: Residues
    eigenvalues: FloatArray
    origin: int
    inside: npt.NDArray[np.bool_]
    cutoff: float

    @property
    def length(self) -> int:
        """Length of a series."""
        return len(self.inside)

    def one(self) -> Residues:
        """The series 1."""
        series = np.zeros(self.length, dtype=np.int64)
        series[self.origin] = 1
        return series

    def times(self, series: Residues, traces: Residues, c: int, p: int) -> Residues:
        """The series times Σ_λ traces_λ q^{cλ}, modulo p.

        Examples
        --------
        (1 + 2q + 2q⁴)² = 1 + 4q + 4q² + 4q⁴ + 8q⁵ up to q⁵:

        >>> sums = level_sums(np.array([[0], [1], [4]]), np.array([0.0, 1, 4]), np.array([[0], [1], [2], [4], [5]]),
        ...                   5.0)
        >>> theta = np.array([1, 2, 2])
        >>> square = sums.times(sums.times(sums.one(), theta, 1, 101), theta, 1, 101)
        >>> square[sums.rows].tolist()
        [1, 4, 4, 4, 8]
        """
        from weylspec.invariants._loops import multiply_sparse

        chosen = np.flatnonzero(c * self.eigenvalues <= self.cutoff * (1 + _SLACK))
        chosen = chosen[np.argsort(self.shifts[chosen], kind="stable")]
        out = np.empty_like(series)
        multiply_sparse(series, c * self.shifts[chosen], traces[chosen], p, out)
        return np.where(self.inside, out, 0)


def level_sums(keys: IntMatrix, eigenvalues: FloatArray, sums: IntMatrix, cutoff: float) -> LevelSums:
    """Positions of levels of M and of M^m, from their integer keys over the same units.

    Parameters
    ----------
    keys : ndarray of shape (levels of M, r), int64
    eigenvalues : ndarray of shape (levels of M,), ascending
    sums : ndarray of shape (levels of M^m, r), int64
    cutoff : float

    Returns
    -------
    LevelSums

    Raises
    ------
    CostError
        If a series would have more than 10⁸ entries.
    UnknownGeometryError
        If 0 is no level of M, and the levels have more than one unit.

    Examples
    --------
    >>> level_sums(np.array([[0], [2]]), np.array([0.0, 2.0]), np.array([[0], [2], [4]]), 4.0).rows.tolist()
    [0, 1, 2]
    """
    every = np.concatenate([keys, sums, np.zeros((1, keys.shape[1]), dtype=np.int64)])
    steps = np.maximum(np.gcd.reduce(every, axis=0), 1)
    every //= steps
    low, high = every.min(axis=0), every.max(axis=0)
    # Differences of two sums lie in a box twice as wide; in mixed radix they do not collide.
    widths = [2 * int(b - a) + 1 for a, b in zip(low, high, strict=True)]
    radix = [math.prod(widths[:i]) for i in range(len(widths))]
    bottom = sum(min(int(a), 0) * x for a, x in zip(low, radix, strict=True))
    top = sum(max(int(b), 0) * x for b, x in zip(high, radix, strict=True))
    if top - bottom >= MAX_LENGTH:
        raise CostError(f"sums of levels need series of {top - bottom + 1:.1e} entries, above {MAX_LENGTH:.0e}; "
                        "ask for a smaller cutoff")
    codes = np.array(radix, dtype=np.int64)
    rows = (sums // steps) @ codes - bottom
    # On one unit sums of fewer than m levels may be anywhere; on several they must be levels of M^m themselves.
    inside = np.full(top - bottom + 1, keys.shape[1] == 1)
    inside[-bottom] = inside[rows] = True
    if keys.shape[1] > 1 and keys[0].any():
        raise UnknownGeometryError("sums of levels that are no multiples of one unit are not offered without a level 0")
    return LevelSums(rows, (keys // steps) @ codes, eigenvalues, -bottom, inside, cutoff)


def class_average(
    sums: LevelSums, types: Iterable[tuple[Fraction, tuple[int, ...]]], traces: Traces, p: int
) -> Residues:
    """Σ share·Π over cycles T(h^c; q^c) over classes of permutations, at the levels of M^m, modulo p.

    Parameters
    ----------
    sums : LevelSums
    types : iterable of (share, cycle lengths)
    traces : sequence
        Entry c − 1: residues of the traces of h^c on the levels of M.
    p : int

    Returns
    -------
    ndarray of shape (levels of M^m,), residues
    """
    total = np.zeros(sums.length, dtype=np.int64)
    known: dict[tuple[int, ...], Residues] = {(): sums.one()}

    def product(lengths: tuple[int, ...]) -> Residues:
        if lengths not in known:
            known[lengths] = sums.times(product(lengths[:-1]), traces[lengths[-1] - 1], lengths[-1], p)
        return known[lengths]

    for share, lengths in types:
        total = (total + residue(share, p) * product(tuple(sorted(lengths)))) % p
    return total[sums.rows]


def symmetric_average(sums: LevelSums, m: int, traces: Traces, p: int) -> Residues:
    """The average over all permutations of m factors, by n·h_n = Σ_r T(h^r; q^r)·h_{n−r}, modulo p.

    Parameters
    ----------
    sums : LevelSums
    m : int
    traces : sequence of m arrays
        Entry r − 1: residues of the traces of h^r on the levels of M.
    p : int

    Returns
    -------
    ndarray of shape (levels of M^m,), residues

    Examples
    --------
    Two bosons on a circle with the levels 0(1) 1(2) 4(2):

    >>> sums = level_sums(np.array([[0], [1], [4]]), np.array([0.0, 1, 4]), np.array([[0], [1], [2], [4], [5]]), 5.0)
    >>> theta = np.array([1, 2, 2])
    >>> symmetric_average(sums, 2, [theta, theta], 101).tolist()
    [1, 2, 3, 2, 4]
    """
    series = [sums.one()]
    for n in range(1, m + 1):
        total = np.zeros(sums.length, dtype=np.int64)
        for r in range(1, n + 1):
            total += sums.times(series[n - r], traces[r - 1], r, p)
        series.append(total % p * pow(n, -1, p) % p)
    return series[m][sums.rows]


def fillings(kind: Multiset, sizes: Sequence[int], types: Iterable[tuple[Fraction, tuple[int, ...]]]) -> int:
    """Invariants of permutations in the level of M^m that is a multiset of levels of M of some sizes.

    The average over classes of the number of ways to give each cycle a function of M, every level being given
    to as many factors as the multiset says.

    Parameters
    ----------
    kind : tuple of (level, how often)
    sizes : sequence of ints
    types : iterable of (share, cycle lengths)

    Returns
    -------
    int

    Examples
    --------
    >>> types = [(Fraction(1, 2), (1, 1)), (Fraction(1, 2), (2,))]
    >>> fillings(((0, 2),), [3], types), fillings(((0, 1), (1, 1)), [3, 5], types)
    (6, 15)
    """
    total = Fraction(0)
    start = tuple(k for _, k in kind)
    for share, lengths in types:
        ways = Counter({start: 1})
        for c in lengths:
            after: Counter[tuple[int, ...]] = Counter()
            for left, number in ways.items():
                for i, (level, _) in enumerate(kind):
                    if left[i] >= c:
                        after[(*left[:i], left[i] - c, *left[i + 1:])] += number * sizes[level]
            ways = after
        total += share * ways[(0,) * len(kind)]
    return int(total)


@dataclass(frozen=True, eq=False)
class PointTraces:
    """Traces of the powers of the elements of a torus coset, at points of a grid of its angles.

    Attributes
    ----------
    weights : ndarray of shape (points,), residues
        Haar measure of each point; they add up to 1.
    traces : tuple of ndarrays of shape (points, levels of M), residues
        Entry c − 1 is that of h^c.
    """

    weights: Residues
    traces: tuple[Residues, ...]


def merged_points(density: Residues, traces: Sequence[Residues], p: int) -> PointTraces:
    """Points of a grid with equal traces put together, their weights adding up to 1.

    Parameters
    ----------
    density : ndarray of shape (points,), residues
    traces : sequence of ndarrays of shape (points, levels), residues
    p : int

    Returns
    -------
    PointTraces

    Examples
    --------
    >>> merged_points(np.array([1, 3, 1]), [np.array([[5], [6], [5]])], 7).traces[0].tolist()
    [[5], [6]]
    """
    kept = np.flatnonzero(density)
    tables = [np.asarray(table)[kept] for table in traces]
    _, first, where = np.unique(np.hstack(tables), axis=0, return_index=True, return_inverse=True)
    weights = np.zeros(len(first), dtype=np.int64)
    np.add.at(weights, where.reshape(-1), density[kept])
    total = pow(int(density[kept].astype(object).sum()) % p, -1, p)
    return PointTraces(weights % p * total % p, tuple(table[first] for table in tables))


def point_average(points: PointTraces, inner: Callable[[Traces], Residues], p: int) -> Residues:
    """The average over the points of what the traces at each of them give, modulo p."""
    total: Residues | int = 0
    for index, weight in enumerate(points.weights.tolist()):
        total = (total + weight * inner([table[index] for table in points.traces])) % p
    return np.asarray(total, dtype=np.int64)
