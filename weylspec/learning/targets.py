"""Targets of a learning curve: energy per level, on M/G and on M."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from weylspec.bridge.curves import default_energies
from weylspec.errors import WeylspecError
from weylspec.learning.basis import matching_levels
from weylspec.spaces.base import Manifold
from weylspec.units import Number

FloatArray = npt.NDArray[np.float64]
Target: TypeAlias = npt.ArrayLike | Callable[[FloatArray], FloatArray] | None


def target_energies(
    space: Manifold, cutoff: Number, *, s: Number, norm: Number = 1.0, target: Target = None
) -> FloatArray:
    """Energy per level Σ_{φ∈E_λ}⟨f*, φ⟩² of a target that lives on the levels λ ≤ cutoff.

    Parameters
    ----------
    space : Manifold
        M or M/G.
    cutoff : number
    s : number
        Smoothness of the default target.
    norm : number
        F = ‖f*‖_{H^s} of the default target; other targets are taken as they are.
    target : None, array of shape (k,) or callable
        By default ∝ m_λ(1+λ)^{−(s+(d+1)/2)}; an array is the energies of the first k levels (none
        beyond); a callable is a vectorised function of λ.

    Returns
    -------
    ndarray of shape (levels,)
        Aligned with ``space.spectrum(cutoff)``.

    Raises
    ------
    WeylspecError
        If an energy is negative or not finite, or an array is longer than the list of levels.

    Examples
    --------
    >>> import weylspec as ws
    >>> target_energies(ws.Sphere(2), 12, s=2, target=[0.0, 1.0]).tolist()
    [0.0, 1.0, 0.0, 0.0]
    """
    listed = space.spectrum(cutoff=cutoff)
    if target is None:
        return default_energies(listed, s, space.dim, norm)
    given = np.asarray(target(listed.eigenvalues) if callable(target) else target, dtype=np.float64)
    if given.ndim != 1 or len(given) > len(listed):
        raise WeylspecError(
            f"the target has shape {given.shape}, but {space!r} has {len(listed)} levels up to the cutoff {cutoff}; "
            "give one energy per level from the lowest, and a cutoff that reaches all of them"
        )
    if not (np.isfinite(given).all() and (given >= 0).all()):
        raise WeylspecError(f"energies must be finite and >= 0, got {given[~(given >= 0)][:1]}")
    return np.concatenate([given, np.zeros(len(listed) - len(given))])


def lifted_energies(
    space: Manifold, energies: npt.ArrayLike, cutoff: Number, onto: Manifold | None = None
) -> FloatArray:
    """The energies of a G-invariant function on the levels of M: zero where no function is invariant.

    For the predicted curve of an estimator that does not know the symmetry:
    ``learning_curve(M, target=lifted_energies(M / G, energies, cutoff), …)``.

    Parameters
    ----------
    space : Manifold
        M/G.
    energies : array_like of shape (levels of M/G,)
        Aligned with ``space.spectrum(cutoff)``.
    cutoff : number
    onto : Manifold, optional
        M by default; M/H with H ⊂ G.

    Returns
    -------
    ndarray of shape (levels of M,)
        Aligned with ``onto.spectrum(cutoff)``.

    Raises
    ------
    WeylspecError
        If the lengths do not agree, or a level of M/G is not one of `onto`.

    Examples
    --------
    >>> import weylspec as ws
    >>> lifted_energies(ws.Sphere(2) / ws.PointGroup("Oh"), [0.7, 0.3], 20).tolist()
    [0.7, 0.0, 0.0, 0.0, 0.3]
    """
    part = space.spectrum(cutoff=cutoff)
    whole = (space.total if onto is None else onto).spectrum(cutoff=cutoff)
    values = np.asarray(energies, dtype=np.float64)
    if values.shape != (len(part),):
        raise WeylspecError(f"{space!r} has {len(part)} levels up to {cutoff}; got energies of shape {values.shape}")
    result = np.zeros(len(whole))
    result[matching_levels(part, whole)] = values
    return result
