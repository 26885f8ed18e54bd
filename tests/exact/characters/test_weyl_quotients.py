"""Characters as determinants, modulo a prime, against Weyl's quotient and Freudenthal's multiplicities."""

import itertools
from fractions import Fraction

import numpy as np
import pytest

from weylspec.exact.characters.classical import Shapes
from weylspec.exact.lie.classical import special_orthogonal, special_unitary, symplectic, unitary
from weylspec.exact.modular import primes_one_modulo, root_of_unity
from weylspec.groups.cosets import finite_coset
from weylspec.invariants.averages.tensors import character_averages

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
    ("A", special_unitary(3, Fraction(1, 2)), Shapes.unitary, 3), ("A", unitary(2, Fraction(1)), Shapes.unitary, 2),
    ("B", special_orthogonal(5), Shapes.orthogonal, 2), ("C", symplectic(2), Shapes.symplectic, 2),
    ("C", symplectic(3), Shapes.symplectic, 3), ("D", special_orthogonal(4), Shapes.rotations, 2),
    ("D", special_orthogonal(6), Shapes.rotations, 3), ("D", special_orthogonal(2), Shapes.rotations, 1),
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
    if letter == "B":
        phases += (Fraction(0),)
    element = finite_coset(Fraction(1), (1,) * len(phases), phases, lambda: np.eye(len(phases)))
    found = character_averages(element, form(datum.partitions(np.array(labels))), 1, p)
    w = [pow(root_of_unity(p, 2 * ORDER), int(c * 2 * ORDER) // 2 % (2 * ORDER), p) for c in turns]
    expected = [weyl_quotient(letter, m, [int(x) for x in datum.partition(a)], w, p) for a in labels]
    assert found.tolist() == expected


@pytest.mark.parametrize(("letter", "datum", "form", "m"), CASES, ids=lambda x: getattr(x, "name", ""))
def test_characters_at_the_identity_are_dimensions(letter, datum, form, m):
    p = next(primes_one_modulo(1))
    reach = range(-2, 3) if datum.charge else range(4)
    labels = [a for a in itertools.product(*[range(4)] * len(datum.cartan), *[reach] * (datum.rank - len(datum.cartan)))
              if datum.has_weight(a)]
    count = {"A": m, "B": 2 * m + 1, "C": 2 * m, "D": 2 * m}[letter]
    identity = finite_coset(Fraction(1), (1,) * count, (Fraction(0),) * count, lambda: np.eye(count))
    found = character_averages(identity, form(datum.partitions(np.array(labels))), 1, p)
    assert found.tolist() == [datum.dimension(a) for a in labels]
