"""Character tables against what is known without them: class numbers, orthogonality, square roots, printed tables."""

import math
from fractions import Fraction

import numpy as np
import pytest

import weylspec as ws
from weylspec.errors import CertificationError, CostError
from weylspec.exact.modular import primes_one_modulo
from weylspec.exact.partitions import cycle_lengths, partitions, symmetric_character
from weylspec.groups.character_table import _certify, character_table
from weylspec.groups.cosets import character_integer, character_number, character_residue

GROUPS = [ws.PointGroup("Oh"), ws.PointGroup("I"), ws.PointGroup("C7"), ws.PointGroup("D5"), ws.BinaryPolyhedral("O"),
          ws.SymmetricGroup(5), ws.Hyperoctahedral(3), ws.PointGroup("S4"), ws.CyclicGroup(1)]
GOLDEN = (1 + math.sqrt(5)) / 2


def values(group):
    """Complex characters at all elements, from the exact multiplicities; shape (r, order)."""
    table = group.character_table
    chi = np.array([[character_number(tuple((Fraction(j, len(m[i])), int(n)) for j, n in enumerate(m[i])))
                     for m in table.multiplicities] for i in range(len(table.sizes))])
    return chi[:, table.labels]


@pytest.mark.parametrize("group", GROUPS, ids=repr)
def test_orthogonality_and_the_sum_of_squares(group):
    chi = values(group)
    order = group.order
    np.testing.assert_allclose(chi @ chi.conj().T / order, np.eye(len(chi)), rtol=0, atol=1e-12 * order)
    table = group.character_table
    assert sum(d * d for d in table.degrees) == order == table.order
    assert all(order % d == 0 for d in table.degrees)
    assert table.degrees == tuple(sorted(table.degrees))
    assert np.allclose(chi[0], 1)


@pytest.mark.parametrize("group", GROUPS, ids=repr)
def test_there_are_as_many_square_roots_of_the_identity_as_the_indicators_say(group):
    """Σ indicator·degree = #{g: g² = 1} (Frobenius and Schur 1906)."""
    table, elements = group.character_table, group.natural().elements()
    squares = np.abs(elements @ elements - np.eye(elements.shape[1])).max(axis=(1, 2)) < 1e-9
    assert sum(table.indicator(i) * d for i, d in enumerate(table.degrees)) == squares.sum()


@pytest.mark.parametrize("group", GROUPS, ids=repr)
def test_characters_multiply_as_class_functions_of_a_group(group):
    """χ(x)χ(y) = χ(1)/|G| Σ_g χ(x·gyg⁻¹): a relation that orthogonality alone does not give."""
    chi, elements = values(group), group.natural().elements()
    table = group.character_table
    rng = np.random.default_rng(5)
    for x, y in rng.integers(len(elements), size=(6, 2)):
        moved = elements[x] @ elements @ elements[y] @ elements.transpose(0, 2, 1)
        found = table.index.find(moved, 1e-6)
        mean = chi[:, found].mean(axis=1) * np.array(table.degrees)
        np.testing.assert_allclose(mean, chi[:, x] * chi[:, y], rtol=0, atol=1e-10)


def test_the_icosahedral_rotations_have_their_printed_table():
    """Degrees 1, 3, 3, 4, 5; fifth turns have the traces 1, φ, 1 − φ, −1, 0."""
    group = ws.PointGroup("I")
    turns = [g for g in group.natural().elements() if np.isclose(np.trace(g), GOLDEN)]
    assert len(turns) == 12
    table = group.character_table
    found = [character_number(table.value(i, turns[0])).real for i in range(5)]
    assert found == pytest.approx([found[0], *sorted(found[1:3], key=found[1:3].index), -1, 0], abs=1e-12)
    assert sorted(found) == pytest.approx(sorted([1, GOLDEN, 1 - GOLDEN, -1, 0]), abs=1e-12)


def test_symmetric_groups_have_the_characters_of_partitions():
    """Eigenvectors of class sums against rim hooks."""
    group = ws.SymmetricGroup(6)
    table, cosets = group.character_table, list(group.natural().cosets())
    shapes = [cycle_lengths(kind) for kind in partitions(6)]
    by_hooks = sorted(tuple(symmetric_character(shape, lengths) for lengths in shapes) for shape in shapes)
    by_sums = sorted(tuple(character_integer(table.value(i, c.element())) for c in cosets) for i in range(11))
    assert by_hooks == by_sums


def test_exact_values_are_residues_and_floats_of_one_number():
    fifth = ((Fraction(1, 5), 1), (Fraction(4, 5), 1))
    p = next(primes_one_modulo(5))
    x = character_residue(fifth, p)
    assert (x * x + x - 1) % p == 0  # 2cos 72° = φ − 1
    assert character_number(fifth).real == pytest.approx(GOLDEN - 1, abs=1e-15)
    assert character_integer(fifth) is None
    assert character_integer(tuple((Fraction(k, 5), 3) for k in range(1, 5))) == -3
    assert character_integer(((Fraction(1, 4), 1), (Fraction(3, 4), 1), (Fraction(0), 2))) == 2


def test_what_is_too_large_is_refused_and_a_wrong_table_too():
    with pytest.raises(CostError, match="above 20000"):
        character_table(np.broadcast_to(np.eye(2), (20_001, 2, 2)), [])
    with pytest.raises(CostError, match="would take too long"):
        ws.PointGroup("C401").character_table  # noqa: B018
    table = ws.PointGroup("D5").character_table
    spoilt = tuple(np.ascontiguousarray(m[[0, 0, 2, 3]]) for m in table.multiplicities)
    products = np.array([[0] * 10] * 4)
    with pytest.raises(CertificationError, match="modulo a prime"):
        _certify(type(table)(table.index, table.labels, table.sizes, table.powers, spoilt), products)
