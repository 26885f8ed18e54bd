"""Compact Lie groups [2.3], and their quotients by translations and conjugation [2.4, 2.6, 3.5].

Volumes are closed forms that share nothing with root data: products of spheres for SO(n) and U(n), of squashed
spheres for Sp(n); for the others Macdonald's (1980) covol(coroots)·Π vol S^{2m+1}·Π |coroot| over exponents m.
"""

from __future__ import annotations

import math

from facts.base import PI, Facts, pairs, sphere

_NO_MATRICES = "not kept as a group of matrices"


def _rotations(n: int) -> float:
    return math.prod(sphere(j) for j in range(1, n))


def _unitary(n: int) -> float:
    return (2 * PI) ** (n * (n + 1) / 2) / math.prod(math.factorial(k) for k in range(1, n))


def _special_unitary(n: int) -> float:
    """√n(2π)^{n(n+1)/2−1}/Π k! at c = 1, then lengths times √½."""
    return math.sqrt(n) * _unitary(n) / (2 * PI) * 0.5 ** ((n * n - 1) / 2)


def _symplectic(n: int) -> float:
    """Sp(k)/Sp(k − 1) is S^{4k−1} with 4(k − 1) directions stretched by √2."""
    return math.prod(4.0 ** (k - 1) * sphere(4 * k - 1) for k in range(1, n + 1))


def _macdonald(exponents: tuple[int, ...], covolume: float, coroot_squares: float) -> float:
    return covolume * math.prod(sphere(2 * m + 1) for m in exponents) * coroot_squares


LIE_GROUPS = {
    "SpecialUnitary(2)": Facts(
        "[2.3] S³", 3, 2 * PI**2, pairs("0(1) 3(4) 8(9) 15(16) 24(25)"), counts={10**4: 338350}, curvature=6.0),
    "SpecialUnitary(3)": Facts(
        "[2.3]", 8, _special_unitary(3), pairs("0(1) 16/3(18) 12(64) 40/3(72) 64/3(450) 24(200) 32(729) 100/3(1152)"),
        curvature=24.0),
    "SpecialUnitary(4)": Facts(
        "[2.3]", 15, _special_unitary(4), pairs("0(1) 7.5(32) 10(36) 16(225) 18(200) 19.5(800) 24(400) 27.5(2592)"),
        curvature=60.0),
    "Unitary(2)": Facts(
        "[2.3]", 4, _unitary(2), pairs("0(1) 2(10) 4(9) 6(26) 8(34) 12(75) 14(58) 18(74)"), curvature=3.0),
    "Unitary(3)": Facts(
        "[2.3]", 9, _unitary(3), pairs("0(1) 3(20) 4(18) 6(64) 7(72) 8(90) 9(128) 11(468)"), curvature=12.0),
    "SpecialOrthogonal(3)": Facts(
        "[2.3] RP³ of radius 2", 3, 8 * PI**2, pairs("0(1) 2(9) 6(25) 12(49) 20(81)"), curvature=1.5),
    "SpecialOrthogonal(4)": Facts(
        "[2.3]", 6, _rotations(4), pairs("0(1) 3(16) 4(18) 8(81) 9(128) 12(50) 15(256) 16(450)"), curvature=6.0),
    "SpecialOrthogonal(5)": Facts(
        "[2.3]", 10, _rotations(5), pairs("0(1) 4(25) 6(100) 10(196) 12(1225) 16(1225) 18(900) 20(6561)"),
        curvature=15.0),
    "SpecialOrthogonal(6)": Facts(
        "[2.3]", 15, _rotations(6), pairs("0(1) 5(36) 8(225) 9(200) 12(400) 15(4096) 16(4050) 20(7056)"),
        curvature=30.0),
    "CompactSymplectic(2)": Facts(
        "[2.3]", 10, _symplectic(2), pairs("0(1) 5(16) 8(25) 12(100) 15(256) 20(196) 21(400) 24(1225)"),
        curvature=30.0),
    "CompactSymplectic(3)": Facts(
        "[2.3]", 21, _symplectic(3), pairs("0(1) 7(36) 12(196) 15(196) 16(441) 21(4096) 24(4900) 27(3136)"),
        curvature=84.0),
    "SpinGroup(7)": Facts(
        "8 spinors, vectors, Λ²; 35, 48 (spin-vectors), 27 and 112 in McKay and Patera 1981", 21,
        _macdonald((1, 3, 5), 2, 2.0**6 * 4.0**3), pairs("0(1) 21/4(64) 6(49) 10(441) 12(1225) 49/4(2304) 14(729)"),
        curvature=52.5, pointless=_NO_MATRICES),
    "ExceptionalLieGroup('G2')": Facts(
        "7, 14, 27, 64, 77; adjoint at twice the dual Coxeter number 4", 14,
        _macdonald((1, 5), math.sqrt(3), 2.0**3 * 6.0**3), pairs("0(1) 4(49) 8(196) 28/3(729) 14(4096) 16(5929)"),
        curvature=28.0, pointless=_NO_MATRICES),
    "ExceptionalLieGroup('F4')": Facts(
        "26, 52, 273, 324; adjoint at twice the dual Coxeter number 9", 52,
        _macdonald((1, 5, 7, 11), 2, 2.0**12 * 4.0**12), pairs("0(1) 12(676) 18(2704) 24(74529) 26(104976)"),
        curvature=234.0, pointless=_NO_MATRICES),
}

# Not in the catalogue, whose contract asks for two levels that the heat trace tells from the ground state.
E8 = Facts(
    "248, 3875, 30380, 27000; adjoint at twice the dual Coxeter number 30", 248,
    _macdonald((1, 7, 11, 13, 17, 19, 23, 29), 1, 2.0**120),
    pairs("0(1) 60(61504) 96(15015625) 120(922944400) 124(729000000)"), curvature=3720.0, pointless=_NO_MATRICES)

_Q8 = (
    "MatrixGroup([[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, -1, 0]], "
    "[[0, 0, -1, 0], [0, 0, 0, -1], [1, 0, 0, 0], [0, 1, 0, 0]]])"
)

LIE_QUOTIENTS = {
    "SpecialUnitary(2) / Conjugation()": Facts(
        "[3.2]", 1, PI, pairs("0(1) 3(1) 8(1) 15(1) 24(1)"), counts={20: 4, 100: 10, 400: 20}, boundary=2.0,
        wall_sum=-0.5),
    "SpecialUnitary(3) / Conjugation()": Facts(
        "[3.5] equilateral triangle of side 2π/√3", 2, PI**2 / math.sqrt(3), counts={20: 6, 100: 39, 400: 166},
        boundary=2 * PI * math.sqrt(3), wall_sum=-PI * math.sqrt(3) / 2),
    "CompactSymplectic(2) / Conjugation()": Facts(
        "[3.5] right isosceles triangle of legs π", 2, PI**2 / 2, counts={20: 6, 100: 33, 400: 143},
        boundary=PI * (2 + math.sqrt(2)), wall_sum=-PI * (2 + math.sqrt(2)) / 4),
    "SpecialOrthogonal(5) / Conjugation()": Facts(
        "[3.5] the same triangle, one leg (θ₁ = π) a mirror", 2, PI**2 / 2, counts={20: 8, 100: 38, 400: 152},
        boundary=PI * (2 + math.sqrt(2)), wall_sum=-PI * math.sqrt(2) / 4),
    "SpecialOrthogonal(4) / Conjugation()": Facts(
        "[3.5] |θ₂| ≤ θ₁ ≤ π doubled along θ₁ = π", 2, PI**2, counts={20: 14, 100: 74, 400: 302},
        boundary=2 * PI * math.sqrt(2), wall_sum=-PI * math.sqrt(2) / 2),
    "SpecialOrthogonal(5) / TwoSided(SO(4), SO(4))": Facts(
        "[3.2, 3.5] (dim V^K)²: one function of the distance for each k(k + 3)", 1, PI,
        pairs("0(1) 4(1) 10(1) 18(1) 28(1) 40(1)"), counts={20: 4, 100: 9, 10**20: 10**10 - 1}),
    "SpecialOrthogonal(3) / Conjugation(PointGroup('T'))": Facts(
        "[3.1] invariants of T in V_l ⊗ V_l = V_0 ⊕ … ⊕ V_2l", 3, 8 * PI**2 / 12,
        pairs("0(1) 2(1) 6(3) 12(5) 20(7) 30(11)"), boundary=0.0, curvature=1.5),
    f"SpecialUnitary(2) / LeftTranslations({_Q8})": Facts(
        "[2.6] Q₈", 3, PI**2 / 4, pairs("0(1) 24(10) 48(7) 80(27) 120(22) 168(52) 224(45) 288(85)"), boundary=0.0),
    f"SpecialUnitary(2) / TwoSided({_Q8}, {_Q8})": Facts(
        "[2.6] squares of dim V^{Q₈} = 1, 2, 1, 3 at k = 0, 4, 6, 8; (−1, −1) acts trivially", 3, PI**2 / 16,
        pairs("0(1) 24(4) 48(1) 80(9)"), boundary=0.0),
    "SpecialOrthogonal(3) / LeftTranslations(PointGroup('I'))": Facts(
        "[2.6] S³/2I at radius 2", 3, 8 * PI**2 / 60,
        pairs("0(1) 42(13) 110(21) 156(25) 240(31) 272(33) 342(37) 420(41)"), boundary=0.0),
    "SpecialOrthogonal(4) / LeftTranslations(SO(3))": Facts(
        "[2.1] S³", 3, 2 * PI**2, pairs("0(1) 3(4) 8(9) 15(16) 24(25) 35(36)"), boundary=0.0),
    "SpecialOrthogonal(4) / LeftTranslations(SO(2))": Facts(
        "[2.4] V₂(R⁴)", 5, 8 * PI**3, pairs("0(1) 3(8) 4(6) 8(27) 9(32) 12(10) 15(64) 16(90)"), boundary=0.0),
    "SpecialOrthogonal(5) / RightTranslations(SO(3))": Facts(
        "[2.4] V₂(R⁵)", 7, sphere(4) * sphere(3), pairs("0(1) 4(10) 6(10) 10(42) 12(70) 16(35) 18(120) 20(243)"),
        boundary=0.0),
    "Unitary(2) / LeftTranslations(SO(2).copies(2))": Facts(
        "U(2)/U(1) = SO(3): Λ = (a, −a) with λ = 2a(a + 1)", 3, _unitary(2) / (2 * PI * math.sqrt(2)),
        pairs("0(1) 4(9) 12(25) 24(49) 40(81)"), boundary=0.0),
}
