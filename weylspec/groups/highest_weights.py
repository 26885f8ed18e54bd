"""Irreducible representations of a connected group by their highest weight, in the angles of its torus."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from weylspec.errors import GroupActionError, WeylspecError
from weylspec.exact.integer_lattice import torsion_order
from weylspec.groups.characters import Character
from weylspec.groups.cosets import ONE, LinearCoset
from weylspec.groups.linear_action import LinearAction

IntMatrix = npt.NDArray[np.int64]
IntVector = npt.NDArray[np.int64]


def highest_character(action: LinearAction, weight: Sequence[int]) -> Character:
    """The character of the representation of a connected group that has a given weight as an extreme one.

    Parameters
    ----------
    action : LinearAction
        Of a connected group: one coset, its maximal torus.
    weight : sequence of int
        In the torus' angles: (Λ_1, …, Λ_r) for SO(n), U(n) and Sp(n), Λ_1 … Λ_{n−1} with Λ_n = 0 for SU(n), one
        number for a circle. Any weight of its orbit under the Weyl group will do.

    Returns
    -------
    Character

    Raises
    ------
    GroupActionError
        If the group is not connected.
    WeylspecError
        If the numbers are no weight of the group.

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> from weylspec.groups.unitary import SU
    >>> [highest_character(SO(3).natural(), [l]).degree for l in range(4)]
    [1, 3, 5, 7]
    >>> adjoint = highest_character(SU(3).natural(), [2, 1])
    >>> adjoint.degree, adjoint.indicator, highest_character(SU(3).natural(), [1, 0]).indicator
    (8, 1, 0)
    >>> highest_character(SU(2).natural(), [3]).indicator
    -1
    """
    cosets = list(action.cosets())
    torus = cosets[0]
    if len(cosets) > 1 or any(torus.phases):
        raise GroupActionError(f"{action.label} is not connected: highest weights name the representations of "
                               'connected groups; it has "trivial" and "det"')
    given = np.array(weight, dtype=object)
    if given.shape != (torus.rank,) or any(type(x) is not int for x in given.tolist()):
        raise WeylspecError(f"a highest weight of {action.label} is a list of {torus.rank} integers, got {weight!r}")
    weights = given.astype(np.int64)
    if torsion_order(np.vstack([torus.weights, weights])) != torsion_order(torus.weights):
        raise WeylspecError(f"{weight!r} is no weight of {action.label}, though it may be one of a covering group")
    chosen = highest_weight(weights, torus)

    return Character(repr(list(weight)), _dimension(chosen, torus), _indicator(chosen, torus), lambda: iter([ONE]),
                     tuple(chosen.tolist()))


def positive_roots(torus: LinearCoset) -> IntMatrix:
    """The roots whose first non-zero entry is positive, shape (N, r)."""
    positive = [root for root in torus.roots.tolist() if next(x for x in root if x) > 0]
    return np.array(positive, dtype=np.int64).reshape(len(positive), torus.rank)


def highest_weight(weight: IntVector, torus: LinearCoset) -> IntVector:
    """The dominant weight of an orbit for `positive_roots`, or of its negative if that makes it positive.

    Functions are real, so that a representation and its dual occur equally often; of the two dominant weights one
    has a first non-zero entry that is positive.

    Parameters
    ----------
    weight : ndarray of shape (r,), int64
    torus : LinearCoset

    Returns
    -------
    ndarray of shape (r,), int64

    Examples
    --------
    >>> from weylspec.groups.unitary import U
    >>> (torus,) = U(2).natural().cosets()
    >>> highest_weight(np.array([-3, 1]), torus).tolist(), highest_weight(np.array([-2, -1]), torus).tolist()
    ([1, -3], [2, 1])
    """
    found = _dominant(weight, torus)
    leading = next((x for x in found.tolist() if x), 0)
    return found if leading >= 0 else _dominant(-weight, torus)


def _dominant(weight: IntVector, torus: LinearCoset) -> IntVector:
    positive, form = positive_roots(torus), _form(torus)
    found = weight.copy()
    while True:
        numbers = _pairings(found, positive, form)
        if not (numbers < 0).any():
            return found
        worst = int(numbers.argmin())
        found = found - numbers[worst] * positive[worst]


def _form(torus: LinearCoset) -> npt.NDArray[np.float64]:
    """An inner product of weights that the Weyl group keeps: the dual of the trace form."""
    return np.asarray(np.linalg.inv(torus.weights.T @ torus.weights))


def _pairings(weight: IntVector, roots: IntMatrix, form: npt.NDArray[np.float64]) -> IntVector:
    """The integers 2⟨weight, α⟩/⟨α, α⟩."""
    lengths = np.einsum("ai,ij,aj->a", roots, form, roots)
    return np.asarray(np.rint(2 * (roots @ form @ weight) / lengths), dtype=np.int64)


def _dimension(weight: IntVector, torus: LinearCoset) -> int:
    """Π ⟨2Λ + 2ρ, α⟩/⟨2ρ, α⟩ over the positive roots (Weyl 1925)."""
    positive, form = positive_roots(torus), _form(torus)
    rho = positive.sum(axis=0)
    above, below = _pairings(2 * weight + rho, positive, form), _pairings(rho, positive, form)
    return math.prod(map(int, above)) // math.prod(map(int, below))


def _indicator(weight: IntVector, torus: LinearCoset) -> int:
    """0 unless −Λ is in the orbit of Λ; else the parity of Σ 2⟨Λ, α⟩/⟨α, α⟩ over the positive roots."""
    if not np.array_equal(_dominant(-weight, torus), weight):
        return 0
    return -1 if int(_pairings(weight, positive_roots(torus), _form(torus)).sum()) % 2 else 1
