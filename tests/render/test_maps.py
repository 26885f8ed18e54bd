"""Maps of S² and T²: the picture's points are the points of the manifold, areas and outlines are true."""

import math

import numpy as np
import pytest

from weylspec.errors import WeylspecError
from weylspec.render._style import FIELD
from weylspec.render.maps import planar_picture, sphere_picture, torus_picture
from weylspec.render.pictures import canvas


@pytest.fixture
def ax():
    return canvas()[1][0]


class Recorder:
    """A function on points that remembers where it was evaluated."""

    def __init__(self, values):
        self.values = values
        self.points = None

    def __call__(self, points):
        self.points = points
        return self.values(points)


def cells(ax):
    """RGBA of the picture's cells, shape (rows, columns, 4)."""
    mesh = ax.collections[0]
    rows, columns, _ = mesh.get_coordinates().shape
    return np.asarray(mesh.get_array()).reshape(rows - 1, columns - 1, 4)


def shade(level):
    """RGBA of a number between 0 (lowest) and 1 (highest)."""
    return pytest.importorskip("matplotlib").colormaps[FIELD](level)


@pytest.mark.parametrize("projection", ["orthographic", "hammer"])
def test_the_function_is_asked_at_unit_vectors_only(ax, projection):
    seen = Recorder(lambda x: x[:, 0])
    sphere_picture(seen, projection=projection, centre=(1, 2, 3), ax=ax)
    assert np.abs(np.linalg.norm(seen.points, axis=1) - 1).max() < 1e-12


def test_orthographic_shows_the_half_that_faces_the_eye(ax):
    seen = Recorder(lambda x: x[:, 0])
    eye = np.array([1.0, 2.0, 3.0]) / math.sqrt(14)
    sphere_picture(seen, centre=eye, ax=ax)
    toward = seen.points @ eye
    assert toward.min() >= 0
    assert toward.max() == pytest.approx(1, abs=1e-4)


def test_hammer_is_true_to_area(ax):
    """Pixels of one size are a uniform sample: moments of a coordinate are 0, 1/3, 0, 1/5 up to the pixels."""
    seen = Recorder(lambda x: x[:, 0])
    sphere_picture(seen, projection="hammer", centre=(0.3, -1, 0.4), ax=ax)
    pixels = len(seen.points)
    tolerance = 4 * math.sqrt(pixels) / pixels  # the rim is O(√pixels) of them, each wrong by at most one pixel
    for power, moment in ((1, 0), (2, 1 / 3), (3, 0), (4, 1 / 5)):
        assert np.abs((seen.points**power).mean(axis=0) - moment).max() < tolerance


@pytest.mark.parametrize("projection", ["orthographic", "hammer"])
def test_the_centre_of_the_picture_is_the_direction_of_the_eye_and_up_is_north(ax, projection):
    seen = Recorder(lambda x: x[:, 2])
    sphere_picture(seen, projection=projection, centre=(1, 0, 0), ax=ax)
    colours = cells(ax)
    rows, columns, _ = colours.shape
    assert colours[rows // 2, columns // 2] == pytest.approx(shade(0.5), abs=0.02)
    middle = colours[:, columns // 2]
    visible = middle[middle[:, 3] > 0]
    # Read back in the table of 256 colours: from the lowest to the highest, never down.
    distances = np.abs(visible[:, None] - shade(np.linspace(0, 1, 256))).sum(axis=2)
    assert distances.min(axis=1).max() < 1e-9
    index = distances.argmin(axis=1)
    assert (np.diff(index) >= 0).all()
    assert index[0] <= 2
    assert index[-1] >= 253


def test_the_outline_is_the_boundary_of_the_domain(ax):
    sphere_picture(lambda x: x[:, 0], domain=lambda x: x[:, 2] - 0.5, centre=(0, 0, 1), ax=ax)
    outline = ax.collections[-1].get_paths()[0].vertices
    # The parallel z = 1/2 from above is a circle of radius √3/2; the contour is linear between pixels 1/210 apart.
    assert np.hypot(*outline.T) == pytest.approx(math.sqrt(3) / 2, abs=(1 / 210) ** 2 * 4)


def test_a_mask_of_truth_values_is_outlined_to_a_pixel(ax):
    torus_picture(lambda x: x[:, 0], domain=lambda x: x[:, 0] > 2.0, ax=ax)
    outline = ax.collections[-1].get_paths()[0].vertices
    assert outline[:, 0] == pytest.approx(2.0, abs=2 * math.pi / 420)


def test_a_domain_that_fills_the_picture_has_no_outline(ax):
    torus_picture(lambda x: x[:, 0], domain=lambda x: np.ones(len(x)), ax=ax)
    assert len(ax.collections) == 1


def test_torus_picture_covers_one_period_of_its_lattice(ax):
    seen = Recorder(lambda x: x[:, 0])
    basis = np.array([[2.0, 0.0], [1.0, 3.0]])
    torus_picture(seen, basis=basis, ax=ax)
    coordinates = seen.points @ np.linalg.inv(basis)
    assert coordinates.min() == pytest.approx(0, abs=1e-12)
    assert coordinates.max() == pytest.approx(1, abs=1e-12)
    assert ax.get_xlim() == (0.0, 3.0)


def test_the_colours_are_centred_at_zero(ax):
    torus_picture(lambda x: np.cos(x[:, 0]) + 3, ax=ax)
    row = cells(ax)[0]
    assert row[0] == pytest.approx(shade(1.0), abs=0.01)                      # 4 of ±4
    assert row[len(row) // 2] == pytest.approx(shade(0.75), abs=0.01)         # 2 of ±4


def test_outside_the_domain_colours_are_paler_and_every_cell_is_opaque(ax):
    torus_picture(lambda x: np.cos(x[:, 1]), domain=lambda x: x[:, 0] - 2.0, ax=ax)
    colours = cells(ax)
    assert (colours[..., 3] == 1).all()
    outside, inside = colours[:, 0, :3], colours[:, -1, :3]
    ratio = (1 - outside) / (1 - inside)
    assert ratio == pytest.approx(ratio[0, 0], rel=1e-9)
    assert 0.2 < ratio[0, 0] < 0.8


def test_behind_the_domain_everything_is_pale():
    (front, behind), (plain,) = canvas(2)[1], canvas()[1]
    for ax, up in ((front, 1), (behind, -1)):
        sphere_picture(lambda x: x[:, 0] ** 2, domain=lambda x: x[:, 2], centre=(0, 0, up), ax=ax)
    sphere_picture(lambda x: x[:, 0] ** 2, centre=(0, 0, 1), ax=plain)
    np.testing.assert_allclose(cells(front), cells(plain), atol=1e-12)
    visible = cells(plain)[..., 3] > 0
    darkness = [(1 - cells(ax)[visible][:, :3]).sum() for ax in (behind, plain)]
    assert darkness[0] < 0.8 * darkness[1]


@pytest.mark.parametrize("size", [(4.6, 4.7), (4.4, 4.6), (5.2, 5.2), (8.0, 3.0)], ids=str)
@pytest.mark.parametrize("columns", [1, 2])
def test_titles_lie_inside_the_figure_with_the_pad_of_its_layout(size, columns):
    figure, axes = canvas(columns, size)
    for ax in axes:
        sphere_picture(lambda x: x[:, 0], ax=ax, title="Ågy")
    figure.draw_without_rendering()
    pad = figure.get_layout_engine().get()["h_pad"] * figure.dpi
    for ax in axes:
        (title,) = ax.findobj(lambda artist: getattr(artist, "get_text", str)() == "Ågy")
        assert title.get_window_extent().y1 <= figure.bbox.y1 - pad + 0.5


def test_what_cannot_be_drawn_is_refused_by_name(ax):
    with pytest.raises(WeylspecError, match="'mercator' is unknown"):
        sphere_picture(lambda x: x[:, 0], projection="mercator", ax=ax)
    with pytest.raises(WeylspecError, match=r"centre = \(0, 0, 0\) is no direction"):
        sphere_picture(lambda x: x[:, 0], centre=(0, 0, 0), ax=ax)
    with pytest.raises(WeylspecError, match=r"basis must have shape \(2, 2\), got \(3, 3\)"):
        torus_picture(lambda x: x[:, 0], basis=np.eye(3), ax=ax)
    with pytest.raises(WeylspecError, match="return one value per point"):
        torus_picture(lambda x: x, ax=ax)


def annulus(x):
    r = np.hypot(x[:, 0], x[:, 1])
    return np.minimum(r - 0.5, 1 - r)


def test_a_planar_domain_is_asked_inside_only_and_outlined(ax):
    seen = Recorder(lambda x: x[:, 0])
    planar_picture(seen, annulus, (-1, 1, -1, 1), ax=ax)
    assert (annulus(seen.points) >= 0).all()
    share = len(seen.points) / cells(ax)[..., 0].size * 2.04**2  # the area that the cells inside cover
    assert share == pytest.approx(math.pi * 0.75, abs=2 * math.pi * 1.5 * 2.04 / 420)
    assert len(ax.collections) == 2  # the cells and the outline


def test_a_planar_domain_elsewhere_is_refused(ax):
    with pytest.raises(WeylspecError, match="no point of the domain"):
        planar_picture(lambda x: x[:, 0], annulus, (3, 4, 3, 4), ax=ax)
