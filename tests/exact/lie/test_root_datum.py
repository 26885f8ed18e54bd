"""Root data against numbers of the literature, Freudenthal's multiplicities and Gelfand–Tsetlin patterns."""

import itertools
import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weylspec.errors import WeylspecError
from weylspec.exact.lie.cartan import cartan_matrix
from weylspec.exact.lie.classical import (
    exceptional,
    special_orthogonal,
    special_unitary,
    spin,
    symplectic,
    unitary,
)
from weylspec.exact.lie.root_datum import root_datum

HALF, ONE = Fraction(1, 2), Fraction(1)

# |W| and N of the simple types (Bourbaki 1968, plates I-IX).
WEYL = {
    "A4": (120, 10), "B3": (48, 9), "C4": (384, 16), "D2": (4, 2), "D4": (192, 12), "D5": (1920, 20), "E6": (51840, 36),
    "E7": (2903040, 63), "E8": (696729600, 120), "F4": (1152, 24), "G2": (12, 6), "B1": (2, 1), "A0": (1, 0),
}

# Dimensions of irreducible representations (tables of McKay and Patera 1981), Bourbaki's order of the nodes.
DIMENSIONS = {
    "G2": {(1, 0): 7, (0, 1): 14, (2, 0): 27, (1, 1): 64, (0, 2): 77},
    "F4": {(0, 0, 0, 1): 26, (1, 0, 0, 0): 52, (0, 0, 1, 0): 273, (0, 0, 0, 2): 324, (0, 1, 0, 0): 1274},
    "E6": {(1, 0, 0, 0, 0, 0): 27, (0, 1, 0, 0, 0, 0): 78, (0, 0, 1, 0, 0, 0): 351, (0, 0, 0, 1, 0, 0): 2925},
    "E7": {(0, 0, 0, 0, 0, 0, 1): 56, (1, 0, 0, 0, 0, 0, 0): 133, (0, 1, 0, 0, 0, 0, 0): 912},
    "E8": {(0,) * 7 + (1,): 248, (1,) + (0,) * 7: 3875, (0,) * 6 + (1, 0): 30380, (0,) * 7 + (2,): 27000,
           (0, 1) + (0,) * 6: 147250},
}


@pytest.mark.parametrize("name", WEYL)
def test_weyl_groups_and_positive_roots(name):
    datum = root_datum(name[0], int(name[1:]), Fraction(2))
    assert (datum.weyl_order, datum.n_positive) == WEYL[name]
    assert datum.dim == datum.rank + 2 * WEYL[name][1]


@pytest.mark.parametrize("name", DIMENSIONS)
def test_exceptional_dimensions(name):
    datum = exceptional(name)
    assert {labels: datum.dimension(labels) for labels in DIMENSIONS[name]} == DIMENSIONS[name]


@pytest.mark.parametrize(("letter", "rank", "dual_coxeter"), [
    ("A", 5, 6), ("B", 4, 7), ("C", 3, 4), ("D", 5, 8), ("E", 6, 12), ("E", 7, 18), ("E", 8, 30), ("F", 4, 9),
    ("G", 2, 4),
])
def test_the_strange_formula_and_the_adjoint_eigenvalue(letter, rank, dual_coxeter):
    """|ρ|² = h^∨·dim/12 and ⟨θ, θ + 2ρ⟩ = 2h^∨ for long roots of norm² 2 (Freudenthal and de Vries 1969)."""
    datum = root_datum(letter, rank, Fraction(2))
    assert datum.rho_square == Fraction(dual_coxeter * datum.dim, 12)
    longest = max(zip(datum.root_half_norms, datum.heights, range(datum.n_positive), strict=True))[0]
    assert longest == 1
    highest = highest_root(datum)
    assert datum.casimir(highest) == 2 * dual_coxeter
    assert datum.dimension(highest) == datum.dim


def highest_root(datum):
    """The dominant root of the largest height: labels ⟨α_i^∨, θ⟩."""
    n = len(datum.cartan)
    roots = {tuple(int(i == j) for j in range(n)) for i in range(n)}
    queue = list(roots)
    for root in queue:
        for i in range(n):
            change = int(datum.cartan[i] @ np.array(root))
            image = tuple(c - change if i == j else c for j, c in enumerate(root))
            if min(image) >= 0 and image not in roots:
                roots.add(image)
                queue.append(image)
    top = max(roots, key=sum)
    return tuple(int(x) for x in datum.cartan @ np.array(top))


# Rows of theory [2.3]: dimension, |ρ|², volume printed to eight digits.
ROWS = [
    (special_unitary(2, HALF), 3, ONE, 19.739209),
    (special_unitary(3, HALF), 8, Fraction(4), 530.04164),
    (special_unitary(4, HALF), 15, Fraction(10), 14052.144),
    (unitary(2, ONE), 4, HALF, 248.05021),
    (unitary(3, ONE), 9, Fraction(2), 30764.454),
    (special_orthogonal(3), 3, Fraction(1, 4), 78.956835),
    (special_orthogonal(4), 6, ONE, 1558.5455),
    (special_orthogonal(5), 10, Fraction(5, 2), 41019.272),
    (special_orthogonal(6), 15, Fraction(5), 1271854.9),
    (symplectic(2), 10, Fraction(5), 2563.7045),
    (symplectic(3), 21, Fraction(14), 657258.08),
]


@pytest.mark.parametrize(("datum", "dim", "rho_square", "volume"), ROWS, ids=lambda x: getattr(x, "name", ""))
def test_rows_of_the_table(datum, dim, rho_square, volume):
    assert (datum.dim, datum.rho_square) == (dim, rho_square)
    found = (2 * math.pi) ** (datum.rank + datum.n_positive) / (
        math.sqrt(datum.covolume_square) * float(datum.rho_product))
    assert found == pytest.approx(volume, rel=5e-8)


@pytest.mark.parametrize("datum", [special_unitary(3, HALF), spin(5), symplectic(2), symplectic(3), exceptional("G2"),
                                   spin(7), spin(6), special_unitary(4, ONE)], ids=repr)
def test_dimensions_are_sums_of_freudenthal_multiplicities(datum):
    """Freudenthal (1954): the multiplicities of weights by a recursion that knows no dimension formula."""
    for labels in itertools.product(range(3), repeat=datum.rank):
        if sum(labels) <= 2:
            assert datum.dimension(labels) == sum(freudenthal(datum, labels).values()), labels


def freudenthal(datum, labels):
    roots = [tuple(int(x) for x in datum.cartan @ np.array(c)) for c in root_coefficients(datum)]
    top = shifted_norm(datum, labels)
    mult, layer = {labels: 1}, [labels]
    while layer:
        below = {tuple(a - int(x) for a, x in zip(mu, datum.cartan[:, i], strict=True))
                 for mu in layer for i in range(datum.rank)}
        layer = []
        for mu in sorted(below):
            gap = top - shifted_norm(datum, mu)
            if gap <= 0:
                continue
            total = Fraction(0)
            for root in roots:
                nu = tuple(a + b for a, b in zip(mu, root, strict=True))
                while nu in mult:
                    total += 2 * mult[nu] * datum.inner(nu, root)
                    nu = tuple(a + b for a, b in zip(nu, root, strict=True))
            if total:
                assert (total / gap).denominator == 1
                mult[mu] = int(total / gap)
                layer.append(mu)
    return mult


def root_coefficients(datum):
    n = len(datum.cartan)
    roots = {tuple(int(i == j) for j in range(n)) for i in range(n)}
    queue = list(roots)
    for root in queue:
        for i in range(n):
            image = list(root)
            image[i] -= int(datum.cartan[i] @ np.array(root))
            if min(image) >= 0 and tuple(image) not in roots:
                roots.add(tuple(image))
                queue.append(tuple(image))
    return roots


def shifted_norm(datum, labels):
    shifted = [a + 1 for a in labels]
    return datum.inner(shifted, shifted)


@given(st.lists(st.integers(-4, 4), min_size=4, max_size=4))
def test_unitary_dimensions_are_numbers_of_gelfand_tsetlin_patterns(parts):
    partition = tuple(sorted(parts, reverse=True))
    datum = unitary(4, ONE)
    labels = datum.labels(partition)
    assert datum.dimension(labels) == patterns(partition)
    assert datum.partition(labels) == partition
    assert datum.casimir(labels) == sum(x * (x + 5 - 2 * i) for i, x in enumerate(partition, 1))


def patterns(row):
    if len(row) == 1:
        return 1
    between = [range(row[i + 1], row[i] + 1) for i in range(len(row) - 1)]
    return sum(patterns(below) for below in itertools.product(*between))


@pytest.mark.parametrize("datum", [special_orthogonal(n) for n in range(2, 9)] + [symplectic(n) for n in range(1, 5)],
                         ids=repr)
@given(data=st.data())
def test_partitions_and_labels_of_rotations(datum, data):
    """The eigenvalue is Σ Λ_i(Λ_i + 2ρ_i) with ρ of theory [2.3]; partitions and labels are inverse."""
    m = datum.coordinates.shape[1]
    parts = sorted(data.draw(st.lists(st.integers(0, 5), min_size=m, max_size=m)), reverse=True)
    if datum.name in ("SO(2)", "SO(4)", "SO(6)", "SO(8)") and data.draw(st.booleans()):
        parts[-1] = -parts[-1]
    labels = datum.labels(parts)
    assert datum.partition(labels) == tuple(parts)
    first = Fraction(m) if datum.name[:2] == "Sp" else Fraction(int(datum.name[3:-1]), 2) - 1
    assert datum.casimir(labels) == sum(x * (x + 2 * (first - i)) for i, x in enumerate(parts))


def test_weights_of_rotation_groups_are_those_of_spin_groups_without_spinors():
    for n in (3, 4, 5, 6, 7):
        cover, group = spin(n), special_orthogonal(n)
        assert cover.covolume_square * 4 == group.covolume_square
        for labels in itertools.product(range(3), repeat=cover.rank):
            whole = all(x.denominator == 1 for x in cover.partition(labels))
            assert group.has_weight(labels) == whole


@pytest.mark.parametrize("datum", [unitary(3, ONE), special_orthogonal(7), special_orthogonal(4), exceptional("E6")],
                         ids=repr)
def test_the_basis_of_weights_spans_those_that_satisfy_the_congruence(datum):
    basis = np.array(datum.weight_basis())
    assert all(datum.has_weight(row) for row in basis)
    assert abs(round(np.linalg.det(basis))) == math.prod(m for _, m in datum.congruences)


def test_low_ranks_agree():
    """A1 = B1 = C1, B2 = C2, A3 = D3 up to scale: the same dimensions at proportional eigenvalues."""
    def table(datum, reach=3):
        return Counter((datum.casimir(a) / datum.rho_square, datum.dimension(a))
                       for a in itertools.product(range(reach), repeat=datum.rank))

    assert table(spin(3)) == table(symplectic(1)) == table(special_unitary(2, ONE))
    assert table(spin(5)) == table(symplectic(2))
    assert table(spin(6)) == table(special_unitary(4, HALF))
    assert table(spin(4)) == Counter(
        ((a * (a + 2) + b * (b + 2)) / Fraction(2), (a + 1) * (b + 1)) for a in range(3) for b in range(3))


@pytest.mark.parametrize(("call", "message"), [
    (lambda: cartan_matrix("E", 5), "no Cartan type E5"),
    (lambda: cartan_matrix("H", 3), "no Cartan type H3"),
    (lambda: exceptional("E9"), "exceptional groups are"),
    (lambda: special_unitary(3, HALF).dimension((1,)), r"SU\(3\) has 2 integer labels"),
    (lambda: special_unitary(3, HALF).dimension((1, -1)), "not dominant"),
    (lambda: special_orthogonal(5).casimir((0, 1)), "covering group"),
    (lambda: special_orthogonal(5).labels((1, 1, 1)), "2 parts"),
    (lambda: exceptional("G2").labels((1,)), "not written as partitions"),
])
def test_what_is_refused(call, message):
    with pytest.raises(WeylspecError, match=message):
        call()
