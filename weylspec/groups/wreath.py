"""`Wreath`: H ≀ S_m, m blocks of coordinates moved by H one by one, and permuted."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import islice

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, GroupActionError, WeylspecError
from weylspec.exact.integer_lattice import solve_mod_one
from weylspec.exact.partitions import partition_count
from weylspec.groups._permutations import MAX_CLASSES, permutation_matrix, symmetric_generators
from weylspec.groups.affine_action import AffineAction, affine_beside, affine_from_linear
from weylspec.groups.base import Group, whole
from weylspec.groups.cosets import AffineCoset, LinearCoset, finite_coset
from weylspec.groups.factor_action import FactorAction
from weylspec.groups.factors import Factor, cycle_types, wreath_classes
from weylspec.groups.linear_action import LinearAction, block_diagonal

FloatArray = npt.NDArray[np.float64]
IntMatrix = npt.NDArray[np.int64]

_MOST_COLOURS = 10_000


@dataclass(frozen=True, eq=False)
class Wreath(Group):
    """H ≀ S_m: each of m consecutive blocks of coordinates is moved by an element of H, and the blocks are permuted.

    On R^{km} for an H on R^k, on flat tori, and on M^m, whose points are permuted and moved by H. Series are
    summed by m·h_m = Σ_r p_r h_{m−r}, where p_r is the series of H with t^r for t, so that neither m nor the
    number of classes matters (Pólya 1937).

    Parameters
    ----------
    group : Group
        H, finite or not.
    m : int

    Examples
    --------
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> Wreath(SymmetricGroup(3), 2).order, Wreath(SymmetricGroup(3), 40).degree
    (72, 120)
    """

    group: Group
    m: int

    def __post_init__(self) -> None:
        if not isinstance(self.group, Group):
            raise WeylspecError(f"Wreath(H, m) takes a group H such as SymmetricGroup(3), got {self.group!r}")
        whole(self.m, "m", 1)

    def __repr__(self) -> str:
        return f"Wreath({self.group!r}, {self.m})"

    @property
    def order(self) -> int | float:
        """The product |H|^m·m!."""
        return math.inf if self.group.order == math.inf else int(self.group.order) ** self.m * math.factorial(self.m)

    @property
    def dim(self) -> int:
        """M times the dimension of H."""
        return self.m * self.group.dim

    @property
    def degree(self) -> int:
        """M times the degree of H."""
        return self.m * self.group.degree

    def contains(self, g: npt.ArrayLike) -> bool:
        """Whether a matrix permutes the blocks and moves each by an element of H."""
        matrix, k = np.asarray(g, dtype=np.float64), self.group.degree
        if matrix.shape != (self.degree, self.degree):
            return False
        parts = matrix.reshape(self.m, k, self.m, k).swapaxes(1, 2)
        rows, columns = np.nonzero(np.abs(parts).max(axis=(2, 3)) > 1e-8)
        one_each = sorted(rows) == sorted(columns) == list(range(self.m))
        return one_each and all(self.group.contains(parts[i, j]) for i, j in zip(rows, columns, strict=True))

    def natural(self) -> LinearAction:
        """The representation on R^{km}."""
        return wreath_action(self.group.natural(), self.m, repr(self))

    def on_factors(self, m: int) -> FactorAction[Group]:
        """Each factor of M^m is moved by an element of H, and the factors are permuted."""
        if self.m != m:
            raise GroupActionError(f"{self!r} acts on {self.m} factors, the power has {m}")
        return FactorAction(repr(self), m, wreath_action(trivial_action(1), m, repr(self)), each=self.group)

    def affine(self, n: int) -> AffineAction:
        """The action on R^n/Zⁿ: H moves the lattice coordinates of each block, further ones stay."""
        action = affine_wreath(self.group.affine(self.group.degree), self.m, repr(self))
        if n < action.size:
            raise GroupActionError(f"{self!r} moves {action.size} lattice coordinates, the torus has {n}")
        if n == action.size:
            return action
        return affine_beside(action, affine_from_linear(trivial_action(n - action.size), "1"), repr(self))


def trivial_action(k: int) -> LinearAction:
    """The group with one element, on R^k.

    Parameters
    ----------
    k : int

    Returns
    -------
    LinearAction

    Examples
    --------
    >>> trivial_action(2).sample(1, np.random.default_rng(0)).tolist()
    [[[1.0, 0.0], [0.0, 1.0]]]
    """
    still = finite_coset(Fraction(1), (1,) * k, (Fraction(0),) * k, lambda: np.eye(k))
    return LinearAction("1", k, 1, (), lambda: iter((still,)), lambda n, rng: np.tile(np.eye(k), (n, 1, 1)), 1,
                        degrees=(1,) * k)


def wreath_action(base: LinearAction, m: int, label: str) -> LinearAction:
    """H ≀ S_m on m consecutive blocks of coordinates.

    Parameters
    ----------
    base : LinearAction
        H on R^k.
    m : int
    label : str

    Returns
    -------
    LinearAction

    Examples
    --------
    The stabiliser of a triangle's corners in each of two planes, and their exchange:

    >>> from weylspec.groups.point import PointGroup
    >>> action = wreath_action(PointGroup("C3v").natural(), 2, "C3v wr S2")
    >>> action.order, sum(1 for _ in action.cosets()), sum(1 for _ in action.near_identity(1))
    (72, 9, 2)
    """
    k = base.size
    coordinates = np.arange(k * m, dtype=np.int64).reshape(m, k)
    order = math.inf if not base.is_finite else int(base.order) ** m * math.factorial(m)

    def source() -> Iterator[LinearCoset]:
        colours = list(islice(base.cosets(), _MOST_COLOURS + 1))
        _check_count(label, m, len(colours))
        return wreath_classes(colours, m)

    def sampler(count: int, rng: np.random.Generator) -> FloatArray:
        moved = base.sample(count * m, rng).reshape(count, m, k, k)
        result = np.zeros((count, m, k, m, k))
        for g, parts in zip(result, moved, strict=True):
            g[rng.permutation(m), :, np.arange(m), :] = parts
        return result.reshape(count, k * m, k * m)

    rest = np.eye(k * (m - 1))
    generators = (
        *(_kron(permutation_matrix(g), np.eye(k)) for g in symmetric_generators(m)),
        *(block_diagonal(g, rest) for g in base.generators),
    )
    return LinearAction(
        label, k * m, order, generators, source, sampler, base.modulus,
        tuple(block.moved(row) for row in coordinates for block in base.blocks),
        factors=(Factor(base, coordinates),) if m > 1 else base.factors, degrees=base.degrees if m == 1 else (),
        nearby=partial(_nearby, base, m) if base.is_finite else None,
    )


def affine_wreath(base: AffineAction, m: int, label: str) -> AffineAction:
    """H ≀ S_m on m consecutive blocks of lattice coordinates.

    Parameters
    ----------
    base : AffineAction
        H on R^k/Zᵏ.
    m : int
    label : str

    Returns
    -------
    AffineAction

    Examples
    --------
    Half a turn of each of two circles, and their exchange:

    >>> from weylspec.groups.affine import Translations
    >>> action = affine_wreath(Translations(steps=[["1/2"]]).affine(1), 2, "Z2 wr S2")
    >>> action.order, sum(1 for _ in action.cosets())
    (8, 5)
    """
    k = base.size
    directions = np.kron(np.eye(m, dtype=np.int64), base.directions)
    rest, zeros = np.eye(k * (m - 1), dtype=np.int64), (Fraction(0),) * (k * (m - 1))
    order = int(base.order) ** m * math.factorial(m) if base.is_finite else math.inf

    def of_cycles(kinds: Iterable[tuple[list[tuple[int, AffineCoset]], Fraction]]) -> Iterator[AffineCoset]:
        return (_affine_cycles(parts, share, directions) for parts, share in kinds)

    def source() -> Iterator[AffineCoset]:
        colours = list(islice(base.cosets(), _MOST_COLOURS + 1))
        _check_count(label, m, len(colours))
        return of_cycles(cycle_types(colours, k, [0] * len(colours), m, None))

    def nearby(most: int) -> Iterator[AffineCoset]:
        fixing = [c for c in base.near_identity(most) if _has_fixed_point(c)]
        fixing.sort(key=lambda c: c.codimension)
        return of_cycles(cycle_types(fixing, k, [k - c.codimension for c in fixing], m, most))

    one = np.eye(k, dtype=np.int64)
    swaps = (np.kron(permutation_matrix(g).astype(np.int64), one) for g in symmetric_generators(m))
    generators = (
        *((np.asarray(swap, dtype=np.int64), zeros + (Fraction(0),) * k) for swap in swaps),
        *((_beside(matrix, rest), shift + zeros) for matrix, shift in base.generators),
    )
    return AffineAction(
        label, k * m, order, generators, np.asarray(directions, dtype=np.int64), source,
        factors=(Factor(base, np.arange(k * m).reshape(m, k)),) if m > 1 else base.factors,
        nearby=None if base.dim else nearby,
    )


def _affine_cycles(parts: list[tuple[int, AffineCoset]], share: Fraction, directions: IntMatrix) -> AffineCoset:
    """One class of H ≀ S_m: the product of a cycle acts where the cycle closes."""
    k = len(parts[0][1].shift)
    n = k * sum(r for r, _ in parts)
    matrix, shift, start = np.zeros((n, n), dtype=np.int64), [Fraction(0)] * n, 0
    for r, c in parts:
        for i in range(r):
            a, b = start + (i + 1) % r * k, start + i * k
            matrix[a: a + k, b: b + k] = c.matrix if i == r - 1 else np.eye(k, dtype=np.int64)
        shift[start: start + k] = c.shift
        start += r * k
    return AffineCoset(share, matrix, tuple(shift), directions)


def _has_fixed_point(coset: AffineCoset) -> bool:
    moved = coset.matrix - np.eye(len(coset.shift), dtype=np.int64)
    return solve_mod_one(moved, tuple(-b for b in coset.shift)) is not None


def _beside(a: IntMatrix, b: IntMatrix) -> IntMatrix:
    matrix = np.zeros((len(a) + len(b), len(a) + len(b)), dtype=np.int64)
    matrix[: len(a), : len(a)], matrix[len(a):, len(a):] = a, b
    return matrix


def _check_count(label: str, m: int, colours: int) -> None:
    count = partition_count(min(m, 200), colours) if colours <= _MOST_COLOURS else math.inf
    if count > MAX_CLASSES:
        raise CostError(
            f"{label} has {count:.3g} conjugacy classes or more, above {MAX_CLASSES:.0e}, too many to sum over; "
            "take a smaller group"
        )


def _kron(a: FloatArray, b: FloatArray) -> FloatArray:
    n = len(a) * len(b)
    return np.asarray((a[:, None, :, None] * b[:, None]).reshape(n, n), dtype=np.float64)  # faster than np.kron


def _nearby(base: LinearAction, m: int, most: int) -> Iterator[LinearCoset]:
    return wreath_classes(list(base.near_identity(most)), m, most)
