"""`Space`: what every space answers. The operators that make new spaces stand in `weylspec.spaces.base`."""

from __future__ import annotations

import math
import sys
from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, GroupActionError, WeylspecError
from weylspec.exact.limits import check_operations
from weylspec.groups.base import whole
from weylspec.invariants.orbit_spaces.geometry import (
    CLOSED_FORM,
    OrbitGeometry,
    Term,
    Wall,
    assemble_terms,
    scalar_terms,
    weyl_constant,
    weyl_cutoff,
)
from weylspec.spaces.points import PointSpace
from weylspec.units import Number, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from weylspec.groups.base import Group
    from weylspec.groups.factor_action import FactorAction
    from weylspec.invariants.averages.hilbert import HilbertSeries
    from weylspec.invariants.heat_expansion import HeatExpansion
    from weylspec.invariants.orbit_spaces.orbit_sizes import OrbitSize
    from weylspec.invariants.points.representatives import Orbits
    from weylspec.spaces._characters import CharacterCount
    from weylspec.spaces._powers import PowerSymmetry
    from weylspec.spectrum import Spectrum

FloatArray = npt.NDArray[np.float64]

_DIRECT = 1e7  # operations of a count without a list for which no other way is looked for
_QUICK = 1e8  # operations that a first list may take, where the law of large λ may be far from the first levels


@dataclass(frozen=True)
class Counter:
    """One way to count eigenvalues ≤ λ, with its cost in operations; `lists` if it makes the list of all levels.

    `lattices` are those whose points it counts, if it does: they make those of a product.
    """

    name: str
    cost: Callable[[Number], float]
    count: Callable[[Number], int]
    lists: bool = False
    lattices: CharacterCount | None = None

    def operations(self, lam: Number) -> float:
        """The cost at λ; infinite beyond any float."""
        try:
            return self.cost(lam)
        except OverflowError:
            return math.inf


def cheapest(counters: Sequence[Counter], lam: Number) -> Counter:
    """The one of least cost, or the first one without a list that is quick: to estimate the others may take longer."""
    costs: list[float] = []
    for counter in counters:
        costs.append(counter.operations(lam))
        if costs[-1] < _DIRECT and not counter.lists:
            break
    return counters[costs.index(min(costs))]


class Space(PointSpace):
    """A compact Riemannian space with a Laplacian Δ ≥ 0.

    A concrete space supplies `dim`, `ambient_dim`, `volume` and `levels`; whatever else it does
    not override refuses, naming the space.
    """

    # -- geometry ---------------------------------------------------------------------------

    @property
    @abstractmethod
    def dim(self) -> int:
        """Dimension d."""

    @property
    @abstractmethod
    def volume(self) -> float:
        """Riemannian volume (true, not normalised)."""

    @property
    def volume_error(self) -> float:
        """Relative error bound or estimate of `volume`."""
        return CLOSED_FORM

    @property
    def walls(self) -> tuple[Wall, ...]:
        """Parts of the boundary that the second term of Weyl's law sees."""
        return ()

    @property
    def boundary_volume(self) -> float:
        """Σ of the walls' volumes."""
        return math.fsum(wall.volume for wall in self.walls)

    @property
    def scalar_curvature(self) -> float:
        """Scalar curvature; its maximum where it is not constant."""
        raise self._cannot("scalar curvature")

    @property
    def length(self) -> float:
        """A length of the space, vol^{1/d}, or a shorter one on which its spectrum is known to oscillate."""
        return float(self.volume ** (1 / self.dim)) if self.dim else math.inf

    @property
    def counting_margin(self) -> float | None:
        """ρ with N(λ) ≤ c_d·vol·(√λ + ρ)^d at every λ, where that is proved; None elsewhere."""
        return None

    @property
    def terms(self) -> tuple[Term, ...]:
        """The smooth terms of the heat trace that geometry gives, leading one first."""
        curved = scalar_terms(self.dim, self.volume, self.scalar_curvature, repr(self), self.volume_error)
        return assemble_terms(self.dim, self.volume, f"vol({self!r})", self.walls, curved, self.volume_error)

    @property
    def remainder_dim(self) -> float:
        """Dimension p of the first term not wholly in `terms`: heat trace = Σ terms + O(t^{−p/2}), up to logarithms.

        For a closed space of constant scalar curvature dim − 4, the square of the curvature; −∞ where all is known.
        """
        return self.dim - 4 if self.dim > 1 else -math.inf

    @property
    def effective_order(self) -> int | float:
        """Order of the group that is divided out, modulo what acts trivially; 1 for a space that is no quotient."""
        return 1

    @property
    def is_compound(self) -> bool:
        """Whether its expression needs brackets inside a larger one."""
        return False

    @property
    def is_closed_form(self) -> bool:
        """Whether `levels` is exact, so that a list from elsewhere can be compared with it."""
        return True

    @property
    def is_homogeneous(self) -> bool:
        """Whether the isometries act transitively (so that diagonal sums over levels are constant)."""
        return False

    @property
    def is_flat(self) -> bool:
        """Whether it is a flat torus, on which groups act by affine maps of the lattice."""
        return False

    @property
    def orbits_alike(self) -> bool:
        """Whether every point of the space has an orbit of the same dimension above it."""
        return True

    @property
    def codim_max(self) -> int | None:
        """Largest codimension of an orbit above a point of the space; None where it is not known."""
        return self.dim

    def heat_expansion(self) -> HeatExpansion:
        """All powers of t in the heat trace as t → 0, where they are known exactly.

        Returns
        -------
        HeatExpansion

        Raises
        ------
        UnknownGeometryError
            Where they are not.
        """
        raise self._cannot("a closed form of the heat trace's expansion; heat_invariants measures its first terms")

    # -- spectrum ---------------------------------------------------------------------------

    @abstractmethod
    def levels(self, cutoff: Number) -> Spectrum:
        """Every level λ ≤ cutoff with its multiplicity."""

    def spectrum(self, cutoff: Number | None = None, *, num: int | None = None) -> Spectrum:
        """The spectrum up to a cutoff, or the shortest list of whole levels with num eigenvalues.

        Parameters
        ----------
        cutoff : int, float, str or Fraction, optional
            Every level λ ≤ cutoff (closed).
        num : int, optional
            At least this many eigenvalues, with multiplicity; whole levels only.

        Returns
        -------
        Spectrum

        Raises
        ------
        WeylspecError
            Unless exactly one of the two is given, and it is not negative.
        """
        if (cutoff is None) == (num is None):
            raise WeylspecError("give either cutoff=… or num=…, not both and not neither")
        if cutoff is not None:
            value = number(cutoff, "cutoff")
            if value < 0:
                raise WeylspecError(f"cutoff must be >= 0, got {cutoff}")
            if value > sys.float_info.max:
                raise CostError(f"the cutoff is above {sys.float_info.max:.2g}, where levels are no floats; lower it, "
                                "or use count(lam), which needs no list")
            return self.levels(cutoff)
        assert num is not None
        return self._shortest(whole(num, "num", 1))

    def _shortest(self, num: int) -> Spectrum:
        if self.dim == 0:
            raise WeylspecError(f"{self!r} is a point: its only eigenvalue is 0; ask for spectrum(cutoff=0)")
        guess = weyl_cutoff(self.dim, self.volume, num)
        # Where a space is nearly collapsed, or of a high dimension, its first levels lie far below.
        cost = self._list_counter.operations
        while cost(guess) > _QUICK and guess > sys.float_info.min and (
                math.isinf(cost(guess)) or cost(guess / 4) < 0.9 * cost(guess)):
            guess /= 4
        listed = self.levels(guess)
        while listed.total < num:
            guess *= 1.5
            listed = self.levels(guess)
        last = int(np.searchsorted(listed.cumulative, num))
        return listed.up_to(float(listed.eigenvalues[last]))

    def counters(self) -> tuple[Counter, ...]:
        """The ways to count, in no order; the default builds the list."""
        return (self._list_counter,)

    @property
    def _list_counter(self) -> Counter:
        return Counter("list of levels", self.listing_cost, lambda lam: self.levels(lam).count(lam), lists=True)

    def listing_cost(self, lam: Number) -> float:
        """Operations it takes to list the levels ≤ λ, roughly; infinite beyond any float."""
        try:
            size = max(float(number(lam)), 0.0)
            return weyl_constant(self.dim) * self.volume * float(size ** (self.dim / 2)) + 1.0
        except OverflowError:
            return math.inf

    def count(self, lam: Number) -> int:
        """N(λ) = number of eigenvalues ≤ λ with multiplicity, exact, by the cheapest counter.

        Parameters
        ----------
        lam : int, float, str or Fraction
            Exact unless a float; a float within 4 ulp of a level counts it.

        Returns
        -------
        int

        Raises
        ------
        CostError
            If every counter would take too long; the message carries the figure.
        """
        if number(lam, "lam") < 0:
            return 0
        best = cheapest(self.counters(), lam)
        check_operations(best.operations(lam), f"count({lam}) on {self!r}", best.name)
        return best.count(lam)

    # -- points and functions ---------------------------------------------------------------

    def local_count(self, x: npt.ArrayLike, lam: Number) -> FloatArray:
        """N_x(λ) = Σ_{λ_j ≤ λ} φ_j(x)², whose mean over the space is N(λ).

        Parameters
        ----------
        x : array of shape (n, ambient_dim)
        lam : number

        Returns
        -------
        ndarray of shape (n,)
            For φ_j orthonormal for the uniform probability measure; constant on homogeneous spaces.

        Raises
        ------
        UnknownGeometryError
            If the space offers no eigenspace kernels.
        """
        points = self.check_points(x)
        if number(lam, "lam") < 0:
            return np.zeros(len(points))
        if self.is_homogeneous:
            return np.full(len(points), float(self.count(lam)))
        return self._local_sums(points, lam)

    def _local_sums(self, points: FloatArray, lam: Number) -> FloatArray:
        return np.array([self.eigenspace_kernel(row[None], row[None], lam).sum() for row in points])

    def local_term(self, point: FloatArray) -> Term:
        """Leading term of the diagonal heat kernel at a point, times the volume (see `weylspec.local_law`)."""
        if not self.is_homogeneous:
            raise self._cannot("the law of local counts; homogeneous spaces, their quotients and products do")
        return Term(self.dim, self.volume, f"vol({self!r})", self.volume_error)

    # -- symmetry: what a quotient asks of its manifold ---------------------------------------

    def orbit_size(self, action: Any, point: FloatArray) -> OrbitSize:
        """Dimension and volume of the orbit of one point."""
        raise self._cannot("volumes of single orbits; spheres and flat tori do")

    def action(self, group: Group) -> Any:
        """The action of a group on this space, in the form that the space can trace."""
        raise GroupActionError(f"{self!r} cannot be divided by {group!r}: it knows no action of groups on itself")

    def power_symmetry(self, power: Space, parts: FactorAction[Group]) -> PowerSymmetry:
        """A group on the factors of the power M^m of this space, in the form that its powers can trace."""
        from weylspec.spaces._powers import PermutedFactors, refused_diagonal

        if parts.diagonal is not None:
            raise refused_diagonal(self, parts)
        return PermutedFactors(self, power, parts)

    def orbit_geometry(self, action: Any) -> OrbitGeometry:
        """Volume, walls and fixed sets of the quotient by an action, from geometry alone."""
        raise self._cannot("the geometry of quotients")

    def invariant_expansion(self, action: Any) -> HeatExpansion:
        """The expansion of the heat trace on invariant functions as t → 0, where it is known exactly."""
        raise self._cannot("a closed form of the heat trace's expansion on quotients")

    def invariant_levels(self, action: Any, cutoff: Number) -> Spectrum:
        """The levels ≤ cutoff with the dimensions of their invariant subspaces."""
        raise self._cannot("invariant spectra")

    def invariant_listing_cost(self, action: Any, lam: Number) -> float:
        """Operations it takes to list the invariant levels ≤ λ, roughly."""
        return self.listing_cost(lam)

    def invariant_counters(self, action: Any) -> tuple[Counter, ...]:
        """Ways to count invariant eigenvalues without listing them (beside listing them)."""
        return ()

    def invariant_series(self, action: Any) -> HilbertSeries:
        """The rational generating function of the invariant multiplicities, where there is one."""
        raise self._cannot("a Hilbert series; spheres have one")

    def invariant_kernel(self, action: Any, x: FloatArray, y: FloatArray, cutoff: Number) -> FloatArray:
        """Eigenspace kernels averaged over the group, shape (all levels of M, len(x), len(y))."""
        raise self._cannot("invariant kernels")

    def invariant_local_count(self, action: Any, points: FloatArray, lam: Number) -> FloatArray:
        """Σ φ(x)² over the invariant eigenfunctions with eigenvalues ≤ λ, for each point."""
        return np.array([self.invariant_kernel(action, row[None], row[None], lam).sum() for row in points])

    def orbits(self, action: Any) -> Orbits:
        """Representatives and distances of the orbits of an action."""
        raise self._cannot("distances and representatives of orbits; spheres, flat tori and projective spaces do")

    def draw_cells(self, action: Any, ax: Axes | None) -> Axes:
        """A picture of the copies of a fundamental domain under an action."""
        raise self._cannot("pictures of fundamental domains; Sphere(2) and flat tori of dimension 2 do")

    def _repr_html_(self) -> str:
        from weylspec.render.tables import html_table

        rows = [("dimension", str(self.dim)), ("volume", f"{self.volume:.10g}"),
                ("walls", f"{self.boundary_volume:.10g}")]
        return html_table(("", repr(self)), rows)


def check_space(space: object) -> None:
    """Refuse what is not a space, naming it."""
    if not isinstance(space, Space):
        raise WeylspecError(f"expected a space such as Sphere(2) / SymmetricGroup(3), got {space!r}")


def check_sample(n: object, rng: object) -> None:
    """Refuse a sample size that is none, or randomness that is not an explicit generator."""
    whole(n, "the sample size", 0)
    if not isinstance(rng, np.random.Generator):
        raise WeylspecError(f"rng must be a generator such as numpy.random.default_rng(7), got {rng!r}")
