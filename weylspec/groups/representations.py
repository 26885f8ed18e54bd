"""Further representations of a group of matrices: on symmetric traceless matrices, and on its Lie algebra."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, GroupActionError
from weylspec.groups._subalgebra import bracket, closed_span, inner
from weylspec.groups.cosets import LinearCoset
from weylspec.groups.joint import eigenvalue_blocks
from weylspec.groups.lie_algebra import CompactAlgebra
from weylspec.groups.linear_action import LinearAction, OrthogonalBlock

FloatArray = npt.NDArray[np.float64]
Map = Callable[[FloatArray], FloatArray]

_MAX_WORK = 10**11


def symmetric_matrices(k: int) -> FloatArray:
    """An orthonormal basis of the symmetric traceless (k, k) matrices, for tr(ST).

    Parameters
    ----------
    k : int

    Returns
    -------
    ndarray of shape (k(k + 1)/2 − 1, k, k)
        Diagonal matrices first.

    Examples
    --------
    >>> symmetric_matrices(2).round(3).tolist()
    [[[0.707, 0.0], [0.0, -0.707]], [[0.0, 0.707], [0.707, 0.0]]]
    """
    basis = np.zeros((k * (k + 1) // 2 - 1, k, k))
    for i in range(1, k):
        basis[i - 1, range(i + 1), range(i + 1)] = np.array([1.0] * i + [-float(i)]) / math.sqrt(i * (i + 1))
    upper = [(i, j) for j in range(k) for i in range(j)]
    for matrix, (i, j) in zip(basis[k - 1:], upper, strict=True):
        matrix[i, j] = matrix[j, i] = math.sqrt(0.5)
    return basis


def symmetric_traceless_action(action: LinearAction, label: str) -> LinearAction:
    """The action S ↦ g S gᵀ on symmetric traceless matrices, in the basis of `symmetric_matrices`.

    Parameters
    ----------
    action : LinearAction
        On R^k, k ≥ 2.
    label : str

    Returns
    -------
    LinearAction
        On R^{k(k+1)/2 − 1}.

    Raises
    ------
    GroupActionError
        If k = 1.

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> action = symmetric_traceless_action(SO(3).natural(), "on S²₀(R³)")
    >>> action.size, sorted(next(action.cosets()).weights[:, 0].tolist())
    (5, [-2, -1, 0, 1, 2])
    """
    if action.size < 2:
        raise GroupActionError(f"{action.label} acts on R^1, which has no symmetric traceless matrices; take k >= 2")
    basis = symmetric_matrices(action.size)
    flat = basis.reshape(len(basis), -1)

    def lift(g: FloatArray) -> FloatArray:
        return np.asarray(flat @ (g @ basis @ g.T).reshape(len(basis), -1).T)

    def derive(x: FloatArray) -> FloatArray:
        return np.asarray(flat @ (x @ basis + basis @ x.T).reshape(len(basis), -1).T)

    whole = len(action.blocks) == 1 and action.blocks[0].copies == 1 and not action.blocks[0].subalgebra
    # symmetric functions of the eigenvalues, the trace being zero
    degrees = tuple(range(2, action.size + 1)) if whole and action.blocks[0].degree == action.size else ()
    return replace(_transformed(action, label, lift, derive), degrees=degrees)


def adjoint_action(action: LinearAction, label: str) -> LinearAction:
    """The action X ↦ g X g⁻¹ on the Lie algebra, in an orthonormal basis for −½tr.

    Parameters
    ----------
    action : LinearAction
        Of a group whose identity component is not a torus.
    label : str

    Returns
    -------
    LinearAction
        On R^{dim G}.

    Raises
    ------
    GroupActionError
        If the identity component is abelian.

    Examples
    --------
    >>> from weylspec.groups.unitary import SU
    >>> action = adjoint_action(SU(3).natural(), "Ad SU(3)")
    >>> action.size, action.dim, int((next(action.cosets()).weights == 0).all(axis=1).sum())
    (8, 8, 2)
    """
    if action.is_finite or not len(action.identity_component.roots):
        raise GroupActionError(
            f"the adjoint representation of {action.label} is trivial on the identity component, which is abelian; "
            "take SO(k) with k >= 3, SU(n), Sp(n), U(n) with n >= 2, G2(), or a LieGroup with one of them")
    basis = action.identity_component.basis

    def lift(g: FloatArray) -> FloatArray:
        return inner(basis, g @ basis @ g.T)

    def derive(x: FloatArray) -> FloatArray:
        return inner(basis, bracket(x, basis))

    transformed = _transformed(action, label, lift, derive)
    connected = sum(1 for _ in transformed.cosets()) == 1
    return replace(transformed, degrees=weyl_degrees(action.identity_component) if connected else ())


def weyl_degrees(algebra: CompactAlgebra) -> tuple[int, ...]:
    """Degrees of the invariant polynomials of the Weyl group, and of the adjoint action (Chevalley).

    As many exponents d − 1 are at least k as positive roots have height k (Shapiro and Steinberg 1959); a centre
    adds degrees 1.

    Parameters
    ----------
    algebra : CompactAlgebra

    Returns
    -------
    tuple of r ints, ascending

    Examples
    --------
    >>> from weylspec.groups.unitary import Sp, U
    >>> [weyl_degrees(group.natural().identity_component) for group in (U(3), Sp(2))]
    [(1, 2, 3), (2, 4)]
    """
    positive = algebra.positive_roots
    sums = {tuple(row) for row in (positive[:, None] + positive[None]).reshape(-1, algebra.rank).tolist()}
    simple = np.array([row for row in positive.tolist() if tuple(row) not in sums]).reshape(-1, algebra.rank)
    heights = np.rint(positive @ np.linalg.pinv(simple)).sum(axis=1).astype(int)
    exponents: list[int] = []
    for k in range(int(heights.max(initial=0)), 0, -1):
        exponents += [k] * (int((heights == k).sum()) - len(exponents))
    return (1,) * (algebra.rank - len(simple)) + tuple(k + 1 for k in reversed(exponents))


def _transformed(action: LinearAction, label: str, lift: Map, derive: Map) -> LinearAction:
    """The group through a representation ρ and its derivative; every coset is diagonalised anew."""
    size = len(lift(np.eye(action.size)))
    cosets: list[LinearCoset] = []
    for coset in action.cosets():
        if len(cosets) * size**3 > _MAX_WORK:
            raise CostError(f"{label} has more than {len(cosets)} classes in dimension {size}; take a smaller group")
        order = math.lcm(1, *(n * c.denominator for n, c in zip(coset.lengths, coset.phases, strict=True)))
        element, directions = lift(coset.element()), tuple(map(derive, coset.directions))
        blocks = eigenvalue_blocks(element, order, directions)
        cosets.append(LinearCoset(coset.share, *blocks, coset.roots, coset.root_phases, _constant(element), directions))

    def sampler(count: int, rng: np.random.Generator) -> FloatArray:
        return np.array([lift(g) for g in action.sample(count, rng)])

    block: tuple[OrthogonalBlock, ...] = ()
    if not action.is_finite:
        algebra = closed_span(np.array([derive(x) for x in action.identity_component.basis]))
        block = (OrthogonalBlock(np.arange(size, dtype=np.int64)[None, :], tuple(algebra)),)
    return replace(
        action, label=label, size=size, generators=tuple(map(lift, action.generators)), source=lambda: iter(cosets),
        sampler=sampler, modulus=math.lcm(1, *(d for coset in cosets for d in coset.denominators())), blocks=block,
        cycle=None, degrees=(), factors=(), nearby=None)


def _constant(element: FloatArray) -> Callable[[], FloatArray]:
    return lambda: element
