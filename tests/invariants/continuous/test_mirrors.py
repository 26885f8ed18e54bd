"""has_mirror against the dimension of fixed orbits found by linear algebra."""

from __future__ import annotations

import numpy as np
import pytest

from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.orthogonal import SO, O
from weylspec.groups.permutation import CyclicGroup, SignFlips, SymmetricGroup
from weylspec.invariants.continuous.mirrors import has_mirror
from weylspec.invariants.continuous.rotations import classify


def found(group, orbit_dim):
    action = group.natural()
    others = (coset for coset in action.cosets() if classify(action, coset).kind != "trivial")
    return [has_mirror(action, coset, orbit_dim) for coset in others]


@pytest.mark.parametrize(("group", "orbit_dim", "expected"), [
    # the second component of O(k) on k vectors: det X → −det X, a mirror; on fewer it does nothing; on more, codim 2
    (O(2).copies(2), 1, [True]), (O(3).copies(3), 3, [True]), (O(2).copies(3), 1, [False]),
    (O(3).copies(4), 3, [False]),
    # swapping two vectors of R³: |x|² ↔ |y|²
    (SO(3).copies(2) * SymmetricGroup(2).blocks(3), 3, [True]),
    # x ↔ y in a plane, up to rotations: only |x| = |y| with the one angle, codim 2 in S³/SO(2) = S²
    (SO(2).copies(2) * SymmetricGroup(2).blocks(2), 1, [False]),
    (O(2).copies(2) * SymmetricGroup(2).blocks(2), 1, [True, False, True]),
    # x → −x alone: pairs at right angles
    (SO(3).copies(2) * MatrixGroup([np.kron(np.diag([-1.0, 1.0]), np.eye(3))]), 3, [True]),
    (SO(3).copies(3) * CyclicGroup(3).blocks(3), 3, [False, False]),
    (SO(3).copies(2) + SignFlips(1), 3, [True]),
], ids=repr)
def test_mirrors(group, orbit_dim, expected):
    assert sorted(found(group, orbit_dim)) == sorted(expected)
