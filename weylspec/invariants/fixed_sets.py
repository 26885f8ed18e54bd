"""Fixed sets of isometries, and the geometry of M/G for a finite G that follows from them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from weylspec.invariants.geometry import CLOSED_FORM, OrbitGeometry, Term, Wall


@dataclass(frozen=True)
class FixedSet:
    """Components of the fixed set of one class of isometries, together.

    Attributes
    ----------
    share : Fraction
        Haar measure of the class, times its character where functions change sign.
    dim : int
        Dimension of the components, all equal.
    volume : float
        Their total volume.
    normal : float
        |det(1 − g)| on the normal space.
    label : str
    """

    share: Fraction
    dim: int
    volume: float
    normal: float
    label: str


def finite_orbits(dim: int, volume: float, fixed: Iterable[FixedSet], label: str) -> OrbitGeometry:
    """Geometry of M/G for a finite G from the fixed sets of its classes.

    Σ_g Tr(g e^{−tΔ}) / |G| has the smooth terms share·vol(F)/|det(1 − g_ν)| (4πt)^{−dim F/2}
    (Donnelly 1976); classes that act trivially are the kernel, and those with a fixed set of
    codimension 1 are the mirrors: vol ∂(M/G) = 2 Σ share·vol(F), weight ¼. Where functions change
    sign under a class its share is negative, and its mirrors are walls with a Dirichlet condition.

    Parameters
    ----------
    dim : int
        Dimension of M.
    volume : float
        Volume of M.
    fixed : iterable of FixedSet
        One for every class with fixed points, the identity among them.
    label : str

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
    kernel = Fraction(0)
    mirrors: list[float] = []
    fixed_walls: list[float] = []
    lower: dict[int, list[float]] = {}
    for item in fixed:
        if item.dim == dim:
            kernel += item.share
        elif item.dim == dim - 1:
            (mirrors if item.share > 0 else fixed_walls).append(2 * abs(float(item.share)) * item.volume)
        else:
            lower.setdefault(item.dim, []).append(float(item.share) * item.volume / item.normal)
    kinds = ((mirrors, 0.25, f"mirrors of {label}"), (fixed_walls, -0.25, f"mirrors of {label} that change the sign"))
    walls = tuple(Wall(math.fsum(volumes), weight, source) for volumes, weight, source in kinds if volumes)
    terms = tuple(
        Term(p, math.fsum(values), f"points fixed by elements of {label}, codimension {dim - p}")
        for p, values in sorted(lower.items(), reverse=True)
    )
    return OrbitGeometry(
        dim, volume * float(kernel), CLOSED_FORM, walls, terms, int(1 / kernel), not (walls or lower), True,
        f"vol(M)/{int(1 / kernel)}, the order of {label} that acts effectively",
    )
