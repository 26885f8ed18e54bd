"""Functions on a torus that a finite group multiplies by signs: levels, counts, explicit functions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product

import numpy as np
import numpy.typing as npt

from weylspec.errors import CertificationError
from weylspec.exact.modular import prime_factors
from weylspec.exact.pi import floor_over_pi_squared
from weylspec.exact.theta import (
    lattice_count_binary,
    lattice_count_binary_cost,
    lattice_count_cost,
    lattice_count_diagonal,
)
from weylspec.groups.action import Action
from weylspec.groups.affine_action import AffineMap
from weylspec.groups.cosets import AffineCoset
from weylspec.invariants.flat import fixed_characters, trivial_phases
from weylspec.multiplicities import sum_by_index, unique_rows
from weylspec.spaces._theta import count_levels, listing_cost, vectors_below
from weylspec.spaces.core import Counter
from weylspec.spaces.quadratic import QuadraticForm
from weylspec.spectrum import Spectrum
from weylspec.units import Number, Unit, floor_index, number

FloatArray = npt.NDArray[np.float64]
IntMatrix = npt.NDArray[np.int64]

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
    def of(cls, form: QuadraticForm, cosets: Iterable[AffineCoset]) -> CharacterCount:
        """The average of traces over cosets with their shares: equal lattices of fixed characters together."""
        shares: dict[object, Fraction] = {}
        found: dict[object, tuple[QuadraticForm, tuple[Fraction, ...]]] = {}
        for coset in cosets:
            fixed = fixed_characters(coset)
            restricted = form.restricted(fixed.basis)
            key = _signature(restricted, fixed.phases)
            shares[key] = shares.get(key, Fraction(0)) + coset.share
            found.setdefault(key, (restricted, fixed.phases))
        weights: dict[object, Fraction] = {}
        forms: dict[object, QuadraticForm] = {}
        for key, share in shares.items():
            for weight, lattice in _without_phases(*found[key]):
                name = _signature(lattice, (Fraction(0),) * lattice.tables.shape[1])
                weights[name] = weights.get(name, Fraction(0)) + share * weight
                forms.setdefault(name, lattice)
        return cls(tuple((weight, forms[name]) for name, weight in weights.items() if weight))

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

    def counters(self, ratio: Fraction | None = None) -> tuple[Counter, ...]:
        """Slices of the lattices: with one unit, diagonal forms and forms of two variables.

        Where the unit is π² times a rational number, that number keeps counts exact beyond the unit's own digits.
        """
        if not all(len(form.units) == 1 and (form.diagonal() is not None or form.tables.shape[1] == 2)
                   for _, form in self.parts):
            return ()

        def cost(lam: Number) -> float:
            return math.fsum(_points_cost(form, max(floor_index(lam, form.units[0]), 0)) for _, form in self.parts)

        def count(lam: Number) -> int:
            total = sum((weight * _points(form, _top(lam, form.units[0], ratio)) for weight, form in self.parts),
                        Fraction(0))
            assert total.denominator == 1
            return int(total)

        return (Counter("lattice slices", cost, count),)


def _top(lam: Number, unit: Unit, ratio: Fraction | None) -> int:
    """The largest n with n·unit ≤ λ; far up, where a float unit would decide, by the digits of π² that it takes."""
    near = floor_index(lam, unit)
    value = number(lam)
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


def _points(form: QuadraticForm, top: int) -> int:
    norms = form.diagonal()
    return lattice_count_binary(*_binary(form), top) if norms is None else lattice_count_diagonal(norms, top)


def _points_cost(form: QuadraticForm, top: int) -> float:
    norms = form.diagonal()
    return lattice_count_binary_cost(*_binary(form), top) if norms is None else lattice_count_cost(norms, top)


def _binary(form: QuadraticForm) -> tuple[int, int, int]:
    table = form.tables[0]
    return int(table[0, 0]), int(table[0, 1]), int(table[1, 1])


@dataclass(frozen=True, eq=False)
class SymmetryAction(Action[AffineCoset]):
    """Symmetries of a domain, each lifted with every reflection to the torus: W ⋊ G with shares χ(w)/|W ⋊ G|.

    Attributes
    ----------
    label : str
    order : int
        That of G.
    form : QuadraticForm
    lifts : tuple of AffineCoset
        Elements of W ⋊ G, one for each class of G and each reflection.
    maps : tuple of (A, b)
        Generators of G.
    """

    label: str
    order: int
    form: QuadraticForm
    lifts: tuple[AffineCoset, ...]
    maps: tuple[AffineMap, ...]

    def cosets(self) -> Iterator[AffineCoset]:
        """The lifts."""
        return iter(self.lifts)

    @property
    def dim(self) -> int:
        """Zero."""
        return 0

    @cached_property
    def characters(self) -> CharacterCount:
        """The lattices that count its invariant functions."""
        return CharacterCount.of(self.form, self.lifts)


@dataclass(frozen=True, eq=False)
class Waves:
    """Real functions Σ_g χ(g) e(k·gx) on R^n/Zⁿ, one or two for every orbit of characters k that carries some.

    Attributes
    ----------
    keys : ndarray (m, r), int64
        Levels of the orbits.
    images : ndarray (|W|, m, n), int64
        Aᵀk for every g.
    angles : ndarray (|W|, m)
        Phases of χ(g) e(k·b), in turns.
    scale : ndarray (m,)
        1/√(|W|·order of the stabiliser), so that the mean square of each sum is 1.
    turn : ndarray (m,)
        The phase, in turns, that makes the sum real; not a number where it is not, and −k has another orbit.
    """

    keys: IntMatrix
    images: IntMatrix
    angles: FloatArray
    scale: FloatArray
    turn: FloatArray

    def values(self, u: FloatArray, levels: IntMatrix) -> FloatArray:
        """The functions at points in lattice coordinates, columns level by level."""
        total = np.zeros((len(u), len(self.scale)), dtype=np.complex128)
        for images, angles in zip(self.images, self.angles, strict=True):
            total += np.exp(2j * math.pi * (u @ images.T.astype(np.float64) + angles))
        single = np.isfinite(self.turn)
        total *= self.scale * np.exp(2j * math.pi * np.where(single, self.turn, 0.0))
        position = {tuple(row): i for i, row in enumerate(levels.tolist())}
        where = np.array([position[tuple(row)] for row in self.keys.tolist()], dtype=np.intp)
        columns = np.concatenate([np.where(single, 1.0, math.sqrt(2)) * total.real,
                                  math.sqrt(2) * total.imag[:, ~single]], axis=1)
        return columns[:, np.argsort(np.concatenate([where, where[~single]]), kind="stable")]


def waves(form: QuadraticForm, cosets: Sequence[AffineCoset], cutoff: Number) -> Waves:
    """One representative for every pair of orbits of k and −k on which the stabiliser has trivial phases."""
    keys, points = vectors_below(form, cutoff)
    order = 2 * math.lcm(1, *(d for coset in cosets for d in coset.denominators()))
    # Rows as single integers, in lexicographic order; the code of −k is that of k with a minus.
    widths = [2 * int(reach) + 1 for reach in np.abs(points).max(axis=0, initial=0)]
    places = np.array([math.prod(widths[:i]) for i in range(len(widths))], dtype=np.int64)
    own = points @ places
    top, bottom = own.copy(), own.copy()
    stabiliser, allowed = np.zeros(len(points), dtype=np.int64), np.ones(len(points), dtype=bool)
    turn = np.full(len(points), math.nan)
    for coset in cosets:
        image, turns = points @ coset.matrix @ places, _turns(points, coset, order)
        np.maximum(top, image, out=top)
        np.minimum(bottom, image, out=bottom)
        stabiliser += image == own
        allowed &= (image != own) | (turns == 0)
        opposing = image == -own  # the conjugate of the sum is the sum times e(−turns/order)
        turn[opposing] = -turns[opposing] / (2 * order)
    chosen = (own == top) & (top >= -bottom) & allowed
    kept = points[chosen]
    return Waves(
        keys[chosen], np.array([kept @ coset.matrix for coset in cosets]),
        np.array([_turns(kept, coset, order) / order for coset in cosets]),
        1 / np.sqrt(len(cosets) * stabiliser[chosen].astype(np.float64)), turn[chosen],
    )


def _turns(points: IntMatrix, coset: AffineCoset, order: int) -> IntMatrix:
    """The phase of χ(g) e(k·b), in parts of a turn."""
    shift = np.array([int(b * order) for b in coset.shift], dtype=np.int64)
    return np.asarray((points @ shift + (coset.share < 0) * (order // 2)) % order, dtype=np.int64)
