import math

import pytest

import weylspec as ws
from weylspec.bridge.constants import effective_dimension_constant
from weylspec.bridge.effective import effective_dimension
from weylspec.errors import WeylspecError
from weylspec.invariants.orbit_spaces.geometry import weyl_constant


def two_terms(space, s, eta):
    """One- and two-term asymptotics, the second from the walls."""
    d = space.dim
    a, wall = d / (2 * s), (d - 1) / (2 * s)
    first = weyl_constant(d) * space.volume * effective_dimension_constant(a) * eta**-a
    area = sum(w.weight * w.volume for w in space.walls)
    return first, first + weyl_constant(d - 1) * area * effective_dimension_constant(wall) * eta**-wall


def test_sphere_ratios():
    ratios = [effective_dimension(ws.Sphere(2), 2, "1e-6", power=p).ratio for p in (1, 2)]
    assert [round(r, 4) for r in ratios] == [0.9996, 0.9992]


def test_chamber_of_s3_under_s4():
    space = ws.Sphere(3) / ws.SymmetricGroup(4)
    values = [effective_dimension(space, 3, eta).value for eta in ("1e-8", "1e-12")]
    assert [f"{values[0]:.2f}", f"{values[1]:.0f}"] == ["294.85", "23358"]
    one, two = two_terms(space, 3, 1e-8)
    assert (f"{one:.2f}", f"{two:.2f}") == ("218.17", "288.32")
    assert [round(v) for v in two_terms(space, 3, 1e-12)] == [21817, 23328]


def test_collapsing_wall_lowers_the_count():
    space = ws.Sphere(4) / ws.SO(3)
    assert round(effective_dimension(space, 2, "1e-12").value) == 784843
    assert [round(v) for v in two_terms(space, 2, 1e-12)] == [785398, 784843]


def test_large_group_is_far_from_its_asymptotics_and_says_so():
    result = effective_dimension(ws.Sphere(4) / ws.SymmetricGroup(5), 4, "1e-4")
    assert round(result.ratio) == 23
    assert ("Weyl regime: ratio within 10% of 1", False) in result.assumptions


def test_seven_coloured_blocks_approach_5040_slowly():
    full, inv = ws.Torus(7), ws.Torus(7) / ws.SymmetricGroup(7)
    ratios = [
        effective_dimension(full, 7, eta).value / effective_dimension(inv, 7, eta).value
        for eta in ("1e-4", "1e-8", "1e-12", "1e-16")
    ]
    assert [round(r) for r in ratios] == [39, 271, 932, 1972]


def test_value_is_within_its_error_across_spaces_and_the_tail_is_part_of_it():
    # The same sum from the product's own list: T² against the double sum over k.
    eta, s = 1e-3, 3.0
    result = effective_dimension(ws.Torus(2), s, eta)
    k = range(-300, 301)
    direct = math.fsum(1 / (1 + eta * (1 + i * i + j * j) ** s) for i in k for j in k)
    beyond = math.pi / ((s - 1) * eta * 300 ** (2 * (s - 1)))  # at most: outside the disc of radius 300
    assert result.value - direct <= beyond + result.error
    assert direct - result.value <= 1e-11 * direct + result.error
    assert 0 < result.tail < result.value


def test_a_point_and_refusals():
    point = effective_dimension(ws.Sphere(2) / ws.SO(3), 1, 0.25)
    assert (point.value, point.error, point.asymptotic) == (0.8, 0.0, 1.0)
    with pytest.raises(WeylspecError, match=r"s > d/2 = 1"):
        effective_dimension(ws.Sphere(2), 1, 0.1)
    assert effective_dimension(ws.Sphere(2), 1, 0.1, power=2).value > 0
    with pytest.raises(WeylspecError, match="eta"):
        effective_dimension(ws.Sphere(2), 2, 0)


def test_html_shows_value_and_assumption():
    page = effective_dimension(ws.Sphere(2), 2, 0.1)._repr_html_()
    assert "effective dimension" in page
    assert "s·power &gt; d/2" in page or "s·power > d/2" in page
