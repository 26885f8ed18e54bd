"""Invariant characters of flat tori by level: averages over classes, or by structure for direct factors H ≀ S_m.

Where the lattice splits into the blocks of H ≀ S_m, the series of T^{km}/(H ≀ S_m) is h_m of
m·h_m = Σ_r p_r h_{m−r}, with p_r(q) = Θ_H(q^r) and Θ_H the theta series of T^k/H (Pólya 1937).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt

from weylspec.exact.power_series import (
    multisets,
    multisets_cost,
    product,
    transform_order,
    transforms_cost,
)
from weylspec.groups.affine_action import AffineAction
from weylspec.groups.cosets import AffineCoset
from weylspec.groups.factors import Factor
from weylspec.invariants.averages.multiplicity import invariant_multiplicities
from weylspec.invariants.flat import fixed_characters, invariant_characters, is_translation
from weylspec.multiplicities import IntArray
from weylspec.spaces._theta import count_levels, is_dense, phase_sums, points_below
from weylspec.spaces.quadratic import QuadraticForm
from weylspec.units import Number, floor_index

IntMatrix = npt.NDArray[np.int64]
Residues = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

_MAX_STEPS = 1e12
_MAX_LENGTH = 2 * 10**7  # of dense series, in 160 MB each


def invariant_characters_by_level(
    form: QuadraticForm, action: AffineAction, cutoff: Number
) -> tuple[IntMatrix, IntArray, str]:
    """Keys of levels ≤ cutoff, the dimensions of invariant functions on them, and how they were found.

    Parameters
    ----------
    form : QuadraticForm
        λ on the characters of R^n/Zⁿ.
    action : AffineAction
    cutoff : number

    Returns
    -------
    keys : ndarray (levels, r), int64
    multiplicities : ndarray (levels,), exact integers
    how : str
    """
    kept = form.restricted(invariant_characters(action))
    if is_translation(action):
        return *count_levels(kept, cutoff), f"theta series of the characters that {action.label} leaves"
    if is_structured(form, action, cutoff):
        keys, multiplicities = _by_structure(form, action, cutoff)
        return keys, multiplicities, f"theta series of the blocks that {action.label} permutes, modulo primes"
    keys, multiplicities = _by_classes(form, action, cutoff, *count_levels(kept, cutoff))
    return keys, multiplicities, f"theta series averaged over {action.label} modulo primes, one of them a check"


def _by_classes(
    form: QuadraticForm, action: AffineAction, cutoff: Number, levels: IntMatrix, bounds: IntArray
) -> tuple[IntMatrix, IntArray]:

    def trace(coset: AffineCoset, p: int) -> Residues:
        fixed = fixed_characters(coset)
        return phase_sums(form.restricted(fixed.basis), fixed.phases, levels, cutoff, p)

    return levels, invariant_multiplicities(
        bounds, lambda p: action.average(lambda coset: trace(coset, p), p), action.modulus)


# -- direct factors H ≀ S_m --------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Blocks:
    """M equal blocks: the levels of T^k/H, ascending, and their multiplicities."""

    keys: Residues
    counts: IntArray
    m: int

    def series(self, top: int, p: int) -> Residues:
        """Modulo a prime, dense."""
        values = np.array([int(c) % p for c in self.counts], dtype=np.int64)
        return multisets(self.keys, values, self.m, top, p)

    def log_sum(self, t: float) -> float:
        """The logarithm of Σ_k (multiplicity of the blocks together)·e^{−tk}, by the same recursion."""
        logs = np.array([math.log(int(c)) for c in self.counts])
        powers = [0.0] + [float(np.logaddexp.reduce(logs - r * t * self.keys)) for r in range(1, self.m + 1)]
        h = [0.0]
        for j in range(1, self.m + 1):
            h.append(float(np.logaddexp.reduce([powers[r] + h[j - r] for r in range(1, j + 1)])) - math.log(j))
        return h[self.m]


def is_structured(form: QuadraticForm, action: AffineAction, cutoff: Number) -> bool:
    """Whether the levels follow from series over direct factors: the lattice splits, and dense series pay.

    Parameters
    ----------
    form : QuadraticForm
    action : AffineAction
    cutoff : number

    Returns
    -------
    bool
    """
    if not action.factors or len(form.units) != 1 or not _splits(form, action.factors):
        return False
    top = floor_index(cutoff, form.units[0])
    return top < _MAX_LENGTH and is_dense(top, points_below(form, cutoff)) and structured_cost(action, top) < _MAX_STEPS


def structured_cost(action: AffineAction, top: int) -> float:
    """Steps of the series up to a key, roughly.

    Examples
    --------
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> structured_cost(SymmetricGroup(10).affine(10), 10**4) < 1e9
    True
    """
    steps = 0.0
    for factor in action.factors:
        m, k = factor.coordinates.shape
        terms = math.isqrt(top) + 1 if k == 1 else top + 1
        steps += min(multisets_cost(terms, m, top), transforms_cost(m, top))
    return steps * (2 + action.size * math.log2(top + 2) / 120)


def _splits(form: QuadraticForm, factors: Sequence[Factor[AffineAction]]) -> bool:
    """Whether coordinates of different blocks are orthogonal."""
    block = np.zeros(form.tables.shape[1], dtype=np.int64)
    rows = [row for factor in factors for row in factor.coordinates]
    for i, row in enumerate(rows):
        block[row] = i + 1
    return not form.tables[:, block[:, None] != block[None, :]].any()


def _by_structure(form: QuadraticForm, action: AffineAction, cutoff: Number) -> tuple[IntMatrix, IntArray]:
    top = floor_index(cutoff, form.units[0])
    parts = _parts(form, action, cutoff)
    bound = _largest(parts, top)

    def average(p: int) -> Residues:
        known = {id(part): part.series(top, p) for part in {id(part): part for part in parts}.values()}
        return reduce(lambda a, b: product(a, b, p), (known[id(part)] for part in parts))

    bounds = np.full(top + 1, bound, dtype=object)
    found = invariant_multiplicities(bounds, average, transform_order(top + 1))
    occupied = np.flatnonzero(found)
    return occupied[:, None], found[occupied]


def _parts(form: QuadraticForm, action: AffineAction, cutoff: Number) -> list[_Blocks]:
    known: dict[tuple[int, bytes, int], _Blocks] = {}
    parts = []
    unit = np.eye(form.tables.shape[1], dtype=np.int64)
    for factor in action.factors:
        block = form.restricted(unit[:, factor.coordinates[0]])
        key = id(factor.base), block.tables.tobytes(), factor.m
        if key not in known:
            keys, counts, _ = invariant_characters_by_level(block, factor.base, cutoff)
            occupied = np.flatnonzero(counts)
            known[key] = _Blocks(keys[occupied, 0], counts[occupied], factor.m)
        parts.append(known[key])
    moved = {int(i) for factor in action.factors for i in factor.coordinates.flat}
    still = [i for i in range(len(unit)) if i not in moved]
    if still:
        keys, counts = count_levels(form.restricted(unit[:, still]), cutoff)
        parts.append(_Blocks(keys[:, 0], counts, 1))
    return parts


def _largest(parts: Sequence[_Blocks], top: int) -> int:
    """A power of two above every coefficient up to q^top: c_k ≤ e^{tk}·Σ_j c_j e^{−tj} for every t > 0."""
    def exponent(t: float) -> float:
        known = {id(part): part.log_sum(t) for part in {id(part): part for part in parts}.values()}
        return t * top + math.fsum(known[id(part)] for part in parts)

    least = min(exponent(s / max(top, 1)) for s in np.geomspace(0.25, 1000.0, 40).tolist())
    return 1 << (int(least / math.log(2)) + 2)
