"""`Action`: a compact group acting on one space, as the list of its torus cosets."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import count, islice
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.groups.cosets import ONE, AffineCoset, LinearCoset, character_residue

Residues = npt.NDArray[np.int64]
CosetT = TypeVar("CosetT", LinearCoset, AffineCoset)

_MANY = 2000  # classes, whose fixed sets take about a second
_DEEP = 4  # codimensions of fixed sets that a law of Weyl has terms for, where there are many classes


class Action(ABC, Generic[CosetT]):
    """A group in the form in which a manifold can trace it.

    A concrete action carries its cosets; how their traces are summed is the same for all.
    """

    label: str
    size: int
    order: int | float
    nearby: Callable[[int], Iterator[CosetT]] | None = None

    @abstractmethod
    def cosets(self) -> Iterator[CosetT]:
        """The weighted torus cosets; their shares add up to 1."""

    def strata(self) -> Iterator[CosetT]:
        """The classes whose fixed sets the geometry of a quotient is made of, for a finite group.

        All of them, or where there are too many those near the identity: with fixed spaces of codimension up
        to 4, of the least codimension that occurs in any case.
        """
        return self.cosets() if self.nearby is None else iter(self._near_strata[0])

    @property
    def strata_codimension(self) -> float:
        """The codimension of fixed spaces up to which `strata` has all classes; infinite where it has all of them."""
        return math.inf if self.nearby is None else self._near_strata[1]

    @cached_property
    def _near_strata(self) -> tuple[list[CosetT], float]:
        assert self.nearby is not None
        try:
            listed = list(islice(self.cosets(), _MANY + 1))
        except CostError:
            return self._near_identity(self.nearby)
        return (listed, math.inf) if len(listed) <= _MANY else self._near_identity(self.nearby)

    def _near_identity(self, nearby: Callable[[int], Iterator[CosetT]]) -> tuple[list[CosetT], float]:
        found = list(nearby(0))
        still = len(found)
        for codimension in count(1):
            deeper = list(islice(nearby(codimension), _MANY + 1))
            if codimension > self.size or (len(found) > still and (codimension > _DEEP or len(deeper) > _MANY)):
                return found, codimension - 1 if codimension <= self.size else math.inf
            found = deeper if len(deeper) <= _MANY else list(nearby(codimension))
        raise AssertionError

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
