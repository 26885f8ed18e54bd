"""Geometry of a power of a sphere modulo a group that moves all points alike, and permutations of the points.

m points of S^{N−1} modulo O(N) are their Gram matrix; modulo SO(N) also their orientation, where m ≥ N. So the
quotient by O(N) does not depend on N ≥ m, and its boundary, where the points become dependent, is the quotient of
m points of R^{m−1}. A permutation of m ≥ 3 points moves a generic Gram matrix; those that a transposition fixes have
codimension m − 2.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, UnknownGeometryError
from weylspec.groups.factor_action import FactorAction
from weylspec.groups.joint import joint
from weylspec.groups.lie_algebra import CompactAlgebra
from weylspec.groups.linear_action import LinearAction
from weylspec.groups.orthogonal import SO
from weylspec.invariants.averages.power_cosets import coset_power
from weylspec.invariants.continuous.isotropy import idle_share, principal_isotropy, trace_volume
from weylspec.invariants.continuous.singular_values import special_orthogonal_volume
from weylspec.invariants.continuous.slices import connected_volume
from weylspec.invariants.continuous.spheres import smallest_orbit
from weylspec.invariants.continuous.strata import collapsing_strata, mirror_strata
from weylspec.invariants.continuous.subspaces import orbit_dimension
from weylspec.invariants.continuous.wall_volumes import different_walls, wall_volume
from weylspec.invariants.orbit_spaces.fixed_sets import FixedSet, finite_orbits
from weylspec.invariants.orbit_spaces.geometry import CLOSED_FORM, OrbitGeometry, Term, Wall, sphere_volume
from weylspec.invariants.orbit_spaces.orbit_integrals import TARGET, Estimate
from weylspec.invariants.orbit_spaces.spheres import normal_determinant

FloatArray = npt.NDArray[np.float64]

# Gram matrices of three points with c₁₃ = c₂₃: pairs (x, sx) and points of the mirror of s, modulo its centraliser
_ISOSCELES = math.pi * math.sqrt(2) * math.asin(math.sqrt(2 / 3))


def diagonal_orbits(action: LinearAction, parts: FactorAction[Any], radius: float) -> OrbitGeometry:
    """Geometry of (S^{N−1}(radius))^m modulo a diagonal action with permutations of the factors.

    Parameters
    ----------
    action : LinearAction
        The group that moves all factors alike, on R^N.
    parts : FactorAction
        The permutations.
    radius : float

    Returns
    -------
    OrbitGeometry

        By fixed sets for a finite group, by Gram matrices for SO(N) and O(N), else by integration.

    Examples
    --------
    Two points of S² modulo rotations: their distance times √2.

    >>> from weylspec.groups.orthogonal import SO
    >>> pair = SO(3).copies(2).on_factors(2)
    >>> diagonal_orbits(SO(3).natural(), pair, 1.0).volume * 2**0.5 / math.pi
    1.0
    """
    if action.is_finite:
        n = action.size - 1
        volume = (sphere_volume(n) * radius**n) ** parts.m
        return finite_orbits(n * parts.m, volume, fixed_products(action, parts, radius), parts.label,
                             scalar_curvature=parts.m * n * (n - 1) / radius**2)
    if is_whole(action) and action.size > 2:
        return _configurations(action, parts, radius)
    return _integrated(action, parts, radius)


def fixed_products(action: LinearAction, parts: FactorAction[Any], radius: float) -> Iterator[FixedSet]:
    """The fixed set of every class of a finite diagonal group with permutations, where there is one.

    A cycle of c factors with the product h^c fixes {(x, hx, …)}, x in the sphere that h^c fixes.

    Yields
    ------
    FixedSet

    Examples
    --------
    The exchange of two points of S² fixes a diagonal of volume 2·4π; the normal determinant is 4:

    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> from weylspec.groups.matrix import MatrixGroup
    >>> swap, _ = fixed_products(MatrixGroup([np.eye(3)]).natural(), SymmetricGroup(2).on_factors(2), 1.0)
    >>> swap.dim, swap.volume / math.pi, swap.normal
    (2, 8.0, 4.0)
    """
    for share, lengths in parts.cycle_types():
        for coset in action.cosets():
            powers = [(c, coset_power(coset, c)) for c in lengths]
            fixed = [(c, power.fixed_dim - 1) for c, power in powers]
            if min(f for _, f in fixed) < 0:
                continue
            volume = math.prod(math.sqrt(c) ** f * sphere_volume(f) * radius**f for c, f in fixed)
            normal = math.prod(c**f * normal_determinant(power) for (c, power), (_, f) in zip(
                powers, fixed, strict=True))
            yield FixedSet(share * coset.share, sum(f for _, f in fixed), volume, normal, parts.label)


def is_whole(action: LinearAction) -> bool:
    """Whether the identity component is all of SO(N).

    Examples
    --------
    >>> from weylspec.groups.orthogonal import O, SO
    >>> is_whole(O(3).natural()), is_whole(SO(3).natural().extended(4))
    (True, False)
    """
    return len(action.blocks) == 1 and all(
        not block.subalgebra and block.copies == 1 and block.degree == action.size for block in action.blocks)


def _configurations(action: LinearAction, parts: FactorAction[Any], radius: float) -> OrbitGeometry:
    n, m = action.size, parts.m
    oriented = m >= n
    reverses = any(np.linalg.det(coset.element()) < 0 for coset in action.cosets())
    permuting = 1 if m == 2 else parts.permuting_order  # two points exchanged have the same distance
    order = permuting * (2 if oriented and reverses else 1)
    value, error = point_volume((1.0,) * m, n)
    d = m * (n - 1) - n * (n - 1) // 2 + max(n - m, 0) * max(n - m - 1, 0) // 2
    walls = []
    if m < n or (m == n and reverses):
        flat, own = point_volume((1.0,) * m, m - 1) if m > 2 else (4.0, CLOSED_FORM)
        k = n - m
        source = f"{m} points become dependent: " + (
            f"orbits of {parts.label} collapse by a {k}-sphere" if k else f"mirrors of {parts.label}")
        walls.append(Wall(flat / 2 / permuting * radius ** (d - 1), (1 - k) / 4, source, own))
    swaps = sum(share for share, lengths in parts.cycle_types() if sorted(lengths) == [1, 2]) if m == 3 else 0
    if swaps and (m < n or reverses):
        walls.append(Wall(2 * float(swaps) * _ISOSCELES * radius ** (d - 1), 0.25,
                          f"triangles with two equal sides, by {parts.label}"))
    lower = _turned_figures(parts, reverses, radius) if n == 3 else ()
    return OrbitGeometry(
        d, value / order * radius**d, error, tuple(walls), lower, math.inf, None, False,
        f"∫ dvol/vol(Gx) over {m} points of the sphere, {parts.label}", codim=(m - 1) * (n - 1),
    )


def _integrated(action: LinearAction, parts: FactorAction[Any], radius: float) -> OrbitGeometry:
    """∫ dvol/vol(Gx) over the product of spheres in R^{Nm}, divided by what the components do to the orbits."""
    n, m = action.size, parts.m
    lifted = action.tensor(m, inner=False, label=parts.label)
    every = lifted
    if parts.permutations is not None:
        every = joint(lifted, parts.permutations.tensor(n, inner=True, label=parts.label), parts.label)
    group = CompactAlgebra.generated(list(lifted.algebra))
    isotropy = principal_isotropy(group)
    orbit_dim = orbit_dimension(group.basis, np.eye(m * n))
    share, d = float(idle_share(every, group, m)), m * (n - 1) - orbit_dim

    def volume(rel: float, rng: np.random.Generator | None) -> Estimate:
        found = connected_volume(
            group.basis, _spheres(m, n), (radius,) * m, trace_volume(group), isotropy.volume, rel, rng)
        return Estimate(found.value * share, found.error)

    found = volume(TARGET, None)
    try:
        strata = different_walls(every, group, [*collapsing_strata(group, isotropy.algebra, m),
                                                *mirror_strata(every.cosets(), group, isotropy.algebra, m)], m)
        areas = [wall_volume(every, group, stratum, m=m) for stratum in strata]
        complete = isotropy.components == 1 or all(s.k for s in strata)
    except (CostError, UnknownGeometryError):
        strata, areas, complete = [], [], False
    walls = tuple(
        Wall(area.value * radius ** (d - 1), (1 - s.k) / 4,
             f"orbits of {parts.label} collapse by a {s.k}-sphere" if s.k else f"mirrors of {parts.label}", area.error)
        for s, area in zip(strata, areas, strict=True)
    )
    smallest = smallest_orbit(CompactAlgebra.generated(list(action.algebra)))  # all points are one
    return OrbitGeometry(
        d, found.value, found.error, walls, (), math.inf, None,
        smallest == orbit_dim, f"∫ dvol/vol(Gx) over {m} points of the sphere, {parts.label}", complete,
        codim=None if smallest is None else m * (n - 1) - smallest, refine=volume,
    )


def _spheres(m: int, n: int) -> tuple[FloatArray, ...]:
    """Rows that span the m factors R^n of R^{nm}."""
    return tuple(np.eye(m * n)[i * n: (i + 1) * n] for i in range(m))


def _turned_figures(parts: FactorAction[Any], reverses: bool, radius: float) -> tuple[Term, ...]:
    """Figures of m ≥ 3 points of S² that an isometry and a permutation leave alone, of codimension 2.

    Two points coincide; a half-turn exchanges the points of one pair, the third on its axis, or those of two
    pairs; a third of a turn moves a regular triangle. A mirror image is the figure itself where all four points
    are in the plane, or two, or none. A figure is a point of the product of scaled spheres modulo the centraliser
    of the isometry.
    """
    m = parts.m
    if m < 3:
        return ()
    pairs = 8 * math.pi**2 * (math.sqrt(2) - 1)
    turned = {  # cycle type: volume, |det(1 − g)| on the two normal directions
        (1, 2): (math.sqrt(2) * math.pi, 4.0), (3,): (math.sqrt(3) * math.pi, 3.0), (2, 2): (pairs, 4.0)}
    mirrored = {(1, 1, 1, 1): 2 * math.pi**3, (1, 1, 2): math.sqrt(2) * math.pi**3, (2, 2): pairs}
    total, swaps = 0.0, Fraction(0)
    for share, lengths in parts.cycle_types():
        kind = tuple(sorted(lengths))
        volume, normal = turned.get(kind, (0.0, 1.0))
        figures = volume / normal
        if reverses:
            figures = (figures + mirrored.get(kind, 0.0) / 4) / 2
        total += float(share) * figures
        swaps += share if m - len(kind) == 1 else 0
    if swaps:
        total += float(swaps) * point_volume((math.sqrt(2),) + (1.0,) * (m - 2), 3)[0] / (8 if reverses else 4)
    dim = 2 * m - 5
    source = f"figures that an isometry and an element of {parts.label} leave alone, codimension 2"
    return (Term(dim, total * radius**dim, source),) if total else ()


@lru_cache(maxsize=64)
def point_volume(radii: tuple[float, ...], n: int) -> tuple[float, float]:
    """Volume of m ≥ 2 points on spheres of R^n, n ≥ 2, modulo SO(n), and its relative error.

    Parameters
    ----------
    radii : tuple of m floats
    n : int

    Returns
    -------
    volume, relative error : float

    Examples
    --------
    Three points of a circle, a torus of dimension 2:

    >>> point_volume((1.0,) * 3, 2)[0] * 3**0.5 / (4 * math.pi**2)
    1.0
    """
    m, size = len(radii), math.hypot(*radii)
    if n == 2:
        return float((2 * math.pi) ** (m - 1)) * math.prod(radii) / size, CLOSED_FORM
    if m == 2:
        return math.pi * math.prod(radii) / size, CLOSED_FORM
    if n > m:
        value, error = point_volume(radii, m)
        return value / 2, error
    algebra = np.array(SO(n).copies(m).natural().algebra)
    # In the metric tr(XᵀY) of m copies, 2m times the one in which SO(n)/SO(n − 1) is the unit sphere.
    group = special_orthogonal_volume(n) * (2 * m) ** (n * (n - 1) / 4)
    found = connected_volume(algebra, _spheres(m, n), radii, group)
    return found.value, found.error
