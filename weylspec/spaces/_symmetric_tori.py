"""Flat tori modulo permutations and signs of coordinates: invariant characters as multisets of integers.

On a diagonal form an orbit of S_m on Z^m is a multiset of m integers, one of the hyperoctahedral group a multiset of
m natural numbers. Subgroups of index 2 split those orbits whose stabilisers they contain: A_m the orbits without
equal integers, D_m those without a zero.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import islice

import numpy as np

from weylspec.errors import CostError
from weylspec.exact.squares.multisets import Squares, multiset_cost, multiset_count
from weylspec.exact.squares.wedges import wedge_cost, wedge_count
from weylspec.groups.affine_action import AffineAction
from weylspec.groups.cosets import ONE
from weylspec.spaces._characters import top_key
from weylspec.spaces.core import Counter
from weylspec.spaces.quadratic import QuadraticForm
from weylspec.units import Number, floor_index

Term = tuple[int, tuple[Squares, ...]]  # how often, and the multisets chosen side by side

_MAX_CLASSES = 1000


def symmetric_counters(form: QuadraticForm, action: AffineAction) -> tuple[Counter, ...]:
    """Multisets of integers by dynamic programming, and by a search where there is one; none for other groups.

    Parameters
    ----------
    form : QuadraticForm
    action : AffineAction

    Returns
    -------
    tuple of Counter

    Examples
    --------
    >>> from weylspec.groups.permutation import Hyperoctahedral
    >>> plane = QuadraticForm((Fraction(1),), np.eye(2, dtype=np.int64)[None])
    >>> [(c.name, c.count(2)) for c in symmetric_counters(plane, Hyperoctahedral(2).affine(2))]
    [('multisets of integers', 3), ('descending integers', 3)]
    """
    terms = symmetric_terms(form, action)
    if not terms:
        return ()

    def cost(lam: Number) -> float:
        top = floor_index(lam, form.units[0])
        return math.fsum(multiset_cost(parts, top) for _, parts in terms)

    def count(lam: Number) -> int:
        top = top_key(lam, form)
        return sum(times * multiset_count(parts, top) for times, parts in terms)

    found = (Counter("multisets of integers", cost, count),)
    if any(len(parts) > 1 or parts[0].distinct for _, parts in terms):
        return found

    def search_cost(lam: Number) -> float:
        top = floor_index(lam, form.units[0])
        return math.fsum(wedge_cost(part, top) for _, (part,) in terms)

    def search(lam: Number) -> int:
        top = top_key(lam, form)
        return sum(times * wedge_count(part, top) for times, (part,) in terms)

    return (*found, Counter("descending integers", search_cost, search))


def symmetric_terms(form: QuadraticForm, action: AffineAction) -> list[Term]:
    """Multisets whose numbers add up to the number of invariant characters; none where no structure is known.

    Parameters
    ----------
    form : QuadraticForm
    action : AffineAction

    Returns
    -------
    list of (int, tuple of Squares)

    Examples
    --------
    >>> from weylspec.groups.permutation import AlternatingGroup
    >>> space = QuadraticForm((Fraction(1),), np.eye(3, dtype=np.int64)[None])
    >>> [(times, parts[0].distinct) for times, parts in symmetric_terms(space, AlternatingGroup(3).affine(3))]
    [(1, False), (1, True)]
    """
    norms = form.diagonal()
    return [] if norms is None or action.dim else _terms(norms, action)


def _terms(norms: Sequence[int], action: AffineAction) -> list[Term]:
    if action.order == 1:
        return [(1, tuple(Squares(1, a) for a in norms))]
    if not action.factors:
        return _by_generators(norms, action)
    terms: list[Term] = [(1, ())]
    still = set(range(action.size))
    for factor in action.factors:
        still -= {int(i) for i in factor.coordinates.flat}
        terms = _beside(terms, _of_blocks([norms[i] for i in factor.coordinates[0]], factor.base, factor.m))
    return _beside(terms, [(1, tuple(Squares(1, norms[i]) for i in sorted(still)))])


def _beside(first: list[Term], second: list[Term]) -> list[Term]:
    return [(a * b, x + y) for a, x in first for b, y in second]


def _of_blocks(norms: Sequence[int], base: AffineAction, m: int) -> list[Term]:
    """H ≀ S_m on m blocks with these norms."""
    if m == 1:
        return _terms(norms, base)
    if len(norms) > 1 or base.order > 2:
        return []
    if base.order == 1:
        return [(1, (Squares(m, norms[0]),))]
    return [(1, (Squares(m, norms[0], signed=False),))] if _is_flip(base) else []


def _is_flip(action: AffineAction) -> bool:
    return all(int(matrix[0, 0]) == -1 and not any(shift) for matrix, shift in action.generators)


def _by_generators(norms: Sequence[int], action: AffineAction) -> list[Term]:
    """S_m, A_m, the hyperoctahedral group and its subgroup of even signs, known by what contains them and by order."""
    matrices = [matrix for matrix, _ in action.generators]
    if any(any(shift) for _, shift in action.generators) or not all(map(_is_signed_permutation, matrices)):
        return []
    identity = np.eye(action.size, dtype=np.int64)
    moved = [i for i in range(action.size) if any((g[i] != identity[i]).any() for g in matrices)]
    m, weights = len(moved), {norms[i] for i in moved}
    if len(weights) != 1:
        return []
    weight = weights.pop()
    free = [(1, tuple(Squares(1, norms[i]) for i in range(action.size) if i not in moved))]
    return _beside(_index_at_most_two(m, weight, _order(action), [int((g < 0).sum()) for g in matrices],
                                      [round(np.linalg.det(g)) for g in matrices]), free)


def _index_at_most_two(m: int, weight: int, order: int, signs: list[int], determinants: list[int]) -> list[Term]:
    permutations, without_signs = math.factorial(m), Squares(m, weight, signed=False)
    if not any(signs):
        if order == permutations:
            return [(1, (Squares(m, weight),))]
        if 2 * order == permutations and min(determinants) == 1:
            return [(1, (Squares(m, weight),)), (1, (Squares(m, weight, distinct=True),))]
        return []
    if order == 2**m * permutations:
        return [(1, (without_signs,))]
    if 2 * order == 2**m * permutations and m > 1 and not any(n % 2 for n in signs):
        # Of the multisets of natural numbers those with a zero are multisets of one less.
        return [(2, (without_signs,)), (-1, (Squares(m - 1, weight, signed=False),))]
    return []


def _order(action: AffineAction) -> int:
    """The number of different maps, from the share of the identity; 0 where classes are too many or carry weights."""
    try:
        cosets = list(islice(action.cosets(), _MAX_CLASSES + 1))
    except CostError:
        return 0
    if len(cosets) > _MAX_CLASSES or any(coset.character != ONE for coset in cosets):
        return 0
    identity = np.eye(action.size, dtype=np.int64)
    share = sum((coset.share for coset in cosets if np.array_equal(coset.matrix, identity)), Fraction(0))
    return int(1 / share)


def _is_signed_permutation(matrix: np.ndarray) -> bool:
    sizes = np.abs(matrix)
    return bool((sizes.sum(axis=0) == 1).all() and (sizes.sum(axis=1) == 1).all())
