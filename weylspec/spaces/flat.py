"""Flat manifolds: `FlatManifold` by name in dimensions 2 and 3, `BieberbachManifold` by generators.

Each is a quotient R^n/Γ of a flat torus by a finite group that acts without fixed points (Bieberbach
1911); the names are those of Wolf (1967, Theorems 3.5.5 and 3.5.9) and of Conway and Rossetti (2003).
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import GroupActionError, WeylspecError
from weylspec.exact.integer_lattice import solve_mod_one
from weylspec.groups.affine import AffineGroup
from weylspec.groups.affine_action import AffineMap
from weylspec.spaces.base import Manifold
from weylspec.spaces.torus import FlatTorus
from weylspec.units import Number, positive

Length = Fraction | float
Generator = tuple[npt.ArrayLike, Sequence[Number]]

_HALF, _THIRD, _QUARTER, _SIXTH = Fraction(1, 2), Fraction(1, 3), Fraction(1, 4), Fraction(1, 6)
_STILL = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
_HALF_TURN = [[-1, 0, 0], [0, -1, 0], [0, 0, 1]]
_MIRROR = [[1, 0, 0], [0, 1, 0], [0, 0, -1]]
_ABOUT_X = [[1, 0, 0], [0, -1, 0], [0, 0, -1]]
_ABOUT_Y = [[-1, 0, 0], [0, 1, 0], [0, 0, -1]]


@dataclass(frozen=True)
class _Model:
    """One flat manifold: its free lengths, its lattice, and what it is divided by (lattice coordinates)."""

    sides: int
    lattice: Callable[[Sequence[Length]], list[list[Number]]]
    generators: tuple[Generator, ...]
    names: tuple[str, ...] = ()


def _box(sides: Sequence[Length]) -> list[list[Number]]:
    return [[side if i == j else 0 for j in range(len(sides))] for i, side in enumerate(sides)]


def _square_prism(sides: Sequence[Length]) -> list[list[Number]]:
    return _box((sides[0], *sides))


def _hexagonal_prism(sides: Sequence[Length]) -> list[list[Number]]:
    a, c = sides
    return [[a, 0, 0], [a / 2, float(a) * math.sqrt(3) / 2, 0], [0, 0, c]]


def _doubled(sides: Sequence[Length]) -> list[list[Number]]:
    a, b, c = sides
    return _box((a, b, 2 * c))


_MODELS = {
    "T2": _Model(2, _box, (), ("torus2", "2-torus")),
    "Klein": _Model(2, _box, (([[1, 0], [0, -1]], [_HALF, 0]),), ("Klein bottle", "K", "K2")),
    "G1": _Model(3, _box, (), ("T3", "torus3", "3-torus", "torocosm")),
    "G2": _Model(3, _box, ((_HALF_TURN, [0, 0, _HALF]),), ("half-turn", "dicosm")),
    "G3": _Model(2, _hexagonal_prism, (([[-1, -1, 0], [1, 0, 0], [0, 0, 1]], [0, 0, _THIRD]),),
                 ("third-turn", "tricosm")),
    "G4": _Model(2, _square_prism, (([[0, -1, 0], [1, 0, 0], [0, 0, 1]], [0, 0, _QUARTER]),),
                 ("quarter-turn", "tetracosm")),
    "G5": _Model(2, _hexagonal_prism, (([[0, -1, 0], [1, 1, 0], [0, 0, 1]], [0, 0, _SIXTH]),),
                 ("sixth-turn", "hexacosm")),
    "G6": _Model(3, _box, ((_ABOUT_X, [_HALF, _HALF, 0]), (_ABOUT_Y, [0, _HALF, _HALF])),
                 ("Hantzsche-Wendt", "didicosm")),
    "B1": _Model(3, _box, ((_MIRROR, [_HALF, 0, 0]),), ("Klein bottle x circle", "first amphicosm")),
    # its lattice is centred; over a rectangular one of index 2, (a/2, b/2, c) is one more generator
    "B2": _Model(3, _doubled, ((_MIRROR, [_HALF, 0, 0]), (_STILL, [_HALF, _HALF, _HALF])), ("second amphicosm",)),
    "B3": _Model(3, _box, ((_ABOUT_X, [_HALF, 0, 0]), (_MIRROR, [0, _HALF, 0])), ("first amphidicosm",)),
    "B4": _Model(3, _box, ((_ABOUT_X, [_HALF, 0, 0]), (_MIRROR, [0, _HALF, _HALF])), ("second amphidicosm",)),
}


def FlatManifold(name: str, *, sides: Sequence[Number] | None = None) -> Manifold:
    """The closed flat manifolds of dimensions 2 and 3, by name.

    =====  =====================  =========  ======================================  ==================
    name   also                   sides      divided by                              first homology
    =====  =====================  =========  ======================================  ==================
    T2     2-torus                a, b                                               Z²
    Klein  Klein bottle           a, b       (x + a/2, −y)                           Z + Z₂
    G1     T3, torocosm           a, b, c                                            Z³
    G2     half-turn, dicosm      a, b, c    (−x, −y, z + c/2)                       Z + Z₂²
    G3     third-turn, tricosm    a, c       rotation by 2π/3, z + c/3               Z + Z₃
    G4     quarter-turn,          a, c       rotation by π/2, z + c/4                Z + Z₂
           tetracosm
    G5     sixth-turn, hexacosm   a, c       rotation by π/3, z + c/6                Z
    G6     Hantzsche-Wendt,       a, b, c    (x + a/2, −y + b/2, −z),                Z₄²
           didicosm                          (−x, y + b/2, −z + c/2)
    B1     first amphicosm        a, b, c    (x + a/2, y, −z)                        Z² + Z₂
    B2     second amphicosm       a, b, c    (x + a/2, y, −z),                       Z²
                                             (x + a/2, y + b/2, z + c)
    B3     first amphidicosm      a, b, c    (x + a/2, −y, −z), (x, y + b/2, −z)     Z + Z₂²
    B4     second amphidicosm     a, b, c    (x + a/2, −y, −z),                      Z + Z₄
                                             (x, y + b/2, −z + c/2)
    =====  =====================  =========  ======================================  ==================

    The torus that is divided has the rectangular lattice of the sides; G4 has a square of side a and the
    height c, G3 and G5 a hexagonal lattice with shortest vectors of length a and the height c, and B2 the
    sides a, b and 2c. Other lattices of the same manifold are within reach of `BieberbachManifold`.
    Eigenvalues are 4π²|k|² over orbits of characters k with trivial phases; those of the Klein bottle with
    sides 1 are 4π² times 0(1), 1(1), 2(2), 4(3).

    Parameters
    ----------
    name : str
        Capitals, spaces and hyphens do not matter.
    sides : sequence of int, Fraction, decimal string or float, optional
        The lengths in the table; 1 each by default.

    Returns
    -------
    Manifold
        ``FlatTorus(…) / AffineGroup(…)``, or the torus itself.

    Raises
    ------
    WeylspecError
        For an unknown name (the message lists all of them), or sides that are not the right number of
        positive lengths.

    Examples
    --------
    The Hantzsche–Wendt manifold, whose first homology is finite:

    >>> M = FlatManifold("Hantzsche-Wendt")
    >>> M.volume, M.is_free, M.spectrum(num=9).multiplicities.tolist()
    (0.25, True, [1, 3, 2, 3])

    The only two flat manifolds of dimension 3 that sound alike, up to scale (Doyle and Rossetti 2004):

    >>> tetra, didi = FlatManifold("tetracosm", sides=[1, 2]), FlatManifold("didicosm", sides=[1, 1, 2])
    >>> tetra.spectrum(num=12).multiplicities.tolist() == didi.spectrum(num=12).multiplicities.tolist()
    True
    >>> FlatManifold("Klein bottle", sides=[2, "1.5"])
    FlatTorus([[2, 0], [0, '3/2']]) / AffineGroup([([[1, 0], [0, -1]], ['1/2', '0'])])
    """
    key = _find(name)
    model = _MODELS[key]
    lengths = _read_sides(key, model.sides, sides)
    torus = FlatTorus(model.lattice(lengths))
    return torus / AffineGroup(model.generators) if model.generators else torus


def BieberbachManifold(basis: Sequence[Sequence[Number]], generators: Sequence[Generator]) -> Manifold:
    """The flat manifold R^n/Γ, Γ generated by a lattice and isometries without fixed points.

    Parameters
    ----------
    basis : sequence of n lattice vectors (rows)
        As for `FlatTorus`.
    generators : sequence of (A, b)
        Maps u ↦ Au + b in lattice coordinates, as for `AffineGroup`.

    Returns
    -------
    Manifold
        ``FlatTorus(basis) / AffineGroup(generators)``.

    Raises
    ------
    GroupActionError
        If an A is not an isometry of the lattice, or an element of the group other than the identity
        fixes a point; the message names the element and the point.

    Examples
    --------
    A half-turn space over an oblique lattice:

    >>> screw = ([[-1, 0, 0], [0, -1, 0], [0, 0, 1]], [0, 0, "1/2"])
    >>> BieberbachManifold([[1, 0, 0], ["1/3", 2, 0], [0, 0, 1]], [screw]).volume
    1.0
    """
    torus, group = FlatTorus(basis), AffineGroup(generators)
    quotient = torus / group
    for component in group.components[1:]:
        point = _fixed_point(component)
        if point is not None:
            matrix, shift = component
            raise GroupActionError(
                f"the group has fixed points, so that the quotient is an orbifold: u ↦ Au + b with A = "
                f"{matrix.tolist()}, b = {_vector(shift)} fixes u = {_vector(point)} modulo the lattice; change the "
                "shifts, or write FlatTorus(basis) / AffineGroup(generators) for the orbifold"
            )
    return quotient


def _fixed_point(component: AffineMap) -> tuple[Fraction, ...] | None:
    """A solution u of Au + b = u modulo the lattice."""
    matrix, shift = component
    return solve_mod_one(matrix - np.eye(len(shift), dtype=np.int64), tuple(-b for b in shift))


def _vector(entries: Sequence[Fraction]) -> str:
    return "(" + ", ".join(str(x) for x in entries) + ")"


def _find(name: object) -> str:
    known = {_plain(word): (word, key) for key, model in _MODELS.items() for word in (key, *model.names)}
    wanted = _plain(name) if isinstance(name, str) else ""
    if wanted in known:
        return known[wanted][1]
    close = difflib.get_close_matches(wanted, known, n=1)
    hint = f"did you mean {known[close[0]][0]!r}? " if close else ""
    names = ", ".join(" = ".join((key, *model.names)) for key, model in _MODELS.items())
    raise WeylspecError(f"{name!r} is not the name of a flat manifold; {hint}known: {names}")


def _plain(name: str) -> str:
    """Letters and digits only, without capitals; × is an x, and manifold, space or bottle adds nothing."""
    text = name.casefold().replace("×", "x")
    return re.sub(r"[^a-z0-9]|manifold|space|bottle", "", text)


def _read_sides(key: str, count: int, sides: Sequence[Number] | None) -> list[Length]:
    if sides is None:
        return [Fraction(1)] * count
    if isinstance(sides, str) or not isinstance(sides, Sequence | np.ndarray) or len(sides) != count:
        raise WeylspecError(f"FlatManifold({key!r}) has {count} sides (see its table), got sides={sides!r}")
    return [positive(side, f"side {i} of {key}") for i, side in enumerate(sides)]
