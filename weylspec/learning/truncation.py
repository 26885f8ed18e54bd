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


def default_cutoff(space: Manifold, s: Number, alpha: Number, n: Number) -> float:
    """The smallest cutoff that leaves out at most 1% of the ridge, in trace and in every direction.

    Two conditions, with w = (1+λ)^{−s} at the first level that is left out:

    * n·w ≤ α/100. Over n uniform samples an eigenfunction φ_j has Σ_i φ_j(x_i)² ≈ n, so ridge regression
      returns the share n·w_j/(n·w_j + α) of its coefficient: below 1% for all that is left out.
    * neglected trace ≤ α/100. Where the samples do not resolve single functions the rest R of K_s acts on
      the data like so much more ridge: its Gram matrix has that number on the diagonal, on average.

    Together they bound the Gram matrix R(X, X) = Σ_i ψ(x_i)ψ(x_i)ᵀ (up to transposition), ψ the scaled
    functions left out: |ψ|² averages to the trace t (and equals it where M/G is homogeneous), E ψψᵀ ≤ w,
    so that by the matrix Chernoff bound E‖R(X, X)‖ ≤ (e − 1)·n·w + t·log(2t/w) there, some 5 to 10% of α.
    The fitted values differ by R(K + α)^{−1}y multiplied by α(K_cut + α)^{−1}, hence at most by ‖R‖/α·|y|.

    Parameters
    ----------
    space : Manifold
    s : number
        Smoothness, s > d/2.
    alpha : number
        α = n·η, the ridge on the sum of squares, positive.
    n : number
        Number of samples, positive.

    Returns
    -------
    float
        An eigenvalue of the space: whole levels up to it are kept.

    Raises
    ------
    CostError
        If more than 4000 eigenfunctions would be needed.

    References
    ----------
    J. A. Tropp (2012), User-friendly tail bounds for sums of random matrices, Theorem 1.1; (2015), An
    introduction to matrix concentration inequalities, Theorem 7.2.1 (intrinsic dimension).

    Examples
    --------
    On S² with s = 2 and n = α the levels with (1+λ)² < 100 are kept: λ = 0, 2, 6 (for λ = 12, 13² = 169).
    With few samples the trace decides: what is beyond degree l adds up to some 1/(l+1)², 1/15² < α/100.

    >>> import weylspec as ws
    >>> default_cutoff(ws.Sphere(2), s=2, alpha=100, n=100)
    6.0
    >>> default_cutoff(ws.Sphere(2), s=2, alpha=0.5, n=1)
    210.0
    """
    smooth, ridge, count = _smoothness(space, s), real(alpha, "alpha"), real(n, "n")
    table = LevelTable.of(space, 100.0)
    if table.point:
        return 0.0
    while True:
        weights = table.shifted**-smooth
        tails = power_upper(table, smooth) - np.cumsum(table.mult * weights)
        # What follows the last listed level lies beyond the table.
        following = np.append(weights[1:], table.top**-smooth)
        enough = np.flatnonzero(np.maximum(tails, count * following) <= _SHARE * ridge)
        level = int(enough[0]) if len(enough) else len(tails) - 1
        if table.counts[level] > MAX_FUNCTIONS:
            raise CostError(
                f"to leave out at most {_SHARE:.0%} of the ridge {ridge:g} at n = {count:g}, K_s on {space!r} with "
                f"s = {smooth:g} needs more than {MAX_FUNCTIONS} eigenfunctions; give a cutoff, a larger ridge or a "
                "larger s"
            )
        if len(enough):
            return float(table.spectrum.eigenvalues[level])
        table = table.longer


def _smoothness(space: Manifold, s: Number) -> float:
    smooth = real(s, "s")
    if smooth <= space.dim / 2:
        raise WeylspecError(f"s = {smooth:g} must exceed d/2 = {space.dim / 2:g} on {space!r}: the kernel has no trace")
    return smooth
