"""Families of highest weights: their norms, their dimensions, and exact sums of these below a norm.

A homogeneous space has eigenvalues |Λ + ρ|² − |ρ|² and multiplicities that are products of Weyl's
dimensions. Over a family of weights Λ(ν), ν a partition, both are written out in ν once: the norm
as a quadratic polynomial, the multiplicity as a product of linear forms.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.exact.lie.classical import special_orthogonal, unitary
from weylspec.exact.lie.root_datum import RootDatum
from weylspec.exact.modular import crt, primes_one_modulo
from weylspec.multiplicities import IntArray, exact_integers

IntMatrix = npt.NDArray[np.int64]

_MAX_LISTED = 3 * 10**6  # weights in a list: about a kilobyte each while multiplicities are multiplied out
_MAX_NORM = 2**55  # so that the discriminants of the compiled loop stay below 2⁶⁰


@dataclass(frozen=True, eq=False)
class Forms:
    """A product of linear forms in ν: Π_q (coefficients_q·ν + offsets_q) / denominator, an integer for every ν.

    Attributes
    ----------
    coefficients : ndarray of shape (q, r), int64
    offsets : ndarray of shape (q,), int64
    denominator : int
    """

    coefficients: IntMatrix
    offsets: IntMatrix
    denominator: int

    def values(self, nu: IntMatrix) -> IntArray:
        """The products at some ν, shape (m,), exact."""
        product = np.full(len(nu), 1, dtype=object)
        for row, offset in zip(self.coefficients, self.offsets, strict=True):
            product = product * (nu @ row + offset)
        return exact_integers(product // self.denominator)

    def __mul__(self, other: Forms) -> Forms:
        """The product of two products."""
        return Forms(np.concatenate([self.coefficients, other.coefficients]),
                     np.concatenate([self.offsets, other.offsets]), self.denominator * other.denominator)


def weyl_forms(datum: RootDatum, matrix: IntMatrix, base: Sequence[int] = ()) -> Forms:
    """Weyl's dimension formula over the weights base + matrix·ν.

    Parameters
    ----------
    datum : RootDatum
        Of a group whose weights are written as Σ Λ_i e_i.
    matrix : ndarray of shape (N, r), int64
        Λ = base + matrix·ν in the coordinates e_i.
    base : sequence of at most N ints
        Missing ones are 0.

    Returns
    -------
    Forms
        The product over the positive coroots that move with ν or base.

    Examples
    --------
    SO(3): dimensions 2ν + 1.

    >>> from weylspec.exact.lie.classical import special_orthogonal
    >>> forms = weyl_forms(special_orthogonal(3), np.array([[1]]))
    >>> forms.coefficients.tolist(), forms.offsets.tolist(), forms.denominator
    ([[2]], [1], 1)
    """
    assert datum.coordinates is not None
    pairings = datum.coroots @ datum.coordinates
    heights = np.array(datum.heights, dtype=np.int64)
    shift = pairings @ np.array([*base, *(0,) * (pairings.shape[1] - len(base))], dtype=np.int64)
    coefficients = pairings @ np.asarray(matrix, dtype=np.int64)
    moving = coefficients.any(axis=1) | (shift != 0)
    return Forms(coefficients[moving], (heights + shift)[moving], math.prod(int(h) for h in heights[moving]))


def linear_dimensions(k: int) -> Forms:
    """Dimensions of the irreps of GL(k) whose weights are partitions ν with at most k rows.

    Parameters
    ----------
    k : int

    Returns
    -------
    Forms

    Examples
    --------
    >>> linear_dimensions(2).values(np.array([[3, 1], [2, 2]])).tolist()
    [3, 1]
    """
    return weyl_forms(unitary(k, Fraction(1)), np.eye(k, dtype=np.int64))


def orthogonal_family(n: int, rows: int, step: int = 1, offset: int = 0) -> WeightFamily:
    """The irreps [μ] of O(n) with μ = step·ν + offset in each of some rows: Casimir norms and dimensions.

    The norm is Σ μ_i(μ_i + n − 2i), the dimension Weyl's, twice that where n = 2·rows and μ's last row
    is positive (the irrep then splits over SO(n)).

    Parameters
    ----------
    n : int
    rows : int
        At most n/2.
    step, offset : int

    Returns
    -------
    WeightFamily

    Examples
    --------
    O(4): vectors, symmetric traceless tensors, two-forms.

    >>> orthogonal_family(4, 2).multiplicities(np.array([[1, 0], [2, 0], [1, 1]])).tolist()
    [4, 9, 6]
    """
    rho = [n - 2 * i for i in range(1, rows + 1)]
    forms = weyl_forms(special_orthogonal(n), step * np.eye(n // 2, rows, dtype=np.int64), [offset] * rows)
    split = n == 2 * rows
    return WeightFamily(
        step**2, tuple(step * (2 * offset + r) for r in rho), sum(offset * (offset + r) for r in rho), forms,
        2 if split and offset else 1, split and not offset,
    )


@dataclass(frozen=True, eq=False)
class WeightFamily:
    """Highest weights Λ(ν) over the partitions ν with at most r rows.

    Attributes
    ----------
    quadratic : int, at least 1;  linear : tuple of r ints, none negative;  constant : int
        The norm is constant + Σ ν_i(quadratic·ν_i + linear_i), increasing in every row.
    forms : Forms
        The multiplicity.
    factor : int
        Multiplies it.
    doubled : bool
        The multiplicity counts twice where the last row is positive: an irrep of O(2r) with r rows.

    Examples
    --------
    Spherical harmonics: SO(3), norm ν(ν + 1), dimension 2ν + 1.

    >>> from weylspec.exact.lie.classical import special_orthogonal
    >>> family = WeightFamily(1, (1,), 0, weyl_forms(special_orthogonal(3), np.array([[1]])))
    >>> nu = family.weights(6)
    >>> family.norms(nu).tolist(), family.multiplicities(nu).tolist(), family.count(10**30) == 10**30
    ([0, 2, 6], [1, 3, 5], True)
    """

    quadratic: int
    linear: tuple[int, ...]
    constant: int
    forms: Forms
    factor: int = 1
    doubled: bool = False

    @property
    def rows(self) -> int:
        """The largest number r of rows."""
        return len(self.linear)

    def longest_row(self, i: int, top: int) -> int:
        """The largest ν_i whose own part of the norm is at most top; −1 if there is none."""
        room = top - self.constant
        if room < 0:
            return -1
        a, b = self.quadratic, self.linear[i]
        return (math.isqrt(b * b + 4 * a * room) - b) // (2 * a)

    def size(self, top: int) -> float:
        """Number of weights up to a norm, roughly and not too small."""
        return math.prod((self.longest_row(i, top) + 1.0) / (i + 1) + 1 for i in range(self.rows))

    def weights(self, top: int) -> IntMatrix:
        """Every partition ν whose norm is at most top, shape (m, r).

        Raises
        ------
        CostError
            For more than three million.
        """
        found = np.zeros((1 if top >= self.constant else 0, 0), dtype=np.int64)
        left = np.full(len(found), min(top, _MAX_NORM) - self.constant, dtype=np.int64)
        if self.longest_row(0, top) > _MAX_LISTED:
            raise self._too_many(top)
        for i, b in enumerate(self.linear):
            longest = np.array([(math.isqrt(b * b + 4 * self.quadratic * x) - b) // (2 * self.quadratic)
                                for x in left.tolist()], dtype=np.int64)
            counts = (longest if i == 0 else np.minimum(longest, found[:, -1])) + 1
            if int(counts.sum()) > _MAX_LISTED:
                raise self._too_many(top)
            parent = np.repeat(np.arange(len(found)), counts)
            row = np.arange(len(parent)) - np.repeat(np.cumsum(counts) - counts, counts)
            found = np.column_stack([found[parent], row])
            left = left[parent] - row * (self.quadratic * row + b)
        return found

    def _too_many(self, top: int) -> CostError:
        return CostError(f"about {self.size(top):.1e} highest weights lie below the cutoff, more than {_MAX_LISTED} "
                         "to list; lower it, or use count(lam), which needs no list")

    def norms(self, nu: IntMatrix) -> npt.NDArray[np.int64]:
        """Integer norms of some weights, shape (m,)."""
        own = nu * (self.quadratic * nu + np.array(self.linear, dtype=np.int64))
        return np.asarray(own.sum(axis=1) + self.constant, dtype=np.int64)

    def multiplicities(self, nu: IntMatrix) -> IntArray:
        """Exact multiplicities of some weights, shape (m,)."""
        split = np.where(nu[:, -1] > 0, 2, 1) if self.doubled else np.ones(len(nu), dtype=np.int64)
        return exact_integers(self.forms.values(nu).astype(object) * (self.factor * split))

    # -- sums without a list --------------------------------------------------------------------

    def count_cost(self, top: int) -> float:
        """Operations that `count` takes, roughly; infinite beyond the compiled loop's integers."""
        if self.rows == 1:
            return 1e3
        if top >= _MAX_NORM:
            return math.inf
        primes = self._bound(top).bit_length() / 30 + 1
        lines = self.size(top) / ((self.longest_row(self.rows - 1, top) + 1.0) / self.rows + 1)
        return lines * (self._line_degree + 1) * (self._line_degree + 2 * len(self.forms.offsets)) * primes

    @property
    def _line_degree(self) -> int:
        """Degree of the multiplicity in the last row."""
        return int(np.count_nonzero(self.forms.coefficients[:, -1]))

    def _bound(self, top: int) -> int:
        """An integer that the sum before its division cannot exceed."""
        longest = max(self.longest_row(0, top), 0)
        reach = [abs(int(offset)) + longest * int(np.abs(row).sum())
                 for row, offset in zip(self.forms.coefficients, self.forms.offsets, strict=True)]
        return int(2 * math.prod(reach) * (longest + 1) ** self.rows)

    def count(self, top: int) -> int:
        """Σ of the multiplicities of all weights whose norm is at most top, exact.

        One row: the multiplicity is a polynomial, summed by its differences at 0. Several rows: a
        compiled loop over lines of weights, each summed in the same way, modulo as many primes as the
        largest possible sum needs.
        """
        longest = self.longest_row(0, top)
        if longest < 0:
            return 0
        return self._polynomial_sum(longest) if self.rows == 1 else self._residue_sum(top)

    def _polynomial_sum(self, longest: int) -> int:
        degree = len(self.forms.offsets)
        plain = WeightFamily(self.quadratic, self.linear, self.constant, self.forms, self.factor)
        differences = [int(x) for x in plain.multiplicities(np.arange(degree + 1)[:, None])]
        first, total = differences[0], 0
        for j in range(degree + 1):
            total += math.comb(longest + 1, j + 1) * differences[0]
            differences = [b - a for a, b in itertools.pairwise(differences)]
        return 2 * total - first if self.doubled else total

    def _residue_sum(self, top: int) -> int:
        from weylspec.exact.characters._loops import sum_over_weights

        bound = self._bound(top)
        residues, primes, product = [], [], 1
        supply = primes_one_modulo(1)
        while product <= bound:
            p = next(supply)
            out = np.zeros(2, dtype=np.int64)
            inverses = np.array([0, *(pow(j, -1, p) for j in range(1, self._line_degree + 2))], dtype=np.int64)
            sum_over_weights(self.quadratic, np.array(self.linear, dtype=np.int64), top - self.constant,
                             self.forms.coefficients, self.forms.offsets, self.doubled, p, inverses,
                             np.zeros(self._line_degree + 1, dtype=np.int64), out)
            residues.append(out[:1])
            primes.append(p)
            product *= p
        return int(crt(residues, primes)[0]) * self.factor // self.forms.denominator
