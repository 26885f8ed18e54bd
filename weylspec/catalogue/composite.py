"""Products, powers modulo groups on their factors, extensions, isotypic parts."""

from __future__ import annotations

from weylspec.catalogue._matrices import QUARTER_TURN

_PLANE = "[[1, 0], [0, 1]]"
_TURNED_CLOUD = f"AffineGroup([({QUARTER_TURN}, [0, 0])], translations={_PLANE})"

_PRODUCTS = (
    "Sphere(1) * Sphere(2)",
    "Sphere(2) ** 2",
    "(Sphere(2) / PointGroup('Ci')) * Torus(1)",
)

_ON_POWERS = (
    *(f"Sphere(2) ** {m} / SymmetricGroup({m})" for m in (2, 3, 4, 7)),
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

_EXTENSIONS = (
    "Sphere(3) / Extension(SignFlips(4), SymmetricGroup(4))",
    "Torus(4) / Extension(Translations([[1, 0, 1, 0], [0, 1, 0, 1]]), MatrixGroup([[[0, -1], [1, 0]]]).copies(2))",
)

_ISOTYPIC = (
    "Isotypic(Sphere(2) / SymmetricGroup(3), 'det')",
    "Isotypic(Sphere(2) / SymmetricGroup(3), [2, 1])",
    "Isotypic(Sphere(2) / PointGroup('Oh'), 'det')",
    "Isotypic(Torus(2) / WallpaperGroup('p4m'), 'det')",
    "Isotypic(Sphere(3) / SO(2).copies(2), [1])",
)

LABELS: tuple[str, ...] = (*_PRODUCTS, *_ON_POWERS, *_EXTENSIONS, *_ISOTYPIC)
