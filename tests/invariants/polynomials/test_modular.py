"""Invariants in F_p: every reduction gives the dimensions that generating functions have."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from weylspec.exact.sparse.rank import random_primes
from weylspec.groups.orthogonal import SO, O
from weylspec.groups.permutation import SymmetricGroup
from weylspec.invariants.polynomials.modular import ModularInvariants
from weylspec.invariants.polynomials.rational import RationalGenerators

P = next(random_primes(4))


def series(degrees, top, numerator=(1,)):
    """Coefficients of numerator/Π(1 − t^d)."""
    a = list(numerator) + [0] * (top + 1 - len(numerator))
    for d in degrees:
        for k in range(d, top + 1):
            a[k] += a[k - d]
    return a


def dimensions(generators, top, p=P):
    return [ModularInvariants(generators, k, p).dimension for k in range(top + 1)]


def read(action):
    return RationalGenerators.read(action.generators, action.algebra, action.size)


def test_weights_change_nothing():
    action = SO(3).copies(3).natural()
    with_torus = read(action)
    without = replace(with_torus, planes=np.zeros((0, 2), int), weights=np.zeros((0, 9), int),
                      algebra=tuple(np.round(x).astype(int) for x in action.algebra))
    expected = series([2] * 6, 5, (1, 0, 0, 1))  # Gram matrix and determinant
    assert dimensions(with_torus, 5) == dimensions(without, 5) == expected
    assert len(ModularInvariants(with_torus, 4, P).kept) < ModularInvariants(with_torus, 4, P).monomials.size


def test_components_act_on_the_monomials_of_weight_0():
    # the even polynomials in the Gram matrix are all; S₂ exchanges the vectors: |x|² + |y|², x·y | |x|² − |y|²
    assert dimensions(read(O(3).copies(2).natural()), 6) == series([2, 2, 2], 6)
    both = read((O(3).copies(2) * SymmetricGroup(2).blocks(3)).natural())
    assert dimensions(both, 6) == series([2, 2, 4], 6)


def test_a_component_that_mixes_planes():
    # SO(2) on the first plane and S₄ on R⁴: together O(4) for the invariants: |x|² only
    turn = np.zeros((4, 4))
    turn[0, 1], turn[1, 0] = -1, 1
    generators = RationalGenerators.read(SymmetricGroup(4).natural().generators, [turn], 4)
    # the closure contains SO(4): all rotations of coordinate planes
    assert dimensions(generators, 6) == series([2], 6)


def test_generators_with_denominators():
    # W(F4) = W(D4) with reflections in short roots: (±½, ±½, ±½, ±½); degrees 2, 6, 8, 12
    swaps = list(SymmetricGroup(4).natural().generators)
    short = np.eye(4) - np.ones((4, 4)) / 2
    generators = RationalGenerators.read([*swaps, np.diag([-1.0, 1, 1, 1]), short], [], 4)
    assert dimensions(generators, 12) == series([2, 6, 8, 12], 12)
    assert not ModularInvariants(generators, 4, P).is_combinatorial
    # and beside a rotation, whose null space is the basis for the points
    turn = np.zeros((4, 4))
    turn[0, 1], turn[1, 0] = -1, 1
    assert dimensions(replace(generators, algebra=(turn.astype(int),)), 4) == series([2], 4)


def test_no_generators():
    free = RationalGenerators.read([], [], 2)
    assert dimensions(free, 3) == [1, 2, 3, 4]
    assert ModularInvariants(free, 3, P).is_combinatorial


@pytest.mark.parametrize("p", [P, 13])
def test_a_small_prime_only_finds_more(p):
    # degree 13: 13 divides exponents, so F_13 has more invariant derivations than Q
    generators = replace(read(SO(2).natural()), planes=np.zeros((0, 2), int), weights=np.zeros((0, 2), int),
                         algebra=(np.array([[0, -1], [1, 0]]),))
    found = ModularInvariants(generators, 13, p).dimension
    assert (found == 0) if p == P else (found > 0)
