"""Standard representations over R, C and H, written as real matrices: membership, and eigenvalues of cosets.

C^n is R^{2n} with z_j = x_{2j} + i·x_{2j+1}; H^n is R^{4n} with q = z_1 + j·z_2, so that right
multiplication by i is the complex structure J and right multiplication by j is (z_1, z_2) ↦ (−z̄_2, z̄_1).
The complex matrix of a real one that commutes with J is its restriction to the eigenspace J = i.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import GroupActionError
from weylspec.groups.complex_cosets import complex_coset
from weylspec.groups.cosets import LinearCoset
from weylspec.groups.linear_action import LinearAction

FloatArray = npt.NDArray[np.float64]
ComplexArray = npt.NDArray[np.complex128]
IntMatrix = npt.NDArray[np.int64]

_TOLERANCE = 1e-7
_HALF = Fraction(1, 2)


def complex_structure(size: int) -> FloatArray:
    """J = kron(I, [[0, −1], [1, 0]]) on R^size: multiplication by i.

    Examples
    --------
    >>> (complex_structure(4) @ complex_structure(4)).diagonal().tolist()
    [-1.0, -1.0, -1.0, -1.0]
    """
    return np.kron(np.eye(size // 2), np.array([[0.0, -1.0], [1.0, 0.0]]))


def quaternionic_structure(size: int) -> FloatArray:
    """Right multiplication by j on R^size = H^{size/4}: (z_1, z_2) ↦ (−z̄_2, z̄_1).

    Examples
    --------
    >>> j, J = quaternionic_structure(4), complex_structure(4)
    >>> bool(np.allclose(j @ j, -np.eye(4)) and np.allclose(j @ J, -J @ j))
    True
    """
    conjugate = np.diag([1.0, -1.0])
    zero = np.zeros((2, 2))
    return np.kron(np.eye(size // 4), np.block([[zero, -conjugate], [conjugate, zero]]))


def complex_form(matrix: FloatArray) -> ComplexArray:
    """The complex n × n matrices of real 2n × 2n ones that commute with J.

    Parameters
    ----------
    matrix : ndarray of shape (…, 2n, 2n)

    Returns
    -------
    ndarray of shape (…, n, n), complex

    Examples
    --------
    >>> complex_form(np.array([[0.0, -1.0], [1.0, 0.0]])).tolist()
    [[1j]]
    """
    return np.asarray(matrix[..., ::2, ::2] + 1j * matrix[..., 1::2, ::2])


def check_standard(action: LinearAction, field: str, special: bool, group: str) -> None:
    """Refuse a group of matrices that does not lie in SO(n), U(n), SU(n) or Sp(n).

    Parameters
    ----------
    action : LinearAction
        On R^n, R^{2n} or R^{4n}.
    field : str
        R, C or H.
    special : bool
        Whether the determinant must be 1.
    group : str
        The Lie group, for the message.

    Raises
    ------
    GroupActionError
        Naming the generator.

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> check_standard(SO(2).copies(2).natural(), "C", False, "U(2)")
    """
    for kind, matrices in (("generator", action.generators), ("direction", action.algebra)):
        for i, matrix in enumerate(matrices):
            fault = _fault(matrix, field, special, kind == "direction")
            if fault:
                raise GroupActionError(
                    f"{action.label} does not lie in {group}: its {kind} {i} {fault}{_REMEDIES[field]}")


_REMEDIES = {
    "R": "",
    "C": "; complex matrices of size n are real ones of size 2n that commute with kron(I_n, [[0, -1], [1, 0]]): "
         "a real matrix h becomes kron(h, I_2), SU(k) and U(k) are of this form",
    "H": "; quaternionic matrices of size n are real ones of size 4n: Sp(k) is of this form",
}


def _fault(matrix: FloatArray, field: str, special: bool, tangent: bool) -> str:
    size = len(matrix)
    structures = {"R": (), "C": (("i", complex_structure),),
                  "H": (("i", complex_structure), ("j", quaternionic_structure))}[field]
    for name, structure in structures:
        unit = structure(size)
        if np.abs(matrix @ unit - unit @ matrix).max() > _TOLERANCE:
            return f"does not commute with (right) multiplication by {name}"
    own = matrix if field == "R" else complex_form(matrix)
    if special and tangent and abs(np.trace(own)) > _TOLERANCE:
        return "has a trace that is not 0"
    if special and not tangent and abs(np.linalg.det(own) - 1) > _TOLERANCE:
        return "has not the determinant 1"
    return ""


def oriented_coset(coset: LinearCoset) -> LinearCoset:
    """A coset of SO(n) with its eigenvalues one by one in pairs z, z⁻¹; an odd one, which is 1, comes last.

    For even n the pairs are oriented: Π (z_j − z_j⁻¹)/i is the Pfaffian of g − gᵀ.

    Parameters
    ----------
    coset : LinearCoset
        On R^n, of determinant 1.

    Returns
    -------
    LinearCoset
        Its angles may be fractions of those of its directions.

    Raises
    ------
    GroupActionError
        If the eigenvalues do not come in pairs.

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> oriented = oriented_coset(next(iter(SO(3).natural().cosets())))
    >>> oriented.weights.tolist(), oriented.roots.tolist()
    ([[-1], [1], [0]], [[1], [-1]])
    """
    stretch, phases, weights = _expanded(coset)
    variables = _pairs(phases, weights)
    if len(variables) % 2 == 0:
        variables = _oriented(coset, variables, stretch)
    rows = np.array([w for _, w in variables], dtype=np.int64).reshape(len(variables), coset.rank)
    return replace(coset, lengths=(1,) * len(rows), phases=tuple(c for c, _ in variables), weights=rows,
                   roots=stretch * coset.roots)


def eigenphases(coset: LinearCoset, field: str) -> tuple[Fraction, ...]:
    """Phases of an element's eigenvalues on the standard representation, one by one.

    Parameters
    ----------
    coset : LinearCoset
        Of rank 0, on R^n, R^{2n} or R^{4n}, in SO(n), U(n) or Sp(n).
    field : str
        R, C or H.

    Returns
    -------
    tuple of Fractions
        n phases (C), 2n on C^{2n} (H), or n in pairs as `oriented_coset` has them (R).

    Examples
    --------
    A quarter turn of C = R²:

    >>> from weylspec.groups.point import PointGroup
    >>> quarter = [c for c in PointGroup("C4").natural().cosets() if c.phases[1] == Fraction(1, 4)][0]
    >>> [str(c) for c in eigenphases(quarter, "R")]
    ['1/4', '3/4', '0']
    """
    return oriented_coset(coset).phases if field == "R" else tuple(_expanded(complex_coset(coset))[1])


def _expanded(coset: LinearCoset) -> tuple[int, list[Fraction], list[tuple[int, ...]]]:
    """Single eigenvalues e(c + W·θ'), θ = stretch·θ', from the blocks of L-th roots."""
    stretch = math.lcm(1, *(n for n, row in zip(coset.lengths, coset.weights, strict=True) if row.any()))
    phases, weights = [], []
    for length, phase, row in zip(coset.lengths, coset.phases, coset.weights.tolist(), strict=True):
        for k in range(length):
            phases.append((phase + k) / length % 1)
            weights.append(tuple(w * stretch // length for w in row))
    return stretch, phases, weights


Variable = tuple[Fraction, tuple[int, ...]]


def _pairs(phases: list[Fraction], weights: list[tuple[int, ...]]) -> list[Variable]:
    """Eigenvalues in pairs z, z⁻¹; an eigenvalue 1 that is left over comes last."""
    left = Counter(zip(phases, weights, strict=True))
    ordered: list[Variable] = []
    single: list[Variable] = []
    for phase, weight in sorted(left):
        partner = (-phase % 1, tuple(-w for w in weight))
        while left[phase, weight]:
            left[phase, weight] -= 1
            if left[partner]:
                left[partner] -= 1
                ordered += [(phase, weight), partner]
            else:
                single.append((phase, weight))
    if len(single) > 1 or any(phase or any(weight) for phase, weight in single):
        raise GroupActionError("the eigenvalues of a class do not come in pairs; its determinant is not 1")
    return ordered + single


def _oriented(coset: LinearCoset, variables: list[Variable], stretch: int) -> list[Variable]:
    """Turn one pair over where the orientation asks for it."""
    angles = np.array([0.1378 / (i + 1.31) for i in range(coset.rank)])  # generic
    chosen = variables[::2]
    sines = [math.sin(2 * math.pi * (float(c) + float(np.dot(w, angles)))) for c, w in chosen]
    if all(c in (0, _HALF) and not any(w) for c, w in chosen) or min(map(abs, sines)) < _TOLERANCE:
        return variables
    from scipy.linalg import expm

    turn = sum((2 * math.pi * stretch * a * h for a, h in zip(angles, coset.directions, strict=True)),
               np.zeros((len(variables), len(variables))))
    g = coset.element() @ expm(turn)
    if pfaffian(g - g.T) * math.prod(sines) < 0:
        variables[0], variables[1] = variables[1], variables[0]
    return variables


def pfaffian(matrix: FloatArray) -> float:
    """The Pfaffian of a real skew matrix, by its real Schur form.

    It is det Q·Π T_{2i+1, 2i} up to the fixed sign convention Pf = Π t_i for blocks [[0, −t], [t, 0]].

    Parameters
    ----------
    matrix : ndarray of shape (2m, 2m)

    Returns
    -------
    float

    Examples
    --------
    >>> round(pfaffian(np.array([[0.0, -3.0], [3.0, 0.0]])), 12)
    3.0
    """
    from scipy.linalg import schur

    blocks, basis = schur(matrix)
    size = len(matrix)
    product, i = float(np.linalg.det(basis)), 0
    while i < size:
        if i + 1 < size and blocks[i + 1, i] != 0:
            product *= float(blocks[i + 1, i] - blocks[i, i + 1]) / 2
            i += 2
        else:
            return 0.0
    return product
