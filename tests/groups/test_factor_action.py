"""What groups do to the factors of a power."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest

import weylspec as ws
from weylspec.errors import GroupActionError
from weylspec.groups.factor_action import affine_power


def test_permutation_groups_have_the_cycle_types_of_their_elements():
    for group in (ws.SymmetricGroup(4), ws.AlternatingGroup(4), ws.DihedralGroup(4), ws.CyclicGroup(4)):
        parts = group.on_factors(5)
        shares = Counter()
        for share, lengths in parts.cycle_types():
            shares[tuple(sorted(lengths))] += share
        counted = Counter()
        for images in parts.images():
            seen, lengths = set(), []
            for start in range(5):
                length, i = 0, start
                while i not in seen:
                    seen.add(i)
                    length, i = length + 1, images[i]
                lengths += [length] if length else []
            counted[tuple(sorted(lengths))] += Fraction(1, parts.permuting_order)
        assert shares == counted
        assert not parts.is_symmetric


def test_two_groups_of_permutations_combine_if_they_commute():
    halves = ws.MatrixGroup([np.eye(4)[[1, 0, 2, 3]]]) * ws.MatrixGroup([np.eye(4)[[0, 1, 3, 2]]])
    assert sorted(tuple(sorted(lengths)) for _, lengths in halves.on_factors(4).cycle_types()) == [
        (1, 1, 1, 1), (1, 1, 2), (1, 1, 2), (2, 2)]
    with pytest.raises(GroupActionError, match="commute"):
        (ws.CyclicGroup(3) * ws.SymmetricGroup(2)).on_factors(3)


def test_diagonal_groups_combine_as_groups():
    parts = (ws.SO(3).copies(2) * ws.PointGroup("Ci").copies(2) * ws.SymmetricGroup(2)).on_factors(2)
    assert repr(parts.diagonal) == "(SO(3) * PointGroup('Ci'))"
    assert parts.is_symmetric


def test_affine_powers_move_all_factors_alike():
    turn = ws.AffineGroup([([[0, -1], [1, 0]], ["1/4", 0])]).affine(2)
    action = affine_power(turn, ws.CyclicGroup(3).on_factors(3))
    assert (action.size, action.order, len(action.components())) == (6, 12, 12)
    assert sum(c.share for c in action.cosets()) == 1
    (matrix, shift), (swap, _) = action.generators
    np.testing.assert_array_equal(matrix, np.kron(np.eye(3), [[0, -1], [1, 0]]))
    assert shift == (Fraction(1, 4), 0) * 3
    np.testing.assert_array_equal(swap, np.kron(ws.CyclicGroup(3).generators[0], np.eye(2)))
