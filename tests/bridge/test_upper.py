import numpy as np
import pytest

import weylspec as ws
from weylspec.bridge.upper import kernel_supremum, risk_upper_bound
from weylspec.errors import WeylspecError

SPHERE, CUBE = ws.Sphere(2), ws.Sphere(2) / ws.PointGroup("Oh")


@pytest.mark.parametrize(("n", "sphere", "cube"), [
    (1e2, "0.167", "0.0824"), (1e3, "0.0306", "0.00946"), (1e4, "0.00603", "0.00124"), (1e6, "0.000261", "2.99e-05"),
])
def test_reference_risks(n, sphere, cube):
    assert f"{risk_upper_bound(SPHERE, s=2, n=n, noise=1).value:.3g}" == sphere
    assert f"{risk_upper_bound(CUBE, s=2, n=n, noise=1).value:.3g}" == cube


@pytest.mark.parametrize(("n", "sphere", "cube", "places"), [
    (1e2, "0.1613", "0.0810", 4), (1e3, "0.03044", "0.00944", 5),
])
def test_ball_exact_form(n, sphere, cube, places):
    values = [risk_upper_bound(space, s=2, n=n, noise=1, ball_exact=True).value for space in (SPHERE, CUBE)]
    assert [f"{value:.{places}f}" for value in values] == [sphere, cube]


def test_rate_and_constant_at_many_samples():
    # n^{2/3}·bound → (π/2)^{2/3}·q^{−q}(1−q)^{−(1−q)} = 2.5527 on S², s = 2 (κ = 1)
    q = 2 / 3
    limit = (np.pi / 2) ** q * q**-q * (1 - q) ** (q - 1)
    gaps = [risk_upper_bound(SPHERE, s=2, n=n, noise=1).value * n**q / limit - 1 for n in (1e8, 1e10)]
    # 1 + R²/nη, nη ~ n^{1/3}: the gap falls like n^{−1/3}
    assert gaps[0] / gaps[1] == pytest.approx(100 ** (1 / 3), rel=0.03)
    assert 0 < gaps[1] < 2e-3


def test_kernel_supremum_of_the_sphere_and_its_quotient():
    degree = np.arange(3_000_000, -1, -1, dtype=np.float64)
    exact = float(((2 * degree + 1) * (1 + degree * (degree + 1)) ** -2).sum())  # misses 1e-13
    value = kernel_supremum(SPHERE, 2).value
    assert exact - 1e-12 <= value <= exact * (1 + 1e-6)
    assert round(value, 5) == 1.53568
    assert kernel_supremum(CUBE, 2).value == value


def test_below_half_the_dimension_of_m_only_where_all_orbits_are_alike():
    with pytest.raises(WeylspecError, match=r"s > 1\b"):
        kernel_supremum(ws.Sphere(2) / ws.SO(2), 0.8)
    translated = ws.Torus(2) / ws.Translations([[1, 0]])
    circle = kernel_supremum(ws.Torus(1), 0.8)
    assert kernel_supremum(translated, 0.8).value == pytest.approx(circle.value, rel=1e-9)
    with pytest.raises(WeylspecError, match=r"0\.5"):
        kernel_supremum(translated, 0.5)


def test_the_largest_codimension_of_an_orbit_is_named():
    # dependent vectors have orbits of dimension 2 in S⁵: bounded for s > 3/2, between ½ dim M/G = 1 and ½ dim M = 5/2
    gram = ws.Sphere(5) / ws.SO(3).copies(2)
    assert (gram.dim, gram.codim_max, (gram * gram).codim_max) == (2, 3, 6)
    for space, limit in ((gram, r"1\.5"), (gram * gram, "3"), (ws.Sphere(2) / ws.SO(2), "1")):
        with pytest.raises(WeylspecError, match=rf"exactly for s > {limit} = ½ of the largest codimension"):
            kernel_supremum(space, 0.8)


def test_ridge_is_optimal_and_a_given_one_is_used():
    for space, theta in ((SPHERE, 1.0), (CUBE, 1.0), (SPHERE, 0.7)):
        best = risk_upper_bound(space, s=2, n=500, noise="0.3", theta=theta)
        for factor in (0.5, 0.9, 1.1, 2.0):
            other = risk_upper_bound(space, s=2, n=500, noise="0.3", theta=theta, ridge=factor * best.ridge)
            assert other.ridge == factor * best.ridge
            assert other.value > best.value


def test_without_noise_the_optimum_is_closed():
    # (1 + R²/nη)²η is smallest at nη = R²: 4R²F²/n
    bound = risk_upper_bound(SPHERE, s=2, n=50, noise=0, norm=3)
    r2 = bound.constants["R²"]
    assert bound.value == pytest.approx(4 * r2 * 9 / 50, rel=1e-9)
    assert bound.ridge == pytest.approx(r2 / 50, rel=1e-3)


def test_below_half_the_dimension_a_kernel_that_is_not_constant_is_estimated():
    # T²/(translations of x, mirror of y) = circle/mirror: sup K is on the mirror, the sum over the circle.
    mirror = ws.AffineGroup([([[1, 0], [0, -1]], [0, 0])], translations=[[1, 0]])
    result = kernel_supremum(ws.Torus(2) / mirror, 0.8)
    assert not result.certified
    assert 0.9 <= result.value / kernel_supremum(ws.Torus(1), 0.8).value <= 1 + 1e-9
    assert not risk_upper_bound(ws.Torus(2) / mirror, s=0.8, n=10, noise=1).holds


def test_product_of_quotients_uses_the_product_of_the_manifolds():
    space = (ws.Sphere(1) / ws.SignFlips(1)) * ws.Sphere(1)
    result = kernel_supremum(space, 2)
    assert result.certified
    assert result.value == pytest.approx(kernel_supremum(ws.Sphere(1) * ws.Sphere(1), 2).value, rel=1e-9)


def test_refusals_and_flags():
    with pytest.raises(WeylspecError, match="n must be >= 1"):
        risk_upper_bound(SPHERE, s=2, n=0.5, noise=1)
    with pytest.raises(WeylspecError, match="ridge"):
        risk_upper_bound(SPHERE, s=2, n=5, noise=1, ridge=0)
    far = risk_upper_bound(CUBE, s=2, n=100, noise=1)
    assert far.constants["𝒩/asymptotic"] > 1.1
    assert not far.holds
    near = risk_upper_bound(SPHERE, s=2, n=1e6, noise=1)
    assert near.holds
    assert "optimal" not in near._repr_html_()
