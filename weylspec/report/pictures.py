"""Figures of one space: its staircase, an invariant eigenfunction, learning curves between bounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from weylspec.counting.law import weyl_law
from weylspec.errors import UnknownGeometryError
from weylspec.invariants.points.dirichlet import (
    PointFunction,
    sphere_centre,
    sphere_margin,
    sphere_orbit,
    torus_centre,
    torus_margin,
    torus_orbit,
)
from weylspec.spaces.base import Manifold, Quotient
from weylspec.spaces.euclidean import EuclideanDomain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from weylspec.report.curves import RiskCurves

FloatArray = npt.NDArray[np.float64]

_STEPS_SHOWN = 60       # eigenvalues in the staircase on linear axes: single steps can still be seen
_STEPS_COMPARED = 3000  # eigenvalues of M/G in the picture on logarithmic axes
_WAVES = 40.0           # λ·vol(M)/4π of the eigenfunction shown: degree 6 on S²
_CHUNK = 4000  # points at once: intermediate arrays stay in the cache
_ORBITS = 6
_CANDIDATES = 60
_SEED = 20231117
_INK = "#222222"


def staircase_figure(space: Manifold) -> Figure:
    """The first steps of N(λ; G) with Weyl's law, and N with and without G on logarithmic axes.

    Parameters
    ----------
    space : Manifold
        M or M/G, of dimension at least 1.

    Returns
    -------
    Figure

    Examples
    --------
    >>> import weylspec as ws
    >>> len(staircase_figure(ws.Sphere(2) / ws.PointGroup("Oh")).axes)
    2
    """
    from weylspec.render.pictures import canvas, comparison, staircase

    figure, (left, right) = canvas(2)
    first = space.spectrum(num=_STEPS_SHOWN)
    laws = _laws(space)
    staircase(first.eigenvalues, first.cumulative, first.complete_below, ax=left, laws=laws,
              title=f"N(λ) of {_short(space)} and Weyl's law from geometry")
    top = space.spectrum(num=_STEPS_COMPARED).complete_below
    pairs, drawn = {}, {}
    for name, each in _sides(space).items():
        listed = each.spectrum(cutoff=top)
        pairs[name] = (listed.eigenvalues, listed.cumulative.astype(np.float64))
        drawn[name] = list(_laws(each).values())[-1]
    comparison(pairs, ax=right, laws=drawn,
               title="without and with G" if len(pairs) > 1 else "N(λ) on logarithmic axes")
    return figure


def curves_figure(risks: Sequence[RiskCurves], title: str = "") -> Figure:
    """Learning curves between the bounds, one colour for each space.

    Parameters
    ----------
    risks : sequence of RiskCurves
        Without G first, with G second.
    title : str

    Returns
    -------
    Figure
    """
    from weylspec.render.pictures import canvas, curves

    figure, (ax,) = canvas(1, (7.6, 5.0))
    bands = {f"between the bounds, {each.name}": (each.lower, each.upper) for each in risks}
    predicted = {f"predicted, {each.name}": each.predicted for each in risks}
    measured = {f"measured, {each.name}": each.measured for each in risks if each.measured is not None}
    curves(risks[0].n, predicted, bands=bands, points=measured, ax=ax, xlabel="number of samples n",
           ylabel="excess risk  E‖f̂ − f*‖²", title=title)
    return figure


def surface_figure(space: Manifold) -> Figure | None:
    """An invariant eigenfunction on S², on a flat 2-torus or on a domain of the plane.

    The function is x ↦ K_λ^G(x, z), the reproducing kernel of the invariant functions of one level.
    Over it lies on S² and on tori the Dirichlet domain of a point (points nearer to it than to its
    images) if G is finite, and some orbits if G is continuous.

    Parameters
    ----------
    space : Manifold
        M or M/G.

    Returns
    -------
    Figure or None
        None unless M is a round S², a flat 2-torus or a planar domain, and M/G is more than a point.

    Examples
    --------
    >>> import weylspec as ws
    >>> surface_figure(ws.Sphere(3)) is None, surface_figure(ws.Box([1, 2])) is None
    (True, False)
    """
    total = space.total
    if total.dim != 2 or space.dim == 0:
        return None
    if isinstance(total, EuclideanDomain):
        return _planar_figure(space, total)
    if not total.is_homogeneous:
        return None
    if total.ambient_dim == 3 and total.scalar_curvature > 0:
        return _sphere_figure(space)
    basis = getattr(total, "basis", None)
    if total.ambient_dim == 2 and basis is not None:
        return _torus_figure(space, np.asarray(basis, dtype=np.float64))
    return None


def _sphere_figure(space: Manifold) -> Figure:
    from weylspec.render.pictures import canvas, sphere_picture

    radius = (2 / space.total.scalar_curvature) ** 0.5
    action: Any = space.action_on_manifold if isinstance(space, Quotient) else None
    finite = action is not None and action.is_finite
    centre = sphere_centre(action) if finite else np.array([0.36, 0.48, 0.8])
    level, kernel = _eigenfunction(space, radius * centre)
    function = _tabulated_on_sphere(lambda x: kernel(radius * x))
    eye = _aside(centre, len(sphere_orbit(action, centre)) if finite else 16)
    figure, axes = canvas(2, (4.6, 4.7))
    domain = sphere_margin(sphere_orbit(action, centre)) if finite else None
    for ax, direction, title in zip(axes, (eye, -eye), (f"{_short(space)}: λ = {level:g}", "from behind"), strict=True):
        sphere_picture(function, domain=domain, centre=tuple(direction), ax=ax, title=title)
        if action is not None and not finite:
            orbits = np.concatenate([sphere_orbit(action, p) for p in _meridian(_ORBITS)]) @ _frame(direction).T
            ax.plot(*orbits[orbits[:, 0] > 0, 1:].T, ".", color=_INK, markersize=1.6)
    return figure


def _torus_figure(space: Manifold, basis: FloatArray) -> Figure:
    from weylspec.render.pictures import canvas, torus_picture

    action: Any = space.action_on_manifold if isinstance(space, Quotient) else None
    finite = action is not None and action.is_finite
    centre = torus_centre(action, basis) if finite else np.array([0.5, 0.5]) @ basis
    level, kernel = _eigenfunction(space, centre)
    figure, (ax,) = canvas(1, (5.2, 5.2))
    domain = torus_margin(torus_orbit(action, basis, centre), basis) if finite else None
    torus_picture(_tabulated_on_torus(kernel, basis), domain=domain, basis=None if _standard(basis) else basis, ax=ax,
                  title=f"{_short(space)}: λ = {level:g}")
    if action is not None and not finite:
        starts = (np.arange(_ORBITS)[:, None] + 0.5) / _ORBITS * np.array([0.0, 1.0])
        across = starts if action.directions[0, 0] else starts[:, ::-1]
        points = np.concatenate([torus_orbit(action, basis, p @ basis) for p in across])
        ax.plot(points[:, 0], points[:, 1], ".", color=_INK, markersize=1.6)
    return figure


def _planar_figure(space: Manifold, domain: EuclideanDomain) -> Figure:
    from weylspec.render.pictures import canvas, planar_picture

    level = _level(space)
    # of some points the one where the functions of the level are largest: none of them on a nodal line
    points = domain.sample(_CANDIDATES, np.random.default_rng(_SEED))
    z = points[int(np.diag(space.eigenspace_kernel(points, points, level)[-1]).argmax())]
    _, kernel = _eigenfunction(space, z)
    left, right, bottom, top = domain.extent
    figure, (ax,) = canvas(1, (5.2, 5.2))
    planar_picture(_tabulated_in_plane(kernel, domain), domain.margin, (left, right, bottom, top), ax=ax,
                   title=f"{_short(space)}: λ = {level:g}")
    return figure


def _level(space: Manifold) -> float:
    """A level of some six waves across."""
    least = 4 * np.pi * _WAVES / space.total.volume
    listed = space.spectrum(num=2)
    while listed.eigenvalues[-1] < least:
        listed = space.spectrum(num=2 * int(listed.total))
    return float(listed.eigenvalues[int(np.searchsorted(listed.eigenvalues, least))])


def _eigenfunction(space: Manifold, z: FloatArray) -> tuple[float, PointFunction]:
    """That level, and x ↦ K_λ^G(x, z) scaled to 1 at z."""
    cutoff = _level(space)
    top = float(space.eigenspace_kernel(z[None], z[None], cutoff)[-1, 0, 0])

    def function(x: FloatArray) -> FloatArray:
        parts = [x[i: i + _CHUNK] for i in range(0, max(len(x), 1), _CHUNK)]
        # z comes first: a group average may move all the points that do
        return np.concatenate([space.eigenspace_kernel(z[None], part, cutoff)[-1, 0] / top for part in parts])

    return cutoff, function


# Group averages at every pixel would take many seconds; a function of six waves is given by cubic
# splines through a grid of 90 nodes a period to 1e-4 (h⁴|f⁗|/384·5), below what colours show.
_NODES = 91


def _tabulated_on_sphere(function: PointFunction) -> PointFunction:
    from scipy.interpolate import RegularGridInterpolator

    polar, azimuth = np.linspace(0, np.pi, _NODES), np.linspace(-np.pi, np.pi, 2 * _NODES - 1)
    a, b = np.meshgrid(polar, azimuth, indexing="ij")
    points = np.stack([np.sin(a) * np.cos(b), np.sin(a) * np.sin(b), np.cos(a)], axis=-1).reshape(-1, 3)
    table = RegularGridInterpolator((polar, azimuth), function(points).reshape(a.shape), method="cubic")
    return lambda x: np.asarray(table(np.stack([np.arccos(np.clip(x[:, 2], -1, 1)), np.arctan2(x[:, 1], x[:, 0])], 1)))


def _tabulated_on_torus(function: PointFunction, basis: FloatArray) -> PointFunction:
    from scipy.interpolate import RegularGridInterpolator

    side = np.linspace(0.0, 1.0, _NODES)
    grid = np.stack(np.meshgrid(side, side, indexing="ij"), axis=-1).reshape(-1, 2)
    table = RegularGridInterpolator((side, side), function(grid @ basis).reshape(_NODES, _NODES), method="cubic")
    inverse = np.linalg.inv(basis)
    return lambda x: np.asarray(table(np.clip(x @ inverse, 0.0, 1.0)))


def _tabulated_in_plane(function: PointFunction, domain: EuclideanDomain) -> PointFunction:
    """Linear between twice as many nodes (h²|f″|/8, below one step of colour), and computed in cells across the rim."""
    from scipy.interpolate import RegularGridInterpolator

    sides = [np.linspace(low, high, 2 * _NODES - 1) for low, high in np.reshape(domain.extent, (2, 2))]
    nodes = np.stack(np.meshgrid(*sides, indexing="ij"), axis=-1)
    within = domain.margin(nodes.reshape(-1, 2)).reshape(nodes.shape[:2]) >= 0
    field = np.full(within.shape, np.nan)
    field[within] = function(nodes[within])
    table = RegularGridInterpolator(sides, field, bounds_error=False)

    def tabulated(x: FloatArray) -> FloatArray:
        found = np.asarray(table(x))
        rim = ~np.isfinite(found)
        found[rim] = function(x[rim])
        return found

    return tabulated


def _standard(basis: FloatArray) -> bool:
    return bool(np.allclose(basis, 2 * np.pi * np.eye(2), rtol=1e-14))


def _meridian(count: int) -> FloatArray:
    """Points from pole to pole."""
    angle = np.pi * (np.arange(count) + 0.5) / count
    return np.stack([np.sin(angle), 0 * angle, np.cos(angle)], axis=1)


def _aside(centre: FloatArray, cells: int) -> FloatArray:
    """A direction to look from: the larger the cell around the centre, the more aside, so that its rim shows."""
    across = np.array([1.0, 0.6, 0.35]) - centre * float(centre @ [1.0, 0.6, 0.35])
    across /= np.linalg.norm(across)
    tilt = 0.6 * np.arccos(1 - 2 / cells)  # of the radius of a cap with the cell's area
    return np.asarray(np.cos(tilt) * centre + np.sin(tilt) * across)


def _frame(eye: FloatArray) -> FloatArray:
    """Rows toward, right, up: the frame of an orthographic picture with the pole upwards."""
    toward = eye / np.linalg.norm(eye)
    right = np.cross([0.0, 0.0, 1.0], toward)
    right /= np.linalg.norm(right)
    return np.stack([toward, right, np.cross(toward, right)])


def _sides(space: Manifold) -> dict[str, Manifold]:
    """Without G and with G, by name; the space alone if there is no G."""
    if not isinstance(space, Quotient):
        return {repr(space): space}
    return {f"M = {space.total!r}": space.total, "M/G": space}


def _laws(space: Manifold) -> dict[str, PointFunction]:
    """The leading term and the whole law; the leading term alone where the rest is not known."""
    try:
        return weyl_law(space).functions()
    except UnknownGeometryError:
        from weylspec.invariants.orbit_spaces.geometry import weyl_constant

        constant = weyl_constant(space.dim) * space.volume
        return {"leading term": lambda lam: np.asarray(constant * lam ** (space.dim / 2))}


def _short(space: Manifold) -> str:
    text = repr(space)
    return text if len(text) <= 48 else "M/G"
