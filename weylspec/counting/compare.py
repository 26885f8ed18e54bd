"""A list of eigenvalues from elsewhere against the closed form, level by level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from weylspec.multiplicities import exact_integers, sum_by_index
from weylspec.spaces.base import Manifold
from weylspec.spectrum import Spectrum

_ULPS = 8 * float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class Comparison:
    """What came of a comparison, level by level.

    Attributes
    ----------
    difference : str or None
        The first level that differs, in words.
    compared, levels : int
        How many exact levels the stated errors let it judge, and how many there are.
    """

    difference: str | None
    compared: int
    levels: int


def compare_levels(listed: Spectrum, space: Manifold, top: float) -> Comparison:
    """Compare a list with the closed form of a space, up to the first level that differs.

    Each listed eigenvalue is assigned to the nearest exact level. A level is judged if no listed
    eigenvalue's error interval reaches from it into another level's half of a gap, or past `top`.

    Parameters
    ----------
    listed : Spectrum
    space : Manifold
        With closed-form levels.
    top : float
        Both are compared up to here.

    Returns
    -------
    Comparison

    Examples
    --------
    >>> import weylspec as ws
    >>> S = Spectrum.from_eigenvalues([0, 2, 2, 6, 6, 6, 6, 6], complete_below=6)
    >>> compare_levels(S, ws.Sphere(2), 6).difference
    'level 1 (λ = 2) has 2 eigenvalues in the list, exactly 3 in Sphere(2)'
    """
    listed = listed.up_to(top)
    reach = float(listed.errors.max(initial=0.0))
    return compare_lists(listed, space.levels(top + 2 * min(reach, top)) if reach else space.levels(top), repr(space))


def compare_lists(listed: Spectrum, exact: Spectrum, name: str) -> Comparison:
    """Compare a list, up to its end, with one whose levels are exact.

    Parameters
    ----------
    listed : Spectrum
    exact : Spectrum
        Complete beyond the end of ``listed``, by twice its largest error.
    name : str
        Of what the exact levels are of.

    Returns
    -------
    Comparison
    """
    top = listed.complete_below
    reach = float(listed.errors.max(initial=0.0))
    levels = exact.eigenvalues
    middles = (levels[1:] + levels[:-1]) / 2
    nearest = np.searchsorted(middles, listed.eigenvalues)
    counts = sum_by_index(exact_integers(listed.multiplicities), nearest, len(levels))
    resolved = ~_smeared(middles, listed) & ((levels <= top - reach) | (reach == 0))
    distance = np.abs(listed.eigenvalues - levels[nearest])
    off = np.zeros(len(levels), dtype=bool)
    spacing = float(levels[1]) if len(levels) > 1 else 1.0
    off[nearest[distance > listed.errors + _ULPS * np.maximum(spacing, levels[nearest])]] = True
    below = int((levels <= top).sum())
    difference = None
    for i in np.flatnonzero(resolved):
        where = f"level {i} (λ = {levels[i]:.12g})"
        if int(counts[i]) != int(exact.multiplicities[i]):
            true = exact.multiplicities[i]
            difference = f"{where} has {counts[i]} eigenvalues in the list, exactly {true} in {name}"
        elif off[i]:
            worst = listed.eigenvalues[nearest == i][np.argmax(distance[nearest == i])]
            difference = f"{where} is listed as {worst:.15g}, off by more than its stated error"
        if difference is not None:
            break
    return Comparison(difference, int(resolved.sum()), below)


def _smeared(middles: npt.NDArray[np.float64], listed: Spectrum) -> npt.NDArray[np.bool_]:
    """Which levels share an error interval with another one, as a mask of shape (levels,)."""
    first = np.searchsorted(middles, listed.eigenvalues - listed.errors)
    last = np.searchsorted(middles, listed.eigenvalues + listed.errors)
    steps = np.zeros(len(middles) + 2, dtype=np.int64)
    several = last > first
    np.add.at(steps, first[several], 1)
    np.add.at(steps, last[several] + 1, -1)
    return np.asarray(np.cumsum(steps)[:-1] > 0)
