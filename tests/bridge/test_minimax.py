import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

import weylspec as ws
from weylspec.bridge.minimax import minimax_lower_bound, pinsker_risk
from weylspec.bridge.upper import risk_upper_bound
from weylspec.errors import WeylspecError

SPHERE, CUBE = ws.Sphere(2), ws.Sphere(2) / ws.PointGroup("Oh")
COUNTS = (1e2, 1e3, 1e4, 1e6)


def three_digits(values):
    return [float(f"{value:.3g}") for value in values]


@pytest.mark.parametrize(("space", "shown"), [
    (SPHERE, [0.0122, 0.00272, 6.12e-4, 2.85e-5]),
    (CUBE, [0.00238, 4.15e-4, 7.27e-5, 2.73e-6]),
])
def test_greedy_lower_bound(space, shown):
    assert three_digits(minimax_lower_bound(space, s=2, n=n, noise=1).value for n in COUNTS) == shown


@pytest.mark.parametrize(("space", "shown"), [
    (SPHERE, [0.0357, 0.00847, 0.00189, 9.02e-5]),
    (CUBE, [0.0111, 0.00172, 2.93e-4, 9.70e-6]),
])
def test_pinsker_column(space, shown):
    assert three_digits(pinsker_risk(space, s=2, n=n, noise=1).value for n in COUNTS) == shown


def test_pinsker_tends_to_its_limit():
    ratios = [pinsker_risk(SPHERE, s=2, n=n, noise=1).constants["ratio"] for n in (1e4, 1e6, 1e8)]
    cube = [pinsker_risk(CUBE, s=2, n=n, noise=1).constants["ratio"] for n in (1e4, 1e6, 1e8)]
    assert [round(r, 4) for r in ratios] == [0.9675, 0.9927, 0.9984]
    assert [round(r, 3) for r in cube[1:]] == [1.410, 1.181]
    assert cube[0] == pytest.approx(1.977, abs=1e-3)


@settings(max_examples=40, deadline=None)
@given(st.floats(0.7, 5), st.floats(0, 5), st.floats(-2, 1), st.floats(0.1, 10), st.floats(0.3, 1))
def test_both_functionals_against_direct_solutions(s, log_n, log_noise, norm, theta):
    n, noise = 10**log_n, 10**log_noise
    space = ws.Sphere(1)
    lam = np.arange(200_000, dtype=np.float64) ** 2
    mult = np.where(lam == 0, 1.0, 2.0)
    m, variance = (1 + lam) ** (s * theta), noise**2 / n
    cap = noise**2 / (4 * n)
    # lower bound: the dual of the linear programme, min over the price of Σ m τ² ≤ F²
    budget = np.cumsum(mult * m * cap)
    if budget[-1] < norm**2:
        return
    last = int(np.searchsorted(budget, norm**2))
    price = 1 / m[last]
    dual = price * norm**2 + (mult * cap * np.maximum(1 - price * m, 0)).sum()
    args = {"s": s, "n": n, "noise": noise, "norm": norm, "theta": theta}
    assert minimax_lower_bound(space, **args).value == pytest.approx(0.5 * dual, rel=1e-9)
    root = np.sqrt(m)

    def spent(cut):
        return float((mult * root * np.maximum(cut - root, 0)).sum()) * variance - norm**2

    if spent(root[-1]) < 0:
        return
    cut = brentq(spent, 1.0, root[-1], xtol=1e-13, rtol=1e-13, maxiter=500)
    direct = variance * (mult * np.maximum(1 - root / cut, 0)).sum()
    assert pinsker_risk(space, **args).value == pytest.approx(direct, rel=1e-7)


SPACES = (
    SPHERE, CUBE, ws.Sphere(2) / ws.SO(2), ws.Torus(2), ws.Sphere(3) / ws.SymmetricGroup(4),
    ws.Sphere(2) / ws.SO(3), ws.Sphere(4) / ws.SO(3),
)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(SPACES), st.floats(0.1, 4), st.floats(0, 6), st.floats(-2, 1), st.floats(-1, 1),
    st.floats(0.4, 1), st.booleans(),
)
def test_lower_bound_pinsker_upper_bound_are_ordered(space, above, log_n, log_noise, log_norm, theta, exact):
    s = space.total.dim / 2 + above
    args = {"s": s, "n": 10**log_n, "noise": 10**log_noise, "norm": 10**log_norm, "theta": max(theta, 1.2 / s)}
    args["theta"] = min(args["theta"], 1.0)
    low, middle = minimax_lower_bound(space, **args).value, pinsker_risk(space, **args).value
    high = risk_upper_bound(space, **args, ball_exact=exact).value
    assert 0 < low <= middle <= high


def test_without_noise_there_is_no_lower_bound():
    assert minimax_lower_bound(SPHERE, s=2, n=10, noise=0).value == 0
    assert pinsker_risk(SPHERE, s=2, n=10, noise=0).value == 0


def test_a_point_is_one_coordinate():
    point = ws.Sphere(2) / ws.SO(3)
    variance = 0.3**2 / 7
    assert pinsker_risk(point, s=1, n=7, noise="0.3", norm=2).value == pytest.approx(4 * variance / (4 + variance))
    assert minimax_lower_bound(point, s=1, n=7, noise="0.3").value == pytest.approx(variance / 8, rel=1e-14)


def test_description_and_refusals():
    result = pinsker_risk(SPHERE, s=2, n=100, noise=1)
    assert "neither an upper nor a lower bound" in result.kind
    assert "as recalled" in result.source
    with pytest.raises(WeylspecError, match="n must be > 0"):
        pinsker_risk(SPHERE, s=2, n=0, noise=1)
    with pytest.raises(WeylspecError, match="noise"):
        minimax_lower_bound(SPHERE, s=2, n=10, noise=-1)
    with pytest.raises(WeylspecError, match="theta"):
        minimax_lower_bound(SPHERE, s=2, n=10, noise=1, theta=2)


@pytest.mark.parametrize("noise", [1e2, 1e5, 1e8])
def test_pinsker_with_loud_noise_keeps_its_digits(noise):
    """Only the constant is in play: ρ = ε²F²/(ε² + F²), below F² by a part in 10⁸ or less."""
    value = pinsker_risk(ws.Sphere(2), s=1, n=1, noise=noise, norm="0.001").value
    assert value == pytest.approx(1e-6 / (1 + 1e-6 / noise**2), rel=4e-16)
    assert value <= 1e-6
