"""Functions on a torus that a finite group multiplies by signs: its symmetries, and the explicit functions."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.groups.action import Action
from weylspec.groups.affine_action import AffineMap
from weylspec.groups.cosets import AffineCoset
from weylspec.spaces._characters import CharacterCount
from weylspec.spaces._theta import vectors_below
from weylspec.spaces.quadratic import QuadraticForm
from weylspec.units import Number

FloatArray = npt.NDArray[np.float64]
IntMatrix = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class SymmetryAction(Action[AffineCoset]):
    """Symmetries of a domain, each lifted with every reflection to the torus: W ⋊ G with shares χ(w)/|W ⋊ G|.

    Attributes
    ----------
    label : str
    order : int
        That of G.
    form : QuadraticForm
    lifts : tuple of AffineCoset
        Elements of W ⋊ G, one for each class of G and each reflection.
    maps : tuple of (A, b)
        Generators of G.
    """

    label: str
    order: int
    form: QuadraticForm
    lifts: tuple[AffineCoset, ...]
    maps: tuple[AffineMap, ...]

    def cosets(self) -> Iterator[AffineCoset]:
        """The lifts."""
        return iter(self.lifts)

    @property
    def dim(self) -> int:
        """Zero."""
        return 0

    @cached_property
    def characters(self) -> CharacterCount:
        """The lattices that count its invariant functions."""
        return CharacterCount.of(self.form, self.lifts)


@dataclass(frozen=True, eq=False)
class Waves:
    """Real functions Σ_g χ(g) e(k·gx) on R^n/Zⁿ, one or two for every orbit of characters k that carries some.

    Attributes
    ----------
    keys : ndarray (m, r), int64
        Levels of the orbits.
    images : ndarray (|W|, m, n), int64
        Aᵀk for every g.
    angles : ndarray (|W|, m)
        Phases of χ(g) e(k·b), in turns.
    scale : ndarray (m,)
        1/√(|W|·order of the stabiliser), so that the mean square of each sum is 1.
    turn : ndarray (m,)
        The phase, in turns, that makes the sum real; not a number where it is not, and −k has another orbit.
    """

    keys: IntMatrix
    images: IntMatrix
    angles: FloatArray
    scale: FloatArray
    turn: FloatArray

    def values(self, u: FloatArray, levels: IntMatrix) -> FloatArray:
        """The functions at points in lattice coordinates, columns level by level."""
        total = np.zeros((len(u), len(self.scale)), dtype=np.complex128)
        for images, angles in zip(self.images, self.angles, strict=True):
            total += np.exp(2j * math.pi * (u @ images.T.astype(np.float64) + angles))
        single = np.isfinite(self.turn)
        total *= self.scale * np.exp(2j * math.pi * np.where(single, self.turn, 0.0))
        position = {tuple(row): i for i, row in enumerate(levels.tolist())}
        where = np.array([position[tuple(row)] for row in self.keys.tolist()], dtype=np.intp)
        columns = np.concatenate([np.where(single, 1.0, math.sqrt(2)) * total.real,
                                  math.sqrt(2) * total.imag[:, ~single]], axis=1)
        return columns[:, np.argsort(np.concatenate([where, where[~single]]), kind="stable")]


def waves(form: QuadraticForm, cosets: Sequence[AffineCoset], cutoff: Number) -> Waves:
    """One representative for every pair of orbits of k and −k on which the stabiliser has trivial phases."""
    keys, points = vectors_below(form, cutoff)
    order = 2 * math.lcm(1, *(d for coset in cosets for d in coset.denominators()))
    # Rows as single integers, in lexicographic order; the code of −k is that of k with a minus.
    widths = [2 * int(reach) + 1 for reach in np.abs(points).max(axis=0, initial=0)]
    places = np.array([math.prod(widths[:i]) for i in range(len(widths))], dtype=np.int64)
    own = points @ places
    top, bottom = own.copy(), own.copy()
    stabiliser, allowed = np.zeros(len(points), dtype=np.int64), np.ones(len(points), dtype=bool)
    turn = np.full(len(points), math.nan)
    for coset in cosets:
        image, turns = points @ coset.matrix @ places, _turns(points, coset, order)
        np.maximum(top, image, out=top)
        np.minimum(bottom, image, out=bottom)
        stabiliser += image == own
        allowed &= (image != own) | (turns == 0)
        opposing = image == -own  # the conjugate of the sum is the sum times e(−turns/order)
        turn[opposing] = -turns[opposing] / (2 * order)
    chosen = (own == top) & (top >= -bottom) & allowed
    kept = points[chosen]
    return Waves(
        keys[chosen], np.array([kept @ coset.matrix for coset in cosets]),
        np.array([_turns(kept, coset, order) / order for coset in cosets]),
        1 / np.sqrt(len(cosets) * stabiliser[chosen].astype(np.float64)), turn[chosen],
    )


def _turns(points: IntMatrix, coset: AffineCoset, order: int) -> IntMatrix:
    """The phase of χ(g) e(k·b), in parts of a turn."""
    shift = np.array([int(b * order) for b in coset.shift], dtype=np.int64)
    return np.asarray((points @ shift + (coset.share < 0) * (order // 2)) % order, dtype=np.int64)
