"""Compiled loops on monomials: their list and their positions in it, substitutions, derivations, values.

Exponents of one degree stand in lexicographic order, x₁^k first. ``table[m, d]`` is the number of monomials of
degree below d in m variables, with which the position of a monomial is a sum.
"""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Matrix = NDArray[np.float64] | NDArray[np.complex128]


@nb.njit(cache=True)
def list_exponents(degree: int, out: Ints) -> None:
    """All exponents of one degree, one per row of out."""
    size, n = out.shape
    out[0, :] = 0
    out[0, 0] = degree
    for row in range(1, size):
        out[row] = out[row - 1]
        # The last non-zero exponent before the end gives one to its right, with all that stands at the end.
        j = n - 2
        while out[row, j] == 0:
            j -= 1
        last = out[row, n - 1]
        out[row, n - 1] = 0
        out[row, j] -= 1
        out[row, j + 1] = last + 1


@nb.njit(cache=True)
def position(exponents: Ints, degree: int, table: Ints) -> int:
    """Position of one monomial of the given degree."""
    n = len(exponents)
    index, rest = 0, degree
    for i in range(n - 1):
        rest -= exponents[i]
        index += table[n - 1 - i, rest]
    return index


@nb.njit(cache=True)
def substitute(
    exponents: Ints, degree: int, targets: Ints, factors: Ints, table: Ints, p: int, out: Ints, ratio: Ints
) -> None:
    """Positions out and coefficients of the images of monomials under x_i ↦ factors_i·x_{targets_i}, modulo p."""
    n = exponents.shape[1]
    image = np.zeros(n, dtype=np.int64)
    for m in range(len(exponents)):
        value = 1
        for i in range(n):
            image[targets[i]] = exponents[m, i]
            for _ in range(exponents[m, i]):
                value = value * factors[i] % p
        out[m] = position(image, degree, table)
        ratio[m] = value


@nb.njit(cache=True)
def derive(
    exponents: Ints, degree: int, rows: Ints, columns: Ints, table: Ints, target: Ints, source: Ints, power: Ints,
    entry: Ints,
) -> int:
    """Terms of x^a ↦ Σ X_ij a_i x^{a − e_i + e_j} over the entries (i, j) = (rows, columns) of X.

    Fills the position of the image, the row of the monomial, a_i and the number of the entry; returns how many.
    """
    n = exponents.shape[1]
    image = np.zeros(n, dtype=np.int64)
    count = 0
    for m in range(len(exponents)):
        for k in range(len(rows)):
            i, j = rows[k], columns[k]
            if exponents[m, i] > 0:
                image[:] = exponents[m]
                image[i] -= 1
                image[j] += 1
                target[count] = position(image, degree, table)
                source[count], power[count], entry[count] = m, exponents[m, i], k
                count += 1
    return count


@nb.njit(cache=True)
def monomial_values(exponents: Ints, powers: Ints, p: int, out: Ints) -> None:
    """Values of the monomials at a point modulo p; powers[i, e] = x_i^e."""
    for m in range(len(exponents)):
        value = 1
        for i in range(exponents.shape[1]):
            if exponents[m, i] > 0:
                value = value * powers[i, exponents[m, i]] % p
        out[m] = value


@nb.njit(cache=True)
def raise_power(
    lower: Ints, up: Ints, previous: Matrix, g: Matrix, degree: int, row_of: Ints, out: Matrix
) -> None:
    """The polynomials x^a∘g of degree k, as rows, from those of degree k − 1, all in the orthonormal monomials.

    With the isometry U: Sym^k → C^n ⊗ Sym^{k−1}, U x^a = Σ_i √(a_i/k) e_i ⊗ x^{a − e_i}, the matrix is
    Uᵀ(g ⊗ previous)U. ``up[b, i]`` is the position of x_i·x^b, x^b the monomials of degree k − 1 with exponents
    ``lower``; monomial a goes to row ``row_of[a]``, or is left out where that is negative.
    """
    n = len(g)
    out[:] = 0.0
    for c in range(len(lower)):
        for i in range(n):
            row, scale = row_of[up[c, i]], np.sqrt((lower[c, i] + 1) / degree)
            if row < 0:
                continue
            for j in range(n):
                f = scale * g[i, j]
                if f == 0.0:
                    continue
                for b in range(len(lower)):
                    if previous[c, b] != 0.0:
                        out[row, up[b, j]] += f * np.sqrt((lower[b, j] + 1) / degree) * previous[c, b]
