"""Identities of theta series: classical formulas, counts far beyond Sturm's bound, and forms that have none."""

from fractions import Fraction

import numpy as np
import pytest

from weylspec.exact.lattices.enumeration.fincke_pohst import norm_counts
from weylspec.exact.lattices.orthogonal import direct_sum, point_array
from weylspec.exact.lattices.reduction import simplified
from weylspec.exact.lattices.series.eisenstein import (
    fundamental_discriminant,
    generalised_bernoulli,
    identity_bound,
    quadratic_character,
    theta_identity,
)
from weylspec.exact.lie.cartan import cartan_matrix


def diagonal(*norms):
    return tuple(map(tuple, (2 * np.diag(norms)).tolist()))


def root_lattice(letter, rank):
    full = cartan_matrix(letter, rank)
    return simplified(np.triu(full) - np.diag(np.diag(full) // 2))[1]


def identity(gram):
    return theta_identity(gram, lambda top: point_array(gram, top))


HEXAGONAL = ((2, 1), (1, 2))
ALONE_IN_GENUS = {
    "Z4": diagonal(1, 1, 1, 1), "Z6": diagonal(*[1] * 6), "Z8": diagonal(*[1] * 8), "1122": diagonal(1, 1, 2, 2),
    "1224": diagonal(1, 2, 2, 4), "1133": diagonal(1, 1, 3, 3), "1112": diagonal(1, 1, 1, 2),
    "1113": diagonal(1, 1, 1, 3), "1115": diagonal(1, 1, 1, 5), "111122": diagonal(1, 1, 1, 1, 2, 2),
    "D4": root_lattice("D", 4), "A4": root_lattice("A", 4), "D6": root_lattice("D", 6), "E6": root_lattice("E", 6),
    "A2+A2": direct_sum([HEXAGONAL] * 2), "A2+A2+A2": direct_sum([HEXAGONAL] * 3), "E8": root_lattice("E", 8),
}


@pytest.mark.parametrize("name", ALONE_IN_GENUS)
def test_counts_beyond_the_bound(name):
    gram = ALONE_IN_GENUS[name]
    found = identity(gram)
    top = {4: 60, 6: 20, 8: 6}[len(gram)]
    assert top > identity_bound(gram)
    assert [found.count(n) for n in range(top + 1)] == np.cumsum(norm_counts(gram, top)).tolist()


def sigma(n, k):
    return sum(d**k for d in range(1, n + 1) if n % d == 0)


CLASSICAL = {  # Jacobi 1829; Hecke's E₄; Jacobi for eight squares; Ramanujan for the hexagonal square
    "Z4": lambda n: 8 * sum(d for d in range(1, n + 1) if n % d == 0 and d % 4),
    "Z8": lambda n: 16 * sum((-1) ** (n + d) * d**3 for d in range(1, n + 1) if n % d == 0),
    "D4": lambda n: 24 * sum(d for d in range(1, n + 1, 2) if n % d == 0),
    "E8": lambda n: 240 * sigma(n, 3),
    "A2+A2": lambda n: 12 * (sigma(n, 1) - (3 * sigma(n // 3, 1) if n % 3 == 0 else 0)),
}


@pytest.mark.parametrize("name", CLASSICAL)
def test_classical_formulas(name):
    found = identity(ALONE_IN_GENUS[name])
    total = 1
    for n in range(1, 120):
        total += CLASSICAL[name](n)
        assert found.count(n) == total


def test_sixteen_dimensions():
    """E8 ⊕ E8 and the even unimodular lattice D16⁺: M₈(SL₂(Z)) is one-dimensional, 1 + 480 Σ σ₇(n) qⁿ."""
    basis = np.zeros((16, 16), dtype=int)  # twice D16⁺
    basis[0, 0], basis[15] = 4, 1
    for i in range(1, 15):
        basis[i, i], basis[i, i - 1] = 2, -2
    full = basis @ basis.T // 4
    d16 = simplified(np.triu(full) - np.diag(np.diag(full) // 2))[1]
    e8e8 = direct_sum([root_lattice("E", 8)] * 2)
    for gram in (d16, e8e8):
        assert identity_bound(gram) == 0
        found = identity(gram)
        assert [found.count(n) for n in range(4)] == [1, 481, 62401, 62401 + 480 * 2188]
        assert norm_counts(gram, 2).tolist() == [1, 480, 61920]
        assert found.count(10**6) == 1 + 480 * sum(d**7 * (10**6 // d) for d in range(1, 10**6 + 1))


@pytest.mark.parametrize("norms", [[1] * 10, [1, 1, 1, 7], [1, 1, 5, 5], [2, 3, 4, 5], [1, 1], [1, 1, 1], [1] * 26])
def test_forms_without_an_identity(norms):
    """Cusp forms take part, or the number of variables is odd, or two, or too large."""
    assert identity(diagonal(*norms)) is None


def test_parts_of_the_formulas():
    assert [fundamental_discriminant(n) for n in (9, 18, -27, -8, 60, 13)] == [1, 8, -3, -8, 60, 13]
    for d in (-3, -4, 5, -7, 8, -8, 12, -15, 21, 60, -84):
        chi = quadratic_character(d)
        assert all(chi[a * b % abs(d)] == chi[a] * chi[b] for a in range(abs(d)) for b in range(abs(d)))
        assert chi[-1] == (1 if d > 0 else -1)
        assert sum(chi) == 0
        assert all((x != 0) == (np.gcd(a, d) == 1) for a, x in enumerate(chi))
    assert generalised_bernoulli(2, quadratic_character(5)) == Fraction(4, 5)  # ζ_{Q(√5)}(−1) = B₂·B_{2,χ}/4 = 1/30
    assert generalised_bernoulli(1, quadratic_character(-23)) == -3  # the class number of Q(√−23)
