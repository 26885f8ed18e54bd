"""Real weights of a torus as integers: rational reconstruction, and the torus that closes a dense line.

The weights μ_1, …, μ_N of a commuting algebra of dimension r are N real vectors in R^r. They are the
weights of a closed torus exactly if they generate a lattice; its integer coordinates are the weights.
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import GroupActionError
from weylspec.exact._reduction import reduced
from weylspec.exact.integer_lattice import kernel, saturate

FloatArray = npt.NDArray[np.float64]
IntMatrix = npt.NDArray[np.int64]

_CHANCE = 1e-4  # q²·accuracy below this: a random number is that near a fraction of denominator q rarely
_LARGEST = 1000  # denominators and relations above this are not taken for meant
_ZERO = 1e-7


def integer_weights(weights: FloatArray, accuracy: float) -> IntMatrix:
    """Integer coordinates of real weights in a short basis of the lattice that they generate.

    Parameters
    ----------
    weights : ndarray of shape (N, r)
        Of rank r.
    accuracy : float
        Of the weights, relative to the largest.

    Returns
    -------
    ndarray of shape (N, r), int64
        Its rows generate Z^r; its columns are LLL-reduced.

    Raises
    ------
    GroupActionError
        If the weights are incommensurable; with the weights of the closing torus.

    Examples
    --------
    >>> integer_weights(np.array([[0.5], [0.75]]), 1e-11).T.tolist()
    [[2, 3]]
    """
    coordinates = weights @ np.linalg.inv(weights[_independent(weights)])
    fractions = [[_fraction(x, accuracy) for x in row] for row in coordinates]
    known = [x for row in fractions for x in row if x is not None]
    if len(known) < coordinates.size:
        raise GroupActionError(_not_closed(coordinates, accuracy))
    scale = math.lcm(*(x.denominator for x in known))
    return saturate(np.array([int(x * scale) for x in known], dtype=np.int64).reshape(weights.shape))


def _independent(weights: FloatArray) -> list[int]:
    """Rows of a basis in which the others have small coordinates."""
    from scipy.linalg import qr

    _, _, order = qr(weights.T, pivoting=True)
    return [int(i) for i in order[: weights.shape[1]]]


def _fraction(x: float, accuracy: float) -> Fraction | None:
    largest = min(_LARGEST, math.isqrt(int(_CHANCE / accuracy)))
    nearest = Fraction(x).limit_denominator(largest)
    return nearest if abs(float(nearest) - x) <= accuracy * max(1.0, abs(x)) else None


def _not_closed(coordinates: FloatArray, accuracy: float) -> str:
    closing = closing_weights(coordinates, accuracy)
    moving = closing[closing.any(axis=1)]
    _, first = np.unique(moving * np.sign(_leading(moving))[:, None], axis=0, return_index=True)
    planes = moving[np.sort(first)]
    example = next(x for x in coordinates.flat if _fraction(x, accuracy) is None)
    return (
        f"the subgroup is not closed: two weights of its torus have the ratio {example:.12g}, which is no fraction of "
        f"denominator up to {_LARGEST} at the accuracy {accuracy:.0e}. It is dense in a group with the torus of "
        f"dimension {closing.shape[1]} that turns planes by the weights {planes.tolist()} (one row a plane, one "
        f"column an angle), TorusGroup({planes.tolist()}) in coordinates of these planes; add that torus's "
        "generators, or give commensurable ones"
    )


def _leading(rows: IntMatrix) -> IntMatrix:
    return np.take_along_axis(rows, (rows != 0).argmax(axis=1)[:, None], axis=1)[:, 0]


def closing_weights(weights: FloatArray, accuracy: float) -> IntMatrix:
    """Integer weights of the smallest torus that contains a line or subspace with real weights.

    Parameters
    ----------
    weights : ndarray of shape (N, r)
    accuracy : float

    Returns
    -------
    ndarray of shape (N, s), int64
        A basis of the smallest rational subspace of R^N that contains the columns.

    Examples
    --------
    The line (1, √2, 1 + √2) is dense in a torus of dimension 2:

    >>> closing_weights(np.array([[1.0], [2**0.5], [1 + 2**0.5]]), 1e-11).shape
    (3, 2)
    """
    size = len(weights)
    scale = 1 / (accuracy * max(1.0, float(np.abs(weights).max())))
    rows = [[int(i == j) for j in range(size)] + [round(scale * x) for x in row]
            for i, row in enumerate(weights.tolist())]
    relations = [row[:size] for row in reduced(rows) if max(map(abs, row)) <= _bound(weights, accuracy)]
    return kernel(np.array(relations, dtype=np.int64).reshape(len(relations), size))


def _bound(weights: FloatArray, accuracy: float) -> float:
    """Relations with coefficients up to this are not there by chance: B^N·accuracy^r is small."""
    size, rank = weights.shape
    return max(2.0, min(float(_LARGEST), float((_CHANCE / accuracy) ** (rank / size))))
