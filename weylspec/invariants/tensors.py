"""Invariants of a linear action in the irreducible tensors of O(n), U(n) and Sp(n), exactly.

dim V_μ^G = ∫_G χ_μ(g) dg, with χ_μ a determinant in the traces h_k on symmetric powers. On a torus
coset the integral is a sum over a grid that has more points per angle than any exponent of χ_μ times
Weyl's density: the determinant is homogeneous of degree at most |μ| in the eigenvalues.
"""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.exact.characters._codes import LINEAR, ORTHOGONAL, SYMPLECTIC
from weylspec.exact.characters.classical import highest_degree, unit_residues
from weylspec.exact.modular import residue, root_of_unity
from weylspec.groups.complex_cosets import complex_coset
from weylspec.groups.cosets import LinearCoset
from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.molien import grid_points
from weylspec.invariants.multiplicity import invariant_multiplicities
from weylspec.multiplicities import IntArray

IntMatrix = npt.NDArray[np.int64]
Residues = npt.NDArray[np.int64]

_MAX_WORK = 2 * 10**11
_HALF = Fraction(1, 2)


def tensor_invariants(
    action: LinearAction, partitions: IntMatrix, dimensions: IntArray, *, twisted: bool = False
) -> IntArray:
    """Dimensions of [μ]^G, or of (det ⊗ [μ])^G, exact.

    Parameters
    ----------
    action : LinearAction
        G on R^n.
    partitions : ndarray of shape (m, rows), int64
        At most n/2 rows.
    dimensions : ndarray of shape (m,), exact integers
        Of the irreps [μ].
    twisted : bool
        Whether to tensor with the determinant.

    Returns
    -------
    ndarray of shape (m,), exact integers

    Raises
    ------
    CostError
        If the grid over all angles would take more than 2·10¹¹ operations.

    Examples
    --------
    SO(3) on R⁴ = R³ ⊕ R fixes one vector, one symmetric traceless tensor and no two-form:

    >>> from weylspec.groups.orthogonal import SO
    >>> table = np.array([[1, 0], [2, 0], [1, 1]])
    >>> tensor_invariants(SO(3).linear(4), table, np.array([4, 9, 6])).tolist()
    [1, 1, 0]
    """
    none = np.zeros((len(partitions), 0), dtype=np.int64)
    return _invariants(ORTHOGONAL, action, list(action.cosets()), partitions, none, dimensions, twisted)


def mixed_tensor_invariants(
    action: LinearAction, upper: IntMatrix, lower: IntMatrix, dimensions: IntArray
) -> IntArray:
    """Dimensions of the vectors that G ⊂ U(n) fixes in the irreps of U(n) with weights (μ, 0, …, 0, −ν reversed).

    Parameters
    ----------
    action : LinearAction
        G on R^{2n} = C^n, commuting with i.
    upper, lower : ndarrays of shapes (m, rows) and (m, other rows), int64
        μ and ν.
    dimensions : ndarray of shape (m,), exact integers

    Returns
    -------
    ndarray of shape (m,), exact integers

    Raises
    ------
    CostError
        As `tensor_invariants`.

    Examples
    --------
    U(1) × U(1) on C² fixes one traceless Hermitian matrix:

    >>> from weylspec.groups.orthogonal import SO
    >>> torus = (SO(2) + SO(2)).natural()
    >>> mixed_tensor_invariants(torus, np.array([[1]]), np.array([[1]]), np.array([3])).tolist()
    [1]
    """
    cosets = [complex_coset(coset) for coset in action.cosets()]
    return _invariants(LINEAR, action, cosets, upper, lower, dimensions)


def symplectic_invariants(action: LinearAction, partitions: IntMatrix, dimensions: IntArray) -> IntArray:
    """Dimensions of the vectors that G ⊂ Sp(n) fixes in the irreps ⟨μ⟩ of Sp(n).

    Parameters
    ----------
    action : LinearAction
        G on R^{4n} = H^n, commuting with the quaternions on the right.
    partitions : ndarray of shape (m, rows), int64
    dimensions : ndarray of shape (m,), exact integers

    Returns
    -------
    ndarray of shape (m,), exact integers

    Raises
    ------
    CostError
        As `tensor_invariants`.

    Examples
    --------
    Sp(1) on the first of two quaternions fixes 2 of the 4 vectors of C⁴, and 1 vector of the 5 of SO(5):

    >>> from weylspec.groups.unitary import Sp
    >>> symplectic_invariants(Sp(1).linear(8), np.array([[1, 0], [1, 1]]), np.array([4, 5])).tolist()
    [2, 1]
    """
    none = np.zeros((len(partitions), 0), dtype=np.int64)
    cosets = [complex_coset(coset) for coset in action.cosets()]
    return _invariants(SYMPLECTIC, action, cosets, partitions, none, dimensions)


def _invariants(
    kind: int, action: LinearAction, cosets: list[LinearCoset], upper: IntMatrix, lower: IntMatrix,
    dimensions: IntArray, twisted: bool = False,
) -> IntArray:
    if not len(upper):
        return dimensions
    top = int((upper.sum(axis=1) + lower.sum(axis=1)).max())
    grid = max((grid_points(coset, top) for coset in cosets if coset.rank), default=1)
    modulus = math.lcm(grid, *(d for coset in cosets for d in coset.denominators()))

    def average(p: int) -> Residues:
        known: dict[tuple[object, ...], Residues] = {}
        total = np.zeros(len(upper), dtype=np.int64)
        for coset in cosets:
            key = signature(coset)
            if key not in known:
                known[key] = character_averages(kind, coset, upper, lower, grid, p)
            sign = -1 if twisted and determinant_phase(coset) else 1
            total = (total + sign * residue(coset.share, p) * known[key]) % p
        return total

    return invariant_multiplicities(dimensions, average, modulus)


def signature(coset: LinearCoset) -> tuple[object, ...]:
    """Eigenvalue data: cosets that agree in it have equal characters.

    Parameters
    ----------
    coset : LinearCoset

    Returns
    -------
    tuple

    Examples
    --------
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> len({signature(c) for c in SymmetricGroup(4).natural().cosets()})
    5
    """
    blocks = sorted(zip(coset.lengths, coset.phases, coset.weights.tolist(), strict=True))
    return tuple((n, c, *w) for n, c, w in blocks), coset.roots.tobytes(), coset.root_phases


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


def character_averages(
    kind: int, coset: LinearCoset, upper: IntMatrix, lower: IntMatrix, grid: int, p: int
) -> Residues:
    """Characters averaged over a coset with Weyl's density, modulo p.

    Parameters
    ----------
    kind : int
        A code of `weylspec.exact.characters`.
    coset : LinearCoset
        With the eigenvalues that the determinants are in.
    upper, lower : ndarrays of shapes (m, rows) and (m, other rows), int64
        Partitions; no lower rows except for the linear kind.
    grid : int
        Points per angle, more than the exponents that occur (`weylspec.invariants.molien.grid_points`).
    p : int
        Prime, 1 modulo the grid and every denominator of the coset.

    Returns
    -------
    ndarray of shape (m,), residues

    Raises
    ------
    CostError
        Above 2·10¹¹ operations.

    Examples
    --------
    A transposition of S_3 on vectors and on symmetric traceless tensors of R³:

    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> swap = next(c for c in SymmetricGroup(3).natural().cosets() if sorted(c.lengths) == [1, 2])
    >>> character_averages(ORTHOGONAL, swap, np.array([[1], [2]]), np.zeros((2, 0), dtype=np.int64), 1, 7).tolist()
    [1, 1]
    """
    from weylspec.exact.characters._loops import torus_average

    top, size = highest_degree(upper, lower), upper.shape[1] + lower.shape[1]
    work = float(grid) ** coset.rank * (len(coset.lengths) * (top + 1) + len(upper) * (size**3 + 1))
    if work > _MAX_WORK:
        raise CostError(
            f"a torus of rank {coset.rank} needs {grid}^{coset.rank} grid points for tensors of degree {top}, "
            f"about {work:.1e} operations, above {_MAX_WORK:.0e}; ask for a smaller cutoff or take a group of "
            "smaller rank"
        )
    phases = coset.phases + tuple(-phase % 1 for phase in coset.phases)
    zeta = root_of_unity(p, grid)
    powers = np.array(list(itertools.accumulate(range(grid - 1), lambda x, _: x * zeta % p, initial=1)), dtype=np.int64)
    out = np.zeros(len(upper), dtype=np.int64)
    density = torus_average(
        kind, np.array(coset.lengths, dtype=np.int64), unit_residues(phases, p), coset.weights, coset.roots,
        unit_residues(coset.root_phases, p), powers, upper, lower, p, np.zeros(top + 1, dtype=np.int64),
        np.zeros(top + 1, dtype=np.int64), out,
    )
    return np.asarray(out * pow(int(density), -1, p) % p, dtype=np.int64)
