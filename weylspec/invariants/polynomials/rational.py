"""Generators of a linear group with rational entries, read off their floats and then exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

import numpy as np
import numpy.typing as npt

from weylspec.exact.modular import residue
from weylspec.exact.sparse.dense import product

Ints = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

_MAX_DENOMINATOR = 10_000
_ULPS = 4 * float(np.finfo(np.float64).eps)


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

        An element of the algebra counts up to a factor.

        Examples
        --------
        >>> RationalGenerators.read([np.array([[0.6, -0.8], [0.8, 0.6]])], [], 2).group[0][1]
        5
        >>> RationalGenerators.read([np.array([[0.5, -0.75**0.5], [0.75**0.5, 0.5]])], [], 2) is None
        True
        """
        matrices = [_rational(g) for g in group]
        scaled = [_rational(x / np.abs(x[x != 0]).min()) for x in algebra if x.any()]
        if any(m is None for m in matrices) or any(m is None for m in scaled):
            return None
        known = [m for m in matrices if m is not None]
        skew = [m[0] // max(1, gcd(*m[0].ravel().tolist())) for m in scaled if m is not None]
        one = np.eye(size, dtype=object)
        if any((g.T.astype(object) @ g != one * d * d).any() for g, d in known) or any((x != -x.T).any() for x in skew):
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


def _rational(matrix: FloatArray) -> tuple[Ints, int] | None:
    """Numerators over a common denominator, each entry within 4 ulp of a fraction; None where there is none."""
    rounded = np.round(matrix)
    if np.array_equal(rounded, matrix):
        return rounded.astype(np.int64), 1
    known = {x: Fraction(x).limit_denominator(_MAX_DENOMINATOR) for x in np.unique(matrix).tolist()}
    if any(abs(float(f) - x) > _ULPS * max(1.0, abs(x)) for x, f in known.items()):
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
