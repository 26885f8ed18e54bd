"""The law of local counts against exact local counts, on principal, exceptional and collapsed orbits (theory 0, E4)."""

from __future__ import annotations

import math

import numpy as np
import pytest

import weylspec as ws
from weylspec.errors import UnknownGeometryError

PI = math.pi


def test_circles_of_latitude():
    """Theory 10: 2L/(π sin θ) at θ = 0.3, 1, π/2 for l ≤ L = 2000, and what is counted there; at a pole λ."""
    theta = np.array([0.3, 1.0, PI / 2])
    points = np.stack([np.sin(theta), 0 * theta, np.cos(theta)], axis=1)
    space = ws.Sphere(2) / ws.SO(2)
    found = ws.local_law(space, points, 2000**2)
    np.testing.assert_allclose(found, [4308.5, 1513.1, 1273.2], rtol=0, atol=0.051)
    np.testing.assert_allclose(found, [4307.4, 1513.5, 1274.2], rtol=1e-3)
    pole = [[0.0, 0.0, 1.0]]
    assert ws.local_law(space, pole, 2000 * 2001)[0] == pytest.approx(2000 * 2001)
    assert space.local_count(pole, 2000 * 2001)[0] == pytest.approx(2001**2, rel=1e-9)


def mean_ratio(space, point, top):
    """Mean of N_x(λ)/law over λ in [top/2, top]."""
    grid = np.linspace(top / 2, top, 12)
    row = np.asarray(point, dtype=float)[None]
    return np.mean([space.local_count(row, lam)[0] / ws.local_law(space, row, lam)[0] for lam in grid.tolist()])


X3 = np.array([0.24, 0.5, 0.83]) / np.linalg.norm([0.24, 0.5, 0.83])  # amid the triangle that Oh repeats
X4 = np.array([0.5, 0.1, 0.7, 0.5])


@pytest.mark.parametrize(("make", "point", "dim", "coefficient"), [
    # finite groups: vol(M)/#Gx at a generic point, on a mirror, on axes
    (lambda: ws.Sphere(2) / ws.PointGroup("Oh"), X3, 2, 4 * PI / 48),
    (lambda: ws.Sphere(2) / ws.PointGroup("Oh"), [0.6, 0.8, 0.0], 2, 4 * PI / 24),
    (lambda: ws.Sphere(2) / ws.PointGroup("Oh"), [0.0, 0.0, 1.0], 2, 4 * PI / 6),
    (lambda: ws.Sphere(3) / ws.SymmetricGroup(4), [0.5, 0.5, 0.5, 0.5], 3, 2 * PI**2),
    # groups of positive dimension: a sphere, a point, Hopf's circles, pairs of vectors, two components
    (lambda: ws.Sphere(3) / ws.SO(3), X4, 1, 2 * PI**2 / (4 * PI * 0.75)),
    (lambda: ws.Sphere(3) / ws.SO(3), [0.0, 0.0, 0.0, 1.0], 3, 2 * PI**2),
    (lambda: ws.Sphere(3) / ws.SO(2).copies(2), [1.0, 0.0, 0.0, 0.0], 2, PI),
    (lambda: ws.Sphere(2) / ws.O(2), [0.0, 0.6, 0.8], 1, 4 * PI / (2 * PI * 0.6)),
    # flat tori
    (lambda: ws.Torus(2) / ws.SignFlips(2), [1.0, 2.0], 2, PI**2),
    (lambda: ws.Torus(2) / ws.SignFlips(2), [0.0, 2.0], 2, 2 * PI**2),
    (lambda: ws.Torus(3) / ws.Translations([[1, 1, 1]]), [1.0, 2.0, 3.0], 2, (2 * PI) ** 2 / 3**0.5),
    (lambda: (ws.Sphere(2) / ws.SO(2)) * ws.Torus(1), [0.0, 0.0, 1.0, 2.0], 3, 4 * PI * 2 * PI),
])
def test_local_counts_follow_their_law(make, point, dim, coefficient):
    space = make()
    term = space.local_term(np.asarray(point, dtype=float))
    assert term.dim == dim
    if coefficient is not None:
        assert term.coefficient == pytest.approx(coefficient, rel=1e-9)
    top = 1500.0 if dim == 2 else 300.0
    # The next term of a mean is of the relative order λ^{−1/2} near mirrors and poles: under a seventh here.
    assert mean_ratio(space, point, top) == pytest.approx(1, abs=0.15)


def test_the_mean_of_the_law_is_the_law_of_the_mean(rng):
    """∫ vol(M)/vol(Gx) dμ = vol(M/G): N(λ) is the mean of N_x (two vectors of R³ modulo rotations)."""
    space = ws.Sphere(5) / ws.SO(3).copies(2)
    points = space.sample(4000, rng)
    shares = np.array([space.local_term(x).coefficient for x in points])
    # standard error: the coefficient of variation is about 0.3
    assert shares.mean() == pytest.approx(space.volume, rel=5 * shares.std() / shares.mean() / 4000**0.5)


def test_spaces_without_orbits_of_points_are_refused():
    with pytest.raises(UnknownGeometryError, match="single orbits"):
        ws.local_law(ws.ComplexProjectiveSpace(2) / ws.SignFlips(1).blocks(2), ws.ComplexProjectiveSpace(2).sample(
            1, np.random.default_rng(0)), 10)
    with pytest.raises(UnknownGeometryError, match="local counts"):
        ws.local_law(ws.Disk(), [[0.1, 0.2]], 10)
