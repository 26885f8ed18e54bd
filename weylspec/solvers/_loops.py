"""Compiled loops: local matrices of linear elements as coordinate triplets, and Sturm counts."""

from __future__ import annotations

import math

import numba as nb
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@nb.njit(cache=True)
def edge_products(vertices: Floats, faces: Ints, products: Floats, areas: Floats) -> None:
    """products[t, i, j] = e_i·e_j, e_i the side opposite corner i, anticlockwise; areas[t] = |e_0 × e_1|/2."""
    side = np.zeros((3, 3))
    for t in range(len(faces)):
        for i in range(3):
            start, end = faces[t, (i + 1) % 3], faces[t, (i + 2) % 3]
            for c in range(3):
                side[i, c] = vertices[end, c] - vertices[start, c]
        for i in range(3):
            for j in range(3):
                products[t, i, j] = side[i, 0] * side[j, 0] + side[i, 1] * side[j, 1] + side[i, 2] * side[j, 2]
        x = side[0, 1] * side[1, 2] - side[0, 2] * side[1, 1]
        y = side[0, 2] * side[1, 0] - side[0, 0] * side[1, 2]
        z = side[0, 0] * side[1, 1] - side[0, 1] * side[1, 0]
        areas[t] = math.sqrt(x * x + y * y + z * z) / 2


@nb.njit(cache=True)
def triplets(
    products: Floats, areas: Floats, dofs: Ints, scale: float, mass: Floats,
    rows: Ints, columns: Ints, stiffness: Floats, masses: Floats,
) -> None:
    """Entries of K = scale·e_i·e_j/(4·area) and M = area·mass_ij for the unknowns dofs[t, i]."""
    at = 0
    for t in range(len(dofs)):
        for i in range(3):
            for j in range(3):
                rows[at] = dofs[t, i]
                columns[at] = dofs[t, j]
                stiffness[at] = scale * products[t, i, j] / (4 * areas[t])
                masses[at] = areas[t] * mass[i, j]
                at += 1


@nb.njit(cache=True)
def sturm_counts(diagonal: Floats, squares: Floats, shifts: Floats, tiny: float, counts: Ints) -> None:
    """counts[s] = number of negative pivots of T − shifts[s], T tridiagonal with these squared off-diagonals."""
    for s in range(len(shifts)):
        pivot = diagonal[0] - shifts[s]
        negative = 0
        for i in range(len(diagonal)):
            if i:
                pivot = (diagonal[i] - shifts[s]) - squares[i - 1] / pivot
            if pivot == 0.0:
                pivot = tiny
            if pivot < 0.0:
                negative += 1
        counts[s] = negative
