"""Disks, balls, annuli and sectors [2.7], their quotients [9.1, 9.2, 9.5], corners [2.7, 4]."""

from __future__ import annotations

from facts.base import PI, Facts, at, pairs

_DRUM = pairs("5.78319(1) 14.682(2) 26.3746(2) 30.4713(1) 40.7065(2) 49.2185(2) 57.5829(2) 70.85(2)")
_FREE_DISK = pairs("0(1) 3.38996(2) 9.32836(2) 14.682(1) 17.65(2) 28.2764(2) 28.4243(2) 41.1601(2)")
_THOUSANDS = (100, 1000, 10000)
_TENTH = "MatrixGroup([[[0.809016994374947, -0.587785252292473], [0.587785252292473, 0.809016994374947]]])"
_FIFTH = "MatrixGroup([[[0.309016994374947, -0.951056516295154], [0.951056516295154, 0.309016994374947]]])"
_MIRROR = "MatrixGroup([[[1, 0], [0, -1]]])"
_SHELL = 3 * PI / 4  # area of ½ ≤ |x| ≤ 1

DOMAINS = {
    "Disk()": Facts(
        "[2.7]", 2, PI, _FREE_DISK, printed=6, boundary=2 * PI, wall_sum=PI / 2, constant=1 / 6, curvature=0.0),
    "Disk(1, 'dirichlet')": Facts(
        "[2.7], [9.5]", 2, PI, _DRUM, at(_THOUSANDS, "21,232,2456"), printed=6, boundary=2 * PI, wall_sum=-PI / 2,
        constant=1 / 6, fixed_boundary=True),
    "Ball(3)": Facts(
        "[2.7]", 3, 4 * PI / 3,
        pairs("0(1) 4.33296(3) 11.1696(5) 20.1907(1) 20.3771(7) 31.8853(9) 35.288(3) 45.6497(11)"), printed=6,
        wall_sum=PI, curvature=0.0),
    "Ball(3, 1, 'dirichlet')": Facts(
        "[2.7]", 3, 4 * PI / 3,
        pairs("9.8696(1) 20.1907(3) 33.2175(5) 39.4784(1) 48.8312(7) 59.6795(3) 66.9543(9) 82.7192(5)"), printed=6,
        wall_sum=-PI, fixed_boundary=True),
    "Ball(4, 1/2)": Facts(
        "[2.7] below 4·j_{2,1}² = 105.5, the first radial level, lie degrees 0 to 3: Σ dims 1, 4, 9, 16", 4, PI**2 / 32,
        counts={0: 1, 105: 30, 106: 31}, boundary=2 * PI**2 / 8, wall_sum=PI**2 / 16),
    "Annulus(1/2, 1)": Facts(
        "[2.7]", 2, _SHELL,
        pairs("0(1) 1.83514(2) 7.18886(2) 15.6638(2) 26.783(2) 40.1815(2) 40.8725(1) 43.0985(2)"), printed=6,
        boundary=3 * PI, constant=0.0),
    "Annulus(1/2, 1, 'dirichlet')": Facts(
        "[2.7]", 2, _SHELL,
        pairs("39.0133(1) 40.8725(2) 46.4285(2) 55.6179(2) 68.3388(2) 84.4569(2) 103.814(2) 126.241(2)"), printed=6,
        wall_sum=-3 * PI / 4, fixed_boundary=True),
    "Annulus(1/2, 1, ('dirichlet', 'neumann'))": Facts(
        "[2.7] inner circle fixed: weights −¼·π + ¼·2π", 2, _SHELL, wall_sum=PI / 4, constant=0.0,
        fixed_boundary=True),
    "Sector(1/2)": Facts(
        "[2.7] even orders of the disk, half of their two functions", 2, PI / 4,
        pairs("0(1) 9.32836(1) 14.682(1) 28.2764(1)"), printed=6, boundary=2 + PI / 2, constant=1 / 24 + 3 / 16),
    "Sector(1/2, 1, 'dirichlet')": Facts(
        "[2.7]", 2, PI / 4,
        pairs("26.3746(1) 57.5829(1) 70.85(1) 98.7263(1) 122.428(1) 135.021(1) 149.453(1) 184.669(1)"), printed=6,
        wall_sum=-(2 + PI / 2) / 4, constant=1 / 24 + 3 / 16, fixed_boundary=True),
    "Sector(1/3, 1, 'dirichlet')": Facts(
        "[2.7]", 2, PI / 6,
        pairs("40.7065(1) 95.2776(1) 98.7263(1) 169.395(1) 178.337(1) 184.669(1) 263.201(1) 278.832(1)"), printed=6,
        constant=1 / 36 + 1 / 9 + 1 / 8, fixed_boundary=True),
    "Sector(3/4, 1, ('dirichlet', 'neumann', 'neumann'))": Facts(
        "[2.7] α/12π; apex −(π² + 2α²)/48πα = −17/288; corners −1/16 and 1/16", 2, 3 * PI / 8,
        wall_sum=3 * PI / 16, constant=1 / 16 - 17 / 288, fixed_boundary=True),
}

_PLANE = {
    "Disk(1, 'dirichlet') / SignFlips(1)": Facts(
        "[9.1]; corners of a fixed and a free wall −1/16 each, half the curvature", 2, PI / 2,
        counts=at(_THOUSANDS, "12,121,1244"), boundary=PI + 2, wall_sum=(2 - PI) / 4, constant=1 / 12 - 1 / 8,
        fixed_boundary=True),
    f"Disk(1, 'dirichlet') / {_FIFTH}": Facts(
        "[4] cone of order 5", 2, PI / 5, boundary=2 * PI / 5, constant=1 / 30 + 24 / 60, fixed_boundary=True),
    f"Disk(1, 'dirichlet') / {_TENTH}": Facts(
        "[9.2] cone of order 10", 2, PI / 10, counts=at(_THOUSANDS, "3,24,248"), boundary=PI / 5,
        constant=1 / 60 + 99 / 120, fixed_boundary=True),
    "Disk() / Hyperoctahedral(2)": Facts(
        "[4] the sector of angle π/4 with free walls: 15/96 at the apex, 1/16 at both ends", 2, PI / 8,
        boundary=2 + PI / 4, constant=1 / 48 + 15 / 96 + 1 / 8),
    "Disk() / SO(2)": Facts(
        "[5] j'_{0,k}²: zeros of J₁", 1, 1.0, pairs("0(1) 14.682(1)"), printed=6, wall_sum=0.25),
    "Annulus(1/2, 1) / O(2)": Facts("[2.7] m = 0 of the annulus", 1, 0.5, pairs("0(1) 40.8725(1)"), printed=6,
                                   boundary=2.0),
    "Annulus(1/2, 1) / SignFlips(2)": Facts(
        "[4] four right angles of free walls", 2, _SHELL / 4, boundary=3 * PI / 4 + 1, constant=0.25),
    f"Sector(2/3, 1, 'dirichlet') / {_MIRROR}": Facts(
        "[2.7] the sector π/3, one side free: 1/36, apex −11/144, corners 1/16 and −1/16", 2, PI / 6,
        constant=1 / 36 - 11 / 144, wall_sum=-PI / 12, fixed_boundary=True),
}

_SPACE = {
    "Ball(3) / PointGroup('Oh')": Facts(
        "[4] nine discs of area π over 48", 3, 4 * PI / 3 / 48, counts={0: 1}, boundary=4 * PI / 48 + 2 * 9 * PI / 48),
    "Ball(3, 1, 'dirichlet') / PointGroup('D3')": Facts(
        "[4] no reflections; the radial level π² is invariant", 3, 4 * PI / 18, counts={9: 0, 10: 1},
        boundary=4 * PI / 6, wall_sum=-PI / 6, fixed_boundary=True),
    "Ball(3, 1, 'dirichlet') / SO(3)": Facts(
        "[5] sin(πkr)/r; orbits collapse by a 2-sphere at the centre", 1, 1.0,
        tuple((PI**2 * k * k, 1) for k in range(1, 6)), wall_sum=-0.5, fixed_boundary=True),
}

ROUND_DOMAINS = {**DOMAINS, **_PLANE, **_SPACE}
