"""Averages over classical groups as determinants of one-angle series.

Π_{α>0}(1 − z^α) = Σ_w sgn(w) z^{ρ−wρ} (Weyl 1925) turns the average of Π_i φ_i(z_i) into
Σ_w sgn(w) Π_i φ̂_i((wρ − ρ)_i). Over permutations that is det[φ̂_i(ρ_j − ρ_i)] (Toeplitz: Heine, Szegő), over signed ones
det[φ̂_i(ρ_j − ρ_i) ∓ φ̂_i(−ρ_j − ρ_i)] (Toeplitz minus or plus Hankel): the cost of any rank is polynomial.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.exact.power_series import determinant, determinant_order, one, over_binomials, product
from weylspec.groups.cosets import LinearCoset

Residues = npt.NDArray[np.int64]
IntMatrix = npt.NDArray[np.int64]
Root = tuple[int, ...]

_MOST_ENTRIES = 4 * 10**7  # of a table of Fourier coefficients


@dataclass(frozen=True, eq=False)
class ClassicalTorus:
    """A torus z_1 … z_n with the roots of a product of U(n), Sp(n) and SO(k), perhaps cut by z_1⋯z_n = 1.

    Attributes
    ----------
    weights : ndarray (b, n), int64
        Each block moves with at most one z_i.
    parts : tuple of (coordinates, kind)
        "A", "B", "C" or "D" for the coordinates that share roots.
    special : bool
        Whether z_1⋯z_n = 1: one part, of kind A.
    """

    weights: IntMatrix
    parts: tuple[tuple[tuple[int, ...], str], ...]
    special: bool

    @property
    def rank(self) -> int:
        """The largest number of coordinates in one part."""
        return max(len(coordinates) for coordinates, _ in self.parts)


def classical_torus(coset: LinearCoset) -> ClassicalTorus | None:
    """The coset as such a torus, where it is one.

    Parameters
    ----------
    coset : LinearCoset
        Straightened.

    Returns
    -------
    ClassicalTorus or None

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> from weylspec.groups.unitary import SU
    >>> [classical_torus(next(iter(g.natural().cosets()))).parts for g in (SO(6), SU(3))]
    [(((0, 1, 2), 'D'),), (((0, 1, 2), 'A'),)]
    """
    if not coset.rank or coset.highest or any(coset.root_phases):
        return None
    roots = sorted(tuple(root) for root in coset.roots.tolist())
    if (np.count_nonzero(coset.weights, axis=1) <= 1).all():
        parts = tuple((part, _kind(roots, part, coset.rank)) for part in _connected(roots, coset.rank))
        if all(kind for _, kind in parts) and sum(len(_roots(k, p, coset.rank)) for p, k in parts) == len(roots):
            return ClassicalTorus(coset.weights, parts, special=False)
        return None
    return _special(coset, roots)


def _special(coset: LinearCoset, roots: list[Root]) -> ClassicalTorus | None:
    """Rank + 1 weights that add up to 0, up to their signs, with their differences as roots."""
    n = coset.rank + 1
    lines = {max(w, tuple(-x for x in w)) for w in map(tuple, coset.weights.tolist()) if any(w)}
    if len(lines) != n:
        return None
    for signs in np.ndindex(*(2,) * (n - 1)):
        chosen = [tuple((-x if s else x) for x in w) for w, s in zip(sorted(lines), (0, *signs), strict=True)]
        if not any(sum(column) for column in zip(*chosen, strict=True)):
            break
    else:
        return None
    differences = [tuple(a - b for a, b in zip(v, w, strict=True)) for v in chosen for w in chosen if v != w]
    if sorted(differences) != roots:
        return None
    index = {w: (i, 1) for i, w in enumerate(chosen)} | {tuple(-x for x in w): (i, -1) for i, w in enumerate(chosen)}
    weights = np.zeros((len(coset.weights), n), dtype=np.int64)
    for row, w in zip(weights, map(tuple, coset.weights.tolist()), strict=True):
        if any(w):
            i, sign = index[w]
            row[i] = sign
    return ClassicalTorus(weights, ((tuple(range(n)), "A"),), special=True)


def _connected(roots: Sequence[Root], rank: int) -> list[tuple[int, ...]]:
    """Coordinates that share roots, together."""
    group = list(range(rank))
    for root in roots:
        used = [i for i, x in enumerate(root) if x]
        merged = {group[i] for i in used}
        group = [min(merged) if g in merged else g for g in group]
    return [tuple(i for i in range(rank) if group[i] == g) for g in sorted(set(group))]


def _kind(roots: Sequence[Root], part: tuple[int, ...], rank: int) -> str:
    mine = sorted(root for root in roots if any(root[i] for i in part))
    return next((kind for kind in "ABCD" if sorted(_roots(kind, part, rank)) == mine), "")


def _roots(kind: str, part: tuple[int, ...], rank: int) -> list[Root]:
    unit = np.eye(rank, dtype=np.int64)
    pairs = [(unit[i], unit[j]) for i in part for j in part if i != j]
    found = [a - b for a, b in pairs]
    if kind != "A":
        found += [s * (a + b) for (a, b), s in zip(pairs, (1 if np.argmax(a) < np.argmax(b) else -1 for a, b in pairs),
                                                  strict=True)]
    long = {"B": 1, "C": 2}.get(kind, 0)
    found += [s * long * unit[i] for i in part for s in (1, -1) if long]
    return [tuple(root.tolist()) for root in found]


def classical_order(torus: ClassicalTorus, top: int) -> int:
    """What a prime must be 1 modulo for `classical_average`."""
    return determinant_order(torus.rank, top)


def classical_average(
    torus: ClassicalTorus, lengths: Sequence[int], phases: Residues, top: int, p: int
) -> Residues | None:
    """Haar average of 1/det(1 − t·g) up to t^top modulo a prime; None where its tables would be too large.

    Parameters
    ----------
    torus : ClassicalTorus
    lengths : sequence of ints
        Of the blocks.
    phases : ndarray of int64
        Residues of the blocks' phases.
    top : int
    p : int
        Prime, 1 modulo `classical_order`.

    Returns
    -------
    ndarray of shape (top + 1,), residues; or None
    """
    reach = top * int(np.abs(torus.weights).max())
    if (2 * reach + 1) * (top + 1) > _MOST_ENTRIES:
        return None
    blocks = list(zip(lengths, phases.tolist(), torus.weights.tolist(), strict=True))
    known: dict[object, Residues] = {}

    def coefficients(i: int) -> Residues:
        mine = tuple(sorted((length, c, w[i]) for length, c, w in blocks if w[i]))
        if mine not in known:
            known[mine] = _one_angle(mine, reach, top, p)
        return known[mine]

    result = one(top)
    for length, c, w in blocks:
        if not any(w):
            result = over_binomials(result, (length,), p) if c == 1 else _over(result, length, c, p)
    for part, kind in torus.parts:
        tables = [coefficients(i) for i in part]
        # a shift k adds k to every exponent: it needs n|k| factors z, so t^{n|k|} at least
        shifts = top * int(np.abs(torus.weights).max()) // len(part) if torus.special else 0
        total = sum((determinant(_matrix(kind, tables, k, reach), p) for k in range(-shifts, shifts + 1)), one(top) * 0)
        result = product(result, total % p, p)
    return result


def _matrix(kind: str, tables: Sequence[Residues], shift: int, reach: int) -> Residues:
    """Entries φ̂_i(ρ_j − ρ_i + shift), less or plus those with −ρ_j."""
    n = len(tables)
    first = {"A": Fraction(0), "B": Fraction(1, 2), "C": Fraction(1), "D": Fraction(0)}[kind]
    rho = [first + n - 1 - i for i in range(n)]

    def entry(table: Residues, exponent: Fraction) -> Residues:
        inside = abs(exponent) <= reach
        return table[:, int(exponent) + reach] if inside else np.zeros(len(table), dtype=np.int64)

    rows = []
    for i, table in enumerate(tables):
        row = []
        for j in range(n):
            value = entry(table, rho[j] - rho[i] + shift)
            if kind in "BC":
                value = value - entry(table, -rho[j] - rho[i])
            elif kind == "D" and rho[j]:
                value = value + entry(table, -rho[j] - rho[i])
            row.append(value)
        rows.append(row)
    return np.array(rows, dtype=np.int64)


def _one_angle(blocks: Sequence[tuple[int, int, int]], reach: int, top: int, p: int) -> Residues:
    """Coefficients of t^k z^e in Π 1/(1 − c z^w t^L), shape (top + 1, 2·reach + 1)."""
    table = np.zeros((top + 1, 2 * reach + 1), dtype=np.int64)
    table[0, reach] = 1
    for length, c, w in blocks:
        to, come = (slice(w, None), slice(None, -w)) if w > 0 else (slice(None, w), slice(-w, None))
        for k in range(length, top + 1):
            table[k, to] = (table[k, to] + c * table[k - length, come]) % p
    return table


def _over(series: Residues, length: int, c: int, p: int) -> Residues:
    """Σ a_k t^k / (1 − c·t^length)."""
    result = series.copy()
    for k in range(length, len(result)):
        result[k] = (result[k] + c * int(result[k - length])) % p
    return result


def classical_orders(cosets: Iterator[LinearCoset], top: int) -> int:
    """The largest `classical_order` of the given cosets that are classical; 1 if none is."""
    found = (classical_torus(coset) for coset in cosets if coset.rank > 1)
    return max((classical_order(torus, top) for torus in found if torus is not None), default=1)
