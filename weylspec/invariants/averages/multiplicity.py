"""Exact invariant multiplicities m_λ(G) = ∫_G tr(g | E_λ) dg from residues modulo primes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from weylspec.errors import CertificationError
from weylspec.exact.modular import crt, primes_one_modulo
from weylspec.multiplicities import IntArray, exact_integers

Residues = npt.NDArray[np.int64]


def invariant_multiplicities(bounds: IntArray, average: Callable[[int], Residues], modulus: int) -> IntArray:
    """Lift class averages modulo primes to the exact dimensions of invariant subspaces.

    The dimensions satisfy 0 ≤ m_λ(G) ≤ dim E_λ, which tells how many primes p ≡ 1 (mod modulus)
    determine them; one further prime checks the result. No float decides a multiplicity.

    Parameters
    ----------
    bounds : ndarray of shape (levels,), exact integers
        dim E_λ.
    average : callable
        p ↦ residues of m_λ(G) modulo p, shape (levels,).
    modulus : int
        F_p must contain roots of unity of this order.

    Returns
    -------
    ndarray of shape (levels,), exact integers

    Raises
    ------
    CertificationError
        If the check prime disagrees or a dimension exceeds its bound: the averages are wrong.

    Examples
    --------
    >>> invariant_multiplicities(np.array([1, 3]), lambda p: np.array([1, 2]), 2).tolist()
    [1, 2]
    """
    if not len(bounds):
        return exact_integers([])
    bounds = exact_integers(bounds)
    largest = int(bounds.max())
    primes: list[int] = []
    residues: list[Residues] = []
    product = 1
    supply = primes_one_modulo(modulus)
    while product <= largest:
        primes.append(next(supply))
        residues.append(average(primes[-1]))
        product *= primes[-1]
    lifted = exact_integers(crt(residues, primes))
    check = next(supply)
    wrong = np.flatnonzero((lifted % check != average(check)) | (lifted > bounds))
    if wrong.size:
        index = int(wrong[0])
        raise CertificationError(
            f"level {index}: the invariant multiplicity {lifted[index]} fails its check (bound {bounds[index]}, "
            f"prime {check}); the action's classes are inconsistent"
        )
    return lifted
