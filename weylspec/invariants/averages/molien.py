"""Molien–Weyl: invariant harmonics of an orthogonal action as averages over its classes, exactly.

Σ_k m_k t^k = (1 − t²) ∫_G dg/det(1 − tg) (Molien 1897; Weyl 1926 for compact Lie groups). On a
torus coset the integral over angles is a finite sum: with M points per angle, M above the largest
exponent that can occur up to degree K, the trapezoid rule extracts constant terms exactly, in F_p
as well as in C.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from functools import partial

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.exact.modular import unit_powers, unit_residues
from weylspec.groups.cosets import LinearCoset
from weylspec.groups.highest_weights import positive_roots
from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.averages.determinants import (
    classical_average,
    classical_order,
    classical_orders,
    classical_torus,
)
from weylspec.invariants.averages.finite_classes import FiniteClasses
from weylspec.invariants.averages.grid_symmetry import grid_symmetries
from weylspec.invariants.averages.multiplicity import invariant_multiplicities
from weylspec.invariants.averages.separable import (
    denominator_monomials,
    is_separable,
    separable_average,
    shared_angle,
    shared_average,
    straightened,
)
from weylspec.multiplicities import IntArray

Residues = npt.NDArray[np.int64]

_MAX_GRID_WORK = 2 * 10**11
_MAX_MONOMIALS = 200_000  # while Weyl's denominator is multiplied out: rank 6, SO(13), has 172 800, in 0.5 s
_MAX_KEPT = 10**7  # residues of traces that are kept, 80 MB


def class_dimensions(action: LinearAction, bounds: IntArray) -> IntArray:
    """Dimensions of the invariant harmonics as averages over the classes of the group, whatever else is known of it.

    Parameters
    ----------
    action : LinearAction
    bounds : ndarray of shape (K + 1,), exact integers
        Dimensions of all harmonics.

    Returns
    -------
    ndarray of shape (K + 1,), exact integers

    Examples
    --------
    S²/O_h has the series 1/((1 − t⁴)(1 − t⁶)):

    >>> from weylspec.groups.permutation import Hyperoctahedral
    >>> class_dimensions(Hyperoctahedral(3).natural(), np.arange(1, 27, 2)).tolist()
    [1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 2]
    """
    top = len(bounds) - 1
    classes = FiniteClasses.of(action)
    if classes is not None:
        return invariant_multiplicities(bounds, partial(classes.average, top), action.modulus)
    return invariant_multiplicities(bounds, lambda p: _coset_average(action, top, p), class_modulus(action, top))


def class_modulus(action: LinearAction, top: int) -> int:
    """What a prime must be 1 modulo for averages over the classes to a degree.

    Parameters
    ----------
    action : LinearAction
    top : int
        The degree.

    Returns
    -------
    int

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> class_modulus(SO(3).natural(), 20)
    32
    """
    return math.lcm(action.modulus, _grid(action, top))


def _grid(action: LinearAction, top: int) -> int:
    if action.is_finite:
        return 1
    turning = [coset for coset in action.cosets() if coset.rank]
    largest = max((grid_points(coset, top) for coset in turning), default=1)
    return max(largest, classical_orders(map(straightened, turning), top))


def grid_points(coset: LinearCoset, top: int) -> int:
    """Points per angle that make the trapezoid rule exact up to a degree: a power of two.

    Exponents that occur are at most top·max(|W_b|/L_b) from the symmetric power and Σ|roots| from
    Weyl's density, per angle; any larger number of points has no aliasing.

    Parameters
    ----------
    coset : LinearCoset
    top : int
        The degree.

    Returns
    -------
    int

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> grid_points(next(iter(SO(3).natural().cosets())), 20)      # exponents up to 20 + 2
    32
    """
    coset = straightened(coset)
    lengths = np.array(coset.lengths, dtype=np.int64)[:, None]
    scaled = (np.abs(coset.weights) * top // lengths).max(axis=0, initial=0)
    extra = np.abs(np.array(coset.highest, dtype=np.int64)) if coset.highest else 0
    highest = int((scaled + np.abs(coset.roots).sum(axis=0) + extra).max(initial=0))
    return 1 << (highest + 1).bit_length()


def class_average(action: LinearAction, top: int, p: int) -> Residues:
    """Dimensions of the invariant harmonics of degrees 0 … top modulo a prime, by classes.

    Parameters
    ----------
    action : LinearAction
    top : int
    p : int
        Prime, 1 modulo `class_modulus`.

    Returns
    -------
    ndarray of shape (top + 1,), residues modulo p
    """
    classes = FiniteClasses.of(action)
    return _coset_average(action, top, p) if classes is None else classes.average(top, p)


def _coset_average(action: LinearAction, top: int, p: int) -> Residues:
    """Coset by coset: for Lie groups, and for more classes than are held."""
    grid = _grid(action, top)
    known: dict[tuple[object, ...], Residues] = {}

    def trace(coset: LinearCoset) -> Residues:
        key = coset.signature()
        found = known.get(key)
        if found is None:
            found = coset_trace(coset, top, grid, p)
            if len(known) * (top + 1) < _MAX_KEPT:
                known[key] = found
        return found

    return action.average(trace, p)


def coset_trace(coset: LinearCoset, top: int, grid: int, p: int) -> Residues:
    """Trace of one coset on the harmonics of degrees 0 … top, averaged over its angles, modulo p.

    Parameters
    ----------
    coset : LinearCoset
    top : int
    grid : int
        Points per angle.
    p : int
        Prime, 1 modulo the grid and all denominators.

    Returns
    -------
    ndarray of shape (top + 1,), residues modulo p

    Raises
    ------
    CostError
        If the grid over all angles together would take more than 2·10¹¹ operations.

    Examples
    --------
    A rotation of the plane by a third, in F_7 where 2 is a cube root of unity: traces 1, ζ + ζ², 2:

    >>> from fractions import Fraction
    >>> from weylspec.groups.cosets import finite_coset
    >>> third = finite_coset(Fraction(1, 3), (1, 1), (Fraction(1, 3), Fraction(2, 3)), lambda: np.eye(2))
    >>> coset_trace(third, 3, 1, 7).tolist()
    [1, 6, 6, 2]
    """
    coset = straightened(coset)
    powers = unit_powers(grid, p)
    phases = unit_residues(coset.phases, p)
    root_values = unit_residues(coset.root_phases, p)
    traces = _classical(coset, phases, len(powers), top, p)
    if traces is None:
        traces = _separated(coset, phases, root_values, powers, top, p)
    if traces is None:
        traces = _grid_average(coset, phases, root_values, powers, top, p)
    traces[2:] -= traces[:-2].copy()
    return traces % p


def _classical(coset: LinearCoset, phases: Residues, grid: int, top: int, p: int) -> Residues | None:
    """The average as determinants, for unitary, orthogonal and symplectic groups of any rank on standard vectors."""
    torus = classical_torus(coset) if coset.rank > 1 else None
    if torus is None or grid % classical_order(torus, top):
        return None
    return classical_average(torus, coset.lengths, phases, top, p)


def _separated(
    coset: LinearCoset, phases: Residues, root_values: Residues, powers: Residues, top: int, p: int
) -> Residues | None:
    """The average angle by angle, where the weights allow it and Weyl's denominator is not too long."""
    if is_separable(coset):
        terms = denominator_monomials(coset, root_values, p, _MAX_MONOMIALS)
        return separable_average(coset, terms, phases, powers, top, p) if terms else None
    angle = None if coset.highest else shared_angle(coset)
    if angle is None:
        return None
    _check_work(coset, len(powers), 2, top)
    return shared_average(coset, angle, root_values, phases, powers, top, p, _MAX_MONOMIALS)


def _grid_average(
    coset: LinearCoset, phases: Residues, root_values: Residues, powers: Residues, top: int, p: int
) -> Residues:
    """Trapezoid rule over all angles together."""
    if any(coset.highest):
        plain, less = _without_weight(coset)
        first, second = (_grid_average(c, phases, unit_residues(c.root_phases, p), powers, top, p)
                         for c in (plain, less))
        return first - second
    from weylspec.exact.characters._loops import over_blocks
    from weylspec.invariants._loops import symmetric_power_traces

    _check_work(coset, len(powers), coset.rank, top)
    lengths, turning = np.array(coset.lengths, dtype=np.int64), coset.weights.any(axis=1)
    work, out = np.zeros((2, top + 1), dtype=np.int64)
    density = symmetric_power_traces(
        lengths[turning], phases[turning], coset.weights[turning], coset.roots, root_values, grid_symmetries(coset),
        powers, p, work, out,
    )
    out = np.asarray(out * pow(int(density), -1, p) % p, dtype=np.int64)
    over_blocks(lengths[~turning], phases[~turning], p, out)
    return out


def grid_work(action: LinearAction, top: int) -> float:
    """Operations a prime for the cosets that need a grid over all angles together, up to a degree.

    Parameters
    ----------
    action : LinearAction
    top : int
        The degree.

    Returns
    -------
    float
        0 where every coset is averaged angle by angle, or as a determinant.

    Examples
    --------
    >>> from weylspec.groups.octonions import G2
    >>> from weylspec.groups.orthogonal import SO
    >>> grid_work(SO(7).natural(), 100), grid_work(G2().natural(), 100) > 10**5
    (0.0, True)
    """
    if action.degrees or action.factors:
        return 0.0
    total = 0.0
    for coset in map(straightened, action.cosets()):
        if coset.rank > 1 and not (classical_torus(coset) or is_separable(coset) or shared_angle(coset) is not None):
            points = float(grid_points(coset, top)) ** coset.rank / len(grid_symmetries(coset))
            total += points * len(coset.lengths) * (top + 1)
    return total


def _without_weight(coset: LinearCoset) -> tuple[LinearCoset, LinearCoset]:
    """Cosets whose averages differ by the one with a highest weight Λ.

    The multiplicity of Λ in f is the constant term of z^Λ Π_{α>0}(1 − z^α) f, and z^Λ = 1 − (1 − z^Λ): the second
    has Λ as one more root. Both densities have the constant term 1, as Λ is not 0.
    """
    half = positive_roots(coset)
    rows = (half, np.vstack([half, coset.highest]))
    plain, less = (replace(coset, roots=r, root_phases=(Fraction(0),) * len(r), highest=()) for r in rows)
    return plain, less


def _check_work(coset: LinearCoset, grid: int, power: int, top: int) -> None:
    work = grid**power * len(coset.lengths) * (top + 1)
    if work > _MAX_GRID_WORK:
        raise CostError(
            f"a torus of rank {coset.rank} needs {grid}^{power} grid points to degree {top}, "
            f"about {work:.1e} operations, above {_MAX_GRID_WORK:.0e}; "
            "ask for a smaller cutoff or take a group of smaller rank"
        )


def class_poles(action: LinearAction) -> tuple[tuple[int, int], ...]:
    """Cyclotomic factors (order, power) of the common denominator of a finite group's classes.

    Parameters
    ----------
    action : LinearAction

    Returns
    -------
    tuple of (d, e)
        No element has a primitive d-th root of unity as an eigenvalue more than e times.

    Examples
    --------
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> class_poles(SymmetricGroup(3).natural())
    ((1, 3), (2, 1), (3, 1))
    """
    powers: Counter[int] = Counter()
    seen: set[tuple[object, ...]] = set()
    for coset in action.cosets():
        key = coset.signature()
        if key in seen:
            continue
        seen.add(key)
        eigenphases = Counter(
            (phase + k) / length
            for length, phase in zip(coset.lengths, coset.phases, strict=True) for k in range(length)
        )
        for phase, count in eigenphases.items():
            powers[phase.denominator] = max(powers[phase.denominator], count)
    return tuple(sorted(powers.items()))

