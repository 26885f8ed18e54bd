"""Invariants in floats: frames, gaps, and bases that really are invariant."""

from __future__ import annotations

import math

import numpy as np
import pytest

from weylspec.errors import CertificationError, CostError
from weylspec.groups.orthogonal import SO, haar_orthogonal
from weylspec.groups.permutation import Hyperoctahedral, SymmetricGroup
from weylspec.groups.point import PointGroup
from weylspec.invariants.polynomials.floating import FloatInvariants, _null_vectors
from weylspec.invariants.polynomials.frames import reduce_first
from weylspec.invariants.polynomials.monomials import Monomials


def in_frame(action, frame):
    return tuple(frame @ g @ frame.T for g in action.generators), tuple(frame @ x @ frame.T for x in action.algebra)


@pytest.mark.parametrize(("action", "degree", "dimension"), [
    (SymmetricGroup(4).natural(), 5, 6),          # 1/((1 − t)(1 − t²)(1 − t³)(1 − t⁴))
    (PointGroup("D5").natural(), 7, 2), (PointGroup("Ih").natural(), 6, 2), (PointGroup("I").natural(), 15, 1),
    (SO(3).copies(2).natural(), 4, 6), (Hyperoctahedral(3).natural(), 4, 2),
])
def test_a_basis_is_invariant_and_orthonormal_in_any_frame(action, degree, dimension, rng):
    for frame in (np.eye(action.size), haar_orthogonal(action.size, 1, rng)[0]):
        group, algebra = in_frame(action, frame)
        found = FloatInvariants(group, algebra, action.size, degree)
        assert found.dimension == dimension
        scaled = found.basis / found.monomials.norms
        assert np.abs(scaled @ scaled.T - np.eye(dimension)).max() < 1e-10

        def values(x, found=found):
            return (x[:, None, :] ** found.monomials.exponents).prod(axis=2) @ found.basis.T

        x = rng.standard_normal((5, action.size))
        for g in (*group, *(frame @ h @ frame.T for h in action.sample(2, rng))):
            assert np.abs(values(x @ g.T) - values(x)).max() < 1e-9 * np.abs(values(x)).max()


def test_the_frame_that_leaves_least():
    # a rotation of order 5 leaves fewer monomials than one of order 2
    fifth, half = (np.array([[math.cos(a), -math.sin(a)], [math.sin(a), math.cos(a)]]) for a in
                   (2 * math.pi / 5, math.pi))
    tilt = np.diag([1.0, 1.0])
    found = reduce_first([tilt @ half, fifth], [], Monomials(2, 4))
    assert found.span.shape[1] == 5  # half = −1 is a signed permutation: it goes first
    mirror = np.array([[0.6, 0.8], [0.8, -0.6]])
    assert reduce_first([mirror, fifth], [], Monomials(2, 4)).span.shape[1] == 1
    assert FloatInvariants((mirror, fifth), (), 2, 5).dimension == 1


@pytest.mark.parametrize(("angle", "expected"), [(1e-3, 1), (1e-6, 1), (1e-9, None), (1e-13, 3)])
def test_a_generator_that_is_nearly_the_identity(angle, expected):
    # ρ(g) − 1 ~ 2·angle: beyond doubt, undecided, and below what generators are accurate to
    c, s = math.cos(angle), math.sin(angle)
    found = FloatInvariants((np.array([[c, -s], [s, c]]),), (), 2, 2)
    if expected is None:
        with pytest.raises(CertificationError, match="no clear gap between zero and non-zero"):
            _ = found.dimension
    else:
        assert found.dimension == expected
        zero, other = found.gap
        assert zero < 1e-11 < other


def test_blocks_without_a_gap():
    block = np.diag([1e-13, 1e-8, 1.0])
    with pytest.raises(CertificationError, match=r"1\.0e-08 is neither below the error"):
        _null_vectors(block.T @ block, [block], 1e-10)
    assert len(_null_vectors(block.T @ block, [block], 1e-12)[0]) == 1
    assert len(_null_vectors(np.eye(2), [np.eye(2)], 1e-12)[0]) == 0


def test_limits(rng):
    frame = haar_orthogonal(9, 1, rng)[0]
    group, _ = in_frame(SymmetricGroup(9).natural(), frame)
    with pytest.raises(CostError, match="degree 7 in 9 variables has 6435 monomials, above 6000 for generators"):
        _ = FloatInvariants(group, (), 9, 7).dimension
    with pytest.raises(CostError, match="6188 of them for a dense problem, above 3500; take a lower degree"):
        _ = FloatInvariants((np.diag([1.0, 1, 1, 1, 1, 1]),), (frame[:6, :6] - frame[:6, :6].T,), 6, 12).dimension
