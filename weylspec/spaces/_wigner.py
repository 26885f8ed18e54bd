"""Matrices of the irreducible representations of SU(2), and the real functions made of their entries."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from weylspec.invariants.lie_groups.quaternions import Parts
from weylspec.spaces._tops import Top

FloatArray = npt.NDArray[np.float64]
ComplexArray = npt.NDArray[np.complex128]


def representations(x: FloatArray, top: int) -> Iterator[ComplexArray]:
    """ρ_k(x) for k = 0, …, top, each of shape (n, k + 1, k + 1), unitary, weights k, k − 2, …, −k.

    V_k is the top component of V_{k−1} ⊗ V_1, under the isometry e_p ↦ √((k−p)/k)·e_p ⊗ e_0 + √(p/k)·e_{p−1} ⊗ e_1.
    Each step is a product of contractions and isometries, so that errors add up, but do not grow.

    Parameters
    ----------
    x : ndarray of shape (n, 4)
        Rows (Re z_1, Im z_1, Re z_2, Im z_2) of the matrices [[z_1, −z̄_2], [z_2, z̄_1]].
    top : int

    Yields
    ------
    ndarray of shape (n, k + 1, k + 1), complex128
    """
    z, w = x[:, 0] + 1j * x[:, 1], x[:, 2] + 1j * x[:, 3]
    entries = ((z, -w.conj()), (w, z.conj()))
    current = np.ones((len(x), 1, 1), dtype=np.complex128)
    yield current
    for k in range(1, top + 1):
        p = np.arange(k)
        share = (np.sqrt((k - p) / k), np.sqrt((p + 1) / k))
        following = np.zeros((len(x), k + 1, k + 1), dtype=np.complex128)
        for i in (0, 1):
            for j in (0, 1):
                weight = share[i][:, None] * share[j][None, :]
                following[:, i: k + i, j: k + j] += entries[i][j][:, None, None] * weight * current
        current = following
        yield current


def real_functions(top: Top, parts: Parts, x: FloatArray) -> Iterator[tuple[int, FloatArray]]:
    """Real eigenfunctions of each part, orthonormal for the uniform probability measure.

    f_p(x) = √(k+1)·⟨e_p, ρ_k(x)v⟩ are orthonormal (Schur). Where R has dimension 2, conjugates belong to
    the other vector of R, and √2·Re, √2·Im of all f_p are the functions; where it has dimension 1, the conjugate
    of f_p is ±f_{k−p}, and half of them are.

    Yields
    ------
    index : int
        Of the part.
    functions : ndarray of shape (n, multiplicity)
    """
    last = int(parts.degree.max(initial=-1))
    for k, matrices in enumerate(representations(x, last)):
        rows = np.flatnonzero(parts.degree == k)
        if not len(rows):
            continue
        values = math.sqrt(k + 1) * np.einsum("npq,qv->vnp", matrices, top.vectors(parts, k))
        for index, f in zip(rows.tolist(), values, strict=True):
            half = f if parts.size[index] == 2 else f[:, : k // 2]
            columns = [math.sqrt(2) * half.real, math.sqrt(2) * half.imag]
            if parts.size[index] == 1:
                # The conjugate of f_{k/2} is (−1)^{k/2}·flip·f_{k/2}.
                middle = f[:, k // 2]
                real = (-1) ** (k // 2) * parts.flip[index] == 1
                columns.append((middle.real if real else middle.imag)[:, None])
            yield index, np.concatenate(columns, axis=1)
