"""`Action`: a compact group acting on one space, as the list of its torus cosets."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from weylspec.groups.cosets import ONE, AffineCoset, LinearCoset, character_residue

Residues = npt.NDArray[np.int64]
CosetT = TypeVar("CosetT", LinearCoset, AffineCoset)


class Action(ABC, Generic[CosetT]):
    """A group in the form in which a manifold can trace it.

    A concrete action carries its cosets; how their traces are summed is the same for all.
    """

    label: str
    order: int | float

    @abstractmethod
    def cosets(self) -> Iterator[CosetT]:
        """The weighted torus cosets; their shares add up to 1."""

    @property
    @abstractmethod
    def dim(self) -> int:
        """Dimension as a Lie group."""

    @property
    def is_finite(self) -> bool:
        """Whether the group is finite."""
        return self.order != math.inf

    def average(self, trace: Callable[[CosetT], Residues], p: int) -> Residues:
        """Σ share·character·trace over the cosets, in F_p: without characters, traces of the projector onto invariants.

        Parameters
        ----------
        trace : callable
            Coset ↦ residues modulo p, one per level, already averaged over the coset's angles.
        p : int
            A prime that divides no denominator of a share.

        Returns
        -------
        ndarray of int64, residues in [0, p)
        """
        total: Residues | int = 0
        for coset in self.cosets():
            share = coset.share.numerator * pow(coset.share.denominator, -1, p) % p
            if coset.character != ONE:
                share = share * character_residue(coset.character, p) % p
            total = (total + share * trace(coset)) % p
        return np.asarray(total, dtype=np.int64)
