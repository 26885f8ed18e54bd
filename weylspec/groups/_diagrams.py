"""Irreducible finite Coxeter groups: their names, degrees and simple roots (Coxeter 1934)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError
from weylspec.groups._complex import cosine

FloatArray = npt.NDArray[np.float64]

_TOLERANCE = 1e-9  # of coordinates of size 1 after at most some thousand reflections
_EXCEPTIONAL = {
    ("E", 6): (2, 5, 6, 8, 9, 12), ("E", 7): (2, 6, 8, 10, 12, 14, 18), ("E", 8): (2, 8, 12, 14, 18, 20, 24, 30),
    ("F", 4): (2, 6, 8, 12), ("H", 3): (2, 6, 10), ("H", 4): (2, 12, 20, 30),
}
_LEAST = {"A": 1, "B": 2, "D": 4}
_TYPES = "An (n >= 1), Bn = Cn (n >= 2), Dn (n >= 4), E6, E7, E8, F4, G2, H3, H4, I2(m) (m >= 3)"
_SAME = {"B1": "A1", "D2": "A1 x A1", "D3": "A3", "I2(2)": "A1 x A1", "I2(1)": "A1"}


@dataclass(frozen=True)
class Diagram:
    """One connected diagram: letter, rank, and for I2(m) the label m.

    Examples
    --------
    >>> Diagram("H", 3).degrees, Diagram("I", 2, 7).order
    ((2, 6, 10), 14)
    """

    letter: str
    rank: int
    m: int = 0

    def __str__(self) -> str:
        return f"I2({self.m})" if self.letter == "I" else f"{self.letter}{self.rank}"

    @property
    def degrees(self) -> tuple[int, ...]:
        """Degrees of the basic invariants, ascending."""
        n = self.rank
        match self.letter:
            case "A":
                return tuple(range(2, n + 2))
            case "B":
                return tuple(range(2, 2 * n + 1, 2))
            case "D":
                return tuple(sorted((*range(2, 2 * n - 1, 2), n)))
            case "I":
                return (2, self.m)
        return _EXCEPTIONAL[self.letter, n]

    @property
    def order(self) -> int:
        """Product of the degrees."""
        return math.prod(self.degrees)

    @cached_property
    def roots(self) -> FloatArray:
        """Simple roots as rows, in coordinates that make the reflections exact where they are rational.

        B, D, F4 and E8 are in the usual coordinates (Bourbaki 1968), I2(m) has the chamber 0 ≤ φ ≤ π/m, and of the
        others root i lies in the span of the first i coordinates.
        """
        n, one = self.rank, np.eye(self.rank)
        match self.letter:
            case "B":
                return np.array([*(one[:-1] - one[1:]), one[-1]])
            case "D":
                return np.array([*(one[:-1] - one[1:]), one[-2] + one[-1]])
            case "F":
                return np.array([one[1] - one[2], one[2] - one[3], one[3], [0.5, -0.5, -0.5, -0.5]])
            case "I":
                half = Fraction(1, 2 * self.m)
                return np.array([[0.0, 1.0], [cosine(Fraction(1, 4) - half), -cosine(half)]])
        if (self.letter, n) == ("E", 8):
            first = np.array([0.5, *[-0.5] * 6, 0.5])
            return np.array([first, one[0] + one[1], *(one[1:7] - one[:6])])
        gram = np.eye(n)
        for (i, j), label in self._edges():
            gram[i, j] = gram[j, i] = -math.cos(math.pi / label)
        return np.asarray(np.linalg.cholesky(gram))

    def _edges(self) -> list[tuple[tuple[int, int], int]]:
        """Edges of A, E (Bourbaki's numbering) and H (the label 5 first) with their labels."""
        if self.letter == "E":
            return [((0, 2), 3), ((1, 3), 3), *(((i, i + 1), 3) for i in range(2, self.rank - 1))]
        first = 5 if self.letter == "H" else 3
        return [((i, i + 1), 3 if i else first) for i in range(self.rank - 1)]

    @cached_property
    def reflections(self) -> tuple[FloatArray, ...]:
        """The reflections in the simple roots."""
        one = np.eye(self.rank)
        return tuple(one - np.outer(r, r) * (2 / (r @ r)) + 0.0 for r in self.roots)


def read_diagrams(name: object) -> tuple[Diagram, ...]:
    """The connected diagrams of a type such as "E8" or "A2 x I2(5)".

    Raises
    ------
    WeylspecError
        For anything else; the message lists the types.

    Examples
    --------
    >>> [str(d) for d in read_diagrams("A2 x C3")]
    ['A2', 'B3']
    """
    parts = re.split(r"\s*[x×*+]\s*", name.strip()) if isinstance(name, str) else []
    if not parts:
        raise WeylspecError(f"the type of a CoxeterGroup is a string like 'E8' or 'A2 x B3', got {name!r}")
    return tuple(_read(part, name) for part in parts)


def _read(part: str, name: object) -> Diagram:
    match = re.fullmatch(r"([A-Ia-i])_?([0-9]+)(?:\(([0-9]+)\))?", part)
    if match:
        letter, rank, m = match[1].upper().replace("C", "B"), int(match[2]), match[3]
        if (letter, rank, m) == ("G", 2, None):
            return Diagram("I", 2, 6)
        if letter == "I" and rank == 2 and m and int(m) >= 3:
            return Diagram("I", 2, int(m))
        if m is None and (rank >= _LEAST.get(letter, math.inf) or (letter, rank) in _EXCEPTIONAL):
            return Diagram(letter, rank)
        part = f"{letter}{rank}" + (f"({int(m)})" if m else "")
    hint = f"; {part} is written {_SAME[part]}" if part in _SAME else ""
    raise WeylspecError(f"{part!r} in CoxeterGroup({name!r}) is no finite Coxeter type{hint}; the types are {_TYPES}")


def unit(roots: FloatArray) -> FloatArray:
    """Rows divided by their lengths."""
    return np.asarray(roots / np.linalg.norm(roots, axis=1, keepdims=True))


def fold(simple: FloatArray, points: FloatArray, others: FloatArray | None = None) -> tuple[FloatArray, FloatArray]:
    """Apply to each point the element w that takes it into the chamber ⟨x, α_i⟩ ≥ 0.

    Parameters
    ----------
    simple : ndarray of shape (r, n)
        Unit simple roots.
    points : ndarray of shape (m, n)
    others : ndarray of shape (m, n, q), optional
        Columns to which the same element is applied.

    Returns
    -------
    coordinates : ndarray of shape (m, r)
        ⟨wx, α_i⟩.
    moved : ndarray of shape (m, r, q)
        ⟨w·column, α_i⟩.

    Examples
    --------
    >>> fold(np.array([[1.0]]), np.array([[-2.0], [3.0]]))[0].tolist()
    [[2.0], [3.0]]
    """
    from weylspec.groups import _loops

    columns = points[:, :, None] if others is None else np.concatenate([points[:, :, None], others], axis=2)
    coordinates = np.ascontiguousarray(simple @ columns)
    size = float(np.abs(points).max(initial=0.0))
    _loops.fold_into_chamber(2 * simple @ simple.T, coordinates, _TOLERANCE * size * 1e-3)
    return coordinates[:, :, 0], coordinates[:, :, 1:]


def positive_roots(simple: FloatArray) -> FloatArray:
    """All positive roots of the system with given unit simple roots, by ascending depth.

    Parameters
    ----------
    simple : ndarray of shape (r, n)

    Returns
    -------
    ndarray of shape (N, n)
        Unit vectors, the simple ones first.

    Examples
    --------
    >>> len(positive_roots(unit(Diagram("E", 8).roots)))
    120
    """
    # Coefficients over the simple roots are not negative for positive roots, and tell roots apart.
    pairings = 2 * simple @ simple.T
    found, frontier = np.eye(len(simple)), np.eye(len(simple))
    while len(frontier):
        steps = frontier @ pairings
        fresh = [frontier - np.outer(steps[:, i], np.eye(len(simple))[i]) for i in range(len(simple))]
        # only steps upwards, steps[:, i] < 0, lead to roots of greater depth
        candidates = np.concatenate([f[steps[:, i] < -_TOLERANCE] for i, f in enumerate(fresh)])
        _, first = np.unique(np.round(candidates, 6), axis=0, return_index=True)
        frontier = candidates[np.sort(first)]
        found = np.concatenate([found, frontier])
    return np.asarray(found @ simple)
