"""Forms whose theta series is a sum of Eisenstein series: found by linear algebra, proved by Sturm's bound.

Let Q be a positive form in 2k variables with integer coefficients, A the matrix of 2Q, N its level (the least N
with N·A⁻¹ integer with an even diagonal) and D = (−1)^k det A. Then θ(z) = Σ_x q^{Q(x)} lies in M_k(Γ₀(N), χ_D)
(Schoeneberg 1939). So do the series E(tz), E = constant + Σ_n q^n Σ_{ef = n} ψ(f) φ(e) e^{k−1}, for primitive
characters ψ modulo u and φ modulo v with ψφ = χ_D and uvt | N (Hecke). Two forms of that space whose coefficients
agree up to k/12·N·Π_{p | N} (1 + 1/p) are equal (Sturm 1987; for a real character, by squaring their difference).
A form that is alone in its genus always has such a theta series (Siegel 1935); so have a few others.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from weylspec.errors import CertificationError
from weylspec.exact.integer_lattice import determinant
from weylspec.exact.lattices.reduction import Gram
from weylspec.exact.lattices.series.divisor_sums import Character, divisor_sum, divisor_sum_cost
from weylspec.exact.lattices.series.modular_forms import theta_level, theta_sturm_bound
from weylspec.exact.modular import prime_factors
from weylspec.multiplicities import IntArray

Solution = list[Fraction]

_LARGEST_LEVEL = 1000
_MOST_SERIES = 64
_MOST_VARIABLES = 24


@dataclass(frozen=True)
class EisensteinSeries:
    """The form E(tz) of weight k with coefficients Σ_{ef = n/t} ψ(f) φ(e) e^{k−1}.

    Attributes
    ----------
    k, t : int
    psi, phi : tuples
        Primitive characters by their values over one period.
    """

    k: int
    t: int
    psi: Character
    phi: Character

    @property
    def constant(self) -> Fraction:
        """The coefficient of q⁰: −B_{k,φ}/2k if ψ = 1, else 0."""
        return -generalised_bernoulli(self.k, self.phi) / (2 * self.k) if len(self.psi) == 1 else Fraction(0)

    @property
    def is_modular(self) -> bool:
        """False for weight 2 and ψ = φ = 1: there only combinations Σ c_t E(tz) with Σ c_t/t = 0 are."""
        return self.k > 2 or len(self.psi) > 1 or len(self.phi) > 1

    def coefficients(self, top: int) -> list[Fraction]:
        """The coefficients of q⁰, …, q^top.

        Parameters
        ----------
        top : int

        Returns
        -------
        list of Fraction
        """
        result = [0] * (top + 1)
        for e in range(1, top // self.t + 1):
            term = self.phi[e % len(self.phi)] * e ** (self.k - 1)
            for f in range(1, top // (self.t * e) + 1) if term else ():
                result[self.t * e * f] += term * self.psi[f % len(self.psi)]
        return [self.constant, *map(Fraction, result[1:])]


@dataclass(frozen=True)
class ThetaIdentity:
    """θ = Σ_j c_j E_j, proved.

    Attributes
    ----------
    terms : tuple of (Fraction, EisensteinSeries)
    """

    terms: tuple[tuple[Fraction, EisensteinSeries], ...]

    def cost(self, top: int) -> float:
        """Estimated steps of `count`."""
        return math.fsum(divisor_sum_cost(top // series.t, series.k) for _, series in self.terms)

    def count(self, top: int) -> int:
        """Number of lattice points with Q ≤ top, 0 among them.

        Parameters
        ----------
        top : int

        Returns
        -------
        int

        Raises
        ------
        CertificationError
            If the sum is no integer, which the identity excludes.
        """
        common = math.lcm(*(c.denominator for c, _ in self.terms))
        total = sum(int(c * common) * divisor_sum(top // e.t, e.k, e.psi, e.phi) for c, e in self.terms)
        if total % common:
            raise CertificationError(f"the count up to {top} is no integer: 1 + {total}/{common}")
        return 1 + total // common


@lru_cache(maxsize=1024)
def identity_bound(gram: Gram) -> int:
    """The coefficient up to which `theta_identity` compares; −1 where it looks for no identity.

    Examples
    --------
    Z⁴ has level 4, and Γ₀(4) index 6:

    >>> identity_bound(((2, 0, 0, 0), (0, 2, 0, 0), (0, 0, 2, 0), (0, 0, 0, 2)))
    1
    """
    if len(gram) % 2 or not 4 <= len(gram) <= _MOST_VARIABLES or theta_level(_table(gram)) > _LARGEST_LEVEL:
        return -1
    return theta_sturm_bound([_table(gram)])


def _table(gram: Gram) -> npt.NDArray[np.object_]:
    """The upper triangular matrix of Q."""
    full = np.array(gram, dtype=object)
    return np.triu(full) - np.diag(np.diag(full) // 2)


def theta_identity(gram: Gram, norm_counts: Callable[[int], IntArray]) -> ThetaIdentity | None:
    """The theta series as a combination of Eisenstein series, or None.

    Parameters
    ----------
    gram : matrix of 2Q
    norm_counts : callable
        The numbers of points with Q = 0, …, top, for a given top.

    Returns
    -------
    ThetaIdentity or None

    Examples
    --------
    Jacobi's theorem: 8·(Σ of the divisors of n) − 32·(Σ of the divisors of n/4).

    >>> from weylspec.exact.theta import theta_counts
    >>> z4 = ((2, 0, 0, 0), (0, 2, 0, 0), (0, 0, 2, 0), (0, 0, 0, 2))
    >>> found = theta_identity(z4, lambda top: theta_counts([1] * 4, top))
    >>> [(str(c), e.t) for c, e in found.terms], found.count(100)
    ([('8', 1), ('-32', 4)], 49689)
    """
    bound = identity_bound(gram)
    if bound < 0:
        return None
    k = len(gram) // 2
    series = _series(k, theta_level(_table(gram)), fundamental_discriminant((-1) ** k * determinant(gram)))
    if not 0 < len(series) <= _MOST_SERIES:
        return None
    counts = norm_counts(bound)
    columns = zip(*(e.coefficients(bound) for e in series), strict=True)
    rows = [(list(row), Fraction(int(c))) for row, c in zip(columns, counts, strict=True)]
    if any(not e.is_modular for e in series):
        rows.insert(0, ([Fraction(int(not e.is_modular), e.t) for e in series], Fraction(0)))
    solution = _solve(rows, len(series))
    if solution is None:
        return None
    return ThetaIdentity(tuple((c, e) for c, e in zip(solution, series, strict=True) if c))


def _series(k: int, level: int, discriminant: int) -> list[EisensteinSeries]:
    """The Eisenstein series of real characters in M_k(Γ₀(N), χ)."""
    found = []
    for u in _divisors(level):
        for d in (u, -u):
            if fundamental_discriminant(d) != d:
                continue
            other = fundamental_discriminant(d * discriminant)
            if level % (u * abs(other)) == 0:
                found += [EisensteinSeries(k, t, quadratic_character(d), quadratic_character(other))
                          for t in _divisors(level // (u * abs(other)))]
    return found


def _divisors(n: int) -> list[int]:
    return [d for d in range(1, n + 1) if n % d == 0]


def fundamental_discriminant(n: int) -> int:
    """The discriminant of Q(√n); 1 for squares.

    Examples
    --------
    >>> [fundamental_discriminant(n) for n in (1, 4, 5, -3, -12, -4, 2, 12)]
    [1, 1, 5, -3, -3, -4, 8, 12]
    """
    core = 1 if n > 0 else -1
    for p in prime_factors(abs(n)):
        power = 0
        while n % p == 0:
            n, power = n // p, power + 1
        core *= p if power % 2 else 1
    return core if core % 4 == 1 else 4 * core


@lru_cache(maxsize=256)
def quadratic_character(discriminant: int) -> Character:
    """The Kronecker symbol (d/n) of a fundamental discriminant, for n = 0, …, |d| − 1.

    Examples
    --------
    >>> quadratic_character(-4), quadratic_character(5), quadratic_character(1)
    ((0, 1, 0, -1), (0, 1, -1, -1, 1), (1,))
    """
    d = discriminant
    if d == 1:
        return (1,)
    at_primes = {2: (0, 1, 0, -1, 0, -1, 0, 1)[d % 8]}

    def symbol(n: int) -> int:
        result = 1
        for p in prime_factors(n):
            if p not in at_primes:
                power = pow(d, (p - 1) // 2, p)
                at_primes[p] = -1 if power == p - 1 else power
            while n % p == 0:
                n, result = n // p, result * at_primes[p]
        return result

    return (0, *(symbol(n) for n in range(1, abs(d))))


def generalised_bernoulli(k: int, character: Character) -> Fraction:
    """B_{k,χ} = v^{k−1} Σ_{a = 1}^{v} χ(a) B_k(a/v).

    Examples
    --------
    >>> str(generalised_bernoulli(4, (1,))), str(generalised_bernoulli(3, (0, 1, 0, -1)))
    ('-1/30', '3/2')
    """
    v = len(character)
    numbers = [Fraction(1)]
    for n in range(1, k + 1):
        numbers.append(-sum((math.comb(n + 1, j) * b for j, b in enumerate(numbers)), Fraction(0)) / (n + 1))
    values = (sum((math.comb(k, j) * numbers[j] * Fraction(a, v) ** (k - j) for j in range(k + 1)), Fraction(0))
              for a in range(1, v + 1))
    return Fraction(v) ** (k - 1) * sum((character[a % v] * x for a, x in enumerate(values, 1)), Fraction(0))


def _solve(rows: Sequence[tuple[Solution, Fraction]], unknowns: int) -> Solution | None:
    """A solution of all equations, or None; once they determine it, the others are only tested."""
    echelon: list[tuple[int, Solution]] = []  # pivot and row, the right side last
    solution: Solution | None = None
    for coefficients, right in rows:
        if solution is not None:
            if sum((c * x for c, x in zip(coefficients, solution, strict=True)), Fraction(0)) != right:
                return None
            continue
        row = _eliminated([*coefficients, right], echelon)
        pivot = next((j for j, x in enumerate(row) if x), None)
        if pivot is None:
            continue
        if pivot == unknowns:
            return None
        echelon.append((pivot, [x / row[pivot] for x in row]))
        if len(echelon) == unknowns:
            solution = _substituted(echelon, unknowns)
    return solution if solution is not None else _substituted(echelon, unknowns)


def _eliminated(row: Solution, echelon: Sequence[tuple[int, Solution]]) -> Solution:
    for pivot, known in echelon:
        if row[pivot]:
            factor = row[pivot]
            row = [x - factor * y for x, y in zip(row, known, strict=True)]
    return row


def _substituted(echelon: Sequence[tuple[int, Solution]], unknowns: int) -> Solution:
    """Back substitution; unknowns without a pivot are zero."""
    solution = [Fraction(0)] * unknowns
    for pivot, row in reversed(echelon):
        others = sum((row[j] * solution[j] for j in range(unknowns) if j != pivot), Fraction(0))
        solution[pivot] = row[-1] - others
    return solution
