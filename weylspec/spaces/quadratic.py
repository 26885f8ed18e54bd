"""Quadratic forms with integer coefficients over independent units: eigenvalues of flat tori."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.exact._reduction import rational_inverse, reduced
from weylspec.units import Unit, commensurable

FloatArray = npt.NDArray[np.float64]
IntMatrix = npt.NDArray[np.int64]
Entry = Fraction | float

_FOUR_PI_SQUARED = 4 * math.pi**2
_TOO_FINE = (
    "the integer keys of these levels exceed 2^63: the basis has too small a common unit; "
    "write its entries with fewer digits, or as floats, or lower the cutoff"
)
_ZERO = 8 * float(np.finfo(np.float64).eps)


@dataclass(frozen=True, eq=False)
class QuadraticForm:
    """λ(k) = Σ_j units[j] · kᵀT_j k with integer upper triangular T_j.

    Attributes
    ----------
    units : tuple of r Fractions or floats
    tables : ndarray (r, n, n), int64, upper triangular
    over_pi_squared : Fraction, optional
        A single unit divided by π², where that is rational: the unit to any number of digits.
    """

    units: tuple[Unit, ...]
    tables: IntMatrix
    over_pi_squared: Fraction | None = None

    def keys(self, k: IntMatrix) -> IntMatrix:
        """Integer level keys of characters, shape (n_points, r), refused where they would not fit."""
        size = [int(x) for x in np.abs(k).max(axis=0, initial=0)]
        for table in self.tables.astype(object):
            if sum(abs(t) * size[i] * size[j] for (i, j), t in np.ndenumerate(table)) >= 2**63:
                raise CostError(_TOO_FINE)
        return np.stack([((k @ table) * k).sum(axis=1) for table in self.tables], axis=1)

    def gram(self) -> FloatArray:
        """The symmetric matrix Q with λ(k) = kᵀQk."""
        total = sum(float(u) * t.astype(np.float64) for u, t in zip(self.units, self.tables, strict=True))
        table = np.asarray(total, dtype=np.float64)
        return (table + table.T) / 2

    def restricted(self, basis: IntMatrix) -> QuadraticForm:
        """The form on the sublattice spanned by the columns of a basis."""
        tables = []
        for table in self.tables.astype(object):
            full = basis.T @ table @ basis
            tables.append(np.triu(full) + np.tril(full, -1).T)
        m = basis.shape[1]
        return replace(self, tables=_int64(np.array(tables, dtype=object).reshape(len(self.units), m, m)))

    def is_preserved(self, matrix: IntMatrix) -> bool:
        """Whether λ(Aᵀk) = λ(k) holds on the integers, key by key."""
        moved = self.restricted(matrix.T)
        return bool(np.array_equal(moved.tables, self.tables))

    def diagonal(self) -> list[int] | None:
        """The integers g_i with λ(k) = unit·Σ g_i k_i², if there is one unit and no mixed term."""
        if len(self.units) != 1:
            return None
        table = self.tables[0]
        diagonal = np.diag(table)
        return [int(g) for g in diagonal] if not (table - np.diag(diagonal)).any() else None

    def divided(self, square: Fraction | float) -> QuadraticForm:
        """The form divided by a positive number."""
        units = tuple(
            u / square if isinstance(u, Fraction) and isinstance(square, Fraction) else float(u) / float(square)
            for u in self.units
        )
        ratio = self.over_pi_squared
        exact = ratio / square if ratio is not None and isinstance(square, Fraction) else None
        return QuadraticForm(units, self.tables, exact)


def direct_sum(forms: Sequence[QuadraticForm]) -> QuadraticForm:
    """The form Σ λ_i(x_i) on tuples of vectors, over units that all share where there are any.

    Examples
    --------
    >>> both = direct_sum([dual_form([[Fraction(2)]]), dual_form([[Fraction(3)]])])
    >>> both.tables.tolist(), round(both.units[0] / (4 * math.pi**2 / 36), 12)
    ([[[9, 0], [0, 4]]], 1.0)
    """
    units, coefficients = commensurable([unit for form in forms for unit in form.units])
    rows = iter(coefficients.astype(object))
    size = sum(form.tables.shape[1] for form in forms)
    tables = np.zeros((len(units), size, size), dtype=object)
    ratios, start = set(), 0
    for form in forms:
        n = form.tables.shape[1]
        for table, row in zip(form.tables.astype(object), rows, strict=False):
            tables[:, start:start + n, start:start + n] += row[:, None, None] * table
            ratios.add(None if form.over_pi_squared is None or not row[0] else form.over_pi_squared / int(row[0]))
        start += n
    ratio = ratios.pop() if len(units) == len(ratios) == 1 else None
    return QuadraticForm(units, _int64(tables), ratio)


def dual_form(rows: Sequence[Sequence[Entry]]) -> QuadraticForm:
    """The form 4π²(BBᵀ)^{-1} on the dual lattice of a basis B, level keys decided on integers.

    The form is taken in an LLL-reduced basis UB, where vectors that can be orthogonal mostly are, and
    carried back to B by the integer matrix U: characters transform by k' = Uk. The Gram matrix is
    split into blocks of vectors that are not orthogonal; where a block is commensurable its inverse
    is exact. Sums of floats that vanish within their rounding (8 ulp of the terms) are taken as zero.

    Examples
    --------
    >>> form = dual_form([[Fraction(1), Fraction(0)], [Fraction(0), Fraction(2)]])
    >>> form.tables.tolist(), form.units[0] / math.pi**2
    ([[[4, 0], [0, 1]]], 1.0)
    """
    n = len(rows)
    change = _reducing(rows)
    short = [_combination(u, rows) for u in change]
    sizes = [_length(a) for a in rows]
    noise = [sum(abs(c) * size for c, size in zip(u, sizes, strict=True)) for u in change]
    gram = [[_dot(a, b, _ZERO * (x * _length(b) + y * _length(a)) / 2) for b, y in zip(short, noise, strict=True)]
            for a, x in zip(short, noise, strict=True)]
    bases: list[Entry] = []
    where: list[tuple[int, list[tuple[int, int, Fraction]]]] = []
    for block in _blocks(gram):
        for base, part in _inverse([[gram[i][j] for j in block] for i in block]):
            where.append((len(bases), [(block[i], block[j], value) for i, j, value in part]))
            bases.append(base)
    steps = [_step(part) for _, part in where]
    units, coefficients = commensurable([
        base * step if isinstance(base, Fraction) else base * float(step)
        for base, step in zip(bases, steps, strict=True)
    ])
    tables = np.zeros((len(units), n, n), dtype=object)
    for (index, part), step in zip(where, steps, strict=True):
        for i, j, value in part:
            tables[:, min(i, j), max(i, j)] += coefficients[index].astype(object) * int(value / step)
    physical = tuple(_FOUR_PI_SQUARED * float(unit) for unit in units)
    ratio = 4 * units[0] if len(units) == 1 and isinstance(units[0], Fraction) else None
    return QuadraticForm(physical, _int64(tables), ratio).restricted(np.array(change, dtype=np.int64))


def _int64(tables: npt.NDArray[np.object_]) -> IntMatrix:
    if tables.size and max(abs(int(t)) for t in tables.flat) >= 2**63:
        raise CostError(_TOO_FINE)
    return tables.astype(np.int64)


def _reducing(rows: Sequence[Sequence[Entry]]) -> list[list[int]]:
    """The unimodular U of an LLL reduction of the basis, the floats taken as the binary numbers they are."""
    n = len(rows)
    exact = [[Fraction(x) for x in row] for row in rows]
    common = math.lcm(*(x.denominator for row in exact for x in row))
    # The identity beside the basis records U; the factor makes it too small to matter.
    factor = common * 2 ** (10 + 2 * n)
    beside = [[int(x * factor) for x in row] + [int(i == j) for j in range(n)] for i, row in enumerate(exact)]
    return [row[n:] for row in reduced(beside)]


def _combination(coefficients: Sequence[int], rows: Sequence[Sequence[Entry]]) -> list[Entry]:
    result: list[Entry] = []
    for entries in zip(*rows, strict=True):
        total = sum((c * Fraction(x) for c, x in zip(coefficients, entries, strict=True)), Fraction(0))
        result.append(total if all(isinstance(x, Fraction) for x in entries) else float(total))
    return result


def _length(row: Sequence[Entry]) -> float:
    return math.sqrt(math.fsum(float(x) ** 2 for x in row))


def _dot(a: Sequence[Entry], b: Sequence[Entry], noise: float) -> Entry:
    if all(isinstance(x, Fraction) for x in (*a, *b)):
        return sum((Fraction(x) * Fraction(y) for x, y in zip(a, b, strict=True)), Fraction(0))
    value = math.fsum(float(x) * float(y) for x, y in zip(a, b, strict=True))
    return value if abs(value) > noise else Fraction(0)


def _blocks(gram: list[list[Entry]]) -> list[list[int]]:
    remaining, blocks = set(range(len(gram))), []
    while remaining:
        block, frontier = set(), {min(remaining)}
        while frontier:
            block |= frontier
            frontier = {j for i in frontier for j in remaining if gram[i][j] != 0} - block
        blocks.append(sorted(block))
        remaining -= block
    return blocks


def _inverse(gram: list[list[Entry]]) -> list[tuple[Entry, list[tuple[int, int, Fraction]]]]:
    """The inverse of gram as (unit, upper triangle with off-diagonal entries doubled), one pair per unit."""
    n = len(gram)
    flat = [gram[i][j] for i in range(n) for j in range(n)]
    units, coefficients = commensurable(flat)
    if len(units) == 1:
        exact = rational_inverse([[Fraction(int(coefficients[i * n + j, 0])) for j in range(n)] for i in range(n)])
        part = [(i, j, exact[i][j] * (1 if i == j else 2)) for i in range(n) for j in range(i, n) if exact[i][j]]
        return [(1 / units[0], part)]
    inverse = np.linalg.inv(np.array(gram, dtype=np.float64))
    inverse = (inverse + inverse.T) / 2
    return [
        (abs(float(inverse[i, j])) * (1 if i == j else 2), [(i, j, Fraction(1 if inverse[i, j] > 0 else -1))])
        for i in range(n) for j in range(i, n) if inverse[i, j] != 0
    ]


def _step(part: list[tuple[int, int, Fraction]]) -> Fraction:
    values = [abs(value) for _, _, value in part]
    return Fraction(math.gcd(*(v.numerator for v in values)), math.lcm(*(v.denominator for v in values)))
