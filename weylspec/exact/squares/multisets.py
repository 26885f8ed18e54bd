"""How many multisets of integers have a sum of squares ≤ λ: dynamic programming over the largest part.

Multisets of m integers are m' positive ones, m'' negative ones and zeros. The series of m' positive parts by their
sum of squares is the coefficient of y^{m'} in Π_{k ≥ 1} 1/(1 − y·q^{k²}), one pass over the rows for each k.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, WeylspecError
from weylspec.exact.modular import primes_one_modulo

Residues = npt.NDArray[np.int64]

_MAX_BYTES = 2e9
_STEP = 0.9  # nanoseconds of one addition to rows beyond the second cache, modulo a prime or not (timed)
_WORD = 64
_PRIME_BITS = 30  # all primes in use are above 2³⁰


@dataclass(frozen=True)
class Squares:
    """Sums weight·Σ k_i² over multisets of m integers.

    Attributes
    ----------
    m : int
    weight : int
        Positive.
    signed : bool
        Whether the integers may be negative.
    distinct : bool
        Whether no integer may occur twice.
    """

    m: int
    weight: int = 1
    signed: bool = True
    distinct: bool = False


def multiset_bits(parts: Sequence[Squares], top: int) -> float:
    """log₂ of a number that is not below `multiset_count`.

    A descending k ∈ Z^m goes to the unit cube about k + δ, δ_i = (m + 1)/2 − i; these cubes are disjoint, lie in the
    chamber x_1 ≥ … ≥ x_m and in the ball of radius √top + |δ| + √m/2, so that there are at most vol(ball)/m!.
    Without signs δ_i = m − i + ½ and the chamber has 1/2^m m! of the ball. Many integers, most of them zeros, are
    bounded as partitions into squares of two colours, or of one.

    Examples
    --------
    At most twice the true number of multisets of ten integers:

    >>> 1 < 2 ** multiset_bits([Squares(10)], 10**5) / 7994722984009576633 < 2
    True
    """
    return math.fsum(_bits(part, top // part.weight) for part in parts)


def _bits(part: Squares, top: int) -> float:
    if top < 1:
        return 0.0
    m = part.m
    square = m * (m * m - 1) / 12 if part.signed else m * (4 * m * m - 1) / 12
    radius = math.sqrt(top) + math.sqrt(square) + math.sqrt(m) / 2
    # The unit ball has the volume π^{m/2}/Γ(m/2 + 1); a millionth covers the rounding of the logarithms.
    ball = m * math.log(radius) + m / 2 * math.log(math.pi) - math.lgamma(m / 2 + 1)
    chamber = math.lgamma(m + 1) + (0 if part.signed else m * math.log(2))
    bits = (ball - chamber) / math.log(2)
    if m * m > top:
        bits = min(bits, _partition_bits(top, 1 + part.signed))
    return max(bits, 0.0) * (1 + 1e-9) + 1e-6


def _partition_bits(top: int, colours: int) -> float:
    """log₂ of a bound on partitions into squares: Σ_{n ≤ top} c_n ≤ e^{t·top}·Σ c_n e^{−tn} for every t > 0."""
    squares = np.arange(1, math.isqrt(top) + 1, dtype=np.float64) ** 2
    times = np.geomspace(0.5, 50.0, 24) / float(top) ** (2 / 3)
    return min(float(t * top - colours * np.log1p(-np.exp(-t * squares)).sum()) for t in times) / math.log(2)


def multiset_cost(parts: Sequence[Squares], top: int) -> float:
    """Nanoseconds that `multiset_count` takes, roughly; infinite where its rows would not fit into 2 GB.

    Parameters
    ----------
    parts : sequence of Squares
    top : int

    Returns
    -------
    float

    Examples
    --------
    >>> multiset_cost([Squares(10)], 10**5) < 1e9 < multiset_cost([Squares(10)], 10**6)
    True
    """
    if top < 0:
        return 1.0
    common, parts = _reduced(parts)
    top //= common
    if 8.0 * (3 + 2 * max(min(part.m, top // part.weight) for part in parts)) * (top + 1) > _MAX_BYTES:
        return math.inf
    halves = [parts] if len(parts) == 1 else _halves(parts, top)
    twice = len(halves) > 1
    moduli = 1 + max(math.ceil((multiset_bits(parts, top) - _WORD) / _PRIME_BITS), 0)
    total = 6.0 * moduli * (top + 1) * (1 + sum(part.m for part in parts))
    for half in halves[: 1 + (halves[0] != halves[-1])]:
        runs = 1 if _fits(half if twice else [replace(half[0], signed=False)], top) else moduli
        total += runs * math.fsum(_passes(part, top, coupled=not twice) for part in half)
    return total * _STEP


def _passes(part: Squares, top: int, *, coupled: bool) -> float:
    """Additions for one factor: ∫ (top − j·k²) dk over the rows j, all of each row in a second run."""
    top = top // part.weight
    rows = min(part.m, top)
    root = top * math.sqrt(top) * part.weight * 2 / 3
    first = rows if part.distinct else math.fsum(j**-0.5 for j in range(1, rows + 1))
    return root * (first + (rows if part.signed and not coupled else 0))


def multiset_count(parts: Sequence[Squares], top: int) -> int:
    """Number of ways to choose one multiset for each part, the weighted squares adding up to at most top; exact.

    Modulo 2⁶⁴, and beyond a proved bound of that size modulo primes as well.

    Parameters
    ----------
    parts : sequence of Squares
    top : int

    Returns
    -------
    int
        0 if top is negative.

    Raises
    ------
    CostError
        If the rows of series would not fit into 2 GB.

    Examples
    --------
    Zeros alone, ±1, or two of ±1 beside zeros; and none to three times 1:

    >>> multiset_count([Squares(3)], 2), multiset_count([Squares(3, signed=False)], 3)
    (6, 4)
    >>> multiset_count([Squares(1), Squares(1)], 25)        # all points of the plane
    81
    """
    if any(part.m < 1 or part.weight < 1 for part in parts) or not parts:
        raise WeylspecError(f"multisets of at least one integer and positive weights are needed, got {list(parts)}")
    if top < 0:
        return 0
    if math.isinf(multiset_cost(parts, top)):
        raise CostError(f"series up to {top} for {max(part.m for part in parts)} squares take more than "
                        f"{_MAX_BYTES / 1e9:g} GB; lower the cutoff")
    common, parts = _reduced(parts)
    top //= common
    primes = list(_primes(multiset_bits(parts, top)))
    first, *others = _totals(parts, top, (0, *primes))
    modulus = 1 << _WORD
    value = first % modulus
    for p, residue in zip(primes, others, strict=True):
        value += modulus * ((residue - value) * pow(modulus, -1, p) % p)
        modulus *= p
    return value


def _reduced(parts: Sequence[Squares]) -> tuple[int, list[Squares]]:
    """The common divisor of the weights, and the parts divided by it, in an order of their own."""
    common = math.gcd(*(part.weight for part in parts))
    divided = (replace(part, weight=part.weight // common) for part in parts)
    return common, sorted(divided, key=lambda part: (-part.m, part.weight, part.signed, part.distinct))


def _primes(bits: float) -> Iterator[int]:
    return islice(primes_one_modulo(1), max(math.ceil((bits - _WORD) / _PRIME_BITS), 0))


def _halves(parts: Sequence[Squares], top: int) -> list[list[Squares]]:
    """Two halves of about the same cost, equal ones where they can be."""
    if len(parts) % 2 == 0 and parts[::2] == parts[1::2]:
        return [list(parts[::2]), list(parts[1::2])]
    halves: list[list[Squares]] = [[], []]
    costs = [0.0, 0.0]
    for part in sorted(parts, key=lambda part: -_passes(part, top, coupled=False)):
        light = int(costs[1] < costs[0])
        halves[light].append(part)
        costs[light] += _passes(part, top, coupled=False)
    return halves


def _fits(parts: Sequence[Squares], top: int) -> bool:
    """Whether no coefficient exceeds an int64: the sum and all parts but one, or but two of one size, leave few."""
    if not parts:
        return True
    first, *others = parts
    lost = [(1, 2.0 if first.signed else 1.0)]
    if first.m > 1:
        lost.append((2, _most_pairs(top // first.weight, signed=first.signed)))
    less = [([replace(first, m=first.m - n)] if n < first.m else [], choices) for n, choices in lost]
    return min(multiset_bits([*rest, *others], top) + math.log2(choices) for rest, choices in less) < _WORD - 1


def _most_pairs(top: int, *, signed: bool) -> float:
    """At least the largest number of unordered pairs of integers, or of positive ones, with one sum of squares ≤ top.

    Jacobi: ordered pairs are 4 Π (e + 1) over the powers p^e in the sum of primes p = 1 modulo 4. That is most where
    small primes have the larger exponents.
    """
    primes = (p for p in count(5, 4) if all(p % q for q in range(3, math.isqrt(p) + 1, 2)))
    most = 4 * _most_factors(top, list(islice(primes, 24)), 64)
    return (most + 2) / 2 if signed else (most / 4 + 1) / 2


def _most_factors(top: int, primes: Sequence[int], largest: int) -> int:
    """The largest Π (e_i + 1) with Π p_i^{e_i} ≤ top and largest ≥ e_1 ≥ e_2 ≥ … for its exponents."""
    most = 1
    for e in range(1, largest + 1):
        top //= primes[0]
        if top < 1:
            break
        most = max(most, (e + 1) * _most_factors(top, primes[1:], e))
    return most


def _totals(parts: Sequence[Squares], top: int, moduli: Sequence[int]) -> list[int]:
    """The count modulo each prime, or modulo 2⁶⁴ for p = 0."""
    if len(parts) == 1:
        part = parts[0]
        rows = _each(moduli, _fits([replace(part, signed=False)], top), lambda p: _rows(_one(top), part, p, 1))
        return [_single(found, part, p) for found, p in zip(rows, moduli, strict=True)]
    first, second = _halves(parts, top)
    left = list(_each(moduli, _fits(first, top), lambda p: _series(first, top, p)))
    right = left if first == second else _each(moduli, _fits(second, top), lambda p: _series(second, top, p))
    return [_paired(a, _summed(b, p), p) for a, b, p in zip(left, right, moduli, strict=True)]


def _each(moduli: Sequence[int], fits: bool, series: Callable[[int], Residues]) -> Iterator[Residues]:
    """Series modulo each prime: reduced from those in integers, where these fit."""
    if not fits:
        yield from map(series, moduli)
        return
    exact = series(0)
    for p in moduli:
        yield exact % p if p else exact


def _single(rows: Residues, part: Squares, p: int) -> int:
    """One multiset: the last sum, over its positive and its other integers, needs no series of its own."""
    if not part.signed:
        return int(_summed(_rest(rows, part, p), p)[-1])
    most, total, below = len(rows) - 1, 0, np.zeros_like(rows[0])
    for others in range(part.m + 1):
        if part.distinct:
            below = _rest(rows, replace(part, m=others), p)
        elif others <= most:
            below += rows[others]
        if part.m - others <= most:
            total += _paired(rows[part.m - others], _summed(below, p), p)
    return total


def _series(parts: Sequence[Squares], top: int, p: int) -> Residues:
    """The numbers of choices with each sum, modulo p or modulo 2⁶⁴."""
    series = _one(top)
    for part in parts:
        series = _rest(_rows(series, part, p, 1 + part.signed), part, p)
    return series


def _rows(series: Residues, part: Squares, p: int, runs: int) -> Residues:
    """Row j: the series times that of j positive integers, or of j integers but 0 in a second run."""
    from weylspec.exact.squares import _loops

    top = len(series) - 1
    rows = np.zeros((min(part.m, top // part.weight) + 1, top + 1), dtype=np.int64)
    rows[0] = series
    for run in range(runs):
        if part.distinct:
            _loops.add_distinct(rows, part.weight, p)
        else:
            _loops.add_parts(rows, part.weight, p, run == 0)
    return rows


def _rest(rows: Residues, part: Squares, p: int) -> Residues:
    """All m integers: those that are left over are zeros, of which distinct integers have one at most."""
    kept = rows[max(part.m - 1, 0): part.m + 1] if part.distinct else rows
    total = kept.sum(axis=0)
    return np.asarray(total % p if p else total, dtype=np.int64)


def _one(top: int) -> Residues:
    series = np.zeros(top + 1, dtype=np.int64)
    series[0] = 1
    return series


def _summed(series: Residues, p: int) -> Residues:
    """Numbers up to each sum; residues below 2³¹ add up to less than 2⁶³."""
    total = np.cumsum(series)
    return np.asarray(total % p if p else total)


def _paired(series: Residues, below: Residues, p: int) -> int:
    """Σ_s series_s·below_{top − s}."""
    products = series * below[::-1]
    return int((products % p).sum() if p else products.sum())
