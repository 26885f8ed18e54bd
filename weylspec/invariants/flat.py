"""Flat tori modulo isometries: theta series of fixed lattices, fixed subtori, the torus left by translations.

In lattice coordinates the characters of R^n/Zⁿ are k ∈ Zⁿ. A coset x ↦ Ax + b + span(V) has the trace
Σ e(b·k) over the characters with Aᵀk = k and Vᵀk = 0; and M modulo the translations along V is again
a flat torus, whose characters are those with Vᵀk = 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice

import numpy as np
import numpy.typing as npt

from weylspec.exact.integer_lattice import annihilator, kernel, solve_mod_one, torsion_order
from weylspec.exact.theta import lattice_points
from weylspec.groups.affine_action import AffineAction, AffineMap
from weylspec.groups.cosets import AffineCoset, character_number
from weylspec.invariants.orbit_spaces.fixed_sets import FixedSet, finite_orbits
from weylspec.invariants.orbit_spaces.geometry import OrbitGeometry

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


def largest_order(action: AffineAction, most: int) -> int | None:
    """The largest order modulo the lattice of the cosets' representatives; None for more cosets than ``most``.

    Raises
    ------
    CostError
        Where the cosets are too many to be listed at all.
    """
    cosets = list(islice(action.cosets(), most + 1))
    return max(map(_order, cosets)) if len(cosets) <= most else None


def _order(coset: AffineCoset) -> int:
    identity = np.eye(len(coset.shift), dtype=np.int64)
    matrix, shift = np.array(coset.matrix), np.array(coset.shift, dtype=object)
    power, total, n = matrix, shift, 1
    while not np.array_equal(power, identity):
        power, total, n = matrix @ power, shift + matrix.astype(object) @ total, n + 1
    return n * math.lcm(1, *(Fraction(entry).denominator for entry in total))


def invariant_characters(action: AffineAction) -> IntMatrix:
    """A basis, as columns, of the characters that all pure translations of the group leave alone.

    Characters k with Vᵀk = 0 for the subtorus; for a group of translations also b·k ∈ Z for its steps.
    """
    kept = annihilator(action.directions)
    if not is_translation(action):
        return kept
    for _, shift in action.generators:
        kept = np.asarray(kept @ trivial_phases(_pair(kept, shift)), dtype=np.int64)
    return kept


def trivial_phases(phases: Sequence[Fraction]) -> IntMatrix:
    """A basis, as columns, of the lattice of z ∈ Zⁿ with phases·z ∈ Z.

    Parameters
    ----------
    phases : sequence of n Fractions

    Returns
    -------
    ndarray of shape (n, n), int64

    Examples
    --------
    >>> (trivial_phases([Fraction(1, 2), Fraction(1, 2)]).sum(axis=0) % 2).tolist()
    [0, 0]
    """
    order = math.lcm(1, *(phase.denominator for phase in phases))
    steps = [[int(phase * order) for phase in phases] + [order]]
    return kernel(np.array(steps, dtype=np.int64))[: len(phases)]


def _pair(basis: IntMatrix, shift: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    return tuple(
        sum((int(k) * b for k, b in zip(column, shift, strict=True)), Fraction(0)) % 1 for column in basis.T
    )


def descend(component: AffineMap, kept: IntMatrix) -> AffineMap:
    """The map that a component induces on the torus whose characters are the columns of ``kept``.

    Characters transform by Aᵀ, so Aᵀ·kept = kept·A'ᵀ defines A', and b' = keptᵀ b.
    """
    matrix, shift = component
    if np.array_equal(kept, np.eye(len(kept), dtype=np.int64)):
        return matrix, shift
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
    fixed = (item for coset in action.strata() for item in fixed_subtori(coset, kept, reduced, label))
    found = finite_orbits(d, volume, fixed, label, depth=action.strata_codimension)
    still = _translation_characters(action, kept)
    length = shortest_geodesic(still.T @ dual @ still)
    found = replace(found, is_homogeneous=is_translation(action), length=length)
    if action.dim == 0:
        return found
    source = f"the flat torus of characters orthogonal to the translations of {label}"
    return replace(found, effective_order=math.inf, source=source)


def _translation_characters(action: AffineAction, kept: IntMatrix) -> IntMatrix:
    """The characters that every pure translation leaves alone: those of the thinnest torus that covers the quotient."""
    if action.dim or is_translation(action):
        return invariant_characters(action)
    for coset in action.near_identity(0):
        kept = np.asarray(kept @ trivial_phases(_pair(kept, coset.shift)), dtype=np.int64)
    return kept


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


def fixed_subtori(coset: AffineCoset, kept: IntMatrix, dual: FloatArray, label: str) -> Iterator[FixedSet]:
    """The fixed set of one coset on the torus whose characters are the columns of ``kept``, if there is one.

    Parameters
    ----------
    coset : AffineCoset
    kept : ndarray (n, d), int64
        The characters that the translations leave; the identity matrix for a finite group.
    dual : ndarray (d, d)
        λ(k) = kᵀ·dual·k on those characters.
    label : str

    Yields
    ------
    FixedSet
        All components together.

    Examples
    --------
    The reflection x → −x of the circle of length 2π has two fixed points:

    >>> mirror = AffineCoset(Fraction(1, 2), -np.eye(1, dtype=np.int64), (Fraction(0),), np.zeros((1, 0), int))
    >>> [(item.dim, item.volume) for item in fixed_subtori(mirror, np.eye(1, dtype=np.int64), np.eye(1), "")]
    [(0, 2.0)]
    """
    d = kept.shape[1]
    matrix, shift = descend((coset.matrix, coset.shift), kept)
    moved = matrix - np.eye(d, dtype=np.int64)
    # Near the identity most coordinates stay: the exact arithmetic is for those that move.
    mobile = moved.any(axis=0) | moved.any(axis=1)
    small = moved[np.ix_(mobile, mobile)]
    if any(shift[i] for i in np.flatnonzero(~mobile)):
        return
    if solve_mod_one(small, tuple(-shift[i] for i in np.flatnonzero(mobile))) is None:
        return
    inner = kernel(small)
    basis = np.zeros((d, d - len(small) + inner.shape[1]))
    basis[np.flatnonzero(~mobile), np.arange(d - len(small))] = 1
    basis[np.ix_(mobile, np.arange(d - len(small), basis.shape[1]))] = inner
    metric = (2 * math.pi) ** 2 * np.linalg.inv(dual) if d else np.zeros((0, 0))
    volume = math.sqrt(float(np.linalg.det(basis.T @ metric @ basis))) if basis.size else 1.0
    eigenvalues = np.linalg.eigvals(small)
    normal = float(np.prod(np.abs(eigenvalues[np.abs(eigenvalues) > 1e-9])))
    yield FixedSet(coset.share, basis.shape[1], torsion_order(small) * volume, normal, label,
                   character_number(coset.character).real)
