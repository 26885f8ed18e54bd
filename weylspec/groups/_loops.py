"""Compiled loops over finite groups: orbits, Cayley tables, classes, products along words, chambers."""

from __future__ import annotations

import math

import numba as nb
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

FULL = -1  # what an orbit longer than its arrays returns


@nb.njit(cache=True)
def slot_of(cell: int, mask: int) -> int:
    """Where a table of size mask + 1 begins to look for a key below 2³¹ in absolute value."""
    return ((cell * 2654435761) >> 11) & mask


@nb.njit(cache=True)
def seek_vector(
    candidate: Floats, value: float, tolerance: float, width: float, points: Floats, values: Floats, table: Ints
) -> int:
    """Index of the stored point within a distance of the candidate, −1 if there is none.

    A point is filed under the cell of its value, its projection on a unit vector; 1/width is the length of a cell.
    """
    mask = len(table) - 1
    for cell in range(math.floor((value - tolerance) * width), math.floor((value + tolerance) * width) + 1):
        slot = slot_of(cell, mask)
        while table[slot] > 0:
            i = table[slot] - 1
            if abs(values[i] - value) <= tolerance:
                square = 0.0
                for j in range(len(candidate)):
                    square += (points[i, j] - candidate[j]) ** 2
                if square <= tolerance * tolerance:
                    return int(i)
            slot = (slot + 1) & mask
    return -1


@nb.njit(cache=True)
def vector_orbit(
    generators: Floats, step: float, direction: Floats, width: float, points: Floats, values: Floats,
    images: Ints, parents: Ints, letters: Ints, table: Ints,
) -> tuple[int, int]:
    """Orbit of the frame points[0] (vectors of R^n one after another) under k matrices, breadth first.

    images[s, i] is the index of generator s applied to point i; point i > 0 was found as generator letters[i] applied
    to parents[i]. After d applications a point is known to d·step. The table, filled with 0 and of a power of two in
    size, holds indices + 1. Returns the length of the orbit (or FULL) and the greatest depth.
    """
    k, n = generators.shape[0], generators.shape[1]
    capacity, size, mask = len(points), points.shape[1], len(table) - 1
    candidate = np.empty(size)
    value = 0.0
    for j in range(size):
        value += points[0, j] * direction[j]
    values[0] = value
    table[slot_of(math.floor(value * width), mask)] = 1
    count, head, level_end, depth = 1, 0, 1, 0
    while head < count:
        if head == level_end:
            depth += 1
            level_end = count
        tolerance = 2 * (depth + 1) * step
        for s in range(k):
            value = 0.0
            for start in range(0, size, n):
                for r in range(n):
                    entry = 0.0
                    for c in range(n):
                        entry += generators[s, r, c] * points[head, start + c]
                    candidate[start + r] = entry
            for j in range(size):
                value += candidate[j] * direction[j]
            found = seek_vector(candidate, value, tolerance, width, points, values, table)
            if found < 0:
                if count == capacity:
                    return FULL, depth
                found = count
                points[count] = candidate
                values[count] = value
                parents[count] = head
                letters[count] = s
                slot = slot_of(math.floor(value * width), mask)
                while table[slot] > 0:
                    slot = (slot + 1) & mask
                count += 1
                table[slot] = count
            images[s, head] = found
        head += 1
    return count, depth


@nb.njit(cache=True)
def tuple_orbit(
    permutations: Ints, points: Ints, images: Ints, parents: Ints, letters: Ints, table: Ints
) -> tuple[int, int]:
    """Orbit of the tuple points[0] of points under k permutations given by their images; as `vector_orbit`."""
    k, size = permutations.shape[0], points.shape[1]
    capacity, mask = len(points), len(table) - 1
    candidate = np.empty(size, dtype=np.int32)
    count, head, level_end, depth = 1, 0, 1, 0
    key = 0
    for j in range(size):
        key = (key * 31 + int(points[0, j])) & 0x3FFFFFFF
    table[slot_of(key, mask)] = 1
    while head < count:
        if head == level_end:
            depth += 1
            level_end = count
        for s in range(k):
            key = 0
            for j in range(size):
                candidate[j] = permutations[s, points[head, j]]
                key = (key * 31 + int(candidate[j])) & 0x3FFFFFFF
            slot = slot_of(key, mask)
            while table[slot] > 0 and not (points[table[slot] - 1] == candidate).all():
                slot = (slot + 1) & mask
            if table[slot] == 0:
                if count == capacity:
                    return FULL, depth
                points[count] = candidate
                parents[count] = head
                letters[count] = s
                count += 1
                table[slot] = count
            images[s, head] = table[slot] - 1
        head += 1
    return count, depth


@nb.njit(cache=True)
def right_multiplications(images: Ints, parents: Ints, letters: Ints, right: Ints) -> bool:
    """right[s, i] = index of (element i)·(generator s); whether left and right tables are those of a group.

    They are if the left ones are permutations that commute with the right ones: a group with a transitive centraliser
    has no point stabilisers, so its order is the number of points.
    """
    k, size = images.shape
    seen = np.full(size, -1, dtype=np.int32)
    for s in range(k):
        for i in range(size):
            if seen[images[s, i]] == s:
                return False
            seen[images[s, i]] = s
        right[s, 0] = images[s, 0]
        for i in range(1, size):
            right[s, i] = images[letters[i], right[s, parents[i]]]
    for s in range(k):
        for t in range(k):
            for i in range(size):
                if right[s, images[t, i]] != images[t, right[s, i]]:
                    return False
    return True


@nb.njit(cache=True)
def join_classes(images: Ints, right: Ints, labels: Ints) -> None:
    """labels[i] = least index in the conjugacy class of i: s·x and x·s are conjugate. labels = 0, 1, 2, … at first."""
    k, size = images.shape
    for s in range(k):
        for i in range(size):
            a, b = images[s, i], right[s, i]
            while labels[a] != a:
                labels[a] = labels[labels[a]]
                a = labels[a]
            while labels[b] != b:
                labels[b] = labels[labels[b]]
                b = labels[b]
            if a < b:
                labels[b] = a
            else:
                labels[a] = b
    for i in range(size):
        labels[i] = labels[labels[i]]


@nb.njit(cache=True)
def products_along_words(generators: Floats, parents: Ints, letters: Ints, elements: Floats) -> None:
    """elements[i] = generator letters[i] · elements[parents[i]], elements[0] given."""
    n = generators.shape[1]
    for i in range(1, len(elements)):
        s, j = letters[i], parents[i]
        for r in range(n):
            for c in range(n):
                entry = 0.0
                for m in range(n):
                    entry += generators[s, r, m] * elements[j, m, c]
                elements[i, r, c] = entry


@nb.njit(cache=True)
def mean_quotient(
    generator: Floats, letter: int, image: Ints, parents: Ints, letters: Ints, elements: Floats, mean: Floats
) -> float:
    """Average of E(sh)·E(h)ᵀ over h into mean; returns the largest Frobenius distance of one of them from s.

    Where E(sh) was made as s·E(h) the quotient is s.
    """
    size, n = elements.shape[0], elements.shape[1]
    mean[:] = 0.0
    worst, once, twice = 0.0, 0, 0
    for h in range(size):
        j = image[h]
        back = image[j] == h  # then the quotient for j is the transpose of that for h
        if back and j < h:
            continue
        if j > h and parents[j] == h and letters[j] == letter:
            once += 1
            twice += back
            continue
        square, transposed = 0.0, 0.0
        for r in range(n):
            for c in range(n):
                entry = 0.0
                for m in range(n):
                    entry += elements[j, r, m] * elements[h, c, m]
                mean[r, c] += entry
                square += (entry - generator[r, c]) ** 2
                if back and j > h:
                    mean[c, r] += entry
                    transposed += (entry - generator[c, r]) ** 2
        worst = max(worst, square, transposed)
    if twice > 0:
        worst = max(worst, ((generator - generator.T) ** 2).sum())
    mean[:] = (mean + once * generator + twice * generator.T) / size
    return math.sqrt(worst)


@nb.njit(cache=True)
def nearest_to_identity(elements: Floats) -> float:
    """Least Frobenius distance of elements[1:] from the identity."""
    n, least = elements.shape[1], np.inf
    for i in range(1, len(elements)):
        square = 0.0
        for r in range(n):
            for c in range(n):
                square += (elements[i, r, c] - (1.0 if r == c else 0.0)) ** 2
        least = min(least, square)
    return math.sqrt(least)


@nb.njit(cache=True)
def fold_into_chamber(pairings: Floats, coordinates: Floats, tolerance: float) -> None:
    """Move points into a Coxeter group's chamber by simple reflections; what moves one, moves its companions.

    coordinates[a, i, 0] = ⟨x_a, α_i⟩ with unit simple roots decides, coordinates[a, i, 1:] go with it;
    pairings[i, j] = 2⟨α_i, α_j⟩. A coordinate above −tolerance counts as not negative.
    """
    rank = len(pairings)
    for a in range(len(coordinates)):
        i = 0
        while i < rank:
            if coordinates[a, i, 0] >= -tolerance:
                i += 1
                continue
            for q in range(coordinates.shape[2]):
                step = coordinates[a, i, q]
                for j in range(rank):
                    if pairings[i, j] != 0.0:
                        coordinates[a, j, q] -= pairings[i, j] * step
            i = 0
