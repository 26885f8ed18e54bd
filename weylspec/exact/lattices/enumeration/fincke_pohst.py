"""Points of any positive form with integer coefficients, three variables and more, exact, by enumeration."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.exact._reduction import rational_inverse
from weylspec.exact.lattices.reduction import Gram
from weylspec.exact.limits import MAX_OPERATIONS, check_operations
from weylspec.multiplicities import IntArray

MOST_VARIABLES = 32
MAX_LEVELS = 10**8  # entries of an array of numbers of points

_ROUNDING = 2.0**-53
_ROW, _PLANE, _NODE = 2.0, 40.0, 40.0  # nanoseconds for a row, a plane, a node of the tree
_INTEGER_ROW = 5.0  # times the row by floats
_POINT = 3.0


@dataclass(frozen=True, eq=False)
class _Squares:
    """Q = Σ d_i (x_i + Σ_{j>i} u_ij x_j)² in rationals, and the diagonal of Q's inverse."""

    diagonal: tuple[Fraction, ...]
    upper: tuple[tuple[Fraction, ...], ...]
    inverse: tuple[Fraction, ...]

    @classmethod
    @lru_cache(maxsize=256)
    def of(cls, gram: Gram) -> _Squares:
        """Complete the squares, variable 0 first."""
        n = len(gram)
        rest = [[Fraction(x, 2) for x in row] for row in gram]
        upper = []
        for i in range(n):
            row = [Fraction(0)] * (i + 1) + [rest[i][j] / rest[i][i] for j in range(i + 1, n)]
            for k in range(i + 1, n):
                for j in range(i + 1, n):
                    rest[k][j] -= rest[k][i] * row[j]
            upper.append(tuple(row))
        inverse = rational_inverse([list(row) for row in gram])
        return cls(tuple(rest[i][i] for i in range(n)), tuple(upper), tuple(2 * inverse[i][i] for i in range(n)))

    def reach(self, top: int) -> list[int]:
        """Bounds of |x_i| on the ellipsoid Q ≤ 1.02·top + 1, which contains all that the loops look at; and 1 more."""
        return [math.isqrt(int((Fraction(51, 50) * top + 1) * x)) + 2 for x in self.inverse]

    def slack(self, top: int) -> float:
        """How much the loops' floats can be wrong about Q, with room: 4 times the sum of first-order bounds."""
        reach, n = self.reach(top), len(self.diagonal)
        total = 8.0 * n * 2 * _ROUNDING * (top + 1.0)
        for i, d in enumerate(self.diagonal):
            size = reach[i] + float(sum(abs(u) * x for u, x in zip(self.upper[i], reach, strict=True)))
            error = (n + 3) * _ROUNDING * size  # of x_i less its centre, whose terms are added one by one
            total += 4 * float(d) * error * (2 * 1.02 * math.sqrt((top + 1.0) / float(d)) + error)
        return total

    def sections(self, top: int) -> list[float]:
        """Volumes of the projections of Q ≤ top to the variables from i on, for i = 0, 1, …."""
        n = len(self.diagonal)
        volumes, logarithm = [], 0.0
        for k, d in enumerate(reversed(self.diagonal), 1):
            logarithm -= math.log(d) / 2
            size = k / 2 * math.log(math.pi * max(top, 1)) - math.lgamma(k / 2 + 1) + logarithm
            volumes.append(math.exp(size) if size < 700 else math.inf)
        return [*volumes[::-1][:n]]


def enumeration_cost(gram: Gram, top: int) -> float:
    """Estimated nanoseconds of `enumeration_count`, by volumes; infinite where integers may not fit 64 bits.

    Examples
    --------
    >>> z4 = ((2, 0, 0, 0), (0, 2, 0, 0), (0, 0, 2, 0), (0, 0, 0, 2))
    >>> enumeration_cost(z4, 100) < enumeration_cost(z4, 10**4) < 1e9, enumeration_cost(z4, 10**30)
    (True, inf)
    """
    if not 3 <= len(gram) <= MOST_VARIABLES:
        return math.inf
    size = _size(gram, top)
    if size == "none":
        return math.inf
    volumes = _Squares.of(gram).sections(top)
    row = _ROW if size == "floats" else _ROW * _INTEGER_ROW
    planes, nodes = volumes[2], math.fsum(volumes[3:])
    return 2e4 + row * (volumes[1] + planes) / 2 + _PLANE * (planes + nodes) / 2 + _NODE * (nodes + len(gram)) / 2


def norm_counts_cost(gram: Gram, top: int) -> float:
    """Estimated nanoseconds of `norm_counts`: every point is visited, up to sign."""
    if not gram or top >= MAX_LEVELS:
        return math.inf
    return enumeration_cost(_padded(gram, top), top) + _Squares.of(gram).sections(top)[0] * _POINT + top


def enumeration_count(gram: Gram, top: int) -> int:
    """Number of points with Q ≤ top, exact: Fincke and Pohst on all variables but one, one of ±x.

    Parameters
    ----------
    gram : matrix of 2Q
        In a reduced basis, shortest vectors first; 3 to 32 variables.
    top : int

    Returns
    -------
    int

    Raises
    ------
    CostError
        If it takes more than 10¹¹ operations, as estimated by volumes or as found underway.

    References
    ----------
    Fincke and Pohst (1985), "Improved methods for calculating vectors of short length in a lattice".

    Examples
    --------
    >>> enumeration_count(((2, 1, 1), (1, 2, 1), (1, 1, 2)), 1)  # 0 and the twelve roots of A_3
    13
    """
    return _run(gram, top, np.zeros(0, dtype=np.int64), enumeration_cost(gram, top))


def norm_counts(gram: Gram, top: int) -> IntArray:
    """The numbers of points with Q = 0, …, top, exact.

    Parameters
    ----------
    gram : matrix of 2Q
        As for `enumeration_count`, but one or two variables will do.
    top : int

    Returns
    -------
    ndarray of shape (top + 1,), int64

    Raises
    ------
    CostError
        If it takes more than 10¹¹ operations, or top is 10⁸ or more.

    Examples
    --------
    >>> norm_counts(((2, 1, 1), (1, 2, 1), (1, 1, 2)), 3)
    array([ 1, 12,  6, 24])
    """
    cost = norm_counts_cost(gram, top)
    counts = np.zeros(top + 1 if cost <= MAX_OPERATIONS else 0, dtype=np.int64)
    _run(_padded(gram, top), top, counts, cost)
    return counts


def _padded(gram: Gram, top: int) -> Gram:
    """Three variables at least: those added are zero, as their norms are above top."""
    missing = max(3 - len(gram), 0)
    added = [tuple(2 * (top + 1) if i == j else 0 for j in range(len(gram) + missing))
             for i in range(len(gram), len(gram) + missing)]
    return (*((*row, *(0,) * missing) for row in gram), *added)


def _run(gram: Gram, top: int, counts: npt.NDArray[np.int64], cost: float) -> int:
    check_operations(cost, f"enumerating points of a form in {len(gram)} variables up to {top}")
    if top < 0:
        return 0
    from weylspec.exact.lattices.enumeration import _loops

    squares = _Squares.of(gram)
    upper = np.array([[float(u) for u in row] for row in squares.upper])
    np.fill_diagonal(upper, [float(d) for d in squares.diagonal])
    found = np.zeros(2, dtype=np.int64)
    complete = _loops.points_in_form(np.array(gram, dtype=np.int64), upper, top, top + squares.slack(top),
                                     _size(gram, top) == "floats", MAX_OPERATIONS / _ROW, counts, found)
    if not complete:
        raise CostError(f"a form in {len(gram)} variables has more than {found[1]:.1e} rows of points up to {top}, "
                        f"where volumes promised {cost:.1e} operations; lower the cutoff")
    return int(found[0])


def _size(gram: Gram, top: int) -> str:
    """Which loop holds the values: "floats" below 2⁵³ with room for roots, "integers" below 2⁶⁰, or "none"."""
    if len(gram) < 3:
        return "none"
    squares = _Squares.of(gram)
    reach, a = squares.reach(top), gram[0][0] // 2
    linear = [sum(abs(g) * x for g, x in zip(row[2:], reach[2:], strict=True)) for row in gram]
    constant = sum(r * x for r, x in zip(linear[2:], reach[2:], strict=True))
    alpha = abs(gram[0][1] ** 2 - gram[0][0] * gram[1][1])
    beta = 2 * (abs(gram[0][1]) * linear[0] + 2 * a * linear[1])
    value = (alpha * reach[1] + beta) * reach[1] + linear[0] ** 2 + 4 * a * (top + constant)
    b = 2 * a * (reach[0] + 1)
    if value < 2**53 and 30 * max(4 * a * top + 4 * a + 1, b * b) < 2**53 and squares.slack(top) < 0.02 * top + 1:
        return "floats"
    return "integers" if max(value, b * b) < 2**60 and squares.slack(top) < 0.02 * top + 1 else "none"
