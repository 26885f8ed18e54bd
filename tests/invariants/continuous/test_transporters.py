"""Carrying points by elements of connected groups."""

import numpy as np

import weylspec as ws
from weylspec.groups.lie_algebra import CompactAlgebra
from weylspec.invariants.continuous.transporters import carry, exponential


def test_points_are_carried_by_elements_of_the_group(rng):
    group = CompactAlgebra.generated(ws.G2().copies(2).natural().algebra)
    x = rng.standard_normal(14)
    y = group.sample(5, rng) @ x
    elements, arrived = carry(group.basis, y, np.eye(14), x)
    assert arrived.all()
    assert np.allclose(np.einsum("nij,nj->ni", elements, y), x, atol=1e-9)
    assert all(group.contains(g) for g in elements)


def test_unreachable_points_are_admitted(rng):
    algebra = np.array(ws.SO(3).copies(3).natural().algebra)
    x = rng.standard_normal(9)
    reflected = -x  # a reflection of three vectors is no rotation
    assert not carry(algebra, reflected[None], np.eye(9), x)[1].any()


def test_carried_to_a_section(rng):
    # symmetric matrices are diagonalised: the diagonal ones are the complement of the off-diagonal coordinates
    group = ws.SO(3).symmetric_traceless()
    algebra = np.array(group.natural().algebra)
    x = rng.standard_normal((4, 5))
    normal = np.linalg.svd(algebra @ x[0])[2][3:]  # a section through x[0]
    outside = np.linalg.svd(normal)[2][2:]
    elements, arrived = carry(algebra, x, outside)
    assert arrived.all()
    assert np.allclose(np.einsum("nij,nj->ni", elements, x) @ outside.T, 0, atol=1e-9)


def test_exponential(rng):
    a = rng.standard_normal((3, 4, 4)) * 0.1
    values, vectors = np.linalg.eig(a)
    exact = (vectors * np.exp(values)[:, None, :]) @ np.linalg.inv(vectors)
    assert np.allclose(exponential(a), exact, atol=1e-14)
