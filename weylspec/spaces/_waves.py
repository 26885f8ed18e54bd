"""Characters of flat tori at points, averaged over affine maps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntMatrix = npt.NDArray[np.int64]

_MOST_WAVES = 10**6  # characters times points at a time


def averaged_waves(
    characters: IntMatrix, maps: Sequence[tuple[IntMatrix, tuple[Fraction, ...]]], u: FloatArray, v: FloatArray
) -> tuple[npt.NDArray[np.complex128], npt.NDArray[np.complex128]]:
    """Characters at points u averaged over affine maps, and their conjugates at v, in lattice coordinates.

    Parameters
    ----------
    characters : ndarray of shape (k, n), int64
    maps : sequence of (matrix, shift)
    u, v : ndarrays of shape (points, n)

    Returns
    -------
    two ndarrays of shape (k, points), complex

    Examples
    --------
    >>> reflection = [(np.eye(1, dtype=int), (0,)), (-np.eye(1, dtype=int), (0,))]
    >>> average, wave = averaged_waves(np.array([[1]]), reflection, np.array([[1 / 6]]), np.array([[1 / 2]]))
    >>> average.round(12), wave.round(12)
    (array([[0.5+0.j]]), array([[-1.-0.j]]))
    """
    average = np.zeros((len(characters), len(u)), dtype=np.complex128)
    for matrix, shift in maps:
        moved = u @ matrix.T + np.array([float(b) for b in shift])
        average += np.exp(2j * math.pi * characters @ moved.T) / len(maps)
    return average, np.exp(-2j * math.pi * characters @ v.T)


def local_sums(
    characters: IntMatrix, maps: Sequence[tuple[IntMatrix, tuple[Fraction, ...]]], u: FloatArray
) -> FloatArray:
    """Σ over characters of the averaged character at u times its conjugate there, for each point.

    Examples
    --------
    cos² of 2πu, twice, for the characters 1 and −1 modulo u ↦ −u:

    >>> reflection = [(np.eye(1, dtype=int), (0,)), (-np.eye(1, dtype=int), (0,))]
    >>> local_sums(np.array([[1], [-1]]), reflection, np.array([[0.0], [1 / 8]])).round(12)
    array([2., 1.])
    """
    step = max(1, _MOST_WAVES // max(1, len(characters)))
    found = np.zeros(len(u))
    for start in range(0, len(u), step):
        chosen = slice(start, start + step)
        average, waves = averaged_waves(characters, maps, u[chosen], u[chosen])
        found[chosen] = np.einsum("kn,kn->n", average, waves).real
    return found
