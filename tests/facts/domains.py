"""Intervals, boxes and the triangles that tile the plane [2.7], [9.6], and their quotients by mirrors and turns.

Corner constants are (π² − α²)/(24πα), and −(π² + 2α²)/(48πα) where the conditions differ; a halved level list
says which index pairs are left.
"""

from __future__ import annotations

import math

from facts.base import PI, Facts, pairs

_SQUARES = "0(1) 1(1) 4(1) 9(1) 16(1) 25(1)"
_NEUMANN = "0(1) 1(2) 2(1) 4(2) 5(2) 8(1) 9(2) 10(2)"
_DIRICHLET = "2(1) 5(2) 8(1) 10(2) 13(2) 17(2) 18(1) 20(2)"
_LAME = 16 * PI**2 / 9
_AREA = math.sqrt(3) / 4

INTERVALS = {
    "Interval(1)": Facts(
        "[9.6] free ends", 1, 1.0, pairs(_SQUARES), {10**6: 319}, unit=PI**2, boundary=2.0, wall_sum=0.5, constant=0.5,
        curvature=0.0),
    "Interval(1, 'dirichlet')": Facts(
        "[9.6] guitar string, ⌊√λ/π⌋", 1, 1.0, pairs("1(1) 4(1) 9(1) 16(1) 25(1)"), {10**6: 318}, unit=PI**2,
        boundary=2.0, wall_sum=-0.5, constant=-0.5, curvature=0.0, fixed_boundary=True),
    "Interval(1, ('dirichlet', 'neumann'))": Facts(
        "k half-odd", 1, 1.0, pairs("1(1) 9(1) 25(1) 49(1)"), {10**6: 318}, unit=PI**2 / 4, boundary=2.0, wall_sum=0.0,
        constant=0.0, curvature=0.0, fixed_boundary=True),
    "Circle(1)": Facts("[2.1] S¹", 1, 1.0, pairs("0(1) 1(2) 4(2) 9(2)"), unit=4 * PI**2, boundary=0.0, curvature=0.0),
}

BOXES = {
    "Box([1, 1])": Facts(
        "[2.7]", 2, 1.0, pairs(_NEUMANN), unit=PI**2, boundary=4.0, wall_sum=1.0, constant=0.25, curvature=0.0),
    "Box([1, 1], 'dirichlet')": Facts(
        "[2.7]", 2, 1.0, pairs(_DIRICHLET), unit=PI**2, boundary=4.0, wall_sum=-1.0, constant=0.25, curvature=0.0,
        fixed_boundary=True),
    "Box([1, 1], ['dirichlet', ('dirichlet', 'neumann')])": Facts(
        "4k² + (odd)², two corners of each kind", 2, 1.0,
        pairs("5(1) 13(1) 17(1) 25(1) 29(1) 37(1) 41(1) 45(1)"), unit=PI**2 / 4, boundary=4.0, wall_sum=-0.5,
        constant=0.0, curvature=0.0, fixed_boundary=True),
    "Box([1, 2])": Facts(
        "[2.7]", 2, 2.0, pairs("0(1) 1/4(1) 1(2) 5/4(1) 2(1) 9/4(1) 13/4(1) 4(2)"), unit=PI**2, boundary=6.0,
        wall_sum=1.5, constant=0.25, curvature=0.0),
    "Box([1, 2], 'dirichlet')": Facts(
        "[2.7]", 2, 2.0, pairs("5/4(1) 2(1) 13/4(1) 17/4(1) 5(2) 25/4(1) 29/4(1) 8(1)"), unit=PI**2, boundary=6.0,
        wall_sum=-1.5, constant=0.25, curvature=0.0, fixed_boundary=True),
    "Box([3, 2, '3/2'], 'dirichlet')": Facts(
        "[9.7] 4k² + 9l² + 16m²", 3, 9.0, pairs("29(1) 41(1) 56(1) 61(1) 68(1) 77(1) 88(1) 89(2)"),
        unit=PI**2 / 36, boundary=27.0, wall_sum=-6.75, constant=-0.125, curvature=0.0, fixed_boundary=True),
}

BOXES["Box([2, 2, 2], 'dirichlet')"] = Facts(
    "[9.7] scalar cube of side 2", 3, 8.0, pairs("3(1) 6(3) 9(3) 11(3) 12(1) 14(6)"), unit=PI**2 / 4, boundary=24.0,
    wall_sum=-6.0, constant=-0.125, curvature=0.0, fixed_boundary=True)

TRIANGLES = {
    "EquilateralTriangle(1)": Facts(
        "[2.7] Lamé", 2, _AREA, pairs("0(1) 1(2) 3(1) 4(2) 7(2) 9(2) 12(1) 13(2)"), unit=_LAME, boundary=3.0,
        wall_sum=0.75, constant=1 / 3, curvature=0.0),
    "EquilateralTriangle(1, 'dirichlet')": Facts(
        "[2.7] Lamé", 2, _AREA, pairs("3(1) 7(2) 12(1) 13(2) 19(2) 21(2) 27(1) 28(2)"), unit=_LAME, boundary=3.0,
        wall_sum=-0.75, constant=1 / 3, curvature=0.0, fixed_boundary=True),
    "RightIsoscelesTriangle(1)": Facts(
        "[2.7]", 2, 0.5, pairs("0(1) 1(1) 2(1) 4(1) 5(1) 8(1) 9(1) 10(1)"), unit=PI**2, boundary=2 + math.sqrt(2),
        wall_sum=(2 + math.sqrt(2)) / 4, constant=0.375, curvature=0.0),
    "RightIsoscelesTriangle(1, 'dirichlet')": Facts(
        "[2.7]", 2, 0.5, pairs("5(1) 10(1) 13(1) 17(1) 20(1) 25(1) 26(1) 29(1)"), unit=PI**2,
        boundary=2 + math.sqrt(2), wall_sum=-(2 + math.sqrt(2)) / 4, constant=0.375, curvature=0.0,
        fixed_boundary=True),
    "RightIsoscelesTriangle(1, ('dirichlet', 'neumann', 'neumann'))": Facts(
        "sums of two odd squares, corners 5/32 − 1/16 − 3/32", 2, 0.5,
        pairs("2(1) 10(1) 18(1) 26(1) 34(1) 50(2) 58(1) 74(1)"), unit=PI**2 / 4, boundary=2 + math.sqrt(2),
        wall_sum=math.sqrt(2) / 4, constant=0.0, curvature=0.0, fixed_boundary=True),
    "WeylAlcove('C3')": Facts(
        "the cube of side 1/√2 modulo S₃: k ≥ l ≥ m ≥ 0", 3, math.sqrt(2) / 24,
        pairs("0(1) 1(1) 2(1) 3(1) 4(1) 5(1) 6(1) 8(1) 9(2)"), unit=2 * PI**2, boundary=(1 + math.sqrt(2)) / 2,
        wall_sum=(1 + math.sqrt(2)) / 8, constant=0.3125, curvature=0.0),
    "HemiEquilateralTriangle(1)": Facts(
        "[2.7], m ≥ n ≥ 0", 2, _AREA / 2, pairs("0(1) 1(1) 3(1) 4(1) 7(1) 9(1) 12(1) 13(1) 16(1)"), unit=_LAME,
        boundary=(3 + math.sqrt(3)) / 2, wall_sum=(3 + math.sqrt(3)) / 8, constant=5 / 12, curvature=0.0),
    "HemiEquilateralTriangle(1, 'dirichlet')": Facts(
        "[2.7], m > n ≥ 1", 2, _AREA / 2, pairs("7(1) 13(1) 19(1) 21(1) 28(1) 31(1) 37(1) 39(1)"), unit=_LAME,
        boundary=(3 + math.sqrt(3)) / 2, wall_sum=-(3 + math.sqrt(3)) / 8, constant=5 / 12, curvature=0.0,
        fixed_boundary=True),
    "HemiEquilateralTriangle(1, ('neumann', 'dirichlet', 'neumann'))": Facts(
        "[2.7], m > n ≥ 0, corners 1/9 − 1/16 − 19/144", 2, _AREA / 2,
        pairs("1(1) 4(1) 7(1) 9(1) 13(1) 16(1) 19(1) 21(1)"), unit=_LAME, boundary=(3 + math.sqrt(3)) / 2,
        wall_sum=(3 - math.sqrt(3)) / 8, constant=-1 / 12, curvature=0.0, fixed_boundary=True),
}

_FIELDS = "points and kernels: its functions are vector fields"

QUOTIENTS = {
    "Box([1, 1]) / SignFlips(1)": Facts(
        "[9.1] the rectangle ½ × 1: 4k² + l²", 2, 0.5, pairs("0(1) 1(1) 4(2) 5(1) 8(1) 9(1) 13(1) 16(2)"),
        unit=PI**2, boundary=3.0, wall_sum=0.75, constant=0.25, curvature=0.0),
    "Box([1, 1], 'dirichlet') / Hyperoctahedral(2)": Facts(
        "the right isosceles triangle of leg ½ with one leg fixed", 2, 0.125,
        pairs("2(1) 10(1) 18(1) 26(1) 34(1) 50(2) 58(1) 74(1)"), unit=PI**2, boundary=1 + math.sqrt(2) / 2,
        wall_sum=math.sqrt(2) / 8, constant=0.0, curvature=0.0, fixed_boundary=True),
    "Box([1, 1, 1]) / SymmetricGroup(3)": Facts(
        "k ≥ l ≥ m ≥ 0; constant (1/8 + 3/4 + 1)/6", 3, 1 / 6,
        pairs("0(1) 1(1) 2(1) 3(1) 4(1) 5(1) 6(1) 8(1) 9(2)"), unit=PI**2, boundary=1 + math.sqrt(2),
        wall_sum=(1 + math.sqrt(2)) / 4, constant=0.3125, curvature=0.0),
    "Cavity([3, 2, '3/2'])": Facts(
        "[9.7] 4i² + 9j² + 16l², two polarisations, one where an index is 0", 3, 18.0,
        pairs("13(1) 20(1) 25(2) 29(2) 32(1) 40(1) 41(2) 45(1) 52(3) 56(2)"), unit=PI**2 / 36, boundary=0.0,
        wall_sum=0.0, constant=0.5, curvature=0.0, fixed_boundary=True, pointless=_FIELDS),
    "Interval(1, 'dirichlet') / SignFlips(1)": Facts(
        "[9.6] guitar string, odd k", 1, 0.5, pairs("1(1) 9(1) 25(1) 49(1)"), unit=PI**2, boundary=2.0, wall_sum=0.0,
        curvature=0.0, fixed_boundary=True),
    "Cavity([2, 2, 2])": Facts(
        "[9.7] cube: (1, 1, 0) in three ways, (1, 1, 1) with two polarisations", 3, 16.0,
        pairs("2(3) 3(2) 5(6) 6(6) 8(3) 9(6) 10(6) 11(6) 12(2) 13(6) 14(12)"), unit=PI**2 / 4, boundary=0.0,
        wall_sum=0.0, constant=0.5, curvature=0.0, fixed_boundary=True, pointless=_FIELDS),
    "Cavity([1, 1, 1]) / SymmetricGroup(3)": Facts(
        "[9.7] three different indices ≥ 1 carry 2, two equal ones 1, three equal ones 0, (i, j, 0) and (i, i, 0) 1",
        3, 1 / 3, pairs("2(1) 5(1) 6(1) 8(1) 9(1) 10(1) 11(1) 13(1) 14(2)"), unit=PI**2, boundary=0.0, wall_sum=0.0,
        curvature=0.0, fixed_boundary=True, pointless=_FIELDS),
    "EquilateralTriangle(1) / SignFlips(1)": Facts(
        "the half, m ≥ n ≥ 0", 2, _AREA / 2, pairs("0(1) 1(1) 3(1) 4(1) 7(1) 9(1) 12(1) 13(1)"), unit=_LAME,
        boundary=(3 + math.sqrt(3)) / 2, constant=5 / 12, curvature=0.0),
    "EquilateralTriangle(1) / SymmetricGroup(3)": Facts(
        "the half of an equilateral triangle of side 1/√3", 2, _AREA / 6,
        pairs("0(1) 3(1) 9(1) 12(1) 21(1) 27(1) 36(1) 39(1)"), unit=_LAME,
        boundary=(3 + math.sqrt(3)) / 2 / math.sqrt(3), constant=5 / 12, curvature=0.0),
    "EquilateralTriangle(1) / CyclicGroup(3)": Facts(
        "p31m [11]: a cone point of order 3 (2/9) and a corner of 60° (1/9)", 2, _AREA / 3,
        pairs("0(1) 3(1) 9(2) 12(1) 21(2) 27(1) 36(2) 39(2)"), unit=_LAME, boundary=1.0, wall_sum=0.25, constant=1 / 3,
        curvature=0.0),
    "RightIsoscelesTriangle(1) / SymmetricGroup(2)": Facts(
        "the triangle of leg 1/√2: 2(m² + n²)", 2, 0.25, pairs("0(1) 2(1) 4(1) 8(1) 10(1) 16(1) 18(1) 20(1)"),
        unit=PI**2, boundary=1 + math.sqrt(2), wall_sum=(1 + math.sqrt(2)) / 4, constant=0.375, curvature=0.0),
}

DOMAINS = {**INTERVALS, **BOXES, **TRIANGLES, **QUOTIENTS}
