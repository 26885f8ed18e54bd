"""Finite groups of orthogonal matrices from generators: closure, classes, and what "typed" means.

Generators arrive with errors: an ulp when they are computed, 5·10⁻⁷ when they are typed to six
digits. A vector in general position is moved by a different amount by every element, so its orbit is
the group; two of its points are the same when their distance is within the bounds of their errors.
What the generators do to the orbit is a table of integers, and it is checked in integers that this is
the table of a group. The generators are then moved to the exact group nearby (averaging over the
group, a quadratically convergent step; Grove, Karcher and Ruh 1974), and the answer stands only if
products of elements agree with elements within the bounds, and distinct ones are separated far more
widely than that. Where one vector does not separate the elements, the whole matrices are taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.errors import InfiniteGroupError, WeylspecError
from weylspec.groups._table import CayleyTable, Ints, cayley_table
from weylspec.groups.typed_matrices import element_order, is_integral, polish, typed_accuracy

FloatArray = npt.NDArray[np.float64]

MAX_ELEMENTS = 10**6
MAX_BYTES = 2**30  # of the matrices of all elements
_CLOSED = 1e-12
_EPS = float(np.finfo(np.float64).eps)
_FEW = 8


@dataclass(frozen=True, eq=False)
class FiniteMatrixGroup:
    """All elements of a finite group of orthogonal matrices.

    Attributes
    ----------
    generators : tuple of ndarrays (n, n)
        Moved to the exact group that is meant.
    table : CayleyTable
    """

    generators: tuple[FloatArray, ...]
    table: CayleyTable

    @cached_property
    def elements(self) -> FloatArray:
        """Every element, shape (order, n, n), the identity first; 8n² bytes each."""
        return _elements(self.generators, self.table)

    def element(self, index: int) -> FloatArray:
        """One element; as a product of generators unless all elements are listed already."""
        if "elements" in vars(self):
            return np.array(self.elements[index])
        matrix = np.eye(len(self.generators[0]))
        for letter in self.table.word(index):
            matrix = matrix @ self.generators[letter]
        return matrix


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
    return finite_group(generators, limit).elements


def finite_group(generators: Sequence[FloatArray], limit: int = MAX_ELEMENTS) -> FiniteMatrixGroup:
    """The finite group that is meant by generators.

    Parameters
    ----------
    generators : sequence of ndarrays of shape (n, n)
    limit : int
        The largest order that is accepted; matrices of more than 1 GiB together are not.

    Returns
    -------
    FiniteMatrixGroup

    Raises
    ------
    InfiniteGroupError, NotOrthogonalError
        As `closure`.

    Examples
    --------
    A rotation by a fifth of a turn, typed to six digits:

    >>> typed = np.array([[0.309017, -0.951057], [0.951057, 0.309017]])
    >>> group = finite_group([typed], limit=100)
    >>> (g,) = group.generators
    >>> len(group.elements), float(np.abs(np.linalg.matrix_power(g, 5) - np.eye(2)).max()) < 1e-14
    (5, True)
    """
    if not len(generators):
        raise WeylspecError("a group of matrices needs at least one generator; the identity matrix is one")
    accuracy = [typed_accuracy(g) for g in generators]
    matrices = [polish(g)[0] for g in generators]
    n = len(matrices[0])
    limit = min(limit, MAX_BYTES // (8 * n**2))
    _check_orders(matrices, accuracy, limit)
    if all(is_integral(g) for g in matrices):  # signed permutations: nothing is rounded
        table = _table(matrices, _general_vector(n), 0.0, limit)
        assert table is not None
        return FiniteMatrixGroup(tuple(matrices), table)
    step = max(accuracy) + n * _EPS
    for frame in (_general_vector(n), np.eye(n)):
        table = _table(matrices, frame, step, limit)
        if table is not None and (found := _certified(matrices, table, step)) is not None:
            return found
    raise InfiniteGroupError("products of the generators contradict one another; give more digits")


def _table(
    generators: Sequence[FloatArray], frame: FloatArray, step: float, limit: int
) -> CayleyTable | None:
    """The group as permutations of the orbit of a frame of orthonormal vectors (rows)."""
    from weylspec.groups import _loops

    stacked, direction = np.array(generators), _general_vector(frame.size)[0]

    def walk(capacity: int, images: Ints, parents: Ints, letters: Ints, table: Ints) -> tuple[int, int]:
        points, values = np.empty((capacity, frame.size)), np.empty(capacity)
        points[0] = frame.reshape(-1)
        found: tuple[int, int] = _loops.vector_orbit(
            stacked, step, direction, 4.0 * capacity, points, values, images, parents, letters, table)
        return found

    try:
        return cayley_table(walk, len(stacked), limit)
    except OverflowError as error:
        raise InfiniteGroupError(
            f"the generators give more than {limit} elements: the group is infinite or too large; "
            "check the generators (angles to full precision), and use a continuous group (SO, LieGroup) "
            "or a named one (SymmetricGroup, CoxeterGroup, …) where one is meant"
        ) from error


def _certified(matrices: list[FloatArray], table: CayleyTable, step: float) -> FiniteMatrixGroup | None:
    """The group with its generators polished; None if elements were taken for equal that are not."""
    bound = max(table.depth, 1) * step
    elements = _elements(matrices, table)
    _check_separated(elements, bound)
    allowed = 2 * (bound + step)
    for _ in range(6):
        means, defect = _averaged(matrices, elements, table)
        if defect > allowed:
            return None
        if defect <= max(_CLOSED / 4, 4 * _EPS * len(elements)):
            found = FiniteMatrixGroup(tuple(matrices), table)
            vars(found)["elements"] = elements
            return found
        matrices, elements = means, _elements(means, table)
    raise InfiniteGroupError(f"the group does not close better than {defect:.1e}; give more digits")


def _elements(generators: Sequence[FloatArray], table: CayleyTable) -> FloatArray:
    from weylspec.groups import _loops

    n = len(generators[0])
    elements = np.empty((table.order, n, n))
    elements[0] = np.eye(n)
    _loops.products_along_words(np.array(generators), table.parents, table.letters, elements)
    return elements


def _check_orders(generators: list[FloatArray], accuracy: list[float], limit: int) -> None:
    """Refuse, before anything is listed, generators and (for few of them) products of infinite order."""
    for i, g in enumerate(generators):
        element_order(g, limit, accuracy[i])
        for j in range(i if len(generators) <= _FEW else 0):
            element_order(np.asarray(g @ generators[j]), limit, accuracy[i] + accuracy[j])


def _check_separated(elements: FloatArray, bound: float) -> None:
    from weylspec.groups import _loops
    gap = _loops.nearest_to_identity(elements)
    if gap <= 4 * bound:
        raise InfiniteGroupError(
            f"products of the generators come within {gap:.1e} of the identity while their accuracy is "
            f"{bound:.1e}: the group is infinite, or its {len(elements)} elements need more digits"
        )


def _averaged(
    generators: Sequence[FloatArray], elements: FloatArray, table: CayleyTable
) -> tuple[list[FloatArray], float]:
    """One step s ↦ polar part of mean_h E(sh)E(h)ᵀ, and the defect max |s − E(sh)E(h)ᵀ| before it."""
    from weylspec.groups import _loops
    result, defect = [], 0.0
    for i, s in enumerate(generators):
        mean = np.empty_like(s)
        defect = max(defect, float(_loops.mean_quotient(
            s, i, table.left[i], table.parents, table.letters, elements, mean)))
        # a step of Newton and Schulz to the polar part: it rounds less than singular values do
        result.append(np.asarray(1.5 * mean - 0.5 * mean @ (mean.T @ mean)))
    return result, defect


def _general_vector(n: int) -> FloatArray:
    """A fixed unit vector in general position, as a frame of shape (1, n)."""
    vector = np.random.default_rng(987_654_321).standard_normal((1, n))
    return np.asarray(vector / np.linalg.norm(vector))
