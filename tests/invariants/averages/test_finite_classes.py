"""Kinds of elements of finite groups, against sums over all elements."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from weylspec.errors import CertificationError
from weylspec.exact.modular import primes_one_modulo
from weylspec.groups.characters import weighted_linear
from weylspec.groups.lens import LensGroup
from weylspec.groups.orthogonal import O
from weylspec.groups.permutation import AlternatingGroup, Hyperoctahedral, SymmetricGroup
from weylspec.groups.point import PointGroup
from weylspec.invariants.averages import finite_classes
from weylspec.invariants.averages.finite_classes import FiniteClasses
from weylspec.invariants.averages.molien import class_average, class_dimensions

P = 2**31 - 1


def by_elements(action, character, top):
    """(1/|G|) Σ_g χ(g) tr(g | harmonics of degree k) in floats, over all elements."""
    traces = np.zeros(top + 1)
    for g, value in zip(action.elements(), character, strict=True):
        series = np.zeros(top + 1, dtype=complex)
        series[0] = 1.0
        for z in np.linalg.eigvals(g):
            for k in range(1, top + 1):
                series[k] += z * series[k - 1]
        series[2:] -= series[:-2].copy()
        traces += (value * series).real
    return np.rint(traces / len(action.elements())).astype(int).tolist()


@pytest.mark.parametrize("group", [
    SymmetricGroup(4), AlternatingGroup(4), Hyperoctahedral(3), LensGroup(6, 1, 2), PointGroup("Th"), PointGroup("S6"),
], ids=repr)
def test_averages_over_all_elements(group):
    action = group.natural()
    found = class_average(action, 9, next(primes_one_modulo(action.modulus))).tolist()
    assert found == by_elements(action, np.ones(group.order), 9)


@pytest.mark.parametrize("group", [Hyperoctahedral(3), SymmetricGroup(4), PointGroup("Td")], ids=repr)
def test_averages_with_a_sign(group):
    action = weighted_linear(group.natural(), group.character("det"))
    signs = [np.linalg.det(g) for g in group.natural().elements()]
    assert FiniteClasses.of(action).average(9, P).tolist() == by_elements(group.natural(), signs, 9)


def test_kinds_are_fewer_than_classes():
    # j and −j give rotations by opposite angles in each plane: the same eigenvalues
    found = FiniteClasses.of(LensGroup(9, 1, 2).natural())
    assert len(found.shares) == 5
    assert sum(share for kind in found.shares for share, _ in kind) == 1
    assert found.shared.tolist()[0] == 0


def test_infinite_groups_and_long_lists_go_coset_by_coset(monkeypatch):
    assert FiniteClasses.of(O(3).natural()) is None
    action, bounds = Hyperoctahedral(3).natural(), np.arange(1, 27, 2)
    expected = class_dimensions(action, bounds).tolist()
    monkeypatch.setattr(finite_classes, "_MOST", 3)
    assert FiniteClasses.of(action) is None
    assert class_dimensions(action, bounds).tolist() == expected == [1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 2]


def test_wrong_shares_are_found():
    action = SymmetricGroup(3).natural()
    broken = replace(action, source=lambda: (replace(c, share=c.share / 5) for c in action.cosets()))
    with pytest.raises(CertificationError, match="classes are inconsistent"):
        class_dimensions(broken, np.arange(1, 11, 2))
