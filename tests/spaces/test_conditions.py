"""Boundary conditions: whatever a user hands in is read as words, or refused as a wrong input."""

import numpy as np
import pytest

import weylspec as ws
from weylspec.errors import WeylspecError
from weylspec.expressions import read_space
from weylspec.spaces._conditions import conditions

WORDS = np.array(["dirichlet", "neumann"])


def test_one_word_for_all_or_one_for_each():
    assert conditions("dirichlet", ("a", "b")) == ("dirichlet", "dirichlet")
    assert conditions(["dirichlet", "neumann"], ("a", "b")) == ("dirichlet", "neumann")


WRONG = ["robin", None, 3, (), ("neumann",) * 4, (["neumann"], "neumann"), ({}, {}), (WORDS, WORDS)]


@pytest.mark.parametrize("bc", WRONG, ids=repr)
def test_anything_else_is_refused_with_what_is_allowed(bc):
    for build in (lambda: ws.Annulus("1/2", 1, bc), lambda: ws.Interval(1, bc), lambda: ws.Disk(1, bc),
                  lambda: ws.RightIsoscelesTriangle(1, bc)):
        with pytest.raises(WeylspecError, match="bc must be 'neumann' or 'dirichlet'"):
            build()


@pytest.mark.parametrize("space", [
    ws.Annulus("1/2", 1, tuple(WORDS)), ws.Interval(1, tuple(WORDS)), ws.Box([1, 2], list(WORDS)),
    ws.RightIsoscelesTriangle(1, (WORDS[0], WORDS[1], WORDS[1])), ws.Disk(1, WORDS[0]),
], ids=repr)
def test_words_from_an_array_are_typed_back_plainly(space):
    assert "np." not in repr(space)
    assert repr(read_space(repr(space))) == repr(space)
