"""Compact groups on spheres through other representations than copies of the standard one [3.2]."""

from __future__ import annotations

from facts.base import PI, Facts, three

LIE_ACTIONS = {
    "Sphere(4) / SO(3).symmetric_traceless()": Facts(
        "[3.2] eigenvalues of a traceless matrix; two end points k = 1", 1, PI / 3, counts=three("2,3,7"),
        series=lambda t: 1 / (1 - t**3), degrees=4, boundary=2.0, wall_sum=0.0),
    "Sphere(7) / SU(3).adjoint()": Facts(
        "[3.2] two end points k = 2", 1, PI / 3, counts=three("1,3,6"), series=lambda t: 1 / (1 - t**3), degrees=7,
        boundary=2.0, wall_sum=-0.5),
    "Sphere(9) / Sp(2).adjoint()": Facts(
        "[3.2] vol S¹/|W(C₂)|; degrees 2, 4", 1, PI / 4, series=lambda t: 1 / (1 - t**4), degrees=9, boundary=2.0,
        wall_sum=-0.5),
}
