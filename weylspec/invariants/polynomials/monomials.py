"""Monomials of one degree: their list, and the terms that substitutions and derivations make of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.invariants.polynomials import _loops

Ints = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Monomials:
    """The monomials x^a of one degree in n variables, in lexicographic order with x_1^k first.

    Attributes
    ----------
    n, degree : int

    Examples
    --------
    >>> Monomials(2, 3).exponents.tolist()
    [[3, 0], [2, 1], [1, 2], [0, 3]]
    """

    n: int
    degree: int

    @property
    def size(self) -> int:
        """Their number, C(n + degree − 1, degree)."""
        return math.comb(self.n + self.degree - 1, self.degree)

    @cached_property
    def exponents(self) -> Ints:
        """All of them, shape (size, n)."""
        out = np.zeros((self.size, self.n), dtype=np.int64)
        _loops.list_exponents(self.degree, out)
        return out

    @cached_property
    def norms(self) -> FloatArray:
        """√(degree!/a!), by which the monomials are multiplied to be orthonormal."""
        factorials = np.array([math.factorial(d) for d in range(self.degree + 1)], dtype=np.float64)
        return np.asarray(np.sqrt(factorials[-1] / factorials[self.exponents].prod(axis=1)))

    @cached_property
    def table(self) -> Ints:
        """``table[m, d]``: number of monomials of degree below d in m variables."""
        return np.array([[math.comb(d - 1 + m, m) if d else 0 for d in range(self.degree + 1)] for m in range(self.n)],
                        dtype=np.int64)

    def positions(self, exponents: Ints) -> Ints:
        """Where monomials stand in the list.

        Parameters
        ----------
        exponents : ndarray of shape (m, n)

        Returns
        -------
        ndarray of shape (m,), int64
        """
        rest = self.degree - np.cumsum(exponents[:, :-1], axis=1)
        return np.asarray(self.table[np.arange(self.n - 1, 0, -1), rest].sum(axis=1), dtype=np.int64)
