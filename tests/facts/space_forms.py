"""Flat manifolds [2.5] and spherical space forms [2.6]."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from power_series import Series

from facts.base import PI, Facts, pairs

_CHARACTERS = 4 * PI**2
_HEX_AREA = math.sqrt(3) / 2


def _flat(source: str, volume: float, levels: str) -> Facts:
    return Facts(source, 3, volume, pairs(levels), unit=_CHARACTERS, boundary=0.0, curvature=0.0)


FLAT_MANIFOLDS = {
    "FlatManifold('third-turn')": _flat(
        "[2.5] G3", _HEX_AREA / 3, "0(1) 4/3(2) 7/3(4) 4(2) 5(4) 16/3(6) 19/3(4) 8(4)"),
    "FlatManifold('sixth-turn')": _flat(
        "[2.5] G5", _HEX_AREA / 6, "0(1) 4/3(1) 7/3(2) 4(1) 5(2) 16/3(3) 19/3(2) 8(2)"),
    "FlatManifold('second amphicosm')": _flat(
        "[2.5] B2", 0.5, "0(1) 1(1) 5/4(4) 3(4) 13/4(4) 4(5) 5(4) 21/4(8)"),
    "FlatManifold('first amphidicosm')": _flat(
        "[2.5] B3", 0.25, "0(1) 1(1) 2(1) 3(2) 4(4) 5(6) 6(6) 8(5)"),
    "FlatManifold('second amphidicosm')": _flat(
        "[2.5] B4", 0.25, "0(1) 2(3) 3(2) 4(4) 5(4) 6(6) 8(5) 9(6)"),
    "FlatManifold('Klein bottle', sides=[1, 2])": Facts(
        "[2.5] orbits of (j, k) ~ (j, −k) without the odd j at k = 0, λ = j² + k²/4", 2, 1.0,
        pairs("0(1) 1/4(1) 1(1) 5/4(2) 2(2) 9/4(1) 13/4(2) 4(3)"), unit=_CHARACTERS, boundary=0.0, curvature=0.0),
}


def _with_right_factor(series: Any) -> Any:
    """Σ a_k t^k ↦ Σ (k + 1)·a_k t^k: functions of degree k are V_k ⊗ V_k, and the group acts on one of them."""
    return Series([(k + 1) * a for k, a in enumerate(series.a)])


def _binary(order: int, h: int, a: int, b: int, levels: str) -> Facts:
    """Klein's invariants: two forms of degrees a and b, and one of degree h whose square they give."""
    return Facts(
        f"[2.6] ({h}; {a}, {b})", 3, 2 * PI**2 / order, pairs(levels), degrees=3, boundary=0.0, curvature=6.0,
        series=lambda t: _with_right_factor((1 + t**h) / ((1 - t**a) * (1 - t**b))))


def _form(source: str, order: int, levels: str, series: Callable[[Any], Any] | None = None) -> Facts:
    return Facts(source, 3, 2 * PI**2 / order, pairs(levels), series=series, degrees=3, boundary=0.0, curvature=6.0)


SPACE_FORMS = {
    "Sphere(3) / BinaryPolyhedral('D3')": _binary(12, 8, 4, 6, "0(1) 24(5) 48(7) 80(18) 120(11) 168(39)"),
    "Sphere(3) / BinaryPolyhedral('T')": _binary(
        24, 12, 6, 8, "0(1) 48(7) 80(9) 168(26) 224(15) 288(17) 360(38) 440(42)"),
    "Sphere(3) / BinaryPolyhedral('O')": _binary(
        48, 18, 8, 12, "0(1) 80(9) 168(13) 288(17) 360(19) 440(21) 624(50) 728(27)"),
    "Sphere(3) / BinaryPolyhedral('I')": _binary(
        120, 30, 12, 20, "0(1) 168(13) 440(21) 624(25) 960(31) 1088(33) 1368(37) 1680(41)"),
    "Sphere(3) / LensGroup(3, 1, 1)": _form("[2.6] L(3;1)", 3, "0(1) 8(3) 15(8) 24(5) 35(12) 48(21) 63(16) 80(27)"),
    "Sphere(3) / LensGroup(5, 1, 2)": _form("[2.6] L(5;2)", 5, "0(1) 8(1) 15(4) 24(5) 35(8) 48(9) 63(12) 80(17)"),
    "Sphere(3) / LensGroup(7, 1, 2)": _form("[2.6] L(7;2)", 7, "0(1) 8(1) 15(2) 24(3) 35(6) 48(7) 63(10) 80(11)"),
    # functions of degree k: Σ over |w| ≤ k, w ≡ k mod 2 of the semi-invariants of degree k whose character the
    # scalar's power w undoes; the semi-invariants of Q₈ ⊂ 2T are Φ^a Ψ^b t^ε of degrees 4, 4, 6 with character
    # a − b mod 3, those of the cyclic part of 2D₃ are (xy)^m and (xy)^m(x^{6l} ± y^{6l}) (Klein 1884)
    'Sphere(3) / SpaceFormGroup("T\'72")': _form(
        "semi-invariants of 2T, 3 | w", 72, "0(1) 48(1) 80(3) 120(2) 168(6) 224(5) 288(9) 360(10) 440(14) 528(11)"),
    'Sphere(3) / SpaceFormGroup("D\'24")': _form(
        "semi-invariants of 2D₃, 4 | w", 24, "0(1) 24(1) 48(5) 80(8) 120(7) 168(17) 224(18) 288(23) 360(31) 440(38)"),
    "Sphere(3) / SpaceFormGroup('O', 5)": _form(
        "invariants of 2O, 5 | w", 240, "0(1) 80(1) 168(3) 288(3) 360(3) 440(5) 624(10) 728(5) 840(5) 960(7)"),
}
