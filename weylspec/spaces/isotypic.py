"""`Isotypic`: how often a representation V of G occurs in the eigenspaces of M, instead of how often 1 does."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from weylspec.errors import GroupActionError, WeylspecError
from weylspec.groups.base import Group
from weylspec.groups.characters import Character
from weylspec.invariants.orbit_spaces.geometry import OrbitGeometry, Term
from weylspec.spaces._quotient_space import QuotientSpace
from weylspec.spaces.base import Manifold, Quotient
from weylspec.units import Number

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False, init=False)
class Isotypic(QuotientSpace, Manifold):
    """The equivariant functions f: M → V, f(gx) = g·f(x), for an irreducible representation V of G.

    Its multiplicities are N_V: the number of copies of V in each eigenspace E_λ of M,
    ∫_G χ̄_V(g)·tr(g | E_λ) dg = dim Hom_G(V, E_λ). Functions M → V have dim V·N(λ) parameters up to λ, equivariant
    ones N_V(λ), which is what `effective_dimension` and risks count when they are handed this space; invariant
    functions are those of the trivial representation. With the sign of a reflection group they vanish on the
    mirrors: a Dirichlet condition.

    Weyl's law has the leading term dim V·c_d vol(M/G)λ^{d/2}, so that `volume` is dim V·vol(M/G); each fixed set of
    an element is multiplied by its character, a mirror by χ_V(g) (Donnelly 1976).

    V is complex: a real representation that becomes V ⊕ V̄ has 2, a quaternionic one 4 parameters for each of its
    real copies; `indicator` tells the types apart.

    Parameters
    ----------
    quotient : Quotient
        M/G, for M a sphere, a flat torus, a projective space, or a Lie group that a finite group translates from
        one side.
    character : str, int, sequence or Character
        What ``G.character(…)`` takes: "det", the number of an irreducible representation of a finite group (0 is
        the trivial one, degrees ascend), a partition for a symmetric group, matrices on the generators; the highest
        weight for a connected group, [l] for SO(3).

    Raises
    ------
    WeylspecError
        If V is not irreducible, or M/G is no quotient.

    Examples
    --------
    Harmonics that change sign under the permutations of three coordinates: t³/((1 − t)(1 − t³)).

    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> from weylspec.spaces.sphere import Sphere
    >>> signed = Isotypic(Sphere(2) / SymmetricGroup(3), "det")
    >>> signed.spectrum(cutoff=56).multiplicities.tolist()
    [1, 1, 1, 2, 2]
    >>> Isotypic(Sphere(2) / SymmetricGroup(3), [2, 1]).count(10**12)
    333333333333

    Functions on S³ of weight 1 under Hopf's circle, monopole harmonics on S²:

    >>> from weylspec.groups.orthogonal import SO
    >>> Isotypic(Sphere(3) / SO(2).copies(2), [1]).spectrum(cutoff=35).multiplicities.tolist()
    [2, 4, 6]
    """

    manifold: Manifold
    group: Group
    name: Any
    character: Character

    def __init__(self, quotient: Manifold, character: Any) -> None:
        if not isinstance(quotient, Quotient):
            raise WeylspecError(f"Isotypic takes a quotient such as Sphere(2) / SymmetricGroup(3), got {quotient!r}")
        chosen = character if isinstance(character, Character) else quotient.group.character(character)
        object.__setattr__(self, "manifold", quotient.manifold)
        object.__setattr__(self, "group", quotient.group)
        object.__setattr__(self, "name", character)
        object.__setattr__(self, "character", chosen)
        self._check_irreducible()

    def _check_irreducible(self) -> None:
        norm = self.character.norm(self.group.own_action())
        if norm != 1:
            raise WeylspecError(f"the representation {self.character.label} of {self.group!r} is not irreducible: "
                                f"∫|χ|² = {norm}; count its parts, G.character(number), one by one")
        if self.group.order != math.inf and self.geometry.volume < 1e-9 * self._quotient.volume:
            raise GroupActionError(f"elements of {self.group!r} that act trivially do not act trivially on the "
                                   f"representation {self.character.label}: it does not occur; divide by the group "
                                   "modulo these elements")

    def __reduce__(self) -> tuple[type, tuple[Manifold, Any]]:
        """Pickle what the user wrote."""
        return type(self), (self._quotient, self.name)

    def __repr__(self) -> str:
        return f"Isotypic({self._quotient!r}, {self.character.label})"

    @property
    def _quotient(self) -> Quotient:
        return Quotient(self.manifold, self.group)

    @property
    def is_compound(self) -> bool:
        """False: it is written as a call."""
        return False

    @property
    def total(self) -> Manifold:
        """M."""
        return self.manifold.total

    @property
    def rank(self) -> int:
        """The dimension of V."""
        return self.character.degree

    @property
    def indicator(self) -> int:
        """Frobenius and Schur's indicator of V: 1, 0, −1 for the real, complex and quaternionic type."""
        return self.character.indicator

    def scaled(self, r: Number) -> Isotypic:
        """The same representation on (M scaled)/G."""
        return Isotypic(self._quotient.scaled(r), self.name)

    @cached_property
    def action_on_manifold(self) -> Any:
        """The action of the group, with averages weighted by the character."""
        return self.manifold.weighted_action(self.group, self.character)

    @cached_property
    def geometry(self) -> OrbitGeometry:
        """That of M/G, each term with its character; for Lie groups the leading term, where generic orbits are free."""
        if self.group.order != math.inf:
            return self.manifold.orbit_geometry(self.action_on_manifold)
        plain, rank = self._quotient.geometry, self.manifold.isotypic_rank(self.action_on_manifold, self.rank)
        known = bool(plain.is_free)
        return replace(plain, volume=rank * plain.volume, walls=plain.walls if known else (), lower=(),
                       walls_complete=known, source=f"{rank}·({plain.source})", remainder=None)

    @property
    def terms(self) -> tuple[Term, ...]:
        """The leading term, and for finite groups those of all fixed sets."""
        if not self.geometry.walls_complete:
            raise self._cannot("the terms of Weyl's law after the first one, where orbits of a continuous group "
                               "collapse; hand in a law: verify_weyl(…, law=…)")
        return super().terms

    # -- points and functions -----------------------------------------------------------------

    def check_points(self, x: npt.ArrayLike) -> FloatArray:
        """Refuse: its functions have values in V."""
        raise self._cannot("points and kernels: its functions have values in a representation")

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Refuse: its functions have values in V."""
        raise self._cannot("points and kernels: its functions have values in a representation")
