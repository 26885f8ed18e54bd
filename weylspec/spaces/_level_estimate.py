"""How many levels a space has below λ, without their list: for the costs of ways to count."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from weylspec.units import Number, number

if TYPE_CHECKING:
    from weylspec.spaces.core import Space

_SAMPLE = 3e6  # steps that an estimate may take


def level_estimate(space: Space, lam: Number) -> float:
    """The number of levels ≤ λ, roughly: from a shorter list and its growth, where the whole one takes long.

    Parameters
    ----------
    space : Space
    lam : number

    Returns
    -------
    float

    Examples
    --------
    >>> from weylspec.spaces.sphere import Sphere
    >>> level_estimate(Sphere(2), 100), 0.9e9 < level_estimate(Sphere(2), 10**18) < 1.1e9
    (10.0, True)
    """
    limit = float(number(lam))
    cutoff = limit
    while cutoff > 1 / _SAMPLE and space.listing_cost(cutoff) > _SAMPLE:
        cutoff /= 2
    if space.listing_cost(cutoff) > _SAMPLE:
        return space.listing_cost(limit)
    listed = space.levels(cutoff)
    if cutoff == limit:
        return float(len(listed))
    growth = math.log(max(len(listed), 1) / max(listed.index(cutoff / 4), 1)) / math.log(4)
    return float(len(listed)) * math.exp(min(growth * math.log(limit / cutoff), 690.0))
