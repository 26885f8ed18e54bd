"""Counts as text."""

import numpy as np
import pytest

import weylspec as ws
from weylspec.report.rows import Between, CountRow, count_note, count_rows, counted, large, order_text


class Listed(ws.Manifold):
    """Levels 0, 1, 2, 4, 5 with errors 0, 0.1, 1.5, 1.4, 0.1; nothing is known above 5."""

    dim = ambient_dim = 1
    volume = 8 * np.pi  # N(λ) ≈ 8√λ would be 16 at λ = 4: steps beyond λ are short
    is_closed_form = False

    def levels(self, cutoff):
        if float(cutoff) > 5:
            raise ws.CostError("nothing is known above 5")
        errors = np.array([0.0, 0.1, 1.5, 1.4, 0.1])
        return ws.Spectrum.from_eigenvalues([0, 1, 2, 4, 5], errors=errors, complete_below=5).up_to(cutoff)


@pytest.mark.parametrize(
    ("lam", "low", "high"),
    [
        (-1, 0, 0),
        (0, 1, 1),     # the second is at least 0.9, and so are all above it
        (1, 1, 3),     # the fourth is at least 2.6
        (1.2, 2, 3),
        (3, 2, 4),     # the fifth is at least 4.9, for λ + 3·1.5 the list ends before: high is not known
        (5, 3, None),  # nothing is listed above
    ],
)
def test_intervals_by_hand(lam, low, high):
    found = counted(Listed(), lam)
    assert found.low == low
    assert found.high in (high, None)
    assert found.high == high or lam + 4.5 > 5


def test_closed_forms_count_and_computed_factors_do_not():
    assert counted(ws.Torus(1) * ws.Sphere(2), 2) == 6
    assert isinstance(counted(ws.TriangleMesh.icosphere(1) / ws.PointGroup("Ih"), 1), Between)


def test_intervals_in_rows():
    row = CountRow(5, Between(9, 16), Between(2, 2))
    assert count_rows([row, CountRow(6, 18, Between(9, None))]) == [("5", "9 to 16", "2", "—"), ("6", "18", "≥ 9", "—")]
    assert CountRow(6, 18, Between(9, 9)).ratio == "2"
    assert row.as_dict() == {"lam": 5, "total": {"low": 9, "high": 16}, "invariant": {"low": 2, "high": 2}}
    assert count_note([CountRow(1, 2, 1)]).startswith("Exact")
    assert not count_note([row]).startswith("Exact")


@pytest.mark.parametrize(
    ("value", "text"), [(7, "7"), (10**12 - 1, "999999999999"), (10**12, "1e+12"), (123456 * 10**40, "1.235e+45"),
                        (10**400, "1e+400")])
def test_large_integers(value, text):
    assert large(value) == text


def test_ratio_of_integers_beyond_floats():
    assert CountRow(1, 5040 * 10**400, 10**400).ratio == "5040"
    assert count_rows([CountRow(100, None, 2)]) == [("100", "—", "2", "—")]


def test_orders():
    assert [order_text(x) for x in (5040, 5040.0, float("inf"))] == ["5040", "5040", "infinite"]
