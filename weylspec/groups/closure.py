"""Finite groups of orthogonal matrices from generators: closure, classes, and what "typed" means.

Generators arrive with errors: an ulp when they are computed, 5·10⁻⁷ when they are typed to six
digits. Every product carries a bound on its error, two products are the same element when their
distance is within those bounds, and the answer stands only if distinct elements are separated far
more widely than that. The generators are then moved to the exact group nearby (averaging over the
group, a quadratically convergent step; Grove, Karcher and Ruh 1974), so that the elements returned
close to rounding.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import InfiniteGroupError, NotOrthogonalError, WeylspecError
from weylspec.groups._listing import ElementIndex, Listing

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.int64]

MAX_ELEMENTS = 200_000
# a residual of this size already is half the smallest rotation, 2π/L, of a group of L elements
MAX_RESIDUAL = math.pi / MAX_ELEMENTS
# orders up to L are told apart at this accuracy: 2·_ACCURACY·L² < 1 (see element_order)
_ACCURACY = 1e-11
_CLOSED = 1e-12
_EPS = float(np.finfo(np.float64).eps)
_CHUNK = 16_384
_FEW = 8


def closure(generators: Sequence[FloatArray], limit: int) -> FloatArray:
    """All elements of the finite group that orthogonal matrices generate.

    Parameters
    ----------
    generators : sequence of ndarrays of shape (n, n)
        Orthogonal up to rounding or to the digits typed; see `polish`.
    limit : int
        The largest order that is accepted.

    Returns
    -------
    ndarray of shape (order, n, n)
        The identity first. Products of elements agree with elements to 1e-12 (to ~order·eps
        for groups of more than a thousand elements).

    Raises
    ------
    InfiniteGroupError
        If there are more than ``limit`` elements, or they are not separated.
    NotOrthogonalError
        If a generator is not orthogonal.

    Examples
    --------
    >>> quarter = np.array([[0.0, -1.0], [1.0, 0.0]])
    >>> closure([quarter, np.diag([1.0, -1.0])], limit=100).shape
    (8, 2, 2)
    """
    return finite_group(generators, limit)[1]


def finite_group(generators: Sequence[FloatArray], limit: int) -> tuple[tuple[FloatArray, ...], FloatArray]:
    """The generators moved to the exact finite group that is meant, and all its elements.

    Parameters
    ----------
    generators : sequence of ndarrays of shape (n, n)
    limit : int

    Returns
    -------
    generators : tuple of ndarrays of shape (n, n)
    elements : ndarray of shape (order, n, n)
        The identity first.

    Raises
    ------
    InfiniteGroupError, NotOrthogonalError
        As `closure`.

    Examples
    --------
    A rotation by a fifth of a turn, typed to six digits:

    >>> typed = np.array([[0.309017, -0.951057], [0.951057, 0.309017]])
    >>> (g,), elements = finite_group([typed], limit=100)
    >>> len(elements), float(np.abs(np.linalg.matrix_power(g, 5) - np.eye(2)).max()) < 1e-14
    (5, True)
    """
    if not len(generators):
        raise WeylspecError("a group of matrices needs at least one generator; the identity matrix is one")
    accuracy = [typed_accuracy(g) for g in generators]
    matrices = [polish(g)[0] for g in generators]
    elements, bound = _close(matrices, accuracy, limit)
    _check_separated(elements, bound)
    if not all(is_integral(g) for g in matrices):
        for _ in range(6):
            averaged, defect = _averaged(matrices, elements, 2 * bound)
            if defect <= max(_CLOSED / 4, 4 * _EPS * len(elements)):
                break
            matrices = averaged
            elements, bound = _close(matrices, accuracy, limit)
        else:
            raise InfiniteGroupError(f"the group does not close better than {defect:.1e}; give more digits")
    return tuple(matrices), elements


def polish(matrix: FloatArray) -> tuple[FloatArray, float]:
    """The orthogonal matrix nearest to a given one (its polar factor), and the residual.

    Parameters
    ----------
    matrix : ndarray of shape (n, n)

    Returns
    -------
    orthogonal : ndarray of shape (n, n)
    residual : float
        ‖AᵀA − 1‖₂.

    Raises
    ------
    NotOrthogonalError
        If the residual exceeds π/200000 ≈ 1.6e-5: with six digits after the point a matrix passes,
        with four it does not. An error of that size could hide the smallest rotation of a group of
        200000 elements.

    Examples
    --------
    >>> matrix, residual = polish(np.array([[0.6000001, -0.8], [0.8, 0.6]]))
    >>> 1e-7 < residual < 2e-7, float(np.abs(matrix.T @ matrix - np.eye(2)).max()) < 1e-15
    (True, True)
    """
    if is_integral(matrix) and np.array_equal(matrix.T @ matrix, np.eye(len(matrix))):
        return np.round(matrix) + 0.0, 0.0
    left, values, right = np.linalg.svd(matrix)
    residual = float(np.abs(values**2 - 1).max())
    if residual > MAX_RESIDUAL:
        raise NotOrthogonalError(
            f"the matrix {np.array2string(matrix, precision=6, threshold=20)} is not orthogonal: "
            f"‖AᵀA − 1‖ = {residual:.2g}, more than {MAX_RESIDUAL:.1e}; "
            "give its entries to at least six digits"
        )
    return left @ right, residual


def typed_accuracy(matrix: FloatArray) -> float:
    """Bound on the distance from a matrix as given to the orthogonal one that is meant.

    Entries that are d-digit decimals are trusted to half a unit of the last digit, unless the
    matrix is orthogonal to rounding as it stands.

    Examples
    --------
    >>> typed_accuracy(np.eye(2)), typed_accuracy(np.array([[0.866025, -0.5], [0.5, 0.866025]])) < 1e-5
    (1e-11, True)
    """
    n = len(matrix)
    residual = float(np.abs(matrix.T @ matrix - np.eye(n)).max())
    if residual <= 8 * n * _EPS:
        return _ACCURACY
    digits = next((d for d in range(16) if np.array_equal(np.round(matrix, d), matrix)), 16)
    return max(_ACCURACY, 8 * residual, n * 0.5 * 10.0**-digits)


def is_integral(matrix: FloatArray) -> bool:
    """Whether all entries are integers, so that products of such orthogonal matrices are exact."""
    return bool((matrix == np.round(matrix)).all())


def element_order(matrix: FloatArray, limit: int, accuracy: float = _ACCURACY) -> int:
    """The order of an orthogonal matrix, from its eigenvalues.

    An eigenvalue e(x), e(x) = exp(2πix), is known to τ = accuracy/4 turns (eigenvalues of unitary
    matrices move by no more than the matrix; Bhatia and Davis 1984). The simplest fraction a/q
    within τ of x is taken when no other of denominator ≤ q is near: 8τq² < 1.

    Parameters
    ----------
    matrix : ndarray of shape (n, n)
        Orthogonal.
    limit : int
    accuracy : float
        Bound on the error of the matrix in the spectral norm.

    Returns
    -------
    int

    Raises
    ------
    InfiniteGroupError
        If an angle is not that of a rotation of order at most ``limit``.

    Examples
    --------
    >>> element_order(np.roll(np.eye(6), 1, axis=0), limit=100)
    6
    """
    tolerance = accuracy / 4 + len(matrix) * _EPS
    order = 1
    for turns in _angles(matrix):
        half = Fraction(tolerance)
        q = _simplest(Fraction(turns) - half, Fraction(turns) + half).denominator
        if q > limit or 8 * tolerance * q**2 >= 1:
            signed = turns if turns <= 0.5 else 1 - turns
            raise InfiniteGroupError(
                f"a rotation by {2 * math.pi * signed:.12g} rad ({signed:.12g} turns) has no order up to "
                f"{limit} that its accuracy {accuracy:.0e} can certify: the group is infinite, or the angle "
                "needs more digits"
            )
        order = math.lcm(order, q)
    if order > limit:
        raise InfiniteGroupError(f"an element has order {order}, more than {limit}: too large to list")
    return order


def rational_phases(matrix: FloatArray, order: int) -> tuple[Fraction, ...]:
    """Eigenvalues e(x_j) of an orthogonal matrix g with g^order = 1, as exact x_j in [0, 1).

    Parameters
    ----------
    matrix : ndarray of shape (n, n)
        Orthogonal to rounding.
    order : int
        Any multiple of its order.

    Returns
    -------
    tuple of n Fractions
        Ascending; the denominators divide the order of the matrix.

    Raises
    ------
    InfiniteGroupError
        If an angle is not a multiple of 1/order turns: g^order is not 1.

    Examples
    --------
    >>> [str(x) for x in rational_phases(np.array([[0.0, -1.0], [1.0, 0.0]]), 4)]
    ['1/4', '3/4']
    """
    turns = _angles(matrix)
    steps = np.round(turns * order)
    gap = np.abs(turns * order - steps)
    # g^order differs from 1 by 2π·gap; accuracy order·_ACCURACY is what a certified element has
    if gap.max(initial=0.0) > order * (_ACCURACY + len(matrix) * _EPS):
        worst = float(turns[int(gap.argmax())])
        raise InfiniteGroupError(
            f"a rotation by {2 * math.pi * worst:.12g} rad ({worst:.12g} turns) is not of order {order}: "
            "the group is infinite, or the angle needs more digits"
        )
    return tuple(sorted(Fraction(int(step), order) % 1 for step in steps))


def conjugacy_classes(elements: FloatArray, generators: Sequence[FloatArray]) -> list[tuple[int, int]]:
    """The conjugacy classes of a finite matrix group, as (index of a representative, size).

    Parameters
    ----------
    elements : ndarray of shape (order, n, n)
        All elements, as `closure` lists them.
    generators : sequence of ndarrays of shape (n, n)

    Returns
    -------
    list of (int, int)
        By ascending representative; the sizes add up to the order.

    Raises
    ------
    InfiniteGroupError
        If conjugating an element leads out of the list.

    Examples
    --------
    The six symmetries of a triangle fall into classes of 1, 2 and 3:

    >>> swap, turn = np.eye(3)[[1, 0, 2]], np.eye(3)[[1, 2, 0]]
    >>> sorted(size for _, size in conjugacy_classes(closure([swap, turn], 6), [swap, turn]))
    [1, 2, 3]
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    index, size = ElementIndex.of(elements), len(elements)
    images = [_images(index, g.T, g, 1e-8) for g in generators]
    if any((image < 0).any() for image in images):
        raise InfiniteGroupError("conjugation leads out of the elements: they are not all of a group")
    columns = np.concatenate(images)
    rows = np.tile(np.arange(size), len(images))
    graph = coo_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=(size, size))
    _, labels = connected_components(graph, directed=False)
    _, first, counts = np.unique(labels, return_index=True, return_counts=True)
    return sorted((int(i), int(count)) for i, count in zip(first, counts, strict=True))


def _close(
    generators: Sequence[FloatArray], accuracy: Sequence[float], limit: int
) -> tuple[FloatArray, float]:
    """All elements, and the largest bound on the error of one, or of a generator (Frobenius norm)."""
    start, error, order = _longest(generators, accuracy, limit)
    listing = Listing(start, error, order, limit, max(accuracy))
    for g, delta in zip(generators, accuracy, strict=True):
        listing.adjoin(g, delta)
    return listing.elements, max(listing.worst, *accuracy)  # a generator found in the list is not adjoined


def _longest(
    generators: Sequence[FloatArray], accuracy: Sequence[float], limit: int
) -> tuple[FloatArray, float, int]:
    """The element of largest order among generators and (for few of them) their products."""
    candidates = list(zip(generators, accuracy, strict=True))
    if len(generators) <= _FEW:
        candidates += [
            (np.asarray(generators[i] @ generators[j]), accuracy[i] + accuracy[j])
            for i in range(len(generators)) for j in range(i)
        ]
    orders = [element_order(g, limit, delta) for g, delta in candidates]
    best = max(range(len(orders)), key=orders.__getitem__)
    return *candidates[best], orders[best]


def _check_separated(elements: FloatArray, bound: float) -> None:
    if len(elements) == 1:
        return
    gap = float(np.linalg.norm(elements[1:] - elements[0], axis=(1, 2)).min())
    if gap <= 4 * bound:
        raise InfiniteGroupError(
            f"products of the generators come within {gap:.1e} of the identity while their accuracy is "
            f"{bound:.1e}: the group is infinite, or its {len(elements)} elements need more digits"
        )


def _averaged(
    generators: Sequence[FloatArray], elements: FloatArray, tolerance: float
) -> tuple[list[FloatArray], float]:
    """One step s ↦ polar part of mean_h E(sh)E(h)ᵀ, and the defect max |s·E(h) − E(sh)| before it."""
    index = ElementIndex.of(elements)
    result, defect = [], 0.0
    for s in generators:
        image = _images(index, s, np.eye(len(s)), tolerance)
        if (image < 0).any():
            raise InfiniteGroupError("products of the generators contradict one another; give more digits")
        moved = elements[image]
        defect = max(defect, float(np.abs(moved - s @ elements).max()))
        mean = np.tensordot(moved, elements, axes=([0, 2], [0, 2])) / len(elements)
        left, _, right = np.linalg.svd(mean)
        result.append(np.asarray(left @ right))
    return result, defect


def _images(index: ElementIndex, left: FloatArray, right: FloatArray, tolerance: float) -> IndexArray:
    """Position of left·E·right for every element E, chunk by chunk to bound the memory."""
    blocks = (index.elements[i: i + _CHUNK] for i in range(0, len(index.elements), _CHUNK))
    return np.concatenate([index.find(left @ block @ right, tolerance) for block in blocks])


def _angles(matrix: FloatArray) -> FloatArray:
    return np.asarray(np.angle(np.linalg.eigvals(matrix)) / (2 * math.pi) % 1.0)


def _simplest(low: Fraction, high: Fraction) -> Fraction:
    """The fraction of smallest denominator in [low, high]."""
    whole = math.ceil(low)
    if whole <= high:
        return Fraction(whole)
    below = whole - 1
    return below + 1 / _simplest(1 / (high - below), 1 / (low - below))
