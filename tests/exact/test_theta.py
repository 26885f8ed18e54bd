import math
from fractions import Fraction
from itertools import islice, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weylspec.errors import CostError, WeylspecError
from weylspec.exact.modular import primes_one_modulo, root_of_unity
from weylspec.exact.theta import (
    lattice_count_cost,
    lattice_count_diagonal,
    lattice_points,
    theta_counts,
    theta_product,
)

norm_lists = st.lists(st.integers(1, 7), max_size=4)
P = 2**31 - 1


def box(norms, top):
    return product(*(range(-math.isqrt(top // a), math.isqrt(top // a) + 1) for a in norms))


def listed_counts(norms, top):
    counts = [0] * (top + 1)
    for z in box(norms, top):
        k = sum(a * x * x for a, x in zip(norms, z, strict=True))
        if k <= top:
            counts[k] += 1
    return counts


# theory.md 2.2, typed by hand: first eight levels of Z² and Z³ (in units 4π²).
@pytest.mark.parametrize(
    ("n", "levels"),
    [
        (2, {0: 1, 1: 4, 2: 4, 4: 4, 5: 8, 8: 4, 9: 4, 10: 8}),
        (3, {0: 1, 1: 6, 2: 12, 3: 8, 4: 6, 5: 24, 6: 24, 8: 12}),
    ],
)
def test_cubic_lattices(n, levels):
    counts = theta_counts([1] * n, max(levels))
    assert {k: int(m) for k, m in enumerate(counts) if m} == levels


def divisor_sum(k, f):
    return sum(f(d) for d in range(1, k + 1) if k % d == 0)


def test_sums_of_squares_by_divisors():
    # Jacobi (1829): r_2 = 4 Σ χ_{-4}(d), r_4 = 8 Σ_{4∤d} d, r_8 = 16 Σ (−1)^{k+d} d³.
    r2, r4, r8 = (theta_counts([1] * n, 300).tolist() for n in (2, 4, 8))
    for k in range(1, 301):
        assert r2[k] == 4 * divisor_sum(k, lambda d: (0, 1, 0, -1)[d % 4])
        assert r4[k] == 8 * divisor_sum(k, lambda d: d if d % 4 else 0)
        assert r8[k] == 16 * (-1) ** k * divisor_sum(k, lambda d: (-1) ** d * d**3)


@given(norm_lists, st.integers(0, 40))
def test_counts_by_listing(norms, top):
    expected = listed_counts(norms, top)
    assert theta_counts(norms, top).tolist() == expected
    assert theta_product(norms, None, top, P).tolist() == expected
    assert lattice_count_diagonal(norms, top) == sum(expected)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 5), st.fractions(0, 3, max_denominator=6)), max_size=3))
def test_phases_by_listing(pairs):
    norms, phases = [a for a, _ in pairs], [phi for _, phi in pairs]
    top, order = 30, math.lcm(*(phi.denominator for phi in phases))
    p = next(primes_one_modulo(order))
    zeta = root_of_unity(p, order)
    expected = [0] * (top + 1)
    for z in box(norms, top):
        k = sum(a * x * x for a, x in zip(norms, z, strict=True))
        if k <= top:
            turn = sum((phi * x for phi, x in zip(phases, z, strict=True)), Fraction(0)) * order
            expected[k] = (expected[k] + pow(zeta, int(turn) % order, p)) % p
    assert theta_product(norms, phases, top, p).tolist() == expected


@pytest.mark.parametrize("top", [2000])
def test_dense_and_scattered_products_reduce_alike(top):
    """Many factors with large residues, against Python ints reduced at the end."""
    p = next(primes_one_modulo(7))
    phases = [Fraction(k, 7) for k in range(1, 7)]
    zeta = root_of_unity(p, 7)
    dense = [1] + [0] * top
    for k in range(1, 7):
        step = [0] * (top + 1)
        for z in range(-math.isqrt(top), math.isqrt(top) + 1):
            weight = pow(zeta, k * z % 7, p)
            for i in range(top + 1 - z * z):
                step[i + z * z] += weight * dense[i]
        dense = [x % p for x in step]
    assert theta_product([1] * 6, phases, top, p).tolist() == dense


def test_counts_past_64_bits():
    # r_48 at 200: the exact integers agree with residues modulo a prime that CRT does not use.
    top = 200
    counts = theta_counts([1] * 48, top)
    assert counts.dtype == object
    q = 1_000_003
    assert [int(c) % q for c in counts] == theta_product([1] * 48, None, top, q).tolist()
    assert int(counts[1]) == 96
    assert int(counts[2]) == 4 * math.comb(48, 2)
    assert int(counts[4]) == 96 + 16 * math.comb(48, 4)
    assert lattice_count_diagonal([1] * 48, top) == sum(int(c) for c in counts)


@given(st.integers(0, 10**40), st.integers(1, 10**6))
def test_count_in_one_dimension(top, norm):
    n = (lattice_count_diagonal([norm], top) - 1) // 2
    assert norm * n * n <= top < norm * (n + 1) ** 2


def test_gauss_circle_problem():
    # OEIS A000328 at 10^j, typed by hand: points in discs of radius 10, 100, 1000.
    assert [lattice_count_diagonal([1, 1], 10 ** (2 * j)) for j in (1, 2, 3)] == [317, 31417, 3141549]
    # OEIS A000605: points in balls of radius 10 and 30.
    assert lattice_count_diagonal([1, 1, 1], 100) == 4169
    assert lattice_count_diagonal([1, 1, 1], 900) == int(theta_counts([1, 1, 1], 900).sum())


def test_ellipses_past_the_compiled_range():
    top = 2**62 + 12345
    long = 2**50 + 3
    rows = [2 * math.isqrt(top - long * x * x) + 1 for x in range(math.isqrt(top // long) + 1)]
    assert lattice_count_diagonal([1, long], top) == 2 * sum(rows) - rows[0]
    # Just below the limit the compiled loop and Python's integers must agree at perfect squares.
    top = (2**29 + 1) ** 2
    long = 2**46 + 15
    rows = [2 * math.isqrt(top - long * x * x) + 1 for x in range(math.isqrt(top // long) + 1)]
    assert lattice_count_diagonal([1, long], top) == 2 * sum(rows) - rows[0]


@pytest.mark.parametrize("shift", [-1, 0, 1])
@pytest.mark.parametrize("root", [1, 2**26 + 1, 2**29 + 7, 2**30 - 1])
def test_floor_sqrt_beside_squares(root, shift):
    from weylspec.exact import _loops

    assert _loops.floor_sqrt(root * root + shift) == math.isqrt(root * root + shift)


def test_counts_with_a_common_factor_and_huge_norms():
    assert lattice_count_diagonal([6, 6, 6, 6], 6 * 50 + 5) == lattice_count_diagonal([1] * 4, 50)
    assert lattice_count_diagonal([1, 10**30], 100) == 21
    assert lattice_count_diagonal([1, 10**30, 1], 100) == 317
    assert theta_counts([10**30, 1], 4).tolist() == [1, 2, 0, 0, 2]


def test_degenerate_counts():
    assert lattice_count_diagonal([], 5) == 1
    assert lattice_count_diagonal([1, 1], -1) == 0
    assert theta_counts([], 2).tolist() == [1, 0, 0]
    assert theta_counts([1], -1).tolist() == []
    assert theta_product([1], None, -1, 7).tolist() == []


def test_hexagonal_lattice():
    # theory.md 2.2: 0(1) 1(6) 3(6) 4(6) 7(12) 9(6) 12(6) 13(12), = 6 Σ_{d|n} χ_{-3}(d).
    gram = np.array([[1.0, 0.5], [0.5, 1.0]])
    z = lattice_points(gram, 13.0)
    levels = np.rint(np.einsum("ni,ij,nj->n", z, gram, z)).astype(int)
    counts = np.bincount(levels)
    assert {k: int(m) for k, m in enumerate(counts) if m} == {
        0: 1, 1: 6, 3: 6, 4: 6, 7: 12, 9: 6, 12: 6, 13: 12,
    }  # fmt: skip
    z = lattice_points(gram, 500.0)
    counts = np.bincount(np.rint(np.einsum("ni,ij,nj->n", z, gram, z)).astype(int), minlength=501)
    for k in range(1, 501):
        assert counts[k] == 6 * divisor_sum(k, lambda d: (0, 1, -1)[d % 3])


@given(
    st.lists(st.lists(st.integers(-3, 3), min_size=3, max_size=3), min_size=3, max_size=3), st.integers(0, 12)
)
def test_points_by_listing(basis, bound):
    B = np.array(basis)
    if abs(round(np.linalg.det(B))) == 0:
        return
    gram = B @ B.T
    z = lattice_points(gram, bound)
    assert len({tuple(row) for row in z.tolist()}) == len(z)
    values = np.einsum("ni,ij,nj->n", z, gram, z)
    found = {tuple(row) for row, value in zip(z.tolist(), values, strict=True) if value <= bound}
    assert len(found) == len(z)
    # Independent: integer vectors v = z B of Z³ that solve back to integers z.
    side = math.isqrt(bound)
    v = np.array(list(product(range(-side, side + 1), repeat=3)))
    v = v[(v**2).sum(axis=1) <= bound]
    coordinates = np.rint(v @ np.linalg.inv(B)).astype(int)
    inside = (coordinates @ B == v).all(axis=1)
    assert found == {tuple(row) for row in coordinates[inside].tolist()}


def test_boundary_points_are_kept():
    """Scaled so that the boundary is irrational in floating point: no shell may be lost."""
    for scale in (0.1, 1 / 3, math.pi, 1e-7, 1e7):
        assert len(lattice_points(np.eye(3) * scale, 9 * scale)) == 123
        assert len(lattice_points(np.eye(4) * scale, 4 * scale * (1 - 1e-12))) == 89


def test_d4_roots():
    # 24 shortest vectors; theta series 1 + 24 q + 24 q² + 96 q³ + … (norms 2, 4, 6).
    gram = np.array([[2, -1, 0, 0], [-1, 2, -1, -1], [0, -1, 2, 0], [0, -1, 0, 2]])
    z = lattice_points(gram, 6)
    assert np.bincount(np.einsum("ni,ij,nj->n", z, gram, z)).tolist() == [1, 0, 24, 0, 24, 0, 96]


def test_degenerate_points():
    assert lattice_points(np.zeros((0, 0)), 1.0).shape == (1, 0)
    assert lattice_points(np.eye(2), -1.0).shape == (0, 2)
    assert lattice_points(np.eye(2), 0.0).tolist() == [[0, 0]]


def test_cost():
    assert lattice_count_cost([1], 10**60) == 1
    assert math.isinf(lattice_count_cost([1, 1, 1], 10**12))
    assert lattice_count_cost([1] * 4, 10**6) < lattice_count_cost([1] * 6, 10**6)
    with pytest.raises(CostError, match="3 squares up to 1000000000000"):
        lattice_count_diagonal([1, 1, 1], 10**12)
    with pytest.raises(CostError, match="lower the cutoff"):
        theta_counts([1], 10**9)
    with pytest.raises(CostError, match=r"4\.19e\+09 lattice points"):
        lattice_points(np.eye(3), 1e6)


def test_errors():
    with pytest.raises(WeylspecError, match=r"\[1, 0\]"):
        theta_counts([1, 0], 5)
    with pytest.raises(WeylspecError, match="1 phases for 2 norms"):
        theta_product([1, 1], [Fraction(0)], 5, P)
    with pytest.raises(WeylspecError, match="no element of order 5"):
        theta_product([1], [Fraction(1, 5)], 5, 13)
    with pytest.raises(WeylspecError, match="least eigenvalue -1"):
        lattice_points([[1.0, 2.0], [2.0, 1.0]], 1.0)
    with pytest.raises(WeylspecError, match="asymmetry"):
        lattice_points([[1.0, 0.5], [0.0, 1.0]], 1.0)


def test_primes_do_not_matter():
    p, q = islice(primes_one_modulo(12), 2)
    symmetric = [[Fraction(k, 3), Fraction(-k, 3)] for k in range(3)]
    sums = [sum(theta_product([1, 1], phases, 50, m) for phases in symmetric) % m for m in (p, q)]
    assert sums[0].tolist() == sums[1].tolist()
    # (1/3) Σ over translations by (k/3, −k/3): the points with x ≡ y (mod 3).
    expected = [0] * 51
    for x, y in box([1, 1], 50):
        if x * x + y * y <= 50 and (x - y) % 3 == 0:
            expected[x * x + y * y] += 3
    assert sums[0].tolist() == expected
