"""Exact numbers of lattice points in ellipsoids, for quadratic forms with integer coefficients.

Forms in three variables, and in two with a mixed term, are counted row by row with integer square
roots; other diagonal forms go through `weylspec.exact.theta`.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.exact.theta import lattice_count_cost, lattice_count_diagonal

IntMatrix = npt.NDArray[np.int64]
ObjectMatrix = npt.NDArray[np.object_]

_MAX_COST = 2e10
_ROW = 8.0  # steps of one row: two divisions and a square root


def quadric_cost(table: IntMatrix, top: int) -> float:
    """Estimated steps of `quadric_count`; infinite where it offers no way.

    Parameters
    ----------
    table : ndarray (m, m), int64
        Upper triangular, positive definite as a form Σ_{i ≤ j} T_ij k_i k_j.
    top : int

    Returns
    -------
    float

    Examples
    --------
    >>> quadric_cost(np.array([[1, 1], [0, 1]]), 300), quadric_cost(np.eye(1, dtype=int), 10**40)
    (336.0, 1.0)
    """
    common, full = _simplified(table)
    return min(_costs(full, top // common))


def quadric_count(table: IntMatrix, top: int) -> int:
    """Number of k ∈ Z^m with Σ_{i ≤ j} T_ij k_i k_j ≤ top, exact.

    Parameters
    ----------
    table : ndarray (m, m), int64
        Upper triangular, positive definite as a form.
    top : int

    Returns
    -------
    int
        0 if top is negative.

    Raises
    ------
    CostError
        If `quadric_cost` is above 2·10¹⁰.

    Examples
    --------
    Hexagonal lattice points at the norms 0, 1, 3:

    >>> [quadric_count(np.array([[1, 1], [0, 1]]), n) for n in (0, 1, 2, 3)]
    [1, 7, 7, 13]
    """
    common, full = _simplified(table)
    top //= common
    by_theta, by_rows = _costs(full, top)
    if by_theta <= by_rows:
        return lattice_count_diagonal([int(x) // 2 for x in np.diag(full)], top)
    if by_rows > _MAX_COST:
        raise CostError(f"counting points of a form in {len(table)} variables up to {top} takes {by_rows:.1e} steps; "
                        "lower the cutoff")
    if top < 0:
        return 0
    from weylspec.exact import _loops

    form = _coefficients(full)
    return int(_loops.points_in_quadric(np.array(form, dtype=np.int64), top, _last(form, top)))


def _simplified(table: IntMatrix) -> tuple[int, ObjectMatrix]:
    """The common divisor g, and the Gram matrix 2·form/g in a basis of short vectors, the shortest first."""
    full = np.asarray((table + table.T).astype(object))
    if not len(full):
        return 1, full
    common = math.gcd(*(int(x) for x in table.flat))
    full = full // common
    reducing = True
    while reducing:  # each step shortens a vector
        reducing = False
        for i in range(len(full)):
            for j in range(len(full)):
                steps = (2 * full[i, j] + full[i, i]) // (2 * full[i, i]) if i != j else 0
                if steps and full[j, j] + steps * (steps * full[i, i] - 2 * full[i, j]) < full[j, j]:
                    full[j] -= steps * full[i]
                    full[:, j] -= steps * full[:, i]
                    reducing = True
    order = np.argsort([int(x) for x in np.diag(full)], kind="stable")
    return common, full[np.ix_(order, order)]


def _costs(full: ObjectMatrix, top: int) -> tuple[float, float]:
    """Steps through theta series and by rows, one of them infinite unless top is negative."""
    if top < 0:
        return 1.0, 1.0
    rows = _ROW * (_rows(_coefficients(full), top) + 1) if len(full) in (2, 3) else math.inf
    diagonal = np.diag(full)
    mixed = (full - np.diag(diagonal)).any()
    if mixed or (len(full) == 3 and rows < math.inf):
        return math.inf, rows
    return lattice_count_cost([int(x) // 2 for x in diagonal], top), math.inf


def _coefficients(full: ObjectMatrix) -> list[int]:
    """Coefficients of x², xy, xz, y², yz, z²; two variables get no z."""
    a, b, d = int(full[0, 0]) // 2, int(full[0, 1]), int(full[1, 1]) // 2
    if len(full) == 2:
        return [a, b, 0, d, 0, 0]
    return [a, b, int(full[0, 2]), d, int(full[1, 2]), int(full[2, 2]) // 2]


def _projected(form: list[int]) -> tuple[int, int, int]:
    """4a times the minimum over x, as a form P y² + Q yz + R z²."""
    a, b, c, d, e, f = form
    return 4 * a * d - b * b, 4 * a * e - 2 * b * c, 4 * a * f - c * c


def _last(form: list[int], top: int) -> int:
    """The largest |z| of a point."""
    p, q, r = _projected(form)
    return math.isqrt(16 * p * form[0] * top // (4 * p * r - q * q)) if r else 0


def _rows(form: list[int], top: int) -> float:
    """Number of pairs (y, z), infinite where the compiled loop's integers would not hold the values."""
    a, b, c, d, e, f = form
    p, q, r = _projected(form)
    z = _last(form, top)
    y = math.isqrt(16 * r * a * top // (4 * p * r - q * q)) if r else math.isqrt(4 * a * top // p)
    inside = (abs(q) * z) ** 2 + 4 * p * (r * z * z + 4 * a * top)
    rest = (abs(b) * y + abs(c) * z) ** 2 + 4 * a * (d * y * y + abs(e) * y * z + f * z * z + top)
    if max(inside, rest) >= 2**60:
        return math.inf
    area = math.pi * 4 * a * top / math.sqrt(p * r - q * q / 4) if r else 0.0
    return area / 2 + 2 * y + 1 + z
