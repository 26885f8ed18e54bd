"""Power series Σ a_k t^k = P(t)/Q(t), Q a product of cyclotomic polynomials: exact and far out.

Multiplicities of invariant eigenfunctions on quotients of spheres form such series (Molien; Hilbert
and Serre for compact groups), so that a count at λ = 10³⁰ needs no list of levels.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from weylspec.errors import CertificationError, WeylspecError
from weylspec.exact.modular import Residues, is_prime
from weylspec.exact.polynomials import (
    Exponents,
    binomial_powers,
    cyclotomic,
    cyclotomic_product,
    times_binomials,
    totient,
)

CHECK_PRIMES = (2**31 - 1, 2**31 - 19)


@dataclass(frozen=True)
class RationalSeries:
    """The power series P(t) / Π_d Φ_d(t)^{e_d}, with Φ_1 = 1 − t.

    Attributes
    ----------
    numerator : tuple of int
        Coefficients of P, constant term first.
    cyclotomics : tuple of (d, e_d)
        Exponents e_d ≥ 1 of the denominator, each d once.
    provenance : str
        Where the series is from, and what proves or supports it.

    Raises
    ------
    WeylspecError
        If an index or an exponent is below 1, or an index occurs twice.

    Examples
    --------
    >>> s = RationalSeries((1,), ((1, 2), (2, 1)), "partitions into parts 1 and 2")
    >>> s.coefficients(5), s.coefficient(10**15), s.cumulative().coefficients(3)
    ([1, 1, 2, 2, 3, 3], 500000000000001, [1, 2, 4, 6])
    """

    numerator: tuple[int, ...]
    cyclotomics: Exponents
    provenance: str

    def __post_init__(self) -> None:
        indices = [d for d, _ in self.cyclotomics]
        if any(d < 1 or e < 1 for d, e in self.cyclotomics) or len(set(indices)) < len(indices):
            raise WeylspecError(
                f"exponents are pairs (d, e) of positive ints, each d once: {self.cyclotomics}"
            )

    @property
    def denominator(self) -> tuple[int, ...]:
        """Coefficients of Q = Π Φ_d^{e_d}, constant term 1 first."""
        return tuple(cyclotomic_product(self.cyclotomics))

    @property
    def denominator_degree(self) -> int:
        """Degree of Q, Σ e_d φ(d)."""
        return sum(totient(d) * e for d, e in self.cyclotomics)

    @property
    def numerator_degree(self) -> int:
        """Degree of P (−1 for P = 0)."""
        return max((i for i, a in enumerate(self.numerator) if a), default=-1)

    @property
    def order(self) -> int:
        """Number of first terms that determine all others through Q: max(deg Q, 1 + deg P)."""
        return max(self.denominator_degree, 1 + self.numerator_degree)

    def coefficients(self, k: int) -> list[int]:
        """The terms a_0, …, a_k.

        Parameters
        ----------
        k : int
            Last index, at least 0.

        Returns
        -------
        list of k + 1 ints
        """
        powers = {e: -power for e, power in binomial_powers(self.cyclotomics).items()}
        return times_binomials(self.numerator, powers, max(k + 1, 0))

    def coefficient(self, k: int) -> int:
        """The term a_k, for k as large as 10^30 (0 for k < 0), in O(log k) products with sparse polynomials.

        P(t)/Q(t) = P(t)M(t) / (Q(t)M(t)) with an even denominator; the half of the numerator with the
        parity of k goes on with k // 2. Φ_d with d ≡ 0 (mod 4) is even already, Φ_d(t) = Φ_{d/2}(t²); for
        odd d so is Φ_d(t)Φ_{2d}(t) = Φ_d(t²), of which M supplies the half that is lacking.

        References
        ----------
        Bostan and Mori (2021), "A simple and fast algorithm for computing the N-th term of a linearly
        recurrent sequence".
        """
        if k < 0:
            return 0
        p, poles = list(self.numerator[: k + 1]), dict(self.cyclotomics)
        while k and p:
            odd = {d if d % 2 else d // 2 for d in poles if d % 4}
            lacking = {d: poles.get(d, 0) - poles.get(2 * d, 0) for d in odd}
            length = min(len(p) + sum(totient(d) * abs(e) for d, e in lacking.items()), k + 1)
            below = [(d, -e) for d, e in lacking.items() if e < 0]
            p = times_binomials(p, binomial_powers(below), length)
            above = [(d, e) for d, e in lacking.items() if e > 0]
            p = _mirrored(times_binomials(_mirrored(p), binomial_powers(above), length))[k % 2 :: 2]
            halved = {d // 2: e for d, e in poles.items() if d % 4 == 0}
            poles = halved | {d: max(poles.get(d, 0), poles.get(2 * d, 0)) for d in odd}
            k //= 2
        return p[0] if p else 0

    def reduced(self) -> RationalSeries:
        """The same series in lowest terms: no cyclotomic factor divides both P and Q."""
        numerator, kept = [*self.numerator[: self.numerator_degree + 1]], []
        for d, e in self.cyclotomics if numerator else ():
            while e and (quotient := _quotient(numerator, cyclotomic(d))) is not None:
                numerator, e = quotient, e - 1
            if e:
                kept.append((d, e))
        return RationalSeries(tuple(numerator), tuple(kept), self.provenance)

    def laurent(self, terms: int) -> dict[int, Fraction]:
        """Coefficients of the expansion in powers of 1 − t at the pole t = 1, lowest power first, exact.

        Parameters
        ----------
        terms : int
            How many.

        Returns
        -------
        dict from powers of 1 − t to Fractions

        Examples
        --------
        1/(1 − t²) = 1/(2(1 − t)) + 1/4 + (1 − t)/8 + …

        >>> [str(c) for c in RationalSeries((1,), ((1, 1), (2, 1)), "").laurent(3).values()]
        ['1/2', '1/4', '1/8']
        """
        series = self.reduced()
        order = dict(series.cyclotomics).get(1, 0)
        rest = tuple((d, e) for d, e in series.cyclotomics if d > 1)
        above, below = (_at_one(c, terms) for c in (series.numerator, cyclotomic_product(rest)))
        found: list[Fraction] = []
        for k in range(terms):
            known = sum((below[k - j] * found[j] for j in range(k)), Fraction(0))
            found.append((above[k] - known) / below[0])
        return {k - order: c for k, c in enumerate(found)}

    def cumulative(self) -> RationalSeries:
        """The series of the partial sums a_0 + … + a_k: divided by 1 − t = Φ_1."""
        exponents = dict(self.cyclotomics)
        exponents[1] = exponents.get(1, 0) + 1
        return RationalSeries(self.numerator, tuple(sorted(exponents.items())), self.provenance)


def from_denominator(
    coefficients: Sequence[int], cyclotomics: Exponents, numerator_degree_bound: int, provenance: str = ""
) -> RationalSeries:
    """The series with a known denominator, from its first terms: P = Q·S cut at the degree bound.

    Parameters
    ----------
    coefficients : sequence of int
        a_0, a_1, …; more than numerator_degree_bound of them.
    cyclotomics : tuple of (d, e_d)
        The denominator Q = Π Φ_d^{e_d}.
    numerator_degree_bound : int
        No term of P is beyond it (−1: P = 0).
    provenance : str, optional
        Reason for the denominator; the number of terms checked is added to it.

    Returns
    -------
    RationalSeries

    Raises
    ------
    CertificationError
        If there are too few terms, or a further one disagrees: the first such index is named.

    Examples
    --------
    >>> from_denominator([1, 2, 3, 4, 5], ((1, 2),), 0).numerator
    (1,)
    """
    needed = numerator_degree_bound + 1
    if len(coefficients) < needed:
        raise CertificationError(
            f"a numerator of degree up to {numerator_degree_bound} needs {needed} terms,"
            f" got {len(coefficients)}"
        )
    product = times_binomials(coefficients, binomial_powers(cyclotomics), len(coefficients))
    wrong = next((k for k in range(needed, len(product)) if product[k]), None)
    if wrong is not None:
        raise CertificationError(
            f"term {wrong}, {coefficients[wrong]}, is not that of a series with this denominator and a"
            f" numerator of degree up to {numerator_degree_bound}; check the denominator, or the term"
        )
    while needed and product[needed - 1] == 0:
        needed -= 1
    further = len(coefficients) - numerator_degree_bound - 1
    reason = f"{provenance}; " if provenance else ""
    return RationalSeries(
        tuple(product[:needed]), cyclotomics, f"{reason}confirmed on {further} further terms"
    )


def berlekamp_massey(residues: Residues, p: int) -> Residues:
    """The shortest linear recurrence of a sequence in F_p, as its connection polynomial.

    Parameters
    ----------
    residues : int64 ndarray of shape (n,)
        Terms in [0, p).
    p : int
        Prime below 2³¹.

    Returns
    -------
    int64 ndarray of shape (L + 1,)
        c_0 = 1, …, c_L with Σ_j c_j a_{k−j} = 0 (mod p) for L ≤ k < n, L least. It is unique if 2L ≤ n.

    Raises
    ------
    WeylspecError
        If p is not a prime below 2³¹.

    References
    ----------
    Massey (1969), "Shift-register synthesis and BCH decoding".

    Examples
    --------
    >>> berlekamp_massey(np.array([1, 1, 2, 3, 5, 8]), 101).tolist()
    [1, 100, 100]
    """
    from weylspec.exact import _loops

    if p >= 2**31 or not is_prime(p):
        raise WeylspecError(f"{p} is not a prime below 2^31")
    terms = np.ascontiguousarray(residues, dtype=np.int64) % p
    connection = np.zeros(len(terms) + 2, dtype=np.int64)
    length = _loops.shortest_recurrence(
        terms, p, connection, np.zeros_like(connection), np.zeros_like(connection)
    )
    return connection[: length + 1]


def recognise(coefficients: Sequence[int], primes: tuple[int, int] = CHECK_PRIMES) -> RationalSeries:
    """The rational series with cyclotomic denominator that the given terms begin, if they are enough.

    The shortest recurrence modulo the first prime (of order L) gives the denominator; the numerator is
    built over Z from the first L terms, and every further term is compared over Z; the second prime must
    give the same recurrence. No degree bound is proven by this, and the provenance says what was confirmed.

    Parameters
    ----------
    coefficients : sequence of int
        a_0, …, a_{n−1}, exact.
    primes : pair of different primes below 2³¹, optional

    Returns
    -------
    RationalSeries
        "confirmed on f further terms and a second prime": f = n − 2L, at least 20 and at least 0.4·L (that
        is 20% more than the 2L terms that determine the recurrence).

    Raises
    ------
    CertificationError
        If there are too few terms (none, or f too small), or the poles are not roots of unity.

    Examples
    --------
    >>> s = recognise([(k // 2 + 1) % 2**40 for k in range(40)])
    >>> s.numerator, s.cyclotomics, s.provenance
    ((1,), ((1, 2), (2, 1)), 'confirmed on 34 further terms and a second prime')
    """
    terms = [int(c) for c in coefficients]
    first, second = (berlekamp_massey(np.array([c % p for c in terms], dtype=np.int64), p) for p in primes)
    order = len(first) - 1
    further = len(terms) - 2 * order
    needed = max(20, -(-2 * order // 5))
    if further < needed:
        raise CertificationError(
            f"{len(terms)} terms are too few for a recurrence of order {order},"
            f" which needs {2 * order + needed}; give more terms (if the order grows with them, the"
            " series is not rational)"
        )
    cyclotomics = _cyclotomic_factors(first, primes[0])
    confirmed = from_denominator(terms, cyclotomics, order - 1)
    q = confirmed.denominator
    expected = [c % primes[1] for c in q] + [0] * (order + 1 - len(q))
    if second.tolist() != expected:
        raise CertificationError(
            f"the recurrences modulo {primes[0]} and {primes[1]} differ; give other primes"
        )
    provenance = f"confirmed on {further} further terms and a second prime"
    return RationalSeries(confirmed.numerator, cyclotomics, provenance)


def _mirrored(p: list[int]) -> list[int]:
    """P(−t): for odd d, Φ_{2d}(t) = Φ_d(−t)."""
    return [-c if i % 2 else c for i, c in enumerate(p)]


def _quotient(a: list[int], b: Sequence[int]) -> list[int] | None:
    """The quotient a/b for b with constant term 1, if b divides a."""
    size = len(a) - len(b) + 1
    if size < 1:
        return None
    rest, quotient = list(a), []
    for i in range(size):
        quotient.append(rest[i])
        if rest[i]:
            for j, c in enumerate(b):
                rest[i + j] -= rest[i] * c if j else 0
    return None if any(rest[size:]) else quotient


def _at_one(polynomial: Sequence[int], terms: int) -> list[Fraction]:
    """Coefficients in powers of 1 − t: (−1)^j Σ_i C(i, j) a_i."""
    return [Fraction((-1) ** j * sum(math.comb(i, j) * a for i, a in enumerate(polynomial))) for j in range(terms)]


def _cyclotomic_factors(connection: Residues, p: int) -> Exponents:
    """Exponents (d, e) with Π Φ_d^e = the polynomial modulo p, by trial division."""
    from weylspec.exact import _loops

    rest = np.trim_zeros(connection, "b")
    exponents = []
    for d in range(1, _largest_index(len(rest) - 1) + 1):
        if totient(d) >= len(rest):
            continue
        factor = np.array(cyclotomic(d), dtype=np.int64) % p
        count = 0
        quotient = np.zeros_like(rest)
        while len(rest) >= len(factor) and _loops.divide(rest, factor, p, quotient, rest.copy()):
            rest = quotient[: len(rest) - len(factor) + 1].copy()
            count += 1
        if count:
            exponents.append((d, count))
    if len(rest) > 1:
        raise CertificationError(
            "the recurrence has poles that are not roots of unity; compute a list instead"
        )
    return tuple(exponents)


def _largest_index(degree: int) -> int:
    """A bound on d with φ(d) ≤ degree: φ(d) > d/(e^γ ln ln d + 3/ln ln d), Rosser and Schoenfeld (1962)."""
    d = 30
    while d / (1.7811 * math.log(math.log(d)) + 3 / math.log(math.log(d))) <= degree:
        d *= 2
    return d
