"""The classes of a finite group with equal eigenvalues put together, for averages modulo many primes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, takewhile

import numpy as np
import numpy.typing as npt

from weylspec.exact.modular import residue, unit_residues
from weylspec.exact.power_series import times_binomial
from weylspec.groups.cosets import ONE, Blocks, CharacterValue, character_residue
from weylspec.groups.linear_action import LinearAction

Residues = npt.NDArray[np.int64]

_MOST = 50_000  # different eigenvalue data that are held at once, about a kilobyte each


@dataclass(frozen=True, eq=False)
class FiniteClasses:
    """Kinds of elements of a finite group by their blocks: g has det(1 − tg) = Π_b (1 − e(phase_b) t^{length_b}).

    Attributes
    ----------
    starts : ndarray of shape (kinds + 1,), int64
        Kind c has the blocks starts[c] … starts[c + 1] − 1. Kinds with equal first blocks stand together.
    shared : ndarray of shape (kinds,), int64
        How many first blocks are those of the kind before.
    lengths : ndarray of int64
    phases : tuple of Fractions
        The different phases of all blocks.
    which : ndarray of int64
        Of each block, its phase.
    shares : tuple of (Fraction, character) pairs, for each kind
        What part of the group it is, with each value of the character that averages are multiplied by.
    """

    starts: Residues
    shared: Residues
    lengths: Residues
    phases: tuple[Fraction, ...]
    which: Residues
    shares: tuple[tuple[tuple[Fraction, CharacterValue], ...], ...]

    @classmethod
    def of(cls, action: LinearAction) -> FiniteClasses | None:
        """The kinds of elements of a finite group; None for an infinite one, or if they are too many to be held.

        Examples
        --------
        Of the seven turns of a plane that preserve a heptagon, opposite ones have equal eigenvalues:

        >>> from weylspec.groups.lens import LensGroup
        >>> found = FiniteClasses.of(LensGroup(7, 1).natural())
        >>> [str(share) for kind in found.shares for share, _ in kind]
        ['1/7', '2/7', '2/7', '2/7']
        """
        if not action.is_finite:
            return None
        kinds: dict[Blocks, dict[CharacterValue, Fraction]] = {}
        for coset in action.cosets():
            mine = kinds.setdefault(coset.blocks, {})
            known = mine.get(coset.character)
            mine[coset.character] = coset.share if known is None else known + coset.share
            if len(kinds) > _MOST:
                return None
        number: dict[tuple[int, int], int] = {}
        ordered = sorted(kinds)
        which = [number.setdefault(block[1:], len(number)) for kind in ordered for block in kind]
        shared = [sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))
                  for a, b in pairwise(ordered)]
        return cls(
            np.cumsum([0, *map(len, ordered)]), np.array([0, *shared], dtype=np.int64),
            np.array([block[0] for kind in ordered for block in kind], dtype=np.int64),
            tuple(Fraction(*phase) for phase in number), np.array(which, dtype=np.int64),
            tuple(tuple((share, value) for value, share in kinds[kind].items()) for kind in ordered),
        )

    def average(self, top: int, p: int) -> Residues:
        """Dimensions of the invariant harmonics of degrees 0 … top, modulo a prime.

        Parameters
        ----------
        top : int
        p : int
            Prime, 1 modulo the denominators of all phases.

        Returns
        -------
        ndarray of shape (top + 1,), residues

        Examples
        --------
        >>> from weylspec.groups.permutation import SymmetricGroup
        >>> FiniteClasses.of(SymmetricGroup(3).natural()).average(6, 7).tolist()
        [1, 1, 1, 2, 2, 2, 3]
        """
        from weylspec.invariants._loops import class_traces

        weights = np.array([self._weight(kind, p) for kind in self.shares], dtype=np.int64)
        values = unit_residues(self.phases, p)[self.which]
        work = np.empty((np.diff(self.starts).max() + 1, top + 1), dtype=np.int64)
        class_traces(self.starts, self.lengths, values, self.shared, weights, p, work)
        return times_binomial(work[0], 2, p)

    @staticmethod
    def _weight(kind: tuple[tuple[Fraction, CharacterValue], ...], p: int) -> int:
        total = 0
        for share, value in kind:
            total += residue(share, p) * (1 if value == ONE else character_residue(value, p))
        return total % p
