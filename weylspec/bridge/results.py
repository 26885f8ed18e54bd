"""What every answer of the bridge carries: value, assumptions checked, constants, source."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from weylspec.errors import WeylspecError
from weylspec.units import Number, number

Assumptions = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class RiskBound:
    """A risk E‖f̂ − f*‖² in L²(μ), μ the uniform probability measure, and what it rests on.

    Attributes
    ----------
    value : float
    kind : str
        What the number is: an upper bound, a lower bound, or an asymptotic value.
    n : float
        Number of samples (real).
    ridge : float or None
        η of (1/n)Σ(y − f)² + η‖f‖²; None where no estimator is named.
    assumptions : tuple of (str, bool)
        Each assumption and whether it holds here.
    constants : mapping of str to float
    source : str

    Examples
    --------
    >>> RiskBound(0.25, "upper bound", 10.0, None, (("n ≥ 1", True),), {}, "example").holds
    True
    """

    value: float
    kind: str
    n: float
    ridge: float | None
    assumptions: Assumptions
    constants: Mapping[str, float]
    source: str

    @property
    def holds(self) -> bool:
        """Whether every assumption that was checked holds."""
        return all(truth for _, truth in self.assumptions)

    def _repr_html_(self) -> str:
        rows = [("risk", f"{self.value:.6g}"), ("n", f"{self.n:g}")]
        rows += [("ridge η", f"{self.ridge:.6g}")] if self.ridge is not None else []
        return result_table(self.kind, rows, self.assumptions, self.constants, self.source)


def result_table(
    title: str,
    rows: list[tuple[str, str]],
    assumptions: Assumptions,
    constants: Mapping[str, float],
    source: str,
) -> str:
    """An HTML table of one result: its numbers, its constants, its assumptions, its source."""
    from weylspec.render.tables import html_table

    body = [*rows, *((name, f"{value:.6g}") for name, value in constants.items())]
    body += [(text, "holds" if truth else "does not hold") for text, truth in assumptions]
    return html_table(("", title), body, source)


def real(value: Number, name: str, *, least: float = 0.0, strict: bool = True) -> float:
    """A finite float that is > least (or ≥ least), refused by name otherwise."""
    result = float(number(value, name))
    if result < least or (strict and result == least):
        raise WeylspecError(f"{name} must be {'>' if strict else '>='} {least:g}, got {value!r}")
    if not math.isfinite(result):
        raise WeylspecError(f"{name} = {value!r} does not fit a float")
    return result
