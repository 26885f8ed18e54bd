"""Compiled loops: traces of torus cosets on polynomials, modulo a prime; volumes of orbits at many points."""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

from weylspec.exact.characters._loops import at_point, complete_functions, next_point, over_blocks, weyl_density

I64 = npt.NDArray[np.int64]
F64 = npt.NDArray[np.float64]


@numba.njit(cache=True)
def orbit_size(symmetries: I64, index: I64, grid: int) -> int:
    """How many grid points the symmetries make of one; 0 if they make an earlier one of it."""
    fixed, rank = 0, len(index)
    for s in range(len(symmetries)):
        earlier, same = False, True
        for i in range(rank):
            image = 0
            for j in range(rank):
                image += symmetries[s, i, j] * index[j]
            image %= grid
            if image != index[i]:
                earlier, same = image < index[i], False
                break
        if earlier:
            return 0
        if same:
            fixed += 1
    return len(symmetries) // fixed


@numba.njit(cache=True)
def add(series: I64, p: int, out: I64) -> None:
    """Add residues to residues, modulo p."""
    for k in range(len(out)):
        y = out[k] + series[k] - p
        out[k] = y + (p & (y >> 63))


@numba.njit(cache=True)
def symmetric_power_traces(
    lengths: I64, phases: I64, weights: I64, roots: I64, root_phases: I64, symmetries: I64, powers: I64, p: int,
    work: I64, out: I64
) -> int:
    """Haar average over a torus of 1/det(1 − t·g), times Weyl's density; returns the total density.

    ``powers[i]`` = ζ^i for a root of unity ζ whose order is the number of grid points per angle;
    phases are residues. One point of each orbit of the symmetries (s, r, r), a group, is visited.
    ``out[k]`` gets Σ_grid density·tr(g | Sym^k) modulo p, not normalised.
    """
    values, index = np.zeros(len(lengths), dtype=np.int64), np.zeros(weights.shape[1], dtype=np.int64)
    total, more = 0, True
    out[:] = 0
    while more:
        density = orbit_size(symmetries, index, len(powers))
        if density != 0:
            density = density * weyl_density(root_phases, roots, index, powers, p) % p
        if density != 0:
            total = (total + density) % p
            at_point(phases, weights, index, powers, p, values)
            complete_functions(lengths, values, density, p, work)
            add(work, p, out)
        more = next_point(index, len(powers))
    return total


@numba.njit(cache=True)
def class_traces(
    starts: I64, lengths: I64, values: I64, shared: I64, weights: I64, p: int, work: I64
) -> None:
    """work[0, k] = Σ_c weights_c·tr(c | Sym^k) modulo p; class c has the blocks starts[c] … starts[c + 1] − 1.

    The first shared[c] of them are those of class c − 1, so that sums are divided by common blocks once (Horner):
    row d of ``work`` collects what has the current first d blocks still before it. Its rows are one more than the
    blocks of a class at most. Weights and values are from 0 to p − 1.
    """
    work[:] = 0
    for c in range(len(weights)):
        first, depth = starts[c], starts[c + 1] - starts[c]
        work[depth, 0] = (work[depth, 0] + weights[c]) % p
        kept = shared[c + 1] if c + 1 < len(weights) else 0
        for d in range(depth, kept, -1):
            block = slice(first + d - 1, first + d)
            over_blocks(lengths[block], values[block], p, work[d])
            add(work[d], p, work[d - 1])
            work[d] = 0


@numba.njit(cache=True)
def angle_series(
    lengths: I64, phases: I64, weights: I64, powers: I64, exponents: I64, p: int, work: I64, out: I64
) -> None:
    """Coefficients of z^{−e} in Π_b 1/(1 − phase_b z^{weight_b} t^{length_b}), one row of powers of t per e.

    ``powers[i]`` = ζ^i for a root of unity ζ whose order exceeds every exponent that occurs; the
    rows are sums over the grid, not divided by its size.
    """
    grid = len(powers)
    values = np.zeros(len(lengths), dtype=np.int64)
    out[:] = 0
    for point in range(grid):
        for b in range(len(lengths)):
            values[b] = phases[b] * powers[weights[b] * point % grid] % p
        complete_functions(lengths, values, 1, p, work)
        for row in range(len(exponents)):
            factor = powers[exponents[row] * point % grid]
            for k in range(out.shape[1]):
                out[row, k] = (out[row, k] + factor * work[k]) % p


@numba.njit(cache=True)
def determinant(gram: F64) -> float:
    """Determinant of a positive semidefinite matrix, of which the upper half is used up; 0 at a lost pivot."""
    product, dim = 1.0, len(gram)
    for i in range(dim):
        pivot = gram[i, i]
        if pivot <= 0.0:
            return 0.0
        product *= pivot
        for k in range(i + 1, dim):
            x = gram[i, k] / pivot
            for j in range(k, dim):
                gram[k, j] -= x * gram[i, j]
    return product


@numba.njit(cache=True)
def gram_densities(points: F64, fields: F64, out: F64) -> None:
    """√det of the Gram matrix of linear vector fields at each point, by Cholesky's decomposition.

    ``fields[q, a, i]`` is component a of field i at unit vector q; ``out[n]`` belongs to ``points[n]``, 0 where the
    fields are dependent. The inner loops add multiples of rows, which the compiler vectorises.
    """
    size, ambient, dim = fields.shape
    values = np.zeros((ambient, dim))
    gram = np.zeros((dim, dim))
    for n in range(len(points)):
        values[:] = 0.0
        for q in range(size):
            x = points[n, q]
            for a in range(ambient):
                for i in range(dim):
                    values[a, i] += x * fields[q, a, i]
        gram[:] = 0.0
        for a in range(ambient):
            for i in range(dim):
                x = values[a, i]
                if x != 0.0:
                    for j in range(i, dim):
                        gram[i, j] += x * values[a, j]
        out[n] = np.sqrt(determinant(gram))


@numba.njit(cache=True)
def grid_harmonics(
    lengths: I64, phases: I64, weights: I64, roots: I64, root_phases: I64, powers: I64, p: int, density: I64, out: I64
) -> None:
    """Weyl's density and the traces on harmonics of degrees 0, 1, … at every point of a grid, modulo p.

    Row i of ``out`` belongs to the i-th point; traces are left out where the density is 0.
    """
    values, index = np.zeros(len(lengths), dtype=np.int64), np.zeros(weights.shape[1], dtype=np.int64)
    for point in range(len(density)):
        density[point] = weyl_density(root_phases, roots, index, powers, p)
        if density[point] != 0:
            at_point(phases, weights, index, powers, p, values)
            complete_functions(lengths, values, 1, p, out[point])
            for k in range(out.shape[1] - 1, 1, -1):
                out[point, k] = (out[point, k] - out[point, k - 2]) % p
        next_point(index, len(powers))


@numba.njit(cache=True)
def multiply_sparse(a: I64, shifts: I64, values: I64, p: int, out: I64) -> None:
    """out[j] = Σ_b a[j − shifts_b]·values_b modulo p; the shifts ascend, and what falls outside is dropped."""
    limit = p << 31  # a sum below it leaves room for one more product
    out[:] = 0
    for i in range(len(a)):
        x = a[i]
        if x == 0:
            continue
        for b in range(len(shifts)):
            j = i + shifts[b]
            if j >= len(out):
                break
            if j >= 0:
                out[j] += x * values[b]
                if out[j] >= limit:
                    out[j] -= limit
    for j in range(len(out)):
        out[j] %= p
