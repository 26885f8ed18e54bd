"""Laplacians of left-invariant metrics on SU(2), one V_k at a time: symmetric and asymmetric tops.

On V_k (dim k + 1) the Laplacian is 4(J_z²/a² + J_y²/b² + J_x²/c²), with spin operators J of spin k/2: Hamilton's
operator of a rigid body, whose eigenvalues are those of molecules (Casimir 1931; King, Hainer and Cross 1943).
In the basis of weights m = −k, −k + 2, …, k its diagonal is m²/a² + (1/b² + 1/c²)(k(k+2) − m²)/2, and it
connects m with m + 4 only, by (1/c² − 1/b²)/4·√((k − m)(k + m + 2)(k − m − 2)(k + m + 4)).
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt
import scipy.linalg

from weylspec.errors import CostError
from weylspec.invariants.lie_groups.quaternions import Parts
from weylspec.multiplicities import IntArray
from weylspec.solvers.tridiagonal import certified_eigenvalues, counts_below
from weylspec.spectrum import Spectrum
from weylspec.units import Number, Unit, commensurable, floor_index, number, rekeyed, values

FloatArray = npt.NDArray[np.float64]

_EPS = float(np.finfo(np.float64).eps)
_ULPS = 4 * _EPS
_MAX_PARTS = 2 * 10**7
_MAX_DEGREE = 2000  # all eigenvalues of all blocks in about ten seconds
_ROUNDING = 6  # of the entries of a block, in eps·(k+1)²/min²: see `Block`

Length = Fraction | float


class Top(ABC):
    """The Laplacian of a left-invariant metric on SU(2), restricted to the second factors of V_k ⊗ V_k."""

    @abstractmethod
    def parts(self, cutoff: Number) -> Parts:
        """Every joint eigenspace with λ ≤ cutoff."""

    @abstractmethod
    def vectors(self, parts: Parts, degree: int) -> FloatArray:
        """One unit vector of R per part of that degree, as columns over the weights m = k, k − 2, …, −k."""

    @abstractmethod
    def spectrum(self, parts: Parts, multiplicities: IntArray, cutoff: Number, provenance: str) -> Spectrum:
        """The levels that the parts make up, with these multiplicities; zero ones are dropped."""

    @abstractmethod
    def listing_cost(self, lam: Number) -> float:
        """Operations for `parts`, roughly."""

    @abstractmethod
    def counting_cost(self, lam: Number) -> float:
        """Operations for `count`, roughly; infinite where there is only the list."""

    @abstractmethod
    def count(self, lam: Number) -> int:
        """N(λ) without a list."""


def top_degree(lam: Number, unit: Unit) -> int:
    """The largest k with k(k + 2)·unit ≤ λ; −1 for negative λ."""
    index = floor_index(lam, unit)
    return math.isqrt(index + 1) - 1 if index >= 0 else -1


def _squares(n: int) -> int:
    """1 + 4 + … + n²: the dimension of all V_k ⊗ V_k, k < n."""
    return n * (n + 1) * (2 * n + 1) // 6


def _size(lam: Number) -> float:
    try:
        return max(float(number(lam)), 0.0)
    except OverflowError:
        return math.inf


@dataclass(frozen=True, eq=False)
class SymmetricTop(Top):
    """Lengths a, b, b: V_k splits into weights m, λ = (k(k+2) − m²)/b² + m²/a².

    With k = m + 2p, λ = (2m(2p + 1) + 4p(p + 1))/b² + m²/a² has no negative term, which bounds m and p.
    """

    pole: Length
    waist: Length

    @cached_property
    def _keyed(self) -> tuple[tuple[Unit, ...], npt.NDArray[np.int64]]:
        return commensurable([1 / self.waist**2, 1 / self.pole**2])

    def parts(self, cutoff: Number) -> Parts:
        """Pairs (k, m), m ≥ 0, with λ ≤ cutoff; ±m belong together."""
        lam = max(float(number(cutoff)), 0.0)
        if self.listing_cost(cutoff) > _MAX_PARTS:
            raise CostError(
                f"about {self.listing_cost(cutoff):.1e} weights up to the cutoff, above {_MAX_PARTS:.0e}; lower it"
            )
        a, b = float(self.pole), float(self.waist)
        most = int(self._largest_weight(lam)) + 2
        weights = np.arange(most + 1, dtype=np.int64)
        room = np.maximum(1 + weights**2 + b**2 * (lam - (weights / a) ** 2), 0.0)
        steps = np.maximum((np.sqrt(room) - 1 - weights) / 2 + 2, 0).astype(np.int64)  # one more than needed
        m = np.repeat(weights, steps)
        p = np.arange(len(m)) - np.repeat(np.cumsum(steps) - steps, steps)
        units, coefficients = self._keyed
        keys = rekeyed(np.stack([2 * m * (2 * p + 1) + 4 * p * (p + 1), m * m], axis=1), coefficients)
        level = values(keys, units)
        keep = keys[:, 0] <= floor_index(cutoff, units[0]) if len(units) == 1 else level <= lam * (1 + _ULPS)
        m, k = m[keep], (m + 2 * p)[keep]
        flip = np.where(m == 0, 1 - k % 4, 0)  # (−1)^{k/2} at m = 0
        return Parts(k, m, np.where(m == 0, 1, 2), flip, keys[keep], level[keep], np.zeros(len(m)))

    def _largest_weight(self, lam: float) -> float:
        a, b = float(self.pole), float(self.waist)
        return min(math.sqrt(lam) * a, lam * b**2 / 2) if lam < math.inf else math.inf

    def vectors(self, parts: Parts, degree: int) -> FloatArray:
        """Unit vectors."""
        weight = parts.weight[parts.degree == degree]
        found = np.zeros((degree + 1, len(weight)))
        found[(degree - weight) // 2, np.arange(len(weight))] = 1.0
        return found

    def spectrum(self, parts: Parts, multiplicities: IntArray, cutoff: Number, provenance: str) -> Spectrum:
        """Levels with equal integer keys are one."""
        return Spectrum.from_keys(parts.names, multiplicities, self._keyed[0], cutoff, provenance)

    def listing_cost(self, lam: Number) -> float:
        """A row for each (k, m)."""
        size = _size(lam)
        return (self._largest_weight(size) + 1) * (float(self.waist) * math.sqrt(size) / 2 + 2)

    def counting_cost(self, lam: Number) -> float:
        """A few integers for each m; one sum on a round sphere."""
        return 1.0 if self.waist == self.pole else 1e3 * (self._largest_weight(_size(lam)) + 1)

    def _whole(self, lam: Number) -> tuple[int, int, int]:
        """1/b², 1/a² and λ as whole multiples of one unit; floats that have none are the binary numbers they are."""
        units, coefficients = self._keyed
        if len(units) == 1:
            return int(coefficients[0, 0]), int(coefficients[1, 0]), floor_index(lam, units[0])
        waist, pole = (Fraction(unit) for unit in units)
        common = math.lcm(waist.denominator, pole.denominator)
        most = Fraction(number(lam)) * Fraction(1 + _ULPS)
        return int(waist * common), int(pole * common), math.floor(most * common)

    def count(self, lam: Number) -> int:
        """Σ_m Σ_p (m + 2p + 1), twice for m > 0: the sum over p ≤ P is (P + 1)(m + 1 + P)."""
        waist, pole, top = self._whole(lam)
        if waist == pole:
            return _squares(math.isqrt(top // waist + 1))
        total, m = 0, 0
        while 2 * m * waist + m * m * pole <= top:
            room = (top - pole * m * m) // waist - 2 * m
            last = (math.isqrt((1 + m) ** 2 + room) - (1 + m)) // 2
            total += (last + 1) * (m + 1 + last) * (2 if m else 1)
            m += 1
        return total


@dataclass(frozen=True, eq=False)
class Block:
    """A tridiagonal block of the asymmetric top on V_k, on vectors of one symmetry.

    Its entries are sums of non-negative numbers, each right to a few units of roundoff, but for the factor
    1/c² − 1/b², right to 2 units of 1/min²: added along a row they differ from the exact block by less than
    6 eps·(k+1)²/min², and so do its eigenvalues (Weyl 1912).
    """

    weight: int
    size: int
    flip: int
    first: int
    sign: int
    diagonal: FloatArray
    off: FloatArray


@dataclass(frozen=True, eq=False)
class AsymmetricTop(Top):
    """Three different lengths: V_k splits into tridiagonal blocks, by the four-group of half turns.

    For even k there are four, of weights m ≡ 0 and 2 modulo 4 that are even or odd under m → −m; for odd k
    two alike, exchanged by m → −m, of which one is solved. All eigenvalues on V_k lie between k(k+2)/max²
    and k(k+2)/min², since Σ (2J_i)² = k(k+2), so that finitely many k suffice.
    """

    lengths: tuple[Length, Length, Length]

    @property
    def _inverse_squares(self) -> tuple[float, float, float]:
        a, b, c = (float(1 / x**2) for x in self.lengths)
        return a, b, c

    def blocks(self, k: int) -> Iterator[Block]:
        """The blocks on V_k that are solved; those for odd k stand for two."""
        if k % 2:
            m = np.arange(k, -k, -4, dtype=np.float64)[::-1]
            yield Block(1, 2, 0, int(m[0]), 0, self._diagonal(k, m), self._off(k, m[:-1]))
            return
        for residue in (0, 2):
            for sign in (1, -1):
                first = residue or (0 if sign == 1 else 4)
                m = np.arange(first, k + 1, 4, dtype=np.float64)
                if not len(m):
                    continue
                diagonal, off = self._diagonal(k, m), self._off(k, m[:-1])
                if residue == 2:
                    diagonal[0] += sign * self._off(k, np.array([-2.0]))[0]
                elif sign == 1 and len(off):
                    off[0] *= math.sqrt(2)
                yield Block(residue, 1, sign * (1 - (k - residue) % 4), first, sign, diagonal, off)

    def _diagonal(self, k: int, m: FloatArray) -> FloatArray:
        a, b, c = self._inverse_squares
        return np.asarray(a * m**2 + (b + c) / 2 * (k * (k + 2) - m**2))

    def _off(self, k: int, m: FloatArray) -> FloatArray:
        _, b, c = self._inverse_squares
        return np.asarray((c - b) / 4 * np.sqrt((k - m) * (k + m + 2) * (k - m - 2) * (k + m + 4)))

    def _rounding(self, k: int) -> float:
        return _ROUNDING * _EPS * (k + 1) ** 2 * max(self._inverse_squares) if k else 0.0

    def parts(self, cutoff: Number) -> Parts:
        """All eigenvalues of all blocks with k(k+2) ≤ cutoff·max², those ≤ cutoff kept."""
        lam = float(number(cutoff))
        top = top_degree(cutoff, 1 / max(self.lengths) ** 2)
        if top > _MAX_DEGREE:
            raise CostError(f"blocks up to degree {top} would be solved, above {_MAX_DEGREE}; lower the cutoff, or use "
                            "count(lam), which needs no list")
        rows: list[tuple[int, int, int, int, int, int]] = []
        levels: list[tuple[float, float]] = []
        for k in range(top + 1):
            for position, block in enumerate(self.blocks(k)):
                found, error = certified_eigenvalues(block.diagonal, block.off)
                kept = [float(x) for x in found if x <= lam * (1 + _ULPS)]
                rows += [(k, block.weight, block.size, block.flip, position, i) for i in range(len(kept))]
                levels += [(x, error + self._rounding(k)) for x in kept]
        degree, weight, size, flip, which, index = np.array(rows, dtype=np.int64).reshape(-1, 6).T
        computed, errors = np.array(levels).reshape(-1, 2).T
        return Parts(degree, weight, size, flip, np.stack([degree, which, index], axis=1), computed, errors)

    def vectors(self, parts: Parts, degree: int) -> FloatArray:
        """Eigenvectors of the blocks, unfolded to all weights."""
        names = parts.names[parts.degree == degree]
        found = np.zeros((degree + 1, len(names)))
        for position, block in enumerate(self.blocks(degree)):
            mine = np.flatnonzero(names[:, 1] == position)
            rows = (degree - block.first) // 2 - 2 * np.arange(len(block.diagonal))
            vectors = scipy.linalg.eigh_tridiagonal(block.diagonal, block.off)[1][:, names[mine, 2]]
            found[rows[:, None], mine] = vectors
            if block.size == 1:
                found[degree - rows[:, None], mine] += block.sign * vectors
                found[degree // 2, mine] /= math.sqrt(2)  # m = 0 is its own image
                found[:, mine] /= math.sqrt(2)
        return found

    def spectrum(self, parts: Parts, multiplicities: IntArray, cutoff: Number, provenance: str) -> Spectrum:
        """One level for each part, labelled (k, block, index)."""
        keep = np.array([m != 0 for m in multiplicities], dtype=bool)
        kept = parts.taken(keep)
        return Spectrum.from_eigenvalues(
            kept.values, complete_below=cutoff, errors=kept.errors, multiplicities=multiplicities[keep],
            labels=[tuple(row) for row in kept.names.tolist()], provenance=provenance,
        )

    def listing_cost(self, lam: Number) -> float:
        """Cubic in the degree."""
        degree = math.sqrt(_size(lam)) * float(max(self.lengths)) + 1
        return 10.0 * degree * degree * degree + 1e6

    def counting_cost(self, lam: Number) -> float:
        """Quadratic in the degree."""
        degree = math.sqrt(_size(lam)) * float(max(self.lengths)) + 1
        return 30.0 * degree * degree + 1e5 * degree

    def count(self, lam: Number) -> int:
        """Inertia of every block at λ; those with an eigenvalue within its error of λ are solved, as in the list."""
        at = float(number(lam)) * (1 + _ULPS)
        certain = top_degree(at * (1 - 8 * _EPS), 1 / min(self.lengths) ** 2)
        top = top_degree(lam, 1 / max(self.lengths) ** 2)
        total = _squares(certain + 1)
        for k in range(certain + 1, top + 1):
            total += sum((k + 1) * block.size * self._below(block, at, k) for block in self.blocks(k))
        return total

    def _below(self, block: Block, at: float, k: int) -> int:
        margin = 16 * _EPS * (k + 1) ** 2 * max(self._inverse_squares)
        low, high = counts_below(block.diagonal, block.off, [at - margin, at + margin])
        if low == high:
            return int(low)
        return int((certified_eigenvalues(block.diagonal, block.off)[0] <= at).sum())
