"""Flat tori modulo isometries: theta series of fixed lattices, fixed subtori, the torus left by translations.

In lattice coordinates the characters of R^n/Zⁿ are k ∈ Zⁿ. A coset x ↦ Ax + b + span(V) has the trace
Σ e(b·k) over the characters with Aᵀk = k and Vᵀk = 0; and M modulo the translations along V is again
a flat torus, whose characters are those with Vᵀk = 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.exact.integer_lattice import annihilator, kernel, solve_mod_one, torsion_order
from weylspec.exact.theta import lattice_points
from weylspec.groups.affine_action import AffineAction, AffineMap
from weylspec.groups.cosets import AffineCoset
from weylspec.invariants.fixed_sets import FixedSet, finite_orbits
from weylspec.invariants.geometry import OrbitGeometry

IntMatrix = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class FixedCharacters:
    """Characters that a coset leaves alone, and the phases that it multiplies them by.

    Attributes
    ----------
    basis : ndarray (n, m), int64
        Columns span {k : Aᵀk = k, Vᵀk = 0}.
    phases : tuple of m Fractions
        b·(basis column) modulo 1.
    """

    basis: IntMatrix
    phases: tuple[Fraction, ...]


def fixed_characters(coset: AffineCoset) -> FixedCharacters:
    """The lattice of characters that the coset fixes up to a phase.

    Examples
    --------
    >>> glide = AffineCoset(Fraction(1, 2), np.diag([1, -1]), (Fraction(1, 2), Fraction(0)), np.zeros((2, 0), int))
    >>> fixed_characters(glide).phases
    (Fraction(1, 2),)
    """
    n = len(coset.shift)
    equations = np.concatenate([coset.matrix.T - np.eye(n, dtype=np.int64), coset.directions.T])
    basis = kernel(equations)
    return FixedCharacters(basis, _pair(basis, coset.shift))


def is_translation(action: AffineAction) -> bool:
    """Whether every element acts as a translation on the torus that the subtorus of translations leaves."""
    kept = annihilator(action.directions)
    return all(np.array_equal(matrix.T @ kept, kept) for matrix, _ in action.generators)


def invariant_characters(action: AffineAction) -> IntMatrix:
    """A basis, as columns, of the characters that all pure translations of the group leave alone.

    Characters k with Vᵀk = 0 for the subtorus; for a group of translations also b·k ∈ Z for its steps.
    """
    kept = annihilator(action.directions)
    if not is_translation(action):
        return kept
    phases = [_pair(kept, shift) for _, shift in action.generators]
    order = math.lcm(1, *(phase.denominator for row in phases for phase in row))
    steps = np.array([[int(phase * order) for phase in row] for row in phases], dtype=np.int64)
    steps = steps.reshape(len(phases), kept.shape[1])
    integers = kernel(np.concatenate([steps, order * np.eye(len(phases), dtype=np.int64)], axis=1))
    return np.asarray(kept @ integers[: kept.shape[1]], dtype=np.int64)


def _pair(basis: IntMatrix, shift: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    return tuple(
        sum((int(k) * b for k, b in zip(column, shift, strict=True)), Fraction(0)) % 1 for column in basis.T
    )


def descend(component: AffineMap, kept: IntMatrix) -> AffineMap:
    """The map that a component induces on the torus whose characters are the columns of ``kept``.

    Characters transform by Aᵀ, so Aᵀ·kept = kept·A'ᵀ defines A', and b' = keptᵀ b.
    """
    matrix, shift = component
    image = matrix.T @ kept
    transposed = np.round(np.linalg.lstsq(kept.astype(np.float64), image.astype(np.float64))[0])
    return transposed.astype(np.int64).T, _pair(kept, shift)


def torus_orbits(action: AffineAction, dual: FloatArray) -> OrbitGeometry:
    """Geometry of a flat torus modulo affine isometries.

    Parameters
    ----------
    action : AffineAction
    dual : ndarray (n, n)
        λ(k) = kᵀ·dual·k on characters k.

    Returns
    -------
    OrbitGeometry
    """
    kept = annihilator(action.directions)
    d = kept.shape[1]
    reduced = kept.T @ dual @ kept
    volume = _torus_volume(reduced)
    label = action.label
    fixed = (item for coset in action.cosets() for item in _fixed_subtori(coset, kept, reduced, label))
    found = finite_orbits(d, volume, fixed, label)
    found = replace(found, is_homogeneous=is_translation(action), length=shortest_geodesic(reduced))
    if action.dim == 0:
        return found
    source = f"the flat torus of characters orthogonal to the translations of {label}"
    return replace(found, effective_order=math.inf, source=source)


def shortest_geodesic(dual: FloatArray) -> float:
    """Length of the shortest lattice vector of the flat torus with λ(k) = kᵀ·dual·k; infinite for a point.

    Parameters
    ----------
    dual : ndarray (n, n)

    Returns
    -------
    float

    Examples
    --------
    >>> shortest_geodesic(np.diag([1.0, 4.0])) / math.pi      # sides 2π and π
    1.0
    """
    if not len(dual):
        return math.inf
    metric = (2 * math.pi) ** 2 * np.linalg.inv(dual)
    vectors = lattice_points(metric, float(np.diag(metric).min()))
    squares = ((vectors @ metric) * vectors).sum(axis=1)
    return math.sqrt(float(squares[vectors.any(axis=1)].min()))


def _torus_volume(dual: FloatArray) -> float:
    d = len(dual)
    return float((2 * math.pi) ** d) / math.sqrt(float(np.linalg.det(dual))) if d else 1.0


def _fixed_subtori(coset: AffineCoset, kept: IntMatrix, dual: FloatArray, label: str) -> Iterator[FixedSet]:
    d = kept.shape[1]
    matrix, shift = descend((coset.matrix, coset.shift), kept)
    moved = matrix - np.eye(d, dtype=np.int64)
    if solve_mod_one(moved, tuple(-b for b in shift)) is None:
        return
    basis = kernel(moved).astype(np.float64)
    metric = (2 * math.pi) ** 2 * np.linalg.inv(dual) if d else np.zeros((0, 0))
    volume = math.sqrt(float(np.linalg.det(basis.T @ metric @ basis))) if basis.size else 1.0
    eigenvalues = np.linalg.eigvals(np.eye(d) - matrix)
    normal = float(np.prod(np.abs(eigenvalues[np.abs(eigenvalues) > 1e-9])))
    yield FixedSet(coset.share, basis.shape[1], torsion_order(moved) * volume, normal, label)
