"""Geometry of the quotients of a Lie group by translations and by conjugation, in closed form."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import GroupActionError
from weylspec.exact.integer_lattice import solve_mod_one, torsion_order
from weylspec.exact.lie.root_datum import RootDatum
from weylspec.groups.cosets import LinearCoset
from weylspec.groups.linear_action import LinearAction
from weylspec.groups.signed import signed_group
from weylspec.invariants.flat import fixed_subtori
from weylspec.invariants.orbit_spaces.fixed_sets import finite_orbits
from weylspec.invariants.orbit_spaces.geometry import (
    CLOSED_FORM,
    OrbitGeometry,
    Term,
    Wall,
    finite_volume,
    second_remainder,
    shift_terms,
)

IntMatrix = npt.NDArray[np.int64]

_MOST_REFLECTIONS = 200  # elements of a Weyl group whose fixed sets are listed, a tenth of a second


def group_volume(datum: RootDatum, scale: float = 1.0) -> float:
    """Volume of a compact Lie group, (2π)^{r+N}/(covol(P)·Π⟨ρ, α⟩), times scale^dim.

    It is the volume of the maximal torus times that of the flag manifold, 2^N·Π π/⟨ρ, α⟩ (Macdonald 1980).

    Parameters
    ----------
    datum : RootDatum
    scale : float
        Factor of all lengths.

    Returns
    -------
    float

    Raises
    ------
    UnknownGeometryError
        If no float holds it.

    Examples
    --------
    >>> from weylspec.exact.lie.classical import special_orthogonal
    >>> group_volume(special_orthogonal(3)) / math.pi**2
    8.0
    """
    flat = (datum.rank + datum.n_positive) * math.log(2 * math.pi) + datum.dim * math.log(scale)
    exact = datum.covolume_square * datum.rho_product**2
    size = flat - _log(exact) / 2
    if abs(size) < 600 and abs(flat) < 600:
        ratio = math.sqrt(exact.denominator) / math.sqrt(exact.numerator)
        return finite_volume((2 * math.pi) ** (datum.rank + datum.n_positive) * scale**datum.dim * ratio, datum.name)
    return finite_volume(math.exp(size) if size < 700 else math.inf, datum.name)


def _log(x: Fraction) -> float:
    return math.log(x.numerator) - math.log(x.denominator)


def conjugation_orbits(datum: RootDatum, scale: float, label: str) -> OrbitGeometry:
    """G modulo conjugation: T/W, whose walls are the hypersurfaces α = 0 where orbits collapse by 2-spheres.

    Class functions times Weyl's denominator, a function on T where ρ is a weight of G, are those on T that
    reflections multiply by −1, and λ is moved by |ρ|²: then what walls have in common is known, too, for
    Weyl groups of at most 200 elements.

    A root whose coroot is trivial at −1 (the short roots of SO(2m + 1)) has a second hypersurface, α = ½,
    on which its reflection acts but the orbits keep their dimension: a mirror.

    Parameters
    ----------
    datum : RootDatum
    scale : float
        Factor of all lengths.
    label : str

    Returns
    -------
    OrbitGeometry

    Examples
    --------
    SU(2) = S³ modulo conjugation is an interval of length π with two ends:

    >>> from weylspec.exact.lie.classical import special_unitary
    >>> found = conjugation_orbits(special_unitary(2, Fraction(1, 2)), 1.0, "")
    >>> found.volume / math.pi, [(round(wall.volume, 12), wall.weight) for wall in found.walls]
    (1.0, [(2.0, -0.25)])
    """
    torus = (2 * math.pi) ** datum.rank / math.sqrt(datum.covolume_square)
    size = scale**datum.rank
    if not datum.n_positive:
        return OrbitGeometry(datum.rank, torus * size, CLOSED_FORM, (), (), 1, True, True,
                             f"the group is abelian: {label} is trivial", is_homogeneous=True)
    basis = np.array(datum.weight_basis(), dtype=np.int64)
    even = (datum.coroots @ basis.T % 2 == 0).all(axis=1)
    areas = [torus * math.sqrt(2 * half) / (2 * math.pi) for half in datum.root_half_norms]
    share = 2 * scale ** (datum.rank - 1) / datum.weyl_order
    walls = [Wall(share * math.fsum(areas), -0.25, "singular elements, whose orbits have collapsed by 2-spheres")]
    if even.any():
        mirrored = math.fsum(a for a, is_even in zip(areas, even, strict=True) if is_even)
        walls.append(Wall(share * mirrored, 0.25, "elements that a reflection of W fixes, with a root at −1"))
    volume = torus * size / datum.weyl_order
    found = OrbitGeometry(datum.rank, volume, CLOSED_FORM, tuple(walls), (), math.inf, False, False,
                          "vol(T)/|W|: a maximal torus modulo the Weyl group", codim=datum.dim)
    if not datum.has_weight(datum.rho) or datum.weyl_order > _MOST_REFLECTIONS:
        return found
    shift = float(datum.rho_square) / scale**2
    lower = (*shift_terms(datum.rank, volume, found.walls, shift, "shift of λ by |ρ|²"), *_edges(datum, scale, label))
    return replace(found, lower=lower, remainder=second_remainder(datum.rank, found.walls))


def _edges(datum: RootDatum, scale: float, label: str) -> tuple[Term, ...]:
    """Where walls meet: class functions times Weyl's denominator change sign under reflections of T."""
    basis = np.array(datum.weight_basis(), dtype=np.int64)
    inverse = np.linalg.inv(basis)
    mirrors = []
    for i, column in enumerate(datum.cartan.T):
        moved = np.eye(datum.rank)
        moved[i, : len(column)] -= column
        matrix = np.round(basis @ moved @ inverse).astype(np.int64)
        mirrors.append(((matrix, (Fraction(0),) * datum.rank), -1))
    dual = basis @ datum.gram @ basis.T / datum.denominator / scale**2
    kept = np.eye(datum.rank, dtype=np.int64)
    fixed = (item for coset in signed_group(mirrors) for item in fixed_subtori(coset, kept, dual, label))
    volume = (2 * math.pi * scale) ** datum.rank / math.sqrt(datum.covolume_square)
    return finite_orbits(datum.rank, volume, fixed, f"the Weyl group, of {label}").lower


@dataclass(frozen=True)
class Subgroup:
    """Dimension and volume of a closed subgroup in the restricted metric."""

    dim: int
    volume: float


def subgroup(action: LinearAction, factor: Fraction) -> Subgroup:
    """Dimension and volume of a closed group of matrices, from its torus cosets.

    Its identity component has the volume vol(T)·Π 2π/⟨ρ, α⟩; the number of components is one over the
    share of the cosets that lie in it, those whose representative is an element of the maximal torus T.

    Parameters
    ----------
    action : LinearAction
    factor : Fraction
        The metric is factor·tr(XᵀY) of the real matrices.

    Returns
    -------
    Subgroup

    Examples
    --------
    >>> from weylspec.groups.orthogonal import O, SO
    >>> found = subgroup(SO(3).copies(2).natural(), Fraction(1, 2))
    >>> found.dim, round(found.volume / (8 * math.pi**2 * 2**1.5), 12)
    (3, 1.0)
    >>> round(subgroup(O(3).natural(), Fraction(1, 2)).volume / (8 * math.pi**2), 12)
    2.0
    """
    cosets = list(action.cosets())
    rank = max(coset.rank for coset in cosets)
    if not rank:
        return Subgroup(0, float(1 / sum((c.share for c in cosets if c.is_identity), Fraction(0))))
    torus = next((c for c in cosets if c.rank == rank and set(c.lengths) == {1} and _lies_in_torus(c, c.weights)), None)
    if torus is None:
        raise GroupActionError(f"{action.label} has no coset in its identity component")
    share = sum((c.share for c in cosets if c.rank == rank and _lies_in_torus(c, torus.weights)), Fraction(0))
    return Subgroup(rank + len(torus.roots), _connected_volume(torus, factor) / float(share))


def _lies_in_torus(coset: LinearCoset, weights: IntMatrix) -> bool:
    """Whether the representative of a coset is an element of its torus: W θ ≡ phases has a solution."""
    if set(coset.lengths) != {1} or coset.weights.shape != weights.shape:
        return False
    return solve_mod_one(coset.weights, coset.phases) is not None


def _connected_volume(torus: LinearCoset, factor: Fraction) -> float:
    """(2π)^r √det(metric on T)/[cocharacters : Z^r] · Π 2π/⟨ρ, α⟩ over the positive roots."""
    metric = float(factor) * (torus.weights.T @ torus.weights)
    dual = np.linalg.inv(metric)
    generic = np.array([1 / (i + math.sqrt(2)) for i in range(torus.rank)])
    positive = [root for root in torus.roots if root @ generic > 0]
    rho = sum((root / 2 for root in positive), np.zeros(torus.rank))
    flat = (2 * math.pi) ** torus.rank * math.sqrt(np.linalg.det(metric)) / torsion_order(torus.weights)
    return float(flat * math.prod(2 * math.pi / float(rho @ dual @ root) for root in positive))
