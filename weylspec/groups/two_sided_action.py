"""`TwoSidedAction`: a group acting on a Lie group from the left and from the right."""

from __future__ import annotations

from dataclasses import dataclass

from weylspec.errors import GroupActionError
from weylspec.groups.joint import joint
from weylspec.groups.linear_action import LinearAction


@dataclass(frozen=True, eq=False)
class TwoSidedAction:
    """The maps x ↦ hxk⁻¹ of a Lie group, or its conjugations.

    Attributes
    ----------
    label : str
        The group as the user wrote it.
    left, right : LinearAction or None
        H and K on the standard representation; None for the trivial group.
    conjugation : bool
        Whether it is the action x ↦ gxg⁻¹ of the whole group instead.
    diagonal : LinearAction or None
        H, if it is the action x ↦ hxh⁻¹ of a subgroup instead.
    """

    label: str
    left: LinearAction | None
    right: LinearAction | None
    conjugation: bool = False
    diagonal: LinearAction | None = None

    @property
    def sides(self) -> tuple[LinearAction, ...]:
        """The groups that act: one for each side that has one, or for both sides at once."""
        return tuple(side for side in (self.left, self.right, self.diagonal) if side is not None)

    @property
    def is_finite(self) -> bool:
        """Whether the acting group is finite."""
        return not self.conjugation and all(side.is_finite for side in self.sides)


def combined(first: TwoSidedAction, second: TwoSidedAction, label: str) -> TwoSidedAction:
    """Two commuting actions on one Lie group, as one.

    Parameters
    ----------
    first, second : TwoSidedAction
    label : str

    Returns
    -------
    TwoSidedAction

    Raises
    ------
    GroupActionError
        If one is a conjugation, or two translations from the same side do not commute.

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> from weylspec.groups.two_sided import LeftTranslations, RightTranslations
    >>> h, k = LeftTranslations(SO(2)).two_sided(3), RightTranslations(SO(3)).two_sided(3)
    >>> both = combined(h, k, "SO(2) and SO(3)")
    >>> both.left.label, both.right.label
    ('SO(2)', 'SO(3)')
    """
    for action in (first, second):
        if action.conjugation or action.diagonal is not None:
            raise GroupActionError(f"{label}: {action.label} is not combined with another action")
    return TwoSidedAction(label, _both(first.left, second.left, label), _both(first.right, second.right, label))


def _both(a: LinearAction | None, b: LinearAction | None, label: str) -> LinearAction | None:
    if a is None or b is None:
        return b if a is None else a
    return joint(a, b, label)
