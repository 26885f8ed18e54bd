"""Finite reflection groups on spheres [3.1]: degrees and numbers of reflections of Humphreys (1990), table 3.1."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from facts.base import Facts, sphere


def _chamber(n: int, order: int, mirrors: int, series: Callable[[Any], Any], source: str = "[3.1]") -> Facts:
    """A chamber on S^n: each of the mirrors' spheres is shared by the chambers on its two sides."""
    return Facts(source, n, sphere(n) / order, series=series, degrees=n,
                 boundary=2 * mirrors * sphere(n - 1) / order)


def _fano(t: Any) -> Any:
    """Cycle types of GL(3, 2) on seven points: 1^7, 1^3 2^2 (21), 1 3^2 (56), 1 2 4 (42), 7 (48)."""
    a, b, c, d, g = (1 - t**k for k in (1, 2, 3, 4, 7))
    return b * (1 / a**7 + 21 / (a**3 * b**2) + 56 / (a * c**2) + 42 / (a * b * d) + 48 / g) / 168


REFLECTION_GROUPS = {
    "Sphere(1) / CoxeterGroup('I2(7)')": _chamber(1, 14, 7, lambda t: 1 / (1 - t**7)),
    "Sphere(2) / CoxeterGroup('H3')": _chamber(2, 120, 15, lambda t: 1 / ((1 - t**6) * (1 - t**10))),
    "Sphere(3) / CoxeterGroup('H4')": _chamber(
        3, 14400, 60, lambda t: 1 / ((1 - t**12) * (1 - t**20) * (1 - t**30))),
    "Sphere(3) / CoxeterGroup('F4')": _chamber(
        3, 1152, 24, lambda t: 1 / ((1 - t**6) * (1 - t**8) * (1 - t**12))),
    "Sphere(3) / CoxeterGroup('D4')": _chamber(3, 192, 12, lambda t: 1 / ((1 - t**4) ** 2 * (1 - t**6))),
    "Sphere(3) / CoxeterGroup('A2 x I2(5)')": _chamber(
        3, 60, 3 + 5, lambda t: 1 / ((1 - t**2) * (1 - t**3) * (1 - t**5))),
    "Sphere(6) / PermutationGroup([[(0, 1, 2, 3, 4, 5, 6)], [(1, 2), (3, 6)]])": _chamber(
        6, 168, 0, _fano, "cycle index of GL(3, 2)"),
}
