"""Standard representations over R, C and H, written as real matrices: membership, and eigenvalues of cosets.

C^n is R^{2n} with z_j = x_{2j} + i·x_{2j+1}; H^n is R^{4n} with q = z_1 + j·z_2, so that right
multiplication by i is the complex structure J and right multiplication by j is (z_1, z_2) ↦ (−z̄_2, z̄_1).
The complex matrix of a real one that commutes with J is its restriction to the eigenspace J = i.
"""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import GroupActionError
from weylspec.exact.lie.characters import Torus
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
                raise GroupActionError(f"{action.label} does not lie in {group}: its {kind} {i} {fault}")


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


def standard_torus(coset: LinearCoset, field: str) -> Torus:
    """A coset in the variables of the characters of the standard representation.

    Parameters
    ----------
    coset : LinearCoset
        On R^n, R^{2n} or R^{4n}, in SO(n), U(n) or Sp(n).
    field : str
        R, C or H.

    Returns
    -------
    Torus
        Its variables are the n complex eigenvalues (C), the 2n eigenvalues on C^{2n} (H), or the
        eigenvalues on R^n in oriented pairs z, z⁻¹, one eigenvalue 1 left out if n is odd.

    Raises
    ------
    GroupActionError
        If the eigenvalues are not those of the class.

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> torus = standard_torus(next(iter(SO(3).natural().cosets())), "R")
    >>> torus.weights.tolist(), torus.roots.tolist()
    ([[-1], [1]], [[1], [-1]])
    """
    if field == "R":
        stretch, phases, weights = _expanded(coset)
        variables = _oriented(coset, _pairs(phases, weights), stretch, sum(coset.lengths) % 2 == 1)
        rows = np.array([w for _, w in variables], dtype=np.int64).reshape(len(variables), coset.rank)
        return Torus(tuple(c for c, _ in variables), rows, stretch * coset.roots, coset.root_phases)
    return Torus(*_complex_eigenvalues(coset), coset.roots, coset.root_phases)


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


def _oriented(coset: LinearCoset, variables: list[Variable], stretch: int, odd: bool) -> list[Variable]:
    """Drop the eigenvalue 1 of an odd dimension; else turn one pair over where the orientation asks for it."""
    if odd:
        return variables[:-1]
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


def _complex_eigenvalues(coset: LinearCoset) -> tuple[tuple[Fraction, ...], IntMatrix]:
    """Phases and weights on the eigenspace J = i, certified against the real eigenvalues of the class."""
    _, known, _ = _expanded(coset)
    modulus = math.lcm(*(c.denominator for c in known))
    x = complex_form(coset.element())
    directions = [complex_form(h) for h in coset.directions]
    vectors = _common_eigenvectors([x, *directions])
    diagonal = np.einsum("ij,ik,kj->j", vectors.conj(), x, vectors)
    turns = np.round(np.angle(diagonal) / (2 * math.pi) * modulus).astype(int)
    phases = tuple(Fraction(int(k), modulus) % 1 for k in turns)
    if Counter(phases) + Counter(-c % 1 for c in phases) != Counter(known):
        raise GroupActionError(f"the complex eigenvalues of a class, multiples of 1/{modulus} turn, are not its own")
    rows = np.zeros((len(phases), coset.rank), dtype=np.int64)
    for column, h in enumerate(directions):
        values = np.einsum("ij,ik,kj->j", vectors.conj(), h, vectors).imag
        rows[:, column] = np.round(values)
        if np.abs(values - rows[:, column]).max() > _TOLERANCE:
            raise GroupActionError("a direction has a weight that is not an integer")
    return phases, rows


def _common_eigenvectors(matrices: list[ComplexArray]) -> ComplexArray:
    """A unitary matrix that diagonalises commuting normal ones: eigenvectors of a generic combination."""
    rng = np.random.default_rng(20240229)
    hermitian = [part for m in matrices for part in (m + m.conj().T, 1j * (m - m.conj().T))]
    for _ in range(5):
        weights = rng.standard_normal(len(hermitian))
        _, vectors = np.linalg.eigh(sum(w * h for w, h in zip(weights, hermitian, strict=True)))
        rotated = [vectors.conj().T @ m @ vectors for m in matrices]
        if all(np.abs(m - np.diag(np.diag(m))).max() < _TOLERANCE for m in rotated):
            return np.asarray(vectors, dtype=np.complex128)
    raise GroupActionError("the elements of a coset could not be diagonalised together")
