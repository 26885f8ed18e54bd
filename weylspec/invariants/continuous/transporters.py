"""Elements of a connected group that carry points into a subspace or to a point, by damped Gauss–Newton steps.

Started at g·x with g Haar-distributed, the steps depend on g·x only. Hence, given success, the element found is
uniformly distributed over the components of the isotropy group of x (replace g by g·h⁻¹), and over the classes of
the normaliser of a fixed subspace: what n trials do not find is missing with probability exponentially small in n.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from weylspec.invariants.orbit_spaces.orbit_integrals import killing_fields

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

ARRIVED = 1e-9  # distance from the target, for points of O(1) size
_STEPS = 60
_LONGEST = 0.5  # of one step, as the norm of a matrix
_RIDGE = 1e-14


def carry(algebra: FloatArray, points: FloatArray, forbidden: FloatArray, goal: FloatArray | None = None
          ) -> tuple[FloatArray, BoolArray]:
    """Group elements u with C·(u y − goal) = 0 for each point y, C the rows of `forbidden`.

    Parameters
    ----------
    algebra : ndarray of shape (g, N, N)
        Orthonormal basis.
    points : ndarray of shape (n, N)
    forbidden : ndarray of shape (q, N)
        Orthonormal rows: the complement of the target subspace, or all of R^N for a target point.
    goal : ndarray of shape (N,), optional
        Zero by default: u y must lie in the target subspace.

    Returns
    -------
    elements : ndarray of shape (n, N, N)
    arrived : ndarray of shape (n,), bool

    Examples
    --------
    Rotations that turn two points of R³ to the north pole:

    >>> from weylspec.groups.orthogonal import SO
    >>> y = np.array([[1.0, 0, 0], [0, 0.6, 0.8]])
    >>> u, arrived = carry(np.array(SO(3).natural().algebra), y, np.eye(3), np.array([0, 0, 1.0]))
    >>> bool(arrived.all()), bool(np.allclose(np.einsum("nij,nj->ni", u, y), [0, 0, 1]))
    (True, True)
    """
    n, size = points.shape
    elements = np.tile(np.eye(size), (n, 1, 1))
    target = np.zeros(len(forbidden)) if goal is None else forbidden @ goal
    y = points
    for _ in range(_STEPS):
        miss = target - y @ forbidden.T
        if np.abs(miss).max(initial=0.0) < 1e-13:
            break
        fields = killing_fields(algebra, y) @ forbidden.T
        gram = fields @ fields.transpose(0, 2, 1)
        # the ridge keeps steps short where fields nearly vanish, and fades with the distance
        ridge = _RIDGE + 1e-2 * (miss**2).sum(axis=1)
        step = np.linalg.solve(gram + ridge[:, None, None] * np.eye(len(algebra)), fields @ miss[:, :, None])[:, :, 0]
        velocity = np.einsum("ng,gij->nij", step, algebra)
        length = np.linalg.norm(velocity, axis=(1, 2))
        velocity *= np.minimum(1.0, _LONGEST / np.maximum(length, _LONGEST))[:, None, None]
        turn = exponential(velocity)
        y = np.einsum("nij,nj->ni", turn, y)
        elements = turn @ elements
    return elements, np.abs(target - y @ forbidden.T).max(axis=1, initial=0.0) < ARRIVED


def exponential(x: FloatArray) -> FloatArray:
    """Exp of small matrices by its series, for norms up to ½.

    Parameters
    ----------
    x : ndarray of shape (n, N, N)

    Returns
    -------
    ndarray of shape (n, N, N)

    Examples
    --------
    >>> round(float(exponential(np.array([[[0.5]]]))[0, 0, 0] - np.exp(0.5)), 15)
    0.0
    """
    result = term = np.tile(np.eye(x.shape[-1]), (len(x), 1, 1))
    for k in range(1, 14):
        term = term @ x / k
        result = result + term
    return result
