"""Counts and gains as rows of text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weylspec.bridge.gain import Gain

COUNT_HEADER = ("λ", "N(λ)", "N(λ; G)", "ratio")


@dataclass(frozen=True)
class CountRow:
    """N(λ) of M (None where it was not asked for) and N(λ; G) of M/G."""

    lam: int
    total: int | None
    invariant: int

    @property
    def ratio(self) -> str:
        """N(λ)/N(λ; G) as text."""
        return "—" if self.total is None else f"{self.total / self.invariant:.5g}"


def count_rows(counts: Sequence[CountRow]) -> list[tuple[str, ...]]:
    """Counts as rows of text under `COUNT_HEADER`."""
    return [
        (large(row.lam), "—" if row.total is None else large(row.total), large(row.invariant), row.ratio)
        for row in counts
    ]


def gain_rows(found: Gain) -> list[tuple[str, str]]:
    """What a symmetry saves, as (name, value) rows of text."""
    limit = "none: the dimension drops" if math.isinf(found.limit) else f"{found.limit:g}"
    return [
        (f"samples for risk {found.target_risk:g} without G", f"{found.n_without:.6g}"),
        (f"samples for risk {found.target_risk:g} with G", f"{found.n_with:.6g}"),
        ("gain (their ratio)", f"{found.ratio:.4g}"), ("limit of the gain for small risk", limit),
        ("rate without G", f"n^-{found.exponent_without:.4g}"), ("rate with G", f"n^-{found.exponent_with:.4g}"),
    ]


def order_text(order: int | float) -> str:
    """A group's order, or the limit of a gain, as text."""
    return "infinite" if math.isinf(order) else f"{order:g}" if order < 10**6 else str(int(order))


def large(value: int) -> str:
    """An integer as text, in full up to twelve digits.

    Examples
    --------
    >>> large(5040), large(10**30)
    ('5040', '1e+30')
    """
    if value < 10**12:
        return str(value)
    digits = len(str(value)) - 1
    lead = round(value / 10 ** (digits - 3)) / 1000
    return f"{lead:g}e+{digits}"
