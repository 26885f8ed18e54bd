"""The third route: averages of characters over all elements, written out; it shares no code with the package."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np


def matrix_closure(generators, limit):
    """All products of matrices, told apart to 5 digits; None above the limit."""
    found = {}
    frontier = [np.eye(len(generators[0]))]
    found[_key(frontier[0])] = frontier[0]
    while frontier:
        fresh = []
        for old, g in itertools.product(frontier, generators):
            new = g @ old
            if _key(new) not in found:
                found[_key(new)] = new
                fresh.append(new)
        if len(found) > limit:
            return None
        frontier = fresh
    return np.array(list(found.values()))


def _key(matrix):
    # an irrational shift keeps entries such as 0 and 1/2 off the boundaries of the rounding
    return tuple(np.floor(matrix.ravel() * 1e5 + 0.2718281828).astype(int).tolist())


def harmonic_average(elements, top):
    """Mean over matrices of the trace on harmonics of degrees 0 … top: h_k − h_{k−2}, h_k by Newton's identities."""
    n = elements.shape[1]
    power, sums = np.broadcast_to(np.eye(n), elements.shape), []
    for _ in range(top):
        power = power @ elements
        sums.append(np.trace(power, axis1=1, axis2=2))
    return _rounded_means(sums, len(elements), top)


def _rounded_means(power_sums, count, top):
    """Means of h_k − h_{k−2}, where k·h_k = Σ_j p_j h_{k−j}; they are integers."""
    h = [np.ones(count)]
    for k in range(1, top + 1):
        h.append(sum(power_sums[j - 1] * h[k - j] for j in range(1, k + 1)) / k)
    means = np.array([float((h[k] - (h[k - 2] if k >= 2 else 0)).mean()) for k in range(top + 1)])
    assert np.abs(means - np.round(means)).max() < 1e-6, means
    return np.round(means).astype(int).tolist()


def harmonics(n, top):
    """Dimensions of the harmonics of degrees 0 … top in n variables."""
    size = [math.comb(n + k - 1, k) for k in range(top + 1)]
    return [size[k] - (size[k - 2] if k >= 2 else 0) for k in range(top + 1)]


def torus_average(weights, top):
    """Mean of the trace on harmonics of C^k over the torus that turns z_j by Σ_a w_ja θ_a, on a grid that is exact.

    ``weights``: k rows of r speeds. The grid has more points per angle than any frequency that occurs.
    """
    weights = np.array(weights)
    grid = top * int(np.abs(weights).max()) + 1
    points = np.array(list(itertools.product(range(grid), repeat=weights.shape[1])))
    angles = 2 * np.pi * points @ weights.T / grid
    sums = [2 * np.cos(j * angles).sum(axis=1) for j in range(1, top + 1)]
    return _rounded_means(sums, len(points), top)


def affine_closure(maps, limit):
    """All maps x ↦ Ax + b modulo Zⁿ that maps (A, b) compose to; None above the limit."""
    n = len(maps[0][1])
    maps = [(np.array(a), tuple(Fraction(x) % 1 for x in b)) for a, b in maps]
    one = (np.eye(n, dtype=int), (Fraction(0),) * n)
    found, frontier = {_name(one): one}, [one]
    while frontier:
        fresh = []
        for (a, b), (c, d) in itertools.product(frontier, maps):
            shift = tuple((sum(int(a[i, j]) * d[j] for j in range(n)) + b[i]) % 1 for i in range(n))
            if _name((a @ c, shift)) not in found:
                found[_name((a @ c, shift))] = (a @ c, shift)
                fresh.append((a @ c, shift))
        if len(found) > limit:
            return None
        frontier = fresh
    return list(found.values())


def _name(element):
    return tuple(element[0].ravel().tolist()), element[1]


def affine_average(elements, characters, norms, directions):
    """Level ↦ mean over maps of Σ e(k·b) over the characters k with Aᵀk = k, of those trivial on the directions."""
    kept = ~(characters @ np.array(directions, dtype=int).reshape(-1, characters.shape[1]).T).any(axis=1)
    total = np.zeros(int(norms.max()) + 1, dtype=complex)
    for a, b in elements:
        fixed = kept & (characters @ a == characters).all(axis=1)
        phases = np.exp(2j * np.pi * (characters[fixed] @ np.array([float(x) for x in b])))
        np.add.at(total, norms[fixed], phases)
    total /= len(elements)
    assert np.abs(total - np.round(total.real)).max() < 1e-6
    return {level: int(m) for level, m in enumerate(np.round(total.real).astype(int)) if m}
