"""Maps of S² and T²: the picture's points are the points of the manifold, areas and outlines are true."""

import math

import numpy as np
import pytest

from weylspec.errors import WeylspecError
from weylspec.render.maps import sphere_picture, torus_picture
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
    mesh = ax.collections[0]
    field = np.asarray(mesh.get_array()).reshape(mesh.get_coordinates().shape[0] - 1, -1)
    rows, columns = field.shape
    assert field[rows // 2, columns // 2] == pytest.approx(0, abs=0.01)
    middle = field[:, columns // 2]
    assert (np.diff(middle[np.isfinite(middle)]) > 0).all()


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
    low, high = ax.collections[0].get_clim()
    assert low == -high
    assert high == pytest.approx(4)


def test_what_cannot_be_drawn_is_refused_by_name(ax):
    with pytest.raises(WeylspecError, match="'mercator' is unknown"):
        sphere_picture(lambda x: x[:, 0], projection="mercator", ax=ax)
    with pytest.raises(WeylspecError, match=r"centre = \(0, 0, 0\) is no direction"):
        sphere_picture(lambda x: x[:, 0], centre=(0, 0, 0), ax=ax)
    with pytest.raises(WeylspecError, match=r"basis must have shape \(2, 2\), got \(3, 3\)"):
        torus_picture(lambda x: x[:, 0], basis=np.eye(3), ax=ax)
    with pytest.raises(WeylspecError, match="return one value per point"):
        torus_picture(lambda x: x, ax=ax)
