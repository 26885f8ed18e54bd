"""The bounds of one space at several n, side by side, with what is not offered and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import Any

from weylspec.bridge.minimax import minimax_lower_bound, pinsker_risk
from weylspec.bridge.results import RiskBound
from weylspec.bridge.upper import risk_upper_bound
from weylspec.errors import WeylspecError
from weylspec.spaces.base import Manifold
from weylspec.units import Number

_WIDTH = 120  # columns of a terminal

KINDS: dict[str, Callable[..., RiskBound]] = {
    "lower bound": minimax_lower_bound, "pinsker": pinsker_risk, "upper bound": risk_upper_bound,
}


@dataclass(frozen=True)
class BoundTable:
    """Lower bound, Pinsker's value and upper bound of the risk at several numbers of samples.

    Attributes
    ----------
    space : str
    options : dict
        s, noise, norm and theta as given.
    n : tuple of numbers
    rows : tuple of dict, name to RiskBound
        One for each n; a bound that is not offered is left out.
    refused : dict, name to reason
        Bounds that are missing in some row.
    """

    space: str
    options: dict[str, Any]
    n: tuple[Number, ...]
    rows: tuple[dict[str, RiskBound], ...]
    refused: dict[str, str]

    def text(self) -> str:
        """The table in plain text, with sources, assumptions and the reasons for what is missing."""
        from weylspec.render.tables import text_table

        table = text_table(("n", *KINDS, "ridge η"), [
            (str(n), *(_value(row.get(name)) for name in KINDS), _ridge(row.get("upper bound")))
            for n, row in zip(self.n, self.rows, strict=True)
        ])
        given = ", ".join(f"{name} = {value}" for name, value in self.options.items())
        parts = [f"excess risk on {self.space}, {given}", table]
        for name in KINDS:
            found = [row[name] for row in self.rows if name in row]
            lines = []
            if found:
                lines.append(fill(f"{name}: {found[0].kind}; {found[0].source}", _WIDTH, subsequent_indent="  "))
                for text, _ in found[0].assumptions:
                    everywhere = all(dict(bound.assumptions).get(text, True) for bound in found)
                    lines.append(f"  {'holds' if everywhere else 'DOES NOT HOLD'}: {text}")
            if name in self.refused:
                lines.append(f"{name} not offered: {self.refused[name]}")
            parts.append("\n".join(lines))
        return "\n\n".join(parts)

    def as_dict(self) -> dict[str, Any]:
        """Plain types, for JSON; a bound that is not offered is None, its reason stands in "refused"."""
        return {"space": self.space, **self.options, "refused": _named(self.refused), "rows": [
            {"n": n, **_named({name: _bound_dict(row.get(name)) for name in KINDS})}
            for n, row in zip(self.n, self.rows, strict=True)
        ]}


def bound_table(
    space: Manifold, *, s: Number, n: Sequence[Number], noise: Number, norm: Number = 1, theta: Number = 1
) -> BoundTable:
    """Ask for every bound of a space, and keep the reasons where one is refused.

    Parameters
    ----------
    space : Manifold
        M or M/G.
    s, noise, norm, theta : number
        As in `risk_upper_bound`.
    n : sequence of numbers

    Returns
    -------
    BoundTable

    Raises
    ------
    WeylspecError
        If no bound is offered at all: the reason of the first.

    Examples
    --------
    Between d/2 and ½ dim M the kernel of M need not be bounded, but the lower bound stands.

    >>> import weylspec as ws
    >>> table = bound_table(ws.Sphere(2) / ws.SO(2), s=0.9, n=[100], noise=1)
    >>> sorted(table.rows[0]), list(table.refused)
    (['lower bound', 'pinsker'], ['upper bound'])
    """
    options = {"s": s, "noise": noise, "norm": norm, "theta": theta}
    rows: list[dict[str, RiskBound]] = []
    refused: dict[str, WeylspecError] = {}
    for each in n:
        rows.append({})
        for name, bound in KINDS.items():
            try:
                rows[-1][name] = bound(space, n=each, **options)
            except WeylspecError as error:
                refused.setdefault(name, error)
    if not any(rows):
        raise refused[next(iter(KINDS))]
    return BoundTable(repr(space), options, tuple(n), tuple(rows), {name: str(e) for name, e in refused.items()})


def _named(found: dict[str, Any]) -> dict[str, Any]:
    return {name.replace(" ", "_"): value for name, value in found.items()}


def _value(bound: RiskBound | None) -> str:
    return "—" if bound is None else f"{bound.value:.4g}"


def _ridge(bound: RiskBound | None) -> str:
    return "—" if bound is None else f"{bound.ridge or 0:.3g}"


def _bound_dict(bound: RiskBound | None) -> dict[str, Any] | None:
    if bound is None:
        return None
    return {"value": bound.value, "kind": bound.kind, "ridge": bound.ridge, "assumptions": dict(bound.assumptions),
            "constants": dict(bound.constants), "source": bound.source}
