"""Flat tori [2.2], finite groups and translations on them [2.5, 3.3, 4, 9.4]."""

from __future__ import annotations

import math

from power_series import bosons, theta

from facts.base import PI, Facts, at, flat, pairs

_HEX = "FlatTorus([[1, 0], [0.5, 3**0.5 / 2]])"
_HEX_AREA = math.sqrt(3) / 2
_HEX_UNIT = 16 * PI**2 / 3

TORI = {
    "Torus(1)": Facts("[2.2]", 1, 2 * PI, pairs("0(1) 1(2) 4(2) 9(2)"), series=theta, curvature=0.0),
    "Torus(2)": Facts(
        "[2.2]", 2, 4 * PI**2, pairs("0(1) 1(4) 2(4) 4(4) 5(8) 8(4) 9(4) 10(8)"),
        counts=flat("21,81,317"), series=lambda q: theta(q) ** 2, curvature=0.0),
    "Torus(3)": Facts(
        "[2.2]", 3, 8 * PI**3, pairs("0(1) 1(6) 2(12) 3(8) 4(6) 5(24) 6(24) 8(12)"), series=lambda q: theta(q) ** 3,
        curvature=0.0),
    "FlatTorus([[1, 0], [0, 1]])": Facts(
        "[2.2]", 2, 1.0, pairs("0(1) 1(4) 2(4) 4(4) 5(8) 8(4) 9(4) 10(8)"), unit=4 * PI**2, curvature=0.0),
    "FlatTorus([[1, 0, 0], [0, 1, 0], [0, 0, 1]])": Facts(
        "[2.2]", 3, 1.0, pairs("0(1) 1(6) 2(12) 3(8) 4(6) 5(24) 6(24) 8(12)"), unit=4 * PI**2, curvature=0.0),
    _HEX: Facts(
        "[2.2] 6Σ_{d|n}χ_{−3}(d)", 2, _HEX_AREA, pairs("0(1) 1(6) 3(6) 4(6) 7(12) 9(6) 12(6) 13(12)"),
        unit=_HEX_UNIT),
}


_TURN = "[[0, -1], [1, 0]]"
_STRINGS = pairs("0(1) 1(1) 4(1) 9(1) 16(1)")

FINITE_ON_TORI = {
    "Torus(1) / SignFlips(1)": Facts(
        "[9.6] guitar string of length π", 1, PI, _STRINGS, series=lambda q: (1 + theta(q)) / 2, boundary=2.0),
    "Torus(2) / SignFlips(1)": Facts(
        "[9.1] ½(N_{T²} + N_Fix)", 2, 2 * PI**2, pairs("0(1) 1(3) 2(2) 4(3) 5(4) 8(2) 9(3) 10(4)"),
        series=lambda q: (theta(q) ** 2 + theta(q)) / 2, boundary=4 * PI),
    "Torus(2) / SignFlips(2)": Facts(
        "[11] pmm, ¼", 2, PI**2, series=lambda q: ((1 + theta(q)) / 2) ** 2, constant=0.25, boundary=4 * PI),
    "Torus(2) / SignFlips(1).copies(2)": Facts(
        "[2.5] pillow", 2, 2 * PI**2, pairs("0(1) 1(2) 2(2) 4(2) 5(4) 8(2) 9(2) 10(4)"),
        series=lambda q: (theta(q) ** 2 + 1) / 2, constant=0.5, boundary=0.0),
    "Torus(2) / SymmetricGroup(2)": Facts(
        "[2.5] Möbius band", 2, 2 * PI**2, pairs("0(1) 1(2) 2(3) 4(2) 5(4) 8(3) 9(2) 10(4)"), constant=0.0,
        boundary=math.sqrt(2) * 2 * PI),
    f"Torus(2) / MatrixGroup([{_TURN}])": Facts(
        "[2.5] T²/Z₄", 2, PI**2, pairs("0(1) 1(1) 2(1) 4(1) 5(2) 8(1) 9(1) 10(2)"), constant=0.75, boundary=0.0),
    "Torus(2) / Hyperoctahedral(2)": Facts(
        "[2.5] p4m", 2, PI**2 / 2, pairs("0(1) 1(1) 2(1) 4(1) 5(1) 8(1) 9(1) 10(1)"), constant=0.375,
        boundary=(2 + math.sqrt(2)) * PI),
    f"Torus(2) / AffineGroup([({_TURN}, [0, 0]), ([[-1, 0], [0, 1]], ['1/2', '1/2'])])": Facts(
        "[11] p4g, ⅜", 2, PI**2 / 2, constant=0.375),
    "Torus(2) / AffineGroup([([[1, 0], [0, -1]], ['1/2', 0])])": Facts(
        "[2.5] Klein bottle", 2, 2 * PI**2, pairs("0(1) 1(1) 2(2) 4(3) 5(4) 8(2) 9(1) 10(4)"), boundary=0.0),
    f"{_HEX} / AffineGroup([([[-1, -1], [1, 0]], [0, 0])])": Facts(
        "[2.5] hex/Z₃", 2, _HEX_AREA / 3, pairs("0(1) 4/3(2) 4(2) 16/3(2) 28/3(4)"), unit=4 * PI**2,
        constant=2 / 3, boundary=0.0),
    f"{_HEX} / AffineGroup([([[0, -1], [1, 1]], [0, 0])])": Facts(
        "[2.5] hex/Z₆", 2, _HEX_AREA / 6, pairs("0(1) 4/3(1) 4(1) 16/3(1) 28/3(2)"), unit=4 * PI**2,
        constant=5 / 6, boundary=0.0),
    f"{_HEX} / AffineGroup([([[-1, -1], [1, 0]], [0, 0]), ([[0, 1], [1, 0]], [0, 0])])": Facts(
        "[11] p3m1, ⅓", 2, _HEX_AREA / 6, unit=4 * PI**2, constant=1 / 3),
    f"{_HEX} / AffineGroup([([[0, -1], [1, 1]], [0, 0]), ([[0, 1], [1, 0]], [0, 0])])": Facts(
        "[11] p6m, 5/12", 2, _HEX_AREA / 12, unit=4 * PI**2, constant=5 / 12),
    "Torus(3) / SymmetricGroup(3)": Facts(
        "[3.3]", 3, (2 * PI) ** 3 / 6, counts=flat("16,116,812"), series=lambda q: bosons(theta, q, 3)),
    "Torus(3) / CyclicGroup(3)": Facts(
        "[3.3]", 3, (2 * PI) ** 3 / 3, counts=flat("21,175,1397"),
        series=lambda q: (theta(q) ** 3 + 2 * theta(q**3)) / 3, boundary=0.0),
    "Torus(3) / SignFlips(3)": Facts(
        "[3.3]", 3, PI**3, counts=flat("17,99,648"), series=lambda q: ((1 + theta(q)) / 2) ** 3),
    "Torus(3) / Hyperoctahedral(3)": Facts(
        "[3.3]", 3, (2 * PI) ** 3 / 48, counts=flat("6,27,143"),
        series=lambda q: bosons(lambda x: (1 + theta(x)) / 2, q, 3)),
    "Torus(7) / SymmetricGroup(7)": Facts(
        "[3.3]", 7, (2 * PI) ** 7 / 5040, counts=flat("27,929,38383"), series=lambda q: bosons(theta, q, 7),
        boundary=7 * 6 * math.sqrt(2) * (2 * PI) ** 6 / 5040),
    "Torus(3) / AffineGroup([([[-1, 0, 0], [0, -1, 0], [0, 0, 1]], [0, 0, 1/2])])": Facts(
        "[2.5] G2", 3, 4 * PI**3, pairs("0(1) 1(2) 2(6) 3(4) 4(4) 5(12) 6(12) 8(6)"), boundary=0.0),
    "Torus(3) / AffineGroup([([[0, -1, 0], [1, 0, 0], [0, 0, 1]], [0, 0, 1/4])])": Facts(
        "[2.5] G4", 3, 2 * PI**3, pairs("0(1) 1(1) 2(3) 3(2) 4(1) 5(6) 6(6) 8(3)"), boundary=0.0),
    "Torus(3) / AffineGroup([([[1, 0, 0], [0, -1, 0], [0, 0, -1]], [1/2, 1/2, 0]), "
    "([[-1, 0, 0], [0, 1, 0], [0, 0, -1]], [0, 1/2, 1/2])])": Facts(
        "[2.5] G6, Hantzsche–Wendt", 3, 2 * PI**3, pairs("0(1) 2(3) 3(2) 4(3) 5(6) 6(6) 8(3) 9(6)"), boundary=0.0),
    "Torus(3) / AffineGroup([([[1, 0, 0], [0, 1, 0], [0, 0, -1]], [1/2, 0, 0])])": Facts(
        "[2.5] B1", 3, 4 * PI**3, pairs("0(1) 1(3) 2(4) 3(4) 4(5) 5(12) 6(12) 8(8)"), boundary=0.0),
}


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
    return at((5, 25, 60), numbers)


TRANSLATIONS = {
    "Torus(1) / Translations(steps=[['1/10']])": Facts(
        "[9.2], 10 | k", 1, PI / 5, pairs("0(1) 100(2) 400(2) 900(2)"), boundary=0.0, curvature=0.0),
    "Torus(2) / Translations(steps=[['1/5', '2/5']])": Facts(
        "[3.3]", 2, 4 * PI**2 / 5, counts=flat("5,21,69"), series=lambda q: theta(q**5) ** 2, boundary=0.0),
    "Torus(2) / Translations(steps=[['1/10', 0]])": Facts(
        "[9.2], 10 | k₁", 2, 4 * PI**2 / 10, counts={99: 19, 100: 23}, series=lambda q: theta(q) * theta(q**100),
        boundary=0.0),
    "Torus(3) / Translations([[1, 1, 1]])": Facts(
        "[3.3]", 2, (2 * PI) ** 2 / math.sqrt(3), pairs("0(1) 2(6) 6(6) 8(6) 14(12) 18(6) 24(6) 26(12)"),
        flat("7,43,187"), boundary=0.0),
    f"Torus(4) / Translations({_A2})": Facts(
        "[9.4]", 2, (2 * PI) ** 2 / 2, counts=flat("9,37,161"), series=lambda q: theta(q**2) ** 2, boundary=0.0),
    f"Torus(4) / AffineGroup([({_T4}, [0, 0, 0, 0])], translations={_A2})": Facts(
        "[9.4]", 2, (2 * PI) ** 2 / 8, counts=flat("3,10,41"), boundary=0.0),
    f"Torus(6) / Translations({_A3})": Facts(
        "[9.4]", 4, (2 * PI) ** 4 / 3, counts=_clouds("49,985,6013"), boundary=0.0),
    f"Torus(6) / AffineGroup([({_T6}, {_0})], translations={_A3})": Facts(
        "[9.4]", 4, (2 * PI) ** 4 / 12, counts=_clouds("13,247,1504")),
    f"Torus(6) / AffineGroup([({_T6}, {_0}), ({_SWAP}, {_0}), ({_CYCLE}, {_0})], translations={_A3})": Facts(
        "[9.4]", 4, (2 * PI) ** 4 / 72, counts=_clouds("4,48,268")),
}
