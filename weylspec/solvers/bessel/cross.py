"""Cross products of Bessel functions on an annulus: phases that count, and their zeros.

J_ν + iY_ν = M·e^{iθ} and J_ν' + iY_ν' = N·e^{iφ} with θ(0) = −π/2, θ' = 2/(πxM²) > 0 and θ < φ < θ + π (the
Wronskian 2/πx is positive). A solution that satisfies its condition at the inner radius has the Prüfer angle of
the difference of phases, so the number of frequencies ≤ k is ⌊G(k)/π⌋, plus 1 for a Neumann condition inside:
G = (θ or φ)(bk) − (θ or φ)(ak), θ where the condition is Dirichlet's and φ where it is Neumann's. The branch of
θ is fixed by the number of zeros of J_ν below x, counted by pivots. No frequency bk lies below its order ν > 0,
as λ > ν²/b² there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from weylspec.errors import CertificationError
from weylspec.solvers.bessel.zeros import EPS

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Floating = npt.NDArray[np.floating]

MARGIN = 1e-11  # relative; every zero is known better than that, or refused
_STEPS = 100
_SMALL = 1e-8


def phase(nu: FloatArray, x: FloatArray, derivative: bool) -> tuple[FloatArray, FloatArray]:
    """The phase θ of J_ν + iY_ν, or φ of its derivative, on its true branch, and its slope in x.

    Parameters
    ----------
    nu, x : ndarrays of shape (n,)
        Orders ≥ 0, arguments > 0.
    derivative : bool
        φ instead of θ.

    Returns
    -------
    angle, slope : ndarrays of shape (n,)

    Examples
    --------
    θ = x − π/2 and tan(φ − θ) = −2x for ν = ½:

    >>> nu, x = np.array([0.5, 0.5]), np.array([2.0, 20.0])
    >>> theta, phi = phase(nu, x, False)[0], phase(nu, x, True)[0]
    >>> theta + np.pi / 2, np.tan(phi - theta)
    (array([ 2., 20.]), array([ -4., -40.]))
    """
    from scipy.special import jv, yv

    below = _zeros_before(nu, x)
    j, y = jv(nu, x), yv(nu, x)
    far = ~np.isfinite(y)  # Y beyond floats: J/Y and J'/Y' are 0 to hundreds of digits
    j, y = np.where(far, 0.0, j), np.where(far, -1.0, y)
    angle, factor = _branch(np.arctan2(y, j), below * math.pi), 2 / (math.pi * x)
    if derivative:
        j = nu / x * j - np.where(far, 0.0, jv(nu + 1, x))
        y = np.where(far, 1.0, nu / x * y - yv(nu + 1, x))
        angle = _branch(np.arctan2(y, j), angle + math.pi / 2)
        factor = factor * (1 - (nu / x) ** 2)
    modulus = np.hypot(j, y)
    return angle, np.where(far, 0.0, factor / modulus / modulus)


def _zeros_before(nu: FloatArray, x: FloatArray) -> IntArray:
    """Zeros of J_ν up to x; in one pass for consecutive orders at the same x."""
    from weylspec.solvers.bessel._loops import each_count, ladder

    found = np.zeros(len(nu), dtype=np.int64)
    if len(nu) > 1 and (x == x[0]).all() and (np.diff(nu) == 1).all():
        ladder(nu[0], False, x[0], found)
    else:
        each_count(nu, np.full(len(nu), np.inf), x, found)
    return found


def _branch(angle: Floating, near: Floating) -> FloatArray:
    return np.asarray(angle + 2 * math.pi * np.round((near - angle) / (2 * math.pi)))


@dataclass(frozen=True)
class CrossProduct:
    """The boundary conditions of an annulus a < r < 1: which ends are Neumann.

    Attributes
    ----------
    inner : float
        a, between 0 and 1.
    neumann_inside, neumann_outside : bool
    """

    inner: float
    neumann_inside: bool
    neumann_outside: bool

    def difference(self, nu: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """G at frequencies x (outer radius 1) and its derivative."""
        end, end_slope = phase(nu, x, self.neumann_outside)
        start, slope = phase(nu, self.inner * x, self.neumann_inside)
        return end - start, end_slope - self.inner * slope

    def below(self, x: float) -> IntArray:
        """Frequencies ≤ x of every order 0, 1, … up to the last that has one; 0 is one if both ends are Neumann."""
        free = self.neumann_inside and self.neumann_outside
        if x < _SMALL:  # the least positive one is above 1/4: λ ≥ (π/2)² for a Dirichlet end, 1 for order 1
            return np.ones(1 if free else 0, dtype=np.int64)
        nu = np.arange(int(x) + 1, dtype=np.float64)
        found = np.floor(self.difference(nu, np.full(len(nu), x))[0] / math.pi).astype(np.int64)
        found = np.maximum(found + self.neumann_inside, 0)
        return found[: int(np.count_nonzero(found))]

    def zeros(self, order: IntArray, rank: IntArray) -> tuple[FloatArray, FloatArray]:
        """The rank-th frequency of each order and its error bound, by Newton inside brackets.

        The bound is the error of both phases over G', with Amos's (1986) estimate of J and Y: eps·max(10, x, ν)
        relative to their modulus.
        """
        values, errors = np.zeros(len(order)), np.zeros(len(order))
        free = self.neumann_inside and self.neumann_outside
        todo = ~((order == 0) & (rank == 1) & free)
        nu, goal = order[todo].astype(np.float64), (rank[todo] - self.neumann_inside) * math.pi
        if len(nu):
            x, slope = self._solve(nu, goal)
            values[todo], errors[todo] = x, self._noise(nu, x) / slope + 4 * EPS * x
        if (errors > MARGIN * values).any():
            worst = int((errors - MARGIN * values).argmax())
            raise CertificationError(
                f"frequency {rank[worst]} of order {order[worst]} is known to {errors[worst]:.1e} only; "
                "take a wider annulus or a smaller cutoff"
            )
        return values, errors

    def radial(self, order: int, x: float, r: FloatArray) -> FloatArray:
        """The solution J(xr)·cos β + Y(xr)·sin β of a frequency x > 0, with 2∫R²r dr/(1 − a²) = 1 over (a, 1)."""
        from scipy.special import jv, jvp, yv, yvp

        ends = np.array([self.inner, 1.0])
        at_a = x * self.inner
        j_a, y_a = (jvp(order, at_a), yvp(order, at_a)) if self.neumann_inside else (jv(order, at_a), yv(order, at_a))
        scale = math.hypot(j_a, y_a)
        first, second = (y_a / scale, j_a / scale) if math.isfinite(scale) else (1.0, 0.0)

        def combined(f: Floating, g: Floating) -> FloatArray:
            return np.asarray(first * f - second * g if second else first * f)  # g may be infinite where second is 0

        value = combined(jv(order, x * ends), yv(order, x * ends))
        slope = combined(jvp(order, x * ends), yvp(order, x * ends))
        # ∫ R² r dr = ½(r²R'(xr)² + (r² − m²/x²)R²) between the ends (Lommel)
        whole = (ends * slope) ** 2 + (ends**2 - (order / x) ** 2) * value**2
        return combined(jv(order, x * r), yv(order, x * r)) / math.sqrt((whole[1] - whole[0]) / (1 - self.inner**2))

    def _noise(self, nu: FloatArray, x: FloatArray) -> FloatArray:
        """Bound of the error of a computed G."""
        sizes = np.maximum(10, np.maximum(x, nu)) + np.maximum(10, np.maximum(self.inner * x, nu))
        return np.asarray(2 * EPS * sizes)

    def _solve(self, nu: FloatArray, goal: FloatArray) -> tuple[FloatArray, FloatArray]:
        low = np.maximum(nu, _SMALL)
        high = np.full(len(nu), np.inf)
        x, slope = self._guess(nu, goal), np.ones(len(nu))
        todo = np.arange(len(nu))
        for _ in range(_STEPS):
            at = x[todo]
            value, slope[todo] = self.difference(nu[todo], at)
            reached = value >= goal[todo]
            high[todo[reached]] = at[reached]
            low[todo[~reached]] = at[~reached]
            with np.errstate(divide="ignore", invalid="ignore"):
                moved = at + (goal[todo] - value) / slope[todo]
            # quadratic convergence: what is left after a step from here is below the square
            settled = (np.abs(goal[todo] - value) <= np.maximum(_SMALL, self._noise(nu[todo], at))) & (slope[todo] > 0)
            inside = (moved > low[todo]) & (moved < np.minimum(high[todo], 2 * at))
            middle = np.where(np.isfinite(high[todo]), (low[todo] + high[todo]) / 2, 2 * at)
            x[todo] = np.where(inside | settled, moved, middle)
            todo = todo[~settled]
            if not len(todo):
                return x, slope
        raise CertificationError(f"{len(todo)} frequencies of {self!r} did not settle")

    def _guess(self, nu: FloatArray, goal: FloatArray) -> FloatArray:
        """Where the leading (WKB) phases differ by the goal, by bisection."""
        low, high = nu.copy(), nu + (np.abs(goal) + 2 * math.pi) / (1 - self.inner) + 1
        shift = math.pi / 2 * (self.neumann_outside - self.neumann_inside)
        for _ in range(40):
            middle = (low + high) / 2
            reached = _leading(nu, middle) - _leading(nu, self.inner * middle) + shift >= goal
            high, low = np.where(reached, middle, high), np.where(reached, low, middle)
        return np.asarray((low + high) / 2)


def _leading(nu: FloatArray, x: FloatArray) -> FloatArray:
    root = np.sqrt(np.maximum((x - nu) * (x + nu), 0.0))
    return np.asarray(root - nu * np.arccos(np.minimum(nu / np.maximum(x, 1e-300), 1.0)))

