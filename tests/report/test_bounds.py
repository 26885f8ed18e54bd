"""Bounds beside each other, and what is missing with its reason."""

import json

import pytest

import weylspec as ws
from weylspec.errors import WeylspecError
from weylspec.report.bounds import bound_table


def test_all_three_against_theory():
    """Theory 6.7, 6.8: S², s = 2, σ = F = 1, n = 100."""
    table = bound_table(ws.Sphere(2), s=2, n=[100], noise=1)
    (row,) = table.rows
    assert {name: f"{bound.value:.3g}" for name, bound in row.items()} == {
        "lower bound": "0.0122", "pinsker": "0.0357", "upper bound": "0.167"}
    assert table.refused == {}
    assert "holds: Gaussian noise" in table.text()
    assert json.loads(json.dumps(table.as_dict(), allow_nan=False))["rows"][0]["n"] == 100


def test_a_mesh_has_no_upper_bound_and_says_why():
    table = bound_table(ws.TriangleMesh.icosphere(3), s=2, n=[10], noise=1)
    assert sorted(table.rows[0]) == ["lower bound", "pinsker"]
    assert "upper bound not offered: TriangleMesh" in table.text()
    assert table.as_dict()["rows"][0]["upper_bound"] is None
    # Eigenvalues within some per cent of those of the sphere.
    sphere = bound_table(ws.Sphere(2), s=2, n=[10], noise=1).rows[0]
    for name, bound in table.rows[0].items():
        assert bound.value == pytest.approx(sphere[name].value, rel=0.05)


def test_a_bound_that_is_missing_at_one_n_only():
    """The upper bound is proved for n ≥ 1."""
    table = bound_table(ws.Sphere(2), s=2, n=["0.5", 10], noise=1)
    assert ["upper bound" in row for row in table.rows] == [False, True]
    assert "n must be" in table.refused["upper bound"]


@pytest.mark.parametrize("wrong", [{"noise": -1}, {"s": 0}, {"norm": 0}, {"theta": 2}])
def test_nothing_offered_is_an_error(wrong):
    with pytest.raises(WeylspecError, match=next(iter(wrong))):
        bound_table(ws.Sphere(2), **{"s": 2, "n": [10], "noise": 1, **wrong})
