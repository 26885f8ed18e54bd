"""Zonal spherical functions of planes and frames, evaluated in floats."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from weylspec.exact.jacobi import jacobi_polynomials
from weylspec.groups.haar import haar_nodes
from weylspec.groups.orthogonal import SO
from weylspec.spaces._zonal import jacobi_polynomials as one_variable

FloatArray = npt.NDArray[np.float64]
IntMatrix = npt.NDArray[np.int64]
Matrices: TypeAlias = npt.NDArray[np.float64] | npt.NDArray[np.complex128]


def overlaps(first: Matrices, second: Matrices) -> Matrices:
    """Products x·y* of every pair of frames, shape (n, m, k, k)."""
    product: Matrices = np.einsum("aik,bjk->abij", first, second.conj())
    return product


def plane_functions(
    products: Matrices, nu: IntMatrix, d: int, k: int, n: int, *, odd: bool = False
) -> FloatArray:
    """Zonal functions of the k-planes of Fⁿ at pairs of planes, 1 on the diagonal, shape (weights, n, m).

    In y_i = cos² of the r = min(k, n − k) principal angles that can differ from 0 the invariant
    measure is Π y_i^{d/2−1}(1 − y_i)^{d(n−2r+1)/2−1} Π|y_i − y_j|^d. With ``odd``, functions that change
    sign with the orientation, without their factor Π cos θ_i.
    """
    r = min(k, n - k)
    cosines = np.linalg.svd(products, compute_uv=False)  # descending; over H each twice
    if d == 4:
        cosines = cosines[..., ::2]
    y = np.clip(cosines[..., k - r:] ** 2, 0.0, 1.0)
    a = Fraction(d, 2) + (1 if odd else 0)
    return jacobi_functions(y, nu, d, a, Fraction(d * (n - 2 * r + 1), 2))


def jacobi_functions(y: FloatArray, nu: IntMatrix, d: int, a: Fraction, b: Fraction) -> FloatArray:
    """Jacobi polynomials of the last axis of y, equal to 1 where all y_i are, shape (weights, *rest)."""
    r, x = y.shape[-1], 2 * y - 1
    degree = int(nu.sum(axis=1).max(initial=0))
    if r == 1:
        zonal = list(one_variable(float(b) - 1, float(a) - 1, 1 - y[..., 0], degree))
        return np.array([zonal[m] for m in nu[:, 0].tolist()]).reshape(len(nu), *y.shape[:-1])
    expansions = jacobi_polynomials(r, d, a, b, degree)
    chebyshev = [np.ones_like(x), x]
    while len(chebyshev) <= degree:
        chebyshev.append(2 * x * chebyshev[-1] - chebyshev[-2])
    known: dict[tuple[int, ...], FloatArray] = {}
    result = np.zeros((len(nu), *y.shape[:-1]))
    for row, partition in enumerate(map(tuple, nu.tolist())):
        for kappa, coefficient in expansions[partition].items():
            if kappa not in known:
                known[kappa] = _symmetric_product(chebyshev, kappa)
            result[row] += float(coefficient) * known[kappa]
    return result


def _symmetric_product(functions: list[FloatArray], kappa: tuple[int, ...]) -> FloatArray:
    """Σ over the different permutations of κ of Π_i f_{κ_i}(x_i)."""
    total = np.zeros(functions[0].shape[:-1])
    for order in set(itertools.permutations(kappa)):
        product = np.ones_like(total)
        for i, k in enumerate(order):
            product = product * functions[k][..., i]
        total += product
    return total


def completed(frames: FloatArray) -> FloatArray:
    """Rotations whose first k rows are the given frames, shape (rows, n, n)."""
    basis = np.linalg.svd(frames)[2][:, frames.shape[1]:]
    whole = np.concatenate([frames, basis], axis=1)
    whole[:, -1] *= np.sign(np.linalg.det(whole))[:, None]
    return whole


def frame_functions(first: FloatArray, second: FloatArray, mu: IntMatrix) -> FloatArray:
    """Characters of [μ] averaged over the rotations of the complement of a frame, shape (weights, n, m).

    ∫ χ_μ(G_x^{-1} h G_y) dh over h in SO(n − k), by nodes exact to degree |μ|, where G_x is a rotation that
    takes the first k coordinate vectors to the frame x.
    """
    k, n = first.shape[1:]
    rest = n - k
    nodes, weights = np.eye(1)[None], np.ones(1)
    if rest > 1:
        nodes, weights = haar_nodes(SO(rest).natural(), int(mu.sum(axis=1).max(initial=0)))
    products = np.einsum("aik,bjk->abij", completed(first), completed(second))
    result = np.zeros((len(mu), len(first), len(second)))
    for h, weight in zip(nodes, weights, strict=True):
        turned = products.copy()
        turned[..., k:, :] = h @ products[..., k:, :]
        result += weight * orthogonal_character_values(turned, mu)
    return result


def orthogonal_character_values(g: FloatArray, mu: IntMatrix) -> FloatArray:
    """χ_μ of orthogonal matrices as determinants det(h_{μ_i − i + j} − h_{μ_i − i − j}), shape (weights, …)."""
    rows = mu.shape[1]
    h, zero = _complete_functions(g, int(mu.max(initial=0)) + rows)
    i, j = np.arange(1, rows + 1)[:, None], np.arange(1, rows + 1)[None, :]
    entries = (h[zero + row[:, None] - i + j] - h[zero + row[:, None] - i - j] for row in mu)
    return np.array([np.linalg.det(np.moveaxis(entry, (0, 1), (-2, -1))).real for entry in entries]).reshape(
        len(mu), *g.shape[:-2])


def linear_character_values(g: npt.NDArray[np.complex128], mu: IntMatrix) -> npt.NDArray[np.complex128]:
    """Schur functions of unitary matrices times det^{−|μ|/n}: characters of SU(n)/centre, shape (weights, …)."""
    rows, n = mu.shape[1], g.shape[-1]
    h, zero = _complete_functions(g, int(mu.max(initial=0)) + rows)
    i, j = np.arange(1, rows + 1)[:, None], np.arange(1, rows + 1)[None, :]
    determinant = np.linalg.det(g)
    return np.array([
        np.linalg.det(np.moveaxis(h[zero + row[:, None] - i + j], (0, 1), (-2, -1)))
        * determinant ** (-int(row.sum()) // n) for row in mu
    ]).reshape(len(mu), *g.shape[:-2])


def _complete_functions(
    g: FloatArray | npt.NDArray[np.complex128], top: int
) -> tuple[npt.NDArray[np.complex128], int]:
    """h_0 … h_top of each matrix after zeros, as a table, and the place of h_0.

    By Newton's identities for e_1 … e_n from traces of powers, then Σ (−1)^j e_j h_{m−j} = 0.
    """
    n = g.shape[-1]
    powers, traces = g, []
    for j in range(1, n + 1):
        traces.append(np.trace(powers, axis1=-2, axis2=-1))
        powers = powers @ g if j < n else powers
    e = [np.ones(g.shape[:-2], dtype=np.complex128)]
    for m in range(1, n + 1):
        e.append(sum((-1) ** (j - 1) * e[m - j] * traces[j - 1] for j in range(1, m + 1)) / m)
    zero = 2 * top + 2
    h = np.zeros((zero + top + 1, *g.shape[:-2]), dtype=np.complex128)
    h[zero] = 1
    for m in range(zero + 1, zero + top + 1):
        h[m] = sum((-1) ** (j - 1) * e[j] * h[m - j] for j in range(1, n + 1))
    return h, zero
