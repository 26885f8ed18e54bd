"""Multiplicities of the weight 0: the vectors that a maximal torus fixes in an irreducible representation.

Kostant's formula (1959): m_0(Λ) = Σ_w ε(w) P(w(Λ + ρ) − ρ) over the Weyl group, where P counts the ways
to write a vector as a sum of positive roots. P is tabulated once for all weights of a list, one
cumulative sum for each root.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.exact.lie.root_datum import RootDatum

IntMatrix = npt.NDArray[np.int64]

_MAX_TABLE = 2 * 10**7
_MAX_WEYL_ORDER = 60_000  # E6 has 51 840


def root_coordinates(datum: RootDatum, labels: IntMatrix) -> tuple[IntMatrix, npt.NDArray[np.bool_]]:
    """Coefficients of weights over the simple roots, and which weights have integer ones.

    Parameters
    ----------
    datum : RootDatum
        Semisimple.
    labels : ndarray of shape (m, r), int64

    Returns
    -------
    coefficients : ndarray of shape (m, r), int64
        Meaningful for the weights of the root lattice.
    inside : ndarray of shape (m,), bool

    Examples
    --------
    The adjoint and the standard representation of SU(3):

    >>> from fractions import Fraction
    >>> from weylspec.exact.lie.classical import special_unitary
    >>> table = np.array([[1, 1], [1, 0]])
    >>> [x.tolist() for x in root_coordinates(special_unitary(3, Fraction(1, 2)), table)]
    [[[1, 1], [0, 0]], [True, False]]
    """
    determinant = round(float(np.linalg.det(datum.cartan)))
    adjugate = np.rint(determinant * np.linalg.inv(datum.cartan)).astype(np.int64)
    assert (adjugate @ datum.cartan == determinant * np.eye(datum.rank, dtype=np.int64)).all()
    scaled = labels @ adjugate.T
    return scaled // determinant, (scaled % determinant == 0).all(axis=1)


def zero_weight_multiplicities(datum: RootDatum, labels: IntMatrix) -> npt.NDArray[np.int64]:
    """Dimension of the vectors that a maximal torus fixes, for irreps given by their labels.

    Parameters
    ----------
    datum : RootDatum
        Semisimple.
    labels : ndarray of shape (m, r), int64
        Dominant weights.

    Returns
    -------
    ndarray of shape (m,), int64
        0 outside the root lattice.

    Raises
    ------
    CostError
        For Weyl groups with more than 60 000 elements, or tables of more than 2·10⁷ entries.

    Examples
    --------
    SU(3): min(p, q) + 1 where p ≡ q mod 3.

    >>> from fractions import Fraction
    >>> from weylspec.exact.lie.classical import special_unitary
    >>> su3 = special_unitary(3, Fraction(1, 2))
    >>> zero_weight_multiplicities(su3, np.array([[0, 0], [1, 0], [1, 1], [3, 0], [2, 2], [4, 1]])).tolist()
    [1, 0, 2, 1, 3, 2]
    """
    coefficients, inside = root_coordinates(datum, labels)
    result = np.zeros(len(labels), dtype=np.int64)
    if not inside.any():
        return result
    chosen = coefficients[inside]
    table = _partition_function(datum, chosen.max(axis=0))
    found = np.zeros(len(chosen), dtype=np.int64)
    for matrix, shift, sign in _weyl_group(datum):
        images = chosen @ matrix.T + shift
        positive = (images >= 0).all(axis=1)
        found[positive] += sign * table[tuple(images[positive].T)]
    result[inside] = found
    return result


def check_weyl_order(datum: RootDatum) -> None:
    """Refuse a group whose Weyl group is too large for `zero_weight_multiplicities` at any weight.

    Parameters
    ----------
    datum : RootDatum

    Raises
    ------
    CostError
        For more than 60 000 elements.

    Examples
    --------
    >>> from weylspec.exact.lie.classical import exceptional
    >>> check_weyl_order(exceptional("E6"))
    """
    if datum.weyl_order > _MAX_WEYL_ORDER:
        raise CostError(
            f"the Weyl group of {datum.name} has {datum.weyl_order} elements, more than {_MAX_WEYL_ORDER} for the "
            "multiplicity of the weight 0; take a group of smaller rank"
        )


def _partition_function(datum: RootDatum, corner: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """P on the box from 0 to a corner, in root coordinates: Π 1/(1 − x^α) multiplied out."""
    size = math.prod(int(c) + 1 for c in corner)
    if size > _MAX_TABLE:
        raise CostError(
            f"Kostant's partition function of {datum.name} needs a table of {size} entries, more than {_MAX_TABLE}; "
            "lower the cutoff"
        )
    table = np.zeros(tuple(int(c) + 1 for c in corner), dtype=np.int64)
    table[(0,) * len(corner)] = 1
    limit = 2**62 // datum.weyl_order
    for root in _positive_roots(datum):
        if int(table.max()) * max(table.shape) > limit:  # a cumulative sum has at most so many terms
            raise CostError(f"Kostant's partition function of {datum.name} exceeds 64-bit integers; lower the cutoff")
        _cumulate(table, root)
    return table


def _cumulate(table: npt.NDArray[np.int64], root: tuple[int, ...]) -> None:
    """table(x) ← Σ_k table(x − k·root), in place: layer by layer along the first direction of the root."""
    axis = next(i for i, c in enumerate(root) if c)
    for layer in range(root[axis], table.shape[axis]):
        to = tuple(layer if i == axis else slice(c, None) for i, c in enumerate(root))
        source = tuple(layer - root[i] if i == axis else slice(0, max(table.shape[i] - c, 0))
                       for i, c in enumerate(root))
        table[to] += table[source]


def _positive_roots(datum: RootDatum) -> list[tuple[int, ...]]:
    """Positive roots over the simple ones: β = (|β|²/2)·β^∨, and α_i^∨ = α_i/d_i."""
    norms = datum.half_norms
    return [tuple(int(d * c / norms[i]) for i, c in enumerate(row))
            for row, d in zip(datum.coroots.tolist(), datum.root_half_norms, strict=True)]


def _weyl_group(datum: RootDatum) -> list[tuple[IntMatrix, npt.NDArray[np.int64], int]]:
    """(w, wρ − ρ, ε(w)) in root coordinates for every element, generated by the simple reflections."""
    check_weyl_order(datum)
    r = datum.rank
    unit = np.eye(r, dtype=np.int64)
    reflections = [unit - np.outer(unit[i], datum.cartan[i]) for i in range(r)]
    found = {(0,) * r: (unit, np.zeros(r, dtype=np.int64), 1)}
    frontier = list(found.values())
    while frontier:
        fresh = []
        for matrix, shift, sign in frontier:
            for i in range(r):
                moved = reflections[i] @ shift - unit[i]
                if tuple(moved) not in found:  # wρ tells the elements apart
                    found[tuple(moved)] = (reflections[i] @ matrix, moved, -sign)
                    fresh.append(found[tuple(moved)])
        frontier = fresh
    return list(found.values())
