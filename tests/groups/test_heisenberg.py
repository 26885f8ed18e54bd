"""Heisenberg groups: classes against all elements written out, series by hand, membership."""

import itertools
from collections import Counter

import numpy as np
import pytest

import weylspec as ws
from weylspec.groups.matrix import MatrixGroup


def elements(n):
    """Real matrices of ω^c Z^a X^b, by products of the two generators."""
    w = np.exp(2j * np.pi / n)
    clock, shift = np.diag(w ** np.arange(n)), np.roll(np.eye(n), 1, axis=0)
    power = np.linalg.matrix_power
    products = (w**c * power(clock, a) @ power(shift, b) for a, b, c in itertools.product(range(n), repeat=3))
    return [np.kron(z.real, np.eye(2)) + np.kron(z.imag, [[0, -1], [1, 0]]) for z in products]


@pytest.mark.parametrize("n", [2, 3, 4, 6])
def test_classes_are_those_of_the_elements(n):
    action = ws.HeisenbergGroup(n).natural()
    closed = MatrixGroup(action.generators)
    assert closed.order == n**3
    cosets = list(action.cosets())
    assert sum(c.share for c in cosets) == 1
    assert sorted(c.share for c in cosets) == sorted(c.share for c in closed.natural().cosets())

    def spectrum(matrix):
        return tuple(np.round(np.poly(matrix), 6) + 0.0)

    found = Counter(spectrum(g) for g in elements(n))
    for coset in cosets:
        blocks = [np.roots([1, *[0] * (k - 1), -np.exp(2j * np.pi * float(c))])
                  for k, c in zip(coset.lengths, coset.phases, strict=True)]
        assert spectrum(coset.element()) == tuple(np.round(np.poly(np.concatenate(blocks)).real, 6) + 0.0)
        found[spectrum(coset.element())] -= int(coset.share * n**3)
    assert not any(found.values())


@pytest.mark.parametrize("n", [2, 5])
def test_dimensions_are_those_of_the_closed_group(n):
    space, group = ws.Sphere(2 * n - 1), ws.HeisenbergGroup(n)
    closed = MatrixGroup(group.natural().generators)
    top = 12 * (12 + 2 * n - 2)
    assert (space / group).spectrum(cutoff=top).multiplicities.tolist() == (
        (space / closed).spectrum(cutoff=top).multiplicities.tolist())


def test_membership(rng):
    group = ws.HeisenbergGroup(4)
    assert all(group.contains(g) for g in elements(4))
    assert all(group.contains(g) for g in group.sample(5, rng))
    assert not group.contains(np.diag([-1.0, *[1] * 7]))
    assert not group.contains(np.eye(6))


def test_too_large_is_refused():
    with pytest.raises(ws.CostError, match="HeisenbergGroup\\(101\\)"):
        ws.HeisenbergGroup(101)
