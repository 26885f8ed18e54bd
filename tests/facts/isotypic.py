"""Copies of representations, and groups made of one that normalises another.

Covariants of a reflection group are free over its invariants: a representation V has generators in the degrees
of its copies in the coinvariant algebra (Chevalley 1955), the sign in the number of mirrors, the plane of S_3 in 1
and 2.
"""

from __future__ import annotations

import math

from facts.base import PI, Facts, flat, pairs

_NO_POINTS = "values in a representation"

ISOTYPIC = {
    "Isotypic(Sphere(2) / SymmetricGroup(3), 'det')": Facts(
        "3 mirrors, degrees 1, 2, 3", 2, 4 * PI / 6, series=lambda t: t**3 / ((1 - t) * (1 - t**3)), degrees=2,
        boundary=2 * PI, wall_sum=-PI / 2, curvature=2.0, fixed_boundary=True, pointless=_NO_POINTS),
    "Isotypic(Sphere(2) / SymmetricGroup(3), [2, 1])": Facts(
        "generators in degrees 1 and 2; mirrors have the trace 0", 2, 2 * 4 * PI / 6,
        series=lambda t: (t + t**2) / ((1 - t) * (1 - t**3)), degrees=2, wall_sum=0.0, curvature=2.0,
        fixed_boundary=True, pointless=_NO_POINTS),
    "Isotypic(Sphere(2) / PointGroup('Oh'), 'det')": Facts(
        "9 mirrors, degrees 2, 4, 6", 2, 4 * PI / 48, series=lambda t: t**9 / ((1 - t**4) * (1 - t**6)), degrees=2,
        boundary=2 * PI * 2 * 9 / 48, wall_sum=-PI * 9 / 48, constant=0.329861, fixed_boundary=True,
        pointless=_NO_POINTS),
    "Isotypic(Torus(2) / WallpaperGroup('p4m'), 'det')": Facts(
        "[2.7] right isosceles triangle with legs π and a Dirichlet condition", 2, PI**2 / 2,
        pairs("5(1) 10(1) 13(1) 17(1) 20(1) 25(1) 26(1) 29(1)"), boundary=2 * PI + math.sqrt(2) * PI,
        wall_sum=-(2 * PI + math.sqrt(2) * PI) / 4, constant=3 / 8, curvature=0.0, fixed_boundary=True,
        pointless=_NO_POINTS),
    "Isotypic(Sphere(3) / SO(2).copies(2), [1])": Facts(
        "monopole harmonics of charge ½: k + 1 of each odd degree k", 2, PI,
        pairs("3(2) 15(4) 35(6) 63(8)"), boundary=0.0, curvature=6.0, fixed_boundary=True, pointless=_NO_POINTS),
}

EXTENSIONS = {
    "Sphere(3) / Extension(SignFlips(4), SymmetricGroup(4))": Facts(
        "[3.1] signed permutations", 3, 2 * PI**2 / 384,
        series=lambda t: 1 / ((1 - t**4) * (1 - t**6) * (1 - t**8)), degrees=3),
    "Torus(4) / Extension(Translations([[1, 0, 1, 0], [0, 1, 0, 1]]), "
    "MatrixGroup([[[0, -1], [1, 0]]]).copies(2))": Facts(
        "[9.4]", 2, (2 * PI) ** 2 / 8, counts=flat("3,10,41"), boundary=0.0),
}
