"""Projective spaces, Grassmannians, Stiefel and flag manifolds, and their quotients."""

from __future__ import annotations

from weylspec.catalogue._matrices import QUARTER_TURN

_PROJECTIVE = (
    "RealProjectiveSpace(2)",
    "RealProjectiveSpace(3)",
    "ComplexProjectiveSpace(1)",
    "ComplexProjectiveSpace(2)",
    "ComplexProjectiveSpace(3)",
    "QuaternionicProjectiveSpace(1)",
    "QuaternionicProjectiveSpace(2)",
    "QuaternionicProjectiveSpace(3)",
    "CayleyPlane()",
    "RealProjectiveSpace(2) / SymmetricGroup(3)",
    "RealProjectiveSpace(3) / SO(2).copies(2)",
    "ComplexProjectiveSpace(1) / ComplexConjugation(2)",
    "ComplexProjectiveSpace(2) / ComplexConjugation(3)",
    "ComplexProjectiveSpace(2) / SymmetricGroup(3).blocks(2)",
    "ComplexProjectiveSpace(2) / ((SO(2) + SO(2)) + SO(2))",
    "ComplexProjectiveSpace(2) / U(2)",
    "QuaternionicProjectiveSpace(2) / SymmetricGroup(3).blocks(4)",
    "Sphere(7) / SU(2).copies(2)",
    "Sphere(11) / Sp(1).copies(3)",
)

_PLANES = (
    "Grassmannian(1, 4)",
    "Grassmannian(2, 4)",
    "Grassmannian(2, 5)",
    "Grassmannian(3, 6)",
    "Grassmannian(1, 3, 'C')",
    "Grassmannian(2, 4, 'C')",
    "Grassmannian(2, 5, 'C')",
    "Grassmannian(1, 3, 'H')",
    "OrientedGrassmannian(2, 4)",
    "OrientedGrassmannian(2, 5)",
    "OrientedGrassmannian(2, 6)",
    "OrientedGrassmannian(3, 6)",
    "OrientedGrassmannian(3, 4)",
    "Stiefel(2, 4)",
    "Stiefel(2, 5)",
    "Stiefel(3, 5)",
    "Stiefel(2, 3)",
    "FlagManifold(2)",
    "FlagManifold(3)",
    "FlagManifold(4)",
    "FlagManifold('G2')",
    "OrientedGrassmannian(3, 6) / SignFlips(1).copies(6)",
    f"OrientedGrassmannian(2, 4) / MatrixGroup([{QUARTER_TURN}]).copies(2)",
    "OrientedGrassmannian(2, 4) / SignFlips(1)",
    "Grassmannian(1, 4) / SymmetricGroup(4)",
    "Stiefel(2, 4) / SignFlips(1)",
    "FlagManifold(3) / CyclicGroup(3).blocks(2)",
)

LABELS: tuple[str, ...] = (*_PROJECTIVE, *_PLANES)
