"""PointGroup: orders, classes, conventions, and Molien's series of theory 3.1."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weylspec.errors import WeylspecError
from weylspec.groups.closure import closure, finite_group
from weylspec.groups.point import PointGroup

PHI = (1 + math.sqrt(5)) / 2

# (name, order, number of classes): character tables of the point groups (e.g. Altmann and Herzig 1994).
TABLES = [
    ("C1", 1, 1), ("Cs", 2, 2), ("Ci", 2, 2), ("C2", 2, 2), ("C3", 3, 3), ("C6", 6, 6),
    ("C2v", 4, 4), ("C3v", 6, 3), ("C4v", 8, 5), ("C5v", 10, 4), ("C6v", 12, 6),
    ("C1h", 2, 2), ("C2h", 4, 4), ("C3h", 6, 6), ("C4h", 8, 8), ("S2", 2, 2), ("S4", 4, 4), ("S6", 6, 6),
    ("C3i", 6, 6), ("S8", 8, 8), ("D1", 2, 2), ("D2", 4, 4), ("D3", 6, 3), ("D4", 8, 5), ("D6", 12, 6),
    ("D2h", 8, 8), ("D3h", 12, 6), ("D4h", 16, 10), ("D5h", 20, 8), ("D6h", 24, 12),
    ("D1d", 4, 4), ("D2d", 8, 5), ("D3d", 12, 6), ("D4d", 16, 7), ("D5d", 20, 8), ("D6d", 24, 9),
    ("T", 12, 4), ("Td", 24, 5), ("Th", 24, 8), ("O", 24, 5), ("Oh", 48, 10), ("I", 60, 5), ("Ih", 120, 10),
]
NAMES = [row[0] for row in TABLES]


@pytest.mark.parametrize(("name", "order", "classes"), TABLES, ids=NAMES)
def test_orders_and_classes(name, order, classes):
    group = PointGroup(name)
    cosets = list(group.natural().cosets())
    assert group.order == group.natural().order == order
    assert group.elements.shape == (order, 3, 3)
    assert len(cosets) == classes
    assert sum(c.share for c in cosets) == 1


@pytest.mark.parametrize("name", NAMES)
def test_classes_and_elements_against_closure_from_the_generators(name):
    group = PointGroup(name)
    closed = finite_group(group.generators, group.order)
    elements = closed.elements
    assert len(elements) == group.order
    assert np.abs(elements @ elements.transpose(0, 2, 1) - np.eye(3)).max() < 1e-14
    assert all(group.contains(g) for g in elements)
    by_class = {}
    for index, size in closed.table.classes:
        member = elements[index]
        conjugates = elements @ member @ elements.transpose(0, 2, 1)
        matching = [
            c for c in group.natural().cosets() if (np.abs(conjugates - c.element()).max(axis=(1, 2)) < 1e-9).any()
        ]
        assert len(matching) == 1  # each true class is listed exactly once, with its size
        assert matching[0].share == Fraction(size, group.order)
        by_class[index] = matching[0]
    for coset in by_class.values():
        turns = [Fraction(k, n) + phase / n for n, phase in zip(coset.lengths, coset.phases, strict=True)
                 for k in range(n)]
        eigenvalues = np.poly(np.exp(2j * np.pi * np.array([float(t) for t in turns])))
        assert np.abs(eigenvalues - np.poly(coset.element())).max() < 1e-13


# -- Molien's series, theory 3.1 ---------------------------------------------------------------------

DEGREE = 80


def ratio(numerator: tuple[int, ...], denominator: tuple[int, ...]) -> list[int]:
    """Coefficients of (Σ t^a) / Π (1 − t^b) up to DEGREE."""
    series = [numerator.count(k) for k in range(DEGREE + 1)]
    for b in denominator:
        for k in range(b, DEGREE + 1):
            series[k] += series[k - b]
    return series


MOLIEN = {
    **{f"C{m}": ((0, m), (1, m)) for m in (1, 2, 3, 5, 8)},
    **{f"C{m}v": ((0,), (1, m)) for m in (1, 2, 3, 5, 8)},
    **{f"D{m}": ((0, m + 1), (2, m)) for m in (1, 2, 3, 5, 8)},
    # −1 keeps the even degrees, and reflection groups are free on their degrees (Humphreys 1990, 3.7)
    "Ci": ((0, 2, 2, 2), (2, 2)), "Cs": ((0,), (1, 1)), "D5h": ((0,), (2, 5)), "D2h": ((0,), (2, 2)),
    "T": ((0, 6), (3, 4)), "Td": ((0,), (3, 4)), "Th": ((0, 6), (4, 6)),
    "O": ((0, 9), (4, 6)), "Oh": ((0,), (4, 6)), "I": ((0, 15), (6, 10)), "Ih": ((0,), (6, 10)),
}


def prime_above(modulus: int) -> int:
    p = 10**6 // modulus * modulus + 1
    while any(p % q == 0 for q in range(2, math.isqrt(p) + 1)):
        p += modulus
    return p


def molien_mod_p(group: PointGroup) -> tuple[list[int], int]:
    """(1 − t²) Σ share / Π (1 − e(c) t^L) over F_p, exactly."""
    modulus = group.natural().modulus
    p = prime_above(modulus)
    root = next(z for z in (pow(a, (p - 1) // modulus, p) for a in range(2, p))
                if all(pow(z, k, p) != 1 for k in range(1, modulus)))
    total = [0] * (DEGREE + 1)
    for c in group.natural().cosets():
        series = [1] + [0] * DEGREE
        for length, phase in zip(c.lengths, c.phases, strict=True):
            z = pow(root, int(phase * modulus), p)
            for k in range(length, DEGREE + 1):
                series[k] = (series[k] + z * series[k - length]) % p
        share = c.share.numerator * pow(c.share.denominator, -1, p)
        total = [(a + share * b) % p for a, b in zip(total, series, strict=True)]
    return [(total[k] - (total[k - 2] if k > 1 else 0)) % p for k in range(DEGREE + 1)], p


@pytest.mark.parametrize("name", MOLIEN)
def test_molien_series_from_the_cosets(name):
    series, p = molien_mod_p(PointGroup(name))
    assert series == [m % p for m in ratio(*MOLIEN[name])]


@pytest.mark.parametrize("name", NAMES)
def test_molien_series_by_averaging_over_elements(name):
    """A second route: characters of O(3) on harmonics at each matrix of the closure, in floats."""
    group = PointGroup(name)
    elements = closure(group.generators, group.order)
    signs = np.round(np.linalg.det(elements))
    angles = np.arccos(np.clip((signs * np.trace(elements, axis1=1, axis2=2) - 1) / 2, -1, 1))
    series, _ = molien_mod_p(group)
    for degree in range(13):
        turns = np.cos(np.outer(angles, np.arange(1, degree + 1))).sum(axis=1)
        assert np.mean(signs**degree * (1 + 2 * turns)) == pytest.approx(series[degree], abs=1e-6)


# -- conventions ---------------------------------------------------------------------------------------


def test_axes_are_where_the_docstring_says():
    mirror_x, mirror_y, mirror_z = (np.diag(np.where(np.arange(3) == i, -1.0, 1.0)) for i in range(3))
    assert PointGroup("Cs").contains(mirror_z)
    assert PointGroup("C5v").contains(mirror_y)
    assert not PointGroup("C5v").contains(mirror_x)
    assert PointGroup("D5").contains(np.diag([1.0, -1.0, -1.0]))
    assert not PointGroup("D5").contains(np.diag([-1.0, 1.0, -1.0]))
    assert PointGroup("D3d").contains(-np.eye(3))
    assert not PointGroup("D3h").contains(-np.eye(3))
    assert PointGroup("D3d").contains(np.diag([1.0, -1.0, -1.0]))
    assert PointGroup("Td").contains(np.eye(3)[[1, 0, 2]])
    assert not PointGroup("Th").contains(np.eye(3)[[1, 0, 2]])
    assert all(PointGroup("I").contains(g) for g in PointGroup("T").elements)
    assert all(PointGroup("Oh").contains(g) for name in ("Td", "Th", "O") for g in PointGroup(name).elements)


def test_icosahedral_group_permutes_the_twelve_vertices():
    vertices = np.array([np.roll([0, a, b * PHI], k) for k in range(3) for a in (1, -1) for b in (1, -1)])
    for g in PointGroup("Ih").elements:
        distances = np.linalg.norm((vertices @ g.T)[:, None] - vertices[None], axis=2)
        assert (distances.min(axis=1) < 1e-12).all()


def test_crystallographic_matrices_with_integer_entries_are_exact():
    for name in ("C4v", "D4h", "D2d", "S4", "Oh", "Th"):
        assert set(np.unique(PointGroup(name).elements)) <= {-1.0, 0.0, 1.0}


def test_large_n_is_quick_and_exact():
    group = PointGroup("C1000v")
    cosets = list(group.natural().cosets())
    assert len(cosets) == 501 + 2
    assert group.natural().modulus == 1000
    assert sum(c.share for c in cosets) == 1
    assert cosets[1].phases == (0, Fraction(1, 1000), Fraction(999, 1000))


@settings(max_examples=60, deadline=None)
@given(data=st.data(), name=st.sampled_from(["C7v", "D6d", "D5h", "S10", "Td", "Ih"]))
def test_random_products_stay_in_the_group(data, name):
    group = PointGroup(name)
    indices = data.draw(st.lists(st.integers(0, group.order - 1), min_size=2, max_size=6))
    product = np.eye(3)
    for i in indices:
        product = product @ group.elements[i]
    assert group.contains(product)
    assert group.contains(product.T)


def test_samples_are_elements_and_reach_all():
    group = PointGroup("D3d")
    sample = group.sample(2000, np.random.default_rng(0))
    found = {int(np.abs(group.elements - g).max(axis=(1, 2)).argmin()) for g in sample}
    assert all(group.contains(g) for g in sample[:50])
    assert found == set(range(12))


@pytest.mark.parametrize("name", ["", "C0", "C5x", "Cv", "c3v", "Dn", "Y", "C4i", "S4h", "C03", 5])
def test_unknown_names_list_the_families(name):
    with pytest.raises(WeylspecError, match=r"not a point group; .*the families are Cn, .* Dnd .* Ih"):
        PointGroup(name)


@pytest.mark.parametrize(
    ("name", "meant"), [("ih", "Ih"), ("OH", "Oh"), ("c3v", "C3v"), (" D5D ", "D5d"), ("cs", "Cs")])
def test_a_name_in_another_case_is_guessed(name, meant):
    with pytest.raises(WeylspecError, match=f"did you mean '{meant}'[?]"):
        PointGroup(name)


def test_odd_improper_axis_names_the_remedy():
    with pytest.raises(WeylspecError, match="'C3h'"):
        PointGroup("S3")


def test_repr_and_equality():
    assert repr(PointGroup("Ih")) == "PointGroup('Ih')"
    assert PointGroup("Ih") == PointGroup("Ih")
