"""Signed groups of affine maps: orders, signs that multiply, signs that contradict one another."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest

from weylspec.errors import InfiniteGroupError, WeylspecError
from weylspec.groups.affine_action import compose
from weylspec.groups.signed import signed_group

HALF = Fraction(1, 2)
FLIP_X = (np.diag([-1, 1]), (Fraction(0), Fraction(0)))
FLIP_Y = (np.diag([1, -1]), (Fraction(0), Fraction(0)))
SWAP = (np.array([[0, 1], [1, 0]]), (Fraction(0), Fraction(0)))
GLIDE = (np.diag([1, -1]), (HALF, Fraction(0)))


def name(matrix, shift):
    return (tuple(map(tuple, matrix.tolist())), tuple(shift))


@pytest.mark.parametrize(("mirrors", "order"), [
    ([(FLIP_X, 1), (FLIP_Y, -1)], 4),
    ([(FLIP_X, -1), (FLIP_Y, -1), (SWAP, 1)], 8),
    ([(FLIP_X, -1), (FLIP_Y, -1), (SWAP, -1)], 8),
    ([(FLIP_Y, -1), (GLIDE, 1)], 4),
])
def test_the_sign_is_a_character(mirrors, order):
    elements = signed_group(mirrors)
    assert len(elements) == order
    assert elements[0].share == Fraction(1, order)
    assert np.array_equal(elements[0].matrix, np.eye(2))
    shares = {name(c.matrix, c.shift): c.share * order for c in elements}
    assert set(shares.values()) <= {1, -1}
    for (matrix, shift), sign in mirrors:
        assert shares[name(matrix, shift)] == sign
    for a, b in itertools.product(elements, elements):
        product = compose((a.matrix, a.shift), (b.matrix, b.shift))
        assert shares[name(*product)] == shares[name(a.matrix, a.shift)] * shares[name(b.matrix, b.shift)]


def test_signs_that_contradict_one_another():
    with pytest.raises(WeylspecError, match="contradict"):
        signed_group([(FLIP_X, 1), (FLIP_Y, -1), (SWAP, 1)])  # swapping turns one mirror into the other
    with pytest.raises(InfiniteGroupError):
        signed_group([((np.array([[1, 1], [0, 1]]), (Fraction(0), Fraction(0))), 1)])
