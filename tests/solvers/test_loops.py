"""The compiled assembly and counting loops, called directly: CI runs this file without compilation too."""

import numpy as np

from weylspec.solvers import _loops

CORNERS = np.array([[0.0, 0.0, 0.0], [2.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
FACES = np.array([[0, 1, 2]])


def test_sides_and_area_of_a_right_triangle():
    products, areas = np.zeros((1, 3, 3)), np.zeros(1)
    _loops.edge_products(CORNERS, FACES, products, areas)
    sides = np.array([CORNERS[2] - CORNERS[1], CORNERS[0] - CORNERS[2], CORNERS[1] - CORNERS[0]])
    np.testing.assert_allclose(products[0], sides @ sides.T, atol=1e-15)
    assert areas[0] == 1.0


def test_local_matrices_are_those_of_the_textbook():
    products, areas = np.zeros((1, 3, 3)), np.zeros(1)
    _loops.edge_products(CORNERS, FACES, products, areas)
    mass = (np.ones((3, 3)) + np.eye(3)) / 12
    rows, columns = (np.zeros(9, dtype=np.int64) for _ in range(2))
    stiffness, masses = np.zeros(9), np.zeros(9)
    _loops.triplets(products, areas, FACES, 1.0, mass, rows, columns, stiffness, masses)
    k = np.zeros((3, 3))
    k[rows, columns] = stiffness
    # gradients of the hat functions of x/2, y, 1 − x/2 − y, times the area 1
    gradients = np.array([[-0.5, -1.0], [0.5, 0.0], [0.0, 1.0]])
    np.testing.assert_allclose(k, gradients @ gradients.T, atol=1e-15)
    np.testing.assert_allclose(masses.sum(), 1.0)


def test_sturm_counts_of_two_by_two():
    """[[1, 2], [2, 1]] has the eigenvalues −1 and 3; at 1 the first pivot vanishes."""
    counts = np.zeros(4, dtype=np.int64)
    _loops.sturm_counts(np.ones(2), np.array([4.0]), np.array([-2.0, 0.0, 1.0, 4.0]), 1e-300, counts)
    assert counts.tolist() == [0, 1, 1, 2]
