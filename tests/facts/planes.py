"""Grassmannians, Stiefel manifolds, flags, and finite groups on them [2.4]."""

from __future__ import annotations

import math

from facts.base import PI, Facts, pairs, sphere

_GR36 = pairs("0(1) 12(20) 20(84) 24(70) 32(105) 40(729) 44(720) 56(825)")


def _real(k: int, n: int) -> float:
    """Π_{j=n−k}^{n−1} vol S^j / Π_{j=0}^{k−1} vol S^j."""
    return math.prod(sphere(j) for j in range(n - k, n)) / math.prod(sphere(j) for j in range(k))


GRASSMANNIANS = {
    "Grassmannian(1, 4)": Facts(
        "[2.1] RP³", 3, PI**2, pairs("0(1) 8(9) 24(25) 48(49) 80(81) 120(121) 168(169) 224(225)"), curvature=6.0),
    "Grassmannian(2, 4)": Facts(
        "[2.4]", 4, 2 * PI**2, pairs("0(1) 8(9) 12(10) 24(25) 28(42) 40(18) 48(49) 52(90)"), curvature=8.0),
    "Grassmannian(2, 5)": Facts(
        "[2.4]", 6, _real(2, 5), pairs("0(1) 10(14) 16(35) 28(55) 34(220) 48(165) 54(140) 60(625)"), curvature=18.0),
    "Grassmannian(3, 6)": Facts("[2.4]", 9, _real(3, 6), _GR36, curvature=36.0),
    "Grassmannian(2, 4, 'C')": Facts(
        "[2.4]", 8, PI**4 / 12, pairs("0(1) 16(15) 24(20) 40(84) 48(175) 64(105) 72(300) 80(729)"), curvature=64.0),
    "Grassmannian(2, 5, 'C')": Facts(
        "[2.4]; U(5)/U(2)×U(3): π⁶·1!·2!/(3!·4!)", 12, PI**6 / 144,
        pairs("0(1) 20(24) 32(75) 48(200) 60(1024) 80(1176) 84(1000) 96(6125)"), curvature=120.0),
    "Grassmannian(1, 3, 'C')": Facts(
        "[2.1] CP²", 4, PI**2 / 2, pairs("0(1) 12(8) 32(27) 60(64) 96(125) 140(216) 192(343) 252(512)"),
        curvature=24.0),
    "Grassmannian(1, 3, 'H')": Facts(
        "[2.1] HP²", 8, PI**4 / 120, pairs("0(1) 24(14) 56(90) 96(385) 144(1274) 200(3528) 264(8568) 336(18810)"),
        curvature=128.0),
    "OrientedGrassmannian(2, 4)": Facts(
        "[2.4]", 4, 4 * PI**2, pairs("0(1) 4(6) 8(9) 12(10) 16(30)"), curvature=8.0),
    "OrientedGrassmannian(2, 5)": Facts(
        "[2.4]", 6, 2 * _real(2, 5), pairs("0(1) 6(10) 10(14) 16(35) 20(81) 28(55) 30(84)"), curvature=18.0),
    "OrientedGrassmannian(2, 6)": Facts(
        "[2.4]", 8, 2 * _real(2, 6), pairs("0(1) 8(15) 12(20) 20(84) 24(175) 32(105)"), curvature=32.0),
    "OrientedGrassmannian(3, 6)": Facts(
        "[2.4]", 9, 2 * _real(3, 6), pairs("0(1) 9(20) 12(20) 20(84) 24(70) 25(252)"), curvature=36.0),
    "OrientedGrassmannian(3, 4)": Facts(
        "[2.1] S³, by complements", 3, 2 * PI**2, pairs("0(1) 3(4) 8(9) 15(16) 24(25) 35(36) 48(49)"), curvature=6.0),
}

STIEFEL = {
    "Stiefel(2, 4)": Facts(
        "[2.4]", 5, 8 * PI**3, pairs("0(1) 3(8) 4(6) 8(27) 9(32) 12(10) 15(64) 16(90)"), curvature=7.0),
    "Stiefel(2, 5)": Facts(
        "[2.4]", 7, sphere(3) * sphere(4), pairs("0(1) 4(10) 6(10) 10(42) 12(70) 16(35) 18(120) 20(243)"),
        curvature=16.5),
    "Stiefel(3, 5)": Facts(
        "[2.4]", 9, sphere(2) * sphere(3) * sphere(4),
        pairs("0(1) 4(15) 6(40) 10(84) 12(385) 16(315) 18(300) 20(1701)"), curvature=16.5),
    "Stiefel(2, 3)": Facts(
        "[2.3] SO(3)", 3, 8 * PI**2, pairs("0(1) 2(9) 6(25) 12(49) 20(81)"), curvature=1.5),
}

FLAGS = {
    "FlagManifold(2)": Facts("[2.1] CP¹ = S²(½)", 2, PI, pairs("0(1) 8(3) 24(5) 48(7) 80(9)"), curvature=8.0),
    "FlagManifold(3)": Facts(
        "[2.4]", 6, PI**3 / 2, pairs("0(1) 12(16) 24(20) 32(81) 48(140) 60(256) 72(56) 80(486)"), curvature=30.0),
    "FlagManifold(4)": Facts(
        "[2.4] 15·3, 20·2, (45 + 45)·3, 84·6 (Sym² of the adjoint has 12 zero weights)", 12, PI**6 / 12,
        pairs("0(1) 16(45) 24(40) 32(270) 40(504)"), curvature=72.0),
    "FlagManifold('G2')": Facts(
        "[2.4] 7·1, 14·2, 27·3 (Sym² of the 7 has 4 zero weights); Π⟨ρ,α⟩ = 120/27", 12, 72 * PI**6 / 5,
        pairs("0(1) 4(7) 8(28) 28/3(81)"), curvature=32.0, pointless="random points"),
}

_QUARTER_TURN = "[[0, -1], [1, 0]]"

PLANES_MODULO_FINITE = {
    "OrientedGrassmannian(3, 6) / SignFlips(1).copies(6)": Facts(
        "[2.4] −1 turns the orientation: Gr₃(R⁶)", 9, _real(3, 6), _GR36, boundary=0.0),
    f"OrientedGrassmannian(2, 4) / MatrixGroup([{_QUARTER_TURN}]).copies(2)": Facts(
        "S²(1/√2)/C₂ × S²(1/√2): λ = 2l(l+1) + 2m(m+1), as many even numbers in [−l, l] times 2m + 1", 4, 2 * PI**2,
        pairs("0(1) 4(4) 8(3) 12(8) 16(14) 24(25)"), boundary=0.0),
    "OrientedGrassmannian(2, 4) / SignFlips(1)": Facts(
        "(S²)²/S₂ at radius 1/√2: the reflection swaps the factors; symmetric squares of (2l+1)", 4, 2 * PI**2,
        pairs("0(1) 4(3) 8(6) 12(5) 16(15)"), boundary=0.0),
    "Grassmannian(1, 4) / SymmetricGroup(4)": Facts(
        "Molien of S₄ × {±1}: even coefficients of 1/((1−t)(1−t³)(1−t⁴))", 3, PI**2 / 24,
        pairs("0(1) 8(1) 24(3)"), boundary=2 * 6 * 2 * PI / 24),
    "Stiefel(2, 4) / SignFlips(1)": Facts(
        "frames of the mirror R³: SO(3); [1] has 3 invariants, Λ² 3, each times dim GL(2)", 5, 4 * PI**3,
        pairs("0(1) 3(6) 4(3)"), boundary=0.0),
    "FlagManifold(3) / CyclicGroup(3).blocks(2)": Facts(
        "[2.4] characters at the 3-cycle: 8: −1, 10: 1, 27: 0", 6, PI**3 / 6, pairs("0(1) 12(4) 24(8) 32(27)"),
        boundary=0.0),
}
