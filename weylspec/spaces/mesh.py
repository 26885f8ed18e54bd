"""`TriangleMesh`: a triangulated surface, with a spectrum from finite elements and its error bounds."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from weylspec.errors import GroupActionError
from weylspec.groups.base import Group, whole
from weylspec.invariants.orbit_spaces.fixed_sets import FixedSet, finite_orbits
from weylspec.invariants.orbit_spaces.geometry import OrbitGeometry, Term, Wall, assemble_terms
from weylspec.solvers.assembly import Triangles
from weylspec.spaces._mesh_files import icosahedron, read, refined
from weylspec.spaces._mesh_problem import Approximated, MeshProblem, around_sphere
from weylspec.spaces._mesh_symmetry import Matcher, MeshAction, distortion, fixed_sets, symmetric_position
from weylspec.spaces._mesh_topology import Topology, checked, orbits
from weylspec.spaces.base import Manifold
from weylspec.spectrum import Spectrum
from weylspec.units import Number, positive

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.int64]

_AREA_ROUNDING = 1e-12  # cross products of coordinate differences, summed in pairs
_LARGEST_GROUP = 10_000


@dataclass(frozen=True, eq=False, repr=False, init=False)
class TriangleMesh(Manifold):
    """A surface made of triangles in R³, closed or with boundary (Neumann).

    The eigenvalues are those of continuous piecewise linear functions (P1, consistent mass; for n
    vertices the cost is that of sparse factorisations), all of them up to the cutoff by an inertia
    count. They are never below those of the polyhedral surface; Crouzeix–Raviart eigenvalues give lower
    bounds (Liu 2015). So `Spectrum.errors` are bounds: the k-th eigenvalue of the surface is within the
    k-th error. They shrink like h²λ², h the longest side. For an icosphere they also cover the distance
    to the sphere itself; how far any other mesh is from the smooth surface that it was made of is not
    known here. Eigenvalues ≤ cutoff means those of the finite elements: one of the surface just under the
    cutoff may be listed just above it.

    Parameters
    ----------
    vertices : array of shape (n, 3), float
    faces : array of shape (m, 3), int
        Indices of the corners, in any orientation. Every edge is in at most two faces.

    Raises
    ------
    WeylspecError
        If the arrays are not a triangulated surface: an index out of range, an unused vertex, two
        vertices at one position, a face without area, an edge in three faces.

    Examples
    --------
    >>> M = TriangleMesh.icosphere(2)
    >>> S = M.spectrum(cutoff=7)
    >>> bool((abs(S.eigenvalues - [0, 2, 2, 2, 6, 6, 6, 6, 6]) <= S.errors).all())
    True
    """

    vertices: FloatArray
    faces: IndexArray
    surface: Approximated | None

    def __init__(self, vertices: npt.ArrayLike, faces: npt.ArrayLike) -> None:
        points, triangles = checked(vertices, faces)
        object.__setattr__(self, "vertices", points)
        object.__setattr__(self, "faces", triangles)
        object.__setattr__(self, "surface", None)
        self.topology  # noqa: B018  (an edge in three faces is refused at once)

    @classmethod
    def icosphere(cls, subdivisions: int, radius: Number = 1) -> TriangleMesh:
        """A sphere from the icosahedron: each triangle split into four, s times, vertices on the sphere.

        The twelve vertices of the icosahedron are the cyclic permutations of (0, ±1, ±φ), φ = (1 + √5)/2,
        scaled to the sphere, so that the three coordinate axes are two-fold axes: the orientation of
        `PointGroup("I")` and `PointGroup("Ih")`, whose matrices permute the vertices of the mesh.

        Parameters
        ----------
        subdivisions : int
            s; the mesh has 10·4ˢ + 2 vertices and 20·4ˢ faces.
        radius : number

        Returns
        -------
        TriangleMesh

        Examples
        --------
        >>> TriangleMesh.icosphere(2)
        TriangleMesh(162 vertices, 320 faces)
        """
        vertices, faces = icosahedron()
        for _ in range(whole(subdivisions, "subdivisions", 0)):
            vertices, faces = refined(vertices, faces)
        size = float(positive(radius, "radius"))
        mesh = cls(size * vertices, faces)
        return mesh._near(around_sphere(mesh.vertices, mesh.faces, size))

    @classmethod
    def from_file(cls, path: str | Path) -> TriangleMesh:
        """Read the triangles of an OFF or OBJ file (by its ending).

        Raises
        ------
        WeylspecError
            For another ending, a file that is not well-formed, or faces that are not triangles.
        """
        return cls(*read(path))

    def _near(self, surface: Approximated | None) -> TriangleMesh:
        object.__setattr__(self, "surface", surface)
        return self

    def __repr__(self) -> str:
        return f"TriangleMesh({len(self.vertices)} vertices, {len(self.faces)} faces)"

    # -- geometry ---------------------------------------------------------------------------

    @cached_property
    def topology(self) -> Topology:
        """Edges, boundary and components."""
        return Topology.of(len(self.vertices), self.faces)

    @cached_property
    def triangles(self) -> Triangles:
        """The faces as the assembly takes them."""
        return Triangles(self.vertices, self.faces)

    @property
    def dim(self) -> int:
        """2."""
        return 2

    @property
    def ambient_dim(self) -> int:
        """3."""
        return 3

    @property
    def components(self) -> int:
        """Number of connected components: the multiplicity of the eigenvalue 0."""
        return int(self.topology.components.max()) + 1

    @property
    def volume(self) -> float:
        """Total area of the triangles."""
        return math.fsum(self.triangles.areas)

    @property
    def volume_error(self) -> float:
        """Relative: rounding; for an icosphere the distance of the area to that of the sphere."""
        return _AREA_ROUNDING if self.surface is None else abs(self.surface.area / self.volume - 1) + _AREA_ROUNDING

    @property
    def walls(self) -> tuple[Wall, ...]:
        """The boundary edges, with Neumann conditions (natural for finite elements)."""
        length = self._boundary_length
        return (Wall(length, 0.25, "boundary edges, Neumann"),) if length else ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """Area, boundary, and χ/6: (1/12π)(∫K + ∫κ_g) of the smooth surface near the mesh (Gauss, Bonnet)."""
        return assemble_terms(2, self.volume, f"area({self!r})", self.walls, self._constant(1), self.volume_error)

    def _constant(self, order: int) -> tuple[Term, ...]:
        chi = self.topology.characteristic
        return (Term(0, chi / (6 * order), f"Euler characteristic {chi} of {self!r}"),) if chi else ()

    @property
    def remainder_dim(self) -> float:
        """−1 with a boundary, −2 without."""
        return -1 if len(self.topology.boundary) else -2

    @property
    def _boundary_length(self) -> float:
        ends = self.vertices[self.topology.edges[self.topology.boundary]]
        return math.fsum(np.linalg.norm(ends[:, 0] - ends[:, 1], axis=1))

    @property
    def is_closed_form(self) -> bool:
        """False: levels are computed, with an error for each."""
        return False

    @property
    def scalar_curvature(self) -> float:
        """Its mean: 2·(sum of angle defects 2π − Σ angles at the inner vertices)/area.

        A polyhedral surface is flat with cone points; spread over the area they have this curvature.
        For a closed surface it is 4πχ/area (Gauss–Bonnet; Descartes), χ the Euler characteristic.
        """
        a, b, c = (self.triangles.sides[:, i] for i in range(3))
        turned = np.zeros(len(self.vertices))
        for i, (opposite, left, right) in enumerate(((a, b, c), (b, c, a), (c, a, b))):
            cosine = (left**2 + right**2 - opposite**2) / (2 * left * right)
            np.add.at(turned, self.faces[:, i], np.arccos(np.clip(cosine, -1.0, 1.0)))
        return 2 * math.fsum((2 * math.pi - turned)[self.topology.inner]) / self.volume

    def scaled(self, r: Number) -> TriangleMesh:
        """The mesh with its vertices multiplied by r."""
        factor = float(positive(r, "scale"))
        surface = self.surface
        if surface is not None:
            surface = replace(surface, name=f"{surface.name}, scaled by {factor:g}", area=surface.area * factor**2)
        return TriangleMesh(self.vertices * factor, self.faces)._near(surface)

    # -- spectrum ---------------------------------------------------------------------------

    @cached_property
    def _problem(self) -> MeshProblem:
        topology = self.topology
        return MeshProblem(
            self.triangles, np.arange(topology.size), np.arange(len(topology.edges)), topology.face_edges,
            self.components, self.surface, 0.0, repr(self),
        )

    def levels(self, cutoff: Number) -> Spectrum:
        """The finite-element eigenvalues ≤ cutoff, one level each, with error bounds.

        The list is kept: a later call with a smaller cutoff costs nothing.

        Raises
        ------
        CostError
            If the mesh is too coarse for the cutoff (λ ≥ 28/h², where the bounds are void), or so many
            eigenvalues of a large mesh are asked for that a dense solve would be needed.
        CertificationError
            If the inertia count and the list do not come to agree.
        """
        return self._problem.levels(cutoff)

    # -- points -----------------------------------------------------------------------------

    def check_points(self, x: npt.ArrayLike) -> FloatArray:
        """Points as an array of shape (n, 3); whether they lie on the mesh is not checked."""
        return super().check_points(x)

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Uniform points: a triangle by its area, then a uniform point in it, shape (n, 3)."""
        areas = self.triangles.areas
        corners = self.vertices[self.faces[rng.choice(len(areas), size=n, p=areas / areas.sum())]]
        root, t = np.sqrt(rng.random((n, 1))), rng.random((n, 1))
        return np.asarray((1 - root) * corners[:, 0] + root * (1 - t) * corners[:, 1] + root * t * corners[:, 2])

    # -- symmetry -----------------------------------------------------------------------------

    def action(self, group: Group) -> MeshAction:
        """A finite group of 3 × 3 matrices that permutes the vertices and the faces.

        Vertices match when they are within 1/1000 of the smallest height of a triangle; the invariant
        problem is taken at the nearest symmetric position, and what that changes is in the errors.

        Raises
        ------
        GroupActionError
            For any other group, naming the largest mismatch; for a mesh of several components.
        """
        linear = group.linear(3)
        if linear.order == math.inf:
            raise GroupActionError(
                f"{group!r} is infinite; a mesh is divided by a finite group that permutes its vertices"
            )
        if self.components > 1:
            raise GroupActionError(f"{self!r} has {self.components} components; divide them one by one")
        generators = tuple(linear.generators)
        topology, height = self.topology, self.triangles.shortest_height
        matcher = Matcher(self.vertices, topology, height, repr(group))
        moves = tuple(matcher.permutation(g) for g in generators)
        position = symmetric_position(self.vertices, generators, moves)
        shift = float(np.linalg.norm(position - self.vertices, axis=1).max())
        everywhere = np.arange(topology.size)
        edge_moves = [topology.edge_index(p[topology.edges]) for p in moves]
        problem = MeshProblem(
            Triangles(position, self.faces),
            orbits(topology.size, [(everywhere, p) for p in moves]),
            orbits(len(topology.edges), [(np.arange(len(topology.edges)), q) for q in edge_moves]),
            topology.face_edges, 1, self.surface, distortion(shift, height), f"{self!r} / {group!r}",
        )
        return MeshAction(repr(group), generators, moves, problem)

    def orbit_geometry(self, action: MeshAction) -> OrbitGeometry:
        """Area over the effective order; mirrors and isolated fixed points from the vertex permutations."""
        geometry = finite_orbits(self.dim, self.volume, self._fixed(action), action.label)
        walls = geometry.walls
        if length := self._boundary_length:
            walls = (Wall(length / float(geometry.effective_order), 0.25, "boundary edges, Neumann"), *walls)
        return replace(geometry, volume_error=self.volume_error, walls=walls, remainder=-1 if walls else -2,
                       lower=(*self._constant(int(geometry.effective_order)), *geometry.lower))

    def _fixed(self, action: MeshAction) -> Iterator[FixedSet]:
        from weylspec.groups.closure import finite_group

        group = finite_group(action.generators or (np.eye(3),), _LARGEST_GROUP)
        matcher = Matcher(self.vertices, self.topology, self.triangles.shortest_height, action.label)
        for index, size in group.table.classes:
            permutation = matcher.permutation(group.element(index))
            share = Fraction(size, group.table.order)
            yield from fixed_sets(self.vertices, self.topology, permutation, share, action.label)

    def invariant_levels(self, action: MeshAction, cutoff: Number) -> Spectrum:
        """Eigenvalues ≤ cutoff of PᵀKP, PᵀMP, P the indicator matrix of the orbits of vertices.

        Functions that are constant on orbits; bounds as for `levels`.
        """
        return action.problem.levels(cutoff)
