"""`FactorAction`: what a group does to the m factors of a power M^m.

Every element permutes the factors, and moves points by an element of a group H of isometries of M: the
same h for all of them (a diagonal action), or one for each (a wreath product). Its trace on the levels
of M^m follows from its cycles: a cycle of r factors with the cycle product h^r has the trace
Σ_λ tr(h^r|E_λ) q^{rλ}, and traces of cycles multiply (Pólya 1937).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from weylspec.errors import GroupActionError
from weylspec.groups.affine_action import AffineAction, integer_matrix
from weylspec.groups.cosets import AffineCoset
from weylspec.groups.joint import joint
from weylspec.groups.linear_action import LinearAction

GroupT = TypeVar("GroupT")

_TOLERANCE = 1e-8


@dataclass(frozen=True, eq=False)
class FactorAction(Generic[GroupT]):
    """A group on the factors of M^m, as permutations and groups of isometries of M.

    Attributes
    ----------
    label : str
        The group as the user wrote it.
    m : int
    permutations : LinearAction or None
        Permutation matrices of size m; None for the trivial group.
    diagonal : Group or None
        H, which moves all factors alike.
    each : Group or None
        K, which moves every factor by an element of its own.
    """

    label: str
    m: int
    permutations: LinearAction | None = None
    diagonal: GroupT | None = None
    each: GroupT | None = None

    @property
    def permuting_order(self) -> int:
        """Order of the group of permutations."""
        return 1 if self.permutations is None else int(self.permutations.order)

    @property
    def is_symmetric(self) -> bool:
        """Whether it permutes all factors in all ways, so that sums over its classes have a recursion."""
        return self.permutations is not None and self.permuting_order == math.factorial(self.m)

    def cycle_types(self) -> Iterator[tuple[Fraction, tuple[int, ...]]]:
        """Share and cycle lengths of every class of permutations.

        Examples
        --------
        >>> from weylspec.groups.permutation import CyclicGroup
        >>> [(str(share), lengths) for share, lengths in CyclicGroup(3).on_factors(3).cycle_types()]
        [('1/3', (1, 1, 1)), ('1/3', (3,)), ('1/3', (3,))]
        """
        if self.permutations is None:
            yield Fraction(1), (1,) * self.m
            return
        for coset in self.permutations.cosets():
            yield coset.share, coset.lengths

    def images(self) -> Iterator[tuple[int, ...]]:
        """Every permutation, by the images of 0, 1, …, m − 1."""
        if self.permutations is None:
            yield tuple(range(self.m))
            return
        for matrix in self.permutations.elements():
            yield tuple(matrix.argmax(axis=0).tolist())

    def combined(self, other: FactorAction[GroupT], both: Callable[[GroupT, GroupT], GroupT], label: str) -> (
            FactorAction[GroupT]):
        """The joint action with a second group on the same factors; diagonal maps commute with permutations.

        Raises
        ------
        GroupActionError
            If one of the two moves factors one by one, or the permutations do not commute.
        """
        if self.each is not None or other.each is not None:
            raise GroupActionError(
                f"{label}: a wreath product is not combined with a further group; divide the base first, "
                "as in (M / H) ** m / SymmetricGroup(m)"
            )
        first, second = self.permutations, other.permutations
        permutations = first or second
        if first is not None and second is not None:
            permutations = joint(first, second, label)
        diagonal = self.diagonal if other.diagonal is None else other.diagonal
        if self.diagonal is not None and other.diagonal is not None:
            diagonal = both(self.diagonal, other.diagonal)
        return replace(self, label=label, permutations=permutations, diagonal=diagonal)


def permuted_factors(action: LinearAction, m: int) -> FactorAction[GroupT]:
    """A group of permutation matrices, as permutations of the first factors of M^m.

    Parameters
    ----------
    action : LinearAction
    m : int

    Returns
    -------
    FactorAction

    Raises
    ------
    GroupActionError
        If a generator is no permutation matrix, or permutes more than m factors.

    Examples
    --------
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> found = permuted_factors(SymmetricGroup(2).natural(), 3)
    >>> found.permuting_order, found.is_symmetric, list(found.images())
    (2, False, [(0, 1, 2), (1, 0, 2)])
    """
    if action.blocks or not all(_is_permutation(g) for g in action.generators):
        raise no_factor_action(action.label, m)
    if action.size > m:
        raise GroupActionError(f"{action.label} permutes {action.size} factors, the power has {m}")
    return FactorAction(action.label, m, action.extended(m))


def no_factor_action(label: str, m: int) -> GroupActionError:
    """Why a group does not act on the factors of a power, and what does."""
    return GroupActionError(
        f"{label} does not say how it acts on {m} factors: permutation groups such as SymmetricGroup({m}) permute "
        f"them, {label}.copies({m}) moves all of them alike, and Wreath({label}, {m}) moves each and permutes them; "
        "or divide a factor, as in (M1 / G) * M2"
    )


def affine_power(action: AffineAction, parts: FactorAction[GroupT]) -> AffineAction:
    """A diagonal action on the m-th power of R^n/Zⁿ with permutations of the factors, on R^{nm}/Z^{nm}.

    Parameters
    ----------
    action : AffineAction
        The group that moves all factors alike, on R^n/Zⁿ.
    parts : FactorAction
        The permutations.

    Returns
    -------
    AffineAction
        x_j ↦ Ax_j + b for all j, then a permutation of the x_j.

    Examples
    --------
    >>> from weylspec.groups.affine import Translations
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> parts = SymmetricGroup(2).on_factors(2)
    >>> found = affine_power(Translations([[1]]).affine(1), parts)
    >>> found.directions.T.tolist(), [c.matrix.tolist() for c in found.cosets()]
    ([[1, 1]], [[[0, 1], [1, 0]], [[1, 0], [0, 1]]])
    """
    m, n = parts.m, action.size
    directions = np.tile(action.directions, (m, 1))
    identity = np.eye(m, dtype=np.int64)

    def moved(matrix: npt.NDArray[np.int64], shift: tuple[Fraction, ...]) -> tuple[npt.NDArray[np.int64], tuple[
            Fraction, ...]]:
        return np.kron(identity, matrix), shift * m

    def permuted(matrix: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
        return np.kron(integer_matrix(matrix, parts.label), np.eye(n, dtype=np.int64))

    permutations = parts.permutations
    zero = (Fraction(0),) * (m * n)
    generators = [moved(*g) for g in action.generators]
    generators += [(permuted(g), zero) for g in (permutations.generators if permutations else ())]

    def source() -> Iterator[AffineCoset]:
        classes = list(permutations.cosets()) if permutations else []
        swaps = [(c.share, permuted(c.element())) for c in classes] or [(Fraction(1), np.eye(m * n, dtype=np.int64))]
        for coset in action.cosets():
            matrix, shift = moved(coset.matrix, coset.shift)
            for share, swap in swaps:
                yield AffineCoset(coset.share * share, swap @ matrix, shift, directions)

    return AffineAction(parts.label, m * n, action.order * parts.permuting_order, tuple(generators), directions, source)


def _is_permutation(matrix: npt.NDArray[np.float64]) -> bool:
    images = np.eye(len(matrix))[matrix.argmax(axis=0)].T
    return float(np.abs(images - matrix).max()) < _TOLERANCE
