import numpy as np
import pytest
from scipy.integrate import quad

import weylspec as ws
from weylspec.bridge.levels import LevelTable
from weylspec.bridge.sums import (
    bias_sum,
    incomplete_beta,
    power_sum,
    power_upper,
    regularised_sum,
    regularised_upper,
    tail_integral,
)


def sphere_sum(h, levels=2_000_000):
    """Σ (2l+1) h(1 + l(l+1)) on S², from the smallest summand up."""
    degree = np.arange(levels, -1, -1, dtype=np.float64)
    return float(((2 * degree + 1) * h(1 + degree * (degree + 1))).sum())


@pytest.mark.parametrize("beta", [1.3, 0.4, -0.25, -1.0, -2.7])
@pytest.mark.parametrize("x", [0.01, 0.6, 0.95])
def test_incomplete_beta_against_quadrature(beta, x):
    expected, _ = quad(lambda t: t**0.7 * (1 - t) ** (beta - 1), 0, x, epsabs=0, epsrel=1e-12)
    assert float(incomplete_beta(1.7, beta, x)) == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize(("exponent", "power", "shift"), [
    (1.0, 1.0, 0.0), (0.5, 2.0, 0.0), (-0.5, 1.0, 0.0), (1.5, 2.0, 3.0), (1.0, 1.0, 3.0), (1.0, 0.0, 3.0),
])
def test_tail_integral_against_quadrature(exponent, power, shift):
    s, eta, top = 2.0, 1e-3, 7.0

    def integrand(x):  # u = top/x
        u = top / x
        return exponent * u ** (exponent - 1 - shift) * (1 + eta * u**s) ** -power * top / x**2

    expected, _ = quad(integrand, 0, 1, epsabs=0, epsrel=1e-11, limit=200)
    assert float(tail_integral(exponent, top, eta, s, power, shift)) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("cutoff", [300, 3000, 50_000])
def test_smooth_sum_is_within_its_error_of_a_long_sum(cutoff):
    # s = 4: beyond l = 2·10⁶ the long sum misses less than 1e-30 of it.
    s, eta, decay = 4.0, 1e-6, 5.5
    table = LevelTable.of(ws.Sphere(2), cutoff)
    cases = [
        (regularised_sum(table, s, eta), lambda u: 1 / (1 + eta * u**s)),
        (regularised_sum(table, s, eta, 2.0), lambda u: (1 + eta * u**s) ** -2),
        (power_sum(table, 4.0), lambda u: u**-4.0),
        (bias_sum(table, s, eta, decay), lambda u: (eta * u**s / (1 + eta * u**s)) ** 2 * u**-decay),
    ]
    for total, h in cases:
        expected = sphere_sum(h)
        assert abs(total.value[0] - expected) <= total.error[0] + 1e-13 * expected
        assert total.error[0] <= 1e-3 * expected


def test_smooth_cutoff_beats_a_sharp_one():
    s, eta = 3.0, 1e-6
    table = LevelTable.of(ws.Sphere(2), 2000)
    expected = sphere_sum(lambda u: 1 / (1 + eta * u**s))
    sharp = float((1 / (1 + eta * table.shifted**s)) @ table.mult) + float(tail_integral(1.0, table.top, eta, s, 1.0))
    smooth = float(regularised_sum(table, s, eta).value[0])
    assert abs(smooth - expected) < 1e-6 * abs(sharp - expected)


@pytest.mark.parametrize("space", [
    ws.Sphere(2), ws.Torus(2), ws.Sphere(3) / ws.SymmetricGroup(4), ws.Sphere(2) / ws.SO(2),
    ws.Sphere(4) / ws.SO(3),
], ids=repr)
def test_upper_sums_decrease_towards_the_smooth_ones(space):
    s, eta = 2.2, 1e-3
    tables = [LevelTable.of(space, cutoff) for cutoff in (200, 2000, 20_000)]
    upper = [float(regularised_upper(table, s, eta)[0]) for table in tables]
    trace = [power_upper(table, s) for table in tables]
    best, sums = regularised_sum(tables[-1], s, eta), power_sum(tables[-1], s)
    assert upper[0] >= upper[1] >= upper[2] >= best.value[0] - best.error[0]
    assert trace[0] >= trace[1] >= trace[2] >= sums.value[0] - sums.error[0]
    assert upper[2] <= best.value[0] * 1.001


def test_circle_in_closed_form():
    # Σ_{k∈Z} 1/(1 + η(1+k²)) = π/√(η(1+η))·coth(π√((1+η)/η))
    for eta in (0.3, 1e-2, 1e-5):
        root = np.sqrt((1 + eta) / eta)
        expected = np.pi / np.sqrt(eta * (1 + eta)) / np.tanh(np.pi * root)
        total = regularised_sum(LevelTable.of(ws.Torus(1), 40_000), 1.0, eta)
        assert total.value[0] == pytest.approx(expected, rel=1e-12)


def test_a_point_has_no_tail():
    table = LevelTable.of(ws.Sphere(2) / ws.SO(3), 0)
    total = regularised_sum(table, 2.0, [0.5, 1.0])
    assert total.value.tolist() == [1 / 1.5, 0.5]
    assert total.tail.tolist() == total.error.tolist() == [0, 0]
    assert table.longer is table
    assert power_upper(table, 1.0) == 1.0
