"""Compact groups on spheres [3.2]."""

from __future__ import annotations

import math
from typing import Any

from facts.base import PI, Facts, pairs, sphere, three


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
    "Sphere(2) / SO(2)": Facts("[3.2]", 1, PI, counts=three("5,10,20"), series=lambda t: 1 / (1 - t), degrees=2),
    "Sphere(3) / SO(2)": Facts(
        "[3.2], wall k = 1", 2, 2 * PI, counts=three("10,55,210"), series=lambda t: 1 / (1 - t) ** 2, degrees=3,
        wall_sum=0.0),
    "Sphere(3) / SO(3)": Facts(
        "[3.2], two end points k = 2", 1, PI, counts=three("4,10,20"), series=lambda t: 1 / (1 - t), degrees=3,
        boundary=2.0, wall_sum=-0.5),
    "Sphere(4) / SO(3)": Facts(
        "[3.2], wall k = 2", 2, 2 * PI, counts=three("10,45,190"), series=lambda t: 1 / (1 - t) ** 2, degrees=4,
        boundary=2 * PI, wall_sum=-PI / 2),
    "Sphere(4) / SO(4)": Facts(
        "[3.2], k = 3", 1, PI, series=lambda t: 1 / (1 - t), degrees=4, boundary=2.0, wall_sum=-1.0),
    "Sphere(3) / SO(2).copies(2)": Facts(
        "[3.2] Hopf", 2, PI, pairs("0(1) 8(3) 24(5) 48(7) 80(9)"), three("4,25,100"),
        lambda t: (1 + t**2) / (1 - t**2) ** 2, degrees=3, boundary=0.0),
    "Sphere(5) / SO(2).copies(3)": Facts(
        "[2.1] CP²", 4, PI**2 / 2, pairs("0(1) 12(8) 32(27) 60(64) 96(125) 140(216) 192(343) 252(512)"),
        boundary=0.0),
    "Sphere(7) / SO(2).copies(4)": Facts(
        "[2.1] CP³", 6, PI**3 / 6, pairs("0(1) 16(15) 40(84) 72(300) 112(825) 160(1911) 216(3920) 280(7344)"),
        boundary=0.0),
    "Sphere(3) / (SO(2) + SO(2))": Facts(
        "[3.2] S³/T²", 1, PI / 2, counts=three("2,5,10"), series=lambda t: 1 / (1 - t**2), degrees=3, wall_sum=0.0),
    "Sphere(4) / (SO(2) + SO(2))": Facts(
        "[11], O(2)×O(2) has the same orbits: degrees 2, 2, 1", 2, sphere(2) / 4, degrees=4,
        series=lambda t: 1 / ((1 - t) * (1 - t**2)), wall_sum=0.0),
    "Sphere(5) / (SO(2) + SO(4))": Facts("[3.2]", 1, PI / 2, series=lambda t: 1 / (1 - t**2), degrees=5),
    "Sphere(5) / (SO(3) + SO(3))": Facts(
        "[3.2]", 1, PI / 2, counts=three("2,5,10"), series=lambda t: 1 / (1 - t**2), degrees=5, wall_sum=-0.5),
    "Sphere(5) / (SO(3) + SO(2))": Facts(
        "[11], degrees 2, 2, 1", 2, PI, series=lambda t: 1 / ((1 - t) * (1 - t**2)), degrees=5, wall_sum=-PI / 4),
    "Sphere(5) / SO(4)": Facts(
        "[3.2], [11] wall k = 3", 2, 2 * PI, series=lambda t: 1 / (1 - t) ** 2, degrees=5, wall_sum=-PI),
    "Sphere(5) / O(3).copies(2)": Facts(
        "[3.2]", 2, PI / 2, counts=three("3,15,55"), series=lambda t: 1 / (1 - t**2) ** 2, degrees=5),
    "Sphere(8) / O(3).copies(3)": Facts(
        "[3.2]", 5, _polar(5, 2**6), counts=three("6,56,1287"), series=lambda t: 1 / (1 - t**2) ** 5, degrees=8),
    "Sphere(8) / SO(3).copies(3)": Facts(
        "[3.2] .96894615", 5, PI**3 / 32, counts=three("6,77,1749"),
        series=lambda t: (1 + t**3) / (1 - t**2) ** 5, degrees=8),
    "Sphere(8) / (SO(3).copies(3) * SymmetricGroup(3).blocks(3))": Facts(
        "[3.2] and its Gram matrix under S₃ (Molien)", 5, PI**3 / 192, series=_atoms, degrees=8),
}
