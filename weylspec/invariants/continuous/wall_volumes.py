"""Volumes of walls: S(E)/N, E the fixed space of an isotropy group and N the group that maps E to itself.

In a product of spheres M it is (M ∩ E)/N, M ∩ E a product of spheres again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from weylspec.errors import UnknownGeometryError
from weylspec.groups.lie_algebra import CompactAlgebra
from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.continuous.isotropy import generic_point, on_spheres, principal_isotropy, trace_volume
from weylspec.invariants.continuous.normalisers import keeping_algebra
from weylspec.invariants.continuous.polar import find_section
from weylspec.invariants.continuous.slices import connected_volume
from weylspec.invariants.continuous.strata import Stratum, factor_spheres
from weylspec.invariants.continuous.subspaces import commuting_part, orthogonal_rows
from weylspec.invariants.continuous.transporters import carry
from weylspec.invariants.orbit_spaces.geometry import CLOSED_FORM, sphere_volume
from weylspec.invariants.orbit_spaces.orbit_integrals import TARGET, Estimate

FloatArray = npt.NDArray[np.float64]

_SEED = 1729
_TRIALS = 64
_PER_CLASS = 24  # successes wanted per class found: e⁻²⁴ to miss one
_ROUNDS = 10
_STARTS = 8
_TOLERANCE = 1e-6


@dataclass(frozen=True, eq=False)
class ConnectedAction:
    """A connected group on R^e, or the trivial one.

    Attributes
    ----------
    algebra : ndarray of shape (g, e, e)
        Orthonormal.
    """

    algebra: FloatArray

    @property
    def size(self) -> int:
        """Dimension e."""
        return int(self.algebra.shape[-1])

    def volume(
        self, rel: float = TARGET, spheres: Sequence[tuple[FloatArray, float]] = (),
        rng: np.random.Generator | None = None,
    ) -> Estimate:
        """Volume of S^{e−1} modulo the group, or of a product of spheres.

        Parameters
        ----------
        rel : float
            Relative error aimed at, where it is integrated.
        spheres : sequence of (ndarray of shape (b, e), float)
            Orthonormal rows of invariant subspaces, and the radii of the spheres in them.
        rng : Generator, optional
            As of `normal_mean`.

        Returns
        -------
        Estimate

        Examples
        --------
        >>> round(ConnectedAction(np.zeros((0, 2, 2))).volume().value / np.pi, 12)
        2.0
        """
        rows, radii = zip(*(spheres or [(np.eye(self.size), 1.0)]), strict=True)
        if not len(self.algebra):
            return Estimate(math.prod(sphere_volume(len(part) - 1) * r ** (len(part) - 1)
                                      for part, r in zip(rows, radii, strict=True)), CLOSED_FORM)
        section = find_section(self.algebra, rows[0]) if len(rows) == 1 else None
        if section is not None:
            r = section.rank
            return Estimate(sphere_volume(r - 1) * radii[0] ** (r - 1) / section.order, CLOSED_FORM)
        group = CompactAlgebra.generated(list(self.algebra))
        isotropy = principal_isotropy(group)
        return connected_volume(group.basis, rows, radii, trace_volume(group), isotropy.volume, rel, rng)

    def classes(self, points: FloatArray) -> int:
        """Number of different orbits among points of shape (n, e)."""
        noise = np.random.default_rng(_SEED).standard_normal((self.size, self.size))
        invariant = commuting_part(self.algebra, noise + noise.T) if len(self.algebra) else noise + noise.T
        values = np.einsum("ni,ij,nj->n", points, invariant, points)
        starts = np.eye(self.size)[None]
        if len(self.algebra):
            group = CompactAlgebra.generated(list(self.algebra))
            starts = np.concatenate([starts, group.sample(_STARTS, np.random.default_rng(_SEED))])
        found: list[tuple[float, FloatArray]] = []
        for value, point in zip(values.tolist(), points, strict=True):
            known = [other for size, other in found if abs(size - value) < _TOLERANCE]
            if not any(self._joins(starts @ point, other) for other in known):
                found.append((value, point))
        return len(found)

    def _joins(self, points: FloatArray, goal: FloatArray) -> bool:
        if not len(self.algebra):
            return float(np.abs(points - goal).max()) < _TOLERANCE
        return bool(carry(self.algebra, points, np.eye(self.size), goal)[1].any())


def wall_volume(
    action: LinearAction, group: CompactAlgebra, stratum: Stratum, rel: float = TARGET, m: int = 1,
    rng: np.random.Generator | None = None,
) -> Estimate:
    """Volume of a wall of S^{N−1}/G, or of (S^{n−1})^m/G; of the whole quotient, if E is fixed by principal isotropy.

    Parameters
    ----------
    action : LinearAction
        Of G.
    group : CompactAlgebra
        Its identity component.
    stratum : Stratum
    rel : float
    m : int
        Number of unit spheres.
    rng : Generator, optional
        As of `normal_mean`.

    Returns
    -------
    Estimate

    Raises
    ------
    UnknownGeometryError
        If the components of N could not be counted.

    Examples
    --------
    Two vectors of R³ that depend on each other, up to rotations: a circle of length π.

    >>> from weylspec.groups.orthogonal import SO
    >>> from weylspec.invariants.continuous.strata import collapsing_strata
    >>> action = SO(3).copies(2).natural()
    >>> group = CompactAlgebra.generated(action.algebra)
    >>> round(wall_volume(action, group, next(collapsing_strata(group, group.basis[:0]))).value / np.pi, 12)
    1.0
    """
    rows = stratum.rows
    outside = orthogonal_rows(rows)
    keeping = ConnectedAction(keeping_algebra(group.basis, rows))
    point = on_spheres(generic_point(len(rows)) @ rows, m)  # other points would have fewer symmetries
    random = np.random.default_rng(_SEED)
    landed = np.zeros((0, len(rows)))
    for _ in range(_ROUNDS):
        starts = action.sample(_TRIALS, random) @ point
        turns, arrived = carry(group.basis, starts, outside)
        images = np.einsum("nij,nj->ni", turns, starts)[arrived]
        landed = np.concatenate([landed, images @ rows.T])
        classes = keeping.classes(landed)
        if len(landed) >= _PER_CLASS * classes:
            found = keeping.volume(rel, factor_spheres(rows, m), rng)
            return Estimate(found.value / classes, found.error)
    raise UnknownGeometryError(
        f"the volume of a wall of the quotient by {action.label} is not known: the symmetries of the points it "
        f"consists of were not certain after {_ROUNDS * _TRIALS} trials"
    )


def different_walls(
    action: LinearAction, group: CompactAlgebra, strata: Iterable[Stratum], m: int = 1
) -> list[Stratum]:
    """Walls without those that G maps to an earlier one.

    Parameters
    ----------
    action : LinearAction
    group : CompactAlgebra
    strata : iterable of Stratum
    m : int
        Number of spheres.

    Returns
    -------
    list of Stratum

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> from weylspec.invariants.continuous.strata import collapsing_strata
    >>> action = SO(4).copies(2).natural()
    >>> group = CompactAlgebra.generated(action.algebra)
    >>> from weylspec.invariants.continuous.isotropy import principal_isotropy
    >>> found = list(collapsing_strata(group, principal_isotropy(group).algebra))
    >>> [stratum.k for stratum in different_walls(action, group, found)]
    [2]
    """
    found: list[Stratum] = []
    starts = action.sample(_STARTS, np.random.default_rng(_SEED))
    for stratum in strata:
        point = on_spheres(generic_point(len(stratum.rows)) @ stratum.rows, m)
        same = [other for other in found if (other.k, len(other.rows)) == (stratum.k, len(stratum.rows))]
        if not any(_meets(group, starts @ point, other.rows) for other in same):
            found.append(stratum)
    return found


def _meets(group: CompactAlgebra, points: FloatArray, rows: FloatArray) -> bool:
    outside = orthogonal_rows(rows)
    return bool(carry(group.basis, points, outside)[1].any())
