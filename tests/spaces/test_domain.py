"""Symmetries of boxes and triangles: quotients against smaller domains, elements one by one, and refusals."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import weylspec as ws
from weylspec.catalogue import CATALOGUE
from weylspec.errors import GroupActionError
from weylspec.expressions import read_space

N, D = "neumann", "dirichlet"
ANTIDIAGONAL = ws.MatrixGroup([[[0, -1], [-1, 0]]])
THIRD = ws.MatrixGroup([[[-0.5, -(3**0.5) / 2], [3**0.5 / 2, -0.5]]])
HALF_HEIGHT = 0.5**0.5

SAME = [
    (ws.Box([1, 1]) / ws.SignFlips(1), ws.Box(["1/2", 1])),
    (ws.Box([1, 1], D) / ws.SignFlips(1), ws.Box(["1/2", 1], [(D, N), D])),
    (ws.Box([1, 1], [D, (D, N)]) / ws.SignFlips(1), ws.Box(["1/2", 1], [(D, N), (D, N)])),
    (ws.Box([1, 1]) / ws.SignFlips(2), ws.Box(["1/2", "1/2"])),
    (ws.Box([1, 1]) / ws.SymmetricGroup(2), ws.RightIsoscelesTriangle(1)),
    (ws.Box([1, 1]) / ANTIDIAGONAL, ws.RightIsoscelesTriangle(1)),
    (ws.Box([1, 1], D) / ws.SymmetricGroup(2), ws.RightIsoscelesTriangle(1, (D, N, D))),
    (ws.Box([1, 1], [(D, N), (N, D)]) / ANTIDIAGONAL, ws.RightIsoscelesTriangle(1, (N, N, D))),
    (ws.Box([1, 1]) / ws.Hyperoctahedral(2), ws.RightIsoscelesTriangle("1/2")),
    (ws.Box([1, 1], D) / ws.Hyperoctahedral(2), ws.RightIsoscelesTriangle("1/2", (D, N, N))),
    (ws.Box([1, 1, 2]) / (ws.SymmetricGroup(2) + ws.SignFlips(1)), ws.RightIsoscelesTriangle(1) * ws.Interval(1)),
    (ws.Box([2, 1]) / ws.SignFlips(2), ws.Interval(1) * ws.Interval("1/2")),
    (ws.Interval(1, D) / ws.SignFlips(1), ws.Interval("1/2", (D, N))),
    (ws.EquilateralTriangle(1) / ws.SignFlips(1), ws.HemiEquilateralTriangle(1)),
    (ws.EquilateralTriangle(1, D) / ws.SignFlips(1), ws.HemiEquilateralTriangle(1, (D, N, D))),
    (ws.EquilateralTriangle(1) / ws.SymmetricGroup(3), ws.HemiEquilateralTriangle(3**-0.5)),
    (ws.EquilateralTriangle(1, D) / ws.DihedralGroup(3), ws.HemiEquilateralTriangle(3**-0.5, (N, D, N))),
    (ws.EquilateralTriangle(1) / THIRD, ws.EquilateralTriangle(1) / ws.CyclicGroup(3)),
    (ws.RightIsoscelesTriangle(1) / ws.SymmetricGroup(2), ws.RightIsoscelesTriangle(HALF_HEIGHT)),
    (ws.RightIsoscelesTriangle(1, (D, N, D)) / ws.SymmetricGroup(2), ws.RightIsoscelesTriangle(HALF_HEIGHT, (N, D, N))),
]


@pytest.mark.parametrize(("quotient", "domain"), SAME, ids=lambda space: repr(space))
def test_two_routes_to_one_space(quotient, domain):
    """M/G and the fundamental domain with its own constructor: levels, volume, walls, edges and corners."""
    listed = quotient.spectrum(num=150)
    other = domain.spectrum(num=150)
    # sides like 1/√3 are floats: a few roundings of the unit
    np.testing.assert_allclose(listed.repeated(150), other.repeated(150), rtol=1e-14, atol=0)
    assert quotient.volume == pytest.approx(domain.volume, rel=1e-14)
    for weight in (0.25, -0.25):
        walls = [math.fsum(w.volume for w in space.walls if w.weight == weight) for space in (quotient, domain)]
        assert walls[0] == pytest.approx(walls[1], rel=1e-13, abs=1e-13)
    for p in range(quotient.dim + 1):
        terms = [math.fsum(t.coefficient for t in space.terms if t.dim == p) for space in (quotient, domain)]
        assert terms[0] == pytest.approx(terms[1], rel=1e-12, abs=1e-12)
    assert quotient.is_free is False


@pytest.mark.parametrize(("quotient", "domain"), [pair for pair in SAME if len(pair[1].counters()) > 1][:12],
                         ids=lambda space: repr(space))
def test_counts_far_beyond_a_list(quotient, domain):
    lam = 10**9 + 1
    assert len(quotient.counters()) == 2
    assert quotient.count(lam) == domain.count(lam)


# -- elements one by one ----------------------------------------------------------------------------


def symmetries(space):
    """The group's matrices on R^n about the centre, from corners or from coordinates, without the library's lift."""
    if space.group.degree == space.dim:
        return list(space.group.natural().elements())
    corners = space.manifold.corners - space.manifold.corners.mean(axis=0)
    return [np.linalg.lstsq(corners, g.T @ corners, rcond=None)[0].T for g in space.group.natural().elements()]


QUOTIENTS = [
    ws.Box([1, 1]) / ws.SignFlips(1).copies(2), ws.Box([1, 1, 1], D) / ws.CyclicGroup(3),
    ws.Box([1, 1], [(D, N), (D, N)]) / ws.SymmetricGroup(2), ws.Box([1, 1, 1]) / ws.AlternatingGroup(3),
    ws.Box([1, 1, 1], D) / ws.Hyperoctahedral(3), ws.EquilateralTriangle(2) / ws.CyclicGroup(3),
    ws.EquilateralTriangle(1, D) / ws.SymmetricGroup(3), ws.EquilateralTriangle(1) / THIRD,
    ws.RightIsoscelesTriangle(1, (D, N, D)) / ws.SymmetricGroup(2),
]


@pytest.mark.parametrize("quotient", QUOTIENTS, ids=repr)
def test_multiplicities_are_ranks_of_averaged_functions(quotient):
    """Σ_g φ(gx) at many points spans the invariant functions of a level; singular values are 0 or far from it."""
    domain = quotient.manifold
    cutoff = domain.spectrum(num=30).complete_below
    whole = domain.spectrum(cutoff=cutoff)
    x = domain.sample(400, np.random.default_rng(11))
    centre = np.array([float(c) for c in domain.centre]) @ domain.basis
    moved = [centre + (x - centre) @ g.T for g in symmetries(quotient)]
    averaged = np.mean([domain.eigenfunctions(points, cutoff) for points in moved], axis=0)
    found = {}
    for name, part in zip(whole.names(), np.split(averaged, whole.cumulative[:-1], axis=1), strict=True):
        values = np.linalg.svd(part / math.sqrt(len(x)), compute_uv=False)
        assert ((values < 1e-9) | (values > 0.1)).all()
        if (values > 0.1).any():
            found[name] = int((values > 0.1).sum())
    listed = quotient.spectrum(cutoff=cutoff)
    assert found == dict(zip(listed.names(), listed.multiplicities.tolist(), strict=True))


@pytest.mark.parametrize("quotient", QUOTIENTS, ids=repr)
def test_the_heat_trace_of_a_quotient_is_its_terms(quotient):
    """Fixed sets of reflections and symmetries, exact up to e^{−ℓ²/4t}: ℓ ≥ 1/√3 is the least displacement."""
    t = 1 / 400
    top = 12_000
    trace = quotient.spectrum(cutoff=top).heat_trace(t, rtol=1e-9)
    terms = sum((4 * math.pi * t) ** (-term.dim / 2) * term.coefficient for term in quotient.terms)
    assert trace == pytest.approx(terms, rel=1e-8)


@pytest.mark.parametrize("quotient", QUOTIENTS, ids=repr)
def test_kernels_are_invariant(quotient, rng):
    x, y = quotient.sample(3, rng), quotient.sample(4, rng)
    domain = quotient.manifold
    centre = np.array([float(c) for c in domain.centre]) @ domain.basis
    cutoff = quotient.spectrum(num=4).complete_below
    kernel = quotient.eigenspace_kernel(x, y, cutoff)
    for g in symmetries(quotient):
        moved = quotient.eigenspace_kernel(centre + (x - centre) @ g.T, y, cutoff)
        np.testing.assert_allclose(moved, kernel, atol=1e-10)
    # averaged kernels project: within a level, values at x are inner products, so that |K(x, y)|² ≤ K(x, x) K(y, y)
    own = [np.einsum("lii->li", quotient.eigenspace_kernel(points, points, cutoff)) for points in (x, y)]
    assert (kernel**2 <= own[0][:, :, None] * own[1][:, None, :] + 1e-9).all()


@settings(max_examples=25)
@given(st.permutations(range(3)), st.tuples(*[st.sampled_from([1, -1])] * 3), st.sampled_from([N, D]))
def test_signed_permutations_of_a_cube_by_index_pairs(order, signs, bc):
    """g acts on products of cosines (sines) by moving indices, each flip by (−1)^k (for sines (−1)^{k+1})."""
    g = np.zeros((3, 3))
    for i, (j, sign) in enumerate(zip(order, signs, strict=True)):
        g[i, j] = sign
    quotient = ws.Box([1, 1, 1], bc) / ws.MatrixGroup([g])
    start, top = (0, 14) if bc == N else (1, 22)
    # orbits of index triples under g; a triple's orbit carries a function if going round multiplies by 1
    seen, found = set(), {}
    for ks in itertools.product(range(start, 5), repeat=3):
        if sum(k * k for k in ks) > top or ks in seen:
            continue
        current, factor = ks, 1
        while True:
            seen.add(current)
            # (φ_k ∘ g)(x) = Π f_{k_i}(± x_{order(i)}): index k_i goes to coordinate order[i]
            image = [0, 0, 0]
            for i in range(3):
                image[order[i]] = current[i]
                factor *= (-1) ** (current[i] + (bc == D)) if signs[i] < 0 else 1
            current = tuple(image)
            if current == ks:
                break
        if factor == 1:
            lam = sum(k * k for k in ks)
            found[lam] = found.get(lam, 0) + 1
    listed = quotient.spectrum(cutoff=math.pi**2 * (top + 0.5))
    assert dict(zip(np.rint(listed.eigenvalues / math.pi**2).astype(int).tolist(), listed.multiplicities.tolist(),
                    strict=True)) == found


def test_what_acts_trivially_drops_out():
    trivial = ws.Box([1, 1]) / ws.MatrixGroup([np.eye(2)])
    assert (trivial.is_free, trivial.effective_order, trivial.volume) == (True, 1, 1.0)
    assert trivial.spectrum(num=40).multiplicities.tolist() == ws.Box([1, 1]).spectrum(num=40).multiplicities.tolist()
    twice = ws.Box([1, 1]) / (ws.SignFlips(1) * ws.SignFlips(1))
    assert (twice.effective_order, twice.volume) == (2, 0.5)


@pytest.mark.parametrize(("build", "message"), [
    (lambda: ws.Box([1, 2]) / ws.SymmetricGroup(2), r"moves the face x0 = 0 to no side; .* centre \[0.5, 1.0\]"),
    (lambda: ws.Box([1, 1], [N, D]) / ws.SymmetricGroup(2), r"x0 = 0 \(neumann\) of .* x1 = 0 \(dirichlet\)"),
    (lambda: ws.Interval(1, (D, N)) / ws.SignFlips(1), r"same condition"),
    (lambda: ws.Box([1, 1]) / ws.SO(2), "continuous"),
    (lambda: ws.Box([1, 1]) / ws.SymmetricGroup(3), "moves 3 coordinates"),
    (lambda: ws.Box([1, 1]) / THIRD, "to no side"),
    (lambda: ws.Box([1, 1.0000000001]) / ws.SymmetricGroup(2), "only within rounding"),
    (lambda: ws.EquilateralTriangle(1) / ws.SymmetricGroup(2), "to no side"),
    (lambda: ws.EquilateralTriangle(1) / ws.PointGroup("C3"), "to no side"),
    (lambda: ws.RightIsoscelesTriangle(1) / ws.CyclicGroup(3), "to no side"),
    (lambda: ws.RightIsoscelesTriangle(1, (D, N, N)) / ws.SymmetricGroup(2), "same condition"),
    (lambda: ws.HemiEquilateralTriangle(1) / ws.SignFlips(1), "to no side"),
])
def test_what_is_no_symmetry_is_refused_with_its_reason(build, message):
    with pytest.raises(GroupActionError, match=message):
        build()


@pytest.mark.parametrize("space", [ws.Interval(1, D), ws.Box([1, 1], D) / ws.SymmetricGroup(2), ws.Disk(1, D),
                                   ws.Sector(1, 1, D), ws.EquilateralTriangle(1, D) / ws.CyclicGroup(3)], ids=repr)
def test_kernels_have_a_row_for_every_level_and_point_even_none(space, rng):
    x, none = space.sample(3, rng), np.zeros((0, space.ambient_dim))
    assert space.eigenspace_kernel(x, x, 0.5).shape == (0, 3, 3)
    levels = len(space.spectrum(cutoff=90))
    assert space.eigenspace_kernel(none, x, 90).shape == (levels, 0, 3)
    assert space.eigenspace_kernel(x, none, 90).shape == (levels, 3, 0)


DOMAINS = [label for label in CATALOGUE if any(word in label for word in ("Box", "Interval", "Circle", "Triangle("))]


@pytest.mark.parametrize("label", DOMAINS)
def test_weyls_law_is_verified(label):
    assert len(DOMAINS) >= 25
    assert ws.verify_weyl(read_space(label)).verdict == "passed"
