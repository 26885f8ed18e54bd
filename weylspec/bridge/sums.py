"""Sums over all levels: exact multiplicities to a cutoff, and the tail beyond it.

Two tails. The *smooth* one is the incomplete Beta function of Weyl's law, joined to the list by a
smooth cutoff in √λ (a sharp one would leave the oscillation of N); its error is estimated by what
changes when the window moves down an octave. The *upper* one is a bound from N(λ) ≤ A(1+λ)^e.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from weylspec.bridge.levels import LevelTable

FloatArray = npt.NDArray[np.float64]
Summand = Callable[[FloatArray], FloatArray]

_BUMP = 8  # window (1 − x²)^8: an oscillation with m periods in it is damped by about m^{-9}
_NODES = 20
_TINY = 1e-3  # below it the power series of the incomplete Beta function is one term and a little


@dataclass(frozen=True, eq=False)
class LevelSum:
    """A sum over all levels at several parameters: value, the part beyond the list, error estimate."""

    value: FloatArray
    tail: FloatArray
    error: FloatArray


def incomplete_beta(alpha: npt.ArrayLike, beta: npt.ArrayLike, x: npt.ArrayLike) -> FloatArray:
    """B_x(α, β) = ∫_0^x t^{α−1}(1−t)^{β−1} dt for α > 0, any real β and 0 < x < 1.

    Examples
    --------
    >>> float(incomplete_beta(2.0, -1.0, 0.5))    # 1 − log 2
    0.3068528194400547
    """
    return _scaled_beta(*(np.asarray(v, dtype=np.float64) for v in (alpha, beta, np.log(x), 0.0)))


def _scaled_beta(alpha: FloatArray, beta: FloatArray, log_x: FloatArray, log_scale: FloatArray) -> FloatArray:
    """e^{log scale}·B_x(α, β); a power of a tiny x and a huge scale meet in the exponent."""
    from scipy.special import beta as complete
    from scipy.special import betainc, hyp2f1

    alpha, beta, log_x, log_scale = np.broadcast_arrays(alpha, beta, log_x, log_scale)
    x = np.exp(log_x)
    usual = (beta > 0) & (x > _TINY)
    safe = np.where(usual, beta, 1.0)
    other = np.exp(log_scale + alpha * log_x) / alpha * hyp2f1(alpha, 1 - np.where(usual, 0.5, beta), alpha + 1, x)
    whole = np.exp(np.where(usual, log_scale, 0.0)) * complete(alpha, safe) * betainc(alpha, safe, x)
    return np.asarray(np.where(usual, whole, other))


def tail_integral(
    exponent: npt.ArrayLike, top: npt.ArrayLike, eta: npt.ArrayLike, s: float, power: float, shift: float = 0.0
) -> FloatArray:
    """∫_L^∞ u^{−shift}(1 + ηu^s)^{−power} d(u^e), broadcast over e, L and η.

    With t = 1/(1 + ηu^s) it is (e/s)η^{−e'/s} B_x(power − e'/s, e'/s), e' = e − shift,
    x = 1/(1 + ηL^s); for power 0 it is e L^{e'}/(−e').
    """
    e, high, ridge = np.broadcast_arrays(*(np.asarray(v, dtype=np.float64) for v in (exponent, top, eta)))
    reduced = e - shift
    if power == 0:
        return np.asarray(e * high**reduced / -reduced)
    beta, log_ridge = reduced / s, np.log(ridge)
    log_x = -np.logaddexp(0.0, log_ridge + s * np.log(high))
    return np.asarray(e / s * _scaled_beta(power - beta, beta, log_x, -beta * log_ridge))


def smooth_sum(table: LevelTable, term: Summand, tail: Summand) -> LevelSum:
    """Σ over all levels of m_λ h(1+λ), with the tail joined by a smooth cutoff.

    Parameters
    ----------
    table : LevelTable
    term : callable
        1 + λ of shape (levels,) ↦ h for k parameters, shape (k, levels).
    tail : callable
        L of shape (nodes,) ↦ ∫_{1+λ>L} h dN_smooth, shape (k, nodes).

    Returns
    -------
    LevelSum
        Arrays of shape (k,).
    """
    terms = term(table.shifted)
    if table.point:
        return LevelSum(terms @ table.mult, np.zeros(len(terms)), np.zeros(len(terms)))
    root = np.sqrt(table.top - 1.0)
    late, late_tail = _window(table, terms, tail, root)
    early, early_tail = _window(table, terms, tail, root / 2)
    value = late + late_tail
    error = np.abs(value - early - early_tail)
    inexact = table.spectrum.errors
    if inexact.any():
        moved = term(np.maximum(table.shifted - inexact, 1.0)) - term(table.shifted + inexact)
        error = error + np.abs(moved) @ table.mult
    return LevelSum(value, late_tail, error)


def _window(table: LevelTable, terms: FloatArray, tail: Summand, high: float) -> tuple[FloatArray, FloatArray]:
    """Listed part and tail for a cutoff averaged over √λ in [high/2, high] with weight (1 − x²)^8."""
    from scipy.special import betainc, roots_jacobi

    nodes, weights = roots_jacobi(_NODES, _BUMP, _BUMP)
    position = np.sqrt(table.shifted - 1.0) / (high / 2) - 1.0
    taper = betainc(_BUMP + 1, _BUMP + 1, 1 - np.clip(position, 0.0, 1.0))
    at = tail(1.0 + (high * (3 + nodes) / 4) ** 2)
    return terms @ (table.mult * taper), at @ (weights / weights.sum())


def regularised_sum(table: LevelTable, s: float, eta: npt.ArrayLike, power: float = 1.0) -> LevelSum:
    """Σ m_λ (1 + η(1+λ)^s)^{−power} for an array of η (effective dimension)."""
    ridges = np.atleast_1d(np.asarray(eta, dtype=np.float64))
    return smooth_sum(
        table,
        lambda u: kept(u, s, ridges) ** power,
        lambda top: _law_tail(table, top, ridges, s, power),
    )


def power_sum(table: LevelTable, exponent: float) -> LevelSum:
    """Σ m_λ (1+λ)^{−exponent}, exponent > d/2."""
    return smooth_sum(
        table,
        lambda u: np.asarray(u**-exponent)[None, :],
        lambda top: _law_tail(table, top, np.ones(1), 1.0, 0.0, exponent),
    )


def bias_sum(table: LevelTable, s: float, eta: npt.ArrayLike, decay: float) -> LevelSum:
    """Σ m_λ (1+λ)^{−decay}·(η(1+λ)^s/(1 + η(1+λ)^s))² for an array of η."""
    ridges = np.atleast_1d(np.asarray(eta, dtype=np.float64))

    def tail(top: FloatArray) -> FloatArray:
        whole, once, twice = (_law_tail(table, top, ridges, s, p, decay) for p in (0.0, 1.0, 2.0))
        return whole - 2 * once + twice

    return smooth_sum(table, lambda u: shrunk(u, s, ridges) * u**-decay, tail)


def kept(shifted: FloatArray, s: float, eta: FloatArray) -> FloatArray:
    """1/(1 + η(1+λ)^s) by logarithms, so that no power overflows, shape (η, levels)."""
    from scipy.special import expit

    return np.asarray(expit(-np.log(eta)[:, None] - s * np.log(shifted)))


def shrunk(shifted: FloatArray, s: float, eta: FloatArray) -> FloatArray:
    """(ηm/(1 + ηm))², m = (1+λ)^s: share of a level's energy that ridge η loses, shape (η, levels)."""
    from scipy.special import expit

    return np.asarray(expit(np.log(eta)[:, None] + s * np.log(shifted)) ** 2)


def _law_tail(
    table: LevelTable, top: FloatArray, eta: FloatArray, s: float, power: float, shift: float = 0.0
) -> FloatArray:
    """Tail of the smooth law beyond each L, shape (len(eta), len(top))."""
    exponents, coefficients = table.smooth_law
    parts = tail_integral(exponents, top[None, :, None], eta[:, None, None], s, power, shift)
    return np.asarray(parts @ coefficients)


def regularised_upper(table: LevelTable, s: float, eta: npt.ArrayLike) -> FloatArray:
    """Upper bound of Σ m_λ/(1 + η(1+λ)^s) from N(λ) ≤ A(1+λ)^e past the table (`LevelTable.beyond`), shape of η."""
    ridges = np.atleast_1d(np.asarray(eta, dtype=np.float64))
    listed = kept(table.shifted, s, ridges) @ table.mult
    if table.point:
        return np.asarray(listed)
    beyond = table.beyond(s)
    counted = kept(beyond.shifted, s, ridges) @ beyond.mult
    edge = beyond.edge * kept(np.array([beyond.top]), s, ridges)[:, 0]
    return np.asarray(
        listed + counted + edge + beyond.constant * tail_integral(beyond.exponent, beyond.top, ridges, s, 1.0)
    )


def power_upper(table: LevelTable, exponent: float) -> float:
    """Upper bound of Σ m_λ (1+λ)^{−exponent} from N(λ) ≤ A(1+λ)^e past the table (`LevelTable.beyond`)."""
    listed = float(table.mult @ table.shifted**-exponent)
    if table.point:
        return listed
    beyond = table.beyond(exponent)
    counted = float(beyond.mult @ beyond.shifted**-exponent)
    edge = beyond.edge * beyond.top**-exponent
    return float(
        listed + counted + edge
        + beyond.constant * tail_integral(beyond.exponent, beyond.top, 1.0, 1.0, 0.0, exponent)
    )


def table_for(table: LevelTable, s: float, eta: float) -> LevelTable:
    """A table long enough for the smooth tail at ridge η: to 16 times the λ where η(1+λ)^s = 1."""
    return table.reaching(16 * eta ** (-1 / s))
