"""Whether a component of G acts as a reflection on the orbit space of the identity component."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.groups.cosets import LinearCoset
from weylspec.groups.linear_action import LinearAction

FloatArray = npt.NDArray[np.float64]

_TOLERANCE = 1e-9
_MAX_CHOICES = 5_000


def has_mirror(action: LinearAction, coset: LinearCoset, orbit_dim: int) -> bool:
    """Whether orbits that an element of the coset maps to themselves form a set of codimension 1.

    An element h of the coset that fixes x is conjugate to x₀·exp(θH). For each choice of eigenvalues
    that θ turns into 1, the orbits it fixes have dimension dim Fix(h) + (free angles) + dim G_0 −
    dim Z(h) − dim(principal isotropy), with dim Z(h) = rank + number of roots equal to 1 at h.

    Parameters
    ----------
    action : LinearAction
    coset : LinearCoset
        One whose elements move orbits.
    orbit_dim : int
        Dimension of the principal orbits.

    Returns
    -------
    bool

    Examples
    --------
    O(3) on three vectors: the determinant changes sign.

    >>> from weylspec.groups.orthogonal import O
    >>> action = O(3).copies(3).natural()
    >>> has_mirror(action, list(action.cosets())[1], 3)
    True
    """
    isotropy = action.dim - orbit_dim
    for theta, free in _special_angles(coset):
        eigen = _values(coset.phases, coset.weights, theta)
        roots = _values(coset.root_phases, coset.roots, theta)
        covered = _ones(eigen) + free + action.dim - (coset.rank + _ones(roots)) - isotropy
        if action.size - covered == 1:
            return True
    return False


def special_elements(coset: LinearCoset) -> Iterator[FloatArray]:
    """Matrices of the coset at angles at which chosen eigenvalues are 1, the remaining angles generic.

    Parameters
    ----------
    coset : LinearCoset

    Yields
    ------
    ndarray of shape (N, N)

    Raises
    ------
    CostError
        If there are too many.

    Examples
    --------
    Rotations of the plane: a generic one, and the identity.

    >>> from weylspec.groups.orthogonal import SO
    >>> found = list(special_elements(next(SO(2).natural().cosets())))
    >>> min(float(np.abs(g - np.eye(2)).max()) for g in found) < 1e-12
    True
    """
    distinct = {(c, tuple(w)) for c, w in zip(coset.phases, coset.weights.tolist(), strict=True) if any(w)}
    if sum(math.comb(len(distinct), size) for size in range(1, coset.rank + 1)) > _MAX_CHOICES:
        raise CostError(f"{len(distinct)} eigenvalues on a torus of rank {coset.rank} have too many special angles")
    base = coset.element()
    seen: set[bytes] = set()
    for theta, free in _special_angles(coset):
        key = np.round(theta % 1 % (1 - 1e-9), 7).tobytes() if not free else theta.tobytes()
        if key in seen:
            continue
        seen.add(key)
        if not coset.rank:
            yield base
            continue
        velocity = 2j * math.pi * np.tensordot(theta, np.array(coset.directions), axes=1)
        values, vectors = np.linalg.eigh(velocity)
        yield base @ ((vectors * np.exp(-1j * values)) @ vectors.conj().T).real


def _values(phases: tuple[Fraction, ...], weights: npt.NDArray[np.int64], theta: FloatArray) -> FloatArray:
    return np.array([float(c) for c in phases], dtype=np.float64) + weights @ theta


def _ones(turns: FloatArray) -> int:
    return int((np.abs(turns - np.round(turns)) < _TOLERANCE).sum())


def _special_angles(coset: LinearCoset) -> list[tuple[FloatArray, int]]:
    """Angles at which chosen eigenvalues are 1, with the number of angles left free (set generically)."""
    generic = np.sqrt(np.arange(2, 2 + coset.rank)) % 1
    found = [(generic, coset.rank)]
    distinct = {(phase, tuple(w)) for phase, w in zip(coset.phases, coset.weights.tolist(), strict=True) if any(w)}
    for size in range(1, coset.rank + 1):
        for chosen in combinations(sorted(distinct), size):
            rows = np.array([w for _, w in chosen], dtype=np.float64)
            if np.linalg.matrix_rank(rows) < size:
                continue
            spans = [range(-int(np.abs(row).sum()), int(np.abs(row).sum()) + 1) for row in rows]
            for integers in product(*spans):
                target = np.array([k - float(c) for k, (c, _) in zip(integers, chosen, strict=True)])
                found.append((generic + np.linalg.pinv(rows) @ (target - rows @ generic), coset.rank - size))
    return found
