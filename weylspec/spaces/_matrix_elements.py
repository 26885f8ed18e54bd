"""Matrix elements of the irreducible representations of SU(2) and SO(3), as real orthonormal functions."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from weylspec.spaces._wigner import representations

FloatArray = npt.NDArray[np.float64]
ComplexArray = npt.NDArray[np.complex128]


def matrix_elements(g: ComplexArray, step: int, top: int) -> list[FloatArray]:
    """Real functions of the degrees 0, step, 2·step, … ≤ top at elements of SU(2), orthonormal for Haar measure.

    They are √(k + 1)·D (Wigner 1931). Since D̄_pq = (−1)^{p+q} D_{k−p,k−q}, the real and imaginary parts
    of one half of them, times √2, make a basis.

    Parameters
    ----------
    g : ndarray of shape (n, 2, 2), complex
    step, top : int

    Returns
    -------
    list of ndarrays of shape (n, (k + 1)²)
    """
    column = np.ascontiguousarray(g[:, :, 0]).view(np.float64)
    return [_real_basis(matrix) for k, matrix in enumerate(representations(column, top)) if k % step == 0]


def _real_basis(matrix: ComplexArray) -> FloatArray:
    size = matrix.shape[1]
    flat = np.sqrt(size) * matrix.reshape(len(matrix), -1)
    half = flat.shape[1] // 2
    parts = [np.sqrt(2) * flat[:, :half].real, np.sqrt(2) * flat[:, :half].imag]
    if flat.shape[1] % 2:
        parts.append(flat[:, half : half + 1].real)
    return np.concatenate(parts, axis=1)


def spin_cover(rotations: FloatArray) -> ComplexArray:
    """An element of SU(2) above each rotation of R³, of either sign, by its largest quaternion component.

    Parameters
    ----------
    rotations : ndarray of shape (n, 3, 3)

    Returns
    -------
    ndarray of shape (n, 2, 2), complex
    """
    r = rotations
    trace = np.trace(r, axis1=1, axis2=2)
    # Rows q·q_i of the matrix q qᵀ, times four.
    outer = np.empty((len(r), 4, 4))
    outer[:, 0, 0] = 1 + trace
    for i in range(3):
        j, k = (i + 1) % 3, (i + 2) % 3
        outer[:, i + 1, i + 1] = 1 + 2 * r[:, i, i] - trace
        outer[:, 0, i + 1] = outer[:, i + 1, 0] = r[:, k, j] - r[:, j, k]
        outer[:, j + 1, k + 1] = outer[:, k + 1, j + 1] = r[:, j, k] + r[:, k, j]
    largest = np.einsum("nii->ni", outer).argmax(axis=1)
    q = outer[np.arange(len(r)), largest]
    q /= np.linalg.norm(q, axis=1, keepdims=True)
    w, x, y, z = q.T
    return np.array([[w - 1j * z, -y - 1j * x], [y - 1j * x, w + 1j * z]]).transpose(2, 0, 1)
