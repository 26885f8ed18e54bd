"""The tail of a heat trace beyond a list's last level, estimated from the list."""

from __future__ import annotations

import itertools
import math

from weylspec.errors import IncompleteSpectrumError
from weylspec.multiplicities import FloatArray, IntArray

_UNKNOWN_JUMP = 1000.0  # for a list of one level: above 1 + the first multiplicity of S^n, n < 999, and of flat tori
_LEAST_POWER = 4.0      # for lists too short to show their growth: Weyl's exponent d/2 up to dimension 8


def certify(
    times: FloatArray, trace: FloatArray, top: float, cumulative: IntArray, power: float, rtol: float
) -> None:
    """Refuse a heat trace whose cut tail exceeds rtol·Z(t), naming a cutoff that would do.

    Parameters
    ----------
    times, trace : ndarrays of shape (n,)
        t and Σ m exp(−tλ) over the list.
    top : float
        The list is complete below it.
    cumulative : ndarray of shape (levels,)
        N at each level.
    power, rtol : float
        Exponent of the growth that is assumed beyond the list; largest relative tail.

    Raises
    ------
    IncompleteSpectrumError
        Naming t and the cutoff.
    """
    jump, total = largest_jump(cumulative), float(cumulative[-1]) if len(cumulative) else 1.0
    for t, z in zip(times, trace, strict=True):
        if jump * total * tail(t * top, power) > rtol * z:
            cutoff = sufficient(power, jump, rtol) / t
            raise IncompleteSpectrumError(
                f"heat_trace({t:g}) cuts a tail above rtol = {rtol:g}; a spectrum with cutoff={cutoff:.6g} would do"
            )


def largest_jump(cumulative: IntArray) -> float:
    """The largest ratio of successive values of N in a list.

    Examples
    --------
    >>> import numpy as np
    >>> largest_jump(np.array([1, 4, 9]))
    4.0
    """
    if len(cumulative) < 2:
        return _UNKNOWN_JUMP
    return max(int(b) / int(a) for a, b in itertools.pairwise(cumulative))


def tail(x: float, power: float) -> float:
    """∫_x^∞ (y/x)^power e^{−y} dy = x^{−p} Γ(p + 1, x): bounds Σ_{tλ > x} m e^{−tλ} where N ≤ (tλ/x)^p.

    Examples
    --------
    >>> tail(2.0, 0.0) / math.exp(-2)
    1.0
    """
    from scipy.special import gamma, gammaincc

    return float(x**-power * gamma(power + 1) * gammaincc(power + 1, x)) if x > 0 else math.inf


def sufficient(power: float, jump: float, rtol: float) -> float:
    """An x = t·cutoff at which the tail is within rtol·Z(t), whatever the list at hand.

    Z(t) ≥ N(1/t)/e and N(x/t) ≤ N(1/t)·x^p, so that K·e·Γ(p + 1, x) ≤ rtol is enough; a list that
    starts late tells too little of p, hence the floor of 4, and of K, hence its floor.
    """
    from scipy.special import gamma, gammainccinv

    p = max(power, _LEAST_POWER)
    return float(gammainccinv(p + 1, float(rtol / (max(jump, _UNKNOWN_JUMP) * math.e * gamma(p + 1)))))
