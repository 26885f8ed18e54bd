"""Schreier–Sims against orders from the literature and listed groups."""

from __future__ import annotations

import math

import numpy as np
import pytest

from weylspec.groups._stabilizers import StabilizerChain


def cycles(n: int, *parts: tuple[int, ...]) -> np.ndarray:
    images = np.arange(n, dtype=np.int32)
    for part in parts:
        images[list(part)] = [*part[1:], part[0]]
    return images


LONG = tuple(range(11))
MATHIEU_11 = [cycles(11, LONG), cycles(11, (2, 6, 10, 7), (3, 9, 4, 5))]
MATHIEU_12 = [cycles(12, LONG), cycles(12, (2, 6, 10, 7), (3, 9, 4, 5)),
              cycles(12, (0, 11), (1, 10), (2, 5), (3, 7), (4, 8), (6, 9))]
MATHIEU_24 = [
    cycles(24, tuple(range(23))), cycles(24, (2, 16, 9, 6, 8), (3, 12, 13, 18, 4), (7, 17, 10, 11, 22),
                                         (14, 19, 21, 20, 15)),
    cycles(24, (0, 23), (1, 22), (2, 11), (3, 15), (4, 17), (5, 9), (6, 19), (7, 13), (8, 20), (10, 16), (12, 21),
           (14, 18)),
]


@pytest.mark.parametrize(("generators", "order"), [
    ([cycles(3)], 1), ([cycles(6, (0, 1, 2), (3, 4))], 6), ([cycles(8, (0, 1)), cycles(8, tuple(range(8)))], 40320),
    ([cycles(9, (0, 1, 2)), cycles(9, tuple(range(9)))], math.factorial(9) // 2),
    ([cycles(40, (0, 1)), cycles(40, tuple(range(40)))], math.factorial(40)),
    ([cycles(12, (0, 1, 2)), cycles(12, (0, 1)), cycles(12, (0, 3), (1, 4), (2, 5)),
      cycles(12, (0, 3, 6, 9), (1, 4, 7, 10), (2, 5, 8, 11))], 6**4 * 24),
    (MATHIEU_11, 7920), (MATHIEU_12, 95040), (MATHIEU_24, 244823040),
])
def test_orders(generators, order):
    chain = StabilizerChain(np.array(generators))
    assert chain.order == order
    assert all(chain.contains(g) for g in generators)
    rng = np.random.default_rng(0)
    sample = chain.sample(20, rng)
    assert all(chain.contains(g) for g in sample)
    assert all(chain.contains(a[b]) for a, b in zip(sample, sample[::-1], strict=True))
    fixing = [g for g in sample if (g[chain.base] == chain.base).all()]
    assert all((g == np.arange(len(g))).all() for g in fixing)


def test_membership_by_listing_all_permutations_of_five():
    """The Frobenius group of order 20 in S_5, x ↦ ax + b."""
    chain = StabilizerChain(np.array([cycles(5, (0, 1, 2, 3, 4)), cycles(5, (1, 2, 4, 3))]))
    affine = {tuple((a * x + b) % 5 for x in range(5)) for a in range(1, 5) for b in range(5)}
    from itertools import permutations

    assert {p for p in permutations(range(5)) if chain.contains(np.array(p, dtype=np.int32))} == affine


def test_samples_are_uniform():
    chain = StabilizerChain(np.array([cycles(5, (0, 1, 2, 3, 4)), cycles(5, (1, 2, 4, 3))]))
    sample = chain.sample(4000, np.random.default_rng(1))
    _, counts = np.unique(sample, axis=0, return_counts=True)
    assert len(counts) == 20
    assert ((counts - 200) ** 2 / 200).sum() < 43.8  # χ², 19 degrees of freedom, 0.1 %
