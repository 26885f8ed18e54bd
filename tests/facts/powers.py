"""Groups on the factors of powers [3.4], [9.4]."""

from __future__ import annotations

import math

from power_series import theta

from facts.base import PI, Facts, flat, pairs

_TURN = "AffineGroup([([[0, -1], [1, 0]], [0, 0])], translations=[[1, 0], [0, 1]])"
_SHIFT = "Translations([[1, 0], [0, 1]])"
_COPLANAR = (2 * PI) ** 2 / math.sqrt(3) / 2  # three points of a circle modulo O(2)
_ISOSCELES = PI * math.sqrt(2) * math.asin(math.sqrt(2 / 3))  # Gram matrices of three points with two equal entries


def _clouds(numbers):
    """N(5), N(25), N(60)."""
    return dict(zip((5, 25, 60), map(int, numbers.split(",")), strict=True))


def _points(m, group, count, dim, volume, **known):
    return {f"Sphere(2) ** {m} / {group}": Facts("[3.4]", dim, volume, counts=flat(count), curvature=2.0 * m, **known)}


_DISTANCE = PI / math.sqrt(2)
_TWO = {"levels": pairs("0(1) 4(1) 12(1) 24(1) 40(1)"), "boundary": 2.0, "wall_sum": 0.0}  # [5] 2l(l + 1)

ON_POWERS = {
    # Multisets of 7 harmonics: 12 = 6·2 = 3·2 + 6 = 6 + 6 = 12 in 28 + 10·5 + 15 + 7 ways.
    "Sphere(2) ** 7 / SymmetricGroup(7)": Facts(
        "[3.4], [9.3]", 14, (4 * PI) ** 7 / 5040, pairs("0(1) 2(3) 4(6) 6(15) 8(30) 10(51) 12(100)"), boundary=0.0,
        curvature=14.0),
    **_points(2, "SymmetricGroup(2)", "10,172,2556", 4, (4 * PI) ** 2 / 2, boundary=0.0),
    **_points(3, "SymmetricGroup(3)", "10,598,30246", 6, (4 * PI) ** 3 / 6, boundary=0.0),
    **_points(4, "SymmetricGroup(4)", "10,1208,212337", 8, (4 * PI) ** 4 / 24, boundary=0.0),
    **_points(2, "SO(3).copies(2)", "2,4,7", 1, _DISTANCE, **_TWO),
    **_points(2, "O(3).copies(2)", "2,4,7", 1, _DISTANCE, **_TWO),
    **_points(2, "(SO(3).copies(2) * SymmetricGroup(2))", "2,4,7", 1, _DISTANCE, **_TWO),
    **_points(2, "(O(3).copies(2) * SymmetricGroup(2))", "2,4,7", 1, _DISTANCE, **_TWO),
    **_points(3, "SO(3).copies(3)", "4,27,192", 3, 10.883, boundary=0.0),
    **_points(3, "(SO(3).copies(3) * SymmetricGroup(3))", "2,7,36", 3, 10.883 / 6, boundary=0.0),
    **_points(3, "O(3).copies(3)", "4,20,117", 3, 10.883 / 2, boundary=_COPLANAR, wall_sum=_COPLANAR / 4),
    **_points(3, "(O(3).copies(3) * SymmetricGroup(3))", "2,7,30", 3, 10.883 / 12, boundary=_COPLANAR / 6 + _ISOSCELES),
    **_points(4, "SO(3).copies(4)", "7,161,4729", 5, 82.414, boundary=0.0),
    # the two columns that [3.4] leaves open: class quadrature with floats, tests/spaces/test_powers.py
    **_points(4, "(SO(3).copies(4) * SymmetricGroup(4))", "2,13,235", 5, 82.414 / 24, boundary=0.0),
    **_points(4, "O(3).copies(4)", "7,89,2493", 5, 82.414 / 2, boundary=0.0),
    **_points(4, "(O(3).copies(4) * SymmetricGroup(4))", "2,12,157", 5, 82.414 / 48, boundary=0.0),
    f"Torus(2) ** 2 / {_SHIFT}.copies(2)": Facts(
        "[9.4]", 2, (2 * PI) ** 2 / 2, counts=flat("9,37,161"), series=lambda q: theta(q**2) ** 2, boundary=0.0),
    f"Torus(2) ** 2 / {_TURN}.copies(2)": Facts(
        "[9.4]", 2, (2 * PI) ** 2 / 8, counts=flat("3,10,41"), boundary=0.0),
    f"Torus(2) ** 2 / ({_TURN}.copies(2) * SymmetricGroup(2))": Facts(
        "[9.4], the exchange is a half-turn", 2, (2 * PI) ** 2 / 8, counts=flat("3,10,41"), boundary=0.0),
    f"Torus(2) ** 3 / {_SHIFT}.copies(3)": Facts(
        "[9.4]", 4, (2 * PI) ** 4 / 3, counts=_clouds("49,985,6013"), boundary=0.0),
    f"Torus(2) ** 3 / {_TURN}.copies(3)": Facts("[9.4]", 4, (2 * PI) ** 4 / 12, counts=_clouds("13,247,1504")),
    f"Torus(2) ** 3 / ({_TURN}.copies(3) * SymmetricGroup(3))": Facts(
        "[9.4]", 4, (2 * PI) ** 4 / 72, counts=_clouds("4,48,268")),
    "Torus(1) ** 3 / CyclicGroup(3)": Facts(
        "[3.3] T³/Z₃", 3, (2 * PI) ** 3 / 3, counts=flat("21,175,1397"),
        series=lambda q: (theta(q) ** 3 + 2 * theta(q**3)) / 3, boundary=0.0),
    "Sphere(2) ** 2 / (PointGroup('Ci').copies(2) * SymmetricGroup(2))": Facts(
        "[3.4] pairs of harmonics of even total degree, in any order", 4, (4 * PI) ** 2 / 4,
        pairs("0(1) 4(6) 6(5) 12(15) 14(21)"), boundary=0.0, curvature=4.0),
    "Sphere(2) ** 2 / Wreath(PointGroup('Ci'), 2)": Facts(
        "[3.4] two bosons on RP²", 4, (2 * PI) ** 2 / 2, pairs("0(1) 6(5) 12(15) 20(9) 26(45) 40(45)"), boundary=0.0),
    "ComplexProjectiveSpace(2) ** 2 / SymmetricGroup(2)": Facts(
        "[3.4] two bosons on CP²", 8, (PI**2 / 2) ** 2 / 2,
        pairs("0(1) 12(8) 24(36) 32(27) 44(216) 60(64) 64(378)"), boundary=0.0, curvature=48.0),
    "Sphere(2) ** 2 / SO(2).copies(2)": Facts(
        "orbit lengths 2π(sin²θ₁ + sin²θ₂)^{1/2}; pairs of opposite weights, 2·min(l₁, l₂) + 1", 3,
        8 * PI**2 * (1 - 1 / math.sqrt(2)), pairs("0(1) 2(2) 4(3) 6(2) 8(6) 12(7) 14(6)"), boundary=0.0),
    "Sphere(3) ** 2 / SU(2).copies(2)": Facts(
        "(x, y) ↦ x⁻¹y: the three-sphere of radius 1/√2", 3, PI**2 / math.sqrt(2),
        pairs("0(1) 6(4) 16(9) 30(16) 48(25)"), boundary=0.0),
    "Disk() ** 2 / SymmetricGroup(2)": Facts(
        "[2.7] two bosons on the disk", 4, PI**2 / 2,
        pairs("0(1) 3.38996(2) 6.77992(3) 9.32836(2) 12.7183(4) 14.682(1)"), printed=6, boundary=2 * PI**2),
}
