"""Flat tori, and their quotients: orbifolds, flat manifolds, tori modulo translations."""

from __future__ import annotations

from weylspec.catalogue._matrices import HEXAGONAL, QUARTER_TURN

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

_TORI = (
    "Torus(1)",
    "Torus(2)",
    "Torus(3)",
    "FlatTorus([[1, 0], [0, 1]])",
    "FlatTorus([[1, 0, 0], [0, 1, 0], [0, 0, 1]])",
    HEXAGONAL,
)

_FINITE_ON_TORI = (
    "Torus(1) / SignFlips(1)",
    "Torus(2) / SignFlips(1)",
    "Torus(2) / SignFlips(2)",
    "Torus(2) / SignFlips(1).copies(2)",
    "Torus(2) / SymmetricGroup(2)",
    f"Torus(2) / MatrixGroup([{QUARTER_TURN}])",
    "Torus(2) / Hyperoctahedral(2)",
    f"Torus(2) / AffineGroup([({QUARTER_TURN}, [0, 0]), ([[-1, 0], [0, 1]], ['1/2', '1/2'])])",
    "Torus(2) / AffineGroup([([[1, 0], [0, -1]], ['1/2', 0])])",
    f"{HEXAGONAL} / AffineGroup([([[-1, -1], [1, 0]], [0, 0])])",
    f"{HEXAGONAL} / AffineGroup([([[0, -1], [1, 1]], [0, 0])])",
    f"{HEXAGONAL} / AffineGroup([([[-1, -1], [1, 0]], [0, 0]), ([[0, 1], [1, 0]], [0, 0])])",
    f"{HEXAGONAL} / AffineGroup([([[0, -1], [1, 1]], [0, 0]), ([[0, 1], [1, 0]], [0, 0])])",
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

_TRANSLATIONS = (
    "Torus(1) / Translations(steps=[['1/10']])",
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

LABELS: tuple[str, ...] = (*_TORI, *_FINITE_ON_TORI, *_TRANSLATIONS, *_WALLPAPER, *_FLAT_MANIFOLDS)
