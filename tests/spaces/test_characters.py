"""Multiplicities as weighted lattice points, against averages of phases modulo primes on flat tori."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

import weylspec as ws
from weylspec.errors import CertificationError
from weylspec.expressions import read_space
from weylspec.groups.affine_action import no_directions
from weylspec.groups.cosets import AffineCoset
from weylspec.spaces._characters import CharacterCount

QUARTER_SCREW = "AffineGroup([([[0, -1, 0], [1, 0, 0], [0, 0, 1]], [0, 0, '1/4'])])"
SIXTH_SCREW = "AffineGroup([([[0, -1, 0], [1, 1, 0], [0, 0, 1]], [0, 0, '1/6'])])"
HEXAGONAL = "FlatTorus([[1, 0], [0.5, 3**0.5 / 2]])"
PRISM = "FlatTorus([[1, 0, 0], [0.5, 3**0.5 / 2, 0], [0, 0, 1]])"
GROUPS = [
    "Torus(2) / Hyperoctahedral(2)",
    "Torus(2) / AffineGroup([([[1, 0], [0, -1]], ['1/2', 0])])",
    "Torus(2) / Translations(steps=[['1/5', '2/5']])",
    "Torus(2) / Translations(steps=[['1/12', '1/2']])",
    f"Torus(3) / {QUARTER_SCREW}",
    f"{PRISM} / {SIXTH_SCREW}",
    f"{HEXAGONAL} / AffineGroup([([[0, -1], [1, 1]], [0, 0]), ([[0, 1], [1, 0]], [0, 0])])",
    "Torus(4) / CyclicGroup(4)",
]


@pytest.mark.parametrize("text", GROUPS)
def test_lattice_points_are_averages_of_phases(text):
    """Phases of orders 2, 3, 4, 5, 6 and 12: Ramanujan's sums against roots of unity in F_p."""
    quotient = read_space(text)
    torus = quotient.manifold
    found = CharacterCount.of(torus.form, quotient.action_on_manifold.cosets())
    expected = quotient.spectrum(num=200)
    listed = found.levels(torus.form.units, expected.complete_below, "")
    assert listed.names() == expected.names()
    assert listed.multiplicities.tolist() == expected.multiplicities.tolist()
    (counter,) = found.counters()
    for lam in expected.eigenvalues[::20].tolist():
        assert counter.count(lam) == expected.count(lam)


def test_counts_at_any_size():
    """T²/p4m by Burnside: the plane, two reflections in axes, two in diagonals, three turns with one point each."""
    quotient = ws.Torus(2) / ws.Hyperoctahedral(2)
    (counter,) = CharacterCount.of(quotient.manifold.form, quotient.action_on_manifold.cosets()).counters()
    lam = 10**12 + 7
    plane = ws.Torus(2).count(lam)
    axis = ws.Torus(1).count(lam)
    diagonal = 2 * math.isqrt(lam // 2) + 1
    assert counter.count(lam) == (plane + 2 * axis + 2 * diagonal + 3) // 8
    assert counter.cost(lam) < 1e7


def test_what_is_no_group_is_found_out():
    one = AffineCoset(Fraction(1, 3), np.eye(1, dtype=np.int64), (Fraction(0),), no_directions(1))
    with pytest.raises(CertificationError, match="not a natural number"):
        CharacterCount.of(ws.Torus(1).form, [one]).levels((Fraction(1),), 10, "")
    odd = AffineCoset(Fraction(-1), np.eye(1, dtype=np.int64), (Fraction(0),), no_directions(1))
    with pytest.raises(CertificationError, match="not a natural number"):
        CharacterCount.of(ws.Torus(1).form, [odd]).levels((Fraction(1),), 10, "")


def test_a_cube_of_ten_dimensions():
    """Neumann levels by convolving one axis in Python ints."""
    top = 60
    line = [int(int(k**0.5) ** 2 == k) for k in range(top + 1)]
    counts = [1] + [0] * top
    for _ in range(10):
        counts = [sum(counts[j] * line[k - j] for j in range(k + 1)) for k in range(top + 1)]
    listed = ws.Box([1] * 10).spectrum(cutoff=np.pi**2 * (top + 0.5))
    found = dict(zip(np.rint(listed.eigenvalues / np.pi**2).astype(int).tolist(), listed.multiplicities.tolist(),
                     strict=True))
    assert found == {k: c for k, c in enumerate(counts) if c}
