"""Polar actions: rotations of single vectors, whose orbits are met by one flat section at right angles.

SO(k_1) × … × SO(k_s) on R^{k_1} ⊕ … ⊕ R^{k_s} ⊕ R^e has the section R^{s+e} (one axis of each block,
and the rest); the orbit space is that of a finite group there: sign changes of the s axes, and what
the other components of G do to (|x_1|, …, |x_s|, y). The isometry is exact (Dadok 1985).
"""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import numpy.typing as npt

from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.orbit_spaces.fixed_sets import FixedSet, finite_orbits
from weylspec.invariants.orbit_spaces.geometry import (
    CLOSED_FORM,
    OrbitGeometry,
    Wall,
    second_remainder,
    shift_terms,
    sphere_volume,
)

FloatArray = npt.NDArray[np.float64]

_TOLERANCE = 1e-8


def polar_orbits(action: LinearAction, radius: float) -> OrbitGeometry:
    """Geometry of S^{N−1}(radius)/G when every SO(k) of the identity component moves one vector.

    Parameters
    ----------
    action : LinearAction
        On R^N.
    radius : float

    Returns
    -------
    OrbitGeometry
        In closed form; every wall, collapsing or mirror. If every SO(k) is an SO(3), functions times the product p
        of the s coordinates are those on the section sphere that change sign with them, and λ is moved by
        s(s + d − 1)/radius², as Δp = 0: then lower terms are known, too.

    Examples
    --------
    S²/SO(2) is a meridian of length π:

    >>> from weylspec.groups.orthogonal import SO
    >>> polar_orbits(SO(2).linear(3), 1.0).volume / math.pi
    1.0
    """
    degrees = [block.degree for block in action.blocks]
    s = len(degrees)
    axes = np.array([block.coordinates[0, 0] for block in action.blocks])
    moved = np.concatenate([block.coordinates[0] for block in action.blocks])
    rest = np.setdiff1d(np.arange(action.size), moved)
    size = s + len(rest)
    kernel = Fraction(0)
    mirrors: list[float] = []
    collapsing: dict[int, list[float]] = {}
    fixed_sets: list[FixedSet] = []
    for coset in action.cosets():
        reduced = _reduced(action, coset.element(), rest)
        plain = bool(np.abs(reduced - np.eye(size)).max() < _TOLERANCE)
        for signs in product((1.0, -1.0), repeat=s):
            matrix = np.concatenate([np.array(signs)[:, None] * reduced[:s], reduced[s:]])
            share = coset.share / 2**s
            fixed = int((np.abs(np.linalg.svd(matrix - np.eye(size), compute_uv=False)) < _TOLERANCE).sum())
            if fixed:
                fixed_sets.append(_fixed(matrix, fixed, share * round(math.prod(signs)), radius, action.label))
            if fixed == size:
                kernel += share
            elif fixed == size - 1 and size >= 2:
                area = 2 * float(share) * sphere_volume(size - 2) * radius ** (size - 2)
                if plain:
                    collapsing.setdefault(signs.index(-1.0), []).append(area)
                else:
                    mirrors.append(area)
    walls = [
        Wall(math.fsum(areas), (1 - (degrees[i] - 1)) / 4,
             f"coordinates {axes[i]}…{axes[i] + degrees[i] - 1} vanish: orbits of {action.label} collapse by a "
             f"{degrees[i] - 1}-sphere")
        for i, areas in sorted(collapsing.items())
    ]
    if mirrors:
        walls.append(Wall(math.fsum(mirrors), 0.25, f"mirrors of {action.label}"))
    volume = sphere_volume(size - 1) * radius ** (size - 1)
    found = OrbitGeometry(
        size - 1, volume * float(kernel), CLOSED_FORM, tuple(walls), (),
        math.inf, None, size == 1, f"part of S^{size - 1}, the section that meets every orbit of {action.label}",
        codim=largest_codimension(action),
    )
    if set(degrees) != {3} or size < 2:
        return found
    d = size - 1
    signed = finite_orbits(d, volume, fixed_sets, f"the section of {action.label}",
                           scalar_curvature=d * (d - 1) / radius**2)
    rate = s * (s + d - 1) / radius**2
    source = "shift of λ: the volumes of orbits act as a constant potential"
    shifts = shift_terms(d, found.volume, found.walls, rate, source)
    return replace(found, lower=(*signed.lower, *shifts), remainder=second_remainder(d, found.walls))


def _fixed(matrix: FloatArray, dim: int, share: Fraction, radius: float, label: str) -> FixedSet:
    """The subsphere of the section that an orthogonal matrix fixes."""
    factors = np.abs(1 - np.linalg.eigvals(matrix))
    normal = float(np.prod(factors[factors > _TOLERANCE]))
    return FixedSet(share, dim - 1, sphere_volume(dim - 1) * radius ** (dim - 1), normal, label)


def largest_codimension(action: LinearAction) -> int:
    """Largest codimension of an orbit on the sphere: of one vector that one SO(k) moves, or of a fixed point.

    Parameters
    ----------
    action : LinearAction
        Whose identity component is a product of SO(k)'s on coordinates of their own.

    Returns
    -------
    int

    Examples
    --------
    Two vectors of R³ that depend on each other have an orbit of dimension 2 on S⁵:

    >>> from weylspec.groups.orthogonal import SO
    >>> largest_codimension(SO(3).copies(2).natural()), largest_codimension(SO(2).linear(3))
    (3, 2)
    """
    moved = sum(block.coordinates.size for block in action.blocks)
    return action.size - 1 - (min(block.degree - 1 for block in action.blocks) if moved == action.size else 0)


def _reduced(action: LinearAction, element: FloatArray, rest: npt.NDArray[np.int64]) -> FloatArray:
    """What a component does to (|x_1|, …, |x_s|, y): a permutation of blocks and an orthogonal map of y."""
    s = len(action.blocks)
    matrix = np.zeros((s + len(rest), s + len(rest)))
    for i, target in enumerate(action.blocks):
        for j, origin in enumerate(action.blocks):
            part = element[np.ix_(target.coordinates[0], origin.coordinates[0])]
            matrix[i, j] = np.linalg.norm(part, 2) if part.size else 0.0
    matrix[s:, s:] = element[np.ix_(rest, rest)]
    return matrix
