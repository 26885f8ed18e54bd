"""The second route to an invariant multiplicity: null spaces over generators.

E_λ^G = ∩ ker(ρ(g_i) − 1) ∩ ker dρ(X_j) over topological generators. On the homogeneous polynomials of
degree k in N variables ρ and dρ are sparse; the invariant harmonics of degree k have dimension
dim (Sym^k)^G − dim (Sym^{k−2})^G, because Sym^k = Harm_k ⊕ |x|² Sym^{k−2} as representations. Nothing is
shared with the class averages of `molien`.
"""

from __future__ import annotations

import math
from itertools import combinations_with_replacement

import numpy as np
import numpy.typing as npt

from weylspec.errors import CertificationError, CostError
from weylspec.groups.linear_action import LinearAction

FloatArray = npt.NDArray[np.float64]

_MAX_MONOMIALS = 3000
_GAP = 1e6


def invariant_dimension(action: LinearAction, degree: int) -> int:
    """Dimension of the invariant harmonics of one degree, from generators alone.

    Parameters
    ----------
    action : LinearAction
        On R^N; only its generators and its Lie algebra are used.
    degree : int

    Returns
    -------
    int

    Raises
    ------
    CostError
        Above 3000 monomials.
    CertificationError
        If no gap of 10⁶ separates the zero eigenvalues of Σ BᵀB, B the generators less 1, from the others.

    Examples
    --------
    The icosahedral harmonics begin in degree 6; here the cube's, in degree 4:

    >>> from weylspec.groups.permutation import Hyperoctahedral
    >>> [invariant_dimension(Hyperoctahedral(3).natural(), k) for k in range(7)]
    [1, 0, 0, 0, 1, 0, 1]
    """
    lower = invariant_polynomials(action, degree - 2) if degree >= 2 else 0
    return invariant_polynomials(action, degree) - lower


def invariant_polynomials(action: LinearAction, degree: int) -> int:
    """Dimension of the invariant homogeneous polynomials of one degree.

    Parameters
    ----------
    action : LinearAction
    degree : int

    Returns
    -------
    int

    Raises
    ------
    CostError
        Above 3000 monomials.
    CertificationError
        As in `invariant_dimension`.

    Examples
    --------
    >>> from weylspec.groups.orthogonal import O
    >>> invariant_polynomials(O(3).copies(2).natural(), 2)     # x·x, x·y, y·y
    3
    """
    n = action.size
    size = math.comb(n + degree - 1, degree)
    if size > _MAX_MONOMIALS:
        raise CostError(f"degree {degree} in {n} variables has {size} monomials, above {_MAX_MONOMIALS}")
    if degree == 0:
        return 1
    blocks = [symmetric_power(g, degree) - np.eye(size) for g in action.generators]
    blocks += [symmetric_derivation(x, degree) for x in action.algebra]
    if not blocks:
        return size
    gram = np.asarray(sum(block.T @ block for block in blocks))
    return _nullity(gram)


def _nullity(gram: FloatArray) -> int:
    """Number of zero eigenvalues of Σ BᵀB: those at rounding level, certified by a gap above them."""
    values = np.abs(np.linalg.eigvalsh(gram))
    rounding = float(np.finfo(np.float64).eps) * max(1.0, float(values.max()))
    zeros = values <= 16 * len(gram) * rounding  # eigvalsh and the product BᵀB err by a few n·eps·‖BᵀB‖
    largest_zero = float(values[zeros].max(initial=0.0))
    smallest = float(values[~zeros].min(initial=np.inf))
    if smallest < _GAP * max(largest_zero, rounding):
        raise CertificationError(
            f"no clear gap between zero and non-zero eigenvalues: {largest_zero:.1e} against {smallest:.1e}"
        )
    return int(zeros.sum())


def symmetric_power(g: FloatArray, degree: int) -> FloatArray:
    """The matrix of p ↦ p∘g on homogeneous polynomials, in the orthonormal monomials.

    Monomials x^a are scaled by sqrt(degree!/a!), which makes the matrix of an orthogonal g orthogonal.

    Parameters
    ----------
    g : ndarray of shape (n, n)
    degree : int

    Returns
    -------
    ndarray of shape (s, s), s = C(n + degree − 1, degree)

    Examples
    --------
    >>> rotation = np.array([[0.0, -1.0], [1.0, 0.0]])
    >>> symmetric_power(rotation, 2).round(12) + 0.0
    array([[ 0.,  0.,  1.],
           [ 0., -1.,  0.],
           [ 1.,  0.,  0.]])
    """
    exponents, index = _monomials(len(g), degree)
    lower, lower_index = _monomials(len(g), degree - 1)
    if degree == 0:
        return np.ones((1, 1))
    previous = symmetric_power(g, degree - 1)
    result = np.zeros((len(exponents), len(exponents)))
    for column, a in enumerate(exponents):
        i = next(j for j, e in enumerate(a) if e)
        rest = lower_index[_shifted(a, i, -1)]
        # x^a = x_i · x^{a − e_i}; the norms' ratio is sqrt(degree/a_i)
        image = previous[:, rest] * math.sqrt(degree / a[i])
        for j in range(len(g)):
            if g[i, j]:
                for row, b in enumerate(lower):
                    if image[row]:
                        target = _shifted(b, j, 1)
                        result[index[target], column] += g[i, j] * image[row] * math.sqrt(target[j] / degree)
    return result


def symmetric_derivation(x: FloatArray, degree: int) -> FloatArray:
    """The matrix of the derivation p ↦ d/dt p∘exp(tX) at t = 0, in the orthonormal monomials.

    Parameters
    ----------
    x : ndarray of shape (n, n)
        X.
    degree : int

    Returns
    -------
    ndarray of shape (s, s), s = C(n + degree − 1, degree)

    Examples
    --------
    The rotation of the plane kills x² + y²:

    >>> turn = symmetric_derivation(np.array([[0.0, -1.0], [1.0, 0.0]]), 2)
    >>> (turn @ [1.0, 0.0, 1.0]).tolist()
    [0.0, 0.0, 0.0]
    """
    exponents, index = _monomials(len(x), degree)
    result = np.zeros((len(exponents), len(exponents)))
    rows, columns = np.nonzero(x)
    for column, a in enumerate(exponents):
        for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
            if a[i]:
                target = _shifted(_shifted(a, i, -1), j, 1)
                norm = math.sqrt(target[j] / a[i]) if i != j else 1.0
                result[index[target], column] += x[i, j] * a[i] * norm
    return result


def _monomials(n: int, degree: int) -> tuple[list[tuple[int, ...]], dict[tuple[int, ...], int]]:
    exponents = []
    for chosen in combinations_with_replacement(range(n), max(degree, 0)):
        counts = [0] * n
        for i in chosen:
            counts[i] += 1
        exponents.append(tuple(counts))
    return exponents, {a: i for i, a in enumerate(exponents)}


def _shifted(a: tuple[int, ...], i: int, by: int) -> tuple[int, ...]:
    return (*a[:i], a[i] + by, *a[i + 1:])
