"""Fixed lines: tangent maps at fixed points, element by element; heat traces of characters; effective orders."""

from __future__ import annotations

import math

import numpy as np
import pytest
from characters import complex_traces, complexified, quaternionic_traces, real_traces, realified, turn
from routes import spanned

from weylspec.groups.lines import line_action
from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.permutation import CyclicGroup, Hyperoctahedral, SignFlips, SymmetricGroup
from weylspec.groups.point import PointGroup
from weylspec.groups.unitary import RIGHT_UNITS, ComplexConjugation
from weylspec.invariants.orbit_spaces.projective import fixed_lines, projective_orbits, projective_volume

W5 = np.exp(2j * np.pi / 5)
QUATERNIONS = MatrixGroup([realified([[1j, 0], [0, -1j]]), realified([[0, 1], [-1, 0]])])
CASES = [
    (1, SymmetricGroup(4)), (1, Hyperoctahedral(3)), (1, PointGroup("D5d")), (1, SignFlips(2)),
    (2, SymmetricGroup(4).blocks(2)), (2, CyclicGroup(4).blocks(2)), (2, PointGroup("O").blocks(2)),
    (2, MatrixGroup([realified(np.diag([W5, W5, 1, W5**2]))])), (2, QUATERNIONS), (2, ComplexConjugation(3)),
    (2, MatrixGroup([realified(np.diag([1, 1j]) @ [[0, 1], [1, 0]]) @ np.diag([1.0, -1, 1, -1])])),
    (2, SymmetricGroup(3).blocks(2) * ComplexConjugation(3)), (2, SignFlips(3).blocks(2) * ComplexConjugation(3)),
    (4, SymmetricGroup(3).blocks(4)), (4, QUATERNIONS.copies(2)), (4, PointGroup("T").blocks(4)),
    (4, MatrixGroup([realified(np.diag([W5, 1 / W5, W5, 1 / W5, 1, 1]))])), (4, QUATERNIONS + SignFlips(1).copies(4)),
]


def units(field):
    return {1: (np.eye(1),), 2: (np.eye(2), turn(1)), 4: (np.eye(4), *RIGHT_UNITS)}[field]


def fixed_vectors(g, field):
    """One unit vector and the scalar matrix R with g·v = R·v for every component of the fixed set."""
    size = len(g)
    if field == 1 or not np.allclose(g @ turn(size // 2), turn(size // 2) @ g):
        values = (1, -1) if field == 1 else (1,)
        spaces = [(z * np.eye(size), np.linalg.svd(g - z * np.eye(size))[2]) for z in values]
        ranks = [int((np.linalg.svd(g - z * np.eye(size), compute_uv=False) < 1e-8).sum()) for z in values]
        return [(v[-1], scalar) for (scalar, v), rank in zip(spaces, ranks, strict=True) if rank]
    found = []
    matrix = complexified(g)
    for z in np.unique(np.linalg.eigvals(matrix).round(8)):
        if field == 4 and z.imag < -1e-6:
            continue
        v = np.linalg.svd(matrix - z * np.eye(len(matrix)))[2][-1].conj()
        scalar = z.real * np.eye(size) + z.imag * turn(size // 2)
        found.append((np.stack([v.real, v.imag], axis=1).reshape(-1), scalar))
    return found


def tangent(g, v, scalar, field):
    """The differential of [w] ↦ [gw] at [v] on the orthogonal complement of v·K, g·v = v·scalar."""
    line = np.array([np.kron(np.eye(len(v) // len(u)), u) @ v for u in units(field)])
    horizontal = np.linalg.svd(line)[2][field:].T
    return horizontal.T @ scalar.T @ g @ horizontal


def volume(kind, p):
    """RP^p, CP^{p/2}, HP^{p/4} [2.1]."""
    closed = {1: lambda: math.pi ** ((p + 1) / 2) / math.gamma((p + 1) / 2), 2: lambda: math.pi ** (p // 2)
              / math.factorial(p // 2), 4: lambda: math.pi ** (p // 2) / math.factorial(p // 2 + 1)}
    return closed[kind]()


@pytest.mark.parametrize(("field", "group"), CASES, ids=repr)
def test_fixed_sets_element_by_element(field, group):
    expected: dict[int, float] = {}
    elements = spanned(group.generators)
    for g in elements:
        antiunitary = field == 2 and not np.allclose(g @ turn(len(g) // 2), turn(len(g) // 2) @ g)
        for v, scalar in fixed_vectors(g, field):
            values = np.linalg.eigvals(tangent(g, v, scalar, field))
            moved = values[np.abs(values - 1) > 1e-7]
            p = len(values) - len(moved)
            kind = 1 if antiunitary else 2 if field == 4 and np.abs(scalar - np.diag(np.diag(scalar))).max() > 1e-6 \
                else field
            expected[p] = expected.get(p, 0.0) + volume(kind, p) / abs(np.prod(1 - moved)) / len(elements)
    found: dict[int, float] = {}
    for item in fixed_lines(line_action(group.natural(), field), field, 1.0):
        found[item.dim] = found.get(item.dim, 0.0) + float(item.share) * item.volume / item.normal
    assert found.keys() == expected.keys()
    assert all(math.isclose(found[d], expected[d], rel_tol=1e-6) for d in found)  # eigenvalues rounded to 8 digits


@pytest.mark.parametrize(("field", "g"), [
    (1, np.diag([-1.0, 1, 1, 1])), (2, realified(np.diag([W5, 1, 1]))), (2, realified(np.diag([W5, 1, W5**2]))),
    (2, np.diag([1.0, -1] * 3)), (2, realified(np.diag([1, 1j]) @ [[0, 1], [1, 0]]) @ np.diag([1.0, -1, 1, -1])),
    (4, np.diag([-1.0] * 4 + [1.0] * 8)), (4, realified(np.diag([W5, 1 / W5, W5, 1 / W5, 1, 1]))),
], ids=lambda x: str(x) if isinstance(x, int) else "g")
def test_leading_term_of_the_heat_trace_of_one_isometry(field, g):
    """Σ tr(g | E_k) e^{−tλ_k} = Σ vol(F)/|det(1 − g)| (4πt)^{−dim F/2} (1 + O(t)): halving t halves the rest.

    Summed over the powers of g that are no scalars; all components have dimensions of one parity.
    """
    n, top = len(g) // field - 1, 160
    k = np.arange(top + 1)
    lam = 2 * k * (2 * k + field * (n + 1) - 2)
    traces = {1: real_traces, 2: complex_traces, 4: quaternionic_traces}[field]
    elements = [traces(h, top) for h in spanned([g])]
    moving = sum(x for x in elements if not np.allclose(x[1], elements[0][1])) / len(elements)
    expected: dict[int, float] = {}
    for item in fixed_lines(line_action(MatrixGroup([g]).natural(), field), field, 1.0):
        if item.dim < field * n:
            expected[item.dim] = expected.get(item.dim, 0.0) + float(item.share) * item.volume / item.normal
    p = max(expected)
    rest = [(moving * np.exp(-t * lam)).sum() * (4 * math.pi * t) ** (p / 2) / expected[p] - 1 for t in (2e-3, 1e-3)]
    assert abs(rest[1]) < 0.1
    assert abs(rest[1]) < 1e-6 or 1.8 < rest[0] / rest[1] < 2.2


def test_effective_orders_and_freeness():
    cases = [
        (1, SignFlips(3), 4, False), (1, MatrixGroup([-np.eye(3)]), 1, True),
        (2, SignFlips(2).blocks(2), 2, False),
        (2, MatrixGroup([realified(W5 * np.eye(2))]), 1, True), (2, QUATERNIONS, 4, False),
        # the antipodal map of S² = CP¹
        (2, MatrixGroup([realified([[0, 1], [-1, 0]]) @ np.diag([1.0, -1, 1, -1])]), 2, True),
        (4, QUATERNIONS.copies(2), 4, False),
    ]
    for field, group, order, free in cases:
        geometry = projective_orbits(line_action(group.natural(), field), field, 1.0)
        assert (geometry.effective_order, geometry.is_free) == (order, free), group
        n = group.degree // field
        assert geometry.volume == pytest.approx(projective_volume(field, n) / order, rel=1e-13)


def test_codimension_one_occurs_for_reflections_of_real_lines_and_for_conjugation_of_the_projective_line_only():
    for field, group, walls in [(1, SignFlips(3), 1), (2, ComplexConjugation(2), 1), (2, ComplexConjugation(3), 0),
                                (2, SymmetricGroup(3).blocks(2), 0), (4, SymmetricGroup(2).blocks(4), 0)]:
        assert len(projective_orbits(line_action(group.natural(), field), field, 1.0).walls) == walls
