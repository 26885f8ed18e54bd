"""Geometry of a power M^m modulo permutations of its factors, from the geometry of M.

A permutation has the trace Π over cycles Z_M(ct) on the heat semigroup, so that the smooth terms of M^m/P
are the cycle index in the terms of M with c·t for t: a cycle fixes a diagonal of volume c^{dim/2}·vol(M),
with |det(1 − g_ν)| = c^{dim}. Diagonals are mirrors only where dim M = 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.invariants.orbit_spaces.geometry import OrbitGeometry, Term, Wall

FloatArray = npt.NDArray[np.float64]
CycleTypes = Iterable[tuple[Fraction, tuple[int, ...]]]


@dataclass(frozen=True, eq=False)
class Base:
    """What the geometry of a power needs to know of M, or of M/K where every factor is divided.

    Attributes
    ----------
    dim : int
    volume : float
    volume_error : float
    walls : tuple of Wall
    terms : tuple of Term or None
        Smooth terms of its heat trace; None where they are not known.
    orbits_alike : bool
    effective_order : int or math.inf
        Of the group K; 1 for M itself.
    remainder : float
        Dimension of the first term that is not wholly in terms.
    """

    dim: int
    volume: float
    volume_error: float
    walls: tuple[Wall, ...]
    terms: tuple[Term, ...] | None
    orbits_alike: bool = True
    effective_order: int | float = 1
    remainder: float = -math.inf


def permuted_orbits(base: Base, m: int, order: int, types: CycleTypes, symmetric: bool, label: str) -> OrbitGeometry:
    """Geometry of M^m modulo permutations of its factors.

    Parameters
    ----------
    base : Base
        M.
    m : int
    order : int
        Number of permutations.
    types : iterable of (share, cycle lengths)
        Their classes; not looked at if they are all permutations.
    symmetric : bool
        Whether they are all permutations of the m factors.
    label : str

    Returns
    -------
    OrbitGeometry

    Examples
    --------
    Two points on a circle of length 2π, in any order, are a Möbius band with a boundary of length √2·2π:

    >>> circle = Base(1, 2 * math.pi, 0.0, (), (Term(1, 2 * math.pi, ""),))
    >>> found = permuted_orbits(circle, 2, 2, (), True, "S2")
    >>> found.volume / (2 * math.pi**2), found.walls[0].volume / (math.pi * 8**0.5)
    (1.0, 1.0)
    """
    if not base.dim:  # points have no order
        order = 1
    shares = [] if symmetric or order == 1 else list(types)
    swaps = Fraction(math.comb(m, 2), order) if symmetric else sum(
        (share for share, lengths in shares if sorted(lengths)[-2:] in ([1, 2], [2])), Fraction(0))
    d = m * base.dim
    error = m * base.volume_error
    walls = [Wall(wall.volume * base.volume ** (m - 1) * m / order, wall.weight, wall.source, wall.error + error)
             for wall in base.walls]
    if base.dim == 1 and swaps and order > 1:
        walls.append(Wall(2 * float(swaps) * math.sqrt(2) * base.volume ** (m - 1), 0.25, f"diagonals, by {label}",
                          error))
    lower: tuple[Term, ...] = ()
    if base.terms is not None and base.dim:
        series = _symmetric_terms(base.terms, m) if symmetric else _class_terms(base.terms, shares, m)
        error = m * max(term.error for term in base.terms)
        lower = tuple(Term(p, float(series[p]), f"fixed sets of {label}, and terms of the factors", error)
                      for p in range(d - 2, -1, -1) if series[p])
    return OrbitGeometry(
        d, base.volume**m / order, m * base.volume_error, tuple(walls), lower, base.effective_order**m * order,
        order == 1 and base.effective_order == 1, base.orbits_alike,
        f"vol^{m}/{order}, permutations of the factors by {label}", base.terms is not None,
        remainder=d - base.dim + base.remainder,
    )


def _polynomial(terms: tuple[Term, ...], c: int, size: int) -> FloatArray:
    """Z_M(ct) as a polynomial in (4πt)^{−1/2}."""
    found = np.zeros(size)
    for term in terms:
        found[term.dim] += term.coefficient * c ** (-term.dim / 2)
    return found


def _symmetric_terms(terms: tuple[Term, ...], m: int) -> FloatArray:
    size = 1 + m * terms[0].dim
    series: list[FloatArray] = [np.eye(1, size)[0]]
    for n in range(1, m + 1):
        products = [np.convolve(_polynomial(terms, r, size), series[n - r])[:size] for r in range(1, n + 1)]
        series.append(np.asarray(np.sum(products, axis=0) / n))
    return series[m]


def _class_terms(terms: tuple[Term, ...], types: CycleTypes, m: int) -> FloatArray:
    size = 1 + m * terms[0].dim
    total = np.zeros(size)
    for share, lengths in types or [(Fraction(1), (1,) * m)]:
        series = np.eye(1, size)[0]
        for c in lengths:
            series = np.convolve(series, _polynomial(terms, c, size))[:size]
        total += float(share) * series
    return total
