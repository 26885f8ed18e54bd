"""Counting on Riemannian products from the staircases of the factors, without the list of their sums.

N_{M₁×M₂}(λ) = Σ_i m_i·N_{M₂}(λ − λ_i) over the levels λ_i of M₁: from the list of M₂, or by its own way to count. A
sum of levels is compared with λ on integer keys where all of them have one unit, else as the list of sums does it.
Where all factors are counted as points of lattices, so is their product.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce

import numpy as np
import numpy.typing as npt

from weylspec.multiplicities import IntArray
from weylspec.spaces._characters import CharacterCount
from weylspec.spaces._level_estimate import level_estimate
from weylspec.spaces.core import Counter, Space
from weylspec.spectrum import Spectrum
from weylspec.units import Number, Unit, commensurable, floor_index, number, rekeyed, values

FloatArray = npt.NDArray[np.float64]
Keys = npt.NDArray[np.int64]

_PAIR = 60.0  # nanoseconds of a pair of levels that is merged into a list (timed)
_CALL = 2e4  # nanoseconds of a count by the factor's own way, beside its steps (timed)
_MOST_ENTRIES = 1e4  # of the tables of lattices that are set up for a product, in milliseconds
_QUICK = 1e7  # steps below which no other way is looked for
_ULPS = 4 * np.finfo(np.float64).eps
_BEYOND = Fraction(1, 2**48)
_NEAR = 64 * np.finfo(np.float64).eps


def product_counters(factors: Sequence[Space]) -> tuple[Counter, ...]:
    """Points of lattices, staircases of all factors, and direct counts of one of them on the levels of the others.

    Parameters
    ----------
    factors : sequence of at least two Space

    Returns
    -------
    tuple of Counter

    Examples
    --------
    >>> from weylspec.spaces.sphere import Sphere
    >>> [c.count(2) for c in product_counters((Sphere(1), Sphere(2)))]
    [6, 6, 6]
    """
    different = list({id(factor): factor for factor in factors}.values())
    return (
        *_joined(factors),
        Counter("staircases of the factors", lambda lam: _cost(factors, lam), lambda lam: _count(factors, lam)),
        *(_direct(factors, factor) for factor in different),
    )


# -- both factors listed -----------------------------------------------------------------------


def _cost(factors: Sequence[Space], lam: Number) -> float:
    return listed_cost(factors, lam, 2)


def listed_cost(factors: Sequence[Space], lam: Number, left: int = 1) -> float:
    """Nanoseconds for the lists of the factors ≤ λ and the sums of their levels, merged until so many lists are left.

    Parameters
    ----------
    factors : sequence of Space
    lam : number
    left : int

    Returns
    -------
    float
    """
    listing = math.fsum(factor.listing_cost(lam) for factor in {id(f): f for f in factors}.values())
    if len(factors) <= left or math.isinf(listing):
        return listing
    known = {id(factor): level_estimate(factor, lam) for factor in factors}
    sizes = [known[id(factor)] for factor in factors]
    while len(sizes) > left:
        first, second, *sizes = sorted(sizes)
        listing += _PAIR * first * second / 2
        sizes.append(first * second / 2)
    return listing


def _count(factors: Sequence[Space], lam: Number) -> int:
    known = {id(factor): factor.levels(beyond(lam)) for factor in factors}
    lists = [known[id(factor)] for factor in factors]
    while len(lists) > 2:
        lists.sort(key=len)
        lists = [(lists[0] * lists[1]).up_to(lam), *lists[2:]]
    few, many = sorted(lists, key=len)
    return staircases(few, many, lam, _units([known[id(factor)] for factor in factors]))


def beyond(lam: Number) -> Number:
    """Up to where to list the factors: a float that stands for a unit may be some ulp off in the common unit of all."""
    return number(lam) * (1 + _BEYOND)


def _units(lists: Sequence[Spectrum]) -> tuple[Unit, ...]:
    """Those of the list of sums, which stand for the same floats in the order of the factors alone."""
    return reduce(lambda units, listed: commensurable(units + listed.units)[0], lists, ())


def staircases(a: Spectrum, b: Spectrum, lam: Number, units: tuple[Unit, ...] = ()) -> int:
    """Number of eigenvalues ≤ λ of a product, from the complete lists of two factors.

    Parameters
    ----------
    a, b : Spectrum
        Complete up to λ.
    lam : number
    units : tuple of Fraction or float
        Those in which sums are compared with λ; by default those that the product's list would have.

    Returns
    -------
    int

    Examples
    --------
    >>> from weylspec.spaces.sphere import Sphere
    >>> circle, sphere = Sphere(1).spectrum(cutoff=9), Sphere(2).spectrum(cutoff=9)
    >>> staircases(circle, sphere, 9) == (circle * sphere).count(9)
    True
    """
    first, second = a.eigenvalues, b.eigenvalues
    if a.keys is None or b.keys is None:
        return _weighed(a, b, _below(first, second, lam, lambda i, j: first[i] + second[j]))
    given, split = len(units), len(units) + len(a.units)
    units, table = commensurable(units + a.units + b.units)
    mine, theirs = rekeyed(a.keys, table[given:split]), rekeyed(b.keys, table[split:])
    if len(units) == 1:
        top = min(floor_index(lam, units[0]), 2**63 - 1)
        return _weighed(a, b, np.searchsorted(theirs[:, 0], top - mine[:, 0], side="right"))
    return _weighed(a, b, _below(first, second, lam, lambda i, j: values(mine[i] + theirs[j], units)))


def _below(
    first: FloatArray, second: FloatArray, lam: Number, value: Callable[[Keys, Keys], FloatArray]
) -> npt.NDArray[np.intp]:
    """For each level of the first list the levels of the second whose sum with it is ≤ λ, by the value of the sum."""
    limit = float(number(lam)) * (1 + _ULPS)
    width = _NEAR * abs(limit)
    sure = np.searchsorted(second, limit - first - width, side="right")
    perhaps = np.searchsorted(second, limit - first + width, side="right")
    result = sure.copy()
    for i in np.flatnonzero(perhaps > sure):
        j = np.arange(sure[i], perhaps[i])
        result[i] += np.count_nonzero(value(np.full(len(j), i), j) <= limit)
    return result


def _weighed(a: Spectrum, b: Spectrum, below: npt.NDArray[np.intp]) -> int:
    """Σ_i m_i·(eigenvalues of the first levels of b, as many as are given for i), exact."""
    cumulated: IntArray = np.concatenate([np.zeros(1, dtype=b.cumulative.dtype), b.cumulative])[below]
    if a.total * b.total < 2**63:
        return int(a.multiplicities @ cumulated)
    return sum(int(m) * int(n) for m, n in zip(a.multiplicities, cumulated, strict=True))


# -- one factor counted by its own way -----------------------------------------------------------


def _direct(factors: Sequence[Space], counted: Space) -> Counter:
    index = next(i for i, factor in enumerate(factors) if factor is counted)
    others = [*factors[:index], *factors[index + 1:]]

    def cost(lam: Number) -> float:
        """Infinite where the lists are short, or have no common unit to decide sums exactly."""
        if _cost(factors, lam) < _QUICK:
            return math.inf
        steps = listed_cost(others, lam)
        if math.isinf(steps) or not _have_common_unit(factors):
            return math.inf
        calls = math.prod(level_estimate(factor, lam) for factor in others)
        return steps + calls * (_CALL + _own(counted, lam).operations(lam))

    def count(lam: Number) -> int:
        known = {id(factor): factor.levels(beyond(lam)) for factor in others}
        listed = reduce(lambda a, b: (a * b).up_to(lam), [known[id(factor)] for factor in others])
        return _counted(listed, counted, lam, _units([factor.levels(0) for factor in factors]))

    return Counter(f"levels and direct counts of {counted!r}", cost, count)


def _own(space: Space, lam: Number) -> Counter:
    return min(space.counters(), key=lambda counter: counter.operations(lam))


def _counted(listed: Spectrum, counted: Space, lam: Number, units: tuple[Unit, ...]) -> int:
    own, way = counted.levels(0).units, _own(counted, lam)
    units, table = commensurable(units + listed.units + own)
    assert listed.keys is not None
    keys = rekeyed(listed.keys, table[1:-1])[:, 0]
    step, top = int(table[-1, 0]), floor_index(lam, units[0])
    known: dict[int, int] = {}
    total = 0
    for key, m in zip(keys.tolist(), listed.multiplicities.tolist(), strict=True):
        left = (top - key) // step
        if left < 0:
            break
        if left not in known:
            known[left] = way.count(_between(left, own[0]))
        total += m * known[left]
    return total


def _between(key: int, unit: Unit) -> Number:
    """A number from key·unit on and below (key + 1)·unit; the middle where floats could be on either side."""
    return key * unit if isinstance(unit, Fraction) else (key + 0.5) * unit


def _have_common_unit(factors: Sequence[Space]) -> bool:
    """Whether all levels are integer multiples of one number."""
    lists = [factor.levels(0) for factor in factors]
    if any(listed.keys is None or len(listed.units) != 1 for listed in lists):
        return False
    return len(commensurable([listed.units[0] for listed in lists])[0]) == 1


# -- all factors counted as points of lattices ---------------------------------------------------


def _joined(factors: Sequence[Space]) -> tuple[Counter, ...]:
    ways = {id(factor): factor.counters() for factor in factors}
    known = {key: next((c.lattices for c in each if c.lattices is not None), None) for key, each in ways.items()}
    lattices = [found for factor in factors if (found := known[id(factor)]) is not None]
    tables = sum(factor.dim for factor in factors) ** 2 * math.prod(len(found.parts) for found in lattices)
    if len(lattices) < len(factors) or tables > _MOST_ENTRIES:
        return ()
    return CharacterCount.of_product(lattices).counters()
