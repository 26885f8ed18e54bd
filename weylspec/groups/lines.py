"""Groups acting on projective spaces: on the lines of K^{n+1}, for K = R, C or H.

KPⁿ is the unit sphere of K^{n+1} modulo the scalars of length 1, so G acts on it as G and these
scalars together act on the sphere. An element that commutes with the scalars takes them as one more
torus direction. On C^{n+1} it may also be antiunitary, xz = z̄x for scalars z; then e^{iφ}xe^{−iφ} =
xe^{−2iφ}, all elements of its coset are conjugate, and x alone stands for them.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from weylspec.errors import GroupActionError
from weylspec.groups.cosets import LinearCoset
from weylspec.groups.joint import joint, joint_coset
from weylspec.groups.linear_action import LinearAction
from weylspec.groups.orthogonal import SO
from weylspec.groups.permutation import SignFlips
from weylspec.groups.unitary import RIGHT_UNITS, right_quaternions

FloatArray = npt.NDArray[np.float64]

_TOLERANCE = 1e-8
_UNITS = {1: (), 2: SO(2).algebra, 4: RIGHT_UNITS}  # imaginary scalars


def line_action(given: LinearAction, field: int) -> LinearAction:
    """The group together with the scalars of length 1.

    Parameters
    ----------
    given : LinearAction
        On R^N, N a multiple of the field's dimension.
    field : int
        1, 2 or 4 for R, C or H.

    Returns
    -------
    LinearAction
        On the same R^N; its invariant harmonics, all of even degree 2k, are the invariant functions of level k.

    Raises
    ------
    GroupActionError
        If an element does not map lines to lines in the way described above.

    Examples
    --------
    Permutations of three complex coordinates:

    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> action = line_action(SymmetricGroup(3).blocks(2).natural(), 2)
    >>> [coset.rank for coset in action.cosets()]
    [1, 1, 1]
    """
    if field == 1:
        return _with(given, SignFlips(1).copies(given.size).natural())
    if field == 2:
        return _with_phases(given)
    for i, g in enumerate((*given.generators, *given.algebra)):
        if any(_distance(g @ u, u @ g) > _TOLERANCE for u in _on_lines(RIGHT_UNITS, given.size)):
            raise GroupActionError(
                f"{given.label}: generator {i} does not commute with the quaternions on the right, so it is no "
                f"isometry of HP^{given.size // 4 - 1} that is known here; write it as a matrix of quaternions acting "
                "from the left, such as Sp(n), or with .blocks(4)"
            )
    return _with(given, right_quaternions(given.size // 4))


def modulo_scalars(action: LinearAction, field: int) -> LinearAction:
    """A group that contains the scalars, without those factors of its identity component that are scalars.

    It does the same to lines; none of its blocks is left if only finitely many elements differ on lines.

    Parameters
    ----------
    action : LinearAction
        Of `line_action`.
    field : int

    Returns
    -------
    LinearAction

    Examples
    --------
    >>> action = line_action(SignFlips(3).blocks(2).natural(), 2)
    >>> len(action.blocks), len(modulo_scalars(action, 2).blocks)
    (1, 0)
    """
    scalars = tuple(_on_lines(_UNITS[field], action.size))
    kept = (b for b in action.blocks if not all(_spans(scalars, x) for x in b.algebra(action.size)))
    return replace(action, blocks=tuple(kept))


def is_antiunitary(matrix: FloatArray) -> bool:
    """Whether a real matrix on C^n = R^{2n} takes iv to −i times the image of v.

    Examples
    --------
    >>> is_antiunitary(np.diag([1.0, -1.0])), is_antiunitary(np.eye(2))
    (True, False)
    """
    (i,) = _on_lines(_UNITS[2], len(matrix))
    return _distance(matrix @ i, -i @ matrix) <= _TOLERANCE


def _with(given: LinearAction, scalars: LinearAction) -> LinearAction:
    return joint(given, scalars, f"{given.label} with scalars")


def _with_phases(given: LinearAction) -> LinearAction:
    """G·U(1) on C^{n+1}; G itself if it has all scalars e^{iθ} already."""
    scalars = SO(2).copies(given.size // 2).natural()
    (i,) = scalars.algebra
    for number, g in enumerate(given.generators):
        if _distance(g @ i, i @ g) > _TOLERANCE and not is_antiunitary(g):
            raise GroupActionError(_no_isometry(given, f"generator {number}"))
    for x in given.algebra:
        if _distance(x @ i, i @ x) > _TOLERANCE:
            raise GroupActionError(_no_isometry(given, "its identity component"))
    if _spans(given.algebra, i):
        return given
    (phases,) = scalars.cosets()
    cosets = tuple(_coset_with(coset, phases) for coset in given.cosets())

    def sampler(count: int, rng: np.random.Generator) -> FloatArray:
        return np.asarray(given.sample(count, rng) @ scalars.sample(count, rng))

    return LinearAction(
        f"{given.label} with scalars", given.size, math.inf, given.generators, lambda: iter(cosets), sampler,
        math.lcm(*(d for coset in cosets for d in coset.denominators())), given.blocks + scalars.blocks)


def _coset_with(coset: LinearCoset, phases: LinearCoset) -> LinearCoset:
    return coset if is_antiunitary(coset.element()) else joint_coset(coset, phases)


def _spans(algebra: tuple[FloatArray, ...], x: FloatArray) -> bool:
    if not algebra:
        return False
    basis = np.array([y.reshape(-1) for y in algebra]).T
    found = basis @ np.linalg.lstsq(basis, x.reshape(-1))[0]
    return _distance(found, x.reshape(-1)) < _TOLERANCE


def _on_lines(units: tuple[FloatArray, ...], size: int) -> list[FloatArray]:
    return [np.asarray(np.kron(np.eye(size // len(u)), u), dtype=np.float64) for u in units]


def _distance(a: FloatArray, b: FloatArray) -> float:
    return float(np.abs(a - b).max())


def _no_isometry(given: LinearAction, what: str) -> str:
    n = given.size // 2
    return (
        f"{given.label}: {what} neither commutes nor anticommutes with i on C^{n} = R^{2 * n} (z_j = x_2j + i·x_2j+1), "
        f"so it does not map complex lines to complex lines; real matrices act by .blocks(2), as in "
        f"SymmetricGroup({n}).blocks(2), complex conjugation is ComplexConjugation({n})"
    )
