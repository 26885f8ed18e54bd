"""What M/G answers from its manifold and the action of its group."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from weylspec.errors import UnknownGeometryError, WeylspecError
from weylspec.groups.base import Group
from weylspec.invariants.orbit_spaces.geometry import OrbitGeometry, Term, Wall
from weylspec.invariants.orbit_spaces.orbit_integrals import Estimate
from weylspec.spaces.core import Counter, Space
from weylspec.spectrum import Spectrum
from weylspec.units import Number, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from weylspec.invariants.averages.hilbert import HilbertSeries
    from weylspec.invariants.heat_expansion import HeatExpansion
    from weylspec.invariants.points.representatives import Orbits
    from weylspec.spaces.base import Manifold

FloatArray = npt.NDArray[np.float64]


class QuotientSpace(Space):
    """Invariant functions on M, with the geometry of the orbit space."""

    manifold: Manifold
    group: Group

    def __repr__(self) -> str:
        return f"{self.manifold!r} / {self.group!r}"

    @cached_property
    def action_on_manifold(self) -> Any:
        """The action of the group, in the form that the manifold traces."""
        return self.manifold.action(self.group)

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

    def estimate_volume(self, rel: float, rng: np.random.Generator) -> Estimate:
        """The volume to another accuracy, by integration over orbits with random scramblings.

        Parameters
        ----------
        rel : float
            Relative error aimed at; that of the result may be larger where four times 2^20 points do not do.
        rng : Generator

        Returns
        -------
        Estimate
            The stored volume, where that is accurate enough.

        Raises
        ------
        WeylspecError
            If rel is not positive.
        UnknownGeometryError
            If the volume is not integrated and its error is larger than that.

        Examples
        --------
        >>> import numpy as np
        >>> import weylspec as ws
        >>> round((ws.Sphere(2) / ws.SO(2)).estimate_volume(1e-6, np.random.default_rng(0)).value / np.pi, 12)
        1.0
        """
        if not rel > 0:
            raise WeylspecError(f"rel must be a positive number, a relative error such as 1e-4, not {rel!r}")
        found = self.geometry
        if found.volume_error <= rel:
            return Estimate(found.volume, found.volume_error)
        if found.refine is None:
            raise UnknownGeometryError(
                f"the volume of {self!r} is not known to a relative error of {rel:g}, only to {found.volume_error:.1g}")
        return found.refine(rel, rng)

    @property
    def walls(self) -> tuple[Wall, ...]:
        """Mirrors and collapsing strata."""
        return self.geometry.walls

    @property
    def terms(self) -> tuple[Term, ...]:
        """Leading term, walls, curvature, and the fixed sets of higher codimension of a finite group."""
        if not self.geometry.walls_complete:
            raise self._cannot("the area of the mirrors of this joint action; hand in a law: verify_weyl(…, law=…)")
        return self.geometry.terms

    @property
    def remainder_dim(self) -> float:
        """Dimension of the first term that is not wholly in `terms`: d − 2 for most groups of positive dimension."""
        return self.geometry.remainder_dim

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
    def is_compound(self) -> bool:
        """True."""
        return True

    @property
    def is_closed_form(self) -> bool:
        """That of M."""
        return self.manifold.is_closed_form

    @property
    def length(self) -> float:
        """Vol^{1/d}, or a shorter closed geodesic that translations of a torus or rotations of a sphere leave."""
        return min(super().length, self.geometry.length)

    @property
    def is_homogeneous(self) -> bool:
        """Whether M/G is known to be: tori modulo translations, spheres modulo Hopf circles."""
        try:
            return self.geometry.is_homogeneous
        except UnknownGeometryError:
            return False

    @property
    def orbits_alike(self) -> bool:
        """Whether all orbits have the same dimension."""
        return self.geometry.orbits_alike

    @property
    def codim_max(self) -> int | None:
        """Largest codimension of an orbit; None where it is not known."""
        return self.geometry.codim_max

    def heat_expansion(self) -> HeatExpansion:
        """That on invariant functions of M."""
        return self.manifold.invariant_expansion(self.action_on_manifold)

    # -- spectrum ---------------------------------------------------------------------------

    def levels(self, cutoff: Number) -> Spectrum:
        """Levels that carry invariant functions, with the dimension of the invariant subspace."""
        if not self.is_closed_form:
            return self.manifold.invariant_levels(self.action_on_manifold, cutoff)
        for listed in self._longest:
            if number(cutoff) < listed.complete_below:
                return listed.up_to(cutoff)
        found = self.manifold.invariant_levels(self.action_on_manifold, cutoff)
        self._longest[:] = [found]
        return found

    @cached_property
    def _longest(self) -> list[Spectrum]:
        """The longest list made so far: averages over a group cost more than to keep their result."""
        return []

    @cached_property
    def _invariant_counters(self) -> tuple[Counter, ...]:
        return self.manifold.invariant_counters(self.action_on_manifold)

    def counters(self) -> tuple[Counter, ...]:
        """The list, and what the manifold offers beside it."""
        return (*super().counters(), *self._invariant_counters)

    def hilbert_series(self) -> HilbertSeries:
        """The rational generating function Σ m_k t^k of multiplicities by degree, on a quotient of a sphere.

        Returns
        -------
        HilbertSeries
            With its numerator and denominator, its expansion at t = 1, and counts at degrees of any size.

        Examples
        --------
        >>> import weylspec as ws
        >>> (ws.Sphere(8) / ws.SO(3).copies(3)).hilbert_series().expression.together()
        (t**2 - t + 1)/((1 - t)**5*(t + 1)**4)
        """
        return self.manifold.invariant_series(self.action_on_manifold)

    def listing_cost(self, lam: Number) -> float:
        """That of the invariant levels of M."""
        return self.manifold.invariant_listing_cost(self.action_on_manifold, lam)

    # -- points and functions -----------------------------------------------------------------

    def local_term(self, point: FloatArray) -> Term:
        """vol(M)/vol(Gx), of the dimension that the orbit of the point leaves."""
        whole, orbit = self.manifold.local_term(point), self.manifold.orbit_size(self.action_on_manifold, point)
        return Term(whole.dim - orbit.dim, whole.coefficient / orbit.volume, f"vol(M)/vol(Gx), Gx by {self.group!r}")

    def check_points(self, x: npt.ArrayLike) -> FloatArray:
        """Points of M."""
        return self.manifold.check_points(x)

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Points of M, uniform there; their orbits are uniform on M/G for the law of the data."""
        return self.manifold.sample(n, rng)

    @cached_property
    def _orbits(self) -> Orbits:
        return self.manifold.orbits(self.action_on_manifold)

    def canonical(self, x: npt.ArrayLike) -> FloatArray:
        """One point of each orbit, the same for all of its points.

        Parameters
        ----------
        x : array of shape (n, ambient_dim)

        Returns
        -------
        ndarray of shape (n, ambient_dim)
            Sorted coordinates, points of a Weyl chamber, or those nearest to a fixed generic point: a
            fundamental domain, but for walls where it must choose.

        Raises
        ------
        UnknownGeometryError
            For a group whose orbits are not told apart; the message says which are.

        Examples
        --------
        >>> from weylspec.groups.permutation import SymmetricGroup
        >>> from weylspec.spaces.sphere import Sphere
        >>> (Sphere(2) / SymmetricGroup(3)).canonical([[0.0, 0.6, 0.8]]).tolist()
        [[0.8, 0.6, 0.0]]
        """
        return self._orbits.canonical(self.check_points(x))

    def distance(self, x: npt.ArrayLike, y: npt.ArrayLike) -> FloatArray:
        """Distances in M/G, min over g of d_M(x, gy), shape (len(x), len(y)).

        Parameters
        ----------
        x, y : arrays of shape (n, ambient_dim) and (m, ambient_dim)

        Returns
        -------
        ndarray of shape (n, m)

        Raises
        ------
        UnknownGeometryError
            For a group whose orbits are not told apart; the message says which are.

        Examples
        --------
        The poles are one point of the projective plane:

        >>> from weylspec.groups.point import PointGroup
        >>> from weylspec.spaces.sphere import Sphere
        >>> (Sphere(2) / PointGroup("Ci")).distance([[0, 0, 1]], [[0, 0, -1], [1, 0, 0]]).round(9).tolist()
        [[0.0, 1.570796327]]
        """
        return self._orbits.distance(self.check_points(x), self.check_points(y))

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw a fundamental domain and its copies, with mirrors, glides and centres of rotation.

        The domain holds the points that are nearer to one point than to its images (Dirichlet 1850). A flag in it
        has no symmetry: its images are an orbit, and the light copies with a reversed one are mirror images.

        Parameters
        ----------
        ax : Axes, optional
            Default: a new pyplot figure.

        Returns
        -------
        Axes

        Raises
        ------
        UnknownGeometryError
            Unless a finite group, of at most 500 elements, acts on S² or on a flat 2-torus.

        Examples
        --------
        >>> from weylspec.groups.point import PointGroup
        >>> from weylspec.render.pictures import canvas
        >>> from weylspec.spaces.sphere import Sphere
        >>> _, (ax,) = canvas()
        >>> (Sphere(2) / PointGroup("D3")).plot(ax).get_title(loc="left")
        "PointGroup('D3')"
        """
        return self.manifold.draw_cells(self.action_on_manifold, ax)

    def _local_sums(self, points: FloatArray, lam: Number) -> FloatArray:
        return self.manifold.invariant_local_count(self.action_on_manifold, points, lam)

    def eigenspace_kernel(self, x: npt.ArrayLike, y: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Reproducing kernels of the invariant eigenspaces, aligned with ``spectrum(cutoff)``."""
        first, second = self.check_points(x), self.check_points(y)
        every = self.manifold.levels(cutoff)
        mine = self.levels(cutoff)
        values = self.manifold.invariant_kernel(self.action_on_manifold, first, second, cutoff)
        wanted = set(mine.names())
        return values[[name in wanted for name in every.names()]]
