"""The second route to an invariant multiplicity: null spaces over generators.

E_λ^G = ∩ ker(ρ(g_i) − 1) ∩ ker dρ(X_j) over topological generators. On the homogeneous polynomials of
degree k in N variables ρ and dρ are sparse; the invariant harmonics of degree k have dimension
dim (Sym^k)^G − dim (Sym^{k−2})^G, because Sym^k = Harm_k ⊕ |x|² Sym^{k−2} as representations. Nothing is
shared with the class averages of `molien`.

Rational generators are solved modulo two random primes, others by singular values with a certified gap.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, WeylspecError
from weylspec.exact.sparse.rank import agreed_rank, random_primes
from weylspec.groups.base import Group, whole
from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.polynomials.floating import FloatInvariants
from weylspec.invariants.polynomials.modular import ModularInvariants
from weylspec.invariants.polynomials.rational import RationalGenerators

FloatArray = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_MAX_MONOMIALS = 2 * 10**6


@dataclass(frozen=True)
class InvariantCount:
    """The dimension of a space of invariant polynomials, and what vouches for it.

    Attributes
    ----------
    dimension : int
    provenance : str
    """

    dimension: int
    provenance: str


def invariant_dimension(action: LinearAction | Group, degree: int) -> int:
    """Dimension of the invariant harmonics of one degree, from generators alone.

    Parameters
    ----------
    action : LinearAction or Group
        On R^N; only its generators and its Lie algebra are used.
    degree : int

    Returns
    -------
    int
        The multiplicity of λ = degree (degree + N − 2) on S^{N−1}/G.

    Raises
    ------
    CostError, CertificationError
        As in `count_invariants`.

    Examples
    --------
    The icosahedral harmonics begin in degree 6; here the cube's, in degree 4:

    >>> from weylspec.groups.permutation import Hyperoctahedral
    >>> [invariant_dimension(Hyperoctahedral(3), k) for k in range(7)]
    [1, 0, 0, 0, 1, 0, 1]

    Three vectors of R³ up to rotation, of degree 10: 43758 monomials.

    >>> from weylspec.groups.orthogonal import SO
    >>> invariant_dimension(SO(3).copies(3), 10) == 252 - 126
    True
    """
    lower = invariant_polynomials(action, degree - 2) if degree >= 2 else 0
    return invariant_polynomials(action, degree) - lower


def invariant_dimensions_to(action: LinearAction | Group, top: int) -> list[int]:
    """Dimensions of the invariant harmonics of all degrees up to one, from generators alone.

    Parameters
    ----------
    action : LinearAction or Group
    top : int

    Returns
    -------
    list of top + 1 ints

    Raises
    ------
    CostError, CertificationError
        As in `count_invariants`.

    Examples
    --------
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> invariant_dimensions_to(SymmetricGroup(3), 6)        # 1/((1 − t)(1 − t³))
    [1, 1, 1, 2, 2, 2, 3]
    """
    linear = _natural(action, top)
    generators = _read(linear)
    polynomials = [_count(linear, generators, k).dimension for k in range(top + 1)]
    return [d - (polynomials[k - 2] if k >= 2 else 0) for k, d in enumerate(polynomials)]


def invariant_polynomials(action: LinearAction | Group, degree: int) -> int:
    """Dimension of the invariant homogeneous polynomials of one degree.

    Parameters
    ----------
    action : LinearAction or Group
    degree : int

    Returns
    -------
    int

    Raises
    ------
    CostError, CertificationError
        As in `count_invariants`.

    Examples
    --------
    >>> from weylspec.groups.orthogonal import O
    >>> invariant_polynomials(O(3).copies(2), 2)     # x·x, x·y, y·y
    3
    """
    return count_invariants(action, degree).dimension


def count_invariants(action: LinearAction | Group, degree: int) -> InvariantCount:
    """Dimension of the invariant homogeneous polynomials of one degree, with what vouches for it.

    Parameters
    ----------
    action : LinearAction or Group
    degree : int

    Returns
    -------
    InvariantCount

    Raises
    ------
    CostError
        If there are more monomials than 2·10⁶, or than a dense problem can have: 3500 for generators in floats.
    CertificationError
        If no gap separates the zero singular values of generators in floats from the others.

    Examples
    --------
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> count_invariants(SymmetricGroup(3), 3)
    InvariantCount(dimension=3, provenance='orbits of monomials of weight 0 under signed permutations: exact')
    """
    linear = _natural(action, degree)
    return _count(linear, _read(linear), degree)


def invariant_basis(action: LinearAction | Group, degree: int) -> tuple[Ints, FloatArray]:
    """A basis of the invariant homogeneous polynomials of one degree.

    Parameters
    ----------
    action : LinearAction or Group
    degree : int

    Returns
    -------
    exponents : ndarray of shape (monomials, N), int64
        The monomials x^a of the degree.
    coefficients : ndarray of shape (dimension, monomials)
        One polynomial per row, orthonormal when √(degree!/a!) x^a are: ``coefficients @ (x**exponents).prod(axis=1)``
        are its values at a point.

    Raises
    ------
    CostError
        Above 3500 monomials up to signed permutations, or 3500 monomials where another generator is finite.
    CertificationError
        As in `count_invariants`.

    Examples
    --------
    >>> from weylspec.groups.permutation import SignFlips
    >>> exponents, coefficients = invariant_basis(SignFlips(2), 2)
    >>> exponents.tolist(), coefficients.tolist()
    ([[2, 0], [1, 1], [0, 2]], [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    """
    found = _in_floats(_natural(action, degree), degree)
    return found.monomials.exponents, found.basis


def _read(action: LinearAction) -> RationalGenerators | None:
    return RationalGenerators.read(action.generators, action.algebra, action.size)


def _count(action: LinearAction, rational: RationalGenerators | None, degree: int) -> InvariantCount:
    if rational is None:
        found = _in_floats(action, degree)
        zero, other = found.gap
        how = f"singular values of the generators in floats: zeros up to {zero:.1e}, others from {other:.1e}"
        return InvariantCount(found.dimension, how)
    first = ModularInvariants(rational, degree, next(random_primes(4)))
    if first.is_combinatorial:
        return InvariantCount(first.dimension, "orbits of monomials of weight 0 under signed permutations: exact")
    known = {first.p: first.rank}
    rank, primes = agreed_rank(lambda p: known.get(p) or ModularInvariants(rational, degree, p).rank, 4)
    how = f"rank {rank} of the generators' equations modulo {primes[0]} and {primes[1]}: never more invariants"
    return InvariantCount(first.monomials.size - rank, how)


def _in_floats(action: LinearAction, degree: int) -> FloatInvariants:
    return FloatInvariants(tuple(action.generators), tuple(action.algebra), action.size, degree)


def _natural(action: LinearAction | Group, degree: int) -> LinearAction:
    whole(degree, "the degree of a polynomial", 0)
    if not isinstance(action, (Group, LinearAction)):
        raise WeylspecError(f"invariant polynomials are those of a group such as SymmetricGroup(3), got {action!r}")
    linear = action.natural() if isinstance(action, Group) else action
    size = math.comb(linear.size + degree - 1, degree)
    if size > _MAX_MONOMIALS:
        raise CostError(
            f"degree {degree} in {linear.size} variables has {size} monomials, above {_MAX_MONOMIALS}; take a lower one"
        )
    return linear
