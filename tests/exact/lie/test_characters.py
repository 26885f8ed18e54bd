"""Characters as determinants, modulo a prime, against Weyl's quotient and Freudenthal's multiplicities."""

import itertools
from fractions import Fraction

import numpy as np
import pytest

from weylspec.exact.lie.characters import (
    EVEN_ORTHOGONAL,
    ODD_ORTHOGONAL,
    SYMPLECTIC,
    UNITARY,
    Torus,
    shapes,
)
from weylspec.exact.lie.classical import special_orthogonal, special_unitary, symplectic, unitary
from weylspec.exact.modular import primes_one_modulo, root_of_unity

ORDER = 60


def weyl_quotient(letter, m, partition, z, p):
    """Π-determinants of Weyl's formula at regular elements, z_i = squares of w_i so that ρ may be half-integral."""
    rho = {"A": [m - 1 - i for i in range(m)], "B": [2 * (m - i) - 1 for i in range(m)],
           "C": [m - i for i in range(m)], "D": [m - 1 - i for i in range(m)]}[letter]
    double = 1 if letter == "B" else 2  # exponents of w = √z
    exponents = [2 * x + double * r for x, r in zip(partition, rho, strict=True)]

    def alternating(powers):
        entry = {
            "A": lambda w, e: pow(w, e, p), "B": lambda w, e: pow(w, e, p) - pow(w, -e, p),
            "C": lambda w, e: pow(w, e, p) - pow(w, -e, p), "D": lambda w, e: pow(w, e, p) + pow(w, -e, p)}[letter]
        plus = leibniz([[entry(w, e) for e in powers] for w in z], p)
        if letter != "D":
            return plus
        return plus + leibniz([[pow(w, e, p) - pow(w, -e, p) for e in powers] for w in z], p)

    base = [double * r for r in rho]
    return alternating(exponents) * pow(alternating(base), -1, p) % p


def leibniz(matrix, p):
    """Determinant by the sum over permutations."""
    n, total = len(matrix), 0
    for sigma in itertools.permutations(range(n)):
        sign = (-1) ** sum(sigma[i] > sigma[j] for i in range(n) for j in range(i + 1, n))
        term = sign
        for i, j in enumerate(sigma):
            term = term * matrix[i][j] % p
        total += term
    return total % p


CASES = [
    ("A", special_unitary(3, Fraction(1, 2)), UNITARY, 3), ("A", unitary(2, Fraction(1)), UNITARY, 2),
    ("B", special_orthogonal(5), ODD_ORTHOGONAL, 2), ("C", symplectic(2), SYMPLECTIC, 2),
    ("C", symplectic(3), SYMPLECTIC, 3), ("D", special_orthogonal(4), EVEN_ORTHOGONAL, 2),
    ("D", special_orthogonal(6), EVEN_ORTHOGONAL, 3), ("D", special_orthogonal(2), EVEN_ORTHOGONAL, 1),
]


@pytest.mark.parametrize(("letter", "datum", "form", "m"), CASES, ids=lambda x: getattr(x, "name", ""))
def test_characters_at_regular_elements_are_weyls_quotients(letter, datum, form, m):
    p = next(primes_one_modulo(2 * ORDER))
    reach = range(-2, 3) if datum.charge else range(3)
    labels = [a for a in itertools.product(*[range(3)] * len(datum.cartan), *[reach] * (datum.rank - len(datum.cartan)))
              if datum.has_weight(a)]
    turns = [Fraction(k, ORDER) for k in (7, 11, 23)[:m]]
    if datum.name.startswith("SU"):
        turns[-1] = -sum(turns[:-1])
    phases = tuple(x % 1 for c in turns for x in ((c,) if letter == "A" else (c, -c)))
    none = np.zeros((0, 0), dtype=np.int64)
    torus = Torus(phases, np.zeros((len(phases), 0), dtype=np.int64), none, ())
    found = torus.averages(form, shapes(datum, np.array(labels), form), 1, ORDER, p)
    w = [pow(root_of_unity(p, 2 * ORDER), int(c * 2 * ORDER) // 2 % (2 * ORDER), p) for c in turns]
    expected = [weyl_quotient(letter, m, [int(x) for x in datum.partition(a)], w, p) for a in labels]
    assert found.tolist() == expected


@pytest.mark.parametrize(("letter", "datum", "form", "m"), CASES, ids=lambda x: getattr(x, "name", ""))
def test_characters_at_the_identity_are_dimensions(letter, datum, form, m):
    p = next(primes_one_modulo(1))
    reach = range(-2, 3) if datum.charge else range(4)
    labels = [a for a in itertools.product(*[range(4)] * len(datum.cartan), *[reach] * (datum.rank - len(datum.cartan)))
              if datum.has_weight(a)]
    count = m if letter == "A" else 2 * m
    none = np.zeros((0, 0), dtype=np.int64)
    torus = Torus((Fraction(0),) * count, np.zeros((count, 0), dtype=np.int64), none, ())
    found = torus.averages(form, shapes(datum, np.array(labels), form), 1, 1, p)
    assert found.tolist() == [datum.dimension(a) for a in labels]


def test_reach_bounds_the_weights():
    found = shapes(unitary(3, Fraction(1)), np.array([[1, 2, 0], [0, 0, -9]]), UNITARY)  # (2, 0, −2)·…, (−3, −3, −3)
    assert found.reach >= 9
    assert shapes(special_orthogonal(4), np.array([[3, 1]]), EVEN_ORTHOGONAL).reach == 3


def test_grids_have_more_points_than_exponents():
    torus = Torus((Fraction(0),) * 2, np.array([[3], [-3]]), np.array([[2], [-2]]), (Fraction(0),) * 2)
    assert torus.grid_points(5) > 3 * 5 + 4
    assert torus.modulus == 1
