"""The 17 wallpaper groups [11, 4]: orders and signatures of the International Tables and of Conway (1992)."""

from __future__ import annotations

import math

from power_series import Series, theta

from facts.base import PI, Facts, pairs

_AREA = math.sqrt(3) / 2
_UNIT = 16 * PI**2 / 3
_SIDE = 2 * PI


def _signs(q: Series) -> Series:
    """Σ (−1)^j q^{j²}: a glide by half a period along its axis."""
    return Series([c * (-1) ** k for k, c in enumerate(theta(q).a)])  # (−1)^j = (−1)^{j²}


def _square(name, source, order, constant, boundary, series):
    label = f"Torus(2) / WallpaperGroup('{name}')"
    return label, Facts(f"[11] {source}", 2, 4 * PI**2 / order, series=series, constant=constant,
                        boundary=boundary * _SIDE, curvature=0.0)


def _hexagonal(name, source, order, constant, boundary, levels):
    label = f"FlatOrbifold('{name}')"
    return label, Facts(f"[11] {source}", 2, _AREA / order, pairs(levels), unit=_UNIT, constant=constant,
                        boundary=boundary, curvature=0.0)


# Burnside: a mirror along an axis gives θ(q), along a diagonal θ(q²), a rotation 1, the identity θ(q)².
WALLPAPER = dict([
    _square("p1", "torus", 1, 0.0, 0, lambda q: theta(q) ** 2),
    _square("p2", "pillow", 2, 0.5, 0, lambda q: (theta(q) ** 2 + 1) / 2),
    _square("pm", "annulus", 2, 0.0, 2, lambda q: (theta(q) ** 2 + theta(q)) / 2),
    _square("pg", "Klein bottle", 2, 0.0, 0, lambda q: (theta(q) ** 2 + _signs(q)) / 2),
    _square("cm", "Möbius band", 2, 0.0, math.sqrt(2), lambda q: (theta(q) ** 2 + theta(q**2)) / 2),
    _square("p2mm", "rectangle, 4 corners: 4·3/48", 4, 0.25, 2, lambda q: (theta(q) ** 2 + 2 * theta(q) + 1) / 4),
    _square("p2mg", "2 cone points: 2·3/24", 4, 0.25, 1, lambda q: (theta(q) ** 2 + theta(q) + _signs(q) + 1) / 4),
    _square("p2gg", "2 cone points: 2·3/24", 4, 0.25, 0, lambda q: (theta(q) ** 2 + 2 * _signs(q) + 1) / 4),
    _square("c2mm", "a cone point and 2 corners: 3/24 + 2·3/48", 4, 0.25, math.sqrt(2),
            lambda q: (theta(q) ** 2 + 2 * theta(q**2) + 1) / 4),
    _square("p4", "4, 4, 2: 2·15/48 + 3/24", 4, 0.75, 0, lambda q: (theta(q) ** 2 + 3) / 4),
    _square("p4mm", "right isosceles triangle", 8, 0.375, 1 + math.sqrt(0.5),
            lambda q: (theta(q) ** 2 + 2 * theta(q) + 2 * theta(q**2) + 3) / 8),
    _square("p4gm", "a cone point of order 4 and a corner: 15/48 + 3/48", 8, 0.375, math.sqrt(0.5),
            lambda q: (theta(q) ** 2 + 2 * _signs(q) + 2 * theta(q**2) + 3) / 8),
    _hexagonal("p3", "3, 3, 3: 3·8/36", 3, 2 / 3, 0, "0(1) 1(2) 3(2) 4(2) 7(4) 9(2) 12(2) 13(4)"),
    _hexagonal("p3m1", "equilateral triangle: 3·8/72", 6, 1 / 3, math.sqrt(3),
               "0(1) 1(2) 3(1) 4(2) 7(2) 9(2) 12(1) 13(2)"),
    _hexagonal("p31m", "a cone point and a corner: 8/36 + 8/72", 6, 1 / 3, 1,
               "0(1) 1(1) 3(2) 4(1) 7(2) 9(1) 12(2) 13(2)"),
    _hexagonal("p6", "6, 3, 2: 35/72 + 8/36 + 3/24", 6, 5 / 6, 0, "0(1) 1(1) 3(1) 4(1) 7(2) 9(1) 12(1) 13(2)"),
    _hexagonal("p6mm", "triangle with angles 30°, 60°, 90°", 12, 5 / 12, (1 + math.sqrt(3)) / 2,
               "0(1) 1(1) 3(1) 4(1) 7(1) 9(1) 12(1) 13(1)"),
])
