"""Spheres modulo reflection groups of high order, and groups in general position."""

from __future__ import annotations

import math

import numpy as np
import pytest
from power_series import Series

from weylspec.counting.verify import verify_weyl
from weylspec.groups.coxeter import CoxeterGroup
from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.permutation import SymmetricGroup
from weylspec.spaces.sphere import Sphere

DEGREES = {"E6": (2, 5, 6, 8, 9, 12), "E7": (2, 6, 8, 10, 12, 14, 18), "E8": (2, 8, 12, 14, 18, 20, 24, 30)}


def multiplicities(quotient, top: int) -> list[int]:
    n = quotient.manifold.dim
    listed = quotient.spectrum(cutoff=top * (top + n - 1))
    found = dict(zip(np.rint(listed.eigenvalues).astype(int).tolist(), listed.multiplicities.tolist(), strict=True))
    return [found.get(k * (k + n - 1), 0) for k in range(top + 1)]


def free(degrees: tuple[int, ...], top: int) -> list[int]:
    """(1 − t²)/Π(1 − t^d)."""
    t = Series.variable(top)
    series = 1 - t**2
    for d in degrees:
        series = series / (1 - t**d)
    return [int(c) for c in series.a]


@pytest.mark.parametrize("name", ["E6", "E7", "E8"])
def test_exceptional_chambers(name):
    group, n = CoxeterGroup(name), int(name[1]) - 1
    quotient = Sphere(n) / group
    assert multiplicities(quotient, 60) == free(DEGREES[name], 60)
    volume = 2 * math.pi ** ((n + 1) / 2) / math.gamma((n + 1) / 2)
    wall = 2 * math.pi ** (n / 2) / math.gamma(n / 2)
    order, mirrors = math.prod(DEGREES[name]), sum(DEGREES[name]) - n - 1
    assert quotient.volume == pytest.approx(volume / order, rel=1e-12)
    assert quotient.boundary_volume == pytest.approx(2 * mirrors * wall / order, rel=1e-12)
    assert quotient.effective_order == order
    report = verify_weyl(quotient)
    assert report.passed, str(report)


def test_the_symmetric_group_in_general_position():
    """S_6 after a random change of coordinates, as dense floats, has the multiplicities of S_6."""
    turn = np.linalg.qr(np.random.default_rng(11).standard_normal((6, 6)))[0]
    moved = MatrixGroup([turn @ g @ turn.T for g in SymmetricGroup(6).generators])
    assert multiplicities(Sphere(5) / moved, 30) == free((1, 2, 3, 4, 5, 6), 30)
    assert multiplicities(Sphere(5) / SymmetricGroup(6), 30) == free((1, 2, 3, 4, 5, 6), 30)


@pytest.mark.parametrize("digits", [16, 8])
def test_the_icosahedral_group_typed_with_eight_digits(digits):
    turn = np.linalg.qr(np.random.default_rng(12).standard_normal((3, 3)))[0]
    typed = [np.round(turn @ g @ turn.T, digits) for g in CoxeterGroup("H3").generators]
    assert multiplicities(Sphere(2) / MatrixGroup(typed), 40) == free((2, 6, 10), 40)
