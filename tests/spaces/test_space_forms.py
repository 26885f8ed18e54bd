"""Spherical space forms: the heat trace of S³/Γ in closed form, Weyl's law, spheres of higher dimension."""

from __future__ import annotations

import math

import numpy as np
import pytest

from weylspec.counting.verify import verify_weyl
from weylspec.groups.binary import BinaryPolyhedral, SpaceFormGroup
from weylspec.groups.lens import LensGroup
from weylspec.invariants.nullspace import invariant_dimension
from weylspec.spaces.sphere import Sphere

# with the largest order of an element: no closed geodesic is shorter than 2π/that
FORMS = [
    (BinaryPolyhedral("D2"), 4), (BinaryPolyhedral("D5"), 10), (BinaryPolyhedral("T"), 6), (BinaryPolyhedral("O"), 8),
    (BinaryPolyhedral("I"), 10), (SpaceFormGroup("D3", 5), 30), (SpaceFormGroup("D'24"), 12),
    (SpaceFormGroup("D'40", 3), 60), (SpaceFormGroup("T", 5), 30), (SpaceFormGroup("T'72"), 18),
    (SpaceFormGroup("O", 5), 40), (SpaceFormGroup("I", 7), 70), (LensGroup(7, 1, 2), 7), (LensGroup(12, 1, 5), 12),
    (LensGroup(31, 1, 12), 31),
]
every = pytest.mark.parametrize(("group", "largest"), FORMS, ids=lambda x: repr(x))


@every
def test_heat_trace_is_exact_up_to_an_exponentially_small_rest(group, largest, rng):
    """Tr e^{−tΔ} = vol·(4πt)^{−3/2}·e^t·(1 + O(|Γ|·e^{−L²/4t})) on every S³/Γ with Γ free."""
    space = Sphere(3) / group
    t = (2 * math.pi / largest) ** 2 / 4 / 32  # |Γ|·e^{−32} is below 2e-11
    trace = space.spectrum(cutoff=40 / t).heat_trace(t, rtol=1e-10)
    volume = 2 * math.pi**2 / group.order
    assert trace * (4 * math.pi * t) ** 1.5 * math.exp(-t) / volume == pytest.approx(1, rel=1e-9)
    assert max(_order(g) for g in group.sample(20, rng)) <= largest


def _order(g):
    power, order = g, 1
    while np.abs(power - np.eye(len(g))).max() > 1e-9:
        power, order = power @ g, order + 1
    return order


@every
def test_weyls_law(group, largest):
    assert verify_weyl(Sphere(3) / group).verdict == "passed"


def test_radius_two():
    """S³(2)/{±1} is SO(3) with the metric −½tr [2.3]."""
    space = Sphere(3, 2) / LensGroup(2, 1, 1)
    assert space.spectrum(cutoff=20).eigenvalues.tolist() == [0, 2, 6, 12, 20]
    assert space.spectrum(cutoff=20).multiplicities.tolist() == [1, 9, 25, 49, 81]
    assert space.volume == pytest.approx(8 * math.pi**2, rel=1e-13)


def test_the_same_groups_on_higher_spheres():
    """Copies act freely too: S⁷/2I."""
    space = Sphere(7) / BinaryPolyhedral("I").copies(2)
    assert space.is_free
    assert space.volume == pytest.approx(math.pi**4 / 3 / 120, rel=1e-13)
    found = {0: 1, **dict(zip(*_levels(space, 4), strict=True))}
    assert [found.get(k * (k + 6), 0) for k in range(5)] == [
        invariant_dimension(space.action_on_manifold, k) for k in range(5)]


def _levels(space, top):
    listed = space.spectrum(cutoff=top * (top + 6))
    return listed.eigenvalues.tolist(), listed.multiplicities.tolist()


def test_products_and_quotients_of_space_forms():
    poincare = Sphere(3) / BinaryPolyhedral("I")
    lens = Sphere(3) / LensGroup(5, 1, 2)
    both = poincare * lens
    assert both.volume == pytest.approx(poincare.volume * lens.volume, rel=1e-14)
    assert both.spectrum(cutoff=15).multiplicities.tolist() == lens.spectrum(cutoff=15).multiplicities.tolist()
    # S³/{±1} divided by scalars of order 4 again: scalars i on S³
    again = (Sphere(3) / LensGroup(2, 1, 1)) / LensGroup(4, 1, 1)
    assert again.spectrum(cutoff=80).multiplicities.tolist() == [1, 3, 15, 21, 45]
    assert again.volume == pytest.approx(math.pi**2 / 2, rel=1e-13)
