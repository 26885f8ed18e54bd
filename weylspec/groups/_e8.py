"""Elliptic conjugacy classes of W(E8) without real eigenvalues, by their polynomials and Molien's identity."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from weylspec.errors import CertificationError
from weylspec.groups._diagrams import Diagram, fold

FloatArray = npt.NDArray[np.float64]
Polynomial = tuple[int, ...]

_ORDER = Diagram("E", 8).order
_SAMPLE = 100
_PRIME = 2**31 - 1
_CHECKED = 200  # terms of Molien's series that the sizes must give


def characteristic(g: FloatArray) -> Polynomial:
    """Coefficients of det(1 − t·g) for a matrix that is similar to one of integers, constant term first.

    Examples
    --------
    >>> characteristic(np.array([[0.0, -1.0], [1.0, 0.0]]))
    (1, 0, 1)
    """
    return tuple(int(c) for c in np.rint(np.poly(g)))


def members_without_real_eigenvalues(simple: FloatArray) -> dict[Polynomial, FloatArray]:
    """One element of W(E8) for each characteristic polynomial without the roots ±1.

    Uniform random elements, their powers and negatives; that none is missing is seen from the number of elements.
    """
    rng = np.random.default_rng(8)
    points = rng.standard_normal((_SAMPLE, simple.shape[1]))
    _, moved = fold(simple, points, np.broadcast_to(np.eye(simple.shape[1]), (_SAMPLE, *[simple.shape[1]] * 2)))
    found: dict[Polynomial, FloatArray] = {}
    seen: set[Polynomial] = set()
    for g in np.linalg.solve(simple, moved):
        if (p := characteristic(g)) in seen:
            continue
        seen.add(p)
        power = g
        while np.abs(power - np.eye(len(g))).max() > 0.1:
            for element in (power, -power):
                p = characteristic(element)
                if sum(p) and sum(p[::2]) != sum(p[1::2]):
                    found.setdefault(p, element)
            power = power @ g
    return found


def sizes_from_molien(known: Sequence[tuple[int, Polynomial]], unknown: Sequence[Polynomial]) -> list[int]:
    """Numbers of elements with given characteristic polynomials, from Σ_g 1/det(1 − tg) = |W|/Π(1 − t^{d_i}).

    Elliptic elements of W(E8) with equal polynomials are conjugate (Carter 1972), so these are sizes of classes.

    Parameters
    ----------
    known : sequence of (size, polynomial)
    unknown : sequence of polynomials

    Returns
    -------
    list of int

    Raises
    ------
    CertificationError
        If no positive integers satisfy the identity: a polynomial is missing.
    """
    series = [_inverse(p) for p in unknown]
    rest = [_ORDER * c for c in _invariants()]
    for size, p in known:
        rest = [r - size * c for r, c in zip(rest, _inverse(p), strict=True)]
    sizes = _solve([[a[k] for a in series] + [rest[k]] for k in range(_CHECKED)])
    wrong = any(sum(s * a[k] for s, a in zip(sizes, series, strict=True)) != rest[k] for k in range(_CHECKED))
    if wrong or 0 in sizes:
        raise CertificationError("the classes of W(E8) found do not add up to Molien's series")
    return sizes


def _solve(rows: list[list[int]]) -> list[int]:
    """The solution modulo a prime above |W| of more equations than unknowns, rows of coefficients and right-hand sides.

    Raises
    ------
    CertificationError
        If there is more than one solution.
    """
    solved: list[list[int]] = []
    rows = [[x % _PRIME for x in row] for row in rows]
    for column in range(len(rows[0]) - 1):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            raise CertificationError("the polynomials of classes of W(E8) do not determine their sizes")
        inverse = pow(pivot[column], -1, _PRIME)
        pivot = [x * inverse % _PRIME for x in pivot]
        rows, solved = (
            [[(x - row[column] * y) % _PRIME for x, y in zip(row, pivot, strict=True)] for row in table]
            for table in (rows, solved)
        )
        solved.append(pivot)
    return [row[-1] for row in solved]


def _inverse(p: Polynomial) -> list[int]:
    """Coefficients of 1/p, p(0) = 1."""
    result: list[int] = []
    for k in range(_CHECKED):
        result.append(int(k == 0) - sum(p[j] * result[k - j] for j in range(1, min(k, len(p) - 1) + 1)))
    return result


def _invariants() -> list[int]:
    """Coefficients of Π 1/(1 − t^d)."""
    result = [1] + [0] * (_CHECKED - 1)
    for d in Diagram("E", 8).degrees:
        for k in range(d, _CHECKED):
            result[k] += result[k - d]
    return result
