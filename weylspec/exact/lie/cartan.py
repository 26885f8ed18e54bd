"""Cartan matrices of the simple types, root lengths, and positive coroots by reflections."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, WeylspecError

IntMatrix = npt.NDArray[np.int64]

MAX_RANK = 32  # 2016 coroots, made in about a second

_LEAST = {"A": 0, "B": 1, "C": 1, "D": 1, "E": 6, "F": 4, "G": 2}
_MOST = {"E": 8, "F": 4, "G": 2}


def cartan_matrix(letter: str, rank: int) -> IntMatrix:
    """C_ij = ⟨α_i^∨, α_j⟩ in Bourbaki's order of the simple roots.

    D1 is empty (a circle), D2 has two separate nodes, B1 and C1 are A1.

    Parameters
    ----------
    letter : str
        A to G.
    rank : int

    Returns
    -------
    ndarray of shape (s, s), int64

    Raises
    ------
    WeylspecError
        For a type that does not exist.
    CostError
        Above rank 32.

    References
    ----------
    Bourbaki (1968), "Groupes et algèbres de Lie", chapter VI, plates I to IX.

    Examples
    --------
    >>> cartan_matrix("B", 2).tolist(), cartan_matrix("G", 2).tolist()
    ([[2, -1], [-2, 2]], [[2, -3], [-1, 2]])
    """
    if letter not in _LEAST or not _LEAST[letter] <= rank <= _MOST.get(letter, rank):
        raise WeylspecError(f"there is no Cartan type {letter}{rank}; the types are A, B, C, D, E6-E8, F4, G2")
    if rank > MAX_RANK:
        raise CostError(f"{letter}{rank} has rank {rank}; root systems above rank {MAX_RANK} are not listed")
    size = 0 if (letter, rank) == ("D", 1) else rank
    matrix = 2 * np.eye(size, dtype=np.int64)
    for i, j in _edges(letter, size):
        matrix[i, j] = matrix[j, i] = -1
    if letter == "B" and size > 1:
        matrix[-1, -2] = -2
    if letter == "C" and size > 1:
        matrix[-2, -1] = -2
    if letter == "F":
        matrix[2, 1] = -2
    if letter == "G":
        matrix[0, 1] = -3
    return matrix


def _edges(letter: str, size: int) -> list[tuple[int, int]]:
    """Pairs of joined nodes."""
    if letter == "E":
        return [(0, 2), (1, 3), *((i, i + 1) for i in range(2, size - 1))]
    if letter == "D":
        return [(i, i + 1) for i in range(size - 2)] + ([(size - 3, size - 1)] if size > 2 else [])
    return [(i, i + 1) for i in range(size - 1)]


def half_norms(letter: str, rank: int, long_norm: Fraction) -> tuple[Fraction, ...]:
    """⟨α_i, α_i⟩/2 of the simple roots when long roots have the given norm².

    B1 has the one short root of its family, C1 the one long root.

    Parameters
    ----------
    letter : str
    rank : int
    long_norm : Fraction

    Returns
    -------
    tuple of Fractions

    Examples
    --------
    >>> [[str(d) for d in half_norms(x, 2, Fraction(2))] for x in "ABCG"]
    [['1', '1'], ['1', '1/2'], ['1/2', '1'], ['1/3', '1']]
    """
    long = long_norm / 2
    size = len(cartan_matrix(letter, rank))
    if letter == "B":
        return (long,) * (size - 1) + (long / 2,)
    if letter == "C":
        return (long / 2,) * (size - 1) + (long,)
    if letter == "F":
        return (long, long, long / 2, long / 2)
    if letter == "G":
        return (long / 3, long)
    return (long,) * size


def positive_coroots(cartan: IntMatrix) -> IntMatrix:
    """All positive coroots as coefficients of the simple ones, by height, from reflections.

    Parameters
    ----------
    cartan : ndarray of shape (s, s)
        Of finite type.

    Returns
    -------
    ndarray of shape (N, s), int64

    Examples
    --------
    >>> positive_coroots(cartan_matrix("A", 2)).tolist()
    [[0, 1], [1, 0], [1, 1]]
    """
    size = len(cartan)
    found = {tuple(int(i == j) for j in range(size)) for i in range(size)}
    queue = list(found)
    for root in queue:
        # s_j β^∨ = β^∨ − ⟨β^∨, α_j⟩ α_j^∨
        for j, change in enumerate((np.array(root, dtype=np.int64) @ cartan).tolist()):
            image = (*root[:j], root[j] - change, *root[j + 1:])
            if change < 0 and image not in found:
                found.add(image)
                queue.append(image)
    return np.array(sorted(found, key=lambda root: (sum(root), root)), dtype=np.int64).reshape(len(found), size)
