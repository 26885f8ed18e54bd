"""The second route on flat tori: orbits of characters with trivial phases, from generators alone.

For g: x ↦ Ax + b a function Σ a_k e(k·x) is invariant when a_{Aᵀk} = e(k·b) a_k. These are relations of two
coefficients, solved by union–find; an orbit with a loop whose phases do not cancel carries nothing. Nothing is
shared with the theta series of `flat`.
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError
from weylspec.exact.modular import primes_one_modulo, unit_powers
from weylspec.exact.sparse.relations import solve_relations
from weylspec.groups.affine_action import AffineAction

Ints = npt.NDArray[np.int64]


def orbit_representatives(action: AffineAction, characters: npt.ArrayLike) -> Ints:
    """One character for every invariant function among the span of given ones.

    Parameters
    ----------
    action : AffineAction
        Only its generators and directions are used.
    characters : integer array of shape (m, n)
        Different characters k ∈ Zⁿ, in a set that every generator maps to itself, as those of bounded norm are.

    Returns
    -------
    ndarray of shape (dimension, n), int64
        One of each orbit whose phases are trivial.

    Raises
    ------
    WeylspecError
        If a generator maps one of the characters to none of them.

    Examples
    --------
    The Klein bottle: e(y) and e(−y) are exchanged, e(x) has the phase −1.

    >>> from weylspec.groups.affine import AffineGroup
    >>> glide = AffineGroup([([[1, 0], [0, -1]], ["1/2", 0])]).affine(2)
    >>> orbit_representatives(glide, [[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1]]).tolist()
    [[0, -1], [0, 0]]

    References
    ----------
    Galler and Fisher (1964), "An improved equivalence algorithm".
    """
    k = np.unique(np.asarray(characters, dtype=np.int64), axis=0)
    k = k[~(k @ action.directions).any(axis=1)]
    order = math.lcm(1, *(b.denominator for _, shift in action.generators for b in shift))
    p = next(primes_one_modulo(order))
    powers = unit_powers(order, p)
    relations = []
    for matrix, shift in action.generators:
        steps = np.array([int(Fraction(b) * order) for b in shift], dtype=np.int64)
        relations.append((_positions(k, k @ matrix), np.arange(len(k)), powers[k @ steps % order]))
    label, _ = solve_relations(len(k), relations, p)
    _, first = np.unique(label, return_index=True)
    return k[first[label[first] >= 0]]


def _positions(k: Ints, images: Ints) -> Ints:
    """Where the images stand among the sorted rows of k."""
    both, inverse = np.unique(np.concatenate([k, images]), axis=0, return_inverse=True)
    if len(both) > len(k):
        known = {tuple(row) for row in k.tolist()}
        lost = next(row for row in images.tolist() if tuple(row) not in known)
        raise WeylspecError(f"the characters are not closed under the group: {lost} is an image but not among them")
    return np.asarray(inverse).ravel()[len(k):]
