"""The 17 wallpaper groups: their elements against the point groups and signatures of the literature."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest
from routes import affine_elements

from weylspec.errors import WeylspecError
from weylspec.groups.wallpaper import WALLPAPERS, WallpaperGroup, find_wallpaper

# Point group (order of rotations, order) and whether there are mirrors and glides that are no mirrors:
# Schattschneider (1978), table 1, typed by hand.
POINT_GROUPS = {
    "p1": (1, 1, False), "p2": (2, 2, False), "pm": (1, 2, True), "pg": (1, 2, False), "cm": (1, 2, True),
    "pmm": (2, 4, True), "pmg": (2, 4, True), "pgg": (2, 4, False), "cmm": (2, 4, True), "p4": (4, 4, False),
    "p4m": (4, 8, True), "p4g": (4, 8, True), "p3": (3, 3, False), "p3m1": (3, 6, True), "p31m": (3, 6, True),
    "p6": (6, 6, False), "p6m": (6, 12, True),
}

every = pytest.mark.parametrize("kind", WALLPAPERS, ids=lambda kind: kind.name)


def cone_cost(signature):
    """Conway's cost: the orbifold is flat when the symbols add up to 2."""
    cones, star, corners = signature.partition("*")
    total = 2.0 * cones.count("o") + signature.count("x")
    total += sum((int(m) - 1) / int(m) for m in re.findall(r"\d", cones))
    total += signature.count("*")
    return total + sum((int(m) - 1) / (2 * int(m)) for m in re.findall(r"\d", corners) if star)


def fixes_a_point(matrix, shift):
    """Whether Au + b = u + ℓ has a solution, by search over the lattice vectors that matter."""
    moved = np.eye(2) - np.array(matrix, float)
    for x in range(-3, 4):
        for y in range(-3, 4):
            target = np.array([float(shift[0]) + x, float(shift[1]) + y])
            u = np.linalg.lstsq(moved, target, rcond=None)[0]
            if np.abs(moved @ u - target).max() < 1e-9:
                return True
    return False


@every
def test_elements_by_exhaustion(kind):
    group = WallpaperGroup(kind.name)
    elements = affine_elements(group._group.maps)
    rotations, order, has_mirrors = POINT_GROUPS[kind.name]
    assert group.order == len(group.components) == len(elements) == order
    determinants = Counter(round(np.linalg.det(np.array(a))) for a, _ in elements)
    assert determinants[1] == rotations
    assert any(fixes_a_point(a, b) for a, b in elements if round(np.linalg.det(np.array(a))) < 0) == has_mirrors


@every
def test_signatures_are_flat(kind):
    assert cone_cost(kind.signature) == pytest.approx(2.0, abs=1e-12)
    assert ("*" in kind.signature) == POINT_GROUPS[kind.name][2]


def test_all_names_lead_to_the_same_group():
    assert len({kind.name for kind in WALLPAPERS}) == len({kind.signature for kind in WALLPAPERS}) == 17
    for kind in WALLPAPERS:
        for word in (kind.name, kind.full, kind.signature, kind.full.upper()):
            assert find_wallpaper(word) is kind
    assert find_wallpaper("22×") is find_wallpaper("pgg")
    assert repr(WallpaperGroup("p4mm")) == "WallpaperGroup('p4mm')"


@pytest.mark.parametrize("name", ["p5", "", 4, None, "*532"])
def test_an_unknown_name_is_refused_with_the_known_ones(name):
    with pytest.raises(WeylspecError, match=r"p31m = 3\*3"):
        WallpaperGroup(name)
