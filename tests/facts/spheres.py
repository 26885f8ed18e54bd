"""Round spheres [2.1], and finite groups on them [3.1, 4]."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from facts.base import PI, Facts, pairs, sphere, three

SPHERES = {
    "Sphere(1)": Facts(
        "[2.1]", 1, 2 * PI, pairs("0(1) 1(2) 4(2) 9(2) 16(2) 25(2) 36(2) 49(2)"),
        series=lambda t: (1 + t) / (1 - t), degrees=1, boundary=0.0, curvature=0.0),
    "Sphere(2)": Facts(
        "[2.1]", 2, 4 * PI, pairs("0(1) 2(3) 6(5) 12(7) 20(9) 30(11) 42(13) 56(15)"),
        counts={100: 100, 10**30: 10**30}, series=lambda t: (1 + t) / (1 - t) ** 2, degrees=2, boundary=0.0,
        curvature=2.0),
    "Sphere(3)": Facts(
        "[2.1]", 3, 2 * PI**2, pairs("0(1) 3(4) 8(9) 15(16) 24(25) 35(36) 48(49) 63(64)"),
        series=lambda t: (1 + t) / (1 - t) ** 3, degrees=3, curvature=6.0),
    "Sphere(4)": Facts(
        "[2.1]", 4, 8 * PI**2 / 3, pairs("0(1) 4(5) 10(14) 18(30) 28(55) 40(91) 54(140) 70(204)"),
        series=lambda t: (1 + t) / (1 - t) ** 4, degrees=4, curvature=12.0),
    "Sphere(5)": Facts(
        "[2.1] C(5+k,k) − C(3+k,k−2)", 5, PI**3, pairs("0(1) 5(6) 12(20) 21(50) 32(105) 45(196) 60(336)"),
        series=lambda t: (1 + t) / (1 - t) ** 5, degrees=5, curvature=20.0),
    "Sphere(8)": Facts(
        "[2.1]", 8, 32 * PI**4 / 105, pairs("0(1) 8(9) 18(44)"),
        series=lambda t: (1 + t) / (1 - t) ** 8, degrees=8, curvature=56.0),
    "Sphere(2, 1/2)": Facts(
        "[2.1] CP¹ = S²(½)", 2, PI, pairs("0(1) 8(3) 24(5) 48(7) 80(9)"), curvature=8.0),
}


def _on_s2(source: str, order: int, counts: str, series: Callable[[Any], Any], **more: Any) -> Facts:
    found = three(counts) if counts else {}
    return Facts(source, 2, 4 * PI / order, counts=found, series=series, degrees=2, **more)


POINT_GROUPS = {
    "Ci": Facts("[2.1] RP²", 2, 2 * PI, pairs("0(1) 6(5) 20(9) 42(13) 72(17) 110(21) 156(25) 210(29)"), boundary=0.0),
    "Cs": _on_s2("[3.1] degrees 1, 1, 2", 2, "", lambda t: 1 / (1 - t) ** 2, boundary=2 * PI, constant=0.0),
    "C5": _on_s2("[3.1]", 5, "5,20,80", lambda t: (1 + t**5) / ((1 - t) * (1 - t**5)), boundary=0.0, constant=0.8),
    "C5v": _on_s2("[3.1]", 10, "5,15,50", lambda t: 1 / ((1 - t) * (1 - t**5)), boundary=2 * PI, constant=0.4),
    "C3h": _on_s2("Y_l^m with 3 | m, l + m even", 6, "", lambda t: (1 + t**3) / ((1 - t**2) * (1 - t**3))),
    "S4": _on_s2("Y_l^m with m = 2j, l ≡ j mod 2", 4, "",
                 lambda t: (1 + 2 * t**3 + t**4) / ((1 - t**2) * (1 - t**4)), boundary=0.0),
    "D5": _on_s2("[3.1]", 10, "3,10,40", lambda t: (1 + t**6) / ((1 - t**2) * (1 - t**5)), constant=0.65),
    "D3h": _on_s2("[3.1] degrees 2, 2, 3", 12, "", lambda t: 1 / ((1 - t**2) * (1 - t**3))),
    "D2d": _on_s2("Molien: z², x²+y², x²y²; xyz", 8, "", lambda t: (1 + t**3) / ((1 - t**2) * (1 - t**4))),
    "T": _on_s2("[3.1]", 12, "3,9,34", lambda t: (1 + t**6) / ((1 - t**3) * (1 - t**4)), boundary=0.0),
    "Td": _on_s2("[3.1] degrees 2, 3, 4", 24, "", lambda t: 1 / ((1 - t**3) * (1 - t**4))),
    "Th": _on_s2("[3.1] even part of T", 24, "", lambda t: (1 + t**6) / ((1 - t**4) * (1 - t**6))),
    "O": _on_s2("[3.1]", 24, "2,5,17", lambda t: (1 + t**9) / ((1 - t**4) * (1 - t**6)), constant=0.65972),
    "Oh": _on_s2("[3.1]", 48, "2,4,12", lambda t: 1 / ((1 - t**4) * (1 - t**6)), constant=0.329861,
                 boundary=2 * PI * 2 * 9 / 48),
    "I": _on_s2("[3.1]", 60, "1,2,7", lambda t: (1 + t**15) / ((1 - t**6) * (1 - t**10)), constant=0.74722),
    "Ih": _on_s2("[3.1]", 120, "1,2,6", lambda t: 1 / ((1 - t**6) * (1 - t**10)), boundary=2 * PI * 2 * 15 / 120),
}


def _diagonals(n: int) -> float:
    """Boundary of S^{N−1}/S_N: N(N − 1)·vol(S^{N−2})/N!  [4]."""
    return n * (n - 1) * sphere(n - 2) / math.factorial(n)


def _symmetric(n: int, counts: str) -> Facts:
    def series(t: Any) -> Any:
        product = 1 - t
        for i in range(3, n + 1):
            product = product * (1 - t**i)
        return 1 / product

    return Facts("[3.1]", n - 1, sphere(n - 1) / math.factorial(n), counts=three(counts), series=series,
                 degrees=n - 1, boundary=_diagonals(n))


_PENTAGON = "[[0.309016994374947, -0.951056516295154], [0.951056516295154, 0.309016994374947]]"

FINITE_ON_SPHERES = {
    "Sphere(2) / SignFlips(3)": _on_s2(
        "[3.1]", 8, "6,15,55", lambda t: 1 / (1 - t**2) ** 2, boundary=2 * PI * 2 * 3 / 8, constant=0.1875),
    "Sphere(2) / SymmetricGroup(3)": _symmetric(3, "7,22,77"),
    "Sphere(3) / SymmetricGroup(4)": _symmetric(4, "5,33,178"),
    "Sphere(4) / SymmetricGroup(5)": _symmetric(5, "5,31,260"),
    "Sphere(6) / SymmetricGroup(7)": _symmetric(7, "3,26,365"),
    "Sphere(3) / AlternatingGroup(4)": Facts(
        "[3.1]", 3, PI**2 / 6, counts=three("5,38,251"), degrees=3, boundary=0.0,
        series=lambda t: (1 + t**6) / ((1 - t) * (1 - t**3) * (1 - t**4))),
    "Sphere(3) / Hyperoctahedral(4)": Facts(
        "[3.1]", 3, 2 * PI**2 / 384, counts=three("1,5,18"), degrees=3,
        series=lambda t: 1 / ((1 - t**4) * (1 - t**6) * (1 - t**8)), boundary=2 * 16 * 4 * PI / 384),
    "Sphere(3) / CyclicGroup(4)": Facts(
        "[3.1]", 3, PI**2 / 2,
        tuple((k * (k + 2), m) for k, m in enumerate((1, 1, 2, 4, 7, 9, 12, 16, 21, 25, 30, 36, 43))), degrees=3,
        series=lambda t: (1 - t**2) * (1 / (1 - t) ** 4 + 1 / (1 - t**2) ** 2 + 2 / (1 - t**4)) / 4),
    "Sphere(3) / DihedralGroup(4)": Facts(
        "cycle index of D₄", 3, PI**2 / 4, degrees=3,
        series=lambda t: (1 - t**2) * (1 / (1 - t) ** 4 + 2 / (1 - t**4) + 3 / (1 - t**2) ** 2
                                       + 2 / ((1 - t) ** 2 * (1 - t**2))) / 8,
        boundary=2 * 2 * 4 * PI / 8),
    "Sphere(3) / (PointGroup('Ih') + SignFlips(1))": Facts(
        "[11] H₃×Z₂: degrees 2, 6, 10, 2; Σ weight·volume .41888", 3, 2 * PI**2 / 240, degrees=3,
        series=lambda t: 1 / ((1 - t**2) * (1 - t**6) * (1 - t**10)), wall_sum=2 * 16 * 4 * PI / 240 / 4),
    "Sphere(3) / SignFlips(1).copies(4)": Facts(
        "[2.1] RP³", 3, PI**2, pairs("0(1) 8(9) 24(25) 48(49) 80(81) 120(121) 168(169) 224(225)"), boundary=0.0),
    "Sphere(5) / HeisenbergGroup(3)": Facts(
        "Molien: 1, two scalars, 24 elements whose eigenvalues are all cube roots of 1", 5, PI**3 / 27, degrees=5,
        series=lambda t: (1 - t**2) / 27 * (1 / (1 - t) ** 6 + 2 / (1 + t + t**2) ** 3 + 24 / (1 - t**3) ** 2),
        boundary=0.0),
    "Sphere(3) / MatrixGroup([[[0, -1], [1, 0]]]).copies(2)": Facts(
        "[2.6] L(4;1)", 3, PI**2 / 2, pairs("0(1) 8(3) 24(15) 48(21) 80(45)"), boundary=0.0),
    f"Sphere(3) / MatrixGroup([{_PENTAGON}]).copies(2)": Facts(
        "[2.6] L(5;1)", 3, 2 * PI**2 / 5, pairs("0(1) 8(3) 24(5) 35(12) 48(7) 63(16) 80(9) 99(20)"), boundary=0.0),
    "Sphere(3) / MatrixGroup([[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, -1], [0, 0, 1, 0]], "
    "[[0, 0, -1, 0], [0, 0, 0, 1], [1, 0, 0, 0], [0, -1, 0, 0]]])": Facts(
        "[2.6] Q₈", 3, PI**2 / 4, pairs("0(1) 24(10) 48(7) 80(27) 120(22) 168(52) 224(45) 288(85)"), boundary=0.0),
}
