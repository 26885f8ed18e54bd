"""What a count says when it is refused: a figure, or that arrays or integers would not fit; never an infinite one."""

from __future__ import annotations

import math
import re

import pytest

import weylspec as ws
from weylspec.errors import CostError

SPACES = [
    ws.ExceptionalLieGroup("F4"), ws.ExceptionalLieGroup("G2"), ws.SpecialUnitary(4), ws.FlagManifold("G2"),
    ws.Grassmannian(3, 6), ws.Stiefel(3, 5), ws.Torus(60) / ws.SymmetricGroup(60),
    ws.Torus(60) / ws.Hyperoctahedral(60),
    ws.Torus(10) / ws.SymmetricGroup(10), ws.Torus(7) / ws.CyclicGroup(7), ws.Sphere(2) * ws.Sphere(3),
    ws.Sphere(2) ** 4, ws.Sphere(2) ** 3 / ws.SymmetricGroup(3), ws.Torus(1) ** 5 / ws.CyclicGroup(5),
    ws.Sphere(3) / ws.SymmetricGroup(4) * ws.Torus(2), ws.Disk() * ws.Sphere(2), ws.Disk(),
    ws.FlatTorus([[1, 0, 0], [0, 1, 0], [0.5, 0.5, math.sqrt(0.5)]]) / ws.CyclicGroup(1),
]


@pytest.mark.parametrize("space", SPACES, ids=repr)
@pytest.mark.parametrize("lam", [10**30, 10**200, 10**400], ids=["1e30", "1e200", "1e400"])
def test_refusals_are_finite_or_give_a_reason(space, lam):
    with pytest.raises(CostError) as refused:
        space.count(lam)
    message = str(refused.value).replace(str(lam), "")
    assert not re.search(r"\binf\b|\bnan\b", message)
    assert re.search(r"about \d\.\de\+\d+ operations by [a-z]|do not fit", message)


def test_far_costs_are_those_of_the_nearest_exponents():
    """Dynamic programming λ^{3/2} (and more primes), the search λ^{(n−1)/2}, series of spheres none."""
    def slope(space, name, low, high):
        counter, = (c for c in space.counters() if c.name == name)
        return math.log(counter.operations(high) / counter.operations(low)) / math.log(high / low)

    found = slope(ws.Torus(3) / ws.SymmetricGroup(3), "multisets of integers", 10**5, 10**7)
    assert found == pytest.approx(1.5, abs=0.02)
    for n in (2, 3, 4):
        space = ws.Torus(n) / ws.SymmetricGroup(n)
        assert slope(space, "descending integers", 10**6, 10**8) == pytest.approx((n - 1) / 2, abs=0.01)
    assert slope(ws.Sphere(6) / ws.SymmetricGroup(7), "rational Hilbert series", 10**6, 10**30) == 0
