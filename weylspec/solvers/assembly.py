"""Stiffness and mass matrices of triangle meshes: linear elements, conforming and not.

The Rayleigh quotient ∫|∇u|²/∫u² on a polyhedral surface becomes uᵀKu/uᵀMu. Conforming elements (P1)
give eigenvalues from above, Crouzeix–Raviart elements give them from below (`lower_bound`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.int64]

_CONSISTENT = (np.ones((3, 3)) + np.eye(3)) / 12
_DIAGONAL = np.eye(3) / 3

LIU = 0.1893  # ‖u − Iu‖ ≤ 0.1893·h·‖∇(u − Iu)‖ on every triangle of longest side h (Liu 2015)


@dataclass(frozen=True, eq=False)
class Triangles:
    """Triangles in R³ and what assembly needs of them.

    Attributes
    ----------
    vertices : ndarray of shape (n, 3), float64
    faces : ndarray of shape (m, 3), int64

    Examples
    --------
    >>> T = Triangles(np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0]]), np.array([[0, 1, 2]]))
    >>> K, M = T.conforming(T.faces, 3)
    >>> (2 * K.toarray()).tolist(), (24 * M.toarray()).tolist()
    ([[2.0, -1.0, -1.0], [-1.0, 1.0, 0.0], [-1.0, 0.0, 1.0]], [[2.0, 1.0, 1.0], [1.0, 2.0, 1.0], [1.0, 1.0, 2.0]])
    """

    vertices: FloatArray
    faces: IndexArray

    @cached_property
    def _geometry(self) -> tuple[FloatArray, FloatArray]:
        from weylspec.solvers._loops import edge_products

        products, areas = np.empty((len(self.faces), 3, 3)), np.empty(len(self.faces))
        edge_products(self.vertices, self.faces, products, areas)
        return products, areas

    @property
    def areas(self) -> FloatArray:
        """Area of each triangle, shape (m,)."""
        return self._geometry[1]

    @cached_property
    def sides(self) -> FloatArray:
        """Length of the side opposite each corner, shape (m, 3)."""
        return np.asarray(np.sqrt(np.einsum("tii->ti", self._geometry[0])))

    @property
    def longest_side(self) -> float:
        """The mesh size h."""
        return float(self.sides.max())

    @property
    def shortest_height(self) -> float:
        """The smallest height of a triangle: twice its area over its longest side."""
        return float((2 * self.areas / self.sides.max(axis=1)).min())

    def conforming(self, dofs: IndexArray, size: int) -> tuple[csr_array, csr_array]:
        """Stiffness and consistent mass matrix of continuous piecewise linear functions (P1).

        K_ij = ∫ ∇φ_i·∇φ_j (cotangent weights), M_ij = ∫ φ_i φ_j, φ_i the hat function.

        Parameters
        ----------
        dofs : ndarray of shape (m, 3), int64
            The unknown at each corner: ``faces`` itself, or the orbit of the vertex: then the result
            is PᵀKP, PᵀMP with P the indicator matrix of the orbits.
        size : int
            Number of unknowns.

        Returns
        -------
        K, M : csr_array of shape (size, size)
            K·1 = 0, and the entries of M add up to the area.
        """
        return self._assemble(dofs, size, 1.0, _CONSISTENT)

    def nonconforming(self, dofs: IndexArray, size: int) -> tuple[csr_array, csr_array]:
        """Stiffness and (diagonal) mass matrix of Crouzeix–Raviart elements.

        Piecewise linear functions that are continuous at the midpoints of edges (Crouzeix and Raviart
        1973): ψ_i = 1 − 2φ_i on the side opposite corner i.

        Parameters
        ----------
        dofs : ndarray of shape (m, 3), int64
            The unknown on the side opposite each corner: the edge, or its orbit.
        size : int
            Number of unknowns.

        Returns
        -------
        K, M : csr_array of shape (size, size)
        """
        return self._assemble(dofs, size, 4.0, _DIAGONAL)

    def _assemble(self, dofs: IndexArray, size: int, scale: float, mass: FloatArray) -> tuple[csr_array, csr_array]:
        from weylspec.solvers._loops import triplets

        products, areas = self._geometry
        entries = 9 * len(dofs)
        rows, columns = np.empty(entries, dtype=np.int64), np.empty(entries, dtype=np.int64)
        stiffness, masses = np.empty(entries), np.empty(entries)
        triplets(products, areas, dofs, scale, mass, rows, columns, stiffness, masses)
        kept = masses != 0
        shape = (size, size)
        K = csr_array(coo_array((stiffness, (rows, columns)), shape=shape))
        M = csr_array(coo_array((masses[kept], (rows[kept], columns[kept])), shape=shape))
        return K, M


def lower_bound(eigenvalues: FloatArray, longest_side: float) -> FloatArray:
    """Lower bounds of a surface's eigenvalues from its Crouzeix–Raviart eigenvalues.

    λ_k ≥ λ_k^CR/(1 + C²λ_k^CR), C = 0.1893·h. The interpolation I by edge means has
    ‖∇Iu‖² = ‖∇u‖² − ‖∇(u − Iu)‖² and ‖u − Iu‖ ≤ C‖∇(u − Iu)‖ triangle by triangle, so the bound
    needs neither convexity nor a flat surface, and holds on the functions that a group of
    symmetries of the mesh leaves invariant, too.

    Parameters
    ----------
    eigenvalues : ndarray of shape (k,)
        The lowest k Crouzeix–Raviart eigenvalues, ascending (or lower bounds of them).
    longest_side : float
        h.

    Returns
    -------
    ndarray of shape (k,)

    References
    ----------
    Liu, Appl. Math. Comput. 267 (2015) 341–355; Carstensen and Gedicke,
    Math. Comp. 83 (2014) 2605–2629.

    Examples
    --------
    >>> lower_bound(np.array([0.0, 100.0]), 0.1).tolist()
    [0.0, 96.54]
    """
    return np.asarray(eigenvalues / (1 + (LIU * longest_side) ** 2 * eigenvalues))
