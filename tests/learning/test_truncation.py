import math

import pytest

from weylspec.errors import CostError, WeylspecError
from weylspec.groups.orthogonal import SO
from weylspec.groups.permutation import Hyperoctahedral
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


@pytest.mark.parametrize("alpha", [0.5, 2.0, 30.0])
def test_default_cutoff_is_the_first_level_within_one_percent(alpha):
    cutoff = default_cutoff(Sphere(2), 2, alpha)
    degree = Sphere(2).degree(cutoff)
    assert sphere_tail(2, degree) <= 0.01 * alpha
    # one level less fails, up to the slack of the bound
    assert degree == 0 or 1.01 * sphere_tail(2, degree - 1) > 0.01 * alpha


def test_invariance_needs_fewer_levels():
    assert default_cutoff(Torus(2) / Hyperoctahedral(2), 2, 1.0) < default_cutoff(Torus(2), 2, 1.0)


def test_point_needs_the_constant_only():
    point = Sphere(2) / SO(3)
    assert default_cutoff(point, 1, 1.0) == 0.0
    assert neglected_trace(point, 1, 0) == 0.0


def test_refusals():
    with pytest.raises(WeylspecError, match="must exceed d/2"):
        neglected_trace(Sphere(2), 1, 6)
    with pytest.raises(CostError, match="give a cutoff"):
        default_cutoff(Sphere(2), 1.2, 1e-3)
    with pytest.raises(WeylspecError, match="alpha must be > 0"):
        default_cutoff(Sphere(2), 2, 0.0)
