"""Pictures: what is drawn equals what was handed in, and mismatched arrays are refused."""

import math

import numpy as np
import pytest

from weylspec.errors import WeylspecError
from weylspec.render.pictures import canvas, comparison, curves, staircase


@pytest.fixture
def ax():
    return canvas()[1][0]


def lines(axes):
    return {line.get_label(): line for line in axes.get_lines()}


def height_at(line, lam):
    """Read a staircase off the picture: the height of the last step at or before λ."""
    x, y = line.get_xdata(), line.get_ydata()
    return y[np.searchsorted(x, lam, side="right") - 1]


def sphere(top):
    degree = np.arange(top + 1)
    return degree * (degree + 1.0), (degree + 1) ** 2


def test_the_drawn_staircase_is_the_counting_function_of_the_sphere(ax):
    lam, counts = sphere(10)
    drawn = lines(staircase(lam, counts, 120, ax=ax))["N(λ)"]
    assert drawn.get_drawstyle() == "steps-post"
    for at in (0.0, 1.9, 2.0, 55.9, 56.0, 119.0):
        assert height_at(drawn, at) == (math.floor((math.sqrt(4 * at + 1) - 1) / 2) + 1) ** 2


def test_nothing_is_drawn_past_the_end_of_the_complete_list(ax):
    lam, counts = sphere(10)
    drawn = lines(staircase(lam, counts, 25, ax=ax))["N(λ)"]
    assert drawn.get_xdata().max() == 25
    assert drawn.get_ydata().max() == 25


def test_a_long_staircase_is_thinned_to_true_values_and_keeps_its_end(ax):
    lam, counts = sphere(20_000)
    drawn = lines(staircase(lam, counts, lam[-1], ax=ax))["N(λ)"]
    x, y = drawn.get_xdata()[1:-1], drawn.get_ydata()[1:-1]
    assert len(x) < 4000
    assert np.array_equal(np.round((np.sqrt(4 * x + 1) + 1) / 2) ** 2, y)
    assert y[-1] == 20_001**2


def test_python_integers_past_int64_can_be_drawn(ax):
    drawn = staircase([0.0, 1.0], np.array([1, 10**30], dtype=object), 2.0, ax=ax)
    assert drawn.get_lines()[0].get_ydata()[-1] == 1e30


def test_an_empty_list_is_a_flat_line_at_zero(ax):
    drawn = lines(staircase([], [], 5.0, ax=ax))["N(λ)"]
    assert drawn.get_ydata().tolist() == [0.0, 0.0]
    assert drawn.get_xdata().tolist() == [0.0, 5.0]


def test_laws_are_evaluated_where_they_are_drawn(ax):
    drawn = lines(staircase([0, 2], [1, 4], 6, ax=ax, laws={"leading": lambda lam: 3 * lam}))["leading"]
    assert np.array_equal(drawn.get_ydata(), 3 * drawn.get_xdata())
    assert drawn.get_xdata().max() == 6


def test_comparison_shows_the_constant_between_two_counts(ax):
    lam, counts = sphere(400)
    drawn = lines(comparison({"without": (lam, counts), "with": (lam[::2], counts[::2])}, ax=ax))
    even = drawn["with"]
    assert height_at(even, 2.0) == 1  # the level zero reaches to the first positive eigenvalue
    assert height_at(even, 6.0) == 9
    assert height_at(drawn["without"], 2.0) == 4
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")


def test_comparison_gives_a_law_the_colour_of_its_staircase(ax):
    lam, counts = sphere(30)
    drawn = lines(comparison({"a": (lam, counts), "b": (lam, counts)}, ax=ax, laws={"b": lambda x: x}))
    assert drawn["Weyl's law, b"].get_color() == drawn["b"].get_color() != drawn["a"].get_color()


def test_comparison_refuses_a_list_without_a_positive_level(ax):
    with pytest.raises(WeylspecError, match="point has no eigenvalue above zero"):
        comparison({"point": ([0.0], [1])}, ax=ax)
    with pytest.raises(WeylspecError, match="no staircases"):
        comparison({}, ax=ax)


def test_curves_draw_lines_bands_and_error_bars_in_matching_colours(ax):
    n = np.array([10.0, 100.0, 1000.0])
    curves(
        n, {"predicted": 1 / n, "predicted with G": 0.1 / n},
        bands={"bounds": (0.5 / n, 2 / n), "bounds with G": (0.05 / n, 0.2 / n)},
        points={"measured": (n[:2], 1.1 / n[:2], 0.1 / n[:2]), "measured with G": (n, 0.1 / n, 0.01 / n)},
        ax=ax, xlabel="n", ylabel="risk",
    )
    drawn = lines(ax)
    assert np.array_equal(drawn["predicted"].get_ydata(), 1 / n)
    bars = {container.get_label(): container for container in ax.containers}
    assert bars["measured"].lines[0].get_color() == drawn["predicted"].get_color()
    assert bars["measured with G"].lines[0].get_color() == drawn["predicted with G"].get_color()
    segment = bars["measured"].lines[2][0].get_segments()[0]
    assert segment[:, 1] == pytest.approx([0.1, 0.12])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("n", "risk")


def test_values_that_a_logarithmic_axis_cannot_show_are_left_out(ax):
    drawn = lines(curves([1, 2, 3], {"law": [-1.0, 0.0, 4.0]}, ax=ax))["law"]
    assert np.isnan(drawn.get_ydata()[:2]).all()
    assert drawn.get_ydata()[2] == 4.0


@pytest.mark.parametrize(
    ("draw", "named"),
    [
        (lambda ax: staircase([0, 1], [1], 2, ax=ax), r"cumulative has shape \(1,\)"),
        (lambda ax: comparison({"S": ([0, 1], [1])}, ax=ax), r"cumulative of S has shape \(1,\)"),
        (lambda ax: curves([1, 2], {"p": [1]}, ax=ax), r"p has shape \(1,\) but x has shape \(2,\)"),
        (lambda ax: curves([1], {}, bands={"b": ([1], [1, 2])}, ax=ax), r"b has shape \(2,\)"),
        (lambda ax: curves([1], {}, points={"m": ([1], [1], [1, 2])}, ax=ax), r"error of m has shape \(2,\)"),
    ],
)
def test_arrays_that_do_not_fit_are_refused_by_name(ax, draw, named):
    with pytest.raises(WeylspecError, match=named):
        draw(ax)


def test_without_axes_a_new_pyplot_figure_is_made_and_with_axes_none():
    from matplotlib import pyplot

    before = pyplot.get_fignums()
    staircase([0, 2], [1, 4], 6, ax=canvas()[1][0])
    assert pyplot.get_fignums() == before
    made = staircase([0, 2], [1, 4], 6)
    assert made.figure.number not in before
