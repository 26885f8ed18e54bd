"""Fixed sets of isometries, and the geometry of M/G for a finite G that follows from them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from weylspec.invariants.orbit_spaces.geometry import CLOSED_FORM, OrbitGeometry, Term, Wall, scalar_terms

_ZERO = 1e-12  # of a sum of a few roots of unity


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
    dim: int, volume: float, fixed: Iterable[FixedSet], label: str, *, scalar_curvature: float | None = None
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
    lower: dict[int, list[float]] = {}
    for item in fixed:
        if item.dim == dim:
            kernel.append(item)
        elif item.dim == dim - 1:
            weight = float(item.share) * item.factor
            if abs(weight) > _ZERO * abs(item.share):
                (mirrors if weight > 0 else fixed_walls).append(2 * abs(weight) * item.volume)
        else:
            lower.setdefault(item.dim, []).append(float(item.share) * item.factor * item.volume / item.normal)
    kinds = ((mirrors, 0.25, f"mirrors of {label}"), (fixed_walls, -0.25, f"mirrors of {label} that change the sign"))
    walls = tuple(Wall(math.fsum(volumes), weight, source) for volumes, weight, source in kinds if volumes)
    terms = [
        Term(p, math.fsum(values), f"points fixed by elements of {label}, codimension {dim - p}")
        for p, values in sorted(lower.items(), reverse=True)
    ]
    share = sum((item.share for item in kernel), Fraction(0))
    rank = math.fsum(float(item.share / share) * item.factor for item in kernel)
    order = int(1 / share)
    size, remainder = volume * float(share) * rank, -math.inf
    if scalar_curvature is not None and dim > 1:
        remainder = -1 if walls and dim == 2 else dim - 4  # along mirrors of surfaces the next term is O(√t)
        curved = scalar_terms(dim, size, scalar_curvature, f"M / {label}")
        terms = [*curved, *terms, *_along(walls, dim, scalar_curvature)]
    return OrbitGeometry(
        dim, size, CLOSED_FORM, walls, tuple(sorted(terms, key=lambda term: -term.dim)), order,
        not (walls or lower), True,
        f"{f'{rank:g}·' * (rank != 1)}vol(M)/{order}, the order of {label} that acts effectively",
        remainder=remainder,
    )


def _along(walls: tuple[Wall, ...], dim: int, scalar_curvature: float) -> list[Term]:
    """What the curvature of an Einstein manifold adds to its mirrors."""
    if dim < 3 or not scalar_curvature:
        return []
    rate = scalar_curvature / 6 - scalar_curvature / (12 * dim)
    along = rate / (4 * math.pi)
    return [Term(dim - 3, along * wall.weight * wall.volume, f"curvature along {wall.source}", wall.error)
            for wall in walls]
