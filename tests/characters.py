"""Traces of isometries on the eigenspaces of projective spaces, from complete symmetric functions: a second route.

Functions of bidegree (k, k) on C^{n+1} are Sym^k ⊗ (Sym^k)*, and those of degree 2k on H^{n+1} that right
quaternions leave alone are the Schur functor S_(k,k) of C^{2n+2} (Cauchy); multiplying by |z|² embeds each level
in the next. Floats from eigenvalues; nothing is shared with the torus averages of the library.
"""

from __future__ import annotations

import numpy as np
from routes import Matrix


def turn(n: int) -> Matrix:
    """Multiplication by i on C^n = R^{2n}."""
    return np.kron(np.eye(n), [[0.0, -1.0], [1.0, 0.0]])


def realified(matrix) -> Matrix:
    """The real (2n, 2n) matrix of a complex one."""
    c = np.asarray(matrix, dtype=complex)
    return np.kron(c.real, np.eye(2)) + np.kron(c.imag, [[0.0, -1.0], [1.0, 0.0]])


def complexified(g: Matrix) -> np.ndarray:
    """The complex matrix of a real one that commutes with i."""
    return g[0::2, 0::2] + 1j * g[1::2, 0::2]


def complete(values, top: int) -> np.ndarray:
    """h_0 … h_top of some numbers."""
    series = np.zeros(top + 1, dtype=complex)
    series[0] = 1
    for value in values:
        for k in range(1, top + 1):
            series[k] += value * series[k - 1]
    return series


def real_traces(g: Matrix, top: int) -> np.ndarray:
    """Traces of an orthogonal matrix on levels 0 … top of RPⁿ."""
    h = complete(np.linalg.eigvals(g), 2 * top).real[::2]
    return np.diff(h, prepend=0)


def complex_traces(g: Matrix, top: int) -> np.ndarray:
    """Traces of a unitary or antiunitary matrix on levels 0 … top of CPⁿ; f ↦ f∘σ swaps Sym^k and its dual."""
    i = turn(len(g) // 2)
    if np.allclose(g @ i, i @ g):
        h = np.abs(complete(np.linalg.eigvals(complexified(g)), top)) ** 2
    else:
        assert np.allclose(g @ i, -i @ g)
        h = complete(np.linalg.eigvals(complexified(g @ g)), top).real
    return np.diff(h, prepend=0)


def quaternionic_traces(g: Matrix, top: int) -> np.ndarray:
    """Traces of a matrix of Sp(n + 1) on levels 0 … top of HPⁿ: s_(k,k) = h_k² − h_{k+1}h_{k−1}."""
    h = complete(np.linalg.eigvals(complexified(g)), top + 1).real
    s = [1.0, *(h[k] ** 2 - h[k + 1] * h[k - 1] for k in range(1, top + 1))]
    return np.diff(s, prepend=0)
