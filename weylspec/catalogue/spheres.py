"""Round spheres, and their quotients by finite and by continuous groups."""

from __future__ import annotations

from weylspec.catalogue._matrices import PENTAGON, QUARTER_TURN

_SPHERES = (
    "Sphere(1)", "Sphere(2)", "Sphere(3)", "Sphere(4)", "Sphere(5)", "Sphere(8)", "Sphere(2, 1/2)",
)

_POINT_GROUPS = tuple(
    f"Sphere(2) / PointGroup('{name}')"
    for name in ("Ci", "Cs", "C5", "C5v", "C3h", "S4", "D5", "D3h", "D2d", "T", "Td", "Th", "O", "Oh", "I", "Ih")
)

_FINITE_ON_SPHERES = (
    "Sphere(2) / SignFlips(3)",
    "Sphere(2) / SymmetricGroup(3)",
    "Sphere(3) / SymmetricGroup(4)",
    "Sphere(4) / SymmetricGroup(5)",
    "Sphere(6) / SymmetricGroup(7)",
    "Sphere(3) / AlternatingGroup(4)",
    "Sphere(3) / Hyperoctahedral(4)",
    "Sphere(3) / CyclicGroup(4)",
    "Sphere(3) / DihedralGroup(4)",
    "Sphere(3) / (PointGroup('Ih') + SignFlips(1))",
    "Sphere(3) / SignFlips(1).copies(4)",
    "Sphere(5) / HeisenbergGroup(3)",
    f"Sphere(3) / MatrixGroup([{QUARTER_TURN}]).copies(2)",
    f"Sphere(3) / MatrixGroup([{PENTAGON}]).copies(2)",
    "Sphere(3) / MatrixGroup([[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, -1], [0, 0, 1, 0]], "
    "[[0, 0, -1, 0], [0, 0, 0, 1], [1, 0, 0, 0], [0, -1, 0, 0]]])",
)

_REFLECTION_GROUPS = (
    "Sphere(1) / CoxeterGroup('I2(7)')",
    "Sphere(2) / CoxeterGroup('H3')",
    "Sphere(3) / CoxeterGroup('H4')",
    "Sphere(3) / CoxeterGroup('F4')",
    "Sphere(3) / CoxeterGroup('D4')",
    "Sphere(3) / CoxeterGroup('A2 x I2(5)')",
    "Sphere(6) / PermutationGroup([[(0, 1, 2, 3, 4, 5, 6)], [(1, 2), (3, 6)]])",
)

_SPACE_FORMS = (
    "Sphere(3) / BinaryPolyhedral('D3')",
    "Sphere(3) / BinaryPolyhedral('T')",
    "Sphere(3) / BinaryPolyhedral('O')",
    "Sphere(3) / BinaryPolyhedral('I')",
    "Sphere(3) / LensGroup(3, 1, 1)",
    "Sphere(3) / LensGroup(5, 1, 2)",
    "Sphere(3) / LensGroup(7, 1, 2)",
    'Sphere(3) / SpaceFormGroup("T\'72")',
    'Sphere(3) / SpaceFormGroup("D\'24")',
    "Sphere(3) / SpaceFormGroup('O', 5)",
)

_LIE_ON_SPHERES = (
    "Sphere(2) / SO(2)",
    "Sphere(3) / SO(2)",
    "Sphere(3) / SO(3)",
    "Sphere(4) / SO(3)",
    "Sphere(4) / SO(4)",
    "Sphere(3) / SO(2).copies(2)",
    "Sphere(5) / SO(2).copies(3)",
    "Sphere(7) / SO(2).copies(4)",
    "Sphere(3) / (SO(2) + SO(2))",
    "Sphere(4) / (SO(2) + SO(2))",
    "Sphere(5) / (SO(2) + SO(4))",
    "Sphere(5) / (SO(3) + SO(3))",
    "Sphere(5) / (SO(3) + SO(2))",
    "Sphere(5) / SO(4)",
    "Sphere(5) / O(3).copies(2)",
    "Sphere(8) / O(3).copies(3)",
    "Sphere(8) / SO(3).copies(3)",
    "Sphere(8) / (SO(3).copies(3) * SymmetricGroup(3).blocks(3))",
)

_LIE_ACTIONS = (
    "Sphere(4) / SO(3).symmetric_traceless()",
    "Sphere(7) / SU(3).adjoint()",
    "Sphere(9) / Sp(2).adjoint()",
    "Sphere(9) / SO(5).adjoint()",
    "Sphere(13) / G2().adjoint()",
    "Sphere(14) / SU(4).adjoint()",
    "Sphere(3) / TorusGroup([[1], [2]])",
    "Sphere(3) / LieGroup([[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, -1], [0, 0, 1, 0]]], "
    "components=[[[0, 0, -1, 0], [0, 0, 0, 1], [1, 0, 0, 0], [0, -1, 0, 0]]])",
)

_WREATH = (
    "Sphere(5) / SymmetricGroup(3).blocks(2)",
    "Sphere(5) / Wreath(PointGroup('C3v'), 2)",
    "Sphere(5) / Wreath(SO(2), 3)",
    "Torus(4) / Wreath(Translations(steps=[['1/2', '1/2']]), 2)",
)

LABELS: tuple[str, ...] = (
    *_SPHERES, *_POINT_GROUPS, *_FINITE_ON_SPHERES, *_REFLECTION_GROUPS, *_SPACE_FORMS, *_LIE_ON_SPHERES, *_LIE_ACTIONS,
    *_WREATH,
)
