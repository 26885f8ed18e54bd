"""Counts and gains as rows of text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from weylspec.errors import WeylspecError
from weylspec.invariants.orbit_spaces.geometry import weyl_cutoff
from weylspec.units import Number, number

if TYPE_CHECKING:
    from weylspec.bridge.gain import Gain
    from weylspec.spaces.base import Manifold
    from weylspec.spectrum import Spectrum


COUNT_HEADER = ("λ", "N(λ)", "N(λ; G)", "ratio")


@dataclass(frozen=True)
class Between:
    """A count of eigenvalues that are known up to their errors: at least `low`, at most `high` (None: not known)."""

    low: int
    high: int | None

    @property
    def value(self) -> int | None:
        """The count, where both bounds agree."""
        return self.low if self.low == self.high else None

    def __str__(self) -> str:
        if self.high is None:
            return f"≥ {large(self.low)}"
        return large(self.low) if self.low == self.high else f"{large(self.low)} to {large(self.high)}"


Count: TypeAlias = "int | Between"


def counted(space: Manifold, lam: Number) -> Count:
    """N(λ) of a space: an integer in closed form, else what its computed eigenvalues and their errors allow.

    The k-th eigenvalue is within the k-th error of the k-th computed one. Both ascend, so it is at
    least every λ_j − e_j with j ≤ k and at most every λ_j + e_j with j ≥ k.

    Parameters
    ----------
    space : Manifold
    lam : number

    Returns
    -------
    int or Between

    Examples
    --------
    Three levels of the sphere (0, 2, 6 with multiplicities 1, 3, 5) are below 7; the third is below 6 or
    not, as far as 642 vertices tell.

    >>> import weylspec as ws
    >>> counted(ws.Sphere(2), 6)
    9
    >>> print(counted(ws.TriangleMesh.icosphere(3), 7), "and", counted(ws.TriangleMesh.icosphere(3), 6))
    9 and 4 to 9
    """
    if space.is_closed_form:
        return space.count(lam)
    limit = float(number(lam, "lam"))
    if limit < 0:
        return Between(0, 0)
    listed = space.spectrum(cutoff=lam)
    low = _surely_below(listed, limit)
    reach = 3 * float(listed.errors.max(initial=0.0))
    step = weyl_cutoff(space.dim, space.volume, 2) if space.dim else 1.0
    try:
        while True:
            longer = space.spectrum(cutoff=limit + reach + step)
            above = np.flatnonzero(longer.eigenvalues - longer.errors > limit)
            low = max(low, _surely_below(longer, limit))
            if len(above):
                return Between(low, int(longer.multiplicities[: int(above[0])].sum()))
            reach, step = 1.5 * reach, 2 * step
    except WeylspecError:  # the computed list ends before an eigenvalue that is certainly above
        return Between(low, None)


def _surely_below(listed: Spectrum, limit: float) -> int:
    below = np.flatnonzero(listed.eigenvalues + listed.errors <= limit)
    return int(listed.multiplicities[: int(below[-1]) + 1].sum()) if len(below) else 0


@dataclass(frozen=True)
class CountRow:
    """N(λ) of M (None where it was not asked for) and N(λ; G) of M/G."""

    lam: int
    total: Count | None
    invariant: Count

    @property
    def ratio(self) -> str:
        """N(λ)/N(λ; G) as text; a dash where one of them is not decided."""
        total, invariant = (c.value if isinstance(c, Between) else c for c in (self.total, self.invariant))
        return "—" if total is None or not invariant else f"{total / invariant:.5g}"

    def as_dict(self) -> dict[str, Any]:
        """Plain integers; an interval is {"low": …, "high": …}, high None where it is not known."""
        plain = {"total": self.total, "invariant": self.invariant}
        return {"lam": self.lam, **{name: {"low": c.low, "high": c.high} if isinstance(c, Between) else c
                                    for name, c in plain.items()}}


def count_text(count: Count | None) -> str:
    """A count as text: a number, an interval, or a dash."""
    return "—" if count is None else str(count) if isinstance(count, Between) else large(count)


def count_words(count: Count) -> str:
    """A count in full, as the end of a sentence that begins with N(λ).

    Examples
    --------
    >>> count_words(9), count_words(Between(9, 16))
    ('= 9', 'is between 9 and 16 (the errors of the computed eigenvalues leave it open)')
    """
    if isinstance(count, int):
        return f"= {count}"
    if count.value is not None:
        return f"= {count.value} (within the errors of the computed eigenvalues)"
    if count.high is None:
        return f"is at least {count.low} (the computed eigenvalues end before one that is surely above)"
    return f"is between {count.low} and {count.high} (the errors of the computed eigenvalues leave it open)"


def count_dict(count: Count) -> dict[str, int | None]:
    """A count for JSON: {"count": …}, with "low" and "high" (None: not known) where it is known up to errors."""
    return {"count": count} if isinstance(count, int) else {"count": count.value, "low": count.low, "high": count.high}


def count_rows(counts: Sequence[CountRow]) -> list[tuple[str, ...]]:
    """Counts as rows of text under `COUNT_HEADER`."""
    return [(large(row.lam), count_text(row.total), count_text(row.invariant), row.ratio) for row in counts]


def count_note(counts: Sequence[CountRow]) -> str:
    """What the counts are: exact, or intervals."""
    between = any(isinstance(count, Between) for row in counts for count in (row.total, row.invariant))
    return ("Numbers of eigenvalues ≤ λ, with multiplicity, as far as the errors of the computed ones decide them."
            if between else "Exact numbers of eigenvalues ≤ λ, with multiplicity.")


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
