"""Quotients of left-invariant metrics on SU(2) by two-sided translations."""

import math

import numpy as np
import pytest
from su2 import quadrature

from weylspec.counting.verify import verify_weyl
from weylspec.errors import GroupActionError
from weylspec.expressions import read_space
from weylspec.groups.haar import haar_nodes
from weylspec.spaces.sphere import Sphere

Q8 = ("MatrixGroup([[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, -1, 0]], "
      "[[0, 0, -1, 0], [0, 0, 0, -1], [1, 0, 0, 0], [0, 1, 0, 0]]])")  # in SU(2): x ↦ i·x, x ↦ j·x
RIGHT_Q8 = ("MatrixGroup([[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, -1], [0, 0, 1, 0]], "
            "[[0, 0, -1, 0], [0, 0, 0, 1], [1, 0, 0, 0], [0, -1, 0, 0]]])")  # x ↦ x·i, x ↦ x·j
RIGHT_I = "MatrixGroup([[[0, -1], [1, 0]]]).copies(2)"  # x ↦ x·i
RIGHT_J = "MatrixGroup([[[0, 0, -1, 0], [0, 0, 0, 1], [1, 0, 0, 0], [0, -1, 0, 0]]])"  # (z_1, z_2) ↦ (−z̄_2, z̄_1)
TURN = "MatrixGroup([[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]])"  # (i·z_1, z_2)
GROUPS = [Q8, RIGHT_Q8, RIGHT_I, RIGHT_J, TURN, "SO(2).copies(2)", "O(2).copies(2)"]


def divided(metric, group):
    return read_space(f"LeftInvariantSU2{metric!r} / {group}")


@pytest.mark.parametrize("group", GROUPS)
def test_round_quotients_are_those_of_the_sphere(group):
    mine, theirs = (read_space(f"{space} / {group}") for space in ("BergerSphere(1)", "Sphere(3)"))
    one, two = mine.spectrum(cutoff=200), theirs.spectrum(cutoff=200)
    assert one.eigenvalues.tolist() == two.eigenvalues.tolist()
    assert one.multiplicities.tolist() == two.multiplicities.tolist()


@pytest.mark.parametrize(("metric", "group"), [
    (("1/2", 1, 1), Q8), (("1/2", 1, 1), RIGHT_I), (("1/2", 1, 1), TURN), (("1/2", 1, 1), RIGHT_J),
    ((1, 2, 3), Q8), ((1, 2, 3), RIGHT_Q8), ((1, 2, 3), RIGHT_I), ((1, 2, 3), RIGHT_J), ((3, 2, 3), RIGHT_J),
    ((3, 1, 2), RIGHT_I),
    (("1/2", 1, 1), "SO(2).copies(2)"), (("1/2", 1, 1), "O(2).copies(2)"), ((2, 1, 1), f"(SO(2).copies(2) * {Q8})"),
])
def test_invariant_dimensions_are_traces_of_averaged_kernels(metric, group):
    """∫ K_λ^G(x, x) dμ = dim E_λ^G: from functions and a quadrature, without characters."""
    space = divided(metric, group)
    listed = space.manifold.spectrum(num=60)
    degree = int(space.manifold._top.parts(listed.complete_below).degree.max())
    nodes, weights = quadrature(2 * degree)
    functions = space.manifold.eigenfunctions(nodes, listed.complete_below)
    found = dict(zip(space.spectrum(cutoff=listed.complete_below).names(),
                     space.spectrum(cutoff=listed.complete_below).multiplicities.tolist(), strict=True))
    ends = np.cumsum([0, *listed.multiplicities.tolist()])
    elements, shares = haar_nodes(space.action_on_manifold.linear, degree)
    moved = sum(share * space.manifold.eigenfunctions(nodes @ g.T, listed.complete_below)
                for g, share in zip(elements, shares, strict=True))
    for name, low, high in zip(listed.names(), ends[:-1], ends[1:], strict=True):
        trace = float((weights[:, None] * moved[:, low:high] * functions[:, low:high]).sum())
        assert trace == pytest.approx(found.get(name, 0), abs=1e-9)


@pytest.mark.parametrize(("metric", "group", "fixed"), [
    (("1/2", 1, 1), TURN, math.pi), ((3, 1, 1), TURN, 6 * math.pi), ((2, 1, 1), Q8, 0.0),
    ((1, "6/5", "7/5"), RIGHT_I, 0.0),
])
def test_heat_traces_of_quotients_see_their_fixed_circles(metric, group, fixed):
    """Z = vol/(4πt)^{3/2}·(1 + t·Scal/6) + Σ_g length/(|G|·|1 − g|²·(4πt)^{1/2}) + O(t^{1/2})."""
    space = divided(metric, group)
    times = np.array([0.002, 0.0005])
    trace = space.spectrum(cutoff=40 / times[-1]).heat_trace(times)
    circles = trace - space.volume * (4 * math.pi * times) ** -1.5 * (1 + times * space.scalar_curvature / 6)
    # A rotation by a quarter or three quarters has |1 − g|² = 2, by a half 4: (1/2 + 1/4 + 1/2)/4 of the length.
    expected = fixed * (5 / 4) / 4 * (4 * math.pi * times) ** -0.5
    left = np.abs(circles - expected)
    assert left[1] < 0.6 * left[0] + 1e-8 * trace[1]
    assert sum(t.coefficient for t in space.terms if "fixed" in t.source) == pytest.approx(fixed * 5 / 16, rel=1e-12)
    assert space.is_free == (fixed == 0)


def test_right_translations_by_j_act_on_pairs_of_axes():
    """x ↦ −k·x·k fixes a circle along k: of length 2π·3, of order 2, so that the coefficient is length/2/4."""
    swap = "MatrixGroup([[[1, 0, 0, 0], [0, -1, 0, 0], [0, 0, -1, 0], [0, 0, 0, 1]]])"
    space = divided((1, 2, 3), swap)
    assert [(t.dim, t.coefficient) for t in space.terms[1:]] == [(1, pytest.approx(2 * math.pi * 3 / 8))]
    swap = "MatrixGroup([[[1, 0, 0, 0], [0, -1, 0, 0], [0, 0, 1, 0], [0, 0, 0, -1]]])"
    assert divided((1, 2, 3), swap).terms[1].coefficient == pytest.approx(2 * math.pi * 2 / 8)


def test_hopf_quotients():
    base = divided(("1/2", 3, 3), "SO(2).copies(2)")
    assert base.spectrum(cutoff=10).eigenvalues.tolist() == Sphere(2, "3/2").spectrum(cutoff=10).eigenvalues.tolist()
    assert base.volume == pytest.approx(9 * math.pi)
    assert base.is_homogeneous
    hemisphere = divided(("1/2", 1, 1), "O(2).copies(2)")
    assert hemisphere.volume == pytest.approx(math.pi / 2)
    assert hemisphere.boundary_volume == pytest.approx(math.pi)
    assert hemisphere.count(24) == 1 + 2 + 3
    football = divided(("1/2", 1, 1), f"(SO(2).copies(2) * {Q8})")  # Q₈ acts on the base by three half turns
    assert football.volume == pytest.approx(math.pi / 4)
    assert verify_weyl(football).passed


@pytest.mark.parametrize("group", [Q8, TURN, "O(2).copies(2)"])
def test_kernels_of_quotients_are_invariant(group, rng):
    space = divided(("1/2", 1, 1), group)
    g = space.group.sample(1, rng)[0]
    x, y = space.sample(2, rng), space.sample(2, rng)
    kernel = space.eigenspace_kernel(x, y, 30)
    np.testing.assert_allclose(space.eigenspace_kernel(x @ g.T, y, 30), kernel, rtol=0, atol=1e-11)


@pytest.mark.parametrize(("metric", "group", "message"), [
    ((1, 2, 3), TURN, "take a subgroup of SU"), ((1, 2, 3), "SO(2).copies(2)", "one-parameter"),
    ((2, 1, 1), "SignFlips(1)", "or the round Sphere"), ((2, 1, 1), "SymmetricGroup(3)", "generator 0"),
    ((2, 1, 1), "SO(3)", "one-parameter"), ((1, 2, 1), TURN, "generator 0"),
])
def test_what_is_no_isometry_is_refused(metric, group, message):
    with pytest.raises(GroupActionError, match=message):
        divided(metric, group)
