"""Geometry of sphere quotients: fixed subspheres of finite groups, orbits of rotations."""

from __future__ import annotations

import math
from collections.abc import Iterator

from weylspec.groups.cosets import LinearCoset
from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.fixed_sets import FixedSet, finite_orbits
from weylspec.invariants.geometry import OrbitGeometry, sphere_volume
from weylspec.invariants.rotations import rotation_orbits


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

    Examples
    --------
    >>> from weylspec.groups.point import PointGroup
    >>> sphere_orbits(PointGroup("Oh").natural(), 1.0).volume * 48 / math.pi
    4.0
    """
    if action.is_finite:
        n = action.size - 1
        volume = sphere_volume(n) * radius**n
        return finite_orbits(n, volume, fixed_subspheres(action, radius), action.label)
    return rotation_orbits(action, radius)


def fixed_subspheres(action: LinearAction, radius: float) -> Iterator[FixedSet]:
    """The fixed subsphere of every class that has one.

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
    for coset in action.cosets():
        f = coset.fixed_dim
        if f:
            yield FixedSet(coset.share, f - 1, sphere_volume(f - 1) * radius ** (f - 1), normal_determinant(coset),
                           action.label)


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
