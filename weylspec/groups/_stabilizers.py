"""Schreier–Sims: the order of a permutation group, membership and uniform elements, without listing it (Sims 1970)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]

_POOL = 12  # elements whose random products are sifted
_PASSED = 24  # of them in a row that must be found in the chain before it is checked


@dataclass(eq=False)
class _Level:
    """Permutations that fix the base points before `point`, and one that takes `point` to each point of its orbit."""

    point: int
    generators: list[Ints] = field(default_factory=list)
    orbit: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int32))
    to: Ints = field(default_factory=lambda: np.empty((0, 0), dtype=np.int32))  # rows aligned with the orbit
    back: Ints = field(default_factory=lambda: np.empty((0, 0), dtype=np.int32))  # inverses of the rows of `to`
    position: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int32))  # of a point in the orbit, or −1


class StabilizerChain:
    """A base of points, and transversals of the stabilisers along it.

    Parameters
    ----------
    generators : ndarray of shape (k, n), int32
        Images of 0, …, n − 1.

    Examples
    --------
    The rotations of a cube, by its six faces:

    >>> turns = np.array([[0, 1, 4, 5, 3, 2], [4, 5, 2, 3, 1, 0]], dtype=np.int32)
    >>> chain = StabilizerChain(turns)
    >>> chain.order, chain.contains(np.array([1, 0, 2, 3, 4, 5], dtype=np.int32))
    (24, False)
    """

    def __init__(self, generators: Ints) -> None:
        self.degree = generators.shape[1]
        self._identity = np.arange(self.degree, dtype=np.int32)
        self._levels: list[_Level] = []
        # no group is larger than S_n, nor one of even permutations than A_n: then nothing is left to check
        self._largest = math.factorial(self.degree) // (2 if all(_is_even(g) for g in generators) else 1)
        for g in generators:
            if not self.contains(g):
                self._insert(g, 0)
        self._fill(generators)
        self._complete(0)

    @property
    def base(self) -> list[int]:
        """Points that only the identity fixes all."""
        return [level.point for level in self._levels]

    @property
    def order(self) -> int:
        """Product of the lengths of the orbits."""
        return math.prod(len(level.orbit) for level in self._levels)

    def contains(self, permutation: Ints) -> bool:
        """Whether a permutation is an element."""
        rest, _ = self._sift(permutation[None], 0)
        return bool((rest[0] == self._identity).all())

    def sample(self, count: int, rng: np.random.Generator) -> Ints:
        """Uniform elements: products of one uniform transversal element a level."""
        result = np.tile(self._identity, (count, 1))
        for level in self._levels:
            result = np.take_along_axis(result, level.to[rng.integers(len(level.orbit), size=count)], axis=1)
        return result

    # -- construction ---------------------------------------------------------------------------

    def _sift(self, permutations: Ints, start: int) -> tuple[Ints, Ints]:
        """What is left of permutations after the levels from a start, and the level at which each stopped."""
        rest, stopped = permutations.copy(), np.full(len(permutations), len(self._levels), dtype=np.int32)
        for depth in range(start, len(self._levels)):
            level = self._levels[depth]
            places = level.position[rest[:, level.point]]
            stopped[(places < 0) & (stopped == len(self._levels))] = depth
            going = np.flatnonzero(stopped == len(self._levels))
            rest[going] = np.take_along_axis(level.back[places[going]], rest[going], axis=1)
        return rest, stopped

    def _insert(self, g: Ints, last: int) -> None:
        """Make g, which fixes the base points before level `last`, a generator of that level (a new one if need be)."""
        if last == len(self._levels):
            self._levels.append(_Level(int(np.flatnonzero(g != self._identity)[0])))
        self._levels[last].generators.append(g)
        for depth in range(last, -1, -1):
            level = self._levels[depth]
            if not len(level.orbit) or (level.position[g[level.orbit]] < 0).any():
                self._extend(depth)

    def _strong(self, depth: int) -> list[Ints]:
        return [g for level in self._levels[depth:] for g in level.generators]

    def _extend(self, depth: int) -> None:
        """The orbit and transversal of a level from all generators at it and below."""
        level, generators = self._levels[depth], self._strong(depth)
        position = np.full(self.degree, -1, dtype=np.int32)
        position[level.point] = 0
        orbit, rows = np.array([level.point], dtype=np.int32), self._identity[None]
        frontier = orbit, rows
        while len(frontier[0]):
            images = np.concatenate([g[frontier[0]] for g in generators])
            moved = np.concatenate([g[frontier[1]] for g in generators])
            _, first = np.unique(np.where(position[images] < 0, images, -1), return_index=True)
            first = first[position[images[first]] < 0]
            frontier = images[first], moved[first]
            position[frontier[0]] = np.arange(len(first)) + len(orbit)
            orbit, rows = np.concatenate([orbit, frontier[0]]), np.concatenate([rows, frontier[1]])
        level.orbit, level.to, level.position = orbit, rows, position
        level.back = np.argsort(rows, axis=1).astype(np.int32)

    def _fill(self, generators: Ints) -> None:
        """Sift random products first: they leave little to the check that follows (Leon 1980)."""
        rng = np.random.default_rng(24)
        pool = [generators[i % len(generators)] for i in range(max(_POOL, len(generators)))]
        passed = 0
        while passed < _PASSED and self.order < self._largest:
            i, j = rng.choice(len(pool), 2, replace=False)
            pool[i] = pool[i][pool[j]] if rng.integers(2) else pool[j][pool[i]]
            rest, stopped = self._sift(pool[i][None], 0)
            if (rest[0] == self._identity).all():
                passed += 1
            else:
                passed = 0
                self._insert(rest[0], int(stopped[0]))

    def _complete(self, depth: int) -> None:
        """Add what is missing until every Schreier generator of a level sifts to the identity."""
        if depth >= len(self._levels):
            return
        self._complete(depth + 1)
        level, checked = self._levels[depth], 0
        while checked < len(generators := self._strong(depth)):
            if self.order == self._largest:
                return
            g = generators[checked]
            moved = g[level.to]
            schreier = np.take_along_axis(level.back[level.position[moved[:, level.point]]], moved, axis=1)
            rest, stopped = self._sift(schreier, depth + 1)
            wrong = np.flatnonzero((rest != self._identity).any(axis=1))
            if not len(wrong):
                checked += 1
                continue
            self._insert(rest[wrong[0]], int(stopped[wrong[0]]))
            self._complete(depth + 1)
            checked = 0


def _is_even(permutation: Ints) -> bool:
    seen, cycles = np.zeros(len(permutation), dtype=bool), 0
    for start in range(len(permutation)):
        cycles += not seen[start]
        i = start
        while not seen[i]:
            seen[i] = True
            i = int(permutation[i])
    return (len(permutation) - cycles) % 2 == 0
