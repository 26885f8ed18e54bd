"""Rotations of several vectors: bases that the vectors make where they are dependent, and best rotations."""

from __future__ import annotations

import numpy as np
import pytest

from weylspec.groups.orthogonal import haar_orthogonal
from weylspec.groups.unitary import Sp
from weylspec.invariants.points.procrustes import Quaternions, Rotations


def turned(x, g, m):
    return (x.reshape(len(x), m, -1) @ g.T).reshape(x.shape)


@pytest.mark.parametrize(("m", "k", "rank"), [
    (3, 3, 3), (3, 3, 2), (4, 3, 1), (2, 4, 2), (5, 2, 2), (4, 4, 3), (2, 3, 0)])
def test_representatives_of_any_rank(m, k, rank, rng):
    orbits = Rotations(m, k)
    x = (rng.standard_normal((6, m, rank)) @ rng.standard_normal((6, rank, k))).reshape(6, m * k)
    g = haar_orthogonal(k, 1, rng)[0]
    g[:, 0] *= np.sign(np.linalg.det(g))
    chosen = orbits.canonical(x)
    np.testing.assert_allclose(orbits.canonical(turned(x, g, m)), chosen, atol=1e-9)
    np.testing.assert_allclose(np.diag(orbits.distance(x, chosen)), 0, atol=1e-9)
    gram = np.einsum("nik,njk->nij", *[x.reshape(6, m, k)] * 2)
    np.testing.assert_allclose(np.einsum("nik,njk->nij", *[chosen.reshape(6, m, k)] * 2), gram, atol=1e-10)
    mirrored = turned(x, np.diag([-1.0] + [1.0] * (k - 1)), m)
    same = np.abs(orbits.canonical(mirrored) - chosen).max(axis=1) < 1e-9
    assert (same == (rank < k)).all()


def test_distances_are_nuclear_norms(rng):
    """|X|² + |Y|² − 2(σ_1 + … ± σ_k) for the singular values of Σ x_i y_iᵀ, the sign that of its determinant."""
    orbits, x, y = Rotations(4, 3), rng.standard_normal((5, 12)), rng.standard_normal((6, 12))
    for i in range(5):
        for j in range(6):
            cross = x[i].reshape(4, 3).T @ y[j].reshape(4, 3)
            values = np.linalg.svd(cross, compute_uv=False)
            values[-1] *= np.sign(np.linalg.det(cross))
            expected = x[i] @ x[i] + y[j] @ y[j] - 2 * values.sum()
            assert orbits.distance(x[i: i + 1], y[j: j + 1])[0, 0] ** 2 == pytest.approx(expected, rel=1e-10)


def test_no_unit_quaternion_does_better(rng):
    group = Sp(1).natural()
    orbits = Quaternions(2, group.blocks[0].subalgebra)
    x, y = rng.standard_normal((1, 8)), rng.standard_normal((1, 8))
    least = float(orbits.distance(x, y)[0, 0])
    tried = np.array([np.linalg.norm(x - turned(y, g, 2)) for g in group.sample(20_000, rng)])
    assert least <= tried.min() <= least * 1.02
