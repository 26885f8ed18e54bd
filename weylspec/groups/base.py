"""`Group`, and what every group answers: order, dimension, generators, Haar samples, actions."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from weylspec.errors import GroupActionError, WeylspecError

if TYPE_CHECKING:
    from weylspec.groups.affine_action import AffineAction
    from weylspec.groups.linear_action import LinearAction

FloatArray = npt.NDArray[np.float64]


class Group(ABC):
    """A compact group, with the actions on coordinates that it can supply.

    A concrete group supplies `natural` (its orthogonal matrices on ``degree`` coordinates), or
    overrides `affine` when it acts on flat tori only. A group of degree k moves the first k
    coordinates of a space, the rest stay.
    """

    @property
    @abstractmethod
    def order(self) -> int | float:
        """Number of elements: an exact int, or ``math.inf``."""

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

    def __getstate__(self) -> dict[str, object]:
        """What the user wrote, without what was computed from it."""
        return {name: value for name, value in vars(self).items() if name in getattr(self, "__dataclass_fields__", {})}

    # -- new groups from old ----------------------------------------------------------------

    def copies(self, m: int) -> Group:
        """The same element on m consecutive blocks of coordinates: kron(I_m, h)."""
        from weylspec.groups.composite import Copies

        return Copies(self, m)

    def blocks(self, k: int) -> Group:
        """The group on consecutive blocks of k coordinates: kron(g, I_k)."""
        from weylspec.groups.composite import Blocks

        return Blocks(self, k)

    def __add__(self, other: Group) -> Group:
        """Block sum: each group on its own consecutive coordinates."""
        from weylspec.groups.composite import BlockSum

        self._check_group(other, "+")
        return BlockSum(self, other)

    def __mul__(self, other: Group) -> Group:
        """Joint action of two commuting groups on the same points."""
        from weylspec.groups.composite import Joint

        self._check_group(other, "*")
        return Joint(self, other)

    def _check_group(self, other: object, sign: str) -> None:
        if not isinstance(other, Group):
            raise WeylspecError(f"{self!r} {sign} {other!r}: the second is not a group")


def whole(value: object, name: str, least: int) -> int:
    """Check an integer argument of a constructor, such as a degree.

    Examples
    --------
    >>> whole(3, "n", 1)
    3
    """
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise WeylspecError(f"{name} must be an integer, got {value!r}")
    if value < least:
        raise WeylspecError(f"{name} must be at least {least}, got {value}")
    return int(value)


def finite_order(order: int | float) -> int | None:
    """The order as an exact int, or None for an infinite group."""
    return None if order == math.inf else int(order)
