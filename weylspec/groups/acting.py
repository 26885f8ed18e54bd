"""`Acting`: what a compact group says of its elements, and the actions on coordinates that it can supply."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from weylspec.errors import GroupActionError
from weylspec.groups.linear_action import LinearAction
from weylspec.groups.two_sided_action import TwoSidedAction

if TYPE_CHECKING:
    from weylspec.groups.affine_action import AffineAction
    from weylspec.groups.character_table import CharacterTable
    from weylspec.groups.characters import Character

FloatArray = npt.NDArray[np.float64]


class Acting(ABC):
    """A compact group, with the actions on coordinates that it can supply.

    A concrete group supplies `natural` (its orthogonal matrices on ``degree`` coordinates), or
    overrides `affine` when it acts on flat tori only. A group of degree k moves the first k
    coordinates of a space, the rest stay.
    """

    @property
    @abstractmethod
    def order(self) -> int | float:
        """Number of elements: an exact int, or infinity."""

    @property
    def dim(self) -> int:
        """Dimension as a Lie group; 0 for a finite group."""
        return 0

    @property
    @abstractmethod
    def degree(self) -> int:
        """How many coordinates the group moves."""

    def natural(self) -> LinearAction:
        """The orthogonal representation on R^degree.

        Raises
        ------
        GroupActionError
            If the group has none.
        """
        raise GroupActionError(f"{self!r} has no linear action; it acts on flat tori (Torus, FlatTorus)")

    def own_action(self) -> LinearAction | AffineAction:
        """The action on its own coordinates: linear, or affine for groups that act on flat tori only."""
        return self.natural()

    # -- actions on coordinates: a manifold asks for the kind it can trace ------------------

    def linear(self, n: int) -> LinearAction:
        """The action on R^n: natural on the first `degree` coordinates, trivial on the rest.

        Raises
        ------
        GroupActionError
            If n is smaller than the degree, or the group has no linear action.
        """
        action = self.natural()
        if n < action.size:
            raise GroupActionError(
                f"{self!r} moves {action.size} coordinates, the space has {n}; "
                f"take a space of ambient dimension >= {action.size} or a smaller group"
            )
        return action.extended(n)

    def affine(self, n: int) -> AffineAction:
        """The action on R^n/Zⁿ in lattice coordinates, by integer matrices (default: no shift).

        Raises
        ------
        GroupActionError
            If a generator is not an integer matrix in the first `degree` coordinates.
        """
        from weylspec.groups.affine_action import affine_from_linear

        return affine_from_linear(self.linear(n), repr(self))

    def two_sided(self, size: int | None) -> TwoSidedAction:
        """The action on a Lie group whose standard representation has this real size (None: no matrices).

        Raises
        ------
        GroupActionError
            Unless the group says from which side it acts.
        """
        raise GroupActionError(
            f"{self!r} does not say how it acts on a Lie group; write LeftTranslations({self!r}), "
            f"RightTranslations({self!r}), TwoSided(H, K) or Conjugation()"
        )

    # -- elements ---------------------------------------------------------------------------

    @property
    def generators(self) -> tuple[FloatArray, ...]:
        """Matrices whose closure, together with the one-parameter groups of `algebra`, is G."""
        return self.natural().generators

    @property
    def algebra(self) -> tuple[FloatArray, ...]:
        """A basis of the Lie algebra as skew matrices; empty for a finite group."""
        return self.natural().algebra

    def contains(self, g: npt.ArrayLike) -> bool:
        """Whether a matrix (degree × degree) is an element, within 1e-8."""
        matrix = np.asarray(g, dtype=np.float64)
        action = self.natural()
        return matrix.shape == (action.size, action.size) and action.contains(matrix)

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Haar-distributed elements as matrices, shape (n, degree, degree)."""
        return self.natural().sample(n, rng)

    @cached_property
    def character_table(self) -> CharacterTable:
        """All irreducible characters of a finite group of at most 20 000 elements."""
        from weylspec.groups.character_table import character_table

        action = self.natural()
        return character_table(action.elements(), action.generators)

    def character(self, name: Any) -> Character:
        """The character of a representation of the group, as `weylspec.groups.characters` reads it."""
        from weylspec.groups.characters import finite_character, named_character
        from weylspec.groups.highest_weights import highest_character

        if isinstance(name, str):
            return named_character(self.own_action(), name)
        action = self.natural()
        if not action.is_finite:
            return highest_character(action, name)
        return finite_character(action, name, lambda: self.character_table)

    def __getstate__(self) -> dict[str, object]:
        """What the user wrote, without what was computed from it."""
        return {name: value for name, value in vars(self).items() if name in getattr(self, "__dataclass_fields__", {})}
