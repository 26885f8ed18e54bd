"""Tori of famous and of random lattices: direct counts against lists, formulas, sums in another arithmetic."""

import math
from fractions import Fraction

import numpy as np
import pytest

import weylspec as ws
from weylspec.spaces._theta import vectors_below

FOUR_PI_SQUARED = 4 * math.pi**2


def e8_basis():
    rows = [[0] * 8 for _ in range(8)]
    rows[0][0], rows[7] = 2, [Fraction(1, 2)] * 8
    for i in range(1, 7):
        rows[i][i], rows[i][i - 1] = 1, -1
    return rows


def test_e8_is_its_own_dual():
    """λ = 4π²·2n with multiplicity 240 σ₃(n)."""
    torus = ws.FlatTorus(e8_basis())
    assert torus.volume == pytest.approx(1.0, rel=1e-12)
    total = 1
    for n in range(1, 8):
        total += 240 * sum(d**3 for d in range(1, n + 1) if n % d == 0)
        lam = FOUR_PI_SQUARED * 2 * (n + 0.5)
        assert torus.count(lam) == total
        assert torus.spectrum(cutoff=lam).total == total
    far = 10**6
    expected = 1 + 240 * sum(d**3 * (far // d) for d in range(1, far + 1))
    assert torus.count(FOUR_PI_SQUARED * 2 * (far + 0.5)) == expected


def test_d4():
    """The dual of D4 is D4 with norms 1, 1, 2, …: twice the form has 24 Σ (odd divisors of n) vectors."""
    torus = ws.FlatTorus([[1, 1, 0, 0], [1, -1, 0, 0], [0, 1, -1, 0], [0, 0, 1, -1]])
    total = 1
    for n in range(1, 30):
        total += 24 * sum(d for d in range(1, n + 1, 2) if n % d == 0)
        assert torus.count(FOUR_PI_SQUARED * (n + 0.5)) == total
    assert torus.spectrum(cutoff=FOUR_PI_SQUARED * 29.5).total == total


@pytest.mark.parametrize("seed", [3, 4, 5])
@pytest.mark.parametrize("d", [3, 4, 5])
def test_random_bases(d, seed):
    rng = np.random.default_rng(seed)
    basis = rng.integers(-3, 4, (d, d)) + 3 * np.eye(d, dtype=int)
    torus = ws.FlatTorus(basis.tolist())
    for lam in (10.0, 77.7, 400.0 / d):
        keys, _ = vectors_below(torus.form, lam)
        listed = torus.spectrum(cutoff=lam)
        assert torus.count(lam) == len(keys) == listed.total
        assert listed.keys[:, 0].tolist() == sorted(set(keys[:, 0].tolist()))


def test_four_squares_far_up():
    """N(10¹⁴) on Torus(4) modulo 2⁶⁴ in wrapped words, and its leading digits in floats: 94 bits in all."""

    def divisors(top):
        """Σ_{n ≤ top} σ(n) = Σ_{e ≤ s} (e⌊top/e⌋ + T(⌊top/e⌋)) − s·T(s), T(q) = q(q + 1)/2."""
        s = math.isqrt(top)
        word, size = 0, 0.0
        for start in range(1, s + 1, 10**6):
            e = np.arange(start, min(start + 10**6, s + 1), dtype=np.uint64)
            q = np.uint64(top) // e
            half = np.where(q % 2 == 0, q // 2 * (q + np.uint64(1)), (q + np.uint64(1)) // 2 * q)
            word += int((e * q + half).sum(dtype=np.uint64))
            size += float((e.astype(float) * q + q.astype(float) * (q + np.uint64(1)) / 2).sum())
        corner = s * (s * (s + 1) // 2)
        return word - corner, size - corner

    top = 10**14
    found = ws.Torus(4).count(top)
    whole, quarter = divisors(top), divisors(top // 4)
    assert (found - 1 - 8 * (whole[0] - 4 * quarter[0])) % 2**64 == 0
    assert found == pytest.approx(8 * (whole[1] - 4 * quarter[1]), rel=1e-11)  # 10⁷ positive terms, pairwise sums
    assert 2e-11 * found < 2**64  # so that both determine it


def test_eight_squares_far_up():
    """16 Σ (−1)^{n+d} d³ over divisors: σ₃(n) − 2σ₃(n/2) + 16σ₃(n/4), summed in Python ints."""

    def cubes(top):
        s = math.isqrt(top)
        sides = sum(e**3 * (top // e) + ((top // e) * (top // e + 1) // 2) ** 2 for e in range(1, s + 1))
        return sides - s * (s * (s + 1) // 2) ** 2

    top = 10**10
    expected = 1 + 16 * (cubes(top) - 2 * cubes(top // 2) + 16 * cubes(top // 4))
    assert ws.Torus(8).count(top) == expected
