"""Compiled loops: traces of torus cosets on polynomials, modulo a prime."""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

I64 = npt.NDArray[np.int64]


@numba.njit(cache=True)
def _exponent(row: I64, index: I64, grid: int) -> int:
    e = 0
    for r in range(len(row)):
        e += row[r] * index[r]
    return e % grid


@numba.njit(cache=True)
def _advance(index: I64, grid: int) -> None:
    for r in range(len(index)):
        index[r] += 1
        if index[r] < grid:
            break
        index[r] = 0


@numba.njit(cache=True)
def symmetric_power_traces(
    lengths: I64, phases: I64, weights: I64, roots: I64, root_phases: I64, powers: I64, p: int, work: I64, out: I64
) -> int:
    """Haar average over a torus of 1/det(1 − t·g), times Weyl's density; returns the total density.

    ``powers[i]`` = ζ^i for a root of unity ζ whose order is the number of grid points per angle;
    phases are residues. ``out[k]`` gets Σ_grid density·tr(g | Sym^k) modulo p, not normalised.
    """
    grid = len(powers)
    rank = weights.shape[1]
    top = len(out)
    total = 0
    index = np.zeros(rank, dtype=np.int64)
    out[:] = 0
    n_points = 1
    for _ in range(rank):
        n_points *= grid
    for _ in range(n_points):
        density = 1
        for a in range(len(root_phases)):
            density = density * ((1 - root_phases[a] * powers[_exponent(roots[a], index, grid)]) % p) % p
        if density != 0:
            total = (total + density) % p
            work[:] = 0
            work[0] = density
            for b in range(len(lengths)):
                z = phases[b] * powers[_exponent(weights[b], index, grid)] % p
                step = lengths[b]
                for k in range(step, top):
                    work[k] = (work[k] + z * work[k - step]) % p
            for k in range(top):
                out[k] += work[k]
                if out[k] >= p:
                    out[k] -= p
        _advance(index, grid)
    return total


@numba.njit(cache=True)
def angle_series(
    lengths: I64, phases: I64, weights: I64, powers: I64, exponents: I64, p: int, work: I64, out: I64
) -> None:
    """Coefficients of z^{−e} in Π_b 1/(1 − phase_b z^{weight_b} t^{length_b}), one row of powers of t per e.

    ``powers[i]`` = ζ^i for a root of unity ζ whose order exceeds every exponent that occurs; the
    rows are sums over the grid, not divided by its size.
    """
    grid = len(powers)
    top = out.shape[1]
    out[:] = 0
    for point in range(grid):
        work[:] = 0
        work[0] = 1
        for b in range(len(lengths)):
            z = phases[b] * powers[weights[b] * point % grid] % p
            step = lengths[b]
            for k in range(step, top):
                work[k] = (work[k] + z * work[k - step]) % p
        for row in range(len(exponents)):
            factor = powers[exponents[row] * point % grid]
            for k in range(top):
                out[row, k] = (out[row, k] + factor * work[k]) % p


@numba.njit(cache=True)
def add_product(a: I64, b: I64, p: int, out: I64) -> None:
    """Add the product of two power series to a third, modulo p and t^len."""
    top = len(out)
    for i in range(top):
        x = a[i]
        if x:
            for j in range(top - i):
                out[i + j] = (out[i + j] + x * b[j]) % p
