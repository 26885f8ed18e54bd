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
        The first level that differs, or the first levels whose errors join them, in words.
    resolved : float
        Below this λ each eigenvalue of the list is assigned to a level, or to one of a few whose errors join them.
    """

    difference: str | None
    resolved: float


def compare_levels(listed: Spectrum, space: Manifold, top: float) -> Comparison:
    """Compare a list with the closed form of a space, up to the first level that differs.

    Each listed eigenvalue is assigned to the nearest exact level. Levels are judged together if a listed
    eigenvalue's error interval reaches from one into another one's half of a gap, and not at all near `top`.

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
    if not len(levels):
        found = f"the list has {listed.total} eigenvalues up to {top:.12g}, {name} none" if len(listed) else None
        return Comparison(found, top)
    middles = (levels[1:] + levels[:-1]) / 2
    nearest = np.searchsorted(middles, listed.eigenvalues)
    counts = sum_by_index(exact_integers(listed.multiplicities), nearest, len(levels))
    distance = np.abs(listed.eigenvalues - levels[nearest])
    spacing = float(levels[1]) if len(levels) > 1 else 1.0
    off = distance > listed.errors + _ULPS * np.maximum(spacing, levels[nearest])
    starts, ends = _joined(middles, listed)
    sums, true = (np.add.reduceat(exact_integers(each), starts) for each in (counts, exact.multiplicities))
    misplaced = np.zeros(len(starts), dtype=bool)
    misplaced[np.searchsorted(ends, nearest[off])] = True
    beyond = (levels[ends] > top - reach) & (reach > 0)
    events = np.flatnonzero(beyond | (sums != true) | misplaced)
    if not len(events):
        return Comparison(None, top)
    i = int(events[0])
    first, last = int(starts[i]), int(ends[i])
    if beyond[i]:
        return Comparison(None, min(top, float(levels[first])))
    where = f"level {first} (λ = {levels[first]:.12g})"
    if last > first:
        where = f"levels {first} to {last} (λ = {levels[first]:.12g} to {levels[last]:.12g}) together"
    if sums[i] != true[i]:
        verb = "has" if last == first else "have"
        return Comparison(f"{where} {verb} {sums[i]} eigenvalues in the list, exactly {true[i]} in {name}", top)
    mine = off & (first <= nearest) & (nearest <= last)
    worst = listed.eigenvalues[mine][np.argmax(distance[mine])]
    return Comparison(f"{where} is listed as {worst:.15g}, off by more than its stated error", top)


def _joined(middles: npt.NDArray[np.float64], listed: Spectrum) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """First and last of the levels that error intervals join: each one alone where none reaches beyond it."""
    first = np.searchsorted(middles, listed.eigenvalues - listed.errors)
    last = np.searchsorted(middles, listed.eigenvalues + listed.errors)
    steps = np.zeros(len(middles) + 1, dtype=np.int64)
    np.add.at(steps, first, 1)
    np.add.at(steps, last, -1)
    ends = np.append(np.flatnonzero(np.cumsum(steps)[:-1] == 0), len(middles))
    return np.append(0, ends[:-1] + 1), ends
