"""Pinsker's functional in closed form between breakpoints: ρ at a given n, and n at a given ρ."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from weylspec.bridge.constants import pinsker_constant
from weylspec.bridge.levels import LevelTable, leading

if TYPE_CHECKING:
    from weylspec.spaces.base import Manifold

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PinskerSums:
    """Cumulative sums that make ρ_n explicit while T stays between two levels.

    Attributes
    ----------
    count, first, second : ndarray of shape (levels,)
        S₀ = Σ m, S₁ = Σ m v, S₂ = Σ m v² over the levels up to each one, v = (1+λ)^{s/2}.
    spread : ndarray of shape (levels,)
        Σ m (v − mean)² over the same levels, summed without cancellation (Welford 1962).
    after : ndarray of shape (levels,)
        v of the next level; for the last one, the v up to which the list is complete.

    Examples
    --------
    >>> import weylspec as ws
    >>> sums = PinskerSums.of(LevelTable.of(ws.Sphere(2), 6), s=2.0)
    >>> sums.budgets.tolist()    # Σ v(T − v)_+ at T = 3, 7 and 7
    [2.0, 42.0, 42.0]
    """

    count: FloatArray
    first: FloatArray
    second: FloatArray
    spread: FloatArray
    after: FloatArray

    @classmethod
    def of(cls, table: LevelTable, s: float) -> PinskerSums:
        """Sums over a table for smoothness s."""
        v = table.shifted ** (s / 2)
        after = np.append(v[1:], np.float64(table.top) ** (s / 2))
        count, first, second = (np.cumsum(table.mult * v**k) for k in (0, 1, 2))
        with np.errstate(over="ignore", invalid="ignore"):  # beyond the range of floats `overflows` says so
            steps = table.mult[1:] * count[:-1] / count[1:] * (v[1:] - first[:-1] / count[:-1]) ** 2
        return cls(count, first, second, np.cumsum(np.append(0.0, steps)), after)

    @property
    def overflows(self) -> bool:
        """Whether a longer list would be no use: its sums do not fit a float."""
        return not np.isfinite(self.budgets[-1])

    @property
    def budgets(self) -> FloatArray:
        """Σ v(T − v)_+ at T = `after`: the F²/ε² at which the next level comes in."""
        return self.after * self.first - self.second

    def covers(self, budget: float) -> bool:
        """Whether the list reaches √m > T at this F²/ε²."""
        return bool(np.nanmax(self.budgets) >= budget)

    def risk(self, variance: float, radius: float) -> tuple[float, float]:
        """ρ and T at ε² = variance; the table must cover F²/ε²."""
        budget = radius**2 / variance
        k = int(np.searchsorted(self.budgets, budget))
        cut = (budget + self.second[k]) / self.first[k]
        return float(variance * self._coordinates(budget)[k]), float(cut)

    def _coordinates(self, budget: FloatArray | float) -> FloatArray:
        """S₀ − S₁/T at F²/ε² = budget, where S₁T = budget + S₂; with loud noise that difference would cancel."""
        with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
            return np.asarray(self.count / (1 + self.first / self.count * self.first / (budget + self.spread)))

    def breakpoint_risks(self, radius: float) -> FloatArray:
        """ρ at each entry of `budgets`, decreasing."""
        return np.asarray(radius**2 / self.budgets * self._coordinates(self.budgets))

    def variance_at(self, risk: float, radius: float) -> float:
        """The ε² at which ρ = risk; the table must reach a smaller ρ.

        Between breakpoints ρ(F² + ε²S₂) = ε²S₀(F² + ε²S₂) − ε⁴S₁²: a quadratic in ε².
        """
        risks = self.breakpoint_risks(radius)
        k = int(np.searchsorted(-risks, -risk))
        square = self.count[k] * self.spread[k]
        linear = self.count[k] * radius**2 - risk * self.second[k]
        constant = risk * radius**2
        root = math.sqrt(linear**2 + 4 * square * constant)
        if linear >= 0:
            return float(2 * constant / (linear + root))
        return float((root - linear) / (2 * square))


def pinsker_cutoff(space: Manifold, s: float, budget: float) -> float:
    """λ_T = T^{2/s} − 1 by Weyl's law, T = [F²(b+1)(b+2)/(ε²Cb)]^{1/(b+2)}, b = d/s; 0 on a point."""
    if space.dim == 0:
        return 0.0
    b = space.dim / s
    cut = (budget * (b + 1) * (b + 2) / (leading(space) * b)) ** (1 / (b + 2))
    return float(max(cut ** (2 / s) - 1, 0.0))


def pinsker_limit(dim: int, constant: float, s: float, noise: float, norm: float, n: float) -> float:
    """P(d/s)(Cσ²/n)^q F^{2(1−q)}, q = s/(s + d/2)."""
    q = s / (s + dim / 2)
    return float(pinsker_constant(dim / s) * (constant * noise**2 / n) ** q * norm ** (2 * (1 - q)))


def pinsker_samples(dim: int, constant: float, s: float, noise: float, norm: float, risk: float) -> float:
    """P(d/s)^{1+a} σ² C F^{2a} ε^{−1−a}, a = d/2s: the n at which `pinsker_limit` equals ε."""
    a = dim / (2 * s)
    return float(pinsker_constant(2 * a) ** (1 + a) * noise**2 * constant * norm ** (2 * a) * risk ** (-1 - a))
