"""Facts about every label of the catalogue, typed by hand from the literature; none computed by the library.

The numbers in brackets of `source` are sections of the project's theory reference, which has every
table by two routes; "Molien" and "cycle index" mark generating functions written down from the
group for this file (Burnside 1911; Molien 1897). Volumes are closed forms.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from power_series import bosons, theta

PI = math.pi


@dataclass(frozen=True)
class Facts:
    """What is known of one space.

    levels: the first levels (λ/unit, multiplicity), without gaps. counts: λ → N(λ).
    series: generating function of the multiplicities, in t by degree on spheres (`degrees` = n of
    the sphere S^n), in q by λ/unit on tori. boundary: Σ wall volumes. wall_sum: Σ weight·volume.
    constant: the terms of dimension 0 (cone points and corners) of a surface. computed: levels come
    from a solver and equal the facts within their stated errors.
    """

    source: str
    dim: int
    volume: float
    levels: tuple[tuple[float, int], ...] = ()
    counts: Mapping[int | str, int] = field(default_factory=dict)
    series: Callable[[Any], Any] | None = None
    degrees: int | None = None
    unit: float = 1.0
    boundary: float | None = None
    wall_sum: float | None = None
    constant: float | None = None
    computed: bool = False


def sphere(n: int) -> float:
    """Volume of the unit n-sphere, 2π^{(n+1)/2}/Γ((n+1)/2)."""
    return 2 * PI ** ((n + 1) / 2) / math.gamma((n + 1) / 2)


def _pairs(text: str) -> tuple[tuple[float, int], ...]:
    """Levels as theory writes them: "0(1) 2(3) 16/3(2)"."""
    rows = []
    for word in text.split():
        lam, mult = word.rstrip(")").split("(")
        top, _, bottom = lam.partition("/")
        rows.append((float(top) / float(bottom or 1), int(mult)))
    return tuple(rows)


def _at(points: tuple[int, ...], numbers: str) -> dict[int | str, int]:
    return dict(zip(points, map(int, numbers.split(",")), strict=True))


def _three(numbers: str) -> dict[int | str, int]:
    """N(20), N(100), N(400)."""
    return _at((20, 100, 400), numbers)


def _flat(numbers: str) -> dict[int | str, int]:
    """N(5), N(25), N(100)."""
    return _at((5, 25, 100), numbers)


# -- spheres, theory 2.1 --------------------------------------------------------------------------

SPHERES = {
    "Sphere(1)": Facts(
        "[2.1]", 1, 2 * PI, _pairs("0(1) 1(2) 4(2) 9(2) 16(2) 25(2) 36(2) 49(2)"),
        series=lambda t: (1 + t) / (1 - t), degrees=1, boundary=0.0),
    "Sphere(2)": Facts(
        "[2.1]", 2, 4 * PI, _pairs("0(1) 2(3) 6(5) 12(7) 20(9) 30(11) 42(13) 56(15)"),
        counts={100: 100, 10**30: 10**30}, series=lambda t: (1 + t) / (1 - t) ** 2, degrees=2, boundary=0.0),
    "Sphere(3)": Facts(
        "[2.1]", 3, 2 * PI**2, _pairs("0(1) 3(4) 8(9) 15(16) 24(25) 35(36) 48(49) 63(64)"),
        series=lambda t: (1 + t) / (1 - t) ** 3, degrees=3),
    "Sphere(4)": Facts(
        "[2.1]", 4, 8 * PI**2 / 3, _pairs("0(1) 4(5) 10(14) 18(30) 28(55) 40(91) 54(140) 70(204)"),
        series=lambda t: (1 + t) / (1 - t) ** 4, degrees=4),
    "Sphere(5)": Facts(
        "[2.1] C(5+k,k) − C(3+k,k−2)", 5, PI**3, _pairs("0(1) 5(6) 12(20) 21(50) 32(105) 45(196) 60(336)"),
        series=lambda t: (1 + t) / (1 - t) ** 5, degrees=5),
    "Sphere(8)": Facts(
        "[2.1]", 8, 32 * PI**4 / 105, _pairs("0(1) 8(9) 18(44)"),
        series=lambda t: (1 + t) / (1 - t) ** 8, degrees=8),
    "Sphere(2, 1/2)": Facts(
        "[2.1] CP¹ = S²(½)", 2, PI, _pairs("0(1) 8(3) 24(5) 48(7) 80(9)")),
}

# -- flat tori, theory 2.2 ------------------------------------------------------------------------

_HEX = "FlatTorus([[1, 0], [0.5, 3**0.5 / 2]])"
_HEX_AREA = math.sqrt(3) / 2
_HEX_UNIT = 16 * PI**2 / 3

TORI = {
    "Torus(1)": Facts("[2.2]", 1, 2 * PI, _pairs("0(1) 1(2) 4(2) 9(2)"), series=theta),
    "Torus(2)": Facts(
        "[2.2]", 2, 4 * PI**2, _pairs("0(1) 1(4) 2(4) 4(4) 5(8) 8(4) 9(4) 10(8)"),
        counts=_flat("21,81,317"), series=lambda q: theta(q) ** 2),
    "Torus(3)": Facts(
        "[2.2]", 3, 8 * PI**3, _pairs("0(1) 1(6) 2(12) 3(8) 4(6) 5(24) 6(24) 8(12)"), series=lambda q: theta(q) ** 3),
    "FlatTorus([[1, 0], [0, 1]])": Facts(
        "[2.2]", 2, 1.0, _pairs("0(1) 1(4) 2(4) 4(4) 5(8) 8(4) 9(4) 10(8)"), unit=4 * PI**2),
    "FlatTorus([[1, 0, 0], [0, 1, 0], [0, 0, 1]])": Facts(
        "[2.2]", 3, 1.0, _pairs("0(1) 1(6) 2(12) 3(8) 4(6) 5(24) 6(24) 8(12)"), unit=4 * PI**2),
    _HEX: Facts(
        "[2.2] 6Σ_{d|n}χ_{−3}(d)", 2, _HEX_AREA, _pairs("0(1) 1(6) 3(6) 4(6) 7(12) 9(6) 12(6) 13(12)"),
        unit=_HEX_UNIT),
}

# -- products, theory 2.8: λ = λ' + λ'', multiplicities convolve ------------------------------------

PRODUCTS = {
    "Sphere(1) * Sphere(2)": Facts("[2.8]", 3, 8 * PI**2, _pairs("0(1) 1(2) 2(3) 3(6) 4(2) 6(11) 7(10) 9(2)")),
    "Sphere(2) ** 2": Facts("[2.8]", 4, 16 * PI**2, _pairs("0(1) 2(6) 4(9) 6(10) 8(30) 12(39)")),
    "(Sphere(2) / PointGroup('Ci')) * Torus(1)": Facts(
        "[2.8]", 3, 4 * PI**2, _pairs("0(1) 1(2) 4(2) 6(5) 7(10) 9(2) 10(10)")),
}


# -- finite groups on spheres, theory 3.1, 4 --------------------------------------------------------


def _on_s2(source: str, order: int, counts: str, series: Callable[[Any], Any], **more: Any) -> Facts:
    found = _three(counts) if counts else {}
    return Facts(source, 2, 4 * PI / order, counts=found, series=series, degrees=2, **more)


POINT_GROUPS = {
    "Ci": Facts("[2.1] RP²", 2, 2 * PI, _pairs("0(1) 6(5) 20(9) 42(13) 72(17) 110(21) 156(25) 210(29)"), boundary=0.0),
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

    return Facts("[3.1]", n - 1, sphere(n - 1) / math.factorial(n), counts=_three(counts), series=series,
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
        "[3.1]", 3, PI**2 / 6, counts=_three("5,38,251"), degrees=3, boundary=0.0,
        series=lambda t: (1 + t**6) / ((1 - t) * (1 - t**3) * (1 - t**4))),
    "Sphere(3) / Hyperoctahedral(4)": Facts(
        "[3.1]", 3, 2 * PI**2 / 384, counts=_three("1,5,18"), degrees=3,
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
        "[2.1] RP³", 3, PI**2, _pairs("0(1) 8(9) 24(25) 48(49) 80(81) 120(121) 168(169) 224(225)"), boundary=0.0),
    "Sphere(3) / MatrixGroup([[[0, -1], [1, 0]]]).copies(2)": Facts(
        "[2.6] L(4;1)", 3, PI**2 / 2, _pairs("0(1) 8(3) 24(15) 48(21) 80(45)"), boundary=0.0),
    f"Sphere(3) / MatrixGroup([{_PENTAGON}]).copies(2)": Facts(
        "[2.6] L(5;1)", 3, 2 * PI**2 / 5, _pairs("0(1) 8(3) 24(5) 35(12) 48(7) 63(16) 80(9) 99(20)"), boundary=0.0),
    "Sphere(3) / MatrixGroup([[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, -1], [0, 0, 1, 0]], "
    "[[0, 0, -1, 0], [0, 0, 0, 1], [1, 0, 0, 0], [0, -1, 0, 0]]])": Facts(
        "[2.6] Q₈", 3, PI**2 / 4, _pairs("0(1) 24(10) 48(7) 80(27) 120(22) 168(52) 224(45) 288(85)"), boundary=0.0),
}

# -- compact groups on spheres, theory 3.2 -----------------------------------------------------------


def _polar(d: int, degrees: float) -> float:
    """(2π)^d/(ω_d d!)·2/Π d_i: expected values only [3.2]."""
    ball = PI ** (d / 2) / math.gamma(d / 2 + 1)
    return (2 * PI) ** d / (ball * math.factorial(d)) * 2 / degrees


def _atoms(t: Any) -> Any:
    """S⁸/(SO(3)×S₃): Gram entries are two copies of the permutation representation, det takes the sign."""
    u = t**2
    return (1 - u) * ((1 + t**3) / (1 - u) ** 6 + 3 * (1 - t**3) / ((1 - u) ** 2 * (1 - u**2) ** 2)
                      + 2 * (1 + t**3) / (1 - u**3) ** 2) / 6


LIE_ON_SPHERES = {
    "Sphere(2) / SO(2)": Facts("[3.2]", 1, PI, counts=_three("5,10,20"), series=lambda t: 1 / (1 - t), degrees=2),
    "Sphere(3) / SO(2)": Facts(
        "[3.2], wall k = 1", 2, 2 * PI, counts=_three("10,55,210"), series=lambda t: 1 / (1 - t) ** 2, degrees=3,
        wall_sum=0.0),
    "Sphere(3) / SO(3)": Facts(
        "[3.2], two end points k = 2", 1, PI, counts=_three("4,10,20"), series=lambda t: 1 / (1 - t), degrees=3,
        boundary=2.0, wall_sum=-0.5),
    "Sphere(4) / SO(3)": Facts(
        "[3.2], wall k = 2", 2, 2 * PI, counts=_three("10,45,190"), series=lambda t: 1 / (1 - t) ** 2, degrees=4,
        boundary=2 * PI, wall_sum=-PI / 2),
    "Sphere(4) / SO(4)": Facts(
        "[3.2], k = 3", 1, PI, series=lambda t: 1 / (1 - t), degrees=4, boundary=2.0, wall_sum=-1.0),
    "Sphere(3) / SO(2).copies(2)": Facts(
        "[3.2] Hopf", 2, PI, _pairs("0(1) 8(3) 24(5) 48(7) 80(9)"), _three("4,25,100"),
        lambda t: (1 + t**2) / (1 - t**2) ** 2, degrees=3, boundary=0.0),
    "Sphere(5) / SO(2).copies(3)": Facts(
        "[2.1] CP²", 4, PI**2 / 2, _pairs("0(1) 12(8) 32(27) 60(64) 96(125) 140(216) 192(343) 252(512)"),
        boundary=0.0),
    "Sphere(7) / SO(2).copies(4)": Facts(
        "[2.1] CP³", 6, PI**3 / 6, _pairs("0(1) 16(15) 40(84) 72(300) 112(825) 160(1911) 216(3920) 280(7344)"),
        boundary=0.0),
    "Sphere(3) / (SO(2) + SO(2))": Facts(
        "[3.2] S³/T²", 1, PI / 2, counts=_three("2,5,10"), series=lambda t: 1 / (1 - t**2), degrees=3, wall_sum=0.0),
    "Sphere(4) / (SO(2) + SO(2))": Facts(
        "[11], O(2)×O(2) has the same orbits: degrees 2, 2, 1", 2, sphere(2) / 4, degrees=4,
        series=lambda t: 1 / ((1 - t) * (1 - t**2)), wall_sum=0.0),
    "Sphere(5) / (SO(2) + SO(4))": Facts("[3.2]", 1, PI / 2, series=lambda t: 1 / (1 - t**2), degrees=5),
    "Sphere(5) / (SO(3) + SO(3))": Facts(
        "[3.2]", 1, PI / 2, counts=_three("2,5,10"), series=lambda t: 1 / (1 - t**2), degrees=5, wall_sum=-0.5),
    "Sphere(5) / (SO(3) + SO(2))": Facts(
        "[11], degrees 2, 2, 1", 2, PI, series=lambda t: 1 / ((1 - t) * (1 - t**2)), degrees=5, wall_sum=-PI / 4),
    "Sphere(5) / SO(4)": Facts(
        "[3.2], [11] wall k = 3", 2, 2 * PI, series=lambda t: 1 / (1 - t) ** 2, degrees=5, wall_sum=-PI),
    "Sphere(5) / O(3).copies(2)": Facts(
        "[3.2]", 2, PI / 2, counts=_three("3,15,55"), series=lambda t: 1 / (1 - t**2) ** 2, degrees=5),
    "Sphere(8) / O(3).copies(3)": Facts(
        "[3.2]", 5, _polar(5, 2**6), counts=_three("6,56,1287"), series=lambda t: 1 / (1 - t**2) ** 5, degrees=8),
    "Sphere(8) / SO(3).copies(3)": Facts(
        "[3.2] .96894615", 5, PI**3 / 32, counts=_three("6,77,1749"),
        series=lambda t: (1 + t**3) / (1 - t**2) ** 5, degrees=8),
    "Sphere(8) / (SO(3).copies(3) * SymmetricGroup(3).blocks(3))": Facts(
        "[3.2] and its Gram matrix under S₃ (Molien)", 5, PI**3 / 192, series=_atoms, degrees=8),
}

# -- finite groups on flat tori, theory 2.5, 3.3, 4 ---------------------------------------------------

_TURN = "[[0, -1], [1, 0]]"
_STRINGS = _pairs("0(1) 1(1) 4(1) 9(1) 16(1)")

FINITE_ON_TORI = {
    "Torus(1) / SignFlips(1)": Facts(
        "[9.6] guitar string of length π", 1, PI, _STRINGS, series=lambda q: (1 + theta(q)) / 2, boundary=2.0),
    "Torus(2) / SignFlips(1)": Facts(
        "[9.1] ½(N_{T²} + N_Fix)", 2, 2 * PI**2, _pairs("0(1) 1(3) 2(2) 4(3) 5(4) 8(2) 9(3) 10(4)"),
        series=lambda q: (theta(q) ** 2 + theta(q)) / 2, boundary=4 * PI),
    "Torus(2) / SignFlips(2)": Facts(
        "[11] pmm, ¼", 2, PI**2, series=lambda q: ((1 + theta(q)) / 2) ** 2, constant=0.25, boundary=4 * PI),
    "Torus(2) / SignFlips(1).copies(2)": Facts(
        "[2.5] pillow", 2, 2 * PI**2, _pairs("0(1) 1(2) 2(2) 4(2) 5(4) 8(2) 9(2) 10(4)"),
        series=lambda q: (theta(q) ** 2 + 1) / 2, constant=0.5, boundary=0.0),
    "Torus(2) / SymmetricGroup(2)": Facts(
        "[2.5] Möbius band", 2, 2 * PI**2, _pairs("0(1) 1(2) 2(3) 4(2) 5(4) 8(3) 9(2) 10(4)"), constant=0.0,
        boundary=math.sqrt(2) * 2 * PI),
    f"Torus(2) / MatrixGroup([{_TURN}])": Facts(
        "[2.5] T²/Z₄", 2, PI**2, _pairs("0(1) 1(1) 2(1) 4(1) 5(2) 8(1) 9(1) 10(2)"), constant=0.75, boundary=0.0),
    "Torus(2) / Hyperoctahedral(2)": Facts(
        "[2.5] p4m", 2, PI**2 / 2, _pairs("0(1) 1(1) 2(1) 4(1) 5(1) 8(1) 9(1) 10(1)"), constant=0.375,
        boundary=(2 + math.sqrt(2)) * PI),
    f"Torus(2) / AffineGroup([({_TURN}, [0, 0]), ([[-1, 0], [0, 1]], ['1/2', '1/2'])])": Facts(
        "[11] p4g, ⅜", 2, PI**2 / 2, constant=0.375),
    "Torus(2) / AffineGroup([([[1, 0], [0, -1]], ['1/2', 0])])": Facts(
        "[2.5] Klein bottle", 2, 2 * PI**2, _pairs("0(1) 1(1) 2(2) 4(3) 5(4) 8(2) 9(1) 10(4)"), boundary=0.0),
    f"{_HEX} / AffineGroup([([[-1, -1], [1, 0]], [0, 0])])": Facts(
        "[2.5] hex/Z₃", 2, _HEX_AREA / 3, _pairs("0(1) 4/3(2) 4(2) 16/3(2) 28/3(4)"), unit=4 * PI**2,
        constant=2 / 3, boundary=0.0),
    f"{_HEX} / AffineGroup([([[0, -1], [1, 1]], [0, 0])])": Facts(
        "[2.5] hex/Z₆", 2, _HEX_AREA / 6, _pairs("0(1) 4/3(1) 4(1) 16/3(1) 28/3(2)"), unit=4 * PI**2,
        constant=5 / 6, boundary=0.0),
    f"{_HEX} / AffineGroup([([[-1, -1], [1, 0]], [0, 0]), ([[0, 1], [1, 0]], [0, 0])])": Facts(
        "[11] p31m, ⅓", 2, _HEX_AREA / 6, unit=4 * PI**2, constant=1 / 3),
    f"{_HEX} / AffineGroup([([[0, -1], [1, 1]], [0, 0]), ([[0, 1], [1, 0]], [0, 0])])": Facts(
        "[11] p6m, 5/12", 2, _HEX_AREA / 12, unit=4 * PI**2, constant=5 / 12),
    "Torus(3) / SymmetricGroup(3)": Facts(
        "[3.3]", 3, (2 * PI) ** 3 / 6, counts=_flat("16,116,812"), series=lambda q: bosons(theta, q, 3)),
    "Torus(3) / CyclicGroup(3)": Facts(
        "[3.3]", 3, (2 * PI) ** 3 / 3, counts=_flat("21,175,1397"),
        series=lambda q: (theta(q) ** 3 + 2 * theta(q**3)) / 3, boundary=0.0),
    "Torus(3) / SignFlips(3)": Facts(
        "[3.3]", 3, PI**3, counts=_flat("17,99,648"), series=lambda q: ((1 + theta(q)) / 2) ** 3),
    "Torus(3) / Hyperoctahedral(3)": Facts(
        "[3.3]", 3, (2 * PI) ** 3 / 48, counts=_flat("6,27,143"),
        series=lambda q: bosons(lambda x: (1 + theta(x)) / 2, q, 3)),
    "Torus(7) / SymmetricGroup(7)": Facts(
        "[3.3]", 7, (2 * PI) ** 7 / 5040, counts=_flat("27,929,38383"), series=lambda q: bosons(theta, q, 7),
        boundary=7 * 6 * math.sqrt(2) * (2 * PI) ** 6 / 5040),
    "Torus(3) / AffineGroup([([[-1, 0, 0], [0, -1, 0], [0, 0, 1]], [0, 0, 1/2])])": Facts(
        "[2.5] G2", 3, 4 * PI**3, _pairs("0(1) 1(2) 2(6) 3(4) 4(4) 5(12) 6(12) 8(6)"), boundary=0.0),
    "Torus(3) / AffineGroup([([[0, -1, 0], [1, 0, 0], [0, 0, 1]], [0, 0, 1/4])])": Facts(
        "[2.5] G4", 3, 2 * PI**3, _pairs("0(1) 1(1) 2(3) 3(2) 4(1) 5(6) 6(6) 8(3)"), boundary=0.0),
    "Torus(3) / AffineGroup([([[1, 0, 0], [0, -1, 0], [0, 0, -1]], [1/2, 1/2, 0]), "
    "([[-1, 0, 0], [0, 1, 0], [0, 0, -1]], [0, 1/2, 1/2])])": Facts(
        "[2.5] G6, Hantzsche–Wendt", 3, 2 * PI**3, _pairs("0(1) 2(3) 3(2) 4(3) 5(6) 6(6) 8(3) 9(6)"), boundary=0.0),
    "Torus(3) / AffineGroup([([[1, 0, 0], [0, 1, 0], [0, 0, -1]], [1/2, 0, 0])])": Facts(
        "[2.5] B1", 3, 4 * PI**3, _pairs("0(1) 1(3) 2(4) 3(4) 4(5) 5(12) 6(12) 8(8)"), boundary=0.0),
}

# -- translations, theory 3.3, 9.4 table A ------------------------------------------------------------

_T4 = "[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, -1], [0, 0, 1, 0]]"
_T6 = (
    "[[0, -1, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0], [0, 0, 0, -1, 0, 0], [0, 0, 1, 0, 0, 0], "
    "[0, 0, 0, 0, 0, -1], [0, 0, 0, 0, 1, 0]]"
)
_SWAP = (
    "[[0, 0, 1, 0, 0, 0], [0, 0, 0, 1, 0, 0], [1, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0], "
    "[0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 1]]"
)
_CYCLE = (
    "[[0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 1], [1, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0], "
    "[0, 0, 1, 0, 0, 0], [0, 0, 0, 1, 0, 0]]"
)
_A2, _A3 = "[[1, 0, 1, 0], [0, 1, 0, 1]]", "[[1, 0, 1, 0, 1, 0], [0, 1, 0, 1, 0, 1]]"
_0 = "[0, 0, 0, 0, 0, 0]"


def _clouds(numbers: str) -> dict[int | str, int]:
    return _at((5, 25, 60), numbers)


TRANSLATIONS = {
    "Torus(2) / Translations(steps=[['1/5', '2/5']])": Facts(
        "[3.3]", 2, 4 * PI**2 / 5, counts=_flat("5,21,69"), series=lambda q: theta(q**5) ** 2, boundary=0.0),
    "Torus(2) / Translations(steps=[['1/10', 0]])": Facts(
        "[9.2], 10 | k₁", 2, 4 * PI**2 / 10, counts={99: 19, 100: 23}, series=lambda q: theta(q) * theta(q**100),
        boundary=0.0),
    "Torus(3) / Translations([[1, 1, 1]])": Facts(
        "[3.3]", 2, (2 * PI) ** 2 / math.sqrt(3), _pairs("0(1) 2(6) 6(6) 8(6) 14(12) 18(6) 24(6) 26(12)"),
        _flat("7,43,187"), boundary=0.0),
    f"Torus(4) / Translations({_A2})": Facts(
        "[9.4]", 2, (2 * PI) ** 2 / 2, counts=_flat("9,37,161"), series=lambda q: theta(q**2) ** 2, boundary=0.0),
    f"Torus(4) / AffineGroup([({_T4}, [0, 0, 0, 0])], translations={_A2})": Facts(
        "[9.4]", 2, (2 * PI) ** 2 / 8, counts=_flat("3,10,41"), boundary=0.0),
    f"Torus(6) / Translations({_A3})": Facts(
        "[9.4]", 4, (2 * PI) ** 4 / 3, counts=_clouds("49,985,6013"), boundary=0.0),
    f"Torus(6) / AffineGroup([({_T6}, {_0})], translations={_A3})": Facts(
        "[9.4]", 4, (2 * PI) ** 4 / 12, counts=_clouds("13,247,1504")),
    f"Torus(6) / AffineGroup([({_T6}, {_0}), ({_SWAP}, {_0}), ({_CYCLE}, {_0})], translations={_A3})": Facts(
        "[9.4]", 4, (2 * PI) ** 4 / 72, counts=_clouds("4,48,268")),
}

MESHES = {
    "TriangleMesh.icosphere(4)": Facts(
        "[2.1] S²", 2, 4 * PI, _pairs("0(1) 2(3) 6(5) 12(7)"), computed=True),
    "TriangleMesh.icosphere(4) / PointGroup('Ih')": Facts(
        "[3.1] degrees 6, 10", 2, 4 * PI / 120, _pairs("0(1) 42(1) 110(1)"), computed=True),
}

FACTS: dict[str, Facts] = {
    **SPHERES, **TORI, **PRODUCTS, **{f"Sphere(2) / PointGroup('{name}')": f for name, f in POINT_GROUPS.items()},
    **FINITE_ON_SPHERES, **LIE_ON_SPHERES, **FINITE_ON_TORI, **TRANSLATIONS, **MESHES,
}
