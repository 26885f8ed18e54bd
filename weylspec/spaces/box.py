"""`Box`, `Interval` and `Circle`: products of segments with Neumann, Dirichlet or mixed conditions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, WeylspecError
from weylspec.groups.affine_action import no_directions
from weylspec.groups.cosets import AffineCoset
from weylspec.invariants.heat_expansion import HeatExpansion, flat_expansion, product_expansion
from weylspec.invariants.orbit_spaces.geometry import Term, finite_volume
from weylspec.spaces._conditions import conditions, joined, sign
from weylspec.spaces.core import check_sample
from weylspec.spaces.domain import Domain, Side
from weylspec.spaces.quadratic import QuadraticForm, dual_form
from weylspec.spaces.torus import FlatTorus
from weylspec.units import Number, positive, read_length, scaled_length, typed

FloatArray = npt.NDArray[np.float64]
Ends = tuple[str, ...]  # of the faces x_i = 0 and x_i = L_i

_MOST_REFLECTIONS = 4096


@dataclass(frozen=True, eq=False, repr=False, init=False)
class Box(Domain):
    """The box Π [0, L_i]: λ = π² Σ (k_i/L_i)², k_i ≥ 0 (Neumann), ≥ 1 (Dirichlet), or half-odd (mixed).

    The Neumann unit square has λ/π² = 0(1), 1(2), 2(1), 4(2), 5(2); with Dirichlet conditions it has
    2(1), 5(2), 8(1), 10(2). Complete because the products Π √2 cos, √2 sin are a basis of L² (Courant and
    Hilbert 1924, V.5). As a torus it has the sides 2L_i, or 4L_i where the two ends of an axis differ. Groups
    act about its centre: signed permutations that exchange equal sides with the same conditions.

    Parameters
    ----------
    lengths : sequence of int, Fraction, decimal string or float
        Exact unless floats; floats merge levels where their squares are commensurable.
    bc : str or sequence
        "neumann" or "dirichlet" for all faces; or one entry for each axis: a word, or a pair of words
        for the faces x_i = 0 and x_i = L_i.

    Raises
    ------
    WeylspecError
        For lengths that are not positive, or conditions that do not fit.
    CostError
        Above 4096 reflections: 2 for each axis, 4 where its ends differ.

    Examples
    --------
    >>> Box([1, 1]).spectrum(num=8).multiplicities.tolist(), Box([1, 1], "dirichlet").count(10**12)
    ([1, 2, 1, 2, 2], 79577153287)
    >>> Box([1, 2, "1.5"], ["dirichlet", "neumann", ("dirichlet", "neumann")])
    Box([1, 2, '3/2'], ['dirichlet', 'neumann', ('dirichlet', 'neumann')])
    """

    lengths: tuple[Fraction | float, ...]
    bc: tuple[Ends, ...]

    def __init__(self, lengths: Sequence[Number], bc: str | Sequence[str | Sequence[str]] = "neumann") -> None:
        listed = () if isinstance(lengths, str) or not np.iterable(lengths) else lengths
        sizes = tuple(read_length(each, "length") for each in listed)
        if not sizes:
            raise WeylspecError(f"lengths must be a list such as [1, 2], got {lengths!r}")
        ends = _by_axis(bc, len(sizes))
        reflections = math.prod(2 if low == high else 4 for low, high in ends)
        if reflections > _MOST_REFLECTIONS:
            raise CostError(f"a box of dimension {len(sizes)} with {reflections} reflections is above "
                            f"{_MOST_REFLECTIONS}; multiply smaller ones: Box(…) * Box(…) is the same space")
        object.__setattr__(self, "lengths", sizes)
        object.__setattr__(self, "bc", ends)

    def __repr__(self) -> str:
        words = [joined(ends) for ends in self.bc]
        if len(words) == 1:
            tail = "" if words == ["neumann"] else f", {words[0]!r}"
            return f"Interval({typed(self.lengths[0])}{tail})"
        alike = isinstance(words[0], str) and all(word == words[0] for word in words)
        tail = f", {(words[0] if alike else words)!r}" if not alike or words[0] != "neumann" else ""
        return f"Box([{', '.join(map(typed, self.lengths))}]{tail})"

    # -- the torus and its reflections ------------------------------------------------------------

    @cached_property
    def _periods(self) -> tuple[int, ...]:
        """Lengths of the torus in lengths of the box."""
        return tuple(2 if low == high else 4 for low, high in self.bc)

    @cached_property
    def basis(self) -> FloatArray:
        """Diagonal: 2L_i, or 4L_i where the ends differ."""
        return np.diag([n * float(length) for n, length in zip(self._periods, self.lengths, strict=True)])

    @cached_property
    def form(self) -> QuadraticForm:
        """Diagonal: (π/L_i)², or (π/2L_i)² where the ends differ."""
        rows: list[list[Fraction | float]] = [
            [n * length if i == j else Fraction(0) for j in range(len(self.lengths))]
            for i, (n, length) in enumerate(zip(self._periods, self.lengths, strict=True))
        ]
        return dual_form(rows)

    @cached_property
    def reflections(self) -> tuple[AffineCoset, ...]:
        """Signs of the coordinates, with half a period where the ends differ."""
        axes = [_axis(low, high) for low, high in self.bc]
        order = math.prod(len(axis) for axis in axes)
        return tuple(
            AffineCoset(Fraction(math.prod(sign for _, _, sign in maps), order),
                        np.diag([a for a, _, _ in maps]).astype(np.int64), tuple(b for _, b, _ in maps),
                        no_directions(len(axes)))
            for maps in product(*axes)
        )

    @property
    def centre(self) -> tuple[Fraction, ...]:
        """The midpoint."""
        return tuple(Fraction(1, 2 * n) for n in self._periods)

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """The faces x_i = 0 and x_i = L_i."""
        found = []
        for i, (length, (low, high)) in enumerate(zip(self.lengths, self.bc, strict=True)):
            normal, area = np.eye(self.dim)[i], self.volume / float(length)
            for name, outward, word in (("0", -normal, low), (f"{float(length):g}", normal, high)):
                found.append(Side(f"face x{i} = {name}", outward, float(length) / 2, area, word))
        return tuple(found)

    # -- geometry and points ------------------------------------------------------------------------

    @property
    def extent(self) -> tuple[float, ...]:
        """0, L_0, 0, L_1, …."""
        return tuple(x for length in self.lengths for x in (0.0, float(length)))

    @property
    def volume(self) -> float:
        """The product of the lengths."""
        return finite_volume(math.prod(float(length) for length in self.lengths), repr(self))

    @property
    def counting_margin(self) -> float:
        """π √(ΣL_i^{−2}): unit cubes k + [0, 1]ⁿ reach that much beyond √λ, and no condition has more k ≥ 0."""
        return math.pi * math.hypot(*(1 / float(length) for length in self.lengths))

    def heat_expansion(self) -> HeatExpansion:
        """The product over the axes of L/√(4πt) + 1/2 (Neumann), − 1/2 (Dirichlet), or + 0 (mixed)."""
        return product_expansion(
            flat_expansion((Term(1, float(length), "length"), Term(0, (sign(low) + sign(high)) / 4, "ends")),
                           2 * float(length), f"{length}") for length, (low, high) in
            zip(self.lengths, self.bc, strict=True)
        )

    def scaled(self, r: Number) -> Box:
        """The box with its lengths multiplied by r."""
        return Box([scaled_length(length, r) for length in self.lengths], self.bc)

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Independent uniform coordinates."""
        check_sample(n, rng)
        return np.asarray(rng.random((n, self.dim)) * [float(length) for length in self.lengths])


def Interval(length: Number = 1, bc: str | Sequence[str] = "neumann") -> Box:
    """The interval [0, L]: λ = (πk/L)², k ≥ 0 (Neumann), k ≥ 1 (Dirichlet), or k half-odd (mixed).

    Parameters
    ----------
    length : int, Fraction, decimal string or float
        Exact unless a float.
    bc : str or pair of str
        "neumann", "dirichlet", or one for each end.

    Returns
    -------
    Box
        Of dimension 1.

    Examples
    --------
    A guitar string of length 1 has λ/π² = 1, 4, 9, …; N(λ) = ⌊L√λ/π⌋:

    >>> string = Interval(1, "dirichlet")
    >>> [round(x) for x in string.spectrum(num=3).eigenvalues / math.pi**2], string.count(10**6)
    ([1, 4, 9], 318)
    """
    return Box([length], [bc])


def Circle(length: Number = 1) -> FlatTorus:
    """The circle of a given length: λ = (2πk/L)², k ∈ Z; the flat torus of dimension 1.

    Parameters
    ----------
    length : int, Fraction, decimal string or float
        Exact unless a float; ``Torus(1)`` has length 2π.

    Returns
    -------
    FlatTorus

    Examples
    --------
    >>> Circle(3).volume, Circle(3).spectrum(num=5).multiplicities.tolist()
    (3.0, [1, 2, 2])
    """
    size = positive(length, "length")
    return FlatTorus([[size]], label=f"Circle({typed(size)})")


def _axis(low: str, high: str) -> list[tuple[int, Fraction, int]]:
    """Maps x ↦ ax + b of R/Z with their signs (a, b, sign) for one segment."""
    if low == high:
        return [(1, Fraction(0), 1), (-1, Fraction(0), sign(low))]
    half = Fraction(1, 2)
    return [(1, Fraction(0), 1), (1, half, -1), (-1, Fraction(0), sign(low)), (-1, half, sign(high))]


def _by_axis(bc: object, n: int) -> tuple[Ends, ...]:
    entries = bc if isinstance(bc, (list, tuple)) else (bc,) * n
    if len(entries) != n:
        raise WeylspecError(f"bc must be one word, or one entry for each of the {n} axes, got {bc!r}")
    return tuple(conditions(entry, (f"x{i} = 0", f"x{i} = L{i}")) for i, entry in enumerate(entries))
