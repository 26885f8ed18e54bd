"""The components of a compact group G with a given identity component, and a torus coset for each class of them.

Every component holds elements that map the torus T of G_0 and its positive chamber to themselves, and they are
one coset yT (de Siebenthal 1956). With S = (T^y)_0 every element of yG_0 is conjugate to one of yS. The map
G_0 × yS → yG_0, (g, yt) ↦ g·yt·g⁻¹ has the Jacobian det(1 − Ad(yt)) on the complement of Lie S: a constant on
Lie T, and on an orbit of ℓ roots, which Ad(y) permutes cyclically, 1 − c·e(ℓα(θ)), c the scalar of Ad(y)^ℓ.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.errors import GroupActionError, InfiniteGroupError
from weylspec.exact.integer_lattice import kernel
from weylspec.groups._subalgebra import beyond, bracket, combine, least_squares
from weylspec.groups.cosets import LinearCoset
from weylspec.groups.joint import eigenvalue_blocks
from weylspec.groups.lie_algebra import CompactAlgebra
from weylspec.groups.linear_action import LinearAction

FloatArray = npt.NDArray[np.float64]
IntMatrix = npt.NDArray[np.int64]

MAX_COMPONENTS = 2000
_MAX_ORDER = 360
_TYPED = 1e-6  # largest correction of a matrix typed to eight digits
_EXACT = 1e-13
_TOLERANCE = 1e-6


@dataclass(frozen=True, eq=False)
class ComponentGroup:
    """The finite group G/G_0, by elements that keep the torus and the chamber of G_0.

    Attributes
    ----------
    algebra : CompactAlgebra
        Of G_0.
    generators : tuple of ndarrays (N, N)
        Orthogonal matrices that generate G together with G_0.
    elements : ndarray of shape (|G/G_0|, N, N)
        One normalised element of each component, that of G_0 first.

    Examples
    --------
    O(4) has two components; −1 lies in SO(4):

    >>> from weylspec.groups.orthogonal import SO
    >>> algebra = SO(4).natural().identity_component
    >>> len(ComponentGroup.generated(algebra, [np.diag([1, 1, 1, -1.0]), -np.eye(4)]).elements)
    2
    """

    algebra: CompactAlgebra
    generators: tuple[FloatArray, ...]
    elements: FloatArray

    @classmethod
    def generated(cls, algebra: CompactAlgebra, matrices: Sequence[FloatArray]) -> ComponentGroup:
        """The components that orthogonal matrices reach, closed by multiplication.

        Parameters
        ----------
        algebra : CompactAlgebra
        matrices : sequence of ndarrays (N, N)
            Orthogonal; typed to at least eight digits.

        Returns
        -------
        ComponentGroup

        Raises
        ------
        GroupActionError
            If a matrix does not normalise the algebra.
        InfiniteGroupError
            If there are more than 2000 components, or an element has no power in G_0.
        """
        chosen = []
        for i, matrix in enumerate(matrices):
            try:
                chosen.append(_of_finite_order(algebra, algebra.normalised(_normalising(algebra, matrix)))[0])
            except GroupActionError as error:
                raise type(error)(f"component {i}: {error}") from error
        found = [np.eye(algebra.basis.shape[1])]
        for element in found:
            for g in chosen:
                product = element @ g
                if _index(algebra, np.array(found), product) is None:
                    found.append(product)
                if len(found) > MAX_COMPONENTS:
                    raise InfiniteGroupError(f"the group has more than {MAX_COMPONENTS} components")
        return cls(algebra, tuple(chosen), np.array(found))

    def index(self, x: FloatArray) -> int | None:
        """Number of the component that a matrix lies in; None outside the group."""
        if self.algebra.residual(x) > _TOLERANCE:
            return None
        return _index(self.algebra, self.elements, self.algebra.normalised(x))

    @cached_property
    def cosets(self) -> tuple[LinearCoset, ...]:
        """One torus coset for each class of components."""
        return tuple(self._coset(first, Fraction(size, len(self.elements))) for first, size in self._classes())

    def _classes(self) -> list[tuple[int, int]]:
        """Representative and size of the conjugacy classes of G/G_0."""
        class_of = list(range(len(self.elements)))
        for i in range(len(self.elements)):
            if class_of[i] != i:
                continue
            members = [i]
            for member in members:
                for g in self.generators:
                    j = _index(self.algebra, self.elements, g @ self.elements[member] @ g.T)
                    if j is not None and j not in members:
                        members.append(j)
            for j in members:
                class_of[j] = i
        return [(i, class_of.count(i)) for i in sorted(set(class_of))]

    def _coset(self, number: int, share: Fraction) -> LinearCoset:
        algebra = self.algebra
        y, order = _of_finite_order(algebra, self.elements[number])
        twist = algebra.twist(y)
        fixed = kernel(twist - np.eye(algebra.rank, dtype=np.int64))
        directions = tuple(combine(fixed.T.astype(float), algebra.torus))
        roots, root_phases = _twisted_roots(algebra, y, order, twist, fixed)
        return LinearCoset(share, *eigenvalue_blocks(y, order, directions), roots, root_phases, lambda: y, directions)


def represents(action: LinearAction, x: FloatArray) -> bool:
    """Whether a matrix is an element of a finite or infinite group of matrices, within 1e-7.

    Parameters
    ----------
    action : LinearAction
        On R^N.
    x : ndarray of shape (N, N)

    Returns
    -------
    bool

    Examples
    --------
    >>> from weylspec.groups.orthogonal import O
    >>> represents(O(4).natural(), np.diag([1, 1, -1, 1.0]))
    True
    """
    if action.is_finite:
        return action.contains(x)
    if np.abs(x @ x.T - np.eye(len(x))).max() > _TOLERANCE:
        return False
    return ComponentGroup.generated(action.identity_component, action.generators).index(x) is not None


def _index(algebra: CompactAlgebra, elements: FloatArray, x: FloatArray) -> int | None:
    """Which of some normalised elements differs from a normalised x by an element of the torus."""
    vectors = algebra.eigenvectors
    moved = vectors.conj().T @ (elements.swapaxes(1, 2) @ x) @ vectors
    outside = np.abs(moved * (1 - np.eye(len(x)))).max(axis=(1, 2), initial=0.0)
    near = np.flatnonzero(outside < _TOLERANCE)
    return next((int(i) for i in near if algebra.angles(elements[i].T @ x) is not None), None)


def _normalising(algebra: CompactAlgebra, x: FloatArray) -> FloatArray:
    """The element near a typed one that normalises the algebra exactly, by Gauss–Newton steps x ↦ x·exp(e)."""
    from scipy.linalg import expm

    basis = algebra.basis
    start = algebra.residual(x)
    if start > _TYPED:
        raise GroupActionError(
            f"the matrix x does not normalise the algebra: x V xᵀ leaves V by {start:.1e}; add the x X xᵀ to the "
            "generators X, or give more digits")
    for _ in range(6):
        if algebra.residual(x) < _EXACT * len(x):
            break

        def change(e: FloatArray, x: FloatArray = x) -> FloatArray:
            return beyond(x @ bracket(e[None], basis) @ x.T, basis)

        def adjoint(y: FloatArray, x: FloatArray = x) -> FloatArray:
            return np.asarray(bracket(basis, x.T @ beyond(y, basis) @ x).sum(axis=0))

        x = x @ expm(least_squares(change, adjoint, -beyond(x @ basis @ x.T, basis)))
    return x


def _of_finite_order(algebra: CompactAlgebra, y: FloatArray) -> tuple[FloatArray, int]:
    """A normalised element of the same component that has finite order, and the order.

    With y^q = exp(2πθ·H) and y H yᵀ = S·H, Sθ ≡ θ: of θ the part fixed by S is removed by y ↦ y·exp(−2πθ̄·H/q),
    and what is left is rational, δ = (1/q')Σ i·S^i m with m = Sθ − θ and q' the order of S.
    """
    from scipy.linalg import logm

    q, power = 1, y
    while (theta := algebra.angles(power, _TYPED)) is None:
        q, power = q + 1, power @ y
        if q > _MAX_ORDER:
            raise InfiniteGroupError(f"no power up to {_MAX_ORDER} of the element lies in the identity component")
    twist = algebra.twist(y)
    powers = [np.eye(algebra.rank, dtype=np.int64)]
    while len(powers) < q:
        powers.append(powers[-1] @ twist)
    fixed = sum(powers) @ theta / q
    jump = np.round(twist @ theta - theta).astype(np.int64)
    rest = sum((i * (s @ jump) for i, s in enumerate(powers)), np.zeros(algebra.rank, dtype=np.int64))  # q·δ
    y = y @ algebra.element(-fixed / q)
    error = np.linalg.matrix_power(y, q) @ algebra.element(-rest / q)
    size = float(np.abs(error - np.eye(len(y))).max())
    if size > _EXACT:
        from scipy.linalg import expm

        y = y @ expm(-np.asarray(logm(error).real) / q)
    denominator = math.lcm(1, *(Fraction(int(x), q).denominator for x in rest))
    return y, q * denominator


def _twisted_roots(
    algebra: CompactAlgebra, y: FloatArray, order: int, twist: IntMatrix, fixed: IntMatrix
) -> tuple[IntMatrix, tuple[Fraction, ...]]:
    """One root ℓα on the fixed torus for each orbit of ℓ roots, and the phases of the scalars of Ad(y)^ℓ."""
    number = {tuple(root): i for i, root in enumerate(algebra.roots.tolist())}
    left, roots, phases = set(number.values()), [], []
    while left:
        first = min(left)
        length, i = 0, first
        while i in left:
            left.remove(i)
            length, i = length + 1, number[tuple((algebra.roots[i] @ twist).tolist())]
        power = np.linalg.matrix_power(y, length)
        vector = combine(algebra.root_vectors[first], algebra.basis)
        scalar = np.vdot(vector, power @ vector @ power.T)
        roots.append(length * algebra.roots[first] @ fixed)
        phases.append(Fraction(round(float(np.angle(scalar)) / (2 * math.pi) * order), order) % 1)
    return np.array(roots, dtype=np.int64).reshape(len(roots), fixed.shape[1]), tuple(phases)
