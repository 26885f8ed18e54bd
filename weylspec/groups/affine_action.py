"""`AffineAction`: a group of isometries of a flat torus, in lattice coordinates R^n/Zⁿ."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import starmap
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from weylspec.errors import CommutationError, GroupActionError, InfiniteGroupError
from weylspec.exact.integer_lattice import annihilator, saturate
from weylspec.groups.action import Action
from weylspec.groups.cosets import AffineCoset, LinearCoset
from weylspec.groups.factors import Factor, near_pairs
from weylspec.groups.linear_action import LinearAction

IntMatrix = npt.NDArray[np.int64]
AffineMap: TypeAlias = tuple[IntMatrix, tuple[Fraction, ...]]

_TOLERANCE = 1e-8
_MAX_ELEMENTS = 20_000
_SAFE = 2**31  # times entries of matrices, added up


@dataclass(frozen=True, eq=False)
class AffineAction(Action[AffineCoset]):
    """A compact group acting on R^n/Zⁿ by x ↦ Ax + b and translations along directions.

    Attributes
    ----------
    label : str
        The group as the user wrote it.
    size : int
        n.
    order : int or math.inf
    generators : tuple of (A, b)
        A integer unimodular (n, n), b fractions of a period.
    directions : ndarray (n, r), int64
        Integer basis of the translations' Lie algebra; (n, 0) for a finite group.
    source : callable
        Returns a fresh iterator over the cosets (classes of components); their shares add up to 1.
    remedy : str
        What to do on a torus without this symmetry, for the message that refuses it.
    factors : tuple of Factor
        The group as a direct product of H ≀ S_m's, where it is known to be one; other coordinates stay.
    nearby : callable, optional
        c ↦ the classes whose linear parts fix a subspace of codimension at most c, for a finite group; those
        that move every point may be left out.
    """

    label: str
    size: int
    order: int | float
    generators: tuple[AffineMap, ...]
    directions: IntMatrix
    source: Callable[[], Iterator[AffineCoset]]
    remedy: str = "choose a lattice with that symmetry"
    factors: tuple[Factor[AffineAction], ...] = ()
    nearby: Callable[[int], Iterator[AffineCoset]] | None = None

    def cosets(self) -> Iterator[AffineCoset]:
        """The cosets, weighted by their share of Haar measure."""
        return self.source()

    @property
    def modulus(self) -> int:
        """Lcm of the denominators of all shifts."""
        if self.factors:
            return math.lcm(1, *(factor.base.modulus for factor in self.factors))
        return math.lcm(1, *(d for coset in self.cosets() for d in coset.denominators()))

    @property
    def dim(self) -> int:
        """Dimension as a Lie group."""
        return int(self.directions.shape[1])

    def near_identity(self, codimension: int) -> Iterator[AffineCoset]:
        """The classes of a finite group whose linear part fixes a subspace of at most this codimension."""
        if self.nearby is not None:
            return self.nearby(codimension)
        return (c for c in self.cosets() if c.codimension <= codimension)

    def as_factors(self) -> tuple[Factor[AffineAction], ...]:
        """The direct factors, one of them the group itself where no others are known."""
        return self.factors or (Factor(self, np.arange(self.size)[None, :]),)

    def components(self) -> tuple[AffineMap, ...]:
        """One map per component of the group, identity first."""
        return self._components

    @cached_property
    def _components(self) -> tuple[AffineMap, ...]:
        return close(self.generators, self.directions)


def no_directions(n: int) -> IntMatrix:
    """The empty (n, 0) list of directions.

    Parameters
    ----------
    n : int

    Returns
    -------
    ndarray of shape (n, 0), int64

    Examples
    --------
    >>> no_directions(3).shape
    (3, 0)
    """
    return np.zeros((n, 0), dtype=np.int64)


def integer_matrix(matrix: npt.NDArray[np.float64], label: str) -> IntMatrix:
    """A float matrix as integers, refused where an entry is none.

    Parameters
    ----------
    matrix : ndarray of float
    label : str
        For the message.

    Returns
    -------
    ndarray of int64

    Raises
    ------
    GroupActionError
        Naming the entry that is farther than 1e-8 from an integer.

    Examples
    --------
    >>> integer_matrix(np.array([[0.0, -1 + 1e-12], [1.0, 0.0]]), "a quarter turn").tolist()
    [[0, -1], [1, 0]]
    """
    rounded = np.round(matrix)
    worst = np.unravel_index(int(np.abs(matrix - rounded).argmax()), matrix.shape)
    if abs(matrix[worst] - rounded[worst]) > _TOLERANCE:
        raise GroupActionError(
            f"{label} does not preserve the lattice: its matrix has the entry {matrix[worst]:.6g} in lattice "
            "coordinates; give integer matrices in the lattice's own basis: AffineGroup([(A, b), …])"
        )
    return rounded.astype(np.int64)


def affine_from_linear(action: LinearAction, label: str) -> AffineAction:
    """A finite linear group whose matrices are integers, acting on R^n/Zⁿ without shifts.

    Parameters
    ----------
    action : LinearAction
    label : str

    Returns
    -------
    AffineAction

    Raises
    ------
    GroupActionError
        For an infinite group, or a matrix that is not an integer one.

    Examples
    --------
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> [int(c.matrix.trace()) for c in affine_from_linear(SymmetricGroup(3).natural(), "S3").cosets()]
    [0, 1, 3]
    """
    if not action.is_finite:
        raise GroupActionError(
            f"{label} is a continuous group of rotations and does not act on a flat torus; "
            "tori have finite linear symmetries and Translations(…)"
        )
    n = action.size
    zero = (Fraction(0),) * n

    def class_of(coset: LinearCoset) -> AffineCoset:
        return AffineCoset(coset.share, integer_matrix(coset.element(), label), zero, no_directions(n))

    generators = tuple((integer_matrix(g, label), zero) for g in action.generators)
    linear_nearby = action.nearby
    bases = {id(f.base): affine_from_linear(f.base, label) for f in action.factors}
    return AffineAction(
        label, n, action.order, generators, no_directions(n), lambda: map(class_of, action.cosets()),
        factors=tuple(Factor(bases[id(f.base)], f.coordinates) for f in action.factors),
        nearby=None if linear_nearby is None else lambda most: map(class_of, linear_nearby(most)),
    )


def compose(first: AffineMap, second: AffineMap) -> AffineMap:
    """The map x ↦ first(second(x)), shift modulo 1.

    Parameters
    ----------
    first, second : (A, b)

    Returns
    -------
    (A, b)

    Examples
    --------
    A glide reflection twice is a translation:

    >>> glide = (np.diag([1, -1]), (Fraction(1, 4), Fraction(0)))
    >>> [part if isinstance(part, tuple) else part.tolist() for part in compose(glide, glide)]
    [[[1, 0], [0, 1]], (Fraction(1, 2), Fraction(0, 1))]
    """
    (a, b), (c, d) = first, second
    shift = tuple((sum((int(a[i, j]) * d[j] for j in range(len(d))), b[i])) % 1 for i in range(len(b)))
    return a @ c, shift


def close(maps: Sequence[AffineMap], directions: IntMatrix) -> tuple[AffineMap, ...]:
    """One map per component of the generated group, exactly, modulo lattice and translations.

    Parameters
    ----------
    maps : sequence of (A, b)
    directions : ndarray (n, r), int64
        Basis of the translations' Lie algebra.

    Returns
    -------
    tuple of (A, b), the identity first

    Raises
    ------
    InfiniteGroupError
        Above 20 000 elements.

    Examples
    --------
    >>> third = (np.eye(1, dtype=np.int64), (Fraction(1, 3),))
    >>> [str(shift[0]) for _, shift in close([third], no_directions(1))]
    ['0', '1/3', '2/3']
    """
    n, kept = len(directions), annihilator(directions)
    modulus = math.lcm(1, *(x.denominator for _, shift in maps for x in shift))
    # shifts in units of 1/modulus; products of entries must not leave 64 bits
    exact = np.dtype(np.int64) if modulus < _SAFE else np.dtype(object)
    matrices = [matrix.astype(exact) for matrix, _ in maps]
    steps = [np.array([int(x * modulus) for x in shift], dtype=exact) for _, shift in maps]
    frontier = np.eye(n, dtype=exact)[None], np.zeros((1, n), dtype=exact)
    found, seen = [frontier], set(_signatures(*frontier, kept, modulus))
    while len(frontier[0]) and maps:
        images = np.concatenate([matrix @ frontier[0] for matrix in matrices])
        shifts = np.concatenate(
            [(frontier[1] @ matrix.T + step) % modulus for matrix, step in zip(matrices, steps, strict=True)])
        fresh = []
        for i, signature in enumerate(_signatures(images, shifts, kept, modulus)):
            if signature not in seen:
                seen.add(signature)
                fresh.append(i)
        if len(seen) > _MAX_ELEMENTS:
            raise InfiniteGroupError(
                f"the generators give more than {_MAX_ELEMENTS} elements modulo the lattice; "
                "the group is infinite or too large: check that each A has finite order"
            )
        frontier = images[fresh], shifts[fresh]
        found.append(frontier)
    return tuple(
        (matrix.astype(np.int64), tuple(Fraction(int(x), modulus) for x in shift))
        for images, shifts in found for matrix, shift in zip(images, shifts, strict=True)
    )


def _signatures(images: IntMatrix, shifts: IntMatrix, kept: IntMatrix, modulus: int) -> list[tuple[int, ...]]:
    """The matrix, and what the shift does to the characters that the translations leave alone."""
    phases = shifts @ kept.astype(shifts.dtype) % modulus
    return list(map(tuple, np.concatenate([images.reshape(len(images), -1), phases], axis=1).tolist()))


def affine_joint(a: AffineAction, b: AffineAction, label: str) -> AffineAction:
    """The product group of two commuting actions on the same torus.

    Parameters
    ----------
    a, b : AffineAction
        Of the same size.
    label : str

    Returns
    -------
    AffineAction
        One coset per pair; the action of the product need not be effective.

    Raises
    ------
    GroupActionError
        If two generators do not commute.
    """
    for i, g in enumerate(a.generators):
        for j, h in enumerate(b.generators):
            if not _same_map(compose(g, h), compose(h, g)):
                raise CommutationError(
                    f"{label}: generator {i} of the first and generator {j} of the second do not commute; "
                    "put them into one AffineGroup([...]), and note that M / G1 * G2 is read as (M / G1) * G2"
                )
    _check_directions(a, b, label)
    _check_directions(b, a, label)
    directions = saturate(np.concatenate([a.directions, b.directions], axis=1))

    def source() -> Iterator[AffineCoset]:
        others = list(b.cosets())
        for x in a.cosets():
            for y in others:
                matrix, shift = compose((x.matrix, x.shift), (y.matrix, y.shift))
                yield AffineCoset(x.share * y.share, matrix, shift, directions)

    return AffineAction(label, a.size, a.order * b.order, a.generators + b.generators, directions, source)


def affine_beside(a: AffineAction, b: AffineAction, label: str) -> AffineAction:
    """Block sum on consecutive lattice coordinates.

    Parameters
    ----------
    a, b : AffineAction
        On R^n/Zⁿ and R^k/Zᵏ.
    label : str

    Returns
    -------
    AffineAction
        On n + k coordinates.
    """
    n, k = a.size, b.size
    directions = _block(a.directions, b.directions)
    zeros_a, zeros_b = (Fraction(0),) * n, (Fraction(0),) * k

    def pair(x: AffineCoset, y: AffineCoset) -> AffineCoset:
        return AffineCoset(x.share * y.share, _block(x.matrix, y.matrix), x.shift + y.shift, directions)

    def nearby(most: int) -> Iterator[AffineCoset]:
        return starmap(pair, near_pairs(a.near_identity, b.near_identity, most))

    generators = (
        *((_block(g, np.eye(k, dtype=np.int64)), s + zeros_b) for g, s in a.generators),
        *((_block(np.eye(n, dtype=np.int64), g), zeros_a + s) for g, s in b.generators),
    )
    moved = tuple(replace(f, coordinates=f.coordinates + n) for f in b.as_factors())
    return AffineAction(
        label, n + k, a.order * b.order, generators, directions,
        lambda: (pair(x, y) for x in a.cosets() for y in b.cosets()),
        factors=a.as_factors() + moved, nearby=nearby if a.nearby or b.nearby else None,
    )


def _check_directions(a: AffineAction, b: AffineAction, label: str) -> None:
    for matrix, _ in a.generators:
        if not np.array_equal(matrix @ b.directions, b.directions):
            raise CommutationError(
                f"{label}: the linear part {matrix.tolist()} moves the directions of the translations, so the two "
                "do not commute; use AffineGroup([...], translations=[...])"
            )


def _same_map(first: AffineMap, second: AffineMap) -> bool:
    return np.array_equal(first[0], second[0]) and first[1] == second[1]


def _block(a: IntMatrix, b: IntMatrix) -> IntMatrix:
    result = np.zeros((a.shape[0] + b.shape[0], a.shape[1] + b.shape[1]), dtype=np.int64)
    result[: a.shape[0], : a.shape[1]] = a
    result[a.shape[0]:, a.shape[1]:] = b
    return result
