"""What geometry says of an orbit space M/G: dimension, volume, walls, fixed sets.

None of it is read off a spectrum: otherwise a check of Weyl's law would check nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

import numpy as np

from weylspec.errors import UnknownGeometryError
from weylspec.invariants.orbit_spaces.orbit_integrals import Estimate

_LARGE = 300  # dimensions above this have Γ functions beyond the range of floats
CLOSED_FORM = 1e-13  # relative error of a closed-form volume: a few dozen roundings of gamma and sqrt


@dataclass(frozen=True)
class Wall:
    """A part of the boundary of M/G that the second term of Weyl's law sees.

    Attributes
    ----------
    volume : float
        Riemannian (dim − 1)-volume.
    weight : float
        Neumann or mirror +1/4; Dirichlet −1/4; orbits that collapse by a k-sphere (1 − k)/4.
    source : str
        Where it comes from.
    error : float
        Relative bound (closed form) or estimate (integration) of the error of the volume.
    """

    volume: float
    weight: float
    source: str
    error: float = CLOSED_FORM


@dataclass(frozen=True)
class Term:
    """One smooth term of the heat trace, (4πt)^{−dim/2}·coefficient, and its source.

    In the counting function the same term is c_dim·coefficient·λ^{dim/2} with
    c_p = (4π)^{−p/2}/Γ(p/2 + 1). The leading coefficient is vol(M/G).

    Attributes
    ----------
    dim : int
        p.
    coefficient : float
        Riemannian volume, times the weight that the source gives it.
    source : str
        The stratum that it comes from.
    error : float
        Relative error of the coefficient.
    """

    dim: int
    coefficient: float
    source: str
    error: float = CLOSED_FORM


@dataclass(frozen=True)
class OrbitGeometry:
    """Geometry of M/G, obtained without its spectrum.

    Attributes
    ----------
    dim : int
        d = dim M − dim of the principal orbit.
    volume : float
        ∫_M dvol(x)/vol(Gx): Riemannian volume with the quotient metric.
    volume_error : float
        Relative bound (closed form) or estimate (integration).
    walls : tuple of Wall
    lower : tuple of Term
        Smooth terms of codimension 2 and more: fixed sets of a finite group's classes, scalar curvature.
    effective_order : int or math.inf
        Order of G divided by its kernel on M (and, for the part that acts on M/G_0, on M/G_0).
    is_free : bool or None
        Whether every stabiliser is trivial (None: not decided).
    orbits_alike : bool
        Whether all orbits have the same dimension, so that the kernel is bounded for s > d/2.
    source : str
    walls_complete : bool
        False where a joint action has mirrors whose volume is not known. True is proved, but for components of
        groups that are found at random: missing one has a probability below 10⁻¹⁰.
    is_homogeneous : bool
        Whether isometries of M/G are known to act transitively.
    length : float
        A closed geodesic that translations of a flat M, or rotations of a sphere, leave, the shortest of its kind;
        infinite where none is known.
    codim : int, optional
        Largest codimension of an orbit in M, where orbits are not alike and it is known.
    refine : callable, optional
        (relative error, rng) ↦ another estimate of the volume, where it is integrated.
    remainder : float, optional
        p with heat trace = Σ terms + O(t^{−p/2}), up to logarithms; dim − 2 unless given, −∞ where all is known.
    """

    dim: int
    volume: float
    volume_error: float
    walls: tuple[Wall, ...]
    lower: tuple[Term, ...]
    effective_order: int | float
    is_free: bool | None
    orbits_alike: bool
    source: str
    walls_complete: bool = True
    is_homogeneous: bool = False
    length: float = math.inf
    codim: int | None = None
    refine: Callable[[float, np.random.Generator], Estimate] | None = None
    remainder: float | None = None

    @property
    def remainder_dim(self) -> float:
        """Dimension p of the first term (4πt)^{−p/2} that `terms` leaves out, or has in part only."""
        if self.remainder is not None:
            return self.remainder
        return self.dim - 2 if self.dim else -math.inf

    @property
    def codim_max(self) -> int | None:
        """Largest codimension of an orbit: kernels are bounded for s > ½ of it. None where it is not known."""
        return self.dim if self.orbits_alike else self.codim

    @property
    def terms(self) -> tuple[Term, ...]:
        """The leading term, one term per wall, and the lower ones."""
        return assemble_terms(self.dim, self.volume, self.source, self.walls, self.lower, self.volume_error)


def assemble_terms(
    dim: int, volume: float, source: str, walls: tuple[Wall, ...], lower: tuple[Term, ...] = (),
    error: float = CLOSED_FORM,
) -> tuple[Term, ...]:
    """Terms of a space: volume, then its walls with their weights, then the lower ones."""
    mirrors = tuple(Term(dim - 1, wall.weight * wall.volume, wall.source, wall.error) for wall in walls)
    return (Term(dim, volume, source, error), *mirrors, *lower)


def scalar_terms(
    dim: int, volume: float, scalar_curvature: float, space: str, error: float = CLOSED_FORM
) -> tuple[Term, ...]:
    """The term (4πt)^{−d/2}·t·(1/6)∫Scal of the heat trace (McKean, Singer 1967), where Scal is constant.

    Parameters
    ----------
    dim : int
    volume : float
    scalar_curvature : float
    space : str
        What it is of.
    error : float
        Relative error of the volume.

    Returns
    -------
    tuple of at most one Term
        None where it is zero.

    Examples
    --------
    The constant of S² is χ/6 (Gauss, Bonnet):

    >>> scalar_terms(2, 4 * math.pi, 2.0, "")[0].coefficient * 3
    1.0
    """
    if dim < 2 or not scalar_curvature:
        return ()
    source = f"scalar curvature of {space}"
    return (Term(dim - 2, scalar_curvature * volume / (24 * math.pi), source, error),)


def shift_terms(
    dim: int, volume: float, walls: tuple[Wall, ...], shift: float, source: str, error: float = CLOSED_FORM
) -> tuple[Term, ...]:
    """What a factor e^{t·shift} of the heat trace adds to the volume and the walls, to first order in t.

    Such a factor moves λ: a constant potential −shift on the orbit space, as ⟨ρ, ρ⟩ for class functions.

    Parameters
    ----------
    dim : int
    volume : float
    walls : tuple of Wall
    shift : float
    source : str
    error : float
        Relative error of the volume.

    Returns
    -------
    tuple of Term
        Without those of negative dimension.

    Examples
    --------
    >>> [term.dim for term in shift_terms(3, 1.0, (Wall(1.0, -0.25, "wall"),), 1.0, "shift")]
    [1, 0]
    """
    rate = shift / (4 * math.pi)
    found = [Term(dim - 2, rate * volume, source, error)]
    found += [Term(dim - 3, rate * wall.weight * wall.volume, f"{source}, along {wall.source}", wall.error)
              for wall in walls]
    return tuple(term for term in found if term.dim >= 0 and term.coefficient)


def second_remainder(dim: int, walls: tuple[Wall, ...]) -> int:
    """The dimension of what is left out where volume and walls are known to first order in t, in dimensions ≥ 0."""
    return -1 if dim < 2 or (dim == 2 and walls) else dim - 4


def multiply_terms(*factors: tuple[Term, ...]) -> tuple[Term, ...]:
    """Terms of a product space: heat traces multiply."""

    def pair(first: tuple[Term, ...], second: tuple[Term, ...]) -> tuple[Term, ...]:
        return tuple(
            Term(a.dim + b.dim, a.coefficient * b.coefficient, f"{a.source} × {b.source}", a.error + b.error)
            for a in first for b in second
        )

    return reduce(pair, factors)


def weyl_constant(dim: int) -> float:
    """c_d = ω_d/(2π)^d = (4π)^{−d/2}/Γ(d/2 + 1), the constant of Weyl's law (Weyl 1911).

    Examples
    --------
    >>> weyl_constant(2) * 4 * math.pi, weyl_constant(0)
    (1.0, 1.0)
    """
    if dim > _LARGE:
        return math.exp(log_weyl_constant(dim))
    return float((4 * math.pi) ** (-dim / 2)) / math.gamma(dim / 2 + 1)


def log_weyl_constant(dim: int) -> float:
    """The logarithm of c_d, for dimensions in which c_d itself is 0 as a float.

    Examples
    --------
    >>> math.exp(log_weyl_constant(2)) * 4 * math.pi
    1.0
    """
    return -dim / 2 * math.log(4 * math.pi) - math.lgamma(dim / 2 + 1)


def weyl_cutoff(dim: int, volume: float, num: float) -> float:
    """λ with c_d·vol·λ^{d/2} = num, by logarithms: in high dimensions c_d·vol is below any float.

    Examples
    --------
    >>> round(weyl_cutoff(2, 4 * math.pi, 100), 9), weyl_cutoff(500, 1e-149, 10) > 1
    (100.0, True)
    """
    return math.exp(2 / dim * (math.log(num) - log_weyl_constant(dim) - math.log(volume)))


def sphere_volume(n: int) -> float:
    """Volume of the unit n-sphere, 2π^{(n+1)/2}/Γ((n+1)/2); vol S⁰ = 2.

    Examples
    --------
    >>> sphere_volume(2) / math.pi, sphere_volume(0)
    (4.0, 2.0)
    """
    if n > _LARGE:
        return 2 * math.exp((n + 1) / 2 * math.log(math.pi) - math.lgamma((n + 1) / 2))
    return 2 * float(math.pi ** ((n + 1) / 2)) / math.gamma((n + 1) / 2)


def finite_volume(value: float, space: str) -> float:
    """A volume that a float holds, or a refusal."""
    if not 0.0 < value < math.inf:
        raise UnknownGeometryError(f"the volume of {space} is beyond the range of floats; scale the space")
    return value
