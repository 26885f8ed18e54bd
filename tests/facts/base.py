"""`Facts`: what is known of one space, and the notation in which it is typed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

PI = math.pi


@dataclass(frozen=True)
class Facts:
    """What is known of one space.

    levels: the first levels (λ/unit, multiplicity), without gaps; printed: λ to how many significant
    digits they are printed (exact by default). counts: λ → N(λ).
    series: generating function of the multiplicities, in t by degree on spheres (`degrees` = n of
    the sphere S^n), in q by λ/unit on tori. boundary: Σ wall volumes. wall_sum: Σ weight·volume.
    constant: the terms of dimension 0 of a surface beside its scalar curvature (cone points, corners;
    boundary curvature). curvature: scalar curvature. computed: levels come from a solver and
    equal the facts within their stated errors. fixed_boundary: a Dirichlet condition somewhere, so that
    0 is no level. pointless: why the space offers no points or no kernels ("" where it does).
    """

    source: str
    dim: int
    volume: float
    levels: tuple[tuple[float, int], ...] = ()
    counts: Mapping[int | str, int] = field(default_factory=dict)
    series: Callable[[Any], Any] | None = None
    degrees: int | None = None
    unit: float = 1.0
    printed: int | None = None
    boundary: float | None = None
    wall_sum: float | None = None
    constant: float | None = None
    curvature: float | None = None
    computed: bool = False
    fixed_boundary: bool = False
    pointless: str = ""


def sphere(n: int) -> float:
    """Volume of the unit n-sphere, 2π^{(n+1)/2}/Γ((n+1)/2)."""
    return 2 * PI ** ((n + 1) / 2) / math.gamma((n + 1) / 2)


def pairs(text: str) -> tuple[tuple[float, int], ...]:
    """Levels as theory writes them: "0(1) 2(3) 16/3(2)"."""
    rows = []
    for word in text.split():
        lam, mult = word.rstrip(")").split("(")
        top, _, bottom = lam.partition("/")
        rows.append((float(top) / float(bottom or 1), int(mult)))
    return tuple(rows)


def at(points: tuple[int, ...], numbers: str) -> dict[int | str, int]:
    return dict(zip(points, map(int, numbers.split(",")), strict=True))


def three(numbers: str) -> dict[int | str, int]:
    """N(20), N(100), N(400)."""
    return at((20, 100, 400), numbers)


def flat(numbers: str) -> dict[int | str, int]:
    """N(5), N(25), N(100)."""
    return at((5, 25, 100), numbers)
