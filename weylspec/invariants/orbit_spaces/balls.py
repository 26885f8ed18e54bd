"""Geometry of balls and annuli modulo orthogonal groups: fixed discs, and cones over the orbits of the sphere."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.orbit_spaces.fixed_sets import FixedSet, finite_orbits
from weylspec.invariants.orbit_spaces.geometry import CLOSED_FORM, OrbitGeometry, Term, Wall, sphere_volume
from weylspec.invariants.orbit_spaces.spheres import normal_determinant, sphere_orbits


def shell_volume(n: int, inner: float, outer: float) -> float:
    """Volume of the points of Rⁿ with inner ≤ |x| ≤ outer; for n = 0 the number of them.

    Parameters
    ----------
    n : int
    inner, outer : float

    Returns
    -------
    float

    Examples
    --------
    >>> shell_volume(2, 0.0, 1.0) / math.pi, shell_volume(1, 1.0, 3.0), shell_volume(0, 0.0, 1.0)
    (1.0, 4.0, 1.0)
    """
    if n == 0:
        return 1.0 if inner == 0 else 0.0
    return sphere_volume(n - 1) * (outer**n - inner**n) / n


def shell_orbits(action: LinearAction, inner: float, outer: float, ends: tuple[float, float]) -> OrbitGeometry:
    """Geometry of {inner ≤ |x| ≤ outer}/G, its boundary and what meets it included.

    Parameters
    ----------
    action : LinearAction
        On R^N, N ≥ 2.
    inner, outer : float
        inner = 0 for a ball.
    ends : tuple of two floats
        Weights of the walls at the radii: +¼ Neumann, −¼ Dirichlet.

    Returns
    -------
    OrbitGeometry
        A finite group's lower terms are those of its fixed sets, of their boundaries (which fixed sets meet at
        right angles, so that images give weight·vol(∂F)/|det(1 − g)|), and of the boundary's mean curvature.

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> [wall.weight for wall in shell_orbits(SO(3).natural(), 0.0, 1.0, (0.25, 0.25)).walls]
    [-0.25, 0.25]
    """
    radii = [(r, weight) for r, weight in zip((inner, outer), ends, strict=True) if r]
    if not action.is_finite:
        return _cone(action, inner, outer, radii)
    n = action.size
    fixed = list(_fixed(action, inner, outer))
    found = finite_orbits(n, shell_volume(n, inner, outer), fixed, action.label)
    share = 1 / found.effective_order
    walls = tuple(
        Wall(share * sphere_volume(n - 1) * r ** (n - 1), weight, f"boundary |x| = {r:g}") for r, weight in radii
    )
    edges = [
        Term(item.dim - 1, float(item.share) * weight * sphere_volume(item.dim - 1) * r ** (item.dim - 1) / item.normal,
             f"mirrors of {action.label} meet the boundary |x| = {r:g}")
        for item in fixed if n - 1 == item.dim for r, weight in radii
    ]
    return replace(found, walls=(*walls, *found.walls),
                   lower=(*curvature_terms(n, inner, outer, share), *edges, *found.lower),
                   remainder=n - 3)


def curvature_terms(n: int, inner: float, outer: float, share: float = 1.0) -> tuple[Term, ...]:
    """The terms (4πt)^{−(n−2)/2}·∫H/12π of spheres that bound a shell, H the trace of the second form.

    They are the same for both conditions (McKean, Singer 1967); H = (n − 1)/r outside, −(n − 1)/r inside.

    Parameters
    ----------
    n : int
        At least 2.
    inner, outer : float
        inner = 0 for a ball.
    share : float
        Part of the spheres that is counted, 1/|G| for a quotient.

    Returns
    -------
    tuple of at most one Term

    Examples
    --------
    The disk has the constant 1/6, the annulus none:

    >>> round(curvature_terms(2, 0.0, 1.0)[0].coefficient * 6, 12), curvature_terms(2, 0.5, 1.0)
    (1.0, ())
    """
    size = outer ** (n - 2) - (inner ** (n - 2) if inner else 0.0)
    total = share * (n - 1) * sphere_volume(n - 1) * size / (12 * math.pi)
    return (Term(n - 2, total, "mean curvature of the boundary"),) if total else ()


def _fixed(action: LinearAction, inner: float, outer: float) -> Iterator[FixedSet]:
    for coset in action.cosets():
        f = coset.fixed_dim
        volume = shell_volume(f, inner, outer)
        if volume:
            yield FixedSet(coset.share, f, volume, normal_determinant(coset), action.label)


def _cone(action: LinearAction, inner: float, outer: float, radii: list[tuple[float, float]]) -> OrbitGeometry:
    """Lie groups: dr² + r²·(S^{N−1}/G), so that strata of the sphere's quotient are coned."""
    base = sphere_orbits(action, 1.0)
    d = base.dim + 1

    def coned(volume: float, dim: int) -> float:
        return volume * (outer ** (dim + 1) - inner ** (dim + 1)) / (dim + 1)

    walls = [Wall(base.volume * r**base.dim, weight, f"boundary |x| = {r:g}", base.volume_error) for r, weight in radii]
    if base.dim:
        walls += [replace(wall, volume=coned(wall.volume, base.dim - 1)) for wall in base.walls]
    elif not inner:
        n = action.size
        walls.insert(0, Wall(1.0, (2 - n) / 4, f"orbits of {action.label} collapse by a {n - 1}-sphere at the centre"))
    return OrbitGeometry(
        d, coned(base.volume, base.dim), base.volume_error + CLOSED_FORM, tuple(walls), (), math.inf, False,
        bool(inner) and base.orbits_alike, f"cone over the unit sphere's quotient: {base.source}", base.walls_complete,
        codim=base.codim_max and base.codim_max + 1 if inner else action.size,
    )
