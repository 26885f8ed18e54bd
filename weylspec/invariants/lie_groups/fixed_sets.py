"""Fixed sets of the maps x ↦ hxk⁻¹ of a classical group: cosets of centralisers, with their volumes."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from weylspec.exact.lie.classical import special_orthogonal, special_unitary, symplectic, unitary
from weylspec.groups.cosets import character_number, character_product
from weylspec.groups.linear_action import LinearAction
from weylspec.groups.standard import eigenphases
from weylspec.groups.two_sided_action import TwoSidedAction
from weylspec.invariants.lie_groups.geometry import group_volume
from weylspec.invariants.orbit_spaces.fixed_sets import FixedSet

_HALF = Fraction(1, 2)


@dataclass(frozen=True)
class ClassicalGroup:
    """SO(n), U(n), SU(n) or Sp(n) with its metric.

    Attributes
    ----------
    field : str
        R, C or H.
    n : int
    special : bool
    metric : Fraction
        C of −c·tr(XY) for U(n) and SU(n); 1 for the others (their metrics restrict to c = 1 on U(k)).
    """

    field: str
    n: int
    special: bool
    metric: Fraction

    @property
    def trace_factor(self) -> Fraction:
        """The metric is this times tr(XᵀY) of the real matrices of the standard representation."""
        return {"R": Fraction(1, 2), "C": self.metric / 2, "H": Fraction(1, 4)}[self.field]


def two_sided_fixed_sets(
    group: ClassicalGroup, left: LinearAction, right: LinearAction, scale: float
) -> Iterator[FixedSet]:
    """Fixed sets of all pairs of classes of two finite groups that act from the two sides.

    The point x is fixed by (h, k) when h = xkx⁻¹; if h and k are conjugate, those x are a coset of the
    centraliser of k, and the normal derivative is Ad(h) on the rest of the Lie algebra.

    Parameters
    ----------
    group : ClassicalGroup
    left, right : LinearAction
        Finite, on the standard representation.
    scale : float
        Factor of all lengths.

    Yields
    ------
    FixedSet
    """
    classes = [[(c, class_invariant(group, eigenphases(c, group.field))) for c in side.cosets()]
               for side in (left, right)]
    for (a, first), (b, second) in itertools.product(*classes):
        if first == second:
            dim, volume = centraliser(group, first[0])
            factor = character_number(character_product(a.character, b.character)).real
            yield FixedSet(a.share * b.share, dim, volume * scale**dim, normal_determinant(group, first[0]), "", factor)


def class_invariant(group: ClassicalGroup, phases: tuple[Fraction, ...]) -> tuple[tuple[Fraction, ...], int]:
    """Eigenphases, sorted, and for SO(2m) without eigenvalues ±1 the orientation: equal for conjugate elements.

    Parameters
    ----------
    group : ClassicalGroup
    phases : tuple of Fractions
        As `weylspec.groups.standard.eigenphases` orders them.

    Returns
    -------
    phases : tuple of Fractions
    orientation : int

    Examples
    --------
    A quarter turn of one plane and a third of a turn of the other, and its mirror image:

    >>> so4, third = ClassicalGroup("R", 4, True, Fraction(1)), Fraction(1, 3)
    >>> [class_invariant(so4, (Fraction(1, 4), Fraction(3, 4), c, 1 - c))[1] for c in (third, 1 - third)]
    [1, -1]
    """
    orientation = 1
    if group.field == "R" and group.n % 2 == 0 and not {Fraction(0), _HALF} & set(phases):
        orientation = math.prod(1 if c < _HALF else -1 for c in phases[::2])
    return tuple(sorted(phases)), orientation


def centraliser(group: ClassicalGroup, phases: tuple[Fraction, ...]) -> tuple[int, float]:
    """Dimension and volume of the centraliser of an element.

    Parameters
    ----------
    group : ClassicalGroup
    phases : tuple of Fractions
        Its eigenphases.

    Returns
    -------
    dim : int
    volume : float

    Examples
    --------
    A half turn commutes with O(2) ⊂ SO(3), of volume 4π:

    >>> so3, half = ClassicalGroup("R", 3, True, Fraction(1)), Fraction(1, 2)
    >>> dim, volume = centraliser(so3, (half, half, Fraction(0)))
    >>> dim, round(volume / math.pi, 12)
    (1, 4.0)
    """
    counts = Counter(phases)
    if group.field == "C":
        dim = sum(k * k for k in counts.values())
        volume = math.prod(group_volume(unitary(k, group.metric)) for k in counts.values())
        if group.special:
            whole = group_volume(special_unitary(group.n, group.metric)) if group.n > 1 else 1.0
            return dim - 1, volume * whole / group_volume(unitary(group.n, group.metric))
        return dim, volume
    plus, minus = counts[Fraction(0)], counts[_HALF]
    turned = [k for c, k in counts.items() if 0 < c < _HALF]
    dim = sum(k * k for k in turned)
    volume = math.prod((group_volume(unitary(k, Fraction(1))) for k in turned), start=1.0)
    if group.field == "H":
        sizes = [k // 2 for k in (plus, minus) if k]
        return (dim + sum(k * (2 * k + 1) for k in sizes),
                volume * math.prod((group_volume(symplectic(k)) for k in sizes), start=1.0))
    sizes = [k for k in (plus, minus) if k]
    rotations = [group_volume(special_orthogonal(k)) for k in sizes if k > 1]
    components = 2 if len(sizes) == 2 else 1
    return dim + sum(k * (k - 1) // 2 for k in sizes), volume * components * math.prod(rotations, start=1.0)


def normal_determinant(group: ClassicalGroup, phases: tuple[Fraction, ...]) -> float:
    """|det(1 − Ad g)| where Ad g is not the identity: Π |1 − e(c)| over its other eigenvalues.

    Parameters
    ----------
    group : ClassicalGroup
    phases : tuple of Fractions

    Returns
    -------
    float

    Examples
    --------
    >>> half = Fraction(1, 2)
    >>> round(normal_determinant(ClassicalGroup("R", 3, True, Fraction(1)), (half, half, Fraction(0))), 12)
    4.0
    """
    if group.field == "C":
        turns = [(a - b) % 1 for a, b in itertools.permutations(phases, 2)]
    elif group.field == "H":
        turns = [(a + b) % 1 for a, b in itertools.combinations_with_replacement(phases, 2)]
    else:
        turns = [(a + b) % 1 for a, b in itertools.combinations(phases, 2)]
    return math.prod((2 * abs(math.sin(math.pi * float(c))) for c in turns if c), start=1.0)


def on_sphere(group: ClassicalGroup, action: TwoSidedAction) -> LinearAction | None:
    """The action on S^{n−1} = SO(n)/SO(n − 1) of a group H, where SO(n) is divided by H and SO(n − 1) from two sides.

    Parameters
    ----------
    group : ClassicalGroup
    action : TwoSidedAction
        With a group on each side.

    Returns
    -------
    LinearAction or None
        None where neither side is SO(n − 1) on all coordinates but one.

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> from weylspec.groups.two_sided import TwoSided
    >>> so4 = ClassicalGroup("R", 4, True, Fraction(1))
    >>> on_sphere(so4, TwoSided(SO(2), SO(3)).two_sided(4)).label
    'SO(2)'
    """
    if group.field != "R":
        return None
    left, right = action.sides
    return left if _is_isotropy(right, group.n) else right if _is_isotropy(left, group.n) else None


def _is_isotropy(side: LinearAction, n: int) -> bool:
    """Whether a group is SO(n − 1) on all coordinates of R^n but one."""
    if side.is_finite or len(side.blocks) != 1 or len(list(side.cosets())) != 1:
        return False
    (block,) = side.blocks
    return block.copies == 1 and block.degree == n - 1 and not block.subalgebra
