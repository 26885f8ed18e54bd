"""Torus averages that factor over the angles, as for copies of standard representations.

Where every weight involves one angle only, 1/det(1 − t·g) is a product of one-angle series. By Weyl's
denominator formula the average of a class function is the constant term of itself times
Π_{α>0}(1 − z^α), whose few monomials turn it into a sum of products of one-angle Fourier coefficients:
the cost is that of rank 1, times the number of monomials.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from weylspec.groups.cosets import LinearCoset
from weylspec.groups.highest_weights import highest_weight

Residues = npt.NDArray[np.int64]
Monomials = dict[tuple[int, ...], int]


def is_separable(coset: LinearCoset) -> bool:
    """Whether every weight involves at most one angle, and there are at least two angles.

    Parameters
    ----------
    coset : LinearCoset

    Returns
    -------
    bool

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> [is_separable(next(iter(SO(k).natural().cosets()))) for k in (3, 4)]
    [False, True]
    """
    return coset.rank >= 2 and bool((np.count_nonzero(coset.weights, axis=1) <= 1).all())


def straightened(coset: LinearCoset) -> LinearCoset:
    """The same coset, its weights as angles where they are independent up to signs.

    Averages over the torus depend on it through its weights and roots alone, so that a quotient of the torus
    on which these are integers will do: SU(n) with scalars is U(n).

    Parameters
    ----------
    coset : LinearCoset

    Returns
    -------
    LinearCoset
        For averages: its directions are not those of the new angles.

    Examples
    --------
    >>> from weylspec.groups.joint import joint
    >>> from weylspec.groups.orthogonal import SO
    >>> from weylspec.groups.unitary import SU
    >>> coset = next(joint(SU(2).natural(), SO(2).copies(2).natural(), "U(2)").cosets())
    >>> is_separable(coset), is_separable(straightened(coset))
    (False, True)
    """
    moving = coset.weights[coset.weights.any(axis=1)]
    if not len(moving) or coset.rank < 2:
        return coset
    leading = np.take_along_axis(moving, (moving != 0).argmax(axis=1)[:, None], axis=1)
    lines = np.unique(moving * np.sign(leading), axis=0)[::-1]
    if np.linalg.matrix_rank(lines) < len(lines):
        return coset
    given = np.vstack([coset.weights, coset.roots, *([coset.highest] if coset.highest else [])])
    rows = np.rint(given @ np.linalg.pinv(lines)).astype(np.int64)
    if (rows @ lines != given).any():
        return coset
    count = len(coset.weights)
    turned = replace(coset, weights=rows[:count], roots=rows[count: count + len(coset.roots)])
    if not coset.highest:
        return turned
    return replace(turned, highest=tuple(highest_weight(rows[-1], turned).tolist()))


def denominator_monomials(coset: LinearCoset, root_values: Residues, p: int, limit: int = 200_000) -> Monomials:
    """Π over positive roots of (1 − value·z^α), times z^Λ, as exponents and residues; zero terms are dropped.

    Parameters
    ----------
    coset : LinearCoset
    root_values : ndarray of int64
        Residues of the roots' phases.
    p : int
        Prime.
    limit : int
        Most monomials worth their cost.

    Returns
    -------
    dict from exponents (one per angle) to residues; empty above the limit

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> coset = next(SO(4).natural().cosets())
    >>> denominator_monomials(coset, np.ones(4, dtype=np.int64), 101)
    {(0, 0): 1, (1, 1): 100, (1, -1): 100, (2, 0): 1}
    """
    positive = [
        (root, value) for root, value in zip(coset.roots.tolist(), root_values.tolist(), strict=True)
        if next(x for x in root if x) > 0
    ]
    # by last angle: the product over the first angles is complete, hence small, before the next one begins
    positive.sort(key=lambda pair: max(i for i, x in enumerate(pair[0]) if x))
    terms: Monomials = {coset.highest or (0,) * coset.rank: 1}
    for root, value in positive:
        product = dict(terms)
        for exponents, c in terms.items():
            shifted = tuple(e + a for e, a in zip(exponents, root, strict=True))
            product[shifted] = (product.get(shifted, 0) - c * value) % p
        terms = {exponents: c for exponents, c in product.items() if c}
        if len(terms) > limit:
            return {}
    return terms


def separable_average(
    coset: LinearCoset, terms: Monomials, phases: Residues, powers: Residues, top: int, p: int
) -> Residues:
    """Haar average of 1/det(1 − t·g) over the coset's angles, degrees 0 … top, modulo p.

    Parameters
    ----------
    coset : LinearCoset
        Separable.
    terms : dict
        Of `denominator_monomials`.
    phases : ndarray of int64
        Residues of the blocks' phases.
    powers : ndarray of shape (grid,), int64
        ζ^i modulo p for a root of unity of the grid's order.
    top : int
    p : int

    Returns
    -------
    ndarray of shape (top + 1,), residues of the traces on Sym^k
    """
    from weylspec.invariants._loops import angle_series

    lengths = np.array(coset.lengths, dtype=np.int64)
    scale = pow(len(powers), -1, p)
    tables: list[dict[int, Residues]] = []
    for angle in range(coset.rank):
        mine = coset.weights[:, angle] != 0
        exponents = sorted({e[angle] for e in terms})
        rows = np.zeros((len(exponents), top + 1), dtype=np.int64)
        angle_series(lengths[mine], phases[mine], coset.weights[mine, angle], powers,
                     np.array(exponents, dtype=np.int64), p, np.zeros(top + 1, dtype=np.int64), rows)
        tables.append({e: row * scale % p for e, row in zip(exponents, rows, strict=True)})
    still = ~coset.weights.any(axis=1)
    fixed = np.zeros((1, top + 1), dtype=np.int64)
    angle_series(lengths[still], phases[still], np.zeros(int(still.sum()), dtype=np.int64), powers[:1],
                 np.zeros(1, dtype=np.int64), p, np.zeros(top + 1, dtype=np.int64), fixed)
    return _multiply(fixed[0], _sum_products(terms, tables, 0, top, p), p)


def shared_angle(coset: LinearCoset) -> int | None:
    """An angle without which the coset is separable, and which no root shares with another angle.

    Scalars that act together with a group have such an angle.

    Parameters
    ----------
    coset : LinearCoset

    Returns
    -------
    int or None

    Examples
    --------
    >>> from weylspec.groups.joint import joint
    >>> from weylspec.groups.orthogonal import SO
    >>> both = joint((SO(2) + SO(2)).natural(), SO(2).copies(2).natural(), "torus with scalars")
    >>> shared_angle(next(both.cosets()))
    2
    """
    for angle in reversed(range(coset.rank)):
        apart = coset.roots[coset.roots[:, angle] != 0]
        if is_separable(_without(coset, angle)) and not np.delete(apart, angle, axis=1).any():
            return angle
    return None


def shared_average(
    coset: LinearCoset, angle: int, root_values: Residues, phases: Residues, powers: Residues, top: int, p: int,
    limit: int,
) -> Residues | None:
    """Haar average of 1/det(1 − t·g): the trapezoid rule over a shared angle, the others as in `separable_average`.

    Parameters
    ----------
    coset : LinearCoset
    angle : int
        Of `shared_angle`.
    root_values, phases, powers : ndarrays of int64
        Residues as in `denominator_monomials` and `separable_average`.
    top : int
    p : int
    limit : int
        Most monomials of Weyl's denominator of the other angles.

    Returns
    -------
    ndarray of shape (top + 1,), residues of the traces on Sym^k; None above the limit
    """
    rest, own = _without(coset, angle), coset.roots[:, angle]
    terms = denominator_monomials(rest, root_values[own == 0], p, limit)
    if not terms:
        return None
    total, mass = np.zeros(top + 1, dtype=np.int64), 0
    for point in range(len(powers)):
        density = 1
        for root, value in zip(own[own != 0].tolist(), root_values[own != 0].tolist(), strict=True):
            density = density * (1 - value * int(powers[root * point % len(powers)])) % p
        if density:
            turned = phases * powers[coset.weights[:, angle] * point % len(powers)] % p
            total = (total + density * separable_average(rest, terms, turned, powers, top, p)) % p
            mass += density
    return np.asarray(total * pow(mass, -1, p) % p, dtype=np.int64)


def _without(coset: LinearCoset, angle: int) -> LinearCoset:
    """The coset at a fixed value of one angle, of the group whose roots do not involve it."""
    kept = coset.roots[:, angle] == 0
    return replace(
        coset, weights=np.delete(coset.weights, angle, axis=1), roots=np.delete(coset.roots[kept], angle, axis=1),
        root_phases=tuple(phase for phase, keep in zip(coset.root_phases, kept.tolist(), strict=True) if keep),
    )


def _sum_products(
    terms: Mapping[tuple[int, ...], int], tables: list[dict[int, Residues]], angle: int, top: int, p: int
) -> Residues:
    """Σ c·Π tables[i][e_i] over monomials that share their first exponents, angle by angle."""
    from weylspec.exact._loops import add_product

    total = np.zeros(top + 1, dtype=np.int64)
    if angle == len(tables) - 1:
        for exponents, c in terms.items():
            total = (total + c * tables[angle][exponents[angle]]) % p
        return total
    groups: dict[int, Monomials] = {}
    for exponents, c in terms.items():
        groups.setdefault(exponents[angle], {})[exponents] = c
    for e, group in groups.items():
        add_product(tables[angle][e], _sum_products(group, tables, angle + 1, top, p), p, total)
    return total


def _multiply(a: Residues, b: Residues, p: int) -> Residues:
    from weylspec.exact._loops import add_product

    out = np.zeros_like(a)
    add_product(a, b, p, out)
    return out
