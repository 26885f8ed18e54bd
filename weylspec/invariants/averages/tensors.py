"""Invariants of a linear action in the irreducible representations of O(n), SO(2m), U(n) and Sp(n), exactly.

dim V_Λ^G = ∫_G χ_Λ(g) dg, with χ_Λ a determinant in the traces h_k on symmetric powers. On a torus
coset the integral is a sum over a grid that has more points per angle than any exponent of χ_Λ times
Weyl's density: no weight of V_Λ is longer than Σ |Λ_i|.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.exact.characters._codes import ORTHOGONAL
from weylspec.exact.characters.classical import Shapes
from weylspec.exact.modular import residue, unit_powers, unit_residues
from weylspec.groups.complex_cosets import complex_coset
from weylspec.groups.cosets import LinearCoset, character_residue
from weylspec.groups.linear_action import LinearAction
from weylspec.groups.standard import oriented_coset
from weylspec.invariants.averages.molien import grid_points
from weylspec.invariants.averages.multiplicity import invariant_multiplicities
from weylspec.invariants.averages.separable import straightened
from weylspec.multiplicities import IntArray

Residues = npt.NDArray[np.int64]

_MAX_WORK = 2 * 10**11
_PRIMES = 3  # one of them a check
_HALF = Fraction(1, 2)


def fixed_dimensions(
    action: LinearAction, wanted: Shapes, dimensions: IntArray, *, twisted: bool = False
) -> IntArray:
    """Dim V_Λ^G of each irreducible representation, or of (det ⊗ V_Λ)^G, exact.

    Parameters
    ----------
    action : LinearAction
        G on the standard representation: on R^n, on R^{2n} = C^n commuting with i, or on R^{4n} = H^n commuting
        with the quaternions on the right.
    wanted : Shapes
        The representations; of determinant 1 only if some are mirror images of one another.
    dimensions : ndarray of shape (W,), exact integers
        Their dimensions.
    twisted : bool
        Whether to tensor with the determinant on R^n.

    Returns
    -------
    ndarray of shape (W,), exact integers

    Raises
    ------
    CostError
        If the grids over all angles would take more than 2·10¹¹ operations.

    Examples
    --------
    SO(3) on R⁴ = R³ ⊕ R fixes one vector, one symmetric traceless tensor and no two-form:

    >>> from weylspec.groups.orthogonal import SO
    >>> tensors = Shapes.orthogonal(np.array([[1, 0], [2, 0], [1, 1]]))
    >>> fixed_dimensions(SO(3).linear(4), tensors, np.array([4, 9, 6])).tolist()
    [1, 1, 0]

    U(1) × U(1) on C² fixes one traceless Hermitian matrix:

    >>> torus = (SO(2) + SO(2)).natural()
    >>> fixed_dimensions(torus, Shapes.unitary(np.array([[1, -1]])), np.array([3])).tolist()
    [1]

    Sp(1) on the first of two quaternions fixes 2 of the 4 vectors of C⁴, and 1 vector of the 5 of SO(5):

    >>> from weylspec.groups.unitary import Sp
    >>> fixed_dimensions(Sp(1).linear(8), Shapes.symplectic(np.array([[1, 0], [1, 1]])), np.array([4, 5])).tolist()
    [2, 1]
    """
    if not len(wanted):
        return dimensions
    cosets: dict[tuple[object, ...], tuple[Fraction, LinearCoset]] = {}
    for coset in standard_cosets(action, wanted):
        key = (coset.signature(ordered=bool(wanted.mirror.any())), coset.character)
        share, _ = cosets.get(key, (Fraction(0), coset))
        cosets[key] = share + (-coset.share if twisted and determinant_phase(coset) else coset.share), coset
    grid = max(grid_points(coset, wanted.reach) for _, coset in cosets.values())
    work = sum(_work(coset, grid, wanted.degree, len(wanted), wanted.size) for _, coset in cosets.values())
    if work > _MAX_WORK:
        rank = max(coset.rank for _, coset in cosets.values())
        raise CostError(
            f"averaging {len(wanted)} characters over {action.label} takes {grid}^{rank} points of a torus of rank "
            f"{rank}, about {work:.1e} operations, above {_MAX_WORK:.0e}; ask for a smaller cutoff or take a group of "
            "smaller rank"
        )

    def average(p: int) -> Residues:
        total = np.zeros(len(wanted), dtype=np.int64)
        for share, coset in cosets.values():
            weight = residue(share, p) * character_residue(coset.character, p) % p
            total = (total + weight * character_averages(coset, wanted, grid, p)) % p
        return total

    modulus = math.lcm(grid, *(d for _, coset in cosets.values() for d in coset.denominators()))
    return invariant_multiplicities(dimensions, average, modulus)


def standard_cosets(action: LinearAction, wanted: Shapes) -> Iterable[LinearCoset]:
    """The cosets with the eigenvalues that the determinants are in.

    Parameters
    ----------
    action : LinearAction
    wanted : Shapes

    Returns
    -------
    iterable of LinearCoset
    """
    if wanted.kind != ORTHOGONAL:
        return map(complex_coset, action.cosets())
    return map(oriented_coset, action.cosets()) if wanted.mirror.any() else action.cosets()


def averaging_cost(action: LinearAction, degree: int, number: float, size: int) -> float:
    """Operations that `fixed_dimensions` takes, roughly.

    Parameters
    ----------
    action : LinearAction
    degree : int
        Σ |Λ_i| of the longest weight.
    number : float
        How many representations.
    size : int
        Rows of their determinants.

    Returns
    -------
    float

    Examples
    --------
    The torus of SO(4) has a grid in two angles:

    >>> from weylspec.groups.orthogonal import SO
    >>> [averaging_cost(SO(n).natural(), 20, 50, 2) > 10**6 for n in (3, 4)]
    [False, True]
    """
    different = {coset.signature(ordered=False): coset for coset in action.cosets()}.values()
    grid = max(grid_points(coset, degree) for coset in different)
    return _PRIMES * sum(_work(coset, grid, degree, number, size) for coset in different)


def _work(coset: LinearCoset, grid: int, degree: int, number: float, size: int) -> float:
    """Operations: at each point of the grid the complete functions, and a determinant for each representation."""
    point = len(coset.lengths) * (degree + 1) + number * (5 + size**3 + 50 * max(size - 2, 0))
    return float(grid) ** coset.rank * point


def determinant_phase(coset: LinearCoset) -> Fraction:
    """0 where the elements of a coset preserve the orientation of R^n, ½ where they reverse it.

    Parameters
    ----------
    coset : LinearCoset

    Returns
    -------
    Fraction

    Examples
    --------
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> [str(determinant_phase(c)) for c in SymmetricGroup(3).natural().cosets()]
    ['0', '1/2', '0']
    """
    turns = sum(coset.phases, Fraction(0)) + _HALF * sum(length - 1 for length in coset.lengths)
    return turns % 1


def character_averages(coset: LinearCoset, wanted: Shapes, grid: int, p: int) -> Residues:
    """Characters averaged over a coset with Weyl's density, modulo p.

    Parameters
    ----------
    coset : LinearCoset
        With the eigenvalues that the determinants are in; one by one in oriented pairs where there are mirror images.
    wanted : Shapes
    grid : int
        Points per angle, more than the exponents that occur (`weylspec.invariants.averages.molien.grid_points`).
    p : int
        Prime, 1 modulo the grid and every denominator of the coset.

    Returns
    -------
    ndarray of shape (W,), residues

    Examples
    --------
    A transposition of S_3 on vectors and on symmetric traceless tensors of R³:

    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> swap = next(c for c in SymmetricGroup(3).natural().cosets() if sorted(c.lengths) == [1, 2])
    >>> character_averages(swap, Shapes.orthogonal(np.array([[1], [2]])), 1, 7).tolist()
    [1, 1]
    """
    found = _averages(coset, wanted, False, grid, p)
    split, inner = wanted.differences()
    if len(split):
        other = _averages(coset, inner, True, grid, p)
        found[split] = (found[split] + wanted.mirror[split] * other) % p * ((p + 1) // 2) % p
    return found


def _averages(coset: LinearCoset, wanted: Shapes, difference: bool, grid: int, p: int) -> Residues:
    from weylspec.exact.characters._loops import torus_average

    coset = straightened(coset)
    lengths, phases, weights = coset.lengths, coset.phases, coset.weights
    if wanted.lower.shape[1]:
        lengths, phases = lengths * 2, phases + tuple(-phase % 1 for phase in phases)
        weights = np.concatenate([weights, -weights])
    h, out = np.zeros(wanted.degree + 1, dtype=np.int64), np.zeros(len(wanted), dtype=np.int64)
    density = torus_average(
        wanted.kind, difference, np.array(lengths, dtype=np.int64), unit_residues(phases, p), weights, coset.roots,
        unit_residues(coset.root_phases, p), unit_powers(grid, p), wanted.upper, wanted.lower, p, h, h.copy(),
        np.zeros((wanted.size, wanted.size), dtype=np.int64), out,
    )
    return np.asarray(out * pow(int(density), -1, p) % p, dtype=np.int64)
