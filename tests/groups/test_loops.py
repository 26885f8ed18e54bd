"""Compiled loops of finite groups: small enough for the interpreter."""

from __future__ import annotations

import math

import numpy as np

from weylspec.groups._loops import (
    FULL,
    join_classes,
    mean_quotient,
    nearest_to_identity,
    products_along_words,
    right_multiplications,
    tuple_orbit,
    vector_orbit,
)

QUARTER = np.array([[0.0, -1.0], [1.0, 0.0]])
SQUARE = np.array([QUARTER, [[1.0, 0.0], [0.0, -1.0]]])


def arrays(k: int, capacity: int):
    images = np.empty((k, capacity), dtype=np.int32)
    parents, letters = np.zeros(capacity, dtype=np.int32), np.zeros(capacity, dtype=np.int32)
    return images, parents, letters, np.zeros(64, dtype=np.int32)


def square_orbit(point, capacity=16, step=1e-11):
    points = np.zeros((capacity, 2))
    points[0] = point
    tables = arrays(2, capacity)
    size, depth = vector_orbit(SQUARE, step, np.array([0.6, 0.8]), 64.0, points, np.empty(capacity), *tables)
    return size, depth, points, tables


def test_a_general_point_of_the_plane_has_the_eight_images_of_a_square():
    size, depth, points, (images, parents, letters, _) = square_orbit((0.9, 0.3))
    assert (size, depth) == (8, 3)
    assert {tuple(p) for p in points[:8].tolist()} == {
        (s * a, t * b) for a, b in ((0.9, 0.3), (0.3, 0.9)) for s in (1, -1) for t in (1, -1)}
    for i in range(8):
        for s in range(2):
            assert np.array_equal(points[images[s, i]], SQUARE[s] @ points[i])
        if i:
            assert images[letters[i], parents[i]] == i


def test_an_orbit_longer_than_the_arrays_is_full():
    assert square_orbit((0.9, 0.3), capacity=7)[0] == FULL


def test_left_and_right_tables_and_classes():
    images, parents, letters, _ = square_orbit((0.9, 0.3))[3]
    left = images[:, :8]
    right = np.empty_like(left)
    assert right_multiplications(left, parents, letters, right)
    labels = np.arange(8, dtype=np.int32)
    join_classes(left, right, labels)
    assert sorted(np.unique(labels, return_counts=True)[1].tolist()) == [1, 1, 2, 2, 2]


def test_a_point_on_a_mirror_has_no_table_of_a_group():
    size, _, _, (images, parents, letters, _) = square_orbit((1.0, 0.0))
    assert size == 4
    left = images[:, :4]
    assert not right_multiplications(left, parents, letters, np.empty_like(left))


def test_points_are_put_together_within_their_error():
    points = np.zeros((8, 2))
    points[0] = (1.0, 0.0)
    turn = np.array([[[math.cos(2.0943), -math.sin(2.0943)], [math.sin(2.0943), math.cos(2.0943)]]])
    for step, size in ((1e-3, 3), (1e-9, FULL)):
        tables = arrays(1, 8)
        assert vector_orbit(turn, step, np.array([0.6, 0.8]), 64.0, points, np.empty(8), *tables)[0] == size


def test_pairs_of_points_under_all_permutations_of_four():
    points = np.zeros((32, 3), dtype=np.int32)
    points[0] = (0, 1, 2)
    permutations = np.array([[1, 0, 2, 3], [1, 2, 3, 0]], dtype=np.int32)
    size, _ = tuple_orbit(permutations, points, *arrays(2, 32))
    assert size == 24
    assert len({tuple(p) for p in points[:24].tolist()}) == 24
    assert tuple_orbit(permutations, points[:23], *arrays(2, 23))[0] == FULL


def test_products_their_means_and_the_gap():
    parents, letters = np.array([0, 0, 1, 2], dtype=np.int32), np.zeros(4, dtype=np.int32)
    elements = np.empty((4, 2, 2))
    elements[0] = np.eye(2)
    products_along_words(QUARTER[None], parents, letters, elements)
    assert all(np.array_equal(elements[i], np.linalg.matrix_power(QUARTER, i)) for i in range(4))
    image, mean = np.array([1, 2, 3, 0], dtype=np.int32), np.empty((2, 2))
    assert mean_quotient(QUARTER, 0, image, parents, letters, elements, mean) == 0
    assert np.array_equal(mean, QUARTER)
    assert mean_quotient(-QUARTER, 0, image, parents, letters, elements, mean) == math.sqrt(8)
    assert np.array_equal(mean, -QUARTER / 2)  # three products along words, one quotient that closes the cycle


def test_the_mean_over_an_involution_takes_both_directions():
    mirror = np.diag([1.0, -1.0])
    slightly = np.array([[math.cos(1e-3), -math.sin(1e-3)], [math.sin(1e-3), math.cos(1e-3)]])
    elements = np.array([np.eye(2), mirror @ slightly])
    image, parents, letters = (np.array(x, dtype=np.int32) for x in ([1, 0], [0, 0], [0, 1]))
    mean = np.empty((2, 2))
    worst = mean_quotient(mirror, 0, image, parents, letters, elements, mean)
    assert abs(worst - math.sqrt(8) * math.sin(5e-4)) < 1e-12
    quotients = [elements[1] @ elements[0].T, elements[0] @ elements[1].T]
    assert np.abs(mean - sum(quotients) / 2).max() < 1e-15


def test_the_least_distance_from_the_identity():
    elements = np.array([np.linalg.matrix_power(QUARTER, i) for i in range(4)])
    assert nearest_to_identity(elements) == 2
