"""Kernels and eigenfunctions of a product, from the pairs of levels that make up each of its levels."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from weylspec.multiplicities import level_pairs
from weylspec.spaces.harmonics import check_size
from weylspec.spectrum import Spectrum
from weylspec.units import Number, commensurable, rekeyed

if TYPE_CHECKING:
    from weylspec.spaces.core import Space

FloatArray = npt.NDArray[np.float64]


def merge(a: Spectrum, b: Spectrum, cutoff: Number) -> tuple[Spectrum, npt.NDArray[np.int64]]:
    """The product's levels, and rows (level of a, level of b, level of the product)."""
    merged = (a * b).up_to(cutoff)
    first, second = level_pairs(a.eigenvalues, b.eigenvalues, merged.complete_below)
    if a.keys is None or b.keys is None:
        mine, theirs = a.names(), b.names()
        names: list[object] = [(mine[i], theirs[j]) for i, j in zip(first, second, strict=True)]
    else:
        _, table = commensurable(a.units + b.units)
        split = len(a.units)
        keys = rekeyed(a.keys, table[:split])[first] + rekeyed(b.keys, table[split:])[second]
        names = [tuple(key) for key in keys.tolist()]
    position = {name: level for level, name in enumerate(merged.names())}
    rows = [(i, j, position[name]) for i, j, name in zip(first, second, names, strict=True) if name in position]
    return merged, np.array(rows, dtype=np.int64).reshape(-1, 3)


def product_kernels(
    factors: Sequence[Space], first: Sequence[FloatArray], second: Sequence[FloatArray], cutoff: Number
) -> tuple[Spectrum, FloatArray]:
    """Levels of a product, and products of the factors' kernels, summed over the combinations that make up each."""
    values = [factor.eigenspace_kernel(a, b, cutoff) for factor, a, b in zip(factors, first, second, strict=True)]
    return combined_kernels([factor.levels(cutoff) for factor in factors], values, cutoff)


def combined_kernels(
    levels: Sequence[Spectrum], kernels: Sequence[FloatArray], cutoff: Number
) -> tuple[Spectrum, FloatArray]:
    """Levels of a product, and products of kernels of its factors, of shapes (levels, …), summed on each of them."""
    listed, total = levels[0], kernels[0]
    for other, values in zip(levels[1:], kernels[1:], strict=True):
        merged, rows = merge(listed, other, cutoff)
        combined = np.zeros((len(merged), *total.shape[1:]))
        for i, j, level in rows.tolist():
            combined[level] += total[i] * values[j]
        listed, total = merged, combined
    return listed, total


def by_multisets(levels: Spectrum, m: int, listed: Spectrum, kernels: FloatArray) -> dict[Hashable, FloatArray]:
    """Kernels of M^m by the names that its levels have: keys, or multisets of labels of M, whose orders are summed."""
    if levels.keys is not None:
        return dict(zip(listed.names(), kernels, strict=True))
    place = {name: i for i, name in enumerate(levels.names())}
    found: dict[Hashable, FloatArray] = {}
    for name, kernel in zip(listed.names(), kernels, strict=True):
        parts: list[Hashable] = []
        rest: Any = name
        for _ in range(m - 1):  # pairs of pairs
            rest, last = rest
            parts.append(last)
        label = tuple(sorted((*parts, rest), key=lambda part: place[part]))
        found[label] = found[label] + kernel if label in found else kernel
    return found


def aligned(kernels: dict[Hashable, FloatArray], listed: Spectrum, shape: tuple[int, ...]) -> FloatArray:
    """Kernels by name in the order of a list of levels; 0 where a level has none."""
    result = np.zeros((len(listed), *shape))
    for row, name in zip(result, listed.names(), strict=True):
        if name in kernels:
            row[:] = kernels[name]
    return result


def product_eigenfunctions(factors: Sequence[Space], points: Sequence[FloatArray], cutoff: Number) -> FloatArray:
    """Products of the factors' eigenfunctions, level by level."""
    listed = factors[0].levels(cutoff)
    functions = factors[0].eigenfunctions(points[0], cutoff)
    for factor, x in zip(factors[1:], points[1:], strict=True):
        other = factor.levels(cutoff)
        values = factor.eigenfunctions(x, cutoff)
        merged, rows = merge(listed, other, cutoff)
        check_size(len(x), merged.total)
        columns = [
            np.einsum("na,nb->nab", _level(functions, listed, i), _level(values, other, j)).reshape(len(x), -1)
            for i, j, _ in sorted(rows.tolist(), key=lambda row: row[2])
        ]
        listed, functions = merged, np.concatenate([np.empty((len(x), 0)), *columns], axis=1)
    return functions


def _level(functions: FloatArray, listed: Spectrum, level: int) -> FloatArray:
    """The columns of one level."""
    end = int(listed.cumulative[level])
    return functions[:, end - int(listed.multiplicities[level]): end]
