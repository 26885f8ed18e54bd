"""The compiled enumeration, called directly at small sizes: CI runs this file without compilation too."""

import itertools
import math

import numpy as np

from weylspec.exact.lattices.enumeration import _loops

NONE = np.zeros(0, dtype=np.int64)


def test_rows_by_floats_at_perfect_squares():
    """Discriminants that are squares, one less, one more, up to where 30·Δ reaches 2⁵³."""
    largest = math.isqrt(2**53 // 30) - 1
    for double, root, b in itertools.product((2, 6, 34, 1000), (0, 1, 17, 10**6 + 3, largest), (-7, 0, 5, 10**5)):
        for change in (-1, 0, 1):
            inside = root * root + change
            exact = _loops.rows_by_integers(0, 0, inside, 0, b, double, 0, 1)
            assert _loops.rows_by_floats(0.0, 0.0, float(inside), 0.0, float(b), 1.0 / double, 0, 1) == exact
            if inside >= 0:
                s = math.isqrt(inside)
                assert exact == (s - b) // double + (s + b) // double + 1


def test_rows_by_both_ways():
    rng = np.random.default_rng(7)
    for _ in range(20):
        a, b, c = int(rng.integers(1, 20)), int(rng.integers(-9, 10)), int(rng.integers(20, 60))
        l0, l1, rest = (int(x) for x in rng.integers(-50, 50, 3))
        alpha, beta = b * b - 4 * a * c, 2 * (b * l0 - 2 * a * l1)
        gamma = l0 * l0 + 4 * a * (5000 - rest)
        args = (-30, 60)
        by_integers = _loops.rows_by_integers(alpha, beta, gamma, b, l0, 2 * a, *args)
        assert _loops.rows_by_floats(alpha, beta, gamma, b, l0, 1.0 / (2 * a), *args) == by_integers
        gram = np.array([[2 * a, b], [b, 2 * c]])
        counts = np.zeros(5001 + 3000, dtype=np.int64)
        if 4 * a * c > b * b:
            listed = sum(1 for y in range(-30, 30) for x in range(-400, 401)
                         if a * x * x + b * x * y + c * y * y + l0 * x + l1 * y + rest <= 5000)
            assert by_integers == listed
            # norms may be negative here, which the loop never sees: they are raised by 3000
            added = _loops.add_norms(gram, 8000, l0, l1, rest + 3000, -30, 60, 2, counts)
            assert (added, counts.sum()) == (listed, 2 * listed)


def test_points_of_the_cubic_lattice():
    gram, upper = 2 * np.eye(4, dtype=np.int64), np.eye(4)
    for top, floats in itertools.product((0, 1, 2, 7), (True, False)):
        found, counts = np.zeros(2, dtype=np.int64), np.zeros(top + 1, dtype=np.int64)
        assert _loops.points_in_form(gram, upper, top, top + 1e-9, floats, 1e9, NONE, found)
        expected = sum(1 for x in itertools.product(range(-2, 3), repeat=4) if sum(c * c for c in x) <= top)
        assert found[0] == expected
        again = np.zeros(2, dtype=np.int64)
        assert _loops.points_in_form(gram, upper, top, top + 1e-9, floats, 1e9, counts, again)
        assert counts[0] == 1
        assert counts.sum() == again[0] == expected
    found = np.zeros(2, dtype=np.int64)
    assert not _loops.points_in_form(gram, upper, 50, 50.0, True, 20.0, NONE, found)
