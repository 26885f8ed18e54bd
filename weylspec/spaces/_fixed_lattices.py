"""Counting on a flat torus modulo a finite number of components: Burnside's lemma on lattices.

N(λ; G) = Σ share·Σ e(b·k) over the characters k ≤ λ that a coset fixes. The sum over G is rational, so that
each phase may be replaced by its mean over the Galois group: with N the order of k ↦ e(b·k), that mean is
Σ_{d | N} μ(N/d)·d/φ(N) over the d that divide N·(b·k), a combination of numbers of points of sublattices.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from itertools import combinations, islice

import numpy as np

from weylspec.errors import CertificationError
from weylspec.exact.integer_lattice import kernel
from weylspec.exact.lattice_count import quadric_cost, quadric_count
from weylspec.exact.modular import prime_factors
from weylspec.exact.polynomials import totient
from weylspec.groups.affine_action import AffineAction
from weylspec.groups.cosets import AffineCoset
from weylspec.invariants.flat import fixed_characters
from weylspec.spaces.core import Counter
from weylspec.spaces.quadratic import IntMatrix, QuadraticForm
from weylspec.units import Number, floor_index

_MAX_COSETS = 1000  # about a second to set up

Pieces = tuple[tuple[Fraction, IntMatrix], ...]


def lattice_counters(form: QuadraticForm) -> tuple[Counter, ...]:
    """Counting the points of one lattice."""
    return _counter("lattice slices", form, lambda: ((Fraction(1), form.tables[0]),))


def fixed_lattice_counters(form: QuadraticForm, action: AffineAction) -> tuple[Counter, ...]:
    """Counting the points of the lattices that the cosets of a group fix."""
    cosets = list(islice(action.cosets(), _MAX_COSETS + 1))
    if len(cosets) > _MAX_COSETS:
        return ()
    return _counter("fixed lattices", form, lambda: _pieces(form, cosets))


def _counter(name: str, form: QuadraticForm, pieces: Callable[[], Pieces]) -> tuple[Counter, ...]:
    if len(form.units) != 1:
        return ()
    made = cache(pieces)

    def cost(lam: Number) -> float:
        top = floor_index(lam, form.units[0])
        return math.fsum(quadric_cost(table, top) for _, table in made())

    def count(lam: Number) -> int:
        top = floor_index(lam, form.units[0])
        total = sum((weight * quadric_count(table, top) for weight, table in made()), Fraction(0))
        if total.denominator != 1:
            raise CertificationError(f"the invariant count {total} is no integer; the group's cosets are inconsistent")
        return int(total)

    return (Counter(name, cost, count),)


def _pieces(form: QuadraticForm, cosets: list[AffineCoset]) -> Pieces:
    """Lattices as forms, with their weights; equal forms are taken together."""
    weights: dict[bytes, Fraction] = {}
    tables: dict[bytes, IntMatrix] = {}
    for coset in cosets:
        for weight, table in _of_coset(form, coset):
            key = table.tobytes()
            tables[key] = table
            weights[key] = weights.get(key, Fraction(0)) + weight
    return tuple((weights[key], table) for key, table in tables.items() if weights[key])


def _of_coset(form: QuadraticForm, coset: AffineCoset) -> Iterator[tuple[Fraction, IntMatrix]]:
    fixed = fixed_characters(coset)
    order = math.lcm(1, *(phase.denominator for phase in fixed.phases))
    steps = [int(phase * order) for phase in fixed.phases]
    primes = prime_factors(order)
    for count in range(len(primes) + 1):
        for chosen in combinations(primes, count):
            d = order // math.prod(chosen)
            sublattice = kernel(np.array([[*steps, d]], dtype=np.int64))[: len(steps)]
            table = form.restricted(np.asarray(fixed.basis @ sublattice, dtype=np.int64)).tables[0]
            yield coset.share * (-1) ** count * d / totient(order), table
