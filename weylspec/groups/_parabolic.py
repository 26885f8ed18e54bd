"""Conjugacy classes of a finite Coxeter group from its parabolic subgroups, without listing its elements.

The elements that fix a subspace X pointwise form a parabolic subgroup, and an element belongs to exactly one in which
it is elliptic (fixes nothing but 0 in the span of the roots). So the classes of W are those of elliptic elements of
the parabolic subgroups up to conjugacy (Geck and Pfeiffer 2000, 3.2), and the size of one is that in the parabolic
subgroup times the number of its conjugates. Those are counted by tuples of independent roots.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from itertools import combinations

import numpy as np
import numpy.typing as npt

from weylspec.groups._classical_classes import signed_classes
from weylspec.groups._diagrams import Diagram, fold, positive_roots, unit
from weylspec.groups._e8 import characteristic, members_without_real_eigenvalues, sizes_from_molien
from weylspec.groups.closure import finite_group

FloatArray = npt.NDArray[np.float64]
Nodes = frozenset[int]

_TOLERANCE = 1e-7


@dataclass(frozen=True, eq=False)
class ClassOfElements:
    """A conjugacy class: its size and a member as a matrix."""

    size: int
    element: FloatArray


@dataclass(frozen=True, eq=False)
class Parabolics:
    """The standard parabolic subgroups of a finite Coxeter group up to conjugacy.

    Attributes
    ----------
    simple : ndarray of shape (r, n)
        Unit simple roots.

    Examples
    --------
    The planes of A3 spanned by roots: four of type A2, three of type A1 x A1.

    >>> found = Parabolics(unit(Diagram("A", 3).roots))
    >>> sorted(found.counts(2).values())
    [3, 4]
    """

    simple: FloatArray

    @property
    def rank(self) -> int:
        """Number of simple roots."""
        return len(self.simple)

    @cached_property
    def roots(self) -> FloatArray:
        """All positive roots as unit vectors."""
        return positive_roots(self.simple)

    def counts(self, codimension: int) -> dict[Nodes, int]:
        """Number of parabolic subgroups of a rank, by the representative of their class of conjugates."""
        if codimension == self.rank:
            return {frozenset(range(self.rank)): 1}
        return {nodes: total // tuples_of_roots(self.simple[sorted(nodes)])
                for nodes, total in self._tuples(codimension).items()}

    def _tuples(self, length: int) -> dict[Nodes, int]:
        """Number of tuples of independent positive roots, by the class of the subgroup in whose span they lie."""
        found = Counter({frozenset[int](): 1})
        for _ in range(length):
            longer: Counter[Nodes] = Counter()
            for nodes, total in found.items():
                for larger, roots in Counter(self._extensions(nodes)).items():
                    longer[larger] += total * roots
            found = longer
        return found

    def _extensions(self, nodes: Nodes) -> Iterator[Nodes]:
        """For every root outside the span of some nodes, the class of the subgroup of the larger span."""
        projector = np.eye(self.simple.shape[1])
        if nodes:
            basis = np.linalg.qr(self.simple[sorted(nodes)].T)[0]
            projector = projector - basis @ basis.T
        outside = self.roots @ projector
        outside = unit(outside[np.linalg.norm(outside, axis=1) > _TOLERANCE])
        general = projector @ np.random.default_rng(20_000).standard_normal(len(projector))
        points = general - (outside @ general)[:, None] * outside
        # the stabiliser of a general point of the fixed space, seen from the chamber
        coordinates, _ = fold(self.simple, points)
        for row in np.abs(coordinates) < _TOLERANCE:
            yield self._representative[frozenset(np.flatnonzero(row).tolist())]

    @cached_property
    def _representative(self) -> dict[Nodes, Nodes]:
        """One set of nodes for each class of conjugates.

        J and K are conjugate if steps J → op(J), op that of some J + {s}, lead from one to the other (Howlett 1980;
        Deodhar 1982).
        """
        found: dict[Nodes, Nodes] = {}
        for size in range(self.rank + 1):
            for start in map(frozenset, combinations(range(self.rank), size)):
                if start in found:
                    continue
                found[start], queue = start, [start]
                for nodes in queue:
                    for s in set(range(self.rank)) - nodes:
                        larger = sorted(nodes | {s})
                        opposite = dict(zip(larger, self._opposition(tuple(larger)), strict=True))
                        image = frozenset(opposite[i] for i in nodes)
                        if image not in found:
                            found[image] = start
                            queue.append(image)
        return found

    @cache  # noqa: B019
    def _opposition(self, nodes: tuple[int, ...]) -> tuple[int, ...]:
        """What −w_0 of a parabolic subgroup does to its nodes."""
        chosen = self.simple[list(nodes)]
        labels = np.arange(1.0, len(nodes) + 1)
        point = -np.linalg.pinv(chosen) @ labels
        coordinates, _ = fold(chosen, point[None])
        image = np.rint(coordinates[0]).astype(int) - 1
        return tuple(nodes[i] for i in image)

    def classes(self, codimension: int) -> Iterator[ClassOfElements]:
        """The classes of elements whose fixed space has exactly a codimension."""
        for nodes, number in self.counts(codimension).items():
            for found in elliptic_classes(self.simple[sorted(nodes)]):
                yield ClassOfElements(number * found.size, found.element)


def tuples_of_roots(simple: FloatArray) -> int:
    """Number of bases of the span that consist of positive roots, in any order.

    Parameters
    ----------
    simple : ndarray of shape (r, n)
        Unit simple roots.

    Returns
    -------
    int

    Examples
    --------
    Trees with labelled edges and n + 1 labelled vertices, n!·(n + 1)^{n−1} (Cayley 1889):

    >>> tuples_of_roots(unit(Diagram("A", 4).roots)) == 24 * 5**3
    True
    """
    total, length = 1, 0
    for part in components(simple):
        rank = len(part)
        total *= _tuples_of_type(*_frozen(part)) * math.comb(length + rank, rank)
        length += rank
    return total


def _frozen(simple: FloatArray) -> tuple[bytes, int]:
    """The simple roots in coordinates of their span, the same for parabolic subgroups of one type."""
    return np.round(np.linalg.cholesky(simple @ simple.T), 14).tobytes(), len(simple)


def _thawed(roots: bytes, rank: int) -> FloatArray:
    return unit(np.frombuffer(roots).reshape(rank, rank))


@cache
def _tuples_of_type(roots: bytes, rank: int) -> int:
    (total,) = Parabolics(_thawed(roots, rank))._tuples(rank).values()
    return total


def components(simple: FloatArray) -> list[FloatArray]:
    """The simple roots of the irreducible factors.

    Examples
    --------
    >>> [part.tolist() for part in components(np.eye(2))]
    [[[1.0, 0.0]], [[0.0, 1.0]]]
    """
    left, parts = set(range(len(simple))), []
    linked = np.abs(simple @ simple.T) > _TOLERANCE
    while left:
        queue = [min(left)]
        left.discard(queue[0])
        for i in queue:
            fresh = [j for j in sorted(left) if linked[i, j]]
            left.difference_update(fresh)
            queue += fresh
        parts.append(simple[queue])
    return parts


def elliptic_classes(simple: FloatArray) -> list[ClassOfElements]:
    """The classes of elements that fix nothing but 0 in the span of the roots; 1 elsewhere.

    Parameters
    ----------
    simple : ndarray of shape (r, n)

    Returns
    -------
    list of ClassOfElements

    Examples
    --------
    W(F4) has 9 of them (Carter 1972), with 1·5·7·11 elements (Orlik and Solomon 1980):

    >>> found = elliptic_classes(unit(Diagram("F", 4).roots))
    >>> len(found), sum(c.size for c in found)
    (9, 385)
    """
    one = np.eye(simple.shape[1])
    found = [ClassOfElements(1, one)]
    for part in components(simple):
        kinds = _irreducible(*_frozen(part))
        # orthonormal vectors in which the part has the coordinates of its type
        basis = np.linalg.solve(np.linalg.cholesky(part @ part.T), part)
        turned = [basis.T @ (kind.element - np.eye(len(part))) @ basis + one for kind in kinds]
        found = [ClassOfElements(a.size * kind.size, a.element @ g)
                 for a in found for kind, g in zip(kinds, turned, strict=True)]
    return found


@cache
def _irreducible(roots: bytes, rank: int) -> tuple[ClassOfElements, ...]:
    """The elliptic classes of one irreducible type, in coordinates of the span."""
    simple = _thawed(roots, rank)
    reflections = [np.eye(rank) - 2 * np.outer(r, r) for r in simple]
    number = len(positive_roots(simple))
    if number == rank * (rank + 1) // 2:  # A_n: the Coxeter elements
        return (ClassOfElements(math.factorial(rank), reduce(np.matmul, reflections)),)
    if rank >= 4 and number == rank * (rank - 1):
        return tuple(_even_signs(simple))
    if (rank, number) in ((7, 63), (8, 120)):
        return tuple(_with_minus_one(simple))
    group = finite_group(reflections)
    members = (ClassOfElements(size, group.element(index)) for index, size in group.table.classes)
    return tuple(c for c in members if fixed_dimension(c.element, 1) == 0)


def _even_signs(simple: FloatArray) -> list[ClassOfElements]:
    """D_n: signed permutations with an even number of cycles, all of them with a sign."""
    rank = len(simple)
    linked = (np.abs(simple @ simple.T) > _TOLERANCE) & ~np.eye(rank, dtype=bool)
    branch = int(linked.sum(axis=1).argmax())
    arms = []
    for start in np.flatnonzero(linked[branch]).tolist():
        arm, before = [start], branch
        while len(further := [j for j in np.flatnonzero(linked[arm[-1]]).tolist() if j != before]):
            before = arm[-1]
            arm += further
        arms.append(arm)
    first, second, longest = sorted(arms, key=len)
    diagram = Diagram("D", rank)
    order = [*reversed(longest), branch, *first, *second]
    turn = np.linalg.solve(unit(diagram.roots), simple[order]).T  # takes the usual simple roots to these
    return [
        ClassOfElements(int(c.share * diagram.order), turn @ c.element() @ turn.T)
        for c in signed_classes(rank, rank, even=True) if c.fixed_dim == 0
    ]


def _with_minus_one(simple: FloatArray) -> list[ClassOfElements]:
    """E7 and E8 contain −1: elliptic elements with the eigenvalue −1 are −g, g not elliptic and without it.

    In odd dimension there are no others; those of E8 are told apart by their characteristic polynomials.
    """
    parabolics = Parabolics(simple)
    known = [c for codimension in range(len(simple)) for c in parabolics.classes(codimension)]
    negatives = [ClassOfElements(c.size, -c.element) for c in known if fixed_dimension(c.element, -1) == 0]
    if len(simple) % 2:
        return negatives
    members = members_without_real_eigenvalues(simple)
    sizes = sizes_from_molien([(c.size, characteristic(c.element)) for c in (*known, *negatives)], list(members))
    return negatives + [ClassOfElements(size, g) for size, g in zip(sizes, members.values(), strict=True)]


def fixed_dimension(g: FloatArray, sign: int) -> int:
    """Multiplicity of the eigenvalue ±1.

    Examples
    --------
    >>> fixed_dimension(np.diag([1.0, -1.0, -1.0]), -1)
    2
    """
    return int((np.abs(np.linalg.eigvals(g) - sign) < _TOLERANCE).sum())
