"""Branching of O(n): fixed vectors against dimensions of GL(k), and against the regular representation of SO(n)."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from weylspec.exact.characters.branching import associate, columns, fixed_dimension
from weylspec.exact.characters.weights import linear_dimensions, orthogonal_family


def partitions(rows, largest):
    return [mu for mu in itertools.product(range(largest + 1), repeat=rows) if list(mu) == sorted(mu, reverse=True)]


def trimmed(mu):
    return tuple(part for part in mu if part)


def chains(mu, n, steps):
    """Chains of valid labels by horizontal strips, one restriction after the other."""
    if steps == 0:
        return int(mu == ())
    ranges = [range(low, high + 1) for high, low in zip(mu, (*mu, 0)[1:], strict=True)]
    inner = (trimmed(nu) for nu in itertools.product(*ranges))
    return sum(chains(nu, n - 1, steps - 1) for nu in inner if sum(columns(nu)) <= n - 1)


@pytest.mark.parametrize(("k", "n"), [(2, 4), (2, 3), (3, 4), (3, 5), (4, 5)])
def test_fixed_vectors_by_restriction_step_by_step(k, n):
    for mu in partitions(n // 2, 3):
        label = trimmed(mu)
        assert fixed_dimension(label, n, k) == chains(label, n, k)
        assert fixed_dimension(associate(label, n), n, k) == chains(associate(label, n), n, k)


@pytest.mark.parametrize(("k", "n"), [(1, 3), (2, 4), (2, 5), (3, 6), (3, 7)])
def test_narrow_frames_have_irreps_of_gl(k, n):
    table = np.array(partitions(k, 4))
    expected = linear_dimensions(k).values(table).tolist()
    assert [fixed_dimension(trimmed(mu), n, k) for mu in table.tolist()] == expected
    if 2 * k < n:
        assert not any(fixed_dimension(associate(trimmed(mu), n), n, k) for mu in table.tolist())


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6])
def test_all_vectors_are_fixed_by_the_trivial_rotations(n):
    """V_{n−1}(Rⁿ) = SO(n): [μ] and det ⊗ [μ] together have dim [μ] vectors fixed by O(1), half of that if equal."""
    table = np.array(partitions(n // 2, 3))
    for mu, dim in zip(table.tolist(), orthogonal_family(n, n // 2).multiplicities(table).tolist(), strict=True):
        label = trimmed(mu)
        if 2 * len(label) == n:
            assert 2 * fixed_dimension(label, n, n - 1) == dim
        else:
            assert fixed_dimension(label, n, n - 1) + fixed_dimension(associate(label, n), n, n - 1) == dim


def test_associates_are_an_involution_and_valid_labels():
    for n in (3, 4, 5, 6):
        for mu in partitions(n // 2, 3):
            label = trimmed(mu)
            twin = associate(label, n)
            assert sum(columns(twin)) <= n
            assert associate(twin, n) == label
            assert [part for part in twin if part > 1] == [part for part in label if part > 1]
