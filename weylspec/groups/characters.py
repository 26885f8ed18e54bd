"""`Character`: the trace of a representation of a group, class by class, exactly."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, GroupActionError, WeylspecError
from weylspec.exact.modular import primes_one_modulo
from weylspec.groups._listing import ElementIndex
from weylspec.groups.character_table import MAX_ORDER
from weylspec.groups.closure import finite_group
from weylspec.groups.cosets import ONE, AffineCoset, CharacterValue, LinearCoset, character_residue
from weylspec.groups.linear_action import LinearAction

if TYPE_CHECKING:
    from weylspec.groups.affine_action import AffineAction
    from weylspec.groups.character_table import CharacterTable

FloatArray = npt.NDArray[np.float64]
ComplexArray = npt.NDArray[np.complex128]

NAMES = ("trivial", "det", "natural")
_TOLERANCE = 1e-6


@dataclass(frozen=True, eq=False)
class Character:
    """The character χ_V of a complex representation V of a group.

    Attributes
    ----------
    label : str
        As it is typed.
    degree : int
        dim V.
    indicator : int
        Frobenius and Schur's ∫ χ(g²) dg for an irreducible V: 1, 0 or −1 where it is of real, complex or
        quaternionic type.
    source : callable
        Returns a fresh iterator over exact values, one for each coset of the group's action, in their order.
    highest : tuple of int
        The highest weight for a connected group, whose character varies along its one coset; empty otherwise.

    Examples
    --------
    >>> from weylspec.groups.point import PointGroup
    >>> sign = PointGroup("C3v").character("det")
    >>> [sum(n * (-1) ** int(2 * phase) for phase, n in value) for value in sign.source()]
    [1, 1, -1]
    """

    label: str
    degree: int
    indicator: int
    source: Callable[[], Iterator[CharacterValue]] = field(repr=False)
    highest: tuple[int, ...] = ()

    def on(self, cosets: Callable[[], Iterator[Any]]) -> Callable[[], Iterator[Any]]:
        """Cosets that carry the values of the character."""

        def weighted() -> Iterator[Any]:
            for coset, value in zip(cosets(), self.source(), strict=True):
                one = replace(coset, character=value)
                yield replace(one, highest=self.highest) if self.highest else one

        return weighted

    def norm(self, action: LinearAction | AffineAction) -> int:
        """∫ |χ|² dg: 1 if V is irreducible, as it is for a highest weight."""
        if self.highest:
            return 1
        cosets = list(self.on(action.cosets)())
        modulus = math.lcm(1, *(d for coset in cosets for d in coset.denominators()))
        p = next(primes_one_modulo(modulus))
        total = 0
        for coset in cosets:
            conjugate = tuple((-phase % 1, n) for phase, n in coset.character)
            value = character_residue(coset.character, p) * character_residue(conjugate, p)
            total += value * coset.share.numerator * pow(coset.share.denominator, -1, p)
        return total % p


def weighted_linear(action: LinearAction, character: Character) -> LinearAction:
    """The action with its averages weighted by a character: what is known of plain averages alone is dropped.

    Examples
    --------
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> group = SymmetricGroup(3)
    >>> [c.character[0][1] for c in weighted_linear(group.natural(), group.character([2, 1])).cosets()]
    [-1, 0, 2]
    """
    source = character.on(action.cosets)
    modulus = math.lcm(action.modulus, *(d for value in character.source() for d in _denominators(value)))
    return LinearAction(action.label, action.size, action.order, action.generators, source, action.sampler, modulus,
                        action.blocks)


def weighted_affine(action: AffineAction, character: Character) -> AffineAction:
    """The affine action with its averages weighted by a character."""
    return replace(action, source=character.on(action.cosets), factors=(), nearby=None)


def _denominators(value: CharacterValue) -> Iterator[int]:
    return (phase.denominator for phase, _ in value)


def finite_character(action: LinearAction, name: Any, table: Callable[[], CharacterTable]) -> Character:
    """The character of a finite group of matrices, by a number or by matrices.

    Parameters
    ----------
    action : LinearAction
    name : int, sequence of matrices, or callable
        The number of an irreducible representation (0 is the trivial one, degrees ascend); unitary matrices, one
        for each generator, or a function that gives them.
    table : callable
        Returns the table of the group's irreducible characters.

    Returns
    -------
    Character

    Examples
    --------
    >>> from weylspec.groups.point import PointGroup
    >>> [PointGroup("T").character(i).degree for i in range(4)]
    [1, 1, 1, 3]
    """
    if isinstance(name, (int, np.integer)) and not isinstance(name, bool):
        return irreducible_character(action, table(), int(name))
    matrices = [name(g) for g in action.generators] if callable(name) else name
    return represented_character(action, matrices, repr(name))


def named_character(action: LinearAction | AffineAction, name: str) -> Character:
    """The character of the trivial representation, of the determinant, or of the matrices themselves.

    Parameters
    ----------
    action : LinearAction or AffineAction
    name : str
        "trivial", "det" or "natural"; for affine maps x ↦ Ax + b the last two are of A.

    Returns
    -------
    Character

    Raises
    ------
    WeylspecError
        For another name.
    GroupActionError
        For the matrices of a continuous group, whose trace is not constant on cosets of its torus.

    Examples
    --------
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> list(named_character(SymmetricGroup(3).natural(), "natural").source())[0]
    ()
    """
    if name not in NAMES:
        raise WeylspecError(f"a character is named {', '.join(NAMES)}, or given by the number of an irreducible "
                            f"representation or by its matrices on the generators; got {name!r}")

    def trivial() -> Iterator[CharacterValue]:
        return (ONE for _ in action.cosets())

    def determinant() -> Iterator[CharacterValue]:
        return (((coset.determinant, 1),) for coset in _cosets(action))

    def natural() -> Iterator[CharacterValue]:
        return (coset.trace for coset in _cosets(action))

    if name == "natural":
        if not action.is_finite:
            raise GroupActionError(f"the trace of {action.label} varies on its torus; give a highest weight, as in [1]")
        return Character(repr(name), action.size, 1, natural)
    return Character(repr(name), 1, 1, trivial if name == "trivial" else determinant)


def _cosets(action: LinearAction | AffineAction) -> Iterator[LinearCoset | AffineCoset]:
    yield from action.cosets()


def irreducible_character(action: LinearAction, table: CharacterTable, number: int) -> Character:
    """The character of an irreducible representation of a finite group, by its number in the table.

    Parameters
    ----------
    action : LinearAction
    table : CharacterTable
        Of the same group.
    number : int
        From 0, the trivial one, on; degrees ascend.

    Returns
    -------
    Character

    Raises
    ------
    WeylspecError
        If there is none of that number.
    """
    degrees = table.degrees
    if not 0 <= number < len(degrees):
        raise WeylspecError(f"{action.label} has irreducible characters 0 to {len(degrees) - 1}, of the degrees "
                            f"{degrees}; got {number}")

    def source() -> Iterator[CharacterValue]:
        return (table.value(number, coset.element()) for coset in action.cosets())

    return Character(repr(number), degrees[number], table.indicator(number), source)


def represented_character(action: LinearAction, matrices: Sequence[npt.ArrayLike], label: str) -> Character:
    """The character of a homomorphism that is given on the generators.

    The pairs (g, ρ(g)) generate a group of the same order if and only if ρ is a homomorphism.

    Parameters
    ----------
    action : LinearAction
        Of a finite group.
    matrices : sequence of unitary (d, d) matrices
        One for each of the action's generators.
    label : str

    Returns
    -------
    Character

    Raises
    ------
    WeylspecError
        If their number or shapes do not fit.
    GroupActionError
        If they are not a homomorphism.

    Examples
    --------
    Quarter turns go to i:

    >>> from weylspec.groups.matrix import MatrixGroup
    >>> turns = MatrixGroup([[[0, -1], [1, 0]]]).natural()
    >>> represented_character(turns, [[[1j]]], "i").degree
    1
    """
    try:
        given = [np.asarray(m, dtype=np.complex128) for m in matrices]
    except (TypeError, ValueError) as error:
        raise WeylspecError(f"{label} names no character of {action.label}: give the number of an irreducible "
                            "representation (0 is the trivial one), or a unitary matrix for each generator") from error
    size = given[0].shape[0] if given and given[0].ndim else 0
    if len(given) != len(action.generators) or any(m.shape != (size, size) for m in given):
        raise WeylspecError(f"{action.label} has {len(action.generators)} generators; a representation gives a square "
                            f"matrix for each, of one size; got shapes {[m.shape for m in given]}")
    if action.order > MAX_ORDER:
        raise CostError(f"{action.label} has {action.order} elements, above {MAX_ORDER}; name the representation")
    pairs = [_beside(g, m) for g, m in zip(action.generators, given, strict=True)]
    elements = finite_group(pairs, 2 * MAX_ORDER).elements
    if len(elements) != action.order:
        raise GroupActionError(f"the matrices are no homomorphism of {action.label}: with its generators they generate "
                               f"{len(elements)} pairs, not {action.order}")
    index = ElementIndex.of(np.ascontiguousarray(elements[:, : action.size, : action.size]))

    def source() -> Iterator[CharacterValue]:
        for coset in action.cosets():
            found = int(index.find(coset.element()[None], _TOLERANCE)[0])
            yield _eigenphases(_second(elements[found], action.size), int(action.order))

    squares = sum(np.trace(m @ m).real for m in (_second(g, action.size) for g in elements))
    return Character(label, size, round(float(squares) / len(elements)), source)


def _beside(g: FloatArray, m: ComplexArray) -> FloatArray:
    """The pair of g and the real form [[x, −y], [y, x]] of x + iy, block-diagonal."""
    n, d = len(g), len(m)
    result = np.zeros((n + 2 * d, n + 2 * d))
    result[:n, :n] = g
    result[n: n + d, n: n + d] = result[n + d:, n + d:] = m.real
    result[n + d:, n: n + d], result[n: n + d, n + d:] = m.imag, -m.imag
    return result


def _second(pair: FloatArray, n: int) -> ComplexArray:
    d = (len(pair) - n) // 2
    return np.asarray(pair[n: n + d, n: n + d] + 1j * pair[n + d:, n: n + d])


def _eigenphases(matrix: ComplexArray, order: int) -> CharacterValue:
    turns = np.rint(np.angle(np.linalg.eigvals(matrix)) / (2 * math.pi) * order)
    phases, counts = np.unique(turns.astype(np.int64) % order, return_counts=True)
    return tuple((Fraction(int(k), order), int(n)) for k, n in zip(phases, counts, strict=True))
