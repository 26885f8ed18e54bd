"""Lie groups modulo the conjugations x ↦ hxh⁻¹ by a subgroup H: what commutes with H in each representation.

On V ⊗ V* an element h has the trace |χ_V(h)|²; the invariants are the maps V → V that commute with H.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.exact.characters.classical import Shapes
from weylspec.exact.modular import residue, unit_residues
from weylspec.groups.cosets import LinearCoset
from weylspec.groups.linear_action import LinearAction
from weylspec.groups.standard import eigenphases
from weylspec.invariants.averages.molien import grid_points
from weylspec.invariants.averages.multiplicity import invariant_multiplicities
from weylspec.invariants.averages.tensors import character_averages, standard_cosets
from weylspec.invariants.lie_groups.fixed_sets import ClassicalGroup, centraliser, normal_determinant
from weylspec.invariants.orbit_spaces.fixed_sets import FixedSet
from weylspec.multiplicities import IntArray, exact_integers

Residues = npt.NDArray[np.int64]

_MAX_POINTS = 1024  # of a torus, each with all characters


def commuting_dimensions(action: LinearAction, wanted: Shapes, dimensions: IntArray) -> IntArray:
    """The dimension of the maps V_Λ → V_Λ that commute with a group, ∫ |χ_Λ(h)|² dh, exact.

    Parameters
    ----------
    action : LinearAction
        H on the standard representation.
    wanted : Shapes
        The representations.
    dimensions : ndarray of shape (W,), exact integers
        Their dimensions.

    Returns
    -------
    ndarray of shape (W,), exact integers

    Raises
    ------
    CostError
        If a torus of H needs more than 1024 points.

    Examples
    --------
    Rotations about an axis commute with the diagonal matrices of each representation of SO(3):

    >>> from weylspec.groups.orthogonal import SO
    >>> vectors = Shapes.orthogonal(np.array([[1], [2]]))
    >>> commuting_dimensions(SO(2).linear(3), vectors, np.array([3, 5])).tolist()
    [3, 5]
    """
    if not len(wanted):
        return dimensions
    cosets = list(standard_cosets(action, wanted))
    grid = max(grid_points(coset, 2 * wanted.reach) for coset in cosets)
    worst = max(coset.rank for coset in cosets)
    if grid**worst > _MAX_POINTS:
        raise CostError(f"conjugation by {action.label} needs {grid}^{worst} points of its torus, above {_MAX_POINTS}; "
                        "ask for a smaller cutoff, or take Conjugation() for the whole group")

    def average(p: int) -> Residues:
        total = np.zeros(len(wanted), dtype=np.int64)
        for coset in cosets:
            own, mass = np.zeros(len(wanted), dtype=np.int64), 0
            for element in _elements(coset, grid):
                density = math.prod((1 - unit_residues(element.root_phases, p)).tolist()) % p if coset.rank else 1
                inverse = replace(element, phases=tuple(-c % 1 for c in element.phases))
                first, second = (character_averages(replace(x, root_phases=()), wanted, 1, p)
                                 for x in (element, inverse))
                own, mass = (own + density * (first * second % p)) % p, mass + density
            total = (total + residue(coset.share, p) * (own * pow(mass, -1, p) % p)) % p
        return total

    modulus = math.lcm(grid, *(d for coset in cosets for d in coset.denominators()))
    return invariant_multiplicities(exact_integers([int(d) ** 2 for d in dimensions]), average, modulus)


def _elements(coset: LinearCoset, grid: int) -> Iterator[LinearCoset]:
    """The elements of a coset on a grid of its angles, each with the phases of its roots."""
    none = np.zeros((0, 0), dtype=np.int64)
    for point in product(range(grid), repeat=coset.rank):
        theta = [Fraction(j, grid) for j in point]
        phases = tuple((c + sum(int(w) * t for w, t in zip(row, theta, strict=True))) % 1
                       for c, row in zip(coset.phases, coset.weights, strict=True))
        roots = tuple((c + sum(int(w) * t for w, t in zip(row, theta, strict=True))) % 1
                      for c, row in zip(coset.root_phases, coset.roots, strict=True))
        yield replace(coset, phases=phases, weights=np.zeros((len(phases), 0), dtype=np.int64), roots=none,
                      root_phases=roots, directions=())


def conjugation_fixed_sets(group: ClassicalGroup, action: LinearAction, scale: float) -> Iterator[FixedSet]:
    """The centraliser of an element of each class of a finite group: what its conjugation fixes.

    Parameters
    ----------
    group : ClassicalGroup
    action : LinearAction
        Finite, on the standard representation.
    scale : float
        Factor of all lengths.

    Yields
    ------
    FixedSet
    """
    for coset in action.cosets():
        phases = eigenphases(coset, group.field)
        dim, volume = centraliser(group, phases)
        yield FixedSet(coset.share, dim, volume * scale**dim, normal_determinant(group, phases), action.label)
