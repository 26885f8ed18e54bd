"""Where to cut a Sobolev kernel, and what the cut leaves out."""

from __future__ import annotations

import numpy as np

from weylspec.bridge.levels import LevelTable
from weylspec.bridge.results import real
from weylspec.bridge.sums import power_upper
from weylspec.errors import CostError, WeylspecError
from weylspec.spaces.base import Manifold
from weylspec.units import Number

MAX_FUNCTIONS = 4000
_SHARE = 0.01


def neglected_trace(space: Manifold, s: Number, cutoff: Number) -> float:
    """Upper bound of Σ_{λ > cutoff} m_λ (1+λ)^{−s}, the trace of the part of K_s that a cut leaves out.

    On a homogeneous space it also bounds sup |K_s − K_s,cut|, because the sum over a level is
    constant on the diagonal. The tail beyond the listed levels is bounded with N(λ) ≤ A(1+λ)^{d/2}.

    Parameters
    ----------
    space : Manifold
        M or M/G (invariant levels only).
    s : number
        Smoothness, s > d/2.
    cutoff : number
        Levels λ ≤ cutoff are kept.

    Returns
    -------
    float

    Raises
    ------
    WeylspecError
        If s ≤ d/2: the trace is infinite.

    Examples
    --------
    On S² with s = 2, Σ_{l≥1} (2l+1)/(1 + l(l+1))² = 0.53568.

    >>> import weylspec as ws
    >>> round(neglected_trace(ws.Sphere(2), 2, cutoff=0), 3)
    0.536
    """
    smooth = _smoothness(space, s)
    if space.dim == 0:
        return 0.0
    kept = space.spectrum(cutoff=cutoff)
    inside = float(np.asarray(kept.multiplicities, dtype=np.float64) @ (1 + kept.eigenvalues) ** -smooth)
    table = LevelTable.of(space, max(400.0, 16 * float(kept.complete_below)))
    return power_upper(table, smooth) - inside


def default_cutoff(space: Manifold, s: Number, alpha: Number) -> float:
    """The smallest level at which the neglected trace is at most 1% of the ridge on the matrix.

    The neglected part of K_s acts on the data like a ridge larger by at most that trace on average,
    so the cut moves the ridge by at most 1%; at the optimal ridge the risk changes in second order.

    Parameters
    ----------
    space : Manifold
    s : number
        Smoothness, s > d/2.
    alpha : number
        n·η, positive.

    Returns
    -------
    float
        An eigenvalue of the space.

    Raises
    ------
    CostError
        If more than 4000 eigenfunctions would be needed.

    Examples
    --------
    >>> import weylspec as ws
    >>> default_cutoff(ws.Sphere(2), s=2, alpha=10)
    12.0
    """
    smooth, ridge = _smoothness(space, s), real(alpha, "alpha")
    table = LevelTable.of(space, 100.0)
    if table.point:
        return 0.0
    while True:
        tails = power_upper(table, smooth) - np.cumsum(table.mult * table.shifted**-smooth)
        small = np.flatnonzero(tails <= _SHARE * ridge)
        level = int(small[0]) if len(small) else len(tails) - 1
        if table.counts[level] > MAX_FUNCTIONS:
            raise CostError(
                f"to leave out at most {_SHARE:.0%} of the ridge {ridge:g}, K_s on {space!r} with s = {smooth:g} needs "
                f"more than {MAX_FUNCTIONS} eigenfunctions; give a cutoff, a larger ridge or a larger s"
            )
        if len(small):
            return float(table.spectrum.eigenvalues[level])
        table = table.longer


def _smoothness(space: Manifold, s: Number) -> float:
    smooth = real(s, "s")
    if smooth <= space.dim / 2:
        raise WeylspecError(f"s = {smooth:g} must exceed d/2 = {space.dim / 2:g} on {space!r}: the kernel has no trace")
    return smooth
