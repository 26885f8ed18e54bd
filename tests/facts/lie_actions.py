"""Compact groups on spheres through other representations than copies of the standard one [3.2]."""

from __future__ import annotations

from facts.base import PI, Facts, pairs, three

_HOPF = "[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, -1], [0, 0, 1, 0]]"
_QUATERNION = "[[0, 0, -1, 0], [0, 0, 0, 1], [1, 0, 0, 0], [0, -1, 0, 0]]"

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
    "Sphere(9) / SO(5).adjoint()": Facts(
        "[3.2] the same Lie algebra as Sp(2)", 1, PI / 4, series=lambda t: 1 / (1 - t**4), degrees=9, boundary=2.0,
        wall_sum=-0.5),
    "Sphere(13) / G2().adjoint()": Facts(
        "[3.2] vol S¹/|W(G₂)|; degrees 2, 6", 1, PI / 6, series=lambda t: 1 / (1 - t**6), degrees=13, boundary=2.0,
        wall_sum=-0.5),
    "Sphere(14) / SU(4).adjoint()": Facts(
        "[3.2] vol S²/24; degrees 2, 3, 4; 6 great circles that 24 chambers share, k = 2", 2, PI / 6,
        series=lambda t: 1 / ((1 - t**3) * (1 - t**4)), degrees=14, boundary=PI, wall_sum=-PI / 4),
    "Sphere(3) / TorusGroup([[1], [2]])": Facts(
        "|z|², |w|², z²w̄ and its conjugate; ∫ sin r cos r/√(1 + 3 sin² r)", 2, 2 * PI / 3,
        series=lambda t: (1 + t**3) / ((1 - t**2) * (1 - t**3)), degrees=3, boundary=0.0),
    f"Sphere(3) / LieGroup([{_HOPF}], components=[{_QUATERNION}])": Facts(
        "[2.1] Pin(2): the projective plane of radius ½", 2, PI / 2, pairs("0(1) 24(5) 80(9) 168(13)"),
        series=lambda t: (1 + 3 * t**4) / (1 - t**4) ** 2, degrees=3, boundary=0.0),
}
