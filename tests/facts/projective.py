"""Projective spaces and the Cayley plane [2.1], and groups on them."""

from __future__ import annotations

from facts.base import PI, Facts, pairs

PROJECTIVE = {
    "RealProjectiveSpace(2)": Facts(
        "[2.1]", 2, 2 * PI, pairs("0(1) 6(5) 20(9) 42(13) 72(17) 110(21) 156(25) 210(29)"),
        counts={10**30: 10**15 * (10**15 - 1) // 2}, series=lambda t: (1 + 3 * t**2) / (1 - t**2) ** 2, degrees=2,
        boundary=0.0, curvature=2.0),
    "RealProjectiveSpace(3)": Facts(
        "[2.1]", 3, PI**2, pairs("0(1) 8(9) 24(25) 48(49) 80(81) 120(121) 168(169) 224(225)"), boundary=0.0,
        curvature=6.0),
    "ComplexProjectiveSpace(1)": Facts(
        "[2.1] CP¹ = S²(½)", 2, PI, pairs("0(1) 8(3) 24(5) 48(7) 80(9)"), counts={10**30: (5 * 10**14) ** 2},
        series=lambda t: (1 + t**2) / (1 - t**2) ** 2, degrees=3, curvature=8.0),
    "ComplexProjectiveSpace(2)": Facts(
        "[2.1] (k + 1)³", 4, PI**2 / 2, pairs("0(1) 12(8) 32(27) 60(64) 96(125) 140(216) 192(343) 252(512)"),
        series=lambda t: (1 + 4 * t**2 + t**4) / (1 - t**2) ** 4, degrees=5, boundary=0.0, curvature=24.0),
    "ComplexProjectiveSpace(3)": Facts(
        "[2.1]", 6, PI**3 / 6, pairs("0(1) 16(15) 40(84) 72(300) 112(825) 160(1911) 216(3920) 280(7344)"),
        curvature=48.0),
    "QuaternionicProjectiveSpace(1)": Facts(
        "[2.1] HP¹ = S⁴(½)", 4, PI**2 / 6, pairs("0(1) 16(5) 40(14) 72(30) 112(55) 160(91) 216(140) 280(204)"),
        curvature=48.0),
    "QuaternionicProjectiveSpace(2)": Facts(
        "[2.1]", 8, PI**4 / 120, pairs("0(1) 24(14) 56(90) 96(385) 144(1274) 200(3528) 264(8568) 336(18810)"),
        boundary=0.0, curvature=128.0),
    "QuaternionicProjectiveSpace(3)": Facts(
        "[2.1]", 12, PI**6 / 5040,
        pairs("0(1) 32(27) 72(308) 120(2184) 176(11340) 240(47124) 312(165528) 392(509652)"), curvature=240.0),
    "CayleyPlane()": Facts(
        "[2.1] dim F₄(kω₄)", 16, 6 * PI**8 / 39916800,
        pairs("0(1) 48(26) 104(324) 168(2652) 240(16302) 320(81081) 408(342056) 504(1264120)"), boundary=0.0,
        curvature=576.0),
}

ON_PROJECTIVE = {
    "RealProjectiveSpace(2) / SymmetricGroup(3)": Facts(
        "[3.1] even part of 1/((1 − t)(1 − t³))", 2, PI / 3, pairs("0(1) 6(1) 20(2) 42(3) 72(3) 110(4)"),
        boundary=PI),
    "RealProjectiveSpace(3) / SO(2).copies(2)": Facts(
        "[3.2] Hopf: the scalars of C² contain −1", 2, PI, pairs("0(1) 8(3) 24(5) 48(7) 80(9)"), boundary=0.0),
    "ComplexProjectiveSpace(1) / ComplexConjugation(2)": Facts(
        "[2.1] a hemisphere of S²(½)", 2, PI / 2, pairs("0(1) 8(2) 24(3) 48(4) 80(5)"), boundary=PI),
    "ComplexProjectiveSpace(2) / ComplexConjugation(3)": Facts(
        "[2.1] ((k + 1)³ + k + 1)/2, traces of conjugation C(k + 1, 1)", 4, PI**2 / 4,
        pairs("0(1) 12(5) 32(15) 60(34) 96(65) 140(111)"), boundary=0.0),
    "ComplexProjectiveSpace(2) / SymmetricGroup(3).blocks(2)": Facts(
        "h_k² − h_(k−1)² with h of 1/(1 − t)³, 1/((1 − t)(1 − t²)), 1/(1 − t³)", 4, PI**2 / 12,
        pairs("0(1) 12(1) 32(6) 60(11) 96(23)"), boundary=0.0),
    "ComplexProjectiveSpace(2) / ((SO(2) + SO(2)) + SO(2))": Facts(
        "[3.2] S⁵ modulo its torus: an octant of S²", 2, PI / 2, series=lambda t: 1 / (1 - t**2) ** 2, degrees=5,
        boundary=3 * PI / 2, wall_sum=0.0),
    "ComplexProjectiveSpace(2) / U(2)": Facts(
        "[5] 4j(j + 2) in the distance from a point; it ends in the point (k = 3) and in CP¹ (k = 1)", 1, PI / 2,
        pairs("0(1) 12(1) 32(1) 60(1) 96(1)"), boundary=2.0, wall_sum=-0.5),
    "QuaternionicProjectiveSpace(2) / SymmetricGroup(3).blocks(4)": Facts(
        "s_(k,k) − s_(k−1,k−1), s_(k,k) = h_k² − h_(k+1)h_(k−1) on C⁶", 8, PI**4 / 720,
        pairs("0(1) 24(1) 56(20)"), boundary=0.0),
    "Sphere(7) / SU(2).copies(2)": Facts(
        "[2.1] HP¹ = S⁴(½)", 4, PI**2 / 6, pairs("0(1) 16(5) 40(14) 72(30) 112(55) 160(91)"), boundary=0.0),
    "Sphere(11) / Sp(1).copies(3)": Facts(
        "[2.1] HP²", 8, PI**4 / 120, pairs("0(1) 24(14) 56(90) 96(385) 144(1274) 200(3528) 264(8568) 336(18810)"),
        boundary=0.0),
}
