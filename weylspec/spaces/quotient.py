"""`Quotient`: the orbit space M/G, a space like any other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from weylspec.groups.base import Group
from weylspec.invariants.geometry import OrbitGeometry, Term, Wall
from weylspec.spaces.base import Counter, Manifold
from weylspec.spectrum import Spectrum
from weylspec.units import Number

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class Quotient(Manifold):
    """M/G: invariant functions on M, with the geometry of the orbit space.

    The spectrum lists the levels that carry invariant functions, with the dimensions of their
    invariant subspaces; the volume and the walls come from geometry, never from that spectrum.
    M/G carries Neumann conditions on mirrors.

    Attributes
    ----------
    manifold : Manifold
    group : Group

    Examples
    --------
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> from weylspec.spaces.sphere import Sphere
    >>> Q = Sphere(6) / SymmetricGroup(7)
    >>> Q.effective_order, Q.count(8), Q.is_free
    (5040, 2, False)
    """

    manifold: Manifold
    group: Group

    def __post_init__(self) -> None:
        self.action_on_manifold  # noqa: B018  (a group that does not act is refused at once)

    def __reduce__(self) -> tuple[type, tuple[Manifold, Group]]:
        """Pickle what the user wrote; actions and counters are made again on demand."""
        return type(self), (self.manifold, self.group)

    def __repr__(self) -> str:
        return f"{self.manifold!r} / {self.group!r}"

    @cached_property
    def action_on_manifold(self) -> Any:
        """The action of the group, in the form that the manifold traces."""
        return self.manifold.action(self.group)

    def __truediv__(self, group: Group) -> Quotient:
        """(M/H)/G = M/(H·G) for groups that commute."""
        return Quotient(self.manifold, self.group * group)

    # -- geometry ---------------------------------------------------------------------------

    @cached_property
    def geometry(self) -> OrbitGeometry:
        """Dimension, volume, walls and fixed sets, obtained without the spectrum."""
        return self.manifold.orbit_geometry(self.action_on_manifold)

    @property
    def dim(self) -> int:
        """Dimension d of M/G: dim M less that of a principal orbit."""
        return self.geometry.dim

    @property
    def ambient_dim(self) -> int:
        """That of M: points of M/G are given by points of M on their orbits."""
        return self.manifold.ambient_dim

    @property
    def volume(self) -> float:
        """Volume of M/G with the quotient metric, ∫_M dvol(x)/vol(Gx)."""
        return self.geometry.volume

    @property
    def volume_error(self) -> float:
        """Relative error bound or estimate of the volume."""
        return self.geometry.volume_error

    @property
    def walls(self) -> tuple[Wall, ...]:
        """Mirrors and collapsing strata."""
        return self.geometry.walls

    @property
    def terms(self) -> tuple[Term, ...]:
        """Leading term, walls, and the fixed sets of higher codimension of a finite group."""
        if not self.geometry.walls_complete:
            raise self._cannot("the area of the mirrors of this joint action; hand in a law: verify_weyl(…, law=…)")
        return self.geometry.terms

    @property
    def scalar_curvature(self) -> float:
        """That of M."""
        return self.manifold.scalar_curvature

    @property
    def effective_order(self) -> int | float:
        """Order of G modulo the elements that act trivially; infinite for a Lie group."""
        return self.geometry.effective_order

    @property
    def is_free(self) -> bool | None:
        """Whether only elements that act trivially have fixed points; None where not decided."""
        return self.geometry.is_free

    @property
    def total(self) -> Manifold:
        """M."""
        return self.manifold.total

    @property
    def is_compound(self) -> bool:
        """True."""
        return True

    @property
    def is_closed_form(self) -> bool:
        """That of M."""
        return self.manifold.is_closed_form

    @property
    def is_homogeneous(self) -> bool:
        """Whether M/G is known to be: tori modulo translations, spheres modulo Hopf circles."""
        return self.geometry.is_homogeneous

    @property
    def orbits_alike(self) -> bool:
        """Whether all orbits have the same dimension."""
        return self.geometry.orbits_alike

    def scaled(self, r: Number) -> Quotient:
        """(M scaled)/G."""
        return Quotient(self.manifold.scaled(r), self.group)

    # -- spectrum ---------------------------------------------------------------------------

    def levels(self, cutoff: Number) -> Spectrum:
        """Levels that carry invariant functions, with the dimension of the invariant subspace."""
        return self.manifold.invariant_levels(self.action_on_manifold, cutoff)

    @cached_property
    def _invariant_counters(self) -> tuple[Counter, ...]:
        return self.manifold.invariant_counters(self.action_on_manifold)

    def counters(self) -> tuple[Counter, ...]:
        """The list, and what the manifold offers beside it."""
        return (*super().counters(), *self._invariant_counters)

    def listing_cost(self, lam: Number) -> float:
        """That of M: its levels are listed before they are averaged."""
        return self.manifold.listing_cost(lam)

    # -- points and functions -----------------------------------------------------------------

    def check_points(self, x: npt.ArrayLike) -> FloatArray:
        """Points of M."""
        return self.manifold.check_points(x)

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Points of M, uniform there; their orbits are uniform on M/G for the law of the data."""
        return self.manifold.sample(n, rng)

    def eigenspace_kernel(self, x: npt.ArrayLike, y: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Reproducing kernels of the invariant eigenspaces, aligned with ``spectrum(cutoff)``."""
        first, second = self.check_points(x), self.check_points(y)
        every = self.manifold.levels(cutoff)
        mine = self.levels(cutoff)
        values = self.manifold.invariant_kernel(self.action_on_manifold, first, second, cutoff)
        if every.keys is None or mine.keys is None:
            raise self._cannot("eigenspace kernels: its levels are not in closed form")
        wanted = set(map(tuple, mine.keys.tolist()))
        return values[[tuple(key) in wanted for key in every.keys.tolist()]]
