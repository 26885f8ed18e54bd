"""Any positive input gives a finite number or a named refusal, and never a raw error or a warning."""

import math
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import weylspec as ws
from weylspec.bridge.curves import learning_curve
from weylspec.bridge.effective import effective_dimension
from weylspec.bridge.gain import gain, sample_complexity
from weylspec.bridge.minimax import minimax_lower_bound, pinsker_risk
from weylspec.bridge.upper import risk_upper_bound
from weylspec.errors import WeylspecError

SPACES = (ws.Sphere(2), ws.Sphere(2) / ws.PointGroup("Oh"), ws.Sphere(2, "1e4"), ws.Torus(1), ws.Sphere(2) / ws.SO(3))


def wide(top):
    return st.floats(-top, top).map(lambda x: 10.0**x)


def finite_or_refused(answer, most=math.inf):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            value = answer().value
        except WeylspecError:
            return
    assert math.isfinite(value)
    assert 0 <= value <= most


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(SPACES), st.one_of(st.floats(0.05, 10), wide(6)), *[st.one_of(wide(3), wide(305))] * 3)
def test_bounds_at_any_size(space, s, n, noise, norm):
    # Answering 0 costs F²: no functional exceeds it, up to the ridge that answers 0 nearly.
    for risk, share in ((minimax_lower_bound, 0.5), (pinsker_risk, 1), (risk_upper_bound, 1 + 1e-6)):
        most = share * min(norm, 1e150) ** 2 * (1 + 1e-12)
        finite_or_refused(lambda risk=risk: risk(space, s=s, n=n, noise=noise, norm=norm), most)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.sampled_from(SPACES), st.one_of(st.floats(0.05, 10), wide(6)), st.one_of(wide(3), wide(305)),
    st.one_of(wide(3), wide(305)), st.sampled_from([1, 2, "0.7"]),
)
def test_effective_dimension_and_samples_at_any_size(space, s, eta, noise, power):
    finite_or_refused(lambda: effective_dimension(space, s, eta, power=power))
    for functional in ("pinsker", "lower"):
        finite_or_refused(
            lambda functional=functional: sample_complexity(
                space, s=s, target_risk=eta, noise=noise, functional=functional))


def test_large_exponents_simply_work():
    q = ws.Sphere(2) / ws.PointGroup("Oh")
    # Only the constants are left: R² = 1 and 𝒩 = 1/(1 + η), with which the bound is a function of η alone.
    bound = risk_upper_bound(ws.Sphere(2), s=100, n=10, noise=1)
    eta = bound.ridge
    inflation = 1 + 1 / (10 * eta)
    assert bound.value == pytest.approx(inflation**2 * eta + inflation / (10 * (1 + eta)), rel=1e-12)
    assert pinsker_risk(q, s=100, n=10, noise=1).value == pytest.approx(1 / 11, rel=1e-12)
    assert effective_dimension(q, 2, 1e50).value == pytest.approx(1e-50, rel=0.01)
    for call in (
        lambda: pinsker_risk(q, s=1e6, n=10, noise=1), lambda: gain(q, s=1e4, target_risk="0.1", noise=1),
        lambda: risk_upper_bound(q, s="1e9", n=10, noise=1),
    ):
        with pytest.raises(WeylspecError, match="s must be at most 1000"):
            call()
    for risk in (pinsker_risk, risk_upper_bound, minimax_lower_bound):
        with pytest.raises(WeylspecError, match=r"noise must be at most 1e\+50.*rescale"):
            risk(q, s=2, n=10, noise=1e300)


def test_what_is_not_a_space_is_named():
    calls = [
        lambda risk=risk: risk(3, s=2, n=10, noise=1)
        for risk in (pinsker_risk, risk_upper_bound, minimax_lower_bound, learning_curve)
    ]
    calls += [lambda: effective_dimension(3, 2, 1), lambda: gain(3, s=2, target_risk="0.1", noise=1)]
    for call in calls:
        with pytest.raises(WeylspecError, match=r"a space.*got 3"):
            call()
    with pytest.raises(WeylspecError, match="n is empty"):
        learning_curve(ws.Sphere(2), s=2, n=[], noise=1)
