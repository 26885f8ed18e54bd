"""Bounds beside each other, against the reference risks of theory (S², S²/O_h, s = 2, σ = F = 1)."""

import json

import numpy as np
import pytest

import weylspec as ws
from weylspec.report.curves import risk_curves

# n: upper bound, Pinsker, greedy lower bound
SPHERE = {1e2: (0.167, 0.0357, 0.0122), 1e3: (0.0306, 0.00847, 0.00272), 1e4: (0.00603, 0.00189, 6.12e-4)}
CUBIC = {1e2: (0.0824, 0.0111, 0.00238), 1e3: (0.00946, 0.00172, 4.15e-4), 1e4: (0.00124, 2.93e-4, 7.27e-5)}


@pytest.mark.parametrize(("space", "table"), [(ws.Sphere(2), SPHERE), (ws.Sphere(2) / ws.PointGroup("Oh"), CUBIC)])
def test_reference_risks_to_their_printed_digits(space, table):
    risks = risk_curves(space, s=2.0, n=list(table), noise=1.0)
    found = zip(risks.upper, risks.pinsker, risks.lower, strict=True)
    for row, expected in zip(found, table.values(), strict=True):
        assert [f"{value:.3g}" for value in row] == [f"{value:.3g}" for value in expected]
    assert (risks.lower <= risks.pinsker).all()
    assert (risks.pinsker <= risks.upper).all()


def test_measured_means_are_judged_at_their_own_n():
    risks = risk_curves(ws.Sphere(2) / ws.SO(2), s=2.0, n=[10.0, 100.0], noise=1.0)
    assert risks.below_upper

    class Curve:
        n = np.array([100])
        standard_error = np.array([0.01])
        predicted = risks

    Curve.predicted.__dict__["value"] = risks.predicted
    upper = risks.upper[1]
    for mean, verdict in ((upper - 0.021, "passed"), (upper - 0.019, "undecided"), (upper + 0.019, "undecided"),
                          (upper + 0.021, "failed")):
        Curve.mean = np.array([mean])
        judged = risks.with_measured(Curve)
        assert judged.verdict == verdict
        assert judged.below_upper is (verdict == "passed")
        assert judged.margin == pytest.approx([upper / mean])
        assert verdict in judged.verdict_text().lower()
    Curve.mean, Curve.standard_error = np.array([upper / 100]), np.array([np.inf])  # one repetition
    assert risks.with_measured(Curve).verdict == "undecided"
    assert risks.with_measured(Curve).as_dict()["measured"]["standard_error"] == [None]


def test_plain_types():
    plain = risk_curves(ws.Sphere(2), s=2.0, n=[10.0], noise=1.0, name="M").as_dict()
    assert json.loads(json.dumps(plain, allow_nan=False))["space"] == "M"
