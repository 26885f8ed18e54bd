import math

import numpy as np
import pytest

from weylspec.errors import CostError, WeylspecError
from weylspec.groups.orthogonal import SO
from weylspec.groups.permutation import Hyperoctahedral
from weylspec.groups.point import PointGroup
from weylspec.learning.kernel import SobolevKernel
from weylspec.learning.solve import dual
from weylspec.learning.truncation import default_cutoff, neglected_trace
from weylspec.spaces.sphere import Sphere
from weylspec.spaces.torus import Torus


def sphere_tail(s, degree):
    return math.fsum((2 * k + 1) * (1 + k * (k + 1.0)) ** -s for k in range(degree + 1, 20_000))


@pytest.mark.parametrize("degree", [0, 3, 10, 40])
def test_neglected_trace_bounds_the_sum_tightly(degree):
    bound = neglected_trace(Sphere(2), 2, degree * (degree + 1))
    exact = sphere_tail(2, degree)
    assert exact <= bound <= 1.01 * exact


def share(n, degree, alpha):
    """What a ridge leaves of a coefficient of the given degree, s = 2."""
    reach = n * (1 + degree * (degree + 1)) ** -2
    return reach / (reach + alpha)


@pytest.mark.parametrize("alpha", [0.5, 2.0, 30.0])
@pytest.mark.parametrize("n", [1, 100, 3000])
def test_default_cutoff_is_the_first_level_that_leaves_out_one_percent(n, alpha):
    cutoff = default_cutoff(Sphere(2), 2, alpha, n)
    degree = Sphere(2).degree(cutoff)
    assert sphere_tail(2, degree) <= 0.01 * alpha
    assert share(n, degree + 1, alpha) <= 0.01
    # one level less fails, up to the slack of the bound
    if degree:
        assert 1.01 * sphere_tail(2, degree - 1) > 0.01 * alpha or 1.01 * share(n, degree, alpha) > 0.01


def grid(space, side):
    """All side^d points of a grid on the torus."""
    axis = 2 * np.pi * np.arange(side) / side
    return np.stack(np.meshgrid(*[axis] * space.total.dim), axis=-1).reshape(-1, space.total.dim)


def first_left_out(space, cutoff):
    """x ↦ K_λ(x, z) for the first level λ above the cutoff: the kept functions do not see it."""
    following = min(v for v in space.spectrum(cutoff=4 * cutoff + 10).eigenvalues if v > cutoff)
    z = np.full((1, space.ambient_dim), 0.3) if space.dim == space.ambient_dim else np.array([[0.0, 0.6, 0.8]])
    return lambda x: space.eigenspace_kernel(x, z, following)[-1, :, 0]


def twice(space, s, alpha, x, function, new):
    """Predictions at new points with the default cutoff and with four times as much."""
    cutoff = default_cutoff(space, s, alpha, len(x))
    kernels = [SobolevKernel(space, s, c) for c in (cutoff, 4 * cutoff)]
    return [kernel(new, x) @ dual(kernel(x), function(x), alpha) for kernel in kernels]


@pytest.mark.parametrize(("space", "s", "side", "alpha"), [
    (Torus(1), 2, 64, 0.5), (Torus(1), 2, 200, 0.5), (Torus(1), 2, 200, 5), (Torus(1), 2, 1000, 0.5),
    (Torus(1), 2, 1000, 50), (Torus(2) / Hyperoctahedral(2), 3, 24, 2), (Torus(2) / Hyperoctahedral(2), 3, 24, 20),
], ids=str)
def test_on_a_grid_what_is_left_out_changes_predictions_by_at_most_one_percent(space, s, side, alpha):
    """Waves whose frequencies add up to less than `side` are orthogonal on the grid: each is shrunk by itself."""
    x, new = grid(space, side), space.sample(50, np.random.default_rng(0))
    cutoff = default_cutoff(space, s, alpha, len(x))
    assert 2 * math.sqrt(4 * cutoff) < side
    function = first_left_out(space, cutoff)
    short, long = twice(space, s, alpha, x, function, new)
    assert np.abs(long).max() > 1e-4 * np.abs(function(new)).max()
    assert (np.abs(short - long) <= 0.01 * np.abs(function(new)) + 1e-12 * len(x)).all()


@pytest.mark.parametrize(("n", "alpha"), [(200, 0.5), (400, 20.0), (1000, 5.0)])
def test_on_random_points_fitted_values_change_within_the_matrix_chernoff_bound(n, alpha):
    """E‖R‖/α ≤ (e − 1)·1% + 1%·log 2t/w if n·w and t are at most 1% of α, and |change| ≤ ‖R‖/α·|y|."""
    space = Sphere(2)
    cutoff = default_cutoff(space, 2, alpha, n)
    degree = space.degree(cutoff)
    trace, weight = sphere_tail(2, degree), (1 + (degree + 1) * (degree + 2.0)) ** -2
    bound = 0.01 * (math.e - 1 + math.log(2 * trace / weight))
    function = first_left_out(space, cutoff)
    changes = []
    for seed in range(4):
        x = space.sample(n, np.random.default_rng(seed))
        short, long = twice(space, 2, alpha, x, function, x)
        changes.append(np.linalg.norm(short - long) / np.linalg.norm(function(x)))
    assert np.mean(changes) <= bound
    assert bound < 0.1


def test_many_samples_ask_for_levels_that_the_trace_does_not():
    """n = 200, α = 1/2 on S²/O_h: n·w = 0.45 at λ = 20 although the trace without the constant is below 1% of α."""
    cube = Sphere(2) / PointGroup("Oh")
    assert neglected_trace(cube, 2, 0) < 0.005
    assert share(200, 4, 0.5) > 0.4
    assert default_cutoff(cube, 2, 0.5, n=200) == 156.0  # its n·w = 0.0081, that of the next level, 210, 0.0045


def test_invariance_needs_fewer_levels():
    assert default_cutoff(Torus(2) / Hyperoctahedral(2), 2, 1.0, 1) < default_cutoff(Torus(2), 2, 1.0, 1)


def test_point_needs_the_constant_only():
    point = Sphere(2) / SO(3)
    assert default_cutoff(point, 1, 1.0, 1e9) == 0.0
    assert neglected_trace(point, 1, 0) == 0.0


def test_refusals():
    with pytest.raises(WeylspecError, match="must exceed d/2"):
        neglected_trace(Sphere(2), 1, 6)
    with pytest.raises(CostError, match="give a cutoff"):
        default_cutoff(Sphere(2), 1.2, 1e-3, 1)
    # the trace alone would do with some ten levels
    with pytest.raises(CostError, match=r"at n = 1e\+09.*give a cutoff"):
        default_cutoff(Sphere(2), 2, 1.0, 1e9)
    with pytest.raises(WeylspecError, match="alpha must be > 0"):
        default_cutoff(Sphere(2), 2, 0.0, 10)
    with pytest.raises(WeylspecError, match="n must be > 0"):
        default_cutoff(Sphere(2), 2, 1.0, 0)
