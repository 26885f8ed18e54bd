"""Volumes and walls of points of a sphere modulo rotations, against integrals of their own."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

import weylspec as ws
from weylspec.invariants.continuous.strata import factor_spheres
from weylspec.invariants.orbit_spaces.diagonal_spheres import diagonal_orbits, fixed_products, is_whole, point_volume


def test_two_points_of_any_radii():
    """The measure of pairs at the angle α over their orbit's volume, 8π²·√det of the fields of three rotations."""
    alpha, w = np.polynomial.legendre.leggauss(40)
    alpha, w = (alpha + 1) * math.pi / 2, w * math.pi / 2
    for big, small in ((1.0, 1.0), (2.0**0.5, 1.0), (3.0, 0.5)):
        fields = []
        for a in alpha:
            x, y = np.array([0, 0, big]), small * np.array([math.sin(a), 0, math.cos(a)])
            moved = [np.concatenate([np.cross(e, x), np.cross(e, y)]) for e in np.eye(3)]
            fields.append(math.sqrt(np.linalg.det(np.array(moved) @ np.array(moved).T)))
        measure = 4 * math.pi * big**2 * 2 * math.pi * small**2 * np.sin(alpha)
        integral = float(w @ (measure / (8 * math.pi**2 * np.array(fields))))
        assert point_volume((big, small), 3)[0] == pytest.approx(integral, rel=1e-10)


def test_isosceles_triangles_by_their_gram_matrices():
    """The mirror c₁₃ = c₂₃, its area at right angles to the rotations by finite differences."""
    geometry = (ws.Sphere(2) ** 3 / (ws.O(3).copies(3) * ws.SymmetricGroup(3))).geometry
    flat, isosceles = (wall.volume for wall in geometry.walls)
    assert flat == pytest.approx((2 * math.pi) ** 2 / (12 * math.sqrt(3)))
    # x_1, x_2 = (±sin u, 0, cos u) turned by v about the first axis; x_3 = (0, 0, 1): fields of u, v less rotations
    nodes, w = np.polynomial.legendre.leggauss(24)
    total = 0.0
    for u, wu in zip((nodes + 1) * math.pi / 4, w * math.pi / 4, strict=True):
        for v, wv in zip((nodes + 1) * math.pi / 2, w * math.pi / 2, strict=True):
            total += wu * wv * quotient_area(u, v)
    assert isosceles == pytest.approx(total, rel=1e-3)


def quotient_area(u, v):
    def figure(u, v):
        return np.concatenate([[math.sin(u), math.cos(u) * math.sin(v), math.cos(u) * math.cos(v)],
                               [-math.sin(u), math.cos(u) * math.sin(v), math.cos(u) * math.cos(v)], [0.0, 0.0, 1.0]])

    h = 1e-5
    along = [figure(u + h, v) - figure(u - h, v), figure(u, v + h) - figure(u, v - h)]
    tangent = np.array(along) / (2 * h)
    x = figure(u, v).reshape(3, 3)
    turned = np.array([np.cross(e, x).reshape(-1) for e in np.eye(3)])
    basis = np.linalg.qr(turned.T)[0]
    across = tangent - tangent @ basis @ basis.T
    return math.sqrt(abs(np.linalg.det(across @ across.T)))


def test_fixed_sets_of_a_finite_group_are_those_of_its_matrices():
    """On Sphere(2)**2 ⊂ R⁶: the fixed space of a pair (h, exchange), and det(1 − g) on its complement in TM."""
    group = ws.PointGroup("D3")
    parts = (group.copies(2) * ws.SymmetricGroup(2)).on_factors(2)
    found = sorted((item.dim, round(item.normal, 9), float(item.share))
                   for item in fixed_products(group.natural(), parts, 1.0))
    expected = []
    for h in group.natural().elements():
        for swap in (np.eye(2), np.eye(2)[::-1]):
            values = np.linalg.eigvals(np.kron(swap, h))
            blocks = 2 if swap[0, 0] else 1
            fixed = int((np.abs(values - 1) < 1e-9).sum())
            square = h if blocks == 2 else h @ h
            if (np.abs(np.linalg.eigvals(square) - 1) < 1e-9).any():
                normal = float(np.prod(np.abs(1 - values[np.abs(values - 1) > 1e-9])))
                lost = 1.0 if blocks == 2 else 2.0  # the normal direction (x, −hx) of the diagonal sphere
                expected.append((fixed - blocks, round(normal / lost, 9), 1 / 12))
    merged = {}
    for dim, normal, share in expected:
        merged[dim, normal] = merged.get((dim, normal), 0.0) + share
    mine = {}
    for dim, normal, share in found:
        mine[dim, normal] = mine.get((dim, normal), 0.0) + share
    assert mine == pytest.approx(merged)


def test_other_groups_are_integrated():
    """SO(2) about one axis: orbits of length 2π(sin²θ₁ + sin²θ₂)^{1/2}; SU(2) acts freely, 3-spheres of radius √2."""
    turns = 8 * math.pi**2 * (1 - 1 / math.sqrt(2))
    for group, n, d, volume in ((ws.SO(2), 3, 3, turns), (ws.SU(2), 4, 3, math.pi**2 / math.sqrt(2))):
        action = group.linear(n)
        assert not is_whole(action)
        found = diagonal_orbits(action, group.copies(2).on_factors(2), 1.0)
        assert (found.dim, found.walls, found.walls_complete) == (d, (), True)
        assert found.volume == pytest.approx(volume, rel=found.volume_error + 1e-12)
        swapped = diagonal_orbits(action, (group.copies(2) * ws.SymmetricGroup(2)).on_factors(2), 1.0)
        assert swapped.volume == pytest.approx(found.volume / 2)


# Closed forms. O(2): both points in a meridian plane, a torus over its half-turn; the exchange with a reflection fixes
# (x, σx), a sphere of radius √2 over two commuting involutions. SU(3), G2: points that depend on each other, the
# boundary of the disk ⟨x, y⟩ (a hemisphere of radius 1/√2), and two points. Circles: T³/T¹ with x₁ = x₂.
WALLS = [
    (ws.Sphere(2) ** 2, ws.O(2).copies(2), [(0, 2 * math.pi**2)]),
    (ws.Sphere(2) ** 2, ws.O(2).copies(2) * ws.SymmetricGroup(2), [(0, 2 * math.pi), (0, math.pi**2)]),
    (ws.Sphere(2) ** 3, ws.SO(2).copies(3), []),
    (ws.Sphere(3) ** 2, ws.SU(2).copies(2), []),
    (ws.Sphere(5) ** 2, ws.SU(3).copies(2), [(3, math.pi * math.sqrt(2))]),
    (ws.Sphere(5) ** 2, ws.SU(3).copies(2) * ws.SymmetricGroup(2),
     [(0, math.pi / math.sqrt(2)), (3, math.pi / math.sqrt(2))]),
    (ws.Sphere(6) ** 2, ws.G2().copies(2), [(5, 2.0)]),
    (ws.Sphere(6) ** 2, ws.G2().copies(2) * ws.SymmetricGroup(2), [(5, 2.0)]),
    (ws.Sphere(1) ** 3, ws.SO(2).copies(3) * ws.SymmetricGroup(3), [(0, 2 * math.pi * math.sqrt(2 / 3))]),
]


@pytest.mark.parametrize(("power", "group", "expected"), WALLS, ids=lambda x: repr(x)[:40])
def test_walls_of_other_groups(power, group, expected):
    geometry = (power / group).geometry
    assert geometry.walls_complete
    found = sorted((round(1 - 4 * wall.weight), wall.volume) for wall in geometry.walls)
    assert [k for k, _ in found] == [k for k, _ in expected]
    assert [area for _, area in found] == pytest.approx([area for _, area in expected], rel=1e-9)


def test_walls_scale_with_the_radius():
    small, large = ((ws.Sphere(2, radius=r) ** 2 / ws.O(2).copies(2)).geometry for r in (1, 3))
    assert large.walls[0].volume == pytest.approx(9 * small.walls[0].volume)


def test_the_second_term_of_a_diagonal_action_in_exact_counts():
    space = ws.Sphere(2) ** 2 / (ws.O(2).copies(2) * ws.SymmetricGroup(2))
    report = ws.verify_weyl(space)
    assert report.passed
    without = replace(report.law, terms=report.law.terms[:1])
    assert abs(report.offset) < 0.1 * abs(ws.verify_weyl(space, report.cutoff, law=without).offset)


def test_factor_spheres():
    swapped = np.tile(np.eye(3), 2) / math.sqrt(2)
    ((rows, radius),) = factor_spheres(swapped, 2)
    assert (len(rows), radius) == (3, pytest.approx(math.sqrt(2)))
    assert [len(rows) for rows, _ in factor_spheres(np.eye(9)[[0, 3, 4, 8]], 3)] == [1, 2, 1]
    assert factor_spheres(np.eye(6)[:3], 2) == []


@pytest.mark.parametrize(("power", "group", "ends"), [
    (ws.Sphere(6) ** 2, ws.G2().copies(2), 2.0), (ws.Sphere(1, radius=2) ** 2, ws.O(2).copies(2), 2.0),
], ids=repr)
def test_pairs_that_are_exchanged_anyway(power, group, ends):
    """⟨x, y⟩ is all that is left of two points: their exchange changes neither the interval nor its two ends."""
    alone, exchanged = ((power / g).geometry for g in (group, group * ws.SymmetricGroup(2)))
    radius = float(power.volume ** 0.5 / (2 * math.pi)) if power.dim == 2 else 1.0
    for geometry in (alone, exchanged):
        assert geometry.volume == pytest.approx(radius * math.pi / math.sqrt(2), rel=1e-6)
        assert sum(wall.volume for wall in geometry.walls) == pytest.approx(ends)
