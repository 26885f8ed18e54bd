"""Heisenberg nilmanifolds: levels, functions and geometry, each by a route that shares no code."""

import itertools
import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
import scipy.sparse
import scipy.sparse.linalg

from weylspec.counting.verify import verify_weyl
from weylspec.errors import CostError, GroupActionError, WeylspecError
from weylspec.expressions import read_space
from weylspec.groups.permutation import SymmetricGroup
from weylspec.spaces._hermite import hermite_functions
from weylspec.spaces.nilmanifold import HeisenbergNilmanifold

SPACES = [
    HeisenbergNilmanifold(1), HeisenbergNilmanifold(3), HeisenbergNilmanifold(2, 1, "3/2", 3),
    HeisenbergNilmanifold(1, 2), HeisenbergNilmanifold(2, 2, 1, 2), HeisenbergNilmanifold(1, 3),
    HeisenbergNilmanifold(1, 1, 2**0.25, 1.1),
]
every = pytest.mark.parametrize("space", SPACES, ids=repr)


def moved(points, others, r):
    """The group law, row by row."""
    x, y, z = points[:, :r], points[:, r:-1], points[:, -1]
    a, b, c = others[:, :r], others[:, r:-1], others[:, -1]
    return np.concatenate([x + a, y + b, (z + c + (x * b).sum(axis=1))[:, None]], axis=1)


# -- levels ---------------------------------------------------------------------------------


@every
def test_levels_one_by_one(space):
    """Every q, n and multi-index of a box around what is below the cutoff, in floats, sorted."""
    k, r, base, fibre = space.k, space.r, float(space.base), float(space.fibre)
    cutoff = space.spectrum(num=120).complete_below * (1 + 1e-9)
    reach = math.isqrt(int(cutoff * base**2 / (4 * math.pi**2))) + 1
    found = [4 * math.pi**2 * sum(i * i for i in q) / base**2
             for q in itertools.product(range(-reach, reach + 1), repeat=2 * r)]
    for n in range(1, 40):
        start = (2 * math.pi * k * n / fibre) ** 2
        most = int(max((cutoff - start) * base**2 / (4 * math.pi * k * n), -1)) + 1
        for a in itertools.product(range(most + 1), repeat=r):
            found += [start + 2 * math.pi * k * n * (2 * sum(a) + r) / base**2] * (2 * (k * n) ** r)
    found = np.sort([lam for lam in found if lam <= cutoff])
    listed = space.spectrum(cutoff=cutoff)
    np.testing.assert_allclose(listed.repeated(), found, rtol=1e-14, atol=0)
    assert space.count(cutoff) == len(found)


@pytest.mark.parametrize("c", [1, 2, 3])
def test_oscillators_are_landau_levels_of_a_lattice(c):
    """Finite differences on the torus with flux c (Peierls phases): 2πc(2h + 1), each c times, order h²."""
    def landau(n):
        step = 1 / n
        grid = [(i, j) for i in range(n) for j in range(n)]
        matrix = scipy.sparse.lil_matrix((n * n, n * n), dtype=complex)
        for i, j in grid:
            here = i * n + j
            matrix[here, here] = 4
            # f(x + 1, y) = e^{−2πicy} f(x, y); moving in y turns by e^{2πicx·step}
            along = np.exp(-2j * math.pi * c * j * step) if i + 1 == n else 1
            up = np.exp(2j * math.pi * c * i * step**2)
            for there, phase in (((i + 1) % n * n + j, along), (i * n + (j + 1) % n, up)):
                matrix[here, there] -= phase
                matrix[there, here] -= np.conj(phase)
        low = scipy.sparse.linalg.eigsh(matrix.tocsc() / step**2, k=3 * c, sigma=0, return_eigenvectors=False)
        return np.sort(low)

    coarse, fine = landau(24), landau(48)
    expected = np.repeat(2 * math.pi * c * np.array([1, 3, 5]), c)
    richardson = (4 * fine - coarse) / 3
    error, order = np.abs(richardson - expected), (coarse - expected) / (fine - expected)
    assert (np.abs(order - 4) < 0.15).all()
    # The next term of the expansion: λ³·step⁴, and cancellation in a matrix of norm 8·step⁻².
    assert (error < expected**3 / 24**4 + 1e-9).all()
    listed = HeisenbergNilmanifold(c).spectrum(cutoff=4 * math.pi**2 * c**2 + 12 * math.pi * c)
    sizes = dict(zip(listed.names(), listed.multiplicities.tolist(), strict=True))
    assert [sizes[(c * c, h)] for h in (1, 3, 5)] == [2 * c] * 3


def test_counts_beyond_any_list():
    """Weyl's law with its curvature term, whose remainder is O(λ); and the list where there is one."""
    space = HeisenbergNilmanifold(1)
    for lam in (0, 39, 10**5, Fraction(10**6, 7), 12345.678):
        assert space.count(lam) == space.levels(lam).count(lam)
    law = 10.0**18 / (6 * math.pi**2) * space.volume
    assert abs(space.count(10**12) - law) < 10**12
    with pytest.raises(CostError, match="ask for a smaller"):
        space.count(10**40)
    with pytest.raises(CostError, match="use count"):
        space.levels(10**9)


def test_exact_numbers_are_compared_with_pi_itself():
    """4π² to 48 digits after the point, rounded down and up: 39.4784176043574344753379639995046045412547976289631…"""
    below = "39.478417604357434475337963999504604541254797628963"
    above = "39.478417604357434475337963999504604541254797628964"
    assert [HeisenbergNilmanifold(1).count(lam) for lam in (below, above)] == [1, 5]


def test_a_float_counts_the_level_it_was_read_from():
    space = HeisenbergNilmanifold(2, 2, "2/3", 3)
    listed = space.spectrum(num=3000)
    for lam, n in zip(listed.eigenvalues.tolist(), listed.cumulative.tolist(), strict=True):
        assert space.count(lam) == n


def test_incommensurable_lengths_have_three_units():
    assert [len(space.spectrum(num=2).units) for space in SPACES] == [2, 2, 2, 2, 2, 2, 3]


@every
def test_scaling(space):
    larger = space.scaled(3)
    near, far = space.spectrum(num=80), larger.spectrum(num=80)
    np.testing.assert_allclose(far.eigenvalues, near.eigenvalues / 9, rtol=1e-14)
    assert far.multiplicities.tolist() == near.multiplicities.tolist()
    assert larger.volume == pytest.approx(space.volume * 3**space.dim, rel=1e-13)
    assert repr(read_space(repr(larger))) == repr(larger)


# -- geometry -------------------------------------------------------------------------------


@every
def test_heat_trace_gives_volume_and_curvature(space):
    """Z(4πt)^{d/2}/vol = 1 + t·Scal/6 + O(t²) before the shortest closed geodesic is felt, e^{−length²/4t}."""
    t = space.length**2 / 120 / np.array([1, 2])  # e^{−30}
    trace = space.spectrum(cutoff=45 / t[-1]).heat_trace(t) * (4 * math.pi * t) ** (space.dim / 2) / space.volume
    left = trace - 1 - t * space.scalar_curvature / 6
    assert abs(math.log2(left[0] / left[1]) - 2) < 0.05


def test_the_third_heat_coefficient():
    """(5·Scal² − 2|Ric|² + 2|Rm|²)/360, Ric = ½·diag(−1, −1, 1), |Rm|² = 4|Ric|² − Scal² in dimension 3."""
    ricci = 0.75
    expected = (5 / 4 - 2 * ricci + 2 * (4 * ricci - 1 / 4)) / 360
    space, t = HeisenbergNilmanifold(1), np.array([0.008, 0.004])
    trace = space.spectrum(cutoff=45 / t[-1]).heat_trace(t) * (4 * math.pi * t) ** 1.5
    second = (trace - 1 - t * space.scalar_curvature / 6) / t**2
    assert 2 * second[1] - second[0] == pytest.approx(expected, rel=1e-3)


@every
def test_weyls_law(space):
    assert verify_weyl(space).passed


# -- functions ------------------------------------------------------------------------------


@every
def test_functions_satisfy_the_equation(space, rng):
    """−Σ X²/len² by differences along p·e^{sX}; truncation step²/12·∂⁴ ≤ step²·λ²·len², rounding eps/step²."""
    r, step = space.r, 1e-3
    cutoff = space.spectrum(num=40).complete_below
    points = space.sample(4, rng)
    f = space.eigenfunctions(points, cutoff)
    result = np.zeros_like(f)
    for axis in range(space.dim):
        length = float(space.fibre if axis == space.dim - 1 else space.base)
        field = np.zeros((4, space.dim))
        field[:, axis] = step
        ends = [space.eigenfunctions(moved(points, sign * field, r), cutoff) for sign in (1, -1)]
        result -= (ends[0] + ends[1] - 2 * f) / step**2 / length**2
    lam = space.spectrum(cutoff=cutoff).repeated()
    size = np.abs(f).max() * 8
    bound = size * (step**2 / 12 * lam**2 * float(max(space.base, space.fibre)) ** 2 + 1e-13 / step**2 * 4)
    assert (np.abs(result - lam * f) <= bound).all()


@every
def test_functions_live_on_the_quotient(space, rng):
    cutoff = space.spectrum(num=60).complete_below
    points = space.sample(5, rng)
    lattice = rng.integers(-3, 4, points.shape).astype(float)
    lattice[:, -1] /= space.k
    f = space.eigenfunctions(points, cutoff)
    np.testing.assert_allclose(space.eigenfunctions(moved(lattice, points, space.r), cutoff), f, rtol=0, atol=1e-11)


@pytest.mark.parametrize("space", [s for s in SPACES if s.r == 1], ids=repr)
def test_functions_are_orthonormal(space):
    """Trapezoid sums over a period of smooth functions: exact in z, exponentially close in x and y."""
    cutoff = space.spectrum(num=60).complete_below
    n, m = 48, 16
    grid = np.array([(i / n, j / n, q / m / space.k) for i in range(n) for j in range(n) for q in range(m)])
    f = space.eigenfunctions(grid, cutoff)
    np.testing.assert_allclose(f.T @ f / len(grid), np.eye(space.count(cutoff)), rtol=0, atol=1e-10)


def test_functions_in_five_dimensions_are_orthonormal(rng):
    """By sampling: entries of the Gram matrix have the deviation √(E f²g²/n)."""
    space = HeisenbergNilmanifold(1, 2)
    cutoff = space.spectrum(num=40).complete_below
    f = space.eigenfunctions(space.sample(40_000, rng), cutoff)
    deviation = np.sqrt((f**2).T @ f**2 / len(f) / len(f))
    assert (np.abs(f.T @ f / len(f) - np.eye(f.shape[1])) <= 6 * deviation).all()


def test_kernels_are_sums_over_levels_and_not_constant(rng):
    """Left translations do not descend: the lowest oscillator is |ϑ|², with a zero."""
    space = HeisenbergNilmanifold(1)
    x, y = space.sample(3, rng), space.sample(2, rng)
    cutoff = 4 * math.pi**2 + 4 * math.pi
    kernel = space.eigenspace_kernel(x, y, cutoff)
    assert kernel.shape == (3, 3, 2)
    np.testing.assert_allclose(kernel[0], 1, rtol=0, atol=1e-15)
    waves = 2 * np.cos(2 * math.pi * (x[:, None, :2] - y[None, :, :2])).sum(axis=2)
    np.testing.assert_allclose(kernel[1], waves, rtol=0, atol=1e-12)
    assert not space.is_homogeneous
    zero = np.array([[0.5, 0.5, 0.0]])  # ϑ₃ at its zero (1 + i)/2
    assert space.eigenspace_kernel(zero, zero, cutoff)[2, 0, 0] < 1e-20
    assert space.eigenspace_kernel(zero * 0, zero * 0, cutoff)[2, 0, 0] > 2
    np.testing.assert_allclose(space.local_count(zero, cutoff), [5], rtol=1e-12)


def test_hermite_functions_are_orthonormal():
    """Trapezoid sums over the line, exponentially exact."""
    t = np.arange(-30, 30, 0.02)
    f = hermite_functions(120, t)
    np.testing.assert_allclose(f @ f.T * 0.02, np.eye(121), rtol=0, atol=1e-12)


# -- refusals -------------------------------------------------------------------------------


def test_bad_input_is_named():
    with pytest.raises(WeylspecError, match="k must be at least 1"):
        HeisenbergNilmanifold(0)
    with pytest.raises(WeylspecError, match="fibre must be positive"):
        HeisenbergNilmanifold(1, 1, 1, 0)
    with pytest.raises(CostError, match="more than 50"):
        HeisenbergNilmanifold(1, 51)
    with pytest.raises(GroupActionError, match="knows no action"):
        HeisenbergNilmanifold(1) / SymmetricGroup(2)
    with pytest.raises(CostError, match="take fewer points"):
        HeisenbergNilmanifold(1).eigenfunctions(np.zeros((1000, 3)), 10**4)


def test_multiplicities_past_an_int64():
    """r = 20: (kn)^r·C(h + 19, 19) with k = 10."""
    space = HeisenbergNilmanifold(10, 20, 3, 30)
    listed = space.spectrum(cutoff=4 * math.pi**2 / 9 + 2 * math.pi * 10 * 24 / 9 + 1)
    found = Counter({key: m for key, m in zip(listed.names(), listed.multiplicities.tolist(), strict=True) if key[1]})
    assert found[(1, 20)] == 2 * 10**20
    assert found[(1, 22)] == 2 * 10**20 * 20
    assert found[(1, 24)] == 2 * 10**20 * 210


def test_a_thin_fibre_is_no_obstacle():
    """Weyl's law would list 10⁷ levels of the torus before 30 eigenvalues are sure to be among them."""
    space = HeisenbergNilmanifold(10**9)
    listed = space.spectrum(num=9)
    assert listed.keys[:, 0].tolist() == [0, 1, 2]
    assert listed.multiplicities.tolist() == [1, 4, 4]
    with pytest.raises(CostError, match="take a smaller one"):
        HeisenbergNilmanifold(10**400)
