"""Levels of a space as arrays for sums, fetched as far as a sum asks for them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from weylspec.bridge.growth import Growth, far_counts, proved_growth
from weylspec.errors import CostError, UnknownGeometryError, WeylspecError
from weylspec.invariants.orbit_spaces.geometry import weyl_constant, weyl_cutoff

if TYPE_CHECKING:
    from weylspec.spaces.base import Manifold
    from weylspec.spectrum import Spectrum

FloatArray = npt.NDArray[np.float64]

_FIRST = 200
_SHIFT_ORDERS = 6
# Where a list stops to grow for the sake of a tail (what a sum needs is listed whatever it costs).
_MOST_LEVELS = 5_000
_FARTHEST = 2.5e5  # times the first eigenvalue
_MOST_OPERATIONS = 1e12  # of `listing_cost`: some ten seconds
_MOST_POINTS = 1e8  # of a lattice whose points must be listed one by one


@dataclass(frozen=True, eq=False)
class Beyond:
    """What bounds the eigenvalues past a table from above.

    Attributes
    ----------
    shifted, mult : ndarray of shape (k,)
        1 + λ and numbers of eigenvalues, each no larger than it is: exact counts far beyond the list.
    top : float
        1 + λ from which on only N(λ) ≤ A(1+λ)^e is used.
    constant, exponent : float
        A and e.
    count : float
        N at `top`.
    proved : bool
        Whether A is proved; otherwise it is read off the list.
    """

    shifted: FloatArray
    mult: FloatArray
    top: float
    constant: float
    exponent: float
    count: float
    proved: bool

    @property
    def edge(self) -> float:
        """A·top^e − N(top), at least 0."""
        return float(max(self.constant * self.top**self.exponent - self.count, 0.0))


@dataclass(frozen=True, eq=False)
class LevelTable:
    """The levels of a space up to a cutoff, ready for sums over (1 + λ).

    Attributes
    ----------
    space : Manifold
    spectrum : Spectrum
    point : bool
        Whether the space has dimension 0: one level, and none beyond it.

    Examples
    --------
    >>> import weylspec as ws
    >>> LevelTable.of(ws.Sphere(2), cutoff=6).shifted.tolist()
    [1.0, 3.0, 7.0]
    """

    space: Manifold
    spectrum: Spectrum
    point: bool

    @classmethod
    def start(cls, space: Manifold) -> LevelTable:
        """A table to begin with: some 200 eigenvalues by Weyl's law, whatever the size of the space."""
        return cls.of(space, first_cutoff(space) if space.dim else 0.0)

    @classmethod
    def of(cls, space: Manifold, cutoff: float) -> LevelTable:
        """The table of all levels ≤ cutoff."""
        point = space.dim == 0
        if not point:
            _affordable(space, cutoff)
        return cls(space, space.spectrum(cutoff=0 if point else cutoff), point)

    def reaching(self, cutoff: float) -> LevelTable:
        """The same table, or a longer one that is complete up to the cutoff."""
        if self.point or cutoff <= self.spectrum.complete_below:
            return self
        return LevelTable.of(self.space, cutoff)

    @property
    def longer(self) -> LevelTable:
        """The table with the cutoff multiplied by 4."""
        return self.reaching(4 * self.spectrum.complete_below)

    @property
    def full(self) -> bool:
        """Whether a longer table would be no use: a point, too long, or levels with errors of their own."""
        far = len(self.spectrum) > 1 and self.top > _FARTHEST * self.spectrum.eigenvalues[1]
        return self.point or far or len(self.spectrum) > _MOST_LEVELS or bool(self.spectrum.errors.any())

    @property
    def top(self) -> float:
        """L = 1 + (the number below which the list is complete)."""
        return math.inf if self.point else 1.0 + self.spectrum.complete_below

    @cached_property
    def shifted(self) -> FloatArray:
        """1 + λ, shape (levels,)."""
        return np.asarray(1.0 + self.spectrum.eigenvalues)

    @cached_property
    def mult(self) -> FloatArray:
        """Multiplicities as floats, shape (levels,)."""
        return np.asarray(self.spectrum.multiplicities, dtype=np.float64)

    @cached_property
    def counts(self) -> FloatArray:
        """N at each level as floats, shape (levels,)."""
        return np.asarray(np.cumsum(self.mult))

    def beyond(self, s: float) -> Beyond:
        """What bounds N past the table, for a sum whose terms fall like (1+λ)^{−s}, s > d/2."""
        counted, top, count = self._counted
        proved = [growth for growth in self._proved if growth.exponent < s]
        if not proved:
            return Beyond(np.empty(0), np.empty(0), self.top, self._seen, self.space.dim / 2, self.counts[-1], False)
        best = min(proved, key=lambda growth: growth.constant(top) * top**growth.exponent)
        shifted, mult = counted
        return Beyond(shifted, mult, top, best.constant(top), best.exponent, count, True)

    @cached_property
    def _proved(self) -> tuple[Growth, ...]:
        return () if self.spectrum.errors.any() else proved_growth(self.space)

    @cached_property
    def _counted(self) -> tuple[tuple[FloatArray, FloatArray], float, float]:
        """Eigenvalues between exact counts past the table, moved to the lower count: (1 + λ, how many), top, N."""
        lam, counts = np.empty(0), np.empty(0)
        if len(self._proved) == 1 and self.space.total is not self.space:
            lam, counts = far_counts(self.space)
        past = lam > self.spectrum.complete_below
        lam, counts = lam[past], counts[past]
        if not len(lam):
            return (lam, counts), self.top, float(self.counts[-1])
        return (np.append(self.top, 1 + lam[:-1]), np.diff(counts, prepend=self.counts[-1])), 1 + lam[-1], counts[-1]

    @cached_property
    def _seen(self) -> float:
        """A of N(λ) ≤ A(1+λ)^{d/2} as far as seen: the largest over the last two octaves, and the limit."""
        half = self.space.dim / 2
        late = self.shifted >= self.top / 4
        before = self.mult[~late].sum() / (self.top / 4) ** half
        return float(max(leading(self.space), before, *(self.counts[late] / self.shifted[late] ** half)))

    @cached_property
    def smooth_law(self) -> tuple[FloatArray, FloatArray]:
        """Exponents e and coefficients c of the smooth law N ≈ Σ c·(1+λ)^e (constants dropped)."""
        collected: dict[float, float] = {}
        for dim, coefficient in _terms(self.space):
            binomial = weyl_constant(dim) * coefficient
            for k in range(_SHIFT_ORDERS):
                exponent = dim / 2 - k
                collected[exponent] = collected.get(exponent, 0.0) + binomial
                binomial *= -exponent / (k + 1)
        kept = [(e, c) for e, c in collected.items() if e != 0 and c != 0]
        return np.array([e for e, _ in kept]), np.array([c for _, c in kept])


def _affordable(space: Manifold, cutoff: float) -> None:
    """Refuse a list that would be too long, before it is begun."""
    reached = f"the sum over the levels of {space!r} needs them up to λ = {cutoff:.3g}"
    remedy = "take a smaller n, more noise, a larger ridge, target risk or s"
    if not math.isfinite(cutoff):
        raise WeylspecError(f"{reached}; {remedy}")
    for part in space.total.parts:
        cost, points = part.listing_cost(cutoff), leading(part) * cutoff ** (part.dim / 2)
        if cost > _MOST_OPERATIONS or (cost > _MOST_POINTS and part.is_flat and cost <= 1.01 * points):
            raise CostError(f"{reached}, about {cost:.1e} operations; {remedy}")


def leading(space: Manifold) -> float:
    """C = c_d vol(M/G), the constant of Weyl's law."""
    return weyl_constant(space.dim) * space.volume


def first_cutoff(space: Manifold) -> float:
    """λ with some 200 eigenvalues below it by Weyl's law."""
    return weyl_cutoff(space.dim, space.volume, _FIRST)


def _terms(space: Manifold) -> list[tuple[int, float]]:
    try:
        terms = [(term.dim, term.coefficient) for term in space.terms]
    except UnknownGeometryError:
        terms = [(space.dim, space.volume)]
    return terms
