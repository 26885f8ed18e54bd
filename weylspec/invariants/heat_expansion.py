"""`HeatExpansion`: all powers of t in a heat trace as t → 0, where they are known exactly.

Two kinds of spaces have them. Flat ones: Poisson's summation leaves finitely many powers and a remainder that is
exponentially small. Spaces whose levels stand on a parabola, λ_k = u((k + a)² − a²), with multiplicities that a
rational series generates: spheres and their quotients, projective spaces.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from weylspec.exact.polynomials import binomial_powers
from weylspec.exact.rational_series import RationalSeries
from weylspec.invariants.orbit_spaces.geometry import Term

FloatArray = npt.NDArray[np.float64]

_POWERS = 44  # whole powers of t: at t = decay/44 the least term of a divergent series, e^{−44}, is reached
_REMAINDER = 40.0  # e^{−40} = 4e-18
_STEPS = 25        # down to a hundred and fiftieth of that time


@dataclass(frozen=True, eq=False)
class HeatExpansion:
    """Z(t) ~ Σ_i scaled[i]·(t/time)^{(i − dim)/2} as t → 0.

    Attributes
    ----------
    dim : int
    scaled : ndarray of shape (terms,), float64
    errors : ndarray of shape (terms,), float64
        Absolute errors of ``scaled``.
    time : float
        A time of the space's own size, so that no power of t leaves the range of floats.
    decay : float
        The remainder, with as many terms as serve best, is of the order of e^{−decay/t}: a quarter of the square of
        a closed geodesic. An estimate.
    ends : bool
        Whether there are no further terms.
    source : str

    Examples
    --------
    S²: Z(t) = 1/t + 1/3 + t/15 + …

    >>> import weylspec as ws
    >>> E = ws.Sphere(2).heat_expansion()
    >>> E.coefficients[:5:2] * [1, 3, 15], round((E(0.01) - (100 + 1/3 + 0.01/15)) / 1e-6, 4)
    (array([1., 1., 1.]), 1.273)
    """

    dim: int
    scaled: FloatArray
    errors: FloatArray
    time: float
    decay: float
    ends: bool
    source: str

    @property
    def powers(self) -> FloatArray:
        """Exponents (i − dim)/2."""
        return (np.arange(len(self.scaled)) - self.dim) / 2

    @property
    def coefficients(self) -> FloatArray:
        """Of the powers of t itself."""
        with np.errstate(over="ignore", under="ignore"):
            return np.asarray(self.scaled * self.time**-self.powers)

    def __call__(self, t: float | npt.ArrayLike) -> Any:
        """Σ of all terms at t (float or array)."""
        x = np.asarray(t, dtype=np.float64) / self.time
        total = x ** (-self.dim / 2) * np.polynomial.polynomial.polyval(np.sqrt(x), self.scaled)
        return float(total) if np.ndim(t) == 0 else total

    def error(self, t: float) -> float:
        """An estimate of |Z(t) − Σ of all terms|: the remainder, and the errors of the coefficients."""
        return self.remainder(t) + float(self.errors @ (t / self.time) ** self.powers)

    def remainder(self, t: float) -> float:
        """An estimate of what is left with exact coefficients: the last term, and what is exponentially small.

        On odd spheres, where the series converges, it is (π²/t)^{(n−1)/2} e^{−π²/t} times the trace.
        """
        if t >= self.decay:
            return math.inf
        sizes = np.abs(self.scaled) * (t / self.time) ** self.powers
        small = float(sizes.max()) * (1 + self.decay / t) ** (self.dim / 2) * math.exp(-self.decay / t)
        return float(small) if self.ends else float(small + sizes[-2:].max())

    def largest_time(self, rtol: float) -> float:
        """The largest t = decay/40·(4/5)^i at which the remainder is at most rtol·Z(t), or nearly so."""
        times = self.decay / _REMAINDER * 0.8 ** np.arange(_STEPS)
        return next((float(t) for t in times if self.remainder(t) <= rtol * self(t)), float(times[-1]))

    def times(self, other: HeatExpansion) -> HeatExpansion:
        """The expansion of a product space: heat traces multiply."""
        time = min(self.time, other.time)  # so that high powers of the ratio of the times are small
        (a, da), (b, db) = self._in(time), other._in(time)
        stop = min((len(each.scaled) for each in (self, other) if not each.ends), default=len(a) + len(b) - 1)
        errors = np.convolve(np.abs(a), db) + np.convolve(da, np.abs(b))
        return HeatExpansion(
            self.dim + other.dim, np.convolve(a, b)[:stop], errors[:stop], time, min(self.decay, other.decay),
            self.ends and other.ends, f"{self.source} × {other.source}",
        )

    def _in(self, time: float) -> tuple[FloatArray, FloatArray]:
        ratios = (time / self.time) ** self.powers
        return self.scaled * ratios, self.errors * ratios


def product_expansion(factors: Iterable[HeatExpansion]) -> HeatExpansion:
    """The expansion of a product of spaces."""
    return reduce(HeatExpansion.times, factors)


def flat_expansion(terms: tuple[Term, ...], length: float, source: str) -> HeatExpansion:
    """The expansion of a flat space, whose terms end: Poisson's summation formula.

    Parameters
    ----------
    terms : tuple of Term
        (4πt)^{−p/2}·X for every stratum, all of them.
    length : float
        The shortest closed geodesic ℓ: the remainder is of the order of e^{−ℓ²/4t}.
    source : str

    Returns
    -------
    HeatExpansion

    Examples
    --------
    >>> flat_expansion((Term(1, 2.0, "length"), Term(0, 0.5, "ends")), 4.0, "interval").coefficients
    array([0.56418958, 0.5       ])
    """
    dim = terms[0].dim
    scaled, errors = np.zeros(dim + 1), np.zeros(dim + 1)
    for term in terms:
        value = (math.sqrt(4 * math.pi) * length) ** -term.dim * term.coefficient
        scaled[dim - term.dim] += value
        errors[dim - term.dim] += abs(value) * term.error
    return HeatExpansion(dim, scaled, errors, length**2, length**2 / 4, True, source)


def parabola_expansion(series: RationalSeries, shift: Fraction, unit: Fraction | float, source: str) -> HeatExpansion:
    """The expansion of Σ_k m_k exp(−tu((k + a)² − a²)), where Σ m_k x^k is rational: exact numbers until the end.

    Let e^{−aτ} Σ m_k e^{−kτ} = Σ_n c_n τ^n, a Laurent series with rational coefficients. The Dirichlet series
    Σ m_k (k + a)^{−w} has the residues c_{−j}/Γ(j) at w = j and the values (−1)^n n! c_n at w = −n, so that by
    Mellin's inversion, with x = ut,

        Z(t) ~ e^{a²x} [ Σ_{j ≥ 1} ½ Γ(j/2)/Γ(j) c_{−j} x^{−j/2} + Σ_{m ≥ 0} (2m)!/m! c_{2m} (−x)^m ].

    Parameters
    ----------
    series : RationalSeries
        Of the multiplicities m_k.
    shift : Fraction
        The number a ≥ 0.
    unit : Fraction or float
        The number u.
    source : str

    Returns
    -------
    HeatExpansion
        With the decay (R/2)²/u, R = 2π/(largest order of a pole) the radius of convergence in τ.

    References
    ----------
    Minakshisundaram and Pleijel (1949) for the relation of heat trace and Dirichlet series; Cahn and Wolf (1976)
    for the closed forms on symmetric spaces of rank one.
    """
    dim = dict(series.reduced().cyclotomics).get(1, 0)
    laurent = _laurent(series, shift, 2 * _POWERS + 1)  # from τ^{−dim} on
    halves: list[Fraction] = []  # the coefficient of x^{(i − dim)/2}, without √π where i − dim is odd and negative
    for i in range(dim):
        halves.append(_gamma_ratio(dim - i) * laurent.get(i - dim, Fraction(0)))
    for i in range(dim, dim + 2 * _POWERS + 1):
        m, odd = divmod(i - dim, 2)
        factor = Fraction((-1) ** m * math.factorial(2 * m), math.factorial(m))
        halves.append(Fraction(0) if odd else factor * laurent.get(2 * m, Fraction(0)))
    powers = [shift ** (2 * k) / math.factorial(k) for k in range(len(halves) // 2 + 1)]
    total = [sum((powers[k] * halves[i - 2 * k] for k in range(i // 2 + 1)), Fraction(0)) for i in range(len(halves))]
    roots = np.array([math.sqrt(math.pi) if (dim - i) % 2 else 1.0 for i in range(len(total))])
    scaled = np.array([float(c) for c in total]) * roots
    largest = max((d for d, _ in series.cyclotomics), default=1)
    errors = 4 * np.finfo(np.float64).eps * np.abs(scaled)
    return HeatExpansion(dim, scaled, errors, 1 / float(unit), (math.pi / largest) ** 2 / float(unit), False, source)


def _laurent(series: RationalSeries, shift: Fraction, top: int) -> dict[int, Fraction]:
    """Coefficients of e^{−aτ} P(e^{−τ}) Π (1 − e^{−dτ})^{−w_d} in powers of τ up to τ^top, by power."""
    weights = binomial_powers(series.cyclotomics)
    order = sum(weights.values())
    length = top + order + 1
    bernoulli = _bernoulli(length)
    # log((1 − e^{−τ})/τ) = −τ/2 + Σ B_n τ^n/(n·n!), n even
    logs = [Fraction(0)] * length
    for n in range(1, length):
        coefficient = Fraction(-1, 2) if n == 1 else bernoulli[n] / (n * math.factorial(n))
        logs[n] = -coefficient * sum(w * d**n for d, w in weights.items())
    leading = math.prod((Fraction(d) ** -w for d, w in weights.items()), start=Fraction(1))
    poles = [leading]
    for n in range(1, length):  # exp of the series: n e_n = Σ j l_j e_{n − j}
        poles.append(sum((j * logs[j] * poles[n - j] for j in range(1, n + 1) if logs[j]), Fraction(0)) / n)
    above = [
        Fraction(sum(p * (-i - shift) ** n for i, p in enumerate(series.numerator) if p)) / math.factorial(n)
        for n in range(length)
    ]
    return {
        n - order: sum((above[j] * poles[n - j] for j in range(n + 1)), Fraction(0)) for n in range(length)
    }


def _bernoulli(length: int) -> list[Fraction]:
    """B_0 … B_{length − 1}, with B_1 = −1/2."""
    found: list[Fraction] = []
    for n in range(length):
        if n > 1 and n % 2:
            found.append(Fraction(0))
            continue
        known = sum((math.comb(n + 1, k) * found[k] for k in range(n) if found[k]), Fraction(0))
        found.append(-known / (n + 1) if n else Fraction(1))
    return found


def _gamma_ratio(j: int) -> Fraction:
    """½ Γ(j/2)/Γ(j), without the factor √π where j is odd."""
    half, odd = divmod(j, 2)
    above = Fraction(math.factorial(2 * half), 4**half * math.factorial(half)) if odd else math.factorial(half - 1)
    return Fraction(above) / (2 * math.factorial(j - 1))
