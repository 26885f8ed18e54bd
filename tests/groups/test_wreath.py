"""H ≀ S_m: classes against all elements, sampling, and what is known near the identity."""

import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest

from weylspec.errors import CostError, WeylspecError
from weylspec.groups.orthogonal import SO, O
from weylspec.groups.permutation import CyclicGroup, Hyperoctahedral, SignFlips, SymmetricGroup
from weylspec.groups.point import PointGroup
from weylspec.groups.wreath import Wreath, trivial_action, wreath_action

SMALL = [
    Wreath(PointGroup("C3v"), 2),
    Wreath(CyclicGroup(3), 2),
    Wreath(SignFlips(1), 3),
    Wreath(SymmetricGroup(2), 3),
    Wreath(Wreath(SignFlips(1), 2), 2),
    Wreath(SymmetricGroup(3), 1),
]


def _spectrum_counts(matrices):
    """How often each characteristic polynomial occurs."""
    return Counter(tuple(np.round(np.poly(g), 6) + 0.0) for g in matrices)


@pytest.mark.parametrize("group", SMALL, ids=repr)
def test_classes_are_those_of_the_elements(group):
    action = group.natural()
    elements = action.elements()
    assert len(elements) == group.order
    shares = Counter()
    for coset in action.cosets():
        g = coset.element()
        assert action.contains(g)
        assert group.contains(g)
        polynomial = np.ones(1)
        for length, phase in zip(coset.lengths, coset.phases, strict=True):
            factor = np.zeros(length + 1, dtype=complex)
            factor[0], factor[-1] = 1, -np.exp(2j * math.pi * float(phase))
            polynomial = np.convolve(polynomial, factor)
        assert np.allclose(polynomial, np.poly(g))
        shares[tuple(np.round(polynomial.real, 6) + 0.0)] += coset.share
    found = _spectrum_counts(elements)
    assert {key: share * group.order for key, share in shares.items()} == found


@pytest.mark.parametrize("group", [*SMALL, SymmetricGroup(5), Hyperoctahedral(4), SignFlips(4)], ids=repr)
@pytest.mark.parametrize("most", [0, 1, 2, 3])
def test_near_the_identity_are_the_classes_with_large_fixed_spaces(group, most):
    for action in (group.natural(), group.natural().extended(group.degree + 2), group.natural().beside(
            SymmetricGroup(3).natural(), "sum"), group.blocks(2).natural(), group.copies(2).natural()):
        wanted = Counter()
        for c in action.cosets():
            if action.size - c.fixed_dim <= most:
                wanted[np.linalg.matrix_rank(c.element() - np.eye(action.size)).item(), _trace(c)] += c.share
        found = Counter()
        for c in action.near_identity(most):
            found[np.linalg.matrix_rank(c.element() - np.eye(action.size)).item(), _trace(c)] += c.share
            assert sum(c.lengths) == action.size
        assert found == wanted


def _trace(coset):
    return round(float(np.trace(coset.element())), 6)


def test_transpositions_of_sixty_coordinates():
    classes = list(SymmetricGroup(60).natural().near_identity(1))
    assert sorted(c.share * math.factorial(60) for c in classes) == [1, 60 * 59 // 2]
    mirrors = [c for c in Hyperoctahedral(60).natural().near_identity(1) if c.fixed_dim == 59]
    assert sum(c.share for c in mirrors) == Fraction(60 * 60, Hyperoctahedral(60).order)


@pytest.mark.parametrize("group", [Wreath(SO(2), 2), Wreath(O(2), 2), Wreath(SO(3), 2)], ids=repr)
def test_angles_turn_whole_cycles(group):
    rng = np.random.default_rng(4)
    shares = Fraction(0)
    for c in group.natural().cosets():
        theta = rng.random(c.rank)
        g = c.element() @ _exponential(sum((t * h for t, h in zip(theta, c.directions, strict=True)),
                                           np.zeros((group.degree, group.degree))))
        assert group.contains(g)
        t, product = 0.3, 1.0
        for length, phase, weight in zip(c.lengths, c.phases, c.weights, strict=True):
            product *= 1 - np.exp(2j * math.pi * (float(phase) + weight @ theta)) * t**length
        assert product == pytest.approx(np.linalg.det(np.eye(group.degree) - t * g))
        shares += c.share
    assert shares == 1


def _exponential(generator):
    values, vectors = np.linalg.eigh(1j * generator)
    return ((vectors * np.exp(-2j * math.pi * values)) @ vectors.conj().T).real


def test_samples_are_elements_and_uniform():
    group = Wreath(PointGroup("C3v"), 2)
    drawn = group.natural().sample(4000, np.random.default_rng(5))
    assert all(group.contains(g) for g in drawn[:50])
    swapped = np.mean(np.abs(drawn[:, :3, :3]).max(axis=(1, 2)) < 0.1)
    assert abs(swapped - 0.5) < 5 * math.sqrt(0.25 / 4000)
    assert not group.contains(np.eye(5))
    assert not group.contains(-np.eye(6))


def test_orders_and_refusals():
    assert Wreath(SymmetricGroup(3), 40).order == 6**40 * math.factorial(40)
    assert (Wreath(SO(3), 4).order, Wreath(SO(3), 4).dim, Wreath(SO(3), 4).degree) == (math.inf, 12, 12)
    with pytest.raises(CostError, match="conjugacy classes"):
        next(Wreath(SymmetricGroup(3), 60).natural().cosets())
    with pytest.raises(WeylspecError, match="takes a group H such as"):
        Wreath(3, 2)
    with pytest.raises(WeylspecError, match="at least 1"):
        Wreath(SO(2), 0)


def test_one_block_is_the_group_itself():
    action = wreath_action(SymmetricGroup(4).natural(), 1, "S4")
    assert action.degrees == (1, 2, 3, 4)
    assert action.factors[0].m == 4
    assert trivial_action(3).kernel_order == 1


def test_degrees_and_factors_follow_the_coordinates():
    s3 = SymmetricGroup(3).natural()
    assert s3.extended(5).degrees == (1, 2, 3, 1, 1)
    assert s3.beside(Hyperoctahedral(2).natural(), "sum").degrees == (1, 2, 3, 2, 4)
    assert SymmetricGroup(3).blocks(2).natural().degrees == ()
    for repeated, rows in ((SymmetricGroup(3).blocks(2), [[0, 1], [2, 3], [4, 5]]),
                           (SymmetricGroup(3).copies(2), [[0, 3], [1, 4], [2, 5]])):
        (factor,) = repeated.natural().factors
        assert factor.coordinates.tolist() == rows
        assert factor.base.size == 2
    parts = (SO(3) + SymmetricGroup(2)).natural().factors
    assert [(f.base.label, f.coordinates.tolist()) for f in parts] == [("SO(3)", [[0, 1, 2]]), ("1", [[3], [4]])]
