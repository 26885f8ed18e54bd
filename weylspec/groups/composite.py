"""Groups made of groups: copies, blocks, block sums and joint actions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from weylspec.errors import GroupActionError
from weylspec.groups.base import Group, whole
from weylspec.groups.joint import joint
from weylspec.groups.linear_action import LinearAction, block_diagonal

if TYPE_CHECKING:
    from weylspec.groups.affine_action import AffineAction

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class Copies(Group):
    """H acting alike on m consecutive blocks of coordinates: kron(I_m, h).

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> SO(3).copies(2)
    SO(3).copies(2)
    """

    group: Group
    m: int

    def __post_init__(self) -> None:
        whole(self.m, "the number of copies", 1)

    def __repr__(self) -> str:
        return f"{self.group!r}.copies({self.m})"

    @property
    def order(self) -> int | float:
        """Order of H."""
        return self.group.order

    @property
    def dim(self) -> int:
        """Dimension of H."""
        return self.group.dim

    @property
    def degree(self) -> int:
        """The number m of copies times the degree of H."""
        return self.m * self.group.degree

    def contains(self, g: npt.ArrayLike) -> bool:
        """Whether a matrix is kron(I_m, h) for an h in H, within 1e-8."""
        h = _part(g, self.degree, slice(0, self.group.degree))
        return h is not None and _close(g, np.kron(np.eye(self.m), h)) and self.group.contains(h)

    def natural(self) -> LinearAction:
        """The representation kron(I_m, h)."""
        return self.group.natural().tensor(self.m, inner=False, label=repr(self))


@dataclass(frozen=True, eq=False, repr=False)
class Blocks(Group):
    """G moving consecutive blocks of k coordinates as it moves single ones: kron(g, I_k).

    Examples
    --------
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> SymmetricGroup(3).blocks(2).degree
    6
    """

    group: Group
    k: int

    def __post_init__(self) -> None:
        whole(self.k, "the block length", 1)

    def __repr__(self) -> str:
        return f"{self.group!r}.blocks({self.k})"

    @property
    def order(self) -> int | float:
        """Order of G."""
        return self.group.order

    @property
    def dim(self) -> int:
        """Dimension of G."""
        return self.group.dim

    @property
    def degree(self) -> int:
        """The block length k times the degree of G."""
        return self.k * self.group.degree

    def contains(self, g: npt.ArrayLike) -> bool:
        """Whether a matrix is kron(h, I_k) for an h in G, within 1e-8."""
        h = _part(g, self.degree, slice(0, None, self.k))
        return h is not None and _close(g, np.kron(h, np.eye(self.k))) and self.group.contains(h)

    def natural(self) -> LinearAction:
        """The representation kron(g, I_k)."""
        return self.group.natural().tensor(self.k, inner=True, label=repr(self))


@dataclass(frozen=True, eq=False, repr=False)
class BlockSum(Group):
    """G1 + G2: each group on its own consecutive coordinates.

    Examples
    --------
    >>> from weylspec.groups.permutation import SignFlips, SymmetricGroup
    >>> (SymmetricGroup(3) + SignFlips(1)).order
    12
    """

    first: Group
    second: Group

    def __repr__(self) -> str:
        return f"({self.first!r} + {self.second!r})"

    @property
    def order(self) -> int | float:
        """Product of the orders."""
        return self.first.order * self.second.order

    @property
    def dim(self) -> int:
        """Sum of the dimensions."""
        return self.first.dim + self.second.dim

    @property
    def degree(self) -> int:
        """Sum of the degrees."""
        return self.first.degree + self.second.degree

    def contains(self, g: npt.ArrayLike) -> bool:
        """Whether a matrix is block-diagonal with an element of each group, within 1e-8."""
        k = self.first.degree
        a, b = _part(g, self.degree, slice(0, k)), _part(g, self.degree, slice(k, None))
        if a is None or b is None or not _close(g, block_diagonal(a, b)):
            return False
        return self.first.contains(a) and self.second.contains(b)

    def natural(self) -> LinearAction:
        """The block-diagonal representation."""
        return self.first.natural().beside(self.second.natural(), repr(self))

    def affine(self, n: int) -> AffineAction:
        """Block sum on lattice coordinates."""
        from weylspec.groups.affine_action import affine_beside

        if n < self.degree:
            raise GroupActionError(
                f"{self!r} moves {self.degree} coordinates, the torus has {n}; "
                f"take a torus of dimension >= {self.degree}"
            )
        rest = n - self.first.degree
        return affine_beside(self.first.affine(self.first.degree), self.second.affine(rest), repr(self))


@dataclass(frozen=True, eq=False, repr=False)
class Joint(Group):
    """G1 * G2: both groups on the same points; their generators must commute.

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> SO(3).copies(2) * SymmetricGroup(2).blocks(3)
    (SO(3).copies(2) * SymmetricGroup(2).blocks(3))
    """

    first: Group
    second: Group

    def __repr__(self) -> str:
        return f"({self.first!r} * {self.second!r})"

    @property
    def order(self) -> int | float:
        """Product of the orders (the action of the product need not be effective)."""
        return self.first.order * self.second.order

    @property
    def dim(self) -> int:
        """Sum of the dimensions."""
        return self.first.dim + self.second.dim

    @property
    def degree(self) -> int:
        """The larger degree."""
        return max(self.first.degree, self.second.degree)

    @cached_property
    def _natural(self) -> LinearAction:
        return joint(self.first.natural(), self.second.natural(), repr(self))

    def natural(self) -> LinearAction:
        """The joint representation."""
        return self._natural

    def affine(self, n: int) -> AffineAction:
        """The joint action on lattice coordinates."""
        from weylspec.groups.affine_action import affine_joint

        return affine_joint(self.first.affine(n), self.second.affine(n), repr(self))


def _part(g: npt.ArrayLike, degree: int, chosen: slice) -> FloatArray | None:
    """Rows and columns of a square matrix of that size; None for any other."""
    matrix = np.asarray(g, dtype=np.float64)
    return matrix[chosen, chosen] if matrix.shape == (degree, degree) else None


def _close(g: npt.ArrayLike, matrix: npt.NDArray[np.floating]) -> bool:
    return float(np.abs(np.asarray(g, dtype=np.float64) - matrix).max(initial=0.0)) < 1e-8
