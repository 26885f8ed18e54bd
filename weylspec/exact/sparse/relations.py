"""Relations x_i = c·x_j of two unknowns each, solved by union–find with factors instead of elimination."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from weylspec.exact.sparse._loops import compress, relate

Ints = npt.NDArray[np.int64]


def solve_relations(size: int, relations: Iterable[tuple[Ints, Ints, Ints]], p: int) -> tuple[Ints, Ints]:
    """All solutions of relations of two unknowns each, in F_p.

    Parameters
    ----------
    size : int
        Number of unknowns.
    relations : iterable of (first, second, ratio)
        Arrays of one length: x_first = ratio·x_second, or x_first = 0 where second is −1.
    p : int
        A prime below 2³¹; ratios are residues other than 0.

    Returns
    -------
    label, factor : int64 ndarrays of shape (size,)
        x_i = factor_i·u_{label_i} for free parameters u_0, u_1, …; label_i = −1 where x_i = 0.

    Notes
    -----
    Where the ratios are images of roots of unity of an order that divides p − 1, the result holds over Q as well:
    a product of them is 1 in F_p only if it is 1.

    References
    ----------
    Galler and Fisher (1964), "An improved equivalence algorithm".

    Examples
    --------
    x_0 = x_1 = −x_2, and x_3 = −x_3:

    >>> one, p = np.array([1]), 7
    >>> label, factor = solve_relations(4, [(np.array([i]), np.array([j]), np.array([c]))
    ...                                     for i, j, c in ((0, 1, 1), (1, 2, 6), (3, 3, 6))], p)
    >>> label.tolist(), (factor[:2] * factor[2] % p).tolist()
    ([0, 0, 0, -1], [6, 6])
    """
    parent, factor = np.arange(size, dtype=np.int64), np.ones(size, dtype=np.int64)
    dead = np.zeros(size, dtype=np.bool_)
    for first, second, ratio in relations:
        relate(parent, factor, dead, first, second, ratio, p)
    compress(parent, factor, p)
    live = np.flatnonzero((parent == np.arange(size)) & ~dead)
    label = np.full(size, -1, dtype=np.int64)
    label[live] = np.arange(len(live))
    return label[parent], factor
