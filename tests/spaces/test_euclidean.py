"""Margins of pieces of Rⁿ against the boundary itself, sampled; membership; the boxes around them."""

import math

import numpy as np
import pytest

import weylspec as ws
from weylspec.errors import WeylspecError


def segment(start, end):
    return np.asarray(start) + np.linspace(0, 1, 4001)[:, None] * (np.asarray(end, dtype=float) - start)


def arc(radius, half=math.pi):
    angle = np.linspace(-half, half, 12001)
    return radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)


def polygon(corners):
    return np.concatenate([segment(a, b) for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True)])


def wedge(half, radius):
    ends = arc(radius, half)[[0, -1]]
    return np.concatenate([arc(radius, half), *(segment((0, 0), end) for end in ends)])


# the space, its boundary as points at most 1e-3 apart, its area as a part of the box around it
PLANAR = [
    (ws.Box([1, 2]), polygon([[0, 0], [1, 0], [1, 2], [0, 2]]), 1.0),
    (ws.EquilateralTriangle(1), polygon([[0, 0], [1, 0], [0.5, 0.75**0.5]]), 0.5),
    (ws.RightIsoscelesTriangle(0.5), polygon([[0, 0], [0.5, 0], [0, 0.5]]), 0.5),
    (ws.HemiEquilateralTriangle(1), polygon([[0, 0], [0.5, 0], [0.5, 0.75**0.5]]), 0.5),
    (ws.Disk("1/2"), arc(0.5), math.pi / 4),
    (ws.Annulus("1/2", 1), np.concatenate([arc(0.5), arc(1)]), 3 * math.pi / 16),
    (ws.Sector("1/2"), wedge(math.pi / 4, 1), math.pi / 4 / 2**0.5),
    (ws.Sector("3/2", 0.7), wedge(3 * math.pi / 4, 0.7), 0.75 * math.pi / (2 * (1 + 0.5**0.5))),
    (ws.Sector("1/9"), wedge(math.pi / 18, 1), math.pi / 18 / (2 * math.sin(math.pi / 18))),
]
planar = pytest.mark.parametrize(("space", "boundary", "share"), PLANAR, ids=[repr(row[0]) for row in PLANAR])


@planar
def test_margins_vanish_on_the_boundary_and_are_no_less_than_the_distance_to_it(space, boundary, share, rng):
    np.testing.assert_allclose(space.margin(boundary), 0, atol=1e-14)
    assert (space.margin(space.sample(500, rng)) > 0).all()
    left, right, bottom, top = space.extent
    x = rng.uniform((left - 0.3, bottom - 0.3), (right + 0.3, top + 0.3), size=(100, 2))
    x = x[np.hypot(*(x[:, None] - boundary).transpose(2, 0, 1)).min(axis=1) > 2e-3]
    distance = np.array([np.hypot(*(boundary - row).T).min() for row in x])
    inside = space.margin(x) > 0
    # inside, the distance to a side's line is that to the side; an arc of angle t ≤ π is at most π times as long
    assert (space.margin(x)[inside] > distance[inside] - 1e-3).all()
    assert (space.margin(x)[inside] < math.pi * distance[inside]).all()
    assert (space.margin(x)[~inside] < 0).all()


@planar
def test_the_extent_is_the_box_around_the_boundary_and_the_inside_fills_its_share(space, boundary, share, rng):
    low, high = boundary.min(axis=0), boundary.max(axis=0)
    np.testing.assert_allclose(space.extent, [low[0], high[0], low[1], high[1]], atol=1e-6)
    x = rng.uniform(low, high, size=(40000, 2))
    assert (space.margin(x) > 0).mean() == pytest.approx(share, abs=4 * 0.5 / math.sqrt(40000))
    assert share * np.prod(high - low) == pytest.approx(space.volume, rel=1e-6)


@planar
def test_points_of_the_boundary_belong_and_points_beyond_do_not(space, boundary, share):
    space.check_points(boundary[::50])
    left, right, bottom, top = space.extent
    outside = np.array([[right + 1e-3 * (right - left), (bottom + top) / 2]])
    with pytest.raises(WeylspecError, match=r"row 2, .* lies outside .* by .*; give points of the domain"):
        space.check_points(np.concatenate([boundary[:2], outside]))
    assert space.check_points(np.zeros((0, 2))).shape == (0, 2)


def test_the_hole_and_the_rest_of_a_sector_are_outside():
    wrong = ((ws.Annulus("1/2", 1), [0.1, 0]), (ws.Sector("1/2"), [0, 0.5]), (ws.Sector("1/2"), [-0.5, 0]),
             (ws.Sector("3/2"), [-0.5, 0.1]), (ws.Disk(), [0.8, 0.8]))
    for space, point in wrong:
        with pytest.raises(WeylspecError, match=r"row 0, .* lies outside"):
            space.check_points([point])


def test_a_thin_box_measures_by_its_thin_side():
    thin = ws.Box([1, "1e-7"])
    with pytest.raises(WeylspecError, match="lies outside"):
        thin.check_points([[0.5, 2e-7]])


def test_other_dimensions():
    assert ws.Interval(3).extent == (0, 3)
    assert ws.Interval(3).margin(np.array([[-1.0], [1.0], [2.5]])).tolist() == [-1.0, 1.0, 0.5]
    assert ws.Ball(3, 2).extent == (-2, 2) * 3
    assert ws.Ball(3, 2).margin(np.array([[0.0, 1.0, 0.0], [3.0, 0.0, 0.0]])).tolist() == [1.0, -1.0]
