import math
from fractions import Fraction
from itertools import permutations

import pytest

from weylspec.errors import WeylspecError
from weylspec.exact.partitions import centralizer_order, cycle_lengths, is_even, partitions, symmetric_character

# OEIS A000041, typed by hand.
PARTITION_NUMBERS = [1, 1, 2, 3, 5, 7, 11, 15, 22, 30, 42]


@pytest.mark.parametrize("n", range(11))
def test_number_of_partitions(n):
    found = list(partitions(n))
    assert len(found) == len(set(found)) == PARTITION_NUMBERS[n]
    for cycle_type in found:
        parts = [part for part, _ in cycle_type]
        assert sum(cycle_lengths(cycle_type)) == n
        assert parts == sorted(set(parts), reverse=True)
        assert all(copies > 0 for _, copies in cycle_type)


def test_known_counts():
    assert sum(1 for _ in partitions(20)) == 627
    assert sum(1 for _ in partitions(30)) == 5604


@pytest.mark.parametrize("n", [0, 1, 2, 9, 20])
def test_shares_add_up(n):
    assert sum(Fraction(1, centralizer_order(c)) for c in partitions(n)) == 1
    if n >= 2:
        assert sum(Fraction(1, centralizer_order(c)) for c in partitions(n) if is_even(c)) == Fraction(1, 2)


def cycle_type_of(permutation):
    seen, lengths = set(), []
    for start in range(len(permutation)):
        length, i = 0, start
        while i not in seen:
            seen.add(i)
            i, length = permutation[i], length + 1
        if length:
            lengths.append(length)
    return tuple((n, lengths.count(n)) for n in sorted(set(lengths), reverse=True))


def test_class_sizes_by_listing_s5():
    counts = {}
    for g in permutations(range(5)):
        key = cycle_type_of(g)
        counts[key] = counts.get(key, 0) + 1
        inversions = sum(g[i] > g[j] for i in range(5) for j in range(i + 1, 5))
        assert is_even(key) == (inversions % 2 == 0)
    assert counts == {c: 120 // centralizer_order(c) for c in partitions(5)}


def test_negative_is_refused():
    with pytest.raises(WeylspecError, match="-1"):
        partitions(-1)


@pytest.mark.parametrize("n", [1, 4, 7])
def test_characters_of_symmetric_groups_are_orthonormal(n):
    """Rows and columns; the degrees are n! over the product of the hook lengths (Frame, Robinson and Thrall 1954)."""
    kinds = list(partitions(n))
    shapes = [cycle_lengths(kind) for kind in kinds]
    table = [[symmetric_character(shape, lengths) for lengths in shapes] for shape in shapes]
    orders = [centralizer_order(kind) for kind in kinds]
    for i, first in enumerate(table):
        for j, second in enumerate(table):
            assert sum(Fraction(x * y, z) for x, y, z in zip(first, second, orders, strict=True)) == (i == j)
    for shape, row in zip(shapes, table, strict=True):
        hooks = [shape[i] - j + sum(1 for other in shape[i + 1:] if other > j) for i in range(len(shape))
                 for j in range(shape[i])]
        assert row[shapes.index((1,) * n)] == math.factorial(n) // math.prod(hooks)
        sign = [1 if is_even(kind) else -1 for kind in kinds]
        conjugate = tuple(sum(1 for part in shape if part > j) for j in range(shape[0]))
        assert table[shapes.index(conjugate)] == [x * s for x, s in zip(row, sign, strict=True)]
