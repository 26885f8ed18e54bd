"""SU(2) from the textbook: spin matrices, unit quaternions as matrices, and a quadrature on S³."""

from __future__ import annotations

import math

import numpy as np

AXES = np.array([[[1j, 0], [0, -1j]], [[0, -1], [1, 0]], [[0, -1j], [-1j, 0]]])  # i, j, k


def spin(k):
    """J_x, J_y, J_z of spin k/2, from the textbook."""
    m = np.arange(k, -k - 1, -2) / 2
    raising = np.diag(np.sqrt(k / 2 * (k / 2 + 1) - m[1:] * (m[1:] + 1)), 1)
    return (raising + raising.T) / 2, (raising - raising.T) / 2j, np.diag(m)


def as_matrices(x):
    z, w = x[:, 0] + 1j * x[:, 1], x[:, 2] + 1j * x[:, 3]
    return np.array([[z, -w.conj()], [w, z.conj()]]).transpose(2, 0, 1)


def as_points(matrices):
    z, w = matrices[:, 0, 0], matrices[:, 1, 0]
    return np.stack([z.real, z.imag, w.real, w.imag], axis=1)


def quadrature(degree):
    """Nodes and weights on S³, exact for polynomials up to a degree: |z_1|² uniform, two uniform angles."""
    nodes, shares = np.polynomial.legendre.leggauss(degree // 2 + 1)
    u = (nodes + 1) / 2
    angles = 2 * math.pi * np.arange(degree + 1) / (degree + 1)
    grid = np.array([(s, a, b) for s in u for a in angles for b in angles])
    z, w = np.sqrt(grid[:, 0]) * np.exp(1j * grid[:, 1]), np.sqrt(1 - grid[:, 0]) * np.exp(1j * grid[:, 2])
    return np.stack([z.real, z.imag, w.real, w.imag], axis=1), np.repeat(shares / 2, len(angles) ** 2) / len(angles)**2
