"""Multiplicities on flat tori modulo finite groups as numbers of lattice points (Burnside's lemma).

N(λ; G) = Σ share·Σ e(b·k) over the characters k ≤ λ that a coset fixes; sums over a group's elements let each
phase be replaced by weights of sublattices, so that integers alone are counted.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import numpy as np

from weylspec.errors import CertificationError
from weylspec.exact.lattice_count import quadric_cost, quadric_count
from weylspec.exact.modular import prime_factors
from weylspec.exact.pi import floor_over_pi_squared
from weylspec.groups.cosets import AffineCoset, character_integer
from weylspec.invariants.flat import fixed_characters, trivial_phases
from weylspec.multiplicities import sum_by_index, unique_rows
from weylspec.spaces._theta import count_levels, listing_cost
from weylspec.spaces.core import Counter
from weylspec.spaces.quadratic import QuadraticForm, direct_sum
from weylspec.spectrum import Spectrum
from weylspec.units import Number, Unit, floor_index, number

_DIGITS = 2**30  # keys beyond it are never listed; below it a float unit is off by 10⁻⁷ of a key at most


@dataclass(frozen=True, eq=False)
class CharacterCount:
    """Multiplicities as lattice points: m_λ = Σ_j weight_j·#{z : form_j(z) = λ}, exact.

    Attributes
    ----------
    parts : tuple of (Fraction, QuadraticForm)
    """

    parts: tuple[tuple[Fraction, QuadraticForm], ...]

    @classmethod
    def of_lattice(cls, form: QuadraticForm) -> CharacterCount:
        """All the points of one lattice."""
        return cls(((Fraction(1), form),))

    @classmethod
    def of(cls, form: QuadraticForm, cosets: Iterable[AffineCoset]) -> CharacterCount:
        """The average of traces over cosets, multiplied by their characters, which must be integers."""
        shares: dict[object, Fraction] = {}
        found: dict[object, tuple[QuadraticForm, tuple[Fraction, ...]]] = {}
        for coset in cosets:
            fixed = fixed_characters(coset)
            restricted = form.restricted(fixed.basis)
            key = _signature(restricted, fixed.phases)
            factor = character_integer(coset.character)
            if factor is None:
                raise CertificationError(f"the character of {coset} is no integer; lattices are counted with integers")
            shares[key] = shares.get(key, Fraction(0)) + coset.share * factor
            found.setdefault(key, (restricted, fixed.phases))
        weights: dict[object, Fraction] = {}
        forms: dict[object, QuadraticForm] = {}
        for key, share in shares.items():
            for weight, lattice in _without_phases(*found[key]):
                name = _signature(lattice, (Fraction(0),) * lattice.tables.shape[1])
                weights[name] = weights.get(name, Fraction(0)) + share * weight
                forms.setdefault(name, lattice)
        return cls(tuple((weight, forms[name]) for name, weight in weights.items() if weight))

    @classmethod
    def of_product(cls, factors: Sequence[CharacterCount]) -> CharacterCount:
        """Levels of a product: sums of levels, tuples of points."""
        return cls(tuple((math.prod((weight for weight, _ in chosen), start=Fraction(1)),
                          direct_sum([form for _, form in chosen]))
                         for chosen in product(*(factor.parts for factor in factors))))

    def levels(self, units: tuple[Unit, ...], cutoff: Number, provenance: str) -> Spectrum:
        """Every level λ ≤ cutoff with its multiplicity.

        Raises
        ------
        CertificationError
            If a multiplicity is not a natural number: the group's classes are inconsistent.
        """
        common = math.lcm(1, *(weight.denominator for weight, _ in self.parts))
        tables = [count_levels(form, cutoff) for _, form in self.parts]
        keys, index = unique_rows(np.concatenate([keys for keys, _ in tables]))
        factors = [int(weight * common) for weight, _ in self.parts]
        largest = sum(abs(f) * max(map(int, counts), default=0) for f, (_, counts) in zip(factors, tables, strict=True))
        weighted = [f * (counts if largest < 2**63 else counts.astype(object))
                    for f, (_, counts) in zip(factors, tables, strict=True)]
        total = sum_by_index(np.concatenate(weighted), index, len(keys))
        if (total % common != 0).any() or (total < 0).any():
            raise CertificationError("a multiplicity is not a natural number: the signed group is inconsistent")
        return Spectrum.from_keys(keys, total // common, units, cutoff, provenance)

    def listing_cost(self, lam: Number) -> float:
        """Points of all the lattices."""
        return math.fsum(listing_cost(form, lam) for _, form in self.parts)

    def counters(self) -> tuple[Counter, ...]:
        """Points of the lattices without a list of them; none for forms of several units."""
        if any(len(form.units) > 1 for _, form in self.parts):
            return ()

        def cost(lam: Number) -> float:
            return math.fsum(quadric_cost(form.tables[0], floor_index(lam, form.units[0])) for _, form in self.parts)

        def count(lam: Number) -> int:
            total = sum((weight * quadric_count(form.tables[0], top_key(lam, form)) for weight, form in self.parts),
                        Fraction(0))
            if total.denominator != 1:
                raise CertificationError(f"the count {total} is no integer; the group's cosets are inconsistent")
            return int(total)

        name = "lattice points" if len(self.parts) == 1 else "points of fixed lattices"
        return (Counter(name, cost, count, lattices=self),)


def top_key(lam: Number, form: QuadraticForm) -> int:
    """The largest n with n·unit ≤ λ; far up, where a float unit would decide, by the digits of π² that it takes."""
    unit, ratio, value = form.units[0], form.over_pi_squared, number(lam)
    near = floor_index(lam, unit)
    if ratio is None or near < _DIGITS or (isinstance(value, float) and 8 * math.ulp(value) < unit):
        return near
    return floor_over_pi_squared(Fraction(value) / ratio)


def _signature(form: QuadraticForm, phases: tuple[Fraction, ...]) -> object:
    """Equal for equal forms and phases; the axes of a diagonal form may be exchanged."""
    diagonals = np.diagonal(form.tables, axis1=1, axis2=2)
    if np.count_nonzero(form.tables) > np.count_nonzero(diagonals):
        return form.tables.tobytes(), phases
    return tuple(sorted((tuple(column), phase) for column, phase in zip(diagonals.T.tolist(), phases, strict=True)))


def _without_phases(form: QuadraticForm, phases: tuple[Fraction, ...]) -> list[tuple[Fraction, QuadraticForm]]:
    """Weights and lattices with Σ_j weight_j·(points of lattice_j) = Σ_z e(phases·z), averaged over a group.

    The powers of an element of order q whose exponents are prime to q fix the same characters and have the
    powers of its phases: together a point of phase r/q counts Σ_{d | q, r} μ(q/d)·d/φ(q) (Ramanujan 1918). For
    signs, q = 2, that is Σ (−1)^z f(z) = 2Σ_{z even} f(z) − Σ f(z), done coordinate by coordinate where the form
    is diagonal, so that it stays so.
    """
    order = math.lcm(1, *(phase.denominator for phase in phases))
    if order == 1:
        return [(Fraction(1), form)]
    if order == 2 and form.diagonal() is not None:
        choices = [((-1, 1), (2, 2)) if phase else ((1, 1),) for phase in phases]
        return [(Fraction(math.prod(w for w, _ in chosen)), form.restricted(np.diag([step for _, step in chosen])))
                for chosen in product(*choices)]
    primes = prime_factors(order)
    units = math.prod(p - 1 for p in primes) * (order // math.prod(primes))
    result = []
    for chosen in product((False, True), repeat=len(primes)):
        step = math.prod(p for p, taken in zip(primes, chosen, strict=True) if taken)
        lattice = form.restricted(trivial_phases([step * phase for phase in phases]))
        result.append((Fraction((-1) ** sum(chosen) * (order // step), units), lattice))
    return result
