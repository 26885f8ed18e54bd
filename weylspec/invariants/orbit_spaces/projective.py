"""Geometry of projective spaces modulo groups: fixed lines of every class of a finite group."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from weylspec.groups.cosets import LinearCoset, character_number
from weylspec.groups.linear_action import LinearAction
from weylspec.groups.lines import modulo_scalars
from weylspec.invariants.orbit_spaces.fixed_sets import FixedSet, finite_orbits
from weylspec.invariants.orbit_spaces.geometry import OrbitGeometry, sphere_volume
from weylspec.invariants.orbit_spaces.spheres import normal_determinant, sphere_orbits

_HALF = Fraction(1, 2)


def projective_volume(field: int, m: int) -> float:
    """Volume of the lines of K^m, the unit sphere of K^m modulo scalars of length 1.

    Parameters
    ----------
    field : int
        The dimension a = 1, 2, 4 of K; for the octonions, a = 8, only m ≤ 3.
    m : int
        At least 1.

    Returns
    -------
    float

    Examples
    --------
    A point, CP² and HP²:

    >>> projective_volume(2, 1), projective_volume(2, 3) / math.pi**2, projective_volume(4, 3) / math.pi**4 * 120
    (1.0, 0.5, 1.0)
    """
    return sphere_volume(field * m - 1) / sphere_volume(field - 1)


def projective_orbits(action: LinearAction, field: int, radius: float) -> OrbitGeometry:
    """Geometry of KPⁿ/G, KPⁿ the sphere of a radius modulo scalars of length 1.

    Parameters
    ----------
    action : LinearAction
        On K^{n+1}, with the scalars.
    field : int
        The dimension a = 1, 2, 4 of K.
    radius : float

    Returns
    -------
    OrbitGeometry
        From the fixed lines of a group that is finite up to scalars; else that of the sphere modulo G
        and scalars.

    Raises
    ------
    UnknownGeometryError
        As `weylspec.invariants.orbit_spaces.spheres.sphere_orbits`.

    Examples
    --------
    CP¹ is the sphere of radius ½, and complex conjugation its mirror image:

    >>> from weylspec.groups.lines import line_action
    >>> from weylspec.groups.unitary import ComplexConjugation
    >>> half = projective_orbits(line_action(ComplexConjugation(2).natural(), 2), 2, 1.0)
    >>> half.volume / math.pi, half.walls[0].volume / math.pi, half.effective_order
    (0.5, 1.0, 2)
    """
    if modulo_scalars(action, field).blocks:
        return sphere_orbits(action, radius)
    dim = action.size - field
    volume = projective_volume(field, action.size // field) * radius**dim
    curvature = dim * (dim + 3 * field - 4) / radius**2
    found = finite_orbits(dim, volume, fixed_lines(action, field, radius), action.label, scalar_curvature=curvature)
    return replace(found, length=_shortest_rotated_line(action) * radius)


def _shortest_rotated_line(action: LinearAction) -> float:
    """π/m: what is left of a closed geodesic, of length π, where an element has eigenvalues of ratio e(1/m)."""
    largest = 1
    for coset in action.cosets():
        phases = sorted({phase for phase, _ in _eigenphases(coset)})
        largest = max([largest, *((b - a).denominator for a, b in combinations(phases, 2))])
    return math.pi / largest


def fixed_lines(action: LinearAction, field: int, radius: float) -> Iterator[FixedSet]:
    """The lines that each class fixes, one item per kind of eigenvalue.

    Parameters
    ----------
    action : LinearAction
        Of a group that is finite up to scalars, with them.
    field : int
    radius : float

    Yields
    ------
    FixedSet

    Examples
    --------
    diag(1, 1, −1) fixes a projective line and a point of CP²:

    >>> from weylspec.groups.lines import line_action
    >>> from weylspec.groups.matrix import MatrixGroup
    >>> reflection = MatrixGroup([[[1, 0, 0], [0, 1, 0], [0, 0, -1]]]).blocks(2)
    >>> [(item.dim, item.normal) for item in fixed_lines(line_action(reflection.natural(), 2), 2, 1.0)][1:]
    [(2, 4.0), (0, 16.0)]
    """
    kinds = {1: _of_real, 2: _of_complex, 4: _of_quaternionic}
    for coset in action.cosets():
        factor = character_number(coset.character).real
        for share, a, m, normal in kinds[field](coset):
            dim = a * (m - 1)
            yield FixedSet(share, dim, projective_volume(a, m) * radius**dim, normal, action.label, factor)


_Fixed = tuple[Fraction, int, int, float]  # share, field and number of coordinates of the fixed KP^{m−1}, |det(1 − g)|


def _of_real(coset: LinearCoset) -> Iterator[_Fixed]:
    """The lines on which x is 1; those on which it is −1 belong to −x, which has the same share."""
    if coset.fixed_dim:
        yield 2 * coset.share, 1, coset.fixed_dim, normal_determinant(coset)


def _of_complex(coset: LinearCoset) -> Iterator[_Fixed]:
    """A copy of CP^{m−1} for each eigenvalue of multiplicity m; one RP^{m−1} for an antiunitary x.

    If x is antiunitary and xv = λv, then x²v = v; on the space x² = 1 it is a conjugation, whose fixed lines
    are those of real vectors. On the normal space it is −1 along i times these lines, and itself elsewhere.
    """
    if coset.rank == 0:
        phases = Counter(phase for phase, _ in _eigenphases(coset))
        m = phases.pop(Fraction(0), 0)
        phases.pop(_HALF, 0)
        if m:
            yield coset.share, 1, m, 2.0 ** (m - 1) * math.sqrt(_determinant(phases, Fraction(0)))
        return
    phases = _on_complex_lines(coset)
    for z, m in sorted(phases.items()):
        yield coset.share, 2, m, _determinant(phases, z)


def _of_quaternionic(coset: LinearCoset) -> Iterator[_Fixed]:
    """HP^{m−1} for eigenvalues ±1, CP^{m−1} for a pair e(±z): vx = xe(z) has complex solutions only.

    In the complex coordinates the tangent space at v is the complement of v and vj, whose eigenvalues are
    a pair, times e(−z).
    """
    phases = _on_complex_lines(coset)
    for z, m in sorted(phases.items()):
        if z in (0, _HALF):
            yield coset.share, 4, m // 2, _determinant(phases, z)
        elif z < _HALF:
            yield coset.share, 2, m, _determinant({**phases, 1 - z: m - 1}, z)


def _eigenphases(coset: LinearCoset) -> Iterator[tuple[Fraction, int]]:
    """Phases of all N eigenvalues, each with its weight under the scalars e^{iθ} (0 without them)."""
    for length, phase, weight in zip(coset.lengths, coset.phases, coset.weights.sum(axis=1).tolist(), strict=True):
        for k in range(length):
            yield (phase + k) / length % 1, weight // length


def _on_complex_lines(coset: LinearCoset) -> Counter[Fraction]:
    """Phases of the complex matrix: those where i acts as i, not as −i."""
    return Counter(phase for phase, weight in _eigenphases(coset) if weight > 0)


def _determinant(phases: Mapping[Fraction, int], z: Fraction) -> float:
    """Π |1 − e(w − z)|² over the phases w ≠ z."""
    return math.prod((2 * math.sin(math.pi * float(w - z))) ** (2 * m) for w, m in phases.items() if w != z)
