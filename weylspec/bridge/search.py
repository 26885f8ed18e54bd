"""Minimising over a ridge, on a logarithmic scale."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError

FloatArray = npt.NDArray[np.float64]

_GRID = 64
_ZOOM = 16
_SETTLED = 1e-12


def minimise(objective: Callable[[FloatArray], FloatArray], low: float, high: float) -> float:
    """Where a vectorised function of x > 0 is smallest on [low, high]; infinite values are passed by.

    A grid in log x, then smaller ones that zoom in on the best node, until its neighbours agree with
    it to 1e-12: near a minimum the value is what counts, not the place.

    Examples
    --------
    >>> minimise(lambda x: x + 4 / x, 1e-3, 1e3)
    2.0
    """
    left, right, nodes = float(np.log(low)), float(np.log(high)), _GRID
    while True:
        grid = np.linspace(left, right, nodes)
        values = objective(np.exp(grid))
        k = int(np.nanargmin(values))
        if not np.isfinite(values[k]):
            raise WeylspecError(f"no finite value between {low:g} and {high:g}")
        below, above = max(k - 1, 0), min(k + 1, nodes - 1)
        left, right, nodes = float(grid[below]), float(grid[above]), _ZOOM
        if max(values[below], values[above]) - values[k] <= _SETTLED * abs(values[k]) or right - left < _SETTLED:
            return float(np.exp(grid[k]))
