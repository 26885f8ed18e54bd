"""Second routes by other spaces: isometric ones, and sums over quotients by subgroups.

For an irreducible V of a finite group, N_V is a combination of counts of quotients by subgroups (Frobenius): the copies
of the sign are invariant under the kernel of the sign, but not under the group. Each side is computed by code for
its own space.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from weylspec.expressions import read_space
from weylspec.spaces.base import Manifold


@dataclass(frozen=True)
class Relation:
    """N(λ) = Σ share·N'(λ·scale) over other spaces, for every λ up to a limit.

    Attributes
    ----------
    spaces : tuple of (share, label, scale)
    limit : float
        λ up to which it holds.
    """

    spaces: tuple[tuple[Fraction, str, float], ...]
    limit: float = math.inf


_ONE, _HALF = Fraction(1), Fraction(1, 2)
_HOPF = "MatrixGroup([[[{0}, -{1}], [{1}, {0}]]]).copies(2)"
_THIRD = _HOPF.format(math.cos(2 * math.pi / 3), math.sin(2 * math.pi / 3))
_SIXTH = _HOPF.format(math.cos(math.pi / 3), math.sin(math.pi / 3))

RELATIONS: dict[str, Relation] = {
    # A zonal function of SO(5)/SO(4) = S⁴ on both sides.
    "SpecialOrthogonal(5) / TwoSided(SO(4), SO(4))": Relation(((_ONE, "Sphere(4) / SO(4)", 1.0),)),
    "Isotypic(Sphere(2) / SymmetricGroup(3), 'det')": Relation(
        ((_ONE, "Sphere(2) / AlternatingGroup(3)", 1.0), (-_ONE, "Sphere(2) / SymmetricGroup(3)", 1.0))),
    # 1 = trivial + sign + 2·V on each irreducible part of S_3, and A_3 keeps the first two.
    "Isotypic(Sphere(2) / SymmetricGroup(3), [2, 1])": Relation(
        ((_HALF, "Sphere(2)", 1.0), (-_HALF, "Sphere(2) / AlternatingGroup(3)", 1.0))),
    "Isotypic(Sphere(2) / PointGroup('Oh'), 'det')": Relation(
        ((_ONE, "Sphere(2) / PointGroup('O')", 1.0), (-_ONE, "Sphere(2) / PointGroup('Oh')", 1.0))),
    # Functions that change sign in the mirrors of p4m vanish on the sides of its triangle, whose leg is π here.
    "Isotypic(Torus(2) / WallpaperGroup('p4m'), 'det')": Relation(
        ((_ONE, "RightIsoscelesTriangle(1, 'dirichlet')", math.pi**2),)),
    # Weights w with |w| ≤ k in degree k: odd ones that 3 does not divide are ±1 up to degree 4.
    "Isotypic(Sphere(3) / SO(2).copies(2), [1])": Relation(
        ((_HALF, "Sphere(3)", 1.0), (-_HALF, "Sphere(3) / SignFlips(1).copies(4)", 1.0),
         (-_HALF, f"Sphere(3) / {_THIRD}", 1.0), (_HALF, f"Sphere(3) / {_SIXTH}", 1.0)), 34.0),
    # Two polarisations where no index is 0, one where exactly one is.
    "Cavity([3, 2, '3/2'])": Relation(
        ((2 * _ONE, "Box([3, 2, '3/2'], 'dirichlet')", 1.0), (_ONE, "Box([3, 2], 'dirichlet')", 1.0),
         (_ONE, "Box([3, '3/2'], 'dirichlet')", 1.0), (_ONE, "Box([2, '3/2'], 'dirichlet')", 1.0))),
    "Cavity([2, 2, 2])": Relation(
        ((2 * _ONE, "Box([2, 2, 2], 'dirichlet')", 1.0), (3 * _ONE, "Box([2, 2], 'dirichlet')", 1.0))),
    # Of the polarisations of (a, b, c) the permutations leave two where all differ, one where two are equal, none of
    # (a, a, a), and one of (0, a, b): cyclic orbits of (a, b, c) without the diagonal, and a ≤ b.
    "Cavity([1, 1, 1]) / SymmetricGroup(3)": Relation(
        ((_ONE, "Box([1, 1, 1], 'dirichlet') / CyclicGroup(3)", 1.0), (-_ONE, "Interval(1, 'dirichlet')", 1 / 3),
         (_ONE, "Box([1, 1], 'dirichlet') / SymmetricGroup(2)", 1.0))),
}
_LEVELS = 40


def other_spaces(space: Manifold) -> tuple[str, str] | None:
    """N between all of the first levels against a combination of counts of other spaces."""
    relation = RELATIONS.get(repr(space))
    if relation is None:
        return None
    listed = space.spectrum(num=_LEVELS)
    between = (listed.eigenvalues[1:] + listed.eigenvalues[:-1]) / 2
    between = between[between < relation.limit]
    others = [(share, read_space(label), scale) for share, label, scale in relation.spaces]
    for lam, count in zip(between.tolist(), listed.cumulative.tolist(), strict=False):
        found = sum(share * other.count(lam * scale) for share, other, scale in others)
        if found != count:
            return f"they give N({lam:.8g}) = {found}, not {count}", ""
    told = " and ".join(label for _, label, _ in relation.spaces)
    return "", f"N at {len(between)} λ up to {float(np.max(between)):.6g}, from {told}"
