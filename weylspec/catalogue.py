"""One list of spaces and quotients over every family that the library has.

The list is of expressions, as a user types them; a space is built when it is asked for. Contract
tests run over all of it, and facts about each label are kept with them, typed from the literature.
"""

from __future__ import annotations

from collections.abc import Iterator

from weylspec.expressions import read_space
from weylspec.spaces.base import Manifold

_HEXAGONAL = "FlatTorus([[1, 0], [0.5, 3**0.5 / 2]])"
_QUARTER_TURN = "[[0, -1], [1, 0]]"
_PENTAGON = "[[0.309016994374947, -0.951056516295154], [0.951056516295154, 0.309016994374947]]"

_SPHERES = (
    "Sphere(1)", "Sphere(2)", "Sphere(3)", "Sphere(4)", "Sphere(5)", "Sphere(8)", "Sphere(2, 1/2)",
)

_TORI = (
    "Torus(1)",
    "Torus(2)",
    "Torus(3)",
    "FlatTorus([[1, 0], [0, 1]])",
    "FlatTorus([[1, 0, 0], [0, 1, 0], [0, 0, 1]])",
    _HEXAGONAL,
)

_PRODUCTS = (
    "Sphere(1) * Sphere(2)",
    "Sphere(2) ** 2",
    "(Sphere(2) / PointGroup('Ci')) * Torus(1)",
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
    f"Sphere(3) / MatrixGroup([{_QUARTER_TURN}]).copies(2)",
    f"Sphere(3) / MatrixGroup([{_PENTAGON}]).copies(2)",
    "Sphere(3) / MatrixGroup([[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, -1], [0, 0, 1, 0]], "
    "[[0, 0, -1, 0], [0, 0, 0, 1], [1, 0, 0, 0], [0, -1, 0, 0]]])",
)

_ISOTYPIC = (
    "Isotypic(Sphere(2) / SymmetricGroup(3), 'det')",
    "Isotypic(Sphere(2) / SymmetricGroup(3), [2, 1])",
    "Isotypic(Sphere(2) / PointGroup('Oh'), 'det')",
    "Isotypic(Torus(2) / WallpaperGroup('p4m'), 'det')",
    "Isotypic(Sphere(3) / SO(2).copies(2), [1])",
)

_EXTENSIONS = (
    "Sphere(3) / Extension(SignFlips(4), SymmetricGroup(4))",
    "Torus(4) / Extension(Translations([[1, 0, 1, 0], [0, 1, 0, 1]]), MatrixGroup([[[0, -1], [1, 0]]]).copies(2))",
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

_WREATH = (
    "Sphere(5) / SymmetricGroup(3).blocks(2)",
    "Sphere(5) / Wreath(PointGroup('C3v'), 2)",
    "Sphere(5) / Wreath(SO(2), 3)",
    "Torus(4) / Wreath(Translations(steps=[['1/2', '1/2']]), 2)",
)

_LIE_ACTIONS = (
    "Sphere(4) / SO(3).symmetric_traceless()", "Sphere(7) / SU(3).adjoint()", "Sphere(9) / Sp(2).adjoint()",
)

_FINITE_ON_TORI = (
    "Torus(1) / SignFlips(1)",
    "Torus(2) / SignFlips(1)",
    "Torus(2) / SignFlips(2)",
    "Torus(2) / SignFlips(1).copies(2)",
    "Torus(2) / SymmetricGroup(2)",
    f"Torus(2) / MatrixGroup([{_QUARTER_TURN}])",
    "Torus(2) / Hyperoctahedral(2)",
    f"Torus(2) / AffineGroup([({_QUARTER_TURN}, [0, 0]), ([[-1, 0], [0, 1]], ['1/2', '1/2'])])",
    "Torus(2) / AffineGroup([([[1, 0], [0, -1]], ['1/2', 0])])",
    f"{_HEXAGONAL} / AffineGroup([([[-1, -1], [1, 0]], [0, 0])])",
    f"{_HEXAGONAL} / AffineGroup([([[0, -1], [1, 1]], [0, 0])])",
    f"{_HEXAGONAL} / AffineGroup([([[-1, -1], [1, 0]], [0, 0]), ([[0, 1], [1, 0]], [0, 0])])",
    f"{_HEXAGONAL} / AffineGroup([([[0, -1], [1, 1]], [0, 0]), ([[0, 1], [1, 0]], [0, 0])])",
    "Torus(3) / SymmetricGroup(3)",
    "Torus(3) / CyclicGroup(3)",
    "Torus(3) / SignFlips(3)",
    "Torus(3) / Hyperoctahedral(3)",
    "Torus(7) / SymmetricGroup(7)",
    "Torus(3) / AffineGroup([([[-1, 0, 0], [0, -1, 0], [0, 0, 1]], [0, 0, 1/2])])",
    "Torus(3) / AffineGroup([([[0, -1, 0], [1, 0, 0], [0, 0, 1]], [0, 0, 1/4])])",
    "Torus(3) / AffineGroup([([[1, 0, 0], [0, -1, 0], [0, 0, -1]], [1/2, 1/2, 0]), "
    "([[-1, 0, 0], [0, 1, 0], [0, 0, -1]], [0, 1/2, 1/2])])",
    "Torus(3) / AffineGroup([([[1, 0, 0], [0, 1, 0], [0, 0, -1]], [1/2, 0, 0])])",
)

_CLOUD_TURN = "[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, -1], [0, 0, 1, 0]]"
_CLOUD_TURN_3 = (
    "[[0, -1, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0], [0, 0, 0, -1, 0, 0], [0, 0, 1, 0, 0, 0], "
    "[0, 0, 0, 0, 0, -1], [0, 0, 0, 0, 1, 0]]"
)
_CLOUD_SWAP_3 = (
    "[[0, 0, 1, 0, 0, 0], [0, 0, 0, 1, 0, 0], [1, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0], "
    "[0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 1]]"
)
_CLOUD_CYCLE_3 = (
    "[[0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 1], [1, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0], "
    "[0, 0, 1, 0, 0, 0], [0, 0, 0, 1, 0, 0]]"
)
_ALONG_2 = "[[1, 0, 1, 0], [0, 1, 0, 1]]"
_ALONG_3 = "[[1, 0, 1, 0, 1, 0], [0, 1, 0, 1, 0, 1]]"
_STILL_3 = "[0, 0, 0, 0, 0, 0]"

_TRANSLATIONS = (
    "Torus(2) / Translations(steps=[['1/5', '2/5']])",
    "Torus(2) / Translations(steps=[['1/10', 0]])",
    "Torus(3) / Translations([[1, 1, 1]])",
    f"Torus(4) / Translations({_ALONG_2})",
    f"Torus(4) / AffineGroup([({_CLOUD_TURN}, [0, 0, 0, 0])], translations={_ALONG_2})",
    f"Torus(6) / Translations({_ALONG_3})",
    f"Torus(6) / AffineGroup([({_CLOUD_TURN_3}, {_STILL_3})], translations={_ALONG_3})",
    f"Torus(6) / AffineGroup([({_CLOUD_TURN_3}, {_STILL_3}), ({_CLOUD_SWAP_3}, {_STILL_3}), "
    f"({_CLOUD_CYCLE_3}, {_STILL_3})], translations={_ALONG_3})",
)

_WALLPAPER = (
    *(f"Torus(2) / WallpaperGroup('{name}')" for name in (
        "p1", "p2", "pm", "pg", "cm", "p2mm", "p2mg", "p2gg", "c2mm", "p4", "p4mm", "p4gm")),
    *(f"FlatOrbifold('{name}')" for name in ("p3", "p3m1", "p31m", "p6", "p6mm")),
)

_FLAT_MANIFOLDS = (
    "FlatManifold('third-turn')",
    "FlatManifold('sixth-turn')",
    "FlatManifold('second amphicosm')",
    "FlatManifold('first amphidicosm')",
    "FlatManifold('second amphidicosm')",
    "FlatManifold('Klein bottle', sides=[1, 2])",
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
    "EquilateralTriangle(1) / SignFlips(1)",
    "EquilateralTriangle(1) / SymmetricGroup(3)",
    "EquilateralTriangle(1) / CyclicGroup(3)",
    "RightIsoscelesTriangle(1) / SymmetricGroup(2)",
)

_MESHES = (
    "TriangleMesh.icosphere(4)",
    "TriangleMesh.icosphere(4) / PointGroup('Ih')",
)

_LEFT_Q8 = (
    "MatrixGroup([[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, -1, 0]], "
    "[[0, 0, -1, 0], [0, 0, 0, -1], [1, 0, 0, 0], [0, 1, 0, 0]]])"
)

_LEFT_INVARIANT = (
    "BergerSphere(1)",
    "BergerSphere('1/2')",
    "BergerSphere(2)",
    "LeftInvariantSU2(1, 2, 3)",
    f"BergerSphere(2) / {_LEFT_Q8}",
    f"BergerSphere('1/2') / MatrixGroup([{_QUARTER_TURN}]).copies(2)",
    "BergerSphere('1/2') / MatrixGroup([[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]])",
    "BergerSphere('1/2') / SO(2).copies(2)",
    "BergerSphere('1/2') / SO(2)",
    "BergerSphere(2) / (SO(2) + SO(2))",
    "HeisenbergNilmanifold(1)",
    "HeisenbergNilmanifold(2)",
    "HeisenbergNilmanifold(1, 2)",
    "HeisenbergNilmanifold(1, 1, 2, '1/2')",
)

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
    "QuaternionicProjectiveSpace(2) / SymmetricGroup(3).blocks(4)",
    "Sphere(7) / SU(2).copies(2)",
    "Sphere(11) / Sp(1).copies(3)",
)

_MIRROR = "MatrixGroup([[[1, 0], [0, -1]]])"

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
    f"Disk(1, 'dirichlet') / MatrixGroup([{_PENTAGON}])",
    "Disk() / Hyperoctahedral(2)",
    "Disk() / SO(2)",
    "Ball(3) / PointGroup('Oh')",
    "Ball(3, 1, 'dirichlet') / PointGroup('D3')",
    "Ball(3, 1, 'dirichlet') / SO(3)",
    "Annulus(1/2, 1) / O(2)",
    "Annulus(1/2, 1) / SignFlips(2)",
    f"Sector(2/3, 1, 'dirichlet') / {_MIRROR}",
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
    f"OrientedGrassmannian(2, 4) / MatrixGroup([{_QUARTER_TURN}]).copies(2)",
    "OrientedGrassmannian(2, 4) / SignFlips(1)",
    "Grassmannian(1, 4) / SymmetricGroup(4)",
    "Stiefel(2, 4) / SignFlips(1)",
    "FlagManifold(3) / CyclicGroup(3).blocks(2)",
)

_LIE_GROUPS = (
    "SpecialUnitary(2)", "SpecialUnitary(3)", "SpecialUnitary(4)", "Unitary(2)", "Unitary(3)", "SpecialOrthogonal(3)",
    "SpecialOrthogonal(4)", "SpecialOrthogonal(5)", "SpecialOrthogonal(6)", "CompactSymplectic(2)",
    "CompactSymplectic(3)", "SpinGroup(7)", "ExceptionalLieGroup('G2')", "ExceptionalLieGroup('F4')",
)

_LIE_QUOTIENTS = (
    "SpecialUnitary(2) / Conjugation()",
    "SpecialUnitary(3) / Conjugation()",
    "CompactSymplectic(2) / Conjugation()",
    "SpecialOrthogonal(5) / Conjugation()",
    "SpecialOrthogonal(4) / Conjugation()",
    "SpecialOrthogonal(3) / Conjugation(PointGroup('T'))",
    "SpecialOrthogonal(5) / TwoSided(SO(4), SO(4))",
    f"SpecialUnitary(2) / LeftTranslations({_LEFT_Q8})",
    f"SpecialUnitary(2) / TwoSided({_LEFT_Q8}, {_LEFT_Q8})",
    "SpecialOrthogonal(3) / LeftTranslations(PointGroup('I'))",
    "SpecialOrthogonal(4) / LeftTranslations(SO(3))",
    "SpecialOrthogonal(4) / LeftTranslations(SO(2))",
    "SpecialOrthogonal(5) / RightTranslations(SO(3))",
    "Unitary(2) / LeftTranslations(SO(2).copies(2))",
)

_PLANE = "[[1, 0], [0, 1]]"
_TURNED_CLOUD = f"AffineGroup([({_QUARTER_TURN}, [0, 0])], translations={_PLANE})"

_ON_POWERS = (
    *(f"Sphere(2) ** {m} / SymmetricGroup({m})" for m in (2, 3, 4)),
    *(f"Sphere(2) ** {m} / {group}(3).copies({m})" for m in (2, 3, 4) for group in ("SO", "O")),
    *(f"Sphere(2) ** {m} / ({g}(3).copies({m}) * SymmetricGroup({m}))" for m in (2, 3, 4) for g in ("SO", "O")),
    *(f"Torus(2) ** {m} / Translations({_PLANE}).copies({m})" for m in (2, 3)),
    *(f"Torus(2) ** {m} / {_TURNED_CLOUD}.copies({m})" for m in (2, 3)),
    *(f"Torus(2) ** {m} / ({_TURNED_CLOUD}.copies({m}) * SymmetricGroup({m}))" for m in (2, 3)),
    "Torus(1) ** 3 / CyclicGroup(3)",
    "Sphere(2) ** 2 / (PointGroup('Ci').copies(2) * SymmetricGroup(2))",
    "Sphere(2) ** 2 / Wreath(PointGroup('Ci'), 2)",
    "ComplexProjectiveSpace(2) ** 2 / SymmetricGroup(2)",
    "Sphere(2) ** 2 / SO(2).copies(2)",
    "Sphere(3) ** 2 / SU(2).copies(2)",
    "Disk() ** 2 / SymmetricGroup(2)",
)

CATALOGUE: tuple[str, ...] = (
    *_SPHERES, *_TORI, *_PRODUCTS, *_POINT_GROUPS, *_FINITE_ON_SPHERES, *_REFLECTION_GROUPS, *_LIE_ON_SPHERES,
    *_LIE_ACTIONS,
    *_WREATH, *_FINITE_ON_TORI, *_TRANSLATIONS, *_WALLPAPER, *_FLAT_MANIFOLDS, *_SPACE_FORMS, *_DOMAINS, *_MESHES,
    *_LEFT_INVARIANT, *_PROJECTIVE, *_ROUND_DOMAINS, *_PLANES, *_LIE_GROUPS, *_LIE_QUOTIENTS, *_ISOTYPIC, *_EXTENSIONS,
    *_ON_POWERS,
)


def entries() -> Iterator[tuple[str, Manifold]]:
    """Every label with its space, built when it is its turn.

    Yields
    ------
    label : str
        The expression.
    space : Manifold
        What it reads as.

    Examples
    --------
    >>> next(entries())
    ('Sphere(1)', Sphere(1))
    """
    for label in CATALOGUE:
        yield label, read_space(label)
