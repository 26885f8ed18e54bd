"""Levels of a product, with the pairs of levels that make up each of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from weylspec.errors import UnknownGeometryError
from weylspec.multiplicities import level_pairs
from weylspec.spectrum import Spectrum
from weylspec.units import Number, commensurable, rekeyed


def merge(a: Spectrum, b: Spectrum, cutoff: Number) -> tuple[Spectrum, npt.NDArray[np.int64]]:
    """The product's levels, and rows (level of a, level of b, level of the product)."""
    merged = (a * b).up_to(cutoff)
    if a.keys is None or b.keys is None or merged.keys is None:
        raise UnknownGeometryError("eigenspace kernels of a product need closed-form levels in every factor")
    _, table = commensurable(a.units + b.units)
    first, second = level_pairs(a.eigenvalues, b.eigenvalues, merged.complete_below)
    split = len(a.units)
    keys = rekeyed(a.keys, table[:split])[first] + rekeyed(b.keys, table[split:])[second]
    position = {tuple(row): level for level, row in enumerate(merged.keys.tolist())}
    rows = [(i, j, position[tuple(key)]) for i, j, key in zip(first, second, keys.tolist(), strict=True)
            if tuple(key) in position]
    return merged, np.array(rows, dtype=np.int64)
