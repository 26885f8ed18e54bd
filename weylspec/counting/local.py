"""The law of the local count N_x(λ): how many invariant functions live at a point, by its orbit."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from weylspec.invariants.orbit_spaces.geometry import weyl_constant
from weylspec.spaces.base import Manifold
from weylspec.spaces.core import check_space
from weylspec.units import Number, number

FloatArray = npt.NDArray[np.float64]


def local_law(space: Manifold, x: npt.ArrayLike, lam: Number) -> FloatArray:
    """Leading term of N_x(λ) = Σ_{λ_j ≤ λ} φ_j(x)², for φ_j orthonormal for the uniform probability measure.

    On M/G it is c_q·vol(M)/vol(Gx)·λ^{q/2}, q the codimension of the orbit Gx in M: for groups of positive
    dimension not constant on principal orbits, and of a larger power of λ where orbits collapse; only its mean over M
    is N(λ) ~ c_d vol(M/G)λ^{d/2}. For a finite group vol(Gx) is the number of points of the orbit.

    Parameters
    ----------
    space : Manifold
        A homogeneous space, its quotient if that knows the volumes of single orbits (spheres modulo finite groups
        and rotations of vectors, flat tori), or a product of such spaces.
    x : array of shape (n, ambient_dim)
    lam : number

    Returns
    -------
    ndarray of shape (n,)

    Raises
    ------
    UnknownGeometryError
        Where volumes of single orbits are not known.

    Notes
    -----
    The heat kernel of invariant functions at x is ∫_G K_t(x, gx)dg = ∫_{Gx} K_t(x, y)dy/vol(Gx), and
    K_t(x, y) ~ (4πt)^{−D/2}e^{−d(x, y)²/4t} is integrated over the tangent space of the orbit; Karamata's theorem
    takes the result to N_x. `Space.local_count` is the exact count.

    Examples
    --------
    On S²/SO(2) at the equator and at the pole: 2√λ/π, and λ.

    >>> import weylspec as ws
    >>> (local_law(ws.Sphere(2) / ws.SO(2), [[1, 0, 0], [0, 0, 1]], 100) * [np.pi, 1]).round(9).tolist()
    [20.0, 100.0]
    """
    check_space(space)
    size = max(float(number(lam, "lam")), 0.0)
    terms = [space.local_term(row) for row in space.check_points(x)]
    return np.array([weyl_constant(term.dim) * term.coefficient * size ** (term.dim / 2) for term in terms])
