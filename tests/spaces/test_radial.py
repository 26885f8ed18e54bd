"""Round domains: collocation of the radial problem, quadrature of eigenfunctions, heat trace, counts, quotients."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import weylspec as ws
from weylspec.errors import CostError, GroupActionError, WeylspecError
from weylspec.expressions import read_space
from weylspec.spaces.radial import expression

TURN = [[math.cos(0.4 * math.pi), -math.sin(0.4 * math.pi)], [math.sin(0.4 * math.pi), math.cos(0.4 * math.pi)]]
FLIP = [[1, 0], [0, -1]]
C5, C5V, MIRROR = ws.MatrixGroup([TURN]), ws.MatrixGroup([TURN, FLIP]), ws.MatrixGroup([FLIP])
DRUM = ws.Disk(bc="dirichlet")

SPACES = [
    ws.Disk(), DRUM, ws.Ball(3), ws.Ball(3, 2, "dirichlet"), ws.Ball(4), ws.Ball(5, bc="dirichlet"),
    ws.Annulus("1/2", 1), ws.Annulus("1/3", 2, "dirichlet"), ws.Annulus("1/2", 1, ("dirichlet", "neumann")),
    ws.Annulus("1/2", 1, ("neumann", "dirichlet")), ws.Sector("1/2"), ws.Sector("5/3", 1, "dirichlet"), ws.Sector(2),
    ws.Sector("2/3", 1, ("dirichlet", "neumann", "neumann")), ws.Sector(0.3, 1, ("neumann", "neumann", "dirichlet")),
]
QUOTIENTS = [
    DRUM / MIRROR, ws.Disk() / C5V, DRUM / C5V, DRUM / C5, ws.Disk() / ws.Hyperoctahedral(2),
    ws.Annulus("1/2", 1) / ws.SignFlips(2), ws.Annulus("1/2", 1, ("neumann", "dirichlet")) / C5V,
    ws.Sector("2/3", 1, "dirichlet") / MIRROR, ws.Sector("2/3") / MIRROR, ws.Ball(3) / ws.PointGroup("Oh"),
    ws.Ball(3, bc="dirichlet") / ws.PointGroup("C3v"), ws.Ball(3, bc="dirichlet") / ws.PointGroup("D3"),
    ws.Ball(4) / ws.SymmetricGroup(4),
]
LIE = [
    ws.Disk() / ws.SO(2), DRUM / ws.O(2), ws.Ball(3, bc="dirichlet") / ws.SO(3), ws.Ball(4) / ws.SO(3),
    ws.Ball(4, bc="dirichlet") / ws.SO(2).copies(2), ws.Annulus("1/2", 1, ("dirichlet", "neumann")) / ws.SO(2),
]


def radial_collocation(degree, n, neumann, size=40):
    """−Δ on r^l·w(r²) in Rⁿ at Chebyshev points of s = r²: −(4s w'' + (4l + 2n)w') = λw, regular at s = 0."""
    t = np.cos(math.pi * np.arange(size + 1) / size)
    weights = np.concatenate([[2.0], np.ones(size - 1), [2.0]]) * (-1.0) ** np.arange(size + 1)
    d = np.outer(weights, 1 / weights) / (t[:, None] - t[None, :] + np.eye(size + 1))
    d -= np.diag(d.sum(axis=1))
    s, d = (1 + t) / 2, 2 * d
    operator = -(4 * s[:, None] * (d @ d) + (4 * degree + 2 * n) * d)
    row = degree * np.eye(size + 1)[0] + 2 * d[0] if neumann else np.eye(size + 1)[0]
    lift = -row[1:] / row[0]
    values = np.linalg.eigvals(operator[1:, 1:] + np.outer(operator[1:, 0], lift))
    return np.sort(values.real[np.abs(values.imag) < 1e-6 * np.abs(values)])


@pytest.mark.parametrize("neumann", [False, True])
@pytest.mark.parametrize(("n", "degree"), [(2, 0), (2, 1), (2, 6), (3, 0), (3, 4), (4, 1), (7, 2)])
def test_balls_by_collocation(n, degree, neumann):
    ball = ws.Ball(n, bc="neumann" if neumann else "dirichlet")
    listed = ball.spectrum(cutoff=300)
    mine = [lam for lam, (order, _) in zip(listed.eigenvalues.tolist(), listed.labels, strict=True) if order == degree]
    assert len(mine) >= 3
    # spectral accuracy; two differentiations lose about size⁴ roundings of λ ~ 300
    np.testing.assert_allclose(radial_collocation(degree, n, neumann)[: len(mine)], mine, rtol=1e-7, atol=1e-7)


@pytest.mark.parametrize(("bc", "orders"), [
    ("neumann", (0, 1.5)), ("dirichlet", (1.5, 3)), (("dirichlet", "neumann", "neumann"), (0.75, 2.25)),
])
def test_sectors_by_collocation(bc, orders):
    listed = ws.Sector("2/3", 1, bc).spectrum(cutoff=400)
    for index, nu in enumerate(orders):
        mine = [lam for lam, (i, _) in zip(listed.eigenvalues.tolist(), listed.labels, strict=True) if i == index]
        expected = radial_collocation(nu, 2, bc != "dirichlet")[: len(mine)]
        np.testing.assert_allclose(expected, mine, rtol=1e-7, atol=1e-7)


# -- heat trace: volume, walls, corners, curvature -----------------------------------------------


@pytest.mark.parametrize("space", [*SPACES, *QUOTIENTS], ids=repr)
def test_what_the_heat_trace_leaves_is_of_the_next_order(space):
    """Z(t) less all terms down to (4πt)^{−(d−2)/2} is a·t^{(3−d)/2}(1 + b√t): quartering t multiplies by 4^{(d−3)/2}.

    A wrong constant in dimension 2 (1/6, corners, cone points) would leave the ratio 1 instead of ½. At these
    times b√t is below a tenth of the exponent's unit.
    """
    scale = space.volume ** (2 / space.dim)
    times = scale * {2: 4e-4, 3: 2e-3, 4: 1e-2, 5: 1e-2}[space.dim] * np.array([1.0, 0.25])

    def left(t):
        trace = space.spectrum(cutoff=36 / t).heat_trace(t, rtol=1e-9)
        return trace - math.fsum(k.coefficient * (4 * math.pi * t) ** (-k.dim / 2) for k in space.terms)

    far, near = (left(t) for t in times)
    assert math.log(near / far) / math.log(4) == pytest.approx((space.dim - 3) / 2, abs=0.12)


@pytest.mark.parametrize("space", [*SPACES[:6], *SPACES[6:8], *QUOTIENTS, *LIE], ids=repr)
def test_weyls_law_is_verified(space):
    assert ws.verify_weyl(space).verdict == "passed"


def test_a_wrong_condition_would_fail():
    law = ws.weyl_law(ws.Disk())
    assert ws.verify_weyl(DRUM, law=law).verdict == "failed"


# -- counts ----------------------------------------------------------------------------------------


@given(st.integers(0, len(SPACES) - 1), st.floats(0, 3000))
@settings(max_examples=60)
def test_the_direct_count_is_that_of_the_list(index, lam):
    space = SPACES[index]
    lam = lam if space.dim < 4 else lam / 20
    assert space.count(lam) == space.spectrum(cutoff=lam).total


@pytest.mark.parametrize("space", [*SPACES, *QUOTIENTS, *LIE], ids=repr)
def test_every_listed_level_counts_itself(space):
    listed = space.spectrum(num=40)
    for lam, n in zip(listed.eigenvalues.tolist(), listed.cumulative.tolist(), strict=True):
        assert space.count(lam) >= n
        assert space.count(lam) == listed.count(lam)
        assert space.count(lam * (1 - 1e-9)) <= n - 1 + (lam == 0)


def test_counts_far_beyond_a_list():
    """λ/4 ∓ √λ/2 + 1/6 with an error of order λ^{1/3}; the exact count in a pass over 10⁵ orders."""
    lam = 10**10
    for space, sign in ((ws.Disk(), 1), (DRUM, -1)):
        assert abs(space.count(lam) - (lam / 4 + sign * lam**0.5 / 2)) < 5 * lam ** (1 / 3)
    with pytest.raises(CostError):
        DRUM.count(10**30)
    with pytest.raises(CostError, match="3000000"):
        DRUM.spectrum(cutoff=10**8)
    with pytest.raises(CostError, match="smaller cutoff"):
        DRUM.spectrum(cutoff=10**40)
    with pytest.raises(CostError, match="resolved"):
        ws.Annulus("1/2", 1).count(10**11)
    with pytest.raises(CostError, match="share no continued fraction"):
        ws.Sector("1/2").spectrum(cutoff=10**12)


def test_quotients_of_the_drum():
    """Theory 9.1, 9.2."""
    tenth = ws.MatrixGroup([[[math.cos(math.pi / 5), -math.sin(math.pi / 5)],
                             [math.sin(math.pi / 5), math.cos(math.pi / 5)]]])
    assert [(DRUM / MIRROR).count(x) for x in (100, 1000, 10000)] == [12, 121, 1244]
    assert [(DRUM / tenth).count(x) for x in (100, 1000, 10000)] == [3, 24, 248]


def test_slit_and_half_disks_are_parts_of_the_disk():
    """Half disks with both conditions on the diameter make up the disk."""
    for bc in ("neumann", "dirichlet"):
        even, odd = (ws.Sector(1, 1, (side, side, bc)) for side in ("neumann", "dirichlet"))
        for lam in (50, 300, 2000):
            assert even.count(lam) + odd.count(lam) == ws.Disk(1, bc).count(lam)
    half = ws.Sector("1/3", 1, ("dirichlet", "neumann", "dirichlet"))
    assert [half.count(x) for x in (100, 900)] == [
        (ws.Sector("2/3", bc="dirichlet") / MIRROR).count(x) for x in (100, 900)]


# -- functions --------------------------------------------------------------------------------------


def quadrature(space):
    """Nodes and weights of the uniform probability measure, exact beyond the degrees in use."""
    nodes, weights = np.polynomial.legendre.leggauss(50)
    inner = float(getattr(space, "inner", 0)) / float(space.radius)
    r = inner + (1 - inner) * (nodes + 1) / 2
    radial = weights * r ** (space.dim - 1)
    if isinstance(space, ws.Ball) and space.dim == 3:
        z, share = np.polynomial.legendre.leggauss(20)
        phi = 2 * math.pi * np.arange(40) / 40
        rim = np.sqrt(1 - z**2)
        unit = np.stack([np.outer(rim, np.cos(phi)), np.outer(rim, np.sin(phi)), np.outer(z, np.ones(40))], -1)
        unit, angular = unit.reshape(-1, 3), np.repeat(share, 40)
    else:
        opening = math.pi * float(getattr(space, "angle", 2))
        turn, angular = opening / 2 * nodes, weights
        if not hasattr(space, "angle"):
            turn, angular = 2 * math.pi * np.arange(50) / 50, np.ones(50)
        unit = np.stack([np.cos(turn), np.sin(turn)], -1)
    points = float(space.radius) * (r[:, None, None] * unit).reshape(-1, space.dim)
    shares = np.outer(radial, angular).reshape(-1)
    return points, shares / shares.sum()


PLANE_AND_SPACE = [space for space in SPACES if space.dim <= 3]


@pytest.mark.parametrize("space", PLANE_AND_SPACE, ids=repr)
def test_eigenfunctions_are_orthonormal_and_make_up_the_kernels(space):
    points, shares = quadrature(space)
    listed = space.spectrum(num=25)
    values = space.eigenfunctions(points, listed.complete_below)
    assert values.shape == (len(points), listed.total)
    # Gauss nodes with 50 points; r^ν at the apex of a sector is not smooth for fractional ν
    rough = isinstance(space, ws.Sector) and space.angle not in (Fraction(1, 2), 1)
    np.testing.assert_allclose((values.T * shares) @ values, np.eye(listed.total), atol=1e-4 if rough else 1e-11)
    few = points[:: len(points) // 6]
    kernel = space.eigenspace_kernel(few, few, listed.complete_below)
    ends = np.cumsum(listed.multiplicities)
    for i, (start, end) in enumerate(zip(ends - listed.multiplicities, ends, strict=True)):
        mine = space.eigenfunctions(few, listed.complete_below)[:, start:end]
        np.testing.assert_allclose(kernel[i], mine @ mine.T, atol=1e-11 * np.abs(kernel).max())


@pytest.mark.parametrize("space", [ws.Disk(), ws.Ball(3, bc="dirichlet"), ws.Annulus("1/2", 1),
                                   ws.Sector("2/3", 1, ("dirichlet", "neumann", "neumann"))], ids=repr)
def test_eigenfunctions_satisfy_the_equation(space, rng):
    """Second differences: error h²·f''''/12 per coordinate, |f''''| ≤ λ²·max f."""
    x, h = 0.95 * space.sample(200, rng), 1e-3
    keep = np.linalg.norm(x, axis=1) > 0.6
    x = x[keep & (np.abs(np.arctan2(x[:, 1], x[:, 0])) < 1.0)][:20]
    listed = space.spectrum(num=12)
    cutoff, lam = listed.complete_below, listed.repeated()
    total = sum(space.eigenfunctions(x + s * h * e, cutoff) for e in np.eye(space.dim) for s in (1, -1))
    laplacian = (2 * space.dim * space.eigenfunctions(x, cutoff) - total) / h**2
    expected = lam * space.eigenfunctions(x, cutoff)
    bound = space.dim * h**2 / 12 * lam.max() ** 2 * 10 + 1e-8
    np.testing.assert_allclose(laplacian, expected, atol=bound)


@pytest.mark.parametrize("space", [DRUM / C5V, ws.Ball(3) / ws.PointGroup("T"), ws.Sector("2/3") / MIRROR,
                                   ws.Annulus("1/2", 1) / C5V, ws.Ball(3) / ws.SO(2)], ids=repr)
def test_kernels_of_quotients_are_invariant_and_reproduce_the_multiplicity(space, rng):
    x = space.sample(2000, rng)
    cutoff = space.spectrum(num=4).complete_below
    g = np.eye(space.ambient_dim)
    k = space.group.degree
    g[:k, :k] = space.group.sample(1, rng)[0]
    kernel = space.eigenspace_kernel(x[:5], x[5:9], cutoff)
    np.testing.assert_allclose(space.eigenspace_kernel(x[:5] @ g.T, x[5:9], cutoff), kernel, atol=1e-9)
    diagonal = np.array([np.diagonal(space.eigenspace_kernel(b, b, cutoff), axis1=1, axis2=2)
                         for b in np.split(x, 100)])
    values = diagonal.transpose(1, 0, 2).reshape(diagonal.shape[1], -1)
    spread = values.std(axis=1) / math.sqrt(values.shape[1])
    multiplicities = space.spectrum(cutoff=cutoff).multiplicities
    assert (np.abs(values.mean(axis=1) - multiplicities) <= 5 * spread + 1e-9).all()


@pytest.mark.parametrize("space", SPACES, ids=repr)
def test_samples_are_uniform(space, rng):
    """The volume within half the size, by area; 20 000 points, five standard errors."""
    x = space.check_points(space.sample(20_000, rng))
    r = np.linalg.norm(x, axis=1) / float(space.radius)
    a = float(getattr(space, "inner", 0)) / float(space.radius)
    middle = (1 + a) / 2
    share = (middle**space.dim - a**space.dim) / (1 - a**space.dim)
    assert abs((r < middle).mean() - share) < 5 * math.sqrt(share / 20_000)
    assert abs((x[:, 1] > 0).mean() - 0.5) < 5 * math.sqrt(0.25 / 20_000)


# -- what a user types --------------------------------------------------------------------------------


@pytest.mark.parametrize("space", [*SPACES, ws.Disk("1/2"), ws.Disk(0.3, "dirichlet")], ids=repr)
def test_the_expression_reads_back(space):
    again = read_space(repr(space))
    assert repr(again) == repr(space)
    assert again.spectrum(num=5).eigenvalues.tolist() == space.spectrum(num=5).eigenvalues.tolist()


def test_levels_have_labels_errors_and_a_reason():
    listed = ws.Disk().spectrum(cutoff=20)
    assert listed.labels == ((0, 1), (1, 1), (2, 1), (0, 2), (3, 1))
    assert listed.errors[0] == 0
    assert (listed.errors[1:] > 0).all()
    assert (listed.errors[1:] < 1e-14 * listed.eigenvalues[1:]).all()
    assert "counted" in listed.provenance


@pytest.mark.parametrize(("call", "message"), [
    (lambda: ws.Disk(0), "radius must be positive"),
    (lambda: ws.Disk(1, "robin"), "'neumann' or 'dirichlet'; got 'robin'"),
    (lambda: ws.Disk(1, ("neumann", "neumann")), "bc must be"),
    (lambda: ws.Ball(1), "an interval is a ball"),
    (lambda: ws.Ball(61), "between 2 and 60"),
    (lambda: ws.Ball(3, 1e200), "radius must lie between"),
    (lambda: ws.Annulus(1, "1/2"), "inner < outer"),
    (lambda: ws.Annulus("0.9999", 1), "between 0.001 and 0.999"),
    (lambda: ws.Annulus("1/2", 1, ("neumann",)), "one for each of .inner, outer."),
    (lambda: ws.Sector("5/2"), "multiple of π"),
    (lambda: ws.Sector("1/2", 1, ("neumann", "dirichlet")), "lower side, upper side, arc"),
    (lambda: ws.Sector("1/2", 1e200), "radius must lie between"),
])
def test_refusals_name_the_value(call, message):
    with pytest.raises(WeylspecError, match=message):
        call()


def test_sectors_have_one_mirror():
    with pytest.raises(GroupActionError, match="only y → −y"):
        ws.Sector("1/2") / ws.SignFlips(1)
    with pytest.raises(GroupActionError, match="only y → −y"):
        ws.Sector("1/2") / ws.SO(2)
    with pytest.raises(GroupActionError, match="different conditions"):
        ws.Sector("1/2", 1, ("neumann", "dirichlet", "neumann")) / MIRROR
    trivial = ws.Sector("1/2") / ws.MatrixGroup([[[1, 0], [0, 1]]])
    assert trivial.spectrum(num=9).eigenvalues.tolist() == ws.Sector("1/2").spectrum(num=9).eigenvalues.tolist()
    assert math.fsum(t.coefficient for t in trivial.terms) == math.fsum(t.coefficient for t in ws.Sector("1/2").terms)


def test_helpers_for_expressions():
    assert expression("Ball", ["3"], Fraction(2), ("dirichlet",)) == "Ball(3, 2, 'dirichlet')"
    assert expression("Disk", [], Fraction(1), ("neumann",)) == "Disk()"
