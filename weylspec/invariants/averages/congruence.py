"""Cyclic groups of diagonal matrices on C^k: invariant harmonics as points of a congruence lattice.

The harmonics of degree d on C^k have the weights n ∈ Z^k with |n|₁ = d − 2r, each C(r + k − 2, k − 2) times.
The group z_j ↦ e^{2πi q_j/p} z_j keeps those in the lattice L = {n : q·n ≡ 0 mod p}, so that
Σ m_d t^d = (1 − t²)^{1−k} Σ_{n∈L} t^{|n|₁} (Lauret, Miatello and Rossetti 2016). No sum over the group is needed.
"""

from __future__ import annotations

import itertools
import math

import numpy as np

from weylspec.exact.polynomials import cumulated
from weylspec.groups.linear_action import DiagonalCycle
from weylspec.multiplicities import IntArray, exact_integers

_MAX_POINTS = 2 * 10**7 + 1  # held at once, a gigabyte with their residues; degree 10⁷ on S³


def is_cheaper(group: DiagonalCycle, top: int) -> bool:
    """Whether lattice points up to a degree are fewer than the operations of a sum over classes.

    Parameters
    ----------
    group : DiagonalCycle
    top : int

    Returns
    -------
    bool

    Examples
    --------
    >>> is_cheaper(DiagonalCycle(7, (1, 2)), 1000), is_cheaper(DiagonalCycle(7, (1, 2, 3, 1)), 1000)
    (True, False)
    """
    k = len(group.rotations)
    points = int((2 * top + 1) ** (k - 1))
    return points <= min(_MAX_POINTS, group.p * k * (top + 1)) and group.p * (2 * top + 1) < 2**62


def lattice_dimensions(group: DiagonalCycle, top: int) -> IntArray:
    """Dimensions of the invariant harmonics of degrees 0 … top, exact.

    Parameters
    ----------
    group : DiagonalCycle
    top : int

    Returns
    -------
    ndarray of shape (top + 1,), exact integers

    Examples
    --------
    The lens space L(5; 2):

    >>> lattice_dimensions(DiagonalCycle(5, (1, 2)), 7).tolist()
    [1, 0, 1, 4, 5, 8, 9, 12]
    """
    series = shell_sizes(group, top)
    for _ in group.rotations[1:]:
        series = cumulated(series, 2)  # below the square of the number of points listed: int64 holds it
    return exact_integers(series)


def determining_degree(group: DiagonalCycle) -> int:
    """Degree up to which the dimensions decide all sums of them: 2k·lcm(2, p) − 1.

    Parameters
    ----------
    group : DiagonalCycle

    Returns
    -------
    int

    Examples
    --------
    >>> determining_degree(DiagonalCycle(5, (1, 2)))
    39
    """
    return 2 * len(group.rotations) * math.lcm(2, group.p) - 1


def lattice_count(group: DiagonalCycle, degree: int) -> int:
    """Σ m_d over d ≤ degree, exact for degrees of any size.

    The generating series has the denominator (1 − t^p)^k (1 − t²)^{k−1} (1 − t) and is proper, so that the sum
    is a polynomial of degree 2k − 1 in a at the degrees c + a·P, P = lcm(2, p); Newton's forward differences
    carry it on.

    Parameters
    ----------
    group : DiagonalCycle
    degree : int

    Returns
    -------
    int

    Examples
    --------
    >>> lattice_count(DiagonalCycle(5, (1, 2)), 7), lattice_count(DiagonalCycle(1, (0, 0)), 10**9)
    (40, 333333334833333335500000001)
    """
    if degree <= determining_degree(group):
        return sum(lattice_dimensions(group, degree).tolist())
    nodes, period = 2 * len(group.rotations), math.lcm(2, group.p)
    steps, start = divmod(degree, period)
    dimensions = lattice_dimensions(group, start + (nodes - 1) * period)
    values = [int(dimensions[: start + i * period + 1].sum()) for i in range(nodes)]
    total = 0
    for j in range(nodes):
        total += values[0] * math.comb(steps, j)
        values = [b - a for a, b in itertools.pairwise(values)]
    return total


def shell_sizes(group: DiagonalCycle, top: int) -> IntArray:
    """Number of n with q·n ≡ 0 (mod p) and |n|₁ = h, for h = 0 … top.

    The first k − 1 coordinates are listed. The last one then runs through a residue class modulo
    p/gcd(q_k, p), so that its absolute values are two arithmetic progressions.

    Parameters
    ----------
    group : DiagonalCycle
    top : int

    Returns
    -------
    ndarray of shape (top + 1,), int64

    Examples
    --------
    >>> shell_sizes(DiagonalCycle(2, (1, 1)), 4).tolist()      # even shells |n|₁ = h have 4h points
    [1, 0, 8, 0, 16]
    """
    *first, last = group.rotations
    residues, norms = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
    steps = np.arange(-top, top + 1, dtype=np.int64)
    for q in first:
        norms = np.add.outer(norms, np.abs(steps)).reshape(-1)
        near = norms <= top
        residues = (np.add.outer(residues, q * steps % group.p) % group.p).reshape(-1)[near]
        norms = norms[near]
    common = math.gcd(last, group.p)
    period = group.p // common
    solvable = residues % common == 0
    inverse = pow(last // common, -1, period) if period > 1 else 0
    start = -(residues[solvable] // common) * inverse % period
    norms = norms[solvable]
    found = np.concatenate([norms + start, norms + period - start])
    return cumulated(np.bincount(found[found <= top], minlength=top + 1), period)
