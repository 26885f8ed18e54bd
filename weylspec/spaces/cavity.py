"""`Cavity`: electromagnetic modes of a box with perfectly conducting walls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import NoReturn

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError
from weylspec.groups.base import Group
from weylspec.groups.cosets import AffineCoset
from weylspec.invariants.orbit_spaces.geometry import OrbitGeometry, Wall
from weylspec.spaces._signed import SymmetryAction
from weylspec.spaces.box import Box
from weylspec.spaces.domain import Domain, Side
from weylspec.spaces.quadratic import QuadraticForm
from weylspec.units import Number, scaled_length, typed

FloatArray = npt.NDArray[np.float64]

_DIRICHLET = "dirichlet"


@dataclass(frozen=True, eq=False, repr=False, init=False)
class Cavity(Domain):
    """Standing waves of light in a box: λ = ω² = π² Σ (k_i/L_i)² in units with c = 1.

    The electric field is transversal, div E = 0, and normal to the walls. Indices k_i ≥ 1 have two polarisations,
    exactly one index 0 leaves one, two zeros none. Weyl's law (1911) has no surface term:

        N = V ω³/(3π²) − (L_1 + L_2 + L_3) ω/(2π) + 1/2,

    so that `volume` is 2V, one V for each polarisation, and `walls` is empty. A group acts on fields by
    (gE)(x) = g E(g⁻¹x) about the centre; a quotient counts the modes that it leaves alone.

    On the torus of sides 2L_i the reflections act on fields by E ↦ −R E(R·), and what fixes a wave vector k has the
    trace tr − 1 on the plane of polarisations: the modes are the characters with Dirichlet signs, each counted
    tr − 1 times.

    Parameters
    ----------
    lengths : three of int, Fraction, decimal string or float
        Exact unless floats.

    Raises
    ------
    WeylspecError
        For lengths that are not three positive numbers.

    References
    ----------
    Weyl (1912), "Über die Abhängigkeit der Eigenschwingungen einer Membran von deren Begrenzung"; Baltes and Hilf
    (1976), "Spectra of Finite Systems".

    Examples
    --------
    The unit cube has λ/π² = 2 (one zero, three ways), 3 (two polarisations), 5, 6, …:

    >>> cube = Cavity([1, 1, 1])
    >>> listed = cube.spectrum(num=11)
    >>> (listed.eigenvalues / np.pi**2).round(9).tolist(), listed.multiplicities.tolist()
    ([2.0, 3.0, 5.0], [3, 2, 6])
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> (cube / SymmetricGroup(3)).spectrum(num=4).multiplicities.tolist()
    [1, 1, 1, 1]
    """

    lengths: tuple[Fraction | float, ...]

    def __init__(self, lengths: Sequence[Number]) -> None:
        box = Box(lengths, _DIRICHLET)
        if len(box.lengths) != 3:
            raise WeylspecError(f"a cavity has three lengths, such as Cavity([3, 2, 1]), got {lengths!r}")
        object.__setattr__(self, "lengths", box.lengths)

    def __repr__(self) -> str:
        return f"Cavity([{', '.join(map(typed, self.lengths))}])"

    @cached_property
    def box(self) -> Box:
        """The box, with Dirichlet conditions: its reflections have the signs of a field's normal component."""
        return Box(self.lengths, _DIRICHLET)

    # -- the torus and its reflections ------------------------------------------------------------

    @property
    def basis(self) -> FloatArray:
        """Diagonal: 2L_i."""
        return self.box.basis

    @property
    def form(self) -> QuadraticForm:
        """Diagonal: (π/L_i)²."""
        return self.box.form

    @cached_property
    def reflections(self) -> tuple[AffineCoset, ...]:
        """Signs of the coordinates, with their traces on polarisations."""
        return tuple(_polarised(self.box.reflections))

    @property
    def sides(self) -> tuple[Side, ...]:
        """The six faces."""
        return self.box.sides

    @property
    def centre(self) -> tuple[Fraction, ...]:
        """The midpoint."""
        return self.box.centre

    # -- geometry -----------------------------------------------------------------------------------

    @property
    def extent(self) -> tuple[float, ...]:
        """That of the box."""
        return self.box.extent

    @property
    def volume(self) -> float:
        """Twice that of the box: two polarisations."""
        return 2 * self.box.volume

    @property
    def walls(self) -> tuple[Wall, ...]:
        """None: the wave of one polarisation is odd where that of the other is even, and their terms cancel."""
        return ()

    def _fixed(self, cosets: tuple[AffineCoset, ...], label: str) -> OrbitGeometry:
        return self.box._fixed(cosets, label)

    def action(self, group: Group) -> SymmetryAction:
        """The group's action on fields about the centre."""
        found = super().action(group)
        return replace(found, lifts=tuple(_polarised(found.lifts)))

    def scaled(self, r: Number) -> Cavity:
        """The cavity with its lengths multiplied by r."""
        return Cavity([scaled_length(length, r) for length in self.lengths])

    # -- points and functions -----------------------------------------------------------------------

    def check_points(self, x: npt.ArrayLike) -> NoReturn:
        """Refuse: its functions are fields."""
        raise self._cannot("points and kernels: its functions are vector fields")

    def sample(self, n: int, rng: np.random.Generator) -> NoReturn:
        """Refuse: its functions are fields."""
        raise self._cannot("points and kernels: its functions are vector fields")


def _polarised(cosets: Iterable[AffineCoset]) -> Iterable[AffineCoset]:
    """Traces on the polarisations of a wave that an element leaves alone: all of R³ less the wave vector's line."""
    for coset in cosets:
        yield replace(coset, character=((Fraction(0), int(np.trace(coset.matrix)) - 1),))
