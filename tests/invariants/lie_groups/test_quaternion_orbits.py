"""Volumes of SU(2) modulo circles against integrals over the sphere, and the spectra they belong to."""

import math
from fractions import Fraction

import numpy as np
import pytest
import scipy.integrate

from weylspec.counting.verify import verify_weyl
from weylspec.errors import UnknownGeometryError
from weylspec.exact.modular import unit_powers
from weylspec.expressions import read_space
from weylspec.groups.base import Group
from weylspec.groups.cosets import LinearCoset
from weylspec.groups.linear_action import LinearAction, OrthogonalBlock, skew
from weylspec.groups.orthogonal import SO
from weylspec.invariants.lie_groups.quaternion_orbits import su2_orbits
from weylspec.invariants.lie_groups.quaternions import QuaternionCoset
from weylspec.spaces.left_invariant import BergerSphere, LeftInvariantSU2

EMPTY = np.zeros((0, 1), dtype=np.int64)


def circle(u, w):
    """x ↦ e(uθ/2)·x·e(wθ/2)."""
    return QuaternionCoset(Fraction(1), Fraction(0), Fraction(0), (u,), (w,), False, EMPTY, ())


class LeftCircle(Group):
    """(z_1, z_2) ↦ (e^{iθ}z_1, e^{−iθ}z_2)."""

    order = math.inf
    degree = 4

    def __repr__(self):
        return "LeftCircle()"

    def natural(self):
        planes = np.array([[0, 1], [3, 2]])
        direction = skew(4, planes[:, 0], planes[:, 1])
        coset = LinearCoset(Fraction(1), (1,) * 4, (Fraction(0),) * 4, np.array([[1], [-1], [1], [-1]]), EMPTY, (),
                            lambda: np.eye(4), (direction,))

        def sampler(n, rng):
            angles = 2 * math.pi * rng.random((n, 1, 1))
            return np.cos(angles) * np.eye(4) + np.sin(angles) * direction

        return LinearAction("LeftCircle()", 4, math.inf, (), lambda: iter([coset]), sampler, 1,
                            (OrthogonalBlock(planes),))


@pytest.mark.parametrize("a", [0.3, 1.0, 2.5])
@pytest.mark.parametrize(("u", "w"), [(1, 1), (1, -1), (2, 0), (0, 2), (3, 1), (1, 3), (-2, 4), (1, 5)])
def test_volumes_are_integrals_over_orbits(a, u, w):
    """∫ dvol/length: s uniform on [−1, 1], speed² a²(us + w)² + b²u²(1 − s²) (halves), period of the circle 1/gcd."""
    b = 0.8
    common = math.gcd(abs(u + w) // 2, abs(u - w) // 2)

    def inverse(s):
        return common / (2 * math.pi * math.sqrt(a**2 * (u * s + w) ** 2 / 4 + b**2 * u**2 * (1 - s**2) / 4))

    mean = scipy.integrate.quad(inverse, -1, 1, epsabs=1e-10, epsrel=1e-10)[0] / 2
    found = su2_orbits([circle(u, w)], (a, b, b), "", 0.0)
    assert found.dim == 2
    assert found.volume == pytest.approx(2 * math.pi**2 * a * b**2 * mean, rel=1e-8)


def test_a_circle_from_the_left_has_carlsons_mean():
    """Mean over the sphere of 1/√(a²x² + b²y² + c²z²)."""
    a, b, c = 1.0, 2.0, 3.0
    heights, shares = np.polynomial.legendre.leggauss(60)
    angles = 2 * math.pi * np.arange(120) / 120
    across = np.sqrt(1 - heights**2)[:, None]
    speed = np.sqrt(a**2 * (across * np.cos(angles)) ** 2 + b**2 * (across * np.sin(angles)) ** 2
                    + c**2 * heights[:, None] ** 2)
    mean = float(shares @ (1 / speed).mean(axis=1)) / 2
    found = LeftInvariantSU2(1, 2, 3) / LeftCircle()
    assert found.volume == pytest.approx(math.pi * a * b * c * mean, rel=1e-10)
    assert found.is_free
    assert not found.is_homogeneous


@pytest.mark.parametrize("space", [LeftInvariantSU2(1, 2, 3), LeftInvariantSU2(3, 1, 2), BergerSphere("1/2")], ids=repr)
def test_weyls_law_of_a_circle_from_the_left(space):
    """One function for each even k and vector of V_k, against the elliptic integral."""
    quotient = space / LeftCircle()
    assert quotient.count(8 / max(space.lengths) ** 2) >= 1
    assert verify_weyl(quotient).passed


def test_a_weighted_circle_has_a_cone_point_and_an_area():
    """Weights (1, 2): heat trace of the invariant functions, area/4πt + constant + O(t)."""
    space = BergerSphere("1/2")
    coset = circle(1, 3)
    found = su2_orbits([coset], (0.5, 1.0, 1.0), "", 0.0)
    assert [(t.dim, t.coefficient) for t in found.lower] == [(0, pytest.approx(1 / 8))]
    assert (found.walls, found.is_free, found.orbits_alike) == ((), False, True)
    t = np.array([0.02, 0.01, 0.005])
    rows = space._top.parts(40 / t[-1])
    p = 2**31 - 1
    multiplicities = coset.traces(rows, unit_powers(1, p), p)
    trace = np.array([(multiplicities * np.exp(-s * rows.values)).sum() for s in t])
    excess = trace - found.volume / (4 * math.pi * t)
    # The area is right if no term 1/t is left; what is left tends to a constant.
    assert abs(excess[2] - excess[1]) < 0.6 * abs(excess[1] - excess[0])
    assert abs(excess[2]) < 1


def test_circles_that_fix_circles():
    found = su2_orbits([circle(1, 1)], (2.0, 1.0, 1.0), "", 0.0)
    assert [(wall.volume, wall.weight) for wall in found.walls] == [(4 * math.pi, 0.0)]
    assert not found.orbits_alike


@pytest.mark.parametrize("t", ["1/2", "1", "2"])
def test_weyls_law_of_berger_spheres_modulo_rotations_of_a_plane(t):
    assert verify_weyl(read_space(f"BergerSphere({t!r}) / SO(2)")).passed
    interval = read_space(f"BergerSphere({t!r}) / (SO(2) + SO(2))")
    assert interval.dim == 1
    assert interval.volume == pytest.approx(math.pi / 2)
    assert verify_weyl(interval).passed


def test_transitive_groups_leave_a_point():
    roots = np.array([[2], [-2]])
    found = su2_orbits([QuaternionCoset(Fraction(1), Fraction(0), Fraction(0), (2,), (0,), False, roots,
                                      (Fraction(0),) * 2)], (1.0, 2.0, 3.0), "SU(2)", 0.0)
    assert (found.dim, found.volume) == (0, 1.0)


def test_what_is_not_offered_says_so():
    several = read_space("BergerSphere(2) / (SO(2) * MatrixGroup([[[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, -1], "
                         "[0, 0, 1, 0]]]))")
    assert several.count(10) >= 1
    with pytest.raises(UnknownGeometryError, match="several components"):
        _ = several.volume


def test_long_hopf_circles_keep_the_digits_of_the_volume():
    """Q = (1 + s)(a²(1 + s) + 1 − s)/4 for u = w = ½, b = 1: with 1 + s = y² the integral is elementary."""
    for a in (2.0, 1e3, 1e9):
        root = math.sqrt(a * a - 1)
        volume = (BergerSphere(a) / SO(2)).volume
        assert volume == pytest.approx(2 * math.pi * a / root * math.asinh(root), rel=1e-13)
