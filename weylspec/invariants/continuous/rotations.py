"""Geometry of spheres modulo rotations: products of SO(k) on copies of R^k, with components.

Everything reduces to the quotient's own coordinates: the singular values of the m vectors of R^k
that one factor SO(k) moves. For X with singular values σ (padded by zeros to k of them) the orbit
has volume vol SO(k)/vol SO(k − r) · Π (σ_i² + σ_j²)^{1/2} over the pairs that are not both zero,
r = min(m, k). Volumes are Gaussian averages of homogeneous functions, which factor over the blocks,
so that each block costs one small smooth integral.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.groups.cosets import LinearCoset
from weylspec.groups.lie_algebra import CompactAlgebra
from weylspec.groups.linear_action import LinearAction, OrthogonalBlock
from weylspec.invariants.continuous.isotropy import generic_point
from weylspec.invariants.continuous.mirrors import has_mirror
from weylspec.invariants.continuous.sections import largest_codimension, polar_orbits
from weylspec.invariants.continuous.singular_values import mean_inverse_orbit, mean_wall_weight, orbit_dimension
from weylspec.invariants.continuous.strata import mirror_strata
from weylspec.invariants.continuous.subspaces import annihilator
from weylspec.invariants.continuous.wall_volumes import different_walls, wall_volume
from weylspec.invariants.orbit_spaces.geometry import CLOSED_FORM, OrbitGeometry, Wall, scalar_terms, sphere_volume
from weylspec.invariants.orbit_spaces.orbit_integrals import Estimate

FloatArray = npt.NDArray[np.float64]

_TOLERANCE = 1e-7  # orbit invariants of a generic point of O(1) size, after a few roundings


@dataclass(frozen=True)
class Component:
    """What one coset does to the orbits of the identity component.

    Attributes
    ----------
    share : Fraction
    kind : str
        "trivial": it fixes every orbit; "flip": it only reverses the orientation of one block;
        "reflects": it is a reflection of the coordinates outside the blocks; "swaps": it is a reflection
        among the two vectors of one block, x ↔ y in some basis; "moves": anything else.
    block : int
        The block, for "flip" and "swaps".
    """

    share: Fraction
    kind: str
    block: int = -1


def rotation_orbits(action: LinearAction, radius: float) -> OrbitGeometry:
    """Geometry of S^{N−1}(radius)/G for a G whose identity component is a product of SO(k)'s.

    Parameters
    ----------
    action : LinearAction
        On R^N.
    radius : float

    Returns
    -------
    OrbitGeometry
        The volume is ∫ dvol/vol(G_0 x) divided by the number of components that act differently on
        M/G_0; the walls are where orbits collapse, and mirrors of components.

    Examples
    --------
    Two vectors of R³ modulo O(3), a hemisphere of radius ½:

    >>> from weylspec.groups.orthogonal import O
    >>> rotation_orbits(O(3).copies(2).natural(), 1.0).volume / math.pi
    0.5
    """
    if all(block.copies == 1 for block in action.blocks):
        return polar_orbits(action, radius)
    cosets = list(action.cosets())
    components = [classify(action, coset) for coset in cosets]
    kernel = sum((c.share for c in components if c.kind == "trivial"), Fraction(0))
    flipped = {c.block for c in components if c.kind == "flip"}
    n = action.size
    dims = [orbit_dimension(b.copies, b.degree) for b in action.blocks]
    means = [mean_inverse_orbit(b.copies, b.degree) for b in action.blocks]
    d = n - 1 - sum(dims)
    volume = _spherical(n, -sum(dims), math.prod(mean for mean, _ in means)) * float(kernel) * radius**d
    error = CLOSED_FORM + sum(error for _, error in means)
    walls = []
    mirrors = math.fsum(
        2 * float(c.share) * _mirror_area(action, c, dims, [mean for mean, _ in means])
        for c in components if c.kind in ("reflects", "swaps")
    )
    if mirrors:
        walls.append(Wall(mirrors * radius ** (d - 1), 0.25, f"mirrors of {action.label}", error))
    for i, block in enumerate(action.blocks):
        m, k = block.copies, block.degree
        mirror = m == k and i in flipped
        if m < k or mirror:
            mean, own = mean_wall_weight(m, k)
            rest = math.prod(value for j, (value, _) in enumerate(means) if j != i)
            power = (m - 1) - orbit_dimension(m - 1, k) - sum(dim for j, dim in enumerate(dims) if j != i)
            area = sphere_volume(m - 1) / 2 * _spherical(n - k, power, mean * rest)
            walls.append(Wall(
                area * float(kernel) * (2 if mirror else 1) * radius ** (d - 1), (1 - (k - m)) / 4,
                f"{m} vectors of R^{k} become dependent: orbits of {action.label} collapse by a {k - m}-sphere",
                error + own,
            ))
    moving = [coset for coset, c in zip(cosets, components, strict=True) if c.kind == "moves"]
    mirrored = [coset for coset in moving if has_mirror(action, coset, sum(dims))]
    walls += [Wall(area.value * radius ** (d - 1), 0.25, f"mirrors of {action.label}", area.error)
              for area in _areas(action, mirrored)]
    single = len(action.blocks) == 1 and action.blocks[0].degree == 2 and action.blocks[0].coordinates.size == n
    hopf = single and len(cosets) == 1
    base = f"CP^{d // 2}, the base of Hopf's circles"
    curved = scalar_terms(d, volume, d * (d + 2) / radius**2, base) if hopf else ()
    return OrbitGeometry(
        d, volume, error, tuple(walls), curved, math.inf, True if hopf else None, single,
        f"∫ dvol(x)/vol(Gx) over M, G = {action.label}", True,
        hopf, codim=largest_codimension(action), remainder=d - 4 if hopf else None,
    )


def _areas(action: LinearAction, cosets: list[LinearCoset]) -> list[Estimate]:
    """Areas in the unit sphere modulo G of the mirrors of some components, by integration."""
    if not cosets:
        return []
    group = CompactAlgebra.generated(list(action.algebra))
    isotropy = annihilator(group.basis, generic_point(action.size)[None])
    strata = different_walls(action, group, mirror_strata(cosets, group, isotropy))
    return [wall_volume(action, group, stratum) for stratum in strata]


def _mirror_area(action: LinearAction, component: Component, dims: list[int], means: list[float]) -> float:
    """Volume in the unit sphere modulo G_0 of what a component reflects in.

    A reflection outside the blocks fixes a sphere of one dimension less. One among two vectors fixes
    the pairs at right angles in its basis; modulo rotations they are a quadrant (|x|, |y|), a section at
    right angles to the orbits.
    """
    n = action.size
    if component.kind == "reflects":
        return _spherical(n - 1, -sum(dims), math.prod(means))
    i, k = component.block, action.blocks[component.block].degree
    rest = math.prod(means[:i] + means[i + 1:])
    return _spherical(n - 2 * k + 2, dims[i] - sum(dims), rest / 4)


def classify(action: LinearAction, coset: LinearCoset) -> Component:
    """Compare a generic point with its image under the coset, orbit by orbit (Procrustes).

    Components of G commute with its identity component, so they keep the coordinates outside the blocks.

    Parameters
    ----------
    action : LinearAction
    coset : LinearCoset

    Returns
    -------
    Component

    Examples
    --------
    On two vectors of R³ a reflection does what a rotation does:

    >>> from weylspec.groups.orthogonal import O
    >>> [classify(O(3).copies(2).natural(), c).kind for c in O(3).copies(2).natural().cosets()]
    ['trivial', 'trivial']
    """
    x = np.random.default_rng(1729).standard_normal(action.size)
    y = coset.element() @ x
    used = np.zeros(action.size, dtype=bool)
    flips, swaps = [], []
    for index, block in enumerate(action.blocks):
        used[block.coordinates] = True
        first, second = x[block.coordinates], y[block.coordinates]
        if np.abs(first @ first.T - second @ second.T).max() > _TOLERANCE:
            if not _swaps(block, coset.element()):
                return Component(coset.share, "moves")
            swaps.append(index)
        elif block.copies >= block.degree and _reverses(first, second):
            flips.append(index)
    rest = np.flatnonzero(~used)
    moved = np.linalg.matrix_rank(coset.element()[np.ix_(rest, rest)] - np.eye(len(rest)), tol=_TOLERANCE)
    if moved + len(flips) + len(swaps) == 0:
        return Component(coset.share, "trivial")
    if moved + len(flips) + len(swaps) > 1:
        return Component(coset.share, "moves")
    return Component(coset.share, "reflects" if moved else "flip" if flips else "swaps", (*flips, *swaps, -1)[0])


def _swaps(block: OrthogonalBlock, element: FloatArray) -> bool:
    """Whether an element is γ ⊗ r on two vectors of R^k, k ≥ 3, with a reflection γ of R² and r in O(k)."""
    m, k = block.copies, block.degree
    if m != 2 or k < 3:
        return False
    chosen = block.coordinates.reshape(-1)
    paired = element[np.ix_(chosen, chosen)].reshape(m, k, m, k).transpose(0, 2, 1, 3).reshape(m * m, k * k)
    left, sizes, _ = np.linalg.svd(paired)
    return float(sizes[1]) < _TOLERANCE and float(np.linalg.det(left[:, 0].reshape(m, m))) < 0


def _reverses(first: FloatArray, second: FloatArray) -> bool:
    """Whether the orthogonal map that takes the rows of one to those of the other reverses orientation."""
    return float(np.linalg.det(np.linalg.lstsq(first, second)[0])) < 0


def _spherical(n: int, power: int, gaussian_mean: float) -> float:
    """∫ over S^{n−1} of a function homogeneous of a degree, from its mean over N(0, 1)ⁿ."""
    a = (n + power) / 2
    return gaussian_mean * float((2 * math.pi) ** (n / 2)) / (float(2.0 ** (a - 1)) * math.gamma(a))
