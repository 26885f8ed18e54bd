"""Geometry of sphere quotients: fixed subspheres of finite groups, orbits of rotations."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from weylspec.groups.cosets import LinearCoset, character_number
from weylspec.groups.linear_action import LinearAction, OrthogonalBlock
from weylspec.invariants.continuous.rotations import rotation_orbits
from weylspec.invariants.continuous.spheres import compact_orbits
from weylspec.invariants.continuous.subspaces import orbit_dimension
from weylspec.invariants.orbit_spaces.fixed_sets import FixedSet, finite_orbits
from weylspec.invariants.orbit_spaces.geometry import CLOSED_FORM, OrbitGeometry, scalar_terms, sphere_volume

FloatArray = npt.NDArray[np.float64]

def sphere_orbits(action: LinearAction, radius: float) -> OrbitGeometry:
    """Geometry of S^{N−1}(radius)/G.

    Parameters
    ----------
    action : LinearAction
        On R^N.
    radius : float

    Returns
    -------
    OrbitGeometry

    Raises
    ------
    UnknownGeometryError
        For a group whose orbits are not of a kind that is known.

    Examples
    --------
    >>> from weylspec.groups.point import PointGroup
    >>> sphere_orbits(PointGroup("Oh").natural(), 1.0).volume * 48 / math.pi
    4.0
    """
    if action.is_finite:
        n = action.size - 1
        volume = sphere_volume(n) * radius**n
        found = finite_orbits(n, volume, fixed_subspheres(action, radius), action.label,
                              scalar_curvature=n * (n - 1) / radius**2, depth=action.strata_codimension)
        return replace(found, length=shortest_rotated_arc(action) * radius)
    action = without_redundant_blocks(action)
    if action.has_round_orbits:
        return rotation_orbits(action, radius)
    if _is_quaternionic(action):
        n = action.size - 1
        volume = sphere_volume(n) / sphere_volume(3) * radius ** (n - 3)
        curved = scalar_terms(n - 3, volume, (n - 3) * (n + 5) / radius**2, f"HP^{(n - 3) // 4}, the base of 3-spheres")
        return OrbitGeometry(n - 3, volume, CLOSED_FORM, (), curved, math.inf, True, True,
                             f"vol(Sⁿ)/vol(S³): {action.label} acts freely, as unit quaternions", True, True,
                             remainder=n - 7 if n > 3 else None)
    return compact_orbits(action, radius)


def without_redundant_blocks(action: LinearAction) -> LinearAction:
    """The action less the factors of its identity component that do not enlarge its orbits.

    A smaller connected group with principal orbits of the same dimension has the same principal orbits, and
    as limits of these all the same orbits.

    Parameters
    ----------
    action : LinearAction

    Returns
    -------
    LinearAction

    Examples
    --------
    SU(2) is transitive on S³ without the scalars:

    >>> from weylspec.groups.orthogonal import SO
    >>> from weylspec.groups.unitary import SU
    >>> len(without_redundant_blocks((SU(2) * SO(2).copies(2)).natural()).blocks)
    1
    """
    def dimension(blocks: tuple[OrthogonalBlock, ...]) -> int:
        algebra = np.array([a for block in blocks for a in block.algebra(action.size)])
        return orbit_dimension(algebra, np.eye(action.size))

    kept = action.blocks
    for block in reversed(action.blocks):
        fewer = tuple(b for b in kept if b is not block)
        if fewer and dimension(fewer) == dimension(kept):
            kept = fewer
    return replace(action, blocks=kept)


def _is_quaternionic(action: LinearAction) -> bool:
    """Whether a connected group multiplies the whole of R^N = H^m by unit quaternions."""
    (first, *others) = action.blocks
    return not others and first.is_quaternionic and first.coordinates.size == action.size and (
        sum(1 for _ in action.cosets()) == 1)


def fixed_subspheres(action: LinearAction, radius: float) -> Iterator[FixedSet]:
    """The fixed subsphere of every class that has one, or of those near the identity where there are many.

    Parameters
    ----------
    action : LinearAction
        Of a finite group.
    radius : float

    Yields
    ------
    FixedSet

    Examples
    --------
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> [item.dim for item in fixed_subspheres(SymmetricGroup(3).natural(), 1.0)]
    [0, 1, 2]
    """
    for coset in action.strata():
        f = coset.fixed_dim
        if f:
            yield FixedSet(coset.share, f - 1, sphere_volume(f - 1) * radius ** (f - 1), normal_determinant(coset),
                           action.label, character_number(coset.character).real)


def shortest_rotated_arc(action: LinearAction) -> float:
    """2π/m, m the largest order of an eigenvalue: what is left of the great circle that this element rotates by 2π/m.

    Parameters
    ----------
    action : LinearAction
        Of a finite group.

    Returns
    -------
    float
        Infinite for reflection groups whose classes come by their distance from the identity: m is small for them.

    Examples
    --------
    >>> from weylspec.groups.lens import LensGroup
    >>> shortest_rotated_arc(LensGroup(20, 1, 3).linear(4)) * 20 / math.pi
    2.0
    """
    if action.nearby is not None:
        return math.inf
    orders = (phase.denominator * length for coset in action.cosets()
              for length, phase in zip(coset.lengths, coset.phases, strict=True))
    return 2 * math.pi / max(orders)


def normal_determinant(coset: LinearCoset) -> float:
    """|det(1 − g)| on the complement of the fixed subspace.

    A block of length L and phase 0 has one eigenvalue 1 and Π_{j=1}^{L−1}|1 − e(j/L)| = L; a block
    with phase c ≠ 0 has Π|1 − root| = |1 − e(c)| = 2|sin πc|.

    Parameters
    ----------
    coset : LinearCoset
        Of rank 0.

    Returns
    -------
    float

    Examples
    --------
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> [normal_determinant(c) for c in SymmetricGroup(3).natural().cosets()]
    [3.0, 2.0, 1.0]
    """
    product = 1.0
    for length, phase in zip(coset.lengths, coset.phases, strict=True):
        product *= length if phase == 0 else 2 * abs(math.sin(math.pi * float(phase)))
    return product
