"""Theta series of quadratic forms: levels below a cutoff with their numbers of lattice vectors."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.exact.lattices.orthogonal import array_cost, point_array
from weylspec.exact.lattices.reduction import simplified
from weylspec.exact.limits import MAX_OPERATIONS
from weylspec.exact.modular import root_of_unity
from weylspec.exact.theta import lattice_points, theta_product
from weylspec.invariants.orbit_spaces.geometry import log_weyl_constant
from weylspec.multiplicities import IntArray, unique_rows
from weylspec.spaces.quadratic import QuadraticForm
from weylspec.units import Number, floor_index, number, values

IntMatrix = npt.NDArray[np.int64]
Residues = npt.NDArray[np.int64]

_LARGEST_EXPONENT = 700.0  # of e, within the range of floats
_ULPS = 4 * np.finfo(np.float64).eps


def count_levels(form: QuadraticForm, cutoff: Number) -> tuple[IntMatrix, IntArray]:
    """Keys of the levels ≤ cutoff, and how many vectors stand on each, exact."""
    if len(form.units) == 1:
        common, gram = simplified(form.tables[0])
        top = floor_index(cutoff, form.units[0]) // common
        if gram and is_dense(top, points_below(form, cutoff)) and top >= 0 and array_cost(gram, top) < MAX_OPERATIONS:
            counts = point_array(gram, top)
            occupied = np.flatnonzero(counts)
            return common * occupied[:, None], counts[occupied]
    unique, inverse = unique_rows(vectors_below(form, cutoff)[0])
    return unique, np.bincount(inverse, minlength=len(unique))


def vectors_below(form: QuadraticForm, cutoff: Number) -> tuple[IntMatrix, IntMatrix]:
    """Level keys and coordinates of every vector with λ ≤ cutoff."""
    bound = float(number(cutoff))
    points = lattice_points(form.gram(), bound)
    keys = form.keys(points)
    if len(form.units) == 1:
        keep = keys[:, 0] <= floor_index(cutoff, form.units[0])
    else:
        keep = values(keys, form.units) <= bound * (1 + _ULPS)
    return keys[keep], points[keep]


def phase_sums(
    form: QuadraticForm, phases: tuple[Fraction, ...], levels: IntMatrix, cutoff: Number, p: int
) -> Residues:
    """Σ e(phases·z) over the vectors of each given level, modulo p."""
    norms = form.diagonal()
    top = int(levels[-1, 0])
    if norms is not None and is_dense(top, 2 * len(levels)):
        return theta_product(norms, phases, top, p)[levels[:, 0]]
    keys, coordinates = vectors_below(form, cutoff)
    order = math.lcm(1, *(phase.denominator for phase in phases))
    zeta = root_of_unity(p, order)
    powers = np.array([pow(zeta, i, p) for i in range(order)], dtype=np.int64)
    exponents = coordinates @ np.array([int(phase * order) for phase in phases], dtype=np.int64) % order
    unique, inverse = unique_rows(keys)
    sums = np.zeros(len(unique), dtype=np.int64)
    np.add.at(sums, inverse, powers[exponents])
    position = {tuple(row): i for i, row in enumerate(unique.tolist())}
    found = [position.get(tuple(row), -1) for row in levels.tolist()]
    return np.array([sums[i] % p if i >= 0 else 0 for i in found], dtype=np.int64)


def points_below(form: QuadraticForm, cutoff: Number) -> float:
    """Number of vectors with λ ≤ cutoff, by volume."""
    d = form.tables.shape[1]
    if not d:
        return 1.0
    size = max(float(number(cutoff)), 0.0)
    if not size:
        return 1.0
    # In logarithms: in hundreds of dimensions the factors are beyond the range of floats, not their product.
    exponent = (log_weyl_constant(d) + d * math.log(2 * math.pi) - float(np.linalg.slogdet(form.gram())[1]) / 2
                + d / 2 * math.log(size))
    return math.exp(exponent) + 1.0 if exponent < _LARGEST_EXPONENT else math.inf


def listing_cost(form: QuadraticForm, cutoff: Number) -> float:
    """The points, or where the form is diagonal an array of keys for each coordinate."""
    norms, points = form.diagonal(), points_below(form, cutoff)
    if norms is None:
        return points
    top = floor_index(cutoff, form.units[0])
    return math.fsum(math.sqrt(top / a) + 1 for a in norms) * top if is_dense(top, points) else points


def is_dense(top: int, points: float) -> bool:
    """Whether an array over all integers up to the top key costs no more than a list of points."""
    return top < max(10**5, 4 * points)
