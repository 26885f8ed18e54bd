"""Isometries of Lie groups: translations from the left, from the right or from both sides, and conjugation."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from weylspec.errors import GroupActionError, WeylspecError
from weylspec.groups.base import Derived, Group
from weylspec.groups.characters import Character
from weylspec.groups.linear_action import LinearAction
from weylspec.groups.two_sided_action import TwoSidedAction


class OneSided(Derived):
    """Abstract: a group of matrices that moves a Lie group from one side."""

    def __post_init__(self) -> None:
        _check(self.group)

    @property
    def degree(self) -> int:
        """That of the group of matrices."""
        return self.group.degree

    def own_action(self) -> LinearAction:
        """Its matrices."""
        return self.group.natural()

    def character(self, name: Any) -> Character:
        """That of the group of matrices."""
        return self.group.character(name)

    def natural(self) -> LinearAction:
        """Refuse: the action is on a Lie group."""
        raise _nonlinear(self)


@dataclass(frozen=True, eq=False, repr=False)
class LeftTranslations(OneSided):
    """The translations x ↦ hx of a Lie group by a subgroup H, given by its matrices on the standard representation.

    For SU(n) and U(n) these are the real 2n × 2n matrices that commute with kron(I_n, [[0, −1], [1, 0]]),
    for Sp(n) the real 4n × 4n matrices of quaternionic ones.

    Parameters
    ----------
    group : Group
        H.

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> from weylspec.spaces.lie_group import SpecialOrthogonal
    >>> sphere = SpecialOrthogonal(4) / LeftTranslations(SO(3))
    >>> sphere.spectrum(cutoff=8).multiplicities.tolist()
    [1, 4, 9]
    """

    group: Group

    def __repr__(self) -> str:
        return f"LeftTranslations({self.group!r})"

    def two_sided(self, size: int | None) -> TwoSidedAction:
        """The action from the left."""
        return TwoSidedAction(repr(self), _linear(self.group, size), None)


@dataclass(frozen=True, eq=False, repr=False)
class RightTranslations(OneSided):
    """The translations x ↦ xk⁻¹ of a Lie group by a subgroup K, given as for `LeftTranslations`.

    Parameters
    ----------
    group : Group
        K.

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> from weylspec.spaces.lie_group import SpecialOrthogonal
    >>> (SpecialOrthogonal(5) / RightTranslations(SO(4))).dim
    4
    """

    group: Group

    def __repr__(self) -> str:
        return f"RightTranslations({self.group!r})"

    def two_sided(self, size: int | None) -> TwoSidedAction:
        """The action from the right."""
        return TwoSidedAction(repr(self), None, _linear(self.group, size))


@dataclass(frozen=True, eq=False, repr=False)
class TwoSided(Group):
    """The maps x ↦ hxk⁻¹ of a Lie group, h in H and k in K, given as for `LeftTranslations`.

    Parameters
    ----------
    left, right : Group
        H and K.

    Examples
    --------
    >>> from weylspec.groups.point import PointGroup
    >>> from weylspec.spaces.lie_group import SpecialOrthogonal
    >>> Q = SpecialOrthogonal(3) / TwoSided(PointGroup("T"), PointGroup("C2"))
    >>> Q.effective_order, Q.is_free, Q.spectrum(cutoff=12).multiplicities.tolist()
    (24, False, [1, 3])
    """

    left: Group
    right: Group

    def __post_init__(self) -> None:
        _check(self.left)
        _check(self.right)

    def __repr__(self) -> str:
        return f"TwoSided({self.left!r}, {self.right!r})"

    @property
    def order(self) -> int | float:
        """Product of the orders (the action need not be effective: central elements may cancel)."""
        return self.left.order * self.right.order

    @property
    def dim(self) -> int:
        """Sum of the dimensions."""
        return self.left.dim + self.right.dim

    @property
    def degree(self) -> int:
        """The larger degree."""
        return max(self.left.degree, self.right.degree)

    def natural(self) -> LinearAction:
        """Refuse: the action is on a Lie group."""
        raise _nonlinear(self)

    def two_sided(self, size: int | None) -> TwoSidedAction:
        """The action from both sides."""
        return TwoSidedAction(repr(self), _linear(self.left, size), _linear(self.right, size))


@dataclass(frozen=True, eq=False, repr=False)
class Conjugation(Group):
    """A Lie group acting on itself by x ↦ gxg⁻¹, or a subgroup H acting on it by x ↦ hxh⁻¹.

    Invariant functions are class functions, one for each representation V; for a subgroup the maps V → V that
    commute with H.

    Parameters
    ----------
    group : Group, optional
        H, given as for `LeftTranslations`; the whole group by default.

    Examples
    --------
    >>> from weylspec.spaces.lie_group import SpecialOrthogonal, SpecialUnitary
    >>> (SpecialUnitary(3) / Conjugation()).count(100)
    39
    >>> from weylspec.groups.point import PointGroup
    >>> (SpecialOrthogonal(3) / Conjugation(PointGroup("T"))).spectrum(cutoff=12).multiplicities.tolist()
    [1, 1, 3, 5]
    """

    group: Group | None = None

    def __post_init__(self) -> None:
        if self.group is not None:
            _check(self.group)

    def __repr__(self) -> str:
        return f"Conjugation({'' if self.group is None else repr(self.group)})"

    @property
    def order(self) -> int | float:
        """That of H; infinite for the whole group."""
        return math.inf if self.group is None else self.group.order

    @property
    def dim(self) -> int:
        """That of H; 0 for the whole group, which differs from one Lie group to the next."""
        return 0 if self.group is None else self.group.dim

    @property
    def degree(self) -> int:
        """That of H; 0 for the whole group."""
        return 0 if self.group is None else self.group.degree

    def natural(self) -> LinearAction:
        """Refuse: the action is on a Lie group."""
        raise _nonlinear(self)

    def two_sided(self, size: int | None) -> TwoSidedAction:
        """The diagonal action of the whole group, or of H."""
        if self.group is None:
            return TwoSidedAction(repr(self), None, None, conjugation=True)
        return TwoSidedAction(repr(self), None, None, diagonal=_linear(self.group, size))


def _linear(group: Group, size: int | None) -> LinearAction:
    if size is None:
        raise GroupActionError(
            f"{group!r} is given by matrices, and this Lie group is not a group of matrices here; it can be divided "
            "by Conjugation() only"
        )
    return group.linear(size)


def _check(group: object) -> None:
    if not isinstance(group, Group):
        raise WeylspecError(f"expected a group of matrices such as SO(3), got {group!r}")


def _nonlinear(group: Group) -> GroupActionError:
    return GroupActionError(f"{group!r} acts on Lie groups, such as SpecialUnitary(3), not on coordinates")
