"""Counts at λ = 10³⁰ and about it, beside closed forms: degrees, floors, binomials, and interpolation at small degrees.

A number that grows like a quasi-polynomial of degree d and period P is known everywhere from d + 1 values in each class
modulo P: they are counted by hand at small degrees, and interpolated in fractions.
"""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

import weylspec as ws

FAR = 10**30


def degree(n, lam):
    """The largest k with k(k + n − 1) ≤ λ, checked."""
    k = (math.isqrt((n - 1) ** 2 + 4 * lam) - n + 1) // 2
    assert k * (k + n - 1) <= lam < (k + 1) * (k + n)
    return k


def near(n, lam=FAR):
    """λ itself, and both sides of the level below it and of others farther down."""
    found = [lam]
    for k in (degree(n, lam), degree(n, lam) - 1, degree(n, lam) - 7, degree(n, lam // 10**9)):
        found += [k * (k + n - 1), k * (k + n - 1) - 1]
    return found


def interpolated(values, period, size, k):
    """The quasi-polynomial with these values at 0, 1, …, of degree size − 1 on each class, at k (Lagrange)."""
    nodes = [k % period + i * period for i in range(size)]
    total = Fraction(0)
    for i in nodes:
        term = Fraction(values[i])
        for j in nodes:
            if j != i:
                term *= Fraction(k - j, i - j)
        total += term
    assert total.denominator == 1
    return int(total)


def by_degrees(degrees, top):
    """Σ_{k' ≤ k} of the coefficients of (1 − t²)/Π (1 − t^d), for k = 0, …, top."""
    series = [1] + [0] * top
    for d in (*degrees, 1):
        for k in range(d, top + 1):
            series[k] += series[k - d]
    return [x - (series[k - 2] if k >= 2 else 0) for k, x in enumerate(series)]


REFLECTIONS = [
    *((ws.SymmetricGroup(n), range(1, n + 1)) for n in (2, 3, 4, 5, 7, 10)),
    *((ws.Hyperoctahedral(n), range(2, 2 * n + 1, 2)) for n in (3, 5)),
    (ws.SignFlips(4), (2, 2, 2, 2)), (ws.CoxeterGroup("H3"), (2, 6, 10)), (ws.CoxeterGroup("D4"), (2, 4, 4, 6)),
    (ws.CoxeterGroup("F4"), (2, 6, 8, 12)), (ws.CoxeterGroup("E6"), (2, 5, 6, 8, 9, 12)),
    (ws.CoxeterGroup("E8"), (2, 8, 12, 14, 18, 20, 24, 30)),
]


@pytest.mark.parametrize(("group", "degrees"), REFLECTIONS, ids=[repr(group) for group, _ in REFLECTIONS])
def test_reflection_groups_by_their_degrees(group, degrees):
    """Partitions into parts of the degrees but one 2 (Chevalley 1955): a quasi-polynomial of degree N − 1."""
    n, period = len(degrees) - 1, math.lcm(2, *degrees)
    values = by_degrees(degrees, period * (n + 1))
    space = ws.Sphere(n) / group
    for lam in near(n):
        assert space.count(lam) == interpolated(values, period, n + 1, degree(n, lam))


def test_the_sphere_modulo_seven_permutations():
    wanted = 551146384479752535273368607519014550264559060846560846602453703703703768209876543210
    values = by_degrees(range(1, 8), 420 * 7)
    assert interpolated(values, 420, 7, degree(6, FAR)) == wanted == (ws.Sphere(6) / ws.SymmetricGroup(7)).count(FAR)


def floors(n, k):
    """Σ_{l ≤ k} ⌊l/n⌋."""
    q, r = divmod(k, n)
    return n * q * (q - 1) // 2 + q * (r + 1)


def linear(k):
    return k * (k + 1) // 2


def doubled(n, j):
    """Σ_{i ≤ j} ⌊2i/n⌋ for odd n: 2i runs through all classes modulo n."""
    return sum(stepped(n, r, j) for r in range(n))


def stepped(n, r, j):
    """The terms with i ≡ r: i = nq + r, ⌊2i/n⌋ = 2q + ⌊2r/n⌋."""
    if r > j:
        return 0
    count = (j - r) // n + 1
    return count * (count - 1) + count * (2 * r // n)


POINT_GROUPS = {  # Σ_{l ≤ k} of the invariants of degree l, which classes of rotations give as sums of floors
    "C1": lambda k: (k + 1) ** 2, "C5": lambda k: 2 * floors(5, k) + k + 1, "C4v": lambda k: floors(4, k) + k + 1,
    "D3": lambda k: floors(3, k) + k // 2 + 1, "D6": lambda k: floors(6, k) + k // 2 + 1,
    "T": lambda k: 2 * floors(3, k) + floors(2, k) - linear(k) + k + 1,
    "O": lambda k: floors(4, k) + floors(3, k) + floors(2, k) - linear(k) + k + 1,
    "I": lambda k: floors(5, k) + floors(3, k) + floors(2, k) - linear(k) + k + 1,
    # only even degrees are invariant under −1: l = 2j
    "Ci": lambda k: (k // 2 + 1) * (2 * (k // 2) + 1),
    "D2h": lambda k: (k // 2 + 1) * (k // 2 + 2) // 2,
    "Th": lambda k: 2 * doubled(3, k // 2) - linear(k // 2) + k // 2 + 1,
    "Ih": lambda k: doubled(5, k // 2) + doubled(3, k // 2) - linear(k // 2) + k // 2 + 1,
}


@pytest.mark.parametrize("name", POINT_GROUPS)
def test_point_groups_by_floors(name):
    space, closed = ws.Sphere(2) / ws.PointGroup(name), POINT_GROUPS[name]
    for lam in (0, 1, 2, 6, 12, 100, 1000, *near(2)):
        assert space.count(lam) == closed(degree(2, lam))


@pytest.mark.parametrize(("p", "q"), [(2, 1), (3, 1), (5, 2), (7, 3), (8, 3), (12, 5)])
def test_lens_spaces_by_weights(p, q):
    """Degree k on S³ has every weight (a, b) with |a| + |b| ≤ k of the parity of k once; a + qb ≡ 0 modulo p stay."""
    period = 2 * p
    values, total = [], 0
    for k in range(4 * period):
        total += sum(1 for a in range(-k, k + 1) for b in range(abs(a) - k, k - abs(a) + 1, 2) if (a + q * b) % p == 0)
        values.append(total)
    space = ws.Sphere(3) / ws.LensGroup(p, 1, q)
    for lam in near(3):
        assert space.count(lam) == interpolated(values, period, 4, degree(3, lam))


@pytest.mark.parametrize("m", [2, 3])
def test_vectors_modulo_rotations(m):
    """Gram matrices, and for three vectors their determinant, whose square is a polynomial in them (Weyl 1939)."""
    n, pairs = 3 * m - 1, m * (m + 1) // 2
    space, mirrored = ws.Sphere(n) / ws.SO(3).copies(m), ws.Sphere(n) / ws.O(3).copies(m)
    for lam in near(n):
        k = degree(n, lam)  # 1 − t² leaves one pair out, the sum over degrees puts it back
        even = math.comb(k // 2 + pairs - 1, pairs - 1)
        odd = math.comb((k - 3) // 2 + pairs - 1, pairs - 1) if m == 3 else 0
        assert mirrored.count(lam) == even
        assert space.count(lam) == even + odd


@pytest.mark.parametrize("n", [1, 2, 5])
def test_complex_projective_spaces(n):
    """Functions of bidegree (k, k): all up to degree k together are C(n + k, n)², λ_k = 4k(k + n)."""
    space = ws.ComplexProjectiveSpace(n)
    hopf = ws.Sphere(2 * n + 1) / ws.SO(2).copies(n + 1)
    for top in (FAR, FAR // 4 - 1, 10**29 + 1):
        k = (math.isqrt(n * n + top) - n) // 2
        assert 4 * k * (k + n) <= top < 4 * (k + 1) * (k + 1 + n)
        for lam, j in ((top, k), (4 * k * (k + n), k), (4 * k * (k + n) - 1, k - 1)):
            assert space.count(lam) == hopf.count(lam) == math.comb(n + j, n) ** 2


def test_whole_spheres_by_harmonic_polynomials():
    """Polynomials of degree ≤ k on Sⁿ: those of degree k and of degree k − 1 in n + 1 variables."""
    for n in (1, 2, 3, 8):
        for lam in near(n):
            k = degree(n, lam)
            assert ws.Sphere(n).count(lam) == math.comb(k + n, n) + math.comb(k + n - 1, n)
