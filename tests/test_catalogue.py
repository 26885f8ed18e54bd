"""The contract of a space, over the whole catalogue, against facts typed by hand."""

from __future__ import annotations

import functools
import inspect
import itertools
import math
import re
import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import weylspec as ws
from weylspec.catalogue import CATALOGUE, entries
from weylspec.errors import CostError, UnknownGeometryError
from weylspec.expressions import read_space
from weylspec.invariants.nullspace import invariant_dimension
from weylspec.spectrum import Spectrum

sys.path.insert(0, str(Path(__file__).parent))

from cases import FACTS
from power_series import Series

ROUNDING = 64 * np.finfo(float).eps  # of an eigenvalue that is a product of π², square roots and integers
DEGREES = 40
LEVELS = 40
NO_NODES = re.compile(r"SO\(4\)|(SU\(\d\)|Sp\(2\)|SO\(5\)|G2\(\)).adjoint")  # more than one pair of roots
LARGE = "Torus(7) / SymmetricGroup(7)"  # its kernel is summed over 5040 elements

space_of = functools.cache(read_space)
CLOSED_FORM = [label for label in CATALOGUE if not FACTS[label].computed]
COMPUTED = [label for label in CATALOGUE if FACTS[label].computed]
every = pytest.mark.parametrize("label", CLOSED_FORM)


def having(fact):
    return pytest.mark.parametrize("label", [label for label, f in FACTS.items() if getattr(f, fact) is not None])


def moderate_cutoff(space):
    """A cutoff with a few hundred eigenvalues at most, from the volume alone."""
    return space.spectrum(num=150).complete_below


def test_every_label_has_facts_and_every_fact_a_label():
    assert len(set(CATALOGUE)) == len(CATALOGUE)
    assert set(CATALOGUE) == set(FACTS)
    assert [label for label, _ in entries()] == list(CATALOGUE)


def test_every_public_group_and_space_is_in_the_catalogue():
    """Not what operators make, nor Spin(7), whose averages of rank 3 are long: tests/groups/test_octonions.py."""
    elsewhere = {"Product", "Quotient", "Spin7"}
    public = [name for name, x in ((name, getattr(ws, name)) for name in dir(ws))
              if inspect.isclass(x) and issubclass(x, (ws.Group, ws.Manifold)) and not inspect.isabstract(x)]
    typed = "\n".join(CATALOGUE)
    missing = {name for name in public if not re.search(rf"\b{name}[(.]", typed)}
    assert len(public) > 50
    assert missing == elsewhere


def test_every_label_has_a_count_beside_dimension_and_volume():
    bare = [label for label, f in FACTS.items()
            if not (f.levels or f.counts or f.series) and f.constant is None]
    assert bare == []


@pytest.mark.parametrize("label", CATALOGUE)
def test_dimension_and_volume(label):
    space, facts = space_of(label), FACTS[label]
    assert space.dim == facts.dim
    assert space.volume_error <= 2e-3
    assert abs(space.volume / facts.volume - 1) <= max(1e-12, space.volume_error)


@pytest.mark.parametrize("label", [label for label in CLOSED_FORM if FACTS[label].levels])
def test_first_levels(label):
    facts = FACTS[label]
    expected = np.array([lam for lam, _ in facts.levels]) * facts.unit
    slack = 1e-9 if facts.printed is None else 10.0 ** (1 - facts.printed)
    listed = space_of(label).spectrum(cutoff=float(expected[-1]) * (1 + slack))
    tolerance = ROUNDING if facts.printed is None else 0.5 * 10.0 ** (1 - facts.printed)
    np.testing.assert_allclose(listed.eigenvalues, expected, rtol=tolerance, atol=0)
    assert listed.multiplicities.tolist() == [m for _, m in facts.levels]


@pytest.mark.parametrize("label", COMPUTED)
def test_computed_levels_are_the_facts_within_their_errors(label, tmp_path):
    """A solver's eigenvalues come one by one, each with its error; the next level lies clearly above."""
    levels, space = FACTS[label].levels, space_of(label)
    expected = np.repeat([lam for lam, _ in levels[:-1]], [m for _, m in levels[:-1]])
    cutoff = (levels[-2][0] + levels[-1][0]) / 2
    listed = space.spectrum(cutoff=cutoff)
    assert listed.total == len(expected) == space.count(cutoff)
    assert (np.abs(listed.repeated() - expected) <= np.repeat(listed.errors, listed.multiplicities) + 1e-12).all()
    assert (listed.errors < 0.05 * listed.eigenvalues + 1e-12).all()
    listed.save(tmp_path / "levels.npz")
    assert Spectrum.load(tmp_path / "levels.npz").eigenvalues.tolist() == listed.eigenvalues.tolist()


@pytest.mark.parametrize(
    ("label", "lam", "count"), [(label, lam, n) for label, f in FACTS.items() for lam, n in f.counts.items()]
)
def test_counts(label, lam, count):
    space = space_of(label)
    assert space.count(lam) == count
    if count < 10**6:
        assert space.spectrum(cutoff=lam).total == count


@having("series")
def test_multiplicities_are_the_coefficients_of_the_generating_function(label):
    """On spheres up to degree 40, on tori up to λ = 40: a route that shares no code with the library."""
    facts, space = FACTS[label], space_of(label)
    top = DEGREES if facts.degrees else LEVELS
    coefficients = facts.series(Series.variable(top)).a
    assert all(c.denominator == 1 for c in coefficients)
    lam = [k * (k + facts.degrees - 1) if facts.degrees else k for k in range(top + 1)]
    expected = {x: int(c) for x, c in zip(lam, coefficients, strict=True) if c}
    listed = space.spectrum(cutoff=lam[-1])
    assert dict(zip(np.rint(listed.eigenvalues).astype(int).tolist(), listed.multiplicities.tolist(),
                    strict=True)) == expected
    assert space.count(lam[-1]) == sum(expected.values())


@pytest.mark.parametrize("label", [label for label in CLOSED_FORM if re.match(r"Sphere\(\d\) / ", label)])
def test_multiplicities_are_null_spaces_over_generators(label):
    """A second route for every group on a sphere: invariant polynomials, from generators alone."""
    space = space_of(label)
    n = space.manifold.dim
    found = {k: invariant_dimension(space.action_on_manifold, k) for k in range(9) if math.comb(n + k, k) <= 220}
    top = max(found)
    assert top >= 3
    listed = space.spectrum(cutoff=top * (top + n - 1))
    multiplicities = dict(zip(listed.eigenvalues.tolist(), listed.multiplicities.tolist(), strict=True))
    assert {k * (k + n - 1): m for k, m in found.items() if m} == multiplicities


@pytest.mark.parametrize("label", [label for label in CLOSED_FORM if re.match(r"Torus\(\d\) / ", label)])
def test_multiplicities_are_orbits_without_a_phase(label):
    """A second route for every group on Z^n: e_k ↦ e^{2πi k·b} e_{Aᵀk}; an orbit counts if no loop has a phase."""
    space = space_of(label)
    action, top = space.action_on_manifold, 6
    reach = range(-math.isqrt(top), math.isqrt(top) + 1)
    found = Counter()
    phase = {}
    for start in itertools.product(reach, repeat=space.manifold.dim):
        square = sum(x * x for x in start)
        if square > top or start in phase or (np.array(start) @ action.directions).any():
            continue
        phase[start], queue, trivial = Fraction(0), [start], True
        for k in queue:
            for matrix, shift in action.generators:
                image = tuple((matrix.T @ np.array(k)).tolist())
                turned = (phase[k] + sum(x * b for x, b in zip(k, shift, strict=True))) % 1
                if image not in phase:
                    phase[image] = turned
                    queue.append(image)
                trivial = trivial and phase[image] == turned
        found[square] += trivial
    listed = space.spectrum(cutoff=top)
    assert {lam: m for lam, m in found.items() if m} == dict(
        zip(listed.eigenvalues.tolist(), listed.multiplicities.tolist(), strict=True))


@having("boundary")
def test_boundary(label):
    facts, space = FACTS[label], space_of(label)
    assert space.boundary_volume == pytest.approx(facts.boundary, rel=1e-12, abs=0)


@having("wall_sum")
def test_weighted_walls(label):
    facts, space = FACTS[label], space_of(label)
    total = math.fsum(wall.weight * wall.volume for wall in space.walls)
    assert total == pytest.approx(facts.wall_sum, rel=1e-12, abs=0)


@having("curvature")
def test_scalar_curvature(label):
    facts, space = FACTS[label], space_of(label)
    assert space.scalar_curvature == pytest.approx(facts.curvature, rel=1e-12, abs=0)


@pytest.mark.parametrize("label", [label for label, f in FACTS.items() if f.pointless])
def test_what_offers_no_points_says_why(label, rng):
    with pytest.raises(UnknownGeometryError, match=FACTS[label].pointless):
        space_of(label).sample(2, rng)


@having("constant")
def test_cone_points_and_corners(label):
    """The constant of the heat trace of a surface without its smooth part; printed digits of theory 4 and 11."""
    facts, space = FACTS[label], space_of(label)
    printed = abs(facts.constant - round(facts.constant, 6)) < 1e-12
    constants = [term for term in space.terms if term.dim == 0]
    smooth = math.fsum(term.coefficient for term in constants if "scalar curvature" in term.source)
    assert smooth == pytest.approx(space.scalar_curvature * space.volume / (24 * math.pi), rel=1e-12)
    total = math.fsum(term.coefficient for term in constants) - smooth
    assert total == pytest.approx(facts.constant, rel=0, abs=5e-6 if printed else 1e-9)


@every
def test_constants_are_the_one_harmonic_function_unless_the_boundary_is_fixed(label):
    listed = space_of(label).spectrum(cutoff=0)
    assert space_of(label).count(-1) == 0
    if FACTS[label].fixed_boundary:
        assert len(listed) == 0
        return
    assert listed.eigenvalues.tolist() == [0.0]
    assert listed.multiplicities.tolist() == [1]


@every
def test_count_agrees_with_the_list_at_and_between_levels(label):
    space = space_of(label)
    listed = space.spectrum(cutoff=moderate_cutoff(space))
    middles = (listed.eigenvalues[1:] + listed.eigenvalues[:-1]) / 2
    probes = np.concatenate([listed.eigenvalues, middles])[:: max(1, len(listed) // 20)]
    for lam in probes.tolist():
        assert space.count(lam) == listed.count(lam), lam
    assert listed.cumulative.tolist() == np.cumsum(listed.multiplicities).tolist()
    assert all(listed.count(float(lam)) == int(n)
               for lam, n in zip(listed.eigenvalues, listed.cumulative, strict=True))


@pytest.mark.parametrize("label", [label for label in CLOSED_FORM if hasattr(read_space(label), "group")])
def test_invariant_subspaces_are_subspaces(label):
    quotient = space_of(label)
    cutoff = moderate_cutoff(quotient.manifold)
    whole = quotient.manifold.spectrum(cutoff=cutoff)
    part = quotient.spectrum(cutoff=cutoff)
    size = dict(zip(whole.names(), whole.multiplicities.tolist(), strict=True))
    assert part.units == whole.units
    assert all(0 < m <= size[name] for name, m in zip(part.names(), part.multiplicities.tolist(), strict=True))


@every
def test_a_saved_spectrum_is_the_spectrum(label, tmp_path):
    listed = space_of(label).spectrum(num=100)
    listed.save(tmp_path / "levels.npz")
    again = Spectrum.load(tmp_path / "levels.npz")
    assert again.eigenvalues.tolist() == listed.eigenvalues.tolist()
    assert again.multiplicities.tolist() == listed.multiplicities.tolist()
    assert (again.units, again.complete_below, again.provenance) == (
        listed.units, listed.complete_below, listed.provenance)
    assert again.count(listed.complete_below) == listed.total


@every
def test_heat_trace_is_completely_monotone_and_tends_to_its_ground_state(label):
    space = space_of(label)
    listed = space.spectrum(num=150)
    if space.dim > 12:  # where 150 eigenvalues are a level or two
        listed = space.spectrum(cutoff=6 * float(listed.eigenvalues[1]))
    ground, first = listed.eigenvalues[:2].tolist()
    time = max(40, 2 * space.dim) / listed.complete_below  # the tail is far below rtol: N·exp(-40) = 6e-16
    trace = listed.heat_trace(np.array([time, 2 * time, 4 * time]), rtol=1e-5)
    assert trace[0] > trace[1] >= trace[2] >= (0 if ground else 1)
    far = 20 / (first - ground)
    excess = listed.heat_trace(far) * math.exp(ground * far) - int(listed.multiplicities[0])
    assert 0 < excess <= 2 * int(listed.multiplicities[1]) * math.exp(-20)


@every
def test_scaling_lengths(label):
    space = space_of(label)
    larger = space.scaled(Fraction(3, 2))
    near, far = space.spectrum(num=60), larger.spectrum(num=60)
    np.testing.assert_allclose(far.eigenvalues, near.eigenvalues / 2.25, rtol=ROUNDING, atol=0)
    assert far.multiplicities.tolist() == near.multiplicities.tolist()
    assert larger.volume == pytest.approx(space.volume * 1.5**space.dim, rel=1e-12 + space.volume_error)


@pytest.mark.parametrize(
    "label", [pytest.param(x, marks=[pytest.mark.slow] if x == LARGE else [])
              for x in CLOSED_FORM if not FACTS[x].pointless]
)
def test_points_and_eigenspace_kernels(label, rng):
    """K is symmetric and positive, K_0 ≡ 1, K_λ(x, x) = m_λ on homogeneous spaces."""
    space = space_of(label)
    points = space.sample(3, rng)
    assert points.shape == (3, space.ambient_dim)
    space.check_points(points)
    listed = space.spectrum(num=2)
    if NO_NODES.search(label):
        with pytest.raises(CostError, match="use the invariants of a section"):
            space.eigenspace_kernel(points, points, listed.complete_below)
        return
    kernel = space.eigenspace_kernel(points, points, listed.complete_below)
    assert kernel.shape == (len(listed), 3, 3)
    rounding = 1e-10 * float(np.abs(kernel).max())
    if not FACTS[label].fixed_boundary:
        np.testing.assert_allclose(kernel[0], 1, rtol=0, atol=rounding)
    np.testing.assert_allclose(kernel, kernel.transpose(0, 2, 1), rtol=0, atol=rounding)
    assert (np.linalg.eigvalsh(kernel) >= -3 * rounding).all()
    if space.is_homogeneous:
        sizes = np.asarray(listed.multiplicities, float)
        np.testing.assert_allclose(np.einsum("lii->li", kernel), sizes[:, None] * np.ones(3), rtol=1e-10, atol=0)


@pytest.mark.parametrize(
    "label", [label for label in CATALOGUE if re.match(r"Sphere\(\d\) /", label) and not NO_NODES.search(label)]
)
def test_kernels_of_sphere_quotients_are_invariant(label, rng):
    """K(gx, y) = K(x, y) for a Haar-distributed g."""
    space = space_of(label)
    g = np.eye(space.ambient_dim)
    k = space.group.degree
    g[:k, :k] = space.group.sample(1, rng)[0]
    x, y = space.sample(2, rng), space.sample(2, rng)
    cutoff = space.spectrum(num=2).complete_below
    kernel = space.eigenspace_kernel(x, y, cutoff)
    rounding = 1e-10 * float(np.abs(kernel).max())
    np.testing.assert_allclose(space.eigenspace_kernel(x @ g.T, y, cutoff), kernel, rtol=0, atol=rounding)
