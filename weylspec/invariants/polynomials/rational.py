"""Generators of a linear group with rational entries, read off their floats and then exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

import numpy as np
import numpy.typing as npt

from weylspec.exact.modular import residue
from weylspec.exact.sparse.dense import dense_rank, product
from weylspec.exact.sparse.rank import random_primes

Ints = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

_MAX_DENOMINATOR = 10_000
_ULPS = 4 * float(np.finfo(np.float64).eps)
_TYPED = 1e-10  # error of an echelon form of matrices accurate to 10⁻¹²
_INDEPENDENT = 1e-6


@dataclass(frozen=True, eq=False)
class RationalGenerators:
    """Rational orthogonal matrices and integer skew matrices, and a torus among the latter.

    Attributes
    ----------
    size : int
        n.
    group : tuple of (numerators, denominator)
        Orthogonal matrices; numerators (n, n) int64.
    algebra : tuple of ndarrays (n, n), int64
        Skew matrices outside the torus.
    planes : ndarray of shape (m, 2), int64
        Disjoint coordinate planes in which the torus rotates.
    weights : ndarray of shape (r, n), int64
        Speeds of its r generators: w on the first coordinate of a plane (for z), −w on the second (for z̄).
    """

    size: int
    group: tuple[tuple[Ints, int], ...]
    algebra: tuple[Ints, ...]
    planes: Ints
    weights: Ints

    @classmethod
    def read(cls, group: Sequence[FloatArray], algebra: Sequence[FloatArray], size: int) -> RationalGenerators | None:
        """The rational matrices meant by floats; None where there are none, or they are not orthogonal or skew.

        An element of the algebra counts up to a factor; where that is not rational, the reduced echelon form of
        their span is tried, and taken when it is closed under brackets.

        Examples
        --------
        >>> RationalGenerators.read([np.array([[0.6, -0.8], [0.8, 0.6]])], [], 2).group[0][1]
        5
        >>> RationalGenerators.read([np.array([[0.5, -0.75**0.5], [0.75**0.5, 0.5]])], [], 2) is None
        True
        """
        known = [m for m in map(_rational, group) if m is not None]
        one = np.eye(size, dtype=object)
        if len(known) < len(group) or any((g.T.astype(object) @ g != one * d * d).any() for g, d in known):
            return None
        elements = [x / np.abs(x).max() for x in algebra if x.any()]
        if any(np.abs(x + x.T).max() > _TYPED for x in elements):
            return None
        skew = _integer_multiples(elements, _ULPS)
        if skew is None:
            skew = _integer_span(elements)
        if skew is None:
            return None
        planes, weights, others = _torus(skew, size)
        return cls(size, tuple(known), tuple(others), planes, weights)

    def residues(self, p: int, root: int) -> tuple[list[Ints], list[Ints]]:
        """Group and algebra modulo p, in the coordinates z, z̄ on the planes; root² = −1."""
        forward, back = np.eye(self.size, dtype=np.int64), np.eye(self.size, dtype=np.int64)
        half = residue(Fraction(1, 2), p)
        for a, b in self.planes.tolist():
            forward[np.ix_([a, b], [a, b])] = [[1, root], [1, p - root]]
            back[np.ix_([a, b], [a, b])] = [[half, half], [half * (p - root) % p, half * root % p]]

        def moved(matrix: Ints, denominator: int) -> Ints:
            image = product(product(forward, matrix % p, p), back, p)
            return image * pow(denominator, -1, p) % p

        return [moved(g, d) for g, d in self.group], [moved(x, 1) for x in self.algebra]


def _integer_multiples(algebra: Sequence[FloatArray], tolerance: float) -> list[Ints] | None:
    """Primitive integer multiples of skew matrices; None unless all of them have one."""
    scaled = [_rational(x / np.abs(x[np.abs(x) > tolerance]).min(), tolerance) for x in algebra]
    integers = [m[0] // max(1, gcd(*m[0].ravel().tolist())) for m in scaled if m is not None]
    if len(integers) < len(algebra) or any((x != -x.T).any() for x in integers):
        return None
    return integers


def _integer_span(algebra: Sequence[FloatArray]) -> list[Ints] | None:
    """An integer basis of the span of skew matrices, by its reduced echelon form; None unless it is an algebra."""
    n = len(algebra[0])
    upper = np.triu_indices(n, 1)
    rows = np.array([x[upper] for x in algebra])
    rank = 0
    for column in range(rows.shape[1]):
        if rank == len(rows):
            break
        pivot = rank + int(np.abs(rows[rank:, column]).argmax())
        if abs(rows[pivot, column]) < _INDEPENDENT:
            continue
        rows[[rank, pivot]] = rows[[pivot, rank]]
        rows[rank] /= rows[rank, column]
        others = np.arange(len(rows)) != rank
        rows[others] -= np.outer(rows[others, column], rows[rank])
        rank += 1
    if rank < len(rows) and np.abs(rows[rank:]).max() > _TYPED:
        return None
    matrices = np.zeros((rank, n, n))
    matrices[:, upper[0], upper[1]] = rows[:rank]
    integers = _integer_multiples([x - x.T for x in matrices], _TYPED)
    return integers if integers is not None and _is_closed(integers) else None


def _is_closed(algebra: Sequence[Ints]) -> bool:
    """Whether brackets lie in the span of independent integer matrices, modulo a prime."""
    p = next(random_primes(1))
    rows = [x.ravel() % p for x in algebra]
    brackets = [(x @ y - y @ x).ravel() % p for i, x in enumerate(algebra) for y in algebra[:i]]
    return dense_rank(np.array(rows + brackets), p) == len(rows)


def _rational(matrix: FloatArray, tolerance: float = _ULPS) -> tuple[Ints, int] | None:
    """Numerators over a common denominator, each entry close to a fraction; None where there is none."""
    rounded = np.round(matrix)
    if np.array_equal(rounded, matrix):
        return rounded.astype(np.int64), 1
    known = {x: Fraction(x).limit_denominator(_MAX_DENOMINATOR) for x in np.unique(matrix).tolist()}
    if any(abs(float(f) - x) > tolerance * max(1.0, abs(x)) for x, f in known.items()):
        return None
    denominator = lcm(*(f.denominator for f in known.values()))
    if denominator > _MAX_DENOMINATOR:
        return None
    numerators = [[int(known[x] * denominator) for x in row] for row in matrix.tolist()]
    return np.array(numerators, dtype=np.int64), denominator


def _torus(algebra: Sequence[Ints], size: int) -> tuple[Ints, Ints, list[Ints]]:
    """Elements that rotate the same disjoint coordinate planes: the planes, the speeds, and what is left over."""
    partner: dict[int, int] = {}
    chosen, others = [], []
    for x in algebra:
        pairs = [(int(i), int(j)) for i, j in zip(*np.nonzero(x), strict=True)]
        own = dict(pairs)
        fits = len(own) == len(pairs) and all(
            partner.get(i, j) == j and partner.get(j, i) == i for i, j in pairs)
        if fits:
            partner.update(own)
            chosen.append(x)
        else:
            others.append(x)
    planes = np.array([(i, j) for i, j in sorted(partner.items()) if i < j], dtype=np.int64).reshape(-1, 2)
    weights = np.zeros((len(chosen), size), dtype=np.int64)
    for row, x in zip(weights, chosen, strict=True):
        row[planes[:, 0]] = x[planes[:, 1], planes[:, 0]]
        row[planes[:, 1]] = -row[planes[:, 0]]
    return planes, weights, others
