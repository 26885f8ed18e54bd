"""Principal isotropy groups, and which components of G move the orbits of its identity component.

Components are found by carrying Haar-distributed starting points back (see `transporters`): given success, each
component turns up with the same probability, so that what is not found is absent with overwhelming probability.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import UnknownGeometryError
from weylspec.groups.lie_algebra import CompactAlgebra
from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.continuous.subspaces import annihilator, commuting_part
from weylspec.invariants.continuous.transporters import carry

FloatArray = npt.NDArray[np.float64]

_SEED = 1729
_TRIALS = 64  # starting points at a time; a component that is one of two is missed with probability 2⁻⁶⁴
_PER_COMPONENT = 24  # successes wanted per component found: e⁻²⁴ to miss one
_ROUNDS = 100
_TOLERANCE = 1e-6
_INVARIANT = 1e-8


@dataclass(frozen=True, eq=False)
class Isotropy:
    """Isotropy group of a generic point in a connected group.

    Attributes
    ----------
    algebra : ndarray of shape (k, N, N)
    components : int
        Number of connected components; the order where k = 0.
    volume : float
        Of all components, in the metric tr(XᵀY).
    """

    algebra: FloatArray
    components: int
    volume: float


def trace_volume(group: CompactAlgebra) -> float:
    """Volume of a connected group in the metric tr(XᵀY) of its matrices.

    Parameters
    ----------
    group : CompactAlgebra

    Returns
    -------
    float

    Examples
    --------
    A circle of length 2π√2:

    >>> turn = np.array([[0, -1], [1, 0]])
    >>> round(trace_volume(CompactAlgebra.generated([turn])) / np.pi, 9)
    2.828427125
    """
    return group.volume * float(2.0 ** (group.dim / 2))


def principal_isotropy(group: CompactAlgebra) -> Isotropy:
    """Isotropy group of a generic point of R^N.

    Parameters
    ----------
    group : CompactAlgebra
        Acting on R^N.

    Returns
    -------
    Isotropy

    Raises
    ------
    UnknownGeometryError
        If its components could not be found.

    Examples
    --------
    Of SO(3) on one and on two vectors:

    >>> from weylspec.groups.orthogonal import SO
    >>> for m in (1, 2):
    ...     found = principal_isotropy(CompactAlgebra.generated(SO(3).copies(m).natural().algebra))
    ...     print(len(found.algebra), found.components)
    1 1
    0 1
    """
    size = group.basis.shape[-1]
    point = generic_point(size)
    algebra = annihilator(group.basis, point[None])
    identity = CompactAlgebra.generated(list(algebra)) if len(algebra) else None
    found: list[FloatArray] = []
    rng = np.random.default_rng(_SEED)
    successes = 0
    for _ in range(_ROUNDS):
        starts = group.sample(_TRIALS, rng)
        turns, arrived = carry(group.basis, starts @ point, np.eye(size), point)
        for element in (turns @ starts)[arrived]:
            successes += 1
            if not any(_same_component(element, other, identity) for other in found):
                found.append(element)
        if successes >= _PER_COMPONENT * max(len(found), 1):
            volume = trace_volume(identity) if identity else 1.0
            return Isotropy(algebra, len(found), len(found) * volume)
    raise UnknownGeometryError(
        f"the isotropy group of a generic point was not certain after {_ROUNDS * _TRIALS} trials "
        f"({len(found)} components in {successes} successes); so the volume of the quotient is not known"
    )


def generic_point(size: int) -> FloatArray:
    """A fixed generic unit vector of R^size.

    Parameters
    ----------
    size : int

    Returns
    -------
    ndarray of shape (size,)

    Examples
    --------
    >>> bool(abs(np.linalg.norm(generic_point(5)) - 1) < 1e-15)
    True
    """
    point = np.random.default_rng(_SEED).standard_normal(size)
    return np.asarray(point / np.linalg.norm(point))


def on_spheres(point: FloatArray, m: int) -> FloatArray:
    """The point of a product of m unit spheres in the direction of each block of a vector.

    Parameters
    ----------
    point : ndarray of shape (N,)
        None of its m blocks vanishes.
    m : int

    Returns
    -------
    ndarray of shape (N,)

    Examples
    --------
    >>> on_spheres(np.array([3.0, 4.0, 0.0, -2.0]), 2).tolist()
    [0.6, 0.8, 0.0, -1.0]
    """
    blocks = point.reshape(m, -1)
    return np.asarray((blocks / np.linalg.norm(blocks, axis=1, keepdims=True)).ravel())


def _same_component(first: FloatArray, second: FloatArray, identity: CompactAlgebra | None) -> bool:
    if identity is None:
        return float(np.abs(first - second).max()) < _TOLERANCE
    return identity.contains(second.T @ first)


def idle_share(action: LinearAction, group: CompactAlgebra, m: int = 1) -> Fraction:
    """Share of the components of G that map every orbit of G_0 to itself.

    Parameters
    ----------
    action : LinearAction
        Of G.
    group : CompactAlgebra
        Its identity component G_0.
    m : int
        Number of spheres that M is a product of. A generic point of R^N would have blocks of different lengths,
        which an exchange of factors does not keep.

    Returns
    -------
    Fraction
        One over the order of the group that acts effectively on M/G_0.

    Examples
    --------
    A reflection of R³ acts on two vectors as a rotation does, on three it does not:

    >>> from weylspec.groups.orthogonal import O
    >>> actions = [O(3).copies(m).natural() for m in (2, 3)]
    >>> [str(idle_share(action, CompactAlgebra.generated(action.algebra))) for action in actions]
    ['1', '1/2']
    """
    size = action.size
    point = on_spheres(generic_point(size), m)
    noise = np.random.default_rng(_SEED).standard_normal((size, size))
    invariant = commuting_part(group.basis, noise + noise.T)
    starts = None
    share = Fraction(0)
    for coset in action.cosets():
        element = coset.element()
        if group.contains(element):
            share += coset.share
            continue
        image = element @ point
        if abs(float(image @ invariant @ image) - float(point @ invariant @ point)) > _INVARIANT:
            continue
        if starts is None:
            starts = group.sample(_TRIALS, np.random.default_rng(_SEED)) @ point
        _, arrived = carry(group.basis, starts @ element.T, np.eye(size), point)
        if arrived.any():
            share += coset.share
    return share
