"""Explicit eigenfunctions of complex projective spaces: harmonics of bidegree (k, k), through disk polynomials."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import numpy.typing as npt

from weylspec.spaces._zonal import jacobi_polynomials

FloatArray = npt.NDArray[np.float64]
ComplexArray = npt.NDArray[np.complex128]
Bigraded = dict[tuple[int, int], ComplexArray]


def complex_harmonics(z: ComplexArray, top: int) -> list[FloatArray]:
    """Real orthonormal functions of bidegree (k, k) at unit vectors of C^{n+1}, k = 0 … top.

    In the coordinates z = (s·ω, w), ω on S^{2n−1}, harmonics of bidegree (p, q) are the products of those of
    bidegree (p', q') ≤ (p, q) at ω with s^{p'+q'} and a disk polynomial in w, w^{a−b}P_b^{(α, a−b)}(2|w|² − 1) for
    a = p − p' ≥ b = q − q' and α = n − 1 + p' + q' (Koornwinder 1975).

    Parameters
    ----------
    z : ndarray of shape (n_points, n + 1), complex
        Unit vectors, n ≥ 1.
    top : int

    Returns
    -------
    list of top + 1 ndarrays of shape (n_points, dim E_k)
        Orthonormal for the uniform probability measure, and the same on all of a line.

    Examples
    --------
    √3(2|w|² − 1) is the first function of degree 1 on CP¹:

    >>> complex_harmonics(np.array([[0.0, 1.0]], dtype=complex), 1)[1].round(12).tolist()
    [[1.732050807569, 0.0, 0.0]]
    """
    inner, disk = _split(z, top)
    return [_diagonal(inner, disk, k) for k in range(top + 1)]


class _Disk:
    """Disk polynomials at the last coordinates of unit vectors, by parameters, computed once each."""

    def __init__(self, w: ComplexArray, s: FloatArray, n: int, top: int) -> None:
        self.w, self.s, self.n, self.top = w, s, n, top
        self.known: dict[tuple[int, int], list[FloatArray]] = {}

    def times(self, base: ComplexArray, degree: int, a: int, b: int) -> ComplexArray:
        """Harmonics of a total degree at ω, times s^degree and the orthonormal disk polynomial of bidegree (a, b)."""
        alpha, m, j = self.n - 1 + degree, abs(a - b), min(a, b)
        if (alpha, m) not in self.known:
            self.known[alpha, m] = list(jacobi_polynomials(alpha, m, self.s**2, self.top))
        # ∫|·|² of the polynomial that is 1 at s = 0
        square = self.n * math.comb(j + m, m) / (
            (2 * j + alpha + m + 1) * math.comb(j + alpha + m, m) * math.comb(j + alpha, j) ** 2)
        turned = self.w**m if a >= b else self.w.conj() ** m
        radial = self.s**degree * self.known[alpha, m][j] / math.sqrt(square)
        return np.asarray((radial * turned)[:, None] * base)


def _split(z: ComplexArray, top: int) -> tuple[Bigraded, _Disk]:
    """Harmonics at ω and disk polynomials at w, for z = (s·ω, w)."""
    n = z.shape[1] - 1
    s = np.linalg.norm(z[:, :-1], axis=1)
    # At s = 0 every function of ω is multiplied by 0, so that any ω serves.
    omega = np.where(s[:, None] > 0, z[:, :-1], np.eye(n)[0]) / np.where(s > 0, s, 1.0)[:, None]
    return _harmonics(np.asarray(omega, dtype=np.complex128), top), _Disk(z[:, -1], s, n, top)


def _harmonics(z: ComplexArray, top: int) -> Bigraded:
    """Bidegrees (p, q), q ≤ p ≤ top, at unit vectors of C^{n+1}; (q, p) are their conjugates, (p, p) real."""
    if z.shape[1] == 1:
        none = np.zeros((len(z), 0), dtype=np.complex128)
        return {(p, q): none if q else z**p for p in range(top + 1) for q in range(p + 1)}
    inner, disk = _split(z, top)
    found: Bigraded = {}
    for p in range(top + 1):
        found[p, p] = _diagonal(inner, disk, p).astype(np.complex128)
        for q in range(p):
            parts = [disk.times(_of(inner, i, j), i + j, p - i, q - j) for i, j in product(range(p + 1), range(q + 1))]
            found[p, q] = np.concatenate(parts, axis=1)
    return found


def _diagonal(inner: Bigraded, disk: _Disk, k: int) -> FloatArray:
    """Bidegree (k, k) as real functions: those from (i, i), then the two parts of those from (i, j), j < i."""
    parts: list[FloatArray] = []
    for i in range(k + 1):
        parts.append(disk.times(inner[i, i], 2 * i, k - i, k - i).real)
        for j in range(i):
            f = math.sqrt(2) * disk.times(inner[i, j], i + j, k - i, k - j)
            parts += [f.real, f.imag]
    return np.concatenate(parts, axis=1)


def _of(inner: Bigraded, p: int, q: int) -> ComplexArray:
    return inner[p, q] if p >= q else inner[q, p].conj()
