"""Reflection groups by their simple roots: found from generators, and folding against all elements."""

from __future__ import annotations

import math

import numpy as np
import pytest
from routes import spanned

from weylspec.groups.matrix import MatrixGroup
from weylspec.invariants.points.chambers import Chamber, simple_roots
from weylspec.invariants.points.linear import linear_orbits

PHI = (1 + math.sqrt(5)) / 2
ICOSAHEDRON = np.array([[1, 0, 0], [-PHI / 2, (PHI - 1) / 2, -0.5], [0, 0, 1]])
F4 = np.array([[0, 1, -1, 0], [0, 0, 1, -1], [0, 0, 0, 1], [0.5, -0.5, -0.5, -0.5]])
A4 = np.array([[1, -1, 0, 0, 0], [0, 1, -1, 0, 0], [0, 0, 1, -1, 0], [0, 0, 0, 1, -1]])
D4 = np.array([[1, -1, 0, 0], [0, 1, -1, 0], [0, 0, 1, -1], [0, 0, 1, 1]])
HEPTAGON = np.array([[1, 0], [-math.cos(math.pi / 7), math.sin(math.pi / 7)]])
SYSTEMS = {"H3": (ICOSAHEDRON, 120), "F4": (F4, 1152), "A4": (A4, 120), "D4": (D4, 192), "I2(7)": (HEPTAGON, 14)}


def mirror(root):
    return np.eye(len(root)) - 2 * np.outer(root, root) / (root @ root)


@pytest.mark.parametrize("name", SYSTEMS)
def test_folding_finds_the_nearest_image_of_a_point_of_the_chamber(name, rng):
    """⟨gx, v⟩ is largest over the group when both lie in one chamber."""
    roots, order = SYSTEMS[name]
    # signs as they happen to be, and not all of one length
    mirrors = [mirror(r * s) for r, s in zip(roots, (1, -2, 0.5, -1), strict=False)]
    elements = np.array(spanned(mirrors))
    assert len(elements) == order
    found = simple_roots(mirrors)
    chamber = Chamber(found)
    x = rng.standard_normal((20, roots.shape[1]))
    folded = chamber.canonical(x)
    assert (folded @ found.T >= -1e-12).all()
    inside = chamber.canonical(rng.standard_normal((1, roots.shape[1])))[0]
    best = (x @ elements.transpose(0, 2, 1) @ inside).max(axis=0)
    np.testing.assert_allclose(folded @ inside, best, rtol=0, atol=1e-12)
    y = rng.standard_normal((5, roots.shape[1]))
    least = np.linalg.norm(x[:, None, None] - (y @ elements.transpose(0, 2, 1)).transpose(1, 0, 2), axis=-1).min(axis=2)
    np.testing.assert_allclose(chamber.distance(x, y), least, rtol=0, atol=1e-10)


def test_a_matrix_group_of_mirrors_is_folded_and_not_listed():
    assert isinstance(linear_orbits(MatrixGroup([mirror(r) for r in D4]).natural()), Chamber)


@pytest.mark.parametrize("generators", [
    [],
    [np.eye(3)],
    [-np.eye(2)],
    [np.array([[0.0, -1.0], [1.0, 0.0]])],
    [mirror(r) for r in np.array([[1, 0], [-0.5, math.sqrt(0.75)], [-0.5, -math.sqrt(0.75)]])],  # around no point
    [mirror(HEPTAGON[0]), mirror(np.array([-math.cos(2 * math.pi / 7), math.sin(2 * math.pi / 7)]))],  # 2π/7
    [mirror(np.array([1.0, 0.0]))] * 2,
])
def test_other_generators_have_no_simple_roots(generators):
    assert simple_roots(generators) is None
