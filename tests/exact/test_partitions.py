from fractions import Fraction
from itertools import permutations

import pytest

from weylspec.errors import WeylspecError
from weylspec.exact.partitions import centralizer_order, cycle_lengths, is_even, partitions

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
