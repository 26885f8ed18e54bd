"""The eigenvalue problem on a mesh: upper values, lower bounds, and the two as a `Spectrum`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from weylspec.errors import CostError
from weylspec.solvers.assembly import LIU, Triangles, lower_bound
from weylspec.spectrum import Spectrum
from weylspec.units import Number, number

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Approximated:
    """A smooth surface that a mesh approximates.

    Attributes
    ----------
    name : str
    area : float
    low, high : float
        Each eigenvalue of the smooth surface is low … high times the one of the mesh, as a surface.
    """

    name: str
    area: float
    low: float
    high: float


def around_sphere(vertices: FloatArray, faces: IndexArray, radius: float) -> Approximated:
    """The sphere through the vertices of a mesh whose faces, seen from the centre, cover it once.

    Projecting a face at distance d of the centre stretches by R/r and Rd/r², d ≤ r ≤ R. So energies
    change by factors in [d/R, R/d], areas by factors in [d/R, (R/d)²], and with minimax
    λ_sphere ∈ [(d/R)³, (R/d)²]·λ_mesh.
    """
    a, b, c = (vertices[faces[:, i]] for i in range(3))
    normals = np.cross(b - a, c - a)
    distance = np.abs((a * normals).sum(axis=1)) / np.linalg.norm(normals, axis=1)
    ratio = float(distance.min()) / radius
    return Approximated(f"the sphere of radius {radius:g}", 4 * math.pi * radius**2, ratio**3, ratio**-2)


@dataclass(frozen=True, eq=False)
class MeshProblem:
    """Functions on a mesh that are constant on given classes of vertices (and of edges).

    Attributes
    ----------
    triangles : Triangles
    vertex_classes : ndarray of shape (n,), int64
        Labels 0, 1, …; all different for the mesh itself.
    edge_classes : ndarray of shape (e,), int64
    face_edges : ndarray of shape (m, 3), int64
        The edge opposite each corner.
    zeros : int
        Number of zero eigenvalues: (orbits of) connected components.
    surface : Approximated or None
        The smooth surface whose spectrum is meant; None for the polyhedral surface itself.
    distortion : float
        Relative change of the eigenvalues by moving the vertices to a symmetric position.
    label : str
    """

    triangles: Triangles
    vertex_classes: IndexArray
    edge_classes: IndexArray
    face_edges: IndexArray
    zeros: int
    surface: Approximated | None
    distortion: float
    label: str

    @cached_property
    def _found(self) -> dict[str, Spectrum]:
        return {}

    def levels(self, cutoff: Number) -> Spectrum:
        """The discrete eigenvalues ≤ cutoff with two-sided error bounds; solved once per larger cutoff."""
        top = float(number(cutoff))
        last = self._found.get("last")
        if last is None or last.complete_below < top:
            last = self._found["last"] = self._solve(top)
        return last.up_to(cutoff)

    def _solve(self, cutoff: float) -> Spectrum:
        from weylspec.solvers.eigen import solve

        self._check_resolved(cutoff)
        K, M = self.conforming
        result = solve(K, M, cutoff=cutoff)
        upper = result.eigenvalues
        # constants on components: their energy is exactly 0, and no other linear function has energy 0
        upper[: self.zeros] = 0.0
        assert result.inertia is not None
        h = self.triangles.longest_side
        provenance = (
            f"{self.label}: linear elements on {len(self.triangles.faces)} triangles, longest side {h:.4g}; "
            f"inertia count {result.inertia.below} below {result.inertia.shift:.6g} agrees with the list; "
            f"errors bound the distance to {'the surface' if self.surface is None else self.surface.name} "
            "(Crouzeix–Raviart lower bounds, Liu 2015)"
        )
        errors = self._errors(upper, result.error)
        return Spectrum.from_eigenvalues(upper, complete_below=cutoff, errors=errors, provenance=provenance)

    @cached_property
    def conforming(self) -> tuple[csr_array, csr_array]:
        """K and M of continuous piecewise linear functions, PᵀKP and PᵀMP on classes."""
        return self.triangles.conforming(
            self.vertex_classes[self.triangles.faces], int(self.vertex_classes.max()) + 1
        )

    def _errors(self, upper: FloatArray, algebraic: float) -> FloatArray:
        """Distance to the surface's eigenvalue: above by the discrete one, below by Crouzeix–Raviart."""
        from weylspec.solvers.eigen import solve

        if len(upper) <= self.zeros:
            return np.zeros_like(upper)
        K, M = self.triangles.nonconforming(self.edge_classes[self.face_edges], int(self.edge_classes.max()) + 1)
        below = solve(K, M, num=len(upper), tol=1e-6)
        lower = lower_bound(np.maximum(below.eigenvalues - below.error, 0.0), self.triangles.longest_side)
        low, high = (1.0, 1.0) if self.surface is None else (self.surface.low, self.surface.high)
        top = (upper + algebraic) * high * (1 + self.distortion)
        bottom = lower * low * (1 - self.distortion)
        errors = np.maximum(top - upper, upper - bottom)
        errors[: self.zeros] = 0.0
        return np.asarray(errors)

    def _check_resolved(self, cutoff: float) -> None:
        limit = 1 / (LIU * self.triangles.longest_side) ** 2
        if cutoff >= limit:
            raise CostError(
                f"{self.label} with longest side {self.triangles.longest_side:.4g} says nothing of eigenvalues above "
                f"{limit:.4g}, and little near it; {cutoff:g} was asked for: refine the mesh or lower the cutoff"
            )
