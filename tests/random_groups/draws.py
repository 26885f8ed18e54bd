"""Random groups as hypothesis draws them: finite ones in O(n), affine ones on tori, tori by weights."""

from __future__ import annotations

import functools
import itertools
import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from random_groups.brute import affine_closure, matrix_closure

LIMIT = 200  # elements


@dataclass(frozen=True, eq=False)
class Tally:
    """How many draws there were, and how many had a multiplicity strictly between 0 and that of the whole space."""

    seen: list

    def add(self, multiplicities, bounds):
        self.seen.append(any(0 < m < bound for m, bound in zip(multiplicities, bounds, strict=True)))

    def check(self, draws):
        assert len(self.seen) >= draws
        assert sum(self.seen) >= 0.3 * len(self.seen), f"{sum(self.seen)} of {len(self.seen)} are not trivial"


# -- finite groups of orthogonal matrices ---------------------------------------------------------------

GOLDEN = (1 + 5**0.5) / 2


def rotation(turns):
    c, s = math.cos(2 * math.pi * turns), math.sin(2 * math.pi * turns)
    return np.array([[c, -s], [s, c]])


def reflection(*root):
    v = np.array(root, dtype=float)
    return np.eye(len(v)) - 2 * np.outer(v, v) / (v @ v)


def left_quaternion(a, b, c, d):
    return np.array([[a, -b, -c, -d], [b, a, -d, c], [c, d, a, -b], [d, -c, b, a]])


def simple_roots(*rows):
    return [reflection(*row) for row in rows]


FAMOUS = {  # generators typed from their definitions
    "A3": simple_roots((1, -1, 0), (0, 1, -1), (0, 1, 1)),
    "B3": simple_roots((1, -1, 0), (0, 1, -1), (0, 0, 1)),
    "H3": simple_roots((1, 0, 0), (GOLDEN, 1, GOLDEN - 1), (0, 0, 1)),
    "A4": simple_roots((1, -1, 0, 0), (0, 1, -1, 0), (0, 0, 1, -1), (1, 1, 1, 2 + 5**0.5)),
    "D4": simple_roots((1, -1, 0, 0), (0, 1, -1, 0), (0, 0, 1, -1), (0, 0, 1, 1)),
    "F4": simple_roots((0, 1, -1, 0), (0, 0, 1, -1), (0, 0, 0, 1), (0.5, -0.5, -0.5, -0.5)),
    "H4": simple_roots((1, 0, 0, 0), (GOLDEN, 1, GOLDEN - 1, 0), (0, 0, 1, 0), (0, 1, GOLDEN, GOLDEN - 1)),
    "Q8": [left_quaternion(0, 1, 0, 0), left_quaternion(0, 0, 1, 0)],
    "2T": [left_quaternion(0, 1, 0, 0), left_quaternion(0.5, 0.5, 0.5, 0.5)],
    "2I": [left_quaternion(0.5, 0.5, 0.5, 0.5), left_quaternion(GOLDEN / 2, 1 / (2 * GOLDEN), 0.5, 0)],
    "A5": simple_roots(*(tuple(float(j == i) - float(j == i + 1) for j in range(6)) for i in range(5))),
    "D5": simple_roots(*(tuple(float(j == i) - float(j == i + 1) for j in range(5)) for i in range(4)),
                       (0, 0, 0, 1, 1)),
}


@st.composite
def signed_permutations(draw, n):
    images = draw(st.permutations(range(n)))
    signs = draw(st.lists(st.sampled_from([1, 1, -1]), min_size=n, max_size=n))
    return np.eye(n)[list(images)] * np.array(signs, dtype=float)


@st.composite
def plane_blocks(draw, n):
    """Rotations by rational angles in the planes (0, 1), (2, 3), …, or reflections there, ±1 on a last line."""
    matrix = np.eye(n)
    m = draw(st.integers(2, 7))
    for i in range(0, n - 1, 2):
        turn = rotation(Fraction(draw(st.integers(0, m - 1)), m))
        matrix[i: i + 2, i: i + 2] = turn @ np.diag([1, draw(st.sampled_from([1, 1, -1]))])
    if n % 2:
        matrix[-1, -1] = draw(st.sampled_from([1, -1]))
    return matrix


@st.composite
def famous_words(draw, name, n):
    """A random product of a famous group's generators, beside the identity or −1 on the remaining coordinates."""
    generators = FAMOUS[name]
    word = draw(st.lists(st.integers(0, len(generators) - 1), min_size=1, max_size=6))
    matrix = np.eye(n) * draw(st.sampled_from([1, 1, -1]))
    k = len(generators[0])
    matrix[:k, :k] = functools.reduce(np.matmul, [generators[i] for i in word])
    return matrix


@st.composite
def beside(draw, first, second):
    """Block sums of one element from each of two families: subgroups of direct products."""
    a, b = draw(first), draw(second)
    return np.block([[a, np.zeros((len(a), len(b)))], [np.zeros((len(b), len(a))), b]])


@st.composite
def families(draw, sizes):
    """One of the sizes n ≤ 6, and a strategy for orthogonal matrices of that size that generate a finite group."""
    n = draw(st.sampled_from(sizes))
    kind = draw(st.sampled_from(["signed", "planes", "famous", "famous", "sum"]))
    names = [name for name, generators in FAMOUS.items() if len(generators[0]) <= n]
    if kind == "signed" or not names:
        return n, signed_permutations(n)
    if kind == "planes":
        return n, plane_blocks(n)
    if kind == "famous" or n < 4:
        return n, famous_words(draw(st.sampled_from(names)), n)
    small = [name for name in names if len(FAMOUS[name][0]) == 3]
    first = st.one_of(famous_words(draw(st.sampled_from(small)), 3), signed_permutations(3))
    return n, beside(first, plane_blocks(n - 3) if n > 4 else signed_permutations(n - 3))


@st.composite
def finite_groups(draw, sizes):
    """Generators of a finite subgroup of O(n), at most 200 elements, and these; perhaps in a random frame."""
    n, family = draw(families(sizes))
    generators = draw(st.lists(family, min_size=1, max_size=3))
    elements = None
    while elements is None:  # too large a group: fewer generators, in the end a cyclic one
        elements = matrix_closure(generators, LIMIT)
        generators = generators if elements is not None else generators[:-1]
    if draw(st.booleans()):
        frame = orthogonal(n, draw(st.integers(0, 2**32 - 1)))
        generators = [frame @ g @ frame.T for g in generators]
        elements = frame @ elements @ frame.T
    return generators, elements


def orthogonal(n, seed):
    q, r = np.linalg.qr(np.random.default_rng(seed).standard_normal((n, n)))
    return q * np.sign(np.diag(r))


# -- affine groups on tori ------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Crystal:
    """A lattice by its basis (rows), integer matrices of its symmetries, and λ = scale · norm(k), norm integer."""

    basis: list
    symmetries: list
    norm: np.ndarray  # the integer form
    scale: float


SIGNED = {n: [np.eye(n, dtype=int)[list(p)] * np.array(s) for p in itertools.permutations(range(n))
              for s in itertools.product([1, -1], repeat=n)] for n in (2, 3)}
_SIXTH, _FLIP = np.array([[0, -1], [1, 1]]), np.array([[0, 1], [1, 0]])
HEXAGONAL = [np.linalg.matrix_power(_SIXTH, i) @ np.linalg.matrix_power(_FLIP, j) for i in range(6) for j in range(2)]
PRISM = [np.block([[a, np.zeros((2, 1), int)], [np.zeros((1, 2), int), np.array([[s]])]])
         for a in HEXAGONAL for s in (1, -1)]
ROOT = 3**0.5

CRYSTALS = {
    2: [Crystal([[1, 0], [0, 1]], SIGNED[2], np.eye(2, dtype=int), 4 * math.pi**2),
        # dual of |a_i| = 1 at 60°: |k|² = (4/3)(a² − ab + b²)
        Crystal([[1, 0], [0.5, ROOT / 2]], HEXAGONAL, np.array([[2, -1], [-1, 2]]), 8 * math.pi**2 / 3)],
    3: [Crystal([[1, 0, 0], [0, 1, 0], [0, 0, 1]], SIGNED[3], np.eye(3, dtype=int), 4 * math.pi**2),
        # height √3/2: 4/3 c²
        Crystal([[1, 0, 0], [0.5, ROOT / 2, 0], [0, 0, ROOT / 2]], PRISM,
                np.array([[2, -1, 0], [-1, 2, 0], [0, 0, 2]]), 8 * math.pi**2 / 3)],
}


@st.composite
def affine_groups(draw, n):
    """A crystal, generators (A, b) of at most 200 elements, these, and directions of translations (often none)."""
    crystal = draw(st.sampled_from(CRYSTALS[n]))
    directions, pool = [], crystal.symmetries
    if draw(st.integers(0, 3)) == 0:
        axis = draw(st.sampled_from([[0] * (n - 1) + [1], [1] + [0] * (n - 1), [1, 1] + [0] * (n - 2)]))
        directions = [axis]
        pool = [a for a in pool if any((a @ axis == np.array(axis) * s).all() for s in (1, -1))]
    d = draw(st.sampled_from([1, 2, 2, 3, 4, 6]))
    shifts = st.lists(st.integers(0, d - 1).map(lambda i: Fraction(i, d)), min_size=n, max_size=n)
    maps = draw(st.lists(st.tuples(st.sampled_from(pool), shifts), min_size=1, max_size=3))
    elements = None
    while elements is None:
        elements = affine_closure(maps, LIMIT)
        if elements is None:
            maps = maps[:-1] if len(maps) > 1 else [(maps[0][0], [Fraction(0)] * n)]
    if draw(st.booleans()):
        crystal, maps, directions, elements = _sheared(draw, n, crystal, maps, directions, elements)
    return crystal, maps, elements, directions


def _sheared(draw, n, crystal, maps, directions, elements):
    """The same group in another basis of the lattice: u ↦ Su, A ↦ SAS⁻¹, b ↦ Sb, k ↦ S⁻ᵀk."""
    i, j = draw(st.sampled_from([(0, 1), (1, 0), (0, n - 1)]))
    shear, back = np.eye(n, dtype=int), np.eye(n, dtype=int)
    step = draw(st.sampled_from([1, -1, 2]))
    shear[i, j], back[i, j] = step, -step

    def moved(pairs):
        return [(shear @ a @ back, [sum(int(shear[r, c]) * b[c] for c in range(n)) for r in range(n)])
                for a, b in pairs]

    basis = back.T @ np.array(crystal.basis, dtype=object)
    norm = shear @ crystal.norm @ shear.T
    return (Crystal(basis.tolist(), [], norm, crystal.scale), moved(maps),
            [(shear @ np.array(v)).tolist() for v in directions],
            [(a, tuple(x % 1 for x in b)) for a, b in moved(elements)])


# -- tori -----------------------------------------------------------------------------------------------


@st.composite
def torus_weights(draw):
    """Rows of weights of a torus of rank r ≤ 2 on C^k, k ≤ 3, not all zero."""
    k, r = draw(st.integers(2, 3)), draw(st.sampled_from([1, 1, 2]))
    row = st.lists(st.integers(-3, 3), min_size=r, max_size=r)
    return draw(st.lists(row, min_size=k, max_size=k).filter(lambda rows: any(map(any, rows))))


def skew_matrices(weights, frame):
    """The generators of a torus, one for each angle, in a frame of R^{2k}."""
    turn = np.array([[0.0, -1.0], [1.0, 0.0]])
    return [frame @ np.kron(np.diag(column), turn) @ frame.T for column in np.array(weights, dtype=float).T
            if column.any()]
