"""Minimising over a ridge, on a logarithmic scale."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError

FloatArray = npt.NDArray[np.float64]

_GRID = 64
_SETTLED = 1e-12


def minimise(objective: Callable[[FloatArray], FloatArray], low: float, high: float) -> float:
    """Where a vectorised function of x > 0 is smallest on [low, high]; infinite values are passed by.

    Grids in log x zoom in on the best node (64 nodes, so each zoom narrows by 31) until the smallest
    value no longer changes to 1e-12: near a minimum the value is what counts, not the place.

    Examples
    --------
    >>> minimise(lambda x: x + 4 / x, 1e-3, 1e3)
    2.0
    """
    left, right = float(np.log(low)), float(np.log(high))
    best = np.inf
    while True:
        grid = np.linspace(left, right, _GRID)
        values = objective(np.exp(grid))
        k = int(np.nanargmin(values))
        if not np.isfinite(values[k]):
            raise WeylspecError(f"no finite value between {low:g} and {high:g}")
        if best - values[k] <= _SETTLED * abs(values[k]):
            return float(np.exp(grid[k]))
        best = float(values[k])
        left, right = float(grid[max(k - 1, 0)]), float(grid[min(k + 1, _GRID - 1)])
