"""Functions on a torus that a finite group multiplies by signs: levels, counts, explicit functions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product

import numpy as np
import numpy.typing as npt

from weylspec.exact.modular import residue
from weylspec.exact.theta import (
    lattice_count_binary,
    lattice_count_binary_cost,
    lattice_count_cost,
    lattice_count_diagonal,
)
from weylspec.groups.cosets import AffineCoset
from weylspec.invariants.flat import fixed_characters, trivial_phases
from weylspec.invariants.multiplicity import invariant_multiplicities
from weylspec.spaces._theta import count_levels, phase_sums, vectors_below
from weylspec.spaces.core import Counter
from weylspec.spaces.quadratic import QuadraticForm
from weylspec.spectrum import Spectrum
from weylspec.units import Number, floor_index

FloatArray = npt.NDArray[np.float64]
IntMatrix = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Piece:
    """share·Σ_z e(phases·z) q^{form(z)}: the trace of all cosets that leave the same characters alone.

    Attributes
    ----------
    share : Fraction
    form : QuadraticForm
        On the fixed characters.
    phases : tuple of Fractions
    """

    share: Fraction
    form: QuadraticForm
    phases: tuple[Fraction, ...]

    def residues(self, levels: IntMatrix, cutoff: Number, p: int) -> IntMatrix:
        """The coefficients at given levels, modulo p."""
        return residue(self.share, p) * phase_sums(self.form, self.phases, levels, cutoff, p) % p

    @cached_property
    def _lattices(self) -> tuple[tuple[Fraction, QuadraticForm], ...]:
        """Weights and forms whose points add up to Σ e(phases·z), with k and −k together; none if not known.

        Σ (−1)^z f(z) = 2Σ_{z even} f(z) − Σ f(z), coordinate by coordinate where the form is diagonal. With q = 2
        or 3 the order of the phases, z off the lattice of trivial phase count −1/(q − 1) each.
        """
        order = math.lcm(1, *(phase.denominator for phase in self.phases))
        if order == 1:
            return ((Fraction(1), self.form),)
        if order == 2 and self.form.diagonal() is not None:
            choices = [((-1, 1), (2, 2)) if phase else ((1, 1),) for phase in self.phases]
            return tuple(
                (Fraction(math.prod(w for w, _ in chosen)), self.form.restricted(np.diag([step for _, step in chosen])))
                for chosen in product(*choices)
            )
        if order > 3:
            return ()
        sublattice = self.form.restricted(trivial_phases(self.phases))
        return (Fraction(order, order - 1), sublattice), (Fraction(-1, order - 1), self.form)

    @property
    def is_countable(self) -> bool:
        """Whether the partial sums are lattice counts: of one unit, diagonal forms or forms of two variables."""
        return len(self.form.units) == 1 and bool(self._lattices) and all(
            form.diagonal() is not None or len(self.phases) == 2 for _, form in self._lattices)

    def cost(self, lam: Number) -> float:
        """Steps of `count`."""
        top = max(floor_index(lam, self.form.units[0]), 0)
        return math.fsum(_points_cost(form, top) for _, form in self._lattices)

    def count(self, lam: Number) -> Fraction:
        """share·Σ e(phases·z) over form(z) ≤ λ, exact."""
        top = floor_index(lam, self.form.units[0])
        return self.share * sum(weight * _points(form, top) for weight, form in self._lattices)


def _points(form: QuadraticForm, top: int) -> int:
    norms = form.diagonal()
    return lattice_count_binary(*_binary(form), top) if norms is None else lattice_count_diagonal(norms, top)


def _points_cost(form: QuadraticForm, top: int) -> float:
    norms = form.diagonal()
    return lattice_count_binary_cost(*_binary(form), top) if norms is None else lattice_count_cost(norms, top)


def _binary(form: QuadraticForm) -> tuple[int, int, int]:
    table = form.tables[0]
    return int(table[0, 0]), int(table[0, 1]), int(table[1, 1])


def pieces(form: QuadraticForm, cosets: Iterable[AffineCoset]) -> tuple[Piece, ...]:
    """The traces of cosets of a finite group, those with the same fixed characters and phases together."""
    shares: dict[object, Fraction] = {}
    found: dict[object, tuple[QuadraticForm, tuple[Fraction, ...]]] = {}
    for coset in cosets:
        fixed = fixed_characters(coset)
        restricted, phases = form.restricted(fixed.basis), fixed.phases
        columns = zip(np.diagonal(restricted.tables, axis1=1, axis2=2).T.tolist(), phases, strict=True)
        off_diagonal = restricted.tables - restricted.tables * np.eye(len(phases), dtype=np.int64)
        # Axes of a diagonal form may be exchanged.
        key = (restricted.tables.tobytes(), phases) if off_diagonal.any() else tuple(sorted(map(_pair, columns)))
        shares[key] = shares.get(key, Fraction(0)) + coset.share
        found.setdefault(key, (restricted, phases))
    return tuple(Piece(share, *found[key]) for key, share in shares.items() if share)


def _pair(column: tuple[list[int], Fraction]) -> tuple[tuple[int, ...], Fraction]:
    return tuple(column[0]), column[1]


def signed_levels(form: QuadraticForm, parts: Sequence[Piece], cutoff: Number, provenance: str) -> Spectrum:
    """Levels ≤ cutoff with the multiplicities Σ share·trace, exact."""
    keys, counts = count_levels(form, cutoff)

    def average(p: int) -> IntMatrix:
        total = np.zeros(len(keys), dtype=np.int64)
        for part in parts:
            total = (total + part.residues(keys, cutoff, p)) % p
        return total

    modulus = math.lcm(1, *(phase.denominator for part in parts for phase in part.phases))
    multiplicities = invariant_multiplicities(counts, average, modulus)
    return Spectrum.from_keys(keys, multiplicities, form.units, cutoff, provenance)


def slices(parts: Sequence[Piece]) -> tuple[Counter, ...]:
    """Counting every piece by slices of its lattice, where all of them can be."""
    if not all(part.is_countable for part in parts):
        return ()

    def count(lam: Number) -> int:
        total = sum((part.count(lam) for part in parts), Fraction(0))
        assert total.denominator == 1
        return int(total)

    return (Counter("lattice slices", lambda lam: math.fsum(part.cost(lam) for part in parts), count),)


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
