"""Compiled loops over the continued fraction of Bessel functions: pivots, counts, zeros."""

from __future__ import annotations

import math

import numba as nb
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_EPS = 2.0**-52
_TINY = 1e-300
_WIDEST = 2.0**-40  # a bracket that would need to be wider than this is not certified


@nb.njit(cache=True)
def rows(nu: float, x: float) -> int:
    """Rows of the matrix that decide its pivots: past the turning point ν + m = x each damps errors by r².

    Σ 2·arcosh((ν + m)/x) over 8x^{1/3} + 20 rows is above 42, so that the truncation is below e^{−42}.
    """
    return int(max(x - nu, 0.0) + 8.0 * x ** (1.0 / 3.0) + 20.0)


@nb.njit(cache=True)
def pivots(nu: float, c: float, x: float) -> tuple[int, float]:
    """Negative pivots of the matrix of (ν, c) at x, and J_ν(x)/J_{ν+1}(x)."""
    w = 2.0 / x
    m = rows(nu, x)
    d = (nu + m) * w
    negative = 0
    while m > 1:
        m -= 1
        d = (nu + m) * w - 1.0 / d
        if d < 0.0:
            negative += 1
        elif d == 0.0:
            d = _TINY
    if c != math.inf and c / x - 1.0 / d < 0.0:
        negative += 1
    return negative, d


@nb.njit(cache=True)
def ladder(nu: float, neumann: bool, x: float, out: Ints) -> None:
    """Negative pivots of the orders ν + l, l < len(out), in one pass; with c = l if neumann, else c = ∞."""
    w = 2.0 / x
    m = rows(nu, x)
    d = (nu + m) * w
    negative = 0
    out[:] = 0
    while m > 1:
        m -= 1
        d = (nu + m) * w - 1.0 / d
        if d < 0.0:
            negative += 1
        elif d == 0.0:
            d = _TINY
        if m <= len(out):
            out[m - 1] = negative
            if neumann and (m - 1) / x - 1.0 / d < 0.0:
                out[m - 1] += 1


@nb.njit(cache=True)
def each_count(nu: Floats, c: Floats, x: Floats, out: Ints) -> None:
    """Negative pivots of every (ν_i, c_i) at x_i."""
    for i in range(len(nu)):
        out[i] = pivots(nu[i], c[i], x[i])[0]


@nb.njit(cache=True)
def start(nu: float, phase: float) -> float:
    """The x > ν with √(x² − ν²) − ν·arccos(ν/x) = phase > 0, by Newton from the right (the left side is convex)."""
    x = nu + phase if nu == 0.0 else phase + 0.5 * math.pi * nu
    for _ in range(60):
        root = math.sqrt((x - nu) * (x + nu))
        step = (root - nu * math.acos(nu / x) - phase) * x / root
        if not step > 1e-9 * x:
            break
        x -= step
    return x


@nb.njit(cache=True)
def step_to_zero(nu: float, c: float, x: float, d: float) -> float:
    """Segura's step for y'' + (x² − ν²)y = 0 in ln x: from s = x·J'/J to the nearest s* = ν − c (−∞ for c = ∞)."""
    s = nu - x / d
    a = (x - nu) * (x + nu)
    if c == math.inf:
        if a <= 0.0:
            return math.inf
        turn = math.atan2(math.sqrt(a), -s) if s < 0.0 else -math.atan2(math.sqrt(a), s)
        return x * turn / math.sqrt(a)
    goal = nu - c
    if a <= goal * goal:
        return x * (s - goal) / (a + s * s)
    root = math.sqrt(a)
    return x * (math.atan(s / root) - math.atan(goal / root)) / root


@nb.njit(cache=True)
def near_zero(nu: float, c: float, k: int) -> float:
    """The k-th zero of cJ_ν − xJ_{ν+1} (J_ν for c = ∞), by safeguarded steps that converge to fourth order."""
    x: float = start(nu, math.pi * (k - (0.25 if c == math.inf else 0.75)))
    low, high = 0.0, math.inf
    step: float = 0.0
    for _ in range(60):
        count, d = pivots(nu, c, x)
        step = step_to_zero(nu, c, x, d)
        if abs(step) <= 1e-6 * min(1.0, x):
            return x + step
        if count >= k:
            high = min(high, x)
        else:
            low = max(low, x)
        x += step
        if not low < x < high:
            x = 0.5 * (low + high) if high < math.inf else 2.0 * low
    return x


@nb.njit(cache=True)
def half_width(nu: float, c: float, k: int, x: float) -> float:
    """The least δ of 4 eps, 8 eps, … such that x(1 ± δ) has the k-th zero between, by count; ∞ if none does."""
    delta = 4.0 * _EPS
    while delta < _WIDEST:
        if pivots(nu, c, x * (1.0 - delta))[0] < k <= pivots(nu, c, x * (1.0 + delta))[0]:
            return delta
        delta *= 2.0
    return math.inf


@nb.njit(cache=True)
def bisected_zero(nu: float, c: float, k: int) -> float:
    """The k-th zero by bisection on the count alone."""
    low, high = 0.0, nu + 1.0
    while pivots(nu, c, high)[0] < k:
        low, high = high, 2.0 * high
    while high - low > 2.0 * _EPS * high:
        middle = 0.5 * (low + high)
        if pivots(nu, c, middle)[0] >= k:
            high = middle
        else:
            low = middle
    return high


@nb.njit(cache=True)
def each_zero(nu: Floats, c: Floats, k: Ints, zeros: Floats, widths: Floats) -> None:
    """The k_i-th zero of (ν_i, c_i), and the relative half-width of the bracket that was counted out."""
    for i in range(len(nu)):
        if c[i] == 0.0 and k[i] == 1:
            zeros[i], widths[i] = 0.0, 0.0
            continue
        zeros[i] = near_zero(nu[i], c[i], k[i])
        widths[i] = half_width(nu[i], c[i], k[i], zeros[i])
        if widths[i] == math.inf:
            zeros[i] = bisected_zero(nu[i], c[i], k[i])
            widths[i] = half_width(nu[i], c[i], k[i], zeros[i])
