"""Second routes to the counts of a row: each shares no code with the way the levels were made.

`null spaces`: on quotients of spheres and projective spaces, polynomials that generators leave alone. `orbits`: on
flat tori, characters one by one, and their orbits under generators. `ranks`: wherever there are points, the
reproducing kernel of a level, averaged over the group: on enough random points its Gram matrix has the rank of the
level's multiplicity, whatever formula gave that. `heat trace`: on compact groups the exact asymptotics. Galerkin's
method on domains and relations between spaces have modules of their own.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, WeylspecError
from weylspec.groups.affine_action import AffineAction
from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.character_orbits import orbit_representatives
from weylspec.invariants.nullspace import invariant_dimensions_to
from weylspec.report.atlas.polytopes import polynomial_galerkin
from weylspec.report.atlas.radial import radial_equation
from weylspec.report.atlas.relations import other_spaces
from weylspec.report.atlas.rows import SecondRoute
from weylspec.spaces.base import Manifold, Quotient
from weylspec.spaces.compact_lie_group import CompactLieGroup
from weylspec.spaces.sphere import Sphere
from weylspec.spectrum import Spectrum

FloatArray = npt.NDArray[np.float64]

_MONOMIALS = 300         # of the highest degree whose null space is computed
_HIGHEST_DEGREE = 16
_CHARACTERS = 40_000     # of a box around those that are looked at
_LARGEST_RANK = 60       # multiplicity of the highest level whose Gram matrix is made
_EIGENVALUES = 25        # listed for ranks
_TIME = 0.1              # t|ρ|² of the heat trace: the share of the shortest closed geodesics is below 1e-7
_HEAT = 1e-6             # one eigenvalue in the first thousands is more
_GAP = 1e-8              # singular values below, relatively, are zero: those of Gram matrices are 1e-2 or 1e-12
_SEED = 20231117


def second_route(space: Manifold) -> SecondRoute:
    """The first route that the space admits.

    Parameters
    ----------
    space : Manifold

    Returns
    -------
    SecondRoute

    Examples
    --------
    >>> import weylspec as ws
    >>> second_route(ws.Torus(2) / ws.SymmetricGroup(2)).name, second_route(ws.Sphere(2)).name
    ('orbits of characters', 'ranks of reproducing kernels')
    >>> second_route(ws.Sphere(2)).result
    'agrees'
    """
    refusals = []
    for name, route in _ROUTES:
        try:
            compared = route(space)
        except WeylspecError as error:
            refusals.append(f"{name}: {error}")
            continue
        if compared is not None:
            difference, detail = compared
            return SecondRoute(name, "differs" if difference else "agrees", difference or detail)
    return SecondRoute("", "none", "; ".join(refusals) or "none of the routes applies to this space")


Compared = tuple[str, str] | None  # difference ("" where there is none) and what was compared; None: does not apply


def null_spaces(space: Manifold) -> Compared:
    """Invariant harmonics of every degree as null spaces over generators, against multiplicities.

    λ = k(k + N − 2)/r² for harmonics of degree k in N variables; on projective spaces the scalars are among the
    generators.
    """
    if not isinstance(space, Quotient) or not space.manifold.is_homogeneous:
        return None
    action, sphere = space.action_on_manifold, getattr(space.manifold, "sphere", space.manifold)
    if not isinstance(action, LinearAction) or not isinstance(sphere, Sphere):
        return None
    n = action.size
    top = max(k for k in range(_HIGHEST_DEGREE + 1) if k <= 2 or math.comb(n + k - 1, k) <= _MONOMIALS)
    found = invariant_dimensions_to(action, top)
    return _against(
        space, [k * (k + n - 2) / float(sphere.radius) ** 2 for k in range(top + 1)], found,
        f"degrees 0 to {top} in {n} variables")


def character_orbits(space: Manifold) -> Compared:
    """Characters k ∈ Zⁿ of a flat torus in a box, and their orbits under generators, against N at every level."""
    torus = space.manifold if isinstance(space, Quotient) else space
    if not torus.is_flat:
        return None
    action = space.action_on_manifold if isinstance(space, Quotient) else None
    if action is not None and not isinstance(action, AffineAction):
        return None
    basis = np.asarray(torus.basis, dtype=np.float64)  # type: ignore[attr-defined]
    reach = max(1, int((_CHARACTERS ** (1 / len(basis)) - 1) / 2))
    # |k_i| = |⟨b_i, v⟩| ≤ |b_i||v| for the dual vector v, |v|² = λ/4π².
    inside = 4 * math.pi**2 * (reach + 0.5) ** 2 / float((basis**2).sum(axis=1).max())
    box = np.stack(np.meshgrid(*[np.arange(-reach, reach + 1)] * len(basis), indexing="ij"), axis=-1)
    k = box.reshape(-1, len(basis))
    lam = 4 * math.pi**2 * ((k @ np.linalg.inv(basis).T) ** 2).sum(axis=1)
    k, listed = k[lam <= inside], space.spectrum(cutoff=inside)
    kept = k if action is None else orbit_representatives(action, k)
    norms = np.sort(4 * math.pi**2 * ((kept @ np.linalg.inv(basis).T) ** 2).sum(axis=1))
    between = (listed.eigenvalues[1:] + listed.eigenvalues[:-1]) / 2
    found = np.searchsorted(norms, np.append(between, inside), side="right")
    wrong = np.flatnonzero(found != listed.cumulative)
    told = f"N at all {len(listed)} levels up to {inside:.6g}, from {len(k)} characters"
    if not len(wrong):
        return "", told
    i = int(wrong[0])
    return f"{found[i]} orbits up to λ = {listed.eigenvalues[i]:.8g}, but N = {listed.cumulative[i]}", told


def kernel_ranks(space: Manifold) -> Compared:
    """Ranks of the Gram matrices of every level's reproducing kernel at random points, against multiplicities.

    On a quotient the kernels of M are averaged over the group, those of levels without invariant functions too.
    """
    listed = space.spectrum(num=_EIGENVALUES)
    large = np.flatnonzero(np.asarray(listed.multiplicities, dtype=object) > _LARGEST_RANK)
    used = int(large[0]) if len(large) else len(listed)
    while used:
        part = listed.up_to(float(listed.eigenvalues[used - 1]))
        try:
            return _ranks(space, part)
        except CostError:
            used //= 2  # averages over a group cost more the higher the cutoff
    return None


def _ranks(space: Manifold, listed: Spectrum) -> Compared:
    cutoff = float(listed.eigenvalues[-1])
    points = space.sample(2 * int(max(listed.multiplicities)) + 6, np.random.default_rng(_SEED))
    if isinstance(space, Quotient):
        kernels = space.manifold.invariant_kernel(space.action_on_manifold, points, points, cutoff)
        whole = space.manifold.levels(cutoff)
    else:
        kernels, whole = space.eigenspace_kernel(points, points, cutoff), listed
    expected = dict(zip(listed.names(), listed.multiplicities.tolist(), strict=True))
    for lam, name, kernel in zip(whole.eigenvalues.tolist(), whole.names(), kernels, strict=True):
        values = np.linalg.svd(kernel, compute_uv=False)
        rank = int((values > _GAP * max(1.0, float(values[0]))).sum())
        if rank != expected.get(name, 0):
            return f"rank {rank} at λ = {lam:.8g}, but multiplicity {expected.get(name, 0)}", ""
    return "", f"{len(whole)} levels up to {cutoff:.6g} at {len(points)} points"


def exact_heat_trace(space: Manifold) -> Compared:
    """Z(t) = vol·(4πt)^{−D/2}·e^{t|ρ|²}·(1 + O(e^{−c/t})), |ρ|² = Scal/6, on a compact group with its own metric."""
    if not isinstance(space, CompactLieGroup):
        return None
    rho = space.scalar_curvature / 6
    t = _TIME / rho
    cutoff = (40 + 2 * space.dim) / t  # the tail beyond the cutoff L is about e^{−tL}(tL)^{D/2}
    trace = float(space.spectrum(cutoff=cutoff).heat_trace(t, rtol=_HEAT))
    ratio = trace * (4 * math.pi * t) ** (space.dim / 2) / space.volume * math.exp(-t * rho)
    told = f"Z({t:.4g}) = {trace:.8g} is {ratio:.9f} of vol·(4πt)^(−D/2)·e^(t·Scal/6)"
    return (told if abs(ratio - 1) > _HEAT else ""), told


def _against(space: Manifold, eigenvalues: list[float], found: list[int], told: str) -> Compared:
    """Multiplicities of given levels against the list, which has no others up to the last of them."""
    top = eigenvalues[-1]
    listed = space.spectrum(cutoff=top * (1 + 1e-12))
    nearest = np.abs(listed.eigenvalues[:, None] - np.array(eigenvalues)).argmin(axis=1)
    expected = [0] * len(found)
    for i, m in zip(nearest.tolist(), listed.multiplicities.tolist(), strict=True):
        expected[i] += m
    for lam, mine, theirs in zip(eigenvalues, found, expected, strict=True):
        if mine != theirs:
            return f"{mine} invariant functions at λ = {lam:.8g}, but multiplicity {theirs}", told
    return "", f"{told}: {sum(found)} invariant functions up to λ = {top:.8g}"


_ROUTES: tuple[tuple[str, Callable[[Manifold], Compared]], ...] = (
    ("null spaces over generators", null_spaces),
    ("orbits of characters", character_orbits),
    ("counts of other spaces", other_spaces),
    ("Galerkin's method", polynomial_galerkin),
    ("Galerkin's method", radial_equation),
    ("exact heat trace", exact_heat_trace),
    ("ranks of reproducing kernels", kernel_ranks),
)
