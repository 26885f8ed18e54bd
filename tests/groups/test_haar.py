"""Haar nodes: exact moments of matrix entries, averages of kernels, limits."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from weylspec.errors import CostError
from weylspec.groups.haar import haar_nodes
from weylspec.groups.lie_group import LieGroup
from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.orthogonal import SO, O
from weylspec.groups.permutation import SymmetricGroup
from weylspec.groups.point import PointGroup
from weylspec.groups.torus import TorusGroup
from weylspec.groups.unitary import SU, U
from weylspec.spaces.sphere import Sphere


def column_moment(exponents) -> float:
    """E x^a over the unit sphere, 0 if an exponent is odd: Π (a_i − 1)!! / (n (n + 2) … (n + |a| − 2))."""
    if any(a % 2 for a in exponents):
        return 0.0
    n = len(exponents)
    below = math.prod(n + j for j in range(0, sum(exponents), 2))
    return math.prod(math.prod(range(a - 1, 0, -2)) for a in exponents) / below


@pytest.mark.parametrize("group", [SO(2), O(2), SO(3), O(3)], ids=repr)
@pytest.mark.parametrize("degree", [0, 1, 4, 5])
def test_monomials_in_a_column_and_a_row(group, degree):
    g, w = haar_nodes(group.natural(), degree)
    assert math.isclose(w.sum(), 1)
    assert (w > 0).all()
    k = group.degree
    for exponents in itertools.product(range(degree + 1), repeat=k):
        if sum(exponents) <= degree:
            expected = column_moment(exponents)
            assert math.isclose(w @ np.prod(g[:, :, 0] ** exponents, axis=1), expected, abs_tol=1e-12)
            assert math.isclose(w @ np.prod(g[:, 1, :] ** exponents, axis=1), expected, abs_tol=1e-12)


def test_mixed_entries():
    for group in (SO(3), O(3)):
        g, w = haar_nodes(group.natural(), 4)
        # Weingarten: E g_00² g_11² = 2/15, E g_00 g_11 g_01 g_10 = −1/30 for k = 3
        assert math.isclose(w @ (g[:, 0, 0] * g[:, 1, 1]) ** 2, 2 / 15)
        assert math.isclose(w @ (g[:, 0, 0] * g[:, 1, 1] * g[:, 0, 1] * g[:, 1, 0]), -1 / 30)
    g, w = haar_nodes(SO(3).natural(), 3)
    assert math.isclose(w @ np.linalg.det(g), 1)
    assert math.isclose(w @ np.prod([g[:, i, i] for i in range(3)], axis=0), 1 / 6)  # E of one term of det
    g, w = haar_nodes(O(3).natural(), 3)
    assert math.isclose(w @ np.linalg.det(g), 0, abs_tol=1e-12)


@pytest.mark.parametrize(("group", "n"), [
    (SO(2).copies(2), 3), (O(3).copies(2) * SymmetricGroup(2).blocks(3), 5), (SO(2) + O(2), 3),
    (SO(2) * PointGroup("Ci"), 2), (PointGroup("O"), 2), (SO(3), 3), (SU(2), 3), (U(2), 3), (TorusGroup([1, 2]), 3),
    (SO(3).symmetric_traceless(), 4), (SU(2).adjoint(), 2), (LieGroup(SO(3).copies(2).algebra), 5),
], ids=repr)
def test_averaged_kernels_are_invariant_and_count(group, n, rng):
    space = Sphere(n)
    action = space.action(group)
    top = 4
    cutoff = top * (top + n - 1)
    x = space.sample(3, rng)
    values = space.invariant_kernel(action, x, x, cutoff)
    for g in action.sample(3, rng):
        assert np.abs(space.invariant_kernel(action, x @ g.T, x, cutoff) - values).max() < 1e-9
    # ∫ K_λ(x, x) dμ = m_λ: a polynomial of degree 2·top in x, by the nodes of O(n+1)'s column where offered
    levels = (space / group).spectrum(cutoff=cutoff)
    every = space.spectrum(cutoff=cutoff)
    m = np.zeros(len(every))
    m[np.isin(every.eigenvalues, levels.eigenvalues)] = levels.multiplicities
    samples = space.sample(60, rng)
    traces = np.einsum("lii->il", space.invariant_kernel(action, samples, samples, cutoff))
    spread = traces.std(axis=0) / math.sqrt(60)
    assert (np.abs(traces.mean(axis=0) - m) < 5 * spread + 1e-9).all()


def test_limits():
    with pytest.raises(CostError, match=r"SO\(4\) are not offered"):
        haar_nodes(SO(4).natural(), 2)
    with pytest.raises(CostError, match=r"SymmetricGroup\(12\) has 479001600 elements"):
        haar_nodes(SymmetricGroup(12).natural(), 2)
    with pytest.raises(CostError, match=r"needs 68921 Haar nodes at degree 40, above 50000; ask for a"):
        haar_nodes((SO(2) + SO(2) + SO(2)).natural(), 40)
    with pytest.raises(CostError, match="the finite part"):
        haar_nodes((SO(2).copies(9) * SymmetricGroup(9).blocks(2)).natural(), 2)
    g, w = haar_nodes(MatrixGroup([-np.eye(2)]).natural(), 50)
    assert (len(g), w.tolist()) == (2, [0.5, 0.5])
