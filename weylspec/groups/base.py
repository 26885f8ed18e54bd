"""`Group`, and the groups that its operators build: copies, blocks, block sums and joint actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from weylspec.errors import GroupActionError, WeylspecError
from weylspec.groups.acting import Acting
from weylspec.groups.components import represents
from weylspec.groups.factor_action import FactorAction, no_factor_action, permuted_factors
from weylspec.groups.joint import joint
from weylspec.groups.linear_action import LinearAction, block_diagonal
from weylspec.groups.representations import adjoint_action, symmetric_traceless_action
from weylspec.groups.two_sided_action import TwoSidedAction, combined

if TYPE_CHECKING:
    from weylspec.groups.affine_action import AffineAction
    from weylspec.groups.characters import Character

FloatArray = npt.NDArray[np.float64]


class Group(Acting):
    """A compact group, with the actions on coordinates that it can supply, and the groups made of it.

    A concrete group supplies `natural` (its orthogonal matrices on ``degree`` coordinates), or
    overrides `affine` when it acts on flat tori only. A group of degree k moves the first k
    coordinates of a space, the rest stay.
    """

    def on_factors(self, m: int) -> FactorAction[Group]:
        """The action on the m factors of a power M^m (default: a permutation group permutes them).

        Raises
        ------
        GroupActionError
            If a generator is no permutation matrix of size at most m.
        """
        try:
            action = self.natural()
        except GroupActionError:
            raise no_factor_action(repr(self), m) from None
        return permuted_factors(action, m)

    def copies(self, m: int) -> Group:
        """The same element on m consecutive blocks of coordinates: kron(I_m, h)."""
        return Repeated(self, m, in_blocks=False)

    def blocks(self, k: int) -> Group:
        """The group on consecutive blocks of k coordinates: kron(g, I_k)."""
        return Repeated(self, k, in_blocks=True)

    def symmetric_traceless(self) -> Group:
        """The group on symmetric traceless matrices, S ↦ g S gᵀ, in an orthonormal basis."""
        return Represented(self, "symmetric_traceless", symmetric_traceless_action)

    def adjoint(self) -> Group:
        """The group on its Lie algebra, X ↦ g X g⁻¹, in an orthonormal basis."""
        return Represented(self, "adjoint", adjoint_action)

    def __add__(self, other: Group) -> Group:
        """Block sum: each group on its own consecutive coordinates."""
        self._check_group(other, "+")
        return BlockSum(self, other)

    def __mul__(self, other: Group) -> Group:
        """Joint action of two commuting groups on the same points."""
        self._check_group(other, "*")
        return Joint(self, other)

    def _check_group(self, other: object, sign: str) -> None:
        if not isinstance(other, Group):
            raise WeylspecError(f"{self!r} {sign} {other!r}: the second is not a group")


def whole(value: object, name: str, least: int) -> int:
    """Check an integer argument of a constructor, such as a degree.

    Parameters
    ----------
    value : object
    name : str
        For the message.
    least : int

    Returns
    -------
    int

    Raises
    ------
    WeylspecError
        If the value is no integer (booleans are none), or below the least.

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


class Derived(Group):
    """Abstract: a group that acts in another way than it was given, with the order and the dimension that it has."""

    group: Group

    @property
    def order(self) -> int | float:
        """Order of the group (the new action need not be faithful)."""
        return self.group.order

    @property
    def dim(self) -> int:
        """Dimension of the group."""
        return self.group.dim


@dataclass(frozen=True, eq=False, repr=False)
class Repeated(Derived):
    """A group on m-fold coordinates: kron(I_m, h) for `copies`, kron(h, I_m) for `blocks`.

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> SO(3).copies(2), SymmetricGroup(3).blocks(2).degree
    (SO(3).copies(2), 6)
    """

    group: Group
    m: int
    in_blocks: bool

    def __post_init__(self) -> None:
        whole(self.m, "the block length" if self.in_blocks else "the number of copies", 1)

    def __repr__(self) -> str:
        return f"{self.group!r}.{'blocks' if self.in_blocks else 'copies'}({self.m})"

    @property
    def degree(self) -> int:
        """The number m times the degree of the group."""
        return self.m * self.group.degree

    def contains(self, g: npt.ArrayLike) -> bool:
        """Whether a matrix is the Kronecker product for an element h of the group, within 1e-8."""
        own = slice(0, None, self.m) if self.in_blocks else slice(0, self.group.degree)
        h = _part(g, self.degree, own)
        if h is None:
            return False
        identity = np.eye(self.m)
        lifted = np.kron(h, identity) if self.in_blocks else np.kron(identity, h)
        return _close(g, lifted) and self.group.contains(h)

    def character(self, name: Any) -> Character:
        """That of the group: "det" and "natural" are of its own matrices."""
        return self.group.character(name)

    def natural(self) -> LinearAction:
        """The representation by Kronecker products."""
        return self.group.natural().tensor(self.m, inner=self.in_blocks, label=repr(self))

    def on_factors(self, m: int) -> FactorAction[Group]:
        """H.copies(m) moves all m factors of M^m by the same element of H."""
        if self.in_blocks or self.m != m:
            raise GroupActionError(
                f"{self!r} does not act on {m} factors; {self.group!r}.copies({m}) moves all of them alike, "
                "permutation groups permute them"
            )
        return FactorAction(repr(self), m, diagonal=self.group)


@dataclass(frozen=True, eq=False, repr=False)
class Represented(Derived):
    """A group in a representation made of the one by its matrices.

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> SO(3).symmetric_traceless().degree, SO(4).adjoint()
    (5, SO(4).adjoint())
    """

    group: Group
    method: str
    build: Callable[[LinearAction, str], LinearAction]

    def __repr__(self) -> str:
        return f"{self.group!r}.{self.method}()"

    @property
    def degree(self) -> int:
        """Dimension of the representation."""
        return self._natural.size

    @cached_property
    def _natural(self) -> LinearAction:
        return self.build(self.group.natural(), repr(self))

    def contains(self, g: npt.ArrayLike) -> bool:
        """Whether a matrix represents an element of the group, within 1e-7."""
        matrix = np.asarray(g, dtype=np.float64)
        return matrix.shape == (self.degree, self.degree) and represents(self._natural, matrix)

    def natural(self) -> LinearAction:
        """The representation."""
        return self._natural


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

    def on_factors(self, m: int) -> FactorAction[Group]:
        """Both actions on the factors of a power."""
        return self.first.on_factors(m).combined(self.second.on_factors(m), Joint, repr(self))

    def two_sided(self, size: int | None) -> TwoSidedAction:
        """Both actions on a Lie group, which commute when they are from different sides."""
        return combined(self.first.two_sided(size), self.second.two_sided(size), repr(self))


def _part(g: npt.ArrayLike, degree: int, chosen: slice) -> FloatArray | None:
    """Rows and columns of a square matrix of that size; None for any other."""
    matrix = np.asarray(g, dtype=np.float64)
    return matrix[chosen, chosen] if matrix.shape == (degree, degree) else None


def _close(g: npt.ArrayLike, matrix: npt.NDArray[np.floating]) -> bool:
    return float(np.abs(np.asarray(g, dtype=np.float64) - matrix).max(initial=0.0)) < 1e-8
