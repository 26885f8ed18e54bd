"""Domains with boundary conditions, round and polygonal, and meshes."""

from __future__ import annotations

from weylspec.catalogue._matrices import DECAGON, PENTAGON

_MIRROR = "MatrixGroup([[[1, 0], [0, -1]]])"

_DOMAINS = (
    "Interval(1)",
    "Interval(1, 'dirichlet')",
    "Interval(1, ('dirichlet', 'neumann'))",
    "Circle(1)",
    "Box([1, 1])",
    "Box([1, 1], 'dirichlet')",
    "Box([1, 1], ['dirichlet', ('dirichlet', 'neumann')])",
    "Box([1, 2])",
    "Box([1, 2], 'dirichlet')",
    "Box([3, 2, '3/2'], 'dirichlet')",
    "Box([2, 2, 2], 'dirichlet')",
    "EquilateralTriangle(1)",
    "EquilateralTriangle(1, 'dirichlet')",
    "RightIsoscelesTriangle(1)",
    "RightIsoscelesTriangle(1, 'dirichlet')",
    "RightIsoscelesTriangle(1, ('dirichlet', 'neumann', 'neumann'))",
    "WeylAlcove('C3')",
    "HemiEquilateralTriangle(1)",
    "HemiEquilateralTriangle(1, 'dirichlet')",
    "HemiEquilateralTriangle(1, ('neumann', 'dirichlet', 'neumann'))",
    "Box([1, 1]) / SignFlips(1)",
    "Box([1, 1], 'dirichlet') / Hyperoctahedral(2)",
    "Box([1, 1, 1]) / SymmetricGroup(3)",
    "Interval(1, 'dirichlet') / SignFlips(1)",
    "Cavity([3, 2, '3/2'])",
    "Cavity([2, 2, 2])",
    "Cavity([1, 1, 1]) / SymmetricGroup(3)",
    "EquilateralTriangle(1) / SignFlips(1)",
    "EquilateralTriangle(1) / SymmetricGroup(3)",
    "EquilateralTriangle(1) / CyclicGroup(3)",
    "RightIsoscelesTriangle(1) / SymmetricGroup(2)",
)

_ROUND_DOMAINS = (
    "Disk()",
    "Disk(1, 'dirichlet')",
    "Ball(3)",
    "Ball(3, 1, 'dirichlet')",
    "Ball(4, 1/2)",
    "Annulus(1/2, 1)",
    "Annulus(1/2, 1, 'dirichlet')",
    "Annulus(1/2, 1, ('dirichlet', 'neumann'))",
    "Sector(1/2)",
    "Sector(1/2, 1, 'dirichlet')",
    "Sector(1/3, 1, 'dirichlet')",
    "Sector(3/4, 1, ('dirichlet', 'neumann', 'neumann'))",
    "Disk(1, 'dirichlet') / SignFlips(1)",
    f"Disk(1, 'dirichlet') / MatrixGroup([{PENTAGON}])",
    f"Disk(1, 'dirichlet') / MatrixGroup([{DECAGON}])",
    "Disk() / Hyperoctahedral(2)",
    "Disk() / SO(2)",
    "Ball(3) / PointGroup('Oh')",
    "Ball(3, 1, 'dirichlet') / PointGroup('D3')",
    "Ball(3, 1, 'dirichlet') / SO(3)",
    "Annulus(1/2, 1) / O(2)",
    "Annulus(1/2, 1) / SignFlips(2)",
    f"Sector(2/3, 1, 'dirichlet') / {_MIRROR}",
)

_MESHES = (
    "TriangleMesh.icosphere(4)",
    "TriangleMesh.icosphere(4) / PointGroup('Ih')",
)

LABELS: tuple[str, ...] = (*_DOMAINS, *_ROUND_DOMAINS, *_MESHES)
