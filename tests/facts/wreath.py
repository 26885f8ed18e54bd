"""H ≀ S_m on spheres and tori: h_m of m·h_m = Σ_r p_r h_{m−r}, p_r the series of H in t^r [3.4]."""

from __future__ import annotations

from typing import Any

from power_series import Series, bosons, theta

from facts.base import PI, Facts, sphere


def _even(q: Any) -> Any:
    """Characters of T² with even sum: ½(θ(q)² + θ(−q)²), as (−1)^j = (−1)^{j²}."""
    signs = Series([c * (-1) ** k for k, c in enumerate(theta(Series.variable(len(q.a) - 1)).a)])
    return (theta(q) ** 2 + signs**2) / 2


WREATH = {
    "Sphere(5) / SymmetricGroup(3).blocks(2)": Facts(
        "[3.4] three points of the plane in any order; swaps have codimension 2", 5, sphere(5) / 6,
        series=lambda t: (1 - t**2) * bosons(lambda u: 1 / ((1 - u) * (1 - u)), t, 3), degrees=5, boundary=0.0),
    "Sphere(5) / Wreath(PointGroup('C3v'), 2)": Facts(
        "[3.4] C_3v has degrees 1, 2, 3 and 3 mirrors in each R³", 5, sphere(5) / 72,
        series=lambda t: (1 - t**2) * bosons(lambda u: 1 / ((1 - u) * (1 - u**2) * (1 - u**3)), t, 2), degrees=5,
        boundary=2 * 6 * sphere(4) / 72),
    "Sphere(5) / Wreath(SO(2), 3)": Facts(
        "[3.2] three radii in any order: a sixth of an octant of S²", 2, PI / 12,
        series=lambda t: 1 / ((1 - t**4) * (1 - t**6)), degrees=5),
    "Torus(4) / Wreath(Translations(steps=[['1/2', '1/2']]), 2)": Facts(
        "[3.4] two points of T²/Z₂ in any order", 4, (2 * PI) ** 4 / 8, series=lambda q: bosons(_even, q, 2),
        boundary=0.0),
}
