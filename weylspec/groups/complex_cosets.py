"""Torus cosets of groups that commute with i: their eigenvalues on C^n = R^{2n}."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from weylspec.errors import GroupActionError
from weylspec.groups.cosets import LinearCoset
from weylspec.groups.joint import joint_coset
from weylspec.groups.linear_action import LinearAction
from weylspec.groups.orthogonal import SO

FloatArray = npt.NDArray[np.float64]

SCALAR_I = (np.array([[0.0, -1.0], [1.0, 0.0]]),)

_TOLERANCE = 1e-8


def check_commuting(action: LinearAction, units: tuple[FloatArray, ...], scalars: str) -> LinearAction:
    """The action, refused unless it commutes with scalars given by their blocks.

    Parameters
    ----------
    action : LinearAction
        On R^N.
    units : tuple of square ndarrays
        Each acts alike on consecutive blocks of coordinates.
    scalars : str
        For the message.

    Returns
    -------
    LinearAction

    Raises
    ------
    GroupActionError
        Naming the first generator that does not commute.

    Examples
    --------
    >>> from weylspec.groups.unitary import U
    >>> check_commuting(U(2).natural(), SCALAR_I, "i").size
    4
    """
    for number, g in enumerate((*action.generators, *action.algebra)):
        for unit in units:
            scalar = np.kron(np.eye(action.size // len(unit)), unit)
            residual = float(np.abs(g @ scalar - scalar @ g).max())
            if residual > _TOLERANCE:
                raise GroupActionError(
                    f"{action.label} does not commute with the scalars {scalars} (generator {number}, residual "
                    f"{residual:.1e}), so it does not map planes to planes linearly; take a subgroup of U(n) or Sp(n), "
                    "such as SymmetricGroup(n).blocks(2) on C^n or SymmetricGroup(n).blocks(4) on H^n"
                )
    return action


def complex_coset(coset: LinearCoset) -> LinearCoset:
    """The coset with its eigenvalues on C^n instead of R^{2n}: half of the blocks, one of each conjugate pair.

    They are told apart by diagonalising the coset together with the circle of scalars.

    Parameters
    ----------
    coset : LinearCoset
        On R^{2n}, commuting with i.

    Returns
    -------
    LinearCoset
        Its element and directions are those on R^{2n}.

    Examples
    --------
    The scalar i on C²: phase ¼ twice, not ±¼.

    >>> from weylspec.groups.matrix import MatrixGroup
    >>> group = MatrixGroup([[[0, -1], [1, 0]]]).copies(2).natural()
    >>> sorted(str(complex_coset(c).phases[0]) for c in group.cosets())
    ['0', '1/2', '1/4', '3/4']
    """
    both = joint_coset(_scalars(sum(coset.lengths) // 2), coset)
    chosen = [i for i, weight in enumerate(both.weights[:, 0].tolist()) if weight > 0]
    return replace(
        coset, lengths=tuple(both.lengths[i] for i in chosen), phases=tuple(both.phases[i] for i in chosen),
        weights=both.weights[chosen, 1:],
    )


@lru_cache(maxsize=64)
def _scalars(n: int) -> LinearCoset:
    """The circle of scalars on C^n."""
    (circle,) = SO(2).copies(n).natural().cosets()
    return circle
