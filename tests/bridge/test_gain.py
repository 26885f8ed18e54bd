import math

import pytest

import weylspec as ws
from weylspec.bridge.gain import gain, sample_complexity
from weylspec.bridge.minimax import minimax_lower_bound, pinsker_risk
from weylspec.bridge.upper import risk_upper_bound
from weylspec.errors import WeylspecError

CUBE, AXIS = ws.Sphere(2) / ws.PointGroup("Oh"), ws.Sphere(2) / ws.SO(2)
TARGETS = ("0.1", "0.01", "0.001", "1e-4")


def gains(space, targets=TARGETS):
    return [gain(space, s=2, target_risk=t, noise=1) for t in targets]


def test_cube_group():
    results = gains(CUBE)
    assert [f"{r.ratio:.3g}" for r in results] == ["2.05", "6.82", "13.1", "20.7"]
    assert {r.limit for r in results} == {48.0}
    assert results[0].exponent_with == results[0].exponent_without == pytest.approx(2 / 3)


def test_rotations_about_an_axis_change_the_exponent():
    results = gains(AXIS)
    assert [f"{r.ratio:.3g}" for r in results] == ["1.42", "2.66", "4.84", "8.66"]
    assert [f"{r.asymptotic_ratio:.3g}" for r in results] == ["1.54", "2.75", "4.89", "8.69"]
    assert f"{results[3].asymptotic_ratio * 1e-4**0.25:.4f}" == "0.8687"
    assert all(r.limit == math.inf for r in results)
    assert (results[0].exponent_without, results[0].exponent_with) == (2 / 3, 2 / 2.5)


def test_exponents_are_seen_in_the_sample_complexity():
    # n ~ ε^{−1/q}: slope between two small targets
    for space, exponent in ((ws.Sphere(2), 2 / 3), (AXIS, 0.8)):
        n = [sample_complexity(space, s=2, target_risk=e, noise=1).value for e in ("1e-6", "1e-7")]
        assert math.log10(n[1] / n[0]) * exponent == pytest.approx(1, abs=2e-3)


@pytest.mark.parametrize("space", [CUBE, AXIS, ws.Torus(2), ws.Sphere(2) / ws.SO(3)], ids=repr)
@pytest.mark.parametrize("target", ["0.3", "0.02", "1e-5"])
def test_the_root_is_a_root(space, target):
    for functional, risk in (("pinsker", pinsker_risk), ("lower", minimax_lower_bound), ("upper", risk_upper_bound)):
        root = sample_complexity(space, s="1.7", target_risk=target, noise="0.4", functional=functional).value
        if functional == "upper" and root == 1.0:
            continue
        # The lower bound's and Pinsker's sums are exact; the upper bound may choose another list length.
        rel = 1e-5 if functional == "upper" else 1e-9
        assert risk(space, s="1.7", n=root, noise="0.4").value == pytest.approx(float(target), rel=rel)


def test_free_actions_reach_the_order_fast():
    antipodal = ws.Sphere(2) / ws.PointGroup("Ci")
    result = gain(antipodal, s=2, target_risk="1e-5", noise=1)
    assert result.limit == 2.0
    assert result.ratio == pytest.approx(2, rel=0.005)


def test_a_point_answers_with_the_mean():
    result = gain(ws.Sphere(2) / ws.SO(3), s=2, target_risk="1e-3", noise=1)
    assert result.n_with == pytest.approx(1 / 1e-3 - 1)
    assert result.exponent_with == 1.0
    assert result.limit == math.inf


def test_refusals():
    with pytest.raises(WeylspecError, match="target_risk < 1"):
        gain(CUBE, s=2, target_risk=1, noise=1)
    with pytest.raises(WeylspecError, match="noise"):
        gain(CUBE, s=2, target_risk="0.1", noise=0)
    with pytest.raises(WeylspecError, match="functional"):
        sample_complexity(CUBE, s=2, target_risk="0.1", noise=1, functional="best")


def test_with_dirichlet_conditions_answering_zero_costs_less():
    """sup ‖f‖² over the ball is F²/(1 + λ₁)^s: 2π² on the unit square; just below it a sample helps."""
    drum = ws.Box([1, 1], "dirichlet") / ws.SignFlips(1)
    trivial = (1 + 2 * math.pi**2) ** -2
    with pytest.raises(WeylspecError, match=f"costs at most {trivial:g}"):
        gain(drum, s=2, target_risk=trivial * 1.001, noise="0.1")
    assert sample_complexity(drum, s=2, target_risk=trivial * 0.999, noise="0.1").value > 0
    # Half the drum with mixed conditions needs as many samples as the drum's even functions.
    half = ws.Box(["1/2", 1], [("dirichlet", "neumann"), "dirichlet"])
    samples = [sample_complexity(M, s=2, target_risk=trivial / 100, noise="0.1").value for M in (drum, half)]
    assert samples[0] == pytest.approx(samples[1], rel=1e-9)


def test_html_names_both_rates():
    page = gain(AXIS, s=2, target_risk="0.01", noise=1)._repr_html_()
    assert "n^−0.6667" in page
    assert "n^−0.8" in page
