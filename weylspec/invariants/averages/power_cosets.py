"""Powers of torus cosets, and their traces on harmonics at the points of a grid of angles."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from weylspec.errors import CostError
from weylspec.exact.modular import Residues, unit_powers, unit_residues
from weylspec.groups.cosets import LinearCoset
from weylspec.invariants.averages.powers import PointTraces, merged_points
from weylspec.invariants.averages.separable import straightened

_MAX_TABLE = 3 * 10**7  # residues of traces at all points of a grid, 240 MB


def coset_power(coset: LinearCoset, c: int) -> LinearCoset:
    """Eigenvalue data of g^c for the elements g of a coset, with the angles and the measure of g.

    The c-th powers of the L-th roots of z are the (L/d)-th roots of z^{c/d}, d times each, d = gcd(c, L).

    Parameters
    ----------
    coset : LinearCoset
    c : int

    Returns
    -------
    LinearCoset
        For traces: its representative is still that of g.

    Examples
    --------
    The square of a four-cycle is two transpositions:

    >>> from weylspec.groups.permutation import CyclicGroup
    >>> cycle = list(CyclicGroup(4).natural().cosets())[1]
    >>> cycle.lengths, coset_power(cycle, 2).lengths
    ((4,), (2, 2))
    """
    blocks = []
    for length, phase, weight in zip(coset.lengths, coset.phases, coset.weights, strict=True):
        d = math.gcd(c, length)
        blocks += [(length // d, c // d * phase % 1, c // d * weight)] * d
    lengths, phases, weights = zip(*blocks, strict=True)
    return replace(coset, lengths=lengths, phases=phases,
                   weights=np.array(weights, dtype=np.int64).reshape(len(weights), coset.rank))


def harmonic_points(coset: LinearCoset, powers: int, top: int, grid: int, p: int) -> PointTraces:
    """Traces of h, h², … on harmonics up to a degree, at the points of a grid of the angles of a coset.

    Parameters
    ----------
    coset : LinearCoset
        On R^N.
    powers : int
        The highest power of h.
    top : int
        The highest degree.
    grid : int
        Points per angle.
    p : int
        Prime, 1 modulo the grid and all denominators.

    Returns
    -------
    PointTraces
        Averages over its points are Haar averages over the coset, for products of traces of a total degree
        that the grid is fine enough for.

    Raises
    ------
    CostError
        If all traces together are more than 3·10⁷ numbers.

    Examples
    --------
    Rotations of R³ leave x·x alone, and nothing in odd degrees of one vector; in F_{97} with 8 angles:

    >>> from weylspec.groups.orthogonal import SO
    >>> found = harmonic_points(next(SO(3).natural().cosets()), 1, 2, 8, 97)
    >>> (found.weights @ found.traces[0] % 97).tolist()
    [1, 0, 0]
    """
    from weylspec.invariants._loops import grid_harmonics

    coset = straightened(coset)
    points = grid**coset.rank
    if points * powers * (top + 1) > _MAX_TABLE:
        raise CostError(
            f"a diagonal torus of rank {coset.rank} needs {grid}^{coset.rank} grid points with {powers * (top + 1)} "
            f"traces each, above {_MAX_TABLE:.0e}; ask for a smaller cutoff"
        )
    table = unit_powers(grid, p)
    density = np.zeros(points, dtype=np.int64)
    traces: list[Residues] = []
    for c in range(1, powers + 1):
        own = coset_power(coset, c)
        out = np.zeros((points, top + 1), dtype=np.int64)
        grid_harmonics(np.array(own.lengths, dtype=np.int64), unit_residues(own.phases, p), own.weights, own.roots,
                       unit_residues(own.root_phases, p), table, p, density, out)
        traces.append(out)
    return merged_points(density, traces, p)
