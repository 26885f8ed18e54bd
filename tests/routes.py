"""Second routes to the same numbers, that share no code with the library's: elements one by one, Haar samples."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

import numpy as np

Matrix = np.ndarray


def spanned(generators: Sequence[Matrix]) -> list[Matrix]:
    """All products of the generators, by breadth-first search on rounded entries."""
    n = len(generators[0])
    found = {_key(np.eye(n)): np.eye(n)}
    frontier = [np.eye(n)]
    while frontier:
        products = [g @ h for g in frontier for h in generators]
        frontier = []
        for product in products:
            if _key(product) not in found:
                found[_key(product)] = product
                frontier.append(product)
    return list(found.values())


def _key(matrix: Matrix) -> tuple[int, ...]:
    return tuple(np.round(matrix * 1e6).astype(np.int64).reshape(-1).tolist())


def conjugacy(elements: Sequence[Matrix]) -> list[set[tuple[int, ...]]]:
    """Conjugacy classes as sets of rounded matrices, each by conjugation with every element."""
    left = {_key(g): g for g in elements}
    classes = []
    while left:
        g = next(iter(left.values()))
        members = {_key(h @ g @ h.T) for h in elements}
        classes.append(members)
        for key in members:
            left.pop(key)
    return classes


def class_of(matrix: Matrix, classes: Iterable[set[tuple[int, ...]]]) -> int:
    """The number of the class that contains a matrix."""
    return next(i for i, members in enumerate(classes) if _key(matrix) in members)


def permutations_of(n: int, *, signed: bool = False) -> list[Matrix]:
    """All (signed) permutation matrices."""
    signs = list(itertools.product((1.0, -1.0), repeat=n)) if signed else [(1.0,) * n]
    return [np.eye(n)[list(order)] * np.array(s) for order in itertools.permutations(range(n)) for s in signs]


def molien_sum(elements: Sequence[Matrix], top: int) -> list[int]:
    """Invariant harmonics of degree ≤ top: mean over elements of the coefficients of (1 − t²)/det(1 − tg)."""
    total = np.zeros(top + 1)
    for g in elements:
        reversed_polynomial = np.poly(g).real  # det(1 − tg) = t^N char(1/t), same coefficients
        series = np.zeros(top + 1)
        for k in range(top + 1):
            known = sum(reversed_polynomial[j] * series[k - j] for j in range(1, min(k, len(g)) + 1))
            series[k] = (k == 0) - known
        series[2:] -= series[:-2].copy()
        total += series
    mean = total / len(elements)
    assert np.abs(mean - np.round(mean)).max() < 1e-6, mean
    return [int(m) for m in np.round(mean)]


def dimensions(action, top: int) -> list[int]:
    """Class averages of the library, degrees 0 … top."""
    from weylspec.invariants.averages.algebra import invariant_dimensions

    n = action.size
    bounds = [math.comb(n + k - 1, k) - (math.comb(n + k - 3, k - 2) if k >= 2 else 0) for k in range(top + 1)]
    return invariant_dimensions(action, np.array(bounds, dtype=object)).tolist()


def null_spaces(action, top: int) -> list[int]:
    """Null spaces over generators, degrees 0 … top."""
    from weylspec.invariants.nullspace import invariant_dimension

    return [invariant_dimension(action, k) for k in range(top + 1)]


def orbit_volumes(action, isotropy_degrees: Sequence[int], x: np.ndarray) -> np.ndarray:
    """vol(G_0 x) from the Killing fields at points x: vol(G_0)/vol(H)·Π of their non-zero singular values.

    ``isotropy_degrees``: the principal isotropy H is a product of SO(j)'s of these degrees.
    """
    fields = np.stack([x @ a.T for a in action.algebra], axis=1)
    kept = action.dim - sum(j * (j - 1) // 2 for j in isotropy_degrees)
    values = np.linalg.svd(fields, compute_uv=False)[:, :kept]
    group = math.prod(_so_volume(block.degree) for block in action.blocks)
    return group / math.prod(_so_volume(j) for j in isotropy_degrees) * values.prod(axis=1)


def mean_inverse_orbit(
    action, isotropy_degrees: Sequence[int], n: int, rng: np.random.Generator
) -> tuple[float, float]:
    """Mean of 1/vol(G_0 x) over the unit sphere, with its relative standard error.

    Gaussian points up to rotations: m ≤ k vectors are triangular, with χ_k, χ_{k−1}, … on the diagonal.
    These are drawn as χ_1 and weighted, which keeps the variance finite where orbits collapse.
    """
    x = rng.standard_normal((n, action.size))
    weight = np.ones(n)
    for block in action.blocks:
        m, k = block.coordinates.shape
        for i in range(m if m <= k else 0):
            x[:, block.coordinates[i, i + 1:]] = 0
            excess = k - i - 1
            moment = 2 ** (excess / 2) * math.gamma((k - i) / 2) / math.gamma(0.5)  # E χ_1^excess
            weight *= np.abs(x[:, block.coordinates[i, i]]) ** excess / moment
    values = weight / orbit_volumes(action, isotropy_degrees, x)
    power = action.dim - sum(j * (j - 1) // 2 for j in isotropy_degrees)
    radial = 2 ** (-power / 2) * math.gamma((action.size - power) / 2) / math.gamma(action.size / 2)
    return float(values.mean() / radial), float(values.std() / values.mean() / math.sqrt(n))


def _so_volume(n: int) -> float:
    return math.prod(2 * math.pi ** ((j + 1) / 2) / math.gamma((j + 1) / 2) for j in range(1, n))


# -- flat tori ----------------------------------------------------------------------------------

AffineMap = tuple[tuple[tuple[int, ...], ...], tuple[Fraction, ...]]


def affine_elements(generators: Sequence[tuple[Sequence[Sequence[int]], Sequence[Fraction]]]) -> list[AffineMap]:
    """All maps x ↦ Ax + b modulo Zⁿ that the generators compose to."""
    maps = [(tuple(map(tuple, a)), tuple(Fraction(x) % 1 for x in b)) for a, b in generators]
    n = len(maps[0][1])
    one = (tuple(tuple(int(i == j) for j in range(n)) for i in range(n)), (Fraction(0),) * n)
    found, frontier = {one}, [one]
    while frontier:
        fresh = []
        for (a, b), (c, d) in itertools.product(frontier, maps):
            product = (
                tuple(tuple(sum(a[i][k] * c[k][j] for k in range(n)) for j in range(n)) for i in range(n)),
                tuple((sum(a[i][k] * d[k] for k in range(n)) + b[i]) % 1 for i in range(n)),
            )
            if product not in found:
                found.add(product)
                fresh.append(product)
        frontier = fresh
    return list(found)


def character_orbits(
    elements: Sequence[AffineMap], norm, bound: int, reach: int, directions: Sequence[Sequence[int]] = ()
) -> dict[int, int]:
    """Invariant multiplicities by counting orbits of characters whose stabilisers have trivial phases.

    ``norm(k)`` is the integer level of a character; characters in [−reach, reach]ⁿ cover norm ≤ bound.
    """
    n = len(elements[0][1])
    seen: set[tuple[int, ...]] = set()
    counts: dict[int, int] = {}
    for k in itertools.product(range(-reach, reach + 1), repeat=n):
        if k in seen or norm(k) > bound or any(sum(v * x for v, x in zip(d, k, strict=True)) for d in directions):
            continue
        trivial = True
        for a, b in elements:
            image = tuple(sum(a[i][j] * k[i] for i in range(n)) for j in range(n))
            seen.add(image)
            if image == k and sum(x * y for x, y in zip(k, b, strict=True)) % 1:
                trivial = False
        if trivial:
            counts[norm(k)] = counts.get(norm(k), 0) + 1
    return counts
