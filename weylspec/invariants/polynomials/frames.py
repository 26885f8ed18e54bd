"""A first reduction of invariant polynomials in floats, without linear algebra on polynomials.

Signed permutations relate pairs of coefficients: their invariants are sums over orbits of monomials. Where there are
none, one other generator is made diagonal: its invariants are the monomials z^a on which it is 1 (or 0 for an element
of the Lie algebra) in its eigenvectors' coordinates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from weylspec.errors import CertificationError
from weylspec.exact.sparse.relations import solve_relations
from weylspec.invariants.polynomials import _loops
from weylspec.invariants.polynomials.monomials import Monomials
from weylspec.invariants.polynomials.powers import EPS, GENERATOR_ERROR

FloatArray = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Matrix = npt.NDArray[Any]

GAP = 1e3
_SIGN_PRIME = 7  # any odd prime tells 1 from −1


@dataclass(frozen=True, eq=False)
class Frame:
    """Coordinates, and the polynomials that some of the generators leave invariant.

    Attributes
    ----------
    unitary : ndarray of shape (n, n)
        x = unitary·z.
    span : sparse array of shape (s, c)
        Orthonormal invariants of the generators used, as columns, in the orthonormal monomials of z.
    group, algebra : tuples of ndarrays (n, n)
        The other generators, in the coordinates z.
    zero, other : float
        The largest value that counted as zero, and the smallest one that did not.
    """

    unitary: Matrix
    span: Any
    group: tuple[Matrix, ...]
    algebra: tuple[Matrix, ...]
    zero: float = 0.0
    other: float = np.inf


def reduce_first(group: Sequence[FloatArray], algebra: Sequence[FloatArray], monomials: Monomials) -> Frame:
    """The frame that leaves the fewest polynomials.

    Parameters
    ----------
    group, algebra : sequences of ndarrays (n, n)
        Orthogonal matrices, and skew ones of norm 1.
    monomials : Monomials

    Returns
    -------
    Frame

    Raises
    ------
    CertificationError
        If a value is neither zero nor clearly none.

    Examples
    --------
    >>> third = np.array([[-0.5, -0.75**0.5], [0.75**0.5, -0.5]])
    >>> reduce_first([third], [], Monomials(2, 3)).span.shape           # Re z³ and Im z³
    (4, 2)
    """
    signed = [g for g in group if is_signed_permutation(g)]
    others = [g for g in group if not is_signed_permutation(g)]
    if signed or not (others or len(algebra)):
        return Frame(np.eye(monomials.n), _orbit_sums(signed, monomials), tuple(others), tuple(algebra))
    frames = [_diagonal_frame(i, others, algebra, monomials) for i in range(len(others) + len(algebra))]
    return min(frames, key=lambda frame: int(frame.span.shape[1]))


def _orbit_sums(signed: Sequence[FloatArray], monomials: Monomials) -> Any:
    from scipy.sparse import csr_array

    size, relations = monomials.size, []
    for g in signed:
        targets = np.abs(g).argmax(axis=1)
        signs = np.round(g[np.arange(len(g)), targets]).astype(np.int64) % _SIGN_PRIME
        image, ratio = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        _loops.substitute(monomials.exponents, monomials.degree, targets, signs, monomials.table, _SIGN_PRIME, image,
                          ratio)
        relations.append((image, np.arange(size), ratio))
    label, factor = solve_relations(size, relations, _SIGN_PRIME)
    live = np.flatnonzero(label >= 0)
    count = np.bincount(label[live])
    values = np.where(factor[live] == 1, 1.0, -1.0) / np.sqrt(count[label[live]])
    return csr_array((values, (live, label[live])), shape=(size, len(count)))


def _diagonal_frame(
    chosen: int, group: Sequence[FloatArray], algebra: Sequence[FloatArray], monomials: Monomials
) -> Frame:
    """The frame in which generator number ``chosen``, group first, is diagonal."""
    from scipy.linalg import schur
    from scipy.sparse import csr_array

    generators = [*group, *algebra]
    # A normal matrix: its triangular form is diagonal up to rounding.
    triangular, unitary = schur(generators[chosen].astype(np.complex128), output="complex")
    values, k = np.diag(triangular), max(monomials.degree, 1)
    turns = np.angle(values) if chosen < len(group) else values.imag / k
    sums = monomials.exponents @ turns
    distance = np.abs(np.expm1(1j * sums)) if chosen < len(group) else np.abs(sums)
    bound = 2 * k * (GENERATOR_ERROR + 16 * monomials.n * EPS)
    kept = np.flatnonzero(distance <= bound)
    zero, other = float(distance[kept].max(initial=0.0)), float(distance[distance > bound].min(initial=np.inf))
    if other < GAP * bound:
        raise CertificationError(
            f"no clear gap between zero and non-zero singular values: {other:.1e} is neither below the error "
            f"{bound:.1e} nor {GAP:.0e} times it; give the generators exactly or to more digits"
        )
    span = csr_array((np.ones(len(kept)), (kept, np.arange(len(kept)))), shape=(monomials.size, len(kept)))
    moved = [unitary.conj().T @ g @ unitary for g in generators]
    left = [i != chosen for i in range(len(generators))]
    return Frame(
        unitary, span, tuple(g for g, keep in zip(moved[: len(group)], left, strict=False) if keep),
        tuple(x for x, keep in zip(moved[len(group):], left[len(group):], strict=True) if keep), zero, other,
    )


def is_signed_permutation(g: FloatArray) -> bool:
    """Whether a matrix has one ±1 in each row and column, to the accuracy of generators."""
    rounded = np.abs(np.round(g))
    return bool(np.abs(np.abs(g) - rounded).max() <= GENERATOR_ERROR
                and (rounded.sum(axis=0) == 1).all() and (rounded.sum(axis=1) == 1).all())
