"""Fixed sets of isometries, and the geometry of M/G for a finite G that follows from them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from weylspec.exact.polynomials import totient
from weylspec.invariants.orbit_spaces.geometry import (
    CLOSED_FORM,
    OrbitGeometry,
    Term,
    Wall,
    scalar_terms,
    second_remainder,
    shift_terms,
)

_ZERO = 1e-12  # of a sum of a few roots of unity
_ROUNDING = 1e-9  # of a turn, and of a number of points
_LARGEST_ORDER = 10_000  # of a rotation that is named


@dataclass(frozen=True)
class FixedSet:
    """Components of the fixed set of one class of isometries, together.

    Attributes
    ----------
    share : Fraction
        Haar measure of the class, times its sign where functions change sign.
    dim : int
        Dimension of the components, all equal.
    volume : float
        Their total volume.
    normal : float
        |det(1 − g)| on the normal space.
    label : str
    factor : float
        The real part of the character that the class is weighed with; 1 for invariant functions.
    """

    share: Fraction
    dim: int
    volume: float
    normal: float
    label: str
    factor: float = 1.0


def finite_orbits(
    dim: int, volume: float, fixed: Iterable[FixedSet], label: str, *, scalar_curvature: float | None = None,
    depth: float = math.inf,
) -> OrbitGeometry:
    """Geometry of M/G for a finite G from the fixed sets of its classes.

    Σ_g Tr(g e^{−tΔ}) / |G| has the smooth terms share·vol(F)/|det(1 − g_ν)| (4πt)^{−dim F/2}
    (Donnelly 1976); classes that act trivially are the kernel, and those with a fixed set of
    codimension 1 are the mirrors: vol ∂(M/G) = 2 Σ share·vol(F), weight ¼. Where functions change
    sign under a class its share is negative, and its mirrors are walls with a Dirichlet condition. Each term is
    multiplied by the character of its class: the first one by the dimension of the representation.

    On a curved M the identity has the further factor 1 + t·Scal/6, and a mirror with the normal ν the factor
    1 + t·(Scal/6 − Ric(ν, ν)/12) (Donnelly 1976, Theorem 5.1, for |det(1 − g_ν)| = 2), where Ric = Scal/d: of the
    spaces here only spheres, their powers and projective ones have mirrors, and these are Einstein. What follows
    is of order t² of the identity, t of fixed sets of codimension 2.

    Parameters
    ----------
    dim : int
        Dimension of M.
    volume : float
        Volume of M.
    fixed : iterable of FixedSet
        One for every class with fixed points, the identity among them.
    label : str
    scalar_curvature : float, optional
        Of M, constant; None for a flat M, where fixed sets have no further terms.
    depth : float
        The codimension up to which ``fixed`` has all classes.

    Returns
    -------
    OrbitGeometry

    Examples
    --------
    The circle of length 2 modulo x → −x is an interval of length 1 with two ends:

    >>> points = FixedSet(Fraction(1, 2), 0, 2.0, 2.0, "")
    >>> found = finite_orbits(1, 2.0, [FixedSet(Fraction(1, 2), 1, 2.0, 1.0, ""), points], "Z2")
    >>> found.volume, found.walls[0].volume, found.effective_order
    (1.0, 2.0, 2)
    """
    kernel: list[FixedSet] = []
    mirrors: list[float] = []
    fixed_walls: list[float] = []
    lower: list[FixedSet] = []
    for item in fixed:
        if item.dim == dim:
            kernel.append(item)
        elif item.dim == dim - 1:
            weight = float(item.share) * item.factor
            if abs(weight) > _ZERO * abs(item.share):
                (mirrors if weight > 0 else fixed_walls).append(2 * abs(weight) * item.volume)
        else:
            lower.append(item)
    kinds = ((mirrors, 0.25, f"mirrors of {label}"), (fixed_walls, -0.25, f"mirrors of {label} that change the sign"))
    walls = tuple(Wall(math.fsum(volumes), weight, source) for volumes, weight, source in kinds if volumes)
    terms = _points(lower, bool(walls), label) if dim == 2 else _strata(lower, dim, label)
    share = sum((item.share for item in kernel), Fraction(0))
    rank = math.fsum(float(item.share / share) * item.factor for item in kernel)
    order = int(1 / share)
    size, remainder = volume * float(share) * rank, -math.inf
    if scalar_curvature is not None and dim > 1:
        remainder = second_remainder(dim, walls)
        along = scalar_curvature / 6 - scalar_curvature / (12 * dim)
        terms = [*scalar_terms(dim, size, scalar_curvature, f"M / {label}"), *terms,
                 *shift_terms(dim, 0.0, walls, along, "curvature")]
    remainder = max(remainder, dim - depth - 1)
    return OrbitGeometry(
        dim, size, CLOSED_FORM, walls, tuple(sorted(terms, key=lambda term: -term.dim)), order,
        not (walls or lower), True,
        f"{f'{rank:g}·' * (rank != 1)}vol(M)/{order}, the effective order of {label}",
        remainder=remainder,
    )


def _strata(fixed: list[FixedSet], dim: int, label: str) -> list[Term]:
    """Σ share·vol(F)/|det(1 − g_ν)| over the fixed sets of each dimension."""
    sums: dict[int, list[float]] = {}
    for item in fixed:
        sums.setdefault(item.dim, []).append(float(item.share) * item.factor * item.volume / item.normal)
    return [Term(p, math.fsum(values), f"fixed sets of codimension {dim - p}, of {label}")
            for p, values in sorted(sums.items(), reverse=True)]


def _points(fixed: list[FixedSet], mirrored: bool, label: str) -> list[Term]:
    """Cone points and corners of a surface by the order m of their rotations: (m² − 1)/12m and half of it.

    Rotations of order d fix φ(d) times the points with d | m, which is solved for the number of each m.
    """
    plain, turns = _strata(fixed, 2, label), [_turn(item.normal) for item in fixed]
    if None in turns or any(item.share < 0 or item.factor != 1 for item in fixed):
        return plain
    pairs: dict[int, float] = {}
    for item, d in zip(fixed, turns, strict=True):
        assert d is not None
        pairs[d] = pairs.get(d, 0.0) + float(item.share) * item.volume
    points: dict[int, float] = {}
    for d in sorted(pairs, reverse=True):
        points[d] = pairs[d] / totient(d) - math.fsum(q for m, q in points.items() if m % d == 0)
    found = []
    for m, q in sorted(points.items()):
        corners = round(2 * m * q)
        if abs(2 * m * q - corners) > _ROUNDING or corners % (1 if mirrored else 2):
            return plain
        count, kind = (corners, "corner") if mirrored else (corners // 2, "cone point")
        order = f"π/{m}{f' (a cone point of order {m} counts as two)' * (corners > 1)}" if mirrored else f"of order {m}"
        if count:
            source = f"{count} {kind}{'s' * (count > 1)} {order} of M / {label}"
            found.append(Term(0, corners * (m * m - 1) / (24 * m), source))
    return found


def _turn(normal: float) -> int | None:
    """The order of a rotation of the plane with |det(1 − g)| = 4 sin²(πj/m), up to 10 000."""
    turn = math.asin(min(math.sqrt(normal) / 2, 1.0)) / math.pi
    close = Fraction(turn).limit_denominator(_LARGEST_ORDER)
    return close.denominator if abs(turn - float(close)) < _ROUNDING else None
