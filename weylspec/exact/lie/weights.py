"""Dominant weights below a bound: listed, counted, and the sums of squared dimensions, exactly.

The inner products of fundamental weights are never negative, so the key (the eigenvalue times the
datum's denominator) ascends in every label, and a nested search that turns back at the bound is
complete by construction. Dimensions are residues modulo primes, put together by the Chinese
remainder theorem; how many primes are enough follows from a proven bound.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.exact.lie.root_datum import RootDatum
from weylspec.exact.modular import crt, is_prime, primes_one_modulo
from weylspec.multiplicities import IntArray, exact_integers

IntMatrix = npt.NDArray[np.int64]
Residues = npt.NDArray[np.int64]

_MAX_WEIGHTS = 3 * 10**7  # 0.5 GB of keys and level numbers
_MAX_KEY = 2**58
_MAX_FLOAT = 1e300


@dataclass(frozen=True, eq=False)
class _Plan:
    """What the search needs of a root datum, its labels put in order: the longest range innermost, a charge last.

    Coroots are sorted by their last label, where each label's end; scale = Π⟨ρ, β^∨⟩; with v = Λ + ρ,
    Σ_β ⟨v, β^∨⟩² ≤ kappa·|v|².
    """

    order: list[int]
    gram: IntMatrix
    slope: Residues
    congruence: Residues
    coroots: IntMatrix
    ends: Residues
    rho: Residues
    scale: int
    kappa: Fraction


@lru_cache(maxsize=64)
def _plan(datum: RootDatum) -> _Plan:
    simple = sorted(range(len(datum.cartan)), key=lambda i: (-int(datum.gram[i, i]), i))
    order = simple + list(range(len(datum.cartan), datum.rank))
    gram = np.ascontiguousarray(datum.gram[np.ix_(order, order)])
    rho = np.array([datum.rho[i] for i in order], dtype=np.int64)
    congruence = [0] * datum.rank + [1, 0]
    for coefficients, modulus in datum.congruences:
        congruence = [coefficients[i] % modulus for i in order] + [modulus]
        congruence.append(pow(congruence[datum.rank - 1], -1, modulus) if congruence[datum.rank - 1] else 0)
    rows = datum.coroots[:, order]
    last = np.array([np.flatnonzero(row)[-1] for row in rows], dtype=np.int64)
    by_last = np.argsort(last, kind="stable")
    ends = np.searchsorted(last[by_last], np.arange(datum.rank), side="right").astype(np.int64)
    # Each simple factor has Σ ⟨v, β^∨⟩² = (Σ ⟨β^∨, β^∨⟩/rank)·|v|²; the two factors of SO(4) have the same.
    kappa = sum((2 / d for d in datum.root_half_norms), Fraction(0)) / max(len(datum.cartan), 1)
    return _Plan(order, gram, 2 * gram @ rho, np.array(congruence, dtype=np.int64),
                 np.ascontiguousarray(rows[by_last]), ends, rho, math.prod(datum.heights), kappa)


@dataclass(frozen=True, eq=False)
class DominantWeights:
    """All dominant weights of a group with ⟨Λ, Λ + 2ρ⟩·denominator ≤ top.

    Attributes
    ----------
    datum : RootDatum
    top : int
        Bound of the keys, not negative.

    Examples
    --------
    >>> from weylspec.exact.lie.classical import special_unitary
    >>> found = DominantWeights(special_unitary(3, Fraction(1, 2)), 3 * 12)
    >>> found.number, found.labels().tolist(), found.total()
    (4, [[0, 0], [0, 1], [1, 0], [1, 1]], 83)
    """

    datum: RootDatum
    top: int

    # -- the search ---------------------------------------------------------------------------

    @cached_property
    def _plan(self) -> _Plan:
        return _plan(self.datum)

    @cached_property
    def _search(self) -> tuple[Any, ...]:
        """Arguments of the compiled loops: Gram matrix, slopes, bound, congruence, whether both ways."""
        if self.top >= _MAX_KEY:
            raise CostError(
                f"the bound {self.top} on the keys of {self.datum.name} is above 2^58; lower the cutoff"
            )
        return self._plan.gram, self._plan.slope, self.top, self._plan.congruence, self.datum.charge > 0

    @property
    def _coroots(self) -> tuple[IntMatrix, Residues, Residues]:
        return self._plan.coroots, self._plan.ends, self._plan.rho

    @cached_property
    def _numbers(self) -> tuple[int, int]:
        from weylspec.exact.lie._loops import count_weights

        out = np.zeros(2, dtype=np.int64)
        count_weights(*self._search, out)
        return int(out[0]), int(out[1])

    @property
    def number(self) -> int:
        """How many weights there are, counted line by line."""
        return self._numbers[1]

    def keys(self) -> Residues:
        """⟨Λ, Λ + 2ρ⟩·denominator of every weight, in the order of the search."""
        return self._list(with_labels=False)[0]

    def labels(self) -> IntMatrix:
        """Labels of every weight, shape (number, r), in the order of the search."""
        return self._list(with_labels=True)[1]

    def _list(self, with_labels: bool) -> tuple[Residues, IntMatrix]:
        from weylspec.exact.lie._loops import list_weights

        if self.number * (self.datum.rank if with_labels else 1) > _MAX_WEIGHTS:
            raise CostError(
                f"{self.datum.name} has {self.number} irreducible representations up to the cutoff, more than are "
                f"listed ({_MAX_WEIGHTS} numbers); lower it, or use count(lam), which needs no list"
            )
        keys = np.empty(self.number, dtype=np.int64)
        table = np.empty((self.number if with_labels else 0, self.datum.rank), dtype=np.int64)
        list_weights(*self._search, keys, table)
        return keys, table[:, np.argsort(self._plan.order)]

    # -- dimensions -----------------------------------------------------------------------------

    @cached_property
    def largest_square(self) -> int:
        """A bound of dim² for every weight of the list.

        With v = Λ + ρ, Σ_β ⟨v, β^∨⟩² ≤ κ|v|², and the geometric mean of squares is at most their arithmetic mean.
        """
        n, datum = self.datum.n_positive, self.datum
        if not n:
            return 1
        size = Fraction(self.top, datum.denominator) + datum.rho_square
        return math.floor((self._plan.kappa * size / n) ** n) // self._plan.scale**2 + 1

    @cached_property
    def largest_dimension(self) -> int:
        """A bound of the dimensions that exceeds the largest hardly: found in floats, with a margin for their rounding.

        Only the ends of the lines are visited. Beyond the range of floats it is that of `largest_square`.
        """
        from weylspec.exact.lie._loops import largest_dimension

        coroots, ends, rho = self._coroots
        found = largest_dimension(*self._search, coroots, ends, rho, coroots.sum(axis=1).astype(np.float64))
        loose = math.isqrt(self.largest_square)
        margin = 1.0 + 4.0 * (len(coroots) + 1) * np.finfo(np.float64).eps  # two roundings for each coroot
        return min(loose, math.ceil(found * margin)) if found < _MAX_FLOAT else loose

    def dimensions(self) -> IntArray:
        """Dimension of every weight, exact, in the order of the search."""
        return self._sums(np.arange(self.number), self.number, self.largest_dimension, squared=False)

    def levels(self) -> tuple[Residues, IntArray]:
        """The different keys, ascending, and Σ dim² over the weights of each, exact."""
        keys, index = np.unique(self.keys(), return_inverse=True)
        most = int(np.bincount(index, minlength=1).max())
        return keys, self._sums(index.astype(np.int64), len(keys), most * self.largest_dimension**2, squared=True)

    def _sums(self, index: Residues, size: int, bound: int, *, squared: bool) -> IntArray:
        from weylspec.exact.lie._loops import dimension_sums

        def residues(p: int) -> Residues:
            out = np.zeros(size, dtype=np.int64)
            dimension_sums(*self._search, *self._coroots, self._scale(p), squared, p, index, out)
            return out

        return _assembled(residues, bound)

    def total(self) -> int:
        """Σ dim² over all weights, exact, without a list of them."""
        from weylspec.exact.lie._loops import total_squares

        def residues(p: int) -> Residues:
            weights = np.array(_node_weights(self._degree + 2, p), dtype=np.int64)
            value = total_squares(*self._search, *self._coroots, self._scale(p), weights, p)
            return np.array([value], dtype=np.int64)

        return int(_assembled(residues, self.number * self.largest_dimension**2)[0])

    @property
    def _degree(self) -> int:
        """Degree of dim² in the innermost label."""
        return 2 * int(np.count_nonzero(self._plan.coroots[:, -1]))

    def _scale(self, p: int) -> int:
        return pow(self._plan.scale, -1, p)


def total_cost(datum: RootDatum, top: int) -> float:
    """Operations that `DominantWeights.total` takes, roughly: the lines times what each costs.

    The lines are at most the lattice points in a quarter of an ellipsoid, estimated by its volume.

    Parameters
    ----------
    datum : RootDatum
    top : int
        Bound of the keys.

    Returns
    -------
    float
        Infinite beyond the integers of the compiled search.

    Examples
    --------
    >>> from weylspec.exact.lie.classical import special_unitary
    >>> 1e3 < total_cost(special_unitary(3, Fraction(1, 2)), 10**6) < 1e6
    True
    """
    if top >= _MAX_KEY:
        return math.inf
    weights = DominantWeights(datum, max(top, 0))
    coroots, _, _ = weights._coroots
    reach = _ranges(weights)
    degree = weights._degree
    line = len(coroots) + min(reach[-1], degree + 2) * (1 + degree / 2)
    primes = 1 + weights.largest_square.bit_length() / 31
    return primes * line * _quarter_ellipsoid(reach[:-1])


def listing_cost(datum: RootDatum, top: int) -> float:
    """Operations that `DominantWeights.levels` takes, roughly.

    Parameters
    ----------
    datum : RootDatum
    top : int
        Bound of the keys.

    Returns
    -------
    float

    Examples
    --------
    >>> from weylspec.exact.lie.classical import special_unitary
    >>> 1e5 < listing_cost(special_unitary(3, Fraction(1, 2)), 10**6) < 1e8
    True
    """
    if top >= _MAX_KEY:
        return math.inf
    weights = DominantWeights(datum, max(top, 0))
    primes = 1 + weights.largest_square.bit_length() / 31
    return (20 + primes * (1 + weights._degree / 2)) * _quarter_ellipsoid(_ranges(weights))


def _ranges(weights: DominantWeights) -> list[float]:
    """Number of values that each label takes while the others are 0, in the order of the search."""
    gram, slope, top, _, both_ways = weights._search
    result = []
    for d in range(len(gram)):
        square, linear = float(gram[d, d]), float(slope[d])
        result.append((math.sqrt(linear**2 + 4 * square * top) - linear) / (2 * square) + 1)
    if both_ways:
        result[-1] *= 2
    return result


def _quarter_ellipsoid(axes: list[float]) -> float:
    """Volume of the part of an ellipsoid where all coordinates are positive."""
    n = len(axes)
    return math.prod(axes) * math.exp(n / 2 * math.log(math.pi / 4) - math.lgamma(n / 2 + 1))


def _assembled(residues: Callable[[int], Residues], bound: int) -> IntArray:
    """Integers between 0 and a bound from their residues."""
    count, product = 0, 1
    while product <= bound:
        product *= _prime(count)
        count += 1
    primes = [_prime(i) for i in range(max(count, 1))]
    return exact_integers(crt([residues(p) for p in primes], primes))


@lru_cache(maxsize=1024)
def _prime(index: int) -> int:
    """The primes below 2³¹ in descending order."""
    if index == 0:
        return next(primes_one_modulo(1))
    p = _prime(index - 1) - 2
    while not is_prime(p):
        p -= 2
    return p


def _node_weights(n: int, p: int) -> list[int]:
    """1/Π_{j≠i}(i − j) for the nodes 0 … n − 1, modulo p."""
    factorials = [1]
    for i in range(1, n):
        factorials.append(factorials[-1] * i % p)
    return [pow((-1) ** (n - 1 - i) * factorials[i] * factorials[n - 1 - i], -1, p) for i in range(n)]


def rank_one_total(datum: RootDatum, top: int) -> int:
    """Σ dim² of a group of rank 1 in closed form, for bounds of any size.

    Parameters
    ----------
    datum : RootDatum
        Of rank 1.
    top : int
        Bound of the keys.

    Returns
    -------
    int

    Examples
    --------
    >>> from weylspec.exact.lie.classical import special_unitary
    >>> su2 = special_unitary(2, Fraction(1, 2))        # the eigenvalue is k(k + 2) = 2·key/2
    >>> rank_one_total(su2, su2.denominator * 8), len(str(rank_one_total(su2, su2.denominator * 10**40)))
    (14, 60)
    """
    if top < 0:
        return 0
    square, slope = int(datum.gram[0, 0]), 2 * int(datum.gram[0, 0]) * datum.rho[0]
    last = (math.isqrt(slope**2 + 4 * square * top) - slope) // (2 * square)
    if datum.charge:
        return 2 * last + 1
    step = datum.congruences[0][1] if datum.congruences else 1
    n = last // step  # dimensions 1 + step·k, k = 0 … n
    return (n + 1) + step * n * (n + 1) + step**2 * n * (n + 1) * (2 * n + 1) // 6
