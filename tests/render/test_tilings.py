"""Pictures of cells, by what is on their axes and the colours of their pixels."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("matplotlib")

from weylspec.render.pictures import canvas, plane_tiling_picture, sphere_tiling_picture

STRIPES = np.array([[0.25, 0.5], [0.75, 0.5]])
NO_SEGMENTS, NO_POINTS = np.zeros((0, 2, 2)), np.zeros((0, 2))


def colours(ax):
    mesh = ax.collections[0]
    return np.asarray(mesh.get_facecolors() if mesh.get_array() is None else mesh.get_array()).reshape(-1, 4)


def test_own_copy_takes_its_share_of_the_window():
    _, (ax,) = canvas()
    plane_tiling_picture(STRIPES, [False, True], np.zeros((2, 0, 2)), NO_SEGMENTS, NO_SEGMENTS, NO_POINTS, [],
                         window=np.eye(2), ax=ax)
    rounded, counts = np.unique(colours(ax).round(6), axis=0, return_counts=True)
    assert len(rounded) == 4  # two cells, and the darker pixels along their border
    assert sorted(counts)[-2:] == pytest.approx([300 * 149, 300 * 149], abs=300)


def test_mirrors_glides_and_centres_are_drawn_once_each():
    _, (ax,) = canvas()
    segments = np.array([[[0.5, 0.0], [0.5, 1.0]], [[0.0, 0.0], [0.0, 1.0]]])
    motifs = STRIPES[:, None] + 0.1 * np.array([[0, 0], [1, 0], [0, 1]])
    plane_tiling_picture(STRIPES, [False, True], motifs, segments, segments[:1] + 0.1,
                         np.array([[0.1, 0.1], [0.2, 0.2], [0.5, 0.5]]), [2, 2, 7], window=np.eye(2), ax=ax, title="t")
    styles = [line.get_linestyle() for line in ax.lines]
    assert styles.count("-") == 2
    assert styles.count("--") == 1
    assert [len(line.get_xdata()) for line in ax.lines if line.get_linestyle() == "None"] == [2, 1]
    assert len(ax.collections[1].get_paths()) == 2
    assert ax.get_title(loc="left") == "t"


def test_only_the_half_that_faces_the_eye_is_drawn():
    poles = np.array([[0.0, 0.0, 1.0], [0.0, 0.0, -1.0]])
    motif = poles[:, None] + 0.1 * np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0]])
    _, (ax,) = canvas()
    sphere_tiling_picture(poles, [False, True], motif, poles[:1], poles, [3, 3], centre=(0.3, 0, 1), ax=ax)
    assert len(ax.collections[1].get_paths()) == 1
    circle, rim, dots = ax.lines
    assert 175 <= np.isfinite(circle.get_xdata()).sum() <= 186
    assert np.isfinite(rim.get_xdata()).all()
    assert len(dots.get_xdata()) == 1
